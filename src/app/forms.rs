//! Forms at work: opening, typing, suggestions, likely duplicates, drafts, saving.

use super::asking::After;
use super::form::draft::Draft;
use super::form::entry::Reader;
use super::form::{Form, Purpose, Typed, full, intake, may_repeat};
use super::key::Key;
use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::desk::{Ask, Proposal};
use crate::domain::change::{Change, Verb};
use crate::domain::check::CheckContext;
use crate::domain::field::{Field, Part};
use crate::domain::flags::NewFlag;
use crate::domain::gate::{Custody, Death, Referral};
use crate::domain::record::{Facts, ItemId, Record, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::track::Step;
use crate::domain::value::{Timed, Value};
use crate::domain::words::List;
use crate::identity::mrz;
use std::time::Duration;

/// A draft is kept this long after the last key.
const DRAFT_AFTER: Duration = Duration::from_millis(400);

impl App {
    /// What entries need to read what is typed.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { texts: &self.texts, check: self.check(), seat: &self.seat }
    }

    fn check(&self) -> CheckContext {
        let now = self.now();
        let zone = self.seat.zone();
        CheckContext::new(now, zone)
    }

    /// Runs something on the form on top, with what it needs to read.
    fn with_form<T>(&mut self, work: impl FnOnce(&mut Form, &Reader<'_>) -> T) -> Option<T> {
        let reader = Reader { texts: &self.texts, check: self.check(), seat: &self.seat };
        match self.rooms.last_mut() {
            Some(Room::Form(form)) => Some(work(form, &reader)),
            _ => None,
        }
    }

    pub(super) fn open_intake(&mut self) {
        let ids = [self.seat.new_id(), self.seat.new_id(), self.seat.new_id()];
        let (id, case) = (self.seat.new_id(), self.seat.new_id());
        let mut kept = self.kept.clone();
        kept.queue = self.seat.next_queue(kept.movement);
        let form = intake::open(id, case, ids, &kept, &self.reader());
        self.rooms.push(Room::Form(Box::new(form)));
    }

    pub(super) fn open_full(&mut self) {
        let Some(record) = self.chosen_record() else { return };
        let seat = self.seat.clone();
        let may_edit = |field: Field| seat.may_edit(&record, field);
        let form = full::open(seat.new_id(), record.clone(), &may_edit, &mut || seat.new_id(), &self.reader());
        if form.entries.is_empty() {
            return self.refuse(self.texts.get("why-not-access").to_string(), true);
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    fn chosen_record(&mut self) -> Option<Record> {
        let row = self.chosen_one()?;
        match self.seat.record_of(row) {
            Ok(record) => Some(record),
            Err(refusal) => {
                self.refuse(refusal_text(&refusal, &self.texts), true);
                None
            }
        }
    }

    /// A form of few fields over the chosen case.
    pub(super) fn open_small(&mut self, purpose: Purpose) {
        if let Some(record) = self.chosen_record() {
            self.open_small_over(record, purpose);
        }
    }

    /// Emergency referral from anywhere: of the case that is open, of the person being taken in (who is saved first), or
    /// of somebody of whom nothing is known.
    pub(super) fn refer(&mut self) {
        let unknown = || Record::empty(Subject::case(self.seat.new_id()));
        match self.rooms.last() {
            Some(Room::Form(form)) if form.purpose == Purpose::Intake && !form.is_blank() => {
                self.save_form();
                if !self.is_waiting() && !matches!(self.rooms.last(), Some(Room::Form(_))) {
                    self.open_small(Purpose::Refer);
                }
            }
            Some(Room::Form(form)) if form.purpose == Purpose::Refer => {}
            Some(Room::Form(form)) if form.base.of.kind == Kind::Case && form.base.revision > 0 => {
                let record = form.base.clone();
                self.open_small_over(record, Purpose::Refer);
            }
            Some(Room::Form(_)) => self.open_small_over(unknown(), Purpose::Refer),
            _ if self.chosen().is_empty() => self.open_small_over(unknown(), Purpose::Refer),
            _ if self.chosen().len() > 1 => self.refuse(self.texts.get("why-not-one-only").into_owned(), true),
            _ => self.open_small(Purpose::Refer),
        }
    }

    fn open_small_over(&mut self, record: Record, purpose: Purpose) {
        let item = self.seat.new_id();
        let of = |field: Field| Slot::of(item, field);
        let now = Value::Time(Timed::certain(self.now()));
        let mut slots: Vec<Slot> = match purpose {
            Purpose::Refer => vec![
                of(Field::ReferralTo),
                of(Field::ReferralAt),
                of(Field::ReferralAmbulance),
                of(Field::ReferralCompanion),
                of(Field::ReferralReceivedBy),
            ],
            Purpose::HandToLaw => vec![
                of(Field::CustodyOfficer),
                of(Field::CustodyOfficerNo),
                of(Field::CustodyUnit),
                of(Field::CustodyLetter),
                of(Field::CustodyTo),
                of(Field::CustodyCompanion),
                of(Field::CustodyAt),
            ],
            Purpose::Note => vec![of(Field::NoteText)],
            Purpose::Flag => vec![of(Field::Flag), of(Field::FlagWhy), of(Field::FlagTo)],
            Purpose::Tier => vec![Slot::own(Field::RaisedTier), Slot::own(Field::RaisedTierWhy)],
            Purpose::Track => {
                vec![of(Field::TrackState), of(Field::TrackNo), of(Field::TrackAt), of(Field::TrackTakenOverBy)]
            }
            Purpose::Die => {
                [Field::DiedAt, Field::DeathPlace, Field::DeathCause, Field::DeathNature].map(Slot::own).to_vec()
            }
            Purpose::Intake
            | Purpose::Full
            | Purpose::FillIn(_)
            | Purpose::Birth
            | Purpose::Movement
            | Purpose::FixRow(_) => return,
        };
        if purpose == Purpose::Flag {
            slots.extend(record.items(Part::Flag).map(|item| Slot::of(item, Field::FlagTo)));
        }
        let mut form = Form::over(purpose, self.seat.new_id(), record, &slots, &self.reader());
        let reader = self.reader();
        for field in [Field::ReferralAt, Field::CustodyAt, Field::TrackAt] {
            if let Some(entry) = form.entry_mut(field) {
                entry.suggest(now.clone(), &reader);
            }
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    pub(super) fn open_birth(&mut self) {
        let Some(mother) = self.chosen_record() else { return };
        let slots = [Field::Name, Field::Sex, Field::Birth].map(Slot::own);
        let mut form = Form::over(Purpose::Birth, self.seat.new_id(), mother, &slots, &self.reader());
        let reader = self.reader();
        for entry in &mut form.entries {
            entry.put(None, &reader);
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    pub(super) fn type_into_form(&mut self, key: Key) {
        if key == Key::Char('=') && self.repeat_field() {
            return;
        }
        let typed = self.with_form(|form, reader| form.press(key, reader));
        match typed {
            Some(Typed::Save) => self.save_form(),
            Some(Typed::Something) => self.after_typing(),
            Some(Typed::NotMine) | None => {}
        }
    }

    pub(super) fn paste_into_form(&mut self, text: &str) {
        self.with_form(|form, reader| form.paste(text, reader));
        self.after_typing();
    }

    /// Takes back what a scanner typed into the field before it was recognised.
    pub(super) fn untype(&mut self, characters: usize) {
        self.with_form(|form, reader| {
            for _ in 0..characters {
                form.press(Key::Backspace, reader);
            }
        });
    }

    /// Brings the field over from the person saved before; says whether the key was meant so.
    fn repeat_field(&mut self) -> bool {
        let Some(last) = self.last_saved.clone() else { return false };
        let done = self.with_form(|form, reader| {
            let field = form.current().slot.field;
            if !form.current().line.is_empty() || form.base.revision > 0 {
                return None;
            }
            if !may_repeat(field) {
                return Some(false);
            }
            let value = last.facts.iter().find(|(slot, _)| slot.field == field).map(|(_, value)| value.clone())?;
            let at = form.at;
            intake::put_typed(&mut form.entries[at], value, reader);
            form.is_dirty = true;
            Some(true)
        });
        match done.flatten() {
            Some(true) => true,
            Some(false) => {
                self.notice = Some(Notice::no(self.texts.get("notice-not-repeated")));
                true
            }
            None => false,
        }
    }

    pub(super) fn step_field(&mut self, by: isize) {
        self.with_form(|form, reader| form.step(by, reader));
        self.after_typing();
    }

    pub(super) fn turn_page(&mut self, by: isize) {
        self.with_form(|form, reader| form.turn(by, reader));
        self.after_typing();
    }

    pub(super) fn add_item(&mut self) {
        let fresh = self.seat.new_id();
        if self.with_form(|form, reader| form.add_item(fresh, reader)) == Some(false) {
            self.notice = Some(Notice::info(self.texts.get("notice-no-more-items")));
        }
    }

    /// What follows every key in a form: suggestions, likely duplicates, the draft's clock.
    fn after_typing(&mut self) {
        self.notice = None;
        let is_person = self.with_form(|form, reader| {
            let is_person = form.purpose == Purpose::Intake;
            if is_person {
                intake::suggest_from_nik(form, reader);
            }
            is_person
        });
        if is_person == Some(true) {
            self.look_for_duplicates();
        }
        if matches!(self.rooms.last(), Some(Room::Form(form)) if form.is_dirty) {
            self.draft_due = Some(self.instant + DRAFT_AFTER);
        }
    }

    fn look_for_duplicates(&mut self) {
        let seat = self.seat.clone();
        self.with_form(|form, _| {
            let known = form.entries.iter().filter_map(|entry| Some((entry.slot, entry.value.clone()?))).collect();
            form.alike = seat.candidates(&known, 5);
        });
    }

    /// A whole scan: fills an empty form, offers in a filled one, opens quick intake where there is none.
    pub(super) fn scanned(&mut self, text: &str) {
        let today = self.seat.zone().day(self.now());
        let scan = match mrz::read(text, today) {
            Ok(mrz::Reading::Sound { mrz, .. }) => mrz,
            Ok(mrz::Reading::Doubtful { failing, .. }) => {
                let fields: Vec<String> = failing.iter().map(|field| self.texts.get(field.key()).to_string()).collect();
                self.notice =
                    Some(Notice::no(self.texts.with("notice-scan-failed", &[("fields", &fields.join(", "))])));
                return;
            }
            Err(_) => {
                self.notice = Some(Notice::no(self.texts.get("notice-scan-unreadable")));
                return;
            }
        };
        if !matches!(self.rooms.last(), Some(Room::Form(form)) if form.purpose == Purpose::Intake) {
            if matches!(self.rooms.last(), Some(Room::Form(_))) {
                self.notice = Some(Notice::no(self.texts.get("notice-scan-not-here")));
                return;
            }
            self.open_intake();
        }
        let in_the_way = self
            .with_form(|form, reader| {
                let values = intake::scanned(&scan);
                let first_empty = |form: &Form| form.entries.iter().position(|entry| entry.line.is_empty());
                let in_the_way = intake::fill(form, values, reader);
                let place = first_empty(form).unwrap_or(form.at);
                form.go(place, reader);
                in_the_way
            })
            .unwrap_or_default();
        self.after_typing();
        let labels: Vec<String> =
            in_the_way.iter().map(|(field, _)| self.texts.get(&field.label_key()).to_string()).collect();
        self.notice = Some(if labels.is_empty() {
            Notice::done(self.texts.get("notice-scanned"))
        } else {
            Notice::no(self.texts.with("notice-scan-differs", &[("fields", &labels.join(", "))]))
        });
    }

    /// Keeps what is half typed.
    pub(super) fn save_draft(&mut self) {
        self.draft_due = None;
        for room in &self.rooms {
            if let Room::Form(form) = room
                && form.is_dirty
                && form.purpose.has_draft()
            {
                let bytes = Draft::of(form).to_bytes();
                if let Err(fault) = self.seat.save_draft(form.id, &bytes) {
                    self.notice = Some(Notice::fault(&fault, &self.texts));
                }
            }
        }
    }

    /// Esc: the form goes, its draft stays.
    pub(super) fn leave_form(&mut self) {
        self.save_draft();
        if let Some(Room::Form(form)) = self.rooms.pop() {
            self.notice =
                (form.is_dirty && form.purpose.has_draft()).then(|| Notice::info(self.texts.get("notice-draft-kept")));
        }
    }

    pub(super) fn save_form(&mut self) {
        if self.with_form(first_hindrance) != Some(None) {
            self.notice = Some(Notice::no(self.texts.get("notice-mend-field")));
            return;
        }
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let (purpose, id) = (form.purpose, form.id);
        if matches!(purpose, Purpose::FillIn(_) | Purpose::Movement | Purpose::FixRow(_)) {
            let entries = form.entries.clone();
            self.seat.drop_draft(id);
            self.rooms.pop();
            return match purpose {
                Purpose::FixRow(row) => self.fixed_row(row, &entries),
                Purpose::Movement => self.movement_filled(&entries),
                _ => self.filled_in(&entries),
            };
        }
        let form = form.clone();
        let Some((asks, after)) = self.asks_of(&form) else { return };
        self.draft_due = None;
        if let Err(fault) = self.seat.save_draft(id, &Draft::of(&form).to_bytes()) {
            self.notice = Some(Notice::fault(&fault, &self.texts));
        }
        if let (Purpose::Intake, Some(Ask::Create { of, facts, .. })) = (purpose, asks.first()) {
            self.remember(*of, facts);
        }
        self.ask(Proposal { id, asks, undoes: None }, after, Some(id));
    }

    /// What the next person starts with.
    fn remember(&mut self, of: Subject, facts: &Facts) {
        let mut record = Record::empty(of);
        record.facts = facts.clone();
        self.kept.destination_place = record.text(Field::DestinationPlace).map(str::to_owned);
        self.last_saved = Some(record);
    }

    /// What saving a form asks of the desk.
    fn asks_of(&mut self, form: &Form) -> Option<(Vec<Ask>, After)> {
        let happened = Timed::certain(self.now());
        let of = form.base.of;
        Some(match form.purpose {
            Purpose::Intake => {
                if form.is_blank() {
                    self.notice = Some(Notice::no(self.texts.get("notice-form-empty")));
                    return None;
                }
                let mut facts = intake::facts(form, happened, self.kept.movement, self.seat.operator());
                facts.insert(Field::ReportCountry.into(), Value::code(self.seat.country()));
                (vec![Ask::Create { of, facts, happened }], After::Created)
            }
            Purpose::Full => {
                let mut change = form.change(Verb::Edit, happened);
                sign(&mut change, &form.base, happened, self.seat.operator());
                if change.edits.is_empty() {
                    self.notice = Some(Notice::info(self.texts.get("notice-nothing-changed")));
                    return None;
                }
                (vec![Ask::Edit(change)], After::Saved)
            }
            Purpose::Note => {
                let mut change = form.change(Verb::Note, happened);
                let item = form.entries.first()?.slot.item?;
                change.set(&form.base, Slot::of(item, Field::NoteBy), Some(Value::Link(self.seat.operator())));
                change.set(&form.base, Slot::of(item, Field::NoteAt), Some(Value::Time(happened)));
                (vec![Ask::Edit(change)], After::Said("notice-noted"))
            }
            Purpose::Flag => (flag_asks(form, happened), After::Said("notice-flagged")),
            Purpose::Refer => {
                let referral = Referral {
                    happened: time_of(form, Field::ReferralAt).unwrap_or(happened),
                    to: text_of(form, Field::ReferralTo).unwrap_or_default(),
                    ambulance: text_of(form, Field::ReferralAmbulance),
                    companion: text_of(form, Field::ReferralCompanion),
                    received_by: text_of(form, Field::ReferralReceivedBy),
                };
                (vec![Ask::Refer { of, referral }], After::Said("notice-referred"))
            }
            Purpose::HandToLaw => {
                let said = |field| text_of(form, field).unwrap_or_default();
                let custody = Custody {
                    happened: time_of(form, Field::CustodyAt).unwrap_or(happened),
                    officer: said(Field::CustodyOfficer),
                    officer_no: said(Field::CustodyOfficerNo),
                    unit: said(Field::CustodyUnit),
                    letter: said(Field::CustodyLetter),
                    to: said(Field::CustodyTo),
                    companion: text_of(form, Field::CustodyCompanion),
                };
                (vec![Ask::HandToLaw { of, custody }], After::Said("notice-handed-to-law"))
            }
            Purpose::Tier => {
                let tier = code_of(form, Field::RaisedTier, List::Tier);
                let why = text_of(form, Field::RaisedTierWhy).unwrap_or_default();
                (vec![Ask::Tier { of, tier, why, happened }], After::Said("notice-tier"))
            }
            Purpose::Birth => (self.birth_asks(form, happened), After::Created),
            Purpose::Track => {
                let Some(state) = code_of(form, Field::TrackState, List::TrackState) else {
                    self.notice = Some(Notice::no(self.texts.get("notice-form-empty")));
                    return None;
                };
                let is_same = |item: &ItemId| {
                    form.base.code(Slot::of(*item, Field::Track)).is_some_and(|track| state.starts_with(track))
                };
                let step = Step {
                    item: form.base.items(Part::Track).find(is_same),
                    state,
                    happened: time_of(form, Field::TrackAt).unwrap_or(happened),
                    no: text_of(form, Field::TrackNo),
                    taken_over_by: text_of(form, Field::TrackTakenOverBy),
                };
                (vec![Ask::Step { of, step }], After::Said("notice-track"))
            }
            Purpose::Die => {
                let death = Death {
                    died: time_of(form, Field::DiedAt).unwrap_or(happened),
                    place: text_of(form, Field::DeathPlace),
                    cause: text_of(form, Field::DeathCause),
                    nature: code_of(form, Field::DeathNature, List::DeathNature),
                };
                (vec![Ask::Die { of, death }], After::Said("notice-died"))
            }
            Purpose::FillIn(_) | Purpose::Movement | Purpose::FixRow(_) => return None,
        })
    }

    /// A baby: a case of its own, linked both ways, travelling with its mother.
    fn birth_asks(&self, form: &Form, happened: Timed) -> Vec<Ask> {
        let mother = &form.base;
        let baby = Subject::case(self.seat.new_id());
        let mut facts: Facts =
            form.entries.iter().filter_map(|entry| Some((entry.slot, entry.value.clone()?))).collect();
        let inherited = [Field::Movement, Field::Group, Field::Home, Field::Position, Field::PositionPlace];
        for field in inherited {
            if let Some(value) = mother.get(field) {
                facts.insert(field.into(), value.clone());
            }
        }
        facts.insert(Field::Company.into(), Value::code("BRS"));
        facts.insert(Field::ReportChannel.into(), Value::code("LAI"));
        facts.insert(Field::ReportedAt.into(), Value::Time(happened));
        facts.insert(Field::ReportCountry.into(), Value::code(self.seat.country()));
        let me = Value::Link(self.seat.operator());
        let link = |case: Subject, kind: &str| {
            let item = self.seat.new_id();
            [
                (Slot::of(item, Field::LinkCase), Value::Link(case)),
                (Slot::of(item, Field::LinkKind), Value::code(kind)),
                (Slot::of(item, Field::LinkBy), me.clone()),
            ]
        };
        facts.extend(link(mother.of, "IBU"));
        let mut change = Change::on(mother, Verb::Link, happened);
        for (slot, value) in link(baby, "ANK") {
            change.set(mother, slot, Some(value));
        }
        vec![Ask::Create { of: baby, facts, happened }, Ask::Edit(change)]
    }
}

/// The first field that hinders saving gets the cursor. A broken NIK does not: it is kept as it was typed.
/// Nothing hinders a mended row: its cells are read again as the sheet's, and what is still wrong is said there.
fn first_hindrance(form: &mut Form, reader: &Reader<'_>) -> Option<usize> {
    form.first_error(reader);
    if matches!(form.purpose, Purpose::FixRow(_)) {
        return None;
    }
    let is_hindrance = |entry: &super::form::entry::Entry| entry.error.is_some() && entry.slot.field != Field::Nik;
    let place = form.entries.iter().position(is_hindrance)?;
    form.at = place;
    if form.purpose == Purpose::Full {
        form.page = full::page_of(form.entries[place].slot);
    }
    Some(place)
}

fn text_of(form: &Form, field: Field) -> Option<String> {
    match form.value(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn time_of(form: &Form, field: Field) -> Option<Timed> {
    match form.value(field) {
        Some(Value::Time(time)) => Some(*time),
        _ => None,
    }
}

fn code_of(form: &Form, field: Field, list: List) -> Option<&'static str> {
    match form.value(field) {
        Some(Value::Code(code)) => list.find(code),
        _ => None,
    }
}

/// Setting one flag, and clearing those whose end was typed.
fn flag_asks(form: &Form, happened: Timed) -> Vec<Ask> {
    let of = form.base.of;
    let why = text_of(form, Field::FlagWhy).unwrap_or_default();
    let mut asks = Vec::new();
    if let Some(kind) = code_of(form, Field::Flag, List::Flag) {
        let until = time_of(form, Field::FlagTo);
        asks.push(Ask::SetFlag { of, flag: NewFlag { kind, happened, until, why: why.clone(), other: None } });
    }
    let known: Vec<_> = form.base.items(Part::Flag).collect();
    for entry in form.entries.iter().filter(|entry| entry.is_touched && entry.value.is_some()) {
        if let Some(item) = entry.slot.item.filter(|item| known.contains(item)) {
            asks.push(Ask::ClearFlag { of, item, why: why.clone(), happened });
        }
    }
    asks
}

/// Judgements carry the name of whoever made them: readiness and screening are signed by the operator who enters them.
fn sign(change: &mut Change, base: &Record, happened: Timed, operator: Subject) {
    let touched = |field: Field, change: &Change| {
        change.edits.iter().find(|e| e.at.field == field && e.now.is_some()).map(|e| e.at)
    };
    if touched(Field::Readiness, change).is_some() {
        change.set(base, Field::ReadinessBy, Some(Value::Link(operator)));
    }
    let answers = [Field::ActsYes, Field::MeansYes, Field::PurposesYes, Field::Indicators];
    if let Some(slot) = answers.into_iter().find_map(|field| touched(field, change))
        && let Some(item) = slot.item
    {
        change.set(base, Slot::of(item, Field::ScreenedBy), Some(Value::Link(operator)));
        if change.after(base, Slot::of(item, Field::ScreenedAt)).is_none() {
            change.set(base, Slot::of(item, Field::ScreenedAt), Some(Value::Time(happened)));
        }
    }
}
