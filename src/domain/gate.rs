//! Where a case may go next, and what stands in the way: the gates of the main track and every change that is more than an edit.
//!
//! Pure: the caller brings the time, the actor and the movement in [`Circumstances`], and gets a [`Change`] or all obstacles
//! at once. Which facts, roles and clocks a gate has is data ([`Rules`]); that a child is handed to nobody unverified is not.
//!
//! ```text
//! outlook  all twelve statuses, and why not        plan_move   one change, or every obstacle
//! refer, hand_to_law, die   without gates          check       the writer's second look at any change
//! ```

pub mod check;
pub mod close;
pub mod debt;
pub mod emergency;
pub mod fact;
pub mod obstacle;
pub mod plan;
mod reasoned;
pub mod rules;

pub use check::check;
pub use close::{approve_close, ask_close, decline_close};
pub use debt::settle_debts;
pub use emergency::{Custody, Death, Referral, die, hand_to_law, refer, retract_death};
pub use fact::Fact;
pub use obstacle::Obstacle;
pub use plan::{Target, Way, outlook, plan_create, plan_move};
pub use rules::{Flaw, Rules};

use super::access::Roles;
use super::case::Case;
use super::change::{Change, Verb};
use super::field::Field;
use super::record::{ItemId, Record, Slot};
use super::status::Status;
use super::value::{Timed, Value};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use ulid::Ulid;

/// Who asks, where and when: everything that the rules need and the record does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    pub now: DateTime<Utc>,
    /// The zone of the office, in which days are counted.
    pub zone: FixedOffset,
    pub actor: Ulid,
    /// The actor's name as it is written into facts; at most 60 characters.
    pub actor_name: &'a str,
    pub roles: Roles,
    pub office: Ulid,
    /// The region of the actor's office, as a Kemendagri code, where the office has one.
    pub region: Option<&'a str>,
    /// The movement of the case; its landing is the day on which age is judged.
    pub movement: Option<&'a Record>,
    /// A fresh random id made for this one plan: new items take it and its successors.
    pub fresh: Ulid,
}

impl Circumstances<'_> {
    /// The present day in the zone of the office.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The day on which the movement lands, when one is known.
    pub fn lands(&self) -> Option<NaiveDate> {
        self.movement.and_then(|movement| movement.day(Field::MoveLands))
    }

    /// The day on which the person travels: the movement's departure or landing, and today when there is none or it is past.
    pub fn travels_on(&self) -> NaiveDate {
        let departs = self.movement.and_then(|movement| movement.at(Field::MoveDeparts));
        let departs = departs.map(|at| at.with_timezone(&self.zone).date_naive());
        departs.or_else(|| self.lands()).map_or(self.today(), |day| day.max(self.today()))
    }

    /// Whether the case is a child's on the day on which age is judged, or in doubt.
    pub fn is_child(&self, case: Case<'_>) -> bool {
        let on = case.interest_on(self.lands(), self.zone).unwrap_or_else(|| self.today());
        case.age_on(on).is_child()
    }
}

/// What the dialog of a move has collected.
#[derive(Clone)]
pub struct Intent {
    /// When it happened, which is not when it was typed.
    pub happened: Timed,
    /// Why, for corrections and reopening; 1 to 200 characters.
    pub reason: Option<String>,
    /// Why required facts are passed as *darurat*; 1 to 200 characters.
    pub emergency: Option<String>,
    /// Facts filled in on the way; they count for the gate.
    pub edits: Vec<(Slot, Value)>,
    /// Answers for many people at once: each goes, whole, to a case that holds nothing of it, and to no other.
    pub shared: Vec<Vec<(Slot, Value)>>,
    /// A note on the case; at most 2,000 characters.
    pub note: Option<String>,
}

impl Intent {
    /// A move that happened at this moment, without anything else.
    pub const fn at(happened: Timed) -> Self {
        Self { happened, reason: None, emergency: None, edits: Vec::new(), shared: Vec::new(), note: None }
    }

    /// The facts that this writes into a record.
    pub fn given_to<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a (Slot, Value)> {
        let is_open = |answer: &&Vec<(Slot, Value)>| answer.iter().all(|(slot, _)| record.get(*slot).is_none());
        self.edits.iter().chain(self.shared.iter().filter(is_open).flatten())
    }

    /// What it means for one record: only the facts that this record gets.
    pub(crate) fn meant_for(&self, record: &Record) -> Self {
        Self { edits: self.given_to(record).cloned().collect(), shared: Vec::new(), ..self.clone() }
    }

    /// When entering a status happened: at the hour of the fact that the entering is, else when the dialog says. An hour
    /// that stood there before counts unless it is older than the present status: then it is of an earlier stay. A landing
    /// always counts: the report may have been written after it.
    pub(crate) fn happened_on_entering(&self, to: Status, record: &Record) -> Timed {
        let Some(field) = hour_of_entering(to) else { return self.happened };
        let time = |value: &Value| if let Value::Time(time) = value { Some(*time) } else { None };
        let given = self.given_to(record).find(|(slot, _)| *slot == field.into());
        if let Some(given) = given.and_then(|(_, value)| time(value)) {
            return given;
        }
        let since = Case(record).status_at();
        let standing = record.get(field).and_then(time);
        standing.filter(|time| to == Status::Tiba || Some(time.at) >= since).unwrap_or(self.happened)
    }
}

/// Shows counts, never the content.
impl std::fmt::Debug for Intent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Intent({} edits)", self.edits.len())
    }
}

/// The field that says at what hour a status was entered, where the gate asks for one.
const fn hour_of_entering(to: Status) -> Option<Field> {
    match to {
        Status::Tiba => Some(Field::LandedAt),
        Status::Rehab => Some(Field::AdmittedAt),
        Status::Reint => Some(Field::HandedAt),
        Status::Lapor
        | Status::Verif
        | Status::Lindung
        | Status::Dokum
        | Status::Siap
        | Status::Jalan
        | Status::Asesm
        | Status::Pulda
        | Status::Tutup => None,
    }
}

/// A change in the making: edits on a record, new items, and the record as it will be.
pub(crate) struct Draft<'a> {
    record: &'a Record,
    change: Change,
    next_item: Ulid,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(record: &'a Record, verb: Verb, happened: Timed, circumstances: &Circumstances<'_>) -> Self {
        Self { record, change: Change::on(record, verb, happened), next_item: circumstances.fresh }
    }

    pub(crate) fn set(&mut self, at: impl Into<Slot>, value: Value) {
        self.change.set(self.record, at, Some(value));
    }

    pub(crate) fn clear(&mut self, at: impl Into<Slot>) {
        self.change.set(self.record, at, None);
    }

    /// The id of a new item: never one that the record or this change already has.
    pub(crate) fn item(&mut self) -> ItemId {
        loop {
            let item = self.next_item;
            self.next_item = Ulid(item.0.wrapping_add(1));
            let is_taken =
                self.record.facts.keys().chain(self.change.edits.iter().map(|e| &e.at)).any(|s| s.item == Some(item));
            if !is_taken {
                return item;
            }
        }
    }

    /// A text of an item, cut off where the field ends; nothing when it is blank.
    pub(crate) fn say(&mut self, item: ItemId, field: Field, text: Option<&str>) {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            let text: String = text.chars().take(longest(field).unwrap_or(usize::MAX)).collect();
            self.set(Slot::of(item, field), Value::Text(text));
        }
    }

    pub(crate) fn note(&mut self, text: Option<&str>, circumstances: &Circumstances<'_>) {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return };
        let item = self.item();
        self.set(Slot::of(item, Field::NoteText), Value::text(text));
        self.set(Slot::of(item, Field::NoteBy), Value::Link(operator(circumstances.actor)));
        self.set(Slot::of(item, Field::NoteAt), Value::Time(Timed::certain(circumstances.now)));
    }

    pub(crate) fn after(&self) -> Record {
        let mut after = self.record.clone();
        self.change.apply(&mut after);
        after
    }

    pub(crate) const fn change(&mut self) -> &mut Change {
        &mut self.change
    }

    /// The change, with every debt settled whose fact now holds.
    pub(crate) fn finish(mut self, circumstances: &Circumstances<'_>) -> Change {
        settle_debts(self.record, &mut self.change, circumstances);
        self.change
    }
}

pub(crate) const fn operator(id: Ulid) -> super::subject::Subject {
    super::subject::Subject::new(super::subject::Kind::Operator, id)
}

/// The reason as it is kept, or what is wrong with it.
pub(crate) fn reason(text: Option<&str>) -> Result<String, Obstacle> {
    match text.map(str::trim) {
        None | Some("") => Err(Obstacle::NeedsReason),
        Some(text) if text.chars().count() > 200 => Err(Obstacle::TextTooLong(Field::DebtWhy)),
        Some(text) => Ok(text.to_owned()),
    }
}

/// The most characters that a text field takes.
const fn longest(field: Field) -> Option<usize> {
    use super::field::Shape;
    if let Shape::Text(most) | Shape::Lines(most) = field.shape() { Some(most as usize) } else { None }
}

/// Refuses texts that are longer than the fields they go to.
pub(crate) fn fits(texts: &[(Field, Option<&str>)]) -> Vec<Obstacle> {
    let is_long = |field: Field, text: &str| longest(field).is_some_and(|most| text.trim().chars().count() > most);
    let long = |&(field, text): &(Field, Option<&str>)| {
        text.filter(|text| is_long(field, text)).map(|_| Obstacle::TextTooLong(field))
    };
    texts.iter().filter_map(long).collect()
}
