//! A file as a table: what kind of file it was, and its lines of cells. Never put meaning of columns here.

use chrono::NaiveDate;
use std::borrow::Cow;

/// Most bytes of a manifest; a list of 5,000 people takes about one tenth of it.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Most lines below the header.
pub const MAX_ROWS: usize = 5_000;
/// Most columns of a line.
pub const MAX_COLUMNS: usize = 60;
/// Most characters of one cell.
pub const MAX_CELL_CHARS: usize = 1_000;
/// Lines that may stand above the header: titles, a letterhead, a date.
pub const MAX_TITLE_LINES: usize = 30;
/// Every line that is looked at, the ones above the header included.
pub(super) const MAX_LINES: usize = MAX_ROWS + MAX_TITLE_LINES + 1;

/// What kind of file the bytes were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines with a separator between cells: `;`, `,` or a tab (a paste from a spreadsheet is one).
    Delimited { separator: char, encoding: &'static str },
    /// A sheet of a workbook, by its name (at most 31 characters), and how many further sheets were not read.
    Workbook { sheet: String, unread_sheets: usize },
}

/// One cell as the file holds it.
#[derive(Clone, PartialEq, Default)]
pub enum Cell {
    #[default]
    Empty,
    /// Text as it stands there.
    Text(String),
    /// A number cell of a workbook: leading zeros and digits after the 15th may be gone.
    Number(f64),
    /// A date cell of a workbook.
    Day(NaiveDate),
}

/// Shows the kind, never the content.
impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text(…)",
            Self::Number(_) => "Number(…)",
            Self::Day(_) => "Day(…)",
        })
    }
}

impl Cell {
    /// The cell that a text is: nothing when there are only blanks, dashes or the words for *none*.
    pub(super) fn of_text(text: &str) -> Self {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{feff}');
        if trimmed.is_empty() { Self::Empty } else { Self::Text(trimmed.to_owned()) }
    }

    /// Whether the sender left it out: empty, or one of the signs that stand for *none*.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => {
                matches!(
                    text.to_ascii_lowercase().as_str(),
                    "-" | "--" | "---" | "–" | "—" | "n/a" | "na" | "nihil" | "."
                )
            }
            Self::Number(_) | Self::Day(_) => false,
        }
    }

    /// What a person would see in the cell: numbers in full digits, days as `2006-10-19`.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            // Seventeen digits are below 2^63, and what is above is no number of a person.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e17 => Cow::Owned(format!("{number:.0}")),
            Self::Number(number) => Cow::Owned(format!("{number}")),
            Self::Day(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// One line of the file: its number there (from 1) and its cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub number: u32,
    pub cells: Vec<Cell>,
}

impl Line {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| *cell == Cell::Empty)
    }
}

/// The lines of one file or sheet, empty ones left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    pub format: Format,
    pub lines: Vec<Line>,
}
