//! What was found to be wrong: by a verification of everything, and by the look over both chains that goes on beside the work.
//! How it is found is `verify.rs` and `onlooker.rs`.

use super::journal::{Bad, Seq, What};
use crate::domain::subject::Subject;

/// Findings of each sort that are kept; there may be more.
pub(super) const MOST: usize = 1000;

/// What verifying found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Lines of the journal that were read.
    pub lines: u64,
    /// Bad places of the journal, in order; the first is the one to look at.
    pub journal: Vec<Bad>,
    /// Those of them that a signed line names: known damage.
    pub named: Vec<Bad>,
    /// Lines of the journal that are gone: each time the first and the last of them.
    pub gone: Vec<(Seq, Seq)>,
    pub trail_lines: u64,
    pub trail: Vec<Bad>,
    /// Key slots that neither copy can read.
    pub lost_slots: u64,
    /// Whose they were, as far as the journal says, in the order of ids.
    pub keyless: Vec<Subject>,
    /// Subjects whose record in the store is not what the journal says.
    pub differing: Vec<Subject>,
    /// Records that were compared.
    pub records: u64,
    /// Another process holds the desk: store and journal were not compared.
    pub is_store_left_out: bool,
}

/// Bad places of one chain: how many, and the first as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Places {
    pub count: u64,
    pub first: Option<Bad>,
    pub(super) last: Seq,
}

impl Places {
    /// So many places, of which some may be known.
    pub fn of(count: u64, known: &[Bad]) -> Self {
        let mut places = Self::default();
        known.iter().for_each(|bad| places.note(*bad));
        Self { count: places.count.max(count), ..places }
    }

    /// Adds a place; a line that is bad in two ways counts once.
    pub(super) fn note(&mut self, bad: Bad) {
        self.count += u64::from(self.last != bad.seq);
        self.last = bad.seq;
        self.first.get_or_insert(bad);
    }

    /// What two looks found of the same chain.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { count: self.count.max(other.count), first: self.first.or(other.first), ..other }
    }
}

/// What a look over everything found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub journal: Places,
    pub trail: Places,
    /// Whether the store has as many records as it says.
    pub is_store_whole: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Self { journal: Places::default(), trail: Places::default(), is_store_whole: true }
    }
}

impl Verdict {
    /// Whether nothing at all was found.
    pub const fn is_whole(&self) -> bool {
        self.journal.is_empty() && self.trail.is_empty() && self.differing.is_empty() && self.lost_slots == 0
    }
}

impl Verdict {
    /// Keeps what a signed line names.
    pub(super) fn name(&mut self, found: &[Bad]) {
        self.named.extend(found.iter().take(MOST - self.named.len().min(MOST)));
    }

    pub(super) fn note(&mut self, bad: Bad) {
        if self.journal.len() < MOST && !self.journal.iter().any(|known| known.seq == bad.seq) {
            let place = self.journal.partition_point(|known| known.seq <= bad.seq);
            self.journal.insert(place, bad);
            if bad.what == What::Missing {
                self.gone.push((bad.seq, Seq(0)));
            }
        }
    }

    /// The next line that is there: those before it are gone, if any are.
    pub(super) fn meets(&mut self, seq: Seq) {
        if let Some((_, last @ Seq(0))) = self.gone.last_mut() {
            *last = Seq(seq.0.saturating_sub(1));
        }
    }
}
