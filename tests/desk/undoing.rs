//! Undo and redo: every fact comes back, nobody's but one's own, not too late, not after something newer, and never as a
//! cover for something else.

use crate::hall::*;
use pulang::desk::{Ask, Proposal};
use pulang::domain::change::Verb;
use pulang::domain::field::Field;
use pulang::domain::status::Status;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;
use ulid::Ulid;

#[test]
fn undo_restores_every_fact_and_redo_brings_it_back_step_by_step() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    let mut states = vec![facts(&chief, of)];
    let steps: [&dyn Fn() -> Ask; 3] = [
        &|| {
            hall.edit(
                &chief.record(of).unwrap(),
                &[(Field::Marks, Value::text("tato")), (Field::Sex, Value::code("L"))],
            )
        },
        &|| hall.step(of, Status::Verif),
        &|| Ask::Tier { of, tier: Some("1"), why: "demam".into(), happened: hall.now() },
    ];
    for step in steps {
        done(&chief, vec![step()]);
        states.push(facts(&chief, of));
    }
    for back in states.iter().rev().skip(1) {
        undo(&chief).unwrap();
        assert_eq!(&facts(&chief, of), back);
    }
    for forth in &states[1..] {
        redo(&chief).unwrap();
        assert_eq!(&facts(&chief, of), forth);
    }
    assert_eq!(chief.redo().unwrap_err().key, "refused-nothing-to-redo");
    undo(&chief).unwrap();
    assert_eq!(facts(&chief, of), states[2], "what was redone is undone again");
    done(&chief, vec![hall.edit(&chief.record(of).unwrap(), &[(Field::Aliases, Value::text("Iwan"))])]);
    assert_eq!(chief.redo().unwrap_err().key, "refused-nothing-to-redo", "something else was done since");
}

#[test]
fn a_bulk_is_undone_as_one_and_a_creation_is_hidden_and_comes_back() {
    let hall = Hall::new();
    let chief = hall.chief();
    let people: Vec<Subject> = (0..30).map(|n| hall.case(&chief, &format!("CONTOH {n}"))).collect();
    let before: Vec<_> = people.iter().map(|of| facts(&chief, *of)).collect();
    done(&chief, people.iter().map(|of| hall.step(*of, Status::Verif)).collect());
    assert_eq!(chief.undo_preview().unwrap().count, 30);
    assert_eq!(undo(&chief).unwrap().changed, 30);
    assert_eq!(people.iter().map(|of| facts(&chief, *of)).collect::<Vec<_>>(), before);
    assert_eq!(chief.undo_preview().unwrap().verb, Verb::Create);
    undo(&chief).unwrap();
    assert_eq!(everybody(&chief).len(), 29);
    redo(&chief).unwrap();
    assert_eq!(everybody(&chief).len(), 30);
    assert_eq!(facts(&chief, people[29]), before[29]);
    assert!(hall.desk.index_differs().unwrap().is_empty());
}

#[test]
fn after_an_hour_it_is_too_late() {
    let hall = Hall::new();
    let chief = hall.chief();
    hall.case(&chief, "WAYAN CONTOH");
    hall.pass(59);
    let ready = chief.undo().unwrap();
    hall.pass(2);
    assert_eq!(chief.undo().unwrap_err().key, "refused-undo-too-late");
    assert_eq!(refusal(answer(&chief, ready)), "refused-undo-too-late", "the writer asks again");
    assert_eq!(everybody(&chief).len(), 1);
}

#[test]
fn what_somebody_else_touched_since_stays() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let created = chief.undo().unwrap();
    let marks = |text: &str| vec![hall.edit(&chief.record(of).unwrap(), &[(Field::Marks, Value::text(text))])];
    done(&chief, marks("satu"));
    done(&officer, vec![hall.edit(&officer.record(of).unwrap(), &[(Field::Aliases, Value::text("Iwan"))])]);
    assert_eq!(refusal(answer(&chief, created)), "refused-undo-newer", "a person others work on is not withdrawn");
    undo(&chief).unwrap();
    assert_eq!(text(&chief, of, Field::Marks), None);
    assert_eq!(text(&chief, of, Field::Aliases).as_deref(), Some("Iwan"), "other fields are not touched");
    done(&chief, marks("dua"));
    let late = chief.undo().unwrap();
    done(&officer, marks("tiga"));
    assert_eq!(refusal(answer(&chief, late)), "refused-undo-newer");
    assert_eq!(text(&chief, of, Field::Marks).as_deref(), Some("tiga"));
}

#[test]
fn after_a_notice_or_a_handover_there_is_only_correction() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["PPM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    done(&chief, vec![hall.edit(&chief.record(of).unwrap(), &[(Field::Marks, Value::text("tato"))])]);
    let before = chief.undo().unwrap();
    let notice = hall.edit(&officer.record(of).unwrap(), &[(Field::ReceiverNotifiedAt, Value::Time(hall.now()))]);
    done(&officer, vec![notice]);
    assert_eq!(officer.undo_preview().unwrap_err().key, "refused-undo-gone-out", "said before it is asked");
    assert_eq!(refusal(answer(&chief, before)), "refused-undo-gone-out", "gone out since");
    assert_eq!(text(&chief, of, Field::Marks).as_deref(), Some("tato"));
}

#[test]
fn nobody_undoes_what_is_not_theirs_or_what_never_was() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    hall.case(&chief, "WAYAN CONTOH");
    let of_chief = chief.undo_preview().unwrap().id;
    let forged = |seat: &pulang::desk::Seat, undoes| {
        answer(seat, Proposal { id: seat.new_id(), asks: Vec::new(), undoes: Some(undoes) })
    };
    assert_eq!(refusal(forged(&officer, of_chief)), "refused-nothing-to-undo");
    assert_eq!(refusal(forged(&chief, Ulid::new())), "refused-nothing-to-undo");
    assert_eq!(officer.undo().unwrap_err().key, "refused-nothing-to-undo");
    forged(&chief, of_chief).unwrap();
    assert_eq!(refusal(forged(&chief, of_chief)), "refused-nothing-to-undo", "once");
}

#[test]
fn an_undo_carries_no_other_edits_with_it() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    done(&chief, vec![hall.edit(&chief.record(of).unwrap(), &[(Field::Marks, Value::text("tato"))])]);
    let undoes = Some(chief.undo_preview().unwrap().id);
    let seen = chief.record(of).unwrap();
    for verb in [Verb::Undo, Verb::Edit] {
        let asks = vec![hall.change(&seen, verb, &[(Field::Name, Value::text("LAIN"))])];
        let answer = answer(&chief, Proposal { id: chief.new_id(), asks, undoes });
        assert!(matches!(refusal(answer), "refused-nothing-asked" | "why-not-access"));
    }
    assert_eq!(chief.record(of).unwrap(), seen);
}

#[test]
fn who_works_here_is_never_undone() {
    let hall = Hall::new();
    let chief = hall.chief();
    assert_eq!(chief.undo().unwrap_err().key, "refused-nothing-to-undo", "the first start");
    hall.hire(&["KON"]);
    assert_eq!(chief.undo().unwrap_err().key, "refused-nothing-to-undo");
}

#[test]
fn a_flight_that_others_joined_is_not_taken_back() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    hall.import(&chief).1.unwrap();
    let bytes = std::fs::read("tests/data/manifest_110.csv").unwrap();
    let movement = chief.preview(&bytes, "", hall.now().at).unwrap().known.unwrap();
    let of = Subject::case(Ulid::new());
    let Ask::Create { mut facts, happened, .. } = hall.arrival(of, "PENUMPANG LAIN") else {
        panic!("an edit was asked for")
    };
    facts.insert(Field::Movement.into(), Value::Link(movement));
    done(&officer, vec![Ask::Create { of, facts, happened }]);
    assert_eq!(chief.undo().unwrap_err().key, "refused-undo-newer");
    undo(&officer).unwrap();
    assert_eq!(undo(&chief).unwrap().changed, 110);
    redo(&chief).unwrap();
    assert_eq!(found(&chief, ""), 110);
}

#[test]
fn undo_lives_through_a_restart() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    let before = facts(&chief, of);
    done(&chief, vec![hall.edit(&chief.record(of).unwrap(), &[(Field::Marks, Value::text("tato"))])]);
    drop(chief);
    let hall = hall.restarted();
    let chief = hall.chief();
    undo(&chief).unwrap();
    assert_eq!(facts(&chief, of), before);
    drop(chief);
    let hall = hall.restarted();
    let chief = hall.chief();
    redo(&chief).unwrap();
    assert_eq!(text(&chief, of, Field::Marks).as_deref(), Some("tato"));
    hall.pass(61);
    drop(chief);
    let hall = hall.restarted();
    assert!(hall.chief().undo().is_err());
}

#[test]
fn ones_own_commit_is_within_reach_after_a_restart_however_busy_the_desk_was_but_not_after_the_hour() {
    for (minutes, is_reached) in [(50, true), (61, false)] {
        let hall = Hall::new();
        let (chief, officer) = (hall.chief(), hall.hire(&["HLP"]));
        let of = hall.case(&officer, "WAYAN CONTOH");
        hall.pass(minutes);
        let busy = (0..2_000).map(|n| hall.arrival(Subject::case(Ulid::new()), &format!("CONTOH {n}")));
        let tickets: Vec<_> =
            busy.map(|ask| chief.propose(Proposal { id: chief.new_id(), asks: vec![ask], undoes: None })).collect();
        for ticket in tickets {
            ticket.wait(std::time::Duration::from_secs(60)).unwrap().unwrap();
        }
        let id = officer.operator().id;
        drop((chief, officer));
        let hall = hall.restarted();
        let officer = hall.desk.enter_as(id).unwrap();
        if is_reached {
            undo(&officer).unwrap();
            assert!(everybody(&officer).iter().all(|one| Subject::case(one.id) != of));
        } else {
            officer.undo().unwrap_err();
        }
    }
}
