//! Reading typed times: when something happened, or will.

use super::day::{self, Typed, Year};
use super::words::minutes_word;
use super::{TYPED_AT_MOST, YEARS, Zone, date};
use crate::domain::clean;
use crate::domain::field::Direction;
use crate::domain::refusal::Refusal;
use crate::domain::value::{Dated, Precision, Timed};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

/// Reads a typed time: a clock (`22:15`, `22.15`, `2215`, `jam 22`, `8:30pm`) as the nearest such moment, of two equally near
/// ones the past; a distance (`-3h`, `-20m`, `+1j30`); a day and a clock (`kmrn 22:15`, `5/11 22.15`, `2026-11-05T22:15`,
/// `senin jam 8`); `skrg` or `now`; `~` before any of them for an estimate, where a day alone means its noon. A zone at the
/// end (`22:15 WITA`) stands in for the office's.
///
/// # Errors
/// A refusal `time-…` or `date-…` that says why there is no such moment, or how times are written.
pub fn read_time(text: &str, now: DateTime<Utc>, zone: Zone) -> Result<Timed, Refusal> {
    let line = clean::line(text, TYPED_AT_MOST);
    if line.was_cut {
        return Err(unreadable());
    }
    let lower = line.text.to_lowercase();
    let (typed, zone) = match lower.rsplit_once(' ').and_then(|(rest, code)| Some((rest, Zone::from_code(code)?))) {
        Some(named) => named,
        None => (lower.as_str(), zone),
    };
    let about = typed.strip_prefix('~');
    let precision = if about.is_some() { Precision::Estimated } else { Precision::Certain };
    let typed = about.unwrap_or(typed).trim_start();
    let at = moment(typed, &Here { now, zone }, about.is_some())?;
    Ok(Timed { at, precision })
}

/// What a clock is read against.
struct Here {
    now: DateTime<Utc>,
    zone: Zone,
}

fn unreadable() -> Refusal {
    Refusal::new("time-unreadable")
}

fn moment(typed: &str, here: &Here, is_about: bool) -> Result<DateTime<Utc>, Refusal> {
    if matches!(typed, "skrg" | "skr" | "sekarang" | "now") {
        return whole_minute(here.now).ok_or_else(unreadable);
    }
    if typed.starts_with(['+', '-']) {
        let minutes = distance(&typed[1..]).ok_or_else(unreadable)?;
        let minutes = TimeDelta::minutes(if typed.starts_with('-') { -minutes } else { minutes });
        return here.now.checked_add_signed(minutes).and_then(whole_minute).ok_or_else(unreadable);
    }
    let plain = without_hour_word(typed);
    if let Some(clock) = clock(plain, Loose::Yes) {
        return here.nearest(clock?);
    }
    if let Some((day, clock)) = split(typed) {
        return here.on(here.day(day)?, clock?);
    }
    let day = here.day(typed)?;
    match NaiveTime::from_hms_opt(12, 0, 0).filter(|_| is_about) {
        Some(noon) => here.on(day, noon),
        None => Err(Refusal::new("time-missing")),
    }
}

impl Here {
    fn today(&self) -> NaiveDate {
        self.zone.day(self.now)
    }

    /// The day named beside a clock; what is not a day at all is not a time either.
    fn day(&self, typed: &str) -> Result<NaiveDate, Refusal> {
        let dated = date::read_date(typed, self.today(), Direction::Any).map_err(|refusal| match refusal.key {
            "date-unreadable" => unreadable(),
            _ => refusal,
        })?;
        match dated {
            Dated { on: Some(on), precision: Precision::Certain, source: None } => Ok(on),
            _ => Err(unreadable()),
        }
    }

    fn on(&self, day: NaiveDate, clock: NaiveTime) -> Result<DateTime<Utc>, Refusal> {
        self.zone.moment(NaiveDateTime::new(day, clock)).ok_or_else(unreadable)
    }

    /// The moment nearest to now at which the wall shows this clock.
    fn nearest(&self, clock: NaiveTime) -> Result<DateTime<Utc>, Refusal> {
        let today = self.today();
        let now = whole_minute(self.now).unwrap_or(self.now);
        [today.pred_opt(), Some(today), today.succ_opt()]
            .into_iter()
            .flatten()
            .filter_map(|day| self.on(day, clock).ok())
            .min_by_key(|at| ((*at - now).abs(), *at))
            .ok_or_else(unreadable)
    }
}

/// A typed distance or clock is known to the minute, no better; `None` outside [`YEARS`].
fn whole_minute(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    at.with_second(0)?.with_nanosecond(0).filter(|at| YEARS.contains(&at.year()))
}

/// Minutes of `3h`, `20m`, `1j30`, `1h 30m`; numbers of at most four digits.
fn distance(typed: &str) -> Option<i64> {
    let mut minutes = 0;
    let mut rest = typed.trim_start();
    let mut unit = None;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let count: i64 = if end <= 4 { rest[..end].parse().ok()? } else { return None };
        rest = rest[end..].trim_start();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let each = match (&rest[..end], unit) {
            ("", Some(60)) if count < 60 => 1,
            (word, None) => minutes_word(word)?,
            (word, Some(last)) => minutes_word(word).filter(|each| *each < last)?,
        };
        minutes += count * each;
        unit = Some(each);
        rest = rest[end..].trim_start();
    }
    unit.map(|_| minutes)
}

/// Whether a clock may go without a sign between hours and minutes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loose {
    Yes,
    No,
}

type Clock = Result<NaiveTime, Refusal>;

/// The clock that a text is, `None` when it looks like none, a refusal when there is no such clock.
fn clock(text: &str, loose: Loose) -> Option<Clock> {
    let (digits, half) = match text.strip_suffix("pm") {
        Some(digits) => (digits.trim_end(), Some(12)),
        None => text.strip_suffix("am").map_or((text, None), |digits| (digits.trim_end(), Some(0))),
    };
    let mut parts = digits.split([':', '.']);
    let (first, second, third, more) = (parts.next()?, parts.next(), parts.next(), parts.next());
    let is_number =
        |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute, second) = match (second, third, more) {
        (Some(minute), None, None) if is_number(first, &[1, 2]) && is_number(minute, &[2]) => (first, minute, "0"),
        (Some(minute), Some(second), None)
            if digits.contains(':')
                && is_number(first, &[1, 2])
                && is_number(minute, &[2])
                && is_number(second, &[2]) =>
        {
            (first, minute, second)
        }
        (None, None, None) if loose == Loose::Yes && is_number(first, &[3, 4]) => {
            let (hour, minute) = first.split_at(first.len() - 2);
            (hour, minute, "0")
        }
        (None, None, None) if (loose == Loose::Yes || half.is_some()) && is_number(first, &[1, 2]) => (first, "0", "0"),
        _ => return None,
    };
    let number = |part: &str| part.parse::<u32>().ok();
    let hour = match (number(hour)?, half) {
        (hour @ 1..=12, Some(half)) => hour % 12 + half,
        (_, Some(_)) => 24,
        (hour, None) => hour,
    };
    let time = NaiveTime::from_hms_opt(hour, number(minute)?, number(second)?);
    Some(time.ok_or_else(|| Refusal::new("time-no-such-clock").with("typed", text.to_owned())))
}

/// A day and a clock, in either order: the sign between hours and minutes may be missing after an hour word, and where
/// the whole is not a day.
fn split(typed: &str) -> Option<(&str, Clock)> {
    let iso = typed.split_once('t').filter(|(day, _)| day.ends_with(|c: char| c.is_ascii_digit()));
    if let Some((day, rest)) = iso
        && let Some(clock) = clock(rest, Loose::No)
    {
        return Some((day, clock));
    }
    for word in HOUR_WORDS {
        if let Some((day, rest)) = typed.split_once(&format!(" {word} ")) {
            return Some((day, clock(rest, Loose::Yes)?));
        }
    }
    let (before, last) = typed.rsplit_once(' ')?;
    if let Some(clock) = clock(last, Loose::No) {
        return Some((before, clock));
    }
    let (first, after) = typed.split_once(' ')?;
    if let Some(clock) = clock(first, Loose::No) {
        return Some((after, clock));
    }
    let ends_in_year = matches!(day::parse(typed), Some(Typed::Full(_, _, Year::Four(year))) if YEARS.contains(&year));
    if last.len() == 4 && !ends_in_year { Some((before, clock(last, Loose::Yes)?)) } else { None }
}

const HOUR_WORDS: [&str; 6] = ["jam", "pukul", "pkl", "pk", "at", "@"];

fn without_hour_word(typed: &str) -> &str {
    HOUR_WORDS.iter().find_map(|word| typed.strip_prefix(word)?.strip_prefix(' ')).unwrap_or(typed)
}
