//! The index at 10,000, 100,000 and 1,000,000 invented people: building, changing, searching, duplicates, snapshot.
//!
//! `cargo bench --bench index` prints, for each size, bytes per case and part, then medians and 99th percentiles over
//! many different questions (which criterion, asking the same one again and again, would flatter); after that criterion
//! compares the steady ones. `PULANG_BENCH_CASES=1000000` takes one size only. Percentiles and "of its own" are the
//! thread's own processor time, because other programs share the machine: nothing in here waits for anything.
#![allow(clippy::unwrap_used, reason = "a test")]

mod people;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, FixedOffset};
use criterion::Criterion;
use people::{Dice, person};
use pulang::desk::duplicates::{Probe, candidates};
use pulang::domain::counts::{Counts, Sight};
use pulang::domain::query::{Link, Names, Query, Scope, parse};
use pulang::records::index::{Ask, Index, Order};
use pulang::records::snapshot::{self, Origin, Snapshot};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};
use ulid::Ulid;

struct Codes;

impl Names for Codes {
    fn subject(&self, _: Link, text: &str) -> Option<Ulid> {
        text.parse().ok().map(Ulid)
    }
    fn begun(&self, _: Link, _: &str, _: usize) -> Vec<String> {
        Vec::new()
    }
}

fn query(text: &str) -> Query {
    let now = DateTime::from_timestamp(1_771_632_000, 0).unwrap();
    let offset = FixedOffset::east_opt(7 * 3600).unwrap();
    parse(text, &Scope { now, offset, me: Some(Ulid(101)), office: None, names: &Codes }).unwrap()
}

/// The time that this thread has had a processor.
fn own_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Runs each once and prints median, 99th percentile and the longest.
fn percentiles(what: &str, runs: impl Iterator<Item = impl FnOnce()>) {
    let mut times: Vec<Duration> = runs
        .map(|run| {
            let start = own_time();
            run();
            own_time() - start
        })
        .collect();
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("  {what:<34} p50 {:>10.1?}  p99 {:>10.1?}  max {:>10.1?}  n {}", at(0.5), at(0.99), at(1.0), times.len());
}

fn built(cases: u32) -> Index {
    let summaries: Vec<_> = (1..=cases).map(person).collect();
    let (start, own) = (Instant::now(), own_time());
    let index = Index::bulk(summaries);
    println!("\n{cases} cases, built in {:.2?}, {:.2?} of its own", start.elapsed(), own_time() - own);
    let parts = index.weigh();
    for (part, bytes) in &parts {
        println!("  {part:<8} {:>7.1} bytes per case", *bytes as f64 / f64::from(cases));
    }
    println!("  all      {:>7.1}", parts.iter().map(|(_, bytes)| bytes).sum::<usize>() as f64 / f64::from(cases));
    index
}

/// What people type, letter by letter: names that are there, NIKs, phones, names that are not, and terms.
fn typed(cases: u32) -> Vec<String> {
    let mut dice = Dice::new(5);
    let mut texts = Vec::new();
    for _ in 0..25 {
        let known = person(dice.roll(cases.into()) as u32 + 1);
        let stranger = people::name(&mut dice);
        let phone = known.phones.first().map_or(String::new(), |phone| phone.replace("+62", "0"));
        for text in [known.name.to_lowercase(), format!("{:016}", known.nik), phone, stranger.to_lowercase() + "qx"] {
            texts.extend((1..=text.chars().count().min(20)).map(|end| text.chars().take(end).collect::<String>()));
        }
        texts.push(format!("{} tier<=2", known.name.to_lowercase()));
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}

fn questions(index: &Index, cases: u32) {
    let typed = typed(cases);
    let queries: Vec<Query> = typed.iter().map(|text| query(text)).collect();
    let letters =
        |order| queries.iter().map(move |query| move || _ = black_box(index.first(&Ask::new(query, order), 22)));
    percentiles("first page of a search, by urgency", letters(Order::Urgency));
    for (what, has_digit) in [("  of letters", false), ("  of digits", true)] {
        let some = typed
            .iter()
            .zip(letters(Order::Urgency))
            .filter(|(text, _)| text.contains(|c: char| c.is_ascii_digit()) == has_digit);
        percentiles(what, some.map(|(_, run)| run));
    }
    percentiles("first page of a search, by name", letters(Order::Name));
    let counts = queries.iter().map(|query| move || _ = black_box(index.count(&Ask::new(query, Order::Urgency))));
    percentiles("count of a search", counts);
    for text in
        ["", "-status:tutup", "tingkat:1 -status:tutup", "tenggat:lewat petugas:me", "asal:71 or asal:31", "umur<18"]
    {
        let query = query(text);
        let ask = Ask::new(&query, Order::Urgency);
        percentiles(&format!("list of {text:?}"), (0..20).map(|_| || _ = black_box(index.list(&ask))));
        percentiles(&format!("first of {text:?}"), (0..20).map(|_| || _ = black_box(index.first(&ask, 22))));
    }
}

/// The counts: one pass, and what an outsider's figures cost beyond it.
fn counts(index: &Index) {
    let tally = index.counted(None);
    let movements: Vec<usize> =
        (1..tally.movements.len()).rev().filter(|at| tally.has_movement(*at)).take(30).collect();
    percentiles("counts: one pass", (0..20).map(|_| || _ = black_box(index.counted(None))));
    for sight in [Sight::Exact, Sight::Masked] {
        let made = || _ = black_box(Counts::of(&tally, sight, &movements));
        percentiles(&format!("counts: figures {sight:?}"), (0..20).map(|_| made));
    }
}

fn duplicates(index: &Index, cases: u32) {
    let mut dice = Dice::new(9);
    let answered = BTreeSet::new();
    let people: Vec<_> = (0..2_000)
        .map(|_| {
            let mut known = person(dice.roll(cases.into()) as u32 + 1);
            if dice.roll(2) == 0 {
                known.name = people::name(&mut dice);
                (known.nik, known.documents, known.phones) = (0, Vec::new(), Vec::new());
            }
            known
        })
        .collect();
    let ask = |p: &pulang::domain::summary::Summary| {
        let (name, nik, documents, phones) = (&*p.name, p.nik, &*p.documents, &*p.phones);
        let probe = Probe { own: None, name, nik, documents, phones, birth: p.birth, sex: p.sex, home: p.home };
        black_box(candidates(index, &probe, &answered, 9));
    };
    percentiles("duplicate check", people.iter().map(|p| move || ask(p)));
}

fn changes(index: &mut Index, cases: u32) {
    let mut dice = Dice::new(3);
    let changed: Vec<_> = (0..3_000)
        .map(|_| {
            let nth = dice.roll(cases.into()) as u32 + 1;
            let mut case = person(nth);
            let other = person(cases + nth);
            (case.name, case.due, case.changed_at, case.status) =
                (other.name, other.due, other.changed_at, other.status);
            case
        })
        .collect();
    let index = std::cell::RefCell::new(index);
    percentiles("put, changed", changed.iter().map(|case| || _ = index.borrow_mut().put(case)));
    let new: Vec<_> = (1..=3_000).map(|nth| person(cases + nth)).collect();
    percentiles("put, new", new.iter().map(|case| || _ = index.borrow_mut().put(case)));
    let still = index.borrow().still();
    percentiles("put while a snapshot is written", changed.iter().map(|case| || _ = index.borrow_mut().put(case)));
    drop(still);
}

fn snapshots(index: &Index) {
    let cipher = XChaCha20Poly1305::new(&[7; 32].into());
    let seal = |bytes: &[u8], place: &str| {
        let payload = Payload { msg: bytes, aad: place.as_bytes() };
        cipher.encrypt(XNonce::from_slice(&[1; 24]), payload).unwrap()
    };
    let open = |bytes: &[u8], place: &str| {
        cipher.decrypt(XNonce::from_slice(&[1; 24]), Payload { msg: bytes, aad: place.as_bytes() }).ok()
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.snapshot");
    let start = Instant::now();
    snapshot::write(&path, Origin { desk: Ulid(1), seq: 1 }, &index.still(), &[], &seal).unwrap();
    println!("  snapshot written in {:.2?}, {} bytes", start.elapsed(), std::fs::metadata(&path).unwrap().len());
    for _ in 0..3 {
        let (start, own) = (Instant::now(), own_time());
        let (_, opened) = Snapshot::open(&path, Ulid(1), &(1..=1), &open).unwrap();
        let first = start.elapsed();
        let whole = opened.rest().unwrap();
        let (all, own) = (start.elapsed(), own_time() - own);
        println!("  snapshot: first page after {first:.2?}, all {} after {all:.2?}, {own:.2?} of its own", whole.len());
    }
}

fn main() {
    let only: Option<u32> = std::env::var("PULANG_BENCH_CASES").ok().and_then(|cases| cases.parse().ok());
    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(2)).configure_from_args();
    for cases in [10_000, 100_000, 1_000_000].into_iter().filter(|cases| only.is_none_or(|only| only == *cases)) {
        let mut index = built(cases);
        questions(&index, cases);
        counts(&index);
        duplicates(&index, cases);
        changes(&mut index, cases);
        snapshots(&index);
        let mut group = criterion.benchmark_group(format!("{cases}"));
        for text in ["siti", "wulandaqx", "084", "tingkat:1 -status:tutup"] {
            let query = query(text);
            let ask = Ask::new(&query, Order::Urgency);
            group.bench_function(format!("first {text}"), |b| b.iter(|| index.first(&ask, 22)));
            group.bench_function(format!("count {text}"), |b| b.iter(|| index.count(&ask)));
        }
        group.finish();
    }
    criterion.final_summary();
}
