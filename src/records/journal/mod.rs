//! The journal: the append-only truth. Every commit is one line; what is not in it has not happened.
//!
//! [`Journal`] is the seam: a replicated engine may stand in for the local files. No caller may know of segments or paths.

mod backwards;
mod bystander;
mod chain;
mod checkpoint;
mod disown;
mod heal;
mod line;
mod local;
mod mentions;
mod open;
mod plan;
mod scan;
mod segment;

pub(super) use backwards::Back;
pub use bystander::{Bystander, Extent, Passed, follow};
pub use chain::Chain;
pub use heal::Healed;
pub(super) use heal::heal;
pub use line::{Head, Line, LineKind, Part, Seq, Sha};
pub use local::LocalJournal;
pub(super) use open::OWED;
pub(super) use open::Opened;
pub use open::Repairs;
pub use scan::{Bad, Place, What};
pub(super) use scan::{MOST_SEGMENT, Step};

use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use chrono::{DateTime, Utc};
use ulid::Ulid;

/// Why lines were not appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// None of them is in the journal.
    #[error("refused: {0}")]
    Refused(Fault),
    /// They may be or not: ask by id.
    #[error("unknown: {0}")]
    Unknown(Fault),
}

/// The head of a chain and the key that signs it (ed25519, 32 bytes): what is printed to anchor it outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    pub key: [u8; 32],
    pub head: Head,
}

/// What a reader of the whole journal is shown.
pub enum Found<'a> {
    /// A line, its hash, and where it stands.
    Line {
        line: &'a Line,
        sha: Sha,
        at: Place,
    },
    Bad(Bad),
}

/// What is done with each line or bad place; an error ends the reading.
pub type Visit<'v> = dyn FnMut(Found<'_>) -> Result<(), Fault> + 'v;

/// The one place where local files or a shared engine keep the truth.
pub trait Journal: Send + Sync {
    /// Appends lines in order, all or none, durable when it returns; signed heads that name `trail` are put in where due.
    /// The parts say which revision their subject has afterwards: an engine with several writers refuses a line whose
    /// revisions are not the next ones; the local one has a single writer, who has looked.
    ///
    /// # Errors
    /// See [`AppendError`].
    fn append(&self, lines: Vec<Line>, trail: Head) -> Result<Vec<Seq>, AppendError>;

    /// The last durable line.
    fn head(&self) -> Head;

    /// Reads one line.
    ///
    /// # Errors
    /// `J05` when there is none with this number.
    fn read(&self, seq: Seq) -> Result<Line, Fault>;

    /// Shows every line from `from` to the head of now, in order, and every bad place among them.
    ///
    /// # Errors
    /// The visitor's, or any error of the disk.
    fn read_from(&self, from: Seq, visit: &mut Visit<'_>) -> Result<(), Fault>;

    /// Shows every line that names a subject, oldest first, unchecked; false, and none, where looking for them would take
    /// longer than anybody waits.
    ///
    /// # Errors
    /// The visitor's, or any error of the disk.
    fn mentions(&self, of: Subject, visit: &mut dyn FnMut(Line) -> Result<(), Fault>) -> Result<bool, Fault>;

    /// The line of the commit with this id, if it is one of the last 16,384 commits or of those checked at opening; older
    /// ones are known to the store.
    ///
    /// # Errors
    /// The outcome is still unknown: the disk cannot be written.
    fn find(&self, id: Ulid) -> Result<Option<Seq>, Fault>;

    /// Work that waits for a quiet moment: mending after an error, and the checkpoint once `lines` lines have passed.
    ///
    /// # Errors
    /// Any error of the disk; nothing is lost.
    fn tend(&self, lines: u64) -> Result<(), Fault>;

    /// Signs the head, and with it where the trail stands, unless that was done on this day already; nothing in an empty
    /// journal.
    ///
    /// # Errors
    /// See [`AppendError`].
    fn sign_day(&self, at: DateTime<Utc>, trail: Head) -> Result<(), AppendError>;

    /// The head, and the key that signs it.
    fn signed(&self) -> Signed;
}
