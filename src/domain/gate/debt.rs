//! Debts: facts that are owed after a move, and how they are settled by the facts themselves.
//!
//! Nobody ticks a debt off. It is settled by the change after which its fact holds, whatever that change was.

use super::rules::Due;
use super::{Circumstances, Draft, Fact, Rules, operator};
use crate::domain::case::Case;
use crate::domain::change::Change;
use crate::domain::field::Field;
use crate::domain::record::{Record, Slot};
use crate::domain::status::Status;
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Utc};

/// Adds to a change the settlement of every open debt whose fact holds after it. Repeating it adds nothing.
pub fn settle_debts(record: &Record, change: &mut Change, circumstances: &Circumstances<'_>) {
    let mut after = record.clone();
    change.apply(&mut after);
    let case = Case(&after);
    let is_paid = |code: &str| Fact::from_code(code).is_some_and(|fact| fact.holds(case, circumstances));
    let paid: Vec<_> = case.open_debts().filter(|debt| is_paid(debt.fact)).map(|debt| debt.item).collect();
    for item in paid {
        change.set(record, Slot::of(item, Field::DebtSettledAt), Some(Value::Time(Timed::certain(circumstances.now))));
    }
}

/// The facts whose debts fall due by a move from one status to another, and are open.
pub(super) fn fallen_due(case: Case<'_>, from: Status, to: Status, rules: &Rules) -> Vec<Fact> {
    let is_now = |debt: &crate::domain::case::items::Debt<'_>, fact: Fact| {
        let owed_for = debt.owed_for?;
        let (_, due) = rules.gate(owed_for).owed.iter().find(|(owed, _)| *owed == fact)?;
        let is_reached = due.before.is_some_and(|before| from < before && to >= before);
        Some(is_reached || (due.is_before_leaving && owed_for == from && to > from))
    };
    let mut facts: Vec<_> = case
        .open_debts()
        .filter(|debt| !debt.is_emergency)
        .filter_map(|debt| Fact::from_code(debt.fact).filter(|fact| is_now(&debt, *fact) == Some(true)))
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// What a new debt says.
pub(super) struct NewDebt<'a> {
    pub fact: Fact,
    pub owed_for: Status,
    pub due: Option<DateTime<Utc>>,
    /// The reason of an emergency.
    pub emergency: Option<&'a str>,
}

impl NewDebt<'_> {
    /// The moment until which a fact may be owed, counted from when the move happened.
    pub(super) fn due_at(due: Due, happened: Timed) -> Option<DateTime<Utc>> {
        due.within.and_then(|within| happened.at.checked_add_signed(within))
    }

    /// Writes the debt; one open debt for a fact is enough, and an emergency overrides what was owed before.
    pub(super) fn write(&self, draft: &mut Draft<'_>, circumstances: &Circumstances<'_>) {
        let after = draft.after();
        let open = Case(&after).open_debts().find(|debt| debt.fact == self.fact.code());
        let item = match open {
            Some(debt) if self.emergency.is_none() || debt.is_emergency => return,
            Some(debt) => debt.item,
            None => draft.item(),
        };
        draft.set(Slot::of(item, Field::DebtFact), Value::text(self.fact.code()));
        draft.set(Slot::of(item, Field::DebtFor), Value::code(self.owed_for.code()));
        if let Some(due) = self.due {
            draft.set(Slot::of(item, Field::DebtDue), Value::Time(Timed::certain(due)));
        }
        draft.set(Slot::of(item, Field::DebtBy), Value::Link(operator(circumstances.actor)));
        if let Some(why) = self.emergency {
            draft.set(Slot::of(item, Field::DebtIsEmergency), Value::YesNo(true));
            draft.set(Slot::of(item, Field::DebtWhy), Value::text(why));
        }
    }
}
