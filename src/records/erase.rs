//! Erasure: a subject's key is destroyed, and with it every copy of what was sealed by it, while the chain stays whole.
//!
//! The order is the promise: the line, synced; the slot in both copies, synced; then the store. Whatever interrupts it,
//! catching up finishes it. The index's snapshot is its owner's to rewrite, the backups of keys theirs who keep them.
//! Of an erased case its remains are kept, sealed with the vault's own key: the number, which is never given again, and
//! where a head is still counted. No fact of a person is among them.

use super::commit::CommitError;
use super::disk::{RealDisk, read_all};
use super::journal::{Line, LineKind, Part, Seq};
use super::overlay::Overlay;
use super::vault::Vault;
use super::{Records, faults};
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

/// What is kept of an erased subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    pub of: Subject,
    /// The number of a case, packed; zero for what has none.
    pub number: u32,
    /// The movement in whose head count it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movement: Option<Ulid>,
    /// The office that owned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Ulid>,
    pub at: DateTime<Utc>,
    pub by: Ulid,
}

fn place(of: Subject) -> String {
    format!("erased|{of}")
}

/// Opens the remains that a line or the store holds.
pub(super) fn open(vault: &Vault, of: Subject, sealed: &[u8]) -> Result<Remains, Fault> {
    let plain = vault.erased_key().open(&place(of), sealed)?;
    serde_json::from_slice(&plain).map_err(|e| faults::codec(format!("remains at column {}", e.column())))
}

/// What a line keeps of a subject, as the store takes it; nothing for lines that keep nothing.
pub(super) fn kept_by(line: &Line) -> Option<Vec<u8>> {
    BASE64.decode(&line.seal).ok().filter(|sealed| !sealed.is_empty())
}

/// Erasures that a restored desk has to write down again: lines of the desk that it comes from.
pub(super) const AGAIN: &str = "erasures.again";
/// Their bytes, at most.
const MOST_AGAIN: u64 = 256 << 20;

impl Records {
    /// Writes down what was erased after the moment that this desk was restored to: its keys are destroyed already, and the
    /// journal is to say so. What is written is not written twice, so an interruption costs nothing.
    ///
    /// # Errors
    /// Any error of the disk; the next start tries again.
    pub(super) fn erase_again(&self) -> Result<(), Fault> {
        let path = self.dir.join(AGAIN);
        let bytes = match read_all(&RealDisk, &path, MOST_AGAIN) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            read => read.map_err(|e| faults::io("read", &path, &e))?,
        };
        let mut meta = self.writer();
        self.catch_up(&mut meta)?;
        let known = |part: &Part| part.slot < meta.next_slot;
        let mut lines = Vec::new();
        for line in bytes.split(|&byte| byte == b'\n').filter_map(|raw| serde_json::from_slice::<Line>(raw).ok()) {
            let Line { id, at, by, office, .. } = line;
            // Who came after the moment has left no line here.
            let parts: Vec<Part> = line.parts.into_iter().filter(known).collect();
            if line.kind == LineKind::Erase && !parts.is_empty() && self.find_commit(id)?.is_none() {
                lines.push(Line { parts, seal: line.seal, ..Line::loose(LineKind::Erase, id, at, by, office) });
            }
        }
        if !lines.is_empty() {
            self.append(lines).map_err(|error| error.fault().clone())?;
            self.catch_up(&mut meta)?;
        }
        std::fs::remove_file(&path).map_err(|e| faults::io("remove", &path, &e))
    }

    /// Erases a subject for the office of whoever asks. A second call with the same id changes nothing and answers the old
    /// line.
    ///
    /// # Errors
    /// `E01` there is no such subject (any more); `Unknown` when the line is durable but the key could not be overwritten
    /// yet: the next tick or the next start does it.
    pub fn erase(&self, id: Ulid, office: Ulid, remains: &Remains) -> Result<Seq, CommitError> {
        let mut meta = self.writer();
        self.catch_up(&mut meta).map_err(CommitError::Refused)?;
        if let Some(seq) = self.find_commit(id).map_err(CommitError::Refused)? {
            return Ok(seq);
        }
        let of = remains.of;
        let store = self.store.get().map_err(CommitError::Refused)?;
        let mut overlay = Overlay::new(&store, &self.vault, meta.clone());
        overlay.holds(of).map_err(CommitError::Refused)?;
        let held = overlay.held(of).ok_or_else(|| CommitError::Refused(faults::erased()))?;
        let (slot, rev) = (held.slot, held.kept.record.revision);
        let mut line = Line::loose(LineKind::Erase, id, remains.at, remains.by, office);
        line.parts.push(Part { of, rev, slot, seal: String::new() });
        line.seal = BASE64.encode(self.sealed(remains).map_err(CommitError::Refused)?);
        let seqs = self.append(vec![line])?;
        self.catch_up(&mut meta).map_err(CommitError::Unknown)?;
        Ok(seqs.first().copied().unwrap_or_default())
    }

    fn sealed(&self, remains: &Remains) -> Result<Vec<u8>, Fault> {
        let plain = serde_json::to_vec(remains).map_err(|e| faults::codec(format!("remains as JSON: {e}")))?;
        self.vault.erased_key().seal(&place(remains.of), &plain)
    }

    /// What is kept of everything that was erased.
    ///
    /// # Errors
    /// As [`Records::get`].
    pub fn erased(&self) -> Result<Vec<Remains>, Fault> {
        let mut all = Vec::new();
        self.store.get()?.each_erased(&mut |of, sealed| {
            all.push(open(&self.vault, of, sealed)?);
            Ok(())
        })?;
        Ok(all)
    }
}
