//! What saving costs: a durable commit beside the same bytes and one `fdatasync`, many operators at once, a bulk move with its
//! undo, the manifest of the tests.
//!
//! `cargo bench --bench commits` makes a desk in the temporary folder (`TMPDIR` chooses the disk) and prints medians; commits
//! and their floor are taken in turn, so that both meet the same disk. A memory file system has no syncs to measure.
#![allow(clippy::unwrap_used, reason = "a measurement")]

use chrono::Utc;
use pulang::desk::{Ask, Clock, Desk, DeskOptions, First, Proposal, Seat};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::Intent;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const MANIFEST: &[u8] = include_bytes!("../tests/data/manifest_110.csv");
const SINGLE: usize = 300;
const SESSIONS: usize = 64;
const EACH: usize = 40;
const PATIENCE: Duration = Duration::from_secs(60);

fn opened(dir: &Path) -> Desk {
    let clock: Clock = Arc::new(Utc::now);
    let first = First { uid: 0, name: "uji".into(), office: "uji".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.join("desk"), key: None, clock, is_practice: false, first };
    Desk::open(options, &mut |_| {}).unwrap().0
}

fn now() -> Timed {
    Timed::certain(Utc::now())
}

/// Proposes and waits until it is on the disk.
fn done(seat: &Seat, asks: Vec<Ask>) -> Duration {
    let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
    let begun = Instant::now();
    seat.propose(proposal).wait(PATIENCE).unwrap().unwrap();
    begun.elapsed()
}

fn newcomer(seat: &Seat) -> Ask {
    let of = Subject::new(Kind::Case, seat.new_id());
    let facts = Facts::from([
        (Field::Name.into(), Value::text("SARI REKAAN")),
        (Field::ReportChannel.into(), Value::code("DTG")),
        (Field::ReportedAt.into(), Value::Time(now())),
        (Field::ReportCountry.into(), Value::code("KHM")),
    ]);
    Ask::Create { of, facts, happened: now() }
}

/// One small edit of a case: what an operator saves most.
fn edited(seat: &Seat, of: Subject, text: String) -> Duration {
    let record = seat.record(of).unwrap();
    let mut change = Change::on(&record, Verb::Edit, now());
    change.set(&record, Field::Aliases, Some(Value::text(text)));
    done(seat, vec![Ask::Edit(change)])
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn bytes_of(folder: &Path) -> u64 {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

/// Commits of one session, in turn with as many bytes and one sync of data in a file beside; gives how many a second.
fn one_by_one(dir: &Path, seat: &Seat, of: Subject) -> f64 {
    let journal = dir.join("desk/journal");
    let before = bytes_of(&journal);
    edited(seat, of, "Sari".into());
    let line = vec![b'x'; (bytes_of(&journal) - before).clamp(256, 64 * 1024) as usize];
    let mut beside = File::create(dir.join("floor")).unwrap();
    let (mut commits, mut floor) = (Vec::new(), Vec::new());
    for nth in 0..SINGLE {
        let begun = Instant::now();
        beside.write_all(&line).unwrap();
        beside.sync_data().unwrap();
        floor.push(begun.elapsed());
        commits.push(edited(seat, of, format!("Sari {nth}")));
    }
    let rate = SINGLE as f64 / commits.iter().sum::<Duration>().as_secs_f64();
    let (commit, floor) = (median(commits), median(floor));
    let ratio = commit.as_secs_f64() / floor.as_secs_f64();
    println!(
        "durable commit: {commit:.2?}; the same {} bytes and fdatasync: {floor:.2?}; {ratio:.2} times",
        line.len()
    );
    rate
}

/// Sessions that save at the same time, each in a case of its own, beside one alone.
fn together(seat: &Seat, single: f64) {
    let cases: Vec<Subject> = (0..SESSIONS)
        .map(|_| {
            let ask = newcomer(seat);
            let Ask::Create { of, .. } = &ask else { unreachable!("a newcomer is created") };
            let of = *of;
            done(seat, vec![ask]);
            of
        })
        .collect();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for of in cases {
            let seat = seat.clone();
            scope.spawn(move || (0..EACH).for_each(|nth| _ = edited(&seat, of, format!("Sari {nth}"))));
        }
    });
    let rate = (SESSIONS * EACH) as f64 / begun.elapsed().as_secs_f64();
    println!("{SESSIONS} sessions: {rate:.0} commits a second; one alone {single:.0}; {:.1} times", rate / single);
}

/// Three hundred people taken in, moved as one and taken back as one.
fn bulk(seat: &Seat) {
    let people: Vec<Ask> = (0..300).map(|_| newcomer(seat)).collect();
    let cases: Vec<Subject> =
        people.iter().filter_map(|ask| if let Ask::Create { of, .. } = ask { Some(*of) } else { None }).collect();
    done(seat, people);
    let edits = vec![(Slot::own(Field::LandedAt), Value::Time(now()))];
    let intent = || Intent { edits: edits.clone(), emergency: Some("malam sekali".into()), ..Intent::at(now()) };
    let moves = cases.iter().map(|of| Ask::Move { of: *of, to: Status::Tiba, intent: intent() }).collect();
    let moved = done(seat, moves);
    let begun = Instant::now();
    seat.propose(seat.undo().unwrap()).wait(PATIENCE).unwrap().unwrap();
    println!("300 people moved as one: {moved:.2?}; taken back: {:.2?}", begun.elapsed());
}

fn import(seat: &Seat) {
    let begun = Instant::now();
    let preview = seat.preview(MANIFEST, "manifest", Utc::now()).unwrap();
    let previewed = begun.elapsed();
    let asks = seat.asks_of_preview(&preview, Utc::now());
    println!("manifest of 113 rows: preview {previewed:.2?}, commit {:.2?}", done(seat, asks));
}

fn main() {
    let home = tempfile::tempdir().unwrap();
    let desk = opened(home.path());
    let seat = desk.enter(0).unwrap();
    import(&seat);
    let ask = newcomer(&seat);
    let Ask::Create { of, .. } = &ask else { unreachable!("a newcomer is created") };
    let of = *of;
    done(&seat, vec![ask]);
    let single = one_by_one(home.path(), &seat, of);
    together(&seat, single);
    bulk(&seat);
}
