//! The command that looks after the master key: where it is, copies of it out and back, rotation. No desk is opened for it:
//! a session may go on meanwhile, but for rotation.

use super::answer::Stop;
use super::console::{Call, say};
use super::{Exit, KeyCommand, open};
use crate::desk::{Copied, Custody, Desk, KeyError, KeyStanding};
use chrono::{DateTime, Local, Utc};
use serde_json::{Value as Json, json};
use std::path::Path;

impl From<KeyError> for Stop {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Refused(refusal) => Self::Refused(refusal),
            KeyError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Runs `pulang key`.
pub fn run(call: &mut Call<'_, '_>, what: Option<&KeyCommand>) -> Result<Exit, Stop> {
    call.needs_machine("key")?;
    let dir = call.dir();
    if !Desk::is_begun(&dir) {
        return Err(open::no_desk(&dir).into());
    }
    let custody = Desk::custody(&dir, call.args.place.key.as_deref());
    match what {
        None => standing(call, &custody),
        Some(KeyCommand::Export { file, to, recipients_file }) => {
            let copied = custody.export(file, to, recipients_file.as_deref(), Utc::now())?;
            told(call, "key-exported", file, &copied)
        }
        Some(KeyCommand::Restore { file, identity }) => {
            let copied = custody.restore(file, identity)?;
            told(call, "key-restored", file, &copied)
        }
        Some(KeyCommand::Check { file, identity }) => check(call, &custody, file, identity),
        Some(KeyCommand::Rotate { new_key_file }) => rotate(call, &dir, new_key_file.as_deref()),
    }
}

/// Where the key is, and what there is to know of it.
fn standing(call: &mut Call<'_, '_>, custody: &Custody) -> Result<Exit, Stop> {
    let found = custody.standing()?;
    let warnings = warnings(&found, call.args.practice);
    let json = json!({
        "path": found.path, "mode": format!("{:04o}", found.mode), "owner": found.owner,
        "fingerprint": found.fingerprint, "opens_desk": found.is_fitting, "same_disk_as_data": found.is_with_data,
        "copy": found.copied.as_ref().map(copy_json), "warnings": warnings,
    });
    call.report(json, |call| {
        let words = [
            ("path", found.path.display().to_string()),
            ("mode", format!("{:04o}", found.mode)),
            ("owner", found.owner.to_string()),
            ("key", found.fingerprint.clone()),
        ];
        say!(call, "{}", call.texts.with("key-where", &words))?;
        if let Some(copied) = &found.copied {
            say!(call, "{}", call.texts.with("key-copied", &copy_words(copied)))?;
        }
        for warning in &warnings {
            say!(call, "! {}", call.texts.get(warning))?;
        }
        Ok(())
    })?;
    Ok(if found.is_fitting { Exit::DONE } else { Exit::REFUSED })
}

/// What is to be known or done about the key, gravest first, by the keys of the sentences.
fn warnings(found: &KeyStanding, is_practice: bool) -> Vec<&'static str> {
    let all = [
        (!found.is_fitting, "key-warn-foreign"),
        (found.is_rotating, "key-warn-rotating"),
        (found.copied.is_none() && !is_practice, "alarm-key-uncopied"),
        (found.is_mode_wide(), "key-warn-mode"),
        (found.is_with_data, "key-warn-same-disk"),
    ];
    all.into_iter().filter_map(|(is_so, key)| is_so.then_some(key)).collect()
}

fn copy_json(copied: &Copied) -> Json {
    json!({"at": copied.at, "fingerprint": copied.key, "recipients": copied.recipients})
}

fn copy_words(copied: &Copied) -> [(&'static str, String); 3] {
    [("at", moment(copied.at)), ("key", copied.key.clone()), ("people", copied.recipients.join(", "))]
}

/// A moment by this machine's clock.
fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%d-%m-%Y %H:%M").to_string()
}

/// What was done with a copy.
fn told(call: &mut Call<'_, '_>, key: &str, file: &Path, copied: &Copied) -> Result<Exit, Stop> {
    let file = file.display().to_string();
    call.report(json!({"file": file, "copy": copy_json(copied)}), |call| {
        let mut words = copy_words(copied).to_vec();
        words.push(("file", file.clone()));
        say!(call, "{}", call.texts.with(key, &words))
    })?;
    Ok(Exit::DONE)
}

fn check(call: &mut Call<'_, '_>, custody: &Custody, file: &Path, identity: &Path) -> Result<Exit, Stop> {
    let (copied, is_fitting) = custody.check(file, identity)?;
    call.report(json!({"opens_desk": is_fitting, "copy": copy_json(&copied)}), |call| {
        let key = if is_fitting { "key-copy-fits" } else { "key-copy-foreign" };
        say!(call, "{}", call.texts.with(key, &copy_words(&copied)))
    })?;
    Ok(Exit::whole(is_fitting))
}

fn rotate(call: &mut Call<'_, '_>, dir: &Path, place: Option<&Path>) -> Result<Exit, Stop> {
    let key = call.args.place.key.as_deref();
    let mut line = call.progress();
    let rotated = Desk::rotate_key(dir, key, place, &mut |progress| line.show(progress));
    line.clear();
    let rotated = rotated?;
    let json = json!({
        "was": rotated.was, "fingerprint": rotated.now, "rewrapped": rotated.rewrapped, "erased": rotated.erased,
        "unreadable": rotated.unreadable, "new_key_file": place,
    });
    call.report(json, |call| {
        let words =
            [("count", rotated.rewrapped.to_string()), ("was", rotated.was.clone()), ("key", rotated.now.clone())];
        say!(call, "{}", call.texts.with("key-rotated", &words))?;
        if let Some(place) = place {
            say!(call, "! {}", call.texts.with("key-rotated-elsewhere", &[("path", &place.display().to_string())]))?;
        }
        say!(call, "! {}", call.texts.get("key-rotated-copies"))
    })?;
    Ok(Exit::DONE)
}
