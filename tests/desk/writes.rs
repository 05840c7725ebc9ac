//! Committing: merge, conflict, idempotency, all or none, numbers, imports, news.

use crate::hall::*;
use pulang::desk::{Ask, Denied, Proposal};
use pulang::domain::change::Verb;
use pulang::domain::field::Field;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::summary::Signs;
use pulang::domain::value::{Dated, Value};
use ulid::Ulid;

#[test]
fn two_seats_merge_where_they_touch_other_fields_and_conflict_where_they_touch_the_same() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seen = chief.record(of).unwrap();
    done(&chief, vec![hall.edit(&seen, &[(Field::Marks, Value::text("tato naga"))])]);
    done(&officer, vec![hall.edit(&seen, &[(Field::Aliases, Value::text("Iwan"))])]);
    let both = officer.record(of).unwrap();
    assert_eq!((both.text(Field::Marks), both.text(Field::Aliases)), (Some("tato naga"), Some("Iwan")));
    let late = tried(&officer, vec![hall.edit(&seen, &[(Field::Marks, Value::text("tato ular"))])]);
    assert_eq!(late, Err(Denied::Conflict { of, slots: vec![Slot::from(Field::Marks)] }));
    assert_eq!(text(&chief, of, Field::Marks).as_deref(), Some("tato naga"));
}

#[test]
fn ones_own_earlier_save_is_no_conflict_but_somebody_elses_in_between_is() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seen = chief.record(of).unwrap();
    let marks = |text: &str| vec![hall.edit(&seen, &[(Field::Marks, Value::text(text))])];
    done(&chief, marks("satu"));
    done(&chief, marks("dua"));
    assert_eq!(text(&chief, of, Field::Marks).as_deref(), Some("dua"));
    let now = officer.record(of).unwrap();
    done(&officer, vec![hall.edit(&now, &[(Field::Marks, Value::text("tiga"))])]);
    assert!(matches!(tried(&chief, marks("empat")), Err(Denied::Conflict { .. })));
    let seen = chief.record(of).unwrap();
    let aliases = |text: &str| vec![hall.edit(&seen, &[(Field::Aliases, Value::text(text))])];
    done(&hall.chief(), aliases("lima"));
    assert!(matches!(tried(&chief, aliases("enam")), Err(Denied::Conflict { .. })), "at another screen");
    assert_eq!(text(&chief, of, Field::Marks).as_deref(), Some("tiga"));
}

#[test]
fn a_proposal_asked_twice_happens_once_and_is_answered_the_same_also_after_a_restart() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = Subject::case(Ulid::new());
    let proposal = Proposal { id: chief.new_id(), asks: vec![hall.arrival(of, "WAYAN CONTOH")], undoes: None };
    // Both wait for the writer together, and a third comes later.
    let tickets = [chief.propose(proposal.clone()), chief.propose(proposal.clone())];
    let [first, second] = tickets.map(|ticket| ticket.wait(std::time::Duration::from_secs(60)).unwrap().unwrap());
    assert_eq!(first, second);
    assert_eq!(answer(&chief, proposal.clone()).unwrap(), first);
    assert_eq!((first.changed, everybody(&chief).len()), (1, 1));
    assert_eq!(chief.record(of).unwrap().revision, 1);
    drop(chief);
    let hall = hall.restarted();
    assert_eq!(answer(&hall.chief(), proposal).unwrap(), first);
    assert_eq!(everybody(&hall.chief()).len(), 1);
}

#[test]
fn a_bulk_happens_for_all_or_for_none_and_says_who_stands_in_the_way() {
    let hall = Hall::new();
    let chief = hall.chief();
    let ready: Vec<Subject> = (0..5).map(|n| hall.case(&chief, &format!("CONTOH {n}"))).collect();
    let unready = Subject::case(Ulid::new());
    let Ask::Create { mut facts, happened, .. } = hall.arrival(unready, "TANPA SUMBER") else {
        panic!("an edit was asked for")
    };
    facts.remove(&Field::IdentitySource.into());
    done(&chief, vec![Ask::Create { of: unready, facts, happened }]);
    let move_all = |of: &[Subject]| of.iter().map(|of| hall.step(*of, Status::Verif)).collect::<Vec<_>>();
    let mut all = ready.clone();
    all.push(unready);
    match tried(&chief, move_all(&all)) {
        Err(Denied::Obstacles(obstacles)) => {
            assert_eq!(obstacles.iter().map(|(of, _)| *of).collect::<Vec<_>>(), [unready]);
        }
        other => panic!("{other:?}"),
    }
    assert!(everybody(&chief).iter().all(|one| one.status == Status::Lapor));
    assert_eq!(done(&chief, move_all(&ready)).changed, 5);
    assert_eq!(everybody(&chief).iter().filter(|one| one.status == Status::Verif).count(), 5);
}

#[test]
fn numbers_are_given_once_and_never_again() {
    let hall = Hall::new();
    let chief = hall.chief();
    hall.case(&chief, "SATU CONTOH");
    hall.case(&chief, "DUA CONTOH");
    undo(&chief).unwrap();
    assert_eq!(numbers(&chief), [1]);
    let refused = tried(&chief, vec![hall.arrival(Subject::case(Ulid::new()), "")]);
    assert!(matches!(refused, Err(Denied::Obstacles(_))), "nobody without a name: {refused:?}");
    let three = done(&chief, vec![hall.arrival(Subject::case(Ulid::new()), "TIGA CONTOH")]);
    assert_eq!((number(&three).year, number(&three).running), (26, 3), "what was withdrawn keeps its number");
    undo(&chief).unwrap();
    drop(chief);
    let hall = hall.restarted();
    let four = done(&hall.chief(), vec![hall.arrival(Subject::case(Ulid::new()), "EMPAT CONTOH")]);
    assert_eq!(number(&four).running, 4);
    hall.pass(60 * 24 * 330);
    let next_year = done(&hall.chief(), vec![hall.arrival(Subject::case(Ulid::new()), "LIMA CONTOH")]);
    assert_eq!((number(&next_year).year, number(&next_year).running), (27, 1));
}

#[test]
fn nobody_chooses_their_own_number_owner_or_seal() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let with = |field: Field, value: Value| {
        let of = Subject::case(Ulid::new());
        let Ask::Create { mut facts, happened, .. } = hall.arrival(of, "WAYAN CONTOH") else { panic!("a creation") };
        facts.insert(field.into(), value);
        (of, tried(&officer, vec![Ask::Create { of, facts, happened }]))
    };
    let elsewhere = Subject::new(Kind::Office, Ulid::new());
    for (field, value) in [
        (Field::CaseNumber, Value::Number(26_000_777)),
        (Field::Owner, Value::Link(elsewhere)),
        (Field::IsSealed, Value::YesNo(true)),
        (Field::Status, Value::code("REHAB")),
    ] {
        if with(field, value).1.is_ok() {
            let one = everybody(&chief).pop().unwrap();
            let record = chief.record(Subject::case(one.id)).unwrap();
            assert_eq!((one.number.running, one.status), (1, Status::Lapor), "{field:?}");
            assert_ne!(record.link(Field::Owner), Some(elsewhere));
            assert!(!record.is_yes(Field::IsSealed));
            undo(&officer).unwrap();
        }
    }
}

#[test]
fn what_a_form_would_not_take_the_writer_does_not_either() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seen = chief.record(of).unwrap();
    for (field, value) in [
        (Field::Marks, Value::text("x".repeat(100_000))),
        (Field::Sex, Value::code("TIDAK-ADA")),
        (Field::Birth, Value::text("kemarin")),
    ] {
        assert!(
            matches!(tried(&chief, vec![hall.edit(&seen, &[(field, value)])]), Err(Denied::Obstacles(_))),
            "{field:?}"
        );
    }
    assert_eq!(chief.record(of).unwrap(), seen);
}

#[test]
fn a_manifest_comes_in_whole_gets_queue_numbers_and_changes_nothing_the_second_time() {
    let hall = Hall::new();
    let chief = hall.chief();
    let (id, first) = hall.import(&chief);
    let first = first.unwrap();
    assert_eq!((first.created.len(), first.changed, found(&chief, "")), (110, 110, 110));
    let mut queues: Vec<u16> = everybody(&chief).iter().map(|one| one.queue).collect();
    queues.sort_unstable();
    assert_eq!(queues, (1..=110).collect::<Vec<u16>>());
    assert_eq!(numbers(&chief), (1..=110).collect::<Vec<u32>>());
    let bytes = std::fs::read("tests/data/manifest_110.csv").unwrap();
    let again = chief.preview(&bytes, "lagi", hall.now().at).unwrap();
    assert!(again.known.is_some());
    let movement = again.known;
    assert_eq!(chief.next_queue(movement), Some(111));
    let everyone_is_here = (0..again.rows()).filter(|row| again.state(*row) == pulang::desk::importing::RowState::Same);
    assert_eq!(everyone_is_here.count(), 113 - weak(&again));
    let replay = Proposal { id, asks: chief.asks_of_preview(&again, hall.now().at), undoes: None };
    assert_eq!(answer(&chief, replay).unwrap(), first);
    assert_eq!(found(&chief, ""), 110);
    assert_eq!(undo(&chief).unwrap().changed, 110);
    assert_eq!(found(&chief, ""), 0);
    assert!(chief.preview(&bytes, "lagi", hall.now().at).unwrap().known.is_none(), "a withdrawn movement is none");
}

/// Rows in which nothing ties a person to anybody: no number, no phone, and a name alone decides nothing.
fn weak(preview: &pulang::desk::importing::Preview) -> usize {
    (0..preview.rows()).filter(|row| preview.on_desk(*row).is_none() && preview.same_in_file(*row).is_none()).count()
}

#[test]
fn an_import_with_one_row_that_cannot_be_leaves_nothing_behind() {
    let hall = Hall::new();
    let chief = hall.chief();
    let bytes = std::fs::read("tests/data/manifest_110.csv").unwrap();
    let preview = chief.preview(&bytes, "kloter uji", hall.now().at).unwrap();
    let mut asks = chief.asks_of_preview(&preview, hall.now().at);
    let Some(Ask::Create { facts, .. }) = asks.last_mut() else { panic!("a creation") };
    facts.remove(&Field::Name.into());
    assert!(matches!(tried(&chief, asks), Err(Denied::Obstacles(_))));
    assert_eq!(found(&chief, ""), 0);
    assert!(chief.preview(&bytes, "kloter uji", hall.now().at).unwrap().known.is_none());
    let (_, whole) = hall.import(&chief);
    assert_eq!(whole.unwrap().created[0].1.running, 1, "no number was spent on what did not happen");
}

#[test]
fn a_movement_that_lands_on_another_day_makes_and_unmakes_children() {
    let hall = Hall::new();
    let chief = hall.chief();
    let movement = Subject::new(Kind::Movement, Ulid::new());
    let lands = |day: &str| Value::Date(Dated::certain(day.parse().unwrap()));
    let facts =
        Facts::from([(Field::MoveName.into(), Value::text("kloter")), (Field::MoveLands.into(), lands("2026-02-21"))]);
    let of = Subject::case(Ulid::new());
    let Ask::Create { facts: mut person, happened, .. } = hall.arrival(of, "WAYAN CONTOH") else {
        panic!("a creation")
    };
    person.insert(Field::Movement.into(), Value::Link(movement));
    person.insert(Field::Birth.into(), lands("2008-03-01"));
    done(&chief, vec![Ask::Create { of: movement, facts, happened }, Ask::Create { of, facts: person, happened }]);
    let is_child = |seat: &pulang::desk::Seat| everybody(seat)[0].signs.has(Signs::CHILD);
    assert!(is_child(&chief), "seventeen when it lands");
    let later = |day: &str| {
        let seen = chief.record(movement).unwrap();
        done(&chief, vec![hall.edit(&seen, &[(Field::MoveLands, lands(day))])]);
    };
    later("2026-03-02");
    assert!(!is_child(&chief), "eighteen when it lands");
    undo(&chief).unwrap();
    assert!(is_child(&chief));
    later("2026-03-05");
    drop(chief);
    let hall = hall.restarted();
    assert!(!is_child(&hall.chief()));
    assert!(hall.desk.index_differs().unwrap().is_empty());
}

#[test]
fn others_are_told_what_changed_and_oneself_is_not() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let news: Vec<Subject> = officer.news().iter().flat_map(|news| news.subjects().to_vec()).collect();
    assert!(news.contains(&of));
    assert!(officer.news().is_empty(), "told once");
    assert!(chief.news().iter().all(|news| !news.subjects().contains(&of)));
}

#[test]
fn verbs_that_are_not_a_sessions_to_use_are_refused() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    let seen = chief.record(of).unwrap();
    for verb in [
        Verb::Undo,
        Verb::Create,
        Verb::Move,
        Verb::Correct,
        Verb::Reopen,
        Verb::AskClose,
        Verb::Close,
        Verb::Refer,
        Verb::HandToLaw,
        Verb::Die,
        Verb::Withdraw,
        Verb::Settle,
        Verb::Flag,
        Verb::Tier,
        Verb::Other,
    ] {
        let forged =
            hall.change(&seen, verb, &[(Field::Status, Value::code("REINT")), (Field::Name, Value::text("LAIN"))]);
        assert_eq!(refusal(tried(&chief, vec![forged])), "why-not-access", "{verb:?}");
    }
    for (field, value) in [
        (Field::Status, Value::code("REINT")),
        (Field::IsWithdrawn, Value::YesNo(true)),
        (Field::CaseNumber, Value::Number(26_000_999)),
        (Field::DiedAt, Value::Time(hall.now())),
    ] {
        let plain = hall.edit(&seen, &[(field, value)]);
        assert!(matches!(tried(&chief, vec![plain]), Err(Denied::Obstacles(_))), "{field:?}");
    }
    assert_eq!(chief.record(of).unwrap(), seen);
}

#[test]
fn a_queue_number_is_one_persons_within_a_movement_and_free_again_when_taken_back() {
    let hall = Hall::new();
    let chief = hall.chief();
    let (first, second) = (Subject::new(Kind::Movement, Ulid::new()), Subject::new(Kind::Movement, Ulid::new()));
    for movement in [first, second] {
        let facts = Facts::from([(Field::MoveName.into(), Value::text("kloter"))]);
        done(&chief, vec![Ask::Create { of: movement, facts, happened: hall.now() }]);
    }
    let arrival = |movement: Subject, name: &str| {
        let of = Subject::case(Ulid::new());
        let Ask::Create { mut facts, happened, .. } = hall.arrival(of, name) else { panic!("a creation") };
        facts.insert(Field::Movement.into(), Value::Link(movement));
        facts.insert(Field::Queue.into(), Value::Number(7));
        vec![Ask::Create { of, facts, happened }]
    };
    done(&chief, arrival(first, "SATU REKAAN"));
    assert_eq!(refusal(tried(&chief, arrival(first, "DUA REKAAN"))), "refused-queue-taken");
    let both: Vec<Ask> = arrival(second, "TIGA REKAAN").into_iter().chain(arrival(second, "EMPAT REKAAN")).collect();
    assert_eq!(refusal(tried(&chief, both)), "refused-queue-taken");
    done(&chief, arrival(second, "LIMA REKAAN"));
    undo(&chief).unwrap();
    done(&chief, arrival(second, "ENAM REKAAN"));
}
