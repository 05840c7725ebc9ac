//! `pulang doctor`: what of this machine keeps a desk from working well, and what to do about it. It opens no desk, changes
//! nothing, and works beside an open one. What is looked at is in `seen`; what follows from it is decided here, purely.

mod seen;

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use seen::{Door, Medium, Seen};
use serde_json::{Value as Json, json};

/// Bytes that should be free below the data: room for the store to collect its garbage in.
const ROOM: u64 = 2 << 30;
/// Bytes without which the desk will soon refuse to save.
const LEAST_ROOM: u64 = 200 << 20;
/// Open files that a daemon with many screens needs.
const FILES: u64 = 1024;
/// How far the clock may stand before the last line that was written, in seconds.
const SLACK: i64 = 5;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Fine,
    /// It works; something should be known or done.
    Note,
    /// The desk does not work, or is not safe.
    Bad,
}

impl Grade {
    const fn code(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Note => "note",
            Self::Bad => "bad",
        }
    }

    /// The sign before a line, legible without colour.
    const fn sign(self) -> &'static str {
        match self {
            Self::Fine => "  ok",
            Self::Note => "   !",
            Self::Bad => "  !!",
        }
    }
}

/// One thing that was looked at: its sentence, `doctor-…`, says what is so and what to do.
struct Finding {
    grade: Grade,
    key: &'static str,
    words: Vec<(&'static str, String)>,
}

/// Runs `pulang doctor`.
pub fn run(call: &mut Call<'_, '_>) -> Result<Exit, Stop> {
    call.needs_machine("doctor")?;
    let seen = Seen::now(call.args, &call.dir());
    let findings = judge(&seen);
    let text = |finding: &Finding| call.texts.with(finding.key, &finding.words);
    let told: Vec<(Grade, &str, String)> = findings.iter().map(|one| (one.grade, one.key, text(one))).collect();
    let worst = told.iter().map(|(grade, ..)| *grade).max().unwrap_or(Grade::Fine);
    let json = |(grade, key, text): &(Grade, &str, String)| json!({"grade": grade.code(), "key": key, "text": text});
    let json = json!({"is_well": worst != Grade::Bad, "findings": told.iter().map(json).collect::<Vec<Json>>()});
    call.report(json, |call| {
        for (grade, _, text) in &told {
            say!(call, "{}  {text}", grade.sign())?;
        }
        Ok(())
    })?;
    Ok(Exit::whole(worst != Grade::Bad))
}

/// Everything that was looked at, in the order in which one would look.
fn judge(seen: &Seen) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |grade, key, words: &[(&'static str, String)]| {
        found.push(Finding { grade, key, words: words.to_vec() });
    };
    let dir = seen.dir.display().to_string();
    let here = [("path", dir)];
    match &seen.folder {
        _ if seen.is_of_service => say(Grade::Fine, "doctor-folder-service", &[]),
        None if seen.is_folder_closed => say(Grade::Fine, "doctor-folder-closed", &here),
        None => say(Grade::Note, "doctor-folder-none", &here),
        Some(folder) if !folder.is_own => say(Grade::Bad, "doctor-folder-foreign", &here),
        Some(folder) if folder.mode & 0o077 != 0 => {
            say(Grade::Bad, "doctor-folder-wide", &[here[0].clone(), ("mode", format!("{:04o}", folder.mode))]);
        }
        Some(_) => say(Grade::Fine, "doctor-folder-ok", &here),
    }
    match seen.medium {
        Some(Medium::Memory) => say(Grade::Bad, "doctor-medium-memory", &[]),
        Some(Medium::Network) => say(Grade::Bad, "doctor-medium-network", &[]),
        Some(Medium::CopyOnWrite) => say(Grade::Note, "doctor-medium-copies", &[]),
        Some(Medium::Plain) | None => {}
    }
    if let Some(free) = seen.free {
        let words = [("free", format!("{:.1} GB", free as f64 / 1e9))];
        let (grade, key) = match free {
            0..LEAST_ROOM => (Grade::Bad, "doctor-room-none"),
            LEAST_ROOM..ROOM => (Grade::Note, "doctor-room-little"),
            _ => (Grade::Fine, "doctor-room-ok"),
        };
        say(grade, key, &words);
    }
    keys(seen, &mut say);
    door(seen, &mut say);
    clock(seen, &mut say);
    machine(seen, &mut say);
    terminal(seen, &mut say);
    found
}

type Say<'s> = dyn FnMut(Grade, &'static str, &[(&'static str, String)]) + 's;

/// The master key and its copy, and the backups.
fn keys(seen: &Seen, say: &mut Say<'_>) {
    if let Some(fault) = seen.key_fault {
        say(Grade::Bad, fault, &[]);
    }
    let Some(key) = &seen.key else { return };
    let words = [("path", key.path.display().to_string()), ("mode", format!("{:04o}", key.mode))];
    match () {
        () if !key.is_fitting => say(Grade::Bad, "doctor-key-foreign", &words),
        () if key.is_mode_wide() => say(Grade::Bad, "doctor-key-wide", &words),
        () if seen.key_fault.is_some() => {}
        () => say(Grade::Fine, "doctor-key-ok", &words),
    }
    if key.copied.is_none() && !seen.is_practice {
        say(Grade::Note, "doctor-key-uncopied", &[]);
    }
    match (seen.is_plan_good, seen.backed_up) {
        _ if seen.is_practice => {}
        (Some(false), _) => say(Grade::Bad, "doctor-backup-plan", &[]),
        _ if seen.is_backup_failed => say(Grade::Bad, "doctor-backup-failed", &[]),
        (None, None) => say(Grade::Note, "doctor-backup-none", &[]),
        (Some(true), None) => say(Grade::Note, "doctor-backup-never", &[]),
        (_, Some(days)) if days > i64::from(seen.warn_days) => {
            say(Grade::Note, "doctor-backup-old", &[("days", days.to_string())]);
        }
        (_, Some(days)) => say(Grade::Fine, "doctor-backup-ok", &[("days", days.to_string())]),
    }
}

/// The socket of the daemon.
fn door(seen: &Seen, say: &mut Say<'_>) {
    let words = |path: &std::path::Path| [("path", path.display().to_string())];
    match &seen.door {
        Door::None(path) => say(Grade::Fine, "doctor-door-none", &words(path)),
        Door::NotASocket(path) => say(Grade::Bad, "doctor-door-file", &words(path)),
        Door::Closed(path) => say(Grade::Bad, "doctor-door-closed", &words(path)),
        Door::Deaf(path) => say(Grade::Note, "doctor-door-deaf", &words(path)),
        Door::Open { path, mode, .. } if mode & 0o007 != 0 => {
            say(Grade::Bad, "doctor-door-wide", &[words(path)[0].clone(), ("mode", format!("{mode:04o}"))]);
        }
        Door::Open { path, is_movable: true, .. } => say(Grade::Bad, "doctor-door-movable", &words(path)),
        Door::Open { path, .. } => say(Grade::Fine, "doctor-door-ok", &words(path)),
    }
    if !seen.are_settings_good {
        say(Grade::Bad, "doctor-settings", &[]);
    }
}

fn clock(seen: &Seen, say: &mut Say<'_>) {
    match seen.behind_s {
        Some(behind) if behind > SLACK => {
            say(Grade::Bad, "doctor-clock-back", &[("minutes", (behind / 60 + 1).to_string())])
        }
        _ if seen.is_clock_unset => say(Grade::Bad, "doctor-clock-unset", &[]),
        _ if seen.is_clock_alone => say(Grade::Note, "doctor-clock-alone", &[]),
        _ => say(Grade::Fine, "doctor-clock-ok", &[]),
    }
}

/// What the machine lends the process.
fn machine(seen: &Seen, say: &mut Say<'_>) {
    if seen.files.is_some_and(|files| files < FILES) {
        let files = seen.files.unwrap_or_default().to_string();
        say(Grade::Note, "doctor-files", &[("files", files), ("least", FILES.to_string())]);
    }
    if seen.has_swap {
        say(Grade::Note, "doctor-swap", &[]);
    }
}

/// The terminal on which the question was asked.
fn terminal(seen: &Seen, say: &mut Say<'_>) {
    if !seen.is_utf8 {
        say(Grade::Note, "doctor-locale", &[]);
    }
    match seen.size {
        None => say(Grade::Fine, "doctor-terminal-none", &[]),
        Some((cols, rows)) => {
            let words = [("cols", cols.to_string()), ("rows", rows.to_string())];
            let (grade, key) = match (cols, rows) {
                (80.., 24..) => (Grade::Fine, "doctor-terminal-ok"),
                (40.., 10..) => (Grade::Note, "doctor-terminal-small"),
                _ => (Grade::Bad, "doctor-terminal-tiny"),
            };
            say(grade, key, &words);
        }
    }
    if seen.is_terminal_dumb {
        say(Grade::Bad, "doctor-terminal-dumb", &[]);
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
