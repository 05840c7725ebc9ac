//! A slow line: the real program, attached to its daemon, in a pseudo-terminal behind a relay.
//!
//! `cargo bench --bench line` holds a key down, sixty times at thirty a second, and prints how long after the last key the
//! terminal's screen was the last one, and how many bytes came. `mute` is a terminal that never answers: what the line is
//! without pacing.

#![allow(clippy::unwrap_used, reason = "a measurement")]

mod relay;

use portable_pty::CommandBuilder;
use relay::{Kind, Session};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
const ROUNDS: u64 = 5;

/// Holds a key down; gives the seconds that the screen was behind, the bytes, and who stands on the last screen.
fn held(dir: &Path, (kind, seed): (Kind, u64), ready: &[u8], key: &[u8]) -> (f64, usize, String) {
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["--practice", "--lang", "id", "--data"]);
    command.arg(dir);
    let mut session = Session::new(command, kind, seed);
    session.settle();
    ready.chunks(1).for_each(|key| session.key(key));
    session.settle();
    let before = session.bytes;
    let behind = session.held(key).as_secs_f64();
    let told = (behind, session.bytes - before, people(&session.shown));
    // Whose line is merely cut comes back to where he was: the next one is to begin anew.
    session.key(b"\x1b");
    session.settle();
    session.key(b"q");
    session.settle();
    told
}

/// Who stands on a screen: numbers and names, without what the hours change.
fn people(screen: &str) -> String {
    screen.lines().map(|row| row.chars().take(28).collect::<String>() + "\n").collect()
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let made = Command::new(PROGRAM).args(["practice", "--cases", "12000", "--data"]).arg(dir.path()).output().unwrap();
    assert!(made.status.success());
    let fast = Kind { name: "at hand", bytes_per_second: 10e6, one_way: Duration::ZERO, lost: 0, does_answer: true };
    let slow = Kind { name: "8 kB/s, 250 ms", bytes_per_second: 8e3, one_way: Duration::from_millis(125), ..fast };
    let bad = Kind { name: "8 kB/s, 250 ms, 1 % lost", lost: 1, ..slow };
    let mute = Kind { name: "8 kB/s, 250 ms, mute", does_answer: false, ..slow };
    println!("| held down, 60 at 30/s | line | behind, median | worst | bytes | same people as at hand |");
    println!("| --- | --- | --- | --- | --- | --- |");
    // Twenty rows down first, so that every further one scrolls.
    for (what, ready, key) in
        [("arrow", "jjjjjjjjjjjjjjjjjjjj", "\x1b[B"), ("page", "j", "\x1b[6~"), ("letter", "/", "s")]
    {
        let (_, _, right) = held(dir.path(), (fast, 1), ready.as_bytes(), key.as_bytes());
        for kind in [fast, slow, bad, mute] {
            let rounds = if kind.lost > 0 { ROUNDS } else { 1 };
            let runs: Vec<_> = (1..=rounds)
                .map(|seed| held(dir.path(), (kind, seed * 7919), ready.as_bytes(), key.as_bytes()))
                .collect();
            let mut behind: Vec<f64> = runs.iter().map(|(behind, ..)| *behind).collect();
            behind.sort_unstable_by(f64::total_cmp);
            let (median, worst) = (behind[behind.len() / 2], behind[behind.len() - 1]);
            let bytes = runs.iter().map(|(_, bytes, _)| bytes).max().unwrap();
            let is_right = runs.iter().all(|(.., shown)| *shown == right);
            println!("| {what} | {} | {median:.2} s | {worst:.2} s | {bytes} | {is_right} |", kind.name);
        }
    }
}
