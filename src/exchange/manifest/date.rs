//! Dates as senders write them. Strict: a text is one day, or it is refused and stays as it was written.
//!
//! `19-10-2006`, `3 Februari 1997`, `1992-03-07`, `15/06/1995`, dates and serial numbers of Excel, eight digits, a bare
//! year (estimated). The words a person may type at the desk (`kmrn`, `~17`) are `domain::calendar`'s.

use super::table::Cell;
use crate::domain::value::Dated;
use chrono::{Datelike, Days, NaiveDate};

/// What a date is about; decides the century of a two-digit year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Births and issues: never after today.
    Past,
    /// Expiry: always in this century.
    Until,
}

/// Why a reading of a date deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    /// Day and month could be the other way round, and then it would be `other`.
    Ambiguous {
        other: NaiveDate,
    },
    /// Written with the month first.
    MonthFirst,
    /// A serial number of Excel, without its date format.
    Serial,
    ShortYear,
    OnlyYear,
}

/// A day that was read, and what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayRead {
    pub dated: Dated,
    pub oddity: Option<Oddity>,
}

const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
/// Excel's day 0; its invented 29 February 1900 is behind every day that a manifest may mean.
const EXCEL_EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day of the calendar");
const SERIALS: std::ops::RangeInclusive<u32> = 7_000..=73_050;

/// Reads a cell as a day; `None` when it cannot be one.
pub(super) fn read(cell: &Cell, sense: Sense, today: NaiveDate) -> Option<DayRead> {
    match cell {
        Cell::Empty => None,
        Cell::Day(day) => YEARS.contains(&day.year()).then(|| plain(*day)),
        Cell::Number(number) if (0.0..1e8).contains(number) => read_digits(&format!("{:.0}", number.trunc())),
        Cell::Number(_) => None,
        Cell::Text(text) => read_text(text, sense, today),
    }
}

const fn plain(on: NaiveDate) -> DayRead {
    DayRead { dated: Dated::certain(on), oddity: None }
}

const fn odd(on: NaiveDate, oddity: Oddity) -> DayRead {
    DayRead { dated: Dated::certain(on), oddity: Some(oddity) }
}

fn read_text(text: &str, sense: Sense, today: NaiveDate) -> Option<DayRead> {
    if text.len() > 60 {
        return None;
    }
    let mut tokens: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '–'))
        .filter(|token| !token.is_empty())
        .collect();
    if tokens.first().is_some_and(|first| is_weekday(first)) {
        tokens.remove(0);
    }
    // What spreadsheets and databases append to a day: `1998-05-15 00:00:00`, `1998-05-15T00:00:00`.
    if tokens.len() > 3 && tokens[3].starts_with("00:00") {
        tokens.truncate(3);
    }
    if let [_, _, last] = tokens.as_mut_slice() {
        *last = last.strip_suffix("T00:00:00").unwrap_or(last);
    }
    match tokens.as_slice() {
        [digits] => read_digits(digits),
        [first, second, third] => read_parts(first, second, third, sense, today),
        _ => None,
    }
}

fn read_digits(digits: &str) -> Option<DayRead> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    match digits.len() {
        4 if YEARS.contains(&(number as i32)) => {
            let middle = NaiveDate::from_ymd_opt(number as i32, 7, 1)?;
            Some(DayRead { dated: Dated::estimated(middle), oddity: Some(Oddity::OnlyYear) })
        }
        4 | 5 if SERIALS.contains(&number) => {
            Some(odd(EXCEL_EPOCH.checked_add_days(Days::new(u64::from(number)))?, Oddity::Serial))
        }
        8 => {
            let day_first = day(number % 10_000, number / 10_000 % 100, number / 1_000_000);
            let year_first = day(number / 10_000, number / 100 % 100, number % 100);
            match (day_first, year_first) {
                (Some(on), Some(other)) => Some(odd(on, Oddity::Ambiguous { other })),
                (one, other) => one.or(other).map(plain),
            }
        }
        _ => None,
    }
}

fn read_parts(first: &str, second: &str, third: &str, sense: Sense, today: NaiveDate) -> Option<DayRead> {
    if first.len() == 4 {
        return day(number(first)?, month(second)?, number(third)?).map(plain);
    }
    let (year, is_short) = year(third, sense, today)?;
    let short = is_short.then_some(Oddity::ShortYear);
    if let Some(named) = named_month(second) {
        return Some(DayRead { dated: Dated::certain(day(year, named, number(first)?)?), oddity: short });
    }
    if let Some(named) = named_month(first) {
        return Some(DayRead { dated: Dated::certain(day(year, named, number(second)?)?), oddity: short });
    }
    let (first, second) = (number(first)?, number(second)?);
    match (day(year, second, first), day(year, first, second)) {
        (Some(on), Some(other)) if on != other => Some(odd(on, Oddity::Ambiguous { other })),
        (Some(on), _) => Some(DayRead { dated: Dated::certain(on), oddity: short }),
        (None, Some(other)) => Some(odd(other, Oddity::MonthFirst)),
        (None, None) => None,
    }
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn number(token: &str) -> Option<u32> {
    let is_number = !token.is_empty() && token.len() <= 4 && token.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { token.parse().ok() } else { None }
}

/// The year in full, and whether it was written with two digits.
fn year(token: &str, sense: Sense, today: NaiveDate) -> Option<(u32, bool)> {
    let year = number(token)?;
    match token.len() {
        4 => Some((year, false)),
        2 => {
            let this = today.year().rem_euclid(100) as u32;
            let is_last_century = sense == Sense::Past && year > this;
            Some((year + if is_last_century { 1900 } else { 2000 }, true))
        }
        _ => None,
    }
}

fn month(token: &str) -> Option<u32> {
    named_month(token).or_else(|| number(token))
}

const MONTHS: [&[&str]; 12] = [
    &["januari", "january"],
    &["februari", "february", "pebruari"],
    &["maret", "march"],
    &["april"],
    &["mei", "may"],
    &["juni", "june"],
    &["juli", "july"],
    &["agustus", "august", "agt", "ags"],
    &["september"],
    &["oktober", "october"],
    &["november", "nopember"],
    &["desember", "december"],
];

/// A month by its name or the first three letters or more of it.
fn named_month(token: &str) -> Option<u32> {
    if token.len() < 3 || !token.is_ascii() {
        return None;
    }
    let token = token.to_ascii_lowercase();
    let place = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(&token)))?;
    Some(place as u32 + 1)
}

fn is_weekday(token: &str) -> bool {
    const DAYS: [&str; 16] = [
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "jum'at",
        "sabtu",
        "minggu",
        "ahad",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    DAYS.contains(&token.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::Precision;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        "2026-02-21".parse().unwrap()
    }

    fn read_as(text: &str, sense: Sense) -> Option<(String, Option<Oddity>)> {
        let read = read(&Cell::of_text(text), sense, today())?;
        Some((read.dated.on?.to_string(), read.oddity))
    }

    #[test]
    fn the_styles_of_senders_are_one_day() {
        for text in [
            "19-10-2006",
            "19 Oktober 2006",
            "2006-10-19",
            "19/10/2006",
            "19.10.2006",
            "19 Okt 2006",
            "October 19, 2006",
            "Kamis, 19 Oktober 2006",
            "2006-10-19 00:00:00",
            "2006-10-19T00:00:00",
            "19102006",
            "20061019",
            "19-Oct-2006",
        ] {
            assert_eq!(read_as(text, Sense::Past), Some(("2006-10-19".into(), None)), "{text}");
        }
        assert_eq!(read_as("39009", Sense::Past), Some(("2006-10-19".into(), Some(Oddity::Serial))));
        let number = read(&Cell::Number(39009.0), Sense::Past, today()).unwrap();
        assert_eq!(number.dated.on, "2006-10-19".parse().ok());
    }

    #[test]
    fn what_could_be_another_day_says_so() {
        let other = "1996-02-06".parse().unwrap();
        assert_eq!(read_as("02/06/1996", Sense::Past), Some(("1996-06-02".into(), Some(Oddity::Ambiguous { other }))));
        assert_eq!(read_as("05/05/1996", Sense::Past), Some(("1996-05-05".into(), None)));
        assert_eq!(read_as("06/15/1995", Sense::Past), Some(("1995-06-15".into(), Some(Oddity::MonthFirst))));
        assert_eq!(read_as("21/2/98", Sense::Past), Some(("1998-02-21".into(), Some(Oddity::ShortYear))));
        assert_eq!(read_as("21/2/28", Sense::Until), Some(("2028-02-21".into(), Some(Oddity::ShortYear))));
        let year = read(&Cell::of_text("1998"), Sense::Past, today()).unwrap();
        assert_eq!((year.dated.precision, year.oddity), (Precision::Estimated, Some(Oddity::OnlyYear)));
    }

    #[test]
    fn what_is_no_day_is_not_made_one() {
        for text in [
            "31-02-2006",
            "00/00/0000",
            "19-10",
            "ca. 2006",
            "19-10-206",
            "2006-13-01",
            "123",
            "1-1-1-1",
            "Maret",
            "é-1-2000",
        ] {
            assert_eq!(read_as(text, Sense::Past), None, "{text}");
        }
        for number in [f64::NAN, f64::INFINITY, -3.0, 0.5, 1e300] {
            assert!(read(&Cell::Number(number), Sense::Past, today()).is_none(), "{number}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back_from_each_style(days in 0_u64..60_000) {
            let day = NaiveDate::from_ymd_opt(1910, 1, 1).unwrap() + Days::new(days);
            for style in ["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%-d %b %Y", "%A, %d %B %Y"] {
                let read = read(&Cell::of_text(&day.format(style).to_string()), Sense::Past, today()).unwrap();
                prop_assert_eq!(read.dated.on, Some(day), "{}", style);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,30}") {
            let _ = read(&Cell::of_text(&text), Sense::Until, today());
        }
    }
}
