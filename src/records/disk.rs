//! The seam to the disk: the few file operations on which the promises rest, so that tests can inject a full, failing or
//! lying disk. No format and no meaning may live here. The store does its own I/O below this seam.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    /// Reading and writing a file that exists.
    Write,
    /// Reading and writing a file that is made anew, mode 0600; one that exists is emptied.
    Create,
    /// Writing a key file: made anew, mode 0400; one that exists is refused.
    Secret,
}

/// One open file. Places are byte offsets from its start.
#[allow(clippy::len_without_is_empty)] // a length on a disk, which may fail; nobody asks for emptiness
pub trait DiskFile: Send + Sync {
    /// Bytes in the file.
    fn len(&self) -> io::Result<u64>;
    /// Fills `into` from `at` as far as the file goes; returns the count of bytes read.
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize>;
    /// Writes all bytes at `at`; after an error any part of them may be there.
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()>;
    /// Sets the length.
    fn cut(&self, len: u64) -> io::Result<()>;
    /// Returns when everything written is on the disk (`fdatasync`).
    fn sync(&self) -> io::Result<()>;
    /// Makes sure that the bytes from `from` to `from + len` can be written later without asking for room; the length stays.
    fn reserve(&self, from: u64, len: u64) -> io::Result<()>;
    /// Whether the file still has a name. What is written into one without is gone as soon as it is closed, however well it
    /// was synced.
    fn is_there(&self) -> io::Result<bool> {
        Ok(true)
    }
}

/// The directory operations. All paths are absolute or relative to the working directory.
pub trait Disk: Send + Sync {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Returns when the names in a directory are on the disk.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes a directory of mode 0700, with its parents; one that exists gets that mode.
    fn make_dir(&self, path: &Path) -> io::Result<()>;
    /// The names in a directory, in order; none when it does not exist.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

/// An open file, and whether it had a name then: some file systems count none.
struct RealFile(fs::File, bool);

impl DiskFile for RealFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.size())
    }

    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        let mut done = 0;
        while done < into.len() {
            match self.0.read_at(&mut into[done..], at + done as u64) {
                Ok(0) => break,
                Ok(read) => done += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.0.write_all_at(bytes, at)
    }

    fn cut(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        Ok(rustix::fs::fallocate(&self.0, rustix::fs::FallocateFlags::KEEP_SIZE, from, len)?)
    }

    fn is_there(&self) -> io::Result<bool> {
        Ok(!self.1 || self.0.metadata()?.nlink() > 0)
    }
}

impl Disk for RealDisk {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let mut options = fs::OpenOptions::new();
        options.read(true).mode(0o600);
        match access {
            Access::Read => {}
            Access::Write => _ = options.write(true),
            Access::Create => _ = options.write(true).create(true).truncate(true),
            Access::Secret => _ = options.write(true).create_new(true).mode(0o400),
        }
        let file = options.open(path)?;
        if access == Access::Create {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
        let is_named = file.metadata()?.nlink() > 0;
        Ok(Box::new(RealFile(file, is_named)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        fs::File::open(path)?.sync_all()
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort_unstable();
        Ok(names)
    }
}

/// Reads a whole file of at most `most` bytes.
///
/// # Errors
/// Any error of the disk; `InvalidData` when the file is larger.
pub(super) fn read_all(disk: &dyn Disk, path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = disk.open(path, Access::Read)?;
    let len = file.len()?;
    if len > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{len} bytes, at most {most} expected")));
    }
    let mut bytes = vec![0; len as usize];
    let read = file.read_at(&mut bytes, 0)?;
    bytes.truncate(read);
    Ok(bytes)
}

/// Puts a file in place whole or not at all: temporary file, sync, rename, sync of the directory. `path` has a parent.
///
/// # Errors
/// Any error of the disk; the temporary file is removed as well as can be.
pub(super) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
    let temporary = PathBuf::from(temporary);
    let written = (|| {
        let file = disk.open(&temporary, Access::Create)?;
        file.write_at(bytes, 0)?;
        file.sync()?;
        disk.rename(&temporary, path)
    })();
    if let Err(error) = written {
        let _ = disk.remove(&temporary);
        return Err(error);
    }
    disk.sync_dir(path.parent().unwrap_or(Path::new(".")))
}
