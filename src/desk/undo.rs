//! Taking back: one's own last commit, within the hour, when nothing newer touched it and nothing went out since.

use super::Inner;
use super::ask::{Ask, Proposal};
use super::seat::Seat;
use crate::domain::change::{Change, Commit, Verb};
use crate::domain::field::Field;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, VecDeque};
use std::sync::PoisonError;
use ulid::Ulid;

/// Commits of one operator that are remembered.
const MOST: usize = 20;

/// What was last done, as the question before undoing names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    pub id: Ulid,
    pub at: DateTime<Utc>,
    pub verb: Verb,
    /// The person, when it was one.
    pub who: String,
    pub count: usize,
}

impl Last {
    /// The stored word of the verb.
    pub fn verb_code(&self) -> String {
        serde_json::to_value(self.verb).ok().and_then(|v| v.as_str().map(|s| s.replace('_', "-"))).unwrap_or_default()
    }
}

/// The last commits of each operator.
#[derive(Debug, Default)]
pub struct Lately {
    by: HashMap<Ulid, VecDeque<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: Ulid,
    at: DateTime<Utc>,
    verb: Verb,
    first: Option<Subject>,
    count: usize,
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
    /// Adds a commit, the newest last.
    pub fn remember(&mut self, commit: &Commit) {
        let entries = self.by.entry(commit.by).or_default();
        if let Some(undone) = commit.undoes
            && let Some(entry) = entries.iter_mut().find(|entry| entry.id == undone)
        {
            entry.is_taken_back = true;
        }
        let is_about_cases = |change: &&Change| change.of.kind == Kind::Case;
        entries.push_back(Entry {
            id: commit.id,
            at: commit.at,
            verb: commit.changes.first().map_or(Verb::Other, |change| change.verb),
            first: commit.changes.iter().find(is_about_cases).map(|change| change.of),
            count: head_count(&commit.changes),
            is_taken_back: false,
        });
        if entries.len() > MOST {
            entries.pop_front();
        }
    }

    fn last(&self, by: Ulid, is_redo: bool) -> Option<&Entry> {
        let entries = self.by.get(&by)?;
        let newest = entries.iter().rev().find(|entry| !entry.is_taken_back)?;
        match (newest.verb == Verb::Undo, is_redo) {
            (true, true) => Some(newest),
            (false, false) => Some(newest),
            (true, false) => entries.iter().rev().find(|entry| !entry.is_taken_back && entry.verb != Verb::Undo),
            (false, true) => None,
        }
    }
}

impl Seat {
    /// What undo would take back.
    ///
    /// # Errors
    /// When there is nothing, or nothing that may be taken back.
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
        drop(lately);
        if self.inner().now() - entry.at > TimeDelta::hours(1) {
            return Err(Refusal::new("refused-undo-too-late"));
        }
        let who = match (entry.count, entry.first) {
            (1, Some(subject)) => self.name_of(subject).unwrap_or_default(),
            _ => String::new(),
        };
        Ok(Last { id: entry.id, at: entry.at, verb: entry.verb, who, count: entry.count })
    }

    /// The proposal that takes back one's own last commit.
    ///
    /// # Errors
    /// As [`Seat::undo_preview`]; and when something went out since, or the journal cannot be read.
    pub fn undo(&self) -> Result<Proposal, Refusal> {
        self.taking_back(self.undo_preview()?.id)
    }

    /// The proposal that brings back what was undone last.
    ///
    /// # Errors
    /// As [`Seat::redo_preview`].
    pub fn redo(&self) -> Result<Proposal, Refusal> {
        self.taking_back(self.redo_preview()?.id)
    }

    fn taking_back(&self, id: Ulid) -> Result<Proposal, Refusal> {
        let records = &self.inner().records;
        let unreadable = || Refusal::new("refused-undo-unreadable");
        let seq = records.find_commit(id).ok().flatten().ok_or_else(unreadable)?;
        let commit = records.read_commit(seq).ok().flatten().ok_or_else(unreadable)?.commit;
        let happened = Timed::certain(self.inner().now());
        let mut asks = Vec::with_capacity(commit.changes.len());
        for change in &commit.changes {
            if has_gone_out(change) {
                return Err(Refusal::new("refused-undo-gone-out"));
            }
            let record = records.get(change.of).ok().flatten().ok_or_else(unreadable)?;
            let mut back = Change::on(&record, Verb::Undo, happened);
            if change.verb == Verb::Create {
                if record.revision > 1 && change.of.kind == Kind::Case {
                    return Err(Refusal::new("refused-undo-newer"));
                }
                back.set(&record, Field::IsWithdrawn, Some(Value::YesNo(true)));
            } else {
                back.edits = change.inverse_edits();
            }
            asks.push(Ask::Edit(back));
        }
        Ok(Proposal { id: self.new_id(), asks, undoes: Some(id) })
    }
}

/// How many people a commit is about; where it is about none, how many subjects.
pub(super) fn head_count(changes: &[Change]) -> usize {
    match changes.iter().filter(|change| change.of.kind == Kind::Case).count() {
        0 => changes.len(),
        people => people,
    }
}

/// After a notice to another office or a handover there is no undo, only a correction.
fn has_gone_out(change: &Change) -> bool {
    change.edits.iter().any(|edit| {
        matches!(edit.at.field, Field::ReceiverNotifiedAt | Field::HandedAt | Field::CustodyAt) && edit.now.is_some()
    })
}
