//! Taking back: one's own commit, within the hour, when nothing newer touched it and nothing went out since.
//!
//! A session only names the commit; what takes it back is made here, on the writer's thread, from the journal and the
//! records of that moment. Nothing that a session says can pass for an undo.

use super::Inner;
use super::ask::{Denied, Proposal};
use super::seat::Seat;
use crate::domain::access::Act;
use crate::domain::change::{Change, Commit, Verb};
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use crate::records::ReadCommit;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::PoisonError;
use ulid::Ulid;

/// Commits of one operator that are remembered.
pub(super) const MOST: usize = 20;
/// How long a commit may be taken back.
pub(super) const WITHIN: TimeDelta = TimeDelta::hours(1);

/// What was last done, as the question before undoing names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    pub id: Ulid,
    pub at: DateTime<Utc>,
    pub verb: Verb,
    /// The case, when it was one; and who that is.
    pub of: Option<Subject>,
    pub who: String,
    pub count: usize,
}

impl Last {
    /// The stored word of the verb.
    pub fn verb_code(&self) -> String {
        serde_json::to_value(self.verb).ok().and_then(|v| v.as_str().map(|s| s.replace('_', "-"))).unwrap_or_default()
    }
}

/// The last commits of each operator, the newest last.
#[derive(Debug, Default)]
pub struct Lately {
    by: HashMap<Ulid, VecDeque<Entry>>,
}

/// What a commit was for taking back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Work,
    Undo,
    /// An undo taken back: work again.
    Redo,
}

#[derive(Clone, Debug)]
struct Entry {
    id: Ulid,
    at: DateTime<Utc>,
    verb: Verb,
    first: Option<Subject>,
    count: usize,
    sort: Sort,
    is_taken_back: bool,
}

impl Inner {
    /// Remembers a commit for undoing; one that takes another back marks it.
    pub(super) fn remember(&self, commit: &Commit) {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.remember(commit);
    }
}

impl Lately {
    /// Adds a commit. Who works here and where is not taken back: nobody shuts the door behind themselves. Nor is the mark
    /// that somebody looked, what a family asked, or a gate table, by which others may have moved already: another one follows it. What an erased
    /// case alone was about is read back empty.
    pub fn remember(&mut self, commit: &Commit) {
        let is_apart = |change: &Change| {
            matches!(change.of.kind, Kind::Office | Kind::Operator | Kind::Table | Kind::Inquiry)
                || matches!(change.verb, Verb::Look | Verb::Print)
        };
        if commit.changes.is_empty() || commit.changes.iter().any(is_apart) {
            return;
        }
        let entries = self.by.entry(commit.by).or_default();
        let undone = commit.undoes.and_then(|id| entries.iter_mut().find(|entry| entry.id == id));
        let sort = match (commit.undoes, &undone) {
            (None, _) => Sort::Work,
            (Some(_), Some(entry)) if entry.sort == Sort::Undo => Sort::Redo,
            (Some(_), _) => Sort::Undo,
        };
        if let Some(entry) = undone {
            entry.is_taken_back = true;
        }
        let is_about_cases = |change: &&Change| change.of.kind == Kind::Case;
        entries.push_back(Entry {
            id: commit.id,
            at: commit.at,
            verb: commit.changes.first().map_or(Verb::Other, |change| change.verb),
            first: commit.changes.iter().find(is_about_cases).map(|change| change.of),
            count: head_count(&commit.changes),
            sort,
            is_taken_back: false,
        });
        if entries.len() > MOST {
            entries.pop_front();
        }
    }

    /// Forgets every commit that was about a case alone, now that it is erased: there is nothing to take back.
    pub fn forget(&mut self, case: Subject) {
        for entries in self.by.values_mut() {
            entries.retain(|entry| !(entry.count == 1 && entry.first == Some(case)));
        }
    }

    /// What undo would take back, or redo bring back: redo only while nothing else was done since.
    fn last(&self, by: Ulid, is_redo: bool) -> Option<&Entry> {
        let mut open = self.by.get(&by)?.iter().rev().filter(|entry| !entry.is_taken_back);
        if is_redo {
            open.find(|entry| entry.sort != Sort::Redo).filter(|entry| entry.sort == Sort::Undo)
        } else {
            open.find(|entry| entry.sort != Sort::Undo)
        }
    }

    /// Whether somebody may still take this commit of theirs back.
    fn may_take_back(&self, by: Ulid, id: Ulid, now: DateTime<Utc>) -> Result<(), Refusal> {
        let entry = self.by.get(&by).and_then(|entries| entries.iter().find(|entry| entry.id == id));
        match entry {
            Some(entry) if entry.is_taken_back => Err(Refusal::new("refused-nothing-to-undo")),
            // A clock that was set back makes nothing recent again.
            Some(entry) if (now - entry.at).abs() > WITHIN => Err(Refusal::new("refused-undo-too-late")),
            Some(_) => Ok(()),
            None => Err(Refusal::new("refused-nothing-to-undo")),
        }
    }
}

impl Seat {
    /// What undo would take back.
    ///
    /// # Errors
    /// When there is nothing, it is too long ago, or something newer touched it or went out since.
    pub fn undo_preview(&self) -> Result<Last, Refusal> {
        self.preview_of(false)
    }

    /// What redo would bring back.
    ///
    /// # Errors
    /// When the last thing done was not an undo.
    pub fn redo_preview(&self) -> Result<Last, Refusal> {
        self.preview_of(true)
    }

    fn preview_of(&self, is_redo: bool) -> Result<Last, Refusal> {
        let lately = self.inner().lately.lock().unwrap_or_else(PoisonError::into_inner);
        let key = if is_redo { "refused-nothing-to-redo" } else { "refused-nothing-to-undo" };
        let entry = lately.last(self.author.operator, is_redo).ok_or(Refusal::new(key))?.clone();
        lately.may_take_back(self.author.operator, entry.id, self.inner().now())?;
        drop(lately);
        let inner = self.inner();
        if let Some(of) = entry.first
            && self.kept(of).is_ok_and(|record| record.revision > 0 && !self.may_on(&record, Act::Note))
        {
            // What happened to it since is told to nobody who may not see it.
            return Err(self.refused(of));
        }
        let record_of = |of| Ok(inner.records.get(of)?.unwrap_or_else(|| Record::empty(of)));
        // Said before it is asked; the writer judges again.
        if let Err(Denied::Refused(refusal)) = inverse(inner, self.author.operator, entry.id, &record_of) {
            return Err(refusal);
        }
        let of = entry.first.filter(|_| entry.count == 1);
        let who = of.and_then(|of| self.name_of(of)).unwrap_or_default();
        Ok(Last { id: entry.id, at: entry.at, verb: entry.verb, of, who, count: entry.count })
    }

    /// The proposal that takes back one's own last commit; the writer judges it.
    ///
    /// # Errors
    /// As [`Seat::undo_preview`].
    pub fn undo(&self) -> Result<Proposal, Refusal> {
        self.undo_preview().map(|last| self.taking_back(last.id))
    }

    /// The proposal that brings back what was undone last; the writer judges it.
    ///
    /// # Errors
    /// As [`Seat::redo_preview`].
    pub fn redo(&self) -> Result<Proposal, Refusal> {
        self.redo_preview().map(|last| self.taking_back(last.id))
    }

    fn taking_back(&self, id: Ulid) -> Proposal {
        Proposal { id: self.new_id(), asks: Vec::new(), undoes: Some(id) }
    }
}

/// The changes that take back a commit of this operator, fitted to the records of now. They still have to pass the laws
/// that hold for every change.
pub(super) fn inverse(
    inner: &Inner,
    by: Ulid,
    id: Ulid,
    record_of: &dyn Fn(Subject) -> Result<Record, Fault>,
) -> Result<Vec<Change>, Denied> {
    let now = inner.now();
    inner.lately.lock().unwrap_or_else(PoisonError::into_inner).may_take_back(by, id, now)?;
    let unreadable = || Refusal::new("refused-undo-unreadable");
    let seq = inner.records.find_commit(id)?.ok_or_else(unreadable)?;
    let read = inner.records.read_commit(seq)?.filter(|read| read.unread == 0).ok_or_else(unreadable)?;
    let mut records: HashMap<Subject, Record> = HashMap::new();
    let mut changes = Vec::with_capacity(read.commit.changes.len());
    for change in read.commit.changes.iter().rev() {
        let record = match records.entry(change.of) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let record = record_of(change.of)?;
                refuse_what_moved_on(inner, &read, change.of, &record)?;
                new.insert(record)
            }
        };
        let verb = if change.verb == Verb::Undo { Verb::Redo } else { Verb::Undo };
        let mut back = Change::on(record, verb, Timed::certain(now));
        if change.verb == Verb::Create {
            back.set(record, Field::IsWithdrawn, Some(Value::YesNo(true)));
        } else {
            back.edits = change.inverse_edits();
        }
        let back = back.merged_onto(record).map_err(|_| Refusal::new("refused-undo-newer"))?;
        if !back.edits.is_empty() {
            back.apply(record);
            changes.push(back);
        }
    }
    Ok(changes)
}

/// Refuses when something of the commit went out, or since; and, for a creation, when anything at all happened since.
fn refuse_what_moved_on(inner: &Inner, read: &ReadCommit, of: Subject, record: &Record) -> Result<(), Denied> {
    let own: Vec<&Change> = read.commit.changes.iter().filter(|change| change.of == of).collect();
    let is_creation = own.iter().any(|change| change.verb == Verb::Create);
    let is_newer = own.iter().all(|change| record.revision > change.base + 1);
    if own.iter().any(|change| has_gone_out(change)) {
        return Err(Refusal::new("refused-undo-gone-out").into());
    }
    // What was done since and taken back leaves the person as they came in.
    let came = own.iter().flat_map(|change| &change.edits).filter_map(|edit| Some((edit.at, edit.now.clone()?)));
    if is_newer && of.kind == Kind::Case {
        let mut since = inner.records.history(of)?.into_iter().filter(|entry| entry.seq > read.seq);
        if since.any(|entry| has_gone_out(&entry.change)) {
            return Err(Refusal::new("refused-undo-gone-out").into());
        }
    }
    if is_newer && is_creation && of.kind == Kind::Case && record.facts != came.collect() {
        return Err(Refusal::new("refused-undo-newer").into());
    }
    if is_creation && of.kind == Kind::Movement && has_others(inner, read, of) {
        return Err(Refusal::new("refused-undo-newer").into());
    }
    Ok(())
}

/// Whether anybody travels with a movement who did not come with this commit.
fn has_others(inner: &Inner, read: &ReadCommit, movement: Subject) -> bool {
    let came: BTreeSet<Subject> = read.commit.changes.iter().map(|change| change.of).collect();
    // Whoever cannot be read may be one.
    let is_other = |one: Record| !came.contains(&one.of) && !one.is_yes(Field::IsWithdrawn);
    inner.people_of(movement.id).any(|one| one.map_or(true, |one| one.is_some_and(is_other)))
}

/// How many people a commit is about; where it is about none, how many subjects.
pub(super) fn head_count(changes: &[Change]) -> usize {
    match changes.iter().filter(|change| change.of.kind == Kind::Case).count() {
        0 => changes.len(),
        people => people,
    }
}

/// After a print, a notice to another office or a handover there is no undo, only a correction.
fn has_gone_out(change: &Change) -> bool {
    change.edits.iter().any(|edit| {
        let is_out = matches!(
            edit.at.field,
            Field::ReceiverNotifiedAt
                | Field::HandedAt
                | Field::CustodyAt
                | Field::PrintAt
                | Field::OfferAt
                | Field::OfferAnsweredAt
                | Field::ShareFrom
        );
        is_out && edit.now.is_some()
    })
}
