//! What a seat reads: one case with everything the screen shows of it; what names in queries mean to it.

use super::duplicates::Candidate;
use super::seat::{RowId, Seat};
use super::writer::circumstances;
use crate::domain::access::{Access, Act, Holding, SHARED_SECTIONS, can, section_at};
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Section};
use crate::domain::gate::{self, Target};
use crate::domain::procedural::{Procedural, procedural};
use crate::domain::query::{Link, Names, Scope};
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::summary::Summary;
use crate::domain::track::{self, Course};
use crate::domain::triage::{Triage, triage};
use crate::domain::value::Timed;
use crate::identity::fold;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use ulid::Ulid;

impl Seat {
    /// The tracks of the case in a row, each state with what stands against it.
    ///
    /// # Errors
    /// When the case may not be opened.
    pub fn courses(&self, row: RowId) -> Result<Vec<Course>, Refusal> {
        let record = self.whole(self.subject_of(row)?)?;
        let movement = self.movement_of(&record);
        let now = self.inner().now();
        let circumstances = circumstances(&self.author, now, movement.as_deref());
        Ok(track::courses(&record, &circumstances, &self.inner().rules_at(record.link(Field::Owner), now)))
    }

    /// Who wrote a fact of a case last, and when that was recorded; `None` where this operator may not see it.
    pub fn writer_of(&self, of: Subject, slot: Slot) -> Option<(String, DateTime<Utc>)> {
        let record = self.whole(of).ok()?;
        if !self.may_see(&record, section_at(&record, None, slot)) {
            return None;
        }
        let (history, _) = self.inner().records.legible_history(of).ok()?;
        let last = history.into_iter().rev().find(|entry| entry.change.edits.iter().any(|edit| edit.at == slot))?;
        Some((self.operator_name(last.by), last.at))
    }

    /// Whether this operator may write into a section of the case in a row.
    pub fn may_write(&self, row: RowId, section: Section) -> bool {
        let record = self.summary(row).and_then(|found| self.whole(Subject::case(found.id)).ok());
        record.is_some_and(|one| {
            can(&self.actor(), Act::Edit, section, &Holding::at(&one, self.inner().now())) == Access::Allow
        })
    }
}

/// One thing that happened to a case.
#[derive(Clone, Debug)]
pub struct Event {
    /// When it was recorded; when it happened stands in the change.
    pub at: DateTime<Utc>,
    pub happened: Timed,
    pub by: String,
    pub change: Change,
}

/// Everything the screen shows of one case, already cut to what this operator may see.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The facts that may be seen; fields of other sections are not in it.
    pub record: Record,
    pub summary: Summary,
    pub triage: Triage,
    pub procedural: Procedural,
    pub movement: Option<Arc<Record>>,
    /// All twelve statuses with what stands against each.
    pub targets: Vec<Target>,
    /// Newest first.
    pub events: Vec<Event>,
    /// Who this may be as well, for cases whose question is still open.
    pub alike: Vec<Candidate>,
    /// Sections whose content was left out.
    pub hidden: Vec<Section>,
    /// Whether a reason opens one of them.
    pub opens_with_reason: bool,
    /// Whether nobody but those named in it finds it.
    pub is_sealed: bool,
}

/// Events that a view holds at most.
const EVENTS: usize = 200;

/// The view of a record that this seat may open.
pub(super) fn view(seat: &Seat, row: RowId, mut record: Record) -> Result<CaseView, Refusal> {
    let inner = seat.inner();
    let movement = seat.movement_of(&record);
    let lands = movement.as_ref().and_then(|movement| movement.day(Field::MoveLands));
    let case = Case(&record);
    let rules = Arc::clone(seat.directory().rules_of(&record));
    let rules = rules.as_ref();
    let summary = seat.index().summary(row).ok_or(Refusal::new("why-not-access"))?;
    let mut found = triage(case, lands, rules);
    let standing = procedural(case, case.interest_on(lands, rules.zone), &rules.placement);
    let now = inner.now();
    let rules_now = inner.rules_at(case.owner(), now);
    let mut targets = gate::outlook(&record, &circumstances(&seat.author, now, movement.as_deref()), &rules_now);
    let likely = if record.code(Field::DuplicateAnswer).is_none() {
        seat.alike(Some(record.of.id), &record.facts, 4)
    } else {
        Vec::new()
    };
    let opens_with_reason = SHARED_SECTIONS.into_iter().any(|it| seat.access(&record, it) == Access::NeedReason);
    let is_sealed = case.is_sealed();
    let mut events = events(seat, &record)?;
    let whole = record.clone();
    let hidden = seat.cut(&mut record);
    found.reasons.retain(|reason| !hidden.contains(&reason.cause.section()));
    for target in &mut targets {
        target.obstacles = seat.told(&whole, std::mem::take(&mut target.obstacles));
        target.owed.retain(|fact| seat.may_name_of(&whole, *fact));
    }
    for Event { change, .. } in &mut events {
        let closed = |at: Slot| seat.is_closed(&whole, Some(change), at, &hidden);
        let closed: Vec<bool> = change.edits.iter().map(|edit| closed(edit.at)).collect();
        let mut closed = closed.into_iter();
        change.edits.retain(|_| closed.next() != Some(true));
    }
    Ok(CaseView {
        record,
        summary,
        triage: found,
        procedural: standing,
        movement,
        targets,
        events,
        alike: likely,
        hidden,
        opens_with_reason,
        is_sealed,
    })
}

fn events(seat: &Seat, record: &Record) -> Result<Vec<Event>, Refusal> {
    // An entry that cannot be read keeps nobody from the case: the banner tells of the damage.
    let (history, _) = seat.inner().records.legible_history(record.of).map_err(|fault| Refusal::new(fault.key))?;
    Ok(history.into_iter().rev().take(EVENTS).map(|entry| event(seat, entry)).collect())
}

/// An entry of the journal as a screen shows it.
pub(super) fn event(seat: &Seat, entry: crate::records::Entry) -> Event {
    Event { at: entry.at, happened: entry.change.happened, by: seat.operator_name(entry.by), change: entry.change }
}

/// Runs something with what names in a query mean to this seat.
pub(super) fn with_scope<T>(seat: &Seat, work: impl FnOnce(&Scope<'_>) -> T) -> T {
    let names = SeatNames { seat };
    let now = seat.inner().now();
    work(&Scope {
        now,
        offset: seat.zone().offset(),
        me: Some(seat.operator().id),
        office: Some(seat.author.office),
        names: &names,
    })
}

/// Names in queries, as this desk knows them.
struct SeatNames<'a> {
    seat: &'a Seat,
}

impl SeatNames<'_> {
    fn subjects(&self, what: Link) -> (Kind, Field) {
        match what {
            Link::Movement => (Kind::Movement, Field::MoveName),
            Link::Office => (Kind::Office, Field::OfficeName),
            Link::Officer => (Kind::Operator, Field::OperatorName),
        }
    }

    fn known(&self, what: Link) -> Vec<String> {
        let (kind, field) = self.subjects(what);
        let directory = self.seat.directory();
        directory.all(kind).filter_map(|record| record.text(field).map(str::to_owned)).collect()
    }
}

impl Names for SeatNames<'_> {
    fn subject(&self, what: Link, text: &str) -> Option<Ulid> {
        let (kind, field) = self.subjects(what);
        let wanted = fold::fold(text);
        let directory = self.seat.directory();
        let is_meant = |record: &&Arc<Record>| {
            record.text(field).is_some_and(|name| fold::fold(name) == wanted)
                || (kind == Kind::Office
                    && record.text(Field::OfficeCode).is_some_and(|code| fold::fold(code) == wanted))
                || (kind == Kind::Movement
                    && record.text(Field::MoveFlight).is_some_and(|code| fold::fold(code) == wanted))
        };
        directory.all(kind).find(is_meant).map(|record| record.of.id)
    }

    fn begun(&self, what: Link, start: &str, limit: usize) -> Vec<String> {
        let start = fold::fold(start);
        self.known(what).into_iter().filter(|name| fold::fold(name).starts_with(&start)).take(limit).collect()
    }
}

/// The word of a change in the texts: `verb-create`.
pub fn verb_key(verb: Verb) -> String {
    let code = serde_json::to_value(verb).ok().and_then(|value| value.as_str().map(|text| text.replace('_', "-")));
    format!("verb-{}", code.unwrap_or_default())
}
