//! Digests of cases for the index, and whose digest changes with something that is not the case: a movement's landing, an
//! office's gate table. The index shows what the records and the directory give, always: `pulang verify` asks.

use super::Inner;
use super::directory::Directory;
use crate::domain::case;
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::refusal::Fault;
use crate::domain::subject::{Kind, Subject};
use crate::domain::summary::Summary;
use crate::records::index::Index;
use chrono::{DateTime, Utc};
use std::sync::PoisonError;
use ulid::Ulid;

/// Records that are held at once while many are digested again.
const AT_ONCE: usize = 1_024;

/// The digest of a case that was changed last at that time, by the rules of its office that held when its status was reached.
pub(super) fn digest(record: &Record, changed_at: DateTime<Utc>, directory: &Directory) -> Summary {
    let lands = directory.lands(record.link(Field::Movement).map(|movement| movement.id));
    Summary { changed_at, ..case::summary(record, lands, directory.rules_of(record)) }
}

/// The cases whose digest a table may change: its office's whose status was reached since it holds.
pub(super) fn touched_by(directory: &Directory, index: &Index, table: Subject) -> Vec<Ulid> {
    let Some(record) = directory.get(table) else { return Vec::new() };
    let (Some(office), Some(from)) = (record.link(Field::TableOffice), record.at(Field::TableFrom)) else {
        return Vec::new();
    };
    index.rows_entered_since(office.id, from).into_iter().filter_map(|row| index.id(row)).collect()
}

impl Inner {
    /// The records of everybody on a movement.
    pub(super) fn people_of(&self, movement: Ulid) -> Vec<Record> {
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        let ids: Vec<Ulid> = index.rows_of_movement(movement).into_iter().filter_map(|row| index.id(row)).collect();
        drop(index);
        ids.into_iter().filter_map(|id| self.records.get(Subject::case(id)).ok().flatten()).collect()
    }

    /// Digests again whoever a table touches; when they were changed last stays as it was.
    pub(super) fn digest_again(&self, table: Subject) {
        let touched = {
            let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
            let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
            touched_by(&directory, &index, table)
        };
        for some in touched.chunks(AT_ONCE) {
            let records: Vec<(Record, DateTime<Utc>)> =
                some.iter().filter_map(|id| self.records.get_changed(Subject::case(*id)).ok().flatten()).collect();
            let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            for (record, changed_at) in &records {
                index.put(&digest(record, *changed_at, &directory));
            }
        }
    }
}

/// Holds the digest of every record against the index.
pub(super) fn index_differs(inner: &Inner) -> Result<Vec<Subject>, Fault> {
    let directory = inner.directory.read().unwrap_or_else(PoisonError::into_inner);
    let index = inner.index.read().unwrap_or_else(PoisonError::into_inner);
    let mut differing = Vec::new();
    let mut seen = 0;
    inner.records.each(Kind::Case, &mut |record, at| {
        seen += 1;
        let wanted = Index::bulk([digest(&record, at, &directory)]).summary(0);
        if wanted != index.get(record.of.id) {
            differing.push(record.of);
        }
    })?;
    if seen != index.len() {
        differing.push(Subject::case(Ulid::nil()));
    }
    Ok(differing)
}
