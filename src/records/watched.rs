//! The machine's disk with somebody who looks on at every file and may hinder what is done: for tests and measurements, which
//! would each write down all that passes through. Nothing of the desk itself works on it.

use super::disk::{Access, Disk, DiskFile, RealDisk};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Looks on; what is not done otherwise passes to the file below.
#[allow(clippy::missing_errors_doc, reason = "the disk's, or what the watcher says instead")]
pub trait Watcher: Send + Sync + 'static {
    fn read_at(&self, _path: &Path, below: &dyn DiskFile, into: &mut [u8], at: u64) -> io::Result<usize> {
        below.read_at(into, at)
    }

    fn write_at(&self, _path: &Path, below: &dyn DiskFile, bytes: &[u8], at: u64) -> io::Result<()> {
        below.write_at(bytes, at)
    }

    fn sync(&self, _path: &Path, below: &dyn DiskFile) -> io::Result<()> {
        below.sync()
    }
}

/// The disk that is watched.
pub struct Watched<W>(pub Arc<W>);

struct WatchedFile<W> {
    below: Box<dyn DiskFile>,
    path: PathBuf,
    watcher: Arc<W>,
}

impl<W: Watcher> DiskFile for WatchedFile<W> {
    fn len(&self) -> io::Result<u64> {
        self.below.len()
    }

    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.watcher.read_at(&self.path, &*self.below, into, at)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.watcher.write_at(&self.path, &*self.below, bytes, at)
    }

    fn cut(&self, len: u64) -> io::Result<()> {
        self.below.cut(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.watcher.sync(&self.path, &*self.below)
    }

    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        self.below.reserve(from, len)
    }

    fn is_there(&self) -> io::Result<bool> {
        self.below.is_there()
    }
}

impl<W: Watcher> Disk for Watched<W> {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let below = RealDisk.open(path, access)?;
        Ok(Box::new(WatchedFile { below, path: path.to_owned(), watcher: Arc::clone(&self.0) }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_dir(path)
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_dir(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(path)
    }
}
