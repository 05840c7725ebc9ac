//! What a record is about: kinds, ids, and the number an operator sees.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use ulid::Ulid;

/// The kinds of subjects that have records and journal entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Case,
    Movement,
    Incident,
    Office,
    Operator,
    View,
    Table,
    /// A family asks for somebody.
    Inquiry,
}

impl Kind {
    /// Every kind, in the order of their codes.
    pub const ALL: [Self; 8] = [
        Self::Case,
        Self::Movement,
        Self::Incident,
        Self::Office,
        Self::Operator,
        Self::View,
        Self::Table,
        Self::Inquiry,
    ];

    /// The word that stands before the colon in `case:01H…`; never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Movement => "movement",
            Self::Incident => "incident",
            Self::Office => "office",
            Self::Operator => "operator",
            Self::View => "view",
            Self::Table => "table",
            Self::Inquiry => "inquiry",
        }
    }
}

/// One subject: a kind and a random ULID. Written `case:01HZX…` in the journal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    pub kind: Kind,
    pub id: Ulid,
}

impl Subject {
    pub const fn new(kind: Kind, id: Ulid) -> Self {
        Self { kind, id }
    }

    /// The case with this id.
    pub const fn case(id: Ulid) -> Self {
        Self::new(Kind::Case, id)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.code(), self.id)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not a [`Subject`], a [`Number`] or a [`crate::domain::record::Slot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the form {0}")]
pub struct Malformed(pub &'static str);

impl FromStr for Subject {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        const FORM: Malformed = Malformed("kind:ULID");
        let (kind, id) = text.split_once(':').ok_or(FORM)?;
        let kind = Kind::ALL.into_iter().find(|k| k.code() == kind).ok_or(FORM)?;
        Ok(Self { kind, id: Ulid::from_string(id).map_err(|_| FORM)? })
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The number an operator sees: `26-004217-K`. Year of first commit, running number, check letter; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// Two digits of the year.
    pub year: u8,
    /// 1 to 999,999 within the year.
    pub running: u32,
}

/// Letters that cannot be misread for a digit or another letter; prime in number, so that every single wrong digit and
/// every swap of neighbours changes the check letter.
const CHECK_LETTERS: &[u8; 19] = b"ABCDEFGHJKLMNPRTWXY";

impl Number {
    /// The check letter of this number.
    pub fn check(self) -> char {
        let digits = u64::from(self.year) * 1_000_000 + u64::from(self.running);
        let mut weighted = 0;
        let mut rest = digits;
        for weight in 2..=9 {
            weighted += (rest % 10) * weight;
            rest /= 10;
        }
        CHECK_LETTERS[(weighted % 19) as usize] as char
    }

    /// Year and running number in one integer: what exact look-ups sort by.
    pub const fn packed(self) -> u32 {
        self.year as u32 * 1_000_000 + self.running
    }

    /// The number that a text is but for its check letter, which does not fit: a digit or the letter was mistaken.
    pub fn but_for_the_letter(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_lettered = text.len() == digits.len() + 1 && digits.ends_with('-');
        (is_lettered && text.parse::<Self>().is_err()).then(|| digits.parse().ok()).flatten()
    }

    /// The numbers, one for some years, of a running number with its check letter and no year: `004217-K`.
    pub fn without_year(text: &str) -> Vec<Self> {
        let Some((running, letter)) = text.trim().split_once('-') else { return Vec::new() };
        let is_running = (1..=6).contains(&running.len()) && running.bytes().all(|b| b.is_ascii_digit());
        let mut letters = letter.chars();
        let (Some(letter), None) = (letters.next().filter(char::is_ascii_alphabetic), letters.next()) else {
            return Vec::new();
        };
        let Some(running) = running.parse().ok().filter(|running| is_running && *running > 0) else {
            return Vec::new();
        };
        let of_year = |year| Self { year, running };
        (0..100).map(of_year).filter(|number| number.check() == letter.to_ascii_uppercase()).collect()
    }

    /// The reverse of [`Number::packed`].
    pub const fn from_packed(packed: u32) -> Self {
        Self { year: (packed / 1_000_000) as u8, running: packed % 1_000_000 }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:06}-{}", self.year, self.running, self.check())
    }
}

impl FromStr for Number {
    type Err = Malformed;

    /// Reads `26-004217-K`, also without dashes, leading zeros of the middle part, or the letter; a wrong letter is refused.
    fn from_str(text: &str) -> Result<Self, Malformed> {
        const FORM: Malformed = Malformed("26-004217-K");
        let text = text.trim().trim_start_matches('#').to_ascii_uppercase();
        let letter = text.chars().last().filter(char::is_ascii_alphabetic);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
        let (year, running) = match digits.split_once('-') {
            Some(parts) => parts,
            None if digits.len() == 8 && digits.is_ascii() => digits.split_at(2),
            None => return Err(FORM),
        };
        let is_digits = |part: &str, most: usize| {
            !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !is_digits(year, 2) || !is_digits(running, 6) {
            return Err(FORM);
        }
        let number = Self { year: year.parse().map_err(|_| FORM)?, running: running.parse().map_err(|_| FORM)? };
        match letter {
            Some(letter) if letter != number.check() => Err(FORM),
            _ if number.running == 0 => Err(FORM),
            _ => Ok(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_with_and_without_its_dashes_and_letter() {
        let number = Number { year: 26, running: 4217 };
        let shown = number.to_string();
        for text in [shown.as_str(), "26-4217", "26004217", &shown.to_lowercase(), &format!("#{shown}")] {
            assert_eq!(text.parse(), Ok(number), "{text}");
        }
        assert_eq!(Number::from_packed(number.packed()), number);
    }

    #[test]
    fn one_wrong_digit_or_swapped_neighbours_never_fit_the_letter() {
        for running in (1..999_999).step_by(977) {
            let shown = Number { year: 26, running }.to_string().into_bytes();
            let places: Vec<_> = (0..shown.len() - 2).filter(|&i| shown[i] != b'-').collect();
            for &place in &places {
                for digit in b'0'..=b'9' {
                    let mut wrong = shown.clone();
                    wrong[place] = digit;
                    let text = String::from_utf8_lossy(&wrong).into_owned();
                    assert!(digit == shown[place] || text.parse::<Number>().is_err(), "{text}");
                }
            }
            for pair in places.windows(2) {
                let mut wrong = shown.clone();
                wrong.swap(pair[0], pair[1]);
                let text = String::from_utf8_lossy(&wrong).into_owned();
                assert!(wrong == shown || text.parse::<Number>().is_err(), "{text}");
            }
        }
    }

    #[test]
    fn a_wrong_letter_and_a_missing_year_still_say_which_number_was_meant() {
        let number = Number { year: 26, running: 5 };
        assert_eq!(number.to_string(), "26-000005-A");
        assert_eq!(Number::but_for_the_letter("26-000005-B"), Some(number));
        for text in ["26-000005-A", "26-000005", "26-000005-", "26-000005-BB", "Z1234567", "000005-B", "é-B", ""] {
            assert_eq!(Number::but_for_the_letter(text), None, "{text}");
        }
        let found = Number::without_year("000005-a");
        assert!(found.contains(&number) && found.len() < 12, "{found:?}");
        assert!(found.iter().all(|found| found.running == 5 && found.check() == 'A'));
        for text in ["26-000005-A", "000005", "-A", "000000-A", "0000005-A", "x-A", "5-AB", "5-é"] {
            assert!(Number::without_year(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn garbage_is_no_number_and_no_subject() {
        for text in ["", "-", "26", "26-", "26-0", "26-1234567", "xx-123456", "26-004217-Ω", "2604217", "é6-1"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
            assert!(text.parse::<Subject>().is_err(), "{text}");
        }
    }
}
