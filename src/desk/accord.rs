//! Two people side by side, line by line: what agrees, what nearly does, what contradicts. Pure: it shows and decides nothing.
//!
//! The bounds are those of the duplicate rules (`duplicates`, domain.md C4), so that a sign never says otherwise than a reason.

use super::duplicates::{NAME_SAME, NAME_WITH_PHONE, Reason, birth_reason};
use crate::domain::case::Case;
use crate::domain::field::{Field, Part};
use crate::domain::record::{Record, Slot};
use crate::domain::value::Precision;
use crate::identity::fold::{compact, fold};
use crate::identity::name::{NameKey, score};
use crate::identity::region::RegionCode;
use crate::records::index::regency;

/// One line of the comparison, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    Name,
    Aliases,
    PassportName,
    Nik,
    Birth,
    Sex,
    Documents,
    Phones,
    Home,
    Contacts,
    Work,
    /// Where the desk has the person: told, and no sign of who it is.
    Movement,
    Status,
    Number,
    Office,
}

impl Trait {
    /// Every line.
    pub const ALL: [Self; 15] = [
        Self::Name,
        Self::Aliases,
        Self::PassportName,
        Self::Nik,
        Self::Birth,
        Self::Sex,
        Self::Documents,
        Self::Phones,
        Self::Home,
        Self::Contacts,
        Self::Work,
        Self::Movement,
        Self::Status,
        Self::Number,
        Self::Office,
    ];
}

/// How two sides of a line stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accord {
    Same,
    /// Sounds alike, lies near, or a slip apart.
    Near,
    Other,
    /// One side says nothing, or the line is no sign of who somebody is.
    Unsaid,
}

/// Letters or digits that a slip may change in a number.
const SLIPS: usize = 2;

/// How two people stand to each other in one line.
pub fn accord(line: Trait, a: &Record, b: &Record) -> Accord {
    match line {
        Trait::Name => names(&one(a, Field::Name), &one(b, Field::Name)),
        Trait::PassportName => names(&one(a, Field::PassportName), &one(b, Field::PassportName)),
        Trait::Aliases => aliases(a, b),
        Trait::Nik => numbers(&nik(a), &nik(b)),
        Trait::Birth => birth(a, b),
        Trait::Sex => plain(a.code(Field::Sex), b.code(Field::Sex)),
        Trait::Documents => documents(a, b),
        Trait::Phones => phones(a, b),
        Trait::Home => home(a, b),
        Trait::Contacts => contacts(a, b),
        Trait::Work => work(a, b),
        Trait::Movement | Trait::Status | Trait::Number | Trait::Office => Accord::Unsaid,
    }
}

fn plain<T: PartialEq>(a: Option<T>, b: Option<T>) -> Accord {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Accord::Same,
        (Some(_), Some(_)) => Accord::Other,
        _ => Accord::Unsaid,
    }
}

/// The best that any name of one side is to any of the other.
fn names(a: &[&str], b: &[&str]) -> Accord {
    let likeness = |a: &str, b: &str| score(&NameKey::of(a), &NameKey::of(b)).value;
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| likeness(a, b)));
    match pairs.reduce(f32::max) {
        None => Accord::Unsaid,
        Some(value) if value >= NAME_SAME => Accord::Same,
        Some(value) if value >= NAME_WITH_PHONE => Accord::Near,
        Some(_) => Accord::Other,
    }
}

/// Another name agrees with any name of the other side; that people are called otherwise elsewhere contradicts nothing.
fn aliases(a: &Record, b: &Record) -> Accord {
    let named = |record| -> Vec<&str> { one(record, Field::Name).into_iter().chain(called(record)).collect() };
    let both = [names(&called(a), &named(b)), names(&named(a), &called(b))];
    [Accord::Same, Accord::Near].into_iter().find(|accord| both.contains(accord)).unwrap_or(Accord::Unsaid)
}

/// What somebody is called besides.
fn called(record: &Record) -> Vec<&str> {
    let text = record.text(Field::Aliases).unwrap_or_default();
    text.split(';').map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn one(record: &Record, field: Field) -> Vec<&str> {
    record.text(field).into_iter().collect()
}

/// Numbers of one kind: one in common, one a slip apart, or none.
fn numbers(a: &[String], b: &[String]) -> Accord {
    let pairs = || a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    if pairs().next().is_none() {
        Accord::Unsaid
    } else if pairs().any(|(a, b)| a == b) {
        Accord::Same
    } else if pairs().any(|(a, b)| strsim::osa_distance(a, b) <= SLIPS) {
        Accord::Near
    } else {
        Accord::Other
    }
}

/// The NIK, or what was written where it should stand.
fn nik(record: &Record) -> Vec<String> {
    let written = record.text(Field::Nik).or_else(|| record.text(Field::NikRaw));
    written.map(compact).filter(|nik| !nik.is_empty()).into_iter().collect()
}

fn texts(record: &Record, part: Part, field: Field) -> Vec<String> {
    let text = |item| record.text(Slot::of(item, field)).map(compact);
    record.items(part).filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// Papers are compared kind by kind: a passport and a travel letter have different numbers and are one person's.
fn documents(a: &Record, b: &Record) -> Accord {
    let pairs = || Case(a).documents().flat_map(|one| Case(b).documents().map(move |other| (one, other)));
    let comparable =
        pairs().filter(|(one, other)| one.kind.is_none() || other.kind.is_none() || one.kind == other.kind);
    let number = |no: Option<&str>| no.map(compact).into_iter().collect::<Vec<String>>();
    let accords: Vec<Accord> = comparable.map(|(one, other)| numbers(&number(one.no), &number(other.no))).collect();
    let best = [Accord::Same, Accord::Near, Accord::Other].into_iter().find(|accord| accords.contains(accord));
    best.unwrap_or(Accord::Unsaid)
}

fn phones(a: &Record, b: &Record) -> Accord {
    let all = |record: &Record| texts(record, Part::Phone, Field::PhoneNo);
    // A number a slip apart is somebody else's.
    match numbers(&all(a), &all(b)) {
        Accord::Near => Accord::Other,
        accord => accord,
    }
}

fn birth(a: &Record, b: &Record) -> Accord {
    let (Some(day_a), Some(day_b)) = (a.day(Field::Birth), b.day(Field::Birth)) else { return Accord::Unsaid };
    let is_vague = |record: &Record| record.date(Field::Birth).is_some_and(|day| day.precision != Precision::Certain);
    match birth_reason(day_a, day_b) {
        Some(Reason::SameBirth) if is_vague(a) || is_vague(b) => Accord::Near,
        Some(Reason::SameBirth) => Accord::Same,
        Some(_) => Accord::Near,
        None if (is_vague(a) || is_vague(b)) && (day_a - day_b).num_days().abs() <= 2 * 366 => Accord::Near,
        None => Accord::Other,
    }
}

/// The same area, the same regency, or another; where only words are there, the same words or not.
fn home(a: &Record, b: &Record) -> Accord {
    let code = |record: &Record| record.code(Field::Home).and_then(|code| code.parse().ok()).map(RegionCode::digits);
    if let (Some(a), Some(b)) = (code(a), code(b)) {
        let is_near = regency(a).is_some() && regency(a) == regency(b);
        return if a == b {
            Accord::Same
        } else if is_near {
            Accord::Near
        } else {
            Accord::Other
        };
    }
    plain(a.text(Field::HomeText).map(fold), b.text(Field::HomeText).map(fold))
}

fn contacts(a: &Record, b: &Record) -> Accord {
    let is_same_phone =
        Case(a).contacts().any(|one| one.phone.is_some() && Case(b).contacts().any(|other| one.phone == other.phone));
    let named = |record| Case(record).contacts().filter_map(|contact| contact.name).collect::<Vec<&str>>();
    if is_same_phone { Accord::Same } else { names(&named(a), &named(b)) }
}

/// The same compound, the same country only, or another country.
fn work(a: &Record, b: &Record) -> Accord {
    let country = plain(a.code(Field::WorkCountry), b.code(Field::WorkCountry));
    let compound = plain(a.text(Field::Compound).map(fold), b.text(Field::Compound).map(fold));
    match (country, compound) {
        (Accord::Other, _) => Accord::Other,
        (_, Accord::Same) => Accord::Same,
        (Accord::Same, Accord::Other) => Accord::Near,
        (_, Accord::Other) => Accord::Other,
        (country, _) => country,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Facts;
    use crate::domain::subject::Subject;
    use crate::domain::value::{Dated, Value};
    use ulid::Ulid;

    fn person(facts: impl IntoIterator<Item = (Slot, Value)>) -> Record {
        Record { of: Subject::case(Ulid(7)), revision: 0, facts: Facts::from_iter(facts) }
    }

    fn said(line: Trait, field: Field, a: Value, b: Value) -> Accord {
        let slot = if field.part() == Part::Own { Slot::own(field) } else { Slot::of(Ulid(1), field) };
        let (a, b) = (person([(slot, a)]), person([(slot, b)]));
        assert_eq!(accord(line, &a, &b), accord(line, &b, &a), "whichever side it is looked at from");
        assert_eq!(accord(line, &a, &person([])), Accord::Unsaid);
        accord(line, &a, &b)
    }

    #[test]
    fn each_line_agrees_nearly_agrees_or_contradicts() {
        for (line, field, a, same, near, other) in [
            (Trait::Name, Field::Name, "DJOKO SETIAWAN", "Joko Setiawan", "Joko Setiawati", "MEGA HARAHAP"),
            (Trait::Nik, Field::Nik, "7171084305989101", "7171084305989101", "7171084305989110", "1206055910069010"),
            (Trait::Documents, Field::DocNo, "Z1234567", "Z1234567", "Z1234576", "Z7654321"),
            (Trait::Contacts, Field::ContactName, "Joko Setiawan", "DJOKO SETIAWAN", "Joko Setiawati", "Bayu Contoh"),
        ] {
            let text = |text: &str| Value::text(text);
            assert_eq!(said(line, field, text(a), text(same)), Accord::Same, "{a} {same}");
            assert_eq!(said(line, field, text(a), text(near)), Accord::Near, "{a} {near}");
            assert_eq!(said(line, field, text(a), text(other)), Accord::Other, "{a} {other}");
        }
        let code = |code: &str| Value::code(code);
        assert_eq!(said(Trait::Home, Field::Home, code("71.71.08"), code("71.71.08")), Accord::Same);
        assert_eq!(said(Trait::Home, Field::Home, code("71.71.08"), code("71.71.05")), Accord::Near);
        assert_eq!(said(Trait::Home, Field::Home, code("71.71.08"), code("32.03.21")), Accord::Other);
        assert_eq!(said(Trait::Sex, Field::Sex, code("L"), code("P")), Accord::Other);
    }

    #[test]
    fn a_phone_a_digit_off_is_somebody_elses() {
        let said = |a: &str, b: &str| said(Trait::Phones, Field::PhoneNo, Value::text(a), Value::text(b));
        assert_eq!(said("+6284111222333", "+6284111222333"), Accord::Same);
        assert_eq!(said("+6284111222333", "+6284111222334"), Accord::Other);
    }

    #[test]
    fn a_birth_that_is_only_estimated_never_agrees_wholly_and_hardly_contradicts() {
        let day =
            |text: &str, precision| Value::Date(Dated { on: Some(text.parse().unwrap()), precision, source: None });
        let (sure, vague) = (Precision::Certain, Precision::Estimated);
        let said = |a, b| said(Trait::Birth, Field::Birth, a, b);
        assert_eq!(said(day("1998-02-05", sure), day("1998-02-05", sure)), Accord::Same);
        assert_eq!(said(day("1998-02-05", sure), day("1998-05-02", sure)), Accord::Near);
        assert_eq!(said(day("1998-02-05", sure), day("1998-02-05", vague)), Accord::Near);
        assert_eq!(said(day("1998-02-05", sure), day("1999-08-17", vague)), Accord::Near);
        assert_eq!(said(day("1998-02-05", sure), day("1991-08-17", sure)), Accord::Other);
    }

    #[test]
    fn another_name_agrees_with_any_name_of_the_other_side_and_contradicts_none() {
        let person = |name: &str, aliases: &str| {
            person([(Field::Name.into(), Value::text(name)), (Field::Aliases.into(), Value::text(aliases))])
        };
        let joko = person("DJOKO SETIAWAN", "Wawan; Gondrong");
        assert_eq!(accord(Trait::Aliases, &joko, &person("GONDRONG", "")), Accord::Same);
        assert_eq!(accord(Trait::Aliases, &joko, &person("Joko Setiawan", "Kribo")), Accord::Unsaid);
    }

    #[test]
    fn one_country_and_another_compound_is_near() {
        let at = |country: &str, compound: &str| {
            person([(Field::WorkCountry.into(), Value::code(country)), (Field::Compound.into(), Value::text(compound))])
        };
        assert_eq!(accord(Trait::Work, &at("KHM", "Blok A"), &at("KHM", "blok a")), Accord::Same);
        assert_eq!(accord(Trait::Work, &at("KHM", "Blok A"), &at("KHM", "Blok B")), Accord::Near);
        assert_eq!(accord(Trait::Work, &at("KHM", "Blok A"), &at("MMR", "Blok A")), Accord::Other);
    }
}
