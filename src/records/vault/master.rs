//! The master key's file: 32 bytes, mode 0400. It is read with plain file operations: it may lie outside the data directory.

use super::DataKey;
use crate::domain::refusal::Fault;
use crate::records::faults;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads the key; `None` when there is no file.
pub(super) fn load(path: &Path) -> Result<Option<DataKey>, Fault> {
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(faults::io("open", path, &error)),
    };
    let mut bytes = Zeroizing::new([0_u8; 33]);
    let mut read = 0;
    while read < bytes.len() {
        match file.read(&mut bytes[read..]).map_err(|e| faults::io("read", path, &e))? {
            0 => break,
            count => read += count,
        }
    }
    if read != 32 {
        let len = file.metadata().map_or(read as u64, |data| data.len());
        return Err(faults::key_short(len));
    }
    Ok(DataKey::from_slice(&bytes[..32]))
}

/// Makes a new key and puts it in place whole: a crash in between leaves none.
pub(super) fn make(path: &Path) -> Result<DataKey, Fault> {
    let key = DataKey::random()?;
    let temporary = path.with_extension("new");
    let made = (|| {
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(&temporary)?;
        file.set_permissions(fs::Permissions::from_mode(0o400))?;
        file.write_all(&*key.0)?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        fs::File::open(path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()
    })();
    made.map_err(|e| faults::io("make", path, &e))?;
    Ok(key)
}
