//! Mending while the desk is open: a store that fell is brought back on a thread of its own, the sessions see how far that
//! is, and what the disk refuses stands as a banner until it takes something again. The writer owns the [`Mender`].

use super::Inner;
use crate::domain::refusal::Fault;
use crate::records::{Mended, Progress};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a proposal waits for a store that is being brought back; then it is refused with a sentence.
const PATIENCE: Duration = Duration::from_secs(2);
const AGAIN: Duration = Duration::from_millis(5);
/// Between two tries, at least: twice as long after each that failed, to this.
const FIRST: Duration = Duration::from_secs(1);
const MOST_IN_VAIN: Duration = Duration::from_secs(8);
/// And as long as the try before took, to this: building the store of a large desk again and again would leave it nothing
/// else to do, and a small one is not kept waiting for what costs nothing.
const MOST: Duration = Duration::from_secs(64);

/// A try: what it came to, and how long it took.
type Mending = JoinHandle<(Result<Option<Mended>, Fault>, Duration)>;

/// How long to wait after a try, when it was waited so long before.
fn pause(before: Duration, took: Duration, has_failed: bool) -> Duration {
    let least = if has_failed { (before * 2).min(MOST_IN_VAIN) } else { FIRST };
    took.min(MOST).max(least)
}

/// Who brings the store back.
pub(super) struct Mender {
    at_work: Option<Mending>,
    not_before: Instant,
    pause: Duration,
    /// What the last try met.
    met: Option<Fault>,
    /// Index and directory may have missed something while the store could not be read.
    is_behind: bool,
}

impl Mender {
    pub(super) fn new() -> Self {
        Self { at_work: None, not_before: Instant::now(), pause: FIRST, met: None, is_behind: false }
    }

    /// Starts what is due and settles what is done; cheap when nothing is wrong.
    pub(super) fn tend(&mut self, inner: &Arc<Inner>) {
        self.settle(inner);
        if self.is_behind {
            self.is_behind = inner.catch_up().is_err();
        }
        if !inner.records.is_store_well() && self.at_work.is_none() && Instant::now() >= self.not_before {
            let shared = Arc::clone(inner);
            let work = move || {
                let begun = Instant::now();
                (shared.records.mend_store(&mut |at| shared.mends(at)), begun.elapsed())
            };
            self.at_work = std::thread::Builder::new().name("mend store".into()).spawn(work).ok();
        }
    }

    /// Says that index and directory miss something of the records: they are caught up with before anything else is judged.
    pub(super) const fn is_behind(&mut self) {
        self.is_behind = true;
    }

    /// Waits a moment for a store that takes no commits.
    ///
    /// # Errors
    /// What to tell whoever proposed something.
    pub(super) fn ready(&mut self, inner: &Arc<Inner>) -> Result<(), Fault> {
        let until = Instant::now() + PATIENCE;
        loop {
            self.tend(inner);
            match inner.records.takes_commits() {
                Ok(()) if !self.is_behind => return Ok(()),
                Ok(()) => {}
                Err(fault) if self.at_work.is_none() || Instant::now() > until => {
                    return Err(self.met.clone().unwrap_or(fault));
                }
                Err(_) => {}
            }
            if Instant::now() > until {
                return Err(inner.records.takes_commits().err().or_else(|| self.met.clone()).unwrap_or_else(behind));
            }
            std::thread::sleep(AGAIN);
        }
    }

    fn settle(&mut self, inner: &Arc<Inner>) {
        let Some(done) = self.at_work.take_if(|mending| mending.is_finished()) else { return };
        // A mender that panicked has mended nothing, and is sent again.
        let done = done.join();
        let (has_failed, took) = done.as_ref().map_or((true, FIRST), |(done, took)| (done.is_err(), *took));
        self.pause = pause(self.pause, took, has_failed);
        self.not_before = Instant::now() + self.pause;
        let Ok((done, _)) = done else { return inner.has_mended(None) };
        self.met = done.as_ref().err().cloned();
        inner.has_mended(done.as_ref().ok().copied().flatten());
        match done {
            Ok(mended) => self.is_behind |= mended.is_some(),
            Err(fault) => inner.has_met(&fault),
        }
    }

    /// Waits for what is being done: the folder is free afterwards.
    pub(super) fn rest(self) {
        if let Some(mending) = self.at_work {
            // Whatever it met, the next start mends it.
            _ = mending.join();
        }
    }
}

fn behind() -> Fault {
    Fault::new("S03", "fault-store-down", "the index is behind the records")
}

impl Inner {
    /// Shows how far a rebuild is.
    fn mends(&self, at: Progress) {
        self.is_mending(Some(u8::try_from((at.done * 100).checked_div(at.total).unwrap_or(0)).unwrap_or(100)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_fell_often_is_brought_back_at_once_and_a_large_one_is_not_built_without_end() {
        let (moment, minutes) = (Duration::from_millis(300), Duration::from_secs(900));
        // However often it fell and was brought back, the next time is not later.
        assert_eq!((0..20).fold(FIRST, |before, _| pause(before, moment, false)), FIRST);
        // In vain: soon, then more seldom, and never so seldom that nobody sees that the disk is well again.
        let vain: Vec<u64> = (0..5)
            .scan(FIRST, |before, _| {
                *before = pause(*before, moment, true);
                Some(before.as_secs())
            })
            .collect();
        assert_eq!(vain, [2, 4, 8, 8, 8]);
        assert_eq!(pause(MOST_IN_VAIN, moment, false), FIRST);
        // What took a quarter of an hour is not begun again at once, whether it helped or not.
        assert_eq!((pause(FIRST, minutes, false), pause(FIRST, minutes, true)), (MOST, MOST));
    }
}
