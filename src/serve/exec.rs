//! Commands over the socket: the words and the standard input go to the daemon, answer and exit code come back.
//!
//! The caller opens the file that a command reads and sends its bytes: inside the daemon no path of a caller is opened. Both
//! sides take what comes as fast as they can use it and no faster, so that nothing is kept in memory on the way.

use super::frame::{Frame, Hello, OLDEST, Wants, Welcome, Why};
use super::limits;
use super::reach::Way;
use super::socket::{Bell, Kind, Line, Lost};
use crate::cli::answer::Stop;
use crate::cli::{self, Args, Console, Exit, Input, Within};
use crate::desk::{Desk, Seat};
use crate::domain::refusal::{Fault, Refusal};
use crate::terminal::ready::is_gone;
use crate::terminal::tty::TerminalEnv;
use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Bytes of an answer that are gathered before they are sent.
const GATHERED: usize = 16 * 1024;
/// How often a command's end is looked for, besides being told.
const WATCH: Duration = Duration::from_millis(200);
/// How long a daemon that answers nothing is waited for while it lets somebody in.
const LET_IN: Duration = Duration::from_secs(20);

// ---- at the caller's end

/// Asks the daemon to run a command; `None` when there is no daemon.
///
/// # Errors
/// When the daemon cannot be reached, refuses, or goes before the command has ended; when the file cannot be opened.
pub fn ask(words: &[OsString], args: &Args, input: &Input) -> Result<Option<ExitCode>, Stop> {
    let way = Way::of(args)?;
    // What was meant for a service is never done on a desk of the caller's own.
    let nobody = || if way.is_of_service() { Err(Refusal::new("refused-service-down").into()) } else { Ok(None) };
    let Some(stream) = way.connect()? else { return nobody() };
    let source = source(input)?;
    let sent: Option<Vec<String>> =
        words.iter().skip(1).map(|word| word.to_str().map(str::to_owned)).collect::<Option<_>>();
    let words = sent.ok_or_else(|| Refusal::new("refused-words"))?;
    let hello = Hello {
        build: env!("CARGO_PKG_VERSION").to_owned(),
        env: TerminalEnv::from_process(),
        lang: cli::texts(args).language().code().to_owned(),
        as_name: args.place.as_name.clone(),
        folder: None,
        wants: Wants::Command { words, is_input_terminal: io::stdin().is_terminal() },
        mark: None,
    };
    let mut line = Line::new(stream).map_err(|error| broken(&error))?;
    // A command says what it always said, so a daemon of the release before answers it too. One that takes nothing has said
    // why before, and that is read next.
    let _ = line.send(&Frame::Hello { protocol: OLDEST, hello: hello.into() });
    match line.receive(Some(Instant::now() + LET_IN)) {
        Ok(Frame::Welcome { .. }) => {}
        Ok(Frame::Bye { why, text }) => return Err(refused(why, text, args)),
        // It went at this very moment: the next one, or this process, does it.
        Err(Lost::Gone) => return nobody(),
        Ok(_) | Err(_) => return Err(Refusal::new("refused-daemon-silent").into()),
    }
    if let Some(source) = source {
        let scissors = line.second().map_err(|error| broken(&error))?;
        // It may wait for a key for ever; the process ends all the same.
        let _ = std::thread::Builder::new().name("input".into()).spawn(move || feed(source, &scissors));
    } else {
        // A command that reads nothing may have answered already.
        let _ = line.send(&Frame::InputEnd);
    }
    answered(&mut line, args).map(Some)
}

fn broken(error: &io::Error) -> Stop {
    Fault::new("N03", "fault-daemon", error.to_string()).into()
}

/// What a command reads, opened with the caller's own rights.
fn source(input: &Input) -> Result<Option<Box<dyn Read + Send>>, Stop> {
    Ok(match input {
        Input::Nothing => None,
        Input::Standard => Some(Box::new(io::stdin())),
        Input::File(path) => match File::open(path) {
            Ok(file) if file.metadata().is_ok_and(|about| !about.is_dir()) => Some(Box::new(file)),
            _ => return Err(Refusal::new("refused-file-unreadable").with("path", path.display().to_string()).into()),
        },
    })
}

/// Sends what is read until it ends or nobody takes it.
fn feed(mut source: Box<dyn Read + Send>, line: &Line) {
    let mut bytes = vec![0; GATHERED];
    loop {
        match source.read(&mut bytes) {
            Ok(0) => break,
            Ok(count) if line.send_bytes(Kind::Input, &bytes[..count]).is_ok() => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // A file that cannot be read to its end is cut, and the daemon is not told that it was whole.
            Ok(_) | Err(_) => return line.cut(),
        }
    }
    let _ = line.send(&Frame::InputEnd);
}

/// Writes the answer as it comes; gives the exit code.
fn answered(line: &mut Line, args: &Args) -> Result<ExitCode, Stop> {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    loop {
        let written = match line.receive(None) {
            Ok(Frame::Output(bytes)) => out.write_all(&bytes).and_then(|()| out.flush()),
            Ok(Frame::Complaint(bytes)) => err.write_all(&bytes).and_then(|()| err.flush()).or(Ok(())),
            Ok(Frame::Exit(code)) => return Ok(ExitCode::from(code)),
            Ok(Frame::Bye { why, text }) => return Err(refused(why, text, args)),
            Ok(_) | Err(_) => return Err(Refusal::new("refused-daemon-gone-within").into()),
        };
        written.map_err(|error| Stop::Unheard(error.kind()))?;
    }
}

/// Why the daemon does not run the command, in its own words or in ours.
fn refused(why: Why, text: String, args: &Args) -> Stop {
    let texts = cli::texts(args);
    let said = matches!(why, Why::Refused | Why::Ended) && !text.is_empty();
    let text = if said { text } else { texts.with(why.key(), &[("spoken", text)]) };
    let text = text.chars().filter(|c| !c.is_control()).collect();
    Stop::Told { text, exit: if why == Why::Fault { Exit::FAULT } else { Exit::REFUSED } }
}

// ---- at the daemon's end

/// Runs a guest's command inside the desk and answers. It is asked to stop when the guest goes or the daemon ends.
pub fn serve(line: Line, desk: Desk, seat: Seat, hello: Hello, is_closing: &AtomicBool) {
    let (Ok(watched), Ok(bell)) = (line.second(), Bell::new()) else { return };
    let (stop, is_done) = (Arc::new(AtomicBool::new(false)), AtomicBool::new(false));
    let watch = || {
        while !is_done.load(Ordering::Acquire) {
            let gone = is_gone(watched.as_fd(), bell.as_fd(), Instant::now() + WATCH).unwrap_or(true);
            if gone || is_closing.load(Ordering::Acquire) {
                return stop.store(true, Ordering::Relaxed);
            }
        }
    };
    std::thread::scope(|scope| {
        // Without a thread to watch, the command ends when it next writes.
        let _ = std::thread::Builder::new().name("watch".into()).spawn_scoped(scope, watch);
        let run = || run(line, desk, seat, hello, Arc::clone(&stop));
        if catch_unwind(AssertUnwindSafe(run)).is_err() {
            // What panicked has said where in the log; the caller learns that it did.
            let _ = watched.send(&Frame::Bye { why: Why::Fault, text: String::new() });
        }
        is_done.store(true, Ordering::Release);
        bell.ring();
    });
}

fn run(line: Line, desk: Desk, seat: Seat, hello: Hello, stop: Arc<AtomicBool>) {
    let Wants::Command { words, is_input_terminal } = hello.wants else { return };
    let welcome = Welcome { build: env!("CARGO_PKG_VERSION").to_owned() };
    if line.send(&Frame::Welcome { protocol: OLDEST, welcome }).is_err() {
        return;
    }
    let words: Vec<OsString> = std::iter::once("pulang".to_owned()).chain(words).map(OsString::from).collect();
    let within = Within { desk, seat, lang: Some(hello.lang) };
    let line = RefCell::new(line);
    let mut input = GuestInput { line: &line, rest: Vec::new(), at: 0, has_ended: false, stop: Arc::clone(&stop) };
    let mut out = BufWriter::with_capacity(GATHERED, GuestOutput { line: &line, kind: Kind::Output });
    let mut err = BufWriter::with_capacity(GATHERED, GuestOutput { line: &line, kind: Kind::Complaint });
    let exit = cli::exec(
        &words,
        &within,
        &mut Console {
            input: &mut input,
            out: &mut out,
            err: &mut err,
            is_input_terminal,
            is_out_terminal: false,
            is_err_terminal: false,
            stop,
        },
    );
    let _ = out.flush().and_then(|()| err.flush());
    drop((out, err));
    // Whoever is gone does not hear how it ended.
    let _ = line.borrow().send(&Frame::Exit(exit.0));
}

/// A command's standard input, as its frames come.
struct GuestInput<'l> {
    line: &'l RefCell<Line>,
    rest: Vec<u8>,
    at: usize,
    has_ended: bool,
    stop: Arc<AtomicBool>,
}

impl Read for GuestInput<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let since = Instant::now();
        while self.at == self.rest.len() && !self.has_ended {
            if self.stop.load(Ordering::Relaxed) || since.elapsed() >= limits::INPUT {
                return Err(ErrorKind::TimedOut.into());
            }
            let soon = Instant::now() + Duration::from_millis(200);
            match self.line.borrow_mut().receive(Some(soon)) {
                Ok(Frame::Input(bytes)) => (self.rest, self.at) = (bytes, 0),
                Ok(Frame::InputEnd) => self.has_ended = true,
                Err(Lost::Late) => {}
                // What ends without saying so was cut: half a manifest is none.
                Ok(_) | Err(_) => return Err(ErrorKind::UnexpectedEof.into()),
            }
        }
        let count = into.len().min(self.rest.len() - self.at);
        into[..count].copy_from_slice(&self.rest[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// A command's output, as frames of one kind.
struct GuestOutput<'l> {
    line: &'l RefCell<Line>,
    kind: Kind,
}

impl Write for GuestOutput<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // To whoever reads the answer of a command, a line that is gone is a pipe that is closed.
        self.line.borrow().send_bytes(self.kind, bytes).map_err(|_| io::Error::from(ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
