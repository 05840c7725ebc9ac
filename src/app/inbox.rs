//! The inbox: what waits for this office's answer, and what became of what it asked. Answering repeats who is meant in full:
//! number, name, sex, birth date.

use super::asking::After;
use super::form::{Between, Form, Purpose};
use super::notice::refusal_text;
use super::telling::sex_letter;
use super::{App, Room, Then};
use crate::desk::{Ask, Inbox as Lines, InboxRow, Matter, Proposal, RowId, Seat, is_for_access};
use crate::domain::access::section_code;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::offer::{self, Answer, Offer, OfferKind, Reply};
use crate::domain::record::{ItemId, Record, Slot};
use crate::domain::subject::Subject;
use crate::domain::value::{Timed, Value};
use crate::domain::words::List;

/// The inbox as it is open.
#[derive(Debug)]
pub struct Inbox {
    pub list: Lines,
    pub at: usize,
    pub top: usize,
}

impl Inbox {
    /// The inbox of now.
    pub fn open(seat: &Seat) -> Self {
        Self { list: seat.inbox(), at: 0, top: 0 }
    }

    /// Asks again; the cursor stays on its line as long as that is there, else at its place.
    pub fn refresh(&mut self, seat: &Seat, height: usize) {
        let here = self.current().map(line_of);
        self.list = seat.inbox();
        if let Some(place) = here.and_then(|here| self.list.rows.iter().position(|row| line_of(row) == here)) {
            self.at = place;
        }
        self.step(0, height);
    }

    /// The line under the cursor.
    pub fn current(&self) -> Option<&InboxRow> {
        self.list.rows.get(self.at)
    }

    /// Moves the cursor, keeping it within the window.
    pub fn step(&mut self, by: isize, height: usize) {
        let (height, last) = (height.max(1), self.list.rows.len().saturating_sub(1));
        self.at = self.at.saturating_add_signed(by).min(last);
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height));
    }
}

/// What makes a line the same one: its subject and its offer.
const fn line_of(row: &InboxRow) -> (Subject, Option<ItemId>) {
    let item = match &row.matter {
        Matter::Waiting(offer) | Matter::Sent(offer) => Some(offer.item),
        Matter::Sought { .. } | Matter::Asked { .. } => None,
    };
    (row.of, item)
}

/// Lines of the screen below the list: who is meant, what is asked and why.
pub const DETAIL: usize = 5;

/// What the owner who grants access says.
const GRANTING: [Field; 4] = [Field::ShareSections, Field::ShareUntil, Field::ShareConsent, Field::ShareConsentWhy];

impl App {
    /// Lines that the inbox has on this screen.
    pub fn inbox_height(&self) -> usize {
        self.list.height.saturating_sub(DETAIL).max(1)
    }

    /// Fits what is scrolled to another size of the screen.
    pub(super) fn refit(&mut self) {
        let inbox_height = self.inbox_height();
        for room in &mut self.rooms {
            match room {
                Room::Today(today) => today.step(0, self.list.height, &self.seat),
                Room::Inbox(inbox) => inbox.step(0, inbox_height),
                Room::Sheet(sheet) => sheet.scroll(0, self.list.height),
                _ => {}
            }
        }
    }

    pub(super) fn open_inbox(&mut self) {
        self.rooms.push(Room::Inbox(Inbox::open(&self.seat)));
        self.count_inbox();
    }

    /// Counts again what waits for this operator's answer.
    pub(super) fn count_inbox(&mut self) {
        self.inbox_waiting = self.seat.inbox_count();
    }

    fn inbox_row(&self) -> Option<InboxRow> {
        match self.rooms.last() {
            Some(Room::Inbox(inbox)) => inbox.current().cloned(),
            _ => None,
        }
    }

    /// The case of the line under the cursor, where this operator finds it.
    pub(super) fn inbox_case(&self) -> Option<RowId> {
        let row = self.seat.row_of(self.inbox_row()?.case()?.id)?;
        self.seat.summary(row).map(|_| row)
    }

    /// Why the command of the inbox cannot be given for the line under the cursor.
    pub(super) fn why_not_inbox(&self, action: super::action::Action) -> Option<&'static str> {
        use super::action::Action;
        let row = self.inbox_row();
        match action {
            Action::Answer | Action::Withdraw if row.is_none() => Some("why-not-inbox-empty"),
            Action::Withdraw if !row.is_some_and(|row| row.may_withdraw()) => Some("why-not-withdraw"),
            Action::HandClaims if matches!(self.rooms.last(), Some(Room::Sheet(sheet)) if sheet.is_sheet()) => {
                Some("why-not-no-claims")
            }
            Action::Sheet if self.sheet_of().is_none() => Some("why-not-sheet"),
            _ => None,
        }
    }

    /// Whose emergency sheet is meant: the open case's, or the one on the line under the cursor.
    pub(super) fn sheet_of(&self) -> Option<Subject> {
        match self.rooms.last() {
            Some(Room::Case(case)) => Some(case.of),
            Some(Room::Inbox(_)) => self.inbox_row().filter(InboxRow::has_sheet).map(|row| row.of),
            _ => None,
        }
    }

    /// Answers the line under the cursor; where nothing is to be answered, opens the case it is about.
    pub(super) fn answer_inbox(&mut self) {
        let Some(row) = self.inbox_row() else { return };
        let base = self.seat.slim(row.of);
        match &row.matter {
            Matter::Waiting(offer) if row.may_answer => self.open_reply(offer, base),
            Matter::Sought { inquiry, case } if is_for_access(inquiry) => match row.may_answer {
                true => self.open_access_answer(inquiry, *case, base),
                false => self.refuse(self.texts.get("why-not-answer").into_owned(), true),
            },
            Matter::Sought { case, .. } => {
                let slots = [Slot::own(Field::InquiryAnswer)];
                let mut form = self.between_form(Between::AnswerInquiry, base, &slots);
                self.stand_beside(&mut form, *case);
                self.rooms.push(Room::Form(Box::new(form)));
            }
            Matter::Waiting(_) => self.refuse(self.texts.get("why-not-answer").into_owned(), true),
            Matter::Sent(_) | Matter::Asked { .. } => match self.inbox_case() {
                Some(case) => self.open_case(case),
                // Whoever meant to answer types on: no letter of it may be a command.
                None => self.refuse(self.texts.get("notice-inbox-nothing-more").into_owned(), true),
            },
        }
    }

    /// The form of an answer; the owner who grants access says what, until when, and what the person says to it.
    fn open_reply(&mut self, offer: &Offer, base: Record) {
        let of = |field: Field| Slot::of(offer.item, field);
        let mut slots = vec![of(Field::OfferAnswer), of(Field::OfferAnswerWhy)];
        if offer.kind == OfferKind::Access {
            slots.extend(GRANTING.map(of));
        }
        let mut form = self.between_form(Between::Reply, base, &slots);
        let reader = self.reader();
        if let Some(entry) = form.entry_mut(Field::ShareSections) {
            let asked = offer.sections.iter().filter_map(|section| section_code(*section));
            entry.put(Some(Value::codes(asked)), &reader);
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// The case that a question means stands beside its answer, with who it is for the head of the form.
    fn stand_beside(&self, form: &mut Form, case: Subject) {
        form.beside.facts.extend(self.seat.slim(case).facts);
        form.beside.facts.insert(Field::InquiryCase.into(), Value::Link(case));
    }

    /// The form of an answer to a question by a number: what is granted, or why nothing is.
    fn open_access_answer(&mut self, inquiry: &Record, case: Subject, base: Record) {
        let item = self.seat.new_id();
        let mut slots = vec![Slot::of(item, Field::OfferAnswer)];
        slots.extend(GRANTING.map(|field| Slot::of(item, field)));
        slots.push(Slot::own(Field::InquiryAnswer));
        let mut form = self.between_form(Between::AnswerAccess, base, &slots);
        self.stand_beside(&mut form, case);
        for field in [Field::InquiryOffice, Field::InquiryNote] {
            form.beside.facts.extend(inquiry.get(field).map(|value| (Slot::own(field), value.clone())));
        }
        let reader = self.reader();
        if let Some(entry) = form.entry_mut(Field::ShareSections) {
            entry.put(inquiry.get(Field::InquirySections).cloned(), &reader);
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// Asks whether what was sent is to be taken back.
    pub(super) fn ask_withdraw(&mut self) {
        let Some(row) = self.inbox_row() else { return };
        let Matter::Sent(offer) = &row.matter else { return };
        let words = [("what", self.matter_words(&row)), ("who", self.meant_words(&row))];
        let question = self.texts.with("confirm-withdraw", &words);
        self.rooms.push(Room::Confirm { question, then: Then::Withdraw(row.of, offer.item), about: None });
    }

    pub(super) fn withdraw(&mut self, of: Subject, item: ItemId) {
        let reply = Reply {
            item,
            answer: Answer::Withdrawn,
            why: None,
            sections: Vec::new(),
            until: None,
            consent: None,
            consent_why: None,
            happened: Timed::certain(self.now()),
        };
        let proposal = Proposal { id: self.seat.new_id(), asks: vec![Ask::Answer { of, reply }], undoes: None };
        self.ask(proposal, After::Said("notice-withdrawn"), None);
    }

    /// Opens the emergency sheet, over what is there.
    pub(super) fn open_sheet(&mut self) {
        let Some(of) = self.sheet_of() else { return };
        match self.seat.sheet(of) {
            Ok(sheet) => {
                let lines = self.emergency_lines(&sheet);
                self.rooms.push(Room::Sheet(Box::new(lines)));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), true),
        }
    }

    /// What a line is: a referral, a transfer, a question, a family.
    pub fn matter_words(&self, row: &InboxRow) -> String {
        match &row.matter {
            Matter::Waiting(offer) | Matter::Sent(offer) => {
                self.texts.get(&List::Offer.label_key(offer.kind.code())).into_owned()
            }
            Matter::Sought { inquiry, .. } | Matter::Asked { inquiry, .. } if is_for_access(inquiry) => {
                self.texts.get(&List::Offer.label_key(OfferKind::Access.code())).into_owned()
            }
            Matter::Sought { .. } | Matter::Asked { .. } => self.texts.get("inbox-family").into_owned(),
        }
    }

    /// What a change put to another office, or answered: the kind and whom, the answer, and whose the case is from then on.
    pub(super) fn between_words(&self, change: &Change) -> Vec<String> {
        let now =
            |field: Field| change.edits.iter().find(|edit| edit.at.field == field).and_then(|edit| edit.now.as_ref());
        let code = |list: List, value: &Value| match value {
            Value::Code(code) => Some(self.texts.get(&list.label_key(code)).into_owned()),
            _ => None,
        };
        let answers = change.edits.iter().filter(|edit| edit.at.field == Field::OfferAnswer);
        // What an accepted offer settles besides is not what was answered.
        let accepted = offer::accepted(change);
        let answer = answers.filter(|edit| accepted.is_none_or(|item| edit.at.item == Some(item)));
        let answer = answer.filter_map(|edit| edit.now.as_ref()).next();
        let office = |value: &Value| match value {
            Value::Link(of) => Some(self.seat.link_name(*of)),
            _ => None,
        };
        let words = if change.verb == Verb::Offer {
            [now(Field::OfferKind).and_then(|kind| code(List::Offer, kind)), now(Field::OfferTo).and_then(office)]
        } else if change.verb == Verb::Answer {
            [answer.and_then(|answer| code(List::Answer, answer)), now(Field::Owner).and_then(office)]
        } else {
            [None, None]
        };
        words.into_iter().flatten().collect()
    }

    /// How a line stands: it waits, or what became of it.
    pub fn standing_words(&self, row: &InboxRow) -> String {
        let key = match &row.matter {
            Matter::Waiting(_) | Matter::Sought { .. } if row.may_answer => "inbox-waits".to_owned(),
            Matter::Waiting(_) | Matter::Sought { .. } => "inbox-waits-for-others".to_owned(),
            Matter::Sent(offer) => {
                offer.answer.map_or("inbox-sent".into(), |answer| List::Answer.label_key(answer.code()))
            }
            Matter::Asked { is_answered: true, .. } => "inbox-answered".to_owned(),
            Matter::Asked { is_answered: false, .. } => "inbox-received".to_owned(),
        };
        self.texts.get(&key).into_owned()
    }

    /// Who is meant, in full where this operator may know: number, name, sex, birth date.
    pub fn meant_words(&self, row: &InboxRow) -> String {
        let number = row.number.map(|number| number.to_string());
        let sought = match &row.matter {
            Matter::Asked { inquiry, .. } if is_for_access(inquiry) => {
                inquiry.text(Field::InquiryNumber).map(str::to_owned)
            }
            Matter::Asked { inquiry, .. } => inquiry.text(Field::InquirySought).map(str::to_owned),
            Matter::Waiting(_) | Matter::Sent(_) | Matter::Sought { .. } => None,
        };
        let person = row.person.as_ref().map(|person| {
            let sex = sex_letter(person.sex, self.texts);
            format!("{}  {sex}  {}", person.name, self.dated(&person.birth))
        });
        [number, person, sought].into_iter().flatten().collect::<Vec<_>>().join("  ")
    }

    /// What stands below the list of the line under the cursor.
    pub fn inbox_detail(&self, row: &InboxRow) -> Vec<String> {
        let mut lines = vec![self.meant_words(row)];
        match &row.matter {
            Matter::Waiting(offer) | Matter::Sent(offer) => lines.extend(self.offer_words(row, offer)),
            Matter::Sought { inquiry, .. } | Matter::Asked { inquiry, .. } => lines.extend(self.inquiry_words(inquiry)),
        }
        lines.truncate(DETAIL);
        lines
    }

    fn offer_words(&self, row: &InboxRow, offer: &Offer) -> Vec<String> {
        let sections: Vec<String> = offer
            .sections
            .iter()
            .filter_map(|section| section_code(*section))
            .map(|code| self.texts.get(&List::Section.label_key(code)).into_owned())
            .collect();
        let at = self.seat.zone().local(offer.at).format("%d-%m-%Y %H:%M").to_string();
        let key = if matches!(row.matter, Matter::Sent(_)) { "inbox-to" } else { "inbox-from" };
        let by = self.seat.operator_name(offer.by);
        let mut lines = vec![self.texts.with(key, &[("office", row.office.clone()), ("who", by), ("at", at)])];
        let consent = offer.consent.as_deref().map(|code| {
            let label = self.texts.get(&List::ShareConsent.label_key(code)).into_owned();
            if offer.consent_why.is_empty() { label } else { format!("{label}: {}", offer.consent_why) }
        });
        // Why somebody was not asked must not be cut off at the end of the line.
        let mut terms: Vec<String> =
            consent.map(|consent| self.texts.with("inbox-consent", &[("consent", &consent)])).into_iter().collect();
        if !sections.is_empty() {
            terms.push(self.texts.with("inbox-sections", &[("sections", &sections.join(", "))]));
        }
        lines.push(terms.join("; "));
        lines.push(self.texts.with("inbox-why", &[("why", &offer.why)]));
        if offer.answer.is_some() {
            let words = [("answer", self.standing_words(row)), ("why", offer.answer_why.clone())];
            lines.push(self.texts.with("inbox-answer", &words));
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    fn inquiry_words(&self, inquiry: &Record) -> Vec<String> {
        let said = |field: Field| inquiry.get(field).map(|value| self.value_words(field.into(), value));
        let joined = |fields: &[Field]| {
            let parts: Vec<String> = fields
                .iter()
                .filter_map(|field| Some(format!("{}: {}", self.texts.get(&field.label_key()), said(*field)?)))
                .collect();
            parts.join("; ")
        };
        if is_for_access(inquiry) {
            let told = [Field::InquirySections, Field::InquiryNote, Field::InquiryOffice, Field::InquiryAnswer];
            return told.iter().map(|field| joined(&[*field])).filter(|line| !line.is_empty()).collect();
        }
        let mut lines = vec![
            joined(&[Field::InquiryCaller, Field::InquiryRelation, Field::InquiryPhone]),
            joined(&[Field::InquirySought, Field::InquiryBirth, Field::InquiryNumber]),
            joined(&[Field::InquiryNote, Field::InquiryOffice]),
        ];
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// A form that passes something between offices.
    pub(super) fn between_form(&self, what: Between, base: Record, slots: &[Slot]) -> Form {
        Form::over(Purpose::Between(what), self.seat.new_id(), base, slots, &self.reader())
    }
}
