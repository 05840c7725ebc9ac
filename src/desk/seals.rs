//! Who is named in which sealed case: few, held in memory, for lists show a sealed case to those alone.

use crate::domain::access::Holding;
use crate::domain::field::Field;
use crate::domain::record::Record;
use std::collections::BTreeMap;
use ulid::Ulid;

/// The operators who are named in each sealed case, whoever sealed it among them.
#[derive(Debug, Default)]
pub struct Seals(BTreeMap<Ulid, Vec<Ulid>>);

impl Seals {
    /// Learns a case as it is now.
    pub fn put(&mut self, record: &Record) {
        let holding = Holding::of(record);
        if holding.is_sealed && !record.is_yes(Field::IsWithdrawn) {
            self.0.insert(record.of.id, holding.named.into_iter().chain(holding.sealer).collect());
        } else {
            self.0.remove(&record.of.id);
        }
    }

    /// Closes a sealed case to everybody: its key is gone, and with it who is named.
    pub fn close(&mut self, case: Ulid) {
        self.0.insert(case, Vec::new());
    }

    /// Forgets a case that was erased.
    pub fn forget(&mut self, case: Ulid) {
        self.0.remove(&case);
    }

    /// Whether an operator is named in a sealed case.
    pub fn names(&self, case: Ulid, operator: Ulid) -> bool {
        self.0.get(&case).is_some_and(|named| named.contains(&operator))
    }

    /// The sealed cases in which an operator is not named.
    pub fn closed_to(&self, operator: Ulid) -> impl Iterator<Item = Ulid> {
        self.0.iter().filter(move |(_, named)| !named.contains(&operator)).map(|(case, _)| *case)
    }

    /// The sealed cases in which an operator is named.
    pub fn of(&self, operator: Ulid) -> impl Iterator<Item = Ulid> {
        self.0.iter().filter(move |(_, named)| named.contains(&operator)).map(|(case, _)| *case)
    }
}
