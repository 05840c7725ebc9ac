//! The thin client: keys to the daemon, bytes to the terminal, and the terminal as it was in the end, whatever happens. It
//! knows no case, no key and no cell; every ending has its sentence.

use super::frame::{Frame, Hello, OLDEST, PROTOCOL, Wants, Why};
use super::limits;
use super::reach::Way;
use super::socket::{Kind, Line, Lost};
use crate::cli::Args;
use crate::cli::answer::Stop;
use crate::terminal::tty::{TerminalEnv, Tty, install_panic_hook};
use crate::terminal::wire::{Ready, Wire};
use crate::text::Texts;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

/// Ctrl+C: the one key that the client itself understands, while it has no daemon.
const GIVE_UP: u8 = 0x03;
/// Bytes of a sentence of the daemon that are shown at most.
const MOST_SHOWN: usize = 500;

/// How an attachment ended.
enum Ending {
    /// The daemon said goodbye.
    Bye(Why, String),
    /// The daemon is gone without a word.
    Lost,
    /// The daemon was reached and went before it let us in.
    NotLetIn,
    /// This terminal is gone, or this process is to end.
    Over,
}

/// Attaches this terminal to the daemon, starting one where there is none, until one of them ends.
///
/// # Errors
/// When there is no terminal, or no daemon can be reached.
pub fn run(args: &Args) -> Result<ExitCode, Stop> {
    let texts = crate::cli::texts(args);
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Stop::Said(texts.get("cli-needs-terminal").into_owned()));
    }
    let way = Way::of(args)?;
    let mut shown = Shown(false);
    let stream = way.connect_or_start(args, &mut |text| shown.show(text))?;
    shown.clear();
    let mut line = Line::new(stream).map_err(|error| Stop::Said(error.to_string()))?;
    install_panic_hook();
    let mut tty = Tty::open().map_err(|error| Stop::Said(error.to_string()))?;
    let mut memory = Memory { protocol: PROTOCOL, is_return: false, mark: None };
    let ending = loop {
        let hello = hello(args, &texts, tty.size(), &memory);
        let ending = carry(&mut tty, &mut line, hello, &mut memory);
        match &ending {
            Ending::Bye(Why::Reconnect, _) | Ending::Lost => memory.is_return = true,
            Ending::NotLetIn => {}
            Ending::Bye(Why::Protocol, newest) if memory.speaks_older(newest) => {}
            Ending::Bye(..) | Ending::Over => break ending,
        }
        match come_back(&mut tty, &way, args, &texts) {
            Back::Line(next) => line = next,
            Back::GivenUp => break Ending::Lost,
            Back::Over => break Ending::Over,
            Back::Stopped(stop) => {
                drop(tty);
                return Err(stop);
            }
        }
    };
    drop(tty);
    Ok(said(ending, &texts))
}

/// What this end remembers while the daemon comes and goes.
struct Memory {
    /// The protocol that the daemon understands.
    protocol: u16,
    /// This terminal had a screen until a moment ago.
    is_return: bool,
    /// What the daemon wants to be given back then.
    mark: Option<Vec<u8>>,
}

impl Memory {
    /// Speaks as a daemon of the release before does, where it says so; false when that is not spoken here.
    fn speaks_older(&mut self, newest: &str) -> bool {
        let older = newest.parse().ok().filter(|newest| (OLDEST..self.protocol).contains(newest));
        self.protocol = older.unwrap_or(self.protocol);
        older.is_some()
    }
}

fn hello(args: &Args, texts: &Texts, (cols, rows): (u16, u16), memory: &Memory) -> Hello {
    let is_return = memory.is_return;
    Hello {
        build: env!("CARGO_PKG_VERSION").to_owned(),
        env: TerminalEnv::from_process(),
        lang: texts.language().code().to_owned(),
        as_name: args.place.as_name.clone(),
        folder: std::env::current_dir().ok().and_then(|folder| folder.to_str().map(str::to_owned)),
        wants: Wants::Screen { cols, rows, is_second: args.new && !is_return, is_return },
        mark: memory.mark.clone(),
    }
}

/// Carries bytes both ways until one side ends.
fn carry(tty: &mut Tty, line: &mut Line, hello: Hello, memory: &mut Memory) -> Ending {
    if line.send(&Frame::Hello { protocol: memory.protocol, hello: hello.into() }).is_err() {
        return last_word(line).unwrap_or(Ending::NotLetIn);
    }
    let mut is_in = false;
    let mut bytes = Vec::new();
    let mut patience = Some(Instant::now() + limits::HELLO + limits::TAKE_OVER);
    let gone = |is_in: bool| if is_in { Ending::Lost } else { Ending::NotLetIn };
    loop {
        // Everything that has come, before the next wait.
        loop {
            match line.take() {
                Ok(None) => break,
                Ok(Some(Frame::Welcome { .. })) => (is_in, patience) = (true, None),
                Ok(Some(Frame::Output(output))) => {
                    if tty.write(&output).is_err() {
                        return Ending::Over;
                    }
                }
                Ok(Some(Frame::Mark(mark))) => memory.mark = Some(mark),
                Ok(Some(Frame::Bye { why, text })) => return Ending::Bye(why, text),
                Ok(Some(_)) | Err(Lost::Unread(_)) => return Ending::Bye(Why::Garbage, String::new()),
                Err(Lost::Gone | Lost::Late) => return gone(is_in),
            }
        }
        bytes.clear();
        let sent = match tty.wait_beside(Some(line.as_fd()), patience, &mut bytes) {
            Ready::Bytes => line.send_bytes(Kind::Input, &bytes),
            Ready::Resized { cols, rows } => line.send(&Frame::Resize { cols, rows }),
            Ready::Nudged => Ok(()),
            Ready::HungUp | Ready::Terminated => return Ending::Over,
            Ready::TimedOut => return gone(is_in),
        };
        // What the daemon said last is still to be read: it may have said why it went.
        if sent.is_err() {
            return last_word(line).unwrap_or(gone(is_in));
        }
    }
}

/// The goodbye of a daemon that takes nothing any more.
fn last_word(line: &mut Line) -> Option<Ending> {
    let until = Instant::now() + limits::AGAIN;
    loop {
        match line.receive(Some(until)) {
            Ok(Frame::Bye { why, text }) => return Some(Ending::Bye(why, text)),
            Ok(_) => {}
            Err(_) => return None,
        }
    }
}

/// What became of coming back.
enum Back {
    Line(Line),
    GivenUp,
    Over,
    Stopped(Stop),
}

/// Tries to reach a daemon again, for a while. What is typed meanwhile goes nowhere; Ctrl+C gives up.
fn come_back(tty: &mut Tty, way: &Way, args: &Args, texts: &Texts) -> Back {
    let until = Instant::now() + limits::RETURN;
    let (_, rows) = tty.size();
    let sentence = format!("\x1b[{rows};1H\x1b[m\x1b[2K{}", texts.get("attach-again"));
    if tty.write(sentence.as_bytes()).is_err() {
        return Back::Over;
    }
    loop {
        let stopped = match way.connect_or_start(args, &mut |_| {}) {
            Ok(stream) => match Line::new(stream) {
                Ok(line) => return Back::Line(line),
                Err(error) => Stop::Said(error.to_string()),
            },
            Err(stop) => stop,
        };
        if Instant::now() >= until {
            return match stopped {
                Stop::Refused(_) => Back::GivenUp,
                Stop::Query(_) | Stop::Fault(_) | Stop::Said(_) | Stop::Told { .. } | Stop::Unheard(_) => {
                    Back::Stopped(stopped)
                }
            };
        }
        let mut typed = Vec::new();
        match tty.wait(Some(Instant::now() + limits::AGAIN), &mut typed) {
            Ready::Bytes if typed.contains(&GIVE_UP) => return Back::GivenUp,
            Ready::HungUp | Ready::Terminated => return Back::Over,
            Ready::Bytes | Ready::Resized { .. } | Ready::Nudged | Ready::TimedOut => {}
        }
    }
}

/// Says how it ended; gives the exit code.
fn said(ending: Ending, texts: &Texts) -> ExitCode {
    let (sentence, code) = match ending {
        Ending::Bye(Why::Left, _) => return ExitCode::SUCCESS,
        Ending::Over => return ExitCode::from(1),
        Ending::Lost | Ending::NotLetIn => (texts.get("attach-lost").into_owned(), 1),
        Ending::Bye(why, text) if !text.is_empty() && matches!(why, Why::Refused | Why::Ended) => (plain(&text), 1),
        Ending::Bye(why, text) => {
            let code = if why == Why::Fault { 4 } else { 1 };
            (texts.with(why.key(), &[("spoken", plain(&text))]), code)
        }
    };
    eprintln!("pulang: {sentence}");
    ExitCode::from(code)
}

/// A sentence of the other end without anything that a terminal would obey.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MOST_SHOWN).collect()
}

/// One line on standard error while the daemon starts.
struct Shown(bool);

impl Shown {
    fn show(&mut self, text: &str) {
        if std::io::stderr().is_terminal() {
            self.0 = true;
            eprint!("\r\x1b[K{}", plain(text));
            let _ = std::io::stderr().flush();
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.0) {
            eprint!("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_key_that_gives_up_stands_on_every_terminal() {
        for language in Language::ALL {
            let sentence = Texts::new(language).get("attach-again").into_owned();
            assert!(sentence.width() <= 80, "{} columns: {sentence}", sentence.width());
            let (before, _) = sentence.split_once("Ctrl+C").unwrap();
            let rest = &sentence[before.len()..];
            let until = before.width() + rest.split_inclusive('.').next().unwrap_or(rest).width();
            assert!(until <= 60, "{until} columns: {sentence}");
        }
    }
}
