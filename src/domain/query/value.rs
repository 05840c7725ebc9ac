//! What stands after an operator: values of every kind become [`Test`]s, and read back in one spelling.
//!
//! Unknown values are errors with the nearest one, never texts. The grammar around them is in [`super::parse`].

use super::fields::{Field, Kind};
use super::look::{Choice, Find, Link, Mark, Measure, Place, Test};
use super::when::{self, Age};
use super::words::{choice_words, mark_words};
use super::{Item, Op, QueryError, Scope, Typed, atlas};
use crate::domain::subject::Number;
use crate::identity::fold::fold;

/// What a field term means.
pub(super) struct Meaning {
    /// The term in its one spelling.
    pub shown: String,
    pub is_negated: bool,
    /// Any of these.
    pub tests: Vec<Test>,
}

type Tests = Result<Vec<Test>, QueryError>;

/// Reads the values of a field.
pub(super) fn read(field: Field, op: (Op, usize), items: &[Item], scope: &Scope) -> Result<Meaning, QueryError> {
    let (op, op_at) = op;
    if op.is_order() && items.len() > 1 {
        return Err(QueryError::new(op_at..op_at + 1, "query-operator"));
    }
    let reader = Reader { kind: field.kind(), op, op_at, scope };
    let mut tests = Vec::new();
    let mut shown = Vec::with_capacity(items.len());
    for item in items {
        tests.extend(reader.item(item)?);
        shown.push(reader.shown(item));
    }
    let shown = format!("{}{}{}", field.name(), op.sign(), shown.join(","));
    Ok(Meaning { shown, is_negated: op == Op::Unlike, tests })
}

/// Lists of at most so many values are named whole when a value is none of them.
const FEW: usize = 6;

struct Reader<'a> {
    kind: Kind,
    op: Op,
    op_at: usize,
    scope: &'a Scope<'a>,
}

impl Reader<'_> {
    fn item(&self, item: &Item) -> Tests {
        if let Item::One(typed) = item {
            match typed.keyword() {
                Some(Keyword::None) => return self.absence(false),
                Some(Keyword::Any) => return self.absence(true),
                Some(Keyword::Me) => return self.own(typed),
                None => {}
            }
        }
        match self.kind {
            Kind::Choice { what, is_ordered, .. } => self.choice(what, is_ordered, item),
            Kind::Marks(what) => self.marks(what, item),
            Kind::Text(place) => self.text(place, item),
            Kind::Count(what) => self.spans(what, item, count),
            Kind::Number => self.number(item),
            Kind::Day(what) => self.spans(what, item, |typed| when::days(typed, self.scope)),
            Kind::Moment { what, is_ahead } => self.moment(what, is_ahead, item),
            Kind::Debt if is_count(item) => self.spans(Measure::Debts, item, count),
            Kind::Debt => self.moment(Measure::DebtDue, true, item),
            Kind::Link(what) => {
                let typed = self.plain(item)?;
                let id = self.scope.names.subject(what, &typed.text).ok_or_else(|| self.unknown(typed))?;
                Ok(vec![Test::Link(what, Some(id))])
            }
            Kind::Home => self.home(item),
            Kind::Country => {
                let typed = self.plain(item)?;
                let code = atlas::country(&typed.text).ok_or_else(|| self.unknown(typed))?;
                Ok(vec![Test::Country(Some(code))])
            }
        }
    }

    /// The one spelling of a value: codes of lists, everything else as typed.
    fn shown(&self, item: &Item) -> String {
        let one = |typed: &Typed| {
            let code = match self.kind {
                _ if typed.keyword().is_some() => typed.keyword().map(Keyword::code),
                Kind::Choice { what, .. } => place_of(what, typed).map(|place| choice_words(what)[place - 1].0),
                Kind::Marks(what) => bit_of(what, typed).map(|(_, (code, _))| code),
                _ => None,
            };
            super::quoted(code.unwrap_or(&typed.text), typed.is_quoted && code.is_none())
        };
        match item {
            Item::One(typed) => one(typed),
            Item::Range(from, to) => {
                let end = |end: &Option<Typed>| end.as_ref().map(one).unwrap_or_default();
                format!("{}..{}", end(from), end(to))
            }
        }
    }

    fn absence(&self, is_there: bool) -> Tests {
        if self.op.is_order() {
            return Err(self.operator());
        }
        Ok(vec![match self.kind {
            Kind::Choice { what, .. } => Test::Choice(what, if is_there { !1 } else { 1 }),
            Kind::Marks(what) => Test::Marks(what, if is_there { u32::MAX } else { 0 }),
            Kind::Text(place) => Test::HasText(place, is_there),
            Kind::Count(what) | Kind::Day(what) | Kind::Moment { what, .. } => Test::Has(what, is_there),
            Kind::Number => Test::Has(Measure::Number, is_there),
            Kind::Debt if is_there => Test::Span(Measure::Debts, 1, i64::MAX),
            Kind::Debt => Test::Span(Measure::Debts, 0, 1),
            Kind::Link(what) if is_there => Test::HasLink(what),
            Kind::Link(what) => Test::Link(what, None),
            Kind::Home if is_there => Test::HasHome,
            Kind::Home => Test::Home(0),
            Kind::Country if is_there => Test::HasCountry,
            Kind::Country => Test::Country(None),
        }])
    }

    fn own(&self, typed: &Typed) -> Tests {
        let own = match self.kind {
            Kind::Link(Link::Officer) => self.scope.me,
            Kind::Link(Link::Office) => self.scope.office,
            _ => return Err(self.unknown(typed)),
        };
        let Kind::Link(what) = self.kind else { return Err(self.unknown(typed)) };
        if self.op.is_order() {
            return Err(self.operator());
        }
        let id = own.ok_or_else(|| QueryError::new(typed.at.clone(), "query-no-me"))?;
        Ok(vec![Test::Link(what, Some(id))])
    }

    fn choice(&self, what: Choice, is_ordered: bool, item: &Item) -> Tests {
        let place = |typed: &Typed| place_of(what, typed).ok_or_else(|| self.unknown(typed));
        let last = choice_words(what).len();
        // Remains are a queue of their own: "at most yellow" never means them.
        let first = if what == Choice::Tier { 2 } else { 1 };
        let (from, to) = match item {
            Item::One(typed) => {
                let place = place(typed)?;
                match self.op {
                    Op::Like | Op::Is | Op::Unlike => (place, place),
                    _ if !is_ordered => return Err(self.operator()),
                    Op::Less => (first, place - 1),
                    Op::Most => (first.min(place), place),
                    Op::More => (place + 1, last),
                    Op::Least => (place, last),
                }
            }
            Item::Range(..) if !is_ordered || self.op.is_order() => return Err(self.operator()),
            Item::Range(from, to) => {
                let from = from.as_ref().map(place).transpose()?.unwrap_or(first);
                (from, to.as_ref().map(place).transpose()?.unwrap_or(last))
            }
        };
        Ok(vec![Test::Choice(what, (from..=to).fold(0, |places, place| places | 1 << place))])
    }

    fn marks(&self, what: Mark, item: &Item) -> Tests {
        let typed = self.plain(item)?;
        let (bit, _) = bit_of(what, typed).ok_or_else(|| self.unknown(typed))?;
        Ok(vec![Test::Marks(what, bit)])
    }

    fn text(&self, place: Place, item: &Item) -> Tests {
        let typed = self.plain(item)?;
        let is_whole = self.op != Op::Like;
        let empty = || QueryError::new(typed.at.clone(), "query-empty-word");
        Ok(vec![Test::Find(Find::new(&typed.text, place, is_whole).ok_or_else(empty)?)])
    }

    fn number(&self, item: &Item) -> Tests {
        let exact = |typed: &Typed| {
            typed.text.parse().map(|number: Number| (number.packed().into(), i64::from(number.packed()) + 1))
        };
        let is_whole = match item {
            Item::One(typed) => exact(typed).is_ok(),
            Item::Range(from, to) => from.iter().chain(to).all(|typed| exact(typed).is_ok()),
        };
        if is_whole {
            let read = |typed: &Typed| exact(typed).map_err(|_| QueryError::new(typed.at.clone(), "query-number"));
            self.spans(Measure::Number, item, read)
        } else {
            self.spans(Measure::Running, item, running)
        }
    }

    fn home(&self, item: &Item) -> Tests {
        let typed = self.plain(item)?;
        let areas = atlas::homes(&typed.text);
        if areas.is_empty() {
            return Err(self.unknown(typed));
        }
        Ok(areas.into_iter().map(Test::Home).collect())
    }

    fn moment(&self, what: Measure, is_ahead: bool, item: &Item) -> Tests {
        let now = self.scope.now.timestamp();
        if let Item::One(typed) = item {
            if when::is_overdue(&typed.text) {
                return Ok(vec![Test::Span(what, i64::MIN, now)]);
            }
            match when::age(&typed.text) {
                Age::Of(seconds) => return Ok(vec![self.aged(what, is_ahead, seconds)]),
                Age::Ambiguous(nearest) => {
                    return Err(QueryError::new(typed.at.clone(), "query-unit").near(Some(nearest)));
                }
                Age::No => {}
            }
        }
        self.spans(what, item, |typed| when::seconds(typed, self.scope))
    }

    /// `changed<2d`: less than two days ago; `due<2d`: in less than two days, or overdue.
    fn aged(&self, what: Measure, is_ahead: bool, seconds: i64) -> Test {
        let now = self.scope.now.timestamp();
        let at = if is_ahead { now.saturating_add(seconds) } else { now.saturating_sub(seconds) };
        let (is_within, holds_edge) = match self.op {
            Op::Like | Op::Is | Op::Unlike | Op::Most => (true, true),
            Op::Less => (true, false),
            Op::Least => (false, true),
            Op::More => (false, false),
        };
        if is_within == is_ahead {
            Test::Span(what, i64::MIN, at + i64::from(holds_edge))
        } else {
            Test::Span(what, at + i64::from(!holds_edge), i64::MAX)
        }
    }

    /// A value that stands for `from..before`, alone, compared or as the ends of a range.
    fn spans(&self, what: Measure, item: &Item, read: impl Fn(&Typed) -> Result<(i64, i64), QueryError>) -> Tests {
        let (from, before) = match item {
            Item::One(typed) => {
                let (from, before) = read(typed)?;
                match self.op {
                    Op::Like | Op::Is | Op::Unlike => (from, before),
                    Op::Less => (i64::MIN, from),
                    Op::Most => (i64::MIN, before),
                    Op::More => (before, i64::MAX),
                    Op::Least => (from, i64::MAX),
                }
            }
            Item::Range(..) if self.op.is_order() => return Err(self.operator()),
            Item::Range(from, to) => {
                let from = from.as_ref().map(&read).transpose()?.map_or(i64::MIN, |(from, _)| from);
                (from, to.as_ref().map(&read).transpose()?.map_or(i64::MAX, |(_, before)| before))
            }
        };
        Ok(vec![Test::Span(what, from, before)])
    }

    /// The item as one value, for kinds without an order.
    fn plain<'i>(&self, item: &'i Item) -> Result<&'i Typed, QueryError> {
        match item {
            Item::One(typed) if !self.op.is_order() => Ok(typed),
            Item::One(_) | Item::Range(..) => Err(self.operator()),
        }
    }

    fn operator(&self) -> QueryError {
        QueryError::new(self.op_at..self.op_at + self.op.sign().len(), "query-operator")
    }

    fn unknown(&self, typed: &Typed) -> QueryError {
        let text = fold(&typed.text);
        let near = match self.kind {
            Kind::Home => atlas::nearest_home(&text),
            Kind::Country => atlas::nearest_country(&text),
            _ => atlas::nearest_of(&text, &super::complete::values(self.kind, "", self.scope)),
        };
        match self.kind {
            Kind::Choice { what, .. } if near.is_none() && choice_words(what).len() <= FEW => {
                let codes: Vec<&str> = choice_words(what).iter().map(|(code, _)| *code).collect();
                QueryError::new(typed.at.clone(), "query-one-of").near(Some(&codes.join(", ")))
            }
            _ => QueryError { nearest: near, ..QueryError::new(typed.at.clone(), "query-unknown-value") },
        }
    }
}

/// Values that mean the same in every field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    None,
    Any,
    Me,
}

impl Keyword {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Any => "any",
            Self::Me => "me",
        }
    }
}

impl Typed {
    fn keyword(&self) -> Option<Keyword> {
        if self.is_quoted {
            return None;
        }
        match self.text.to_lowercase().as_str() {
            "none" | "kosong" => Some(Keyword::None),
            "any" | "ada" => Some(Keyword::Any),
            "me" | "saya" => Some(Keyword::Me),
            _ => None,
        }
    }
}

fn is_count(item: &Item) -> bool {
    let is_count = |typed: &Typed| typed.text.len() <= 3 && typed.text.bytes().all(|b| b.is_ascii_digit());
    match item {
        Item::One(typed) => is_count(typed),
        Item::Range(from, to) => from.iter().chain(to).all(is_count),
    }
}

/// A running number of a case.
fn running(typed: &Typed) -> Result<(i64, i64), QueryError> {
    if let Some(meant) = Number::but_for_the_letter(&typed.text) {
        let error = QueryError::new(typed.at.clone(), "query-check-letter");
        return Err(error.near(Some(&meant.to_string())));
    }
    count(typed).map_err(|error| QueryError { key: "query-number", ..error })
}

fn count(typed: &Typed) -> Result<(i64, i64), QueryError> {
    let number = Some(&typed.text).filter(|text| text.len() <= 9).and_then(|text| text.parse::<u32>().ok());
    let number = number.ok_or_else(|| QueryError::new(typed.at.clone(), "query-count"))?;
    Ok((number.into(), i64::from(number) + 1))
}

fn place_of(what: Choice, typed: &Typed) -> Option<usize> {
    the_one(&typed.text, choice_words(what).iter().enumerate().map(|(at, words)| (at + 1, *words)))
}

fn bit_of(what: Mark, typed: &Typed) -> Option<(u32, super::words::Words)> {
    the_one(&typed.text, mark_words(what).map(|found| (found, found.1)))
}

/// The one entry whose code or word this is, or the one that has a word which begins so.
fn the_one<T: Copy>(text: &str, entries: impl Iterator<Item = (T, super::words::Words)>) -> Option<T> {
    let text = fold(text);
    let mut begun: Option<T> = None;
    let mut is_only = true;
    for (entry, (code, words)) in entries {
        if code == text || words.contains(&text.as_str()) {
            return Some(entry);
        }
        if !text.is_empty() && (code.starts_with(&text) || words.iter().any(|word| word.starts_with(&text))) {
            is_only = begun.is_none();
            begun = begun.or(Some(entry));
        }
    }
    begun.filter(|_| is_only)
}
