//! Putting something to another office, answering it, sharing and revoking: each one change, or every obstacle.
//!
//! Who may is the access table's to say; that it is lawful at all is said once, in [`super::laws`], and asked here as well.

use super::{Answer, Offer, OfferKind, laws, offers, section_codes, shares};
use crate::domain::calendar::Zone;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Section};
use crate::domain::gate::{Circumstances, Draft, Fact, Obstacle, fits, operator};
use crate::domain::record::{ItemId, Record, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Timed, Value};
use ulid::Ulid;

/// What is to be put to another office.
#[derive(Clone)]
pub struct NewOffer {
    pub kind: OfferKind,
    /// The office that answers; of a question for access, the case's owner.
    pub to: Ulid,
    /// Sections that the other office is to see; nothing for a transfer, which gives all of them.
    pub sections: Vec<Section>,
    /// Up to 200 characters.
    pub why: String,
    /// A code of `List::ShareConsent`; of a question for access the owner records it with the answer.
    pub consent: Option<&'static str>,
    pub consent_why: Option<String>,
    pub happened: Timed,
}

/// The answer to an offer.
#[derive(Clone)]
pub struct Reply {
    pub item: ItemId,
    pub answer: Answer,
    /// Why not, up to 200 characters: whoever declines says it.
    pub why: Option<String>,
    /// Of a question for access that is granted: what is granted, until when, and what the person says to it.
    pub sections: Vec<Section>,
    pub until: Option<Dated>,
    pub consent: Option<&'static str>,
    pub consent_why: Option<String>,
    pub happened: Timed,
}

/// What another office is to see from now on.
#[derive(Clone)]
pub struct NewShare {
    pub office: Ulid,
    pub sections: Vec<Section>,
    pub until: Option<Dated>,
    pub consent: Option<&'static str>,
    pub consent_why: Option<String>,
    /// Up to 200 characters.
    pub why: String,
    pub happened: Timed,
}

/// Shows the kind, never the content.
impl std::fmt::Debug for NewOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewOffer({:?})", self.kind)
    }
}

/// Shows the answer, never the content.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reply({:?})", self.answer)
    }
}

/// Shows the sections, never the content.
impl std::fmt::Debug for NewShare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewShare({:?})", self.sections)
    }
}

const fn office(id: Ulid) -> Value {
    Value::Link(Subject::new(Kind::Office, id))
}

/// The change, if it is lawful and every text fits.
fn lawful(
    record: &Record,
    draft: Draft<'_>,
    texts: &[(Field, Option<&str>)],
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let change = draft.finish(circumstances);
    let mut after = record.clone();
    change.apply(&mut after);
    let mut found = fits(texts);
    found.extend(laws(record, &after, &change, circumstances));
    if found.is_empty() { Ok(change) } else { Err(found) }
}

/// Puts something to another office. From now on the receiver of a referral or transfer reads the emergency sheet; nothing
/// else waits for the answer. The program's own notice settles the debt of notifying the receiver.
///
/// # Errors
/// Nothing to see, no reason, no word of consent, to oneself, a sealed case, a second one of the kind while one is open.
pub fn offer(record: &Record, new: &NewOffer, circumstances: &Circumstances<'_>) -> Result<Change, Vec<Obstacle>> {
    let mut draft = Draft::new(record, Verb::Offer, new.happened, circumstances);
    let item = draft.item();
    let at = |field| Slot::of(item, field);
    draft.set(at(Field::OfferKind), Value::code(new.kind.code()));
    draft.set(at(Field::OfferFrom), office(circumstances.office));
    draft.set(at(Field::OfferTo), office(new.to));
    if !new.sections.is_empty() {
        draft.set(at(Field::OfferSections), section_codes(&new.sections));
    }
    draft.say(item, Field::OfferWhy, Some(&new.why));
    if let Some(consent) = new.consent {
        draft.set(at(Field::OfferConsent), Value::code(consent));
    }
    draft.say(item, Field::OfferConsentWhy, new.consent_why.as_deref());
    draft.set(at(Field::OfferBy), Value::Link(operator(circumstances.actor)));
    draft.set(at(Field::OfferAt), Value::Time(Timed::certain(circumstances.now)));
    let owes_notice =
        crate::domain::case::Case(record).open_debts().any(|debt| debt.fact == Fact::ReceiverNotified.code());
    if new.kind.is_given() && owes_notice {
        draft.set(Field::ReceiverNotifiedAt, Value::Time(new.happened));
    }
    let texts = [(Field::OfferWhy, Some(new.why.as_str())), (Field::OfferConsentWhy, new.consent_why.as_deref())];
    lawful(record, draft, &texts, circumstances)
}

/// Answers an offer, or takes it back. Accepted, a referral shares its sections, a transfer gives the case to the office that
/// took it, a granted question shares what was granted; all of it in this one change.
///
/// # Errors
/// No such open offer, the sender's own, declined without saying why, granted without a word of consent.
pub fn answer(record: &Record, reply: &Reply, circumstances: &Circumstances<'_>) -> Result<Change, Vec<Obstacle>> {
    let open = offers(record).find(|offer| offer.item == reply.item && offer.is_open());
    let Some(offer) = open else { return Err(vec![Obstacle::Unknown(Field::OfferAnswer)]) };
    let mut draft = Draft::new(record, Verb::Answer, reply.happened, circumstances);
    let at = |field| Slot::of(offer.item, field);
    draft.set(at(Field::OfferAnswer), Value::code(reply.answer.code()));
    draft.set(at(Field::OfferAnsweredBy), Value::Link(operator(circumstances.actor)));
    draft.set(at(Field::OfferAnsweredAt), Value::Time(Timed::certain(circumstances.now)));
    draft.say(offer.item, Field::OfferAnswerWhy, reply.why.as_deref());
    if reply.answer == Answer::Accepted {
        match offer.kind {
            OfferKind::Refer => put_share(&mut draft, record, &given(&offer, reply), circumstances),
            OfferKind::Access => put_share(&mut draft, record, &granted(&offer, reply), circumstances),
            OfferKind::Transfer => {
                draft.set(Field::Owner, office(offer.to));
                // Nobody of the new office has taken the person upon himself yet.
                draft.clear(Field::Officer);
                clear_share(&mut draft, record, offer.to);
                carry(&mut draft, record, &offer, circumstances);
            }
        }
    }
    let texts = [(Field::OfferAnswerWhy, reply.why.as_deref()), (Field::ShareConsentWhy, reply.consent_why.as_deref())];
    lawful(record, draft, &texts, circumstances)
}

/// What else waits on a case that another office takes over.
fn carry(draft: &mut Draft<'_>, record: &Record, transfer: &Offer, circumstances: &Circumstances<'_>) {
    for old in offers(record).filter(|old| old.item != transfer.item) {
        let at = |field| Slot::of(old.item, field);
        let (to, is_open) = (old.to, old.is_open());
        let new = old.clone().under(transfer.to, circumstances.actor, circumstances.now);
        if new.to != to {
            draft.set(at(Field::OfferTo), office(new.to));
        }
        if let (true, Some(answer)) = (is_open, new.answer) {
            draft.set(at(Field::OfferAnswer), Value::code(answer.code()));
            draft.set(at(Field::OfferAnsweredBy), Value::Link(operator(circumstances.actor)));
            draft.set(at(Field::OfferAnsweredAt), Value::Time(Timed::certain(circumstances.now)));
        }
    }
}

fn given(offer: &Offer, reply: &Reply) -> NewShare {
    NewShare {
        office: offer.to,
        sections: offer.sections.clone(),
        until: None,
        // The consent of a referral stands in its offer.
        consent: None,
        consent_why: None,
        why: offer.why.clone(),
        happened: reply.happened,
    }
}

fn granted(offer: &Offer, reply: &Reply) -> NewShare {
    NewShare {
        office: offer.from,
        sections: reply.sections.clone(),
        until: reply.until.clone(),
        consent: reply.consent,
        consent_why: reply.consent_why.clone(),
        why: offer.why.clone(),
        happened: reply.happened,
    }
}

/// Shares sections of a case with another office; an office that shares it already sees these from now on, and no others.
///
/// # Errors
/// No section, no reason, no word of consent, with the owner himself, a sealed case.
pub fn share(record: &Record, new: &NewShare, circumstances: &Circumstances<'_>) -> Result<Change, Vec<Obstacle>> {
    let mut draft = Draft::new(record, Verb::Share, new.happened, circumstances);
    draft.change().reason = Some(new.why.trim().to_owned());
    clear_share(&mut draft, record, new.office);
    put_share(&mut draft, record, new, circumstances);
    let texts = [(Field::ShareWhy, Some(new.why.as_str())), (Field::ShareConsentWhy, new.consent_why.as_deref())];
    lawful(record, draft, &texts, circumstances)
}

/// Ends what an office sees of a case, at once and with a reason; the history keeps that it did.
///
/// # Errors
/// The case is not shared with that office, no reason.
pub fn revoke(
    record: &Record,
    with: Ulid,
    why: &str,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    if !shares(record).any(|share| share.office == with) {
        return Err(vec![Obstacle::Unknown(Field::ShareOffice)]);
    }
    let mut draft = Draft::new(record, Verb::Share, happened, circumstances);
    draft.change().reason = Some(why.trim().to_owned());
    clear_share(&mut draft, record, with);
    lawful(record, draft, &[(Field::ShareWhy, Some(why))], circumstances)
}

fn put_share(draft: &mut Draft<'_>, record: &Record, new: &NewShare, circumstances: &Circumstances<'_>) {
    let known = shares(record).find(|share| share.office == new.office);
    let item = known.as_ref().map_or_else(|| draft.item(), |share| share.item);
    let at = |field| Slot::of(item, field);
    let mut sections = new.sections.clone();
    if draft.change().verb == Verb::Answer {
        // What somebody sees already is not taken by giving more.
        sections.extend(known.into_iter().filter(|share| share.stands(circumstances.now)).flat_map(|it| it.sections));
    }
    draft.set(at(Field::ShareOffice), office(new.office));
    draft.set(at(Field::ShareSections), section_codes(&sections));
    draft.set(at(Field::ShareBy), Value::Link(operator(circumstances.actor)));
    draft.set(at(Field::ShareFrom), Value::Time(Timed::certain(circumstances.now)));
    match &new.until {
        Some(until) => draft.set(at(Field::ShareUntil), Value::Date(until.clone())),
        None => draft.clear(at(Field::ShareUntil)),
    }
    match Zone::at_offset(circumstances.zone).filter(|_| new.until.is_some()) {
        Some(zone) => draft.set(at(Field::ShareZone), Value::code(zone.code())),
        None => draft.clear(at(Field::ShareZone)),
    }
    if let Some(consent) = new.consent {
        draft.set(at(Field::ShareConsent), Value::code(consent));
    }
    draft.say(item, Field::ShareConsentWhy, new.consent_why.as_deref());
    draft.say(item, Field::ShareWhy, Some(&new.why));
}

fn clear_share(draft: &mut Draft<'_>, record: &Record, with: Ulid) {
    let items: Vec<ItemId> = shares(record).filter(|share| share.office == with).map(|share| share.item).collect();
    for slot in record.facts.keys().filter(|slot| slot.item.is_some_and(|item| items.contains(&item))) {
        draft.clear(*slot);
    }
}
