//! Whose gate table holds when: the office's own from its first moment on, before it and for everybody else the one that
//! comes with the program.
//!
//! Held in memory, read once; made from the records of the directory and from nothing else. What a table is, is
//! [`crate::domain::gate::Rules`]'s to say; how an office gets one, [`super::setting_table`]'s.

use crate::domain::field::Field;
use crate::domain::gate::Rules;
use crate::domain::record::Record;
use crate::domain::subject::Subject;
use crate::identity::country::{Country, Placement, Placements};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;
use ulid::Ulid;

/// A table of an office.
#[derive(Clone, Debug)]
pub struct Held {
    pub of: Subject,
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// Its place among its office's; of two with the same first moment the later holds.
    pub no: i64,
    /// What it says; of one that goes back, what the program says. `None` when this release cannot read it: the one before
    /// goes on.
    pub rules: Option<Arc<Rules>>,
}

/// The built-in table, and every office's own.
#[derive(Clone, Debug)]
pub struct Tables {
    built_in: Arc<Rules>,
    /// In the order in which they begin to hold.
    offices: BTreeMap<Ulid, Vec<Held>>,
}

impl Default for Tables {
    fn default() -> Self {
        Self { built_in: placed(Rules::built_in()), offices: BTreeMap::new() }
    }
}

impl Tables {
    /// Takes in a table's record. One without office or first moment is none.
    pub fn put(&mut self, record: &Record) {
        let (Some(office), Some(from)) = (record.link(Field::TableOffice), record.at(Field::TableFrom)) else { return };
        let rules = match record.text(Field::TableText) {
            None => Some(Arc::clone(&self.built_in)),
            Some(text) => Rules::parse(text).ok().map(placed),
        };
        let no = record.number(Field::TableNo).unwrap_or_default();
        let tables = self.offices.entry(office.id).or_default();
        tables.retain(|held| held.of != record.of);
        tables.push(Held { of: record.of, from, no, rules });
        tables.sort_by_key(|held| (held.from, held.no));
    }

    /// The rules of an office at a moment.
    pub fn rules(&self, office: Option<Ulid>, at: DateTime<Utc>) -> &Arc<Rules> {
        self.in_force(office, at).and_then(|held| held.rules.as_ref()).unwrap_or(&self.built_in)
    }

    /// The office's own table at a moment; `None` when it has none.
    pub fn in_force(&self, office: Option<Ulid>, at: DateTime<Utc>) -> Option<&Held> {
        let tables = self.offices.get(&office?)?;
        tables.iter().rev().find(|held| held.from <= at && held.rules.is_some())
    }

    /// Every table of an office, in the order in which they begin to hold.
    pub fn of_office(&self, office: Ulid) -> &[Held] {
        self.offices.get(&office).map(Vec::as_slice).unwrap_or_default()
    }

    /// Tables that this release cannot read.
    pub fn unreadable(&self) -> Vec<Subject> {
        self.offices.values().flatten().filter(|held| held.rules.is_none()).map(|held| held.of).collect()
    }
}

/// Rules that know the countries of placement.
fn placed(mut rules: Rules) -> Arc<Rules> {
    rules.placement = placement;
    Arc::new(rules)
}

/// Whether a country was one of placement on a day, as far as the dated table is sure.
fn placement(country: [u8; 3], on: NaiveDate) -> Option<bool> {
    let country = std::str::from_utf8(&country).ok().and_then(Country::parse)?;
    match Placements::built_in().placement(country, on) {
        Placement::Yes => Some(true),
        Placement::No => Some(false),
        Placement::Unknown => None,
    }
}
