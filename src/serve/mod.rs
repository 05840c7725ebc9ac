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
mod guest;
mod limits;
mod peer;
mod reach;
mod sessions;

use crate::cli::{self, Args, Command};
use std::process::ExitCode;

/// Runs what the arguments ask for: a screen at the daemon, the daemon itself, or, in this process, everything else.
pub fn run(args: &Args) -> ExitCode {
    let ended = match &args.command {
        None if args.solo => return cli::run(args),
        None => attach::run(args),
        Some(Command::Serve { when_idle }) => daemon::run(args, *when_idle),
        Some(_) => return cli::run(args),
    };
    ended.unwrap_or_else(|stop| cli::told(stop, args))
}
