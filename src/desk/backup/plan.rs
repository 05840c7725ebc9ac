//! The plan of backups: `backup.toml` beside the data, the administrator's. Read at every start and before every backup.

use super::keep::Keep;
use crate::domain::refusal::Refusal;
use crate::records::backup::{Halt, Recipients, is_inside};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

const NAME: &str = "backup.toml";
const MOST: u64 = 64 << 10;

/// Where to, to whom, how often, how long.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The folder of the backup set.
    pub to: PathBuf,
    /// Recipients of `age`.
    pub recipients: Vec<String>,
    /// Hours between two backups that the open desk makes by itself, at most 720; zero makes none.
    #[serde(default = "six")]
    pub every_hours: u16,
    /// Days after which a last backup counts as old.
    #[serde(default = "two")]
    pub warn_days: u16,
    #[serde(default)]
    pub keep: Keep,
}

/// A refusal about a line of the plan.
fn at(key: &'static str, line: usize) -> Refusal {
    Refusal::new(key).with("line", line.to_string())
}

/// The line where a key stands.
fn line_of(text: &str, key: &str) -> usize {
    let is_there =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    1 + text.lines().position(is_there).unwrap_or(0)
}

const fn six() -> u16 {
    6
}

const fn two() -> u16 {
    2
}

/// Days after which a last backup counts as old where no plan says otherwise.
pub const WARN_DAYS: u16 = two();

impl Plan {
    /// The plan of a data folder; `None` when there is none.
    ///
    /// # Errors
    /// Refused with the line and what is wrong there.
    pub fn of(dir: &Path) -> Result<Option<Self>, Refusal> {
        let path = dir.join(NAME);
        let mut text = String::new();
        match std::fs::File::open(&path).and_then(|file| file.take(MOST).read_to_string(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at("backup-plan-wrong", 1).with("what", error.to_string())),
        }
        let plan = Self::read(&text)?;
        if is_inside(&plan.to, dir) {
            let path = plan.to.display().to_string();
            return Err(at("backup-plan-inside", line_of(&text, "to")).with("path", path));
        }
        Ok(Some(plan))
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let plan: Self = toml::from_str(text).map_err(|error| {
            let from = error.span().map_or(0, |span| span.start).min(text.len());
            let line = 1 + text.as_bytes()[..from].iter().filter(|byte| **byte == b'\n').count();
            at("backup-plan-wrong", line).with("what", error.message().to_owned())
        })?;
        if !plan.to.is_absolute() {
            return Err(at("backup-plan-to", line_of(text, "to")).with("path", plan.to.display().to_string()));
        }
        if plan.every_hours > 720 {
            return Err(at("backup-plan-hours", line_of(text, "every_hours")));
        }
        if plan.warn_days == 0 {
            return Err(at("backup-plan-days", line_of(text, "warn_days")));
        }
        let line = line_of(text, "recipients");
        match Recipients::parse(plan.recipients.iter().map(String::as_str)) {
            Ok(_) => Ok(plan),
            Err(Refusal { key: "backup-recipient-wrong", args }) => {
                Err(Refusal { args, ..Refusal::new("backup-plan-recipient") }.with("line", line.to_string()))
            }
            Err(_) => Err(at("backup-plan-nobody", line)),
        }
    }

    /// The recipients, ready to encrypt to.
    ///
    /// # Errors
    /// Refused: none, or one that is no recipient.
    pub fn to_whom(&self) -> Result<Recipients, Halt> {
        Ok(Recipients::parse(self.recipients.iter().map(String::as_str))?)
    }

    /// When the next backup is due by itself, after the last one; `None` for never.
    pub fn due(&self, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let every = (self.every_hours > 0).then(|| TimeDelta::hours(i64::from(self.every_hours)))?;
        // A last one in the future is a clock that was wrong: it waits no longer than from now.
        Some(last.map_or(now, |last| last.min(now) + every))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO: &str = "age1pymz44rqwdzc63kzme3u0dxav2a4jpeuk8d9xzj9zrs6ywc88fxqu73xxu";

    fn recipient() -> String {
        // A recipient of today, so that no identity lies in the sources.
        age::x25519::Identity::generate().to_public().to_string()
    }

    #[test]
    fn what_is_not_said_is_as_the_readme_says() {
        let plan = Plan::read(&format!("to = '/mnt/set'\nrecipients = ['{}']\n", recipient())).unwrap();
        assert_eq!((plan.every_hours, plan.warn_days, plan.keep), (6, 2, Keep::default()));
        let text = format!("to='/m'\nrecipients=['{}']\nevery_hours=1\n[keep]\nmonths=24\n", recipient());
        let plan = Plan::read(&text).unwrap();
        assert_eq!((plan.every_hours, plan.keep.months, plan.keep.all_days), (1, 24, 2));
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let good = format!("to = '/m'\nrecipients = ['{}']\n", recipient());
        let at = |text: &str| {
            let refusal = Plan::read(text).unwrap_err();
            let line = refusal.args.iter().find(|(name, _)| *name == "line").unwrap();
            line.1.parse::<usize>().unwrap()
        };
        assert_eq!(at(&format!("{good}evry_hours = 3\n")), 3);
        assert_eq!(at(&format!("{good}every_hours = 721\n")), 3);
        assert_eq!(at(&format!("{good}warn_days = 0\n")), 3);
        assert_eq!(at(&good.replace("/m", "m")), 1);
        assert_eq!(at(&format!("to = '/m'\nrecipients = ['{}x']\n", TO)), 2);
        assert_eq!(at("to = '/m'\nrecipients = []\n"), 2);
    }

    #[test]
    fn it_is_due_so_long_after_the_last_one_and_at_once_when_there_was_none() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let plan = Plan::read(&format!("to='/m'\nrecipients=['{}']\n", recipient())).unwrap();
        let hours = |count| TimeDelta::hours(count);
        assert_eq!(plan.due(None, now), Some(now));
        assert_eq!(plan.due(Some(now - hours(5)), now), Some(now + hours(1)));
        assert_eq!(plan.due(Some(now + hours(500)), now), Some(now + hours(6)));
        assert_eq!(Plan { every_hours: 0, ..plan }.due(None, now), None);
    }
}
