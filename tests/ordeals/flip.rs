//! One letter of one field of one line, in the journal or the trail, becomes another: whatever opens the folder says which
//! line it is, and nothing else is lost. Tried with the checkpoint, without it, and with the store gone besides.

use crate::measure::{Chance, Measure, each_of, ordeal};
use crate::office::{self, CHIEF, copied, machine_clock};
use crate::records_support::*;
use chrono::TimeDelta;
use libtest_mimic::Trial;
use pulang::app::notice::alarm_text;
use pulang::desk::Alarm;
use pulang::domain::change::Commit;
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::Subject;
use pulang::records::{Act, Bad, Look, Options, Records, Seq};
use pulang::text::{Language, Texts};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use ulid::Ulid;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![
        ordeal("flip", move || a_field_flipped_is_named_and_costs_nothing_else(measure.rounds_or(30), measure.seed())),
        ordeal("flip-banner", the_screen_says_which_entry_and_what_to_do),
    ]
}

/// What else is gone when the folder is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Nothing,
    Checkpoint,
    CheckpointAndStore,
}

/// One letter to change.
#[derive(Clone, Debug)]
struct Flip {
    chain: &'static str,
    /// The line from 1; its number too, for there is one segment.
    line: u32,
    field: String,
    /// Its place in the line.
    at: usize,
    beside: Beside,
}

/// Journal: creations, a bulk edit, one that undoes, an erasure, a signed head, and an edit last. Trail: looks of two days.
fn filled() -> tempfile::TempDir {
    let dir = office::folder();
    let (records, _) = open(dir.path());
    (0..4).for_each(|n| _ = commit_one(&records, creation(n)));
    let marked = |n: u128, text: &str| edit(&records.get(case(n)).unwrap().unwrap(), Field::Marks, text);
    let bulk = commit(vec![marked(0, "a"), marked(1, "b"), marked(2, "c")]);
    records.commit(std::slice::from_ref(&bulk)).unwrap();
    let undoing = Commit { undoes: Some(bulk.id), ..commit(vec![marked(0, "d")]) };
    records.commit(&[undoing]).unwrap();
    records.erase(Ulid::new(), Ulid(5), &remains(3)).unwrap();
    let tomorrow = moment() + TimeDelta::days(1);
    records.commit(&[Commit { at: tomorrow, ..commit(vec![marked(1, "e")]) }]).unwrap()[0].unwrap();
    commit_one(&records, marked(2, "f"));
    for at in [moment(), moment(), tomorrow, tomorrow] {
        let look = Look {
            at,
            by: operator(),
            office: Ulid(5),
            act: Act::Open,
            of: vec![case(1)],
            count: 1,
            why: "diminta".into(),
            fields: Vec::new(),
        };
        records.trail().note_first(&look).unwrap();
    }
    drop(records);
    fs::remove_file(dir.path().join("reserve")).unwrap();
    dir
}

fn lines(dir: &Path, chain: &str) -> Vec<Vec<u8>> {
    let bytes = fs::read(dir.join(chain).join("000000000001.jsonl")).unwrap();
    bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// Every name of a line with a letter of the name and one of its value.
fn letters(line: &[u8]) -> Vec<(String, usize)> {
    let text = std::str::from_utf8(line).unwrap();
    let mut found = Vec::new();
    let names = text.match_indices("\":").map(|(end, _)| (text[..end].rfind('"').unwrap() + 1, end));
    for (from, end) in names {
        let name = &text[from..end];
        found.push((format!("{name} (its name)"), from + name.len() / 2));
        let value = &text[end + 2..];
        let len = value.find([',', '}', ']']).unwrap();
        if let Some(at) = value[..len]
            .bytes()
            .enumerate()
            .skip(len / 2)
            .chain(value.bytes().enumerate().take(len))
            .find(|(_, byte)| byte.is_ascii_alphanumeric())
        {
            found.push((name.to_owned(), end + 2 + at.0));
        }
    }
    found
}

fn flips(dir: &Path) -> Vec<Flip> {
    let mut all = Vec::new();
    for chain in ["journal", "trail"] {
        for (nth, line) in lines(dir, chain).iter().enumerate() {
            for (field, at) in letters(line) {
                for beside in [Beside::Nothing, Beside::Checkpoint, Beside::CheckpointAndStore] {
                    all.push(Flip { chain, line: nth as u32 + 1, field: field.clone(), at, beside });
                }
            }
        }
    }
    all
}

/// Another digit for a digit, another letter for a letter.
const fn other(byte: u8) -> u8 {
    match byte {
        b'9' => b'2',
        b'z' => b'b',
        b'Z' => b'B',
        _ => byte + 1,
    }
}

fn a_field_flipped_is_named_and_costs_nothing_else(rounds: u64, seed: u64) {
    println!("flip: --seed {seed}");
    let dir = filled();
    let whole = Whole::of(dir.path());
    let mut all = flips(dir.path());
    let mut chance = Chance::new(seed);
    for place in (1..all.len()).rev() {
        all.swap(place, chance.below(place as u64 + 1) as usize);
    }
    let there = all.len();
    all.truncate(rounds as usize);
    each_of(&all, |flip| {
        let copy = copied(dir.path());
        let path = copy.path().join(flip.chain).join("000000000001.jsonl");
        let mut lines = lines(copy.path(), flip.chain);
        let letter = &mut lines[flip.line as usize - 1][flip.at];
        *letter = other(*letter);
        fs::write(path, lines.concat()).unwrap();
        suffer(copy.path(), &whole, flip);
    });
    println!("flip: {} of {there} letters, each named", all.len());
}

/// What was there before.
struct Whole {
    records: BTreeMap<Subject, Record>,
    journal: Vec<String>,
    trail: usize,
}

impl Whole {
    fn of(dir: &Path) -> Self {
        let text = |line: Vec<u8>| String::from_utf8(line).unwrap();
        let records = everything(&open(copied(dir).path()).0);
        let journal = lines(dir, "journal").into_iter().map(text).collect();
        Self { records, journal, trail: lines(dir, "trail").len() }
    }

    fn lines(&self, chain: &str) -> usize {
        if chain == "journal" { self.journal.len() } else { self.trail }
    }
}

fn suffer(dir: &Path, whole: &Whole, flip: &Flip) {
    if flip.beside != Beside::Nothing {
        fs::remove_file(dir.join(flip.chain).join("checkpoint")).unwrap();
    }
    if flip.beside == Beside::CheckpointAndStore {
        fs::remove_dir_all(dir.join("store")).unwrap();
    }
    let is_last = flip.line as usize == whole.lines(flip.chain);
    let opened = Records::open(dir, Options::default(), &mut |_| {});
    let (records, opening) = match opened {
        Ok(opened) => opened,
        // One digit makes the very last line one of a newer release, and nothing is there to contradict it.
        Err(fault) if is_last && flip.field == "v" && flip.beside != Beside::Nothing => {
            assert_eq!(fault.code, "J03", "{flip:?}");
            assert!(fault.detail.contains(&format!("line {} of 000000000001.jsonl", flip.line)), "{flip:?}: {fault}");
            return;
        }
        Err(fault) => panic!("{flip:?}: {fault}"),
    };
    let verdict = records.verify(&mut |_| {}).unwrap();
    let (found, later) = match flip.chain {
        "journal" => (&opening.journal.damage, &verdict.journal),
        _ => (&opening.trail.damage, &verdict.trail),
    };
    let place = |bad: &Bad| (bad.segment, bad.line, bad.seq);
    let told: BTreeSet<_> = found.iter().chain(later).map(place).collect();
    let wanted = (Seq(1), flip.line, Seq(u64::from(flip.line)));
    assert_eq!(told.into_iter().collect::<Vec<_>>(), [wanted], "{flip:?}: {opening:?} {verdict:?}");
    let other = if flip.chain == "journal" { &verdict.trail } else { &verdict.journal };
    assert!(other.is_empty() && verdict.lost_slots == 0, "{flip:?}: {verdict:?}");
    nothing_else_is_lost(&records, whole, flip);
}

fn nothing_else_is_lost(records: &Records, whole: &Whole, flip: &Flip) {
    let after = everything(records);
    let is_touched = |of: &Subject| {
        let is_replayed = flip.chain == "journal" && flip.beside == Beside::CheckpointAndStore;
        is_replayed && whole.journal[flip.line as usize - 1].contains(&of.to_string())
    };
    for (of, record) in &whole.records {
        assert!(is_touched(of) || after.get(of) == Some(record), "{flip:?}: {of} is not what it was");
        let (history, unread) = records.legible_history(*of).unwrap();
        assert!(
            is_touched(of) || history.len() + unread.len() >= record.revision as usize,
            "{flip:?}: history of {of}"
        );
        assert!(unread.len() <= 1, "{flip:?}: {unread:?}");
    }
    let seq = commit_one(records, creation(50));
    assert!(seq > Seq(whole.journal.len() as u64), "{flip:?}: a number given twice");
    let mut looks = 0;
    let mut count = |_, _| {
        looks += 1;
        Ok(())
    };
    records.trail().each(Seq(1), &mut count).unwrap();
    assert!(looks >= if flip.chain == "trail" { 3 } else { 4 }, "{flip:?}: {looks} looks");
}

fn the_screen_says_which_entry_and_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, _) = office::desk(dir.path(), machine_clock()).unwrap();
    let chief = desk.enter(CHIEF).unwrap();
    for n in 0..8 {
        let at = chrono::Utc::now();
        office::done(&chief, vec![office::arrival(Subject::case(Ulid::new()), &format!("CONTOH {n}"), at)]);
    }
    drop((chief, desk));
    let mut lines = lines(dir.path(), "journal");
    let at = lines[4].len() / 2;
    lines[4][at] = other(lines[4][at]);
    fs::write(dir.path().join("journal/000000000001.jsonl"), lines.concat()).unwrap();
    let (desk, _) = office::desk(dir.path(), machine_clock()).unwrap();
    let chief = desk.enter(CHIEF).unwrap();
    assert_eq!(chief.list(&Default::default(), pulang::desk::Order::Number).rows.len(), 8, "nobody is missing");
    // The checkpoint spares the start the look back: the look over the chains finds it a moment later.
    let since = Instant::now();
    let alarms = || chief.alarms().into_iter().filter(|alarm| *alarm != Alarm::KeyUncopied).collect::<Vec<_>>();
    while alarms().is_empty() && since.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let alarms = alarms();
    let [Alarm::Journal(places)] = alarms[..] else { panic!("{alarms:?}") };
    assert_eq!(places.first.map(|bad| (bad.line, bad.seq)), Some((5, Seq(5))));
    for language in [Language::Id, Language::En] {
        let text = alarm_text(alarms[0], &Texts::new(language));
        assert!(text.contains(" 5 ") && text.contains("pulang verify"), "{text}");
        assert!(text.contains("mend"), "{text}");
    }
}
