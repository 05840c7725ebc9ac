//! Practice: invented people and their ways home, to learn on, to measure with and to test against.
//!
//! The same seed and epoch give the same commits, byte for byte. Nobody here exists: NIK serials are 9001–9999, phones
//! stand on prefix 084, documents begin with Z, names are put together by dice. Nothing here is ever mixed into a desk
//! that holds real cases; that is the caller's to refuse.

mod abroad;
mod ashore;
mod filling;
mod names;
mod people;
mod random;
mod role;
mod stages;
mod story;
mod stream;
mod world;

pub use stream::Commits;
pub use world::{Office, Operator};

use chrono::{DateTime, TimeDelta, Utc};
use world::World;

/// A practice desk: who works there, and as many cases as are asked for.
///
/// ```
/// use pulang::practice::Practice;
/// let practice = Practice::new(7, chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000));
/// assert_eq!(practice.commits(5, 1).filter(|commit| commit.changes[0].of.kind.code() == "case").count(), 5);
/// ```
#[derive(Clone, Debug)]
pub struct Practice {
    seed: u64,
    epoch: DateTime<Utc>,
    world: World,
}

/// Days over which cases began, at least: none is older in a small world.
const SPAN_DAYS: i64 = 150;
/// New cases a day, at most, as in the surge of January 2026 (domain.md, 0.3); more cases reach further back.
const CASES_A_DAY: i64 = 600;
const MOST_SPAN_DAYS: i64 = 3_600;

impl Practice {
    /// A practice desk whose present is `epoch`, which lies after 1980; everything happened before it.
    pub fn new(seed: u64, epoch: DateTime<Utc>) -> Self {
        Self { seed, epoch, world: World::new(seed, epoch) }
    }

    /// The invented offices: an embassy's desk, an airport's, a centre, two provinces, and a post that goes with its people
    /// all the way, where whoever begins sits.
    pub fn offices(&self) -> &[Office] {
        &self.world.offices
    }

    /// The invented operators, of every role.
    pub fn operators(&self) -> &[Operator] {
        &self.world.operators
    }

    /// Commits that build a desk with `cases` cases, each of about `entries` changes, oldest first: offices, operators,
    /// views and flights too.
    ///
    /// With `entries` of 0 or 1 every case is one change that creates it as it stands now, recorded just before the
    /// epoch. Otherwise every step of its way is a commit of its own, so that no gate is passed over, and notes, papers,
    /// contacts and positions fill up what is missing to about `entries`: the way alone is up to a dozen. Commits are then spread
    /// over the time in which things happened, which for more than 90,000 cases reaches further back. Memory holds the cases that are under way at one time, never all of them.
    pub fn commits(&self, cases: u32, entries: u32) -> Commits {
        Commits::new(self.clone(), cases, entries)
    }

    /// When the oldest of so many cases began.
    fn since(&self, cases: u64) -> DateTime<Utc> {
        let days = i64::try_from(cases).unwrap_or(i64::MAX) / CASES_A_DAY;
        self.epoch - TimeDelta::days(days.clamp(SPAN_DAYS, MOST_SPAN_DAYS))
    }
}
