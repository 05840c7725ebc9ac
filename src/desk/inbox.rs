//! The inbox: what waits for this office's answer, and what became of what it asked elsewhere. Whoever is meant is named only
//! to an office that may know; a family's question shows its asker nothing but that it was received, or answered.

use super::inquiries::{is_answered, is_for_access};
use super::seat::Seat;
use crate::domain::access::{Access, Act, Holding, can};
use crate::domain::case::Case;
use crate::domain::field::{Field, Section};
use crate::domain::offer::{Offer, OfferKind};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::summary::Sex;
use crate::domain::value::Dated;
use crate::records::trail::Act as Looked;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;
use ulid::Ulid;

/// How long an answer stands in the inbox of whoever asked; the case's history keeps it.
const ANSWERS_STAND: TimeDelta = TimeDelta::days(7);
/// Lines of an inbox at most; the oldest that wait come first.
pub const MOST_LINES: usize = 500;

/// What a line is about.
#[derive(Clone, Debug)]
pub enum Matter {
    /// Put to this office; it waits for its answer.
    Waiting(Offer),
    /// Sent by this office, answered or not.
    Sent(Offer),
    /// A family asks for somebody whom this office has: the inquiry, and the case it means.
    Sought { inquiry: Arc<Record>, case: Subject },
    /// A family's question that this office took down.
    Asked { inquiry: Arc<Record>, is_answered: bool },
}

/// Who is meant, in the words that every hand-over repeats. Shows nobody in a debug print.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    pub sex: Option<Sex>,
    pub birth: Dated,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person")
    }
}

/// What access is asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A case that is known to be there.
    Case(Subject),
    /// A number that may be anybody's.
    Number(Number),
}

/// One line of the inbox.
#[derive(Clone, Debug)]
pub struct InboxRow {
    pub matter: Matter,
    /// The case or the inquiry.
    pub of: Subject,
    /// The number of the case, where the line is about one that this office knows of.
    pub number: Option<Number>,
    /// Who it is, where this operator may know.
    pub person: Option<Person>,
    /// The other office.
    pub office: String,
    pub at: DateTime<Utc>,
    /// Whether this operator may answer it.
    pub may_answer: bool,
}

/// The lines of an inbox: what waits first, the oldest before others; then what was sent, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    pub rows: Vec<InboxRow>,
    /// How many wait for this operator's answer.
    pub waiting: usize,
}

impl Seat {
    /// How many wait for an answer that this operator may give: what the title line shows.
    pub fn inbox_count(&self) -> usize {
        if !self.is_worker() {
            return 0;
        }
        let me = self.author.operator;
        let is_mine = |offer: &Offer| {
            let may = offer.kind.is_given() || self.is_supervisor();
            offer.is_open() && offer.to == self.author.office && offer.by != me && may
        };
        let offers = self.ties().offers().filter(|(_, offer)| is_mine(offer)).count();
        let sought = self.inner().open_inquiries();
        let is_answered_here = |(id, cases): &&(Ulid, Vec<Ulid>)| {
            let inquiry = self.directory().get(Subject::new(Kind::Inquiry, *id)).cloned();
            let case = self.sought_here(cases);
            inquiry.zip(case).is_some_and(|(inquiry, case)| self.may_answer_inquiry(&inquiry, case))
        };
        offers + sought.iter().filter(is_answered_here).count()
    }

    /// A family is answered by whoever finds the person; who sees a case is its owner's supervisor's to say.
    fn may_answer_inquiry(&self, inquiry: &Record, case: Ulid) -> bool {
        !is_for_access(inquiry) || self.row_of(case).is_some_and(|row| self.may(row, Act::Share))
    }

    /// The first of some cases that is this office's, and that this operator may find.
    fn sought_here(&self, cases: &[Ulid]) -> Option<Ulid> {
        let is_ours = |case: &&Ulid| {
            let summary = self.row_of(**case).and_then(|row| self.summary(row));
            summary.is_some_and(|summary| summary.office == self.author.office)
        };
        cases.iter().find(is_ours).copied()
    }

    /// The inbox as it stands; one look, noted with the cases whose people it names.
    pub fn inbox(&self) -> Inbox {
        if !self.is_worker() {
            return Inbox::default();
        }
        let mut rows = self.offer_rows();
        rows.extend(self.inquiry_rows());
        let is_waiting = |row: &InboxRow| matches!(row.matter, Matter::Waiting(_) | Matter::Sought { .. });
        let (mut waiting, mut sent): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_waiting);
        waiting.sort_by_key(|row| (row.at, row.of));
        sent.sort_by_key(|row| (std::cmp::Reverse(row.at), row.of));
        let count = waiting.iter().filter(|row| row.may_answer).count();
        waiting.append(&mut sent);
        waiting.truncate(MOST_LINES);
        let named: BTreeSet<Subject> =
            waiting.iter().filter(|row| row.person.is_some()).map(|row| row.case().unwrap_or(row.of)).collect();
        let many = named.len();
        self.look(Looked::List, named.into_iter().collect(), many);
        Inbox { rows: waiting, waiting: count }
    }

    fn offer_rows(&self) -> Vec<InboxRow> {
        let (me, now) = (self.author.office, self.inner().now());
        let is_fresh = |offer: &Offer| offer.answered_at.is_none_or(|at| now - at < ANSWERS_STAND);
        let concerns = |offer: &Offer| (offer.to == me && offer.is_open()) || (offer.from == me && is_fresh(offer));
        let ties = self.ties();
        let found: Vec<(Subject, Offer)> = ties
            .offers()
            .filter(|(_, it)| concerns(it))
            .map(|(tie, it)| (Subject::case(tie.case), it.clone()))
            .collect();
        drop(ties);
        found.into_iter().filter_map(|(of, offer)| self.offer_row(of, offer)).collect()
    }

    fn offer_row(&self, of: Subject, offer: Offer) -> Option<InboxRow> {
        let record = self.kept(of).ok().filter(|record| record.revision > 0)?;
        let holding = Holding::at(&record, self.inner().now());
        let allows = |act: Act| can(&self.actor(), act, Section::Desk, &holding);
        let is_waiting = offer.to == self.author.office && offer.is_open();
        let other = if offer.to == self.author.office { offer.from } else { offer.to };
        let may_answer =
            is_waiting && offer.by != self.author.operator && allows(offer.kind.answering()) == Access::Allow;
        let person = (allows(Act::Sheet) == Access::Allow).then(|| person(&record));
        let office = self.directory().name_of(Subject::new(Kind::Office, other));
        let at = offer.answered_at.unwrap_or(offer.at);
        let matter = if is_waiting { Matter::Waiting(offer) } else { Matter::Sent(offer) };
        Some(InboxRow { matter, of, number: Case(&record).number(), person, office, at, may_answer })
    }

    fn inquiry_rows(&self) -> Vec<InboxRow> {
        let now = self.inner().now();
        let mut rows = Vec::new();
        for (id, cases) in self.inner().open_inquiries() {
            let of = Subject::new(Kind::Inquiry, id);
            let (Some(case), Some(inquiry)) = (self.sought_here(&cases), self.directory().get(of).cloned()) else {
                continue;
            };
            let Ok(record) = self.kept(Subject::case(case)) else { continue };
            rows.push(InboxRow {
                of,
                number: Case(&record).number(),
                person: Some(person(&record)),
                office: self.office_of(&inquiry),
                at: inquiry.at(Field::InquiryAt).unwrap_or(now),
                may_answer: self.may_answer_inquiry(&inquiry, case),
                matter: Matter::Sought { inquiry, case: Subject::case(case) },
            });
        }
        let directory = self.directory();
        let is_ours = |inquiry: &&Arc<Record>| inquiry.link(Field::InquiryOffice) == Some(self.office());
        for inquiry in directory.all(Kind::Inquiry).filter(is_ours) {
            let answered = inquiry.at(Field::InquiryAnsweredAt);
            if answered.is_some_and(|at| now - at >= ANSWERS_STAND) {
                continue;
            }
            rows.push(InboxRow {
                of: inquiry.of,
                // Of a number that was asked by it is not even said whether it is anybody's.
                number: None,
                person: None,
                // Which office has answered is not told either: it would say where the person is.
                office: String::new(),
                at: inquiry.at(Field::InquiryAt).unwrap_or(now),
                may_answer: false,
                matter: Matter::Asked { is_answered: is_answered(inquiry), inquiry: without_answer(inquiry) },
            });
        }
        rows
    }

    fn office_of(&self, inquiry: &Record) -> String {
        inquiry.link(Field::InquiryOffice).map(|office| self.directory().name_of(office)).unwrap_or_default()
    }

    /// A case as a form between offices stands on it: who it is, where this operator may know, and nothing else. Of what a
    /// family asked, and of a case that may not be known, nothing.
    pub fn slim(&self, of: Subject) -> Record {
        let whole = self.kept(of).unwrap_or_else(|_| Record::empty(of));
        let revision = if self.may_on(&whole, Act::AskAccess) || of.kind != Kind::Case { whole.revision } else { 0 };
        let mut slim = Record { of, revision, facts: Default::default() };
        if of.kind == Kind::Case && self.may_read_sheet(of) {
            for field in [Field::Name, Field::Sex, Field::Birth, Field::Queue, Field::CaseNumber] {
                slim.facts.extend(whole.get(field).map(|value| (field.into(), value.clone())));
            }
        }
        slim
    }

    /// Whether this operator may know who a case is about: its owner, whoever shares it or was offered it.
    pub fn may_read_sheet(&self, of: Subject) -> bool {
        let Ok(record) = self.kept(of) else { return false };
        let holding = Holding::at(&record, self.inner().now());
        let access = can(&self.actor(), Act::Sheet, Section::Identity, &holding);
        record.revision > 0
            && (access == Access::Allow || (access == Access::NeedReason && self.may_see(&record, Section::Identity)))
    }

    /// What is asked for access to: by an exact NIK or document the case that it is, of whatever office; by a case number that
    /// this operator finds nowhere the number alone. Case numbers run: whether one is anybody's, and whose, it does not tell.
    ///
    /// # Errors
    /// One sentence where there is none and where nothing can be said; a case of one's own office.
    pub fn foreign_case(&self, typed: &str) -> Result<Asked, Refusal> {
        let is_found = |number: Number| {
            self.row_of_number(number).is_some_and(|row| self.index().id(row).is_some() && self.summary(row).is_some())
        };
        if let Some(number) = typed.trim().parse::<Number>().ok().filter(|number| !is_found(*number)) {
            return if self.is_worker() {
                Ok(Asked::Number(number))
            } else {
                Err(Refusal::new("refused-nobody-exact"))
            };
        }
        let row = self.row_of_exact(typed)?;
        let of = self.index().id(row).map(Subject::case);
        let of = of.ok_or(Refusal::new("refused-nobody-exact"))?;
        let is_own = self.kept(of)?.link(Field::Owner) == Some(self.office());
        if is_own { Err(Refusal::new("refused-own-case")) } else { Ok(Asked::Case(of)) }
    }

    /// The office that owns a case, to which a question for access goes; of whoever may not ask, none.
    pub fn owner_of(&self, of: Subject) -> Option<Ulid> {
        let record = self.kept(of).ok()?;
        self.may_on(&record, Act::AskAccess).then(|| record.link(Field::Owner).map(|office| office.id))?
    }
}

impl InboxRow {
    /// The case that the line is about, whatever it is.
    pub const fn case(&self) -> Option<Subject> {
        match &self.matter {
            Matter::Waiting(_) | Matter::Sent(_) => Some(self.of),
            Matter::Sought { case, .. } => Some(*case),
            Matter::Asked { .. } => None,
        }
    }

    /// Whether whoever sent it may still take it back.
    pub fn may_withdraw(&self) -> bool {
        matches!(&self.matter, Matter::Sent(offer) if offer.is_open())
    }

    /// Whether the emergency sheet of the person can be read: from the moment of dispatch on.
    pub const fn has_sheet(&self) -> bool {
        matches!(&self.matter, Matter::Waiting(Offer { kind: OfferKind::Refer | OfferKind::Transfer, .. }))
    }
}

fn person(record: &Record) -> Person {
    let case = Case(record);
    Person { name: case.name().to_owned(), sex: case.sex(), birth: case.birth().cloned().unwrap_or(Dated::UNKNOWN) }
}

/// An inquiry as its asker reads it: what a family is told is between it and the office that has the person; what the office
/// that was asked for access says is meant for the asker.
fn without_answer(inquiry: &Record) -> Arc<Record> {
    let mut cut = inquiry.clone();
    for field in [Field::InquiryCase, Field::InquiryAnswer, Field::InquiryAnsweredBy, Field::InquiryAnsweredAt] {
        if !(field == Field::InquiryAnswer && is_for_access(inquiry)) {
            cut.facts.remove(&field.into());
        }
    }
    Arc::new(cut)
}
