//! The master key's file: 32 bytes, mode 0400. It may lie outside the data directory; nothing but the key stands in it.

use super::DataKey;
use crate::domain::refusal::Fault;
use crate::records::disk::{Access, Disk};
use crate::records::faults;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};

/// How a file of `age` begins, plain and armoured: a copy of a key, and not the key.
const SEALED: [&[u8]; 2] = [b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED"];

/// Reads the key; `None` when there is no file.
pub(super) fn load(disk: &dyn Disk, path: &Path) -> Result<Option<DataKey>, Fault> {
    let file = match disk.open(path, Access::Read) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(faults::io("open", path, &error)),
    };
    let mut bytes = zeroize::Zeroizing::new([0_u8; 33]);
    let read = file.read_at(&mut *bytes, 0).map_err(|e| faults::io("read", path, &e))?;
    if read != 32 && SEALED.iter().any(|begins| bytes.starts_with(begins)) {
        return Err(faults::key_sealed());
    }
    if read != 32 {
        return Err(faults::key_short(file.len().unwrap_or(read as u64)));
    }
    Ok(DataKey::from_slice(&bytes[..32]))
}

/// Makes a new key and puts it in place whole: a crash in between leaves none.
pub(super) fn make(disk: &dyn Disk, path: &Path) -> Result<DataKey, Fault> {
    let key = DataKey::random()?;
    put_beside(disk, path, &key)?;
    promote(disk, path)?;
    Ok(key)
}

/// Where a key waits that is to come to `path`.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".next");
    PathBuf::from(beside)
}

/// Writes a key beside `path`, whole and synced.
pub(super) fn put_beside(disk: &dyn Disk, path: &Path, key: &DataKey) -> Result<(), Fault> {
    let beside = beside(path);
    let put = || {
        remove(disk, &beside)?;
        let file = disk.open(&beside, Access::Secret)?;
        file.write_at(&*key.0, 0)?;
        file.sync()?;
        disk.sync_dir(folder(path))
    };
    put().map_err(|e| faults::io("make", &beside, &e))
}

/// Puts the key that waits beside `path` in its place, over the one that is there.
pub(super) fn promote(disk: &dyn Disk, path: &Path) -> Result<(), Fault> {
    let promoted = disk.rename(&beside(path), path).and_then(|()| disk.sync_dir(folder(path)));
    promoted.map_err(|e| faults::io("make", path, &e))
}

/// Removes a file; one that is not there is removed already.
pub(super) fn remove(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The folder in which a file lies.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a key may be called by in public, `3f2a-91bc-07d4-e58a`: a hash for this purpose alone, of which nothing leads back.
pub(super) fn fingerprint(key: &DataKey) -> String {
    let mut hash = Sha256::new();
    hash.update(b"pulang master key fingerprint 1");
    hash.update(key.0.as_slice());
    let hash = hash.finalize();
    let groups = hash[..8].chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]));
    groups.collect::<Vec<_>>().join("-")
}
