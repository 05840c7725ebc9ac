//! The table of who may what, entry by entry (`design.md`, section 5).

use super::desk::*;
use pulang::domain::access::{Access, Act, Actor, Holding, Role, Roles, can, needed, section_code};
use pulang::domain::field::{Field, Section};
use pulang::domain::record::Slot;
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::Value;
use pulang::domain::words::List;
use ulid::Ulid;

const ELSEWHERE: Ulid = Ulid(2002);

fn actor(office: Ulid, roles: &[Role]) -> Actor<'static> {
    Actor { id: ME, office, roles: roles.iter().copied().collect(), posts: &[] }
}

fn holding() -> Holding {
    Holding { owner: Some(OFFICE), ..Holding::default() }
}

fn shared() -> Holding {
    Holding { shared: vec![(ELSEWHERE, vec![Section::Identity, Section::Journey])], ..holding() }
}

fn sealed(named: &[Ulid]) -> Holding {
    Holding { is_sealed: true, sealer: Some(OTHER), named: named.to_vec(), ..holding() }
}

/// One letter for each act, in their order: `+` allow, `?` with reason, `~` masked, `-` deny.
fn row(actor: &Actor<'_>, section: Section, case: &Holding) -> String {
    let sign = |act| match can(actor, act, section, case) {
        Access::Allow => '+',
        Access::NeedReason => '?',
        Access::Masked => '~',
        Access::Deny => '-',
    };
    Act::ALL.into_iter().map(sign).collect()
}

#[test]
fn the_table_entry_by_entry() {
    use Role::{Administrator, Auditor, HelpDesk, Leadership, Supervisor};
    let s = Section::Identity;
    let unshared = Section::Care;
    //   find exact count · open edit move · approve note refer · ask print export · seal share merge · erase trail sheet · answer
    let table = [
        ("owner, officer", actor(OFFICE, &[HelpDesk]), s, holding(), "++++++-++++------+-"),
        ("owner, supervisor", actor(OFFICE, &[Supervisor]), s, holding(), "+++++++++++?+++?-+-"),
        ("shared, its section", actor(ELSEWHERE, &[HelpDesk]), s, shared(), "++++++-+++-------+-"),
        ("shared, another section", actor(ELSEWHERE, &[HelpDesk]), unshared, shared(), "+++~---+++-------+-"),
        ("shared, supervisor", actor(ELSEWHERE, &[Supervisor]), s, shared(), "++++++-+++-------+-"),
        ("another office, officer", actor(ELSEWHERE, &[HelpDesk]), s, holding(), "-~-------+---------"),
        ("another office, supervisor", actor(ELSEWHERE, &[Supervisor]), s, holding(), "-~-?-----+---------"),
        ("sealed, not named, owner's supervisor", actor(OFFICE, &[Supervisor]), s, sealed(&[]), "-~~----------------"),
        ("sealed, not named, officer", actor(OFFICE, &[HelpDesk]), s, sealed(&[]), "-~~----------------"),
        ("sealed, not named, another office", actor(ELSEWHERE, &[Supervisor]), s, sealed(&[]), "-~~----------------"),
        ("sealed, named officer", actor(OFFICE, &[HelpDesk]), s, sealed(&[ME]), "+++?++-+++-------?-"),
        ("sealed, named supervisor", actor(OFFICE, &[Supervisor]), s, sealed(&[ME]), "+++?++++++--+++?-?-"),
        ("sealed, named from elsewhere", actor(ELSEWHERE, &[HelpDesk]), s, sealed(&[ME]), "+++?---+++-------?-"),
        ("leadership", actor(OFFICE, &[Leadership]), s, holding(), "--~--------~-------"),
        ("leadership, sealed", actor(OFFICE, &[Leadership]), s, sealed(&[ME]), "--~----------------"),
        ("auditor", actor(OFFICE, &[Auditor]), s, holding(), "~---------------+--"),
        ("auditor, sealed", actor(OFFICE, &[Auditor]), s, sealed(&[]), "----------------+--"),
        ("administrator", actor(OFFICE, &[Administrator]), s, holding(), "-------------------"),
        ("no role at all", actor(OFFICE, &[]), s, holding(), "-------------------"),
    ];
    for (who, actor, section, case, expected) in table {
        assert_eq!(row(&actor, section, &case), expected, "{who}");
    }
}

#[test]
fn the_sealer_unseals_and_a_small_post_borrows_its_parents_second_person() {
    let sealer = Actor { id: OTHER, ..actor(OFFICE, &[Role::HelpDesk]) };
    assert_eq!(can(&sealer, Act::Seal, Section::Desk, &sealed(&[])), Access::Allow);
    let posts = [OFFICE];
    let parent = Actor { posts: &posts, ..actor(ELSEWHERE, &[Role::Supervisor]) };
    assert_eq!(can(&parent, Act::Approve, Section::Desk, &holding()), Access::Deny, "nobody has asked");
    let asked = Holding { is_close_asked: true, ..holding() };
    assert_eq!(can(&parent, Act::Approve, Section::Desk, &asked), Access::Allow);
    assert_eq!(can(&parent, Act::Open, Section::Desk, &asked), Access::NeedReason);
    assert_eq!(can(&actor(ELSEWHERE, &[Role::Supervisor]), Act::Approve, Section::Desk, &asked), Access::Deny);
}

#[test]
fn the_compartment_opens_to_those_who_need_it() {
    let of = |role, officer, named: &[Ulid], act| {
        let case = Holding { officer, named: named.to_vec(), ..holding() };
        can(&actor(OFFICE, &[role]), act, Section::Law, &case)
    };
    for role in [Role::HelpDesk, Role::Consular, Role::CaseOfficer, Role::Medic, Role::Regional] {
        assert_eq!(of(role, Some(ME), &[ME], Act::Open), Access::Masked, "{role}");
        assert_eq!(of(role, Some(ME), &[ME], Act::Edit), Access::Deny, "{role}");
        assert_eq!(of(role, Some(ME), &[], Act::PrintStep), Access::Deny, "{role}");
    }
    for role in [Role::SocialWorker, Role::Psychologist] {
        assert_eq!(of(role, None, &[], Act::Open), Access::Masked, "{role}: not assigned");
        assert_eq!(of(role, Some(ME), &[], Act::Edit), Access::Allow, "{role}: assigned");
        assert_eq!(of(role, None, &[ME], Act::Open), Access::Allow, "{role}: named");
    }
    assert_eq!(of(Role::Liaison, None, &[], Act::Edit), Access::Allow);
    assert_eq!(of(Role::Supervisor, None, &[], Act::Open), Access::NeedReason);
    assert_eq!(of(Role::Supervisor, None, &[], Act::Edit), Access::Deny);
    assert_eq!(of(Role::Supervisor, None, &[ME], Act::Edit), Access::Allow);
    let stranger = can(&actor(ELSEWHERE, &[Role::Liaison]), Act::Open, Section::Law, &holding());
    assert_eq!(stranger, Access::Deny, "the compartment opens no other office's door");
}

#[test]
fn no_seal_and_no_office_gives_more_than_its_absence() {
    for case in [holding(), shared()] {
        for office in [OFFICE, ELSEWHERE] {
            for role in Role::ALL {
                let somebody = actor(office, &[*role]);
                for act in Act::ALL {
                    let open = can(&somebody, act, Section::Identity, &case);
                    let closed = can(&somebody, act, Section::Identity, &Holding { is_sealed: true, ..case.clone() });
                    assert!(closed <= open || act == Act::Count, "{role} {act:?}");
                }
            }
        }
    }
}

#[test]
fn a_holding_is_read_from_the_record() {
    let item = Ulid(40);
    let link = |kind, id| Value::Link(Subject::new(kind, id));
    let mut record = with(full(Status::Tiba), Slot::of(item, Field::ShareOffice), link(Kind::Office, ELSEWHERE));
    record = with(record, Slot::of(item, Field::ShareSections), Value::codes(["KES", "JLN"]));
    record = with(record, Slot::of(Ulid(41), Field::NamedOperator), link(Kind::Operator, ME));
    record = with(record, Field::IsSealed, Value::YesNo(true));
    record = with(record, Field::SealedBy, link(Kind::Operator, OTHER));
    let holding = Holding::of(&record);
    assert_eq!(holding.shared, [(ELSEWHERE, vec![Section::Journey, Section::Health])]);
    assert_eq!(
        (holding.owner, holding.sealer, holding.named, holding.is_sealed),
        (Some(OFFICE), Some(OTHER), vec![ME], true)
    );
    assert_eq!(section_code(Section::Law), Some("HKM"));
    assert_eq!(section_code(Section::Office), None);
}

#[test]
fn roles_are_the_list_and_an_operators_record_holds_them() {
    assert_eq!(Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>(), List::Role.codes());
    let mut operator = pulang::domain::record::Record::empty(Subject::new(Kind::Operator, ME));
    operator.facts.insert(Field::OperatorRoles.into(), Value::codes(["PNY", "MED"]));
    let roles = Roles::of(&operator);
    assert!(roles.has(Role::Supervisor) && roles.has(Role::Medic) && !roles.has(Role::Auditor));
    assert!(roles.and(Roles::WORKERS).has(Role::Medic));
    assert!(Roles::default().with(Role::Administrator).and(Roles::WORKERS).is_empty());
}

#[test]
fn a_change_is_asked_about_by_what_it_does_not_by_its_name() {
    use pulang::domain::change::{Change, Verb};
    let record = full(Status::Pulda);
    let of = |verb, edits: Vec<(Slot, Value)>| {
        let mut change = Change::on(&record, verb, moment());
        edits.into_iter().for_each(|(slot, value)| change.set(&record, slot, Some(value)));
        needed(&record, &change).into_iter().collect::<Vec<_>>()
    };
    let moved =
        of(Verb::Move, vec![(Field::Status.into(), Value::code("REINT")), (Field::Bed.into(), Value::text("B-9"))]);
    assert_eq!(moved, [(Act::Edit, Section::Care), (Act::Move, Section::Journey)]);
    let sealed = of(Verb::Note, vec![(Field::IsSealed.into(), Value::YesNo(true))]);
    assert_eq!(sealed, [(Act::Note, Section::Desk), (Act::Seal, Section::Desk)]);
    let screened = of(Verb::Edit, vec![(Slot::of(Ulid(50), Field::ActsYes), Value::codes(["RKT"]))]);
    assert_eq!(screened, [(Act::Edit, Section::Law)]);
    let referred = of(
        Verb::Refer,
        vec![(Slot::of(Ulid(50), Field::ReferralTo), Value::text("RS")), (Field::Position.into(), Value::code("RSK"))],
    );
    assert_eq!(referred, [(Act::Refer, Section::Desk)]);
    let given = of(Verb::Edit, vec![(Field::Owner.into(), Value::Link(Subject::new(Kind::Office, ELSEWHERE)))]);
    assert_eq!(given, [(Act::Share, Section::Desk)]);
}

#[test]
fn the_sheet_and_the_answer_are_the_offices_that_is_offered_somebody_and_no_seal_lets_them_through() {
    let offered = Holding { offered: vec![ELSEWHERE], ..holding() };
    let both = Holding { offered: vec![ELSEWHERE], ..shared() };
    let sealed = Holding { is_sealed: true, sealer: Some(OTHER), ..offered.clone() };
    for role in Role::ALL {
        let (owner, receiver) = (actor(OFFICE, &[*role]), actor(ELSEWHERE, &[*role]));
        let is_worker = !Roles::default().with(*role).and(Roles::WORKERS).is_empty();
        let expected = if is_worker { Access::Allow } else { Access::Deny };
        for act in [Act::Sheet, Act::Answer] {
            for case in [&offered, &both] {
                assert_eq!(can(&receiver, act, Section::Identity, case), expected, "{role} {act:?}");
            }
            assert_eq!(can(&receiver, act, Section::Identity, &holding()), Access::Deny, "{role}: nothing was offered");
            assert_eq!(can(&receiver, act, Section::Identity, &sealed), Access::Deny, "{role}: sealed since");
        }
        assert_eq!(can(&owner, Act::Sheet, Section::Identity, &offered), expected);
        assert_eq!(can(&owner, Act::Answer, Section::Identity, &offered), Access::Deny, "{role}: his own");
        for act in Act::ALL.into_iter().filter(|act| !matches!(act, Act::Sheet | Act::Answer)) {
            let (with, without) =
                (can(&receiver, act, Section::Identity, &offered), can(&receiver, act, Section::Identity, &holding()));
            assert_eq!(with, without, "an offer gives nothing else: {role} {act:?}");
        }
    }
}
