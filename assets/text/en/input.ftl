# Why an entry cannot be taken, and what can be typed.

date-unreadable = Not a date. Examples: 21-2-98, 5 nov, yesterday, -3, mon, ~1998, ? if not known
date-in-future = { $date } has not come yet; this field is for what has happened
date-no-such-day = There is no { $typed }: that month has { $last } days
date-no-such-month = There is no month { $month }; write the day, then the month
date-year-range = The year must be { $first } to { $last }
date-no-such-age = Age is { $most } years at most
date-bare-year = Day and month are missing. If only the year is known: ~{ $year }
date-needs-day = The day is missing. If only the month is known, begin with ~
date-needs-year = Write the year as well
date-birth-needs-year = A birth date needs its year: 21-2-98. If only the age is known: ~17
date-weekday-differs = { $date } is a { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}; check the date

time-unreadable = Not a time. Examples: 22:15, yesterday 22:15, 5/11 8.30, -20m, -3h, ~22
time-missing = The time of day is missing. Example: yesterday 22:15; if only roughly known, begin with ~
time-no-such-clock = There is no { $typed }: times run from 00:00 to 23:59

input-too-long = At most { $max } characters; this is { $length }
input-no-such-choice = There is no choice { $typed }. There are: { $codes }
input-ambiguous-choice = { $typed } may mean { $codes }; type more of it
input-nothing-found-alone = 0 means nothing found; it cannot stand with others
input-not-yes-no = Type y (yes) or n (no)
input-not-a-number = Type digits only
input-number-range = Must be { $min } to { $max }
input-no-such-region = Not a region code. Example: 71.71.08; or type its name, then choose
input-ambiguous-region = There are several regions named { $typed }; choose from the list
input-no-such-country = There is no country { $typed }. Examples: KHM or Cambodia
input-not-a-link = Choose from the list
input-no-letters = This entry has no letter or digit
