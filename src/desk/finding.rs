//! What a seat finds: lists, counts, names. Every answer is narrowed to what its operator may find at all.

use super::Order;
use super::reading;
use super::seat::{Listing, RowId, Seat};
use crate::domain::access::Roles;
use crate::domain::field::Field;
use crate::domain::query::{self, Completion, Query, QueryError};
use crate::domain::record::Record;
use crate::domain::status::Status;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::summary::{Signs, Summary, Tier};
use crate::identity::fold::fold;
use crate::records::index::{Ask, Bits, Index};
use crate::records::trail::Act as Looked;
use chrono::NaiveDate;
use std::sync::Arc;
use ulid::Ulid;

impl Seat {
    /// The rows of a query, in an order; the look is noted with its count, never with what was searched.
    pub fn list(&self, query: &Query, order: Order) -> Listing {
        let rows = self.asking(query, order, |index, ask| index.list(ask));
        let total = if query.is_everything() { rows.len() } else { self.count(&Query::default()) };
        self.look(if query.is_everything() { Looked::List } else { Looked::Search }, Vec::new(), rows.len());
        Listing { rows, total }
    }

    /// How many cases a query finds.
    pub fn count(&self, query: &Query) -> usize {
        self.asking(query, Order::Number, |index, ask| index.count(ask))
    }

    /// Asks the index, narrowed to what this operator may find; not narrowed at all where that is everything, so that the
    /// whole order is shared and not copied. Directory before index, as everywhere: nobody waits for each other.
    pub(super) fn asking<T>(&self, query: &Query, order: Order, work: impl FnOnce(&Index, &Ask<'_>) -> T) -> T {
        let offices = self.directory().all(Kind::Office).count();
        let index = self.index();
        let ask = Ask::new(query, order);
        if !self.is_worker() {
            return work(&index, &ask.within(&Bits::default()));
        }
        if offices <= 1 && !index.has_sealed() {
            return work(&index, &ask);
        }
        let nothing = Bits::default();
        let own = index.rows_of_office(self.author.office).unwrap_or(&nothing);
        work(&index, &ask.within(own))
    }

    /// Whether a case of this office with these signs may be found in a list. Sharing and naming come with the shared desk;
    /// until then the owner's office finds its own, and nobody finds a sealed case in a list.
    fn finds(&self, office: Ulid, signs: Signs) -> bool {
        self.is_worker() && office == self.author.office && !signs.has(Signs::SEALED)
    }

    /// The digest of a row, if this operator may find it.
    pub fn summary(&self, row: RowId) -> Option<Summary> {
        self.index().summary(row).filter(|summary| self.finds(summary.office, summary.signs))
    }

    /// The row of a case.
    pub fn row_of(&self, case: Ulid) -> Option<RowId> {
        self.index().row(case)
    }

    /// The row of the case with this number.
    pub fn row_of_number(&self, number: Number) -> Option<RowId> {
        self.index().by_number(number)
    }

    /// The shown name of a case that this operator may find.
    pub fn name_of(&self, of: Subject) -> Option<String> {
        let row = self.row_of(of.id)?;
        self.summary(row).map(|summary| summary.name)
    }

    /// Reads a query.
    ///
    /// # Errors
    /// The place of what is not understood, with the nearest name.
    pub fn read_query(&self, text: &str) -> Result<Query, QueryError> {
        reading::with_scope(self, |scope| query::parse(text, scope))
    }

    /// What could stand at the cursor of a query.
    pub fn complete_query(&self, text: &str, cursor: usize) -> Vec<Completion> {
        reading::with_scope(self, |scope| query::complete(text, cursor, scope))
    }

    /// The most urgent person who is open and whom nobody has taken.
    pub fn next_urgent(&self) -> Option<RowId> {
        let query = self.read_query("-status:tutup petugas:none").unwrap_or_else(|_| Query::default());
        let rows = self.asking(&query, Order::Urgency, |index, ask| index.first(ask, 64));
        self.look(Looked::Search, Vec::new(), rows.len());
        rows.into_iter().find(|row| {
            self.summary(*row)
                .is_some_and(|s| s.officer.is_none() && s.status != Status::Tutup && s.tier != Tier::Remains)
        })
    }

    /// The views that are kept, as names and queries.
    pub fn views(&self) -> Vec<(String, String)> {
        let text = |record: &Arc<Record>, field| record.text(field).unwrap_or_default().to_owned();
        let directory = self.directory();
        let mine = directory.all(Kind::View).filter(|view| view.link(Field::ViewOwner) == Some(self.operator()));
        mine.map(|view| (text(view, Field::ViewName), text(view, Field::ViewQuery))).collect()
    }

    /// The next free queue number of a movement, or among those who came without one.
    pub fn next_queue(&self, movement: Option<Subject>) -> Option<u16> {
        self.index().last_queue(movement.map(|movement| movement.id)).checked_add(1)
    }

    /// Whether a movement, office, operator or view is there and was not taken back.
    pub fn is_there(&self, of: Subject) -> bool {
        self.directory().all(of.kind).any(|record| record.of == of)
    }

    /// The movement that this desk receives just now: the newest of those that land within two days of today.
    pub fn movement_now(&self) -> Option<Subject> {
        let today = self.zone().day(self.inner().now());
        let is_now = |lands: NaiveDate| (lands - today).num_days().abs() <= 2;
        let directory = self.directory();
        let landing =
            directory.all(Kind::Movement).filter(|movement| movement.day(Field::MoveLands).is_some_and(is_now));
        landing.last().map(|movement| movement.of)
    }

    /// What a typed text may mean where another subject is asked for: cases by number or name, the rest by name; all of a
    /// small kind while nothing is typed.
    pub fn linkable(&self, kind: Kind, typed: &str, most: usize) -> Vec<(Subject, String)> {
        if kind == Kind::Case {
            let rows = match (typed.parse::<Number>(), self.read_query(typed)) {
                (Ok(number), _) => self.row_of_number(number).into_iter().collect(),
                (Err(_), Ok(query)) if !typed.trim().is_empty() => self.list(&query, Order::Urgency).rows.page(0, most),
                (Err(_), _) => Vec::new(),
            };
            let named = |row| self.summary(row).map(|summary| Subject::case(summary.id));
            return rows.into_iter().filter_map(named).map(|of| (of, self.link_name(of))).collect();
        }
        let wanted = fold(typed);
        let directory = self.directory();
        let all = directory.all(kind).map(|record| (record.of, directory.name_of(record.of)));
        all.filter(|(_, name)| fold(name).contains(&wanted)).take(most).collect()
    }

    /// How another subject is called on screen.
    pub fn link_name(&self, of: Subject) -> String {
        if of.kind != Kind::Case {
            return self.directory().name_of(of);
        }
        match self.row_of(of.id).and_then(|row| self.summary(row)) {
            Some(summary) => format!("{} {}", summary.number, summary.name),
            None => String::new(),
        }
    }

    const fn is_worker(&self) -> bool {
        !self.author.roles.and(Roles::WORKERS).is_empty()
    }
}
