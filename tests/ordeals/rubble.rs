//! What is made from the journal is harmed in every way: files of the store cut, zeroed, mixed with older ones, removed; the
//! snapshot stale, torn, flipped, foreign, of another layout, a folder. The desk always opens, and equals its journal.

use crate::measure::{Chance, Measure, each_of, ordeal};
use crate::office::{self, CHIEF, arrival, copied, done, machine_clock, marked};
use libtest_mimic::Trial;
use pulang::desk::{Alarm, Order};
use pulang::domain::subject::Subject;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use ulid::Ulid;

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    let (store, index) = ((measure.rounds_or(9), measure.seed()), (measure.rounds_or(9), measure.seed()));
    vec![ordeal("store", move || the_store_is_harmed(store)), ordeal("snapshot", move || the_snapshot_is_harmed(index))]
}

/// Cases of the folder that is harmed.
const CASES: usize = 80;

/// A desk at rest with its snapshot, and one of some commits before.
struct Folder {
    now: tempfile::TempDir,
    old: tempfile::TempDir,
}

impl Folder {
    fn new() -> Self {
        let now = office::folder();
        let work = |round: usize| {
            let (desk, _) = office::desk(now.path(), machine_clock()).unwrap();
            let chief = desk.enter(CHIEF).unwrap();
            let at = chrono::Utc::now();
            let ids: Vec<Subject> = (0..CASES / 2).map(|_| Subject::case(chief.new_id())).collect();
            let asks = ids.iter().enumerate().map(|(n, of)| arrival(*of, &format!("CONTOH {round} {n}"), at));
            done(&chief, asks.collect());
            for of in ids.iter().step_by(10) {
                done(&chief, vec![marked(&chief.record(*of).unwrap(), "tanda", at)]);
            }
            desk.save_snapshot().unwrap();
        };
        work(0);
        let old = copied(now.path());
        work(1);
        fs::remove_file(now.path().join("reserve")).unwrap();
        Self { now, old }
    }
}

/// What is done to the store.
#[derive(Clone, Debug)]
enum Harm {
    Removed(String),
    Emptied(String),
    Cut(String, u64),
    /// So many bytes from there become zeros.
    Zeroed(String, u64, u64),
    Flipped(String, u64),
    /// These files come from the older copy, or are removed where it has none.
    Mixed(Vec<String>),
    FolderInPlace(String),
    AllRemoved,
    FileInPlace,
    /// Nothing of the store, but the snapshot with it.
    SnapshotRemoved,
}

/// Files below a folder, by their paths in it.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(dir.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

fn harms(folder: &Folder, rounds: u64, seed: u64) -> Vec<(Harm, bool)> {
    let mut chance = Chance::new(seed);
    let store = folder.now.path().join("store");
    let names = files(&store);
    let mut all = vec![Harm::AllRemoved, Harm::FileInPlace, Harm::SnapshotRemoved];
    for name in &names {
        let (one, len) = (name.clone(), fs::metadata(store.join(name)).unwrap().len());
        all.extend([Harm::Removed(one.clone()), Harm::Emptied(one.clone()), Harm::FolderInPlace(one.clone())]);
        all.push(Harm::Mixed(vec![one.clone()]));
        all.extend([1, len / 3, len.saturating_sub(1)].map(|cut| Harm::Cut(one.clone(), cut)));
    }
    all.push(Harm::Mixed(names.clone()));
    let mut rest = Vec::new();
    let db_len = fs::metadata(store.join("db")).unwrap().len();
    while (all.len() + rest.len()) < rounds as usize {
        let at = chance.below(db_len);
        rest.push(match chance.below(4) {
            0 => Harm::Cut("db".into(), at),
            1 => Harm::Zeroed("db".into(), at / 4096 * 4096, 4096),
            2 => Harm::Zeroed("db".into(), at, 1 + chance.below(64 << 10)),
            _ => Harm::Flipped("db".into(), at),
        });
    }
    all.extend(rest);
    for place in (1..all.len()).rev() {
        all.swap(place, chance.below(place as u64 + 1) as usize);
    }
    all.truncate(rounds as usize);
    all.into_iter().map(|harm| (harm, chance.below(2) == 0)).collect()
}

impl Harm {
    fn done_to(&self, dir: &Path, old: &Path) {
        let (store, old) = (dir.join("store"), old.join("store"));
        let change = |name: &String, change: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = fs::read(store.join(name)).unwrap();
            change(&mut bytes);
            fs::write(store.join(name), bytes).unwrap();
        };
        match self {
            Self::Removed(name) => fs::remove_file(store.join(name)).unwrap(),
            Self::Emptied(name) => fs::write(store.join(name), b"").unwrap(),
            Self::Cut(name, at) => change(name, &|bytes| bytes.truncate(*at as usize)),
            Self::Zeroed(name, at, len) => change(name, &|bytes| {
                let end = bytes.len().min((at + len) as usize);
                bytes[(*at as usize).min(end)..end].fill(0);
            }),
            Self::Flipped(name, at) => change(name, &|bytes| bytes[*at as usize] ^= 0x10),
            Self::Mixed(names) => {
                for name in names {
                    _ = fs::remove_file(store.join(name));
                    _ = fs::copy(old.join(name), store.join(name));
                }
            }
            Self::FolderInPlace(name) => {
                fs::remove_file(store.join(name)).unwrap();
                fs::create_dir(store.join(name)).unwrap();
            }
            Self::AllRemoved => fs::remove_dir_all(store).unwrap(),
            Self::FileInPlace => {
                fs::remove_dir_all(&store).unwrap();
                fs::write(store, b"no folder").unwrap();
            }
            Self::SnapshotRemoved => fs::remove_file(dir.join("index.snapshot")).unwrap(),
        }
    }
}

fn the_store_is_harmed((rounds, seed): (u64, u64)) {
    println!("store: --seed {seed}");
    let folder = Folder::new();
    let all = harms(&folder, rounds, seed);
    each_of(&all, |(harm, has_snapshot)| {
        let copy = copied(folder.now.path());
        if !has_snapshot && !matches!(harm, Harm::SnapshotRemoved) {
            fs::remove_file(copy.path().join("index.snapshot")).unwrap();
        }
        harm.done_to(copy.path(), folder.old.path());
        suffer_store(copy.path());
    });
    println!("store: {} harms of {:?}", all.len(), files(&folder.now.path().join("store")));
}

/// The desk opens, shows everybody, and equals its journal: at once, or, where only a look through the store tells that
/// something is gone, at the next start.
fn suffer_store(dir: &Path) {
    let (desk, _) = office::desk(dir, machine_clock()).unwrap();
    let chief = desk.enter(CHIEF).unwrap();
    assert_eq!(chief.list(&Default::default(), Order::Number).rows.len(), CASES);
    let verdict = desk.verify(&mut |_| {}).unwrap();
    assert!(verdict.journal.is_empty() && verdict.trail.is_empty() && verdict.lost_slots == 0, "{verdict:?}");
    if !verdict.is_whole() {
        // The look in the background finds it too, builds it anew, and the screen says so.
        let since = Instant::now();
        let is_told = || chief.alarms().contains(&Alarm::Rebuilt);
        while !is_told() && since.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(is_told() || dir.join("store.doubt").exists(), "{verdict:?}");
    }
    drop((chief, desk));
    office::agreeing(dir, "after the next start");
    let (desk, _) = office::desk(dir, machine_clock()).unwrap();
    let chief = desk.enter(CHIEF).unwrap();
    done(&chief, vec![arrival(Subject::case(Ulid::new()), "SESUDAHNYA", chrono::Utc::now())]);
    drop((chief, desk));
    assert!(!dir.join("store.doubt").exists());
}

fn the_snapshot_is_harmed((rounds, seed): (u64, u64)) {
    println!("snapshot: --seed {seed}");
    let folder = Folder::new();
    let other = Folder::new();
    let good = fs::read(folder.now.path().join("index.snapshot")).unwrap();
    let mut chance = Chance::new(seed);
    let mut all: Vec<(String, Option<Vec<u8>>)> = vec![
        ("removed".into(), None),
        ("empty".into(), Some(Vec::new())),
        ("of another desk".into(), Some(fs::read(other.now.path().join("index.snapshot")).unwrap())),
        ("stale".into(), Some(fs::read(folder.old.path().join("index.snapshot")).unwrap())),
        ("twice".into(), Some([good.clone(), good.clone()].concat())),
    ];
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        Some(bytes)
    };
    all.push(("of another layout".into(), with(&|bytes| bytes[8] = bytes[8].wrapping_add(1))));
    all.push(("of another line".into(), with(&|bytes| bytes[28] ^= 3)));
    // Each border: of the head, and of every chunk with its length.
    let mut border = 36;
    while border < good.len() {
        let length = u32::from_le_bytes(good[border..border + 4].try_into().unwrap()) as usize;
        for at in [border, border + 4, border + 4 + length - 1] {
            all.push((format!("cut at {at}"), with(&|bytes| bytes.truncate(at))));
        }
        all.push((format!("a length flipped at {border}"), with(&|bytes| bytes[border + 2] ^= 0x80)));
        border += 4 + length;
    }
    assert_eq!(border, good.len());
    while all.len() < rounds as usize {
        let at = chance.below(good.len() as u64) as usize;
        if chance.below(3) == 0 {
            all.push((format!("cut at {at}"), with(&|bytes| bytes.truncate(at))));
        } else {
            all.push((format!("flipped at {at}"), with(&|bytes| bytes[at] ^= 1 << (at % 8))));
        }
    }
    let mut names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).chain(["a folder"]).collect();
    for place in (1..names.len()).rev() {
        names.swap(place, chance.below(place as u64 + 1) as usize);
    }
    names.truncate(rounds as usize);
    each_of(&names, |name| {
        let copy = copied(folder.now.path());
        let path = copy.path().join("index.snapshot");
        fs::remove_file(&path).unwrap();
        match all.iter().find(|(one, _)| one == name) {
            Some((_, Some(bytes))) => fs::write(&path, bytes).unwrap(),
            Some((_, None)) => {}
            None => fs::create_dir(&path).unwrap(),
        }
        suffer_snapshot(copy.path(), name);
    });
    println!("snapshot: {} harms of {} bytes", names.len(), good.len());
}

fn suffer_snapshot(dir: &Path, name: &str) {
    let (desk, started) = office::desk(dir, machine_clock()).unwrap();
    assert_eq!((started.is_from_snapshot, started.records.rebuilt), (name == "stale", None));
    assert!(desk.index_differs().unwrap().is_empty());
    let chief = desk.enter(CHIEF).unwrap();
    assert_eq!(chief.list(&Default::default(), Order::Number).rows.len(), CASES);
    // A folder in its place keeps the next one out, and work goes on all the same.
    assert_eq!(desk.save_snapshot().is_ok(), name != "a folder");
    done(&chief, vec![arrival(Subject::case(Ulid::new()), "SESUDAHNYA", chrono::Utc::now())]);
    drop((chief, desk));
    let (desk, started) = office::desk(dir, machine_clock()).unwrap();
    assert_eq!(started.is_from_snapshot, name != "a folder");
    assert!(desk.index_differs().unwrap().is_empty());
}
