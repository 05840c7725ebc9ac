//! A minor is handed to nobody unverified, nor to anybody barred, by no path.

use super::desk::*;
use pulang::domain::access::Role;
use pulang::domain::case::Case;
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::{
    Custody, Fact, Intent, Obstacle, Referral, Rules, ask_close, check, hand_to_law, plan_move, refer,
};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::value::{Dated, Value};

fn hand_over(record: &Record, how: &Intent) -> Result<Change, Vec<Obstacle>> {
    plan_move(record, Status::Reint, how, &supervisor(), &Rules::built_in())
}

#[test]
fn a_verified_guardian_takes_the_child_and_nobody_else_does() {
    let minor = child(full(Status::Pulda));
    assert!(hand_over(&guarded(minor.clone(), true), &intent()).is_ok());
    let another = with(guarded(minor.clone(), true), Field::HandedTo, Value::text("Paman Contoh"));
    let alone = with(guarded(minor.clone(), true), Field::HandedContact, Value::text("bukan id"));
    let not_in_charge = without(guarded(minor.clone(), true), Field::ContactIsGuardian);
    for unsafe_record in [minor.clone(), guarded(minor.clone(), false), another, alone, not_in_charge] {
        assert_eq!(hand_over(&unsafe_record, &intent()), Err(vec![Obstacle::Missing(Fact::ReceiverSafe)]));
    }
    for barred in [Field::ContactIsBarred, Field::ContactIsRecruiter] {
        let record = with(guarded(minor.clone(), true), Slot::of(GUARDIAN, barred), Value::YesNo(true));
        assert_eq!(hand_over(&record, &intent()), Err(vec![Obstacle::Held]), "the reason is nobody's on the screen");
        let adult = with(record, Field::Birth, date("1990-05-05"));
        assert_eq!(hand_over(&adult, &intent()), Err(vec![Obstacle::Held]), "nor is an adult handed to them");
    }
}

#[test]
fn doubt_and_the_day_of_landing_make_a_child() {
    let mut movement =
        Record::empty(pulang::domain::subject::Subject::new(pulang::domain::subject::Kind::Movement, ulid::Ulid(3001)));
    movement.facts.insert(Field::MoveLands.into(), date("2026-02-21"));
    let mut circumstances = supervisor();
    circumstances.movement = Some(&movement);
    let adult = full(Status::Pulda);
    let estimated = |text: &str| Value::Date(Dated::estimated(day(text)));
    let people = [
        (with(adult.clone(), Field::Birth, date("2008-02-22")), true),
        (with(adult.clone(), Field::Birth, date("2008-02-21")), false),
        (with(adult.clone(), Field::Birth, estimated("2008-02-21")), true),
        (with(adult.clone(), Field::Birth, estimated("2006-02-21")), false),
        (with(adult.clone(), Field::IsAgeDoubted, Value::YesNo(true)), true),
        (with(without(adult.clone(), Field::Birth), Field::Checks, Value::codes(["A"])), true),
        (without(adult.clone(), Field::Birth), false),
    ];
    for (row, (record, is_child)) in people.into_iter().enumerate() {
        assert_eq!(circumstances.is_child(Case(&record)), is_child, "row {row}");
        let moved = plan_move(&record, Status::Reint, &intent(), &circumstances, &Rules::built_in());
        assert_eq!(moved.is_err(), is_child, "row {row}");
    }
}

#[test]
fn no_emergency_no_correction_no_edit_and_no_closing_opens_another_door() {
    let rules = Rules::built_in();
    let minor = child(full(Status::Pulda));
    let emergency = Intent { emergency: Some("bus menunggu".into()), ..intent() };
    assert!(hand_over(&minor, &emergency).is_err());

    let grown = Intent { edits: vec![(Field::Birth.into(), date("1990-01-01"))], ..intent() };
    assert_eq!(
        hand_over(&minor, &grown),
        Err(vec![Obstacle::Missing(Fact::ReceiverSafe)]),
        "a birth date corrected on the way"
    );

    let closed = child(full(Status::Tutup));
    for to in [Status::Reint, Status::Pulda] {
        let back = Intent { reason: Some("salah tutup".into()), ..intent() };
        assert!(plan_move(&closed, to, &back, &supervisor(), &rules).is_err(), "{to:?}");
    }

    let bare = without(without(minor.clone(), Field::HandedTo), Field::HandedAt);
    for (field, value) in [(Field::HandedTo, Value::text("Paman Contoh")), (Field::HandedAt, time())] {
        for verb in [Verb::Edit, Verb::Undo, Verb::Claim, Verb::Note, Verb::Create, Verb::Refer] {
            let mut edit = Change::on(&bare, verb, moment());
            edit.set(&bare, field, Some(value.clone()));
            let refused = check(&bare, &edit, &supervisor(), &rules).expect_err("nobody is verified");
            assert!(refused.contains(&Obstacle::Missing(Fact::ReceiverSafe)), "{verb:?} {field:?}");
        }
    }
    for verb in [Verb::Edit, Verb::Undo, Verb::Move, Verb::Correct, Verb::Other, Verb::Withdraw] {
        let mut forged = Change::on(&minor, verb, moment());
        forged.set(&minor, Field::Status, Some(Value::code("REINT")));
        assert!(check(&minor, &forged, &supervisor(), &rules).is_err(), "{verb:?}");
    }
    for reason in ["SEL", "PMD", "PMX", "TLK", "BRK", "LMP"] {
        let from = if reason == "SEL" { Status::Reint } else { Status::Tiba };
        let leaving = Intent { edits: vec![(Field::CloseReason.into(), Value::code(reason))], ..intent() };
        let refused = ask_close(&child(full(from)), &leaving, &supervisor(), &rules);
        assert!(refused.unwrap_err().contains(&Obstacle::Missing(Fact::ReceiverSafe)), "{reason}");
    }
}

#[test]
fn police_take_a_minor_only_with_a_companion_and_nobody_barred_rides_along() {
    let rules = Rules::built_in();
    let custody = Custody {
        happened: moment(),
        officer: "Ipda Contoh".into(),
        officer_no: "Z-1".into(),
        unit: "Unit Contoh".into(),
        letter: "belum".into(),
        to: "Kantor Contoh".into(),
        companion: None,
    };
    let liaison = people(ME, &[Role::Liaison]);
    let minor = child(full(Status::Tiba));
    assert_eq!(hand_to_law(&minor, &custody, &liaison), Err(vec![Obstacle::Empty(Field::CustodyCompanion)]));
    let accompanied = Custody { companion: Some("Peksos Contoh".into()), ..custody.clone() };
    let change = hand_to_law(&minor, &accompanied, &liaison).unwrap();
    assert_eq!(check(&minor, &change, &liaison, &rules), Ok(()));
    let after = applied(&minor, &change);
    assert!(Case(&after).is_position("POL") && Case(&after).live_holds(now()).count() == 1);
    assert_eq!(Case(&after).status(), Status::Tiba);

    let barred = with(guarded(minor, true), Slot::of(GUARDIAN, Field::ContactIsRecruiter), Value::YesNo(true));
    let with_recruiter = Custody { companion: Some("contoh, ibu".into()), ..custody };
    assert_eq!(hand_to_law(&barred, &with_recruiter, &liaison), Err(vec![Obstacle::Held]));
    let referral = Referral {
        happened: moment(),
        to: "RS Contoh".into(),
        ambulance: None,
        companion: Some("Ibu Contoh".into()),
        received_by: None,
    };
    assert_eq!(refer(&barred, &referral, &liaison, &rules), Err(vec![Obstacle::Held]));
    let without_companion = Referral { companion: None, ..referral };
    assert!(refer(&barred, &without_companion, &liaison, &rules).is_ok(), "the ambulance leaves all the same");
}
