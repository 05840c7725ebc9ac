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
/// Between two tries: ever longer, to this where the disk only has to take something, to that where a store is built.
const FIRST: Duration = Duration::from_secs(1);
const MOST_ON_DISK: Duration = Duration::from_secs(8);
const MOST: Duration = Duration::from_secs(64);

type Mending = JoinHandle<Result<Option<Mended>, Fault>>;

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
        let now = Instant::now();
        if inner.records.is_store_well() {
            if now > self.not_before + MOST {
                self.pause = FIRST;
            }
        } else if self.at_work.is_none() && now >= self.not_before {
            self.not_before = now + self.pause;
            self.pause = (self.pause * 2).min(MOST);
            let shared = Arc::clone(inner);
            let work = move || shared.records.mend_store(&mut |at| shared.mends(at));
            self.at_work = std::thread::Builder::new().name("mend store".into()).spawn(work).ok();
        }
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
        let Ok(done) = done.join() else { return inner.has_mended(None) };
        self.met = done.as_ref().err().cloned();
        if self.met.as_ref().is_some_and(Fault::is_of_the_disk) {
            self.pause = self.pause.min(MOST_ON_DISK);
        }
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
