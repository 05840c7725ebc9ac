//! What the writer makes of moves that a dialog planned on an older screen, and of judgements and answers of others.

use crate::hall::*;
use pulang::desk::{Ask, Denied, Seat};
use pulang::domain::field::Field;
use pulang::domain::gate::{Intent, Obstacle};
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
