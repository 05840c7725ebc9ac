//! A pseudo terminal with a program on it, and what stands on its screen. Every wait is for a condition and ends after
//! [`PATIENCE`]. Never here: which program, and what is done at it.

#![allow(dead_code, reason = "every test target uses its own part")]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take; a machine that is busy with other tests is slow.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// The size of every terminal at first.
pub const SIZE: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
/// What the test's own terminal and shell would tell the program.
const NOT_INHERITED: [&str; 7] =
    ["NO_COLOR", "COLORTERM", "SSH_CONNECTION", "SSH_TTY", "LC_ALL", "LC_CTYPE", "PULANG_DATA"];

/// Waits until something is so.
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    until_or_show(what, is_so, String::new);
}

fn until_or_show(what: &str, is_so: impl Fn() -> bool, shown: impl Fn() -> String) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}:\n{}", shown());
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A pseudo terminal with a program on it, which is killed with it.
pub struct Terminal {
    /// Gone when the terminal was closed.
    pub master: Option<Box<dyn MasterPty + Send>>,
    pub child: Box<dyn Child + Send + Sync>,
    keyboard: Option<Box<dyn Write + Send>>,
    seen: Arc<Mutex<Vec<u8>>>,
    modes_before: String,
}

impl Terminal {
    /// Starts a program on a terminal that is read.
    pub fn runs(command: CommandBuilder) -> Self {
        Self::runs_with(command, &[])
    }

    /// The same, with these variables besides the usual ones.
    pub fn runs_with(command: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        let terminal = Self::unread(command, variables);
        let mut reader = terminal.master.as_ref().unwrap().try_clone_reader().unwrap();
        let written = Arc::clone(&terminal.seen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                written.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        terminal
    }

    /// Starts a program on a terminal that nobody reads: nothing but this holds it open.
    pub fn unread(mut command: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let modes_before = format!("{:?}", pair.master.get_termios().unwrap());
        NOT_INHERITED.iter().for_each(|name| command.env_remove(name));
        let usual = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("USER", "rina")];
        usual.iter().chain(variables).for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keyboard = Some(pair.master.take_writer().unwrap());
        Self { master: Some(pair.master), child, keyboard, seen: Arc::default(), modes_before }
    }

    /// Everything that was written to it.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.lock().unwrap().clone()
    }

    fn screen(&self) -> vt100::Parser {
        let mut screen = vt100::Parser::new(SIZE.rows, SIZE.cols, 0);
        screen.process(&self.seen.lock().unwrap());
        screen
    }

    pub fn text(&self) -> String {
        self.screen().screen().contents()
    }

    /// Row and column of the cursor.
    pub fn cursor(&self) -> (u16, u16) {
        self.screen().screen().cursor_position()
    }

    /// Waits until something is so of this terminal.
    pub fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        until_or_show(what, || is_so(self), || self.text());
    }

    pub fn sees(&self, text: &str) {
        self.until(text, |terminal| terminal.text().contains(text));
    }

    pub fn types(&mut self, text: &str) {
        let keyboard = self.keyboard.as_mut().expect("it is not closed");
        keyboard.write_all(text.as_bytes()).and_then(|()| keyboard.flush()).unwrap();
    }

    pub fn resizes(&self, rows: u16, cols: u16) {
        self.master.as_ref().expect("it is not closed").resize(PtySize { rows, cols, ..SIZE }).unwrap();
    }

    /// Closes it at this end, as when a window goes.
    pub fn closes(&mut self) {
        drop((self.keyboard.take(), self.master.take()));
    }

    pub fn signal(&self, signal: Signal) {
        let id = self.child.process_id().and_then(|id| Pid::from_raw(id as i32));
        kill_process(id.expect("the child has an id"), signal).unwrap();
    }

    /// Waits for the program's end; gives its exit code.
    pub fn ends(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The terminal is as it was before the program came.
    pub fn is_as_before(&self) {
        let has = |sequence| String::from_utf8_lossy(&self.bytes()).contains(sequence);
        self.until("the alternate screen is left", |_| has("\x1b[?1049l"));
        let modes = self.master.as_ref().expect("it is not closed").get_termios().unwrap();
        assert_eq!(format!("{modes:?}"), self.modes_before);
        let screen = self.screen();
        let screen = screen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert!(has("\x1b[?7h"), "lines wrap again");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // One that has ended by itself has an id no more.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
