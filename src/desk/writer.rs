//! The one writer: takes all waiting proposals, judges each against the records plus this batch's own results, appends them
//! with one sync, applies them to index and directory, answers, tells the sessions.

use super::ask::{Answer, Ask, Denied, Done, Proposal};
use super::undo::head_count;
use super::{Inner, News};
use crate::domain::access::{Access, Act, Actor, Holding, Roles, can};
use crate::domain::case;
use crate::domain::change::{Change, Commit, Verb};
use crate::domain::field::{Field, Section};
use crate::domain::flags;
use crate::domain::gate::{self, Circumstances, Intent};
use crate::domain::record::Record;
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::track;
use crate::domain::value::Value;
use crate::records::CommitError;
use chrono::{DateTime, Datelike, FixedOffset, Utc};
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
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
}

/// A proposal waiting for the writer.
pub struct Job {
    pub proposal: Proposal,
    pub author: Author,
    pub reply: SyncSender<Answer>,
}

/// Proposals that share one sync at most.
const BATCH: usize = 256;

/// Subjects in one proposal at most.
const MOST_ASKS: usize = 20_000;

/// The writer's own state: the next number, and what is being committed.
pub struct Writer {
    inner: Arc<Inner>,
    jobs: Receiver<Job>,
    numbers: HashMap<u8, u32>,
}

/// A judged proposal: its commit, and what to answer when it is on the disk.
struct Judged {
    commit: Commit,
    done: Done,
    reply: SyncSender<Answer>,
}

impl Writer {
    pub fn new(inner: Arc<Inner>, jobs: Receiver<Job>) -> Self {
        Self { inner, jobs, numbers: HashMap::new() }
    }

    /// Works until every seat is gone.
    pub fn run(mut self) {
        loop {
            match self.jobs.recv_timeout(Duration::from_secs(1)) {
                Ok(first) => self.batch(first),
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.inner.records.tick();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn batch(&mut self, first: Job) {
        let mut waiting = vec![first];
        waiting.extend(std::iter::from_fn(|| self.jobs.try_recv().ok()).take(BATCH - 1));
        let mut overlay = HashMap::new();
        let numbers = self.numbers.clone();
        let mut judged = Vec::with_capacity(waiting.len());
        for job in waiting {
            let before = overlay.clone();
            match self.judge(&job, &mut overlay) {
                Ok((commit, done)) => judged.push(Judged { commit, done, reply: job.reply }),
                Err(answer) => {
                    overlay = before;
                    let _ = job.reply.try_send(answer);
                }
            }
        }
        if judged.is_empty() {
            return;
        }
        let commits: Vec<Commit> = judged.iter().map(|one| one.commit.clone()).collect();
        match self.inner.records.commit(&commits) {
            Ok(outcomes) => self.committed(judged, &outcomes, overlay),
            Err(error) => {
                self.numbers = numbers;
                for one in judged {
                    let _ = one.reply.try_send(Err(denied(&error)));
                }
            }
        }
    }

    /// What a proposal would do now; a proposal that happened already is answered as it was.
    fn judge(&mut self, job: &Job, overlay: &mut HashMap<Subject, Record>) -> Result<(Commit, Done), Answer> {
        let id = job.proposal.id;
        match self.inner.records.find_commit(id) {
            Ok(Some(_)) => return Err(Ok(self.done_before(id))),
            Ok(None) => {}
            Err(fault) => return Err(Err(Denied::Unknown(fault))),
        }
        let changes = self.changes(job, overlay).map_err(Err)?;
        let created = changes
            .iter()
            .filter(|change| change.verb == Verb::Create && change.of.kind == Kind::Case)
            .filter_map(|change| Some((change.of.id, number_of(overlay.get(&change.of)?)?)))
            .collect();
        let done = Done { id, created, changed: head_count(&changes) };
        let Author { operator, office, .. } = job.author;
        let commit = Commit { id, at: self.inner.now(), by: operator, office, undoes: job.proposal.undoes, changes };
        Ok((commit, done))
    }

    fn done_before(&self, id: Ulid) -> Done {
        let records = &self.inner.records;
        let commit = records.find_commit(id).ok().flatten().and_then(|seq| records.read_commit(seq).ok().flatten());
        let changes = commit.map(|read| read.commit.changes).unwrap_or_default();
        let created = changes
            .iter()
            .filter(|change| change.verb == Verb::Create && change.of.kind == Kind::Case)
            .filter_map(|change| Some((change.of.id, number_of(&records.get(change.of).ok()??)?)))
            .collect();
        Done { id, created, changed: head_count(&changes) }
    }

    fn changes(&mut self, job: &Job, overlay: &mut HashMap<Subject, Record>) -> Result<Vec<Change>, Denied> {
        if job.proposal.asks.is_empty() || job.proposal.asks.len() > MOST_ASKS {
            return Err(Refusal::new("refused-nothing-asked").into());
        }
        let mut changes: Vec<Change> = Vec::with_capacity(job.proposal.asks.len());
        let mut closed = Vec::new();
        for ask in &job.proposal.asks {
            let of = ask.of();
            let record = match overlay.get(&of) {
                Some(record) => record.clone(),
                None => self.inner.records.get(of)?.unwrap_or_else(|| Record::empty(of)),
            };
            match self.change(ask, &record, &job.author, overlay) {
                Ok(change) => {
                    let mut after = record;
                    change.apply(&mut after);
                    overlay.insert(of, after);
                    changes.push(change);
                }
                Err(Denied::Obstacles(obstacles)) => closed.extend(obstacles),
                Err(other) => return Err(other),
            }
        }
        if closed.is_empty() { Ok(changes) } else { Err(Denied::Obstacles(closed)) }
    }

    /// One change, judged: may they, does it merge, does the gate open.
    fn change(
        &mut self,
        ask: &Ask,
        record: &Record,
        author: &Author,
        overlay: &HashMap<Subject, Record>,
    ) -> Result<Change, Denied> {
        if record.of.kind != Kind::Case {
            return directory_change(ask, record, author);
        }
        may(ask, record, author)?;
        let movement = self.movement_of(ask, record, overlay);
        let circumstances = circumstances(author, self.inner.now(), movement.as_ref());
        let rules = &Arc::clone(&self.inner.rules);
        let of = record.of;
        let planned = match ask {
            Ask::Create { facts, happened, .. } => {
                if record.revision > 0 {
                    return Err(Refusal::new("refused-exists").into());
                }
                let is_imported = facts.contains_key(&Field::ImportRow.into());
                let intent = Intent { edits: facts.clone().into_iter().collect(), ..Intent::at(*happened) };
                gate::plan_create(of, &intent, &circumstances, rules)
                    .map(|change| self.numbered(change, is_imported, &circumstances))
            }
            Ask::Edit(change) => {
                let mut merged =
                    change.merged_onto(record).map_err(|conflict| Denied::Conflict { of, slots: conflict.slots })?;
                gate::settle_debts(record, &mut merged, &circumstances);
                Ok(merged)
            }
            Ask::Move { to, intent, .. } => gate::plan_move(record, *to, intent, &circumstances, rules),
            Ask::Refer { referral, .. } => gate::refer(record, referral, &circumstances, rules),
            Ask::HandToLaw { custody, .. } => gate::hand_to_law(record, custody, &circumstances),
            Ask::Die { death, .. } => gate::die(record, death, &circumstances),
            Ask::Step { step, .. } => track::step(record, step, &circumstances, rules),
            Ask::SetFlag { flag, .. } => flags::set_flag(record, flag, &circumstances),
            Ask::ClearFlag { item, why, happened, .. } => {
                flags::clear_flag(record, *item, why, *happened, &circumstances)
            }
            Ask::Tier { tier, why, happened, .. } => flags::give_tier(record, *tier, why, *happened, &circumstances),
        };
        let change = planned.map_err(|obstacles| Denied::Obstacles(vec![(of, obstacles)]))?;
        if change.edits.is_empty() {
            return Err(Refusal::new("refused-nothing-asked").into());
        }
        gate::check(record, &change, &circumstances, rules)
            .map_err(|obstacles| Denied::Obstacles(vec![(of, obstacles)]))?;
        Ok(change)
    }

    fn movement_of(&self, ask: &Ask, record: &Record, overlay: &HashMap<Subject, Record>) -> Option<Record> {
        let asked = match ask {
            Ask::Create { facts, .. } => facts.get(&Field::Movement.into()).cloned(),
            Ask::Move { intent, .. } => {
                intent.edits.iter().find(|(slot, _)| *slot == Field::Movement.into()).map(|(_, value)| value.clone())
            }
            _ => None,
        };
        let movement = match asked {
            Some(Value::Link(movement)) => Some(movement),
            _ => record.link(Field::Movement),
        }?;
        overlay.get(&movement).cloned().or_else(|| self.inner.records.get(movement).ok().flatten())
    }

    /// Gives a new case its number; who came with a manifest belongs to nobody yet.
    fn numbered(&mut self, mut change: Change, is_imported: bool, circumstances: &Circumstances<'_>) -> Change {
        let year = (circumstances.today().year() % 100) as u8;
        let inner = &self.inner;
        let next = self
            .numbers
            .entry(year)
            .or_insert_with(|| inner.index.read().unwrap_or_else(PoisonError::into_inner).last_number(year));
        *next += 1;
        let empty = Record::empty(change.of);
        let number = Number { year, running: *next };
        change.set(&empty, Field::CaseNumber, Some(Value::Number(i64::from(number.packed()))));
        if is_imported {
            change.set(&empty, Field::Officer, None);
        }
        change
    }

    fn committed(
        &mut self,
        judged: Vec<Judged>,
        outcomes: &[Result<crate::records::Seq, crate::records::Unfit>],
        mut overlay: HashMap<Subject, Record>,
    ) {
        let mut news = Vec::new();
        for (one, outcome) in judged.into_iter().zip(outcomes) {
            if outcome.is_err() {
                let refusal = Refusal::new("refused-moved-on");
                for change in &one.commit.changes {
                    overlay.remove(&change.of);
                }
                let _ = one.reply.try_send(Err(refusal.into()));
                continue;
            }
            let subjects: Arc<[Subject]> = one.commit.changes.iter().map(|change| change.of).collect();
            self.inner.remember(&one.commit);
            news.push((one.commit.at, News { by: one.commit.by, subjects }, one.done, one.reply));
        }
        self.apply(&overlay, news.first().map(|(at, ..)| *at).unwrap_or_default());
        for (_, news, done, reply) in news {
            self.inner.tell(&news);
            let _ = reply.try_send(Ok(done));
        }
    }

    /// Puts what was committed into directory and index. A movement that lands on another day changes its people's digests.
    fn apply(&self, overlay: &HashMap<Subject, Record>, at: DateTime<Utc>) {
        let mut landings = Vec::new();
        {
            let mut directory = self.inner.directory.write().unwrap_or_else(PoisonError::into_inner);
            for record in overlay.values().filter(|record| record.of.kind != Kind::Case) {
                if record.of.kind == Kind::Movement
                    && directory.lands(Some(record.of.id)) != record.day(Field::MoveLands)
                {
                    landings.push(record.of.id);
                }
                directory.put(record.clone());
            }
        }
        let mut people: Vec<Record> = overlay.values().filter(|record| record.of.kind == Kind::Case).cloned().collect();
        for movement in landings {
            people
                .extend(self.inner.people_of(movement).into_iter().filter(|record| !overlay.contains_key(&record.of)));
        }
        let directory = self.inner.directory.read().unwrap_or_else(PoisonError::into_inner);
        let mut index = self.inner.index.write().unwrap_or_else(PoisonError::into_inner);
        for record in &people {
            let lands = directory.lands(record.link(Field::Movement).map(|movement| movement.id));
            let mut summary = case::summary(record, lands, &self.inner.rules);
            summary.changed_at = at;
            index.put(&summary);
        }
    }
}

/// Whether the author may do this to the case at all.
fn may(ask: &Ask, record: &Record, author: &Author) -> Result<(), Denied> {
    let act = match ask {
        Ask::Create { .. } => {
            let is_worker = !author.roles.and(Roles::WORKERS).is_empty();
            return if is_worker { Ok(()) } else { Err(Refusal::new("why-not-access").into()) };
        }
        Ask::Move { .. } => Act::Move,
        Ask::Refer { .. } | Ask::HandToLaw { .. } | Ask::Die { .. } => Act::Refer,
        Ask::Edit(change) if change.verb == Verb::Note => Act::Note,
        Ask::Edit(_) | Ask::Step { .. } | Ask::SetFlag { .. } | Ask::ClearFlag { .. } | Ask::Tier { .. } => Act::Edit,
    };
    let actor = Actor { id: author.operator, office: author.office, roles: author.roles, posts: &[] };
    let holding = Holding::of(record);
    let is_allowed = |section| matches!(can(&actor, act, section, &holding), Access::Allow | Access::NeedReason);
    let is_granted = match ask {
        Ask::Edit(change) => change.edits.iter().all(|edit| is_allowed(edit.at.field.section())),
        _ => is_allowed(Section::Journey),
    };
    if record.revision > 0 && is_granted { Ok(()) } else { Err(Refusal::new("why-not-access").into()) }
}

/// Changes of what is not a case: views are everybody's own, movements come with an import or a supervisor, the rest is the
/// supervisor's and the administrator's.
fn directory_change(ask: &Ask, record: &Record, author: &Author) -> Result<Change, Denied> {
    use crate::domain::access::Role;
    let is_own_view =
        record.of.kind == Kind::View && record.link(Field::ViewOwner).is_none_or(|owner| owner.id == author.operator);
    let is_movement = record.of.kind == Kind::Movement && !author.roles.and(Roles::WORKERS).is_empty();
    let is_chief = author.roles.has(Role::Supervisor) || author.roles.has(Role::Administrator);
    if !(is_own_view || is_movement || is_chief) {
        return Err(Refusal::new("why-not-access").into());
    }
    match ask {
        Ask::Create { of, facts, happened } if record.revision == 0 => {
            Ok(Change::create(*of, *happened, facts.clone()))
        }
        Ask::Create { .. } => Err(Refusal::new("refused-exists").into()),
        Ask::Edit(change) => {
            change.merged_onto(record).map_err(|conflict| Denied::Conflict { of: record.of, slots: conflict.slots })
        }
        _ => Err(Refusal::new("refused-nothing-asked").into()),
    }
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
        fresh: Ulid::new(),
    }
}

fn number_of(record: &Record) -> Option<Number> {
    record.number(Field::CaseNumber).and_then(|packed| u32::try_from(packed).ok()).map(Number::from_packed)
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
