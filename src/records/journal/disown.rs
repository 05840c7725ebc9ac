//! What nobody who only reads a chain can find: its last line is another than somebody has seen, or lines are gone from its
//! end. Whoever has seen them says so, and the chain names it like any other damage.

use super::Seq;
use super::chain::Chain;
use super::scan::{Bad, What};
use std::sync::PoisonError;

impl Chain {
    /// Names the last line as altered, now or as soon as the disk can be written; `None` when there is none.
    pub fn disown_head(&self) -> Option<Bad> {
        let mut writer = self.writer();
        let end = writer.cursor;
        if end.head.seq == Seq(0) {
            return None;
        }
        let bad = Bad { segment: end.segment, line: end.lines, seq: end.head.seq, what: What::Altered };
        writer.found.push(bad);
        let _ = self.mend(&mut writer);
        Some(bad)
    }

    /// Names the lines that came after its end, up to `until`, as gone: somebody has seen them. Their numbers are given to no
    /// others. `None` when there were none.
    pub fn miss(&self, until: Seq) -> Option<Bad> {
        let mut writer = self.writer();
        let end = writer.cursor;
        if until <= end.head.seq {
            return None;
        }
        let bad = Bad { segment: end.segment, line: end.lines + 1, seq: end.head.seq.next(), what: What::Missing };
        writer.found.insert(0, bad);
        (writer.cursor.head.seq, writer.synced.head.seq) = (until, until);
        {
            let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
            (shared.head.seq, shared.durable.seq) = (until, until);
        }
        let is_named = self.mend(&mut writer).is_ok();
        drop(writer);
        if is_named {
            let _ = self.checkpoint(1);
        }
        Some(bad)
    }
}
