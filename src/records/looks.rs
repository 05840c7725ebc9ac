//! Looking into the trail: the newest looks first, narrowed, a bounded stretch at a time, however long the trail is.

use super::journal::{Back, LineKind, Seq};
use super::trail::{Act, Look, Trail};
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use chrono::{DateTime, TimeDelta, Utc};
use std::ops::ControlFlow;

/// How far the clock of the machine may have gone back: lines that say a day are looked for so much around it.
const CLOCK_MAY_ERR: TimeDelta = TimeDelta::hours(25);

/// Which looks are wanted; what is not said narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Any of these operators; none at all where nobody is of that name.
    pub by: Option<Vec<ulid::Ulid>>,
    /// Looks at this subject; of a look at very many only the first 1,000 are in its line.
    pub of: Option<Subject>,
    pub act: Option<Act>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub to: Option<DateTime<Utc>>,
}

impl Wanted {
    fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    fn has(&self, look: &Look) -> bool {
        self.of.is_none_or(|of| look.of.contains(&of)) && self.act.is_none_or(|act| look.act == act)
    }
}

/// A stretch of the trail, the newest look first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    pub looks: Vec<(Seq, Look)>,
    /// Before which line to go on; `None` at the beginning of the trail.
    pub next: Option<Seq>,
    /// When the last line that was passed was recorded.
    pub reached: Option<DateTime<Utc>>,
    /// Lines that cannot be read, or do not open: verifying names them.
    pub unread: u64,
}

impl Trail {
    /// The looks before a line that are wanted, at most `most` of them, after passing at most `passed` lines. Give the
    /// `next` of the answer to go on.
    ///
    /// # Errors
    /// Any error of the disk.
    pub fn looks_before(&self, before: Seq, wanted: &Wanted, most: usize, passed: usize) -> Result<Stretch, Fault> {
        let mut stretch = Stretch { next: Some(before), ..Stretch::default() };
        if wanted.by.as_ref().is_some_and(Vec::is_empty) || most == 0 {
            return Ok(Stretch { next: stretch.next.filter(|_| most == 0), ..stretch });
        }
        let (mut left, mut is_over) = (passed, true);
        self.chain.back(before, &mut |met| {
            let stop = |is_over: &mut bool| {
                *is_over = false;
                ControlFlow::Break(())
            };
            let Back::Line(line) = met else {
                stretch.unread += 1;
                return ControlFlow::Continue(());
            };
            if stretch.looks.len() >= most || left == 0 {
                return stop(&mut is_over);
            }
            if wanted.from.is_some_and(|from| line.at < from - CLOCK_MAY_ERR) {
                return ControlFlow::Break(());
            }
            left -= 1;
            (stretch.next, stretch.reached) = (Some(line.seq), Some(line.at));
            // What stands in clear is looked at before anything is opened.
            let is_in_time = wanted.from.is_none_or(|from| line.at >= from) && wanted.to.is_none_or(|to| line.at < to);
            let is_by = wanted.by.as_ref().is_none_or(|by| by.contains(&line.by));
            if line.kind != LineKind::Look || !is_in_time || !is_by {
                return ControlFlow::Continue(());
            }
            match self.opened(&line) {
                Ok(Some(look)) if wanted.is_everything() || wanted.has(&look) => stretch.looks.push((line.seq, look)),
                Ok(_) => {}
                Err(_) => stretch.unread += 1,
            }
            ControlFlow::Continue(())
        })?;
        if is_over {
            stretch.next = None;
        }
        Ok(stretch)
    }

    /// The line behind the last one that may be wanted: where looking begins.
    pub fn end_of(&self, wanted: &Wanted) -> Seq {
        let after = self.head().seq.next();
        let Some(until) = wanted.to.map(|to| to + CLOCK_MAY_ERR) else { return after };
        let (mut low, mut high) = (1, after.0);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.chain.read(Seq(middle)) {
                Ok(line) if line.at < until => low = middle + 1,
                Ok(_) => high = middle,
                // A line that cannot be read says nothing of the time: then everything is looked through.
                Err(_) => return after,
            }
        }
        Seq(low)
    }
}
