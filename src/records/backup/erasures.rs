//! What was erased, as lines of a set tell it: those of the journal that is restored, and those of later moments that are not.
//! A desk that was restored to an earlier moment gives its slots anew: a line of another journal counts only where the line
//! that is restored names the same subject in the same slot.

use super::moment::{Moment, Part};
use super::sealing::Identities;
use super::set::{PARTS, Set};
use super::{Flaw, weaving::Woven};
use crate::domain::subject::Subject;
use crate::records::journal::{Head, Passed, follow};
use crate::records::vault::SlotNo;
use std::collections::{BTreeMap, BTreeSet, HashSet};

type Named = (Subject, SlotNo);

/// Erasures, told by lines.
#[derive(Default)]
pub(super) struct Erasures {
    /// By lines of the journal that is restored, or lines after its end.
    own: BTreeSet<Named>,
    /// By lines of later moments, with the line; and those of them that are of somebody in the journal that is restored.
    told: BTreeMap<Named, Vec<u8>>,
    met: BTreeSet<Named>,
}

impl Erasures {
    /// Looks through what later moments have and this one has not.
    pub fn of_later(set: &Set, taken: &Woven<'_>, all: &[Woven<'_>], by: &Identities) -> (Self, Vec<Flaw>) {
        let (mut erasures, mut flaws) = (Self::default(), Vec::new());
        let mut seen: HashSet<&str> =
            taken.runs.iter().flat_map(|run| &run.segment.pieces).map(|piece| piece.name.as_str()).collect();
        for later in all.iter().map(|woven| woven.moment).filter(|moment| moment.number > taken.moment.number) {
            for piece in pieces(later).filter(|piece| seen.insert(&piece.name)) {
                match set.open(PARTS, piece, by) {
                    Ok(lines) => erasures.tell(&lines),
                    Err(flaw) => flaws.push(flaw),
                }
            }
        }
        (erasures, flaws)
    }

    fn tell(&mut self, lines: &[u8]) {
        follow(lines, Head::default(), &mut |passed| {
            if let (true, [named]) = (passed.is_erasure, passed.named.as_slice()) {
                self.told.insert(*named, lines[passed.from..passed.to].to_vec());
            }
            true
        });
    }

    /// Takes note of a line of the journal that is restored.
    pub fn pass(&mut self, passed: &Passed) {
        if passed.is_erasure {
            self.own.extend(&passed.named);
        } else if !self.told.is_empty() {
            self.met.extend(passed.named.iter().filter(|named| self.told.contains_key(named)));
        }
    }

    /// The slots whose keys are to be destroyed.
    pub fn slots(&self) -> impl Iterator<Item = SlotNo> + '_ {
        self.own.union(&self.met).map(|(_, slot)| *slot)
    }

    /// The lines of other moments that the restored desk is to write down.
    pub fn lines(&self) -> Vec<u8> {
        self.met.difference(&self.own).filter_map(|named| self.told.get(named)).flatten().copied().collect()
    }
}

fn pieces(moment: &Moment) -> impl Iterator<Item = &Part> {
    moment.journal.segments.iter().flat_map(|segment| &segment.pieces)
}
