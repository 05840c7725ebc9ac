//! Text to [`Query`]: the grammar of [`super`], by recursive descent over characters. Values are read in
//! [`super::value`].

use super::fields::Field;
use super::look::{Find, Measure, Place, Test};
use super::words::{TRADE, TRADE_WORDS};
use super::{
    Item, MAX_CHARS, MAX_DEPTH, Node, Op, Query, QueryError, Scope, Term, Typed, ends_value, print, quoted, value,
};
use crate::domain::subject::Number;
use crate::identity::fold::fold;
use std::ops::Range;

type Parsed<T> = Result<T, QueryError>;

/// Reads a query of at most [`MAX_CHARS`] characters, as typed and in its one spelling.
///
/// # Errors
/// The first thing that is not understood, with its place and the nearest name.
pub fn parse(text: &str, scope: &Scope) -> Parsed<Query> {
    let chars: Vec<char> = text.chars().take(MAX_CHARS + 1).collect();
    if chars.len() > MAX_CHARS {
        return Err(QueryError::new(MAX_CHARS..MAX_CHARS + 1, "query-too-long"));
    }
    let mut parser = Parser { chars, at: 0, depth: 0, scope };
    parser.skip_blanks();
    if parser.peek().is_none() {
        return Ok(Query::default());
    }
    let root = parser.any()?;
    if parser.peek().is_some() {
        return Err(QueryError::new(parser.here(), "query-close-bracket"));
    }
    let query = Query { root };
    if print(&query).chars().count() > MAX_CHARS {
        return Err(QueryError::new(0..parser.at, "query-too-long"));
    }
    Ok(query)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

fn joint(word: &str) -> Option<Joint> {
    match word.to_lowercase().as_str() {
        "and" | "dan" => Some(Joint::And),
        "or" | "atau" => Some(Joint::Or),
        _ => None,
    }
}

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    scope: &'a Scope<'a>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn here(&self) -> Range<usize> {
        self.at..self.at + 1
    }

    fn text(&self, at: Range<usize>) -> String {
        self.chars[at].iter().collect()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn any(&mut self) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError::new(self.here(), "query-too-deep"));
        }
        let mut parts = Vec::new();
        loop {
            match self.all()? {
                Node::Any(inner) => parts.extend(inner),
                part => parts.push(part),
            }
            if self.joint_ahead() != Some(Joint::Or) {
                break;
            }
            self.word();
        }
        self.depth -= 1;
        Ok(joined(parts, Node::Any))
    }

    fn all(&mut self) -> Parsed<Node> {
        let mut parts = Vec::new();
        loop {
            match self.unary()? {
                Node::All(inner) => parts.extend(inner),
                part => parts.push(part),
            }
            match self.joint_ahead() {
                Some(Joint::And) => _ = self.word(),
                Some(Joint::Or) => break,
                None if matches!(self.peek(), None | Some(')')) => break,
                None => {}
            }
        }
        Ok(joined(parts, Node::All))
    }

    /// The keyword that comes next, after blanks. It is one between two terms only: at an end it is a word, because
    /// somebody who types a name letter by letter passes `dan` on the way to `dani`.
    fn joint_ahead(&mut self) -> Option<Joint> {
        self.skip_blanks();
        let start = self.at;
        let word = self.word();
        let is_joint = self.operator().is_none() && !matches!(self.peek(), None | Some(')'));
        let found = joint(&self.text(word)).filter(|_| is_joint);
        self.at = start;
        found
    }

    fn unary(&mut self) -> Parsed<Node> {
        self.skip_blanks();
        if self.peek() != Some('-') {
            return self.term();
        }
        self.at += 1;
        Ok(Node::Not(Box::new(self.term()?)))
    }

    fn term(&mut self) -> Parsed<Node> {
        match self.peek() {
            None | Some(')' | '-') => Err(QueryError::new(self.here(), "query-missing-term")),
            Some(c) if c.is_whitespace() => Err(QueryError::new(self.here(), "query-missing-term")),
            Some('(') => self.bracket(),
            Some('"') => {
                let typed = self.quotation()?;
                Ok(Node::Is(self.sought(&typed)?))
            }
            Some('#') => self.number(),
            Some(_) => self.worded(),
        }
    }

    fn bracket(&mut self) -> Parsed<Node> {
        let open = self.here();
        self.at += 1;
        let inner = self.any()?;
        self.skip_blanks();
        if self.peek() != Some(')') {
            return Err(QueryError::new(open, "query-open-bracket"));
        }
        self.at += 1;
        Ok(inner)
    }

    fn quotation(&mut self) -> Parsed<Typed> {
        let open = self.here();
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(|c| c != '"') {
            self.at += 1;
        }
        if self.peek().is_none() {
            return Err(QueryError::new(open, "query-open-quote"));
        }
        let at = start..self.at;
        self.at += 1;
        Ok(Typed { text: self.text(at.clone()), at, is_quoted: true })
    }

    fn number(&mut self) -> Parsed<Node> {
        let start = self.at;
        self.at += 1;
        let at = self.word();
        let text = self.text(at);
        let running = || text.parse::<u32>().ok().filter(|n| (1..1_000_000).contains(n));
        let test = match text.parse::<Number>() {
            Ok(number) => Test::Span(Measure::Number, number.packed().into(), i64::from(number.packed()) + 1),
            Err(_) if Number::but_for_the_letter(&text).is_some() => {
                return Err(wrong_letter(&text, start..self.at));
            }
            Err(_) => match running() {
                Some(n) => Test::Span(Measure::Running, n.into(), i64::from(n) + 1),
                None => return Err(QueryError::new(start..self.at.max(start + 1), "query-number")),
            },
        };
        Ok(Node::Is(Term { shown: format!("#{text}"), is_negated: false, tests: vec![test] }))
    }

    /// A field with its values, or words.
    fn worded(&mut self) -> Parsed<Node> {
        let at = self.word();
        let word = self.text(at.clone());
        let end = self.at;
        if let Some(op) = self.operator() {
            return self.field(&word, at, op);
        }
        self.at = end;
        let at = self.trade_term(at);
        self.at = at.end;
        let words = self.text(at.clone());
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Node::Is(self.sought(&Typed { text, at, is_quoted: false })?))
    }

    /// The longest term of the trade that begins with this word; else the word.
    fn trade_term(&mut self, first: Range<usize>) -> Range<usize> {
        let mut text = fold(&self.text(first.clone()));
        let mut longest = first.clone();
        let start = self.at;
        for _ in 1..TRADE_WORDS {
            if !TRADE.iter().any(|(term, _, _)| term.starts_with(text.as_str())) {
                break;
            }
            self.skip_blanks();
            let next = self.word();
            let word = self.text(next.clone());
            let end = self.at;
            if word.is_empty() || joint(&word).is_some() || self.operator().is_some() {
                break;
            }
            self.at = end;
            text = format!("{text} {}", fold(&word));
            if TRADE.iter().any(|(term, _, _)| *term == text) {
                longest = first.start..end;
            }
        }
        self.at = start;
        longest
    }

    fn field(&mut self, name: &str, at: Range<usize>, op: (Op, usize)) -> Parsed<Node> {
        let field = Field::find(&name.to_lowercase())
            .map_err(|near| QueryError::new(at.start..at.end.max(at.start + 1), "query-unknown-field").near(near))?;
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            items.push(self.item()?);
            if self.peek() != Some(',') {
                break;
            }
            self.at += 1;
        }
        let value::Meaning { shown, is_negated, tests } = value::read(field, op, &items, self.scope)?;
        Ok(Node::Is(Term { shown, is_negated, tests }))
    }

    fn item(&mut self) -> Parsed<Item> {
        let from = self.typed()?;
        if !self.is_range_ahead() {
            return from.map(Item::One).ok_or_else(|| QueryError::new(self.here(), "query-missing-value"));
        }
        self.at += 2;
        let to = self.typed()?;
        if from.is_none() && to.is_none() {
            return Err(QueryError::new(self.at - 2..self.at, "query-missing-value"));
        }
        Ok(Item::Range(from, to))
    }

    fn is_range_ahead(&self) -> bool {
        self.chars[self.at..].starts_with(&['.', '.'])
    }

    fn typed(&mut self) -> Parsed<Option<Typed>> {
        if self.peek() == Some('"') {
            return self.quotation().map(Some);
        }
        let start = self.at;
        while self.peek().is_some_and(|c| !ends_value(c)) && !self.is_range_ahead() {
            self.at += 1;
        }
        let at = start..self.at;
        Ok((!at.is_empty()).then(|| Typed { text: self.text(at.clone()), at, is_quoted: false }))
    }

    /// Takes the characters of a word, perhaps none.
    fn word(&mut self) -> Range<usize> {
        let start = self.at;
        while self.peek().is_some_and(|c| !ends_word(c)) && !self.chars[self.at..].starts_with(&['!', '=']) {
            self.at += 1;
        }
        start..self.at
    }

    /// Takes the operator that comes next, after blanks.
    fn operator(&mut self) -> Option<(Op, usize)> {
        self.skip_blanks();
        let rest: String = self.chars[self.at..].iter().take(2).collect();
        let op = Op::ALL.into_iter().find(|op| rest.starts_with(op.sign()))?;
        let at = self.at;
        self.at += op.sign().len();
        Some((op, at))
    }

    /// A text alone: a name, a number, a document, a phone, or a word of the trade.
    fn sought(&self, typed: &Typed) -> Parsed<Term> {
        if !typed.is_quoted && Number::but_for_the_letter(&typed.text).is_some() {
            return Err(wrong_letter(&typed.text, typed.at.clone()));
        }
        let folded = fold(&typed.text);
        let trade = TRADE.iter().find(|(term, _, _)| *term == folded);
        let text = trade.map_or(typed.text.as_str(), |(_, shown, _)| shown);
        let empty = || QueryError::new(typed.at.clone(), "query-empty-word");
        let mut tests = vec![Test::Find(Find::new(text, Place::Anywhere, false).ok_or_else(empty)?)];
        for meant in trade.map_or(&[][..], |(_, _, terms)| terms) {
            if let Ok(Query { root: Node::Is(term) }) = parse(meant, self.scope) {
                tests.extend(term.tests);
            }
        }
        tests.extend(numbers(text));
        let needs_quotes =
            text.starts_with(['-', '#']) || joint(text).is_some() || text.contains(ends_word) || text.contains("!=");
        Ok(Term { shown: quoted(text, needs_quotes), is_negated: false, tests })
    }
}

/// What digits mean besides a part of a text: a case's number, a running number, a queue number.
fn numbers(text: &str) -> Vec<Test> {
    let is_digits = text.bytes().all(|b| b.is_ascii_digit());
    let one = |number: Number| Test::Span(Measure::Number, number.packed().into(), i64::from(number.packed()) + 1);
    let mut tests: Vec<Test> = text.parse().into_iter().chain(Number::without_year(text)).map(one).collect();
    if is_digits && let Ok(number) = text.parse::<i64>() {
        if (3..=6).contains(&text.len()) {
            tests.push(Test::Span(Measure::Running, number, number + 1));
        }
        if (1..=4).contains(&text.len()) {
            tests.push(Test::Span(Measure::Queue, number, number + 1));
        }
    }
    tests
}

/// A case's number whose check letter does not fit, with the number that it may be.
fn wrong_letter(text: &str, at: Range<usize>) -> QueryError {
    let meant = Number::but_for_the_letter(text).map(|number| number.to_string());
    QueryError { nearest: meant, ..QueryError::new(at, "query-check-letter") }
}

fn joined(mut parts: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"' | ':' | '=' | '<' | '>')
}
