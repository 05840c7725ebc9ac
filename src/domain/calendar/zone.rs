//! The time zones of the offices: three of Indonesia, and where most of its people work abroad. None has summer time, so
//! each is a fixed offset.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};

/// A zone of `List::Zone`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Western Indonesia, UTC+7.
    #[default]
    Wib,
    /// Central Indonesia, UTC+8.
    Wita,
    /// Eastern Indonesia, UTC+9.
    Wit,
    /// Cambodia, Thailand, Laos, Vietnam, UTC+7.
    Ict,
    /// Saudi Arabia, Kuwait, Qatar, Bahrain, Jordan, UTC+3.
    Ast,
    /// United Arab Emirates, Oman, UTC+4.
    Gst,
    /// Malaysia, Singapore, Brunei, Taiwan, Hong Kong, UTC+8.
    Myt,
}

impl Zone {
    pub const ALL: [Self; 7] = [Self::Wib, Self::Wita, Self::Wit, Self::Ict, Self::Ast, Self::Gst, Self::Myt];

    /// The code that is stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
            Self::Ict => "ICT",
            Self::Ast => "AST",
            Self::Gst => "GST",
            Self::Myt => "MYT",
        }
    }

    /// The zone with this code, whatever its case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|zone| zone.code().eq_ignore_ascii_case(code))
    }

    /// What is added to UTC.
    pub fn offset(self) -> FixedOffset {
        let hours = match self {
            Self::Ast => 3,
            Self::Gst => 4,
            Self::Wib | Self::Ict => 7,
            Self::Wita | Self::Myt => 8,
            Self::Wit => 9,
        };
        FixedOffset::east_opt(hours * 3600).expect("nine hours are within a day")
    }

    /// A zone with this offset: which of several matters to no day.
    pub fn at_offset(offset: FixedOffset) -> Option<Self> {
        Self::ALL.into_iter().find(|zone| zone.offset() == offset)
    }

    /// The wall clock at this moment; at the very end of the calendar, that of UTC.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        let utc = at.naive_utc();
        utc.checked_add_offset(self.offset()).unwrap_or(utc)
    }

    /// The calendar day at this moment.
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The moment at which the wall clock shows this; `None` beyond the end of the calendar.
    pub fn moment(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        self.offset().from_local_datetime(&local).single().map(|at| at.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::List;

    #[test]
    fn every_zone_of_the_list_has_its_offset_and_reads_back() {
        let at = DateTime::from_timestamp(1_771_610_400, 0).unwrap();
        for (code, hour) in [("WIB", "01:00"), ("WITA", "02:00"), ("WIT", "03:00"), ("ICT", "01:00")] {
            let zone = Zone::from_code(code).unwrap();
            assert_eq!(zone.local(at).format("%d %H:%M").to_string(), format!("21 {hour}"));
            assert_eq!(zone.moment(zone.local(at)), Some(at));
        }
        assert_eq!(Zone::ALL.map(Zone::code), List::Zone.codes());
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for zone in Zone::ALL {
            assert!(zone.moment(NaiveDateTime::MIN).is_none());
            assert!(zone.moment(NaiveDateTime::MAX).is_some());
        }
    }
}
