//! Urgency against the oracle of the manifest, and the order of the queue.

use super::desk::*;
use chrono::NaiveDate;
use proptest::prelude::*;
use pulang::domain::case::{Case, summary};
use pulang::domain::field::Field;
use pulang::domain::gate::Rules;
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::summary::{Signs, Summary, Tier};
use pulang::domain::triage::{Cause, order, triage};
use pulang::domain::value::{Dated, Value};
use std::cmp::Ordering;
use ulid::Ulid;

/// The four styles of dates that the manifest mixes.
fn any_date(text: &str) -> NaiveDate {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let parts: Vec<&str> = text.split(['-', '/', ' ']).collect();
    let month =
        |text: &str| MONTHS.iter().position(|m| *m == text).map_or_else(|| text.parse().unwrap(), |m| m as u32 + 1);
    let (year, day) = if parts[0].len() == 4 { (parts[0], parts[2]) } else { (parts[2], parts[0]) };
    NaiveDate::from_ymd_opt(year.parse().unwrap(), month(parts[1]), day.parse().unwrap()).unwrap()
}

fn manifest() -> Vec<(u64, Record)> {
    let file = include_str!("../data/manifest_110.csv").trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(file.as_bytes());
    let rows = reader.records().map(Result::unwrap).filter(|row| row[0].parse::<u64>().is_ok()).map(|row| {
        let number: u64 = row[0].parse().unwrap();
        let mut record = Record::empty(Subject::case(Ulid(u128::from(number))));
        record.facts.insert(Field::Birth.into(), Value::Date(Dated::certain(any_date(&row[3]))));
        let kind = if &row[5] == "SPLP" { "SPL" } else { "PSP" };
        record.facts.insert(Slot::of(DOCUMENT, Field::DocKind), Value::code(kind));
        record.facts.insert(Slot::of(DOCUMENT, Field::DocUntil), Value::Date(Dated::certain(any_date(&row[7]))));
        if !row[10].is_empty() {
            record.facts.insert(Field::Remarks.into(), Value::text(&row[10]));
        }
        (number, record)
    });
    rows.filter(|(number, _)| *number <= 110).collect()
}

#[test]
fn the_manifests_red_and_yellow_rows_are_found_and_no_others() {
    let rules = Rules::built_in();
    let expected: serde_json::Value = serde_json::from_str(include_str!("../data/manifest_110.expected.json")).unwrap();
    let numbers = |key: &str| expected[key].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect::<Vec<_>>();
    let lands = day(expected["arrival"].as_str().unwrap());
    let of_tier = |tier: Tier| {
        let rows = manifest();
        let is_tier = |record: &Record| triage(Case(record), Some(lands), &rules).tier == tier;
        rows.iter().filter(|(_, record)| is_tier(record)).map(|(number, _)| *number).collect::<Vec<_>>()
    };
    assert_eq!(of_tier(Tier::Red), numbers("triage_red"));
    assert_eq!(of_tier(Tier::Yellow), numbers("triage_yellow_from_remarks"));
    let minors =
        manifest().into_iter().filter(|(_, record)| Case(record).age_on(lands).is_child()).map(|(number, _)| number);
    assert_eq!(minors.collect::<Vec<_>>(), numbers("minors_on_arrival"));
}

#[test]
fn remarks_count_until_somebody_has_looked() {
    let rules = Rules::built_in();
    let record = with(full(Status::Tiba), Field::Remarks, Value::text("Sakit, perlu rujukan"));
    let heard = triage(Case(&record), None, &rules);
    assert_eq!(heard.tier, Tier::Red);
    assert!(heard.reasons.iter().all(|reason| reason.is_hearsay));
    assert!(summary(&record, None, &rules).signs.has(Signs::HEARSAY));
    let looked = with(record.clone(), Field::RemarksCheckedAt, time());
    assert_eq!(triage(Case(&looked), None, &rules).tier, Tier::Green);
    let found = with(record, Field::Checks, Value::codes(["S"]));
    let reasons = triage(Case(&found), None, &rules).reasons;
    assert!(
        reasons.iter().any(|reason| reason.cause == Cause::Ill && !reason.is_hearsay),
        "a fact replaces its hearsay"
    );
}

#[test]
fn each_fact_has_its_tier_and_its_reason() {
    let rules = Rules::built_in();
    let check = |letter: &str| (Field::Checks, Value::codes([letter]));
    let yes = |field| (field, Value::YesNo(true));
    let table = [
        (check("0"), Tier::Green, None),
        (check("J"), Tier::Green, None),
        (check("H"), Tier::Yellow, Some(Cause::Pregnant)),
        (check("S"), Tier::Yellow, Some(Cause::Ill)),
        (check("L"), Tier::Yellow, Some(Cause::Injured)),
        (check("T"), Tier::Yellow, Some(Cause::Afraid)),
        (check("D"), Tier::Yellow, Some(Cause::Disabled)),
        (check("A"), Tier::Red, Some(Cause::ChildDoubted)),
        ((Field::PregnantWeeks, Value::Number(27)), Tier::Yellow, Some(Cause::Pregnant)),
        ((Field::PregnantWeeks, Value::Number(28)), Tier::Red, Some(Cause::PregnantLate)),
        (yes(Field::PregnancyComplaint), Tier::Red, Some(Cause::PregnancyComplaint)),
        (yes(Field::NeedsHospital), Tier::Red, Some(Cause::NeedsHospital)),
        (yes(Field::SuicidalTalk), Tier::Red, Some(Cause::Suicidal)),
        (yes(Field::DirectThreat), Tier::Red, Some(Cause::Threatened)),
        (yes(Field::Infectious), Tier::Red, Some(Cause::Infectious)),
        (yes(Field::StrongTrauma), Tier::Yellow, Some(Cause::Trauma)),
        (yes(Field::WasInCustody), Tier::Yellow, Some(Cause::WasInCustody)),
        (yes(Field::HasNoFamilyContact), Tier::Yellow, Some(Cause::NoFamily)),
        (yes(Field::TravelsWithChild), Tier::Yellow, Some(Cause::WithChild)),
        (yes(Field::IsAgeDoubted), Tier::Red, Some(Cause::ChildDoubted)),
        ((Field::Position, Value::code("KMP")), Tier::Red, Some(Cause::Confined)),
        ((Field::Chronic, Value::text("asma")), Tier::Yellow, Some(Cause::Chronic)),
        ((Field::Birth, date("1966-02-21")), Tier::Yellow, Some(Cause::Elder)),
        ((Field::Birth, date("1966-02-22")), Tier::Green, None),
        ((Field::Birth, date("2008-02-22")), Tier::Red, Some(Cause::Child)),
        ((Field::Birth, date("2008-02-21")), Tier::Green, None),
        ((Field::SexualViolenceAt, date("2026-02-18")), Tier::Red, Some(Cause::SexualViolence)),
        ((Field::SexualViolenceAt, date("2026-02-17")), Tier::Green, None),
        ((Field::SexualViolenceAt, Value::Date(Dated::UNKNOWN)), Tier::Red, Some(Cause::SexualViolence)),
        ((Field::Problems, Value::codes(["TPO"])), Tier::Yellow, Some(Cause::Trafficked)),
        ((Field::DiedAt, time()), Tier::Remains, Some(Cause::Dead)),
    ];
    for ((field, value), tier, cause) in table {
        let record = with(without(full(Status::Tiba), Field::Checks), field, value);
        let judged = triage(Case(&record), Some(day("2026-02-21")), &rules);
        assert_eq!(judged.tier, tier, "{field:?}");
        assert!(
            cause.is_none_or(|cause| judged.reasons.iter().any(|reason| reason.cause == cause)),
            "{field:?} {judged:?}"
        );
    }
    let expiring = |until| with(full(Status::Tiba), Slot::of(DOCUMENT, Field::DocUntil), date(until));
    for (until, tier) in [("2026-02-28", Tier::Yellow), ("2026-03-01", Tier::Green)] {
        assert_eq!(triage(Case(&expiring(until)), Some(day("2026-02-21")), &rules).tier, tier, "{until}");
    }
}

#[test]
fn the_digest_holds_what_the_row_shows() {
    let rules = Rules::built_in();
    let mut record = guarded(child(full(Status::Tiba)), true);
    for (field, value) in [
        (Field::Nik, Value::text("7171010101909001")),
        (Field::Home, Value::code("71.71.08")),
        (Field::CaseNumber, Value::Number(26_004_217)),
        (Field::WorkCountry, Value::code("KHM")),
        (Field::Problems, Value::codes(["ONS", "TPO"])),
        (Field::Queue, Value::Number(14)),
    ] {
        record = with(record, field, value);
    }
    record = with(record, Field::StatusAt, time());
    record = with(without(record, Field::ChecksAt), Slot::of(Ulid(30), Field::PhoneNo), Value::text("+62840000001"));
    record = with(record, Slot::of(Ulid(31), Field::PhoneNo), Value::text("+62840000002"));
    record = with(record, Slot::of(Ulid(31), Field::PhoneWhose), Value::text("kakak"));
    let digest = summary(&record, Some(day("2026-02-21")), &rules);
    assert_eq!(
        (digest.nik, digest.home, digest.number.packed(), digest.queue),
        (7_171_010_101_909_001, 717_108, 26_004_217, 14)
    );
    assert_eq!((digest.country, digest.problems, digest.tier), (Some(*b"KHM"), 1 | 1 << 11, Tier::Red));
    assert_eq!((digest.documents, digest.phones), (vec!["ZD000001".to_owned()], vec!["+62840000001".to_owned()]));
    assert!(digest.signs.has(Signs::CHILD) && !digest.signs.has(Signs::ALONE));
    assert_eq!(digest.due, Some(now() - chrono::TimeDelta::minutes(45)), "seen within 15 minutes of landing");
    let empty = summary(&Record::empty(Subject::case(Ulid(1))), None, &rules);
    assert_eq!((empty.name.as_str(), empty.status, empty.nik), ("TAK DIKENAL", Status::Lapor, 0));
}

fn queue() -> impl Strategy<Value = Vec<Summary>> {
    let one = (0usize..4, prop::option::of(0i64..4), 0i64..4, 0i64..5);
    prop::collection::vec(one, 0..12).prop_map(|rows| {
        let base = summary(&full(Status::Tiba), None, &Rules::built_in());
        let row = |(place, (tier, due, waits, number)): (usize, (usize, Option<i64>, i64, i64))| Summary {
            id: Ulid(place as u128),
            tier: Tier::ALL[tier],
            due: due.map(|hours| now() + chrono::TimeDelta::hours(hours)),
            status_at: now() - chrono::TimeDelta::hours(waits),
            number: pulang::domain::subject::Number { year: 26, running: number as u32 },
            ..base.clone()
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #[test]
    fn the_queue_has_one_order_whatever_order_it_came_in(mut rows in queue(), seed in any::<u64>()) {
        let mut other = rows.clone();
        let turn = (seed as usize).checked_rem(other.len()).unwrap_or(0);
        other.rotate_left(turn);
        other.reverse();
        rows.sort_by(order);
        other.sort_by(order);
        prop_assert_eq!(&rows, &other);
        for pair in rows.windows(2) {
            prop_assert_eq!(order(&pair[0], &pair[1]), Ordering::Less);
            let ranks = pair.iter().map(|s| if s.tier == Tier::Remains { 9 } else { s.tier as u8 }).collect::<Vec<_>>();
            prop_assert!(ranks[0] <= ranks[1], "the dead are apart, after the living");
        }
    }
}
