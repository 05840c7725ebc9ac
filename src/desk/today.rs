//! *Hari ini*: everybody with something overdue or due within a day. The whole list is known at once; what a line says is
//! worked out for the lines that are looked at.

use super::seat::{RowId, Seat};
use crate::domain::access::Role;
use crate::domain::case::{Case, due};
use crate::domain::field::{Field, Part};
use crate::domain::query::Query;
use crate::domain::record::Slot;
use crate::domain::status::Status;
use crate::domain::subject::{Number, Subject};
use crate::domain::summary::{Signs, Summary};
use crate::records::index::Due;
use crate::records::trail::Act as Looked;
use chrono::{DateTime, TimeDelta, Utc};

/// Why a person stands on the list of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A fact is owed; its stored code, where this operator may know what is wanting.
    Debt { fact: Option<String>, is_emergency: bool },
    /// The status has been left too late, or nobody has seen the person yet.
    Status,
    /// A second person is asked to approve closing.
    CloseAsked,
    /// Somebody from outside looked: a code of `List::Look`, and who.
    Looked { kind: String, by: String },
}

/// One line of *hari ini*: one person.
#[derive(Clone, Debug)]
pub struct TodayRow {
    /// Where it stands in the list, from 0.
    pub place: usize,
    pub row: RowId,
    pub number: Number,
    pub name: String,
    pub status: Status,
    /// Everything that is due, with the minutes left, negative when overdue; the earliest first, an emergency before others.
    pub due: Vec<(Why, i64)>,
    /// Minutes left for the first of them.
    pub minutes: i64,
}

/// Everybody who is due, as it stood at one moment.
#[derive(Clone, Default)]
pub struct DayList {
    due: Due,
    now: DateTime<Utc>,
}

/// Shows the count, never who.
impl std::fmt::Debug for DayList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DayList({})", self.due.len())
    }
}

impl DayList {
    pub fn len(&self) -> usize {
        self.due.len()
    }

    pub fn is_empty(&self) -> bool {
        self.due.is_empty()
    }

    /// How many of them are overdue: the first ones.
    pub const fn overdue(&self) -> usize {
        self.due.overdue()
    }
}

/// How far ahead the list of the day looks.
const AHEAD: TimeDelta = TimeDelta::hours(24);
/// How long a look from outside stands on the list of the day; the case's history keeps it.
const LOOKS_STAND: TimeDelta = TimeDelta::hours(72);

impl Seat {
    /// Everybody who is due: overdue first. One look, noted with the count.
    pub fn today(&self, now: DateTime<Utc>) -> DayList {
        let before = now + AHEAD + TimeDelta::seconds(1);
        let everybody = Query::default();
        let mut due =
            self.asking(&everybody, super::Order::Urgency, |index, ask| index.due(ask.narrowed(), now, before));
        // A look from outside stands for a while only, and the index knows no clock.
        let is_told = |summary: &Summary| summary.signs.has(Signs::CLOSE_ASKED) || !self.looks(summary, now).is_empty();
        due.keep_asked(|row| self.summary(*row).is_some_and(|summary| is_told(&summary)));
        self.look(Looked::Search, Vec::new(), due.len());
        DayList { due, now }
    }

    /// The lines of a list from a place on, at most so many; without those that may not be found any more.
    pub fn today_rows(&self, list: &DayList, from: usize, most: usize) -> Vec<TodayRow> {
        let rows = self.index().due_page(&list.due, from, most);
        let line = |(nth, row): (usize, RowId)| Some(self.line(from + nth, row, self.summary(row)?, list.now));
        rows.into_iter().enumerate().filter_map(line).collect()
    }

    fn line(&self, place: usize, row: RowId, summary: Summary, now: DateTime<Utc>) -> TodayRow {
        let mut found: Vec<(Why, DateTime<Utc>)> = Vec::new();
        if let Ok(record) = self.whole(Subject::case(summary.id)) {
            let hidden = self.hidden(&record);
            let debts = Case(&record).open_debts().filter_map(|debt| {
                let is_told = !self.is_closed(&record, None, Slot::of(debt.item, Field::DebtFact), &hidden);
                let fact = is_told.then(|| debt.fact.to_owned());
                Some((Why::Debt { fact, is_emergency: debt.is_emergency }, debt.due?))
            });
            found.extend(debts);
            let movement = self.movement_of(&record);
            let lands = movement.and_then(|movement| movement.day(Field::MoveLands));
            let status = due(Case(&record), lands, summary.tier, self.directory().rules_of(&record));
            found.extend(status.map(|at| (Why::Status, at)));
        }
        found.retain(|(_, at)| *at - now <= AHEAD);
        if summary.signs.has(Signs::CLOSE_ASKED) {
            found.push((Why::CloseAsked, now));
        }
        if summary.signs.has(Signs::LOOKED_AT) {
            found.extend(self.looks(&summary, now).into_iter().map(|why| (why, now)));
        }
        let mut due: Vec<(Why, i64)> = found.into_iter().map(|(why, at)| (why, (at - now).num_minutes())).collect();
        due.sort_by_key(|(why, minutes)| (*minutes, rank(why)));
        let minutes = due.first().map_or(0, |(_, minutes)| *minutes);
        TodayRow { place, row, number: summary.number, name: summary.name, status: summary.status, due, minutes }
    }

    /// The looks from outside of which this operator is told: those named in a sealed case, the owner's supervisors else.
    fn looks(&self, summary: &Summary, now: DateTime<Utc>) -> Vec<Why> {
        let is_owners = summary.office == self.author.office && self.roles().has(Role::Supervisor);
        let is_told = summary.signs.has(Signs::SEALED) || is_owners;
        let Ok(record) = self.kept(Subject::case(summary.id)) else { return Vec::new() };
        let look = |item| {
            let at = |field| Slot::of(item, field);
            record.at(at(Field::LookAt)).filter(|at| now - *at < LOOKS_STAND)?;
            let by = record.link(at(Field::LookBy)).map(|by| self.operator_name(by.id)).unwrap_or_default();
            Some(Why::Looked { kind: record.code(at(Field::LookKind))?.to_owned(), by })
        };
        if is_told { record.items(Part::Look).filter_map(look).collect() } else { Vec::new() }
    }
}

const fn rank(why: &Why) -> u8 {
    match why {
        Why::CloseAsked | Why::Looked { .. } => 0,
        Why::Debt { is_emergency: true, .. } => 1,
        Why::Debt { is_emergency: false, .. } => 2,
        Why::Status => 3,
    }
}
