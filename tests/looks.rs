//! Looking into the trail from its end: page by page over several segments, narrowed, past what cannot be read, and nothing is
//! seen twice or passed over.

#![allow(clippy::unwrap_used)] // helpers of tests

mod records_support;

use chrono::{DateTime, TimeDelta, Utc};
use pulang::records::*;
use records_support::*;
use std::fs;
use ulid::Ulid;

/// The moment of the nth look: one a minute.
fn minute(n: u64) -> DateTime<Utc> {
    moment() + TimeDelta::minutes(n as i64)
}

fn note(records: &Records, n: u64) {
    let look = Look {
        at: minute(n),
        by: Ulid(100 + u128::from(n % 7)),
        office: Ulid(5),
        act: if n.is_multiple_of(5) { Act::Refused } else { Act::Open },
        of: vec![case(u128::from(n % 11))],
        count: 1,
        // Three segments of 8 MiB in few lines; some are longer than a block that is read at once.
        why: "sebab".repeat(if n.is_multiple_of(400) { 60 } else { 1 }),
        fields: (0..if n.is_multiple_of(100) { 1000 } else { 100 }).map(|at| format!("bagian{at:06}")).collect(),
    };
    records.trail().note(&look).unwrap();
}

/// A trail of so many looks.
fn trail(count: u64) -> (tempfile::TempDir, Records) {
    let dir = tempfile::tempdir().unwrap();
    let (records, _) = open(dir.path());
    (0..count).for_each(|n| note(&records, n));
    records.trail().sync().unwrap();
    (dir, records)
}

/// Every look that is wanted, in pages of so many and stretches of so many lines.
fn paged(records: &Records, wanted: &Wanted, most: usize, passed: usize) -> Vec<(Seq, Look)> {
    let (mut all, mut next) = (Vec::new(), Some(records.trail().end_of(wanted)));
    while let Some(before) = next {
        let stretch = records.trail().looks_before(before, wanted, most, passed).unwrap();
        assert!(stretch.looks.len() <= most && stretch.unread == 0);
        assert!(stretch.next.is_none_or(|next| next < before), "it goes on");
        all.extend(stretch.looks);
        next = stretch.next;
    }
    all
}

#[test]
fn every_look_is_met_once_whatever_the_pages_are_and_however_it_is_narrowed() {
    let (dir, records) = trail(6_000);
    assert!(fs::read_dir(dir.path().join("trail")).unwrap().count() > 1, "several segments");
    let mut forwards = Vec::new();
    let mut visit = |seq, look| {
        forwards.push((seq, look));
        Ok(())
    };
    records.trail().each(Seq(1), &mut visit).unwrap();
    forwards.reverse();
    assert_eq!(forwards.len(), 6_000);
    let day = minute(1_500)..minute(2_900);
    for wanted in [
        Wanted::default(),
        Wanted { by: Some(vec![Ulid(103), Ulid(105)]), ..Wanted::default() },
        Wanted { act: Some(Act::Refused), of: Some(case(4)), ..Wanted::default() },
        Wanted { from: Some(day.start), to: Some(day.end), ..Wanted::default() },
    ] {
        let is_wanted = |look: &Look| {
            wanted.by.as_ref().is_none_or(|by| by.contains(&look.by))
                && wanted.act.is_none_or(|act| act == look.act)
                && wanted.of.is_none_or(|of| look.of.contains(&of))
                && wanted.from.is_none_or(|from| look.at >= from)
                && wanted.to.is_none_or(|to| look.at < to)
        };
        let expected: Vec<_> = forwards.iter().filter(|(_, look)| is_wanted(look)).cloned().collect();
        assert!(paged(&records, &wanted, 50, 700) == expected, "{wanted:?}");
    }
    let nobody = Wanted { by: Some(Vec::new()), ..Wanted::default() };
    assert!(paged(&records, &nobody, 50, 700).is_empty());
}

#[test]
fn what_cannot_be_read_is_counted_and_passed() {
    let (dir, records) = trail(30);
    drop(records);
    let path = dir.path().join("trail/000000000001.jsonl");
    let text = fs::read(&path).unwrap();
    let end = text.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let mut lines: Vec<Vec<u8>> = text[..end].split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
    lines[10] = b"kosong\n".to_vec();
    let seal = lines[20].windows(8).position(|window| window == b"\"seal\":\"").unwrap() + 20;
    lines[20][seal] = if lines[20][seal] == b'A' { b'B' } else { b'A' };
    fs::write(&path, lines.concat()).unwrap();
    let (records, _) = open(dir.path());
    let wanted = Wanted::default();
    let stretch = records.trail().looks_before(records.trail().end_of(&wanted), &wanted, 100, 1_000).unwrap();
    assert_eq!((stretch.looks.len(), stretch.unread, stretch.next), (28, 2, None));
}
