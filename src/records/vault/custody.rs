//! Custody of the master key: where it is and how safely, copies of it out and back, and its rotation. It works on key
//! files and slots alone: no record is opened, and but for rotation and for putting a key back no lock is needed.

use super::copies::{self, Copied};
use super::master::{self, fingerprint};
use super::rotate::{self, Rotated};
use super::slots::{Fit, NAMES, SIZE, SlotNo, fit};
use crate::domain::refusal::{Fault, Refusal};
use crate::records::disk::{Access, Disk};
use crate::records::faults;
use chrono::{DateTime, Utc};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why something about the key was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    Refused(Refusal),
    Fault(Fault),
}

impl From<Refusal> for KeyError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for KeyError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Where the master key is, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStanding {
    pub path: PathBuf,
    pub mode: u32,
    /// The user who owns the file.
    pub owner: u32,
    pub fingerprint: String,
    /// Whether it opens the slots of this desk.
    pub is_fitting: bool,
    /// Whether it lies on the same file system as the data.
    pub is_with_data: bool,
    /// Whether a rotation was interrupted: the next start settles it.
    pub is_rotating: bool,
    /// The latest copy of this very key.
    pub copied: Option<Copied>,
}

impl KeyStanding {
    /// Whether anybody but the owner may read it, or anybody write it.
    pub const fn is_mode_wide(&self) -> bool {
        self.mode & 0o377 != 0
    }
}

/// Why a copy was not written where it was wanted: that is no fault of the disk with the data.
fn not_written(file: &Path, error: &std::io::Error) -> Refusal {
    let folder = || master::folder(file).display().to_string();
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            Refusal::new("refused-key-no-folder").with("path", folder())
        }
        std::io::ErrorKind::PermissionDenied => Refusal::new("refused-key-folder-closed").with("path", folder()),
        _ => Refusal::new("refused-key-not-written")
            .with("path", file.display().to_string())
            .with("why", error.to_string()),
    }
}

/// The keys of one data directory, not opened.
pub struct Custody {
    disk: Arc<dyn Disk>,
    /// `keys/` below the data directory.
    dir: PathBuf,
    key: PathBuf,
}

impl Custody {
    /// The keys in `dir`, with the master key at `key` or, where that is not given, at `master` in it.
    pub fn new(disk: Arc<dyn Disk>, dir: PathBuf, key: Option<&Path>) -> Self {
        let key = key.map_or_else(|| dir.join("master"), Path::to_owned);
        Self { disk, dir, key }
    }

    /// Where the key is, and how it stands.
    ///
    /// # Errors
    /// `K01` no key, `K02` not 32 bytes, or what the disk says.
    pub fn standing(&self) -> Result<KeyStanding, Fault> {
        let key = self.master()?;
        let told = |error: std::io::Error| faults::io("look at", &self.key, &error);
        let (file, data) = (std::fs::metadata(&self.key).map_err(told)?, std::fs::metadata(&self.dir).map_err(told)?);
        Ok(KeyStanding {
            path: self.key.clone(),
            mode: file.mode() & 0o7777,
            owner: file.uid(),
            fingerprint: fingerprint(&key),
            is_fitting: self.fits(&key),
            is_with_data: file.dev() == data.dev(),
            is_rotating: rotate::is_interrupted(&*self.disk, &self.dir)?,
            copied: self.copied_of(&fingerprint(&key)),
        })
    }

    /// Whether a copy was made of the key of now. Where that cannot be said, none was.
    pub fn is_copied(&self) -> bool {
        self.master().is_ok_and(|key| self.copied_of(&fingerprint(&key)).is_some())
    }

    fn copied_of(&self, fingerprint: &str) -> Option<Copied> {
        copies::noted(&*self.disk, &self.dir).into_iter().rev().find(|copied| copied.key == fingerprint)
    }

    fn master(&self) -> Result<super::DataKey, Fault> {
        master::load(&*self.disk, &self.key)?.ok_or_else(|| faults::key_missing(&self.key))
    }

    /// Whether a key opens the slots that are here, a successor's among them.
    fn fits(&self, key: &super::DataKey) -> bool {
        let own = NAMES.iter().map(|name| self.dir.join(name));
        let all: Vec<PathBuf> = own.flat_map(|path| [master::beside(&path), path]).collect();
        all.iter().any(|path| fit(&*self.disk, path, key) == Fit::Fits)
    }

    /// Whether there is no table of keys at all, nor a successor of one.
    fn is_without_slots(&self) -> bool {
        let own = NAMES.map(|name| self.dir.join(name));
        let any = |path: &PathBuf| self.disk.open(path, Access::Read).is_ok();
        !own.iter().any(any) && !own.iter().map(|path| master::beside(path)).any(|path| any(&path))
    }

    /// Writes a copy of the key to a new file, mode 0400, sealed for its recipients; notes that it was made.
    ///
    /// # Errors
    /// A file that is there, nobody to seal it for, a name that is none, a key that is not this desk's; `K…`; the disk.
    pub fn export(
        &self,
        file: &Path,
        named: &[String],
        listed: Option<&Path>,
        at: DateTime<Utc>,
    ) -> Result<Copied, KeyError> {
        let recipients = copies::recipients(&*self.disk, named, listed)?;
        let key = self.master()?;
        if !self.fits(&key) {
            return Err(faults::key_wrong().into());
        }
        self.refuse_one_there(file)?;
        let (sealed, copied) = copies::seal(&key, at, &recipients)?;
        self.place(file, &sealed)?;
        copies::note(&*self.disk, &self.dir, &copied)?;
        Ok(copied)
    }

    fn refuse_one_there(&self, file: &Path) -> Result<(), Refusal> {
        let is_there =
            !matches!(self.disk.open(file, Access::Read), Err(e) if e.kind() == std::io::ErrorKind::NotFound);
        let refused = || Refusal::new("refused-key-file-there").with("path", file.display().to_string());
        if is_there { Err(refused()) } else { Ok(()) }
    }

    /// Puts a file of mode 0400 in place whole or not at all.
    fn place(&self, file: &Path, bytes: &[u8]) -> Result<(), Refusal> {
        let waiting = master::beside(file);
        let put = || {
            master::remove(&*self.disk, &waiting)?;
            let made = self.disk.open(&waiting, Access::Secret)?;
            made.write_at(bytes, 0)?;
            made.sync()?;
            self.disk.rename(&waiting, file)?;
            self.disk.sync_dir(master::folder(file))
        };
        put().map_err(|error| {
            let _ = master::remove(&*self.disk, &waiting);
            not_written(file, &error)
        })
    }

    /// Says of a copy when it was made and for whom, and whether the key in it opens this desk.
    ///
    /// # Errors
    /// No copy, or identities that do not open it; there are no tables that it could open.
    pub fn check(&self, copy: &Path, identities: &Path) -> Result<(Copied, bool), KeyError> {
        let (key, copied) = copies::open(&*self.disk, copy, identities)?;
        if self.is_without_slots() {
            // No key could open them: it is not the copy that is wrong.
            return Err(Refusal::new("refused-key-no-slots").with("path", self.dir.display().to_string()).into());
        }
        let is_fitting = self.fits(&key);
        Ok((copied, is_fitting))
    }

    /// Puts the key of a copy back where it is missing, and notes that a copy exists.
    ///
    /// # Errors
    /// A key that is there; a copy that does not open, or not this desk's; the disk.
    pub fn restore(&self, copy: &Path, identities: &Path) -> Result<Copied, KeyError> {
        self.refuse_one_there(&self.key).map_err(|refusal| Refusal { key: "refused-key-there", ..refusal })?;
        let (copied, is_fitting) = self.check(copy, identities)?;
        if !is_fitting {
            return Err(Refusal::new("refused-key-other-desk").with("key", copied.key).into());
        }
        let (key, _) = copies::open(&*self.disk, copy, identities)?;
        master::put_beside(&*self.disk, &self.key, &key)?;
        master::promote(&*self.disk, &self.key)?;
        copies::note(&*self.disk, &self.dir, &copied)?;
        Ok(copied)
    }

    /// Gives the desk a new master key; see [`rotate`]. The caller holds the lock of the data directory.
    ///
    /// # Errors
    /// The place takes no file, or one is there; `K…`; the disk: before its moment nothing has changed, after it the next
    /// start finishes.
    pub fn rotate(&self, place: Option<&Path>, progress: &mut dyn FnMut(u64, u64)) -> Result<Rotated, KeyError> {
        if let Some(place) = place {
            self.refuse_one_there(place)?;
        }
        self.refuse_unwritable(place.unwrap_or(&self.key))?;
        Ok(rotate::rotate(&self.disk, &self.dir, &self.key, place, progress)?)
    }

    /// Slots in the longer of both tables.
    ///
    /// # Errors
    /// Any error of the disk but that there are none.
    pub(in crate::records) fn filled(&self) -> Result<SlotNo, Fault> {
        let mut most = 0;
        for path in NAMES.map(|name| self.dir.join(name)) {
            match self.disk.open(&path, Access::Read).and_then(|file| file.len()) {
                Ok(len) => most = most.max(len / SIZE as u64),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(faults::io("measure", &path, &error)),
            }
        }
        Ok(SlotNo(most))
    }

    /// A folder that takes no key is told before anything is done, with what to do instead.
    fn refuse_unwritable(&self, place: &Path) -> Result<(), Refusal> {
        let folder = master::folder(place);
        let is_writable = rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok();
        let refused = || Refusal::new("refused-key-unwritable").with("path", folder.display().to_string());
        if is_writable { Ok(()) } else { Err(refused()) }
    }
}
