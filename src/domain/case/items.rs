//! What a case has several of: documents, phones, contacts, flags, debts, tracks, links; and questions about them.
//!
//! Small read-only structs over a record; nothing here decides a move.

use super::Case;
use crate::domain::field::{Field, Part};
use crate::domain::record::{ItemId, Record, Slot};
use crate::domain::status::Status;
use crate::domain::subject::Subject;
use crate::domain::value::Value;
use chrono::{DateTime, NaiveDate, Utc};

/// A travel or identity document; dates are days, the number is normalised.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    pub item: ItemId,
    pub kind: Option<&'a str>,
    pub no: Option<&'a str>,
    pub until: Option<NaiveDate>,
    /// In whose hands, or what became of it: `List::DocState`.
    pub state: Option<&'a str>,
}

impl Document<'_> {
    /// Whether one can travel on it on this day: a passport or SPLP with a number, in the person's or the desk's hands.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        matches!(self.kind, Some("PSP" | "SPL"))
            && self.no.is_some_and(|no| !no.is_empty())
            && matches!(self.state, None | Some("PGG"))
            && self.until.is_some_and(|until| until >= day)
    }
}

/// A phone number with whose it is (nobody named: the person's own) and whether it is safe to call.
#[derive(Clone, Copy)]
pub struct Phone<'a> {
    pub item: ItemId,
    pub no: &'a str,
    pub whose: Option<&'a str>,
    pub safe: Option<&'a str>,
}

impl Phone<'_> {
    pub fn is_own(&self) -> bool {
        self.whose.is_none_or(|whose| {
            let whose = whose.trim();
            whose.is_empty()
                || whose == "-"
                || ["sendiri", "diri sendiri", "own"].iter().any(|own| whose.eq_ignore_ascii_case(own))
        })
    }
}

/// Somebody around the person: family, guardian, institution, or one who must not be contacted.
#[derive(Clone, Copy)]
pub struct Contact<'a> {
    pub item: ItemId,
    pub name: Option<&'a str>,
    pub relation: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub is_guardian: bool,
    pub verified_by: Option<&'a str>,
    pub verified_how: Option<&'a str>,
    pub is_barred: bool,
    pub is_recruiter: bool,
}

impl Contact<'_> {
    /// Whether it is known who verified this contact, and how.
    pub fn is_verified(&self) -> bool {
        self.verified_how.is_some() && self.verified_by.is_some_and(|by| !by.trim().is_empty())
    }

    /// Whether nobody may be handed to, or called at, this contact: *jangan hubungi*, or linked as recruiter.
    pub const fn is_barred(&self) -> bool {
        self.is_barred || self.is_recruiter
    }

    /// Whether a child may be handed to this contact: a verified guardian or institution that is not barred.
    pub fn may_take_a_child(&self) -> bool {
        let is_in_charge = self.is_guardian || self.relation == Some("LBG");
        is_in_charge
            && self.is_verified()
            && !self.is_barred()
            && self.name.is_some_and(|name| !folded(name).is_empty())
    }

    /// Whether this name means this contact: the same words, whatever their case, order and punctuation.
    pub fn is_named(&self, name: &str) -> bool {
        let name = folded(name);
        !name.is_empty() && self.name.is_some_and(|own| folded(own) == name)
    }
}

/// The words of a name in lower case, sorted.
fn folded(name: &str) -> Vec<String> {
    let mut words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}

/// A condition with from, to, by and why.
#[derive(Clone, Copy)]
pub struct Flag<'a> {
    pub item: ItemId,
    pub kind: &'a str,
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Whether somebody has ended it; an end that was planned may also just pass.
    pub is_cleared: bool,
    pub other: Option<Subject>,
}

impl Flag<'_> {
    /// Whether it stands now; without an end it stands until it is cleared.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.to.is_none_or(|to| to > now)
    }

    /// Whether it holds the person back: a law or a medical hold.
    pub fn is_hold(&self) -> bool {
        matches!(self.kind, "HKM" | "MED")
    }
}

/// A fact that is owed: which, since which gate, until when.
#[derive(Clone, Copy)]
pub struct Debt<'a> {
    pub item: ItemId,
    /// Stable code of a [`crate::domain::gate::Fact`].
    pub fact: &'a str,
    pub owed_for: Option<Status>,
    pub due: Option<DateTime<Utc>>,
    pub is_emergency: bool,
    pub is_settled: bool,
}

/// A parallel strand with its own state.
#[derive(Clone, Copy)]
pub struct Strand<'a> {
    pub item: ItemId,
    pub kind: Option<&'a str>,
    pub state: Option<&'a str>,
    pub no: Option<&'a str>,
    pub taken_over_by: Option<&'a str>,
}

/// A tie to another case: the same person's, surely another person's, a mother's or a child's.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub item: ItemId,
    pub case: Subject,
    /// `List::LinkKind`.
    pub kind: Option<&'a str>,
}

impl Link<'_> {
    /// Whether it answers if the two cases are one person's: the same (SMA), or another (BKN).
    pub fn is_answer(&self) -> bool {
        matches!(self.kind, Some("SMA" | "BKN"))
    }
}

/// The facts of a link in a new item, signed by whoever links.
pub fn linked(item: ItemId, case: Subject, kind: &str, by: Subject) -> [(Slot, Value); 3] {
    [
        (Slot::of(item, Field::LinkCase), Value::Link(case)),
        (Slot::of(item, Field::LinkKind), Value::code(kind)),
        (Slot::of(item, Field::LinkBy), Value::Link(by)),
    ]
}

fn is_yes(record: &Record, item: ItemId, field: Field) -> bool {
    record.is_yes(Slot::of(item, field))
}

impl<'a> Case<'a> {
    pub fn documents(self) -> impl Iterator<Item = Document<'a>> {
        let record = self.0;
        record.items(Part::Document).map(move |item| Document {
            item,
            kind: record.code(Slot::of(item, Field::DocKind)),
            no: record.text(Slot::of(item, Field::DocNo)),
            until: record.day(Slot::of(item, Field::DocUntil)),
            state: record.code(Slot::of(item, Field::DocState)),
        })
    }

    pub fn phones(self) -> impl Iterator<Item = Phone<'a>> {
        let record = self.0;
        record.items(Part::Phone).filter_map(move |item| {
            Some(Phone {
                item,
                no: record.text(Slot::of(item, Field::PhoneNo))?,
                whose: record.text(Slot::of(item, Field::PhoneWhose)),
                safe: record.code(Slot::of(item, Field::PhoneSafe)),
            })
        })
    }

    pub fn contacts(self) -> impl Iterator<Item = Contact<'a>> {
        self.0.items(Part::Contact).map(move |item| self.contact(item))
    }

    /// The contact with this id; empty when there is none.
    pub fn contact(self, item: ItemId) -> Contact<'a> {
        let record = self.0;
        let text = |field| record.text(Slot::of(item, field));
        Contact {
            item,
            name: text(Field::ContactName),
            relation: record.code(Slot::of(item, Field::ContactRelation)),
            phone: text(Field::ContactPhone),
            is_guardian: is_yes(record, item, Field::ContactIsGuardian),
            verified_by: text(Field::ContactVerifiedBy),
            verified_how: record.code(Slot::of(item, Field::ContactVerifiedHow)),
            is_barred: is_yes(record, item, Field::ContactIsBarred),
            is_recruiter: is_yes(record, item, Field::ContactIsRecruiter),
        }
    }

    pub fn flags(self) -> impl Iterator<Item = Flag<'a>> {
        let record = self.0;
        record.items(Part::Flag).filter_map(move |item| {
            Some(Flag {
                item,
                kind: record.code(Slot::of(item, Field::Flag))?,
                from: record.at(Slot::of(item, Field::FlagFrom)),
                to: record.at(Slot::of(item, Field::FlagTo)),
                reviewed_at: record.at(Slot::of(item, Field::FlagReviewedAt)),
                is_cleared: record.at(Slot::of(item, Field::FlagClearedAt)).is_some(),
                other: record.link(Slot::of(item, Field::FlagOther)),
            })
        })
    }

    pub fn debts(self) -> impl Iterator<Item = Debt<'a>> {
        let record = self.0;
        record.items(Part::Debt).filter_map(move |item| {
            Some(Debt {
                item,
                fact: record.text(Slot::of(item, Field::DebtFact))?,
                owed_for: record.code(Slot::of(item, Field::DebtFor)).and_then(Status::from_code),
                due: record.at(Slot::of(item, Field::DebtDue)),
                is_emergency: is_yes(record, item, Field::DebtIsEmergency),
                is_settled: record.at(Slot::of(item, Field::DebtSettledAt)).is_some(),
            })
        })
    }

    pub fn open_debts(self) -> impl Iterator<Item = Debt<'a>> {
        self.debts().filter(|debt| !debt.is_settled)
    }

    pub fn tracks(self) -> impl Iterator<Item = Strand<'a>> {
        let record = self.0;
        record.items(Part::Track).map(move |item| Strand {
            item,
            kind: record.code(Slot::of(item, Field::Track)),
            state: record.code(Slot::of(item, Field::TrackState)),
            no: record.text(Slot::of(item, Field::TrackNo)),
            taken_over_by: record.text(Slot::of(item, Field::TrackTakenOverBy)),
        })
    }

    pub fn links(self) -> impl Iterator<Item = Link<'a>> {
        let record = self.0;
        record.items(Part::Link).filter_map(move |item| {
            Some(Link {
                item,
                case: record.link(Slot::of(item, Field::LinkCase))?,
                kind: record.code(Slot::of(item, Field::LinkKind)),
            })
        })
    }

    /// Whether somebody has said here if that case is the same person's.
    pub fn has_answered(self, other: Subject) -> bool {
        self.0.link(Field::DuplicateOf) == Some(other)
            || self.links().any(|link| link.is_answer() && link.case == other)
    }

    /// Whether a flag of this kind stands now.
    pub fn has_flag(self, kind: &str, now: DateTime<Utc>) -> bool {
        self.flags().any(|flag| flag.kind == kind && flag.is_live(now))
    }

    /// The law and medical holds that stand now.
    pub fn live_holds(self, now: DateTime<Utc>) -> impl Iterator<Item = Flag<'a>> {
        self.flags().filter(move |flag| flag.is_hold() && flag.is_live(now))
    }

    /// The cases that bed, seat and room suggestions must keep away from this one.
    pub fn kept_apart(self, now: DateTime<Utc>) -> impl Iterator<Item = Subject> {
        self.flags().filter(move |flag| flag.kind == "PSH" && flag.is_live(now)).filter_map(|flag| flag.other)
    }

    /// The contacts that nobody calls and nobody is handed to.
    pub fn barred_contacts(self) -> impl Iterator<Item = Contact<'a>> {
        self.contacts().filter(Contact::is_barred)
    }

    /// Whether a number is of somebody who must not be contacted.
    pub fn is_barred_phone(self, no: &str) -> bool {
        self.barred_contacts().any(|contact| contact.phone == Some(no))
    }

    /// Whether a guardian or institution stands verified to take this child.
    pub fn has_verified_guardian(self) -> bool {
        self.contacts().any(|contact| contact.may_take_a_child())
    }

    /// Whether a child travels without the guardian, alone or parted, whoever is verified at home.
    pub fn is_parted(self) -> bool {
        matches!(self.0.code(Field::Company), Some("SND" | "TRP"))
    }

    /// The contact that the person is handed to, by its item id in `handed_contact`.
    pub fn receiver(self) -> Option<Contact<'a>> {
        let item = ItemId::from_string(self.0.text(Field::HandedContact)?).ok()?;
        self.contacts().find(|contact| contact.item == item)
    }

    /// Whether the receiver is one whom the rules allow: nobody is handed to a barred contact or a recruiter, by link or by
    /// name; a child only to the verified guardian or institution that is named.
    pub fn is_receiver_safe(self, is_child: bool) -> bool {
        let named = self.0.text(Field::HandedTo);
        let is_barred = self.barred_contacts().any(|contact| named.is_some_and(|name| contact.is_named(name)))
            || self.receiver().is_some_and(|contact| contact.is_barred());
        let is_verified = || {
            self.receiver()
                .is_some_and(|contact| contact.may_take_a_child() && named.is_some_and(|name| contact.is_named(name)))
        };
        !is_barred && (!is_child || is_verified())
    }
}
