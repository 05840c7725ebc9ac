//! The records room as the desk sees it: commits, history, idempotency, revisions, drafts, trail, keys, permissions.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::records::*;
use records_support::*;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use ulid::Ulid;
use zeroize::Zeroizing;

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
fn keys_that_are_missing_short_or_wrong_are_named_and_nothing_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    commit_one(&records, creation(1));
    drop(records);
    let master = dir.path().join("keys/master");
    let good = std::fs::read(&master).unwrap();
    let fault = |key: Option<&Path>| {
        let options = Options { key: key.map(Path::to_owned), ..Options::default() };
        Records::open(dir.path(), options, &mut |_| {}).map(|_| ()).unwrap_err().code
    };
    assert_eq!(fault(Some(&dir.path().join("nowhere"))), "K01");
    let put = |bytes: &[u8]| {
        let _ = std::fs::remove_file(&master);
        std::fs::write(&master, bytes).unwrap();
    };
    put(&good[..31]);
    assert_eq!(fault(None), "K02");
    put(&[good.clone(), vec![b'\n']].concat());
    assert_eq!(fault(None), "K02");
    put(&[7; 32]);
    assert_eq!(fault(None), "K03");
    std::fs::remove_file(&master).unwrap();
    assert_eq!(fault(None), "K01");
    assert!(!master.exists());
    put(&good);
    let (slots, aside) = (dir.path().join("keys/slots.a"), dir.path().join("keys/slots.b"));
    std::fs::remove_file(&slots).unwrap();
    let (records, _) = open(dir.path());
    assert!(records.get(case(1)).unwrap().is_some(), "one copy is enough");
    drop(records);
    assert_eq!(std::fs::read(&slots).unwrap(), std::fs::read(&aside).unwrap());
    std::fs::remove_file(&slots).unwrap();
    std::fs::remove_file(&aside).unwrap();
    assert_eq!(fault(None), "K04");
}

#[test]
fn a_key_given_by_path_is_made_there_and_needed_there() {
    let dir = tempfile::tempdir().unwrap();
    let key = dir.path().join("elsewhere.key");
    let options = Options { key: Some(key.clone()), ..Options::default() };
    let data = dir.path().join("data");
    let (records, _) = Records::open(&data, options.clone(), &mut |_| {}).unwrap();
    commit_one(&records, creation(1));
    drop(records);
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o400);
    assert!(!data.join("keys/master").exists());
    assert_eq!(Records::open(&data, Options::default(), &mut |_| {}).map(|_| ()).unwrap_err().code, "K01");
    let (records, _) = Records::open(&data, options, &mut |_| {}).unwrap();
    assert!(records.get(case(1)).unwrap().is_some());
}

#[test]
fn every_slot_unreadable_in_one_copy_is_read_from_the_other_and_mended() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    (0..20).for_each(|n| _ = commit_one(&records, creation(n)));
    let path = dir.path().join("keys/slots.a");
    let good = std::fs::read(&path).unwrap();
    std::fs::write(&path, vec![0; good.len()]).unwrap();
    assert_eq!(everything(&records).len(), 20);
    assert_eq!(records.verify(&mut |_| {}).unwrap().lost_slots, 0);
    assert_eq!(std::fs::read(&path).unwrap(), good);
}

#[test]
fn drafts_are_saved_listed_loaded_dropped_and_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let draft = |id: u128, secs: i64| Draft {
        head: DraftHead { id: Ulid(id), at: moment() + chrono::TimeDelta::seconds(secs), form: "intake".into() },
        content: Zeroizing::new(b"E. Wulandari, separuh jalan".to_vec()),
    };
    let drafts = records.drafts();
    drafts.save(operator(), &draft(1, 0)).unwrap();
    drafts.save(operator(), &draft(2, 5)).unwrap();
    drafts.save(operator(), &draft(1, 9)).unwrap();
    let ids: Vec<_> = drafts.list(operator()).unwrap().into_iter().map(|head| head.id).collect();
    assert_eq!(ids, [Ulid(1), Ulid(2)]);
    assert_eq!(drafts.load(operator(), Ulid(1)).unwrap(), Some(draft(1, 9)));
    assert_eq!(drafts.load(Ulid(3), Ulid(1)).unwrap(), None);
    drafts.drop(operator(), Ulid(1)).unwrap();
    drafts.drop(operator(), Ulid(1)).unwrap();
    assert_eq!(drafts.list(operator()).unwrap().len(), 1);
    let folder = dir.path().join("drafts").join(operator().to_string());
    let other = dir.path().join("drafts").join(Ulid(3).to_string());
    let name = format!("{}.draft", Ulid(2));
    let bytes = std::fs::read(folder.join(&name)).unwrap();
    assert!(!bytes.windows(9).any(|window| window == b"Wulandari"));
    std::fs::create_dir(&other).unwrap();
    std::fs::copy(folder.join(&name), other.join(&name)).unwrap();
    assert_eq!(drafts.load(Ulid(3), Ulid(2)).unwrap_err().code, "F01", "another operator's key opens nothing");
    let huge = Draft { content: Zeroizing::new(vec![0; (64 << 10) + 1]), ..draft(4, 0) };
    assert_eq!(drafts.save(operator(), &huge).unwrap_err().code, "F02");
}

#[test]
fn a_draft_that_became_a_commit_is_dropped_at_start_and_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let done = commit(vec![creation(1)]);
    for id in [done.id, Ulid(8)] {
        let head = DraftHead { id, at: moment(), form: "intake".into() };
        records.drafts().save(operator(), &Draft { head, content: Zeroizing::new(vec![1]) }).unwrap();
    }
    records.commit(&[done]).unwrap();
    drop(records);
    let (records, opening) = open(dir.path());
    assert_eq!(opening.dropped_drafts, 1);
    assert_eq!(
        records.drafts().list(operator()).unwrap().into_iter().map(|head| head.id).collect::<Vec<_>>(),
        [Ulid(8)]
    );
}

#[test]
fn looks_are_kept_in_order_bounded_sealed_and_anchored_in_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    let look = |why: &str| Look {
        at: moment(),
        by: operator(),
        office: Ulid(5),
        act: Act::BreakGlass,
        of: vec![case(1)],
        count: 1,
        why: why.into(),
        fields: vec!["identity".into()],
    };
    records.trail().note(&look("keluarga menelepon")).unwrap();
    assert!(records.trail().is_dirty());
    records.tick().unwrap();
    assert!(!records.trail().is_dirty());
    records.trail().note_first(&look(&"é".repeat(500))).unwrap();
    assert!(!records.trail().is_dirty());
    for n in 0..1001 {
        commit_one(&records, creation(n));
    }
    let anchored = std::fs::read_to_string(dir.path().join("journal/000000000001.jsonl")).unwrap();
    let head = anchored.lines().find(|line| line.contains("\"kind\":\"head\"")).unwrap();
    assert!(head.contains(&format!("\"trail\":{{\"seq\":2,\"sha\":\"{}\"}}", records.trail().head().sha)));
    let text = std::fs::read_to_string(dir.path().join("trail/000000000001.jsonl")).unwrap();
    assert!(!text.contains("keluarga"));
    drop(records);
    let (records, _) = open(dir.path());
    let mut seen = Vec::new();
    records
        .trail()
        .each(Seq(1), &mut |_, look| {
            seen.push(look);
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, [look("keluarga menelepon"), look(&"é".repeat(400))]);
    assert_eq!(records.trail().read(Seq(1)).unwrap(), Some(look("keluarga menelepon")));
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole() && verdict.trail_lines == 2, "{verdict:?}");
}

#[test]
fn erasing_leaves_nothing_to_read_in_store_journal_or_history_and_the_chain_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    for n in 0..3 {
        commit_one(&records, creation(n));
    }
    records.commit(&[commit(vec![creation(10), creation(11)])]).unwrap();
    let id = Ulid::new();
    let seq = records.erase(case(10), id, moment(), operator(), Ulid(5)).unwrap();
    assert_eq!(records.erase(case(10), id, moment(), operator(), Ulid(5)).unwrap(), seq);
    assert!(matches!(
        records.erase(case(10), Ulid::new(), moment(), operator(), Ulid(5)),
        Err(CommitError::Refused(fault)) if fault.code == "E01"
    ));
    let check = |records: &Records| {
        assert_eq!(records.get(case(10)).unwrap(), None);
        assert!(records.history(case(10)).unwrap().is_empty());
        assert!(records.get(case(11)).unwrap().is_some());
        let both = records.read_commit(Seq(4)).unwrap().unwrap();
        assert_eq!((both.commit.changes.len(), both.unread), (1, 1));
        assert_eq!(records.count(Kind::Case).unwrap(), 4);
        let verdict = records.verify(&mut |_| {}).unwrap();
        assert!(verdict.is_whole(), "{verdict:?}");
    };
    check(&records);
    drop(records);
    // A backup of the store from before does not bring it back, nor does a rebuild.
    let (records, opening) =
        Records::open(dir.path(), Options { is_rebuild_asked: true, ..Options::default() }, &mut |_| {}).unwrap();
    assert_eq!((opening.rebuilt, opening.unopened), (Some(Rebuilt::Asked), 0));
    check(&records);
}

#[test]
fn an_erasure_interrupted_after_its_line_is_finished_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    commit_one(&records, creation(1));
    drop(records);
    let copy = |name: &str| std::fs::read(dir.path().join("keys").join(name)).unwrap();
    let before = (copy("slots.a"), copy("slots.b"));
    let aside = dir.path().join("store.before");
    assert!(
        std::process::Command::new("cp")
            .arg("-r")
            .arg(dir.path().join("store"))
            .arg(&aside)
            .status()
            .unwrap()
            .success()
    );
    let (records, _) = open(dir.path());
    records.erase(case(1), Ulid::new(), moment(), operator(), Ulid(5)).unwrap();
    drop(records);
    let after = copy("slots.a");
    std::fs::write(dir.path().join("keys/slots.a"), &before.0).unwrap();
    std::fs::write(dir.path().join("keys/slots.b"), &before.1).unwrap();
    std::fs::remove_dir_all(dir.path().join("store")).unwrap();
    std::fs::rename(&aside, dir.path().join("store")).unwrap();
    let (records, opening) = open(dir.path());
    assert_eq!((opening.caught_up, opening.rebuilt), (1, None));
    assert_eq!(records.get(case(1)).unwrap(), None);
    assert_eq!((copy("slots.a"), copy("slots.b")), (after.clone(), after));
}

#[test]
fn nobody_else_can_read_the_files() {
    fn walk(path: &Path) {
        let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() {
            assert_eq!(mode & 0o077, 0, "{name} {mode:o}");
            for entry in std::fs::read_dir(path).unwrap() {
                walk(&entry.unwrap().path());
            }
        } else if !path.to_string_lossy().contains("/store/") {
            assert_eq!(mode, if name == "master" { 0o400 } else { 0o600 }, "{name} {mode:o}");
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let (records, _) = open(&data);
    commit_one(&records, creation(1));
    let head = DraftHead { id: Ulid(8), at: moment(), form: "intake".into() };
    records.drafts().save(operator(), &Draft { head, content: Zeroizing::new(vec![1]) }).unwrap();
    records.tick().unwrap();
    records.rest().unwrap();
    walk(&data);
}

#[test]
fn no_name_stands_in_clear_anywhere() {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    (0..50).for_each(|n| _ = commit_one(&records, creation(n)));
    drop(records);
    let out = std::process::Command::new("grep").args(["-rl", "Bolang"]).arg(dir.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stdout), "");
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
