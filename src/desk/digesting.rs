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
use std::collections::HashMap;
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
    /// Puts what was committed into directory and index. A movement that lands on another day changes its people's digests,
    /// a table those of its office.
    ///
    /// # Errors
    /// Some of those could not be read: everything else is there.
    pub(super) fn apply(
        &self,
        changed: &HashMap<Subject, Record>,
        times: &HashMap<Subject, DateTime<Utc>>,
    ) -> Result<(), Fault> {
        let mut landings = Vec::new();
        {
            let mut directory = self.directory.write().unwrap_or_else(PoisonError::into_inner);
            for record in changed.values().filter(|record| record.of.kind != Kind::Case) {
                let is_landing_known = directory.get(record.of).is_some();
                if record.of.kind == Kind::Movement
                    && is_landing_known
                    && directory.lands(Some(record.of.id)) != record.day(Field::MoveLands)
                {
                    landings.push(record.of.id);
                }
                directory.put(record.clone());
                self.restand(record);
            }
        }
        let mut missed = Ok(());
        let landing = landings.into_iter().flat_map(|movement| self.people_of(movement));
        let mut others: Vec<Record> = kept(landing, &mut missed).collect();
        others.retain(|record| !changed.contains_key(&record.of));
        {
            let mut seals = self.seals.write().unwrap_or_else(PoisonError::into_inner);
            let mut ties = self.ties.write().unwrap_or_else(PoisonError::into_inner);
            for record in changed.values().filter(|record| record.of.kind == Kind::Case) {
                seals.put(record);
                ties.put(record);
            }
        }
        let mut people: Vec<&Record> = changed.values().filter(|record| record.of.kind == Kind::Case).collect();
        // Newcomers get their rows in the order in which they came: a bulk move of a manifest names them in that order.
        people.sort_unstable_by_key(|record| record.of);
        let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        for record in people.into_iter().chain(&others) {
            // Who only lands on another day was not changed.
            let known = times.get(&record.of).copied().or_else(|| Some(index.get(record.of.id)?.changed_at));
            index.put(&digest(record, known.unwrap_or_default(), &directory));
        }
        drop((directory, index));
        self.hear_of_cases(changed.values());
        let tables = changed.keys().filter(|of| of.kind == Kind::Table);
        tables.map(|table| self.digest_again(*table)).fold(missed, Result::and)
    }

    /// The records of everybody on a movement, one after the other.
    pub(super) fn people_of(&self, movement: Ulid) -> impl Iterator<Item = Result<Option<Record>, Fault>> {
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        let ids: Vec<Ulid> = index.rows_of_movement(movement).into_iter().filter_map(|row| index.id(row)).collect();
        drop(index);
        ids.into_iter().map(|id| self.records.get(Subject::case(id)))
    }

    /// Digests again whoever a table touches; when they were changed last stays as it was.
    fn digest_again(&self, table: Subject) -> Result<(), Fault> {
        let touched = {
            let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
            let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
            touched_by(&directory, &index, table)
        };
        let mut missed = Ok(());
        for some in touched.chunks(AT_ONCE) {
            let read = some.iter().map(|id| self.records.get_changed(Subject::case(*id)));
            let records: Vec<(Record, DateTime<Utc>)> = kept(read, &mut missed).collect();
            let directory = self.directory.read().unwrap_or_else(PoisonError::into_inner);
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            for (record, changed_at) in &records {
                index.put(&digest(record, *changed_at, &directory));
            }
        }
        missed
    }
}

/// Whatever could be read and is there; the last fault goes to `missed`.
fn kept<T>(
    read: impl Iterator<Item = Result<Option<T>, Fault>>,
    missed: &mut Result<(), Fault>,
) -> impl Iterator<Item = T> {
    read.filter_map(|read| {
        read.unwrap_or_else(|fault| {
            // Whose key is gone is not read at another time either.
            if fault.code != "K04" {
                *missed = Err(fault);
            }
            None
        })
    })
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
    // A case whose key is gone is in no store that could be built.
    if seen != index.len() && seen + inner.keyless_in(&index)? != index.len() {
        differing.push(Subject::case(Ulid::nil()));
    }
    Ok(differing)
}
