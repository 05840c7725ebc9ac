//! Segments: files of lines named by the number of their first line, and where in them a line is.
//!
//! Every 16 KiB or so a mark says which line begins there, in the segment that is being written, from the chain's opening on.
//! What has no marks is not read whole: lines say their numbers, from which their places are guessed; marks are made of a
//! closed segment only where that finds nothing, so that neither opening a million lines nor reading ten of them reads whole
//! segments.

use super::line::{Line, Seq};
use super::scan::MOST_SEGMENT;
use crate::domain::refusal::Fault;
use crate::records::disk::{Access, Disk, DiskFile, read_all};
use crate::records::faults;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Lines of one segment have at most this many bytes together; a larger batch begins a new segment.
pub(super) const SEGMENT: u64 = 8 << 20;
const MARK_EVERY: u64 = 16 << 10;
/// Probes in which a line is sought, and those of them that guess its place.
const MOST_PROBES: usize = 16;
const MOST_GUESSES: usize = 5;

/// A line of a segment, counted from zero, and the offset of its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    line: u32,
    offset: u32,
}

/// Where lines begin, about every 16 KiB.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// Notes a line if it is far enough from the last one noted.
    pub(super) fn note(&mut self, line: u32, offset: u64) {
        let is_due = self.0.last().is_none_or(|last| offset >= u64::from(last.offset) + MARK_EVERY);
        if let (true, Ok(offset)) = (is_due, u32::try_from(offset)) {
            self.0.push(Mark { line, offset });
        }
    }

    /// The first mark: of the lines before it nothing is known. A chain that was opened at its checkpoint has marks of what
    /// came since.
    fn first(&self) -> Option<Mark> {
        self.0.first().copied()
    }

    /// The last mark at or before a line, and the offset of the mark after it.
    fn around(&self, line: u32) -> (Mark, Option<u64>) {
        let after = self.0.partition_point(|mark| mark.line <= line);
        let mark = after.checked_sub(1).map_or(Mark { line: 0, offset: 0 }, |place| self.0[place]);
        (mark, self.0.get(after).map(|mark| u64::from(mark.offset)))
    }

    fn scan(bytes: &[u8]) -> Self {
        let mut marks = Self::default();
        let mut at = 0;
        for (line, end) in memchr::memchr_iter(b'\n', bytes).enumerate() {
            marks.note(line as u32, at as u64);
            at = end + 1;
        }
        marks
    }
}

/// How far a segment goes.
#[derive(Clone, Copy)]
pub(super) enum Reach<'a> {
    /// To the line before this one, with which the next segment begins.
    Closed { behind: Seq },
    /// It is being written: its marks, its length, and the number of the line that comes next.
    Live { marks: &'a Marks, len: u64, behind: Seq },
}

/// One file of lines. Clones share their marks.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// The number of its first line.
    pub first: Seq,
    closed: Arc<OnceLock<Marks>>,
}

impl Segment {
    pub(super) fn new(first: Seq) -> Self {
        Self { first, closed: Arc::default() }
    }

    /// The segment with this file name: twelve digits and `.jsonl`.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let digits = name.strip_suffix(".jsonl").filter(|digits| digits.len() == 12)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok().map(|first| Self::new(Seq(first))))?
    }

    pub(super) fn path(&self, dir: &Path) -> PathBuf {
        dir.join(format!("{:012}.jsonl", self.first.0))
    }

    /// Keeps the marks made while the segment was written.
    pub(super) fn close(&self, marks: Marks) {
        let _ = self.closed.set(marks);
    }

    /// Reads the line with this number.
    pub(super) fn read(&self, disk: &dyn Disk, dir: &Path, seq: Seq, reach: Reach<'_>) -> Result<Line, Fault> {
        let path = self.path(dir);
        let told = |e: std::io::Error| faults::io("read", &path, &e);
        let line = u32::try_from(seq.0 - self.first.0).map_err(|_| faults::missing_line(seq.0))?;
        let file = disk.open(&path, Access::Read).map_err(told)?;
        let first_mark = match reach {
            Reach::Live { marks, .. } => marks.first(),
            Reach::Closed { .. } => self.closed.get().and_then(Marks::first),
        };
        if first_mark.is_none_or(|mark| line < mark.line) {
            let high = match (first_mark, reach) {
                (Some(mark), _) => (u64::from(mark.offset), Seq(self.first.0 + u64::from(mark.line))),
                (None, Reach::Live { len, behind, .. }) => (len, behind),
                (None, Reach::Closed { behind }) => (file.len().map_err(told)?.min(MOST_SEGMENT), behind),
            };
            if let Some(found) = sought(&*file, self.first, high, seq) {
                return Ok(found);
            }
        }
        let (mark, next, len) = match reach {
            Reach::Live { marks, len, .. } => {
                let (mark, next) = marks.around(line);
                (mark, next, Some(len))
            }
            Reach::Closed { .. } => {
                let (mark, next) = self.marks(disk, &path)?.around(line);
                (mark, next, None)
            }
        };
        let end = match next.or(len) {
            Some(end) => end,
            None => file.len().map_err(told)?.min(MOST_SEGMENT),
        };
        let mut bytes = vec![0; end.saturating_sub(u64::from(mark.offset)) as usize];
        let read = file.read_at(&mut bytes, u64::from(mark.offset)).map_err(told)?;
        let found = bytes[..read].split_inclusive(|&byte| byte == b'\n').nth((line - mark.line) as usize);
        match found.and_then(|raw| Line::parse(raw).ok()).filter(|line| line.seq == seq) {
            Some(line) => Ok(line),
            None => self.search(disk, &path, seq),
        }
    }

    /// Looks at every line: in a damaged segment a line may stand elsewhere than its number says.
    fn search(&self, disk: &dyn Disk, path: &Path, seq: Seq) -> Result<Line, Fault> {
        let bytes = read_all(disk, path, MOST_SEGMENT).map_err(|e| faults::io("read", path, &e))?;
        let mut lines = bytes.split(|&byte| byte == b'\n').filter_map(|raw| Line::parse(raw).ok());
        lines.find(|line| line.seq == seq).ok_or_else(|| faults::missing_line(seq.0))
    }

    fn marks(&self, disk: &dyn Disk, path: &Path) -> Result<&Marks, Fault> {
        if let Some(marks) = self.closed.get() {
            return Ok(marks);
        }
        let bytes = read_all(disk, path, MOST_SEGMENT).map_err(|e| faults::io("read", path, &e))?;
        Ok(self.closed.get_or_init(|| Marks::scan(&bytes)))
    }
}

/// Finds a line by its number. Lines of a segment are about equally long, so numbers say about where a line begins: two or
/// three probes find it among thousands. It stands before `high`: a place where a line begins or would, and its number.
/// `None` when lines are longer than a probe, or are not what they should be.
fn sought(file: &dyn DiskFile, first: Seq, high: (u64, Seq), seq: Seq) -> Option<Line> {
    let mut probe = vec![0; MARK_EVERY as usize];
    // The line begins at or after `low`, where the line of that number begins, and before `high`.
    let (mut low, mut high) = ((0, first), high);
    for tries in 0..MOST_PROBES {
        if seq < low.1 || seq >= high.1 || high.0 <= low.0 {
            return None;
        }
        let (bytes, lines) = (high.0 - low.0, high.1.0 - low.1.0);
        // Lines of very different lengths may mislead again and again; halving does not.
        let about = if tries < MOST_GUESSES { bytes * (seq.0 - low.1.0) / lines } else { bytes / 2 };
        let at = low.0 + about.saturating_sub(MARK_EVERY / 2);
        let read = file.read_at(&mut probe, at).ok()?;
        let begins = if at == low.0 { 0 } else { memchr::memchr(b'\n', &probe[..read])? + 1 };
        if at + begins as u64 >= high.0 {
            high.0 = at;
            continue;
        }
        match probed(&probe[begins..read], seq)? {
            Probed::Here(line) => return Some(*line),
            Probed::Before(number) => high = (at + begins as u64, number),
            Probed::From(number, start) if number == seq => return whole(file, at + (begins + start) as u64, seq),
            Probed::From(number, start) => low = (at + (begins + start) as u64, number),
        }
    }
    None
}

/// What a piece of a segment says of a line, when it begins where a line does.
enum Probed {
    Here(Box<Line>),
    /// It stands before the line of this number, which is the first here.
    Before(Seq),
    /// It stands at or after the line of this number, which begins so many bytes on.
    From(Seq, usize),
}

fn probed(bytes: &[u8], seq: Seq) -> Option<Probed> {
    let first = number_of(bytes)?;
    if first > seq {
        return Some(Probed::Before(first));
    }
    let (mut last, mut start) = (Probed::From(first, 0), 0);
    for raw in bytes.split_inclusive(|byte| *byte == b'\n') {
        // The last one may be cut off within its number.
        let Some(number) = number_of(raw).filter(|number| *number <= seq) else { break };
        if number == seq && raw.ends_with(b"\n") {
            return Line::parse(raw).ok().map(Box::new).map(Probed::Here);
        }
        last = Probed::From(number, start);
        start += raw.len();
    }
    Some(last)
}

/// Reads the line that begins here, however long it is.
fn whole(file: &dyn DiskFile, at: u64, seq: Seq) -> Option<Line> {
    let mut bytes = Vec::new();
    for length in (0..).map(|nth| MARK_EVERY << nth).take_while(|length| *length <= MOST_SEGMENT) {
        bytes.resize(length as usize, 0);
        let read = file.read_at(&mut bytes, at).ok()?;
        if let Some(end) = memchr::memchr(b'\n', &bytes[..read]) {
            return Line::parse(&bytes[..=end]).ok().filter(|line| line.seq == seq);
        }
    }
    None
}

/// The number that a line begins with, without reading the rest of it.
pub(super) fn number_of(raw: &[u8]) -> Option<Seq> {
    const NAME: &[u8] = b"\"seq\":";
    let head = &raw[..raw.len().min(64)];
    let digits = &head[memchr::memmem::find(head, NAME)? + NAME.len()..];
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok().map(Seq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::disk::RealDisk;
    use crate::records::watched::{Watched, Watcher};
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A segment of so many lines, each with a seal of about so many bytes.
    fn segment(first: u64, count: u64, bytes: impl Fn(u64) -> usize) -> (tempfile::TempDir, Segment) {
        let dir = tempfile::tempdir().unwrap();
        let segment = Segment::new(Seq(first));
        let mut all = Vec::new();
        for seq in first..first + count {
            let loose = Line::loose(
                super::super::LineKind::Other,
                ulid::Ulid(seq.into()),
                chrono::DateTime::UNIX_EPOCH,
                ulid::Ulid(1),
                ulid::Ulid(2),
            );
            let line = Line { seq: Seq(seq), seal: "s".repeat(bytes(seq)), ..loose };
            all.extend(serde_json::to_vec(&line).unwrap());
            all.push(b'\n');
        }
        std::fs::write(segment.path(dir.path()), all).unwrap();
        (dir, segment)
    }

    #[test]
    fn every_line_is_found_by_guessing_and_none_that_is_not_there() {
        for bytes in [|_| 0, |seq| (seq as usize * 7919) % 5_000, |seq| if seq == 180 { 9_000 } else { 400 }] {
            let (dir, segment) = segment(100, 300, bytes);
            let file = RealDisk.open(&segment.path(dir.path()), Access::Read).unwrap();
            let len = file.len().unwrap();
            for seq in 100..400 {
                let found = sought(&*file, Seq(100), (len, Seq(400)), Seq(seq));
                assert_eq!(found.map(|line| line.seq), Some(Seq(seq)));
            }
            let nowhere = |seq| sought(&*file, Seq(100), (len, Seq(401)), Seq(seq)).is_none();
            assert!(nowhere(99) && nowhere(400) && nowhere(401));
        }
    }

    #[test]
    fn lines_from_before_the_chain_was_opened_are_found_without_marks_of_them() {
        let (dir, segment) = segment(100, 3_000, |seq| (seq as usize * 7919) % 1_500);
        let path = segment.path(dir.path());
        let all = std::fs::read(&path).unwrap();
        let mut since_opened = Marks::default();
        let mut at = 0;
        for (line, raw) in all.split_inclusive(|byte| *byte == b'\n').enumerate() {
            if line >= 2_900 {
                since_opened.note(line as u32, at);
            }
            at += raw.len() as u64;
        }
        for marks in [since_opened, Marks::default()] {
            let disk = Watched(Arc::<Count>::default());
            let reach = Reach::Live { marks: &marks, len: at, behind: Seq(3_100) };
            for seq in 100..3_100 {
                assert_eq!(segment.read(&disk, dir.path(), Seq(seq), reach).unwrap().seq, Seq(seq));
            }
            let each = disk.0.0.load(Ordering::Relaxed) / 3_000;
            assert!(each < 4 * MARK_EVERY, "{each} bytes for a line of a segment of {at}");
            // The next segment begins: what marks there are stay, and serve as before.
            let closed = Segment::new(Seq(100));
            closed.close(marks);
            let (disk, reach) = (Watched(Arc::<Count>::default()), Reach::Closed { behind: Seq(3_100) });
            for seq in 100..3_100 {
                assert_eq!(closed.read(&disk, dir.path(), Seq(seq), reach).unwrap().seq, Seq(seq));
            }
            assert!(disk.0.0.load(Ordering::Relaxed) / 3_000 < 4 * MARK_EVERY);
        }
    }

    /// How many bytes were read.
    #[derive(Default)]
    struct Count(AtomicU64);

    impl Watcher for Count {
        fn read_at(&self, _path: &Path, below: &dyn DiskFile, into: &mut [u8], at: u64) -> io::Result<usize> {
            let read = below.read_at(into, at)?;
            self.0.fetch_add(read as u64, Ordering::Relaxed);
            Ok(read)
        }
    }

    #[test]
    fn where_guessing_finds_nothing_the_whole_segment_is_looked_through() {
        let (dir, segment) = segment(1, 200, |seq| if seq % 3 == 0 { 60_000 } else { 10 });
        let read = |seq| segment.read(&RealDisk, dir.path(), Seq(seq), Reach::Closed { behind: Seq(202) });
        for seq in 1..=200 {
            assert_eq!(read(seq).unwrap().seq, Seq(seq));
        }
        assert_eq!(read(201).unwrap_err().code, "J05");
    }
}
