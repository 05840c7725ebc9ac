//! The journal in local files: a chain of segments and the ids of the latest commits.

use super::chain::Chain;
use super::open::{Opened, Repairs, gone};
use super::scan::{Bad, Step};
use super::{AppendError, Found, Head, Journal, Line, LineKind, Seq, Sha, Signed, Visit};
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::records::disk::Disk;
use crate::records::faults;
use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use ulid::Ulid;

/// Commits whose ids are remembered.
const RECENT: usize = 16_384;

/// The journal in local files.
pub struct LocalJournal {
    chain: Chain,
    recent: Mutex<Recent>,
}

#[derive(Default)]
struct Recent {
    by_id: HashMap<Ulid, Seq>,
    order: VecDeque<Ulid>,
}

impl Recent {
    fn note(&mut self, id: Ulid, seq: Seq) {
        if self.by_id.insert(id, seq).is_none() {
            self.order.push_back(id);
        }
        if self.order.len() > RECENT
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_id.remove(&oldest);
        }
    }
}

impl LocalJournal {
    /// Opens the journal in `dir`, or begins it.
    ///
    /// # Errors
    /// Any error of the disk that forbids reading; `J03`: written by a newer release; `J06`: its files are gone.
    pub fn open(disk: Arc<dyn Disk>, dir: &Path, signer: SigningKey) -> Result<(Self, Repairs), Fault> {
        if let Some(lines) = gone(&*disk, dir, &signer) {
            return Err(faults::journal_gone(lines.0));
        }
        let Opened { chain, repairs, recent: ids } = Chain::open(disk, dir, signer, 0)?;
        let mut recent = Recent::default();
        ids.into_iter().for_each(|(id, seq)| recent.note(id, seq));
        Ok((Self { chain, recent: Mutex::new(recent) }, repairs))
    }

    /// Names the last line as altered: whoever applied it remembers another in its place. No later line and no checkpoint
    /// can tell of it.
    pub fn disown_head(&self) -> Option<Bad> {
        self.chain.disown_head()
    }

    /// Names the lines after the last one as gone, up to that number: whoever applied them knows of them. `None` when there are
    /// none such.
    pub fn miss(&self, until: Seq) -> Option<Bad> {
        self.chain.miss(until)
    }
}

impl Journal for LocalJournal {
    fn append(&self, lines: Vec<Line>, trail: Head) -> Result<Vec<Seq>, AppendError> {
        let ids: Vec<_> = lines
            .iter()
            .map(|line| matches!(line.kind, LineKind::Commit | LineKind::Erase).then_some(line.id))
            .collect();
        let seqs = self.chain.append(lines, Some(trail), true)?;
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, &seq) in ids.into_iter().zip(&seqs) {
            if let Some(id) = id {
                recent.note(id, seq);
            }
        }
        Ok(seqs)
    }

    fn head(&self) -> Head {
        self.chain.head()
    }

    fn read(&self, seq: Seq) -> Result<Line, Fault> {
        self.chain.read(seq)
    }

    fn read_from(&self, from: Seq, visit: &mut Visit<'_>) -> Result<(), Fault> {
        self.chain.scan(from, &mut |step| match step {
            Step::Line { line, raw, at } => visit(Found::Line { line: &line, sha: Sha::of(raw), at }),
            Step::Bad(bad) => visit(Found::Bad(bad)),
        })?;
        Ok(())
    }

    fn mentions(&self, of: Subject, visit: &mut dyn FnMut(Line) -> Result<(), Fault>) -> Result<bool, Fault> {
        self.chain.mentions(of, visit)
    }

    fn find(&self, id: Ulid) -> Result<Option<Seq>, Fault> {
        self.chain.mend_now()?;
        Ok(self.recent.lock().unwrap_or_else(PoisonError::into_inner).by_id.get(&id).copied())
    }

    fn tend(&self, lines: u64) -> Result<(), Fault> {
        self.chain.mend_now()?;
        self.chain.checkpoint(lines)
    }

    fn sign_day(&self, at: DateTime<Utc>, trail: Head) -> Result<(), AppendError> {
        self.chain.sign_day(at, Some(trail))
    }

    fn signed(&self) -> Signed {
        self.chain.signed()
    }
}
