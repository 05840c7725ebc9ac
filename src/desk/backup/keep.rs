//! How long backups are kept: all of the last days, then one a day, then one a month. Keys on their own: as many days, so that
//! what was erased is gone from every copy then.

use crate::records::backup::Stamp;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::Deserialize;
use std::collections::HashSet;

/// How long backups are kept. Days and months are those of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keep {
    /// Every backup of so many days.
    pub all_days: u16,
    /// The last one of each of so many days.
    pub daily_days: u16,
    /// The last one of each of so many months.
    pub months: u16,
    /// Lists of keys of so many days: an erasure is complete so long after it.
    pub keys_days: u16,
}

impl Default for Keep {
    fn default() -> Self {
        Self { all_days: 2, daily_days: 30, months: 12, keys_days: 30 }
    }
}

impl Keep {
    /// Of these moments, newest first, the numbers of those whose time has come. The newest stays whatever its age.
    pub fn expired(&self, stamps: &[Stamp], now: DateTime<Utc>) -> Vec<u64> {
        let (mut days, mut months) = (HashSet::new(), HashSet::new());
        let since = |days: u16| now - TimeDelta::days(i64::from(days));
        let first_month = month(now) - i32::from(self.months);
        let is_expired = |(place, stamp): &(usize, &Stamp)| {
            let day = stamp.at.date_naive();
            let is_last_of_day = days.insert(day);
            let is_last_of_month = months.insert(month(stamp.at));
            let is_kept = *place == 0
                || stamp.at >= since(self.all_days)
                || (is_last_of_day && stamp.at >= since(self.daily_days))
                || (is_last_of_month && month(stamp.at) > first_month);
            !is_kept
        };
        stamps.iter().enumerate().filter(is_expired).map(|(_, stamp)| stamp.number).collect()
    }

    /// Of these lists of keys, newest first, the numbers of those whose time has come.
    pub fn expired_keys(&self, stamps: &[Stamp], now: DateTime<Utc>) -> Vec<u64> {
        let since = now - TimeDelta::days(i64::from(self.keys_days));
        stamps.iter().skip(1).filter(|stamp| stamp.at < since).map(|stamp| stamp.number).collect()
    }
}

fn month(at: DateTime<Utc>) -> i32 {
    at.year() * 12 + at.month0() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    /// A backup every six hours for so many days, expired after each, as a desk does it.
    fn kept_after(days: i64, keep: Keep) -> Vec<Stamp> {
        let mut stamps: Vec<Stamp> = Vec::new();
        let begin = now() - TimeDelta::days(days);
        for (number, hours) in (0..=days * 24).step_by(6).enumerate() {
            let at = begin + TimeDelta::hours(hours);
            stamps.insert(0, Stamp { number: number as u64, at });
            let gone = keep.expired(&stamps, at);
            stamps.retain(|stamp| !gone.contains(&stamp.number));
        }
        stamps
    }

    #[test]
    fn all_of_two_days_then_one_a_day_then_one_a_month() {
        let kept = kept_after(800, Keep::default());
        let ages = |from: i64, to: i64| {
            let within = |stamp: &&Stamp| (from..to).contains(&(now() - stamp.at).num_hours());
            kept.iter().filter(within).count()
        };
        assert_eq!(ages(0, 49), 9, "every six hours of two days, both ends");
        assert_eq!(ages(49, 30 * 24), 28, "one a day of the other twenty-eight");
        let monthly: Vec<i32> = kept.iter().filter(|s| (now() - s.at).num_days() >= 30).map(|s| month(s.at)).collect();
        assert_eq!(monthly.len(), 10, "{monthly:?}");
        assert!(monthly.windows(2).all(|pair| pair[0] == pair[1] + 1), "one of each month: {monthly:?}");
        // October's last one is a daily one still, and this month's is new.
        assert_eq!(kept.len(), 9 + 28 + 10);
    }

    #[test]
    fn the_last_one_stays_whatever_its_age_and_a_clock_that_jumps_back_drops_nothing_new() {
        let keep = Keep::default();
        let old = Stamp { number: 1, at: now() - TimeDelta::days(4000) };
        assert!(keep.expired(&[old], now()).is_empty() && keep.expired_keys(&[old], now()).is_empty());
        let ahead = [Stamp { number: 3, at: now() }, Stamp { number: 2, at: now() + TimeDelta::days(400) }];
        assert!(keep.expired(&ahead, now()).is_empty());
        let nothing = Keep { all_days: 0, daily_days: 0, months: 0, keys_days: 0 };
        let two = [Stamp { number: 2, at: now() }, Stamp { number: 1, at: now() - TimeDelta::hours(1) }];
        assert_eq!((nothing.expired(&two, now()), nothing.expired_keys(&two, now())), (vec![1], vec![1]));
    }

    #[test]
    fn keys_expire_on_their_own() {
        let stamps: Vec<Stamp> =
            (0..40_u64).map(|days| Stamp { number: 40 - days, at: now() - TimeDelta::days(days as i64) }).collect();
        assert_eq!(Keep::default().expired_keys(&stamps, now()), (1..=9).rev().collect::<Vec<u64>>());
    }
}
