//! Who is the daemon of a folder: whoever holds `daemon.lock`, for as long as it lives. Only its holder takes away a socket
//! that nobody answers on. Whoever starts a daemon holds `start.lock` meanwhile, so that one is started and not eight.

use crate::settings::SOCKET;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A path of a socket of more bytes does not fit into an address.
const ADDRESS: usize = 100;
/// How often a lock is tried.
const TRY: Duration = Duration::from_millis(5);

/// Makes the folder if it is not there, for its owner alone.
///
/// # Errors
/// What the machine says.
pub fn make(dir: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Takes a lock of a folder, waiting at most so long; `None` when another holds it until then.
///
/// # Errors
/// What the machine says.
fn lock(dir: &Path, name: &str, patience: Duration) -> io::Result<Option<File>> {
    let mut options = fs::OpenOptions::new();
    let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(dir.join(name))?;
    let since = Instant::now();
    loop {
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(Some(file)),
            Err(rustix::io::Errno::WOULDBLOCK) if since.elapsed() < patience => std::thread::sleep(TRY),
            Err(rustix::io::Errno::WOULDBLOCK) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
}

/// The right to start a daemon, until it is dropped.
pub struct Starter(#[expect(dead_code, reason = "held, not read")] File);

impl Starter {
    /// Waits for the right to start a daemon, at most so long.
    ///
    /// # Errors
    /// What the machine says.
    pub fn wait(dir: &Path, patience: Duration) -> io::Result<Option<Self>> {
        Ok(lock(dir, "start.lock", patience)?.map(Self))
    }
}

/// The one daemon of a folder, as long as this lives.
pub struct Elected {
    dir: PathBuf,
    is_bound: bool,
    _lock: File,
}

impl Elected {
    /// Tries to become the daemon, waiting at most so long for the one before to go.
    ///
    /// # Errors
    /// What the machine says.
    pub fn stand(dir: &Path, patience: Duration) -> io::Result<Option<Self>> {
        let Some(mut lock) = lock(dir, "daemon.lock", patience)? else { return Ok(None) };
        // Whoever looks into the folder learns which process it is.
        lock.set_len(0)?;
        writeln!(lock, "{}", std::process::id())?;
        Ok(Some(Self { dir: dir.to_owned(), is_bound: false, _lock: lock }))
    }

    /// Opens the socket of the folder, for its owner alone; a dead one is taken away before.
    ///
    /// # Errors
    /// `AddrInUse` when somebody answers on it who is not elected: a service manager; and what the machine says.
    pub fn listen(&mut self) -> io::Result<UnixListener> {
        if connect(&self.dir).is_ok() {
            return Err(io::ErrorKind::AddrInUse.into());
        }
        let path = self.dir.join(SOCKET);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let address = Address::of(&path)?;
        let listener = UnixListener::bind(&address.path)?;
        self.is_bound = true;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        Ok(listener)
    }

    /// Takes the socket away, so that whoever comes now starts the next daemon. Twice does no harm.
    pub fn retire(&mut self) {
        if std::mem::take(&mut self.is_bound) {
            let _ = fs::remove_file(self.dir.join(SOCKET));
        }
    }
}

impl Drop for Elected {
    fn drop(&mut self) {
        self.retire();
    }
}

/// Connects to the daemon of a folder.
///
/// # Errors
/// `NotFound` and `ConnectionRefused` when there is none.
pub fn connect(dir: &Path) -> io::Result<UnixStream> {
    connect_to(&dir.join(SOCKET))
}

/// Connects to a socket wherever it is.
///
/// # Errors
/// As [`connect`].
pub fn connect_to(path: &Path) -> io::Result<UnixStream> {
    let address = Address::of(path)?;
    UnixStream::connect(&address.path)
}

/// A path that fits into a socket's address: a long one goes by way of its open folder.
struct Address {
    path: PathBuf,
    _folder: Option<File>,
}

impl Address {
    fn of(path: &Path) -> io::Result<Self> {
        use std::os::fd::AsRawFd;
        if path.as_os_str().len() <= ADDRESS {
            return Ok(Self { path: path.to_owned(), _folder: None });
        }
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let folder = File::open(folder)?;
        let path = Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(name);
        Ok(Self { path, _folder: Some(folder) })
    }
}
