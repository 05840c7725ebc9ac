//! Moves on the main track: what is possible for a case now, and the one change that a move is.
//!
//! Closing is in [`super::close`]; what happens without gates in [`super::emergency`].

use super::debt::{NewDebt, fallen_due};
use super::rules::{Due, Gate};
use super::{Circumstances, Draft, Fact, Intent, Obstacle, Rules, close, fits, reason};
use crate::domain::access::Role;
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part};
use crate::domain::record::Record;
use crate::domain::status::Status;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use chrono::TimeDelta;

/// By what kind of move a status is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The case stands there.
    Stay,
    /// Through its gate; also where no gate leads from here.
    Forward,
    /// Back on the track: a supervisor's, with reason.
    Correct,
    Reopen,
    /// By one person.
    Close,
    /// The first of two people asks.
    AskClose,
    /// The second of two people approves.
    ApproveClose,
}

/// One status in the dialog: how it would be reached, what stands in the way, what would be owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub status: Status,
    pub way: Way,
    pub obstacles: Vec<Obstacle>,
    pub owed: Vec<Fact>,
}

impl Target {
    /// Whether every obstacle could be passed as *darurat* with a reason.
    pub fn may_be_emergency(&self, rules: &Rules) -> bool {
        let gate = rules.gate(self.status);
        !self.obstacles.is_empty()
            && self.way == Way::Forward
            && self.obstacles.iter().all(|obstacle| match obstacle {
                Obstacle::Missing(fact) | Obstacle::Owed(fact) => gate.may_be_emergency(*fact),
                other => matches!(other, Obstacle::NeedsReason),
            })
    }
}

/// All twelve statuses for the dialog, in order, with every reason why not.
pub fn outlook(record: &Record, circumstances: &Circumstances<'_>, rules: &Rules) -> Vec<Target> {
    let target = |status| {
        let way = way(record, status, rules);
        let obstacles = match way {
            Way::Close | Way::AskClose | Way::ApproveClose => close::obstacles(record, record, circumstances, rules),
            Way::Stay | Way::Forward | Way::Correct | Way::Reopen => {
                obstacles(record, record, status, way, circumstances, rules)
            }
        };
        let gate = rules.gate(status);
        let is_owed = |(fact, _): &&(Fact, Due)| !fact.holds(Case(record), circumstances);
        let owed = if way == Way::Forward {
            gate.owed.iter().filter(is_owed).map(|(fact, _)| *fact).collect()
        } else {
            Vec::new()
        };
        Target { status, way, obstacles, owed }
    };
    Status::ALL.into_iter().map(target).collect()
}

/// By what kind of move a status would be reached from where the case stands.
pub(super) fn way(record: &Record, to: Status, rules: &Rules) -> Way {
    let case = Case(record);
    let from = case.status();
    if to == from {
        Way::Stay
    } else if to == Status::Tutup {
        close::way(record, rules)
    } else if from == Status::Tutup && rules.gate(to).from.contains(&from) {
        Way::Reopen
    } else if rules.gate(to).from.contains(&from) || to > from {
        Way::Forward
    } else {
        Way::Correct
    }
}

/// Everything that stands between the record as it was (`before`) and a status, with the facts as they will be (`after`).
pub(super) fn obstacles(
    before: &Record,
    after: &Record,
    to: Status,
    way: Way,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let from = Case(before).status();
    let gate = rules.gate(to);
    let mut found = standing(before);
    match way {
        Way::Stay => return vec![Obstacle::Already(to)],
        Way::Forward if !gate.from.contains(&from) => return vec![Obstacle::NotFrom { from, to }],
        Way::Forward | Way::Reopen => {
            found.extend(role_obstacles(before, gate, circumstances));
            found.extend(missing(before, after, gate.required_of(from), circumstances));
        }
        Way::Correct => {
            found.extend((!circumstances.roles.has(Role::Supervisor)).then_some(Obstacle::NeedsSupervisor));
            found.extend(missing(before, after, handing_facts(to), circumstances));
        }
        Way::Close | Way::AskClose | Way::ApproveClose => {}
    }
    if way == Way::Reopen && close::needs_two(before, rules) && !circumstances.roles.has(Role::Supervisor) {
        found.push(Obstacle::NeedsSupervisor);
    }
    if way == Way::Forward {
        let still_owed = fallen_due(Case(after), from, to, rules);
        found.extend(still_owed.into_iter().filter(|fact| !fact.holds(Case(after), circumstances)).map(Obstacle::Owed));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a person must be safe from whenever a status means that somebody has or takes them, however it is reached.
pub(super) fn handing_facts(to: Status) -> impl Iterator<Item = Fact> {
    let facts: &[Fact] = match to {
        Status::Pulda => &[Fact::ChildGuardian],
        Status::Reint => &[Fact::ReceiverSafe],
        Status::Lapor
        | Status::Verif
        | Status::Lindung
        | Status::Dokum
        | Status::Siap
        | Status::Jalan
        | Status::Tiba
        | Status::Asesm
        | Status::Rehab
        | Status::Tutup => &[],
    };
    facts.iter().copied()
}

/// What stands in the way of any move: death freezes the main track, a withdrawn case does not move.
fn standing(record: &Record) -> Vec<Obstacle> {
    let case = Case(record);
    let dead = case.is_dead().then_some(Obstacle::Dead);
    dead.into_iter().chain(case.is_withdrawn().then_some(Obstacle::Withdrawn)).collect()
}

/// The regional officer works for the own region only; every other role of the gate, and the supervisor, for all.
fn role_obstacles(record: &Record, gate: &Gate, circumstances: &Circumstances<'_>) -> Option<Obstacle> {
    let held = circumstances.roles.and(gate.roles);
    if held.is_empty() {
        return Some(Obstacle::NotYourRole);
    }
    let region = circumstances.region.filter(|_| held.is_only(Role::Regional) && gate.to == Status::Reint)?;
    let is_own = record.code(Field::Destination).is_none_or(|to| to == region || to.starts_with(&format!("{region}.")));
    (!is_own).then_some(Obstacle::NotYourRegion)
}

/// The facts that do not hold, as obstacles. A child is one who was a child before or is one after: a birth date corrected on
/// the way opens no door.
pub(super) fn missing(
    before: &Record,
    after: &Record,
    facts: impl Iterator<Item = Fact>,
    circumstances: &Circumstances<'_>,
) -> Vec<Obstacle> {
    let case = Case(after);
    let is_child = circumstances.is_child(case) || circumstances.is_child(Case(before));
    let holds = |fact: Fact| match fact {
        Fact::ChildGuardian => !is_child || case.has_verified_guardian(),
        Fact::ReceiverSafe => case.is_receiver_safe(is_child),
        other => other.holds(case, circumstances),
    };
    let obstacle = |fact: Fact| match fact {
        Fact::ReceiverSafe if !case.is_receiver_safe(false) => Obstacle::Held,
        other => Obstacle::missing(other),
    };
    facts.filter(|fact| !holds(*fact)).map(obstacle).collect()
}

/// Moves a case to a status, with everything that the dialog collected: one change, or every obstacle at once.
///
/// Facts filled in by the same change count. Required facts passed as *darurat* and owed facts become debts. Entering TUTUP
/// asks for closing, closes, or approves, whichever is next.
///
/// # Errors
/// All obstacles, in a stable order; never an empty list.
pub fn plan_move(
    record: &Record,
    to: Status,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    let way = way(record, to, rules);
    let verb = match way {
        Way::Stay => return Err(vec![Obstacle::Already(to)]),
        Way::Close | Way::AskClose | Way::ApproveClose => return close::plan(record, intent, circumstances, rules),
        Way::Forward => Verb::Move,
        Way::Correct => Verb::Correct,
        Way::Reopen => Verb::Reopen,
    };
    let mut intent = intent.meant_for(record);
    if way == Way::Forward {
        intent.happened = intent.happened_on_entering(to, record);
    }
    let intent = &intent;
    let mut draft = Draft::new(record, verb, intent.happened, circumstances);
    let mut found = apply_intent(&mut draft, intent, circumstances, rules);
    let after = draft.after();
    found.extend(obstacles(record, &after, to, way, circumstances, rules));
    if matches!(way, Way::Correct | Way::Reopen) {
        match reason(intent.reason.as_deref()) {
            Ok(why) => draft.change().reason = Some(why),
            Err(obstacle) => found.push(obstacle),
        }
    } else {
        draft.change().reason.clone_from(&intent.reason);
    }
    let passed = pass_as_emergency(&mut found, rules.gate(to), way, intent);
    if !found.is_empty() {
        found.sort_unstable();
        found.dedup();
        return Err(found);
    }
    enter(&mut draft, to, way, intent, &passed, circumstances, rules);
    Ok(draft.finish(circumstances))
}

/// Takes the facts out of the obstacles that an emergency passes. A blank reason passes nothing.
fn pass_as_emergency(found: &mut Vec<Obstacle>, gate: &Gate, way: Way, intent: &Intent) -> Vec<Fact> {
    let Some(text) = intent.emergency.as_deref().filter(|_| way == Way::Forward) else { return Vec::new() };
    if let Err(obstacle) = reason(Some(text)) {
        found.push(obstacle);
        return Vec::new();
    }
    let mut passed = Vec::new();
    found.retain(|obstacle| {
        let (Obstacle::Missing(fact) | Obstacle::Owed(fact)) = obstacle else { return true };
        let may_pass = gate.may_be_emergency(*fact);
        passed.extend(may_pass.then_some(*fact));
        !may_pass
    });
    passed
}

/// Puts the dialog's facts and note into the draft; fields that only the desk sets are refused.
pub(super) fn apply_intent(
    draft: &mut Draft<'_>,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let mut found = fits(&[
        (Field::NoteText, intent.note.as_deref()),
        (Field::DebtWhy, intent.reason.as_deref()),
        (Field::DebtWhy, intent.emergency.as_deref()),
    ]);
    // Clocks of two machines differ by a little; a move in the future is a slip of the hand.
    if intent.happened.at > circumstances.now + TimeDelta::minutes(5) {
        found.push(Obstacle::InFuture);
    }
    // A case may be born with a note and with its links, such as a baby's to its mother.
    let is_born = |part: Part| draft.record.revision == 0 && matches!(part, Part::Note | Part::Link);
    let (own, other): (Vec<_>, Vec<_>) = intent
        .edits
        .iter()
        .partition(|(slot, _)| super::check::is_own_to_move(slot.field) || is_born(slot.field.part()));
    found.extend(other.into_iter().map(|(slot, _)| Obstacle::Protected(slot.field)));
    for (slot, value) in own {
        draft.set(*slot, value.clone());
    }
    let after = draft.after();
    found.extend(super::check::edit_laws(draft.record, &after, draft.change(), circumstances, rules));
    draft.note(intent.note.as_deref(), circumstances);
    found
}

/// Sets the status and what entering it means: position, debts, the end of a closing.
fn enter(
    draft: &mut Draft<'_>,
    to: Status,
    way: Way,
    intent: &Intent,
    passed: &[Fact],
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) {
    draft.change().table = Some(rules.version.clone());
    set_status(draft, to, intent.happened);
    if way == Way::Reopen || way == Way::Correct {
        [Field::CloseReason, Field::CloseAskedBy, Field::CloseAskedAt].into_iter().for_each(|field| draft.clear(field));
    }
    if way != Way::Forward {
        return;
    }
    let gate = rules.gate(to);
    for &fact in passed {
        // Whenever the step happened: that it goes on without this fact is decided now.
        let due = circumstances.now.checked_add_signed(rules.emergency_due);
        NewDebt { fact, owed_for: to, due, emergency: intent.emergency.as_deref().map(str::trim) }
            .write(draft, circumstances);
    }
    owe(draft, gate, intent.happened, circumstances);
    let is_said = intent.edits.iter().any(|(slot, _)| slot.field == Field::Position);
    if let Some(position) = gate.position.filter(|_| !is_said && !Case(draft.record).is_referred()) {
        set_position(draft, position, intent.happened);
    }
}

/// Writes a debt for every owed fact of a gate that does not hold yet.
fn owe(draft: &mut Draft<'_>, gate: &Gate, happened: Timed, circumstances: &Circumstances<'_>) {
    let after = draft.after();
    for (fact, due) in gate.owed.iter().filter(|(fact, _)| !fact.holds(Case(&after), circumstances)) {
        let due = NewDebt::due_at(*due, happened);
        NewDebt { fact: *fact, owed_for: gate.to, due, emergency: None }.write(draft, circumstances);
    }
}

pub(super) fn set_status(draft: &mut Draft<'_>, to: Status, happened: Timed) {
    draft.set(Field::Status, Value::code(to.code()));
    draft.set(Field::StatusAt, Value::Time(happened));
}

pub(super) fn set_position(draft: &mut Draft<'_>, position: &str, happened: Timed) {
    draft.set(Field::Position, Value::code(position));
    draft.set(Field::PositionAt, Value::Time(happened));
    draft.clear(Field::PositionSource);
    draft.clear(Field::PositionPlace);
}

/// Opens a case: LAPOR with the facts of its gate, which in an emergency are owed. The desk adds the case number.
///
/// # Errors
/// All obstacles, as for a move.
pub fn plan_create(
    of: Subject,
    intent: &Intent,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    let empty = Record::empty(of);
    let gate = rules.gate(Status::Lapor);
    let mut draft = Draft::new(&empty, Verb::Create, intent.happened, circumstances);
    let mut found = apply_intent(&mut draft, intent, circumstances, rules);
    let after = draft.after();
    found.extend(role_obstacles(&empty, gate, circumstances));
    found.extend(missing(&empty, &after, gate.required.iter().copied(), circumstances));
    let passed = pass_as_emergency(&mut found, gate, Way::Forward, intent);
    if !found.is_empty() {
        found.sort_unstable();
        found.dedup();
        return Err(found);
    }
    open_case(&mut draft, intent.happened, circumstances);
    enter(&mut draft, Status::Lapor, Way::Forward, intent, &passed, circumstances, rules);
    Ok(draft.finish(circumstances))
}

/// Owner and officer of a new case: whoever reports it.
pub(super) fn open_case(draft: &mut Draft<'_>, happened: Timed, circumstances: &Circumstances<'_>) {
    set_status(draft, Status::Lapor, happened);
    draft.set(Field::Owner, Value::Link(Subject::new(Kind::Office, circumstances.office)));
    draft.set(Field::Officer, Value::Link(super::operator(circumstances.actor)));
}

/// Adds the LAPOR facts that an unknown person does not have yet as debts.
pub(super) fn owe_report(
    draft: &mut Draft<'_>,
    why: &str,
    happened: Timed,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) {
    let after = draft.after();
    let gate = rules.gate(Status::Lapor);
    let due = happened.at.checked_add_signed(rules.emergency_due);
    for fact in gate.required.iter().copied().filter(|fact| !fact.holds(Case(&after), circumstances)) {
        NewDebt { fact, owed_for: Status::Lapor, due, emergency: Some(why) }.write(draft, circumstances);
    }
}
