//! What the numbers and month names of a typed date say, before any year or month is filled in.

use super::YEARS;
use super::words::month_word;
use crate::domain::refusal::Refusal;
use chrono::{Datelike, Months, NaiveDate};

/// A year as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Four(i32),
    Two(i32),
}

/// A typed date, as far as it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Day(u32),
    DayMonth(u32, u32),
    Full(u32, u32, Year),
    MonthYear(u32, Year),
    /// A month without day and year.
    Month(u32),
    Year(i32),
}

/// One run of digits or letters.
#[derive(Clone, Copy, Debug)]
enum Token {
    Number { value: u32, digits: usize },
    Month(u32),
}

/// Reads digits, month names and the separators between them; day before month, ISO order when the year leads. `None`
/// when it is no date at all.
pub(super) fn parse(text: &str) -> Option<Typed> {
    use Token::{Month, Number};
    let tokens = tokens(text)?;
    let year = |value: u32, digits: usize| match digits {
        2 => Some(Year::Two(value as i32)),
        4 => Some(Year::Four(value as i32)),
        _ => None,
    };
    Some(match tokens[..] {
        [Number { value, digits }] => return run(value, digits),
        [Month(month)] => Typed::Month(month),
        [Number { value: first, digits: 1..=2 }, Number { value: second, digits: 1..=2 }] => {
            Typed::DayMonth(first, second)
        }
        [Number { value: month, digits: 1..=2 }, Number { value, digits: 4 }]
        | [Number { value, digits: 4 }, Number { value: month, digits: 1..=2 }] => {
            Typed::MonthYear(month, Year::Four(value as i32))
        }
        [Number { value: day, digits: 1..=2 }, Month(month)] | [Month(month), Number { value: day, digits: 1..=2 }] => {
            Typed::DayMonth(day, month)
        }
        [Number { value, digits: 4 }, Month(month)] | [Month(month), Number { value, digits: 4 }] => {
            Typed::MonthYear(month, Year::Four(value as i32))
        }
        [Number { value, digits: 4 }, Number { value: month, digits: 1..=2 }, Number { value: day, digits: 1..=2 }]
        | [Number { value, digits: 4 }, Month(month), Number { value: day, digits: 1..=2 }] => {
            Typed::Full(day, month, Year::Four(value as i32))
        }
        [Number { value: day, digits: 1..=2 }, Number { value: month, digits: 1..=2 }, Number { value, digits }]
        | [Number { value: day, digits: 1..=2 }, Month(month), Number { value, digits }]
        | [Month(month), Number { value: day, digits: 1..=2 }, Number { value, digits }] => {
            Typed::Full(day, month, year(value, digits)?)
        }
        _ => return None,
    })
}

/// Digits without separators: `5`, `1998`, `051126`, `05112026`, `20261105`.
fn run(value: u32, digits: usize) -> Option<Typed> {
    Some(match digits {
        1 | 2 => Typed::Day(value),
        4 => Typed::Year(value as i32),
        6 => Typed::Full(value / 10_000, value / 100 % 100, Year::Two((value % 100) as i32)),
        8 => {
            let (head, tail) = ((value / 10_000) as i32, (value % 10_000) as i32);
            if YEARS.contains(&tail) || !YEARS.contains(&head) {
                Typed::Full(value / 1_000_000, value / 10_000 % 100, Year::Four(tail))
            } else {
                Typed::Full(value % 100, value / 100 % 100, Year::Four(head))
            }
        }
        _ => return None,
    })
}

/// At most three runs; any character that is no digit, month name or separator makes it no date.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::with_capacity(3);
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(['-', '/', '.', ',', ' ']);
        let Some(first) = rest.chars().next() else { break };
        let is_digit = first.is_ascii_digit();
        let end =
            rest.find(|c: char| if is_digit { !c.is_ascii_digit() } else { !c.is_alphabetic() }).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        tokens.push(if is_digit {
            Token::Number { value: token.parse().ok()?, digits: token.len() }
        } else {
            Token::Month(month_word(token)?)
        });
        if tokens.len() > 3 {
            return None;
        }
        rest = after;
    }
    Some(tokens)
}

/// The last day of a month. Errors say which of month and year cannot be.
pub(super) fn last_day(month: u32, year: i32) -> Result<NaiveDate, Refusal> {
    if !YEARS.contains(&year) {
        return Err(Refusal::new("date-year-range")
            .with("first", YEARS.start().to_string())
            .with("last", YEARS.end().to_string()));
    }
    NaiveDate::from_ymd_opt(year, month, 1)
        .and_then(|first| first.checked_add_months(Months::new(1))?.pred_opt())
        .ok_or_else(|| Refusal::new("date-no-such-month").with("month", month.to_string()))
}

/// The day with this date. Errors say which of day, month and year cannot be, and how many days the month has.
pub(super) fn full(day: u32, month: u32, year: i32) -> Result<NaiveDate, Refusal> {
    let last = last_day(month, year)?;
    last.with_day(day).ok_or_else(|| no_such_day(format!("{day:02}-{month:02}-{year}"), last.day()))
}

/// The refusal of a day that the month does not have.
pub(super) fn no_such_day(typed: String, last: u32) -> Refusal {
    Refusal::new("date-no-such-day").with("typed", typed).with("last", last.to_string())
}
