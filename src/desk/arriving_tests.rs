//! A desk whose index is still being read: what is shown of it meanwhile, and to whom.

use super::*;
use crate::desk::{DeskOptions, First};
use crate::practice::Practice;
use crate::records::{Options, Records};
use chrono::Utc;
use std::path::Path;

fn open(dir: &Path) -> Desk {
    let first = First { uid: 1, name: "petugas".into(), office: "Latihan".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.into(), key: None, clock: Arc::new(Utc::now), is_practice: true, first };
    Desk::open(options, &mut |_| {}).unwrap().0
}

fn begun(dir: &Path) {
    let desk = open(dir);
    desk.load(Practice::new(3, Utc::now()).commits(420, 1), &mut |_| {}).unwrap();
    desk.save_snapshot().unwrap();
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
    let seat = desk.enter_supervisor().unwrap();
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
    let others = (0..420).filter(|row| front.summary(*row).is_some_and(|one| one.office != seat.office().id));
    let others: Vec<RowId> = others.collect();
    assert!(!others.is_empty() && others.iter().all(|row| seat.early_summary(*row).is_none()));
}

#[test]
fn a_front_of_an_older_line_is_not_shown_and_one_of_the_last_line_gives_way_to_the_index() {
    let folder = tempfile::tempdir().unwrap();
    begun(folder.path());
    {
        let desk = open(folder.path());
        let seat = desk.enter_supervisor().unwrap();
        let count = seat.count(&Query::default());
        // Whoever counts waits for the index.
        assert!(count > 0 && !seat.is_arriving());
        assert_eq!(seat.list(&Query::default(), Order::Urgency).rows.len(), count);
        let some = Practice::new(4, Utc::now()).commits(1, 1);
        desk.load(some, &mut |_| {}).unwrap();
    }
    assert!(kept(folder.path()).is_none());
    assert!(!open(folder.path()).enter_supervisor().unwrap().is_arriving());
}
