//! Erasing a case: who may, what is forgotten with it, and that whatever interrupts it is finished.

use crate::dying::Dying;
use crate::hall::{Hall, done, tried};
use pulang::desk::{Ask, Denied, Proposal, Seat};
use pulang::domain::gate::Intent;
use pulang::domain::status::Status;
use pulang::domain::subject::{Number, Subject};
use pulang::records::disk::DiskFile;
use pulang::records::watched::{Watched, Watcher};
use pulang::records::{Options, Records, Remains};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use ulid::Ulid;

const WHY: &str = "masa simpan berakhir";
const NAME: &str = "WAYAN REKAAN";

/// Somebody taken in by mistake and taken back: over, and tied to nothing.
fn withdrawn(hall: &Hall, seat: &Seat) -> Subject {
    let of = hall.case(seat, NAME);
    let undo = seat.undo().unwrap();
    seat.propose(undo).wait(Duration::from_secs(30)).unwrap().unwrap();
    of
}

fn erase(seat: &Seat, of: Subject) -> pulang::desk::Answer {
    tried(seat, vec![Ask::Erase { of, why: WHY.into() }])
}

/// The names in the snapshot that the next start would begin with.
fn kept_names(dir: &Path) -> Vec<String> {
    let (records, _) = Records::open(dir, Options::default(), &mut |_| {}).unwrap();
    let Some((_, index)) = records.load_snapshot() else { return Vec::new() };
    (0..index.still().rows.len() as u32).filter_map(|row| Some(index.summary(row)?.name)).collect()
}

#[test]
fn only_a_supervisor_of_the_owner_erases_and_only_with_a_reason_that_names_nobody() {
    let hall = Hall::new();
    let (chief, officer, stranger) = (hall.chief(), hall.hire(&["PPM"]), hall.stranger(&["PNY"]));
    let of = withdrawn(&hall, &chief);
    for seat in [&officer, &stranger] {
        let Err(Denied::Refused(refusal)) = erase(seat, of) else { panic!("somebody else erased") };
        assert_eq!(refusal.key, "why-not-supervisor-only");
    }
    for (why, key) in [("salah", "refused-reason-short"), ("diminta Wayan sendiri", "refused-reason-names")] {
        let asked = tried(&chief, vec![Ask::Erase { of, why: why.into() }]);
        assert!(matches!(asked, Err(Denied::Refused(refusal)) if refusal.key == key), "{why}");
    }
    let open = hall.case(&chief, "SARI REKAAN");
    assert!(matches!(erase(&chief, open), Err(Denied::Refused(refusal)) if refusal.key == "refused-erase-open"));
    let edit = Ask::Move { of: open, to: Status::Verif, intent: Intent::at(hall.now()) };
    let mixed = tried(&chief, vec![Ask::Erase { of, why: WHY.into() }, edit]);
    assert!(matches!(mixed, Err(Denied::Refused(refusal)) if refusal.key == "refused-nothing-asked"));
    erase(&chief, of).unwrap();
    assert!(matches!(erase(&chief, of), Err(Denied::Refused(_))), "it is gone");
}

#[test]
fn an_erased_case_is_forgotten_by_index_snapshot_undo_and_drafts_and_its_number_is_taken() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = withdrawn(&hall, &chief);
    let number = chief.number_of_row(chief.row_of(of.id).unwrap()).unwrap();
    let draft = format!("{{\"purpose\":\"note\",\"of\":\"{of}\",\"lines\":[]}}");
    let other = format!("{{\"purpose\":\"note\",\"of\":\"{}\",\"lines\":[]}}", Subject::case(Ulid::new()));
    let kept = Ulid::new();
    chief.save_draft(Ulid::new(), draft.as_bytes()).unwrap();
    chief.save_draft(kept, other.as_bytes()).unwrap();
    hall.desk.save_snapshot().unwrap();
    let asked = Proposal { id: Ulid::new(), asks: vec![Ask::Erase { of, why: WHY.into() }], undoes: None };
    let first = chief.propose(asked.clone()).wait(Duration::from_secs(30)).unwrap().unwrap();
    let again = chief.propose(asked).wait(Duration::from_secs(30)).unwrap().unwrap();
    assert_eq!((first.id, first.changed), (again.id, again.changed));
    assert_eq!(chief.row_of(of.id), None);
    assert_eq!(chief.drafts().into_iter().map(|(id, ..)| id).collect::<Vec<_>>(), [kept]);
    chief.save_draft(Ulid::new(), draft.as_bytes()).unwrap();
    assert_eq!(chief.drafts().len(), 1, "a screen that has not heard yet keeps nothing of them");
    assert!(chief.undo().is_err() && chief.redo().is_err());
    assert_eq!(chief.link_name(of), number.to_string());
    assert!(chief.erased_number(number).is_some() && chief.is_erased(of));
    assert!(hall.desk.index_differs().unwrap().is_empty());
    drop(chief);
    let hall = hall.restarted();
    let chief = hall.chief();
    let next = hall.case(&chief, "SARI REKAAN");
    let next = chief.number_of_row(chief.row_of(next.id).unwrap()).unwrap();
    assert_eq!(next, Number { running: number.running + 1, ..number }, "never given again");
    assert!(hall.desk.verify(&mut |_| ()).unwrap().is_whole());
    drop(chief);
    let hall = hall.restarted_after(|| ());
    let dir = hall.dir.path().to_owned();
    drop(hall.desk);
    assert!(!kept_names(&dir).contains(&NAME.to_owned()));
}

#[test]
fn an_erasure_that_never_came_to_the_snapshot_is_finished_by_the_next_start() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = withdrawn(&hall, &chief);
    let draft = format!("{{\"of\":\"{of}\"}}");
    chief.save_draft(Ulid::new(), draft.as_bytes()).unwrap();
    hall.desk.save_snapshot().unwrap();
    drop(chief);
    let dir = hall.dir.path().to_owned();
    let hall = hall.restarted_after(|| {
        assert!(kept_names(&dir).contains(&NAME.to_owned()), "it was there");
        let (records, _) = Records::open(&dir, Options::default(), &mut |_| {}).unwrap();
        let at = chrono::DateTime::UNIX_EPOCH;
        let remains = Remains { of, number: 26_000_001, movement: None, owner: None, at, by: Ulid(7) };
        records.erase(Ulid::new(), Ulid(5), &remains).unwrap();
    });
    let chief = hall.chief();
    assert_eq!((chief.row_of(of.id), chief.drafts().len()), (None, 0));
    assert!(hall.desk.index_differs().unwrap().is_empty());
    drop(chief);
    // Killed right after: the snapshot is written already.
    drop(hall.desk);
    assert!(!kept_names(&dir).contains(&NAME.to_owned()));
}

#[test]
fn a_disk_that_stops_at_any_operation_of_an_erasure_leaves_it_to_be_asked_again() {
    let (mut refused, mut unknown) = (0, 0);
    for operations in 0.. {
        let (disk, left) = Dying::after(-1);
        let hall = Hall::on(disk);
        let chief = hall.chief();
        let of = withdrawn(&hall, &chief);
        hall.desk.save_snapshot().unwrap();
        let asked = Proposal { id: Ulid::new(), asks: vec![Ask::Erase { of, why: WHY.into() }], undoes: None };
        left.store(operations, Ordering::SeqCst);
        let told = chief.propose(asked.clone()).wait(Duration::from_secs(30)).unwrap();
        let is_used_up = left.load(Ordering::SeqCst) == 0;
        left.store(-1, Ordering::SeqCst);
        match &told {
            Ok(_) => {}
            Err(Denied::Fault(_) | Denied::Refused(_)) => refused += 1,
            Err(Denied::Unknown(_)) => unknown += 1,
            Err(other) => panic!("{operations}: {other:?}"),
        }
        chief.propose(asked).wait(Duration::from_secs(30)).unwrap().unwrap_or_else(|e| panic!("{operations}: {e:?}"));
        assert_eq!(chief.row_of(of.id), None, "{operations}");
        assert!(hall.desk.index_differs().unwrap().is_empty(), "{operations}");
        assert!(hall.desk.verify(&mut |_| ()).unwrap().is_whole(), "{operations}");
        done(&chief, vec![hall.arrival(Subject::case(Ulid::new()), "SARI REKAAN")]);
        drop(chief);
        let dir = hall.dir.path().to_owned();
        let hall = hall.restarted();
        assert_eq!(hall.chief().row_of(of.id), None, "{operations}");
        drop(hall.desk);
        assert!(!kept_names(&dir).contains(&NAME.to_owned()), "{operations}");
        if told.is_ok() && !is_used_up {
            break;
        }
    }
    assert!(refused > 1 && unknown > 1, "{refused} refused, {unknown} unknown");
}

#[test]
fn what_was_done_to_others_before_can_still_be_taken_back() {
    let hall = Hall::new();
    let chief = hall.chief();
    let other = hall.case(&chief, "SARI REKAAN");
    let of = withdrawn(&hall, &chief);
    erase(&chief, of).unwrap();
    drop(chief);
    let hall = hall.restarted();
    let chief = hall.chief();
    let undo = chief.undo().unwrap();
    chief.propose(undo).wait(Duration::from_secs(30)).unwrap().unwrap();
    assert_eq!(chief.count(&pulang::domain::query::Query::default()), 0, "{other} is taken back");
}

/// Holds back the syncs of the journal, so that proposals come together, and fails those of the first copy of the key slots;
/// counts those of both copies that came through.
#[derive(Default)]
struct Jam {
    holds: AtomicBool,
    is_holding: AtomicBool,
    fails: AtomicBool,
    slots_synced: [AtomicUsize; 2],
}

impl Watcher for Jam {
    fn sync(&self, path: &Path, below: &dyn DiskFile) -> io::Result<()> {
        while self.holds.load(Ordering::SeqCst) && path.to_string_lossy().contains("/journal/") {
            self.is_holding.store(true, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(2));
        }
        if path.ends_with("slots.a") && self.fails.swap(false, Ordering::SeqCst) {
            return Err(io::Error::from_raw_os_error(5));
        }
        below.sync()?;
        for (copy, synced) in ["slots.a", "slots.b"].iter().zip(&self.slots_synced) {
            synced.fetch_add(usize::from(path.ends_with(copy)), Ordering::SeqCst);
        }
        Ok(())
    }
}

#[test]
fn an_erasure_in_doubt_is_finished_before_anybody_else_is_judged_and_its_key_is_synced_again() {
    let jam = Arc::new(Jam::default());
    let hall = Hall::on(Arc::new(Watched(Arc::clone(&jam))));
    let chief = hall.chief();
    let of = withdrawn(&hall, &chief);
    hall.desk.save_snapshot().unwrap();
    let asked = |ask| chief.propose(Proposal { id: Ulid::new(), asks: vec![ask], undoes: None });
    let newcomer = |name| hall.arrival(Subject::case(Ulid::new()), name);
    jam.holds.store(true, Ordering::SeqCst);
    let before = asked(newcomer("SARI REKAAN"));
    while !jam.is_holding.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(2));
    }
    let erased = asked(Ask::Erase { of, why: WHY.into() });
    let after = asked(newcomer("BUDI REKAAN"));
    let synced = jam.slots_synced.each_ref().map(|copy| copy.load(Ordering::SeqCst));
    jam.fails.store(true, Ordering::SeqCst);
    jam.holds.store(false, Ordering::SeqCst);
    let most = Duration::from_secs(30);
    before.wait(most).unwrap().unwrap();
    assert!(matches!(erased.wait(most).unwrap(), Err(Denied::Unknown(_))));
    after.wait(most).unwrap().unwrap();
    assert!(chief.row_of(of.id).is_none() && chief.is_erased(of));
    // What the machine still holds in memory after a failed sync reads as erased, and is not.
    for (copy, before) in jam.slots_synced.iter().zip(synced) {
        assert!(copy.load(Ordering::SeqCst) > before, "both copies are synced after the failure");
    }
    assert!(hall.desk.index_differs().unwrap().is_empty());
    drop(chief);
    let hall = hall.restarted();
    assert_eq!(hall.chief().row_of(of.id), None);
    let dir = hall.dir.path().to_owned();
    drop(hall.desk);
    assert!(!kept_names(&dir).contains(&NAME.to_owned()));
}

#[test]
fn a_draft_that_cannot_be_removed_keeps_nobody_else_from_saving_and_goes_as_soon_as_it_can() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = withdrawn(&hall, &chief);
    let draft = Ulid::new();
    chief.save_draft(draft, format!("{{\"of\":\"{of}\"}}").as_bytes()).unwrap();
    let found = walk(&hall.dir.path().join("drafts"));
    let path = found.iter().find(|path| path.to_string_lossy().contains(&draft.to_string())).unwrap();
    // A folder cannot be read as a draft, nor removed as a file; what stood there stands beside.
    let aside = hall.dir.path().join("aside");
    let folder = path.parent().unwrap();
    std::fs::rename(folder, &aside).unwrap();
    std::fs::write(folder, b"").unwrap();
    assert!(matches!(erase(&chief, of), Err(Denied::Unknown(_))));
    assert!(chief.row_of(of.id).is_none() && chief.is_erased(of), "all the same nobody finds them");
    hall.case(&chief, "SARI REKAAN");
    std::fs::remove_file(folder).unwrap();
    std::fs::rename(&aside, folder).unwrap();
    let since = std::time::Instant::now();
    while !chief.drafts().is_empty() {
        assert!(since.elapsed() < Duration::from_secs(30), "the draft of an erased case stays");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// All files below a folder.
fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let below = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    below.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
