//! Counts: whoever works on no case reads sums, and from them neither a name nor a number under five; everybody else what
//! their list says, and no more.

use crate::commands::told;
use crate::scene::{Scene, done, happened};
use crate::screens::Screen;
use pulang::desk::{LookAct, Order, Seat, Sought};
use pulang::domain::access::{Access, Act, Role, can};
use pulang::domain::field::{Field, Section};
use pulang::domain::query::Query;
use pulang::domain::record::Facts;
use pulang::domain::subject::Subject;
use pulang::domain::value::Value;
use serde_json::Value as Json;
use ulid::Ulid;

/// More people at an office: only a name and where they are.
fn joined_by(seat: &Seat, position: &str, count: usize) {
    let asks = (0..count).map(|nth| {
        let facts = Facts::from([
            (Field::Name.into(), Value::text(format!("TAMBAHAN {position} {nth}"))),
            (Field::Sex.into(), Value::code("L")),
            (Field::Position.into(), Value::code(position)),
            (Field::ReportChannel.into(), Value::code("DTG")),
            (Field::ReportedAt.into(), Value::Time(happened())),
            (Field::ReportCountry.into(), Value::code("KHM")),
        ]);
        pulang::desk::Ask::Create { of: Subject::case(Ulid::new()), facts, happened: happened() }
    });
    done(seat, asks.collect());
}

/// A desk with small and large figures, at both offices.
fn peopled() -> Scene {
    let scene = Scene::new();
    joined_by(&scene.seat("HLP of A"), "RSK", 3);
    joined_by(&scene.seat("HLP of A"), "DET", 12);
    joined_by(&scene.seat("HLP of B"), "SHL", 20);
    joined_by(&scene.seat("HLP of B"), "KBR", 6);
    scene
}

fn json(scene: &Scene, seat: &Seat) -> Json {
    serde_json::from_str(&told(scene, seat, &["counts", "--json"], b"")).unwrap()
}

/// Every figure of an answer that is a number.
fn numbers(told: &Json) -> Vec<u64> {
    let whole = ["living", "remains", "apart"].into_iter().map(|part| &told[part]);
    let rows = told["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap());
    let cells = rows.flat_map(|row| row["cells"].as_array().unwrap());
    whole.chain(cells).filter_map(Json::as_u64).collect()
}

/// What a leader can be shown: each screen, each answer, each paper.
fn shown(scene: &Scene, seat: &Seat) -> Vec<String> {
    let lines: [&[&str]; 8] = [
        &["counts"],
        &["counts", "--lang", "en"],
        &["counts", "--format", "csv"],
        &["counts", "--json"],
        &["print", "laporan-harian", "--preview"],
        &["print", "laporan-harian"],
        &["print", "register", "--from", "01-01-2026", "--reason", "laporan harian pimpinan"],
        &["export", "--reason", "laporan harian pimpinan"],
    ];
    let mut all: Vec<String> = lines.into_iter().map(|words| told(scene, seat, words, b"")).collect();
    for script in ["", "c", "\x03\x03", "\x10", "\x10\x03", "\x1b", "\x1bc", ":rekap\n", "?", "\x1b?", "\x1b\x10", "r"]
    {
        let mut screen = Screen::of(seat);
        screen.types(script);
        all.push(screen.shown());
    }
    all
}

#[test]
fn a_leader_learns_neither_a_name_nor_a_figure_under_five() {
    let scene = peopled();
    for what in ["PIM of A", "PIM of B"] {
        let seat = scene.seat(what);
        for text in shown(&scene, &seat) {
            for canary in &scene.canaries {
                let all = [Section::Identity, Section::Journey, Section::Contact, Section::Health, Section::Desk];
                assert!(all.into_iter().all(|section| !text.contains(&canary.word(section))), "{text}");
                assert!(!text.contains(&canary.number) && !text.contains(&canary.nik), "{text}");
            }
            assert!(!text.contains("RATNA") && !text.contains("TAMBAHAN"), "{text}");
            // A line of a table ends in figures; what stands there is nothing, five or more, or hidden.
            let tables = text.lines().filter(|line| !line.contains("salinan"));
            let ends = tables.filter_map(|line| line.split_whitespace().last());
            assert!(ends.filter_map(|end| end.parse::<u32>().ok()).all(|end| end == 0 || end >= 5), "{what}: {text}");
        }
        let told = json(&scene, &seat);
        assert_eq!(told["sight"], "masked");
        let numbers = numbers(&told);
        assert!(numbers.len() > 20 && numbers.iter().all(|it| *it == 0 || *it >= 5), "{told}");
        assert!(told.to_string().contains("\"<5\"") && told.to_string().contains("\"..\""), "{told}");
        assert!(told["tables"].as_array().unwrap().iter().all(|table| table["code"] != "tier"), "no tier: {told}");
    }
}

#[test]
fn what_is_hidden_of_one_table_stands_in_no_other_and_in_no_sum() {
    let scene = peopled();
    let told = json(&scene, &scene.seat("PIM of A"));
    let living = told["living"].as_u64().unwrap();
    for table in told["tables"].as_array().unwrap().iter().filter(|table| table["code"] != "movement") {
        let rows = table["rows"].as_array().unwrap();
        let columns = table["columns"].as_array().unwrap().len();
        let has_total = rows.last().is_some_and(|row| row["code"] == "total");
        for column in 0..columns {
            let parts = &rows[..rows.len() - usize::from(has_total)];
            let hidden = parts.iter().filter(|row| !row["cells"][column].is_u64()).count();
            let total = if has_total { rows[rows.len() - 1]["cells"][column].as_u64() } else { Some(living) };
            assert!(hidden != 1 || total.is_none(), "{table}");
        }
    }
}

#[test]
fn an_officer_reads_what_the_list_says_and_nothing_of_other_offices() {
    let scene = peopled();
    for actor in &scene.actors {
        let is_worker = can(&actor.as_actor(), Act::Count, Section::Identity, &scene.canary("open at A").holding)
            .max(can(&actor.as_actor(), Act::Count, Section::Identity, &scene.canary("open at B").holding))
            == Access::Allow;
        let seat = scene.desk.enter_as(actor.id).unwrap();
        if !is_worker {
            continue;
        }
        let told = json(&scene, &seat);
        let listing = seat.list(&Query::default(), Order::Number);
        assert_eq!(told["sight"], "exact", "{}", actor.what);
        assert_eq!(told["living"].as_u64(), Some(listing.rows.len() as u64), "{}: counts and list", actor.what);
        assert_eq!(told["apart"].as_u64(), Some(listing.apart as u64), "{}: the bare number", actor.what);
    }
}

#[test]
fn auditor_and_administrator_read_no_counts_and_that_is_noted() {
    let scene = peopled();
    for (actor, what) in [(Role::Auditor, "AUD of A"), (Role::Administrator, "ADM of A")] {
        let seat = scene.seat(what);
        assert!(seat.rekap().is_err() && seat.rekap_again().is_err() && seat.day().is_err(), "{actor:?}");
        for words in [&["counts"][..], &["counts", "--json"], &["print", "laporan-harian"]] {
            let said = told(&scene, &seat, words, b"");
            assert!(!said.contains("LAPOR ") && !said.contains("TAMBAHAN"), "{said}");
        }
        let mut screen = Screen::of(&seat);
        screen.types("c");
        assert!(screen.shown().contains("Rekap hanya dibaca"), "{}", screen.shown());
    }
    let auditor = scene.seat("AUD of A");
    let found = |act: LookAct, who: &str| {
        let sought = Sought { operator: Some(format!("Petugas {who}")), act: Some(act), ..Sought::default() };
        let mut audit = auditor.audit(&sought).unwrap_or_else(|_| panic!("the auditor may"));
        let mut lines = 0;
        while !audit.is_over() {
            lines += auditor.audit_on(&mut audit, 1_000).unwrap().len();
        }
        lines
    };
    assert!(found(LookAct::Refused, "ADM of A") >= 3);
    scene.seat("PIM of B").rekap().unwrap();
    scene.seat("HLP of B").rekap().unwrap();
    assert_eq!((found(LookAct::Count, "PIM of B"), found(LookAct::Count, "HLP of B")), (1, 1));
}

#[test]
fn the_report_of_an_office_is_printed_by_its_supervisors_and_leaders_alone() {
    let scene = peopled();
    for (what, may) in [("HLP of A", false), ("PNY of A", true), ("PIM of A", true), ("AUD of A", false)] {
        let said = told(&scene, &scene.seat(what), &["print", "laporan-harian"], b"");
        assert_eq!(said.contains("SHA-256"), may, "{what}: {said}");
    }
    // A leader's and a supervisor's report differ: each has its number, and none is left out.
    let again = told(&scene, &scene.seat("PIM of A"), &["print", "laporan-harian"], b"");
    assert!(again.contains("P26-000002 salinan 2"), "{again}");
}
