//! Backups as the desk sees them: who asks, by which plan, how long they are kept, and whether the last one is old. How they
//! are made and read back is the records' matter.

mod keep;
mod plan;
mod schedule;

pub use crate::records::backup::{
    Checked, Flaw, FlawKind, Halt, Identities, Last, Made, Moments, Other, Outcome, Recipients, Restored, Return,
    Tried, Until, Watch, check, last_of, restore,
};
pub use keep::Keep;
pub use plan::{Plan, WARN_DAYS};
pub use schedule::Backups;

use crate::domain::refusal::Fault;
use crate::records::backup::{Choice, Stamp, back_up};
use crate::records::disk::RealDisk;
use crate::records::{Onlooker, Seq, Verdict};
use chrono::{DateTime, Utc};
use std::path::Path;
use std::sync::Arc;

/// A backup that is wanted.
pub struct Wanted<'w> {
    /// The data folder.
    pub dir: &'w Path,
    /// The master key, where it is not kept with the data.
    pub key: Option<&'w Path>,
    pub to: &'w Path,
    pub recipients: &'w Recipients,
    pub keep: Keep,
    pub now: DateTime<Utc>,
}

/// Makes a backup of a desk, whether it is open here, in another process, or not at all, and drops those whose time has come.
///
/// # Errors
/// Refused, or a fault of either disk: earlier backups stay whole.
pub fn make(wanted: &Wanted<'_>, watch: &mut Watch<'_>) -> Result<Made, Halt> {
    make_of(&Onlooker::new(wanted.dir, wanted.key), wanted, watch)
}

pub(super) fn make_of(desk: &Onlooker, wanted: &Wanted<'_>, watch: &mut Watch<'_>) -> Result<Made, Halt> {
    let (keep, now) = (wanted.keep, wanted.now);
    let expiry = |moments: &[Stamp], keys: &[Stamp]| (keep.expired(moments, now), keep.expired_keys(keys, now));
    let disk = Arc::new(RealDisk);
    let choice = Choice { disk, to: wanted.to, recipients: wanted.recipients, at: now, expiry: &expiry };
    let made = back_up(desk, &choice, watch);
    Tried::remember(wanted.dir, wanted.to, now, &made);
    let made = made?;
    // The set knows it too; without this note the desk only warns too early.
    let _ = Last::remember(wanted.dir, wanted.to, &made);
    Ok(made)
}

/// Whether a process holds the desk of this folder now.
pub fn is_held(dir: &Path) -> bool {
    Onlooker::is_held(dir)
}

/// Verifies a desk that another process holds: both chains, seals and keys, up to now; the store is left out.
///
/// # Errors
/// What `watch` says, and what keeps it from verifying.
pub fn verify_beside(dir: &Path, key: Option<&Path>, watch: &mut Watch<'_>) -> Result<Verdict, Fault> {
    Onlooker::new(dir, key).verify(watch)
}

/// The fault of work that was stopped as asked.
pub fn stopped() -> Fault {
    Fault::new("B02", "fault-stopped", "stopped as asked")
}

/// A line of the journal by its number.
pub const fn line(number: u64) -> Seq {
    Seq(number)
}
