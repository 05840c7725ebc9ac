//! Laws between offices, held against anything that anybody may ask in any order: no share and no other owner comes of an
//! offer that nobody of the receiving office has accepted, and nobody accepts what he sent.

use super::desk::*;
use proptest::prelude::*;
use pulang::domain::field::{Field, Section};
use pulang::domain::gate::{Circumstances, Obstacle};
use pulang::domain::offer::{Answer, NewOffer, OfferKind, Reply, answer, laws, offer, offers, shares};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use ulid::Ulid;

const OFFICES: [Ulid; 3] = [OFFICE, Ulid(701), Ulid(702)];

/// One step of somebody: who and where, and what they try.
#[derive(Clone, Debug)]
struct Step {
    actor: u8,
    office: usize,
    kind: usize,
    to: usize,
    answer: Option<usize>,
    pick: usize,
    consent: Option<usize>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..4_u8,
        0..3_usize,
        0..3_usize,
        0..3_usize,
        prop::option::of(0..3_usize),
        0..4_usize,
        prop::option::of(0..3_usize),
    );
    let step = step.prop_map(|(actor, office, kind, to, answer, pick, consent)| Step {
        actor,
        office,
        kind,
        to,
        answer,
        pick,
        consent,
    });
    prop::collection::vec(step, 1..24)
}

fn of(step: &Step, nth: usize) -> Circumstances<'static> {
    Circumstances {
        actor: Ulid(800 + u128::from(step.actor)),
        office: OFFICES[step.office],
        fresh: Ulid(10_000 + nth as u128 * 50),
        ..supervisor()
    }
}

fn consent(step: &Step) -> Option<&'static str> {
    step.consent.map(|place| ["YA", "TDK", "BHY"][place])
}

fn tried(record: &Record, step: &Step, nth: usize) -> Result<pulang::domain::change::Change, Vec<Obstacle>> {
    let here = of(step, nth);
    match step.answer {
        None => {
            let new = NewOffer {
                kind: [OfferKind::Refer, OfferKind::Transfer, OfferKind::Access][step.kind],
                to: OFFICES[step.to],
                sections: vec![Section::Journey],
                why: "alasan".into(),
                consent: consent(step),
                consent_why: None,
                happened: moment(),
            };
            offer(record, &new, &here)
        }
        Some(what) => {
            let all: Vec<_> = offers(record).collect();
            let item = all.get(step.pick % all.len().max(1)).map_or(Ulid(1), |one| one.item);
            let reply = Reply {
                item,
                answer: [Answer::Accepted, Answer::Declined, Answer::Withdrawn][what],
                why: Some("alasan".into()),
                sections: vec![Section::Contact],
                until: None,
                consent: consent(step),
                consent_why: None,
                happened: moment(),
            };
            answer(record, &reply, &here)
        }
    }
}

/// One step: who, from which office, what, to whom; or the answer to the offer at a place.
fn step(actor: u8, office: usize, kind: OfferKind, to: usize) -> Step {
    let kind = [OfferKind::Refer, OfferKind::Transfer, OfferKind::Access].iter().position(|one| *one == kind).unwrap();
    Step { actor, office, kind, to, answer: None, pick: 0, consent: Some(0) }
}

fn reply(actor: u8, office: usize, answer: Answer, pick: usize) -> Step {
    let answer = [Answer::Accepted, Answer::Declined, Answer::Withdrawn].iter().position(|one| *one == answer);
    Step { actor, office, kind: 0, to: 0, answer, pick, consent: Some(0) }
}

/// A case of the first office, after steps that are all lawful.
fn after(steps: &[Step]) -> Record {
    let mut record = full(Status::Tiba);
    for (nth, step) in steps.iter().enumerate() {
        tried(&record, step, nth).unwrap_or_else(|why| panic!("step {nth}: {why:?}")).apply(&mut record);
    }
    record
}

#[test]
fn a_question_for_access_goes_with_the_case_to_whoever_owns_it_now() {
    let moved =
        [step(2, 2, OfferKind::Access, 0), step(0, 0, OfferKind::Transfer, 1), reply(1, 1, Answer::Accepted, 1)];
    let record = after(&moved);
    let asked = offers(&record).next().unwrap();
    assert!(asked.is_open() && asked.to == OFFICES[1] && asked.from == OFFICES[2]);
    let by_the_old_one = tried(&record, &reply(0, 0, Answer::Accepted, 0), 9);
    assert_eq!(by_the_old_one.err(), Some(vec![Obstacle::NotYourRole]));
    let granted = tried(&record, &reply(1, 1, Answer::Accepted, 0), 9).unwrap();
    let mut record = record;
    granted.apply(&mut record);
    assert_eq!(shares(&record).map(|share| share.office).collect::<Vec<_>>(), [OFFICES[2]]);
}

#[test]
fn what_a_change_of_hands_has_settled_waits_no_longer_and_nobody_takes_the_case_twice() {
    let moved = [
        step(1, 1, OfferKind::Access, 0),
        step(0, 0, OfferKind::Refer, 1),
        step(0, 0, OfferKind::Refer, 2),
        step(0, 0, OfferKind::Transfer, 2),
        step(0, 0, OfferKind::Transfer, 1),
        reply(1, 1, Answer::Accepted, 4),
    ];
    let record = after(&moved);
    let answers: Vec<_> = offers(&record).map(|offer| offer.answer).collect();
    let (gone, taken) = (Some(Answer::Withdrawn), Some(Answer::Accepted));
    assert_eq!(answers, [gone, gone, None, gone, taken]);
    let second = tried(&record, &reply(2, 2, Answer::Accepted, 3), 9);
    assert_eq!(second.err(), Some(vec![Obstacle::Unknown(Field::OfferAnswer)]));
    // Somebody is to look after the person there all the same.
    tried(&record, &reply(2, 2, Answer::Accepted, 2), 9).unwrap().apply(&mut record.clone());
}

#[test]
fn what_a_planned_change_of_hands_settles_is_lawful_still_when_the_clock_has_gone_on() {
    let record = after(&[step(0, 0, OfferKind::Refer, 1), step(0, 0, OfferKind::Transfer, 1)]);
    let accepting = reply(1, 1, Answer::Accepted, 1);
    let change = tried(&record, &accepting, 9).unwrap();
    let mut moved = record.clone();
    change.apply(&mut moved);
    let here = of(&accepting, 9);
    let later = Circumstances { now: here.now + chrono::TimeDelta::seconds(3), ..here };
    assert_eq!(laws(&record, &moved, &change, &later), []);
}

#[test]
fn an_answer_touches_no_other_offer_than_a_change_of_hands_settles() {
    let record = after(&[step(0, 0, OfferKind::Refer, 1), step(0, 0, OfferKind::Refer, 2)]);
    let here = of(&reply(1, 1, Answer::Accepted, 0), 9);
    let mut change = tried(&record, &reply(1, 1, Answer::Accepted, 0), 9).unwrap();
    let other = offers(&record).nth(1).unwrap().item;
    change.set(&record, Slot::of(other, Field::OfferTo), Some(Value::Link(Subject::new(Kind::Office, OFFICES[1]))));
    let mut altered = record.clone();
    change.apply(&mut altered);
    assert_eq!(laws(&record, &altered, &change, &here), [Obstacle::Protected(Field::OfferAnswer)]);
}

proptest! {
    #[test]
    fn nothing_comes_of_an_offer_but_by_the_other_offices_other_person(steps in steps()) {
        let mut record = full(Status::Tiba);
        for (nth, step) in steps.iter().enumerate() {
            let (before, here) = (record.clone(), of(step, nth));
            let Ok(change) = tried(&record, step, nth) else { continue };
            change.apply(&mut record);
            let (had, has): (Vec<_>, Vec<_>) = (shares(&before).collect(), shares(&record).collect());
            let is_moved = before.link(Field::Owner) != record.link(Field::Owner);
            if had == has && !is_moved {
                continue;
            }
            let was = offers(&before).filter(|one| one.is_open());
            let accepted: Vec<_> = was
                .filter(|one| offers(&record).any(|now| now.item == one.item && now.answer == Some(Answer::Accepted)))
                .collect();
            prop_assert_eq!(accepted.len(), 1, "a share or an owner comes of one acceptance");
            let one = &accepted[0];
            prop_assert!(one.by != here.actor && one.to == here.office);
            prop_assert_eq!(is_moved, one.kind == OfferKind::Transfer);
            let giver = if one.kind.is_given() { one.from } else { one.to };
            let had_it = before.link(Field::Owner).map(|office| office.id) == Some(giver);
            prop_assert!(had_it || one.kind == OfferKind::Refer, "who owns a case no longer gives it to nobody");
            let owner = record.link(Field::Owner).map(|office| office.id);
            prop_assert!(has.iter().all(|share| Some(share.office) != owner), "nobody shares with himself");
        }
    }

    #[test]
    fn what_goes_to_another_office_says_what_the_person_said(steps in steps()) {
        let mut record = full(Status::Tiba);
        for (nth, step) in steps.iter().enumerate() {
            if let Ok(change) = tried(&record, step, nth) {
                change.apply(&mut record);
            }
        }
        for one in offers(&record).filter(|one| one.kind.is_given()) {
            // No reason was ever given why it must be all the same.
            prop_assert!(matches!(one.consent.as_deref(), Some("YA" | "BHY")));
        }
        for share in shares(&record).filter(|share| !offers(&record).any(|one| one.kind == OfferKind::Refer && one.to == share.office)) {
            let code = record.get(Slot::of(share.item, Field::ShareConsent));
            prop_assert!(matches!(code, Some(Value::Code(code)) if code != "TDK"));
        }
    }
}
