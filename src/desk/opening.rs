//! Opening a desk: records, then the index from its snapshot or the records, then the directory; the first start makes the
//! starting user the first supervisor.

use super::arriving::{self, Arriving, Reading};
use super::digesting::{digest, touched_by};
use super::directory::Directory;
use super::erasing::Erasures;
use super::health;
use super::ids::fresh;
use super::news::Boxes;
use super::seals::Seals;
use super::ties::Ties;
use super::undo::{Lately, MOST, WITHIN};
use super::writer::Writer;
use super::{AtWork, Clock, Desk, Inner};
use crate::domain::change::{Change, Commit};
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use crate::records::disk::Disk;
use crate::records::front::{FirstPage, Front};
use crate::records::index::{Bulk, Index};
use crate::records::{Opening, Options, Progress, Rebuilt, Records, Seq};
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// How a desk is opened.
pub struct DeskOptions {
    pub dir: PathBuf,
    /// The master key, where it is not kept with the data.
    pub key: Option<PathBuf>,
    pub clock: Clock,
    pub is_practice: bool,
    /// Who starts the desk: on the first start the first supervisor.
    pub first: First,
}

/// The starting user and the office of the first start.
#[derive(Clone, Debug)]
pub struct First {
    pub uid: u32,
    pub name: String,
    pub office: String,
    /// A code of `List::Zone`.
    pub zone: &'static str,
}

/// What opening found and did.
#[derive(Debug)]
pub struct Started {
    /// Whether this was the very first start.
    pub is_first: bool,
    pub records: Opening,
    /// Whether the index came from its snapshot.
    pub is_from_snapshot: bool,
}

/// Cases from which on an index that was built from the records is kept at once.
const WORTH_KEEPING: usize = 4_096;

impl Desk {
    /// Whether a desk was ever begun in this folder, whatever is left of it.
    pub fn is_begun(dir: &Path) -> bool {
        Records::is_begun(dir)
    }

    /// Opens the desk of a folder.
    ///
    /// # Errors
    /// A fault with its code: another process holds it, the key is missing or wrong, the disk cannot be read.
    pub fn open(options: DeskOptions, progress: &mut dyn FnMut(Progress)) -> Result<(Self, Started), Fault> {
        Self::open_on(Options::default().disk, options, progress)
    }

    /// Opens the desk of a folder on another disk than the machine's: a full or failing one, in tests.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_on(
        disk: Arc<dyn Disk>,
        options: DeskOptions,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Self, Started), Fault> {
        Self::opened(disk, options, true, progress)
    }

    /// Opens the desk of a folder as a service does, whose own user is nobody at the desk: a new one has no operator, until
    /// the machine lets the first supervisor in ([`Desk::enter_machine`]). `options.first` is not used.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_unmanned(options: DeskOptions, progress: &mut dyn FnMut(Progress)) -> Result<(Self, Started), Fault> {
        Self::opened(Options::default().disk, options, false, progress)
    }

    fn opened(
        disk: Arc<dyn Disk>,
        options: DeskOptions,
        begins_with_starter: bool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Self, Started), Fault> {
        let DeskOptions { dir, key, clock, is_practice, first } = options;
        let options = Options { key, disk, ..Options::default() };
        let (records, found) = Records::open(&dir, options.clone(), progress)?;
        let is_first = found.is_empty;
        if is_first && is_practice {
            records.mark_practice()?;
        }
        if records.is_practice() != is_practice {
            let key = if is_practice { "fault-not-practice" } else { "fault-is-practice" };
            return Err(Fault::new("D03", key, "invented people never stand among real ones"));
        }
        if is_first && !is_practice && begins_with_starter {
            records.commit(&[first_commit(&first, &clock)]).map_err(|error| error.fault().clone())?;
        }
        let ((records, found), Loaded { directory, index, front, snapshot, is_outdated, seals, ties }) =
            loaded((records, found), &dir, options, progress)?;
        let applied = records.head();
        let erasures = Erasures::load(&records)?;
        let lately = load_lately(&records, clock());
        let is_arriving = front.is_some();
        let inner = Arc::new(Inner {
            records,
            index: RwLock::new(index),
            arriving: Arriving::new(front),
            directory: RwLock::new(directory),
            seals: RwLock::new(seals),
            ties: RwLock::new(ties),
            inquiries: Mutex::default(),
            erasures: RwLock::new(erasures),
            clock,
            lately: Mutex::new(lately),
            applied: AtomicU64::new(applied.0),
            saved: Mutex::new(snapshot),
            boxes: Boxes::default(),
            presence: Arc::default(),
            seated: Mutex::default(),
            alarms: Mutex::new(health::alarms(&found)),
            is_practice,
        });
        inner.alarms.lock().unwrap_or_else(PoisonError::into_inner).extend(inner.uncopied());
        let reading = if is_arriving { Some(Reading::begin(&inner)?) } else { None };
        if is_outdated {
            inner.forget_in_snapshot()?;
        }
        let (jobs, waiting) = channel();
        let writer = Writer::new(Arc::clone(&inner), waiting);
        let writer =
            std::thread::Builder::new().name("writer".into()).spawn(move || writer.run()).map_err(no_thread)?;
        let (looking, stopped) = channel();
        let look = health::look_over(Arc::clone(&inner), stopped).map_err(no_thread)?;
        let work = Arc::new(AtWork {
            jobs: Some(jobs),
            writer: Some(writer),
            reading,
            looking: Some(looking),
            look: Some(look),
        });
        let desk = Self { inner, work };
        let is_large = || desk.inner.index.read().unwrap_or_else(PoisonError::into_inner).len() >= WORTH_KEEPING;
        if snapshot.is_none() && !is_outdated && is_large() {
            // A command leaves no snapshot behind: without this one every command would digest all records again. Where it
            // cannot be kept, the next start takes longer and nothing is lost.
            _ = desk.save_snapshot();
        }
        Ok((desk, Started { is_first, records: found, is_from_snapshot: snapshot.is_some() }))
    }

    /// Loads many commits at once into an empty desk, and reads everything again: for practice desks.
    ///
    /// # Errors
    /// Any fault of the disk.
    pub fn load(&self, commits: impl Iterator<Item = Commit>, progress: &mut dyn FnMut(Progress)) -> Result<(), Fault> {
        let inner = &self.inner;
        inner.records.bulk_load(&mut { commits }, progress).map_err(|error| error.fault().clone())?;
        let directory = load_directory(&inner.records)?;
        let index = index_of(&inner.records, &directory)?;
        *inner.directory.write().unwrap_or_else(PoisonError::into_inner) = directory;
        *inner.seals.write().unwrap_or_else(PoisonError::into_inner) = load_seals(&inner.records, &index)?;
        *inner.ties.write().unwrap_or_else(PoisonError::into_inner) = Ties::load(&inner.records, &index)?;
        *inner.index.write().unwrap_or_else(PoisonError::into_inner) = index;
        inner.has_applied(inner.records.head());
        Ok(())
    }

    /// Keeps the index for the next start; nothing when it is kept already.
    ///
    /// # Errors
    /// Any fault of the disk; the next start is slower then, and nothing is lost.
    pub fn save_snapshot(&self) -> Result<(), Fault> {
        self.inner.save_snapshot(&|| self.first_pages())
    }

    /// The folder of the data.
    pub fn dir(&self) -> &Path {
        self.inner.records.dir()
    }

    /// Whether all people in it are invented.
    pub fn is_practice(&self) -> bool {
        self.inner.is_practice
    }
}

/// What a desk keeps in memory.
struct Loaded {
    directory: Directory,
    /// Empty when it is still on its way.
    index: Index,
    /// What is shown until it is there; `None` when it is.
    front: Option<Front>,
    /// The line of the snapshot that the index came from.
    snapshot: Option<Seq>,
    /// Whether the snapshot on the disk may still hold somebody who was erased since.
    is_outdated: bool,
    seals: Seals,
    ties: Ties,
}

/// Reads what a desk keeps in memory. Where the store opened, and yet records are missing from it or do not open, it is built
/// anew first: the journal has them.
fn loaded(
    (records, found): (Records, Opening),
    dir: &Path,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<((Records, Opening), Loaded), Fault> {
    match Loaded::of(&records, &found) {
        Err(fault) if Records::is_mended_by_rebuilding(&fault) => {}
        read => return Ok(((records, found), read?)),
    }
    drop(records);
    let (records, again) = Records::open(dir, Options { is_rebuild_asked: true, ..options }, progress)?;
    let found = Opening { rebuilt: Some(Rebuilt::Broken), journal: found.journal, trail: found.trail, ..again };
    let read = Loaded::of(&records, &found)?;
    Ok(((records, found), read))
}

impl Loaded {
    fn of(records: &Records, found: &Opening) -> Result<Self, Fault> {
        let directory = load_directory(records)?;
        // After damage a store that was built anew lacks what an older snapshot still shows.
        let is_like_before = found.rebuilt.is_none() || (found.unopened == 0 && found.journal.damages == 0);
        let front = if found.rebuilt.is_none() { records.take_front().and_then(arriving::worth) } else { None };
        if front.is_some() {
            let (index, snapshot) = (Index::new(), Some(records.head()));
            let (seals, ties) = (Seals::default(), Ties::default());
            return Ok(Self { directory, index, front, snapshot, is_outdated: false, seals, ties });
        }
        let kept = if is_like_before { index_from_snapshot(records, &directory) } else { None };
        let (index, snapshot, is_outdated) = match kept {
            Some((index, seq, erased)) => (index, Some(seq), erased > 0),
            None => {
                let is_outdated = records.has_snapshot() && !records.erased()?.is_empty();
                (index_of(records, &directory)?, None, is_outdated)
            }
        };
        let (seals, ties) = (load_seals(records, &index)?, Ties::load(records, &index)?);
        Ok(Self { directory, index, front: None, snapshot, is_outdated, seals, ties })
    }
}

pub(super) fn no_thread(error: std::io::Error) -> Fault {
    Fault::new("D02", "fault-thread", error.to_string())
}

/// The first office and the first supervisor.
fn first_commit(first: &First, clock: &Clock) -> Commit {
    let (office, operator) = (Subject::new(Kind::Office, fresh()), Subject::new(Kind::Operator, fresh()));
    let now = clock();
    let office_facts = Facts::from([
        (Field::OfficeName.into(), Value::text(first.office.clone())),
        (Field::OfficeZone.into(), Value::code(first.zone)),
    ]);
    let operator_facts = Facts::from([
        (Field::OperatorName.into(), Value::text(first.name.clone())),
        (Field::OperatorUid.into(), Value::Number(i64::from(first.uid))),
        (Field::OperatorRoles.into(), Value::codes(["PNY"])),
        (Field::OperatorOffice.into(), Value::Link(office)),
    ]);
    let happened = Timed::certain(now);
    Commit {
        id: fresh(),
        at: now,
        by: operator.id,
        office: office.id,
        undoes: None,
        changes: vec![
            Change::create(office, happened, office_facts),
            Change::create(operator, happened, operator_facts),
        ],
    }
}

pub(super) fn load_directory(records: &Records) -> Result<Directory, Fault> {
    let mut directory = Directory::default();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Case) {
        records.each(kind, &mut |record, _| directory.put(record))?;
    }
    Ok(directory)
}

/// The index from its snapshot and the journal's tail, and how many it showed who were erased since; `None` when it has to be
/// made from all records.
fn index_from_snapshot(records: &Records, directory: &Directory) -> Option<(Index, Seq, usize)> {
    let (seq, mut index) = records.load_snapshot()?;
    let erased = catch_up(records, directory, seq, &mut index).ok()?;
    Some((index, seq, erased))
}

pub(super) fn index_of(records: &Records, directory: &Directory) -> Result<Index, Fault> {
    let mut bulk = Bulk::default();
    records.each(Kind::Case, &mut |record, at| bulk.push(&digest(&record, at, directory)))?;
    Ok(bulk.finish())
}

/// Puts every case that changed after the snapshot, and takes out who was erased; gives how many of these were in it.
fn catch_up(records: &Records, directory: &Directory, from: Seq, index: &mut Index) -> Result<usize, Fault> {
    let mut erased = 0;
    let mut changed = std::collections::BTreeSet::new();
    let mut is_movement_changed = false;
    let mut tables = std::collections::BTreeSet::new();
    records.each_commit(from.next(), &mut |_, subjects| {
        is_movement_changed |= subjects.iter().any(|of| of.kind == Kind::Movement);
        tables.extend(subjects.iter().copied().filter(|of| of.kind == Kind::Table));
        changed.extend(subjects.into_iter().filter(|of| of.kind == Kind::Case));
    })?;
    if is_movement_changed {
        let of_movements: Vec<Subject> = directory
            .all(Kind::Movement)
            .flat_map(|movement| {
                index.rows_of_movement(movement.of.id).into_iter().filter_map(|row| index.id(row)).collect::<Vec<_>>()
            })
            .map(Subject::case)
            .collect();
        changed.extend(of_movements);
    }
    for of in tables {
        changed.extend(touched_by(directory, index, of).into_iter().map(Subject::case));
    }
    for of in changed {
        match records.get_changed(of)? {
            Some((record, at)) => {
                index.put(&digest(&record, at, directory));
            }
            None => erased += usize::from(index.remove(of.id)),
        }
    }
    Ok(erased)
}

/// Who is named in what is sealed.
pub(super) fn load_seals(records: &Records, index: &Index) -> Result<Seals, Fault> {
    let mut seals = Seals::default();
    for id in index.sealed() {
        if let Some(record) = records.get(Subject::case(id))? {
            seals.put(&record);
        }
    }
    Ok(seals)
}

/// What undo may still reach: the last hour, and no more of any operator than is remembered.
fn load_lately(records: &Records, now: DateTime<Utc>) -> Lately {
    let mut lately = Lately::default();
    // What cannot be read cannot be undone either; the desk opens all the same.
    for commit in records.recent(now - WITHIN, MOST).unwrap_or_default() {
        lately.remember(&commit);
    }
    lately
}

impl Inner {
    /// Keeps the index for the next start, with how lists begin. The line is read before the index: an index that shows more than the line says
    /// is caught up with again, one that shows less would lose a case.
    pub(super) fn save_snapshot(&self, firsts: &dyn Fn() -> Vec<FirstPage>) -> Result<(), Fault> {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let applied = self.applied();
        if *saved == Some(applied) {
            return Ok(());
        }
        let firsts = firsts();
        let still = self.index.read().unwrap_or_else(PoisonError::into_inner).still();
        self.records.save_snapshot(applied, &still, &firsts)?;
        *saved = Some(applied);
        Ok(())
    }

    /// Brings index and directory up to the journal, after a commit of which nobody could say whether it happened.
    pub(super) fn catch_up(&self) -> Result<(), Fault> {
        self.records.settle()?;
        let head = self.records.head();
        let fresh = load_directory(&self.records)?;
        let mut directory = self.directory.write().unwrap_or_else(PoisonError::into_inner);
        *directory = fresh;
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let erased = catch_up(&self.records, &directory, self.applied(), &mut index)?;
        *self.seals.write().unwrap_or_else(PoisonError::into_inner) = load_seals(&self.records, &index)?;
        *self.ties.write().unwrap_or_else(PoisonError::into_inner) = Ties::load(&self.records, &index)?;
        *self.inquiries.lock().unwrap_or_else(PoisonError::into_inner) = super::Inquiries::default();
        drop((directory, index));
        self.has_applied(head);
        if erased > 0 {
            // An erasure of which nobody could say whether it happened has happened.
            *self.erasures.write().unwrap_or_else(PoisonError::into_inner) = Erasures::load(&self.records)?;
            self.forget_everywhere()?;
        }
        Ok(())
    }
}
