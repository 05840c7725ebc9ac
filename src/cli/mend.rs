//! `pulang mend`: what is damaged or gone in journal and trail comes back from a copy that a backup was restored to.

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use super::verify::bad_line;
use crate::app::notice::bad_key;
use crate::desk::{Bad, heal_from};
use crate::domain::refusal::Refusal;
use serde_json::json;
use std::path::Path;

/// Runs the command.
pub fn run(call: &mut Call<'_, '_>, from: &Path) -> Result<Exit, Stop> {
    call.needs_machine("mend")?;
    if !from.join("journal").is_dir() {
        return Err(Refusal::new("mend-no-desk").with("path", from.display().to_string()).into());
    }
    // Whoever opened it may have made it write lines of its own.
    if from.join("store").exists() {
        return Err(Refusal::new("mend-copy-opened").with("path", from.display().to_string()).into());
    }
    let healing = heal_from(&call.dir(), call.args.place.key.as_deref(), from)?;
    let chains = [("journal", &healing.journal), ("trail", &healing.trail)];
    let left = || chains.iter().flat_map(|(chain, healed)| healed.left.iter().map(|bad| (*chain, *bad)));
    let entry = |(chain, bad): (&str, Bad)| bad_line(chain, &bad);
    let answer = json!({
        "whole": healing.is_whole(), "lines": healing.journal.lines, "trail_lines": healing.trail.lines,
        "bad": left().map(entry).collect::<Vec<_>>(),
    });
    call.report(answer, |call| {
        let counts = [("lines", healing.journal.lines.to_string()), ("trail", healing.trail.lines.to_string())];
        say!(call, "{}", call.texts.with("mend-done", &counts))?;
        for (chain, bad) in left() {
            say!(call, "!! {} ({})", bad_line(chain, &bad), call.texts.get(bad_key(bad.what)))?;
        }
        say!(call, "{}", call.texts.get(if healing.is_whole() { "mend-whole" } else { "mend-left" }))
    })?;
    Ok(Exit::whole(healing.is_whole()))
}
