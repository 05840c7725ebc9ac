//! Anchors: where both chains stood at a moment, signed, short enough for a sheet of paper that is kept outside. Whoever can
//! write every file of the desk, and has its keys too, can write other chains that are whole; they cannot change the paper.
//!
//! INVARIANT: the words of an anchor never change their order or meaning: a sheet of today is read for as long as there are
//! chains. No personal data is in one.

mod holding;
mod paper;

pub use holding::{Held, Holding};
pub use paper::Mistake;

use super::journal::{Head, Seq, Sha};
use super::{Onlooker, Records, faults};
use crate::domain::refusal::Fault;
use chrono::{DateTime, SubsecRound, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// The last line of one chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub head: Head,
    /// When that line was recorded, to the second.
    pub at: DateTime<Utc>,
}

/// Where both chains of a desk stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// When it was made, to the second.
    pub at: DateTime<Utc>,
    pub journal: Point,
    pub trail: Point,
    /// The public key of the desk (ed25519).
    pub key: Sha,
    sign: [u8; 64],
}

impl Anchor {
    fn new(at: DateTime<Utc>, journal: Point, trail: Point, signer: &SigningKey) -> Self {
        let key = Sha(signer.verifying_key().to_bytes());
        let to_second = |point: Point| Point { at: point.at.trunc_subsecs(0), ..point };
        let (journal, trail) = (to_second(journal), to_second(trail));
        let mut anchor = Self { at: at.trunc_subsecs(0), journal, trail, key, sign: [0; 64] };
        anchor.sign = signer.sign(anchor.words().as_bytes()).to_bytes();
        anchor
    }

    /// Whether the key that it names signed it.
    pub fn is_signed(&self) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.key.0) else { return false };
        key.verify_strict(self.words().as_bytes(), &Signature::from_bytes(&self.sign)).is_ok()
    }
}

impl Records {
    /// Where both chains stand now; every look that was noted is on the disk, and in it.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn anchor(&self, now: DateTime<Utc>) -> Result<Anchor, Fault> {
        self.trail.sync()?;
        let trail = self.trail.durable_head();
        let journal = self.journal.head();
        let at_of_trail = if trail.seq == Seq(0) { now } else { self.trail.chain.read(trail.seq)?.at };
        let at_of_journal = if journal.seq == Seq(0) { now } else { self.journal.read(journal.seq)?.at };
        let journal = Point { head: journal, at: at_of_journal };
        Ok(Anchor::new(now, journal, Point { head: trail, at: at_of_trail }, self.vault.signing_key()))
    }
}

impl Onlooker {
    /// As [`Records::anchor`], of a desk that another process holds: up to what is on the disk now.
    ///
    /// # Errors
    /// Any error of the disk, or keys that cannot be read.
    pub fn anchor(&self, now: DateTime<Utc>) -> Result<Anchor, Fault> {
        let (vault, journal, trail) = (self.vault()?, self.journal()?, self.trail()?);
        let point = |last: Option<(Head, DateTime<Utc>)>| {
            last.map_or(Point { head: Head::default(), at: now }, |(head, at)| Point { head, at })
        };
        let unreadable = || faults::journal("the last line cannot be read: verify the desk first");
        let last = |chain: &super::journal::Bystander| match chain.last()? {
            None if chain.extents().is_empty() => Ok(None),
            None => Err(unreadable()),
            found => Ok(found),
        };
        let (journal, trail) = (point(last(&journal)?), point(last(&trail)?));
        Ok(Anchor::new(now, journal, trail, vault.signing_key()))
    }
}
