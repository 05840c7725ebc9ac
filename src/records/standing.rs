//! The store while the desk is open: it may fall, and is brought back without a restart. Nothing lives in it alone, so
//! nothing is lost by it; what is kept here is that people can go on reading, and soon writing.
//!
//! A store that was refused room or rights is opened again as soon as the disk takes something. One that may have lost what
//! it was given is built anew from the journal beside the old one, which is read meanwhile and then set aside. No rule of
//! what the store holds may live here: that is `open.rs` and `overlay.rs`.

use super::layout::Meta;
use super::open::{Opening, Settling, forget_doubt};
use super::store::Store;
use super::{Progress, Records, Step, aside, faults};
use crate::domain::refusal::Fault;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long whoever reads is waited for before a store is taken down.
const PATIENCE: Duration = Duration::from_secs(30);
const AGAIN: Duration = Duration::from_millis(5);
/// Bytes that must fit on the disk before a store is opened on it again: what opening one takes, and a piece beyond.
const ROOM: usize = 2 << 20;

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
    pub(super) const fn of_code(code: u8) -> Self {
        match code {
            0 => Self::None,
            1 => Self::Reopen,
            _ => Self::Rebuild,
        }
    }
}

/// The store of a data directory, up or down.
pub(super) struct Standing {
    dir: PathBuf,
    cache_bytes: u64,
    up: RwLock<Option<Arc<Store>>>,
    /// One mends at a time.
    mending: Mutex<()>,
}

impl Standing {
    pub(super) fn new(dir: PathBuf, cache_bytes: u64, store: Store) -> Self {
        Self { dir, cache_bytes, up: RwLock::new(Some(Arc::new(store))), mending: Mutex::new(()) }
    }

    /// The store, for one piece of work.
    ///
    /// # Errors
    /// `S03`: it is down, and somebody is at it.
    pub(super) fn get(&self) -> Result<Arc<Store>, Fault> {
        self.up.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(faults::store_down)
    }

    fn remedy(&self) -> Remedy {
        self.get().map_or(Remedy::Reopen, |store| store.remedy())
    }

    /// Takes the store down when nobody is at work with it.
    ///
    /// # Errors
    /// Somebody reads for longer than is waited.
    fn take_down(&self) -> Result<Option<Store>, Fault> {
        let since = Instant::now();
        loop {
            {
                let mut up = self.up.write().unwrap_or_else(PoisonError::into_inner);
                match up.take().map(Arc::try_unwrap) {
                    None => return Ok(None),
                    Some(Ok(store)) => return Ok(Some(store)),
                    Some(Err(shared)) => *up = Some(shared),
                }
            }
            if since.elapsed() > PATIENCE {
                return Err(faults::store("somebody reads in it without end"));
            }
            std::thread::sleep(AGAIN);
        }
    }

    /// Closes the store, as well as can be: on a failing disk sled's own last sync panics.
    pub(super) fn close(&self) {
        if let Ok(Some(store)) = self.take_down() {
            _ = store.close();
        }
    }

    fn put_up(&self, store: Store) {
        *self.up.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(store));
    }
}

/// How a store was brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// Closed and opened again; what it had not seen was applied.
    Reopened,
    /// Built anew from the journal; the old one was set aside.
    Rebuilt,
}

impl Records {
    /// Whether the store does its work; if not, [`Records::mend_store`] brings it back.
    pub fn is_store_well(&self) -> bool {
        self.store.remedy() == Remedy::None
    }

    /// Whether the store would take a commit: one that takes nothing more is still read.
    ///
    /// # Errors
    /// `S03` when it would not.
    pub fn takes_commits(&self) -> Result<(), Fault> {
        if self.store.get()?.is_stuck() { Err(faults::store_down()) } else { Ok(()) }
    }

    /// Brings a fallen store back, on the caller's thread: a moment where it is opened again, as long as a start without a
    /// store where it is built anew. Others read meanwhile, and commit as far as the store lets them; both are refused with
    /// `S03` for the moment in which the new store takes the place of the old one. `None` when nothing is wrong.
    ///
    /// # Errors
    /// What stood against it; nothing is lost, and it may be tried again.
    pub fn mend_store(&self, progress: &mut dyn FnMut(Progress)) -> Result<Option<Mended>, Fault> {
        let _mending = self.store.mending.lock().unwrap_or_else(PoisonError::into_inner);
        let mended = match self.store.remedy() {
            Remedy::None => return Ok(None),
            Remedy::Reopen => {
                has_room(&self.dir)?;
                Mended::Reopened
            }
            Remedy::Rebuild => {
                self.build_beside(progress)?;
                Mended::Rebuilt
            }
        };
        let is_closed = self.store.take_down()?.is_none_or(Store::close);
        let dir = &self.store.dir;
        if mended == Mended::Rebuilt || !is_closed {
            aside::set_aside(dir)?;
        }
        if mended == Mended::Rebuilt {
            fs::rename(beside(&self.dir), dir).map_err(|e| faults::io("put in place", dir, &e))?;
            forget_doubt(dir);
        }
        let mut opening = Opening::default();
        let settling = self.settling(dir);
        let opened = Store::open(dir, self.store.cache_bytes);
        let (store, meta) = settling.settle_in_room(opened, None, &self.reserve, &mut opening, progress)?;
        let mut writer = self.writer();
        let next_slot = writer.next_slot.max(meta.next_slot);
        *writer = Meta { next_slot, ..meta };
        self.store.put_up(store);
        Ok(Some(if opening.rebuilt.is_some() { Mended::Rebuilt } else { mended }))
    }

    /// Where the store lies.
    pub(super) fn store_dir(&self) -> PathBuf {
        self.store.dir.clone()
    }

    fn settling<'a>(&'a self, dir: &'a Path) -> Settling<'a> {
        Settling { dir, cache_bytes: self.store.cache_bytes, vault: &self.vault, journal: &*self.journal }
    }

    /// Builds a whole store beside the one in use. On a full disk the stores set aside earlier make room.
    fn build_beside(&self, progress: &mut dyn FnMut(Progress)) -> Result<(), Fault> {
        let dir = beside(&self.dir);
        let mut build = || {
            clear(&dir)?;
            let store = Store::open(&dir, self.store.cache_bytes)?;
            store.begin_load(Meta::new())?;
            self.settling(&dir).replay(&store, Meta::new(), Step::Rebuild, &mut Opening::default(), progress)?;
            store.end_load()?;
            store.sync()?;
            if store.close() { Ok(()) } else { Err(faults::store("the new one does not close")) }
        };
        let mut built = build();
        if built.as_ref().is_err_and(faults::is_full) {
            aside::forget_asides(&self.store.dir);
            built = build();
        }
        if built.is_err() {
            // Half a store serves nobody, and its room is wanted.
            _ = clear(&dir);
        }
        built
    }

    /// Whether the disk takes anything now.
    ///
    /// # Errors
    /// What it says instead.
    pub fn can_write(&self) -> Result<(), Fault> {
        self.reserve.probe()
    }
}

/// Where a new store is built.
fn beside(dir: &Path) -> PathBuf {
    dir.join("store.new")
}

/// Removes what an interrupted rebuild left.
pub(super) fn clear_beside(dir: &Path) -> Result<(), Fault> {
    clear(&beside(dir))
}

fn clear(dir: &Path) -> Result<(), Fault> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(faults::io("remove", dir, &error)),
        _ => Ok(()),
    }
}

/// Whether a store could be opened on this disk now: one that takes nothing is better read than closed.
fn has_room(dir: &Path) -> Result<(), Fault> {
    let path = dir.join("room");
    let tried = fs::write(&path, vec![0; ROOM]).and_then(|()| fs::File::open(&path)?.sync_data());
    let removed = fs::remove_file(&path);
    tried.and(removed).map_err(|error| faults::io("try", &path, &error))
}
