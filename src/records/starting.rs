//! The index between two starts: its snapshot, sealed with the vault's own key and bound to this desk and journal position.

use super::front::{FirstPage, Front};
use super::index::{Index, Still};
use super::vault::Vault;
use super::{Records, Seq, snapshot};
use crate::domain::refusal::Fault;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use ulid::Ulid;

/// A snapshot that is read while the rest is opened; which lines the journal has is known only afterwards.
pub(super) struct Early {
    /// The front, as soon as it is read.
    front: Option<Receiver<(Seq, Front)>>,
    whole: JoinHandle<Option<(Seq, Index)>>,
}

/// Begins to read the snapshot of a folder; `None` where no thread is to be had: it is read later then.
pub(super) fn read_early(dir: &Path, vault: &Arc<Vault>) -> Option<Early> {
    let (path, vault) = (snapshot_path(dir), Arc::clone(vault));
    let (give, front) = sync_channel(1);
    let work = move || {
        read(&path, &vault, u64::MAX, |seq, front| {
            // Nobody waits for the front of a desk that is built anew.
            _ = give.send((seq, front));
        })
    };
    let whole = std::thread::Builder::new().name("snapshot".into()).spawn(work).ok()?;
    Some(Early { front: Some(front), whole })
}

/// The kept index with its journal position, its front first; `None` when there is none that fits, and it is to be built
/// anew.
fn read(path: &Path, vault: &Vault, head: u64, show: impl FnOnce(Seq, Front)) -> Option<(Seq, Index)> {
    let key = vault.index_key();
    let open = |sealed: &[u8], place: &str| key.open(place, sealed).ok().map(|plain| plain.to_vec());
    let (front, kept) = snapshot::Snapshot::open(path, desk_id(vault), &(0..=head), &open).ok()?;
    let seq = Seq(kept.seq());
    show(seq, front);
    Some((seq, kept.rest().ok()?))
}

fn snapshot_path(dir: &Path) -> PathBuf {
    dir.join("index.snapshot")
}

/// What a desk is known by: the first bytes of the key that signs its heads.
fn desk_id(vault: &Vault) -> Ulid {
    let public = vault.signing_key().verifying_key().to_bytes();
    let mut id = [0; 16];
    id.copy_from_slice(&public[..16]);
    Ulid::from_bytes(id)
}

impl Records {
    /// The folder of the data.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn practice_path(&self) -> PathBuf {
        self.dir.join("practice")
    }

    /// Marks a desk, on its first start, as one of invented people.
    ///
    /// # Errors
    /// `D04` with the system's reason.
    pub fn mark_practice(&self) -> Result<(), Fault> {
        std::fs::write(self.practice_path(), b"")
            .map_err(|error| Fault::new("D04", "fault-disk-error", error.to_string()))
    }

    /// Whether this desk is one of invented people.
    pub fn is_practice(&self) -> bool {
        self.practice_path().exists()
    }

    /// Keeps the index as it was at a journal position, with how lists began then.
    ///
    /// # Errors
    /// `X01` with the system's reason; the old snapshot stays.
    pub fn save_snapshot(&self, at: Seq, index: &Still, firsts: &[FirstPage]) -> Result<(), Fault> {
        let key = self.vault.index_key();
        let seal = |plain: &[u8], place: &str| key.seal(place, plain).unwrap_or_default();
        let origin = snapshot::Origin { desk: desk_id(&self.vault), seq: at.0 };
        snapshot::write(&snapshot_path(&self.dir), origin, index, firsts, &seal)
    }

    /// Removes the kept index: where it cannot be written anew after an erasure, none is better than the old one.
    ///
    /// # Errors
    /// `D04` with the system's reason.
    pub fn drop_snapshot(&self) -> Result<(), Fault> {
        match std::fs::remove_file(snapshot_path(&self.dir)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Fault::new("D04", "fault-disk-error", error.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Whether a kept index lies on the disk, fit or not.
    pub fn has_snapshot(&self) -> bool {
        snapshot_path(&self.dir).exists()
    }

    /// The front of the kept index while the rest is still being read, once; `None` when there is none, or when it is not of
    /// the journal's last line: then somebody may be in it who is to be shown no more.
    pub fn take_front(&self) -> Option<Front> {
        let mut early = self.early.lock().unwrap_or_else(PoisonError::into_inner);
        let (seq, front) = early.as_mut()?.front.take()?.recv().ok()?;
        (seq == self.head()).then_some(front)
    }

    /// The kept index with its journal position; `None` when there is none that fits, and it is to be built anew.
    pub fn load_snapshot(&self) -> Option<(Seq, Index)> {
        let early = self.early.lock().unwrap_or_else(PoisonError::into_inner).take();
        let kept = match early {
            Some(early) => early.whole.join().ok().flatten(),
            None => read(&snapshot_path(&self.dir), &self.vault, self.head().0, |_, _| {}),
        };
        kept.filter(|(seq, _)| *seq <= self.head())
    }
}
