//! `pulang backup`: a backup of the desk, whether or not somebody works at it, and what is known of the last one.

use super::answer::{Stop, without_screen};
use super::console::{Call, Site, say};
use super::open::Opened;
use super::travel::is_by_plan;
use super::{BackupArgs, Exit, open, working};
use crate::desk::backup::{self, Keep, Last, Made, Plan, Recipients, Tried, WARN_DAYS, Wanted};
use crate::desk::{Desk, Ended, Work};
use crate::domain::calendar::Zone;
use crate::domain::refusal::Refusal;
use crate::text::Texts;
use chrono::{DateTime, Local, Offset, TimeDelta, Utc};
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(call: &mut Call<'_, '_>, wanted: &BackupArgs) -> Result<Exit, Stop> {
    if matches!(call.site, Site::Desk(_)) {
        return inside(call, wanted);
    }
    let dir = call.dir();
    if !Desk::is_begun(&dir) {
        return Err(open::no_desk(&dir).into());
    }
    if call.args.practice != dir.join("practice").exists() {
        let key = if call.args.practice { "fault-not-practice" } else { "fault-is-practice" };
        return Err(Refusal::new(key).into());
    }
    if wanted.status {
        return status(call, &dir);
    }
    let (to, recipients, keep) = asked(&dir, wanted)?;
    let now = Utc::now();
    let key = call.args.place.key.as_deref();
    let interrupt = call.interrupt();
    let mut line = call.progress();
    let wanted = Wanted { dir: &dir, key, to: &to, recipients: &recipients, keep, now };
    let made = backup::make(&wanted, &mut |progress| {
        line.show(progress);
        interrupt.check()
    });
    line.clear();
    told(call, &made?, &to)
}

/// Inside a desk: by its own plan, for whoever keeps it.
fn inside(call: &mut Call<'_, '_>, wanted: &BackupArgs) -> Result<Exit, Stop> {
    if !is_by_plan(wanted) {
        call.needs_machine("backup")?;
    }
    let Opened { seat, dir, .. } = call.open()?;
    if wanted.status {
        if let Some(refusal) = seat.why_not_begin(Work::Verify) {
            return Err(refusal.into());
        }
        return status(call, &dir);
    }
    let to = Plan::of(&dir)?.ok_or(Refusal::new("backup-no-place"))?.to;
    match working::until_ended(call, &seat, Work::Backup)? {
        Ended::BackedUp(made) => told(call, &made, &to),
        Ended::Not(halt) => Err(halt.into()),
        Ended::Verified(_) => Err(Refusal::new("refused-no-answer").into()),
    }
}

/// Says what was made.
fn told(call: &mut Call<'_, '_>, made: &Made, to: &Path) -> Result<Exit, Stop> {
    call.report(made_json(made, to), |call| say_made(call, made, to))?;
    Ok(Exit::whole(made.is_sound() && made.bad_lines == 0 && made.lost_slots == 0))
}

/// Where to, to whom and for how long: as the arguments say, else as the plan does.
fn asked(dir: &Path, wanted: &BackupArgs) -> Result<(PathBuf, Recipients, Keep), Stop> {
    let mut names = wanted.recipients.clone();
    if let Some(file) = &wanted.recipients_file {
        names.extend(Recipients::names_in(file)?);
    }
    let is_all_said = wanted.set.is_some() && !names.is_empty();
    let plan = match Plan::of(dir) {
        Ok(plan) => plan,
        // A plan that cannot be read keeps nobody from a backup for which everything is said.
        Err(_) if is_all_said => None,
        Err(refusal) => return Err(refusal.into()),
    };
    let keep = plan.as_ref().map_or_else(Keep::default, |plan| plan.keep);
    let to = wanted.set.clone().or_else(|| plan.as_ref().map(|plan| plan.to.clone()));
    let to = to.ok_or(Refusal::new("backup-no-place"))?;
    if let (true, Some(plan)) = (names.is_empty(), plan) {
        names = plan.recipients;
    }
    Ok((to, Recipients::parse(names.iter().map(String::as_str))?, keep))
}

fn made_json(made: &Made, to: &Path) -> Json {
    json!({
        "to": to, "number": made.number, "at": made.at, "line": made.head.seq.0, "sha": made.head.sha.to_string(),
        "trail_line": made.trail.seq.0, "desk": made.desk.to_string(), "bytes": made.bytes,
        "written_bytes": made.written_bytes, "written_files": made.written_parts, "expired_files": made.expired,
        "bad_lines": made.bad_lines, "lost_keys": made.lost_slots, "sound": made.is_sound(),
        "departs_from_line": made.departs.map(|head| head.seq.0),
    })
}

fn say_made(call: &mut Call<'_, '_>, made: &Made, to: &Path) -> Result<(), Stop> {
    let words = [
        ("to", to.display().to_string()),
        ("line", made.head.seq.0.to_string()),
        ("sha", made.head.sha.to_string()),
        ("bytes", size(made.bytes)),
        ("written", size(made.written_bytes)),
        ("files", made.written_parts.to_string()),
    ];
    say!(call, "{}", call.texts.with("backup-made", &words))?;
    if made.expired > 0 {
        say!(call, "{}", call.texts.with("backup-expired", &[("count", &made.expired.to_string())]))?;
    }
    if made.bad_lines > 0 {
        say!(call, "!! {}", call.texts.with("backup-bad-lines", &[("count", &made.bad_lines.to_string())]))?;
    }
    if let Some(from) = made.departs {
        say!(call, "!! {}", call.texts.with("backup-departs", &[("line", &from.seq.0.to_string())]))?;
    } else if !made.is_sound() {
        say!(call, "!! {}", call.texts.get("backup-damaged"))?;
    }
    if made.lost_slots > 0 {
        say!(call, "!! {}", call.texts.with("verify-lost-keys", &[("count", &made.lost_slots.to_string())]))?;
    }
    say!(call, "{}", call.texts.get("backup-key-apart"))
}

fn status(call: &mut Call<'_, '_>, dir: &Path) -> Result<Exit, Stop> {
    let now = Utc::now();
    let (plan, last, tried) = (Plan::of(dir)?, Last::of(dir), Tried::of(dir));
    let warn_days = plan.as_ref().map_or(WARN_DAYS, |plan| plan.warn_days);
    let last_at = last.as_ref().map(|last| last.at);
    let is_old = last_at.is_none_or(|at| now - at > TimeDelta::days(i64::from(warn_days)));
    let due = plan.as_ref().and_then(|plan| plan.due(last_at, now));
    let told = json!({
        "last": last.as_ref().map(|last| {
            json!({"at": last.at, "to": last.to, "line": last.head.seq.0, "sha": last.head.sha.to_string()})
        }),
        "failed": tried.as_ref().map(|tried| {
            let text = why(tried, call.texts);
            json!({"at": tried.at, "to": tried.to, "key": tried.key, "text": text, "detail": tried.detail})
        }),
        "old": is_old, "warn_days": warn_days, "due": due,
        "plan": plan.as_ref().map(|plan| json!({"to": plan.to, "every_hours": plan.every_hours})),
    });
    call.report(told, |call| {
        match &last {
            Some(last) => {
                let words = [
                    ("at", local(last.at)),
                    ("to", last.to.display().to_string()),
                    ("line", last.head.seq.0.to_string()),
                    ("hours", (now - last.at).num_hours().max(0).to_string()),
                ];
                say!(call, "{}", call.texts.with("backup-status-last", &words))?;
            }
            None => say!(call, "{}", call.texts.get("backup-status-never"))?,
        }
        if is_old && last.is_some() {
            say!(call, "!! {}", call.texts.with("backup-status-old", &[("days", &warn_days.to_string())]))?;
        }
        if let Some(tried) = &tried {
            let words = [
                ("at", local(tried.at)),
                ("to", tried.to.display().to_string()),
                ("why", why(tried, call.texts)),
                ("detail", tried.detail.clone()),
            ];
            say!(call, "!! {}", call.texts.with("backup-status-failed", &words))?;
        }
        match (due, &plan) {
            (Some(due), Some(plan)) if due <= now => {
                let words = [("to", plan.to.display().to_string())];
                say!(call, "{}", call.texts.with("backup-status-due-now", &words))
            }
            (Some(due), Some(plan)) => {
                let words = [("at", local(due)), ("to", plan.to.display().to_string())];
                say!(call, "{}", call.texts.with("backup-status-due", &words))
            }
            (Some(_) | None, _) => say!(call, "{}", call.texts.get("backup-status-no-plan")),
        }
    })?;
    Ok(Exit::whole(!is_old && tried.is_none()))
}

/// Why a try did not lead to a backup, in one sentence.
fn why(tried: &Tried, texts: Texts) -> String {
    let args: Vec<(&str, &str)> = tried.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let text = texts.with(without_screen(&tried.key), &args);
    if tried.code.is_empty() { text } else { format!("{text} [{}]", tried.code) }
}

/// Bytes as people read them.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A moment in the zone of an office, or by this machine's clock where none is known, and always whose time it is.
pub fn moment(at: DateTime<Utc>, zone: Option<Zone>) -> String {
    let (wall, name) = zone.map_or_else(
        || {
            let at = at.with_timezone(&Local);
            let offset = at.offset().fix();
            let own = Zone::at_offset(offset).map(|zone| zone.code().to_owned());
            let utc = || if offset.local_minus_utc() == 0 { "UTC".to_owned() } else { format!("UTC{offset}") };
            (at.naive_local(), own.unwrap_or_else(utc))
        },
        |zone| (zone.local(at), zone.code().to_owned()),
    );
    format!("{} {name}", wall.format("%d-%m-%Y %H:%M"))
}

/// A moment by this machine's clock, with the name of its zone.
pub fn local(at: DateTime<Utc>) -> String {
    moment(at, None)
}
