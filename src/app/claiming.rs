//! Taking a case upon oneself: the one that is meant, or the most urgent that nobody has taken.

use super::action::Action;
use super::asking::After;
use super::notice::{Notice, refusal_text};
use super::reason::Next;
use super::{App, Room};
use crate::desk::{Ask, Proposal, RowId};
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::value::{Timed, Value};

impl App {
    /// Takes the next most urgent person whom nobody has taken, and opens the case.
    pub(super) fn next_urgent(&mut self) {
        let Some(row) = self.seat.next_urgent() else {
            self.notice = Some(Notice::info(self.texts.get("notice-nobody-waits")));
            return;
        };
        if self.asks_reason(row, Next::Run(Action::NextUrgent)) {
            return;
        }
        self.rooms.retain(|room| !matches!(room, Room::Case(_)));
        self.list.go_to(row, self.instant);
        self.list.settle(None);
        self.claim_row(row);
        if !self.is_waiting() {
            self.open_case(row);
        }
    }

    pub(super) fn claim(&mut self) {
        if let Some(row) = self.chosen_one() {
            self.claim_row(row);
        }
    }

    fn claim_row(&mut self, row: RowId) {
        let record = match self.seat.record_of(row) {
            Ok(record) => record,
            Err(refusal) => return self.refuse(refusal_text(&refusal, &self.texts), false),
        };
        let mut change = Change::on(&record, Verb::Claim, Timed::certain(self.now()));
        change.set(&record, Field::Officer, Some(Value::Link(self.seat.operator())));
        let proposal = Proposal { id: self.seat.new_id(), asks: vec![Ask::Edit(change)], undoes: None };
        self.ask(proposal, After::Said("notice-claimed"), None);
    }
}
