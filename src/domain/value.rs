//! What a fact may hold. Dates and times carry how sure they are and who said so.

use super::subject::Subject;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// How sure a date or time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    #[default]
    Certain,
    /// Within a year or so for birth dates, within hours for times: shown with `~`.
    Estimated,
    /// Asked, and not known.
    Unknown,
}

/// A day with its precision and source. `on` is `None` exactly when the precision is [`Precision::Unknown`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dated {
    pub on: Option<NaiveDate>,
    pub precision: Precision,
    /// Where it comes from, such as a document or a person; at most 40 characters.
    pub source: Option<String>,
}

impl Dated {
    /// A certain day without a named source.
    pub const fn certain(on: NaiveDate) -> Self {
        Self { on: Some(on), precision: Precision::Certain, source: None }
    }

    /// An estimated day, such as the birth date of somebody who says to be 17.
    pub const fn estimated(on: NaiveDate) -> Self {
        Self { on: Some(on), precision: Precision::Estimated, source: None }
    }

    /// Asked, and not known.
    pub const UNKNOWN: Self = Self { on: None, precision: Precision::Unknown, source: None };
}

/// A moment with its precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timed {
    pub at: DateTime<Utc>,
    pub precision: Precision,
}

impl Timed {
    pub const fn certain(at: DateTime<Utc>) -> Self {
        Self { at, precision: Precision::Certain }
    }
}

/// The value of one fact. Which variant a field takes is said by its [`super::field::Shape`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Cleaned text, bounded by its field.
    Text(String),
    /// One code of a closed list, of a region, of a country, of a status.
    Code(String),
    /// Several codes of one closed list.
    Codes(BTreeSet<String>),
    Date(Dated),
    Time(Timed),
    Number(i64),
    YesNo(bool),
    /// Another subject: a movement, an office, an operator, a case.
    Link(Subject),
}

/// Shows the shape, never the content: a value may be a name, a NIK, an illness.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Code(_) => "Code(…)",
            Self::Codes(_) => "Codes(…)",
            Self::Date(_) => "Date(…)",
            Self::Time(_) => "Time(…)",
            Self::Number(_) => "Number(…)",
            Self::YesNo(_) => "YesNo(…)",
            Self::Link(_) => "Link(…)",
        })
    }
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn code(code: impl Into<String>) -> Self {
        Self::Code(code.into())
    }

    pub fn codes<C: Into<String>>(codes: impl IntoIterator<Item = C>) -> Self {
        Self::Codes(codes.into_iter().map(Into::into).collect())
    }
}
