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
    let of = |n: u128| Subject::new(Kind::Case, Ulid(n));
    let put = |n: u128, byte: u8| {
        let mut writes = Writes::default();
        writes.put(of(n), SlotNo(20), &[byte; 40]);
        writes
    };
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
