//! The query language: one line of text that says which cases. Used by search, saved views, commands and exports.
//!
//! ```text
//! query = and *( "or" and )      and = unary *( [ "and" ] unary )
//! unary = [ "-" ] term           term = "(" query ")" | field op value *( "," value ) | "#" number | "phrase" | word
//! op    = ":" "=" "!=" "<" "<=" ">" ">="     value = v | v..v | none | any | me
//! ```
//!
//! `status:tiba tingkat<=2 -petugas:any`, `nama:siti or #26-004217`, `lahir:1990..2000`. Fields, values and keywords are
//! understood in Indonesian and English. Whatever is not known is an error with its place and the nearest name, never a
//! text. `parse(print(q)) == q` for the same [`Scope`]. Pure: the clock, the operator and the names of subjects come
//! with the scope; looking goes through [`Look`].

mod atlas;
mod complete;
mod fields;
mod look;
mod parse;
mod value;
mod when;
mod words;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use complete::{Completion, complete};
pub(super) use fields::nearest;
pub use fields::{Field, Kind};
pub use look::{
    Choice, Find, Link, Look, Mark, Measure, Place, Test, age_on, keys_text, names_text, sex_place, status_place,
    tier_place,
};
pub use parse::parse;
pub use words::sign_word;

use crate::domain::refusal::Refusal;
use crate::domain::summary::Signs;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use std::ops::Range;
use ulid::Ulid;

/// The longest query, in characters.
pub const MAX_CHARS: usize = 200;
/// The deepest nesting of brackets and negations.
pub const MAX_DEPTH: usize = 16;

/// What a query's words are read against.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub now: DateTime<Utc>,
    /// The office's zone: where days begin.
    pub offset: FixedOffset,
    /// Who asks: `petugas:me`.
    pub me: Option<Ulid>,
    /// Whose office asks: `kantor:me`.
    pub office: Option<Ulid>,
    pub names: &'a dyn Names,
}

impl Scope<'_> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.offset).date_naive()
    }
}

/// Finds the subjects that a query names; places are known without it.
pub trait Names {
    /// The movement, office or operator of this code or name, as typed.
    fn subject(&self, what: Link, text: &str) -> Option<Ulid>;
    /// At most `limit` names of this kind that begin so, for completion and for the nearest name of a mistyped one.
    fn begun(&self, what: Link, start: &str, limit: usize) -> Vec<String>;
}

/// One term: a field with values, a text, or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term in its one spelling.
    shown: String,
    pub is_negated: bool,
    /// Any of these.
    pub tests: Vec<Test>,
}

/// A query as a tree. No node holds a single child, and none holds its own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Is(Term),
}

/// A query that has been read. The empty query is every case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    root: Node,
}

impl Default for Query {
    fn default() -> Self {
        Self { root: Node::All(Vec::new()) }
    }
}

impl Query {
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// Whether every case fits.
    pub fn is_everything(&self) -> bool {
        matches!(&self.root, Node::All(parts) if parts.is_empty())
    }

    /// The movement that is asked for and nothing else; `None` for any other query.
    pub fn movement_alone(&self) -> Option<Ulid> {
        match &self.root {
            Node::Is(Term { is_negated: false, tests, .. }) => match &**tests {
                [Test::Link(Link::Movement, movement)] => *movement,
                _ => None,
            },
            Node::Is(_) | Node::All(_) | Node::Any(_) | Node::Not(_) => None,
        }
    }

    /// Whether this case fits.
    pub fn matches(&self, case: &impl Look) -> bool {
        self.root.matches(case)
    }

    /// Whether withdrawn cases, hidden otherwise, are asked for by their sign.
    pub fn asks_withdrawn(&self) -> bool {
        self.root.asks_sign(Signs::WITHDRAWN)
    }
}

impl Node {
    /// Whether this case fits.
    pub fn matches(&self, case: &impl Look) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(case)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(case)),
            Self::Not(part) => !part.matches(case),
            Self::Is(term) => term.tests.iter().any(|test| test.fits(case)) != term.is_negated,
        }
    }

    fn asks_sign(&self, sign: Signs) -> bool {
        let asks =
            |test: &Test| matches!(test, Test::Marks(Mark::Sign, bits) if *bits != u32::MAX && bits & sign.0 != 0);
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks_sign(sign)),
            Self::Not(part) => part.asks_sign(sign),
            Self::Is(term) => !term.is_negated && term.tests.iter().any(asks),
        }
    }

    fn print(&self, out: &mut String) {
        let bracketed = |part: &Self, needs_brackets: bool, out: &mut String| {
            if needs_brackets {
                out.push('(');
            }
            part.print(out);
            if needs_brackets {
                out.push(')');
            }
        };
        match self {
            Self::Is(term) => out.push_str(&term.shown),
            Self::Not(part) => {
                out.push('-');
                bracketed(part, !matches!(**part, Self::Is(_)), out);
            }
            Self::All(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    out.push_str(if place > 0 { " " } else { "" });
                    bracketed(part, matches!(part, Self::Any(_)), out);
                }
            }
            Self::Any(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    out.push_str(if place > 0 { " or " } else { "" });
                    bracketed(part, false, out);
                }
            }
        }
    }
}

/// The query in its one spelling: Indonesian field names, codes of lists, everything else as it was typed.
pub fn print(query: &Query) -> String {
    let mut out = String::new();
    query.root.print(&mut out);
    out
}

/// Why a text is not a query: where (in characters), the key of the sentence, and what may have been meant.
///
/// The nearest name may be a person's office or movement, never a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    pub at: Range<usize>,
    pub key: &'static str,
    pub nearest: Option<String>,
}

impl QueryError {
    /// At least one character wide, so that there is something to mark.
    fn new(at: Range<usize>, key: &'static str) -> Self {
        Self { at: at.start..at.end.max(at.start + 1), key, nearest: None }
    }

    /// The sentence of the error; the text takes `none` where nothing is near.
    pub fn refusal(&self) -> Refusal {
        Refusal::new(self.key).with("nearest", self.nearest.clone().unwrap_or_else(|| "none".into()))
    }

    fn near(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }
}

/// The signs between a field and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Like,
    Is,
    Unlike,
    Less,
    Most,
    More,
    Least,
}

impl Op {
    /// Longer signs first.
    const ALL: [Self; 7] = [Self::Unlike, Self::Most, Self::Least, Self::Like, Self::Is, Self::Less, Self::More];

    const fn sign(self) -> &'static str {
        match self {
            Self::Like => ":",
            Self::Is => "=",
            Self::Unlike => "!=",
            Self::Less => "<",
            Self::Most => "<=",
            Self::More => ">",
            Self::Least => ">=",
        }
    }

    const fn is_order(self) -> bool {
        matches!(self, Self::Less | Self::Most | Self::More | Self::Least)
    }
}

/// A value as it was typed.
#[derive(Clone)]
struct Typed {
    text: String,
    at: Range<usize>,
    is_quoted: bool,
}

/// A value alone or a range, of which one end may be open.
enum Item {
    One(Typed),
    Range(Option<Typed>, Option<Typed>),
}

/// A value, in quotes where it needs them.
fn quoted(text: &str, is_forced: bool) -> String {
    let needs = is_forced || text.is_empty() || text.contains("..") || text.contains(ends_value);
    if needs { format!("\"{text}\"") } else { text.to_owned() }
}

fn ends_value(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | ',' | '"')
}
