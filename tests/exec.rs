//! Commands inside an open desk, in this process: the caller's rights, bytes in and out, nothing of the process's own. All
//! people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod exec_support;

use calamine::{Data, Reader, Xlsx};
use exec_support::{MANIFEST, Open};
use pulang::cli::{Console, Exit, Within, exec};
use pulang::desk::{Ask, Clock, Desk, DeskOptions, First, Proposal};
use pulang::domain::access::Role;
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::Field;
use pulang::domain::query::Query;
use pulang::domain::value::{Timed, Value};
use std::ffi::OsString;
use std::io::Write;
use std::sync::Arc;

#[test]
fn a_command_inside_a_desk_reads_and_writes_bytes_and_never_a_file_of_the_caller() {
    let open = Open::landed();
    let listed = open.run(&["list", "--limit", "3"]);
    assert_eq!((listed.exit, listed.out.lines().count()), (Exit::DONE, 4), "{}", listed.out);
    let told = open.run(&["--json", "show", "26-000005-A"]);
    assert!(told.out.contains("SITI SRI LUBIS"), "{}", told.out);
    let told = open.run(&["show", "26-000005-B"]);
    assert!(told.exit == Exit::REFUSED && told.out.is_empty() && told.err.contains("Huruf pemeriksa"), "{}", told.err);
    // A path that is there is not opened: what comes over the line is the file.
    let told = open.given(&["import", "Cargo.toml", "--preview"], MANIFEST);
    assert_eq!(told.exit, Exit::DONE, "{}", told.err);
    let told = open.given(&["gates", "--use", "Cargo.toml"], b"this is = no table");
    assert!(told.exit == Exit::REFUSED && !told.err.is_empty(), "{}", told.out);
    let told = open.run(&["--lang", "en", "list", "umur<abc"]);
    assert!(told.err.contains("character 6"), "{}", told.err);
}

#[test]
fn what_concerns_the_machine_is_refused_with_the_way_to_do_it() {
    let open = Open::new();
    let commands: [&[&str]; 7] = [
        &["key"],
        &["key", "rotate"],
        &["restore", "a", "b", "--identity", "c"],
        &["practice"],
        &["verify", "/etc"],
        &["backup", "/tmp/set", "--to", "age1"],
        &["backup", "--recipients-file", "/etc/passwd"],
    ];
    for words in commands {
        let told = open.run(words);
        assert_eq!(told.exit, Exit::REFUSED, "{words:?}");
        assert!(told.err.contains(&format!("sudo -u pulang pulang {}", words[0])), "{words:?}: {}", told.err);
    }
    let told = open.run(&[]);
    assert!(told.exit == Exit::MISTAKEN && told.err.contains("pulang tanpa perintah"), "{}", told.err);
    assert_eq!(open.run(&["--help"]).exit, Exit::DONE);
    assert!(open.run(&["backup"]).err.contains("backup.toml"));
    assert_eq!(open.run(&["verify"]).exit, Exit::DONE);
}

#[test]
fn how_much_a_desk_keeps_in_all_is_told_to_who_administers_or_audits_it() {
    let open = Open::landed();
    let told = open.run(&["verify"]);
    assert!(told.out.contains("rekaman diperiksa"), "the first supervisor administers the whole desk: {}", told.out);
    for (name, uid, role) in [("Wayan Contoh", "4243", "AUD"), ("Made Contoh", "4242", "ADM")] {
        let told = open.run(&["operator", "add", name, "--uid", uid, "--roles", role]);
        assert_eq!(told.exit, Exit::DONE, "{}", told.err);
    }
    let told = open.run(&["verify"]);
    assert_eq!(told.exit, Exit::DONE, "{}", told.err);
    assert!(!told.out.is_empty() && !told.out.contains(|c: char| c.is_ascii_digit()), "{}", told.out);
    let json: serde_json::Value = serde_json::from_str(&open.run(&["--json", "verify"]).out).unwrap();
    assert_eq!((&json["whole"], &json["records"], &json["lines"]), (&true.into(), &().into(), &().into()));
    for uid in [4242, 4243] {
        let within = Within {
            seat: open.within.desk.enter(uid).unwrap(),
            desk: open.within.desk.clone(),
            lang: open.within.lang.clone(),
        };
        let told = Open { within, dir: tempfile::tempdir().unwrap() }.run(&["verify"]);
        assert!(told.out.contains("rekaman diperiksa"), "{uid}: {}", told.out);
    }
}

/// An output that nobody reads any more.
struct Gone;
impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn unheard(err: &mut Vec<u8>) -> Console<'_> {
    Console {
        input: Box::leak(Box::new(std::io::empty())),
        out: Box::leak(Box::new(Gone)),
        err,
        is_input_terminal: false,
        is_out_terminal: false,
        is_err_terminal: false,
        stop: Arc::default(),
    }
}

#[test]
fn a_caller_who_goes_ends_a_command_quietly_and_one_who_asks_stops_it() {
    let open = Open::landed();
    let mut err = Vec::new();
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    assert_eq!(exec(&words(&["pulang", "list"]), &open.within, &mut unheard(&mut err)), Exit::DONE);
    let mut stopped = unheard(&mut err);
    stopped.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(exec(&words(&["pulang", "verify"]), &open.within, &mut stopped), Exit::FAULT);
    drop(stopped);
    assert!(String::from_utf8(err).unwrap().contains("B02"));
}

#[test]
fn far_too_many_words_are_refused_and_not_read() {
    let open = Open::new();
    let many: Vec<&str> = std::iter::repeat_n("list", 2_000).collect();
    assert_eq!(open.run(&many).exit, Exit::MISTAKEN);
    assert_eq!(open.run(&["list", &"a".repeat(100_000)]).exit, Exit::MISTAKEN);
}

/// A practice desk with the seat of somebody who has this role and sees cases.
fn practised(role: Role) -> Open {
    let dir = tempfile::tempdir().unwrap();
    let first = First { uid: 1, name: "rina".into(), office: "Meja".into(), zone: "WIB" };
    let clock: Clock = Arc::new(chrono::Utc::now);
    let options = DeskOptions { dir: dir.path().join("desk"), key: None, clock, is_practice: true, first };
    let (desk, _) = Desk::open(options, &mut |_| ()).unwrap();
    desk.load(pulang::practice::Practice::new(1, chrono::Utc::now()).commits(120, 3), &mut |_| ()).unwrap();
    let everybody = desk.enter_supervisor().unwrap().operators();
    let found = everybody
        .into_iter()
        .filter(|(_, _, roles)| *roles == [role.code()])
        .find_map(|(id, _, _)| desk.enter_as(id).ok().filter(|seat| seat.count(&Query::default()) > 0));
    let seat = found.expect("somebody of that role");
    Open { dir, within: Within { desk, seat, lang: None } }
}

#[test]
fn only_a_supervisor_takes_lists_out_and_says_why() {
    let officer = practised(Role::CaseOfficer);
    assert!(!officer.within.seat.is_supervisor());
    for format in ["csv", "xlsx", "jsonl"] {
        let told = officer.run(&["export", "--format", format, "--reason", "laporan harian pimpinan"]);
        assert!(told.exit == Exit::REFUSED && told.out.is_empty(), "{}", told.out);
        assert!(told.err.contains("penyelia"), "{}", told.err);
    }
    let open = Open::landed();
    let told = open.run(&["export", "--reason", "x"]);
    assert!(told.exit == Exit::REFUSED && told.out.is_empty() && told.err.contains("Alasan"), "{}", told.err);
    let told = open.run(&["export", "--reason", "laporan harian pimpinan"]);
    assert_eq!((told.exit, told.out.lines().count()), (Exit::DONE, 111), "{}", told.err);
    assert!(told.err.contains("110 kasus"), "{}", told.err);
    let told = open.run(&[
        "export",
        "tingkat:1",
        "--format",
        "jsonl",
        "--columns",
        "name,phone_no",
        "--reason",
        "laporan harian pimpinan",
    ]);
    let first: serde_json::Value = serde_json::from_str(told.out.lines().next().unwrap()).unwrap();
    assert!(first["name"].is_string() && first["phone_no"].is_array() && first["nik"].is_null(), "{first}");
}

#[test]
fn a_sealed_case_is_in_no_export_no_print_and_no_sentence() {
    let open = Open::landed();
    let seat = &open.within.seat;
    let row = seat.row_of_number("26-000005-A".parse().unwrap()).unwrap();
    let record = seat.record_of(row).unwrap();
    let now = Timed::certain(chrono::Utc::now());
    let mut change = Change::on(&record, Verb::Edit, now);
    change.set(&record, Field::IsSealed, Some(Value::YesNo(true)));
    change.set(&record, Field::SealedBy, Some(Value::Link(seat.operator())));
    change.set(&record, Field::SealedAt, Some(Value::Time(now)));
    change.reason = Some("saksi perkara besar".into());
    let proposal = Proposal { id: seat.new_id(), asks: vec![Ask::Edit(change)], undoes: None };
    seat.propose(proposal).wait(std::time::Duration::from_secs(10)).unwrap().unwrap();
    let commands: [&[&str]; 7] = [
        &["export", "--reason", "laporan harian pimpinan"],
        &["export", "--format", "jsonl", "--columns", "sisko", "--reason", "laporan harian pimpinan"],
        &["print", "bast", "26-000005-A"],
        &["print", "kartu-antrean", "26-000005-A"],
        &["print", "ringkasan", "26-000005-A", "--reason", "laporan harian pimpinan"],
        &["print", "manifes", "--query", "", "--reason", "laporan harian pimpinan"],
        &["print", "bast-kolektif", "--query", "tingkat:1", "--preview"],
    ];
    for words in commands {
        let told = open.run(words);
        let all = format!("{}{}", told.out, told.err);
        assert!(!all.contains("SITI SRI LUBIS") && !all.contains("1219126410089022"), "{words:?}: {all}");
    }
    let told = open.run(commands[0]);
    assert!(told.err.contains("109 kasus keluar") && told.err.contains("1 tidak boleh"), "{}", told.err);
    let told = open.run(commands[5]);
    assert!(told.out.contains("Ditangani khusus : 1") && told.out.contains("Jumlah di daftar : 109"), "{}", told.out);
}

#[test]
fn a_print_has_a_number_without_gaps_a_copy_a_hash_and_ends_taking_back() {
    let open = Open::landed();
    let print = |paper: &str, number: &str| {
        let told = open.run(&["print", paper, number]);
        assert_eq!(told.exit, Exit::DONE, "{}", told.err);
        assert!(told.out.lines().all(|line| line.chars().count() <= 80), "{}", told.out);
        let head = told.out.lines().next().unwrap().to_owned();
        let sha = told.out.lines().last().unwrap().strip_prefix("SHA-256 ").unwrap().to_owned();
        (head.split_whitespace().rev().take(3).collect::<Vec<_>>().join(" "), sha)
    };
    assert!(open.within.seat.undo_preview().is_ok(), "the import could be taken back");
    let year = chrono::Utc::now().format("%y");
    let (first, sha) = print("bast", "26-000005-A");
    assert_eq!(first, format!("1 salinan P{year}-000001"));
    assert_eq!(print("bast", "26-000005-A"), (format!("2 salinan P{year}-000001"), sha.clone()));
    let (other, other_sha) = print("penolakan", "26-000005-A");
    assert_eq!(other, format!("1 salinan P{year}-000002"));
    assert_ne!(other_sha, sha);
    assert_eq!(open.within.seat.undo_preview().unwrap_err().key, "refused-undo-gone-out");
    let told = open.run(&["--json", "show", "26-000005-A"]);
    let shown: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(shown["history"][0]["verb"].as_str(), Some("print"), "{}", told.out);
    // What is only looked at leaves no mark.
    let before = open.run(&["--json", "show", "26-000005-A"]).out;
    assert!(!open.run(&["print", "bast", "26-000005-A", "--preview"]).out.contains("SHA-256"));
    assert_eq!(open.run(&["--json", "show", "26-000005-A"]).out, before);
    let told = open.run(&["print", "no-such", "26-000005-A"]);
    assert!(told.exit == Exit::MISTAKEN && told.err.contains("kartu-antrean"), "{}", told.err);
}

#[test]
fn four_who_print_at_once_get_numbers_without_a_gap() {
    let open = Open::landed();
    let numbers: Vec<String> = std::thread::scope(|scope| {
        let of = |part: usize| {
            let seat = open.within.seat.clone();
            move || {
                let rows: Vec<u32> = (0..40).skip(part).step_by(4).collect();
                let (papers, _) =
                    pulang::app::paper::ready(&seat, pulang::domain::paper::Paper::QueueCard, &rows).unwrap();
                papers
                    .iter()
                    .map(|paper| {
                        paper
                            .print(&seat, "")
                            .unwrap()
                            .split("P26-")
                            .nth(1)
                            .unwrap_or("")
                            .chars()
                            .take(6)
                            .collect::<String>()
                    })
                    .collect::<Vec<_>>()
            }
        };
        let hands: Vec<_> = (0..4).map(|part| scope.spawn(of(part))).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    let mut given: Vec<u32> = numbers.iter().map(|number| number.parse().unwrap()).collect();
    given.sort_unstable();
    assert_eq!(given, (1..=40).collect::<Vec<u32>>());
}

#[test]
fn four_papers_stand_as_they_stand() {
    let open = Open::landed();
    for paper in ["bast", "kartu-antrean", "penolakan", "surat-pengantar"] {
        let told = open.run(&["print", paper, "26-000005-A", "--preview"]);
        insta::assert_snapshot!(format!("paper_{paper}"), told.out);
    }
    let told = open.run(&["print", "bast-kolektif", "--query", "tingkat:1", "--preview"]);
    insta::assert_snapshot!("paper_bast-kolektif", told.out);
}

#[test]
fn a_workbook_holds_text_and_never_a_formula() {
    use pulang::desk::exporting::sheet::{Format, Row, Sheet};
    let mut out = Vec::new();
    let heads = ["=a", "b", "c", "d"].map(str::to_owned);
    let mut sheet = Sheet::begin(Format::Xlsx, heads.to_vec(), &heads, &mut out).unwrap();
    let words = ["=1+1", "3171", "", "Siti"].map(str::to_owned).to_vec();
    sheet.add(&Row { words, values: Vec::new() }).unwrap();
    sheet.end().unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(out)).unwrap();
    assert!(book.worksheet_formula("Sheet1").unwrap().used_cells().next().is_none());
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let row: Vec<String> = range.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(row, ["=1+1", "3171", "", "Siti"]);
    assert!(range.rows().flatten().all(|cell| matches!(cell, Data::String(_) | Data::Empty)));
}

#[test]
fn an_officer_who_prints_no_lists_is_told_whose_they_are_and_nothing_of_the_cases() {
    let open = practised(Role::HelpDesk);
    for query in ["", "tingkat:1"] {
        let told = open.run(&["print", "manifes", "--query", query, "--reason", "rapat pagi kloter"]);
        assert!(told.exit == Exit::REFUSED && told.out.is_empty(), "{}", told.out);
        assert!(told.err.contains("Hanya penyelia"), "{}", told.err);
    }
}
