//! NIK, the national identity number `PPKKCC DDMMYY SSSS`: what its 16 digits say, and what is odd about them.
//!
//! PP 37/2007 art. 37; a NIK never changes, even when a birth date is corrected (PP 40/2019 art. 30), and names the
//! region of *first registration*. So everything read here is a suggestion: it never decides birth, sex or home.
//! The sentences for the remarks live in the text catalogue, never here.

mod remark;

use super::region::{Former, RegionCode, former, once_also};
use super::{Advice, Severity, Sex, bounded, is_spreadsheet_exponent};
use chrono::{Datelike, NaiveDate};
pub use remark::{KEYS, Part, Remark};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// Digits of a NIK.
pub const NIK_DIGITS: usize = 16;
/// Characters of raw text that are kept and read.
const MAX_RAW_CHARS: usize = 64;
/// Ages outside of these are unusual for somebody who worked abroad.
const USUAL_AGES: std::ops::RangeInclusive<u32> = 15..=80;
/// Below this age nobody holds an identity card; a "birth date" as young on an adult is rather the date of a family card.
const CARD_AGE: u32 = 17;
/// Added to the day of birth of women.
const FEMALE_DAY: u32 = 40;
/// Timor Timur, no province since 1999 (mark K): its NIKs only warn.
const EAST_TIMOR: u8 = 54;

/// A NIK of 16 digits without an error; `Display` writes all of them, `Debug` none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nik(u64);

impl Nik {
    /// Takes a number below 10^16; its fields are not judged, as they were when it was first read.
    pub const fn from_packed(packed: u64) -> Option<Nik> {
        if packed < 10_000_000_000_000_000 { Some(Nik(packed)) } else { None }
    }

    /// Is the NIK as one number below 10^16.
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// Is the NIK for eyes without need: region and the rest hidden, `7171**********01`.
    pub fn masked(self) -> String {
        let digits = self.to_string();
        format!("{}**********{}", &digits[..4], &digits[14..])
    }
}

impl fmt::Display for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016}", self.0)
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nik(****************)")
    }
}

/// The text is not 16 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANik;

impl fmt::Display for NotANik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not 16 digits")
    }
}

impl std::error::Error for NotANik {}

impl FromStr for Nik {
    type Err = NotANik;

    /// Takes back what `Display` wrote: exactly 16 ASCII digits. Use [`read`] for what people typed.
    fn from_str(text: &str) -> Result<Nik, NotANik> {
        let is_plain = text.len() == NIK_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_plain {
            return Err(NotANik);
        }
        text.parse().ok().and_then(Nik::from_packed).ok_or(NotANik)
    }
}

/// What a text in a NIK field says; `Debug` shows counts and keys only.
#[derive(Clone, PartialEq)]
pub struct NikReading {
    /// The NIK, when there are 16 digits and no remark is an error.
    pub nik: Option<Nik>,
    /// The text as it came, at most 64 characters; kept so that nothing typed is lost.
    pub raw: String,
    /// Digits typed so far, for the live `14/16`.
    pub digit_count: usize,
    /// Suggested birth date.
    pub birth: Option<NaiveDate>,
    /// Suggested sex.
    pub sex: Option<Sex>,
    /// Region of first registration in today's codes, as fine as it is certain.
    pub region: Option<RegionCode>,
    /// Serial number 1..=9999 within region and date.
    pub serial: Option<u16>,
    /// Everything odd, in the order of the digits.
    pub remarks: Vec<Remark>,
    read_on: NaiveDate,
}

impl fmt::Debug for NikReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = (&self.digit_count, &self.remarks);
        f.debug_struct("NikReading").field("digits_and_remarks", &counts).finish_non_exhaustive()
    }
}

impl NikReading {
    /// Says whether nothing was typed at all.
    pub fn is_blank(&self) -> bool {
        self.raw.trim().is_empty()
    }

    /// Says whether a remark keeps the text from being stored as a NIK.
    pub fn has_error(&self) -> bool {
        self.remarks.iter().any(|remark| remark.severity() == Severity::Error)
    }
}

/// Reads what was typed or imported as a NIK; spaces, dots, hyphens and quotes between digits do not matter, nor does
/// the `.0` that spreadsheets and scripts hang on numbers.
///
/// `today` decides the century (`YY` up to this year's is 20YY unless that lies in the future) and the age.
pub fn read(raw: &str, today: NaiveDate) -> NikReading {
    let kept = bounded(raw, MAX_RAW_CHARS);
    let plain: String = bounded(&kept.nfkc().collect::<String>(), MAX_RAW_CHARS).to_owned();
    let is_whole_number = |number: &&str| number.len() == NIK_DIGITS && number.bytes().all(|b| b.is_ascii_digit());
    let plain = plain.trim();
    let plain = plain.strip_suffix(".0").filter(is_whole_number).unwrap_or(plain);
    let digits: Vec<u8> = plain.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as u8).collect();
    let mut reading = NikReading {
        nik: None,
        raw: kept.to_owned(),
        digit_count: digits.len(),
        birth: None,
        sex: None,
        region: None,
        serial: None,
        remarks: Vec::new(),
        read_on: today,
    };
    if let Some(remark) = odd_shape(plain, digits.len()) {
        reading.remarks.push(remark);
        return reading;
    }
    if digits.len() != NIK_DIGITS {
        return reading;
    }
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    read_region(&mut reading, pair(0), pair(2), pair(4));
    read_birth(&mut reading, u32::from(pair(6)), u32::from(pair(8)), i32::from(pair(10)));
    let serial = u16::from(pair(12)) * 100 + u16::from(pair(14));
    if serial == 0 {
        reading.remarks.push(Remark::Zero(Part::Serial));
    } else {
        reading.serial = Some(serial);
    }
    if !reading.has_error() {
        reading.nik = Nik::from_packed(digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit)));
    }
    reading
}

/// Compares a reading with the birth date and the sex that another source gives; both are kept, people decide.
pub fn compare(reading: &NikReading, birth: Option<NaiveDate>, sex: Option<Sex>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if let (Some(by_nik), Some(given)) = (reading.birth, birth)
        && by_nik != given
    {
        remarks.push(Remark::BirthDiffers { by_nik, given });
        let is_young = |born: NaiveDate| reading.read_on.years_since(born).is_none_or(|age| age < CARD_AGE);
        if is_young(by_nik) && !is_young(given) && reading.sex == Some(Sex::Male) {
            remarks.push(Remark::MaybeFamilyCard);
        }
    }
    if let (Some(by_nik), Some(given)) = (reading.sex, sex)
        && by_nik != given
    {
        remarks.push(Remark::SexDiffers { by_nik, given });
    }
    remarks
}

/// Names what keeps the text from being 16 digits; `None` for 16 digits and for an empty field.
fn odd_shape(plain: &str, digit_count: usize) -> Option<Remark> {
    if is_spreadsheet_exponent(plain) {
        return Some(Remark::Spreadsheet);
    }
    let is_between = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '"' | '`' | '’' | '‘' | '–' | '_');
    if let Some(stranger) = plain.chars().find(|c| !c.is_ascii_digit() && !is_between(*c)) {
        return Some(Remark::NotADigit { stranger });
    }
    match digit_count {
        0 | NIK_DIGITS => None,
        1..NIK_DIGITS => Some(Remark::TooShort { digits: digit_count, missing: NIK_DIGITS - digit_count }),
        _ => Some(Remark::TooLong { digits: digit_count, extra: digit_count - NIK_DIGITS }),
    }
}

fn read_region(reading: &mut NikReading, province: u8, regency: u8, district: u8) {
    for (part, value) in [(Part::Province, province), (Part::Regency, regency), (Part::District, district)] {
        if value == 0 {
            reading.remarks.push(Remark::Zero(part));
            return;
        }
    }
    let Some(code) = RegionCode::new(province, regency, district) else { return };
    if !code.province().is_known() {
        let is_east_timor = province == EAST_TIMOR;
        reading.remarks.push(if is_east_timor { Remark::EastTimor } else { Remark::UnknownProvince { province } });
        return;
    }
    reading.region = Some(code.province());
    let Some(regency) = code.regency() else { return };
    if let Some(once) = once_also(code) {
        reading.remarks.push(Remark::TwoReadings { code: regency, now: once.now, before: once.before });
    } else if regency.is_known() {
        reading.region = Some(if code.is_known() { code } else { regency });
        if !code.is_known() {
            reading.remarks.push(Remark::UnknownDistrict { code });
        }
    } else {
        match former(code) {
            Some(Former::Renumbered { now }) => {
                reading.region = Some(now);
                reading.remarks.push(Remark::Renumbered { code: regency, now });
            }
            Some(Former::Split { province }) => {
                reading.region = None;
                reading.remarks.push(Remark::MaybeSplit { code: regency, province });
            }
            None => reading.remarks.push(Remark::UnknownRegency { code: regency }),
        }
    }
}

fn read_birth(reading: &mut NikReading, day: u32, month: u32, year_in_century: i32) {
    let today = reading.read_on;
    let (sex, day_of_month) = if day > FEMALE_DAY { (Sex::Female, day - FEMALE_DAY) } else { (Sex::Male, day) };
    let century = today.year() - today.year().rem_euclid(100);
    let this_century = NaiveDate::from_ymd_opt(century + year_in_century, month, day_of_month);
    let birth = match this_century {
        Some(date) if date <= today => Some(date),
        Some(_) | None if century + year_in_century >= today.year() => {
            NaiveDate::from_ymd_opt(century - 100 + year_in_century, month, day_of_month)
        }
        Some(_) | None => None,
    };
    let Some(birth) = birth else {
        reading.remarks.push(Remark::ImpossibleDate { day, month, year: year_in_century });
        return;
    };
    reading.birth = Some(birth);
    reading.sex = Some(sex);
    let age = today.years_since(birth).unwrap_or(0);
    if age < *USUAL_AGES.start() {
        reading.remarks.push(Remark::Young { age });
    } else if age > *USUAL_AGES.end() {
        reading.remarks.push(Remark::Old { age });
    }
}
