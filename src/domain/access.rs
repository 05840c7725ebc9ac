//! Who may what: one pure function over one table, asked in the desk alone. Default deny.
//!
//! The table is `design.md`, section 5. Nothing here knows a screen, a clock or the content of a case; what is asked and
//! answered leaves its line in the trail elsewhere.

pub mod administer;
pub mod needs;
pub mod role;

pub use administer::may_administer;
pub use needs::{needed, owed_at, section_at, told_outside};
pub use role::{Role, Roles};

use super::case::Case;
use super::field::{Field, Part, Section};
use super::offer;
use super::record::{Record, Slot};
use super::words::List;
use chrono::{DateTime, Utc};
use ulid::Ulid;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    pub id: Ulid,
    pub office: Ulid,
    pub roles: Roles,
    /// Small posts that have this office as their parent and borrow its second person.
    pub posts: &'a [Ulid],
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Stand in a list or search result.
    Find,
    /// Answer an exact NIK or document number: *already registered at …*, or *hubungi penyelia jaga* when sealed.
    FindExact,
    /// Be one of a number: headcounts, beds, figures. Masked: of a number that is hidden where it is small, or that stands bare
    /// beside the others.
    Count,
    Open,
    Edit,
    Move,
    /// Approve or decline what somebody asked to close.
    Approve,
    Note,
    /// Emergency referral, and hand-over to law enforcement.
    Refer,
    /// Ask the owner for access.
    AskAccess,
    /// The papers of the step one makes: queue card, hand-over record, referral.
    PrintStep,
    /// Lists, exports, and prints beyond a step.
    Export,
    Seal,
    Share,
    /// Link as the same person, and the reverse.
    Merge,
    /// Destroy its data for good.
    Erase,
    /// Read the trail of this case.
    Trail,
    /// Read the emergency sheet: what whoever is to receive somebody must know from the moment of dispatch on.
    Sheet,
    /// Accept or decline what another office offers: a referral, a transfer.
    Answer,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 19] = [
        Self::Find,
        Self::FindExact,
        Self::Count,
        Self::Open,
        Self::Edit,
        Self::Move,
        Self::Approve,
        Self::Note,
        Self::Refer,
        Self::AskAccess,
        Self::PrintStep,
        Self::Export,
        Self::Seal,
        Self::Share,
        Self::Merge,
        Self::Erase,
        Self::Trail,
        Self::Sheet,
        Self::Answer,
    ];
}

/// The answer, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    Deny,
    /// It exists, without its content: initials, case number, a bare number, the one sentence of a sealed case.
    Masked,
    /// With a reason, which the trail keeps and the owner is told where the case is another office's.
    NeedReason,
    Allow,
}

/// The facts of a case that access rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    pub owner: Option<Ulid>,
    pub officer: Option<Ulid>,
    pub is_sealed: bool,
    pub is_close_asked: bool,
    pub sealer: Option<Ulid>,
    pub named: Vec<Ulid>,
    pub shared: Vec<(Ulid, Vec<Section>)>,
    /// The offices to which a referral or transfer is offered and not answered.
    pub offered: Vec<Ulid>,
}

/// The sections that can be shared, beside their codes in `List::Section`.
pub const SHARED_SECTIONS: [Section; 8] = [
    Section::Identity,
    Section::Contact,
    Section::Work,
    Section::Journey,
    Section::Health,
    Section::Care,
    Section::Law,
    Section::Desk,
];

/// The code under which a section is shared; none for what is not part of a case.
pub fn section_code(section: Section) -> Option<&'static str> {
    let place = SHARED_SECTIONS.iter().position(|shared| *shared == section)?;
    List::Section.codes().get(place).copied()
}

impl Holding {
    /// Reads them from a case's record as it is written, shares whose day is past among them.
    pub fn of(record: &Record) -> Self {
        let case = Case(record);
        let shares = offer::shares(record).map(|share| (share.office, share.sections));
        let named = record.items(Part::Named).filter_map(|item| record.link(Slot::of(item, Field::NamedOperator)));
        Self {
            owner: case.owner().map(|office| office.id),
            officer: case.officer().map(|officer| officer.id),
            is_sealed: case.is_sealed(),
            is_close_asked: case.close_asked_by().is_some(),
            sealer: record.link(Field::SealedBy).map(|operator| operator.id),
            named: named.map(|operator| operator.id).collect(),
            shared: shares.collect(),
            offered: offer::offers(record).filter(|it| it.is_open() && it.kind.is_given()).map(|it| it.to).collect(),
        }
    }

    /// As they hold at a moment: without the shares whose day is past.
    pub fn at(record: &Record, now: DateTime<Utc>) -> Self {
        let standing = offer::shares(record).filter(|share| share.stands(now));
        Self { shared: standing.map(|share| (share.office, share.sections)).collect(), ..Self::of(record) }
    }

    fn is_named(&self, actor: &Actor<'_>) -> bool {
        self.named.contains(&actor.id) || self.sealer == Some(actor.id)
    }

    fn shares_with<'a>(&'a self, actor: &Actor<'_>) -> Option<&'a [Section]> {
        self.shared.iter().find(|(office, _)| *office == actor.office).map(|(_, sections)| sections.as_slice())
    }
}

/// Whether an actor may do this to this section of this case.
pub fn can(actor: &Actor<'_>, act: Act, section: Section, case: &Holding) -> Access {
    let is_worker = !actor.roles.and(Roles::WORKERS).is_empty();
    let open = if is_worker { worker(actor, act, section, case) } else { Access::Deny };
    let apart = apart(actor, act);
    let access = if case.is_sealed { sealed(actor, act, case, open) } else { open.max(apart) };
    if section == Section::Law { access.min(compartment(actor, act, case)) } else { access }
}

/// Whether an actor may say by which gate table an office works: its administrator's and its supervisors' business (a fresh
/// desk has nobody but its first supervisor), and nobody's for another office.
pub fn may_set_table(actor: &Actor<'_>, office: Ulid) -> bool {
    let is_chief = actor.roles.has(Role::Administrator) || actor.roles.has(Role::Supervisor);
    is_chief && actor.office == office
}

/// Leadership sees counts, the auditor the trail and case numbers, the administrator no case at all.
fn apart(actor: &Actor<'_>, act: Act) -> Access {
    match act {
        // Counts alone are read and printed, without the small ones: leadership works on no case of any office.
        Act::Count | Act::Export if actor.roles.has(Role::Leadership) => Access::Masked,
        Act::Trail if actor.roles.has(Role::Auditor) => Access::Allow,
        Act::Find if actor.roles.has(Role::Auditor) => Access::Masked,
        Act::Find
        | Act::FindExact
        | Act::Count
        | Act::Open
        | Act::Edit
        | Act::Move
        | Act::Approve
        | Act::Note
        | Act::Refer
        | Act::AskAccess
        | Act::Sheet
        | Act::Answer
        | Act::PrintStep
        | Act::Export
        | Act::Seal
        | Act::Share
        | Act::Merge
        | Act::Erase
        | Act::Trail => Access::Deny,
    }
}

/// Somebody who works on cases, by where the case is.
fn worker(actor: &Actor<'_>, act: Act, section: Section, case: &Holding) -> Access {
    let is_supervisor = actor.roles.has(Role::Supervisor);
    if case.owner == Some(actor.office) {
        return owner(act, is_supervisor);
    }
    let is_parents =
        is_supervisor && case.is_close_asked && case.owner.is_some_and(|owner| actor.posts.contains(&owner));
    if is_parents && act == Act::Approve {
        return Access::Allow;
    }
    if is_parents && act == Act::Open {
        return Access::NeedReason;
    }
    // Who is offered somebody may have to receive them before anybody has answered.
    if case.offered.contains(&actor.office) && matches!(act, Act::Sheet | Act::Answer) {
        return Access::Allow;
    }
    match case.shares_with(actor) {
        Some(sections) => shared(act, sections.contains(&section)),
        None => stranger(act, is_supervisor),
    }
}

fn owner(act: Act, is_supervisor: bool) -> Access {
    match act {
        Act::Find
        | Act::FindExact
        | Act::Count
        | Act::Open
        | Act::Edit
        | Act::Move
        | Act::Note
        | Act::Refer
        | Act::AskAccess
        | Act::Sheet
        | Act::PrintStep => Access::Allow,
        Act::Approve | Act::Seal | Act::Share | Act::Merge if is_supervisor => Access::Allow,
        Act::Export | Act::Erase if is_supervisor => Access::NeedReason,
        Act::Approve | Act::Answer | Act::Seal | Act::Share | Act::Merge | Act::Erase | Act::Export | Act::Trail => {
            Access::Deny
        }
    }
}

fn shared(act: Act, is_its_section: bool) -> Access {
    match act {
        Act::Find | Act::FindExact | Act::Count | Act::Note | Act::Refer | Act::AskAccess | Act::Sheet => Access::Allow,
        Act::Open if !is_its_section => Access::Masked,
        Act::Open | Act::Edit | Act::Move if is_its_section => Access::Allow,
        Act::Open
        | Act::Edit
        | Act::Move
        | Act::Approve
        | Act::Answer
        | Act::PrintStep
        | Act::Export
        | Act::Seal
        | Act::Share
        | Act::Merge
        | Act::Erase
        | Act::Trail => Access::Deny,
    }
}

fn stranger(act: Act, is_supervisor: bool) -> Access {
    match act {
        Act::FindExact => Access::Masked,
        Act::AskAccess => Access::Allow,
        Act::Open if is_supervisor => Access::NeedReason,
        Act::Find
        | Act::Count
        | Act::Open
        | Act::Edit
        | Act::Move
        | Act::Approve
        | Act::Note
        | Act::Refer
        | Act::Sheet
        | Act::Answer
        | Act::PrintStep
        | Act::Export
        | Act::Seal
        | Act::Share
        | Act::Merge
        | Act::Erase
        | Act::Trail => Access::Deny,
    }
}

/// A seal takes everything from whoever is not named in it, and the reason-free look and the papers from whoever is. One
/// who is named from another office finds, opens and notes, and is otherwise what that office is to the case.
fn sealed(actor: &Actor<'_>, act: Act, case: &Holding, open: Access) -> Access {
    let is_sealer = case.sealer == Some(actor.id);
    let is_workers = !actor.roles.and(Roles::WORKERS).is_empty();
    if !case.is_named(actor) || !is_workers {
        return match act {
            Act::Count if is_workers || actor.roles.has(Role::Leadership) => Access::Masked,
            Act::FindExact if is_workers => Access::Masked,
            Act::Trail if actor.roles.has(Role::Auditor) => Access::Allow,
            Act::Find
            | Act::FindExact
            | Act::Count
            | Act::Open
            | Act::Edit
            | Act::Move
            | Act::Approve
            | Act::Note
            | Act::Refer
            | Act::AskAccess
            | Act::Sheet
            | Act::Answer
            | Act::PrintStep
            | Act::Export
            | Act::Seal
            | Act::Share
            | Act::Merge
            | Act::Erase
            | Act::Trail => Access::Deny,
        };
    }
    match act {
        Act::Find | Act::FindExact | Act::Count | Act::Note | Act::Refer | Act::AskAccess => Access::Allow,
        Act::Open | Act::Sheet => Access::NeedReason,
        Act::PrintStep | Act::Export => Access::Deny,
        Act::Seal | Act::Share if is_sealer || actor.roles.has(Role::Supervisor) => Access::Allow,
        Act::Seal | Act::Share => Access::Deny,
        Act::Edit | Act::Move | Act::Approve | Act::Answer | Act::Merge | Act::Erase => open,
        Act::Trail => {
            if actor.roles.has(Role::Auditor) {
                Access::Allow
            } else {
                Access::Deny
            }
        }
    }
}

/// Qualification, screening and law track: the liaison, the social worker or psychologist who is assigned or named, the
/// named supervisor; another supervisor of the owner looks with a reason; to everybody else it is masked.
fn compartment(actor: &Actor<'_>, act: Act, case: &Holding) -> Access {
    let is_cared_for_by = case.officer == Some(actor.id) || case.is_named(actor);
    let is_carer = actor.roles.has(Role::SocialWorker) || actor.roles.has(Role::Psychologist);
    let is_supervisor = actor.roles.has(Role::Supervisor);
    let is_inside =
        actor.roles.has(Role::Liaison) || (is_carer && is_cared_for_by) || (is_supervisor && case.is_named(actor));
    match act {
        Act::Open if !is_inside && is_supervisor && case.owner == Some(actor.office) => Access::NeedReason,
        Act::Open if !is_inside => Access::Masked,
        Act::Edit | Act::Export | Act::PrintStep if !is_inside => Access::Deny,
        Act::Find
        | Act::FindExact
        | Act::Count
        | Act::Open
        | Act::Edit
        | Act::Move
        | Act::Approve
        | Act::Note
        | Act::Refer
        | Act::AskAccess
        | Act::Sheet
        | Act::Answer
        | Act::PrintStep
        | Act::Export
        | Act::Seal
        | Act::Share
        | Act::Merge
        | Act::Erase
        | Act::Trail => Access::Allow,
    }
}
