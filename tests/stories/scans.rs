//! A passport scanner is a keyboard: wherever it types, it fills a form and submits nothing.

use crate::harness::{landed, story};
use pulang::domain::field::{Field, Part};
use pulang::domain::record::Slot;

const SAMPLES: &str = include_str!("../data/mrz_samples.txt");

/// The two lines of a sample, each with the scanner's Enter.
fn scan(sample: usize) -> String {
    SAMPLES.lines().skip(sample * 2).take(2).map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn a_scan_on_the_list_opens_quick_intake_and_fills_it_without_saving() {
    story(80, 24)
        .types(&scan(0))
        .sees("Terima orang baru")
        .sees("Paspor terbaca.")
        .sees_all(&["Nama lengkap MEGA HARAHAP", "P Perempuan", "19-10-2006", "Nomor dokumen Z4714800"])
        .keys("<Esc>")
        .sees("semua kasus: 0");
}

#[test]
fn a_scan_in_an_empty_form_fills_it() {
    story(80, 24).keys("n").types(&scan(1)).sees("Nama lengkap SITI SRI LUBIS").sees("Z7473437").sees("24-10-2008");
}

#[test]
fn a_scan_in_a_filled_form_offers_and_never_overwrites() {
    story(80, 24)
        .keys("n<Tab>BUDI REKAAN<Tab>")
        .types(&scan(0))
        .sees("Pindaian berbeda dari isian: Nama lengkap")
        .sees("Nama lengkap BUDI REKAAN")
        .keys("<Esc>")
        .sees("semua kasus: 0");
}

#[test]
fn a_scan_finds_whoever_came_with_the_manifest() {
    landed(80, 24).types(&scan(0)).sees("SAMA PASTI 26-000001-M MEGA HARAHAP").keys("<Esc>").sees("semua kasus: 110");
}

#[test]
fn a_scan_over_an_open_case_starts_no_command() {
    landed(80, 24).keys("<Enter>").types(&scan(2)).sees("Nama lengkap KEVIN RIAN PRATAMA").keys("<Esc>").sees("KASUS");
}

#[test]
fn every_sample_is_read() {
    let mut story = story(80, 24);
    for sample in 0..SAMPLES.lines().count() / 2 {
        story = story.types(&scan(sample)).sees("Paspor terbaca.").keys("<C-s>").sees("Tersimpan: kasus");
    }
}

#[test]
fn a_scan_with_a_wrong_check_digit_fills_nothing() {
    let wrong = scan(0).replace("Z4714800<1", "Z4714800<2");
    story(80, 24).types(&wrong).sees("Angka pemeriksa tidak cocok").keys("<Esc>").sees("semua kasus: 0");
}

#[test]
fn a_scan_keeps_until_when_the_passport_holds_and_who_issued_it() {
    story(80, 24)
        .types(&scan(0))
        .sees("berlaku s.d. 14-01-2027")
        .keys("<Esc>d<Enter>")
        .sees("berlaku s.d. 14-01-2027")
        .keys("<C-s><Enter>")
        .sees("14-01-2027")
        .check(|story| {
            let record = story.app().seat.record_of(story.app().list.current().unwrap()).unwrap();
            let document = record.items(Part::Document).next().unwrap();
            let said = |field| record.code(Slot::of(document, field)).map(str::to_owned);
            assert_eq!(said(Field::DocIssuer).as_deref(), Some("IDN"));
            assert_eq!(record.code(Field::Nationality), Some("IDN"));
            assert_eq!(record.code(Field::Sex), Some("P"));
        });
}

#[test]
fn what_a_scan_said_goes_with_its_number() {
    story(80, 24)
        .types(&scan(0))
        .keys("<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>")
        .keys("<S-Tab><C-u>Z1112223<Tab>")
        .never_sees("berlaku s.d.")
        .keys("<C-s><Enter>")
        .sees("Z1112223")
        .never_sees("14-01-2027");
}
