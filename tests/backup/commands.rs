//! The commands: what they say, in JSON and in words, and beside a session that holds the desk.

use crate::records_support::*;
use crate::scene::*;
use chrono::Utc;
use pulang::desk::backup::{Last, check};
use pulang::desk::{Alarm, Desk, DeskOptions, First, Seat};
use std::sync::Arc;
use std::time::{Duration, Instant};

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/manifest_110.csv");

fn landed() -> Scene {
    let scene = Scene::new();
    assert!(scene.pulang(&["import", MANIFEST, "--lands", "21-02-2026"]).status.success());
    scene
}

#[test]
fn a_flight_is_backed_up_checked_restored_and_listed_as_before() {
    let scene = landed();
    let (status, code) = scene.json(&["backup", "--status"]);
    assert_eq!((status["last"].is_null(), code), (true, 1), "{status}");
    let (made, code) = scene.backup();
    assert_eq!(code, 0, "{made}");
    let (status, code) = scene.json(&["backup", "--status"]);
    assert_eq!((status["last"]["line"].as_u64(), code), (made["line"].as_u64(), 0), "{status}");
    let (set, identity) = (scene.text("set"), scene.text("identity"));
    let (checked, code) = scene.json(&["verify", &set, "--identity", &identity]);
    assert_eq!(
        (checked["whole"].as_bool(), checked["opened"].as_bool(), code),
        (Some(true), Some(true), 0),
        "{checked}"
    );
    assert_eq!(checked["newest"]["sha"], made["sha"]);
    let said = scene.pulang(&["restore", &set, &scene.text("plain"), "--identity", &identity]);
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("no master key was given") && said.contains(made["sha"].as_str().unwrap()), "{said}");
    let key = scene.text("data/keys/master");
    let (told, code) = scene.json(&["restore", &set, &scene.text("again"), "--identity", &identity, "--key", &key]);
    assert_eq!((told["verified"]["whole"].as_bool(), code), (Some(true), 0), "{told}");
    let list = |data: &str| scene.json(&["list", "--data", data, "--key", &key]).0;
    assert_eq!(list(&scene.text("data")), list(&scene.text("again")));
    let master = std::fs::read(&key).unwrap();
    for (file, bytes) in files(&scene.at("set")) {
        assert!(!bytes.windows(32).any(|window| window == master), "{} holds the master key", file.display());
    }
}

#[test]
fn what_cannot_be_done_is_refused_with_a_sentence_and_an_exit_code() {
    let scene = landed();
    let (data, recipient) = (scene.text("data/inside"), scene.recipient.clone());
    let refused = |args: &[&str]| {
        let (told, code) = scene.json(args);
        assert_eq!(code, 1, "{told}");
        told["error"]["key"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(refused(&["backup", &data, "--to", &recipient]), "backup-inside");
    assert_eq!(refused(&["backup", &scene.text("set")]), "backup-no-recipient");
    assert_eq!(refused(&["backup", &scene.text("set"), "--to", "age1x"]), "backup-recipient-wrong");
    assert_eq!(refused(&["backup"]), "backup-no-place");
    assert_eq!(
        refused(&["backup", "--data", &scene.text("none"), &scene.text("set"), "--to", &recipient]),
        "refused-no-desk"
    );
    assert_eq!(refused(&["verify", &scene.text("none")]), "restore-no-backup");
    assert_eq!(scene.backup().1, 0);
    let other = landed();
    let (told, code) = other.json(&["backup", &scene.text("set"), "--to", &recipient]);
    assert_eq!((told["error"]["key"].as_str(), code), (Some("backup-other-desk"), 1));
    std::fs::write(scene.at("data/backup.toml"), "to = '/x'\nrecipients = ['age1x']\n").unwrap();
    assert_eq!(refused(&["backup"]), "backup-plan-recipient");
    assert_eq!(scene.backup().1, 0, "a wrong plan keeps nobody from saying everything");
}

#[test]
fn beside_a_session_a_backup_is_made_and_the_desk_is_verified_as_far_as_it_can_be() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..20);
    let (made, code) = scene.backup();
    assert_eq!((made["line"].as_u64(), code), (Some(20), 0), "{made}");
    let (told, code) = scene.json(&["verify"]);
    assert_eq!((told["lines"].as_u64(), told["store_left_out"].as_bool(), code), (Some(20), Some(true), 0), "{told}");
    let segment = scene.data().join("journal/000000000001.jsonl");
    let mut bytes = std::fs::read(&segment).unwrap();
    let seal = bytes.windows(8).position(|window| window == b"\"seal\":\"").unwrap() + 60;
    bytes[seal] = if bytes[seal] == b'A' { b'B' } else { b'A' };
    std::fs::write(&segment, bytes).unwrap();
    let (told, code) = scene.json(&["verify"]);
    let bad: Vec<&str> = told["bad"].as_array().unwrap().iter().filter_map(|bad| bad.as_str()).collect();
    assert_eq!(code, 1);
    assert!(bad.iter().any(|bad| bad.contains("line 1, seq 1")), "{bad:?}");
    drop(records);
}

fn opened(scene: &Scene, now: chrono::DateTime<Utc>) -> Desk {
    let first = First { uid: 7, name: "ketut".into(), office: "Meja".into(), zone: "WIB" };
    let clock: pulang::desk::Clock = Arc::new(move || now);
    let options = DeskOptions { dir: scene.data(), key: None, clock, is_practice: false, first };
    Desk::open(options, &mut |_| {}).unwrap().0
}

/// What is said of backups to whoever sits there.
fn alarms(seat: &Seat) -> Vec<Alarm> {
    seat.alarms().into_iter().filter(|alarm| alarm.is_of_backups()).collect()
}

#[test]
fn an_open_desk_makes_backups_by_its_plan_and_warns_when_the_last_one_is_old() {
    let scene = Scene::new();
    let begun = Utc::now();
    drop(opened(&scene, begun));
    let desk = opened(&scene, begun + chrono::TimeDelta::days(3));
    let seat = desk.enter(7).unwrap();
    assert!(alarms(&seat).is_empty(), "said when backups are kept, not before");
    let kept = desk.keep_backups().unwrap();
    assert_eq!(alarms(&seat), [Alarm::NoBackup]);
    drop(kept);
    std::fs::write(scene.data().join("backup.toml"), "to = 3").unwrap();
    let kept = desk.keep_backups().unwrap();
    assert_eq!(alarms(&seat), [Alarm::BackupPlan]);
    drop(kept);
    let plan = format!("to = '{}'\nrecipients = ['{}']\n", scene.text("set"), scene.recipient);
    std::fs::write(scene.data().join("backup.toml"), plan).unwrap();
    let kept = desk.keep_backups().unwrap();
    let since = Instant::now();
    while Last::of(&scene.data()).is_none() {
        assert!(since.elapsed() < Duration::from_secs(60), "no backup was made by itself");
        std::thread::sleep(Duration::from_millis(100));
    }
    while !alarms(&seat).is_empty() {
        assert!(since.elapsed() < Duration::from_secs(60), "{:?}", alarms(&seat));
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(kept);
    let checked = check(&scene.at("set"), Some(&scene.identities()), &mut |_| Ok(())).unwrap();
    assert_eq!((checked.moments, checked.flaws.len()), (1, 0));
    drop((seat, desk));
    let later = opened(&scene, begun + chrono::TimeDelta::days(10));
    let seat = later.enter(7).unwrap();
    let _kept = later.keep_backups().unwrap();
    assert_eq!(alarms(&seat), [Alarm::BackupOld(7)]);
}

/// Waits until this is so.
fn comes(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_backup_by_the_plan_that_fails_is_said_with_its_reason_until_one_is_made() {
    let scene = Scene::new();
    let desk = opened(&scene, Utc::now());
    let seat = desk.enter(7).unwrap();
    // No folder can be made below a file, whoever asks.
    let to = scene.at("identity").join("set");
    let plan = |to: &str| format!("to = '{to}'\nrecipients = ['{}']\n", scene.recipient);
    std::fs::write(scene.data().join("backup.toml"), plan(&to.to_string_lossy())).unwrap();
    let kept = desk.keep_backups().unwrap();
    comes("nobody is told", || alarms(&seat).contains(&Alarm::BackupFailed));
    drop(kept);
    drop((seat, desk));
    let (status, code) = scene.json(&["backup", "--status"]);
    assert_eq!((code, status["failed"]["to"].as_str()), (1, to.to_str()), "{status}");
    let said = scene.pulang(&["backup", "--status"]);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(words.contains("!! The last try") && words.contains(to.to_str().unwrap()), "{words}");
    assert!(words.contains("Not a directory") && words.contains("due now"), "{words}");
    assert!(String::from_utf8(scene.pulang(&["doctor"]).stdout).unwrap().contains("last try of a backup failed"));
    // The banner is there again whoever opens the desk, until a backup is made there.
    let desk = opened(&scene, Utc::now());
    let kept = desk.keep_backups().unwrap();
    assert!(alarms(&desk.enter(7).unwrap()).contains(&Alarm::BackupFailed));
    drop((kept, desk));
    std::fs::write(scene.data().join("backup.toml"), plan(&scene.text("set"))).unwrap();
    assert_eq!(scene.json(&["backup"]).1, 0);
    assert_eq!(scene.json(&["backup", "--status"]).0["failed"]["to"].as_str(), to.to_str(), "of another place");
    std::fs::write(scene.data().join("backup.toml"), plan(&scene.text("data/set"))).unwrap();
    for command in [&["backup"][..], &["backup", "--status"]] {
        let (told, code) = scene.json(command);
        assert_eq!((told["error"]["key"].as_str(), code), (Some("backup-plan-inside"), 1), "{told}");
    }
    assert!(!scene.at("data/set").exists());
}

#[test]
fn a_backup_by_the_plan_of_a_damaged_journal_raises_the_banner() {
    let scene = landed();
    assert_eq!(scene.backup().1, 0);
    let segment = scene.data().join("journal/000000000001.jsonl");
    let bytes = std::fs::read(&segment).unwrap();
    std::fs::write(&segment, &bytes[..bytes.len() - bytes.len() / 8]).unwrap();
    let plan = format!("to = '{}'\nrecipients = ['{}']\nevery_hours = 1\n", scene.text("set"), scene.recipient);
    std::fs::write(scene.data().join("backup.toml"), plan).unwrap();
    let desk = opened(&scene, Utc::now() + chrono::TimeDelta::hours(2));
    let seat = desk.enter(rustix::process::getuid().as_raw()).unwrap();
    let kept = desk.keep_backups().unwrap();
    comes("nobody is told", || alarms(&seat).contains(&Alarm::BackupFailed));
    drop(kept);
    assert_eq!(pulang::desk::backup::Tried::of(&scene.data()).unwrap().key, "backup-departs");
    // A look that finds nothing due does not take it back.
    let _kept = desk.keep_backups().unwrap();
    assert!(alarms(&seat).contains(&Alarm::BackupFailed));
}

#[test]
fn a_place_that_cannot_take_it_is_named_with_what_failed_there() {
    let scene = landed();
    let (recipient, identity) = (scene.recipient.clone(), scene.text("identity"));
    // Somebody's folder stays as it is; a fresh disk is taken.
    std::fs::create_dir_all(scene.at("photos/old")).unwrap();
    let (told, code) = scene.json(&["backup", &scene.text("photos"), "--to", &recipient]);
    assert_eq!((told["error"]["key"].as_str(), code), (Some("backup-not-a-set"), 1), "{told}");
    assert!(told["error"]["text"].as_str().unwrap().contains("old"));
    assert_eq!(std::fs::read_dir(scene.at("photos")).unwrap().count(), 1);
    std::fs::create_dir_all(scene.at("set/lost+found")).unwrap();
    std::fs::write(scene.at("set/.hidden"), "").unwrap();
    assert_eq!(scene.backup().1, 0);
    std::fs::write(scene.at("set/README"), "mine").unwrap();
    assert_eq!(scene.backup().1, 0, "a set stays one");
    let refused = |args: &[&str], key: &str, path: &str| {
        let (told, code) = scene.json(args);
        assert_eq!(told["error"]["key"].as_str(), Some(key), "{told}");
        let text = told["error"]["text"].as_str().unwrap();
        assert!(text.contains(path) && !text.contains("data folder") && !text.contains("disk is failing"), "{text}");
        code
    };
    let below = scene.text("identity/set");
    assert_eq!(refused(&["backup", &identity, "--to", &recipient], "fault-place", &identity), 4);
    assert_eq!(refused(&["backup", &below, "--to", &recipient], "fault-place", &below), 4);
    let set = scene.text("set");
    for into in [&identity, &below] {
        assert_eq!(refused(&["restore", &set, into, "--identity", &identity], "fault-place", into), 4);
    }
    std::fs::write(scene.at("binary"), [0xff_u8, 0xfe, 0, 7]).unwrap();
    for file in [scene.text("binary"), scene.text("nowhere")] {
        let backup = ["backup", &set, "--recipients-file", &file];
        assert_eq!(refused(&backup, "backup-file-unreadable", &file), 1);
        let restore = ["restore", &set, &scene.text("again"), "--identity", &file];
        assert_eq!(refused(&restore, "backup-file-unreadable", &file), 1);
    }
    std::fs::remove_dir_all(scene.at("set/keys")).unwrap();
    let said = scene.pulang(&["restore", &set, &scene.text("again"), "--identity", &identity]);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.code() == Some(1) && words.contains("!! keys/: missing"), "{words}");
    assert!(words.contains("keys/ is missing or empty") && !words.contains("nothing can be"), "{words}");
}

#[test]
fn what_is_wrong_in_the_plan_is_said_in_a_sentence() {
    let scene = landed();
    let said = |plan: &str| {
        std::fs::write(scene.data().join("backup.toml"), plan).unwrap();
        scene.json(&["backup"]).0["error"]["text"].as_str().unwrap_or_default().to_owned()
    };
    let to = format!("recipients = ['{}']\nto = ", scene.recipient);
    assert!(said(&format!("{to}'set'\n")).starts_with("backup.toml, line 2: to has to be a whole path"));
    assert!(said("to = '/x'\nrecipients = ['age1x']\n").contains("line 2: recipient 1 is not one of age"));
    assert!(said("to = '/x'\nrecipients = []\n").contains("recipients names nobody"));
    assert!(said(&format!("{to}'/x'\nevery_hours = 999\n")).contains("line 3: every_hours is a number from 0"));
    assert!(said(&format!("{to}'/x'\nwarn_days = 0\n")).contains("line 3: warn_days is a number from 1"));
}
