//! Moving people on: choose the status by its letter, see person by person who can go and why others cannot, fill in what
//! is missing or pass it as *darurat*, commit as one change with one undo.

use super::asking::After;
use super::form::entry::Entry;
use super::form::{Form, Purpose};
use super::key::Key;
use super::line::Line;
use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::desk::{Ask, Proposal, RowId, Seat};
use crate::domain::change::Change;
use crate::domain::field::{Field, Part};
use crate::domain::gate::{Intent, Obstacle, Target};
use crate::domain::record::Slot;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::summary::Summary;
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Utc};
use ulid::Ulid;

/// One person in the dialog.
#[derive(Debug)]
pub struct Person {
    pub row: RowId,
    pub summary: Summary,
    /// Left out by hand.
    pub is_left_out: bool,
    /// What would happen, or everything that stands against it.
    pub verdict: Result<Change, Vec<Obstacle>>,
}

impl Person {
    /// Whether this person goes when the move is committed.
    pub const fn goes(&self) -> bool {
        !self.is_left_out && self.verdict.is_ok()
    }
}

/// Where in the three steps the dialog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Which status.
    Choose,
    /// Who can go; Enter commits.
    Review,
    /// The reason of a correction, a reopening or a closing.
    Reason,
    /// The reason for passing required facts as *darurat*.
    Emergency,
}

/// The move dialog, for one person or many.
#[derive(Debug)]
pub struct Moving {
    pub people: Vec<Person>,
    /// For one person: every status with what stands against it.
    pub targets: Vec<Target>,
    pub to: Option<Status>,
    pub stage: Stage,
    pub line: Line,
    pub intent: Intent,
    pub top: usize,
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
            people.push(Person { row, summary, is_left_out: false, verdict: Err(Vec::new()) });
        }
        people.sort_by_key(|person| (person.summary.queue, person.summary.number));
        let targets = match people.as_slice() {
            [one] => seat.outlook(one.row)?,
            _ => Vec::new(),
        };
        let intent = Intent::at(Timed::certain(now));
        Ok(Self {
            people,
            targets,
            to: None,
            stage: Stage::Choose,
            line: Line::new(200),
            intent,
            top: 0,
            id: seat.new_id(),
        })
    }

    /// Whether the dialog shows who can go.
    pub fn is_reviewing(&self) -> bool {
        self.stage == Stage::Review
    }

    /// Whether Esc goes one step back inside the dialog.
    pub fn can_step_back(&self) -> bool {
        self.stage != Stage::Choose
    }

    /// Judges everybody again.
    pub fn judge(&mut self, seat: &Seat) {
        let Some(to) = self.to else { return };
        for person in &mut self.people {
            person.verdict = seat.judge(person.row, to, &self.intent);
        }
    }

    /// How many go, and how many of the others cannot.
    pub fn counts(&self) -> (usize, usize) {
        let go = self.people.iter().filter(|person| person.goes()).count();
        let cannot = self.people.iter().filter(|person| person.verdict.is_err()).count();
        (go, cannot)
    }

    /// The fields of the facts that are missing, each once, for the fill-in form of one person.
    pub fn missing_fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for obstacle in self.people.iter().filter_map(|person| person.verdict.as_ref().err()).flatten() {
            if let Some(field) = obstacle.field()
                && !fields.contains(&field)
            {
                fields.push(field);
            }
        }
        fields
    }

    fn needs_reason(&self) -> bool {
        let asks = |obstacle: &Obstacle| matches!(obstacle, Obstacle::NeedsReason);
        self.people.iter().any(|p| p.verdict.as_ref().is_err_and(|all| all.iter().any(asks)))
    }

    /// Scrolls the table of people.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.people.len().saturating_sub(1));
    }

    /// Leaves out the person at the top of the table, or takes them back in.
    pub fn toggle(&mut self) {
        if let Some(person) = self.people.get_mut(self.top) {
            person.is_left_out = !person.is_left_out;
        }
    }
}

impl App {
    fn moving(&mut self) -> Option<&mut Moving> {
        match self.rooms.last_mut() {
            Some(Room::Moving(moving)) => Some(moving),
            _ => None,
        }
    }

    pub(super) fn type_into_move(&mut self, key: Key) {
        let seat = self.seat.clone();
        let Some(moving) = self.moving() else { return };
        match (moving.stage, key) {
            (Stage::Choose | Stage::Review, Key::Char(letter)) => {
                let Some(to) = Status::from_letter(letter) else {
                    self.notice = Some(Notice::info(self.texts.get("notice-no-status-letter")));
                    return;
                };
                moving.to = Some(to);
                moving.stage = Stage::Review;
                moving.top = 0;
                moving.judge(&seat);
                if moving.needs_reason() {
                    moving.stage = Stage::Reason;
                }
                self.notice = None;
            }
            (Stage::Reason | Stage::Emergency, key) => {
                moving.line.press(key);
            }
            _ => {}
        }
    }

    pub(super) fn move_step_back(&mut self) {
        let Some(moving) = self.moving() else { return };
        moving.stage = match moving.stage {
            Stage::Choose | Stage::Review => Stage::Choose,
            Stage::Reason => Stage::Choose,
            Stage::Emergency => Stage::Review,
        };
        moving.line.set("");
        self.notice = None;
    }

    /// Enter: takes the reason that was typed, or commits.
    pub(super) fn commit_move(&mut self) {
        let seat = self.seat.clone();
        let Some(moving) = self.moving() else { return };
        let typed = moving.line.text().trim().to_owned();
        match moving.stage {
            Stage::Choose => {
                self.notice = Some(Notice::info(self.texts.get("notice-choose-status")));
            }
            Stage::Reason | Stage::Emergency if typed.is_empty() => {
                self.notice = Some(Notice::no(self.texts.get("notice-reason-needed")));
            }
            Stage::Reason => {
                moving.intent.reason = Some(typed);
                moving.stage = Stage::Review;
                moving.line.set("");
                moving.judge(&seat);
            }
            Stage::Emergency => {
                moving.intent.emergency = Some(typed);
                moving.stage = Stage::Review;
                moving.line.set("");
                moving.judge(&seat);
            }
            Stage::Review => self.propose_move(),
        }
    }

    fn propose_move(&mut self) {
        let Some(moving) = self.moving() else { return };
        let Some(to) = moving.to else { return };
        let asks: Vec<Ask> = moving
            .people
            .iter()
            .filter(|person| person.goes())
            .filter_map(|person| person.verdict.as_ref().ok())
            .map(|change| Ask::Move { of: change.of, to, intent: moving.intent.clone() })
            .collect();
        if asks.is_empty() {
            self.notice = Some(Notice::no(self.texts.get("notice-nobody-can-go")));
            return;
        }
        let proposal = Proposal { id: moving.id, asks, undoes: None };
        self.ask(proposal, After::Moved { to }, None);
    }

    pub(super) fn ask_emergency(&mut self) {
        let Some(moving) = self.moving() else { return };
        if moving.stage == Stage::Review && moving.counts().1 > 0 {
            moving.stage = Stage::Emergency;
            moving.line.set("");
            self.notice = None;
        } else {
            self.notice = Some(Notice::info(self.texts.get("notice-nothing-missing")));
        }
    }

    /// A form over the fields that the gate still misses; what is filled in goes into the same commit as the move.
    pub(super) fn open_fill_in(&mut self) {
        let Some(moving) = self.moving() else { return };
        let (Some(to), fields) = (moving.to, moving.missing_fields()) else { return };
        if fields.is_empty() {
            self.notice = Some(Notice::info(self.texts.get("notice-nothing-missing")));
            return;
        }
        let is_screening = |field: &Field| field.part() == Part::Screening;
        if moving.people.len() == 1 && fields.iter().all(is_screening) {
            return self.run(super::action::Action::Screening);
        }
        // The grid has a screen of its own: asked last.
        let fields: Vec<Field> = fields.into_iter().filter(|field| !is_screening(field)).collect();
        let [person] = moving.people.as_slice() else {
            return self.open_shared_fill_in(to, &fields);
        };
        let row = person.row;
        match self.seat.record_of(row) {
            Ok(record) => {
                let slots: Vec<Slot> = fields.iter().flat_map(|&field| self.slots_for(field, &record)).collect();
                let mut form = Form::over(Purpose::FillIn(to), self.seat.new_id(), record, &slots, &self.reader());
                form.entries.iter_mut().for_each(|entry| entry.is_required = true);
                self.rooms.push(Room::Form(Box::new(form)));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), true),
        }
    }

    /// For many people only facts that can be the same for all of them are asked once.
    fn open_shared_fill_in(&mut self, to: Status, fields: &[Field]) {
        let slots: Vec<Slot> = fields
            .iter()
            .filter(|field| field.part() == Part::Own && super::form::may_repeat(**field))
            .map(|&field| Slot::own(field))
            .collect();
        if slots.is_empty() {
            self.notice = Some(Notice::info(self.texts.get("notice-fill-in-one-by-one")));
            return;
        }
        let nobody = crate::domain::record::Record::empty(crate::domain::subject::Subject::case(Ulid::nil()));
        let form = Form::over(Purpose::FillIn(to), self.seat.new_id(), nobody, &slots, &self.reader());
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// The slots in which a missing fact can be written: one of the record, or those of the item it needs.
    fn slots_for(&self, field: Field, record: &crate::domain::record::Record) -> Vec<Slot> {
        let mut slots: Vec<Slot> = match field.part() {
            Part::Own => vec![Slot::own(field)],
            part => {
                let item = record.items(part).last().unwrap_or_else(|| self.seat.new_id());
                super::form::full::fields_of(part).into_iter().map(|field| Slot::of(item, field)).collect()
            }
        };
        slots.extend(companions(field).iter().map(|&field| Slot::own(field)));
        slots
    }

    /// Takes what the fill-in form holds into the move, and judges again.
    pub(super) fn filled_in(&mut self, entries: &[Entry]) {
        let facts: Vec<(Slot, Value)> =
            entries.iter().filter_map(|entry| Some((entry.slot, entry.value.clone()?))).collect();
        let seat = self.seat.clone();
        let mut facts = facts;
        if facts.iter().any(|(slot, _)| slot.field == Field::Readiness) {
            facts.push((Field::ReadinessBy.into(), Value::Link(seat.operator())));
        }
        if let Some(moving) = self.moving() {
            for (slot, value) in facts {
                moving.intent.edits.retain(|(other, _)| *other != slot);
                moving.intent.edits.push((slot, value));
            }
            moving.judge(&seat);
        }
    }
}

/// Fields that belong to the same answer: who, when and how, beside what.
const fn companions(field: Field) -> &'static [Field] {
    match field {
        Field::Safety => &[Field::SafetyAt, Field::SafetySource],
        Field::Position => &[Field::PositionPlace, Field::PositionAt, Field::PositionSource],
        Field::IdentityCheckedAt => &[Field::IdentityCheckedBy],
        Field::HandedTo => &[Field::HandedRelation],
        Field::CloseReason => &[Field::CloseNo, Field::CloseNote],
        Field::Readiness => &[Field::ReadinessOn],
        Field::CareConsent => &[Field::CareConsentNo],
        Field::FitToTravelUntil => &[Field::FitToTravelBy],
        _ => &[],
    }
}
