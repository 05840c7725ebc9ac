//! Workbooks (XLSX): bounds what the archive may unfold to, then reads the sheets cell by cell.
//!
//! Older formats (`.xls`) and files under a password are refused with what to do; formulas count as their last results.

use super::delimited::{cell_too_long, too_many_columns, too_many_rows};
use super::table::{Cell, Format, Line, MAX_CELL_CHARS, MAX_COLUMNS, MAX_LINES, Table};
use crate::domain::refusal::Refusal;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use chrono::NaiveDate;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most bytes that the parts of a workbook may unfold to, together: a real one of 5,000 rows takes about 6 MiB.
const MAX_UNFOLDED_BYTES: u64 = 48 * 1024 * 1024;
const MAX_ENTRIES: usize = 500;
/// Most shared strings a workbook may claim: every cell of the largest table has its own.
const MAX_SHARED_STRINGS: u64 = 1_000_000;
const MAX_SHEETS: usize = 20;

/// Whether the bytes begin as an archive, which a workbook is.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether the bytes begin as the container of the old Excel format, and of files under a password.
pub(super) fn is_old_or_locked(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// Every visible sheet of the workbook that holds anything, in its order, at most 20.
///
/// # Errors
/// Refuses what is no workbook, is damaged, or is beyond the bounds.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    bound_unfolded(bytes)?;
    // The reader is not ours: a panic in it on a hostile file is the file's fault, and costs one refusal.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes))).unwrap_or_else(|_| Err(damaged()))
}

/// Unfolds every entry once and counts: the sizes that an archive declares about itself may lie.
fn bound_unfolded(bytes: &[u8]) -> Result<(), Refusal> {
    let too_large = || Refusal::new("manifest-unfolds-too-large");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MAX_ENTRIES {
        return Err(too_large());
    }
    let mut left = MAX_UNFOLDED_BYTES;
    let mut unfolded = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| damaged())?;
        let is_strings = entry.name().to_ascii_lowercase().contains("sharedstrings");
        unfolded.clear();
        let count = entry.take(left + 1).read_to_end(&mut unfolded).map_err(|_| damaged())?;
        left = left.checked_sub(count as u64).ok_or_else(too_large)?;
        if is_strings && claims_too_many_strings(&unfolded) {
            return Err(too_large());
        }
    }
    Ok(())
}

/// calamine reserves memory for as many strings as the file claims, and a reservation that fails ends the process.
fn claims_too_many_strings(xml: &[u8]) -> bool {
    const CLAIM: &[u8] = b"uniqueCount";
    memchr::memmem::find_iter(xml, CLAIM).any(|at| {
        let digits = xml[at + CLAIM.len()..].iter().skip_while(|byte| !byte.is_ascii_digit()).take(20);
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |number, digit| number.saturating_mul(10) + u64::from(digit - b'0')) > MAX_SHARED_STRINGS
    })
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Table>, Refusal> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let is_read =
        |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_read).map(|sheet| sheet.name.clone()).collect();
    let mut tables = Vec::new();
    for name in names.iter().take(MAX_SHEETS) {
        let lines = read_lines(&mut workbook, name)?;
        if !lines.is_empty() {
            let shown = name.chars().take(31).collect();
            tables.push(Table { format: Format::Workbook { sheet: shown, unread_sheets: names.len() - 1 }, lines });
        }
    }
    Ok(tables)
}

/// Cells arrive in the order of the file and may claim any place up to row 1,048,576: only lines that hold something are kept.
fn read_lines(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Line>, Refusal> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| damaged())?;
    let mut lines: Vec<Line> = Vec::new();
    while let Some(found) = cells.next_cell().map_err(|_| damaged())? {
        let (row, column) = found.get_position();
        let (number, column) = (row.saturating_add(1), column as usize);
        let cell = cell(found.get_value());
        if cell == Cell::Empty {
            continue;
        }
        if column >= MAX_COLUMNS {
            return Err(too_many_columns(number));
        }
        if matches!(&cell, Cell::Text(text) if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS) {
            return Err(cell_too_long(number, column));
        }
        if lines.last().is_none_or(|line| line.number != number) {
            if lines.len() == MAX_LINES {
                return Err(too_many_rows());
            }
            if lines.last().is_some_and(|line| line.number > number) {
                return Err(damaged());
            }
            lines.push(Line { number, cells: Vec::new() });
        }
        if let Some(line) = lines.last_mut() {
            if line.cells.len() <= column {
                line.cells.resize(column + 1, Cell::Empty);
            }
            line.cells[column] = cell;
        }
    }
    Ok(lines)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::String(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)) {
                Some(day) => Cell::Day(day),
                None => Cell::Number(moment.as_f64()),
            }
        }
        DataRef::DateTime(moment) => Cell::Number(moment.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::of_text(text),
        DataRef::Bool(is_true) => Cell::of_text(if *is_true { "ya" } else { "tidak" }),
        DataRef::Float(_) | DataRef::Error(_) | DataRef::Empty => Cell::Empty,
    }
}

fn damaged() -> Refusal {
    Refusal::new("manifest-workbook-damaged")
}
