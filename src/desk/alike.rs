//! Who a person may be already, asked with the facts that are known: of a record, a form, or a row of a manifest.

use super::duplicates::{self, Candidate, Certainty, Probe};
use super::seat::Seat;
use crate::domain::case::Case;
use crate::domain::case::items::Link;
use crate::domain::field::{Field, Part};
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::subject::Subject;
use crate::domain::summary::Sex;
use crate::identity::region::RegionCode;
use crate::records::index::Index;
use std::collections::BTreeSet;
use ulid::Ulid;

/// Who somebody may be again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Other {
    /// Another row of the same manifest, by its place.
    Row(usize),
    /// A case on the desk.
    Case(Ulid),
}

/// Somebody whom a person may be again: how sure that is and why, as keys of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub other: Other,
    pub certainty: &'static str,
    pub reasons: Vec<&'static str>,
}

impl From<&Candidate> for Alike {
    fn from(candidate: &Candidate) -> Self {
        Self {
            other: Other::Case(candidate.id),
            certainty: candidate.certainty.key(),
            reasons: candidate.reasons.iter().map(|reason| reason.key()).collect(),
        }
    }
}

/// People alike that one comparison holds at most.
pub const MOST_ALIKE: usize = 9;

impl Seat {
    /// Who the person of a case may be as well, whether the question was answered or not: whom the answer names first,
    /// then the likeliest. Pairs that were said to be two people are not among them.
    pub fn alike_to(&self, record: &Record) -> Vec<Alike> {
        let mut found: Vec<Alike> =
            self.alike(Some(record.of.id), &record.facts, MOST_ALIKE).iter().map(Alike::from).collect();
        if let Some(named) = record.link(Field::DuplicateOf).map(|case| Other::Case(case.id)) {
            let place = found.iter().position(|alike| alike.other == named);
            let mut alike = place.map_or_else(
                || Alike { other: named, certainty: Certainty::Maybe.key(), reasons: Vec::new() },
                |place| found.remove(place),
            );
            alike.reasons.push("compare-named");
            found.insert(0, alike);
        }
        found
    }
}

/// The likeliest cases for these facts, surest first. The person's own case, and those that somebody said to be another
/// person's, are never among them.
pub fn alike(index: &Index, own: Option<Ulid>, facts: &Facts, most: usize) -> Vec<Candidate> {
    let record = Record { of: Subject::case(Ulid::nil()), revision: 0, facts: facts.clone() };
    let texts = |part: Part, field: Field| -> Vec<String> {
        record.items(part).filter_map(|item| record.text(Slot::of(item, field)).map(str::to_owned)).collect()
    };
    let (documents, phones) = (texts(Part::Document, Field::DocNo), texts(Part::Phone, Field::PhoneNo));
    let is_another = |link: &Link<'_>| link.kind == Some("BKN");
    let answered: BTreeSet<Ulid> = Case(&record).links().filter(is_another).map(|link| link.case.id).collect();
    let probe = Probe {
        own,
        name: record.text(Field::Name).unwrap_or_default(),
        nik: record.text(Field::Nik).and_then(|nik| nik.parse().ok()).unwrap_or(0),
        documents: &documents,
        phones: &phones,
        birth: record.day(Field::Birth),
        sex: record.code(Field::Sex).and_then(Sex::from_code),
        home: record.code(Field::Home).and_then(|code| code.parse().ok()).map_or(0, RegionCode::digits),
    };
    duplicates::candidates(index, &probe, &answered, most)
}
