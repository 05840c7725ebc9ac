//! What lists, search and duplicate checks know of a case: a small digest of its record.
//!
//! The index keeps it packed; this is the form in which it comes in and goes out. Nothing of the health, care or law
//! sections is in it beyond the tier and neutral signs: a row may be read by a stranger over the shoulder.

use super::case::ADULT_YEARS;
use super::status::Status;
use super::subject::Number;
use super::value::{Dated, Precision};
use chrono::{DateTime, NaiveDate, Utc};
use ulid::Ulid;

pub use crate::identity::Sex;

/// Urgency: who is seen first. Zero is the queue of remains, apart from the living.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    Remains = 0,
    Red = 1,
    Yellow = 2,
    #[default]
    Green = 3,
}

impl Tier {
    pub const ALL: [Self; 4] = [Self::Remains, Self::Red, Self::Yellow, Self::Green];
}

/// Neutral marks of a row: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signs(pub u32);

impl Signs {
    /// Under 18 on the date of interest, or in doubt.
    pub const CHILD: Self = Self(1);
    /// A child alone or separated, or without a verified guardian.
    pub const ALONE: Self = Self(1 << 1);
    /// Any live hold: *tertahan: hubungi penyelia*.
    pub const HELD: Self = Self(1 << 2);
    /// Remarks of a manifest that nobody has looked at.
    pub const HEARSAY: Self = Self(1 << 3);
    /// Has come home before.
    pub const RETURNED_BEFORE: Self = Self(1 << 4);
    /// Keep apart from somebody.
    pub const KEEP_APART: Self = Self(1 << 5);
    /// Somebody must not be contacted.
    pub const BARRED_CONTACT: Self = Self(1 << 6);
    pub const MISSING: Self = Self(1 << 7);
    pub const REFUSES: Self = Self(1 << 8);
    pub const NEEDS_INTERPRETER: Self = Self(1 << 9);
    pub const MEDIA_CLOSED: Self = Self(1 << 10);
    pub const SEALED: Self = Self(1 << 11);
    pub const WITHDRAWN: Self = Self(1 << 12);
    pub const DEAD: Self = Self(1 << 13);
    /// Waits for a second person to close it.
    pub const CLOSE_ASKED: Self = Self(1 << 14);
    /// A required fact was passed as *darurat* and is still owed.
    pub const EMERGENCY_DEBT: Self = Self(1 << 15);
    /// In hospital or on the way there by emergency referral: arrival clocks stand still.
    pub const REFERRED: Self = Self(1 << 16);
    /// Somebody from outside looked, and the owner is told of it.
    pub const LOOKED_AT: Self = Self(1 << 17);
    /// Another office shares the case, or something was put to one or by one.
    pub const TIED: Self = Self(1 << 18);

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    #[must_use]
    pub const fn with(self, other: Self, is_set: bool) -> Self {
        if is_set { Self(self.0 | other.0) } else { self }
    }
}

/// The digest of one case.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    pub id: Ulid,
    pub number: Number,
    pub revision: u32,
    /// Full name as the desk shows it; "TAK DIKENAL" when unknown. Up to 100 characters.
    pub name: String,
    /// Aliases and the name in the passport, separated by `;`: searched, not shown.
    pub other_names: String,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    pub birth_precision: Precision,
    pub is_age_doubted: bool,
    /// The day on which age is judged: the landing, else the report.
    pub interest_on: NaiveDate,
    pub status: Status,
    pub status_at: DateTime<Utc>,
    pub tier: Tier,
    pub signs: Signs,
    /// Sixteen digits, or zero.
    pub nik: u64,
    /// Normalised document numbers, newest first.
    pub documents: Vec<String>,
    /// E.164 numbers, digits only with `+`, the person's own.
    pub phones: Vec<String>,
    /// Home area as a Kemendagri code without dots (`71`, `7171`, `717108`), or zero.
    pub home: u32,
    /// ISO 3166 alpha-3 of the country of work.
    pub country: Option<[u8; 3]>,
    pub group: String,
    /// Wristband or queue number within the movement, or zero.
    pub queue: u16,
    pub movement: Option<Ulid>,
    pub office: Ulid,
    pub officer: Option<Ulid>,
    /// Places in their lists (`words::List`), from 1; zero when not said.
    pub position: u8,
    pub safety: u8,
    pub sector: u8,
    pub channel: u8,
    /// Derived: `List::Procedural`.
    pub procedural: u8,
    /// One bit for each code of `List::Problem`.
    pub problems: u32,
    /// The nearest deadline of status, tier or debt.
    pub due: Option<DateTime<Utc>>,
    /// The nearest deadline among open debts.
    pub debt_due: Option<DateTime<Utc>>,
    pub open_debts: u8,
    pub reported_at: DateTime<Utc>,
    /// When the last change happened to be recorded.
    pub changed_at: DateTime<Utc>,
}

/// Shows the number only.
impl std::fmt::Debug for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Summary({})", self.number)
    }
}

impl Summary {
    /// The date of birth with how sure it is: the one form from which every screen and answer shows it.
    pub fn born(&self) -> Dated {
        match self.birth {
            Some(on) => Dated { on: Some(on), precision: self.birth_precision, source: None },
            None => Dated::UNKNOWN,
        }
    }

    /// Age on the day of interest: `34`, a child `17a`, estimated `~17`, in doubt `17?`, unknown `?`.
    pub fn age(&self) -> String {
        let Some(birth) = self.birth else { return "?".into() };
        let years = self.interest_on.years_since(birth).unwrap_or(0);
        let is_estimated = self.birth_precision == Precision::Estimated;
        // A child by sight whose papers say eighteen or more is in doubt: the mark never contradicts the years.
        let is_child = self.signs.has(Signs::CHILD);
        let is_doubted = self.is_age_doubted || (is_child && i64::from(years) >= i64::from(ADULT_YEARS));
        match (is_estimated, is_doubted, is_child) {
            (true, ..) => format!("~{years}"),
            (false, true, _) => format!("{years}?"),
            (false, false, true) => format!("{years}a"),
            (false, false, false) => years.to_string(),
        }
    }
}
