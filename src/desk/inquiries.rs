//! What families ask, and offices that were told a case number: whom an inquiry may mean, worked out in the desk and told to
//! nobody but the office that has the case.
//!
//! Whoever takes an inquiry down reads one sentence, whether the person is here, elsewhere, sealed or nowhere. What an open
//! one means is looked up once; whoever comes in or changes afterwards is held against it.

use super::Inner;
use super::alike::alike;
use super::digesting::digest;
use super::duplicates::Certainty;
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::value::Value;
use crate::records::index::{Bulk, Index};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;
use ulid::Ulid;

/// Cases that one inquiry may mean at most.
const MOST: usize = 8;

/// The cases that each open inquiry may mean; whoever is not in here was not looked up yet.
#[derive(Debug, Default)]
pub struct Inquiries(BTreeMap<Ulid, BTreeSet<Ulid>>);

/// Whether an inquiry was answered.
pub fn is_answered(inquiry: &Record) -> bool {
    inquiry.at(Field::InquiryAnsweredAt).is_some()
}

/// Whether it is no family's: an office asks for access to a case whose number it was told.
pub fn is_for_access(inquiry: &Record) -> bool {
    inquiry.text(Field::InquiryCaller).is_none()
}

/// What an inquiry says of the person, as a case would say it.
fn facts(inquiry: &Record) -> Facts {
    let mut facts = Facts::new();
    if let Some(name) = inquiry.get(Field::InquirySought) {
        facts.insert(Field::Name.into(), name.clone());
    }
    if let Some(birth) = inquiry.get(Field::InquiryBirth) {
        facts.insert(Field::Birth.into(), birth.clone());
    }
    if let Some(number) = inquiry.text(Field::InquiryNumber) {
        let compact: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        facts.insert(Field::Nik.into(), Value::text(compact.clone()));
        facts.insert(Slot::of(Ulid(1), Field::DocNo), Value::text(compact.to_ascii_uppercase()));
    }
    facts
}

/// The cases of an index that an inquiry may mean: by an exact number, or by a name with what makes it one person's.
pub fn meant(inquiry: &Record, index: &Index) -> BTreeSet<Ulid> {
    let strong = alike(index, None, &facts(inquiry), MOST).into_iter().filter(|one| one.certainty >= Certainty::Strong);
    let number = inquiry.text(Field::InquiryNumber).and_then(|text| text.parse::<Number>().ok());
    let numbered = number.and_then(|number| index.by_number(number)).and_then(|row| index.id(row));
    strong.map(|one| one.id).chain(numbered).collect()
}

impl Inner {
    /// Every inquiry that waits for an answer, with the cases that it may mean.
    pub(super) fn open_inquiries(&self) -> Vec<(Ulid, Vec<Ulid>)> {
        // Directory before index, as everywhere.
        let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.inquiries.lock().unwrap_or_else(PoisonError::into_inner);
        let open = directory.all(Kind::Inquiry).filter(|inquiry| !is_answered(inquiry));
        open.map(|inquiry| {
            let cases = known.0.entry(inquiry.of.id).or_insert_with(|| meant(inquiry, &index));
            (inquiry.of.id, cases.iter().copied().collect())
        })
        .collect()
    }

    /// Holds the cases that have just changed against every open inquiry.
    pub(super) fn hear_of_cases<'a>(&self, changed: impl Iterator<Item = &'a Record>) {
        let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.inquiries.lock().unwrap_or_else(PoisonError::into_inner);
        known.0.retain(|id, _| {
            directory.get(Subject::new(Kind::Inquiry, *id)).is_some_and(|inquiry| !is_answered(inquiry))
        });
        if known.0.is_empty() {
            return;
        }
        let (mut fresh, mut names) = (Bulk::default(), BTreeSet::new());
        for record in changed.filter(|record| record.of.kind == Kind::Case) {
            fresh.push(&digest(record, self.now(), &directory));
            names.insert(record.of.id);
        }
        if names.is_empty() {
            return;
        }
        let fresh = fresh.finish();
        for (id, cases) in &mut known.0 {
            let Some(inquiry) = directory.get(Subject::new(Kind::Inquiry, *id)) else { continue };
            // Who was renamed may be somebody else now.
            cases.retain(|case| !names.contains(case));
            cases.extend(meant(inquiry, &fresh));
        }
    }
}
