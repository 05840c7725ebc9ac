//! The master key in the desk's policy: who is told that no copy of it was made, and until when. The files are the records'.

use super::health::Alarm;
use super::{Desk, Inner, News};
use crate::domain::access::{Role, Roles};
use crate::domain::refusal::Fault;
use crate::records::{Custody, KeyError, Options, Progress, Records, Rotated};
use std::path::Path;
use std::sync::PoisonError;

/// Whether somebody with these roles can see to it that the key is copied: nobody else is told.
pub(super) const fn is_keeper(roles: Roles) -> bool {
    roles.has(Role::Supervisor) || roles.has(Role::Administrator)
}

impl Desk {
    /// The keys of a folder that need not be open, with the master key at `key` or among them.
    pub fn custody(dir: &Path, key: Option<&Path>) -> Custody {
        Records::custody(dir, key)
    }

    /// Looks at the keys of a folder that need not be open: that they are there, fit, and are as many as were given out.
    ///
    /// # Errors
    /// What is wrong with them, with its sentence.
    pub fn look_at_keys(dir: &Path, key: Option<&Path>) -> Result<(), Fault> {
        Records::look_at_keys(dir, key)
    }

    /// Gives the desk of a folder a new master key, at its place or in a new file, while nobody has it open.
    ///
    /// # Errors
    /// Another process holds it; the key is missing or wrong; the place takes no file; the disk.
    pub fn rotate_key(
        dir: &Path,
        key: Option<&Path>,
        place: Option<&Path>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Rotated, KeyError> {
        let options = Options { key: key.map(Path::to_owned), ..Options::default() };
        Records::rotate_key(dir, &options, place, progress)
    }
}

impl Inner {
    /// The alarm of a key without a copy; invented people need none.
    pub(super) fn uncopied(&self) -> Option<Alarm> {
        (!self.is_practice && !self.records.is_key_copied()).then_some(Alarm::KeyUncopied)
    }

    /// Takes the alarm back when a copy was made meanwhile, by a command beside this process, and tells every session.
    pub(super) fn look_for_copy(&self) {
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        if alarms.contains(&Alarm::KeyUncopied) && self.records.is_key_copied() {
            alarms.retain(|alarm| *alarm != Alarm::KeyUncopied);
            drop(alarms);
            self.tell(&News::Alarms);
        }
    }
}
