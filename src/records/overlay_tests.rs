//! A rebuild in pieces gives the same records.

use super::*;
use crate::domain::change::{Commit, Verb};
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record};
use crate::domain::value::{Timed, Value};
use crate::records::{Options, Rebuilt, Records, Remains};

const CASES: u128 = 150;

fn committed(records: &Records, change: Change) {
    let (id, at) = (Ulid::new(), Utc::now());
    let commit = Commit { id, at, by: Ulid(1), office: Ulid(2), undoes: None, changes: vec![change] };
    records.commit(&[commit]).unwrap()[0].unwrap();
}

/// A case with when it was changed, and how many entries its past has.
type Known = (Option<(Record, DateTime<Utc>)>, usize);

fn everything(records: &Records) -> Vec<Known> {
    let one = |n| {
        let of = Subject::case(Ulid(n));
        (records.get_changed(of).unwrap(), records.history(of).unwrap().len())
    };
    (1..=CASES).map(one).collect()
}

#[test]
fn a_rebuild_that_writes_in_pieces_and_keeps_the_younger_half_gives_the_same_records() {
    let dir = tempfile::tempdir().unwrap();
    let open = |is_rebuild_asked| {
        Records::open(dir.path(), Options { is_rebuild_asked, ..Options::default() }, &mut |_| {}).unwrap()
    };
    let (records, _) = open(false);
    for n in 1..=CASES {
        let of = Subject::case(Ulid(n));
        committed(&records, Change::create(of, Timed::certain(Utc::now()), Facts::new()));
        // Some are changed again at once, some when many others lie between, one all the time.
        for (old, name) in [(n, "BARU"), (n.saturating_sub(47).max(1), "LAMA"), (7.min(n), "SELALU")] {
            let Some(record) = records.get(Subject::case(Ulid(old))).unwrap() else { continue };
            let mut change = Change::on(&record, Verb::Edit, Timed::certain(Utc::now()));
            change.set(&record, Field::Name, Some(Value::text(format!("{name} {n}"))));
            committed(&records, change);
        }
        if n % 10 == 0 {
            let of = Subject::case(Ulid(n - n % 4));
            let remains = Remains { of, number: 0, movement: None, owner: None, at: Utc::now(), by: Ulid(1) };
            records.erase(Ulid::new(), Ulid(2), &remains).unwrap();
        }
    }
    let (known, counts) = (everything(&records), records.counts().unwrap());
    assert!(counts[Kind::Case as usize] < CASES as u64 && counts[Kind::Case as usize] > 100, "{counts:?}");
    drop(records);
    let (records, opening) = open(true);
    assert_eq!((opening.rebuilt, opening.unopened), (Some(Rebuilt::Asked), 0));
    assert_eq!((everything(&records), records.counts().unwrap()), (known, counts));
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}
