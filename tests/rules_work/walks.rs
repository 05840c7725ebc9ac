//! Random walks: whatever people do, in whatever order, the laws of the work hold after every step.

use super::desk::*;
use chrono::TimeDelta;
use proptest::prelude::*;
use pulang::domain::access::Role;
use pulang::domain::case::{Case, summary};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::flags::{NewFlag, clear_flag, give_tier, set_flag};
use pulang::domain::gate::{
    Circumstances, Custody, Death, Fact, Intent, Obstacle, Referral, Rules, check, decline_close, die, hand_to_law,
    outlook, plan_move, refer, retract_death, settle_debts,
};
use pulang::domain::record::{Record, Slot};
use pulang::domain::status::Status;
use pulang::domain::value::{Dated, Value};
use ulid::Ulid;

#[derive(Clone, Debug)]
enum Step {
    Move { to: usize, is_emergency: bool, is_reasoned: bool, edits: Vec<usize> },
    Edit(usize),
    Forge(usize, usize),
    Refer,
    HandToLaw,
    Flag(usize),
    ClearFlag,
    Tier(usize),
    Die,
    Revive,
    Decline,
}

fn any_step() -> impl Strategy<Value = Step> {
    let moves = (0usize..12, any::<bool>(), any::<bool>(), prop::collection::vec(0usize..POOL, 0..4));
    let moves =
        moves.prop_map(|(to, is_emergency, is_reasoned, edits)| Step::Move { to, is_emergency, is_reasoned, edits });
    prop_oneof![
        12 => moves,
        8 => (0usize..POOL).prop_map(Step::Edit),
        3 => (0usize..12, 0usize..VERBS.len()).prop_map(|(status, verb)| Step::Forge(status, verb)),
        1 => Just(Step::Refer),
        1 => Just(Step::HandToLaw),
        2 => (0usize..8).prop_map(Step::Flag),
        2 => Just(Step::ClearFlag),
        1 => (0usize..4).prop_map(Step::Tier),
        1 => Just(Step::Die),
        1 => Just(Step::Revive),
        1 => Just(Step::Decline),
    ]
}

const VERBS: [Verb; 10] = [
    Verb::Create,
    Verb::Edit,
    Verb::Move,
    Verb::Correct,
    Verb::Reopen,
    Verb::Close,
    Verb::Undo,
    Verb::Claim,
    Verb::Withdraw,
    Verb::Other,
];

const POOL: usize = 30;

/// An edit that somebody might make: facts come and go, people grow younger and older, guardians turn out to be recruiters.
fn edit(place: usize) -> (Slot, Option<Value>) {
    let contact = |field, value| (Slot::of(GUARDIAN, field), value);
    let own = |field: Field, value| (Slot::own(field), value);
    let text = |text: &str| Some(Value::text(text));
    let code = |code: &str| Some(Value::code(code));
    match place {
        0 => own(Field::Birth, Some(date("2009-01-01"))),
        1 => own(Field::Birth, Some(date("1990-01-01"))),
        2 => own(Field::Birth, Some(Value::Date(Dated::estimated(day("2008-01-01"))))),
        3 => own(Field::IsAgeDoubted, Some(Value::YesNo(true))),
        4 => own(Field::IsAgeDoubted, None),
        5 => own(Field::HandedTo, text("Ibu Contoh")),
        6 => own(Field::HandedTo, text("Paman Contoh")),
        7 => own(Field::HandedTo, None),
        8 => own(Field::HandedContact, text(&GUARDIAN.to_string())),
        9 => own(Field::HandedAt, Some(time())),
        10 => contact(Field::ContactName, text("Ibu Contoh")),
        11 => contact(Field::ContactIsGuardian, Some(Value::YesNo(true))),
        12 => contact(Field::ContactVerifiedBy, text("Ketut Contoh")),
        13 => contact(Field::ContactVerifiedHow, code("KK")),
        14 => contact(Field::ContactVerifiedHow, None),
        15 => contact(Field::ContactIsRecruiter, Some(Value::YesNo(true))),
        16 => contact(Field::ContactIsRecruiter, None),
        17 => own(Field::Checks, Some(Value::codes(["S"]))),
        18 => own(Field::Checks, None),
        19 => own(Field::HealthCheckedAt, None),
        20 => own(Field::HealthCheckedAt, Some(time())),
        21 => own(Field::Bed, None),
        22 => own(Field::Bed, text("B-2")),
        23 => own(Field::CloseReason, code("DUP")),
        24 => own(Field::CloseReason, code("LMP")),
        25 => own(Field::Readiness, code("TPL")),
        26 => own(Field::Readiness, code("SIA")),
        27 => own(Field::IdentityCheckedAt, None),
        28 => own(Field::FitToTravelUntil, Some(date("2026-12-31"))),
        _ => own(Field::FitToTravelBy, text("RS Contoh")),
    }
}

fn flags(place: usize) -> NewFlag {
    const KINDS: [&str; 8] = ["HKM", "MED", "HIL", "TLK", "MDA", "LID", "BRL", "PSH"];
    let other = Some(pulang::domain::subject::Subject::case(Ulid(8)));
    NewFlag { kind: KINDS[place], happened: moment(), until: None, why: "contoh".into(), other }
}

fn custody() -> Custody {
    let said = |text: &str| text.to_owned();
    Custody {
        happened: moment(),
        officer: said("Ipda Contoh"),
        officer_no: said("Z-1"),
        unit: said("Unit"),
        letter: said("belum"),
        to: said("Kantor"),
        companion: Some(said("Peksos Contoh")),
    }
}

/// What a step would do: the change that the rules plan, or one that somebody forges.
fn change(record: &Record, step: &Step, who: &Circumstances<'_>, rules: &Rules) -> Option<Change> {
    match step {
        Step::Move { to, is_emergency, is_reasoned, edits } => {
            let edits =
                edits.iter().map(|place| edit(*place)).filter_map(|(slot, value)| Some((slot, value?))).collect();
            let intent = Intent {
                edits,
                emergency: is_emergency.then(|| "darurat".to_owned()),
                reason: is_reasoned.then(|| "koreksi".to_owned()),
                ..intent()
            };
            plan_move(record, Status::ALL[*to], &intent, who, rules).ok()
        }
        Step::Edit(place) => {
            let (slot, value) = edit(*place);
            let mut change = Change::on(record, Verb::Edit, moment());
            change.set(record, slot, value);
            settle_debts(record, &mut change, who);
            Some(change)
        }
        Step::Forge(status, verb) => {
            let mut change = Change::on(record, VERBS[*verb], moment());
            change.set(record, Field::Status, Some(Value::code(Status::ALL[*status].code())));
            Some(change)
        }
        Step::Refer => {
            let referral =
                Referral { happened: moment(), to: "RS".into(), ambulance: None, companion: None, received_by: None };
            refer(record, &referral, who, rules).ok()
        }
        Step::HandToLaw => hand_to_law(record, &custody(), who).ok(),
        Step::Flag(place) => set_flag(record, &flags(*place), who).ok(),
        Step::ClearFlag => {
            let live = Case(record).flags().find(|flag| flag.is_live(now()))?.item;
            clear_flag(record, live, "selesai", moment(), who).ok()
        }
        Step::Tier(place) => {
            give_tier(record, [None, Some("1"), Some("2"), Some("3")][*place], "contoh", moment(), who).ok()
        }
        Step::Die => die(record, &Death { died: moment(), place: None, cause: None, nature: None }, who).ok(),
        Step::Revive => retract_death(record, "keliru", moment(), who).ok(),
        Step::Decline => decline_close(record, &Intent { reason: Some("belum".into()), ..intent() }, who).ok(),
    }
}

fn is_legal(verb: Verb, from: Status, to: Status, rules: &Rules) -> bool {
    match verb {
        Verb::Move => rules.gate(to).from.contains(&from) && to != Status::Tutup && from != Status::Tutup,
        Verb::Close => to == Status::Tutup,
        Verb::Correct => to < from && !rules.gate(to).from.contains(&from),
        Verb::Reopen => (from, to) == (Status::Tutup, Status::Lapor),
        // Taking a commit back is the desk's to judge.
        Verb::Undo => true,
        _ => false,
    }
}

/// The laws that hold between a record and what it became.
fn laws(before: &Record, after: &Record, change: &Change, who: &Circumstances<'_>, rules: &Rules) {
    let (was, is) = (Case(before), Case(after));
    let (from, to) = (was.status(), is.status());
    assert!(from == to || is_legal(change.verb, from, to, rules), "{:?}: {from:?}→{to:?}", change.verb);
    if from != to && change.verb != Verb::Undo {
        assert!(!was.is_dead() || to == Status::Tutup, "the dead stand still");
    }
    let is_child = who.is_child(was) || who.is_child(is);
    let handing = [Field::HandedTo, Field::HandedAt].into_iter();
    let is_handed = handing.clone().any(|field| after.get(field).is_some() && before.get(field) != after.get(field));
    if is_child && (is_handed || (from != to && to == Status::Reint)) {
        let receiver = is.receiver().expect("a child's receiver is a contact");
        assert!(receiver.may_take_a_child() && !receiver.is_barred(), "a child is handed to nobody unverified");
    }
    if is_child && from != to && to == Status::Pulda {
        assert!(is.has_verified_guardian(), "a child leaves to a verified guardian");
    }
    if change.verb == Verb::Move {
        for fact in rules.gate(to).required_of(from) {
            let is_debt = is.open_debts().any(|debt| debt.is_emergency && debt.fact == fact.code());
            assert!(fact.holds(is, who) || is_debt, "{fact:?} holds or is owed");
        }
        for (fact, _) in &rules.gate(to).owed {
            assert!(fact.holds(is, who) || is.open_debts().any(|debt| debt.fact == fact.code()), "{fact:?} is owed");
        }
        assert!(is.live_holds(now()).next().is_none() || !matches!(to, Status::Pulda | Status::Reint));
    }
    if !matches!(change.verb, Verb::Undo) && change.edits.iter().all(|edit| edit.at.field != Field::Status) {
        assert!(change.verb != Verb::Move);
    }
    let mut codes: Vec<_> = is.open_debts().map(|debt| debt.fact).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "one open debt for a fact");
}

fn walk(steps: &[(Step, bool)], rules: &Rules) -> usize {
    let mut record = full(Status::Lapor);
    let mut moved = 0;
    for (count, (step, is_other)) in steps.iter().enumerate() {
        let mut who =
            if *is_other { people(OTHER, &[Role::Supervisor]) } else { people(ME, &[Role::Supervisor, Role::Medic]) };
        who.fresh = Ulid(1_000_000 + count as u128 * 1_000);
        let Some(change) = change(&record, step, &who, rules) else { continue };
        let verdict = check(&record, &change, &who, rules);
        if matches!(step, Step::Edit(_) | Step::Forge(..)) {
            if verdict.is_err() {
                continue;
            }
        } else {
            assert_eq!(verdict, Ok(()), "what the rules plan, the rules let pass: {step:?}");
            let mut again = change.clone();
            settle_debts(&record, &mut again, &who);
            assert_eq!(again, change, "a plan has settled what it pays");
        }
        let after = applied(&record, &change);
        laws(&record, &after, &change, &who, rules);
        assert_eq!(outlook(&after, &who, rules).len(), 12);
        let digest = summary(&after, None, rules);
        assert_eq!(digest.status, Case(&after).status());
        moved += usize::from(Case(&record).status() != Case(&after).status());
        record = after;
    }
    moved
}

/// A table that asks for nothing but what every table asks for, and lets everybody go forward from everywhere.
fn loosest() -> Rules {
    let mut table: toml::Table = Rules::BUILT_IN.parse().unwrap();
    let rows = |table: &mut toml::Table, name: &str| std::mem::take(table[name].as_array_mut().unwrap());
    let gates = rows(&mut table, "gate").into_iter().map(|mut gate| {
        let to = Status::from_code(gate["to"].as_str().unwrap()).unwrap();
        let kept: &[&str] = match to {
            Status::Pulda => &["no-hold", "child-guardian"],
            Status::Reint => &["no-hold", "receiver-safe", "handed-to", "handed-at"],
            Status::Tutup => &["close-reason"],
            _ => &[],
        };
        let mut from: Vec<&str> = Status::ALL.iter().filter(|from| **from < to).map(|from| from.code()).collect();
        from.extend(
            gate["from"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|from| from.as_str())
                .filter(|from| Status::from_code(from).unwrap() > to),
        );
        let (from, kept) = (toml::Value::try_from(from).unwrap(), toml::Value::try_from(kept).unwrap());
        let row = gate.as_table_mut().unwrap();
        row.retain(|key, _| ["to", "roles", "leave"].contains(&key) || (key == "required_from" && to == Status::Tutup));
        row.extend([("from".to_owned(), from), ("required".to_owned(), kept)]);
        gate
    });
    let gates: Vec<_> = gates.collect();
    table.insert("gate".into(), toml::Value::Array(gates));
    table["emergency_due"] = "7d".into();
    Rules::parse(&toml::to_string(&table).unwrap()).unwrap_or_else(|flaws| panic!("{flaws:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_walk_reaches_an_illegal_pair_or_hands_a_child_to_nobody_verified(
        steps in prop::collection::vec((any_step(), any::<bool>()), 1..40)
    ) {
        walk(&steps, &Rules::built_in());
    }

    /// The loosest table that an office may have loosens nothing of it.
    #[test]
    fn no_table_of_an_office_opens_a_door_that_the_laws_close(
        steps in prop::collection::vec((any_step(), any::<bool>()), 1..40)
    ) {
        walk(&steps, &loosest());
    }

    #[test]
    fn obstacles_come_in_one_order_and_never_empty(from in 0usize..12, to in 0usize..12, left_out in prop::collection::vec(0usize..POOL, 0..6)) {
        let mut record = full(Status::ALL[from]);
        for place in left_out {
            record = without(record, edit(place).0.field);
        }
        let rules = Rules::built_in();
        let who = people(ME, &[Role::HelpDesk]);
        let first = plan_move(&record, Status::ALL[to], &intent(), &who, &rules);
        prop_assert_eq!(&first, &plan_move(&record, Status::ALL[to], &intent(), &who, &rules));
        if let Err(obstacles) = first {
            prop_assert!(!obstacles.is_empty());
            prop_assert!(obstacles.windows(2).all(|pair| pair[0] < pair[1]), "{obstacles:?}");
        }
    }
}

#[test]
fn the_walks_do_walk() {
    let straight: Vec<_> = (1..11)
        .map(|to| (Step::Move { to, is_emergency: false, is_reasoned: false, edits: Vec::new() }, false))
        .collect();
    assert_eq!(walk(&straight, &Rules::built_in()), 10);
    assert_eq!(walk(&straight, &loosest()), 10);
}

#[test]
fn a_plan_made_before_somebody_else_changed_the_case_is_judged_on_what_is() {
    let rules = Rules::built_in();
    let seen = full(Status::Pulda);
    let planned = plan_move(&seen, Status::Reint, &intent(), &supervisor(), &rules).unwrap();
    let present = held(seen);
    let merged = planned.merged_onto(&present).expect("nothing that was edited twice");
    assert_eq!(check(&present, &merged, &supervisor(), &rules), Err(vec![Obstacle::Held]));
    let later = Circumstances { now: now() + TimeDelta::days(400), ..supervisor() };
    let seen = full(Status::Dokum);
    let planned = plan_move(&seen, Status::Siap, &intent(), &supervisor(), &rules).unwrap();
    assert_eq!(check(&seen, &planned, &later, &rules), Err(vec![Obstacle::Missing(Fact::TravelDocument)]));
}
