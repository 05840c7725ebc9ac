//! The slots of data keys: two copies of a file of 128-byte slots, each with its own checksum, filled ahead of need.
//!
//! A slot is `PKS1 ‖ state u8 ‖ 3 zero ‖ number u64 LE ‖ nonce 24 ‖ wrapped key 48 ‖ 36 zero ‖ crc32 u32 LE`. The wrapped key
//! has the slot's number as associated data. Which subject a slot belongs to is said by the journal, never here.

use super::DataKey;
use super::erased::Erased;
use crate::domain::refusal::Fault;
use crate::records::disk::{Access, Disk, DiskFile};
use crate::records::faults;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of one slot.
pub const SIZE: usize = 128;
const MAGIC: &[u8; 4] = b"PKS1";
const LIVE: u8 = 1;
const ERASED: u8 = 2;
/// Slots filled at a time, and at the first start.
const AHEAD: u64 = 1024;
/// So often somebody who does not hold the desk reads a slot that is not whole.
const TRIES: usize = 5;
pub(super) const NAMES: [&str; 2] = ["slots.a", "slots.b"];

/// The number of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SlotNo(pub u64);

impl SlotNo {
    pub(super) const SIGNING: Self = Self(0);
    pub(super) const DRAFTS: Self = Self(1);
    pub(super) const TRAIL: Self = Self(2);
    /// The first slot that a subject may have; those before are the vault's own.
    pub const FIRST: Self = Self(16);
}

/// How a key and a file of slots go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// The key opens the vault's own slots in it.
    Fits,
    /// Its slots are another key's.
    Foreign,
    /// None of the vault's own slots is whole, or the file cannot be read.
    Unreadable,
    Missing,
}

/// Whether a key opens the vault's own slots in a file: the first of them that is whole says.
pub(super) fn fit(disk: &dyn Disk, path: &Path, master: &DataKey) -> Fit {
    let file = match disk.open(path, Access::Read) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Fit::Missing,
        Err(_) => return Fit::Unreadable,
    };
    let mut bytes = [0; SIZE];
    for no in 0..SlotNo::FIRST.0 {
        let is_read = file.read_at(&mut bytes, no * SIZE as u64).is_ok_and(|read| read == SIZE);
        if is_read && is_whole(&bytes, no) && bytes[4] == LIVE {
            return if master.open(&place(no), &bytes[16..88]).is_ok() { Fit::Fits } else { Fit::Foreign };
        }
    }
    Fit::Unreadable
}

pub(super) enum Slot {
    Live(DataKey),
    Erased,
}

pub(super) struct Slots {
    master: DataKey,
    copies: [Box<dyn DiskFile>; 2],
    filled: AtomicU64,
    /// One fill, mend or erasure at a time.
    pub(super) writing: Mutex<Erased>,
}

fn place(no: u64) -> String {
    format!("slot|{no}")
}

fn fault(doing: &str, copy: usize, error: &std::io::Error) -> Fault {
    faults::io(doing, Path::new(NAMES[copy]), error)
}

impl Slots {
    pub(super) fn exist(disk: &dyn Disk, dir: &Path) -> Result<bool, Fault> {
        let names = disk.list(dir).map_err(|e| faults::io("list", dir, &e))?;
        Ok(NAMES.iter().any(|name| names.iter().any(|other| other == name)))
    }

    /// Makes both copies with their first slots; they appear whole or not at all, the second copy first.
    pub(super) fn make(disk: Arc<dyn Disk>, dir: &Path, master: DataKey) -> Result<Self, Fault> {
        let block = fresh(&master, 0..SlotNo::FIRST.0 + AHEAD)?;
        for name in NAMES.iter().rev() {
            let path = dir.join(name);
            crate::records::disk::replace(&*disk, &path, &block).map_err(|e| faults::io("make", &path, &e))?;
        }
        Self::open(disk, dir, master)
    }

    pub(super) fn open(disk: Arc<dyn Disk>, dir: &Path, master: DataKey) -> Result<Self, Fault> {
        let open = |copy: usize| {
            let path = dir.join(NAMES[copy]);
            match disk.open(&path, Access::Write) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => disk.open(&path, Access::Create),
                other => other,
            }
            .map_err(|e| faults::io("open", &path, &e))
        };
        let slots = Self { master, copies: [open(0)?, open(1)?], filled: AtomicU64::new(0), writing: Mutex::default() };
        let len = |copy: usize| slots.copies[copy].len().map_err(|e| fault("measure", copy, &e));
        slots.filled.store(len(0)?.max(len(1)?) / SIZE as u64, Ordering::Release);
        slots.read(SlotNo::SIGNING)?;
        Ok(slots)
    }

    /// The slots as they are, for somebody who does not hold the desk: nothing is made, levelled or mended.
    pub(super) fn look(disk: &dyn Disk, dir: &Path, master: DataKey) -> Result<Self, Fault> {
        let open = |copy: usize| {
            let path = dir.join(NAMES[copy]);
            disk.open(&path, Access::Read).map_err(|e| faults::io("open", &path, &e))
        };
        let slots = Self { master, copies: [open(0)?, open(1)?], filled: AtomicU64::new(0), writing: Mutex::default() };
        let len = |copy: usize| slots.copies[copy].len().map_err(|e| fault("measure", copy, &e));
        slots.filled.store(len(0)?.max(len(1)?) / SIZE as u64, Ordering::Release);
        slots.read(SlotNo::SIGNING)?;
        Ok(slots)
    }

    /// The bytes of these slots as they are now, each from a copy that has it whole; an erasure in either copy stands. Gives
    /// how many neither copy has: their bytes are zeros.
    pub(super) fn copied(&self, numbers: std::ops::Range<u64>) -> Result<(Vec<u8>, u64), Fault> {
        let mut bytes = Vec::with_capacity((numbers.end - numbers.start) as usize * SIZE);
        let mut lost = 0;
        for no in numbers {
            let mut found = None;
            // A slot that is being written is whole a moment later.
            for _ in 0..TRIES {
                let copies = [self.whole(0, no)?, self.whole(1, no)?];
                let is_erased = |slot: &[u8; SIZE]| slot[4] == ERASED;
                found =
                    copies.iter().flatten().find(|slot| is_erased(slot)).or(copies.iter().flatten().next()).copied();
                if found.is_some() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            lost += u64::from(found.is_none());
            bytes.extend_from_slice(&found.unwrap_or([0; SIZE]));
        }
        Ok((bytes, lost))
    }

    /// Makes both copies as long as the longer one; a torn slot at an end is written over.
    pub(super) fn level(&self) -> Result<(), Fault> {
        let slots = |copy: usize| {
            let len = self.copies[copy].len().map_err(|e| fault("measure", copy, &e))?;
            Ok::<_, Fault>(len / SIZE as u64)
        };
        let lens = [slots(0)?, slots(1)?];
        let (short, long) = if lens[0] < lens[1] { (0, 1) } else { (1, 0) };
        let mut at = lens[short] * SIZE as u64;
        let end = lens[long] * SIZE as u64;
        let is_level = at == end;
        let mut block = vec![0; 64 * 1024];
        while at < end {
            let want = block.len().min((end - at) as usize);
            let read = self.copies[long].read_at(&mut block[..want], at).map_err(|e| fault("read", long, &e))?;
            if read == 0 {
                break;
            }
            self.copies[short].write_at(&block[..read], at).map_err(|e| fault("write", short, &e))?;
            at += read as u64;
        }
        if !is_level {
            self.copies[short].sync().map_err(|e| fault("sync", short, &e))?;
        }
        self.filled.store(lens[long], Ordering::Release);
        Ok(())
    }

    pub(super) fn filled(&self) -> SlotNo {
        SlotNo(self.filled.load(Ordering::Acquire))
    }

    /// Reads one slot from the first copy that has it whole. That the master key is another one is said by the vault's own
    /// slots; a later slot that it does not open is one that was lost.
    pub(super) fn read(&self, slot: SlotNo) -> Result<Slot, Fault> {
        let mut lost = faults::slots(format!("slot {} is unreadable in both copies", slot.0));
        for copy in 0..2 {
            if let Some(bytes) = self.whole(copy, slot.0)? {
                match self.unwrap(slot.0, &bytes) {
                    Err(foreign) if slot < SlotNo::FIRST => lost = foreign,
                    Err(_) => {}
                    read => return read,
                }
            }
        }
        Err(lost)
    }

    /// The bytes of a slot in one copy when its checksum and number are right.
    fn whole(&self, copy: usize, no: u64) -> Result<Option<[u8; SIZE]>, Fault> {
        let mut bytes = [0; SIZE];
        let at = no.checked_mul(SIZE as u64).ok_or_else(|| faults::slots(format!("no slot {no}")))?;
        let read = self.copies[copy].read_at(&mut bytes, at).map_err(|e| fault("read", copy, &e))?;
        Ok((read == SIZE && is_whole(&bytes, no)).then_some(bytes))
    }

    fn unwrap(&self, no: u64, bytes: &[u8; SIZE]) -> Result<Slot, Fault> {
        if bytes[4] == ERASED {
            return Ok(Slot::Erased);
        }
        let key = self.master.open(&place(no), &bytes[16..88]).map_err(|_| faults::key_wrong())?;
        DataKey::from_slice(&key).map(Slot::Live).ok_or_else(|| faults::slots(format!("slot {no} holds no key")))
    }

    /// These slots with their keys wrapped by another master; erased ones stay so, unreadable ones stay as they are. What
    /// it met is counted in `counts`.
    pub(super) fn rewrapped(
        &self,
        numbers: std::ops::Range<u64>,
        master: &DataKey,
        counts: &mut super::Rotated,
    ) -> Result<Vec<u8>, Fault> {
        let mut block = Vec::with_capacity((numbers.end - numbers.start) as usize * SIZE);
        for no in numbers {
            let wholes = [self.whole(0, no)?, self.whole(1, no)?];
            let slots: Vec<_> = wholes.iter().flatten().map(|bytes| (bytes, self.unwrap(no, bytes))).collect();
            // An erasure that reached one copy only: it stands.
            let erased = slots.iter().find(|(_, slot)| matches!(slot, Ok(Slot::Erased)));
            let live = slots.iter().find_map(|(_, slot)| match slot {
                Ok(Slot::Live(key)) => Some(key),
                Ok(Slot::Erased) | Err(_) => None,
            });
            let bytes = match (erased, live) {
                (Some((erased, _)), _) => {
                    counts.erased += 1;
                    **erased
                }
                (None, Some(key)) => {
                    counts.rewrapped += 1;
                    wrapped(master, no, key)?
                }
                (None, None) if slots.is_empty() => {
                    counts.unreadable += 1;
                    let mut bytes = [0; SIZE];
                    let read = self.copies[0].read_at(&mut bytes, no * SIZE as u64);
                    read.map_err(|e| fault("read", 0, &e))?;
                    bytes
                }
                (None, None) => return Err(faults::key_wrong()),
            };
            block.extend_from_slice(&bytes);
        }
        Ok(block)
    }

    pub(super) fn fill(&self, next: SlotNo, ahead: u64) -> Result<(), Fault> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let from = self.filled.load(Ordering::Acquire);
        let until = next.0.saturating_add(ahead);
        if until <= from {
            return Ok(());
        }
        if next.0 > from {
            // Some of those were given out: what was filled in their place would be other keys.
            return Err(faults::slots_short(from, next.0));
        }
        let until = until.next_multiple_of(AHEAD);
        self.write(from, &fresh(&self.master, from..until)?)?;
        self.filled.store(until, Ordering::Release);
        Ok(())
    }

    /// Refuses tables that have no name any more: keys in them would exist nowhere after the next start.
    pub(super) fn refuse_gone(&self) -> Result<(), Fault> {
        let is_there = |copy: usize| self.copies[copy].is_there().map_err(|e| fault("look at", copy, &e));
        if is_there(0)? && is_there(1)? { Ok(()) } else { Err(faults::gone(Path::new("keys"))) }
    }

    /// Writes and syncs both copies; what one of them refuses keeps nothing from the other.
    fn write(&self, from: u64, block: &[u8]) -> Result<(), Fault> {
        self.refuse_gone()?;
        let [a, b] = [0, 1].map(|copy: usize| self.put(copy, from, block).and_then(|()| self.sync(copy)));
        a.and(b)
    }

    pub(super) fn put(&self, copy: usize, from: u64, block: &[u8]) -> Result<(), Fault> {
        self.copies[copy].write_at(block, from * SIZE as u64).map_err(|e| fault("write", copy, &e))
    }

    pub(super) fn sync(&self, copy: usize) -> Result<(), Fault> {
        self.copies[copy].sync().map_err(|e| fault("sync", copy, &e))
    }

    pub(super) fn mend_unused(&self, next: SlotNo) -> Result<(), Fault> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        for no in next.0..self.filled.load(Ordering::Acquire) {
            if self.whole(0, no)?.is_none() || self.whole(1, no)?.is_none() {
                self.write(no, &fresh(&self.master, no..no + 1)?)?;
            }
        }
        Ok(())
    }

    /// Reads every slot of both copies, mends what one copy still has, and counts what neither has.
    pub(super) fn check(&self) -> Result<u64, Fault> {
        let mut lost = 0;
        for no in 0..self.filled.load(Ordering::Acquire) {
            let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
            match (self.whole(0, no)?, self.whole(1, no)?) {
                (Some(a), Some(b)) if a == b => {}
                (Some(good), None) | (None, Some(good)) => self.write(no, &good)?,
                // An erasure that reached one copy only: it stands.
                (Some(a), Some(b)) if (a[4] == ERASED) != (b[4] == ERASED) => {
                    self.write(no, if a[4] == ERASED { &a } else { &b })?;
                }
                (Some(_), Some(_)) | (None, None) => lost += 1,
            }
        }
        Ok(lost)
    }
}

/// A slot whose key is destroyed.
pub(super) fn erased(no: u64) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes[..4].copy_from_slice(MAGIC);
    bytes[4] = ERASED;
    bytes[8..16].copy_from_slice(&no.to_le_bytes());
    close(&mut bytes);
    bytes
}

/// Erases a slot in the bytes of all slots, as a backup holds them; false when it was erased, or is not among them.
pub fn erase_in(all: &mut [u8], slot: SlotNo) -> bool {
    let from = usize::try_from(slot.0).ok().and_then(|no| no.checked_mul(SIZE));
    let Some(place) = from.and_then(|from| all.get_mut(from..from + SIZE)) else { return false };
    let gone = erased(slot.0);
    let was_live = *place != gone;
    place.copy_from_slice(&gone);
    was_live
}

fn is_whole(bytes: &[u8; SIZE], no: u64) -> bool {
    bytes[..4] == *MAGIC
        && bytes[8..16] == no.to_le_bytes()
        && matches!(bytes[4], LIVE | ERASED)
        && bytes[124..] == crc32fast::hash(&bytes[..124]).to_le_bytes()
}

fn close(bytes: &mut [u8; SIZE]) {
    let crc = crc32fast::hash(&bytes[..124]);
    bytes[124..].copy_from_slice(&crc.to_le_bytes());
}

/// New slots with keys that belong to nobody yet.
fn fresh(master: &DataKey, numbers: std::ops::Range<u64>) -> Result<Vec<u8>, Fault> {
    let mut block = Vec::with_capacity((numbers.end - numbers.start) as usize * SIZE);
    for no in numbers {
        block.extend_from_slice(&wrapped(master, no, &DataKey::random()?)?);
    }
    Ok(block)
}

/// The slot of a key.
fn wrapped(master: &DataKey, no: u64, key: &DataKey) -> Result<[u8; SIZE], Fault> {
    let mut bytes = [0; SIZE];
    bytes[..4].copy_from_slice(MAGIC);
    bytes[4] = LIVE;
    bytes[8..16].copy_from_slice(&no.to_le_bytes());
    bytes[16..88].copy_from_slice(&master.seal(&place(no), &*key.0)?);
    close(&mut bytes);
    Ok(bytes)
}
