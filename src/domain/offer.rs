//! Between offices: what one puts to another about a case, the answer to it, and the shares that come of it.
//!
//! An offer is an item of the case and stays there, answered or not. Nothing of the work waits for its answer: position is not
//! ownership. Whom it is put to answers; whoever sent it never accepts it.

pub mod laws;
pub mod plan;

pub use laws::laws;
pub use plan::{NewOffer, NewShare, Reply, answer, offer, revoke, share};

use super::access::{Act, SHARED_SECTIONS, section_code};
use super::calendar::Zone;
use super::change::{Change, Verb};
use super::field::{Field, Part, Section};
use super::record::{ItemId, Record, Slot};
use super::value::Value;
use chrono::{DateTime, NaiveDate, Utc};
use ulid::Ulid;

/// What a family says of itself and of whom it seeks, in the order in which it is asked.
pub const INQUIRY: [Field; 7] = [
    Field::InquiryCaller,
    Field::InquiryRelation,
    Field::InquiryPhone,
    Field::InquirySought,
    Field::InquiryBirth,
    Field::InquiryNumber,
    Field::InquiryNote,
];

/// What an office says that asks for access to a case of which it knows the number alone. Who has such a case, and whether there
/// is one, it does not learn by asking.
pub const ASKED_BY_NUMBER: [Field; 3] = [Field::InquiryNumber, Field::InquirySections, Field::InquiryNote];

/// What is put to another office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    /// Look after this person too: accepted, the office shares the named sections.
    Refer,
    /// Take the case over: accepted, the office owns it.
    Transfer,
    /// May we see this case: put to its owner, granted for sections.
    Access,
}

impl OfferKind {
    const ALL: [Self; 3] = [Self::Refer, Self::Transfer, Self::Access];

    /// A code of `List::Offer`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refer => "RJK",
            Self::Transfer => "ALH",
            Self::Access => "MTA",
        }
    }

    /// The kind of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the owner gives something with it, as against asking for it.
    pub const fn is_given(self) -> bool {
        matches!(self, Self::Refer | Self::Transfer)
    }

    /// What whoever sends it has to be allowed; to withdraw it as well.
    pub const fn sending(self) -> Act {
        match self {
            Self::Refer => Act::Refer,
            Self::Transfer => Act::Share,
            Self::Access => Act::AskAccess,
        }
    }

    /// What whoever accepts or declines it has to be allowed.
    pub const fn answering(self) -> Act {
        if self.is_given() { Act::Answer } else { Act::Share }
    }
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    Declined,
    /// Taken back by the office that sent it.
    Withdrawn,
}

impl Answer {
    const ALL: [Self; 3] = [Self::Accepted, Self::Declined, Self::Withdrawn];

    /// A code of `List::Answer`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "TRM",
            Self::Declined => "TLK",
            Self::Withdrawn => "TRK",
        }
    }

    /// The answer of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// One offer on a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    pub item: ItemId,
    pub kind: OfferKind,
    /// The office that sent it.
    pub from: Ulid,
    /// The office that answers it.
    pub to: Ulid,
    /// Who sent it.
    pub by: Ulid,
    pub at: DateTime<Utc>,
    pub sections: Vec<Section>,
    pub why: String,
    /// A code of `List::ShareConsent`.
    pub consent: Option<String>,
    /// Why the person was not asked, where that is so.
    pub consent_why: String,
    pub answer: Option<Answer>,
    pub answered_by: Option<Ulid>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer_why: String,
}

/// Shows the kind, never the content.
impl std::fmt::Debug for Offer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Offer({:?}, {:?})", self.kind, self.answer)
    }
}

impl Offer {
    /// Whether nobody has answered it.
    pub const fn is_open(&self) -> bool {
        self.answer.is_none()
    }

    /// This offer once another office owns the case. A question for access goes to whoever owns it now; what the case's change
    /// of hands has settled, or what nobody may give any more, waits no longer. A referral to a third office stands: somebody
    /// is to look after the person there.
    #[must_use]
    pub fn under(self, heir: Ulid, by: Ulid, at: DateTime<Utc>) -> Self {
        let is_settled = match self.kind {
            OfferKind::Transfer => true,
            OfferKind::Refer => self.to == heir,
            OfferKind::Access => self.from == heir,
        };
        match (self.is_open(), is_settled) {
            (false, _) => self,
            (true, true) => {
                Self { answer: Some(Answer::Withdrawn), answered_by: Some(by), answered_at: Some(at), ..self }
            }
            (true, false) if self.kind == OfferKind::Access => Self { to: heir, ..self },
            (true, false) => self,
        }
    }

    fn of(record: &Record, item: ItemId) -> Option<Self> {
        let at = |field| Slot::of(item, field);
        let text = |field| record.text(at(field)).unwrap_or_default().to_owned();
        Some(Self {
            item,
            kind: record.code(at(Field::OfferKind)).and_then(OfferKind::from_code)?,
            from: record.link(at(Field::OfferFrom))?.id,
            to: record.link(at(Field::OfferTo))?.id,
            by: record.link(at(Field::OfferBy))?.id,
            at: record.at(at(Field::OfferAt))?,
            sections: sections(record, at(Field::OfferSections)),
            why: text(Field::OfferWhy),
            consent: record.code(at(Field::OfferConsent)).map(str::to_owned),
            consent_why: text(Field::OfferConsentWhy),
            answer: record.code(at(Field::OfferAnswer)).and_then(Answer::from_code),
            answered_by: record.link(at(Field::OfferAnsweredBy)).map(|by| by.id),
            answered_at: record.at(at(Field::OfferAnsweredAt)),
            answer_why: text(Field::OfferAnswerWhy),
        })
    }
}

/// The offers on a case, oldest first.
pub fn offers(record: &Record) -> impl Iterator<Item = Offer> + '_ {
    record.items(Part::Offer).filter_map(|item| Offer::of(record, item))
}

/// One office that sees sections of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub item: ItemId,
    pub office: Ulid,
    pub sections: Vec<Section>,
    /// The last day on which it stands; none for as long as nobody revokes it.
    pub until: Option<NaiveDate>,
    /// Where that day ends: the zone of the office that shared, as it was then.
    pub zone: Zone,
}

impl Share {
    /// Whether it stands at a moment. Its last day ends where whoever gave it works, for both offices at once.
    pub fn stands(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| self.zone.day(now) <= until)
    }
}

/// The shares of a case as they are written, past ones among them.
pub fn shares(record: &Record) -> impl Iterator<Item = Share> + '_ {
    record.items(Part::Share).filter_map(|item| {
        Some(Share {
            item,
            office: record.link(Slot::of(item, Field::ShareOffice))?.id,
            sections: sections(record, Slot::of(item, Field::ShareSections)),
            until: record.day(Slot::of(item, Field::ShareUntil)),
            // Shares of before say no zone: their days were counted in Jakarta.
            zone: record.code(Slot::of(item, Field::ShareZone)).and_then(Zone::from_code).unwrap_or_default(),
        })
    })
}

fn sections(record: &Record, at: Slot) -> Vec<Section> {
    let has = |section: &Section| section_code(*section).is_some_and(|code| record.has_code(at, code));
    SHARED_SECTIONS.into_iter().filter(has).collect()
}

/// The sections in the codes in which they are kept. Who it is belongs to every share: nobody is looked after unnamed.
pub fn section_codes(sections: &[Section]) -> Value {
    let identity = [Section::Identity];
    let all = identity.iter().chain(sections).filter_map(|section| section_code(*section));
    Value::Codes(all.map(str::to_owned).collect())
}

/// The sections that a value of codes means.
pub fn sections_of(value: Option<&Value>) -> Vec<Section> {
    let Some(Value::Codes(codes)) = value else { return Vec::new() };
    let has = |section: &Section| section_code(*section).is_some_and(|code| codes.contains(code));
    SHARED_SECTIONS.into_iter().filter(has).collect()
}

/// The act that an edit of an offer is: sending it, answering it, or taking it back. What is no offer at all is the owner
/// supervisor's, and the laws refuse it.
pub fn act(record: &Record, change: &Change, item: ItemId) -> Act {
    let code = |field: Field| match change.after(record, Slot::of(item, field)) {
        Some(Value::Code(code)) => Some(code.as_str()),
        _ => None,
    };
    let Some(kind) = code(Field::OfferKind).and_then(OfferKind::from_code) else { return Act::Share };
    match code(Field::OfferAnswer).and_then(Answer::from_code) {
        None | Some(Answer::Withdrawn) => kind.sending(),
        Some(Answer::Accepted | Answer::Declined) => kind.answering(),
    }
}

/// The offer that a change accepts, if it accepts one.
pub fn accepted(change: &Change) -> Option<ItemId> {
    let yes = Some(Value::code(Answer::Accepted.code()));
    change.edits.iter().find(|edit| edit.at.field == Field::OfferAnswer && edit.now == yes)?.at.item
}

/// The act that a change is which answers an offer, and may bring a share or another owner with it.
pub fn answering(record: &Record, change: &Change) -> Option<Act> {
    let is_answer = |edit: &&super::change::Edit| edit.at.field == Field::OfferAnswer && edit.now.is_some();
    let first = || change.edits.iter().find(is_answer).and_then(|edit| edit.at.item);
    let item = accepted(change).or_else(first).filter(|_| change.verb == Verb::Answer)?;
    Some(act(record, change, item))
}
