//! Long work inside an open desk: begun with the caller's rights, watched, stopped when the caller goes. How it is done is the
//! desk's.

use super::answer::Stop;
use super::console::Call;
use crate::desk::backup::stopped;
use crate::desk::{Ended, Progress, Seat, Work};
use std::time::Duration;

/// How often it is asked how far it is.
const PAUSE: Duration = Duration::from_millis(20);

/// Begins the work and waits for its end, with a line that says how far it is.
///
/// # Errors
/// The caller may not begin it, or asked to stop.
pub fn until_ended(call: &mut Call<'_, '_>, seat: &Seat, work: Work) -> Result<Ended, Stop> {
    let interrupt = call.interrupt();
    let chore = seat.begin(work)?;
    let mut line = call.progress();
    let ended = loop {
        if let Some(ended) = chore.ended() {
            break Ok(ended);
        }
        if interrupt.check().is_err() {
            chore.stop();
            break Err(stopped().into());
        }
        if let Some(progress) = chore.progress() {
            line.show(if seat.may_know_totals() { progress } else { in_hundredths(progress) });
        }
        std::thread::sleep(PAUSE);
    };
    line.clear();
    ended
}

/// How far it is without saying of how much.
const fn in_hundredths(progress: Progress) -> Progress {
    let done = match progress.done.saturating_mul(100).checked_div(progress.total) {
        Some(done) => done,
        None => 0,
    };
    Progress { done, total: 100, ..progress }
}
