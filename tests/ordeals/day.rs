//! A day at the desk: twenty-four hours of work by several people, a million keys in the long form. Memory stays flat once
//! warm, and sessions and desks that come and go leave no thread, no open file and no lock behind.

use crate::dice::Dice;
use crate::measure::{Measure, ROLE, ordeal};
use crate::simulation::World;
use chrono::TimeDelta;
use libtest_mimic::Trial;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// How the child of these ordeals is called, before what it does, the keys and the seed.
pub const CHILD: &str = "day ";
/// Sessions, and desks, that come and go.
const SESSIONS: usize = 40;
const DESKS: usize = 6;
/// How long threads and files that are not needed any more may take to go: the store keeps idle threads for seconds.
const GOING: Duration = Duration::from_secs(30);
/// How long the threads of a store that was closed may take until only those are left that are kept for good.
const SETTLING: Duration = Duration::from_secs(3);
/// Keys among which somebody changes something.
const SHIFT: u64 = 20_000;
/// KiB that a day may add once warm, besides what the new cases take: room for caches that fill slowly.
const FLAT_KIB: u64 = 48 * 1024;
/// KiB that a case which was taken in meanwhile may take, with its history and its place in the store's cache.
const CASE_KIB: u64 = 24;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![
        ordeal("day: memory stays flat", move || alone("flat", measure.rounds_or(1_000), measure.seed())),
        ordeal("day: nothing is left behind", move || alone("left", 0, measure.seed())),
    ]
}

/// Runs in a process of its own, where nothing else has threads, files or memory.
fn alone(what: &str, keys: u64, seed: u64) {
    let role = format!("{CHILD}{what} {keys} {seed}");
    let ended = Command::new(std::env::current_exe().unwrap()).env(ROLE, role).status().unwrap();
    assert!(ended.success(), "day {what}: --rounds {keys} --seed {seed}: {ended}");
}

/// The child of these ordeals.
pub fn child(role: &str) -> ExitCode {
    let words: Vec<&str> = role.split_whitespace().collect();
    let [_, what, keys, seed] = words[..] else { return ExitCode::FAILURE };
    let (keys, seed) = (keys.parse().unwrap(), seed.parse().unwrap());
    match what {
        "flat" => stays_flat(keys, seed),
        _ => leaves_nothing(seed),
    }
    ExitCode::SUCCESS
}

/// KiB of this process in memory.
pub fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Threads and open files of this process, as the machine lists them.
fn held() -> (usize, usize) {
    let count = |folder: &str| std::fs::read_dir(folder).unwrap().count();
    // The folder that is being listed is open itself.
    (count("/proc/self/task"), count("/proc/self/fd") - 1)
}

/// Waits until no more is held than before.
fn is_held_again(before: (usize, usize)) -> bool {
    let until = Instant::now() + GOING;
    loop {
        let (threads, files) = held();
        if threads <= before.0 && files <= before.1 {
            return true;
        }
        if Instant::now() > until {
            println!("day: {threads} threads and {files} files, {before:?} before");
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Keys through a day: the first quarter warms up, the rest must stay flat.
fn stays_flat(keys: u64, seed: u64) {
    println!("day: --rounds {keys} --seed {seed}");
    let (since, mut dice) = (Instant::now(), Dice::new(seed));
    let each = TimeDelta::milliseconds(24 * 3_600_000 / i64::try_from(keys.max(1)).unwrap());
    let mut world = World::new(&mut dice, 70);
    let (mut warm, mut cases, mut heard) = (0, 0, 0);
    for key in 0..keys {
        if key > 0 && key.is_multiple_of(SHIFT) {
            // Screens that nobody can use any more would be as flat as one could wish.
            assert!(world.heard() > heard, "nobody changed anything between keys {} and {key}", key - SHIFT);
            heard = world.heard();
        }
        if key == keys / 4 {
            (warm, cases) = (resident_kib(), world.cases());
        }
        world.works(&mut dice, each);
        if key.is_multiple_of(100_000) {
            println!(
                "day: key {key} after {:.0?}: {} KiB, {} cases, {} changed",
                since.elapsed(),
                resident_kib(),
                world.cases(),
                world.heard()
            );
        }
    }
    let (end, came) = (resident_kib(), world.cases().saturating_sub(cases) as u64);
    println!("day: {keys} keys in {:.0?}; {warm} KiB warm, {end} KiB at the end, {came} cases came", since.elapsed());
    let most = warm + FLAT_KIB + came * CASE_KIB;
    assert!(end <= most, "{end} KiB at the end of the day, {warm} KiB when it was warm and {came} cases fewer");
}

/// Sessions and desks come and go; the first of each shows what is held for good.
fn leaves_nothing(seed: u64) {
    let mut dice = Dice::new(seed);
    // The first store of a process starts the few threads that its library keeps for all that follow.
    drop(World::new(&mut dice, 70));
    std::thread::sleep(SETTLING);
    let empty = held();
    let mut world = World::new(&mut dice, 70);
    world.comes_and_goes(&mut dice);
    let before = held();
    (0..SESSIONS).for_each(|_| world.comes_and_goes(&mut dice));
    assert!(is_held_again(before), "after {SESSIONS} sessions came and went (--seed {seed})");
    // The folder can be locked again each time: no lock stays behind either.
    (0..DESKS).for_each(|_| world.restarts(&mut dice, false));
    assert!(is_held_again(before), "after {DESKS} desks opened and closed (--seed {seed})");
    drop(world);
    assert!(is_held_again(empty), "after everything was closed (--seed {seed})");
}
