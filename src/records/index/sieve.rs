//! Asking the index: which rows fit a query, in which order, how many.
//!
//! A query is asked page by page ([`super::plan`]); the results are sets of bits. A first page is looked for at the head of
//! the order before anything is scanned. Never holds a lock.

use super::{Bits, Index, Order, Seen, Sorted};
use crate::domain::query::Query;
use std::ops::Range;
use std::sync::Arc;

/// Rows at the head of an order that are looked at before everything is scanned.
const HEAD: usize = 1_024;
/// Up to so many rows are sorted rather than sought in their order.
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
    /// These rows, in this order.
    pub fn of(rows: Vec<u32>) -> Self {
        Self(Kept::Some(rows.into()))
    }

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
        Listing(Kept::Some(self.in_order(ask.order, &fitting, usize::MAX).into()))
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
                return self.in_order(ask.order, &self.fitting(ask), limit);
            }
            let is_asked = ask.within.is_none_or(|bits| bits.has(row));
            if is_asked && !hidden.iter().any(|bits| bits.has(row)) && ask.fits(&self.seen(row)) {
                head.push(row);
            }
        }
        head
    }

    /// How many rows fit.
    pub fn count(&self, ask: &Ask) -> usize {
        self.fitting(ask).count()
    }

    /// The rows that fit, as a set.
    pub fn fitting(&self, ask: &Ask) -> Bits {
        self.sieved_for(ask, 0..self.rows.pages.len())
    }

    /// The rows on some of the pages that fit, and whether there are pages behind them. Whoever waits for keys as well asks
    /// part by part.
    pub fn fitting_on(&self, ask: &Ask, pages: Range<usize>) -> (Bits, bool) {
        let last = self.rows.pages.len();
        let (from, until) = (pages.start.min(last), pages.end.min(last));
        (self.sieved_for(ask, from..until.max(from)), until < last)
    }

    fn sieved_for(&self, ask: &Ask, pages: Range<usize>) -> Bits {
        let mut found = self.sieve(ask.query.root(), &self.within(ask), pages);
        if let Some(may_see) = ask.may_see {
            let hidden: Vec<u32> = found.rows().filter(|row| !may_see(&self.seen(*row))).collect();
            hidden.into_iter().for_each(|row| found.set(row, false));
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

    /// The first of these rows, in order.
    pub fn in_order(&self, order: Order, found: &Bits, limit: usize) -> Vec<u32> {
        let count = found.count();
        if count <= FEW {
            let mut ranked: Vec<(u128, u32)> = found.rows().map(|row| (self.rows.rank(order, row), row)).collect();
            let compare =
                |a: &(u128, u32), b: &(u128, u32)| a.0.cmp(&b.0).then_with(|| self.rows.compare(order, a.1, b.1));
            if limit < ranked.len() {
                ranked.select_nth_unstable_by(limit, compare);
                ranked.truncate(limit);
            }
            ranked.sort_unstable_by(compare);
            return ranked.into_iter().map(|(_, row)| row).collect();
        }
        let mut rows = Vec::with_capacity(limit.min(count));
        rows.extend(self.orders[order as usize].rows().filter(|row| found.has(*row)).take(limit.min(count)));
        rows
    }
}
