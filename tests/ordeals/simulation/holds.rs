//! What must hold in the world: of every screen after its step, of the counts now and then, of everything after a restart.

use super::people;
use super::truth::Truth;
use super::world::World;
use crate::dice::Dice;
use pulang::desk::Order;
use pulang::domain::field::Field;
use pulang::domain::query::Query;
use std::collections::BTreeSet;
use std::hash::Hash;

/// Cases, and lines of the journal, with which a world is full.
const MOST_CASES: usize = 1_500;
const MOST_LINES: u64 = 20_000;

impl World {
    /// A screen after its step: it is drawn, it has its size, and it names nobody whom its operator may not know of.
    pub(super) fn seen(&mut self, nth: usize) {
        let open = self.open.as_ref().unwrap();
        let app = &open.sessions[nth].app;
        let screen = open.sessions[nth].screen();
        open.watch.read(app.seat.operator().id, &screen);
        let list = &app.list;
        assert!(list.at < list.rows.len().max(1), "the cursor is off the list");
        assert!(list.top <= list.at && list.at < list.top + list.height.max(1), "the cursor is off the screen");
        screen.hash(&mut self.digest);
    }

    /// Counts are lists, in every session and in a query of the moment.
    pub fn counts(&mut self, dice: &mut Dice) {
        let open = self.open.as_ref().unwrap();
        let seat = dice.pick(&open.watch.seats);
        let text = people::query(dice);
        let queries = open.sessions.iter().map(|session| (&session.app.seat, session.app.list.query.clone()));
        let typed = seat.read_query(&text).ok().map(|query| (seat, query));
        for (seat, query) in queries.chain(typed) {
            let listing = seat.list(&query, *dice.pick(&Order::ALL));
            let rows = listing.rows.page(0, listing.rows.len());
            assert_eq!(seat.count(&query), rows.len(), "count and list of {text:?}");
            assert!(rows.iter().all(|row| seat.summary(*row).is_some()), "a row that may not be found is listed");
            let today = seat.today(self.now());
            let lines = seat.today_rows(&today, 0, today.len());
            assert_eq!(lines.len(), today.len(), "count and list of the day");
            (rows.len(), today.len(), today.overdue()).hash(&mut self.digest);
        }
    }

    /// The index is what the records give.
    pub fn holds_dearly(&self) {
        if self.weather.is_fair() {
            let differing = self.open().desk.index_differs().unwrap();
            assert!(differing.is_empty(), "the index differs from the records: {differing:?}");
        }
    }

    /// Everybody's list is what the journal and the table of access say, and an exact search finds whom it may.
    pub(super) fn shows_what_is_true(&mut self) {
        for (nth, seat) in self.open().watch.seats.iter().enumerate() {
            let (found, apart) = self.truth.found_by(seat.operator().id);
            let listing = seat.list(&Query::default(), Order::Urgency);
            let rows = listing.rows.page(0, listing.rows.len());
            let listed = rows.into_iter().filter_map(|row| seat.summary(row)).map(|summary| summary.id);
            assert_eq!(listed.collect::<BTreeSet<_>>(), found, "the list of {}", seat.who());
            assert_eq!((listing.rows.len(), listing.apart), (found.len(), apart), "the counts of {}", seat.who());
            let Some((case, nik)) = self.truth.somebody(nth * 7919, Field::Nik.into()) else { continue };
            let Ok(query) = seat.read_query(&nik) else { continue };
            let hits = seat.list(&query, Order::Number).rows;
            let is_hit =
                hits.page(0, hits.len()).into_iter().filter_map(|row| seat.summary(row)).any(|one| one.id == case);
            assert_eq!(is_hit, found.contains(&case), "a search by NIK at {}", seat.who());
        }
    }

    /// What the world came to, for whoever watches.
    pub fn tale(&self) -> String {
        let (cases, sealed) = (self.truth.cases().count(), self.open().watch.count());
        let Truth { moves, undone, .. } = self.truth;
        format!("{cases} cases, {sealed} sealed, {moves} moves, {undone} undone, {} lives", self.lives)
    }

    /// Whether a fresh world should follow: what a restart costs grows with the world, what it can break does not.
    pub fn is_full(&self) -> bool {
        self.truth.cases().count() > MOST_CASES || self.truth.lines() > MOST_LINES
    }
}
