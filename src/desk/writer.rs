//! The one writer: takes all waiting proposals, judges each against the records plus this batch's own results, appends them
//! with one sync, applies them to index and directory, answers, tells the sessions.

use super::ask::{Answer, Ask, Denied, Done, Proposal};
use super::judging::{Judge, Numbers, number_of};
use super::mending::Mender;
use super::standing::Standing;
use super::undo::head_count;
use super::{Inner, News};
use crate::domain::access::{Actor, Roles};
use crate::domain::change::{Change, Commit, Verb};
use crate::domain::gate::Circumstances;
use crate::domain::record::Record;
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::{Kind, Number, Subject};
use crate::records::{CommitError, Seq, Unfit};
use chrono::{DateTime, FixedOffset, Utc};
use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use ulid::Ulid;

/// Who proposes, as the seat knows it.
#[derive(Clone, Debug)]
pub struct Author {
    pub operator: Ulid,
    pub office: Ulid,
    pub roles: Roles,
    pub name: String,
    pub zone: FixedOffset,
    pub region: Option<String>,
    /// What this seat asked last: its own earlier save is no conflict, the same operator's at another screen is.
    pub asked: Arc<Mutex<VecDeque<Ulid>>>,
    /// Small posts that have this office as their parent and borrow its second person.
    pub posts: Vec<Ulid>,
    /// Whether the seat still holds.
    pub standing: Arc<Standing>,
}

/// Proposals that a seat remembers as its own.
const OWN: usize = 256;

impl Author {
    /// The author as the access table knows them.
    pub(super) const fn actor(&self) -> Actor<'_> {
        Actor { id: self.operator, office: self.office, roles: self.roles, posts: self.posts.as_slice() }
    }

    /// Whether it is nobody but the machine itself.
    pub const fn is_machine(&self) -> bool {
        self.operator.is_nil()
    }

    /// Remembers a proposal as this seat's own.
    pub fn asks(&self, id: Ulid) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push_back(id);
        if asked.len() > OWN {
            asked.pop_front();
        }
    }

    /// Whether this seat asked for a commit.
    pub fn has_asked(&self, id: Ulid) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }
}

/// A proposal waiting for the writer.
pub struct Job {
    pub proposal: Proposal,
    pub author: Author,
    pub reply: SyncSender<Answer>,
}

/// Proposals that share one sync at most.
const BATCH: usize = 256;

/// Subjects that may have changed since the last snapshot before another is written: what a start after a kill reads again.
const UNSAVED: usize = 1_000;

/// The writer's own state: the next numbers, and what is not settled yet.
pub struct Writer {
    pub(super) inner: Arc<Inner>,
    jobs: Receiver<Job>,
    numbers: Numbers,
    /// Commits of which the machine could not say whether they happened.
    pub(super) in_doubt: Vec<Ulid>,
    /// Subjects that changed since the last snapshot.
    unsaved: usize,
    saving: Option<JoinHandle<()>>,
    mender: Mender,
}

/// How often what may wait is done, however busy the desk is.
const TICK: Duration = Duration::from_secs(1);

/// A judged proposal: its commit, and what to answer to whom when it is on the disk.
struct Judged {
    commit: Commit,
    done: Done,
    replies: Vec<SyncSender<Answer>>,
}

impl Writer {
    pub fn new(inner: Arc<Inner>, jobs: Receiver<Job>) -> Self {
        let (numbers, mender) = (Numbers::default(), Mender::new());
        Self { inner, jobs, numbers, in_doubt: Vec::new(), unsaved: 0, saving: None, mender }
    }

    /// Works until every seat is gone.
    pub fn run(mut self) {
        let mut due = Instant::now() + TICK;
        loop {
            let next = self.jobs.try_recv().or_else(|_| {
                // Whoever saved has an answer by now.
                self.inner.records.write_held();
                self.jobs.recv_timeout(due.saturating_duration_since(Instant::now()))
            });
            match next {
                Ok(first) => self.batch(first),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if Instant::now() >= due {
                self.tick();
                due = Instant::now() + TICK;
            }
        }
        self.mender.rest();
        if let Some(saving) = self.saving.take() {
            // What a snapshot met is of no consequence: the index is built from the records then.
            let _ = saving.join();
        }
    }

    fn tick(&mut self) {
        match self.inner.records.tick() {
            Err(fault) => self.inner.has_met(&fault),
            Ok(()) => self.inner.tries_the_disk(),
        }
        if let Err(fault) = self.inner.records.sign_day(self.inner.now()) {
            self.inner.has_met(&fault);
        }
        // What an error left open is finished without waiting for somebody to ask.
        let _ = self.settle_doubt();
        if self.inner.owes_forgetting()
            && let Err(fault) = self.inner.forget_erased()
        {
            self.inner.has_met(&fault);
        }
        self.inner.look_for_copy();
        self.mender.tend(&self.inner);
    }

    fn batch(&mut self, first: Job) {
        let mut waiting = vec![first];
        waiting.extend(std::iter::from_fn(|| self.jobs.try_recv().ok()).take(BATCH - 1));
        // What is judged after a table is judged by it: it shares its sync with nobody. Nor does an erasure.
        let mut waiting = waiting.into_iter().peekable();
        while let Some(job) = waiting.next() {
            let mut some = vec![job];
            while !is_alone(&some[0])
                && let Some(job) = waiting.next_if(|job| !is_alone(job))
            {
                some.push(job);
            }
            if let Err(fault) = self.is_settled() {
                self.inner.has_met(&fault);
                for job in some.into_iter().chain(waiting) {
                    let _ = job.reply.try_send(Err(Denied::Fault(fault.clone())));
                }
                return;
            }
            match some.as_slice() {
                [one] if let Some((of, why)) = one.erases() => {
                    let answer = self.erase(one, of, why);
                    let _ = one.reply.try_send(answer);
                }
                _ => self.together(some),
            }
        }
    }

    /// Judges some proposals and commits them with one sync.
    fn together(&mut self, waiting: Vec<Job>) {
        let mut batch = HashMap::new();
        let mut judged: Vec<Judged> = Vec::with_capacity(waiting.len());
        for job in waiting {
            if let Some(same) = judged.iter_mut().find(|one| one.commit.id == job.proposal.id) {
                same.replies.push(job.reply);
                continue;
            }
            let numbers = self.numbers.clone();
            match self.judge(&job, &mut batch) {
                Ok((commit, done)) => judged.push(Judged { commit, done, replies: vec![job.reply] }),
                Err(answer) => {
                    self.numbers = numbers;
                    let _ = job.reply.try_send(answer);
                }
            }
        }
        if judged.is_empty() {
            return;
        }
        let commits: Vec<Commit> = judged.iter().map(|one| one.commit.clone()).collect();
        match self.inner.records.commit(&commits) {
            Ok(outcomes) => self.committed(judged, &outcomes, batch),
            Err(error) => {
                self.numbers.forget();
                self.inner.has_met(error.fault());
                if matches!(error, CommitError::Unknown(_)) {
                    self.in_doubt.extend(commits.iter().map(|commit| commit.id));
                }
                for reply in judged.iter().flat_map(|one| &one.replies) {
                    let _ = reply.try_send(Err(denied(&error)));
                }
            }
        }
    }

    /// Whether index and directory show all that is committed: nothing is judged or numbered before.
    fn is_settled(&mut self) -> Result<(), Fault> {
        self.mender.ready(&self.inner)?;
        if self.settle_doubt()? { self.mender.ready(&self.inner) } else { Ok(()) }
    }

    /// Learns what became of commits in doubt; true when there were any, which is then to be caught up with.
    fn settle_doubt(&mut self) -> Result<bool, Fault> {
        if self.in_doubt.is_empty() {
            return Ok(false);
        }
        for id in &self.in_doubt {
            self.inner.records.find_commit(*id)?;
        }
        self.mender.is_behind();
        self.numbers.forget();
        self.in_doubt.clear();
        Ok(true)
    }

    /// What a proposal would do now; a proposal that happened already is answered as it was.
    fn judge(&mut self, job: &Job, batch: &mut HashMap<Subject, Record>) -> Result<(Commit, Done), Answer> {
        let id = job.proposal.id;
        match self.inner.records.find_commit(id) {
            Ok(Some(seq)) => return Err(Ok(self.done_before(id, seq))),
            Ok(None) => {}
            Err(fault) => return Err(Err(Denied::Unknown(fault))),
        }
        let Self { inner, numbers, .. } = self;
        let mut judge = Judge { inner, author: &job.author, numbers, batch, mine: HashMap::new() };
        let changes = judge.changes(&job.proposal).map_err(Err)?;
        let mine = judge.mine;
        let done = Done { id, created: created(&changes, |of| mine.get(&of).cloned()), changed: head_count(&changes) };
        batch.extend(mine);
        let Author { operator, office, .. } = job.author;
        let commit = Commit { id, at: self.inner.now(), by: operator, office, undoes: job.proposal.undoes, changes };
        Ok((commit, done))
    }

    fn done_before(&self, id: Ulid, seq: Seq) -> Done {
        let records = &self.inner.records;
        let read = records.read_commit(seq).ok().flatten();
        let changes = read.map(|read| read.commit.changes).unwrap_or_default();
        Done { id, created: created(&changes, |of| records.get(of).ok().flatten()), changed: head_count(&changes) }
    }

    fn committed(&mut self, judged: Vec<Judged>, outcomes: &[Result<Seq, Unfit>], batch: HashMap<Subject, Record>) {
        let mut happened = Vec::with_capacity(judged.len());
        for (one, outcome) in judged.into_iter().zip(outcomes) {
            match outcome {
                Ok(_) => happened.push(one),
                Err(_) => {
                    for reply in &one.replies {
                        let _ = reply.try_send(Err(Refusal::new("refused-moved-on").into()));
                    }
                }
            }
        }
        let times = happened.iter().flat_map(|one| one.commit.changes.iter().map(|change| (change.of, one.commit.at)));
        let times: HashMap<Subject, DateTime<Utc>> = times.collect();
        let changed: Result<HashMap<Subject, Record>, Fault> = if happened.len() == outcomes.len() {
            Ok(batch)
        } else {
            // What one that did not happen would have left stands in the batch: the records say what is.
            let kept = |of: &Subject| Some((*of, self.inner.records.get(*of).transpose()?));
            times.keys().filter_map(kept).map(|(of, record)| Ok((of, record?))).collect()
        };
        if happened.is_empty() {
            return;
        }
        self.unsaved += times.len();
        // Index and directory show the head when nothing before it is missing. What could not be read, or while the store was
        // falling, is caught up with as soon as it can be, and nothing is judged before.
        let shown = changed.and_then(|changed| self.inner.apply(&changed, &times));
        match shown.and_then(|()| self.inner.records.takes_commits()) {
            Ok(()) => self.inner.has_applied(self.inner.records.head()),
            Err(_) => self.mender.is_behind(),
        }
        for one in happened {
            self.inner.remember(&one.commit);
            self.inner.note_administration(&one.commit);
            let subjects = one.commit.changes.iter().map(|change| change.of).collect();
            self.inner.tell(&News::Changed { by: one.commit.by, commit: Some(one.commit.id), subjects });
            for reply in &one.replies {
                let _ = reply.try_send(Ok(one.done.clone()));
            }
        }
        self.save_now_and_then();
    }

    /// Keeps the index for the next start on a thread of its own, so that a process that is killed starts fast again.
    fn save_now_and_then(&mut self) {
        let is_busy = self.saving.as_ref().is_some_and(|saving| !saving.is_finished());
        if self.unsaved < UNSAVED || is_busy {
            return;
        }
        let inner = Arc::clone(&self.inner);
        let work = move || {
            // Without it the next start takes longer, and nothing is lost.
            let _ = inner.save_snapshot(&Vec::new);
        };
        self.saving = std::thread::Builder::new().name("snapshot".into()).spawn(work).ok();
        self.unsaved = 0;
    }
}

/// Whether a proposal brings in a gate table, says who works where, or erases: what follows is judged by it.
fn is_alone(job: &Job) -> bool {
    let decides = |ask: &Ask| matches!(ask.of().kind, Kind::Table | Kind::Operator | Kind::Office);
    job.proposal.asks.iter().any(decides) || job.erases().is_some()
}

/// The cases that changes create, with their numbers.
fn created(changes: &[Change], record_of: impl Fn(Subject) -> Option<Record>) -> Vec<(Ulid, Number)> {
    let is_new = |change: &&Change| change.verb == Verb::Create && change.of.kind == Kind::Case;
    let number = |change: &Change| Some((change.of.id, number_of(&record_of(change.of)?)?));
    changes.iter().filter(is_new).filter_map(number).collect()
}

/// The circumstances of an author, now.
pub fn circumstances<'a>(author: &'a Author, now: DateTime<Utc>, movement: Option<&'a Record>) -> Circumstances<'a> {
    Circumstances {
        now,
        zone: author.zone,
        actor: author.operator,
        actor_name: &author.name,
        roles: author.roles,
        office: author.office,
        region: author.region.as_deref(),
        movement,
        fresh: super::ids::fresh(),
    }
}

fn denied(error: &CommitError) -> Denied {
    match error {
        CommitError::Refused(fault) => Denied::Fault(fault.clone()),
        CommitError::Unknown(fault) => Denied::Unknown(fault.clone()),
    }
}

impl From<&Fault> for Denied {
    fn from(fault: &Fault) -> Self {
        Self::Fault(fault.clone())
    }
}
