//! Between offices at the desk: who answers what, what comes of it, who reads the emergency sheet, what a family learns. All
//! of it judged by the writer, whatever a session says.

use crate::hall::*;
use pulang::desk::{Ask, Matter, Seat};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::{Field, Section};
use pulang::domain::gate::Obstacle;
use pulang::domain::offer::{Answer, NewOffer, NewShare, OfferKind, Reply};
use pulang::domain::record::{Facts, ItemId, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Dated, Value};
use pulang::records::trail::Act;
use ulid::Ulid;

const WHY: &str = "penjemputan bersama";

fn offer(hall: &Hall, of: Subject, kind: OfferKind, to: &Seat) -> Ask {
    let offer = NewOffer {
        kind,
        to: to.office().id,
        sections: vec![Section::Journey],
        why: WHY.into(),
        consent: Some("YA"),
        consent_why: None,
        happened: hall.now(),
    };
    Ask::Offer { of, offer }
}

fn reply(hall: &Hall, of: Subject, item: ItemId, answer: Answer) -> Ask {
    let reply = Reply {
        item,
        answer,
        why: Some("tempat penuh".into()),
        sections: vec![Section::Contact],
        until: None,
        consent: Some("BHY"),
        consent_why: None,
        happened: hall.now(),
    };
    Ask::Answer { of, reply }
}

fn share(hall: &Hall, of: Subject, with: &Seat, sections: &[Section]) -> NewShareAsk {
    let share = NewShare {
        office: with.office().id,
        sections: sections.to_vec(),
        until: None,
        consent: Some("YA"),
        consent_why: None,
        why: WHY.into(),
        happened: hall.now(),
    };
    NewShareAsk { of, share }
}

struct NewShareAsk {
    of: Subject,
    share: NewShare,
}

impl From<NewShareAsk> for Vec<Ask> {
    fn from(ask: NewShareAsk) -> Self {
        vec![Ask::Share { of: ask.of, share: ask.share }]
    }
}

/// The item of the offer that stands first in an inbox.
fn first(seat: &Seat) -> ItemId {
    match &seat.inbox().rows[0].matter {
        Matter::Waiting(offer) | Matter::Sent(offer) => offer.item,
        other => panic!("no offer: {other:?}"),
    }
}

#[test]
fn a_referral_waits_shows_the_sheet_and_becomes_a_share_when_the_other_office_accepts() {
    let hall = Hall::new();
    let (officer, there, third) = (hall.hire(&["KON"]), hall.stranger(&["HLP"]), hall.stranger(&["PNY"]));
    let of = hall.case(&officer, "WAYAN CONTOH");
    let row = officer.row_of(of.id).unwrap();
    assert!(there.sheet(of).is_err(), "before dispatch there is nothing to read");
    done(&officer, vec![offer(&hall, of, OfferKind::Refer, &there)]);
    assert_eq!((there.inbox_count(), third.inbox_count(), officer.inbox_count()), (1, 0, 0));
    assert!(there.summary(row).is_none() && there.record(of).is_err(), "the sheet, not the case");
    assert_eq!(there.sheet(of).unwrap().summary.name, "WAYAN CONTOH");
    assert!(third.sheet(of).is_err());
    // Work does not wait: the sender goes on editing.
    done(&officer, vec![hall.edit(&officer.record(of).unwrap(), &[(Field::Marks, Value::text("tato"))])]);
    let item = first(&there);
    assert_eq!(refusal(tried(&officer, vec![reply(&hall, of, item, Answer::Accepted)])), "why-not-access");
    assert_eq!(refusal(tried(&third, vec![reply(&hall, of, item, Answer::Accepted)])), "why-not-access");
    done(&there, vec![reply(&hall, of, item, Answer::Accepted)]);
    assert!(there.summary(row).is_some());
    let seen = there.record(of).unwrap();
    assert!(seen.text(Field::Name).is_some() && seen.get(Field::Status).is_none(), "identity and journey alone");
    assert!(there.undo().is_err() && officer.undo().is_err(), "what went to another office is corrected, not undone");
    let again = tried(&there, vec![reply(&hall, of, item, Answer::Accepted)]);
    assert_eq!(refusal(again), "why-not-access", "answered once");
}

#[test]
fn the_sender_never_accepts_his_own_even_after_he_changed_office() {
    let hall = Hall::new();
    let (chief, officer, there) = (hall.chief(), hall.hire(&["KON"]), hall.stranger(&["HLP"]));
    let of = hall.case(&officer, "WAYAN CONTOH");
    done(&officer, vec![offer(&hall, of, OfferKind::Refer, &there)]);
    let item = first(&there);
    let moved =
        hall.edit(&chief.record(officer.operator()).unwrap(), &[(Field::OperatorOffice, Value::Link(there.office()))]);
    done(&chief, vec![moved]);
    let same = hall.desk.enter_as(officer.operator().id).unwrap();
    assert_eq!(same.inbox_count(), 0);
    let said = obstacles(tried(&same, vec![reply(&hall, of, item, Answer::Accepted)]));
    assert_eq!(said, [Obstacle::SecondPerson]);
    done(&there, vec![reply(&hall, of, item, Answer::Accepted)]);
}

#[test]
fn a_transfer_is_a_supervisors_and_the_case_changes_hands_in_the_commit_that_accepts_it() {
    let hall = Hall::new();
    let (chief, officer, there) = (hall.chief(), hall.hire(&["KON"]), hall.stranger(&["HLP"]));
    let of = hall.case(&officer, "WAYAN CONTOH");
    assert_eq!(refusal(tried(&officer, vec![offer(&hall, of, OfferKind::Transfer, &there)])), "why-not-access");
    done(&chief, share(&hall, of, &there, &[Section::Journey]).into());
    done(&chief, vec![offer(&hall, of, OfferKind::Transfer, &there)]);
    assert_eq!(
        obstacles(tried(&chief, vec![offer(&hall, of, OfferKind::Transfer, &there)])),
        [Obstacle::AlreadyAsked],
        "one of a kind waits at a time"
    );
    done(&there, vec![reply(&hall, of, first(&there), Answer::Accepted)]);
    let seen = there.record(of).unwrap();
    assert_eq!((seen.link(Field::Owner), seen.link(Field::Officer)), (Some(there.office()), None));
    assert_eq!(seen.items(pulang::domain::field::Part::Share).count(), 0, "an owner shares nothing with himself");
    assert!(chief.summary(chief.row_of(of.id).unwrap()).is_none());
    assert!(chief.inbox().rows.iter().all(|row| row.person.is_none()), "whoever gave it away is told the number alone");
}

#[test]
fn what_was_declined_or_withdrawn_brings_nothing() {
    let hall = Hall::new();
    let (officer, there) = (hall.hire(&["KON"]), hall.stranger(&["HLP"]));
    for answer in [Answer::Declined, Answer::Withdrawn] {
        let of = hall.case(&officer, "WAYAN CONTOH");
        done(&officer, vec![offer(&hall, of, OfferKind::Refer, &there)]);
        let item = there.inbox().rows.iter().find(|row| row.of == of).map(|row| row.matter.clone());
        let Some(Matter::Waiting(sent)) = item else { panic!("it waits") };
        let who = if answer == Answer::Declined { &there } else { &officer };
        let other = if answer == Answer::Declined { &officer } else { &there };
        assert!(tried(other, vec![reply(&hall, of, sent.item, answer)]).is_err());
        done(who, vec![reply(&hall, of, sent.item, answer)]);
        assert!(there.sheet(of).is_err() && there.record(of).is_err(), "{answer:?}");
        assert_eq!(there.inbox_count(), 0);
    }
    let of = hall.case(&officer, "MADE CONTOH");
    done(&officer, vec![offer(&hall, of, OfferKind::Refer, &there)]);
    let mut silent = reply(&hall, of, first(&there), Answer::Declined);
    if let Ask::Answer { reply, .. } = &mut silent {
        reply.why = None;
    }
    assert_eq!(obstacles(tried(&there, vec![silent])), [Obstacle::Empty(Field::OfferAnswerWhy)]);
}

#[test]
fn access_is_granted_for_named_sections_until_a_day_and_then_it_is_over() {
    let hall = Hall::new();
    let (chief, officer, there) = (hall.chief(), hall.hire(&["KON"]), hall.stranger(&["HLP"]));
    let of = hall.case(&officer, "WAYAN CONTOH");
    done(&there, vec![offer(&hall, of, OfferKind::Access, &chief)]);
    assert!(there.sheet(of).is_err(), "to ask is not to be sent somebody");
    assert_eq!((chief.inbox_count(), officer.inbox_count()), (1, 0), "a supervisor grants");
    let item = first(&chief);
    assert_eq!(refusal(tried(&officer, vec![reply(&hall, of, item, Answer::Accepted)])), "why-not-access");
    let until = Dated::certain(hall.now().at.date_naive() + chrono::TimeDelta::days(2));
    let mut granted = reply(&hall, of, item, Answer::Accepted);
    if let Ask::Answer { reply, .. } = &mut granted {
        reply.until = Some(until);
    }
    done(&chief, vec![granted]);
    assert!(there.record(of).is_ok() && found(&there, "wayan") == 1);
    hall.pass(3 * 24 * 60);
    assert!(there.record(of).is_err() && found(&there, "wayan") == 0, "the day is past");
}

#[test]
fn the_last_day_of_a_share_ends_where_whoever_gave_it_works() {
    let hall = Hall::new();
    let chief = hall.chief();
    let office = chief.record(chief.office()).unwrap();
    done(&chief, vec![hall.edit(&office, &[(Field::OfficeZone, Value::code("WIT"))])]);
    drop(chief);
    let (chief, there) = (hall.chief(), hall.stranger(&["HLP"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    // It is 20:00 UTC on the 20th: in Jayapura the 21st has begun, and it ends at 15:00 UTC.
    let mut until = share(&hall, of, &there, &[Section::Journey]);
    until.share.until = Some(Dated::certain("2026-02-21".parse().unwrap()));
    done(&chief, until.into());
    hall.pass(18 * 60 + 59);
    assert!(there.record(of).is_ok() && found(&there, "wayan") == 1, "23:59 in Jayapura");
    hall.pass(2);
    assert!(there.record(of).is_err() && found(&there, "wayan") == 0, "still the 21st in Jakarta, past it in Jayapura");
}

#[test]
fn nobody_gives_what_he_may_not_see_and_no_share_is_forged() {
    let hall = Hall::new();
    let (chief, officer, there) = (hall.chief(), hall.hire(&["KON"]), hall.stranger(&["HLP"]));
    let of = hall.case(&officer, "WAYAN CONTOH");
    assert_eq!(refusal(tried(&chief, share(&hall, of, &there, &[Section::Law]).into())), "why-not-access");
    assert_eq!(refusal(tried(&officer, share(&hall, of, &there, &[Section::Journey]).into())), "why-not-access");
    let mut refused = share(&hall, of, &there, &[Section::Journey]);
    refused.share.consent = Some("TDK");
    assert_eq!(obstacles(tried(&chief, refused.into())), [Obstacle::Empty(Field::ShareConsentWhy)]);
    let mut nowhere = share(&hall, of, &there, &[Section::Journey]);
    nowhere.share.office = Ulid::new();
    assert_eq!(refusal(tried(&chief, nowhere.into())), "refused-no-office");
    let seen = chief.record(of).unwrap();
    let forged = |field: Field, value: Value, verb: Verb| {
        let mut change = Change::on(&seen, verb, hall.now());
        let at = if field == Field::Owner { Slot::own(field) } else { Slot::of(Ulid::new(), field) };
        change.set(&seen, at, Some(value));
        Ask::Edit(change)
    };
    let office = Value::Link(there.office());
    for field in [Field::Owner, Field::ShareOffice, Field::OfferTo] {
        let said = obstacles(tried(&chief, vec![forged(field, office.clone(), Verb::Edit)]));
        assert_eq!(said, [Obstacle::Protected(field)]);
        for verb in [Verb::Answer, Verb::Share, Verb::Offer] {
            assert_eq!(refusal(tried(&chief, vec![forged(field, office.clone(), verb)])), "why-not-access");
        }
    }
}

#[test]
fn a_seal_takes_offers_and_shares_from_every_other_office_and_none_is_made_on_a_sealed_case() {
    let hall = Hall::new();
    let (chief, there) = (hall.chief(), hall.stranger(&["PNY"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    done(&chief, share(&hall, of, &there, &[Section::Journey]).into());
    done(&chief, vec![offer(&hall, of, OfferKind::Refer, &there)]);
    let item = first(&there);
    let seen = chief.record(of).unwrap();
    let mut seal = Change::on(&seen, Verb::Edit, hall.now());
    seal.set(&seen, Field::IsSealed, Some(Value::YesNo(true)));
    seal.set(&seen, Field::SealedBy, Some(Value::Link(chief.operator())));
    seal.set(&seen, Field::SealedAt, Some(Value::Time(hall.now())));
    seal.reason = Some("saksi dalam perkara".into());
    done(&chief, vec![Ask::Edit(seal)]);
    assert_eq!((there.inbox_count(), there.inbox().rows.len(), found(&there, "wayan")), (0, 0, 0));
    assert!(there.sheet(of).is_err() && there.record(of).is_err());
    assert_eq!(refusal(tried(&there, vec![reply(&hall, of, item, Answer::Accepted)])), "why-not-access");
    assert_eq!(refusal(tried(&there, vec![offer(&hall, of, OfferKind::Access, &chief)])), "why-not-access");
    let other = hall.stranger(&["HLP"]);
    let said = tried(&chief, share(&hall, of, &other, &[]).into());
    assert!(obstacles(said).contains(&Obstacle::Held));
}

#[test]
fn the_sheet_is_cut_by_role_and_its_look_is_in_the_trail_first() {
    let hall = Hall::new();
    let (officer, there) = (hall.hire(&["KON"]), hall.stranger(&["HLP"]));
    let medic = {
        let chief = hall.chief();
        let id = Subject::new(Kind::Operator, Ulid::new());
        let facts = Facts::from([
            (Field::OperatorName.into(), Value::text("Medik Contoh")),
            (Field::OperatorRoles.into(), Value::codes(["MED"])),
            (Field::OperatorOffice.into(), Value::Link(there.office())),
        ]);
        done(&chief, vec![Ask::Create { of: id, facts, happened: hall.now() }]);
        hall.desk.enter_as(id.id).unwrap()
    };
    let of = hall.case(&officer, "WAYAN CONTOH");
    let seen = officer.record(of).unwrap();
    let facts = [
        (Field::Checks, Value::codes(["H", "J"])),
        (Field::PregnantWeeks, Value::Number(30)),
        (Field::Nik, Value::text("7171085505989101")),
        (Field::Remarks, Value::text("rahasia")),
    ];
    done(&officer, vec![hall.edit(&seen, &facts)]);
    done(&officer, vec![offer(&hall, of, OfferKind::Refer, &there)]);
    let (plain, health) = (there.sheet(of).unwrap(), medic.sheet(of).unwrap());
    assert!(plain.has_alert && !plain.reads_health && health.reads_health);
    assert_eq!(plain.record.get(Field::Checks), Some(&Value::codes(["J"])));
    assert_eq!(plain.record.get(Field::PregnantWeeks), None);
    assert_eq!(health.record.get(Field::PregnantWeeks), Some(&Value::Number(30)));
    for sheet in [&plain, &health] {
        assert!(sheet.record.get(Field::Nik).is_none() && sheet.record.get(Field::Remarks).is_none());
    }
    let reader = there.operator().id;
    drop((officer, there, medic));
    let looks = hall.looks();
    let look = looks.iter().find(|look| look.by == reader && look.act == Act::Open).unwrap();
    assert_eq!((look.of.as_slice(), look.fields.as_slice()), (&[of][..], &["IDN".to_owned(), "JLN".to_owned()][..]));
}

#[test]
fn a_familys_question_reaches_only_the_office_that_has_the_person() {
    let hall = Hall::new();
    let (chief, there, third) = (hall.chief(), hall.stranger(&["HLP"]), hall.stranger(&["PNY"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let number = chief.number_of_row(chief.row_of(of.id).unwrap()).unwrap().to_string();
    let ask = |number: &str| {
        let inquiry = Subject::new(Kind::Inquiry, Ulid::new());
        let facts = Facts::from([
            (Field::InquiryCaller.into(), Value::text("IBU CONTOH")),
            (Field::InquiryNumber.into(), Value::text(number)),
        ]);
        done(&there, vec![Ask::Create { of: inquiry, facts, happened: hall.now() }]);
        inquiry
    };
    let (hit, miss) = (ask(&number), ask("26-000999-X"));
    assert_eq!((chief.inbox_count(), there.inbox_count(), third.inbox_count()), (1, 0, 0));
    let rows = there.inbox().rows;
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.person.is_none() && row.number.is_none() && row.office.is_empty()));
    assert!(there.record(hit).is_err() && third.record(hit).is_err() && chief.record(hit).is_err());
    let answer = |case: Subject, inquiry: Subject| Ask::AnswerInquiry {
        of: inquiry,
        case,
        answer: "ditelepon".into(),
        happened: hall.now(),
    };
    let other = hall.case(&chief, "MADE CONTOH");
    for (who, ask) in [(&there, answer(of, hit)), (&third, answer(of, hit)), (&chief, answer(other, hit))] {
        assert_eq!(refusal(tried(who, vec![ask])), "why-not-access");
    }
    assert_eq!(refusal(tried(&chief, vec![answer(of, miss)])), "why-not-access");
    done(&chief, vec![answer(of, hit)]);
    assert_eq!(chief.inbox_count(), 0);
    let rows = there.inbox().rows;
    let answered: Vec<bool> =
        rows.iter().map(|row| matches!(row.matter, Matter::Asked { is_answered: true, .. })).collect();
    assert_eq!(answered.iter().filter(|is_answered| **is_answered).count(), 1);
    for row in &rows {
        let Matter::Asked { inquiry, .. } = &row.matter else { panic!("asked here") };
        assert!(inquiry.get(Field::InquiryAnswer).is_none() && inquiry.get(Field::InquiryCase).is_none());
    }
    assert!(there.undo().is_err());
}

#[test]
fn ties_and_questions_stand_after_a_restart() {
    let hall = Hall::new();
    let (chief, there) = (hall.chief(), hall.stranger(&["HLP"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    done(&chief, share(&hall, of, &there, &[Section::Journey]).into());
    done(&chief, vec![offer(&hall, of, OfferKind::Refer, &there)]);
    let number = chief.number_of_row(chief.row_of(of.id).unwrap()).unwrap().to_string();
    let facts = Facts::from([
        (Field::InquiryCaller.into(), Value::text("IBU CONTOH")),
        (Field::InquiryNumber.into(), Value::text(number)),
    ]);
    done(&there, vec![Ask::Create { of: Subject::new(Kind::Inquiry, Ulid::new()), facts, happened: hall.now() }]);
    let (me, them) = (chief.operator().id, there.operator().id);
    drop((chief, there));
    let hall = hall.restarted();
    let (chief, there) = (hall.desk.enter_as(me).unwrap(), hall.desk.enter_as(them).unwrap());
    assert_eq!((chief.inbox_count(), there.inbox_count(), found(&there, "wayan")), (1, 1, 1));
}

#[test]
fn claims_go_to_a_colleague_in_one_commit_and_to_nobody_else() {
    let hall = Hall::new();
    let (chief, officer, stranger) = (hall.chief(), hall.hire(&["KON"]), hall.stranger(&["KON"]));
    let cases = [hall.case(&officer, "WAYAN CONTOH"), hall.case(&officer, "MADE CONTOH")];
    let proposal = officer.hand_claims(stranger.operator()).unwrap();
    assert_eq!(refusal(answer(&officer, proposal)), "refused-no-colleague");
    let said = answer(&officer, officer.hand_claims(chief.operator()).unwrap()).unwrap();
    assert_eq!(said.changed, 2);
    let holder = |of: &Subject| chief.record(*of).unwrap().link(Field::Officer);
    assert!(cases.iter().all(|of| holder(of) == Some(chief.operator())));
    undo(&officer).unwrap();
    assert!(cases.iter().all(|of| holder(of) == Some(officer.operator())));
    assert_eq!(stranger.hand_claims(chief.operator()).unwrap_err().key, "refused-nobody-claimed");
}
