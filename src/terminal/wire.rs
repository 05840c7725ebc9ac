//! Wire: the seam between a session and whatever carries its bytes — a terminal, a socket, memory.
//!
//! Lives here: the trait, and the wire of tests with its own clock. Never here: keys, cells, domain words.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

/// What a wire has waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// Bytes were appended to the buffer.
    Bytes,
    /// The terminal has a new size in cells.
    Resized { cols: u16, rows: u16 },
    /// Somebody else (another operator's change, a finished job) has news for the screen.
    Nudged,
    /// Nobody is at the other end any more.
    HungUp,
    /// The process is asked to end (SIGTERM, SIGINT, a stopping daemon).
    Terminated,
    /// The deadline has come, and nothing else.
    TimedOut,
}

/// Carries the bytes of one attachment.
pub trait Wire {
    /// The time by the wire's clock.
    fn now(&self) -> Instant;

    /// Waits until something is ready or the deadline has come (for ever without one), and appends what was read to
    /// `bytes`. A deadline in the past asks without waiting. Hang-up and end are told once or more, never lost.
    fn wait(&mut self, deadline: Option<Instant>, bytes: &mut Vec<u8>) -> Ready;

    /// Writes all bytes; an error, a stuck reader's time-out included, means that the other end is lost.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// What a [`MemoryWire`] plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Played {
    Bytes(Vec<u8>),
    Ready(Ready),
}

/// A wire in memory for tests: plays a script by a clock of its own, which runs only while the session waits.
///
/// When the script is over and the session waits without a deadline, the line hangs up.
#[derive(Debug)]
pub struct MemoryWire {
    start: Instant,
    elapsed: Duration,
    script: VecDeque<(Duration, Played)>,
    /// What was written, one entry per write, with the time since the start.
    pub written: Vec<(Duration, Vec<u8>)>,
    /// How often the session waited with a deadline that came: wake-ups for nothing from outside.
    pub time_outs: usize,
}

impl MemoryWire {
    /// Makes a wire that plays each item when its time since the start has come; times must not decrease.
    pub fn new(script: impl IntoIterator<Item = (Duration, Played)>) -> Self {
        let script = script.into_iter().collect();
        Self { start: Instant::now(), elapsed: Duration::ZERO, script, written: Vec::new(), time_outs: 0 }
    }
}

impl Wire for MemoryWire {
    fn now(&self) -> Instant {
        self.start + self.elapsed
    }

    fn wait(&mut self, deadline: Option<Instant>, bytes: &mut Vec<u8>) -> Ready {
        let limit = deadline.map(|deadline| deadline.saturating_duration_since(self.start).max(self.elapsed));
        match (self.script.front(), limit) {
            (Some((at, _)), limit) if limit.is_none_or(|limit| *at <= limit) => self.elapsed = self.elapsed.max(*at),
            (_, Some(limit)) => {
                self.time_outs += usize::from(limit > self.elapsed);
                self.elapsed = limit;
                return Ready::TimedOut;
            }
            (_, None) => return Ready::HungUp,
        }
        match self.script.pop_front() {
            Some((_, Played::Bytes(played))) => {
                bytes.extend_from_slice(&played);
                Ready::Bytes
            }
            Some((_, Played::Ready(ready))) => ready,
            None => Ready::HungUp,
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written.push((self.elapsed, bytes.to_vec()));
        Ok(())
    }
}
