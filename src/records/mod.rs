//! Records: everything that is kept, and how nothing of it is lost.
//!
//! The journal is the truth; the store is the current state, rebuilt from the journal whenever it is in doubt; the trail
//! says who looked; drafts are what was typed and not saved; the vault holds the keys of all. [`Records`] is the one way in:
//! a single writer commits, readers on any thread read meanwhile. No rule of the work may live here: gates, merging and
//! access are judged before a commit comes in, and never again.

mod ahead;
mod anchor;
mod aside;
mod backlog;
pub mod backup;
mod blind;
pub mod codec;
mod commit;
mod custody;
pub mod disk;
pub mod drafts;
mod erase;
mod faults;
mod fresh;
pub mod front;
mod healing;
pub mod index;
pub mod journal;
mod keyless;
mod layout;
mod looks;
mod onlooker;
mod open;
mod opened;
mod overlay;
mod past;
mod reserve;
pub mod snapshot;
mod standing;
mod starting;
mod store;
pub mod trail;
mod vault;
mod verdict;
mod verify;
pub mod watched;
mod witness;

pub use anchor::{Anchor, Held, Holding, Mistake, Point};
pub use commit::{CommitError, Unfit};
pub use drafts::{Draft, DraftHead, Drafts};
pub use erase::Remains;
pub use healing::{Healing, heal_from};
pub use journal::{Bad, Head, Repairs, Seq, Sha, Signed, What};
pub use looks::{Stretch, Wanted};
pub use onlooker::Onlooker;
pub use open::{Opening, Options, Rebuilt};
pub use standing::Mended;
pub use trail::{Act, Look, Trail};
pub use vault::{Copied, Custody, KeyError, KeyStanding, Rotated};
pub use verdict::{Places, Seen, Verdict};

use crate::domain::change::{Change, Commit};
use crate::domain::record::Record;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use chrono::{DateTime, Utc};
use journal::{Journal, LineKind};
use layout::Meta;
use opened::Known;
use reserve::Reserve;
use standing::Remedy;
use standing::Standing;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use ulid::Ulid;
use vault::Vault;

/// What takes a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The store is built anew from the journal.
    Rebuild,
    /// The store applies the lines that it has not seen.
    CatchUp,
    Load,
    Verify,
    /// Every data key is wrapped by a new master key; `done` counts slots.
    Rotate,
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
    custody: Custody,
    journal: Box<dyn Journal>,
    store: Standing,
    trail: Trail,
    drafts: Drafts,
    reserve: Arc<Reserve>,
    /// How far the store is; whoever holds it is the single writer.
    writer: Mutex<Meta>,
    /// The index's snapshot on its way, until somebody asks for it.
    early: Mutex<Option<starting::Early>>,
    /// Held for life.
    _lock: std::fs::File,
}

impl Records {
    /// The current record of a subject; `None` when there is none, or it was erased.
    ///
    /// # Errors
    /// `S01`, `S02`, `K05`: the store is damaged, and [`Records::mend_store`] builds it anew; `S03` while it does.
    pub fn get(&self, of: Subject) -> Result<Option<Record>, Fault> {
        Ok(self.kept(of)?.map(|known| known.kept.record.clone()))
    }

    /// The current record of a subject, with when it was changed last.
    ///
    /// # Errors
    /// As [`Records::get`].
    pub fn get_changed(&self, of: Subject) -> Result<Option<(Record, DateTime<Utc>)>, Fault> {
        Ok(self.kept(of)?.map(|known| (known.kept.record.clone(), known.kept.changed_at)))
    }

    /// A store that does not answer, or takes nothing more and may lack what was acknowledged since, is not asked twice: the
    /// journal knows.
    fn kept(&self, of: Subject) -> Result<Option<Arc<Known>>, Fault> {
        let stored = self.stored(of);
        if stored.is_ok() && self.takes_commits().is_ok() {
            return stored;
        }
        let last = |known: &Option<Arc<Known>>| known.as_ref().and_then(|known| known.kept.lines.last().copied());
        match (self.told_by_journal(of).map(|told| told.map(Arc::new)), stored) {
            // A line that was damaged after the store had seen it takes nothing away from what the store has.
            (Ok(told), Ok(stored)) => Ok(if last(&told) > last(&stored) { told } else { stored }),
            (told, stored) => told.or(stored),
        }
    }

    /// What the store has of a subject.
    fn stored(&self, of: Subject) -> Result<Option<Arc<Known>>, Fault> {
        let store = self.store.get()?;
        let read = overlay::read(&store, &self.vault, of).inspect_err(|fault| {
            if matches!(fault.code, "S02" | "K05") {
                store.needs(Remedy::Rebuild);
            }
        });
        Ok(read?.map(|(_, known)| known))
    }

    /// The line of the commit with this id; `None` when it never happened, or more than 131,072 commits ago. The answer after
    /// [`CommitError::Unknown`].
    ///
    /// # Errors
    /// It cannot be said yet: the disk cannot be written.
    pub fn find_commit(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        match self.journal.find(id)? {
            Some(seq) => Ok(Some(seq)),
            None => self.store.get()?.commit(id),
        }
    }

    /// Shows every record of a kind, with when it was changed last, in the order of ids; those that change meanwhile may be seen before or after.
    /// One whose key is gone is passed over: [`Records::keyless`] names it.
    ///
    /// # Errors
    /// As [`Records::get`]; and `S01` when there are not as many as there should be.
    pub fn each(&self, kind: Kind, visit: &mut dyn FnMut(Record, DateTime<Utc>)) -> Result<u64, Fault> {
        let store = self.store.get()?;
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
                store.each(kind, &mut |of, stored| match overlay::open(&self.vault, of, &stored) {
                    Ok(Some((kept, _))) => give((kept.record, kept.changed_at)),
                    // No other store would have it: this one stays, and everybody else is worked on.
                    Err(fault) if fault.code == "K04" => Ok(()),
                    other => other.map(drop),
                })
            },
            &mut show,
        )?;
        if before == self.counts()? && met != before[kind as usize] {
            store.needs(Remedy::Rebuild);
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
    fn counts(&self) -> Result<[u64; Kind::ALL.len()], Fault> {
        Ok(self.store.get()?.meta()?.unwrap_or_else(Meta::new).counts)
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
        let keys = self.vault.refuse_gone();
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
        let current = current.and(self.store.get().map_or(Ok(()), |store| store.sync_if_written()));
        keys.and(trail).and(journal).and(current).and(self.trail.chain.checkpoint(1000))
    }

    /// Brings the store to where the journal is, after lines of which nobody could say whether they happened; nothing to do is
    /// no work.
    ///
    /// # Errors
    /// Any error of the disk or the store: the next call, tick or commit tries again.
    pub fn settle(&self) -> Result<(), Fault> {
        self.catch_up(&mut self.writer())
    }

    /// Signs where both chains stand, once a day: what was recorded or looked at the day before stays provable though nobody
    /// does anything today. Nothing when this day's heads are signed already.
    ///
    /// # Errors
    /// Any error of the disk; the next call tries again.
    pub fn sign_day(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        let fault = |error| match error {
            journal::AppendError::Refused(fault) | journal::AppendError::Unknown(fault) => fault,
        };
        self.trail.chain.sign_day(now, None).map_err(fault)?;
        let _writer = self.writer();
        self.journal.sign_day(now, self.trail.durable_head()).map_err(fault)
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
            self.store.get().and_then(|store| store.sync()).and(self.journal.tend(1)).and(trail)
        };
        all().or_else(|fault| if faults::is_full(&fault) && self.reserve.give_up() { all() } else { Err(fault) })
    }
}

impl Drop for Records {
    fn drop(&mut self) {
        let _ = self.rest();
        self.store.close();
    }
}
