//! Copies of the master key: the file that holds one, sealed for its recipients with `age`, and the note that one was made.
//!
//! The sealed file holds a small JSON: what it is, the key, its fingerprint, when and for whom. The note, `keys/copies.json`,
//! is plain and holds no secret: of each copy the time, the fingerprint of the key in it, and the public names of those who
//! can open it. A note counts for the key that it names: after a rotation there is none.

use super::DataKey;
use super::custody::KeyError;
use super::master;
use crate::domain::refusal::{Fault, Refusal};
use crate::records::disk::{self, Disk};
use crate::records::faults;
use age::x25519::{Identity, Recipient};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::Path;
use zeroize::{Zeroize, Zeroizing};

/// Recipients of one copy.
const MOST_RECIPIENTS: usize = 32;
/// Notes that are kept, the latest.
const MOST_NOTES: usize = 100;
/// Bytes of the note, of a sealed copy, and of a file of identities or recipients.
const MOST_BYTES: u64 = 64 << 10;
const NOTE: &str = "copies.json";
const WHAT: &str = "pulang master key";

/// One copy that was made of the master key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    pub at: DateTime<Utc>,
    /// The fingerprint of the key in it.
    pub key: String,
    /// The public names, `age1…`, of those who can open it.
    #[serde(rename = "for")]
    pub recipients: Vec<String>,
}

#[derive(Default, Serialize, Deserialize)]
struct Notes {
    #[serde(default)]
    copies: Vec<Copied>,
}

/// What stands in a sealed copy.
#[derive(Serialize, Deserialize)]
struct Carried {
    v: u8,
    what: String,
    #[serde(flatten)]
    copied: Copied,
    /// Base64.
    secret: String,
}

impl Drop for Carried {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// The notes of all copies, oldest first. Where they cannot be read there are none: the operator is told to make one.
pub(super) fn noted(disk: &dyn Disk, dir: &Path) -> Vec<Copied> {
    let bytes = disk::read_all(disk, &dir.join(NOTE), MOST_BYTES).unwrap_or_default();
    serde_json::from_slice::<Notes>(&bytes).unwrap_or_default().copies
}

/// Adds the note of a copy.
pub(super) fn note(disk: &dyn Disk, dir: &Path, copied: &Copied) -> Result<(), Fault> {
    let mut copies = noted(disk, dir);
    copies.push(copied.clone());
    copies.drain(..copies.len().saturating_sub(MOST_NOTES));
    let mut bytes = serde_json::to_vec_pretty(&Notes { copies }).map_err(|e| faults::codec(format!("note: {e}")))?;
    bytes.push(b'\n');
    let path = dir.join(NOTE);
    disk::replace(disk, &path, &bytes).map_err(|e| faults::io("write", &path, &e))
}

/// The recipients that are named, and those of a file: one a line, `#` before a remark.
///
/// # Errors
/// Nobody, too many, or a name that is none.
pub(super) fn recipients(disk: &dyn Disk, named: &[String], file: Option<&Path>) -> Result<Vec<Recipient>, KeyError> {
    let listed = file.map(|file| text(disk, file)).transpose()?.unwrap_or_default();
    let names = named.iter().map(String::as_str).chain(lines(&listed));
    let read = |name: &str| {
        let refused = || Refusal::new("refused-key-recipient").with("name", name.chars().take(80).collect::<String>());
        name.trim().parse::<Recipient>().map_err(|_| refused())
    };
    let found: Vec<Recipient> = names.map(read).collect::<Result<_, _>>()?;
    match found.len() {
        0 => Err(Refusal::new("refused-key-no-recipient").into()),
        count if count > MOST_RECIPIENTS => {
            Err(Refusal::new("refused-key-many-recipients").with("most", MOST_RECIPIENTS.to_string()).into())
        }
        _ => Ok(found),
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A small file as text that leaves memory when dropped.
fn text(disk: &dyn Disk, file: &Path) -> Result<Zeroizing<String>, KeyError> {
    let refused = || Refusal::new("refused-file-unreadable").with("path", file.display().to_string());
    let bytes = disk::read_all(disk, file, MOST_BYTES).map_err(|_| refused())?;
    Ok(String::from_utf8(bytes).map(Zeroizing::new).map_err(|_| refused())?)
}

/// Seals a key for its recipients.
///
/// # Errors
/// The machine gave no random bytes.
pub(super) fn seal(key: &DataKey, at: DateTime<Utc>, recipients: &[Recipient]) -> Result<(Vec<u8>, Copied), Fault> {
    let names = recipients.iter().map(ToString::to_string).collect();
    let copied = Copied { at, key: master::fingerprint(key), recipients: names };
    let carried = Carried { v: 1, what: WHAT.into(), copied: copied.clone(), secret: BASE64.encode(key.0.as_slice()) };
    let plain = serde_json::to_vec(&carried).map(Zeroizing::new);
    let plain = plain.map_err(|e| faults::codec(format!("copy as JSON: {e}")))?;
    let all = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let failed = |error: String| faults::codec(format!("age: {error}"));
    let encryptor = age::Encryptor::with_recipients(all).map_err(|e| failed(e.to_string()))?;
    let mut sealed = Vec::new();
    let written = encryptor.wrap_output(&mut sealed).and_then(|mut into| {
        into.write_all(&plain)?;
        into.finish().map(drop)
    });
    written.map_err(|e| failed(e.to_string()))?;
    Ok((sealed, copied))
}

/// Opens a copy with the identities of a file, `AGE-SECRET-KEY-…`, one a line.
///
/// # Errors
/// A file that cannot be read or is no copy, identities that do not open it.
pub(super) fn open(disk: &dyn Disk, copy: &Path, identities: &Path) -> Result<(DataKey, Copied), KeyError> {
    let listed = text(disk, identities)?;
    let found: Vec<Identity> = lines(&listed).filter_map(|line| line.parse().ok()).collect();
    if found.is_empty() {
        return Err(Refusal::new("refused-key-no-identity").with("path", identities.display().to_string()).into());
    }
    let shown = || copy.display().to_string();
    let sealed = disk::read_all(disk, copy, MOST_BYTES)
        .map_err(|_| Refusal::new("refused-file-unreadable").with("path", shown()))?;
    let no_copy = || Refusal::new("refused-key-no-copy").with("path", shown());
    let decryptor = age::Decryptor::new(sealed.as_slice()).map_err(|_| no_copy())?;
    let opened = decryptor.decrypt(found.iter().map(|identity| identity as &dyn age::Identity));
    let opened = opened.map_err(|_| Refusal::new("refused-key-identity").with("path", shown()))?;
    let mut plain = Zeroizing::new(Vec::new());
    opened.take(MOST_BYTES).read_to_end(&mut plain).map_err(|_| no_copy())?;
    let carried: Carried = serde_json::from_slice(&plain).map_err(|_| no_copy())?;
    let secret = BASE64.decode(&carried.secret).map(Zeroizing::new).unwrap_or_default();
    let key = DataKey::from_slice(&secret).filter(|_| carried.what == WHAT).ok_or_else(no_copy)?;
    let copied = Copied { key: master::fingerprint(&key), ..carried.copied.clone() };
    Ok((key, copied))
}
