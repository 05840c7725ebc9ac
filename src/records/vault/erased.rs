//! Destroying keys: their slots are overwritten in both copies, and brought to the disk before anything says that it happened.

use super::slots::{SlotNo, Slots, erased};
use crate::domain::refusal::Fault;
use std::collections::HashSet;
use std::sync::PoisonError;

/// Slots that were erased by this process.
#[derive(Default)]
pub(super) struct Erased {
    unsynced: HashSet<u64>,
    synced: HashSet<u64>,
}

impl Slots {
    /// Destroys a key, for good with the next [`Slots::sync_erased`]. What reads as erased may be so in the machine's memory
    /// alone, where a sync failed or never came: it is written again, unless this process has seen it reach the disk.
    pub(super) fn erase(&self, slot: SlotNo) -> Result<(), Fault> {
        let mut gone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if !gone.synced.contains(&slot.0) {
            let [a, b] = [0, 1].map(|copy| self.put(copy, slot.0, &erased(slot.0)));
            a.and(b)?;
            gone.unsynced.insert(slot.0);
        }
        Ok(())
    }

    /// Brings erasures to the disk, many with one sync of each copy; without any it is no work.
    pub(super) fn sync_erased(&self) -> Result<(), Fault> {
        let mut gone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if !gone.unsynced.is_empty() {
            let [a, b] = [0, 1].map(|copy| self.sync(copy));
            a.and(b)?;
            let synced = std::mem::take(&mut gone.unsynced);
            gone.synced.extend(synced);
        }
        Ok(())
    }
}
