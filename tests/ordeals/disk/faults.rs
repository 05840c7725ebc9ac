//! A disk that is full or failing, at any write, sync, opening and renaming of any piece of work, once and for good.
//!
//! One child works through many rounds on one layer. In each: what was acknowledged stays, what was refused is absent, what
//! is in doubt is whole or absent; reading goes on; and when the disk heals, writing comes back without a restart.

use super::layer::{Layer, tell};
use super::quick_folder;
use crate::measure::Chance;
use crate::records_support::*;
use pulang::domain::change::{Change, Commit, Verb};
use pulang::domain::field::Field;
use pulang::domain::record::Record;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use pulang::records::{Act, CommitError, Draft, DraftHead, Look, Options, Records};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use ulid::Ulid;
use zeroize::Zeroizing;

/// Tells the child how many rounds and from which seed.
const MEASURE: &str = "PULANG_ORDEAL_MEASURE";
/// A round that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(900);

/// What the disk does to whom.
pub struct Fault {
    pub words: String,
    is_for_good: bool,
}

const WHERE: [&str; 8] = ["", "", "", "/store", "/store", "/journal/", "/keys/", "/trail/"];
const SORTS: [&str; 6] = ["write", "write", "sync", "name", "open", "any"];
/// No space, an I/O error, a quota, a disk that turned read-only, and a short write.
const ERRORS: [i32; 7] = [28, 28, 5, 5, 122, 30, 0];

impl Fault {
    /// Whether a case may not open while it lasts: the files of the journal cannot even be opened. A store that is hit is
    /// read no more until sled has opened it again; the journal knows the case as well.
    pub fn may_blind(&self) -> bool {
        let place = self.words.splitn(5, '/').nth(4).unwrap_or_default();
        (self.words.starts_with("open") || self.words.starts_with("any")) && place != "/store"
    }

    pub fn thrown(dice: &mut Chance, most: u64) -> Self {
        let pick = |dice: &mut Chance, of: usize| dice.below(of as u64) as usize;
        let (place, sort) = (WHERE[pick(dice, WHERE.len())], SORTS[pick(dice, SORTS.len())]);
        let error = ERRORS[pick(dice, ERRORS.len())];
        let (after, count) = (dice.below(most), dice.below(2));
        // A short write is only a write.
        let sort = if error == 0 { "write" } else { sort };
        Self { words: format!("{sort}/{after}/{count}/{error}/{place}"), is_for_good: count == 0 }
    }

    pub fn begins(&self) {
        tell(&format!("fail/{}", self.words));
    }
}

pub fn heals() {
    tell("heal");
}

/// Runs a child and waits for it; what it said last names the round that failed.
pub fn run(role: &str, rounds: u64, seed: u64) {
    println!("{role}: {rounds} rounds, --seed {seed}");
    let (layer, home) = (Layer::build(), quick_folder());
    let dir = home.path().canonicalize().unwrap().join("desk");
    let said = home.path().join("said");
    let out = std::fs::File::create(&said).unwrap();
    let mut child = layer
        .child(&format!("{role}:{}", dir.display()), &dir)
        .env(MEASURE, format!("{rounds},{seed}"))
        .stderr(Stdio::from(out.try_clone().unwrap()))
        .stdout(Stdio::from(out))
        .spawn()
        .unwrap();
    let (mut seen, mut since) = (0, Instant::now());
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let now = std::fs::metadata(&said).unwrap().len();
        if now != seen {
            (seen, since) = (now, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{role} hangs:\n{}", tail(&said));
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{role}, seed {seed}:\n{}", tail(&said));
    println!("{}", tail(&said).lines().last().unwrap_or_default());
}

fn tail(said: &Path) -> String {
    let text = String::from_utf8_lossy(&std::fs::read(said).unwrap()).into_owned();
    text.chars().skip(text.chars().count().saturating_sub(6_000)).collect()
}

pub fn measure() -> (u64, u64) {
    let measure = std::env::var(MEASURE).unwrap();
    let (rounds, seed) = measure.split_once(',').unwrap();
    (rounds.parse().unwrap(), seed.parse().unwrap())
}

// ---- records

/// What a round does while the disk fails.
#[derive(Clone, Copy, Debug)]
enum Work {
    One,
    Bulk,
    /// More new cases than there are slots filled ahead.
    Slots,
    /// Values so large that the store makes files for them.
    Large,
    /// Enough bytes for another segment.
    Roll,
    Draft,
    LookFirst,
    Tick,
    Erase,
    Rest,
    Start,
}

const WORKS: [Work; 17] = [
    Work::One,
    Work::One,
    Work::One,
    Work::Bulk,
    Work::Bulk,
    Work::Start,
    Work::Draft,
    Work::Erase,
    Work::Slots,
    Work::Large,
    Work::Roll,
    Work::Draft,
    Work::LookFirst,
    Work::Tick,
    Work::Erase,
    Work::Rest,
    Work::Start,
];

/// What broke something once comes first: the file of a large value that cannot be made leaves sled waiting for ever.
const KNOWN: [(Work, &str); 2] = [(Work::Large, "name/0/1/5/"), (Work::Large, "open/1/1/28//store/blobs")];

/// The folder as it should be.
struct Ledger {
    dir: PathBuf,
    records: Option<Records>,
    next: u128,
    /// Every commit that was acknowledged, with its changes.
    kept: Vec<(Ulid, usize)>,
    erased: usize,
    refused: u64,
    unknown: u64,
    mended: u64,
}

pub fn child_with_records(dir: &Path) {
    let (rounds, seed) = measure();
    let mut dice = Chance::new(seed);
    let (mut refused, mut unknown, mut mended) = (0, 0, 0);
    let mut ledger = Ledger::begin(dir);
    for round in 0..rounds {
        let mut work = WORKS[dice.below(WORKS.len() as u64) as usize];
        let most = [1, 3, 8, 20][dice.below(4) as usize];
        let mut fault = Fault::thrown(&mut dice, most);
        if let Some((known, words)) = KNOWN.get(round as usize) {
            (work, fault) = (*known, Fault { words: (*words).to_owned(), is_for_good: false });
        }
        println!("round {round}: {work:?} {}", fault.words);
        ledger.round(work, &fault);
        // A folder that grew makes slow rounds.
        if round % 16 == 15 || matches!(work, Work::Roll | Work::Slots) || round + 1 == rounds {
            (refused, unknown, mended) = (refused + ledger.refused, unknown + ledger.unknown, mended + ledger.mended);
            ledger.ends();
            std::fs::remove_dir_all(dir).unwrap();
            ledger = Ledger::begin(dir);
        }
    }
    println!("{rounds} rounds: {refused} refused, {unknown} in doubt, {mended} stores brought back");
}

fn big(n: u128) -> Change {
    let nothing = Record::empty(Subject::new(Kind::Table, Ulid(1_000_000 + n)));
    let mut change = Change::on(&nothing, Verb::Create, Timed::certain(moment()));
    change.set(&nothing, Field::TableText, Some(Value::text("y".repeat(60_000))));
    change
}

impl Ledger {
    fn begin(dir: &Path) -> Self {
        let (records, kept) = (Some(open(dir).0), Vec::new());
        let mut ledger =
            Self { dir: dir.to_owned(), records, next: 1, kept, erased: 0, refused: 0, unknown: 0, mended: 0 };
        for _ in 0..8 {
            let one = ledger.cases(1);
            assert!(ledger.commits(one));
        }
        ledger
    }

    fn records(&self) -> &Records {
        self.records.as_ref().unwrap()
    }

    fn cases(&mut self, count: u128) -> Vec<Change> {
        let from = self.next;
        self.next += count;
        (from..self.next).map(creation).collect()
    }

    /// Commits, and holds the answer against what is there.
    fn commits(&mut self, changes: Vec<Change>) -> bool {
        let one = commit(changes);
        let answer = self.records().commit(std::slice::from_ref(&one));
        match answer {
            Ok(outcomes) => {
                outcomes[0].unwrap();
                self.kept.push((one.id, one.changes.len()));
                true
            }
            Err(error) => {
                assert!(!error.fault().key.is_empty());
                println!("  {error}");
                match error {
                    CommitError::Refused(_) => self.refused += 1,
                    CommitError::Unknown(_) => self.unknown += 1,
                }
                self.doubt(one, matches!(error, CommitError::Refused(_)));
                false
            }
        }
    }

    /// What was refused is not there when the disk can be asked; what is in doubt is there whole or not at all.
    fn doubt(&mut self, one: Commit, is_refused: bool) {
        let Ok(found) = self.records().find_commit(one.id) else { return };
        assert!(!(is_refused && found.is_some()), "refused and there");
        if let Some(seq) = found {
            let read = self.records().read_commit(seq);
            if let Ok(read) = read {
                assert!(read.unwrap().commit == one, "half a commit");
            }
            self.kept.push((one.id, one.changes.len()));
        }
    }

    fn does(&mut self, work: Work) {
        match work {
            Work::One => _ = self.one(),
            Work::Bulk => {
                let mut changes = self.cases(20);
                let older = self.records().get(case(2)).ok().flatten();
                changes.extend(older.map(|record| edit(&record, Field::Marks, &format!("tanda {}", self.next))));
                self.commits(changes);
            }
            Work::Slots => {
                let many = self.cases(1_100);
                self.commits(many);
            }
            Work::Large => self.large(44),
            Work::Roll => (0..3).for_each(|_| self.large(44)),
            Work::Draft => self.draft(),
            Work::LookFirst => {
                let (of, why, fields) = (vec![case(1)], String::new(), Vec::new());
                let look =
                    Look { at: moment(), by: operator(), office: Ulid(5), act: Act::Sealed, of, count: 1, why, fields };
                let before = self.records().trail().head().seq;
                _ = self.records().trail().note(&look);
                if self.records().trail().note_first(&look).is_ok() {
                    assert!(self.records().trail().durable_head().seq > before);
                }
            }
            Work::Tick => {
                self.one();
                _ = self.records().tick();
            }
            Work::Erase => {
                let of = case(self.next - 1);
                match self.records().erase(Ulid::new(), Ulid(5), &remains(self.next - 1)) {
                    Ok(_) => assert!(self.records().get(of).map_or(true, |found| found.is_none())),
                    Err(error) => println!("  {error}"),
                }
                self.erased += 1;
            }
            Work::Rest => _ = self.records().rest(),
            Work::Start => self.starts(),
        }
    }

    fn one(&mut self) -> bool {
        let one = self.cases(1);
        self.commits(one)
    }

    fn large(&mut self, count: u128) {
        let from = self.next;
        self.next += count;
        self.commits((from..self.next).map(big).collect());
    }

    /// A draft saved over another: one of them is there, whole.
    fn draft(&self) {
        let draft = |byte: u8| {
            let head = DraftHead { id: Ulid(500), at: moment(), form: String::new() };
            Draft { head, content: Zeroizing::new(vec![byte; 3000]) }
        };
        let saved: Vec<bool> =
            (1..4).map(|byte| self.records().drafts().save(operator(), &draft(byte)).is_ok()).collect();
        heals();
        let found = self.records().drafts().load(operator(), Ulid(500)).unwrap().map(|draft| draft.content[0]);
        let last = saved.iter().rposition(|is_saved| *is_saved).map(|place| place as u8 + 1);
        assert!(last.is_none_or(|last| found.is_some_and(|found| found >= last)), "{saved:?}, {found:?} is there");
    }

    fn starts(&mut self) {
        self.records = None;
        match Records::open(&self.dir, Options::default(), &mut |_| {}) {
            Ok((records, _)) => self.records = Some(records),
            Err(fault) => {
                assert!(!fault.key.is_empty());
                println!("  does not open: {fault}");
                heals();
                self.records = Some(open(&self.dir).0);
            }
        }
    }

    fn round(&mut self, work: Work, fault: &Fault) {
        fault.begins();
        self.does(work);
        if fault.is_for_good {
            self.goes_on_failing(fault);
        }
        heals();
        self.comes_back(fault);
        self.is_whole();
    }

    /// The disk goes on failing, the desk goes on reading, and nobody breaks anything by trying again.
    fn goes_on_failing(&mut self, fault: &Fault) {
        self.one();
        _ = self.records().tick();
        self.one();
        let is_read = self.records().get(case(1));
        assert!(fault.may_blind() || is_read.is_ok_and(|found| found.is_some()), "reading stopped");
        if let Err(error) = self.records().mend_store(&mut |_| {}) {
            println!("  {error}");
        }
        _ = self.records().tick();
    }

    fn comes_back(&mut self, fault: &Fault) {
        for _ in 0..4 {
            match self.records().mend_store(&mut |_| {}) {
                Ok(mended) => self.mended += u64::from(mended.is_some()),
                Err(error) => println!("  not yet: {error}"),
            }
            _ = self.records().tick();
        }
        let settled = self.records().tick();
        assert!(settled.is_ok() && self.records().is_store_well(), "{settled:?}");
        assert!(self.one(), "writing does not come back after {}", fault.words);
        self.records().can_write().unwrap();
    }

    fn is_whole(&self) {
        let records = self.records();
        for (id, changes) in self.kept.iter().rev().take(60) {
            let seq = records.find_commit(*id).unwrap().expect("acknowledged and gone");
            let read = records.read_commit(seq).unwrap().unwrap();
            assert_eq!(read.commit.changes.len() + read.unread, *changes);
            assert!(read.unread <= self.erased);
        }
        assert!(everything(records) == replayed(records), "store and journal differ");
    }

    fn ends(mut self) {
        self.records = None;
        let (records, opening) = open(&self.dir);
        assert_eq!((opening.lost_lines, opening.unopened, opening.rebuilt), (0, 0, None), "{opening:?}");
        assert!(opening.journal.damage.is_empty(), "{opening:?}");
        self.records = Some(records);
        for (id, _) in &self.kept {
            assert!(self.records().find_commit(*id).unwrap().is_some());
        }
        self.is_whole();
        let verdict = self.records().verify(&mut |_| {}).unwrap();
        assert!(verdict.is_whole(), "{verdict:?}");
    }
}
