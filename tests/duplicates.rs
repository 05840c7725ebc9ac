//! Who is found as a duplicate, and who is not: the name pairs, the manifest of 110 and its returnees. Invented people.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../benches/people.rs"]
mod people;

use chrono::NaiveDate;
use people::person;
use pulang::desk::duplicates::{Candidate, Certainty, Probe, Reason, candidates};
use pulang::domain::subject::Number;
use pulang::domain::summary::{Sex, Signs, Summary};
use pulang::identity::{nik, phone, region};
use pulang::records::index::Index;
use std::collections::BTreeSet;
use ulid::Ulid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Nobody in particular: no number, no date, no home.
fn blank(nth: u32, name: &str) -> Summary {
    Summary {
        id: Ulid(nth.into()),
        number: Number { year: 26, running: nth },
        name: name.to_owned(),
        other_names: String::new(),
        sex: None,
        birth: None,
        nik: 0,
        documents: Vec::new(),
        phones: Vec::new(),
        home: 0,
        signs: Signs::default(),
        ..person(nth)
    }
}

fn probe(case: &Summary) -> Probe<'_> {
    Probe {
        own: Some(case.id),
        name: &case.name,
        nik: case.nik,
        documents: &case.documents,
        phones: &case.phones,
        birth: case.birth,
        sex: case.sex,
        home: case.home,
    }
}

fn asked(index: &Index, case: &Summary) -> Vec<Candidate> {
    candidates(index, &probe(case), &BTreeSet::new(), 20)
}

fn pair(name_a: &str, name_b: &str, change: impl Fn(&mut Summary, &mut Summary)) -> Option<Candidate> {
    let (mut a, mut b) = (blank(1, name_a), blank(2, name_b));
    change(&mut a, &mut b);
    asked(&Index::bulk([a, blank(3, "ZULKARNAEN")]), &b).pop()
}

#[test]
fn name_pairs_with_one_birth_date_are_strong_exactly_when_they_are_one_name() {
    let same_birth = |a: &mut Summary, b: &mut Summary| {
        (a.birth, b.birth) = (Some(day("1998-02-05")), Some(day("1998-02-05")));
    };
    for line in include_str!("data/name-pairs.tsv").lines().skip(1) {
        let [is_same, a, b] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        for (a, b) in [(a, b), (b, a)] {
            let found = pair(a, b, same_birth).map(|candidate| candidate.certainty);
            assert_eq!(found, (is_same == "yes").then_some(Certainty::Strong), "{a} / {b}");
            let by_phone = pair(a, b, |a, b| {
                (a.phones, b.phones) = (vec!["+6284111222333".to_owned()], vec!["+62 841-1122-2333".to_owned()]);
            });
            assert!(is_same == "no" || by_phone.is_some_and(|c| c.certainty == Certainty::Strong), "{a} / {b}");
            assert_eq!(pair(a, b, |_, _| ()), None, "a name alone never decides");
        }
    }
}

#[test]
fn numbers_decide_and_sex_and_age_lower_one_step() {
    let nik = |a: &mut Summary, b: &mut Summary| (a.nik, b.nik) = (7_171_085_505_989_101, 7_171_085_505_989_101);
    let found = pair("RINA SARI", "Totally Other", nik).unwrap();
    assert_eq!((found.certainty, found.reasons), (Certainty::Sure, vec![Reason::SameNik]));
    let papers = |a: &mut Summary, b: &mut Summary| {
        (a.documents, b.documents) = (vec!["Z4714800".to_owned()], vec!["ZD1".to_owned(), "z 4714800".to_owned()]);
    };
    assert_eq!(pair("RINA SARI", "RINA", papers).unwrap().certainty, Certainty::Sure);
    let other_sex = |a: &mut Summary, b: &mut Summary| {
        nik(a, b);
        (a.sex, b.sex) = (Some(Sex::Male), Some(Sex::Female));
    };
    let found = pair("RINA SARI", "RINA SARI", other_sex).unwrap();
    assert_eq!(found.certainty, Certainty::Strong);
    assert_eq!(found.reasons, [Reason::SameNik, Reason::SameName, Reason::OtherSex]);
    let born = |a: &'static str, b: &'static str| {
        move |x: &mut Summary, y: &mut Summary| {
            (x.birth, y.birth) = (Some(day(a)), Some(day(b)));
            (x.home, y.home) = (717_108, 7_171);
        }
    };
    for (a, b, certainty, reason) in [
        ("1998-02-05", "1998-02-05", Some(Certainty::Strong), Reason::SameBirth),
        ("1998-02-05", "1998-05-02", Some(Certainty::Strong), Reason::SwappedBirth),
        ("1998-02-05", "1998-02-15", Some(Certainty::Strong), Reason::NearBirth),
        ("1998-02-05", "1998-11-30", Some(Certainty::Maybe), Reason::NearAge),
        ("1998-02-05", "1988-02-05", Some(Certainty::Maybe), Reason::FarAge),
        ("1998-02-05", "2000-08-17", Some(Certainty::Maybe), Reason::SameHome),
        ("1998-02-05", "2009-08-17", None, Reason::FarAge),
    ] {
        let found = pair("Djoko Soesilo", "Joko Susilo", born(a, b));
        assert_eq!(found.as_ref().map(|c| c.certainty), certainty, "{a} {b}");
        assert!(found.is_none_or(|c| c.reasons.contains(&reason) && c.reasons.contains(&Reason::SameHome)), "{a} {b}");
    }
}

#[test]
fn twins_are_never_better_than_maybe() {
    let twins = |a: &mut Summary, b: &mut Summary| {
        (a.birth, b.birth) = (Some(day("2001-07-09")), Some(day("2001-07-09")));
        (a.home, b.home) = (717_108, 717_108);
        (a.phones, b.phones) = (vec!["+6284111222333".to_owned()], vec!["+6284111222333".to_owned()]);
    };
    for (a, b) in
        [("Rina Sondakh", "Rini Sondakh"), ("Andi Sondakh", "Anto Sondakh"), ("Ferdi Mandagi", "Ferli Mandagi")]
    {
        let found = pair(a, b, twins);
        assert!(found.as_ref().is_none_or(|c| c.certainty == Certainty::Maybe), "{a} {b} {found:?}");
    }
    assert_eq!(pair("Rina Sondakh", "RINA SONDAKH", twins).unwrap().certainty, Certainty::Strong);
}

#[test]
fn answered_withdrawn_and_own_cases_are_not_asked_about_and_the_surest_comes_first() {
    let mut cases: Vec<Summary> = (1..=6).map(|nth| blank(nth, "RINA SARI")).collect();
    for case in &mut cases {
        case.birth = Some(day("2001-07-09"));
    }
    cases[3].documents = vec!["Z0000001".to_owned()];
    cases[4].signs = Signs::WITHDRAWN;
    let mut asking = blank(6, "RINA SARI");
    (asking.birth, asking.documents) = (cases[5].birth, vec!["Z0000001".to_owned()]);
    let index = Index::bulk(cases);
    let answered = BTreeSet::from([Ulid(2)]);
    let found = candidates(&index, &probe(&asking), &answered, 20);
    assert_eq!(found.iter().map(|c| c.id.0).collect::<Vec<_>>(), [4, 1, 3]);
    assert_eq!(candidates(&index, &probe(&asking), &answered, 1).len(), 1);
}

fn read_day(text: &str) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let parts: Vec<&str> = text.split(['-', '/', ' ']).collect();
    let [a, b, c] = parts.try_into().ok()?;
    let month = MONTHS.iter().position(|name| *name == b).map_or_else(|| b.parse().ok(), |at| Some(at as u32 + 1))?;
    let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)
}

/// The rows of the manifest in order, numbered as in the file.
fn manifest() -> Vec<Summary> {
    let text = include_str!("data/manifest_110.csv").trim_start_matches('\u{feff}');
    let landing = day("2026-02-21");
    let mut cases = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').map(str::trim).collect();
        let Ok(nth) = cells[0].parse::<u32>() else { continue };
        let mut case = blank(nth, cells[1]);
        case.sex = Sex::from_code(cells[2]);
        case.birth = read_day(cells[3]);
        assert!(case.birth.is_some(), "{}", cells[3]);
        let read = nik::read(cells[4], landing);
        case.nik = read.nik.filter(|_| !read.has_error()).map_or(0, |nik| nik.packed());
        case.documents = Some(cells[6].to_owned()).filter(|d| !d.is_empty()).into_iter().collect();
        case.phones = phone::read(cells[8]).phone.map(|phone| phone.e164()).into_iter().collect();
        case.home = region::parse_home(cells[9]).map_or(0, |code| code.packed() / 100);
        cases.push(case);
    }
    cases
}

#[test]
fn the_manifest_shows_its_three_duplicates_and_hardly_anybody_else() {
    let cases = manifest();
    assert_eq!(cases.len(), 113);
    let mut index = Index::new();
    let mut pairs = Vec::new();
    for case in &cases {
        pairs.extend(asked(&index, case).into_iter().map(|found| (found.id.0, case.id.0, found.certainty)));
        index.put(case);
    }
    let expected = [(27, 111), (29, 112), (32, 113)];
    for (original, duplicate) in expected {
        let found = pairs.iter().find(|(a, b, _)| (*a, *b) == (original, duplicate));
        assert!(found.is_some_and(|(_, _, certainty)| *certainty >= Certainty::Strong), "{original} {duplicate}");
    }
    let alarms: Vec<_> = pairs.iter().filter(|(a, b, _)| !expected.contains(&(*a, *b))).collect();
    assert!(alarms.len() <= 3, "{alarms:?}");
}

#[test]
fn returnees_are_known_again_under_other_papers_and_spellings() {
    let cases = manifest();
    let index = Index::bulk(cases.iter().take(110).cloned());
    for (known, spelt) in [
        (46, "Sri Woelandari"),
        (47, "HUTABARAT ANDIKA M."),
        (48, "Arief"),
        (49, "Sondakh, Ferdy"),
        (50, "Rina Syafitri"),
    ] {
        let case = &cases[known as usize - 1];
        let mut again = blank(900 + known, spelt);
        (again.birth, again.sex, again.home) = (case.birth, case.sex, case.home);
        again.documents = vec![format!("ZX{known:06}")];
        again.phones = vec![format!("+6284000000{known}")];
        let found = asked(&index, &again);
        let first = found.first().unwrap_or_else(|| panic!("{spelt} is found"));
        assert_eq!((first.id.0, first.certainty), (known.into(), Certainty::Strong), "{spelt}");
    }
}
