//! One case of a page as queries see it: every answer is read from the packed facts, nothing is unpacked or copied.

use super::page::{Facts, Page, day};
use super::register::Registers;
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
    pub fn facts(&self) -> &Facts {
        &self.page.facts[self.slot]
    }
}

impl Look for Seen<'_> {
    fn choice(&self, what: Choice) -> u8 {
        let facts = self.facts();
        match what {
            Choice::Status => facts.status,
            Choice::Tier => facts.tier,
            Choice::Sex => facts.sex,
            Choice::Position => facts.position,
            Choice::Safety => facts.safety,
            Choice::Sector => facts.sector,
            Choice::Procedural => facts.procedural,
            Choice::Channel => facts.channel,
        }
    }

    fn marks(&self, what: Mark) -> u32 {
        match what {
            Mark::Sign => self.facts().signs,
            Mark::Problem => self.facts().problems,
        }
    }

    fn measure(&self, what: Measure) -> Option<i64> {
        let facts = self.facts();
        let some = |n: u32| (n != 0).then_some(i64::from(n));
        match what {
            Measure::Age => age_on(day(facts.birth)?, day(facts.interest_on)?).map(i64::from),
            Measure::Born => some(facts.birth),
            Measure::Queue => some(facts.queue.into()),
            Measure::Number => Some(facts.number.into()),
            Measure::Running => Some((facts.number % 1_000_000).into()),
            Measure::Debts => Some(facts.open_debts.into()),
            Measure::Due => some(facts.due),
            Measure::DebtDue => some(facts.debt_due),
            Measure::Waiting => some(facts.status_at),
            Measure::Changed => some(facts.changed_at),
            Measure::Reported => some(facts.reported_at),
        }
    }

    fn link(&self, what: Link) -> Option<Ulid> {
        match what {
            Link::Movement => self.registers.movements.id(self.facts().movement),
            Link::Office => self.registers.offices.id(self.facts().office),
            Link::Officer => self.registers.offices.id(self.facts().officer),
        }
    }

    fn home(&self) -> u32 {
        self.facts().home
    }

    fn country(&self) -> Option<[u8; 3]> {
        Some(self.facts().country).filter(|code| *code != [0; 3])
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
