//! Telephone numbers as people write them. Synthetic: prefix 084, which no operator has.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use pulang::identity::Advice;
use pulang::identity::phone::{KEYS, Phone, read};

fn keys(raw: &str) -> String {
    read(raw).remarks.iter().map(|remark| &remark.key()[6..]).collect::<Vec<_>>().join(" ")
}

/// raw | E.164 or - | display or - | remark keys without `phone-`
const TABLE: &str = "
084667426314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
0846-6742-6314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
+62 846-6742-6314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
6284667426314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
84667426314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
006284667426314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
+62 (0)846 6742.6314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
'084667426314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
+084667426314 | +6284667426314 | 0846-6742-6314 | prefix-unknown
0844990 | - | - | too-short
0849905742121999 | - | - | too-long
8,46E+10 | - | - | spreadsheet
084667426314 / 084990574212 | +6284667426314 | 0846-6742-6314 | several prefix-unknown
08466742631O | - | - | not-a-digit
tidak ada | - | - | not-a-digit
+855 12 345 678 | +85512345678 | +855 123 456 78 |
+855 (0)12 345 678 | +85512345678 | +855 123 456 78 |
0085512345678 | +85512345678 | +855 123 456 78 |
85512345678 | +6285512345678 | 0855-1234-5678 | maybe-abroad
+999 12 345 678 | +99912345678 | +999 123 456 78 | country-unknown
+65 6000 0000 | +6560000000 | +65 600 000 00 |
+855 12 | - | - | too-short
(0431) 845 0000 | +624318450000 | 0431-845-0000 |
021-5000 0000 | +622150000000 | 021-5000-0000 |
- | - | - |
";

#[test]
fn every_line_of_the_table_reads_as_written() {
    for line in TABLE.lines().filter(|line| !line.is_empty()) {
        let fields: Vec<_> = line.split('|').map(str::trim).collect();
        let phone = read(fields[0]).phone;
        assert_eq!(phone.map_or("-".to_owned(), Phone::e164), fields[1], "{line}");
        assert_eq!(phone.map_or("-".to_owned(), Phone::display), fields[2], "{line}");
        assert_eq!(keys(fields[0]), fields[3], "{line}");
    }
}

#[test]
fn a_dash_is_an_answer_and_nothing_is_none() {
    assert!(read("-").is_none && !read("").is_none && !read("084667426314").is_none);
    assert!(read("").remarks.is_empty());
}

#[test]
fn known_prefixes_are_not_remarked() {
    assert_eq!(keys("0812-0000-0000"), "");
    assert_eq!(keys("+62 899 0000 000"), "");
}

#[test]
fn every_phone_of_the_manifest_is_read() {
    let text = include_str!("data/manifest_110.csv");
    for line in text.lines().skip(1).filter(|line| !line.starts_with(';')) {
        let raw = line.split(';').nth(8).unwrap();
        assert!(read(raw).phone.is_some_and(|phone| phone.e164().starts_with("+6284")), "{line}");
    }
}

#[test]
fn other_forms_follow_from_the_number() {
    let phone = read("084667426314").phone.unwrap();
    assert_eq!(phone.whatsapp(), "6284667426314");
    assert_eq!(phone.masked(), "••••••••••314");
    assert_eq!(phone.country(), Some("IDN"));
    assert_eq!(read("+855 12 345 678").phone.unwrap().country(), Some("KHM"));
    assert!(!format!("{:?} {:?}", phone, read("084667426314")).contains("84"));
}

#[test]
fn keys_are_of_this_room() {
    assert!(KEYS.iter().all(|key| key.starts_with("phone-")));
}

proptest! {
    #[test]
    fn no_text_panics(raw in "[+0-9 ()/.-]{0,30}|.{0,60}") {
        if let Some(phone) = read(&raw).phone {
            prop_assert_eq!(Phone::from_packed(phone.packed()), Some(phone));
            prop_assert_eq!(read(&phone.e164()).phone, Some(phone));
            prop_assert_eq!(phone.display().chars().filter(char::is_ascii_digit).count() >= 8, true);
        }
    }
}
