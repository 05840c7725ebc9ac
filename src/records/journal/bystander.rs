//! A chain seen from outside: its files as they are at a moment, read without holding the chain. Backups and a verification
//! beside a running desk stand here.
//!
//! INVARIANT: what is shown was on the disk before it was shown. The last segment is synced by whoever looks, and its end is
//! cut at the last newline; nothing is ever written. The writer may go on meanwhile: what comes later is not seen.

use super::Seq;
use super::line::{Head, Line, LineKind, Sha};
use super::scan::{MOST_SEGMENT, Scanner, Start, Step};
use super::segment::Segment;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::records::disk::{Access, Disk};
use crate::records::faults;
use crate::records::vault::SlotNo;
use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A segment that a failed append had begun may go while one looks: so often the folder is listed again.
const TRIES: usize = 5;

/// One segment at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The number of its first line.
    pub first: Seq,
    /// Bytes of its whole lines.
    pub bytes: u64,
}

/// A chain's files at a moment.
pub struct Bystander {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    segments: Vec<Segment>,
    extents: Vec<Extent>,
}

impl Bystander {
    /// Looks at the chain in `dir`; one that is not there is empty.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn look(disk: Arc<dyn Disk>, dir: &Path) -> Result<Self, Fault> {
        let mut seen = Self { disk, dir: dir.to_owned(), segments: Vec::new(), extents: Vec::new() };
        for left in (0..TRIES).rev() {
            match seen.list() {
                Ok(()) => break,
                Err(error) if error.kind() == io::ErrorKind::NotFound && left > 0 => {}
                Err(error) => return Err(faults::io("look at", dir, &error)),
            }
        }
        Ok(seen)
    }

    fn list(&mut self) -> io::Result<()> {
        let names = self.disk.list(&self.dir)?;
        self.segments = names.iter().filter_map(|name| Segment::from_name(name)).collect();
        self.segments.sort_by_key(|segment| segment.first);
        self.extents = Vec::with_capacity(self.segments.len());
        for (place, segment) in self.segments.iter().enumerate() {
            let file = self.disk.open(&segment.path(&self.dir), Access::Read)?;
            let mut bytes = file.len()?;
            if place + 1 == self.segments.len() {
                // What was there before this sync is on the disk after it.
                file.sync()?;
                bytes = whole_lines(&*file, bytes)?;
            }
            self.extents.push(Extent { first: segment.first, bytes });
        }
        Ok(())
    }

    /// Its segments, in order.
    pub fn extents(&self) -> &[Extent] {
        &self.extents
    }

    /// The bytes of one segment from `from` to its end.
    ///
    /// # Errors
    /// Any error of the disk; `J01` when the file has shrunk meanwhile.
    pub fn read(&self, extent: Extent, from: u64) -> Result<Vec<u8>, Fault> {
        let path = Segment::new(extent.first).path(&self.dir);
        let len = extent.bytes.saturating_sub(from);
        if len > MOST_SEGMENT {
            return Err(faults::too_large("a segment", MOST_SEGMENT as usize));
        }
        let mut bytes = vec![0; len as usize];
        let read = self.disk.open(&path, Access::Read).and_then(|file| file.read_at(&mut bytes, from));
        let read = read.map_err(|e| faults::io("read", &path, &e))?;
        if read < bytes.len() {
            return Err(faults::journal(format!("segment {} has shrunk", extent.first)));
        }
        Ok(bytes)
    }

    /// The last line up to that moment, and when it was recorded; `None` when there is none, or it is no line.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn last(&self) -> Result<Option<(Head, DateTime<Utc>)>, Fault> {
        let Some(extent) = self.extents.iter().rev().find(|extent| extent.bytes > 0) else { return Ok(None) };
        let bytes = self.read(*extent, 0)?;
        let raw = bytes.split_inclusive(|&byte| byte == b'\n').next_back().unwrap_or_default();
        Ok(Line::parse(raw).ok().map(|line| (Head { seq: line.seq, sha: Sha::of(raw) }, line.at)))
    }

    /// What the first line of a segment says of the line before it; `None` when it cannot be read.
    pub fn prev_of(&self, extent: Extent) -> Option<Sha> {
        let path = Segment::new(extent.first).path(&self.dir);
        let file = self.disk.open(&path, Access::Read).ok()?;
        let mut len = 4096;
        loop {
            let mut bytes = vec![0; extent.bytes.min(len) as usize];
            let read = file.read_at(&mut bytes, 0).ok()?;
            bytes.truncate(read);
            match memchr::memchr(b'\n', &bytes) {
                Some(end) => return Line::parse(&bytes[..=end]).ok().map(|line| line.prev),
                None if len >= extent.bytes => return None,
                None => len *= 16,
            }
        }
    }

    /// Shows every line up to that moment, and every bad place among them.
    pub(crate) fn scan(
        &self,
        key: &VerifyingKey,
        visit: &mut dyn FnMut(Step) -> Result<(), Fault>,
    ) -> Result<Head, Fault> {
        let scanner = Scanner { disk: &*self.disk, dir: &self.dir, key };
        let until = self.extents.last().map(|extent| extent.bytes);
        Ok(scanner.run(&self.segments, Start::first(), until, visit)?.head)
    }
}

/// Bytes up to the last newline before `len`, looked for from the end.
fn whole_lines(file: &dyn crate::records::disk::DiskFile, len: u64) -> io::Result<u64> {
    let mut end = len;
    let mut block = vec![0; 64 << 10];
    while end > 0 {
        let from = end.saturating_sub(block.len() as u64);
        let want = (end - from) as usize;
        let read = file.read_at(&mut block[..want], from)?;
        if let Some(at) = memchr::memrchr(b'\n', &block[..read]) {
            return Ok(from + at as u64 + 1);
        }
        end = from;
    }
    Ok(0)
}

/// What is known of a line that is passed: enough to end a copy at a moment, and to erase again what was erased.
#[derive(Clone, Debug)]
pub struct Passed {
    pub seq: Seq,
    pub sha: Sha,
    pub at: DateTime<Utc>,
    /// Whether it has the next number and knows the line before it.
    pub is_next: bool,
    /// Whose keys it names, and where they are.
    pub named: Vec<(Subject, SlotNo)>,
    /// Whether it destroys the keys that it names.
    pub is_erasure: bool,
    /// The slot after the last one that this line names.
    pub next_slot: SlotNo,
    /// Where the trail stood, in a signed head of the journal.
    pub trail: Option<Head>,
    /// Its first byte, and the first behind it.
    pub from: usize,
    pub to: usize,
}

/// Follows lines from the head that they are chained to; gives the head at their end, and how many of them are not what they
/// were. `visit` may stop by answering false: the head is then that of the line before.
pub fn follow(bytes: &[u8], head: Head, visit: &mut dyn FnMut(&Passed) -> bool) -> (Head, u64) {
    let (mut head, mut bad, mut from) = (head, 0, 0);
    for raw in bytes.split_inclusive(|&byte| byte == b'\n') {
        let to = from + raw.len();
        let line = Line::parse(raw).ok().filter(|_| raw.ends_with(b"\n"));
        let Some(line) = line else {
            bad += 1;
            head = Head { seq: head.seq.next(), sha: Sha::of(raw) };
            from = to;
            continue;
        };
        // What named damage and was chained to that follows what was put back in its place. Who reads the lines with the key
        // asks for its signature.
        let is_next = line.seq == head.seq.next() && (line.prev == head.sha || line.names_before());
        let (sha, is_erasure) = (Sha::of(raw), line.kind == LineKind::Erase);
        let named = line.parts.iter().map(|part| (part.of, part.slot)).collect();
        let next_slot = line.parts.iter().map(|part| part.slot.0.saturating_add(1)).max();
        let next_slot = next_slot.map_or(SlotNo::FIRST, SlotNo);
        let (seq, at, trail) = (line.seq, line.at, line.trail);
        if !visit(&Passed { seq, sha, at, is_next, named, is_erasure, next_slot, trail, from, to }) {
            break;
        }
        bad += u64::from(!is_next);
        head = Head { seq, sha };
        from = to;
    }
    (head, bad)
}
