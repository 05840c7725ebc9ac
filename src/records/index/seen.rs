//! One case of a page as queries see it: every answer is read from the packed facts, nothing is unpacked or copied.

use super::facts::{Columns, Facts};
use super::page::{Page, ROWS, day};
use super::register::{Register, Registers};
use crate::domain::query::{Choice, Link, Look, Mark, Measure, age_on};
use std::borrow::Cow;
use ulid::Ulid;

/// One case of a page, looked at by a query.
pub struct Seen<'a> {
    pub page: &'a Page,
    pub slot: usize,
    pub registers: &'a Registers,
}

impl Seen<'_> {
    pub fn facts(&self) -> Facts {
        self.page.facts.get(self.slot)
    }

    const fn columns(&self) -> &Columns {
        &self.page.facts
    }
}

/// The column of a choice.
pub(super) const fn choices(columns: &Columns, what: Choice) -> &[u8; ROWS] {
    match what {
        Choice::Status => &columns.status,
        Choice::Tier => &columns.tier,
        Choice::Sex => &columns.sex,
        Choice::Position => &columns.position,
        Choice::Safety => &columns.safety,
        Choice::Sector => &columns.sector,
        Choice::Procedural => &columns.procedural,
        Choice::Channel => &columns.channel,
    }
}

/// The column of a set of marks.
pub(super) const fn marks(columns: &Columns, what: Mark) -> &[u32; ROWS] {
    match what {
        Mark::Sign => &columns.signs,
        Mark::Problem => &columns.problems,
    }
}

/// The column of a link with the register that it points into.
pub(super) const fn links<'a>(
    columns: &'a Columns,
    registers: &'a Registers,
    what: Link,
) -> (&'a Register, &'a [u32; ROWS]) {
    match what {
        Link::Movement => (&registers.movements, &columns.movement),
        Link::Office => (&registers.offices, &columns.office),
        Link::Officer => (&registers.offices, &columns.officer),
    }
}

/// The column of a measure that is read as it stands, zero for none; none for those that are worked out.
pub(super) const fn measures(columns: &Columns, what: Measure) -> Option<&[u32; ROWS]> {
    match what {
        Measure::Born => Some(&columns.birth),
        Measure::Due => Some(&columns.due),
        Measure::DebtDue => Some(&columns.debt_due),
        Measure::Waiting => Some(&columns.status_at),
        Measure::Changed => Some(&columns.changed_at),
        Measure::Reported => Some(&columns.reported_at),
        Measure::Age | Measure::Queue | Measure::Number | Measure::Running | Measure::Debts => None,
    }
}

impl Look for Seen<'_> {
    fn choice(&self, what: Choice) -> u8 {
        choices(self.columns(), what)[self.slot]
    }

    fn marks(&self, what: Mark) -> u32 {
        marks(self.columns(), what)[self.slot]
    }

    fn measure(&self, what: Measure) -> Option<i64> {
        let (facts, slot) = (self.columns(), self.slot);
        let some = |n: u32| (n != 0).then_some(i64::from(n));
        match what {
            Measure::Age => age_on(day(facts.birth[slot])?, day(facts.interest_on[slot])?).map(i64::from),
            Measure::Queue => some(facts.queue[slot].into()),
            Measure::Number => Some(facts.number[slot].into()),
            Measure::Running => Some((facts.number[slot] % 1_000_000).into()),
            Measure::Debts => Some(facts.open_debts[slot].into()),
            Measure::Born
            | Measure::Due
            | Measure::DebtDue
            | Measure::Waiting
            | Measure::Changed
            | Measure::Reported => measures(facts, what).and_then(|column| some(column[slot])),
        }
    }

    fn link(&self, what: Link) -> Option<Ulid> {
        let (register, places) = links(self.columns(), self.registers, what);
        register.id(places[self.slot])
    }

    fn home(&self) -> u32 {
        self.columns().home[self.slot]
    }

    fn country(&self) -> Option<[u8; 3]> {
        Some(self.columns().country[self.slot]).filter(|code| *code != [0; 3])
    }

    fn group(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.page.shown.of(self.slot).rsplit('\n').next().unwrap_or_default())
    }

    fn names(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.page.names.of(self.slot))
    }

    fn keys(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.page.keys.of(self.slot))
    }
}
