//! The key file is missing, short, long, wrong, unreadable, a folder; slots of the key tables are torn or flipped, in one copy
//! or in both. What is wrong is said, nothing is made anew over it, and the right key opens everything again.

use crate::measure::{Chance, Measure, each_of, ordeal};
use crate::office::{self, copied, records};
use crate::records_support::*;
use libtest_mimic::Trial;
use pulang::domain::subject::Subject;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    let slots = (measure.rounds_or(9), measure.seed());
    vec![ordeal("key-file", the_key_file_is_not_what_it_was), ordeal("key-slots", move || slots_are_harmed(slots))]
}

const CASES: u128 = 12;
/// Bytes of a slot, and the first that a subject has.
const SLOT: usize = 128;
const FIRST: usize = 16;

fn filled() -> tempfile::TempDir {
    let dir = office::folder();
    let (records, _) = open(dir.path());
    (1..=CASES).for_each(|n| _ = commit_one(&records, creation(n)));
    drop(records);
    fs::remove_file(dir.path().join("reserve")).unwrap();
    dir
}

/// The bytes of every file of a folder but of those that any start writes.
fn contents(dir: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for folder in ["journal", "trail", "keys"] {
        for entry in fs::read_dir(dir.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && !path.ends_with("master") {
                all.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

fn the_key_file_is_not_what_it_was() {
    let dir = filled();
    let master = dir.path().join("keys/master");
    let good = fs::read(&master).unwrap();
    let before = contents(dir.path());
    let is_root = rustix::process::getuid().is_root();
    type Harm<'a> = (&'a str, &'a str, Box<dyn Fn(&Path) + 'a>);
    let with = |bytes: Vec<u8>| move |path: &Path| fs::write(path, &bytes).unwrap();
    let mut harms: Vec<Harm<'_>> = vec![
        ("missing", "K01", Box::new(|_| {})),
        ("empty", "K02", Box::new(with(Vec::new()))),
        ("short", "K02", Box::new(with(good[..31].to_vec()))),
        ("long", "K02", Box::new(with([good.clone(), vec![b'\n']].concat()))),
        ("huge", "K02", Box::new(with(vec![7; 5 << 20]))),
        ("wrong", "K03", Box::new(with(vec![7; 32]))),
        ("a folder", "D04", Box::new(|path| fs::create_dir(path).unwrap())),
        ("a link to nothing", "K01", Box::new(|path| std::os::unix::fs::symlink("nowhere", path).unwrap())),
    ];
    for bit in 0..8 {
        let mut flipped = good.clone();
        flipped[4 * bit] ^= 1 << bit;
        harms.push(("one bit flipped", "K03", Box::new(with(flipped))));
    }
    if !is_root {
        // Root reads everything.
        let unreadable = |path: &Path| {
            fs::write(path, &good).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
        };
        harms.push(("unreadable", "D03", Box::new(unreadable)));
    }
    for (name, code, harm) in &harms {
        _ = fs::remove_file(&master).or_else(|_| fs::remove_dir(&master));
        harm(&master);
        let fault = records(dir.path()).map(|_| ()).unwrap_err();
        assert_eq!(fault.code, *code, "{name}: {fault}");
        assert!(!format!("{fault}").contains("7, 7"), "{name}: a key is never told");
        assert_eq!(contents(dir.path()), before, "{name}: nothing is made anew");
        assert_eq!(master.is_file(), !["missing", "a folder", "a link to nothing"].contains(name), "{name}");
    }
    _ = fs::remove_file(&master).or_else(|_| fs::remove_dir(&master));
    fs::write(&master, &good).unwrap();
    let (records, opening) = open(dir.path());
    assert_eq!((everything(&records).len(), opening.rebuilt), (CASES as usize, None));
}

/// What is done to slots: of whom, in how many copies.
#[derive(Clone, Copy, Debug)]
struct Harm {
    slot: usize,
    /// The byte in the slot, and whether the whole slot becomes zeros.
    at: usize,
    is_zeroed: bool,
    is_both: bool,
}

fn slots_are_harmed((rounds, seed): (u64, u64)) {
    println!("key-slots: --seed {seed}");
    let dir = filled();
    let mut chance = Chance::new(seed);
    let harms: Vec<Harm> = (0..rounds)
        .map(|nth| Harm {
            // The vault's own three now and then, a case's, one that is nobody's yet.
            slot: [chance.below(3), 16 + chance.below(12), 400][(nth % 3) as usize] as usize,
            at: chance.below(SLOT as u64) as usize,
            is_zeroed: chance.below(2) == 0,
            is_both: chance.below(2) == 0,
        })
        .collect();
    each_of(&harms, |harm| {
        let copy = copied(dir.path());
        let names: &[&str] = if harm.is_both { &["slots.a", "slots.b"] } else { &["slots.a"] };
        for name in names {
            let path = copy.path().join("keys").join(name);
            let mut bytes = fs::read(&path).unwrap();
            let slot = &mut bytes[harm.slot * SLOT..(harm.slot + 1) * SLOT];
            if harm.is_zeroed {
                slot.fill(0);
            } else {
                slot[harm.at] ^= 0x20;
            }
            fs::write(path, bytes).unwrap();
        }
        suffer(copy.path(), dir.path(), harm);
    });
    // A torn end of one copy, as a crash while filling leaves it.
    for len in [0, 1, 5 * SLOT + 7, 500 * SLOT, 1_039 * SLOT + 127] {
        let copy = copied(dir.path());
        let path = copy.path().join("keys/slots.b");
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..len]).unwrap();
        let (records, _) = open(copy.path());
        assert_eq!(everything(&records).len(), CASES as usize, "{len}");
        commit_one(&records, creation(77));
        assert!(records.verify(&mut |_| {}).unwrap().is_whole(), "{len}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{len}");
    }
    println!("key-slots: {} harms, 5 torn ends", harms.len());
}

fn suffer(dir: &Path, good: &Path, harm: &Harm) {
    let is_own = harm.slot < FIRST;
    let is_somebodys = !is_own && harm.slot < FIRST + CASES as usize;
    let opened = records(dir);
    if is_own && harm.is_both {
        let fault = opened.map(|_| ()).unwrap_err();
        assert_eq!(fault.code, "K04", "{fault}");
    } else {
        let (records, opening) = opened.unwrap();
        assert!(opening.journal.damages == 0 && opening.trail.damages == 0, "{opening:?}");
        let is_lost = is_somebodys && harm.is_both;
        let verdict = records.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.is_whole(), !is_lost, "{verdict:?}");
        if is_lost {
            let of = case((harm.slot - FIRST + 1) as u128);
            assert!(verdict.journal.iter().all(|bad| bad.seq.0 == (harm.slot - FIRST + 1) as u64), "{verdict:?}");
            assert!(records.get(of).is_err(), "a lost key is no erasure");
        }
        for n in (1..=CASES).filter(|n| !is_lost || *n as usize != harm.slot - FIRST + 1) {
            assert!(records.get(case(n)).unwrap().is_some(), "{n}");
        }
        commit_one(&records, creation(77));
        drop(records);
        if is_lost {
            one_case_lost_keeps_nobody_out(dir, case((harm.slot - FIRST + 1) as u128));
        }
    }
    // Both tables as they were open everything again.
    for name in ["slots.a", "slots.b"] {
        fs::copy(good.join("keys").join(name), dir.join("keys").join(name)).unwrap();
    }
    let (first, _) = records(dir).unwrap();
    first.verify(&mut |_| {}).unwrap();
    drop(first);
    let (records, _) = records(dir).unwrap();
    assert!((1..=CASES).all(|n| records.get(case(n)).unwrap().is_some()), "restored keys, verified: whole again");
}

/// A desk whose cases are read one by one opens without the one whose key is lost, and says so; the store stays.
fn one_case_lost_keeps_nobody_out(dir: &Path, lost: Subject) {
    let (records, opening) = records(dir).unwrap();
    assert_eq!(opening.rebuilt, None);
    assert_eq!(everything(&records).len(), CASES as usize, "the others, and one that came");
    assert_eq!(records.keyless(&mut || Ok(())).unwrap(), (1, vec![lost]));
    drop(records);
    let (desk, started) = office::desk(dir, office::machine_clock()).unwrap();
    assert_eq!((started.records.rebuilt, started.records.unopened), (None, 0));
    assert_eq!(desk.index_differs().unwrap(), []);
}
