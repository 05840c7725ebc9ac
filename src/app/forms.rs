//! Forms at work: opening, typing, suggestions, likely duplicates, scans. Saving is in `saving`.

use super::action::Action;
use super::form::entry::Reader;
use super::form::intake::Came;
use super::form::{Form, Purpose, Typed, full, intake, may_repeat};
use super::key::Key;
use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::desk::MOST_ALIKE;
use crate::domain::case::Case;
use crate::domain::check::CheckContext;
use crate::domain::field::{Field, Page, Part};
use crate::domain::record::{Record, Slot};
use crate::domain::subject::Subject;
use crate::domain::value::{Timed, Value};
use crate::identity::mrz;

/// People alike below a form at most.
const SHOWN_ALIKE: usize = 5;

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
    pub(super) fn with_form<T>(&mut self, work: impl FnOnce(&mut Form, &Reader<'_>) -> T) -> Option<T> {
        let reader = Reader { texts: &self.texts, check: self.check(), seat: &self.seat };
        match self.rooms.last_mut() {
            Some(Room::Form(form)) => Some(work(form, &reader)),
            _ => None,
        }
    }

    pub(super) fn open_intake(&mut self) {
        let ids = [self.seat.new_id(), self.seat.new_id(), self.seat.new_id()];
        let (id, case) = (self.seat.new_id(), self.seat.new_id());
        let known = self.kept.movement.filter(|movement| self.seat.is_there(*movement));
        let came = match (known, self.seat.movements_now().as_slice()) {
            (Some(known), _) => Came::With(Some(known)),
            (None, []) => Came::Alone,
            (None, _) if self.kept.is_without_movement => Came::With(None),
            (None, [only]) => Came::With(Some(*only)),
            (None, _) => Came::Unsaid,
        };
        self.keep_movement(if let Came::With(movement) = came { movement } else { None });
        self.kept.queue = self.kept.queue.filter(|_| came != Came::Unsaid);
        let form = intake::open(id, case, ids, came, &self.kept, &self.reader());
        self.rooms.push(Room::Form(Box::new(form)));
    }

    pub(super) fn open_full(&mut self) {
        let Some(record) = self.chosen_record() else { return };
        let seat = self.seat.clone();
        let may_edit = seat.editing(&record);
        let form = full::open(seat.new_id(), record.clone(), &may_edit, &mut || seat.new_id(), &self.reader());
        if form.entries.is_empty() {
            return self.refuse(self.texts.get("why-not-edit-closed").to_string(), true);
        }
        let has_law_page = form.entries.iter().any(|entry| full::page_of(entry.slot) == Page::Law);
        self.rooms.push(Room::Form(Box::new(form)));
        if !has_law_page && self.why_not(Action::Name).is_none() {
            self.notice = Some(Notice::info(self.texts.get("notice-law-closed")));
        }
    }

    pub(super) fn chosen_record(&mut self) -> Option<Record> {
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

    pub(super) fn open_small_over(&mut self, record: Record, purpose: Purpose) {
        let item = self.seat.new_id();
        let of = |field: Field| Slot::of(item, field);
        let now = Value::Time(Timed::certain(self.now()));
        let mut slots: Vec<Slot> = match purpose {
            Purpose::Refer => self.referral_slots(&record),
            Purpose::HandToLaw => vec![
                of(Field::CustodyOfficer),
                of(Field::CustodyOfficerNo),
                of(Field::CustodyUnit),
                of(Field::CustodyLetter),
                of(Field::CustodyTo),
                of(Field::CustodyCompanion),
                of(Field::CustodyAt),
            ],
            Purpose::Note | Purpose::Unmerge => vec![of(Field::NoteText)],
            Purpose::Flag => vec![of(Field::Flag), of(Field::FlagWhy), of(Field::FlagTo), of(Field::FlagOther)],
            Purpose::Tier => vec![Slot::own(Field::RaisedTier), Slot::own(Field::RaisedTierWhy)],
            Purpose::Finding => {
                [Field::Finding, Field::FindingSource, Field::FindingOn, Field::FindingNo].map(of).to_vec()
            }
            Purpose::Track => {
                vec![of(Field::TrackState), of(Field::TrackNo), of(Field::TrackAt), of(Field::TrackTakenOverBy)]
            }
            // Somebody who lives after all.
            Purpose::Die if Case(&record).is_dead() => vec![of(Field::NoteText)],
            Purpose::Die => {
                [Field::DiedAt, Field::DeathPlace, Field::DeathCause, Field::DeathNature].map(Slot::own).to_vec()
            }
            Purpose::Name => {
                let named = record.items(Part::Named).map(|item| Slot::of(item, Field::NamedOperator));
                named.chain([of(Field::NamedOperator), of(Field::NamedWhy)]).collect()
            }
            Purpose::Seal => vec![Slot::own(Field::SealedWhy)],
            Purpose::Intake
            | Purpose::Full
            | Purpose::FillIn(_)
            | Purpose::Birth
            | Purpose::Office
            | Purpose::Operator
            | Purpose::Suspend
            | Purpose::Screening
            | Purpose::Between(_)
            | Purpose::Movement
            | Purpose::FixRow(_) => return,
        };
        if purpose == Purpose::Flag {
            let case = Case(&record);
            let live = case.flags().filter(|flag| !flag.is_cleared).map(|flag| flag.item);
            slots.extend(
                live.flat_map(|item| [Field::FlagReviewedAt, Field::FlagTo].map(|field| Slot::of(item, field))),
            );
        }
        let is_nobody_named = record.items(Part::Named).next().is_none();
        let mut form = Form::over(purpose, self.seat.new_id(), record, &slots, &self.reader());
        let reader = self.reader();
        match purpose {
            // On a post of one it is mostly oneself.
            Purpose::Name if is_nobody_named => {
                if let Some(entry) = form.entry_mut(Field::NamedOperator) {
                    entry.suggest(Value::Link(self.seat.operator()), &reader);
                }
            }
            // Why it was sealed is no reason to take the seal off.
            Purpose::Seal => form.entries.iter_mut().for_each(|entry| entry.put(None, &reader)),
            _ => {}
        }
        for field in [Field::ReferralAt, Field::CustodyAt, Field::TrackAt] {
            if let Some(entry) = form.entry_mut(field) {
                entry.suggest(now.clone(), &reader);
            }
        }
        self.prepare_emergency(&mut form);
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// The operator's own office.
    pub(super) fn open_office(&mut self) {
        self.open_staff_form(self.seat.office());
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
    pub(super) fn after_typing(&mut self) {
        self.notice = None;
        self.follow_referred();
        let is_person = self.with_form(|form, reader| {
            let is_person = form.purpose == Purpose::Intake;
            if is_person {
                intake::suggest_from_nik(form, reader);
            }
            is_person
        });
        if is_person == Some(true) {
            self.follow_movement();
            self.look_for_duplicates();
        }
        if matches!(self.rooms.last(), Some(Room::Form(form)) if form.is_dirty) {
            self.keep_soon();
        }
        self.tell_cut();
    }

    /// Says at once when the field had no room for what was typed or pasted.
    fn tell_cut(&mut self) {
        let cut = |form: &mut Form, _: &Reader<'_>| {
            let line = &mut form.entries[form.at].line;
            line.take_cut().then(|| line.most().to_string())
        };
        if let Some(Some(most)) = self.with_form(cut) {
            self.notice = Some(Notice::no(self.texts.with("notice-line-full", &[("most", &most)])));
        }
    }

    /// Remembers with which movement people come, and which number is free there.
    fn keep_movement(&mut self, movement: Option<Subject>) {
        self.kept.movement = movement;
        self.kept.queue = self.seat.next_queue(movement);
        self.kept.hall = if movement.is_none() { self.seat.newest_movement() } else { None };
    }

    /// The next free number belongs to the movement that is said; a number that was typed stays.
    pub(super) fn follow_movement(&mut self) {
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let is_there = form.purpose == Purpose::Intake && form.entry(Field::Movement).is_some();
        let is_being_said = form.current().slot.field == Field::Movement && form.current().value.is_none();
        let said = intake::movement(form);
        if !is_there || is_being_said || (said == self.kept.movement && self.kept.queue.is_some()) {
            return;
        }
        self.keep_movement(said);
        let queue = self.kept.queue.map(|queue| Value::Number(i64::from(queue)));
        self.with_form(|form, reader| {
            if let Some(entry) = form.entry_mut(Field::Queue).filter(|entry| !entry.is_touched) {
                entry.put(queue, reader);
            }
        });
    }

    /// Looks for people alike; those about whom something was decided beside the form are not shown again.
    pub(super) fn look_for_duplicates(&mut self) {
        let form = self.rooms.iter_mut().rev().find_map(|room| match room {
            Room::Form(form) => Some(form),
            _ => None,
        });
        let Some(form) = form else { return };
        form.alike = self.seat.candidates(&form.known(), MOST_ALIKE);
        let beside = Case(&form.beside);
        form.alike.retain(|candidate| !beside.has_answered(Subject::case(candidate.id)));
        form.alike.truncate(SHOWN_ALIKE);
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
            if matches!(self.rooms.last(), Some(Room::Form(_) | Room::Compare(_))) {
                self.notice = Some(Notice::no(self.texts.get("notice-scan-not-here")));
                return;
            }
            self.open_intake();
        }
        let in_the_way = self
            .with_form(|form, reader| {
                let values = intake::scanned(&scan);
                let first_empty = |form: &Form| form.entries.iter().position(|entry| entry.line.is_empty());
                form.scanned = intake::scanned_beside(&scan, form);
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
}
