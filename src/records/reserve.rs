//! The reserve: a file of up to 4 MiB whose room is given up, a little at a time, when the disk is full, so that drafts,
//! trail and shutdown go on. A commit never gets any of it: it is refused, and what a draft left over is taken back at once.

use super::disk::{Access, Disk, DiskFile};
use super::faults;
use crate::domain::refusal::Fault;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is held when the disk has room.
const BYTES: u64 = 4 << 20;
/// What is given up at a time: more than the largest draft beside the one it replaces.
const GIFT: u64 = 256 << 10;
/// What is taken back at a time: by and by down to one block, so that nothing given lies about for others.
const STEPS: [u64; 2] = [256 << 10, 4 << 10];

pub(super) struct Reserve {
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

impl Reserve {
    pub(super) fn new(disk: Arc<dyn Disk>, dir: &Path) -> Self {
        Self { disk, path: dir.join("reserve") }
    }

    fn held(&self) -> u64 {
        self.disk.open(&self.path, Access::Read).and_then(|file| file.len()).unwrap_or(0)
    }

    /// Takes as much of the room again as there is; a disk that has none is no error here.
    pub(super) fn keep(&self) {
        let held = self.held();
        if held == BYTES {
            return;
        }
        let access = if held == 0 { Access::Create } else { Access::Write };
        if let Ok(file) = self.disk.open(&self.path, access) {
            grow(&*file, held.min(BYTES));
        }
        if self.held() == 0 {
            let _ = self.disk.remove(&self.path);
        }
    }

    /// Whether the disk takes a small file now.
    ///
    /// # Errors
    /// What it says instead.
    pub(super) fn probe(&self) -> Result<(), Fault> {
        let path = self.path.with_extension("probe");
        let tried = (|| {
            let file = self.disk.open(&path, Access::Create)?;
            file.write_at(&vec![0; GIFT as usize], 0)?;
            file.sync()
        })();
        let removed = self.disk.remove(&path);
        tried.and(removed).map_err(|error| faults::io("try", &path, &error))
    }

    /// Does a small thing for which there must be room: while the disk is full, gives up room bit by bit and tries again;
    /// then takes back what is left over.
    pub(super) fn spend_on<T>(&self, mut work: impl FnMut() -> Result<T, Fault>) -> Result<T, Fault> {
        let mut done = work();
        let mut has_spent = false;
        while done.as_ref().is_err_and(faults::is_full) && self.give_some() {
            has_spent = true;
            done = work();
        }
        if has_spent {
            self.keep();
        }
        done
    }

    /// Gives up a part; false when there was none.
    fn give_some(&self) -> bool {
        let held = self.held();
        let left = held.saturating_sub(GIFT);
        if left == 0 {
            return self.give_up();
        }
        let cut = self.disk.open(&self.path, Access::Write).and_then(|file| file.cut(left).and_then(|()| file.sync()));
        cut.is_ok() || self.give_up()
    }

    /// Gives all the room back; false when there was none.
    pub(super) fn give_up(&self) -> bool {
        self.disk.remove(&self.path).is_ok()
    }
}

/// Fills a file up to [`BYTES`], as far as the disk has room.
fn grow(file: &dyn DiskFile, held: u64) {
    let mut at = held;
    for step in STEPS {
        let zeros = vec![0; step as usize];
        while at < BYTES {
            let piece = (BYTES - at).min(step);
            if file.write_at(&zeros[..piece as usize], at).is_err() {
                break;
            }
            at += piece;
        }
    }
    // What is held is what was written whole: a length that the disk could not fill is no room.
    let _ = file.cut(at).and_then(|()| file.sync());
}
