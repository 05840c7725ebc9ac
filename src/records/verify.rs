//! Verifying everything: both chains line by line, every seal, every key slot, and the store against a replay of the journal.
//!
//! It only reads, but for a store beside the store that is thrown away, and slots that one copy still has. It runs while
//! others read and commit.

use super::ahead::{Met, Unsealed, read_ahead};
use super::backup::Watch;
use super::codec::Kept;
use super::journal::{Bad, Found, Head, Line, LineKind, Place, Seq, What};
use super::layout::Meta;
use super::overlay::{self, Overlay};
use super::standing::Remedy;
use super::store::Store;
use super::vault::DataKey;
use super::verdict::{MOST, Seen, Verdict};
use super::{Progress, Records, Step, faults};
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Records compared between two words of progress.
const TOLD: u64 = 4096;

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

    /// Looks over both chains from their first line, without opening a seal, then counts the store's records: gives what is
    /// wrong, named already or not. `go_on` is asked at every line and record.
    ///
    /// # Errors
    /// What `go_on` says, or any error of the disk.
    pub fn look_over(&self, go_on: &mut dyn FnMut() -> Result<(), Fault>) -> Result<Seen, Fault> {
        let (mut seen, mut anchors) = (Seen::default(), Vec::new());
        self.journal.read_from(Seq(1), &mut |found| {
            match found {
                Found::Bad(bad) => seen.journal.note(bad),
                // What a bad line says of the trail counts for nothing.
                Found::Line { line, .. } if seen.journal.last != line.seq => anchors.extend(line.trail),
                Found::Line { .. } => {}
            }
            go_on()
        })?;
        self.trail.walk(&anchors, &mut |found| {
            if let Err(bad) = found {
                seen.trail.note(bad);
            }
            go_on()
        })?;
        seen.is_store_whole = self.is_store_counted(go_on)?;
        if !seen.is_store_whole {
            self.doubt_store();
            self.store.get()?.needs(Remedy::Rebuild);
        }
        Ok(seen)
    }

    /// Whether the store has as many records as it says; true when they change meanwhile, or it is being brought back.
    fn is_store_counted(&self, go_on: &mut dyn FnMut() -> Result<(), Fault>) -> Result<bool, Fault> {
        for kind in Kind::ALL {
            let before = self.counts()?;
            let (mut stop, mut has_fallen) = (None, false);
            let met = self.store.get()?.each(kind, &mut |_, _| {
                has_fallen = !self.is_store_well();
                // Whoever brings it back waits until nobody reads in it, and a count takes its time.
                if has_fallen {
                    Err(faults::store_down())
                } else {
                    go_on().inspect_err(|fault| stop = Some(fault.clone()))
                }
            });
            match (stop, met) {
                (Some(fault), _) => return Err(fault),
                _ if has_fallen => return Ok(true),
                (None, Err(_)) => return Ok(false),
                (None, Ok(met)) if met != before[kind as usize] && before == self.counts()? => {
                    return self.is_counted_at_rest(kind);
                }
                (None, Ok(_)) => {}
            }
        }
        Ok(true)
    }

    /// Counts the records of a kind with the writer at rest: a load that goes on writes many before it says so.
    fn is_counted_at_rest(&self, kind: Kind) -> Result<bool, Fault> {
        let _writer = self.writer();
        let met = self.store.get()?.each(kind, &mut |_, _| Ok(()));
        Ok(met == Ok(self.counts()?[kind as usize]))
    }

    fn verify_beside(&self, beside: &Store, watch: &mut Watch<'_>) -> Result<Verdict, Fault> {
        let mut verdict = Verdict::default();
        let mut met = Remembered::default();
        beside.begin_load(Meta::new())?;
        let meta = self.replay_beside(beside, Meta::new(), &mut verdict, &mut met, watch)?;
        beside.end_load()?;
        self.account_for_erasures(&meta, met.keyless, &mut verdict)?;
        (verdict.trail_lines, verdict.trail) = self.trail.check(&met.anchors)?;
        verdict.lost_slots = self.vault.check()?;
        let mut suspects = BTreeSet::new();
        let total = meta.counts.iter().sum();
        for kind in Kind::ALL {
            beside.each(kind, &mut |of, stored| {
                verdict.records += 1;
                if verdict.records.is_multiple_of(TOLD) {
                    watch(Progress { step: Step::Compare, done: verdict.records, total })?;
                }
                let is_same = match (self.stored_anew(of), overlay::open(&self.vault, of, &stored)) {
                    (Ok(here), Ok(there)) => here.map(|(kept, _)| kept) == there.map(|(kept, _)| kept),
                    (Err(_), _) | (_, Err(_)) => false,
                };
                if !is_same {
                    suspects.insert(of);
                }
                Ok(())
            })?;
            // Records that the journal does not know, or that cannot even be passed.
            self.store.get()?.each(kind, &mut |of, _| {
                if beside.get(of)?.is_none() {
                    suspects.insert(of);
                }
                Ok(())
            })?;
        }
        self.compare_again(beside, meta, suspects, &mut verdict, watch)?;
        if !verdict.differing.is_empty() && verdict.journal.is_empty() && verdict.lost_slots == 0 {
            // Only a journal that is whole may overrule the store.
            self.doubt_store();
            self.store.get()?.needs(Remedy::Rebuild);
        }
        Ok(verdict)
    }

    /// Names the lines whose key is destroyed though no line says that their subject was erased.
    fn account_for_erasures(
        &self,
        meta: &Meta,
        mut keyless: BTreeMap<Subject, Bad>,
        verdict: &mut Verdict,
    ) -> Result<(), Fault> {
        // In a damaged journal the line that said so may be the damaged one.
        if keyless.is_empty() || !verdict.journal.is_empty() {
            return Ok(());
        }
        // Somebody may have been erased while this was read.
        self.journal.read_from(meta.applied.seq, &mut |found| {
            if let Found::Line { line, .. } = found
                && line.kind == LineKind::Erase
            {
                line.parts.iter().for_each(|part| _ = keyless.remove(&part.of));
            }
            Ok(())
        })?;
        keyless.into_values().for_each(|bad| verdict.note(bad));
        Ok(())
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
        self.replay_beside(beside, meta, verdict, &mut Remembered::default(), watch)?;
        for of in suspects {
            let there = match beside.get(of)? {
                Some(stored) => overlay::open(&self.vault, of, &stored)?,
                None => None,
            };
            let is_same =
                self.stored_anew(of).is_ok_and(|here| here.map(|(kept, _)| kept) == there.map(|(kept, _)| kept));
            if !is_same && verdict.differing.len() < MOST {
                verdict.differing.push(of);
            }
        }
        Ok(())
    }

    /// What the bytes in the store open to, whoever has opened them before.
    fn stored_anew(&self, of: Subject) -> Result<Option<(Kept, DataKey)>, Fault> {
        let stored = self.store.get()?.get(of)?;
        stored.map_or(Ok(None), |stored| overlay::open(&self.vault, of, &stored))
    }

    fn replay_beside(
        &self,
        beside: &Store,
        meta: Meta,
        verdict: &mut Verdict,
        remembered: &mut Remembered,
        watch: &mut Watch<'_>,
    ) -> Result<Meta, Fault> {
        let (from, head) = (meta.applied.seq.next(), self.journal.head());
        let mut overlay = Overlay::new(beside, &self.vault, meta);
        let mut last = None;
        read_ahead(&*self.journal, &self.vault, from, &mut |met| {
            match met {
                Met::Bad(bad) => verdict.note(bad),
                Met::Line { line, sha, at, parts } => {
                    verdict.meets(line.seq);
                    let unopened = overlay.unopened;
                    last = Some((Head { seq: line.seq, sha }, at));
                    if is_odd(&line, &parts) {
                        verdict.note(at.bad(line.seq, What::Altered));
                    }
                    remembered.note(&line, &parts, at, verdict);
                    let lost = line.parts.iter().zip(&parts).filter(|(_, part)| matches!(part, Unsealed::Lost));
                    lost.for_each(|(part, _)| verdict.is_keyless(part.of));
                    overlay.replay(&line, sha, parts)?;
                    verdict.lines += 1;
                    if overlay.unopened > unopened {
                        verdict.note(at.bad(line.seq, What::Sealed));
                    }
                    verdict.name(&line.found);
                    if overlay.is_full() {
                        watch(Progress { step: Step::Verify, done: line.seq.0, total: head.seq.0 })?;
                        overlay.turn_over()?;
                    }
                }
            }
            Ok(())
        })?;
        verdict.meets(head.seq.next());
        // The last line has no successor to remember it: the head of this process does, from before it was read.
        if let Some((last, at)) = last
            && last.seq == head.seq
            && last.sha != head.sha
        {
            verdict.note(at.bad(last.seq, What::Altered));
        }
        overlay.write()
    }
}

/// What the lines of the journal say about what stands elsewhere.
#[derive(Default)]
struct Remembered {
    /// Where the trail stood.
    anchors: Vec<Head>,
    /// Subjects whose key was destroyed, with the first line that has it, until a line says that they were erased.
    keyless: BTreeMap<Subject, Bad>,
}

impl Remembered {
    fn note(&mut self, line: &Line, parts: &[Unsealed], at: Place, verdict: &Verdict) {
        // What a bad line says of the trail counts for nothing.
        if verdict.journal.iter().all(|bad| bad.seq != line.seq) {
            self.anchors.extend(line.trail);
        }
        for (part, unsealed) in line.parts.iter().zip(parts) {
            if line.kind == LineKind::Erase {
                self.keyless.remove(&part.of);
            } else if matches!(unsealed, Unsealed::Erased) {
                self.keyless.entry(part.of).or_insert(at.bad(line.seq, What::Sealed));
            }
        }
    }
}

/// Whether a line is none that was ever written: it calls itself unknown and opens as a commit does, or it is about nobody.
fn is_odd(line: &Line, parts: &[Unsealed]) -> bool {
    match line.kind {
        LineKind::Other => parts.iter().any(|part| matches!(part, Unsealed::Change(..))),
        LineKind::Commit | LineKind::Erase => parts.is_empty(),
        LineKind::Head | LineKind::Damage | LineKind::Look => false,
    }
}
