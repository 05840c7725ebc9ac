//! The summary of a case: what lists, queues and search run on, and the clock that says how long is left.
//!
//! Pure and total: any record has a summary. Nothing of health, care or law goes in beyond the tier and neutral signs.

use super::Case;
use crate::domain::field::{Field, Part};
use crate::domain::gate::Rules;
use crate::domain::procedural::procedural;
use crate::domain::record::{Record, Slot};
use crate::domain::status::Status;
use crate::domain::subject::Number;
use crate::domain::summary::{Signs, Summary, Tier};
use crate::domain::triage::triage;
use crate::domain::value::{Precision, Value};
use crate::domain::words::List;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use ulid::Ulid;

/// Digests a record. `lands` is the landing of its movement. `changed_at` is the time of the present status: the caller, who
/// knows when the record was changed last, overwrites it.
pub fn summary(record: &Record, lands: Option<NaiveDate>, rules: &Rules) -> Summary {
    let case = Case(record);
    let tier = triage(case, lands, rules).tier;
    let on = case.interest_on(lands, rules.zone);
    let status_at = case.status_at().unwrap_or_default();
    let debt_due = case.open_debts().filter_map(|debt| debt.due).min();
    let grounds = procedural(case, on, &rules.placement);
    Summary {
        id: record.of.id,
        number: case.number().unwrap_or(Number { year: 0, running: 0 }),
        revision: record.revision,
        name: case.name().to_owned(),
        other_names: other_names(record),
        sex: case.sex(),
        birth: case.birth().and_then(|birth| birth.on),
        birth_precision: case.birth().map_or(Precision::Unknown, |birth| birth.precision),
        is_age_doubted: case.is_age_doubted(),
        interest_on: on.unwrap_or_default(),
        status: case.status(),
        status_at,
        tier,
        signs: signs(case, on),
        nik: record.text(Field::Nik).filter(|nik| nik.len() == 16).and_then(|nik| nik.parse().ok()).unwrap_or(0),
        documents: newest_first(case.documents().filter_map(|document| document.no).map(str::to_owned)),
        phones: newest_first(case.phones().filter(super::items::Phone::is_own).map(|phone| phone.no.to_owned())),
        home: record.code(Field::Home).and_then(region_digits).unwrap_or(0),
        country: case.work_country(),
        group: record.text(Field::Group).unwrap_or_default().to_owned(),
        queue: record.number(Field::Queue).and_then(|queue| u16::try_from(queue).ok()).unwrap_or(0),
        movement: record.link(Field::Movement).map(|movement| movement.id),
        office: case.owner().map_or(Ulid::nil(), |owner| owner.id),
        officer: case.officer().map(|officer| officer.id),
        position: place(List::Position, record.code(Field::Position)),
        safety: place(List::Safety, record.code(Field::Safety)),
        sector: place(List::Sector, record.code(Field::Sector)),
        channel: place(List::Channel, record.code(Field::Channel)),
        procedural: place(List::Procedural, Some(grounds.standing.code())),
        problems: problem_bits(record),
        due: [due(case, lands, tier, rules), debt_due].into_iter().flatten().min(),
        debt_due,
        open_debts: u8::try_from(case.open_debts().count()).unwrap_or(u8::MAX),
        reported_at: record.at(Field::ReportedAt).unwrap_or(status_at),
        changed_at: status_at,
    }
}

/// The nearest deadline of status, tier, review and hold, debts apart. Nothing waits for the dead or the closed. While
/// somebody is in hospital by referral the clocks of arrival pause, those of a report at the desk among them: whoever was
/// referred has been seen.
pub fn due(case: Case<'_>, lands: Option<NaiveDate>, tier: Tier, rules: &Rules) -> Option<DateTime<Utc>> {
    if case.is_dead() || case.status() == Status::Tutup || case.is_withdrawn() {
        return None;
    }
    let hold = case.flags().filter(|flag| flag.kind == "HKM" && !flag.is_cleared);
    let review = hold.filter_map(|flag| flag.reviewed_at.max(flag.from)?.checked_add_signed(rules.hold_review)).min();
    let is_arriving =
        matches!(case.status(), Status::Lapor | Status::Verif | Status::Jalan | Status::Tiba | Status::Asesm);
    if case.is_referred() && is_arriving {
        return review;
    }
    [review, leave_due(case, lands, rules), seen_due(case, tier, rules)].into_iter().flatten().min()
}

/// When the status should have been left, or the next contact or review in it made.
fn leave_due(case: Case<'_>, lands: Option<NaiveDate>, rules: &Rules) -> Option<DateTime<Utc>> {
    let gate = rules.gate(case.status());
    let since = case.status_at()?;
    let leave = gate.leave.and_then(|leave| since.checked_add_signed(leave));
    let end_of = |day: NaiveDate| {
        let next = day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN);
        rules.zone.from_local_datetime(&next).single().map(|at| at.with_timezone(&Utc))
    };
    match case.status() {
        // Nobody is late before the day of landing is over.
        Status::Jalan => leave.max(lands.and_then(end_of)),
        Status::Rehab => case.0.day(Field::ReviewOn).and_then(end_of).or(leave),
        Status::Reint => next_contact(case, since, rules).or(leave),
        Status::Lapor
        | Status::Verif
        | Status::Lindung
        | Status::Dokum
        | Status::Siap
        | Status::Tiba
        | Status::Asesm
        | Status::Pulda
        | Status::Tutup => leave,
    }
}

/// The first of the contacts after entering that is not behind the last contact.
fn next_contact(case: Case<'_>, since: DateTime<Utc>, rules: &Rules) -> Option<DateTime<Utc>> {
    let last = case.0.day(Field::LastContact);
    let is_open = |at: &DateTime<Utc>| last.is_none_or(|last| at.with_timezone(&rules.zone).date_naive() > last);
    rules.gate(case.status()).contacts.iter().filter_map(|after| since.checked_add_signed(*after)).find(is_open)
}

/// Until when somebody who waits at the desk is seen: the arrived, and those who report without a movement.
fn seen_due(case: Case<'_>, tier: Tier, rules: &Rules) -> Option<DateTime<Utc>> {
    let is_walk_in = case.status() == Status::Lapor && case.0.link(Field::Movement).is_none();
    let is_waiting = (case.status() == Status::Tiba || is_walk_in) && case.0.at(Field::ChecksAt).is_none();
    let since = case.0.at(Field::LandedAt).filter(|_| case.status() == Status::Tiba).or_else(|| case.status_at());
    since.filter(|_| is_waiting)?.checked_add_signed(rules.triage.wait(tier)?)
}

/// Neutral marks of the row. A flag counts until somebody has ended it: a row has no clock, and in doubt says *ask*.
fn signs(case: Case<'_>, on: Option<NaiveDate>) -> Signs {
    let record = case.0;
    let has_flag = |kind: &str| case.flags().any(|flag| flag.kind == kind && !flag.is_cleared);
    let is_child = on.is_some_and(|on| case.age_on(on).is_child()) || case.is_age_doubted() || case.has_check("A");
    let is_alone = is_child && (case.is_parted() || !case.has_verified_guardian());
    Signs::default()
        .with(Signs::CHILD, is_child)
        .with(Signs::ALONE, is_alone)
        .with(Signs::HELD, has_flag("HKM") || has_flag("MED"))
        .with(Signs::HEARSAY, !case.is_remark_checked())
        .with(Signs::RETURNED_BEFORE, has_flag("BRL"))
        .with(Signs::KEEP_APART, has_flag("PSH"))
        .with(Signs::BARRED_CONTACT, case.barred_contacts().next().is_some())
        .with(Signs::MISSING, has_flag("HIL"))
        .with(Signs::REFUSES, has_flag("TLK"))
        .with(Signs::NEEDS_INTERPRETER, record.is_yes(Field::Interpreter) || case.has_check("J"))
        .with(Signs::MEDIA_CLOSED, record.is_yes(Field::IsMediaClosed) || has_flag("MDA"))
        .with(Signs::SEALED, case.is_sealed())
        .with(Signs::WITHDRAWN, case.is_withdrawn())
        .with(Signs::DEAD, case.is_dead())
        .with(Signs::CLOSE_ASKED, case.close_asked_by().is_some() && case.status() != Status::Tutup)
        .with(Signs::EMERGENCY_DEBT, case.open_debts().any(|debt| debt.is_emergency))
        .with(Signs::REFERRED, case.is_referred())
        .with(Signs::LOOKED_AT, record.items(Part::Look).next().is_some())
        .with(Signs::TIED, [Part::Share, Part::Offer].into_iter().any(|part| record.items(part).next().is_some()))
}

fn newest_first(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<_> = texts.collect();
    texts.reverse();
    texts
}

fn other_names(record: &Record) -> String {
    let own = [Field::PassportName, Field::Aliases].into_iter().filter_map(|field| record.text(field));
    let documents = record.items(Part::Document).filter_map(|item| record.text(Slot::of(item, Field::DocName)));
    own.chain(documents).collect::<Vec<_>>().join(";")
}

/// `71.71.08` as 717108.
fn region_digits(code: &str) -> Option<u32> {
    let digits: String = code.chars().filter(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

/// The place of a code in its list, from 1; zero when it is not there.
fn place(list: List, code: Option<&str>) -> u8 {
    let place = code.and_then(|code| list.codes().iter().position(|listed| *listed == code));
    place.map_or(0, |place| place as u8 + 1)
}

fn problem_bits(record: &Record) -> u32 {
    let Some(Value::Codes(codes)) = record.get(Field::Problems) else { return 0 };
    let places = codes.iter().map(|code| place(List::Problem, Some(code)));
    places.filter(|place| (1..=32).contains(place)).fold(0, |bits, place| bits | 1 << (place - 1))
}
