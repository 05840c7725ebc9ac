//! The index: a small digest of every case in memory, on which lists, search, counts and duplicate checks run.
//!
//! Cases stand in pages of 256, found by row; a row number is never given to another case. Beside the pages: exact keys,
//! five sorted orders, counts. Everything is kept up to date by [`Index::put`], in microseconds. There is no lock in
//! here and nothing waits; who may see what is the desk's to say ([`Ask::seen_by`]). Never: health, care, law, files.

mod bits;
mod due;
mod exact;
mod facts;
mod order;
pub mod packed;
mod page;
mod plan;
mod register;
mod roster;
mod rows;
mod seen;
mod sieve;
mod tally;

pub use bits::Bits;
pub use due::Due;
pub(super) use exact::Gathered;
pub use exact::regency;
pub use facts::Facts;
pub use order::{Order, Sorted};
pub use page::{Page, ROWS, Texts};
pub use register::{Register, Registers};
pub use roster::Hall;
pub use rows::Rows;
pub use seen::Seen;
pub use sieve::{Ask, Listing};

use crate::domain::status::Status;
use crate::domain::subject::Number;
use crate::domain::summary::{Signs, Summary};
use crate::identity::fold::compact;
use crate::identity::name::NameKey;
use chrono::{Datelike, NaiveDate};
use exact::{Exact, Sorting, id_key, name_home_key, name_year_key, nik_key, text_key};
use std::collections::HashMap;
use std::sync::Arc;
use ulid::Ulid;

/// How many cases stand where; withdrawn ones are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// In the order of [`Status::ALL`].
    pub by_status: [u32; 12],
    /// How many of them are sealed: counted, never named.
    pub sealed: u32,
}

impl Heads {
    pub fn total(&self) -> u32 {
        self.by_status.iter().sum()
    }

    pub const fn of(&self, status: Status) -> u32 {
        self.by_status[status as usize]
    }

    /// Counts cases one by one.
    pub fn of_rows(rows: &Rows) -> Self {
        let mut heads = Self::default();
        let pages = rows.pages.iter().flat_map(|page| (0..page.len()).map(|slot| page.facts.get(slot)));
        pages.for_each(|facts| heads.step(&facts, true));
        heads
    }

    /// Adds a case or takes it away; vacant rows and withdrawn cases do not count.
    fn step(&mut self, facts: &Facts, is_in: bool) {
        let signs = Signs(facts.signs);
        let status = usize::from(facts.status).checked_sub(1).and_then(|status| self.by_status.get_mut(status));
        let Some(status) = status.filter(|_| !signs.has(Signs::WITHDRAWN)) else { return };
        let step = |count: &mut u32| *count = if is_in { *count + 1 } else { count.saturating_sub(1) };
        step(status);
        if signs.has(Signs::SEALED) {
            step(&mut self.sealed);
        }
    }
}

/// The digest of all cases.
#[derive(Default)]
pub struct Index {
    rows: Rows,
    keys: Sorting,
    /// In the order of [`Order::ALL`]; withdrawn cases stand in them, vacant rows do not.
    orders: [Sorted; 5],
    withdrawn: Bits,
    vacant: Bits,
    heads: Heads,
    /// By place in the register of movements; zero is *no movement*.
    movements: Vec<Heads>,
    /// Rows by place in the register of movements, in no order; nobody stands at *no movement*.
    people: Vec<Vec<u32>>,
    /// By place in the register of offices: their cases that are not sealed.
    offices: Vec<Bits>,
    /// Cases that stand on the list of the day without a deadline: somebody asks to close them, or looked from outside.
    asked: Bits,
}

/// An index in the making, case by case: nothing but its pages is held meanwhile.
#[derive(Default)]
pub struct Bulk {
    rows: Rows,
    seen: HashMap<Ulid, u32>,
}

impl Bulk {
    /// Adds a case, or replaces the one with its id.
    pub fn push(&mut self, case: &Summary) {
        let next = self.rows.len() as u32;
        let row = *self.seen.entry(case.id).or_insert(next);
        self.rows.put(row, case);
        if row == next
            && (row as usize + 1).is_multiple_of(ROWS)
            && let Some(page) = self.rows.pages.last_mut()
        {
            Arc::make_mut(page).shrink();
        }
    }

    /// The index of all of them.
    pub fn finish(self) -> Index {
        let Self { rows, seen } = self;
        drop(seen);
        let orders = Order::ALL.map(|order| rows.sorted(order, 0..rows.len() as u32));
        Index::from_still(Still { rows, orders })
    }
}

/// What a snapshot keeps: cheap to take, and untouched by later changes.
#[derive(Clone)]
pub struct Still {
    pub rows: Rows,
    pub orders: [Sorted; 5],
}

impl Index {
    pub fn new() -> Self {
        Self::default()
    }

    /// Cases in the index, withdrawn ones among them.
    pub fn len(&self) -> usize {
        self.rows.len() - self.vacant.count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Inserts a case, or replaces the one with its id; gives its row. A few microseconds, whatever the size.
    pub fn put(&mut self, case: &Summary) -> u32 {
        let known = self.row(case.id);
        let row = known.unwrap_or(self.rows.len() as u32);
        if known.is_some() {
            self.forget(row);
        }
        self.rows.put(row, case);
        self.learn(row);
        row
    }

    /// Takes a case out, as its erasure demands; its row stays empty for good. Gives back whether it was there.
    pub fn remove(&mut self, id: Ulid) -> bool {
        let Some(row) = self.row(id) else { return false };
        self.forget(row);
        let (page, slot) = (row as usize / ROWS, row as usize % ROWS);
        Arc::make_mut(&mut self.rows.pages[page]).clear(slot);
        self.vacant.set(row, true);
        true
    }

    /// An index of many cases at once; of two with one id the later counts.
    pub fn bulk(cases: impl IntoIterator<Item = Summary>) -> Self {
        let mut bulk = Bulk::default();
        cases.into_iter().for_each(|case| bulk.push(&case));
        bulk.finish()
    }

    /// The index behind a snapshot: keys and counts are made anew.
    pub fn from_still(still: Still) -> Self {
        let gathered = Gathered::of_pages(still.rows.pages.iter().map(|page| &**page).enumerate());
        Self::from_parts(still, gathered)
    }

    /// The index behind a snapshot whose keys were gathered on the way; they are sorted while it is looked at.
    pub(super) fn from_parts(Still { rows, orders }: Still, gathered: Gathered) -> Self {
        let mut index = Self { rows, orders, ..Self::default() };
        index.keys = gathered.sorted();
        for row in 0..index.rows.len() as u32 {
            let (page, slot) = index.rows.page(row);
            if page.is_vacant(slot) {
                index.vacant.set(row, true);
            } else {
                index.mark(row);
                index.tally(row, true);
            }
        }
        index
    }

    /// What a snapshot keeps.
    pub fn still(&self) -> Still {
        Still { rows: self.rows.clone(), orders: self.orders.clone() }
    }

    /// The row of a case.
    pub fn row(&self, id: Ulid) -> Option<u32> {
        self.keys.keys().rows(Exact::Id, id_key(id)).find(|row| {
            let (page, slot) = self.rows.page(*row);
            page.ids[slot] == id
        })
    }

    pub fn get(&self, id: Ulid) -> Option<Summary> {
        self.summary(self.row(id)?)
    }

    /// The case in a row; `None` when it was erased or the row never given out.
    pub fn summary(&self, row: u32) -> Option<Summary> {
        self.rows.summary(row)
    }

    /// The id in a row.
    pub fn id(&self, row: u32) -> Option<Ulid> {
        let id = self.rows.pages.get(row as usize / ROWS)?.ids.get(row as usize % ROWS)?;
        Some(*id).filter(|id| !id.is_nil())
    }

    /// The window on one row. Panics for a row that was never given out.
    pub fn seen(&self, row: u32) -> Seen<'_> {
        self.rows.seen(row)
    }

    /// The sounds of a row's name.
    pub fn name_key(&self, row: u32) -> NameKey {
        let (page, slot) = self.rows.page(row);
        page.sounds[slot]
    }

    /// The NIK in a row, or zero.
    pub fn nik(&self, row: u32) -> u64 {
        let (page, slot) = self.rows.page(row);
        page.nik(slot)
    }

    /// Rows with this NIK; zero is nobody's.
    pub fn by_nik(&self, nik: u64) -> impl Iterator<Item = u32> + '_ {
        self.keys.keys().rows(Exact::Nik, nik_key(nik)).filter(move |row| nik != 0 && self.nik(*row) == nik)
    }

    /// Rows with this document number, however it is written.
    pub fn by_document(&self, document: &str) -> impl Iterator<Item = u32> + '_ {
        self.by_text(Exact::Document, 1, document)
    }

    /// Rows with this phone, in international form, however it is parted.
    pub fn by_phone(&self, phone: &str) -> impl Iterator<Item = u32> + '_ {
        self.by_text(Exact::Phone, 2, phone)
    }

    fn by_text(&self, what: Exact, line: usize, text: &str) -> impl Iterator<Item = u32> + '_ {
        let text_compact = compact(text);
        self.keys.keys().rows(what, text_key(text)).filter(move |row| {
            let (page, slot) = self.rows.page(*row);
            !text_compact.is_empty() && page.keys_in(slot, line).any(|key| key == text_compact)
        })
    }

    /// The row with this number.
    pub fn by_number(&self, number: Number) -> Option<u32> {
        let packed = number.packed();
        let of = |row: u32| self.seen(row).facts().number;
        self.orders[Order::Number as usize].seek(|row| of(row).cmp(&packed)).filter(|row| of(*row) == packed)
    }

    /// The rows with this running number, one a year.
    fn by_running(&self, running: u32) -> impl Iterator<Item = u32> + '_ {
        (0..=99).filter_map(move |year| self.by_number(Number { year, running }))
    }

    /// Rows of people born on this day.
    pub fn by_birth(&self, day: NaiveDate) -> impl Iterator<Item = u32> + '_ {
        let key = u32::try_from(day.num_days_from_ce()).unwrap_or(0);
        self.keys.keys().rows(Exact::Birth, key)
    }

    /// Rows that may share the first telling word of this name and the year of birth; chance hits are among them.
    pub fn by_name_and_year(&self, name: &NameKey, year: i32) -> impl Iterator<Item = u32> + '_ {
        name_year_key(name, year).into_iter().flat_map(|key| self.keys.keys().rows(Exact::NameYear, key))
    }

    /// Rows that may share the last telling word of this name and the home regency; chance hits are among them.
    pub fn by_name_and_home(&self, name: &NameKey, home: u32) -> impl Iterator<Item = u32> + '_ {
        name_home_key(name, home).into_iter().flat_map(|key| self.keys.keys().rows(Exact::NameHome, key))
    }

    /// All cases but the withdrawn, by status.
    pub const fn heads(&self) -> Heads {
        self.heads
    }

    /// The cases of a movement but the withdrawn, sealed ones included, by status.
    pub fn heads_of_movement(&self, movement: Ulid) -> Heads {
        let place = self.rows.registers.movements.find(movement);
        place.and_then(|place| self.movements.get(place as usize)).copied().unwrap_or_default()
    }

    /// A row's order, keys and counts, as it stands in its page now.
    fn learn(&mut self, row: u32) {
        let Self { rows, keys, orders, .. } = self;
        let (page, slot) = rows.page(row);
        keys.keys_mut().insert(page, slot, row);
        for (order, sorted) in Order::ALL.into_iter().zip(orders) {
            sorted.insert(row, |other| rows.compare(order, other, row));
        }
        self.mark(row);
        self.tally(row, true);
    }

    /// The opposite of [`Self::learn`], before the page is changed.
    fn forget(&mut self, row: u32) {
        self.tally(row, false);
        let Self { rows, keys, orders, .. } = self;
        let (page, slot) = rows.page(row);
        keys.keys_mut().remove(page, slot, row);
        for (order, sorted) in Order::ALL.into_iter().zip(orders) {
            sorted.remove(row, |other| rows.compare(order, other, row));
        }
    }

    fn mark(&mut self, row: u32) {
        let is_withdrawn = Signs(self.seen(row).facts().signs).has(Signs::WITHDRAWN);
        self.withdrawn.set(row, is_withdrawn);
        self.vacant.set(row, false);
    }

    fn tally(&mut self, row: u32, is_in: bool) {
        let facts = self.seen(row).facts();
        let movement = facts.movement as usize;
        if movement >= self.movements.len() {
            self.movements.resize(movement + 1, Heads::default());
        }
        self.heads.step(&facts, is_in);
        self.movements[movement].step(&facts, is_in);
        self.enrol(row, &facts, is_in);
    }

    /// Who belongs to what, for [`roster`].
    fn enrol(&mut self, row: u32, facts: &Facts, is_in: bool) {
        let (movement, office) = (facts.movement as usize, facts.office as usize);
        self.people.resize_with(self.movements.len(), Vec::new);
        if movement != 0 && is_in {
            self.people[movement].push(row);
        } else if let Some(at) = self.people[movement].iter().position(|other| *other == row) {
            self.people[movement].swap_remove(at);
        }
        if office >= self.offices.len() {
            self.offices.resize_with(office + 1, Bits::default);
        }
        let signs = Signs(facts.signs);
        self.offices[office].set(row, is_in && !signs.has(Signs::SEALED));
        self.asked.set(row, is_in && (signs.has(Signs::CLOSE_ASKED) || signs.has(Signs::LOOKED_AT)));
    }

    /// About how many bytes each component takes.
    pub fn weigh(&self) -> Vec<(&'static str, usize)> {
        let parts = self.rows.pages.iter().fold([0; 5], |mut sum, page| {
            sum.iter_mut().zip(page.weigh()).for_each(|(total, more)| *total += more);
            sum
        });
        vec![
            ("facts", parts[0]),
            ("sounds", parts[1]),
            ("names", parts[2]),
            ("keys", parts[3]),
            ("shown", parts[4]),
            ("exact", self.keys.keys().bytes()),
            ("orders", self.orders.iter().map(Sorted::bytes).sum()),
            ("bits", self.withdrawn.bytes() + self.vacant.bytes() + self.asked.bytes()),
            ("offices", self.offices.iter().map(Bits::bytes).sum()),
            ("people", self.people.iter().map(|rows| 24 + rows.capacity() * size_of::<u32>()).sum()),
        ]
    }
}
