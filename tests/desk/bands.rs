//! Wristband numbers in a surge: one offered to several officers, one that somebody typed, and the halls in which a number is
//! one person's.

use crate::hall::{Hall, done, refusal, tried};
use pulang::desk::{Ask, Denied, Proposal, Seat};
use pulang::domain::field::Field;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;
use std::time::Duration;
use ulid::Ulid;

/// Somebody with this number: offered by a screen, or typed.
fn with_band(hall: &Hall, name: &str, queue: i64, is_offered: bool) -> (Subject, Ask) {
    let of = Subject::case(Ulid::new());
    let Ask::Create { mut facts, happened, .. } = hall.arrival(of, name) else { panic!("a creation") };
    facts.insert(Field::Queue.into(), Value::Number(queue));
    (of, if is_offered { Ask::TakeIn { of, facts, happened } } else { Ask::Create { of, facts, happened } })
}

fn band(seat: &Seat, of: Subject) -> Option<i64> {
    seat.record(of).unwrap().number(Field::Queue)
}

#[test]
fn ten_officers_with_the_same_suggestion_all_save_and_no_two_people_wear_one_number() {
    let hall = Hall::new();
    let officers: Vec<Seat> = (0..10).map(|_| hall.hire(&["HLP"])).collect();
    let offered = i64::from(officers[0].next_queue(None).unwrap());
    let asked: Vec<_> = officers
        .iter()
        .map(|seat| {
            let (of, ask) = with_band(&hall, "ORANG REKAAN", offered, true);
            (of, seat.propose(Proposal { id: seat.new_id(), asks: vec![ask], undoes: None }))
        })
        .collect();
    let mut bands: Vec<i64> = asked
        .into_iter()
        .map(|(of, ticket)| {
            ticket.wait(Duration::from_secs(60)).unwrap().unwrap();
            band(&officers[0], of).unwrap()
        })
        .collect();
    bands.sort_unstable();
    assert_eq!(bands, (offered..offered + 10).collect::<Vec<_>>());
}

#[test]
fn a_number_that_was_offered_and_is_still_free_is_the_one_given_and_a_saved_form_is_answered_twice_alike() {
    let hall = Hall::new();
    let chief = hall.chief();
    let (first, ask) = with_band(&hall, "SATU REKAAN", 1, true);
    let id = chief.new_id();
    for _ in 0..2 {
        let proposal = Proposal { id, asks: vec![ask.clone()], undoes: None };
        chief.propose(proposal).wait(Duration::from_secs(60)).unwrap().unwrap();
    }
    // Somebody types a high number; the band that another screen offered meanwhile stays the one that is tied.
    done(&chief, vec![with_band(&hall, "DUA REKAAN", 50, false).1]);
    let (second, ask) = with_band(&hall, "TIGA REKAAN", 2, true);
    done(&chief, vec![ask]);
    assert_eq!((band(&chief, first), band(&chief, second), chief.next_queue(None)), (Some(1), Some(2), Some(51)));
}

#[test]
fn a_typed_number_that_another_wears_is_refused_with_the_next_free_one() {
    let hall = Hall::new();
    let chief = hall.chief();
    done(&chief, vec![with_band(&hall, "SATU REKAAN", 7, false).1]);
    let Err(Denied::Refused(said)) = tried(&chief, vec![with_band(&hall, "DUA REKAAN", 7, false).1]) else {
        panic!("two people wear one number")
    };
    assert_eq!(
        (said.key, said.args.as_slice()),
        ("refused-queue-taken", &[("queue", "7".into()), ("next", "8".into())][..])
    );
}

#[test]
fn without_a_movement_a_number_is_one_persons_in_an_offices_hall_and_another_offices_is_its_own() {
    let hall = Hall::new();
    let (chief, elsewhere) = (hall.chief(), hall.stranger(&["HLP", "PNY"]));
    hall.import(&chief).1.unwrap();
    assert_eq!((chief.next_queue(None), elsewhere.next_queue(None)), (Some(111), Some(1)));
    // The wristbands of this office's flight hang in its own hall alone.
    assert_eq!(refusal(tried(&chief, vec![with_band(&hall, "SATU REKAAN", 7, false).1])), "refused-queue-taken");
    done(&elsewhere, vec![with_band(&hall, "DUA REKAAN", 7, false).1]);
    assert_eq!(refusal(tried(&elsewhere, vec![with_band(&hall, "TIGA REKAAN", 7, false).1])), "refused-queue-taken");
    assert_eq!((chief.next_queue(None), elsewhere.next_queue(None)), (Some(111), Some(8)));
}

#[test]
fn behind_the_last_number_of_all_comes_the_lowest_that_is_free() {
    let hall = Hall::new();
    let chief = hall.chief();
    done(&chief, vec![with_band(&hall, "SATU REKAAN", 1, false).1]);
    done(&chief, vec![with_band(&hall, "DUA REKAAN", 9_999, false).1]);
    assert_eq!(chief.next_queue(None), Some(2));
}
