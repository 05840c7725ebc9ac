//! Coming back: what a screen leaves behind for the time when nobody remembers it, and a session that begins from that. The
//! terminal keeps it and gives it back unread, for a daemon that is killed says nothing any more.
//!
//! Never here: whether somebody may come in. What comes from a terminal covers a screen, chooses among one's own drafts and,
//! on the practice desk, says where one sat; it opens nothing.

use super::keeping::HalfDone;
use super::{App, Room};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use ulid::Ulid;

/// Drafts that are named at most; whatever else is open is offered.
const MOST_OPEN: usize = 32;
/// The last key is told in such steps, so that typing on does not say something new with each key.
const STEP: TimeDelta = TimeDelta::seconds(10);

/// What a screen shows and who sits at it, as far as it has to come back: identities and times, nobody's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The lock covers it, or its end.
    is_locked: bool,
    /// F9 was pressed.
    is_blank: bool,
    /// When the last key came, rounded down to ten seconds.
    used: DateTime<Utc>,
    /// The forms and previews that are open, the lowest first, whether anything was typed into them or not.
    open: Vec<Ulid>,
    /// Who sits there: on the practice desk, where that is chosen inside a session.
    sitter: Option<Ulid>,
    /// Which session of its daemon it is, so that of several the same one is found again.
    #[serde(default)]
    session: Option<Ulid>,
}

impl Left {
    /// As bytes, some hundred of them.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// From bytes; `None` when they are none of ours.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Who sat there, where a session chooses that.
    pub const fn sitter(&self) -> Option<Ulid> {
        self.sitter
    }

    /// Which session it was; `None` from releases that did not say.
    pub const fn session(&self) -> Option<Ulid> {
        self.session
    }
}

impl App {
    /// What this screen leaves behind if it goes now.
    pub fn leaves(&self) -> Left {
        let idle = TimeDelta::from_std(self.instant.saturating_duration_since(self.last_key)).unwrap_or_default();
        let used = self.now() - idle;
        let mut open = self.open_drafts_here();
        open.truncate(MOST_OPEN);
        Left {
            is_locked: self.curtain.is_some(),
            is_blank: self.rooms.iter().any(|room| matches!(room, Room::Blank)),
            used: used.duration_trunc(STEP).unwrap_or(used),
            open,
            sitter: self.setting.is_practice.then(|| self.seat.operator().id),
            session: self.session,
        }
    }

    /// The session of a line that was cut, or of a daemon that began anew: what was open is open again, and what is typed on
    /// meanwhile goes nowhere until Esc. A form that was left stays a draft, and is offered.
    pub fn come_back(&mut self, left: Option<&Left>) {
        let open = left.map(|left| left.open.as_slice()).unwrap_or_default();
        let open: Vec<Ulid> = open.iter().copied().filter(|id| self.seat.load_draft(*id).is_some()).collect();
        if !open.is_empty() {
            self.rooms.retain(|room| !matches!(room, Room::Pick(_)));
        }
        for id in open {
            self.open_draft(id);
        }
        let here = self.seat.operator().id;
        let sentence = if self.setting.is_practice && left.and_then(Left::sitter) != Some(here) {
            self.texts.with("notice-come-back-as", &[("name", &self.seat.operator_name(here))])
        } else {
            self.texts.get("notice-come-back").into_owned()
        };
        self.refuse(sentence, true);
        if let Some(left) = left {
            let idle = (self.now() - left.used).to_std().unwrap_or_default();
            self.last_key = self.instant.checked_sub(idle).unwrap_or(self.last_key);
        }
        self.cover_again(left);
    }

    /// Somebody is at this screen again, which nobody was at for a while: takes hold of what is half done here. What another
    /// session has gone on with meanwhile stands as it left it; what it has finished, or has open now, is not here any more.
    pub fn take_hold(&mut self) {
        for at in 0..self.rooms.len() {
            let Some(HalfDone { id, typed, .. }) = self.half_done(at) else { continue };
            let is_mine = self.seat.hold_draft(id);
            // What the disk does not tell is taken to be as it was.
            let Ok(kept) = self.seat.kept_draft(id) else { continue };
            if is_mine && (typed == kept || self.draft_fault.is_some()) {
                continue;
            }
            self.rooms.truncate(at);
            match kept {
                Some(_) if is_mine => self.open_draft(id),
                _ => self.refuse(self.texts.get("notice-went-on-elsewhere").into_owned(), true),
            }
            return;
        }
    }

    /// Covers a screen that returns by itself, if it was covered when its terminal saw it last, or was not used for so long
    /// that it would be. Where nobody knows, it locks: who sits there opens it with a word, whoever passes by sees nothing.
    pub fn cover_again(&mut self, left: Option<&Left>) {
        let is_blank = matches!(self.rooms.last(), Some(Room::Blank));
        if left.is_some_and(|left| left.is_blank) && !is_blank {
            self.rooms.push(Room::Blank);
        }
        if left.is_none_or(|left| left.is_locked) {
            self.lock();
        }
        self.draw_curtain(Instant::now());
    }
}
