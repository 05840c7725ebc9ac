//! Opening: the lock, the keys, the chains, then a store that agrees with the journal, whatever it takes.

use super::ahead::{Met, read_ahead};
use super::commit::REPLAY;
use super::disk::{Disk, RealDisk};
use super::drafts::Drafts;
use super::journal::{Bad, Head, Journal, LocalJournal, Repairs, Seq};
use super::overlay::Overlay;
use super::reserve::Reserve;
use super::store::{self, Meta, Store, Writes};
use super::trail::Trail;
use super::vault::Vault;
use super::{Progress, Records, Step, faults};
use crate::domain::refusal::Fault;
use std::fs;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// How a data directory is opened.
#[derive(Clone)]
pub struct Options {
    /// The master key's file; else `keys/master` below the data directory.
    pub key: Option<PathBuf>,
    /// The disk below journal, trail, keys and drafts; tests put a failing one here.
    pub disk: Arc<dyn Disk>,
    /// Bytes that the store may cache; 16 to 64 MB serve.
    pub cache_bytes: u64,
    /// Build the store anew even if nothing is wrong with it.
    pub is_rebuild_asked: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { key: None, disk: Arc::new(RealDisk), cache_bytes: 32 << 20, is_rebuild_asked: false }
    }
}

/// Why the store was built anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rebuilt {
    Asked,
    /// It could not be opened or read.
    Broken,
    /// It was gone, or empty, and the journal is not.
    Missing,
    /// Another release wrote it.
    OtherSchema,
    /// It and the journal disagree about the past.
    Disagreed,
}

/// What opening found and did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// There is no line in the journal yet.
    pub is_empty: bool,
    /// Damage and torn ends of the journal: a banner until a backup mends it.
    pub journal: Repairs,
    pub trail: Repairs,
    pub rebuilt: Option<Rebuilt>,
    /// Lines that the store had seen and the journal has no more: somebody cut it, or the disk lied.
    pub lost_lines: u64,
    /// Lines that the store had not seen yet.
    pub caught_up: u64,
    /// Sealed changes met on the way that do not open.
    pub unopened: u64,
    /// Drafts that had become commits.
    pub dropped_drafts: u64,
    pub head: Seq,
}

impl Records {
    /// Whether a data directory was ever begun here, whatever is left of it; in doubt it was, and opening says more.
    pub fn is_begun(dir: &Path) -> bool {
        ["journal", "keys", "trail"].iter().any(|part| dir.join(part).try_exists().unwrap_or(true))
    }

    /// Opens the data directory `dir`, or begins it, and takes its lock for life.
    ///
    /// # Errors
    /// `L01` another process has it; `K…` the keys; `J03` a newer release; `J06` the journal is gone; `D…` the disk.
    pub fn open(dir: &Path, options: Options, progress: &mut dyn FnMut(Progress)) -> Result<(Self, Opening), Fault> {
        let Options { key, disk, cache_bytes, is_rebuild_asked } = options;
        disk.make_dir(dir).map_err(|e| faults::io("make", dir, &e))?;
        let lock = lock(dir)?;
        let journal_dir = dir.join("journal");
        let names = disk.list(&journal_dir).map_err(|e| faults::io("list", &journal_dir, &e))?;
        let is_first_start = !names.iter().any(|name| name.ends_with(".jsonl"));
        let vault = Arc::new(Vault::open(Arc::clone(&disk), &dir.join("keys"), key.as_deref(), is_first_start)?);
        let store_dir = dir.join("store");
        let (opened, journal) = std::thread::scope(|scope| {
            let opening = scope.spawn(|| Store::open(&store_dir, cache_bytes));
            let journal = LocalJournal::open(Arc::clone(&disk), &journal_dir, vault.signing_key().clone());
            (opening.join().unwrap_or_else(|_| Err(faults::store("sled panicked"))), journal)
        });
        let (journal, repairs) = journal?;
        let (trail, trail_repairs) = Trail::open(Arc::clone(&disk), &dir.join("trail"), &vault)?;
        let mut opening = Opening {
            is_empty: journal.head().seq == Seq(0),
            journal: repairs,
            trail: trail_repairs,
            rebuilt: None,
            lost_lines: 0,
            caught_up: 0,
            unopened: 0,
            dropped_drafts: 0,
            head: journal.head().seq,
        };
        let asked = is_rebuild_asked.then_some(Rebuilt::Asked);
        let settling = Settling { dir: &store_dir, cache_bytes, vault: &vault, journal: &journal };
        let (store, mut meta) = settling.settle(opened, asked, &mut opening, progress)?;
        if !opening.journal.damage.is_empty() {
            // Lost lines may have named slots: those are never given to anyone else.
            meta.next_slot = vault.filled().max(meta.next_slot);
        }
        vault.mend_unused(meta.next_slot)?;
        let reserve = Arc::new(Reserve::new(Arc::clone(&disk), dir));
        reserve.keep();
        let drafts = Drafts::open(disk, &dir.join("drafts"), Arc::clone(&vault), Arc::clone(&reserve))?;
        let writer = Mutex::new(meta);
        let journal: Box<dyn Journal> = Box::new(journal);
        let records =
            Self { dir: dir.to_owned(), key, vault, journal, store, trail, drafts, reserve, writer, _lock: lock };
        opening.dropped_drafts = records.drafts.sweep(&|id| Ok(records.find_commit(id)?.is_some())).unwrap_or(0);
        opening.head = records.head();
        Ok((records, opening))
    }
}

/// Takes the lock of a data directory; it is held as long as the file is open.
fn lock(dir: &Path) -> Result<fs::File, Fault> {
    let path = dir.join("lock");
    let told = |e: std::io::Error| faults::io("lock", &path, &e);
    let file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(told)?;
    file.set_permissions(fs::Permissions::from_mode(0o600)).map_err(told)?;
    match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(faults::locked()),
        Err(error) => Err(told(error.into())),
    }
}

/// Bringing the store to where the journal is.
struct Settling<'a> {
    dir: &'a Path,
    cache_bytes: u64,
    vault: &'a Vault,
    journal: &'a dyn Journal,
}

impl Settling<'_> {
    fn settle(
        &self,
        opened: Result<Store, Fault>,
        asked: Option<Rebuilt>,
        opening: &mut Opening,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Store, Meta), Fault> {
        let judged = match (asked, opened) {
            (Some(why), _) => Err(why),
            (None, Ok(store)) => self.judge(&store, opening)?.map(|meta| (store, meta)),
            (None, Err(fault)) if fault.code.starts_with('D') => return Err(fault),
            (None, Err(_)) => Err(Rebuilt::Broken),
        };
        let why = match judged {
            Ok((store, meta)) => match self.replay(&store, meta, Step::CatchUp, opening, progress) {
                Ok(meta) => return Ok((store, meta)),
                Err(fault) if fault.code.starts_with('D') => return Err(fault),
                Err(_) => Rebuilt::Broken,
            },
            Err(why) => why,
        };
        opening.rebuilt = (!opening.is_empty).then_some(why);
        opening.unopened = 0;
        store::set_aside(self.dir)?;
        let store = Store::open(self.dir, self.cache_bytes)?;
        let meta = self.replay(&store, Meta::new(), Step::Rebuild, opening, progress)?;
        store.sync()?;
        Ok((store, meta))
    }

    /// Whether the store is of this release and of this journal's past.
    fn judge(&self, store: &Store, opening: &mut Opening) -> Result<Result<Meta, Rebuilt>, Fault> {
        let head = self.journal.head();
        let meta = match store.meta() {
            Ok(Some(meta)) if !meta.is_ours() => return Ok(Err(Rebuilt::OtherSchema)),
            Ok(Some(meta)) => meta,
            Ok(None) if head.seq == Seq(0) => {
                // Written once at the very start: from now on, an empty store is one that lost something.
                let meta = Meta::new();
                store.write(Writes::default(), &meta)?;
                store.sync()?;
                meta
            }
            Ok(None) => return Ok(Err(Rebuilt::Missing)),
            Err(_) => return Ok(Err(Rebuilt::Broken)),
        };
        let applied = meta.applied;
        if applied.seq > head.seq {
            if head.seq == Seq(0) {
                return Err(faults::journal_gone(applied.seq.0));
            }
            opening.lost_lines = applied.seq.0 - head.seq.0;
            return Ok(Err(Rebuilt::Disagreed));
        }
        // The line was damaged after the store had seen it: the store knows better.
        let is_damaged = opening.journal.damage.iter().any(|bad: &Bad| bad.seq == applied.seq);
        let remembered = if applied.seq == head.seq {
            Some(head.sha)
        } else {
            self.journal.read(applied.seq.next()).ok().map(|line| line.prev)
        };
        let agrees = applied == Head::default() || is_damaged || remembered == Some(applied.sha);
        Ok(if agrees { Ok(meta) } else { Err(Rebuilt::Disagreed) })
    }

    /// Applies what the journal has and the store has not.
    fn replay(
        &self,
        store: &Store,
        meta: Meta,
        step: Step,
        opening: &mut Opening,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Meta, Fault> {
        let total = self.journal.head().seq.0;
        if meta.applied.seq.0 == total {
            return Ok(meta);
        }
        let (from, caught_up) = (meta.applied.seq, total - meta.applied.seq.0);
        let mut overlay = Overlay::new(store, self.vault, meta);
        read_ahead(self.journal, self.vault, from.next(), &mut |met| {
            let Met::Line { line, sha, parts, .. } = met else { return Ok(()) };
            overlay.replay(&line, sha, parts)?;
            if overlay.len() >= REPLAY {
                progress(Progress { step, done: line.seq.0, total });
                overlay.turn_over()?;
            }
            Ok(())
        })?;
        opening.unopened += overlay.unopened;
        if step == Step::CatchUp {
            opening.caught_up = caught_up;
        }
        progress(Progress { step, done: total, total });
        overlay.write()
    }
}
