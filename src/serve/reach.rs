//! Reaching the daemon: connect to it, or start one and wait until it says that it is ready. Never here: what is said over
//! the connection.

use super::daemon::STARTER;
use super::election::{self, Starter};
use super::limits;
use crate::cli::answer::Stop;
use crate::cli::{Args, Exit, open};
use crate::domain::refusal::{Fault, Refusal};
use crate::settings::SOCKET;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long one client waits for another that starts the daemon; a rebuild of a large store takes minutes.
const STARTING: Duration = Duration::from_secs(30 * 60);

/// How often a daemon is started that goes before it has said that it is ready.
const STARTS: usize = 3;

/// Where a daemon is to be found.
pub struct Way {
    dir: PathBuf,
    /// The socket of a service, which is never started from here.
    service: Option<PathBuf>,
}

impl Way {
    /// The way that the arguments and the environment say.
    ///
    /// # Errors
    /// When the folder has no absolute path.
    pub fn of(args: &Args) -> Result<Self, Stop> {
        let dir = std::path::absolute(open::dir(&args.place, args.practice)).map_err(|error| fault(&error))?;
        Ok(Self { dir, service: open::service_socket(args) })
    }

    /// Whether this is the socket of a service, which is never started from here.
    pub const fn is_of_service(&self) -> bool {
        self.service.is_some()
    }

    /// Connects to a daemon that is there; `None` when there is none.
    ///
    /// # Errors
    /// When there is one that this user may not reach, and what the machine says.
    pub fn connect(&self) -> Result<Option<UnixStream>, Stop> {
        let tried = match &self.service {
            Some(socket) => election::connect_to(socket),
            None => election::connect(&self.dir),
        };
        match tried {
            Ok(stream) => Ok(Some(stream)),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::ConnectionRefused => Ok(None),
                // A folder that may not be entered is told of by whoever opens it.
                io::ErrorKind::PermissionDenied if self.service.is_none() && !self.is_entered() => Ok(None),
                io::ErrorKind::PermissionDenied => Err(Refusal::new("refused-socket").into()),
                _ => Err(fault(&error)),
            },
        }
    }

    /// Whether this user may look at what lies in the folder.
    fn is_entered(&self) -> bool {
        let looked = fs::symlink_metadata(self.dir.join(SOCKET));
        !looked.is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
    }

    /// Connects to the daemon, starting one where there is none; `told` hears how far that is.
    ///
    /// # Errors
    /// Why the daemon does not start, in its own words and with its exit code; that a service is down.
    pub fn connect_or_start(&self, args: &Args, told: &mut dyn FnMut(&str)) -> Result<UnixStream, Stop> {
        if let Some(stream) = self.connect()? {
            return Ok(stream);
        }
        if self.service.is_some() {
            return Err(Refusal::new("refused-service-down").into());
        }
        election::make(&self.dir).map_err(|error| fault(&error))?;
        let starter = Starter::wait(&self.dir, STARTING).map_err(|error| fault(&error))?;
        if let Some(stream) = self.connect()? {
            return Ok(stream);
        }
        for _ in 0..STARTS {
            // One that was killed while it began, or just after, is begun again.
            if start(args, &self.dir, told)?
                && let Some(stream) = self.connect()?
            {
                return Ok(stream);
            }
        }
        drop(starter);
        Err(Refusal::new("refused-daemon-gone").into())
    }
}

fn fault(error: &io::Error) -> Stop {
    Fault::new("N02", "fault-daemon", error.to_string()).into()
}

/// Starts a daemon that leaves with its last session, and waits until it is ready; `false` when it went without a word.
fn start(args: &Args, dir: &Path, told: &mut dyn FnMut(&str)) -> Result<bool, Stop> {
    let mut command = Command::new(program().map_err(|error| fault(&error))?);
    command.arg("--data").arg(dir);
    if let Some(key) = &args.place.key {
        command.arg("--key").arg(std::path::absolute(key).map_err(|error| fault(&error))?);
    }
    if let Some(lang) = &args.lang {
        command.args(["--lang", lang]);
    }
    if args.practice {
        command.arg("--practice");
    }
    command.args(["serve", "--when-idle", "exit"]).env(STARTER, "1").current_dir("/");
    // Sockets of a service manager are not meant for what a client starts.
    command.env_remove("LISTEN_FDS").env_remove("LISTEN_PID");
    let log = log(dir).map_err(|error| fault(&error))?;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    let mut child = command.spawn().map_err(|error| fault(&error))?;
    let output = child.stdout.take().ok_or_else(|| fault(&io::ErrorKind::BrokenPipe.into()))?;
    let mut lines = BufReader::new(io::Read::take(output, MOST_TOLD)).lines();
    while let Some(Ok(line)) = lines.next() {
        if line == "+" {
            return Ok(true);
        } else if let Some(text) = line.strip_prefix('~') {
            told(text);
        } else if let Some(exit) = line.strip_prefix('!') {
            let text = lines.next().and_then(Result::ok).unwrap_or_default();
            // It has said all it has to say, and ends.
            let _ = child.wait();
            return Err(Stop::Told { text, exit: exit.parse().map_or(Exit::FAULT, Exit) });
        }
    }
    let _ = child.wait();
    Ok(false)
}

/// Bytes that a daemon says at most until it is ready.
const MOST_TOLD: u64 = 16 << 20;

/// This program, also after its file was replaced: then the new one.
fn program() -> io::Result<PathBuf> {
    let path = std::env::current_exe()?;
    let replaced = path.to_str().and_then(|path| path.strip_suffix(" (deleted)")).map(PathBuf::from);
    Ok(replaced.filter(|_| !path.exists()).unwrap_or(path))
}

/// The daemon's log: places of panics and codes of faults, nobody's data.
fn log(dir: &Path) -> io::Result<File> {
    let path = dir.join("daemon.log");
    if fs::metadata(&path).is_ok_and(|log| log.len() > limits::LOG) {
        fs::remove_file(&path)?;
    }
    OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}
