//! Every gate, with all its facts and with each of them taken away in turn.

use super::desk::*;
use chrono::TimeDelta;
use pulang::domain::access::Role;
use pulang::domain::case::Case;
use pulang::domain::change::Verb;
use pulang::domain::field::Field;
use pulang::domain::gate::{Fact, Intent, Obstacle, Rules, Way, check, outlook, plan_create, plan_move, settle_debts};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;
use ulid::Ulid;

fn lacking(fact: Fact, record: Record) -> Record {
    match fact {
        Fact::NoHold => held(record),
        Fact::FitIfIll => with(without(record, fact.field()), Field::Checks, Value::codes(["S"])),
        Fact::ChildGuardian | Fact::ReceiverSafe => child(record),
        _ => without(record, fact.field()),
    }
}

fn forward_pairs(rules: &Rules) -> Vec<(Status, Status)> {
    let to_pairs = |to: Status| rules.gate(to).from.iter().map(move |from| (*from, to)).collect::<Vec<_>>();
    Status::ALL.into_iter().filter(|to| !matches!(to, Status::Lapor | Status::Tutup)).flat_map(to_pairs).collect()
}

#[test]
fn every_gate_opens_when_all_facts_hold_and_owes_nothing() {
    let rules = Rules::built_in();
    assert_eq!(forward_pairs(&rules).len(), 19);
    for (from, to) in forward_pairs(&rules) {
        let record = full(from);
        let change = plan_move(&record, to, &intent(), &supervisor(), &rules)
            .unwrap_or_else(|why| panic!("{from:?}→{to:?}: {why:?}"));
        assert_eq!(change.table.as_deref(), Some(rules.version.as_str()));
        assert_eq!(check(&record, &change, &supervisor(), &rules), Ok(()));
        let after = applied(&record, &change);
        assert_eq!(Case(&after).status(), to);
        assert_eq!(Case(&after).open_debts().count(), 0, "{from:?}→{to:?}");
    }
}

#[test]
fn each_required_fact_taken_away_is_named_and_nothing_else_is() {
    let rules = Rules::built_in();
    for (from, to) in forward_pairs(&rules) {
        for fact in rules.gate(to).required_of(from) {
            let record = lacking(fact, full(from));
            let obstacles =
                plan_move(&record, to, &intent(), &supervisor(), &rules).expect_err("a required fact is missing");
            assert_eq!(obstacles, [Obstacle::missing(fact)], "{from:?}→{to:?}");
            assert_eq!(obstacles[0].field().is_none(), fact == Fact::NoHold);
        }
    }
}

#[test]
fn all_missing_facts_are_named_at_once() {
    let rules = Rules::built_in();
    for (from, to) in forward_pairs(&rules) {
        let mut record = Record::empty(Subject::case(Ulid(7)));
        record.facts.insert(Field::Status.into(), Value::code(from.code()));
        let obstacles = plan_move(&record, to, &intent(), &supervisor(), &rules).expect_err("nothing is known");
        for fact in rules.gate(to).required_of(from).filter(|fact| !fact.holds(Case(&record), &supervisor())) {
            assert!(obstacles.contains(&Obstacle::missing(fact)), "{from:?}→{to:?} {fact:?}");
        }
    }
}

#[test]
fn every_pair_that_is_no_gate_is_refused_or_a_correction_of_a_supervisor() {
    let rules = Rules::built_in();
    let officer = people(ME, &[Role::HelpDesk, Role::Consular, Role::CaseOfficer, Role::SocialWorker, Role::Regional]);
    for from in Status::ALL {
        for to in Status::ALL {
            if from == to || to == Status::Tutup || rules.gate(to).from.contains(&from) {
                continue;
            }
            let record = full(from);
            let reasoned = Intent { reason: Some("salah pindah".into()), ..intent() };
            let by_officer = plan_move(&record, to, &reasoned, &officer, &rules);
            let by_supervisor = plan_move(&record, to, &reasoned, &supervisor(), &rules);
            let expected = if to > from { Obstacle::NotFrom { from, to } } else { Obstacle::NeedsSupervisor };
            assert_eq!(by_officer, Err(vec![expected]), "{from:?}→{to:?}");
            assert_eq!(
                by_supervisor.map(|change| change.verb).ok(),
                (to < from).then_some(Verb::Correct),
                "{from:?}→{to:?}"
            );
            if to < from {
                assert_eq!(plan_move(&record, to, &intent(), &supervisor(), &rules), Err(vec![Obstacle::NeedsReason]));
            }
        }
    }
}

#[test]
fn the_dialog_shows_all_twelve_with_why_not_and_what_is_owed() {
    let rules = Rules::built_in();
    let targets = outlook(&without(full(Status::Asesm), Field::Bed), &supervisor(), &rules);
    assert_eq!(targets.iter().map(|target| target.status).collect::<Vec<_>>(), Status::ALL);
    let of = |status: Status| targets.iter().find(|target| target.status == status).unwrap();
    assert_eq!(
        (of(Status::Asesm).way, of(Status::Asesm).obstacles.as_slice()),
        (Way::Stay, &[Obstacle::Already(Status::Asesm)][..])
    );
    assert_eq!((of(Status::Rehab).way, of(Status::Rehab).owed.as_slice()), (Way::Forward, &[Fact::Bed][..]));
    assert_eq!(of(Status::Tiba).way, Way::Correct);
    assert_eq!(of(Status::Siap).way, Way::Correct);
    assert_eq!(of(Status::Tutup).obstacles, [Obstacle::Missing(Fact::CloseReason)]);
    let from_report = outlook(&full(Status::Lapor), &supervisor(), &rules);
    assert_eq!(from_report[5].obstacles, [Obstacle::NotFrom { from: Status::Lapor, to: Status::Jalan }]);
}

#[test]
fn facts_filled_by_the_same_change_count_and_settle_what_was_owed() {
    let rules = Rules::built_in();
    let record = without(full(Status::Tiba), Field::Checks);
    let filled = Intent { edits: vec![(Field::Checks.into(), Value::codes(["H"]))], ..intent() };
    let change = plan_move(&record, Status::Asesm, &filled, &supervisor(), &rules).unwrap();
    assert!(Case(&applied(&record, &change)).has_check("H"));

    let owing = without(full(Status::Tiba), Field::HealthCheckedAt);
    let after = applied(&owing, &plan_move(&owing, Status::Asesm, &intent(), &supervisor(), &rules).unwrap());
    let debts: Vec<_> =
        Case(&after).open_debts().map(|debt| (debt.fact.to_owned(), debt.is_emergency, debt.due)).collect();
    assert_eq!(debts, [("health-checked".to_owned(), false, Some(now() + TimeDelta::hours(72)))]);
    let still = plan_move(&after, Status::Rehab, &intent(), &supervisor(), &rules);
    assert_eq!(still, Err(vec![Obstacle::Owed(Fact::HealthChecked)]), "it is owed at the latest when leaving");

    let mut edit = pulang::domain::change::Change::on(&after, Verb::Edit, moment());
    edit.set(&after, Field::HealthCheckedAt, Some(time()));
    settle_debts(&after, &mut edit, &supervisor());
    let settled = applied(&after, &edit);
    assert_eq!(Case(&settled).open_debts().count(), 0);
    assert_eq!(check(&after, &edit, &supervisor(), &rules), Ok(()));
    let again = edit.clone();
    settle_debts(&after, &mut edit, &supervisor());
    assert_eq!(edit, again, "settling twice is settling once");
    assert!(plan_move(&settled, Status::Rehab, &intent(), &supervisor(), &rules).is_ok());
}

#[test]
fn an_emergency_passes_a_required_fact_as_a_visible_debt_except_where_someone_could_be_hurt() {
    let rules = Rules::built_in();
    for (from, to) in forward_pairs(&rules) {
        for fact in rules.gate(to).required_of(from) {
            let record = lacking(fact, full(from));
            let emergency = Intent { emergency: Some("kloter berangkat sekarang".into()), ..intent() };
            match plan_move(&record, to, &emergency, &supervisor(), &rules) {
                Ok(change) => {
                    assert!(!matches!(fact, Fact::NoHold | Fact::ChildGuardian | Fact::ReceiverSafe), "{fact:?}");
                    assert_eq!(check(&record, &change, &supervisor(), &rules), Ok(()), "{from:?}→{to:?} {fact:?}");
                    let after = applied(&record, &change);
                    let debt =
                        Case(&after).open_debts().find(|debt| debt.fact == fact.code()).expect("the fact is owed");
                    assert!(debt.is_emergency);
                    assert_eq!(debt.due, Some(now() + rules.emergency_due));
                }
                Err(obstacles) => {
                    assert!(matches!(fact, Fact::NoHold | Fact::ChildGuardian | Fact::ReceiverSafe), "{fact:?}");
                    assert_eq!(obstacles, [Obstacle::missing(fact)]);
                }
            }
            let blank = Intent { emergency: Some("  ".into()), ..intent() };
            assert!(
                plan_move(&record, to, &blank, &supervisor(), &rules).unwrap_err().contains(&Obstacle::NeedsReason)
            );
        }
    }
}

#[test]
fn a_debt_that_is_due_before_the_way_home_stops_there_by_every_door() {
    let rules = Rules::built_in();
    let record = without(full(Status::Jalan), Field::IdentityCheckedAt);
    let arrived = applied(&record, &plan_move(&record, Status::Tiba, &intent(), &supervisor(), &rules).unwrap());
    let mut assessed =
        applied(&arrived, &plan_move(&arrived, Status::Asesm, &intent(), &supervisor(), &rules).unwrap());
    assessed.facts.insert(Field::Readiness.into(), Value::code("TPL"));
    for to in [Status::Pulda, Status::Reint] {
        let why = plan_move(&assessed, to, &intent(), &supervisor(), &rules).unwrap_err();
        assert_eq!(why, [Obstacle::Owed(Fact::IdentityChecked)], "{to:?}");
    }
}

#[test]
fn readiness_is_another_persons_and_not_the_movers_own() {
    let rules = Rules::built_in();
    let record = full(Status::Rehab);
    let himself = people(OTHER, &[Role::Supervisor]);
    assert_eq!(
        plan_move(&record, Status::Pulda, &intent(), &himself, &rules),
        Err(vec![Obstacle::Missing(Fact::ReadyBySecond)])
    );
    let bare = without(without(record.clone(), Field::Readiness), Field::ReadinessBy);
    let by = |who| Value::Link(Subject::new(pulang::domain::subject::Kind::Operator, who));
    let judged = |who| Intent {
        edits: vec![(Field::Readiness.into(), Value::code("SIA")), (Field::ReadinessBy.into(), by(who))],
        ..intent()
    };
    assert_eq!(
        plan_move(&bare, Status::Pulda, &judged(ME), &supervisor(), &rules),
        Err(vec![Obstacle::Missing(Fact::ReadyBySecond)]),
        "a judgement of one's own is nobody else's"
    );
    let brought = plan_move(&bare, Status::Pulda, &judged(OTHER), &supervisor(), &rules).expect("another has judged");
    assert_eq!(check(&bare, &brought, &supervisor(), &rules), Ok(()));
    let undated = without(bare.clone(), Field::ReadinessOn);
    let why = plan_move(&undated, Status::Pulda, &judged(OTHER), &supervisor(), &rules).unwrap_err();
    assert!(why.contains(&Obstacle::Protected(Field::ReadinessBy)), "without its day nobody has judged: {why:?}");
}

#[test]
fn nobody_s_judgement_is_altered_under_its_old_name_nor_signed_for_another_in_an_edit() {
    let rules = Rules::built_in();
    let mut unready = full(Status::Rehab);
    unready.facts.insert(Field::Readiness.into(), Value::code("BLM"));
    let altered = Intent { edits: vec![(Field::Readiness.into(), Value::code("SIA"))], ..intent() };
    let why = plan_move(&unready, Status::Pulda, &altered, &supervisor(), &rules).unwrap_err();
    assert_eq!(why, [Obstacle::Protected(Field::ReadinessBy)]);
    let bare = without(without(full(Status::Rehab), Field::Readiness), Field::ReadinessBy);
    let mut edit = pulang::domain::change::Change::on(&bare, Verb::Edit, moment());
    let other = Value::Link(Subject::new(pulang::domain::subject::Kind::Operator, OTHER));
    edit.set(&bare, Field::Readiness, Some(Value::code("SIA")));
    edit.set(&bare, Field::ReadinessBy, Some(other));
    assert_eq!(check(&bare, &edit, &supervisor(), &rules), Err(vec![Obstacle::Protected(Field::ReadinessBy)]));
}

#[test]
fn roles_and_regions_are_kept_and_a_future_move_is_a_slip() {
    let rules = Rules::built_in();
    let medic = people(ME, &[Role::Medic]);
    assert_eq!(
        plan_move(&full(Status::Dokum), Status::Siap, &intent(), &medic, &rules),
        Err(vec![Obstacle::NotYourRole])
    );
    let mut regional = people(ME, &[Role::Regional]);
    regional.region = Some("33");
    assert_eq!(
        plan_move(&full(Status::Pulda), Status::Reint, &intent(), &regional, &rules),
        Err(vec![Obstacle::NotYourRegion])
    );
    regional.region = Some("71");
    assert!(plan_move(&full(Status::Pulda), Status::Reint, &intent(), &regional, &rules).is_ok());
    let late = Intent::at(pulang::domain::value::Timed::certain(now() + TimeDelta::hours(1)));
    assert_eq!(
        plan_move(&full(Status::Lapor), Status::Verif, &late, &supervisor(), &rules),
        Err(vec![Obstacle::InFuture])
    );
}

#[test]
fn a_case_opens_with_its_report_or_owes_it() {
    let rules = Rules::built_in();
    let of = Subject::case(Ulid(77));
    let bare = plan_create(of, &intent(), &supervisor(), &rules).unwrap_err();
    let facts = [Fact::Named, Fact::ReportChannel, Fact::ReportedAt, Fact::ReportCountry];
    assert_eq!(bare, facts.map(Obstacle::Missing));
    let unknown = Intent {
        edits: vec![(Field::NameKind.into(), Value::code("TDK"))],
        emergency: Some("tidak sadar".into()),
        ..intent()
    };
    let change = plan_create(of, &unknown, &supervisor(), &rules).unwrap();
    let after = applied(&Record::empty(of), &change);
    assert_eq!(
        (change.verb, Case(&after).status(), Case(&after).open_debts().count()),
        (Verb::Create, Status::Lapor, 3)
    );
    assert_eq!(check(&Record::empty(of), &change, &supervisor(), &rules), Ok(()));
}

#[test]
fn nothing_on_a_shared_row_tells_what_hurts() {
    for &fact in Fact::ALL {
        let obstacle = Obstacle::missing(fact);
        let told = obstacle.neutral();
        if fact.is_confidential() {
            assert_eq!((told.key, told.args.len()), ("obstacle-held", 0), "{fact:?}");
        }
    }
    assert_eq!(Obstacle::missing(Fact::NoHold).refusal().key, "obstacle-held", "a hold has one sentence, everywhere");
}

#[test]
fn a_desk_field_cannot_be_slipped_in_with_a_move() {
    let rules = Rules::built_in();
    for (slot, value) in [
        (Slot::own(Field::Status), Value::code("REINT")),
        (Slot::own(Field::CaseNumber), Value::Number(26_000_001)),
        (Slot::of(Ulid(14), Field::FlagTo), time()),
        (Slot::of(Ulid(15), Field::DebtSettledAt), time()),
    ] {
        let sly = Intent { edits: vec![(slot, value)], ..intent() };
        let refused = plan_move(&full(Status::Lapor), Status::Verif, &sly, &supervisor(), &rules);
        assert_eq!(refused, Err(vec![Obstacle::Protected(slot.field)]));
    }
}
