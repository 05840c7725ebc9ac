//! What the writer makes of moves that a dialog planned on an older screen, and of judgements and answers of others.

use crate::hall::*;
use pulang::desk::{Ask, Denied, Seat, Why};
use pulang::domain::case::Case;
use pulang::domain::field::{Field, Section};
use pulang::domain::gate::{Fact, Intent, Obstacle};
use pulang::domain::offer::NewShare;
use pulang::domain::record::Slot;
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::value::{Dated, Value};

fn given(hall: &Hall, edits: Vec<(Slot, Value)>) -> Intent {
    Intent { edits, emergency: Some("malam".into()), ..Intent::at(hall.now()) }
}

/// Somebody in REHAB, brought there as an emergency.
fn in_rehab(hall: &Hall, seat: &Seat) -> Subject {
    let of = hall.case(seat, "WAYAN CONTOH");
    for to in [Status::Tiba, Status::Asesm, Status::Rehab] {
        done(seat, vec![Ask::Move { of, to, intent: given(hall, Vec::new()) }]);
    }
    of
}

#[test]
fn an_answer_for_many_is_given_by_what_the_case_holds_when_it_is_written() {
    let hall = Hall::new();
    let (chief, other) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seen = other.record(of).unwrap();
    let papers = vec![(Slot::own(Field::PapersMissing), Value::codes(["EXP"]))];
    let intent = Intent { shared: vec![papers], ..Intent::at(hall.now()) };
    done(&other, vec![hall.edit(&seen, &[(Field::PapersMissing, Value::codes(["PSP"]))])]);
    done(&chief, vec![Ask::Move { of, to: Status::Verif, intent }]);
    assert_eq!(chief.record(of).unwrap().get(Field::PapersMissing), Some(&Value::codes(["PSP"])));
}

#[test]
fn a_judgement_is_brought_in_the_name_of_a_colleague_who_may_judge_and_of_nobody_else() {
    let hall = Hall::new();
    let chief = hall.chief();
    let social = hall.hire(&["PKS"]);
    let of = in_rehab(&hall, &chief);
    let today = || Value::Date(Dated::certain("2026-02-20".parse().unwrap()));
    let judged = |by: Subject| {
        let edits = vec![
            (Slot::own(Field::Readiness), Value::code("SIA")),
            (Slot::own(Field::ReadinessBy), Value::Link(by)),
            (Slot::own(Field::ReadinessOn), today()),
            (Slot::own(Field::PsychosocialOn), today()),
        ];
        Ask::Move { of, to: Status::Pulda, intent: given(&hall, edits) }
    };
    for by in [hall.hire(&["HLP"]), hall.stranger(&["PKS"])] {
        assert_eq!(refusal(tried(&chief, vec![judged(by.operator())])), "refused-no-assessor");
    }
    assert_eq!(
        chief.colleagues(pulang::domain::access::Roles::ASSESSORS).len(),
        1,
        "only whoever may judge is offered"
    );
    done(&chief, vec![judged(social.operator())]);
    let record = chief.record(of).unwrap();
    assert_eq!(record.link(Field::ReadinessBy), Some(social.operator()));
    assert_eq!(record.code(Field::Status), Some("PULDA"));
}

#[test]
fn a_closing_is_declined_by_a_supervisor_or_by_who_asked_and_with_a_reason() {
    let hall = Hall::new();
    let (chief, asker, other) = (hall.chief(), hall.hire(&["PPM"]), hall.hire(&["PPM"]));
    let of = hall.case(&asker, "WAYAN CONTOH");
    let ask = || {
        let edits =
            vec![(Field::CloseReason.into(), Value::code("SLH")), (Field::CloseNote.into(), Value::text("dua kali"))];
        Ask::Move { of, to: Status::Tutup, intent: Intent { edits, ..Intent::at(hall.now()) } }
    };
    let decline = |why: Option<&str>| Ask::DeclineClose {
        of,
        intent: Intent { reason: why.map(str::to_owned), ..Intent::at(hall.now()) },
    };
    let obstacle = |answer| match answer {
        Err(Denied::Obstacles(all)) => all[0].1.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(obstacle(tried(&chief, vec![decline(Some("belum"))])), [Obstacle::NotAsked]);
    for seat in [&chief, &asker] {
        done(&asker, vec![ask()]);
        assert_eq!(obstacle(tried(&other, vec![decline(Some("belum"))])), [Obstacle::NeedsSupervisor]);
        assert_eq!(obstacle(tried(seat, vec![decline(None)])), [Obstacle::NeedsReason]);
        done(seat, vec![decline(Some("belum"))]);
        let record = chief.record(of).unwrap();
        assert_eq!((record.get(Field::CloseAskedBy), record.code(Field::Status)), (None, Some("LAPOR")));
    }
}

#[test]
fn what_is_owed_or_missing_in_a_section_that_is_not_shared_is_named_to_its_own_office_alone() {
    let hall = Hall::new();
    let (chief, there) = (hall.chief(), hall.stranger(&["HLP", "KON"]));
    let of = in_rehab(&hall, &chief);
    let share = NewShare {
        office: there.office().id,
        sections: vec![Section::Journey, Section::Desk],
        until: None,
        consent: Some("YA"),
        consent_why: None,
        why: "penjemputan bersama".into(),
        happened: hall.now(),
    };
    done(&chief, vec![Ask::Share { of, share }]);
    hall.pass(10 * 24 * 60);
    let row = chief.row_of(of.id).unwrap();
    // Beds and admission are of care, which is not shared; where somebody landed is of the journey, which is.
    let today = |seat: &Seat| -> Vec<Option<String>> {
        let list = seat.today(hall.now().at);
        let due = seat.today_rows(&list, 0, 10).into_iter().flat_map(|line| line.due);
        due.filter_map(|(why, _)| if let Why::Debt { fact, .. } = why { Some(fact) } else { None }).collect()
    };
    let care = |code: &str| Fact::from_code(code).is_some_and(|fact| fact.field().section() == Section::Care);
    let (ours, theirs) = (today(&chief), today(&there));
    assert!(ours.iter().flatten().any(|code| care(code)) && ours.iter().all(Option::is_some), "{ours:?}");
    assert_eq!(ours.len(), theirs.len(), "what is due is due");
    assert!(theirs.contains(&None) && theirs.contains(&Some("landed-at".into())), "{theirs:?}");
    assert!(!theirs.iter().flatten().any(|code| care(code)), "{theirs:?}");
    let named = |seat: &Seat| {
        let view = seat.open(row).unwrap();
        let debts: Vec<String> = Case(&view.record).open_debts().map(|debt| debt.fact.to_owned()).collect();
        let history = view.events.iter().flat_map(|event| &event.change.edits);
        let past = history.filter_map(|edit| match &edit.now {
            Some(Value::Text(code)) if edit.at.field == Field::DebtFact => Some(code.clone()),
            _ => None,
        });
        let outlook = seat.outlook(row).unwrap();
        let lacks = view.targets.iter().chain(&outlook).flat_map(|target| {
            let missing = target.obstacles.iter().filter_map(|obstacle| match obstacle {
                Obstacle::Missing(fact) | Obstacle::Owed(fact) => Some(*fact),
                _ => None,
            });
            missing.chain(target.owed.iter().copied()).map(|fact| fact.code().to_owned()).collect::<Vec<_>>()
        });
        debts.into_iter().chain(past).chain(lacks.collect::<Vec<_>>()).any(|code| care(&code))
    };
    assert!(named(&chief) && !named(&there));
    let asked = tried(&there, vec![Ask::Move { of, to: Status::Pulda, intent: Intent::at(hall.now()) }]);
    let told = obstacles(asked);
    assert!(told.contains(&Obstacle::Held), "{told:?}");
    assert!(!told.iter().any(|it| it.field().is_some_and(|field| field.section() == Section::Care)), "{told:?}");
}
