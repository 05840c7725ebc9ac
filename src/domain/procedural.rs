//! Whether somebody went the procedural way: derived with its reasons, overridden by a supervisor with a note.
//!
//! It describes a journey for the figures and for prevention. No gate asks for it, ever: the state brings everybody home.

use super::access::Role;
use super::case::Case;
use super::change::{Change, Verb};
use super::field::Field;
use super::gate::{Circumstances, Draft, Obstacle, fits};
use super::record::Record;
use super::value::{Timed, Value};
use super::words::List;
use chrono::NaiveDate;

/// Whether a country (ISO 3166 alpha-3) was a country of placement on a day; nothing when no table says so.
pub type Placement<'a> = &'a dyn Fn([u8; 3], NaiveDate) -> Option<bool>;

/// The status; codes as in `List::Procedural`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Procedural,
    /// *Nonprosedural*: the law's word; no other is used.
    Nonprocedural,
    Undetermined,
}

impl Standing {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Procedural => "PRO",
            Self::Nonprocedural => "NON",
            Self::Undetermined => "BLM",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Procedural, Self::Nonprocedural, Self::Undetermined].into_iter().find(|standing| standing.code() == code)
    }
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A supervisor said so, with a note.
    Overridden,
    /// The country of work was no country of placement on that day.
    Country,
    NotInSiskop,
    Visa,
    RecruiterUnlicensed,
    /// Placement country, registered in SISKOP2MI, and a visa for work.
    AllInOrder,
    /// Nothing speaks against it, and something is not known yet.
    NotKnownYet,
}

impl Ground {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overridden => "procedural-overridden",
            Self::Country => "procedural-country",
            Self::NotInSiskop => "procedural-not-in-siskop",
            Self::Visa => "procedural-visa",
            Self::RecruiterUnlicensed => "procedural-recruiter-unlicensed",
            Self::AllInOrder => "procedural-all-in-order",
            Self::NotKnownYet => "procedural-not-known-yet",
        }
    }
}

/// The status with every ground for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedural {
    pub standing: Standing,
    pub grounds: Vec<Ground>,
}

/// Derives the status. The country is judged on the first known day of work, departure or recruitment, else on `on`.
pub fn procedural(case: Case<'_>, on: Option<NaiveDate>, placement: Placement<'_>) -> Procedural {
    let record = case.0;
    if let Some(standing) = record.code(Field::Procedural).and_then(Standing::from_code) {
        return Procedural { standing, grounds: vec![Ground::Overridden] };
    }
    let worked =
        [Field::WorkFrom, Field::DepartedOn, Field::RecruitedOn].into_iter().find_map(|field| record.day(field));
    let country = case.work_country().zip(worked.or(on)).and_then(|(country, on)| placement(country, on));
    let siskop = record.code(Field::Siskop);
    let visa = record.code(Field::Visa);
    let against = [
        (country == Some(false), Ground::Country),
        (siskop == Some("TTD"), Ground::NotInSiskop),
        (matches!(visa, Some("WIS" | "BIS" | "TNP")), Ground::Visa),
        // TDF among licences: sought among the licensed and not found there.
        (record.code(Field::RecruiterLicence) == Some("TDF"), Ground::RecruiterUnlicensed),
    ];
    let grounds: Vec<_> = against.into_iter().filter(|(is_so, _)| *is_so).map(|(_, ground)| ground).collect();
    let is_in_order = country == Some(true) && siskop == Some("TDF") && visa == Some("KRJ");
    match (grounds.is_empty(), is_in_order) {
        (false, _) => Procedural { standing: Standing::Nonprocedural, grounds },
        (true, true) => Procedural { standing: Standing::Procedural, grounds: vec![Ground::AllInOrder] },
        (true, false) => Procedural { standing: Standing::Undetermined, grounds: vec![Ground::NotKnownYet] },
    }
}

/// Sets the status by hand, or takes the hand away: a supervisor, with a note.
///
/// # Errors
/// No supervisor, no note, unknown code.
pub fn override_procedural(
    record: &Record,
    code: Option<&str>,
    note: &str,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let mut found = fits(&[(Field::ProceduralNote, Some(note))]);
    found.extend((!circumstances.roles.has(Role::Supervisor)).then_some(Obstacle::NeedsSupervisor));
    found.extend(note.trim().is_empty().then_some(Obstacle::NeedsNote));
    found.extend(code.is_some_and(|code| !List::Procedural.has(code)).then_some(Obstacle::Unknown(Field::Procedural)));
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Edit, happened, circumstances);
    match code {
        Some(code) => draft.set(Field::Procedural, Value::code(code)),
        None => draft.clear(Field::Procedural),
    }
    draft.set(Field::ProceduralNote, Value::text(note.trim()));
    Ok(draft.finish(circumstances))
}

#[cfg(test)]
mod tests {
    use super::super::subject::Subject;
    use super::super::value::Dated;
    use super::*;

    const KHM: [u8; 3] = *b"KHM";

    /// An invented table: KHM was open until the end of June 2024.
    fn table(country: [u8; 3], on: NaiveDate) -> Option<bool> {
        match &country {
            b"KHM" => Some(on < NaiveDate::from_ymd_opt(2024, 7, 1).unwrap()),
            b"KOR" => Some(true),
            _ => None,
        }
    }

    fn standing(facts: &[(Field, Value)]) -> (Standing, Vec<Ground>) {
        let mut record = Record::empty(Subject::case(ulid::Ulid(1)));
        record.facts.extend(facts.iter().map(|(field, value)| ((*field).into(), value.clone())));
        let result = procedural(Case(&record), None, &table);
        (result.standing, result.grounds)
    }

    #[test]
    fn the_country_is_judged_on_the_first_day_of_work() {
        let country = || (Field::WorkCountry, Value::code("KHM"));
        for (day, expected) in [("2024-06-30", Standing::Undetermined), ("2024-07-01", Standing::Nonprocedural)] {
            let from = (Field::WorkFrom, Value::Date(Dated::certain(day.parse().unwrap())));
            assert_eq!(standing(&[country(), from]).0, expected, "{day}");
        }
        assert_eq!(table(KHM, "2024-06-30".parse().unwrap()), Some(true));
        assert_eq!(standing(&[country()]), (Standing::Undetermined, vec![Ground::NotKnownYet]));
    }

    #[test]
    fn every_ground_is_told_and_an_override_stands_alone() {
        let against = [
            (Field::Siskop, Value::code("TTD")),
            (Field::Visa, Value::code("WIS")),
            (Field::RecruiterLicence, Value::code("TDF")),
        ];
        let grounds = vec![Ground::NotInSiskop, Ground::Visa, Ground::RecruiterUnlicensed];
        assert_eq!(standing(&against), (Standing::Nonprocedural, grounds));
        let mut overridden = against.to_vec();
        overridden.push((Field::Procedural, Value::code("PRO")));
        assert_eq!(standing(&overridden), (Standing::Procedural, vec![Ground::Overridden]));
    }

    #[test]
    fn procedural_needs_all_three() {
        let full = [
            (Field::WorkCountry, Value::code("KOR")),
            (Field::WorkFrom, Value::Date(Dated::certain("2024-01-01".parse().unwrap()))),
            (Field::Siskop, Value::code("TDF")),
            (Field::Visa, Value::code("KRJ")),
        ];
        assert_eq!(standing(&full).0, Standing::Procedural);
        for left_out in 0..full.len() {
            let mut facts = full.to_vec();
            facts.remove(left_out);
            assert_eq!(standing(&facts).0, Standing::Undetermined, "without {left_out}");
        }
    }
}
