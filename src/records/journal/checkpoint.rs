//! The checkpoint of a chain: up to where it was found whole, signed, in a small file of its own.
//!
//! It spares reading a million lines at every start, and remembers the last line's hash, which no later line does.
//! Losing it costs time, never lines.

use super::line::{Head, Seq};
use crate::domain::refusal::Fault;
use crate::records::disk::{self, Disk};
use crate::records::faults;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::NaiveDate;
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Serialize};
use std::path::Path;

const NAME: &str = "checkpoint";
const MOST: u64 = 4096;

/// Where a chain stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// First line of the segment that was written.
    pub segment: Seq,
    /// Lines and bytes in it.
    pub lines: u32,
    pub offset: u64,
    /// Where its last line begins; `offset` itself when it has none.
    pub last: u64,
    pub head: Head,
    pub since_signed: u64,
    pub signed_on: Option<NaiveDate>,
    /// Lines that name damage, from the beginning on.
    pub damages: u64,
}

/// Reads the checkpoint; `None` when there is none, or its signature is wrong.
pub(super) fn load(disk: &dyn Disk, dir: &Path, signer: &SigningKey) -> Option<Checkpoint> {
    let bytes = disk::read_all(disk, &dir.join(NAME), MOST).ok()?;
    let (json, sign) = std::str::from_utf8(&bytes).ok()?.trim_end().rsplit_once('\n')?;
    let sign = Signature::from_slice(&BASE64.decode(sign).ok()?).ok()?;
    signer.verifying_key().verify_strict(json.as_bytes(), &sign).ok()?;
    serde_json::from_str(json).ok()
}

/// Removes the checkpoint: the next opening reads the chain from its beginning.
pub(super) fn forget(disk: &dyn Disk, dir: &Path) {
    // One that stays is held against the chain before it is believed.
    let _ = disk.remove(&dir.join(NAME));
}

/// Puts a checkpoint in place.
pub(super) fn save(disk: &dyn Disk, dir: &Path, signer: &SigningKey, checkpoint: &Checkpoint) -> Result<(), Fault> {
    let path = dir.join(NAME);
    let json = serde_json::to_string(checkpoint).map_err(|e| faults::codec(format!("checkpoint: {e}")))?;
    let sign = BASE64.encode(signer.sign(json.as_bytes()).to_bytes());
    disk::replace(disk, &path, format!("{json}\n{sign}\n").as_bytes()).map_err(|e| faults::io("write", &path, &e))
}
