//! The threads that the desk stands on: the writer, and the reading of the index. What they leave half done in memory nobody
//! may judge by. Never here: a session's panic, which ends that session alone (`serve`).

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, JoinHandle};

/// Starts a thread whose panic ends the whole process at once, its report written before: the journal says at the next start
/// what happened, and what was not yet answered is asked again by its id.
///
/// # Errors
/// When no thread can be had.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.to_owned()).spawn(|| {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            std::process::abort();
        }
    })
}
