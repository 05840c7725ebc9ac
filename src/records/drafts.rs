//! Drafts: what an operator has typed and not saved. One sealed file each, under the operator's own key, whole or not at all.
//!
//! They depend on neither store nor journal. A draft carries the id of the commit that it will become; once that id is in
//! the journal, the draft has done its work. File names are ids; what is inside never leaves the seal.

use super::disk::{self, Disk};
use super::faults;
use super::reserve::Reserve;
use super::vault::Vault;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use ulid::Ulid;
use zeroize::Zeroizing;

/// Bytes of one draft.
pub const MOST_BYTES: usize = 64 << 10;
/// Drafts of one operator.
pub const MOST_DRAFTS: usize = 200;
/// Characters of a form's name.
pub const MOST_FORM: usize = 40;
const MAGIC: &[u8; 4] = b"PDR1";

/// What a list of drafts shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    /// The commit that it will become.
    #[serde(skip, default)]
    pub id: Ulid,
    /// When it was saved last.
    pub at: DateTime<Utc>,
    /// Which form it is of; at most [`MOST_FORM`] characters.
    pub form: String,
}

/// One draft: the head, and bytes that only its form understands.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    pub head: DraftHead,
    pub content: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({}, {} bytes)", self.head.id, self.content.len())
    }
}

/// The drafts of all operators.
pub struct Drafts {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    vault: Arc<Vault>,
    reserve: Arc<Reserve>,
}

fn place(operator: Ulid, id: Ulid) -> String {
    format!("draft|{operator}|{id}")
}

impl Drafts {
    pub(super) fn open(
        disk: Arc<dyn Disk>,
        dir: &Path,
        vault: Arc<Vault>,
        reserve: Arc<Reserve>,
    ) -> Result<Self, Fault> {
        disk.make_dir(dir).map_err(|e| faults::io("make", dir, &e))?;
        Ok(Self { disk, dir: dir.to_owned(), vault, reserve })
    }

    fn path(&self, operator: Ulid, id: Ulid) -> PathBuf {
        self.dir.join(operator.to_string()).join(format!("{id}.draft"))
    }

    /// Saves a draft over the one with the same id; on the disk when it returns. A full disk costs a part of the reserve.
    ///
    /// # Errors
    /// `F02` too large or too many, else any error of the disk; the draft saved before stays.
    pub fn save(&self, operator: Ulid, draft: &Draft) -> Result<(), Fault> {
        if draft.content.len() > MOST_BYTES || draft.head.form.chars().count() > MOST_FORM {
            return Err(faults::draft_limit("a draft has at most 64 KiB"));
        }
        let path = self.path(operator, draft.head.id);
        let dir = self.dir.join(operator.to_string());
        let ids = self.ids(operator)?;
        if !ids.contains(&draft.head.id) && ids.len() >= MOST_DRAFTS {
            return Err(faults::draft_limit("an operator has at most 200 drafts"));
        }
        if ids.is_empty() {
            self.disk.make_dir(&dir).map_err(|e| faults::io("make", &dir, &e))?;
            self.disk.sync_dir(&self.dir).map_err(|e| faults::io("sync", &self.dir, &e))?;
        }
        let bytes = self.sealed(operator, draft)?;
        let put = || disk::replace(&*self.disk, &path, &bytes).map_err(|e| faults::io("write", &path, &e));
        self.reserve.spend_on(put)
    }

    fn sealed(&self, operator: Ulid, draft: &Draft) -> Result<Vec<u8>, Fault> {
        let head = serde_json::to_vec(&draft.head).map_err(|e| faults::draft(format!("head as JSON: {e}")))?;
        let mut plain = Zeroizing::new(Vec::with_capacity(4 + head.len() + draft.content.len()));
        plain.extend_from_slice(&(head.len() as u32).to_le_bytes());
        plain.extend_from_slice(&head);
        plain.extend_from_slice(&draft.content);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.vault.draft_key(operator).seal(&place(operator, draft.head.id), &plain)?);
        Ok(bytes)
    }

    /// Loads a draft; `None` when there is none with this id.
    ///
    /// # Errors
    /// `F01` when it cannot be read: its file stays where it is.
    pub fn load(&self, operator: Ulid, id: Ulid) -> Result<Option<Draft>, Fault> {
        let path = self.path(operator, id);
        let bytes = match disk::read_all(&*self.disk, &path, 2 * MOST_BYTES as u64) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(faults::io("read", &path, &error)),
        };
        let unreadable = || faults::draft(format!("draft {id}"));
        let sealed = bytes.strip_prefix(MAGIC).ok_or_else(unreadable)?;
        let plain = self.vault.draft_key(operator).open(&place(operator, id), sealed).map_err(|_| unreadable())?;
        let (len, rest) = plain.split_first_chunk().ok_or_else(unreadable)?;
        let (head, content) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or_else(unreadable)?;
        let head: DraftHead = serde_json::from_slice(head).map_err(|_| unreadable())?;
        Ok(Some(Draft { head: DraftHead { id, ..head }, content: Zeroizing::new(content.to_vec()) }))
    }

    /// The drafts of an operator, the latest first. One that cannot be read is left out, and stays on the disk.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn list(&self, operator: Ulid) -> Result<Vec<DraftHead>, Fault> {
        let ids = self.ids(operator)?;
        let drafts = ids.into_iter().filter_map(|id| self.load(operator, id).ok().flatten());
        let mut heads: Vec<_> = drafts.map(|draft| draft.head).collect();
        heads.sort_by(|a, b| b.at.cmp(&a.at).then(b.id.cmp(&a.id)));
        Ok(heads)
    }

    /// The drafts of an operator that are there and cannot be read.
    pub fn unreadable(&self, operator: Ulid) -> Vec<Ulid> {
        let ids = self.ids(operator).unwrap_or_default();
        ids.into_iter().filter(|id| self.load(operator, *id).is_err()).collect()
    }

    fn ids(&self, operator: Ulid) -> Result<Vec<Ulid>, Fault> {
        let dir = self.dir.join(operator.to_string());
        let names = self.disk.list(&dir).map_err(|e| faults::io("list", &dir, &e))?;
        Ok(names.iter().filter_map(|name| Ulid::from_string(name.strip_suffix(".draft")?).ok()).collect())
    }

    /// Drops a draft; one that is not there is dropped already.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn drop(&self, operator: Ulid, id: Ulid) -> Result<(), Fault> {
        let path = self.path(operator, id);
        match self.disk.remove(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(faults::io("remove", &path, &error)),
        }
        let dir = self.dir.join(operator.to_string());
        self.disk.sync_dir(&dir).map_err(|e| faults::io("sync", &dir, &e))
    }

    /// Drops every draft of anybody that is about one of these subjects: its form says so, `"of":"case:…"`. Gives how many.
    ///
    /// # Errors
    /// Any error of the disk; those dropped before stay dropped.
    pub fn drop_about(&self, subjects: &[Subject]) -> Result<u64, Fault> {
        let marks: Vec<String> = subjects.iter().map(|of| format!("\"of\":\"{of}\"")).collect();
        let mut dropped = 0;
        let operators = self.disk.list(&self.dir).map_err(|e| faults::io("list", &self.dir, &e))?;
        for operator in operators.iter().filter_map(|name| Ulid::from_string(name).ok()) {
            for id in self.ids(operator)? {
                let Ok(Some(draft)) = self.load(operator, id) else { continue };
                let names = |mark: &String| memchr::memmem::find(&draft.content, mark.as_bytes()).is_some();
                if marks.iter().any(names) {
                    self.drop(operator, id)?;
                    dropped += 1;
                }
            }
        }
        Ok(dropped)
    }

    /// Drops every draft that has become a commit, and temporary files that a crash left; returns how many drafts.
    pub(super) fn sweep(&self, is_known: &dyn Fn(Ulid) -> Result<bool, Fault>) -> Result<u64, Fault> {
        let mut dropped = 0;
        let operators = self.disk.list(&self.dir).map_err(|e| faults::io("list", &self.dir, &e))?;
        for operator in operators.iter().filter_map(|name| Ulid::from_string(name).ok()) {
            for id in self.ids(operator)? {
                if is_known(id)? {
                    self.drop(operator, id)?;
                    dropped += 1;
                }
            }
            let dir = self.dir.join(operator.to_string());
            for name in self.disk.list(&dir).map_err(|e| faults::io("list", &dir, &e))? {
                if name.ends_with(".tmp") {
                    let _ = self.disk.remove(&dir.join(name));
                }
            }
        }
        Ok(dropped)
    }
}
