//! What saving costs: a durable commit beside the same bytes and one `fdatasync`, what whoever saves waits for, many operators
//! at once, a bulk move with its undo, the manifest of the tests.
//!
//! `cargo bench --bench commits` makes desks in the temporary folder (`TMPDIR` chooses the disk) and prints medians; commits
//! and their floor are taken in turn, so that both meet the same disk. A memory file system has no syncs to measure, and a
//! disk that answers from its own memory hardly any: many operators are measured on a slower one too.
#![allow(clippy::unwrap_used, reason = "a measurement")]

use chrono::Utc;
use pulang::desk::{Ask, Clock, Desk, DeskOptions, First, Proposal, Seat};
use pulang::domain::change::{Change, Commit, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::Intent;
use pulang::domain::record::{Facts, Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::records::disk::DiskFile;
use pulang::records::watched::{Watched, Watcher};
use pulang::records::{Options, Records};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use ulid::Ulid;

const MANIFEST: &[u8] = include_bytes!("../tests/data/manifest_110.csv");
const SINGLE: usize = 300;
/// How long a sync takes on the slower disk: about what solid-state disks without a battery need.
const SLOW: Duration = Duration::from_millis(2);
const SESSIONS: usize = 64;
const EACH: usize = 40;
const PATIENCE: Duration = Duration::from_secs(60);

/// Counts the syncs of a disk, each of which takes at least so long.
#[derive(Default)]
struct Counter {
    least: Duration,
    syncs: AtomicUsize,
}

impl Counter {
    fn taking(least: Duration) -> Arc<Self> {
        Arc::new(Self { least, ..Self::default() })
    }

    fn syncs(&self) -> usize {
        self.syncs.load(Ordering::Relaxed)
    }
}

impl Watcher for Counter {
    fn sync(&self, _path: &Path, below: &dyn DiskFile) -> io::Result<()> {
        let begun = Instant::now();
        below.sync()?;
        std::thread::sleep(self.least.saturating_sub(begun.elapsed()));
        self.syncs.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

fn opened(dir: &Path, disk: &Arc<Counter>) -> Desk {
    let clock: Clock = Arc::new(Utc::now);
    let first = First { uid: 0, name: "uji".into(), office: "uji".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.join("desk"), key: None, clock, is_practice: false, first };
    Desk::open_on(Arc::new(Watched(Arc::clone(disk))), options, &mut |_| {}).unwrap().0
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

/// Takes somebody in.
fn taken_in(seat: &Seat) -> Subject {
    let ask = newcomer(seat);
    let of = ask.of();
    done(seat, vec![ask]);
    of
}

/// One small edit: what an operator saves most.
fn edit_of(record: &Record, text: String) -> Change {
    let mut change = Change::on(record, Verb::Edit, now());
    change.set(record, Field::Aliases, Some(Value::text(text)));
    change
}

/// Looks at a case and edits it; how long the saving took.
fn edited(seat: &Seat, of: Subject, text: String) -> Duration {
    let change = edit_of(&seat.record(of).unwrap(), text);
    done(seat, vec![Ask::Edit(change)])
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn bytes_of(folder: &Path) -> u64 {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

/// Times of some work, each in turn with as many bytes and one sync of data in a file beside: `work` is asked to do one, and
/// gives how long it took.
fn beside_the_floor(dir: &Path, bytes: usize, work: &mut dyn FnMut(usize) -> Duration) -> (Vec<Duration>, Duration) {
    let line = vec![b'x'; bytes];
    let mut beside = File::create(dir.join("floor")).unwrap();
    let (mut times, mut floor) = (Vec::new(), Vec::new());
    for nth in 0..SINGLE {
        let begun = Instant::now();
        beside.write_all(&line).unwrap();
        beside.sync_data().unwrap();
        floor.push(begun.elapsed());
        times.push(work(nth));
    }
    (times, median(floor))
}

fn told(what: &str, time: Duration, floor: Duration, bytes: usize) {
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{what}: {time:.2?}; the same {bytes} bytes and fdatasync: {floor:.2?}; {ratio:.2} times");
}

/// Commits as the records take them: sealed, chained, on the disk, read from the store. What the store's own file takes
/// comes behind, as on a desk.
fn durable(dir: &Path) {
    let (records, _) = Records::open(&dir.join("records"), Options::default(), &mut |_| {}).unwrap();
    let of = Subject::new(Kind::Case, Ulid::new());
    let commit = |change: Change| {
        let (id, at) = (Ulid::new(), Utc::now());
        let commits = [Commit { id, at, by: Ulid(1), office: Ulid(2), undoes: None, changes: vec![change] }];
        let begun = Instant::now();
        records.commit(&commits).unwrap()[0].unwrap();
        let took = begun.elapsed();
        records.write_held();
        took
    };
    let journal = dir.join("records/journal");
    commit(Change::create(of, now(), Facts::from([(Field::Name.into(), Value::text("SARI REKAAN"))])));
    let before = bytes_of(&journal);
    let mut edit = |nth: usize| commit(edit_of(&records.get(of).unwrap().unwrap(), format!("Sari {nth}")));
    edit(0);
    let bytes = (bytes_of(&journal) - before) as usize;
    let (times, floor) = beside_the_floor(dir, bytes, &mut edit);
    told("durable commit", median(times), floor, bytes);
}

/// What one operator waits for, from asking to the answer, by when every list shows it.
fn one_by_one(dir: &Path, seat: &Seat, of: Subject) {
    let journal = dir.join("desk/journal");
    let before = bytes_of(&journal);
    edited(seat, of, "Sari".into());
    let bytes = (bytes_of(&journal) - before) as usize;
    let (times, floor) = beside_the_floor(dir, bytes, &mut |nth| edited(seat, of, format!("Sari {nth}")));
    told("asked, judged, committed, answered", median(times), floor, bytes);
}

/// Sessions that save at the same time, each in a case of its own, beside one alone.
fn together(seat: &Seat, disk: &Arc<Counter>, on: &str) {
    let cases: Vec<Subject> = (0..SESSIONS).map(|_| taken_in(seat)).collect();
    let rate = |commits: usize, begun: Instant| commits as f64 / begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    (0..SINGLE).for_each(|nth| _ = edited(seat, cases[0], format!("Sari sendiri {nth}")));
    let single = rate(SINGLE, begun);
    let (begun, before) = (Instant::now(), disk.syncs());
    std::thread::scope(|scope| {
        for of in cases {
            let seat = seat.clone();
            scope.spawn(move || (0..EACH).for_each(|nth| _ = edited(&seat, of, format!("Sari {nth}"))));
        }
    });
    let (many, syncs) = (rate(SESSIONS * EACH, begun), disk.syncs() - before);
    let times = many / single;
    println!(
        "{SESSIONS} sessions on {on}: {many:.0} commits a second, {} with {syncs} syncs; one alone {single:.0}; {times:.1} times",
        SESSIONS * EACH
    );
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
    durable(home.path());
    let disk = Counter::taking(Duration::ZERO);
    let desk = opened(home.path(), &disk);
    let seat = desk.enter(0).unwrap();
    import(&seat);
    one_by_one(home.path(), &seat, taken_in(&seat));
    together(&seat, &disk, "this disk");
    bulk(&seat);
    let slow_home = tempfile::tempdir().unwrap();
    let slow = Counter::taking(SLOW);
    let seat = opened(slow_home.path(), &slow).enter(0).unwrap();
    together(&seat, &slow, &format!("a disk whose sync takes {SLOW:?}"));
}
