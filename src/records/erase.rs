//! Erasure: a subject's key is destroyed, and with it every copy of what was sealed by it, while the chain stays whole.
//!
//! The order is the promise: the line, synced; the slot in both copies, synced; then the store. Whatever interrupts it,
//! catching up finishes it. The index's snapshot and the backups of keys are their owners' to rewrite.

use super::commit::CommitError;
use super::journal::{Line, LineKind, Part, Seq};
use super::overlay::Overlay;
use super::{Records, faults};
use crate::domain::subject::Subject;
use chrono::{DateTime, Utc};
use ulid::Ulid;

impl Records {
    /// Erases a subject. A second call with the same id changes nothing and answers the old line.
    ///
    /// # Errors
    /// `E01` there is no such subject (any more); `Unknown` when the line is durable but the key could not be overwritten
    /// yet: the next tick or the next start does it.
    pub fn erase(&self, of: Subject, id: Ulid, at: DateTime<Utc>, by: Ulid, office: Ulid) -> Result<Seq, CommitError> {
        let mut meta = self.writer();
        self.catch_up(&mut meta).map_err(CommitError::Refused)?;
        if let Some(seq) = self.find_commit(id).map_err(CommitError::Refused)? {
            return Ok(seq);
        }
        let store = self.store.get().map_err(CommitError::Refused)?;
        let mut overlay = Overlay::new(&store, &self.vault, meta.clone());
        overlay.holds(of).map_err(CommitError::Refused)?;
        let held = overlay.held(of).ok_or_else(|| CommitError::Refused(faults::erased()))?;
        let (slot, rev) = (held.slot, held.kept.record.revision);
        let mut line = Line::loose(LineKind::Erase, id, at, by, office);
        line.parts.push(Part { of, rev, slot, seal: String::new() });
        let seqs = self.append(vec![line])?;
        self.catch_up(&mut meta).map_err(CommitError::Unknown)?;
        Ok(seqs.first().copied().unwrap_or_default())
    }
}
