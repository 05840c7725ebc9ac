//! Telephone numbers: read to E.164 where they can be, shown and dialled from there; the raw text is the caller's.
//!
//! Phones are the weakest key to a person: shared in groups, changed on return. Nothing here is an error; an unknown
//! prefix is a remark. Prefixes and calling codes are dated data in `assets/phone-prefixes.tsv`.

use super::{Advice, Severity, bounded, is_spreadsheet_exponent, masked_remark_debug};
use std::fmt;
use std::sync::OnceLock;

const PREFIXES: &str = include_str!("../../assets/phone-prefixes.tsv");
const MAX_RAW_CHARS: usize = 80;
/// E.164 allows 15 digits with the country's; fewer than 8 are no subscriber's number.
const E164_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// Digits of an Indonesian mobile number after the 0: `8` and 8 to 11 more.
const MOBILE_DIGITS: std::ops::RangeInclusive<usize> = 9..=12;
/// Digits of an Indonesian landline number after the 0, area code included.
const LANDLINE_DIGITS: std::ops::RangeInclusive<usize> = 7..=11;
const INDONESIA: &str = "62";
/// Area codes of two digits (Jakarta, Bandung, Semarang, Surabaya, Medan), for grouping only; the others have three.
const SHORT_AREAS: [&str; 5] = ["21", "22", "24", "31", "61"];

/// A number in E.164, without its `+`: 8 to 15 digits, the first not 0. `Debug` shows none of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(u64);

impl Phone {
    /// Takes back what [`packed`](Self::packed) gave; `None` for numbers of fewer than 8 or more than 15 digits.
    pub const fn from_packed(packed: u64) -> Option<Phone> {
        if packed >= 10_000_000 && packed < 1_000_000_000_000_000 { Some(Phone(packed)) } else { None }
    }

    /// Is the number as digits of one integer below 10^15.
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// Is the stored form, `+6284667426314`.
    pub fn e164(self) -> String {
        format!("+{}", self.0)
    }

    /// Is the form that WhatsApp links take, `6284667426314`.
    pub fn whatsapp(self) -> String {
        self.0.to_string()
    }

    /// Is the form for eyes: `0846-6742-6314` for Indonesian numbers, `+855 123 456 78` for others.
    pub fn display(self) -> String {
        let digits = self.0.to_string();
        if let Some(national) = digits.strip_prefix(INDONESIA) {
            let has_short_area = SHORT_AREAS.iter().any(|area| national.starts_with(area));
            let groups: &[usize] = match national.as_bytes() {
                [b'8', ..] => &[3, 4],
                _ if has_short_area => &[2, 4],
                _ => &[3, 3],
            };
            let groups = grouped(national, groups, '-');
            return format!("0{groups}");
        }
        let code = calling_code(&digits).map_or(0, |entry| entry.digits.len());
        match code {
            0 => format!("+{}", grouped(&digits, &[3, 3, 3, 3], ' ')),
            code => format!("+{} {}", &digits[..code], grouped(&digits[code..], &[3, 3, 3], ' ')),
        }
    }

    /// Is the number for eyes without need: the last three digits.
    pub fn masked(self) -> String {
        let digits = self.0.to_string();
        format!("{}{}", "•".repeat(digits.len() - 3), &digits[digits.len() - 3..])
    }

    /// Is the alpha-3 code of the country called, where the calling code belongs to one.
    pub fn country(self) -> Option<&'static str> {
        calling_code(&self.0.to_string()).map(|entry| entry.of)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(***)")
    }
}

/// What a text in a phone field says; `Debug` shows keys only.
#[derive(Debug, Clone, PartialEq)]
pub struct PhoneReading {
    /// The number where the text holds one; otherwise the raw text is all there is.
    pub phone: Option<Phone>,
    /// The person has none: the field says `-`.
    pub is_none: bool,
    pub remarks: Vec<Remark>,
}

/// One thing to look at; all are warnings.
#[derive(Clone, PartialEq, Eq)]
pub enum Remark {
    TooShort {
        digits: usize,
    },
    TooLong {
        digits: usize,
    },
    NotADigit {
        stranger: char,
    },
    /// A spreadsheet made a number of it and the last digits are lost.
    Spreadsheet,
    /// No operator is known to use this Indonesian prefix.
    UnknownPrefix {
        prefix: String,
    },
    UnknownCountry,
    /// More than one number was written; the first was read.
    Several,
    /// Without a `+` it is read as Indonesian, and could be a number of the country named.
    MaybeAbroad {
        country: &'static str,
    },
}

/// Every key of [`Remark`], for the test that all texts exist.
pub const KEYS: [&str; 8] = [
    "phone-too-short",
    "phone-too-long",
    "phone-not-a-digit",
    "phone-spreadsheet",
    "phone-prefix-unknown",
    "phone-country-unknown",
    "phone-several",
    "phone-maybe-abroad",
];

masked_remark_debug!(Remark);

impl Advice for Remark {
    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn key(&self) -> &'static str {
        KEYS[match self {
            Remark::TooShort { .. } => 0,
            Remark::TooLong { .. } => 1,
            Remark::NotADigit { .. } => 2,
            Remark::Spreadsheet => 3,
            Remark::UnknownPrefix { .. } => 4,
            Remark::UnknownCountry => 5,
            Remark::Several => 6,
            Remark::MaybeAbroad { .. } => 7,
        }]
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Remark::TooShort { digits } | Remark::TooLong { digits } => vec![("digits", digits.to_string())],
            Remark::NotADigit { stranger } => vec![("sign", stranger.to_string())],
            Remark::UnknownPrefix { prefix } => vec![("prefix", prefix.clone())],
            Remark::MaybeAbroad { country } => vec![("country", (*country).to_owned())],
            Remark::Spreadsheet | Remark::UnknownCountry | Remark::Several => Vec::new(),
        }
    }
}

/// Reads `0812-…`, `+62 812…`, `62812…`, `812…`, `0062…`, `+855 …`; an empty field and `-` have no number.
pub fn read(raw: &str) -> PhoneReading {
    let text = bounded(raw.trim(), MAX_RAW_CHARS);
    let mut reading = PhoneReading { phone: None, is_none: text == "-", remarks: Vec::new() };
    if text.chars().all(|c| c == '-') {
        return reading;
    }
    if is_spreadsheet_exponent(text) {
        reading.remarks.push(Remark::Spreadsheet);
        return reading;
    }
    let first = first_of_several(text);
    if first.len() < text.len() {
        reading.remarks.push(Remark::Several);
    }
    let is_sign = |c: char| c.is_whitespace() || "()+.-/'‐‑–_".contains(c);
    if let Some(stranger) = first.chars().find(|c| !c.is_ascii_digit() && !is_sign(*c)) {
        reading.remarks.push(Remark::NotADigit { stranger });
        return reading;
    }
    let digits: String = first.chars().filter(char::is_ascii_digit).collect();
    let is_international = first.trim_start_matches(['(', '\'', ' ']).starts_with('+');
    read_digits(&mut reading, &digits, is_international);
    reading
}

/// Cuts at a sign between two numbers, when both sides have enough digits to be one.
fn first_of_several(text: &str) -> &str {
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '/' | ',' | ';' | '\n')) {
        let digits_of = |part: &str| part.chars().filter(char::is_ascii_digit).count();
        let has_two = digits_of(&text[..at]) >= *E164_DIGITS.start()
            && digits_of(&text[at + sign.len_utf8()..]) >= *E164_DIGITS.start();
        if has_two {
            return text[..at].trim_end();
        }
    }
    text
}

fn read_digits(reading: &mut PhoneReading, digits: &str, is_international: bool) {
    // `+0846…` is an Indonesian number with a sign too many.
    let international =
        if is_international && !digits.starts_with('0') { Some(digits) } else { digits.strip_prefix("00") };
    let national = match international {
        Some(international) => match international.strip_prefix(INDONESIA) {
            Some(national) => national,
            None => return read_abroad(reading, international),
        },
        None => match digits.strip_prefix(INDONESIA).filter(|rest| rest.len() >= *LANDLINE_DIGITS.start()) {
            Some(national) => national,
            None => digits,
        },
    };
    read_indonesian(reading, national.trim_start_matches('0'));
    let is_bare = international.is_none() && !digits.starts_with('0') && !digits.starts_with(INDONESIA);
    if is_bare && reading.phone.is_some() {
        let abroad = calling_code(digits).filter(|entry| entry.digits.len() == 3);
        reading.remarks.extend(abroad.map(|entry| Remark::MaybeAbroad { country: entry.of }));
    }
}

fn read_indonesian(reading: &mut PhoneReading, national: &str) {
    let is_mobile = national.starts_with('8');
    let lengths = if is_mobile { MOBILE_DIGITS } else { LANDLINE_DIGITS };
    if !is_length_among(reading, national.len(), lengths) {
        return;
    }
    reading.phone = format!("{INDONESIA}{national}").parse().ok().and_then(Phone::from_packed);
    if is_mobile && !prefixes().mobile.iter().any(|prefix| national.starts_with(prefix)) {
        reading.remarks.push(Remark::UnknownPrefix { prefix: format!("0{}", &national[..3]) });
    }
}

fn read_abroad(reading: &mut PhoneReading, digits: &str) {
    let entry = calling_code(digits);
    let (code, national) = digits.split_at(entry.map_or(0, |entry| entry.digits.len()));
    // `+855 (0)12 …`: the trunk zero is for callers inside the country. Italy keeps its zeros.
    let keeps_zeros = entry.is_some_and(|entry| entry.of == "ITA");
    let national = if keeps_zeros { national } else { national.trim_start_matches('0') };
    if !is_length_among(reading, code.len() + national.len(), E164_DIGITS) {
        return;
    }
    reading.phone = format!("{code}{national}").parse().ok().and_then(Phone::from_packed);
    if entry.is_none() {
        reading.remarks.push(Remark::UnknownCountry);
    }
}

fn is_length_among(reading: &mut PhoneReading, digits: usize, lengths: std::ops::RangeInclusive<usize>) -> bool {
    if digits < *lengths.start() {
        reading.remarks.push(Remark::TooShort { digits });
    } else if digits > *lengths.end() {
        reading.remarks.push(Remark::TooLong { digits });
    }
    lengths.contains(&digits)
}

fn grouped(digits: &str, lengths: &[usize], sign: char) -> String {
    let mut out = String::with_capacity(digits.len() + lengths.len());
    let mut rest = digits;
    for length in lengths.iter().copied().filter(|length| *length > 0) {
        if rest.len() <= length {
            break;
        }
        out.push_str(&rest[..length]);
        out.push(sign);
        rest = &rest[length..];
    }
    out + rest
}

struct CallingCode {
    digits: &'static str,
    of: &'static str,
}

struct Prefixes {
    mobile: Vec<&'static str>,
    calling: Vec<CallingCode>,
}

fn prefixes() -> &'static Prefixes {
    static PREFIX_TABLE: OnceLock<Prefixes> = OnceLock::new();
    PREFIX_TABLE.get_or_init(|| {
        let mut prefixes = Prefixes { mobile: Vec::new(), calling: Vec::new() };
        for line in PREFIXES.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            match (fields.next(), fields.next(), fields.next()) {
                (Some("mobile"), Some(prefix), _) => prefixes.mobile.push(prefix.trim_start_matches('0')),
                (Some("calling"), Some(digits), Some(of)) => prefixes.calling.push(CallingCode { digits, of }),
                _ => {}
            }
        }
        prefixes
    })
}

/// Finds the calling code that E.164 digits begin with; codes are prefix-free, so there is at most one.
fn calling_code(digits: &str) -> Option<&'static CallingCode> {
    prefixes().calling.iter().find(|entry| digits.starts_with(entry.digits))
}
