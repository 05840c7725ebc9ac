//! What is told of a case from the assessment until it is closed.

use super::role::Crowd;
use super::story::{Teller, time};
use super::world::Operator;
use crate::domain::field::Field;
use crate::domain::record::{ItemId, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Value};
use chrono::{DateTime, Days, TimeDelta, Utc};

/// Whether the person was a child when the case began, and so perhaps on the day of landing: in doubt a child.
fn is_child(teller: &Teller<'_>) -> bool {
    teller.part.began.date_naive().years_since(teller.person.birth).is_none_or(|years| years < 18)
}

pub(super) fn assess(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let is_child = is_child(teller);
    let mut checks = Vec::new();
    for (check, chance) in [("S", 11), ("L", 7), ("T", 9), ("D", 1), ("J", 2)] {
        if teller.dice.percent(chance) {
            checks.push(check);
        }
    }
    if teller.person.is_woman && teller.dice.percent(9) {
        checks.push("H");
        let weeks = teller.dice.between(6, 36);
        teller.set(Field::PregnantWeeks, Value::Number(weeks));
    }
    if is_child {
        checks.push("A");
        let company = teller.dice.weighted(&[("SND", 50), ("BRS", 35), ("TRP", 15)]);
        teller.set(Field::Company, Value::code(company));
    }
    if checks.contains(&"S") {
        fitness(teller, at);
    }
    if checks.is_empty() {
        checks.push("0");
    }
    teller.set(Field::Checks, Value::codes(checks));
    teller.set(Field::ChecksAt, time(at));
    let told = teller.dice.weighted(&[("PER", 65), ("KOL", 35)]);
    teller.set(Field::RightsTold, Value::code(told));
    let desk = teller.office_of("TIBA");
    let by = teller.world.somebody(&mut teller.dice, desk, "HLP").name;
    teller.set(Field::IdentityCheckedAt, time(at));
    teller.set(Field::IdentityCheckedBy, Value::text(by));
    let has_no_family = teller.dice.percent(6);
    teller.set(Field::HasNoFamilyContact, Value::YesNo(has_no_family));
    contact(teller, at, is_child);
}

fn fitness(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    teller.set(Field::FitToTravelUntil, Value::Date(Dated::certain(at.date_naive() + Days::new(400))));
    teller.set(Field::FitToTravelBy, Value::text("Klinik bandara (latihan)"));
}

/// A given name that fits the relation.
fn relative(teller: &mut Teller<'_>, relation: &str) -> &'static str {
    const MEN: [&str; 5] = ["Sukarno", "Lodewik", "Wagiman", "Sahala", "Tarmidzi"];
    const WOMEN: [&str; 5] = ["Maemunah", "Tarida", "Ruminah", "Nursiah", "Paulina"];
    let is_woman = match relation {
        "IBU" | "IST" => true,
        "AYH" | "SMI" => false,
        _ => teller.dice.percent(50),
    };
    teller.dice.pick(if is_woman { &WOMEN } else { &MEN })
}

/// Somebody at home: for a child the guardian, verified.
fn contact(teller: &mut Teller<'_>, at: DateTime<Utc>, is_child: bool) -> ItemId {
    let item = teller.item(at);
    let spouse = if teller.person.is_woman { "SMI" } else { "IST" };
    let relation = if is_child {
        teller.dice.pick(&["AYH", "IBU"])
    } else {
        teller.dice.pick(&["AYH", "IBU", "KAK", spouse, "KLG"])
    };
    let first = relative(teller, relation);
    // Whoever has one name only has no family's name to share.
    let family = teller.person.name.rsplit_once(' ').map_or("", |(_, family)| family).to_owned();
    teller.set(Slot::of(item, Field::ContactName), Value::Text(format!("{first} {family}").trim_end().to_owned()));
    teller.set(Slot::of(item, Field::ContactRelation), Value::code(relation));
    let phone = format!("+6284{:09}", teller.dice.below(1_000_000_000));
    teller.set(Slot::of(item, Field::ContactPhone), Value::Text(phone));
    if is_child {
        let house = teller.office_of("REHAB");
        let by = teller.world.somebody(&mut teller.dice, house, "PKS").name;
        teller.set(Slot::of(item, Field::ContactIsGuardian), Value::YesNo(true));
        teller.set(Slot::of(item, Field::ContactVerifiedBy), Value::text(by));
        teller.set(Slot::of(item, Field::ContactVerifiedHow), Value::code("KK"));
        teller.set(Slot::of(item, Field::ContactVerifiedAt), time(at));
    }
    item
}

/// What an assessment owes before it is left: the screening, the check of health.
fn settle_assessment(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let house = teller.office_of("REHAB");
    let by = teller.world.somebody(&mut teller.dice, house, "PKS").id;
    let item = teller.item(at);
    teller.set(Slot::of(item, Field::ScreenedAt), time(at));
    teller.set(Slot::of(item, Field::ScreenedBy), Value::Link(Subject::new(Kind::Operator, by)));
    let acts: &[&str] = teller.dice.pick(&[&["RKT", "AKT"][..], &["RKT"], &["RKT", "TMP", "TRM"]]);
    teller.set(Slot::of(item, Field::ActsYes), Value::codes(acts.iter().copied()));
    let means: &[&str] = teller.dice.pick(&[&["TPU"][..], &["TPU", "UTG"], &["SKP", "ANC"], &["PLS", "KKR"]]);
    let is_unknown = teller.dice.percent(25);
    let field = if is_unknown { Field::MeansUnknown } else { Field::MeansYes };
    teller.set(Slot::of(item, field), Value::codes(means.iter().copied()));
    let purposes: &[&str] = teller.dice.pick(&[&["KPK", "JHT"][..], &["JHT"], &["KPK"]]);
    teller.set(Slot::of(item, Field::PurposesYes), Value::codes(purposes.iter().copied()));
    teller.set(Field::HealthCheckedAt, time(at));
}

pub(super) fn admit(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    settle_assessment(teller, at - TimeDelta::minutes(40));
    // A place of its own for everybody: no bed is taken twice.
    let facility = match teller.part.crowd {
        Crowd::Centre { .. } => "Sentra Handayani (latihan)".to_owned(),
        Crowd::Landed | Crowd::Aloft | Crowd::None => {
            format!("Rumah Ramah {} (latihan)", teller.part.index / 1_000 + 1)
        }
    };
    let wing = if teller.person.is_woman { "P" } else { "L" };
    let bed = format!("{wing}-{:03}", teller.part.index % 1_000 + 1);
    teller.set(Field::Facility, Value::text(facility.as_str()));
    teller.set(Field::Bed, Value::Text(bed));
    teller.set(Field::ReceivedBy, Value::text(by.name));
    teller.set(Field::AdmittedAt, time(at));
    teller.set(Field::CareConsent, Value::code("STJ"));
    let number = teller.dice.between(1, 9_999);
    teller.set(Field::AdmissionRecord, Value::Text(format!("BAST-L/{number:04}")));
    let needs = teller.dice.pick(&[
        "Konseling psikososial",
        "Bimbingan fisik",
        "Pelatihan vokasional",
        "Bantuan sosial",
        "Asesmen keluarga",
    ]);
    teller.set(Field::Needs, Value::text(needs));
    teller.set(Field::ReviewOn, Value::Date(Dated::certain(at.date_naive() + Days::new(7))));
    teller.set(Field::Position, Value::code("SNT"));
    teller.set(Field::PositionPlace, Value::Text(facility));
    teller.set(Field::PositionAt, time(at));
}

pub(super) fn send_home(teller: &mut Teller<'_>, from: Option<&str>, at: DateTime<Utc>) {
    if from == Some("REHAB") {
        let house = teller.office_of("REHAB");
        let judge = teller.world.somebody(&mut teller.dice, house, "PSI").id;
        teller.set(Field::Readiness, Value::code("SIA"));
        teller.set(Field::ReadinessBy, Value::Link(Subject::new(Kind::Operator, judge)));
        teller.set(Field::ReadinessOn, Value::Date(Dated::certain(at.date_naive() - Days::new(1))));
        teller.set(Field::PsychosocialOn, Value::Date(Dated::certain(at.date_naive() - Days::new(2))));
    } else {
        settle_assessment(teller, at - TimeDelta::minutes(40));
        let readiness = teller.dice.weighted(&[("TPL", 80), ("TMU", 20)]);
        teller.set(Field::Readiness, Value::code(readiness));
    }
    let home = teller.person.home.regency().unwrap_or(teller.person.home);
    teller.set(Field::Destination, Value::Code(home.to_string()));
    let route = teller.dice.pick(&["Pesawat", "Kereta", "Bus", "Kapal dan bus"]);
    teller.set(Field::Route, Value::text(route));
    teller.set(Field::ReceiverNotifiedAt, time(at));
    teller.set(Field::Position, Value::code("PRJ"));
    teller.set(Field::PositionAt, time(at));
}

pub(super) fn hand_over(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    let is_child = is_child(teller);
    // Whoever was named at the assessment takes the person home.
    let known =
        teller.told.iter().rev().find(|(slot, _)| slot.field == Field::ContactName).and_then(|(slot, _)| slot.item);
    let receiver = known.unwrap_or_else(|| contact(teller, at, is_child));
    let told = |teller: &Teller<'_>, field| {
        teller.told.iter().rev().find(|(slot, _)| *slot == Slot::of(receiver, field)).map(|(_, value)| value.clone())
    };
    for (to, of) in [(Field::HandedTo, Field::ContactName), (Field::HandedRelation, Field::ContactRelation)] {
        if let Some(value) = told(teller, of) {
            teller.set(to, value);
        }
    }
    teller.set(Field::HandedContact, Value::Text(receiver.to_string()));
    teller.set(Field::HandedAt, time(at));
    let number = teller.dice.between(1, 9_999);
    teller.set(Field::HandoverNo, Value::Text(format!("BAST-K/{number:04}")));
    teller.set(Field::VillageWitness, Value::text(by.name));
    teller.set(Field::Position, Value::code("RMH"));
    teller.set(Field::PositionAt, time(at));
}

pub(super) fn close(teller: &mut Teller<'_>, from: Option<&str>, at: DateTime<Utc>, by: &Operator) {
    let is_done = from == Some("REINT");
    let reason = match teller.earlier {
        _ if is_done => "SEL",
        Some(_) => "DUP",
        None => teller.dice.weighted(&[("PMX", 40), ("PMD", 20), ("TLK", 15), ("LMP", 10), ("BRK", 10), ("SLH", 5)]),
    };
    teller.set(Field::CloseReason, Value::code(reason));
    let number = teller.dice.between(1, 9_999);
    match reason {
        "TLK" => teller.set(Field::CloseNo, Value::Text(format!("SP-{number:04}"))),
        "LMP" => teller.set(Field::TakenOverBy, Value::text("Dinas Sosial (latihan)")),
        "DUP" => {
            if let Some(earlier) = teller.earlier {
                teller.set(Field::DuplicateOf, Value::Link(earlier));
            }
        }
        "PMX" | "BRK" | "SLH" => teller.set(Field::CloseNote, Value::text("Dicatat menurut keterangan yang ada.")),
        _ => {}
    }
    let office = teller.office_of(from.unwrap_or("LAPOR"));
    let asked = teller.world.operators.iter().find(|o| o.office == teller.world.offices[office].id && o.id != by.id);
    if let Some(asked) = asked {
        teller.set(Field::CloseAskedBy, Value::Link(Subject::new(Kind::Operator, asked.id)));
        teller.set(Field::CloseAskedAt, time(at - TimeDelta::minutes(90)));
    }
}
