//! The laws of practice: reproducible, synthetic, in order, plausible. How fast it is: `cargo bench --bench rooms`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{DateTime, NaiveDate, Utc};
use pulang::domain::change::{Commit, Verb};
use pulang::domain::field::{Field, Part, Shape};
use pulang::domain::record::{Record, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use pulang::domain::words::List;
use pulang::practice::Practice;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

fn epoch() -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_650_000, 0).unwrap()
}

fn digest(seed: u64, cases: u32, histories: u32) -> String {
    let mut hash = Sha256::new();
    for commit in Practice::new(seed, epoch()).commits(cases, histories) {
        hash.update(commit.id.to_string());
        hash.update(commit.at.to_rfc3339());
        hash.update(serde_json::to_string(&commit.changes).unwrap());
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Every record as it stands after all commits, every commit checked on the way.
fn replayed(commits: impl Iterator<Item = Commit>) -> BTreeMap<Subject, Record> {
    let mut records: BTreeMap<Subject, Record> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    let mut last = DateTime::UNIX_EPOCH;
    for commit in commits {
        assert!(ids.insert(commit.id), "an id stands twice");
        assert!(commit.at >= last, "commits are in order");
        assert!(commit.at < epoch());
        last = commit.at;
        for change in commit.changes {
            assert!(change.happened.at <= commit.at || change.happened.at < epoch());
            let record = records.entry(change.of).or_insert_with(|| Record::empty(change.of));
            assert_eq!(change.base, record.revision);
            assert_eq!(change.verb == Verb::Create, record.revision == 0, "{}", change.of);
            for edit in &change.edits {
                assert_eq!(record.get(edit.at), edit.was.as_ref(), "{}", edit.at);
                assert_ne!(edit.was, edit.now);
            }
            change.apply(record);
        }
    }
    records
}

fn cases(records: &BTreeMap<Subject, Record>) -> impl Iterator<Item = &Record> {
    records.values().filter(|record| record.of.kind == Kind::Case)
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    for histories in [1, 10] {
        assert_eq!(digest(7, 500, histories), digest(7, 500, histories));
        assert_ne!(digest(7, 500, histories), digest(8, 500, histories));
    }
}

#[test]
fn commits_are_in_order_and_each_follows_from_the_record_before() {
    for (count, histories) in [(0, 1), (1, 10), (400, 1), (400, 10), (1_500, 4)] {
        let records = replayed(Practice::new(3, epoch()).commits(count, histories));
        assert_eq!(cases(&records).count(), count as usize);
    }
}

#[test]
fn the_small_world_has_people_at_every_status_the_flight_and_the_centre() {
    let practice = Practice::new(11, epoch());
    for histories in [1, 10] {
        let records = replayed(practice.commits(400, histories));
        let at = |status: &str| cases(&records).filter(|case| case.code(Field::Status) == Some(status)).count();
        for status in List::Status.codes() {
            assert!(at(status) >= 10, "{status}: {}", at(status));
        }
        let centre: Vec<_> = cases(&records).filter(|case| case.code(Field::Status) == Some("REHAB")).collect();
        let women = centre.iter().filter(|case| case.code(Field::Sex) == Some("P")).count();
        assert_eq!((centre.len(), women), (101, 38));
        let beds: BTreeSet<_> = centre.iter().map(|case| (case.text(Field::Facility), case.text(Field::Bed))).collect();
        assert_eq!(beds.len(), 101, "no bed is taken twice");
        let manifest = cases(&records).filter(|case| case.code(Field::ReportChannel) == Some("MNF")).count();
        assert_eq!(manifest, 110);
        let has = |part| cases(&records).any(|case| case.items(part).next().is_some());
        for part in
            [Part::Flag, Part::Debt, Part::Note, Part::Document, Part::Phone, Part::Contact, Part::Track, Part::Link]
        {
            assert!(has(part), "{part:?}");
        }
        assert!(cases(&records).any(|case| case.text(Field::Group).is_some()));
        let states: BTreeSet<_> = cases(&records)
            .flat_map(|case| case.items(Part::Document).filter_map(|item| case.code(Slot::of(item, Field::DocState))))
            .collect();
        assert!(states.len() >= 7, "{states:?}");
    }
}

#[test]
fn whoever_begins_has_people_at_every_status_and_the_other_offices_keep_theirs() {
    let practice = Practice::new(11, epoch());
    let first = practice.operators()[0];
    assert_eq!(first.role, "PNY");
    assert!(practice.operators()[1..].iter().all(|other| other.id > first.id), "the first of all supervisors");
    for (count, entries) in [(20, 1), (20, 8), (100, 1), (300, 1), (399, 1), (420, 8), (1_000, 1), (5_000, 1)] {
        let records = replayed(practice.commits(count, entries));
        let owned = |office: Option<ulid::Ulid>| {
            cases(&records).filter(move |case| case.link(Field::Owner).map(|owner| owner.id) == office)
        };
        let of_first: BTreeSet<_> = owned(Some(first.office)).filter_map(|case| case.code(Field::Status)).collect();
        assert_eq!(of_first.len(), List::Status.codes().len(), "{count}: {of_first:?}");
        if count >= 400 {
            let share = owned(Some(first.office)).count() as f64 / f64::from(count);
            assert!((0.3..0.37).contains(&share), "{count}: {share}");
            assert!(practice.offices().iter().all(|office| owned(Some(office.id)).count() > 0));
        }
    }
}

#[test]
fn relatives_are_of_the_sex_that_their_relation_says_and_nobody_has_two_fathers() {
    const WOMEN: [&str; 5] = ["Maemunah", "Tarida", "Ruminah", "Nursiah", "Paulina"];
    let records = replayed(Practice::new(12, epoch()).commits(1_500, 1));
    let mut seen = BTreeSet::new();
    for case in cases(&records) {
        let mut parents = Vec::new();
        for item in case.items(Part::Contact) {
            let relation = case.code(Slot::of(item, Field::ContactRelation)).unwrap();
            let name = case.text(Slot::of(item, Field::ContactName)).unwrap();
            let is_woman = WOMEN.contains(&name.split(' ').next().unwrap());
            match relation {
                "AYH" | "SMI" => assert!(!is_woman, "{name} is {relation}"),
                "IBU" | "IST" => assert!(is_woman, "{name} is {relation}"),
                _ => {}
            }
            let is_wife = case.code(Field::Sex) == Some("P");
            assert!(!matches!((relation, is_wife), ("SMI", false) | ("IST", true)), "{relation}");
            parents.push(relation);
            seen.insert(relation.to_owned());
        }
        let all = parents.len();
        parents.dedup();
        assert_eq!(parents.len(), all, "one of each");
    }
    assert!(seen.len() >= 5, "{seen:?}");
}

#[test]
fn long_histories_hold_more_than_notes_and_every_entry_changes_something() {
    let practice = Practice::new(13, epoch());
    let mut verbs: BTreeMap<String, usize> = BTreeMap::new();
    let mut fields = BTreeSet::new();
    for commit in practice.commits(300, 30) {
        let change = &commit.changes[0];
        if change.of.kind == Kind::Case {
            assert_eq!(commit.changes.len(), 1);
            assert!(!change.edits.is_empty(), "an entry without a change");
            *verbs.entry(format!("{:?}", change.verb)).or_default() += 1;
            fields.extend(change.edits.iter().map(|edit| format!("{:?}", edit.at.field)));
        }
    }
    for verb in ["Create", "Move", "Close", "Note", "Edit", "Flag"] {
        assert!(verbs.contains_key(verb), "{verb}: {verbs:?}");
    }
    for field in ["NoteText", "DocKind", "ContactName", "Belonging", "PositionSource", "Status"] {
        assert!(fields.contains(field), "{field}");
    }
}

#[test]
fn everything_is_from_ranges_that_nobody_real_has() {
    let records = replayed(Practice::new(5, epoch()).commits(1_500, 3));
    let mut phones = 0;
    for case in cases(&records) {
        if let Some(nik) = case.text(Field::Nik) {
            assert!(nik.len() == 16 && (9_001..=9_999).contains(&nik[12..].parse().unwrap()), "a NIK");
        }
        for item in case.items(Part::Document) {
            assert!(case.text(Slot::of(item, Field::DocNo)).unwrap().starts_with('Z'));
        }
        for (slot, value) in &case.facts {
            if let (Shape::Phone, Value::Text(phone)) = (slot.field.shape(), value) {
                assert!(phone.starts_with("+6284"), "a phone");
                phones += 1;
            }
        }
    }
    assert!(phones > 1_000);
}

#[test]
fn every_fact_is_of_its_fields_shape() {
    let records = replayed(Practice::new(6, epoch()).commits(800, 10));
    for (slot, value) in records.values().flat_map(|record| &record.facts) {
        let is_of_shape = match (slot.field.shape(), value) {
            (Shape::Text(most) | Shape::Lines(most), Value::Text(text)) => text.chars().count() <= usize::from(most),
            (Shape::Item(part), Value::Text(item)) => {
                let owner = records.values().find(|record| record.get(*slot) == Some(value));
                owner.is_some_and(|owner| owner.items(part).any(|other| other.to_string() == *item))
            }
            (Shape::Nik | Shape::Phone | Shape::DocumentNo, Value::Text(_)) => true,
            (Shape::Choice(list), Value::Code(code)) => list.has(code),
            (Shape::Choices(list), Value::Codes(codes)) => codes.iter().all(|code| list.has(code)),
            (Shape::Date(_), Value::Date(_)) | (Shape::Time, Value::Time(_)) | (Shape::YesNo, Value::YesNo(_)) => true,
            (Shape::Number { min, max }, Value::Number(number)) => (min..=max).contains(number),
            (Shape::Region, Value::Code(code)) => {
                code.parse::<pulang::identity::region::RegionCode>().is_ok_and(|code| code.is_known())
            }
            (Shape::Country, Value::Code(code)) => code.len() == 3,
            (Shape::Link(kind), Value::Link(subject)) => {
                subject.kind == kind && (kind != Kind::Case || records.contains_key(subject))
            }
            _ => false,
        };
        assert!(is_of_shape, "{slot}");
        assert_eq!(slot.item.is_some(), slot.field.part() != Part::Own);
    }
}

#[test]
fn what_is_linked_to_is_there() {
    let records = replayed(Practice::new(6, epoch()).commits(1_200, 5));
    for (slot, value) in records.values().flat_map(|record| &record.facts) {
        if let Value::Link(subject) = value {
            assert!(records.contains_key(subject), "{slot} → {subject}");
        }
    }
    let numbers: BTreeSet<_> = cases(&records).map(|case| case.number(Field::CaseNumber)).collect();
    assert_eq!(numbers.len(), 1_200);
}

#[test]
fn a_nik_agrees_with_its_person_and_children_have_a_verified_guardian_before_they_leave() {
    let records = replayed(Practice::new(9, epoch()).commits(2_000, 2));
    let today = epoch().date_naive();
    let is_child = |case: &Record| {
        let on = case.at(Field::LandedAt).map_or(today, |at| at.date_naive());
        case.day(Field::Birth).is_some_and(|birth: NaiveDate| on.years_since(birth).is_some_and(|years| years < 18))
    };
    let mut children = 0;
    for case in cases(&records) {
        if let Some(nik) = case.text(Field::Nik) {
            let reading = pulang::identity::nik::read(nik, today);
            assert_eq!(reading.birth, case.day(Field::Birth));
            assert_eq!(reading.sex.map(|sex| sex.letter().to_string()).as_deref(), case.code(Field::Sex));
            assert!(reading.nik.is_some());
        }
        if is_child(case) && matches!(case.code(Field::Status), Some("REHAB" | "PULDA" | "REINT")) {
            children += 1;
            let is_verified = |item| {
                case.is_yes(Slot::of(item, Field::ContactIsGuardian))
                    && case.code(Slot::of(item, Field::ContactVerifiedHow)).is_some()
            };
            assert!(case.items(Part::Contact).any(is_verified));
        }
    }
    assert!(children > 5, "{children}");
}

#[test]
fn histories_are_about_as_long_as_asked() {
    // The way alone is an entry for each step: nothing shorter is asked of it.
    for wanted in [10_u32, 20, 40] {
        let of_cases =
            Practice::new(2, epoch()).commits(1_000, wanted).filter(|commit| commit.changes[0].of.kind == Kind::Case);
        let average = of_cases.count() as f64 / 1_000.0;
        assert!((average - f64::from(wanted)).abs() < f64::from(wanted) * 0.25, "{wanted}: {average}");
    }
}

#[test]
fn how_long_a_history_is_told_changes_nothing_of_how_a_case_stands() {
    let brief = replayed(Practice::new(4, epoch()).commits(600, 1));
    let long = replayed(Practice::new(4, epoch()).commits(600, 10));
    for case in cases(&brief) {
        let same = &long[&case.of];
        for field in
            [Field::Name, Field::Nik, Field::Status, Field::StatusAt, Field::Home, Field::Bed, Field::CloseReason]
        {
            assert_eq!(case.get(field), same.get(field), "{field:?}");
        }
    }
}

#[test]
fn sexes_ages_and_provinces_are_plausible() {
    let records = replayed(Practice::new(1, epoch()).commits(4_000, 1));
    let share = |is: &dyn Fn(&Record) -> bool| cases(&records).filter(|case| is(case)).count() as f64 / 4_000.0;
    let women = share(&|case| case.code(Field::Sex) == Some("P"));
    assert!((0.27..0.36).contains(&women), "{women}");
    let sumatra = share(&|case| case.code(Field::Home).is_some_and(|home| home.starts_with("12")));
    assert!((0.2..0.34).contains(&sumatra), "{sumatra}");
    let young = share(&|case| case.day(Field::Birth).is_some_and(|birth| birth > "1990-02-21".parse().unwrap()));
    assert!((0.75..0.95).contains(&young), "{young}");
}
