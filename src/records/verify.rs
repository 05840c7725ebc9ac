//! Verifying everything: both chains line by line, every seal, every key slot, and the store against a replay of the journal.
//!
//! It only reads, but for a store beside the store that is thrown away, and slots that one copy still has. It runs while
//! others read and commit.

use super::ahead::{Met, read_ahead};
use super::backup::Watch;
use super::commit::REPLAY;
use super::journal::{Bad, Found, Head, Seq, Step as Scanned, What};
use super::overlay::{self, Overlay};
use super::store::{Meta, Store};
use super::{Progress, Records, Step, faults};
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use std::collections::BTreeSet;
use std::fs;

/// Findings of each sort that are kept; there may be more.
const MOST: usize = 1000;

/// What verifying found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Lines of the journal that were read.
    pub lines: u64,
    /// Bad places of the journal, in order; the first is the one to look at.
    pub journal: Vec<Bad>,
    /// Those of them that a signed line names: known damage.
    pub named: Vec<Bad>,
    pub trail_lines: u64,
    pub trail: Vec<Bad>,
    /// Key slots that neither copy can read.
    pub lost_slots: u64,
    /// Subjects whose record in the store is not what the journal says.
    pub differing: Vec<Subject>,
    /// Records that were compared.
    pub records: u64,
    /// Another process holds the desk: store and journal were not compared.
    pub is_store_left_out: bool,
}

impl Verdict {
    /// Whether nothing at all was found.
    pub const fn is_whole(&self) -> bool {
        self.journal.is_empty() && self.trail.is_empty() && self.differing.is_empty() && self.lost_slots == 0
    }
}

impl Records {
    /// Verifies everything; takes seconds per hundred thousand lines, and room for a second store meanwhile.
    ///
    /// # Errors
    /// Only what keeps it from verifying; what it finds is in the [`Verdict`].
    pub fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Verdict, Fault> {
        self.verify_until(&mut |at| {
            progress(at);
            Ok(())
        })
    }

    /// As [`Records::verify`], until `watch` says no.
    ///
    /// # Errors
    /// What `watch` says, and what keeps it from verifying.
    pub fn verify_until(&self, watch: &mut Watch<'_>) -> Result<Verdict, Fault> {
        let dir = self.dir.join("store.verify");
        let clear = || match fs::remove_dir_all(&dir) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(faults::io("remove", &dir, &e)),
            _ => Ok(()),
        };
        clear()?;
        let verdict = {
            let beside = Store::open(&dir, 16 << 20)?;
            self.verify_beside(&beside, watch)
        };
        clear()?;
        verdict
    }

    /// Looks over both chains from their first line, without opening a seal: gives the bad places of journal and trail, those
    /// among them that are named already. `go_on` is asked at every line.
    ///
    /// # Errors
    /// What `go_on` says, or any error of the disk.
    pub fn look_over(&self, go_on: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(u64, u64), Fault> {
        let (mut journal, mut trail) = (0, 0);
        self.journal.read_from(Seq(1), &mut |found| {
            journal += u64::from(matches!(found, Found::Bad(_)));
            go_on()
        })?;
        self.trail.chain.scan(Seq(1), &mut |step| {
            trail += u64::from(matches!(step, Scanned::Bad(_)));
            go_on()
        })?;
        Ok((journal, trail))
    }

    fn verify_beside(&self, beside: &Store, watch: &mut Watch<'_>) -> Result<Verdict, Fault> {
        let mut verdict = Verdict::default();
        let meta = self.replay_beside(beside, Meta::new(), &mut verdict, watch)?;
        (verdict.trail_lines, verdict.trail) = self.trail.check()?;
        verdict.lost_slots = self.vault.check()?;
        let mut suspects = BTreeSet::new();
        let total = meta.counts.iter().sum();
        for kind in Kind::ALL {
            beside.each(kind, &mut |of, stored| {
                verdict.records += 1;
                if verdict.records.is_multiple_of(REPLAY as u64) {
                    watch(Progress { step: Step::Compare, done: verdict.records, total })?;
                }
                let is_same = match (self.kept(of), overlay::open(&self.vault, of, &stored)) {
                    (Ok(here), Ok(there)) => here.map(|(kept, _)| kept) == there.map(|(kept, _)| kept),
                    (Err(_), _) | (_, Err(_)) => false,
                };
                if !is_same {
                    suspects.insert(of);
                }
                Ok(())
            })?;
            // Records that the journal does not know, or that cannot even be passed.
            self.store.each(kind, &mut |of, _| {
                if beside.get(of)?.is_none() {
                    suspects.insert(of);
                }
                Ok(())
            })?;
        }
        self.compare_again(beside, meta, suspects, &mut verdict, watch)?;
        Ok(verdict)
    }

    /// Compares once more, with the writer at rest: a record may have changed while the others were compared.
    fn compare_again(
        &self,
        beside: &Store,
        meta: Meta,
        suspects: BTreeSet<Subject>,
        verdict: &mut Verdict,
        watch: &mut Watch<'_>,
    ) -> Result<(), Fault> {
        if suspects.is_empty() {
            return Ok(());
        }
        let mut writer = self.writer();
        self.catch_up(&mut writer)?;
        self.replay_beside(beside, meta, verdict, watch)?;
        for of in suspects {
            let there = match beside.get(of)? {
                Some(stored) => overlay::open(&self.vault, of, &stored)?,
                None => None,
            };
            let is_same = self.kept(of).is_ok_and(|here| here.map(|(kept, _)| kept) == there.map(|(kept, _)| kept));
            if !is_same && verdict.differing.len() < MOST {
                verdict.differing.push(of);
            }
        }
        Ok(())
    }

    fn replay_beside(
        &self,
        beside: &Store,
        meta: Meta,
        verdict: &mut Verdict,
        watch: &mut Watch<'_>,
    ) -> Result<Meta, Fault> {
        let (from, head) = (meta.applied.seq.next(), self.journal.head());
        let mut overlay = Overlay::new(beside, &self.vault, meta);
        let mut last = Head { seq: Seq(from.0 - 1), ..overlay.meta.applied };
        read_ahead(&*self.journal, &self.vault, from, &mut |met| {
            match met {
                Met::Bad(bad) => verdict.note(bad),
                Met::Line { line, sha, at, parts } => {
                    let unopened = overlay.unopened;
                    last = Head { seq: line.seq, sha };
                    overlay.replay(&line, sha, parts)?;
                    verdict.lines += 1;
                    if overlay.unopened > unopened {
                        verdict.note(at.bad(line.seq, What::Sealed));
                    }
                    verdict.name(&line.found);
                    if overlay.len() >= REPLAY {
                        watch(Progress { step: Step::Verify, done: line.seq.0, total: head.seq.0 })?;
                        overlay.turn_over()?;
                    }
                }
            }
            Ok(())
        })?;
        // The last line has no successor to remember it: the head of this process does, from before it was read.
        if last.seq == head.seq && last.sha != head.sha && last.seq != Seq(0) {
            verdict.note(Bad { segment: Seq(0), line: 0, seq: last.seq, what: What::Altered });
        }
        overlay.write()
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
        }
    }
}
