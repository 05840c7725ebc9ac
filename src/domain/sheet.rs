//! The emergency sheet: what whoever is to receive somebody must know from the moment of dispatch on, and nothing else.
//!
//! It is a cut of the record by field: who it is, what threatens, who looks after them, whom not to call, where they are and
//! with whom. Whether somebody may read it is the access table's to say ([`super::access::Act::Sheet`]).

use super::access::{Role, Roles};
use super::case::Case;
use super::field::{Field, Part};
use super::record::{Record, Slot};
use super::value::Value;

/// What everybody reads who may read the sheet at all.
pub const PLAIN: [Field; 16] = [
    Field::CaseNumber,
    Field::Queue,
    Field::Name,
    Field::NameKind,
    Field::Sex,
    Field::Birth,
    Field::IsAgeDoubted,
    Field::Interpreter,
    Field::Language,
    Field::Position,
    Field::PositionPlace,
    Field::PositionAt,
    Field::Company,
    Field::Movement,
    Field::Owner,
    Field::Status,
];

/// What whoever looks after health or care reads besides.
pub const HEALTH: [Field; 9] = [
    Field::Checks,
    Field::NeedsHospital,
    Field::PregnantWeeks,
    Field::PregnancyComplaint,
    Field::Chronic,
    Field::Infectious,
    Field::SuicidalTalk,
    Field::FitToTravelUntil,
    Field::FitToTravelBy,
];

/// Letters of intake that everybody reads: a child, and somebody who needs an interpreter.
const NEUTRAL: [&str; 2] = ["A", "J"];

/// Whether somebody with these roles reads what the sheet says of health.
pub fn reads_health(roles: Roles) -> bool {
    [Role::Medic, Role::SocialWorker, Role::Psychologist, Role::Supervisor].into_iter().any(|role| roles.has(role))
}

/// Whether the case says anything of health that a receiver has to know, whatever it is.
pub fn has_alert(record: &Record) -> bool {
    let is_alert = |field: &Field| match record.get(*field) {
        Some(Value::Codes(codes)) => codes.iter().any(|code| code != "0" && !NEUTRAL.contains(&code.as_str())),
        Some(Value::YesNo(is_yes)) => *is_yes,
        Some(_) => !matches!(field, Field::FitToTravelUntil | Field::FitToTravelBy),
        None => false,
    };
    HEALTH.iter().any(is_alert)
}

/// The sheet of a case as somebody with these roles reads it.
pub fn sheet(record: &Record, roles: Roles) -> Record {
    let case = Case(record);
    let reads_health = reads_health(roles);
    let guardians: Vec<_> = case.contacts().filter(|contact| contact.is_guardian).map(|contact| contact.item).collect();
    let barred: Vec<_> = case.barred_contacts().map(|contact| contact.item).collect();
    let is_on_it = |slot: &Slot| match (slot.field.part(), slot.item) {
        (Part::Own, _) => PLAIN.contains(&slot.field) || (reads_health && HEALTH.contains(&slot.field)),
        (Part::Contact, Some(item)) if barred.contains(&item) => {
            matches!(slot.field, Field::ContactName | Field::ContactRelation | Field::ContactIsBarred)
        }
        (Part::Contact, Some(item)) => {
            guardians.contains(&item) && !matches!(slot.field, Field::ContactAddress | Field::ContactIsRecruiter)
        }
        (Part::Referral, _) => true,
        (
            Part::Document
            | Part::Phone
            | Part::Contact
            | Part::Note
            | Part::Flag
            | Part::Debt
            | Part::Belonging
            | Part::Track
            | Part::Screening
            | Part::Finding
            | Part::Custody
            | Part::Link
            | Part::Share
            | Part::Named
            | Part::Look
            | Part::Key
            | Part::Print
            | Part::Offer,
            _,
        ) => false,
    };
    let mut cut = Record { of: record.of, revision: record.revision, facts: Default::default() };
    cut.facts = record.facts.iter().filter(|(slot, _)| is_on_it(slot)).map(|(at, it)| (*at, it.clone())).collect();
    if let Some(Value::Codes(codes)) = record.get(Field::Checks).filter(|_| !reads_health) {
        let neutral = codes.iter().filter(|code| NEUTRAL.contains(&code.as_str())).cloned();
        cut.facts.insert(Field::Checks.into(), Value::Codes(neutral.collect()));
    }
    cut
}
