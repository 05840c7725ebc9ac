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
use std::sync::PoisonError;
use ulid::Ulid;

/// Records that are held at once while many are digested again.
const AT_ONCE: usize = 1_024;

/// The digest of a case, by the rules of its office that held when its status was reached.
pub(super) fn digest(record: &Record, directory: &Directory) -> Summary {
    let lands = directory.lands(record.link(Field::Movement).map(|movement| movement.id));
    case::summary(record, lands, directory.rules_of(record))
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
            let records: Vec<Record> =
                some.iter().filter_map(|id| self.records.get(Subject::case(*id)).ok().flatten()).collect();
            let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            for record in &records {
                let mut summary = digest(record, &directory);
                if let Some(known) = index.get(record.of.id) {
                    summary.changed_at = known.changed_at;
                }
                index.put(&summary);
            }
        }
    }
}

/// Holds the digest of every record against the index; times of change are not compared, for only commits know them.
pub(super) fn index_differs(inner: &Inner) -> Result<Vec<Subject>, Fault> {
    let directory = inner.directory.read().unwrap_or_else(PoisonError::into_inner);
    let index = inner.index.read().unwrap_or_else(PoisonError::into_inner);
    let mut differing = Vec::new();
    let mut seen = 0;
    inner.records.each(Kind::Case, &mut |record| {
        seen += 1;
        let mut wanted = Index::bulk([digest(&record, &directory)]).summary(0);
        let found = index.get(record.of.id);
        if let (Some(wanted), Some(found)) = (&mut wanted, &found) {
            wanted.changed_at = found.changed_at;
        }
        if wanted != found {
            differing.push(record.of);
        }
    })?;
    if seen != index.len() {
        differing.push(Subject::case(Ulid::nil()));
    }
    Ok(differing)
}
