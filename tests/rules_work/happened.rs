//! When a move happened, and whom an answer for many reaches.

use crate::desk::{ME, full, intent, moment, now, people, supervisor, time};
use chrono::TimeDelta;
use pulang::domain::access::Role;
use pulang::domain::field::Field;
use pulang::domain::gate::{Intent, Obstacle, Rules, plan_move};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::value::{Timed, Value};

fn without(mut record: Record, field: Field) -> Record {
    record.facts.retain(|slot, _| slot.field != field);
    record
}

fn filled(field: Field, value: Value) -> Intent {
    Intent { edits: vec![(field.into(), value)], ..intent() }
}

#[test]
fn a_move_happens_at_the_hour_that_was_typed_for_it_and_clocks_run_on_that() {
    let rules = Rules::built_in();
    for (from, to, field) in [
        (Status::Lapor, Status::Tiba, Field::LandedAt),
        (Status::Asesm, Status::Rehab, Field::AdmittedAt),
        (Status::Pulda, Status::Reint, Field::HandedAt),
    ] {
        let early = Timed::certain(now() - TimeDelta::days(3));
        let record = without(full(from), field);
        let change = plan_move(&record, to, &filled(field, Value::Time(early)), &supervisor(), &rules).unwrap();
        assert_eq!(change.happened, early, "{to:?}");
        let since = change.after(&record, Field::StatusAt);
        assert_eq!(since, Some(&Value::Time(early)), "{to:?}");
        let tomorrow = Value::Time(Timed::certain(now() + TimeDelta::hours(20)));
        let why = plan_move(&record, to, &filled(field, tomorrow), &supervisor(), &rules).unwrap_err();
        assert_eq!(why, [Obstacle::InFuture], "{to:?}");
    }
}

#[test]
fn an_hour_that_stood_there_counts_unless_it_is_of_an_earlier_stay() {
    let rules = Rules::built_in();
    let hour = now() - TimeDelta::hours(1);
    let landed = plan_move(&full(Status::Lapor), Status::Tiba, &intent(), &supervisor(), &rules).unwrap();
    assert_eq!(landed.happened.at, hour);
    let mut again = full(Status::Asesm);
    let old = Timed::certain(now() - TimeDelta::days(90));
    again.facts.insert(Field::AdmittedAt.into(), Value::Time(old));
    let admitted = plan_move(&again, Status::Rehab, &intent(), &supervisor(), &rules).unwrap();
    assert_eq!(admitted.happened, moment(), "the admission of another stay");
    let verified = plan_move(&full(Status::Lapor), Status::Verif, &intent(), &supervisor(), &rules).unwrap();
    assert_eq!(verified.happened, moment());
}

#[test]
fn an_answer_for_many_goes_whole_to_who_holds_nothing_of_it_and_to_nobody_else() {
    let rules = Rules::built_in();
    let source = || vec![(Slot::own(Field::IdentitySource), Value::code("PGK"))];
    let many = Intent { shared: vec![source()], ..intent() };
    let has = full(Status::Lapor);
    let kept = plan_move(&has, Status::Verif, &many, &supervisor(), &rules).unwrap();
    assert_eq!(kept.after(&has, Field::IdentitySource), Some(&Value::code("PSP")));
    let lacks = without(has, Field::IdentitySource);
    let given = plan_move(&lacks, Status::Verif, &many, &supervisor(), &rules).unwrap();
    assert_eq!(given.after(&lacks, Field::IdentitySource), Some(&Value::code("PGK")));

    let safety = vec![
        (Slot::own(Field::Safety), Value::code("BHY")),
        (Slot::own(Field::SafetyAt), time()),
        (Slot::own(Field::SafetySource), Value::text("Z lain")),
    ];
    let half = without(full(Status::Verif), Field::SafetySource);
    let many = Intent { shared: vec![safety], ..intent() };
    let why = plan_move(&half, Status::Lindung, &many, &supervisor(), &rules).unwrap_err();
    assert_eq!(why.len(), 1, "one's answer is not mixed with another's: {why:?}");
}

#[test]
fn an_answer_for_many_is_still_only_what_a_move_may_write() {
    let rules = Rules::built_in();
    let lacks = without(full(Status::Lapor), Field::DiedAt);
    let many = Intent { shared: vec![vec![(Slot::own(Field::DiedAt), time())]], ..intent() };
    let why = plan_move(&lacks, Status::Verif, &many, &people(ME, &[Role::Supervisor]), &rules).unwrap_err();
    assert_eq!(why, [Obstacle::Protected(Field::DiedAt)]);
}
