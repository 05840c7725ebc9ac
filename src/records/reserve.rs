//! The reserve: a file of 4 MiB that is given up when the disk is full, so that drafts, trail and shutdown still have room.

use super::disk::{Access, Disk};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const BYTES: u64 = 4 << 20;

pub(super) struct Reserve {
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

impl Reserve {
    pub(super) fn new(disk: Arc<dyn Disk>, dir: &Path) -> Self {
        Self { disk, path: dir.join("reserve") }
    }

    /// Takes the room again if it is not held; a disk that has none is no error here.
    pub(super) fn keep(&self) {
        let is_held =
            self.disk.open(&self.path, Access::Read).and_then(|file| file.len()).is_ok_and(|len| len == BYTES);
        if is_held {
            return;
        }
        let kept = self.disk.open(&self.path, Access::Create).and_then(|file| {
            let zeros = vec![0; 1 << 20];
            for at in (0..BYTES).step_by(zeros.len()) {
                file.write_at(&zeros, at)?;
            }
            file.sync()
        });
        if kept.is_err() {
            let _ = self.disk.remove(&self.path);
        }
    }

    /// Gives the room back; false when it was given up before.
    pub(super) fn give_up(&self) -> bool {
        self.disk.remove(&self.path).is_ok()
    }
}
