//! Reading a chain from its end: the newest line first, in blocks, so that the last page of ten million lines costs no more
//! than the last page of ten. Nothing is checked here: verifying goes the other way.

use super::chain::Chain;
use super::line::{Line, Seq};
use super::segment::number_of;
use crate::domain::refusal::Fault;
use crate::records::disk::{Access, DiskFile};
use crate::records::faults;
use std::ops::ControlFlow;
use std::sync::PoisonError;

/// Bytes that are read at once; a line that is longer is read whole all the same.
const BLOCK: u64 = 256 << 10;
/// A line longer than this was not written by this program.
const MOST_LINE: usize = 32 << 20;

/// What is met on the way back.
pub(crate) enum Back {
    Line(Box<Line>),
    /// Bytes that are no line.
    Unreadable,
}

type Visit<'v> = dyn FnMut(Back) -> ControlFlow<()> + 'v;

impl Chain {
    /// Visits the lines before a number, the newest first, until the visitor breaks or the first line is passed.
    ///
    /// # Errors
    /// Any error of the disk.
    pub(crate) fn back(&self, before: Seq, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let (segments, len) = {
            let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
            (shared.segments.clone(), shared.len)
        };
        for (place, segment) in segments.iter().enumerate().rev().filter(|(_, segment)| segment.first < before) {
            let path = segment.path(&self.dir);
            let told = |e: std::io::Error| faults::io("read", &path, &e);
            let file = self.disk.open(&path, Access::Read).map_err(told)?;
            let end = if place + 1 == segments.len() { len } else { file.len().map_err(told)? };
            if lines_back(&*file, end, before, visit).map_err(told)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The lines of one segment before a number, the last first.
fn lines_back(file: &dyn DiskFile, end: u64, before: Seq, visit: &mut Visit<'_>) -> std::io::Result<ControlFlow<()>> {
    // Of a line that begins before the block: what was read of it, behind the block.
    let (mut from, mut rest) = (end, Vec::new());
    while from > 0 {
        let start = from.saturating_sub(BLOCK);
        let mut bytes = vec![0; (from - start) as usize];
        let read = file.read_at(&mut bytes, start)?;
        bytes.truncate(read);
        bytes.extend_from_slice(&rest);
        from = start;
        // The first line of the block may begin before it.
        let whole = if start == 0 { 0 } else { memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1) };
        let (head, lines) = bytes.split_at(whole);
        rest = head.to_vec();
        if rest.len() > MOST_LINE {
            let _ = visit(Back::Unreadable);
            return Ok(ControlFlow::Break(()));
        }
        for raw in lines.split_inclusive(|&byte| byte == b'\n').rev() {
            // What was read before is passed without being parsed.
            if number_of(raw).is_some_and(|number| number >= before) {
                continue;
            }
            let met = match Line::parse(raw) {
                Ok(line) => Back::Line(Box::new(line)),
                Err(_) => Back::Unreadable,
            };
            if visit(met).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}
