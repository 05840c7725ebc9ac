//! The real program in a pseudo terminal: starting, leaving, hang-ups, kills, torn keys, colours, one process per desk.
//!
//! Every wait is for a condition and ends after [`PATIENCE`]. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(60);
const SIZE: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");

/// The folder of one desk.
struct Desk(TempDir);

impl Desk {
    fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A desk that took in the manifest of the tests by a command.
    fn landed() -> Self {
        let desk = Self::empty();
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/manifest_110.csv");
        let taken_in = desk.run(&["import", &manifest.display().to_string(), "--lands", "21-02-2026"]);
        assert!(taken_in.status.success(), "{}", String::from_utf8_lossy(&taken_in.stderr));
        desk
    }

    fn dir(&self) -> PathBuf {
        self.0.path().join("desk")
    }

    /// Runs a command on this desk without a terminal.
    fn run(&self, args: &[&str]) -> Output {
        Command::new(PROGRAM).args(args).arg("--data").arg(self.dir()).args(["--lang", "id"]).output().unwrap()
    }

    fn starts(&self) -> Terminal {
        self.starts_with(&[])
    }

    /// The program on a terminal of its own, with these variables besides the usual ones.
    fn starts_with(&self, variables: &[(&str, &str)]) -> Terminal {
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let modes_before = format!("{:?}", pair.master.get_termios().unwrap());
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["--solo", "--lang", "id", "--data"]);
        command.arg(self.dir());
        for name in ["NO_COLOR", "COLORTERM", "SSH_CONNECTION", "SSH_TTY", "LC_ALL", "LC_CTYPE", "PULANG_DATA"] {
            command.env_remove(name);
        }
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("USER", "rina")].iter().chain(variables)
        {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, written) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                written.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Terminal { master: pair.master, child, keyboard, seen, modes_before }
    }

    fn has_draft(&self) -> bool {
        std::fs::read_dir(self.dir().join("drafts")).is_ok_and(any_file)
    }
}

fn any_file(folder: std::fs::ReadDir) -> bool {
    folder.flatten().any(|entry| match std::fs::read_dir(entry.path()) {
        Ok(inner) => any_file(inner),
        Err(_) => true,
    })
}

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    seen: Arc<Mutex<Vec<u8>>>,
    modes_before: String,
}

impl Terminal {
    fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < PATIENCE, "waited in vain until {what}:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.seen.lock().unwrap().clone()
    }

    fn text(&self) -> String {
        let mut screen = vt100::Parser::new(24, 80, 0);
        screen.process(&self.bytes());
        screen.screen().contents()
    }

    fn sees(&self, text: &str) {
        self.until(text, |terminal| terminal.text().contains(text));
    }

    fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn ends(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn signal(&self, signal: Signal) {
        let id = self.child.process_id().and_then(|id| Pid::from_raw(id as i32));
        kill_process(id.expect("the child has an id"), signal).unwrap();
    }

    fn is_as_before(&self) {
        self.until("the alternate screen is left", |terminal| {
            String::from_utf8_lossy(&terminal.bytes()).contains("\x1b[?1049l")
        });
        assert_eq!(format!("{:?}", self.master.get_termios().unwrap()), self.modes_before);
        let mut screen = vt100::Parser::new(24, 80, 0);
        screen.process(&self.bytes());
        let screen = screen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    }
}

#[test]
fn it_starts_draws_and_leaves_the_terminal_as_it_was() {
    let desk = Desk::empty();
    let mut terminal = desk.starts();
    terminal.sees("Meja ini masih kosong.");
    terminal.types("n\tSITI REKAAN\x13");
    terminal.sees("Tersimpan: kasus");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_as_before();
    let listed = desk.run(&["list", "rekaan"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("SITI REKAAN"), "{listed:?}");
}

#[test]
fn a_hang_up_leaves_no_process_and_keeps_the_draft() {
    for is_signal in [true, false] {
        let desk = Desk::empty();
        let mut terminal = desk.starts();
        terminal.sees("Meja ini masih kosong.");
        terminal.types("n\tSITI REKAAN");
        terminal.sees("SITI REKAAN");
        if is_signal {
            terminal.signal(Signal::HUP);
            assert_ne!(terminal.ends(), 0);
        } else {
            let Terminal { master, keyboard, mut child, .. } = terminal;
            drop((keyboard, master));
            let start = Instant::now();
            while child.try_wait().unwrap().is_none() {
                // The reader of the test holds the master open as well; the signal of a closed terminal comes from here.
                assert!(start.elapsed() < PATIENCE, "an orphan is left");
                let id = child.process_id().and_then(|id| Pid::from_raw(id as i32));
                let _ = id.map(|id| kill_process(id, Signal::HUP));
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        assert!(desk.has_draft());
        let mut again = desk.starts();
        again.sees("Lanjutkan draf?");
        again.types("\r");
        again.sees("SITI REKAAN");
        again.types("\x13");
        again.sees("Tersimpan: kasus");
        again.types("q");
        assert_eq!(again.ends(), 0);
    }
}

#[test]
fn a_kill_in_the_middle_of_a_form_costs_nothing() {
    let desk = Desk::landed();
    let mut terminal = desk.starts();
    terminal.sees("SITI SRI LUBIS");
    terminal.types("n32032166039590\tBUDI REKAAN\t\t31-02-1995");
    terminal.until("the draft is kept", |_| desk.has_draft());
    terminal.sees("31-02-1995");
    std::thread::sleep(Duration::from_millis(600));
    terminal.signal(Signal::KILL);
    terminal.ends();
    let mut again = desk.starts();
    again.sees("Lanjutkan draf?");
    again.types("\r");
    for text in ["32032166039590", "BUDI REKAAN", "31-02-1995"] {
        again.sees(text);
    }
    again.types("\x1b");
    again.sees("semua kasus: 110");
    again.types("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn torn_escapes_are_still_keys() {
    let desk = Desk::landed();
    let mut terminal = desk.starts();
    terminal.sees(">      5 1! SITI SRI LUBIS");
    for byte in ["\x1b", "[", "B"] {
        terminal.types(byte);
        std::thread::sleep(Duration::from_millis(5));
    }
    terminal.sees(">      9 1! Grace Puspita");
    terminal.types("/");
    terminal.sees("KETIK");
    terminal.types("\x1b");
    terminal.sees("DAFTAR");
    terminal.types("\x1b[<0;10;10M\x1b[0n");
    terminal.types("\x1b[A");
    terminal.sees(">      5 1! SITI SRI LUBIS");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn no_color_writes_no_colour_and_other_terminals_get_some() {
    for (variables, has_colours) in [(&[("NO_COLOR", "1")][..], false), (&[][..], true)] {
        let desk = Desk::landed();
        let mut terminal = desk.starts_with(variables);
        terminal.sees("SITI SRI LUBIS");
        terminal.types("\r");
        terminal.sees("Riwayat");
        terminal.types("\x1b");
        terminal.sees("DAFTAR");
        terminal.types("q");
        assert_eq!(terminal.ends(), 0);
        assert_eq!(colours(&terminal.bytes()) > 0, has_colours, "{variables:?}");
    }
}

/// How many colours are asked for in what was written.
fn colours(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        (rest.as_bytes()[end] == b'm').then(|| rest[..end].to_owned())
    });
    let is_colour = |code: &u32| matches!(code, 30..=38 | 40..=48 | 90..=97 | 100..=107);
    sequences.map(|codes| codes.split(';').filter_map(|code| code.parse().ok()).filter(is_colour).count()).sum()
}

#[test]
fn a_storm_of_sizes_ends_with_the_last_one_drawn() {
    let desk = Desk::landed();
    let mut terminal = desk.starts();
    terminal.sees("SITI SRI LUBIS");
    for step in 0..40_u16 {
        let size = PtySize { rows: 5 + step, cols: 200 - 4 * step, ..SIZE };
        terminal.master.resize(size).unwrap();
    }
    terminal.master.resize(PtySize { rows: 9, cols: 38, ..SIZE }).unwrap();
    terminal.sees("Layar terlalu kecil");
    terminal.master.resize(SIZE).unwrap();
    terminal.until("the list is back", |terminal| terminal.text().contains("Ogan Komer"));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_second_process_on_the_same_desk_is_refused_with_its_own_exit_code() {
    let desk = Desk::empty();
    let mut terminal = desk.starts();
    terminal.sees("Meja ini masih kosong.");
    let refused = desk.run(&["list"]);
    assert_eq!(refused.status.code(), Some(3), "{refused:?}");
    assert!(!refused.stderr.is_empty());
    let verified = desk.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "verified beside the session: {verified:?}");
    let mut second = desk.starts();
    assert_eq!(second.ends(), 3);
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(desk.run(&["verify"]).status.code(), Some(0));
}

#[test]
fn without_a_terminal_the_full_screen_is_refused_with_a_sentence() {
    let refused = Desk::empty().run(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("terminal"));
}
