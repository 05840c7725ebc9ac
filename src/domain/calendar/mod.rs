//! Dates and times as they are typed and shown at a desk, ages, and the arithmetic of deadlines.
//!
//! Pure: *today* and *now* are given, never asked of a clock. Reading understands Indonesian and English at once; what
//! is shown is digits only, so that this room needs no language. Every form that [`show_date`] and [`show_time`] write
//! reads back as the same value.

mod date;
#[cfg(test)]
mod date_table;
mod day;
mod time;
mod words;
mod zone;

pub use date::{read_birth, read_date};
pub use time::read_time;
pub use zone::Zone;

use super::value::{Dated, Precision, Timed};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Timelike, Utc, Weekday};
use std::collections::BTreeSet;

/// Typed dates and times longer than this many characters are refused unread.
const TYPED_AT_MOST: usize = 60;

/// Sources of dates are cut to this many characters.
pub const SOURCE_AT_MOST: usize = 40;

/// Years outside these are slips of the finger, not dates of people's lives.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// `21-02-2026`.
pub fn show_day(on: NaiveDate) -> String {
    on.format("%d-%m-%Y").to_string()
}

/// `21-02-2026`, `~21-02-2026` when estimated, `?` when asked and not known; the source is left out.
pub fn show_date(dated: &Dated) -> String {
    match dated.on {
        Some(on) if dated.precision == Precision::Estimated => format!("~{}", show_day(on)),
        Some(on) => show_day(on),
        None => "?".to_owned(),
    }
}

/// `21-02-2026 22:15` in the zone, with `~` when estimated, and with seconds when there are any.
pub fn show_time(timed: Timed, zone: Zone) -> String {
    let local = zone.local(timed.at);
    let sign = if timed.precision == Precision::Certain { "" } else { "~" };
    let form = if local.second() == 0 { "%d-%m-%Y %H:%M" } else { "%d-%m-%Y %H:%M:%S" };
    format!("{sign}{}", local.format(form))
}

/// Whole years between birth and a day; `None` before birth. Somebody born on 29 February has the birthday of a common
/// year on 1 March: in doubt a child.
pub fn age_on(birth: NaiveDate, on: NaiveDate) -> Option<u32> {
    on.years_since(birth)
}

/// Whether somebody born then is under 18 on this day; true before birth, the unborn being children (PermenPPPA 8/2021).
pub fn is_child_on(birth: NaiveDate, on: NaiveDate) -> bool {
    age_on(birth, on).is_none_or(|years| years < 18)
}

/// The day so many working days after `from`: Saturdays, Sundays and the given holidays do not count. `None` beyond the
/// end of the calendar.
pub fn working_days_after(from: NaiveDate, days: u32, holidays: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
    let mut on = from;
    let mut left = days;
    while left > 0 {
        on = on.succ_opt()?;
        if !matches!(on.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&on) {
            left -= 1;
        }
    }
    Some(on)
}

/// The same day so many months later, or the last day of that month; `None` beyond the end of the calendar.
pub fn months_after(from: NaiveDate, months: u32) -> Option<NaiveDate> {
    from.checked_add_months(Months::new(months))
}

/// Minutes from `now` to `due`, rounded down; negative when overdue.
pub fn minutes_until(due: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    (due - now).num_seconds().div_euclid(60)
}

/// The day so many days away, within [`YEARS`].
fn days_from(on: NaiveDate, days: i64) -> Option<NaiveDate> {
    let step = Days::new(days.unsigned_abs());
    let day = if days < 0 { on.checked_sub_days(step) } else { on.checked_add_days(step) };
    day.filter(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn age_counts_birthdays_and_a_leap_day_waits_for_march() {
        let rows = [
            ("2008-11-22", "2026-11-22", Some(18)),
            ("2008-11-23", "2026-11-22", Some(17)),
            ("2008-02-29", "2026-02-28", Some(17)),
            ("2008-02-29", "2026-03-01", Some(18)),
            ("2008-02-29", "2028-02-29", Some(20)),
            ("2026-11-22", "2026-11-22", Some(0)),
            ("2026-11-23", "2026-11-22", None),
        ];
        for (birth, on, age) in rows {
            assert_eq!(age_on(day(birth), day(on)), age, "{birth} on {on}");
            assert_eq!(is_child_on(day(birth), day(on)), age.is_none_or(|age| age < 18), "{birth} on {on}");
        }
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        let holidays = BTreeSet::from([day("2026-12-25")]);
        let rows = [("2026-11-20", 1, "2026-11-23"), ("2026-11-22", 5, "2026-11-27"), ("2026-12-24", 1, "2026-12-28")];
        for (from, days, to) in rows {
            assert_eq!(working_days_after(day(from), days, &holidays), Some(day(to)), "{days} after {from}");
        }
        assert_eq!(working_days_after(day("2026-11-21"), 0, &holidays), Some(day("2026-11-21")));
        assert_eq!(working_days_after(NaiveDate::MAX, 1, &holidays), None);
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last() {
        assert_eq!(months_after(day("2026-01-31"), 1), Some(day("2026-02-28")));
        assert_eq!(months_after(day("2026-08-15"), 6), Some(day("2027-02-15")));
    }

    #[test]
    fn minutes_until_a_deadline_round_down_on_both_sides_of_it() {
        let now = DateTime::from_timestamp(1_771_650_000, 0).unwrap();
        for (seconds, minutes) in [(59, 0), (60, 1), (0, 0), (-1, -1), (-60, -1), (-61, -2)] {
            assert_eq!(minutes_until(now + chrono::TimeDelta::seconds(seconds), now), minutes);
        }
    }
}
