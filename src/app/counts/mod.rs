//! The counts (*rekap*) on the screen: tables as lines, scrolled, read again while others work. What is counted is the desk's.

pub mod blocks;

use super::notice::refusal_text;
use super::{App, Room};
use crate::desk::Rekap;
use blocks::{Block, Line, blocks, lines};
use std::time::{Duration, Instant};

/// Columns of one text column; a screen of twice as many shows two beside each other.
pub const COLUMNS: u16 = 80;
/// How long the counts stand at least before they are made anew because somebody saved something.
const STANDS: Duration = Duration::from_secs(1);

/// The counts of a moment, and how far they are scrolled.
pub struct Counts {
    rekap: Rekap,
    /// The first line that is shown.
    pub top: usize,
    made: Instant,
    /// Whether something was saved since.
    is_stale: bool,
}

/// Shows that they are there, never how many.
impl std::fmt::Debug for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Counts(of {})", self.rekap.at)
    }
}

impl App {
    /// Lines of the counts that fit on the screen.
    fn counts_height(&self) -> usize {
        // The page of the list has three lines that are no rows: its order, its heads, its detail.
        (self.list.height + 3) * self.counts_columns()
    }

    /// How many columns of text stand beside each other.
    pub fn counts_columns(&self) -> usize {
        usize::from(self.size.0 / COLUMNS).clamp(1, 2)
    }

    /// Opens the counts.
    pub(super) fn open_counts(&mut self) {
        match self.seat.rekap() {
            Ok(rekap) => {
                let counts = Counts { rekap, top: 0, made: self.instant, is_stale: false };
                self.rooms.push(Room::Counts(Box::new(counts)));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    /// Whoever may see nothing but counts begins with them.
    pub(super) fn begin_with_counts(&mut self) {
        let leads = self.seat.role_without_cases() == Some(crate::domain::access::Role::Leadership);
        if leads && self.rooms.is_empty() && self.seat.sight().is_some() {
            self.open_counts();
        }
    }

    /// Why there are none here.
    pub(super) fn why_not_counts(&self) -> Option<String> {
        let is_shut = self.seat.sight().is_none();
        is_shut.then(|| self.texts.get("why-not-counts").into_owned())
    }

    /// Reads the counts again because they were asked for: a look of its own.
    pub(super) fn refresh_counts(&mut self) {
        let rekap = self.seat.rekap();
        self.show_counts(rekap.ok());
    }

    /// Learns that something was saved.
    pub(super) fn counts_are_stale(&mut self) {
        for room in &mut self.rooms {
            if let Room::Counts(counts) = room {
                counts.is_stale = true;
            }
        }
        self.settle_counts(self.instant);
    }

    /// When they are to be made anew.
    pub(super) fn counts_due(&self) -> Option<Instant> {
        match self.rooms.last() {
            Some(Room::Counts(counts)) if counts.is_stale => Some(counts.made + STANDS),
            _ => None,
        }
    }

    /// Makes them anew if it is time; says whether it was.
    pub(super) fn settle_counts(&mut self, now: Instant) -> bool {
        let is_due = self.counts_due().is_some_and(|due| due <= now);
        if is_due {
            let rekap = self.seat.rekap_again();
            self.show_counts(rekap.ok());
        }
        is_due
    }

    /// The same page with other figures; whoever may not read them any more has none.
    fn show_counts(&mut self, rekap: Option<Rekap>) {
        let Some(place) = self.rooms.iter().position(|room| matches!(room, Room::Counts(_))) else { return };
        let Some(rekap) = rekap else { return self.rooms.truncate(place) };
        let made = self.instant;
        if let Some(Room::Counts(counts)) = self.rooms.get_mut(place) {
            (counts.rekap, counts.made, counts.is_stale) = (rekap, made, false);
        }
        self.scroll_counts(0);
    }

    /// Moves by lines; the last page stays full.
    pub(super) fn scroll_counts(&mut self, by: isize) {
        let Some(Room::Counts(counts)) = self.rooms.last() else { return };
        let last = self.counted_lines(counts).len().saturating_sub(self.counts_height().max(1));
        if let Some(Room::Counts(counts)) = self.rooms.last_mut() {
            counts.top = counts.top.saturating_add_signed(by).min(last);
        }
    }

    /// The counts as lines for this screen, in its language.
    pub fn counted_lines(&self, counts: &Counts) -> Vec<Line> {
        let all: Vec<Block> = blocks(&counts.rekap, &self.texts);
        lines(
            &counts.rekap,
            &all,
            usize::from(self.size.0.min(COLUMNS).saturating_sub(1)),
            self.seat.zone(),
            &self.texts,
        )
    }
}
