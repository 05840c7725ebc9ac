//! Which cases other offices know of: by a share, or by what was put to them. Few, held in memory, for lists show a shared
//! case to the office that shares it, and every desk counts what waits for its answer.

use crate::domain::access::Holding;
use crate::domain::field::Field;
use crate::domain::offer::{Offer, Share, offers, shares};
use crate::domain::record::Record;
use crate::domain::refusal::Fault;
use crate::domain::subject::Subject;
use crate::records::Records;
use crate::records::index::Index;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use ulid::Ulid;

/// One case as other offices may know of it.
#[derive(Debug)]
pub struct Tie {
    pub case: Ulid,
    pub shares: Vec<Share>,
    pub offers: Vec<Offer>,
}

/// The cases that are shared, or of which something was put to another office. Sealed ones are not among them: a seal takes
/// from every other office what it was given.
#[derive(Debug, Default)]
pub struct Ties(BTreeMap<Ulid, Tie>);

impl Ties {
    /// Reads them all.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn load(records: &Records, index: &Index) -> Result<Self, Fault> {
        let mut ties = Self::default();
        for id in index.tied() {
            match records.get(Subject::case(id)) {
                Ok(Some(record)) => ties.put(&record),
                // With its key gone it can be shown to nobody.
                Ok(None) => {}
                Err(fault) if fault.code == "K04" => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(ties)
    }

    /// Learns a case as it is now.
    pub fn put(&mut self, record: &Record) {
        let holding = Holding::of(record);
        let tie = Tie { case: record.of.id, shares: shares(record).collect(), offers: offers(record).collect() };
        let is_apart = holding.is_sealed || record.is_yes(Field::IsWithdrawn);
        if is_apart || (tie.shares.is_empty() && tie.offers.is_empty()) {
            self.0.remove(&record.of.id);
        } else {
            self.0.insert(record.of.id, tie);
        }
    }

    /// Forgets a case that was erased.
    pub fn forget(&mut self, case: Ulid) {
        self.0.remove(&case);
    }

    /// Whether an office shares a case now.
    pub fn shares(&self, case: Ulid, office: Ulid, now: DateTime<Utc>) -> bool {
        self.0.get(&case).is_some_and(|tie| tie.is_shared_with(office, now))
    }

    /// The cases that an office shares now.
    pub fn shared_with(&self, office: Ulid, now: DateTime<Utc>) -> impl Iterator<Item = Ulid> {
        self.0.values().filter(move |tie| tie.is_shared_with(office, now)).map(|tie| tie.case)
    }

    /// Every offer with the case that it is on.
    pub fn offers(&self) -> impl Iterator<Item = (&Tie, &Offer)> {
        self.0.values().flat_map(|tie| tie.offers.iter().map(move |offer| (tie, offer)))
    }
}

impl Tie {
    fn is_shared_with(&self, office: Ulid, now: DateTime<Utc>) -> bool {
        self.shares.iter().any(|share| share.office == office && share.stands(now))
    }
}
