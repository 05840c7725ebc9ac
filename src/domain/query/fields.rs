//! The names that stand before an operator: every field of the query language, in Indonesian and English.
//!
//! One table. A name is typed in full or by any beginning that only one field has. What a field's values look like is
//! said by its [`Kind`]; how a value is read lives in [`super::value`], and nothing here looks at a case.

use super::look::{Choice, Link, Mark, Measure, Place};
use crate::domain::words::List;

/// A field that may stand before an operator, in the order in which completion offers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Status,
    Tier,
    Name,
    Nik,
    Document,
    Phone,
    Number,
    Sex,
    Age,
    Born,
    Home,
    Country,
    Group,
    Queue,
    Movement,
    Office,
    Officer,
    Position,
    Safety,
    Sector,
    Problem,
    Procedural,
    Channel,
    Sign,
    Due,
    Debt,
    Waiting,
    Changed,
    Reported,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One place of a closed list; `is_ordered` lists also take `<` and `>`.
    Choice {
        what: Choice,
        list: List,
        is_ordered: bool,
    },
    /// Any of several marks.
    Marks(Mark),
    Text(Place),
    /// A whole number.
    Count(Measure),
    /// `26-004217-K`, or the running number alone.
    Number,
    /// A day, month or year.
    Day(Measure),
    /// A moment: a day, `overdue`, or an age such as `2d`.
    Moment {
        what: Measure,
        is_ahead: bool,
    },
    /// How many open debts, or when the nearest is due.
    Debt,
    Link(Link),
    Home,
    Country,
}

struct Row {
    field: Field,
    kind: Kind,
    /// Indonesian first, then English, then other ways to say it.
    names: &'static [&'static str],
}

const fn choice(what: Choice, list: List, is_ordered: bool) -> Kind {
    Kind::Choice { what, list, is_ordered }
}

const fn row(field: Field, kind: Kind, names: &'static [&'static str]) -> Row {
    Row { field, kind, names }
}

const ROWS: &[Row] = &[
    row(Field::Status, choice(Choice::Status, List::Status, true), &["status", "status"]),
    row(Field::Tier, choice(Choice::Tier, List::Tier, true), &["tingkat", "tier", "triase", "triage"]),
    row(Field::Name, Kind::Text(Place::Name), &["nama", "name"]),
    row(Field::Nik, Kind::Text(Place::Nik), &["nik", "nik", "ktp"]),
    row(
        Field::Document,
        Kind::Text(Place::Document),
        &["dokumen", "document", "dok", "doc", "paspor", "passport", "splp"],
    ),
    row(Field::Phone, Kind::Text(Place::Phone), &["hp", "phone", "telepon", "wa"]),
    row(Field::Number, Kind::Number, &["nomor", "number", "no"]),
    row(Field::Sex, choice(Choice::Sex, List::Sex, false), &["kelamin", "sex", "jk"]),
    row(Field::Age, Kind::Count(Measure::Age), &["umur", "age", "usia"]),
    row(Field::Born, Kind::Day(Measure::Born), &["lahir", "born"]),
    row(Field::Home, Kind::Home, &["asal", "home", "daerah", "province", "provinsi"]),
    row(Field::Country, Kind::Country, &["negara", "country"]),
    row(Field::Group, Kind::Text(Place::Group), &["kelompok", "group"]),
    row(Field::Queue, Kind::Count(Measure::Queue), &["antrian", "queue", "antrean", "gelang", "wristband"]),
    row(Field::Movement, Kind::Link(Link::Movement), &["kloter", "movement", "rombongan", "flight"]),
    row(Field::Office, Kind::Link(Link::Office), &["kantor", "office"]),
    row(Field::Officer, Kind::Link(Link::Officer), &["petugas", "officer", "owner"]),
    row(Field::Position, choice(Choice::Position, List::Position, false), &["posisi", "position"]),
    row(Field::Safety, choice(Choice::Safety, List::Safety, false), &["keselamatan", "safety"]),
    row(Field::Sector, choice(Choice::Sector, List::Sector, false), &["sektor", "sector"]),
    row(Field::Problem, Kind::Marks(Mark::Problem), &["masalah", "problem"]),
    row(Field::Procedural, choice(Choice::Procedural, List::Procedural, false), &["prosedural", "procedural"]),
    row(Field::Channel, choice(Choice::Channel, List::Channel, false), &["jalur", "channel"]),
    row(Field::Sign, Kind::Marks(Mark::Sign), &["tanda", "sign", "flag"]),
    row(Field::Due, Kind::Moment { what: Measure::Due, is_ahead: true }, &["tenggat", "due", "sisa"]),
    row(Field::Debt, Kind::Debt, &["utang", "debt", "susulan", "owed"]),
    row(Field::Waiting, Kind::Moment { what: Measure::Waiting, is_ahead: false }, &["menunggu", "waiting", "since"]),
    row(Field::Changed, Kind::Moment { what: Measure::Changed, is_ahead: false }, &["diubah", "changed", "ubah"]),
    row(Field::Reported, Kind::Moment { what: Measure::Reported, is_ahead: false }, &["lapor", "reported"]),
];

impl Field {
    /// Every field, in the order of completion.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.field)
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// What its values are.
    pub fn kind(self) -> Kind {
        self.row().kind
    }

    /// The Indonesian name, in which queries are printed.
    pub fn name(self) -> &'static str {
        self.row().names[0]
    }

    /// The English name.
    pub fn english(self) -> &'static str {
        self.row().names[1]
    }

    /// Every name, for completion.
    pub fn names(self) -> &'static [&'static str] {
        self.row().names
    }

    /// The key of the sentence that completion shows beside the name: `query-field-tingkat`.
    pub fn key(self) -> String {
        format!("query-field-{}", self.name())
    }

    /// The field that this lower-case text names, in full or by a beginning that no other field has; else the nearest
    /// name, if any is near.
    pub fn find(text: &str) -> Result<Self, Option<&'static str>> {
        if let Some(row) = ROWS.iter().find(|row| row.names.contains(&text)) {
            return Ok(row.field);
        }
        let mut begun = ROWS.iter().filter(|row| row.names.iter().any(|name| name.starts_with(text)));
        match (begun.next(), begun.next()) {
            (Some(row), None) if !text.is_empty() => Ok(row.field),
            (Some(row), Some(_)) if !text.is_empty() => Err(row.names.iter().copied().find(|n| n.starts_with(text))),
            _ => Err(nearest(text, ROWS.iter().flat_map(|row| row.names.iter().copied()))),
        }
    }
}

/// The name that differs least from what was typed, if it is near enough to be meant.
pub(crate) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::jaro_winkler(text, name), name))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_in_its_row_and_every_name_finds_it() {
        for (place, row) in ROWS.iter().enumerate() {
            assert_eq!(row.field as usize, place);
            for name in row.names {
                assert_eq!(Field::find(name), Ok(row.field), "{name}");
            }
        }
    }

    #[test]
    fn a_beginning_that_is_shared_names_nobody_and_offers_a_name() {
        assert_eq!(Field::find("stat"), Ok(Field::Status));
        assert_eq!(Field::find("proc"), Ok(Field::Procedural));
        assert_eq!(Field::find("p"), Err(Some("paspor")));
        assert_eq!(Field::find("statsu"), Err(Some("status")));
        assert_eq!(Field::find("qqqq"), Err(None));
        assert_eq!(Field::find(""), Err(None));
    }
}
