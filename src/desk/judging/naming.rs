//! What an edit names beyond its own record: a colleague who judged, a number that somebody else may wear.

use super::Judge;
use crate::desk::ask::{Ask, Denied};
use crate::domain::access::Roles;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;
use crate::domain::value::Value;
use crate::records::index::{Hall, Index};
use std::borrow::Cow;
use std::sync::{PoisonError, RwLockReadGuard};
use ulid::Ulid;

impl Judge<'_> {
    /// Whoever is named as another's judge of readiness is an operator of this office who may judge it.
    pub(super) fn known_assessor(&self, record: &Record, change: &Change) -> Result<(), Denied> {
        let named = change.edits.iter().find(|edit| edit.at.field == Field::ReadinessBy && edit.at.item.is_none());
        let Some(Value::Link(by)) = named.and_then(|edit| edit.now.as_ref()) else { return Ok(()) };
        let is_known = || {
            let operator = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner).get(*by).cloned();
            let office = record.link(Field::Owner).map(|office| office.id);
            operator.is_some_and(|operator| {
                !Roles::of(&operator).and(Roles::ASSESSORS).is_empty()
                    && operator.link(Field::OperatorOffice).map(|office| office.id) == office
            })
        };
        if by.id == self.author.operator || change.verb == Verb::Undo || is_known() {
            return Ok(());
        }
        Err(Refusal::new("refused-no-assessor").into())
    }

    /// A wristband or queue number is one person's within a movement, and without a movement within an office's hall. One
    /// that somebody typed is refused where another wears it, with the next that nobody wears.
    pub(super) fn free_queue(&self, record: &Record, change: &Change) -> Result<(), Denied> {
        let is_touched = change.edits.iter().any(|edit| matches!(edit.at.field, Field::Queue | Field::Movement));
        let Some(Value::Number(queue)) = change.after(record, Field::Queue).filter(|_| is_touched) else {
            return Ok(());
        };
        let link = |field| match change.after(record, field) {
            Some(Value::Link(of)) => Some(of.id),
            _ => None,
        };
        let hall = self.hall(link(Field::Movement), link(Field::Owner));
        if !self.is_worn(hall, *queue, record.of) {
            return Ok(());
        }
        let next = self.next_queue(hall, record.of).map_or_else(|| "-".to_owned(), |next| next.to_string());
        Err(Refusal::new("refused-queue-taken").with("queue", queue.to_string()).with("next", next).into())
    }

    /// The creation that taking somebody in means now: with the number that the screen offered while nobody wears it, else
    /// with the next free one. Two officers to whom the same number was offered so never refuse each other.
    pub(super) fn banded<'a>(&self, ask: &'a Ask) -> Cow<'a, Ask> {
        let Ask::TakeIn { of, facts, happened } = ask else { return Cow::Borrowed(ask) };
        let mut facts = facts.clone();
        let movement = match facts.get(&Field::Movement.into()) {
            Some(Value::Link(movement)) => Some(movement.id),
            _ => None,
        };
        let hall = self.hall(movement, None);
        let queue = match facts.remove(&Field::Queue.into()) {
            Some(Value::Number(offered)) if !self.is_worn(hall, offered, *of) => Some(offered),
            _ => self.next_queue(hall, *of).map(i64::from),
        };
        facts.extend(queue.map(|queue| (Field::Queue.into(), Value::Number(queue))));
        Cow::Owned(Ask::Create { of: *of, facts, happened: *happened })
    }

    /// Where somebody stands; who has no owner yet becomes the author's office's.
    fn hall(&self, movement: Option<Ulid>, owner: Option<Ulid>) -> Hall {
        self.index().hall(movement, owner.unwrap_or(self.author.office))
    }

    fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.inner.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_worn(&self, hall: Hall, queue: i64, but: Subject) -> bool {
        let Ok(queue) = u16::try_from(queue) else { return true };
        self.waiting(hall, but).any(|worn| worn == queue) || self.index().is_queue_taken(hall, queue, but.id)
    }

    fn next_queue(&self, hall: Hall, but: Subject) -> Option<u16> {
        self.index().next_queue(hall, self.waiting(hall, but))
    }

    /// The numbers of a hall that the index does not know yet: those of this batch.
    fn waiting(&self, hall: Hall, but: Subject) -> impl Iterator<Item = u16> {
        let is_there = move |one: &&Record| {
            let movement = one.link(Field::Movement).map(|movement| movement.id);
            let is_inside = match hall {
                Hall::Movement(_) => true,
                Hall::Office { office, .. } => one.link(Field::Owner).is_some_and(|owner| owner.id == office),
            };
            let is_here = match hall {
                Hall::Movement(here) => movement == Some(here),
                Hall::Office { newest, .. } => movement.is_none() || movement == newest,
            };
            is_inside && is_here && one.of != but && !one.is_yes(Field::IsWithdrawn)
        };
        let batch = self.mine.values().chain(self.batch.values()).filter(is_there);
        batch.filter_map(|one| u16::try_from(one.number(Field::Queue)?).ok())
    }
}
