//! Is this person known already? Candidates with how sure and why, while a person is being entered.
//!
//! The rules are domain.md C4: a number decides, a name never does alone. What was answered before is not asked again;
//! nothing here decides for the operator or changes a case.

use crate::domain::query::{Choice, Look, Mark, Measure, sex_place};
use crate::domain::summary::{Sex, Signs};
use crate::identity::name::{NameKey, score};
use crate::records::index::{Index, regency};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use ulid::Ulid;

/// What is known of the person in question; empty and zero are *not said*.
#[derive(Clone, Copy, Default)]
pub struct Probe<'a> {
    /// The person's own case, which is never a candidate.
    pub own: Option<Ulid>,
    pub name: &'a str,
    pub nik: u64,
    pub documents: &'a [String],
    /// In international form.
    pub phones: &'a [String],
    pub birth: Option<NaiveDate>,
    pub sex: Option<Sex>,
    /// A Kemendagri code without dots.
    pub home: u32,
}

/// How sure it is that two cases are one person's: MUNGKIN, KUAT, SAMA PASTI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    Maybe,
    Strong,
    Sure,
}

impl Certainty {
    /// The key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Maybe => "certainty-maybe",
            Self::Strong => "certainty-strong",
            Self::Sure => "certainty-sure",
        }
    }

    const fn lower(self) -> Option<Self> {
        match self {
            Self::Sure => Some(Self::Strong),
            Self::Strong => Some(Self::Maybe),
            Self::Maybe => None,
        }
    }
}

/// Why somebody is a candidate, or why not a better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    SameNik,
    SameDocument,
    SamePhone,
    /// Sounds the same, word for word.
    SameName,
    /// Sounds alike.
    LikeName,
    SameBirth,
    /// Day and month change places.
    SwappedBirth,
    /// One digit of the date differs.
    NearBirth,
    /// Born at most a year apart.
    NearAge,
    SameHome,
    /// Against it: lowers one step.
    OtherSex,
    /// Against it: more than three years apart; lowers one step.
    FarAge,
    /// Against it: same day, home and family name, another given name; never above MUNGKIN.
    MaybeTwin,
}

impl Reason {
    /// Every reason, in the order of the screen.
    pub const ALL: [Self; 13] = [
        Self::SameNik,
        Self::SameDocument,
        Self::SamePhone,
        Self::SameName,
        Self::LikeName,
        Self::SameBirth,
        Self::SwappedBirth,
        Self::NearBirth,
        Self::NearAge,
        Self::SameHome,
        Self::OtherSex,
        Self::FarAge,
        Self::MaybeTwin,
    ];

    /// The key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SameNik => "reason-same-nik",
            Self::SameDocument => "reason-same-document",
            Self::SamePhone => "reason-same-phone",
            Self::SameName => "reason-same-name",
            Self::LikeName => "reason-like-name",
            Self::SameBirth => "reason-same-birth",
            Self::SwappedBirth => "reason-swapped-birth",
            Self::NearBirth => "reason-near-birth",
            Self::NearAge => "reason-near-age",
            Self::SameHome => "reason-same-home",
            Self::OtherSex => "reason-other-sex",
            Self::FarAge => "reason-far-age",
            Self::MaybeTwin => "reason-maybe-twin",
        }
    }
}

/// A case that may be the same person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: Ulid,
    pub certainty: Certainty,
    /// In the order of the screen.
    pub reasons: Vec<Reason>,
}

/// Name scores from which a rule speaks (domain.md C4).
pub(super) const NAME_WITH_BIRTH: f32 = 0.75;
pub(super) const NAME_WITH_PHONE: f32 = 0.6;
const NAME_WITH_HOME: f32 = 0.85;
/// Names from here on sound the same.
pub(super) const NAME_SAME: f32 = 0.99;
/// Years apart that speak against it.
const FAR_YEARS: i32 = 3;
/// Rows that are looked at, at most: more share a key only where the key says nothing.
const MAX_LOOKED: usize = 16_384;

/// The cases that may be this person's, the surest first, at most `limit`. `answered` are the cases that somebody has
/// said to be another person's (`link_kind` BKN). Withdrawn cases are no candidates.
pub fn candidates(index: &Index, probe: &Probe, answered: &BTreeSet<Ulid>, limit: usize) -> Vec<Candidate> {
    let name = NameKey::of(probe.name);
    let sure: BTreeSet<u32> = index.by_nik(probe.nik).collect();
    let papers: BTreeSet<u32> = probe.documents.iter().flat_map(|document| index.by_document(document)).collect();
    let phones: BTreeSet<u32> = probe.phones.iter().flat_map(|phone| index.by_phone(phone)).collect();
    let mut rows: Vec<u32> = sure.iter().chain(&papers).chain(&phones).copied().collect();
    rows.extend(likely_rows(index, probe, &name).take(MAX_LOOKED));
    rows.sort_unstable();
    rows.dedup();
    let mut found: Vec<(Candidate, f32, u32)> = rows
        .into_iter()
        .filter_map(|row| {
            let id = index.id(row).filter(|id| Some(*id) != probe.own && !answered.contains(id))?;
            let ties = Ties { nik: sure.contains(&row), document: papers.contains(&row), phone: phones.contains(&row) };
            let (certainty, reasons, likeness) = weigh(index, row, probe, &name, ties)?;
            Some((Candidate { id, certainty, reasons }, likeness, index.seen(row).facts().number))
        })
        .collect();
    found.sort_by(|(a, like_a, number_a), (b, like_b, number_b)| {
        b.certainty.cmp(&a.certainty).then(like_b.total_cmp(like_a)).then(number_a.cmp(number_b))
    });
    found.into_iter().take(limit).map(|(candidate, _, _)| candidate).collect()
}

/// Rows that share a blocking key with the person: the day of birth as it is, swapped or with one digit off, a telling
/// word of the name with a year around the birth, another with the home regency.
fn likely_rows<'a>(index: &'a Index, probe: &'a Probe, name: &'a NameKey) -> impl Iterator<Item = u32> + 'a {
    let by_day = probe.birth.into_iter().flat_map(move |birth| {
        let days = std::iter::once(birth).chain(swapped(birth)).chain(one_digit_off(birth));
        days.flat_map(|day| index.by_birth(day)).filter(|row| shares_sound(name, &index.name_key(*row)))
    });
    let by_year = probe.birth.into_iter().flat_map(move |birth| {
        let year = birth.year();
        (year - 1..=year + 1).flat_map(|year| index.by_name_and_year(name, year))
    });
    by_day.chain(index.by_name_and_home(name, probe.home)).chain(by_year)
}

fn shares_sound(a: &NameKey, b: &NameKey) -> bool {
    a.sounds().any(|sound| b.sounds().any(|other| sound == other))
}

/// What ties two cases beyond doubt, or nearly.
#[derive(Clone, Copy)]
struct Ties {
    nik: bool,
    document: bool,
    phone: bool,
}

fn weigh(index: &Index, row: u32, probe: &Probe, name: &NameKey, ties: Ties) -> Option<(Certainty, Vec<Reason>, f32)> {
    let seen = index.seen(row);
    if Signs(seen.marks(Mark::Sign)).has(Signs::WITHDRAWN) {
        return None;
    }
    let born = seen.measure(Measure::Born).and_then(|days| i32::try_from(days).ok());
    let other = born.and_then(NaiveDate::from_num_days_from_ce_opt);
    let likeness = score(name, &index.name_key(row)).value;
    let birth = probe.birth.zip(other).and_then(|(a, b)| birth_reason(a, b));
    let is_home = regency(probe.home).filter(|code| *code > 99).is_some_and(|code| regency(seen.home()) == Some(code));
    let is_close = birth.is_some_and(|reason| reason != Reason::NearAge);
    let certainty = if ties.nik || ties.document {
        Certainty::Sure
    } else if likeness >= NAME_WITH_BIRTH && is_close || likeness >= NAME_WITH_PHONE && ties.phone {
        Certainty::Strong
    } else if likeness >= NAME_WITH_HOME && (is_home || birth.is_some()) {
        Certainty::Maybe
    } else {
        return None;
    };
    let is_other_sex =
        probe.sex.is_some() && seen.choice(Choice::Sex) != 0 && seen.choice(Choice::Sex) != sex_place(probe.sex);
    let is_far = probe.birth.zip(other).is_some_and(|(a, b)| years_apart(a, b) > FAR_YEARS);
    let is_twin = birth == Some(Reason::SameBirth) && is_home && have_other_given_names(name, &index.name_key(row));
    let mut certainty = if is_other_sex || is_far { certainty.lower()? } else { certainty };
    if is_twin && !ties.nik && !ties.document {
        certainty = certainty.min(Certainty::Maybe);
    }
    let named = if likeness >= NAME_SAME { Reason::SameName } else { Reason::LikeName };
    let reasons = [
        (ties.nik, Reason::SameNik),
        (ties.document, Reason::SameDocument),
        (ties.phone, Reason::SamePhone),
        (likeness >= NAME_WITH_PHONE, named),
        (birth.is_some(), birth.unwrap_or(Reason::NearAge)),
        (is_home, Reason::SameHome),
        (is_other_sex, Reason::OtherSex),
        (is_far, Reason::FarAge),
        (is_twin, Reason::MaybeTwin),
    ];
    let reasons = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect();
    Some((certainty, reasons, likeness))
}

/// Both names have a telling word that the other lacks, and share another: brothers, sisters, twins.
fn have_other_given_names(a: &NameKey, b: &NameKey) -> bool {
    let lacks = |a: &NameKey, b: &NameKey| a.telling_sounds().any(|sound| !b.sounds().any(|other| other == sound));
    lacks(a, b) && lacks(b, a) && shares_sound(a, b)
}

/// What two birth dates say for one person; `None` when nothing.
pub(super) fn birth_reason(a: NaiveDate, b: NaiveDate) -> Option<Reason> {
    if a == b {
        Some(Reason::SameBirth)
    } else if swapped(a) == Some(b) {
        Some(Reason::SwappedBirth)
    } else if digits(a).iter().zip(digits(b)).filter(|(x, y)| **x != *y).count() == 1 {
        Some(Reason::NearBirth)
    } else if (a - b).num_days().abs() <= 366 {
        Some(Reason::NearAge)
    } else {
        None
    }
}

fn years_apart(a: NaiveDate, b: NaiveDate) -> i32 {
    let (early, late) = (a.min(b), a.max(b));
    late.year() - early.year() - i32::from((late.month(), late.day()) <= (early.month(), early.day()))
}

fn swapped(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()).filter(|other| *other != day)
}

/// `DDMMYYYY`.
fn digits(day: NaiveDate) -> [u8; 8] {
    let mut rest = day.day() * 1_000_000 + day.month() * 10_000 + day.year().rem_euclid(10_000) as u32;
    let mut digits = [0; 8];
    for digit in digits.iter_mut().rev() {
        *digit = (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

/// Every day that one wrong digit makes of this one.
fn one_digit_off(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let own = digits(day);
    (0..own.len()).flat_map(move |place| {
        (0..=9).filter(move |digit| *digit != own[place]).filter_map(move |digit| {
            let mut other = own;
            other[place] = digit;
            let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + u32::from(*digit));
            let year = i32::try_from(number(&other[4..])).ok().filter(|year| (1900..2200).contains(year))?;
            NaiveDate::from_ymd_opt(year, number(&other[2..4]), number(&other[..2]))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates_are_the_same_swapped_near_or_far() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (a, b, expected) in [
            ("1998-02-05", "1998-02-05", Some(Reason::SameBirth)),
            ("1998-02-05", "1998-05-02", Some(Reason::SwappedBirth)),
            ("1998-02-05", "1998-02-06", Some(Reason::NearBirth)),
            ("1998-02-05", "1988-02-05", Some(Reason::NearBirth)),
            ("1998-02-05", "1999-01-31", Some(Reason::NearAge)),
            ("1998-02-05", "2000-03-17", None),
            ("1998-02-05", "2001-02-05", None),
            ("1998-02-05", "2002-03-17", None),
        ] {
            assert_eq!(birth_reason(day(a), day(b)), expected, "{a} {b}");
            assert_eq!(birth_reason(day(b), day(a)), expected, "{b} {a}");
        }
        assert_eq!(years_apart(day("1998-02-05"), day("2001-02-05")), 2);
        assert_eq!(years_apart(day("1998-02-05"), day("2002-02-06")), 4);
        assert!(
            one_digit_off(day("1998-02-05"))
                .all(|near| birth_reason(near, day("1998-02-05")) == Some(Reason::NearBirth))
        );
        assert!(one_digit_off(day("1998-02-05")).count() > 30);
    }

    #[test]
    fn every_reason_has_its_text_in_both_languages() {
        let texts = [include_str!("../../assets/text/id/query.ftl"), include_str!("../../assets/text/en/query.ftl")];
        let certainties = [Certainty::Maybe, Certainty::Strong, Certainty::Sure].map(Certainty::key);
        for key in Reason::ALL.map(Reason::key).into_iter().chain(certainties) {
            assert!(texts.iter().all(|text| text.lines().any(|line| line.split(" = ").next() == Some(key))), "{key}");
        }
    }
}
