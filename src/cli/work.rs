//! The commands that work without a screen: import, practice, keys. Those that show, gates, verify and the backups have rooms
//! of their own.

use super::answer::{Stop, report, say, settle, texts};
use super::open::{self, Opened, ProgressLine};
use super::{Args, Command, backup, erase, gates, handover, key, restore, showing, verify};
use crate::app::action::{Action, Layer};
use crate::app::keymap::Keymap;
use crate::desk::importing::{Preview, read_file, read_stream};
use crate::desk::{Desk, DeskOptions, First, Proposal};
use crate::domain::calendar::read_date;
use crate::domain::field::Direction;
use crate::domain::query::Query;
use crate::domain::refusal::Refusal;
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
        Command::List { query, limit } => showing::list(args, &texts, &query.join(" "), *limit),
        Command::Show { number } => showing::show(args, &texts, number),
        Command::Erase { number, reason, yes } => erase::run(args, &texts, number, reason, yes.as_deref()),
        Command::Verify { set: None, .. } => verify::desk(args, &texts),
        Command::Verify { set: Some(set), identity } => verify::backup(args, &texts, set, identity.as_deref()),
        Command::Backup(wanted) => backup::run(args, &texts, wanted),
        Command::Restore(wanted) => restore::run(args, &texts, wanted),
        Command::Practice { cases, seed, entries } => practice(args, &texts, *cases, *seed, *entries),
        Command::Gates(wanted) => gates::run(args, wanted),
        Command::Handover => handover::run(args, &texts),
        Command::Key { what } => key::run(args, &texts, what.as_ref()),
        Command::Keys { markdown } => {
            report(args, keys_json(&texts), || say!("{}", key_table(&texts, *markdown).trim_end()));
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
    // Only what takes people in begins a desk.
    let Opened { seat, desk, .. } = if is_preview { open::open(args) } else { open::open_or_begin(args) }?;
    let now = Utc::now();
    let stem = file.file_stem().filter(|_| file != Path::new("-")).map(|stem| stem.to_string_lossy().into_owned());
    let name = name.map(str::to_owned).or(stem).unwrap_or_default();
    let mut preview = seat.preview(&bytes, &name, now)?;
    if let Some(lands) = lands {
        let day = read_date(lands, seat.zone().day(now), Direction::Any)?;
        let on = day.on.ok_or(Refusal::new("date-unreadable"))?;
        preview.lands_on(on);
        seat.preview_again(&mut preview, now);
    }
    let remarks = remarks(&preview, texts);
    if preview.known.is_some() {
        report(args, json!({"taken_in": 0, "known": true}), || say!("{}", texts.get("notice-file-known")));
        return Ok(ExitCode::SUCCESS);
    }
    let counts = preview.counts();
    let unseen = preview.left_out_unseen();
    let summary = json!({
        "rows": counts.rows, "people": counts.people, "left_out": counts.left_out,
        "errors": counts.errors, "warnings": counts.warnings, "remarks": remarks,
        "left_out_unseen": unseen.iter().map(|row| preview.given(*row)).collect::<Vec<_>>(),
    });
    if !is_preview {
        let asks = seat.asks_of_preview(&preview, now);
        let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
        settle(seat.propose(proposal).wait(Duration::from_secs(600)), texts)?;
        let _ = desk.save_snapshot();
    }
    report(args, summary, || {
        for remark in &remarks {
            say!("{}", remark.as_str().unwrap_or_default());
        }
        let args = [
            ("rows", counts.rows.to_string()),
            ("people", counts.people.to_string()),
            ("same", counts.left_out.to_string()),
            ("errors", counts.errors.to_string()),
            ("warnings", counts.warnings.to_string()),
        ];
        say!("{}", texts.with("import-counts", &args));
        if !unseen.is_empty() {
            let rows = unseen.iter().map(|row| preview.given(*row)).collect::<Vec<_>>().join(", ");
            say!("{}", texts.with("cli-left-out-unseen", &[("rows", &rows)]));
        }
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

fn practice(args: &Args, texts: &Texts, cases: u32, seed: u64, entries: u32) -> Result<ExitCode, Stop> {
    let dir = open::dir(&args.place, true);
    let clock: crate::desk::Clock = Arc::new(Utc::now);
    let uid = rustix::process::getuid().as_raw();
    let first = First { uid, name: "petugas".into(), office: "Latihan".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.clone(), key: args.place.key.clone(), clock, is_practice: true, first };
    let mut line = ProgressLine::of(args);
    let (desk, started) = Desk::open(options, &mut |progress| line.show(progress))?;
    if !started.is_first {
        return Err(Refusal::new("refused-not-empty").with("path", dir.display().to_string()).into());
    }
    let practice = Practice::new(seed, Utc::now());
    desk.load(practice.commits(cases, entries), &mut |progress| line.show(progress))?;
    desk.save_snapshot()?;
    line.clear();
    let seat = desk.enter_supervisor()?;
    let (seen, who, office) = (seat.count(&Query::default()), seat.who(), seat.office_name());
    let path = dir.display().to_string();
    report(
        args,
        json!({"cases": cases, "seed": seed, "dir": path, "seen": seen, "who": who, "office": office}),
        || {
            let words = [("count", cases.to_string()), ("path", path.clone()), ("seen", seen.to_string())];
            say!("{}", texts.with("practice-made", &words));
            say!(
                "{}",
                texts.with(
                    "practice-seen",
                    &[("seen", seen.to_string()), ("who", who.clone()), ("office", office.clone())]
                )
            );
        },
    );
    Ok(ExitCode::SUCCESS)
}

/// The layers that have keys of their own, in the order of the key table.
const LAYERS: [Layer; 10] = [
    Layer::List,
    Layer::Case,
    Layer::Today,
    Layer::Inbox,
    Layer::Sheet,
    Layer::Import,
    Layer::Compare,
    Layer::Move,
    Layer::Form,
    Layer::Prompt,
];

/// The key table for programs: each layer's code, with the codes, keys and names of its commands.
fn keys_json(texts: &Texts) -> Json {
    let keymap = Keymap::built_in();
    let command = |layer: Layer, action: &Action| {
        let keys = keymap.keys(layer, *action);
        let name = texts.get(&format!("cmd-{}", action.code())).into_owned();
        (!keys.is_empty()).then(|| json!({"command": action.code(), "keys": keys, "name": name}))
    };
    let layer = |layer: Layer| {
        let commands = Action::ALL.iter().filter(|action| action.layers().contains(&layer));
        json!({"layer": layer.code(), "commands": commands.filter_map(|action| command(layer, action)).collect::<Vec<_>>()})
    };
    json!({"layers": LAYERS.map(layer)})
}

/// The key table, from the same source as palette and help.
fn key_table(texts: &Texts, is_markdown: bool) -> String {
    let keymap = Keymap::built_in();
    let mut out = String::new();
    for layer in LAYERS {
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
