//! The daemons of one folder, whoever started them: clients start them by themselves, and only the kernel's tables know them
//! all. On any way out of an ordeal none of them is left. Never here: a daemon that an ordeal starts as its own child.

use rustix::process::{Pid, Signal, kill_process};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long daemons may take to leave; a machine that is busy with other tests is slow.
const PATIENCE: Duration = Duration::from_secs(90);

/// The daemons of a folder. Dropping it kills those that are left, by their ids: it is made before the terminals that start
/// them, so that these are gone by then and start no more.
pub struct Daemons {
    dir: PathBuf,
}

impl Daemons {
    pub fn of(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Those that run now.
    pub fn running(&self) -> Vec<Pid> {
        let is_one = |entry: &std::fs::DirEntry| {
            let words = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let words: Vec<&[u8]> = words.split(|byte| *byte == 0).collect();
            words.contains(&&b"serve"[..]) && words.contains(&self.dir.as_os_str().as_encoded_bytes())
        };
        let pid = |entry: std::fs::DirEntry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?);
        std::fs::read_dir("/proc").unwrap().flatten().filter(is_one).filter_map(pid).collect()
    }

    /// How many sockets of this folder are listened on, by the kernel's table.
    pub fn answering(&self) -> usize {
        let table = std::fs::read_to_string("/proc/net/unix").unwrap_or_default();
        let socket = self.dir.join("desk.sock");
        // The flags of a socket that listens have this bit.
        let is_listening = |line: &&str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let flags = words.get(3).and_then(|flags| u32::from_str_radix(flags, 16).ok()).unwrap_or(0);
            flags & 0x1_0000 != 0 && words.last() == Some(&&*socket.to_string_lossy())
        };
        table.lines().filter(is_listening).count()
    }

    /// Kills the one that runs; says whether there was one.
    pub fn kill_one(&self) -> bool {
        self.running().first().is_some_and(|pid| kill_process(*pid, Signal::KILL).is_ok())
    }

    /// Asks those that run to end, and waits until they have.
    pub fn end(&self) {
        self.running().into_iter().for_each(|pid| _ = kill_process(pid, Signal::TERM));
        self.have_left();
    }

    /// Waits until none runs.
    pub fn have_left(&self) {
        let since = Instant::now();
        while !self.running().is_empty() {
            assert!(since.elapsed() < PATIENCE, "a daemon is left: {:?}", self.running());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Daemons {
    fn drop(&mut self) {
        while self.running().into_iter().any(|pid| kill_process(pid, Signal::KILL).is_ok()) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
