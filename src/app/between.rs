//! Between offices: the forms of offers, questions for access, shares, families' questions and of handing claims on, and what
//! saving them asks of the desk. Who may, and what is lawful, the desk says.

use super::asking::After;
use super::form::entry::Offer;
use super::form::{Between, Form};
use super::notice::{Notice, refusal_text};
use super::prompt::Prompt;
use super::{App, Room};
use crate::desk::{Ask, Asked};
use crate::domain::access::Act;
use crate::domain::field::Field;
use crate::domain::offer::{self, ASKED_BY_NUMBER, Answer, INQUIRY, NewOffer, NewShare, OfferKind, Reply, sections_of};
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::value::{Dated, Timed, Value};
use crate::domain::words::List;
use ulid::Ulid;

impl App {
    /// Refers or transfers the chosen case to another office.
    pub(super) fn open_offer(&mut self) {
        let fields = [
            Field::OfferKind,
            Field::OfferTo,
            Field::OfferSections,
            Field::OfferConsent,
            Field::OfferConsentWhy,
            Field::OfferWhy,
        ];
        self.open_between_over_case(Between::Offer, &fields);
    }

    /// Shares the chosen case with another office.
    pub(super) fn open_share(&mut self) {
        let fields = [
            Field::ShareOffice,
            Field::ShareSections,
            Field::ShareUntil,
            Field::ShareConsent,
            Field::ShareConsentWhy,
            Field::ShareWhy,
        ];
        self.open_between_over_case(Between::Share, &fields);
    }

    /// Ends what another office sees of the chosen case: one of the offices that see any; the only one stands there already.
    pub(super) fn open_revoke(&mut self) {
        let Some(record) = self.chosen_record() else { return };
        let now = self.now();
        let offices = offer::shares(&record).filter(|share| share.stands(now)).map(|share| share.office);
        let sharing: Vec<Offer> = offices
            .map(|office| Subject::new(Kind::Office, office))
            .map(|of| Offer { value: Value::Link(of), text: self.seat.link_name(of) })
            .collect();
        if sharing.is_empty() {
            return self.refuse(self.texts.get("why-not-shared").into_owned(), true);
        }
        let mut form = self.form_over_case(&record, Between::Revoke, &[Field::ShareOffice, Field::ShareWhy]);
        let reader = self.reader();
        if let Some(entry) = form.entry_mut(Field::ShareOffice) {
            let only = sharing.first().filter(|_| sharing.len() == 1).map(|choice| choice.value.clone());
            entry.choose_from(sharing, &reader);
            if only.is_some() {
                entry.put(only, &reader);
                form.go(1, &reader);
            }
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    fn open_between_over_case(&mut self, what: Between, fields: &[Field]) {
        let Some(record) = self.chosen_record() else { return };
        let form = self.form_over_case(&record, what, fields);
        self.rooms.push(Room::Form(Box::new(form)));
    }

    fn form_over_case(&self, record: &Record, what: Between, fields: &[Field]) -> Form {
        // Of the case the form shows who it is and no more: nothing here is edited in place.
        let base = self.seat.slim(record.of);
        let item = self.seat.new_id();
        let slots: Vec<Slot> = fields.iter().map(|field| Slot::of(item, *field)).collect();
        self.between_form(what, base, &slots)
    }

    /// Asks for the exact number of another office's case; whoever stands in one means that.
    pub(super) fn ask_foreign_number(&mut self) {
        let here = match self.rooms.last() {
            Some(Room::Case(case)) => self.seat.number_of_row(case.row),
            _ => None,
        };
        let room = match here.and_then(|number| self.access_form(&number.to_string()).ok()) {
            Some(form) => Room::Form(Box::new(form)),
            None => Room::Prompt(Box::new(Prompt::access())),
        };
        self.rooms.push(room);
    }

    /// The number is typed: the form of the question, if such a case may be asked about at all.
    pub(super) fn open_access_form(&mut self, typed: &str) {
        match self.access_form(typed) {
            Ok(form) => {
                self.rooms.pop();
                self.rooms.push(Room::Form(Box::new(form)));
            }
            Err(refusal) => self.notice = Some(Notice::refusal(&refusal, &self.texts)),
        }
    }

    fn access_form(&self, typed: &str) -> Result<Form, Refusal> {
        Ok(match self.seat.foreign_case(typed)? {
            Asked::Case(of) => {
                let item = self.seat.new_id();
                let slots = [Field::OfferSections, Field::OfferWhy].map(|field| Slot::of(item, field));
                self.between_form(Between::AskAccess, self.seat.slim(of), &slots)
            }
            Asked::Number(number) => self.form_by_number(number),
        })
    }

    /// The form of a question by a number alone, with the cursor behind the number.
    fn form_by_number(&self, number: Number) -> Form {
        let of = Subject::new(Kind::Inquiry, self.seat.new_id());
        let mut form = self.between_form(Between::AskByNumber, Record::empty(of), &ASKED_BY_NUMBER.map(Slot::own));
        let reader = self.reader();
        if let Some(entry) = form.entry_mut(Field::InquiryNumber) {
            entry.type_in(&number.to_string(), &reader);
        }
        form.go(1, &reader);
        form
    }

    /// Takes down what a family asks; what was just searched for in vain stands in it already.
    pub(super) fn open_inquiry(&mut self) {
        let of = Subject::new(Kind::Inquiry, self.seat.new_id());
        let mut form = self.between_form(Between::Inquiry, Record::empty(of), &INQUIRY.map(Slot::own));
        let reader = self.reader();
        let typed = self.list.query_text.trim();
        let is_plain = self.list.rows.is_empty() && !typed.contains(':');
        let field = if typed.chars().any(|c| c.is_ascii_digit()) { Field::InquiryNumber } else { Field::InquirySought };
        if let Some(entry) = form.entry_mut(field).filter(|_| is_plain && !typed.is_empty()) {
            entry.type_in(typed, &reader);
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// Gives everybody whom the leaving operator has claimed to a colleague.
    pub(super) fn open_hand_claims(&mut self) {
        let base = Record::empty(Subject::case(Ulid::nil()));
        let form = self.between_form(Between::HandOver, base, &[Slot::own(Field::Officer)]);
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// Whether the chosen case may be put to others in this way.
    pub(super) fn may_put(&self, act: Act) -> bool {
        self.chosen_one().is_some_and(|row| self.seat.may(row, act))
    }

    /// What saving such a form asks of the desk; the key of what is missing otherwise.
    pub(super) fn between_asks(
        &self,
        what: Between,
        form: &Form,
        happened: Timed,
    ) -> Result<(Vec<Ask>, After), &'static str> {
        let of = form.base.of;
        let to = link(form, Field::OfferTo).or_else(|| link(form, Field::ShareOffice)).map(|office| office.id);
        if to == Some(self.seat.office().id) {
            return Err("notice-office-own");
        }
        let (ask, said) = match what {
            Between::AskByNumber if form.value(Field::InquirySections).is_none() => return Err("refused-access-bare"),
            Between::Offer => (Ask::Offer { of, offer: offered(form, happened)? }, "notice-offered"),
            Between::AskAccess => {
                let to = self.seat.owner_of(of).ok_or("refused-nobody-exact")?;
                (Ask::Offer { of, offer: asked(form, to, happened) }, "notice-access-asked")
            }
            Between::Reply => {
                let reply = replied(form, happened).ok_or("notice-answer-unsaid")?;
                let said = if reply.answer == Answer::Accepted { "notice-accepted" } else { "notice-declined-offer" };
                (Ask::Answer { of, reply }, said)
            }
            Between::Share => (Ask::Share { of, share: shared(form, happened)? }, "notice-shared"),
            Between::Revoke => {
                let with = link(form, Field::ShareOffice).ok_or("notice-office-unsaid")?.id;
                let why = text(form, Field::ShareWhy).unwrap_or_default();
                (Ask::Revoke { of, with, why, happened }, "notice-revoked")
            }
            Between::Inquiry | Between::AskByNumber => {
                let said = form.entries.iter().filter_map(|entry| Some((entry.slot, entry.value.clone()?)));
                let told = if what == Between::Inquiry { "notice-inquired" } else { "notice-access-filed" };
                (Ask::Create { of, facts: said.collect::<Facts>(), happened }, told)
            }
            Between::AnswerAccess => {
                let asks = self.access_answers(form, happened)?;
                return Ok((asks, After::Said("notice-access-answered")));
            }
            Between::AnswerInquiry => {
                let case = form.beside.link(Field::InquiryCase).ok_or("notice-form-empty")?;
                let answer = text(form, Field::InquiryAnswer).unwrap_or_default();
                (Ask::AnswerInquiry { of, case, answer, happened }, "notice-inquiry-answered")
            }
            Between::HandOver => return Err("notice-form-empty"),
        };
        Ok((vec![ask], After::Said(said)))
    }

    /// What answering a question by a number asks: granted, the sections are shared; declined, it is said why not.
    fn access_answers(&self, form: &Form, happened: Timed) -> Result<Vec<Ask>, &'static str> {
        let case = form.beside.link(Field::InquiryCase).ok_or("notice-form-empty")?;
        let office = form.beside.link(Field::InquiryOffice).ok_or("notice-form-empty")?;
        let answer = code(form, Field::OfferAnswer, List::Answer).and_then(Answer::from_code);
        let is_granted = answer.ok_or("notice-answer-unsaid")? == Answer::Accepted;
        let share = NewShare {
            office: office.id,
            sections: if is_granted { sections_of(form.value(Field::ShareSections)) } else { Vec::new() },
            until: day(form, Field::ShareUntil),
            consent: code(form, Field::ShareConsent, List::ShareConsent),
            consent_why: text(form, Field::ShareConsentWhy),
            why: form.beside.text(Field::InquiryNote).unwrap_or_default().to_owned(),
            happened,
        };
        if is_granted && share.sections.is_empty() {
            return Err("notice-access-no-sections");
        }
        let said = text(form, Field::InquiryAnswer).filter(|said| !said.trim().is_empty());
        let granted = is_granted.then(|| self.texts.get("access-granted").into_owned());
        let answer = said.or(granted).ok_or("notice-access-unsaid")?;
        let answered = Ask::AnswerInquiry { of: form.base.of, case, answer, happened };
        Ok(is_granted.then_some(Ask::Share { of: case, share }).into_iter().chain([answered]).collect())
    }

    /// Hands the claims over: the desk knows whose they are.
    pub(super) fn hand_claims(&mut self) {
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let Some(colleague) = link(form, Field::Officer) else {
            self.notice = Some(Notice::no(self.texts.get("notice-colleague-unsaid")));
            return;
        };
        match self.seat.hand_claims(colleague) {
            Ok(proposal) => self.ask(proposal, After::Said("notice-claims-handed"), None),
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }
}

fn text(form: &Form, field: Field) -> Option<String> {
    match form.value(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn link(form: &Form, field: Field) -> Option<Subject> {
    match form.value(field) {
        Some(Value::Link(of)) => Some(*of),
        _ => None,
    }
}

fn code(form: &Form, field: Field, list: List) -> Option<&'static str> {
    match form.value(field) {
        Some(Value::Code(code)) => list.find(code),
        _ => None,
    }
}

fn day(form: &Form, field: Field) -> Option<Dated> {
    match form.value(field) {
        Some(Value::Date(day)) => Some(day.clone()),
        _ => None,
    }
}

fn offered(form: &Form, happened: Timed) -> Result<NewOffer, &'static str> {
    let kind = code(form, Field::OfferKind, List::Offer).and_then(OfferKind::from_code).ok_or("notice-kind-unsaid")?;
    Ok(NewOffer {
        kind,
        to: link(form, Field::OfferTo).ok_or("notice-office-unsaid")?.id,
        sections: sections_of(form.value(Field::OfferSections)),
        why: text(form, Field::OfferWhy).unwrap_or_default(),
        consent: code(form, Field::OfferConsent, List::ShareConsent),
        consent_why: text(form, Field::OfferConsentWhy),
        happened,
    })
}

fn asked(form: &Form, to: Ulid, happened: Timed) -> NewOffer {
    NewOffer {
        kind: OfferKind::Access,
        to,
        sections: sections_of(form.value(Field::OfferSections)),
        why: text(form, Field::OfferWhy).unwrap_or_default(),
        consent: None,
        consent_why: None,
        happened,
    }
}

fn replied(form: &Form, happened: Timed) -> Option<Reply> {
    let entry = form.entry(Field::OfferAnswer)?;
    Some(Reply {
        item: entry.slot.item?,
        answer: code(form, Field::OfferAnswer, List::Answer).and_then(Answer::from_code)?,
        why: text(form, Field::OfferAnswerWhy),
        sections: sections_of(form.value(Field::ShareSections)),
        until: day(form, Field::ShareUntil),
        consent: code(form, Field::ShareConsent, List::ShareConsent),
        consent_why: text(form, Field::ShareConsentWhy),
        happened,
    })
}

fn shared(form: &Form, happened: Timed) -> Result<NewShare, &'static str> {
    Ok(NewShare {
        office: link(form, Field::ShareOffice).ok_or("notice-office-unsaid")?.id,
        sections: sections_of(form.value(Field::ShareSections)),
        until: day(form, Field::ShareUntil),
        consent: code(form, Field::ShareConsent, List::ShareConsent),
        consent_why: text(form, Field::ShareConsentWhy),
        why: text(form, Field::ShareWhy).unwrap_or_default(),
        happened,
    })
}
