//! *Hari ini*: everybody with something overdue or due by tomorrow, the overdue first. Only the lines on the screen are
//! worked out.

use super::App;
use crate::desk::{DayList, RowId, Seat, TodayRow, Why};
use crate::domain::gate::Fact;
use crate::text::Texts;
use chrono::{DateTime, Utc};
use std::ops::Range;

/// The worklist of the day.
#[derive(Debug)]
pub struct Today {
    pub list: DayList,
    /// The lines on the screen.
    pub rows: Vec<TodayRow>,
    pub at: usize,
    pub top: usize,
}

impl Today {
    /// The list of now, with a window of so many lines.
    pub fn open(seat: &Seat, now: DateTime<Utc>, height: usize) -> Self {
        let mut today = Self { list: seat.today(now), rows: Vec::new(), at: 0, top: 0 };
        today.step(0, height, seat);
        today
    }

    /// Asks again; the cursor stays at its place.
    pub fn refresh(&mut self, seat: &Seat, now: DateTime<Utc>, height: usize) {
        (self.list, self.rows) = (seat.today(now), Vec::new());
        self.step(0, height, seat);
    }

    /// The line under the cursor.
    pub fn current_line(&self) -> Option<&TodayRow> {
        self.rows.iter().find(|row| row.place == self.at)
    }

    pub fn current(&self) -> Option<RowId> {
        self.current_line().map(|line| line.row)
    }

    /// Moves the cursor, keeping it within the window; lines that come into sight are worked out, the others are kept.
    pub fn step(&mut self, by: isize, height: usize, seat: &Seat) {
        let (height, last) = (height.max(1), self.list.len().saturating_sub(1));
        self.at = self.at.saturating_add_signed(by).min(last);
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height));
        self.top = self.top.min(self.list.len().saturating_sub(height));
        let seen = self.top..(self.top + height).min(self.list.len());
        self.rows.retain(|row| seen.contains(&row.place));
        let known = match (self.rows.first(), self.rows.last()) {
            (Some(first), Some(last)) => first.place..last.place + 1,
            _ => seen.start..seen.start,
        };
        let worked_out = |part: Range<usize>| seat.today_rows(&self.list, part.start, part.len());
        let (before, behind) = (worked_out(seen.start..known.start), worked_out(known.end..seen.end));
        self.rows.splice(0..0, before);
        self.rows.extend(behind);
    }
}

impl App {
    /// Why a line stands on the list of the day: everything that is due; each with its time where there is room.
    pub fn today_words(&self, row: &TodayRow, has_times: bool) -> String {
        let word = |(why, minutes): &(Why, i64)| {
            let word = why_words(why, &self.texts);
            if has_times { format!("{word} {}", self.texts.time_left(*minutes)) } else { word }
        };
        row.due.iter().map(word).collect::<Vec<_>>().join("; ")
    }
}

/// One reason in words.
pub fn why_words(why: &Why, texts: &Texts) -> String {
    match why {
        Why::Debt { fact: None, .. } => texts.get("today-debt-apart").into_owned(),
        Why::Debt { fact: Some(fact), is_emergency } => {
            let key = if *is_emergency { "today-emergency-debt" } else { "today-debt" };
            let fact = Fact::from_code(fact).map_or_else(|| fact.clone(), |fact| texts.get(fact.key()).into_owned());
            texts.with(key, &[("fact", &fact)])
        }
        Why::Status => texts.get("today-status").to_string(),
        Why::CloseAsked => texts.get("today-close-asked").to_string(),
        Why::Looked { kind, by } => {
            let key = if kind == "LUA" { "today-looked" } else { "today-met" };
            texts.with(key, &[("who", by)])
        }
    }
}
