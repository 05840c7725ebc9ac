//! The last line of journal or trail is cut at every byte: torn as a crash leaves it, or gone after it was acknowledged. Every
//! time the folder opens, says so, has everything before, and takes the next.

use crate::measure::{Chance, Measure, each_of, ordeal};
use crate::office::{self, copied};
use crate::records_support::*;
use libtest_mimic::Trial;
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::Subject;
use pulang::records::{Act, Look, Seq, What};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use ulid::Ulid;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    let some = |short: u64| (measure.rounds_or(short), measure.seed());
    let [journal, bulk, trail] = [some(12), some(5), some(5)];
    vec![
        ordeal("cut-journal", move || the_last_line_is_cut_anywhere("journal", 1, journal)),
        ordeal("cut-bulk", move || the_last_line_is_cut_anywhere("journal", 60, bulk)),
        ordeal("cut-trail", move || the_last_line_is_cut_anywhere("trail", 1, trail)),
    ]
}

fn look() -> Look {
    let (of, why, fields) = (vec![case(1)], "diminta".into(), Vec::new());
    Look { at: moment(), by: operator(), office: Ulid(5), act: Act::Open, of, count: 1, why, fields }
}

/// A folder as a sudden end leaves it: its last line is behind the checkpoint, and the store has not seen it.
struct Folder {
    dir: tempfile::TempDir,
    chain: &'static str,
    bytes: Vec<u8>,
    /// Where the last line begins, and its number.
    last: usize,
    seq: Seq,
    before: BTreeMap<Subject, Record>,
}

impl Folder {
    fn new(chain: &'static str, people: u128) -> Self {
        let dir = office::folder();
        let (records, _) = open(dir.path());
        (0..people.max(6)).for_each(|n| _ = commit_one(&records, creation(n)));
        (0..3).for_each(|_| _ = records.trail().note_first(&look()).unwrap());
        let before = everything(&records);
        drop(records);
        let kept = copied(dir.path());
        let (records, _) = open(dir.path());
        let marked = |n| edit(&records.get(case(n)).unwrap().unwrap(), Field::Marks, "terakhir");
        records.commit(&[commit((0..people).map(marked).collect())]).unwrap()[0].unwrap();
        records.trail().note_first(&look()).unwrap();
        let bytes = fs::read(dir.path().join(chain).join("000000000001.jsonl")).unwrap();
        drop(records);
        let last = bytes[..bytes.len() - 1].iter().rposition(|&byte| byte == b'\n').unwrap() + 1;
        let seq = Seq(bytes.iter().filter(|&&byte| byte == b'\n').count() as u64);
        fs::remove_file(kept.path().join("reserve")).unwrap();
        Self { dir: kept, chain, bytes, last, seq, before }
    }

    fn segment(&self, dir: &Path) -> std::path::PathBuf {
        dir.join(self.chain).join("000000000001.jsonl")
    }
}

fn the_last_line_is_cut_anywhere(chain: &'static str, people: u128, (rounds, seed): (u64, u64)) {
    println!("cut: --seed {seed}");
    let folder = Folder::new(chain, people);
    let len = folder.bytes.len() - folder.last;
    let mut chance = Chance::new(seed);
    // Both ends always, all of them if there are rounds enough, else wherever chance says.
    let mut cuts: Vec<usize> = if rounds as usize >= len {
        (0..len).collect()
    } else {
        let some = (0..rounds).map(|_| chance.below(len as u64) as usize);
        [0, 1, len - 1].into_iter().chain(some).collect()
    };
    cuts.sort_unstable();
    cuts.dedup();
    each_of(&cuts, |cut| torn(&folder, *cut));
    // What was acknowledged and checked, and then cut off, is damage: at some of the places.
    let whole = copied(folder.dir.path());
    fs::write(folder.segment(whole.path()), &folder.bytes).unwrap();
    drop(open(whole.path()));
    let some: Vec<usize> = cuts.iter().copied().step_by(3).collect();
    each_of(&some, |cut| shortened(&folder, whole.path(), *cut));
    println!("cut: {} of {len} places of the last line, {} more after it was checked", cuts.len(), some.len());
}

/// Cut in the middle of being written.
fn torn(folder: &Folder, cut: usize) {
    let copy = copied(folder.dir.path());
    fs::write(folder.segment(copy.path()), &folder.bytes[..folder.last + cut]).unwrap();
    let (records, opening) = open(copy.path());
    let repairs = if folder.chain == "journal" { &opening.journal } else { &opening.trail };
    // A line that lacks its newline only is torn like any other: it was never acknowledged.
    assert_eq!((repairs.torn_bytes, repairs.damage.len(), opening.rebuilt), (cut as u64, 0, None), "{opening:?}");
    assert!(everything(&records) == folder.before, "everything before is there");
    if cut > 0 {
        let aside = copy.path().join(folder.chain).join(format!("torn-{:012}", folder.seq.0));
        assert_eq!(fs::read(aside).unwrap(), folder.bytes[folder.last..folder.last + cut], "kept aside");
    }
    let record = records.get(case(1)).unwrap().unwrap();
    let seq = commit_one(&records, edit(&record, Field::Marks, "sesudahnya"));
    let look = records.trail().note_first(&look()).unwrap();
    let next = if folder.chain == "journal" { seq } else { look };
    assert_eq!(next, folder.seq, "the number was given to nobody");
    assert!(records.verify(&mut |_| {}).unwrap().is_whole());
}

/// Cut after the checkpoint was signed for it.
fn shortened(folder: &Folder, whole: &Path, cut: usize) {
    let copy = copied(whole);
    fs::write(folder.segment(copy.path()), &folder.bytes[..folder.last + cut]).unwrap();
    let (records, opening) = open(copy.path());
    let repairs = if folder.chain == "journal" { &opening.journal } else { &opening.trail };
    let told: Vec<_> = repairs.damage.iter().map(|bad| (bad.seq, bad.what)).collect();
    assert_eq!(told, [(folder.seq, What::Missing)], "{opening:?}");
    let all = everything(&records);
    for (of, record) in &folder.before {
        let is_newer = all[of].revision == record.revision + 1 && all[of].text(Field::Marks) == Some("terakhir");
        assert!(all[of] == *record || is_newer, "{of}");
    }
    assert!(commit_one(&records, creation(9_000)) > folder.seq);
    records.trail().note_first(&look()).unwrap();
}
