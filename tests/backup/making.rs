//! Making: while somebody writes, only what is new, to a full disk, killed in between, two at once.

use crate::records_support::*;
use crate::scene::*;
use pulang::desk::backup::{Until, check};
use pulang::records::backup::Halt;
use pulang::records::{Act, Draft, DraftHead, Look, Options, Records};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use ulid::Ulid;

fn look(count: u64) -> Look {
    let (at, by, office) = (moment(), operator(), Ulid(5));
    Look { at, by, office, act: Act::Open, of: vec![case(1)], count, why: "uji".into(), fields: Vec::new() }
}

#[test]
fn what_is_restored_is_the_desk_with_its_histories_its_trail_and_its_drafts() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..50);
    for n in 0..20 {
        let record = records.get(case(n)).unwrap().unwrap();
        commit_one(&records, edit(&record, pulang::domain::field::Field::Marks, "tato"));
        records.trail().note(&look(n as u64)).unwrap();
    }
    let head = DraftHead { id: Ulid::new(), at: moment(), form: "intake".into() };
    let draft = Draft { head, content: b"Sitra Bol".to_vec().into() };
    records.drafts().save(operator(), &draft).unwrap();
    let made = scene.back_up().unwrap();
    assert_eq!((made.head.seq, made.bad_lines, made.lost_slots), (records.head(), 0, 0));
    let (restored, again) = scene.restored("again", Until::End);
    assert_eq!((restored.head, restored.trail, restored.drafts), (made.head, made.trail, 1));
    assert_same(&records, &again);
    assert!(again.drafts().load(operator(), draft.head.id).unwrap() == Some(draft));
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    // Work goes on there, on the same chain.
    add(&again, 100..120);
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    for file in files(&scene.at("set")).keys() {
        let name = file.to_string_lossy().into_owned();
        assert!(!name.contains("Sitra") && !name.contains("intake"), "{name}");
    }
}

#[test]
fn every_backup_made_while_somebody_writes_holds_what_was_acknowledged_before_and_is_whole() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..5);
    let (acknowledged, is_over) = (AtomicU64::new(records.head().0), AtomicBool::new(false));
    let made = std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 5.. {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                let seq = commit_one(&records, creation(n));
                records.trail().note(&look(n as u64)).unwrap();
                acknowledged.store(seq.0, Ordering::SeqCst);
                if n % 64 == 0 {
                    records.tick().unwrap();
                }
            }
        });
        let mut made = Vec::new();
        for _ in 0..12 {
            let before = acknowledged.load(Ordering::SeqCst);
            let backup = scene.back_up();
            let after = acknowledged.load(Ordering::SeqCst);
            made.push((before, backup, after));
            std::thread::sleep(Duration::from_millis(20));
        }
        is_over.store(true, Ordering::SeqCst);
        made
    });
    let mut grown = 0;
    for (before, backup, after) in made {
        let backup = backup.unwrap();
        assert!(backup.head.seq.0 >= before, "{} lines, {before} were acknowledged", backup.head.seq);
        assert_eq!((backup.bad_lines, backup.lost_slots), (0, 0));
        grown += u64::from(after > before);
    }
    assert!(grown > 3, "nobody wrote meanwhile");
    let checked = check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap();
    assert_eq!((checked.moments, &checked.flaws), (12, &Vec::new()));
    let (restored, again) = scene.restored("again", Until::End);
    let verdict = again.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole() && verdict.lines == restored.head.seq.0, "{verdict:?}");
    assert!(everything(&again) == replayed(&again));
}

#[test]
fn the_next_backup_copies_only_what_is_new() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    // More than one segment of 8 MiB: large batches.
    let mut n = 0;
    while std::fs::read_dir(scene.data().join("journal")).unwrap().count() < 3 {
        let batch: Vec<_> = (0..500)
            .map(|_| {
                commit(vec![creation({
                    n += 1;
                    n
                })])
            })
            .collect();
        records.commit(&batch).unwrap();
    }
    let full = scene.back_up().unwrap();
    let before = files(&scene.at("set"));
    assert!(full.written_bytes > full.bytes && full.written_bytes < full.bytes + full.bytes / 50, "{full:?}");
    let same = scene.back_up().unwrap();
    assert_eq!((same.written_bytes, same.written_parts), (0, 0), "nothing was new");
    add(&records, 1_000_000..1_000_010);
    let lines: u64 = 10 * 1200;
    let next = scene.back_up().unwrap();
    assert!(next.written_parts <= 2, "a piece of the journal, perhaps a run of keys: {next:?}");
    let after = files(&scene.at("set"));
    let new: u64 =
        after.iter().filter(|(path, _)| !before.contains_key(*path)).map(|(_, bytes)| bytes.len() as u64).sum();
    let in_clear: u64 =
        2 * after.iter().filter(|(path, _)| path.ends_with("00000003.json")).map(|(_, b)| b.len() as u64).sum::<u64>();
    assert!(next.written_bytes <= lines + 2 * 8192 * 128, "{}", next.written_bytes);
    assert!(new <= next.written_bytes + in_clear + 20_000, "{new} bytes on the disk, {} told", next.written_bytes);
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "a file of the set has changed");
    let (_, again) = scene.restored("again", Until::End);
    assert_same(&records, &again);
}

#[test]
fn many_small_backups_of_one_segment_are_put_together_again() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    for n in 0..70 {
        add(&records, n..n + 1);
        scene.back_up().unwrap();
    }
    let newest = files(&scene.at("set")).into_iter().rfind(|(path, _)| path.starts_with("moments")).unwrap().1;
    let told: serde_json::Value = serde_json::from_slice(newest.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    let pieces = told["journal"]["segments"][0]["pieces"].as_array().unwrap().len();
    assert!(pieces < 10, "{pieces}");
    let (_, again) = scene.restored("again", Until::End);
    assert_same(&records, &again);
}

#[test]
fn a_disk_that_is_full_at_any_write_leaves_the_backup_before() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..20);
    let first = scene.back_up().unwrap();
    add(&records, 20..30);
    let mut refused = 0;
    for writes in 0..200 {
        let (plan, Options { disk, .. }) = faulty();
        plan.writes_left.store(writes, Ordering::SeqCst);
        let done = scene.back_up_on(disk);
        let checked = check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap();
        assert!(checked.flaws.is_empty(), "write {writes}: {:?}", checked.flaws);
        let newest = checked.newest.unwrap().head;
        match done {
            Ok(made) => {
                assert_eq!(newest, made.head);
                assert!(refused > 6, "only {refused} writes");
                assert!(!files(&scene.at("set")).keys().any(|path| path.to_string_lossy().ends_with(".tmp")));
                let (_, again) = scene.restored("again", Until::End);
                return assert_same(&records, &again);
            }
            Err(Halt::Fault(fault)) => {
                assert_eq!((fault.code, newest), ("D01", first.head), "write {writes}");
                refused += 1;
            }
            Err(Halt::Refused(refusal)) => panic!("{refusal:?}"),
        }
    }
    panic!("never made");
}

#[test]
fn killed_at_any_moment_it_leaves_the_backup_before_and_the_next_one_is_made() {
    let scene = Scene::new();
    let practice = scene.pulang(&["practice", "--cases", "1200", "--entries", "2"]);
    assert!(practice.status.success(), "{practice:?}");
    let args = ["--practice", "backup", &scene.text("set"), "--to", &scene.recipient];
    // What one takes, so that the kills fall into it.
    let since = std::time::Instant::now();
    assert!(scene.pulang(&args).status.success());
    let takes = since.elapsed();
    let mut cut_short = 0;
    for round in 0..12_u32 {
        std::fs::remove_dir_all(scene.at("set")).ok().filter(|()| round % 4 == 0);
        let before = newest(&scene);
        let mut child = scene.command(&args).spawn().unwrap();
        std::thread::sleep(takes * (round * 5 % 12) / 12);
        child.kill().unwrap();
        let is_done = child.wait().unwrap().success();
        cut_short += u32::from(!is_done);
        let after = newest(&scene);
        assert!(after >= before, "round {round}: {before:?} was there, {after:?} is");
        if after.is_some() {
            let checked = check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap();
            assert!(checked.flaws.is_empty(), "round {round}: {:?}", checked.flaws);
        }
    }
    assert!(cut_short > 3, "only {cut_short} were cut short");
    assert!(scene.pulang(&args).status.success());
    assert!(!files(&scene.at("set")).keys().any(|path| path.to_string_lossy().ends_with(".tmp")));
    let key = scene.text("data/keys/master");
    let restore = ["restore", &scene.text("set"), &scene.text("again"), "--identity", &scene.text("identity")];
    let (told, code) = scene.json(&[&restore[..], &["--key", &key]].concat());
    assert_eq!((code, &told["practice"], &told["verified"]["whole"]), (0, &true.into(), &true.into()), "{told}");
}

fn newest(scene: &Scene) -> Option<PathBuf> {
    files(&scene.at("set"))
        .into_keys()
        .rfind(|path| path.starts_with("moments") && path.extension().is_some_and(|e| e == "json"))
}

#[test]
fn of_two_at_once_one_is_told_to_wait() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..200);
    scene.back_up().unwrap();
    let lock = std::fs::File::open(scene.at("set/lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
    let (told, code) = scene.backup();
    assert_eq!((told["error"]["key"].as_str(), code), (Some("backup-busy"), 1), "{told}");
    drop(lock);
    let scene = Arc::new(scene);
    let both: Vec<_> =
        (0..2).map(|_| Arc::clone(&scene)).map(|scene| std::thread::spawn(move || scene.backup())).collect();
    let codes: Vec<i32> = both.into_iter().map(|one| one.join().unwrap().1).collect();
    assert!(codes.contains(&0) && codes.iter().all(|code| [0, 1].contains(code)), "{codes:?}");
    let checked = check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap();
    assert!(checked.flaws.is_empty());
}

#[test]
fn a_session_that_rolls_back_a_torn_end_does_not_disturb_the_set() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..10);
    drop(records);
    let segment = scene.data().join("journal/000000000001.jsonl");
    let whole = std::fs::read(&segment).unwrap();
    std::fs::write(&segment, [&whole[..], b"{\"v\":1,\"seq\":11,\"prev\":\"00"].concat()).unwrap();
    let torn = scene.back_up().unwrap();
    assert_eq!((torn.head.seq.0, torn.bad_lines), (10, 0), "half a line is nobody's");
    let (records, _): (Records, _) = open(&scene.data());
    add(&records, 10..12);
    scene.back_up().unwrap();
    let (_, again) = scene.restored("again", Until::End);
    assert_same(&records, &again);
}
