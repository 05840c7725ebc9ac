//! The master key from outside: a data directory that nobody has to have opened.

use super::disk::RealDisk;
use super::vault::{Custody, KeyError, KeyStanding, Rotated};
use super::{Options, Progress, Records, Step, keyless};
use std::path::Path;
use std::sync::Arc;

impl Records {
    /// The keys of the data directory `dir`, with the master key at `key` or in `keys/`.
    pub fn custody(dir: &Path, key: Option<&Path>) -> Custody {
        Custody::new(Arc::new(RealDisk), dir.join("keys"), key)
    }

    /// Gives the desk in `dir` a new master key, at its place or in a new file at `place`, while nobody has it open.
    ///
    /// # Errors
    /// `L01` another process has it; else as [`Custody::rotate`].
    pub fn rotate_key(
        dir: &Path,
        options: &Options,
        place: Option<&Path>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Rotated, KeyError> {
        let _lock = super::open::lock(dir)?;
        let custody = Custody::new(Arc::clone(&options.disk), dir.join("keys"), options.key.as_deref());
        // Tables that were cut would be cut for good: what a backup has of them opens with the old master key alone.
        keyless::refuse_short(&*options.disk, (&dir.join("journal"), None), custody.filled()?, None)?;
        custody.rotate(place, &mut |done, total| progress(Progress { step: Step::Rotate, done, total }))
    }

    /// Whether a copy was made of the master key that this desk works with.
    pub fn is_key_copied(&self) -> bool {
        self.custody.is_copied()
    }

    /// Where the key of this desk is, and how it stands.
    ///
    /// # Errors
    /// As [`Custody::standing`].
    pub fn key_standing(&self) -> Result<KeyStanding, crate::domain::refusal::Fault> {
        self.custody.standing()
    }
}
