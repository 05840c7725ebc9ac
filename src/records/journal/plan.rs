//! What an append will write: lines chained, heads signed in their turn, cut into segments. Pure: no disk.

use super::checkpoint::Checkpoint;
use super::line::{Head, Line, LineKind, Seq, Sha};
use super::scan::SIGN_EVERY;
use super::segment::SEGMENT;
use chrono::{DateTime, NaiveDate, Utc};
use ed25519_dalek::SigningKey;

/// The end of a chain, to which the next line is chained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub segment: Seq,
    pub lines: u32,
    pub len: u64,
    /// Where the last line begins.
    pub last: u64,
    pub head: Head,
    pub since_signed: u64,
    pub signed_on: Option<NaiveDate>,
    /// Lines that name damage, from the beginning on.
    pub damages: u64,
}

impl Cursor {
    pub(super) const fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            segment: self.segment,
            lines: self.lines,
            offset: self.len,
            last: self.last,
            head: self.head,
            since_signed: self.since_signed,
            signed_on: self.signed_on,
            damages: self.damages,
        }
    }

    /// The beginning of a new segment after this end.
    pub(super) fn rolled(&self) -> Self {
        Self { segment: self.head.seq.next(), lines: 0, len: 0, last: 0, ..*self }
    }
}

/// Bytes for one segment.
pub(super) struct Stretch {
    pub segment: Seq,
    pub offset: u64,
    pub bytes: Vec<u8>,
    /// For every line: its place in the segment, counted from zero, and the offset of its first byte.
    pub lines: Vec<(u32, u64)>,
}

/// Lines on their way to the disk.
pub(super) struct Plan {
    pub stretches: Vec<Stretch>,
    /// The numbers of the caller's lines.
    pub seqs: Vec<Seq>,
    pub end: Cursor,
}

impl Plan {
    /// Chains `lines` after `from`; a signed head is put in where 1,000 lines or a day have passed.
    pub(super) fn new(from: Cursor, lines: Vec<Line>, trail: Option<Head>, signer: &SigningKey) -> Self {
        let mut plan = Self { stretches: Vec::new(), seqs: Vec::with_capacity(lines.len()), end: from };
        for mut line in lines {
            // A line that names damage is signed itself, and comes right behind what it names.
            if !line.is_signed_kind() && plan.wants_head(line.at) {
                let mut head = Line::own(LineKind::Head, line.at);
                head.trail = trail;
                plan.push(&mut head, signer);
            }
            plan.push(&mut line, signer);
            plan.seqs.push(line.seq);
        }
        plan
    }

    fn wants_head(&self, at: DateTime<Utc>) -> bool {
        let has_lines = self.end.head.seq != Seq(0);
        has_lines && (self.end.since_signed >= SIGN_EVERY || self.end.signed_on != Some(at.date_naive()))
    }

    fn push(&mut self, line: &mut Line, signer: &SigningKey) {
        let bytes = line.chained(self.end.head, signer);
        let len = bytes.len() as u64;
        if self.end.len > 0 && self.end.len + len > SEGMENT {
            self.end = self.end.rolled();
        }
        let end = &mut self.end;
        if self.stretches.last().is_none_or(|stretch| stretch.segment != end.segment) {
            let new = Stretch { segment: end.segment, offset: end.len, bytes: Vec::new(), lines: Vec::new() };
            self.stretches.push(new);
        }
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.lines.push((end.lines, end.len));
            stretch.bytes.extend_from_slice(&bytes);
        }
        end.last = end.len;
        end.len += len;
        end.lines += 1;
        end.head = Head { seq: line.seq, sha: Sha::of(&bytes) };
        end.since_signed = if line.is_signed_kind() { 0 } else { end.since_signed + 1 };
        end.damages += u64::from(line.kind == LineKind::Damage);
        if line.kind == LineKind::Head || end.signed_on.is_none() {
            end.signed_on = Some(line.at.date_naive());
        }
    }
}
