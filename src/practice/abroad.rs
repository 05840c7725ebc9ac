//! What is told of a case from the first report until the landing.

use super::role::Crowd;
use super::story::{Teller, time};
use super::world::{Flight, Operator};
use crate::domain::field::Field;
use crate::domain::record::Slot;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Value};
use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};

pub(super) fn report(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let person = teller.person.clone();
    let is_landed = teller.part.crowd == Crowd::Landed;
    teller.set(Field::Name, Value::Text(person.name));
    teller.set(Field::NameKind, Value::code("LKP"));
    teller.set(Field::Sex, Value::code(if person.is_woman { "P" } else { "L" }));
    teller.set(Field::Birth, Value::Date(Dated::certain(person.birth)));
    if teller.dice.percent(85) {
        teller.set(Field::Nik, Value::Text(person.nik));
    }
    let home = person.home.regency().unwrap_or(person.home);
    teller.set(Field::Home, Value::Code(home.to_string()));
    if teller.dice.percent(90) {
        let phone = teller.item(at);
        teller.set(Slot::of(phone, Field::PhoneNo), Value::Text(person.phone));
        let whose = teller.dice.weighted(&[("sendiri", 80), ("teman", 12), ("keluarga", 8)]);
        teller.set(Slot::of(phone, Field::PhoneWhose), Value::text(whose));
        let safe = teller.dice.weighted(&[("Y", 60), ("TDK", 30), ("T", 10)]);
        teller.set(Slot::of(phone, Field::PhoneSafe), Value::code(safe));
    }
    passport(teller, at);
    let channel = if is_landed {
        "MNF"
    } else {
        teller.dice.weighted(&[("DTG", 50), ("WA", 20), ("KLG", 12), ("TLP", 8), ("POL", 10)])
    };
    teller.set(Field::ReportChannel, Value::code(channel));
    teller.set(Field::ReportedAt, time(at));
    let country = teller.dice.weighted(&[("KHM", 90), ("MMR", 6), ("LAO", 2), ("PHL", 2)]);
    teller.set(Field::ReportCountry, Value::code(country));
    work(teller, at, country);
    let position = if is_landed {
        "PRJ"
    } else {
        teller.dice.weighted(&[("KBR", 45), ("POL", 10), ("DET", 25), ("KMP", 8), ("PGN", 12)])
    };
    teller.set(Field::Position, Value::code(position));
    teller.set(Field::PositionAt, time(at));
    if is_landed {
        teller.set(Field::Movement, Value::Link(teller.world.movement(Flight::Landed)));
        let remark = teller.dice.weighted(&[
            ("", 86),
            ("Sakit, perlu rujukan", 5),
            ("Hamil 5 bln", 3),
            ("Luka tangan", 3),
            ("Pernah ditahan polisi", 3),
        ]);
        if !remark.is_empty() {
            teller.set(Field::Remarks, Value::text(remark));
        }
    }
    group(teller);
}

/// Some travel together.
fn group(teller: &mut Teller<'_>) {
    if teller.dice.percent(18) {
        let group = char::from(b'A' + teller.dice.below(24) as u8);
        teller.set(Field::Group, Value::Text(format!("{group}{}", teller.part.began.iso_week().week())));
        let relation = teller.dice.weighted(&[("TMN", 60), ("KLG", 20), ("PSG", 18), ("PSH", 2)]);
        teller.set(Field::GroupRelation, Value::code(relation));
    }
}

/// A passport in one of the states that papers come in.
fn passport(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    if !teller.dice.percent(78) {
        return;
    }
    let item = teller.item(at);
    let passport = teller.person.passport.clone();
    let state = teller.dice.weighted(&[
        ("PGG", 34),
        ("SKT", 26),
        ("MAJ", 14),
        ("POL", 8),
        ("HLG", 8),
        ("MGK", 4),
        ("KDL", 5),
        ("GTI", 1),
    ]);
    let years = if state == "KDL" { 5 } else { teller.dice.between(1, 4) };
    let issued = at.date_naive() - Days::new((years * 365 + 40).unsigned_abs());
    teller.set(Slot::of(item, Field::DocKind), Value::code("PSP"));
    teller.set(Slot::of(item, Field::DocNo), Value::Text(passport));
    teller.set(Slot::of(item, Field::DocIssued), Value::Date(Dated::certain(issued)));
    let until = issued + Days::new(if state == "KDL" { 5 * 365 } else { 10 * 365 });
    teller.set(Slot::of(item, Field::DocUntil), Value::Date(Dated::certain(until)));
    teller.set(Slot::of(item, Field::DocState), Value::code(state));
    if matches!(state, "SKT" | "MAJ" | "POL") {
        let holder = if state == "POL" { "Polisi setempat" } else { "Pengelola kompleks" };
        teller.set(Slot::of(item, Field::DocHolder), Value::text(holder));
    }
}

fn work(teller: &mut Teller<'_>, at: DateTime<Utc>, country: &str) {
    let city = teller.dice.pick(&["Poipet", "Sihanoukville", "Phnom Penh", "Bavet", "Koh Kong", "Chrey Thum"]);
    teller.set(Field::WorkCountry, Value::code(country));
    if country == "KHM" {
        teller.set(Field::WorkCity, Value::text(city));
    }
    let compound = format!("Kompleks latihan {}", teller.dice.between(1, 40));
    teller.set(Field::Compound, Value::Text(compound));
    let sector = teller.dice.weighted(&[("SCM", 62), ("JDL", 22), ("SCJ", 8), ("RST", 4), ("LAI", 4)]);
    teller.set(Field::Sector, Value::code(sector));
    let channel = teller.dice.weighted(&[("MED", 45), ("KEL", 22), ("REK", 20), ("MDR", 12), ("TDK", 1)]);
    teller.set(Field::Channel, Value::code(channel));
    let months = teller.dice.between(1, 22);
    let departed = at.date_naive() - Days::new((months * 30 + 4).unsigned_abs());
    teller.set(Field::DepartedOn, Value::Date(Dated::certain(departed)));
    teller.set(Field::RecruitedOn, Value::Date(Dated::certain(departed - Days::new(12))));
    let mut problems = vec![if sector == "JDL" { "JDL" } else { "ONS" }];
    for (problem, chance) in [("DOK", 48), ("GAJ", 40), ("OVS", 35), ("KKR", 22), ("SKP", 18), ("TPO", 12)] {
        if teller.dice.percent(chance) {
            problems.push(problem);
        }
    }
    teller.set(Field::Problems, Value::codes(problems));
}

pub(super) fn verify(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    let answer = if teller.earlier.is_some() { "SMA" } else { "BRU" };
    teller.set(Field::DuplicateAnswer, Value::code(answer));
    if let Some(earlier) = teller.earlier {
        let link = teller.item(at);
        teller.set(Slot::of(link, Field::LinkCase), Value::Link(earlier));
        teller.set(Slot::of(link, Field::LinkKind), Value::code("SMA"));
        teller.set(Slot::of(link, Field::LinkBy), Value::Link(Subject::new(Kind::Operator, by.id)));
    }
    let source = teller.dice.weighted(&[("PSP", 40), ("KTP", 25), ("KK", 15), ("KLG", 15), ("PGK", 5)]);
    teller.set(Field::IdentitySource, Value::code(source));
    teller.set(Field::Nationality, Value::code("IDN"));
    let evidence = teller.dice.weighted(&[("PSP", 45), ("KTP", 25), ("KK", 15), ("DUK", 15)]);
    teller.set(Field::NationalityEvidence, Value::code(evidence));
    teller.set(Field::Siskop, Value::code("TTD"));
    teller.set(Field::SiskopAt, time(at));
    teller.set(Field::SiskopBy, Value::text(by.name));
    teller.set(Field::Procedural, Value::code("NON"));
    teller.set(Field::ProceduralNote, Value::text("negara bukan penempatan"));
}

pub(super) fn protect(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let position = teller.dice.weighted(&[("SHL", 45), ("DET", 35), ("PGN", 15), ("POL", 5)]);
    teller.set(Field::Position, Value::code(position));
    teller.set(Field::PositionAt, time(at));
    teller.set(Field::PositionSource, Value::text("kunjungan konsuler"));
    let safety = teller.dice.weighted(&[("AMK", 70), ("AML", 25), ("RSK", 5)]);
    teller.set(Field::Safety, Value::code(safety));
    teller.set(Field::SafetyAt, time(at));
    teller.set(Field::SafetySource, Value::text("kunjungan konsuler"));
}

pub(super) fn name_papers(teller: &mut Teller<'_>) {
    let papers: &[&str] = teller.dice.pick(&[&["PSP", "EXP", "DND"][..], &["EXP", "DND"], &["EXP"], &["PSP", "EXP"]]);
    teller.set(Field::PapersMissing, Value::codes(papers.iter().copied()));
}

pub(super) fn clear(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    travel_letter(teller, at);
    let wish = if teller.dice.percent(12) { "DEP" } else { "YA" };
    teller.set(Field::Wish, Value::code(wish));
    teller.set(Field::ExitPermit, Value::code("ADA"));
    let fine = teller.dice.weighted(&[("RNG", 55), ("LNS", 30), ("TDK", 15)]);
    teller.set(Field::Fine, Value::code(fine));
    let bearer = teller.dice.weighted(&[("NEG", 45), ("MDR", 40), ("KEL", 10), ("MIT", 5)]);
    teller.set(Field::CostBearer, Value::code(bearer));
}

/// An emergency travel document of two years, in hand: with it the journey is possible whatever became of the passport.
fn travel_letter(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let item = teller.item(at);
    let splp = teller.person.splp.clone();
    let issued = at.date_naive() - Days::new(2);
    teller.set(Slot::of(item, Field::DocKind), Value::code("SPL"));
    teller.set(Slot::of(item, Field::DocNo), Value::Text(splp));
    teller.set(Slot::of(item, Field::DocIssued), Value::Date(Dated::certain(issued)));
    teller.set(Slot::of(item, Field::DocUntil), Value::Date(Dated::certain(issued + Days::new(729))));
    teller.set(Slot::of(item, Field::DocState), Value::code("PGG"));
}

/// The flight on which somebody of this case boards at this time.
fn flight(teller: &Teller<'_>, at: DateTime<Utc>) -> Flight {
    match teller.part.crowd {
        Crowd::Landed => Flight::Landed,
        Crowd::Aloft => Flight::Aloft,
        Crowd::Centre { .. } => Flight::Cohort,
        Crowd::None => Flight::Daily(at.date_naive()),
    }
}

pub(super) fn board(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let flight = flight(teller, at);
    teller.set(Field::Movement, Value::Link(teller.world.movement(flight)));
    let seat = format!("{}{}", teller.dice.between(1, 38), teller.dice.pick(&["A", "B", "C", "D", "E", "F"]));
    teller.set(Field::Seat, Value::Text(seat));
    teller.set(Field::HasBoarded, Value::YesNo(true));
    teller.set(Field::Position, Value::code("PRJ"));
    teller.set(Field::PositionAt, time(at));
}

pub(super) fn land(teller: &mut Teller<'_>, from: Option<&str>, at: DateTime<Utc>, by: &Operator) {
    if from != Some("JALAN") && teller.part.crowd == Crowd::None {
        travel_letter(teller, at - TimeDelta::days(4));
    }
    let landed = at - TimeDelta::minutes(teller.dice.between(5, 9));
    teller.set(Field::LandedAt, time(landed));
    teller.set(Field::LandedPlace, Value::text("Soekarno-Hatta T3"));
    teller.set(Field::SeenBy, Value::text(by.name));
    teller.set(Field::Position, Value::code("DBK"));
    teller.set(Field::PositionAt, time(at));
    let queue = teller.dice.between(1, 999);
    teller.set(Field::Queue, Value::Number(queue));
    if from == Some("LAPOR") {
        teller.set(Field::DuplicateAnswer, Value::code("BRU"));
        teller.set(Field::Nationality, Value::code("IDN"));
    }
}
