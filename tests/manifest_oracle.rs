//! The manifest of 110 against its oracle: every list of `tests/data/manifest_110.expected.json` that a file can tell.
//!
//! `repeat` is the exception: those five are known from the desk's records, so here they only have to be ready to be found.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::NaiveDate;
use pulang::domain::case::Case;
use pulang::domain::field::{Field, Part};
use pulang::domain::gate::Rules;
use pulang::domain::record::{Record, Slot};
use pulang::domain::subject::Subject;
use pulang::domain::summary::Tier;
use pulang::domain::triage::triage;
use pulang::domain::value::Value;
use pulang::exchange::manifest::{Certainty, ReadOptions, Row, Severity, Sheet, read};
use pulang::identity::region::RegionCode;
use serde_json::Value as Json;
use std::collections::BTreeMap;

fn options() -> ReadOptions {
    ReadOptions { lands: "2026-02-21".parse().unwrap(), today: "2026-02-21".parse().unwrap() }
}

fn sheet() -> Sheet {
    read(include_bytes!("data/manifest_110.csv"), &options()).unwrap()
}

fn expected() -> Json {
    serde_json::from_str(include_str!("data/manifest_110.expected.json")).unwrap()
}

fn list(name: &str) -> Vec<u32> {
    expected()[name].as_array().unwrap().iter().map(|no| no.as_u64().unwrap() as u32).collect()
}

fn given(sheet: &Sheet, is: impl Fn(&Row) -> bool) -> Vec<u32> {
    sheet.rows.iter().filter(|row| is(row)).map(|row| row.given.unwrap()).collect()
}

fn people(sheet: &Sheet, is: impl Fn(&Row) -> bool) -> Vec<u32> {
    sheet.people().filter(|row| is(row)).map(|row| row.given.unwrap()).collect()
}

fn says(row: &Row, keys: &[&str]) -> bool {
    row.remarks.iter().any(|remark| keys.contains(&remark.key))
}

fn record(row: &Row) -> Record {
    Record { of: Subject::case(ulid::Ulid(1)), revision: 1, facts: row.facts.clone() }
}

fn remarks_of(row: &Row) -> String {
    record(row).text(Field::Remarks).unwrap_or_default().to_lowercase()
}

fn years(row: &Row) -> u32 {
    options().lands.years_since(record(row).day(Field::Birth).unwrap()).unwrap()
}

fn document_kinds(row: &Row) -> Vec<String> {
    let record = record(row);
    let kinds: Vec<String> = record
        .items(Part::Document)
        .filter_map(|item| record.code(Slot::of(item, Field::DocKind)).map(str::to_owned))
        .collect();
    kinds
}

#[test]
fn the_rows_and_the_people_are_counted() {
    let (sheet, expected) = (sheet(), expected());
    let counts = sheet.counts();
    assert_eq!(counts.rows as u64, expected["rows"].as_u64().unwrap());
    assert_eq!(counts.people as u64, expected["unique_people"].as_u64().unwrap());
    assert_eq!((sheet.header_line, sheet.rows[0].line, sheet.passed_over.len()), (1, 2, 0));
    assert!(sheet.headers.iter().all(|header| header.means.is_some()));
    assert_eq!(counts.errors, 4);
}

#[test]
fn the_three_who_stand_twice_are_found_and_nobody_else() {
    let (sheet, expected) = (sheet(), expected());
    let found: Vec<(u32, u32, &str)> = sheet
        .rows
        .iter()
        .filter_map(|row| {
            let same = row.same_as.as_ref()?;
            assert!(same.certainty >= Certainty::Strong);
            let kind = [("name-identical", "persis"), ("name-spelling", "ejaan"), ("name-order", "urutan")];
            let kind = kind.iter().find(|(key, _)| same.reasons.contains(key)).unwrap().1;
            Some((sheet.rows[same.row].given.unwrap(), row.given.unwrap(), kind))
        })
        .collect();
    let wanted: Vec<(u32, u32, &str)> = expected["duplicate_rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| {
            let no = |name: &str| pair[name].as_u64().unwrap() as u32;
            (no("original_no"), no("duplicate_no"), pair["kind"].as_str().unwrap())
        })
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn everybody_comes_from_somewhere() {
    let sheet = sheet();
    let mut by_province: BTreeMap<String, u64> = BTreeMap::new();
    for row in sheet.people() {
        let code: RegionCode = record(row).code(Field::Home).expect("a home").parse().unwrap();
        *by_province.entry(code.province().official_name().unwrap().to_owned()).or_default() += 1;
    }
    let expected: BTreeMap<String, u64> = serde_json::from_value(expected()["by_province"].clone()).unwrap();
    assert_eq!(by_province, expected);
}

#[test]
fn sexes_ages_papers_and_single_names_are_counted() {
    let (sheet, expected) = (sheet(), expected());
    let count = |is: &dyn Fn(&Row) -> bool| people(&sheet, is).len() as u64;
    let sex = |code: &'static str| move |row: &Row| record(row).code(Field::Sex) == Some(code);
    assert_eq!(count(&sex("L")), expected["male"]);
    assert_eq!(count(&sex("P")), expected["female"]);
    assert_eq!(people(&sheet, |row| years(row) < 18), list("minors_on_arrival"));
    assert_eq!(count(&|row| document_kinds(row) == ["SPL"]), expected["splp"]);
    assert_eq!(count(&|row| document_kinds(row) == ["PSP"]), expected["passport"]);
    let is_single = |row: &Row| !record(row).text(Field::Name).unwrap().contains(' ');
    assert_eq!(count(&is_single), expected["mononyms"]);
    // Row 13, born on the day of landing, is no child any more; row 38, born a day later, is one.
    let exactly = expected["exactly_18_on_arrival"].as_u64().unwrap() as usize;
    assert_eq!(record(&sheet.rows[exactly - 1]).day(Field::Birth), "2008-02-21".parse::<NaiveDate>().ok());
    assert_eq!(years(&sheet.rows[exactly - 1]), 18);
}

#[test]
fn niks_are_blank_broken_doubtful_or_clean_as_the_oracle_says() {
    let sheet = sheet();
    assert_eq!(people(&sheet, |row| says(row, &["manifest-nik-missing"])), list("tanpa_nik"));
    for (keys, name) in [
        (&["nik-too-short"][..], "nik_15_digit"),
        (&["nik-spreadsheet"], "nik_excel"),
        (&["nik-birth-differs"], "nik_beda_tgl"),
        (&["nik-sex-differs"], "nik_beda_jk"),
        (&["nik-regency-renumbered", "nik-regency-maybe-split"], "nik_kode_lama"),
        (&["document-expired"], "paspor_kedaluwarsa"),
    ] {
        assert_eq!(given(&sheet, |row| says(row, keys)), list(name), "{name}");
    }
    let is_error = |row: &Row| row.severity() == Some(Severity::Error);
    let mut broken = [list("nik_15_digit"), list("nik_excel")].concat();
    broken.sort_unstable();
    assert_eq!(given(&sheet, is_error), broken);
    for no in broken {
        let record = record(&sheet.rows[no as usize - 1]);
        assert!(record.get(Field::Nik).is_none() && record.text(Field::NikRaw).is_some(), "{no}");
    }
    let doubts = ["manifest-nik-missing", "nik-too-short", "nik-spreadsheet", "nik-birth-differs", "nik-sex-differs"];
    assert_eq!(given(&sheet, |row| !says(row, &doubts)).len(), 88);
    assert_eq!(given(&sheet, |row| says(row, &["manifest-nik-missing"])).len(), 16);
}

#[test]
fn what_the_sender_remarked_is_kept_word_for_word_and_unchecked() {
    let sheet = sheet();
    for (words, name) in [("hamil", "hamil"), ("sakit", "sakit"), ("luka", "luka"), ("ditahan", "proses_hukum_kh")] {
        assert_eq!(people(&sheet, |row| remarks_of(row).contains(words)), list(name), "{name}");
    }
    for row in &sheet.rows {
        let record = record(row);
        assert!(record.get(Field::RemarksCheckedAt).is_none() && record.get(Field::Checks).is_none());
    }
}

#[test]
fn the_urgent_can_be_told_from_the_facts_alone() {
    let (sheet, rules) = (sheet(), Rules::built_in());
    let tier = |row: &Row| triage(Case(&record(row)), Some(options().lands), &rules);
    assert_eq!(people(&sheet, |row| tier(row).tier == Tier::Red), list("triage_red"));
    let by_hearsay =
        |row: &Row| tier(row).tier == Tier::Yellow && tier(row).reasons.iter().any(|reason| reason.is_hearsay);
    assert_eq!(people(&sheet, by_hearsay), list("triage_yellow_from_remarks"));
}

#[test]
fn those_who_came_before_are_ready_to_be_found_by_number() {
    let sheet = sheet();
    for no in list("repeat") {
        let record = record(&sheet.rows[no as usize - 1]);
        assert!(record.text(Field::Nik).is_some() && record.day(Field::Birth).is_some());
        assert_eq!(record.items(Part::Document).count(), 1);
    }
}

#[test]
fn every_row_becomes_facts_of_a_case() {
    for row in &sheet().rows {
        let record = record(row);
        assert_eq!(record.code(Field::ReportChannel), Some("MNF"));
        assert_eq!(record.number(Field::ImportRow), Some(i64::from(row.place)));
        assert_eq!(record.code(Field::NameKind), Some("LKP"));
        assert!(record.day(Field::Birth).is_some() && record.text(Field::BirthRaw).is_some());
        let phone = record.items(Part::Phone).next().expect("a phone");
        assert!(record.text(Slot::of(phone, Field::PhoneNo)).unwrap().starts_with("+6284"));
        for slot in row.facts.keys() {
            assert_eq!(slot.item.is_some(), slot.field.part() != Part::Own, "{slot}");
        }
    }
}

#[test]
fn a_day_that_could_be_another_is_noted_unless_the_nik_says_which() {
    let sheet = sheet();
    let births =
        |row: &Row| row.remarks.iter().any(|r| r.key == "manifest-date-ambiguous" && r.field == Some(Field::Birth));
    // Row 8, 02/06/1996, has no NIK; that of row 33 is broken. Row 104, 07/08/1990, has one of that very day.
    assert_eq!(given(&sheet, births), [8, 33]);
}

#[test]
fn a_cell_is_mended_in_place() {
    let mut sheet = sheet();
    let before = sheet.fingerprint;
    sheet.set(32, Field::Nik, "3174061203009062");
    let mended = &sheet.rows[32];
    assert_eq!(record(mended).text(Field::Nik), Some("3174061203009062"));
    assert!(record(mended).get(Field::NikRaw).is_none());
    assert_eq!(sheet.counts().errors, 3);
    assert_eq!(sheet.fingerprint, before);
    // With another birth date and another phone, row 113 is somebody else.
    sheet.set(112, Field::Birth, "21-11-2003");
    sheet.set(112, Field::PhoneNo, "084077777777");
    assert!(sheet.rows[112].same_as.is_none());
    assert_eq!(sheet.counts().people, 111);
    // A field for which the file has no column.
    sheet.set(0, Field::Queue, "17");
    assert_eq!(record(&sheet.rows[0]).number(Field::Queue), Some(17));
    sheet.set(0, Field::Home, "");
    assert!(says(&sheet.rows[0], &["manifest-home-missing"]));
    sheet.set(9_999, Field::Name, "nobody");
    sheet.set(0, Field::Bed, "no manifest has beds");
    assert_eq!(sheet.rows.len(), 113);
}

#[test]
fn leaving_out_is_the_operators_to_decide() {
    let mut sheet = sheet();
    sheet.rows[112].leave_out(false);
    sheet.rows[0].leave_out(true);
    assert_eq!(sheet.counts().people, 110);
    sheet.set(112, Field::Seat, "12A");
    assert!(!sheet.rows[112].is_left_out());
}

#[test]
fn nothing_personal_is_in_what_is_logged() {
    let sheet = sheet();
    let shown = format!("{sheet:?}");
    for secret in ["HARAHAP", "1206055910069010", "Z4714800", "846674", "19-10-2006", "Karo"] {
        assert!(!shown.contains(secret), "{secret}");
    }
    let same = format!("{:?}", sheet.rows[112].facts.values().collect::<Vec<&Value>>());
    assert!(!same.contains("TUMBELAKA"));
}
