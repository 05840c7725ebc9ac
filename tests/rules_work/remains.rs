//! Death freezes the main track and opens the remains track, paper by paper.

use super::desk::*;
use pulang::domain::access::Role;
use pulang::domain::case::{Case, summary};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::{Death, Fact, Intent, Obstacle, Rules, check, die, outlook, plan_move, retract_death};
use pulang::domain::record::{ItemId, Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::summary::Tier;
use pulang::domain::track::{Step, initials, lacking, step};
use pulang::domain::value::Value;

fn to(item: ItemId, state: &'static str) -> Step {
    Step { item: Some(item), state, happened: moment(), no: None, taken_over_by: None }
}

fn dead() -> (Record, ItemId) {
    let record = full(Status::Lindung);
    let death =
        Death { died: moment(), place: Some("RS Contoh".into()), cause: Some("sakit".into()), nature: Some("WJR") };
    let change = die(&record, &death, &supervisor()).unwrap();
    assert_eq!(change.verb, Verb::Die);
    assert_eq!(check(&record, &change, &supervisor(), &Rules::built_in()), Ok(()));
    let after = applied(&record, &change);
    let item = Case(&after).tracks().next().expect("the remains track is open").item;
    (after, item)
}

#[test]
fn death_stops_the_main_track_and_the_clocks_and_can_be_taken_back() {
    let rules = Rules::built_in();
    let (record, _) = dead();
    assert_eq!(Case(&record).status(), Status::Lindung);
    for target in
        outlook(&record, &supervisor(), &rules).iter().filter(|t| !matches!(t.status, Status::Lindung | Status::Tutup))
    {
        let is_refused =
            target.obstacles.contains(&Obstacle::Dead) || matches!(target.obstacles[0], Obstacle::NotFrom { .. });
        assert!(is_refused, "{:?}", target.status);
    }
    let emergency = Intent { emergency: Some("x".into()), ..intent() };
    assert!(plan_move(&record, Status::Siap, &emergency, &supervisor(), &rules).unwrap_err().contains(&Obstacle::Dead));
    let digest = summary(&record, None, &rules);
    assert_eq!((digest.tier, digest.due), (Tier::Remains, None));

    let officer = people(ME, &[Role::Consular]);
    assert_eq!(retract_death(&record, "masih hidup", moment(), &officer), Err(vec![Obstacle::NeedsSupervisor]));
    let alive = retract_death(&record, "masih hidup", moment(), &supervisor()).unwrap();
    assert_eq!(check(&record, &alive, &supervisor(), &rules), Ok(()));
    let after = applied(&record, &alive);
    assert!(!Case(&after).is_dead() && Case(&after).tracks().next().is_none());
    assert_eq!(retract_death(&after, "x", moment(), &supervisor()), Err(vec![Obstacle::Alive]));
}

#[test]
fn the_remains_come_home_step_by_step_and_each_missing_paper_stops_the_fourth() {
    let rules = Rules::built_in();
    let (mut record, item) = dead();
    assert_eq!(step(&record, &to(item, "JNZ3"), &supervisor(), &rules).unwrap_err()[0], Obstacle::StateOutOfOrder);
    record = with(record, Field::RemainsIdentifiedAt, time());
    for field in [Field::RemainsIdentifiedBy, Field::HeirName, Field::AirWaybill] {
        record = with(record, field, Value::text("Contoh"));
    }
    record = with(record, Field::HeirRelation, Value::code("KAK"));
    for state in ["JNZ2", "JNZ3"] {
        let change = step(&record, &to(item, state), &supervisor(), &rules).unwrap();
        assert_eq!(check(&record, &change, &supervisor(), &rules), Ok(()), "{state}");
        record = applied(&record, &change);
    }
    let missing = lacking(&record, "JNZ4", &supervisor(), &rules);
    assert_eq!(missing.len(), 11);
    let refused = step(&record, &to(item, "JNZ4"), &supervisor(), &rules).unwrap_err();
    assert_eq!(refused, missing.iter().map(|fact| Obstacle::Missing(*fact)).collect::<Vec<_>>());
    let mut forged = Change::on(&record, Verb::Edit, moment());
    forged.set(&record, Slot::of(item, Field::TrackState), Some(Value::code("JNZ9")));
    assert!(
        check(&record, &forged, &supervisor(), &rules).unwrap_err().contains(&Obstacle::StateOutOfOrder),
        "nor by an edit"
    );
    record = with(record, Field::HeirConsentAt, time());
    let papers = ["PAS", "MCC", "BPM", "SKM", "EMB", "SGL", "IZE", "PIN", "PKL", "KUA"];
    for left_out in papers {
        let held = papers.into_iter().filter(|paper| *paper != left_out);
        let short = with(record.clone(), Field::RemainsPapers, Value::codes(held));
        assert_eq!(step(&short, &to(item, "JNZ4"), &supervisor(), &rules).unwrap_err().len(), 1, "{left_out}");
    }
    let unnamed = without(with(record.clone(), Field::RemainsPapers, Value::codes(papers)), Field::RemainsIdentifiedAt);
    assert_eq!(
        step(&unnamed, &to(item, "JNZ4"), &supervisor(), &rules),
        Err(vec![Obstacle::Missing(Fact::RemainsIdentified)])
    );
    record = with(record, Field::RemainsPapers, Value::codes(papers.into_iter().chain(["IAK", "PIB", "AKM", "BRG"])));
    for state in ["JNZ4", "JNZ5", "JNZ6", "JNZ7", "JNZ8", "JNZ9"] {
        let change =
            step(&record, &to(item, state), &supervisor(), &rules).unwrap_or_else(|why| panic!("{state}: {why:?}"));
        record = applied(&record, &change);
    }
    let closing = Intent { edits: vec![(Field::CloseReason.into(), Value::code("MGL"))], ..intent() };
    let asked = plan_move(&record, Status::Tutup, &closing, &people(OTHER, &[Role::Consular]), &rules).unwrap();
    record = applied(&record, &asked);
    let closed = plan_move(&record, Status::Tutup, &intent(), &supervisor(), &rules).unwrap();
    assert_eq!(Case(&applied(&record, &closed)).status(), Status::Tutup);
}

#[test]
fn an_unnatural_death_asks_for_police_and_autopsy_and_initials_stand_for_the_name() {
    let rules = Rules::built_in();
    let (record, item) = dead();
    let record = applied(&record, &step(&record, &to(item, "JNZ2"), &supervisor(), &rules).unwrap());
    let record = with(record, Field::DeathNature, Value::code("TWJ"));
    assert!(lacking(&record, "JNZ3", &supervisor(), &rules).contains(&Fact::UnnaturalPapers));
    let record = with(record, Field::RemainsPapers, Value::codes(["LPK", "OTP"]));
    assert!(!lacking(&record, "JNZ3", &supervisor(), &rules).contains(&Fact::UnnaturalPapers));
    assert_eq!(initials("XAVERIA YOLANDA tumbelaka"), "X.Y.T.");
    assert_eq!(initials(""), "");
}
