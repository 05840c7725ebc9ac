//! The writer panics: the process ends at once, says where and nothing of anybody, and the journal restores. The desk that
//! panics is a child process, at a clock or a disk of the test.

use crate::hall::*;
use pulang::desk::{Desk, DeskOptions, First, Proposal};
use pulang::domain::subject::Subject;
use pulang::domain::value::Timed;
use pulang::records::disk::DiskFile;
use pulang::records::watched::{Watched, Watcher};
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

impl Watcher for Trap {
    fn write_at(&self, path: &Path, below: &dyn DiskFile, bytes: &[u8], at: u64) -> io::Result<()> {
        if is_journal(path) && self.strikes(IN_A_WRITE) {
            below.write_at(&bytes[..bytes.len() / 2], at)?;
            self.spring(IN_A_WRITE);
        }
        below.write_at(bytes, at)
    }

    fn sync(&self, path: &Path, below: &dyn DiskFile) -> io::Result<()> {
        below.sync()?;
        if is_journal(path) {
            self.spring(AFTER_THE_SYNC);
        }
        Ok(())
    }
}

fn is_journal(path: &Path) -> bool {
    path.to_string_lossy().contains("/journal/")
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
    let (desk, _) = Desk::open_on(Arc::new(Watched(Arc::new(trap.clone()))), options, &mut |_| {}).unwrap();
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
