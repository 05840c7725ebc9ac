//! Identity: what numbers, documents, phones, names and places say about a person.
//!
//! Pure functions and tables compiled in from `assets/`; no I/O, no clock (callers give today's date), nothing of this
//! crate imported. Nothing here decides: readings carry *remarks*, and suggestions wait for a person to accept them.
//! No type here shows personal data through `Debug`.

pub mod country;
pub mod fold;
pub mod mrz;
pub mod name;
pub mod nik;
pub mod passport;
pub mod phone;
pub mod region;

/// Sex as NIK, MRZ and forms know it; an unknown sex is the absence of this value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    /// Is the Indonesian form letter, `L` or `P`.
    pub const fn letter(self) -> char {
        match self {
            Sex::Male => 'L',
            Sex::Female => 'P',
        }
    }

    /// Reads what forms and manifests hold: `L`, `P`, `M`, `F`, *laki-laki*, *perempuan*, *pria*, *wanita*, *male*,
    /// *female*; `None` for anything else.
    pub fn parse(text: &str) -> Option<Sex> {
        match fold::compact(bounded(text, 20)).as_str() {
            "l" | "m" | "lk" | "laki" | "lakilaki" | "pria" | "male" => Some(Sex::Male),
            "p" | "f" | "pr" | "perempuan" | "wanita" | "female" => Some(Sex::Female),
            _ => None,
        }
    }
}

/// How much a remark weighs: an error keeps a value from being stored as what it claims to be (its raw text stays),
/// a warning asks the operator to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Warning,
    Error,
}

/// One thing a reader noticed about an identity value, ready for the text catalogue.
pub trait Advice {
    /// Says whether the value can still be stored as what it claims to be.
    fn severity(&self) -> Severity;
    /// Is the stable key of the sentence in the text catalogue.
    fn key(&self) -> &'static str;
    /// Lists the sentence's arguments by name; they may hold personal data and are for the screen only.
    fn args(&self) -> Vec<(&'static str, String)>;
}

/// Writes a remark for logs and panics: its key and nothing it is about.
macro_rules! masked_remark_debug {
    ($remark:ty) => {
        impl std::fmt::Debug for $remark {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::identity::Advice::key(self))
            }
        }
    };
}
pub(crate) use masked_remark_debug;

/// Is at most `limit` characters of `text`, so that no reader keeps unbounded input.
fn bounded(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

/// Says whether `text` is a number that a spreadsheet turned into its exponent form, such as `3,27E+15`.
fn is_spreadsheet_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['E', 'e']) else { return false };
    let is_number = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let mantissa_is_number = match mantissa.split_once([',', '.']) {
        Some((whole, part)) => is_number(whole) && is_number(part),
        None => is_number(mantissa),
    };
    mantissa_is_number && is_number(exponent.strip_prefix('+').unwrap_or(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_exponent_is_known_and_a_document_number_is_not() {
        for broken in ["3,27E+15", "3.27E+15", "6,17e+15", " 3E15 "] {
            assert!(is_spreadsheet_exponent(broken), "{broken}");
        }
        for whole in ["E1234567", "3174010406029061", "", "E", "1E", "Z4714800", "12E-4"] {
            assert!(!is_spreadsheet_exponent(whole), "{whole}");
        }
    }

    #[test]
    fn sexes_read_back_from_their_letters_and_words() {
        for (text, sex) in [("L", Some(Sex::Male)), (" p ", Some(Sex::Female)), ("Laki-laki", Some(Sex::Male))] {
            assert_eq!(Sex::parse(text), sex, "{text}");
        }
        for sex in [Sex::Male, Sex::Female] {
            assert_eq!(Sex::parse(&sex.letter().to_string()), Some(sex));
        }
        assert_eq!(Sex::parse("?"), None);
    }

    #[test]
    fn bounded_text_is_cut_between_characters() {
        assert_eq!(bounded("naïve", 3), "naï");
        assert_eq!(bounded("na", 3), "na");
    }
}
