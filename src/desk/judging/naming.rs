//! What an edit names beyond its own record: a colleague who judged, a number that somebody else may wear.

use super::Judge;
use crate::desk::ask::Denied;
use crate::domain::access::Roles;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use std::sync::PoisonError;

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

    /// A wristband or queue number is one person's within a movement; whoever has no movement stands in the same hall as the
    /// newest one, and has a number that nobody wears there.
    pub(super) fn free_queue(&self, record: &Record, change: &Change) -> Result<(), Denied> {
        let is_touched = change.edits.iter().any(|edit| matches!(edit.at.field, Field::Queue | Field::Movement));
        let Some(Value::Number(queue)) = change.after(record, Field::Queue).filter(|_| is_touched) else {
            return Ok(());
        };
        let movement = match change.after(record, Field::Movement) {
            Some(Value::Link(movement)) => Some(*movement),
            _ => None,
        };
        let has_it = |other: &Record| {
            other.of != record.of
                && other.number(Field::Queue) == Some(*queue)
                && other.link(Field::Movement) == movement
                && !other.is_yes(Field::IsWithdrawn)
        };
        let number = u16::try_from(*queue).unwrap_or(u16::MAX);
        let newest = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner).newest_movement();
        let beside = newest.filter(|_| movement.is_none());
        let index = self.inner.index.read().unwrap_or_else(PoisonError::into_inner);
        let is_taken = index.is_queue_taken(movement.map(|movement| movement.id), number, record.of.id)
            || beside.is_some_and(|newest| index.is_queue_taken(Some(newest.id), number, record.of.id))
            || self.mine.values().chain(self.batch.values()).any(has_it);
        if is_taken { Err(Refusal::new("refused-queue-taken").with("queue", queue.to_string()).into()) } else { Ok(()) }
    }
}
