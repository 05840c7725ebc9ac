//! What may go wrong, in two kinds that never mix: a refusal is expected and told to the operator; a fault is the machine's.

use std::borrow::Cow;

/// An expected no: the key of a text that says what, why and what to do, and the arguments of that text.
///
/// Arguments may hold personal data: they are shown to the operator who asked, and never logged ([`std::fmt::Debug`] shows the key only).
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    pub key: &'static str,
    pub args: Vec<(&'static str, Cow<'static, str>)>,
}

impl Refusal {
    /// A refusal whose text needs no arguments.
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Adds an argument of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl std::fmt::Debug for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refusal({})", self.key)
    }
}

/// A fault of the machine: a stable code (`J03`), the key of one sentence for the operator, and a detail for the log that
/// never holds personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Fault {
    pub code: &'static str,
    pub key: &'static str,
    pub detail: String,
}

impl Fault {
    pub fn new(code: &'static str, key: &'static str, detail: impl Into<String>) -> Self {
        Self { code, key, detail: detail.into() }
    }

    /// Whether the disk is what failed: full, not to be written, broken (codes `D…`).
    pub fn is_of_the_disk(&self) -> bool {
        self.code.starts_with('D')
    }
}
