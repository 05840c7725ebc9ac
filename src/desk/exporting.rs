//! Taking data out of the desk: who may, of whom, and the line in the trail that comes before the first byte. How a row is
//! written is decided above; what is in it is decided here, case by case and section by section.

use super::Order;
use super::looking::{lasting_reason, sound_reason};
use super::seat::Seat;
use crate::domain::access::{Access, Act, Holding, can, section_at};
use crate::domain::field::{Field, Section};
use crate::domain::query::Query;
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;
use crate::domain::summary::{Signs, Summary};
use crate::records::trail::{Act as Looked, Look, MOST_SUBJECTS};
use std::collections::BTreeSet;
use ulid::Ulid;

pub use crate::exchange::sheet;

/// Cases in one export at most: more is a question for several.
pub const MOST_EXPORTED: usize = 100_000;

/// Cases on their way out, one after the other.
pub struct Export<'s> {
    seat: &'s Seat,
    cases: std::vec::IntoIter<Ulid>,
    fields: BTreeSet<Field>,
    /// Cases that the query finds and that may not go out: sealed ones, and those of other offices.
    pub left_out: usize,
}

impl Seat {
    /// Whether this operator may take lists out at all.
    ///
    /// # Errors
    /// Only the supervisor of an office may; the refusal is in the trail.
    pub fn may_export(&self) -> Result<(), Refusal> {
        let own = Holding { owner: Some(self.author.office), ..Holding::default() };
        if can(&self.actor(), Act::Export, Section::Identity, &own) >= Access::NeedReason {
            return Ok(());
        }
        self.look(Looked::Refused, Vec::new(), 0);
        Err(Refusal::new("why-not-supervisor-only"))
    }

    /// The cases of a query with these fields. Which cases and fields go out and why is in the trail, on the disk, when this
    /// returns.
    ///
    /// # Errors
    /// Not this operator's to do; no reason worth the name, or one that names somebody; more than [`MOST_EXPORTED`]; a trail that cannot be written.
    pub fn export(&self, query: &Query, fields: &[Field], why: &str) -> Result<Export<'_>, Refusal> {
        self.may_export()?;
        sound_reason(why)?;
        let rows = self.asking(query, Order::Number, |index, ask| index.list(ask));
        if rows.len() > MOST_EXPORTED {
            let (found, most) = (rows.len().to_string(), MOST_EXPORTED.to_string());
            return Err(Refusal::new("refused-export-many").with("found", found).with("most", most));
        }
        let found: Vec<Summary> = rows.page(0, rows.len()).into_iter().filter_map(|row| self.summary(row)).collect();
        let goes = |one: &&Summary| self.may_take(&holding(one), Section::Identity);
        let going: Vec<&Summary> = found.iter().filter(goes).collect();
        let is_alone = going.len() == 1;
        let why = lasting_reason(why, |said| going.iter().any(|one| said.names(names(one), is_alone)))?;
        let cases: Vec<Ulid> = going.iter().map(|one| one.id).collect();
        let codes: Vec<String> = fields.iter().map(|field| field.code().to_owned()).collect();
        self.note_going(Looked::Export, &cases, &why, &codes)?;
        let left_out = found.len() - cases.len();
        Ok(Export { seat: self, cases: cases.into_iter(), fields: fields.iter().copied().collect(), left_out })
    }

    fn may_take(&self, holding: &Holding, section: Section) -> bool {
        can(&self.actor(), Act::Export, section, holding) >= Access::NeedReason
    }

    /// Notes what goes out: every case, in as many lines as it takes, on the disk before anything is shown.
    pub(super) fn note_going(&self, act: Looked, cases: &[Ulid], why: &str, fields: &[String]) -> Result<(), Refusal> {
        let all: Vec<Subject> = cases.iter().copied().map(Subject::case).collect();
        let parts: Vec<&[Subject]> = if all.is_empty() { vec![&[]] } else { all.chunks(MOST_SUBJECTS).collect() };
        for of in parts {
            let look = Look {
                at: self.inner().now(),
                by: self.author.operator,
                office: self.author.office,
                act,
                of: of.to_vec(),
                count: of.len() as u64,
                why: why.to_owned(),
                fields: fields.to_vec(),
            };
            let noted = self.inner().records.trail().note_first(&look);
            noted.map_err(|fault| Refusal::new("refused-trail-unwritable").with("code", fault.code))?;
        }
        Ok(())
    }
}

/// Everything that somebody is called, as far as a summary says it.
fn names(one: &Summary) -> impl Iterator<Item = &str> {
    std::iter::once(one.name.as_str()).chain(one.other_names.split(';'))
}

/// What access rests on, as far as a summary says it.
fn holding(one: &Summary) -> Holding {
    Holding {
        owner: Some(one.office),
        officer: one.officer,
        is_sealed: one.signs.has(Signs::SEALED),
        ..Holding::default()
    }
}

impl Export<'_> {
    /// How many cases are still to come, at most.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether nothing is left to come.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Iterator for Export<'_> {
    type Item = Record;

    /// The next case with those of the fields that may go out; one that was sealed or given away meanwhile is left out.
    fn next(&mut self) -> Option<Record> {
        loop {
            let of = Subject::case(self.cases.next()?);
            let record = self.seat.kept(of).ok().filter(|record| record.revision > 0);
            let holding = record.as_ref().map(|one| Holding::at(one, self.seat.inner().now())).unwrap_or_default();
            match record {
                Some(mut record) if self.seat.may_take(&holding, Section::Identity) => {
                    let goes = |slot: &Slot, whole: &Record| {
                        self.fields.contains(&slot.field)
                            && self.seat.may_take(&holding, section_at(whole, None, *slot))
                    };
                    let gone: Vec<Slot> = record.facts.keys().filter(|slot| !goes(slot, &record)).copied().collect();
                    gone.iter().for_each(|slot| drop(record.facts.remove(slot)));
                    return Some(record);
                }
                Some(_) | None => self.left_out += 1,
            }
        }
    }
}
