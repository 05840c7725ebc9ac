//! The gate table as it is read from TOML: what an office may change, and the floor that it may not.
//!
//! Reading only; [`super::plan`] applies it, and whose table holds when is the desk's to know. A table that is wrong is
//! refused as a whole with every mistake and its place, so that an office keeps working with the one before.

mod flaw;
mod floor;
mod table;

pub use flaw::{Flaw, Sort, Wrong};

use super::Fact;
use crate::domain::access::Roles;
use crate::domain::status::Status;
use crate::domain::triage::Thresholds;
use chrono::{FixedOffset, NaiveDate, TimeDelta};
use serde::Deserialize;
use std::collections::BTreeMap;
use table::{RawRules, Reader};

/// Until when a fact may be owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// So long after the move.
    pub within: Option<TimeDelta>,
    /// At the latest when entering this status.
    pub before: Option<Status>,
    /// At the latest when leaving the status that was entered.
    pub is_before_leaving: bool,
}

/// One gate: who may enter a status, from where, with which facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    pub to: Status,
    pub from: Vec<Status>,
    pub required: Vec<Fact>,
    pub required_from: BTreeMap<Status, Vec<Fact>>,
    pub owed: Vec<(Fact, Due)>,
    pub never: Vec<Fact>,
    pub roles: Roles,
    /// How long one may stay before the case is late.
    pub leave: Option<TimeDelta>,
    /// Days of contact after entering, counted from the move.
    pub contacts: Vec<TimeDelta>,
    /// The position that entering means, when nothing else is said: a code of `List::Position`.
    pub position: Option<&'static str>,
}

impl Gate {
    /// The facts that are required of somebody who comes from there.
    pub fn required_of(&self, from: Status) -> impl Iterator<Item = Fact> + '_ {
        self.required.iter().chain(self.required_from.get(&from).into_iter().flatten()).copied()
    }

    /// Whether this fact may be passed as *darurat* here: never at closing, nor where table or floor forbids it.
    pub fn may_be_emergency(&self, fact: Fact) -> bool {
        self.to != Status::Tutup && !fact.is_never_emergency() && !self.never.contains(&fact)
    }
}

/// From which fact a closing clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    LastContact,
    StatusAt,
    ReportedAt,
}

/// One reason of closing with its own facts and clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// A code of `List::CloseReason`.
    pub reason: &'static str,
    /// Statuses from which this reason is possible; empty for all.
    pub from: Vec<Status>,
    pub required: Vec<Fact>,
    pub clock: Option<(Since, u16)>,
    /// Whether a second person approves.
    pub is_two: bool,
    /// Whether facts still owed do not hinder it, because they cannot be had any more.
    pub forgives_debts: bool,
}

/// A state of a track that asks for facts or for a state before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub state: &'static str,
    pub from: Vec<&'static str>,
    pub required: Vec<Fact>,
}

/// The whole table of an office.
#[derive(Clone, Debug)]
pub struct Rules {
    pub version: String,
    pub since: NaiveDate,
    /// The zone in which days are counted where no office is asked.
    pub zone: FixedOffset,
    pub emergency_due: TimeDelta,
    pub hold_review: TimeDelta,
    pub triage: Thresholds,
    /// Whether a country (ISO 3166 alpha-3) was one of placement on a day; nothing where no table says so.
    pub placement: fn([u8; 3], NaiveDate) -> Option<bool>,
    gates: Vec<Gate>,
    closings: Vec<Closing>,
    ended: Vec<&'static str>,
    steps: Vec<Step>,
}

/// A table is a page or two; anything larger is a mistake.
pub const MOST_BYTES: usize = 60_000;

/// The longest version, in characters.
const MOST_VERSION: usize = 40;

impl Rules {
    /// The table that comes with the program, as it is written.
    pub const BUILT_IN: &'static str = include_str!("../../../assets/gates.toml");

    /// The table that comes with the program.
    pub fn built_in() -> Self {
        Self::parse(Self::BUILT_IN).expect("a test reads the built-in table")
    }

    /// Reads a table.
    ///
    /// # Errors
    /// Every mistake with its place, in the order of the lines; nothing is taken over from a table with a mistake. A text
    /// that is no TOML, or has a key that no table has, is one mistake: the first.
    pub fn parse(text: &str) -> Result<Self, Vec<Flaw>> {
        let mut reader = Reader::new(text);
        if text.len() > MOST_BYTES {
            reader.wrong(0, "", Wrong::TooLong { most: MOST_BYTES });
            return Err(reader.flaws);
        }
        let raw: RawRules = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                reader.wrong(at, "", Wrong::Toml(error.message().to_owned()));
                return Err(reader.flaws);
            }
        };
        let rules = Self::read(raw, &mut reader);
        floor::check(&rules, &mut reader);
        reader.flaws.sort_by_key(|flaw| (flaw.line, flaw.column));
        reader.flaws.dedup();
        if reader.flaws.is_empty() { Ok(rules) } else { Err(reader.flaws) }
    }

    fn read(raw: RawRules, reader: &mut Reader<'_>) -> Self {
        let hours = i32::try_from(*raw.zone_hours.as_ref()).ok().filter(|hours| (-12..=14).contains(hours));
        let zone = hours.and_then(|hours| FixedOffset::east_opt(hours * 3600));
        if zone.is_none() {
            let wrong = Wrong::Bounds { least: "-12", most: "14" };
            reader.wrong(raw.zone_hours.span().start, "zone_hours", wrong);
        }
        let version = raw.version.as_ref().trim();
        if version.is_empty() || version.chars().count() > MOST_VERSION || version.contains(char::is_control) {
            reader.wrong(raw.version.span().start, "version", Wrong::Bounds { least: "1", most: "40" });
        }
        Self {
            version: version.to_owned(),
            since: reader.day("since", &raw.since),
            zone: zone.unwrap_or(FixedOffset::east_opt(0).expect("nought is within a day")),
            emergency_due: reader.bounded("emergency_due", &raw.emergency_due),
            hold_review: reader.bounded("hold_review", &raw.hold_review),
            triage: reader.triage(raw.triage),
            placement: |_, _| None,
            gates: raw.gate.iter().filter_map(|gate| reader.gate(gate)).collect(),
            closings: raw.closing.iter().filter_map(|closing| reader.closing(closing)).collect(),
            ended: reader.ended(&raw.track),
            steps: raw.step.iter().filter_map(|step| reader.step(step)).collect(),
        }
    }

    /// The gate into a status: every status has one.
    pub fn gate(&self, to: Status) -> &Gate {
        self.gates.iter().find(|gate| gate.to == to).expect("a table without every gate is refused when it is read")
    }

    /// The rules of a reason of closing.
    pub fn closing(&self, reason: &str) -> Option<&Closing> {
        self.closings.iter().find(|closing| closing.reason == reason)
    }

    /// Whether a track in this state has come to its end.
    pub fn is_track_ended(&self, state: &str) -> bool {
        self.ended.contains(&state)
    }

    /// What a state of a track asks for, when it asks for anything.
    pub fn step(&self, state: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.state == state)
    }
}
