//! *Hari ini*: what is overdue and what is due by tomorrow, debts first, then statuses and urgent people still unseen.

use crate::desk::{RowId, Seat, TodayRow};
use chrono::{DateTime, Utc};

/// The worklist of the day.
#[derive(Debug)]
pub struct Today {
    pub rows: Vec<TodayRow>,
    pub at: usize,
    pub top: usize,
}

impl Today {
    pub fn open(seat: &Seat, now: DateTime<Utc>) -> Self {
        Self { rows: seat.today(now), at: 0, top: 0 }
    }

    /// Asks again; the cursor stays at its place.
    pub fn refresh(&mut self, seat: &Seat, now: DateTime<Utc>) {
        self.rows = seat.today(now);
        self.at = self.at.min(self.rows.len().saturating_sub(1));
    }

    pub fn current(&self) -> Option<RowId> {
        self.rows.get(self.at).map(|row| row.row)
    }

    /// Moves the cursor, keeping it within a window of so many rows.
    pub fn step(&mut self, by: isize, height: usize) {
        self.at = self.at.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height.max(1)));
    }
}
