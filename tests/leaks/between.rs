//! What passes between the two offices of the scene, in one line each.

use crate::scene::{done, happened};
use pulang::desk::{Ask, Matter, Seat};
use pulang::domain::field::Section;
use pulang::domain::offer::{Answer, NewOffer, NewShare, OfferKind, Reply};
use pulang::domain::subject::Subject;
use pulang::domain::value::Dated;

const WHY: &str = "penjemputan bersama";

/// Shares sections of a case with an office, up to a day.
pub fn share(by: &Seat, of: Subject, with: Subject, sections: &[Section], until: Option<&str>) {
    let share = NewShare {
        office: with.id,
        sections: sections.to_vec(),
        until: until.map(|day| Dated::certain(day.parse().unwrap())),
        consent: Some("YA"),
        consent_why: None,
        why: WHY.into(),
        happened: happened(),
    };
    done(by, vec![Ask::Share { of, share }]);
}

/// Ends what an office sees of a case.
pub fn revoke(by: &Seat, of: Subject, with: Subject) {
    done(by, vec![Ask::Revoke { of, with: with.id, why: WHY.into(), happened: happened() }]);
}

/// Puts something to an office, which does not answer yet.
pub fn offer(by: &Seat, of: Subject, kind: OfferKind, from: Subject, to: Subject) {
    assert_eq!(by.office(), from);
    let offer = NewOffer {
        kind,
        to: to.id,
        sections: vec![Section::Journey],
        why: WHY.into(),
        consent: Some("YA").filter(|_| kind.is_given()),
        consent_why: None,
        happened: happened(),
    };
    done(by, vec![Ask::Offer { of, offer }]);
}

/// Accepts what was offered of a case.
pub fn accept(by: &Seat, of: Subject) {
    let inbox = by.inbox();
    let row = inbox.rows.iter().find(|row| row.of == of).unwrap();
    let Matter::Waiting(offer) = &row.matter else { panic!("nothing waits") };
    let reply = Reply {
        item: offer.item,
        answer: Answer::Accepted,
        why: None,
        sections: Vec::new(),
        until: None,
        consent: None,
        consent_why: None,
        happened: happened(),
    };
    done(by, vec![Ask::Answer { of, reply }]);
}
