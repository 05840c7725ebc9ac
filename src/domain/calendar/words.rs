//! The words of typed dates, Indonesian and English together: days, months, weekdays, units. Compared in lower case.

use chrono::Weekday;

/// Days from today that a word names.
pub(super) fn day_word(text: &str) -> Option<i64> {
    Some(match text {
        "t" | "hari ini" | "hr ini" | "today" | "tdy" => 0,
        "k" | "kmrn" | "kmr" | "kemarin" | "y" | "yesterday" | "yst" => -1,
        "b" | "bsk" | "besok" | "esok" | "tomorrow" | "tmr" => 1,
        "lusa" => 2,
        _ => return None,
    })
}

/// Whether a word says that the day was asked for and is not known.
pub(super) fn is_unknown_word(text: &str) -> bool {
    matches!(text, "?" | "tdk" | "tidak tahu" | "tdk tahu" | "tak tahu" | "unknown")
}

/// The month, 1 to 12, that a word names: a full name or the first three letters and more of it.
pub(super) fn month_word(text: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["januari", "january"],
        &["februari", "pebruari", "february"],
        &["maret", "march", "mrt"],
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
    (1..).zip(MONTHS).find(|(_, names)| names.iter().any(|name| abbreviates(text, name))).map(|(month, _)| month)
}

/// The weekday that a word names: a full name or the first three letters and more of it.
pub(super) fn weekday_word(text: &str) -> Option<Weekday> {
    const WEEKDAYS: [(Weekday, &[&str]); 7] = [
        (Weekday::Mon, &["senin", "monday"]),
        (Weekday::Tue, &["selasa", "tuesday"]),
        (Weekday::Wed, &["rabu", "wednesday"]),
        (Weekday::Thu, &["kamis", "thursday"]),
        (Weekday::Fri, &["jumat", "jum'at", "friday"]),
        (Weekday::Sat, &["sabtu", "saturday"]),
        (Weekday::Sun, &["minggu", "ahad", "sunday"]),
    ];
    WEEKDAYS.into_iter().find(|(_, names)| names.iter().any(|name| abbreviates(text, name))).map(|(day, _)| day)
}

fn abbreviates(text: &str, name: &str) -> bool {
    text.len() >= 3 && name.starts_with(text)
}

/// Which of the weekdays with a name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Nearest,
    Last,
    Next,
}

/// A weekday with `lalu`, `last`, `depan`, `next` on the side where the language puts it.
pub(super) fn weekday_phrase(text: &str) -> Option<(Weekday, Which)> {
    let which = |word: &str| match word {
        "lalu" | "last" | "kemarin" | "kmrn" => Some(Which::Last),
        "depan" | "dpn" | "next" => Some(Which::Next),
        "ini" | "this" => Some(Which::Nearest),
        _ => None,
    };
    match text.split_once(' ') {
        None => Some((weekday_word(text)?, Which::Nearest)),
        Some((one, other)) => match which(one) {
            Some(which) => Some((weekday_word(other)?, which)),
            None => Some((weekday_word(one)?, which(other)?)),
        },
    }
}

/// Units of typed distances between days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Days,
    Weeks,
    Months,
    Years,
}

/// The unit between days that a word names; `m` is *minggu*, a week.
pub(super) fn span_word(text: &str) -> Option<Span> {
    Some(match text {
        "" | "h" | "hr" | "hari" | "d" | "day" | "days" => Span::Days,
        "m" | "mg" | "mgg" | "minggu" | "w" | "wk" | "week" | "weeks" => Span::Weeks,
        "bl" | "bln" | "bulan" | "mo" | "month" | "months" => Span::Months,
        "th" | "thn" | "tahun" | "yr" | "year" | "years" => Span::Years,
        _ => return None,
    })
}

/// The minutes of a unit of typed distances between times; `m` is a minute here, `h` an hour.
pub(super) fn minutes_word(text: &str) -> Option<i64> {
    Some(match text {
        "m" | "mnt" | "menit" | "min" | "mins" | "minute" | "minutes" => 1,
        "j" | "jam" | "h" | "hr" | "hour" | "hours" => 60,
        "d" | "hari" | "day" | "days" => 24 * 60,
        "w" | "minggu" | "week" | "weeks" => 7 * 24 * 60,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letters_name_one_month_and_one_weekday_in_either_language() {
        let months = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
        let english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        for (month, (one, other)) in (1..).zip(months.into_iter().zip(english)) {
            assert_eq!((month_word(one), month_word(other)), (Some(month), Some(month)), "{one} {other}");
        }
        for (one, other) in [
            ("sen", "mon"),
            ("sel", "tue"),
            ("rab", "wed"),
            ("kam", "thu"),
            ("jum", "fri"),
            ("sab", "sat"),
            ("min", "sun"),
        ] {
            assert!(weekday_word(one).is_some());
            assert_eq!(weekday_word(one), weekday_word(other), "{one} {other}");
        }
        assert_eq!((month_word("ma"), weekday_word("se"), month_word("marets")), (None, None, None));
    }
}
