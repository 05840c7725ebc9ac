//! Backups: a desk copied while it works, encrypted to recipients, incremental by segment; and the way back.
//!
//! Everything here looks at the data folder from outside, as [`Onlooker`] does: the desk may be open in this process, in
//! another one, or not at all. The master key is never in a backup; the data keys that it wraps are, apart. How often, how
//! many and how long is decided above this room.

mod checking;
mod choosing;
mod ended;
mod erasures;
mod keys;
mod last;
mod making;
mod moment;
mod restoring;
mod returning;
mod sealing;
mod set;
mod weaving;

pub use checking::{Checked, check};
pub use choosing::{Moments, Other};
pub use last::{Last, Tried};
pub use making::{Choice, Expiry, Made, back_up, is_inside, last_of};
pub use restoring::restore;
pub use returning::{Outcome, Restored, Return, Until};
pub use sealing::{Identities, Recipients};
pub use set::Stamp;

use super::Progress;
use crate::domain::refusal::{Fault, Refusal};

#[cfg(doc)]
use super::Onlooker;

/// Is told how far it is; an error ends the work, and leaves what was whole before.
pub type Watch<'w> = dyn FnMut(Progress) -> Result<(), Fault> + 'w;

/// Why it was not done.
#[derive(Clone, Debug)]
pub enum Halt {
    Refused(Refusal),
    Fault(Fault),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What is wrong with one file of a backup set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The file below the set.
    pub file: String,
    pub what: FlawKind,
}

/// How a file of a backup set is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlawKind {
    Missing,
    /// Its bytes are not what they were.
    Altered,
    Unreadable,
    /// It is whole, and encrypted to somebody else.
    Closed,
}

impl FlawKind {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "backup-flaw-missing",
            Self::Altered => "backup-flaw-altered",
            Self::Unreadable => "backup-flaw-unreadable",
            Self::Closed => "backup-flaw-closed",
        }
    }
}

impl Flaw {
    fn altered(sort: &str, name: &str) -> Self {
        Self { file: format!("{sort}/{name}"), what: FlawKind::Altered }
    }

    fn closed(sort: &str, name: &str) -> Self {
        Self { file: format!("{sort}/{name}"), what: FlawKind::Closed }
    }

    fn unread(sort: &str, name: &str, error: &std::io::Error) -> Self {
        let what = match error.kind() {
            std::io::ErrorKind::NotFound => FlawKind::Missing,
            std::io::ErrorKind::InvalidData => FlawKind::Altered,
            _ => FlawKind::Unreadable,
        };
        Self { file: format!("{sort}/{name}"), what }
    }
}
