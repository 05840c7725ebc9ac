//! A pseudo terminal with the real program on it and a real terminal's manners: it remembers its screen and answers when it
//! is asked how far it is. Every wait has an end. Never here: what anybody does at it.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
/// How long a terminal may go without an answer; a machine that is busy with other tests is slow.
pub const PATIENCE: Duration = Duration::from_secs(90);
/// What asks a terminal how far it is.
const ASKED: &[u8] = b"\x1b[5n";

/// Rows and columns.
pub const USUAL: (u16, u16) = (24, 80);

/// One cell as it is seen: what stands in it, its weights and lines, its ink and its ground.
pub type Cell = (String, [bool; 4], [vt100::Color; 2]);

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// The last bytes that came: a question may be torn.
    tail: Vec<u8>,
    heard_at: Instant,
}

fn size((rows, cols): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// What an eye sees of a cell: of a blank no ink and no weight, unless the ink is its ground or a line under it.
fn seen(cell: &vt100::Cell) -> Cell {
    let shown = if cell.has_contents() { cell.contents() } else { " " };
    let is_ink_seen = shown != " " || cell.inverse() || cell.underline();
    let weights = [cell.bold() && is_ink_seen, cell.dim() && is_ink_seen, cell.underline(), cell.inverse()];
    let ink = if is_ink_seen { cell.fgcolor() } else { vt100::Color::Default };
    (shown.to_owned(), weights, [ink, cell.bgcolor()])
}

impl Terminal {
    /// Attaches as one of those behind the gate.
    pub fn attached(dir: &Path, login: &str, is_second: bool) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["--lang", "id", "--as", login, "--data"]);
        command.arg(dir);
        if is_second {
            command.arg("--new");
        }
        ["NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "LC_ALL", "PULANG_DATA"]
            .iter()
            .for_each(|name| command.env_remove(name));
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let pair = native_pty_system().openpty(size(USUAL)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (told, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if told.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(USUAL.0, USUAL.1, 0);
        Self { master: pair.master, child, keyboard, output, screen, tail: Vec::new(), heard_at: Instant::now() }
    }

    /// Takes what has come and answers; says whether anything had.
    pub fn takes(&mut self) -> bool {
        let mut has_come = false;
        while let Ok(bytes) = self.output.try_recv() {
            has_come = true;
            self.screen.process(&bytes);
            self.tail.extend(bytes);
            let asked = self.tail.windows(ASKED.len()).filter(|bytes| *bytes == ASKED).count();
            let rest = self.tail.len().saturating_sub(ASKED.len() - 1);
            self.tail.drain(..rest);
            (0..asked).for_each(|_| self.types(b"\x1b[0n"));
        }
        if has_come {
            self.heard_at = Instant::now();
        }
        has_come
    }

    /// Types; a program that has ended takes nothing.
    pub fn types(&mut self, keys: &[u8]) {
        let _ = self.keyboard.write_all(keys).and_then(|()| self.keyboard.flush());
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Whether the room on top has this name.
    pub fn is_in(&self, room: &str) -> bool {
        self.text().lines().next().is_some_and(|row| row.trim_end().ends_with(room))
    }

    /// Waits until something is so, or the program has ended, or that much time has passed; says whether it is so.
    pub fn waits(&mut self, most: Duration, is_so: impl Fn(&Self) -> bool) -> bool {
        let since = Instant::now();
        loop {
            self.takes();
            if is_so(self) {
                return true;
            }
            if since.elapsed() >= most || self.has_ended() {
                self.takes();
                return is_so(self);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until nothing has come for so long.
    pub fn settles(&mut self, quiet: Duration) {
        let since = Instant::now();
        self.takes();
        while self.heard_at.max(since).elapsed() < quiet {
            self.takes();
            assert!(since.elapsed() < PATIENCE, "never quiet:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Asks for a whole new screen until one comes; gives how long that took.
    pub fn answers(&mut self) -> Duration {
        let since = Instant::now();
        while !self.has_ended() {
            let asked = Instant::now();
            self.types(b"\x0c");
            while asked.elapsed() < Duration::from_secs(3) {
                if self.takes() {
                    return since.elapsed();
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            assert!(since.elapsed() < PATIENCE, "no answer:\n{}", self.text());
        }
        since.elapsed()
    }

    pub fn resizes(&mut self, to: (u16, u16)) {
        self.takes();
        self.screen.screen_mut().set_size(to.0, to.1);
        let _ = self.master.resize(size(to));
    }

    /// Every cell of the screen as it is seen, and where the cursor is, unless it is hidden: then it is nowhere.
    pub fn cells(&self) -> (Vec<Vec<Cell>>, Option<(u16, u16)>) {
        let screen = self.screen.screen();
        let (rows, cols) = screen.size();
        let cell = |row, col| seen(screen.cell(row, col).unwrap());
        let cells = (0..rows).map(|row| (0..cols).map(|col| cell(row, col)).collect()).collect();
        (cells, (!screen.hide_cursor()).then(|| screen.cursor_position()))
    }

    /// Cuts the line, as when a window is closed: the program ends by itself, or is made to.
    pub fn hangs_up(&mut self) {
        let until = Instant::now() + Duration::from_secs(2);
        if let Some(id) = self.child.process_id().and_then(|id| rustix::process::Pid::from_raw(id as i32)) {
            while !self.has_ended() && Instant::now() < until {
                let _ = rustix::process::kill_process(id, rustix::process::Signal::HUP);
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.hangs_up();
    }
}
