//! The power fails: a child works on a disk that writes down everything; afterwards the disk is made as it may stand after a
//! cut at any moment of that, and opened. What the child said was kept is there and whole, and work goes on.

use super::image::{Cut, Order};
use super::layer::{Layer, mark};
use super::open_desk;
use super::recording::Recording;
use crate::measure::Chance;
use crate::records_support::*;
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Subject};
use pulang::records::{Act, Bad, Draft, DraftHead, Look, Records, Seq, What};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use ulid::Ulid;
use zeroize::Zeroizing;

/// Pieces of work of one child, spread over runs that each open the folder anew.
const RUNS: u128 = 5;
const PIECES: u128 = 18;

/// The child: every sort of thing that is kept, each announced when it was said to be kept.
pub fn child(dir: &Path) {
    for run in 0..RUNS {
        if run % 2 == 0 {
            // A desk begins, or catches up, and leaves its index behind.
            open_desk(dir).save_snapshot().unwrap();
            mark("DESK");
        }
        let (records, _) = open(dir);
        // The nil id belongs to nobody.
        for n in run * PIECES + 2..(run + 1) * PIECES + 2 {
            piece(&records, n);
        }
    }
}

fn piece(records: &Records, n: u128) {
    commit_and_mark(records, vec![commit(vec![creation(n)])]);
    match n % 9 {
        1 => {
            let older = (1..n).rev().filter_map(|n| records.get(case(n)).unwrap()).take(20);
            let bulk = commit(older.map(|record| edit(&record, Field::Marks, &format!("tanda {n}"))).collect());
            // Commits that share a sync with a bulk one.
            let others = (0..6).map(|k| commit(vec![creation(10_000 + n * 10 + k)]));
            commit_and_mark(records, std::iter::once(bulk).chain(others).collect());
        }
        2 => {
            records.trail().note(&look(n)).unwrap();
            records.trail().note_first(&look(n)).unwrap();
            mark(&format!("LOOKS {}", records.trail().head().seq));
        }
        3 | 6 => {
            let id = Ulid(500 + n % 2);
            records.drafts().save(operator(), &draft(id, n as u8)).unwrap();
            mark(&format!("DRAFT {id} {n}"));
        }
        4 => {
            mark(&format!("DROPPING {}", Ulid(500)));
            records.drafts().drop(operator(), Ulid(500)).unwrap();
            mark(&format!("DROPPED {}", Ulid(500)));
        }
        5 => {
            mark(&format!("ERASING {}", n - 3));
            records.erase(Ulid::new(), Ulid(5), &remains(n - 3)).unwrap();
            mark(&format!("ERASED {}", n - 3));
        }
        7 => records.tick().unwrap(),
        8 => records.rest().unwrap(),
        _ => {}
    }
}

fn commit_and_mark(records: &Records, batch: Vec<pulang::domain::change::Commit>) {
    let outcomes = records.commit(&batch).unwrap();
    for (commit, outcome) in batch.iter().zip(outcomes) {
        mark(&format!("ACK {} {} {}", commit.id, outcome.unwrap(), commit.changes.len()));
    }
}

fn look(n: u128) -> Look {
    let (of, why, fields) = (vec![case(n)], String::new(), Vec::new());
    Look { at: moment(), by: operator(), office: Ulid(5), act: Act::Sealed, of, count: 1, why, fields }
}

/// A draft whose every byte says which version it is.
fn draft(id: Ulid, version: u8) -> Draft {
    Draft { head: DraftHead { id, at: moment(), form: "intake".into() }, content: Zeroizing::new(vec![version; 3000]) }
}

/// What the child had said when the power failed.
#[derive(Default)]
struct Said {
    commits: Vec<(Ulid, Seq, usize)>,
    looks: Seq,
    /// The version saved last, or none once it was dropped; in doubt while it is dropped.
    drafts: BTreeMap<Ulid, Option<u8>>,
    erasing: BTreeSet<u128>,
    erased: BTreeSet<u128>,
}

impl Said {
    fn before(recording: &Recording, at: usize) -> Self {
        let mut said = Self::default();
        let id = |text: &str| Ulid::from_string(text).unwrap();
        for words in recording.marks(at) {
            match words[..] {
                ["ACK", of, seq, changes] => {
                    said.commits.push((id(of), Seq(seq.parse().unwrap()), changes.parse().unwrap()));
                }
                ["LOOKS", head] => said.looks = Seq(head.parse().unwrap()),
                ["DRAFT", of, version] => _ = said.drafts.insert(id(of), Some(version.parse().unwrap())),
                ["DROPPING", of] => _ = said.drafts.remove(&id(of)),
                ["DROPPED", of] => _ = said.drafts.insert(id(of), None),
                ["ERASING", n] => _ = said.erasing.insert(n.parse().unwrap()),
                ["ERASED", n] => _ = said.erased.insert(n.parse().unwrap()),
                _ => {}
            }
        }
        said
    }

    /// Holds what is on the disk now against what was said.
    fn is_kept_by(&self, records: &Records, round: &str) {
        for (id, seq, changes) in &self.commits {
            assert_eq!(records.find_commit(*id).unwrap(), Some(*seq), "{round}");
            let read = records.read_commit(*seq).unwrap().unwrap();
            let gone = read.unread;
            assert_eq!(read.commit.changes.len() + gone, *changes, "{round}");
            assert!(gone <= self.erasing.len(), "{round}: {gone} changes of line {seq} do not open");
        }
        for n in &self.erased {
            assert!(records.get(case(*n)).unwrap().is_none(), "{round}: erased and there");
        }
        assert!(records.trail().head().seq >= self.looks, "{round}: a first look is gone");
        for (id, version) in &self.drafts {
            let found = records.drafts().load(operator(), *id).unwrap().map(|draft| draft.content);
            let is_whole =
                found.as_ref().is_none_or(|bytes| bytes.len() == 3000 && bytes.windows(2).all(|b| b[0] == b[1]));
            assert!(is_whole, "{round}: half a draft");
            // After it was dropped the next one with this id may have been on its way.
            if let Some(version) = version {
                assert!(found.is_some_and(|bytes| bytes[0] >= *version), "{round}: a draft is gone");
            }
        }
    }
}

/// Cuts the power at so many moments of one recording.
pub fn power_cuts(order: Order, rounds: u64, seed: u64) {
    println!("{order:?} power cuts: --seed {seed}");
    let layer = Layer::build();
    let home = super::quick_folder();
    let (dir, log) = (home.path().canonicalize().unwrap().join("desk"), home.path().join("log"));
    std::fs::create_dir(&dir).unwrap();
    let done = layer.child(&format!("cut:{}", dir.display()), &dir).env("PULANG_DISK_LOG", &log).status().unwrap();
    assert!(done.success());
    let recording = Recording::read(&log, &dir);
    let mut dice = Chance::new(seed);
    let begun = recording.marks_at("DESK").expect("a desk began");
    let (mut said_something, mut rebuilt) = (0, 0);
    for round in 0..rounds {
        // Most of them somewhere, some right after something was said.
        let mut at = dice.below(recording.ops.len() as u64 + 1) as usize;
        if dice.below(3) == 0 {
            at = recording.next_mark(at);
        }
        let name = format!("round {round} (seed {seed}, {order:?}), cut at {at}");
        let said = Said::before(&recording, at);
        said_something += u64::from(!said.commits.is_empty());
        let image = home.path().join("image");
        std::fs::create_dir(&image).unwrap();
        Cut::new(&recording, at, order, &mut dice).write_to(&image, &mut dice);
        // Everything is looked at in every round, the slow ones in some.
        let is_thorough = round % 5 == 0;
        rebuilt += u64::from(opened_after(&image, &said, &name, at > begun, is_thorough));
        std::fs::remove_dir_all(&image).unwrap();
    }
    println!(
        "{} operations recorded; {rounds} cuts, {said_something} after something was said; {rebuilt} stores rebuilt",
        recording.ops.len()
    );
    assert!(rounds < 10 || said_something > rounds / 2);
}

/// Opens what a cut left, holds it against what was said, works on, and opens it again as a desk.
fn opened_after(image: &Path, said: &Said, name: &str, is_begun: bool, is_thorough: bool) -> bool {
    let opened = Records::open(image, pulang::records::Options::default(), &mut |_| {});
    let (records, opening) = match opened {
        Ok(opened) => opened,
        // A cut in the middle of the very first start may leave nothing to open; nothing was said then.
        Err(fault) if !is_begun && said.commits.is_empty() => {
            println!("{name}: not begun: {fault}");
            return false;
        }
        Err(fault) => panic!("{name}: {fault}"),
    };
    assert_eq!((opening.lost_lines, opening.unopened), (0, 0), "{name}: {opening:?}");
    let last = said.commits.last().map_or(Seq(0), |(_, seq, _)| *seq);
    for bad in &opening.journal.damage {
        // What nobody was told was kept may lie there in pieces.
        assert!(bad.seq > last, "{name}: {bad:?}");
    }
    said.is_kept_by(&records, name);
    assert!(everything(&records) == readable(&records, &opening.journal.damage), "{name}: store and journal differ");
    commit_one(&records, creation(999_999));
    assert_eq!(records.count(Kind::Case).unwrap(), cases(&records), "{name}: miscounted");
    if !is_thorough {
        return opening.rebuilt.is_some();
    }
    assert!(everything(&records) == readable(&records, &opening.journal.damage), "{name}: they differ afterwards");
    let verdict = records.verify(&mut |_| {}).unwrap();
    assert!(verdict.differing.is_empty() && verdict.lost_slots == 0, "{name}: {verdict:?}");
    assert!(verdict.journal.iter().all(|bad| opening.journal.damage.contains(bad)), "{name}: {verdict:?}");
    drop(records);
    if is_begun {
        let desk = open_desk(image);
        assert_eq!(desk.index_differs().unwrap(), [], "{name}: the index differs");
    }
    opening.rebuilt.is_some()
}

fn cases(records: &Records) -> u64 {
    everything(records).keys().filter(|of| of.kind == Kind::Case).count() as u64
}

/// What the journal alone says, lines that were found damaged apart. Where lines are missing, the first of them is named for
/// all that are gone until the next one that can be read.
fn readable(records: &Records, damage: &[Bad]) -> BTreeMap<Subject, Record> {
    let mut all: BTreeMap<Subject, Record> = BTreeMap::new();
    let mut is_gap_named = false;
    for seq in (1..=records.head().0).map(Seq) {
        let read = match records.read_commit(seq) {
            Ok(read) => read,
            Err(fault) => {
                let named = damage.iter().find(|bad| bad.seq == seq).map(|bad| bad.what);
                is_gap_named |= named == Some(What::Missing);
                assert!(named.is_some() || is_gap_named, "{fault}; head {:?}, {damage:?}", records.head());
                continue;
            }
        };
        is_gap_named = false;
        for change in read.into_iter().flat_map(|read| read.commit.changes) {
            change.apply(all.entry(change.of).or_insert_with(|| Record::empty(change.of)));
        }
    }
    all
}
