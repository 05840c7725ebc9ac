//! What can be odd about a NIK, as a closed list; never its sentences.

use crate::identity::region::RegionCode;
use crate::identity::{Advice, Severity, Sex, masked_remark_debug};
use chrono::NaiveDate;

/// One thing to look at; `Debug` shows the key only. Sources of the rules: the module page and its constants.
#[derive(Clone, PartialEq)]
pub enum Remark {
    TooShort {
        digits: usize,
        missing: usize,
    },
    TooLong {
        digits: usize,
        extra: usize,
    },
    /// A letter or sign among the digits, most often `O` for `0`.
    NotADigit {
        stranger: char,
    },
    /// A spreadsheet made a number of it (`3,27E+15`): the digits are lost, the sender has to send them again.
    Spreadsheet,
    /// A part is `00` or `0000`.
    Zero(Part),
    UnknownProvince {
        province: u8,
    },
    EastTimor,
    /// The regency goes by the code `now` today.
    Renumbered {
        code: RegionCode,
        now: RegionCode,
    },
    /// No such regency today; it may have gone to `province` when that was split off.
    MaybeSplit {
        code: RegionCode,
        province: RegionCode,
    },
    UnknownRegency {
        code: RegionCode,
    },
    UnknownDistrict {
        code: RegionCode,
    },
    /// The code meant `before` in an earlier edition and means `now` today.
    TwoReadings {
        code: RegionCode,
        now: RegionCode,
        before: RegionCode,
    },
    /// No such day; `day` as written, with 40 added for a woman, `year` of two digits.
    ImpossibleDate {
        day: u32,
        month: u32,
        year: i32,
    },
    Young {
        age: u32,
    },
    Old {
        age: u32,
    },
    BirthDiffers {
        by_nik: NaiveDate,
        given: NaiveDate,
    },
    SexDiffers {
        by_nik: Sex,
        given: Sex,
    },
    /// The date part is too recent for an adult: perhaps the number of the family card.
    MaybeFamilyCard,
}

/// The parts that must not be zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Province,
    Regency,
    District,
    Serial,
}

/// Every key of [`Remark`], for the test that all texts exist.
pub const KEYS: [&str; 18] = [
    "nik-too-short",
    "nik-too-long",
    "nik-not-a-digit",
    "nik-spreadsheet",
    "nik-zero",
    "nik-province-unknown",
    "nik-east-timor",
    "nik-regency-renumbered",
    "nik-regency-maybe-split",
    "nik-regency-unknown",
    "nik-district-unknown",
    "nik-regency-two-readings",
    "nik-date-impossible",
    "nik-age-young",
    "nik-age-old",
    "nik-birth-differs",
    "nik-sex-differs",
    "nik-maybe-family-card",
];

masked_remark_debug!(Remark);

impl Advice for Remark {
    fn severity(&self) -> Severity {
        match self {
            Remark::TooShort { .. }
            | Remark::TooLong { .. }
            | Remark::NotADigit { .. }
            | Remark::Spreadsheet
            | Remark::Zero(_)
            | Remark::UnknownProvince { .. }
            | Remark::ImpossibleDate { .. } => Severity::Error,
            Remark::EastTimor
            | Remark::Renumbered { .. }
            | Remark::MaybeSplit { .. }
            | Remark::UnknownRegency { .. }
            | Remark::UnknownDistrict { .. }
            | Remark::TwoReadings { .. }
            | Remark::Young { .. }
            | Remark::Old { .. }
            | Remark::BirthDiffers { .. }
            | Remark::SexDiffers { .. }
            | Remark::MaybeFamilyCard => Severity::Warning,
        }
    }

    fn key(&self) -> &'static str {
        let place = match self {
            Remark::TooShort { .. } => 0,
            Remark::TooLong { .. } => 1,
            Remark::NotADigit { .. } => 2,
            Remark::Spreadsheet => 3,
            Remark::Zero(_) => 4,
            Remark::UnknownProvince { .. } => 5,
            Remark::EastTimor => 6,
            Remark::Renumbered { .. } => 7,
            Remark::MaybeSplit { .. } => 8,
            Remark::UnknownRegency { .. } => 9,
            Remark::UnknownDistrict { .. } => 10,
            Remark::TwoReadings { .. } => 11,
            Remark::ImpossibleDate { .. } => 12,
            Remark::Young { .. } => 13,
            Remark::Old { .. } => 14,
            Remark::BirthDiffers { .. } => 15,
            Remark::SexDiffers { .. } => 16,
            Remark::MaybeFamilyCard => 17,
        };
        KEYS[place]
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Remark::TooShort { digits, missing } => {
                vec![("digits", digits.to_string()), ("missing", missing.to_string())]
            }
            Remark::TooLong { digits, extra } => vec![("digits", digits.to_string()), ("extra", extra.to_string())],
            Remark::NotADigit { stranger } => vec![("sign", stranger.to_string())],
            Remark::Zero(part) => vec![("part", part.word().to_owned())],
            Remark::UnknownProvince { province } => vec![("code", format!("{province:02}"))],
            Remark::Renumbered { code, now } => {
                vec![("code", code.to_string()), ("now", now.to_string()), ("name", name_of(*now))]
            }
            Remark::MaybeSplit { code, province } => vec![("code", code.to_string()), ("name", name_of(*province))],
            Remark::UnknownRegency { code } => vec![("code", code.to_string()), ("name", name_of(code.province()))],
            Remark::UnknownDistrict { code } => {
                vec![("code", code.to_string()), ("name", code.regency().map(name_of).unwrap_or_default())]
            }
            Remark::TwoReadings { code, now, before } => {
                vec![("code", code.to_string()), ("now", name_of(*now)), ("before", name_of(*before))]
            }
            Remark::ImpossibleDate { day, month, year } => {
                vec![("day", format!("{day:02}")), ("month", format!("{month:02}")), ("year", format!("{year:02}"))]
            }
            Remark::Young { age } | Remark::Old { age } => vec![("age", age.to_string())],
            Remark::BirthDiffers { by_nik, given } => {
                let shown = |date: &NaiveDate| date.format("%d-%m-%Y").to_string();
                vec![("by-nik", shown(by_nik)), ("given", shown(given))]
            }
            Remark::SexDiffers { by_nik, given } => {
                vec![("by-nik", by_nik.letter().to_string()), ("given", given.letter().to_string())]
            }
            Remark::Spreadsheet | Remark::EastTimor | Remark::MaybeFamilyCard => Vec::new(),
        }
    }
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Part::Province => "province",
            Part::Regency => "regency",
            Part::District => "district",
            Part::Serial => "serial",
        }
    }
}

fn name_of(code: RegionCode) -> String {
    code.name().unwrap_or_default().to_owned()
}
