//! Where a command reads and writes, and where it runs: in a process of its own that opens the desk, or inside a desk that is
//! open, for somebody at the other end of a line. A command knows no other input, output or desk than these.

use super::Args;
use super::answer::Stop;
use super::open::{self, Interrupt, Opened, ProgressLine};
use crate::desk::{Desk, Seat};
use crate::domain::refusal::Refusal;
use crate::text::Texts;
use serde_json::Value as Json;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Bytes of an answer typed at a terminal that are read at most.
const MOST_TYPED: u64 = 1_000;

/// Bytes in and bytes out of one command.
pub struct Console<'c> {
    pub input: &'c mut dyn Read,
    pub out: &'c mut dyn Write,
    pub err: &'c mut dyn Write,
    pub is_input_terminal: bool,
    pub is_out_terminal: bool,
    /// A line that says how far long work is goes to `err` only there.
    pub is_err_terminal: bool,
    /// Whoever sets it asks the command to stop: it leaves everything in order and ends soon.
    pub stop: Arc<AtomicBool>,
}

impl Console<'_> {
    /// Does some work with the input and output of this process.
    pub fn of_process<T>(work: impl FnOnce(&mut Console<'_>) -> T) -> T {
        let (mut input, mut out, mut err) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
        work(&mut Console {
            is_input_terminal: input.is_terminal(),
            is_out_terminal: out.is_terminal(),
            is_err_terminal: err.is_terminal(),
            input: &mut input,
            out: &mut out,
            err: &mut err,
            stop: Arc::default(),
        })
    }

    /// Writes a line of the answer.
    ///
    /// # Errors
    /// Nobody reads it any more, or it cannot be written.
    pub fn line(&mut self, text: std::fmt::Arguments<'_>) -> Result<(), Stop> {
        writeln!(self.out, "{text}").map_err(|error| Stop::Unheard(error.kind()))
    }

    /// Brings what was written to whoever reads it.
    ///
    /// # Errors
    /// As [`Console::line`].
    pub fn flush(&mut self) -> Result<(), Stop> {
        self.out.flush().map_err(|error| Stop::Unheard(error.kind()))
    }

    /// Asks for one line of input, at most 1,000 bytes of it; empty when nothing comes.
    pub fn ask(&mut self, question: &str) -> String {
        let _ = self.out.flush();
        let _ = write!(self.err, "{question} ").and_then(|()| self.err.flush());
        let mut typed = Vec::new();
        let _ = BufReader::with_capacity(64, &mut *self.input).take(MOST_TYPED).read_until(b'\n', &mut typed);
        String::from_utf8_lossy(&typed).into_owned()
    }
}

/// A desk that is open, and whose rights a command has inside it.
pub struct Within {
    pub desk: Desk,
    /// The caller's seat.
    pub seat: Seat,
    /// The caller's language where the words say none: a locale such as `id_ID.UTF-8`, or a code.
    pub lang: Option<String>,
}

/// Where a command runs.
#[derive(Clone, Copy)]
pub enum Site<'a> {
    /// In a process of its own: it may open the desk, files and the terminal.
    Process,
    /// Inside an open desk: it opens no path that the caller names.
    Desk(&'a Within),
}

/// One command on its way: what was asked, in which language, where, and where its answer goes.
pub struct Call<'a, 'c> {
    pub args: &'a Args,
    pub texts: Texts,
    pub site: Site<'a>,
    pub console: &'a mut Console<'c>,
}

/// Writes a line of the answer: `say!(call, "…")?`.
macro_rules! say {
    ($call:expr, $($arg:tt)*) => { $call.console.line(format_args!($($arg)*)) };
}
pub(super) use say;

impl<'a, 'c> Call<'a, 'c> {
    /// The desk that is there, and the caller's seat; a folder without a desk is refused and left as it is.
    ///
    /// # Errors
    /// There is none, another process holds it, or it cannot be opened.
    pub fn open(&mut self) -> Result<Opened, Stop> {
        match self.site {
            Site::Process => open::open(self.args, self.texts, self.console),
            Site::Desk(within) => Opened::within(within, self.args),
        }
    }

    /// As [`Call::open`]; where there is no desk it is begun.
    ///
    /// # Errors
    /// As [`Call::open`].
    pub fn open_or_begin(&mut self) -> Result<Opened, Stop> {
        match self.site {
            Site::Process => open::open_or_begin(self.args, self.texts, self.console),
            Site::Desk(within) => Opened::within(within, self.args),
        }
    }

    /// The desk with the machine's own seat: root's and the service's own user's. Begun where there is none.
    ///
    /// # Errors
    /// Inside a desk, for every other caller; else as [`open::open_as_machine`].
    pub fn open_as_machine(&mut self) -> Result<Opened, Stop> {
        match self.site {
            Site::Process => open::open_as_machine(self.args, self.texts, self.console),
            Site::Desk(within) if within.seat.is_machine() => Opened::within(within, self.args),
            Site::Desk(_) => Err(Refusal::new("refused-machine-only").into()),
        }
    }

    /// The folder of the data.
    pub fn dir(&self) -> PathBuf {
        match self.site {
            Site::Process => open::dir(&self.args.place, self.args.practice),
            Site::Desk(within) => within.desk.dir().to_owned(),
        }
    }

    /// Answers with JSON where it was asked for, else with what the closure says.
    ///
    /// # Errors
    /// As [`Console::line`].
    pub fn report(&mut self, json: Json, plain: impl FnOnce(&mut Self) -> Result<(), Stop>) -> Result<(), Stop> {
        if self.args.place.json { say!(self, "{json}") } else { plain(self) }
    }

    /// A line that says how far long work is.
    pub fn progress(&mut self) -> ProgressLine<'_> {
        ProgressLine::new(self.texts, self.console)
    }

    /// Whether the command was asked to stop; in a process of its own, signals to end ask from now on.
    pub fn interrupt(&self) -> Interrupt {
        let stop = Arc::clone(&self.console.stop);
        match self.site {
            Site::Process => Interrupt::watched(stop),
            Site::Desk(_) => Interrupt::of(stop),
        }
    }

    /// Refuses what concerns files of the machine when it is asked for inside a desk.
    ///
    /// # Errors
    /// Inside a desk: a sentence that says how it is done as the service's own user.
    pub fn needs_machine(&self, command: &str) -> Result<(), Refusal> {
        match self.site {
            Site::Process => Ok(()),
            Site::Desk(_) => Err(Refusal::new("refused-of-machine").with("command", command.to_owned())),
        }
    }
}
