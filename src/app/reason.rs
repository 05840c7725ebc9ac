//! Saying why before a closed case or section opens: the question, the reason being typed, and what goes on after it.
//!
//! Text that was typed ahead must not become a reason: it takes a line of some length, Enter, and Enter once more on what
//! will be written down. Nothing here decides who may look: the desk does.

use super::action::Action;
use super::key::Key;
use super::line::Line;
use super::notice::{Notice, refusal_text};
use super::record::CaseRoom;
use super::{App, Room};
use crate::desk::{Behind, RowId, sound_reason};
use crate::domain::reason::REASON_MOST;

/// What the operator was about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Open the case above what is open.
    Open,
    /// Open it in place of the case that is open.
    Turn,
    /// Show what is open again, with what was closed in it.
    Reread,
    /// Give a command about it.
    Run(Action),
}

/// The question why.
#[derive(Debug)]
pub struct Reason {
    pub row: RowId,
    pub behind: Behind,
    pub line: Line,
    /// Whether the reason is said and only Enter is awaited.
    pub is_confirming: bool,
    next: Next,
}

impl App {
    /// Asks why, where the case of a row opens with a reason only; says whether it did.
    pub(super) fn asks_reason(&mut self, row: RowId, next: Next) -> bool {
        let Some(behind) = self.seat.behind(row) else { return false };
        self.ask_reason(row, behind, next);
        true
    }

    fn ask_reason(&mut self, row: RowId, behind: Behind, next: Next) {
        let reason = Reason { row, behind, line: Line::new(REASON_MOST), is_confirming: false, next };
        self.notice = None;
        self.rooms.push(Room::Reason(Box::new(reason)));
    }

    /// Asks why the closed section of the open case is to be opened.
    pub(super) fn open_closed_section(&mut self) {
        if let Some(Room::Case(case)) = self.rooms.last() {
            self.ask_reason(case.row, Behind::Compartment, Next::Reread);
        }
    }

    /// Whether the case on top has a section that a reason opens.
    pub fn has_closed_section(&self) -> bool {
        matches!(self.rooms.last(), Some(Room::Case(case)) if case.view.opens_with_reason)
    }

    pub(super) fn type_into_reason(&mut self, key: Key) {
        let Some(Room::Reason(reason)) = self.rooms.last_mut() else { return };
        match key {
            Key::Enter if reason.is_confirming => self.say_reason(),
            // Enter opens and Esc goes back to the line; everything else was meant for something else.
            _ if reason.is_confirming => {}
            Key::Enter => match sound_reason(reason.line.text()) {
                Ok(why) => {
                    reason.line.set(&why);
                    reason.is_confirming = true;
                    self.notice = None;
                }
                Err(refusal) => self.notice = Some(Notice::refusal(&refusal, &self.texts)),
            },
            _ => {
                reason.line.press(key);
            }
        }
    }

    pub(super) fn paste_into_reason(&mut self, text: &str) {
        if let Some(Room::Reason(reason)) = self.rooms.last_mut()
            && !reason.is_confirming
        {
            reason.line.insert(&text.replace('\n', " "));
        }
    }

    /// Esc: from what would be written back to the line, from the line back to where the operator was.
    pub(super) fn leave_reason(&mut self) {
        self.notice = None;
        match self.rooms.last_mut() {
            Some(Room::Reason(reason)) if reason.is_confirming => reason.is_confirming = false,
            _ => drop(self.rooms.pop()),
        }
    }

    fn say_reason(&mut self) {
        let Some(Room::Reason(reason)) = self.rooms.last_mut() else { return };
        let (row, next) = (reason.row, reason.next);
        if let Err(refusal) = self.seat.give_reason(row, reason.line.text()) {
            reason.is_confirming = false;
            self.notice = Some(Notice::refusal(&refusal, &self.texts));
            return;
        }
        self.rooms.pop();
        self.notice = Some(Notice::done(self.texts.get("notice-opened-with-reason")));
        match next {
            Next::Open => self.open_case(row),
            Next::Turn => self.turn_to(row),
            Next::Reread => self.reopen_views(),
            Next::Run(action) => self.perform(action),
        }
    }

    /// Opens the case of a row in place of the one that is open.
    pub(super) fn turn_to(&mut self, row: RowId) {
        if self.asks_reason(row, Next::Turn) {
            return;
        }
        match CaseRoom::open(row, &self.seat) {
            Ok(case) => {
                self.rooms.pop();
                self.rooms.push(Room::Case(Box::new(case)));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }
}
