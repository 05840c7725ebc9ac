//! `pulang export`: the cases of a query as a file on standard output. Who may, of whom and which fields is the desk's; which
//! columns are asked for, and in which words, is said here.

use super::Exit;
use super::answer::Stop;
use super::console::Call;
use super::open::Opened;
use super::showing::{in_words, value_json};
use crate::desk::Seat;
use crate::desk::exporting::sheet::{Format, MOST_XLSX_CELLS, Row, Sheet};
use crate::domain::field::{Field, Part};
use crate::domain::record::{Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::text::Texts;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Columns that are asked for at most.
const MOST_COLUMNS: usize = 200;
/// The columns of an export that asks for none.
const USUAL: &str = "dasar";
/// Named sets of columns.
const SETS: &str = include_str!("../../assets/columns.toml");

/// What goes out, in which form and why.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// Such as `status:tiba`; everything that may go out otherwise.
    pub query: Vec<String>,
    #[arg(long, default_value = "csv", value_parser = ["csv", "xlsx", "jsonl"])]
    pub format: String,
    /// Codes of fields, or the name of a set of columns, with commas between.
    #[arg(long, value_name = "CODES", default_value = USUAL)]
    pub columns: String,
    /// Why; it stands in the trail for good and names nobody.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Runs the command.
pub fn run(call: &mut Call<'_, '_>, wanted: &ExportArgs) -> Result<Exit, Stop> {
    let fields = columns(&wanted.columns, &call.texts)?;
    let format = Format::from_code(&wanted.format).unwrap_or(Format::Csv);
    if format == Format::Xlsx && call.console.is_out_terminal {
        return Err(Stop::Said(call.texts.get("cli-not-to-terminal").into_owned()));
    }
    let Opened { seat, .. } = call.open()?;
    seat.may_export()?;
    let query = seat.read_query(&wanted.query.join(" "))?;
    let interrupt = call.interrupt();
    let mut export = seat.export(&query, &fields, &wanted.reason)?;
    if format == Format::Xlsx && export.len().saturating_mul(fields.len()) > MOST_XLSX_CELLS {
        let most = (MOST_XLSX_CELLS / fields.len().max(1)).to_string();
        return Err(Refusal::new("refused-xlsx-many").with("most", most).into());
    }
    let texts = call.texts;
    let heads: Vec<String> = fields.iter().map(|field| texts.get(&field.label_key()).into_owned()).collect();
    let codes = fields.iter().map(|field| field.code().to_owned()).collect();
    let unheard = |error: std::io::Error| Stop::Unheard(error.kind());
    let mut sheet = Sheet::begin(format, codes, &heads, &mut *call.console.out).map_err(unheard)?;
    let mut count: usize = 0;
    while let Some(record) = export.next() {
        interrupt.check()?;
        sheet.add(&row(&record, &fields, &seat, &texts)).map_err(unheard)?;
        count += 1;
    }
    sheet.end().map_err(unheard)?;
    let words = [("count", count.to_string()), ("left", export.left_out.to_string())];
    // The answer is the file; how much of it there is goes beside it.
    let _ = writeln!(call.console.err, "{}", texts.with("export-done", &words));
    Ok(Exit::DONE)
}

/// The columns that are asked for: codes of fields and names of sets, each field once.
fn columns(asked: &str, texts: &Texts) -> Result<Vec<Field>, Stop> {
    let sets: BTreeMap<String, Vec<String>> = toml::from_str(SETS).unwrap_or_default();
    let mut fields = Vec::new();
    for word in asked.split([',', ' ']).filter(|word| !word.is_empty()) {
        let own = [word.to_owned()];
        for code in sets.get(word).map_or(own.as_slice(), Vec::as_slice) {
            let field = Field::from_code(code).ok_or_else(|| unknown(code, &sets, texts))?;
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    if fields.is_empty() || fields.len() > MOST_COLUMNS {
        return Err(unknown("", &sets, texts));
    }
    Ok(fields)
}

fn unknown(code: &str, sets: &BTreeMap<String, Vec<String>>, texts: &Texts) -> Stop {
    let known = Field::all().map(|field| field.code()).chain(sets.keys().map(|name| &**name));
    let near = known.map(|it| (strsim::normalized_damerau_levenshtein(it, code), it)).filter(|(score, _)| *score > 0.5);
    let near = near.max_by(|one, other| one.0.total_cmp(&other.0)).map_or("none", |(_, near)| near);
    let words = [("code", code), ("nearest", near), ("sets", &sets.keys().cloned().collect::<Vec<_>>().join(", "))];
    Stop::Said(texts.with("export-no-column", &words))
}

/// One case in its columns; what stands more than once, such as phones, is together in one cell.
fn row(record: &Record, fields: &[Field], seat: &Seat, texts: &Texts) -> Row {
    let of = |field: &Field| -> Vec<(&Slot, &Value)> {
        record.facts.iter().filter(|(slot, _)| slot.field == *field).collect()
    };
    let words = |field: &Field| {
        let all = of(field).into_iter().map(|(slot, value)| in_words(seat, *slot, value, texts));
        all.collect::<Vec<_>>().join("; ")
    };
    let value = |field: &Field| {
        let mut all: Vec<Json> = of(field).into_iter().map(|(slot, value)| value_json(*slot, value)).collect();
        match (field.part(), all.len()) {
            (Part::Own, 1) => all.remove(0),
            (_, 0) => Json::Null,
            _ => Json::Array(all),
        }
    };
    Row { words: fields.iter().map(words).collect(), values: fields.iter().map(value).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_set_of_columns_names_fields_that_are_there() {
        let texts = Texts::new(Language::Id);
        for set in ["dasar", "sisko"] {
            assert!(columns(set, &texts).unwrap().len() > 10, "{set}");
        }
        assert_eq!(columns("name, nik,name", &texts).unwrap(), [Field::Name, Field::Nik]);
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_what_was_meant() {
        let texts = Texts::new(Language::Id);
        let Err(Stop::Said(told)) = columns("nmae", &texts) else { panic!("taken") };
        assert!(told.contains("nmae") && told.contains("name"), "{told}");
        assert!(columns("", &texts).is_err());
    }
}
