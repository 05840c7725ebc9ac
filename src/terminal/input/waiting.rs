//! Waiting: how long a begun sequence may stay begun, and what it was if its rest never comes.
//!
//! Lives here: every duration of the decoder. Never here: bytes.

use std::time::{Duration, Instant};

use super::{Decoder, State, key};
use crate::app::key::{Input, Key};

/// How much longer than a lone ESC a started sequence may take to come.
const PATIENCE: u32 = 4;
/// How long a torn answer is waited for while answers are due; pacing forgets them after the same time.
const ANSWER_WAIT: Duration = Duration::from_secs(3);
/// A paste whose end has not come this long after its last byte is over.
const PASTE_WAIT: Duration = Duration::from_secs(5);

impl Decoder {
    /// When [`Decoder::expire`] wants to be called if no byte comes before; `None` while nothing is pending.
    pub fn deadline(&self) -> Option<Instant> {
        Some(self.last_byte_at? + self.wait()?)
    }

    /// Settles what has waited too long at `now`. Call it only after finding that no byte is ready.
    pub fn expire(&mut self, now: Instant, out: &mut Vec<Input>) {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        let state = std::mem::replace(&mut self.state, State::Ground);
        match state {
            State::Escape | State::StringEscape => {
                key(Key::Esc, out);
                self.is_tail_possible = self.answers_due > 0;
            }
            State::Csi { .. } if self.token.is_empty() => {
                key(Key::Esc, out);
                if self.answers_due > 0 {
                    self.state = State::AnswerTail;
                    self.last_byte_at = Some(now);
                } else {
                    key(Key::Char('['), out);
                }
            }
            State::Ss3 => self.give_back(b"O", out),
            State::StringStart(introducer) => self.give_back(&[introducer], out),
            State::Paste => self.end_paste(out),
            State::AnswerTail => self.give_back_tail(out),
            State::Csi { .. } | State::ConsoleKey | State::Mouse { .. } | State::StringBody { .. } => {}
            State::Ground | State::Character { .. } => {}
        }
        if self.state == State::Ground {
            self.token.clear();
        }
    }

    fn wait(&self) -> Option<Duration> {
        let lone = self.settings.escape_wait;
        let is_answer_due = self.answers_due > 0;
        match self.state {
            State::Ground | State::Character { .. } => None,
            State::Escape | State::StringEscape => Some(lone),
            State::Csi { .. } if is_answer_due && !self.token.is_empty() => Some(ANSWER_WAIT),
            State::Csi { .. } if is_answer_due || !self.token.is_empty() => Some(lone * PATIENCE),
            State::Csi { .. } | State::Ss3 | State::StringStart(_) => Some(lone),
            State::ConsoleKey | State::Mouse { .. } | State::StringBody { .. } | State::AnswerTail => {
                Some(lone * PATIENCE)
            }
            State::Paste => Some(PASTE_WAIT),
        }
    }
}
