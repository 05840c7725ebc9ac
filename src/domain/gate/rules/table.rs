//! The gate table as TOML writes it, and how its rows are read: every code known, every time bounded.
//!
//! Nothing here knows what a table must contain; [`super::Rules`] checks that.

use super::{Closing, Due, Gate, RulesError, Since, Step};
use crate::domain::access::{Role, Roles};
use crate::domain::gate::Fact;
use crate::domain::status::Status;
use crate::domain::triage::{Cause, Thresholds};
use crate::domain::words::List;
use chrono::TimeDelta;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRules {
    pub(super) version: String,
    pub(super) since: String,
    pub(super) zone_hours: i8,
    pub(super) emergency_due: String,
    pub(super) hold_review: String,
    pub(super) gate: Vec<RawGate>,
    pub(super) closing: Vec<RawClosing>,
    pub(super) triage: RawTriage,
    pub(super) track: Vec<RawTrack>,
    #[serde(default)]
    pub(super) step: Vec<RawStep>,
}

/// `source` says where a rule comes from; people read it, the program does not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGate {
    pub(super) to: String,
    pub(super) from: Vec<String>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    #[serde(default)]
    pub(super) required_from: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) owed: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) never: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) leave: Option<String>,
    #[serde(default)]
    pub(super) contacts: Vec<String>,
    pub(super) position: Option<String>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClosing {
    pub(super) reason: String,
    #[serde(default)]
    pub(super) from: Vec<String>,
    pub(super) required: Vec<String>,
    pub(super) clock: Option<RawClock>,
    #[serde(default)]
    pub(super) two: bool,
    #[serde(default)]
    pub(super) forgives_debts: bool,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClock {
    pub(super) since: Since,
    pub(super) days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTriage {
    pub(super) minutes: [u16; 3],
    pub(super) pregnant_red_weeks: u8,
    pub(super) elder_years: u8,
    pub(super) violence_days: u8,
    pub(super) travel_paper_days: u8,
    #[serde(default)]
    pub(super) hearsay: Vec<RawHearsay>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHearsay {
    pub(super) words: Vec<String>,
    pub(super) cause: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrack {
    pub(super) code: String,
    pub(super) ended: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) state: String,
    #[serde(default)]
    pub(super) from: Vec<String>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    #[serde(rename = "source")]
    pub(super) _source: Option<String>,
}

impl RawGate {
    pub(super) fn read(self) -> Result<Gate, RulesError> {
        let to = status("gate", &self.to)?;
        let place = self.to.as_str();
        let owed = self.owed.iter().map(|(fact_code, due_text)| Ok((fact(place, fact_code)?, due(place, due_text)?)));
        let from_facts =
            self.required_from.iter().map(|(from, codes)| Ok((status(place, from)?, facts(place, codes)?)));
        let role = |code: &String| Role::from_code(code).ok_or_else(|| unknown(place, code, "role"));
        let position = self.position.as_deref().map(|code| listed(place, List::Position, code, "position"));
        Ok(Gate {
            to,
            from: statuses(place, &self.from)?,
            required: facts(place, &self.required)?,
            required_from: from_facts.collect::<Result<_, RulesError>>()?,
            owed: owed.collect::<Result<_, RulesError>>()?,
            never: facts(place, &self.never)?,
            roles: self.roles.iter().map(role).collect::<Result<Roles, RulesError>>()?.with(Role::Supervisor),
            leave: self.leave.as_deref().map(|text| span(place, text)).transpose()?,
            contacts: self.contacts.iter().map(|text| span(place, text)).collect::<Result<_, _>>()?,
            position: position.transpose()?,
        })
    }
}

impl RawClosing {
    pub(super) fn read(self) -> Result<Closing, RulesError> {
        let reason = listed("closing", List::CloseReason, &self.reason, "reason of closing")?;
        Ok(Closing {
            reason,
            from: statuses(reason, &self.from)?,
            required: facts(reason, &self.required)?,
            clock: self.clock.map(|clock| (clock.since, clock.days)),
            is_two: self.two,
            forgives_debts: self.forgives_debts,
        })
    }
}

impl RawTriage {
    pub(super) fn read(self) -> Result<Thresholds, RulesError> {
        let mut hearsay = Vec::new();
        for row in self.hearsay {
            let cause = Cause::from_code(&row.cause).ok_or_else(|| unknown("triage.hearsay", &row.cause, "cause"))?;
            hearsay.extend(row.words.into_iter().map(|word| (word.to_lowercase(), cause)));
        }
        let is_bounded = hearsay.len() <= 200 && hearsay.iter().all(|(word, _)| (2..=40).contains(&word.len()));
        if !is_bounded {
            return Err(RulesError::Bounds { place: "triage.hearsay" });
        }
        Ok(Thresholds {
            minutes: self.minutes,
            pregnant_red_weeks: self.pregnant_red_weeks,
            elder_years: self.elder_years,
            violence_days: self.violence_days,
            travel_paper_days: self.travel_paper_days,
            hearsay,
        })
    }
}

impl RawStep {
    pub(super) fn read(self) -> Result<Step, RulesError> {
        let state = listed("step", List::TrackState, &self.state, "state")?;
        let from = self.from.iter().map(|code| listed(state, List::TrackState, code, "state"));
        Ok(Step { state, from: from.collect::<Result<_, _>>()?, required: facts(state, &self.required)? })
    }
}

pub(super) fn read_ended(tracks: Vec<RawTrack>) -> Result<Vec<&'static str>, RulesError> {
    let mut ended = Vec::new();
    for track in tracks {
        listed("track", List::Track, &track.code, "track")?;
        for state in track.ended {
            ended.push(listed(&track.code, List::TrackState, &state, "state")?);
        }
    }
    Ok(ended)
}

pub(super) fn once<'a>(what: &str, codes: impl Iterator<Item = &'a str>) -> Result<(), RulesError> {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(RulesError::Twice(format!("{what} {code}")));
        }
    }
    Ok(())
}

fn unknown(place: &str, what: &str, kind: &'static str) -> RulesError {
    RulesError::Unknown { place: place.to_owned(), what: what.chars().take(40).collect(), kind }
}

pub(super) fn span_error(place: &str, what: &str) -> RulesError {
    RulesError::Span { place: place.to_owned(), what: what.chars().take(40).collect() }
}

fn status(place: &str, code: &str) -> Result<Status, RulesError> {
    Status::from_code(code).ok_or_else(|| unknown(place, code, "status"))
}

fn statuses(place: &str, codes: &[String]) -> Result<Vec<Status>, RulesError> {
    codes.iter().map(|code| status(place, code)).collect()
}

fn fact(place: &str, code: &str) -> Result<Fact, RulesError> {
    Fact::from_code(code).ok_or_else(|| unknown(place, code, "fact"))
}

fn facts(place: &str, codes: &[String]) -> Result<Vec<Fact>, RulesError> {
    codes.iter().map(|code| fact(place, code)).collect()
}

fn listed(place: &str, list: List, code: &str, kind: &'static str) -> Result<&'static str, RulesError> {
    list.find(code).ok_or_else(|| unknown(place, code, kind))
}

/// `15m`, `24h`, `7d`: at most ten years.
pub(super) fn span(place: &str, text: &str) -> Result<TimeDelta, RulesError> {
    let wrong = || span_error(place, text);
    let (count, unit) = text.trim().split_at_checked(text.trim().len().saturating_sub(1)).ok_or_else(wrong)?;
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let minutes = match unit {
        "m" => i64::from(count),
        "h" => i64::from(count) * 60,
        "d" => i64::from(count) * 24 * 60,
        _ => return Err(wrong()),
    };
    if minutes > 3_660 * 24 * 60 { Err(wrong()) } else { Ok(TimeDelta::minutes(minutes)) }
}

/// `24h`, `before PULDA`, `before leaving`, or several with commas.
fn due(place: &str, text: &str) -> Result<Due, RulesError> {
    let mut due = Due::default();
    for part in text.split(',').map(str::trim) {
        match part.strip_prefix("before ").map(str::trim) {
            Some("leaving") => due.is_before_leaving = true,
            Some(code) => due.before = Some(status(place, code)?),
            None => due.within = Some(span(place, part)?),
        }
    }
    Ok(due)
}
