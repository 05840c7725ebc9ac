//! A typed reading of a record as one person's way home: plain answers about name, age, place, holds and guardians.
//!
//! Nothing here changes a record, knows a gate or asks who is reading; [`items`] holds what a case has several of,
//! [`digest`] makes the summary that lists run on.

pub mod digest;
pub mod items;

pub use digest::{due, summary};

use super::field::{Field, Part};
use super::record::Record;
use super::status::Status;
use super::subject::{Number, Subject};
use super::summary::Sex;
use super::value::{Dated, Precision};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

/// What stands in place of the name of somebody whose name nobody knows.
pub const UNKNOWN_NAME: &str = "TAK DIKENAL";

/// Years below which a person is a child (PermenPPPA 8/2021; Palermo protocol, article 3).
pub const ADULT_YEARS: i32 = 18;

/// How old somebody is on a day, as far as the desk may rely on it; in doubt a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Unknown,
    Adult(i32),
    Child(i32),
    /// An estimated age near 18, or one that somebody doubts, or a child by sight without a birth date.
    Doubted(Option<i32>),
}

impl Age {
    /// Whether the rules for children hold: under 18, or in doubt.
    pub const fn is_child(self) -> bool {
        matches!(self, Self::Child(_) | Self::Doubted(_))
    }

    /// Full years, where a birth date is known at all.
    pub const fn years(self) -> Option<i32> {
        match self {
            Self::Adult(years) | Self::Child(years) => Some(years),
            Self::Doubted(years) => years,
            Self::Unknown => None,
        }
    }
}

/// Full years from `birth` to `on`; someone born on 29 February has a birthday on 1 March of a common year.
pub fn years_between(birth: NaiveDate, on: NaiveDate) -> i32 {
    let is_before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(is_before_birthday)
}

/// A record read as a case.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a>(pub &'a Record);

impl<'a> Case<'a> {
    /// The full name as the desk shows it; [`UNKNOWN_NAME`] when there is none.
    pub fn name(self) -> &'a str {
        let is_unknown = self.0.code(Field::NameKind) == Some("TDK");
        match self.0.text(Field::Name).map(str::trim) {
            Some(name) if !name.is_empty() && !is_unknown => name,
            _ => UNKNOWN_NAME,
        }
    }

    /// Whether the person has a name, initials, or is said to be unknown.
    pub fn is_named(self) -> bool {
        self.name() != UNKNOWN_NAME || self.0.code(Field::NameKind) == Some("TDK")
    }

    /// The status; a record without one has just been reported.
    pub fn status(self) -> Status {
        self.0.code(Field::Status).and_then(Status::from_code).unwrap_or(Status::Lapor)
    }

    /// When the present status was reached, as it happened.
    pub fn status_at(self) -> Option<DateTime<Utc>> {
        self.0.at(Field::StatusAt).or_else(|| self.0.at(Field::ReportedAt))
    }

    pub fn number(self) -> Option<Number> {
        self.0.number(Field::CaseNumber).and_then(|packed| u32::try_from(packed).ok()).map(Number::from_packed)
    }

    pub fn sex(self) -> Option<Sex> {
        self.0.code(Field::Sex).and_then(Sex::from_code)
    }

    pub fn birth(self) -> Option<&'a Dated> {
        self.0.date(Field::Birth)
    }

    pub fn is_age_doubted(self) -> bool {
        self.0.is_yes(Field::IsAgeDoubted)
    }

    /// How old the person is on a day. An estimated birth date may be a year off, so that `~18` is in doubt; the letter A
    /// among the checks stands for a child by sight.
    pub fn age_on(self, on: NaiveDate) -> Age {
        let is_doubted = self.is_age_doubted() || self.has_check("A");
        let Some((born, precision)) = self.birth().and_then(|birth| Some((birth.on?, birth.precision))) else {
            return if is_doubted { Age::Doubted(None) } else { Age::Unknown };
        };
        let years = years_between(born, on);
        match precision {
            _ if years < ADULT_YEARS => Age::Child(years),
            _ if is_doubted => Age::Doubted(Some(years)),
            Precision::Estimated if years <= ADULT_YEARS => Age::Doubted(Some(years)),
            Precision::Certain | Precision::Estimated | Precision::Unknown => Age::Adult(years),
        }
    }

    /// The day on which age is judged: the movement's landing, else the person's own, else the report.
    pub fn interest_on(self, lands: Option<NaiveDate>, zone: FixedOffset) -> Option<NaiveDate> {
        let local = |field| self.0.at(field).map(|at: DateTime<Utc>| at.with_timezone(&zone).date_naive());
        lands.or_else(|| local(Field::LandedAt)).or_else(|| local(Field::ReportedAt))
    }

    /// The first known day of recruitment, departure or work: the day on which a child's consent is judged.
    pub fn recruited_on(self) -> Option<NaiveDate> {
        [Field::RecruitedOn, Field::DepartedOn, Field::WorkFrom].into_iter().find_map(|field| self.0.day(field))
    }

    /// Whether a letter of quick intake stands on the case.
    pub fn has_check(self, letter: &str) -> bool {
        self.0.has_code(Field::Checks, letter)
    }

    pub fn has_problem(self, code: &str) -> bool {
        self.0.has_code(Field::Problems, code)
    }

    pub fn is_position(self, code: &str) -> bool {
        self.0.code(Field::Position) == Some(code)
    }

    /// Whether facts say that the person is ill: then a journey asks for a letter of fitness (Permen P2MI 32/2025, art. 13).
    pub fn is_ill(self) -> bool {
        self.has_check("S")
            || self.has_problem("SAK")
            || self.is_position("RSK")
            || self.0.is_yes(Field::NeedsHospital)
            || self.0.is_yes(Field::Infectious)
            || self.tracks().any(|track| matches!(track.state, Some("KES3" | "KES4")))
    }

    /// Whether the person lies in hospital, or is on the way there, by emergency referral.
    pub fn is_referred(self) -> bool {
        self.is_position("RSK") && self.0.items(Part::Referral).next().is_some()
    }

    pub fn is_dead(self) -> bool {
        self.0.at(Field::DiedAt).is_some()
    }

    pub fn is_sealed(self) -> bool {
        self.0.is_yes(Field::IsSealed)
    }

    pub fn is_withdrawn(self) -> bool {
        self.0.is_yes(Field::IsWithdrawn)
    }

    pub fn owner(self) -> Option<Subject> {
        self.0.link(Field::Owner)
    }

    pub fn officer(self) -> Option<Subject> {
        self.0.link(Field::Officer)
    }

    /// Who asked for closing, while a second person has not answered.
    pub fn close_asked_by(self) -> Option<Subject> {
        self.0.link(Field::CloseAskedBy)
    }

    /// ISO 3166 alpha-3 of the country of work.
    pub fn work_country(self) -> Option<[u8; 3]> {
        self.0.code(Field::WorkCountry).and_then(|code| code.as_bytes().try_into().ok())
    }

    /// Whether somebody has looked at the remarks of the manifest, or there are none.
    pub fn is_remark_checked(self) -> bool {
        self.0.text(Field::Remarks).is_none_or(|text| text.trim().is_empty())
            || self.0.at(Field::RemarksCheckedAt).is_some()
    }
}
