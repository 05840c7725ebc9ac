//! Rows for elsewhere, written as CSV, XLSX or JSON lines: bytes out, nothing opened. What a cell says is decided above; that no
//! spreadsheet takes it for a formula is decided here.

use rust_xlsxwriter::{Format as Look, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value as Json};
use std::io::{Error, Write};

/// The form of a file that goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, UTF-8, a comma between columns.
    Csv,
    /// A workbook of one sheet; every cell is text.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
}

/// Cells of a workbook at most: it is made whole in memory. CSV and JSON lines are written row by row and have no such bound.
pub const MOST_XLSX_CELLS: usize = 400_000;
/// Characters that a cell of a workbook holds; the rest is cut.
const MOST_IN_CELL: usize = 32_000;

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Jsonl];

    /// The word by which it is asked for.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    /// The form that a word asks for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// One row: what each cell says to people, and what it says to programs.
pub struct Row {
    pub words: Vec<String>,
    pub values: Vec<Json>,
}

/// A file on its way out.
pub struct Sheet<'w> {
    codes: Vec<String>,
    out: Out<'w>,
}

enum Out<'w> {
    Csv(Box<csv::Writer<&'w mut dyn Write>>),
    Xlsx { to: &'w mut dyn Write, book: Box<Worksheet>, row: u32 },
    Jsonl(&'w mut dyn Write),
}

impl<'w> Sheet<'w> {
    /// Begins a file whose columns have these codes and heads.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(format: Format, codes: Vec<String>, heads: &[String], to: &'w mut dyn Write) -> Result<Self, Error> {
        let out = match format {
            Format::Csv => {
                let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
                csv.write_record(heads.iter().map(|head| safe(head)))?;
                Out::Csv(Box::new(csv))
            }
            Format::Xlsx => {
                let mut book = Worksheet::new();
                let bold = Look::new().set_bold();
                for (column, head) in (0_u16..).zip(heads) {
                    book.write_string_with_format(0, column, head, &bold).map_err(unwritten)?;
                }
                book.set_freeze_panes(1, 0).map_err(unwritten)?;
                Out::Xlsx { to, book: Box::new(book), row: 0 }
            }
            Format::Jsonl => Out::Jsonl(to),
        };
        Ok(Self { codes, out })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, row: &Row) -> Result<(), Error> {
        match &mut self.out {
            Out::Csv(csv) => Ok(csv.write_record(row.words.iter().map(|word| safe(word)))?),
            Out::Xlsx { book, row: at, .. } => {
                *at += 1;
                for (column, word) in (0_u16..).zip(&row.words).filter(|(_, word)| !word.is_empty()) {
                    let cut: String = word.chars().take(MOST_IN_CELL).collect();
                    book.write_string(*at, column, cut).map_err(unwritten)?;
                }
                Ok(())
            }
            Out::Jsonl(to) => {
                let given = self.codes.iter().cloned().zip(row.values.iter().cloned()).filter(|(_, it)| !it.is_null());
                writeln!(to, "{}", Json::Object(given.collect::<Map<_, _>>()))
            }
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(self) -> Result<(), Error> {
        match self.out {
            Out::Csv(mut csv) => csv.flush(),
            Out::Xlsx { to, book, .. } => {
                let mut workbook = Workbook::new();
                workbook.push_worksheet(*book);
                let bytes = workbook.save_to_buffer().map_err(unwritten)?;
                to.write_all(&bytes)?;
                to.flush()
            }
            Out::Jsonl(to) => to.flush(),
        }
    }
}

fn unwritten(error: XlsxError) -> Error {
    Error::other(error)
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one.
fn safe(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(format: Format, cells: &[&str]) -> Vec<u8> {
        let mut out = Vec::new();
        let codes = (0..cells.len()).map(|at| format!("c{at}")).collect();
        let heads: Vec<String> = cells.iter().map(|_| "=head".to_owned()).collect();
        let mut sheet = Sheet::begin(format, codes, &heads, &mut out).unwrap();
        let words = cells.iter().map(|cell| (*cell).to_owned()).collect();
        sheet.add(&Row { words, values: cells.iter().map(|cell| json!(cell)).collect() }).unwrap();
        sheet.end().unwrap();
        out
    }

    #[test]
    fn what_looks_like_a_formula_is_text_in_every_spreadsheet() {
        let cells = ["=1+1", "+6284", "-2", "@sum", "\tx", "\r=x", "a=b", "", "\"; \n,"];
        let told = String::from_utf8(written(Format::Csv, &cells)).unwrap();
        let mut read = csv::Reader::from_reader(told.as_bytes());
        assert!(read.headers().unwrap().iter().all(|head| head == "'=head"));
        let row = read.records().next().unwrap().unwrap();
        let row: Vec<&str> = row.iter().collect();
        assert_eq!(row, ["'=1+1", "'+6284", "'-2", "'@sum", "'\tx", "'\r=x", "a=b", "", "\"; \n,"]);
    }

    #[test]
    fn a_line_of_json_says_what_is_known() {
        assert_eq!(written(Format::Jsonl, &["a", "b"]), b"{\"c0\":\"a\",\"c1\":\"b\"}\n");
    }
}
