//! What the desk remembers of its last backup, beside its data: when, where to, up to which line; and of the last try that
//! failed, why. The backup set knows the first too, and may be on a disk that is not there now.

use super::{Halt, Made};
use crate::domain::refusal::Fault;
use crate::records::disk::{Disk, RealDisk, read_all, replace};
use crate::records::faults;
use crate::records::journal::Head;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const NAME: &str = "backup.last";
const TRIED: &str = "backup.tried";
/// Lines that were left behind when this desk was restored to an earlier moment.
pub(super) const LEFT: &str = "backup.left";
const MOST: u64 = 16 << 10;
const MOST_LEFT: u64 = 1 << 20;

/// The last lines of moments that this desk was restored without, on purpose; none in doubt.
pub(super) fn left(dir: &Path) -> Vec<Head> {
    let read = read_all(&RealDisk, &dir.join(LEFT), MOST_LEFT).ok();
    read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

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

/// The last try that did not lead to a backup of a whole journal; a later one that does, into the same place, clears it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub at: DateTime<Utc>,
    pub to: PathBuf,
    /// The key of the sentence that says why, and what stands in it.
    pub key: String,
    #[serde(default)]
    pub args: Vec<(String, String)>,
    /// Of a fault: its code, and what the machine said.
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub detail: String,
}

impl Tried {
    /// Reads it; `None` when the last try went well, or nobody can say.
    pub fn of(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&read_all(&RealDisk, &dir.join(TRIED), MOST).ok()?).ok()
    }

    /// Remembers how a try ended. One that was stopped as asked is none.
    pub fn remember(dir: &Path, to: &Path, at: DateTime<Utc>, ended: &Result<Made, Halt>) {
        let to = std::path::absolute(to).unwrap_or_else(|_| to.to_owned());
        let line = |head: Head| vec![("line".to_owned(), head.seq.0.to_string())];
        let (key, args, code, detail) = match ended {
            Ok(Made { departs: Some(from), .. }) => ("backup-departs", line(*from), "", ""),
            Ok(made) if !made.is_sound() => ("backup-damaged", Vec::new(), "", ""),
            Ok(_) => {
                if Self::of(dir).is_some_and(|tried| tried.to == to) {
                    let _ = RealDisk.remove(&dir.join(TRIED));
                }
                return;
            }
            Err(Halt::Fault(fault)) if fault.key == "fault-stopped" => return,
            // Its sentence says what the machine said.
            Err(Halt::Fault(fault)) if fault.key.starts_with("fault-place") => {
                (fault.key, vec![("detail".to_owned(), fault.detail.clone())], fault.code, "")
            }
            Err(Halt::Fault(fault)) => (fault.key, Vec::new(), fault.code, fault.detail.as_str()),
            Err(Halt::Refused(refusal)) => {
                let args = refusal.args.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()));
                (refusal.key, args.collect(), "", "")
            }
        };
        let tried = Self { at, to, key: key.into(), args, code: code.into(), detail: detail.into() };
        // Where even this cannot be written the banner of this session says it.
        if let Ok(json) = serde_json::to_vec(&tried) {
            let _ = replace(&RealDisk, &dir.join(TRIED), &json);
        }
    }
}
