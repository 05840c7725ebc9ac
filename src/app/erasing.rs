//! Erasing a case: what will be gone and what stays, why, and the number typed again. Then every room about it falls back.
//!
//! Text that was typed ahead must not destroy anything: it takes a reason worth the name, Enter, and exactly this case's
//! number. Who may and when is the desk's to say.

use super::asking::After;
use super::key::Key;
use super::line::Line;
use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::desk::{Doomed, Proposal};
use crate::domain::reason::REASON_MOST;
use crate::domain::subject::{Number, Subject};

/// Characters of a number that are taken.
const NUMBER_MOST: usize = 20;

/// The question before a case is destroyed.
pub struct Erasing {
    pub doomed: Doomed,
    pub reason: Line,
    pub number: Line,
    /// Whether the reason is said and the number is awaited.
    pub is_confirming: bool,
    /// What is asked once the number stands there.
    proposal: Option<Proposal>,
}

/// Shows the number, never the person.
impl std::fmt::Debug for Erasing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Erasing({})", self.doomed.number)
    }
}

impl App {
    /// Why the chosen case cannot be erased now.
    pub(super) fn why_not_erase(&self) -> Option<String> {
        let refusal = match self.chosen_one() {
            Some(row) => self.seat.why_not_erase(row)?,
            None => return Some(self.texts.get("why-not-nobody").into_owned()),
        };
        Some(refusal_text(&refusal, &self.texts))
    }

    pub(super) fn open_erasing(&mut self) {
        let Some(row) = self.chosen_one() else { return };
        match self.seat.doomed(row) {
            Ok(doomed) => {
                self.notice = None;
                self.rooms.push(Room::Erase(Box::new(Erasing {
                    doomed,
                    reason: Line::new(REASON_MOST),
                    number: Line::new(NUMBER_MOST),
                    is_confirming: false,
                    proposal: None,
                })));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), true),
        }
    }

    pub(super) fn type_into_erasing(&mut self, key: Key) {
        let Some(Room::Erase(erasing)) = self.rooms.last_mut() else { return };
        match key {
            Key::Enter if erasing.is_confirming => self.erase(),
            Key::Enter => match self.seat.erasure(erasing.doomed.of, erasing.reason.text()) {
                Ok(proposal) => {
                    (erasing.proposal, erasing.is_confirming) = (Some(proposal), true);
                    self.notice = None;
                }
                Err(refusal) => self.notice = Some(Notice::refusal(&refusal, &self.texts)),
            },
            _ => {
                let line = if erasing.is_confirming { &mut erasing.number } else { &mut erasing.reason };
                line.press(key);
            }
        }
    }

    /// A reason may be pasted; the number is typed.
    pub(super) fn paste_into_erasing(&mut self, text: &str) {
        if let Some(Room::Erase(erasing)) = self.rooms.last_mut()
            && !erasing.is_confirming
        {
            erasing.reason.insert(&text.replace('\n', " "));
        }
    }

    /// Esc: from the number back to the reason, from the reason back to the case.
    pub(super) fn leave_erasing(&mut self) {
        self.notice = None;
        match self.rooms.last_mut() {
            Some(Room::Erase(erasing)) if erasing.is_confirming => {
                erasing.is_confirming = false;
                erasing.number.set("");
            }
            _ => drop(self.rooms.pop()),
        }
    }

    fn erase(&mut self) {
        let Some(Room::Erase(erasing)) = self.rooms.last_mut() else { return };
        let number = erasing.doomed.number;
        if erasing.number.text().trim().parse::<Number>() != Ok(number) {
            let text = self.texts.with("refused-erase-number", &[("number", &number.to_string())]);
            self.notice = Some(Notice::no(text));
            return;
        }
        if let Some(proposal) = erasing.proposal.clone() {
            self.ask(proposal, After::Erased(number), None);
        }
    }

    /// Leaves every room that is about somebody who is erased, with what stands above it, and says so; the list forgets
    /// them too.
    pub(super) fn leave_erased(&mut self) {
        let seat = self.seat.clone();
        let is_erased = |of: Subject| seat.is_erased(of);
        for room in &mut self.rooms {
            if let Room::Moving(moving) = room {
                moving.people.retain(|person| !is_erased(Subject::case(person.summary.id)));
            }
        }
        let is_gone = |room: &Room| match room {
            Room::Case(case) => is_erased(case.of),
            Room::Form(form) => is_erased(form.base.of),
            Room::Erase(erasing) => is_erased(erasing.doomed.of),
            Room::Preview(preview) => preview.cases.iter().any(|of| is_erased(*of)),
            Room::Reason(reason) => seat.number_of_row(reason.row).is_none(),
            Room::Moving(moving) => moving.people.is_empty(),
            Room::Compare(compare) => {
                let sides = std::iter::once(&compare.left).chain(&compare.right);
                sides.into_iter().any(|side| is_erased(side.record.of))
            }
            Room::Sheet(sheet) => sheet.about.iter().any(|of| is_erased(*of)),
            Room::Today(_)
            | Room::Counts(_)
            | Room::Trail(_)
            | Room::Inbox(_)
            | Room::Import(_)
            | Room::Prompt(_)
            | Room::Pick(_)
            | Room::Confirm { .. }
            | Room::Refused { .. }
            | Room::Blank => false,
        };
        if let Some(first) = self.rooms.iter().position(is_gone) {
            // A blank screen stays blank, whatever goes beneath it.
            let is_blank = matches!(self.rooms.last(), Some(Room::Blank));
            self.rooms.truncate(first);
            self.rooms.extend(is_blank.then_some(Room::Blank));
            self.notice = Some(Notice::info(self.texts.get("notice-case-erased")));
        }
        self.last_saved.take_if(|record| is_erased(record.of));
        self.list.refresh(&self.seat);
        self.reopen_views();
    }
}
