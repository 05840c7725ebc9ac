//! Faults of this room: how an error of the machine becomes a code, a sentence key and a detail for the log.
//!
//! Nothing that a person typed may ever be put into a detail: paths of this room hold ids only.

use crate::domain::refusal::Fault;
use std::io;
use std::path::Path;

/// The file operation that failed, told as a fault: full and read-only disks and missing rights have sentences of their own.
pub(super) fn io(doing: &str, path: &Path, error: &io::Error) -> Fault {
    let (code, key) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ("D01", "fault-disk-full"),
        io::ErrorKind::ReadOnlyFilesystem => ("D02", "fault-disk-read-only"),
        io::ErrorKind::PermissionDenied => ("D03", "fault-disk-denied"),
        _ => ("D04", "fault-disk-error"),
    };
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    Fault::new(code, key, format!("{doing} {name}: {error}"))
}

/// A folder was taken away under the open desk, whose files have no names any more: what went into them now would be gone
/// with this process, which is the last to have what is in them.
pub(super) fn gone(folder: &Path) -> Fault {
    let key = match folder.file_name().and_then(|name| name.to_str()) {
        Some("journal") => "fault-gone-journal",
        Some("trail") => "fault-gone-trail",
        _ => "fault-gone-keys",
    };
    Fault::new("D05", key, format!("an open file in {} has no name any more", folder.display()))
}

/// A file of this folder cannot be opened again: gone, or the disk's own fault.
pub(super) fn reopen(folder: &Path, error: &io::Error) -> Fault {
    if error.kind() == io::ErrorKind::NotFound { gone(folder) } else { io("reopen", folder, error) }
}

/// The same of a place that was named for a backup, or for a desk that is restored: not of the data folder. The sentence names
/// the path and what failed there.
pub(super) fn place(doing: &str, path: &Path, error: &io::Error) -> Fault {
    let (code, key) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ("D01", "fault-place-full"),
        _ => ("B03", "fault-place"),
    };
    Fault::new(code, key, format!("{doing} {}: {error}", path.display()))
}

/// Whether a fault says that the disk has no room.
pub(super) fn is_full(fault: &Fault) -> bool {
    fault.code == "D01"
}

pub(super) fn locked() -> Fault {
    Fault::new("L01", "fault-data-locked", "another process holds the lock of the data directory")
}

pub(super) fn key_missing(path: &Path) -> Fault {
    Fault::new("K01", "fault-key-missing", format!("no key file at {}", path.display()))
}

pub(super) fn key_short(bytes: u64) -> Fault {
    Fault::new("K02", "fault-key-short", format!("a key file has 32 bytes, this one {bytes}"))
}

/// A copy of the key was given where the key itself is wanted.
pub(super) fn key_sealed() -> Fault {
    Fault::new("K02", "fault-key-sealed", "a key file has 32 bytes, this one is sealed with age")
}

pub(super) fn key_wrong() -> Fault {
    Fault::new("K03", "fault-key-wrong", "the key does not open the keys of this data directory")
}

pub(super) fn slots(detail: impl Into<String>) -> Fault {
    Fault::new("K04", "fault-key-slots", detail)
}

/// Keys were given out of the tables that are not in them any more.
pub(super) fn slots_short(filled: u64, given: u64) -> Fault {
    Fault::new("K04", "fault-key-slots-short", format!("both key tables end at slot {filled}, {given} were given out"))
}

pub(super) fn seal(place: &str) -> Fault {
    Fault::new("K05", "fault-seal-broken", format!("a sealed value does not open at {place}"))
}

pub(super) fn entropy(error: getrandom::Error) -> Fault {
    Fault::new("K06", "fault-no-entropy", format!("the system gave no random bytes: {error}"))
}

pub(super) fn journal(detail: impl Into<String>) -> Fault {
    Fault::new("J01", "fault-journal-damaged", detail)
}

/// Nobody knows whether these lines are on the disk: ask by id.
pub(super) fn unknown(cause: &Fault) -> Fault {
    Fault::new("J02", "fault-outcome-unknown", format!("sync failed ({cause})"))
}

pub(super) fn newer(what: &str) -> Fault {
    Fault::new("J03", "fault-newer-release", format!("{what} was written by a newer release"))
}

pub(super) fn too_large(what: &str, most: usize) -> Fault {
    Fault::new("J04", "fault-too-large", format!("{what} is larger than {most}"))
}

pub(super) fn missing_line(seq: u64) -> Fault {
    Fault::new("J05", "fault-journal-line-missing", format!("line {seq} is not in the journal"))
}

pub(super) fn store(detail: impl Into<String>) -> Fault {
    Fault::new("S01", "fault-store", detail)
}

/// The store is being brought back.
pub(super) fn store_down() -> Fault {
    Fault::new("S03", "fault-store-down", "the store is being brought back")
}

/// Bytes of a stored value that do not decode.
pub(super) fn codec(detail: impl Into<String>) -> Fault {
    Fault::new("S02", "fault-store", detail)
}

pub(super) fn erased() -> Fault {
    Fault::new("E01", "fault-erased", "the subject was erased")
}

pub(super) fn draft(detail: impl Into<String>) -> Fault {
    Fault::new("F01", "fault-draft-unreadable", detail)
}

pub(super) fn draft_limit(detail: impl Into<String>) -> Fault {
    Fault::new("F02", "fault-draft-limit", detail)
}

pub(super) fn unfit(unfit: &super::Unfit) -> Fault {
    Fault::new("C01", "fault-commit-unfit", unfit.to_string())
}

/// The store knows of a journal, and there is none.
pub(super) fn journal_gone(lines: u64) -> Fault {
    Fault::new("J06", "fault-journal-gone", format!("the store has seen {lines} lines, the journal is empty"))
}

/// A chain is to be healed from one that is not a copy of it.
pub(super) fn other_chain(detail: impl Into<String>) -> Fault {
    Fault::new("J07", "fault-other-chain", detail)
}

/// Something about a backup that no sentence of the disk says.
pub(super) fn backup(detail: impl Into<String>) -> Fault {
    Fault::new("B01", "fault-backup", detail)
}
