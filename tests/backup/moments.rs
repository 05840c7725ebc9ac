//! Backups made after damage: the good moment stays the one that is restored, what can be mended from it is, and nobody is
//! told that all is whole.

use crate::records_support::*;
use crate::scene::*;
use pulang::desk::backup::{Outcome, Restored, Until, check};
use pulang::records::backup::{Choice, back_up};
use pulang::records::disk::RealDisk;
use pulang::records::{Records, Seq};
use std::path::PathBuf;
use std::sync::Arc;

/// A desk of ten lines in a set, and closed.
fn ten() -> Scene {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..10);
    scene.back_up().unwrap();
    scene
}

fn journal(scene: &Scene) -> PathBuf {
    scene.data().join("journal/000000000001.jsonl")
}

/// The byte before which so many lines end.
fn end_of(bytes: &[u8], lines: usize) -> usize {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(lines - 1).unwrap().0 + 1
}

fn truncate(scene: &Scene, lines: usize) {
    let bytes = std::fs::read(journal(scene)).unwrap();
    std::fs::write(journal(scene), &bytes[..end_of(&bytes, lines) + 60]).unwrap();
}

fn flip(scene: &Scene, line: usize) {
    let mut bytes = std::fs::read(journal(scene)).unwrap();
    let at = end_of(&bytes, line - 1) + 40;
    bytes[at] ^= 1;
    std::fs::write(journal(scene), bytes).unwrap();
}

fn restored(scene: &Scene, into: &str, until: Until, moment: Option<u64>) -> (Restored, Records) {
    let outcome = scene.outcome_of(into, until, moment, false).unwrap();
    let Outcome::Restored(restored) = outcome else { panic!("{outcome:?}") };
    std::fs::copy(scene.data().join("keys/master"), scene.at(into).join("keys/master")).unwrap();
    (*restored, open(&scene.at(into)).0)
}

fn assert_ten(scene: &Scene, into: &str, until: Until) -> Restored {
    let (told, again) = restored(scene, into, until, None);
    assert_eq!((told.head.seq, told.moments.taken, told.bad_lines), (Seq(10), 1, 0), "{told:?}");
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    assert_eq!(everything(&again).len(), 10);
    told
}

#[test]
fn a_backup_of_a_journal_that_was_cut_does_not_hide_the_whole_one() {
    let scene = ten();
    truncate(&scene, 2);
    let (records, opening) = open(&scene.data());
    assert!(!opening.journal.damage.is_empty() || opening.lost_lines > 0);
    add(&records, 20..23);
    let (told, code) = scene.backup();
    assert_eq!((code, &told["sound"], &told["departs_from_line"]), (1, &false.into(), &10.into()), "{told}");
    drop(records);
    // What the first backup has and what came after the damage is one journal again: nothing of either is lost.
    let (told, again) = restored(&scene, "end", Until::End, None);
    assert_eq!((told.moments.taken, told.moments.mended_by, told.bad_lines), (2, Some(1), 0), "{told:?}");
    assert!(told.head.seq > Seq(10) && again.verify(&mut |_| {}).unwrap().is_whole());
    assert_eq!(everything(&again).len(), 13);
    let (told, again) = restored(&scene, "line", Until::Line(Seq(10)), None);
    assert_eq!((told.head.seq, everything(&again).len()), (Seq(10), 10));
    // Whoever wants the first one alone asks for it.
    let (told, again) = restored(&scene, "first", Until::End, Some(1));
    assert_eq!((told.moments.taken, told.head.seq, everything(&again).len()), (1, Seq(10), 10));
    let checked = check(&scene.at("set"), None, &mut |_| Ok(())).unwrap();
    assert!(!checked.is_whole() && checked.flaws.is_empty() && checked.last_whole.unwrap().0 == 1);
}

#[test]
fn a_desk_that_lost_its_end_unseen_and_went_on_stands_aside_and_a_restored_one_leads_on() {
    let scene = ten();
    truncate(&scene, 4);
    std::fs::remove_file(scene.data().join("journal/checkpoint")).unwrap();
    std::fs::remove_dir_all(scene.data().join("store")).unwrap();
    let (records, opening) = open(&scene.data());
    assert!(opening.journal.damage.is_empty(), "{opening:?}");
    add(&records, 20..40);
    let made = scene.back_up().unwrap();
    assert_eq!((made.bad_lines, made.departs.map(|head| head.seq)), (0, Some(Seq(10))));
    drop(records);
    assert_ten(&scene, "again", Until::End);
    std::fs::rename(scene.data(), scene.at("before")).unwrap();
    std::fs::rename(scene.at("again"), scene.data()).unwrap();
    let (records, _) = open(&scene.data());
    add(&records, 50..53);
    assert!(scene.back_up().unwrap().is_sound());
    drop(records);
    let (told, again) = restored(&scene, "best", Until::End, None);
    assert_eq!((told.moments.taken, everything(&again).len()), (3, 13));
    // Who is only in the one that stands aside can be read there, with the keys of that desk.
    let (told, again) = restored(&scene, "aside", Until::End, Some(2));
    assert_eq!((told.moments.taken, told.head.seq, everything(&again).len()), (2, Seq(24), 24));
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
}

#[test]
fn the_commands_say_which_backup_was_taken_and_which_not() {
    let scene = ten();
    truncate(&scene, 2);
    assert_eq!(scene.backup().1, 1);
    let (set, identity, key) = (scene.text("set"), scene.text("identity"), scene.text("data/keys/master"));
    let said = scene.pulang(&["backup", &set, "--to", &scene.recipient]);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.code() == Some(1) && words.contains("!! The journal of this desk does not lead on"), "{words}");
    let said = scene.pulang(&["verify", &set, "--identity", &identity]);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.code() == Some(1) && words.contains("NOT whole") && words.contains("leads on: 1"), "{words}");
    assert!(!words.contains("Whole:"), "{words}");
    let restore = ["restore", &set, &scene.text("again"), "--identity", &identity, "--key", &key];
    let said = scene.pulang(&restore);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(words.contains("up to line 10") && words.contains("from backup 1"), "{words}");
    assert!(words.contains("!! Backup 2") && words.contains("!! Backup 3") && words.contains("--moment 3"), "{words}");
    let into = scene.text("none");
    let (told, code) = scene.json(&["restore", &set, &into, "--identity", &identity, "--moment", "9"]);
    assert_eq!((told["error"]["key"].as_str(), code), (Some("restore-no-moment"), 1), "{told}");
    assert!(told["error"]["text"].as_str().unwrap().contains("1, 2, 3"), "{told}");
}

#[test]
fn a_flipped_byte_is_mended_from_the_backup_before_and_nothing_later_is_lost() {
    let scene = ten();
    flip(&scene, 5);
    let (made, code) = scene.backup();
    assert_eq!((code, made["sound"].as_bool()), (1, Some(false)), "{made}");
    let told = assert_ten(&scene, "at-once", Until::End);
    assert_eq!(told.moments.passed_over().count(), 1);
    let (records, _) = open(&scene.data());
    add(&records, 20..25);
    scene.backup();
    drop(records);
    let (told, again) = restored(&scene, "later", Until::End, None);
    assert_eq!((told.moments.taken, told.moments.mended_by, told.bad_lines), (3, Some(1), 0), "{told:?}");
    assert!(everything(&again).len() == 15 && told.head.seq >= Seq(15), "{told:?}");
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    // What is restored is worked at, and leads on in the same set.
    add(&again, 30..33);
    drop(again);
    std::fs::rename(scene.data(), scene.at("before")).unwrap();
    std::fs::rename(scene.at("later"), scene.data()).unwrap();
    let made = scene.back_up().unwrap();
    assert!(made.is_sound(), "{made:?}");
    let (told, again) = restored(&scene, "last", Until::End, None);
    assert_eq!((told.moments.taken, told.moments.mended_by, everything(&again).len()), (4, None, 18));
    assert!(check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap().is_whole());
}

#[test]
fn a_byte_that_flips_while_the_desk_works_on_is_mended_too() {
    let scene = ten();
    let (records, _) = open(&scene.data());
    flip(&scene, 5);
    add(&records, 20..25);
    assert!(!scene.back_up().unwrap().is_sound());
    let (told, again) = restored(&scene, "again", Until::End, None);
    assert_eq!((told.moments.mended_by, told.bad_lines, told.head.seq), (Some(1), 0, records.head()));
    assert!(everything(&records) == everything(&again) && again.verify(&mut |_| {}).unwrap().is_whole());
    let (told, _) = restored(&scene, "four", Until::Line(Seq(12)), None);
    assert_eq!((told.head.seq, told.bad_lines), (Seq(12), 0));
}

#[test]
fn a_desk_whose_journal_is_gone_takes_nobody_out_of_the_set() {
    let scene = ten();
    std::fs::remove_file(journal(&scene)).unwrap();
    std::fs::remove_dir_all(scene.data().join("store")).unwrap();
    let (made, code) = scene.backup();
    assert_eq!((code, &made["line"], &made["sound"]), (1, &0.into(), &false.into()), "{made}");
    assert_ten(&scene, "again", Until::End);
}

#[test]
fn the_last_whole_backup_never_expires_while_later_ones_are_damaged() {
    let scene = ten();
    truncate(&scene, 2);
    let drop_all = |moments: &[pulang::records::backup::Stamp], _: &[_]| {
        (moments.iter().map(|stamp| stamp.number).collect(), Vec::new())
    };
    for _ in 0..3 {
        let (to, recipients) = (scene.at("set"), scene.recipients());
        let disk = Arc::new(RealDisk);
        let choice = Choice { disk, to: &to, recipients: &recipients, at: chrono::Utc::now(), expiry: &drop_all };
        let onlooker = pulang::records::Onlooker::new(&scene.data(), None);
        assert!(!back_up(&onlooker, &choice, &mut |_| Ok(())).unwrap().is_sound());
    }
    let checked = check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap();
    assert_eq!((checked.moments, checked.last_whole.unwrap().0, checked.flaws.len()), (2, 1, 0));
    assert_ten(&scene, "again", Until::End);
}

#[test]
fn who_was_erased_after_the_moment_that_is_taken_stays_erased() {
    let scene = ten();
    truncate(&scene, 6);
    let (records, _) = open(&scene.data());
    records.erase(ulid::Ulid::new(), ulid::Ulid(5), &remains(3)).unwrap();
    assert!(!scene.back_up().unwrap().is_sound());
    std::fs::remove_file(scene.at("set/keys/00000002.json")).unwrap();
    let (told, again) = restored(&scene, "again", Until::End, Some(1));
    assert_eq!((told.moments.taken, told.erased_again), (1, 1), "{told:?}");
    assert!(again.get(case(3)).unwrap().is_none() && again.get(case(4)).unwrap().is_some());
}

#[test]
fn an_end_that_is_missing_from_the_set_is_named_by_the_desk_that_is_restored_without_it() {
    let scene = ten();
    let (records, _) = open(&scene.data());
    add(&records, 10..20);
    scene.back_up().unwrap();
    let parts = files(&scene.at("set"));
    let last = parts.keys().find(|path| path.to_string_lossy().starts_with("parts/journal-000000000001-000000000020"));
    let last = scene.at("set").join(last.unwrap());
    let mut bytes = std::fs::read(&last).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&last, bytes).unwrap();
    drop(records);
    let (set, identity, key) = (scene.text("set"), scene.text("identity"), scene.text("data/keys/master"));
    let restore = ["restore", &set, &scene.text("again"), "--identity", &identity, "--key", &key, "--despite-damage"];
    let said = scene.pulang(&restore);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.code() == Some(1) && words.contains("!! Lines of the journal are missing"), "{words}");
    assert!(words.contains("NOT whole") && !words.contains("\nWhole"), "{words}");
    std::fs::copy(&key, scene.at("again/keys/master")).unwrap();
    let (again, opening) = open(&scene.at("again"));
    assert!(opening.journal.damages > 0, "{opening:?}");
    assert!(everything(&again).len() == 10 && again.head() > Seq(20));
    // Without the key nobody has opened it yet: the first who does is told.
    assert!(matches!(scene.outcome("other", Until::End, true).unwrap(), Outcome::Restored(told) if told.has_gap));
    std::fs::copy(&key, scene.at("other/keys/master")).unwrap();
    assert!(!open(&scene.at("other")).1.journal.damage.is_empty());
}

#[test]
fn once_the_desk_is_mended_its_backups_are_sound_again() {
    let scene = ten();
    flip(&scene, 5);
    let (records, _) = open(&scene.data());
    add(&records, 10..12);
    drop(records);
    assert!(!scene.back_up().unwrap().is_sound());
    assert!(matches!(scene.outcome_of("copy", Until::End, Some(1), false).unwrap(), Outcome::Restored(_)));
    let healing = pulang::records::heal_from(&scene.data(), None, &scene.at("copy")).unwrap();
    assert!(healing.is_whole() && healing.journal.lines == 1, "{healing:?}");
    let made = scene.back_up().unwrap();
    assert!(made.is_sound() && made.bad_lines == 0, "{made:?}");
    let (told, again) = restored(&scene, "again", Until::End, None);
    assert_eq!((told.moments.taken, told.moments.mended_by, everything(&again).len()), (3, None, 12));
}
