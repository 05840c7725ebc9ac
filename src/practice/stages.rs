//! What is known of a case at each status, and the conditions beside the track: flags, debts, tracks, notes.

use super::people::Likeness;
use super::people::likeness;
use super::role::Crowd;
use super::story::{Teller, time};
use super::world::{Flight, Operator};
use crate::domain::change::Verb;
use crate::domain::field::Field;
use crate::domain::record::{ItemId, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Value};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

/// Tells the facts with which a status is entered.
pub(super) fn enter(teller: &mut Teller<'_>, status: &str, from: Option<&str>, at: DateTime<Utc>, by: &Operator) {
    match status {
        "LAPOR" => report(teller, at),
        "VERIF" => verify(teller, at, by),
        "LINDUNG" => protect(teller, at),
        "DOKUM" => name_papers(teller),
        "SIAP" => clear(teller, at),
        "JALAN" => board(teller, at),
        "TIBA" => land(teller, from, at, by),
        "ASESM" => assess(teller, at),
        "REHAB" => admit(teller, at, by),
        "PULDA" => send_home(teller, from, at),
        "REINT" => hand_over(teller, at, by),
        _ => close(teller, from, at, by),
    }
}

fn report(teller: &mut Teller<'_>, at: DateTime<Utc>) {
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

fn verify(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
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

fn protect(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let position = teller.dice.weighted(&[("SHL", 45), ("DET", 35), ("PGN", 15), ("POL", 5)]);
    teller.set(Field::Position, Value::code(position));
    teller.set(Field::PositionAt, time(at));
    teller.set(Field::PositionSource, Value::text("kunjungan konsuler"));
    let safety = teller.dice.weighted(&[("AMK", 70), ("AML", 25), ("RSK", 5)]);
    teller.set(Field::Safety, Value::code(safety));
    teller.set(Field::SafetyAt, time(at));
    teller.set(Field::SafetySource, Value::text("kunjungan konsuler"));
}

fn name_papers(teller: &mut Teller<'_>) {
    let papers: &[&str] = teller.dice.pick(&[&["PSP", "EXP", "DND"][..], &["EXP", "DND"], &["EXP"], &["PSP", "EXP"]]);
    teller.set(Field::PapersMissing, Value::codes(papers.iter().copied()));
}

fn clear(teller: &mut Teller<'_>, at: DateTime<Utc>) {
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

fn board(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let flight = flight(teller, at);
    teller.set(Field::Movement, Value::Link(teller.world.movement(flight)));
    let seat = format!("{}{}", teller.dice.between(1, 38), teller.dice.pick(&["A", "B", "C", "D", "E", "F"]));
    teller.set(Field::Seat, Value::Text(seat));
    teller.set(Field::HasBoarded, Value::YesNo(true));
    teller.set(Field::Position, Value::code("PRJ"));
    teller.set(Field::PositionAt, time(at));
}

fn land(teller: &mut Teller<'_>, from: Option<&str>, at: DateTime<Utc>, by: &Operator) {
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

/// Whether the person is a child on the day of landing.
fn is_child(teller: &Teller<'_>, on: NaiveDate) -> bool {
    on.years_since(teller.person.birth).is_none_or(|years| years < 18)
}

fn assess(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let is_child = is_child(teller, at.date_naive());
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
    let by = teller.world.somebody(&mut teller.dice, super::world::AIRPORT, "HLP").name;
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

/// Somebody at home: for a child the guardian, verified.
fn contact(teller: &mut Teller<'_>, at: DateTime<Utc>, is_child: bool) -> ItemId {
    let item = teller.item(at);
    let relation = if is_child {
        teller.dice.pick(&["AYH", "IBU"])
    } else {
        teller.dice.pick(&["AYH", "IBU", "KAK", "SMI", "IST", "KLG"])
    };
    let first =
        teller.dice.pick(&["Sukarno", "Maemunah", "Lodewik", "Tarida", "Wagiman", "Ruminah", "Sahala", "Nursiah"]);
    let family = teller.person.name.rsplit(' ').next().unwrap_or_default().to_owned();
    teller.set(Slot::of(item, Field::ContactName), Value::Text(format!("{first} {family}")));
    teller.set(Slot::of(item, Field::ContactRelation), Value::code(relation));
    let phone = format!("+6284{:09}", teller.dice.below(1_000_000_000));
    teller.set(Slot::of(item, Field::ContactPhone), Value::Text(phone));
    if is_child {
        let by = teller.world.somebody(&mut teller.dice, super::world::CENTRE, "PKS").name;
        teller.set(Slot::of(item, Field::ContactIsGuardian), Value::YesNo(true));
        teller.set(Slot::of(item, Field::ContactVerifiedBy), Value::text(by));
        teller.set(Slot::of(item, Field::ContactVerifiedHow), Value::code("KK"));
        teller.set(Slot::of(item, Field::ContactVerifiedAt), time(at));
    }
    item
}

/// What an assessment owes before it is left: the screening, the check of health.
fn settle_assessment(teller: &mut Teller<'_>, at: DateTime<Utc>) {
    let by = teller.world.somebody(&mut teller.dice, super::world::CENTRE, "PKS").id;
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

fn admit(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
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

fn send_home(teller: &mut Teller<'_>, from: Option<&str>, at: DateTime<Utc>) {
    if from == Some("REHAB") {
        let judge = teller.world.somebody(&mut teller.dice, super::world::CENTRE, "PSI").id;
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

fn hand_over(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    let is_child = is_child(teller, at.date_naive());
    let receiver = contact(teller, at, is_child);
    let told = |teller: &Teller<'_>, field| {
        let step = teller.steps.last()?;
        step.sets.iter().rev().find(|(slot, _)| *slot == Slot::of(receiver, field)).map(|(_, value)| value.clone())
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

fn close(teller: &mut Teller<'_>, from: Option<&str>, at: DateTime<Utc>, by: &Operator) {
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

/// Flags, debts, tracks, seals and notes, after everything else: they belong to where the case stands now.
pub(super) fn conditions(teller: &mut Teller<'_>, last: DateTime<Utc>) {
    let status = teller.part.status;
    let is_open = status != "TUTUP";
    let (office, at) = (teller.office_of(status), last + (teller.until - last) / 3);
    let by = *teller.world.somebody(&mut teller.dice, office, "PPM");
    if is_open && teller.dice.percent(9) {
        let may_hold = !matches!(status, "PULDA" | "REINT");
        let holds: &[(&str, u64)] = if may_hold { &[("HKM", 25), ("MED", 15)] } else { &[] };
        let others = [("MDA", 25), ("LID", 15), ("HIL", 8), ("TLK", 5)];
        let kind = teller.dice.weighted(&[holds, &others].concat());
        flag(teller, kind, at, &by, None);
    }
    if let (true, Some(earlier)) = (is_open, teller.earlier) {
        flag(teller, "BRL", at, &by, Some(earlier));
    }
    if is_open && teller.dice.percent(8) && !matches!(status, "LAPOR" | "VERIF") {
        teller.begin(Verb::Edit, at, &by);
        let item = teller.item(at);
        let fact = teller.dice.pick(&["nationality-evidence", "exit-permit", "cost-bearer", "health-checked"]);
        teller.set(Slot::of(item, Field::DebtFact), Value::text(fact));
        teller.set(Slot::of(item, Field::DebtFor), Value::code(status));
        let hours = teller.dice.between(-20, 48);
        teller.set(Slot::of(item, Field::DebtDue), time(teller.until + TimeDelta::hours(hours)));
        teller.set(Slot::of(item, Field::DebtBy), Value::Link(Subject::new(Kind::Operator, by.id)));
    }
    if is_open && teller.dice.percent(12) {
        let (track, state) = teller.dice.weighted(&[
            (("HKM", "HKM3"), 30),
            (("KES", "KES2"), 30),
            (("KLG", "KLG2"), 30),
            (("RHB", "RHB3"), 10),
        ]);
        teller.begin(Verb::Edit, at, &by);
        let item = teller.item(at);
        teller.set(Slot::of(item, Field::Track), Value::code(track));
        teller.set(Slot::of(item, Field::TrackState), Value::code(state));
        teller.set(Slot::of(item, Field::TrackAt), time(at));
    }
    if is_open && teller.dice.percent(1) {
        teller.begin(Verb::Edit, at, &by);
        teller.set(Field::IsSealed, Value::YesNo(true));
    }
    if teller.dice.percent(30) {
        note(teller, at, &by);
    }
}

fn flag(teller: &mut Teller<'_>, kind: &str, at: DateTime<Utc>, by: &Operator, other: Option<Subject>) {
    teller.begin(Verb::Flag, at, by);
    let item = teller.item(at);
    teller.set(Slot::of(item, Field::Flag), Value::code(kind));
    teller.set(Slot::of(item, Field::FlagFrom), time(at));
    teller.set(Slot::of(item, Field::FlagBy), Value::text(by.name));
    let why = if kind == "BRL" { "Pernah dipulangkan sebelumnya" } else { "Latihan: menunggu keterangan" };
    teller.set(Slot::of(item, Field::FlagWhy), Value::text(why));
    if let Some(other) = other {
        teller.set(Slot::of(item, Field::FlagOther), Value::Link(other));
    }
}

/// A note of somebody at work.
pub(super) fn note(teller: &mut Teller<'_>, at: DateTime<Utc>, by: &Operator) {
    const NOTES: [&str; 8] = [
        "Sudah dihubungi, menunggu kabar keluarga.",
        "Minta dijadwalkan konseling.",
        "Keluarga menanyakan jadwal penerbangan.",
        "Barang titipan: satu tas, satu telepon.",
        "Diminta membawa berkas asli.",
        "Telepon tidak diangkat, dicoba lagi besok.",
        "Sudah makan dan beristirahat.",
        "Menunggu konfirmasi kantor tujuan.",
    ];
    teller.begin(Verb::Note, at, by);
    let item = teller.item(at);
    let text = teller.dice.pick(&NOTES);
    teller.set(Slot::of(item, Field::NoteText), Value::text(text));
    teller.set(Slot::of(item, Field::NoteBy), Value::Link(Subject::new(Kind::Operator, by.id)));
    teller.set(Slot::of(item, Field::NoteAt), time(at));
}

/// Whether the case of this index is of somebody who was here before.
pub(super) const fn came_before(index: u64) -> Option<u64> {
    match likeness(index) {
        Likeness::Again(earlier) => Some(earlier),
        Likeness::Own | Likeness::TwinOf(_) | Likeness::NamesakeOf(_) => None,
    }
}
