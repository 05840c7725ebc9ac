//! The curtain: what covers the whole screen and takes every key, whatever stands beneath. A screen that was left alone locks;
//! a session whose operator may not go on ends. What was half typed is a draft; what is typed into a curtain goes nowhere.
//!
//! The lock hides, it is no door: who somebody is was asked of the kernel when they came in, and nothing here asks again. So
//! the word that opens it stands on it, and no text typed ahead happens to be it.

use super::App;
use super::key::Key;
use super::line::Line;
use super::notice::refusal_text;
use crate::identity::fold::fold;
use std::time::{Duration, Instant};

/// Characters that are taken of the word.
const WORD_MOST: usize = 60;

/// What covers the screen.
#[derive(Debug)]
pub enum Curtain {
    /// Nobody typed for a while.
    Locked { typed: Line, was_wrong: bool },
    /// The operator was suspended, is another now, or the last day is over.
    Closed { reason: String },
}

impl Curtain {
    fn locked() -> Self {
        Self::Locked { typed: Line::new(WORD_MOST), was_wrong: false }
    }
}

impl App {
    /// When the screen locks; never while it is covered already.
    pub(super) fn lock_due(&self) -> Option<Instant> {
        let idle = Duration::from_secs(self.seat.lock_minutes() * 60);
        self.curtain.is_none().then(|| self.last_key + idle)
    }

    /// Covers the screen when its operator may not go on, or when nobody has typed for a while; says whether it did now.
    pub(super) fn draw_curtain(&mut self, now: Instant) -> bool {
        if matches!(self.curtain, Some(Curtain::Closed { .. })) {
            return false;
        }
        let next = match self.seat.standing() {
            Err(refusal) => Curtain::Closed { reason: refusal_text(&refusal, &self.texts) },
            Ok(()) if self.lock_due().is_some_and(|due| due <= now) => Curtain::locked(),
            Ok(()) => return false,
        };
        self.draw(next);
        true
    }

    /// Locks the screen, unless it is covered already.
    pub(super) fn lock(&mut self) {
        if self.curtain.is_none() {
            self.draw(Curtain::locked());
        }
    }

    fn draw(&mut self, curtain: Curtain) {
        self.save_draft();
        self.notice = None;
        self.asked_to_quit = false;
        self.curtain = Some(curtain);
        self.is_redraw_asked = true;
    }

    pub(super) fn press_curtain(&mut self, key: Key) {
        let word = self.lock_word();
        match &mut self.curtain {
            Some(Curtain::Closed { .. }) => self.has_ended |= key == Key::Enter,
            Some(Curtain::Locked { typed, .. }) if key == Key::Enter && fold(typed.text()) == fold(&word) => {
                self.curtain = None;
                self.is_redraw_asked = true;
            }
            Some(Curtain::Locked { typed, was_wrong }) if key == Key::Enter => {
                *was_wrong = !typed.text().is_empty();
                typed.set("");
            }
            Some(Curtain::Locked { typed, was_wrong }) => {
                *was_wrong = false;
                typed.press(key);
            }
            None => {}
        }
    }

    /// What opens a locked screen: the first word of the operator's name.
    pub fn lock_word(&self) -> String {
        let name = self.seat.operator_name(self.seat.operator().id);
        name.split_whitespace().next().unwrap_or("buka").to_uppercase()
    }

    /// Whether Ctrl+C was pressed once.
    pub const fn is_asked_to_quit(&self) -> bool {
        self.asked_to_quit
    }
}
