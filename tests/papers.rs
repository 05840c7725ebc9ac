//! Papers as they go out: what a reason may not say, to whom a child is handed, whole names, and heads on every page. All
//! people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod exec_support;

use exec_support::Open;
use pulang::cli::Exit;
use pulang::desk::{Ask, Proposal};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::{ItemId, Slot};
use pulang::domain::value::{Timed, Value};

#[test]
fn a_reason_that_tells_of_a_person_goes_out_with_nothing_and_never_into_the_trail() {
    let open = Open::landed();
    let telling = ["laporan NIK 1219126410089022", "laporan untuk SITI SRI LUBIS", "paspor Z1234567 ditanyakan"];
    let doors: [&[&str]; 6] = [
        &["export", "nomor:26-000005-A", "--reason"],
        &["export", "tingkat:1", "--format", "jsonl", "--reason"],
        &["print", "ringkasan", "26-000005-A", "--reason"],
        // Of the first nobody is told anything, and nothing of it is printed either.
        &["print", "ringkasan", "26-000009-J", "26-000005-A", "--reason"],
        &["print", "manifes", "--query", "tingkat:1", "--reason"],
        &["erase", "26-000005-A", "--yes", "26-000005-A", "--reason"],
    ];
    for door in doors {
        for why in telling {
            // A case that is open is not erased, whatever the reason.
            let told = open.run(&[door, &[why]].concat());
            assert!(told.out.is_empty() && told.exit != Exit::DONE, "{door:?} {why}: {}", told.out);
            assert!(door[0] == "erase" || told.err.contains("jejak menyimpannya"), "{door:?} {why}: {}", told.err);
        }
    }
    let trail = open.run(&["trail", "--json"]).out + &open.run(&["trail"]).out;
    for never in ["LUBIS", "1219126410089022", "Z1234567"] {
        assert!(!trail.contains(never), "{never}: {trail}");
    }
    let year = chrono::Utc::now().format("%y");
    let told = open.run(&["print", "ringkasan", "26-000005-A", "--reason", "permintaan BP3MI Medan 21-02-2026"]);
    assert!(told.out.contains(&format!("P{year}-000001")), "no number was used up: {}", told.err);
    let told = open.run(&["export", "tingkat:1", "--reason", "laporan 26-000005-A dan siti ke pimpinan"]);
    assert_eq!(told.exit, Exit::DONE, "one word among many is nobody's: {}", told.err);
}

/// What the collective paper says of a case: its row, and the lines below it.
fn said_of(open: &Open, number: &str) -> (String, Vec<String>) {
    let told = open.run(&["print", "bast-kolektif", number, "26-000009-J", "--preview"]);
    let rows: Vec<String> = told.out.lines().skip_while(|line| !line.starts_with("  1 ")).map(str::to_owned).collect();
    let below = rows.iter().take_while(|line| !line.starts_with("  2 ")).cloned().collect();
    (told.out, below)
}

fn set(open: &Open, number: &str, facts: &[(Slot, Value)]) {
    let seat = &open.within.seat;
    let record = seat.record_of(seat.row_of_number(number.parse().unwrap()).unwrap()).unwrap();
    let mut change = Change::on(&record, Verb::Edit, Timed::certain(chrono::Utc::now()));
    facts.iter().for_each(|(slot, value)| change.set(&record, *slot, Some(value.clone())));
    let proposal = Proposal { id: seat.new_id(), asks: vec![Ask::Edit(change)], undoes: None };
    seat.propose(proposal).wait(std::time::Duration::from_secs(10)).unwrap().unwrap();
}

#[test]
fn a_child_on_the_collective_paper_goes_to_the_verified_guardian_or_to_nobody() {
    let open = Open::landed();
    let child = "26-000005-A";
    let is_kept = |paper: &str, rows: &[String]| {
        rows[0].contains("SITI SRI LUBIS")
            && rows[0].contains(" 17a ")
            && rows[0].ends_with("tidak")
            && rows[1].contains("ANAK")
            && rows[2].contains("TIDAK DISERAHKAN")
            && paper.contains("Jumlah diserahkan : 1 orang")
            && paper.contains("Tidak diserahkan  : 1 anak")
    };
    let (paper, rows) = said_of(&open, child);
    assert!(is_kept(&paper, &rows), "{paper}");
    let item = ItemId::from(open.within.seat.new_id());
    let at = |field| Slot::of(item, field);
    set(
        &open,
        child,
        &[
            (at(Field::ContactName), Value::text("Sari Contoh")),
            (at(Field::ContactRelation), Value::code("IBU")),
            (at(Field::ContactIsGuardian), Value::YesNo(true)),
        ],
    );
    let (paper, rows) = said_of(&open, child);
    assert!(is_kept(&paper, &rows) && !paper.contains("Sari Contoh"), "nobody has verified her: {paper}");
    set(
        &open,
        child,
        &[
            (at(Field::ContactVerifiedBy), Value::text("peksos Rina")),
            (at(Field::ContactVerifiedHow), Value::code("KK")),
        ],
    );
    let (paper, rows) = said_of(&open, child);
    assert!(rows[0].contains(" 17a ") && rows[0].ends_with("......"), "{paper}");
    assert!(rows[2].contains("Hanya kepada wali terverifikasi: Sari Contoh"), "{paper}");
    assert!(rows[3].contains("Diperiksa oleh: peksos Rina, Kartu keluarga"), "{paper}");
    assert!(paper.contains("Jumlah diserahkan : 2 orang") && !paper.contains("Tidak diserahkan"), "{paper}");
    set(&open, child, &[(at(Field::ContactIsBarred), Value::YesNo(true))]);
    let (paper, rows) = said_of(&open, child);
    assert!(is_kept(&paper, &rows) && !paper.contains("Sari Contoh"), "nobody is handed to a barred contact: {paper}");
}

#[test]
fn every_list_has_whole_names_and_its_head_on_every_page() {
    let open = Open::landed();
    let name = "MUHAMMAD RIZKI ABDURRAHMAN SYAHPUTRA HIDAYATULLAH AL GHIFARI";
    for (paper, head) in [
        ("manifes", " No  Antre"),
        ("daftar-hadir", " No  Antre"),
        ("bast-kolektif", " No  Antre"),
        ("register", "  No Nomor"),
    ] {
        let told = open.run(&["print", paper, "--query", "", "--preview"]);
        assert_eq!(told.exit, Exit::DONE, "{}", told.err);
        assert!(!told.out.contains('…') && told.out.lines().all(|line| line.chars().count() <= 80), "{}", told.out);
        let first =
            told.out.lines().position(|line| line.contains("MUHAMMAD RIZKI ") && line.contains(" 53 ")).unwrap();
        let around: Vec<&str> = told.out.lines().skip(first).take(5).collect();
        for word in name.split(' ') {
            assert!(around.iter().any(|line| line.split(' ').any(|one| one == word)), "{paper}: {word} of {around:?}");
        }
        let pages: Vec<&str> = told.out.split('\u{c}').collect();
        assert!(pages.len() > 1, "{paper}");
        for page in pages {
            let row = |line: &&str| line.trim_start().split(' ').next().is_some_and(|no| no.parse::<u32>().is_ok());
            let has_rows = page.lines().any(|line| row(&line));
            assert_eq!(page.lines().filter(|line| line.starts_with(head)).count(), usize::from(has_rows), "{page}");
        }
    }
}

#[test]
fn a_table_of_the_daily_report_is_never_a_heading_alone_at_the_foot_of_a_page() {
    let open = Open::landed();
    let told = open.run(&["print", "laporan-harian", "--preview"]);
    let pages: Vec<&str> = told.out.split('\u{c}').collect();
    assert!(pages.len() > 1, "{}", told.out);
    for page in &pages[..pages.len() - 1] {
        let last = page.lines().rev().skip(1).find(|line| !line.is_empty()).unwrap();
        assert!(last.ends_with(|c: char| c.is_ascii_digit()), "a page ends in figures: {last}: {page}");
    }
    let all: Vec<&str> = pages.iter().copied().filter(|page| page.contains("Provinsi asal")).collect();
    assert!(all.iter().all(|page| page.contains("Sumatera") || page.contains("Jawa")), "{}", told.out);
}
