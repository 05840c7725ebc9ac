//! A machine that dies after so many operations on its disk: what was done before is there, in order, and nothing after.

use pulang::records::disk::{Access, Disk, DiskFile, RealDisk};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A disk that takes so many more changes and syncs; negative: it lives. A write that it dies in is half there.
pub struct Dying(Arc<AtomicI64>);

impl Dying {
    /// The disk and its remaining operations.
    pub fn after(operations: i64) -> (Arc<Self>, Arc<AtomicI64>) {
        let left = Arc::new(AtomicI64::new(operations));
        (Arc::new(Self(Arc::clone(&left))), left)
    }
}

fn lives(left: &AtomicI64) -> io::Result<()> {
    match left.load(Ordering::SeqCst) {
        0 => Err(io::Error::other("the machine is dead")),
        some if some > 0 => {
            left.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        }
        _ => Ok(()),
    }
}

struct DyingFile(Box<dyn DiskFile>, Arc<AtomicI64>);

impl DiskFile for DyingFile {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.0.read_at(into, at)
    }
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let is_alive = self.1.load(Ordering::SeqCst) != 0;
        let last = lives(&self.1).and_then(|()| lives_on(&self.1));
        match last {
            Ok(()) => self.0.write_at(bytes, at),
            Err(error) => {
                if is_alive {
                    self.0.write_at(&bytes[..bytes.len() / 2], at)?;
                }
                Err(error)
            }
        }
    }
    fn cut(&self, len: u64) -> io::Result<()> {
        lives(&self.1)?;
        self.0.cut(len)
    }
    fn sync(&self) -> io::Result<()> {
        lives(&self.1)?;
        self.0.sync()
    }
    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        self.0.reserve(from, len)
    }
    fn is_there(&self) -> io::Result<bool> {
        self.0.is_there()
    }
}

/// Whether anything is left after an operation that used the last one up: then it was cut in half.
fn lives_on(left: &AtomicI64) -> io::Result<()> {
    if left.load(Ordering::SeqCst) == 0 { Err(io::Error::other("the machine died in it")) } else { Ok(()) }
}

impl Disk for Dying {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        if matches!(access, Access::Create | Access::Secret) {
            lives(&self.0)?;
        }
        Ok(Box::new(DyingFile(RealDisk.open(path, access)?, Arc::clone(&self.0))))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        lives(&self.0)?;
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        lives(&self.0)?;
        RealDisk.remove(path)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        lives(&self.0)?;
        RealDisk.sync_dir(path)
    }
    fn make_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_dir(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(path)
    }
}
