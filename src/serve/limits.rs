//! Every bound of the daemon and its callers, in one place: how many, how long, how large.

use std::time::Duration;

/// Connections at once, of everybody.
pub const CONNECTIONS: usize = 512;
/// Connections at once of one user of the machine, the gate of a shared account excepted.
pub const CONNECTIONS_OF_ONE: usize = 64;
/// Sessions of one operator, those that nobody is attached to included.
pub const SESSIONS_OF_ONE: usize = 4;
/// Sessions that nobody is attached to: of more the one that waits longest goes; its drafts stay.
pub const DETACHED: usize = 128;
/// How long a session waits for somebody to come back.
pub const DETACHED_FOR: Duration = Duration::from_secs(30 * 60);

/// How long a caller may take to say who it is.
pub const HELLO: Duration = Duration::from_secs(5);
/// How long the other end may take no byte before it counts as gone.
pub const WRITE: Duration = Duration::from_secs(10);
/// How long a session that is taken over may take to let go by itself, before its line is cut.
pub const LET_GO: Duration = Duration::from_millis(300);
/// How long it may take in all, before whoever asks gets a session of their own.
pub const TAKE_OVER: Duration = Duration::from_secs(5);
/// How long a daemon that leaves when idle stays after the last session.
pub const IDLE: Duration = Duration::from_secs(2);
/// How long a fresh daemon waits for the first session.
pub const FIRST: Duration = Duration::from_secs(10);
/// How long sessions may take to keep their drafts when the daemon ends.
pub const ENDING: Duration = Duration::from_secs(8);

/// How long a client whose daemon went tries to come back.
pub const RETURN: Duration = Duration::from_secs(10);
/// How often it tries.
pub const AGAIN: Duration = Duration::from_millis(100);
/// How long a command waits for the next bytes of its standard input.
pub const INPUT: Duration = Duration::from_secs(10 * 60);
/// How long one daemon waits for another to leave the folder.
pub const SUCCEED: Duration = Duration::from_secs(15);
/// Bytes of the daemon's log, before a new start begins it anew.
pub const LOG: u64 = 1 << 20;
