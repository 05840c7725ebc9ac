//! What a seat finds: lists, counts, names. Every answer is narrowed to what its operator may find at all.

use super::Candidate;
use super::Order;
use super::reading;
use super::seals::Seals;
use super::seat::{Listing, RowId, Seat};
use super::ties::Ties;
use crate::domain::access::{Role, Roles};
use crate::domain::field::Field;
use crate::domain::query::{self, Completion, Query, QueryError};
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::summary::{Signs, Summary, Tier};
use crate::domain::value::Value;
use crate::records::index::{Ask, Bits, Index};
use crate::records::trail::Act as Looked;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use ulid::Ulid;

/// Pages that are looked through at a time: a quarter of a million cases, some three milliseconds.
const PART: usize = 1_024;

impl Seat {
    /// The rows of a query, in an order; the look is noted with its count, never with what was searched.
    pub fn list(&self, query: &Query, order: Order) -> Listing {
        let rows = self.asking(query, order, |index, ask| index.list(ask));
        let total = if query.is_everything() { rows.len() } else { self.count(&Query::default()) };
        self.look(if query.is_everything() { Looked::List } else { Looked::Search }, Vec::new(), rows.len());
        Listing { rows, total, apart: self.handled_apart(query), erased: self.erased_among(query) }
    }

    /// How many cases this operator may find at all, and how many others handle among those of a query: the counts of a list
    /// that is open.
    pub fn counts(&self, query: &Query) -> (usize, usize) {
        (self.count(&Query::default()), self.handled_apart(query))
    }

    /// How many people of this office others handle, whoever they are.
    pub(super) fn apart(&self) -> usize {
        self.handled_apart(&Query::default())
    }

    /// How many people of this office stand behind a seal in which this operator is not named: counts of bodies stay true.
    pub(super) fn handled_apart(&self, query: &Query) -> usize {
        let movement = query.movement_alone();
        if !self.is_worker() || !(query.is_everything() || movement.is_some()) {
            return 0;
        }
        // Index before seals, as everywhere.
        let index = self.index();
        let seals = self.seals();
        let cases = seals.closed_to(self.author.operator).filter_map(|case| index.get(case));
        let is_counted = |summary: &Summary| {
            summary.office == self.author.office
                && !summary.signs.has(Signs::WITHDRAWN)
                && movement.is_none_or(|movement| summary.movement == Some(movement))
        };
        cases.filter(is_counted).count()
    }

    /// How many people of this office on one movement are erased: its head count stays true.
    fn erased_among(&self, query: &Query) -> usize {
        let movement = query.movement_alone().filter(|_| self.is_worker());
        movement.map_or(0, |movement| self.inner().erasures().of_movement(movement, self.author.office))
    }

    /// Somebody whom this operator may not find, where what was typed is exactly their NIK or document number: that they are
    /// known is said, and nothing else of them.
    pub fn hidden_hit(&self, typed: &str) -> Option<Candidate> {
        let number = typed.rsplit(':').next().unwrap_or_default().trim();
        let is_number = number.chars().filter(char::is_ascii_digit).count() >= 5 && !number.contains(' ');
        let field = if number.len() == 16 { Field::Nik } else { Field::DocNo };
        let slot = if field == Field::Nik { Slot::own(field) } else { Slot::of(self.new_id(), field) };
        let facts = Facts::from([(slot, Value::text(number))]);
        let hidden = |one: &Candidate| self.row_of(one.id).and_then(|row| self.summary(row)).is_none();
        (is_number && self.is_worker()).then(|| self.candidates(&facts, 1))?.into_iter().find(hidden)
    }

    /// How many cases a query finds.
    pub fn count(&self, query: &Query) -> usize {
        self.asking(query, Order::Number, |index, ask| index.count(ask))
    }

    /// Whom a query finds, one part of all cases at a time, and whether a next part is left.
    pub fn find_part(&self, query: &Query, part: usize) -> (Bits, bool) {
        let pages = part * PART..(part + 1) * PART;
        self.asking(query, Order::Number, |index, ask| index.fitting_on(ask, pages))
    }

    /// The first of those who were found, in an order: a look as any other, if anybody is there to be seen.
    pub fn first_found(&self, found: &Bits, order: Order, most: usize) -> Vec<RowId> {
        let rows = self.index().in_order(order, found, most);
        if !rows.is_empty() {
            self.look(Looked::Search, Vec::new(), found.count());
        }
        rows
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
        let mut others: Vec<RowId> = self.seals().of(self.author.operator).filter_map(|case| index.row(case)).collect();
        let now = self.inner().now();
        others.extend(self.ties().shared_with(self.author.office, now).filter_map(|case| index.row(case)));
        if others.is_empty() {
            return work(&index, &ask.within(own));
        }
        let mut all = own.clone();
        others.into_iter().for_each(|row| all.set(row, true));
        work(&index, &ask.within(&all))
    }

    fn seals(&self) -> RwLockReadGuard<'_, Seals> {
        self.inner().seals.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cases that other offices know of.
    pub(super) fn ties(&self) -> RwLockReadGuard<'_, Ties> {
        self.inner().ties.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a case may be found in a list: an office finds its own and what is shared with it, a sealed case whoever is
    /// named in it.
    pub(super) fn finds(&self, summary: &Summary) -> bool {
        let is_sealed = summary.signs.has(Signs::SEALED);
        let is_ones_own = if is_sealed {
            self.seals().names(summary.id, self.author.operator)
        } else {
            summary.office == self.author.office
                || (summary.signs.has(Signs::TIED)
                    && self.ties().shares(summary.id, self.author.office, self.inner().now()))
        };
        self.is_worker() && is_ones_own
    }

    /// Whether a case is sealed, whoever asks: said of a person by one sentence only.
    pub(super) fn is_sealed(&self, case: Ulid) -> bool {
        let index = self.index();
        index.row(case).and_then(|row| index.summary(row)).is_some_and(|one| one.signs.has(Signs::SEALED))
    }

    /// As [`Seat::is_sealed`], of a row.
    pub fn is_sealed_row(&self, row: RowId) -> bool {
        self.index().summary(row).is_some_and(|one| one.signs.has(Signs::SEALED))
    }

    /// The digest of a row, if this operator may find it.
    pub fn summary(&self, row: RowId) -> Option<Summary> {
        self.early_summary(row).or_else(|| self.index().summary(row).filter(|summary| self.finds(summary)))
    }

    /// Those of some cases that this operator finds and a query would show.
    pub fn fitting(&self, cases: &[Subject], query: &Query) -> Vec<RowId> {
        let index = self.index();
        let rows = cases.iter().filter(|of| of.kind == Kind::Case).filter_map(|of| index.row(of.id));
        let found = rows.filter(|row| index.summary(*row).is_some_and(|summary| self.finds(&summary)));
        let mut within = Bits::none(index.len());
        found.for_each(|row| within.set(row, true));
        if within.count() == 0 {
            return Vec::new();
        }
        index.fitting(&Ask::new(query, Order::Number).within(&within)).rows().collect()
    }

    /// The case in a row, whoever asks: an id says nothing of a person.
    pub fn case_of_row(&self, row: RowId) -> Option<Subject> {
        self.index().id(row).map(Subject::case)
    }

    /// Keeps those of the rows whose cases were neither taken back nor erased.
    pub fn keep_standing(&self, rows: &mut BTreeSet<RowId>) {
        if rows.is_empty() {
            return;
        }
        let index = self.index();
        rows.retain(|row| index.id(*row).is_some() && !index.is_withdrawn(*row));
    }

    /// The row of a case.
    pub fn row_of(&self, case: Ulid) -> Option<RowId> {
        self.index().row(case)
    }

    /// The row of the case with this number.
    pub fn row_of_number(&self, number: Number) -> Option<RowId> {
        self.index().by_number(number)
    }

    /// The number of the case in a row, whoever asks: a number says nothing of a person.
    pub fn number_of_row(&self, row: RowId) -> Option<Number> {
        self.index().summary(row).map(|summary| summary.number)
    }

    /// The row of the one case, of whatever office, that has this exact NIK or document number; by its number one that this
    /// operator finds in a list.
    ///
    /// # Errors
    /// When there is none, as to whoever works on no case; or one that is sealed to this operator: then whoever sealed it is
    /// told. Case numbers run, so of one that stands in no list of his nobody learns whether it is anybody's: where numbers
    /// opened cases, those that open nothing would be the sealed ones.
    pub fn row_of_exact(&self, typed: &str) -> Result<RowId, Refusal> {
        let refusal = || Refusal::new("refused-nobody-exact");
        if !self.is_worker() {
            return Err(refusal());
        }
        if let Ok(number) = typed.trim().parse::<Number>() {
            let found = self.row_of_number(number).filter(|row| self.summary(*row).is_some());
            return found.ok_or(Refusal::new("refused-number-elsewhere"));
        }
        let row = self.row_of_paper(typed).ok_or_else(refusal)?;
        let id = self.index().id(row).ok_or_else(refusal)?;
        if self.is_sealed(id) && self.summary(row).is_none() {
            self.met_sealed(id);
            return Err(Refusal::new("sealed-ask-supervisor"));
        }
        Ok(row)
    }

    /// The row of a person with this NIK or document number.
    fn row_of_paper(&self, typed: &str) -> Option<RowId> {
        let compact: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        let item = self.new_id();
        let facts = Facts::from([
            (Field::Nik.into(), Value::text(compact.clone())),
            (Slot::of(item, Field::DocNo), Value::text(compact.to_ascii_uppercase())),
        ]);
        let found = self.candidates(&facts, 1).pop()?;
        self.row_of(found.id)
    }

    /// Whether this operator is a supervisor.
    pub fn is_supervisor(&self) -> bool {
        self.roles().has(Role::Supervisor)
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

    /// The next free queue number of a movement. Whoever comes without one gets a number behind the wristbands of the
    /// office's newest movement: in the hall there is one person to a number.
    pub fn next_queue(&self, movement: Option<Subject>) -> Option<u16> {
        let index = self.index();
        let hall = index.hall(movement.map(|movement| movement.id), self.office().id);
        index.next_queue(hall, std::iter::empty())
    }

    /// Whether nobody has a queue number yet, on a movement or in this office's hall.
    pub fn is_queue_free(&self, movement: Option<Subject>, queue: i64) -> bool {
        let index = self.index();
        let hall = index.hall(movement.map(|movement| movement.id), self.office().id);
        u16::try_from(queue).is_ok_and(|queue| !index.is_queue_taken(hall, queue, Ulid::nil()))
    }

    /// The movement that was entered last of those that brought somebody to this office, wherever its landing lies.
    pub fn newest_movement(&self) -> Option<Subject> {
        self.index().newest_movement_of(self.office().id).map(|movement| Subject::new(Kind::Movement, movement))
    }

    /// The day on which a movement lands.
    pub fn lands(&self, movement: Option<Subject>) -> Option<NaiveDate> {
        self.directory().lands(movement.map(|movement| movement.id))
    }

    /// Whether a movement, office, operator or view is there and was not taken back.
    pub fn is_there(&self, of: Subject) -> bool {
        self.directory().all(of.kind).any(|record| record.of == of)
    }

    /// The movements that this desk receives just now, those that land within two days of today, newest first.
    pub fn movements_now(&self) -> Vec<Subject> {
        let today = self.zone().day(self.inner().now());
        let is_now = |lands: NaiveDate| (lands - today).num_days().abs() <= 2;
        let directory = self.directory();
        let landing =
            directory.all(Kind::Movement).filter(|movement| movement.day(Field::MoveLands).is_some_and(is_now));
        let mut now: Vec<Subject> = landing.map(|movement| movement.of).collect();
        now.reverse();
        now
    }

    pub(super) fn is_worker(&self) -> bool {
        !self.roles().and(Roles::WORKERS).is_empty()
    }
}
