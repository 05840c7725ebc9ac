//! Remarks about rows: what weighs how much, at which field, in which sentence.

use crate::domain::field::Field;
use crate::identity::{self, Advice};

/// How much a remark weighs. None of them keeps a row from being imported; what could not be read stays as raw text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Somebody should look before the person is moved.
    Warning,
    /// A value could not be taken as what it claims to be.
    Error,
}

impl Severity {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "manifest-severity-note",
            Self::Warning => "manifest-severity-warning",
            Self::Error => "manifest-severity-error",
        }
    }
}

/// One thing about a row: the field it stands at, the key of its sentence, and the sentence's arguments, which may hold
/// personal data and are for the screen only.
#[derive(Clone, PartialEq, Eq)]
pub struct RowRemark {
    pub severity: Severity,
    pub field: Option<Field>,
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// Shows the key, never the arguments.
impl std::fmt::Debug for RowRemark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({})", self.severity, self.key)
    }
}

/// Everything said about one row.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Remarks(pub Vec<RowRemark>);

impl Remarks {
    pub fn say(&mut self, severity: Severity, field: Field, key: &'static str, args: Vec<(&'static str, String)>) {
        self.0.push(RowRemark { severity, field: Some(field), key, args });
    }

    /// Takes over what a reader of identity values noticed.
    pub fn advise(&mut self, field: Field, advice: &impl Advice) {
        // Prefixes come and go faster than tables: a whole manifest of them must not hide what matters.
        let severity = match advice.severity() {
            _ if advice.key() == "phone-prefix-unknown" => Severity::Note,
            identity::Severity::Error => Severity::Error,
            identity::Severity::Warning => Severity::Warning,
        };
        self.say(severity, field, advice.key(), advice.args());
    }
}
