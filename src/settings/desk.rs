//! `desk.toml` in the folder of the data: what the administrator of the box says of its daemon. Read whenever it is asked for,
//! so that a change needs no restart.

use serde::Deserialize;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The file.
pub const NAME: &str = "desk.toml";
/// Bytes of it at most.
const MOST: u64 = 64 * 1024;

/// What it says; without a file nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSettings {
    #[serde(default)]
    pub gate: Option<Gate>,
}

/// The one shared account: its forced commands say by `--as` who somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub uid: u32,
}

/// The file is there and cannot be read or understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl DeskSettings {
    /// Reads the settings of a folder.
    ///
    /// # Errors
    /// When the file cannot be read or understood: then nobody's `--as` may be believed.
    pub fn read(dir: &Path) -> Result<Self, Unreadable> {
        let file = match std::fs::File::open(dir.join(NAME)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            opened => opened.map_err(|_| Unreadable)?,
        };
        let mut text = String::new();
        file.take(MOST).read_to_string(&mut text).map_err(|_| Unreadable)?;
        toml::from_str(&text).map_err(|_| Unreadable)
    }

    /// Whether this user of the machine is the gate.
    pub fn is_gate(&self, uid: u32) -> bool {
        self.gate.as_ref().is_some_and(|gate| gate.uid == uid)
    }
}
