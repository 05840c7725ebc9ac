//! Holding the chains against anchors: whether each still contains the line that was anchored, and if not, what was done.

use super::Anchor;
use crate::domain::refusal::Fault;
use crate::records::journal::{Bad, Found, Head, Line, LineKind, Seq, Sha, Step};
use crate::records::{Onlooker, Records};
use std::collections::{BTreeMap, BTreeSet};

/// Bad places of one chain that are kept; the first is the one that matters.
const MOST: usize = 1_000;

/// How one chain stands to one anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The anchored line is there, and no line up to it is bad.
    Whole,
    /// The chain ends before the anchored line: everything behind `last` was taken away.
    Cut { last: Seq },
    /// Another line stands in the place of the anchored one, and the chain to it is whole: it was written anew, or cut and
    /// gone on with, somewhere behind `after`, the last line that another anchor vouches for (0 for none).
    Rewritten { after: Seq },
    /// A line up to the anchored one was altered or removed.
    Damaged { first: Bad },
}

/// How a desk stands to one anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub anchor: Anchor,
    /// Whether the anchor's own signature is right: else it was altered itself.
    pub is_signed: bool,
    /// Whether it was signed by the key that the desk has now: else that is another desk's, or the desk got another key.
    pub is_own_key: bool,
    pub journal: Held,
    pub trail: Held,
}

impl Holding {
    /// Whether nothing that was anchored is gone or another.
    pub fn is_whole(&self) -> bool {
        self.is_signed && self.is_own_key && self.journal == Held::Whole && self.trail == Held::Whole
    }
}

/// What is looked for in one chain, and what was found on the way.
#[derive(Default)]
struct Sought {
    wanted: BTreeSet<Seq>,
    found: BTreeMap<Seq, Sha>,
    bad: Vec<Bad>,
    last: Seq,
}

impl Sought {
    fn of(heads: impl Iterator<Item = Head>) -> Self {
        Self { wanted: heads.map(|head| head.seq).collect(), ..Self::default() }
    }

    /// Bad places that another look has found, seals that do not open among them.
    fn knows(&mut self, bad: &[Bad]) {
        self.bad.extend(bad.iter().take(MOST));
    }

    fn line(&mut self, line: &Line, sha: impl FnOnce() -> Sha) {
        self.last = self.last.max(line.seq);
        if self.wanted.contains(&line.seq) {
            self.found.insert(line.seq, sha());
        }
        if line.kind == LineKind::Damage {
            self.knows(&line.found);
        }
    }

    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Line { line, raw, .. } => self.line(line, || Sha::of(raw)),
            Step::Bad(bad) => self.knows(&[*bad]),
        }
    }

    fn settle(&mut self) {
        // Of two things that are wrong with a line the one that is nearer to what was done comes first.
        self.bad.sort_unstable_by_key(|bad| (bad.seq, bad.what));
    }

    fn held(&self, head: Head, after: Seq) -> Held {
        if head.seq == Seq(0) {
            return Held::Whole;
        }
        let first = self.bad.iter().find(|bad| bad.seq <= head.seq);
        let here = self.bad.iter().find(|bad| bad.seq == head.seq);
        match self.found.get(&head.seq) {
            Some(sha) if *sha == head.sha => first.map_or(Held::Whole, |first| Held::Damaged { first: *first }),
            Some(_) => here.map_or(Held::Rewritten { after }, |here| Held::Damaged { first: *here }),
            None if here.is_none() && self.last < head.seq => Held::Cut { last: self.last },
            None => first.map_or(Held::Rewritten { after }, |first| Held::Damaged { first: *first }),
        }
    }

    /// How each of these heads stands, in their order.
    fn judge(&self, heads: &[Head]) -> Vec<Held> {
        let stands = |head: &&Head| self.found.get(&head.seq) == Some(&head.sha);
        let judged = |head: &Head| {
            let before = heads.iter().filter(|other| other.seq < head.seq).filter(stands);
            self.held(*head, before.map(|other| other.seq).max().unwrap_or_default())
        };
        heads.iter().map(judged).collect()
    }
}

/// Both chains of a desk as they were met.
struct Met {
    journal: Sought,
    trail: Sought,
    key: Sha,
}

impl Met {
    fn of(anchors: &[Anchor], key: [u8; 32], journal: &[Bad], trail: &[Bad]) -> Self {
        let mut met = Self {
            journal: Sought::of(anchors.iter().map(|anchor| anchor.journal.head)),
            trail: Sought::of(anchors.iter().map(|anchor| anchor.trail.head)),
            key: Sha(key),
        };
        met.journal.knows(journal);
        met.trail.knows(trail);
        met
    }

    fn judged(mut self, anchors: &[Anchor]) -> Vec<Holding> {
        self.journal.settle();
        self.trail.settle();
        // Only an anchor that nobody altered vouches for anything.
        let heads = |of: fn(&Anchor) -> Head| anchors.iter().map(of).collect::<Vec<_>>();
        let journal = self.journal.judge(&heads(|anchor| anchor.journal.head));
        let trail = self.trail.judge(&heads(|anchor| anchor.trail.head));
        let one = |((anchor, journal), trail): ((&Anchor, Held), Held)| Holding {
            anchor: *anchor,
            is_signed: anchor.is_signed(),
            is_own_key: anchor.key == self.key,
            journal,
            trail,
        };
        anchors.iter().zip(journal).zip(trail).map(one).collect()
    }
}

impl Records {
    /// Holds both chains against anchors; `journal` and `trail` are what verifying found bad. `go_on` is asked at every line.
    ///
    /// # Errors
    /// What `go_on` says, or any error of the disk.
    pub fn hold_against(
        &self,
        anchors: &[Anchor],
        (journal, trail): (&[Bad], &[Bad]),
        go_on: &mut dyn FnMut() -> Result<(), Fault>,
    ) -> Result<Vec<Holding>, Fault> {
        let mut met = Met::of(anchors, self.vault.signing_key().verifying_key().to_bytes(), journal, trail);
        self.journal.read_from(Seq(1), &mut |found| {
            match found {
                Found::Line { line, sha, .. } => met.journal.line(line, || sha),
                Found::Bad(bad) => met.journal.knows(&[bad]),
            }
            go_on()
        })?;
        self.trail.chain.scan(Seq(1), &mut |step| {
            met.trail.step(&step);
            go_on()
        })?;
        Ok(met.judged(anchors))
    }
}

impl Onlooker {
    /// As [`Records::hold_against`], of a desk that another process holds.
    ///
    /// # Errors
    /// What `go_on` says, any error of the disk, or keys that cannot be read.
    pub fn hold_against(
        &self,
        anchors: &[Anchor],
        (journal, trail): (&[Bad], &[Bad]),
        go_on: &mut dyn FnMut() -> Result<(), Fault>,
    ) -> Result<Vec<Holding>, Fault> {
        let key = self.vault()?.signing_key().verifying_key();
        let mut met = Met::of(anchors, key.to_bytes(), journal, trail);
        self.journal()?.scan(&key, &mut |step| {
            met.journal.step(&step);
            go_on()
        })?;
        self.trail()?.scan(&key, &mut |step| {
            met.trail.step(&step);
            go_on()
        })?;
        Ok(met.judged(anchors))
    }
}
