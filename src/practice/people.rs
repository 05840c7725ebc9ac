//! Invented people: name, sex, birth, numbers and home that fit together, all from ranges that no real person has.

use super::names::{ORIGINS, WOMEN_SECOND, custom};
use super::random::Dice;
use crate::identity::region::{self, Level, RegionCode};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

/// One invented person.
#[derive(Clone)]
pub(super) struct Person {
    pub name: String,
    pub is_woman: bool,
    pub birth: NaiveDate,
    /// Serial 9001–9999; nobody real has one.
    pub nik: String,
    pub home: RegionCode,
    /// E.164 on prefix 084, which no operator uses.
    pub phone: String,
    /// `Z` and seven digits.
    pub passport: String,
    /// `Z`, a letter and six digits.
    pub splp: String,
}

/// The districts of each province that people come from.
pub(super) struct Homes(BTreeMap<u8, Vec<RegionCode>>);

impl Homes {
    /// Sorts today's 7,285 districts by province.
    pub fn gather() -> Self {
        let mut homes: BTreeMap<u8, Vec<RegionCode>> = BTreeMap::new();
        for code in region::all().filter(|code| code.level() == Level::District) {
            homes.entry((code.packed() / 10_000) as u8).or_default().push(code);
        }
        Self(homes)
    }

    fn district(&self, dice: &mut Dice, province: u8) -> RegionCode {
        let districts = self.0.get(&province).expect("every province of origin has districts in the compiled-in list");
        dice.pick(districts)
    }
}

/// Of what kind the person of an index is: most are themselves, a few are made to be confused with an earlier one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Own,
    /// The twin of the person before.
    TwinOf(u64),
    /// The same person as an earlier one, back again with new papers.
    Again(u64),
    /// Somebody else of the same name.
    NamesakeOf(u64),
}

/// What the person of this index is to an earlier one. Sources are always [`Likeness::Own`].
pub(super) const fn likeness(index: u64) -> Likeness {
    match index % 100 {
        37 => Likeness::TwinOf(index - 1),
        58 => Likeness::Again(index - 50),
        79 => Likeness::NamesakeOf(index - 60),
        _ => Likeness::Own,
    }
}

/// The person of this index; `on` is the day by which ages are made.
pub(super) fn person(seed: u64, index: u64, homes: &Homes, on: NaiveDate, wants_woman: Option<bool>) -> Person {
    let own = || own_person(seed, index, homes, on, wants_woman);
    match likeness(index) {
        Likeness::Own => own(),
        Likeness::TwinOf(other) => {
            let first = own_person(seed, other, homes, on, wants_woman);
            let mut twin = own();
            twin.is_woman = first.is_woman;
            (twin.birth, twin.home) = (first.birth, first.home);
            let mut dice = Dice::of(seed, 12, index);
            let province = (first.home.packed() / 10_000) as u8;
            let customs = custom(province);
            let list = if first.is_woman { customs.women } else { customs.men };
            let (given, family) = first.name.split_once(' ').unwrap_or((&first.name, ""));
            let other_given =
                (0..8).map(|_| dice.pick(list)).find(|name| !name.eq_ignore_ascii_case(given)).unwrap_or(list[0]);
            twin.name = format!("{other_given} {family}").trim_end().to_owned();
            twin.nik = nik(first.home, first.birth, first.is_woman, &first.nik, 1);
            twin
        }
        Likeness::Again(other) => {
            let papers = own();
            let before = own_person(seed, other, homes, on, None);
            Person { passport: papers.passport, splp: papers.splp, phone: papers.phone, ..before }
        }
        Likeness::NamesakeOf(other) => {
            let first = own_person(seed, other, homes, on, None);
            let mut namesake = own_person(seed, index, homes, on, Some(first.is_woman));
            namesake.name = first.name;
            namesake
        }
    }
}

fn own_person(seed: u64, index: u64, homes: &Homes, on: NaiveDate, wants_woman: Option<bool>) -> Person {
    let mut dice = Dice::of(seed, 11, index);
    let rolled = dice.percent(31);
    let is_woman = wants_woman.unwrap_or(rolled);
    let province = dice.weighted(ORIGINS);
    let home = homes.district(&mut dice, province);
    let birth = birth(&mut dice, on);
    let name = name(&mut dice, province, is_woman);
    let serial = dice.between(9_001, 9_998);
    Person {
        name,
        is_woman,
        birth,
        nik: nik_of(home, birth, is_woman, serial),
        home,
        phone: format!("+6284{:09}", spread(index, seed, 1_000_000_000)),
        passport: format!("Z{:07}", spread(index, seed, 10_000_000)),
        splp: {
            let number = spread(index, seed, 26_000_000);
            format!("Z{}{:06}", char::from(b'A' + (number / 1_000_000) as u8), number % 1_000_000)
        },
    }
}

/// Most are between 18 and 35; a few are children, a few are old.
fn birth(dice: &mut Dice, on: NaiveDate) -> NaiveDate {
    let (youngest, oldest) =
        dice.weighted(&[((18, 24), 42), ((24, 35), 40), ((35, 50), 12), ((50, 67), 3), ((13, 18), 3)]);
    let days = dice.between(youngest * 365 + youngest / 4 + 2, oldest * 365 + oldest / 4 - 2);
    on.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(on)
}

fn name(dice: &mut Dice, province: u8, is_woman: bool) -> String {
    let customs = custom(province);
    let given = if is_woman { customs.women } else { customs.men };
    let first = dice.pick(given);
    if dice.percent(customs.mononyms) {
        return cased(dice, first.to_owned());
    }
    let family = if is_woman && !customs.has_clans { dice.pick(WOMEN_SECOND) } else { dice.pick(customs.families) };
    let second = dice.pick(given);
    let name = if dice.percent(32) && second != first && second != family && first != family {
        format!("{first} {second} {family}")
    } else if first == family {
        first.to_owned()
    } else {
        format!("{first} {family}")
    };
    cased(dice, name)
}

/// Half of all names arrive in capitals.
fn cased(dice: &mut Dice, name: String) -> String {
    if dice.percent(50) { name.to_uppercase() } else { name }
}

fn nik_of(home: RegionCode, birth: NaiveDate, is_woman: bool, serial: i64) -> String {
    let day = birth.day() + if is_woman { 40 } else { 0 };
    format!("{:06}{day:02}{:02}{:02}{serial:04}", home.packed(), birth.month(), birth.year().rem_euclid(100))
}

/// The NIK with a serial so much higher than another's.
fn nik(home: RegionCode, birth: NaiveDate, is_woman: bool, other: &str, step: i64) -> String {
    let serial: i64 = other.get(12..).and_then(|digits| digits.parse().ok()).unwrap_or(9_001);
    nik_of(home, birth, is_woman, serial + step)
}

/// A number below `limit` that no other index below `limit` has: numbers of documents do not meet by chance. The
/// factor ends in 7 and is no multiple of 13, so it shares no divisor with the limits in use.
const fn spread(index: u64, seed: u64, limit: u64) -> u64 {
    ((index % limit) * 618_037 % limit * 1_117 + seed % limit + 271_828) % limit
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn on() -> NaiveDate {
        "2026-02-21".parse().unwrap()
    }

    #[test]
    fn document_numbers_and_phones_do_not_meet() {
        for limit in [10_000_000, 26_000_000, 1_000_000_000] {
            let numbers: HashSet<u64> = (0..200_000).map(|index| spread(index, 99, limit)).collect();
            assert_eq!(numbers.len(), 200_000, "{limit}");
        }
    }

    #[test]
    fn those_who_are_made_alike_are() {
        let homes = Homes::gather();
        let person = |index| person(5, index, &homes, on(), None);
        let (first, twin) = (person(136), person(137));
        assert_eq!((first.birth, first.home), (twin.birth, twin.home));
        assert!(first.name != twin.name && first.nik != twin.nik);
        let (before, again) = (person(108), person(158));
        assert_eq!((&before.name, &before.nik), (&again.name, &again.nik));
        assert_ne!(before.passport, again.passport);
        let (first, namesake) = (person(119), person(179));
        assert_eq!(first.name, namesake.name);
        assert_ne!(first.nik, namesake.nik);
    }
}
