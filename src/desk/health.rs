//! How the data stand: what opening found, and what a slow look over both chains and the store finds behind it, for a banner
//! that names the first bad entry and says what to do; `pulang verify` names them all.

use super::{Inner, News};
use crate::domain::refusal::Fault;
use crate::records::{Opening, Places, Rebuilt, Repairs, Seen};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use ulid::Ulid;

/// Something wrong with the data, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// So many lines that were acknowledged are gone from the end of the journal.
    LostLines(u64),
    /// Damage in the journal, in so many places at least.
    Journal(Places),
    /// So many changes do not open with their keys.
    Unopened(u64),
    /// Damage in the trail.
    Trail(Places),
    /// The store lacks records that it should have: it is built anew at the next start.
    Store,
    /// The store was broken, or disagreed, and was built anew from the journal: nothing is lost.
    Rebuilt,
}

/// How long the look over the chains lets a fresh desk alone, and how it goes: so many lines, then a rest, so that whoever
/// types never waits for it.
const AFTER: Duration = Duration::from_secs(1);
const LINES: u32 = 512;
const REST: Duration = Duration::from_millis(2);

/// What opening found.
pub(super) fn alarms(found: &Opening) -> Vec<Alarm> {
    let places = |repairs: &Repairs| Places::of(repairs.damages, &repairs.damage);
    let (journal, trail) = (places(&found.journal), places(&found.trail));
    let is_odd = match found.rebuilt {
        Some(Rebuilt::Broken | Rebuilt::Disagreed) => true,
        Some(Rebuilt::Asked | Rebuilt::Missing | Rebuilt::OtherSchema) | None => false,
    };
    let all = [
        (found.lost_lines > 0, Alarm::LostLines(found.lost_lines)),
        (journal.count > 0, Alarm::Journal(journal)),
        (found.unopened > 0, Alarm::Unopened(found.unopened)),
        (trail.count > 0, Alarm::Trail(trail)),
        (is_odd, Alarm::Rebuilt),
    ];
    all.into_iter().filter_map(|(is_so, alarm)| is_so.then_some(alarm)).collect()
}

/// Looks over both chains from their beginning, on a thread of its own: opening checks only what came after the last
/// checkpoint. Ends when `stopped` does.
pub(super) fn look_over(inner: Arc<Inner>, stopped: Receiver<()>) -> std::io::Result<JoinHandle<()>> {
    let work = move || {
        if stopped.recv_timeout(AFTER) != Err(RecvTimeoutError::Timeout) {
            return;
        }
        let mut lines = 0;
        let mut go_on = || {
            lines += 1;
            let rest = if lines % LINES == 0 { REST } else { return Ok(()) };
            match stopped.recv_timeout(rest) {
                Err(RecvTimeoutError::Timeout) => Ok(()),
                Ok(()) | Err(RecvTimeoutError::Disconnected) => {
                    Err(Fault::new("D04", "fault-writer-gone", "the desk is closing"))
                }
            }
        };
        if let Ok(seen) = inner.records.look_over(&mut go_on) {
            inner.found(seen);
        }
    };
    std::thread::Builder::new().name("look over".into()).spawn(work)
}

impl Inner {
    /// What is wrong with the data, gravest first.
    pub(super) fn alarms(&self) -> Vec<Alarm> {
        self.alarms.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds what the look over everything found to what was known, and tells every session.
    fn found(&self, seen: Seen) {
        if seen == Seen::default() {
            return;
        }
        let Seen { mut journal, mut trail, is_store_whole } = seen;
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        alarms.retain(|alarm| match alarm {
            Alarm::Journal(known) => {
                journal = journal.with(*known);
                false
            }
            Alarm::Trail(known) => {
                trail = trail.with(*known);
                false
            }
            Alarm::LostLines(_) | Alarm::Unopened(_) | Alarm::Store | Alarm::Rebuilt => true,
        });
        alarms.extend((journal.count > 0).then_some(Alarm::Journal(journal)));
        alarms.extend((trail.count > 0).then_some(Alarm::Trail(trail)));
        alarms.extend((!is_store_whole).then_some(Alarm::Store));
        alarms.sort_unstable();
        drop(alarms);
        self.tell(&News { by: Ulid::nil(), subjects: Arc::default() });
    }
}
