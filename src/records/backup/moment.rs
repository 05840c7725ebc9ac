//! What stands in clear in a backup set: which parts belong to which moment, their hashes, the head of each chain. No personal
//! data: numbers of lines, times, hashes and recipients only. Every file is JSON in one line and its signature in the next.

use crate::domain::refusal::Fault;
use crate::records::faults;
use crate::records::journal::{Head, Seq, Sha};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The form that this release writes.
pub(super) const VERSION: u8 = 1;

/// One encrypted file of the set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    /// Below the folder of its sort.
    pub name: String,
    /// What is in it.
    pub bytes: u64,
    pub sha: Sha,
    /// The file itself: damage shows without an identity.
    pub sealed_bytes: u64,
    pub sealed_sha: Sha,
}

/// One segment of a chain: pieces that follow each other, and the line at their end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segment {
    pub first: Seq,
    pub head: Head,
    /// Lines that were not what they should be when they were copied.
    #[serde(default)]
    pub bad: u64,
    pub pieces: Vec<Part>,
}

impl Segment {
    pub(super) fn bytes(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.bytes).sum()
    }
}

/// One chain at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Copied {
    pub head: Head,
    pub segments: Vec<Segment>,
}

/// A journal that does not lead on from what the set has: lines of it are gone, or are others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Departure {
    /// The last line of the set that this journal does not have.
    pub from: Head,
    /// Whether the desk was restored to an earlier moment on purpose: then this is what leads on.
    #[serde(default)]
    pub is_meant: bool,
}

/// A whole desk at a moment, its keys apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Moment {
    pub v: u8,
    /// The running number of the moment in its set.
    pub number: u64,
    /// The key that signs the desk's heads, and this.
    pub desk: Sha,
    pub at: DateTime<Utc>,
    pub is_practice: bool,
    pub recipients: Vec<String>,
    pub journal: Copied,
    pub trail: Copied,
    pub drafts: Vec<Part>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departs: Option<Departure>,
}

/// The wrapped data keys at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Keys {
    pub v: u8,
    pub number: u64,
    pub desk: Sha,
    pub at: DateTime<Utc>,
    pub recipients: Vec<String>,
    /// Slots that neither copy could be read of.
    pub lost: u64,
    /// Runs of slots, in order.
    pub runs: Vec<Part>,
}

/// What is in the part of drafts: the file of each below `drafts/`, base64.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DraftFiles {
    pub drafts: Vec<(String, String)>,
}

/// What every signed file says of itself.
pub(super) trait Told: Serialize + DeserializeOwned {
    fn version(&self) -> u8;
    fn number(&self) -> u64;
    fn desk(&self) -> Sha;
}

impl Told for Moment {
    fn version(&self) -> u8 {
        self.v
    }

    fn number(&self) -> u64 {
        self.number
    }

    fn desk(&self) -> Sha {
        self.desk
    }
}

impl Told for Keys {
    fn version(&self) -> u8 {
        self.v
    }

    fn number(&self) -> u64 {
        self.number
    }

    fn desk(&self) -> Sha {
        self.desk
    }
}

/// The bytes of a signed file.
pub(super) fn written(told: &impl Told, signer: &SigningKey) -> Result<Vec<u8>, Fault> {
    let json = serde_json::to_string(told).map_err(|e| faults::codec(format!("moment: {e}")))?;
    let sign = BASE64.encode(signer.sign(json.as_bytes()).to_bytes());
    Ok(format!("{json}\n{sign}\n").into_bytes())
}

/// Reads a signed file; `None` when it is not what the desk that it names has signed.
///
/// # Errors
/// `J03` a newer release wrote it.
pub(super) fn read<T: Told>(bytes: &[u8]) -> Result<Option<T>, Fault> {
    let read = || {
        let (json, sign) = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?.rsplit_once('\n')?;
        let told: T = serde_json::from_str(json).ok()?;
        let key = VerifyingKey::from_bytes(&told.desk().0).ok()?;
        let sign = Signature::from_slice(&BASE64.decode(sign).ok()?).ok()?;
        key.verify_strict(json.as_bytes(), &sign).ok()?;
        Some(told)
    };
    match read() {
        Some(told) if told.version() > VERSION => Err(faults::newer("the backup")),
        told => Ok(told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_of_what_stands_in_clear_is_seen() {
        let signer = SigningKey::from_bytes(&[7; 32]);
        let desk = Sha(signer.verifying_key().to_bytes());
        let at = DateTime::from_timestamp(1_771_650_000, 0).unwrap();
        let keys = Keys { v: 1, number: 3, desk, at, recipients: vec!["age1".into()], lost: 0, runs: Vec::new() };
        let bytes = written(&keys, &signer).unwrap();
        assert_eq!(read::<Keys>(&bytes).unwrap(), Some(keys.clone()));
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert!(read::<Keys>(&flipped).is_ok_and(|read| read.is_none()), "byte {at}");
        }
        let newer = written(&Keys { v: 2, ..keys }, &signer).unwrap();
        assert_eq!(read::<Keys>(&newer).unwrap_err().code, "J03");
    }
}
