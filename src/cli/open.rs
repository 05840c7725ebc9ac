//! Opening the desk of this user, with progress where it takes a while.

use super::answer::Stop;
use super::{Args, Console, Place, Within};
use crate::desk::{Desk, DeskOptions, First, Progress, Seat, Started, Step};
use crate::domain::refusal::{Fault, Refusal};
use crate::practice::Practice;
use crate::settings;
use crate::text::Texts;
use chrono::{Local, Utc};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Cases and entries per case of the desk that `--practice` makes.
const PRACTICE_CASES: u32 = 420;
const PRACTICE_ENTRIES: u32 = 12;
const PRACTICE_SEED: u64 = 1;

/// A line that dropped leaves a process that still brings its last second to the disk: who logs in again waits for it.
const PATIENCE: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_millis(50);
/// The fault of a desk that another process holds.
pub const HELD: &str = "fault-data-locked";

/// No core dump may hold a victim's data.
pub fn forbid_core_dumps() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// The folder that these arguments mean.
pub fn dir(place: &Place, is_practice: bool) -> PathBuf {
    settings::data_dir(place.data.clone(), is_practice, |name| std::env::var_os(name))
}

/// The socket of a service that these arguments mean; `None` for the daemon of the folder. Who practises alone, or works
/// without a daemon, never means the machine's.
pub fn service_socket(args: &Args) -> Option<PathBuf> {
    let is_apart = args.place.data.is_some() || args.practice || args.solo;
    settings::service_socket(args.place.socket.clone(), is_apart, |name| std::env::var_os(name), Path::exists)
}

/// A desk that is open, and the seat of the user who opened it.
pub struct Opened {
    pub desk: Desk,
    pub seat: Seat,
    pub dir: PathBuf,
    /// People of a practice desk that has just been made.
    pub invented: Option<u32>,
}

impl Opened {
    /// The desk that a command runs inside, and its caller's seat.
    ///
    /// # Errors
    /// The words ask for a practice desk and this is none, or the other way round: nobody takes one for the other.
    pub fn within(within: &Within, args: &Args) -> Result<Self, Stop> {
        let desk = within.desk.clone();
        if args.practice && !desk.is_practice() {
            return Err(Refusal::new("fault-not-practice").into());
        }
        Ok(Self { dir: desk.dir().to_owned(), desk, seat: within.seat.clone(), invented: None })
    }
}

/// Opens the desk that is there and takes this user's seat. What only looks never begins a desk: a mistyped folder would
/// become an empty one with a key of its own, and be called whole.
pub fn open(args: &Args, texts: Texts, console: &mut Console<'_>) -> Result<Opened, Stop> {
    let dir = dir(&args.place, args.practice);
    if !Desk::is_begun(&dir) {
        return Err(no_desk(&dir).into());
    }
    open_or_begin(args, texts, console)
}

/// The refusal of a folder without a desk.
pub fn no_desk(dir: &Path) -> Refusal {
    Refusal::new("refused-no-desk").with("path", dir.display().to_string())
}

/// Opens the desk, or begins it, and takes this user's seat.
pub fn open_or_begin(args: &Args, texts: Texts, console: &mut Console<'_>) -> Result<Opened, Stop> {
    let mut shown = ProgressLine::new(texts, console);
    let OpenDesk { desk, dir, invented } = desk(args, Begins::WithThisUser, &mut |progress| shown.show(progress))?;
    let uid = rustix::process::getuid().as_raw();
    let seat = if args.practice { desk.enter_supervisor() } else { desk.enter(uid) }?;
    shown.clear();
    Ok(Opened { desk, seat, dir, invented })
}

/// A desk that is open, and nobody's seat.
pub struct OpenDesk {
    pub desk: Desk,
    pub dir: PathBuf,
    /// People of a practice desk that has just been made.
    pub invented: Option<u32>,
}

/// Whom a desk has that is begun now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// The user who starts it, as its first supervisor.
    WithThisUser,
    /// Nobody: the user is a service's, and `pulang operator` lets the first supervisor in.
    WithNobody,
}

/// Opens the desk, or begins it, telling how far it is; the practice desk is filled when it is empty.
pub fn desk(args: &Args, begins: Begins, told: &mut dyn FnMut(Progress)) -> Result<OpenDesk, Stop> {
    let dir = dir(&args.place, args.practice);
    let opener: Opener = if begins == Begins::WithThisUser { Desk::open } else { Desk::open_unmanned };
    let (desk, started) = desk_of(args, &dir, opener, told)?;
    let invented = (args.practice && started.is_first).then_some(PRACTICE_CASES);
    if invented.is_some() {
        let practice = Practice::new(PRACTICE_SEED, Utc::now());
        desk.load(practice.commits(PRACTICE_CASES, PRACTICE_ENTRIES), told)?;
    }
    Ok(OpenDesk { desk, dir, invented })
}

/// Opens the desk with the machine's own seat, or begins one without any operator. What is made in the folder has to belong
/// to the folder's owner, whoever that is.
///
/// # Errors
/// The folder is another user's; as [`open_or_begin`].
pub fn open_as_machine(args: &Args, texts: Texts, console: &mut Console<'_>) -> Result<Opened, Stop> {
    use std::os::unix::fs::MetadataExt;
    let dir = dir(&args.place, args.practice);
    let owner = std::fs::metadata(&dir).ok().map(|folder| folder.uid());
    if let Some(owner) = owner.filter(|owner| *owner != rustix::process::geteuid().as_raw()) {
        let path = dir.display().to_string();
        return Err(Refusal::new("refused-other-owner").with("uid", owner.to_string()).with("path", path).into());
    }
    let mut shown = ProgressLine::new(texts, console);
    let (desk, _) = desk_of(args, &dir, Desk::open_unmanned, &mut |progress| shown.show(progress))?;
    shown.clear();
    Ok(Opened { seat: desk.enter_machine(), desk, dir, invented: None })
}

/// How a desk is opened.
type Opener = fn(DeskOptions, &mut dyn FnMut(Progress)) -> Result<(Desk, Started), Fault>;

/// Opens the desk of a folder, after a moment where another process is just letting go of it.
fn desk_of(args: &Args, dir: &Path, open: Opener, told: &mut dyn FnMut(Progress)) -> Result<(Desk, Started), Fault> {
    let uid = rustix::process::getuid().as_raw();
    let first = First { uid, name: user_name(), office: "Meja pertama".into(), zone: local_zone() };
    let clock: crate::desk::Clock = Arc::new(Utc::now);
    let since = Instant::now();
    loop {
        let (key, clock, first) = (args.place.key.clone(), Arc::clone(&clock), first.clone());
        let options = DeskOptions { dir: dir.to_owned(), key, clock, is_practice: args.practice, first };
        match open(options, told) {
            Err(fault) if fault.key == HELD && since.elapsed() < PATIENCE => std::thread::sleep(AGAIN),
            opened => return opened,
        }
    }
}

fn user_name() -> String {
    let named = ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let name: String = named.unwrap_or_else(|| "petugas".into());
    crate::domain::clean::line(&name, 60).text
}

/// The Indonesian zone of this machine's clock, else WIB.
fn local_zone() -> &'static str {
    match Local::now().offset().local_minus_utc() / 3600 {
        8 => "WITA",
        9 => "WIT",
        _ => "WIB",
    }
}

/// Whether Ctrl+C, or a signal to end, has come since the command began: what takes long is left in order then.
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// What a flag says that somebody else sets.
    pub const fn of(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }

    /// As [`Interrupt::of`]; from now on signals to end set the flag, and no longer end the program at once.
    pub fn watched(flag: Arc<AtomicBool>) -> Self {
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
            // Where it cannot be noted the signal ends the program, which leaves earlier backups whole too.
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag));
            let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
        }
        Self(flag)
    }

    /// Goes on, or stops as asked.
    ///
    /// # Errors
    /// That it was asked to stop.
    pub fn check(&self) -> Result<(), Fault> {
        if self.0.load(Ordering::Relaxed) { Err(crate::desk::backup::stopped()) } else { Ok(()) }
    }
}

/// One line on the console's error output while work takes longer than a moment; nothing where that is no terminal.
pub struct ProgressLine<'l> {
    texts: Texts,
    err: &'l mut dyn Write,
    is_terminal: bool,
    is_shown: bool,
}

impl<'l> ProgressLine<'l> {
    /// A line in a language.
    pub fn new(texts: Texts, console: &'l mut Console<'_>) -> Self {
        Self { texts, is_terminal: console.is_err_terminal, err: &mut *console.err, is_shown: false }
    }

    pub fn show(&mut self, progress: Progress) {
        if !self.is_terminal {
            return;
        }
        self.is_shown = true;
        let line = format!("\r\x1b[K{}", words(progress, &self.texts));
        let _ = self.err.write_all(line.as_bytes()).and_then(|()| self.err.flush());
    }

    pub fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = self.err.write_all(b"\r\x1b[K").and_then(|()| self.err.flush());
        }
    }
}

/// How far long work is, in words.
pub fn words(progress: Progress, texts: &Texts) -> String {
    let told = |count: u64| match progress.step {
        Step::Backup | Step::Restore => format!("{:.1} MB", count as f64 / 1e6),
        Step::Rebuild | Step::CatchUp | Step::Load | Step::Verify | Step::Rotate | Step::Compare => count.to_string(),
    };
    let total = if progress.total == 0 { String::new() } else { format!(" / {}", told(progress.total)) };
    let key = match progress.step {
        Step::Rebuild => "progress-rebuild",
        Step::CatchUp => "progress-catch-up",
        Step::Load => "progress-load",
        Step::Verify => "progress-verify",
        Step::Rotate => "progress-rotate",
        Step::Compare => "progress-compare",
        Step::Backup => "progress-backup",
        Step::Restore => "progress-restore",
    };
    format!("{} {}{total}", texts.get(key), told(progress.done))
}
