//! Somebody who can write every file, and has every key, alters a line, takes one out, cuts a tail off or writes another
//! history; whatever else remembers goes with it. The sheets that were kept outside say which chain, which line, and what.

use crate::measure::{Chance, Measure, each_of, ordeal};
use crate::office::copied;
use crate::records_support::*;
use libtest_mimic::Trial;
use pulang::domain::field::Field;
use pulang::records::{Act, Anchor, Held, Holding, Look, Onlooker, Options, Records, Seq, What};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use ulid::Ulid;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    vec![ordeal("anchors", move || every_crime_is_named(measure.rounds_or(40), measure.seed()))]
}

const CHAINS: [&str; 2] = ["journal", "trail"];
/// Sheets that are kept, and what happens between two of them.
const SHEETS: u64 = 3;
const BETWEEN: u128 = 5;

/// What somebody does to one chain; lines count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Crime {
    Flip {
        line: u64,
        at: u64,
    },
    Remove {
        line: u64,
    },
    Cut {
        after: u64,
    },
    /// Goes back to where the desk stood at a sheet (0: at its beginning) and writes another history from there.
    Rewrite {
        from: usize,
    },
}

/// A true history: the folder as it stood at every sheet, the sheets, and how many lines each chain had.
struct Truth {
    folders: Vec<TempDir>,
    sheets: Vec<Anchor>,
}

fn lives_on(records: &Records, tag: &str, count: u128) {
    for n in 0..count {
        if records.get(case(n)).unwrap().is_none() {
            commit_one(records, creation(n));
        }
        let record = records.get(case(n)).unwrap().unwrap();
        commit_one(records, edit(&record, Field::Marks, &format!("{tag} {n} {}", record.revision)));
        let (of, fields, why) = (vec![case(n)], Vec::new(), String::new());
        let look = Look { at: moment(), by: operator(), office: Ulid(5), act: Act::Open, of, count: 1, why, fields };
        records.trail().note(&look).unwrap();
    }
}

impl Truth {
    fn lived() -> Self {
        let (now, mut truth) = (tempfile::tempdir().unwrap(), Self { folders: Vec::new(), sheets: Vec::new() });
        let (records, _) = open(now.path());
        lives_on(&records, "awal", 2);
        drop(records);
        truth.folders.push(copied(now.path()));
        for sheet in 0..SHEETS {
            let (records, _) = open(now.path());
            lives_on(&records, &format!("benar {sheet}"), BETWEEN);
            truth.sheets.push(records.anchor(moment()).unwrap());
            drop(records);
            truth.folders.push(copied(now.path()));
        }
        truth
    }

    fn lines(&self, chain: &str) -> u64 {
        head(&self.sheets[self.sheets.len() - 1], chain)
    }

    /// The folder after the crime.
    fn after(&self, chain: &str, crime: Crime) -> TempDir {
        if let Crime::Rewrite { from } = crime {
            let folder = copied(self.folders[from].path());
            let (records, _) = open(folder.path());
            (0..=SHEETS).for_each(|round| lives_on(&records, &format!("palsu {round}"), BETWEEN + 1));
            return folder;
        }
        let folder = copied(self.folders[self.folders.len() - 1].path());
        let path = folder.path().join(chain).join("000000000001.jsonl");
        let bytes = fs::read(&path).unwrap();
        let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        let mut lines: Vec<Vec<u8>> = bytes[..end].split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
        match crime {
            Crime::Flip { line, at } => {
                let line = &mut lines[line as usize - 1];
                let letters = line.iter().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric());
                let letters: Vec<usize> = letters.map(|(at, _)| at).collect();
                let at = letters[at as usize % letters.len()];
                line[at] = if line[at] == b'7' { b'3' } else { b'7' };
            }
            Crime::Remove { line } => drop(lines.remove(line as usize - 1)),
            Crime::Cut { after } => lines.truncate(after as usize),
            Crime::Rewrite { .. } => {}
        }
        fs::write(&path, lines.concat()).unwrap();
        for chain in CHAINS {
            let _ = fs::remove_file(folder.path().join(chain).join("checkpoint"));
        }
        fs::remove_dir_all(folder.path().join("store")).unwrap();
        folder
    }
}

fn head(sheet: &Anchor, chain: &str) -> u64 {
    if chain == "journal" { sheet.journal.head.seq.0 } else { sheet.trail.head.seq.0 }
}

fn held(holding: &Holding, chain: &str) -> Held {
    if chain == "journal" { holding.journal } else { holding.trail }
}

fn every_crime_is_named(rounds: u64, seed: u64) {
    println!("anchors: --seed {seed}");
    let truth = Truth::lived();
    let mut chance = Chance::new(seed);
    let crimes: Vec<(&str, Crime)> = (0..rounds)
        .map(|round| {
            let chain = CHAINS[chance.below(2) as usize];
            let line = 1 + chance.below(truth.lines(chain));
            let crime = match round % 4 {
                0 => Crime::Flip { line, at: chance.next() },
                1 => Crime::Remove { line },
                2 => Crime::Cut { after: chance.below(truth.lines(chain)) },
                _ => Crime::Rewrite { from: chance.below(SHEETS) as usize },
            };
            (chain, crime)
        })
        .collect();
    each_of(&crimes, |(chain, crime)| is_named(&truth, chain, *crime));
    println!("anchors: {rounds} crimes, each named");
}

fn is_named(truth: &Truth, chain: &str, crime: Crime) {
    let folder = truth.after(chain, crime);
    let outside = Onlooker::new(folder.path(), None).hold_against(&truth.sheets, (&[], &[]), &mut || Ok(())).unwrap();
    judged(truth, chain, crime, &outside, false);
    if let Some(inside) = inside(folder.path(), &truth.sheets) {
        judged(truth, chain, crime, &inside, true);
    }
}

/// Held against by the desk itself; `None` where it does not open, for a line says that a newer release wrote it.
fn inside(dir: &Path, sheets: &[Anchor]) -> Option<Vec<Holding>> {
    let (records, _) = match Records::open(dir, Options::default(), &mut |_| {}) {
        Ok(opened) => opened,
        Err(fault) => {
            assert_eq!(fault.code, "J03");
            return None;
        }
    };
    let verdict = records.verify(&mut |_| {}).unwrap();
    Some(records.hold_against(sheets, (&verdict.journal, &verdict.trail), &mut || Ok(())).unwrap())
}

fn judged(truth: &Truth, chain: &str, crime: Crime, found: &[Holding], has_looked_inside: bool) {
    let last = truth.lines(chain);
    for (place, holding) in found.iter().enumerate() {
        let (anchored, held) = (head(&holding.anchor, chain), held(holding, chain));
        assert!(holding.is_signed && holding.is_own_key);
        let is_right = match crime {
            Crime::Flip { line, .. } | Crime::Remove { line } if line > anchored => held == Held::Whole,
            // Nothing behind the last line remembers it, and outside nobody opens its seal.
            Crime::Flip { line, .. } if line == last && !has_looked_inside => held != Held::Whole,
            Crime::Flip { line, .. } => matches!(held, Held::Damaged { first } if first.seq == Seq(line)),
            Crime::Remove { line } if line == last => held == Held::Cut { last: Seq(line - 1) },
            Crime::Remove { line } => {
                matches!(held, Held::Damaged { first } if first.seq == Seq(line) && first.what == What::Missing)
            }
            Crime::Cut { after } if after < anchored => held == Held::Cut { last: Seq(after) },
            Crime::Cut { .. } => held == Held::Whole,
            Crime::Rewrite { from } if place < from => held == Held::Whole,
            Crime::Rewrite { from } => {
                let after = from.checked_sub(1).map_or(0, |kept| head(&truth.sheets[kept], chain));
                held == Held::Rewritten { after: Seq(after) }
            }
        };
        assert!(is_right, "{chain} {crime:?}, sheet {place} at {anchored} of {last}: {held:?}");
    }
}
