//! One row of a manifest: what was read of a person, and how a row is read again after a correction.

use super::ReadOptions;
use super::column::Column;
use super::likeness::Sameness;
use super::making::Making;
use super::remark::{Remarks, RowRemark, Severity};
use super::table::Cell;
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::value::Value;
use crate::identity::Sex;
use crate::identity::name::NameKey;
use crate::identity::nik::Nik;
use crate::identity::phone::Phone;
use crate::identity::region::{Home, RegionCode, read_home};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// One person of a manifest as it was read. The facts are those of a LAPOR case, without what the desk adds: status,
/// owner, movement, country and time of the report.
#[derive(Clone)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u32,
    /// Place among the people of the file, from 1: the case's `import_row`.
    pub place: u32,
    /// The number that the sender gave.
    pub given: Option<u32>,
    /// The cells as the file shows them, one for each header.
    pub raw: Vec<String>,
    pub facts: Facts,
    pub remarks: Vec<RowRemark>,
    /// Homes that the text could mean, when it is not certain: at most 8.
    pub homes: Vec<RegionCode>,
    /// An earlier row that seems to be the same person.
    pub same_as: Option<Sameness>,
    pub(super) choice: Option<bool>,
    pub(super) entries: BTreeMap<Column, Cell>,
    pub(super) key: Key,
}

/// By what a row is compared with others.
#[derive(Clone, Default)]
pub(super) struct Key {
    /// As written; empty where nobody is named.
    pub name: String,
    pub sounds: NameKey,
    pub nik: Option<Nik>,
    pub birth: Option<NaiveDate>,
    pub sex: Option<Sex>,
    pub documents: Vec<String>,
    pub phone: Option<Phone>,
}

/// Shows where the row stands and how much is said about it, never who it is.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({}, {} facts, {:?})", self.place, self.facts.len(), self.remarks)
    }
}

impl Row {
    /// The heaviest remark of the row.
    pub fn severity(&self) -> Option<Severity> {
        self.remarks.iter().map(|remark| remark.severity).max()
    }

    /// Whether the row is not imported: by choice, else when it is surely or most likely an earlier row again.
    pub fn is_left_out(&self) -> bool {
        self.choice.unwrap_or_else(|| self.same_as.as_ref().is_some_and(Sameness::leaves_out))
    }

    /// Leaves the row out, or takes it in, whatever it seems to be.
    pub const fn leave_out(&mut self, is_left_out: bool) {
        self.choice = Some(is_left_out);
    }

    /// The sender's words in a field, as they are read now.
    pub fn entry(&self, field: Field) -> Option<String> {
        let of_field = self.entries.iter().find(|(column, cell)| column.field() == field && !cell.is_blank());
        of_field.map(|(_, cell)| cell.shown().into_owned())
    }
}

/// Reads rows; remembers homes, which repeat.
pub(super) struct Reader {
    options: ReadOptions,
    homes: HashMap<String, Home>,
}

impl Reader {
    pub fn new(options: ReadOptions) -> Self {
        Self { options, homes: HashMap::new() }
    }

    /// Reads the entries of one row.
    pub fn read(&mut self, line: u32, place: u32, raw: Vec<String>, entries: BTreeMap<Column, Cell>) -> Row {
        let mut making = Making {
            entries: &entries,
            place,
            options: self.options,
            facts: Facts::new(),
            remarks: Remarks::default(),
            key: Key::default(),
        };
        making.name();
        making.sex();
        making.birth();
        making.nik();
        making.documents();
        making.phone();
        let homes = self.home(&mut making);
        making.nationality();
        making.rest();
        let Making { facts, remarks: Remarks(remarks), key, .. } = making;
        let given = entries.get(&Column::Number).and_then(|cell| cell.shown().trim_end_matches('.').parse().ok());
        Row { line, place, given, raw, facts, remarks, homes, same_as: None, choice: None, entries, key }
    }

    /// Reads the row again after one of its entries was set.
    pub fn read_again(&mut self, row: &Row, column: Column, text: &str) -> Row {
        let mut entries = row.entries.clone();
        entries.insert(column, Cell::of_text(text));
        let again = self.read(row.line, row.place, row.raw.clone(), entries);
        Row { choice: row.choice, ..again }
    }

    /// The home area from district, regency and province together; candidates where it is not certain.
    fn home(&mut self, making: &mut Making<'_>) -> Vec<RegionCode> {
        let parts = [Column::District, Column::Home, Column::Province];
        let parts: Vec<String> = parts.into_iter().filter_map(|column| making.shown(column)).collect();
        if parts.is_empty() {
            making.note(Field::Home, "manifest-home-missing");
            return Vec::new();
        }
        let text = parts.join(", ");
        making.text(Field::HomeText, &text);
        match self.homes.entry(text).or_insert_with_key(|text| read_home(text)) {
            Home::Found(code) => {
                making.set(Field::Home, Value::Code(code.to_string()));
                Vec::new()
            }
            Home::Unclear(candidates) => {
                let names: Vec<String> = candidates.iter().filter_map(|code| code.full_name()).collect();
                let key = if names.is_empty() { "manifest-home-unknown" } else { "manifest-home-unclear" };
                making.say(Severity::Warning, Field::Home, key, vec![("candidates", names.join(" · "))]);
                candidates.clone()
            }
        }
    }
}
