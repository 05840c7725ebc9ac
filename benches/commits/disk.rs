//! A disk that counts its syncs, and may take its time for each.

use pulang::records::disk::{Access, Disk, DiskFile, RealDisk};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The disk of this machine; a sync takes at least so long.
#[derive(Clone)]
pub struct CountedDisk {
    least: Duration,
    syncs: Arc<AtomicUsize>,
}

struct CountedFile(Box<dyn DiskFile>, CountedDisk);

impl CountedDisk {
    pub fn taking(least: Duration) -> Self {
        Self { least, syncs: Arc::default() }
    }

    /// Syncs until now.
    pub fn syncs(&self) -> usize {
        self.syncs.load(Ordering::Relaxed)
    }
}

impl DiskFile for CountedFile {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.0.read_at(into, at)
    }
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.0.write_at(bytes, at)
    }
    fn cut(&self, len: u64) -> io::Result<()> {
        self.0.cut(len)
    }
    fn sync(&self) -> io::Result<()> {
        let begun = Instant::now();
        self.0.sync()?;
        std::thread::sleep(self.1.least.saturating_sub(begun.elapsed()));
        self.1.syncs.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        self.0.reserve(from, len)
    }
}

impl Disk for CountedDisk {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(CountedFile(RealDisk.open(path, access)?, self.clone())))
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
