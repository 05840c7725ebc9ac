//! Records on their way into the store: read, changed in memory, then written together with the number of their last line.
//!
//! The one place where changes become records. The writer, catching up, rebuilding and verifying all go through it.

use super::ahead::Unsealed;
use super::blind::Unopened;
use super::codec::{self, Kept};
use super::erase;
use super::faults;
use super::journal::{Head, Line, LineKind, Part, Seq, Sha};
use super::layout::{Meta, Stored, Writes};
use super::opened::Known;
use super::store::Store;
use super::vault::{DataKey, SlotNo, Vault};
use crate::domain::change::Change;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use ulid::Ulid;

/// Subjects or commits that a replay holds before it writes them.
const MOST: usize = 4096;
/// The same during a load, whose records stay a while: a case is changed ten times within some weeks, and opening, sealing
/// and encoding it each time is most of what a rebuild would cost. Some 150 MB; in tests here so few that it happens.
const MOST_IN_LOAD: usize = if cfg!(test) { 1 << 5 } else { 1 << 14 };

/// A subject in the overlay.
pub(super) struct Held {
    pub kept: Kept,
    pub slot: SlotNo,
    pub key: DataKey,
    is_new: bool,
    is_erased: bool,
    /// The last line that was about it, as far as lines are numbered.
    touched: Seq,
}

/// Changes that are not in the store yet.
pub(super) struct Overlay<'a> {
    store: &'a Store,
    vault: &'a Vault,
    pub meta: Meta,
    held: BTreeMap<Subject, Held>,
    /// Subjects that the store has and nobody can open: an erasure destroyed their key and got no further.
    sealed_for_good: BTreeSet<Subject>,
    commits: Vec<(Ulid, Seq)>,
    /// What is kept of subjects that were erased.
    remains: Vec<(Subject, Vec<u8>)>,
    /// Sealed parts that did not open: damage.
    pub unopened: u64,
    /// The lines with parts that did not open though their keys were not destroyed.
    pub blind: Vec<Unopened>,
    /// Whether somebody who works here is among them.
    pub hides_operators: bool,
}

/// Where a record lives in the store.
pub(super) fn place(of: Subject) -> String {
    format!("store|{of}")
}

/// Opens a stored record; `None` when its key was erased.
pub(super) fn open(vault: &Vault, of: Subject, stored: &Stored) -> Result<Option<(Kept, DataKey)>, Fault> {
    let Some(key) = vault.key(stored.slot)? else { return Ok(None) };
    let kept = codec::decode_record(of, &key.open(&place(of), &stored.sealed)?)?;
    Ok(Some((kept, key)))
}

/// The record of a subject as a store has it, and its slot; opened once while it stays the same. `None` when there is none,
/// or its key was erased.
pub(super) fn read(store: &Store, vault: &Vault, of: Subject) -> Result<Option<(SlotNo, Arc<Known>)>, Fault> {
    let Some(stored) = store.get(of)? else { return Ok(None) };
    if let Some(known) = store.opened.get(of, &stored) {
        return Ok(Some((stored.slot, known)));
    }
    let Some((kept, key)) = open(vault, of, &stored)? else { return Ok(None) };
    let known = Arc::new(Known { kept, key });
    // A load passes through everything once.
    if !store.is_loading() {
        store.opened.put(of, &stored, &known);
        // Erased while it was being opened: whoever erases forgets it after the key, and this here may have come later still.
        if vault.key(stored.slot)?.is_none() {
            store.opened.forget(of);
            return Ok(None);
        }
    }
    Ok(Some((stored.slot, known)))
}

impl<'a> Overlay<'a> {
    pub(super) fn new(store: &'a Store, vault: &'a Vault, meta: Meta) -> Self {
        Self {
            store,
            vault,
            meta,
            held: BTreeMap::new(),
            sealed_for_good: BTreeSet::new(),
            commits: Vec::new(),
            remains: Vec::new(),
            unopened: 0,
            blind: Vec::new(),
            hides_operators: false,
        }
    }

    /// Whether there is nobody of a kind, here or in the store.
    pub(super) fn is_without(&self, kind: Kind) -> bool {
        let is_one = |(of, held): (&Subject, &Held)| of.kind == kind && held.kept.record.revision > 0;
        self.meta.counts[kind as usize] == 0 && !self.held.iter().any(is_one)
    }

    /// Whether enough waits to be written: see [`Overlay::turn_over`].
    pub(super) fn is_full(&self) -> bool {
        let most = if self.store.is_loading() { MOST_IN_LOAD } else { MOST };
        self.held.len().max(self.commits.len()) >= most
    }

    /// Brings a subject into the overlay; false when there is none.
    pub(super) fn holds(&mut self, of: Subject) -> Result<bool, Fault> {
        if let Some(held) = self.held.get(&of) {
            return Ok(!held.is_erased);
        }
        let Some((slot, known)) = read(self.store, self.vault, of)? else { return Ok(false) };
        let Known { kept, key } = Arc::unwrap_or_clone(known);
        let held = Held { kept, slot, key, is_new: false, is_erased: false, touched: self.meta.applied.seq };
        self.held.insert(of, held);
        Ok(true)
    }

    /// The subject as it stands here, if it was brought in.
    pub(super) fn held(&self, of: Subject) -> Option<&Held> {
        self.held.get(&of).filter(|held| !held.is_erased)
    }

    /// Gives a new subject its slot.
    pub(super) fn begin(&mut self, of: Subject, slot: SlotNo, key: DataKey) {
        let kept = Kept::new(of);
        self.meta.next_slot = self.meta.next_slot.max(SlotNo(slot.0 + 1));
        let held = Held { kept, slot, key, is_new: true, is_erased: false, touched: self.meta.applied.seq };
        let is_known = self.held.insert(of, held).is_some();
        debug_assert!(!is_known || cfg!(test), "a subject begins once");
    }

    /// Applies a change whose line is not numbered yet.
    pub(super) fn apply(&mut self, change: &Change) {
        if let Some(held) = self.held.get_mut(&change.of) {
            change.apply(&mut held.kept.record);
            self.meta.has_gaps |= !change.unread.is_empty();
        }
    }

    /// Notes which line, recorded when, changed which subjects.
    pub(super) fn number(
        &mut self,
        id: Ulid,
        seq: Seq,
        at: DateTime<Utc>,
        subjects: impl IntoIterator<Item = Subject>,
    ) {
        for of in subjects {
            if let Some(held) = self.held.get_mut(&of)
                && held.kept.lines.last() != Some(&seq)
            {
                held.kept.lines.push(seq);
                held.kept.changed_at = at;
                held.touched = seq;
            }
        }
        self.commits.push((id, seq));
    }

    /// Takes out a subject whose key is destroyed.
    pub(super) fn erase(&mut self, of: Subject) {
        if let Some(held) = self.held.get_mut(&of) {
            held.is_erased = true;
        }
    }

    /// Applies a line of the journal again, with what its parts held. Parts of erased subjects are passed over; parts that
    /// do not open are counted.
    pub(super) fn replay(&mut self, line: &Line, sha: Sha, parts: Vec<Unsealed>) -> Result<(), Fault> {
        match line.kind {
            LineKind::Commit => {
                self.note_blind(line, &parts);
                for (part, unsealed) in line.parts.iter().zip(parts) {
                    self.replay_part(part, unsealed)?;
                }
                self.number(line.id, line.seq, line.at, line.parts.iter().map(|part| part.of));
            }
            LineKind::Erase => {
                for part in &line.parts {
                    if self.replay_erasure(part)? {
                        self.remains.extend(erase::kept_by(line).map(|sealed| (part.of, sealed)));
                    }
                }
                self.commits.push((line.id, line.seq));
            }
            LineKind::Head | LineKind::Damage | LineKind::Look | LineKind::Other => {}
        }
        self.meta.applied = Head { seq: line.seq, sha };
        Ok(())
    }

    /// Notes the parts of a line for which the keys are missing or wrong.
    fn note_blind(&mut self, line: &Line, parts: &[Unsealed]) {
        let is_closed = |unsealed: &Unsealed| matches!(unsealed, Unsealed::Lost | Unsealed::Broken);
        let closed = line.parts.iter().zip(parts).filter(|(_, unsealed)| is_closed(unsealed));
        let (mut count, mut hides_operators) = (0, false);
        closed.for_each(|(part, _)| {
            count += 1;
            hides_operators |= part.of.kind == Kind::Operator;
        });
        self.hides_operators |= hides_operators;
        if count > 0 {
            self.blind.push((line.seq, count));
        }
    }

    /// Destroys the key that an erasure names. A damaged line may name another's: the slot is its subject's, or holds no key
    /// any more, or it is left alone and counted; false then.
    fn replay_erasure(&mut self, part: &Part) -> Result<bool, Fault> {
        let is_own = self.holds(part.of)? && self.held(part.of).is_some_and(|held| held.slot == part.slot);
        if !is_own && matches!(self.vault.key(part.slot), Ok(Some(_))) {
            self.unopened += 1;
            return Ok(false);
        }
        if self.held(part.of).is_none() && !self.held.contains_key(&part.of) && self.store.get(part.of)?.is_some() {
            self.sealed_for_good.insert(part.of);
        }
        self.erase(part.of);
        let erased = self.vault.erase(part.slot);
        // Whatever that came to: what one copy of the slot has lost is not served from memory.
        self.store.opened.forget(part.of);
        erased.map(|()| true)
    }

    fn replay_part(&mut self, part: &Part, unsealed: Unsealed) -> Result<(), Fault> {
        // What lies behind the tables was never given out: tables that were cut are refused before, and a damaged line may
        // name any slot.
        let behind = SlotNo(part.slot.0.saturating_add(1)).min(self.vault.filled());
        self.meta.next_slot = self.meta.next_slot.max(behind);
        let is_held = self.holds(part.of)?;
        let change = match unsealed {
            // A slot that is not this subject's own any more, if it ever was, says nothing of the subject.
            Unsealed::Erased if is_held && self.held(part.of).is_some_and(|held| held.slot != part.slot) => None,
            Unsealed::Erased => return Ok(()),
            Unsealed::Lost | Unsealed::Broken => None,
            Unsealed::Change(key, change) => {
                // Only a key that opens is the subject's: a damaged line may name another's.
                if !is_held {
                    self.begin(part.of, part.slot, key);
                }
                Some(change)
            }
        };
        match (self.held.get_mut(&part.of), change) {
            (Some(held), Some(change)) => {
                change.apply(&mut held.kept.record);
                // After damage a revision may be missing: the line says which one this is.
                held.kept.record.revision = part.rev;
                self.meta.has_gaps |= !change.unread.is_empty();
            }
            _ => self.unopened += 1,
        }
        Ok(())
    }

    /// Writes what there is and begins anew: replay of a long journal in pieces. During a load, whose meta counts only when
    /// it has ended, the subjects stay that were changed lately.
    pub(super) fn turn_over(&mut self) -> Result<(), Fault> {
        let mut next = Overlay {
            unopened: self.unopened,
            blind: std::mem::take(&mut self.blind),
            hides_operators: self.hides_operators,
            ..Overlay::new(self.store, self.vault, self.meta.clone())
        };
        if self.store.is_loading() {
            next.held = self.keep_younger_half();
        }
        self.meta = std::mem::replace(self, next).write()?;
        Ok(())
    }

    /// Takes out the half of the subjects that was changed last, when there are many.
    fn keep_younger_half(&mut self) -> BTreeMap<Subject, Held> {
        let mut times: Vec<Seq> = self.held.values().map(|held| held.touched).collect();
        let middle = times.len() / 2;
        if times.len() < MOST_IN_LOAD {
            return std::mem::take(&mut self.held);
        }
        let until = *times.select_nth_unstable(middle).1;
        self.held.extract_if(.., |_, held| held.touched > until).collect()
    }

    /// Writes everything to the store, all or none, and returns how far it is.
    pub(super) fn write(mut self) -> Result<Meta, Fault> {
        // The store says how far it is: past no erasure whose key may come back.
        self.vault.sync_erased()?;
        self.store.write(self.writes()?, &self.meta)?;
        Ok(self.meta)
    }

    /// Gives everything to the store to hold, and returns how far it is. What was saved is looked at again by whoever saved it.
    pub(super) fn hold(mut self) -> Result<Meta, Fault> {
        self.store.hold(self.writes()?, &self.meta)?;
        for (of, held) in self.held.into_iter().filter(|(_, held)| !held.is_erased) {
            if let Some(stored) = self.store.get(of)? {
                self.store.opened.put(of, &stored, &Arc::new(Known { kept: held.kept, key: held.key }));
            }
        }
        Ok(self.meta)
    }

    fn writes(&mut self) -> Result<Writes, Fault> {
        let mut writes = Writes::default();
        self.meta.has_gaps |= self.unopened > 0;
        for (&of, held) in &self.held {
            let count = &mut self.meta.counts[of.kind as usize];
            if held.is_erased {
                *count = count.saturating_sub(u64::from(!held.is_new));
                writes.remove(of);
                continue;
            }
            // A subject none of whose changes could be opened is nothing yet.
            if held.kept.record.revision == 0 {
                continue;
            }
            *count += u64::from(held.is_new);
            writes.put(of, held.slot, &held.key.seal(&place(of), &codec::encode_record(&held.kept)?)?);
        }
        for &of in &self.sealed_for_good {
            let count = &mut self.meta.counts[of.kind as usize];
            *count = count.saturating_sub(1);
            writes.remove(of);
        }
        for (of, sealed) in &self.remains {
            writes.erased(*of, sealed);
        }
        for &(id, seq) in &self.commits {
            writes.commit(id, seq);
        }
        Ok(writes)
    }
}

/// The fault of a slot that was erased under a subject that is still there.
pub(super) fn live(key: Option<DataKey>) -> Result<DataKey, Fault> {
    key.ok_or_else(faults::erased)
}

#[cfg(test)]
#[path = "overlay_tests.rs"]
mod tests;
