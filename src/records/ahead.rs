//! Reading the journal ahead: one thread reads lines and opens what is sealed in them while another applies them.
//!
//! What replaying costs is half reading and opening, half applying and writing; a rebuild of a large desk does both at
//! once. Nothing here knows the store.

use super::journal::{Bad, Found, Journal, Line, Part, Place, Seq, Sha};
use super::vault::{DataKey, Vault};
use crate::domain::change::Change;
use crate::domain::refusal::Fault;
use std::sync::mpsc::sync_channel;

/// Lines that travel together.
const TOGETHER: usize = 256;
/// Batches that wait to be applied.
const WAITING: usize = 4;

/// What was met on the way.
pub(super) enum Met {
    Line {
        line: Box<Line>,
        sha: Sha,
        at: Place,
        /// One for each part of the line, in order; the seals themselves are left behind.
        parts: Vec<Unsealed>,
    },
    Bad(Bad),
}

/// A sealed change of a line.
pub(super) enum Unsealed {
    Change(DataKey, Box<Change>),
    /// It does not open with the key that its line names.
    Broken,
    /// Neither copy of its key can be read.
    Lost,
    Erased,
}

/// Shows every line from `from` to the head of now with its changes opened, in order, and every bad place among them.
///
/// # Errors
/// The visitor's, or any error of the disk.
pub(super) fn read_ahead(
    journal: &dyn Journal,
    vault: &Vault,
    from: Seq,
    visit: &mut dyn FnMut(Met) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let left = (journal.head().seq.0 + 1).saturating_sub(from.0);
    of(left, |give| journal.read_from(from, &mut |found| give(met(vault, found)?)), visit)
}

/// Takes each thing, or says why not to go on.
type Taking<'a, T> = dyn FnMut(T) -> Result<(), Fault> + 'a;

/// Reads some `count` things on one thread and shows them on this one; a few are read and shown on this one.
///
/// # Errors
/// The visitor's, else the reader's.
pub(super) fn of<T: Send, R: Send>(
    count: u64,
    read: impl FnOnce(&mut Taking<'_, T>) -> Result<R, Fault> + Send,
    visit: &mut Taking<'_, T>,
) -> Result<R, Fault> {
    if count <= TOGETHER as u64 {
        return read(visit);
    }
    std::thread::scope(|scope| {
        let (give, take) = sync_channel(WAITING);
        let reading = scope.spawn(move || {
            let mut batch = Vec::with_capacity(TOGETHER);
            let result = read(&mut |thing| {
                batch.push(thing);
                let is_taken = batch.len() < TOGETHER || give.send(std::mem::take(&mut batch)).is_ok();
                // Whoever takes them has stopped, and says why.
                if is_taken { Ok(()) } else { Err(super::faults::journal("nobody takes what is read")) }
            });
            _ = give.send(batch);
            result
        });
        let taken = take.into_iter().flatten().try_for_each(visit);
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        taken.and(read)
    })
}

fn met(vault: &Vault, found: Found<'_>) -> Result<Met, Fault> {
    let (line, sha, at) = match found {
        Found::Line { line, sha, at } => (line, sha, at),
        Found::Bad(bad) => return Ok(Met::Bad(bad)),
    };
    let unsealed = |part: &Part| match vault.key(part.slot) {
        Ok(Some(key)) => Ok(match line.open(part, &key) {
            Ok(change) => Unsealed::Change(key, Box::new(change)),
            Err(_) => Unsealed::Broken,
        }),
        Ok(None) => Ok(Unsealed::Erased),
        Err(fault) if fault.code == "K04" => Ok(Unsealed::Lost),
        Err(fault) => Err(fault),
    };
    let parts = line.parts.iter().map(unsealed).collect::<Result<_, _>>()?;
    Ok(Met::Line { line: Box::new(line.without_seals()), sha, at, parts })
}
