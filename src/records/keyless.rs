//! Keys that are missing: tables that are shorter than what was given out, and slots that neither copy can read. Whose they
//! were the journal says, and the store.

use super::disk::{Disk, RealDisk, read_all};
use super::journal::{Head, Line, MOST_SEGMENT};
use super::layout::Meta;
use super::vault::{SlotNo, Vault};
use super::{Records, Verdict, faults};
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use std::collections::BTreeSet;
use std::path::Path;

/// Slots read between two questions whether to go on.
const AT_ONCE: u64 = 64;
/// Subjects that are named at most.
const MOST: usize = 1000;

/// Refuses tables of keys that are shorter than what was given out of them, as the store, or else the journal, knows. Asked
/// before anything is written for which the tables' length counts: slots filled over such a gap would be other keys.
///
/// # Errors
/// `K04`.
pub(super) fn refuse_short(
    disk: &dyn Disk,
    journal: (&Path, Option<Head>),
    filled: SlotNo,
    known: Option<&Meta>,
) -> Result<(), Fault> {
    if let Some(meta) = known {
        if meta.next_slot > filled {
            return Err(faults::slots_short(filled.0, meta.next_slot.0));
        }
        // It has seen every line, and each is of one of the keys that it counts.
        if journal.1.is_some_and(|head| meta.applied.seq >= head.seq) {
            return Ok(());
        }
    }
    match named_beyond(disk, journal.0, filled)? {
        Some(slot) => Err(faults::slots_short(filled.0, slot.0 + 1)),
        None => Ok(()),
    }
}

/// The last slot at or behind `filled` that a line of the journal in `dir` gave to somebody; `None` when there is none. A
/// single one with a gap before it is not believed: a damaged line may name any slot, and slots are given out in order.
///
/// # Errors
/// The folder cannot be listed.
pub(super) fn named_beyond(disk: &dyn Disk, dir: &Path, filled: SlotNo) -> Result<Option<SlotNo>, Fault> {
    let names = disk.list(dir).map_err(|e| faults::io("list", dir, &e))?;
    let mut beyond = BTreeSet::new();
    for name in names.iter().rev().filter(|name| name.ends_with(".jsonl")) {
        // What cannot be read says nothing, and those before it are asked.
        let bytes = read_all(disk, &dir.join(name), MOST_SEGMENT).unwrap_or_default();
        let mut begun = false;
        let begins = |raw: &&[u8]| memchr::memmem::find(raw, b"\"rev\":1,").is_some();
        for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(begins).filter_map(Line::read) {
            for part in line.parts.iter().filter(|part| part.rev == 1) {
                begun = true;
                if part.slot >= filled {
                    beyond.insert(part.slot);
                }
            }
        }
        // Whoever began earlier has an earlier slot.
        if begun {
            break;
        }
    }
    let is_believed = beyond.len() > 1 || beyond.contains(&filled);
    Ok(beyond.last().copied().filter(|_| is_believed))
}

impl Records {
    /// Looks at the keys of a folder that nobody needs to have open: whether the master key is there and opens the tables, and
    /// whether these have every key that the journal says was given out.
    ///
    /// # Errors
    /// What is wrong with them: `K01`, `K02`, `K03`, `K04`, or what the disk says.
    pub fn look_at_keys(dir: &Path, key: Option<&Path>) -> Result<(), Fault> {
        let (custody, journal) = (Self::custody(dir, key), dir.join("journal"));
        let filled = custody.filled()?;
        if filled == SlotNo(0) {
            return Err(faults::slots("both copies of the key slots are gone"));
        }
        if !custody.standing()?.is_fitting {
            return Err(faults::key_wrong());
        }
        refuse_short(&RealDisk, (&journal, None), filled, None)?;
        let last = named_beyond(&RealDisk, &journal, SlotNo::FIRST)?.map_or(SlotNo::FIRST, |last| SlotNo(last.0 + 1));
        let keys = dir.join("keys");
        // One copy is enough, and the next start makes the other.
        let Ok(vault) = Vault::look(&RealDisk, &keys, key) else { return Ok(()) };
        match lost_slots(&vault, last.min(filled), &mut || Ok(()))?.len() {
            0 => Ok(()),
            lost => Err(faults::slots(format!("{lost} keys are in neither table"))),
        }
    }

    /// Whose keys neither copy of the tables has, though they were not destroyed, in the order of ids, as far as the store
    /// knows them; and how many slots that were given out are so. `go_on` is asked now and then.
    ///
    /// # Errors
    /// What `go_on` says, or any error of the disk.
    pub fn keyless(&self, go_on: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(u64, Vec<Subject>), Fault> {
        let next = self.next_slot();
        let lost = lost_slots(&self.vault, next, go_on)?;
        let mut whose = Vec::new();
        if !lost.is_empty() {
            let store = self.store.get()?;
            for kind in Kind::ALL {
                store.each(kind, &mut |of, stored| {
                    if lost.contains(&stored.slot) {
                        whose.push(of);
                    }
                    Ok(())
                })?;
            }
        }
        Ok((lost.len() as u64, whose))
    }

    /// The first slot that nobody has.
    fn next_slot(&self) -> SlotNo {
        self.writer().next_slot
    }
}

impl Verdict {
    /// Notes that the key of a subject is gone.
    pub(super) fn is_keyless(&mut self, of: Subject) {
        if let Err(place) = self.keyless.binary_search(&of)
            && self.keyless.len() < MOST
        {
            self.keyless.insert(place, of);
        }
    }
}

fn lost_slots(
    vault: &Vault,
    next: SlotNo,
    go_on: &mut dyn FnMut() -> Result<(), Fault>,
) -> Result<BTreeSet<SlotNo>, Fault> {
    let mut lost = BTreeSet::new();
    for no in SlotNo::FIRST.0..next.0 {
        if no.is_multiple_of(AT_ONCE) {
            go_on()?;
        }
        match vault.key(SlotNo(no)) {
            Err(fault) if fault.code == "K04" || fault.code == "K03" => _ = lost.insert(SlotNo(no)),
            Err(fault) => return Err(fault),
            Ok(_) => {}
        }
    }
    Ok(lost)
}
