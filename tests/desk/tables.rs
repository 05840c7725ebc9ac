//! An office's own gate table: who brings it in, for whom and from when it holds, what it changes and what it leaves alone.

use crate::hall::*;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use pulang::desk::{Ask, Denied, Proposal, Seat};
use pulang::domain::change::{Change, Commit, Verb};
use pulang::domain::field::Field;
use pulang::domain::gate::{Fact, Obstacle, Rules};
use pulang::domain::record::{Facts, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::track::Step;
use pulang::domain::value::{Timed, Value};
use pulang::records::Records;
use std::fs;
use std::time::Duration;
use ulid::Ulid;

/// The built-in table under another version, with one place changed.
fn table(version: &str, old: &str, new: &str) -> String {
    assert!(Rules::BUILT_IN.contains(old), "{old}");
    Rules::BUILT_IN.replacen("2026-11-1", version, 1).replacen(old, new, 1)
}

/// Evidence of nationality is owed five days after verification instead of three; verification may take a day.
fn slower(version: &str) -> String {
    table(version, "nationality-evidence = \"72h\" }", "nationality-evidence = \"120h\" }").replacen(
        "leave = \"72h\"",
        "leave = \"24h\"",
        1,
    )
}

fn today(hall: &Hall, seat: &Seat) -> NaiveDate {
    seat.zone().day(hall.now().at)
}

fn in_days(hall: &Hall, seat: &Seat, days: u64) -> NaiveDate {
    today(hall, seat) + Days::new(days)
}

/// Until when the evidence of nationality is owed.
fn owed_until(seat: &Seat, of: Subject) -> DateTime<Utc> {
    let record = seat.record(of).unwrap();
    let owed = record.items(pulang::domain::field::Part::Debt);
    let mut owed = owed.filter(|item| record.text(Slot::of(*item, Field::DebtFact)) == Some("nationality-evidence"));
    record.at(Slot::of(owed.next().unwrap(), Field::DebtDue)).unwrap()
}

/// The table that the last change of a case names.
fn judged_by(seat: &Seat, of: Subject) -> Option<String> {
    seat.open(seat.row_of(of.id).unwrap()).unwrap().events[0].change.table.clone()
}

fn verify(hall: &Hall, seat: &Seat, name: &str) -> Subject {
    let of = hall.case(seat, name);
    done(seat, vec![hall.step(of, Status::Verif)]);
    of
}

fn is_whole(hall: &Hall) {
    assert!(hall.desk.index_differs().unwrap().is_empty());
    assert!(hall.desk.verify(&mut |_| {}).unwrap().is_whole());
    assert!(hall.desk.unreadable_tables().is_empty());
}

#[test]
fn a_changed_deadline_changes_what_is_owed_by_moves_of_its_days_and_of_no_day_before() {
    let hall = Hall::new();
    let chief = hall.chief();
    let tomorrow = in_days(&hall, &chief, 1);
    done(&chief, vec![chief.table_ask(Some(&slower("meja-1")), tomorrow).unwrap()]);
    let before = verify(&hall, &chief, "WAYAN CONTOH");
    assert_eq!(owed_until(&chief, before), hall.now().at + TimeDelta::hours(72));
    assert_eq!(judged_by(&chief, before).as_deref(), Some("2026-11-1"));
    hall.pass(24 * 60);
    let after = verify(&hall, &chief, "MADE CONTOH");
    assert_eq!(owed_until(&chief, after), hall.now().at + TimeDelta::hours(120));
    assert_eq!(judged_by(&chief, after).as_deref(), Some("meja-1"));
    // What happened yesterday and is typed today is judged by yesterday's.
    let late = hall.case(&chief, "KOMANG CONTOH");
    let yesterday = Timed::certain(hall.now().at - TimeDelta::hours(23));
    let intent = pulang::domain::gate::Intent::at(yesterday);
    done(&chief, vec![Ask::Move { of: late, to: Status::Verif, intent }]);
    assert_eq!(owed_until(&chief, late), yesterday.at + TimeDelta::hours(72));
    assert_eq!(judged_by(&chief, late).as_deref(), Some("2026-11-1"));
    // The first debt stays as it was made.
    assert_eq!(owed_until(&chief, before), hall.now().at + TimeDelta::hours(48));
    is_whole(&hall);
}

#[test]
fn a_step_of_a_track_names_the_table_that_judged_it_and_an_edit_names_none() {
    let hall = Hall::new();
    let (chief, liaison) = (hall.chief(), hall.hire(&["HKM"]));
    let of = hall.case(&chief, "WAYAN CONTOH");
    let stricter = table(
        "meja-1",
        "[[step]]\nstate = \"HKM4\"",
        "[[step]]\nstate = \"HKM2\"\nrequired = [\"wish\"]\n\n[[step]]\nstate = \"HKM4\"",
    );
    done(&chief, vec![chief.table_ask(Some(&stricter), today(&hall, &chief)).unwrap()]);
    let step = |state| {
        let step = Step { item: None, state, happened: hall.now(), no: None, taken_over_by: None };
        Ask::Step { of, step }
    };
    let refused = tried(&liaison, vec![step("HKM2")]);
    assert!(matches!(refused, Err(Denied::Obstacles(all)) if all[0].1 == [Obstacle::Missing(Fact::Wish)]));
    done(&liaison, vec![step("HKM1")]);
    assert_eq!(judged_by(&chief, of).as_deref(), Some("meja-1"));
    let Ask::Edit(mut change) = hall.edit(&chief.record(of).unwrap(), &[(Field::Marks, Value::text("tato"))]) else {
        unreachable!()
    };
    change.table = Some("2026-11-1".into());
    done(&chief, vec![Ask::Edit(change)]);
    assert_eq!(judged_by(&chief, of), None);
}

#[test]
fn time_left_on_the_list_is_the_tables_of_the_day_of_the_move() {
    let hall = Hall::new();
    let chief = hall.chief();
    let early = verify(&hall, &chief, "WAYAN CONTOH");
    let due = |of: Subject| everybody(&chief).into_iter().find(|one| one.id == of.id).unwrap().due.unwrap();
    assert_eq!(due(early), hall.now().at + TimeDelta::hours(72));
    // From today on: whoever moved today already is digested anew, the debt stays.
    done(&chief, vec![chief.table_ask(Some(&slower("meja-1")), today(&hall, &chief)).unwrap()]);
    assert_eq!(due(early), hall.now().at + TimeDelta::hours(24));
    assert_eq!(owed_until(&chief, early), hall.now().at + TimeDelta::hours(72));
    is_whole(&hall);
    let changed = everybody(&chief)[0].changed_at;
    // And back, the same day: the later of two with one beginning holds.
    done(&chief, vec![chief.table_ask(None, today(&hall, &chief)).unwrap()]);
    assert_eq!(due(early), hall.now().at + TimeDelta::hours(72));
    assert_eq!(everybody(&chief)[0].changed_at, changed, "nobody changed the case");
    assert!(chief.table_at(hall.now().at).is_built_in);
    is_whole(&hall);
}

#[test]
fn a_table_of_one_office_touches_no_case_of_another() {
    let hall = Hall::new();
    let chief = hall.chief();
    let other = hall.stranger(&["PNY"]);
    let (ours, theirs) = (verify(&hall, &chief, "WAYAN CONTOH"), verify(&hall, &other, "MADE CONTOH"));
    done(&other, vec![other.table_ask(Some(&slower("lain-1")), today(&hall, &other)).unwrap()]);
    assert_eq!(chief.table_at(hall.now().at).version, "2026-11-1");
    assert_eq!(other.table_at(hall.now().at).version, "lain-1");
    let due = |seat: &Seat, of: Subject| everybody(seat).into_iter().find(|one| one.id == of.id).unwrap().due.unwrap();
    assert_eq!(due(&chief, ours), hall.now().at + TimeDelta::hours(72));
    assert_eq!(due(&other, theirs), hall.now().at + TimeDelta::hours(24));
    let next = verify(&hall, &chief, "KOMANG CONTOH");
    assert_eq!(judged_by(&chief, next).as_deref(), Some("2026-11-1"));
    // Both may use one version: each office's moves name its own.
    done(
        &chief,
        vec![
            chief.table_ask(Some(&table("lain-1", "leave = \"4h\"", "leave = \"5h\"")), today(&hall, &chief)).unwrap(),
        ],
    );
    is_whole(&hall);
    // Nobody brings one in for another office.
    let Ask::Create { of, mut facts, happened } = chief.table_ask(None, today(&hall, &chief)).unwrap() else {
        unreachable!()
    };
    let office = chief.record(other.operator()).unwrap().link(Field::OperatorOffice).unwrap();
    facts.insert(Field::TableOffice.into(), Value::Link(office));
    assert_eq!(refusal(tried(&chief, vec![Ask::Create { of, facts, happened }])), "why-not-access");
}

#[test]
fn supervisors_and_administrators_bring_tables_in_and_nobody_else() {
    let hall = Hall::new();
    for roles in [&["HLP"][..], &["KON", "PPM", "PKS", "PSI", "MED", "HKM", "DAE"], &["PIM"], &["AUD"]] {
        let seat = hall.hire(roles);
        let ask = seat.table_ask(Some(&slower("meja-1")), today(&hall, &seat)).unwrap();
        assert_eq!(refusal(tried(&seat, vec![ask])), "why-not-access", "{roles:?}");
    }
    // Once there is an administrator, supervisors hire no other: both are here before.
    let (supervisor, administrator) = (hall.hire(&["PNY"]), hall.hire(&["ADM"]));
    for (seat, version) in [(&administrator, "meja-1"), (&supervisor, "meja-2")] {
        done(seat, vec![seat.table_ask(Some(&slower(version)), today(&hall, seat)).unwrap()]);
        assert_eq!(hall.chief().table_at(hall.now().at).version, version);
        assert_eq!(seat.table_at(hall.now().at).by, "Sitra Contoh");
    }
    // The administrator still sees no case.
    let of = hall.case(&hall.chief(), "WAYAN CONTOH");
    assert!(administrator.record(of).is_err());
    let looks = {
        drop((administrator, supervisor));
        hall.looks()
    };
    assert!(looks.iter().filter(|look| look.of.iter().any(|of| of.kind == Kind::Table)).count() == 4, "each refusal");
}

#[test]
fn the_desk_refuses_by_itself_what_no_table_may_say() {
    let hall = Hall::new();
    let chief = hall.chief();
    let today = today(&hall, &chief);
    let try_text = |text: &str, from| refusal(tried(&chief, vec![chief.table_ask(Some(text), from).unwrap()]));
    assert_eq!(try_text("version = ", today), "table-toml");
    assert_eq!(try_text(&"#".repeat(70_000), today), "table-too-long");
    assert_eq!(try_text(&table("x", ", \"child-guardian\"]\nrequired_from", "]\nrequired_from"), today), "table-floor");
    assert_eq!(try_text(&slower("meja-1"), today - Days::new(1)), "refused-table-past");
    assert_eq!(try_text(&slower("meja-1"), today + Days::new(731)), "refused-table-far");
    // The version of the built-in table names the built-in table.
    assert_eq!(try_text(&slower("2026-11-1"), today), "refused-table-version");
    done(&chief, vec![chief.table_ask(Some(&slower("meja-1")), today).unwrap()]);
    let other = table("meja-1", "leave = \"4h\"", "leave = \"5h\"");
    assert_eq!(try_text(&other, today), "refused-table-version");
    // The same text again is the same table.
    done(&chief, vec![chief.table_ask(Some(&slower("meja-1")), today + Days::new(9)).unwrap()]);
    assert_eq!(chief.tables_after(hall.now().at).len(), 1);
    let both = [slower("meja-2"), other.replacen("meja-1", "meja-2", 1)];
    let both = both.iter().map(|text| chief.table_ask(Some(text), today).unwrap()).collect();
    assert_eq!(refusal(tried(&chief, both)), "refused-table-version");
    is_whole(&hall);
}

#[test]
fn a_table_stays_as_it_was_brought_in_and_no_undo_takes_it_back() {
    let hall = Hall::new();
    let chief = hall.chief();
    let ask = chief.table_ask(Some(&slower("meja-1")), today(&hall, &chief)).unwrap();
    let of = ask.of();
    done(&chief, vec![ask.clone()]);
    assert!(chief.undo().is_err(), "there is nothing else to take back");
    assert_eq!(refusal(tried(&chief, vec![ask])), "refused-exists");
    let seen = chief.record(of).unwrap();
    for verb in [Verb::Edit, Verb::Note] {
        let edit = hall.change(&seen, verb, &[(Field::TableText, Value::text("x"))]);
        assert_eq!(refusal(tried(&chief, vec![edit])), "refused-table-stays");
    }
    // A session says a name, a number and somebody else: the desk believes none of it.
    let facts = Facts::from([
        (Field::TableText.into(), Value::text(slower("meja-2"))),
        (Field::TableName.into(), Value::text("lain")),
        (Field::TableNo.into(), Value::Number(99)),
        (Field::TableFrom.into(), Value::Time(hall.now())),
        (Field::IsWithdrawn.into(), Value::YesNo(true)),
    ]);
    let of = Subject::new(Kind::Table, Ulid::new());
    done(&chief, vec![Ask::Create { of, facts, happened: hall.now() }]);
    let kept = chief.record(of).unwrap();
    assert_eq!((kept.text(Field::TableName), kept.number(Field::TableNo)), (Some("meja-2"), Some(2)));
    assert_eq!(kept.link(Field::TableBy), Some(chief.operator()));
    assert_eq!(kept.get(Field::IsWithdrawn), None);
}

#[test]
fn restarts_snapshots_and_a_rebuilt_store_keep_the_tables() {
    for (is_saved, is_store_lost) in [(false, false), (true, false), (false, true), (true, true)] {
        let hall = Hall::new();
        let chief = hall.chief();
        let of = verify(&hall, &chief, "WAYAN CONTOH");
        if is_saved {
            hall.desk.save_snapshot().unwrap();
        }
        // After the snapshot: the start has to digest whoever the table touches.
        done(&chief, vec![chief.table_ask(Some(&slower("meja-1")), today(&hall, &chief)).unwrap()]);
        done(&chief, vec![chief.table_ask(None, in_days(&hall, &chief, 3)).unwrap()]);
        let due = everybody(&chief)[0].due;
        drop(chief);
        let folder = hall.dir.path().join("store");
        let hall = hall.restarted_after(|| {
            if is_store_lost {
                fs::remove_dir_all(folder).unwrap();
            }
        });
        let chief = hall.chief();
        assert_eq!(everybody(&chief)[0].due, due, "{is_saved} {is_store_lost}");
        assert_eq!(chief.table_at(hall.now().at).version, "meja-1");
        assert_eq!(chief.table_at(hall.now().at).text, slower("meja-1"), "letter by letter");
        assert!(chief.tables_after(hall.now().at)[0].is_built_in);
        assert_eq!(owed_until(&chief, of), hall.now().at + TimeDelta::hours(72));
        is_whole(&hall);
        hall.pass(3 * 24 * 60);
        let later = verify(&hall, &chief, "MADE CONTOH");
        assert_eq!(judged_by(&chief, later).as_deref(), Some("2026-11-1"));
    }
}

#[test]
fn what_is_asked_right_after_a_table_is_judged_by_it() {
    let hall = Hall::new();
    let chief = hall.chief();
    for round in 0..8 {
        let of = hall.case(&chief, "WAYAN CONTOH");
        let record = chief.record(of).unwrap();
        let version = format!("meja-{round}");
        let propose = |asks| chief.propose(Proposal { id: chief.new_id(), asks, undoes: None });
        // Enough work that the writer finds the next three waiting together.
        let arrivals = (0..40).map(|_| hall.arrival(Subject::case(chief.new_id()), "MADE CONTOH")).collect();
        let tickets = [
            propose(arrivals),
            propose(vec![hall.edit(&record, &[(Field::Marks, Value::text("tato"))])]),
            propose(vec![chief.table_ask(Some(&slower(&version)), today(&hall, &chief)).unwrap()]),
            propose(vec![hall.step(of, Status::Verif)]),
        ];
        tickets.iter().for_each(|ticket| drop(ticket.wait(Duration::from_secs(60)).unwrap().unwrap()));
        assert_eq!(judged_by(&chief, of), Some(version));
    }
    is_whole(&hall);
}

#[test]
fn a_table_that_cannot_be_read_leaves_the_one_before_in_force_and_is_named() {
    let hall = Hall::new();
    let chief = hall.chief();
    done(&chief, vec![chief.table_ask(Some(&slower("meja-1")), today(&hall, &chief)).unwrap()]);
    let (by, now) = (chief.operator(), hall.now());
    let office = chief.record(by).unwrap().link(Field::OperatorOffice).unwrap();
    let of = Subject::new(Kind::Table, Ulid::new());
    drop(chief);
    let dir = hall.dir.path().to_owned();
    let hall = hall.restarted_after(|| {
        let facts = Facts::from([
            (Field::TableOffice.into(), Value::Link(office)),
            (Field::TableFrom.into(), Value::Time(now)),
            (Field::TableNo.into(), Value::Number(2)),
            (Field::TableText.into(), Value::text("of a later release")),
        ]);
        let changes = vec![Change::create(of, now, facts)];
        let commit = Commit { id: Ulid::new(), at: now.at, by: by.id, office: office.id, undoes: None, changes };
        let (records, _) = Records::open(&dir, pulang::records::Options::default(), &mut |_| {}).unwrap();
        records.commit(&[commit]).unwrap();
    });
    let chief = hall.chief();
    assert_eq!(hall.desk.unreadable_tables(), [of]);
    assert_eq!(chief.table_at(now.at).version, "meja-1");
    let case = verify(&hall, &chief, "WAYAN CONTOH");
    assert_eq!(judged_by(&chief, case).as_deref(), Some("meja-1"));
    assert!(hall.desk.index_differs().unwrap().is_empty());
}

#[test]
fn a_requirement_that_an_office_adds_is_asked_for_in_plan_and_in_the_desks_own_look() {
    let hall = Hall::new();
    let chief = hall.chief();
    let of = hall.case(&chief, "WAYAN CONTOH");
    let stricter = table("meja-1", "\"identity-source\"]", "\"identity-source\", \"wish\"]");
    let row = chief.row_of(of.id).unwrap();
    let missing = |chief: &Seat| {
        let targets = chief.outlook(row).unwrap();
        targets.into_iter().find(|target| target.status == Status::Verif).unwrap().obstacles.len()
    };
    assert_eq!(missing(&chief), 0);
    done(&chief, vec![chief.table_ask(Some(&stricter), today(&hall, &chief)).unwrap()]);
    assert_eq!(missing(&chief), 1);
    let refused = tried(&chief, vec![hall.step(of, Status::Verif)]);
    assert!(matches!(refused, Err(Denied::Obstacles(all)) if all[0].1 == [Obstacle::Missing(Fact::Wish)]));
    let record = chief.record(of).unwrap();
    done(&chief, vec![hall.edit(&record, &[(Field::Wish, Value::code("YA"))])]);
    done(&chief, vec![hall.step(of, Status::Verif)]);
    assert_eq!(judged_by(&chief, of).as_deref(), Some("meja-1"));
    is_whole(&hall);
}
