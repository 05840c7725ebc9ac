//! Rotation: a new master key takes the place of the old one, and every data key is wrapped anew, so that a kill or a cut of
//! power at any moment leaves a desk that opens.
//!
//! Beside each file its successor is written: `master.next` (beside the master key, wherever it lies), `slots.a.next`,
//! `slots.b.next`. Then:
//!
//! 1. `master.next`, whole, synced, its folder synced. First, because a folder that takes no key is found out at once.
//! 2. Both `slots.*.next`, whole, synced, `keys/` synced; read back and held against the old slots.
//! 3. `master.next` is renamed over `master`, its folder synced. **This is the moment.** With `--new-key-file` the old key
//!    stays where it is, and the new one appears at its own place instead.
//! 4. `slots.a.next` over `slots.a`, synced; `slots.b.next` over `slots.b`, synced.
//!
//! Every prefix opens, because opening tries instead of believing. For each copy there are two files at most, and a file fits
//! when the key that was given opens the vault's own slots in it. Where the successor fits, the moment has passed and it is
//! put in place (rotation is finished); else, where the file itself fits, the successor goes (rotation is taken back).
//! A copy of which nothing fits is made from the other one: that happens only where the key came to a file of its own and
//! the old key was given again in the middle of step 4. Where no copy fits at all the key is wrong, and nothing is touched.
//! Nobody erases, fills or reads slots meanwhile: the lock of the data directory is held.

use super::DataKey;
use super::master;
use super::slots::{Fit, NAMES, Slots};
use crate::domain::refusal::Fault;
use crate::records::disk::{Access, Disk, DiskFile};
use crate::records::faults;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a rotation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// Data keys that were wrapped anew, and slots that stayed erased.
    pub rewrapped: u64,
    pub erased: u64,
    /// Slots that neither copy could read before, and cannot now.
    pub unreadable: u64,
    /// The fingerprints before and after.
    pub was: String,
    pub now: String,
}

/// Slots that are wrapped at once.
const AT_ONCE: u64 = 8192;

fn told<'a>(doing: &'a str, path: &'a Path) -> impl Fn(std::io::Error) -> Fault + 'a {
    move |error| faults::io(doing, path, &error)
}

/// Gives the desk of `dir` (its `keys/`) a new master key, at `key` or, when it is given, in a new file at `place`.
///
/// # Errors
/// `K01`–`K04` as for opening; any error of the disk: before the moment nothing has changed, after it the next opening
/// finishes.
pub(super) fn rotate(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    key: &Path,
    place: Option<&Path>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Rotated, Fault> {
    let old = master::load(&**disk, key)?.ok_or_else(|| faults::key_missing(key))?;
    settle(&**disk, dir, key, &old)?;
    let slots = Slots::open(Arc::clone(disk), dir, old.clone())?;
    let (new, place) = (DataKey::random()?, place.unwrap_or(key));
    let prepared =
        master::put_beside(&**disk, place, &new).and_then(|()| successors(&**disk, dir, &slots, &new, progress));
    let mut rotated = prepared.inspect_err(|_| take_back(&**disk, dir, place))?;
    (rotated.was, rotated.now) = (master::fingerprint(&old), master::fingerprint(&new));
    drop(slots);
    master::promote(&**disk, place)?;
    settle(&**disk, dir, place, &new)?;
    Ok(rotated)
}

/// Writes both successors and reads them back.
fn successors(
    disk: &dyn Disk,
    dir: &Path,
    slots: &Slots,
    new: &DataKey,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Rotated, Fault> {
    let paths = NAMES.map(|name| successor(dir, name));
    let create = |path: &PathBuf| disk.open(path, Access::Create).map_err(told("make", path));
    let files: [Box<dyn DiskFile>; 2] = [create(&paths[0])?, create(&paths[1])?];
    let mut rotated = Rotated { rewrapped: 0, erased: 0, unreadable: 0, was: String::new(), now: String::new() };
    let total = slots.filled().0;
    for from in (0..total).step_by(AT_ONCE as usize) {
        let block = slots.rewrapped(from..(from + AT_ONCE).min(total), new, &mut rotated)?;
        for (file, path) in files.iter().zip(&paths) {
            file.write_at(&block, from * super::slots::SIZE as u64).map_err(told("write", path))?;
            let mut back = vec![0; block.len()];
            let read = file.read_at(&mut back, from * super::slots::SIZE as u64).map_err(told("read", path))?;
            if read != block.len() || back != block {
                return Err(faults::slots("what was written does not read back"));
            }
        }
        progress((from + AT_ONCE).min(total), total);
    }
    for (file, path) in files.iter().zip(&paths) {
        file.sync().map_err(told("sync", path))?;
    }
    disk.sync_dir(dir).map_err(told("sync", dir))?;
    Ok(rotated)
}

fn successor(dir: &Path, name: &str) -> PathBuf {
    master::beside(&dir.join(name))
}

/// Removes what a rotation prepared that did not come to its moment; what stays behind the next opening removes.
fn take_back(disk: &dyn Disk, dir: &Path, place: &Path) {
    for name in NAMES {
        let _ = master::remove(disk, &successor(dir, name));
    }
    let _ = master::remove(disk, &master::beside(place));
}

/// Whether a rotation was interrupted here: `keys/` holds a successor.
pub(super) fn is_interrupted(disk: &dyn Disk, dir: &Path) -> Result<bool, Fault> {
    let names = disk.list(dir).map_err(told("list", dir))?;
    Ok(names.iter().any(|name| name.ends_with(".next")))
}

/// Finishes or takes back a rotation that was interrupted, by the rule in the head of this file; nothing to do is no work.
///
/// # Errors
/// `K03` when no copy fits the key, and then nothing was touched; any error of the disk: the next call goes on.
pub(super) fn settle(disk: &dyn Disk, dir: &Path, key: &Path, given: &DataKey) -> Result<(), Fault> {
    let waiting = master::beside(key);
    let names = disk.list(master::folder(key)).unwrap_or_default();
    let waits = waiting.file_name().is_some_and(|own| names.iter().any(|name| own == name.as_str()));
    if !waits && !is_interrupted(disk, dir)? {
        return Ok(());
    }
    let paths = NAMES.map(|name| dir.join(name));
    let fit = |path: &Path| super::slots::fit(disk, path, given);
    let fits = [0, 1].map(|copy| (fit(&paths[copy]), fit(&successor(dir, NAMES[copy]))));
    if fits.iter().all(|(own, next)| *own != Fit::Fits && *next != Fit::Fits) {
        // Before the first start was through there are no slots at all, and a key that waits is worth nothing.
        let is_begun = fits.iter().any(|(own, next)| *own != Fit::Missing || *next != Fit::Missing);
        return if is_begun {
            Err(faults::key_wrong())
        } else {
            master::remove(disk, &waiting).map_err(told("remove", &waiting))
        };
    }
    for (copy, (_, next)) in fits.iter().enumerate() {
        if *next == Fit::Fits {
            disk.rename(&successor(dir, NAMES[copy]), &paths[copy]).map_err(told("rename", &paths[copy]))?;
            disk.sync_dir(dir).map_err(told("sync", dir))?;
        }
    }
    for (copy, (own, next)) in fits.iter().enumerate() {
        let is_foreign = *own == Fit::Foreign && *next != Fit::Fits;
        if is_foreign {
            let bytes = crate::records::disk::read_all(disk, &paths[1 - copy], u64::MAX);
            let bytes = bytes.map_err(told("read", &paths[1 - copy]))?;
            crate::records::disk::replace(disk, &paths[copy], &bytes).map_err(told("make", &paths[copy]))?;
        }
    }
    for path in NAMES.map(|name| successor(dir, name)).iter().chain([&waiting]) {
        master::remove(disk, path).map_err(told("remove", path))?;
    }
    disk.sync_dir(dir).map_err(told("sync", dir))
}
