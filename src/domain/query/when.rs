//! Days, moments and ages as they are typed into a query. Pure: today comes with the [`Scope`].

use super::{QueryError, Scope, Typed};
use crate::identity::fold::fold;
use chrono::{Datelike, Days, Months, NaiveDate};

const DAY_S: i64 = 86_400;

/// An age such as `2d`.
pub(super) enum Age {
    No,
    /// Seconds.
    Of(i64),
    /// `2h` is hours to one reader and *hari* to another: what to type instead.
    Ambiguous(&'static str),
}

/// Reads `30m`, `3j`, `2d`, `1w` and their words in both languages; at most four digits.
pub(super) fn age(text: &str) -> Age {
    let text = fold(text).replace(' ', "");
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - unit.len()];
    let Some(count) = Some(digits).filter(|d| (1..=4).contains(&d.len())).and_then(|d| d.parse::<i64>().ok()) else {
        return Age::No;
    };
    Age::Of(match unit {
        "mnt" | "menit" | "min" | "minute" | "minutes" => count * 60,
        "j" | "jam" | "hour" | "hours" => count * 3_600,
        "d" | "hr" | "hari" | "day" | "days" => count * DAY_S,
        "w" | "mg" | "minggu" | "week" | "weeks" => count * 7 * DAY_S,
        "h" => return Age::Ambiguous("2jam, 2hari"),
        "m" => return Age::Ambiguous("2menit, 2minggu"),
        _ => return Age::No,
    })
}

/// Whether this word means: its time has passed.
pub(super) fn is_overdue(text: &str) -> bool {
    matches!(fold(text).as_str(), "overdue" | "lewat" | "terlambat" | "telat")
}

/// A day, month or year as days of the common era: from, and before.
pub(super) fn days(typed: &Typed, scope: &Scope) -> Result<(i64, i64), QueryError> {
    let (from, before) =
        period(&typed.text, scope.today()).ok_or_else(|| QueryError::new(typed.at.clone(), "query-date"))?;
    Ok((from.num_days_from_ce().into(), before.num_days_from_ce().into()))
}

/// A day, month or year of the office's zone as Unix seconds: from, and before.
pub(super) fn seconds(typed: &Typed, scope: &Scope) -> Result<(i64, i64), QueryError> {
    let (from, before) = days(typed, scope)?;
    let epoch = i64::from(NaiveDate::default().num_days_from_ce());
    let offset = i64::from(scope.offset.local_minus_utc());
    let start = |day: i64| (day - epoch) * DAY_S - offset;
    Ok((start(from), start(before)))
}

fn period(text: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let one = |day: NaiveDate| Some((day, day.checked_add_days(Days::new(1))?));
    match fold(text).as_str() {
        "today" | "hari ini" => return one(today),
        "yesterday" | "kemarin" | "kmrn" => return one(today.checked_sub_days(Days::new(1))?),
        "tomorrow" | "besok" => return one(today.checked_add_days(Days::new(1))?),
        _ => {}
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    if parts.len() > 3 || parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok().filter(|n| *n < 100_000_000);
    match *parts.as_slice() {
        [year] if year.len() == 4 => {
            let from = NaiveDate::from_ymd_opt(the_year(year, today)?, 1, 1)?;
            Some((from, from.checked_add_months(Months::new(12))?))
        }
        [whole] if whole.len() == 6 || whole.len() == 8 => {
            let (day, rest) = whole.split_at(2);
            let (month, year) = rest.split_at(2);
            one(NaiveDate::from_ymd_opt(the_year(year, today)?, number(month)?, number(day)?)?)
        }
        [year, month] if year.len() == 4 => month_of(the_year(year, today)?, number(month)?),
        [month, year] if year.len() == 4 => month_of(the_year(year, today)?, number(month)?),
        [year, month, day] if year.len() == 4 => {
            one(NaiveDate::from_ymd_opt(the_year(year, today)?, number(month)?, number(day)?)?)
        }
        [day, month, year] => one(NaiveDate::from_ymd_opt(the_year(year, today)?, number(month)?, number(day)?)?),
        _ => None,
    }
}

fn month_of(year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some((from, from.checked_add_months(Months::new(1))?))
}

/// Two digits are the latest such year up to ten years ahead; four stand for themselves, 1900 to 2199.
fn the_year(digits: &str, today: NaiveDate) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        2 if 2000 + year <= today.year() + 10 => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year).filter(|year| (1900..2200).contains(year)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_periods() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let today = day(2026, 2, 28);
        for (typed, from, before) in [
            ("today", day(2026, 2, 28), day(2026, 3, 1)),
            ("hari-ini", day(2026, 2, 28), day(2026, 3, 1)),
            ("besok", day(2026, 3, 1), day(2026, 3, 2)),
            ("1990", day(1990, 1, 1), day(1991, 1, 1)),
            ("1990-12", day(1990, 12, 1), day(1991, 1, 1)),
            ("12/1990", day(1990, 12, 1), day(1991, 1, 1)),
            ("21-02-1998", day(1998, 2, 21), day(1998, 2, 22)),
            ("1998-02-21", day(1998, 2, 21), day(1998, 2, 22)),
            ("210298", day(1998, 2, 21), day(1998, 2, 22)),
            ("21/2/26", day(2026, 2, 21), day(2026, 2, 22)),
        ] {
            assert_eq!(period(typed, today), Some((from, before)), "{typed}");
        }
        for wrong in ["", "-", "31-02-2026", "13", "1990-13", "0000", "9999", "1-2-3-4", "99999999999", "٣"] {
            assert_eq!(period(wrong, today), None, "{wrong}");
        }
    }

    #[test]
    fn an_age_has_a_unit_that_nobody_misreads() {
        let seconds = |text| match age(text) {
            Age::Of(seconds) => Some(seconds),
            Age::No | Age::Ambiguous(_) => None,
        };
        for (text, expected) in
            [("2d", 172_800), ("2hari", 172_800), ("3 jam", 10_800), ("30mnt", 1_800), ("1w", 604_800)]
        {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["2", "d", "12345d", "2x", ""] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert!(matches!(age("2h"), Age::Ambiguous(_)) && matches!(age("2m"), Age::Ambiguous(_)));
    }
}
