//! NIK readings as a table: one line for every row of the rule list, and the whole manifest of 110 people.
//!
//! Synthetic people only: serials 9001..=9999.

#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use proptest::prelude::*;
use pulang::identity::nik::{KEYS, Nik, compare, read};
use pulang::identity::region::RegionCode;
use pulang::identity::{Advice, Severity, Sex};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date of this table")
}

fn landing() -> NaiveDate {
    day("2026-02-21")
}

fn keys(raw: &str) -> String {
    read(raw, landing()).remarks.iter().map(|remark| &remark.key()[4..]).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_worked_example_reads_in_full() {
    let reading = read("7171085505989101", landing());
    assert_eq!(reading.nik.unwrap().to_string(), "7171085505989101");
    assert_eq!(reading.birth, Some(day("1998-05-15")));
    assert_eq!(reading.sex, Some(Sex::Female));
    assert_eq!(reading.region.and_then(RegionCode::full_name).unwrap(), "Mapanget, Kota Manado, Sulawesi Utara");
    assert_eq!(reading.serial, Some(9101));
    assert!(reading.remarks.is_empty());
}

/// raw | storable | birth or - | sex or - | region or - | remark keys without `nik-`
const TABLE: &str = "
7171085505989101    | yes | 1998-05-15 | P | 71.71.08 |
7171 0855 0598 9101 | yes | 1998-05-15 | P | 71.71.08 |
71.71.08.550598.9101| yes | 1998-05-15 | P | 71.71.08 |
717108-550598-9101  | yes | 1998-05-15 | P | 71.71.08 |
'7171085505989101   | yes | 1998-05-15 | P | 71.71.08 |
７１７１０８５５０５９８９１０１ | yes | 1998-05-15 | P | 71.71.08 |
217203 471196 9094  | yes | 1996-11-07 | P | 21.72.03 |
3174010406029061.0  | yes | 2002-06-04 | L | 31.74.01 |
3174010406029061    | yes | 2002-06-04 | L | 31.74.01 |
                    | no  | - | - | - |
317406120300906     | no  | - | - | - | too-short
7                   | no  | - | - | - | too-short
31740612030090612   | no  | - | - | - | too-long
3,27E+15            | no  | - | - | - | spreadsheet
3.58E+15            | no  | - | - | - | spreadsheet
6,17e15             | no  | - | - | - | spreadsheet
31740I0406029061    | no  | - | - | - | not-a-digit
tidak ada           | no  | - | - | - | not-a-digit
0071085505989101    | no  | 1998-05-15 | P | - | zero
7100085505989101    | no  | 1998-05-15 | P | - | zero
7171005505989101    | no  | 1998-05-15 | P | - | zero
7171085505980000    | no  | 1998-05-15 | P | 71.71.08 | zero
9971085505989101    | no  | 1998-05-15 | P | - | province-unknown
5471085505989101    | yes | 1998-05-15 | P | - | east-timor
7171083102989101    | no  | - | - | 71.71.08 | date-impossible
7171087102989101    | no  | - | - | 71.71.08 | date-impossible
7171087101989101    | yes | 1998-01-31 | P | 71.71.08 |
7171087201989101    | no  | - | - | 71.71.08 | date-impossible
7171080005989101    | no  | - | - | 71.71.08 | date-impossible
7171084005989101    | no  | - | - | 71.71.08 | date-impossible
7171081513989101    | no  | - | - | 71.71.08 | date-impossible
7171082902009101    | yes | 2000-02-29 | L | 71.71.08 |
7171082902019101    | no  | - | - | 71.71.08 | date-impossible
7171086902969101    | yes | 1996-02-29 | P | 71.71.08 |
7171082002269101    | yes | 2026-02-20 | L | 71.71.08 | age-young
7171082202269101    | yes | 1926-02-22 | L | 71.71.08 | age-old
7171082102119101    | yes | 2011-02-21 | L | 71.71.08 |
7171082202119101    | yes | 2011-02-22 | L | 71.71.08 | age-young
7171082102459101    | yes | 1945-02-21 | L | 71.71.08 | age-old
7171082202459101    | yes | 1945-02-22 | L | 71.71.08 |
7171995505989101    | yes | 1998-05-15 | P | 71.71 | district-unknown
3360085505989101    | yes | 1998-05-15 | P | 33 | regency-unknown
3260085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
1660085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
1460085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
7160085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
7360085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
8160085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
9160085505989101    | yes | 1998-05-15 | P | - | regency-maybe-split
9101010201009110    | yes | 2000-01-02 | L | 93.01 | regency-renumbered
9271010201009110    | yes | 2000-01-02 | L | 96.71 | regency-renumbered
6473015909059111    | yes | 2005-09-19 | P | 65.71 | regency-renumbered
6404010201009110    | yes | 2000-01-02 | L | 65.01 | regency-renumbered
9604010201009110    | yes | 2000-01-02 | L | 96 | regency-two-readings
9605010201009110    | yes | 2000-01-02 | L | 96 | regency-two-readings
9609010201009110    | yes | 2000-01-02 | L | 96.04 | regency-renumbered
";

#[test]
fn every_line_of_the_table_reads_as_written() {
    let lines: Vec<_> = TABLE.lines().filter(|line| line.contains('|')).collect();
    assert!(lines.len() >= 40);
    for line in lines {
        let fields: Vec<_> = line.split('|').map(str::trim).collect();
        let raw = line.split('|').next().unwrap();
        let reading = read(raw, landing());
        let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        assert_eq!(reading.nik.is_some(), fields[1] == "yes", "{line}");
        assert_eq!(shown(reading.birth.map(|date| date.to_string())), fields[2], "{line}");
        assert_eq!(shown(reading.sex.map(|sex| sex.letter().to_string())), fields[3], "{line}");
        assert_eq!(shown(reading.region.map(|region| region.to_string())), fields[4], "{line}");
        assert_eq!(keys(raw), fields[5], "{line}");
    }
}

#[test]
fn both_readings_of_an_ambiguous_code_are_named() {
    let reading = read("9604010201009110", landing());
    let args = reading.remarks[0].args();
    assert!(args.contains(&("now", "Kabupaten Tambrauw".to_owned())), "{args:?}");
    assert!(args.contains(&("before", "Kabupaten Sorong Selatan".to_owned())), "{args:?}");
}

#[test]
fn a_short_nik_says_how_many_digits_are_missing() {
    let reading = read("317406120300906", landing());
    assert_eq!(reading.digit_count, 15);
    assert_eq!(reading.remarks[0].args(), vec![("digits", "15".to_owned()), ("missing", "1".to_owned())]);
    assert_eq!(reading.remarks[0].severity(), Severity::Error);
    assert_eq!(reading.raw, "317406120300906");
}

#[test]
fn another_source_is_compared_and_nothing_is_decided() {
    let reading = read("7171085505989101", landing());
    let keys_of =
        |birth: Option<&str>, sex| compare(&reading, birth.map(day), sex).iter().map(Advice::key).collect::<Vec<_>>();
    assert!(keys_of(Some("1998-05-15"), Some(Sex::Female)).is_empty());
    assert!(keys_of(None, None).is_empty());
    assert_eq!(keys_of(Some("1998-05-16"), None), ["nik-birth-differs"]);
    assert_eq!(keys_of(None, Some(Sex::Male)), ["nik-sex-differs"]);
    assert!(
        compare(&reading, Some(day("1990-01-01")), Some(Sex::Male)).iter().all(|r| r.severity() == Severity::Warning)
    );
}

#[test]
fn a_recent_date_without_forty_on_an_adult_may_be_a_family_card() {
    let card = read("7171080304189101", landing());
    let remarks = compare(&card, Some(day("1998-05-15")), Some(Sex::Male));
    assert!(remarks.iter().any(|remark| remark.key() == "nik-maybe-family-card"));
    let woman = read("7171084304189101", landing());
    assert!(compare(&woman, Some(day("1998-05-15")), None).iter().all(|r| r.key() != "nik-maybe-family-card"));
    assert!(compare(&card, Some(day("2018-04-04")), None).iter().all(|r| r.key() != "nik-maybe-family-card"));
}

#[test]
fn the_manifest_reads_as_its_oracle_says() {
    let text = include_str!("data/manifest_110.csv");
    let (mut clean, mut blank, mut unstorable, mut dates, mut sexes) = (0, 0, 0, 0, 0);
    let mut old_codes = Vec::new();
    for line in text.lines().skip(1).filter(|line| !line.starts_with(';')) {
        let fields: Vec<_> = line.split(';').collect();
        let reading = read(fields[4], landing());
        let sex = if fields[2] == "L" { Sex::Male } else { Sex::Female };
        let remarks = compare(&reading, manifest_date(fields[3]), Some(sex));
        let has = |key| remarks.iter().any(|remark| remark.key() == key);
        blank += usize::from(reading.is_blank());
        unstorable += usize::from(!reading.is_blank() && reading.nik.is_none());
        dates += usize::from(has("nik-birth-differs"));
        sexes += usize::from(has("nik-sex-differs"));
        clean += usize::from(reading.nik.is_some() && remarks.is_empty());
        if reading.remarks.iter().any(|remark| remark.key() == "nik-regency-renumbered") {
            old_codes.push(fields[0].to_owned());
        }
    }
    assert_eq!((clean, blank, unstorable, dates, sexes), (88, 16, 4, 3, 2));
    assert_eq!(old_codes, ["62", "68"]);
}

fn manifest_date(text: &str) -> Option<NaiveDate> {
    let months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"];
    let months: Vec<_> = months.into_iter().chain(["November", "Desember"]).collect();
    let parts: Vec<_> = text.split(['-', '/', ' ']).collect();
    let month = |text: &str| match months.iter().position(|name| *name == text) {
        Some(index) => Some(index as u32 + 1),
        None => text.parse().ok(),
    };
    let (day, year) = if parts[0].len() == 4 { (parts[2], parts[0]) } else { (parts[0], parts[2]) };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month(parts[1])?, day.parse().ok()?)
}

#[test]
fn nothing_personal_is_shown_by_debug() {
    let reading = read("7171085505989101", landing());
    let shown = format!("{reading:?} {:?} {:?}", reading.nik, compare(&reading, Some(day("1990-01-02")), None));
    for secret in ["7171", "9101", "1998", "1990"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(reading.nik.unwrap().masked(), "7171**********01");
}

#[test]
fn every_key_is_unique_and_of_this_room() {
    let mut keys = KEYS.to_vec();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), KEYS.len());
    assert!(keys.iter().all(|key| key.starts_with("nik-")));
}

proptest! {
    #[test]
    fn no_text_panics_and_a_stored_nik_has_no_error(raw in "[0-9 .,E+a-z-]{0,40}|.{0,80}") {
        let reading = read(&raw, landing());
        prop_assert_eq!(reading.nik.is_some() , reading.digit_count == 16 && !reading.has_error());
        prop_assert!(reading.raw.chars().count() <= 64);
    }

    #[test]
    fn a_nik_survives_its_text(packed in 0u64..10_000_000_000_000_000) {
        let nik = Nik::from_packed(packed).unwrap();
        prop_assert_eq!(nik.to_string().parse::<Nik>(), Ok(nik));
    }
}
