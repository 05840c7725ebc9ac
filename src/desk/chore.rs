//! Long work that somebody at a screen begins: verifying, a backup by the plan. It runs beside everything else, says how far
//! it is, and stops when asked or when its screen goes. Only who keeps the desk, or audits it, may begin it, and the trail
//! says so.

use super::backup::{Made, Plan, Wanted, make_of, stopped};
use super::seat::Seat;
use super::{Inner, digesting, keyless};
use crate::domain::access::Role;
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::Subject;
use crate::records::backup::Halt;
use crate::records::{Act, Look, Progress, Verdict};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// What takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Verify,
    Backup,
}

/// What verifying inside a session found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    pub verdict: Verdict,
    /// Cases whose digest in the index is not what their record gives.
    pub index_differs: Vec<Subject>,
    /// Gate tables that cannot be read.
    pub tables: Vec<Subject>,
    /// Whose keys are gone, by the numbers of their cases where these are known.
    pub keyless: Vec<String>,
    /// Whose record differs, by name.
    pub differing: Vec<String>,
}

impl Findings {
    pub fn is_whole(&self) -> bool {
        self.verdict.is_whole() && self.index_differs.is_empty() && self.tables.is_empty()
    }
}

/// How it ended.
#[derive(Clone, Debug)]
pub enum Ended {
    Verified(Box<Findings>),
    BackedUp(Box<Made>),
    Not(Halt),
}

struct Shared {
    progress: Mutex<Option<Progress>>,
    is_stopped: AtomicBool,
}

impl Shared {
    fn tell(&self, progress: Progress) -> Result<(), Fault> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
        if self.is_stopped.load(Ordering::Relaxed) { Err(stopped()) } else { Ok(()) }
    }
}

/// Work that was begun. Dropping it stops it.
pub struct Chore {
    pub work: Work,
    shared: Arc<Shared>,
    end: Receiver<Ended>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Chore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chore({:?})", self.work)
    }
}

impl Chore {
    /// How far it is; `None` before it has begun to count.
    pub fn progress(&self) -> Option<Progress> {
        *self.shared.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks it to stop; it ends soon.
    pub fn stop(&self) {
        self.shared.is_stopped.store(true, Ordering::Relaxed);
    }

    /// How it ended; `None` while it goes on.
    pub fn ended(&self) -> Option<Ended> {
        match self.end.try_recv() {
            Ok(ended) => Some(ended),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Ended::Not(stopped().into())),
        }
    }
}

impl Drop for Chore {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing more to say; nothing of the desk rests on it.
            let _ = thread.join();
        }
    }
}

impl Seat {
    /// Why this operator may not begin it; `None` when it can begin.
    pub fn why_not_begin(&self, work: Work) -> Option<Refusal> {
        let keeps = self.roles().has(Role::Supervisor) || self.roles().has(Role::Administrator);
        // That nothing was taken out of the trail is the auditor's to prove.
        let audits = work == Work::Verify && self.roles().has(Role::Auditor);
        if !keeps && !audits {
            return Some(Refusal::new("why-not-keeper"));
        }
        match work {
            Work::Verify => None,
            Work::Backup => match Plan::of(self.data_dir()) {
                Ok(Some(_)) => None,
                Ok(None) => Some(Refusal::new("why-not-plan")),
                Err(refusal) => Some(refusal),
            },
        }
    }

    /// Begins it.
    ///
    /// # Errors
    /// This operator may not, there is no plan, or the trail cannot take a note of it.
    pub fn begin(&self, work: Work) -> Result<Chore, Halt> {
        if let Some(refusal) = self.why_not_begin(work) {
            if refusal.key == "why-not-keeper" {
                self.look(Act::Refused, Vec::new(), 0);
            }
            return Err(refusal.into());
        }
        let why = match work {
            Work::Verify => "verify",
            Work::Backup => "backup",
        };
        let (at, by, office) = (self.inner().now(), self.author.operator, self.author.office);
        let look =
            Look { at, by, office, act: Act::Admin, of: Vec::new(), count: 0, why: why.into(), fields: Vec::new() };
        self.inner().records.trail().note(&look)?;
        let shared = Arc::new(Shared { progress: Mutex::new(None), is_stopped: AtomicBool::new(false) });
        let (give, end) = sync_channel(1);
        let (inner, told) = (Arc::clone(&self.desk.inner), Arc::clone(&shared));
        let run = move || {
            let ended = match work {
                Work::Verify => verify(&inner, &told).map(|found| Ended::Verified(Box::new(found))),
                Work::Backup => backup(&inner, &told).map(|made| Ended::BackedUp(Box::new(made))),
            };
            let _ = give.send(ended.unwrap_or_else(Ended::Not));
        };
        let thread = std::thread::Builder::new().name(why.into()).spawn(run);
        let thread = thread.map_err(|error| Fault::new("D02", "fault-thread", error.to_string()))?;
        Ok(Chore { work, shared, end, thread: Some(thread) })
    }
}

fn verify(inner: &Inner, told: &Shared) -> Result<Findings, Halt> {
    let verdict = inner.records.verify_until(&mut |progress| told.tell(progress))?;
    let index_differs = digesting::index_differs(inner)?;
    let tables = inner.directory.read().unwrap_or_else(PoisonError::into_inner).tables().unreadable();
    let (keyless, differing) = (keyless::named(inner, &verdict.keyless), keyless::named(inner, &verdict.differing));
    Ok(Findings { verdict, index_differs, tables, keyless, differing })
}

fn backup(inner: &Inner, told: &Shared) -> Result<Made, Halt> {
    let dir = inner.records.dir();
    let plan = Plan::of(dir)?.ok_or(Refusal::new("why-not-plan"))?;
    let recipients = plan.to_whom()?;
    let wanted = Wanted { dir, key: None, to: &plan.to, recipients: &recipients, keep: plan.keep, now: inner.now() };
    let made = make_of(&inner.records.onlooker(), &wanted, &mut |progress| told.tell(progress));
    inner.judge_backups(None);
    made
}
