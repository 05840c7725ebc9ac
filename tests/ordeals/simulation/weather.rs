//! The disk of the simulation: fair, full, broken, read-only or unable to sync, part by part of the data folder, until it
//! clears up. It counts nothing: what fails depends on what is written where, never on which thread came first.

use pulang::records::disk::{Access, Disk, DiskFile, RealDisk};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// What a part of the disk does to those who write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Sky {
    Fair,
    /// No room but what was reserved; half of what does not fit is written.
    Full,
    /// Every write fails.
    Broken,
    ReadOnly,
    /// Everything is written, nothing can be synced.
    Unsynced,
}

impl Sky {
    pub const FOUL: [Self; 4] = [Self::Full, Self::Broken, Self::ReadOnly, Self::Unsynced];

    fn of(stored: u8) -> Self {
        Self::FOUL.into_iter().find(|sky| *sky as u8 == stored).unwrap_or(Self::Fair)
    }

    fn error(self) -> io::Error {
        match self {
            Self::Full => io::Error::from(io::ErrorKind::StorageFull),
            Self::ReadOnly => io::Error::from(io::ErrorKind::ReadOnlyFilesystem),
            Self::Fair | Self::Broken | Self::Unsynced => io::Error::other("the cable is loose"),
        }
    }
}

/// The parts that fail on their own. What is neither of them is always written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Journal,
    Trail,
    Drafts,
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Journal, Self::Trail, Self::Drafts];

    fn of(path: &Path) -> Option<Self> {
        path.components().find_map(|part| match part.as_os_str().to_str() {
            Some("journal") => Some(Self::Journal),
            Some("trail") => Some(Self::Trail),
            Some("drafts") => Some(Self::Drafts),
            _ => None,
        })
    }
}

/// The sky over each part.
#[derive(Debug, Default)]
pub struct Weather([AtomicU8; 3]);

impl Weather {
    pub fn turns(&self, part: Part, sky: Sky) {
        self.0[part as usize].store(sky as u8, Ordering::SeqCst);
    }

    pub fn clears(&self) {
        Part::ALL.into_iter().for_each(|part| self.turns(part, Sky::Fair));
    }

    pub fn is_fair(&self) -> bool {
        Part::ALL.into_iter().all(|part| self.over(Some(part)) == Sky::Fair)
    }

    fn over(&self, part: Option<Part>) -> Sky {
        part.map_or(Sky::Fair, |part| Sky::of(self.0[part as usize].load(Ordering::SeqCst)))
    }

    /// Whether anything but writing into a file may change there.
    fn changes(&self, part: Option<Part>) -> io::Result<()> {
        match self.over(part) {
            Sky::Fair | Sky::Unsynced => Ok(()),
            foul => Err(foul.error()),
        }
    }
}

/// The machine's disk under that sky.
pub struct Outdoors(pub Arc<Weather>);

struct File {
    file: Box<dyn DiskFile>,
    part: Option<Part>,
    weather: Arc<Weather>,
    reserved: AtomicU64,
}

impl DiskFile for File {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.file.read_at(into, at)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let is_reserved = at + bytes.len() as u64 <= self.reserved.load(Ordering::SeqCst);
        match self.weather.over(self.part) {
            Sky::Full if !is_reserved => {
                self.file.write_at(&bytes[..bytes.len() / 2], at)?;
                Err(Sky::Full.error())
            }
            Sky::Fair | Sky::Full | Sky::Unsynced => self.file.write_at(bytes, at),
            foul @ (Sky::Broken | Sky::ReadOnly) => Err(foul.error()),
        }
    }

    fn cut(&self, len: u64) -> io::Result<()> {
        match self.weather.over(self.part) {
            foul @ (Sky::Broken | Sky::ReadOnly) => Err(foul.error()),
            Sky::Fair | Sky::Full | Sky::Unsynced => self.file.cut(len),
        }
    }

    fn sync(&self) -> io::Result<()> {
        match self.weather.over(self.part) {
            foul @ (Sky::Broken | Sky::Unsynced) => Err(foul.error()),
            // The process is never killed with the machine here: what the page cache holds is there afterwards.
            Sky::Fair | Sky::Full | Sky::ReadOnly => Ok(()),
        }
    }

    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        self.weather.changes(self.part)?;
        self.reserved.store(from + len, Ordering::SeqCst);
        Ok(())
    }

    fn is_there(&self) -> io::Result<bool> {
        self.file.is_there()
    }
}

impl Disk for Outdoors {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let part = Part::of(path);
        if access == Access::Create {
            self.0.changes(part)?;
        }
        let file = RealDisk.open(path, access)?;
        Ok(Box::new(File { file, part, weather: Arc::clone(&self.0), reserved: AtomicU64::new(0) }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.changes(Part::of(to))?;
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if self.0.over(Part::of(path)) == Sky::ReadOnly {
            return Err(Sky::ReadOnly.error());
        }
        RealDisk.remove(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let _ = path;
        Ok(())
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_dir(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(path)
    }
}
