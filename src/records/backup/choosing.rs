//! Which moment of a set is restored: the best one, the one that was asked for by its number, or one that really has the line
//! or the time up to which is restored.

use super::moment::Moment;
use super::returning::Until;
use super::weaving::{Woven, best};
use crate::domain::refusal::Refusal;
use crate::records::journal::Seq;
use chrono::{DateTime, Utc};

/// A moment of the set, as whoever restores is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    pub number: u64,
    pub at: DateTime<Utc>,
    /// Its last line of the journal, and the last up to which nothing is wrong.
    pub line: Seq,
    pub whole_until: Seq,
    /// Lines of its journal that are damaged, where no other moment mends them.
    pub bad_lines: u64,
    /// Whether it does not lead on from the moments before it.
    pub is_aside: bool,
}

/// The moment that was taken, and the others, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    pub taken: u64,
    /// The moment whose copy stands for damaged lines of the one that was taken.
    pub mended_by: Option<u64>,
    pub others: Vec<Other>,
}

impl Moments {
    pub(super) fn of(taken: &Woven<'_>, all: &[Woven<'_>]) -> Self {
        let number = taken.moment.number;
        let others = all.iter().filter(|other| other.moment.number != number).map(|other| Other {
            number: other.moment.number,
            at: other.moment.at,
            line: other.head().seq,
            whole_until: other.whole_until,
            bad_lines: other.bad,
            is_aside: other.is_aside,
        });
        Self { taken: number, mended_by: taken.mended_by, others: others.collect() }
    }

    /// Later moments that were not taken because they do not lead on: what is in them and not here is to be looked at.
    pub fn passed_over(&self) -> impl Iterator<Item = &Other> {
        self.others.iter().filter(|other| other.is_aside && other.number > self.taken)
    }
}

/// The moments to try, the best first.
///
/// # Errors
/// Refused: there is no moment of that number.
pub(super) fn in_order<'w, 'm>(
    all: &'w [Woven<'m>],
    until: Until,
    number: Option<u64>,
) -> Result<Vec<&'w Woven<'m>>, Refusal> {
    if let Some(number) = number {
        let wanted = all.iter().find(|woven| woven.moment.number == number);
        return wanted.map(|wanted| vec![wanted]).ok_or_else(|| {
            let known = all.iter().rev().map(|woven| woven.moment.number.to_string()).collect::<Vec<_>>();
            Refusal::new("restore-no-moment").with("moment", number.to_string()).with("known", known.join(", "))
        });
    }
    let mut order: Vec<&Woven<'_>> = match until {
        Until::End => Vec::new(),
        Until::Line(line) => {
            let mut having: Vec<_> = all.iter().filter(|woven| woven.head().seq >= line).collect();
            having.sort_by_key(|woven| (woven.whole_until < line, woven.is_aside));
            having
        }
        // The first that was made after that time has all that was recorded until then.
        Until::Time(at) => all.iter().rev().filter(|woven| woven.is_whole() && woven.moment.at >= at).collect(),
    };
    if order.is_empty() {
        order.extend(best(all));
    }
    Ok(order)
}

/// The moment whose drafts belong to what is restored.
pub(super) fn of_drafts<'m>(taken: &Woven<'m>, all: &[Woven<'m>], until: Until) -> Option<&'m Moment> {
    let is_fit = |moment: &Moment| match until {
        Until::End => moment.number == taken.moment.number,
        Until::Line(last) => moment.journal.head.seq <= last,
        Until::Time(last) => moment.at <= last,
    };
    let is_candidate = |woven: &&Woven<'m>| !woven.is_aside || woven.moment.number == taken.moment.number;
    all.iter().filter(is_candidate).map(|woven| woven.moment).find(|moment| is_fit(moment))
}
