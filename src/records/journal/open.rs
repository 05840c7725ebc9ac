//! Opening a chain: from the checkpoint on every line is checked; a torn end is cut off and kept aside; damage inside is
//! named by a signed line in a new segment, and nothing that can be read is left out.

use super::chain::{Chain, Shared, Writer};
use super::checkpoint::{self, Checkpoint};
use super::line::{Head, Line, LineKind, Seq, Sha};
use super::plan::Cursor;
use super::scan::{Bad, End, MOST_SEGMENT, Scanner, Start, Step, What};
use super::segment::{Marks, Segment};
use crate::domain::refusal::Fault;
use crate::records::disk::{self, Access, Disk};
use crate::records::faults;
use chrono::NaiveDate;
use ed25519_dalek::SigningKey;
use std::path::Path;
use std::sync::{Arc, Mutex, RwLock};
use ulid::Ulid;

/// Beside the segments of a chain that was restored though its end is missing: the last line that it had. Opening names what
/// is missing, once.
pub(in crate::records) const OWED: &str = "owed";
const MOST_OWED: u64 = 4096;

/// What opening a chain found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Bytes of a torn last line that were cut off; a copy is kept beside the segments.
    pub torn_bytes: u64,
    /// Damage that was found and is named in the chain now, or will be as soon as the disk can be written.
    pub damage: Vec<Bad>,
    /// Lines that name damage in this chain, those of earlier openings among them: as long as there is one, a banner.
    pub damages: u64,
    /// Lines that were checked.
    pub checked: u64,
}

/// A chain that was opened.
pub(crate) struct Opened {
    pub chain: Chain,
    pub repairs: Repairs,
    /// The commits among the lines that were checked.
    pub recent: Vec<(Ulid, Seq)>,
}

/// What the scan of the tail gathers for the new chain.
struct Tail {
    bad: Vec<Bad>,
    marks: Marks,
    last: u64,
    signed_on: Option<NaiveDate>,
    recent: Vec<(Ulid, Seq)>,
    damages: u64,
    checked: u64,
}

impl Chain {
    /// Opens the chain in `dir`, or begins it.
    pub(crate) fn open(disk: Arc<dyn Disk>, dir: &Path, signer: SigningKey, reserve: u64) -> Result<Opened, Fault> {
        disk.make_dir(dir).map_err(|e| faults::io("make", dir, &e))?;
        let segments = segments(&*disk, dir)?;
        let saved = checkpoint::load(&*disk, dir, &signer);
        let trusted = saved.filter(|saved| is_standing(&*disk, dir, &segments, saved));
        let key = signer.verifying_key();
        let scanner = Scanner { disk: &*disk, dir, key: &key };
        let (mut tail, end) = check(&scanner, &segments, trusted)?;
        // The last line may be altered as well; a checkpoint that knows another one says so.
        let is_known = |bad: &Bad| saved.is_some_and(|saved| trusted.is_none() && saved.head.seq >= bad.seq);
        for bad in tail.bad.iter_mut().filter(|bad| bad.what == What::Newer) {
            if bad.seq < end.head.seq || !is_known(bad) {
                return Err(faults::newer(&format!("line {} of {:012}.jsonl", bad.line, bad.segment.0)));
            }
            bad.what = What::Altered;
        }
        let mut repairs = Repairs { torn_bytes: 0, damage: tail.bad, damages: tail.damages, checked: tail.checked };
        let mut cursor = Cursor {
            segment: segments.last().map_or(Seq(1), |segment| segment.first),
            lines: end.lines,
            len: end.offset,
            last: tail.last,
            head: end.head,
            since_signed: end.since_signed,
            signed_on: tail.signed_on,
            damages: tail.damages,
        };
        if let (Some(saved), None) = (saved, trusted) {
            repairs.damage.extend(unlike(&saved, &repairs.damage, &cursor));
            cursor.head.seq = cursor.head.seq.max(saved.head.seq);
        }
        let owed = owed(&*disk, dir);
        if let Some(owed) = owed.filter(|owed| owed.seq > cursor.head.seq) {
            let (segment, line, seq) = (cursor.segment, cursor.lines + 1, cursor.head.seq.next());
            repairs.damage.push(Bad { segment, line, seq, what: What::Missing });
            cursor.head.seq = owed.seq;
        }
        let is_broken = !segments.is_empty() && cut_torn_end(&*disk, dir, &mut cursor, &mut repairs).is_err();
        let shared = Shared { segments, marks: tail.marks, len: cursor.len, head: cursor.head, durable: cursor.head };
        let writer = Writer {
            file: None,
            cursor,
            synced: cursor,
            pending: Vec::new(),
            found: repairs.damage.clone(),
            is_broken: is_broken || cursor.len > 0,
            has_rolled: false,
            checkpointed: trusted.map_or(Seq(0), |saved| saved.head.seq),
            reserved: 0,
        };
        let (shared, writer) = (RwLock::new(shared), Mutex::new(writer));
        let chain = Self { disk, dir: dir.to_owned(), signer, reserve, shared, writer };
        repairs.damages += u64::from(!repairs.damage.is_empty());
        // A disk that cannot be written now leaves the chain readable; the next append tries again.
        if cursor.len > 0 && chain.mend_now().is_ok() && !repairs.damage.is_empty() {
            let _ = chain.checkpoint(1);
        }
        if owed.is_some() && chain.has_named_damage() {
            // Named by a signed line now; told again, it would be no more than told twice.
            let _ = chain.disk.remove(&dir.join(OWED));
        }
        Ok(Opened { chain, repairs, recent: tail.recent })
    }
}

/// How far a chain had come whose checkpoint is there and whose files are not: it is not begun anew in their place.
pub(super) fn gone(disk: &dyn Disk, dir: &Path, signer: &SigningKey) -> Option<Seq> {
    let is_empty = segments(disk, dir).is_ok_and(|segments| segments.is_empty());
    checkpoint::load(disk, dir, signer).filter(|_| is_empty).map(|saved| saved.head.seq)
}

/// The line that a restored chain is known to have had.
fn owed(disk: &dyn Disk, dir: &Path) -> Option<Head> {
    serde_json::from_slice(&disk::read_all(disk, &dir.join(OWED), MOST_OWED).ok()?).ok()
}

fn segments(disk: &dyn Disk, dir: &Path) -> Result<Vec<Segment>, Fault> {
    let names = disk.list(dir).map_err(|e| faults::io("list", dir, &e))?;
    let mut segments: Vec<_> = names.iter().filter_map(|name| Segment::from_name(name)).collect();
    segments.sort_by_key(|segment| segment.first);
    Ok(segments)
}

/// Whether the chain still has the last line that the checkpoint speaks of, unaltered.
fn is_standing(disk: &dyn Disk, dir: &Path, segments: &[Segment], saved: &Checkpoint) -> bool {
    let Some(segment) = segments.iter().find(|segment| segment.first == saved.segment) else { return false };
    let len = saved.offset.saturating_sub(saved.last);
    if len == 0 || len > MOST_SEGMENT {
        return false;
    }
    let mut bytes = vec![0; len as usize];
    let read = disk.open(&segment.path(dir), Access::Read).and_then(|file| file.read_at(&mut bytes, saved.last));
    read.is_ok_and(|read| read == bytes.len()) && Sha::of(&bytes) == saved.head.sha
}

/// What is to be said of a chain that is not the one the checkpoint was signed for: lines gone from its end, or a line
/// altered, unless the scan has found worse.
fn unlike(saved: &Checkpoint, found: &[Bad], end: &Cursor) -> Option<Bad> {
    if saved.head.seq > end.head.seq {
        return Some(Bad { segment: end.segment, line: end.lines + 1, seq: end.head.seq.next(), what: What::Missing });
    }
    let is_told = found.iter().any(|bad| bad.seq <= saved.head.seq);
    let bad = Bad { segment: saved.segment, line: saved.lines, seq: saved.head.seq, what: What::Altered };
    (!is_told).then_some(bad)
}

fn check(scanner: &Scanner<'_>, segments: &[Segment], trusted: Option<Checkpoint>) -> Result<(Tail, End), Fault> {
    let start = trusted.map_or(Start::first(), |saved| Start {
        segment: saved.segment,
        offset: saved.offset,
        line: saved.lines + 1,
        head: saved.head,
        since_signed: saved.since_signed,
        is_head_known: true,
    });
    let mut tail = Tail {
        bad: Vec::new(),
        marks: Marks::default(),
        last: trusted.map_or(0, |saved| saved.last),
        signed_on: trusted.and_then(|saved| saved.signed_on),
        recent: Vec::new(),
        damages: trusted.map_or(0, |saved| saved.damages),
        checked: 0,
    };
    let mut segment = start.segment;
    let end = scanner.run(segments, start, None, &mut |step| {
        match step {
            Step::Bad(bad) if bad.what == What::Torn => {}
            Step::Bad(bad) => tail.bad.push(bad),
            Step::Line { line, at, .. } => {
                if at.segment != segment {
                    (segment, tail.marks) = (at.segment, Marks::default());
                }
                tail.marks.note(at.line - 1, at.offset);
                tail.note(&line, at.offset);
            }
        }
        Ok(())
    })?;
    Ok((tail, end))
}

impl Tail {
    fn note(&mut self, line: &Line, offset: u64) {
        self.last = offset;
        self.checked += 1;
        if line.kind == LineKind::Head || self.signed_on.is_none() {
            self.signed_on = Some(line.at.date_naive());
        }
        match line.kind {
            LineKind::Commit | LineKind::Erase => self.recent.push((line.id, line.seq)),
            // What an earlier opening found and named is no news.
            LineKind::Damage => {
                self.damages += 1;
                self.bad.retain(|bad| !line.found.contains(bad) && line.found.len() < 16);
            }
            LineKind::Head | LineKind::Look | LineKind::Other => {}
        }
    }
}

/// Cuts off what follows the last newline and keeps a copy. Bytes that are a whole line but for a wrong last byte are no
/// torn write but damage: they stay.
fn cut_torn_end(disk: &dyn Disk, dir: &Path, cursor: &mut Cursor, repairs: &mut Repairs) -> std::io::Result<()> {
    let segment = Segment::new(cursor.segment);
    let path = segment.path(dir);
    let file = disk.open(&path, Access::Read)?;
    let len = file.len()?.saturating_sub(cursor.len);
    if len == 0 {
        return Ok(());
    }
    let mut torn = vec![0; len.min(MOST_SEGMENT) as usize];
    let read = file.read_at(&mut torn, cursor.len)?;
    torn.truncate(read);
    if torn.split_last().is_some_and(|(_, line)| Line::parse(line).is_ok()) {
        let seq = cursor.head.seq.next();
        repairs.damage.push(Bad { segment: cursor.segment, line: cursor.lines + 1, seq, what: What::Unreadable });
        cursor.len += len;
        cursor.lines += 1;
        cursor.head = Head { seq, sha: Sha::of(&torn) };
        return Ok(());
    }
    repairs.torn_bytes = len;
    disk::replace(disk, &dir.join(format!("torn-{:012}", cursor.head.seq.next().0)), &torn)?;
    let file = disk.open(&path, Access::Write)?;
    file.cut(cursor.len)?;
    file.sync()
}
