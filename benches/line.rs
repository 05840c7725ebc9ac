//! A slow line: the real program in a pseudo-terminal behind a relay that has a rate, a way to go and losses.
//!
//! `cargo bench --bench line` holds a key down, sixty times at thirty a second, and prints how long after the last key the
//! terminal's screen was the last one, and how many bytes came. A lost packet comes 200 ms and a round trip later, and
//! everything behind it waits, as over TCP. `mute` is a terminal that never answers: what the line is without pacing.

#![allow(clippy::unwrap_used, reason = "a measurement")]

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
const ROUNDS: u64 = 5;

/// A line as it is.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    bytes_per_second: f64,
    one_way: Duration,
    /// Packets of a hundred that are lost.
    lost: u64,
    does_answer: bool,
}

/// One direction: packets on their way, in order, with the time when each arrives.
struct Way {
    kind: Kind,
    dice: u64,
    is_free_at: Instant,
    packets: VecDeque<(Instant, Vec<u8>)>,
}

impl Way {
    fn new(kind: Kind, seed: u64) -> Self {
        Self { kind, dice: seed, is_free_at: Instant::now(), packets: VecDeque::new() }
    }

    fn is_lost(&mut self) -> bool {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % 100 < self.kind.lost
    }

    fn send(&mut self, bytes: &[u8], now: Instant) {
        for packet in bytes.chunks(1_400) {
            let seconds = packet.len() as f64 / self.kind.bytes_per_second;
            self.is_free_at = self.is_free_at.max(now) + Duration::from_secs_f64(seconds);
            let again =
                if self.is_lost() { self.kind.one_way * 2 + Duration::from_millis(200) } else { Duration::ZERO };
            let before = self.packets.back().map(|(at, _)| *at);
            let at = self.is_free_at + self.kind.one_way + again;
            self.packets.push_back((before.map_or(at, |before| at.max(before)), packet.to_vec()));
        }
    }

    fn arrived(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.packets.pop_front_if(|(at, _)| *at <= now).map(|(_, bytes)| bytes)
    }
}

/// The program at the other end of the line.
struct Session {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    terminal: vt100::Parser,
    there: Way,
    back: Way,
    bytes: usize,
    shown: String,
    changed: Instant,
}

impl Session {
    fn new(dir: &Path, kind: Kind, seed: u64) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["--practice", "--lang", "id", "--data"]);
        command.arg(dir);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (give, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 16_384];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if give.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let (there, back) = (Way::new(kind, seed), Way::new(kind, seed ^ 0x5555));
        let terminal = vt100::Parser::new(24, 80, 0);
        let changed = Instant::now();
        Self {
            master: pair.master,
            writer,
            output,
            child,
            terminal,
            there,
            back,
            bytes: 0,
            shown: String::new(),
            changed,
        }
    }

    /// Lets the line work for so long.
    fn run(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while Instant::now() < until {
            let now = Instant::now();
            while let Ok(bytes) = self.output.try_recv() {
                self.bytes += bytes.len();
                self.back.send(&bytes, now);
            }
            while let Some(bytes) = self.back.arrived(now) {
                self.terminal.process(&bytes);
                if bytes.ends_with(b"\x1b[5n") && self.there.kind.does_answer {
                    self.there.send(b"\x1b[0n", now);
                }
                let screen = self.terminal.screen().contents();
                if screen != self.shown {
                    (self.shown, self.changed) = (screen, now);
                }
            }
            while let Some(bytes) = self.there.arrived(now) {
                self.writer.write_all(&bytes).unwrap();
            }
            std::thread::sleep(Duration::from_micros(500));
        }
    }

    /// Runs until nothing has changed for two seconds and nothing is under way.
    fn settle(&mut self) {
        let since = Instant::now();
        loop {
            self.run(Duration::from_millis(100));
            let is_quiet = self.changed.elapsed() > Duration::from_secs(2);
            if is_quiet && self.back.packets.is_empty() || since.elapsed() > Duration::from_secs(90) {
                return;
            }
        }
    }

    fn key(&mut self, key: &[u8]) {
        self.there.send(key, Instant::now());
    }

    /// Holds a key down; gives the seconds that the screen was behind, the bytes, and who stands on the last screen.
    fn held(mut self, ready: &[u8], key: &[u8]) -> (f64, usize, String) {
        self.settle();
        ready.chunks(1).for_each(|key| self.key(key));
        self.settle();
        let before = self.bytes;
        for _ in 0..60 {
            self.key(key);
            self.run(Duration::from_millis(33));
        }
        let last = Instant::now() - Duration::from_millis(33);
        self.settle();
        let behind = self.changed.saturating_duration_since(last).as_secs_f64();
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        drop(self.master);
        (behind, self.bytes - before, people(&self.shown))
    }
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
        let (_, _, right) = Session::new(dir.path(), fast, 1).held(ready.as_bytes(), key.as_bytes());
        for kind in [fast, slow, bad, mute] {
            let rounds = if kind.lost > 0 { ROUNDS } else { 1 };
            let runs: Vec<_> = (1..=rounds)
                .map(|seed| Session::new(dir.path(), kind, seed * 7919).held(ready.as_bytes(), key.as_bytes()))
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
