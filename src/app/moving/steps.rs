//! What the keys of the move dialog do, step by step: a letter, a reason, the commit.

use super::{Moving, Stage, table_rows};
use crate::app::asking::After;
use crate::app::key::Key;
use crate::app::notice::Notice;
use crate::app::{App, Room};
use crate::desk::{Ask, Proposal};
use crate::domain::status::Status;

impl App {
    pub(super) fn moving(&mut self) -> Option<&mut Moving> {
        match self.rooms.last_mut() {
            Some(Room::Moving(moving)) => Some(moving),
            _ => None,
        }
    }

    pub(in crate::app) fn type_into_move(&mut self, key: Key) {
        let seat = self.seat.clone();
        let Some(moving) = self.moving() else { return };
        match (moving.stage, key) {
            (Stage::Choose | Stage::Review, Key::Char(letter)) => {
                let Some(to) = Status::from_letter(letter) else {
                    self.notice = Some(Notice::info(self.texts.get("notice-no-status-letter")));
                    return;
                };
                moving.choose(to, &seat);
                let asks_at_once = moving.people.iter().any(super::Person::lacks_reason);
                moving.stage = if asks_at_once { Stage::Reason } else { Stage::Review };
                self.notice = None;
            }
            (Stage::Reason | Stage::Emergency | Stage::Decline, key) => {
                moving.line.press(key);
            }
            (Stage::Choose | Stage::Review, _) => {}
        }
    }

    /// Esc inside the dialog. Who goes back to the letters takes the reasons back that were given for this status.
    pub(in crate::app) fn move_step_back(&mut self) {
        let seat = self.seat.clone();
        let Some(moving) = self.moving() else { return };
        moving.stage = match moving.stage {
            Stage::Emergency | Stage::Decline => Stage::Review,
            Stage::Reason if moving.is_bulk() => Stage::Review,
            Stage::Choose | Stage::Review | Stage::Reason => {
                moving.forget_decisions();
                moving.judge(&seat);
                Stage::Choose
            }
        };
        moving.line.set("");
        self.notice = None;
    }

    /// Enter: takes the reason that was typed, or commits.
    pub(in crate::app) fn commit_move(&mut self) {
        let seat = self.seat.clone();
        let Some(moving) = self.moving() else { return };
        let typed = moving.line.text().trim().to_owned();
        match moving.stage {
            Stage::Choose => {
                self.notice = Some(Notice::info(self.texts.get("notice-choose-status")));
            }
            Stage::Reason | Stage::Emergency | Stage::Decline if typed.is_empty() => {
                self.notice = Some(Notice::no(self.texts.get("notice-reason-needed")));
            }
            Stage::Reason => {
                moving.intent.reason = Some(typed);
                moving.take_reason(&seat);
            }
            Stage::Emergency => {
                moving.intent.emergency = Some(typed);
                moving.take_reason(&seat);
            }
            Stage::Decline => self.propose_decline(typed),
            Stage::Review if moving.is_bulk() && moving.people.iter().any(super::Person::lacks_reason) => {
                moving.stage = Stage::Reason;
                moving.line.set("");
            }
            Stage::Review => self.propose_move(),
        }
    }

    fn propose_move(&mut self) {
        let Some(moving) = self.moving() else { return };
        let Some(to) = moving.to else { return };
        let going = || moving.people.iter().filter(|person| person.goes());
        let asked = going().filter(|person| person.only_asks()).count();
        let ask = |person: &super::Person| {
            let change = person.verdict.as_ref().ok()?;
            Some(Ask::Move { of: change.of, to, intent: moving.intent_for(person) })
        };
        let asks: Vec<Ask> = going().filter_map(ask).collect();
        if asks.is_empty() {
            self.notice = Some(Notice::no(self.texts.get("notice-nobody-can-go")));
            return;
        }
        let proposal = Proposal { id: moving.id, asks, undoes: None };
        self.ask(proposal, After::Moved { to, asked }, None);
    }

    pub(in crate::app) fn ask_emergency(&mut self) {
        let Some(moving) = self.moving() else { return };
        if moving.to == Some(Status::Tutup) && moving.is_reviewing() {
            self.notice = Some(Notice::no(self.texts.get("obstacle-no-emergency")));
        } else if moving.is_reviewing() && moving.counts().1 > 0 {
            moving.stage = Stage::Emergency;
            moving.line.set("");
            self.notice = None;
        } else {
            self.notice = Some(Notice::info(self.texts.get("notice-nothing-missing")));
        }
    }

    /// Leaves the person under the cursor out of a bulk, or takes them in.
    pub(in crate::app) fn toggle_person(&mut self) {
        let seat = self.seat.clone();
        let Some(moving) = self.moving() else { return };
        if moving.is_bulk() && moving.is_reviewing() {
            moving.toggle(&seat);
        } else {
            self.notice = Some(Notice::info(self.texts.get("notice-nobody-to-leave-out")));
        }
    }

    /// Moves the cursor in the table of people.
    pub(in crate::app) fn step_in_move(&mut self, by: isize) {
        let shown = usize::from(table_rows(self.size.1));
        if let Some(moving) = self.moving() {
            moving.step(by, shown);
        }
    }
}

impl Moving {
    /// Back to the table with a reason that was just given.
    fn take_reason(&mut self, seat: &crate::desk::Seat) {
        self.stage = Stage::Review;
        self.line.set("");
        self.judge(seat);
        self.arrange();
    }
}
