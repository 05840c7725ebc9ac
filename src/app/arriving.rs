//! What is typed ahead waits in its order: for the desk's answer, and for the index of a large desk, before which the screen
//! is up: its first page stands, the cursor moves on it, and whatever needs more waits.

use super::action::{Action, Layer};
use super::key::Input;
use super::{App, Notice};
use std::time::{Duration, Instant};

/// How often the screen looks whether the index is there.
const AGAIN: Duration = Duration::from_millis(20);

/// How many inputs wait for an answer at most; more are dropped, as a keyboard's own buffer does.
const TYPED_AHEAD: usize = 4096;

impl App {
    /// Keeps an input for later.
    pub(super) fn type_ahead(&mut self, input: Input) {
        if self.typed_ahead.len() < TYPED_AHEAD {
            self.typed_ahead.push_back(input);
        }
    }

    /// Takes what waits, as long as nothing is waited for.
    pub(super) fn take_typed_ahead(&mut self) {
        while self.pending.is_none() && !self.is_arriving {
            let Some(input) = self.typed_ahead.pop_front() else { break };
            self.take(input);
        }
    }

    /// Whether an input is to wait for the index.
    pub(super) fn waits_for_index(&self, input: &Input) -> bool {
        self.is_arriving && !(self.typed_ahead.is_empty() && self.needs_no_index(input))
    }

    /// Whether what is on the screen is enough for an input: the cursor within the page, leaving, blanking.
    fn needs_no_index(&self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        let (layer, list) = (self.layer(), &self.list);
        let has_below = |rows: usize| list.at + rows < list.rows.len();
        match (layer, self.keymap.action(layer, *key)) {
            (Layer::Blank | Layer::Confirm, _) | (_, Some(Action::Quit | Action::Blank)) => true,
            (Layer::List, Some(Action::Up | Action::PageUp | Action::First)) => true,
            (Layer::List, Some(Action::Down)) => has_below(1),
            (Layer::List, Some(Action::PageDown)) => has_below(list.height),
            _ => false,
        }
    }

    /// Keeps an input until the index is there, and says so.
    pub(super) fn keep_for_index(&mut self, input: Input) {
        self.type_ahead(input);
        self.notice = Some(Notice::info(self.texts.get("notice-arriving")));
    }

    /// Shows the whole list as soon as the index is there; says whether it just came.
    pub(super) fn settle_arriving(&mut self) -> bool {
        if !self.is_arriving || self.seat.is_arriving() {
            return false;
        }
        self.is_arriving = false;
        self.notice = None;
        self.list.refresh(&self.seat);
        self.follow_pane();
        self.count_inbox();
        if self.rooms.is_empty() {
            self.offer_drafts();
            self.begin_with_counts();
        }
        true
    }

    /// When that is looked at again.
    pub(super) fn arriving_due(&self) -> Option<Instant> {
        self.is_arriving.then(|| self.instant + AGAIN)
    }
}
