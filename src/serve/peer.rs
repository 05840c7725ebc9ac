//! Who is at the other end: the kernel's word for it, and the one account that several people share, where the settings
//! name it. Nothing that a caller says of itself is believed otherwise.

use crate::desk::{Desk, Seat};
use crate::domain::refusal::Refusal;
use serde::Deserialize;
use std::io;
use std::os::unix::net::UnixStream;
use std::path::Path;

/// The settings of a desk, a file in its folder.
pub const SETTINGS: &str = "desk.toml";
/// Bytes of that file at most.
const MOST: u64 = 64 * 1024;

/// What `desk.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(default)]
    pub gate: Option<Gate>,
}

/// The one shared account: its forced commands say by `--as` who somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub uid: u32,
}

impl Settings {
    /// Reads the settings of a folder; without a file nothing is set.
    ///
    /// # Errors
    /// When the file cannot be read or understood: then nobody's `--as` is believed.
    pub fn read(dir: &Path) -> Result<Self, Refusal> {
        let refused = || Refusal::new("refused-settings").with("file", SETTINGS);
        let file = match std::fs::File::open(dir.join(SETTINGS)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            opened => opened.map_err(|_| refused())?,
        };
        let mut text = String::new();
        io::Read::read_to_string(&mut io::Read::take(file, MOST), &mut text).map_err(|_| refused())?;
        toml::from_str(&text).map_err(|_| refused())
    }

    /// Whether this user of the machine is the gate.
    pub fn is_gate(&self, uid: u32) -> bool {
        self.gate.as_ref().is_some_and(|gate| gate.uid == uid)
    }
}

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
pub fn seat(desk: &Desk, is_practice: bool, uid: u32, as_name: Option<&str>) -> Result<Seat, Refusal> {
    let settings = Settings::read(desk.dir())?;
    match as_name {
        Some(name) if settings.is_gate(uid) => desk.enter_named(uid, name),
        Some(_) => Err(Refusal::new("refused-as")),
        None if settings.is_gate(uid) => Err(Refusal::new("refused-as-whom")),
        None if is_practice => desk.enter_supervisor(),
        None => desk.enter(uid),
    }
}

/// The seat of whoever gives a command: as [`seat`], and for root and the daemon's own user, where they are no operators, the
/// machine's.
///
/// # Errors
/// As [`seat`].
pub fn seat_of_command(desk: &Desk, is_practice: bool, uid: u32, as_name: Option<&str>) -> Result<Seat, Refusal> {
    let is_machine = as_name.is_none() && (uid == 0 || uid == rustix::process::getuid().as_raw());
    match seat(desk, is_practice, uid, as_name) {
        Err(refusal) if is_machine && refusal.key == "refused-stranger" => Ok(desk.enter_machine()),
        seated => seated,
    }
}
