//! Travel documents: their numbers, their dates, the name as a passport can hold it.
//!
//! Nothing here refuses a document: the public descriptions of Indonesian numbers contradict each other, so a pattern
//! only warns. Firm is that an emergency document (SPLP) is valid for two years at most, for one journey. The limits are
//! dated data in `assets/documents.toml`, which an office can override.

use super::fold::fold;
use super::{Advice, Severity, bounded, is_spreadsheet_exponent, masked_remark_debug};
use chrono::{Months, NaiveDate};
use std::fmt;
use std::sync::OnceLock;

const DOCUMENTS: &str = include_str!("../../assets/documents.toml");
const MAX_RAW_CHARS: usize = 64;
/// Characters of a number that are stored; the longest known have 12.
const MAX_NUMBER_CHARS: usize = 20;

/// What a travel document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    Passport,
    /// *Surat perjalanan laksana paspor*: in place of a passport, for one journey.
    Splp,
}

/// A normalised number: 1 to 20 capital letters and digits. `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentNumber(String);

impl DocumentNumber {
    /// Normalises what was typed: capitals, signs and spaces gone; `None` when nothing or more than 20 remain.
    pub fn new(raw: &str) -> Option<DocumentNumber> {
        let number: String = bounded(raw, MAX_RAW_CHARS)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        (1..=MAX_NUMBER_CHARS).contains(&number.len()).then_some(DocumentNumber(number))
    }

    /// Is the normalised text, 1 to 20 ASCII characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is the number for eyes without need: its last three characters.
    pub fn masked(&self) -> String {
        let shown = self.0.len().min(3);
        format!("{}{}", "•".repeat(self.0.len() - shown), &self.0[self.0.len() - shown..])
    }
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentNumber(***)")
    }
}

/// What a text in a document number field says; `Debug` shows keys only.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentReading {
    pub number: Option<DocumentNumber>,
    pub remarks: Vec<Remark>,
}

/// One thing to look at.
#[derive(Clone, PartialEq, Eq)]
pub enum Remark {
    /// A spreadsheet made a number of it.
    Spreadsheet,
    TooLong {
        characters: usize,
    },
    /// Not one or two letters and six to eight digits.
    UnusualPattern,
    /// With these letters read as digits the pattern fits (`Z47148O0`).
    MaybeMisread {
        suggestion: String,
    },
    /// Valid for longer than its kind can be.
    TooLongValid {
        years: u32,
    },
    ExpiresBeforeIssue,
    Expired {
        on: NaiveDate,
    },
    /// The name has more characters than a passport holds.
    NameTooLong {
        characters: usize,
        limit: usize,
    },
}

/// Every key of [`Remark`], for the test that all texts exist.
pub const KEYS: [&str; 8] = [
    "document-spreadsheet",
    "document-too-long",
    "document-unusual-pattern",
    "document-maybe-misread",
    "document-valid-too-long",
    "document-expires-before-issue",
    "document-expired",
    "document-name-too-long",
];

masked_remark_debug!(Remark);

impl Advice for Remark {
    fn severity(&self) -> Severity {
        match self {
            Remark::Spreadsheet | Remark::TooLong { .. } => Severity::Error,
            Remark::UnusualPattern
            | Remark::MaybeMisread { .. }
            | Remark::TooLongValid { .. }
            | Remark::ExpiresBeforeIssue
            | Remark::Expired { .. }
            | Remark::NameTooLong { .. } => Severity::Warning,
        }
    }

    fn key(&self) -> &'static str {
        KEYS[match self {
            Remark::Spreadsheet => 0,
            Remark::TooLong { .. } => 1,
            Remark::UnusualPattern => 2,
            Remark::MaybeMisread { .. } => 3,
            Remark::TooLongValid { .. } => 4,
            Remark::ExpiresBeforeIssue => 5,
            Remark::Expired { .. } => 6,
            Remark::NameTooLong { .. } => 7,
        }]
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Remark::TooLong { characters } => vec![("characters", characters.to_string())],
            Remark::MaybeMisread { suggestion } => vec![("suggestion", suggestion.clone())],
            Remark::TooLongValid { years } => vec![("years", years.to_string())],
            Remark::Expired { on } => vec![("on", on.format("%d-%m-%Y").to_string())],
            Remark::NameTooLong { characters, limit } => {
                vec![("characters", characters.to_string()), ("limit", limit.to_string())]
            }
            Remark::Spreadsheet | Remark::UnusualPattern | Remark::ExpiresBeforeIssue => Vec::new(),
        }
    }
}

/// The limits of documents, from a dated table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRules {
    /// The table's version, to be recorded with what it judged.
    pub version: String,
    /// Years for which an emergency document can be valid.
    pub splp_years: u32,
    /// Characters of a passport's name, spaces included.
    pub passport_name_chars: usize,
    /// Letters and digits of a usual number, smallest and largest.
    pub letters: (usize, usize),
    pub digits: (usize, usize),
}

impl DocumentRules {
    /// Is the table compiled in.
    pub fn built_in() -> &'static DocumentRules {
        static RULES: OnceLock<DocumentRules> = OnceLock::new();
        RULES.get_or_init(|| DocumentRules::parse(DOCUMENTS).expect("the table compiled in is tested"))
    }

    /// Reads a table; the error names the field that is missing or out of bounds.
    pub fn parse(text: &str) -> Result<DocumentRules, String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let version = table.get("version").and_then(|value| value.as_str()).ok_or("version: missing")?;
        let number = |name: &str, low: i64, high: i64| {
            let value = table.get(name).and_then(|value| value.as_integer()).ok_or(format!("{name}: no number"))?;
            let is_within = (low..=high).contains(&value);
            if is_within { Ok(value as usize) } else { Err(format!("{name}: not within {low}..={high}")) }
        };
        Ok(DocumentRules {
            version: bounded(version, 40).to_owned(),
            splp_years: number("splp_years", 1, 10)? as u32,
            passport_name_chars: number("passport_name_chars", 10, 100)?,
            letters: (number("letters_min", 0, 9)?, number("letters_max", 1, 9)?),
            digits: (number("digits_min", 0, 20)?, number("digits_max", 1, 20)?),
        })
    }

    /// Reads a document number; an empty field has neither number nor remark.
    pub fn read(&self, raw: &str) -> DocumentReading {
        let mut reading = DocumentReading { number: None, remarks: Vec::new() };
        if is_spreadsheet_exponent(bounded(raw, MAX_RAW_CHARS)) {
            reading.remarks.push(Remark::Spreadsheet);
            return reading;
        }
        let characters = raw.chars().filter(char::is_ascii_alphanumeric).count();
        if characters > MAX_NUMBER_CHARS {
            reading.remarks.push(Remark::TooLong { characters });
            return reading;
        }
        reading.number = DocumentNumber::new(raw);
        if let Some(number) = &reading.number
            && !self.is_usual(number.as_str())
        {
            reading.remarks.push(match self.without_misread_letters(number.as_str()) {
                Some(suggestion) => Remark::MaybeMisread { suggestion },
                None => Remark::UnusualPattern,
            });
        }
        reading
    }

    fn is_usual(&self, number: &str) -> bool {
        let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = number.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
        letters + digits == number.len()
            && (self.letters.0..=self.letters.1).contains(&letters)
            && (self.digits.0..=self.digits.1).contains(&digits)
    }

    fn without_misread_letters(&self, number: &str) -> Option<String> {
        (self.letters.0..=self.letters.1).find_map(|letters| {
            let (head, tail) = number.split_at_checked(letters)?;
            let read = |c| match c {
                'O' => '0',
                'I' | 'L' => '1',
                'S' => '5',
                'B' => '8',
                other => other,
            };
            let suggestion: String = head.chars().chain(tail.chars().map(read)).collect();
            self.is_usual(&suggestion).then_some(suggestion)
        })
    }

    /// Judges a document's dates on the day of travel (or today); unknown dates are passed over.
    ///
    /// An SPLP that is valid for more than its years after `on` is remarked even without a date of issue.
    pub fn check_dates(
        &self,
        kind: DocumentKind,
        issued: Option<NaiveDate>,
        expires: Option<NaiveDate>,
        on: NaiveDate,
    ) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let Some(expires) = expires else { return remarks };
        if issued.is_some_and(|issued| expires < issued) {
            remarks.push(Remark::ExpiresBeforeIssue);
        }
        if expires < on {
            remarks.push(Remark::Expired { on: expires });
        }
        let latest = issued.unwrap_or(on).checked_add_months(Months::new(self.splp_years * 12));
        if kind == DocumentKind::Splp && latest.is_some_and(|latest| expires > latest) {
            remarks.push(Remark::TooLongValid { years: self.splp_years });
        }
        remarks
    }

    /// Writes a name as a passport would: capitals, no signs, cut at the limit; with a remark where it was cut.
    ///
    /// Titles are not taken out: whether a word is one is for the officer to say.
    pub fn name_in_passport(&self, name: &str) -> (String, Option<Remark>) {
        let plain = fold(bounded(name, 400)).to_uppercase();
        let characters = plain.chars().count();
        let limit = self.passport_name_chars;
        let remark = (characters > limit).then_some(Remark::NameTooLong { characters, limit });
        (bounded(&plain, limit).trim_end().to_owned(), remark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules() -> &'static DocumentRules {
        DocumentRules::built_in()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn keys(remarks: &[Remark]) -> Vec<&'static str> {
        remarks.iter().map(Advice::key).collect()
    }

    #[test]
    fn numbers_are_normalised_and_only_warned_about() {
        for (raw, number, key) in [
            ("z4714800", Some("Z4714800"), None),
            (" ZD 596-020 ", Some("ZD596020"), None),
            ("Z47148O0", Some("Z47148O0"), Some("document-maybe-misread")),
            ("ZDS96020", Some("ZDS96020"), Some("document-maybe-misread")),
            ("123456", Some("123456"), Some("document-unusual-pattern")),
            ("Z12", Some("Z12"), Some("document-unusual-pattern")),
            ("Z47148001234567890123", None, Some("document-too-long")),
            ("4,71E+06", None, Some("document-spreadsheet")),
            ("", None, None),
            (" - ", None, None),
        ] {
            let reading = rules().read(raw);
            assert_eq!(reading.number.as_ref().map(DocumentNumber::as_str), number, "{raw}");
            assert_eq!(keys(&reading.remarks), key.into_iter().collect::<Vec<_>>(), "{raw}");
        }
        assert!(rules().read("E1234567").remarks.is_empty());
        assert_eq!(rules().read("Z47148O0").remarks[0].args(), [("suggestion", "Z4714800".to_owned())]);
    }

    #[test]
    fn an_emergency_document_is_valid_for_two_years_at_most() {
        let splp = |issued: Option<&str>, expires| {
            keys(&rules().check_dates(DocumentKind::Splp, issued.map(day), Some(day(expires)), day("2026-02-21")))
        };
        assert!(splp(Some("2026-02-15"), "2028-02-15").is_empty());
        assert_eq!(splp(Some("2026-02-15"), "2028-02-16"), ["document-valid-too-long"]);
        assert_eq!(splp(None, "2028-02-22"), ["document-valid-too-long"]);
        assert_eq!(splp(Some("2026-02-15"), "2026-02-14"), ["document-expires-before-issue", "document-expired"]);
        let passport = rules().check_dates(DocumentKind::Passport, None, Some(day("2035-01-01")), day("2026-02-21"));
        assert!(passport.is_empty());
        let on_the_day = rules().check_dates(DocumentKind::Passport, None, Some(day("2026-02-21")), day("2026-02-21"));
        assert!(on_the_day.is_empty());
    }

    #[test]
    fn a_long_name_is_cut_as_passports_do() {
        assert_eq!(rules().name_in_passport("Nur A'ini"), ("NUR AINI".to_owned(), None));
        let (name, remark) = rules().name_in_passport("Muhammad Rizki Abdurrahman Syahputra Hidayatullah");
        assert_eq!(name, "MUHAMMAD RIZKI ABDURRAHMAN SYAHPUT");
        assert_eq!(name.len(), 34);
        assert_eq!(remark.map(|remark| remark.key()), Some("document-name-too-long"));
    }

    #[test]
    fn a_table_that_does_not_fit_is_refused_by_field() {
        assert!(DocumentRules::parse("").unwrap_err().starts_with("version"));
        let wide = DOCUMENTS.replace("splp_years = 2", "splp_years = 99");
        assert!(DocumentRules::parse(&wide).unwrap_err().starts_with("splp_years"));
        assert!(DocumentRules::parse("version = ").is_err());
    }

    #[test]
    fn nothing_personal_is_shown_by_debug() {
        let reading = rules().read("Z47148O0");
        assert!(!format!("{reading:?}").contains("471"));
        assert_eq!(reading.number.unwrap().masked(), "•••••8O0");
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(raw in ".{0,40}") {
            if let Some(number) = DocumentNumber::new(&raw) {
                prop_assert_eq!(DocumentNumber::new(number.as_str()), Some(number.clone()));
            }
            let _ = rules().read(&raw);
        }
    }
}
