//! Manifest import: the bytes of a list of people in, typed rows with remarks out. The caller finds the bytes (a path, a
//! pipe, a drop folder, a paste) and makes the cases; here nothing is stored and no file is opened.
//!
//! XLSX, and text with `;`, `,` or tabs in the encodings that Excel writes; headers in Indonesian and English, below any
//! title lines. Bounded in bytes, rows, columns and characters; what cannot be a manifest is refused, never a panic.

mod column;
mod date;
mod delimited;
mod likeness;
mod making;
mod remark;
mod row;
mod table;
mod words;
mod workbook;

pub use column::{Column, Header};
pub use likeness::{Certainty, Sameness};
pub use remark::{RowRemark, Severity};
pub use row::Row;
pub use table::{Cell, Format, MAX_BYTES, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_TITLE_LINES};

use crate::domain::field::Field;
use crate::domain::refusal::Refusal;
use crate::identity::fold::fold;
use chrono::NaiveDate;
use row::Reader;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use table::{Line, Table};

/// By what days a manifest is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The day on which the movement lands: documents are judged on it.
    pub lands: NaiveDate,
    /// Today: births lie before it.
    pub today: NaiveDate,
}

/// A line of the file that is no person, and why it was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    pub line: u32,
    /// `manifest-line-total`, `manifest-line-header-again` or `manifest-line-not-a-person`.
    pub key: &'static str,
}

/// A manifest as it was read: people in the order of the file.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub format: Format,
    /// Line of the header, from 1.
    pub header_line: u32,
    pub headers: Vec<Header>,
    pub rows: Vec<Row>,
    pub passed_over: Vec<PassedOver>,
    /// SHA-256 of what the people were read as: the same list gives the same, in whatever format it comes.
    pub fingerprint: [u8; 32],
    options: ReadOptions,
}

/// How many rows there are, and of which weight their heaviest remark is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub rows: usize,
    /// Rows that will be imported.
    pub people: usize,
    pub left_out: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub clean: usize,
}

/// Reads a manifest.
///
/// # Errors
/// Refuses bytes that are no table of people or lie beyond the bounds, saying which and where.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Sheet, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new("manifest-too-large").with("most", (MAX_BYTES / 1024 / 1024).to_string()));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new("manifest-empty"));
    }
    let (table, place, headers) = best_table(bytes)?;
    Sheet::of(table, place, headers, *options)
}

/// The table, of all ways to read the bytes, whose header is understood best.
fn best_table(bytes: &[u8]) -> Result<(Table, usize, Vec<Header>), Refusal> {
    let tables = if workbook::is_workbook(bytes) {
        workbook::sheets(bytes)?.into_iter().map(Ok).collect()
    } else if workbook::is_old_or_locked(bytes) {
        return Err(Refusal::new("manifest-old-workbook"));
    } else {
        let (text, encoding) = delimited::decoded(bytes)?;
        delimited::SEPARATORS
            .map(|separator| delimited::split(&text, separator, encoding))
            .into_iter()
            .collect::<Vec<_>>()
    };
    let mut best: Option<(Table, usize, Vec<Header>)> = None;
    let mut refusal = None;
    for table in tables {
        match table {
            Ok(table) => {
                let Some((place, headers)) = column::find(&table.lines) else { continue };
                let best_count = best.as_ref().map_or(0, |(_, _, headers)| column::understood(headers));
                if column::understood(&headers) > best_count {
                    best = Some((table, place, headers));
                }
            }
            Err(why) => refusal = refusal.or(Some(why)),
        }
    }
    best.ok_or_else(|| refusal.unwrap_or_else(|| Refusal::new("manifest-no-header")))
}

impl Sheet {
    fn of(table: Table, place: usize, headers: Vec<Header>, options: ReadOptions) -> Result<Self, Refusal> {
        let header_line = table.lines[place].number;
        let mut sheet = Self {
            format: table.format,
            header_line,
            headers,
            rows: Vec::new(),
            passed_over: Vec::new(),
            fingerprint: [0; 32],
            options,
        };
        let mut reader = Reader::new(options);
        for line in table.lines.into_iter().skip(place + 1) {
            let entries = sheet.entries(&line);
            match passed_over(&line, &entries) {
                Some(key) => sheet.passed_over.push(PassedOver { line: line.number, key }),
                None => {
                    if sheet.rows.len() == MAX_ROWS {
                        return Err(delimited::too_many_rows());
                    }
                    let raw = line.cells.iter().map(|cell| cell.shown().into_owned()).collect();
                    let ordinal = sheet.rows.len() as u32 + 1;
                    sheet.rows.push(reader.read(line.number, ordinal, raw, entries));
                }
            }
        }
        if sheet.rows.is_empty() {
            return Err(Refusal::new("manifest-no-people"));
        }
        sheet.compare();
        sheet.fingerprint = fingerprint(&sheet.rows);
        Ok(sheet)
    }

    fn entries(&self, line: &Line) -> BTreeMap<Column, Cell> {
        let named =
            self.headers.iter().zip(&line.cells).filter_map(|(header, cell)| Some((header.means?, cell.clone())));
        named.filter(|(_, cell)| !cell.is_blank()).collect()
    }

    /// Corrects one cell of a row: reads the row again with `text` in the place of what the sender wrote, and compares
    /// all rows anew. The fingerprint stays that of the file. Nothing happens for a row or a field that no manifest has.
    pub fn set(&mut self, row: usize, field: Field, text: &str) {
        let Some(old) = self.rows.get(row) else { return };
        let of_field = |column: &Column| column.field() == field;
        let written = old.entries.keys().copied().find(of_field);
        let headed = || self.headers.iter().filter_map(|header| header.means).find(of_field);
        let Some(column) = written.or_else(headed).or_else(|| Column::ALL.into_iter().find(of_field)) else { return };
        let bounded: String = text.chars().take(MAX_CELL_CHARS).collect();
        self.rows[row] = Reader::new(self.options).read_again(old, column, &bounded);
        self.compare();
    }

    fn compare(&mut self) {
        let found = likeness::likenesses(&self.rows);
        for (row, same_as) in self.rows.iter_mut().zip(found) {
            row.same_as = same_as;
        }
    }

    /// The rows that will be imported.
    pub fn people(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.is_left_out())
    }

    /// Counts rows by what is said about them.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { rows: self.rows.len(), people: self.people().count(), ..Counts::default() };
        counts.left_out = counts.rows - counts.people;
        for row in &self.rows {
            match row.severity() {
                Some(Severity::Error) => counts.errors += 1,
                Some(Severity::Warning) => counts.warnings += 1,
                Some(Severity::Note) => counts.notes += 1,
                None => counts.clean += 1,
            }
        }
        counts
    }
}

/// Why a line below the header is no person; `None` for people.
fn passed_over(line: &Line, entries: &BTreeMap<Column, Cell>) -> Option<&'static str> {
    let has = |column| entries.contains_key(&column);
    let numbered = [Column::Nik, Column::DocNo, Column::PassportNo, Column::SplpNo, Column::Birth, Column::Phone];
    let is_numbered = numbered.into_iter().any(has);
    let is_total = |cell: &Cell| {
        let Cell::Text(text) = cell else { return false };
        let folded = fold(text);
        ["jumlah", "total", "grand total", "subtotal", "sub total"]
            .iter()
            .any(|word| folded == *word || folded.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
    };
    let first = line.cells.iter().find(|cell| **cell != Cell::Empty);
    if !is_numbered && (first.is_some_and(is_total) || entries.get(&Column::Name).is_some_and(is_total)) {
        return Some("manifest-line-total");
    }
    if column::understood(&column::headers(line)) >= 3 {
        return Some("manifest-line-header-again");
    }
    (!has(Column::Name) && !is_numbered).then_some("manifest-line-not-a-person")
}

/// What the people are, without how the file wrote it.
fn fingerprint(rows: &[Row]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for row in rows {
        for (slot, value) in &row.facts {
            let is_as_written = [(Field::BirthRaw, Field::Birth), (Field::NikRaw, Field::Nik)]
                .into_iter()
                .any(|(raw, read)| slot.field == raw && row.facts.contains_key(&read.into()));
            if is_as_written {
                continue;
            }
            hash.update(slot.field.code());
            hash.update([0x1f]);
            hash.update(serde_json::to_string(value).unwrap_or_default());
            hash.update([0x1e]);
        }
        hash.update([0x1d]);
    }
    hash.finalize().into()
}
