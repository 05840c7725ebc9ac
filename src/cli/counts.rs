//! `pulang counts`: how many people stand where, as tables, CSV or JSON. What is counted and which figures are hidden is the desk's.

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use super::open::Opened;
use crate::app::counts::blocks::{BESIDE, Block, FEW, blocks, by_event, day_lines, figure, lines};
use crate::desk::exporting::sheet::{Format, Row, Sheet};
use crate::desk::{Day, Rekap, Seat};
use crate::domain::counts::{Cell, Sight};
use serde_json::{Value as Json, json};

/// Cells of a line of the tables.
const WIDTH: usize = 80;

/// In which form.
#[derive(clap::Args)]
pub struct CountsArgs {
    #[arg(long, default_value = "text", value_parser = ["text", "csv", "json"])]
    pub format: String,
}

/// Runs the command.
///
/// # Errors
/// When the desk cannot be opened, or the caller reads no counts.
pub fn run(call: &mut Call<'_, '_>, wanted: &CountsArgs) -> Result<Exit, Stop> {
    let Opened { seat, .. } = call.open()?;
    let texts = call.texts;
    let (rekap, day) = (seat.rekap()?, seat.day()?);
    let mut all = blocks(&rekap, &texts);
    if wanted.format == "csv" && !call.args.place.json {
        all.push(by_event(&day, &texts));
        csv(call, &seat, &rekap, &all)?;
        return Ok(Exit::DONE);
    }
    if wanted.format == "json" || call.args.place.json {
        all.push(by_event(&day, &texts));
        call.console.line(format_args!("{}", told(&seat, &rekap, &day, &all)))?;
        return Ok(Exit::DONE);
    }
    let mut text = lines(&rekap, &all, WIDTH, seat.zone(), &texts);
    text.extend(day_lines(&day, WIDTH, &texts));
    text.iter().try_for_each(|line| say!(call, "{}", line.text))?;
    Ok(Exit::DONE)
}

/// One row for each figure, so that a spreadsheet can turn it as it likes.
fn csv(call: &mut Call<'_, '_>, seat: &Seat, rekap: &Rekap, all: &[Block]) -> Result<(), Stop> {
    let texts = call.texts;
    let codes = ["table", "row", "column", "people", "says", "at"];
    let heads = codes.map(|code| texts.get(&format!("counts-column-{code}")).into_owned());
    let at = format!("{} {}", seat.zone().local(rekap.at).format("%Y-%m-%d %H:%M"), seat.zone().code());
    let unheard = |error: std::io::Error| Stop::Unheard(error.kind());
    let codes = codes.map(str::to_owned).to_vec();
    let mut sheet = Sheet::begin(Format::Csv, codes, &heads, &mut *call.console.out).map_err(unheard)?;
    let mut add = |table: &str, row: &str, column: &str, cell: Option<Cell>, says: &str| {
        // What nobody said is an empty cell: a dash would begin like a formula.
        let people = cell.map(|cell| figure(Some(cell))).unwrap_or_default();
        let words = [table, row, column, &people, says, &at].map(str::to_owned).to_vec();
        sheet.add(&Row { values: Vec::new(), words })
    };
    let counts = &rekap.counts;
    let beside = [("living", counts.total), ("remains", counts.remains), ("apart", counts.apart)];
    for (code, cell) in beside {
        let says = texts.get(if counts.sight == Sight::Exact { "counts-exact" } else { "counts-masked" });
        let word = |part: &str| texts.get(&format!("counts-{part}")).into_owned();
        add(&word("whole"), &word(code), "", Some(cell), &says).map_err(unheard)?;
    }
    for block in all {
        for row in &block.rows {
            for ((_, column), cell) in block.columns.iter().zip(&row.cells) {
                add(&block.head, &row.name, column, *cell, &block.says).map_err(unheard)?;
            }
        }
    }
    sheet.end().map_err(unheard)
}

/// A figure for programs: a number, `"<5"`, `".."`, or null where nobody said it.
fn value(cell: Option<Cell>) -> Json {
    match cell {
        Some(Cell::Known(value)) => json!(value),
        Some(Cell::Few) => json!(FEW),
        Some(Cell::Beside) => json!(BESIDE),
        None => Json::Null,
    }
}

fn told(seat: &Seat, rekap: &Rekap, day: &Day, all: &[Block]) -> Json {
    let counts = &rekap.counts;
    let row = |row: &crate::app::counts::blocks::Row| {
        let cells: Vec<Json> = row.cells.iter().map(|cell| value(*cell)).collect();
        json!({"code": row.code, "name": row.name, "cells": cells})
    };
    let table = |block: &Block| {
        let columns: Vec<&String> = block.columns.iter().map(|(code, _)| code).collect();
        let rows: Vec<Json> = block.rows.iter().map(row).collect();
        json!({"code": block.code, "says": block.says, "columns": columns, "rows": rows})
    };
    json!({
        "at": rekap.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "zone": seat.zone().code(),
        "day": day.on.to_string(),
        "is_day_cut": day.is_cut,
        "sight": if counts.sight == Sight::Exact { "exact" } else { "masked" },
        "living": value(Some(counts.total)),
        "remains": value(Some(counts.remains)),
        "apart": value(Some(counts.apart)),
        "tables": all.iter().map(table).collect::<Vec<_>>(),
    })
}
