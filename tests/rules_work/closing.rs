//! Closing, and what happens without gates: reasons with facts and clocks, two people, flags, referral.

use super::desk::*;
use chrono::TimeDelta;
use pulang::domain::access::Role;
use pulang::domain::case::{Case, summary};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::flags::{NewFlag, clear_flag, give_tier, review_flag, set_flag};
use pulang::domain::gate::{
    Fact, Intent, Obstacle, Referral, Rules, approve_close, ask_close, check, decline_close, plan_move, refer,
};
use pulang::domain::procedural::{Standing, override_procedural, procedural};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::summary::{Signs, Tier};
use pulang::domain::value::{Timed, Value};
use pulang::domain::words::List;
use ulid::Ulid;

fn because(reason: &str) -> Intent {
    Intent { edits: vec![(Field::CloseReason.into(), Value::code(reason))], ..intent() }
}

fn closable(reason: &str) -> Record {
    let record = full(if reason == "SEL" { Status::Reint } else { Status::Tiba });
    if reason != "MGL" {
        return record;
    }
    let dead = with(record, Field::DiedAt, time());
    let dead = with(dead, Slot::of(TRACK, Field::Track), Value::code("JNZ"));
    with(dead, Slot::of(TRACK, Field::TrackState), Value::code("JNZ9"))
}

#[test]
fn one_person_closes_or_asks_and_never_approves_what_he_asked() {
    let rules = Rules::built_in();
    let officer = people(OTHER, &[Role::CaseOfficer]);
    for reason in List::CloseReason.codes() {
        let record = closable(reason);
        let is_two = matches!(*reason, "TLK" | "HKD" | "MGL" | "DUP" | "SLH");
        let asked =
            ask_close(&record, &because(reason), &officer, &rules).unwrap_or_else(|why| panic!("{reason}: {why:?}"));
        assert_eq!(asked.verb, if is_two { Verb::AskClose } else { Verb::Close }, "{reason}");
        assert_eq!(check(&record, &asked, &officer, &rules), Ok(()), "{reason}");
        let after = applied(&record, &asked);
        assert_eq!(Case(&after).status() == Status::Tutup, !is_two, "{reason}");
        if !is_two {
            continue;
        }
        let asker = people(OTHER, &[Role::Supervisor]);
        assert_eq!(approve_close(&after, &intent(), &asker, &rules), Err(vec![Obstacle::SecondPerson]), "{reason}");
        assert_eq!(
            approve_close(&after, &intent(), &people(ME, &[Role::CaseOfficer]), &rules),
            Err(vec![Obstacle::NeedsSupervisor])
        );
        assert_eq!(ask_close(&after, &because(reason), &supervisor(), &rules), Err(vec![Obstacle::AlreadyAsked]));
        let altered = approve_close(&after, &because("SLH"), &supervisor(), &rules);
        assert!(altered.unwrap_err().contains(&Obstacle::Protected(Field::CloseReason)), "{reason}");
        let closed = approve_close(&after, &intent(), &supervisor(), &rules).unwrap();
        assert_eq!(check(&after, &closed, &supervisor(), &rules), Ok(()), "{reason}");
        assert_eq!(Case(&applied(&after, &closed)).status(), Status::Tutup);
        let forged = Change { verb: Verb::Close, ..closed };
        assert!(check(&record, &forged, &supervisor(), &rules).is_err(), "nobody has asked for {reason}");
    }
}

#[test]
fn each_reason_asks_for_its_facts_and_its_days() {
    let rules = Rules::built_in();
    for reason in List::CloseReason.codes() {
        for fact in rules.closing(reason).unwrap().required.clone() {
            let record = match fact {
                Fact::NoHold => held(closable(reason)),
                Fact::ReceiverSafe => child(closable(reason)),
                Fact::BelongingsReturned => {
                    with(closable(reason), Slot::of(Ulid(16), Field::Belonging), Value::text("koper"))
                }
                _ => without(closable(reason), fact.field()),
            };
            let refused = ask_close(&record, &because(reason), &supervisor(), &rules).expect_err(reason);
            assert!(refused.contains(&Obstacle::missing(fact)), "{reason} {fact:?} {refused:?}");
        }
    }
    for (last, left) in [("2025-12-23", None), ("2025-12-24", Some(1)), ("2026-02-20", Some(59))] {
        let record = with(closable("HKD"), Field::LastContact, date(last));
        let expected = left.map_or(Ok(()), |days| Err(vec![Obstacle::TooEarly { days }]));
        assert_eq!(ask_close(&record, &because("HKD"), &supervisor(), &rules).map(|_| ()), expected, "{last}");
    }
    let reached =
        |days| with(closable("BRK"), Field::StatusAt, Value::Time(Timed::certain(now() - TimeDelta::days(days))));
    assert!(ask_close(&reached(30), &because("BRK"), &supervisor(), &rules).is_ok());
    assert_eq!(
        ask_close(&reached(29), &because("BRK"), &supervisor(), &rules),
        Err(vec![Obstacle::TooEarly { days: 1 }])
    );
}

#[test]
fn debts_tracks_seals_and_emergencies_hold_a_closing() {
    let rules = Rules::built_in();
    let owing = with(closable("LMP"), Slot::of(Ulid(15), Field::DebtFact), Value::text("bed"));
    assert!(
        ask_close(&owing, &because("LMP"), &supervisor(), &rules).is_ok(),
        "the bed is known: nothing is owed any more"
    );
    let owing = without(owing, Field::Bed);
    assert_eq!(ask_close(&owing, &because("LMP"), &supervisor(), &rules), Err(vec![Obstacle::OpenDebts(1)]));
    let tracked = with(closable("LMP"), Slot::of(TRACK, Field::Track), Value::code("HKM"));
    let tracked = with(tracked, Slot::of(TRACK, Field::TrackState), Value::code("HKM4"));
    assert_eq!(ask_close(&tracked, &because("LMP"), &supervisor(), &rules), Err(vec![Obstacle::OpenTracks(1)]));
    let taken = with(tracked, Slot::of(TRACK, Field::TrackTakenOverBy), Value::text("Bareskrim"));
    assert!(ask_close(&taken, &because("LMP"), &supervisor(), &rules).is_ok());
    let sealed = with(closable("LMP"), Field::IsSealed, Value::YesNo(true));
    assert_eq!(ask_close(&sealed, &because("LMP"), &supervisor(), &rules).unwrap().verb, Verb::AskClose);
    let hurried = Intent { emergency: Some("cepat".into()), ..because("LMP") };
    assert_eq!(ask_close(&closable("LMP"), &hurried, &supervisor(), &rules), Err(vec![Obstacle::NoEmergency]));
    let flying = without(full(Status::Jalan), Field::LandedAt);
    assert_eq!(
        ask_close(&flying, &because("LMP"), &supervisor(), &rules),
        Err(vec![Obstacle::Missing(Fact::ArrivalResolved)])
    );
}

#[test]
fn a_question_is_declined_and_a_closed_case_opens_again_with_a_reason() {
    let rules = Rules::built_in();
    let record = closable("DUP");
    let asked =
        applied(&record, &ask_close(&record, &because("DUP"), &people(OTHER, &[Role::HelpDesk]), &rules).unwrap());
    let mut edit = Change::on(&asked, Verb::Edit, moment());
    edit.set(&asked, Field::DuplicateOf, Some(Value::Link(Subject::case(Ulid(8)))));
    assert_eq!(check(&asked, &edit, &supervisor(), &rules), Err(vec![Obstacle::Protected(Field::DuplicateOf)]));
    let no = Intent { reason: Some("bukan orang yang sama".into()), ..intent() };
    let declined = decline_close(&asked, &no, &supervisor()).unwrap();
    assert_eq!(check(&asked, &declined, &supervisor(), &rules), Ok(()));
    assert_eq!(Case(&applied(&asked, &declined)).close_asked_by(), None);
    assert_eq!(decline_close(&asked, &no, &people(ME, &[Role::HelpDesk])), Err(vec![Obstacle::NeedsSupervisor]));

    let closed = with(full(Status::Tutup), Field::CloseReason, Value::code("PMX"));
    let officer = people(ME, &[Role::HelpDesk]);
    assert_eq!(plan_move(&closed, Status::Lapor, &intent(), &officer, &rules), Err(vec![Obstacle::NeedsReason]));
    let back = Intent { reason: Some("datang lagi".into()), ..intent() };
    let reopened = plan_move(&closed, Status::Lapor, &back, &officer, &rules).unwrap();
    assert_eq!(reopened.verb, Verb::Reopen);
    assert_eq!(check(&closed, &reopened, &officer, &rules), Ok(()));
    let by_two = with(closed, Field::CloseReason, Value::code("HKD"));
    assert_eq!(plan_move(&by_two, Status::Lapor, &back, &officer, &rules), Err(vec![Obstacle::NeedsSupervisor]));
}

#[test]
fn a_referral_needs_no_gate_and_stops_the_clocks_of_arrival() {
    let rules = Rules::built_in();
    let referral =
        Referral { happened: moment(), to: "RS Contoh".into(), ambulance: None, companion: None, received_by: None };
    let anyone = people(ME, &[Role::Regional]);
    for status in Status::ALL {
        let record = held(child(full(status)));
        let change = refer(&record, &referral, &anyone, &rules).unwrap();
        assert_eq!(check(&record, &change, &anyone, &rules), Ok(()), "{status:?}");
        let after = applied(&record, &change);
        assert_eq!((Case(&after).status(), Case(&after).is_referred()), (status, true));
    }
    for status in [Status::Lapor, Status::Verif, Status::Jalan, Status::Tiba, Status::Asesm] {
        let waiting = without(without(full(status), Field::ChecksAt), Field::Movement);
        assert!(summary(&waiting, None, &rules).due.is_some(), "{status:?}");
        let away = summary(&applied(&waiting, &refer(&waiting, &referral, &anyone, &rules).unwrap()), None, &rules);
        assert_eq!((away.due, away.signs.has(Signs::REFERRED), away.tier), (None, true, Tier::Red), "{status:?}");
    }
    let nobody = Record::empty(Subject::case(Ulid(78)));
    let found = refer(&nobody, &referral, &anyone, &rules).unwrap();
    assert_eq!(check(&nobody, &found, &anyone, &rules), Ok(()));
    let after = applied(&nobody, &found);
    assert_eq!(
        (Case(&after).name(), Case(&after).status(), Case(&after).open_debts().count()),
        ("TAK DIKENAL", Status::Lapor, 2)
    );
}

#[test]
fn holds_belong_to_their_roles_and_are_reviewed_and_ended_never_erased() {
    let rules = Rules::built_in();
    let record = full(Status::Tiba);
    let flag = |kind| NewFlag { kind, happened: moment(), until: None, why: "contoh".into(), other: None };
    let officer = people(ME, &[Role::HelpDesk]);
    assert_eq!(set_flag(&record, &flag("HKM"), &officer), Err(vec![Obstacle::NeedsLiaison]));
    assert_eq!(set_flag(&record, &flag("MED"), &officer), Err(vec![Obstacle::NeedsMedic]));
    assert_eq!(set_flag(&record, &flag("PSH"), &officer), Err(vec![Obstacle::Empty(Field::FlagOther)]));
    assert!(set_flag(&record, &flag("HIL"), &officer).is_ok());
    let liaison = people(ME, &[Role::Liaison]);
    let set = set_flag(&record, &flag("HKM"), &liaison).unwrap();
    assert_eq!(check(&record, &set, &liaison, &rules), Ok(()));
    assert_eq!(check(&record, &set, &officer, &rules), Err(vec![Obstacle::NeedsLiaison]));
    let after = applied(&record, &set);
    let item = Case(&after).live_holds(now()).next().unwrap().item;
    assert_eq!(
        summary(&without(after.clone(), Field::LandedAt), None, &rules).due,
        Some(now() - TimeDelta::days(40) + TimeDelta::minutes(60))
    );
    assert!(review_flag(&after, item, moment(), &officer).is_err());
    assert!(review_flag(&after, item, moment(), &liaison).is_ok());
    assert_eq!(clear_flag(&after, item, " ", moment(), &liaison), Err(vec![Obstacle::NeedsReason]));
    let clear = clear_flag(&after, item, "selesai", moment(), &liaison).unwrap();
    let freed = applied(&after, &clear);
    assert_eq!((Case(&freed).live_holds(now()).count(), Case(&freed).flags().count()), (0, 1));
    assert!(
        !summary(&freed, None, &rules).signs.has(Signs::HELD) && summary(&after, None, &rules).signs.has(Signs::HELD)
    );
    let mut erase = Change::on(&after, Verb::Edit, moment());
    erase.set(&after, Slot::of(item, Field::Flag), None);
    assert_eq!(check(&after, &erase, &supervisor(), &rules), Err(vec![Obstacle::Protected(Field::Flag)]));
}

#[test]
fn anyone_raises_a_tier_and_only_medic_or_supervisor_lowers_it() {
    let rules = Rules::built_in();
    let record = full(Status::Tiba);
    let (officer, medic) = (people(ME, &[Role::HelpDesk]), people(ME, &[Role::Medic]));
    let raised = applied(&record, &give_tier(&record, Some("1"), "pucat", moment(), &officer).unwrap());
    assert_eq!(summary(&raised, None, &rules).tier, Tier::Red);
    for lower in [Some("2"), Some("3"), None] {
        assert_eq!(give_tier(&raised, lower, "membaik", moment(), &officer), Err(vec![Obstacle::NeedsMedic]));
        let change = give_tier(&raised, lower, "membaik", moment(), &medic).unwrap();
        assert_eq!(check(&raised, &change, &officer, &rules), Err(vec![Obstacle::NeedsMedic]), "nor by another way");
        assert_eq!(check(&raised, &change, &medic, &rules), Ok(()));
    }
    let lowered = give_tier(&child(raised.clone()), Some("3"), "membaik", moment(), &medic).unwrap();
    assert_eq!(summary(&applied(&child(raised), &lowered), None, &rules).tier, Tier::Red, "facts stand above the hand");
}

#[test]
fn a_nonprocedural_person_reaches_every_status() {
    let mut rules = Rules::built_in();
    rules.placement = |country, _| Some(&country != b"KHM");
    let mut record = full(Status::Lapor);
    let marks =
        [(Field::WorkCountry, "KHM"), (Field::Siskop, "TTD"), (Field::Visa, "WIS"), (Field::RecruiterLicence, "TDF")];
    marks.into_iter().for_each(|(field, code)| record = with(record.clone(), field, Value::code(code)));
    assert_eq!(procedural(Case(&record), Some(day("2026-02-21")), &rules.placement).standing, Standing::Nonprocedural);
    let overridden = override_procedural(&record, Some("NON"), "dicek", moment(), &supervisor()).unwrap();
    record = applied(&record, &overridden);
    assert_eq!(
        override_procedural(&record, Some("PRO"), "", moment(), &people(ME, &[Role::HelpDesk])),
        Err(vec![Obstacle::NeedsSupervisor, Obstacle::NeedsNote])
    );
    let mut seen = vec![Status::Lapor];
    for to in Status::ALL.into_iter().skip(1) {
        let how = if to == Status::Tutup { because("SEL") } else { intent() };
        let change =
            plan_move(&record, to, &how, &supervisor(), &rules).unwrap_or_else(|why| panic!("{to:?}: {why:?}"));
        assert_eq!(check(&record, &change, &supervisor(), &rules), Ok(()));
        record = applied(&record, &change);
        seen.push(Case(&record).status());
    }
    assert_eq!(seen, Status::ALL);
}
