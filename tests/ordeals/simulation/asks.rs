//! Proposals that come to the desk without keys: lawful ones that carry people along their way home, and others that no
//! screen would make. Whatever the desk says no to must not happen; the journal is held against the gates afterwards.

use super::people;
use crate::dice::Dice;
use chrono::{DateTime, TimeDelta, Utc};
use pulang::desk::{Answer, Ask, Order, Proposal, RowId, Seat};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::{Field, Part};
use pulang::domain::flags::NewFlag;
use pulang::domain::gate::{Custody, Death, Fact, Intent, Obstacle, Referral};
use pulang::domain::query::Query;
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::track::Step;
use pulang::domain::value::{Timed, Value};
use pulang::domain::words::List;
use std::time::Duration;

/// Asks and waits for the answer.
pub fn asked(seat: &Seat, asks: Vec<Ask>, undoes: Option<ulid::Ulid>) -> (ulid::Ulid, Answer) {
    let id = seat.new_id();
    let ticket = seat.propose(Proposal { id, asks, undoes });
    (id, ticket.wait(Duration::from_secs(60)).expect("the desk answers"))
}

/// A proposal by this operator, about somebody they find; none where they find nobody.
pub fn proposal(seat: &Seat, dice: &mut Dice, now: DateTime<Utc>) -> Option<Vec<Ask>> {
    let at = Timed::certain(now - TimeDelta::minutes(dice.below(30) as i64));
    if dice.one_in(8) {
        let of = Subject::case(seat.new_id());
        return Some(vec![Ask::Create { of, facts: people::person(dice, seat.new_id(), now), happened: at }]);
    }
    let rows = seat.list(&Query::default(), Order::Number).rows;
    let row = rows.at(dice.below(rows.len()))?;
    let record = seat.record_of(row).ok()?;
    Some(match dice.below(18) {
        0..=8 => {
            let to = onward(&record, dice);
            vec![Ask::Move { of: record.of, to, intent: prepared(seat, row, to, dice, now) }]
        }
        9 => vec![edit(&record, dice, now, at)],
        10 => vec![forged(&record, dice, now, at)],
        11 => vec![flag(&record, rows.at(dice.below(rows.len())), seat, dice, at)?],
        12 => vec![Ask::Step { of: record.of, step: step(&record, dice, at) }],
        13 => vec![Ask::Tier { of: record.of, tier: Some(*dice.pick(List::Tier.codes())), why: why(), happened: at }],
        14 => vec![urgent(&record, dice, at)],
        15 => vec![seal(&record, seat, at)],
        16 => vec![name(&record, seat, dice, at)],
        _ => {
            let some: Vec<RowId> = rows.page(dice.below(rows.len()), 2 + dice.below(6));
            let to = *dice.pick(&Status::ALL);
            let records = some.into_iter().filter_map(|row| Some((row, seat.record_of(row).ok()?)));
            let records: Vec<(RowId, Record)> = records.collect();
            let one = |(row, record): &(RowId, Record), dice: &mut Dice| Ask::Move {
                of: record.of,
                to,
                intent: prepared(seat, *row, to, dice, now),
            };
            records.iter().map(|pair| one(pair, dice)).collect()
        }
    })
}

fn why() -> String {
    "alasan contoh".into()
}

/// The next status on the way home, mostly.
fn onward(record: &Record, dice: &mut Dice) -> Status {
    let here = record.code(Field::Status).and_then(Status::from_code).unwrap_or(Status::Lapor);
    if dice.one_in(4) {
        return *dice.pick(&Status::ALL);
    }
    Status::ALL[(here as usize + 1 + dice.below(2)).min(Status::ALL.len() - 1)]
}

/// What the dialog would have collected: answers to whatever the gate lacks, as far as the dice give good ones.
fn prepared(seat: &Seat, row: RowId, to: Status, dice: &mut Dice, now: DateTime<Utc>) -> Intent {
    let mut intent = Intent::at(Timed::certain(now));
    if dice.one_in(3) {
        intent.reason = Some(why());
    }
    if dice.one_in(6) {
        intent.emergency = Some(why());
    }
    if to == Status::Tutup {
        intent.edits.push((Field::CloseReason.into(), Value::code(*dice.pick(List::CloseReason.codes()))));
    }
    for _ in 0..6 {
        let Err(obstacles) = seat.judge(row, to, &intent) else { break };
        let lacking = obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::Missing(fact) | Obstacle::Owed(fact) => Some(*fact),
            _ => None,
        });
        let lacking: Vec<Fact> = lacking.collect();
        for fact in lacking {
            // Another answer in the place of one that the gate did not take.
            let answer = people::answer(fact, seat.new_id(), seat.newest_movement(), dice, now);
            intent.edits.retain(|(at, _)| answer.keys().all(|slot| slot.field != at.field));
            intent.edits.extend(answer);
        }
    }
    intent
}

fn edit(record: &Record, dice: &mut Dice, now: DateTime<Utc>, at: Timed) -> Ask {
    let own: Vec<Field> = Field::all().filter(|field| field.part() == Part::Own).collect();
    let mut change = Change::on(record, Verb::Edit, at);
    for _ in 0..1 + dice.below(3) {
        let field = *dice.pick(&own);
        change.set(record, field, people::value(field, dice, now));
    }
    Ask::Edit(change)
}

/// Seals a case, or takes the seal off.
fn seal(record: &Record, seat: &Seat, at: Timed) -> Ask {
    let is_sealed = record.is_yes(Field::IsSealed);
    let mut change = Change::on(record, Verb::Edit, at);
    for (field, value) in [
        (Field::IsSealed, Value::YesNo(true)),
        (Field::SealedBy, Value::Link(seat.operator())),
        (Field::SealedAt, Value::Time(at)),
        (Field::SealedWhy, Value::text(why())),
    ] {
        change.set(record, field, (!is_sealed).then_some(value));
    }
    change.reason = Some(why());
    Ask::Edit(change)
}

/// Names somebody in a case.
fn name(record: &Record, seat: &Seat, dice: &mut Dice, at: Timed) -> Ask {
    let operators = seat.operators();
    let who = Subject::new(Kind::Operator, dice.pick(&operators).0);
    let item = seat.new_id();
    let mut change = Change::on(record, Verb::Edit, at);
    let (me, why) = (Value::Link(seat.operator()), Value::text(why()));
    for (field, value) in [(Field::NamedOperator, Value::Link(who)), (Field::NamedBy, me), (Field::NamedWhy, why)] {
        change.set(record, Slot::of(item, field), Some(value));
    }
    Ask::Edit(change)
}

/// What only the desk may write, by somebody who writes it all the same; also on a revision that is long gone.
fn forged(record: &Record, dice: &mut Dice, now: DateTime<Utc>, at: Timed) -> Ask {
    let fields = [Field::Status, Field::IsWithdrawn, Field::CaseNumber, Field::Owner, Field::IsSealed, Field::DiedAt];
    let field = *dice.pick(&fields);
    let mut change = Change::on(record, *dice.pick(&[Verb::Edit, Verb::Move, Verb::Undo, Verb::Close]), at);
    change.table = Some("palsu".into());
    if dice.one_in(3) {
        change.base = record.revision.saturating_sub(1);
    }
    let value = match field {
        Field::Status => Some(Value::code(dice.pick(&Status::ALL).code())),
        other => people::value(other, dice, now),
    };
    change.set(record, field, value);
    Ask::Edit(change)
}

fn flag(record: &Record, other: Option<RowId>, seat: &Seat, dice: &mut Dice, at: Timed) -> Option<Ask> {
    let of = record.of;
    let items: Vec<ulid::Ulid> = record.items(Part::Flag).collect();
    if !items.is_empty() && dice.one_in(2) {
        let item = *dice.pick(&items);
        return Some(match dice.below(3) {
            0 => Ask::ReviewFlag { of, item, happened: at },
            _ => Ask::ClearFlag { of, item, why: why(), happened: at },
        });
    }
    let other = other.and_then(|row| seat.summary(row)).map(|summary| Subject::case(summary.id));
    let flag = NewFlag { kind: dice.pick::<&str>(List::Flag.codes()), happened: at, until: None, why: why(), other };
    Some(Ask::SetFlag { of, flag })
}

fn step(record: &Record, dice: &mut Dice, happened: Timed) -> Step {
    let items: Vec<ulid::Ulid> = record.items(Part::Track).collect();
    let item = if items.is_empty() || dice.one_in(2) { None } else { Some(*dice.pick(&items)) };
    let no = dice.one_in(2).then(|| "Z/17/2026".to_owned());
    Step { item, state: dice.pick::<&str>(List::TrackState.codes()), happened, no, taken_over_by: None }
}

fn urgent(record: &Record, dice: &mut Dice, happened: Timed) -> Ask {
    let (of, text) = (record.of, || "Contoh Satu".to_owned());
    match dice.below(8) {
        0 => {
            let death = Death { died: happened, place: Some(text()), cause: None, nature: Some("WJR") };
            Ask::Die { of, death }
        }
        1 => Ask::RetractDeath { of, why: why(), happened },
        2 | 3 => {
            let companion = dice.one_in(2).then(text);
            let custody = Custody {
                happened,
                officer: text(),
                officer_no: "Z77".into(),
                unit: text(),
                letter: "belum".into(),
                to: text(),
                companion,
            };
            Ask::HandToLaw { of, custody }
        }
        4 => Ask::DeclineClose { of, intent: Intent { reason: Some(why()), ..Intent::at(happened) } },
        _ => {
            let referral =
                Referral { happened, to: "RS Contoh".into(), ambulance: None, companion: None, received_by: None };
            Ask::Refer { of, referral }
        }
    }
}
