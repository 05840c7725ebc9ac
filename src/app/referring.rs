//! Emergency referral: one key from anywhere, of whoever is under the cursor, of the person who is being taken in, or of
//! somebody of whom nothing is known. Nothing half typed, no mark, no filter and no open question stands in its way.

use super::asking::After;
use super::form::{Form, Purpose, intake};
use super::notice::Notice;
use super::{App, Room, band};
use crate::desk::{Ask, Proposal, RowId};
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::{Record, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::summary::Signs;
use crate::domain::value::{Timed, Value};

/// What is asked of somebody of whom nothing is known, so that they are found again.
const OF_THE_UNKNOWN: [Field; 2] = [Field::Sex, Field::Marks];

impl App {
    /// Opens the referral, over whatever is there.
    pub(super) fn refer(&mut self) {
        // What only asks, or only shows, gives way to what it was asked of.
        let gives_way = |room: &Room| {
            matches!(room, Room::Pick(_) | Room::Compare(_) | Room::Confirm { .. } | Room::Refused { .. })
        };
        while self.rooms.last().is_some_and(gives_way) {
            self.rooms.pop();
        }
        self.notice = None;
        match self.rooms.last() {
            Some(Room::Form(form)) if form.purpose == Purpose::Refer => {}
            Some(Room::Form(form)) if form.purpose == Purpose::Intake && form.is_worth_keeping() => {
                self.take_in_first()
            }
            Some(Room::Form(form)) if form.base.of.kind == Kind::Case && form.base.revision > 0 => {
                let record = form.base.clone();
                self.open_small_over(record, Purpose::Refer);
            }
            Some(Room::Form(form)) if !matches!(form.purpose, Purpose::FillIn(_)) => self.refer_unknown(),
            _ => match self.in_emergency() {
                Some(row) => self.refer_row(row),
                None => self.refer_unknown(),
            },
        }
    }

    /// Whom an emergency is about: the open case, else the row under the cursor; marks are for other work.
    fn in_emergency(&self) -> Option<RowId> {
        let row = |room: &Room| match room {
            Room::Case(case) => Some(Some(case.row)),
            Room::Today(today) => Some(today.current()),
            Room::Inbox(_) => Some(self.inbox_case()),
            Room::Sheet(_) | Room::Counts(_) => Some(None),
            Room::Moving(moving) => Some(moving.people.get(moving.top).map(|person| person.row)),
            Room::Import(_) | Room::Trail(_) => Some(None),
            Room::Form(_)
            | Room::Compare(_)
            | Room::Preview(_)
            | Room::Reason(_)
            | Room::Erase(_)
            | Room::Prompt(_)
            | Room::Pick(_)
            | Room::Confirm { .. }
            | Room::Refused { .. }
            | Room::Blank => None,
        };
        self.rooms.iter().rev().find_map(row).unwrap_or_else(|| self.list.current())
    }

    fn refer_row(&mut self, row: RowId) {
        match self.seat.record_of(row) {
            Ok(record) => self.open_small_over(record, Purpose::Refer),
            Err(refusal) => {
                let text = super::notice::refusal_text(&refusal, &self.texts);
                self.refuse(text, true);
            }
        }
    }

    fn refer_unknown(&mut self) {
        let unknown = Record::empty(Subject::case(self.seat.new_id()));
        self.open_small_over(unknown, Purpose::Refer);
    }

    /// The slots of a referral: who it is, then the referral, then what helps to find an unknown person again.
    pub(super) fn referral_slots(&self, record: &Record) -> Vec<Slot> {
        let item = self.seat.new_id();
        let referral = [
            Field::LinkCase,
            Field::ReferralTo,
            Field::ReferralAt,
            Field::ReferralAmbulance,
            Field::ReferralCompanion,
            Field::ReferralReceivedBy,
        ];
        let unknown = OF_THE_UNKNOWN.iter().filter(|_| record.revision == 0);
        referral.map(|field| Slot::of(item, field)).into_iter().chain(unknown.map(|&field| Slot::own(field))).collect()
    }

    /// Marks what a small form cannot do without, and where a referral says of whom it is.
    pub(super) fn prepare_emergency(&self, form: &mut Form) {
        let is_child = |form: &Form| {
            let summary = self.seat.row_of(form.base.of.id).and_then(|row| self.seat.summary(row));
            summary.is_some_and(|summary| summary.signs.has(Signs::CHILD))
        };
        let required: &[Field] = match form.purpose {
            Purpose::Refer => &[Field::ReferralTo],
            Purpose::HandToLaw if is_child(form) => &LAW_FOR_A_CHILD,
            Purpose::HandToLaw => &LAW_FOR_A_CHILD[..5],
            Purpose::Suspend => &[Field::OperatorSuspendedWhy],
            Purpose::Seal => &[Field::SealedWhy],
            Purpose::Unmerge => &[Field::NoteText],
            Purpose::Intake
            | Purpose::Full
            | Purpose::FillIn(_)
            | Purpose::Note
            | Purpose::Flag
            | Purpose::Tier
            | Purpose::Birth
            | Purpose::Track
            | Purpose::Screening
            | Purpose::Finding
            | Purpose::Die
            | Purpose::Movement
            | Purpose::FixRow(_)
            | Purpose::Name
            | Purpose::Between(_)
            | Purpose::Office
            | Purpose::Operator => return,
        };
        for field in required {
            if let Some(entry) = form.entry_mut(*field) {
                entry.is_required = true;
            }
        }
        if form.purpose == Purpose::Refer {
            self.name_referred(form);
            form.go(1, &self.reader());
        }
    }

    /// Writes into the first line whom the referral is about.
    pub(super) fn name_referred(&self, form: &mut Form) {
        let who = (form.base.revision > 0).then_some(Value::Link(form.base.of));
        let reader = self.reader();
        if let Some(entry) = form.entry_mut(Field::LinkCase) {
            entry.put(who, &reader);
            entry.is_touched = false;
        }
    }

    /// Follows what was typed into the first line: another person, or nobody who is known.
    pub(super) fn follow_referred(&mut self) {
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let Some(entry) = form.entry(Field::LinkCase).filter(|_| form.purpose == Purpose::Refer) else { return };
        let record = match entry.value {
            _ if !entry.is_touched => return,
            Some(Value::Link(of)) if of != form.base.of => self.seat.record(of),
            None if entry.line.is_empty() && form.base.revision > 0 => {
                Ok(Record::empty(Subject::case(self.seat.new_id())))
            }
            _ => return,
        };
        match record {
            Ok(record) => {
                self.with_form(|form, reader| form.refer_to(record, reader));
            }
            Err(refusal) => {
                self.notice = Some(Notice::refusal(&refusal, &self.texts));
                // The line never names another than the one whom saving would refer.
                if let Some(Room::Form(mut form)) = self.rooms.pop() {
                    self.name_referred(&mut form);
                    self.rooms.push(Room::Form(form));
                }
            }
        }
    }

    /// What a required line lacks: the names of the lines, with the cursor on the first.
    pub(super) fn tell_missing(&mut self) -> bool {
        let labels = self.with_form(|form, reader| {
            let lacks = |entry: &&super::form::entry::Entry| entry.is_required && entry.value.is_none();
            let label = |entry: &super::form::entry::Entry| reader.texts.get(&form.label_key(entry)).into_owned();
            let is_told =
                matches!(form.purpose, Purpose::Refer | Purpose::HandToLaw | Purpose::Seal | Purpose::Unmerge);
            let labels: Vec<String> = form.entries.iter().filter(lacks).filter(|_| is_told).map(label).collect();
            let first = form.entries.iter().position(|entry| lacks(&entry)).filter(|_| !labels.is_empty());
            if let Some(first) = first {
                form.go(first, reader);
            }
            labels
        });
        let labels = labels.unwrap_or_default();
        if !labels.is_empty() {
            let text = self.texts.with("notice-required", &[("fields", &labels.join(", "))]);
            self.notice = Some(Notice::no(text));
        }
        !labels.is_empty()
    }

    /// What a referral asks of the desk: of somebody unknown also what they look like.
    pub(super) fn refer_asks(&self, form: &Form, referral: Ask, happened: Timed) -> Vec<Ask> {
        let mut asks = vec![referral];
        if form.base.revision == 0 {
            let mut change = Change::on(&form.base, Verb::Edit, happened);
            for field in OF_THE_UNKNOWN {
                change.set(&form.base, field, form.value(field).cloned());
            }
            asks.extend((!change.edits.is_empty()).then_some(Ask::Edit(change)));
        }
        asks
    }

    /// The person who is being taken in is saved first, with what reads; what does not read is kept as it was typed.
    fn take_in_first(&mut self) {
        let happened = Timed::certain(self.now());
        let (movement, me, country) = (self.kept.movement, self.seat.operator(), self.seat.country());
        let seat = self.seat.clone();
        let made = self.with_form(|form, reader| {
            form.first_error(reader);
            form.take_suggestions(reader);
            let mut facts = intake::facts(form, happened, me);
            facts.insert(Field::ReportCountry.into(), Value::code(country));
            let mut unread = intake::unread(form, reader);
            // A number that was typed and another wears stops nobody on the way to hospital.
            if let Some(Value::Number(queue)) = facts.get(&Field::Queue.into()).cloned()
                && !band::is_offered(form)
                && !seat.is_queue_free(movement, queue)
            {
                facts.remove(&Field::Queue.into());
                unread.push(format!("{}: {queue}", reader.texts.get(&Field::Queue.label_key())));
            }
            if !unread.is_empty() {
                let item = seat.new_id();
                let text = reader.texts.with("note-unread", &[("what", &unread.join("; "))]);
                facts.insert(Slot::of(item, Field::NoteText), Value::text(text));
                facts.insert(Slot::of(item, Field::NoteBy), Value::Link(me));
                facts.insert(Slot::of(item, Field::NoteAt), Value::Time(happened));
            }
            let after = After::TakenIn { offered: band::said(form) };
            (form.id, form.base.of, facts.clone(), band::ask(form, facts, happened), after)
        });
        let Some((id, of, facts, ask, after)) = made else { return };
        self.save_draft();
        self.remember(of, &facts);
        self.ask(Proposal { id, asks: vec![ask], undoes: None }, after, Some(id));
    }

    /// Opens the referral of somebody who was just taken in.
    pub(super) fn refer_created(&mut self, of: Subject) {
        match self.seat.record(of) {
            Ok(record) => self.open_small_over(record, Purpose::Refer),
            Err(refusal) => self.notice = Some(Notice::refusal(&refusal, &self.texts)),
        }
    }
}

/// What a hand-over to law enforcement cannot do without; the last one for a child only.
const LAW_FOR_A_CHILD: [Field; 6] = [
    Field::CustodyOfficer,
    Field::CustodyOfficerNo,
    Field::CustodyUnit,
    Field::CustodyLetter,
    Field::CustodyTo,
    Field::CustodyCompanion,
];

impl Form {
    /// Makes a referral one of another person; what was typed of the referral stays.
    fn refer_to(&mut self, record: Record, reader: &super::form::entry::Reader<'_>) {
        let is_unknown = record.revision == 0;
        self.base = record;
        self.entries.retain(|entry| !OF_THE_UNKNOWN.contains(&entry.slot.field));
        if is_unknown {
            let fresh = OF_THE_UNKNOWN.map(|field| super::form::entry::Entry::new(field, None, reader));
            self.entries.extend(fresh);
        }
        self.at = self.at.min(self.entries.len() - 1);
        if let Some(entry) = self.entry_mut(Field::LinkCase) {
            entry.is_touched = false;
        }
    }
}
