//! Taking apart two cases that were said to be one person's: a supervisor's, with a reason. Both cases stay, each with its own
//! history; from then on the pair is known as two people and is not asked about again.

use super::asking::After;
use super::form::{Form, Purpose};
use super::notice::Notice;
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room};
use crate::desk::Ask;
use crate::domain::access::Act;
use crate::domain::case::Case;
use crate::domain::case::items::linked;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::{ItemId, Record, Slot};
use crate::domain::status::Status;
use crate::domain::subject::{Number, Subject};
use crate::domain::value::{Timed, Value};

/// The cases that are linked as the same person's, each with its item.
fn same(record: &Record) -> impl Iterator<Item = (ItemId, Subject)> + '_ {
    Case(record).links().filter(|link| link.kind == Some("SMA")).map(|link| (link.item, link.case))
}

impl App {
    /// Asks for the reason; where several cases are linked, from which one first.
    pub(super) fn open_unmerge(&mut self) {
        let Some(record) = self.chosen_record() else { return };
        let mut others: Vec<Subject> = same(&record).map(|(_, other)| other).collect();
        others.sort_unstable();
        others.dedup();
        match others.as_slice() {
            [] => self.notice = Some(Notice::no(self.texts.get("why-not-not-linked"))),
            [one] => self.open_unmerge_form(*one),
            many => {
                let row = |(place, other): (usize, &Subject)| Row {
                    key: if place < 9 { (place + 1).to_string() } else { String::new() },
                    ..Row::new(Choice::Unmerge(*other), self.seat.link_name(*other), "")
                };
                let rows = many.iter().enumerate().map(row).collect();
                let about = many.iter().copied().chain([record.of]).collect();
                let pick = Pick::new("title-unmerge", rows).with_digits().about(about);
                self.rooms.push(Room::Pick(Box::new(pick)));
            }
        }
    }

    /// The form over the chosen case, of one that is to be another person's.
    pub(super) fn open_unmerge_form(&mut self, other: Subject) {
        let Some(record) = self.chosen_record() else { return };
        if let Some(number) = self.closed_as_duplicate(&record, other) {
            let number = number.to_string();
            self.notice = Some(Notice::no(self.texts.with("why-not-unmerge-closed", &[("number", &number)])));
            return;
        }
        self.open_small(Purpose::Unmerge);
        self.with_form(|form, _| {
            if form.purpose == Purpose::Unmerge {
                form.beside.facts.insert(Field::DuplicateOf.into(), Value::Link(other));
            }
        });
    }

    /// Whichever of two cases was closed because it is the other's: who is somebody else after all is looked after again, and
    /// that begins with opening the case.
    fn closed_as_duplicate(&self, record: &Record, other: Subject) -> Option<Number> {
        let theirs = self.seat.record(other).ok();
        let pair = [(Some(record), other), (theirs.as_ref(), record.of)];
        let mut closed = pair
            .into_iter()
            .filter_map(|(one, of)| Some((one?, of)))
            .filter(|(one, of)| Case(one).status() == Status::Tutup && one.link(Field::DuplicateOf) == Some(*of));
        Case(closed.next()?.0).number()
    }

    /// Who is taken apart, in the head of the form.
    pub fn unmerge_words(&self, form: &Form) -> String {
        let name = form.base.text(Field::Name).unwrap_or_default();
        let other = form.beside.link(Field::DuplicateOf).map(|other| self.seat.link_name(other)).unwrap_or_default();
        format!("{name}  ≠  {other}")
    }

    /// What saving asks: both sides say from now on that they are two people, where this operator may write the other one.
    pub(super) fn unmerge_asks(&self, form: &Form, why: Option<String>, happened: Timed) -> Option<(Vec<Ask>, After)> {
        let other = form.beside.link(Field::DuplicateOf)?;
        let mut asks = vec![self.parted(&form.base, other, why.clone(), happened)];
        if let Ok(theirs) = self.seat.record(other)
            && self.seat.may_on(&theirs, Act::Merge)
            && same(&theirs).any(|(_, back)| back == form.base.of)
        {
            asks.push(self.parted(&theirs, form.base.of, why, happened));
        }
        Some((asks, After::Said("notice-unmerged")))
    }

    fn parted(&self, record: &Record, other: Subject, why: Option<String>, happened: Timed) -> Ask {
        let mut change = Change::on(record, Verb::Link, happened);
        change.reason = why;
        let parted: Vec<ItemId> = same(record).filter(|(_, case)| *case == other).map(|(item, _)| item).collect();
        for slot in record.facts.keys().filter(|slot| slot.item.is_some_and(|item| parted.contains(&item))) {
            change.set(record, *slot, None);
        }
        for (slot, value) in linked(self.seat.new_id(), other, "BKN", self.seat.operator()) {
            change.set(record, slot, Some(value));
        }
        if record.link(Field::DuplicateOf) == Some(other) {
            change.set(record, Field::DuplicateOf, None);
        }
        if !same(record).any(|(item, _)| !parted.contains(&item)) {
            change.set(record, Slot::own(Field::DuplicateAnswer), Some(Value::code("BRU")));
        }
        Ask::Edit(change)
    }
}
