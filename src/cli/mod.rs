//! The command line: arguments to actions, answers to exit codes. Nothing is decided here that the desk decides.
//!
//! A command runs apart from the process it is in: it knows its [`Console`] and its [`Site`] only. So the same command answers
//! a process that opens the desk for itself, and a caller inside a desk that is open ([`exec`]).

mod anchor;
pub mod answer;
mod args;
mod backup;
mod console;
mod counts;
mod doctor;
mod erase;
mod export;
mod gates;
mod handover;
mod help;
mod key;
mod manual;
mod mend;
pub mod open;
mod posts;
mod print;
mod restore;
pub mod session;
mod showing;
mod staff;
mod staff_args;
mod trail;
mod travel;
mod verify;
mod work;
mod working;

pub use args::{Args, BackupArgs, Command, GatesArgs, KeyCommand, Place, RestoreArgs, WhenIdle};
pub use console::{Console, Within};
pub use counts::CountsArgs;
pub use export::ExportArgs;
pub use print::PrintArgs;
pub use staff_args::{NewOffice, NewOperator, OfficeCommand, OperatorCommand, OperatorKey};
pub use trail::TrailArgs;
pub use travel::{Input, Travel, travel};

use crate::text::Texts;
use answer::Stop;
use clap::FromArgMatches;
use console::{Call, Site};
use std::ffi::OsString;
use std::process::ExitCode;

/// Words of a command line that are read at most, and bytes of them together: more than any command has.
const MOST_WORDS: usize = 1_000;
const MOST_BYTES: usize = 60_000;

/// The exit code of a command: what scripts read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit(pub u8);

impl Exit {
    pub const DONE: Self = Self(0);
    /// Refused, or not whole.
    pub const REFUSED: Self = Self(1);
    /// Wrong arguments.
    pub const MISTAKEN: Self = Self(2);
    /// Another process holds the desk.
    pub const HELD: Self = Self(3);
    /// A fault of the machine.
    pub const FAULT: Self = Self(4);

    /// Done and whole, or not whole.
    pub const fn whole(is_whole: bool) -> Self {
        if is_whole { Self::DONE } else { Self::REFUSED }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// Runs the program with the given arguments, the first of which is its own name, in a process of its own. Exit codes: 0 done,
/// 1 refused or not whole, 2 wrong arguments, 3 another process holds the desk, 4 a fault of the machine.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    open::forbid_core_dumps();
    let words: Vec<OsString> = args.into_iter().collect();
    Console::of_process(|console| answered(&words, Site::Process, answer::locale().as_deref(), console)).into()
}

/// What the words ask for, the first of which is the program's own name; `None` when they are not understood, or ask for
/// help: [`run`] says the rest then.
pub fn understood(words: &[OsString]) -> Option<Args> {
    read(words, &answer::texts(answer::locale().as_deref())).ok()
}

/// The texts of this process, in the language that the arguments ask for, else of the locale.
pub fn texts(args: &Args) -> Texts {
    answer::texts(args.lang.clone().or_else(answer::locale).as_deref())
}

/// Says why it stopped, as these arguments ask to be answered; gives the exit code.
pub fn told(stop: Stop, args: &Args) -> Exit {
    Console::of_process(|console| stop.tell(texts(args), args.place.json, console))
}

/// Runs one command inside an open desk, with the caller's rights and nothing of this process's own: no path is opened that
/// the words name (a file that a command reads is `console.input`, one that it makes `console.out`), and nobody is asked but
/// through the console. The first word is the program's own name. What takes long ends soon after `console.stop` is set, or
/// when `console.out` takes no more. Exit codes as of [`run`].
pub fn exec(words: &[OsString], within: &Within, console: &mut Console<'_>) -> Exit {
    answered(words, Site::Desk(within), within.lang.as_deref(), console)
}

/// Runs what the words ask for and says why where it stops.
fn answered(words: &[OsString], site: Site<'_>, lang: Option<&str>, console: &mut Console<'_>) -> Exit {
    let texts = answer::texts(help::lang_of(words).as_deref().or(lang));
    let ended = ran(words, texts, site, console);
    let ended = ended.and_then(|exit| console.flush().map(|()| exit));
    let is_inside = matches!(site, Site::Desk(_));
    ended.unwrap_or_else(|stop| {
        let stop = if is_inside { stop.for_callers() } else { stop };
        stop.tell(texts, help::is_json(words), console)
    })
}

fn ran(words: &[OsString], texts: Texts, site: Site<'_>, console: &mut Console<'_>) -> Result<Exit, Stop> {
    let bytes: usize = words.iter().map(|word| word.len()).sum();
    if words.len() > MOST_WORDS || bytes > MOST_BYTES {
        return Err(Stop::Said(texts.get("cli-too-many-words").into_owned()));
    }
    let args = match read(words, &texts) {
        Ok(args) => args,
        Err(error) if error.use_stderr() => return Err(Stop::Said(help::mistake(&error, &texts))),
        // Help and version are an answer.
        Err(error) => {
            console.line(format_args!("{}", help::told_in(&error, &texts).trim_end()))?;
            return Ok(Exit::DONE);
        }
    };
    match (&args.command, site) {
        (Some(command), _) => work::run(&mut Call { args: &args, texts, site, console }, command),
        (None, Site::Process) => session::run(&args, texts, console),
        (None, Site::Desk(_)) => Err(Stop::Said(texts.get("cli-no-screen-inside").into_owned())),
    }
}

/// The arguments that the words give.
fn read(words: &[OsString], texts: &Texts) -> Result<Args, clap::Error> {
    help::command(texts).try_get_matches_from(words).and_then(|found| Args::from_arg_matches(&found))
}
