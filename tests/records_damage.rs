//! Damage: lines altered, removed, swapped, rewritten chains, stores cut, zeroed and gone. All of it is found, named, and
//! survived. Every letter of a line, every byte of the last one and much more of the store are tried in `tests/ordeals`.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::field::Field;
use pulang::domain::subject::Kind;
use pulang::domain::value::Value;
use pulang::records::*;
use records_support::*;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const CASES: u128 = 12;

/// A directory with twelve cases and an edit of each: lines 1 to 24, closed in order.
fn filled() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    (0..CASES).for_each(|n| _ = commit_one(&records, creation(n)));
    for n in 0..CASES {
        let record = records.get(case(n)).unwrap().unwrap();
        commit_one(&records, edit(&record, Field::Marks, &format!("tanda {n}")));
    }
    dir
}

fn segment(dir: &Path) -> PathBuf {
    dir.join("journal/000000000001.jsonl")
}

/// The lines of the first segment, newlines included.
fn lines(dir: &Path) -> Vec<Vec<u8>> {
    fs::read(segment(dir)).unwrap().split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect()
}

fn write_lines(dir: &Path, lines: &[Vec<u8>]) {
    fs::write(segment(dir), lines.concat()).unwrap();
}

fn first(verdict: &Verdict) -> (u64, u32, What) {
    let bad = verdict.journal[0];
    (bad.seq.0, bad.line, bad.what)
}

#[test]
fn the_chain_can_be_checked_with_sha256sum_alone() {
    let dir = filled();
    let lines = lines(dir.path());
    assert_eq!(lines.len(), 24);
    for pair in lines.windows(2) {
        let line: serde_json::Value = serde_json::from_slice(&pair[1]).unwrap();
        let sha: String = Sha256::digest(&pair[0]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(line["prev"], sha);
    }
    let line: serde_json::Value = serde_json::from_slice(&lines[0]).unwrap();
    let names: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["v", "seq", "prev", "at", "by", "office", "id", "kind", "parts"]);
    let part: Vec<_> = line["parts"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(part, ["of", "rev", "slot", "seal"]);
}

#[test]
fn a_damaged_line_costs_a_rebuild_that_line_only() {
    let dir = filled();
    let mut bad = lines(dir.path());
    bad[14][30] = b'!';
    write_lines(dir.path(), &bad);
    let options = Options { is_rebuild_asked: true, ..Options::default() };
    let (records, _) = Records::open(dir.path(), options, &mut |_| {}).unwrap();
    for n in 0..CASES {
        let record = records.get(case(n)).unwrap().unwrap();
        assert_eq!(record.text(Field::Marks).is_some(), n != 2, "{n}");
    }
}

#[test]
fn the_last_line_altered_is_found_by_the_checkpoint() {
    let dir = filled();
    let mut bad = lines(dir.path());
    let text = String::from_utf8(bad[23].clone()).unwrap();
    bad[23] = text.replacen("\"at\":\"2026", "\"at\":\"2027", 1).into_bytes();
    write_lines(dir.path(), &bad);
    let (records, opening) = open(dir.path());
    assert_eq!(opening.journal.damage.len(), 1, "{opening:?}");
    assert_eq!((opening.journal.damage[0].seq, opening.journal.damage[0].what), (Seq(24), What::Altered));
    assert_eq!(records.get(case(11)).unwrap().unwrap().revision, 2, "the store had seen it");
}

#[test]
fn a_last_line_whose_newline_went_bad_is_damage_and_is_not_cut_off() {
    let dir = filled();
    let mut bad = lines(dir.path());
    *bad[23].last_mut().unwrap() = b'x';
    write_lines(dir.path(), &bad);
    let (records, opening) = open(dir.path());
    assert_eq!((opening.journal.torn_bytes, opening.journal.damage[0].seq), (0, Seq(24)));
    assert_eq!(lines(dir.path()).concat(), bad.concat());
    assert_eq!(records.get(case(11)).unwrap().unwrap().revision, 2);
    assert!(commit_one(&records, creation(60)) > Seq(24));
}

#[test]
fn a_removed_line_and_swapped_lines_are_found_and_named() {
    let dir = filled();
    let mut removed = lines(dir.path());
    removed.remove(6);
    write_lines(dir.path(), &removed);
    let (records, _) = open(dir.path());
    assert_eq!(first(&records.verify(&mut |_| {}).unwrap()), (7, 7, What::Missing));
    drop(records);
    let dir = filled();
    let mut swapped = lines(dir.path());
    swapped.swap(6, 7);
    write_lines(dir.path(), &swapped);
    let (records, _) = open(dir.path());
    assert_eq!(first(&records.verify(&mut |_| {}).unwrap()), (7, 7, What::Missing));
}

#[test]
fn a_chain_rewritten_without_the_key_is_found_though_its_hashes_fit() {
    let dir = filled();
    let mut chain = lines(dir.path());
    // Somebody backdates line 5 and hashes everything after it anew.
    let text = String::from_utf8(chain[4].clone()).unwrap();
    chain[4] = text.replacen("2026-02-21T", "2026-02-20T", 1).into_bytes();
    assert_ne!(chain[4], text.as_bytes());
    for n in 5..chain.len() {
        let sha: String = Sha256::digest(&chain[n - 1]).iter().map(|byte| format!("{byte:02x}")).collect();
        let mut line: serde_json::Value = serde_json::from_slice(&chain[n]).unwrap();
        line["prev"] = sha.into();
        chain[n] = format!("{line}\n").into_bytes();
    }
    write_lines(dir.path(), &chain);
    let (records, opening) = open(dir.path());
    assert_eq!(opening.journal.damage[0].what, What::Altered, "the signed checkpoint remembers the old head");
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert_eq!(first(&verdict), (5, 5, What::Sealed), "{verdict:?}");
}

#[test]
fn lines_cut_away_behind_the_checkpoint_are_missed_and_their_numbers_not_given_again() {
    let dir = filled();
    let good = lines(dir.path());
    write_lines(dir.path(), &good[..20]);
    let (records, opening) = open(dir.path());
    assert_eq!((opening.journal.damage[0].seq, opening.journal.damage[0].what), (Seq(21), What::Missing));
    assert!(commit_one(&records, creation(50)) > Seq(24));
    assert_eq!(everything(&records).len(), CASES as usize + 1);
}

/// Lines are cut off the end of a journal whose store has seen them all; `is_known` keeps the checkpoint that knows of them.
fn cut_behind_the_store(is_known: bool) -> tempfile::TempDir {
    let dir = filled();
    write_lines(dir.path(), &lines(dir.path())[..20]);
    if !is_known {
        fs::remove_file(dir.path().join("journal/checkpoint")).unwrap();
    }
    dir
}

#[test]
fn lines_cut_away_are_still_in_the_store_and_named_for_good_with_or_without_a_checkpoint() {
    for is_known in [true, false] {
        let dir = cut_behind_the_store(is_known);
        let (records, opening) = open(dir.path());
        assert_eq!((opening.journal.damage[0].seq, opening.journal.damage[0].what), (Seq(21), What::Missing));
        assert_eq!((opening.rebuilt, opening.lost_lines, opening.journal.damages), (None, 0, 1), "{is_known}");
        let marks = |n: u128| records.get(case(n)).unwrap().unwrap().get(Field::Marks).cloned();
        assert_eq!(marks(11), Some(Value::text("tanda 11")), "what was acknowledged is there");
        assert!(commit_one(&records, creation(50)) > Seq(25), "after the lost lines and the one that names them");
        let verdict = records.verify(&mut |_| {}).unwrap();
        assert_eq!((first(&verdict), &verdict.gone[..]), ((21, 21, What::Missing), &[(Seq(21), Seq(24))][..]));
        let edited: std::collections::BTreeSet<_> = (8..12).map(case).collect();
        assert!(verdict.differing.iter().copied().eq(edited), "the journal does not know these edits");
        drop(records);
        for _ in 0..2 {
            let (records, opening) = open(dir.path());
            assert_eq!(
                (opening.journal.damages, opening.rebuilt),
                (1, None),
                "told once in the journal, and at every start"
            );
            let verdict = records.verify(&mut |_| {}).unwrap();
            assert!(!verdict.is_whole() && verdict.gone == [(Seq(21), Seq(24))], "{verdict:?}");
            assert_eq!(everything(&records).len(), CASES as usize + 1);
        }
    }
}

#[test]
fn a_store_of_another_desk_is_no_witness_of_lost_lines() {
    let (dir, other) = (filled(), filled());
    write_lines(dir.path(), &lines(dir.path())[..20]);
    fs::remove_file(dir.path().join("journal/checkpoint")).unwrap();
    fs::remove_dir_all(dir.path().join("store")).unwrap();
    copy_tree(&other.path().join("store"), &dir.path().join("store"));
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.journal.damages), (Some(Rebuilt::Disagreed), 0));
    assert_eq!(records.head(), Seq(20));
    assert!(everything(&records) == replayed(&records));
}

#[test]
fn a_first_segment_that_is_gone_is_named_and_the_store_is_kept() {
    let dir = filled();
    // A second segment begins where damage is named.
    let mut bad = lines(dir.path());
    bad[4][60] ^= 1;
    write_lines(dir.path(), &bad);
    fs::remove_file(dir.path().join("journal/checkpoint")).unwrap();
    let (records, _) = open(dir.path());
    let all = everything(&records);
    drop(records);
    fs::remove_file(segment(dir.path())).unwrap();
    let (records, opening) = open(dir.path());
    assert_eq!(opening.rebuilt, None);
    let seen = records.look_over(&mut || Ok(())).unwrap();
    assert_eq!(seen.journal.first.map(|bad| (bad.seq, bad.what)), Some((Seq(1), What::Missing)));
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert_eq!(verdict.gone, [(Seq(1), Seq(24))]);
    drop(records);
    let (records, opening) = open(dir.path());
    assert_eq!(opening.rebuilt, None, "a damaged journal overrules no store");
    assert!(everything(&records) == all);
}

#[test]
fn a_journal_whose_lines_are_gone_is_not_begun_anew_beside_its_checkpoint() {
    let dir = filled();
    let aside = dir.path().join("aside");
    fs::rename(segment(dir.path()), &aside).unwrap();
    for _ in 0..2 {
        let fault = Records::open(dir.path(), Options::default(), &mut |_| {}).map(|_| ()).unwrap_err();
        assert_eq!(fault.code, "J06", "{fault}");
    }
    fs::rename(&aside, segment(dir.path())).unwrap();
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.journal.damages), (None, 0));
    assert_eq!(everything(&records).len(), CASES as usize);
}

#[test]
fn a_journal_that_is_gone_is_not_begun_anew_over_a_store_that_remembers_it() {
    let dir = filled();
    fs::rename(dir.path().join("journal"), dir.path().join("elsewhere")).unwrap();
    let fault = Records::open(dir.path(), Options::default(), &mut |_| {}).map(|_| ()).unwrap_err();
    assert!(matches!(fault.code, "J06" | "K04"), "{fault}");
    fs::remove_dir_all(dir.path().join("journal")).unwrap();
    fs::rename(dir.path().join("elsewhere"), dir.path().join("journal")).unwrap();
    assert_eq!(everything(&open(dir.path()).0).len(), CASES as usize);
}

#[test]
fn a_store_removed_cut_zeroed_or_scrambled_is_built_anew_and_equal() {
    let dir = filled();
    let all = everything(&open(dir.path()).0);
    let db = |dir: &Path| dir.join("store/db");
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 7] = [
        ("removed", |dir| fs::remove_dir_all(dir.join("store")).unwrap()),
        ("emptied", |dir| fs::write(dir.join("store/db"), b"").unwrap()),
        ("cut in half", |dir| {
            let bytes = fs::read(dir.join("store/db")).unwrap();
            fs::write(dir.join("store/db"), &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("cut to an odd length", |dir| {
            let bytes = fs::read(dir.join("store/db")).unwrap();
            fs::write(dir.join("store/db"), &bytes[..bytes.len().min(1000)]).unwrap();
        }),
        ("zeroed", |dir| {
            let len = fs::metadata(dir.join("store/db")).unwrap().len();
            fs::write(dir.join("store/db"), vec![0; len as usize]).unwrap();
        }),
        ("scrambled", |dir| {
            let len = fs::metadata(dir.join("store/db")).unwrap().len();
            let noise = (0..len).map(|n| (n.wrapping_mul(2_654_435_761) >> 7) as u8).collect::<Vec<_>>();
            fs::write(dir.join("store/db"), noise).unwrap();
        }),
        ("its configuration scrambled", |dir| fs::write(dir.join("store/conf"), b"nonsense").unwrap()),
    ];
    for (name, harm) in harms {
        let copy = tempfile::tempdir().unwrap();
        copy_tree(dir.path(), copy.path());
        assert!(db(copy.path()).exists());
        harm(copy.path());
        let mut steps = Vec::new();
        let (records, opening) = Records::open(copy.path(), Options::default(), &mut |p| steps.push(p)).unwrap();
        let is_harmed = opening.rebuilt.is_some() || opening.caught_up > 0;
        // The later half of a small file is room that sled took ahead, and sled itself passes over its configuration.
        assert!(is_harmed || ["cut in half", "its configuration scrambled"].contains(&name), "{name}: {opening:?}");
        assert!(everything(&records) == all, "{name}");
        assert!(records.verify(&mut |_| {}).unwrap().is_whole(), "{name}");
        assert_eq!(steps.last().map(|p| (p.done, p.total)), is_harmed.then_some((24, 24)), "{name}");
    }
}

#[test]
fn a_zeroed_page_inside_the_store_is_found_or_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let commits: Vec<_> = (0..800).map(|n| commit(vec![creation(n)])).collect();
    records.bulk_load(&mut commits.into_iter(), &mut |_| {}).unwrap();
    drop(records);
    let len = fs::metadata(dir.path().join("store/db")).unwrap().len();
    for at in (0..len).step_by((len / 8) as usize) {
        let copy = tempfile::tempdir().unwrap();
        copy_tree(dir.path(), copy.path());
        let mut bytes = fs::read(copy.path().join("store/db")).unwrap();
        let end = bytes.len().min(at as usize + 4096);
        bytes[at as usize..end].fill(0);
        fs::write(copy.path().join("store/db"), bytes).unwrap();
        let (records, opening) = open(copy.path());
        let mut met = 0;
        let each = records.each(Kind::Case, &mut |_, _| met += 1);
        assert!(each.is_err() || met == 800, "page at {at}: {met} records and no word ({opening:?})");
        drop(records);
        let options = Options { is_rebuild_asked: true, ..Options::default() };
        let (records, _) = Records::open(copy.path(), options, &mut |_| {}).unwrap();
        assert_eq!(everything(&records).len(), 800);
    }
}

#[test]
fn an_older_store_catches_up_and_one_of_another_past_is_set_aside() {
    let dir = filled();
    let old = tempfile::tempdir().unwrap();
    copy_tree(&dir.path().join("store"), &old.path().join("store"));
    let (records, _) = open(dir.path());
    commit_one(&records, creation(30));
    let all = everything(&records);
    drop(records);
    fs::remove_dir_all(dir.path().join("store")).unwrap();
    copy_tree(&old.path().join("store"), &dir.path().join("store"));
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.caught_up), (None, 1));
    assert!(everything(&records) == all);
    drop(records);
    let other = filled();
    fs::remove_dir_all(dir.path().join("store")).unwrap();
    copy_tree(&other.path().join("store"), &dir.path().join("store"));
    let (records, opening) = open(dir.path());
    assert_eq!(opening.rebuilt, Some(Rebuilt::Disagreed));
    assert!(everything(&records) == all);
    assert!(dir.path().join("store.aside-1").exists());
}

#[test]
fn a_thousand_lines_are_followed_by_a_signed_head_and_one_taken_out_is_missed() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let commits: Vec<_> = (0..2500).map(|n| commit(vec![creation(n)])).collect();
    records.bulk_load(&mut commits.into_iter(), &mut |_| {}).unwrap();
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
    drop(records);
    let all = lines(dir.path());
    let heads: Vec<_> = all
        .iter()
        .enumerate()
        .filter(|(_, line)| line.windows(13).any(|w| w == b"\"kind\":\"head\""))
        .map(|(n, _)| n)
        .collect();
    assert_eq!(heads, [1000, 2001]);
    let mut forged = all.clone();
    let text = String::from_utf8(forged[1000].clone()).unwrap();
    let sign = text.find("\"sign\":\"").unwrap() + 8;
    forged[1000][sign] = if forged[1000][sign] == b'A' { b'B' } else { b'A' };
    write_lines(dir.path(), &forged);
    let (records, _) = open(dir.path());
    assert_eq!(first(&records.verify(&mut |_| {}).unwrap()), (1001, 1001, What::Unsigned));
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target)
        } else {
            _ = fs::copy(entry.path(), target).unwrap()
        }
    }
}
