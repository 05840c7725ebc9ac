//! Forms: lists of typed fields over one record. Every form of the program is this one, with other fields and another
//! purpose; what happens on saving is the app's to ask of the desk.
//!
//! A form freezes the record it was opened on: the record beneath may move on, the form may not.

mod between;
mod choices;
pub mod draft;
mod echo;
pub mod entry;
pub mod full;
pub mod grid;
pub mod intake;

pub use between::Between;

use super::key::Key;
use crate::desk::Candidate;
use crate::desk::importing::Verdict;
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Page, Section, Shape};
use crate::domain::record::{Facts, ItemId, Record, Slot};
use crate::domain::status::Status;
use crate::domain::subject::Subject;
use crate::domain::value::{Timed, Value};
use crate::domain::words::List;
use entry::{Entry, Reader};
use ulid::Ulid;

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A walk-in, on one screen.
    Intake,
    /// The whole record, in pages.
    Full,
    /// The facts that a move still needs.
    FillIn(Status),
    /// Emergency referral.
    Refer,
    /// Handed to law enforcement.
    HandToLaw,
    Note,
    Flag,
    Tier,
    /// A baby was born: a new case linked to its mother's.
    Birth,
    /// A parallel track begins or goes on.
    Track,
    /// The trafficking grid.
    Screening,
    /// A qualification: dated, sourced, numbered, by somebody else's authority.
    Finding,
    /// Somebody has died.
    Die,
    /// Who is named in a case.
    Name,
    /// A case is sealed, or its seal is taken off.
    Seal,
    /// Two cases are taken apart that were said to be one person's.
    Unmerge,
    /// An office: mostly the operator's own.
    Office,
    /// An operator: who, as what, by which doors.
    Operator,
    /// Somebody's access is taken.
    Suspend,
    /// Something between offices.
    Between(Between),
    /// The movement that a manifest becomes.
    Movement,
    /// One row of a manifest, mended before it is committed.
    FixRow(usize),
}

impl Purpose {
    /// The stored name of the purpose in drafts, and after `form-` the key of its title.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Full => "full",
            Self::FillIn(_) => "fill-in",
            Self::Refer => "refer",
            Self::HandToLaw => "hand-to-law",
            Self::Note => "note",
            Self::Flag => "flag",
            Self::Tier => "tier",
            Self::Birth => "birth",
            Self::Track => "track",
            Self::Screening => "screening",
            Self::Finding => "finding",
            Self::Die => "die",
            Self::Name => "name",
            Self::Seal => "seal",
            Self::Unmerge => "unmerge",
            Self::Office => "office",
            Self::Operator => "operator",
            Self::Suspend => "suspend",
            Self::Between(what) => what.code(),
            Self::Movement => "movement",
            Self::FixRow(_) => "fix-row",
        }
    }
}

/// What a key did to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Something on the screen, perhaps.
    Something,
    /// Enter on the last field: save.
    Save,
    NotMine,
}

/// A form being filled.
#[derive(Clone)]
pub struct Form {
    pub purpose: Purpose,
    /// The id of the commit that this form becomes: one form is saved at most once.
    pub id: Ulid,
    /// The record as it was when the form opened; revision 0 for a new case.
    pub base: Record,
    pub entries: Vec<Entry>,
    pub at: usize,
    pub page: Page,
    /// Whether anything was typed since opening.
    pub is_dirty: bool,
    /// What a scan said of the document beyond the lines of the form, the number that it belongs to among it.
    pub scanned: Vec<(Slot, Value)>,
    /// Who this may be already, for forms that take in a person.
    pub alike: Vec<Candidate>,
    /// Facts that were decided beside what is typed: who this is, and who not.
    pub beside: Record,
}

/// Shows the purpose, never what is typed.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Form({:?}, {} entries)", self.purpose, self.entries.len())
    }
}

impl Form {
    /// A form over these slots, prefilled from the record.
    pub fn over(purpose: Purpose, id: Ulid, base: Record, slots: &[Slot], reader: &Reader<'_>) -> Self {
        let beside = Record::empty(base.of);
        let entry = |&slot: &Slot| {
            let mut entry = Entry::new(slot, base.get(slot).cloned(), reader);
            if entry.has_own_choices() {
                entry.choose_from(choices::of(slot.field, &base, reader), reader);
            }
            entry
        };
        let entries = slots.iter().map(entry).collect();
        let mut form = Self {
            purpose,
            id,
            base,
            entries,
            at: 0,
            page: Page::Person,
            is_dirty: false,
            alike: Vec::new(),
            scanned: Vec::new(),
            beside,
        };
        form.enter();
        form
    }

    /// The entry under the cursor.
    pub fn current(&self) -> &Entry {
        &self.entries[self.at]
    }

    /// The entry of a field of the record itself or of the first item that has it.
    pub fn entry(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slot.field == field)
    }

    pub fn entry_mut(&mut self, field: Field) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.slot.field == field)
    }

    /// The value that a field would be saved with.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.entry(field).and_then(|entry| entry.value.as_ref())
    }

    fn enter(&mut self) {
        if let Some(entry) = self.entries.get_mut(self.at) {
            entry.enter();
        }
    }

    /// The places of the entries on the present page.
    pub fn on_page(&self) -> Vec<usize> {
        let is_here = |entry: &Entry| self.purpose != Purpose::Full || full::page_of(entry.slot) == self.page;
        (0..self.entries.len()).filter(|&place| is_here(&self.entries[place])).collect()
    }

    /// Moves the cursor to an entry, leaving the present one.
    pub fn go(&mut self, place: usize, reader: &Reader<'_>) {
        self.leave_current(reader);
        self.at = place.min(self.entries.len() - 1);
        if self.purpose == Purpose::Full {
            self.page = full::page_of(self.entries[self.at].slot);
        }
        self.enter();
    }

    fn leave_current(&mut self, reader: &Reader<'_>) {
        let before = self.current().value.clone();
        self.entries[self.at].leave(reader);
        if self.current().slot.field == Field::HandedContact && self.current().value != before {
            self.name_receiver(reader);
        }
    }

    /// Moves the cursor by fields; stays at the ends.
    pub fn step(&mut self, by: isize, reader: &Reader<'_>) {
        let place = self.at.saturating_add_signed(by).min(self.entries.len() - 1);
        self.go(place, reader);
    }

    /// Takes a key that the layer did not take.
    pub fn press(&mut self, key: Key, reader: &Reader<'_>) -> Typed {
        match key {
            Key::Enter if self.at + 1 == self.entries.len() => {
                self.leave_current(reader);
                Typed::Save
            }
            Key::Enter => {
                self.step(1, reader);
                Typed::Something
            }
            _ if self.current().question.is_some() => self.answer(key, reader),
            Key::Char(_) if self.answers_at_once(key) => {
                self.is_dirty = true;
                self.entries[self.at].press(key, reader);
                Typed::Something
            }
            _ if self.entries[self.at].press(key, reader) => {
                self.is_dirty |= self.entries[self.at].is_touched;
                Typed::Something
            }
            _ => Typed::NotMine,
        }
    }

    /// Letters in a field of check marks act as switches: the same letter again takes it back.
    fn answers_at_once(&mut self, key: Key) -> bool {
        let entry = &mut self.entries[self.at];
        let (Shape::Choices(List::Check), Key::Char(letter)) = (entry.slot.field.shape(), key) else { return false };
        let letter = letter.to_ascii_uppercase();
        let text = entry.line.text().to_uppercase();
        if text.contains(letter) {
            entry.line.set(&text.replace(letter, ""));
            entry.line.press(Key::End);
            return false;
        }
        true
    }

    /// Types pasted text into the present field.
    pub fn paste(&mut self, text: &str, reader: &Reader<'_>) {
        if self.current().question.is_some() {
            return;
        }
        self.entries[self.at].paste(text, reader);
        self.is_dirty = true;
    }

    /// Leaves every entry and gives the place of the first one that does not read.
    pub fn first_error(&mut self, reader: &Reader<'_>) -> Option<usize> {
        if !self.current().line.is_empty() {
            self.leave_current(reader);
        }
        self.entries.iter_mut().filter(|entry| !entry.line.is_empty()).for_each(|entry| entry.leave(reader));
        self.entries.iter().position(|entry| entry.error.is_some())
    }

    /// What is suggested in brackets and nobody typed over is taken as the screen shows it: of a new person what the NIK
    /// says, with its source where the fact has one; of a step what is known of it. Deciding nothing would make an unknown of a child whose age stood on the screen.
    pub fn take_suggestions(&mut self, reader: &Reader<'_>) {
        if matches!(self.purpose, Purpose::Intake | Purpose::FillIn(_) | Purpose::Refer) {
            self.entries.iter_mut().filter(|entry| entry.grey.is_some()).for_each(|entry| entry.leave(reader));
        }
    }

    /// What the scan said beyond the lines, as long as its document's number stands in the form.
    pub fn carried(&self) -> impl Iterator<Item = &(Slot, Value)> {
        let number = self.value(Field::DocNo);
        let is_same = self.scanned.iter().any(|(slot, value)| slot.field == Field::DocNo && number == Some(value));
        self.scanned.iter().filter(move |(slot, _)| is_same && slot.field != Field::DocNo)
    }

    /// The key of an entry's label.
    pub fn label_key(&self, entry: &Entry) -> String {
        match (self.purpose, entry.slot.field) {
            (Purpose::Refer, Field::LinkCase) => "refer-who".to_owned(),
            (Purpose::Die, Field::NoteText) => "retract-why".to_owned(),
            (Purpose::Unmerge, Field::NoteText) => "unmerge-why".to_owned(),
            (Purpose::Between(Between::AskByNumber), Field::InquiryNote) => Field::OfferWhy.label_key(),
            (_, field) => field.label_key(),
        }
    }

    /// The edits of this form as one change on the frozen record.
    pub fn change(&self, verb: Verb, happened: Timed) -> Change {
        let mut change = Change::on(&self.base, verb, happened);
        for entry in &self.entries {
            if entry.is_touched || self.base.revision == 0 {
                change.set(&self.base, entry.slot, entry.value.clone());
            }
        }
        change
    }

    /// The values as they stand, with what is suggested where nothing is typed.
    pub fn known(&self) -> Facts {
        self.entries.iter().filter_map(|entry| Some((entry.slot, entry.read_or_suggested()?.clone()))).collect()
    }

    /// Keeps beside the entries what was decided of somebody alike, in place of what was decided of them before.
    pub fn say_beside(&mut self, other: Subject, link: impl IntoIterator<Item = (Slot, Value)>) {
        let was: Vec<ItemId> =
            Case(&self.beside).links().filter(|link| link.case == other).map(|link| link.item).collect();
        self.beside.facts.retain(|slot, _| slot.item.is_none_or(|item| !was.contains(&item)));
        self.beside.facts.extend(link);
        let is_somebody = Case(&self.beside).links().any(|link| link.kind == Some("SMA"));
        let answer = Slot::own(Field::DuplicateAnswer);
        if is_somebody {
            self.beside.facts.insert(answer, Value::code("SMA"));
        } else {
            self.beside.facts.remove(&answer);
        }
        self.is_dirty = true;
    }

    /// What was decided of somebody alike.
    pub fn verdict_on(&self, other: Subject) -> Option<Verdict> {
        let link = Case(&self.beside).links().find(|link| link.case == other)?;
        Some(if link.kind == Some("SMA") { Verdict::Same } else { Verdict::Another })
    }

    /// Whether something stands here that would be lost with the form: typed text, or a value of the record typed away.
    pub fn is_worth_keeping(&self) -> bool {
        let is_typed =
            |entry: &Entry| entry.is_touched && (!entry.line.is_empty() || self.base.get(entry.slot).is_some());
        self.is_dirty && self.entries.iter().any(is_typed)
    }

    /// Whether nothing that identifies a person or an item was typed yet.
    pub fn is_blank(&self) -> bool {
        let is_of_all = |entry: &Entry| entry.slot.field == Field::Movement;
        self.entries.iter().all(|entry| entry.line.is_empty() || !entry.is_touched || is_of_all(entry))
    }
}

/// Whether `=` may bring this field over from the person before: never what identifies or heals one.
pub fn may_repeat(field: Field) -> bool {
    let is_personal = matches!(
        field,
        Field::Name
            | Field::PassportName
            | Field::Aliases
            | Field::Nik
            | Field::Birth
            | Field::FamilyCard
            | Field::DocNo
            | Field::PhoneNo
            | Field::ContactPhone
            | Field::Queue
    );
    !is_personal && field.section() != Section::Health && field.section() != Section::Law
}
