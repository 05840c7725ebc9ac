//! What is sealed: keys, slots, drafts, trail, erasure, and who may read the files.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use pulang::domain::subject::Kind;
use pulang::records::*;
use records_support::*;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use ulid::Ulid;
use zeroize::Zeroizing;

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
    let seq = records.erase(id, Ulid(5), &remains(10)).unwrap();
    assert_eq!(records.erase(id, Ulid(5), &remains(10)).unwrap(), seq);
    assert!(matches!(
        records.erase(Ulid::new(), Ulid(5), &remains(10)),
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
    records.erase(Ulid::new(), Ulid(5), &remains(1)).unwrap();
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
