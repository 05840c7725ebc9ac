//! Exact matches: sorted sets of a 32-bit key and a row. A key may be shared by chance, so whoever asks looks again.

use super::page::Page;
use crate::identity::fold::compact;
use crate::identity::name::NameKey;
use chrono::Datelike;
use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use ulid::Ulid;

/// What may be looked up exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    Id,
    Nik,
    Document,
    Phone,
    Birth,
    /// First telling word of the name and year of birth.
    NameYear,
    /// Last telling word of the name and home regency.
    NameHome,
}

/// The key of an id.
pub fn id_key(id: Ulid) -> u32 {
    crc32fast::hash(&id.0.to_le_bytes())
}

/// The key of a NIK.
pub fn nik_key(nik: u64) -> u32 {
    crc32fast::hash(&nik.to_le_bytes())
}

/// The key of a document or phone, however it is written.
pub fn text_key(text: &str) -> u32 {
    crc32fast::hash(compact(text).as_bytes())
}

/// The key of a name's first telling word with a year of birth.
pub fn name_year_key(name: &NameKey, year: i32) -> Option<u32> {
    let sound = name.telling_sounds().min()?;
    Some(crc32fast::hash(&[sound.to_le_bytes(), i64::from(year).to_le_bytes()].concat()))
}

/// The key of a name's last telling word with a home regency (`7171`).
pub fn name_home_key(name: &NameKey, home: u32) -> Option<u32> {
    let sound = name.telling_sounds().max()?;
    let regency = regency(home).filter(|code| *code > 99)?;
    Some(crc32fast::hash(&[sound.to_le_bytes(), u64::from(regency).to_le_bytes()].concat()))
}

/// The regency of a home code, or the province when nothing finer is known; `None` for zero.
pub fn regency(home: u32) -> Option<u32> {
    match home {
        0 => None,
        1..=9_999 => Some(home),
        _ => Some(home / 100),
    }
}

/// The keys of many pages, in no order yet.
#[derive(Default)]
pub struct Gathered([Vec<u64>; 7]);

/// So many keys are sorted in a moment; more are worth a thread for each set.
const FEW: usize = 50_000;

impl Gathered {
    /// The keys of these pages.
    pub fn of_pages<'a>(pages: impl Iterator<Item = (usize, &'a Page)>) -> Self {
        let mut gathered = Self::default();
        pages.for_each(|(at, page)| gathered.add(at, page));
        gathered
    }

    /// Adds the keys of a page.
    pub fn add(&mut self, at: usize, page: &Page) {
        for slot in 0..page.len() {
            let row = (at * super::page::ROWS + slot) as u64;
            each_key(page, slot, |what, key| self.0[what as usize].push(u64::from(key) << 32 | row));
        }
    }

    /// Sorts them: a few at once, many on threads of their own while others go on. Whoever asks for them waits.
    pub fn sorted(self) -> Sorting {
        let sort = |mut entries: Vec<u64>| -> BTreeSet<u64> {
            entries.sort_unstable();
            entries.dedup();
            entries.into_iter().collect()
        };
        if self.0.iter().map(Vec::len).sum::<usize>() <= FEW {
            return Sorting::done(Keys(self.0.map(sort)));
        }
        let sorting = std::thread::spawn(move || {
            std::thread::scope(|scope| {
                let sorting = self.0.map(|entries| scope.spawn(move || sort(entries)));
                Keys(sorting.map(|sorting| sorting.join().expect("sorting numbers does not panic")))
            })
        });
        Sorting { keys: OnceLock::new(), sorting: Mutex::new(Some(sorting)) }
    }
}

/// Keys that may still be in the making: a list needs none of them, so the first screen does not wait.
#[derive(Default)]
pub struct Sorting {
    keys: OnceLock<Keys>,
    sorting: Mutex<Option<JoinHandle<Keys>>>,
}

impl Sorting {
    fn done(keys: Keys) -> Self {
        Self { keys: OnceLock::from(keys), sorting: Mutex::default() }
    }

    /// The keys, as soon as they are there.
    pub fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| match self.sorting.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(sorting) => sorting.join().expect("sorting numbers does not panic"),
            None => Keys::default(),
        })
    }

    /// The keys, to be changed.
    pub fn keys_mut(&mut self) -> &mut Keys {
        self.keys();
        self.keys.get_mut().expect("they have just been awaited")
    }
}

/// The sets of all exact keys.
#[derive(Default)]
pub struct Keys([BTreeSet<u64>; 7]);

impl Keys {
    /// The rows with this key, in order.
    pub fn rows(&self, what: Exact, key: u32) -> impl Iterator<Item = u32> + '_ {
        let start = u64::from(key) << 32;
        self.0[what as usize].range(start..=start | u64::from(u32::MAX)).map(|entry| *entry as u32)
    }

    pub fn insert(&mut self, page: &Page, slot: usize, row: u32) {
        each_key(page, slot, |what, key| _ = self.0[what as usize].insert(u64::from(key) << 32 | u64::from(row)));
    }

    pub fn remove(&mut self, page: &Page, slot: usize, row: u32) {
        each_key(page, slot, |what, key| _ = self.0[what as usize].remove(&(u64::from(key) << 32 | u64::from(row))));
    }

    /// About how many bytes the trees take: eleven entries to a full leaf of 104 bytes, and their parents.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|set| set.len() * 104 / 11 * 13 / 12).sum()
    }
}

fn each_key(page: &Page, slot: usize, mut put: impl FnMut(Exact, u32)) {
    if page.is_vacant(slot) {
        return;
    }
    put(Exact::Id, id_key(page.ids[slot]));
    let nik = page.nik(slot);
    if nik != 0 {
        put(Exact::Nik, nik_key(nik));
    }
    for (what, line) in [(Exact::Document, 1), (Exact::Phone, 2)] {
        page.keys_in(slot, line).for_each(|key| put(what, crc32fast::hash(key.as_bytes())));
    }
    let (born, home, name) = (page.facts.birth[slot], page.facts.home[slot], &page.sounds[slot]);
    if let Some(birth) = super::page::day(born) {
        put(Exact::Birth, born);
        name_year_key(name, birth.year()).into_iter().for_each(|key| put(Exact::NameYear, key));
    }
    name_home_key(name, home).into_iter().for_each(|key| put(Exact::NameHome, key));
}
