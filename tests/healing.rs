//! Healing: lines that are damaged or gone come back from a copy of the desk, and nothing else does.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;
use pulang::records::*;
use records_support::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const CASES: u128 = 12;

fn edited(records: &Records, n: u128, text: &str) {
    let record = records.get(case(n)).unwrap().unwrap();
    commit_one(records, edit(&record, Field::Marks, text));
}

/// A desk of 24 lines, and a copy of it as a backup gives it back: its chains and keys, and no store.
fn desk_and_copy() -> (tempfile::TempDir, tempfile::TempDir) {
    let (dir, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (records, _) = open(dir.path());
    (0..CASES).for_each(|n| _ = commit_one(&records, creation(n)));
    (0..CASES).for_each(|n| edited(&records, n, &format!("tanda {n}")));
    drop(records);
    for part in ["journal", "trail", "keys"] {
        fs::create_dir_all(copy.path().join(part)).unwrap();
        for file in fs::read_dir(dir.path().join(part)).unwrap().map(|entry| entry.unwrap().path()) {
            if file.file_name() != Some("checkpoint".as_ref()) {
                fs::copy(&file, copy.path().join(part).join(file.file_name().unwrap())).unwrap();
            }
        }
    }
    (dir, copy)
}

fn segment(dir: &Path, first: u64) -> std::path::PathBuf {
    dir.join(format!("journal/{first:012}.jsonl"))
}

fn lines(dir: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(segment(dir, 1)).unwrap();
    bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn write_lines(dir: &Path, lines: &[Vec<u8>]) {
    fs::write(segment(dir, 1), lines.concat()).unwrap();
}

/// Opens a damaged desk, works on it, heals it, and holds it against all that was ever acknowledged.
fn is_healed(damage: impl FnOnce(&Path)) {
    let (dir, copy) = desk_and_copy();
    let before: BTreeMap<Subject, Record> = everything(&open(dir.path()).0);
    damage(dir.path());
    let (records, opening) = open(dir.path());
    assert_eq!(opening.journal.damages, 1);
    commit_one(&records, creation(50));
    assert!(!records.verify(&mut |_| {}).unwrap().is_whole());
    assert!(matches!(heal_from(dir.path(), None, copy.path()), Err(fault) if fault.code == "L01"), "it is open");
    drop(records);
    let healing = heal_from(dir.path(), None, copy.path()).unwrap();
    assert!(healing.is_whole() && healing.journal.lines > 0, "{healing:?}");
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.journal.damage.len()), (Some(Rebuilt::Broken), 0));
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole() && verdict.gone.is_empty(), "{verdict:?}");
    assert_eq!(records.look_over(&mut || Ok(())).unwrap(), Seen::default(), "no banner stays");
    let after = everything(&records);
    assert!(before.iter().all(|(of, record)| after.get(of) == Some(record)) && after.len() == before.len() + 1);
    drop(records);
    assert_eq!(heal_from(dir.path(), None, copy.path()).unwrap(), Healing::default(), "nothing is left to do");
}

#[test]
fn an_altered_line_is_put_back() {
    is_healed(|dir| {
        let mut bad = lines(dir);
        bad[6][80] ^= 1;
        write_lines(dir, &bad);
        fs::remove_file(dir.join("journal/checkpoint")).unwrap();
    });
}

#[test]
fn an_altered_last_line_is_put_back_though_the_line_that_names_it_follows_it() {
    is_healed(|dir| {
        let mut bad = lines(dir);
        bad[23][300] ^= 1;
        write_lines(dir, &bad);
    });
}

#[test]
fn an_altered_last_line_that_is_still_a_line_is_put_back_too() {
    is_healed(|dir| {
        let mut bad = lines(dir);
        let text = String::from_utf8(bad[23].clone()).unwrap();
        let at = text.find("\"seal\":\"").unwrap() + 40;
        bad[23][at] = if bad[23][at] == b'A' { b'B' } else { b'A' };
        write_lines(dir, &bad);
    });
}

#[test]
fn a_line_in_which_something_is_wrong_is_kept_while_the_copy_has_no_better() {
    let (dir, copy) = desk_and_copy();
    let (records, _) = open(dir.path());
    (0..4).for_each(|n| edited(&records, n, "sesudah cadangan"));
    drop(records);
    let mut bad = lines(dir.path());
    bad[5][80] ^= 1;
    let at = bad[25].windows(7).position(|window| window == b"\"prev\":").unwrap() + 12;
    bad[25][at] = if bad[25][at] == b'0' { b'1' } else { b'0' };
    write_lines(dir.path(), &bad);
    for _ in 0..2 {
        let healing = heal_from(dir.path(), None, copy.path()).unwrap();
        assert!(!healing.is_whole(), "{healing:?}");
        let now = lines(dir.path());
        assert_eq!((now.len(), &now[25]), (bad.len(), &bad[25]), "what it says is not thrown away");
    }
    fs::remove_dir_all(dir.path().join("store")).unwrap();
    let (records, _) = open(dir.path());
    let marks = records.get(case(1)).unwrap().unwrap().get(Field::Marks).cloned();
    assert_eq!(marks, Some(Value::text("sesudah cadangan")));
}

#[test]
fn a_line_taken_out_of_the_middle_is_put_back() {
    is_healed(|dir| {
        let mut bad = lines(dir);
        bad.remove(9);
        write_lines(dir, &bad);
        fs::remove_file(dir.join("journal/checkpoint")).unwrap();
    });
}

#[test]
fn lines_gone_from_the_end_are_put_back_before_what_came_since() {
    is_healed(|dir| write_lines(dir, &lines(dir)[..20]));
    is_healed(|dir| {
        let torn = lines(dir)[..11].concat();
        fs::write(dir.join("journal/000000000001.jsonl"), &torn[..torn.len() - 40]).unwrap();
        fs::remove_file(dir.join("journal/checkpoint")).unwrap();
    });
}

#[test]
fn a_first_segment_that_is_gone_is_put_back() {
    let (dir, copy) = desk_and_copy();
    write_lines(dir.path(), &lines(dir.path())[..20]);
    let (records, _) = open(dir.path());
    commit_one(&records, creation(50));
    let before = everything(&records);
    drop(records);
    fs::remove_file(dir.path().join("journal/000000000001.jsonl")).unwrap();
    let healing = heal_from(dir.path(), None, copy.path()).unwrap();
    assert_eq!((healing.is_whole(), healing.journal.lines), (true, 24), "{healing:?}");
    let (records, _) = open(dir.path());
    assert!(records.verify(&mut |_| {}).unwrap().is_whole() && everything(&records) == before);
}

#[test]
fn what_only_the_store_has_seen_outlives_a_journal_that_comes_back_from_an_older_copy() {
    let (dir, copy) = desk_and_copy();
    let (records, _) = open(dir.path());
    edited(&records, 3, "sesudah cadangan");
    commit_one(&records, creation(60));
    let before = everything(&records);
    drop(records);
    fs::remove_dir_all(dir.path().join("journal")).unwrap();
    let fault = Records::open(dir.path(), Options::default(), &mut |_| {}).map(|_| ()).unwrap_err();
    assert_eq!(fault.code, "J06");
    let healing = heal_from(dir.path(), None, copy.path()).unwrap();
    assert_eq!((healing.is_whole(), healing.journal.lines), (true, 24));
    for _ in 0..2 {
        let (records, opening) = open(dir.path());
        assert_eq!((opening.rebuilt, opening.journal.damages), (None, 1));
        assert!(everything(&records) == before, "nothing that was ever acknowledged is missing");
        assert_eq!(records.verify(&mut |_| {}).unwrap().gone.len(), 1);
    }
}

#[test]
fn what_the_copy_does_not_have_is_left_and_named() {
    let (dir, copy) = desk_and_copy();
    let (records, _) = open(dir.path());
    edited(&records, 3, "sesudah cadangan");
    edited(&records, 4, "sesudah cadangan");
    drop(records);
    let mut bad = lines(dir.path());
    bad[5][80] ^= 1;
    bad[24][80] ^= 1;
    write_lines(dir.path(), &bad);
    let healing = heal_from(dir.path(), None, copy.path()).unwrap();
    assert_eq!(healing.journal.lines, 1);
    assert_eq!(healing.journal.left.iter().map(|bad| bad.seq).collect::<Vec<_>>(), [Seq(25)]);
    let (records, opening) = open(dir.path());
    assert_eq!(opening.rebuilt, None);
    let marks = records.get(case(3)).unwrap().unwrap().get(Field::Marks).cloned();
    assert_eq!(marks, Some(Value::text("sesudah cadangan")), "the store has seen it");
}

#[test]
fn nothing_comes_from_another_desk_or_from_a_copy_that_is_damaged_in_the_same_place() {
    let (dir, copy) = desk_and_copy();
    let (other, _) = desk_and_copy();
    let mut bad = lines(dir.path());
    bad[6][80] ^= 1;
    write_lines(dir.path(), &bad);
    let fault = heal_from(dir.path(), None, other.path()).unwrap_err();
    assert_eq!(fault.code, "J07", "{fault}");
    write_lines(dir.path(), &bad[6..8]);
    fs::rename(segment(dir.path(), 1), segment(dir.path(), 7)).unwrap();
    let fault = heal_from(dir.path(), None, other.path()).unwrap_err();
    assert_eq!(fault.code, "J07", "lines of the same numbers are not the same lines: {fault}");
    fs::rename(segment(dir.path(), 7), segment(dir.path(), 1)).unwrap();
    write_lines(dir.path(), &bad);
    fs::rename(dir.path().join("journal"), dir.path().join("aside")).unwrap();
    fs::create_dir(dir.path().join("journal")).unwrap();
    let fault = heal_from(dir.path(), None, other.path()).unwrap_err();
    assert_eq!(fault.code, "J07", "where nothing is left to compare, no key of this desk opens it: {fault}");
    fs::remove_dir_all(dir.path().join("journal")).unwrap();
    fs::rename(dir.path().join("aside"), dir.path().join("journal")).unwrap();
    write_lines(copy.path(), &bad);
    let healing = heal_from(dir.path(), None, copy.path()).unwrap();
    assert_eq!((healing.journal.lines, healing.is_whole()), (0, false));
    assert_eq!(lines(dir.path()), bad, "nothing was touched");
}
