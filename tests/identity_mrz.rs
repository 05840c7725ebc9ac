//! Passport zones: the official specimen, synthetic Indonesian ones, repairs, and lines that must not fill a form.

#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use proptest::prelude::*;
use pulang::identity::Sex;
use pulang::identity::mrz::{Field, Mrz, NotRead, Reading, could_become_scan, looks_like_scan, read};

const SPECIMEN: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const MONONYM: &str = "P<IDNSUPARMAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<0IDN9003107M2908111<<<<<<<<<<<<<<<2";
const TWO_GIVEN: &str = "P<IDNWULANDARI<<SITI<NUR<<<<<<<<<<<<<<<<<<<<\nX1234567<7IDN9705238F3301144<<<<<<<<<<<<<<<0";
const MINAHASAN: &str = "P<IDNPANGEMANAN<<REFLY<YOHANES<<<<<<<<<<<<<<\nE0000017<6IDN9901018M3506307<<<<<<<<<<<<<<<0";

fn today() -> NaiveDate {
    "2026-02-21".parse().expect("a date")
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().expect("a date"))
}

fn sound(text: &str) -> Mrz {
    match read(text, today()) {
        Ok(Reading::Sound { mrz, repairs }) if repairs.is_empty() => mrz,
        other => panic!("{other:?}"),
    }
}

fn failing(text: &str) -> Vec<Field> {
    match read(text, today()) {
        Ok(Reading::Doubtful { failing, .. }) => failing,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_official_specimen_reads_in_full() {
    let mrz = sound(SPECIMEN);
    assert_eq!(mrz.display_name(), "ANNA MARIA ERIKSSON");
    assert_eq!((mrz.kind.as_str(), mrz.issuer.as_str(), mrz.nationality.as_str()), ("P", "UTO", "UTO"));
    assert_eq!((mrz.number.as_str(), mrz.optional.as_str()), ("L898902C3", "ZE184226B"));
    assert_eq!((mrz.birth, mrz.expiry), (day("1974-08-12"), day("2012-04-15")));
    assert_eq!(mrz.sex, Some(Sex::Female));
    assert!(!mrz.is_name_cut);
}

#[test]
fn indonesian_zones_read_in_indonesian_order() {
    assert_eq!(sound(MONONYM).display_name(), "SUPARMAN");
    assert_eq!(sound(TWO_GIVEN).display_name(), "SITI NUR WULANDARI");
    let mrz = sound(MINAHASAN);
    assert_eq!((mrz.primary.as_str(), mrz.secondary.as_str()), ("PANGEMANAN", "REFLY YOHANES"));
    assert_eq!((mrz.number.as_str(), mrz.birth, mrz.sex), ("E0000017", day("1999-01-01"), Some(Sex::Male)));
}

#[test]
fn every_sample_is_sound_and_agrees_with_the_manifest() {
    let lines: Vec<_> = include_str!("data/mrz_samples.txt").lines().collect();
    assert_eq!(lines.len(), 14);
    let manifest = include_str!("data/manifest_110.csv");
    for pair in lines.chunks(2) {
        let mrz = sound(&pair.join("\n"));
        let row = manifest.lines().find(|line| line.contains(&mrz.number)).expect("the manifest has the number");
        let fields: Vec<_> = row.split(';').collect();
        assert_eq!(mrz.display_name(), fields[1].to_uppercase());
        assert_eq!(mrz.sex.unwrap().letter().to_string(), fields[2]);
        assert!(mrz.birth.is_some_and(|date| date <= today()) && mrz.expiry.is_some());
    }
}

#[test]
fn line_ends_and_case_do_not_matter() {
    let wanted = sound(TWO_GIVEN);
    for text in [
        TWO_GIVEN.replace('\n', "\r\n") + "\r\n",
        TWO_GIVEN.replace('\n', "\r") + "\r",
        TWO_GIVEN.replace('\n', "\t") + "\t",
        TWO_GIVEN.replace('\n', ""),
        TWO_GIVEN.replace('\n', "\n\n"),
        TWO_GIVEN.to_lowercase(),
        format!("  {TWO_GIVEN}  "),
    ] {
        assert_eq!(sound(&text), wanted, "{text:?}");
    }
}

#[test]
fn a_wrong_length_says_what_came() {
    let first = &TWO_GIVEN[..44];
    assert_eq!(read(first, today()), Err(NotRead::Length { first: 44, second: 0 }));
    assert_eq!(read(&TWO_GIVEN[..88], today()), Err(NotRead::Length { first: 44, second: 43 }));
    assert_eq!(read(&TWO_GIVEN[1..], today()), Err(NotRead::NotAPassport));
    let shifted = TWO_GIVEN.replace("<\nX", "\n<X");
    assert_eq!(read(&shifted, today()), Err(NotRead::Length { first: 43, second: 45 }));
    assert_eq!(read(&TWO_GIVEN.replace("SITI", "SIT!"), today()), Err(NotRead::Character { position: 20 }));
    assert_eq!(read("", today()), Err(NotRead::NotAPassport));
}

#[test]
fn misread_characters_are_repaired_where_their_kind_is_known() {
    for (was, now, field, position) in [
        ("IDN9705238F", "IDN97O5238F", Field::Birth, 16),
        ("IDN9705238F", "IDN970S238F", Field::Birth, 17),
        ("IDN9705238F", "IDN970523BF", Field::Birth, 20),
        ("F3301144<", "F33OI144<", Field::Expiry, 24),
        ("X1234567<7", "XI234567<7", Field::Number, 2),
        ("X1234567<7", "X1234S67<7", Field::Number, 6),
        ("<<0", "<<O", Field::Composite, 44),
    ] {
        let text = TWO_GIVEN.replace(was, now);
        let result = read(&text, today());
        if position == 2 {
            // The second character may be a letter or a digit: its kind is unknown, so nothing is repaired.
            assert_eq!(failing(&text), [Field::Number, Field::Composite]);
            continue;
        }
        let Ok(Reading::Sound { mrz, repairs }) = result else { panic!("{now}: {result:?}") };
        assert_eq!(mrz, sound(TWO_GIVEN), "{now}");
        assert_eq!((repairs[0].field, repairs[0].position), (field, position), "{now}");
    }
    let letter_first = MINAHASAN.replace("E0000017<6", "E00000I7<6");
    assert!(matches!(read(&letter_first, today()), Ok(Reading::Sound { repairs, .. }) if repairs.len() == 1));
}

#[test]
fn a_failing_digit_names_its_field_and_gives_no_sound_reading() {
    assert_eq!(failing(&TWO_GIVEN.replace("X1234567<7", "X1234568<7")), [Field::Number, Field::Composite]);
    assert_eq!(failing(&TWO_GIVEN.replace("9705238", "9705248")), [Field::Birth, Field::Composite]);
    assert_eq!(failing(&TWO_GIVEN.replace("3301144", "3301145")), [Field::Expiry, Field::Composite]);
    assert_eq!(failing(&TWO_GIVEN.replace("<<<0", "<<<1")), [Field::Composite]);
    assert_eq!(failing(&SPECIMEN.replace("B<<<<<10", "B<<<<<20")), [Field::Optional, Field::Composite]);
    assert_eq!(failing(&TWO_GIVEN.replace("SITI", "S1TI")), [Field::Name]);
    assert_eq!(failing(&TWO_GIVEN.replace("8F33", "8Q33")), [Field::Sex]);
    assert_eq!(failing(&TWO_GIVEN.replace("7IDN", "71DN")), [Field::Nationality]);
    // A number outside Indonesia has characters of unknown kinds.
    assert_eq!(failing(&SPECIMEN.replace("L898902C36", "L8989O2C36")), [Field::Number, Field::Composite]);
}

#[test]
fn a_name_that_fills_its_place_is_cut() {
    let long = "P<IDNHIDAYATULLAH<<MUHAMMAD<RIZKI<ABDURRAHMA";
    assert!(sound(&TWO_GIVEN.replace(&TWO_GIVEN[..44], long)).is_name_cut);
}

#[test]
fn births_lie_in_the_past_and_expiries_in_this_century() {
    let of = |birth: &str| {
        let digits = birth.bytes().zip([7u32, 3, 1].into_iter().cycle()).map(|(b, w)| u32::from(b - b'0') * w);
        let digit = digits.sum::<u32>() % 10;
        let line = format!("X1234567<7IDN{birth}{digit}F3301144<<<<<<<<<<<<<<<");
        match read(&format!("{}\n{line}{}", &TWO_GIVEN[..44], composite(&line)), today()) {
            Ok(Reading::Sound { mrz, .. }) => mrz.birth,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(of("260221"), day("2026-02-21"));
    assert_eq!(of("260222"), day("1926-02-22"));
    assert_eq!(of("000229"), day("2000-02-29"));
}

fn composite(line: &str) -> u32 {
    let line = line.as_bytes();
    let value = |c: u8| match c {
        b'0'..=b'9' => u32::from(c - b'0'),
        b'A'..=b'Z' => u32::from(c - b'A') + 10,
        _ => 0,
    };
    let covered = line[..10].iter().chain(&line[13..20]).chain(&line[21..43]);
    covered.zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(*c) * weight).sum::<u32>() % 10
}

#[test]
fn debug_shows_nobody() {
    let shown = format!("{:?} {:?}", read(TWO_GIVEN, today()), read(&TWO_GIVEN.replace("9705238", "97O5238"), today()));
    assert!(!shown.contains("SITI") && !shown.contains("1234567") && !shown.contains("1997"), "{shown}");
}

proptest! {
    #[test]
    fn no_text_panics(text in "P[A-Z<]{0,50}\n?[A-Z0-9<]{0,50}|.{0,100}") {
        let _ = read(&text, today());
        prop_assert!(!looks_like_scan(&text) || could_become_scan(text.trim_start()));
    }

    #[test]
    fn one_wrong_digit_is_never_sound(pick in 0usize..100, step in 1u8..10) {
        let mut bytes = MINAHASAN.as_bytes().to_vec();
        let digits: Vec<usize> = (45..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
        let at = digits[pick % digits.len()];
        bytes[at] = b'0' + (bytes[at] - b'0' + step) % 10;
        let text = String::from_utf8(bytes).unwrap();
        let is_sound = matches!(read(&text, today()), Ok(Reading::Sound { .. }));
        prop_assert!(!is_sound);
    }
}
