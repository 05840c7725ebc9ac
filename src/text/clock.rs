//! Days and spans of time in words: weekday and month names, time left, time since.

use super::Texts;
use chrono::{Datelike, NaiveDate, Weekday};
use std::borrow::Cow;

const MINUTES_PER_HOUR: u64 = 60;
const MINUTES_PER_DAY: u64 = 24 * MINUTES_PER_HOUR;

/// From here on hours give way to days.
const DAYS_FROM: u64 = 2 * MINUTES_PER_DAY;

/// Days that are told one by one.
const MOST_DAYS: u64 = 99;

impl Texts {
    /// The short name of a weekday, three cells: `Sen`, `Mon`.
    pub fn weekday(self, weekday: Weekday) -> Cow<'static, str> {
        const KEYS: [&str; 7] =
            ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];
        self.get(KEYS[weekday.num_days_from_monday() as usize])
    }

    /// The short name of a month, three cells: `Agu`, `Aug`. Months count from 1; another number has the empty name.
    pub fn month(self, month: u32) -> Cow<'static, str> {
        const KEYS: [&str; 12] = [
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
            "month-10", "month-11", "month-12",
        ];
        let key = (month as usize).checked_sub(1).and_then(|month| KEYS.get(month));
        key.map_or(Cow::Borrowed(""), |key| self.get(key))
    }

    /// A day with its weekday: `21-02-2026 Sab`. Typed dates are echoed so.
    pub fn day(self, on: NaiveDate) -> String {
        format!("{} {}", on.format("%d-%m-%Y"), self.weekday(on.weekday()))
    }

    /// Time left in at most five cells: `15m`, `2j05`, `36j`, `3h`, `99h+`; with `-` when overdue, and then in one unit, for
    /// who is late needs no minutes. Beyond 99 days the number says nothing more. Indonesian *j* is an hour and *h* a day,
    /// English *h* and *d*; the help page says so.
    pub fn time_left(self, minutes: i64) -> String {
        let sign = if minutes < 0 { "-" } else { "" };
        let whole = minutes.unsigned_abs();
        let (hours, rest) = (whole / MINUTES_PER_HOUR, whole % MINUTES_PER_HOUR);
        match whole {
            0..MINUTES_PER_HOUR => format!("{sign}{whole}{}", self.get("unit-minute")),
            _ if hours < 10 && rest > 0 && minutes > 0 => format!("{hours}{}{rest:02}", self.get("unit-hour")),
            MINUTES_PER_HOUR..DAYS_FROM => format!("{sign}{hours}{}", self.get("unit-hour")),
            DAYS_FROM.. => {
                let days = whole / MINUTES_PER_DAY;
                let more = if days > MOST_DAYS { "+" } else { "" };
                format!("{sign}{}{}{more}", days.min(MOST_DAYS), self.get("unit-day"))
            }
        }
    }

    /// Time since, in words: `baru saja`, `5 menit lalu`, `2 days ago`. What lies ahead counts as just now.
    pub fn ago(self, minutes: i64) -> String {
        let minutes = minutes.max(0).unsigned_abs();
        let (key, count) = match minutes {
            0 => return self.get("ago-now").into_owned(),
            1..MINUTES_PER_HOUR => ("ago-minutes", minutes),
            MINUTES_PER_HOUR..DAYS_FROM => ("ago-hours", minutes / MINUTES_PER_HOUR),
            DAYS_FROM.. => ("ago-days", minutes / MINUTES_PER_DAY),
        };
        self.with(key, &[("count", count.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    #[test]
    fn time_left_fits_five_cells_however_far() {
        let rows = [
            (0, "0m", "0m"),
            (15, "15m", "15m"),
            (59, "59m", "59m"),
            (60, "1j", "1h"),
            (125, "2j05", "2h05"),
            (-240, "-4j", "-4h"),
            (-599, "-9j", "-9h"),
            (-61, "-1j", "-1h"),
            (600, "10j", "10h"),
            (659, "10j", "10h"),
            (2879, "47j", "47h"),
            (2880, "2h", "2d"),
            (-4320, "-3h", "-3d"),
            (99 * 1440, "99h", "99d"),
            (100 * 1440, "99h+", "99d+"),
            (-275 * 1440, "-99h+", "-99d+"),
            (i64::MAX, "99h+", "99d+"),
            (i64::MIN, "-99h+", "-99d+"),
        ];
        for (minutes, id, en) in rows {
            assert_eq!(Texts::new(Language::Id).time_left(minutes), id);
            assert_eq!(Texts::new(Language::En).time_left(minutes), en);
            assert!(id.len() <= 5 && en.len() <= 5);
        }
    }

    #[test]
    fn time_since_counts_in_the_plural_of_the_language() {
        let rows = [
            (-5, "baru saja", "just now"),
            (1, "1 menit lalu", "1 minute ago"),
            (59, "59 menit lalu", "59 minutes ago"),
            (60, "1 jam lalu", "1 hour ago"),
            (2879, "47 jam lalu", "47 hours ago"),
            (2880, "2 hari lalu", "2 days ago"),
        ];
        for (minutes, id, en) in rows {
            assert_eq!(Texts::new(Language::Id).ago(minutes), id);
            assert_eq!(Texts::new(Language::En).ago(minutes), en);
        }
    }

    #[test]
    fn days_carry_their_weekday() {
        let on = NaiveDate::from_ymd_opt(2025, 5, 27).unwrap();
        assert_eq!(Texts::new(Language::Id).day(on), "27-05-2025 Sel");
        assert_eq!(Texts::new(Language::En).day(on), "27-05-2025 Tue");
        assert_eq!(Texts::new(Language::Id).month(13), "");
    }
}
