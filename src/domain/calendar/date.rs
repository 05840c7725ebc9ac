//! Reading typed dates.
//!
//! A day without month or year is the nearest that the direction of the field allows; of two equally near ones the
//! past. A past field refuses days after today. A future field only prefers the future: that a passport ran out last
//! year is a fact too.

use super::day::{self, Typed, Year};
use super::words::{self, Span, Which};
use super::{SOURCE_AT_MOST, TYPED_AT_MOST, days_from, months_after, show_day};
use crate::domain::clean;
use crate::domain::field::Direction;
use crate::domain::refusal::Refusal;
use crate::domain::value::{Dated, Precision};
use chrono::{Datelike, Months, NaiveDate, Weekday};

/// Nobody is older.
const AGE_AT_MOST: u32 = 120;

/// Years back to which two digits reach in a past field that is no birth date: old certificates, not old centuries.
const LONG_AGO: i32 = 80;

/// Reads a typed date: words (`t`, `kemarin`, `besok`), distances (`-3`, `+2w`, `+2m` for weeks, `bln`, `th`), weekdays
/// (`senin`, `last fri`, `jumat depan`), days (`5`, `5/11`, `5 nov 26`, `051126`, `2026-11-05`, `21-02-2026 Sab`),
/// estimates (`~1998`, `~nov 2025`, `~5/11`) and `?` for *asked, and not known*. Text in brackets at the end is the source.
///
/// An estimated month or year is its last day, in a past field no later than today: the youngest reading.
///
/// # Errors
/// A refusal `date-…` that says why there is no such day, or how dates are written.
pub fn read_date(text: &str, today: NaiveDate, direction: Direction) -> Result<Dated, Refusal> {
    Ask { today, direction, is_birth: false }.read(text)
}

/// Reads a birth date as [`read_date`] does in the past, and besides `~17` or `17 th` as an age: the latest day of birth
/// that gives it. A day without a year is refused.
///
/// # Errors
/// As [`read_date`].
pub fn read_birth(text: &str, today: NaiveDate) -> Result<Dated, Refusal> {
    Ask { today, direction: Direction::Past, is_birth: true }.read(text)
}

/// What a text is read against.
struct Ask {
    today: NaiveDate,
    direction: Direction,
    is_birth: bool,
}

impl Ask {
    fn read(&self, text: &str) -> Result<Dated, Refusal> {
        let line = clean::line(text, TYPED_AT_MOST);
        if line.was_cut {
            return Err(Refusal::new("date-unreadable"));
        }
        let (typed, source) = split_source(&line.text);
        let typed = typed.to_lowercase();
        let mut dated = if words::is_unknown_word(&typed) {
            Dated::UNKNOWN
        } else if let Some(years) = self.age(&typed) {
            Dated::estimated(self.born(years)?)
        } else if let Some(rest) = typed.strip_prefix('~') {
            Dated::estimated(self.allowed(self.about(rest.trim_start())?)?)
        } else {
            Dated::certain(self.allowed(self.day(&typed)?)?)
        };
        debug_assert_eq!(dated.on.is_none(), dated.precision == Precision::Unknown);
        dated.source = source;
        Ok(dated)
    }

    /// The age that `~17`, `~17 th` or `17 tahun` states, in a birth field.
    fn age(&self, typed: &str) -> Option<u32> {
        let is_about = typed.starts_with('~');
        let (digits, unit) = split_digits(typed.trim_start_matches('~').trim_start())?;
        let is_age = match words::span_word(unit)? {
            Span::Years => true,
            Span::Days => is_about && unit.is_empty() && digits.len() <= 3,
            Span::Weeks | Span::Months => false,
        };
        if self.is_birth && is_age { digits.parse().ok() } else { None }
    }

    fn born(&self, years: u32) -> Result<NaiveDate, Refusal> {
        let birth = || self.today.checked_sub_months(Months::new(12 * years));
        let birth = if years <= AGE_AT_MOST { birth() } else { None };
        birth.ok_or_else(|| Refusal::new("date-no-such-age").with("most", AGE_AT_MOST.to_string()))
    }

    /// An estimate: a year and a month will do.
    fn about(&self, typed: &str) -> Result<NaiveDate, Refusal> {
        let (first, last) = match day::parse(typed) {
            Some(Typed::Year(year)) => (day::full(1, 1, year)?, day::full(31, 12, year)?),
            Some(Typed::MonthYear(month, year)) => {
                let last = day::last_day(month, self.year(year))?;
                (last.with_day(1).unwrap_or(last), last)
            }
            _ => return self.day(typed),
        };
        let reaches_today = self.direction == Direction::Past && first <= self.today;
        Ok(if reaches_today { last.min(self.today) } else { last })
    }

    /// One certain day.
    fn day(&self, typed: &str) -> Result<NaiveDate, Refusal> {
        let unreadable = || Refusal::new("date-unreadable");
        if let Some(days) = words::day_word(typed) {
            return days_from(self.today, days).ok_or_else(unreadable);
        }
        if typed.starts_with(['+', '-']) {
            return self.distant(typed).ok_or_else(unreadable);
        }
        if let Some((weekday, which)) = words::weekday_phrase(typed) {
            return self.weekday(weekday, which).ok_or_else(unreadable);
        }
        if let Some((weekday, rest)) = split_weekday(typed) {
            let on = self.resolve(day::parse(rest).ok_or_else(unreadable)?)?;
            return if on.weekday() == weekday { Ok(on) } else { Err(differs(on)) };
        }
        self.resolve(day::parse(typed).ok_or_else(unreadable)?)
    }

    /// `-3`, `+2w`, `+1 bln`; at most four digits.
    fn distant(&self, typed: &str) -> Option<NaiveDate> {
        let is_back = typed.starts_with('-');
        let (digits, unit) = split_digits(typed[1..].trim_start())?;
        if digits.len() > 4 {
            return None;
        }
        let count: u32 = digits.parse().ok()?;
        let months = |count| {
            let day = if is_back {
                self.today.checked_sub_months(Months::new(count))
            } else {
                months_after(self.today, count)
            };
            day.and_then(|day| days_from(day, 0))
        };
        let days = |count: u32| days_from(self.today, if is_back { -i64::from(count) } else { i64::from(count) });
        match words::span_word(unit)? {
            Span::Days => days(count),
            Span::Weeks => days(7 * count),
            Span::Months => months(count),
            Span::Years => months(12 * count),
        }
    }

    fn weekday(&self, weekday: Weekday, which: Which) -> Option<NaiveDate> {
        let since = i64::from(self.today.weekday().days_since(weekday));
        let until = (7 - since) % 7;
        let days = match which {
            Which::Last if since == 0 => -7,
            Which::Last => -since,
            Which::Next if until == 0 => 7,
            Which::Next => until,
            Which::Nearest => match self.direction {
                Direction::Past => -since,
                Direction::Future => until,
                Direction::Any if since <= until => -since,
                Direction::Any => until,
            },
        };
        days_from(self.today, days)
    }

    /// Fills in what was not typed.
    fn resolve(&self, typed: Typed) -> Result<NaiveDate, Refusal> {
        match typed {
            Typed::Full(day, month, year) => day::full(day, month, self.year(year)),
            Typed::Day(_) | Typed::DayMonth(..) if self.is_birth => Err(Refusal::new("date-birth-needs-year")),
            Typed::Day(number) => {
                let first = self.today.with_day(1).unwrap_or(self.today);
                let before = [2, 1, 0].into_iter().filter_map(|count| first.checked_sub_months(Months::new(count)));
                let after = [1, 2].into_iter().filter_map(|count| months_after(first, count));
                let months = before.chain(after).filter_map(|month| month.with_day(number));
                self.nearest(months).ok_or_else(|| day::no_such_day(number.to_string(), 31))
            }
            Typed::DayMonth(number, month) => {
                let year = self.today.year();
                let years = [year - 1, year, year + 1];
                self.nearest(years.into_iter().filter_map(|year| day::full(number, month, year).ok())).ok_or_else(
                    || day::full(number, month, year).err().unwrap_or_else(|| Refusal::new("date-needs-year")),
                )
            }
            Typed::MonthYear(..) | Typed::Month(_) => Err(Refusal::new("date-needs-day")),
            Typed::Year(year) => Err(Refusal::new("date-bare-year").with("year", year.to_string())),
        }
    }

    fn nearest(&self, days: impl Iterator<Item = NaiveDate>) -> Option<NaiveDate> {
        let is_allowed = |day: &NaiveDate| match self.direction {
            Direction::Past => *day <= self.today,
            Direction::Future => *day >= self.today,
            Direction::Any => true,
        };
        days.filter(is_allowed).min_by_key(|day| ((*day - self.today).num_days().abs(), *day))
    }

    /// The century of a year of two digits: in the past the latest that is not after this year (but no further back than
    /// [`LONG_AGO`], births excepted, so that a slip is refused as a future day), in the future this one, else the nearer.
    fn year(&self, year: Year) -> i32 {
        let now = self.today.year();
        match (year, self.direction) {
            (Year::Four(year), _) => year,
            (Year::Two(year), Direction::Past)
                if 2000 + year > now && (self.is_birth || now - (1900 + year) <= LONG_AGO) =>
            {
                1900 + year
            }
            (Year::Two(year), Direction::Any) if 2000 + year - now > now - (1900 + year) => 1900 + year,
            (Year::Two(year), Direction::Past | Direction::Future | Direction::Any) => 2000 + year,
        }
    }

    fn allowed(&self, on: NaiveDate) -> Result<NaiveDate, Refusal> {
        if self.direction == Direction::Past && on > self.today {
            return Err(Refusal::new("date-in-future").with("date", show_day(on)));
        }
        Ok(on)
    }
}

fn differs(on: NaiveDate) -> Refusal {
    Refusal::new("date-weekday-differs")
        .with("date", show_day(on))
        .with("weekday", on.weekday().number_from_monday().to_string())
}

/// The source in brackets at the end, if any, in its own spelling.
fn split_source(text: &str) -> (&str, Option<String>) {
    let split = text.strip_suffix(')').and_then(|text| text.split_once('('));
    match split {
        Some((typed, source)) => {
            let source = clean::line(source, SOURCE_AT_MOST).text;
            (typed.trim_end(), if source.is_empty() { None } else { Some(source) })
        }
        None => (text, None),
    }
}

/// Leading digits, at least one, and what follows them.
fn split_digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 { None } else { Some((&text[..end], text[end..].trim_start())) }
}

/// A weekday before or after something that holds a digit: `sab 21-02-2026`, `21-02-2026 Sab`.
fn split_weekday(text: &str) -> Option<(Weekday, &str)> {
    let before =
        text.split_once(' ').and_then(|(word, rest)| Some((words::weekday_word(word.trim_end_matches(','))?, rest)));
    let after = || text.rsplit_once(' ').and_then(|(rest, word)| Some((words::weekday_word(word)?, rest)));
    before.or_else(after)
}
