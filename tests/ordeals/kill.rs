//! A process that commits is killed at random moments; whatever it said was committed is there afterwards, whole.

use crate::measure::{Measure, ROLE, ordeal};
use crate::records_support::*;
use libtest_mimic::Trial;
use pulang::domain::field::Field;
use pulang::domain::subject::Kind;
use pulang::records::Seq;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("kill", move || {
        nothing_acknowledged_is_lost_when_the_process_is_killed(measure.rounds_or(50), measure.seed())
    })]
}

/// The child of the ordeal below: commits until it is killed.
pub fn child(dir: &str) -> ExitCode {
    let (records, _) = open(dir.as_ref());
    let mut out = std::io::stdout().lock();
    writeln!(out, "READY").unwrap();
    let from = u128::from(records.count(Kind::Case).unwrap());
    for n in from..from + 100_000 {
        // A new case, a bulk commit on older ones, a batch of several commits: in turn.
        let mut batch = vec![commit(vec![creation(n)])];
        if n % 3 == 1 {
            let older = (0..n.min(20)).map(|n| records.get(case(n)).unwrap().unwrap());
            batch.push(commit(older.map(|record| edit(&record, Field::Marks, &format!("tanda {n}"))).collect()));
        }
        let outcomes = records.commit(&batch).unwrap();
        for (commit, outcome) in batch.iter().zip(outcomes) {
            writeln!(out, "ACK {} {} {} END", commit.id, outcome.unwrap(), commit.changes.len()).unwrap();
        }
        out.flush().unwrap();
        if n % 50 == 0 {
            records.tick().unwrap();
        }
    }
    ExitCode::SUCCESS
}

/// Starts a child, kills it after `wait` from its start or from when it is ready, and returns what it said.
fn lines_of_a_killed_child(dir: &Path, is_ready_awaited: bool, wait: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env(ROLE, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = child.stdout.take().unwrap();
    let (told, ready) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut lines = Vec::new();
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8(line).unwrap_or_default();
            if line.ends_with("READY") {
                let _ = told.send(());
            }
            lines.push(line);
        }
        lines
    });
    if is_ready_awaited {
        ready.recv_timeout(Duration::from_secs(60)).unwrap();
    }
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn nothing_acknowledged_is_lost_when_the_process_is_killed(rounds: u64, seed: u64) {
    println!("kill: --seed {seed}");
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    let mut random = seed | 1;
    for round in 0..rounds {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // Every fifth is killed while it opens, the others somewhere in the stream of commits.
        for line in lines_of_a_killed_child(dir.path(), round % 5 != 0, Duration::from_micros(random % 70_000)) {
            let words: Vec<_> = line.split_whitespace().collect();
            // Five words make a whole line: the last one says so.
            if let [_, id, seq, changes, "END"] = words[..] {
                let id = ulid::Ulid::from_string(id).unwrap();
                acknowledged.push((id, Seq(seq.parse().unwrap()), changes.parse::<usize>().unwrap()));
            }
        }
        let (records, opening) = open(dir.path());
        assert!(opening.journal.damage.is_empty() && opening.rebuilt.is_none(), "round {round}: {opening:?}");
        // The latest ones in every round, all of them in the last.
        let from = if round + 1 == rounds { 0 } else { acknowledged.len().saturating_sub(60) };
        for (id, seq, changes) in &acknowledged[from..] {
            assert_eq!(records.find_commit(*id).unwrap(), Some(*seq), "round {round}");
            let read = records.read_commit(*seq).unwrap().unwrap();
            assert_eq!((read.commit.changes.len(), read.unread), (*changes, 0), "round {round}");
        }
        assert!(everything(&records) == replayed(&records), "round {round}: store and journal differ");
    }
    println!("{} commits acknowledged", acknowledged.len());
    assert!(acknowledged.len() as u64 > rounds, "only {} commits in {rounds} rounds", acknowledged.len());
    let (records, _) = open(dir.path());
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}
