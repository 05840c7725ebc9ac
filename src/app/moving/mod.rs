//! The move dialog's state: who is in it, where each may go, what was filled in for which status. What its keys do is in
//! `steps`, the form of missing facts in `fill_in`, a closing that waits for a second person in `closing`.

pub mod closing;
mod fill_in;
mod steps;
mod words;

use super::line::Line;
use crate::desk::{RowId, Seat};
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::gate::{Fact, Intent, Obstacle, Target, Way};
use crate::domain::record::Slot;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::subject::Subject;
use crate::domain::summary::{Signs, Summary};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use ulid::Ulid;

/// One person in the dialog.
#[derive(Debug)]
pub struct Person {
    pub row: RowId,
    pub summary: Summary,
    /// Left out of the move: by hand, or because the move would take one of many back.
    pub is_left_out: bool,
    /// Whether the chosen status lies behind this person: a correction or a reopening, with its own reason.
    pub is_back: bool,
    /// Whether somebody has asked to close this case: of many, nobody is closed without what was asked being read.
    pub is_answered_alone: bool,
    /// What would happen, or everything that stands against it.
    pub verdict: Result<Change, Vec<Obstacle>>,
}

impl Person {
    /// Whether this person goes when the move is committed.
    pub const fn goes(&self) -> bool {
        !self.is_left_out && self.verdict.is_ok()
    }

    /// Whether this person should go and cannot yet.
    pub const fn is_refused(&self) -> bool {
        !self.is_left_out && self.verdict.is_err()
    }

    /// Whether nothing but the reason for going back has to be said.
    pub fn lacks_reason(&self) -> bool {
        let is_reason = |obstacle: &Obstacle| matches!(obstacle, Obstacle::NeedsReason);
        !self.is_left_out && self.verdict.as_ref().is_err_and(|all| all.iter().any(is_reason))
    }

    /// Whether required facts are passed as *darurat*.
    pub fn is_emergency(&self) -> bool {
        let is_debt =
            |edit: &crate::domain::change::Edit| edit.at.field == Field::DebtIsEmergency && edit.now.is_some();
        self.verdict.as_ref().is_ok_and(|change| change.edits.iter().any(is_debt))
    }

    /// Whether the move only asks a second person to close the case.
    pub fn only_asks(&self) -> bool {
        self.verdict.as_ref().is_ok_and(|change| change.verb == Verb::AskClose)
    }
}

/// Where in the three steps the dialog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Which status.
    Choose,
    /// Who can go; Enter commits.
    Review,
    /// The reason for going back: a correction or a reopening.
    Reason,
    /// The reason for passing required facts as *darurat*.
    Emergency,
    /// The reason for saying no to a closing that somebody asked for.
    Decline,
}

/// The move dialog, for one person or many.
#[derive(Debug)]
pub struct Moving {
    pub people: Vec<Person>,
    /// For one person: every status with what stands against it.
    pub targets: Vec<Target>,
    /// For one person: the question of closing that waits for an answer.
    pub request: Vec<(Slot, Value)>,
    pub to: Option<Status>,
    pub stage: Stage,
    pub line: Line,
    /// What was collected for the chosen status.
    pub intent: Intent,
    /// The place of the cursor in the table of people, and the first row that is shown.
    pub at: usize,
    pub top: usize,
    /// Facts typed for statuses that were chosen before: they belong to those and to no other.
    typed: BTreeMap<Status, Intent>,
    /// The commit that this becomes.
    id: Ulid,
}

impl Moving {
    /// The dialog over the chosen rows.
    ///
    /// # Errors
    /// When one of them may not be read by this operator.
    pub fn open(rows: Vec<RowId>, seat: &Seat, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            let summary = seat.summary(row).ok_or(Refusal::new("why-not-nobody"))?;
            people.push(Person {
                row,
                summary,
                is_left_out: false,
                is_back: false,
                is_answered_alone: false,
                verdict: Err(Vec::new()),
            });
        }
        people.sort_by_key(in_order);
        let targets = match people.as_slice() {
            [one] => seat.outlook(one.row)?,
            _ => Vec::new(),
        };
        let request = match people.as_slice() {
            [one] if targets.iter().any(|target| target.way == Way::ApproveClose) => closing::request(one.row, seat)?,
            _ => Vec::new(),
        };
        Ok(Self {
            people,
            targets,
            request,
            to: None,
            stage: Stage::Choose,
            line: Line::new(200),
            intent: Intent::at(Timed::certain(now)),
            at: 0,
            top: 0,
            typed: BTreeMap::new(),
            id: seat.new_id(),
        })
    }

    /// Whether more than one person is in the dialog.
    pub const fn is_bulk(&self) -> bool {
        self.people.len() > 1
    }

    /// Whether the dialog shows who can go.
    pub fn is_reviewing(&self) -> bool {
        self.stage == Stage::Review
    }

    /// Whether letters and blanks are text now: a reason is being typed.
    pub const fn is_typing(&self) -> bool {
        matches!(self.stage, Stage::Reason | Stage::Emergency | Stage::Decline)
    }

    /// Whether Esc goes one step back inside the dialog.
    pub fn can_step_back(&self) -> bool {
        self.stage != Stage::Choose
    }

    /// Whether the chosen status is a closing that somebody has asked for and that waits for its answer.
    pub fn answers_request(&self) -> bool {
        self.to == Some(Status::Tutup) && !self.request.is_empty()
    }

    /// Chooses a status. Decisions are made for one status: reasons do not go along to another, and typed facts wait
    /// until theirs is chosen again. Of many, those who would go back are left out.
    fn choose(&mut self, to: Status, seat: &Seat) {
        self.forget_decisions();
        let fresh = Intent::at(self.intent.happened);
        let left = std::mem::replace(&mut self.intent, fresh);
        if let Some(before) = self.to.replace(to) {
            self.typed.insert(before, left);
        }
        self.intent = self.typed.remove(&to).unwrap_or_else(|| Intent::at(self.intent.happened));
        let is_bulk = self.is_bulk();
        for person in &mut self.people {
            // Somebody left out by hand stays out; somebody left out for going back is judged by where this leads.
            let was_left_out = person.is_left_out && !person.is_back && !person.is_answered_alone;
            person.verdict = seat.judge(person.row, to, &self.intent);
            person.is_back = person.verdict.as_ref().is_err_and(|all| all.contains(&Obstacle::NeedsReason));
            person.is_answered_alone = is_bulk && to == Status::Tutup && person.summary.signs.has(Signs::CLOSE_ASKED);
            person.is_left_out = was_left_out || person.is_answered_alone || (is_bulk && person.is_back);
        }
        self.arrange();
    }

    fn forget_decisions(&mut self) {
        self.intent.reason = None;
        self.intent.emergency = None;
    }

    /// What is meant for one person: the reason for going back is said for those who do, not for the others.
    fn intent_for(&self, person: &Person) -> Intent {
        let reason = self.intent.reason.clone().filter(|_| person.is_back);
        Intent { reason, ..self.intent.clone() }
    }

    /// Reads again what stands against whom, after something changed.
    pub fn reread(&mut self, seat: &Seat) {
        if let [one] = self.people.as_slice()
            && let Ok(targets) = seat.outlook(one.row)
        {
            self.targets = targets;
        }
        self.judge(seat);
    }

    /// Others changed some of these people: they are shown as they are now, and stay where they stand. What was judged of them
    /// stays too, for whoever is about to press Enter has read that; the writer judges again.
    pub fn heard(&mut self, changed: &[Subject], seat: &Seat) {
        for person in self.people.iter_mut().filter(|one| changed.contains(&Subject::case(one.summary.id))) {
            if let Some(summary) = seat.summary(person.row) {
                person.summary = summary;
            }
        }
    }

    /// Judges everybody again.
    pub fn judge(&mut self, seat: &Seat) {
        let Some(to) = self.to else { return };
        let verdicts: Vec<_> =
            self.people.iter().map(|person| seat.judge(person.row, to, &self.intent_for(person))).collect();
        for (person, verdict) in self.people.iter_mut().zip(verdicts) {
            person.verdict = verdict;
        }
    }

    /// Brings those who cannot go to the top, then those left out or going back; the cursor starts there again.
    fn arrange(&mut self) {
        let rank = |person: &Person| (!person.is_refused(), !(person.is_left_out || person.is_back));
        self.people.sort_by_key(|person| (rank(person), in_order(person)));
        (self.at, self.top) = (0, 0);
    }

    /// How many go, and how many of those who are not left out cannot.
    pub fn counts(&self) -> (usize, usize) {
        let go = self.people.iter().filter(|person| person.goes()).count();
        let cannot = self.people.iter().filter(|person| person.is_refused()).count();
        (go, cannot)
    }

    /// The fields of the facts that are missing, each once, in the order of the obstacles, with the facts they are for.
    pub fn missing(&self) -> Vec<(Field, Option<Fact>)> {
        let mut found: Vec<(Field, Option<Fact>)> = Vec::new();
        for obstacle in self.refused().filter_map(|person| person.verdict.as_ref().err()).flatten() {
            let fact = match obstacle {
                Obstacle::Missing(fact) | Obstacle::Owed(fact) => Some(*fact),
                _ => None,
            };
            if let Some(field) = obstacle.field()
                && !found.contains(&(field, fact))
            {
                found.push((field, fact));
            }
        }
        found
    }

    fn refused(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.is_refused())
    }

    /// Moves the cursor in the table of people, of which so many rows are shown.
    pub fn step(&mut self, by: isize, shown: usize) {
        self.at = self.at.saturating_add_signed(by).min(self.people.len().saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(shown.max(1)));
    }

    /// Leaves out the person under the cursor, or takes them back in. Who is taken in to go back needs a reason anew.
    fn toggle(&mut self, seat: &Seat) {
        let Some(person) = self.people.get_mut(self.at).filter(|person| !person.is_answered_alone) else { return };
        person.is_left_out = !person.is_left_out;
        if person.is_back && !person.is_left_out {
            self.intent.reason = None;
        }
        self.judge(seat);
    }
}

/// The order of people in the table: as they stand in the queue.
fn in_order(person: &Person) -> (u16, crate::domain::subject::Number) {
    (person.summary.queue, person.summary.number)
}

/// Rows of the table of many people on a screen of so many rows: what head, counts, foot and the lines about the person
/// under the cursor leave.
pub const fn table_rows(screen_rows: u16) -> u16 {
    let taken = if screen_rows < ROOMY { 5 + detail_rows(screen_rows) } else { 8 + detail_rows(screen_rows) };
    screen_rows.saturating_sub(taken)
}

/// Lines that tell all of the person under the cursor.
pub const fn detail_rows(screen_rows: u16) -> u16 {
    if screen_rows < ROOMY { 3 } else { 4 }
}

/// From so many rows of the screen blank lines part the head, the table and the foot.
const ROOMY: u16 = 19;
