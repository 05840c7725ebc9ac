//! Opening a desk: records, then the index from its snapshot or the records, then the directory; the first start makes the
//! starting user the first supervisor.

use super::arriving::{Arriving, Reading};
use super::erasing::Erasures;
use super::health;
use super::ids::fresh;
use super::loading::{Loaded, catch_up, index_of, load_directory, load_lately, load_seals, loaded};
use super::news::Boxes;
use super::ties::Ties;
use super::writer::Writer;
use super::{AtWork, Clock, Desk, Inner, bearing, keyless};
use crate::domain::change::{Change, Commit};
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use crate::records::disk::Disk;
use crate::records::front::FirstPage;
use crate::records::{Opening, Options, Progress, Records};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64};
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
        keyless::refuse_unmanned(&records, directory.all(Kind::Operator).count())?;
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
            owes_forgetting: AtomicBool::new(false),
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
        let writer = bearing::spawn("writer", move || writer.run()).map_err(no_thread)?;
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
            // An erasure of which nobody could say whether it happened has happened. What of it fails here keeps nobody from
            // saving: it stays owed.
            _ = self.forget_erased().inspect_err(|fault| self.has_met(fault));
        }
        Ok(())
    }
}
