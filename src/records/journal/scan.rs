//! Reading a chain from front to back: every line, and every place where it is not what it was.
//!
//! The scanner never repairs; it says what it found. Segments are read whole: they are at most 8 MiB, one line or one
//! batch more.

use super::line::{Head, Line, Seq, Sha};
use super::segment::Segment;
use crate::domain::refusal::Fault;
use crate::records::disk::{Disk, read_all};
use crate::records::faults;
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A segment larger than this was not written by this program.
pub(crate) const MOST_SEGMENT: u64 = 32 << 20;
/// Lines that may follow one signed line before the next.
pub(super) const SIGN_EVERY: u64 = 1000;

/// What is wrong at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The bytes are no line.
    Unreadable,
    /// The line is not the one that the next line's hash, or the checkpoint, remembers.
    Altered,
    /// Lines are gone before this one.
    Missing,
    /// The number of the line is not the next one.
    OutOfPlace,
    /// The signature of a head is wrong, or there was none for more than 1,000 lines.
    Unsigned,
    /// The last line has no end: it was never acknowledged.
    Torn,
    /// A sealed change does not open.
    Sealed,
    /// The line says that a newer release wrote it, and nothing contradicts that.
    Newer,
    #[serde(other)]
    Other,
}

/// One bad place: the segment by its first line, the line in it from 1, and the number the line has or should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bad {
    pub segment: Seq,
    pub line: u32,
    pub seq: Seq,
    pub what: What,
}

/// What the scanner meets.
pub(crate) enum Step<'a> {
    Line { line: Box<Line>, raw: &'a [u8], at: Place },
    Bad(Bad),
}

/// Where a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// First line of the segment.
    pub segment: Seq,
    /// The line in it, from 1.
    pub line: u32,
    /// Its first byte.
    pub offset: u64,
}

impl Place {
    /// This place, found bad.
    pub const fn bad(self, seq: Seq, what: What) -> Bad {
        Bad { segment: self.segment, line: self.line, seq, what }
    }
}

/// Where a scan begins: `offset` is the first byte of the line after `head` (known from a checkpoint) in `segment`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub segment: Seq,
    pub offset: u64,
    pub line: u32,
    pub head: Head,
    pub since_signed: u64,
    /// Whether the hash in `head` is known, so that the first line can be held against it.
    pub is_head_known: bool,
}

impl Start {
    /// The first line of the first segment.
    pub(super) const fn first() -> Self {
        let head = Head { seq: Seq(0), sha: Sha([0; 32]) };
        Self { segment: Seq(1), offset: 0, line: 1, head, since_signed: 0, is_head_known: true }
    }

    /// The first line of a later segment, which is believed.
    pub(super) const fn within(segment: Seq) -> Self {
        let head = Head { seq: Seq(segment.0.saturating_sub(1)), sha: Sha([0; 32]) };
        Self { segment, head, is_head_known: false, ..Self::first() }
    }
}

/// Where a scan ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// The last bytes that end in a newline, and the number they have or should have.
    pub head: Head,
    pub since_signed: u64,
    /// First byte after the last newline of the last segment.
    pub offset: u64,
    /// Lines in the last segment.
    pub lines: u32,
}

pub(super) struct Scanner<'a> {
    pub disk: &'a dyn Disk,
    pub dir: &'a Path,
    pub key: &'a VerifyingKey,
}

/// What the scanner remembers from line to line.
struct Memory {
    head: Head,
    since_signed: u64,
    /// The line before was unreadable or suspect: its hash is not to be compared.
    is_broken: bool,
    /// A line that its successor remembers otherwise: the successor decides who of the two was altered.
    suspect: Option<(Bad, Bad)>,
    /// A line of a newer release, unless its successor remembers it otherwise.
    newer: Option<Bad>,
}

type Visit<'v> = dyn FnMut(Step) -> Result<(), Fault> + 'v;

impl Scanner<'_> {
    /// Visits every line of `segments` from `start` on; `until` bounds the bytes of the last one.
    pub(super) fn run(
        &self,
        segments: &[Segment],
        start: Start,
        until: Option<u64>,
        visit: &mut Visit<'_>,
    ) -> Result<End, Fault> {
        let mut memory = Memory {
            head: start.head,
            since_signed: start.since_signed,
            is_broken: !start.is_head_known,
            suspect: None,
            newer: None,
        };
        let (mut offset, mut lines) = (start.offset, start.line - 1);
        let from = segments.partition_point(|segment| segment.first < start.segment);
        for (place, segment) in segments.iter().enumerate().skip(from) {
            let is_last = place + 1 == segments.len();
            if segment.first != start.segment {
                (offset, lines) = (0, 0);
            }
            let path = segment.path(self.dir);
            let mut bytes = read_all(self.disk, &path, MOST_SEGMENT).map_err(|e| faults::io("read", &path, &e))?;
            if let Some(until) = until.filter(|_| is_last) {
                bytes.truncate(until as usize);
            }
            let rest = bytes.get(offset as usize..).unwrap_or_default();
            let (ended, count) = self.segment(segment.first, rest, offset, lines, &mut memory, visit)?;
            lines += count;
            offset += ended;
            if offset < bytes.len() as u64 {
                let bad =
                    Bad { segment: segment.first, line: lines + 1, seq: memory.head.seq.next(), what: What::Torn };
                // Only the last segment can be torn by a crash: the others were whole when the next one began.
                let what = if is_last { What::Torn } else { What::Unreadable };
                memory.is_broken |= !is_last;
                visit(Step::Bad(Bad { what, ..bad }))?;
            }
        }
        for bad in [memory.suspect.take().map(|(first, _)| first), memory.newer.take()].into_iter().flatten() {
            visit(Step::Bad(bad))?;
        }
        let Memory { head, since_signed, .. } = memory;
        Ok(End { head, since_signed, offset, lines })
    }

    /// Visits the lines in `bytes`; returns how many bytes ended in newlines, and how many lines that were.
    fn segment(
        &self,
        segment: Seq,
        bytes: &[u8],
        base: u64,
        lines: u32,
        memory: &mut Memory,
        visit: &mut Visit<'_>,
    ) -> Result<(u64, u32), Fault> {
        let (mut at, mut count) = (0, 0);
        for end in memchr::memchr_iter(b'\n', bytes) {
            let raw = &bytes[at..=end];
            let place = Place { segment, line: lines + count + 1, offset: base + at as u64 };
            self.line(raw, place, memory, visit)?;
            at = end + 1;
            count += 1;
        }
        Ok((at as u64, count))
    }

    fn line(&self, raw: &[u8], at: Place, memory: &mut Memory, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let expected = memory.head.seq.next();
        let sha = Sha::of(raw);
        let bad = |seq, what| at.bad(seq, what);
        let mut line = match Line::parse(raw) {
            Ok(line) => line,
            Err(fault) => {
                memory.settle(None, visit)?;
                memory.head = Head { seq: expected, sha };
                memory.is_broken = true;
                if fault.code == "J03" {
                    memory.newer = Some(bad(expected, What::Newer));
                    return Ok(());
                }
                return visit(Step::Bad(bad(expected, What::Unreadable)));
            }
        };
        memory.settle(Some(line.prev), visit)?;
        // A signed line that names what was wrong right before it was chained to that: when it is healed, this line is still ours.
        let is_after_healing = line.names_before() && line.seq == expected && line.has_right_signature(raw, self.key);
        if is_after_healing && line.prev == memory.head.sha {
            // What it names as altered is still so: of the last line before it no hash tells.
            for altered in line.found.iter().filter(|bad| bad.what == What::Altered && bad.seq.next() == line.seq) {
                visit(Step::Bad(*altered))?;
            }
        }
        let is_next = (line.prev == memory.head.sha || is_after_healing) && !memory.is_broken;
        let gone = line.names_gone(expected).filter(|_| is_next && line.has_right_signature(raw, self.key));
        let mut is_told = is_next && line.seq != expected && gone.is_none();
        if let Some(gone) = gone {
            // Whoever opened the chain knew of lines after the one before: this one says so, and follows on their numbers.
            visit(Step::Bad(gone))?;
        } else if is_told {
            // It follows the line before, whatever number it bears: the number was altered, and its place is known.
            visit(Step::Bad(bad(expected, What::Altered)))?;
            line.seq = expected;
        } else if line.seq != expected {
            let what = if line.seq > expected { What::Missing } else { What::OutOfPlace };
            visit(Step::Bad(bad(expected, what)))?;
        } else if !is_next && !memory.is_broken && line.prev.is_nearly(&memory.head.sha) {
            // The hash of an altered line is another altogether: here the field that remembers it was altered.
            visit(Step::Bad(bad(line.seq, What::Altered)))?;
            is_told = true;
        } else if !is_next && !memory.is_broken {
            let before =
                Bad { segment: at.segment, line: at.line.saturating_sub(1), seq: memory.head.seq, what: What::Altered };
            memory.suspect = Some((before, bad(line.seq, What::Altered)));
        }
        // What the next line remembers is the line as it was: told already.
        memory.is_broken = is_told;
        if line.is_signed_kind() {
            memory.since_signed = 0;
        } else {
            memory.since_signed += 1;
        }
        if !line.has_right_signature(raw, self.key) || memory.since_signed == SIGN_EVERY + 1 {
            visit(Step::Bad(bad(line.seq, What::Unsigned)))?;
        }
        memory.head = Head { seq: line.seq, sha };
        visit(Step::Line { line: Box::new(line), raw, at })
    }
}

impl Memory {
    /// Decides an open suspicion by what the line after the suspects remembers.
    fn settle(&mut self, prev: Option<Sha>, visit: &mut Visit<'_>) -> Result<(), Fault> {
        if let Some(newer) = self.newer.take() {
            // One flipped digit says "newer" too: the next line knows the one that was written.
            let is_altered = prev.is_some_and(|prev| prev != self.head.sha);
            visit(Step::Bad(if is_altered { Bad { what: What::Altered, ..newer } } else { newer }))?;
        }
        let Some((before, after)) = self.suspect.take() else { return Ok(()) };
        if prev.is_none_or(|prev| prev == self.head.sha) {
            return visit(Step::Bad(before));
        }
        // The next line remembers the second suspect otherwise too: that one was altered, and is told once.
        self.is_broken = true;
        visit(Step::Bad(after))
    }
}
