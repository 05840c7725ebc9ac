//! Who is at the other end: the kernel's word for it, and the one account that several people share, where the settings
//! name it. Nothing that a caller says of itself is believed otherwise.

use crate::desk::{Desk, Seat};
use crate::domain::refusal::Refusal;
use crate::settings::desk::{DeskSettings, NAME};
use std::io;
use std::os::unix::net::UnixStream;

/// The user of the machine at the other end, by the kernel.
///
/// # Errors
/// What the machine says.
pub fn uid_of(stream: &UnixStream) -> io::Result<u32> {
    Ok(rustix::net::sockopt::socket_peercred(stream)?.uid.as_raw())
}

/// The seat of whoever is there. On the practice desk everybody begins as its supervisor.
///
/// # Errors
/// When nobody of that number or name was added; when a name comes from elsewhere than the gate, or none comes from it.
pub fn seat(desk: &Desk, uid: u32, as_name: Option<&str>) -> Result<Seat, Refusal> {
    let settings = DeskSettings::read(desk.dir()).map_err(|_| Refusal::new("refused-settings").with("file", NAME))?;
    match as_name {
        Some(name) if settings.is_gate(uid) => desk.enter_named(uid, name),
        Some(_) => Err(Refusal::new("refused-as")),
        None if settings.is_gate(uid) => Err(Refusal::new("refused-as-whom")),
        None if desk.is_practice() => desk.enter_supervisor(),
        None => desk.enter(uid),
    }
}

/// The seat of whoever gives a command: as [`seat`], and for root and the daemon's own user, where they are no operators, the
/// machine's.
///
/// # Errors
/// As [`seat`].
pub fn seat_of_command(desk: &Desk, uid: u32, as_name: Option<&str>) -> Result<Seat, Refusal> {
    let is_machine = as_name.is_none() && (uid == 0 || uid == rustix::process::getuid().as_raw());
    match seat(desk, uid, as_name) {
        Err(refusal) if is_machine && refusal.key == "refused-stranger" => Ok(desk.enter_machine()),
        seated => seated,
    }
}
