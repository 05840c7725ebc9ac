//! What the tests of the daemon share: a folder with a desk and perhaps a daemon, terminals that attach to it, peers that
//! speak frames by hand.

pub use crate::terminal_support::{PATIENCE, Terminal, until};
use portable_pty::CommandBuilder;
use pulang::serve::frame::{Frame, Hello, PROTOCOL, Wants, Why};
use pulang::serve::socket::{Line, Lost};
use pulang::terminal::tty::TerminalEnv;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
pub const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/manifest_110.csv");

/// A folder with a desk; its daemon, if one is left, ends with it.
pub struct Office {
    pub home: TempDir,
    pub dir: PathBuf,
}

impl Office {
    pub fn empty() -> Self {
        let home = TempDir::new().unwrap();
        let dir = home.path().join("desk");
        Self { home, dir }
    }

    /// A desk that took in the flight of the tests.
    pub fn landed() -> Self {
        let office = Self::empty();
        let taken_in = office.run(&["import", MANIFEST, "--lands", "21-02-2026"]);
        assert!(taken_in.status.success(), "{}", String::from_utf8_lossy(&taken_in.stderr));
        office
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(["--lang", "id", "--data"]).arg(&self.dir).args(args).env("USER", "rina");
        command.env_remove("PULANG_DATA").env_remove("PULANG_SOCKET").stdin(Stdio::null());
        command
    }

    /// Runs a command without a terminal.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command that succeeds says.
    pub fn told(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts a daemon that stays, and waits until it answers.
    pub fn serves(&self) -> Daemon {
        let child = self.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        until("the daemon answers", || UnixStream::connect(self.dir.join("desk.sock")).is_ok());
        Daemon(child)
    }

    /// A terminal that attaches.
    pub fn attaches(&self, args: &[&str]) -> Terminal {
        self.attaches_with(args, &[])
    }

    /// The same, with these variables besides the usual ones.
    pub fn attaches_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Terminal {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["--lang", "id", "--data"]);
        command.arg(&self.dir);
        command.args(args);
        Terminal::runs_with(command, variables)
    }

    /// The process that is the daemon of this folder now.
    pub fn daemon(&self) -> Option<Pid> {
        let text = std::fs::read_to_string(self.dir.join("daemon.lock")).ok()?;
        let pid = Pid::from_raw(text.trim().parse().ok()?)?;
        let words = std::fs::read(format!("/proc/{}/cmdline", pid.as_raw_pid())).ok()?;
        let is_ours = String::from_utf8_lossy(&words).contains(&*self.dir.to_string_lossy());
        (is_ours && test_kill_process(pid).is_ok()).then_some(pid)
    }

    pub fn signal(&self, signal: Signal) -> Pid {
        let pid = self.daemon().expect("there is a daemon");
        kill_process(pid, signal).unwrap();
        pid
    }

    pub fn has_draft(&self) -> bool {
        fn any_file(folder: std::fs::ReadDir) -> bool {
            folder.flatten().any(|entry| std::fs::read_dir(entry.path()).map_or(true, any_file))
        }
        std::fs::read_dir(self.dir.join("drafts")).is_ok_and(any_file)
    }

    /// A connection that has said nothing yet.
    pub fn knocks(&self) -> Peer {
        Peer::at(&self.dir.join("desk.sock"))
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(pid) = self.daemon() {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// A daemon that a test started itself.
pub struct Daemon(pub std::process::Child);

impl Daemon {
    /// Asks it to end, and waits for it.
    pub fn ends(&mut self) -> bool {
        let _ = kill_process(Pid::from_child(&self.0), Signal::TERM);
        self.0.wait().unwrap().success()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A peer that speaks frames, or worse, by hand.
pub struct Peer {
    pub raw: UnixStream,
    pub line: Line,
}

impl Peer {
    pub fn at(socket: &Path) -> Self {
        let raw = UnixStream::connect(socket).unwrap();
        let line = Line::new(raw.try_clone().unwrap()).unwrap();
        Self { raw, line }
    }

    pub fn hello(wants: Wants) -> Frame {
        let env = TerminalEnv { term: "xterm".into(), locale: "C.UTF-8".into(), ..TerminalEnv::default() };
        let hello =
            Hello { build: "test".into(), env, lang: "id".into(), as_name: None, folder: None, wants, mark: None };
        Frame::Hello { protocol: PROTOCOL, hello: hello.into() }
    }

    pub fn screen(is_second: bool) -> Frame {
        Self::hello(Wants::Screen { cols: 80, rows: 24, is_second, is_return: false })
    }

    /// Asks for a screen and waits until it was let in and something was drawn.
    pub fn attached(mut self, is_second: bool) -> Self {
        self.line.send(&Self::screen(is_second)).unwrap();
        assert!(matches!(self.next(), Ok(Frame::Welcome { .. })));
        assert!(matches!(self.next(), Ok(Frame::Output(_))));
        self
    }

    /// The next frame but those that a terminal only keeps.
    pub fn next(&mut self) -> Result<Frame, Lost> {
        loop {
            match self.line.receive(Some(Instant::now() + PATIENCE)) {
                Ok(Frame::Mark(_)) => {}
                other => return other,
            }
        }
    }

    /// Why the daemon said goodbye, whatever it drew before.
    pub fn goodbye(&mut self) -> Option<(Why, String)> {
        loop {
            match self.next() {
                Ok(Frame::Bye { why, text }) => return Some((why, text)),
                Ok(_) => {}
                Err(Lost::Gone) => return None,
                Err(lost) => panic!("{lost:?}"),
            }
        }
    }
}
