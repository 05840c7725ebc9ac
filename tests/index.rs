//! The index against a plain list of summaries, and its snapshot against damage. Only invented people.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../benches/people.rs"]
mod people;

use chrono::{DateTime, FixedOffset, Utc};
use people::{Dice, person};
use proptest::prelude::*;
use pulang::domain::query::{Link, Names, Query, Scope, parse};
use pulang::domain::status::Status;
use pulang::domain::summary::{Signs, Summary, Tier};
use pulang::records::front::{FIRST, FirstPage};
use pulang::records::index::{Ask, Index, Order};
use pulang::records::snapshot::{self, Origin, Snapshot, Unfit};
use std::collections::BTreeMap;
use std::path::Path;
use ulid::Ulid;

struct Nobody;

impl Names for Nobody {
    fn subject(&self, _: Link, text: &str) -> Option<Ulid> {
        text.parse().ok().map(Ulid)
    }
    fn begun(&self, _: Link, _: &str, _: usize) -> Vec<String> {
        Vec::new()
    }
}

fn query(text: &str) -> Query {
    let now: DateTime<Utc> = "2026-02-21T00:00:00Z".parse().unwrap();
    let offset = FixedOffset::east_opt(7 * 3600).unwrap();
    parse(text, &Scope { now, offset, me: Some(Ulid(101)), office: None, names: &Nobody }).unwrap()
}

fn ids(index: &Index, rows: &[u32]) -> Vec<Ulid> {
    rows.iter().map(|row| index.id(*row).unwrap()).collect()
}

/// The list of the day, whole and page by page, against the plain list.
fn assert_due_agrees(index: &Index, visible: &[&Summary]) {
    let now: DateTime<Utc> = "2026-02-21T00:00:00Z".parse().unwrap();
    let before = now + chrono::TimeDelta::hours(24);
    let due = index.due(None, now, before);
    let open = |fits: &dyn Fn(&Summary) -> bool| {
        visible.iter().filter(|case| case.status != Status::Tutup && fits(case)).count()
    };
    let is_due = |case: &Summary| case.due.is_some_and(|due| due < before);
    let is_asked = |case: &Summary| case.signs.has(Signs::CLOSE_ASKED) && !is_due(case);
    let overdue = open(&|case| case.due.is_some_and(|due| due < now));
    assert_eq!((due.len(), due.overdue()), (open(&is_due) + open(&is_asked), overdue));
    let whole = index.due_page(&due, 0, usize::MAX);
    let mut unique = whole.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!((whole.len(), unique.len()), (due.len(), due.len()));
    let times: Vec<_> = whole.iter().filter_map(|row| index.summary(*row)).collect();
    let waiting = overdue..overdue + open(&is_asked);
    assert!(times[waiting.clone()].iter().all(|case| case.signs.has(Signs::CLOSE_ASKED)));
    let timed: Vec<_> =
        times.iter().enumerate().filter(|(at, _)| !waiting.contains(at)).map(|(_, case)| case.due).collect();
    assert!(timed.is_sorted() && timed.iter().all(|due| due.is_some_and(|due| due < before)));
    for (from, most) in [(0, 1), (overdue.saturating_sub(2), 5), (overdue, 3), (due.len() / 2, 7), (due.len(), 4)] {
        let wanted: Vec<u32> = whole.iter().copied().skip(from).take(most).collect();
        assert_eq!(index.due_page(&due, from, most), wanted, "{most} from {from}");
    }
}

/// Everything the index says against the plain list.
fn assert_agrees(index: &Index, plain: &BTreeMap<Ulid, Summary>) {
    assert_eq!(index.len(), plain.len());
    for (id, case) in plain {
        assert!(index.get(*id).as_ref() == Some(case), "{case:?} comes back as it went in");
        let row = index.row(*id).unwrap();
        assert!(case.nik == 0 || index.by_nik(case.nik).any(|found| found == row));
        assert!(case.documents.iter().all(|document| index.by_document(document).any(|found| found == row)));
        assert!(case.phones.iter().all(|phone| index.by_phone(phone).any(|found| found == row)));
        assert!(case.birth.is_none_or(|day| index.by_birth(day).any(|found| found == row)));
        assert_eq!(index.by_number(case.number), Some(row));
    }
    let visible: Vec<&Summary> = plain.values().filter(|case| !case.signs.has(Signs::WITHDRAWN)).collect();
    for status in Status::ALL {
        let count = visible.iter().filter(|case| case.status == status).count();
        assert_eq!(index.heads().of(status) as usize, count, "{status:?}");
    }
    assert_due_agrees(index, &visible);
    for movement in plain.values().filter_map(|case| case.movement) {
        let of = |case: &&&Summary| case.movement == Some(movement);
        let sealed = visible.iter().filter(of).filter(|case| case.signs.has(Signs::SEALED)).count();
        let heads = index.heads_of_movement(movement);
        assert_eq!((heads.total() as usize, heads.sealed as usize), (visible.iter().filter(of).count(), sealed));
    }
    for text in [
        "",
        "siti",
        "muhamad",
        "a",
        "status:tutup",
        "tingkat:1 -status:tutup",
        "siti or status:tiba",
        "-siti tier<=2",
        "z123",
        "tanda:ditarik",
        "846",
        "-(siti or joko) petugas:me",
        "wulanda asal:11",
        "nama:sri dok:z1",
        "kelompok:k1",
        "tppo",
    ] {
        assert_lists_agree(index, plain, text);
    }
}

fn assert_lists_agree(index: &Index, plain: &BTreeMap<Ulid, Summary>, text: &str) {
    let query = query(text);
    let may_be_seen = |case: &Summary| !case.signs.has(Signs::WITHDRAWN) || query.asks_withdrawn();
    let mut expected: Vec<&Summary> = plain.values().filter(|c| may_be_seen(c) && query.matches(*c)).collect();
    for order in Order::ALL {
        expected.sort_by_key(|case| {
            let due = case.due.map_or(i64::MAX, |due| due.timestamp());
            let stamp = |at: DateTime<Utc>| at.timestamp();
            let number = i64::from(case.number.packed());
            match order {
                Order::Urgency => (
                    String::new(),
                    i64::from(case.status == Status::Tutup) * 10 + i64::from(case.tier == Tier::Remains),
                    case.tier as i64,
                    (due, stamp(case.status_at), number),
                ),
                Order::Newest => (String::new(), -stamp(case.reported_at), -number, (0, 0, 0)),
                Order::Number => (String::new(), number, 0, (0, 0, 0)),
                Order::Name => (case.name.to_lowercase(), number, 0, (0, 0, 0)),
                Order::Changed => (String::new(), -stamp(case.changed_at), -number, (0, 0, 0)),
            }
        });
        let expected: Vec<Ulid> = expected.iter().map(|case| case.id).collect();
        let ask = Ask::new(&query, order);
        let listing = index.list(&ask);
        assert_eq!(ids(index, &listing.page(0, usize::MAX)), expected, "{text} by {order:?}");
        assert_eq!(ids(index, &index.first(&ask, 7)), &expected[..expected.len().min(7)], "{text} by {order:?}");
        assert_eq!(index.count(&ask), expected.len(), "{text}");
        let second = listing.at(1);
        assert!(second.is_none_or(|row| listing.place_of(row) == Some(1)));
    }
}

fn changed(case: &Summary, dice: &mut Dice) -> Summary {
    let mut other = person(dice.roll(1_000_000) as u32 + 1);
    (other.id, other.number) = (case.id, case.number);
    other.signs = Signs([0, 0, Signs::WITHDRAWN.0, Signs::SEALED.0, Signs::CHILD.0][dice.roll(5) as usize]);
    other.tier = Tier::ALL[dice.roll(4) as usize];
    other.documents.push("Z-12/ab 7".to_owned());
    other
}

#[test]
fn a_name_is_found_in_any_spelling() {
    let mut found = Vec::new();
    for line in include_str!("data/name-pairs.tsv").lines().skip(1).filter(|line| line.starts_with("yes")) {
        let (a, b) = line.trim_start_matches("yes\t").split_once('\t').unwrap();
        for (kept, typed) in [(a, b), (b, a)] {
            let mut case = person(1);
            kept.clone_into(&mut case.name);
            let index = Index::bulk([case, person(2)]);
            let query = query(typed);
            found.push((index.count(&Ask::new(&query, Order::Name)) == 1, line, kept));
        }
    }
    let missed: Vec<_> = found.iter().filter(|(is_found, ..)| !is_found).collect();
    // Who types more words than the case has, or words glued, asks for more than is there.
    assert!(missed.len() <= 3 && found.len() == 20, "{missed:?}");
    let lines = found.chunks(2).filter(|both| both.iter().any(|(is_found, ..)| *is_found)).count();
    assert_eq!(lines, 10, "every pair is found at least one way");
}

fn cases(range: std::ops::Range<u32>) -> BTreeMap<Ulid, Summary> {
    range.map(|nth| person(nth + 1)).map(|case| (case.id, case)).collect()
}

#[test]
fn an_index_in_bulk_agrees_with_a_plain_list() {
    let plain = cases(0..700);
    assert_agrees(&Index::bulk(plain.values().cloned()), &plain);
    assert_agrees(&Index::new(), &BTreeMap::new());
}

#[test]
fn searching_behind_the_head_of_the_order_finds_the_same() {
    let plain = cases(0..7_000);
    let index = Index::bulk(plain.values().cloned());
    let rare = plain.values().next_back().unwrap().documents[0].clone();
    for text in
        [rare.as_str(), "siti", "nur wulanda", "status:tutup tanda:manifes", "-siti nik:none", "zzzzzz", "lapor>1w"]
    {
        assert_lists_agree(&index, &plain, text);
    }
}

#[test]
fn whom_somebody_may_not_see_is_in_no_list_and_no_count() {
    let plain = cases(0..300);
    let index = Index::bulk(plain.values().cloned());
    let everything = query("");
    let may_see = |seen: &pulang::records::index::Seen| seen.facts().office == 1;
    let ask = Ask::new(&everything, Order::Name).seen_by(&may_see);
    let listing = index.list(&ask);
    assert!(!listing.is_empty() && listing.len() < 300 && index.count(&ask) == listing.len());
    assert_eq!(index.first(&ask, 300), listing.page(0, 300));
    assert!(listing.page(0, 300).iter().all(|row| index.seen(*row).facts().office == 1));
}

#[test]
fn what_is_found_part_by_part_is_the_whole() {
    let index = Index::bulk(cases(0..3_000).into_values());
    for text in ["", "siti", "nur", "status:tutup", "zzzzzz"] {
        let query = query(text);
        let ask = Ask::new(&query, Order::Name);
        for size in [1, 5, 100] {
            let (mut found, mut is_left) = index.fitting_on(&ask, 0..size);
            for part in 1..3_000_usize.div_ceil(256).div_ceil(size) {
                assert!(is_left, "{text:?}");
                let (more, is_more) = index.fitting_on(&ask, part * size..(part + 1) * size);
                found.add(&more);
                is_left = is_more;
            }
            assert!(!is_left, "{text:?}");
            assert!(found == index.fitting(&ask), "{text:?}");
            assert_eq!(index.in_order(Order::Name, &found, 20), index.list(&ask).page(0, 20));
        }
        assert_eq!(index.fitting_on(&ask, 900..1_000).0.count(), 0);
    }
}

#[test]
fn a_listing_keeps_its_order_while_cases_change() {
    let plain = cases(0..600);
    let mut index = Index::bulk(plain.values().cloned());
    let everything = query("");
    let listing = index.list(&Ask::new(&everything, Order::Name));
    let before = listing.page(0, 600);
    let mut dice = Dice::new(1);
    for case in plain.values() {
        index.put(&changed(case, &mut dice));
    }
    assert_eq!(listing.page(0, 600), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn changes_one_by_one_agree_with_a_plain_list(seed in any::<u64>(), start in 0u32..300) {
        let mut dice = Dice::new(seed);
        let mut plain = cases(0..start);
        let mut index = Index::bulk(plain.values().cloned());
        for step in 0..120 {
            let known: Vec<Ulid> = plain.keys().copied().collect();
            let pick = known.get(dice.roll(known.len().max(1) as u64) as usize).copied();
            match (dice.roll(4), pick) {
                (0, _) | (_, None) => {
                    let case = person(2_000 + step);
                    index.put(&case);
                    plain.insert(case.id, case);
                }
                (1, Some(id)) => {
                    prop_assert!(index.remove(id) && !index.remove(id));
                    plain.remove(&id);
                }
                (_, Some(id)) => {
                    let case = changed(&plain[&id], &mut dice);
                    index.put(&case);
                    plain.insert(id, case);
                }
            }
        }
        assert_agrees(&index, &plain);
        let still = Index::from_still(index.still());
        assert_agrees(&still, &plain);
    }
}

const DESK: Ulid = Ulid(9_001 << 70 | 3);

/// A seal for tests: the place, then the bytes turned round, then their check sum.
fn seal(bytes: &[u8], place: &str) -> Vec<u8> {
    let mut sealed: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
    sealed.extend(crc32fast::hash(&[place.as_bytes(), bytes].concat()).to_le_bytes());
    sealed
}

fn open(sealed: &[u8], place: &str) -> Option<Vec<u8>> {
    let (bytes, sum) = sealed.split_last_chunk::<4>()?;
    let bytes: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
    (crc32fast::hash(&[place.as_bytes(), &bytes].concat()).to_le_bytes() == *sum).then_some(bytes)
}

fn load(path: &Path) -> Result<Index, Unfit> {
    let (_, snapshot) = Snapshot::open(path, DESK, &(40..=50), &open)?;
    snapshot.rest()
}

#[test]
fn a_snapshot_comes_back_with_its_first_page_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.snapshot");
    let mut plain = cases(0..3_000);
    let mut index = Index::bulk(plain.values().cloned());
    let erased = *plain.keys().next().unwrap();
    plain.remove(&erased);
    index.remove(erased);
    let everything = query("");
    let rows = |operator: u128, order| FirstPage {
        operator: Ulid(operator),
        rows: index.first(&Ask::new(&everything, order), 200),
        total: 2_999,
        apart: 3,
    };
    let firsts = [rows(7, Order::Urgency), rows(8, Order::Name)];
    snapshot::write(&path, Origin { desk: DESK, seq: 42 }, &index.still(), &firsts, &seal).unwrap();
    let (front, opened) = Snapshot::open(&path, DESK, &(40..=50), &open).unwrap();
    assert_eq!((opened.seq(), front.most()), (42, Some(2_999)));
    for first in &firsts {
        let page = front.first_page(first.operator).unwrap();
        assert_eq!((page.rows.as_slice(), page.apart), (&first.rows[..FIRST], 3));
        assert!(
            page.rows.iter().all(|row| front.summary(*row).is_some() && front.summary(*row) == index.summary(*row))
        );
    }
    let elsewhere = (0..3_000).find(|row| firsts.iter().all(|first| !first.rows[..FIRST].contains(row))).unwrap();
    assert!(front.first_page(Ulid(9)).is_none() && front.summary(elsewhere).is_none());
    assert_agrees(&opened.rest().unwrap(), &plain);
    snapshot::write(&path, Origin { desk: DESK, seq: 42 }, &Index::new().still(), &[], &seal).unwrap();
    assert_eq!(load(&path).unwrap().len(), 0);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_unfit_snapshot_is_refused_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.snapshot");
    assert_eq!(load(&path).err(), Some(Unfit::Missing));
    let index = Index::bulk(cases(0..900).into_values());
    for (desk, seq, unfit) in
        [(Ulid(4), 42, Unfit::Foreign), (DESK, 39, Unfit::Stale(39)), (DESK, 51, Unfit::Stale(51))]
    {
        snapshot::write(&path, Origin { desk, seq }, &index.still(), &[], &seal).unwrap();
        assert_eq!(load(&path).err(), Some(unfit));
    }
    snapshot::write(&path, Origin { desk: DESK, seq: 42 }, &index.still(), &[], &seal).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let refused = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        load(&path).err()
    };
    for length in (0..whole.len()).step_by(whole.len() / 150).chain([whole.len() - 1]) {
        assert_eq!(refused(&whole[..length]), Some(Unfit::Torn), "cut at {length}");
    }
    assert_eq!(refused(&[&whole[..], b"x"].concat()), Some(Unfit::Torn));
    for place in (0..whole.len()).step_by(whole.len() / 300).chain(0..60) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        assert!(refused(&bytes).is_some(), "flipped at {place}");
    }
    let mut other_schema = whole.clone();
    other_schema[8] = 77;
    assert_eq!(refused(&other_schema), Some(Unfit::OtherSchema(77)));
    assert_eq!(refused(&whole), None);
    assert!(
        snapshot::write(Path::new("/no/such/place"), Origin { desk: DESK, seq: 1 }, &index.still(), &[], &seal)
            .is_err()
    );
}

#[test]
fn hostile_bytes_behind_a_good_seal_are_refused_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.snapshot");
    let index = Index::bulk(cases(0..300).into_values());
    let mut dice = Dice::new(7);
    for _ in 0..120 {
        let broken = std::cell::Cell::new(dice.roll(40_000) as usize);
        let bit = 1u8 << dice.roll(8);
        let breaking = |bytes: &[u8], place: &str| {
            let mut bytes = bytes.to_vec();
            let at = broken.get();
            broken.set(at.wrapping_sub(bytes.len()));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= bit;
            }
            seal(&bytes, place)
        };
        snapshot::write(&path, Origin { desk: DESK, seq: 42 }, &index.still(), &[], &breaking).unwrap();
        if let Ok(index) = load(&path) {
            let everything = query("");
            let rows = index.list(&Ask::new(&everything, Order::Name)).page(0, 1_000);
            assert!(rows.iter().all(|row| index.summary(*row).is_some()));
        }
    }
}
