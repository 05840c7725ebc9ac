//! Checking a backup set without restoring it: every file that any moment names, by its hash; and with an identity what is in
//! it, and that the newest moment's chains are the ones that it names.

use super::moment::{Copied, Part};
use super::sealing::Identities;
use super::set::{KEYS, MOMENTS, PARTS, Set, name_of};
use super::weaving::{self, Woven};
use super::{Flaw, FlawKind, Halt, Watch};
use crate::domain::refusal::Refusal;
use crate::records::disk::RealDisk;
use crate::records::journal::{Head, Sha, follow};
use crate::records::{Progress, Step};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub moments: u64,
    pub key_lists: u64,
    /// Encrypted files that were looked at, and their bytes.
    pub files: u64,
    pub bytes: u64,
    pub flaws: Vec<Flaw>,
    /// Whether the files were opened too, not only held against their hashes.
    pub is_opened: bool,
    /// The newest moment that is whole as far as its own file goes.
    pub newest: Option<Newest>,
    /// The number of the newest moment whose journal is whole and leads on, and its last line.
    pub last_whole: Option<(u64, Head)>,
}

impl Checked {
    /// Whether every file is what it was, and the newest moment is of a desk in which nothing was damaged.
    pub fn is_whole(&self) -> bool {
        self.flaws.is_empty() && self.newest.is_none_or(|newest| newest.bad_lines == 0 && !newest.is_aside)
    }
}

/// The newest moment of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    pub at: DateTime<Utc>,
    pub head: Head,
    pub desk: Sha,
    /// Lines that were damaged at the desk already.
    pub bad_lines: u64,
    pub number: u64,
    /// Whether it does not lead on from the moments before it.
    pub is_aside: bool,
}

/// Checks a backup set.
///
/// # Errors
/// Refused: there is no backup, or it is for another identity. What is damaged is in the answer.
pub fn check(dir: &Path, by: Option<&Identities>, watch: &mut Watch<'_>) -> Result<Checked, Halt> {
    let set = Set::of(Arc::new(RealDisk), dir);
    let (moments, keys) = (set.moments()?, set.keys()?);
    if moments.whole.is_empty() && moments.flaws.is_empty() {
        return Err(Refusal::new("restore-no-backup").with("path", dir.display().to_string()).into());
    }
    let mut parts: BTreeMap<(&str, &str), &Part> = BTreeMap::new();
    for moment in &moments.whole {
        let chains = [&moment.journal, &moment.trail].into_iter().flat_map(|chain| &chain.segments);
        let pieces = chains.flat_map(|segment| &segment.pieces).chain(&moment.drafts);
        parts.extend(pieces.map(|part| ((PARTS, part.name.as_str()), part)));
    }
    let runs = keys.whole.iter().flat_map(|keys| &keys.runs);
    parts.extend(runs.map(|part| ((KEYS, part.name.as_str()), part)));
    let newest = moments.whole.first();
    let (newest_told, last_whole) = {
        let all = weaving::woven(&set, &moments.whole, None);
        let whole = all.iter().find(|woven| woven.is_whole()).map(|woven| (woven.moment.number, woven.head()));
        (all.first().map(Newest::of), whole)
    };
    let mut checked = Checked {
        moments: moments.whole.len() as u64,
        key_lists: keys.whole.len() as u64,
        files: parts.len() as u64,
        bytes: 0,
        flaws: moments.flaws.into_iter().chain(keys.flaws).collect(),
        is_opened: by.is_some(),
        newest: newest_told,
        last_whole,
    };
    let total = parts.values().map(|part| part.sealed_bytes).sum();
    for ((sort, _), part) in parts {
        let found = match by {
            Some(by) => set.open(sort, part, by).map(drop),
            None => set.sealed(sort, part).map(drop),
        };
        match found {
            Err(flaw) if flaw.what == FlawKind::Closed => return Err(Refusal::new("restore-closed").into()),
            Err(flaw) => checked.flaws.push(flaw),
            Ok(()) => {}
        }
        checked.bytes += part.sealed_bytes;
        watch(Progress { step: Step::Verify, done: checked.bytes, total })?;
    }
    if keys.whole.is_empty() {
        checked.flaws.push(Flaw { file: format!("{KEYS}/"), what: FlawKind::Missing });
    }
    if let (Some(by), Some(moment)) = (by, newest)
        && checked.flaws.is_empty()
        && ![&moment.journal, &moment.trail].into_iter().all(|chain| is_as_told(&set, chain, by))
    {
        checked.flaws.push(Flaw::altered(MOMENTS, &name_of(moment.number)));
    }
    Ok(checked)
}

impl Newest {
    fn of(woven: &Woven<'_>) -> Self {
        let moment = woven.moment;
        let segments = moment.journal.segments.iter().chain(&moment.trail.segments);
        let bad_lines = segments.map(|segment| segment.bad).sum();
        let (number, is_aside) = (moment.number, woven.is_aside);
        Self { at: moment.at, head: moment.journal.head, desk: moment.desk, bad_lines, number, is_aside }
    }
}

/// Whether the lines of a chain lead from its beginning to the heads that the moment tells.
fn is_as_told(set: &Set, chain: &Copied, by: &Identities) -> bool {
    let mut head = Head::default();
    for segment in &chain.segments {
        let mut bad = 0;
        for piece in &segment.pieces {
            let Ok(plain) = set.open(PARTS, piece, by) else { return false };
            let (end, here) = follow(&plain, head, &mut |_| true);
            (head, bad) = (end, bad + here);
        }
        if head != segment.head || bad != segment.bad {
            return false;
        }
    }
    head == chain.head
}
