//! Every door for bytes that somebody else made, opened with altered seeds: a bounded run of what the fuzzer does for as
//! long as one likes (`tests/fuzz`). Nothing panics, nothing hangs, nothing grows.

use crate::dice::Dice;
use crate::doors::{self, DOORS, Door};
use crate::measure::{Measure, ordeal};
use libtest_mimic::Trial;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Bytes of an input at most, but for seeds that are longer.
const MOST: usize = 4_096;
/// How long one input may take, on whatever machine: far more than any needs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Megabytes that a door may leave behind.
const LEFT: u64 = 192;
/// Pieces that mean something behind one of the doors.
const PIECES: [&[u8]; 28] = [
    b"\x1b[",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[0n",
    b"\x1b\x1b",
    b"<<",
    b"P<IDN",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\n",
    b"\r\n",
    b";",
    b"\"",
    b"(",
    b")",
    b" or ",
    b"-",
    b":",
    b"..",
    b"<=",
    b"9999999999999999999999",
    b"\xe2\x80\xae",
    b"\xcc\x81\xcc\x81",
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9",
    b"[[gate]]",
    b"=",
    b"{\"",
];

/// The ordeals of this file: one for each door.
pub fn trials(measure: Measure) -> Vec<Trial> {
    let trial = |door: Door| ordeal(&format!("fuzzing {}", door.0), move || opened(door, measure));
    let targets = Trial::test("every door has its target", || {
        every_door_has_its_target();
        Ok(())
    });
    DOORS.into_iter().map(trial).chain([targets]).collect()
}

/// The fuzzer's targets are built elsewhere: here it is only seen that each door has one, and each of them a door.
fn every_door_has_its_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, _) in DOORS {
        let target = std::fs::read_to_string(fuzz.join(format!("targets/{name}.rs"))).expect(name);
        assert!(target.contains(&format!("doors::open(\"{name}\", data)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"")), "{name}");
        doors::open(name, b"");
    }
    assert_eq!(std::fs::read_dir(fuzz.join("targets")).unwrap().count(), DOORS.len());
}

/// Inputs of a short run: a door that opens a whole folder takes its time.
fn short(name: &str) -> u64 {
    match name {
        "journal" => 12,
        "snapshot" | "values" => 150,
        "manifest" | "gates" | "keys" | "exec" | "messages" => 120,
        _ => 600,
    }
}

fn opened((name, door): Door, measure: Measure) {
    let (rounds, seed) = (measure.rounds_or(short(name)), measure.seed());
    println!("fuzzing {name}: --rounds {rounds} --seed {seed}");
    let mut dice = Dice::new(seed);
    let seeds = seeds(name);
    seeds.iter().for_each(|input| door(input));
    let watch = Watch::over(name, seed);
    let before = crate::day::resident_kib();
    for round in 0..rounds {
        let input = altered(&seeds, &mut dice);
        let told = Told { name, seed, round };
        door(&input);
        watch.passed.fetch_add(1, Ordering::Relaxed);
        std::mem::forget(told);
    }
    let grown = crate::day::resident_kib().saturating_sub(before) / 1024;
    println!("fuzzing {name}: {rounds} inputs, {grown} MiB more resident");
    // In a short run the other ordeals grow beside this one.
    let is_alone = rounds > short(name);
    assert!(!is_alone || grown < LEFT, "{name} left {grown} MiB behind after {rounds} inputs");
}

/// Says which input it was when a door fails.
struct Told<'a> {
    name: &'a str,
    seed: u64,
    round: u64,
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        eprintln!("fuzzing {}: failed at input {} of --seed {}", self.name, self.round, self.seed);
    }
}

/// Looks on from a thread of its own: an input that takes too long ends the process.
struct Watch {
    passed: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Watch {
    fn over(name: &'static str, seed: u64) -> Self {
        let watch = Self { passed: Arc::default(), is_over: Arc::default() };
        let (passed, is_over) = (Arc::clone(&watch.passed), Arc::clone(&watch.is_over));
        std::thread::spawn(move || {
            let (mut last, mut since) = (0, Instant::now());
            while !is_over.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(100));
                let now = passed.load(Ordering::Relaxed);
                if now != last {
                    (last, since) = (now, Instant::now());
                } else if since.elapsed() > PATIENCE {
                    eprintln!("fuzzing {name}: input {now} of --seed {seed} hangs");
                    std::process::abort();
                }
            }
        });
        watch
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// The committed inputs of a door.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// One seed, altered a few times.
fn altered(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = dice.pick(seeds).clone();
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(17)).min(bytes.len());
        match dice.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.bits() as u8,
            2 => bytes.insert(at, dice.bits() as u8),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            5 => {
                let other = dice.pick(seeds);
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(65)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            6 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, dice.pick(&PIECES).iter().copied())),
        }
        let most = MOST.max(seeds.iter().map(Vec::len).max().unwrap_or_default());
        bytes.truncate(most);
    }
    bytes
}
