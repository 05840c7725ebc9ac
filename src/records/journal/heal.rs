//! Healing a chain from another copy of it: lines that are damaged or gone are put back, and nothing else is touched. Nobody
//! may hold either copy.
//!
//! INVARIANT: a line is only written where the other copy is whole up to it and agrees with every good line that is here. The
//! files as they were stay beside, under names that no chain reads.

use super::bystander::Bystander;
use super::checkpoint;
use super::line::{Line, Seq, Sha};
use super::scan::{Bad, Step, What};
use super::segment::{SEGMENT, Segment};
use crate::domain::refusal::Fault;
use crate::records::disk::{self, Disk};
use crate::records::faults;
use ed25519_dalek::VerifyingKey;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of lines that are put back at once; a chain that lacks more is better restored than healed.
const MOST: usize = 512 << 20;

/// What healing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Healed {
    /// Lines that were put back.
    pub lines: u64,
    /// What is still wrong: the other copy has no better.
    pub left: Vec<Bad>,
}

/// Lines by their numbers.
type Lines = BTreeMap<u64, Vec<u8>>;

/// A stretch of lines that one file holds, or should hold.
struct Stretch {
    /// The number of its first line, and the one behind its last.
    from: u64,
    to: u64,
    /// Lines by their numbers, as they are here.
    here: Lines,
    /// Numbers of lines here that are damaged or gone; who is meant may be the line beside it.
    bad: BTreeSet<u64>,
    is_damaged: bool,
    /// What its first line that is here remembers of the line before.
    prev: Option<Sha>,
}

/// Heals the chain in `dir` from the copy in `from`, whose signed lines `key` has to fit; `opens` says whether a key of this desk
/// opens a line.
///
/// # Errors
/// `J07` the other copy is damaged itself or of another chain; any error of the disk: what was put back stays.
pub(crate) fn heal(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    from: &Path,
    key: &VerifyingKey,
    opens: &dyn Fn(&Line) -> bool,
) -> Result<Healed, Fault> {
    let other = Bystander::look(Arc::clone(disk), from)?;
    let mut stretches = stretches(&Bystander::look(Arc::clone(disk), dir)?, key)?;
    let joints: Vec<Sha> = stretches.iter().filter_map(|stretch| stretch.prev).collect();
    stretches.retain(|stretch| stretch.is_damaged);
    if stretches.is_empty() {
        return Ok(Healed::default());
    }
    let better = lines_of((&other, key), &stretches, &joints, opens)?;
    let mut healed = Healed::default();
    // It may speak of places that will be others; without it the next start reads everything once.
    checkpoint::forget(&**disk, dir);
    for stretch in &stretches {
        healed.lines += put_back(&**disk, dir, stretch, &better)?;
    }
    Bystander::look(Arc::clone(disk), dir)?.scan(key, &mut |step| {
        if let Step::Bad(bad) = step {
            healed.left.push(bad);
        }
        Ok(())
    })?;
    Ok(healed)
}

/// The files of a chain, with the lines of those in which something is wrong; what is missing before the first file is a stretch
/// of its own.
fn stretches(own: &Bystander, key: &VerifyingKey) -> Result<Vec<Stretch>, Fault> {
    let firsts: Vec<u64> = own.extents().iter().map(|extent| extent.first.0).collect();
    let mut stretches: Vec<Stretch> = firsts
        .iter()
        .enumerate()
        .map(|(place, &from)| {
            let to = firsts.get(place + 1).copied().unwrap_or(u64::MAX);
            Stretch { from, to, here: Lines::new(), bad: BTreeSet::new(), is_damaged: false, prev: None }
        })
        .collect();
    if firsts.first().is_none_or(|first| *first > 1) {
        let to = firsts.first().copied().unwrap_or(u64::MAX);
        stretches
            .insert(0, Stretch { from: 1, to, here: Lines::new(), bad: BTreeSet::new(), is_damaged: true, prev: None });
    }
    let mut bad = BTreeSet::new();
    own.scan(key, &mut |step| {
        match step {
            Step::Bad(found) => _ = bad.insert(found.seq.0),
            Step::Line { line, at, .. } => {
                if let Some(place) = place_of(&stretches, at.segment) {
                    stretches[place].prev.get_or_insert(line.prev);
                }
            }
        }
        Ok(())
    })?;
    for &seq in &bad {
        if let Some(stretch) = stretches.iter_mut().rfind(|stretch| stretch.from <= seq) {
            stretch.is_damaged = true;
            stretch.bad.insert(seq);
        }
    }
    // Every line of a damaged file by the number that it has or should have: one in which something is wrong is better than none.
    let mut numbers: BTreeMap<(Seq, u32), u64> = BTreeMap::new();
    let is_damaged = |segment: Seq| place_of(&stretches, segment).is_some_and(|place| stretches[place].is_damaged);
    own.scan(key, &mut |step| {
        match step {
            Step::Line { line, at, .. } if is_damaged(at.segment) => {
                numbers.insert((at.segment, at.line), line.seq.0);
            }
            Step::Bad(bad) if matches!(bad.what, What::Unreadable | What::Newer) && is_damaged(bad.segment) => {
                numbers.entry((bad.segment, bad.line)).or_insert(bad.seq.0);
            }
            Step::Line { .. } | Step::Bad(_) => {}
        }
        Ok(())
    })?;
    for extent in own.extents() {
        let Some(stretch) = stretches.iter_mut().find(|one| one.is_damaged && one.from == extent.first.0) else {
            continue;
        };
        let bytes = own.read(*extent, 0)?;
        for (place, raw) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
            if let Some(seq) = numbers.get(&(extent.first, place as u32 + 1)) {
                stretch.here.insert(*seq, raw.to_vec());
            }
        }
    }
    Ok(stretches)
}

/// The stretch of a file, by its first line.
fn place_of(stretches: &[Stretch], segment: Seq) -> Option<usize> {
    stretches.binary_search_by_key(&segment.0, |stretch| stretch.from).ok()
}

/// The lines of the other copy that belong into these stretches; those in which it is damaged itself are left out.
///
/// It is a copy of this chain when a line of it is signed as ours are, stands here too, is remembered by one that does, or is
/// sealed with a key of ours.
fn lines_of(
    (other, key): (&Bystander, &VerifyingKey),
    stretches: &[Stretch],
    joints: &[Sha],
    opens: &dyn Fn(&Line) -> bool,
) -> Result<Lines, Fault> {
    let (mut lines, mut bad, mut bytes, mut is_ours) = (Lines::new(), Vec::new(), 0, false);
    other.scan(key, &mut |step| {
        match step {
            Step::Bad(found) => bad.push(found),
            Step::Line { line, raw, .. } => {
                is_ours = is_ours || line.is_signed_kind() || joints.contains(&Sha::of(raw)) || opens(&line);
                if stretches.iter().any(|stretch| (stretch.from..stretch.to).contains(&line.seq.0)) {
                    bytes += raw.len();
                    lines.insert(line.seq.0, raw.to_vec());
                }
                if bytes > MOST {
                    return Err(faults::too_large("what is to be put back", MOST));
                }
            }
        }
        Ok(())
    })?;
    let here = |stretch: &Stretch| stretch.here.iter().any(|(seq, line)| lines.get(seq) == Some(line));
    is_ours |= stretches.iter().any(here);
    if !is_ours || bad.iter().any(|bad| bad.what == What::Unsigned) {
        return Err(faults::other_chain("nothing shows that it is a copy of this one"));
    }
    for seq in bad.iter().map(|bad| bad.seq.0) {
        (seq.saturating_sub(1)..=seq + 1).for_each(|near| _ = lines.remove(&near));
    }
    Ok(lines)
}

/// Writes the file of a stretch with what the other copy has of it; gives how many lines came from there.
fn put_back(disk: &dyn Disk, dir: &Path, stretch: &Stretch, better: &Lines) -> Result<u64, Fault> {
    let mut lines: BTreeMap<u64, &Vec<u8>> = stretch.here.iter().map(|(seq, line)| (*seq, line)).collect();
    let mut put = 0;
    for (seq, line) in better.range(stretch.from..stretch.to) {
        let is_suspect = (seq.saturating_sub(1)..=seq + 1).any(|near| stretch.bad.contains(&near));
        match lines.insert(*seq, line) {
            Some(here) if here == line => {}
            Some(_) if !is_suspect => return Err(faults::other_chain(format!("line {seq} is another"))),
            Some(_) | None => put += 1,
        }
    }
    if put == 0 {
        return Ok(0);
    }
    let mut files: Vec<(u64, Vec<u8>)> = Vec::new();
    for (seq, line) in lines {
        let is_full = |bytes: &Vec<u8>| !stretch.here.contains_key(&seq) && (bytes.len() + line.len()) as u64 > SEGMENT;
        match files.last_mut() {
            Some((_, bytes)) if !is_full(bytes) => bytes.extend_from_slice(line),
            Some(_) => files.push((seq, line.clone())),
            None => files.push((stretch.from, line.clone())),
        }
    }
    for (first, bytes) in files {
        let path = Segment::new(Seq(first)).path(dir);
        let told = |e: std::io::Error| faults::io("put back", &path, &e);
        match disk::read_all(disk, &path, super::scan::MOST_SEGMENT) {
            Ok(before) => disk::replace(disk, &aside(disk, dir, first).map_err(told)?, &before).map_err(told)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(told(error)),
        }
        disk::replace(disk, &path, &bytes).map_err(told)?;
    }
    Ok(put)
}

/// A name under which a file is kept as it was, and that none has yet.
fn aside(disk: &dyn Disk, dir: &Path, first: u64) -> std::io::Result<PathBuf> {
    let taken = disk.list(dir)?;
    let name = |n: u32| format!("damaged-{first:012}-{n}");
    let free = (1..).map(name).find(|name| !taken.contains(name));
    Ok(dir.join(free.unwrap_or_default()))
}
