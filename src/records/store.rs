//! The store: the current records in sled. The only file that knows sled; no sled type leaves it.
//!
//! Nothing lives here alone: whatever is wrong with it, it is set aside and built anew from the journal. One tree holds
//! everything, so that one atomic batch carries a commit with the number of its last line: keys `r ‖ kind ‖ id`
//! (slot u64 LE ‖ sealed record), `c ‖ commit id` (line u64 LE), `e ‖ kind ‖ id` (what is kept of an erased subject,
//! sealed), `m` (how far, how many).

use super::codec;
use super::faults;
use super::journal::{Head, Seq, Sha};
use super::vault::SlotNo;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use serde::{Deserialize, Serialize};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use ulid::Ulid;

const META: &[u8] = b"m";

/// How far the store is, and how many records of each kind it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meta {
    /// The last journal line that is in it.
    pub applied: Head,
    pub fingerprint: Sha,
    /// The first slot that no line has named.
    pub next_slot: SlotNo,
    /// Records by kind, in the order of [`Kind::ALL`].
    pub counts: [u64; 7],
}

impl Meta {
    pub(super) fn new() -> Self {
        let applied = Head::default();
        Self { applied, fingerprint: *codec::FINGERPRINT, next_slot: SlotNo::FIRST, counts: [0; 7] }
    }

    /// Whether this release writes records in the same form.
    pub(super) fn is_ours(&self) -> bool {
        self.fingerprint == *codec::FINGERPRINT
    }
}

/// A record as it is stored: where its key is, and its sealed bytes.
pub(super) struct Stored {
    pub slot: SlotNo,
    pub sealed: Vec<u8>,
}

/// What one write does, all or none.
#[derive(Default)]
pub(super) struct Writes {
    batch: sled::Batch,
}

impl Writes {
    pub(super) fn put(&mut self, of: Subject, slot: SlotNo, sealed: &[u8]) {
        let mut value = Vec::with_capacity(8 + sealed.len());
        value.extend_from_slice(&slot.0.to_le_bytes());
        value.extend_from_slice(sealed);
        self.batch.insert(&record_key(of)[..], value);
    }

    pub(super) fn remove(&mut self, of: Subject) {
        self.batch.remove(&record_key(of)[..]);
    }

    pub(super) fn erased(&mut self, of: Subject, sealed: &[u8]) {
        self.batch.insert(&subject_key(b'e', of)[..], sealed);
    }

    pub(super) fn commit(&mut self, id: Ulid, seq: Seq) {
        self.batch.insert(&commit_key(id)[..], &seq.0.to_le_bytes()[..]);
    }
}

/// Is shown what is kept of an erased subject, sealed.
type Visit<'a> = dyn FnMut(Subject, &[u8]) -> Result<(), Fault> + 'a;

/// The store of one data directory.
pub(super) struct Store {
    db: sled::Db,
    dir: PathBuf,
}

fn record_key(of: Subject) -> [u8; 18] {
    subject_key(b'r', of)
}

fn subject_key(sort: u8, of: Subject) -> [u8; 18] {
    let mut key = [0; 18];
    (key[0], key[1]) = (sort, of.kind as u8);
    key[2..].copy_from_slice(&of.id.to_bytes());
    key
}

fn id_of(key: &[u8]) -> Result<Ulid, Fault> {
    let id = key.get(2..).and_then(|id| id.try_into().ok()).ok_or_else(|| faults::codec("a key has 18 bytes"))?;
    Ok(Ulid::from_bytes(id))
}

fn commit_key(id: Ulid) -> [u8; 17] {
    let mut key = [b'c'; 17];
    key[1..].copy_from_slice(&id.to_bytes());
    key
}

/// Runs a call into sled; its errors and its panics are faults.
fn guarded<T>(call: impl FnOnce() -> sled::Result<T>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(faults::store(format!("sled: {error}"))),
        Err(_) => Err(faults::store("sled panicked")),
    }
}

/// sled gives its lock back a moment after the last handle is dropped (sled#1289). Our own lock says already that no
/// other process is here, so a store that is only still closing is waited for and not taken for a broken one.
const LOCKED: &str = "could not acquire lock";
const PATIENCE: Duration = Duration::from_secs(5);
const AGAIN: Duration = Duration::from_millis(5);

impl Store {
    /// Opens the store in `dir`, or begins it, and syncs its files and its directory once.
    ///
    /// # Errors
    /// `S01` whenever sled errs or panics: the caller sets the directory aside.
    pub(super) fn open(dir: &Path, cache_bytes: u64) -> Result<Self, Fault> {
        let config = sled::Config::new()
            .path(dir)
            .mode(sled::Mode::LowSpace)
            .cache_capacity(cache_bytes)
            .flush_every_ms(Some(500));
        let since = Instant::now();
        let db = loop {
            match guarded(|| config.open()) {
                Err(fault) if fault.detail.contains(LOCKED) && since.elapsed() < PATIENCE => std::thread::sleep(AGAIN),
                opened => break opened?,
            }
        };
        let store = Self { db, dir: dir.to_owned() };
        for name in ["conf", "db", "blobs", "."] {
            store.sync_file(name)?;
        }
        Ok(store)
    }

    fn sync_file(&self, name: &str) -> Result<(), Fault> {
        let path = self.dir.join(name);
        let told = |e: std::io::Error| faults::io("sync", &path, &e);
        let file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(told(error)),
        };
        let mode = if file.metadata().map_err(told)?.is_dir() { 0o700 } else { 0o600 };
        file.set_permissions(fs::Permissions::from_mode(mode)).map_err(told)?;
        file.sync_all().map_err(told)
    }

    /// Brings everything to the disk: `flush` alone is `sync_file_range`, which a power cut undoes.
    pub(super) fn sync(&self) -> Result<(), Fault> {
        guarded(|| self.db.flush())?;
        let path = self.dir.join("db");
        fs::File::open(&path).and_then(|db| db.sync_data()).map_err(|e| faults::io("sync", &path, &e))
    }

    /// How far the store is; `None` when nothing was ever written to it.
    pub(super) fn meta(&self) -> Result<Option<Meta>, Fault> {
        guarded(|| self.db.get(META))?.map(|bytes| codec::decode(&bytes)).transpose()
    }

    pub(super) fn get(&self, of: Subject) -> Result<Option<Stored>, Fault> {
        match guarded(|| self.db.get(record_key(of)))? {
            Some(value) => split(&value).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn commit(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        let Some(value) = guarded(|| self.db.get(commit_key(id)))? else { return Ok(None) };
        let seq = value.as_ref().try_into().map_err(|_| faults::codec("a line number has 8 bytes"))?;
        Ok(Some(Seq(u64::from_le_bytes(seq))))
    }

    /// Writes all or none, with how far the store is then.
    pub(super) fn write(&self, mut writes: Writes, meta: &Meta) -> Result<(), Fault> {
        let meta = codec::encode(meta)?;
        writes.batch.insert(META, meta.as_slice());
        guarded(|| self.db.apply_batch(writes.batch))
    }

    /// Visits every record of a kind, in the order of ids; returns how many there were.
    pub(super) fn each(
        &self,
        kind: Kind,
        visit: &mut dyn FnMut(Subject, Stored) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        let mut records = guarded(|| Ok(self.db.scan_prefix([b'r', kind as u8])))?;
        let mut count = 0;
        while let Some((key, value)) = guarded(|| records.next().transpose())? {
            visit(Subject::new(kind, id_of(&key)?), split(&value)?)?;
            count += 1;
        }
        Ok(count)
    }

    /// Visits what is kept of every erased subject.
    pub(super) fn each_erased(&self, visit: &mut Visit<'_>) -> Result<(), Fault> {
        for kind in Kind::ALL {
            let mut erased = guarded(|| Ok(self.db.scan_prefix([b'e', kind as u8])))?;
            while let Some((key, sealed)) = guarded(|| erased.next().transpose())? {
                visit(Subject::new(kind, id_of(&key)?), &sealed)?;
            }
        }
        Ok(())
    }
}

fn split(value: &[u8]) -> Result<Stored, Fault> {
    let (slot, sealed) = value.split_first_chunk().ok_or_else(|| faults::codec("a stored record is too short"))?;
    Ok(Stored { slot: SlotNo(u64::from_le_bytes(*slot)), sealed: sealed.to_vec() })
}

/// Moves a store out of the way; the two last ones set aside are kept for whoever wants to look.
pub(super) fn set_aside(dir: &Path) -> Result<(), Fault> {
    let old = |n: u8| dir.with_extension(format!("aside-{n}"));
    let told = |e: std::io::Error| faults::io("set aside", dir, &e);
    if !dir.exists() {
        return Ok(());
    }
    if old(2).exists() {
        fs::remove_dir_all(old(2)).map_err(told)?;
    }
    if old(1).exists() {
        fs::rename(old(1), old(2)).map_err(told)?;
    }
    fs::rename(dir, old(1)).map_err(told)
}
