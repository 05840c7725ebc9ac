//! Records: everything that is kept, and how nothing of it is lost.
//!
//! The journal is the truth; the store is the current state, rebuilt from the journal whenever it is in doubt; the trail
//! says who looked; drafts are what was typed and not saved; the vault holds the keys of all. [`Records`] is the one way in:
//! a single writer commits, readers on any thread read meanwhile. No rule of the work may live here: gates, merging and
//! access are judged before a commit comes in, and never again.

mod ahead;
pub mod backup;
pub mod codec;
mod commit;
pub mod disk;
pub mod drafts;
mod erase;
mod faults;
pub mod index;
pub mod journal;
mod onlooker;
mod open;
mod overlay;
mod reserve;
pub mod snapshot;
mod starting;
mod store;
pub mod trail;
mod vault;
mod verify;

pub use commit::{CommitError, Unfit};
pub use drafts::{Draft, DraftHead, Drafts};
pub use journal::{Bad, Head, Seq, Sha, Signed, What};
pub use onlooker::Onlooker;
pub use open::{Opening, Options, Rebuilt};
pub use trail::{Act, Look, Trail};
pub use verify::Verdict;

use crate::domain::change::{Change, Commit};
use crate::domain::record::Record;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use chrono::{DateTime, Utc};
use codec::Kept;
use journal::{Journal, Line, LineKind, Part};
use overlay::live;
use reserve::Reserve;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Meta, Store};
use ulid::Ulid;
use vault::{DataKey, Vault};

/// What takes a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The store is built anew from the journal.
    Rebuild,
    /// The store applies the lines that it has not seen.
    CatchUp,
    Load,
    Verify,
    /// Records of the store are compared with those of a replay.
    Compare,
    /// Bytes are copied into a backup, or read back from one.
    Backup,
    Restore,
}

/// How far something is: lines, commits of a load, or bytes of a backup. `total` is zero when it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub step: Step,
    pub done: u64,
    pub total: u64,
}

/// One entry of a subject's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: Seq,
    /// The commit that it was part of.
    pub id: Ulid,
    pub at: DateTime<Utc>,
    pub by: Ulid,
    pub office: Ulid,
    pub undoes: Option<Ulid>,
    pub change: Change,
}

/// A commit read back. Changes whose keys were erased, or that are damaged, are not among its changes; `unread` counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCommit {
    pub seq: Seq,
    pub commit: Commit,
    pub unread: usize,
}

/// Everything that is kept, in one data directory. One process has it at a time.
pub struct Records {
    dir: PathBuf,
    key: Option<PathBuf>,
    vault: Arc<Vault>,
    journal: Box<dyn Journal>,
    store: Store,
    trail: Trail,
    drafts: Drafts,
    reserve: Arc<Reserve>,
    /// How far the store is; whoever holds it is the single writer.
    writer: Mutex<Meta>,
    /// Held for life.
    _lock: std::fs::File,
}

impl Records {
    /// The current record of a subject; `None` when there is none, or it was erased.
    ///
    /// # Errors
    /// `S01`, `S02`, `K05`: the store is damaged; opening again with [`Options::is_rebuild_asked`] mends it.
    pub fn get(&self, of: Subject) -> Result<Option<Record>, Fault> {
        Ok(self.kept(of)?.map(|(kept, _)| kept.record))
    }

    /// The current record of a subject, with when it was changed last.
    ///
    /// # Errors
    /// As [`Records::get`].
    pub fn get_changed(&self, of: Subject) -> Result<Option<(Record, DateTime<Utc>)>, Fault> {
        Ok(self.kept(of)?.map(|(kept, _)| (kept.record, kept.changed_at)))
    }

    fn kept(&self, of: Subject) -> Result<Option<(Kept, DataKey)>, Fault> {
        match self.store.get(of)? {
            Some(stored) => overlay::open(&self.vault, of, &stored),
            None => Ok(None),
        }
    }

    /// Everything that happened to a subject, oldest first; nothing when there is none.
    ///
    /// # Errors
    /// As [`Records::get`], and `J05` or `K05` for a damaged journal.
    pub fn history(&self, of: Subject) -> Result<Vec<Entry>, Fault> {
        let Some((kept, key)) = self.kept(of)? else { return Ok(Vec::new()) };
        let mut history = Vec::with_capacity(kept.lines.len());
        for seq in kept.lines {
            let line = self.journal.read(seq)?;
            for part in line.parts.iter().filter(|part| part.of == of) {
                let Line { id, at, by, office, undoes, .. } = line;
                history.push(Entry { seq, id, at, by, office, undoes, change: line.open(part, &key)? });
            }
        }
        Ok(history)
    }

    /// Reads one commit back; `None` for lines that are none (signed heads, erasures).
    ///
    /// # Errors
    /// `J05` no such line.
    pub fn read_commit(&self, seq: Seq) -> Result<Option<ReadCommit>, Fault> {
        let line = self.journal.read(seq)?;
        Ok((line.kind == LineKind::Commit).then(|| self.opened(&line)))
    }

    fn opened(&self, line: &Line) -> ReadCommit {
        let open = |part: &Part| line.open(part, &live(self.vault.key(part.slot)?)?);
        let changes: Vec<_> = line.parts.iter().filter_map(|part| open(part).ok()).collect();
        let unread = line.parts.len() - changes.len();
        let Line { seq, id, at, by, office, undoes, .. } = *line;
        ReadCommit { seq, commit: Commit { id, at, by, office, undoes, changes }, unread }
    }

    /// The last `most` commits of each operator that were recorded after `since`, oldest first. Lines are read back to that
    /// time, whole segments at once; only what is given back is opened.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn recent(&self, since: DateTime<Utc>, most: usize) -> Result<Vec<Commit>, Fault> {
        let Some(from) = self.first_since(since) else { return Ok(Vec::new()) };
        let mut by: HashMap<Ulid, VecDeque<Line>> = HashMap::new();
        self.journal.read_from(from, &mut |found| {
            if let journal::Found::Line { line, .. } = found
                && line.kind == LineKind::Commit
                && line.at >= since
            {
                let lines = by.entry(line.by).or_default();
                lines.push_back(line.clone());
                if lines.len() > most {
                    lines.pop_front();
                }
            }
            Ok(())
        })?;
        let mut lines: Vec<Line> = by.into_values().flatten().collect();
        lines.sort_unstable_by_key(|line| line.seq);
        Ok(lines.iter().map(|line| self.opened(line).commit).collect())
    }

    /// A line from which on everything recorded since a time is found: ever longer steps back, until one is older. `None`
    /// when even the last one is.
    fn first_since(&self, since: DateTime<Utc>) -> Option<Seq> {
        let head = self.head().0;
        // A line that cannot be read says nothing about its time.
        let is_older = |seq: u64| self.journal.read(Seq(seq)).is_ok_and(|line| line.at < since);
        if head == 0 || is_older(head) {
            return None;
        }
        let mut back: u64 = 64;
        while back < head && !is_older(head - back) {
            back *= 2;
        }
        Some(Seq(head.saturating_sub(back).max(1)))
    }

    /// The line of the commit with this id; `None` when it never happened. The answer after [`CommitError::Unknown`].
    ///
    /// # Errors
    /// It cannot be said yet: the disk cannot be written.
    pub fn find_commit(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        match self.journal.find(id)? {
            Some(seq) => Ok(Some(seq)),
            None => self.store.commit(id),
        }
    }

    /// Shows every record of a kind, with when it was changed last, in the order of ids; those that change meanwhile may be seen before or after.
    ///
    /// # Errors
    /// As [`Records::get`]; and `S01` when there are not as many as there should be.
    pub fn each(&self, kind: Kind, visit: &mut dyn FnMut(Record, DateTime<Utc>)) -> Result<u64, Fault> {
        let before = self.counts()?;
        let mut shown = 0;
        let mut show = |(record, changed_at)| {
            shown += 1;
            visit(record, changed_at);
            Ok(())
        };
        let met = ahead::of(
            before[kind as usize],
            |give| {
                self.store.each(kind, &mut |of, stored| match overlay::open(&self.vault, of, &stored)? {
                    Some((kept, _)) => give((kept.record, kept.changed_at)),
                    None => Ok(()),
                })
            },
            &mut show,
        )?;
        if before == self.counts()? && met != before[kind as usize] {
            return Err(faults::store(format!(
                "{met} records of kind {}, {} expected",
                kind.code(),
                before[kind as usize]
            )));
        }
        Ok(shown)
    }

    /// How many records of a kind there are.
    ///
    /// # Errors
    /// As [`Records::get`].
    pub fn count(&self, kind: Kind) -> Result<u64, Fault> {
        Ok(self.counts()?[kind as usize])
    }

    /// From the store, not from the writer: nobody who reads waits for a sync.
    fn counts(&self) -> Result<[u64; 7], Fault> {
        Ok(self.store.meta()?.unwrap_or_else(Meta::new).counts)
    }

    /// Shows every commit from `from` to the head of now, oldest first: how an index catches up.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn each_commit(&self, from: Seq, visit: &mut dyn FnMut(Seq, Vec<Subject>)) -> Result<(), Fault> {
        self.journal.read_from(from, &mut |found| {
            if let journal::Found::Line { line, .. } = found
                && matches!(line.kind, LineKind::Commit | LineKind::Erase)
            {
                visit(line.seq, line.parts.iter().map(|part| part.of).collect());
            }
            Ok(())
        })
    }

    /// When the first line was recorded; `None` before there is one.
    pub fn begun_at(&self) -> Option<DateTime<Utc>> {
        self.journal.read(Seq(1)).ok().map(|line| line.at)
    }

    /// This folder as somebody sees it who does not hold it: for backups.
    pub fn onlooker(&self) -> Onlooker {
        Onlooker::new(&self.dir, self.key.as_deref())
    }

    /// The last line of the journal.
    pub fn head(&self) -> Seq {
        self.journal.head().seq
    }

    /// The head with its hash and the key that signs it, to be printed and kept elsewhere.
    pub fn signed(&self) -> Signed {
        self.journal.signed()
    }

    /// Who looked.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }

    /// What was typed and not saved.
    pub fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// Work for every second, on the writer's thread: brings looks to the disk, fills key slots ahead, writes checkpoints,
    /// mends what an error left, takes the reserve again. Cheap when nothing is due.
    ///
    /// # Errors
    /// The first that met it; everything else was tried too, and is tried again at the next tick.
    pub fn tick(&self) -> Result<(), Fault> {
        let trail = self.trail.sync();
        let journal = self.journal.tend(1000);
        let current = {
            let mut meta = self.writer();
            self.catch_up(&mut meta).and_then(|()| {
                let left = self.vault.filled().0.saturating_sub(meta.next_slot.0);
                if left < 512 { self.vault.fill(meta.next_slot, 1024) } else { Ok(()) }
            })
        };
        self.reserve.keep();
        trail.and(journal).and(current).and(self.trail.chain.checkpoint(1000))
    }

    fn writer(&self) -> MutexGuard<'_, Meta> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings everything to the disk. Dropping does the same, without telling what failed.
    ///
    /// # Errors
    /// The first that met it; no commit is lost by it.
    pub fn rest(&self) -> Result<(), Fault> {
        let _writer = self.writer();
        let all = || {
            let trail = self.trail.sync().and_then(|()| self.trail.chain.checkpoint(1));
            self.store.sync().and(self.journal.tend(1)).and(trail)
        };
        all().or_else(|fault| if faults::is_full(&fault) && self.reserve.give_up() { all() } else { Err(fault) })
    }
}

impl Drop for Records {
    fn drop(&mut self) {
        let _ = self.rest();
    }
}
