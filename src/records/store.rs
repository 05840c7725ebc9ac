//! The store: the current records in sled. The only file that knows sled; no sled type leaves it.
//!
//! Nothing lives here alone: whatever is wrong with it, it is set aside and built anew from the journal. One tree holds
//! everything, so that one atomic batch carries a commit with the number of its last line: keys `r ‖ kind ‖ id`
//! (slot u64 LE ‖ sealed record), `c ‖ commit id` (line u64 LE, of the latest commits only), `m` (how far, how many).

use super::backlog::{Backlog, Row};
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
use std::sync::{Mutex, MutexGuard, PoisonError};
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

/// The key of a record: `r ‖ kind ‖ id`.
pub(super) type Key = [u8; 18];

/// Commits whose ids the store remembers: whoever asks again does so soon. All of them would be ten million keys beside a
/// million records, at every start.
pub(super) const REMEMBERED: u64 = 1 << 17;
/// Rows that one batch of a spill carries.
const SPILL: usize = 1024;

/// What one write does, all or none.
#[derive(Default)]
pub(super) struct Writes {
    rows: Vec<Row>,
    commits: Vec<(Ulid, Seq)>,
}

impl Writes {
    pub(super) fn put(&mut self, of: Subject, slot: SlotNo, sealed: &[u8]) {
        let mut value = Vec::with_capacity(8 + sealed.len());
        value.extend_from_slice(&slot.0.to_le_bytes());
        value.extend_from_slice(sealed);
        self.rows.push((record_key(of), Some(value)));
    }

    pub(super) fn remove(&mut self, of: Subject) {
        self.rows.push((record_key(of), None));
    }

    pub(super) fn commit(&mut self, id: Ulid, seq: Seq) {
        self.commits.push((id, seq));
    }
}

/// The store of one data directory.
pub(super) struct Store {
    db: sled::Db,
    dir: PathBuf,
    /// What a load or a rebuild holds back.
    backlog: Mutex<Option<Backlog>>,
}

fn record_key(of: Subject) -> Key {
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
        let store = Self { db, dir: dir.to_owned(), backlog: Mutex::default() };
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

    fn backlog(&self) -> MutexGuard<'_, Option<Backlog>> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the store is; `None` when nothing was ever written to it, or a load was interrupted.
    pub(super) fn meta(&self) -> Result<Option<Meta>, Fault> {
        if let Some(backlog) = &*self.backlog() {
            return Ok(Some(backlog.meta.clone()));
        }
        guarded(|| self.db.get(META))?.map(|bytes| codec::decode(&bytes)).transpose()
    }

    pub(super) fn get(&self, of: Subject) -> Result<Option<Stored>, Fault> {
        let key = record_key(of);
        if let Some(waiting) = self.backlog().as_ref().and_then(|backlog| backlog.get(&key)) {
            return waiting.map(split).transpose();
        }
        match guarded(|| self.db.get(key))? {
            Some(value) => split(&value).map(Some),
            None => Ok(None),
        }
    }

    /// The line of a commit, if it is one of the last [`REMEMBERED`]; those of a load are known when it has ended.
    pub(super) fn commit(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        guarded(|| self.db.get(commit_key(id)))?.map(|value| line_of(&value)).transpose()
    }

    /// Begins a load: from now on records are held back and written once each, until [`Store::end_load`]. Whatever interrupts
    /// it leaves a store that is built anew at the next start.
    ///
    /// # Errors
    /// `S01`.
    pub(super) fn begin_load(&self, meta: Meta) -> Result<(), Fault> {
        let mut backlog = self.backlog();
        guarded(|| self.db.remove(META))?;
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

    fn spill(&self, rows: &[Row]) -> Result<(), Fault> {
        rows.chunks(SPILL).try_for_each(|rows| {
            let mut batch = sled::Batch::default();
            rows.iter().for_each(|row| enter(&mut batch, row));
            guarded(|| self.db.apply_batch(batch))
        })
    }

    /// Writes all or none, with how far the store is then; during a load, in memory.
    pub(super) fn write(&self, writes: Writes, meta: &Meta) -> Result<(), Fault> {
        let Writes { rows, commits } = writes;
        {
            let mut backlog = self.backlog();
            if let Some(backlog) = &mut *backlog {
                // Written under the lock: a record is always in one of the two places.
                let spilled = backlog.take(rows, commits, meta.clone());
                return self.spill(&spilled).inspect_err(|_| backlog.take_back(spilled));
            }
        }
        let mut batch = sled::Batch::default();
        rows.iter().for_each(|row| enter(&mut batch, row));
        for id in self.forgotten(meta.applied.seq, 2 * commits.len())? {
            batch.remove(&commit_key(id)[..]);
        }
        for (id, seq) in commits {
            batch.insert(&commit_key(id)[..], &seq.0.to_le_bytes()[..]);
        }
        batch.insert(META, codec::encode(meta)?.as_slice());
        guarded(|| self.db.apply_batch(batch))
    }

    /// At most so many commits that are to be remembered no longer when the store is at `head`. Ids begin with the time: the
    /// first ones are the oldest, unless a clock jumped, and then they wait until those before them are old enough.
    fn forgotten(&self, head: Seq, most: usize) -> Result<Vec<Ulid>, Fault> {
        let Some(until) = head.0.checked_sub(REMEMBERED) else { return Ok(Vec::new()) };
        let mut commits = guarded(|| Ok(self.db.scan_prefix(b"c")))?;
        let mut old = Vec::new();
        while old.len() < most
            && let Some((key, value)) = guarded(|| commits.next().transpose())?
            && line_of(&value)?.0 < until
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
        let mut records = guarded(|| Ok(self.db.scan_prefix([b'r', kind as u8])))?;
        let mut count = 0;
        while let Some((key, value)) = guarded(|| records.next().transpose())? {
            let id =
                key.get(2..).and_then(|id| id.try_into().ok()).ok_or_else(|| faults::codec("a key has 18 bytes"))?;
            visit(Subject::new(kind, Ulid::from_bytes(id)), split(&value)?)?;
            count += 1;
        }
        Ok(count)
    }
}

fn enter(batch: &mut sled::Batch, (key, value): &Row) {
    match value {
        Some(value) => batch.insert(&key[..], value.as_slice()),
        None => batch.remove(&key[..]),
    }
}

fn line_of(value: &[u8]) -> Result<Seq, Fault> {
    let seq = value.try_into().map_err(|_| faults::codec("a line number has 8 bytes"))?;
    Ok(Seq(u64::from_le_bytes(seq)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seq: u64) -> Meta {
        Meta { applied: Head { seq: Seq(seq), sha: Sha::default() }, ..Meta::new() }
    }

    fn commits(ids: std::ops::RangeInclusive<u64>) -> Writes {
        Writes { rows: Vec::new(), commits: ids.map(|n| (Ulid::from_parts(n, 7), Seq(n))).collect() }
    }

    #[test]
    fn the_oldest_commits_are_forgotten_when_many_came_after_them() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), 1 << 20).unwrap();
        store.write(commits(1..=10), &at(10)).unwrap();
        let knows = |n| store.commit(Ulid::from_parts(n, 7)).unwrap().is_some();
        // Two go for each that comes, and none that is young enough.
        store.write(commits(REMEMBERED + 4..=REMEMBERED + 4), &at(REMEMBERED + 4)).unwrap();
        assert!(!knows(1) && !knows(2) && knows(3) && knows(10) && knows(REMEMBERED + 4));
        store.write(commits(REMEMBERED + 5..=REMEMBERED + 6), &at(REMEMBERED + 6)).unwrap();
        assert!(!knows(5) && knows(6), "six is 131,072 lines back, and counts");
    }

    #[test]
    fn a_load_shows_what_it_holds_back_and_leaves_no_meta_when_it_is_interrupted() {
        let dir = tempfile::tempdir().unwrap();
        let of = |n: u128| Subject::new(Kind::Case, Ulid(n));
        let put = |n: u128, byte: u8| {
            let mut writes = Writes::default();
            writes.put(of(n), SlotNo(20), &[byte; 40]);
            writes
        };
        let seen = |store: &Store, n| store.get(of(n)).unwrap().map(|stored| stored.sealed[0]);
        let store = Store::open(dir.path(), 1 << 20).unwrap();
        store.write(put(1, 1), &at(1)).unwrap();
        store.begin_load(at(1)).unwrap();
        store.write(put(1, 2), &at(2)).unwrap();
        let mut writes = put(2, 3);
        writes.remove(of(1));
        writes.commit(Ulid(9), Seq(3));
        store.write(writes, &at(3)).unwrap();
        assert_eq!((seen(&store, 1), seen(&store, 2)), (None, Some(3)));
        assert_eq!(store.meta().unwrap().unwrap().applied.seq, Seq(3));
        drop(store);
        let store = Store::open(dir.path(), 1 << 20).unwrap();
        assert!(store.meta().unwrap().is_none(), "interrupted: built anew");
        store.begin_load(at(3)).unwrap();
        let mut writes = put(2, 4);
        writes.commit(Ulid(9), Seq(4));
        store.write(writes, &at(4)).unwrap();
        store.end_load().unwrap();
        assert_eq!((seen(&store, 2), store.commit(Ulid(9)).unwrap()), (Some(4), Some(Seq(4))));
        assert_eq!(store.meta().unwrap().unwrap().applied.seq, Seq(4));
    }
}
