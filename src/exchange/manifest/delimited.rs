//! Text files: finds the encoding, splits lines and cells. The caller says which separators to try, and picks.

use super::table::{Cell, Format, Line, MAX_CELL_CHARS, MAX_COLUMNS, MAX_LINES, Table};
use crate::domain::refusal::Refusal;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The separators of cells that senders use, in the order in which equals are decided.
pub(super) const SEPARATORS: [char; 3] = [';', '\t', ','];

/// The text of the bytes and the name of its encoding; line ends are single line feeds.
///
/// # Errors
/// Refuses what is not text at all.
pub(super) fn decoded(bytes: &[u8]) -> Result<(String, &'static str), Refusal> {
    let (text, encoding): (Cow<'_, str>, _) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (String::from_utf8_lossy(rest), "UTF-8"),
        [0xFF, 0xFE, rest @ ..] => (UTF_16LE.decode_without_bom_handling(rest).0, "UTF-16"),
        [0xFE, 0xFF, rest @ ..] => (UTF_16BE.decode_without_bom_handling(rest).0, "UTF-16"),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), "UTF-8"),
            Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, "Windows-1252"),
        },
    };
    let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}');
    if text.chars().take(64 * 1024).any(|c| c == '\0') || text.chars().filter(control).count() > text.len() / 100 {
        return Err(Refusal::new("manifest-not-a-table"));
    }
    // A paste through a terminal ends its lines with bare carriage returns.
    Ok((text.replace("\r\n", "\n").replace('\r', "\n"), encoding))
}

/// Splits the text into lines of cells; empty lines are left out but counted.
///
/// # Errors
/// Refuses a file beyond the bounds, naming the line.
pub(super) fn split(text: &str, separator: char, encoding: &'static str) -> Result<Table, Refusal> {
    // Excel's own first line, which names the separator.
    let (skipped, text) = match text.split_once('\n') {
        Some((first, rest)) if first.to_ascii_lowercase().starts_with("sep=") => (1, rest),
        _ => (0, text),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Refusal::new("manifest-not-a-table"))? {
        let number = skipped + record.position().map_or(0, |at| line_at(text, at));
        let line = Line { number, cells: cells(&record, number)? };
        if line.is_empty() {
            continue;
        }
        if lines.len() == MAX_LINES {
            return Err(too_many_rows());
        }
        lines.push(line);
    }
    Ok(Table { format: Format::Delimited { separator, encoding }, lines })
}

/// The line on which a record stands: the reader's position lies before the empty lines that it skipped.
fn line_at(text: &str, at: &csv::Position) -> u32 {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| **byte == b'\n').count();
    u32::try_from(at.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(skipped).unwrap_or(0))
}

fn cells(record: &csv::StringRecord, line: u32) -> Result<Vec<Cell>, Refusal> {
    let mut cells: Vec<Cell> = Vec::with_capacity(record.len().min(MAX_COLUMNS));
    for (column, text) in record.iter().enumerate() {
        let cell = Cell::of_text(text);
        if column >= MAX_COLUMNS {
            if cell != Cell::Empty {
                return Err(too_many_columns(line));
            }
            continue;
        }
        // One stray quote swallows the people below it into a single cell: refuse, rather than lose them.
        if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS {
            return Err(cell_too_long(line, column));
        }
        cells.push(cell);
    }
    Ok(cells)
}

pub(super) fn too_many_rows() -> Refusal {
    Refusal::new("manifest-too-many-rows").with("most", super::table::MAX_ROWS.to_string())
}

pub(super) fn too_many_columns(line: u32) -> Refusal {
    Refusal::new("manifest-too-many-columns").with("line", line.to_string()).with("most", MAX_COLUMNS.to_string())
}

pub(super) fn cell_too_long(line: u32, column: usize) -> Refusal {
    Refusal::new("manifest-cell-too-long")
        .with("line", line.to_string())
        .with("column", (column + 1).to_string())
        .with("most", MAX_CELL_CHARS.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], separator: char) -> Vec<(u32, Vec<String>)> {
        let (text, encoding) = decoded(bytes).unwrap();
        let table = split(&text, separator, encoding).unwrap();
        let shown = |line: &Line| line.cells.iter().map(|cell| cell.shown().into_owned()).collect();
        table.lines.iter().map(|line| (line.number, shown(line))).collect()
    }

    #[test]
    fn line_ends_of_every_kind_give_the_same_numbered_lines() {
        let expected = vec![(1, vec!["a".to_owned(), "b".to_owned()]), (3, vec!["c".to_owned(), "d".to_owned()])];
        for text in ["a;b\n\nc;d\n", "a;b\r\n\r\nc;d", "a;b\r\rc;d\r", "\u{feff}a;b\n;;\nc;d\n"] {
            assert_eq!(rows(text.as_bytes(), ';'), expected, "{text:?}");
        }
    }

    #[test]
    fn quoted_cells_hold_separators_and_quotes() {
        let rows = rows(b"\"Nur; Ayu\";\"say \"\"ya\"\"\"\n", ';');
        assert_eq!(rows[0].1, ["Nur; Ayu", "say \"ya\""]);
    }

    #[test]
    fn windows_1252_and_utf_16_are_read() {
        assert_eq!(rows(b"Jos\xE9\x92s;b\n", ';')[0].1, ["José’s", "b"]);
        let wide: Vec<u8> = "\u{feff}José\tb\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&wide, '\t')[0].1, ["José", "b"]);
    }

    #[test]
    fn the_line_that_names_the_separator_is_skipped_and_counted() {
        assert_eq!(rows(b"sep=;\na;b\n", ';'), vec![(2, vec!["a".into(), "b".into()])]);
    }

    #[test]
    fn what_is_beyond_the_bounds_is_refused_by_name() {
        let long = "x".repeat(MAX_CELL_CHARS + 1);
        let wide = vec!["a"; MAX_COLUMNS + 1].join(";");
        let tall = "a\n".repeat(MAX_LINES + 1);
        for (text, key) in [
            (long.as_str(), "manifest-cell-too-long"),
            (&wide, "manifest-too-many-columns"),
            (&tall, "manifest-too-many-rows"),
        ] {
            assert_eq!(split(text, ';', "UTF-8").unwrap_err().key, key);
        }
        assert_eq!(decoded(b"PK\x03\x04\0\0\0").unwrap_err().key, "manifest-not-a-table");
        let unclosed = format!("a;\"b\n{}", "c;d\n".repeat(400));
        assert_eq!(split(&unclosed, ';', "UTF-8").unwrap_err().key, "manifest-cell-too-long");
    }

    #[test]
    fn trailing_empty_columns_beyond_the_bound_are_no_reason_to_refuse() {
        assert_eq!(rows(format!("a;b{}\n", ";".repeat(200)).as_bytes(), ';')[0].1[..2], ["a", "b"]);
    }
}
