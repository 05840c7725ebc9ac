//! How the data stand: what opening found, and what a slow look over both chains finds behind it. Counts only, for a banner
//! that says what to do; `pulang verify` names the places.

use super::{Inner, News};
use crate::domain::refusal::Fault;
use crate::records::{Opening, Rebuilt};
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
    Journal(u64),
    /// So many changes do not open with their keys.
    Unopened(u64),
    /// Damage in the trail.
    Trail(u64),
    /// The store was broken, or disagreed, and was built anew from the journal: nothing is lost.
    Rebuilt,
    /// The last backup by the plan failed.
    BackupFailed,
    /// The plan of backups cannot be read.
    BackupPlan,
    /// There never was a backup.
    NoBackup,
    /// The last backup is so many days old.
    BackupOld(u64),
}

impl Alarm {
    /// Whether it is about backups: told to those who see to them.
    pub const fn is_of_backups(self) -> bool {
        matches!(self, Self::BackupFailed | Self::BackupPlan | Self::NoBackup | Self::BackupOld(_))
    }
}

/// How long the look over the chains lets a fresh desk alone, and how it goes: so many lines, then a rest, so that whoever
/// types never waits for it.
const AFTER: Duration = Duration::from_secs(1);
const LINES: u32 = 512;
const REST: Duration = Duration::from_millis(2);

/// What opening found.
pub(super) fn alarms(found: &Opening) -> Vec<Alarm> {
    let journal = found.journal.damages.max(found.journal.damage.len() as u64);
    let trail = found.trail.damages.max(found.trail.damage.len() as u64);
    let is_odd = match found.rebuilt {
        Some(Rebuilt::Broken | Rebuilt::Disagreed) => true,
        Some(Rebuilt::Asked | Rebuilt::Missing | Rebuilt::OtherSchema) | None => false,
    };
    let all = [
        (found.lost_lines > 0, Alarm::LostLines(found.lost_lines)),
        (journal > 0, Alarm::Journal(journal)),
        (found.unopened > 0, Alarm::Unopened(found.unopened)),
        (trail > 0, Alarm::Trail(trail)),
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
        if let Ok((journal, trail)) = inner.records.look_over(&mut go_on) {
            inner.found(journal, trail);
        }
    };
    std::thread::Builder::new().name("look over".into()).spawn(work)
}

impl Inner {
    /// What is wrong with the data, gravest first.
    pub(super) fn alarms(&self) -> Vec<Alarm> {
        self.alarms.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds what the look over the chains found to what was known, and tells every session.
    fn found(&self, journal: u64, trail: u64) {
        if journal == 0 && trail == 0 {
            return;
        }
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut journal, mut trail) = (journal, trail);
        alarms.retain(|alarm| match alarm {
            Alarm::Journal(known) => {
                journal = journal.max(*known);
                false
            }
            Alarm::Trail(known) => {
                trail = trail.max(*known);
                false
            }
            Alarm::LostLines(_) | Alarm::Unopened(_) | Alarm::Rebuilt => true,
            Alarm::BackupFailed | Alarm::BackupPlan | Alarm::NoBackup | Alarm::BackupOld(_) => true,
        });
        alarms.extend((journal > 0).then_some(Alarm::Journal(journal)));
        alarms.extend((trail > 0).then_some(Alarm::Trail(trail)));
        alarms.sort_unstable();
        drop(alarms);
        self.tell(&News { by: Ulid::nil(), subjects: Arc::default() });
    }
}
