//! Who is due: the whole worklist without a pass over all cases. Each tier stands in the order of urgency by when it is
//! due; the list of the day is these runs, merged only where somebody looks.

use super::{Bits, Index, Order};
use crate::domain::query::{status_place, tier_place};
use crate::domain::status::Status;
use crate::domain::summary::Tier;
use chrono::{DateTime, Utc};
use std::ops::Range;

/// Open cases that are due before a moment, or of which somebody asks to close them: the overdue first, then those that
/// only wait for a second person, then the rest; each part by when, then by urgency. Rows as they stood when asked.
#[derive(Clone, Default)]
pub struct Due {
    /// One run a tier, the earliest first.
    runs: [Vec<u32>; 4],
    overdue: usize,
    asked: Vec<u32>,
}

impl Due {
    pub fn len(&self) -> usize {
        self.asked.len() + self.runs.iter().map(Vec::len).sum::<usize>()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps those of the ones that only wait of which this is true.
    pub fn keep_asked(&mut self, keep: impl FnMut(&u32) -> bool) {
        self.asked.retain(keep);
    }

    /// How many of them, the first ones, are overdue.
    pub const fn overdue(&self) -> usize {
        self.overdue
    }
}

impl Index {
    /// Who is due before a moment, of these rows. Looks at the heads of the order of urgency and at nobody else.
    pub fn due(&self, within: Option<&Bits>, now: DateTime<Utc>, before: DateTime<Utc>) -> Due {
        let limit = seconds(before);
        let mut asked_about = within.cloned().unwrap_or_else(|| Bits::all(self.rows.len()));
        asked_about.remove(&self.withdrawn);
        let runs = Tier::ALL.map(|tier| self.run(tier, limit, &asked_about));
        let is_open = |row: &u32| self.seen(*row).facts().status != status_place(Status::Tutup);
        let is_due = |row: &u32| (1..limit).contains(&self.due_of(*row));
        let asked = self.asked.rows().filter(|row| asked_about.has(*row) && is_open(row) && !is_due(row)).collect();
        let overdue = runs.iter().map(|run| self.before(run, seconds(now))).sum();
        Due { runs, overdue, asked }
    }

    /// At most so many rows of the worklist from a place on.
    pub fn due_page(&self, due: &Due, from: usize, limit: usize) -> Vec<u32> {
        let end = from.saturating_add(limit).min(due.len());
        let asked = due.overdue..due.overdue + due.asked.len();
        let part = |whole: Range<usize>| from.clamp(whole.start, whole.end)..end.clamp(whole.start, whole.end);
        let (late, waiting, coming) = (part(0..asked.start), part(asked.clone()), part(asked.end..due.len()));
        let mut page = self.merged(&due.runs, late.start, late.len());
        page.extend(&due.asked[waiting.start - asked.start..waiting.end - asked.start]);
        page.extend(self.merged(&due.runs, coming.start - asked.len(), coming.len()));
        page
    }

    /// The rows of a tier that are due before a moment, the earliest first.
    fn run(&self, tier: Tier, limit: u32, asked_about: &Bits) -> Vec<u32> {
        let start = u128::from(tier == Tier::Remains) << 108 | u128::from(tier_place(tier)) << 100;
        let end = start | u128::from(limit) << 64;
        let rank = |row: u32| self.rows.rank(Order::Urgency, row);
        let mut run = Vec::new();
        let order = &self.orders[Order::Urgency as usize];
        for piece in order.between(|row| rank(row).cmp(&start), |row| rank(row).cmp(&end)) {
            run.reserve(piece.len());
            run.extend(piece.iter().filter(|row| asked_about.has(**row)));
        }
        run
    }

    fn due_of(&self, row: u32) -> u32 {
        self.seen(row).facts().due
    }

    /// How many of a run are due before a moment.
    fn before(&self, run: &[u32], moment: u32) -> usize {
        run.partition_point(|row| self.due_of(*row) < moment)
    }

    /// The rows of several runs as one, from a place on: the place is found by moments, and only what is asked for is
    /// merged.
    fn merged(&self, runs: &[Vec<u32>; 4], from: usize, limit: usize) -> Vec<u32> {
        if limit == 0 {
            return Vec::new();
        }
        let count = |moment: u32| runs.iter().map(|run| self.before(run, moment)).sum::<usize>();
        let (mut low, mut high) = (0, u32::MAX);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if count(middle) <= from { low = middle } else { high = middle - 1 }
        }
        let mut heads: Vec<&[u32]> = runs.iter().map(|run| &run[self.before(run, low)..]).collect();
        let mut skip = from - count(low);
        let mut rows = Vec::with_capacity(limit);
        while rows.len() < limit {
            let first = heads.iter_mut().filter(|run| !run.is_empty()).min_by_key(|run| self.due_of(run[0]));
            let Some(first) = first else { break };
            if skip == 0 {
                rows.push(first[0])
            } else {
                skip -= 1
            }
            *first = &first[1..];
        }
        rows
    }
}

/// A moment as the index keeps it; before 1970 is zero.
fn seconds(at: DateTime<Utc>) -> u32 {
    u32::try_from(at.timestamp()).unwrap_or(if at.timestamp() < 0 { 0 } else { u32::MAX })
}
