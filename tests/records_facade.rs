//! The records room as the desk sees it: commits, history, idempotency, revisions, readers beside a writer, loads.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::records::*;
use records_support::*;
use ulid::Ulid;

#[test]
fn what_is_committed_is_there_at_once_and_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let (records, opening) = open(dir.path());
    assert!(opening.is_empty && opening.rebuilt.is_none());
    assert_eq!(commit_one(&records, creation(1)), Seq(1));
    let record = records.get(case(1)).unwrap().unwrap();
    assert_eq!(record.text(Field::Name), Some("Sitra Bolang 1"));
    assert_eq!(commit_one(&records, edit(&record, Field::Name, "Sitra Bolangtu")), Seq(2));
    let all = everything(&records);
    drop(records);
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.caught_up, opening.head), (None, 0, Seq(2)));
    assert!(!opening.is_empty);
    assert!(everything(&records) == all && all == replayed(&records));
    assert_eq!(records.get(case(1)).unwrap().unwrap().revision, 2);
    assert_eq!(records.get(case(2)).unwrap(), None);
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}

#[test]
fn history_tells_every_change_with_who_and_when() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    commit_one(&records, creation(1));
    commit_one(&records, creation(2));
    let record = records.get(case(1)).unwrap().unwrap();
    let mut undone = commit(vec![edit(&record, Field::Marks, "tato di lengan")]);
    undone.undoes = Some(Ulid(9));
    records.commit(std::slice::from_ref(&undone)).unwrap();
    let history = records.history(case(1)).unwrap();
    assert_eq!(history.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [Seq(1), Seq(3)]);
    assert_eq!(history[0].change, creation(1));
    assert_eq!(
        (history[1].undoes, history[1].by, history[1].at, history[1].id),
        (Some(Ulid(9)), operator(), moment(), undone.id)
    );
    assert_eq!(history[1].change, undone.changes[0]);
    assert_eq!(records.read_commit(Seq(3)).unwrap().unwrap().commit, undone);
    assert!(records.history(case(3)).unwrap().is_empty());
}

#[test]
fn the_same_commit_twice_changes_nothing_and_answers_its_old_line() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let once = commit(vec![creation(1)]);
    let twice = [once.clone(), once.clone()];
    assert_eq!(records.commit(&twice).unwrap(), [Ok(Seq(1)), Ok(Seq(1))]);
    commit_one(&records, creation(2));
    assert_eq!(records.commit(std::slice::from_ref(&once)).unwrap(), [Ok(Seq(1))]);
    drop(records);
    let (records, _) = open(dir.path());
    assert_eq!(records.commit(std::slice::from_ref(&once)).unwrap(), [Ok(Seq(1))]);
    assert_eq!((records.find_commit(once.id).unwrap(), records.head()), (Some(Seq(1)), Seq(2)));
    assert_eq!(records.find_commit(Ulid(1)).unwrap(), None);
}

#[test]
fn a_change_of_another_revision_is_unfit_alone_and_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    commit_one(&records, creation(1));
    let seen = records.get(case(1)).unwrap().unwrap();
    commit_one(&records, edit(&seen, Field::Marks, "a"));
    let stale = Unfit::Stale { of: case(1), revision: 2 };
    let batch = [
        commit(vec![creation(2), edit(&seen, Field::Marks, "b")]),
        commit(vec![creation(3)]),
        commit(vec![creation(1)]),
        commit(vec![]),
    ];
    assert_eq!(records.commit(&batch).unwrap(), [Err(stale), Ok(Seq(3)), Err(stale), Err(Unfit::Empty)]);
    assert_eq!(records.get(case(2)).unwrap(), None);
    assert_eq!(records.count(Kind::Case).unwrap(), 2);
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}

#[test]
fn one_batch_may_build_on_itself_and_one_commit_touch_a_subject_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let mut record = Record::empty(case(1));
    let first = creation(1);
    first.apply(&mut record);
    let second = edit(&record, Field::Marks, "a");
    second.apply(&mut record);
    let third = edit(&record, Field::Marks, "b");
    third.apply(&mut record);
    let batch = [commit(vec![first]), commit(vec![second, third])];
    assert_eq!(records.commit(&batch).unwrap(), [Ok(Seq(1)), Ok(Seq(2))]);
    assert!(records.get(case(1)).unwrap().unwrap() == record);
    assert_eq!(records.history(case(1)).unwrap().len(), 3);
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}

#[test]
fn too_large_a_commit_is_unfit_and_a_large_one_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let table = |n: u128, text: String| {
        let of = Subject::new(Kind::Table, Ulid(n));
        let mut change = Change::on(&Record::empty(of), Verb::Create, Timed::certain(moment()));
        change.set(&Record::empty(of), Field::TableText, Some(Value::text(text)));
        change
    };
    assert_eq!(records.commit(&[commit(vec![table(1, "x".repeat(3 << 20))])]).unwrap(), [Err(Unfit::TooLarge)]);
    let wide = (0..200).map(|n| table(100 + n, "y".repeat(60_000))).collect();
    assert_eq!(records.commit(&[commit(wide)]).unwrap(), [Err(Unfit::TooLarge)]);
    let many = (0..60).map(|n| table(100 + n, "y".repeat(60_000))).collect();
    assert!(records.commit(&[commit(many)]).unwrap()[0].is_ok());
    let all = everything(&records);
    assert_eq!(all.len(), 60);
    drop(records);
    let (records, _) =
        Records::open(dir.path(), Options { is_rebuild_asked: true, ..Options::default() }, &mut |_| {}).unwrap();
    assert!(everything(&records) == all);
}

#[test]
fn a_second_process_is_told_that_the_directory_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let fault = Records::open(dir.path(), Options::default(), &mut |_| {}).map(|_| ()).unwrap_err();
    assert_eq!((fault.code, fault.key), ("L01", "fault-data-locked"));
    drop(records);
    open(dir.path());
}

#[test]
fn readers_read_whole_records_while_one_writer_commits() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    commit_one(&records, creation(1));
    let is_done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                while !is_done.load(std::sync::atomic::Ordering::SeqCst) {
                    let record = records.get(case(1)).unwrap().unwrap();
                    assert!(record.revision >= last);
                    last = record.revision;
                    if last > 1 {
                        assert_eq!(record.text(Field::Marks), Some(format!("tanda {last}").as_str()));
                    }
                    assert!(records.history(case(1)).unwrap().len() >= last as usize);
                }
            });
        }
        for revision in 2..200 {
            let record = records.get(case(1)).unwrap().unwrap();
            commit_one(&records, edit(&record, Field::Marks, &format!("tanda {revision}")));
        }
        is_done.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}

#[test]
fn a_bulk_load_is_there_after_reopening_and_may_be_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let made = |n: u128| {
        let mut record = Record::empty(case(n));
        creation(n).apply(&mut record);
        record
    };
    // The second batch builds on the first, which may still be on its way into the store.
    let edits = (0..200).map(|n| commit(vec![edit(&made(n), Field::Marks, "tanda")]));
    let commits: Vec<_> = (0..2300).map(|n| commit(vec![creation(n)])).chain(edits).collect();
    let mut steps = Vec::new();
    assert_eq!(records.bulk_load(&mut commits.iter().cloned(), &mut |p| steps.push(p.done)).unwrap(), 2500);
    assert_eq!(steps, [2048, 2500]);
    let head = records.head();
    assert_eq!(records.bulk_load(&mut commits.iter().cloned(), &mut |_| {}).unwrap(), 2500);
    assert_eq!((records.head(), records.count(Kind::Case).unwrap()), (head, 2300));
    let stale = commit(vec![edit(&made(3), Field::Marks, "lain")]);
    assert!(matches!(
        records.bulk_load(&mut [commit(vec![creation(5000)]), stale].into_iter(), &mut |_| {}),
        Err(CommitError::Refused(fault)) if fault.code == "C01"
    ));
    assert!(records.get(case(5000)).unwrap().is_some(), "the others of its batch are kept");
    drop(records);
    let (records, opening) = open(dir.path());
    assert_eq!((opening.rebuilt, opening.caught_up), (None, 0));
    assert_eq!(records.count(Kind::Case).unwrap(), 2301);
    assert_eq!(records.get(case(199)).unwrap().unwrap().revision, 2);
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole() && verdict.records == 2301, "{verdict:?}");
}

#[test]
fn a_look_over_everything_beside_a_load_finds_the_store_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    std::thread::scope(|scope| {
        let mut looks = Vec::new();
        let mut commits = (0..9_000).map(|n| {
            if n % 1_500 == 1_000 {
                looks.push(scope.spawn(|| records.look_over(&mut || Ok(())).unwrap()));
                // Long enough for the look to come into the middle of the load.
                std::thread::sleep(std::time::Duration::from_millis(150));
            }
            commit(vec![creation(n)])
        });
        records.bulk_load(&mut commits, &mut |_| {}).unwrap();
        drop(commits);
        for look in looks {
            assert!(look.join().unwrap().is_store_whole, "nothing is wrong with a store that is being filled");
        }
    });
}
