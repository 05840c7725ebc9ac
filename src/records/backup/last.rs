//! What the desk remembers of its last backup, beside its data: when, where to, up to which line. The backup set knows it
//! too, and may be on a disk that is not there now.

use super::Made;
use crate::domain::refusal::Fault;
use crate::records::disk::{RealDisk, read_all, replace};
use crate::records::faults;
use crate::records::journal::Head;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const NAME: &str = "backup.last";
const MOST: u64 = 16 << 10;

/// The last backup of a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    pub at: DateTime<Utc>,
    pub to: PathBuf,
    pub head: Head,
}

impl Last {
    /// Reads it; `None` when there never was one, or nobody can say.
    pub fn of(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&read_all(&RealDisk, &dir.join(NAME), MOST).ok()?).ok()
    }

    /// Remembers the one that was just made.
    ///
    /// # Errors
    /// Any error of the disk: the backup is made all the same.
    pub fn remember(dir: &Path, to: &Path, made: &Made) -> Result<(), Fault> {
        let to = std::path::absolute(to).unwrap_or_else(|_| to.to_owned());
        let last = Self { at: made.at, to, head: made.head };
        let json = serde_json::to_vec(&last).map_err(|e| faults::codec(format!("last backup: {e}")))?;
        replace(&RealDisk, &dir.join(NAME), &json).map_err(|e| faults::io("write", &dir.join(NAME), &e))
    }
}
