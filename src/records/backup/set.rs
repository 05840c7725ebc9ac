//! A backup set: a folder of files that never change once they have their name. What a moment needs is written first, the
//! moment last; so whatever interrupts a backup, every moment that can be seen is whole.
//!
//! ```text
//! parts/    journal, trail, drafts: encrypted
//! keys/     wrapped data keys: encrypted, apart, with their own lists and their own time to live; may be a disk of its own
//! moments/  what belongs together, in clear and signed
//! ```

use super::moment::{self, Keys, Moment, Part, Told};
use super::sealing::{Identities, Recipients, most_sealed};
use super::{Flaw, Halt};
use crate::domain::refusal::{Fault, Refusal};
use crate::records::disk::{self, Access, Disk};
use crate::records::faults;
use crate::records::journal::Sha;
use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

pub(super) const PARTS: &str = "parts";
pub(super) const KEYS: &str = "keys";
pub(super) const MOMENTS: &str = "moments";
const LOCK: &str = "lock";
/// Bytes of one part before it is encrypted.
pub(super) const MOST_PART: u64 = 64 << 20;
/// Bytes of a file in clear: a moment of a journal of a hundred thousand segments.
const MOST_CLEAR: u64 = 64 << 20;

/// One backup set.
pub(super) struct Set {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    /// Held while something is written here.
    _lock: Option<fs::File>,
}

/// The files in clear of one sort that could be read, newest first, and those that could not.
pub(super) struct Listed<T> {
    pub whole: Vec<T>,
    pub flaws: Vec<Flaw>,
}

impl Set {
    /// A set to read from.
    pub(super) fn of(disk: Arc<dyn Disk>, dir: &Path) -> Self {
        Self { disk, dir: dir.to_owned(), _lock: None }
    }

    /// A set to write into, made when there is none; one writer at a time.
    ///
    /// # Errors
    /// Refused: another backup is being written into it, or the folder is somebody else's. Else any error of the disk.
    pub(super) fn for_writing(disk: Arc<dyn Disk>, dir: &Path) -> Result<Self, Halt> {
        refuse_foreign(&*disk, dir)?;
        for sort in [PARTS, KEYS, MOMENTS] {
            let path = dir.join(sort);
            disk.make_dir(&path).map_err(|e| faults::place("make", &path, &e))?;
        }
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let synced = disk.sync_dir(dir).and_then(|()| disk.sync_dir(parent));
        synced.map_err(|e| faults::place("sync", dir, &e))?;
        let path = dir.join(LOCK);
        let file = fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
        let file = file.map_err(|e| faults::place("lock", &path, &e))?;
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(Refusal::new("backup-busy").into()),
            // A file system without locks: the operator sees to it that there is one writer.
            Err(rustix::io::Errno::NOTSUP | rustix::io::Errno::NOLCK | rustix::io::Errno::NOSYS) => {}
            Err(error) => return Err(faults::place("lock", &path, &error.into()).into()),
        }
        let set = Self { disk, dir: dir.to_owned(), _lock: Some(file) };
        set.sweep()?;
        Ok(set)
    }

    /// Removes what an interrupted backup left half written.
    fn sweep(&self) -> Result<(), Fault> {
        for sort in [PARTS, KEYS, MOMENTS] {
            let dir = self.dir.join(sort);
            for name in self.names(sort)?.iter().filter(|name| name.ends_with(".tmp")) {
                let path = dir.join(name);
                self.disk.remove(&path).map_err(|e| faults::place("remove", &path, &e))?;
            }
        }
        Ok(())
    }

    fn names(&self, sort: &str) -> Result<Vec<String>, Fault> {
        let dir = self.dir.join(sort);
        self.disk.list(&dir).map_err(|e| faults::place("list", &dir, &e))
    }

    /// Encrypts bytes and puts them in place; on the disk when it returns.
    pub(super) fn put(&self, sort: &str, stem: &str, plain: &[u8], to: &Recipients) -> Result<Part, Fault> {
        let sealed = to.seal(plain)?;
        let sealed_sha = Sha::of(&sealed);
        let name = format!("{stem}-{:.16}.age", sealed_sha.to_string());
        let path = self.dir.join(sort).join(&name);
        disk::replace(&*self.disk, &path, &sealed).map_err(|e| faults::place("write", &path, &e))?;
        let (bytes, sealed_bytes) = (plain.len() as u64, sealed.len() as u64);
        Ok(Part { name, bytes, sha: Sha::of(plain), sealed_bytes, sealed_sha })
    }

    /// Puts a signed file in place: the last act of what it names.
    pub(super) fn put_clear(&self, sort: &str, name: &str, told: &impl Told, by: &SigningKey) -> Result<(), Fault> {
        let path = self.dir.join(sort).join(name);
        let bytes = moment::written(told, by)?;
        disk::replace(&*self.disk, &path, &bytes).map_err(|e| faults::place("write", &path, &e))
    }

    /// Every moment.
    pub(super) fn moments(&self) -> Result<Listed<Moment>, Fault> {
        self.listed(MOMENTS)
    }

    /// Every list of keys.
    pub(super) fn keys(&self) -> Result<Listed<Keys>, Fault> {
        self.listed(KEYS)
    }

    fn listed<T: Told>(&self, sort: &str) -> Result<Listed<T>, Fault> {
        let mut listed = Listed { whole: Vec::new(), flaws: Vec::new() };
        for name in self.names(sort)?.into_iter().filter(|name| name.ends_with(".json")) {
            let read = disk::read_all(&*self.disk, &self.dir.join(sort).join(&name), MOST_CLEAR);
            match read.ok().map(|bytes| moment::read::<T>(&bytes)).transpose()?.flatten() {
                Some(told) if name == name_of(told.number()) => listed.whole.push(told),
                Some(_) | None => listed.flaws.push(Flaw::altered(sort, &name)),
            }
        }
        listed.whole.sort_by_key(|told| std::cmp::Reverse(told.number()));
        Ok(listed)
    }

    /// The number after every one that was ever given and is still there.
    pub(super) fn next_number(&self) -> Result<u64, Fault> {
        let names = [self.names(MOMENTS)?, self.names(KEYS)?].concat();
        let last = names.iter().filter_map(|name| name.strip_suffix(".json")?.parse::<u64>().ok()).max();
        Ok(last.unwrap_or(0) + 1)
    }

    /// Whether a part's file is there with its length: what a new moment may build on.
    pub(super) fn has(&self, sort: &str, part: &Part) -> bool {
        let file = self.disk.open(&self.dir.join(sort).join(&part.name), Access::Read);
        file.and_then(|file| file.len()).is_ok_and(|len| len == part.sealed_bytes)
    }

    /// The encrypted bytes of a part.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn sealed(&self, sort: &str, part: &Part) -> Result<Vec<u8>, Flaw> {
        if part.name.contains('/') || part.bytes > MOST_PART || part.sealed_bytes > most_sealed(MOST_PART) {
            return Err(Flaw::altered(sort, &part.name));
        }
        let path = self.dir.join(sort).join(&part.name);
        match disk::read_all(&*self.disk, &path, part.sealed_bytes) {
            Ok(bytes) if Sha::of(&bytes) == part.sealed_sha => Ok(bytes),
            Ok(_) => Err(Flaw::altered(sort, &part.name)),
            Err(error) => Err(Flaw::unread(sort, &part.name, &error)),
        }
    }

    /// What is in a part.
    ///
    /// # Errors
    /// What is wrong with the file; one that is for somebody else is no damage.
    pub(super) fn open(&self, sort: &str, part: &Part, by: &Identities) -> Result<Zeroizing<Vec<u8>>, Flaw> {
        let sealed = self.sealed(sort, part)?;
        let plain = by.open(&sealed, part.bytes).filter(|plain| Sha::of(plain) == part.sha);
        plain.ok_or_else(|| {
            if by.can_open(&sealed) { Flaw::altered(sort, &part.name) } else { Flaw::closed(sort, &part.name) }
        })
    }

    /// Drops moments and lists of keys by number, then every part that nothing names any more. What cannot be read is
    /// never dropped, and while something cannot be read no part goes.
    pub(super) fn expire(&self, moments: &[u64], keys: &[u64]) -> Result<u64, Fault> {
        for (sort, numbers) in [(MOMENTS, moments), (KEYS, keys)] {
            for number in numbers {
                self.remove(sort, &name_of(*number))?;
            }
        }
        let (moments, keys) = (self.moments()?, self.keys()?);
        if !moments.flaws.is_empty() || !keys.flaws.is_empty() {
            return Ok(0);
        }
        let chains = moments.whole.iter().flat_map(|moment| [&moment.journal, &moment.trail]);
        let pieces = chains.flat_map(|chain| &chain.segments).flat_map(|segment| &segment.pieces);
        let parts = pieces.chain(moments.whole.iter().flat_map(|moment| &moment.drafts)).map(|part| part.name.as_str());
        let runs = keys.whole.iter().flat_map(|keys| &keys.runs).map(|part| part.name.as_str());
        Ok(self.keep_only(PARTS, &parts.collect())? + self.keep_only(KEYS, &runs.collect())?)
    }

    fn keep_only(&self, sort: &str, named: &HashSet<&str>) -> Result<u64, Fault> {
        let mut gone = 0;
        for name in self.names(sort)? {
            if name.ends_with(".age") && !named.contains(name.as_str()) {
                self.remove(sort, &name)?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    fn remove(&self, sort: &str, name: &str) -> Result<(), Fault> {
        let dir = self.dir.join(sort);
        let removed = self.disk.remove(&dir.join(name)).and_then(|()| self.disk.sync_dir(&dir));
        removed.map_err(|e| faults::place("remove", &dir.join(name), &e))
    }
}

/// A folder that is no set and holds something is not made one: its owner would find strange files among his own.
fn refuse_foreign(disk: &dyn Disk, dir: &Path) -> Result<(), Halt> {
    let names = disk.list(dir).map_err(|e| faults::place("list", dir, &e))?;
    let is_set = [PARTS, MOMENTS].iter().all(|sort| names.iter().any(|name| name == sort));
    let is_own = |name: &str| [PARTS, KEYS, MOMENTS, LOCK, "lost+found"].contains(&name) || name.starts_with('.');
    match names.iter().find(|name| !is_own(name)) {
        Some(name) if !is_set => {
            let refusal = Refusal::new("backup-not-a-set").with("path", dir.display().to_string());
            Err(refusal.with("name", name.clone()).into())
        }
        Some(_) | None => Ok(()),
    }
}

/// The name of a file in clear. The number decides the order: a clock may jump back.
pub(super) fn name_of(number: u64) -> String {
    format!("{number:08}.json")
}

/// One moment of a set, for whoever decides how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub number: u64,
    pub at: DateTime<Utc>,
}
