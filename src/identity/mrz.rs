//! The machine-readable zone of passports (ICAO 9303 part 4, TD3: two lines of 44), as a scanner types it.
//!
//! A line whose digits do not add up fills nothing: it is shown with the failing field named. Repairs happen only where
//! the kind of a character is known and a check digit then fits, and each is listed.
//!
//! Own code, though crates exist: `mrtd` 0.5 answers a wrong digit with one error for the whole zone, without the
//! field; `mrz` 0.9 names fields, but reads five formats out of free text and changed which numbers it accepts from
//! release to release. One fixed format with our rule of repair is shorter than an adapter to either.

mod reading;
mod scan;

use super::Sex;
use chrono::NaiveDate;
pub use reading::read;
pub use scan::{could_become_scan, looks_like_scan};
use std::fmt;

/// Characters of one line.
pub const LINE_LENGTH: usize = 44;

/// What the two lines say, as printed; `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    /// `P` and the letter or `<` after it.
    pub kind: String,
    /// Issuing state, up to three letters (`IDN`; a single `D` for Germany).
    pub issuer: String,
    /// Family name, or the only name of a mononym.
    pub primary: String,
    /// Given names; empty for a mononym.
    pub secondary: String,
    /// The name fills its 39 characters, so its end is cut off.
    pub is_name_cut: bool,
    pub number: String,
    pub nationality: String,
    /// `None` where the zone leaves part of the date open, and in a doubtful zone where it is no date.
    pub birth: Option<NaiveDate>,
    /// `None` for `<`, unspecified.
    pub sex: Option<Sex>,
    pub expiry: Option<NaiveDate>,
    /// The holder's optional data; opaque.
    pub optional: String,
}

impl Mrz {
    /// Is the name in Indonesian order: given names, then the family name.
    pub fn display_name(&self) -> String {
        format!("{} {}", self.secondary, self.primary).trim().to_owned()
    }
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mrz(***)")
    }
}

/// What reading two lines came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Every digit fits, after the listed repairs: the fields may be offered.
    Sound { mrz: Mrz, repairs: Vec<Repair> },
    /// At least one field fails: the fields may be shown beside the failing ones, and nothing may be filled in.
    Doubtful { shown: Mrz, failing: Vec<Field> },
}

/// One character that was put right because its check digit then fits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    pub field: Field,
    /// Position in line 2, from 1.
    pub position: usize,
    pub was: char,
    pub now: char,
}

impl fmt::Debug for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Repair({:?}, {})", self.field, self.position)
    }
}

/// The parts of the zone that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Kind,
    Issuer,
    Name,
    Number,
    Nationality,
    Birth,
    Sex,
    Expiry,
    Optional,
    /// The composite digit over number, dates and optional data.
    Composite,
}

impl Field {
    /// Is the key of the field's name in the text catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Field::Kind => "mrz-kind",
            Field::Issuer => "mrz-issuer",
            Field::Name => "mrz-name",
            Field::Number => "mrz-number",
            Field::Nationality => "mrz-nationality",
            Field::Birth => "mrz-birth",
            Field::Sex => "mrz-sex",
            Field::Expiry => "mrz-expiry",
            Field::Optional => "mrz-optional",
            Field::Composite => "mrz-composite",
        }
    }
}

/// Why a text is no zone of two lines; positions and counts only, never the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    /// It does not begin like a passport's zone.
    NotAPassport,
    /// The characters found in line 1 and line 2, where 44 belong (line 2 is 0 while it has not come).
    Length { first: usize, second: usize },
    /// A character that no zone has, at this position (from 1) of both lines together.
    Character { position: usize },
}

impl NotRead {
    /// Is the key of the sentence in the text catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            NotRead::NotAPassport => "mrz-not-a-passport",
            NotRead::Length { .. } => "mrz-length",
            NotRead::Character { .. } => "mrz-character",
        }
    }
}
