//! Looking at a data folder without holding it: another process, or this one, may have the desk open and go on. Nothing is
//! written, made or mended here; the store is not looked at, for only its holder may open it.

use super::disk::{Disk, RealDisk};
use super::journal::{Bystander, Step as Scanned, What};
use super::trail::opens;
use super::vault::{SlotNo, Vault};
use super::verdict::Verdict;
use super::{Bad, Progress, Step, faults};
use crate::domain::refusal::Fault;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Lines between two tellings of how far it is.
const TELL_EVERY: u64 = 1024;

/// A data folder, looked at from outside.
#[derive(Clone)]
pub struct Onlooker {
    dir: PathBuf,
    key: Option<PathBuf>,
    disk: Arc<dyn Disk>,
}

impl Onlooker {
    /// Looks at `dir`; the master key is at `key`, else below it.
    pub fn new(dir: &Path, key: Option<&Path>) -> Self {
        Self { dir: dir.to_owned(), key: key.map(Path::to_owned), disk: Arc::new(RealDisk) }
    }

    /// Whether a process holds this folder now; in doubt not.
    pub fn is_held(dir: &Path) -> bool {
        let Ok(file) = fs::File::open(dir.join("lock")) else { return false };
        // The lock is given back with the file: whoever opens at this instant tries again.
        rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockShared)
            == Err(rustix::io::Errno::WOULDBLOCK)
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether this is a desk of invented people.
    pub fn is_practice(&self) -> bool {
        self.dir.join("practice").exists()
    }

    pub(super) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// The keys as they are now.
    pub(super) fn vault(&self) -> Result<Vault, Fault> {
        Vault::look(&*self.disk, &self.dir.join("keys"), self.key.as_deref())
    }

    pub(super) fn journal(&self) -> Result<Bystander, Fault> {
        Bystander::look(Arc::clone(&self.disk), &self.dir.join("journal"))
    }

    pub(super) fn trail(&self) -> Result<Bystander, Fault> {
        Bystander::look(Arc::clone(&self.disk), &self.dir.join("trail"))
    }

    /// The files of drafts, by their names below `drafts/`, in order. One that goes meanwhile has become a commit.
    pub(super) fn drafts(&self, most: u64) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        let dir = self.dir.join("drafts");
        let mut drafts = Vec::new();
        for operator in self.disk.list(&dir).map_err(|e| faults::io("list", &dir, &e))? {
            let below = dir.join(&operator);
            let Ok(names) = self.disk.list(&below) else { continue };
            for name in names.into_iter().filter(|name| name.ends_with(".draft")) {
                let path = below.join(&name);
                match super::disk::read_all(self.disk(), &path, most) {
                    Ok(bytes) => drafts.push((format!("{operator}/{name}"), bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => return Err(faults::io("read", &path, &error)),
                }
            }
        }
        Ok(drafts)
    }

    /// Verifies what can be verified without the desk: both chains line by line up to now, every seal, every key slot that the
    /// lines name. The store is left out.
    ///
    /// # Errors
    /// What `watch` says, and what keeps it from verifying; what it finds is in the [`Verdict`].
    pub fn verify(&self, watch: &mut dyn FnMut(Progress) -> Result<(), Fault>) -> Result<Verdict, Fault> {
        let vault = self.vault()?;
        let (journal, trail) = (self.journal()?, self.trail()?);
        let total = journal.extents().iter().chain(trail.extents()).map(|extent| extent.bytes).sum();
        // Slots that were filled after the first look are there at the second.
        let vault = Looking { vault: &vault, again: self, fresh: None };
        Check { verdict: Verdict::default(), vault, watch, done: 0, total, highest: SlotNo::FIRST }
            .run(&journal, &trail)
    }
}

/// The vault, looked at again when a line names a slot that the first look did not see.
struct Looking<'a> {
    vault: &'a Vault,
    again: &'a Onlooker,
    fresh: Option<Vault>,
}

impl Looking<'_> {
    fn now(&self) -> &Vault {
        self.fresh.as_ref().unwrap_or(self.vault)
    }

    fn until(&mut self, slot: SlotNo) -> Result<&Vault, Fault> {
        if slot >= self.now().filled() {
            self.fresh = Some(self.again.vault()?);
        }
        Ok(self.now())
    }
}

struct Check<'a> {
    verdict: Verdict,
    vault: Looking<'a>,
    watch: &'a mut dyn FnMut(Progress) -> Result<(), Fault>,
    done: u64,
    total: u64,
    highest: SlotNo,
}

impl Check<'_> {
    fn run(mut self, journal: &Bystander, trail: &Bystander) -> Result<Verdict, Fault> {
        let key = self.vault.now().signing_key().verifying_key();
        let head = journal.scan(&key, &mut |step| self.line_of_journal(step))?;
        self.verdict.meets(head.seq.next());
        trail.scan(&key, &mut |step| self.line_of_trail(step))?;
        let (_, lost) = self.vault.until(self.highest)?.copied(0..self.highest.0)?;
        self.verdict.lost_slots = lost;
        self.verdict.is_store_left_out = true;
        Ok(self.verdict)
    }

    fn tell(&mut self, bytes: usize) -> Result<(), Fault> {
        self.done += bytes as u64;
        if (self.verdict.lines + self.verdict.trail_lines).is_multiple_of(TELL_EVERY) {
            (self.watch)(Progress { step: Step::Verify, done: self.done, total: self.total })?;
        }
        Ok(())
    }

    fn line_of_journal(&mut self, step: Scanned<'_>) -> Result<(), Fault> {
        let (line, raw, at) = match step {
            Scanned::Line { line, raw, at } => (line, raw, at),
            Scanned::Bad(bad) => {
                self.verdict.note(bad);
                return Ok(());
            }
        };
        self.verdict.lines += 1;
        self.verdict.meets(line.seq);
        for part in &line.parts {
            self.highest = self.highest.max(SlotNo(part.slot.0.saturating_add(1)));
            let is_open = match self.vault.until(part.slot)?.key(part.slot) {
                Ok(Some(key)) => part.seal.is_empty() || line.open(part, &key).is_ok(),
                Ok(None) => true,
                Err(fault) if fault.code == "K04" => {
                    self.verdict.is_keyless(part.of);
                    false
                }
                Err(fault) => return Err(fault),
            };
            if !is_open {
                self.verdict.note(at.bad(line.seq, What::Sealed));
            }
        }
        self.verdict.name(&line.found);
        self.tell(raw.len())
    }

    fn line_of_trail(&mut self, step: Scanned<'_>) -> Result<(), Fault> {
        let bad: Bad = match step {
            Scanned::Bad(bad) => bad,
            Scanned::Line { line, raw, at } => {
                self.verdict.trail_lines += 1;
                self.tell(raw.len())?;
                if opens(&line, self.vault.now().trail_key()) {
                    return Ok(());
                }
                at.bad(line.seq, What::Sealed)
            }
        };
        self.verdict.trail.push(bad);
        Ok(())
    }
}
