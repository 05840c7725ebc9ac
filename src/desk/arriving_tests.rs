//! A desk whose index is still being read: what is shown of it meanwhile, and to whom.

use super::*;
use crate::desk::{DeskOptions, First};
use crate::domain::change::{Change, Commit};
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::subject::{Number, Subject};
use crate::domain::value::{Timed, Value};
use crate::records::{Options, Records};
use chrono::Utc;
use std::path::Path;
use ulid::Ulid;

fn open(dir: &Path) -> Desk {
    let first = First { uid: 1, name: "petugas".into(), office: "Latihan".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.into(), key: None, clock: Arc::new(Utc::now), is_practice: false, first };
    Desk::open(options, &mut |_| {}).unwrap().0
}

fn begun(dir: &Path) {
    let desk = open(dir);
    let office = desk.enter(1).unwrap().office();
    let elsewhere = Subject::new(Kind::Office, Ulid(77));
    let facts = Facts::from([(Field::OfficeName.into(), Value::text("Kantor lain"))]);
    let other_office = commit(500, office, Change::create(elsewhere, Timed::certain(Utc::now()), facts));
    let people = (1..=420).map(|nth| taken_in(nth, if nth % 3 == 0 { elsewhere } else { office }));
    desk.load([other_office].into_iter().chain(people), &mut |_| {}).unwrap();
    // Somebody of the other office sits here too: their first page is kept beside the first.
    let seat = desk.enter(1).unwrap();
    let other = FirstPage {
        operator: Ulid(78),
        rows: (0..60).filter(|row| seat.summary(*row).is_none()).collect(),
        total: 140,
        apart: 0,
    };
    desk.inner.save_snapshot(&|| [desk.first_pages(), vec![other.clone()]].concat()).unwrap();
}

fn taken_in(nth: u32, office: Subject) -> Commit {
    let happened = Timed::certain(Utc::now());
    let facts = Facts::from([
        (Field::Name.into(), Value::text(format!("Orang Rekaan {nth}"))),
        (Field::Status.into(), Value::code("LAPOR")),
        (Field::CaseNumber.into(), Value::Number(Number { year: 26, running: nth }.packed().into())),
        (Field::Owner.into(), Value::Link(office)),
    ]);
    commit(nth, office, Change::create(Subject::case(Ulid(u128::from(nth) << 80 | 9)), happened, facts))
}

fn commit(nth: u32, office: Subject, change: Change) -> Commit {
    let (id, at, by) = (Ulid(1 << 100 | u128::from(nth)), Utc::now(), Ulid(5));
    Commit { id, at, by, office: office.id, undoes: None, changes: vec![change] }
}

/// The front as the next start finds it.
fn kept(dir: &Path) -> Option<Front> {
    Records::open(dir, Options::default(), &mut |_| {}).unwrap().0.take_front()
}

#[test]
fn a_list_begins_as_it_would_and_waits_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    begun(folder.path());
    let front = kept(folder.path()).unwrap();
    let desk = open(folder.path());
    let seat = desk.enter(1).unwrap();
    let whole = seat.asking(&Query::default(), Order::Urgency, |index, ask| index.list(ask));
    let sealed = |row: &RowId| desk.inner.index.read().unwrap().seen(*row).signs().has(Signs::SEALED);
    let first: Vec<RowId> = whole.page(0, FIRST).into_iter().filter(|row| !sealed(row)).collect();
    *desk.inner.arriving.0.write().unwrap() = Some(Arc::new(front));
    // Nobody gets at the index now; whoever asks it never comes back.
    let held = desk.inner.index.write().unwrap();
    let (give, take) = channel();
    std::thread::scope(|scope| {
        let (seat, give) = (&seat, give);
        scope.spawn(move || {
            let listing = seat.list_at_once(&Query::default(), Order::Urgency);
            let names = listing.rows.page(0, FIRST).into_iter().filter(|row| seat.summary(*row).is_some()).count();
            _ = give.send((seat.is_arriving(), listing.total, listing.rows.page(0, FIRST), names));
        });
        let shown = take.recv_timeout(Duration::from_secs(20));
        drop(held);
        let (is_arriving, total, rows, names) = shown.expect("the list waited for the index");
        assert!(is_arriving && rows == first && names == rows.len() && !rows.is_empty());
        assert_eq!(total, whole.len());
    });
    // Of another office's cases the front says nothing to this operator, though they are in it.
    let front = desk.inner.arriving.front().unwrap();
    let others = (0..421).filter(|row| front.summary(*row).is_some_and(|one| one.office != seat.office().id));
    let others: Vec<RowId> = others.collect();
    assert!(!others.is_empty() && others.iter().all(|row| seat.early_summary(*row).is_none()));
}

#[test]
fn a_front_of_an_older_line_is_not_shown_and_one_of_the_last_line_gives_way_to_the_index() {
    let folder = tempfile::tempdir().unwrap();
    begun(folder.path());
    {
        let desk = open(folder.path());
        let seat = desk.enter(1).unwrap();
        let count = seat.count(&Query::default());
        // Whoever counts waits for the index.
        assert!(count > 0 && !seat.is_arriving());
        assert_eq!(seat.list(&Query::default(), Order::Urgency).rows.len(), count);
        desk.load([taken_in(421, seat.office())].into_iter(), &mut |_| {}).unwrap();
    }
    assert!(kept(folder.path()).is_none());
    assert!(!open(folder.path()).enter(1).unwrap().is_arriving());
}
