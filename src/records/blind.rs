//! A store that was built while keys were missing: which lines did not open then, noted in its own folder, so that it is
//! built anew by itself as soon as they do. Numbers of lines only; nothing of what is in them.

use super::faults;
use super::journal::{Journal, Seq};
use super::vault::Vault;
use crate::domain::refusal::Fault;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The note, in the store's folder: it goes wherever the store goes.
const NAME: &str = "blind";
/// Lines that are noted: one that opens again is enough.
const MOST: usize = 1000;

/// A line of the journal, and how many of its parts did not open though their keys were not destroyed.
pub(super) type Unopened = (Seq, usize);

/// Adds lines to the note of the store in `dir`. It comes before the store says that it has seen them.
///
/// # Errors
/// Any error of the disk.
pub(super) fn note(dir: &Path, lines: &[Unopened]) -> Result<(), Fault> {
    if lines.is_empty() {
        return Ok(());
    }
    let path = dir.join(NAME);
    let mut text = String::new();
    for (seq, parts) in lines.iter().take(MOST) {
        // Writing to a string does not fail.
        _ = writeln!(text, "{} {parts}", seq.0);
    }
    let mut options = fs::File::options();
    let written = options.append(true).create(true).open(&path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_data()
    });
    written.map_err(|error| faults::io("write", &path, &error))
}

/// How many parts the store in `dir` was built without, as far as they are noted.
pub(super) fn noted(dir: &Path) -> u64 {
    let text = fs::read_to_string(dir.join(NAME)).unwrap_or_default();
    read(&text).map(|(_, parts)| parts as u64).sum()
}

fn read(text: &str) -> impl Iterator<Item = Unopened> {
    text.lines().take(MOST).filter_map(|line| {
        let (seq, parts) = line.split_once(' ')?;
        Some((Seq(seq.parse().ok()?), parts.parse().ok()?))
    })
}

/// Whether more opens now of what the store in `dir` was built without.
pub(super) fn sees_again(dir: &Path, vault: &Vault, journal: &dyn Journal) -> bool {
    let Ok(text) = fs::read_to_string(dir.join(NAME)) else { return false };
    read(&text).any(|(seq, before)| {
        let Ok(line) = journal.read(seq) else { return false };
        let is_closed = |part: &&super::journal::Part| match vault.key(part.slot) {
            Ok(Some(key)) => line.open(part, &key).is_err(),
            Ok(None) => false,
            Err(_) => true,
        };
        line.parts.iter().filter(is_closed).count() < before
    })
}
