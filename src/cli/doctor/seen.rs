//! What the doctor looks at on this machine. Everything that cannot be looked at is left out and never a reason to stop.

use super::super::{Args, open};
use crate::desk::backup::{Last, Plan, Tried};
use crate::desk::{Desk, KeyStanding};
use crate::settings::desk::DeskSettings;
use crate::settings::{SERVICE, SOCKET};
use crate::terminal::tty::TerminalEnv;
use chrono::Utc;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// When this release was made, at the earliest: a clock before it was never set (seconds since 1970, 1 January 2026).
const RELEASED_S: i64 = 1_767_225_600;
/// Bytes of a small system file that are read at most.
const MOST: usize = 64 << 10;

/// A folder or file as the machine lists it.
pub struct Folder {
    pub is_own: bool,
    pub mode: u32,
}

/// What the data lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Plain,
    /// Gone with the power.
    Memory,
    /// Locks and syncs are another machine's promise.
    Network,
    /// What is overwritten stays somewhere: erasure is not complete at once.
    CopyOnWrite,
}

/// The socket of a daemon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    None(PathBuf),
    NotASocket(PathBuf),
    /// It is there, and this user may not knock.
    Closed(PathBuf),
    /// Nobody is behind it.
    Deaf(PathBuf),
    Open {
        path: PathBuf,
        mode: u32,
        /// Whether others may put another socket in its place.
        is_movable: bool,
    },
}

/// Everything that was looked at.
pub struct Seen {
    pub dir: PathBuf,
    pub folder: Option<Folder>,
    /// The folder is there, and this user may not look into it: a service's.
    pub is_folder_closed: bool,
    /// This user works at a service's desk, whatever is in the folder.
    pub is_of_service: bool,
    pub medium: Option<Medium>,
    /// Bytes that are free for this user.
    pub free: Option<u64>,
    /// The master key of a desk that this user may look into.
    pub key: Option<KeyStanding>,
    /// What is wrong with the keys, by its sentence.
    pub key_fault: Option<&'static str>,
    pub is_practice: bool,
    /// Whether the plan of backups can be read; `None` without one.
    pub is_plan_good: Option<bool>,
    pub warn_days: u16,
    /// Days since the last backup.
    pub backed_up: Option<i64>,
    /// Whether the last try of a backup failed.
    pub is_backup_failed: bool,
    pub door: Door,
    pub are_settings_good: bool,
    /// Seconds that the clock stands before the last line written.
    pub behind_s: Option<i64>,
    pub is_clock_unset: bool,
    /// Nothing on this machine sets the clock.
    pub is_clock_alone: bool,
    /// Files that a process may have open.
    pub files: Option<u64>,
    pub has_swap: bool,
    pub is_utf8: bool,
    pub size: Option<(u16, u16)>,
    pub is_terminal_dumb: bool,
}

impl Seen {
    /// Looks at everything.
    pub fn now(args: &Args, dir: &Path) -> Self {
        let listed = fs::metadata(dir);
        let is_closed = |error: &std::io::Error| error.kind() == ErrorKind::PermissionDenied;
        let is_folder_closed = match &listed {
            Ok(_) => fs::read_dir(dir).err().as_ref().is_some_and(is_closed),
            Err(error) => is_closed(error),
        };
        let is_looked_into = !is_folder_closed && Desk::is_begun(dir);
        let custody = is_looked_into.then(|| Desk::custody(dir, args.place.key.as_deref()));
        let service = open::service_socket(args);
        let now = Utc::now();
        let plan = Plan::of(dir);
        let (stat, env) = (rustix::fs::statvfs(dir).ok(), TerminalEnv::from_process());
        Self {
            folder: listed.ok().filter(|_| !is_folder_closed).map(|folder| Folder {
                is_own: folder.uid() == rustix::process::geteuid().as_raw(),
                mode: folder.permissions().mode() & 0o7777,
            }),
            is_folder_closed,
            medium: rustix::fs::statfs(dir).ok().map(|stat| medium(stat.f_type as u32)),
            free: stat.map(|stat| stat.f_bavail.saturating_mul(stat.f_frsize)),
            key_fault: custody.is_some().then(|| faulty_keys(dir, args)).flatten(),
            key: custody.and_then(|custody| custody.standing().ok()),
            is_practice: args.practice,
            warn_days: plan.as_ref().ok().and_then(Option::as_ref).map_or(2, |plan| plan.warn_days),
            is_plan_good: match plan {
                Ok(None) => None,
                Ok(Some(_)) => Some(true),
                Err(_) => Some(false),
            },
            is_backup_failed: Tried::of(dir).is_some(),
            backed_up: Last::of(dir).map(|last| (now - last.at).num_days()),
            is_of_service: service.is_some(),
            door: match service {
                Some(service) => door(&service),
                // The service's own user looks into its folder: the door stands elsewhere.
                None => match (door(&dir.join(SOCKET)), door(Path::new(SERVICE))) {
                    (own, Door::None(_)) => own,
                    (Door::None(_), of_service) => of_service,
                    (own, _) => own,
                },
            },
            are_settings_good: DeskSettings::read(dir).is_ok(),
            behind_s: newest(&dir.join("journal")).map(|newest| newest - now.timestamp()),
            is_clock_unset: now.timestamp() < RELEASED_S,
            is_clock_alone: !is_clock_kept(),
            files: rustix::process::getrlimit(rustix::process::Resource::Nofile).current,
            has_swap: small("/proc/swaps").is_some_and(|swaps| swaps.lines().count() > 1),
            is_utf8: env.is_utf8(),
            size: rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| (size.ws_col, size.ws_row)),
            is_terminal_dumb: matches!(env.term.as_str(), "dumb" | "unknown"),
            dir: dir.to_owned(),
        }
    }
}

/// What is wrong with the keys of a desk that this user may look into.
fn faulty_keys(dir: &Path, args: &Args) -> Option<&'static str> {
    let fault = Desk::look_at_keys(dir, args.place.key.as_deref()).err()?;
    // A key that is another's has a sentence of its own, which names the file; what this user may not read is no flaw.
    (!matches!(fault.code, "K03" | "D03")).then_some(fault.key)
}

/// What the number of a file system means, as Linux gives it.
const fn medium(kind: u32) -> Medium {
    match kind {
        0x0102_1994 | 0x8584_58f6 => Medium::Memory,
        0x6969 | 0xff53_4d42 | 0xfe53_4d42 | 0x517b | 0x6573_5546 | 0x0102_1997 | 0x00c3_6400 => Medium::Network,
        0x9123_683e | 0x2fc1_2fc1 | 0xca45_1a4e | 0x794c_7630 => Medium::CopyOnWrite,
        _ => Medium::Plain,
    }
}

/// Whoever knocks at the socket, and what the machine lists of it.
fn door(path: &Path) -> Door {
    let own = path.to_owned();
    let listed = match fs::symlink_metadata(path) {
        Ok(listed) => listed,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Door::Closed(own),
        Err(_) => return Door::None(own),
    };
    if !listed.file_type().is_socket() {
        return Door::NotASocket(own);
    }
    match UnixStream::connect(path) {
        Ok(_) => {
            let above = path.parent().and_then(|above| fs::metadata(above).ok());
            let is_movable = above.is_some_and(|above| above.mode() & 0o022 != 0 && above.mode() & 0o1000 == 0);
            Door::Open { path: own, mode: listed.mode() & 0o7777, is_movable }
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Door::Closed(own),
        Err(_) => Door::Deaf(own),
    }
}

/// When the newest file of a folder was written, in seconds since 1970.
fn newest(folder: &Path) -> Option<i64> {
    let files = fs::read_dir(folder).ok()?.flatten();
    files.filter_map(|file| file.metadata().ok()).map(|file| file.mtime()).max()
}

/// Whether something sets this machine's clock: one of the usual services has left its mark.
fn is_clock_kept() -> bool {
    ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid", "/run/chrony/chronyd.sock", "/run/ntpd.pid"]
        .iter()
        .any(|mark| Path::new(mark).exists())
}

fn small(path: &str) -> Option<String> {
    let bytes = fs::read(path).ok().filter(|bytes| bytes.len() <= MOST)?;
    String::from_utf8(bytes).ok()
}
