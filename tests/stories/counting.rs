//! Counts on the screen: leadership begins with them and sees no small one, officers reach them and read what their list says,
//! and they follow what others save while the page stays where it is.

use crate::harness::{Story, landed, practice};
use pulang::desk::Rekap;
use pulang::domain::counts::{Cell, Sight};
use pulang::domain::status::Status;
use pulang::domain::words::List;

fn exact(story: &Story) -> Rekap {
    let rekap = story.first_seat().rekap().unwrap();
    assert_eq!(rekap.counts.sight, Sight::Exact);
    rekap
}

/// How many the list finds.
fn found(story: &Story, query: &str) -> u32 {
    let seat = story.first_seat();
    u32::try_from(seat.count(&seat.read_query(query).unwrap())).unwrap()
}

#[test]
fn counts_are_what_the_list_finds() {
    let story = practice(80, 24, 420);
    let counts = exact(&story).counts;
    assert!(counts.total.known().unwrap() > 100);
    let mut all: Vec<(String, Cell)> = vec![("-tingkat:0".into(), counts.total), ("tingkat:0".into(), counts.remains)];
    all.extend(Status::ALL.map(|it| (format!("status:{} -tingkat:0", it.code().to_lowercase()), counts.of_status(it))));
    let tiers = counts.tiers.unwrap().into_iter().enumerate();
    all.extend(tiers.map(|(at, cell)| (format!("tingkat:{}", at + 1), cell)));
    let positions = counts.positions.iter().filter(|(place, _)| *place > 0);
    all.extend(positions.map(|(place, cell)| {
        (format!("posisi:{} -tingkat:0", List::Position.codes()[place - 1].to_lowercase()), *cell)
    }));
    let provinces = counts.provinces.iter().filter(|(code, _)| *code > 0);
    all.extend(provinces.map(|(code, cell)| (format!("asal:{code:02} -tingkat:0"), *cell)));
    assert!(all.len() > 30, "{}", all.len());
    for (query, cell) in all {
        assert_eq!(cell, Cell::Known(found(&story, &query)), "{query}");
    }
}

#[test]
fn a_claim_that_one_person_differs_from_is_closed_to_leadership() {
    // One of the 110 of the practice desk's flight is sealed: outside nobody reads that he is fewer.
    practice(80, 24, 420)
        .in_role_anywhere("PIM")
        .keys("<PgDn>")
        .sees_row("Kloter latihan 110 .. 109 95 95 0 0")
        .keys("<PgDn>")
        .sees_row("101 101 101 101 0 0");
}

#[test]
fn leadership_lands_on_the_counts_and_goes_to_and_fro() {
    practice(80, 24, 420)
        .in_role_anywhere("PIM")
        .sees_all(&["REKAP", "Status menurut kantor", "Dihitung: semua kantor", "Ctrl+p kertas"])
        .never_sees("kasus: 0")
        .keys("<PgDn>")
        .sees("Kloter")
        .keys("<End>")
        .sees("Maluku Utara <5")
        .never_sees("baris lagi")
        .never_sees("Tingkat")
        .keys("<Home>")
        .sees("Status menurut kantor")
        .keys("/")
        .sees("Peran Anda tidak mencari orang")
        .types("siti")
        .keys("<Esc>")
        .sees("REKAP")
        .keys("<Esc>")
        .sees_all(&["Pimpinan tidak melihat", "c rekap"])
        .keys("c")
        .sees("REKAP")
        .keys("n")
        .never_sees("NIK")
        .keys("g")
        .never_sees("Rumah sakit");
}

#[test]
fn a_leader_reads_the_report_as_it_will_be_printed_and_no_other_paper() {
    practice(80, 24, 420)
        .in_role_anywhere("PIM")
        .keys("<C-p>")
        .sees_all(&["LAPORAN HARIAN", "pimpinan, semua kantor", "pulang print laporan-harian"])
        .keys("<Esc>")
        .sees("REKAP")
        .keys("<Esc><C-p>")
        .never_sees("BERITA ACARA")
        .sees("Pimpinan tidak melihat");
}

#[test]
fn an_officer_reaches_them_and_prints_no_report() {
    practice(80, 24, 420)
        .in_role("HLP")
        .keys("c")
        .sees_all(&["REKAP", "Dihitung persis"])
        .keys("<C-p>")
        .sees("Laporan harian dicetak penyelia dan pimpinan.")
        .keys("<End>")
        .sees("Maluku Utara 1")
        .keys("<Esc>")
        .sees("DAFTAR");
}

#[test]
fn they_follow_what_another_saves_and_the_page_stays() {
    let here = landed(80, 24).keys("c").sees_row("LAPOR 110").keys("<Down><Down>");
    let top = here.screen().lines().nth(1).unwrap().to_owned();
    drop(here.another_screen().keys("n<Tab>TONO REKAAN<Tab>L<C-s>-<C-s>"));
    here.comes_to_see("LAPOR 111").check(|story| assert_eq!(story.screen().lines().nth(1).unwrap(), top));
}

#[test]
fn they_are_worded_in_the_language_of_now_and_laid_for_the_screen_of_now() {
    landed(160, 48)
        .keys("c")
        .turned_english()
        .sees_all(&["COUNTS", "Status by office", "Home province"])
        .resize(60, 16)
        .sees("Status by office")
        .keys("<PgDn>")
        .sees("LAPOR")
        .resize(40, 10)
        .keys("<End>")
        .never_sees("more lines");
}

#[test]
fn a_search_key_in_the_counts_swallows_the_name_behind_it() {
    landed(80, 24).keys("c/").types("siti").sees("DITOLAK").keys("<Esc>").sees("REKAP");
}

#[test]
fn a_look_at_the_counts_is_in_the_trail_with_how_many_it_counted() {
    landed(80, 24).check(|story| _ = story.first_seat().rekap().unwrap());
    let story = practice(80, 24, 3).keys("c<Esc>").in_role_anywhere("AUD").keys("x/tindakan:hitung<Enter>");
    story.sees_row("> hitung");
}

#[test]
fn a_screen_that_has_no_size_for_a_moment_loses_no_counts() {
    practice(80, 24, 20).keys(":rekap<Enter>").sees("REKAP").resize(0, 0).resize(1, 1).resize(80, 24).sees("REKAP");
}
