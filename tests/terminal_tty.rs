//! The local terminal, for real: this test program runs itself in a pseudo terminal, as a session with a small screen.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use pulang::app::key::{Input, Key};
use pulang::terminal::session::{Ending, Screen, Session, run};
use pulang::terminal::tty::{TerminalEnv, Tty, install_panic_hook};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

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

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    seen: Arc<Mutex<Vec<u8>>>,
    directory: tempfile::TempDir,
    modes_before: String,
}

impl Terminal {
    fn start(is_read: bool) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes_before = format!("{:?}", pair.master.get_termios().unwrap());
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child_session", "--nocapture", "--test-threads=1"]);
        command.env(NOTES, directory.path().join("notes"));
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Vec::new()));
        if is_read {
            let (mut reader, seen) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
            std::thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(count @ 1..) = reader.read(&mut bytes) {
                    seen.lock().unwrap().extend_from_slice(&bytes[..count]);
                }
            });
        }
        let keyboard = pair.master.take_writer().unwrap();
        let terminal = Self { master: pair.master, child, keyboard, seen, directory, modes_before };
        terminal.until("the first frame is drawn", |terminal| terminal.notes().contains("drawn"));
        terminal
    }

    fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < Duration::from_secs(20), "waited in vain until {what}: {}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn notes(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("notes")).unwrap_or_default()
    }

    fn text(&self) -> String {
        let (mut screen, seen) = (vt100::Parser::new(24, 80, 0), self.seen.lock().unwrap());
        screen.process(&seen);
        screen.screen().contents()
    }

    fn type_in(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
    }

    fn sees(&self, text: &str) {
        self.until(text, |terminal| terminal.text().contains(text));
    }

    fn ends(&mut self) {
        let start = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < Duration::from_secs(10), "the child does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn is_as_before(&self) {
        self.until("the alternate screen is left", |terminal| {
            String::from_utf8_lossy(&terminal.seen.lock().unwrap()).contains("\x1b[?1049l")
        });
        assert_eq!(format!("{:?}", self.master.get_termios().unwrap()), self.modes_before);
        let (mut screen, seen) = (vt100::Parser::new(24, 80, 0), self.seen.lock().unwrap());
        screen.process(&seen);
        let screen = screen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert!(String::from_utf8_lossy(&seen).contains("\x1b[?7h"));
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let id = self.child.process_id().and_then(|id| rustix::process::Pid::from_raw(id as i32));
        rustix::process::kill_process(id.expect("the child has an id"), signal).unwrap();
    }
}

#[test]
fn keys_pastes_and_sizes_come_in_and_the_terminal_is_given_back() {
    let mut terminal = Terminal::start(true);
    terminal.sees("<80x24>");
    terminal.type_in(b"halo\x1a\x03\x1b[A\x1b[0n\x1b[200~dua\r\nbaris\x1b[201~");
    terminal.sees("halo<Ctrl('z')><Ctrl('c')><Up><dua|baris>");
    terminal.sees("<nudged>");
    terminal.master.resize(PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 }).unwrap();
    terminal.until("the new size has come", |terminal| terminal.text().contains("<100x30>"));
    terminal.type_in(b"\x1b");
    terminal.sees("<Esc>");
    terminal.type_in(b"q");
    terminal.ends();
    terminal.until("the end is noted", |terminal| terminal.notes().contains("ended: left"));
    terminal.is_as_before();
    assert!(!terminal.notes().contains("hung up"));
}

#[test]
fn a_signal_ends_the_session_and_keeps_what_is_unsaved() {
    for (signal, ending) in [
        (rustix::process::Signal::TERM, "hung up\nended: terminated"),
        (rustix::process::Signal::INT, "hung up\nended: terminated"),
        (rustix::process::Signal::HUP, "hung up\nended: hung up"),
    ] {
        let mut terminal = Terminal::start(true);
        terminal.signal(signal);
        terminal.ends();
        assert!(terminal.notes().trim_end().ends_with(ending), "{}", terminal.notes());
        terminal.is_as_before();
    }
}

#[test]
fn a_hang_up_ends_the_session_once_and_leaves_no_process() {
    let Terminal { master, mut child, keyboard, directory, .. } = Terminal::start(false);
    drop((keyboard, master));
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(10), "an orphan is left");
        std::thread::sleep(Duration::from_millis(5));
    }
    let notes = std::fs::read_to_string(directory.path().join("notes")).unwrap();
    assert_eq!(notes.matches("hung up").count(), 2, "told once, ended once: {notes}");
}

#[test]
fn a_panic_restores_the_terminal_and_tells_the_place_but_nothing_else() {
    let mut terminal = Terminal::start(true);
    terminal.type_in(b"!");
    terminal.ends();
    let all = |terminal: &Terminal| String::from_utf8_lossy(&terminal.seen.lock().unwrap()).into_owned();
    terminal
        .until("the report has come", |terminal| all(terminal).contains("internal error at tests/terminal_tty.rs:"));
    terminal.is_as_before();
    let all = all(&terminal);
    assert!(!all.contains("Contohwati") && !all.contains("3171"), "{all}");
    let (left, reported) = (all.find("\x1b[?1049l").unwrap(), all.find("internal error").unwrap());
    assert!(left < reported, "the terminal is restored first");
}

#[test]
fn an_idle_session_writes_nothing_and_is_never_woken_up() {
    let mut terminal = Terminal::start(true);
    terminal.sees("<nudged>");
    std::thread::sleep(Duration::from_millis(300));
    let switches = || -> u64 {
        let tasks = format!("/proc/{}/task", terminal.child.process_id().unwrap());
        let tasks = std::fs::read_dir(Path::new(&tasks)).unwrap().flatten();
        tasks.map(|task| count_of_switches(&task.path().join("status"))).sum()
    };
    let (before, seen) = (switches(), terminal.seen.lock().unwrap().len());
    std::thread::sleep(Duration::from_millis(1_500));
    let (after, seen_after) = (switches(), terminal.seen.lock().unwrap().len());
    assert_eq!((after, seen_after), (before, seen));
    terminal.type_in(b"q");
    terminal.ends();
}

fn count_of_switches(status: &Path) -> u64 {
    let status = std::fs::read_to_string(status).unwrap_or_default();
    let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    count.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
}
