//! `pulang restore`: a desk from a backup set, into an empty folder, verified as far as the keys allow.

use super::answer::Stop;
use super::backup::local;
use super::console::{Call, say};
use super::open::{Interrupt, ProgressLine};
use super::verify::{Found, flaw_json, flaw_line};
use super::{Exit, RestoreArgs};
use crate::desk::backup::{self, Flaw, Identities, Other, Outcome, Restored, Return, Until};
use crate::desk::{Desk, DeskOptions, First};
use crate::domain::refusal::{Fault, Refusal};
use chrono::{DateTime, Local, NaiveDateTime, TimeZone, Utc};
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::Arc;

/// Backups that were passed over and are told one by one.
const MOST_TOLD: usize = 8;

/// Runs the command.
pub fn run(call: &mut Call<'_, '_>, wanted: &RestoreArgs) -> Result<Exit, Stop> {
    call.needs_machine("restore")?;
    let until = wanted.until.as_deref().map_or(Ok(Until::End), read_until)?;
    let by = Identities::read(&wanted.identity)?;
    let key = call.args.place.key.as_deref();
    let interrupt = call.interrupt();
    let mut line = call.progress();
    let (moment, is_gap_accepted) = (wanted.moment, wanted.despite_damage);
    let asked = Return { from: &wanted.set, into: &wanted.into, by: &by, key, until, moment, is_gap_accepted };
    let outcome = backup::restore(&asked, &mut |progress| {
        line.show(progress);
        interrupt.check()
    });
    line.clear();
    match outcome? {
        Outcome::Damaged { flaws, whole_until } => {
            call.report(damaged_json(&flaws, whole_until.0), |call| say_damaged(call, &flaws, whole_until.0))?;
            Ok(Exit::REFUSED)
        }
        Outcome::Restored(restored) => settled(call, &wanted.into, &restored, &interrupt),
    }
}

/// A line's number, or a moment by this machine's clock where it says no zone.
fn read_until(text: &str) -> Result<Until, Refusal> {
    let text = text.trim();
    if let Ok(number) = text.parse::<u64>() {
        return Ok(Until::Line(backup::line(number)));
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(Until::Time(at.with_timezone(&Utc)));
    }
    let forms = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let at = read.and_then(|local| Local.from_local_datetime(&local).earliest());
    at.map(|at| Until::Time(at.with_timezone(&Utc))).ok_or(Refusal::new("restore-until-wrong"))
}

/// Opens and verifies what was restored, where the master key is given, and says what it is.
fn settled(call: &mut Call<'_, '_>, into: &Path, restored: &Restored, interrupt: &Interrupt) -> Result<Exit, Stop> {
    let key = call.args.place.key.as_deref().filter(|_| restored.head.seq.0 > 0);
    let mut line = call.progress();
    let found = key.map(|key| verified(into, key, restored.is_practice, &mut line, interrupt)).transpose()?;
    line.clear();
    let is_sound = restored.flaws.is_empty() && restored.bad_lines == 0 && !restored.has_gap;
    let is_whole = is_sound && found.as_ref().is_none_or(Found::is_whole);
    call.report(restored_json(restored, into, found.as_ref()), |call| {
        say_restored(call, restored, into)?;
        match &found {
            Some(found) => found.say(call),
            None => say!(call, "{}", call.texts.with("restore-needs-key", &[("path", &into.display().to_string())])),
        }
    })?;
    Ok(Exit::whole(is_whole))
}

fn verified(
    into: &Path,
    key: &Path,
    is_practice: bool,
    line: &mut ProgressLine<'_>,
    interrupt: &Interrupt,
) -> Result<Found, Fault> {
    let uid = rustix::process::getuid().as_raw();
    // The desk has a first line already: nobody is made its first supervisor.
    let first = First { uid, name: String::new(), office: String::new(), zone: "WIB" };
    let (dir, key) = (into.to_owned(), Some(key.to_owned()));
    let options = DeskOptions { dir, key, clock: Arc::new(Utc::now), is_practice, first };
    let (desk, _) = Desk::open(options, &mut |progress| line.show(progress))?;
    Found::of(&desk, line, interrupt)
}

fn restored_json(restored: &Restored, into: &Path, found: Option<&Found>) -> Json {
    json!({
        "restored": true, "into": into, "made_at": restored.made_at, "keys_at": restored.keys_at,
        "line": restored.head.seq.0, "sha": restored.head.sha.to_string(), "line_at": restored.head_at,
        "desk": restored.desk.to_string(), "trail_line": restored.trail.seq.0, "drafts": restored.drafts,
        "left_out": restored.left_out, "erased_again": restored.erased_again, "gap": restored.has_gap,
        "bad_lines": restored.bad_lines, "moment": restored.moments.taken, "mended_by": restored.moments.mended_by,
        "others": restored.moments.others.iter().map(other_json).collect::<Vec<_>>(),
        "practice": restored.is_practice, "damaged": restored.flaws.iter().map(flaw_json).collect::<Vec<_>>(),
        "verified": found.map(Found::json),
    })
}

fn other_json(other: &Other) -> Json {
    json!({
        "moment": other.number, "at": other.at, "line": other.line.0, "whole_until": other.whole_until.0,
        "bad_lines": other.bad_lines, "aside": other.is_aside,
    })
}

/// Which backup was taken, where it is not simply the newest: what it was mended by, and which later ones were passed over.
fn say_moments(call: &mut Call<'_, '_>, restored: &Restored) -> Result<(), Stop> {
    let moments = &restored.moments;
    let taken = moments.taken.to_string();
    if let Some(mended_by) = moments.mended_by {
        let words = [("moment", taken.clone()), ("by", mended_by.to_string())];
        say!(call, "{}", call.texts.with("restore-mended", &words))?;
    }
    let passed_over: Vec<&Other> = moments.passed_over().collect();
    for other in passed_over.iter().take(MOST_TOLD) {
        let words = [
            ("moment", other.number.to_string()),
            ("at", local(other.at)),
            ("line", other.line.0.to_string()),
            ("whole", other.whole_until.0.to_string()),
            ("taken", taken.clone()),
        ];
        say!(call, "!! {}", call.texts.with("restore-passed-over", &words))?;
    }
    if passed_over.len() > MOST_TOLD {
        let count = (passed_over.len() - MOST_TOLD).to_string();
        say!(call, "!! {}", call.texts.with("restore-passed-over-more", &[("count", &count)]))?;
    }
    let known: Vec<String> = moments.others.iter().map(|other| other.number.to_string()).collect();
    if !known.is_empty() {
        let words = [("moment", taken), ("others", known.join(", "))];
        say!(call, "{}", call.texts.with("restore-moments", &words))?;
    }
    Ok(())
}

fn say_restored(call: &mut Call<'_, '_>, restored: &Restored, into: &Path) -> Result<(), Stop> {
    let words = [
        ("path", into.display().to_string()),
        ("line", restored.head.seq.0.to_string()),
        ("at", restored.head_at.map(local).unwrap_or_default()),
        ("made", local(restored.made_at)),
        ("sha", restored.head.sha.to_string()),
        ("desk", restored.desk.to_string()),
        ("trail", restored.trail.seq.0.to_string()),
        ("drafts", restored.drafts.to_string()),
        ("moment", restored.moments.taken.to_string()),
    ];
    say!(call, "{}", call.texts.with("restore-done", &words))?;
    say!(call, "{}", call.texts.with("restore-head", &words))?;
    say_moments(call, restored)?;
    if restored.left_out > 0 {
        say!(call, "{}", call.texts.with("restore-left-out", &[("count", &restored.left_out.to_string())]))?;
    }
    if restored.erased_again > 0 {
        say!(call, "{}", call.texts.with("restore-erased-again", &[("count", &restored.erased_again.to_string())]))?;
    }
    for flaw in &restored.flaws {
        say!(call, "!! {}", flaw_line(flaw, &call.texts))?;
    }
    if restored.has_gap {
        say!(call, "!! {}", call.texts.get("restore-has-gap"))?;
    }
    if restored.bad_lines > 0 {
        say!(call, "!! {}", call.texts.with("restore-bad-lines", &[("count", &restored.bad_lines.to_string())]))?;
    }
    Ok(())
}

fn damaged_json(flaws: &[Flaw], whole_until: u64) -> Json {
    let flaws: Vec<Json> = flaws.iter().map(flaw_json).collect();
    json!({"restored": false, "damaged": flaws, "whole_until": whole_until})
}

fn say_damaged(call: &mut Call<'_, '_>, flaws: &[Flaw], whole_until: u64) -> Result<(), Stop> {
    for flaw in flaws {
        say!(call, "!! {}", flaw_line(flaw, &call.texts))?;
    }
    let is_without_keys = flaws.iter().any(|flaw| flaw.file == "keys/");
    let key = match whole_until {
        0 if is_without_keys => "restore-without-keys",
        0 => "restore-damaged-whole",
        _ => "restore-damaged",
    };
    say!(call, "{}", call.texts.with(key, &[("line", &whole_until.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_is_a_line_or_a_moment() {
        assert_eq!(read_until(" 42 ").unwrap(), Until::Line(backup::line(42)));
        let at = Until::Time("2026-02-20T20:10:00Z".parse().unwrap());
        assert_eq!(read_until("2026-02-21T03:10:00+07:00").unwrap(), at);
        for text in ["2026-02-21 03:10", "21-02-2026 03:10", "2026-02-21T03:10", "2026-02-21T03:10:00"] {
            assert!(matches!(read_until(text), Ok(Until::Time(_))), "{text}");
        }
        for text in ["", "yesterday", "-3", "21-02-2026", "99-99-2026 03:10"] {
            assert_eq!(read_until(text).unwrap_err().key, "restore-until-wrong", "{text}");
        }
    }
}
