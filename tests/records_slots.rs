//! The tables of keys are cut, zeroed, refilled or gone while the desk is closed: it is said, nothing is put in place of what
//! is missing, and with the right tables everything is back by itself.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::refusal::Fault;
use pulang::records::*;
use records_support::*;
use std::fs;
use std::path::{Path, PathBuf};

const CASES: u128 = 12;
const SLOT: usize = 128;
/// The first slot that a subject has.
const FIRST: usize = 16;

/// A closed desk of twelve cases, and its tables.
fn filled() -> (tempfile::TempDir, Vec<u8>) {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    (0..CASES).for_each(|n| _ = commit_one(&records, creation(n)));
    drop(records);
    let table = fs::read(tables(dir.path())[0].clone()).unwrap();
    (dir, table)
}

fn tables(dir: &Path) -> [PathBuf; 2] {
    ["slots.a", "slots.b"].map(|name| dir.join("keys").join(name))
}

fn write_tables(dir: &Path, bytes: &[u8]) {
    tables(dir).into_iter().for_each(|path| fs::write(path, bytes).unwrap());
}

fn refused(dir: &Path) -> Fault {
    Records::open(dir, Options::default(), &mut |_| {}).map(|_| ()).unwrap_err()
}

fn are_all_back(dir: &Path) {
    let (records, _) = open(dir);
    assert_eq!(everything(&records).len() as u128, CASES);
    assert!(everything(&records) == replayed(&records));
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}

#[test]
fn tables_that_were_cut_are_refused_and_left_alone_and_the_right_ones_open_everything() {
    // 2,000 bytes, no slot of a case, one slot short, and copies that were cut differently.
    for (a, b) in [(2000, 2000), (FIRST * SLOT, FIRST * SLOT), (27 * SLOT, 27 * SLOT), (20 * SLOT + 7, 2000)] {
        for has_store in [true, false] {
            let (dir, table) = filled();
            if !has_store {
                fs::remove_dir_all(dir.path().join("store")).unwrap();
            }
            let [one, other] = tables(dir.path());
            fs::write(&one, &table[..a]).unwrap();
            fs::write(&other, &table[..b]).unwrap();
            for _ in 0..3 {
                let fault = refused(dir.path());
                assert_eq!((fault.code, fault.key), ("K04", "fault-key-slots-short"), "{a} {b} {has_store}: {fault}");
            }
            assert_eq!(fs::read(&one).unwrap(), table[..a], "{a} {b}");
            assert_eq!(fs::read(&other).unwrap(), table[..b], "{a} {b}");
            assert!(!dir.path().join("store.aside-1").exists(), "{a} {b}");
            let rotated = Records::rotate_key(dir.path(), &Options::default(), None, &mut |_| {}).unwrap_err();
            assert!(
                matches!(rotated, KeyError::Fault(fault) if fault.code == "K04"),
                "a cut table is not wrapped anew"
            );
            assert_eq!(fs::read(&one).unwrap(), table[..a], "{a} {b}");
            write_tables(dir.path(), &table);
            are_all_back(dir.path());
        }
    }
}

#[test]
fn a_line_that_names_a_slot_which_was_never_given_keeps_nobody_out() {
    let (dir, _) = filled();
    let path = dir.path().join("journal/000000000001.jsonl");
    let journal = fs::read_to_string(&path).unwrap();
    fs::write(&path, journal.replacen("\"slot\":20,", "\"slot\":9020,", 1)).unwrap();
    fs::remove_dir_all(dir.path().join("store")).unwrap();
    for _ in 0..2 {
        let (records, opening) = open(dir.path());
        assert!(opening.journal.damages > 0, "{opening:?}");
        assert_eq!(everything(&records).len() as u128, CASES - 1);
        drop(records);
    }
}

#[test]
fn a_store_that_was_built_without_its_keys_is_built_anew_when_they_are_back() {
    let (dir, table) = filled();
    // Other keys in the place of some: as if the tables had been filled over a gap.
    let (foreign, _) = filled();
    let mut mixed = table.clone();
    let other = fs::read(&tables(foreign.path())[0]).unwrap();
    mixed[20 * SLOT..24 * SLOT].copy_from_slice(&other[20 * SLOT..24 * SLOT]);
    mixed[25 * SLOT..26 * SLOT].fill(0);
    write_tables(dir.path(), &mixed);
    let (records, opening) = open(dir.path());
    assert_eq!(
        (opening.rebuilt, everything(&records).len() as u128),
        (None, CASES - 5),
        "the store of before serves on"
    );
    drop(records);
    let asked = Options { is_rebuild_asked: true, ..Options::default() };
    let (records, opening) = Records::open(dir.path(), asked, &mut |_| {}).unwrap();
    assert_eq!((opening.unopened, everything(&records).len() as u128), (5, CASES - 5));
    drop(records);
    assert_eq!(open(dir.path()).1.rebuilt, None, "as long as nothing more opens it is not built again and again");
    mixed[25 * SLOT..26 * SLOT].copy_from_slice(&table[25 * SLOT..26 * SLOT]);
    write_tables(dir.path(), &mixed);
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.unopened), (Some(Rebuilt::Blind), 4));
    assert_eq!(everything(&records).len() as u128, CASES - 4);
    drop(records);
    write_tables(dir.path(), &table);
    assert_eq!(open(dir.path()).1.rebuilt, Some(Rebuilt::Blind));
    are_all_back(dir.path());
    assert_eq!(open(dir.path()).1.rebuilt, None);
}

#[test]
fn whose_keys_are_gone_is_known_and_everybody_else_is_worked_on() {
    let (dir, mut table) = filled();
    table[18 * SLOT + 20] ^= 1;
    table[22 * SLOT..23 * SLOT].fill(0);
    write_tables(dir.path(), &table);
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.unopened), (None, 0));
    let mut gone = vec![case(2), case(6)];
    gone.sort_unstable();
    assert_eq!(records.keyless(&mut || Ok(())).unwrap(), (2, gone.clone()));
    assert_eq!(records.get(case(2)).unwrap_err().code, "K04");
    commit_one(&records, creation(50));
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert_eq!((verdict.lost_slots, &verdict.keyless), (2, &gone));
}

#[test]
fn nothing_is_acknowledged_into_files_that_have_no_name_any_more() {
    for folder in ["keys", "journal", "trail"] {
        let (dir, _) = filled();
        let (records, _) = open(dir.path());
        records.trail().note(&look()).unwrap();
        records.tick().unwrap();
        fs::remove_dir_all(dir.path().join(folder)).unwrap();
        assert_eq!(records.tick().unwrap_err().code, "D05", "{folder}");
        let head = records.head();
        let record = records.get(case(1)).unwrap().unwrap();
        for change in [creation(60), edit(&record, pulang::domain::field::Field::Marks, "baru")] {
            let answer = records.commit(&[commit(vec![change])]);
            match (folder, answer) {
                ("trail", Ok(_)) => {}
                (_, Err(CommitError::Refused(fault))) => assert_eq!(fault.code, "D05", "{folder}"),
                (_, other) => panic!("{folder}: {other:?}"),
            }
        }
        assert_eq!(records.head() > head, folder == "trail", "{folder}");
        let noted = records.trail().note(&look());
        assert_eq!(noted.map_err(|fault| fault.code).err(), (folder == "trail").then_some("D05"));
        // Reading goes on.
        assert!(records.get(case(2)).unwrap().is_some(), "{folder}");
    }
}

fn look() -> Look {
    let (at, by, office) = (moment(), operator(), ulid::Ulid(5));
    Look { at, by, office, act: Act::Open, of: vec![case(1)], count: 1, why: String::new(), fields: Vec::new() }
}
