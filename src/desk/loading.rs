//! What a desk keeps in memory, read when it opens: directory, index, seals, what other offices know of, what undo may still
//! reach. From the snapshot where one fits, else from the records.

use super::arriving;
use super::digesting::{digest, touched_by};
use super::directory::Directory;
use super::seals::Seals;
use super::ties::Ties;
use super::undo::{Lately, MOST, WITHIN};
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use crate::records::front::Front;
use crate::records::index::{Bulk, Index};
use crate::records::{Opening, Options, Progress, Rebuilt, Records, Seq};
use chrono::{DateTime, Utc};
use std::path::Path;

/// What a desk keeps in memory.
pub(super) struct Loaded {
    pub(super) directory: Directory,
    /// Empty when it is still on its way.
    pub(super) index: Index,
    /// What is shown until it is there; `None` when it is.
    pub(super) front: Option<Front>,
    /// The line of the snapshot that the index came from.
    pub(super) snapshot: Option<Seq>,
    /// Whether the snapshot on the disk may still hold somebody who was erased since.
    pub(super) is_outdated: bool,
    pub(super) seals: Seals,
    pub(super) ties: Ties,
}

/// Reads what a desk keeps in memory. Where the store opened, and yet records are missing from it or do not open, it is built
/// anew first: the journal has them.
pub(super) fn loaded(
    (records, found): (Records, Opening),
    dir: &Path,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<((Records, Opening), Loaded), Fault> {
    match Loaded::of(&records, &found) {
        Err(fault) if Records::is_mended_by_rebuilding(&fault) => {}
        read => return Ok(((records, found), read?)),
    }
    drop(records);
    let (records, again) = Records::open(dir, Options { is_rebuild_asked: true, ..options }, progress)?;
    let found = Opening { rebuilt: Some(Rebuilt::Broken), journal: found.journal, trail: found.trail, ..again };
    let read = Loaded::of(&records, &found)?;
    Ok(((records, found), read))
}

impl Loaded {
    fn of(records: &Records, found: &Opening) -> Result<Self, Fault> {
        let directory = load_directory(records)?;
        // After damage a store that was built anew lacks what an older snapshot still shows; where another release wrote it,
        // that one digested what it could read.
        let is_whole = found.unopened == 0 && found.journal.damages == 0;
        let is_like_before = match found.rebuilt {
            None => true,
            // What was kept while keys were missing lacks what they open.
            Some(Rebuilt::OtherSchema | Rebuilt::Blind) => false,
            Some(Rebuilt::Asked | Rebuilt::Broken | Rebuilt::Missing | Rebuilt::Disagreed) => is_whole,
        };
        let front = if found.rebuilt.is_none() { records.take_front().and_then(arriving::worth) } else { None };
        if front.is_some() {
            let (index, snapshot) = (Index::new(), Some(records.head()));
            let (seals, ties) = (Seals::default(), Ties::default());
            return Ok(Self { directory, index, front, snapshot, is_outdated: false, seals, ties });
        }
        let kept = if is_like_before { index_from_snapshot(records, &directory) } else { None };
        let (index, snapshot, is_outdated) = match kept {
            Some((index, seq, erased)) => (index, Some(seq), erased > 0),
            None => {
                let is_outdated = records.has_snapshot() && !records.erased()?.is_empty();
                (index_of(records, &directory)?, None, is_outdated)
            }
        };
        let (seals, ties) = (load_seals(records, &index)?, Ties::load(records, &index)?);
        Ok(Self { directory, index, front: None, snapshot, is_outdated, seals, ties })
    }
}
pub(super) fn load_directory(records: &Records) -> Result<Directory, Fault> {
    let mut directory = Directory::default();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Case) {
        records.each(kind, &mut |record, _| directory.put(record))?;
    }
    Ok(directory)
}

/// The index from its snapshot and the journal's tail, and how many were erased since; `None` when it has to be
/// made from all records.
fn index_from_snapshot(records: &Records, directory: &Directory) -> Option<(Index, Seq, usize)> {
    let (seq, mut index) = records.load_snapshot()?;
    let erased = catch_up(records, directory, seq, &mut index).ok()?;
    Some((index, seq, erased))
}

pub(super) fn index_of(records: &Records, directory: &Directory) -> Result<Index, Fault> {
    let mut bulk = Bulk::default();
    records.each(Kind::Case, &mut |record, at| bulk.push(&digest(&record, at, directory)))?;
    Ok(bulk.finish())
}

/// Puts every case that changed after the snapshot, and takes out who was erased; gives how many these are.
pub(super) fn catch_up(records: &Records, directory: &Directory, from: Seq, index: &mut Index) -> Result<usize, Fault> {
    let mut erased = 0;
    let mut changed = std::collections::BTreeSet::new();
    let mut is_movement_changed = false;
    let mut tables = std::collections::BTreeSet::new();
    records.each_commit(from.next(), &mut |_, subjects| {
        is_movement_changed |= subjects.iter().any(|of| of.kind == Kind::Movement);
        tables.extend(subjects.iter().copied().filter(|of| of.kind == Kind::Table));
        changed.extend(subjects.into_iter().filter(|of| of.kind == Kind::Case));
    })?;
    if is_movement_changed {
        let of_movements: Vec<Subject> = directory
            .all(Kind::Movement)
            .flat_map(|movement| {
                index.rows_of_movement(movement.of.id).into_iter().filter_map(|row| index.id(row)).collect::<Vec<_>>()
            })
            .map(Subject::case)
            .collect();
        changed.extend(of_movements);
    }
    for of in tables {
        changed.extend(touched_by(directory, index, of).into_iter().map(Subject::case));
    }
    for of in changed {
        let changed = match records.get_changed(of) {
            // Whose key is gone stays as they were seen last: nothing else waits for them.
            Err(fault) if fault.code == "K04" => continue,
            changed => changed?,
        };
        match changed {
            Some((record, at)) => {
                index.put(&digest(&record, at, directory));
            }
            // Counted whether it was in it or not: what else is kept of it may not be forgotten yet.
            None => {
                index.remove(of.id);
                erased += 1;
            }
        }
    }
    Ok(erased)
}

/// Who is named in what is sealed.
pub(super) fn load_seals(records: &Records, index: &Index) -> Result<Seals, Fault> {
    let mut seals = Seals::default();
    for id in index.sealed() {
        match records.get(Subject::case(id)) {
            Ok(Some(record)) => seals.put(&record),
            Ok(None) => {}
            // Who is named in it nobody can say: it is closed to everybody.
            Err(fault) if fault.code == "K04" => seals.close(id),
            Err(fault) => return Err(fault),
        }
    }
    Ok(seals)
}

/// What undo may still reach: the last hour, and no more of any operator than is remembered.
pub(super) fn load_lately(records: &Records, now: DateTime<Utc>) -> Lately {
    let mut lately = Lately::default();
    // What cannot be read cannot be undone either; the desk opens all the same.
    for commit in records.recent(now - WITHIN, MOST).unwrap_or_default() {
        lately.remember(&commit);
    }
    lately
}
