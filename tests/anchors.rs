//! Anchors: whatever is done to the files, with or without the keys of the desk, a sheet that was kept outside says so, and
//! says what: a flipped byte, a removed entry, a cut tail, a rewritten chain. Random places of all of it are in `tests/ordeals`.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use chrono::TimeDelta;
use pulang::domain::field::Field;
use pulang::records::*;
use records_support::*;
use std::fs;
use std::path::Path;
use ulid::Ulid;

/// So many commits and looks more.
fn goes_on(records: &Records, tag: &str, count: u128) {
    for n in 0..count {
        if records.get(case(n)).unwrap().is_none() {
            commit_one(records, creation(n));
        }
        let record = records.get(case(n)).unwrap().unwrap();
        commit_one(records, edit(&record, Field::Marks, &format!("{tag} {n}")));
        let look = Look {
            at: moment(),
            by: operator(),
            office: Ulid(5),
            act: Act::Open,
            of: vec![case(n)],
            count: 1,
            why: String::new(),
            fields: Vec::new(),
        };
        records.trail().note(&look).unwrap();
    }
}

fn held(dir: &Path, anchors: &[Anchor]) -> Vec<Holding> {
    let (records, _) = open(dir);
    let verdict = records.verify(&mut |_| {}).unwrap();
    records.hold_against(anchors, (&verdict.journal, &verdict.trail), &mut || Ok(())).unwrap()
}

fn beside(dir: &Path, anchors: &[Anchor]) -> Vec<Holding> {
    Onlooker::new(dir, None).hold_against(anchors, (&[], &[]), &mut || Ok(())).unwrap()
}

fn of_chain(holding: &Holding, chain: &str) -> Held {
    if chain == "journal" { holding.journal } else { holding.trail }
}

/// A desk with the anchor of its end; the journal has 12 lines, the trail 6.
fn anchored() -> (tempfile::TempDir, Anchor) {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    goes_on(&records, "satu", 6);
    let anchor = records.anchor(moment()).unwrap();
    assert_eq!((anchor.journal.head.seq, anchor.trail.head.seq), (Seq(12), Seq(6)));
    drop(records);
    (dir, anchor)
}

fn change(dir: &Path, chain: &str, work: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let path = dir.join(chain).join("000000000001.jsonl");
    let bytes = fs::read(&path).unwrap();
    // The trail keeps room behind its end.
    let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let mut lines: Vec<Vec<u8>> = bytes[..end].split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
    work(&mut lines);
    fs::write(&path, lines.concat()).unwrap();
}

/// Whatever else remembers where the chains stood goes as well.
fn forget(dir: &Path) {
    for chain in ["journal", "trail"] {
        fs::remove_file(dir.join(chain).join("checkpoint")).unwrap();
    }
    fs::remove_dir_all(dir.join("store")).unwrap();
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copied(&path, &target) } else { _ = fs::copy(&path, &target).unwrap() }
    }
}

#[test]
fn a_desk_that_only_went_on_holds_every_anchor_from_within_and_from_outside() {
    let (dir, first) = anchored();
    let (records, _) = open(dir.path());
    goes_on(&records, "dua", 3);
    let second = records.anchor(moment()).unwrap();
    drop(records);
    let outside = Onlooker::new(dir.path(), None).anchor(moment()).unwrap();
    assert_eq!(outside, second);
    for found in [held(dir.path(), &[first, second]), beside(dir.path(), &[second, first])] {
        assert!(found.iter().all(Holding::is_whole), "{found:?}");
    }
}

#[test]
fn a_flipped_byte_is_named_by_its_line() {
    for chain in ["journal", "trail"] {
        let (dir, anchor) = anchored();
        change(dir.path(), chain, |lines| {
            let seal = lines[2].windows(8).position(|window| window == b"\"seal\":\"").unwrap() + 20;
            lines[2][seal] = if lines[2][seal] == b'A' { b'B' } else { b'A' };
        });
        forget(dir.path());
        for found in [beside(dir.path(), &[anchor]), held(dir.path(), &[anchor])] {
            let Held::Damaged { first } = of_chain(&found[0], chain) else { panic!("{found:?}") };
            assert_eq!((first.seq, first.what), (Seq(3), What::Altered));
        }
    }
}

#[test]
fn a_flipped_byte_in_the_very_line_that_was_anchored_is_named_too() {
    let (dir, anchor) = anchored();
    change(dir.path(), "journal", |lines| {
        let seal = lines[11].windows(8).position(|window| window == b"\"seal\":\"").unwrap() + 20;
        lines[11][seal] = if lines[11][seal] == b'A' { b'B' } else { b'A' };
    });
    forget(dir.path());
    let found = held(dir.path(), &[anchor]);
    let Held::Damaged { first } = found[0].journal else { panic!("{found:?}") };
    assert_eq!(first.seq, Seq(12));
}

#[test]
fn a_removed_entry_is_named_by_its_place() {
    for chain in ["journal", "trail"] {
        let (dir, anchor) = anchored();
        change(dir.path(), chain, |lines| drop(lines.remove(3)));
        forget(dir.path());
        for found in [beside(dir.path(), &[anchor]), held(dir.path(), &[anchor])] {
            let Held::Damaged { first } = of_chain(&found[0], chain) else { panic!("{found:?}") };
            assert_eq!((first.seq, first.what), (Seq(4), What::Missing));
        }
    }
}

#[test]
fn a_cut_tail_is_named_though_everything_that_remembered_it_is_gone() {
    for chain in ["journal", "trail"] {
        let (dir, anchor) = anchored();
        change(dir.path(), chain, |lines| lines.truncate(4));
        forget(dir.path());
        for found in [beside(dir.path(), &[anchor]), held(dir.path(), &[anchor])] {
            assert_eq!(of_chain(&found[0], chain), Held::Cut { last: Seq(4) });
        }
    }
}

#[test]
fn a_chain_that_was_cut_and_gone_on_with_is_whole_to_itself_and_not_to_the_anchors() {
    let (dir, first) = anchored();
    let before = tempfile::tempdir().unwrap();
    copied(dir.path(), before.path());
    let (records, _) = open(dir.path());
    goes_on(&records, "benar", 4);
    let second = records.anchor(moment()).unwrap();
    drop(records);
    // Somebody with every key goes back to the day before and writes another history, longer than the true one.
    let (records, _) = open(before.path());
    goes_on(&records, "palsu", 6);
    records.sign_day(moment() + TimeDelta::days(1)).unwrap();
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole(), "to itself it is whole: {verdict:?}");
    drop(records);
    for found in [held(before.path(), &[second, first]), beside(before.path(), &[second, first])] {
        assert_eq!(found[0].journal, Held::Rewritten { after: Seq(12) });
        assert_eq!(found[0].trail, Held::Rewritten { after: Seq(6) });
        assert!(found[0].is_signed && found[0].is_own_key && found[1].is_whole());
    }
}

#[test]
fn an_anchor_that_was_altered_or_is_another_desks_is_said_to_be() {
    let (dir, anchor) = anchored();
    let forged = anchor.json().to_string().replacen("\"seq\":12", "\"seq\":11", 1);
    let forged = Anchor::read_all(&forged).unwrap()[0];
    assert!(!held(dir.path(), &[forged])[0].is_signed);
    let (other, _) = anchored();
    let found = held(other.path(), &[anchor]);
    assert!(found[0].is_signed && !found[0].is_own_key && !found[0].is_whole());
}

#[test]
fn every_day_signs_both_heads_once_though_nobody_does_anything() {
    let (dir, _) = anchored();
    let (records, _) = open(dir.path());
    records.sign_day(moment()).unwrap();
    assert_eq!((records.head(), records.trail().head().seq), (Seq(12), Seq(6)), "signed by their first lines");
    let tomorrow = moment() + TimeDelta::days(1);
    (0..3).for_each(|hours| records.sign_day(tomorrow + TimeDelta::hours(hours)).unwrap());
    assert_eq!((records.head(), records.trail().head().seq), (Seq(13), Seq(7)));
    let text = fs::read_to_string(dir.path().join("journal/000000000001.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!((&line["kind"], &line["trail"]["seq"]), (&"head".into(), &7.into()));
    commit_one(&records, creation(40));
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}
