//! Papers: what of whom may stand on one, and the mark, the number and the line in the trail before it is shown. How it looks is
//! decided above.

use super::Denied;
use super::ask::{Ask, Proposal};
use super::looking::lasting_reason;
use super::seat::{RowId, Seat};
use crate::domain::access::{Access, Act, Holding, can, section_at};
use crate::domain::field::{Field, Part};
use crate::domain::paper::{NewPrint, Paper};
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::summary::{Signs, Summary};
use crate::records::trail::Act as Looked;
use chrono::{DateTime, Utc};
use std::time::Duration;
use ulid::Ulid;

pub use crate::exchange::print::{Facts, Filled, Stamp, fill, hash, paged};

/// People on one paper, or papers in one print, at most.
pub const MOST_PRINTED: usize = 500;
/// How long a print waits for the writer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What may stand on a paper.
pub struct Printable {
    /// The cases, each cut to what may be printed of it.
    pub cases: Vec<Record>,
    /// Cases that were asked for and may not stand on it.
    pub left_out: usize,
}

/// A paper that was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub number: String,
    pub copy: i64,
    pub at: DateTime<Utc>,
    pub by: String,
    pub office: String,
}

impl Seat {
    /// What of these cases may stand on a paper; it is a look at them like any other.
    ///
    /// # Errors
    /// Nobody may stand on it, too many, or one cannot be read.
    pub fn printable(&self, paper: Paper, rows: &[RowId]) -> Result<Printable, Refusal> {
        if rows.len() > MOST_PRINTED {
            return Err(Refusal::new("refused-print-many").with("most", MOST_PRINTED.to_string()));
        }
        let mut cases = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(summary) = self.summary(*row) else { continue };
            let mut record = self.kept(Subject::case(summary.id))?;
            if self.author.may_print(paper, &record, self.inner().now()) {
                self.cut_to_paper(paper, &mut record);
                cases.push(record);
            }
        }
        if cases.is_empty() {
            self.look(Looked::Refused, Vec::new(), rows.len());
            // Whose role prints no such paper of anybody is told that, and nothing of these cases.
            return Err(self.why_not_print(paper).unwrap_or(Refusal::new("refused-print-nobody")));
        }
        self.look(Looked::Open, cases.iter().map(|record| record.of).collect(), cases.len());
        let left_out = rows.len() - cases.len();
        Ok(Printable { cases, left_out })
    }

    fn cut_to_paper(&self, paper: Paper, record: &mut Record) {
        let holding = Holding::at(record, self.inner().now());
        let least = if paper.act() == Act::PrintStep { Access::Allow } else { Access::NeedReason };
        let goes = |slot: &Slot| can(&self.actor(), paper.act(), section_at(record, None, *slot), &holding) >= least;
        let gone: Vec<Slot> = record.facts.keys().filter(|slot| !goes(slot)).copied().collect();
        gone.iter().for_each(|slot| drop(record.facts.remove(slot)));
    }

    /// Whether this operator prints the counts.
    ///
    /// # Errors
    /// Only supervisors and leadership do; the refusal is in the trail.
    pub fn may_report(&self) -> Result<(), Refusal> {
        if self.author.may_print_counts() && self.standing().is_ok() {
            return Ok(());
        }
        self.look(Looked::Refused, Vec::new(), 0);
        Err(Refusal::new("why-not-report"))
    }

    /// Why this operator prints no such paper of anybody.
    pub fn why_not_print(&self, paper: Paper) -> Option<Refusal> {
        let (may, key) = match (paper.is_of_office(), paper.needs_reason()) {
            (true, _) => (self.author.may_print_counts(), "why-not-report"),
            (false, true) => (self.is_supervisor(), "why-not-supervisor-only"),
            (false, false) => (self.is_worker(), "why-not-access"),
        };
        (!may).then(|| Refusal::new(key))
    }

    /// How many people of this office are sealed, whoever is named in them: a bare number.
    pub fn sealed_of_office(&self) -> usize {
        let sealed = self.index().sealed();
        let is_own = |one: &Summary| one.office == self.author.office && !one.signs.has(Signs::WITHDRAWN);
        sealed.into_iter().filter(|case| self.index().get(*case).is_some_and(|one| is_own(&one))).count()
    }

    /// People of this office on a movement who are sealed, and who were erased: bare numbers, so that its head count is true.
    pub fn apart_on(&self, movement: Subject) -> (usize, usize) {
        let heads = self.index().heads_of_movement(movement.id);
        (heads.sealed as usize, self.inner().erasures().of_movement(movement.id, self.author.office))
    }

    /// The reason to print a paper of these cases as the trail will keep it; empty where the paper needs none.
    ///
    /// # Errors
    /// No reason worth the name, or one that names somebody of them.
    pub fn reason_to_print(&self, paper: Paper, cases: &[Subject], why: &str) -> Result<String, Refusal> {
        if !paper.needs_reason() {
            return Ok(String::new());
        }
        let records = cases.iter().map(|of| self.kept(*of)).collect::<Result<Vec<_>, _>>()?;
        let is_alone = records.len() == 1;
        lasting_reason(why, |said| records.iter().any(|record| said.is_about(record, is_alone)))
    }

    /// Prints a paper of these cases: takes a number, or counts another copy of the same content, and marks every case. The
    /// line in the trail is on the disk before.
    ///
    /// # Errors
    /// Not this operator's to print; no reason where one is asked for; the writer's.
    pub fn print(&self, paper: Paper, cases: &[Subject], sha: &str, why: &str) -> Result<Printed, Denied> {
        let first = self.kept(*cases.first().ok_or(Refusal::new("refused-print-nobody"))?)?;
        let may = if paper.is_of_office() {
            first.of == self.office() && self.author.may_print_counts()
        } else {
            self.author.may_print(paper, &first, self.inner().now())
        };
        if !may {
            self.look(Looked::Refused, vec![first.of], 1);
            return Err(Refusal::new("why-not-access").into());
        }
        let why = self.reason_to_print(paper, cases, why)?;
        let ids: Vec<Ulid> = cases.iter().filter(|of| of.kind == Kind::Case).map(|case| case.id).collect();
        self.note_going(Looked::Print, &ids, &why, &[paper.code().to_owned()])?;
        let again = self.printed_before(paper, cases, sha)?;
        let own = self.office();
        let mut asks: Vec<Ask> = if again.is_none() { vec![Ask::NumberPrint { of: own }] } else { Vec::new() };
        let item = self.new_id();
        asks.extend(cases.iter().map(|of| Ask::Print {
            of: *of,
            print: NewPrint { item, paper, sha: sha.to_owned(), again: again.clone() },
        }));
        let proposal = Proposal { id: self.new_id(), asks, undoes: None };
        self.propose(proposal).wait(PATIENCE).unwrap_or(Err(Refusal::new("refused-no-answer").into()))?;
        let marked = self.kept(first.of)?;
        let at = |field| Slot::of(item, field);
        Ok(Printed {
            number: marked.text(at(Field::PrintNo)).unwrap_or_default().to_owned(),
            copy: marked.number(at(Field::PrintCopy)).unwrap_or(1),
            at: marked.at(at(Field::PrintAt)).unwrap_or_else(|| self.inner().now()),
            by: self.author.name.clone(),
            office: self.office_name(),
        })
    }

    /// The number of the same content, where it was printed of all these cases before.
    fn printed_before(&self, paper: Paper, cases: &[Subject], sha: &str) -> Result<Option<String>, Refusal> {
        let mut number = None;
        for of in cases {
            let record = self.kept(*of)?;
            let is_it = |item: &_| {
                record.code(Slot::of(*item, Field::PrintPaper)) == Some(paper.code())
                    && record.text(Slot::of(*item, Field::PrintSha)) == Some(sha)
            };
            let found =
                record.items(Part::Print).find(is_it).and_then(|item| record.text(Slot::of(item, Field::PrintNo)));
            match (found, &number) {
                (None, _) => return Ok(None),
                (Some(found), None) => number = Some(found.to_owned()),
                (Some(found), Some(before)) if found != before => return Ok(None),
                (Some(_), Some(_)) => {}
            }
        }
        Ok(number)
    }
}
