//! The table of access (`design.md`, section 5), every entry of it: who, against which case, in which section, doing what.
//! Written from the design; the function is held against it, and not the other way round.

use super::desk::*;
use pulang::domain::access::{Access, Act, Actor, Holding, Role, SHARED_SECTIONS, can};
use pulang::domain::field::Section;
use ulid::Ulid;

const ELSEWHERE: Ulid = Ulid(2002);
const PARENT: Ulid = Ulid(2003);

/// Officers of every kind, who are alike outside of the compartment.
const OFFICERS: [Role; 8] = [
    Role::HelpDesk,
    Role::Consular,
    Role::CaseOfficer,
    Role::SocialWorker,
    Role::Psychologist,
    Role::Medic,
    Role::Liaison,
    Role::Regional,
];
const CARERS: [Role; 2] = [Role::SocialWorker, Role::Psychologist];
/// Officers to whom nothing opens the compartment.
const OTHERS: [Role; 5] = [Role::HelpDesk, Role::Consular, Role::CaseOfficer, Role::Medic, Role::Regional];

/// What a case is to whoever asks. The owner is always the same office.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Open,
    /// As above, and the one who asks has taken it.
    Assigned,
    /// Open, and the one who asks is named in its compartment.
    Named,
    /// Shared with the other office: identity, journey and law.
    Shared,
    CloseAsked,
    Sealed,
    SealedNamed,
    SealedByMe,
    SealedAndShared,
    /// Offered to the other office, which has not answered.
    Offered,
    /// As above, and already shared with it.
    OfferedAndShared,
    SealedAndOffered,
}

fn case(kind: Kind) -> Holding {
    let open = Holding { owner: Some(OFFICE), ..Holding::default() };
    let sealed = Holding { is_sealed: true, sealer: Some(OTHER), ..open.clone() };
    let shared = vec![(ELSEWHERE, vec![Section::Identity, Section::Journey, Section::Law])];
    let offered = vec![ELSEWHERE];
    match kind {
        Kind::Open => open,
        Kind::Assigned => Holding { officer: Some(ME), ..open },
        Kind::Named => Holding { named: vec![ME], ..open },
        Kind::Shared => Holding { shared, ..open },
        Kind::CloseAsked => Holding { is_close_asked: true, ..open },
        Kind::Sealed => sealed,
        Kind::SealedNamed => Holding { named: vec![ME], ..sealed },
        Kind::SealedByMe => Holding { sealer: Some(ME), ..sealed },
        Kind::SealedAndShared => Holding { shared, ..sealed },
        Kind::Offered => Holding { offered, ..open },
        Kind::OfferedAndShared => Holding { offered, shared, ..open },
        Kind::SealedAndOffered => Holding { offered, shared, ..sealed },
    }
}

/// One letter for each act, in their order: `+` allow, `?` with reason, `~` masked, `-` deny.
fn letters(actor: &Actor<'_>, section: Section, case: &Holding) -> String {
    let letter = |act| match can(actor, act, section, case) {
        Access::Allow => '+',
        Access::NeedReason => '?',
        Access::Masked => '~',
        Access::Deny => '-',
    };
    Act::ALL.into_iter().map(letter).collect()
}

/// Holds one row: these roles of this office against this case, in each of these sections.
fn row(roles: &[Role], office: Ulid, kind: Kind, sections: &[Section], expected: &str) {
    assert_eq!(expected.len(), Act::ALL.len());
    for role in roles {
        let posts: &[Ulid] = if office == PARENT { &[OFFICE] } else { &[] };
        let actor = Actor { id: ME, office, roles: [*role].into_iter().collect(), posts };
        for section in sections {
            let found = letters(&actor, *section, &case(kind));
            assert_eq!(found, expected, "{role:?} of {office}, {kind:?}, {section:?}");
        }
    }
}

/// Every section but the compartment.
fn plain() -> Vec<Section> {
    SHARED_SECTIONS.into_iter().filter(|section| *section != Section::Law).collect()
}

const LAW: [Section; 1] = [Section::Law];
const SUPERVISOR: [Role; 1] = [Role::Supervisor];

//   find exact count · open edit move · approve note refer · ask print export · seal share merge · erase trail · sheet answer

#[test]
fn of_the_owners_office() {
    let s = plain();
    for kind in [Kind::Open, Kind::Assigned, Kind::Named, Kind::Shared, Kind::CloseAsked] {
        row(&OFFICERS, OFFICE, kind, &s, "++++++-++++------+-");
        row(&SUPERVISOR, OFFICE, kind, &s, "+++++++++++?+++?-+-");
    }
}

#[test]
fn of_another_office() {
    let s = plain();
    for kind in [Kind::Open, Kind::Assigned, Kind::Named, Kind::CloseAsked] {
        row(&OFFICERS, ELSEWHERE, kind, &s, "-~-------+---------");
        row(&SUPERVISOR, ELSEWHERE, kind, &s, "-~-?-----+---------");
    }
    // A small post borrows its parent's supervisor for closing, and for nothing else.
    row(&OFFICERS, PARENT, Kind::CloseAsked, &s, "-~-------+---------");
    row(&SUPERVISOR, PARENT, Kind::CloseAsked, &s, "-~-?--+--+---------");
    row(&SUPERVISOR, PARENT, Kind::Open, &s, "-~-?-----+---------");
}

#[test]
fn of_an_office_it_is_shared_with() {
    let is_its = |section: &Section| matches!(section, Section::Identity | Section::Journey);
    let (its, others): (Vec<Section>, Vec<Section>) = plain().into_iter().partition(is_its);
    for roles in [&OFFICERS[..], &SUPERVISOR] {
        row(roles, ELSEWHERE, Kind::Shared, &its, "++++++-+++-------+-");
        row(roles, ELSEWHERE, Kind::Shared, &others, "+++~---+++-------+-");
    }
}

#[test]
fn of_an_office_to_which_it_is_offered() {
    let (s, is_its) = (plain(), |section: &Section| matches!(section, Section::Identity | Section::Journey));
    // The sheet from the moment of dispatch on, and the answer; nothing else until it is given.
    row(&OFFICERS, ELSEWHERE, Kind::Offered, &s, "-~-------+-------++");
    row(&SUPERVISOR, ELSEWHERE, Kind::Offered, &s, "-~-?-----+-------++");
    let (its, others): (Vec<Section>, Vec<Section>) = s.iter().copied().partition(is_its);
    for roles in [&OFFICERS[..], &SUPERVISOR] {
        row(roles, ELSEWHERE, Kind::OfferedAndShared, &its, "++++++-+++-------++");
        row(roles, ELSEWHERE, Kind::OfferedAndShared, &others, "+++~---+++-------++");
    }
    // The sender, and an office that is neither.
    row(&OFFICERS, OFFICE, Kind::Offered, &s, "++++++-++++------+-");
    row(&SUPERVISOR, OFFICE, Kind::Offered, &s, "+++++++++++?+++?-+-");
    row(&OFFICERS, PARENT, Kind::Offered, &s, "-~-------+---------");
}

#[test]
fn of_an_office_whose_share_has_ended() {
    use chrono::TimeDelta;
    use pulang::domain::field::Field;
    use pulang::domain::record::Slot;
    use pulang::domain::status::Status;
    use pulang::domain::subject::{Kind as Of, Subject};
    use pulang::domain::value::{Dated, Value};
    let at = |field| Slot::of(Ulid(40), field);
    let now = moment().at;
    let until = now.date_naive();
    let mut record = full(Status::Tiba);
    record = with(record, at(Field::ShareOffice), Value::Link(Subject::new(Of::Office, ELSEWHERE)));
    record = with(record, at(Field::ShareSections), Value::codes(["IDN", "JLN"]));
    record = with(record, at(Field::ShareUntil), Value::Date(Dated::certain(until)));
    let officer = Actor { id: ME, office: ELSEWHERE, roles: [Role::HelpDesk].into_iter().collect(), posts: &[] };
    let of = |now| letters(&officer, Section::Journey, &Holding::at(&record, now));
    assert_eq!(of(now - TimeDelta::days(1)), "++++++-+++-------+-");
    assert_eq!(of(now + TimeDelta::days(2)), "-~-------+---------", "as any other office");
}

#[test]
fn behind_a_seal() {
    let all = SHARED_SECTIONS;
    for office in [OFFICE, ELSEWHERE, PARENT] {
        for kind in [Kind::Sealed, Kind::SealedAndShared, Kind::SealedAndOffered] {
            // Nothing; a bare number; "hubungi penyelia jaga".
            row(&OFFICERS, office, kind, &all, "-~~----------------");
            row(&SUPERVISOR, office, kind, &all, "-~~----------------");
        }
    }
    let s = plain();
    row(&OFFICERS, OFFICE, Kind::SealedNamed, &s, "+++?++-+++-------?-");
    row(&SUPERVISOR, OFFICE, Kind::SealedNamed, &s, "+++?++++++--+++?-?-");
    row(&OFFICERS, OFFICE, Kind::SealedByMe, &s, "+++?++-+++--++---?-");
    row(&SUPERVISOR, OFFICE, Kind::SealedByMe, &s, "+++?++++++--+++?-?-");
    row(&OFFICERS, ELSEWHERE, Kind::SealedNamed, &s, "+++?---+++-------?-");
}

#[test]
fn within_the_compartment() {
    row(&[Role::Liaison], OFFICE, Kind::Open, &LAW, "++++++-++++------+-");
    for kind in [Kind::Open, Kind::Assigned, Kind::Named] {
        row(&OTHERS, OFFICE, kind, &LAW, "+++~-+-+++-------+-");
    }
    row(&CARERS, OFFICE, Kind::Open, &LAW, "+++~-+-+++-------+-");
    row(&CARERS, OFFICE, Kind::Assigned, &LAW, "++++++-++++------+-");
    row(&CARERS, OFFICE, Kind::Named, &LAW, "++++++-++++------+-");
    row(&SUPERVISOR, OFFICE, Kind::Open, &LAW, "+++?-+++++--+++?-+-");
    row(&SUPERVISOR, OFFICE, Kind::Assigned, &LAW, "+++?-+++++--+++?-+-");
    row(&SUPERVISOR, OFFICE, Kind::Named, &LAW, "+++++++++++?+++?-+-");
    // Another office's liaison has no door, but where the compartment is shared.
    row(&[Role::Liaison], ELSEWHERE, Kind::Open, &LAW, "-~-------+---------");
    row(&[Role::Liaison], ELSEWHERE, Kind::Shared, &LAW, "++++++-+++-------+-");
    row(&OTHERS, ELSEWHERE, Kind::Shared, &LAW, "+++~-+-+++-------+-");
    row(&SUPERVISOR, ELSEWHERE, Kind::Shared, &LAW, "+++~-+-+++-------+-");
    row(&SUPERVISOR, ELSEWHERE, Kind::Open, &LAW, "-~-~-----+---------");
    row(&OTHERS, OFFICE, Kind::SealedNamed, &LAW, "+++~-+-+++-------?-");
    row(&CARERS, OFFICE, Kind::SealedNamed, &LAW, "+++?++-+++-------?-");
    row(&SUPERVISOR, OFFICE, Kind::SealedNamed, &LAW, "+++?++++++--+++?-?-");
}

#[test]
fn of_those_who_work_on_no_case() {
    for office in [OFFICE, ELSEWHERE, PARENT] {
        for kind in [Kind::Open, Kind::Assigned, Kind::Named, Kind::Shared, Kind::CloseAsked, Kind::Offered] {
            row(&[Role::Leadership], office, kind, &plain(), "--~--------~-------");
            row(&[Role::Leadership], office, kind, &LAW, "--~----------------");
            row(&[Role::Auditor], office, kind, &SHARED_SECTIONS, "~---------------+--");
            row(&[Role::Administrator], office, kind, &SHARED_SECTIONS, "-------------------");
        }
        for kind in [Kind::Sealed, Kind::SealedNamed, Kind::SealedAndShared, Kind::SealedByMe, Kind::SealedAndOffered] {
            row(&[Role::Leadership], office, kind, &SHARED_SECTIONS, "--~----------------");
            row(&[Role::Auditor], office, kind, &SHARED_SECTIONS, "----------------+--");
            row(&[Role::Administrator], office, kind, &SHARED_SECTIONS, "-------------------");
        }
    }
}
