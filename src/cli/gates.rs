//! The command that shows, checks and brings in an office's gate table.

use super::answer::{Stop, texts};
use super::answer::{report, say, settle};
use super::open::{self, Opened};
use super::{Args, GatesArgs};
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
use std::process::ExitCode;
use std::time::Duration;

/// Bytes of a file that are read at most: one more than a table may have is enough to refuse it.
const MOST_READ: u64 = 60_001;

/// Runs `pulang gates`.
pub fn run(args: &Args, wanted: &GatesArgs) -> Result<ExitCode, Stop> {
    let texts = texts(args.lang.as_deref());
    match (&wanted.check, &wanted.adopt, wanted.back) {
        (Some(file), _, _) => check(args, &texts, file),
        (None, Some(file), _) => adopt(args, &texts, Some(file), wanted.from.as_deref()),
        (None, None, true) => adopt(args, &texts, None, wanted.from.as_deref()),
        (None, None, false) => print_in_force(args, &texts),
    }
}

/// The table in force, as a file that can be edited and brought in: where it comes from stands in remarks before it.
fn print_in_force(args: &Args, texts: &Texts) -> Result<ExitCode, Stop> {
    let Opened { seat, .. } = open::open(args)?;
    let now = Utc::now();
    let (table, coming) = (seat.table_at(now), seat.tables_after(now));
    let json = json!({
        "office": seat.office_name(), "in_force": as_json(&table, &seat), "text": table.text,
        "coming": coming.iter().map(|table| as_json(table, &seat)).collect::<Vec<_>>(),
    });
    report(args, json, || {
        say!("# {}", in_words(&table, &seat, texts));
        for table in &coming {
            say!("# {}", texts.with("table-coming", &[("table", &in_words(table, &seat, texts))]));
        }
        say!("{}", table.text.trim_end());
    });
    Ok(ExitCode::SUCCESS)
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
fn check(args: &Args, texts: &Texts, file: &Path) -> Result<ExitCode, Stop> {
    let text = read(file)?;
    Ok(match Rules::parse(&text) {
        Ok(rules) => {
            report(args, json!({"version": rules.version, "flaws": []}), || {
                say!("{}", texts.with("table-is-whole", &[("version", &rules.version)]));
            });
            ExitCode::SUCCESS
        }
        Err(flaws) => refuse(args, texts, &flaws),
    })
}

/// Every mistake on standard error, or as JSON.
fn refuse(args: &Args, texts: &Texts, flaws: &[Flaw]) -> ExitCode {
    let words: Vec<String> = flaws.iter().map(|flaw| refusal_text(&flaw.refusal(), texts)).collect();
    let as_json = |(flaw, words): (&Flaw, &String)| json!({"line": flaw.line, "column": flaw.column, "key": flaw.key, "why": words});
    let all: Vec<Json> = flaws.iter().zip(&words).map(as_json).collect();
    if args.place.json {
        say!("{}", json!({"flaws": all}));
    } else {
        words.iter().for_each(|words| eprintln!("pulang: {words}"));
    }
    ExitCode::from(1)
}

/// Brings a table in from a day; without a file, goes back to the built-in one.
fn adopt(args: &Args, texts: &Texts, file: Option<&Path>, from: Option<&str>) -> Result<ExitCode, Stop> {
    let text = file.map(read).transpose()?;
    let rules = match text.as_deref().map(Rules::parse).transpose() {
        Ok(rules) => rules,
        Err(flaws) => return Ok(refuse(args, texts, &flaws)),
    };
    let Opened { seat, .. } = open::open(args)?;
    let today = seat.zone().day(Utc::now());
    let from = match from {
        Some(from) => read_date(from, today, Direction::Future)?.on.ok_or(Refusal::new("date-unreadable"))?,
        None => first_day(rules.as_ref(), today),
    };
    let proposal = Proposal { id: seat.new_id(), asks: vec![seat.table_ask(text.as_deref(), from)?], undoes: None };
    settle(seat.propose(proposal).wait(Duration::from_secs(600)), texts)?;
    let version = rules.map_or_else(|| Rules::built_in().version, |rules| rules.version);
    let is_own = text.is_some();
    report(args, json!({"version": version, "from": from, "office": seat.office_name()}), || {
        let key = if is_own { "table-adopted" } else { "table-gone-back" };
        let words = [("version", version.clone()), ("from", show_day(from)), ("office", seat.office_name())];
        say!("{}", texts.with(key, &words));
    });
    Ok(ExitCode::SUCCESS)
}

/// The day that the table itself names, when it is still to come.
fn first_day(rules: Option<&Rules>, today: NaiveDate) -> NaiveDate {
    rules.map_or(today, |rules| rules.since.max(today))
}

/// A file as text, with no more of it read than is needed to refuse it; `-` is standard input.
fn read(file: &Path) -> Result<String, Refusal> {
    let refused = || Refusal::new("refused-file-unreadable").with("path", file.display().to_string());
    let mut bytes = Vec::new();
    let input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).map_err(|_| refused())?)
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
