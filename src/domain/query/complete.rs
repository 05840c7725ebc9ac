//! What may stand at the cursor: names of fields, then their values, then words of the trade. Never decides anything.

use super::fields::{Field, Kind};
use super::words::{TRADE, choice_words, mark_words};
use super::{MAX_CHARS, Op, Scope, atlas, ends_value, quoted};
use crate::identity::fold::fold;
use std::ops::Range;

/// The most completions that are offered.
const MAX_OFFERS: usize = 24;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The characters of the query that it replaces.
    pub at: Range<usize>,
    pub text: String,
    /// The key of a text that explains it, for fields.
    pub key: Option<String>,
}

/// What may stand at the cursor (in characters): at most 24, in the order of the tables.
pub fn complete(text: &str, cursor: usize, scope: &Scope) -> Vec<Completion> {
    let chars: Vec<char> = text.chars().take(cursor.min(MAX_CHARS)).collect();
    let start = term_start(&chars);
    let term: String = chars[start..].iter().collect();
    let cut = Op::ALL.into_iter().filter_map(|op| term.find(op.sign()).map(|at| (at, op))).min_by_key(|(at, _)| *at);
    let Some((name_end, op)) = cut else { return words(&term, start..chars.len()) };
    let Ok(field) = Field::find(&term[..name_end].to_lowercase()) else { return Vec::new() };
    let values_text = &term[name_end + op.sign().len()..];
    let value = values_text.rsplit([',', '"']).next().unwrap_or_default();
    let value = value.rsplit("..").next().unwrap_or_default();
    let has_quote = values_text.matches('"').count() % 2 == 1;
    let from = chars.len() - value.chars().count() - usize::from(has_quote);
    let at = from..chars.len();
    let offer = |text: String| Completion { at: at.clone(), text: quoted(&text, false), key: None };
    values(field.kind(), value, scope).into_iter().take(MAX_OFFERS).map(offer).collect()
}

/// Where the term at the end begins: after the last blank or bracket outside quotes.
fn term_start(chars: &[char]) -> usize {
    let mut start = 0;
    let mut is_quoted = false;
    for (place, c) in chars.iter().enumerate() {
        is_quoted ^= *c == '"';
        if !is_quoted && (c.is_whitespace() || matches!(c, '(' | ')')) {
            start = place + 1;
        }
    }
    if chars.get(start) == Some(&'-') { start + 1 } else { start }
}

fn words(start: &str, at: Range<usize>) -> Vec<Completion> {
    let folded = fold(start);
    let lower = start.to_lowercase();
    let fields = Field::all().filter_map(|field| {
        let name = field.names().iter().find(|name| name.starts_with(&lower))?;
        Some(Completion { at: at.clone(), text: format!("{name}:"), key: Some(field.key()) })
    });
    let trade =
        TRADE.iter().filter(|(term, shown, _)| !folded.is_empty() && term == shown && term.starts_with(&folded));
    let trade = trade.map(|(term, _, _)| Completion { at: at.clone(), text: quoted(term, false), key: None });
    fields.chain(trade).take(MAX_OFFERS).collect()
}

/// The values of a kind that begin so.
pub(super) fn values(kind: Kind, start: &str, scope: &Scope) -> Vec<String> {
    if start.chars().any(|c| ends_value(c) && !c.is_whitespace()) {
        return Vec::new();
    }
    let folded = fold(start);
    let mut found: Vec<String> = match kind {
        Kind::Choice { what, .. } => begun(choice_words(what).iter().copied(), &folded),
        Kind::Marks(what) => begun(mark_words(what).map(|(_, words)| words), &folded),
        Kind::Link(what) => scope.names.begun(what, start, MAX_OFFERS),
        Kind::Home => atlas::homes_begun(start, MAX_OFFERS),
        Kind::Country => atlas::countries_begun(start, MAX_OFFERS),
        Kind::Moment { is_ahead: true, .. } | Kind::Debt => plain(&["lewat", "hari-ini", "besok"], start),
        Kind::Moment { is_ahead: false, .. } | Kind::Day(_) => plain(&["hari-ini", "kemarin"], start),
        Kind::Text(_) | Kind::Count(_) | Kind::Number => Vec::new(),
    };
    let is_own = matches!(kind, Kind::Link(super::Link::Officer | super::Link::Office));
    found.extend(plain(if is_own { &["me", "none", "any"] } else { &["none", "any"] }, start));
    found
}

fn plain(words: &[&str], start: &str) -> Vec<String> {
    words.iter().filter(|word| word.starts_with(&start.to_lowercase())).map(|word| (*word).to_owned()).collect()
}

/// The code of each value that has a word which begins so, or that word itself when something was typed.
fn begun(list: impl Iterator<Item = super::words::Words>, start: &str) -> Vec<String> {
    list.filter_map(|(code, words)| {
        std::iter::once(&code).chain(words).find(|word| word.starts_with(start)).map(|word| (*word).to_owned())
    })
    .collect()
}
