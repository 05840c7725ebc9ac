//! Restoring: to a moment, with erasures done again, into empty folders only, with the right keys only.

use crate::records_support::*;
use crate::scene::*;
use pulang::desk::backup::{Outcome, Until};
use pulang::records::backup::Halt;
use pulang::records::{Remains, Seq};
use ulid::Ulid;

#[test]
fn up_to_a_line_everything_after_is_left_out_and_work_goes_on_from_there() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..10);
    let at_ten = everything(&records);
    add(&records, 10..20);
    scene.back_up().unwrap();
    let (restored, again) = scene.restored("again", Until::Line(Seq(10)));
    assert_eq!((restored.head.seq, again.head(), restored.left_out), (Seq(10), Seq(10), 10));
    assert!(everything(&again) == at_ten);
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    // New cases get keys of their own, not those of the people who were left out.
    add(&again, 30..1500);
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    let record = again.get(case(31)).unwrap().unwrap();
    again.erase(Ulid::new(), Ulid(5), &Remains { of: record.of, ..remains(1) }).unwrap();
    assert!(again.get(case(32)).unwrap().is_some() && records.get(case(11)).unwrap().is_some());
}

#[test]
fn an_older_list_of_keys_opens_what_it_has_and_the_desk_is_not_taken_for_one_whose_tables_were_cut() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..10);
    scene.back_up().unwrap();
    let lists = || -> std::collections::BTreeSet<_> {
        std::fs::read_dir(scene.at("set/keys")).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let older = lists();
    records.bulk_load(&mut (10..1_500).map(|n| commit(vec![creation(n)])), &mut |_| {}).unwrap();
    scene.back_up().unwrap();
    lists().difference(&older).for_each(|path| std::fs::write(path, b"nothing").unwrap());
    let Outcome::Restored(restored) = scene.outcome("again", Until::End, true).unwrap() else { panic!("damaged") };
    assert!(!restored.flaws.is_empty());
    std::fs::copy(scene.data().join("keys/master"), scene.at("again/keys/master")).unwrap();
    let (again, opening) = open(&scene.at("again"));
    // 1,040 slots were filled, sixteen of them the vault's own.
    assert_eq!((everything(&again).len(), opening.unopened), (1_024, 1_500 - 1_024));
    add(&again, 1_500..1_510);
    drop(again);
    assert_eq!(everything(&open(&scene.at("again")).0).len(), 1_034);
}

#[test]
fn up_to_a_time_the_journal_ends_before_the_first_later_line() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    for n in 0..10 {
        let mut one = commit(vec![creation(n)]);
        one.at = moment() + chrono::TimeDelta::hours(n as i64);
        records.commit(&[one]).unwrap()[0].unwrap();
    }
    scene.back_up().unwrap();
    let until = moment() + chrono::TimeDelta::minutes(4 * 60 + 30);
    let (restored, again) = scene.restored("again", Until::Time(until));
    assert_eq!((restored.head.seq, restored.left_out), (Seq(5), 5));
    assert_eq!(everything(&again).len(), 5);
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    for (into, until) in
        [("before", Until::Time(moment() - chrono::TimeDelta::days(1))), ("nothing", Until::Line(Seq(0)))]
    {
        let Err(Halt::Refused(refusal)) = scene.outcome(into, until, false) else { panic!("{until:?}") };
        let first = moment().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        assert_eq!((refusal.key, refusal.args[0].1.as_ref()), ("restore-until-early", first.as_str()));
        assert!(!scene.at(into).exists());
    }
}

#[test]
fn what_was_erased_stays_erased_whatever_moment_is_gone_back_to() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..10);
    scene.back_up().unwrap();
    records.erase(Ulid::new(), Ulid(5), &remains(3)).unwrap();
    add(&records, 10..12);
    scene.back_up().unwrap();
    let (restored, again) = scene.restored("again", Until::Line(Seq(10)));
    assert_eq!(restored.erased_again, 0, "the newest keys know it");
    assert!(again.get(case(3)).unwrap().is_none() && again.get(case(4)).unwrap().is_some());
    assert!(again.verify(&mut |_| {}).unwrap().is_whole());
    // Only the keys from before are left: the line of the erasure does it again.
    std::fs::remove_file(scene.at("set/keys/00000002.json")).unwrap();
    for until in [Until::Line(Seq(10)), Until::End] {
        let into = format!("older {until:?}").replace(|c: char| !c.is_ascii_alphanumeric(), "");
        let (restored, again) = scene.restored(&into, until);
        assert_eq!(restored.erased_again, 1);
        assert!(again.get(case(3)).unwrap().is_none() && again.get(case(4)).unwrap().is_some());
        let verdict = again.verify(&mut |_| {}).unwrap();
        // Keys of cases that came after that list of keys are not in it.
        assert_eq!(verdict.journal.len(), 0, "{verdict:?}");
    }
}

#[test]
fn a_folder_that_is_not_empty_is_left_as_it_is() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..3);
    scene.back_up().unwrap();
    std::fs::create_dir(scene.at("full")).unwrap();
    std::fs::write(scene.at("full/note"), "mine").unwrap();
    for into in ["full", "data"] {
        let before = files(&scene.at(into)).len();
        assert!(
            matches!(scene.outcome(into, Until::End, false), Err(Halt::Refused(no)) if no.key == "restore-not-empty")
        );
        assert_eq!(files(&scene.at(into)).len(), before);
    }
    std::fs::create_dir(scene.at("empty")).unwrap();
    assert!(matches!(scene.outcome("empty", Until::End, false), Ok(Outcome::Restored(_))));
}

#[test]
fn another_identity_or_another_master_key_restores_nothing_and_says_so() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..3);
    scene.back_up().unwrap();
    let other = Scene::new();
    let restore = |identity: &str, key: &str| {
        scene.json(&["restore", &scene.text("set"), &scene.text("again"), "--identity", identity, "--key", key])
    };
    let (right, key) = (scene.text("identity"), scene.text("data/keys/master"));
    let (told, code) = restore(&other.text("identity"), &key);
    assert_eq!((told["error"]["key"].as_str(), code), (Some("restore-closed"), 1), "{told}");
    std::fs::write(scene.at("wrong"), [7; 32]).unwrap();
    let (told, code) = restore(&right, &scene.text("wrong"));
    assert_eq!((told["error"]["key"].as_str(), code), (Some("restore-key-wrong"), 1), "{told}");
    std::fs::write(scene.at("short"), [7; 31]).unwrap();
    assert_eq!(restore(&right, &scene.text("short")).1, 4);
    assert!(!scene.at("again").exists(), "nothing was left behind");
    let (told, _) = restore(&right, &key);
    assert_eq!((&told["restored"], &told["verified"]["bad"]), (&true.into(), &serde_json::json!([])), "{told}");
}

#[test]
fn a_desk_that_was_restored_to_a_moment_and_worked_on_is_backed_up_into_the_same_set() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..20);
    scene.back_up().unwrap();
    let (_, again) = scene.restored("again", Until::Line(Seq(8)));
    add(&again, 50..55);
    drop((records, again));
    std::fs::rename(scene.data(), scene.at("before")).unwrap();
    std::fs::rename(scene.at("again"), scene.data()).unwrap();
    let made = scene.back_up().unwrap();
    assert_eq!((made.head.seq, made.bad_lines), (Seq(13), 0));
    let (_, third) = scene.restored("third", Until::End);
    assert_same(&open(&scene.data()).0, &third);
    drop(third);
    // The moment before is there still, with the keys of the people who were left out.
    for (into, moment, until) in [("first", Some(1), Until::End), ("until", None, Until::Line(Seq(20)))] {
        let Outcome::Restored(told) = scene.outcome_of(into, until, moment, false).unwrap() else { panic!("{into}") };
        std::fs::copy(scene.data().join("keys/master"), scene.at(into).join("keys/master")).unwrap();
        let first = open(&scene.at(into)).0;
        assert_eq!((told.moments.taken, told.head.seq, everything(&first).len()), (1, Seq(20), 20));
        assert!(first.verify(&mut |_| {}).unwrap().is_whole());
    }
}
