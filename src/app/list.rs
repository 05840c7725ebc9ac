//! The list: a query, an order, the rows it gave, the cursor and the marks. Order never changes under the cursor: rows
//! are re-ordered only when the operator asks or changes the query.

use crate::desk::{Listing, Order, RowId, Rows, Seat};
use crate::domain::query::Query;
use crate::domain::subject::{Kind, Subject};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// How long the cursor rests before the line and the pane beside the list follow it.
pub const QUIET: Duration = Duration::from_millis(150);

/// The list of cases.
pub struct List {
    /// What was typed, as printed by the query language; empty for all.
    pub query_text: String,
    pub query: Query,
    pub order: Order,
    pub rows: Rows,
    /// Cases that this operator may find at all.
    pub total: usize,
    /// Sealed people whom others handle: a bare number.
    pub apart: usize,
    /// People of the shown movement who were erased: a bare number.
    pub erased: usize,
    pub at: usize,
    pub top: usize,
    /// Marks are of people, not of places: they survive filters and new orders.
    pub marks: BTreeSet<RowId>,
    /// Rows that somebody else changed and this operator has not opened since, nor asked for the list anew.
    pub changed: BTreeSet<RowId>,
    /// Rows whose cases this operator may not find any more: empty lines until the list is asked for anew.
    pub gone: BTreeSet<RowId>,
    /// Cases that the list would show if it were made now, and does not.
    pub newcomers: BTreeSet<RowId>,
    /// The row that the detail line and the pane show.
    pub detail: Option<RowId>,
    moved_at: Option<Instant>,
    /// Rows that fit on the screen; said by the layout.
    pub height: usize,
}

impl List {
    /// The list of everybody, most urgent first.
    pub fn new(seat: &Seat) -> Self {
        let mut list = Self {
            query_text: String::new(),
            query: Query::default(),
            order: Order::Urgency,
            rows: Rows::default(),
            total: 0,
            apart: 0,
            erased: 0,
            at: 0,
            top: 0,
            marks: BTreeSet::new(),
            changed: BTreeSet::new(),
            gone: BTreeSet::new(),
            newcomers: BTreeSet::new(),
            detail: None,
            moved_at: None,
            height: 18,
        };
        list.refresh(seat);
        list
    }

    /// Asks the desk again; the cursor stays on its person where that person is still listed.
    pub fn refresh(&mut self, seat: &Seat) {
        let here = self.current();
        let Listing { rows, total, apart, erased } = seat.list_at_once(&self.query, self.order);
        self.rows = rows;
        (self.total, self.apart, self.erased) = (total, apart, erased);
        // A command never means somebody who is gone, such as the people of an import that was undone.
        seat.keep_standing(&mut self.marks);
        seat.keep_standing(&mut self.changed);
        self.newcomers.clear();
        self.gone.clear();
        self.at = here.and_then(|row| self.place_of(row)).unwrap_or(self.at).min(self.rows.len().saturating_sub(1));
        self.settle(None);
    }

    /// Shows another query from its first row.
    pub fn show(&mut self, text: String, query: Query, seat: &Seat) {
        self.query_text = text;
        self.query = query;
        self.at = 0;
        self.top = 0;
        let Listing { rows, total, apart, erased } = seat.list(&self.query, self.order);
        self.rows = rows;
        (self.total, self.apart, self.erased) = (total, apart, erased);
        self.newcomers.clear();
        self.gone.clear();
        self.settle(None);
    }

    /// How many people stand on the list, without those whose lines have become empty.
    pub fn shown(&self) -> usize {
        self.rows.len() - self.gone.len()
    }

    /// Asks again though nobody asked for it: the person under the cursor stays on its line of the screen.
    pub fn refresh_in_place(&mut self, seat: &Seat) {
        let line = self.at - self.top;
        self.refresh(seat);
        self.top = self.at.saturating_sub(line);
        self.scroll();
    }

    /// Others changed some cases: their rows are marked, those that would come are counted; none moves. A list without
    /// anybody has no order to keep, and shows them.
    pub fn heard(&mut self, changed: &[Subject], seat: &Seat) {
        let rows = changed.iter().filter(|of| of.kind == Kind::Case).filter_map(|of| seat.row_of(of.id));
        let here: Vec<RowId> = rows.filter(|row| self.rows.place_of(*row).is_some()).collect();
        let was_gone = self.gone.len();
        for row in here {
            self.changed.insert(row);
            match seat.summary(row) {
                Some(_) => self.gone.remove(&row),
                None => self.gone.insert(row),
            };
        }
        if self.gone.len() != was_gone {
            // Counts of bodies are always true, also before the list is asked for anew.
            (self.total, self.apart) = seat.counts(&self.query);
        }
        let coming = seat.fitting(changed, &self.query).into_iter();
        self.newcomers.extend(coming.filter(|row| self.rows.place_of(*row).is_none()));
        if self.rows.is_empty() && !self.newcomers.is_empty() {
            self.refresh(seat);
        }
    }

    /// This operator has seen how a person stands now.
    pub fn has_seen(&mut self, row: RowId) {
        self.changed.remove(&row);
    }

    fn place_of(&self, row: RowId) -> Option<usize> {
        self.rows.place_of(row)
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<RowId> {
        self.rows.at(self.at)
    }

    /// The rows that a command on the list means: the marked ones, else the one under the cursor.
    pub fn chosen(&self) -> Vec<RowId> {
        if self.marks.is_empty() { self.current().into_iter().collect() } else { self.marks.iter().copied().collect() }
    }

    /// Moves the cursor by rows, scrolling by line.
    pub fn step(&mut self, by: isize, now: Instant) {
        self.go(self.at.saturating_add_signed(by), now);
    }

    /// Moves the cursor to a place, or to the last one.
    pub fn go(&mut self, place: usize, now: Instant) {
        let place = place.min(self.rows.len().saturating_sub(1));
        if place != self.at {
            self.at = place;
            self.moved_at = Some(now);
        }
        self.scroll();
    }

    /// Puts the cursor on a person, if listed.
    pub fn go_to(&mut self, row: RowId, now: Instant) -> bool {
        let Some(place) = self.place_of(row) else { return false };
        self.go(place, now);
        true
    }

    fn scroll(&mut self) {
        let height = self.height.max(1);
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height));
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }

    /// Fits the window to a new height.
    pub fn resize(&mut self, height: usize) {
        self.height = height.max(1);
        self.scroll();
    }

    /// The rows on the screen.
    pub fn visible(&self) -> Vec<RowId> {
        self.rows.page(self.top, self.height)
    }

    /// When the detail is due to follow the cursor.
    pub fn detail_due(&self) -> Option<Instant> {
        self.moved_at.map(|at| at + QUIET)
    }

    /// Lets the detail follow the cursor when it rested long enough (always, without a time); says whether it changed.
    pub fn settle(&mut self, now: Option<Instant>) -> bool {
        if now.is_some_and(|now| self.detail_due().is_none_or(|due| now < due)) {
            return false;
        }
        self.moved_at = None;
        self.scroll();
        let now = self.current();
        std::mem::replace(&mut self.detail, now) != now
    }

    /// Marks or unmarks the row under the cursor and goes one down.
    pub fn toggle_mark(&mut self, now: Instant) {
        if let Some(row) = self.current() {
            if !self.marks.remove(&row) {
                self.marks.insert(row);
            }
            self.step(1, now);
        }
    }

    /// Marks every row that the query shows; gives how many are marked now.
    pub fn mark_all(&mut self) -> usize {
        self.marks.extend(self.rows.page(0, self.rows.len()));
        self.marks.len()
    }
}

/// The key of an order's name.
pub const fn order_key(order: Order) -> &'static str {
    match order {
        Order::Urgency => "order-urgency",
        Order::Newest => "order-newest",
        Order::Number => "order-number",
        Order::Name => "order-name",
        Order::Changed => "order-changed",
    }
}
