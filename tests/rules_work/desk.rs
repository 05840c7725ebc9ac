//! An invented desk: one case with every fact, people of every role, a fixed night.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use pulang::domain::access::Role;
use pulang::domain::change::Change;
use pulang::domain::field::Field;
use pulang::domain::gate::{Circumstances, Intent};
use pulang::domain::record::{ItemId, Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Dated, Timed, Value};
use ulid::Ulid;

pub const ME: Ulid = Ulid(1001);
pub const OTHER: Ulid = Ulid(1002);
pub const OFFICE: Ulid = Ulid(2001);
pub const DOCUMENT: ItemId = Ulid(10);
pub const GUARDIAN: ItemId = Ulid(11);
pub const TRACK: ItemId = Ulid(12);

/// 21 February 2026, 03:00 in Jakarta.
pub fn now() -> DateTime<Utc> {
    "2026-02-20T20:00:00Z".parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn moment() -> Timed {
    Timed::certain(now())
}

pub fn people(actor: Ulid, roles: &[Role]) -> Circumstances<'static> {
    Circumstances {
        now: now(),
        zone: FixedOffset::east_opt(7 * 3600).unwrap(),
        actor,
        actor_name: "Ketut Contoh",
        roles: roles.iter().copied().collect(),
        office: OFFICE,
        region: None,
        movement: None,
        fresh: Ulid(1_000_000),
    }
}

/// A supervisor, who may make every move.
pub fn supervisor() -> Circumstances<'static> {
    people(ME, &[Role::Supervisor])
}

pub fn intent() -> Intent {
    Intent::at(moment())
}

pub fn date(text: &str) -> Value {
    Value::Date(Dated::certain(day(text)))
}

pub fn time() -> Value {
    Value::Time(Timed::certain(now() - TimeDelta::hours(1)))
}

fn own_facts() -> Vec<(Field, Value)> {
    use Field as F;
    let text = |field| (field, Value::text("Z contoh"));
    let code = |field, code: &str| (field, Value::code(code));
    let at = |field| (field, time());
    let mut facts = vec![
        (F::Name, Value::text("WAYAN CONTOH")),
        (F::Birth, date("1990-05-05")),
        code(F::Sex, "L"),
        code(F::ReportChannel, "DTG"),
        code(F::ReportCountry, "KHM"),
        code(F::DuplicateAnswer, "BRU"),
        code(F::IdentitySource, "PSP"),
        code(F::NationalityEvidence, "PSP"),
        code(F::Position, "KBR"),
        code(F::Safety, "AMK"),
        (F::PapersMissing, Value::codes(["EXP"])),
        code(F::Wish, "YA"),
        code(F::ExitPermit, "ADA"),
        code(F::Fine, "LNS"),
        code(F::CostBearer, "NEG"),
        (F::Movement, Value::Link(Subject::new(Kind::Movement, Ulid(3001)))),
        (F::HasBoarded, Value::YesNo(true)),
        (F::Checks, Value::codes(["0"])),
        code(F::RightsTold, "PER"),
        code(F::CareConsent, "STJ"),
        (F::ReadinessOn, date("2026-02-19")),
        (F::ReadinessBy, Value::Link(Subject::new(Kind::Operator, OTHER))),
        (F::PsychosocialOn, date("2026-02-18")),
        code(F::Destination, "71.71"),
        code(F::HandedRelation, "DRI"),
        (F::LastContact, date("2025-12-01")),
        (F::DuplicateOf, Value::Link(Subject::case(Ulid(9)))),
        (F::Owner, Value::Link(Subject::new(Kind::Office, OFFICE))),
    ];
    facts.extend(
        [F::ReportedAt, F::PositionAt, F::SafetyAt, F::LandedAt, F::IdentityCheckedAt, F::HealthCheckedAt].map(at),
    );
    facts.extend([F::AdmittedAt, F::ReceiverNotifiedAt, F::HandedAt].map(at));
    facts.extend(
        [F::SafetySource, F::LandedPlace, F::SeenBy, F::IdentityCheckedBy, F::Facility, F::ReceivedBy].map(text),
    );
    facts.extend([F::AdmissionRecord, F::Bed, F::Needs, F::HandedTo, F::HandoverNo, F::VillageWitness].map(text));
    facts.extend([F::CloseNo, F::CloseNote, F::TakenOverBy].map(text));
    facts
}

/// An adult in this status about whom every fact is known; from ASESM rehabilitation is not needed.
pub fn full(status: Status) -> Record {
    let mut record = Record::empty(Subject::case(Ulid(7)));
    record.revision = 5;
    for (field, value) in own_facts() {
        record.facts.insert(field.into(), value);
    }
    record.facts.insert(Field::Status.into(), Value::code(status.code()));
    record.facts.insert(Field::StatusAt.into(), Value::Time(Timed::certain(now() - TimeDelta::days(40))));
    let readiness = if status == Status::Asesm { "TPL" } else { "SIA" };
    record.facts.insert(Field::Readiness.into(), Value::code(readiness));
    let document = [
        (Field::DocKind, Value::code("SPL")),
        (Field::DocNo, Value::text("ZD000001")),
        (Field::DocUntil, date("2027-01-01")),
    ];
    for (field, value) in document {
        record.facts.insert(Slot::of(DOCUMENT, field), value);
    }
    record.facts.insert(Slot::of(Ulid(13), Field::ScreenedAt), time());
    record
}

/// Takes every slot of a field away.
pub fn without(mut record: Record, field: Field) -> Record {
    record.facts.retain(|slot, _| slot.field != field);
    record
}

pub fn with(mut record: Record, at: impl Into<Slot>, value: Value) -> Record {
    record.facts.insert(at.into(), value);
    record
}

/// Sixteen on the night of the fixture.
pub fn child(record: Record) -> Record {
    with(record, Field::Birth, date("2009-06-01"))
}

/// A guardian, verified or not, to whom the person is handed.
pub fn guarded(record: Record, is_verified: bool) -> Record {
    let mut record = with(record, Slot::of(GUARDIAN, Field::ContactName), Value::text("Ibu Contoh"));
    record = with(record, Slot::of(GUARDIAN, Field::ContactRelation), Value::code("IBU"));
    record = with(record, Slot::of(GUARDIAN, Field::ContactIsGuardian), Value::YesNo(true));
    record = with(record, Field::HandedTo, Value::text("IBU CONTOH"));
    record = with(record, Field::HandedRelation, Value::code("IBU"));
    record = with(record, Field::HandedContact, Value::text(GUARDIAN.to_string()));
    if is_verified {
        record = with(record, Slot::of(GUARDIAN, Field::ContactVerifiedBy), Value::text("Ketut Contoh"));
        record = with(record, Slot::of(GUARDIAN, Field::ContactVerifiedHow), Value::code("KK"));
    }
    record
}

pub fn held(record: Record) -> Record {
    let record = with(record, Slot::of(Ulid(14), Field::Flag), Value::code("HKM"));
    with(record, Slot::of(Ulid(14), Field::FlagFrom), time())
}

pub fn applied(record: &Record, change: &Change) -> Record {
    let mut after = record.clone();
    change.apply(&mut after);
    after
}
