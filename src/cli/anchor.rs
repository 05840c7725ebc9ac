//! `pulang anchor`: where both chains stand, signed, to be kept outside; and what `pulang verify --anchor` says of it later.

use super::Exit;
use super::answer::Stop;
use super::backup::moment;
use super::console::{Call, Site, say};
use super::open::Opened;
use crate::app::notice::bad_key;
use crate::desk::backup::is_held;
use crate::desk::{Anchor, Held, Holding, Point, anchor_beside};
use crate::domain::calendar::Zone;
use crate::domain::refusal::Refusal;
use crate::text::Texts;
use chrono::Utc;
use serde_json::{Value as Json, json};
use std::io::Read;
use std::path::Path;

/// Bytes of a file of anchors that are read at most: one a day for twenty years.
const MOST_READ: u64 = 8 << 20;

/// Runs `pulang anchor`.
pub fn run(call: &mut Call<'_, '_>) -> Result<Exit, Stop> {
    let dir = call.dir();
    let anchor = if matches!(call.site, Site::Process) && is_held(&dir) {
        anchor_beside(&dir, call.args.place.key.as_deref(), Utc::now())?
    } else {
        let Opened { seat, .. } = call.open()?;
        seat.anchor()?
    };
    call.report(anchor.json(), |call| {
        say!(call, "{}", anchor.to_string().trim_end())?;
        say!(call, "\n{}", call.texts.get("anchor-keep"))
    })?;
    Ok(Exit::DONE)
}

/// The anchors of a file; `-`, and any file inside a desk, is the input.
pub fn read(call: &mut Call<'_, '_>, file: &Path) -> Result<Vec<Anchor>, Stop> {
    let refused = || Refusal::new("refused-file-unreadable").with("path", file.display().to_string());
    let mut bytes = Vec::new();
    let is_file = matches!(call.site, Site::Process) && file != Path::new("-");
    let mut opened = is_file.then(|| std::fs::File::open(file)).transpose().map_err(|_| refused())?;
    let input: &mut dyn Read = match &mut opened {
        Some(file) => file,
        None => &mut *call.console.input,
    };
    input.take(MOST_READ).read_to_end(&mut bytes).map_err(|_| refused())?;
    let mistake = |line: usize, key: &'static str| Refusal::new(key).with("line", line.to_string());
    let text = String::from_utf8_lossy(&bytes);
    Ok(Anchor::read_all(&text).map_err(|found| mistake(found.line, found.key))?)
}

/// What became of each anchor, for programs.
pub fn json(holdings: &[Holding]) -> Json {
    let chain = |held: &Held, point: &Point| {
        let mut told = json!({"anchored": point.head.seq.0});
        match held {
            Held::Whole => told["held"] = json!("whole"),
            Held::Cut { last } => (told["held"], told["last"]) = (json!("cut"), json!(last.0)),
            Held::Rewritten { after } => (told["held"], told["after"]) = (json!("rewritten"), json!(after.0)),
            Held::Damaged { first } => {
                (told["held"], told["first"]) = (json!("damaged"), json!(first.seq.0));
                told["what"] = json!(first.what);
            }
        }
        told
    };
    let one = |holding: &Holding| {
        json!({
            "at": holding.anchor.at, "whole": holding.is_whole(), "signed": holding.is_signed,
            "own_key": holding.is_own_key, "journal": chain(&holding.journal, &holding.anchor.journal),
            "trail": chain(&holding.trail, &holding.anchor.trail),
        })
    };
    json!(holdings.iter().map(one).collect::<Vec<_>>())
}

/// What became of each anchor, in words; when it was made in the zone of an office, where there is one.
pub fn say_holdings(call: &mut Call<'_, '_>, holdings: &[Holding], zone: Option<Zone>) -> Result<(), Stop> {
    for holding in holdings {
        let Anchor { at, journal, trail, .. } = holding.anchor;
        let words = [
            ("at", moment(at, zone)),
            ("journal", journal.head.seq.0.to_string()),
            ("trail", trail.head.seq.0.to_string()),
        ];
        let key = if holding.is_whole() { "anchor-holds" } else { "anchor-holds-not" };
        let sign = if holding.is_whole() { "" } else { "!! " };
        say!(call, "{sign}{}", call.texts.with(key, &words))?;
        for text in wrong(holding, &call.texts) {
            say!(call, "!!   {text}")?;
        }
    }
    Ok(())
}

/// Everything that is wrong with one anchor, or with the desk by it.
fn wrong(holding: &Holding, texts: &Texts) -> Vec<String> {
    let mut all = Vec::new();
    if !holding.is_signed {
        all.push(texts.get("anchor-forged").into_owned());
    } else if !holding.is_own_key {
        all.push(texts.get("anchor-other-key").into_owned());
    }
    let chains = [("journal", holding.journal, holding.anchor.journal), ("trail", holding.trail, holding.anchor.trail)];
    for (chain, held, Point { head, .. }) in chains {
        let (name, line) = (texts.get(&format!("anchor-{chain}")).into_owned(), head.seq.0.to_string());
        all.extend(match held {
            Held::Whole => None,
            Held::Cut { last } => {
                let words = [("chain", name), ("last", last.0.to_string()), ("line", line)];
                Some(texts.with("anchor-cut-tail", &words))
            }
            Held::Rewritten { after } => {
                let words = [("chain", name), ("after", after.0.to_string()), ("line", line)];
                Some(texts.with("anchor-rewritten", &words))
            }
            Held::Damaged { first } => {
                let what = texts.get(bad_key(first.what)).into_owned();
                let words = [("chain", name), ("first", first.seq.0.to_string()), ("what", what)];
                Some(texts.with("anchor-damaged", &words))
            }
        });
    }
    all
}
