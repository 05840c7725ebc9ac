//! Every move that practice tells goes through its gate: from where it may, with the facts that it asks for.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{DateTime, FixedOffset, Utc};
use pulang::domain::access::Roles;
use pulang::domain::case::Case;
use pulang::domain::change::{Commit, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::{Circumstances, Fact, Rules};
use pulang::domain::record::Record;
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use pulang::practice::Practice;
use std::collections::{BTreeMap, BTreeSet};

fn epoch() -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_650_000, 0).unwrap()
}

/// What a move lacks, by the gate table.
fn lacks(rules: &Rules, before: &Record, after: &Record, commit: &Commit, movement: Option<&Record>) -> Vec<String> {
    let happened = commit.changes[0].happened.at;
    let circumstances = Circumstances {
        now: happened,
        zone: FixedOffset::east_opt(7 * 3600).unwrap(),
        actor: commit.by,
        actor_name: "",
        roles: Roles::default(),
        office: commit.office,
        region: None,
        movement,
        fresh: ulid::Ulid(1),
    };
    let (from, to) = (Case(before).status(), Case(after).status());
    let gate = rules.gate(to);
    let mut lacks = Vec::new();
    let mut ask = |fact: Fact| {
        if !fact.holds(Case(after), &circumstances) {
            lacks.push(format!("{} → {}: {}", from.code(), to.code(), fact.code()));
        }
    };
    gate.required_of(from).for_each(&mut ask);
    rules.gate(from).owed.iter().filter(|(_, due)| due.is_before_leaving).for_each(|(fact, _)| ask(*fact));
    if to == Status::Tutup {
        let closing = after.code(Field::CloseReason).and_then(|reason| rules.closing(reason)).unwrap();
        closing.required.iter().for_each(|fact| ask(*fact));
        if !closing.from.is_empty() && !closing.from.contains(&from) {
            lacks.push(format!("{} may not be closed as it is", from.code()));
        }
        if after.link(Field::CloseAskedBy).is_none_or(|asked| asked.id == commit.by) {
            lacks.push("closed by the one who asked".to_owned());
        }
    }
    if !gate.from.contains(&from) {
        lacks.push(format!("{} → {} is no way", from.code(), to.code()));
    }
    lacks
}

#[test]
fn every_move_satisfies_its_gate_however_long_histories_are() {
    for entries in [2, 8, 50] {
        every_move_is_legal(entries);
    }
}

fn every_move_is_legal(entries: u32) {
    let rules = Rules::built_in();
    let mut records: BTreeMap<Subject, Record> = BTreeMap::new();
    let mut moves = 0;
    let mut lacking: BTreeMap<String, usize> = BTreeMap::new();
    for commit in Practice::new(21, epoch()).commits(500, entries) {
        let change = &commit.changes[0];
        let sets_status = change.edits.iter().any(|edit| edit.at.field == Field::Status);
        assert!(!(sets_status && change.verb == Verb::Edit), "an edit moves nobody");
        let begins = change.verb == Verb::Create && change.of.kind == Kind::Case;
        let first = change.edits.iter().find(|edit| edit.at.field == Field::Status);
        assert!(
            !begins || first.and_then(|edit| edit.now.clone()) == Some(Value::code("LAPOR")),
            "a way begins at its beginning"
        );
        let before = records.get(&change.of).cloned().unwrap_or_else(|| Record::empty(change.of));
        let mut after = before.clone();
        change.apply(&mut after);
        let is_move = change.of.kind == Kind::Case
            && before.revision > 0
            && before.code(Field::Status) != after.code(Field::Status);
        if is_move {
            moves += 1;
            let movement = after.link(Field::Movement).and_then(|movement| records.get(&movement));
            for lack in lacks(&rules, &before, &after, &commit, movement) {
                *lacking.entry(lack).or_default() += 1;
            }
        }
        records.insert(change.of, after);
    }
    assert!(moves > 1_500, "{moves}");
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn debts_are_named_as_the_gate_table_names_facts() {
    let mut debts = BTreeSet::new();
    for commit in Practice::new(22, epoch()).commits(2_000, 1) {
        for edit in &commit.changes[0].edits {
            if let (Field::DebtFact, Some(Value::Text(fact))) = (edit.at.field, &edit.now) {
                debts.insert(fact.clone());
            }
        }
    }
    assert!(debts.len() >= 3, "{debts:?}");
    assert!(debts.iter().all(|fact| Fact::from_code(fact).is_some()), "{debts:?}");
}
