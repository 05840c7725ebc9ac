//! Healing a closed desk from a copy of it that a backup gave back: journal and trail get the lines that they lack. Keys and
//! store are not touched, but the store is built anew from a journal that is whole again.

use super::disk::RealDisk;
use super::journal::{Healed, Line, LineKind, Part, heal};
use super::{Onlooker, faults, open, trail};
use crate::domain::refusal::Fault;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A healing was begun, and has not come to a whole journal.
const BEGUN: &str = "heal.begun";

/// What healing a desk did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Healing {
    pub journal: Healed,
    pub trail: Healed,
}

impl Healing {
    /// Whether nothing is wrong with either chain now.
    pub const fn is_whole(&self) -> bool {
        self.journal.left.is_empty() && self.trail.left.is_empty()
    }
}

/// Puts the lines that are damaged or gone in the desk at `dir` back from the desk at `from`, which a backup was restored to.
///
/// # Errors
/// `L01` somebody has one of the two open; `K…` the keys; `J07` the other is no copy of this one; any error of the disk.
pub fn heal_from(dir: &Path, key: Option<&Path>, from: &Path) -> Result<Healing, Fault> {
    let _lock = open::lock(dir)?;
    if Onlooker::is_held(from) {
        return Err(faults::locked());
    }
    let vault = Onlooker::new(dir, key).vault()?;
    let signer = vault.signing_key().verifying_key();
    let disk: Arc<dyn super::disk::Disk> = Arc::new(RealDisk);
    let opens = |line: &Line| {
        let opens = |part: &Part| matches!(vault.key(part.slot), Ok(Some(key)) if line.open(part, &key).is_ok());
        line.parts.iter().any(opens) || (line.kind == LineKind::Look && trail::opens(line, vault.trail_key()))
    };
    let healed = |chain: &str| heal(&disk, &dir.join(chain), &from.join(chain), &signer, &opens);
    let begun = dir.join(BEGUN);
    let was_begun = begun.exists();
    fs::write(&begun, b"").map_err(|e| faults::io("write", &begun, &e))?;
    let journal = healed("journal")?;
    if journal.left.is_empty() {
        if journal.lines > 0 || was_begun {
            // It was applied from what the journal was. While lines are still missing it may be the only one that has seen them.
            open::doubt(dir);
        }
        fs::remove_file(&begun).map_err(|e| faults::io("remove", &begun, &e))?;
    }
    Ok(Healing { journal, trail: healed("trail")? })
}
