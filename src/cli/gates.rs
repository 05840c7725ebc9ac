//! The command that shows, checks and brings in an office's gate table.

use super::answer::{Stop, settle};
use super::console::{Call, Site, say};
use super::open::Opened;
use super::{Exit, GatesArgs};
use crate::app::notice::refusal_text;
use crate::desk::{Proposal, Seat, TableView};
use crate::domain::calendar::{read_date, show_day};
use crate::domain::field::Direction;
use crate::domain::gate::{Flaw, Rules};
use crate::domain::refusal::Refusal;
use crate::text::Texts;
use chrono::{NaiveDate, Utc};
use serde_json::{Value as Json, json};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Bytes of a file that are read at most: one more than a table may have is enough to refuse it.
const MOST_READ: u64 = 60_001;

/// Runs `pulang gates`.
pub fn run(call: &mut Call<'_, '_>, wanted: &GatesArgs) -> Result<Exit, Stop> {
    match (&wanted.check, &wanted.adopt, wanted.back) {
        (Some(file), _, _) => check(call, file),
        (None, Some(file), _) => adopt(call, Some(file), wanted.from.as_deref()),
        (None, None, true) => adopt(call, None, wanted.from.as_deref()),
        (None, None, false) => print_in_force(call),
    }
}

/// The table in force, as a file that can be edited and brought in: where it comes from stands in remarks before it.
fn print_in_force(call: &mut Call<'_, '_>) -> Result<Exit, Stop> {
    let Opened { seat, .. } = call.open()?;
    let (now, texts) = (Utc::now(), call.texts);
    let (table, coming) = (seat.table_at(now), seat.tables_after(now));
    let json = json!({
        "office": seat.office_name(), "in_force": as_json(&table, &seat), "text": table.text,
        "coming": coming.iter().map(|table| as_json(table, &seat)).collect::<Vec<_>>(),
    });
    call.report(json, |call| {
        say!(call, "# {}", in_words(&table, &seat, &texts))?;
        for table in &coming {
            say!(call, "# {}", call.texts.with("table-coming", &[("table", &in_words(table, &seat, &texts))]))?;
        }
        say!(call, "{}", table.text.trim_end())
    })?;
    Ok(Exit::DONE)
}

fn as_json(table: &TableView, seat: &Seat) -> Json {
    let from = table.from.map(|from| seat.zone().day(from));
    let source = if table.is_built_in { "built-in" } else { "office" };
    json!({"version": table.version, "from": from, "source": source, "by": table.by})
}

fn in_words(table: &TableView, seat: &Seat, texts: &Texts) -> String {
    let from = table.from.map(|from| show_day(seat.zone().day(from)));
    let key = match (table.is_built_in, &from) {
        (true, None) => "table-is-built-in",
        (true, Some(_)) => "table-is-built-in-again",
        (false, _) => "table-is-own",
    };
    let args = [
        ("version", table.version.clone()),
        ("from", from.unwrap_or_default()),
        ("by", table.by.clone()),
        ("office", seat.office_name()),
    ];
    texts.with(key, &args)
}

/// Says everything that is wrong with a file. No desk is opened for it.
fn check(call: &mut Call<'_, '_>, file: &Path) -> Result<Exit, Stop> {
    let text = read(call, file)?;
    Ok(match Rules::parse(&text) {
        Ok(rules) => {
            call.report(json!({"version": rules.version, "flaws": []}), |call| {
                say!(call, "{}", call.texts.with("table-is-whole", &[("version", &rules.version)]))
            })?;
            Exit::DONE
        }
        Err(flaws) => refuse(call, &flaws)?,
    })
}

/// Every mistake on standard error, or as JSON.
fn refuse(call: &mut Call<'_, '_>, flaws: &[Flaw]) -> Result<Exit, Stop> {
    let words: Vec<String> = flaws.iter().map(|flaw| refusal_text(&flaw.refusal(), &call.texts)).collect();
    let as_json = |(flaw, words): (&Flaw, &String)| json!({"line": flaw.line, "column": flaw.column, "key": flaw.key, "why": words});
    let all: Vec<Json> = flaws.iter().zip(&words).map(as_json).collect();
    if call.args.place.json {
        say!(call, "{}", json!({"flaws": all}))?;
    } else {
        for words in &words {
            let _ = writeln!(call.console.err, "pulang: {words}");
        }
    }
    Ok(Exit::REFUSED)
}

/// Brings a table in from a day; without a file, goes back to the built-in one.
fn adopt(call: &mut Call<'_, '_>, file: Option<&Path>, from: Option<&str>) -> Result<Exit, Stop> {
    let text = file.map(|file| read(call, file)).transpose()?;
    let rules = match text.as_deref().map(Rules::parse).transpose() {
        Ok(rules) => rules,
        Err(flaws) => return refuse(call, &flaws),
    };
    let Opened { seat, .. } = call.open()?;
    let today = seat.zone().day(Utc::now());
    let from = match from {
        Some(from) => read_date(from, today, Direction::Future)?.on.ok_or(Refusal::new("date-unreadable"))?,
        None => first_day(rules.as_ref(), today),
    };
    let proposal = Proposal { id: seat.new_id(), asks: vec![seat.table_ask(text.as_deref(), from)?], undoes: None };
    settle(seat.propose(proposal).wait(Duration::from_secs(600)), &call.texts)?;
    let version = rules.map_or_else(|| Rules::built_in().version, |rules| rules.version);
    let is_own = text.is_some();
    call.report(json!({"version": version, "from": from, "office": seat.office_name()}), |call| {
        let key = if is_own { "table-adopted" } else { "table-gone-back" };
        let words = [("version", version.clone()), ("from", show_day(from)), ("office", seat.office_name())];
        say!(call, "{}", call.texts.with(key, &words))
    })?;
    Ok(Exit::DONE)
}

/// The day that the table itself names, when it is still to come.
fn first_day(rules: Option<&Rules>, today: NaiveDate) -> NaiveDate {
    rules.map_or(today, |rules| rules.since.max(today))
}

/// A file as text, with no more of it read than is needed to refuse it; `-`, and any file inside a desk, is the input.
fn read(call: &mut Call<'_, '_>, file: &Path) -> Result<String, Refusal> {
    let refused = || Refusal::new("refused-file-unreadable").with("path", file.display().to_string());
    let mut bytes = Vec::new();
    let is_file = matches!(call.site, Site::Process) && file != Path::new("-");
    let mut opened = is_file.then(|| std::fs::File::open(file)).transpose().map_err(|_| refused())?;
    let input: &mut dyn Read = match &mut opened {
        Some(file) => file,
        None => &mut *call.console.input,
    };
    input.take(MOST_READ).read_to_end(&mut bytes).map_err(|_| refused())?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        // A character that the limit cut in two is not the file's mistake: it is too long.
        Err(error) if error.as_bytes().len() as u64 == MOST_READ => {
            Ok(String::from_utf8_lossy(error.as_bytes()).into())
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(Refusal::new("table-not-text").with("line", line.to_string()))
        }
    }
}
