//! Anchors at the desk: who may have one made, and who may hold the desk against those that were kept outside.

use super::seat::Seat;
use super::{Desk, Verdict, Work};
use crate::domain::access::Role;
use crate::domain::refusal::{Fault, Refusal};
use crate::records::backup::Halt;
use crate::records::{Act, Anchor, Holding, Look, Onlooker};
use chrono::{DateTime, Utc};
use std::path::Path;

/// What is asked at every line whether to go on.
pub type GoOn<'a> = dyn FnMut() -> Result<(), Fault> + 'a;

impl Seat {
    /// Where both chains stand now, to be kept outside. That it was made is a line of the trail, and stands before the anchor.
    ///
    /// # Errors
    /// This operator neither keeps the desk nor audits it; or any fault of the disk.
    pub fn anchor(&self) -> Result<Anchor, Halt> {
        let keeps = [Role::Supervisor, Role::Administrator, Role::Auditor];
        if !keeps.iter().any(|role| self.author.roles.has(*role)) {
            self.look(Act::Refused, Vec::new(), 0);
            return Err(Refusal::new("why-not-keeper").into());
        }
        let (at, by, office) = (self.inner().now(), self.author.operator, self.author.office);
        let (of, fields) = (Vec::new(), Vec::new());
        let look = Look { at, by, office, act: Act::Admin, of, count: 0, why: "anchor".into(), fields };
        self.inner().records.trail().note(&look)?;
        Ok(self.inner().records.anchor(at)?)
    }

    /// Holds the desk against anchors, for whoever may verify it; `verdict` is what verifying it found.
    ///
    /// # Errors
    /// This operator may not; what `go_on` says; any fault of the disk.
    pub fn hold_against(
        &self,
        anchors: &[Anchor],
        verdict: &Verdict,
        go_on: &mut GoOn<'_>,
    ) -> Result<Vec<Holding>, Halt> {
        if let Some(refusal) = self.why_not_begin(Work::Verify) {
            return Err(refusal.into());
        }
        Ok(self.desk.hold_against(anchors, verdict, go_on)?)
    }
}

impl Desk {
    /// Holds both chains against anchors; `verdict` is what verifying the desk found.
    ///
    /// # Errors
    /// What `go_on` says, and any fault of the disk.
    pub fn hold_against(
        &self,
        anchors: &[Anchor],
        verdict: &Verdict,
        go_on: &mut GoOn<'_>,
    ) -> Result<Vec<Holding>, Fault> {
        self.inner.records.hold_against(anchors, (&verdict.journal, &verdict.trail), go_on)
    }
}

/// As [`Seat::anchor`], of a desk that another process holds, for whoever can read its keys.
///
/// # Errors
/// Any fault of the disk, or keys that cannot be read.
pub fn anchor_beside(dir: &Path, key: Option<&Path>, now: DateTime<Utc>) -> Result<Anchor, Fault> {
    Onlooker::new(dir, key).anchor(now)
}

/// As [`Desk::hold_against`], of a desk that another process holds.
///
/// # Errors
/// What `go_on` says, any fault of the disk, or keys that cannot be read.
pub fn hold_beside(
    (dir, key): (&Path, Option<&Path>),
    anchors: &[Anchor],
    verdict: &Verdict,
    go_on: &mut GoOn<'_>,
) -> Result<Vec<Holding>, Fault> {
    Onlooker::new(dir, key).hold_against(anchors, (&verdict.journal, &verdict.trail), go_on)
}
