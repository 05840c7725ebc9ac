//! Passing the lines of a chain that is restored: which are kept, where it ends, and what those after the end still say.

use super::erasures::Erasures;
use crate::records::journal::{Head, Passed, Seq, follow};
use crate::records::vault::SlotNo;
use chrono::{DateTime, Utc};

/// Where a chain has ended so far.
pub(super) struct Ended {
    pub head: Head,
    pub at: Option<DateTime<Utc>>,
    /// When the first line was recorded, whether or not it is kept.
    pub first_at: Option<DateTime<Utc>>,
    pub bad: u64,
    pub left_out: u64,
    pub is_over: bool,
    /// The last line of the trail that a line speaks of.
    pub trail: Seq,
    /// The slot after the last one that a line names.
    pub next_slot: SlotNo,
    /// Lines after the end that say who was erased.
    pub erasures: Vec<u8>,
}

impl Ended {
    /// Before the first line.
    pub fn new() -> Self {
        Self {
            head: Head::default(),
            at: None,
            first_at: None,
            bad: 0,
            left_out: 0,
            is_over: false,
            trail: Seq(0),
            next_slot: SlotNo::FIRST,
            erasures: Vec::new(),
        }
    }

    /// Takes lines up to the first that is not kept; gives how many bytes that were. Of those after it only the erasures.
    pub fn take(&mut self, lines: &[u8], is_kept: &dyn Fn(&Passed) -> bool, erasures: &mut Erasures) -> usize {
        let mut kept = if self.is_over { 0 } else { lines.len() };
        if !self.is_over {
            let (mut is_over, mut at, mut trail, mut next_slot) = (false, self.at, self.trail, self.next_slot);
            let (head, bad) = follow(lines, self.head, &mut |passed| {
                self.first_at.get_or_insert(passed.at);
                if !is_kept(passed) {
                    (is_over, kept) = (true, passed.from);
                    return false;
                }
                erasures.pass(passed);
                (at, trail) = (Some(passed.at), trail.max(passed.trail.map_or(Seq(0), |head| head.seq)));
                next_slot = next_slot.max(passed.next_slot);
                true
            });
            (self.head, self.bad) = (head, self.bad + bad);
            (self.is_over, self.at, self.trail, self.next_slot) = (is_over, at, trail, next_slot);
        }
        follow(&lines[kept..], self.head, &mut |passed| {
            self.left_out += 1;
            self.first_at.get_or_insert(passed.at);
            erasures.pass(passed);
            if passed.is_erasure {
                self.erasures.extend_from_slice(&lines[kept + passed.from..kept + passed.to]);
            }
            true
        });
        kept
    }
}
