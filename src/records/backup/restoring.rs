//! The way back: a desk from a backup set, into an empty folder, up to its end or to an earlier moment.
//!
//! Everything is put together in a folder beside its place and moved there at the end, journal first and keys last: what an
//! interruption leaves has no keys, and is refused as a desk. What was erased stays erased, whatever moment is gone back to:
//! the newest keys of the set are taken, and every erasure that any line of the set tells of is done again.

use super::moment::{Copied, DraftFiles, Moment};
use super::sealing::Identities;
use super::set::{PARTS, Set};
use super::{Flaw, FlawKind, Halt, Watch, keys};
use crate::domain::refusal::{Fault, Refusal};
use crate::records::disk::{Disk, RealDisk, replace};
use crate::records::erase::AGAIN;
use crate::records::journal::{Head, Passed, Seq, Sha, follow};
use crate::records::vault::{SlotNo, Vault};
use crate::records::{Progress, Step, faults};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const JOURNAL: &str = "journal";
/// Bytes of keys that an older list may lack of what lines name that are not all there.
const MOST_MISSING: usize = 8 << 20;

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
    /// Whether lines of the journal may be missing: what can be read is restored then, and the gaps are named.
    pub is_gap_accepted: bool,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Restored(Restored),
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
}

/// Restores a desk.
///
/// # Errors
/// Refused: the folder is not empty, there is no backup, the identity or the master key is another one's. Else a fault of the
/// disk; nothing is left in the folder.
pub fn restore(wanted: &Return<'_>, watch: &mut Watch<'_>) -> Result<Outcome, Halt> {
    refuse_full(wanted.into)?;
    let set = Set::of(Arc::new(RealDisk), wanted.from);
    let moments = set.moments()?;
    let Some(newest) = moments.whole.first() else {
        if !moments.flaws.is_empty() {
            return Ok(Outcome::Damaged { flaws: moments.flaws, whole_until: Seq(0) });
        }
        return Err(Refusal::new("restore-no-backup").with("path", wanted.from.display().to_string()).into());
    };
    let existed = wanted.into.exists();
    let staging = wanted.into.join(".restoring");
    RealDisk.make_dir(&staging).map_err(|e| faults::io("make", &staging, &e))?;
    let total = [&newest.journal, &newest.trail].into_iter().flat_map(|chain| &chain.segments);
    let total = total.map(super::moment::Segment::bytes).sum();
    let restored =
        Restored { made_at: newest.at, desk: newest.desk, is_practice: newest.is_practice, ..Restored::default() };
    let returning = Returning {
        wanted,
        set: &set,
        staging: staging.clone(),
        watch,
        done: 0,
        total,
        restored,
        erased: BTreeSet::new(),
        first_gap: None,
    };
    let done = returning.run(newest, &moments.whole, moments.flaws);
    if !matches!(done, Ok(Outcome::Restored(_))) {
        let _ = fs::remove_dir_all(&staging);
        if !existed {
            let _ = fs::remove_dir(wanted.into);
        }
    }
    done
}

fn refuse_full(into: &Path) -> Result<(), Halt> {
    match fs::read_dir(into) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(faults::io("list", into, &error).into()),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Refusal::new("restore-not-empty").with("path", into.display().to_string()).into()),
        },
    }
}

struct Returning<'a, 'w> {
    wanted: &'a Return<'a>,
    set: &'a Set,
    staging: PathBuf,
    watch: &'a mut Watch<'w>,
    done: u64,
    total: u64,
    restored: Restored,
    erased: BTreeSet<SlotNo>,
    /// The line before the first gap.
    first_gap: Option<Seq>,
}

/// Where a chain has ended so far.
struct Ended {
    head: Head,
    at: Option<DateTime<Utc>>,
    left_out: u64,
    is_over: bool,
    /// The last line of the trail that a line speaks of.
    trail: Seq,
    /// The slot after the last one that a line names.
    next_slot: SlotNo,
    /// Lines after the end that say who was erased.
    erasures: Vec<u8>,
}

impl Ended {
    /// Takes lines up to the first that is not kept; gives how many bytes that were. Of those after it only the erasures.
    fn take(&mut self, lines: &[u8], is_kept: &dyn Fn(&Passed) -> bool, erased: &mut BTreeSet<SlotNo>) -> usize {
        let mut kept = if self.is_over { 0 } else { lines.len() };
        if !self.is_over {
            let (mut is_over, mut at, mut trail, mut next_slot) = (false, self.at, self.trail, self.next_slot);
            (self.head, _) = follow(lines, self.head, &mut |passed| {
                if !is_kept(passed) {
                    (is_over, kept) = (true, passed.from);
                    return false;
                }
                erased.extend(&passed.erased);
                (at, trail) = (Some(passed.at), trail.max(passed.trail.map_or(Seq(0), |head| head.seq)));
                next_slot = next_slot.max(passed.next_slot);
                true
            });
            (self.is_over, self.at, self.trail, self.next_slot) = (is_over, at, trail, next_slot);
        }
        follow(&lines[kept..], self.head, &mut |passed| {
            self.left_out += 1;
            erased.extend(&passed.erased);
            if !passed.erased.is_empty() {
                self.erasures.extend_from_slice(&lines[kept + passed.from..kept + passed.to]);
            }
            true
        });
        kept
    }
}

impl Returning<'_, '_> {
    fn run(mut self, newest: &Moment, all: &[Moment], flaws: Vec<Flaw>) -> Result<Outcome, Halt> {
        self.restored.flaws = flaws;
        let until = self.wanted.until;
        let is_kept = |passed: &Passed| match until {
            Until::End => true,
            Until::Line(last) => passed.seq <= last,
            Until::Time(last) => passed.at <= last,
        };
        let journal = self.chain(JOURNAL, &newest.journal, &is_kept)?;
        if self.restored.flaws.iter().any(|flaw| flaw.what == FlawKind::Closed) {
            return Err(Refusal::new("restore-closed").into());
        }
        (self.restored.head, self.restored.head_at) = (journal.head, journal.at);
        self.restored.left_out = journal.left_out;
        if !journal.erasures.is_empty() {
            self.put(Path::new(AGAIN), &journal.erasures)?;
        }
        if let Some(whole_until) = self.first_gap {
            self.restored.has_gap = true;
            if !self.wanted.is_gap_accepted {
                return Ok(Outcome::Damaged { flaws: self.restored.flaws, whole_until });
            }
        }
        // Until an earlier moment: the looks up to then, and those that restored lines speak of.
        let last = match until {
            Until::End => None,
            Until::Line(_) => Some(journal.at.unwrap_or_default()),
            Until::Time(last) => Some(last),
        };
        let anchored = journal.trail;
        let is_look_kept = |passed: &Passed| last.is_none_or(|last| passed.at <= last) || passed.seq <= anchored;
        self.restored.trail = self.chain("trail", &newest.trail, &is_look_kept)?.head;
        let of_drafts = all.iter().find(|moment| match until {
            Until::End => true,
            Until::Line(last) => moment.journal.head.seq <= last,
            Until::Time(last) => moment.at <= last,
        });
        self.drafts(of_drafts)?;
        // Slots that no restored line names may belong to lines that were left out, or be given to others at the desk this
        // came from: new ones are made instead. Where lines are missing nobody knows which they named.
        let is_whole = self.first_gap.is_none() && newest.journal.segments.iter().all(|segment| segment.bad == 0);
        if !self.keys(newest.desk, journal.next_slot, is_whole)? {
            return Ok(Outcome::Damaged { flaws: self.restored.flaws, whole_until: Seq(0) });
        }
        self.settle()?;
        Ok(Outcome::Restored(self.restored))
    }

    fn tell(&mut self, bytes: u64) -> Result<(), Fault> {
        self.done += bytes;
        (self.watch)(Progress { step: Step::Restore, done: self.done, total: self.total })
    }

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.staging.join(path);
        if let Some(dir) = path.parent() {
            RealDisk.make_dir(dir).map_err(|e| faults::io("make", dir, &e))?;
        }
        replace(&RealDisk, &path, bytes).map_err(|e| faults::io("write", &path, &e))
    }

    /// Writes a chain up to the first line that is not kept; what follows is read all the same, for the erasures in it.
    fn chain(&mut self, name: &str, copied: &Copied, is_kept: &dyn Fn(&Passed) -> bool) -> Result<Ended, Fault> {
        let mut ended = Ended {
            head: Head::default(),
            at: None,
            left_out: 0,
            is_over: false,
            trail: Seq(0),
            next_slot: SlotNo::FIRST,
            erasures: Vec::new(),
        };
        for segment in &copied.segments {
            let mut bytes = Vec::new();
            for piece in &segment.pieces {
                ended.is_over |=
                    matches!(self.wanted.until, Until::Line(last) if name == JOURNAL && ended.head.seq >= last);
                match self.set.open(PARTS, piece, self.wanted.by) {
                    Ok(plain) => {
                        let kept = ended.take(&plain, is_kept, &mut self.erased);
                        bytes.extend_from_slice(&plain[..kept]);
                    }
                    Err(flaw) => {
                        self.restored.flaws.push(flaw);
                        if !ended.is_over && name == JOURNAL {
                            self.first_gap.get_or_insert(ended.head.seq);
                        }
                    }
                }
                self.tell(piece.bytes)?;
            }
            if !bytes.is_empty() {
                self.put(&Path::new(name).join(format!("{:012}.jsonl", segment.first.0)), &bytes)?;
            }
        }
        Ok(ended)
    }

    fn drafts(&mut self, moment: Option<&Moment>) -> Result<(), Fault> {
        RealDisk.make_dir(&self.staging.join("drafts")).map_err(|e| faults::io("make", &self.staging, &e))?;
        for part in moment.map(|moment| moment.drafts.as_slice()).unwrap_or_default() {
            let plain = match self.set.open(PARTS, part, self.wanted.by) {
                Ok(plain) => plain,
                Err(flaw) => {
                    self.restored.flaws.push(flaw);
                    continue;
                }
            };
            let files: DraftFiles = serde_json::from_slice(&plain)
                .map_err(|e| faults::codec(format!("drafts at column {}", e.column())))?;
            for (name, bytes) in files.drafts {
                let is_plain = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
                if let (true, Ok(bytes)) = (is_plain && name.split('/').count() == 2, BASE64.decode(bytes)) {
                    self.put(&Path::new("drafts").join(name), &bytes)?;
                    self.restored.drafts += 1;
                }
            }
        }
        Ok(())
    }

    /// Puts both copies of the slots, those before `until` only where all lines are there, with what was erased erased again;
    /// false when no list of keys is whole. An older list is as long as what was given out since, or the desk would be taken
    /// for one whose tables were cut: of those keys it has zeros.
    fn keys(&mut self, desk: Sha, until: SlotNo, is_whole: bool) -> Result<bool, Halt> {
        let (mut after, mut is_any_whole) = (None, false);
        loop {
            let (found, flaws) = keys::newest(self.set, desk, after, self.wanted.by)?;
            for flaw in flaws.into_iter().filter(|flaw| !self.restored.flaws.contains(flaw)).collect::<Vec<_>>() {
                self.restored.flaws.push(flaw);
            }
            let Some((list, mut bytes)) = found else {
                let refused = Refusal::new("restore-key-wrong");
                return if is_any_whole { Err(refused.into()) } else { Ok(false) };
            };
            is_any_whole = true;
            let wanted = keys::len_of(until);
            if is_whole {
                bytes.truncate(wanted);
            }
            // A damaged line may name any slot.
            if bytes.len() < wanted && (is_whole || wanted - bytes.len() < MOST_MISSING) {
                bytes.resize(wanted, 0);
            }
            self.restored.erased_again = keys::erase(&mut bytes, self.erased.iter().copied());
            for name in ["slots.b", "slots.a"] {
                self.put(&Path::new("keys").join(name), &bytes)?;
            }
            self.restored.keys_at = list.at;
            let Some(key) = self.wanted.key else { return Ok(true) };
            match Vault::look(&RealDisk, &self.staging.join("keys"), Some(key)) {
                Ok(_) => return Ok(true),
                Err(fault) if fault.code == "K03" => after = Some(list.number),
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// Moves everything to its place, the keys last.
    fn settle(&self) -> Result<(), Fault> {
        let into = self.wanted.into;
        if self.restored.is_practice {
            self.put(Path::new("practice"), b"")?;
        }
        for name in [JOURNAL, "trail", "drafts", "practice", AGAIN, "keys"] {
            let from = self.staging.join(name);
            if from.exists() {
                RealDisk.rename(&from, &into.join(name)).map_err(|e| faults::io("move", &from, &e))?;
            }
        }
        fs::remove_dir(&self.staging).map_err(|e| faults::io("remove", &self.staging, &e))?;
        RealDisk.sync_dir(into).map_err(|e| faults::io("sync", into, &e))
    }
}
