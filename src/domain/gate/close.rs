//! Closing a case: reasons with facts and clocks, and two people where one is not enough.
//!
//! The one who asks can never be the one who approves, and what was asked cannot be altered in between. Closing knows no
//! emergency.

use super::plan::{Way, apply_intent, missing, set_status};
use super::rules::{Closing, Since};
use super::{Circumstances, Draft, Fact, Intent, Obstacle, Rules, operator, reason};
use crate::domain::access::{Role, Roles};
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::status::Status;
use crate::domain::value::{Timed, Value};

/// Whether the reason that stands on the record, or its seal, asks for a second person.
pub(super) fn needs_two(record: &Record, rules: &Rules) -> bool {
    let case = Case(record);
    case.is_sealed() || case.is_dead() || closing(record, rules).is_some_and(|closing| closing.is_two)
}

fn closing<'a>(record: &Record, rules: &'a Rules) -> Option<&'a Closing> {
    record.code(Field::CloseReason).and_then(|code| rules.closing(code))
}

/// What closing this record would be: the act of one, a question, or its answer.
pub(super) fn way(record: &Record, rules: &Rules) -> Way {
    match (needs_two(record, rules), Case(record).close_asked_by()) {
        (_, Some(_)) => Way::ApproveClose,
        (true, None) => Way::AskClose,
        (false, None) => Way::Close,
    }
}

/// Everything that stands between a record and its closing, with the facts as they will be in `after`.
pub(super) fn obstacles(
    before: &Record,
    after: &Record,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let case = Case(after);
    let from = Case(before).status();
    let gate = rules.gate(Status::Tutup);
    let mut found = Vec::new();
    if from == Status::Tutup {
        found.push(Obstacle::Already(Status::Tutup));
    } else if !gate.from.contains(&from) {
        found.push(Obstacle::NotFrom { from, to: Status::Tutup });
    }
    found.extend(case.is_withdrawn().then_some(Obstacle::Withdrawn));
    found.extend(people(before, circumstances));
    found.extend(missing(before, after, gate.required_of(from), circumstances));
    let closing = closing(after, rules);
    if let Some(closing) = closing {
        found.extend(reason_obstacles(before, after, closing, circumstances));
    }
    if !closing.is_some_and(|closing| closing.forgives_debts) {
        let is_paid = |code: &str| Fact::from_code(code).is_some_and(|fact| fact.holds(case, circumstances));
        let open = case.open_debts().filter(|debt| !is_paid(debt.fact)).count();
        found.extend((open > 0).then(|| Obstacle::OpenDebts(u16::try_from(open).unwrap_or(u16::MAX))));
    }
    let is_over = |state: Option<&str>| state.is_some_and(|state| rules.is_track_ended(state));
    let is_taken = |by: Option<&str>| by.is_some_and(|by| !by.trim().is_empty());
    let open = case.tracks().filter(|track| !is_over(track.state) && !is_taken(track.taken_over_by)).count();
    found.extend((open > 0).then(|| Obstacle::OpenTracks(u16::try_from(open).unwrap_or(u16::MAX))));
    found.sort_unstable();
    found.dedup();
    found
}

/// Who may: one of the gate's roles asks or closes; a supervisor who did not ask approves.
fn people(record: &Record, circumstances: &Circumstances<'_>) -> Option<Obstacle> {
    match Case(record).close_asked_by() {
        Some(asker) if asker == operator(circumstances.actor) => Some(Obstacle::SecondPerson),
        Some(_) if !circumstances.roles.has(Role::Supervisor) => Some(Obstacle::NeedsSupervisor),
        Some(_) => None,
        None => circumstances.roles.and(Roles::WORKERS).is_empty().then_some(Obstacle::NotYourRole),
    }
}

fn reason_obstacles(
    before: &Record,
    after: &Record,
    closing: &Closing,
    circumstances: &Circumstances<'_>,
) -> Vec<Obstacle> {
    let from = Case(before).status();
    let mut found = missing(before, after, closing.required.iter().copied(), circumstances);
    if !closing.from.is_empty() && !closing.from.contains(&from) {
        found.push(Obstacle::NotFrom { from, to: Status::Tutup });
    }
    // The dead are closed as dead, or as an error or a double of a record.
    if Case(after).is_dead() && !matches!(closing.reason, "MGL" | "DUP" | "SLH") {
        found.push(Obstacle::Dead);
    }
    if let Some((since, days)) = closing.clock {
        // The status that is left, not the one that is entered.
        let local = |field| before.at(field).map(|at| at.with_timezone(&circumstances.zone).date_naive());
        let from = match since {
            Since::LastContact => after.day(Field::LastContact),
            Since::StatusAt => local(Field::StatusAt),
            Since::ReportedAt => local(Field::ReportedAt),
        };
        let passed = from.map_or(0, |from| (circumstances.today() - from).num_days());
        let left = i64::from(days) - passed;
        if left > 0 {
            found.push(Obstacle::TooEarly { days: u16::try_from(left).unwrap_or(u16::MAX) });
        }
    }
    found
}

/// Closes, asks for closing, or approves: whichever is next for this record and this reason.
pub(super) fn plan(
    record: &Record,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    let intent = &intent.meant_for(record);
    let is_asked = Case(record).close_asked_by().is_some();
    let verb = if is_asked { Verb::Close } else { Verb::AskClose };
    let mut draft = Draft::new(record, verb, intent.happened, circumstances);
    let mut found = apply_intent(&mut draft, intent, circumstances, rules);
    if intent.emergency.is_some() {
        found.push(Obstacle::NoEmergency);
    }
    if is_asked {
        // What was asked is what is approved: the second person adds a note, nothing else.
        found.extend(intent.edits.iter().map(|(slot, _)| Obstacle::Protected(slot.field)));
    }
    let after = draft.after();
    found.extend(obstacles(record, &after, circumstances, rules));
    if !found.is_empty() {
        found.sort_unstable();
        found.dedup();
        return Err(found);
    }
    draft.change().table = Some(rules.version.clone());
    draft.change().reason.clone_from(&intent.reason);
    if is_asked || !needs_two(&after, rules) {
        draft.change().verb = Verb::Close;
        set_status(&mut draft, Status::Tutup, intent.happened);
    } else {
        draft.set(Field::CloseAskedBy, Value::Link(operator(circumstances.actor)));
        draft.set(Field::CloseAskedAt, Value::Time(Timed::certain(circumstances.now)));
    }
    Ok(draft.finish(circumstances))
}

/// Asks for closing, or closes at once where the reason needs one person only.
///
/// # Errors
/// All obstacles; [`Obstacle::AlreadyAsked`] when somebody is waiting for an answer.
pub fn ask_close(
    record: &Record,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    match Case(record).close_asked_by() {
        Some(_) => Err(vec![Obstacle::AlreadyAsked]),
        None => plan(record, intent, circumstances, rules),
    }
}

/// Approves what somebody else asked: all facts are looked at again, as they are now.
///
/// # Errors
/// All obstacles; the asker gets [`Obstacle::SecondPerson`].
pub fn approve_close(
    record: &Record,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    match Case(record).close_asked_by() {
        None => Err(vec![Obstacle::NotAsked]),
        Some(_) => plan(record, intent, circumstances, rules),
    }
}

/// Takes the question back, or says no to it: the asker or a supervisor, with a reason.
///
/// # Errors
/// All obstacles.
pub fn decline_close(
    record: &Record,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let Some(asker) = Case(record).close_asked_by() else { return Err(vec![Obstacle::NotAsked]) };
    let is_allowed = asker == operator(circumstances.actor) || circumstances.roles.has(Role::Supervisor);
    let mut draft = Draft::new(record, Verb::AskClose, intent.happened, circumstances);
    let why = reason(intent.reason.as_deref())
        .and_then(|why| if is_allowed { Ok(why) } else { Err(Obstacle::NeedsSupervisor) });
    draft.change().reason = Some(why.map_err(|obstacle| vec![obstacle])?);
    draft.clear(Field::CloseAskedBy);
    draft.clear(Field::CloseAskedAt);
    draft.clear(Field::CloseReason);
    draft.note(intent.note.as_deref(), circumstances);
    Ok(draft.finish(circumstances))
}
