//! The local terminal, for real: this test program runs itself in a pseudo terminal, as a session with a small screen.

#![allow(clippy::unwrap_used)]

#[path = "terminal_support/mod.rs"]
mod terminal_support;

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use pulang::app::key::{Input, Key};
use pulang::terminal::session::{Ending, Screen, Session, run};
use pulang::terminal::tty::{TerminalEnv, Tty, install_panic_hook};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use rustix::process::Signal;
use terminal_support::Terminal;

/// Where the child notes what happened to it; the variable also tells the child that it is one.
const NOTES: &str = "PULANG_TEST_NOTES";

struct Echo {
    notes: String,
    text: String,
    is_dirty: bool,
    has_ended: bool,
}

impl Echo {
    fn note(&self, line: &str) {
        let file = std::fs::OpenOptions::new().append(true).create(true).open(&self.notes);
        writeln!(file.expect("the notes can be opened"), "{line}").expect("the notes can be written");
    }
}

impl Screen for Echo {
    fn input(&mut self, input: Input, _now: Instant) {
        match input {
            Input::Key(Key::Char('q')) => self.has_ended = true,
            Input::Key(Key::Char('!')) => panic!("Contohwati 3171999999990001"),
            Input::Key(Key::Char(c)) => self.text.push(c),
            Input::Key(key) => self.text.push_str(&format!("<{key:?}>")),
            Input::Paste(text) => self.text.push_str(&format!("<{}>", text.replace('\n', "|"))),
            Input::Resize { cols, rows } => self.text.push_str(&format!("<{cols}x{rows}>")),
        }
        self.is_dirty = true;
    }
    fn paste_was_cut(&mut self) {}
    fn wants_draw(&self) -> bool {
        self.is_dirty
    }
    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        self.is_dirty = false;
        buffer.set_string(0, 1, &self.text, Style::new());
        self.note("drawn");
        Some((3, 2))
    }
    fn next_wake(&self) -> Option<Instant> {
        None
    }
    fn wake(&mut self, _now: Instant) {
        self.text.push_str("<nudged>");
        self.is_dirty = true;
    }
    fn has_ended(&self) -> bool {
        self.has_ended
    }
    fn hang_up(&mut self) {
        self.note("hung up");
    }
}

/// What the child does; in the parent it does nothing.
#[test]
fn child_session() {
    let Ok(notes) = std::env::var(NOTES) else { return };
    install_panic_hook();
    let env = TerminalEnv::from_process();
    let mut tty = Tty::open().expect("there is a terminal");
    let nudger = tty.nudger().expect("a nudger can be made");
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        nudger.nudge();
    });
    let (cols, rows) = tty.size();
    let mut screen = Echo { notes, text: String::new(), is_dirty: false, has_ended: false };
    let session = Session { wire: &mut tty, cols, rows, frames: env.frame_settings(), decoder: env.decoder_settings() };
    let ending = run(session, &mut screen);
    screen.note(match ending {
        Ending::Left => "ended: left",
        Ending::HungUp => "ended: hung up",
        Ending::Terminated => "ended: terminated",
    });
}

/// The child on its terminal, and what it notes down.
struct OnTerminal {
    terminal: Terminal,
    directory: tempfile::TempDir,
}

impl OnTerminal {
    fn start(is_read: bool) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child_session", "--nocapture", "--test-threads=1"]);
        command.env(NOTES, directory.path().join("notes"));
        let terminal = if is_read { Terminal::runs(command) } else { Terminal::unread(command, &[]) };
        let child = Self { terminal, directory };
        child.terminal.until("the first frame is drawn", |_| child.notes().contains("drawn"));
        child
    }

    fn notes(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("notes")).unwrap_or_default()
    }
}

#[test]
fn keys_pastes_and_sizes_come_in_and_the_terminal_is_given_back() {
    let mut child = OnTerminal::start(true);
    child.terminal.sees("<80x24>");
    child.terminal.types("halo\x1a\x03\x1b[A\x1b[0n\x1b[200~dua\r\nbaris\x1b[201~");
    child.terminal.sees("halo<Ctrl('z')><Ctrl('c')><Up><dua|baris>");
    child.terminal.sees("<nudged>");
    child.terminal.resizes(30, 100);
    child.terminal.sees("<100x30>");
    child.terminal.types("\x1b");
    child.terminal.sees("<Esc>");
    child.terminal.types("q");
    child.terminal.ends();
    assert!(child.notes().contains("ended: left") && !child.notes().contains("hung up"), "{}", child.notes());
    child.terminal.is_as_before();
}

#[test]
fn a_signal_ends_the_session_and_keeps_what_is_unsaved() {
    for (signal, ending) in [
        (Signal::TERM, "hung up\nended: terminated"),
        (Signal::INT, "hung up\nended: terminated"),
        (Signal::HUP, "hung up\nended: hung up"),
    ] {
        let mut child = OnTerminal::start(true);
        child.terminal.signal(signal);
        child.terminal.ends();
        assert!(child.notes().trim_end().ends_with(ending), "{}", child.notes());
        child.terminal.is_as_before();
    }
}

#[test]
fn a_hang_up_ends_the_session_once_and_leaves_no_process() {
    let mut child = OnTerminal::start(false);
    child.terminal.closes();
    child.terminal.ends();
    assert_eq!(child.notes().matches("hung up").count(), 2, "told once, ended once: {}", child.notes());
}

#[test]
fn a_panic_restores_the_terminal_and_tells_the_place_but_nothing_else() {
    let mut child = OnTerminal::start(true);
    child.terminal.types("!");
    child.terminal.ends();
    let all = |terminal: &Terminal| String::from_utf8_lossy(&terminal.bytes()).into_owned();
    let has_report = |terminal: &Terminal| all(terminal).contains("internal error at tests/terminal_tty.rs:");
    child.terminal.until("the report has come", has_report);
    child.terminal.is_as_before();
    let all = all(&child.terminal);
    assert!(!all.contains("Contohwati") && !all.contains("3171"), "{all}");
    let (left, reported) = (all.find("\x1b[?1049l").unwrap(), all.find("internal error").unwrap());
    assert!(left < reported, "the terminal is restored first");
}

#[test]
fn an_idle_session_writes_nothing_and_is_never_woken_up() {
    let mut child = OnTerminal::start(true);
    child.terminal.sees("<nudged>");
    std::thread::sleep(Duration::from_millis(300));
    let switches = || -> u64 {
        let tasks = format!("/proc/{}/task", child.terminal.child.process_id().unwrap());
        let tasks = std::fs::read_dir(Path::new(&tasks)).unwrap().flatten();
        tasks.map(|task| count_of_switches(&task.path().join("status"))).sum()
    };
    let before = (switches(), child.terminal.bytes().len());
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!((switches(), child.terminal.bytes().len()), before);
    child.terminal.types("q");
    child.terminal.ends();
}

fn count_of_switches(status: &Path) -> u64 {
    let status = std::fs::read_to_string(status).unwrap_or_default();
    let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    count.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
}
