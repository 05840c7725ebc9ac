//! The commands that work without a screen: import, list, show, verify, practice, keys; gates has a room of its own.

use super::answer::{Stop, texts};
use super::open::{self, Opened, ProgressLine};
use super::{Args, Command, gates};
use crate::app::action::{Action, Layer};
use crate::app::form::entry::shown;
use crate::app::keymap::Keymap;
use crate::app::notice::refusal_text;
use crate::desk::importing::{Preview, read_file, read_stream};
use crate::desk::{Answer, Denied, Desk, DeskOptions, First, Order, Proposal, Seat};
use crate::domain::calendar::read_date;
use crate::domain::field::{Direction, Field};
use crate::domain::record::Slot;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Number;
use crate::domain::summary::Summary;
use crate::domain::value::{Dated, Value};
use crate::practice::Practice;
use crate::text::Texts;
use chrono::Utc;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Runs one command.
pub fn run(args: &Args, command: &Command) -> Result<ExitCode, Stop> {
    let texts = texts(args.lang.as_deref());
    match command {
        Command::Import { file, lands, name, preview } => {
            import(args, &texts, file, lands.as_deref(), name.as_deref(), *preview)
        }
        Command::List { query, limit } => list(args, &texts, &query.join(" "), *limit),
        Command::Show { number } => show(args, &texts, number),
        Command::Verify => verify(args, &texts),
        Command::Practice { cases, seed, histories } => practice(args, &texts, *cases, *seed, *histories),
        Command::Gates(wanted) => gates::run(args, wanted),
        Command::Keys { markdown } => {
            print!("{}", key_table(&texts, *markdown));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn import(
    args: &Args,
    texts: &Texts,
    file: &Path,
    lands: Option<&str>,
    name: Option<&str>,
    is_preview: bool,
) -> Result<ExitCode, Stop> {
    let bytes = if file == Path::new("-") { read_stream(std::io::stdin().lock()) } else { read_file(file) }?;
    let Opened { seat, desk, .. } = open::open(args)?;
    let now = Utc::now();
    let stem = file.file_stem().filter(|_| file != Path::new("-")).map(|stem| stem.to_string_lossy().into_owned());
    let name = name.map(str::to_owned).or(stem).unwrap_or_default();
    let mut preview = seat.preview(&bytes, &name, now)?;
    if let Some(lands) = lands {
        let day = read_date(lands, seat.zone().day(now), Direction::Any)?;
        let on = day.on.ok_or(Refusal::new("date-unreadable"))?;
        preview.movement.facts.insert(Field::MoveLands.into(), Value::Date(Dated::certain(on)));
        seat.preview_again(&mut preview, now);
    }
    let remarks = remarks(&preview, texts);
    if preview.known.is_some() {
        report(args, json!({"taken_in": 0, "known": true}), || println!("{}", texts.get("notice-file-known")));
        return Ok(ExitCode::SUCCESS);
    }
    let counts = preview.counts();
    let summary = json!({
        "rows": counts.rows, "people": counts.people, "left_out": counts.left_out,
        "errors": counts.errors, "warnings": counts.warnings, "remarks": remarks,
    });
    if !is_preview {
        let asks = seat.asks_of_preview(&preview, now);
        let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
        settle(seat.propose(proposal).wait(Duration::from_secs(600)), texts)?;
        let _ = desk.save_snapshot();
    }
    report(args, summary, || {
        for remark in &remarks {
            println!("{}", remark.as_str().unwrap_or_default());
        }
        let args = [
            ("rows", counts.rows.to_string()),
            ("people", counts.people.to_string()),
            ("same", counts.left_out.to_string()),
            ("errors", counts.errors.to_string()),
            ("warnings", counts.warnings.to_string()),
        ];
        println!("{}", texts.with("import-counts", &args));
    });
    Ok(ExitCode::SUCCESS)
}

/// Every remark of every row, row by row.
fn remarks(preview: &Preview, texts: &Texts) -> Vec<Json> {
    let line = |row: usize| {
        preview.remarks(row).into_iter().map(move |remark| {
            let words = texts.with(remark.key, &remark.args);
            Json::String(format!("{}: {words}", preview.given(row)))
        })
    };
    (0..preview.rows()).flat_map(line).collect()
}

pub(super) fn settle(answer: Option<Answer>, texts: &Texts) -> Result<crate::desk::Done, Stop> {
    match answer {
        Some(Ok(done)) => Ok(done),
        Some(Err(Denied::Refused(refusal))) => Err(refusal.into()),
        Some(Err(Denied::Fault(fault) | Denied::Unknown(fault))) => Err(fault.into()),
        Some(Err(Denied::Obstacles(all))) => {
            let words = all.iter().flat_map(|(_, obstacles)| obstacles).map(|o| refusal_text(&o.neutral(), texts));
            Err(Stop::Said(words.take(5).collect::<Vec<_>>().join("; ")))
        }
        Some(Err(Denied::Conflict { .. })) => Err(Refusal::new("refused-moved-on").into()),
        None => Err(Refusal::new("refused-no-answer").into()),
    }
}

fn list(args: &Args, texts: &Texts, query: &str, limit: usize) -> Result<ExitCode, Stop> {
    let Opened { seat, .. } = open::open(args)?;
    let query = seat.read_query(query).map_err(|error| error.refusal())?;
    let listing = seat.list(&query, Order::Urgency);
    let rows: Vec<Summary> = listing.rows.page(0, limit).into_iter().filter_map(|row| seat.summary(row)).collect();
    let cases: Vec<Json> = rows.iter().map(summary_json).collect();
    report(args, json!({"found": listing.rows.len(), "cases": cases}), || {
        for row in &rows {
            let birth = row.birth.map(|day| day.format("%d-%m-%Y").to_string()).unwrap_or_default();
            let sex = row.sex.map_or("?", |sex| sex.code());
            println!("{}  {}  {:<7}  {sex}  {birth:<10}  {}", row.number, row.tier as u8, row.status.code(), row.name);
        }
        println!("{}", texts.with("prompt-count", &[("count", &listing.rows.len().to_string())]));
    });
    Ok(ExitCode::SUCCESS)
}

fn summary_json(row: &Summary) -> Json {
    json!({
        "number": row.number.to_string(), "name": row.name, "tier": row.tier as u8, "status": row.status.code(),
        "sex": row.sex.map(|sex| sex.code()), "birth": row.birth, "queue": row.queue, "group": row.group,
    })
}

fn show(args: &Args, texts: &Texts, number: &str) -> Result<ExitCode, Stop> {
    let number: Number =
        number.parse().map_err(|_| Refusal::new("refused-no-number").with("number", number.to_owned()))?;
    let Opened { seat, .. } = open::open(args)?;
    let row = seat.row_of_number(number).ok_or(Refusal::new("refused-no-case").with("number", number.to_string()))?;
    let view = seat.open(row)?;
    let facts: serde_json::Map<String, Json> = view
        .record
        .facts
        .iter()
        .map(|(slot, value)| (slot.to_string(), Json::String(in_words(&seat, *slot, value, texts))))
        .collect();
    let history: Vec<Json> = view
        .events
        .iter()
        .map(|event| {
            let change = &event.change;
            let (verb, reason, table) = (change.verb, &change.reason, &change.table);
            json!({"at": event.at, "by": event.by, "verb": verb, "reason": reason, "table": table})
        })
        .collect();
    report(args, json!({"case": summary_json(&view.summary), "facts": facts, "history": history}), || {
        println!("{}  {}  {}", view.summary.number, view.summary.name, view.summary.status.code());
        for (slot, value) in &view.record.facts {
            let label = texts.get(&slot.field.label_key()).into_owned();
            println!("  {label:<24} {}", in_words(&seat, *slot, value, texts));
        }
        for event in &view.events {
            let at = seat.zone().local(event.at).format("%d-%m-%Y %H:%M");
            println!("  {at}  {}  {}", event.by, texts.get(&crate::desk::verb_key(event.change.verb)));
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// A bad entry by where it stands: the segment's file, the line in it, the number of the line, and what is wrong.
fn bad_line(bad: &crate::desk::Bad) -> String {
    format!("{:012}.jsonl line {}, seq {}: {:?}", bad.segment.0, bad.line, bad.seq.0, bad.what)
}

/// A value as it is read by people: other subjects by name, numbers as the desk writes them.
fn in_words(seat: &Seat, slot: Slot, value: &Value, texts: &Texts) -> String {
    match value {
        Value::Link(of) => seat.link_name(*of),
        Value::Number(packed) if slot.field == Field::CaseNumber => {
            u32::try_from(*packed).map(|packed| Number::from_packed(packed).to_string()).unwrap_or_default()
        }
        _ => shown(slot, value, texts, seat.zone()),
    }
}

fn verify(args: &Args, texts: &Texts) -> Result<ExitCode, Stop> {
    let Opened { desk, .. } = open::open(args)?;
    let mut line = ProgressLine::default();
    let verdict = desk.verify(&mut |progress| line.show(progress))?;
    line.clear();
    let bad: Vec<String> = verdict.journal.iter().chain(&verdict.trail).map(bad_line).collect();
    let differing: Vec<String> = verdict.differing.iter().map(ToString::to_string).collect();
    let index_differs = desk.index_differs()?;
    let tables: Vec<String> = desk.unreadable_tables().iter().map(ToString::to_string).collect();
    let is_whole = verdict.is_whole() && index_differs.is_empty() && tables.is_empty();
    let summary = json!({
        "whole": is_whole, "lines": verdict.lines, "trail_lines": verdict.trail_lines, "records": verdict.records,
        "bad": bad, "store_differs": differing, "index_differs": index_differs.len(), "unreadable_tables": tables, "lost_keys": verdict.lost_slots,
    });
    report(args, summary, || {
        let counts = [
            ("lines", verdict.lines.to_string()),
            ("trail", verdict.trail_lines.to_string()),
            ("records", verdict.records.to_string()),
        ];
        println!("{}", texts.with("verify-counts", &counts));
        for entry in bad.iter().chain(&differing) {
            println!("!! {entry}");
        }
        for table in &tables {
            println!("!! {}", texts.with("verify-table-unreadable", &[("table", table)]));
        }
        println!("{}", texts.get(if is_whole { "verify-whole" } else { "verify-not-whole" }));
    });
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn practice(args: &Args, texts: &Texts, cases: u32, seed: u64, histories: u32) -> Result<ExitCode, Stop> {
    let dir = open::dir(&args.place, true);
    let clock: crate::desk::Clock = Arc::new(Utc::now);
    let uid = rustix::process::getuid().as_raw();
    let first = First { uid, name: "petugas".into(), office: "Latihan".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.clone(), key: args.place.key.clone(), clock, is_practice: true, first };
    let mut line = ProgressLine::default();
    let (desk, started) = Desk::open(options, &mut |progress| line.show(progress))?;
    if !started.is_first {
        return Err(Refusal::new("refused-not-empty").with("path", dir.display().to_string()).into());
    }
    let practice = Practice::new(seed, Utc::now());
    desk.load(practice.commits(cases, histories), &mut |progress| line.show(progress))?;
    desk.save_snapshot()?;
    line.clear();
    report(args, json!({"cases": cases, "seed": seed, "dir": dir.display().to_string()}), || {
        let words = [("count", cases.to_string()), ("path", dir.display().to_string())];
        println!("{}", texts.with("practice-made", &words));
    });
    Ok(ExitCode::SUCCESS)
}

/// Prints JSON where it was asked for, else what the closure prints.
pub(super) fn report(args: &Args, json: Json, plain: impl FnOnce()) {
    if args.place.json { println!("{json}") } else { plain() }
}

/// The key table, from the same source as palette and help.
pub fn key_table(texts: &Texts, is_markdown: bool) -> String {
    let keymap = Keymap::built_in();
    let mut out = String::new();
    let layers = [
        Layer::List,
        Layer::Case,
        Layer::Today,
        Layer::Import,
        Layer::Compare,
        Layer::Move,
        Layer::Form,
        Layer::Prompt,
    ];
    for layer in layers {
        let title = texts.get(&format!("layer-{}", layer.code())).into_owned();
        out.push_str(&if is_markdown {
            format!("\n**{title}**\n\n| | |\n| --- | --- |\n")
        } else {
            format!("\n{title}\n")
        });
        for action in Action::ALL.iter().filter(|action| action.layers().contains(&layer)) {
            let keys = keymap.keys(layer, *action);
            if keys.is_empty() {
                continue;
            }
            let name = texts.get(&format!("cmd-{}", action.code())).into_owned();
            out.push_str(&if is_markdown {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
                format!("| {} | {name} |\n", keys.join(" "))
            } else {
                format!("  {:<16} {name}\n", keys.join(" "))
            });
        }
    }
    out
}
