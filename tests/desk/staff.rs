//! Who works here: who decides it, what has to fit, what it does to whoever sits here already.

use crate::hall::*;
use pulang::desk::{Ask, Denied, Desk, DeskOptions, First, Seat};
use pulang::domain::field::Field;
use pulang::domain::operator::Standing;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Dated, Value};
use pulang::records::trail::Act;
use ulid::Ulid;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKVv8KpVEWDIEMIjzI9ogw6574agfJQSi7cCUHtIIHC/";
const OTHER_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9R7Fioh9IbVjsdhHTRR5udG/1aIqXV7WMhsmYBqoQT";

fn set(seat: &Seat, of: Subject, facts: &[(Field, Option<Value>)]) -> pulang::desk::Answer {
    let facts: Vec<(Slot, Option<Value>)> = facts.iter().map(|(f, v)| (Slot::own(*f), v.clone())).collect();
    tried(seat, vec![Ask::Edit(seat.staff_change(of, &facts))])
}

fn suspend(seat: &Seat, of: Subject) -> pulang::desk::Answer {
    let why = Some(Value::text("cuti panjang"));
    set(seat, of, &[(Field::OperatorIsSuspended, Some(Value::YesNo(true))), (Field::OperatorSuspendedWhy, why)])
}

fn roles(codes: &[&str]) -> Option<Value> {
    Some(Value::codes(codes.iter().copied()))
}

fn with_key(seat: &Seat, of: Subject, login: Option<&str>, key: &str) -> pulang::desk::Answer {
    let mut facts = vec![(Slot::of(Ulid::new(), Field::KeyText), Some(Value::text(key)))];
    facts.extend(login.map(|login| (Slot::own(Field::OperatorLogin), Some(Value::text(login)))));
    tried(seat, vec![Ask::Edit(seat.staff_change(of, &facts))])
}

#[test]
fn nobody_decides_about_themselves_and_officers_about_nobody() {
    let hall = Hall::new();
    let (chief, officer, other) = (hall.chief(), hall.hire(&["KON"]), hall.hire(&["PPM"]));
    for facts in [
        vec![(Field::OperatorRoles, roles(&["PNY", "MED"]))],
        vec![(Field::OperatorUntil, Some(Value::Date(Dated::certain("2026-12-31".parse().unwrap()))))],
    ] {
        assert_eq!(refusal(set(&chief, chief.operator(), &facts)), "refused-own-access");
        assert_eq!(refusal(set(&officer, other.operator(), &facts)), "why-not-access");
        assert_eq!(refusal(set(&officer, officer.operator(), &facts)), "why-not-access");
    }
    assert_eq!(refusal(suspend(&chief, chief.operator())), "refused-own-access");
    assert_eq!(refusal(suspend(&officer, chief.operator())), "why-not-access");
    assert!(officer.staff().is_err() && officer.staff_history(chief.operator()).is_err());
    // One's own name is no access.
    set(&chief, chief.operator(), &[(Field::OperatorName, Some(Value::text("Ketut C.")))]).unwrap();
}

#[test]
fn an_administrator_has_the_whole_desk_and_a_supervisor_the_own_office() {
    let hall = Hall::new();
    // Before there is an administrator the supervisor founds and hires everywhere.
    let (stranger, administrator, chief) = (hall.stranger(&["PNY"]), hall.hire(&["ADM"]), hall.chief());
    let own = hall.hire(&["KON"]);
    assert_eq!(refusal(suspend(&chief, stranger.operator())), "why-not-access");
    assert_eq!(refusal(suspend(&chief, administrator.operator())), "refused-administrators-only");
    assert_eq!(
        refusal(set(&chief, own.operator(), &[(Field::OperatorRoles, roles(&["ADM"]))])),
        "refused-administrators-only"
    );
    let elsewhere = Some(Value::Link(stranger.office()));
    assert_eq!(refusal(set(&chief, own.operator(), &[(Field::OperatorOffice, elsewhere.clone())])), "why-not-access");
    let found = |seat: &Seat| {
        let facts = Facts::from([(Field::OfficeName.into(), Value::text("Pos Baru"))]);
        tried(seat, vec![Ask::Create { of: Subject::new(Kind::Office, Ulid::new()), facts, happened: hall.now() }])
    };
    assert_eq!(refusal(found(&chief)), "why-not-access");
    found(&administrator).unwrap();
    assert_eq!(refusal(found(&administrator)), "refused-office-taken");
    assert_eq!((chief.staff().unwrap().len(), administrator.staff().unwrap().len()), (3, 4));
    suspend(&chief, own.operator()).unwrap();
    set(&administrator, own.operator(), &[(Field::OperatorOffice, elsewhere)]).unwrap();
    let both = set(&administrator, own.operator(), &[(Field::OperatorRoles, roles(&["KON", "AUD"]))]);
    assert_eq!(refusal(both), "refused-roles-apart");
    assert_eq!(refusal(set(&administrator, own.operator(), &[(Field::OperatorRoles, roles(&[]))])), "refused-no-role");
    // An operator's record takes nothing of a case.
    assert_eq!(
        refusal(set(&administrator, own.operator(), &[(Field::Marks, Some(Value::text("x")))])),
        "refused-nothing-asked"
    );
}

#[test]
fn whoever_falls_is_refused_at_once_in_every_way_and_hears_of_it() {
    type Blow = fn(&Hall, &Seat, Subject);
    let blows: [(&str, Blow); 4] = [
        ("standing-suspended", |_, chief, of| drop(suspend(chief, of).unwrap())),
        ("standing-changed", |_, chief, of| drop(set(chief, of, &[(Field::OperatorRoles, roles(&["MED"]))]).unwrap())),
        ("standing-changed", |hall, chief, of| {
            let elsewhere = hall.stranger(&["KON"]).office();
            drop(set(chief, of, &[(Field::OperatorOffice, Some(Value::Link(elsewhere)))]).unwrap());
        }),
        ("standing-expired", |hall, chief, of| {
            let today = Value::Date(Dated::certain("2026-02-21".parse().unwrap()));
            drop(set(chief, of, &[(Field::OperatorUntil, Some(today))]).unwrap());
            hall.pass(21 * 60 - 1);
            assert!(hall.desk.enter_as(of.id).is_ok(), "the last day counts whole");
            hall.pass(1);
        }),
    ];
    for (key, blow) in blows {
        let hall = Hall::new();
        let (chief, officer) = (hall.chief(), hall.hire(&["PNY"]));
        let of = hall.case(&chief, "WAYAN CONTOH");
        let row = officer.row_of(of.id).unwrap();
        let seen = officer.record(of).unwrap();
        assert!(officer.standing().is_ok());
        drop(officer.news());
        blow(&hall, &chief, officer.operator());
        assert_eq!(officer.standing().unwrap_err().key, key);
        assert_eq!(officer.clone().standing().unwrap_err().key, key, "a clone is the same seat");
        if key != "standing-expired" {
            assert!(officer.news().iter().any(|news| news.subjects().contains(&officer.operator())), "{key}");
        }
        let late = tried(&officer, vec![hall.edit(&seen, &[(Field::Marks, Value::text("x"))])]);
        assert_eq!(refusal(late), key);
        assert!(officer.open(row).is_err() && officer.record(of).is_err() && officer.summary(row).is_none());
        assert_eq!((found(&officer, ""), found(&officer, "wayan")), (0, 0));
        assert!(officer.staff().is_err() && officer.today(hall.now().at).is_empty());
        // What is half typed is kept all the same.
        officer.save_draft(Ulid::new(), b"{}").unwrap();
        let again = hall.desk.enter_as(officer.operator().id).map(drop).map_err(|refusal| refusal.key);
        match key {
            "standing-suspended" => assert_eq!(again, Err("refused-suspended")),
            "standing-expired" => assert_eq!(again, Err("refused-expired")),
            _ => assert_eq!(again, Ok(()), "with what they are now"),
        }
    }
}

#[test]
fn somebody_remains_who_lets_others_in() {
    let hall = Hall::new();
    let (chief, second) = (hall.chief(), hall.hire(&["PNY"]));
    let until = |day: &str| Some(Value::Date(Dated::certain(day.parse().unwrap())));
    assert_eq!(
        refusal(set(&chief, second.operator(), &[(Field::OperatorUntil, until("2026-02-20"))])),
        "refused-until-past"
    );
    set(&second, chief.operator(), &[(Field::OperatorUntil, until("2026-03-01"))]).unwrap();
    // The chief has a last day: without the second nobody would be left after it.
    assert_eq!(refusal(suspend(&chief, second.operator())), "refused-last-chief");
    assert_eq!(
        refusal(set(&chief, second.operator(), &[(Field::OperatorRoles, roles(&["MED"]))])),
        "refused-last-chief"
    );
    let why = set(&chief, second.operator(), &[(Field::OperatorIsSuspended, Some(Value::YesNo(true)))]);
    assert_eq!(refusal(why), "refused-suspend-why");
}

#[test]
fn a_door_is_one_persons() {
    let hall = Hall::new();
    let (chief, one, two) = (hall.chief(), hall.hire(&["KON"]), hall.hire(&["KON"]));
    assert_eq!(
        refusal(set(&chief, one.operator(), &[(Field::OperatorUid, Some(Value::Number(1000)))])),
        "refused-uid-taken"
    );
    set(&chief, one.operator(), &[(Field::OperatorUid, Some(Value::Number(1001)))]).unwrap();
    assert_eq!(hall.desk.enter(1001).unwrap().operator(), one.operator());
    assert_eq!(refusal(with_key(&chief, two.operator(), None, KEY)), "refused-key-without-login");
    assert_eq!(refusal(with_key(&chief, two.operator(), Some("Two Words"), KEY)), "input-login");
    assert_eq!(refusal(with_key(&chief, two.operator(), Some("dua"), &format!("no-pty {KEY}"))), "input-key");
    with_key(&chief, two.operator(), Some("dua"), &format!("{KEY} dua@laptop")).unwrap();
    assert_eq!(refusal(with_key(&chief, two.operator(), None, KEY)), "refused-key-taken");
    assert_eq!(refusal(with_key(&chief, one.operator(), Some("satu"), KEY)), "refused-key-taken");
    assert_eq!(refusal(with_key(&chief, one.operator(), Some("dua"), OTHER_KEY)), "refused-login-taken");
    let entered =
        |gate, name: &str| hall.desk.enter_named(gate, name).map(|seat| seat.operator()).map_err(|refusal| refusal.key);
    assert_eq!(entered(900, "dua"), Ok(two.operator()));
    assert_eq!(entered(900, "satu"), Err("refused-name-unknown"));
    assert_eq!(entered(1001, "dua"), Err("refused-gate-is-somebody"), "a gate is nobody's own account");
    set(&chief, one.operator(), &[(Field::OperatorLogin, Some(Value::text("satu")))]).unwrap();
    assert_eq!(entered(900, "satu"), Err("refused-name-unknown"), "a name without a key opens nothing");
    let line = format!("restrict,pty,command=\"/usr/bin/pulang --as dua ssh\" {KEY}");
    assert_eq!(hall.desk.key_lines("/usr/bin/pulang"), [line]);
    suspend(&chief, two.operator()).unwrap();
    assert!(hall.desk.key_lines("/usr/bin/pulang").is_empty());
    assert_eq!(entered(900, "dua"), Err("refused-suspended"));
    let back = [(Field::OperatorIsSuspended, None), (Field::OperatorSuspendedWhy, None)];
    set(&chief, two.operator(), &back).unwrap();
    assert_eq!(hall.desk.key_lines("pulang").len(), 1);
}

#[test]
fn offices_stand_below_one_another_and_never_in_a_ring() {
    let hall = Hall::new();
    let (post, chief) = (hall.stranger(&["PNY"]), hall.chief());
    let parent = |of: Subject| Some(Value::Link(of));
    set(&chief, post.office(), &[(Field::OfficeParent, parent(chief.office()))]).unwrap();
    assert_eq!(
        refusal(set(&chief, chief.office(), &[(Field::OfficeParent, parent(post.office()))])),
        "refused-office-ring"
    );
    assert_eq!(
        refusal(set(&chief, chief.office(), &[(Field::OfficeParent, parent(chief.office()))])),
        "refused-office-ring"
    );
    let nowhere = Subject::new(Kind::Office, Ulid::new());
    assert_eq!(refusal(set(&chief, chief.office(), &[(Field::OfficeParent, parent(nowhere))])), "refused-no-office");
    assert_eq!(refusal(set(&chief, chief.office(), &[(Field::OfficeName, None)])), "refused-no-name");
}

#[test]
fn every_change_is_history_and_a_line_of_the_trail_and_nobodys_to_undo() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = officer.operator();
    let id = suspend(&chief, of).unwrap().id;
    let staff = chief.staff_named("Sitra Contoh").unwrap();
    assert_eq!((staff.standing, staff.why.as_deref()), (Standing::Suspended, Some("cuti panjang")));
    let history = chief.staff_history(of).unwrap();
    assert_eq!(history.len(), 2);
    assert!(history[1].by == "Ketut Contoh" && history[1].change.edits.len() == 2);
    assert!(chief.undo().is_err());
    let forged = pulang::desk::Proposal { id: Ulid::new(), asks: Vec::new(), undoes: Some(id) };
    assert!(matches!(answer(&chief, forged), Err(Denied::Refused(_))));
    drop((chief, officer));
    let looks = hall.looks();
    let line = looks.iter().find(|look| look.act == Act::Admin && look.fields.len() == 2).unwrap();
    assert_eq!((line.of.as_slice(), line.fields[0].as_str()), (&[of][..], "operator_is_suspended"));
    assert!(looks.iter().all(|look| !format!("{look:?}").contains("cuti")));
}

#[test]
fn standing_is_the_same_after_a_restart() {
    let hall = Hall::new();
    let (chief, officer) = (hall.chief(), hall.hire(&["KON"]));
    let of = officer.operator();
    suspend(&chief, of).unwrap();
    drop((chief, officer));
    let hall = hall.restarted();
    assert_eq!(hall.desk.enter_as(of.id).unwrap_err().key, "refused-suspended");
}

#[test]
fn the_first_supervisor_is_the_one_who_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let options = DeskOptions {
        dir: dir.path().to_owned(),
        key: None,
        clock: std::sync::Arc::new(chrono::Utc::now),
        is_practice: false,
        first: First { uid: 501, name: "Rina Contoh".into(), office: "Meja".into(), zone: "WITA" },
    };
    let (desk, _) = Desk::open(options, &mut |_| {}).unwrap();
    assert_eq!(desk.enter(501).unwrap().who(), "Rina Contoh PNY");
    assert_eq!(desk.enter(0).unwrap_err().key, "refused-stranger");
}
