//! Disks that are full, read-only, failing or lying: what was acknowledged stays, what was not is told, reading goes on,
//! and writing resumes by itself.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::records::*;
use records_support::*;
use std::sync::atomic::Ordering;
use ulid::Ulid;
use zeroize::Zeroizing;

fn open_faulty(dir: &std::path::Path) -> (std::sync::Arc<Plan>, Records) {
    let (plan, options) = faulty();
    let (records, _) = Records::open(dir, options, &mut |_| {}).unwrap();
    (plan, records)
}

fn look() -> Look {
    let (of, why, fields) = (vec![case(1)], String::new(), Vec::new());
    Look { at: moment(), by: operator(), office: Ulid(5), act: Act::Open, of, count: 1, why, fields }
}

#[test]
fn a_disk_that_fills_at_any_write_of_a_commit_refuses_it_and_takes_it_when_there_is_room() {
    let mut refused = 0;
    for writes in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        let (plan, records) = open_faulty(dir.path());
        commit_one(&records, creation(1));
        // More new cases than there are slots, so that the slots are written too.
        let changes: Vec<_> = (10..1040).map(creation).collect();
        let big = commit(changes);
        plan.writes_left.store(writes, Ordering::SeqCst);
        match records.commit(std::slice::from_ref(&big)) {
            Ok(_) => assert!(writes > 2, "{writes}"),
            Err(CommitError::Refused(fault)) => {
                refused += 1;
                assert_eq!((fault.code, fault.key), ("D01", "fault-disk-full"));
                assert_eq!(records.find_commit(big.id).unwrap(), None);
                assert_eq!(everything(&records).len(), 1, "reading goes on");
                assert_eq!(records.history(case(1)).unwrap().len(), 1);
            }
            Err(CommitError::Unknown(fault)) => panic!("{writes}: a full disk is no riddle: {fault}"),
        }
        plan.heal();
        let seq = records.commit(std::slice::from_ref(&big)).unwrap()[0].unwrap();
        assert_eq!(records.find_commit(big.id).unwrap(), Some(seq));
        drop(records);
        let (records, opening) = open(dir.path());
        assert_eq!((opening.journal.torn_bytes, opening.journal.damage.len(), opening.rebuilt), (0, 0, None));
        assert_eq!(records.count(Kind::Case).unwrap(), 1031);
    }
    assert!(refused >= 3);
}

#[test]
fn a_failed_sync_leaves_the_outcome_unknown_until_asked_and_the_journal_cut_back() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, records) = open_faulty(dir.path());
    commit_one(&records, creation(1));
    let len = || std::fs::metadata(dir.path().join("journal/000000000001.jsonl")).unwrap().len();
    let before = len();
    plan.syncs_left.store(0, Ordering::SeqCst);
    let lost = commit(vec![creation(2)]);
    let error = records.commit(std::slice::from_ref(&lost)).unwrap_err();
    assert!(matches!(&error, CommitError::Unknown(fault) if fault.code == "J02"), "{error}");
    assert_eq!(len(), before, "cut back to the last acknowledged byte");
    assert_eq!(records.get(case(2)).unwrap(), None);
    assert_eq!(records.find_commit(lost.id).unwrap(), None);
    assert_eq!(records.commit(std::slice::from_ref(&lost)).unwrap(), [Ok(Seq(2))]);
    assert_eq!(records.find_commit(lost.id).unwrap(), Some(Seq(2)));
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}

#[test]
fn a_sync_that_fails_on_a_disk_that_then_takes_nothing_is_answered_when_it_does_again() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, records) = open_faulty(dir.path());
    commit_one(&records, creation(1));
    plan.syncs_left.store(0, Ordering::SeqCst);
    let lost = commit(vec![creation(2)]);
    // The sync fails, and so does the sync that would settle the cut.
    let trap = std::thread::scope(|scope| {
        let answer = scope.spawn(|| records.commit(std::slice::from_ref(&lost)));
        answer.join().unwrap()
    });
    assert!(matches!(trap, Err(CommitError::Unknown(_))));
    plan.is_read_only.store(true, Ordering::SeqCst);
    assert!(
        matches!(records.commit(std::slice::from_ref(&lost)), Err(CommitError::Refused(fault)) if fault.code == "D02")
    );
    assert!(records.get(case(1)).unwrap().is_some());
    plan.heal();
    records.tick().unwrap();
    assert_eq!(records.commit(&[lost]).unwrap(), [Ok(Seq(2))]);
}

#[test]
fn a_power_cut_takes_nothing_that_was_acknowledged_and_leaves_no_half() {
    for unsynced in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let (plan, records) = open_faulty(dir.path());
        for n in 0..30 {
            commit_one(&records, creation(n));
        }
        let record = records.get(case(3)).unwrap().unwrap();
        commit_one(&records, edit(&record, Field::Marks, "sudah tersimpan"));
        records.trail().note_first(&look()).unwrap();
        records.trail().note(&look()).unwrap();
        let all = everything(&records);
        if unsynced {
            plan.is_lying.store(true, Ordering::SeqCst);
            commit_one(&records, creation(40));
        }
        // The process is gone without a word; what the disk had not synced is gone with it.
        std::mem::forget(records);
        plan.pull_the_plug();
        std::fs::remove_file(dir.path().join("lock")).unwrap();
        std::fs::remove_dir_all(dir.path().join("store")).unwrap();
        let (records, opening) = open(dir.path());
        assert!(opening.journal.damage.is_empty(), "{opening:?}");
        assert!(everything(&records) == all);
        assert_eq!(records.trail().head().seq, Seq(1), "within its second a look may be lost, a first one never");
    }
}

#[test]
fn looks_pending_when_a_sync_fails_are_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, records) = open_faulty(dir.path());
    records.trail().note(&look()).unwrap();
    records.trail().note(&look()).unwrap();
    plan.syncs_left.store(0, Ordering::SeqCst);
    assert!(records.trail().sync().is_err());
    records.trail().note(&look()).unwrap();
    records.trail().sync().unwrap();
    assert!(!records.trail().is_dirty());
    drop(records);
    let (records, opening) = open(dir.path());
    assert_eq!((records.trail().head().seq, opening.trail.torn_bytes), (Seq(3), 0));
    assert_eq!(records.verify(&mut |_| {}).unwrap().trail_lines, 3);
}

#[test]
fn a_full_disk_still_takes_looks_for_a_while_and_drafts_by_giving_up_the_reserve() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, records) = open_faulty(dir.path());
    records.trail().note_first(&look()).unwrap();
    plan.writes_left.store(0, Ordering::SeqCst);
    for _ in 0..50 {
        records.trail().note_first(&look()).unwrap();
    }
    let fault = (0..100_000).find_map(|_| records.trail().note(&look()).err()).unwrap();
    assert_eq!(fault.code, "D01", "the reserve is used up, and said to be");
    assert!(dir.path().join("reserve").exists());
    let head = DraftHead { id: Ulid(8), at: moment(), form: "intake".into() };
    let draft = Draft { head, content: Zeroizing::new(vec![1]) };
    // The injected disk stays full: what is tested is that the room was given and the draft tried again.
    assert_eq!(records.drafts().save(operator(), &draft).unwrap_err().code, "D01");
    assert!(!dir.path().join("reserve").exists());
    plan.heal();
    records.drafts().save(operator(), &draft).unwrap();
    records.trail().note_first(&look()).unwrap();
    records.tick().unwrap();
    assert!(dir.path().join("reserve").exists());
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole(), "{verdict:?}");
}

fn segments(dir: &std::path::Path) -> usize {
    let names = dir.join("journal").read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".jsonl")).count()
}

#[test]
fn a_new_segment_that_cannot_be_begun_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, records) = open_faulty(dir.path());
    let table = |n: u128| {
        let nothing = Record::empty(Subject::new(Kind::Table, Ulid(n)));
        let mut change = Change::on(&nothing, Verb::Create, Timed::certain(moment()));
        change.set(&nothing, Field::TableText, Some(Value::text("y".repeat(60_000))));
        change
    };
    records.commit(&[commit((0..70).map(table).collect())]).unwrap();
    records.tick().unwrap();
    let roll = commit((100..140).map(table).collect());
    plan.syncs_left.store(1, Ordering::SeqCst);
    assert!(matches!(records.commit(std::slice::from_ref(&roll)), Err(CommitError::Unknown(_))));
    assert_eq!(records.find_commit(roll.id).unwrap(), None);
    assert_eq!(segments(dir.path()), 1);
    plan.writes_left.store(0, Ordering::SeqCst);
    assert!(matches!(records.commit(std::slice::from_ref(&roll)), Err(CommitError::Refused(_))));
    plan.heal();
    assert_eq!(segments(dir.path()), 1);
    let seq = records.commit(std::slice::from_ref(&roll)).unwrap()[0].unwrap();
    let count = records.count(Kind::Table).unwrap();
    assert!(records.read_commit(seq).unwrap().unwrap().commit == roll);
    drop(records);
    let (records, opening) = open(dir.path());
    assert!(opening.journal.damage.is_empty());
    assert_eq!(records.count(Kind::Table).unwrap(), count);
    assert_eq!((count, segments(dir.path())), (110, 2));
}

fn half_typed(id: u128, bytes: usize) -> Draft {
    let head = DraftHead { id: Ulid(id), at: moment(), form: String::new() };
    Draft { head, content: Zeroizing::new(vec![7; bytes]) }
}

#[test]
fn on_a_full_disk_commits_are_refused_and_never_get_the_room_that_drafts_are_kept_in() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, records) = open_faulty(dir.path());
    commit_one(&records, creation(1));
    *plan.root.lock().unwrap() = dir.path().to_owned();
    plan.capacity.store(Plan::used(dir.path()) + 100, Ordering::SeqCst);
    let held = || std::fs::metadata(dir.path().join("reserve")).map_or(0, |meta| meta.len());
    assert_eq!(held(), 4 << 20);
    for round in 0..20 {
        // As a form is saved: its draft first, then the commit, then the next form.
        records.drafts().save(operator(), &half_typed(round, 3000)).unwrap();
        let refused =
            records.commit(&[commit((0..20).map(|n| creation(2000 + 100 * round + n)).collect())]).unwrap_err();
        assert_eq!(refused.fault().code, "D01", "round {round}");
        let _ = records.tick();
    }
    assert!(held() > 3 << 20, "twenty small drafts cost little, not all: {} left", held());
    records.drafts().save(operator(), &half_typed(99, 60 << 10)).unwrap();
    plan.capacity.store(0, Ordering::SeqCst);
    records.tick().unwrap();
    assert_eq!(held(), 4 << 20, "taken again when there is room");
    assert_eq!(records.drafts().list(operator()).unwrap().len(), 21);
    commit_one(&records, creation(3));
}

#[test]
fn an_erasure_that_destroyed_the_key_and_got_no_further_is_finished_by_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let (store, before) = (dir.path().join("store"), dir.path().join("before"));
    let (records, _) = open(dir.path());
    (1..4).for_each(|n| _ = commit_one(&records, creation(n)));
    drop(records);
    // The store as it was when the power failed: it has not seen the erasure, whose key is gone.
    std::fs::create_dir(&before).unwrap();
    for entry in store.read_dir().unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), before.join(entry.file_name())).unwrap();
    }
    let (records, _) = open(dir.path());
    records.erase(Ulid::new(), Ulid(5), &remains(2)).unwrap();
    drop(records);
    std::fs::remove_dir_all(&store).unwrap();
    std::fs::rename(&before, &store).unwrap();
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.caught_up), (None, 1));
    assert_eq!((records.count(Kind::Case).unwrap(), everything(&records).len()), (2, 2));
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}
