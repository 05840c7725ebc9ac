//! How the data stand: what opening found, and what a slow look over both chains and the store finds behind it, for a banner
//! that names the first bad entry and says what to do; `pulang verify` names them all.

use super::{Inner, News};
use crate::domain::refusal::Fault;
use crate::records::{Mended, Opening, Places, Rebuilt, Repairs, Seen};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Something wrong with the data, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// This folder was taken away under the open desk (`keys`, `journal`, `trail`): nothing is saved, and this process is the
    /// last to have what was in it.
    Gone(&'static str),
    /// The disk refused the last thing that was to be kept, with this code (`D…`): reading goes on.
    Disk(&'static str),
    /// So many lines that were acknowledged are gone from the end of the journal.
    LostLines(u64),
    /// Damage in the journal, in so many places at least.
    Journal(Places),
    /// So many keys that were given out are gone from both tables.
    KeysGone(u64),
    /// So many changes do not open with their keys.
    Unopened(u64),
    /// Damage in the trail.
    Trail(Places),
    /// The store is being built anew, so many percent of it: nothing is lost, saving may wait.
    Mending(u8),
    /// The store was broken, or disagreed, and was built anew from the journal: nothing is lost.
    Rebuilt,
    /// Nobody has made a copy of the master key yet: whoever loses it loses everything.
    KeyUncopied,
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
const LINES: u32 = 128;
const REST: Duration = Duration::from_millis(10);

/// What opening found.
pub(super) fn alarms(found: &Opening) -> Vec<Alarm> {
    let places = |repairs: &Repairs| Places::of(repairs.damages, &repairs.damage);
    let (journal, trail) = (places(&found.journal), places(&found.trail));
    let is_odd = match found.rebuilt {
        Some(Rebuilt::Broken | Rebuilt::Disagreed | Rebuilt::Blind) => true,
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

/// The folder that a fault says was taken away.
fn gone(fault: &Fault) -> Option<&'static str> {
    match fault.key {
        "fault-gone-keys" => Some("keys"),
        "fault-gone-journal" => Some("journal"),
        "fault-gone-trail" => Some("trail"),
        _ => None,
    }
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
        // The keys first: they are few bytes, and without them nothing else is worth anything.
        _ = inner.look_for_keys(&mut go_on);
        if let Ok(seen) = inner.records.look_over(&mut go_on) {
            inner.found(seen);
        }
    };
    std::thread::Builder::new().name("look over".into()).spawn(work)
}

impl Inner {
    /// What is wrong with the data, gravest first.
    pub(super) fn alarms(&self) -> Vec<Alarm> {
        self.look_for_copy();
        self.alarms.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds what the look over everything found to what was known, and tells every session.
    fn found(&self, seen: Seen) {
        let Seen { mut journal, mut trail, .. } = seen;
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        let before = alarms.clone();
        // Of a chain in which nothing is wrong any more, a line that once named damage is no news: it was healed.
        let with = |seen: &mut Places, known: Places| {
            if seen.count > 0 {
                *seen = seen.with(known);
            }
        };
        alarms.retain(|alarm| match alarm {
            Alarm::Journal(known) => {
                with(&mut journal, *known);
                false
            }
            Alarm::Trail(known) => {
                with(&mut trail, *known);
                false
            }
            Alarm::Disk(_)
            | Alarm::Gone(_)
            | Alarm::LostLines(_)
            | Alarm::KeysGone(_)
            | Alarm::Unopened(_)
            | Alarm::Mending(_)
            | Alarm::Rebuilt
            | Alarm::KeyUncopied
            | Alarm::BackupFailed
            | Alarm::BackupPlan
            | Alarm::NoBackup
            | Alarm::BackupOld(_) => true,
        });
        alarms.extend((journal.count > 0).then_some(Alarm::Journal(journal)));
        alarms.extend((trail.count > 0).then_some(Alarm::Trail(trail)));
        alarms.sort_unstable();
        let is_same = *alarms == before;
        drop(alarms);
        if !is_same {
            self.tell(&News::Alarms);
        }
    }

    /// Changes what is known to be wrong, and tells every session if it is another now.
    pub(super) fn alarmed(&self, change: impl FnOnce(&mut Vec<Alarm>)) {
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        let before = alarms.clone();
        change(&mut alarms);
        alarms.sort_unstable();
        alarms.dedup();
        let is_same = *alarms == before;
        drop(alarms);
        if !is_same {
            self.tell(&News::Alarms);
        }
    }

    /// Notes a fault of the disk; others have their own sentences.
    pub(super) fn has_met(&self, fault: &Fault) {
        if let Some(folder) = gone(fault) {
            return self.alarmed(|alarms| alarms.push(Alarm::Gone(folder)));
        }
        if fault.is_of_the_disk() {
            self.alarmed(|alarms| {
                alarms.retain(|alarm| !matches!(alarm, Alarm::Disk(_)));
                alarms.push(Alarm::Disk(fault.code));
            });
        }
    }

    /// Whether the disk that refused something takes something again.
    pub(super) fn tries_the_disk(&self) {
        // Whoever asks has just found every folder there.
        self.alarmed(|alarms| alarms.retain(|alarm| !matches!(alarm, Alarm::Gone(_))));
        if !self.alarms().iter().any(|alarm| matches!(alarm, Alarm::Disk(_))) {
            return;
        }
        match self.records.can_write() {
            Ok(()) => self.alarmed(|alarms| alarms.retain(|alarm| !matches!(alarm, Alarm::Disk(_)))),
            Err(fault) => self.has_met(&fault),
        }
    }

    /// Shows how far the store is that is being built, in percent; `None` when nobody builds.
    pub(super) fn is_mending(&self, percent: Option<u8>) {
        self.alarmed(|alarms| {
            alarms.retain(|alarm| !matches!(alarm, Alarm::Mending(_)));
            alarms.extend(percent.map(Alarm::Mending));
        });
    }

    /// Says how a store was brought back; one that was only opened again is nothing to talk about.
    pub(super) fn has_mended(&self, how: Option<Mended>) {
        self.is_mending(None);
        if how == Some(Mended::Rebuilt) {
            self.alarmed(|alarms| alarms.push(Alarm::Rebuilt));
        }
    }
}
