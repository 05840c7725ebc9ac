//! The commands that work without a screen: import, practice, keys. Those that show, gates, verify and the backups have rooms
//! of their own.

use super::answer::{Stop, settle};
use super::console::{Call, Site, say};
use super::open::Opened;
use super::{
    Command, Exit, anchor, backup, counts, doctor, erase, export, gates, handover, key, manual, mend, open, posts,
    print, restore, showing, staff, trail, verify,
};
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
use std::sync::Arc;
use std::time::Duration;

/// Runs one command.
pub fn run(call: &mut Call<'_, '_>, command: &Command) -> Result<Exit, Stop> {
    match command {
        Command::Import { file, lands, name, preview } => {
            import(call, file, lands.as_deref(), name.as_deref(), *preview)
        }
        Command::List { query, limit } => showing::list(call, &query.join(" "), *limit),
        Command::Show { number } => showing::show(call, number),
        Command::Counts(wanted) => counts::run(call, wanted),
        Command::Export(wanted) => export::run(call, wanted),
        Command::Print(wanted) => print::run(call, wanted),
        Command::Erase { number, reason, yes } => erase::run(call, number, reason, yes.as_deref()),
        Command::Verify { set: None, anchor, .. } => verify::desk(call, anchor.as_deref()),
        Command::Anchor => anchor::run(call),
        Command::Trail(wanted) => trail::run(call, wanted),
        Command::Verify { set: Some(set), identity, .. } => verify::backup(call, set, identity.as_deref()),
        Command::Backup(wanted) => backup::run(call, wanted),
        Command::Restore(wanted) => restore::run(call, wanted),
        Command::Mend { from } => mend::run(call, from),
        Command::Practice { cases, seed, entries } => practice(call, *cases, *seed, *entries),
        Command::Gates(wanted) => gates::run(call, wanted),
        Command::Handover => handover::run(call),
        Command::Key { what } => key::run(call, what.as_ref()),
        // In a process of its own the daemon's room has taken this command already.
        Command::Serve { .. } => Err(Refusal::new("refused-of-machine").with("command", "serve").into()),
        Command::Ssh => Err(Refusal::new("refused-of-machine").with("command", "ssh").into()),
        Command::Doctor => doctor::run(call),
        Command::Completions { shell } => manual::completions(call, *shell),
        Command::Manual => manual::page(call),
        Command::Operator { what } => staff::run(call, what),
        Command::Office { what } => posts::run(call, what),
        Command::Keys { markdown } => {
            let texts = call.texts;
            call.report(keys_json(&texts), |call| say!(call, "{}", key_table(&texts, *markdown).trim_end()))?;
            Ok(Exit::DONE)
        }
    }
}

/// The bytes of a manifest: of the file in a process of its own, of the input inside a desk and for `-`.
fn manifest(call: &mut Call<'_, '_>, file: &Path) -> Result<Vec<u8>, Refusal> {
    match call.site {
        Site::Process if file != Path::new("-") => read_file(file),
        Site::Process | Site::Desk(_) => read_stream(&mut *call.console.input),
    }
}

fn import(
    call: &mut Call<'_, '_>,
    file: &Path,
    lands: Option<&str>,
    name: Option<&str>,
    is_preview: bool,
) -> Result<Exit, Stop> {
    let bytes = manifest(call, file)?;
    // Only what takes people in begins a desk.
    let Opened { seat, desk, .. } = if is_preview { call.open() } else { call.open_or_begin() }?;
    let (now, texts) = (Utc::now(), call.texts);
    let stem = file.file_stem().filter(|_| file != Path::new("-")).map(|stem| stem.to_string_lossy().into_owned());
    let name = name.map(str::to_owned).or(stem).unwrap_or_default();
    let mut preview = seat.preview(&bytes, &name, now)?;
    if let Some(lands) = lands {
        let day = read_date(lands, seat.zone().day(now), Direction::Any)?;
        let on = day.on.ok_or(Refusal::new("date-unreadable"))?;
        preview.lands_on(on);
        seat.preview_again(&mut preview, now);
    }
    if preview.known.is_some() {
        call.report(json!({"taken_in": 0, "known": true}), |call| say!(call, "{}", texts.get("notice-file-known")))?;
        return Ok(Exit::DONE);
    }
    if !is_preview {
        let asks = seat.asks_of_preview(&preview, now);
        let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
        settle(seat.propose(proposal).wait(Duration::from_secs(600)), &texts)?;
        let _ = desk.save_snapshot();
    }
    say_preview(call, &preview)?;
    Ok(Exit::DONE)
}

/// What was, or would be, taken in.
fn say_preview(call: &mut Call<'_, '_>, preview: &Preview) -> Result<(), Stop> {
    let (texts, counts, unseen) = (call.texts, preview.counts(), preview.left_out_unseen());
    let remarks = remarks(preview, &texts);
    let summary = json!({
        "rows": counts.rows, "people": counts.people, "left_out": counts.left_out,
        "errors": counts.errors, "warnings": counts.warnings, "remarks": remarks,
        "left_out_unseen": unseen.iter().map(|row| preview.given(*row)).collect::<Vec<_>>(),
    });
    call.report(summary, |call| {
        for remark in &remarks {
            say!(call, "{}", remark.as_str().unwrap_or_default())?;
        }
        let args = [
            ("rows", counts.rows.to_string()),
            ("people", counts.people.to_string()),
            ("same", counts.left_out.to_string()),
            ("errors", counts.errors.to_string()),
            ("warnings", counts.warnings.to_string()),
        ];
        say!(call, "{}", texts.with("import-counts", &args))?;
        if !unseen.is_empty() {
            let rows = unseen.iter().map(|row| preview.given(*row)).collect::<Vec<_>>().join(", ");
            say!(call, "{}", texts.with("cli-left-out-unseen", &[("rows", &rows)]))?;
        }
        Ok(())
    })
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

fn practice(call: &mut Call<'_, '_>, cases: u32, seed: u64, entries: u32) -> Result<Exit, Stop> {
    call.needs_machine("practice")?;
    let (texts, dir, key) = (call.texts, open::dir(&call.args.place, true), call.args.place.key.clone());
    let clock: crate::desk::Clock = Arc::new(Utc::now);
    let uid = rustix::process::getuid().as_raw();
    let first = First { uid, name: "petugas".into(), office: "Latihan".into(), zone: "WIB" };
    let options = DeskOptions { dir: dir.clone(), key, clock, is_practice: true, first };
    let mut line = call.progress();
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
    let json = json!({"cases": cases, "seed": seed, "dir": path, "seen": seen, "who": who, "office": office});
    call.report(json, |call| {
        let words = [("count", cases.to_string()), ("path", path.clone()), ("seen", seen.to_string())];
        say!(call, "{}", texts.with("practice-made", &words))?;
        let words = [("seen", seen.to_string()), ("who", who.clone()), ("office", office.clone())];
        say!(call, "{}", texts.with("practice-seen", &words))
    })?;
    Ok(Exit::DONE)
}

/// The layers that have keys of their own, in the order of the key table.
const LAYERS: [Layer; 13] = [
    Layer::List,
    Layer::Case,
    Layer::Today,
    Layer::Counts,
    Layer::Inbox,
    Layer::Sheet,
    Layer::Trail,
    Layer::Import,
    Layer::Compare,
    Layer::Preview,
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
