//! Judging one proposal against the records of now: may they, does it merge, does the gate open. Nothing is written here.
//!
//! What a session says of itself is not believed: an edit is asked about by what it does, an undo is made here, and no
//! gate is passed by calling a change by another name.

mod between;
mod naming;
mod printing;
mod staffing;
mod touching;

pub(super) use staffing::is_administered;

use super::Inner;
use super::ask::{Ask, Denied, Proposal};
use super::undo;
use super::writer::{Author, circumstances};
use crate::domain::access::{Access, Act, Holding, Role, Roles, can, told_outside};
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::check::is_of_shape;
use crate::domain::field::Field;
use crate::domain::flags;
use crate::domain::gate::{self, Circumstances, Intent, Obstacle, Rules};
use crate::domain::offer;
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::screening;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::track;
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Datelike, Utc};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use ulid::Ulid;

/// Subjects in one proposal at most.
const MOST_ASKS: usize = 20_000;

/// The last case number of each year (two digits).
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers(HashMap<u8, u32>);

impl Numbers {
    fn next(&mut self, year: u8, inner: &Inner) -> Number {
        let last = self.0.entry(year).or_insert_with(|| {
            let last = inner.index.read().unwrap_or_else(PoisonError::into_inner).last_number(year);
            last.max(inner.erasures().last_number(year))
        });
        *last += 1;
        Number { year, running: *last }
    }

    /// Forgets them: they are read from the index again.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

/// One proposal before the judge.
pub(super) struct Judge<'a> {
    pub inner: &'a Inner,
    pub author: &'a Author,
    pub numbers: &'a mut Numbers,
    /// Records as the proposals before this one leave them.
    pub batch: &'a HashMap<Subject, Record>,
    /// Records as this one leaves them.
    pub mine: HashMap<Subject, Record>,
}

impl Judge<'_> {
    /// What a proposal would change now.
    pub fn changes(&mut self, proposal: &Proposal) -> Result<Vec<Change>, Denied> {
        self.author.stands(self.inner.now())?;
        let changes = match proposal.undoes {
            Some(id) if proposal.asks.is_empty() => self.taken_back(id)?,
            None if proposal.asks.len() <= MOST_ASKS => self.asked(&proposal.asks)?,
            Some(_) | None => Vec::new(),
        };
        if changes.is_empty() { Err(Refusal::new("refused-nothing-asked").into()) } else { Ok(changes) }
    }

    fn record(&self, of: Subject) -> Result<Record, Fault> {
        match self.mine.get(&of).or_else(|| self.batch.get(&of)) {
            Some(record) => Ok(record.clone()),
            None => Ok(self.inner.records.get(of)?.unwrap_or_else(|| Record::empty(of))),
        }
    }

    fn asked(&mut self, asks: &[Ask]) -> Result<Vec<Change>, Denied> {
        let mut changes = Vec::with_capacity(asks.len());
        let mut closed = Vec::new();
        for ask in asks {
            let record = self.record(ask.of())?;
            match self.change(ask, &record) {
                Ok(change) => {
                    self.keep(record, &change);
                    changes.push(change);
                }
                Err(Denied::Obstacles(obstacles)) => closed.extend(obstacles),
                Err(other) => return Err(other),
            }
        }
        if closed.is_empty() { Ok(changes) } else { Err(Denied::Obstacles(closed)) }
    }

    fn keep(&mut self, mut record: Record, change: &Change) {
        change.apply(&mut record);
        self.mine.insert(record.of, record);
    }

    fn taken_back(&mut self, id: Ulid) -> Result<Vec<Change>, Denied> {
        let changes = undo::inverse(self.inner, self.author.operator, id, &|of| self.record(of))?;
        for change in &changes {
            let record = self.record(change.of)?;
            if change.of.kind == Kind::Case {
                self.lawful(&record, change)?;
            }
            self.keep(record, change);
        }
        Ok(changes)
    }

    fn change(&mut self, ask: &Ask, record: &Record) -> Result<Change, Denied> {
        if let Ask::Edit(change) = ask
            && !matches!(change.verb, Verb::Edit | Verb::Note | Verb::Claim | Verb::Link)
        {
            return Err(self.barred(record.of));
        }
        if record.of.kind != Kind::Case {
            let change = self.directory_change(ask, record)?;
            return shaped(record.of, change);
        }
        self.may_touch(ask, record)?;
        let change = self.planned(&self.banded(ask), record)?;
        if change.edits.is_empty() {
            return Err(Refusal::new("refused-nothing-asked").into());
        }
        self.lawful(record, &change)?;
        self.known_assessor(record, &change)?;
        self.known_place(record, &change)?;
        self.free_queue(record, &change)?;
        shaped(record.of, change)
    }

    /// The rules of a case's owner, and for a new case of whoever opens it, at the moment when something happened.
    fn rules(&self, record: &Record, happened: DateTime<Utc>) -> Arc<Rules> {
        let own = Subject::new(Kind::Office, self.author.office);
        self.inner.rules_at(Some(record.link(Field::Owner).unwrap_or(own)), happened)
    }

    /// The change that an ask means for this record.
    fn planned(&mut self, ask: &Ask, record: &Record) -> Result<Change, Denied> {
        let of = record.of;
        let movement = self.movement_of(ask, record);
        let circumstances = circumstances(self.author, self.inner.now(), movement.as_ref());
        let rules = &self.rules(record, ask.happened().map_or_else(|| self.inner.now(), |happened| happened.at));
        let planned = match ask {
            Ask::Create { .. } if record.revision > 0 => return Err(Refusal::new("refused-exists").into()),
            Ask::Create { facts, happened, .. } => {
                let intent = Intent { edits: facts.clone().into_iter().collect(), ..Intent::at(*happened) };
                gate::plan_create(of, &intent, &circumstances, rules)
                    .map(|change| self.numbered(change, &circumstances))
            }
            Ask::Edit(change) => {
                let mut merged = self.merged(change, record)?;
                // No gate judged it, whatever the session says.
                merged.table = None;
                gate::settle_debts(record, &mut merged, &circumstances);
                Ok(merged)
            }
            Ask::Move { to, intent, .. } => gate::plan_move(record, *to, intent, &circumstances, rules),
            Ask::DeclineClose { intent, .. } => gate::decline_close(record, intent, &circumstances),
            // Of somebody of whom nothing is known: the referral opens the case.
            Ask::Refer { referral, .. } if record.revision == 0 => {
                gate::refer(record, referral, &circumstances, rules).map(|change| self.numbered(change, &circumstances))
            }
            Ask::Refer { referral, .. } => gate::refer(record, referral, &circumstances, rules),
            Ask::HandToLaw { custody, .. } => gate::hand_to_law(record, custody, &circumstances),
            Ask::Die { death, .. } => gate::die(record, death, &circumstances),
            Ask::Step { step, .. } => track::step(record, step, &circumstances, rules),
            Ask::Screen { answers, happened, .. } => screening::screen(record, answers, *happened, &circumstances),
            Ask::SetFlag { flag, .. } => flags::set_flag(record, flag, &circumstances),
            Ask::ClearFlag { item, why, happened, .. } => {
                flags::clear_flag(record, *item, why, *happened, &circumstances)
            }
            Ask::ReviewFlag { item, happened, .. } => flags::review_flag(record, *item, *happened, &circumstances),
            Ask::RetractDeath { why, happened, .. } => gate::retract_death(record, why, *happened, &circumstances),
            // The writer erases, and only what is asked alone; whoever is taken in is created by now.
            Ask::Erase { .. } | Ask::AnswerInquiry { .. } | Ask::TakeIn { .. } => {
                return Err(Refusal::new("refused-nothing-asked").into());
            }
            Ask::Offer { offer, .. } => offer::offer(record, offer, &circumstances),
            Ask::Answer { reply, .. } => offer::answer(record, reply, &circumstances),
            Ask::Share { share, .. } => offer::share(record, share, &circumstances),
            Ask::Revoke { with, why, happened, .. } => offer::revoke(record, *with, why, *happened, &circumstances),
            Ask::Look { kind, why, .. } => Ok(look(record, kind, why, &circumstances)),
            // Of what is no case.
            Ask::NumberPrint { .. } => return Err(Refusal::new("refused-nothing-asked").into()),
            Ask::Print { print, .. } => return self.printed(print, record, &circumstances),
            Ask::Tier { tier, why, happened, .. } => flags::give_tier(record, *tier, why, *happened, &circumstances),
        };
        planned.map_err(|obstacles| self.against(record, obstacles))
    }

    /// What stands against a change, as its author may read it.
    fn against(&self, record: &Record, obstacles: Vec<Obstacle>) -> Denied {
        let is_outside = record.link(Field::Owner).is_some_and(|owner| owner.id != self.author.office);
        let holding = Holding::at(record, self.inner.now());
        let is_hidden = |section| can(&self.author.actor(), Act::Open, section, &holding) != Access::Allow;
        let told = if is_outside { told_outside(&obstacles, is_hidden) } else { obstacles };
        Denied::Obstacles(vec![(record.of, told)])
    }

    /// Fits an edit to what others did since. What this seat saved meanwhile, from this form or another, is no conflict.
    fn merged(&self, change: &Change, record: &Record) -> Result<Change, Denied> {
        let slots = match change.merged_onto(record) {
            Ok(merged) => return Ok(merged),
            Err(conflict) => conflict.slots,
        };
        let of = record.of;
        if !self.alone_wrote(change, &slots)? {
            return Err(Denied::Conflict { of, slots });
        }
        let mut rebased = change.clone();
        for edit in rebased.edits.iter_mut().filter(|edit| slots.contains(&edit.at)) {
            edit.was = record.get(edit.at).cloned();
        }
        rebased.merged_onto(record).map_err(|conflict| Denied::Conflict { of, slots: conflict.slots })
    }

    /// Whether nobody but this seat wrote these facts since the revision that a change was made on.
    fn alone_wrote(&self, change: &Change, slots: &[Slot]) -> Result<bool, Denied> {
        let (history, unread) = self.inner.records.legible_history(change.of)?;
        if !unread.is_empty() {
            // Nobody can say who wrote what cannot be read.
            return Ok(false);
        }
        let since = || history.iter().filter(|entry| entry.change.base >= change.base);
        let is_own = |slot: &Slot| {
            let mut writers = since().filter(|entry| entry.change.edits.iter().any(|edit| edit.at == *slot)).peekable();
            writers.peek().is_some() && writers.all(|entry| self.author.has_asked(entry.id))
        };
        Ok(slots.iter().all(is_own))
    }

    /// The movement that a case has, or gets by what is asked.
    fn movement_of(&self, ask: &Ask, record: &Record) -> Option<Record> {
        let at = Slot::from(Field::Movement);
        let asked = match ask {
            Ask::Create { facts, .. } => facts.get(&at),
            Ask::Move { intent, .. } => intent.given_to(record).find(|(slot, _)| *slot == at).map(|(_, value)| value),
            _ => None,
        };
        self.movement(asked.or_else(|| record.get(at)))
    }

    fn movement(&self, link: Option<&Value>) -> Option<Record> {
        let Some(Value::Link(movement)) = link else { return None };
        self.record(*movement).ok().filter(|record| record.revision > 0)
    }

    /// Gives a new case its number; who came with a manifest belongs to nobody yet.
    fn numbered(&mut self, mut change: Change, circumstances: &Circumstances<'_>) -> Change {
        let year = (circumstances.today().year() % 100) as u8;
        let empty = Record::empty(change.of);
        let is_imported = change.after(&empty, Field::ImportRow).is_some();
        let number = self.numbers.next(year, self.inner);
        change.set(&empty, Field::CaseNumber, Some(Value::Number(i64::from(number.packed()))));
        if is_imported {
            change.set(&empty, Field::Officer, None);
        }
        change
    }

    /// Whether the author may do what a change does, and whether it keeps the laws of the work.
    fn lawful(&self, record: &Record, change: &Change) -> Result<(), Denied> {
        if !self.is_allowed(record, change) {
            return Err(self.barred(record.of));
        }
        let movement = self.movement(change.after(record, Field::Movement));
        let circumstances = circumstances(self.author, self.inner.now(), movement.as_ref());
        gate::check(record, change, &circumstances, &self.rules(record, change.happened.at))
            .map_err(|obstacles| self.against(record, obstacles))
    }

    /// Changes of what is not a case: views are everybody's own, movements come with an import or a supervisor, the rest
    /// is the supervisor's and the administrator's.
    fn directory_change(&self, ask: &Ask, record: &Record) -> Result<Change, Denied> {
        let of = record.of;
        if of.kind == Kind::Table {
            return self.table_change(ask, record);
        }
        if let Ask::NumberPrint { .. } = ask {
            return self.next_print(record);
        }
        if let Ask::Print { print, .. } = ask {
            return self.reported(print, record);
        }
        if of.kind == Kind::Inquiry {
            return self.inquiry_change(ask, record);
        }
        let change = match ask {
            Ask::Create { .. } if record.revision > 0 => return Err(Refusal::new("refused-exists").into()),
            Ask::Create { facts, happened, .. } => Change::create(of, *happened, facts.clone()),
            Ask::Edit(change) if record.revision > 0 => self.merged(change, record)?,
            _ => return Err(Refusal::new("refused-nothing-asked").into()),
        };
        if matches!(of.kind, Kind::Operator | Kind::Office) {
            return self.staffed(record, change);
        }
        let me = self.author.operator;
        let is_mine = |owner: Option<Subject>| owner.is_none_or(|owner| owner.id == me);
        let owner_after = match change.after(record, Field::ViewOwner) {
            Some(Value::Link(owner)) => Some(*owner),
            _ => None,
        };
        let is_own_view = of.kind == Kind::View && is_mine(record.link(Field::ViewOwner)) && is_mine(owner_after);
        let is_movement = of.kind == Kind::Movement && !self.author.roles.and(Roles::WORKERS).is_empty();
        let is_chief = self.author.roles.has(Role::Supervisor) || self.author.roles.has(Role::Administrator);
        if is_own_view || is_movement || (is_chief && of.kind != Kind::View) {
            if change.edits.is_empty() { Err(Refusal::new("refused-nothing-asked").into()) } else { Ok(change) }
        } else {
            Err(self.barred(of))
        }
    }
}

/// The mark of a look from outside.
fn look(record: &Record, kind: &str, why: &str, circumstances: &Circumstances<'_>) -> Change {
    let now = Timed::certain(circumstances.now);
    let mut change = Change::on(record, Verb::Look, now);
    let at = |field| Slot::of(circumstances.fresh, field);
    change.set(record, at(Field::LookKind), Some(Value::code(kind)));
    change.set(record, at(Field::LookBy), Some(Value::Link(Subject::new(Kind::Operator, circumstances.actor))));
    change.set(record, at(Field::LookAt), Some(Value::Time(now)));
    if !why.is_empty() {
        change.set(record, at(Field::LookWhy), Some(Value::text(why)));
        change.reason = Some(why.to_owned());
    }
    change
}

/// Every value has its field's shape and fits it: what a form would not take, the desk does not either.
fn shaped(of: Subject, change: Change) -> Result<Change, Denied> {
    let is_misshapen = |edit: &&crate::domain::change::Edit| {
        edit.now.as_ref().is_some_and(|value| !is_of_shape(edit.at.field, value)) && edit.now != edit.was
    };
    let mut found: Vec<Obstacle> =
        change.edits.iter().filter(is_misshapen).map(|edit| Obstacle::TextTooLong(edit.at.field)).collect();
    found.dedup();
    if found.is_empty() { Ok(change) } else { Err(Denied::Obstacles(vec![(of, found)])) }
}

/// The number of a case, once it has one.
pub(super) fn number_of(record: &Record) -> Option<Number> {
    Case(record).number()
}
