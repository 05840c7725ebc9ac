//! Placement countries: the dated table that says whether workers are placed in a country on a day.
//!
//! A case where someone worked in a country that is none is *nonprosedural* by its place; the desk shows the reason and
//! a supervisor may decide otherwise (UU 18/2017 art. 31). Facts are in `assets/placement.toml`, never here.

use super::Country;
use crate::identity::bounded;
use chrono::NaiveDate;
use std::sync::OnceLock;

const PLACEMENTS: &str = include_str!("../../../assets/placement.toml");
const MAX_ROWS: usize = 500;
const MAX_TEXT_CHARS: usize = 200;

/// Whether workers are placed in a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placement {
    Yes,
    No,
    /// The table does not say.
    Unknown,
}

/// One row of the table: some countries, an answer, the days it holds on, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementRow {
    pub placement: Placement,
    pub countries: Vec<Country>,
    /// First day; without one the row holds since ever.
    pub from: Option<NaiveDate>,
    /// Last day; without one the row still holds.
    pub until: Option<NaiveDate>,
    /// Mark of the source (S0–S4, W, K); a row marked K only suggests.
    pub source: String,
    pub note: String,
}

/// A version of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placements {
    version: String,
    rows: Vec<PlacementRow>,
}

impl Placements {
    /// Is the table compiled in.
    pub fn built_in() -> &'static Placements {
        static TABLE: OnceLock<Placements> = OnceLock::new();
        TABLE.get_or_init(|| Placements::parse(PLACEMENTS).expect("the table compiled in is tested"))
    }

    /// Reads a table of at most 500 rows; the error names the row (from 1) and the field that does not fit.
    pub fn parse(text: &str) -> Result<Placements, String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let version = table.get("version").and_then(|value| value.as_str()).ok_or("version: missing")?;
        let rows = table.get("row").and_then(|value| value.as_array()).ok_or("row: missing")?;
        if rows.len() > MAX_ROWS {
            return Err(format!("row: more than {MAX_ROWS}"));
        }
        let rows = rows.iter().enumerate().map(|(at, row)| {
            let row = row.as_table().ok_or("not a table".to_owned()).and_then(row_of_table);
            row.map_err(|why| format!("row {}: {why}", at + 1))
        });
        Ok(Placements { version: bounded(version, MAX_TEXT_CHARS).to_owned(), rows: rows.collect::<Result<_, _>>()? })
    }

    /// Is the table's version, to be recorded with what it judged.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Says whether workers are placed in the country on that day.
    pub fn placement(&self, country: Country, on: NaiveDate) -> Placement {
        self.row(country, on).map_or(Placement::Unknown, |row| row.placement)
    }

    /// Finds the row that answers for the country on that day, with its source: the one with the latest first day.
    pub fn row(&self, country: Country, on: NaiveDate) -> Option<&PlacementRow> {
        let holds = |row: &&PlacementRow| {
            row.countries.contains(&country)
                && row.from.is_none_or(|from| from <= on)
                && row.until.is_none_or(|until| on <= until)
        };
        self.rows.iter().filter(holds).max_by_key(|row| row.from)
    }
}

fn row_of_table(table: &toml::Table) -> Result<PlacementRow, String> {
    let text = |name: &str| table.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    let placement = match text("placement") {
        "yes" => Placement::Yes,
        "no" => Placement::No,
        "unknown" => Placement::Unknown,
        _ => return Err("placement: neither yes, no nor unknown".to_owned()),
    };
    let countries = table.get("countries").and_then(|value| value.as_array()).ok_or("countries: missing")?;
    let country = |value: &toml::Value| {
        let code = value.as_str().unwrap_or_default();
        code.parse().map_err(|_| format!("countries: {:?} is no alpha-3 code", bounded(code, 8)))
    };
    let date = |name: &str| match table.get(name) {
        None => Ok(None),
        Some(value) => {
            let written = value.as_str().map(str::to_owned).or_else(|| value.as_datetime().map(|day| day.to_string()));
            let day = written.and_then(|written| written.parse().ok());
            day.map(Some).ok_or(format!("{name}: no date such as 2026-11-22"))
        }
    };
    let (from, until) = (date("from")?, date("until")?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err("until: before from".to_owned());
    }
    if text("source").is_empty() {
        return Err("source: missing".to_owned());
    }
    Ok(PlacementRow {
        placement,
        countries: countries.iter().map(country).collect::<Result<_, String>>()?,
        from,
        until,
        source: bounded(text("source"), MAX_TEXT_CHARS).to_owned(),
        note: bounded(text("note"), MAX_TEXT_CHARS).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Country {
        code.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_built_in_table_answers_with_its_source() {
        let table = Placements::built_in();
        let on = day("2025-10-29");
        assert_eq!(table.placement(country("KHM"), on), Placement::No);
        assert_eq!(table.row(country("KHM"), on).unwrap().source, "S1");
        for code in ["MMR", "LAO", "THA", "PHL", "VNM"] {
            assert_eq!(table.placement(country(code), on), Placement::No, "{code}");
        }
        for code in ["KOR", "JPN", "CHN", "TWN", "MYS"] {
            assert_eq!(table.placement(country(code), on), Placement::Yes, "{code}");
        }
        assert_eq!(table.placement(country("ATA"), on), Placement::Unknown);
        assert!(!table.version().is_empty());
    }

    #[test]
    fn an_answer_holds_on_its_days_and_the_latest_start_wins() {
        let table = Placements::parse(
            r#"
            version = "test"
            row = [
              { placement = "yes", countries = ["KHM"], source = "K" },
              { placement = "no", countries = ["KHM"], from = "2020-01-01", until = 2021-12-31, source = "W" },
            ]
            "#,
        )
        .unwrap();
        for (on, placement) in [
            ("2019-12-31", Placement::Yes),
            ("2020-01-01", Placement::No),
            ("2021-12-31", Placement::No),
            ("2022-01-01", Placement::Yes),
        ] {
            assert_eq!(table.placement(country("KHM"), day(on)), placement, "{on}");
        }
    }

    #[test]
    fn a_table_that_does_not_fit_is_refused_by_row_and_field() {
        for (text, why) in [
            ("", "version"),
            ("version = \"1\"", "row: missing"),
            ("version = \"1\"\nrow = [1]", "row 1: not a table"),
            ("version = \"1\"\n[[row]]\nplacement = \"maybe\"", "row 1: placement"),
            ("version = \"1\"\n[[row]]\nplacement = \"no\"\ncountries = [\"ZZZ\"]\nsource = \"K\"", "row 1: countries"),
            ("version = \"1\"\n[[row]]\nplacement = \"no\"\ncountries = [\"KHM\"]", "row 1: source"),
            (
                "version = \"1\"\n[[row]]\nplacement = \"no\"\ncountries = []\nsource = \"K\"\nfrom = \"x\"",
                "row 1: from",
            ),
            (
                "version=\"1\"\n[[row]]\nplacement=\"no\"\ncountries=[]\nsource=\"K\"\nfrom=\"2022-01-01\"\nuntil=\"2021-01-01\"",
                "row 1: until",
            ),
        ] {
            let error = Placements::parse(text).unwrap_err();
            assert!(error.starts_with(why), "{text}: {error}");
        }
        assert!(Placements::parse("version = ").is_err());
    }
}
