//! The local terminal as a wire.
//!
//! Lives here: one `poll` over keys, signals and nudges; bounded writing. `guard` sets the terminal up and restores it,
//! `env` reads the environment. Never here: keys, frames, domain words. Raw mode and window size come from crossterm;
//! its event reader is not used, because it tears sequences and spins after a hang-up.

mod env;
mod guard;

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

pub use env::TerminalEnv;
pub use guard::{ENTER, LEAVE, TerminalGuard, install_panic_hook};

use super::ready::{readable, write_bounded};
use super::wire::{Ready, Wire};

/// How long a terminal may take no byte before it counts as gone.
const WRITE_WAIT: Duration = Duration::from_secs(10);
/// Bytes read at once.
const READ_SIZE: usize = 64 * 1024;

/// This process's terminal, in raw mode on its alternate screen for as long as the value lives.
///
/// SIGHUP, SIGTERM, SIGINT and SIGWINCH are taken over for the rest of the process; Ctrl+C and Ctrl+Z are only keys.
pub struct Tty {
    /// A file description of our own, so that O_NONBLOCK does not stay on the shell's.
    terminal: File,
    signals: SignalDelivery<UnixStream, SignalOnly>,
    nudges: UnixStream,
    nudger: UnixStream,
    was_terminated: bool,
    has_hung_up: bool,
    input: Box<[u8; READ_SIZE]>,
    _guard: TerminalGuard,
}

/// Wakes the session of a [`Tty`] from another thread.
#[derive(Debug)]
pub struct Nudger(UnixStream);

impl Nudger {
    /// Makes the session look for news; never waits, and many nudges may become one.
    pub fn nudge(&self) {
        // A full pipe has nudges enough in it, and a closed one nobody to nudge.
        let _ = (&self.0).write(&[0]);
    }
}

impl Tty {
    /// Takes the controlling terminal; fails when there is none.
    pub fn open() -> io::Result<Self> {
        let terminal = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32)
            .open("/dev/tty")?;
        let (signal_read, signal_write) = UnixStream::pair()?;
        let signals =
            SignalDelivery::with_pipe(signal_read, signal_write, SignalOnly, [SIGHUP, SIGTERM, SIGINT, SIGWINCH])?;
        let (nudges, nudger) = UnixStream::pair()?;
        nudges.set_nonblocking(true)?;
        nudger.set_nonblocking(true)?;
        Ok(Self {
            terminal,
            signals,
            nudges,
            nudger,
            was_terminated: false,
            has_hung_up: false,
            input: Box::new([0; READ_SIZE]),
            _guard: TerminalGuard::enter()?,
        })
    }

    /// The size in columns and rows; 80×24 where the terminal does not know.
    pub fn size(&self) -> (u16, u16) {
        crossterm::terminal::window_size()
            .ok()
            .filter(|size| size.columns > 0 && size.rows > 0)
            .map_or((80, 24), |size| (size.columns, size.rows))
    }

    /// Makes a handle that wakes this session.
    pub fn nudger(&self) -> io::Result<Nudger> {
        self.nudger.try_clone().map(Nudger)
    }

    /// Signals that came: an end is remembered, a new size returned.
    fn take_signals(&mut self) -> Option<Ready> {
        let mut is_resized = false;
        for signal in self.signals.pending() {
            match signal {
                SIGWINCH => is_resized = true,
                SIGHUP => self.has_hung_up = true,
                _ => self.was_terminated = true,
            }
        }
        let (cols, rows) = self.size();
        is_resized.then_some(Ready::Resized { cols, rows })
    }

    fn read(&mut self, bytes: &mut Vec<u8>) -> Option<Ready> {
        match self.terminal.read(self.input.as_mut_slice()) {
            Ok(0) => self.has_hung_up = true,
            Ok(count) => {
                bytes.extend_from_slice(&self.input[..count]);
                return Some(Ready::Bytes);
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            // EIO: the terminal is gone.
            Err(_) => self.has_hung_up = true,
        }
        None
    }

    /// As [`Wire::wait`], and watches another file besides: `Nudged` when that one can be read.
    pub fn wait_beside(
        &mut self,
        other: Option<BorrowedFd<'_>>,
        deadline: Option<Instant>,
        bytes: &mut Vec<u8>,
    ) -> Ready {
        loop {
            if let Some(ending) = self.ending() {
                return ending;
            }
            let nudges = self.nudges.as_fd();
            let fds = [self.signals.get_read().as_fd(), nudges, self.terminal.as_fd(), other.unwrap_or(nudges)];
            let Ok([is_signalled, is_nudged, is_readable, is_other]) = readable(fds, deadline) else {
                self.has_hung_up = true;
                continue;
            };
            if is_signalled && let Some(ready) = self.take_signals() {
                return ready;
            }
            if is_nudged {
                let mut drained = [0; 256];
                while matches!(self.nudges.read(&mut drained), Ok(1..)) {}
                return Ready::Nudged;
            }
            if is_readable && let Some(ready) = self.read(bytes) {
                return ready;
            }
            if is_other {
                return Ready::Nudged;
            }
            let is_quiet = !(is_signalled || is_readable);
            if is_quiet && deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Ready::TimedOut;
            }
        }
    }

    fn ending(&self) -> Option<Ready> {
        if self.has_hung_up {
            Some(Ready::HungUp)
        } else if self.was_terminated {
            Some(Ready::Terminated)
        } else {
            None
        }
    }
}

impl Wire for Tty {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&mut self, deadline: Option<Instant>, bytes: &mut Vec<u8>) -> Ready {
        self.wait_beside(None, deadline, bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_bounded(&self.terminal, bytes, WRITE_WAIT)
    }
}
