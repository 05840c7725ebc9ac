//! The store: the current records in sled. The only file that knows sled; no sled type leaves it.
//!
//! Nothing lives here alone: whatever is wrong with it, it is set aside and built anew from the journal. One tree holds
//! everything, so that one atomic batch carries a commit with the number of its last line: keys `r ‖ kind ‖ id`
//! (slot u64 LE ‖ sealed record), `c ‖ commit id` (line u64 LE, of the latest commits only), `e ‖ kind ‖ id` (what is kept
//! of an erased subject, sealed), `m` (how far, how many).

use super::backlog::{Backlog, Row};
use super::codec;
use super::faults;
use super::fresh::Held;
use super::journal::Seq;
use super::layout::{Key, Meta, Stored, Writes, commit_key, id_of, line_of, record_key, split};
use super::opened::Opened;
use super::standing::Remedy;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ulid::Ulid;

const META: &[u8] = b"m";

/// Commits whose ids the store remembers: whoever asks again does so soon. All of them would be ten million keys beside a
/// million records, at every start.
pub(super) const REMEMBERED: u64 = 1 << 17;
/// Rows that one batch of a spill carries.
const SPILL: usize = 1024;

/// Is shown the value of a subject.
type Visit<'a> = dyn FnMut(Subject, &[u8]) -> Result<(), Fault> + 'a;

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
    /// What a load or a rebuild holds back.
    backlog: Mutex<Option<Backlog>>,
    /// What is committed and not in sled yet.
    held: Held,
    /// What was opened lately of what is in it.
    pub(super) opened: Opened,
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
    /// Opens the store in `dir`, or begins it, and syncs its directory and what describes it.
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
        for name in ["conf", "blobs", "."] {
            sync_file(dir, name)?;
        }
        // sled has just written to thousands of places of a large one. It is synced a second later, with what was written
        // until then: nobody waits for that to see a screen.
        let file = own(dir, "db")?.ok_or_else(|| faults::store("it has no file"))?;
        let remedy = AtomicU8::new(Remedy::None as u8);
        let (is_stuck, is_unsynced) = (AtomicBool::new(false), AtomicBool::new(true));
        let is_unsyncable = AtomicBool::new(false);
        let (dir, backlog) = (dir.to_owned(), Mutex::default());
        let (held, opened) = (Held::default(), Opened::default());
        Ok(Self { db, dir, backlog, held, opened, file, remedy, is_stuck, is_unsynced, is_unsyncable })
    }

    /// What the errors until now call for.
    pub(super) fn remedy(&self) -> Remedy {
        Remedy::of_code(self.remedy.load(Ordering::Acquire))
    }

    /// Whether it takes no more writes.
    pub(super) fn is_stuck(&self) -> bool {
        self.is_stuck.load(Ordering::Acquire)
    }

    #[cfg(test)]
    pub(super) fn stick(&self) {
        self.is_stuck.store(true, Ordering::Release);
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
        self.write_held()?;
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

    fn backlog(&self) -> MutexGuard<'_, Option<Backlog>> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the store is; `None` when nothing was ever written to it, or a load was interrupted.
    pub(super) fn meta(&self) -> Result<Option<Meta>, Fault> {
        if let Some(backlog) = &*self.backlog() {
            return Ok(Some(backlog.meta.clone()));
        }
        if let Some(fresh) = self.held.now() {
            return Ok(Some(fresh.meta.clone()));
        }
        self.call(|| self.db.get(META))?.map(|bytes| codec::decode(&bytes)).transpose().inspect_err(|_| {
            self.needs(Remedy::Rebuild);
        })
    }

    pub(super) fn get(&self, of: Subject) -> Result<Option<Stored>, Fault> {
        let key = record_key(of);
        if let Some(waiting) = self.backlog().as_ref().and_then(|backlog| backlog.get(&key)) {
            return waiting.map(split).transpose();
        }
        if let Some(held) = self.held.now().as_ref().and_then(|fresh| fresh.get(&key)) {
            return held.map(split).transpose();
        }
        match self.call(|| self.db.get(key))? {
            Some(value) => split(&value).map(Some),
            None => Ok(None),
        }
    }

    /// The line of a commit, if it is one of the last [`REMEMBERED`]; those of a load are known when it has ended.
    pub(super) fn commit(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        if let Some(seq) = self.held.now().and_then(|fresh| fresh.commit(id)) {
            return Ok(Some(seq));
        }
        self.call(|| self.db.get(commit_key(id)))?.map(|value| line_of(&value)).transpose()
    }

    /// Begins a load: from now on records are held back and written once each, until [`Store::end_load`]. Whatever interrupts
    /// it leaves a store that is built anew at the next start.
    ///
    /// # Errors
    /// `S01`.
    pub(super) fn begin_load(&self, meta: Meta) -> Result<(), Fault> {
        self.write_held()?;
        let mut backlog = self.backlog();
        self.call(|| self.db.remove(META))?;
        *backlog = Some(Backlog::new(meta, REMEMBERED as usize));
        Ok(())
    }

    /// Ends a load: writes what was held back, then how far the store is. Nothing when none was begun.
    ///
    /// # Errors
    /// `S01`: the store is to be built anew.
    pub(super) fn end_load(&self) -> Result<(), Fault> {
        let Some(backlog) = self.backlog().take() else { return Ok(()) };
        let (rows, commits, meta) = backlog.all();
        self.spill(&rows)?;
        self.write(Writes { rows: Vec::new(), commits: commits.into() }, &meta)
    }

    /// Whether a load was begun and has not ended.
    pub(super) fn is_loading(&self) -> bool {
        self.backlog().is_some()
    }

    fn spill(&self, rows: &[Row]) -> Result<(), Fault> {
        rows.chunks(SPILL).try_for_each(|rows| {
            let mut batch = sled::Batch::default();
            rows.iter().for_each(|(key, value)| enter(&mut batch, key, value.as_deref()));
            self.call(|| self.db.apply_batch(batch))
        })
    }

    /// Writes all or none, with how far the store is then; during a load, in memory.
    pub(super) fn write(&self, writes: Writes, meta: &Meta) -> Result<(), Fault> {
        self.hold(writes, meta)?;
        self.write_held()
    }

    /// Takes what is committed, with how far the store is then: it is read from now on, and written with
    /// [`Store::write_held`] or when much has come together.
    pub(super) fn hold(&self, writes: Writes, meta: &Meta) -> Result<(), Fault> {
        self.is_unsynced.store(true, Ordering::Release);
        if let Some(backlog) = &mut *self.backlog() {
            // Written under the lock: a record is always in one of the two places.
            let spilled = backlog.take(writes.rows, writes.commits, meta.clone());
            return self.spill(&spilled).inspect_err(|_| backlog.take_back(spilled));
        }
        if self.held.take(writes, meta) { self.write_held() } else { Ok(()) }
    }

    /// Writes what is held, all or none; readers find it all the while. What could not be written stays held, and a store
    /// that takes nothing more is not asked again: sled may never answer.
    pub(super) fn write_held(&self) -> Result<(), Fault> {
        self.held.write(|fresh| {
            if self.is_stuck() {
                return Err(faults::store_down());
            }
            let mut batch = sled::Batch::default();
            fresh.rows().for_each(|(key, value)| enter(&mut batch, key, value));
            let old = self.forgotten(fresh.meta.applied.seq, 2 * fresh.commits.len())?;
            old.into_iter().for_each(|id| batch.remove(&commit_key(id)[..]));
            let line = |(id, seq): &(Ulid, Seq)| batch.insert(&commit_key(*id)[..], &seq.0.to_le_bytes()[..]);
            fresh.commits.iter().for_each(line);
            batch.insert(META, codec::encode(&fresh.meta)?.as_slice());
            self.call(|| self.db.apply_batch(batch))
        })
    }

    /// At most so many commits that are to be remembered no longer when the store is at `head`. Ids begin with the time: the
    /// first ones are the oldest, unless a clock jumped, and then they wait until those before them are old enough.
    fn forgotten(&self, head: Seq, most: usize) -> Result<Vec<Ulid>, Fault> {
        let Some(until) = head.0.checked_sub(REMEMBERED) else { return Ok(Vec::new()) };
        let mut commits = self.call(|| Ok(self.db.scan_prefix(b"c")))?;
        let mut old = Vec::new();
        while old.len() < most
            && let Some((key, value)) = self.call(|| commits.next().transpose())?
            && line_of(&value).inspect_err(|_| self.needs(Remedy::Rebuild))?.0 < until
        {
            let id =
                key.get(1..).and_then(|id| id.try_into().ok()).ok_or_else(|| faults::codec("an id has 16 bytes"))?;
            old.push(Ulid::from_bytes(id));
        }
        Ok(old)
    }

    /// Visits every record of a kind, in the order of ids; returns how many there were.
    pub(super) fn each(
        &self,
        kind: Kind,
        visit: &mut dyn FnMut(Subject, Stored) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        self.scan(b'r', kind, &mut |of, value| visit(of, split(value)?))
    }

    /// Visits what is kept of every erased subject.
    pub(super) fn each_erased(&self, visit: &mut Visit<'_>) -> Result<(), Fault> {
        Kind::ALL.into_iter().try_for_each(|kind| self.scan(b'e', kind, visit).map(drop))
    }

    fn scan(&self, sort: u8, kind: Kind, visit: &mut Visit<'_>) -> Result<u64, Fault> {
        let mut count = 0;
        let mut values = self.call(|| Ok(self.db.scan_prefix([sort, kind as u8])))?;
        let next = || self.call(|| values.next().transpose());
        self.held.over([sort, kind as u8], next, |key, value| {
            count += 1;
            visit(Subject::new(kind, id_of(key)?), value)
        })?;
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

fn enter(batch: &mut sled::Batch, key: &Key, value: Option<&[u8]>) {
    match value {
        Some(value) => batch.insert(&key[..], value),
        None => batch.remove(&key[..]),
    }
}

/// Syncs a file or folder of the store, if there is one, and closes it to others.
fn sync_file(dir: &Path, name: &str) -> Result<(), Fault> {
    let Some(file) = own(dir, name)? else { return Ok(()) };
    file.sync_all().map_err(|e| faults::io("sync", &dir.join(name), &e))
}

/// Opens a file or folder of the store, if there is one, and closes it to others.
fn own(dir: &Path, name: &str) -> Result<Option<fs::File>, Fault> {
    let path = dir.join(name);
    let told = |e: io::Error| faults::io("open", &path, &e);
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(told(error)),
    };
    let mode = if file.metadata().map_err(told)?.is_dir() { 0o700 } else { 0o600 };
    file.set_permissions(fs::Permissions::from_mode(mode)).map_err(told)?;
    Ok(Some(file))
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
