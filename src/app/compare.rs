//! People side by side: a manifest's row, a form or a case, and one after the other everybody whom that person may be again.
//! What is decided here is kept by the room below: in the preview, in the form, or by the desk for a case.

pub mod lines;

use super::asking::After;
use super::form::Purpose;
use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::app::action::Action;
use crate::desk::importing::Verdict;
use crate::desk::{Alike, Ask, MOST_ALIKE, Other, Proposal, RowId};
use crate::domain::access::Act;
use crate::domain::case::Case;
use crate::domain::case::items::linked;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::subject::Subject;
use crate::domain::value::{Timed, Value};
use std::sync::Arc;

/// Whose question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The row of the preview below.
    Row(usize),
    /// The quick intake below.
    Form,
    Case(RowId),
}

/// One column: what is known of somebody, and the movement they came with.
#[derive(Clone, Debug)]
pub struct Side {
    pub record: Record,
    pub movement: Option<Arc<Record>>,
    /// The number that a row of the manifest has there.
    pub row: Option<String>,
}

/// The comparison on the screen.
#[derive(Debug)]
pub struct Compare {
    pub about: About,
    pub left: Side,
    /// Everybody alike, the surest first.
    pub alike: Vec<Alike>,
    /// Which of them stands on the right.
    pub at: usize,
    /// What this operator may see of them; nothing where that is nothing.
    pub right: Option<Side>,
    /// Lines scrolled away.
    pub top: usize,
}

/// Lines scrolled away at most; no comparison is longer.
const MOST_LINES: usize = 200;

impl Compare {
    /// Who stands on the right.
    pub fn current(&self) -> Option<&Alike> {
        self.alike.get(self.at)
    }

    /// Scrolls the lines; the face stops at the last.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(MOST_LINES);
    }
}

impl App {
    /// Puts the person of the room on top beside everybody alike.
    pub(super) fn open_compare(&mut self) {
        let opened = match self.rooms.last() {
            Some(Room::Import(import)) => {
                let row = import.at;
                let alike = self.seat.alike_to_row(&import.preview, row);
                Ok((About::Row(row), self.row_side(row), alike))
            }
            Some(Room::Form(form)) => {
                let mut record = Record { facts: form.known(), ..Record::empty(form.base.of) };
                let alike = self.seat.candidates(&record.facts, MOST_ALIKE);
                if let Some(movement) = self.kept.movement {
                    record.facts.insert(Field::Movement.into(), Value::Link(movement));
                }
                Ok((About::Form, Some(self.side(record)), alike.iter().map(Alike::from).collect()))
            }
            _ => match self.chosen_one() {
                None => return,
                Some(row) => self.seat.record_of(row).map(|record| {
                    let alike = self.seat.alike_to(&record);
                    (About::Case(row), Some(self.side(record)), alike)
                }),
            },
        };
        match opened {
            Ok((about, Some(left), alike)) => self.put_side_by_side(about, left, alike),
            Ok((_, None, _)) => {}
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    fn put_side_by_side(&mut self, about: About, left: Side, alike: Vec<Alike>) {
        let is_question = matches!(about, About::Case(_)) && left.record.code(Field::DuplicateAnswer).is_none();
        if alike.is_empty() && !is_question {
            self.notice = Some(Notice::info(self.texts.get("notice-nobody-alike")));
            return;
        }
        self.rooms.push(Room::Compare(Box::new(Compare { about, left, alike, at: 0, right: None, top: 0 })));
        self.face(0);
    }

    fn side(&self, record: Record) -> Side {
        let movement = self.seat.movement_of(&record);
        Side { record, movement, row: None }
    }

    /// A row of the preview that is open, as a column.
    fn row_side(&self, row: usize) -> Option<Side> {
        let preview = self.rooms.iter().rev().find_map(|room| match room {
            Room::Import(import) => Some(&import.preview),
            _ => None,
        })?;
        let record = preview.record(row);
        Some(Side { record, movement: Some(Arc::new(preview.movement.clone())), row: Some(preview.given(row)) })
    }

    fn compare(&mut self) -> Option<&mut Compare> {
        match self.rooms.last_mut() {
            Some(Room::Compare(compare)) => Some(compare),
            _ => None,
        }
    }

    /// Puts the one at this place on the right. Looking at a case is a look like any other, and leaves its line in the trail.
    fn face(&mut self, place: usize) {
        let Some(compare) = self.compare() else { return };
        let at = place.min(compare.alike.len().saturating_sub(1));
        let other = compare.alike.get(at).map(|alike| alike.other);
        let right = match other {
            Some(Other::Row(row)) => self.row_side(row),
            Some(Other::Case(id)) => {
                let of = Subject::case(id);
                let may_find = self.seat.name_of(of).is_some();
                may_find.then(|| self.seat.record(of).ok()).flatten().map(|record| self.side(record))
            }
            None => None,
        };
        if let Some(compare) = self.compare() {
            (compare.at, compare.right, compare.top) = (at, right, 0);
        }
    }

    /// Steps among those alike.
    pub(super) fn step_alike(&mut self, by: isize) {
        let place = self.compare().map(|compare| compare.at.saturating_add_signed(by));
        if let Some(place) = place {
            self.face(place);
        }
    }

    /// Why a command of the comparison cannot be given; `None` when it can, or is none of its.
    pub(super) fn why_not_compare(&self, action: Action) -> Option<&'static str> {
        match self.rooms.last() {
            Some(Room::Compare(compare)) => {
                let is_hidden = compare.right.is_none() && compare.current().is_some();
                match action {
                    Action::SamePerson | Action::OtherPerson | Action::Open if is_hidden => {
                        Some("sealed-ask-supervisor")
                    }
                    Action::SamePerson if compare.alike.is_empty() => Some("why-not-nobody-alike"),
                    Action::Open if !matches!(compare.current(), Some(Alike { other: Other::Case(_), .. })) => {
                        Some("why-not-no-case")
                    }
                    _ => None,
                }
            }
            Some(Room::Form(form)) if action == Action::Compare => match form.purpose {
                Purpose::Intake if form.alike.is_empty() && form.beside.facts.is_empty() => {
                    Some("why-not-nobody-alike")
                }
                Purpose::Intake => None,
                _ => Some("why-not-compare-here"),
            },
            Some(Room::Moving(moving)) if action == Action::Compare && moving.people.len() > 1 => {
                Some("why-not-one-only")
            }
            _ => None,
        }
    }

    /// Goes to the case on the right. A form that lies below is left and its draft kept.
    pub(super) fn open_alike(&mut self) {
        let Some(Room::Compare(compare)) = self.rooms.last() else { return };
        let Some(Alike { other: Other::Case(id), .. }) = compare.current() else { return };
        let row = self.seat.row_of(*id);
        let is_form = compare.about == About::Form;
        self.rooms.pop();
        if is_form {
            self.leave_form();
        }
        if let Some(row) = row {
            self.open_case(row);
        }
    }

    /// The same person, or another: kept where the question came from.
    pub(super) fn decide_alike(&mut self, verdict: Verdict) {
        let Some(Room::Compare(compare)) = self.rooms.last() else { return };
        let (about, other) = (compare.about, compare.current().map(|alike| alike.other));
        match (about, other) {
            (About::Row(row), Some(other)) => self.decide_row(row, other, verdict),
            (About::Form, Some(Other::Case(id))) => self.decide_form(id, verdict),
            (About::Case(row), other) => self.decide_case(row, other, verdict),
            (About::Row(_) | About::Form, _) => {}
        }
    }

    fn decide_row(&mut self, row: usize, other: Other, verdict: Verdict) {
        let seat = self.seat.clone();
        let below = self.rooms.iter_mut().rev().find_map(|room| match room {
            Room::Import(import) => Some(&mut import.preview),
            _ => None,
        });
        let Some(preview) = below else { return };
        seat.decide(preview, row, other, verdict);
        self.decided(verdict);
    }

    /// After a decision: the next one alike, or back.
    pub(super) fn decided(&mut self, verdict: Verdict) {
        let Some(compare) = self.compare() else { return };
        let at = compare.at;
        if at < compare.alike.len() {
            compare.alike.remove(at);
        }
        if verdict == Verdict::Same || compare.alike.is_empty() {
            self.rooms.pop();
        } else {
            self.face(at);
        }
    }

    /// In a form, somebody whose way is open is gone to; whoever came home before comes in again, linked; of another person
    /// it is said so beside what is typed.
    fn decide_form(&mut self, id: ulid::Ulid, verdict: Verdict) {
        if verdict == Verdict::Same && !self.seat.is_home_already(id) {
            return self.open_alike();
        }
        self.decided(verdict);
        let kind = if verdict == Verdict::Same { "SMA" } else { "BKN" };
        let facts = linked(self.seat.new_id(), Subject::case(id), kind, self.seat.operator());
        let form = self.rooms.iter_mut().rev().find_map(|room| match room {
            Room::Form(form) => Some(form),
            _ => None,
        });
        if let Some(form) = form {
            form.say_beside(Subject::case(id), facts);
        }
        self.look_for_duplicates();
        self.save_draft();
        let key = if verdict == Verdict::Same { "notice-said-return" } else { "notice-said-another" };
        self.notice = Some(Notice::info(self.texts.get(key)));
    }

    /// Answers the question of a case: one commit, taken back like any other.
    fn decide_case(&mut self, row: RowId, other: Option<Other>, verdict: Verdict) {
        let other = match other {
            Some(Other::Case(id)) => Some(Subject::case(id)),
            Some(Other::Row(_)) => return,
            None => None,
        };
        let record = match self.seat.record_of(row) {
            Ok(record) => record,
            Err(refusal) => return self.refuse(refusal_text(&refusal, &self.texts), false),
        };
        let is_last = matches!(self.rooms.last(), Some(Room::Compare(compare)) if compare.alike.len() <= 1);
        let mut change = Change::on(&record, Verb::Link, Timed::certain(self.now()));
        let key = match (verdict, other) {
            (Verdict::Same, Some(other)) => self.say_same(&mut change, &record, other),
            (Verdict::Another, other) => self.say_another(&mut change, &record, other, is_last),
            (Verdict::Same, None) => return,
        };
        if change.edits.is_empty() {
            self.notice = Some(Notice::info(self.texts.get("notice-nothing-changed")));
            return;
        }
        let proposal = Proposal { id: self.seat.new_id(), asks: vec![Ask::Edit(change)], undoes: None };
        self.ask(proposal, After::Compared { verdict, key }, None);
    }

    /// The same person: the answer, and whose case it is. The link between the cases is a supervisor's to make.
    fn say_same(&self, change: &mut Change, record: &Record, other: Subject) -> &'static str {
        change.set(record, Field::DuplicateAnswer, Some(Value::code("SMA")));
        change.set(record, Field::DuplicateOf, Some(Value::Link(other)));
        let is_linked = Case(record).links().any(|link| link.case == other && link.kind == Some("SMA"));
        if !self.seat.may_on(record, Act::Merge) {
            return "notice-answered-same";
        }
        if !is_linked {
            self.link(change, record, other, "SMA");
        }
        "notice-linked"
    }

    /// Another person: the pair is not asked about again, and the question is answered once nobody alike is left.
    fn say_another(&self, change: &mut Change, record: &Record, other: Option<Subject>, is_last: bool) -> &'static str {
        let named = record.link(Field::DuplicateOf);
        let is_retracted = named.is_some() && named == other;
        let is_answered = is_last && (named.is_none() || is_retracted);
        if is_retracted {
            change.set(record, Field::DuplicateOf, None);
        }
        if is_answered {
            change.set(record, Field::DuplicateAnswer, Some(Value::code("BRU")));
        } else if is_retracted {
            change.set(record, Field::DuplicateAnswer, None);
        }
        if let Some(other) = other {
            self.link(change, record, other, "BKN");
        }
        if is_answered { "notice-answered-new" } else { "notice-answered-another" }
    }

    fn link(&self, change: &mut Change, record: &Record, other: Subject, kind: &str) {
        for (slot, value) in linked(self.seat.new_id(), other, kind, self.seat.operator()) {
            change.set(record, slot, Some(value));
        }
    }
}
