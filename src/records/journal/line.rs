//! One line of a chain: its form on disk, its hash, its signature. Names of this form never change.
//!
//! A line is JSON, ended by a newline; `prev` is the SHA-256 of the line before it with its newline, so that
//! `sed -n 7p segment | sha256sum` is what line 8 says. A signed line ends in `,"sign":"…"}`: the ed25519 signature of all
//! bytes before that comma.

use super::scan::{Bad, What};
use crate::domain::change::{Change, Commit};
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::records::faults;
use crate::records::vault::{DataKey, SlotNo};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use ulid::Ulid;
use zeroize::Zeroizing;

/// The form of lines that this release writes.
const VERSION: u8 = 1;
const SIGN: &[u8] = b",\"sign\":\"";

/// The place of a line in its chain, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seq(pub u64);

impl Seq {
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A SHA-256, written as 64 small hexadecimal digits.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Sha(pub [u8; 32]);

impl Sha {
    /// The hash of a line with its newline.
    pub fn of(line: &[u8]) -> Self {
        Self(Sha256::digest(line).into())
    }

    /// Whether half of the bytes or more are the same: never so for two hashes, but for one that was written wrong.
    pub fn is_nearly(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count() >= 16
    }
}

impl fmt::Display for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        out.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Sha {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(input)?;
        let digit = |byte: u8| (byte as char).to_digit(16).filter(|_| !byte.is_ascii_uppercase());
        let mut sha = [0; 32];
        if text.len() != 64 {
            return Err(serde::de::Error::custom("64 digits expected"));
        }
        for (byte, pair) in sha.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
                return Err(serde::de::Error::custom("hexadecimal digits expected"));
            };
            *byte = (high * 16 + low) as u8;
        }
        Ok(Self(sha))
    }
}

/// The last line of a chain: its number and its hash. Of an empty chain: zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub seq: Seq,
    pub sha: Sha,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Commit,
    /// The chain so far, signed; in the journal with the head of the trail.
    Head,
    /// Names what was found damaged; the segment before it is written no more. Signed.
    Damage,
    /// The key of its subjects is destroyed.
    Erase,
    /// A line of the trail.
    Look,
    /// A kind that a later release wrote.
    #[serde(other)]
    Other,
}

/// What a commit does to one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub of: Subject,
    /// The revision that the subject has after this line.
    pub rev: u32,
    /// Where the subject's key is: in every line, so that each can be opened alone.
    pub slot: SlotNo,
    /// The change, sealed, base64; empty in an erasure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
}

/// One line of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub v: u8,
    pub seq: Seq,
    pub prev: Sha,
    pub at: DateTime<Utc>,
    pub by: Ulid,
    pub office: Ulid,
    pub id: Ulid,
    pub kind: LineKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Ulid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// In a signed head of the journal: where the trail stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<Head>,
    /// In a damage line: what was found, at most 16 places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Bad>,
    /// In a line of the trail: who looked at what and why, sealed. In an erasure: the number that is never given again and
    /// where the person is still counted, sealed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<String>,
}

impl Line {
    /// The line without what is sealed in its parts: whoever has opened them needs those bytes no more. What an erasure
    /// keeps stays.
    pub fn without_seals(&self) -> Self {
        let parts = self.parts.iter().map(|part| Part { seal: String::new(), ..*part }).collect();
        Self {
            seq: self.seq,
            prev: self.prev,
            parts,
            found: self.found.clone(),
            trail: self.trail,
            seal: if self.kind == LineKind::Erase { self.seal.clone() } else { String::new() },
            ..Self::loose(self.kind, self.id, self.at, self.by, self.office)
        }
    }

    /// A line that is not in a chain yet.
    pub fn loose(kind: LineKind, id: Ulid, at: DateTime<Utc>, by: Ulid, office: Ulid) -> Self {
        Self {
            v: VERSION,
            seq: Seq(0),
            prev: Sha::default(),
            at,
            by,
            office,
            id,
            kind,
            undoes: None,
            parts: Vec::new(),
            trail: None,
            found: Vec::new(),
            seal: String::new(),
            sign: None,
        }
    }

    /// A line of the program itself.
    pub fn own(kind: LineKind, at: DateTime<Utc>) -> Self {
        Self::loose(kind, Ulid::new(), at, Ulid::nil(), Ulid::nil())
    }

    /// The bytes of this line after `head`, newline included; signed when its kind is.
    pub(super) fn chained(&mut self, head: Head, signer: &SigningKey) -> Vec<u8> {
        self.seq = head.seq.next();
        self.prev = head.sha;
        self.sign = None;
        let mut bytes = serde_json::to_vec(&self).expect("a line has string keys only and no failing serializer");
        if self.is_signed_kind() {
            bytes.pop();
            let sign = BASE64.encode(signer.sign(&bytes).to_bytes());
            bytes.extend_from_slice(SIGN);
            bytes.extend_from_slice(sign.as_bytes());
            bytes.extend_from_slice(b"\"}");
            self.sign = Some(sign);
        }
        bytes.push(b'\n');
        bytes
    }

    /// Reads the bytes of one line, with or without its newline.
    ///
    /// # Errors
    /// `J01` not a line, `J03` a line of a newer release.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let line: Self = serde_json::from_slice(bytes).map_err(|e| faults::journal(format!("no line: {e}")))?;
        if line.v > VERSION { Err(faults::newer("the journal")) } else { Ok(line) }
    }

    /// Reads the bytes of one line, unchecked; `None` when they are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Self::parse(bytes).ok()
    }

    /// Whether lines of this kind are signed.
    pub const fn is_signed_kind(&self) -> bool {
        matches!(self.kind, LineKind::Head | LineKind::Damage)
    }

    /// What it says of lines that are gone from this one on, up to itself.
    pub(super) fn names_gone(&self, from: Seq) -> Option<Bad> {
        let is_it = |bad: &&Bad| bad.what == What::Missing && bad.seq == from;
        self.found.iter().find(is_it).copied().filter(|_| self.kind == LineKind::Damage && self.seq > from)
    }

    /// Whether it names damage of the line right before it, or of lines gone before it.
    pub(super) fn names_before(&self) -> bool {
        let is_before = |bad: &Bad| bad.seq.next() == self.seq || (bad.what == What::Missing && bad.seq < self.seq);
        self.kind == LineKind::Damage && self.found.iter().any(is_before)
    }

    /// Whether the signature of a signed line is right, given its bytes; true for the other kinds.
    pub(super) fn has_right_signature(&self, bytes: &[u8], key: &VerifyingKey) -> bool {
        if !self.is_signed_kind() {
            return true;
        }
        let sign = self.sign.as_deref().and_then(|sign| BASE64.decode(sign).ok());
        let Some(sign) = sign.and_then(|sign| Signature::from_slice(&sign).ok()) else { return false };
        let end = bytes.windows(SIGN.len()).rposition(|window| window == SIGN);
        end.is_some_and(|end| key.verify_strict(&bytes[..end], &sign).is_ok())
    }

    /// Where the change of a part lives: what its seal is bound to. All that the line says about it in clear is in it.
    fn place(&self, of: Subject, rev: u32) -> String {
        let undoes = self.undoes.unwrap_or_default();
        let (secs, nanos) = (self.at.timestamp(), self.at.timestamp_subsec_nanos());
        format!("journal|{}|{secs}.{nanos:09}|{}|{}|{undoes}|{of}|{rev}", self.id, self.by, self.office)
    }

    /// The line of a commit, without its parts.
    pub fn of_commit(commit: &Commit) -> Self {
        let line = Self::loose(LineKind::Commit, commit.id, commit.at, commit.by, commit.office);
        Self { undoes: commit.undoes, ..line }
    }

    /// Seals a change as the next part of this line.
    ///
    /// # Errors
    /// No random bytes, or a change that cannot be written as JSON.
    pub fn push(&mut self, change: &Change, rev: u32, slot: SlotNo, key: &DataKey) -> Result<(), Fault> {
        let plain = serde_json::to_vec(change).map_err(|e| faults::codec(format!("change as JSON: {e}")))?;
        let plain = Zeroizing::new(plain);
        let seal = BASE64.encode(key.seal(&self.place(change.of, rev), &plain)?);
        self.parts.push(Part { of: change.of, rev, slot, seal });
        Ok(())
    }

    /// Opens the change in one part.
    ///
    /// # Errors
    /// `K05` when it does not open here, `S02` when it is not a change of that subject.
    pub fn open(&self, part: &Part, key: &DataKey) -> Result<Change, Fault> {
        let place = self.place(part.of, part.rev);
        let sealed = BASE64.decode(&part.seal).map_err(|_| faults::seal(&place))?;
        let plain = key.open(&place, &sealed)?;
        // A JSON error may quote what it read: only its place is told.
        let told = |e: serde_json::Error| faults::codec(format!("sealed change at column {}", e.column()));
        let change: Change = serde_json::from_slice(&plain).map_err(told)?;
        if change.of == part.of { Ok(change) } else { Err(faults::codec("sealed change of another subject")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::Timed;

    /// A line as the first release wrote it. These bytes must be read for as long as there are journals.
    const WRITTEN: &str = concat!(
        r#"{"v":1,"seq":7,"prev":"0101010101010101010101010101010101010101010101010101010101010101","#,
        r#""at":"2026-02-21T05:00:00.123456789Z","by":"00000000000000000000000002","office":"00000000000000000000000003","#,
        r#""id":"00000000000000000000000001","kind":"commit","undoes":"00000000000000000000000004","#,
        r#""parts":[{"of":"case:00000000000000000000000005","rev":3,"slot":16,"seal":"AAECAw"}]}"#,
    );

    fn line() -> Line {
        let at = DateTime::from_timestamp(1_771_650_000, 123_456_789).unwrap();
        let mut line = Line::loose(LineKind::Commit, Ulid(1), at, Ulid(2), Ulid(3));
        line.undoes = Some(Ulid(4));
        line
    }

    #[test]
    fn a_line_is_written_as_it_always_was() {
        let mut line = line();
        line.parts.push(Part { of: Subject::case(Ulid(5)), rev: 3, slot: SlotNo(16), seal: "AAECAw".into() });
        let head = Head { seq: Seq(6), sha: Sha([1; 32]) };
        let bytes = line.chained(head, &SigningKey::from_bytes(&[9; 32]));
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), format!("{WRITTEN}\n"));
        assert!(Line::parse(&bytes).unwrap() == line);
    }

    #[test]
    fn what_a_later_release_adds_is_passed_over_and_what_it_changes_is_refused() {
        let added = WRITTEN.replacen("\"v\":1", "\"v\":1,\"mood\":{\"a\":[1]}", 1).replacen("commit", "fold", 1);
        assert_eq!(Line::parse(added.as_bytes()).unwrap().kind, LineKind::Other);
        assert_eq!(Line::parse(WRITTEN.replacen("\"v\":1", "\"v\":2", 1).as_bytes()).unwrap_err().code, "J03");
        for broken in
            ["", "{}", "null", &WRITTEN[1..], &WRITTEN.replace("0101", "01z1"), &WRITTEN.replace("case:", "cas:")]
        {
            assert_eq!(Line::parse(broken.as_bytes()).unwrap_err().code, "J01");
        }
    }

    #[test]
    fn a_change_opens_only_in_the_line_and_at_the_revision_it_was_sealed_for() {
        let key = crate::records::vault::testing::key(3);
        let change = Change::create(Subject::case(Ulid(5)), Timed::certain(line().at), Default::default());
        let mut sealed = line();
        sealed.push(&change, 1, SlotNo(16), &key).unwrap();
        let part = sealed.parts[0].clone();
        assert!(sealed.open(&part, &key).unwrap() == change);
        assert!(sealed.open(&part, &crate::records::vault::testing::key(4)).is_err());
        assert!(sealed.open(&Part { rev: 2, ..part.clone() }, &key).is_err());
        assert!(sealed.open(&Part { of: Subject::case(Ulid(6)), ..part.clone() }, &key).is_err());
        let moved: [fn(&mut Line); 5] = [
            |line| line.id = Ulid(9),
            |line| line.by = Ulid(9),
            |line| line.office = Ulid(9),
            |line| line.undoes = None,
            |line| line.at += chrono::TimeDelta::nanoseconds(1),
        ];
        for change in moved {
            let mut other = sealed.clone();
            change(&mut other);
            assert!(other.open(&part, &key).is_err());
        }
    }

    #[test]
    fn a_signature_covers_every_byte_before_it() {
        let signer = SigningKey::from_bytes(&[9; 32]);
        let mut line = Line { kind: LineKind::Head, trail: Some(Head::default()), ..line() };
        let bytes = line.chained(Head::default(), &signer);
        assert!(line.has_right_signature(&bytes, &signer.verifying_key()));
        let end = bytes.windows(SIGN.len()).rposition(|window| window == SIGN).unwrap();
        for at in (0..end).step_by(7) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(!line.has_right_signature(&other, &signer.verifying_key()), "byte {at}");
        }
        assert!(!line.has_right_signature(&bytes, &SigningKey::from_bytes(&[8; 32]).verifying_key()));
        assert!(!Line { sign: None, ..line }.has_right_signature(&bytes, &signer.verifying_key()));
    }
}
