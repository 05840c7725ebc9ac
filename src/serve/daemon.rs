//! The daemon: elected, opens the desk, lets guests in within bounds, wakes their screens when there is news, leaves when it
//! is idle or told to. Never here: what a guest says after the first frame.

use super::election::{self, Elected};
use super::frame::{Frame, Why};
use super::sessions::Sessions;
use super::socket::{Bell, Line};
use super::{guest, limits, peer};
use crate::app::{App, Setting};
use crate::cli::answer::Stop;
use crate::cli::open::{self, Begins};
use crate::cli::{Args, WhenIdle};
use crate::desk::Desk;
use crate::domain::refusal::Fault;
use crate::terminal::ready::readable;
use crate::text::Texts;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The variable by which a daemon knows that a client has started it and reads how it goes.
pub const STARTER: &str = "PULANG_STARTER";

/// What every guest shares.
pub struct House {
    pub desk: Desk,
    pub sessions: Sessions,
    dir: PathBuf,
    /// People of a practice desk that has just been made: told to the first who comes.
    invented: Mutex<Option<u32>>,
    guests: Mutex<BTreeMap<u32, usize>>,
    /// A guest or a session has gone, or there is news.
    bell: Arc<Bell>,
    /// Set when the daemon ends: commands stop.
    pub is_closing: AtomicBool,
}

impl House {
    /// A house where nobody is yet, of a desk that is open; `bell` is rung when a guest goes.
    pub fn new(desk: Desk, dir: PathBuf, invented: Option<u32>, bell: Arc<Bell>) -> Self {
        Self {
            desk,
            sessions: Sessions::default(),
            dir,
            invented: Mutex::new(invented),
            guests: Mutex::default(),
            bell,
            is_closing: AtomicBool::new(false),
        }
    }

    /// The release, for the other end's log.
    pub fn build(&self) -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }

    /// What a new screen is made with.
    pub fn setting(&self, texts: Texts, typed_paths_in: Option<PathBuf>) -> Setting {
        crate::cli::session::setting(texts, self.desk.is_practice(), &self.dir, typed_paths_in)
    }

    /// Tells the first who comes how many people were invented.
    pub fn greet(&self, app: &mut App) {
        let invented = self.invented.lock().unwrap_or_else(PoisonError::into_inner).take();
        crate::cli::session::greet(app, invented);
    }

    /// Counts a guest in; `None` when there are too many, of this user or of all.
    fn admit(self: &Arc<Self>, uid: u32) -> Option<Guest> {
        let is_gate = crate::settings::desk::DeskSettings::read(&self.dir).is_ok_and(|settings| settings.is_gate(uid));
        let most = if is_gate { limits::CONNECTIONS } else { limits::CONNECTIONS_OF_ONE };
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = guests.values().sum();
        let own = guests.entry(uid).or_default();
        if all >= limits::CONNECTIONS || *own >= most {
            return None;
        }
        *own += 1;
        Some(Guest { house: Arc::clone(self), uid })
    }

    fn guests(&self) -> usize {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

/// One guest, counted until it is dropped.
struct Guest {
    house: Arc<House>,
    uid: u32,
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut guests = self.house.guests.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = guests.get_mut(&self.uid) {
            *own -= 1;
            if *own == 0 {
                guests.remove(&self.uid);
            }
        }
        drop(guests);
        self.house.bell.ring();
    }
}

/// Runs the daemon until it leaves.
///
/// # Errors
/// When the desk does not open, another process holds it, or the socket cannot be made.
pub fn run(args: &Args, when_idle: WhenIdle) -> Result<ExitCode, Stop> {
    let mut starter = StarterPipe::of_environment();
    match Daemon::open(args, &mut starter) {
        Ok(Some(daemon)) => {
            starter.ready();
            daemon.work(when_idle);
            Ok(ExitCode::SUCCESS)
        }
        // Another daemon was faster, and answers.
        Ok(None) => {
            starter.ready();
            Ok(ExitCode::SUCCESS)
        }
        Err(stop) => starter.failed(stop, &crate::cli::texts(args)),
    }
}

struct Daemon {
    house: Arc<House>,
    listener: UnixListener,
    elected: Elected,
    signals: UnixStream,
}

impl Daemon {
    fn open(args: &Args, starter: &mut StarterPipe) -> Result<Option<Self>, Stop> {
        let dir = std::path::absolute(open::dir(&args.place, args.practice)).map_err(|error| disk("folder", &error))?;
        crate::terminal::tty::install_panic_hook();
        // The terminal of whoever started it is not the daemon's; a shell that runs it in front keeps it.
        let _ = rustix::process::setsid();
        let signals = signals().map_err(|error| disk("signals", &error))?;
        election::make(&dir).map_err(|error| disk("folder", &error))?;
        let Some(mut elected) = stand(&dir)? else { return Ok(None) };
        let texts = crate::cli::texts(args);
        let given = listenfd::ListenFd::from_env().take_unix_listener(0).ok().flatten();
        let begins = if given.is_some() { Begins::WithNobody } else { Begins::WithThisUser };
        let opened = open::desk(args, begins, &mut |progress| starter.progress(&open::words(progress, &texts)))?;
        let listener = match given {
            Some(listener) => listener,
            None => elected.listen().map_err(|error| disk("socket", &error))?,
        };
        listener.set_nonblocking(true).map_err(|error| disk("socket", &error))?;
        let bell = Bell::new().map_err(|error| disk("bell", &error))?;
        let house = House::new(opened.desk, dir, opened.invented, bell);
        Ok(Some(Self { house: Arc::new(house), listener, elected, signals }))
    }

    fn work(mut self, when_idle: WhenIdle) {
        // Without the thread nobody is kept from working; the banner of an old backup comes at the next start.
        let backups = self.house.desk.keep_backups();
        let mut idle_since = Instant::now() + limits::FIRST - limits::IDLE;
        loop {
            let is_idle = self.house.guests() == 0 && self.house.sessions.count() == 0;
            let leaves_at = match when_idle {
                WhenIdle::Exit if is_idle => Some(idle_since + limits::IDLE),
                WhenIdle::Exit | WhenIdle::Stay => None,
            };
            if leaves_at.is_some_and(|at| at <= Instant::now()) {
                break;
            }
            let expires = self.house.sessions.expire(Instant::now());
            let deadline = [leaves_at, expires].into_iter().flatten().min();
            let fds = [self.listener.as_fd(), self.signals.as_fd(), self.house.bell.as_fd()];
            let Ok([is_called, is_signalled, is_rung]) = readable(fds, deadline) else { break };
            if is_signalled {
                break;
            }
            if is_rung {
                self.house.bell.hush();
            }
            if is_called {
                self.let_in();
            }
            if !is_idle || is_called {
                idle_since = Instant::now();
            }
        }
        self.close();
        drop(backups);
        let _ = self.house.desk.save_snapshot();
    }

    /// Lets in everybody who waits at the door.
    fn let_in(&self) {
        while let Ok((stream, _)) = self.listener.accept() {
            let (Ok(uid), Ok(line)) = (peer::uid_of(&stream), Line::new(stream)) else { continue };
            let Some(guest) = self.house.admit(uid) else {
                let _ = line.send(&Frame::Bye { why: Why::Full, text: String::new() });
                continue;
            };
            let work = move || guest::serve(&guest.house, line, guest.uid);
            // Where no thread can be had the guest is let go, and may come again.
            let _ = std::thread::Builder::new().name("guest".into()).spawn(work);
        }
    }

    /// Ends every session with its drafts kept, and waits for them, but not for ever.
    fn close(&mut self) {
        self.elected.retire();
        self.house.is_closing.store(true, Ordering::Release);
        self.house.sessions.close();
        let until = Instant::now() + limits::ENDING;
        while self.house.guests() > 0 && Instant::now() < until {
            let Ok([is_rung]) = readable([self.house.bell.as_fd()], Some(until)) else { break };
            if is_rung {
                self.house.bell.hush();
            }
        }
    }
}

/// Stands for election; `None` when the daemon that was elected answers.
fn stand(dir: &Path) -> Result<Option<Elected>, Stop> {
    let until = Instant::now() + limits::SUCCEED;
    loop {
        if let Some(elected) = Elected::stand(dir, Duration::from_millis(50)).map_err(|error| disk("lock", &error))? {
            return Ok(Some(elected));
        }
        if election::connect(dir).is_ok() {
            return Ok(None);
        }
        if Instant::now() >= until {
            return Err(Fault::new("L01", open::HELD, "another daemon holds the folder and does not answer").into());
        }
    }
}

/// A socket that can be read once the process was asked to end.
fn signals() -> io::Result<UnixStream> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let (read, write) = UnixStream::pair()?;
    for signal in [SIGTERM, SIGINT, SIGHUP] {
        signal_hook::low_level::pipe::register(signal, write.try_clone()?)?;
    }
    Ok(read)
}

fn disk(what: &str, error: &io::Error) -> Stop {
    Fault::new("N01", "fault-daemon", format!("{what}: {error}")).into()
}

/// What the client that started this daemon reads: how far it is, then that it is ready or why not.
struct StarterPipe {
    pipe: Option<io::Stdout>,
}

impl StarterPipe {
    fn of_environment() -> Self {
        Self { pipe: std::env::var_os(STARTER).map(|_| io::stdout()) }
    }

    fn say(&mut self, line: &str) {
        if let Some(pipe) = &mut self.pipe {
            // A starter that is gone does not keep the daemon from working.
            let _ = writeln!(pipe, "{line}").and_then(|()| pipe.flush());
        }
    }

    fn progress(&mut self, text: &str) {
        self.say(&format!("~{text}"));
    }

    fn ready(&mut self) {
        self.say("+");
        self.pipe = None;
    }

    /// Tells the starter why not; without one the program says it itself.
    fn failed(&mut self, stop: Stop, texts: &Texts) -> Result<ExitCode, Stop> {
        if self.pipe.is_none() {
            return Err(stop);
        }
        let exit = stop.exit();
        self.say(&format!("!{}", exit.0));
        self.say(&stop.sentence(texts));
        Ok(exit.into())
    }
}
