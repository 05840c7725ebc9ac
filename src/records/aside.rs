//! Stores that were set aside: files of a database that is no longer used, kept for whoever wants to look. Nothing lives in
//! them alone, so they are the first to go when room is wanted.

use super::faults;
use crate::domain::refusal::Fault;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where a store that was set aside lies: 1 the last one, 2 the one before.
fn aside(dir: &Path, n: u8) -> PathBuf {
    dir.with_extension(format!("aside-{n}"))
}

/// Moves a store out of the way; the two last ones set aside are kept for whoever wants to look.
pub(super) fn set_aside(dir: &Path) -> Result<(), Fault> {
    let told = |e: io::Error| faults::io("set aside", dir, &e);
    if !dir.exists() {
        return Ok(());
    }
    if aside(dir, 2).exists() {
        fs::remove_dir_all(aside(dir, 2)).map_err(told)?;
    }
    if aside(dir, 1).exists() {
        fs::rename(aside(dir, 1), aside(dir, 2)).map_err(told)?;
    }
    fs::rename(dir, aside(dir, 1)).map_err(told)
}

/// Puts the store back that was set aside last, over one that came to nothing.
pub(super) fn bring_back(dir: &Path) -> Result<(), Fault> {
    let told = |e: io::Error| faults::io("bring back", dir, &e);
    if !aside(dir, 1).exists() {
        return Ok(());
    }
    if dir.exists() {
        fs::remove_dir_all(dir).map_err(told)?;
    }
    fs::rename(aside(dir, 1), dir).map_err(told)?;
    if aside(dir, 2).exists() { fs::rename(aside(dir, 2), aside(dir, 1)).map_err(told) } else { Ok(()) }
}

/// Gives up the stores that were set aside: on a full disk their room is wanted, and nothing lives in them alone.
pub(super) fn forget_asides(dir: &Path) {
    // What cannot be removed gives no room; whoever asked for it learns so at once.
    (1..=2).for_each(|n| _ = fs::remove_dir_all(aside(dir, n)));
}
