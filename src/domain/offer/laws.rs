//! What no offer, answer or share may be, wherever the change came from: the writer's second look.

use super::{Answer, Offer, OfferKind, Share, accepted, offers, shares};
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part, Section};
use crate::domain::gate::{Circumstances, Obstacle, reason};
use crate::domain::record::{ItemId, Record, Slot};

/// Offers that wait on one case at most, and offices that share it.
const MOST: usize = 16;

/// Every law that a change breaks between offices.
pub fn laws(record: &Record, after: &Record, change: &Change, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    // What went out is not taken back; what brings a share back was lawful when it was given.
    if matches!(change.verb, Verb::Undo | Verb::Redo) {
        return Vec::new();
    }
    let touched = |part: Part| change.edits.iter().find(|edit| edit.at.field.part() == part).map(|edit| edit.at.field);
    let mut found = Vec::new();
    match change.verb {
        Verb::Offer => found.extend(offering(record, after, change, circumstances)),
        Verb::Answer => found.extend(answered(record, after, change, circumstances)),
        _ => found.extend(touched(Part::Offer).map(Obstacle::Protected)),
    }
    let shared = touched(Part::Share);
    match change.verb {
        Verb::Share => found.extend(sharing(record, after, change)),
        // Held to what was offered, above.
        Verb::Answer => {}
        _ => found.extend(shared.map(Obstacle::Protected)),
    }
    if change.verb != Verb::Answer && record.revision > 0 && record.get(Field::Owner) != after.get(Field::Owner) {
        found.push(Obstacle::Protected(Field::Owner));
    }
    found
}

/// The one item that a change is about.
fn item_of(change: &Change) -> Option<ItemId> {
    let mut items = change.edits.iter().filter(|edit| edit.at.field.part() == Part::Offer).map(|edit| edit.at.item);
    let first = items.next()??;
    items.all(|item| item == Some(first)).then_some(first)
}

/// The one offer that a change answers: what it accepts, or the only one that it touches.
fn answered_item(change: &Change) -> Option<ItemId> {
    accepted(change).or_else(|| item_of(change))
}

fn offer_at(record: &Record, item: ItemId) -> Option<Offer> {
    offers(record).find(|offer| offer.item == item)
}

/// What is put to another office: by its sender, from the sender's office, to the one who can answer it.
fn offering(record: &Record, after: &Record, change: &Change, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    let item = item_of(change).filter(|item| !record.items(Part::Offer).any(|old| old == *item));
    let Some(offer) = item.and_then(|item| offer_at(after, item)) else {
        return vec![Obstacle::Empty(Field::OfferTo)];
    };
    let owner = Case(record).owner().map(|owner| owner.id);
    let giver = if offer.kind.is_given() { offer.from } else { offer.to };
    let mut found = Vec::new();
    let is_own = offer.from == circumstances.office && offer.by == circumstances.actor && offer.is_open();
    found.extend((!is_own).then_some(Obstacle::Protected(Field::OfferBy)));
    found.extend((offer.to == offer.from).then_some(Obstacle::Unknown(Field::OfferTo)));
    found.extend((owner != Some(giver)).then_some(Obstacle::Unknown(Field::OfferKind)));
    let is_vain = offer.sections.is_empty() && offer.kind != OfferKind::Transfer;
    found.extend(is_vain.then_some(Obstacle::Empty(Field::OfferSections)));
    found.extend(reason(Some(&offer.why)).err());
    if offer.kind.is_given() {
        let at = |field| Slot::of(offer.item, field);
        found.extend(consent(after, at(Field::OfferConsent), at(Field::OfferConsentWhy)));
        found.extend(Case(record).is_sealed().then_some(Obstacle::Held));
    }
    let is_same = |old: &Offer| old.is_open() && (old.kind, old.from, old.to) == (offer.kind, offer.from, offer.to);
    let waiting = offers(record).filter(Offer::is_open).count();
    found.extend((offers(record).any(|old| is_same(&old)) || waiting >= MOST).then_some(Obstacle::AlreadyAsked));
    found
}

/// The person's own word: yes; no, with why it must be all the same; or not asked, because asking is a danger.
fn consent(after: &Record, at: Slot, why: Slot) -> Option<Obstacle> {
    match after.code(at) {
        None => Some(Obstacle::Empty(at.field)),
        Some("TDK") if reason(after.text(why)).is_err() => Some(Obstacle::Empty(why.field)),
        Some(_) => None,
    }
}

/// An answer: to an open offer, by the office it was put to and never by its sender; its fruit is what was offered.
fn answered(record: &Record, after: &Record, change: &Change, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    let was = answered_item(change).and_then(|item| offer_at(record, item)).filter(Offer::is_open);
    let Some((was, now)) = was.and_then(|was| Some((offer_at(after, was.item)?, was))).map(|(now, was)| (was, now))
    else {
        return vec![Obstacle::Unknown(Field::OfferAnswer)];
    };
    let Some(answer) = now.answer else { return vec![Obstacle::Empty(Field::OfferAnswer)] };
    let mut found = Vec::new();
    let bare = Offer { answer: None, answered_by: None, answered_at: None, answer_why: String::new(), ..now.clone() };
    let is_altered = bare != was || now.answered_by != Some(circumstances.actor);
    found.extend(is_altered.then_some(Obstacle::Protected(Field::OfferAnswer)));
    let office = if answer == Answer::Withdrawn { was.from } else { was.to };
    found.extend((office != circumstances.office).then_some(Obstacle::NotYourRole));
    let is_ones_own = was.by == circumstances.actor && answer == Answer::Accepted;
    found.extend(is_ones_own.then_some(Obstacle::SecondPerson));
    let is_unsaid = answer == Answer::Declined && reason(Some(&now.answer_why)).is_err();
    found.extend(is_unsaid.then_some(Obstacle::Empty(Field::OfferAnswerWhy)));
    let owner = Case(record).owner().map(|owner| owner.id);
    let giver = if was.kind.is_given() { was.from } else { was.to };
    // A referral stands when the case changes hands; nothing else is given by who owns it no longer.
    let is_stale = was.kind != OfferKind::Refer && owner != Some(giver);
    found.extend((answer == Answer::Accepted && is_stale).then_some(Obstacle::Unknown(Field::OfferAnswer)));
    let heir = (answer == Answer::Accepted && was.kind == OfferKind::Transfer).then_some(was.to);
    // Settled by the same answer and at its moment, which is the plan's: the clock has gone on since.
    let carried = |offer: Offer| match heir.zip(now.answered_at) {
        Some((heir, at)) => offer.under(heir, circumstances.actor, at),
        None => offer,
    };
    let others = |record: &Record| -> Vec<Offer> { offers(record).filter(|offer| offer.item != was.item).collect() };
    let is_carried = others(after) == others(record).into_iter().map(carried).collect::<Vec<_>>();
    found.extend((!is_carried).then_some(Obstacle::Protected(Field::OfferAnswer)));
    found.extend(fruit(record, after, &was, answer));
    found
}

/// What an answer brings: nothing but what was offered, and nothing at all unless it was accepted.
fn fruit(record: &Record, after: &Record, offer: &Offer, answer: Answer) -> Vec<Obstacle> {
    let owner = |record: &Record| Case(record).owner().map(|owner| owner.id);
    let others = |record: &Record, but: &[_]| -> Vec<Share> {
        shares(record).filter(|share| !but.contains(&share.office)).collect()
    };
    let is_accepted = answer == Answer::Accepted;
    let heir = (is_accepted && offer.kind == OfferKind::Transfer).then_some(offer.to);
    let sharer = match offer.kind {
        _ if !is_accepted => None,
        OfferKind::Refer => Some(offer.to),
        OfferKind::Access => Some(offer.from),
        OfferKind::Transfer => None,
    };
    let mut found = Vec::new();
    if owner(after) != heir.or_else(|| owner(record)) {
        found.push(Obstacle::Protected(Field::Owner));
    }
    let but: Vec<_> = heir.into_iter().chain(sharer).collect();
    if others(record, &but) != others(after, &but) || shares(after).any(|share| Some(share.office) == heir) {
        found.push(Obstacle::Protected(Field::ShareOffice));
    }
    if let Some(with) = sharer {
        // Who owns the case sees all of it.
        found.extend((owner(after) == Some(with)).then_some(Obstacle::Unknown(Field::ShareOffice)));
        let share = shares(after).find(|share| share.office == with);
        let had: Vec<Section> =
            shares(record).filter(|share| share.office == with).flat_map(|share| share.sections).collect();
        let is_within = |share: &Share| {
            let is_offered = |section: &Section| offer.sections.contains(section) || had.contains(section);
            offer.kind == OfferKind::Access || share.sections.iter().all(is_offered)
        };
        match share {
            Some(share) if offer.kind == OfferKind::Access => {
                let at = |field| Slot::of(share.item, field);
                found.extend(consent(after, at(Field::ShareConsent), at(Field::ShareConsentWhy)));
                found.extend((share.sections.is_empty()).then_some(Obstacle::Empty(Field::ShareSections)));
            }
            Some(share) if is_within(&share) => {}
            Some(_) | None => found.push(Obstacle::Protected(Field::ShareSections)),
        }
    }
    found
}

/// Sharing and revoking: with somebody else than the owner, with a reason, and with the person's word where it is given.
fn sharing(record: &Record, after: &Record, change: &Change) -> Vec<Obstacle> {
    let mut found: Vec<Obstacle> = reason(change.reason.as_deref()).err().into_iter().collect();
    let owner = Case(record).owner().map(|owner| owner.id);
    let old: Vec<Share> = shares(record).collect();
    let mut offices: Vec<_> = shares(after).map(|share| share.office).collect();
    found.extend((offices.len() > MOST).then_some(Obstacle::AlreadyAsked));
    offices.sort_unstable();
    found.extend(offices.windows(2).any(|pair| pair[0] == pair[1]).then_some(Obstacle::Unknown(Field::ShareOffice)));
    for new in shares(after).filter(|share| !old.contains(share)) {
        let at = |field| Slot::of(new.item, field);
        found.extend((Some(new.office) == owner).then_some(Obstacle::Unknown(Field::ShareOffice)));
        found.extend(new.sections.is_empty().then_some(Obstacle::Empty(Field::ShareSections)));
        found.extend(consent(after, at(Field::ShareConsent), at(Field::ShareConsentWhy)));
        found.extend(Case(record).is_sealed().then_some(Obstacle::Held));
    }
    found
}
