//! The story of one case: what is told at each status, so that every gate on the way is satisfied (desk.md, gate table).

use super::people::Person;
use super::random::Dice;
use super::role::{Crowd, Part, TRACK};
use super::stages;
use super::world::{AIRPORT, CAPITAL, CENTRE, EMBASSY, Flight, NORTH, Operator, POST, World, ms};
use crate::domain::change::Verb;
use crate::domain::field::Field;
use crate::domain::record::{ItemId, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, TimeDelta, Utc};
use ulid::Ulid;

/// One thing that happened: facts that were set, when, by whom.
#[derive(Clone)]
pub(super) struct Step {
    pub verb: Verb,
    pub at: DateTime<Utc>,
    pub by: Ulid,
    pub office: Ulid,
    pub reason: Option<String>,
    pub sets: Vec<(Slot, Value)>,
}

/// Tells one case: collects steps, with the dice and the person of that case.
pub(super) struct Teller<'a> {
    pub world: &'a World,
    pub dice: Dice,
    pub person: &'a Person,
    pub part: Part,
    /// The last moment that may be told.
    pub until: DateTime<Utc>,
    /// Of whom the case may say that it is the same person.
    pub earlier: Option<Subject>,
    /// What happened, each with where its facts begin in `told`.
    pub steps: Vec<(Step, usize)>,
    /// Every fact in the order in which it was told; one list for all steps spares an allocation for each.
    pub told: Vec<(Slot, Value)>,
}

impl<'a> Teller<'a> {
    /// Tells the whole case.
    pub fn tell(&mut self) {
        let path = self.path();
        let times = self.times(&path);
        for (place, (status, at)) in path.iter().zip(&times).enumerate() {
            let from = place.checked_sub(1).map(|before| path[before]);
            self.enter(status, from, *at);
        }
        let last = times.last().copied().unwrap_or(self.part.began);
        stages::conditions(self, last);
    }

    /// The steps with their facts.
    pub fn into_steps(mut self) -> Vec<Step> {
        let mut steps = Vec::with_capacity(self.steps.len());
        while let Some((mut step, from)) = self.steps.pop() {
            step.sets = self.told.split_off(from);
            steps.push(step);
        }
        steps.reverse();
        steps
    }

    /// The statuses that the case went through, the last one included.
    fn path(&mut self) -> Vec<&'static str> {
        let is_at_desk = self.part.crowd == Crowd::Landed || (self.part.crowd == Crowd::None && self.dice.percent(15));
        let needs_care = matches!(self.part.crowd, Crowd::Centre { .. }) || self.dice.percent(55);
        let waits = self.dice.percent(70);
        let end = self.part.status;
        let ends_early = end == "TUTUP" && self.dice.percent(16);
        let is_on_the_way = |status: &str| match status {
            "LAPOR" => true,
            "VERIF" | "DOKUM" | "SIAP" | "JALAN" => !is_at_desk,
            "LINDUNG" => !is_at_desk && waits,
            "REHAB" => needs_care,
            _ => !ends_early,
        };
        let place = TRACK.iter().position(|status| *status == end).unwrap_or(0);
        let mut path: Vec<&'static str> =
            TRACK[..place].iter().copied().filter(|status| is_on_the_way(status)).collect();
        if ends_early {
            path.retain(|status| matches!(*status, "LAPOR" | "VERIF" | "LINDUNG"));
        }
        // A status abroad cannot follow the desk of the airport.
        if matches!(end, "VERIF" | "LINDUNG" | "DOKUM" | "SIAP" | "JALAN") && is_at_desk {
            path = TRACK[..place].iter().copied().filter(|status| waits || *status != "LINDUNG").collect();
        }
        path.push(end);
        path
    }

    /// When each status of the path was entered: at its usual pace, quicker where the time since the report is short.
    fn times(&mut self, path: &[&'static str]) -> Vec<DateTime<Utc>> {
        let paces: Vec<i64> = path[..path.len() - 1]
            .iter()
            .map(|status| {
                let (least_h, most_h) = match *status {
                    "LAPOR" => (6, 30),
                    "VERIF" => (20, 72),
                    "LINDUNG" => (48, 150),
                    "DOKUM" => (48, 150),
                    "SIAP" => (24, 120),
                    "JALAN" => (5, 8),
                    "TIBA" => (1, 5),
                    "ASESM" => (8, 72),
                    "REHAB" => (100, 480),
                    "PULDA" => (12, 72),
                    _ => (1_400, 2_300),
                };
                self.dice.between(least_h * 60, most_h * 60)
            })
            .collect();
        let began = self.part.began;
        let left = (self.until - began).num_minutes().max(path.len() as i64);
        let usual: i64 = paces.iter().sum::<i64>().max(1);
        let mut at = began;
        let mut times = vec![began];
        for (place, pace) in paces.iter().enumerate() {
            let pace = if usual > left { pace * left * 9 / (usual * 10) } else { *pace };
            let usual = at + TimeDelta::minutes(pace.max(1));
            at = self.fixed(path, place + 1, usual).unwrap_or(usual).max(at + TimeDelta::minutes(1));
            times.push(at.min(self.until));
        }
        times
    }

    /// The moment of a status that a flight decides, where one does.
    fn fixed(&mut self, path: &[&'static str], place: usize, usual: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let shift = TimeDelta::minutes(self.dice.between(10, 70));
        match (path[place], self.part.crowd) {
            ("TIBA", Crowd::Landed) => Some(self.world.lands(Flight::Landed) + shift),
            ("ASESM", Crowd::Landed) => Some(self.world.lands(Flight::Landed) + shift + TimeDelta::minutes(75)),
            ("JALAN", Crowd::None) => Some(self.world.departs(Flight::Daily(usual.date_naive()))),
            ("JALAN", Crowd::Aloft) => Some(self.world.departs(Flight::Aloft)),
            ("JALAN", Crowd::Centre { .. }) => Some(self.world.departs(Flight::Cohort)),
            ("TIBA", Crowd::Centre { .. }) => Some(self.world.lands(Flight::Cohort) + shift),
            ("ASESM", Crowd::Centre { .. }) => Some(self.world.lands(Flight::Cohort) + shift * 4),
            ("REHAB", Crowd::Centre { .. }) => {
                Some(self.world.lands(Flight::Cohort) + shift * 4 + TimeDelta::hours(20))
            }
            _ => None,
        }
    }

    /// The office whose work a status is.
    pub fn office_of(&self, status: &str) -> usize {
        match status {
            _ if self.part.is_accompanied => POST,
            "LAPOR" if self.part.crowd == Crowd::Landed => AIRPORT,
            "LAPOR" | "VERIF" | "LINDUNG" | "DOKUM" | "SIAP" | "JALAN" => EMBASSY,
            "TIBA" | "ASESM" => AIRPORT,
            "REHAB" => CENTRE,
            _ => self.home_office(),
        }
    }

    /// The office that takes somebody home: of the province, where there is one.
    pub fn home_office(&self) -> usize {
        match self.person.home.packed() / 10_000 {
            71 => NORTH,
            31 => CAPITAL,
            _ => AIRPORT,
        }
    }

    fn enter(&mut self, status: &'static str, from: Option<&'static str>, at: DateTime<Utc>) {
        let office = self.office_of(status);
        let role = match status {
            "LAPOR" if self.part.crowd == Crowd::Landed => "HLP",
            "LAPOR" | "VERIF" => "KON",
            "LINDUNG" | "DOKUM" | "SIAP" | "JALAN" => "PPM",
            "TIBA" | "ASESM" => "HLP",
            "REHAB" => "PKS",
            "TUTUP" => "PNY",
            _ if office == AIRPORT => "PPM",
            _ => "DAE",
        };
        let by = *self.world.somebody(&mut self.dice, office, role);
        let verb = match status {
            "LAPOR" => Verb::Create,
            "TUTUP" => Verb::Close,
            _ => Verb::Move,
        };
        self.begin(verb, at, &by);
        stages::enter(self, status, from, at, &by);
        self.set(Field::Status, Value::code(status));
        self.set(Field::StatusAt, time(at));
        self.set(Field::Owner, Value::Link(Subject::new(Kind::Office, self.world.offices[office].id)));
        // Whom a manifest brought waits until somebody takes the case.
        if status != "LAPOR" || self.part.crowd != Crowd::Landed {
            self.set(Field::Officer, Value::Link(Subject::new(Kind::Operator, by.id)));
        }
    }

    /// Starts a step; facts that are set from here on are its own.
    pub fn begin(&mut self, verb: Verb, at: DateTime<Utc>, by: &Operator) {
        let step = Step { verb, at, by: by.id, office: by.office, reason: None, sets: Vec::new() };
        self.steps.push((step, self.told.len()));
    }

    pub fn set(&mut self, at: impl Into<Slot>, value: Value) {
        self.told.push((at.into(), value));
    }

    /// A new item of the case, younger than the ones before it.
    pub fn item(&mut self, at: DateTime<Utc>) -> ItemId {
        let (high, low) = (self.dice.roll(), self.dice.roll());
        Ulid::from_parts(ms(at), u128::from(high) << 16 | u128::from(low >> 48))
    }
}

/// A certain moment.
pub(super) const fn time(at: DateTime<Utc>) -> Value {
    Value::Time(Timed::certain(at))
}
