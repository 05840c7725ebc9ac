//! What is wrong with a gate table: where it stands and what it is, as a sentence for the person who edits the file.
//!
//! Nothing here judges a table; the words themselves are texts.

use crate::domain::gate::Fact;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;

/// One mistake of a table, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// From 1; the first line where the mistake is something that stands nowhere.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The row and the key in it, such as `gate PULDA.required`; empty for the file as a whole.
    pub key: String,
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// More bytes than a table may have.
    TooLong { most: usize },
    /// No TOML, or a key that no table has; in the words of the TOML reader.
    Toml(String),
    /// A code of no list.
    Unknown { what: String, sort: Sort, nearest: Option<&'static str> },
    /// No time such as `15m`, `24h`, `7d`, `before PULDA` or `before leaving`.
    Span(String),
    /// No day such as `2026-11-01`.
    Day(String),
    /// The same row twice.
    Twice,
    /// A row that every table has.
    Lacking(String),
    /// A fact that must be required here, whatever an office writes.
    Floor(Fact),
    /// Two people close a case for this reason.
    TwoPeople,
    /// Closing for this reason does not forgive what is owed.
    Forgives,
    /// Closing for this reason waits.
    Clock,
    /// Back from this status goes a supervisor's correction only.
    Backward(Status),
    /// A track does not end in this state.
    NoEnd(String),
    /// This state of the remains track may be reached by somebody whom nobody has identified.
    Unidentified,
    /// Outside of these limits, which are written as people read them.
    Bounds { least: &'static str, most: &'static str },
}

/// Of which list a code should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Fact,
    Status,
    Role,
    Position,
    Reason,
    Track,
    State,
    Cause,
}

impl Sort {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fact => "table-sort-fact",
            Self::Status => "table-sort-status",
            Self::Role => "table-sort-role",
            Self::Position => "table-sort-position",
            Self::Reason => "table-sort-reason",
            Self::Track => "table-sort-track",
            Self::State => "table-sort-state",
            Self::Cause => "table-sort-cause",
        }
    }
}

impl Flaw {
    /// The sentence: `line`, `column` and `key` are always among its arguments. `fact` and `field` are keys of other texts.
    pub fn refusal(&self) -> Refusal {
        let say = |key: &'static str| {
            Refusal::new(key)
                .with("line", self.line.to_string())
                .with("column", self.column.to_string())
                .with("key", self.key.clone())
        };
        match &self.wrong {
            Wrong::TooLong { most } => say("table-too-long").with("most", most.to_string()),
            Wrong::Toml(words) => say("table-toml").with("words", words.clone()),
            Wrong::Unknown { what, sort, nearest: None } => {
                say("table-unknown").with("what", what.clone()).with("field", sort.key())
            }
            Wrong::Unknown { what, sort, nearest: Some(near) } => {
                say("table-unknown-near").with("what", what.clone()).with("field", sort.key()).with("near", *near)
            }
            Wrong::Span(what) => say("table-span").with("what", what.clone()),
            Wrong::Day(what) => say("table-day").with("what", what.clone()),
            Wrong::Twice => say("table-twice"),
            Wrong::Lacking(what) => say("table-lacking").with("what", what.clone()),
            Wrong::Floor(fact) => say("table-floor").with("code", fact.code()).with("fact", fact.key()),
            Wrong::TwoPeople => say("table-two-people"),
            Wrong::Forgives => say("table-forgives"),
            Wrong::Clock => say("table-clock"),
            Wrong::Backward(from) => say("table-backward").with("what", from.code()),
            Wrong::NoEnd(state) => say("table-no-end").with("what", state.clone()),
            Wrong::Unidentified => say("table-unidentified"),
            Wrong::Bounds { least, most } => say("table-bounds").with("least", *least).with("most", *most),
        }
    }
}
