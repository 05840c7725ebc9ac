//! Opening the desk of this user, with progress where it takes a while.

use super::answer::Stop;
use super::{Args, Place};
use crate::desk::{Desk, DeskOptions, First, Progress, Seat, Step};
use crate::domain::refusal::{Fault, Refusal};
use crate::practice::Practice;
use crate::settings;
use crate::text::Texts;
use chrono::{Local, Utc};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
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

/// A desk that is open, and the seat of the user who opened it.
pub struct Opened {
    pub desk: Desk,
    pub seat: Seat,
    pub dir: PathBuf,
    /// People of a practice desk that has just been made.
    pub invented: Option<u32>,
}

/// Opens the desk that is there and takes this user's seat. What only looks never begins a desk: a mistyped folder would
/// become an empty one with a key of its own, and be called whole.
pub fn open(args: &Args) -> Result<Opened, Stop> {
    let dir = dir(&args.place, args.practice);
    if !Desk::is_begun(&dir) {
        return Err(Refusal::new("refused-no-desk").with("path", dir.display().to_string()).into());
    }
    open_or_begin(args)
}

/// Opens the desk, or begins it, and takes this user's seat.
pub fn open_or_begin(args: &Args) -> Result<Opened, Stop> {
    let mut shown = ProgressLine::of(args);
    let OpenDesk { desk, dir, invented } = desk(args, &mut |progress| shown.show(progress))?;
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

/// Opens the desk, or begins it, telling how far it is; the practice desk is filled when it is empty.
pub fn desk(args: &Args, told: &mut dyn FnMut(Progress)) -> Result<OpenDesk, Stop> {
    let dir = dir(&args.place, args.practice);
    let uid = rustix::process::getuid().as_raw();
    let first = First { uid, name: user_name(), office: "Meja pertama".into(), zone: local_zone() };
    let clock: crate::desk::Clock = Arc::new(Utc::now);
    let since = Instant::now();
    let (desk, started) = loop {
        let (key, clock, first) = (args.place.key.clone(), Arc::clone(&clock), first.clone());
        let options = DeskOptions { dir: dir.clone(), key, clock, is_practice: args.practice, first };
        match Desk::open(options, told) {
            Err(fault) if fault.key == HELD && since.elapsed() < PATIENCE => std::thread::sleep(AGAIN),
            opened => break opened?,
        }
    };
    let invented = (args.practice && started.is_first).then_some(PRACTICE_CASES);
    if invented.is_some() {
        let practice = Practice::new(PRACTICE_SEED, Utc::now());
        desk.load(practice.commits(PRACTICE_CASES, PRACTICE_ENTRIES), told)?;
    }
    Ok(OpenDesk { desk, dir, invented })
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
    /// From now on signals to end are noted, and no longer end the program at once.
    pub fn watched() -> Self {
        let flag = Arc::new(AtomicBool::new(false));
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

/// One line on standard error while opening takes longer than a moment.
pub struct ProgressLine {
    texts: Texts,
    is_shown: bool,
}

impl ProgressLine {
    /// A line in the language that these arguments ask for.
    pub fn of(args: &Args) -> Self {
        Self { texts: super::answer::texts(args.lang.as_deref()), is_shown: false }
    }

    pub fn show(&mut self, progress: Progress) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        self.is_shown = true;
        eprint!("\r\x1b[K{}", self.text(progress));
        let _ = std::io::stderr().flush();
    }

    /// How far it is, in words.
    pub fn text(&self, progress: Progress) -> String {
        let told = |count: u64| match progress.step {
            Step::Backup | Step::Restore => format!("{:.1} MB", count as f64 / 1e6),
            Step::Rebuild | Step::CatchUp | Step::Load | Step::Verify | Step::Rotate | Step::Compare => {
                count.to_string()
            }
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
        format!("{} {}{total}", self.texts.get(key), told(progress.done))
    }

    pub fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            eprint!("\r\x1b[K");
            let _ = std::io::stderr().flush();
        }
    }
}
