//! A desk over a folder that an ordeal harms: opening it, working at it, and holding everything it keeps against the journal.

use crate::records_support::{everything, replayed};
use chrono::{DateTime, Utc};
use pulang::desk::{Ask, Clock, Desk, DeskOptions, First, Proposal, Seat, Started};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::Intent;
use pulang::domain::record::{Facts, ItemId, Record, Slot};
use pulang::domain::refusal::Fault;
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::value::{Timed, Value};
use pulang::records::{Opening, Options, Records};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The user whom the first start makes supervisor.
pub const CHIEF: u32 = 1000;

/// The machine's clock.
pub fn machine_clock() -> Clock {
    Arc::new(Utc::now)
}

/// Opens the desk of a folder.
pub fn desk(dir: &Path, clock: Clock) -> Result<(Desk, Started), Fault> {
    let first = First { uid: CHIEF, name: "Ketut Contoh".into(), office: "Meja Uji".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.to_owned(), key: None, clock, is_practice: false, first };
    Desk::open(options, &mut |_| {})
}

/// Somebody who comes in.
pub fn arrival(of: Subject, name: &str, at: DateTime<Utc>) -> Ask {
    let at = Timed::certain(at);
    let facts = Facts::from([
        (Field::Name.into(), Value::text(name)),
        (Field::ReportChannel.into(), Value::code("DTG")),
        (Field::ReportedAt.into(), Value::Time(at)),
        (Field::ReportCountry.into(), Value::code("KHM")),
        (Field::DuplicateAnswer.into(), Value::code("BRU")),
        (Field::IdentitySource.into(), Value::code("PSP")),
    ]);
    Ask::Create { of, facts, happened: at }
}

/// An edit of one field of a record as it was seen.
pub fn marked(seen: &Record, text: &str, at: DateTime<Utc>) -> Ask {
    let mut change = Change::on(seen, Verb::Edit, Timed::certain(at));
    change.set(seen, Field::Marks, Some(Value::text(text)));
    Ask::Edit(change)
}

/// A note on a case, by whoever writes it.
pub fn note(seen: &Record, item: ItemId, text: &str, by: Subject, at: DateTime<Utc>) -> Ask {
    let mut change = Change::on(seen, Verb::Note, Timed::certain(at));
    change.set(seen, Slot::of(item, Field::NoteText), Some(Value::text(text)));
    change.set(seen, Slot::of(item, Field::NoteBy), Some(Value::Link(by)));
    change.set(seen, Slot::of(item, Field::NoteAt), Some(Value::Time(Timed::certain(at))));
    Ask::Edit(change)
}

/// A step on the main track.
pub fn step(of: Subject, to: Status, at: DateTime<Utc>) -> Ask {
    Ask::Move { of, to, intent: Intent::at(Timed::certain(at)) }
}

/// What is asked for together, and must happen.
pub fn done(seat: &Seat, asks: Vec<Ask>) {
    let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
    seat.propose(proposal).wait(Duration::from_secs(60)).unwrap().unwrap();
}

/// Opens the records of a folder with nothing else.
pub fn records(dir: &Path) -> Result<(Records, Opening), Fault> {
    Records::open(dir, Options::default(), &mut |_| {})
}

/// Holds everything that a folder keeps against its journal: chains, seals, store, index. What opening found is given back.
pub fn agreeing(dir: &Path, what: &str) -> Started {
    let (desk, started) = desk(dir, machine_clock()).unwrap_or_else(|fault| panic!("{what}: {fault}"));
    let verdict = desk.verify(&mut |_| {}).unwrap();
    assert!(verdict.is_whole(), "{what}: {verdict:?}");
    assert!(desk.index_differs().unwrap().is_empty(), "{what}: the index differs");
    drop(desk);
    let (records, _) = records(dir).unwrap();
    assert!(everything(&records) == replayed(&records), "{what}: store and journal differ");
    started
}

/// A folder for bytes that are harmed by hand: in memory where the machine has room there, for no sync is at stake.
/// `TMPDIR` puts it elsewhere.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    match std::env::var_os("TMPDIR") {
        None if memory.is_dir() => tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()),
        _ => tempfile::tempdir(),
    }
    .unwrap()
}

/// A copy of a folder with everything in it.
pub fn copied(from: &Path) -> tempfile::TempDir {
    let copy = folder();
    copy_tree(from, copy.path());
    copy
}

/// Copies a folder into another.
pub fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
