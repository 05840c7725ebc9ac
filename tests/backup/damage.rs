//! Damaged sets: every file of a set in turn, a byte flipped, cut short, or gone.

use crate::records_support::*;
use crate::scene::*;
use pulang::desk::backup::{FlawKind, Outcome, Until, check};
use std::fs;

#[test]
fn every_damaged_file_is_named_and_what_is_whole_is_restored() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..12);
    scene.back_up().unwrap();
    add(&records, 12..24);
    scene.back_up().unwrap();
    let set = scene.at("set");
    let whole = files(&set);
    let mut named = 0;
    for (place, (file, bytes)) in whole.iter().filter(|(file, _)| !file.ends_with("lock")).enumerate() {
        let name = file.to_string_lossy().into_owned();
        for way in 0..3 {
            match way {
                0 => fs::remove_file(set.join(file)).unwrap(),
                1 => fs::write(set.join(file), &bytes[..bytes.len() / 2]).unwrap(),
                _ => {
                    let mut flipped = bytes.clone();
                    flipped[(place * 977 + 31) % bytes.len()] ^= 1 << (place % 8);
                    fs::write(set.join(file), flipped).unwrap();
                }
            }
            // What is written in clear and gone is not missed by anybody: there are fewer moments then.
            let is_missed = way > 0 || !name.ends_with(".json");
            let checked = check(&set, Some(&scene.identities()), &mut |_| Ok(())).unwrap();
            let flaw = checked.flaws.iter().find(|flaw| flaw.file == name);
            assert_eq!(flaw.is_some(), is_missed, "{name} way {way}: {:?}", checked.flaws);
            assert!(flaw.is_none_or(|flaw| (flaw.what == FlawKind::Missing) == (way == 0)));
            let without = check(&set, None, &mut |_| Ok(())).unwrap();
            assert_eq!(without.flaws, checked.flaws, "seen without an identity too");
            let into = format!("again-{place}-{way}");
            match scene.outcome(&into, Until::End, false).unwrap() {
                Outcome::Restored(restored) => {
                    assert!(!name.starts_with("parts/journal"), "{name} way {way}");
                    assert!(restored.head.seq.0 == 24 || name.starts_with("moments"), "{name}: {restored:?}");
                    assert_eq!(restored.flaws.iter().any(|flaw| flaw.file == name), is_missed);
                }
                Outcome::Damaged { flaws, whole_until } => {
                    assert!(flaws.iter().any(|flaw| flaw.file == name), "{name}: {flaws:?}");
                    assert!(!scene.at(&into).exists());
                    if name.starts_with("parts/journal") {
                        despite(&scene, &format!("{into}-despite"), whole_until.0);
                    }
                    if whole_until.0 > 0 {
                        let (restored, again) = scene.restored(&format!("{into}-until"), Until::Line(whole_until));
                        assert_eq!(restored.head.seq, whole_until);
                        assert!(again.verify(&mut |_| {}).unwrap().is_whole());
                    }
                }
            }
            named += 1;
            fs::write(set.join(file), bytes).unwrap();
        }
    }
    assert!(named >= 3 * 7, "{named}");
    assert!(check(&set, Some(&scene.identities()), &mut |_| Ok(())).unwrap().flaws.is_empty());
}

/// With the gap accepted, what can be read is there, and the desk itself names the place.
fn despite(scene: &Scene, into: &str, whole_until: u64) {
    let outcome = scene.outcome(into, Until::End, true).unwrap();
    let Outcome::Restored(restored) = outcome else { panic!("{outcome:?}") };
    assert!(restored.has_gap);
    let lines = fs::read_dir(scene.at(into).join("journal")).into_iter().flatten().flatten();
    let lines = lines.filter(|file| file.path().extension().is_some_and(|extension| extension == "jsonl"));
    let lines: usize = lines.map(|file| fs::read_to_string(file.path()).unwrap().lines().count()).sum();
    assert_eq!(lines, 12, "one of the two pieces");
    fs::copy(scene.data().join("keys/master"), scene.at(into).join("keys/master")).unwrap();
    if whole_until == 0 {
        let (again, opening) = open(&scene.at(into));
        assert!(!opening.journal.damage.is_empty(), "{opening:?}");
        assert_eq!(everything(&again).len(), 12);
    }
}

#[test]
fn a_desk_with_a_damaged_line_is_backed_up_as_it_stands_and_says_so() {
    let scene = Scene::new();
    let (records, _) = open(&scene.data());
    add(&records, 0..10);
    drop(records);
    let segment = scene.data().join("journal/000000000001.jsonl");
    let good = fs::read(&segment).unwrap();
    let mut bytes = good.clone();
    let third = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(2).unwrap().0;
    bytes[third + 40] ^= 1;
    fs::write(&segment, &bytes).unwrap();
    let (told, code) = scene.backup();
    assert_eq!(code, 1, "{told}");
    assert!(told["bad_lines"].as_u64().unwrap() > 0 && told["line"] == 10, "{told}");
    let Outcome::Restored(restored) = scene.outcome("again", Until::End, false).unwrap() else { panic!() };
    assert_eq!(restored.head.seq.0, 10);
    assert_eq!(fs::read(scene.at("again/journal/000000000001.jsonl")).unwrap(), bytes, "as it stood");
}
