//! A process that rotates the master key is killed at random moments; the desk opens each time, whole, and goes on.

use crate::measure::{Measure, ROLE, ordeal};
use crate::records_support::*;
use libtest_mimic::Trial;
use pulang::domain::subject::Kind;
use pulang::records::{Options, Records};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use ulid::Ulid;

/// What stands before the folder in the variable that makes this program the child of this ordeal.
pub const CHILD: &str = "rotate:";

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("rotate", move || a_rotation_that_is_killed_locks_nobody_out(measure.rounds_or(25), measure.seed()))]
}

/// The child of the ordeal below: rotates until it is killed.
pub fn child(dir: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    writeln!(out, "READY").unwrap();
    out.flush().unwrap();
    loop {
        let rotated = Records::rotate_key(Path::new(dir), &Options::default(), None, &mut |_| {}).unwrap();
        writeln!(out, "NOW {} END", rotated.now).unwrap();
        out.flush().unwrap();
    }
}

/// Starts a child, kills it after `wait` from when it is ready, and returns the fingerprints that it said hold.
fn told_by_a_killed_child(dir: &Path, wait: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env(ROLE, format!("{CHILD}{}", dir.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    while lines.next().is_some_and(|line| !line.ends_with("READY")) {}
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    let said = |line: String| Some(line.strip_prefix("NOW ")?.strip_suffix(" END")?.to_owned());
    lines.filter_map(said).collect()
}

fn a_rotation_that_is_killed_locks_nobody_out(rounds: u64, seed: u64) {
    println!("rotate: --seed {seed}");
    let dir = tempfile::tempdir().unwrap();
    let key = || Records::custody(dir.path(), None).standing().unwrap();
    {
        let (records, _) = open(dir.path());
        records.commit(&[commit((0..50).map(creation).collect())]).unwrap()[0].unwrap();
        records.erase(Ulid::new(), Ulid(5), &remains(3)).unwrap();
    }
    let (mut random, mut rotations) = (seed | 1, 0_usize);
    let (mut interrupted, mut finished) = (0_u64, 0_u64);
    for round in 0..rounds {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let before = key().fingerprint;
        let told = told_by_a_killed_child(dir.path(), Duration::from_micros(random % 120_000));
        rotations += told.len();
        let last = told.last().cloned().unwrap_or(before);
        interrupted += u64::from(key().is_rotating);
        let (records, opening) = open(dir.path());
        assert_eq!((opening.rebuilt, opening.unopened), (None, 0), "round {round}");
        let now = key();
        assert!(now.is_fitting && !now.is_rotating, "round {round}");
        // The last one that was said to be done, or the one after it that came to its moment.
        finished += u64::from(now.fingerprint != last);
        commit_one(&records, creation(u128::from(1000 + round)));
        assert_eq!(records.count(Kind::Case).unwrap(), 50 + round, "round {round}");
        assert_eq!(records.get(case(3)).unwrap(), None, "round {round}");
        assert!(everything(&records) == replayed(&records), "round {round}: store and journal differ");
    }
    println!(
        "{rotations} rotations told, {interrupted} kills inside one, {finished} of them finished at the next start"
    );
    assert!(interrupted > 0, "no kill met a rotation in {rounds} rounds");
    let (records, _) = open(dir.path());
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}
