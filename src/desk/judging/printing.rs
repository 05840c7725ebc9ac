//! Judging a print: the office's next number, and the mark on a case with its copy number. Numbers have no gaps, for the writer
//! gives them one after the other and keeps them only with the marks.

use super::Judge;
use crate::desk::ask::Denied;
use crate::desk::writer::{Author, circumstances};
use crate::domain::access::{Access, Act, Holding, Roles, can};
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part, Section};
use crate::domain::gate::Circumstances;
use crate::domain::paper::{NewPrint, Paper, next_print_number, print_number};
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Datelike, Utc};

impl Author {
    /// Whether this paper may be printed of a case now: where a reason is asked for it was given before.
    pub(in crate::desk) fn may_print(&self, paper: Paper, record: &Record, now: DateTime<Utc>) -> bool {
        if paper.is_of_office() {
            return false;
        }
        let access = can(&self.actor(), paper.act(), Section::Identity, &Holding::at(record, now));
        access >= if paper.act() == Act::PrintStep { Access::Allow } else { Access::NeedReason }
    }

    /// Whether the counts of this office may be printed: its supervisors' and leadership's, whose table says *counts* where
    /// others export.
    pub(in crate::desk) fn may_print_counts(&self) -> bool {
        let own = Holding { owner: Some(self.office), ..Holding::default() };
        can(&self.actor(), Act::Export, Section::Identity, &own) >= Access::Masked
    }
}

/// Reports that an office's own record remembers, for their copies; the journal has all of them.
const MOST_REPORTS: usize = 60;

impl Judge<'_> {
    /// The change that takes the next number of the author's own office.
    pub(super) fn next_print(&self, record: &Record) -> Result<Change, Denied> {
        let is_own = record.of.kind == Kind::Office && record.of.id == self.author.office;
        if !is_own || (self.author.roles.and(Roles::WORKERS).is_empty() && !self.author.may_print_counts()) {
            return Err(self.barred(record.of));
        }
        let now = self.inner.now();
        let year = i64::from((now + self.author.zone).year() % 100);
        let mut change = Change::on(record, Verb::Print, Timed::certain(now));
        change.set(record, Field::OfficePrint, Some(next_print_number(record.number(Field::OfficePrint), year)));
        Ok(change)
    }

    /// The mark of a report on the office that it counts for. The oldest marks go where there are too many.
    pub(super) fn reported(&self, print: &NewPrint, record: &Record) -> Result<Change, Denied> {
        let is_own = record.of.kind == Kind::Office && record.of.id == self.author.office;
        if !is_own || !print.paper.is_of_office() || !self.author.may_print_counts() {
            return Err(self.barred(record.of));
        }
        let mut change = self.printed(print, record, &circumstances(self.author, self.inner.now(), None))?;
        let mut marks: Vec<_> =
            record.items(Part::Print).map(|item| (record.at(Slot::of(item, Field::PrintAt)), item)).collect();
        marks.sort_unstable();
        let old = (marks.len() + 1).saturating_sub(MOST_REPORTS);
        for (_, item) in marks.into_iter().take(old) {
            let slots = record.facts.keys().filter(|slot| slot.item == Some(item));
            slots.for_each(|slot| change.set(record, *slot, None));
        }
        Ok(change)
    }

    /// The mark of a print: a new number is the one that this proposal took for the office, and its first copy.
    pub(super) fn printed(
        &self,
        print: &NewPrint,
        record: &Record,
        circumstances: &Circumstances<'_>,
    ) -> Result<Change, Denied> {
        let office = Subject::new(Kind::Office, self.author.office);
        let taken = || self.mine.get(&office).and_then(|office| office.number(Field::OfficePrint)).map(print_number);
        let number = print.again.clone().or_else(taken).ok_or(Refusal::new("refused-nothing-asked"))?;
        let of = |item, field| Slot::of(item, field);
        let is_it = |item: &_| record.text(of(*item, Field::PrintNo)) == Some(&number);
        let copies =
            record.items(Part::Print).filter(is_it).filter_map(|item| record.number(of(item, Field::PrintCopy)));
        let copy = copies.max().unwrap_or(0) + 1;
        if print.again.is_some() && copy == 1 {
            // A copy of what was never printed of this case.
            return Err(Refusal::new("refused-nothing-asked").into());
        }
        let now = Timed::certain(circumstances.now);
        let by = Subject::new(Kind::Operator, circumstances.actor);
        let mut change = Change::on(record, Verb::Print, now);
        let facts = [
            (Field::PrintPaper, Value::code(print.paper.code())),
            (Field::PrintNo, Value::text(number)),
            (Field::PrintCopy, Value::Number(copy)),
            (Field::PrintBy, Value::Link(by)),
            (Field::PrintAt, Value::Time(now)),
            (Field::PrintSha, Value::text(print.sha.clone())),
        ];
        for (field, value) in facts {
            change.set(record, of(print.item, field), Some(value));
        }
        Ok(change)
    }
}
