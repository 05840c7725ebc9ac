//! Who sees and does what, asked in the writer and in every read; and the trail of it.

use crate::hall::*;
use pulang::desk::{Ask, Order, Seat};
use pulang::domain::change::Verb;
use pulang::domain::field::{Field, Section};
use pulang::domain::flags::NewFlag;
use pulang::domain::query::Query;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use pulang::records::trail::Act;
use ulid::Ulid;

/// Every way to read or write one case, with whether it gave anything.
fn tries(hall: &Hall, seat: &Seat, of: Subject) -> Vec<(&'static str, bool)> {
    let row = seat.row_of(of.id).unwrap();
    let seen = hall.chief().record(of).unwrap();
    let write = |ask: Ask| tried(seat, vec![ask]).is_ok();
    let probe = Facts::from([(Field::Name.into(), Value::text("WAYAN CONTOH"))]);
    let flag = NewFlag { kind: "MNL", happened: hall.now(), until: None, why: "menolak".into(), other: None };
    vec![
        ("list", !seat.list(&Query::default(), Order::Urgency).rows.is_empty()),
        ("total", seat.list(&Query::default(), Order::Urgency).total > 0),
        ("search", found(seat, "wayan") > 0),
        ("count", seat.count(&seat.read_query("wayan").unwrap()) > 0),
        ("summary", seat.summary(row).is_some()),
        ("name", seat.name_of(of).is_some()),
        ("open", seat.open(row).is_ok()),
        ("record", seat.record(of).is_ok()),
        ("record of row", seat.record_of(row).is_ok()),
        ("outlook", seat.outlook(row).is_ok()),
        ("judge", seat.judge(row, Status::Verif, &pulang::domain::gate::Intent::at(hall.now())).is_ok()),
        ("today", !seat.today(hall.now().at + chrono::TimeDelta::days(90)).is_empty()),
        ("urgent", seat.next_urgent().is_some()),
        ("alike", !seat.candidates(&probe, 5).is_empty()),
        ("edit", write(hall.edit(&seen, &[(Field::Marks, Value::text("x"))]))),
        ("note", write(hall.change(&seen, Verb::Note, &[]))),
        ("move", write(hall.step(of, Status::Verif))),
        ("decline", write(Ask::DeclineClose { of, intent: pulang::domain::gate::Intent::at(hall.now()) })),
        ("flag", write(Ask::SetFlag { of, flag })),
        ("tier", write(Ask::Tier { of, tier: Some("1"), why: "demam".into(), happened: hall.now() })),
    ]
}

#[test]
fn leadership_auditor_administrator_and_other_offices_see_no_case() {
    for role in ["PIM", "AUD", "ADM"] {
        let hall = Hall::new();
        let of = hall.case(&hall.chief(), "WAYAN CONTOH");
        let seat = hall.hire(&[role]);
        for (what, gave) in tries(&hall, &seat, of) {
            assert!(!gave, "{role}: {what}");
        }
        assert_eq!(refusal(tried(&seat, vec![hall.arrival(Subject::case(Ulid::new()), "LAIN")])), "why-not-access");
    }
    for role in ["KON", "PNY"] {
        let hall = Hall::new();
        let of = hall.case(&hall.chief(), "WAYAN CONTOH");
        let seat = hall.stranger(&[role]);
        for (what, gave) in tries(&hall, &seat, of) {
            assert!(!gave, "another office's {role}: {what}");
        }
    }
}

#[test]
fn a_sealed_case_is_nowhere_and_only_a_supervisor_seals() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seal = |seat: &Seat| {
        let seen = chief.record(of).unwrap();
        let me = Value::Link(seat.operator());
        let edits =
            [(Field::IsSealed, Value::YesNo(true)), (Field::SealedBy, me), (Field::SealedAt, Value::Time(hall.now()))];
        let Ask::Edit(mut change) = hall.edit(&seen, &edits) else { unreachable!() };
        change.reason = Some("saksi dalam perkara".into());
        tried(seat, vec![Ask::Edit(change)])
    };
    assert_eq!(refusal(seal(&officer)), "why-not-access");
    let seen = officer.record(of).unwrap();
    seal(&chief).unwrap();
    let row = officer.row_of(of.id).unwrap();
    assert_eq!((found(&officer, ""), found(&officer, "wayan")), (0, 0));
    assert!(officer.summary(row).is_none() && officer.open(row).is_err() && officer.record(of).is_err());
    assert!(officer.today(hall.now().at).is_empty() && officer.next_urgent().is_none());
    let late = hall.edit(&seen, &[(Field::Marks, Value::text("x"))]);
    assert_eq!(refusal(tried(&officer, vec![late])), "why-not-access", "a form that was open before");
    assert_eq!(refusal(tried(&officer, vec![hall.step(of, Status::Verif)])), "why-not-access");
}

#[test]
fn the_compartment_is_cut_out_of_every_reading_and_closed_to_every_writing() {
    let hall = Hall::new();
    let (chief, officer, liaison) = (hall.chief(), hall.hire(&["KON"]), hall.hire(&["HKM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seen = liaison.record(of).unwrap();
    let item = Ulid::new();
    let mut change = pulang::domain::change::Change::on(&seen, Verb::Edit, hall.now());
    change.set(&seen, Slot::of(item, Field::ScreenedAt), Some(Value::Time(hall.now())));
    assert_eq!(Field::ScreenedAt.section(), Section::Law);
    assert_eq!(refusal(tried(&officer, vec![Ask::Edit(change.clone())])), "why-not-access");
    done(&liaison, vec![Ask::Edit(change)]);
    assert!(liaison.record(of).unwrap().get(Slot::of(item, Field::ScreenedAt)).is_some());
    assert!(officer.record(of).unwrap().get(Slot::of(item, Field::ScreenedAt)).is_none());
    let view = officer.open(officer.row_of(of.id).unwrap()).unwrap();
    assert!(view.hidden.contains(&Section::Law));
    let law = |slot: Slot| slot.field.section() == Section::Law;
    assert!(!view.record.facts.keys().any(|slot| law(*slot)));
    assert!(!view.events.iter().flat_map(|event| &event.change.edits).any(|edit| law(edit.at)));
}

#[test]
fn merging_and_giving_away_are_the_supervisors_and_a_mother_is_anybodys() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["PPM"]));
    let (of, other) = (hall.case(&chief, "WAYAN CONTOH"), hall.case(&chief, "MADE CONTOH"));
    let link = |seat: &Seat, kind: &str| {
        let seen = chief.record(of).unwrap();
        let mut change = pulang::domain::change::Change::on(&seen, Verb::Link, hall.now());
        let item = Ulid::new();
        change.set(&seen, Slot::of(item, Field::LinkCase), Some(Value::Link(other)));
        change.set(&seen, Slot::of(item, Field::LinkKind), Some(Value::code(kind)));
        tried(seat, vec![Ask::Edit(change)])
    };
    assert_eq!(refusal(link(&officer, "SMA")), "why-not-access");
    link(&officer, "ANK").unwrap();
    link(&officer, "BKN").unwrap();
    link(&chief, "SMA").unwrap();
    let elsewhere = Value::Link(Subject::new(Kind::Office, Ulid::new()));
    let given = hall.edit(&chief.record(of).unwrap(), &[(Field::Owner, elsewhere)]);
    assert_eq!(refusal(tried(&officer, vec![given])), "why-not-access");
}

#[test]
fn who_works_here_is_not_an_officers_to_say_and_views_are_ones_own() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let promoted =
        hall.edit(&officer.record(officer.operator()).unwrap(), &[(Field::OperatorRoles, Value::codes(["PNY"]))]);
    assert_eq!(refusal(tried(&officer, vec![promoted])), "why-not-access");
    let view = |owner: &Seat| {
        let facts = Facts::from([
            (Field::ViewName.into(), Value::text("anak")),
            (Field::ViewQuery.into(), Value::text("tanda:anak")),
            (Field::ViewOwner.into(), Value::Link(owner.operator())),
        ]);
        Ask::Create { of: Subject::new(Kind::View, Ulid::new()), facts, happened: hall.now() }
    };
    done(&officer, vec![view(&officer)]);
    assert_eq!(refusal(tried(&officer, vec![view(&chief)])), "why-not-access");
    assert_eq!((officer.views().len(), chief.views().len()), (1, 0));
}

#[test]
fn operators_are_switched_on_a_practice_desk_only() {
    let hall = Hall::new();
    let officer = hall.hire(&["KON"]);
    assert_eq!(hall.chief().switch(officer.operator().id).unwrap_err().key, "why-not-practice-only");
    drop(officer);
    let practice = Hall::of(true);
    let world = pulang::practice::Practice::new(1, practice.now().at);
    practice.desk.load(world.commits(20, 1), &mut |_| {}).unwrap();
    let seat = practice.desk.enter_supervisor().unwrap();
    for (operator, _, _) in seat.operators() {
        assert_eq!(seat.switch(operator).unwrap().operator().id, operator);
    }
    assert_eq!(practice.desk.enter(4242).unwrap_err().key, "refused-stranger");
}

#[test]
fn every_look_and_every_refusal_leaves_its_line() {
    let hall = Hall::new();
    let (chief, stranger) = (hall.chief(), hall.stranger(&["KON"]));
    let (me, other) = (chief.operator().id, stranger.operator().id);
    let of = hall.case(&chief, "WAYAN CONTOH");
    let row = chief.row_of(of.id).unwrap();
    chief.list(&Query::default(), Order::Name);
    assert_eq!(found(&chief, "wayan"), 1);
    chief.open(row).unwrap();
    let seen = chief.record_of(row).unwrap();
    assert!(stranger.open(row).is_err());
    assert!(stranger.record(of).is_err());
    assert!(tried(&stranger, vec![hall.edit(&seen, &[(Field::Marks, Value::text("x"))])]).is_err());
    drop((chief, stranger));
    let looks = hall.looks();
    let count = |by: Ulid, act: Act, about: Option<Subject>| {
        looks.iter().filter(|look| look.by == by && look.act == act && look.of.first().copied() == about).count()
    };
    assert_eq!(count(me, Act::List, None), 1);
    assert_eq!(count(me, Act::Search, None), 1);
    assert_eq!(count(me, Act::Open, Some(of)), 2, "opened, and taken up for editing");
    assert_eq!(count(other, Act::Refused, Some(of)), 3);
    assert!(looks.iter().all(|look| !format!("{:?}{:?}", look.why, look.fields).contains("wayan")));
}
