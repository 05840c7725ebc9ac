//! The store: the current records in sled. The only file that knows sled; no sled type leaves it.
//!
//! Nothing lives here alone: whatever is wrong with it, it is set aside and built anew from the journal. One tree holds
//! everything, so that one atomic batch carries a commit with the number of its last line: keys `r ‖ kind ‖ id`
//! (slot u64 LE ‖ sealed record), `c ‖ commit id` (line u64 LE), `m` (how far, how many).

use super::codec;
use super::faults;
use super::journal::{Head, Seq, Sha};
use super::vault::SlotNo;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
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

    pub(super) fn commit(&mut self, id: Ulid, seq: Seq) {
        self.batch.insert(&commit_key(id)[..], &seq.0.to_le_bytes()[..]);
    }
}

/// What an error of the store at run time calls for, milder first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remedy {
    None,
    /// It was refused room or rights: what it has is whole, and sled takes no more until it is opened again.
    Reopen,
    /// It may have lost what it was given, or reads what it never wrote.
    Rebuild,
}

impl Remedy {
    const fn of_code(code: u8) -> Self {
        match code {
            0 => Self::None,
            1 => Self::Reopen,
            _ => Self::Rebuild,
        }
    }
}

/// An open database, whose last sync may fail when it is dropped: sled panics then, and nobody is to die of it.
struct Open(Option<sled::Db>);

impl std::ops::Deref for Open {
    type Target = sled::Db;

    fn deref(&self) -> &sled::Db {
        self.0.as_ref().expect("it is taken out when it is dropped, and never before")
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let db = self.0.take();
        _ = catch_unwind(AssertUnwindSafe(|| drop(db)));
    }
}

/// The store of one data directory.
pub(super) struct Store {
    db: Open,
    dir: PathBuf,
    /// The store's own file, open for life: an error of writing back is told once to every open file, and sled's own
    /// thread takes no notice of the one that it is told.
    file: fs::File,
    /// The [`Remedy`] that an error called for.
    remedy: AtomicU8,
    /// sled itself erred: from then on it refuses what it is given.
    is_stuck: AtomicBool,
    is_unsynced: AtomicBool,
    /// Its file could not be synced: sled's own last sync would fail as well.
    is_unsyncable: AtomicBool,
}

fn record_key(of: Subject) -> [u8; 18] {
    let mut key = [0; 18];
    (key[0], key[1]) = (b'r', of.kind as u8);
    key[2..].copy_from_slice(&of.id.to_bytes());
    key
}

fn commit_key(id: Ulid) -> [u8; 17] {
    let mut key = [b'c'; 17];
    key[1..].copy_from_slice(&id.to_bytes());
    key
}

/// Runs a call into sled; its errors and its panics are faults: `D…` where the machine gave no room or no rights, else `S01`.
fn guarded<T>(dir: &Path, call: impl FnOnce() -> sled::Result<T>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(sled::Error::Io(error))) if is_of_the_machine(error.kind()) => Err(faults::io("store in", dir, &error)),
        Ok(Err(error)) => Err(faults::store(format!("sled: {error}"))),
        Err(_) => Err(faults::store("sled panicked")),
    }
}

/// Whether an error says nothing about the store: there is no room, or no right to write.
fn is_of_the_machine(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(kind, StorageFull | QuotaExceeded | ReadOnlyFilesystem | PermissionDenied)
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
    /// `S01` whenever sled errs or panics: the caller sets the directory aside. `D…`: the disk takes nothing now.
    pub(super) fn open(dir: &Path, cache_bytes: u64) -> Result<Self, Fault> {
        let config = sled::Config::new()
            .path(dir)
            .mode(sled::Mode::LowSpace)
            .cache_capacity(cache_bytes)
            .flush_every_ms(Some(500));
        let since = Instant::now();
        let db = loop {
            match guarded(dir, || config.open()) {
                Err(fault) if fault.detail.contains(LOCKED) && since.elapsed() < PATIENCE => std::thread::sleep(AGAIN),
                opened => break Open(Some(opened?)),
            }
        };
        for name in ["conf", "db", "blobs", "."] {
            sync_file(dir, name)?;
        }
        let file = fs::File::open(dir.join("db")).map_err(|e| faults::io("open", &dir.join("db"), &e))?;
        let remedy = AtomicU8::new(Remedy::None as u8);
        let (is_stuck, is_unsynced) = (AtomicBool::new(false), AtomicBool::new(true));
        let is_unsyncable = AtomicBool::new(false);
        Ok(Self { db, dir: dir.to_owned(), file, remedy, is_stuck, is_unsynced, is_unsyncable })
    }

    /// What the errors until now call for.
    pub(super) fn remedy(&self) -> Remedy {
        Remedy::of_code(self.remedy.load(Ordering::Acquire))
    }

    /// Whether it takes no more writes.
    pub(super) fn is_stuck(&self) -> bool {
        self.is_stuck.load(Ordering::Acquire)
    }

    /// Whether sled would end when it is dropped. After an error of which its log knows nothing (the file of a large value
    /// cannot be made) a buffer waits for its writer for ever; flushing it then never returns, and keeps every other store
    /// of this process from writing.
    fn can_close(&self) -> bool {
        let is_told = self.db.context.global_error().is_err();
        is_told || !(self.is_stuck() || self.is_unsyncable.load(Ordering::Acquire))
    }

    /// Says that this store needs mending, whoever saw it.
    pub(super) fn needs(&self, remedy: Remedy) {
        self.remedy.fetch_max(remedy as u8, Ordering::AcqRel);
    }

    /// Runs a call into this store, and remembers what its error calls for.
    fn call<T>(&self, call: impl FnOnce() -> sled::Result<T>) -> Result<T, Fault> {
        guarded(&self.dir, call).inspect_err(|fault| {
            self.is_stuck.store(true, Ordering::Release);
            self.needs(if fault.is_of_the_disk() && self.can_close() { Remedy::Reopen } else { Remedy::Rebuild });
        })
    }

    /// Brings everything to the disk: `flush` alone is `sync_file_range`, which a power cut undoes.
    pub(super) fn sync(&self) -> Result<(), Fault> {
        if self.is_stuck() {
            return Err(faults::store_down());
        }
        self.is_unsynced.store(false, Ordering::Release);
        let synced = self.call(|| self.db.flush()).and_then(|_| {
            // Whatever could not be written back is lost to the pages that sled believes to be on the disk.
            let told = |e: io::Error| faults::io("sync", &self.dir.join("db"), &e);
            self.file.sync_data().map_err(told).inspect_err(|_| {
                self.is_unsyncable.store(true, Ordering::Release);
                self.needs(Remedy::Rebuild);
            })
        });
        if synced.is_err() {
            self.is_unsynced.store(true, Ordering::Release);
        }
        synced
    }

    /// Syncs when something was written since the last time.
    pub(super) fn sync_if_written(&self) -> Result<(), Fault> {
        if self.is_unsynced.load(Ordering::Acquire) { self.sync() } else { Ok(()) }
    }

    /// Closes the store and waits for sled's own threads; false when they do not end in time: then its files are still
    /// its own, and another store is only opened beside them.
    pub(super) fn close(self) -> bool {
        let can_close = self.can_close();
        let (done, ended) = std::sync::mpsc::sync_channel(1);
        let closing = std::thread::Builder::new().name("close store".into()).spawn(move || {
            drop(self);
            _ = done.send(());
        });
        closing.is_ok() && ended.recv_timeout(PATIENCE).is_ok() && can_close
    }

    /// How far the store is; `None` when nothing was ever written to it.
    pub(super) fn meta(&self) -> Result<Option<Meta>, Fault> {
        self.call(|| self.db.get(META))?.map(|bytes| codec::decode(&bytes)).transpose().inspect_err(|_| {
            self.needs(Remedy::Rebuild);
        })
    }

    pub(super) fn get(&self, of: Subject) -> Result<Option<Stored>, Fault> {
        match self.call(|| self.db.get(record_key(of)))? {
            Some(value) => split(&value).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn commit(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        let Some(value) = self.call(|| self.db.get(commit_key(id)))? else { return Ok(None) };
        let seq = value.as_ref().try_into().map_err(|_| faults::codec("a line number has 8 bytes"))?;
        Ok(Some(Seq(u64::from_le_bytes(seq))))
    }

    /// Writes all or none, with how far the store is then.
    pub(super) fn write(&self, mut writes: Writes, meta: &Meta) -> Result<(), Fault> {
        let meta = codec::encode(meta)?;
        writes.batch.insert(META, meta.as_slice());
        self.is_unsynced.store(true, Ordering::Release);
        self.call(|| self.db.apply_batch(writes.batch))
    }

    /// Visits every record of a kind, in the order of ids; returns how many there were.
    pub(super) fn each(
        &self,
        kind: Kind,
        visit: &mut dyn FnMut(Subject, Stored) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        let mut records = self.call(|| Ok(self.db.scan_prefix([b'r', kind as u8])))?;
        let mut count = 0;
        while let Some((key, value)) = self.call(|| records.next().transpose())? {
            let id =
                key.get(2..).and_then(|id| id.try_into().ok()).ok_or_else(|| faults::codec("a key has 18 bytes"))?;
            visit(Subject::new(kind, Ulid::from_bytes(id)), split(&value)?)?;
            count += 1;
        }
        Ok(count)
    }
}

impl Drop for Store {
    /// Leaves a database that would never end where it is, with its memory: another one takes its place.
    fn drop(&mut self) {
        if !self.can_close() {
            std::mem::forget(sled::Db::clone(&self.db));
        }
    }
}

/// Syncs a file or folder of the store, if there is one, and closes it to others.
fn sync_file(dir: &Path, name: &str) -> Result<(), Fault> {
    let path = dir.join(name);
    let told = |e: io::Error| faults::io("sync", &path, &e);
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(told(error)),
    };
    let mode = if file.metadata().map_err(told)?.is_dir() { 0o700 } else { 0o600 };
    file.set_permissions(fs::Permissions::from_mode(mode)).map_err(told)?;
    file.sync_all().map_err(told)
}

fn split(value: &[u8]) -> Result<Stored, Fault> {
    let (slot, sealed) = value.split_first_chunk().ok_or_else(|| faults::codec("a stored record is too short"))?;
    Ok(Stored { slot: SlotNo(u64::from_le_bytes(*slot)), sealed: sealed.to_vec() })
}

/// Where a store that was set aside lies: 1 the last one, 2 the one before.
fn aside(dir: &Path, n: u8) -> PathBuf {
    dir.with_extension(format!("aside-{n}"))
}

/// Moves a store out of the way; the two last ones set aside are kept for whoever wants to look.
pub(super) fn set_aside(dir: &Path) -> Result<(), Fault> {
    let told = |e: io::Error| faults::io("set aside", dir, &e);
    if !dir.exists() {
        return Ok(());
    }
    if aside(dir, 2).exists() {
        fs::remove_dir_all(aside(dir, 2)).map_err(told)?;
    }
    if aside(dir, 1).exists() {
        fs::rename(aside(dir, 1), aside(dir, 2)).map_err(told)?;
    }
    fs::rename(dir, aside(dir, 1)).map_err(told)
}

/// Gives up the stores that were set aside: on a full disk their room is wanted, and nothing lives in them alone.
pub(super) fn forget_asides(dir: &Path) {
    // What cannot be removed gives no room; whoever asked for it learns so at once.
    (1..=2).for_each(|n| _ = fs::remove_dir_all(aside(dir, n)));
}
