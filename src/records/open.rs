//! Opening: the lock, the keys, the chains, then a store that agrees with the journal, whatever it takes.

use super::ahead::{Met, read_ahead};
use super::disk::{Disk, RealDisk};
use super::drafts::Drafts;
use super::journal::{Bad, Head, Journal, LocalJournal, Repairs, Seq, What};
use super::layout::{Meta, Writes};
use super::overlay::Overlay;
use super::reserve::Reserve;
use super::standing::{Standing, clear_beside};
use super::store::Store;
use super::trail::Trail;
use super::vault::{Custody, Vault};
use super::{Progress, Records, Step, aside, blind, faults, keyless, starting, witness};
use crate::domain::refusal::Fault;
use crate::domain::subject::Kind;
use std::fs;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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
    /// It was built while keys were missing that open something again.
    Blind,
}

/// What opening found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

/// The file that says: build the store anew at the next start.
const DOUBT: &str = "store.doubt";

impl Records {
    /// Whether a fault met while reading says that the store is to be built anew from the journal.
    pub fn is_mended_by_rebuilding(fault: &Fault) -> bool {
        matches!(fault.code, "S01" | "S02" | "K05")
    }

    /// Has the store built anew from the journal, at the next start if not before: something of it was found wrong that no
    /// reading tells.
    pub(super) fn doubt_store(&self) {
        doubt(&self.dir);
    }

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
        let early = Mutex::new(starting::read_early(dir, &vault));
        let store_dir = dir.join("store");
        // What an interrupted rebuild left; where it cannot be removed it does no harm.
        _ = clear_beside(dir);
        let (opened, journal) = std::thread::scope(|scope| {
            let opening = scope.spawn(|| Store::open(&store_dir, cache_bytes));
            let journal = LocalJournal::open(Arc::clone(&disk), &journal_dir, vault.signing_key().clone());
            (opening.join().unwrap_or_else(|_| Err(faults::store("sled panicked"))), journal)
        });
        let (journal, mut repairs) = journal?;
        let known = opened.as_ref().ok().and_then(|store| store.meta().ok().flatten());
        keyless::refuse_short(&*disk, (&journal_dir, Some(journal.head())), vault.filled(), known.as_ref())?;
        vault.level()?;
        let seen_beyond = opened.as_ref().ok().and_then(|store| witness::lines_seen_beyond(store, &journal));
        if let Some(until) = seen_beyond {
            repairs.damage.extend(journal.miss(until));
            repairs.damages += 1;
            // It has what no journal has any more: no doubt about it is worth that.
            forget_doubt(&store_dir);
        }
        if opened.as_ref().is_ok_and(|store| witness::remembers_another_head(store, &vault, &journal)) {
            repairs.damage.extend(journal.disown_head());
            repairs.damages += 1;
        }
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
        let doubted = dir.join(DOUBT).exists().then_some(Rebuilt::Broken);
        let asked = is_rebuild_asked.then_some(Rebuilt::Asked).or(doubted);
        let settling = Settling { dir: &store_dir, cache_bytes, vault: &vault, journal: &journal };
        let reserve = Arc::new(Reserve::new(Arc::clone(&disk), dir));
        let (store, mut meta) = settling.settle_in_room(opened, asked, &reserve, &mut opening, progress)?;
        // What it was built without is missing at every start.
        opening.unopened = opening.unopened.max(blind::noted(&store_dir));
        if !opening.journal.damage.is_empty() {
            // Lost lines may have named slots: those are never given to anyone else.
            meta.next_slot = vault.filled().max(meta.next_slot);
        }
        vault.mend_unused(meta.next_slot)?;
        let custody = Custody::new(Arc::clone(&disk), dir.join("keys"), key.as_deref());
        reserve.keep();
        let drafts = Drafts::open(disk, &dir.join("drafts"), Arc::clone(&vault), Arc::clone(&reserve))?;
        let (writer, store) = (Mutex::new(meta), Standing::new(store_dir, cache_bytes, store));
        let journal: Box<dyn Journal> = Box::new(journal);
        let dir = dir.to_owned();
        let records =
            Self { dir, key, vault, custody, journal, store, trail, drafts, reserve, writer, early, _lock: lock };
        // What cannot be written down now is at the next start.
        _ = records.erase_again();
        opening.dropped_drafts = records.drafts.sweep(&|id| Ok(records.find_commit(id)?.is_some())).unwrap_or(0);
        let erased: Vec<_> = records.erased().unwrap_or_default().iter().map(|remains| remains.of).collect();
        if !erased.is_empty() {
            opening.dropped_drafts += records.drafts.drop_about(&erased).unwrap_or(0);
        }
        opening.head = records.head();
        Ok((records, opening))
    }
}

/// Says that the store below this folder is to be built anew.
pub(super) fn doubt(dir: &Path) {
    // A disk that cannot take this small mark now will be asked again by the next who finds out.
    let _ = fs::write(dir.join(DOUBT), b"");
}

/// Says that the store in this folder is new.
pub(super) fn forget_doubt(store_dir: &Path) {
    // A mark that cannot be removed costs another rebuild, and nothing else.
    let _ = fs::remove_file(store_dir.with_file_name(DOUBT));
}

/// A process that another one begins has its files, locks among them, until it has become what it is to be: so long a lock
/// may outlive who held it.
const BEGUN: Duration = Duration::from_millis(250);

/// Takes the lock of a data directory; it is held as long as the file is open.
pub(super) fn lock(dir: &Path) -> Result<fs::File, Fault> {
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
    let since = Instant::now();
    loop {
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(file),
            Err(rustix::io::Errno::WOULDBLOCK) if since.elapsed() < BEGUN => {
                std::thread::sleep(Duration::from_millis(5))
            }
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(faults::locked()),
            Err(error) => return Err(told(error.into())),
        }
    }
}

/// Writes down how far a store is, and in which form, before anything else is written to it.
fn noted(store: &Store, meta: &Meta) -> Result<(), Fault> {
    store.write(Writes::default(), meta)?;
    store.sync()
}

/// Bringing the store to where the journal is.
pub(super) struct Settling<'a> {
    pub dir: &'a Path,
    pub cache_bytes: u64,
    pub vault: &'a Vault,
    pub journal: &'a dyn Journal,
}

impl Settling<'_> {
    /// Settles a store; on a full disk the stores set aside, then the reserve, give it the room that it needs to be read.
    pub(super) fn settle_in_room(
        &self,
        opened: Result<Store, Fault>,
        asked: Option<Rebuilt>,
        reserve: &Reserve,
        opening: &mut Opening,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Store, Meta), Fault> {
        match self.settle(opened, asked, opening, progress) {
            Err(fault) if faults::is_full(&fault) => {
                aside::forget_asides(self.dir);
                reserve.spend_on(|| self.settle(Store::open(self.dir, self.cache_bytes), None, opening, progress))
            }
            settled => settled,
        }
    }

    fn settle(
        &self,
        opened: Result<Store, Fault>,
        asked: Option<Rebuilt>,
        opening: &mut Opening,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Store, Meta), Fault> {
        let judged = match (asked, opened) {
            (Some(why), _) => Err(why),
            (None, Ok(_)) if blind::sees_again(self.dir, self.vault, self.journal) => Err(Rebuilt::Blind),
            (None, Ok(store)) => self.judge(&store, opening)?.map(|meta| (store, meta)),
            (None, Err(fault)) if fault.is_of_the_disk() => return Err(fault),
            (None, Err(_)) => Err(Rebuilt::Broken),
        };
        let why = match judged {
            Ok((store, meta)) => match self.replay(&store, meta, Step::CatchUp, opening, progress) {
                Ok(meta) => return Ok((store, meta)),
                Err(fault) if fault.is_of_the_disk() => return Err(fault),
                Err(_) => Rebuilt::Broken,
            },
            Err(why) => why,
        };
        opening.rebuilt = (!opening.is_empty).then_some(why);
        opening.unopened = 0;
        aside::set_aside(self.dir)?;
        let built = self.rebuild(opening, progress);
        if built.as_ref().is_err_and(|fault| !fault.is_of_the_disk()) {
            // The old one is worth more than half a new one.
            aside::bring_back(self.dir)?;
        }
        built
    }

    /// Builds the store anew in its place. One in which nobody who works here could be read serves nobody.
    fn rebuild(&self, opening: &mut Opening, progress: &mut dyn FnMut(Progress)) -> Result<(Store, Meta), Fault> {
        let store = Store::open(self.dir, self.cache_bytes)?;
        store.begin_load(Meta::new())?;
        let meta = self.replay(&store, Meta::new(), Step::Rebuild, opening, progress)?;
        store.end_load()?;
        store.sync()?;
        forget_doubt(self.dir);
        Ok((store, meta))
    }

    /// Whether the store is of this release and of this journal's past.
    fn judge(&self, store: &Store, opening: &mut Opening) -> Result<Result<Meta, Rebuilt>, Fault> {
        let head = self.journal.head();
        let meta = match store.meta() {
            Ok(Some(meta)) => match meta.adopted() {
                Some(adopted) if adopted == meta => meta,
                // Before the first record with a field that an earlier release does not know.
                Some(adopted) => match noted(store, &adopted) {
                    Ok(()) => adopted,
                    Err(fault) if fault.is_of_the_disk() => return Err(fault),
                    Err(_) => return Ok(Err(Rebuilt::Broken)),
                },
                None => return Ok(Err(Rebuilt::OtherSchema)),
            },
            Ok(None) if head.seq == Seq(0) => {
                // Written once at the very start: from now on, an empty store is one that lost something.
                let meta = Meta::new();
                noted(store, &meta)?;
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
        let next = self.journal.read(applied.seq.next()).ok();
        // The line was damaged after the store had seen it: the store knows better. An opening that was cut short may have
        // named the damage already.
        let named = next.as_ref().map_or(&[][..], |line| &line.found);
        let damage = || opening.journal.damage.iter().chain(named);
        // Or all lines up to there are gone: nothing is lost while the store has them.
        let is_gone = self.journal.read(applied.seq).is_err()
            && damage().any(|bad| bad.what == What::Missing && bad.seq <= applied.seq);
        let is_damaged = is_gone || damage().any(|bad: &Bad| bad.seq == applied.seq);
        let remembered = if applied.seq == head.seq { Some(head.sha) } else { next.as_ref().map(|line| line.prev) };
        let agrees = applied == Head::default() || is_damaged || remembered == Some(applied.sha);
        Ok(if agrees { Ok(meta) } else { Err(Rebuilt::Disagreed) })
    }

    /// Applies what the journal has and the store has not.
    pub(super) fn replay(
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
        let mut is_damaged = false;
        read_ahead(self.journal, self.vault, from.next(), &mut |met| {
            let Met::Line { line, sha, parts, .. } = met else {
                is_damaged = true;
                return Ok(());
            };
            overlay.replay(&line, sha, parts)?;
            if overlay.is_full() {
                progress(Progress { step, done: line.seq.0, total });
                overlay.turn_over()?;
            }
            Ok(())
        })?;
        opening.unopened += overlay.unopened;
        blind::note(self.dir, &overlay.blind)?;
        // Where lines are damaged it need not be the keys, and somebody has to come in to mend them.
        if overlay.hides_operators && !is_damaged && overlay.is_without(Kind::Operator) {
            return Err(faults::slots("the keys of everybody who works here are missing"));
        }
        if step == Step::CatchUp {
            opening.caught_up = caught_up;
        }
        progress(Progress { step, done: total, total });
        overlay.write()
    }
}
