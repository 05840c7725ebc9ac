//! What a page must show and say: the first screen of a case, dates as sure as they are, sentences that are never cut.

use crate::harness::{Story, landed, practice, story};

/// The lines of the screen.
fn lines(story: &Story) -> Vec<String> {
    story.screen().lines().map(str::to_owned).collect()
}

fn place(story: &Story, text: &str) -> usize {
    let screen = lines(story);
    screen.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text:?}:\n{}", story.screen()))
}

#[test]
fn the_first_screen_of_a_full_case_has_facts_needs_and_events_and_says_how_much_follows() {
    for (cols, rows) in [(80, 24), (60, 16), (160, 48)] {
        let here = practice(cols, rows, 420).keys("/status:rehab<Enter><Enter>");
        let (nik, needs, events) = (place(&here, "NIK"), place(&here, "Ke PULDA"), place(&here, "Riwayat"));
        assert!(nik < needs && needs < events, "{}", here.screen());
        assert!(
            lines(&here)[events + 1..events + 3].iter().any(|line| line.contains("dibuat")),
            "an event stands below:\n{}",
            here.screen()
        );
        let number = here.app().list.current().and_then(|row| here.app().seat.summary(row)).unwrap().number;
        let head = lines(&here).iter().position(|line| line.contains(&number.to_string()));
        assert!(head.is_some_and(|head| rows > 30 || head == 1), "{number} is whole:\n{}", here.screen());
        if rows < 30 {
            let fold = place(&here, "baris lagi ↓");
            assert_eq!(fold, usize::from(rows) - 3, "{}", here.screen());
        }
        for label in ["Layak pulang s", "Perusahaan/kom", "Jalur berangka", "Kategori masal", "Sentra/fasilit"] {
            assert!(!here.screen().contains(label), "{label} is cut");
        }
    }
}

#[test]
fn scrolling_reaches_everything_and_the_sign_goes_at_the_end() {
    let mut here = practice(80, 24, 420).keys("/status:rehab<Enter><Enter>").sees("baris lagi");
    let mut seen = here.screen();
    for _ in 0..40 {
        here = here.keys("j");
        seen.push_str(&here.screen());
    }
    here.never_sees("baris lagi");
    for fact in ["Kompleks latihan", "Rumah Ramah", "Prosedural", "Masalah", "Kontak"] {
        assert!(seen.contains(fact) || (fact == "Rumah Ramah" && seen.contains("Sentra Handayani")), "{fact}");
    }
}

#[test]
fn an_estimated_or_unknown_birth_is_never_shown_as_exact() {
    story(80, 24)
        .keys("n<Tab>ANAK REKAAN<Tab>P<Tab>~9<C-s>")
        .sees("Tersimpan")
        .quiet()
        .sees("ANAK REKAAN ~")
        .never_sees("2017 Min")
        .keys("<Enter>")
        .sees("ANAK REKAAN P ~")
        .check(|here| {
            let head = lines(here)[1].clone();
            assert!(!["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"].iter().any(|day| head.contains(day)), "{head}");
        })
        .keys("t")
        .sees("P ~");
    story(80, 24).keys("n<Tab>TANPA TANGGAL<Tab>L<Tab>?<C-s><Enter>").sees("TANPA TANGGAL L tidak diketahui (?)");
}

#[test]
fn a_moment_of_another_year_carries_its_year() {
    landed(80, 24)
        .keys("<Enter>")
        .sees_row("21-02 03:00 rina dibuat")
        .later("330d")
        .keys("<Esc><Enter>")
        .sees_row("21-02-2026 03:00 rina dibuat");
}

#[test]
fn a_child_is_said_to_be_alone_or_unverified_as_it_is() {
    landed(80, 24).keys("/siti sri lubis<Enter><Enter>").sees("ANAK tanpa wali terverifikasi").never_sees("sendirian");
    let here = practice(80, 24, 1000).keys("/tanda:sendiri status:rehab<Enter><Enter>");
    here.sees("ANAK").never_sees("tanpa wali terverifikasi");
}

#[test]
fn a_message_that_is_longer_than_the_line_takes_more_lines() {
    landed(80, 24).keys("n<Tab>MEGA HARAHAP<Tab>P<Tab>19-10-2006<C-s>").sees("jawab baru atau sama sebelum VERIF.");
    landed(60, 16).keys("<Home>*t").keys("t").sees("PINDAH");
    landed(40, 12).keys("u").sees("Enter ya, Esc tidak");
}

#[test]
fn the_nearest_name_of_a_mistake_late_in_a_line_is_read_in_full() {
    let query = "status:tiba umur<18 posisi:sentra tingakt:1";
    for (cols, rows) in [(80, 24), (60, 16), (40, 12)] {
        landed(cols, rows).keys("/").types(query).sees("Maksudnya").check(|here| {
            let screen = lines(here);
            let mark = screen.iter().position(|line| line.contains('^')).unwrap();
            let column = screen[mark].chars().position(|c| c == '^').unwrap();
            let typed = screen[mark - 1].chars().skip(column).take(7).collect::<String>();
            assert_eq!(typed, "tingakt", "the mark is below what it means:\n{}", here.screen());
            let told: String =
                screen[mark..].iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ");
            assert!(told.contains("Maksudnya tingkat?"), "{}", here.screen());
        });
    }
}

#[test]
fn what_is_taken_back_and_brought_back_is_named_as_it_is() {
    landed(80, 24)
        .keys("u")
        .sees("Batalkan pembuatan kasus (110 orang")
        .keys("<Esc><Home><Enter>mteh hangat<C-s>u")
        .sees("Batalkan catatan")
        .keys("<Enter>")
        .sees_row("rina diurungkan")
        .keys(":ulangi<Enter>")
        .sees("Kembalikan yang dibatalkan")
        .keys("<Enter>")
        .sees_row("rina diulangi");
}

#[test]
fn whoever_sees_no_case_is_told_why_and_not_that_the_desk_is_empty() {
    for (role, words) in [("PIM", "Pimpinan tidak melihat"), ("AUD", "Auditor tidak membuka"), ("ADM", "Administrator")]
    {
        practice(80, 24, 420)
            .in_role_anywhere(role)
            .keys(if role == "PIM" { "<Esc>" } else { "" })
            .sees(words)
            .never_sees("masih kosong")
            .never_sees("impor manifes pen");
    }
}

#[test]
fn a_prompt_offers_only_what_it_does() {
    landed(80, 24).keys("i").never_sees("Ctrl+s").never_sees("Tab lengkapi").keys("<Esc>/").sees("Tab lengkapi");
}

#[test]
fn the_form_of_a_death_begins_its_labels_alike() {
    landed(80, 24).keys(":meninggal<Enter>").sees_all(&["Waktu meninggal", "Tempat meninggal", "Sebab meninggal"]);
}
