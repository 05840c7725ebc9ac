//! Asking the index: which rows fit a query, in which order, how many.
//!
//! Texts are scanned page by page while a page is in the cache; facts are looked at row by row; the results are sets of
//! bits. A first page is looked for at the head of the order before anything is scanned. Never holds a lock.

use super::{Bits, Index, Order, Page, ROWS, Seen, Sorted};
use crate::domain::query::{Find, Measure, Node, Place, Query, Test};
use memchr::memmem::Finder;
use std::sync::Arc;

/// Rows at the head of an order that are looked at before everything is scanned.
const HEAD: usize = 1_024;
/// Up to so many rows are looked at one by one rather than scanned.
const FEW: usize = 4_096;

/// A question to the index.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    query: &'a Query,
    order: Order,
    may_see: Option<&'a dyn Fn(&Seen) -> bool>,
    within: Option<&'a Bits>,
}

impl<'a> Ask<'a> {
    pub const fn new(query: &'a Query, order: Order) -> Self {
        Self { query, order, may_see: None, within: None }
    }

    /// Only of these rows: an office's own.
    #[must_use]
    pub const fn within(mut self, rows: &'a Bits) -> Self {
        self.within = Some(rows);
        self
    }

    /// The rows that are asked about at all; `None` for every one.
    pub const fn narrowed(&self) -> Option<&'a Bits> {
        self.within
    }

    /// Only of rows that this answers with yes: who may find what in a list.
    #[must_use]
    pub const fn seen_by(mut self, may_see: &'a dyn Fn(&Seen) -> bool) -> Self {
        self.may_see = Some(may_see);
        self
    }

    fn fits(&self, seen: &Seen) -> bool {
        self.query.matches(seen) && self.may_see.is_none_or(|may_see| may_see(seen))
    }
}

/// Rows in order, as they were when asked: later changes do not move them.
#[derive(Clone)]
pub struct Listing(Kept);

#[derive(Clone)]
enum Kept {
    Whole(Sorted, usize),
    Some(Arc<[u32]>),
}

impl Default for Listing {
    fn default() -> Self {
        Self(Kept::Some(Arc::new([])))
    }
}

impl Listing {
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Whole(_, len) => *len,
            Kept::Some(rows) => rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a place.
    pub fn at(&self, place: usize) -> Option<u32> {
        match &self.0 {
            Kept::Whole(sorted, _) => sorted.at(place),
            Kept::Some(rows) => rows.get(place).copied(),
        }
    }

    /// The rows from a place on, at most so many.
    pub fn page(&self, from: usize, limit: usize) -> Vec<u32> {
        match &self.0 {
            Kept::Whole(sorted, _) => sorted.page(from, limit),
            Kept::Some(rows) => rows.iter().copied().skip(from).take(limit).collect(),
        }
    }

    /// Where a row stands: a pass over all places before it.
    pub fn place_of(&self, row: u32) -> Option<usize> {
        match &self.0 {
            Kept::Whole(sorted, _) => sorted.rows().position(|other| other == row),
            Kept::Some(rows) => rows.iter().position(|other| *other == row),
        }
    }
}

impl Index {
    /// All rows that fit, in order. The whole order is shared, not copied.
    pub fn list(&self, ask: &Ask) -> Listing {
        let sorted = &self.orders[ask.order as usize];
        if ask.query.is_everything() && ask.may_see.is_none() && ask.within.is_none() && self.withdrawn.count() == 0 {
            return Listing(Kept::Whole(sorted.clone(), sorted.len()));
        }
        let fitting = self.fitting(ask);
        Listing(Kept::Some(self.in_order(ask.order, &fitting, usize::MAX, |_| true).into()))
    }

    /// The first rows that fit, in order: what a search shows while the rest is still counted.
    pub fn first(&self, ask: &Ask, limit: usize) -> Vec<u32> {
        let hidden = self.hidden(ask.query);
        let mut head = Vec::with_capacity(limit.min(HEAD));
        let mut looked = 0;
        for row in self.orders[ask.order as usize].rows() {
            if head.len() >= limit {
                return head;
            }
            looked += 1;
            if looked > HEAD {
                let likely = self.likely(ask);
                return self.in_order(ask.order, &likely, limit, |row| ask.fits(&self.seen(row)));
            }
            let is_asked = ask.within.is_none_or(|bits| bits.has(row));
            if is_asked && !hidden.iter().any(|bits| bits.has(row)) && ask.fits(&self.seen(row)) {
                head.push(row);
            }
        }
        head
    }

    /// Rows among which those that fit are: found by the most telling text alone, if the query must have one.
    fn likely(&self, ask: &Ask) -> Bits {
        let query = ask.query;
        let within = self.within(ask);
        let telling = match query.root() {
            Node::All(parts) => parts.iter().max_by_key(|part| part.longest_text()),
            Node::Any(_) | Node::Not(_) | Node::Is(_) => None,
        };
        self.sieve(telling.filter(|part| part.longest_text() > 0).unwrap_or(query.root()), &within)
    }

    /// How many rows fit.
    pub fn count(&self, ask: &Ask) -> usize {
        self.fitting(ask).count()
    }

    /// The rows that fit, as a set.
    pub fn fitting(&self, ask: &Ask) -> Bits {
        let mut found = self.sieve(ask.query.root(), &self.within(ask));
        if let Some(may_see) = ask.may_see {
            found = self.keep(&found, |seen| may_see(seen));
        }
        found
    }

    /// The rows that a question is about at all.
    fn within(&self, ask: &Ask) -> Bits {
        let mut within = ask.within.cloned().unwrap_or_else(|| Bits::all(self.rows.len()));
        self.hidden(ask.query).iter().for_each(|bits| within.remove(bits));
        within
    }

    /// What a query does not see: vacant rows, and withdrawn cases unless it asks for them.
    fn hidden(&self, query: &Query) -> Vec<&Bits> {
        if query.asks_withdrawn() { vec![&self.vacant] } else { vec![&self.vacant, &self.withdrawn] }
    }

    /// The first of these rows that fit, in order.
    fn in_order(&self, order: Order, found: &Bits, limit: usize, fits: impl Fn(u32) -> bool) -> Vec<u32> {
        let count = found.count();
        if count <= FEW {
            let rows = found.rows().filter(|row| fits(*row));
            let mut ranked: Vec<(u128, u32)> = rows.map(|row| (self.rows.rank(order, row), row)).collect();
            let compare =
                |a: &(u128, u32), b: &(u128, u32)| a.0.cmp(&b.0).then_with(|| self.rows.compare(order, a.1, b.1));
            if limit < ranked.len() {
                ranked.select_nth_unstable_by(limit, compare);
                ranked.truncate(limit);
            }
            ranked.sort_unstable_by(compare);
            return ranked.into_iter().map(|(_, row)| row).collect();
        }
        let rows = self.orders[order as usize].rows().filter(|row| found.has(*row) && fits(*row));
        rows.take(limit.min(count)).collect()
    }

    fn sieve(&self, node: &Node, within: &Bits) -> Bits {
        if !node.seeks_text() {
            return self.keep(within, |seen| node.matches(seen));
        }
        match node {
            // Texts first, the longest before the others: they leave few rows to be looked at.
            Node::All(parts) => {
                let (mut texts, facts): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.seeks_text());
                texts.sort_by_key(|part| std::cmp::Reverse(part.longest_text()));
                let found = texts.into_iter().fold(within.clone(), |found, part| self.sieve(part, &found));
                if facts.is_empty() {
                    return found;
                }
                self.keep(&found, |seen| facts.iter().all(|part| part.matches(seen)))
            }
            Node::Any(parts) => {
                let mut found = Bits::none(self.rows.len());
                parts.iter().for_each(|part| found.add(&self.sieve(part, within)));
                found
            }
            Node::Not(part) => {
                let mut found = within.clone();
                found.remove(&self.sieve(part, within));
                found
            }
            Node::Is(_) if within.count() <= FEW => self.keep(within, |seen| node.matches(seen)),
            Node::Is(term) => {
                let (texts, facts): (Vec<_>, Vec<_>) = term.tests.iter().partition(|t| matches!(t, Test::Find(_)));
                let mut found = Bits::none(self.rows.len());
                let (numbers, facts): (Vec<_>, Vec<_>) = facts.into_iter().partition(|test| running(test).is_some());
                for row in numbers.into_iter().filter_map(running).flat_map(|number| self.by_running(number)) {
                    found.set(row, within.has(row));
                }
                if !facts.is_empty() {
                    found.add(&self.keep(within, |seen| facts.iter().any(|test| test.fits(seen))));
                }
                for text in texts {
                    if let Test::Find(find) = text {
                        self.scan(find, within, &mut found);
                    }
                }
                if term.is_negated {
                    let mut others = within.clone();
                    others.remove(&found);
                    return others;
                }
                found
            }
        }
    }

    /// The rows that pass a look.
    fn keep(&self, within: &Bits, fits: impl Fn(&Seen) -> bool) -> Bits {
        let mut found = Bits::none(self.rows.len());
        let registers = &self.rows.registers;
        for (at, page) in self.rows.pages.iter().enumerate() {
            found.fill_page(at, within, |slot| fits(&Seen { page, slot, registers }));
        }
        found
    }

    /// Adds the rows in whose texts this is found.
    fn scan(&self, find: &Find, within: &Bits, found: &mut Bits) {
        let is_named = matches!(find.place, Place::Anywhere | Place::Name);
        if find.place == Place::Group {
            found.add(&self.keep(within, |seen| Test::Find(find.clone()).fits(seen)));
            return;
        }
        let needles = |texts: &[&String]| -> Vec<Finder<'static>> {
            texts.iter().filter(|t| !t.is_empty()).map(|t| Finder::new(t.as_bytes()).into_owned()).collect()
        };
        let in_names = if is_named { needles(&[&find.letters, &find.sound]) } else { Vec::new() };
        let in_keys = needles(&find.pieces.iter().collect::<Vec<_>>());
        // A part that may stand anywhere is found where it stands; everything else is looked at again.
        let is_sure = find.place == Place::Anywhere && !find.is_whole;
        for (at, page) in self.rows.pages.iter().enumerate() {
            if !within.has_any_of_page(at) {
                continue;
            }
            let mut hit = |slot: usize, fits: &dyn Fn(&Page, usize) -> bool| {
                let row = (at * ROWS + slot) as u32;
                if within.has(row) && (is_sure || fits(page, slot)) {
                    found.set(row, true);
                }
            };
            for needle in &in_names {
                hits(&page.names, needle, |slot| hit(slot, &|page, slot| find.is_in_names(page.names.of(slot))));
            }
            for needle in &in_keys {
                hits(&page.keys, needle, |slot| hit(slot, &|page, slot| find.is_in_keys(page.keys.of(slot))));
            }
        }
    }
}

/// The running number that this test asks for, if it asks for one.
const fn running(test: &Test) -> Option<u32> {
    match test {
        Test::Span(Measure::Running, from, before) if *before == *from + 1 && *from >= 0 && *from < 1_000_000 => {
            Some(*from as u32)
        }
        _ => None,
    }
}

/// Every slot in whose text the needle is, once each.
fn hits(texts: &super::Texts, needle: &Finder, mut hit: impl FnMut(usize)) {
    let (text, ends) = (texts.text.as_bytes(), &texts.ends);
    let length = needle.needle().len();
    let (mut from, mut slot) = (0, 0);
    while let Some(at) = needle.find(&text[from..]) {
        let start = from + at;
        slot += ends[slot..].partition_point(|end| *end as usize <= start);
        let Some(end) = ends.get(slot).map(|end| *end as usize) else { return };
        if start + length <= end {
            hit(slot);
            from = end;
        } else {
            from = start + 1;
        }
    }
}
