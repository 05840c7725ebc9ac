//! What is asked of a restoration, and what it came to; how it is done is `restoring.rs`.

use super::Flaw;
use super::choosing::Moments;
use super::sealing::Identities;
use crate::records::journal::{Head, Seq, Sha};
use chrono::{DateTime, Utc};
use std::path::Path;

/// Up to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    End,
    /// The last line of the journal.
    Line(Seq),
    /// Lines that were recorded later are left out, and whatever follows them.
    Time(DateTime<Utc>),
}

/// What is to be restored, and how.
pub struct Return<'r> {
    pub from: &'r Path,
    pub into: &'r Path,
    pub by: &'r Identities,
    /// The master key: of several lists of keys, the newest that it opens is taken.
    pub key: Option<&'r Path>,
    pub until: Until,
    /// The number of the moment to take; else the one that leads on, or has what is asked for.
    pub moment: Option<u64>,
    /// Whether lines of the journal may be missing: what can be read is restored then, and the gaps are named.
    pub is_gap_accepted: bool,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Restored(Box<Restored>),
    /// Nothing was restored: files of the set are damaged. Up to this line the journal is whole.
    Damaged {
        flaws: Vec<Flaw>,
        whole_until: Seq,
    },
}

/// What was restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made whose lines these are, and the keys.
    pub made_at: DateTime<Utc>,
    pub keys_at: DateTime<Utc>,
    pub desk: Sha,
    pub is_practice: bool,
    pub head: Head,
    /// When the last line was recorded.
    pub head_at: Option<DateTime<Utc>>,
    pub trail: Head,
    pub drafts: u64,
    /// Keys that were destroyed anew, because a line of the set says so.
    pub erased_again: u64,
    /// Lines of the set after the end.
    pub left_out: u64,
    /// Files of the set that are damaged, whether or not they were needed.
    pub flaws: Vec<Flaw>,
    /// Whether lines of the journal are missing.
    pub has_gap: bool,
    /// Lines of the journal that are not what they should be.
    pub bad_lines: u64,
    /// The moment that was taken, and the others.
    pub moments: Moments,
}
