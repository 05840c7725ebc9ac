//! The store's own tests: what it remembers, and what a load holds back.

use super::*;
use crate::records::journal::{Head, Sha};
use crate::records::vault::SlotNo;

fn at(seq: u64) -> Meta {
    Meta { applied: Head { seq: Seq(seq), sha: Sha::default() }, ..Meta::new() }
}

fn commits(ids: std::ops::RangeInclusive<u64>) -> Writes {
    Writes { rows: Vec::new(), commits: ids.map(|n| (Ulid::from_parts(n, 7), Seq(n))).collect() }
}

fn of(n: u128) -> Subject {
    Subject::new(Kind::Case, Ulid(n))
}

/// A write of one case, known by its bytes.
fn put(n: u128, byte: u8) -> Writes {
    let mut writes = Writes::default();
    writes.put(of(n), SlotNo(20), &[byte; 40]);
    writes
}

#[test]
fn the_oldest_commits_are_forgotten_when_many_came_after_them() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), 1 << 20).unwrap();
    store.write(commits(1..=10), &at(10)).unwrap();
    let knows = |n| store.commit(Ulid::from_parts(n, 7)).unwrap().is_some();
    // Two go for each that comes, and none that is young enough.
    store.write(commits(REMEMBERED + 4..=REMEMBERED + 4), &at(REMEMBERED + 4)).unwrap();
    assert!(!knows(1) && !knows(2) && knows(3) && knows(10) && knows(REMEMBERED + 4));
    store.write(commits(REMEMBERED + 5..=REMEMBERED + 6), &at(REMEMBERED + 6)).unwrap();
    assert!(!knows(5) && knows(6), "six is 131,072 lines back, and counts");
}

#[test]
fn a_load_shows_what_it_holds_back_and_leaves_no_meta_when_it_is_interrupted() {
    let dir = tempfile::tempdir().unwrap();
    let seen = |store: &Store, n| store.get(of(n)).unwrap().map(|stored| stored.sealed[0]);
    let store = Store::open(dir.path(), 1 << 20).unwrap();
    store.write(put(1, 1), &at(1)).unwrap();
    store.begin_load(at(1)).unwrap();
    store.write(put(1, 2), &at(2)).unwrap();
    let mut writes = put(2, 3);
    writes.remove(of(1));
    writes.commit(Ulid(9), Seq(3));
    store.write(writes, &at(3)).unwrap();
    assert_eq!((seen(&store, 1), seen(&store, 2)), (None, Some(3)));
    assert_eq!(store.meta().unwrap().unwrap().applied.seq, Seq(3));
    drop(store);
    let store = Store::open(dir.path(), 1 << 20).unwrap();
    assert!(store.meta().unwrap().is_none(), "interrupted: built anew");
    store.begin_load(at(3)).unwrap();
    let mut writes = put(2, 4);
    writes.commit(Ulid(9), Seq(4));
    store.write(writes, &at(4)).unwrap();
    store.end_load().unwrap();
    assert_eq!((seen(&store, 2), store.commit(Ulid(9)).unwrap()), (Some(4), Some(Seq(4))));
    assert_eq!(store.meta().unwrap().unwrap().applied.seq, Seq(4));
}

#[test]
fn what_is_held_is_read_as_if_it_were_written_and_is_lost_with_the_process_until_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let all = |store: &Store| {
        let mut all = Vec::new();
        let mut note = |of: Subject, stored: Stored| {
            all.push((of.id.0, stored.sealed[0]));
            Ok(())
        };
        assert_eq!(store.each(Kind::Case, &mut note).unwrap(), all.len() as u64);
        all
    };
    let applied = |store: &Store| store.meta().unwrap().map(|meta| meta.applied.seq.0);
    let store = Store::open(dir.path(), 1 << 20).unwrap();
    for n in [2, 4, 6] {
        store.write(put(n, 1), &at(n as u64)).unwrap();
    }
    // Before the first, instead of one, between two, behind the last; one goes, and one that was never there.
    for n in [1, 4, 5, 7] {
        store.hold(put(n, 2), &at(7)).unwrap();
    }
    let mut writes = Writes::default();
    writes.remove(of(6));
    writes.remove(of(3));
    writes.put(Subject::new(Kind::Office, Ulid(1)), SlotNo(21), &[9; 40]);
    writes.commit(Ulid(77), Seq(8));
    store.hold(writes, &at(8)).unwrap();
    let whole = [(1, 2), (2, 1), (4, 2), (5, 2), (7, 2)];
    let is_whole = |store: &Store| {
        assert_eq!((all(store), applied(store)), (whole.to_vec(), Some(8)));
        assert_eq!((store.get(of(6)).unwrap().is_none(), store.commit(Ulid(77)).unwrap()), (true, Some(Seq(8))));
        assert_eq!(store.get(of(4)).unwrap().map(|stored| stored.sealed[0]), Some(2));
        assert_eq!(store.get(Subject::new(Kind::Office, Ulid(1))).unwrap().map(|stored| stored.slot), Some(SlotNo(21)));
    };
    is_whole(&store);
    drop(store);
    let store = Store::open(dir.path(), 1 << 20).unwrap();
    assert_eq!((all(&store), applied(&store)), (vec![(2, 1), (4, 1), (6, 1)], Some(6)), "the journal knows the rest");
    for n in [1, 4, 5, 7] {
        store.hold(put(n, 2), &at(7)).unwrap();
    }
    let mut writes = put(6, 3);
    writes.put(Subject::new(Kind::Office, Ulid(1)), SlotNo(21), &[9; 40]);
    writes.commit(Ulid(77), Seq(8));
    store.hold(writes, &at(8)).unwrap();
    // Whoever looked before goes on reading what was; what comes last stands.
    let before = store.held.now().unwrap();
    let mut writes = Writes::default();
    writes.remove(of(6));
    store.hold(writes, &at(8)).unwrap();
    assert_eq!(before.get(&record_key(of(6))).flatten().map(|value| value[8]), Some(3));
    store.write_held().unwrap();
    assert!(store.held.now().is_none());
    is_whole(&store);
    drop(store);
    is_whole(&Store::open(dir.path(), 1 << 20).unwrap());
}

#[test]
fn what_comes_while_the_rest_is_written_is_not_taken_for_written() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), 1 << 20).unwrap();
    store.hold(commits(1..=1), &at(1)).unwrap();
    let written = store.held.write(|fresh| {
        assert_eq!(fresh.commits.len(), 1);
        store.hold(commits(2..=2), &at(2))
    });
    written.unwrap();
    let left = store.held.now().expect("the second is held");
    assert_eq!((left.commits.len(), left.meta.applied.seq), (2, Seq(2)), "with what it stands on");
    // A write that fails lets nothing go.
    store.held.write(|_| Err(faults::store_down())).unwrap_err();
    assert!(store.held.now().is_some());
    store.stick();
    store.write_held().unwrap_err();
    store.is_stuck.store(false, Ordering::Release);
    store.hold(commits(3..=1100), &at(1100)).unwrap();
    assert!(store.held.now().is_none(), "so many are written at once");
    assert_eq!(store.commit(Ulid::from_parts(1100, 7)).unwrap(), Some(Seq(1100)));
}
