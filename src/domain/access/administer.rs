//! Who may administer the desk: its operators and offices. One pure function beside [`super::may_set_table`]; default deny.
//!
//! The administrator has the whole desk, a supervisor the people and the facts of the own office. A desk without an active
//! administrator, as it is on its first day, is administered by its supervisors. Nobody decides about themselves, and who
//! keeps the box or reads the trail works on no case.

use super::{Actor, Role, Roles};
use crate::domain::change::Change;
use crate::domain::field::Field;
use crate::domain::operator::Operator;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};

/// Whether an actor may change an operator or an office so. `is_administered`: the desk has an active administrator.
///
/// # Errors
/// `why-not-access` where it is not theirs to decide; `refused-own-access` about themselves; `refused-administrators-only`
/// for a supervisor about administrators and auditors; `refused-roles-apart` and `refused-no-role` for roles that nobody has.
pub fn may_administer(
    actor: &Actor<'_>,
    record: &Record,
    change: &Change,
    is_administered: bool,
) -> Result<(), Refusal> {
    let is_supervisor = actor.roles.has(Role::Supervisor);
    let has_all = actor.roles.has(Role::Administrator) || (is_supervisor && !is_administered);
    if !has_all && !is_supervisor {
        return Err(Refusal::new("why-not-access"));
    }
    let mut after = record.clone();
    change.apply(&mut after);
    match record.of.kind {
        Kind::Operator => operator(actor, record, &after, has_all),
        Kind::Office => office(actor, record, &after, has_all),
        Kind::Case | Kind::Movement | Kind::Incident | Kind::View | Kind::Table | Kind::Inquiry => {
            Err(Refusal::new("why-not-access"))
        }
    }
}

/// Who keeps the box, and who reads the trail: never the same person, and never one who works on cases.
const APART: Roles = Roles::none().with(Role::Administrator).with(Role::Auditor);

fn operator(actor: &Actor<'_>, before: &Record, after: &Record, has_all: bool) -> Result<(), Refusal> {
    /// What decides whether and as what somebody comes in.
    const DECIDING: [Field; 5] = [
        Field::OperatorRoles,
        Field::OperatorOffice,
        Field::OperatorIsSuspended,
        Field::OperatorUntil,
        Field::IsWithdrawn,
    ];
    let (was, is) = (Operator(before), Operator(after));
    if before.of.id == actor.id && DECIDING.iter().any(|field| before.get(*field) != after.get(*field)) {
        return Err(Refusal::new("refused-own-access"));
    }
    let is_elsewhere = |office: Option<Subject>| office.is_some_and(|office| office.id != actor.office);
    if !has_all && (is_elsewhere(was.office()) || is_elsewhere(is.office())) {
        return Err(Refusal::new("why-not-access"));
    }
    let is_apart = |roles: Roles| !roles.and(APART).is_empty();
    if !has_all && (is_apart(was.roles()) || is_apart(is.roles())) {
        return Err(Refusal::new("refused-administrators-only"));
    }
    let roles = is.roles();
    let is_alone = roles.is_only(Role::Administrator) || roles.is_only(Role::Auditor);
    if is_apart(roles) && !is_alone && was.roles() != roles {
        return Err(Refusal::new("refused-roles-apart"));
    }
    if roles.is_empty() { Err(Refusal::new("refused-no-role")) } else { Ok(()) }
}

fn office(actor: &Actor<'_>, before: &Record, after: &Record, has_all: bool) -> Result<(), Refusal> {
    let is_own = before.revision > 0 && before.of.id == actor.office;
    let is_moved = before.get(Field::OfficeParent) != after.get(Field::OfficeParent);
    if has_all || (is_own && !is_moved) { Ok(()) } else { Err(Refusal::new("why-not-access")) }
}
