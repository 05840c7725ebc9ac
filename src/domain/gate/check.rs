//! The writer's second look: whether a change, wherever it came from, keeps the laws of the work.
//!
//! A session plans on what it sees; the writer commits on what is. Every change passes here before it is appended, so that
//! no edit, import, undo or forged plan goes where no plan goes. Replay of the journal never asks.

use super::plan::{Way, handing_facts, missing, obstacles, way};
use super::{Circumstances, Fact, Obstacle, Rules, close, operator, reasoned};
use crate::domain::access::Role;
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part};
use crate::domain::offer;
use crate::domain::record::{Record, Slot};
use crate::domain::status::Status;

/// Whether a dialog or form may write this field as part of a move; the others have a command of their own.
pub(super) const fn is_own_to_move(field: Field) -> bool {
    let is_desk = matches!(
        field,
        Field::Status
            | Field::StatusAt
            | Field::Owner
            | Field::IsSealed
            | Field::SealedBy
            | Field::SealedAt
            | Field::SealedWhy
            | Field::IsWithdrawn
            | Field::CloseAskedBy
            | Field::CloseAskedAt
            | Field::DiedAt
            | Field::CaseNumber
            | Field::Procedural
            | Field::ProceduralNote
            | Field::RaisedTier
            | Field::RaisedTierBy
            | Field::RaisedTierWhy
    );
    let is_item = matches!(
        field.part(),
        Part::Note
            | Part::Flag
            | Part::Debt
            | Part::Track
            | Part::Screening
            | Part::Finding
            | Part::Referral
            | Part::Custody
            | Part::Link
            | Part::Share
            | Part::Named
            | Part::Look
            | Part::Print
            | Part::Offer
    );
    !is_desk && !is_item
}

/// Whether a change may be made to this record as it is now.
///
/// # Errors
/// Every law that the change would break.
pub fn check(
    record: &Record,
    change: &Change,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<(), Vec<Obstacle>> {
    let mut after = record.clone();
    change.apply(&mut after);
    let mut found = status_laws(record, &after, change.verb, circumstances, rules);
    found.extend(edit_laws(record, &after, change, circumstances, rules));
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// The laws of single facts: what no edit does, whatever it is part of.
pub(super) fn edit_laws(
    record: &Record,
    after: &Record,
    change: &Change,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let mut found = handing_laws(record, after, circumstances);
    found.extend(reasoned::laws(record, after, change, circumstances));
    found.extend(field_laws(record, after, change, circumstances));
    found.extend(item_laws(record, after, change, circumstances, rules));
    found.extend(offer::laws(record, after, change, circumstances));
    found
}

/// The status changes by moves only, and a move passes its gate now as it did when it was planned.
fn status_laws(
    record: &Record,
    after: &Record,
    verb: Verb,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let (from, to) = (Case(record).status(), Case(after).status());
    let is_moved = from != to || record.code(Field::Status) != after.code(Field::Status);
    match verb {
        Verb::Move | Verb::Correct | Verb::Reopen if is_moved => move_laws(record, after, verb, circumstances, rules),
        Verb::Close if is_moved && to == Status::Tutup => {
            let is_unasked = Case(record).close_asked_by().is_none() && close::needs_two(after, rules);
            let mut found = close::obstacles(record, after, circumstances, rules);
            found.extend(is_unasked.then_some(Obstacle::NotAsked));
            found
        }
        Verb::Create if record.revision == 0 => creation_laws(record, after, circumstances, rules),
        // Somebody else was faster: the merge has left nothing of the move.
        Verb::Move | Verb::Reopen | Verb::Close if !is_moved => vec![Obstacle::Already(to)],
        // The desk itself decides what may be taken back; the laws of handing hold there as everywhere.
        Verb::Undo | Verb::Redo => Vec::new(),
        Verb::Other => vec![Obstacle::Protected(Field::Status)],
        Verb::Create
        | Verb::Move
        | Verb::Correct
        | Verb::Reopen
        | Verb::Close
        | Verb::Edit
        | Verb::AskClose
        | Verb::Note
        | Verb::Flag
        | Verb::Refer
        | Verb::HandToLaw
        | Verb::Tier
        | Verb::Settle
        | Verb::Link
        | Verb::Claim
        | Verb::Die
        | Verb::Look
        | Verb::Print
        | Verb::Offer
        | Verb::Answer
        | Verb::Share
        | Verb::Withdraw => {
            let is_touched = is_moved || record.get(Field::StatusAt) != after.get(Field::StatusAt);
            is_touched.then_some(Obstacle::Protected(Field::Status)).into_iter().collect()
        }
    }
}

/// A move goes where its verb says, through a gate whose facts hold or are written down as emergency debts.
fn move_laws(
    record: &Record,
    after: &Record,
    verb: Verb,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let (from, to) = (Case(record).status(), Case(after).status());
    let way = way(record, to, rules);
    let is_fitting =
        matches!((verb, way), (Verb::Move, Way::Forward) | (Verb::Correct, Way::Correct) | (Verb::Reopen, Way::Reopen));
    if !is_fitting {
        return vec![Obstacle::NotFrom { from, to }];
    }
    let gate = rules.gate(to);
    let is_passed = |fact: Fact| gate.may_be_emergency(fact) && way == Way::Forward && is_emergency_debt(after, fact);
    let mut found = obstacles(record, after, to, way, circumstances, rules);
    found.retain(|obstacle| !matches!(obstacle, Obstacle::Missing(fact) | Obstacle::Owed(fact) if is_passed(*fact)));
    found.extend(unwritten(after, to, way, circumstances, rules));
    found
}

/// A case opens as LAPOR, with its report or with the report owed.
fn creation_laws(record: &Record, after: &Record, circumstances: &Circumstances<'_>, rules: &Rules) -> Vec<Obstacle> {
    let to = Case(after).status();
    let mut found = missing(record, after, rules.gate(Status::Lapor).required.iter().copied(), circumstances);
    found.retain(|obstacle| !matches!(obstacle, Obstacle::Missing(fact) if is_emergency_debt(after, *fact)));
    found.extend((to != Status::Lapor).then_some(Obstacle::NotFrom { from: Status::Lapor, to }));
    found
}

fn is_emergency_debt(record: &Record, fact: Fact) -> bool {
    Case(record).open_debts().any(|debt| debt.is_emergency && debt.fact == fact.code())
}

/// The owed facts of a gate that neither hold nor are written down as debts.
fn unwritten(after: &Record, to: Status, way: Way, circumstances: &Circumstances<'_>, rules: &Rules) -> Vec<Obstacle> {
    let case = Case(after);
    let is_written =
        |fact: Fact| fact.holds(case, circumstances) || case.open_debts().any(|debt| debt.fact == fact.code());
    let owed = rules.gate(to).owed.iter().map(|(fact, _)| *fact).filter(|_| way == Way::Forward);
    owed.filter(|fact| !is_written(*fact)).map(Obstacle::Owed).collect()
}

/// Nobody is handed to a barred person, no child to anybody unverified, whatever the change is called.
fn handing_laws(record: &Record, after: &Record, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    let handing = [Field::HandedTo, Field::HandedRelation, Field::HandedContact, Field::HandedAt];
    let is_touched = handing.iter().any(|field| record.get(*field) != after.get(*field) && after.get(*field).is_some());
    let to = Case(after).status();
    let by_status = handing_facts(to).filter(|_| to != Case(record).status());
    // A relation alone hands nobody over; a name or an hour does.
    let is_handed = is_touched && (after.get(Field::HandedTo).is_some() || after.get(Field::HandedAt).is_some());
    missing(record, after, by_status.chain(is_handed.then_some(Fact::ReceiverSafe)), circumstances)
}

/// Fields that one role, one command or nobody may change.
fn field_laws(record: &Record, after: &Record, change: &Change, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    let is_changed = |field: Field| record.get(field) != after.get(field);
    let is_supervisor = circumstances.roles.has(Role::Supervisor);
    let mut found = Vec::new();
    if matches!(change.verb, Verb::Undo | Verb::Redo) {
        return found;
    }
    if is_changed(Field::CaseNumber) && record.get(Field::CaseNumber).is_some() {
        found.push(Obstacle::Protected(Field::CaseNumber));
    }
    if is_changed(Field::IsWithdrawn) && change.verb != Verb::Withdraw {
        found.push(Obstacle::Protected(Field::IsWithdrawn));
    }
    let dies = matches!((change.verb, after.get(Field::DiedAt)), (Verb::Die, Some(_)))
        || (change.verb == Verb::Correct && is_supervisor && change.reason.is_some());
    if is_changed(Field::DiedAt) && !dies {
        found.push(Obstacle::Protected(Field::DiedAt));
    }
    found.extend(readiness_law(record, after, change.verb, circumstances));
    if is_changed(Field::Procedural) {
        found.extend((!is_supervisor).then_some(Obstacle::NeedsSupervisor));
        let is_noted = after.text(Field::ProceduralNote).is_some_and(|note| !note.trim().is_empty());
        found.extend((!is_noted && after.get(Field::Procedural).is_some()).then_some(Obstacle::NeedsNote));
    }
    let urgency = |record: &Record| record.code(Field::RaisedTier).map_or("9", |code| code).to_owned();
    let may_lower = is_supervisor || circumstances.roles.has(Role::Medic);
    if urgency(after) > urgency(record) && !may_lower {
        found.push(Obstacle::NeedsMedic);
    }
    found.extend(closing_laws(record, after, change.verb, circumstances));
    found
}

/// A judgement of readiness carries the name of whoever made it: the one who enters it. Only a move may bring in what
/// another has judged, with that name and its day (the assessor is not the writer, `domain.md`); nobody's judgement is
/// altered under its old name and day. That the name is one who may judge, the desk looks up.
fn readiness_law(record: &Record, after: &Record, verb: Verb, circumstances: &Circumstances<'_>) -> Option<Obstacle> {
    let is_changed = |field: Field| record.get(field) != after.get(field);
    let is_judged = is_changed(Field::Readiness) || is_changed(Field::ReadinessBy);
    let by = after.link(Field::ReadinessBy);
    let is_own = by == Some(operator(circumstances.actor));
    let is_new = is_changed(Field::ReadinessBy) || is_changed(Field::ReadinessOn);
    let is_brought = verb == Verb::Move && is_new && by.is_some() && after.get(Field::ReadinessOn).is_some();
    let is_lawful = !is_judged || after.get(Field::Readiness).is_none() || is_own || is_brought;
    (!is_lawful).then_some(Obstacle::Protected(Field::ReadinessBy))
}

/// A question of closing is put and answered by its commands only, and not altered while it waits.
fn closing_laws(record: &Record, after: &Record, verb: Verb, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    let asked = |record: &Record| Case(record).close_asked_by();
    let is_changed = asked(record) != asked(after);
    let is_command = matches!(verb, Verb::AskClose | Verb::Die | Verb::Reopen | Verb::Correct);
    let is_own = asked(after).is_none_or(|by| by == operator(circumstances.actor));
    let mut found = Vec::new();
    if is_changed && !(is_command && is_own) {
        found.push(Obstacle::Protected(Field::CloseAskedBy));
    }
    let grounds = [Field::CloseReason, Field::CloseNo, Field::CloseNote, Field::DuplicateOf, Field::TakenOverBy];
    if asked(record).is_some() && asked(after).is_some() {
        found.extend(grounds.into_iter().filter(|f| record.get(*f) != after.get(*f)).map(Obstacle::Protected));
    }
    found
}

/// Items that stay as they were written, or belong to a role.
fn item_laws(
    record: &Record,
    after: &Record,
    change: &Change,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    if matches!(change.verb, Verb::Undo | Verb::Redo) {
        return Vec::new();
    }
    let is_retraction = change.verb == Verb::Correct && Case(record).is_dead() && !Case(after).is_dead();
    let mut found = Vec::new();
    for edit in &change.edits {
        let Some(item) = edit.at.item else { continue };
        let was = record.get(edit.at);
        let part = edit.at.field.part();
        match part {
            Part::Screening | Part::Finding | Part::Note | Part::Custody if is_old(record, item, part) => {
                found.push(Obstacle::Protected(edit.at.field));
            }
            Part::Finding => found.extend(finding_laws(after, item, circumstances)),
            Part::Debt => found.extend(debt_law(record, after, edit.at, circumstances)),
            Part::Flag => found.extend(hold_law(record, after, item, change.verb, circumstances)),
            Part::Track if !is_retraction && after.get(edit.at).is_none() && was.is_some() => {
                found.push(Obstacle::Protected(edit.at.field));
            }
            Part::Track if edit.at.field == Field::TrackState => {
                found.extend(crate::domain::track::state_laws(record, after, item, circumstances, rules));
            }
            Part::Look if change.verb != Verb::Look || is_old(record, item, part) => {
                found.push(Obstacle::Protected(edit.at.field));
            }
            Part::Print if change.verb != Verb::Print || is_old(record, item, part) => {
                found.push(Obstacle::Protected(edit.at.field));
            }
            Part::Own
            | Part::Document
            | Part::Phone
            | Part::Contact
            | Part::Note
            | Part::Look
            | Part::Print
            | Part::Belonging
            | Part::Track
            | Part::Screening
            | Part::Referral
            | Part::Custody
            | Part::Link
            | Part::Share
            | Part::Named
            | Part::Key
            | Part::Offer => {}
        }
    }
    found
}

fn is_old(record: &Record, item: crate::domain::record::ItemId, part: Part) -> bool {
    record.items(part).any(|old| old == item)
}

/// A qualification is a dated, sourced, numbered finding, entered by the liaison or a supervisor.
fn finding_laws(
    after: &Record,
    item: crate::domain::record::ItemId,
    circumstances: &Circumstances<'_>,
) -> Vec<Obstacle> {
    let is_entitled = circumstances.roles.has(Role::Liaison) || circumstances.roles.has(Role::Supervisor);
    let facts = [Field::Finding, Field::FindingSource, Field::FindingOn, Field::FindingNo];
    let empty = facts.into_iter().filter(|field| after.get(Slot::of(item, *field)).is_none()).map(Obstacle::Empty);
    empty.chain((!is_entitled).then_some(Obstacle::NeedsLiaison)).collect()
}

/// A debt is never erased, settled by nothing but its fact, and altered only when it becomes an emergency.
fn debt_law(record: &Record, after: &Record, at: Slot, circumstances: &Circumstances<'_>) -> Option<Obstacle> {
    let item = at.item?;
    let is_new = record.get(at).is_none();
    let code = after.text(Slot::of(item, Field::DebtFact)).unwrap_or_default();
    let holds = || Fact::from_code(code).is_some_and(|fact| fact.holds(Case(after), circumstances));
    let is_emergency = |record: &Record| record.is_yes(Slot::of(item, Field::DebtIsEmergency));
    let is_hardened = !is_emergency(record) && is_emergency(after) && at.field != Field::DebtFact;
    let is_lawful = match at.field == Field::DebtSettledAt {
        true => is_new && holds(),
        false => is_hardened || is_new,
    };
    (!is_lawful).then_some(Obstacle::Protected(at.field))
}

/// A law hold is the liaison's to set and end, a medical hold the medic's; both the supervisor's. Custody brings its own.
fn hold_law(
    record: &Record,
    after: &Record,
    item: crate::domain::record::ItemId,
    verb: Verb,
    circumstances: &Circumstances<'_>,
) -> Option<Obstacle> {
    let slot = Slot::of(item, Field::Flag);
    let kind = record.code(slot).or_else(|| after.code(slot))?;
    let is_erased = record.code(slot).is_some() && record.code(slot) != after.code(slot);
    if is_erased {
        return Some(Obstacle::Protected(Field::Flag));
    }
    crate::domain::flags::entitled(kind, circumstances.roles)
        .filter(|_| verb != Verb::HandToLaw || record.code(slot).is_some())
}
