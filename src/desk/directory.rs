//! Who works where: operators, offices, movements and views, held in memory as records, and the rules by which each office
//! works. A few hundred, looked up often.

use super::tables::Tables;
use crate::domain::case::Case;
use crate::domain::field::Field;
use crate::domain::gate::Rules;
use crate::domain::record::Record;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::Value;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;
use ulid::Ulid;

/// The records of everything that is not a case.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    records: BTreeMap<Subject, Arc<Record>>,
    tables: Tables,
}

impl Directory {
    pub fn put(&mut self, record: Record) {
        if record.of.kind == Kind::Table {
            self.tables.put(&record);
        }
        self.records.insert(record.of, Arc::new(record));
    }

    pub fn get(&self, of: Subject) -> Option<&Arc<Record>> {
        self.records.get(&of)
    }

    /// All records of a kind, oldest first, without those whose creation was taken back.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        let from = Subject::new(kind, Ulid::nil());
        self.records
            .range(from..)
            .take_while(move |(of, _)| of.kind == kind)
            .map(|(_, record)| record)
            .filter(|record| !record.is_yes(Field::IsWithdrawn))
    }

    /// What a subject is called; empty for one that is not known.
    pub fn name_of(&self, of: Subject) -> String {
        let field = match of.kind {
            Kind::Movement => Field::MoveName,
            Kind::Office => Field::OfficeName,
            Kind::Operator => Field::OperatorName,
            Kind::View => Field::ViewName,
            Kind::Case | Kind::Incident | Kind::Table => Field::TableName,
            // What a family asked is read in the inbox alone.
            Kind::Inquiry => return String::new(),
        };
        self.get(of).and_then(|record| record.text(field)).unwrap_or_default().to_owned()
    }

    /// Whose table holds when.
    pub const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The rules that hold for a case as it stands: its office's, of the moment at which its status was reached.
    pub fn rules_of(&self, record: &Record) -> &Arc<Rules> {
        let case = Case(record);
        let at: DateTime<Utc> = case.status_at().unwrap_or_default();
        self.tables.rules(case.owner().map(|office| office.id), at)
    }

    /// The operator whom the kernel calls by this number.
    pub fn operator_of_uid(&self, uid: u32) -> Option<&Arc<Record>> {
        self.all(Kind::Operator).find(|record| record.number(Field::OperatorUid) == Some(i64::from(uid)))
    }

    /// The day on which a movement lands.
    pub fn lands(&self, movement: Option<Ulid>) -> Option<NaiveDate> {
        self.get(Subject::new(Kind::Movement, movement?))?.day(Field::MoveLands)
    }

    /// The movement that a file with this fingerprint became.
    pub fn movement_of_file(&self, fingerprint: &str) -> Option<&Arc<Record>> {
        self.all(Kind::Movement).find(|record| record.text(Field::MoveFile) == Some(fingerprint))
    }

    /// The roles of an operator, as codes.
    pub fn roles(operator: &Record) -> Vec<&str> {
        match operator.get(Field::OperatorRoles) {
            Some(Value::Codes(roles)) => roles.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}
