//! The master key rotates and cases are erased, with the machine dying at every operation in turn: the desk always opens,
//! and what was begun is finished or taken back.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::records::*;
use records_support::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use ulid::Ulid;

const CASES: u128 = 40;

/// A desk of some cases, one of them erased.
fn desk(dir: &Path) {
    let (records, _) = open(dir);
    let changes = (0..CASES).map(creation).collect();
    records.commit(&[commit(changes)]).unwrap()[0].unwrap();
    records.erase(Ulid::new(), Ulid(5), &remains(3)).unwrap();
}

fn leftovers(dir: &Path) -> Vec<PathBuf> {
    let names = std::fs::read_dir(dir.join("keys")).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.extension().is_some_and(|end| end == "next" || end == "tmp")).collect()
}

/// Opens a desk with a key and holds everything against what has to be there.
fn stands(dir: &Path, key: Option<&Path>) {
    let options = Options { key: key.map(Path::to_owned), ..Options::default() };
    let (records, opening) = Records::open(dir, options, &mut |_| {}).unwrap();
    assert_eq!((opening.rebuilt, opening.unopened), (None, 0));
    assert_eq!(everything(&records).len() as u128, CASES - 1);
    assert!(everything(&records) == replayed(&records));
    assert_eq!(records.get(case(3)).unwrap(), None);
    assert_eq!(records.erased().unwrap(), [remains(3)]);
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
    assert_eq!(leftovers(dir), Vec::<PathBuf>::new());
}

fn rotate(dir: &Path, options: &Options, place: Option<&Path>) -> Result<Rotated, KeyError> {
    Records::rotate_key(dir, options, place, &mut |_| {})
}

/// A copy of a folder; no child process does it, which would hold the lock of a desk for a moment.
fn copy_of(desk: &Path) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy_into(desk, dir.path());
    dir
}

fn copy_into(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
            copy_into(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_rotated_key_opens_everything_and_the_old_one_nothing() {
    let dir = tempfile::tempdir().unwrap();
    desk(dir.path());
    let old = dir.path().join("old");
    std::fs::copy(dir.path().join("keys/master"), &old).unwrap();
    let slots = std::fs::read(dir.path().join("keys/slots.a")).unwrap();
    let mut told = Vec::new();
    let options = Options::default();
    let rotated =
        Records::rotate_key(dir.path(), &options, None, &mut |progress| told.push((progress.done, progress.total)))
            .unwrap();
    let total = slots.len() as u64 / 128;
    assert_eq!((rotated.rewrapped, rotated.erased, rotated.unreadable), (total - 1, 1, 0));
    assert_ne!(rotated.was, rotated.now);
    assert_eq!(told.last(), Some(&(total, total)));
    let after = std::fs::read(dir.path().join("keys/slots.a")).unwrap();
    assert_eq!(after, std::fs::read(dir.path().join("keys/slots.b")).unwrap());
    let same = slots.chunks(128).zip(after.chunks(128)).filter(|(one, other)| one == other).count();
    assert_eq!(same, 1, "only the erased slot is what it was");
    stands(dir.path(), None);
    let options = Options { key: Some(old), ..Options::default() };
    assert_eq!(Records::open(dir.path(), options, &mut |_| {}).map(|_| ()).unwrap_err().code, "K03");
    stands(dir.path(), None);
}

#[test]
fn a_machine_that_dies_at_any_operation_of_a_rotation_leaves_a_desk_that_opens() {
    let desk_dir = tempfile::tempdir().unwrap();
    desk(desk_dir.path());
    let before = Records::custody(desk_dir.path(), None).standing().unwrap().fingerprint;
    let (mut taken_back, mut finished) = (0, 0);
    for operations in 0.. {
        let dir = copy_of(desk_dir.path());
        let (disk, _) = Dying::after(operations);
        let result = rotate(dir.path(), &Options { disk, ..Options::default() }, None);
        let is_over = result.is_ok();
        stands(dir.path(), None);
        let after = Records::custody(dir.path(), None).standing().unwrap();
        assert!(after.is_fitting && !after.is_rotating);
        if after.fingerprint == before {
            taken_back += 1
        } else {
            finished += 1
        }
        assert!(!(is_over && after.fingerprint == before), "said to be done, and is not");
        rotate(dir.path(), &Options::default(), None).unwrap();
        stands(dir.path(), None);
        if is_over {
            break;
        }
    }
    assert!(taken_back > 8 && finished > 8, "{taken_back} taken back, {finished} finished");
}

#[test]
fn with_a_new_key_file_either_key_opens_until_one_has() {
    let desk_dir = tempfile::tempdir().unwrap();
    desk(desk_dir.path());
    for operations in 0.. {
        let dir = copy_of(desk_dir.path());
        let place = dir.path().join("elsewhere");
        let (disk, _) = Dying::after(operations);
        let is_over = rotate(dir.path(), &Options { disk, ..Options::default() }, Some(&place)).is_ok();
        let twin = copy_of(dir.path());
        let own = twin.path().join("keys/master");
        let is_old_open = Records::open(twin.path(), Options::default(), &mut |_| {}).map(|_| ());
        match is_old_open {
            Ok(()) => stands(twin.path(), None),
            Err(fault) => assert!(fault.code == "K03" && place.exists(), "{fault}"),
        }
        assert!(own.exists(), "the old key is nobody's to remove");
        if place.exists() {
            stands(dir.path(), Some(&place));
        }
        if is_over {
            assert!(place.exists());
            break;
        }
    }
}

#[test]
fn a_disk_that_errs_once_at_any_write_or_sync_of_a_rotation_costs_nothing() {
    let desk_dir = tempfile::tempdir().unwrap();
    desk(desk_dir.path());
    for (is_sync, count) in (0..12).flat_map(|count| [(false, count), (true, count)]) {
        let dir = copy_of(desk_dir.path());
        let (plan, options) = faulty();
        let left = if is_sync { &plan.syncs_left } else { &plan.writes_left };
        left.store(count, Ordering::SeqCst);
        let _ = rotate(dir.path(), &options, None);
        plan.heal();
        stands(dir.path(), None);
    }
}

#[test]
fn a_key_that_is_not_the_desks_touches_nothing_of_an_interrupted_rotation() {
    let dir = tempfile::tempdir().unwrap();
    desk(dir.path());
    let (disk, _) = Dying::after(12);
    assert!(rotate(dir.path(), &Options { disk, ..Options::default() }, None).is_err());
    let before = leftovers(dir.path());
    assert!(!before.is_empty(), "the machine died before it could tidy up");
    let other = dir.path().join("other");
    std::fs::write(&other, [7; 32]).unwrap();
    let options = Options { key: Some(other), ..Options::default() };
    assert_eq!(Records::open(dir.path(), options, &mut |_| {}).map(|_| ()).unwrap_err().code, "K03");
    assert_eq!(leftovers(dir.path()), before);
    stands(dir.path(), None);
}

#[test]
fn a_machine_that_dies_at_any_operation_of_an_erasure_leaves_the_case_whole_or_gone() {
    let desk_dir = tempfile::tempdir().unwrap();
    desk(desk_dir.path());
    let (mut whole, mut gone) = (0, 0);
    for operations in 0.. {
        let dir = copy_of(desk_dir.path());
        let (disk, left) = Dying::after(-1);
        let (records, _) = Records::open(dir.path(), Options { disk, ..Options::default() }, &mut |_| {}).unwrap();
        left.store(operations, Ordering::SeqCst);
        let id = Ulid::new();
        let is_over = records.erase(id, Ulid(5), &remains(8)).is_ok();
        std::mem::forget(records);
        // The dead process holds its lock until it is buried: what it left is looked at in another folder.
        let twin = copy_of(dir.path());
        let (records, _) = open(twin.path());
        if records.get(case(8)).unwrap().is_some() {
            whole += 1;
            assert!(!is_over);
            assert_eq!(records.erased().unwrap().len(), 1);
        } else {
            gone += 1;
            assert!(records.erased().unwrap().contains(&remains(8)));
        }
        records.erase(id, Ulid(5), &remains(8)).unwrap();
        assert_eq!(records.get(case(8)).unwrap(), None);
        assert_eq!(records.erased().unwrap().len(), 2);
        assert_eq!(records.count(pulang::domain::subject::Kind::Case).unwrap() as u128, CASES - 2);
        assert!(records.verify(&mut |_| {}).unwrap().is_whole());
        if is_over {
            break;
        }
    }
    assert!(whole > 0 && gone > 1, "{whole} whole, {gone} gone");
}

#[test]
fn an_erasure_whose_key_is_gone_and_whose_record_is_not_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    desk(dir.path());
    let older = copy_of(&dir.path().join("store"));
    let (records, _) = open(dir.path());
    records.erase(Ulid::new(), Ulid(5), &remains(8)).unwrap();
    drop(records);
    // The store of before: as if the process had died between the slot and the store.
    std::fs::remove_dir_all(dir.path().join("store")).unwrap();
    std::fs::create_dir(dir.path().join("store")).unwrap();
    copy_into(older.path(), &dir.path().join("store"));
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.caught_up > 0), (None, true));
    assert_eq!(records.count(pulang::domain::subject::Kind::Case).unwrap() as u128, CASES - 2);
    assert_eq!(records.erased().unwrap().len(), 2);
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}
