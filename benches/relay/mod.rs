//! A slow line: a relay between a terminal and the program that has a rate, a way to go and losses, as ssh has them. A lost
//! packet comes 200 ms and a round trip later, and everything behind it waits, as over TCP.
//!
//! Here for the measurement and the ordeal alike; never here: what is typed, and what must be seen.

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A line as it is.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub bytes_per_second: f64,
    pub one_way: Duration,
    /// Packets of a hundred that are lost.
    pub lost: u64,
    pub does_answer: bool,
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
pub struct Session {
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    terminal: vt100::Parser,
    there: Way,
    back: Way,
    /// Bytes that the program has written.
    pub bytes: usize,
    /// What stands on the terminal, and since when.
    pub shown: String,
    pub changed: Instant,
}

impl Session {
    /// Starts a program at the far end of a line of this kind.
    pub fn new(mut command: CommandBuilder, kind: Kind, seed: u64) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
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
            _master: pair.master,
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
    pub fn run(&mut self, time: Duration) {
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
    pub fn settle(&mut self) {
        let since = Instant::now();
        loop {
            self.run(Duration::from_millis(100));
            let is_quiet = self.changed.max(since).elapsed() > Duration::from_secs(2);
            if is_quiet && self.there.packets.is_empty() && self.back.packets.is_empty()
                || since.elapsed() > Duration::from_secs(90)
            {
                return;
            }
        }
    }

    /// Types at the near end.
    pub fn key(&mut self, key: &[u8]) {
        self.there.send(key, Instant::now());
    }

    /// Holds a key down, sixty times at thirty a second; gives how long after the last one the screen was the last one.
    pub fn held(&mut self, key: &[u8]) -> Duration {
        for _ in 0..60 {
            self.key(key);
            self.run(Duration::from_millis(33));
        }
        let last = Instant::now() - Duration::from_millis(33);
        self.settle();
        self.changed.saturating_duration_since(last)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A program that has ended by itself needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
