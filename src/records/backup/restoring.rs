//! The way back: a desk from a backup set, into an empty folder, up to its end or to an earlier moment.
//!
//! Everything is put together in a folder beside its place and moved there at the end, journal first and keys last: what an
//! interruption leaves has no keys, and is refused as a desk. What was erased stays erased, whatever moment is gone back to:
//! the newest keys of the set are taken, and every erasure that any line of the set tells of is done again.

use super::choosing::{Moments, in_order, of_drafts};
use super::ended::Ended;
use super::erasures::Erasures;
use super::last::LEFT;
use super::moment::{DraftFiles, Moment};
use super::returning::{Outcome, Restored, Return, Until};
use super::set::{KEYS, PARTS, Set};
use super::weaving::{self, Run, Woven, start_of};
use super::{Flaw, FlawKind, Halt, Watch, keys};
use crate::domain::refusal::{Fault, Refusal};
use crate::records::disk::{Disk, RealDisk, replace};
use crate::records::erase::AGAIN;
use crate::records::journal::{Head, OWED, Passed, Seq, Sha};
use crate::records::vault::{SlotNo, Vault};
use crate::records::{Progress, Step, faults};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chrono::{DateTime, Utc};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const JOURNAL: &str = "journal";
/// Bytes of keys that an older list may lack of what lines name that are not all there.
const MOST_MISSING: usize = 8 << 20;

/// Restores a desk.
///
/// # Errors
/// Refused: the folder is not empty, there is no backup, the identity or the master key is another one's. Else a fault of the
/// disk; nothing is left in the folder.
pub fn restore(wanted: &Return<'_>, watch: &mut Watch<'_>) -> Result<Outcome, Halt> {
    refuse_full(wanted.into)?;
    let set = Set::of(Arc::new(RealDisk), wanted.from);
    let moments = set.moments()?;
    if moments.whole.is_empty() {
        if !moments.flaws.is_empty() {
            return Ok(Outcome::Damaged { flaws: moments.flaws, whole_until: Seq(0) });
        }
        return Err(Refusal::new("restore-no-backup").with("path", wanted.from.display().to_string()).into());
    }
    let all = weaving::woven(&set, &moments.whole, Some(wanted.by));
    let mut first = None;
    for taken in in_order(&all, wanted.until, wanted.moment)? {
        match attempt(wanted, &set, (taken, &all), &moments.flaws, watch)? {
            restored @ Outcome::Restored(_) => return Ok(restored),
            damaged @ Outcome::Damaged { .. } => _ = first.get_or_insert(damaged),
        }
    }
    Ok(first.unwrap_or(Outcome::Damaged { flaws: moments.flaws, whole_until: Seq(0) }))
}

/// Restores from one moment; what was put together is removed when it cannot be.
fn attempt(
    wanted: &Return<'_>,
    set: &Set,
    (taken, all): (&Woven<'_>, &[Woven<'_>]),
    flaws: &[Flaw],
    watch: &mut Watch<'_>,
) -> Result<Outcome, Halt> {
    let existed = wanted.into.exists();
    let staging = wanted.into.join(".restoring");
    RealDisk.make_dir(&staging).map_err(|e| faults::place("make", &staging, &e))?;
    let moment = taken.moment;
    let total = [&moment.journal, &moment.trail].into_iter().flat_map(|chain| &chain.segments);
    let total = total.map(super::moment::Segment::bytes).sum();
    let (erasures, unread) = Erasures::of_later(set, taken, all, wanted.by);
    let restored = Restored {
        made_at: moment.at,
        desk: moment.desk,
        is_practice: moment.is_practice,
        flaws: flaws.iter().cloned().chain(unread).collect(),
        moments: Moments::of(taken, all),
        ..Restored::default()
    };
    let returning =
        Returning { wanted, set, staging: staging.clone(), watch, done: 0, total, restored, erasures, first_gap: None };
    let done = returning.run(taken, all);
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
        Err(error) => Err(faults::place("list", into, &error).into()),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Refusal::new("restore-not-empty").with("path", into.display().to_string()).into()),
        },
    }
}

/// Nothing was recorded yet at the moment that was asked for.
fn too_early(first: DateTime<Utc>) -> Refusal {
    Refusal::new("restore-until-early").with("first", first.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

struct Returning<'a, 'w> {
    wanted: &'a Return<'a>,
    set: &'a Set,
    staging: PathBuf,
    watch: &'a mut Watch<'w>,
    done: u64,
    total: u64,
    restored: Restored,
    erasures: Erasures,
    /// The line before the first gap.
    first_gap: Option<Seq>,
}

impl Returning<'_, '_> {
    fn run(mut self, taken: &Woven<'_>, all: &[Woven<'_>]) -> Result<Outcome, Halt> {
        let until = self.wanted.until;
        let is_kept = |passed: &Passed| match until {
            Until::End => true,
            Until::Line(last) => passed.seq <= last,
            Until::Time(last) => passed.at <= last,
        };
        let journal = self.chain(JOURNAL, &taken.runs, &is_kept)?;
        if self.restored.flaws.iter().any(|flaw| flaw.what == FlawKind::Closed) {
            return Err(Refusal::new("restore-closed").into());
        }
        if let (None, Some(first)) = (journal.at, journal.first_at) {
            return Err(too_early(first).into());
        }
        (self.restored.head, self.restored.head_at) = (journal.head, journal.at);
        (self.restored.left_out, self.restored.bad_lines) = (journal.left_out, journal.bad);
        let again = [journal.erasures, self.erasures.lines()].concat();
        if !again.is_empty() {
            self.put(Path::new(AGAIN), &again)?;
        }
        if let Some(whole_until) = self.first_gap {
            self.restored.has_gap = true;
            if !self.wanted.is_gap_accepted {
                return Ok(Outcome::Damaged { flaws: self.restored.flaws, whole_until });
            }
            if matches!(until, Until::End) {
                self.put_json(&Path::new(JOURNAL).join(OWED), &taken.head())?;
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
        let looks = taken.moment.trail.segments.iter().map(|segment| Run { segment, after: Seq(0) });
        let looks = looks.collect::<Vec<_>>();
        self.restored.trail = self.chain("trail", &looks, &is_look_kept)?.head;
        self.drafts(of_drafts(taken, all, until))?;
        self.left_behind(all)?;
        // Slots that no restored line names may belong to lines that were left out, or be given to others at the desk this
        // came from: new ones are made instead. Where lines are missing nobody knows which they named.
        let is_whole = self.first_gap.is_none() && taken.bad == 0;
        // A desk that was restored to an earlier moment gave slots anew: its keys are of others.
        let number = taken.moment.number;
        let is_anew = |later: &&Woven<'_>| {
            let is_meant = later.moment.departs.is_some_and(|departs| departs.is_meant);
            later.moment.number > number && (is_meant || taken.is_aside != later.is_aside)
        };
        let before = all.iter().filter(is_anew).map(|later| later.moment.number).min();
        if !self.keys(taken.moment.desk, before, journal.next_slot, is_whole)? {
            return Ok(Outcome::Damaged { flaws: self.restored.flaws, whole_until: Seq(0) });
        }
        self.settle()?;
        Ok(Outcome::Restored(Box::new(self.restored)))
    }

    fn tell(&mut self, bytes: u64) -> Result<(), Fault> {
        self.done += bytes;
        (self.watch)(Progress { step: Step::Restore, done: self.done, total: self.total })
    }

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.staging.join(path);
        if let Some(dir) = path.parent() {
            RealDisk.make_dir(dir).map_err(|e| faults::place("make", dir, &e))?;
        }
        replace(&RealDisk, &path, bytes).map_err(|e| faults::place("write", &path, &e))
    }

    /// Writes a chain up to the first line that is not kept; what follows is read all the same, for the erasures in it.
    fn chain(&mut self, name: &str, runs: &[Run<'_>], is_kept: &dyn Fn(&Passed) -> bool) -> Result<Ended, Fault> {
        let mut ended = Ended::new();
        let (mut file, mut bytes) = (Seq(0), Vec::new());
        for Run { segment, after } in runs {
            if segment.first != file {
                self.segment(name, file, &bytes)?;
                bytes.clear();
                file = segment.first;
            }
            let mut spliced = Vec::new();
            for piece in &segment.pieces {
                ended.is_over |=
                    matches!(self.wanted.until, Until::Line(last) if name == JOURNAL && ended.head.seq >= last);
                match self.set.open(PARTS, piece, self.wanted.by) {
                    Ok(plain) if *after == Seq(0) => {
                        let kept = ended.take(&plain, is_kept, &mut self.erasures);
                        bytes.extend_from_slice(&plain[..kept]);
                    }
                    Ok(plain) => spliced.extend_from_slice(&plain),
                    Err(flaw) => {
                        self.restored.flaws.push(flaw);
                        if !ended.is_over && name == JOURNAL {
                            self.first_gap.get_or_insert(ended.head.seq);
                        }
                    }
                }
                self.tell(piece.bytes)?;
            }
            if let Some(from) = start_of(&spliced, segment.first, after.next()) {
                let kept = ended.take(&spliced[from..], is_kept, &mut self.erasures);
                bytes.extend_from_slice(&spliced[from..from + kept]);
            }
        }
        self.segment(name, file, &bytes)?;
        Ok(ended)
    }

    fn segment(&self, name: &str, first: Seq, bytes: &[u8]) -> Result<(), Fault> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.put(&Path::new(name).join(format!("{:012}.jsonl", first.0)), bytes)
    }

    fn put_json(&self, path: &Path, told: &impl serde::Serialize) -> Result<(), Fault> {
        let json = serde_json::to_vec(told).map_err(|e| faults::codec(format!("{}: {e}", path.display())))?;
        self.put(path, &json)
    }

    /// Writes down which moments are left behind on purpose: the next backup of the restored desk leads on from them.
    fn left_behind(&self, all: &[Woven<'_>]) -> Result<(), Fault> {
        let here = self.restored.head;
        let is_asked = self.wanted.moment.is_some() || !matches!(self.wanted.until, Until::End);
        let is_left =
            |other: &&Woven<'_>| other.head() != here && (is_asked || other.is_aside || self.restored.has_gap);
        let left: Vec<Head> = all.iter().filter(is_left).map(|other| other.head()).collect();
        if left.is_empty() { Ok(()) } else { self.put_json(Path::new(LEFT), &left) }
    }

    fn drafts(&mut self, moment: Option<&Moment>) -> Result<(), Fault> {
        RealDisk.make_dir(&self.staging.join("drafts")).map_err(|e| faults::place("make", &self.staging, &e))?;
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

    /// Puts both copies of the slots, of the newest list older than `after`, only those before `until` where all lines are there,
    /// with what was erased erased again; false when no list is whole. Keys given out since such a list was made are zeros.
    fn keys(&mut self, desk: Sha, mut after: Option<u64>, until: SlotNo, is_whole: bool) -> Result<bool, Halt> {
        let (mut is_any_whole, mut is_later_tried) = (false, after.is_none());
        loop {
            let (found, flaws) = keys::newest(self.set, desk, after, self.wanted.by)?;
            let known = &mut self.restored.flaws;
            flaws.into_iter().for_each(|flaw| {
                if !known.contains(&flaw) {
                    known.push(flaw)
                }
            });
            let Some((list, mut bytes)) = found else {
                if !is_later_tried {
                    // Lists expire before moments do: a later one opens all that both desks have.
                    (is_later_tried, after) = (true, None);
                    continue;
                }
                if !is_any_whole && self.restored.flaws.iter().all(|flaw| !flaw.file.starts_with(KEYS)) {
                    self.restored.flaws.push(Flaw { file: format!("{KEYS}/"), what: FlawKind::Missing });
                }
                return if is_any_whole { Err(Refusal::new("restore-key-wrong").into()) } else { Ok(false) };
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
            self.restored.erased_again = keys::erase(&mut bytes, self.erasures.slots());
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
        for name in [JOURNAL, "trail", "drafts", "practice", AGAIN, LEFT, "keys"] {
            let from = self.staging.join(name);
            if from.exists() {
                RealDisk.rename(&from, &into.join(name)).map_err(|e| faults::place("move", &from, &e))?;
            }
        }
        fs::remove_dir(&self.staging).map_err(|e| faults::place("remove", &self.staging, &e))?;
        RealDisk.sync_dir(into).map_err(|e| faults::place("sync", into, &e))
    }
}
