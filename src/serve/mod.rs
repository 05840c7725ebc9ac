//! Serve: the daemon that owns the desk and everybody's screens, and the thin client that carries bytes to it and back.
//!
//! ```text
//! attach ── terminal, bytes ──► frame ──► unix socket ──► guest ──► sessions ──► terminal::session (screen) ──► desk
//! reach: connects, or starts a daemon         daemon: elected by election; accepts, counts, ends
//! ```
//!
//! No type of the domain crosses the socket: bytes of keys and screens, words of a command, how it ended. `peer` says who
//! somebody is, by the kernel. Never here: what a key does, what a screen shows, what may be seen.

pub mod frame;
pub mod socket;

mod attach;
mod daemon;
mod election;
mod exec;
mod forced;
mod guest;
mod limits;
mod peer;
mod reach;
mod sessions;
#[cfg(test)]
mod tests;

use crate::cli::{self, Args, Command, Input, Travel};
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs what the words ask for, the first of which is the program's own name: a screen at the daemon; the daemon itself; a
/// command of the desk inside the daemon, if there is one; everything else in this process.
pub fn run(words: Vec<OsString>) -> ExitCode {
    cli::open::forbid_core_dumps();
    let Some(args) = cli::understood(&words) else { return cli::run(words) };
    let ended = match &args.command {
        None if args.solo => return cli::run(words),
        None => attach::run(&args),
        Some(Command::Ssh) => forced::run(&args, std::env::var_os(forced::ASKED)),
        Some(Command::Serve { when_idle }) => daemon::run(&args, *when_idle),
        Some(_) => match cli::travel(&words, &cli::texts(&args)) {
            Travel::Stays => return cli::run(words),
            Travel::ToDesk(input) => return ask(words, &args, &input),
        },
    };
    ended.unwrap_or_else(|stop| cli::told(stop, &args).into())
}

/// Runs a command where the desk is open: inside the daemon, else in this process.
fn ask(words: Vec<OsString>, args: &Args, input: &Input) -> ExitCode {
    match exec::ask(&words, args, input) {
        Ok(Some(exit)) => exit,
        Ok(None) => cli::run(words),
        Err(stop) => cli::told(stop, args).into(),
    }
}
