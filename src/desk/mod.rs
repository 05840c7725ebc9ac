//! The desk: the one service in front of records, rules and index. Who asks, may they, do it, tell the others.
//!
//! Everything a session does goes through a [`Seat`]; everything that changes goes through the one writer. No sled type, no
//! file path and no terminal is known above this room.

mod accord;
mod alike;
mod anchoring;
mod arriving;
mod ask;
mod auditing;
pub mod backup;
mod bearing;
mod chore;
mod counting;
mod custody;
mod digesting;
mod directory;
pub mod duplicates;
mod entering;
mod erasing;
pub mod exporting;
mod finding;
mod handover;
mod health;
mod ids;
pub mod importing;
mod inbox;
mod inquiries;
mod judging;
mod keeping;
mod keyless;
mod linking;
mod loading;
mod looking;
mod mending;
mod news;
mod opening;
mod presence;
pub mod printing;
mod reading;
mod seals;
mod seat;
mod setting_table;
mod sheet;
mod staff;
mod standing;
mod tables;
mod ties;
mod today;
mod undo;
mod writer;

pub use accord::{Accord, Trait, accord};
pub use alike::{Alike, MOST_ALIKE, Other};
pub use anchoring::{anchor_beside, hold_beside};
pub use ask::{Answer, Ask, Denied, Done, Proposal, Ticket};
pub use auditing::{Audit, Named, Sought, Trace};
pub use chore::{Chore, Ended, Findings, Work};
pub use counting::{MOST_READ, MovementName, OfficeName, Rekap, Today as Day};
pub use duplicates::{Candidate, Certainty};
pub use erasing::Doomed;
pub use handover::{Handed, Handover};
pub use health::Alarm;
pub use inbox::{Asked, Inbox, InboxRow, Matter, Person};
pub use inquiries::is_for_access;
pub use looking::{Behind, REASON_HOLDS, sound_reason};
pub use news::{Letters, News, Waker};
pub use opening::{DeskOptions, First, Started};
pub use presence::{Companion, MOST_COMPANY};
pub use reading::{CaseView, Event, verb_key};
pub use seat::{Listing, RowId, Seat};
pub use setting_table::TableView;
pub use sheet::EmergencySheet;
pub use staff::{Post, Staff};
pub use today::{DayList, TodayRow, Why};
pub use undo::Last;

pub use crate::records::index::{Bits as Found, Listing as Rows, Order};
pub use crate::records::{
    Act as LookAct, Anchor, Bad, Copied, Custody, Held, Holding, KeyError, KeyStanding, Places, Point, Progress,
    Rotated, Step, Verdict, What as BadWhat, heal_from,
};

use crate::domain::gate::Rules;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::records::index::Index;
use crate::records::{Records, Seq};
use chrono::{DateTime, Utc};
use directory::Directory;
use erasing::Erasures;
use inquiries::Inquiries;
use news::Boxes;
use presence::Presence;
use seals::Seals;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use ties::Ties;
use undo::Lately;
use writer::Job;

/// Where the desk gets the time.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The service. Cheap to share; the last one that goes ends the writer and waits for it: the folder is free afterwards.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
    work: Arc<AtWork>,
}

/// The writer at work: it ends when every desk and seat is gone.
struct AtWork {
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    /// The index on its way, where the desk was opened before it was there.
    reading: Option<arriving::Reading>,
    /// Ends the look over the chains when it goes.
    looking: Option<Sender<()>>,
    look: Option<JoinHandle<()>>,
}

impl AtWork {
    #[expect(clippy::result_large_err, reason = "a job that was not taken goes back, to be answered")]
    fn send(&self, job: Job) -> Result<(), Job> {
        match &self.jobs {
            Some(jobs) => jobs.send(job).map_err(|unsent| unsent.0),
            None => Err(job),
        }
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        drop((self.jobs.take(), self.looking.take(), self.reading.take()));
        for thread in [self.writer.take(), self.look.take()].into_iter().flatten() {
            // A look that panicked has nothing more to say; with the writer the process would have ended.
            let _ = thread.join();
        }
    }
}

/// What the writer and every seat share.
pub(crate) struct Inner {
    pub(crate) records: Records,
    pub(crate) index: RwLock<Index>,
    /// What is shown until the index is there.
    arriving: arriving::Arriving,
    pub(crate) directory: RwLock<Directory>,
    pub(crate) seals: RwLock<Seals>,
    pub(crate) ties: RwLock<Ties>,
    inquiries: Mutex<Inquiries>,
    erasures: RwLock<Erasures>,
    /// Whether somebody is erased and not forgotten everywhere yet.
    owes_forgetting: AtomicBool,
    pub(crate) clock: Clock,
    pub(crate) lately: Mutex<Lately>,
    /// The last journal line that index and directory show.
    applied: AtomicU64,
    /// The journal line of the last snapshot; held while one is written.
    saved: Mutex<Option<Seq>>,
    boxes: Boxes,
    presence: Arc<Presence>,
    /// The seats that are taken.
    seated: Mutex<Vec<standing::Seated>>,
    alarms: Mutex<Vec<Alarm>>,
    /// Whether operators may be switched by command: the practice desk only.
    pub(crate) is_practice: bool,
}

impl Inner {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// The last journal line that index and directory show.
    pub(crate) fn applied(&self) -> Seq {
        Seq(self.applied.load(Ordering::Acquire))
    }

    /// Says that index and directory show everything up to here.
    pub(crate) fn has_applied(&self, seq: Seq) {
        self.applied.store(seq.0, Ordering::Release);
    }

    /// The rules by which an office's cases are judged when something happened at that moment.
    pub(crate) fn rules_at(&self, office: Option<Subject>, at: DateTime<Utc>) -> Arc<Rules> {
        let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(directory.tables().rules(office.map(|office| office.id), at))
    }

    fn tell(&self, news: &News) {
        self.boxes.tell(news);
    }
}

impl Desk {
    /// Checks the journal's chain, the trail's, and that the store agrees with the journal.
    ///
    /// # Errors
    /// When something cannot be read at all.
    pub fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Verdict, Fault> {
        self.inner.records.verify(progress)
    }

    /// As [`Desk::verify`], until `watch` says no.
    ///
    /// # Errors
    /// What `watch` says, and when something cannot be read at all.
    pub fn verify_until(&self, watch: &mut backup::Watch<'_>) -> Result<Verdict, Fault> {
        self.inner.records.verify_until(watch)
    }

    /// The cases whose digest in the index is not what their record gives.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn index_differs(&self) -> Result<Vec<Subject>, Fault> {
        digesting::index_differs(&self.inner)
    }

    /// The gate tables in the journal that this release cannot read, whose office works by the one before.
    pub fn unreadable_tables(&self) -> Vec<Subject> {
        self.inner.directory.read().unwrap_or_else(PoisonError::into_inner).tables().unreadable()
    }

    /// Syncs what may wait up to a second; called by whoever has time.
    pub fn tick(&self) {
        let _ = self.inner.records.tick();
    }
}
