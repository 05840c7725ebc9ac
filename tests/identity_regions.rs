//! The home areas of the manifest of 110 people against its oracle.

#![allow(clippy::unwrap_used)]

use pulang::identity::region::{parse_home, search};
use std::collections::BTreeMap;

fn homes() -> impl Iterator<Item = &'static str> {
    let rows = include_str!("data/manifest_110.csv").lines().skip(1).filter(|line| !line.starts_with(';'));
    rows.take(110).filter_map(|line| line.split(';').nth(9))
}

#[test]
fn every_home_is_read_and_the_provinces_add_up() {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for home in homes() {
        let code = parse_home(home).unwrap_or_else(|| panic!("{home} is not read"));
        *counts.entry(code.province().official_name().expect("the province is listed")).or_default() += 1;
    }
    let oracle: serde_json::Value =
        serde_json::from_str(include_str!("data/manifest_110.expected.json")).expect("the oracle is JSON");
    let expected = oracle["by_province"].as_object().expect("the oracle counts provinces");
    assert_eq!(counts.len(), expected.len());
    for (province, count) in expected {
        assert_eq!(counts.get(province.as_str()).copied(), count.as_u64(), "{province}");
    }
}

#[test]
fn every_home_is_the_first_hit_of_its_own_name() {
    for home in homes() {
        assert_eq!(search(home, 1).first().map(|hit| hit.code), parse_home(home), "{home}");
    }
}
