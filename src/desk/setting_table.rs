//! How an office gets a gate table of its own, goes back to the one that comes with the program, and reads which holds.
//!
//! A table is brought in once and stays as it is: the moves that it judged name its version. What follows it is another
//! table, or one without a text, which goes back. None is taken back by undo.

use super::ask::{Ask, Denied};
use super::judging::Judge;
use super::seat::Seat;
use crate::domain::access::may_set_table;
use crate::domain::calendar::Zone;
use crate::domain::change::Change;
use crate::domain::field::Field;
use crate::domain::gate::Rules;
use crate::domain::record::{Facts, Record};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use ulid::Ulid;

/// Tables that one office ever brings in: each is held in memory.
const MOST_TABLES: usize = 200;

/// How far ahead a table may begin.
const AHEAD: Days = Days::new(730);

/// A gate table as somebody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableView {
    pub version: String,
    /// Its first moment for this office; `None` for the built-in table of an office that never had another.
    pub from: Option<DateTime<Utc>>,
    pub is_built_in: bool,
    /// Who brought it in, or went back.
    pub by: String,
    /// The table as it was written.
    pub text: String,
}

impl Seat {
    /// The table by which this office works at a moment.
    pub fn table_at(&self, at: DateTime<Utc>) -> TableView {
        let of = self.directory().tables().in_force(Some(self.author.office), at).map(|held| held.of);
        self.table_view(of)
    }

    /// The tables of this office that begin after a moment, in that order.
    pub fn tables_after(&self, at: DateTime<Utc>) -> Vec<TableView> {
        let coming: Vec<Subject> = {
            let directory = self.directory();
            let tables = directory.tables().of_office(self.author.office).iter();
            tables.filter(|held| held.from > at && held.rules.is_some()).map(|held| held.of).collect()
        };
        coming.into_iter().map(|of| self.table_view(Some(of))).collect()
    }

    fn table_view(&self, of: Option<Subject>) -> TableView {
        let record = of.and_then(|of| self.directory().get(of).cloned());
        let by = record.as_ref().and_then(|record| record.link(Field::TableBy));
        let own = record.as_ref().and_then(|record| record.text(Field::TableText));
        TableView {
            version: match (own, &record) {
                (Some(_), Some(record)) => record.text(Field::TableName).unwrap_or_default().to_owned(),
                _ => Rules::built_in().version,
            },
            from: record.as_ref().and_then(|record| record.at(Field::TableFrom)),
            is_built_in: own.is_none(),
            by: by.map(|operator| self.operator_name(operator.id)).unwrap_or_default(),
            text: own.unwrap_or(Rules::BUILT_IN).to_owned(),
        }
    }

    /// Whether a table is one by which this office works, once or later.
    pub fn is_own_table(&self, of: Subject) -> bool {
        let directory = self.directory();
        let office = directory.get(of).and_then(|table| table.link(Field::TableOffice));
        office.is_some_and(|office| office.id == self.author.office)
    }

    /// The name of this office.
    pub fn office_name(&self) -> String {
        self.directory().name_of(Subject::new(Kind::Office, self.author.office))
    }

    /// What brings in a table from the beginning of a day, in the zone of the office; without a text, what goes back to
    /// the built-in one. The writer judges it.
    ///
    /// # Errors
    /// A day beyond the calendar.
    pub fn table_ask(&self, text: Option<&str>, from: NaiveDate) -> Result<Ask, Refusal> {
        let start = beginning(from, self.zone()).ok_or(Refusal::new("date-unreadable"))?;
        let mut facts = Facts::from([(Field::TableFrom.into(), Value::Time(Timed::certain(start)))]);
        facts.extend(text.map(|text| (Field::TableText.into(), Value::text(text))));
        let of = Subject::new(Kind::Table, self.new_id());
        Ok(Ask::Create { of, facts, happened: Timed::certain(self.inner().now()) })
    }
}

/// The first moment of a day.
fn beginning(day: NaiveDate, zone: Zone) -> Option<DateTime<Utc>> {
    zone.moment(day.and_time(NaiveTime::MIN))
}

impl Judge<'_> {
    /// A table comes in whole, for the own office, from today or later: what was judged is not judged anew. Of what a
    /// session says, the text and the first moment are taken; the rest is the desk's.
    pub(super) fn table_change(&self, ask: &Ask, record: &Record) -> Result<Change, Denied> {
        let (author, of) = (self.author, record.of);
        if !may_set_table(&author.actor(), author.office) {
            return Err(self.barred(of));
        }
        let (facts, happened) = match ask {
            Ask::Create { .. } if record.revision > 0 => return Err(Refusal::new("refused-exists").into()),
            Ask::Create { facts, happened, .. } => (facts, *happened),
            _ => return Err(Refusal::new("refused-table-stays").into()),
        };
        let other = |office: &Value| *office != Value::Link(Subject::new(Kind::Office, author.office));
        if facts.get(&Field::TableOffice.into()).is_some_and(other) {
            return Err(self.barred(of));
        }
        let from = self.first_moment(facts)?;
        let office = Subject::new(Kind::Office, author.office);
        let mut kept = Facts::from([
            (Field::TableOffice.into(), Value::Link(office)),
            (Field::TableFrom.into(), Value::Time(Timed::certain(from))),
            (Field::TableBy.into(), Value::Link(Subject::new(Kind::Operator, author.operator))),
            (Field::TableNo.into(), Value::Number(self.next_table(office.id)?)),
        ]);
        if let Some(Value::Text(text)) = facts.get(&Field::TableText.into()) {
            let rules = Rules::parse(text).map_err(|flaws| flaws[0].refusal())?;
            self.free_version(office.id, &rules.version, text)?;
            kept.insert(Field::TableName.into(), Value::text(rules.version));
            kept.insert(Field::TableText.into(), Value::text(text.clone()));
        }
        Ok(Change::create(of, happened, kept))
    }

    /// The moment from which a table holds.
    fn first_moment(&self, facts: &Facts) -> Result<DateTime<Utc>, Refusal> {
        let Some(Value::Time(from)) = facts.get(&Field::TableFrom.into()) else {
            return Err(Refusal::new("refused-nothing-asked"));
        };
        let today = self.inner.now().with_timezone(&self.author.zone).date_naive();
        let day = from.at.with_timezone(&self.author.zone).date_naive();
        if day < today {
            return Err(Refusal::new("refused-table-past"));
        }
        let last = today.checked_add_days(AHEAD).unwrap_or(NaiveDate::MAX);
        if day > last { Err(Refusal::new("refused-table-far")) } else { Ok(from.at) }
    }

    /// Its place among the office's tables.
    fn next_table(&self, office: Ulid) -> Result<i64, Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let tables = directory.tables().of_office(office);
        let mine = self.mine.values().filter_map(|record| record.number(Field::TableNo));
        if tables.len() + mine.clone().count() >= MOST_TABLES {
            return Err(Refusal::new("refused-table-many").with("most", MOST_TABLES.to_string()));
        }
        Ok(tables.iter().map(|held| held.no).chain(mine).max().unwrap_or_default() + 1)
    }

    /// A version names one text: the moves that it judged say nothing else of it.
    fn free_version(&self, office: Ulid, version: &str, text: &str) -> Result<(), Refusal> {
        let directory = self.inner.directory.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_other = |record: &Record| {
            record.text(Field::TableName) == Some(version) && record.text(Field::TableText) != Some(text)
        };
        let tables = directory.tables().of_office(office).iter();
        let is_taken = tables.filter_map(|held| directory.get(held.of)).any(|record| is_other(record))
            || self.mine.values().any(is_other)
            || (Rules::built_in().version == version && text != Rules::BUILT_IN);
        if is_taken { Err(Refusal::new("refused-table-version").with("version", version.to_owned())) } else { Ok(()) }
    }
}
