//! The writer panics: the process ends at once, says where and nothing of anybody, and the journal restores. The desk that
//! panics is a child process, at a clock or a disk of the test.

use crate::hall::*;
use pulang::desk::{Desk, DeskOptions, First, Proposal};
use pulang::domain::subject::Subject;
use pulang::domain::value::Timed;
use pulang::records::disk::{Access, Disk, DiskFile, RealDisk};
use pulang::terminal::tty::install_panic_hook;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use ulid::Ulid;

const DIR: &str = "PULANG_TEST_ABORTS_IN";
const WHERE: &str = "PULANG_TEST_ABORTS_AT";
const DRAFT: Ulid = Ulid(7);

/// Where the writer's panic strikes.
const WHILE_JUDGING: &str = "judging";
const IN_A_WRITE: &str = "write";
const AFTER_THE_SYNC: &str = "sync";

/// Panics in the writer's thread once it is armed, with words that no report may repeat.
#[derive(Clone)]
struct Trap {
    at: Arc<str>,
    is_armed: Arc<AtomicBool>,
}

impl Trap {
    fn strikes(&self, at: &str) -> bool {
        let is_writer = std::thread::current().name() == Some("writer");
        *self.at == *at && is_writer && self.is_armed.load(Ordering::SeqCst)
    }

    fn spring(&self, at: &str) {
        assert!(!self.strikes(at), "BUDI CONTOH, NIK 3171051505989001");
    }
}

/// A disk whose journal has a trap in it.
struct TrappedDisk(Trap);

struct TrappedFile(Box<dyn DiskFile>, Trap);

impl DiskFile for TrappedFile {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        self.0.read_at(into, at)
    }
    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        if self.1.strikes(IN_A_WRITE) {
            self.0.write_at(&bytes[..bytes.len() / 2], at)?;
        }
        self.1.spring(IN_A_WRITE);
        self.0.write_at(bytes, at)
    }
    fn cut(&self, len: u64) -> io::Result<()> {
        self.0.cut(len)
    }
    fn sync(&self) -> io::Result<()> {
        self.0.sync()?;
        self.1.spring(AFTER_THE_SYNC);
        Ok(())
    }
    fn reserve(&self, from: u64, len: u64) -> io::Result<()> {
        self.0.reserve(from, len)
    }
}

impl Disk for TrappedDisk {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let file = RealDisk.open(path, access)?;
        let is_journal = path.to_string_lossy().contains("/journal/");
        Ok(if is_journal { Box::new(TrappedFile(file, self.0.clone())) } else { file })
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_dir(path)
    }
    fn make_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_dir(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(path)
    }
}

/// What the child does; in the parent it does nothing.
#[test]
fn child_desk() {
    let (Ok(dir), Ok(at)) = (std::env::var(DIR), std::env::var(WHERE)) else { return };
    install_panic_hook();
    let trap = Trap { at: at.into(), is_armed: Arc::default() };
    let in_the_clock = trap.clone();
    let clock = move || {
        in_the_clock.spring(WHILE_JUDGING);
        chrono::Utc::now()
    };
    let first = First { uid: 1000, name: "Ketut Contoh".into(), office: "Meja Uji".into(), zone: "WIB" };
    let options = DeskOptions { dir: PathBuf::from(dir), key: None, clock: Arc::new(clock), is_practice: false, first };
    let (desk, _) = Desk::open_on(Arc::new(TrappedDisk(trap.clone())), options, &mut |_| {}).unwrap();
    let chief = desk.enter(1000).unwrap();
    let now = Timed::certain(chrono::Utc::now());
    done(&chief, vec![arrival_at(Subject::case(Ulid(1)), "SARI CONTOH", now)]);
    chief.save_draft(DRAFT, b"half typed").unwrap();
    println!("SAVED");
    trap.is_armed.store(true, Ordering::SeqCst);
    let asks = vec![arrival_at(Subject::case(Ulid(2)), "BUDI CONTOH", now)];
    let answer = chief.propose(Proposal { id: Ulid(3), asks, undoes: None }).wait(Duration::from_secs(30));
    assert!(!matches!(answer, Some(Ok(_))), "nobody is told that it is saved");
    std::thread::sleep(Duration::from_secs(30));
    println!("OUTLIVED");
}

#[test]
fn a_panic_of_the_writer_ends_the_process_and_the_journal_restores() {
    for (at, is_on_disk) in [(WHILE_JUDGING, false), (IN_A_WRITE, false), (AFTER_THE_SYNC, true)] {
        let hall = Hall::new();
        let mut ended = None;
        let hall = hall.restarted_after_in(|dir| {
            let mut child = Command::new(std::env::current_exe().unwrap());
            child.args(["--exact", "aborts::child_desk", "--nocapture"]).env(DIR, dir).env(WHERE, at);
            ended = Some(child.output().unwrap());
        });
        let ended = ended.unwrap();
        let (out, err) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        assert_eq!(ended.status.signal(), Some(6), "{at}: {out}\n{err}");
        assert!(out.contains("SAVED") && !out.contains("OUTLIVED"), "{at}: {out}");
        assert!(err.contains("internal error at tests/desk/aborts.rs:"), "{at}: {err}");
        assert!(!err.contains("BUDI") && !err.contains("3171"), "{at}: {err}");
        let chief = hall.chief();
        let mut names: Vec<String> = everybody(&chief).into_iter().map(|one| one.name.to_string()).collect();
        names.sort();
        let all: &[&str] = if is_on_disk { &["BUDI CONTOH", "SARI CONTOH"] } else { &["SARI CONTOH"] };
        assert_eq!(names, all, "{at}");
        assert_eq!(chief.load_draft(DRAFT).as_deref(), Some(&b"half typed"[..]), "{at}");
        assert!(hall.desk.index_differs().unwrap().is_empty(), "{at}");
        assert!(hall.desk.verify(&mut |_| {}).unwrap().is_whole(), "{at}");
        // Asked again by its id it happens once, whatever became of it.
        let again = vec![arrival_at(Subject::case(Ulid(2)), "BUDI CONTOH", hall.now())];
        answer(&chief, Proposal { id: Ulid(3), asks: again, undoes: None }).unwrap();
        assert_eq!(everybody(&chief).len(), 2, "{at}");
    }
}
