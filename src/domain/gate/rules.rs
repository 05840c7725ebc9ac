//! The gate table as it is read from TOML: what an office may change, and the floor that it may not.
//!
//! Reading only; [`super::plan`] applies it. A table that is wrong is refused as a whole with the place and the reason, so
//! that an office keeps working with the one before.

mod table;

use super::Fact;
use crate::domain::access::Roles;
use crate::domain::status::Status;
use crate::domain::triage::Thresholds;
use crate::domain::words::List;
use chrono::{FixedOffset, NaiveDate, TimeDelta};
use serde::Deserialize;
use std::collections::BTreeMap;
use table::{RawClosing, RawGate, RawRules, RawStep, once, read_ended, span, span_error};

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

/// Why a table is refused; the message names the place and is meant for the person who edits it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    #[error("the table is longer than {MOST_BYTES} bytes")]
    TooLong,
    #[error("not a gate table: {0}")]
    Toml(String),
    #[error("{place}: {what:?} is not a known {kind}")]
    Unknown { place: String, what: String, kind: &'static str },
    #[error("{place}: {what:?} is not a time such as 15m, 24h, 7d, \"before PULDA\" or \"before leaving\"")]
    Span { place: String, what: String },
    #[error("{0} stands twice")]
    Twice(String),
    #[error("{0} is missing")]
    Lacking(String),
    #[error("{place}: {fact} must be required here; no office may drop it")]
    Floor { place: String, fact: &'static str },
    #[error("{place}: out of bounds")]
    Bounds { place: &'static str },
}

/// A table is a page or two; anything larger is a mistake.
const MOST_BYTES: usize = 60_000;

/// What every table asks, whatever an office writes (`desk.md`, "Nobody is hurt or exposed" 1 and "Work never stops" 1).
const FLOOR: &[(Status, &[Fact])] = &[
    (Status::Pulda, &[Fact::NoHold, Fact::ChildGuardian]),
    (Status::Reint, &[Fact::NoHold, Fact::ReceiverSafe, Fact::HandedTo, Fact::HandedAt]),
    (Status::Tutup, &[Fact::CloseReason]),
];

/// Reasons of closing that leave a person with somebody, or with nobody: a child must be in safe hands.
const CHILD_FLOOR: [&str; 6] = ["SEL", "PMD", "PMX", "TLK", "BRK", "LMP"];

/// States of the remains track that nobody reaches before the dead person is identified.
const REMAINS_FLOOR: [&str; 4] = ["JNZ4", "JNZ5", "JNZ8", "JNZM"];

/// Reasons for which two people are needed everywhere (`desk.md`, the gate of TUTUP).
const TWO_FLOOR: [&str; 5] = ["TLK", "HKD", "MGL", "DUP", "SLH"];

impl Rules {
    /// The table that comes with the program.
    pub fn built_in() -> Self {
        Self::parse(include_str!("../../../assets/gates.toml")).expect("a test reads the built-in table")
    }

    /// Reads a table.
    ///
    /// # Errors
    /// The first mistake, with its place; nothing is taken over from a table with a mistake.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        if text.len() > MOST_BYTES {
            return Err(RulesError::TooLong);
        }
        let raw: RawRules = toml::from_str(text).map_err(|error| RulesError::Toml(error.to_string()))?;
        let zone = i32::from(raw.zone_hours) * 3600;
        let rules = Self {
            since: raw.since.parse().map_err(|_| span_error("since", &raw.since))?,
            zone: FixedOffset::east_opt(zone).ok_or(RulesError::Bounds { place: "zone_hours" })?,
            emergency_due: span("emergency_due", &raw.emergency_due)?,
            hold_review: span("hold_review", &raw.hold_review)?,
            triage: raw.triage.read()?,
            placement: |_, _| None,
            gates: raw.gate.into_iter().map(RawGate::read).collect::<Result<_, _>>()?,
            closings: raw.closing.into_iter().map(RawClosing::read).collect::<Result<_, _>>()?,
            ended: read_ended(raw.track)?,
            steps: raw.step.into_iter().map(RawStep::read).collect::<Result<_, _>>()?,
            version: raw.version,
        };
        if rules.version.is_empty() || rules.version.len() > 40 {
            return Err(RulesError::Bounds { place: "version" });
        }
        rules.checked()
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

    fn checked(self) -> Result<Self, RulesError> {
        once("gate", self.gates.iter().map(|gate| gate.to.code()))?;
        once("closing", self.closings.iter().map(|closing| closing.reason))?;
        once("step", self.steps.iter().map(|step| step.state))?;
        let lacking = |what: &str, code: &str| RulesError::Lacking(format!("{what} {code}"));
        for status in Status::ALL {
            if !self.gates.iter().any(|gate| gate.to == status) {
                return Err(lacking("gate", status.code()));
            }
        }
        for reason in List::CloseReason.codes() {
            self.closing(reason).ok_or_else(|| lacking("closing", reason))?;
        }
        let floor = |place: &str, fact: Fact| RulesError::Floor { place: place.to_owned(), fact: fact.code() };
        for (status, facts) in FLOOR {
            let required = &self.gate(*status).required;
            if let Some(fact) = facts.iter().find(|fact| !required.contains(fact)) {
                return Err(floor(status.code(), *fact));
            }
        }
        for closing in &self.closings {
            if CHILD_FLOOR.contains(&closing.reason) && !closing.required.contains(&Fact::ReceiverSafe) {
                return Err(floor(closing.reason, Fact::ReceiverSafe));
            }
            if TWO_FLOOR.contains(&closing.reason) && !closing.is_two {
                return Err(RulesError::Lacking(format!("closing {}: two = true", closing.reason)));
            }
        }
        for state in REMAINS_FLOOR {
            if !self.step(state).is_some_and(|step| step.required.contains(&Fact::RemainsIdentified)) {
                return Err(floor(state, Fact::RemainsIdentified));
            }
        }
        Ok(self)
    }
}
