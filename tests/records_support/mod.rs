//! What the tests of the records room share: invented people, commits about them, and a disk that fails when told to.

#![allow(dead_code)] // every test file takes what it needs
#![allow(clippy::unwrap_used)] // not a #[test] itself, but only for tests

mod dying;

#[allow(unused_imports)] // as above
pub use dying::Dying;

use chrono::{DateTime, Utc};
use pulang::domain::change::{Change, Commit, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::{Facts, Record};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::records::disk::{Access, Disk, DiskFile, RealDisk};
use pulang::records::{Opening, Options, Records, Remains, Seq};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use ulid::Ulid;

pub fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_650_000, 123_456_789).unwrap()
}

pub fn operator() -> Ulid {
    Ulid(77)
}

pub fn case(n: u128) -> Subject {
    // Spread like random ids.
    Subject::case(Ulid(n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)))
}

pub fn commit(changes: Vec<Change>) -> Commit {
    Commit { id: Ulid::new(), at: moment(), by: operator(), office: Ulid(5), undoes: None, changes }
}

/// A new case with about as many facts as quick intake takes.
pub fn creation(n: u128) -> Change {
    let mut facts = Facts::new();
    let nik = format!("710101010190{:04}", 9001 + n % 999);
    for (field, value) in [
        (Field::Name, Value::text(format!("Sitra Bolang {n}"))),
        (Field::Nik, Value::text(nik)),
        (Field::Sex, Value::code("P")),
        (Field::Home, Value::code("71.71.08")),
        (Field::WorkCountry, Value::code("KHM")),
        (Field::Sector, Value::code("SCM")),
        (Field::Status, Value::code("LAPOR")),
        (Field::StatusAt, Value::Time(Timed::certain(moment()))),
        (Field::ReportedAt, Value::Time(Timed::certain(moment()))),
        (Field::CaseNumber, Value::Number(26_000_000 + n as i64)),
        (Field::Owner, Value::Link(Subject::new(Kind::Office, Ulid(5)))),
        (Field::Checks, Value::codes(["S", "T"])),
    ] {
        facts.insert(field.into(), value);
    }
    Change::create(case(n), Timed::certain(moment()), facts)
}

/// An edit of one field of a record as it is now.
pub fn edit(record: &Record, field: Field, text: &str) -> Change {
    let mut change = Change::on(record, Verb::Edit, Timed::certain(moment()));
    change.set(record, field, Some(Value::text(text)));
    change
}

/// What is kept of an erased case.
pub fn remains(n: u128) -> Remains {
    let number = 26_000_000 + n as u32;
    Remains { of: case(n), number, movement: None, owner: Some(Ulid(5)), at: moment(), by: operator() }
}

pub fn open(dir: &Path) -> (Records, Opening) {
    Records::open(dir, Options::default(), &mut |_| {}).unwrap()
}

pub fn commit_one(records: &Records, change: Change) -> Seq {
    records.commit(&[commit(vec![change])]).unwrap()[0].unwrap()
}

/// Every record of every kind.
pub fn everything(records: &Records) -> BTreeMap<Subject, Record> {
    let mut all = BTreeMap::new();
    for kind in Kind::ALL {
        records
            .each(kind, &mut |record, _| {
                all.insert(record.of, record);
            })
            .unwrap();
    }
    all
}

/// What the journal alone says, replayed here by the domain's own rule.
pub fn replayed(records: &Records) -> BTreeMap<Subject, Record> {
    let mut all: BTreeMap<Subject, Record> = BTreeMap::new();
    for seq in 1..=records.head().0 {
        let Some(read) = records.read_commit(Seq(seq)).unwrap() else { continue };
        for change in read.commit.changes {
            change.apply(all.entry(change.of).or_insert_with(|| Record::empty(change.of)));
        }
    }
    all
}

/// A disk that fails when told to, and remembers what was synced, so that a test can pull the plug.
pub struct Faulty {
    real: RealDisk,
    plan: Arc<Plan>,
}

#[derive(Default)]
pub struct Plan {
    /// Writes and other changes until the disk is full; negative: never.
    pub writes_left: AtomicI64,
    /// Syncs until one fails; negative: never.
    pub syncs_left: AtomicI64,
    /// Only syncs of files with this in their path fail.
    pub fails_below: Mutex<Option<&'static str>>,
    /// Nothing can be changed.
    pub is_read_only: AtomicBool,
    /// Bytes of all files under the folder of the desk, the store's apart, beyond which nothing is taken; zero: no bound.
    pub capacity: AtomicU64,
    pub root: Mutex<std::path::PathBuf>,
    /// Syncs say yes and do nothing.
    pub is_lying: AtomicBool,
    pub syncs: AtomicU64,
    /// Files by path, as they were at their last true sync.
    synced: Mutex<BTreeMap<std::path::PathBuf, Vec<u8>>>,
}

impl Plan {
    pub fn new() -> Arc<Self> {
        let plan = Self::default();
        plan.writes_left.store(-1, Ordering::SeqCst);
        plan.syncs_left.store(-1, Ordering::SeqCst);
        Arc::new(plan)
    }

    pub fn heal(&self) {
        self.writes_left.store(-1, Ordering::SeqCst);
        self.syncs_left.store(-1, Ordering::SeqCst);
        self.is_read_only.store(false, Ordering::SeqCst);
    }

    /// Puts every file that went through this disk back to its last true sync.
    pub fn pull_the_plug(&self) {
        for (path, bytes) in self.synced.lock().unwrap().iter() {
            if path.exists() {
                std::fs::write(path, bytes).unwrap();
            }
        }
    }

    /// Bytes in the files of a folder, the store's apart.
    pub fn used(folder: &Path) -> u64 {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let size = |entry: std::fs::DirEntry| match entry.file_type() {
            Ok(kind) if kind.is_dir() && entry.file_name() != "store" => Self::used(&entry.path()),
            Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |meta| meta.len()),
            _ => 0,
        };
        entries.map(size).sum()
    }

    fn has_room(&self, more: u64) -> io::Result<()> {
        let capacity = self.capacity.load(Ordering::SeqCst);
        if capacity > 0 && Self::used(&self.root.lock().unwrap()) + more > capacity {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        Ok(())
    }

    fn writes(&self) -> io::Result<()> {
        if self.is_read_only.load(Ordering::SeqCst) {
            return Err(io::Error::from(io::ErrorKind::ReadOnlyFilesystem));
        }
        match self.writes_left.load(Ordering::SeqCst) {
            0 => Err(io::Error::from(io::ErrorKind::StorageFull)),
            left if left > 0 => {
                self.writes_left.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

pub fn faulty() -> (Arc<Plan>, Options) {
    let plan = Plan::new();
    let disk = Arc::new(Faulty { real: RealDisk, plan: Arc::clone(&plan) });
    (plan, Options { disk, ..Options::default() })
}

struct FaultyFile {
    file: Box<dyn DiskFile>,
    path: std::path::PathBuf,
    plan: Arc<Plan>,
    reserved: AtomicU64,
}

impl DiskFile for FaultyFile {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.file.read_at(into, at)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let is_reserved = at + bytes.len() as u64 <= self.reserved.load(Ordering::SeqCst);
        self.plan.has_room((at + bytes.len() as u64).saturating_sub(self.file.len()?))?;
        match self.plan.writes() {
            Err(error) if error.kind() == io::ErrorKind::StorageFull && !is_reserved => {
                // A full disk takes half of it.
                self.file.write_at(&bytes[..bytes.len() / 2], at)?;
                Err(error)
            }
            Err(error) if error.kind() != io::ErrorKind::StorageFull => Err(error),
            _ => self.file.write_at(bytes, at),
        }
    }

    fn cut(&self, len: u64) -> io::Result<()> {
        self.file.cut(len)
    }

    fn sync(&self) -> io::Result<()> {
        self.plan.syncs.fetch_add(1, Ordering::SeqCst);
        let below = self.plan.fails_below.lock().unwrap().unwrap_or_default();
        match self.plan.syncs_left.load(Ordering::SeqCst) {
            _ if !self.path.to_string_lossy().contains(below) => {}
            0 => {
                self.plan.syncs_left.store(-1, Ordering::SeqCst);
                return Err(io::Error::other("the cable is loose"));
            }
            left if left > 0 => _ = self.plan.syncs_left.fetch_sub(1, Ordering::SeqCst),
            _ => {}
        }
        if !self.plan.is_lying.load(Ordering::SeqCst) {
            self.file.sync()?;
            let mut bytes = vec![0; self.file.len()? as usize];
            self.file.read_at(&mut bytes, 0)?;
            self.plan.synced.lock().unwrap().insert(self.path.clone(), bytes);
        }
        Ok(())
    }

    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        self.plan.writes()?;
        self.reserved.store(from + len, Ordering::SeqCst);
        Ok(())
    }

    fn is_there(&self) -> io::Result<bool> {
        self.file.is_there()
    }
}

impl Disk for Faulty {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        if access == Access::Create {
            self.plan.writes()?;
        }
        let (path, plan) = (path.to_owned(), Arc::clone(&self.plan));
        let file = self.real.open(&path, access)?;
        Ok(Box::new(FaultyFile { file, path, plan, reserved: AtomicU64::new(0) }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.plan.writes()?;
        self.real.rename(from, to)?;
        let mut synced = self.plan.synced.lock().unwrap();
        if let Some(bytes) = synced.remove(from) {
            synced.insert(to.to_owned(), bytes);
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if self.plan.is_read_only.load(Ordering::SeqCst) {
            return Err(io::Error::from(io::ErrorKind::ReadOnlyFilesystem));
        }
        self.plan.synced.lock().unwrap().remove(path);
        self.real.remove(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.real.sync_dir(path)
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.real.make_dir(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        self.real.list(path)
    }
}
