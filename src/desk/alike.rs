//! Who a person may be already, asked with the facts that are known: of a record, a form, or a row of a manifest.

use super::duplicates::{self, Candidate, Probe};
use crate::domain::field::{Field, Part};
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::subject::Subject;
use crate::domain::summary::Sex;
use crate::identity::region::RegionCode;
use crate::records::index::Index;
use std::collections::BTreeSet;
use ulid::Ulid;

/// The likeliest cases for these facts, surest first. The person's own case, and those that somebody said to be another
/// person's, are never among them.
pub fn alike(index: &Index, own: Option<Ulid>, facts: &Facts, most: usize) -> Vec<Candidate> {
    let record = Record { of: Subject::case(Ulid::nil()), revision: 0, facts: facts.clone() };
    let texts = |part: Part, field: Field| -> Vec<String> {
        record.items(part).filter_map(|item| record.text(Slot::of(item, field)).map(str::to_owned)).collect()
    };
    let (documents, phones) = (texts(Part::Document, Field::DocNo), texts(Part::Phone, Field::PhoneNo));
    let answered: BTreeSet<Ulid> = record
        .items(Part::Link)
        .filter(|item| record.code(Slot::of(*item, Field::LinkKind)) == Some("BKN"))
        .filter_map(|item| record.link(Slot::of(item, Field::LinkCase)).map(|case| case.id))
        .collect();
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
