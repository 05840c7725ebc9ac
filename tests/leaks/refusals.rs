//! What is not there and what is not yours are the same: in words, in JSON, in exit, on every way that a number goes. Only the
//! trail tells them apart.

use crate::commands::told;
use crate::scene::{Canary, Scene, done, happened};
use crate::screens::Screen;
use pulang::desk::{Ask, Denied, Order, Proposal, Seat, Sought};
use pulang::domain::access::{Access, Act, Role, can};
use pulang::domain::change::{Change, Edit, Verb};
use pulang::domain::field::{Field, Section};
use pulang::domain::query::Query;
use pulang::domain::record::{Record, Slot};
use pulang::domain::subject::Number;
use pulang::domain::value::Value;
use std::time::Duration;
use ulid::Ulid;

const REASON: &str = "laporan harian pimpinan";

/// A number that nobody has.
fn nobodys() -> String {
    Number { year: 26, running: 9_999 }.to_string()
}

/// Whether the case opens to nobody of this kind, with whatever reason.
fn is_shut(scene: &Scene, who: usize, canary: &Canary) -> bool {
    let actor = scene.actors[who].as_actor();
    can(&actor, Act::Find, Section::Identity, &canary.holding) < Access::Allow
        && can(&actor, Act::Open, Section::Identity, &canary.holding) < Access::NeedReason
}

/// What a seat is told by commands that name a number, with the number itself taken out.
fn by_number(scene: &Scene, seat: &Seat, number: &str) -> Vec<String> {
    let query = format!("nomor:{number}");
    let lines: [&[&str]; 8] = [
        &["show", number],
        &["show", number, "--json"],
        &["print", "kartu-antrean", number, "--preview"],
        &["print", "kartu-antrean", number],
        &["erase", number, "--reason", REASON, "--yes", number],
        &["list", &query, "--json"],
        &["list", number],
        &["export", &query, "--format", "jsonl", "--reason", REASON],
    ];
    lines.map(|words| told(scene, seat, words, b"").replace(number, "#")).to_vec()
}

/// The form of a question for access by a number, and what is said when it is sent.
const ASKING: [&str; 2] = [":minta akses\n#\n", ":minta akses\n#\nKTK\tkeluarga datang ke kantor\n"];

/// What stands on the screen after a number was typed where one is asked for.
fn on_screen(seat: &Seat, number: &str, ways: &[&str]) -> Vec<String> {
    let shown = |way: &&str| {
        seat.drafts().into_iter().for_each(|(id, ..)| seat.drop_draft(id).unwrap());
        let mut screen = Screen::of(seat);
        screen.types(&way.replace('#', number));
        screen.shown().replace(number, "#").replace(&number.to_lowercase(), "#")
    };
    ways.iter().map(shown).collect()
}

#[test]
fn a_number_that_is_not_yours_is_a_number_that_is_not_there() {
    let scene = Scene::new();
    let nobodys = nobodys();
    let mut differing = Vec::new();
    for (who, actor) in scene.actors.iter().enumerate() {
        let seat = scene.desk.enter_as(actor.id).unwrap();
        let (commands, screens) = (by_number(&scene, &seat, &nobodys), on_screen(&seat, &nobodys, &["/#\n", "g#\n"]));
        let asking = on_screen(&seat, &nobodys, &ASKING);
        let elsewhere = on_screen(&seat, &nobodys, &[":kantor lain\n#\n"]);
        for canary in scene.canaries.iter().filter(|canary| is_shut(&scene, who, canary)) {
            let mut said: Vec<(String, String)> =
                commands.iter().cloned().zip(by_number(&scene, &seat, &canary.number)).collect();
            said.extend(screens.iter().cloned().zip(on_screen(&seat, &canary.number, &["/#\n", "g#\n"])));
            // Access is asked by a number that somebody named, and nothing is told by it: no form, no answer, no line.
            said.extend(asking.iter().cloned().zip(on_screen(&seat, &canary.number, &ASKING)));
            // With a reason a supervisor elsewhere opens it by what only its person's papers tell, never by a number that runs.
            said.extend(elsewhere.iter().cloned().zip(on_screen(&seat, &canary.number, &[":kantor lain\n#\n"])));
            let apart = said.into_iter().find(|(there, not)| there != not);
            differing.extend(apart.map(|(nobody, it)| format!("{}: {}\n{nobody}\n{it}", actor.what, canary.what)));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn an_exact_nik_of_somebody_unseen_is_said_to_be_known_by_the_command_as_by_the_screen() {
    let scene = Scene::new();
    let apart = |role: &Role| matches!(role, Role::Leadership | Role::Auditor | Role::Administrator);
    let mut met = 0;
    for (who, actor) in scene.actors.iter().enumerate().filter(|(_, actor)| !actor.roles.iter().all(apart)) {
        let seat = scene.desk.enter_as(actor.id).unwrap();
        for canary in scene.canaries.iter().filter(|canary| is_shut(&scene, who, canary)) {
            for query in [canary.nik.clone(), format!("nik:{}", canary.nik)] {
                let (there, not) = (
                    told(&scene, &seat, &["list", &query], b""),
                    told(&scene, &seat, &["list", "3171051505989999"], b""),
                );
                assert!(
                    there.contains("hubungi penyelia jaga") && !not.contains("hubungi"),
                    "{}: {there}{not}",
                    actor.what
                );
                met += 1;
            }
        }
    }
    assert!(met > 20, "{met}");
}

#[test]
fn whoever_works_on_no_case_learns_nothing_from_a_nik_either() {
    let scene = Scene::new();
    let apart = |role: &Role| matches!(role, Role::Leadership | Role::Auditor | Role::Administrator);
    for actor in scene.actors.iter().filter(|actor| actor.roles.iter().all(apart)) {
        let seat = scene.desk.enter_as(actor.id).unwrap();
        for canary in &scene.canaries {
            for (number, nobodys) in [(&canary.nik, "3171051505989999"), (&canary.passport, "Z1999999")] {
                for way in ["/#\n", ":kantor lain\n#\n", ":minta akses\n#\n", "n#\t"] {
                    assert_eq!(
                        on_screen(&seat, number, &[way]),
                        on_screen(&seat, nobodys, &[way]),
                        "{} {way}",
                        actor.what
                    );
                }
            }
            assert!(seat.row_of_exact(&canary.number).is_err() && seat.foreign_case(&canary.nik).is_err());
            assert_eq!(seat.owner_of(canary.of), None);
        }
    }
}

#[test]
fn whoever_works_on_no_case_finds_no_count_where_lists_have_one() {
    let scene = Scene::new();
    for what in ["PIM of A", "PIM of B", "AUD of A", "ADM of A"] {
        let seat = scene.seat(what);
        let listing = seat.list(&Query::default(), Order::Urgency);
        assert_eq!((listing.rows.len(), listing.total, listing.apart, listing.erased), (0, 0, 0, 0), "{what}");
        let handover = seat.handover();
        let counts = [handover.apart, handover.reds.people.len(), handover.due.len(), handover.inbox.rows.len()];
        assert_eq!((counts, seat.inbox_count()), ([0; 4], 0), "{what}");
    }
}

/// An edit of a field with what it is said to have been before.
fn guess(seen: &Record, field: Field, was: Option<Value>) -> Ask {
    let mut change = Change::on(seen, Verb::Edit, happened());
    change.edits.push(Edit { at: Slot::own(field), was, now: Some(Value::text("lain")) });
    Ask::Edit(change)
}

#[test]
fn a_conflict_tells_nothing_of_a_fact_that_may_not_be_written() {
    let scene = Scene::new();
    let canary = scene.canary("shared by B with A");
    let officer = scene.seat("HLP of A");
    let seen = officer.record(canary.of).unwrap();
    let truth = Value::text(canary.word(Section::Health));
    let keys: Vec<&'static str> = [Some(truth), Some(Value::text("bukan itu")), None]
        .into_iter()
        .map(|was| {
            let asks = vec![guess(&seen, Field::Chronic, was)];
            let ticket = officer.propose(Proposal { id: officer.new_id(), asks, undoes: None });
            match ticket.wait(Duration::from_secs(60)).unwrap() {
                Err(Denied::Refused(refusal)) => refusal.key,
                other => panic!("{other:?}"),
            }
        })
        .collect();
    assert_eq!(keys, ["why-not-access"; 3], "whether the guess was right or wrong");
}

#[test]
fn what_became_of_ones_last_work_is_told_to_nobody_who_lost_the_case() {
    let scene = Scene::new();
    let (officer, chief) = (scene.seat("HLP of A"), scene.seat("PNY of A"));
    let of = scene.canary("open at A").of;
    let mut change = Change::on(&officer.record(of).unwrap(), Verb::Edit, happened());
    change.set(&officer.record(of).unwrap(), Field::Marks, Some(Value::text("tato")));
    done(&officer, vec![Ask::Edit(change)]);
    assert!(officer.undo_preview().is_ok());
    crate::scene::sealed_by(&chief, of);
    assert_eq!(officer.undo_preview().unwrap_err().key, "why-not-access");
    assert_eq!(officer.undo().unwrap_err().key, "why-not-access");
}

/// How many refusals of somebody stand in the trail.
fn refusals(scene: &Scene, of: &str) -> usize {
    let auditor = scene.seat("AUD of A");
    let sought = Sought {
        operator: Some(format!("Petugas {of}")),
        act: Some(pulang::desk::LookAct::Refused),
        ..Sought::default()
    };
    let mut audit = auditor.audit(&sought).unwrap_or_else(|_| panic!("the auditor may"));
    let mut found = 0;
    while !audit.is_over() {
        found += auditor.audit_on(&mut audit, 1_000).unwrap().len();
    }
    found
}

#[test]
fn every_refusal_stands_in_the_trail_though_its_words_tell_nothing() {
    let scene = Scene::new();
    let who = "HLP of A";
    let seat = scene.seat(who);
    let sealed = scene.canary("sealed at A, nobody named");
    let shared = scene.canary("shared by B with A");
    let lines: [&[&str]; 7] = [
        &["show", &sealed.number],
        &["print", "kartu-antrean", &sealed.number, "--preview"],
        &["erase", &sealed.number, "--reason", REASON, "--yes", &sealed.number],
        &["export", "--reason", REASON],
        &["print", "ringkasan", &shared.number, "--reason", REASON],
        &["print", "kartu-antrean", &shared.number],
        &["trail"],
    ];
    for words in lines {
        let before = refusals(&scene, who);
        let said = told(&scene, &seat, words, b"");
        assert!(refusals(&scene, who) > before, "{words:?}: {said}");
    }
    let before = refusals(&scene, who);
    assert!(seat.sheet(sealed.of).is_err() && seat.record(sealed.of).is_err());
    let note = Change::on(&Record { revision: 1, ..Record::empty(sealed.of) }, Verb::Note, happened());
    let mut note = note;
    note.edits.push(Edit { at: Slot::of(Ulid::new(), Field::NoteText), was: None, now: Some(Value::text("dicoba")) });
    let ticket = seat.propose(Proposal { id: seat.new_id(), asks: vec![Ask::Edit(note)], undoes: None });
    assert!(ticket.wait(Duration::from_secs(60)).unwrap().is_err());
    assert_eq!(refusals(&scene, who), before + 3);
}

#[test]
fn what_is_shared_or_offered_is_read_and_goes_out_on_no_paper_and_in_no_export() {
    let scene = Scene::new();
    let supervisor = scene.seat("PNY of A");
    let others =
        ["shared by B with A", "shared by B with A for health alone", "offered by B to A", "sealed at A, named"];
    let lines: [&[&str]; 4] = [
        &["export", "--format", "csv", "--reason", REASON],
        &["export", "--format", "jsonl", "--reason", REASON],
        &["print", "daftar-hadir", "--query", "ratna", "--reason", REASON, "--preview"],
        &["print", "ringkasan", "--query", "ratna", "--reason", REASON, "--preview"],
    ];
    for words in lines {
        let said = told(&scene, &supervisor, words, b"");
        assert!(said.contains(&scene.canary("open at A").word(Section::Identity)), "{words:?}: {said}");
        for what in others {
            let canary = scene.canary(what);
            assert!(!said.contains(&canary.word(Section::Identity)), "{what} by {words:?}");
            assert!(!said.contains(&canary.number), "{what} by {words:?}");
        }
    }
}
