//! Countries: alpha-3 codes, names in two languages, what people write instead, and whether workers are placed there.
//!
//! Names are `assets/countries.tsv` (i18n-iso-countries 7.14.0, MIT) with ours before them in
//! `assets/country-aliases.tsv`. Whether a country takes placements is a dated table that an office can override; it
//! never decides whether somebody is helped.

mod placement;

use super::bounded;
use super::fold::{compact, fold};
pub use placement::{Placement, PlacementRow, Placements};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

const COUNTRIES: &str = include_str!("../../assets/countries.tsv");
const ALIASES: &str = include_str!("../../assets/country-aliases.tsv");
const MAX_CHARS: usize = 80;

/// One of the 250 listed countries, by its alpha-3 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 3]);

impl Country {
    /// Is the country that everybody here goes home to.
    pub const INDONESIA: Country = Country(*b"IDN");

    /// Is the alpha-3 code in capitals, `KHM`.
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Is the Indonesian name, `Kamboja`.
    pub fn name_id(self) -> &'static str {
        row(self).map_or("", |row| row.id)
    }

    /// Is the English name, `Cambodia`.
    pub fn name_en(self) -> &'static str {
        row(self).map_or("", |row| row.en)
    }

    /// Reads a code of two, three letters or digits, a name in either language, or what people write for it.
    pub fn parse(text: &str) -> Option<Country> {
        let wanted = compact(bounded(text, MAX_CHARS));
        rows().iter().find(|row| row.answers.contains(&wanted)).map(|row| row.country)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is not the alpha-3 code of a listed country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACountry;

impl fmt::Display for NotACountry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a country code")
    }
}

impl std::error::Error for NotACountry {}

impl FromStr for Country {
    type Err = NotACountry;

    /// Takes back what `Display` wrote; use [`Country::parse`] for what people typed.
    fn from_str(text: &str) -> Result<Country, NotACountry> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| NotACountry)?;
        row(Country(code)).map(|row| row.country).ok_or(NotACountry)
    }
}

/// Lists every country in the order of the Indonesian names.
pub fn all() -> impl Iterator<Item = Country> {
    rows().iter().map(|row| row.country)
}

/// Searches codes and names in both languages by the beginnings of their words and gives at most `limit` countries:
/// whole answers first, then names that begin so, then names with such a word. An empty query finds none.
pub fn search(query: &str, limit: usize) -> Vec<Country> {
    let folded = fold(bounded(query, MAX_CHARS));
    let pressed = folded.replace(' ', "");
    if pressed.is_empty() {
        return Vec::new();
    }
    let mut ranked: Vec<(u8, usize)> = Vec::new();
    for (at, row) in rows().iter().enumerate() {
        let begins_a_word = |name: &str| fold(name).split(' ').any(|word| word.starts_with(&folded));
        if row.answers.contains(&pressed) {
            ranked.push((0, at));
        } else if row.answers.iter().skip(Row::CODES).any(|answer| answer.starts_with(&pressed)) {
            ranked.push((1, at));
        } else if begins_a_word(row.id) || begins_a_word(row.en) {
            ranked.push((2, at));
        }
    }
    ranked.sort_unstable();
    ranked.into_iter().take(limit).map(|(_, at)| rows()[at].country).collect()
}

struct Row {
    country: Country,
    id: &'static str,
    en: &'static str,
    /// Codes first, then names and aliases, pressed together and folded.
    answers: Vec<String>,
}

impl Row {
    /// How many of the answers are codes.
    const CODES: usize = 3;
}

fn row(country: Country) -> Option<&'static Row> {
    rows().iter().find(|row| row.country == country)
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows: Vec<Row> = COUNTRIES.lines().filter_map(row_of_line).collect();
        for line in ALIASES.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (code, alias, language) = (fields.next(), fields.next(), fields.next());
            let row = rows.iter_mut().find(|row| Some(row.country.code()) == code);
            let (Some(row), Some(alias)) = (row, alias) else { continue };
            row.answers.push(compact(alias));
            match language {
                Some("id") => row.id = alias,
                Some("en") => row.en = alias,
                Some(_) | None => {}
            }
        }
        rows.sort_by_key(|row| fold(row.id));
        rows
    })
}

fn row_of_line(line: &'static str) -> Option<Row> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let [alpha2, alpha3, number, id, en] = fields.try_into().ok()?;
    let country = Country(alpha3.as_bytes().try_into().ok()?);
    let answers = [alpha2, alpha3, number, id, en].into_iter().map(compact).collect();
    Some(Row { country, id, en, answers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_complete_and_every_code_reads_back() {
        assert_eq!(all().count(), 250);
        for country in all() {
            assert_eq!(country.to_string().parse(), Ok(country));
            for text in [country.code(), country.name_id(), country.name_en(), &country.code().to_lowercase()] {
                assert_eq!(Country::parse(text), Some(country), "{text}");
            }
        }
        let aliases = ALIASES.lines().filter(|line| !line.starts_with('#'));
        for alias in aliases {
            let fields: Vec<_> = alias.split('\t').collect();
            assert_eq!(Country::parse(fields[1]).map(|c| c.to_string()).as_deref(), Some(fields[0]), "{alias}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        for (text, code) in [
            ("Kamboja", "KHM"),
            ("CAMBODIA", "KHM"),
            ("kh", "KHM"),
            ("116", "KHM"),
            ("Tiongkok", "CHN"),
            ("Cina", "CHN"),
            ("Korea", "KOR"),
            ("UEA", "ARE"),
            ("Hongkong", "HKG"),
            ("viet nam", "VNM"),
            ("Turki", "TUR"),
            ("Cote d’Ivoire", "CIV"),
        ] {
            assert_eq!(Country::parse(text), code.parse().ok(), "{text}");
        }
        assert_eq!(Country::parse(""), None);
        assert_eq!(Country::parse("Antah Berantah"), None);
        assert_eq!("khm".parse::<Country>(), Err(NotACountry));
    }

    #[test]
    fn china_is_shown_by_its_official_indonesian_name() {
        let china = Country::parse("China").unwrap();
        assert_eq!((china.name_id(), china.name_en()), ("Tiongkok", "China"));
    }

    #[test]
    fn type_ahead_puts_whole_answers_first() {
        let codes = |query| search(query, 4).iter().map(|c| c.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(codes("kamb"), "KHM");
        assert!(codes("korea").starts_with("KOR"), "{}", codes("korea"));
        assert!(codes("arab").contains("ARE"), "{}", codes("arab"));
        assert_eq!(codes(""), "");
        assert_eq!(search("a", 4).len(), 4);
    }
}
