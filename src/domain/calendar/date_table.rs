//! What typed dates and times mean, in rows, and the laws that hold for all of them.

use super::*;
use crate::domain::field::Direction;
use crate::domain::refusal::Refusal;
use proptest::prelude::*;

/// A Sunday, a leap day, and the first of a year.
const TODAYS: [&str; 3] = ["2026-11-22", "2024-02-29", "2026-01-01"];

/// `P`ast, `F`uture, `A`ny, `B`irth; then what is read on each of [`TODAYS`]: a shown date, or `!` and the refusal's key.
const DATES: &str = "
t                  | P | 22-11-2026 | 29-02-2024 | 01-01-2026
Hari  Ini          | F | 22-11-2026 | 29-02-2024 | 01-01-2026
today              | B | 22-11-2026 | 29-02-2024 | 01-01-2026
k                  | P | 21-11-2026 | 28-02-2024 | 31-12-2025
kmrn               | A | 21-11-2026 | 28-02-2024 | 31-12-2025
KEMARIN            | P | 21-11-2026 | 28-02-2024 | 31-12-2025
y                  | P | 21-11-2026 | 28-02-2024 | 31-12-2025
yesterday          | F | 21-11-2026 | 28-02-2024 | 31-12-2025
besok              | F | 23-11-2026 | 01-03-2024 | 02-01-2026
b                  | A | 23-11-2026 | 01-03-2024 | 02-01-2026
tomorrow           | P | !date-in-future | !date-in-future | !date-in-future
lusa               | F | 24-11-2026 | 02-03-2024 | 03-01-2026
-3                 | P | 19-11-2026 | 26-02-2024 | 29-12-2025
+3                 | F | 25-11-2026 | 03-03-2024 | 04-01-2026
+1                 | P | !date-in-future | !date-in-future | !date-in-future
-10 hari           | P | 12-11-2026 | 19-02-2024 | 22-12-2025
+2w                | F | 06-12-2026 | 14-03-2024 | 15-01-2026
+2m                | F | 06-12-2026 | 14-03-2024 | 15-01-2026
-1 minggu          | P | 15-11-2026 | 22-02-2024 | 25-12-2025
+1bln              | F | 22-12-2026 | 29-03-2024 | 01-02-2026
-1 month           | P | 22-10-2026 | 29-01-2024 | 01-12-2025
-1 th              | P | 22-11-2025 | 28-02-2023 | 01-01-2025
+5 tahun           | F | 22-11-2031 | 28-02-2029 | 01-01-2031
-99999             | P | !date-unreadable | !date-unreadable | !date-unreadable
-9999w             | P | !date-unreadable | !date-unreadable | !date-unreadable
senin              | P | 16-11-2026 | 26-02-2024 | 29-12-2025
senin              | F | 23-11-2026 | 04-03-2024 | 05-01-2026
mon                | A | 23-11-2026 | 26-02-2024 | 29-12-2025
kamis              | P | 19-11-2026 | 29-02-2024 | 01-01-2026
thu                | F | 26-11-2026 | 29-02-2024 | 01-01-2026
last fri           | P | 20-11-2026 | 23-02-2024 | 26-12-2025
jumat lalu         | F | 20-11-2026 | 23-02-2024 | 26-12-2025
kamis lalu         | P | 19-11-2026 | 22-02-2024 | 25-12-2025
minggu lalu        | P | 15-11-2026 | 25-02-2024 | 28-12-2025
next thu           | F | 26-11-2026 | 07-03-2024 | 08-01-2026
jumat depan        | P | !date-in-future | !date-in-future | !date-in-future
5                  | P | 05-11-2026 | 05-02-2024 | 05-12-2025
5                  | F | 05-12-2026 | 05-03-2024 | 05-01-2026
5                  | A | 05-12-2026 | 05-03-2024 | 05-01-2026
22                 | P | 22-11-2026 | 22-02-2024 | 22-12-2025
31                 | P | 31-10-2026 | 31-01-2024 | 31-12-2025
31                 | F | 31-12-2026 | 31-03-2024 | 31-01-2026
29                 | F | 29-11-2026 | 29-02-2024 | 29-01-2026
0                  | P | !date-no-such-day | !date-no-such-day | !date-no-such-day
32                 | A | !date-no-such-day | !date-no-such-day | !date-no-such-day
5                  | B | !date-birth-needs-year | !date-birth-needs-year | !date-birth-needs-year
5/11               | P | 05-11-2026 | 05-11-2023 | 05-11-2025
5/11               | F | 05-11-2027 | 05-11-2024 | 05-11-2026
5/11               | A | 05-11-2026 | 05-11-2023 | 05-11-2025
5 nov              | P | 05-11-2026 | 05-11-2023 | 05-11-2025
nov 5              | F | 05-11-2027 | 05-11-2024 | 05-11-2026
5.3                | A | 05-03-2027 | 05-03-2024 | 05-03-2026
5/11               | B | !date-birth-needs-year | !date-birth-needs-year | !date-birth-needs-year
29/2               | P | !date-no-such-day | 29-02-2024 | !date-no-such-day
31/4               | A | !date-no-such-day | !date-no-such-day | !date-no-such-day
5/13               | P | !date-no-such-month | !date-no-such-month | !date-no-such-month
5-11-26            | F | 05-11-2026 | 05-11-2026 | 05-11-2026
5-11-26            | P | 05-11-2026 | !date-in-future | !date-in-future
5-11-26            | B | 05-11-2026 | 05-11-1926 | !date-in-future
5-11-60            | P | 05-11-1960 | 05-11-1960 | 05-11-1960
5-11-26            | A | 05-11-2026 | 05-11-2026 | 05-11-2026
5 nov 26           | A | 05-11-2026 | 05-11-2026 | 05-11-2026
5 November 2025    | F | 05-11-2025 | 05-11-2025 | 05-11-2025
November 5, 2023   | P | 05-11-2023 | 05-11-2023 | 05-11-2023
5nov23             | P | 05-11-2023 | 05-11-2023 | 05-11-2023
17 agustus 1998    | B | 17-08-1998 | 17-08-1998 | 17-08-1998
1 mei 98           | B | 01-05-1998 | 01-05-1998 | 01-05-1998
051126             | A | 05-11-2026 | 05-11-2026 | 05-11-2026
210298             | B | 21-02-1998 | 21-02-1998 | 21-02-1998
210298             | A | 21-02-1998 | 21-02-1998 | 21-02-1998
210298             | F | 21-02-2098 | 21-02-2098 | 21-02-2098
21021998           | P | 21-02-1998 | 21-02-1998 | 21-02-1998
19980221           | P | 21-02-1998 | 21-02-1998 | 21-02-1998
2023-11-05         | P | 05-11-2023 | 05-11-2023 | 05-11-2023
2023/11/5          | F | 05-11-2023 | 05-11-2023 | 05-11-2023
2027-11-05         | P | !date-in-future | !date-in-future | !date-in-future
2026-02-29         | A | !date-no-such-day | !date-no-such-day | !date-no-such-day
29-02-2024         | P | 29-02-2024 | 29-02-2024 | 29-02-2024
31-02-98           | B | !date-no-such-day | !date-no-such-day | !date-no-such-day
310698             | B | !date-no-such-day | !date-no-such-day | !date-no-such-day
12/31/1998         | B | !date-no-such-month | !date-no-such-month | !date-no-such-month
1-1-1850           | P | !date-year-range | !date-year-range | !date-year-range
01-01-2101         | F | !date-year-range | !date-year-range | !date-year-range
21-02-2026 Sab     | A | 21-02-2026 | 21-02-2026 | 21-02-2026
sabtu, 21-02-2026  | A | 21-02-2026 | 21-02-2026 | 21-02-2026
27/5/2025 rabu     | A | !date-weekday-differs | !date-weekday-differs | !date-weekday-differs
~1998              | B | ~31-12-1998 | ~31-12-1998 | ~31-12-1998
~2026              | P | ~22-11-2026 | !date-in-future | ~01-01-2026
~2027              | F | ~31-12-2027 | ~31-12-2027 | ~31-12-2027
~17                | B | ~22-11-2009 | ~28-02-2007 | ~01-01-2009
~ 17 th            | B | ~22-11-2009 | ~28-02-2007 | ~01-01-2009
17 tahun           | B | ~22-11-2009 | ~28-02-2007 | ~01-01-2009
~130               | B | !date-no-such-age | !date-no-such-age | !date-no-such-age
~17                | P | ~17-11-2026 | ~17-02-2024 | ~17-12-2025
~nov 2023          | P | ~30-11-2023 | ~30-11-2023 | ~30-11-2023
~2/2024            | B | ~29-02-2024 | ~29-02-2024 | ~29-02-2024
~5/11              | A | ~05-11-2026 | ~05-11-2023 | ~05-11-2025
1998               | B | !date-bare-year | !date-bare-year | !date-bare-year
nov 2025           | P | !date-needs-day | !date-needs-day | !date-needs-day
november           | P | !date-needs-day | !date-needs-day | !date-needs-day
?                  | B | ? | ? | ?
tidak tahu         | P | ? | ? | ?
5 foo 2026         | P | !date-unreadable | !date-unreadable | !date-unreadable
5-11-2026-1        | P | !date-unreadable | !date-unreadable | !date-unreadable
5-11-026           | P | !date-unreadable | !date-unreadable | !date-unreadable
51126              | P | !date-unreadable | !date-unreadable | !date-unreadable
~                  | P | !date-unreadable | !date-unreadable | !date-unreadable
-                  | A | !date-unreadable | !date-unreadable | !date-unreadable
";

/// What is read at 22-11-2026 10:00 WIB.
const TIMES: &str = "
22:15              | 21-11-2026 22:15
21:59              | 22-11-2026 21:59
22:00              | 21-11-2026 22:00
9:05               | 22-11-2026 09:05
22.15              | 21-11-2026 22:15
0830               | 22-11-2026 08:30
830                | 22-11-2026 08:30
8                  | 22-11-2026 08:00
jam 8              | 22-11-2026 08:00
pukul 08.30        | 22-11-2026 08:30
8:30pm             | 22-11-2026 20:30
12am               | 22-11-2026 00:00
22:15:30           | 21-11-2026 22:15:30
~22                | ~21-11-2026 22:00
~ 8:30             | ~22-11-2026 08:30
now                | 22-11-2026 10:00
skrg               | 22-11-2026 10:00
-3h                | 22-11-2026 07:00
-3j                | 22-11-2026 07:00
-20m               | 22-11-2026 09:40
-1j30              | 22-11-2026 08:30
-1h 30m            | 22-11-2026 08:30
+2 jam             | 22-11-2026 12:00
-2d                | 20-11-2026 10:00
~-3h               | ~22-11-2026 07:00
t 0830             | 22-11-2026 08:30
kmrn 22:15         | 21-11-2026 22:15
22:15 kmrn         | 21-11-2026 22:15
kemarin 2215       | 21-11-2026 22:15
kmrn jam 7         | 21-11-2026 07:00
besok 6:00         | 23-11-2026 06:00
senin jam 8        | 23-11-2026 08:00
jumat lalu 8.30    | 20-11-2026 08:30
5/11 22:15         | 05-11-2026 22:15
5/11 2215          | 05-11-2026 22:15
5 nov 26 22:15     | 05-11-2026 22:15
2026-11-05 22:15   | 05-11-2026 22:15
2026-11-05T22:15   | 05-11-2026 22:15
21-02-2026 Sab 22:15 | 21-02-2026 22:15
22:15 WITA         | 22-11-2026 21:15
kmrn 22:15 wit     | 21-11-2026 20:15
~kmrn              | ~21-11-2026 12:00
~5/11              | ~05-11-2026 12:00
kmrn               | !time-missing
5 nov 2026         | !time-missing
24:00              | !time-no-such-clock
22:60              | !time-no-such-clock
kmrn 2575          | !time-no-such-clock
13pm               | !time-no-such-clock
31/2 22:15         | !date-no-such-day
-3                 | !time-unreadable
-99999h            | !time-unreadable
-9999w             | !time-unreadable
-30m 2h            | !time-unreadable
?                  | !time-unreadable
foo                | !time-unreadable
foo 22:15          | !time-unreadable
~1998 22:15        | !date-bare-year
";

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.trim().lines().map(|row| row.split('|').map(str::trim).collect())
}

fn shown(read: Result<String, Refusal>) -> String {
    read.unwrap_or_else(|refusal| format!("!{}", refusal.key))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-22T03:00:41Z".parse().unwrap()
}

#[test]
fn typed_dates_mean_what_the_table_says() {
    for row in rows(DATES) {
        for (today, expected) in TODAYS.into_iter().zip(&row[2..]) {
            let read = match row[1] {
                "B" => read_birth(row[0], day(today)),
                "P" => read_date(row[0], day(today), Direction::Past),
                "F" => read_date(row[0], day(today), Direction::Future),
                _ => read_date(row[0], day(today), Direction::Any),
            };
            assert_eq!(shown(read.map(|dated| show_date(&dated))), *expected, "{} {} on {today}", row[0], row[1]);
        }
    }
}

#[test]
fn typed_times_mean_what_the_table_says() {
    for row in rows(TIMES) {
        let read = read_time(row[0], now(), Zone::Wib);
        assert_eq!(shown(read.map(|timed| show_time(timed, Zone::Wib))), row[1], "{}", row[0]);
    }
}

#[test]
fn a_source_in_brackets_is_kept_in_its_own_spelling() {
    let read = read_date("21-02-1998 (Paspor (lama))", day(TODAYS[0]), Direction::Past).unwrap();
    assert_eq!(read.source.as_deref(), Some("Paspor (lama)"));
    assert_eq!(read.on, Some(day("1998-02-21")));
    assert_eq!(read_date("? (ibu)", day(TODAYS[0]), Direction::Past).unwrap().source.as_deref(), Some("ibu"));
    assert_eq!(read_date("21-02-1998 ()", day(TODAYS[0]), Direction::Past).unwrap().source, None);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..73_000).prop_map(|days| day("1900-01-01") + Days::new(days))
}

proptest! {
    #[test]
    fn a_shown_date_reads_back_in_every_direction_that_allows_it(on in any_day(), today in any_day(), is_estimated: bool) {
        let dated = if is_estimated { Dated::estimated(on) } else { Dated::certain(on) };
        for direction in [Direction::Past, Direction::Future, Direction::Any] {
            let read = read_date(&show_date(&dated), today, direction);
            if direction == Direction::Past && on > today {
                prop_assert_eq!(read.unwrap_err().key, "date-in-future");
            } else {
                prop_assert_eq!(read.unwrap(), dated.clone());
            }
        }
    }

    #[test]
    fn a_shown_time_reads_back_in_its_zone(seconds in 0_i64..4_000_000_000, zone in 0_usize..4, is_estimated: bool) {
        let precision = if is_estimated { Precision::Estimated } else { Precision::Certain };
        let timed = Timed { at: DateTime::from_timestamp(seconds, 0).unwrap(), precision };
        let zone = Zone::ALL[zone];
        prop_assert_eq!(read_time(&show_time(timed, zone), now(), zone).unwrap(), timed);
    }

    #[test]
    fn a_bare_day_is_never_further_than_two_months_and_keeps_to_its_side(number in 1_u32..=28, today in any_day()) {
        let past = read_date(&number.to_string(), today, Direction::Past).unwrap().on.unwrap();
        let future = read_date(&number.to_string(), today, Direction::Future).unwrap().on.unwrap();
        prop_assert!(past <= today && today <= future && (future - past).num_days() <= 31);
        prop_assert_eq!((past.day(), future.day()), (number, number));
    }

    #[test]
    fn garbage_never_panics(
        text in "\\PC{0,70}|[-+~?0-9a-z/.: ()]{0,20}|[~+-]?[0-9]{1,9} ?(h|w|m|bln|th|nov|senin|jam|pm|wita|t)? ?[0-9:.]{0,9}",
        today in any_day(),
    ) {
        let moment = now();
        for direction in [Direction::Past, Direction::Future, Direction::Any] {
            let _ = read_date(&text, today, direction);
        }
        let _ = read_birth(&text, NaiveDate::MAX);
        let _ = read_birth(&text, NaiveDate::MIN);
        let _ = read_time(&text, moment, Zone::Ict);
        let _ = read_time(&text, DateTime::<Utc>::MAX_UTC, Zone::Wit);
        let _ = read_time(&text, DateTime::<Utc>::MIN_UTC, Zone::Wit);
    }
}
