//! Counts and the papers made of them, by command, inside an open desk. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{DateTime, TimeDelta, Utc};
use pulang::cli::{Console, Exit, Within, exec};
use pulang::desk::{Ask, Clock, Desk, DeskOptions, First, Proposal};
use pulang::domain::change::{Change, Verb};
use pulang::domain::field::{Field, Part};
use pulang::domain::gate::Intent;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::status::Status;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use std::ffi::OsString;
use std::sync::{Arc, Mutex};

const MANIFEST: &[u8] = include_bytes!("data/manifest_110.csv");

/// A desk on which the flight of 110 has just been taken in, and its clock.
struct Open {
    _dir: tempfile::TempDir,
    within: Within,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl Open {
    fn landed() -> Self {
        let now = Arc::new(Mutex::new("2026-02-20T20:00:00Z".parse().unwrap()));
        let dir = tempfile::tempdir().unwrap();
        let first = First { uid: 1, name: "rina".into(), office: "=Meja".into(), zone: "WIB" };
        let told = Arc::clone(&now);
        let clock: Clock = Arc::new(move || *told.lock().unwrap());
        let options = DeskOptions { dir: dir.path().join("desk"), key: None, clock, is_practice: false, first };
        let (desk, _) = Desk::open(options, &mut |_| ()).unwrap();
        let seat = desk.enter(1).unwrap();
        let open = Self { _dir: dir, within: Within { desk, seat, lang: Some("id".into()) }, now };
        // The command tells the machine's time; this desk has a clock of its own.
        let (seat, at) = (&open.within.seat, *open.now.lock().unwrap());
        let mut preview = seat.preview(MANIFEST, "m.csv", at).unwrap();
        preview.lands_on("2026-02-21".parse().unwrap());
        seat.preview_again(&mut preview, at);
        let proposal = Proposal { id: seat.new_id(), asks: seat.asks_of_preview(&preview, at), undoes: None };
        seat.propose(proposal).wait(std::time::Duration::from_secs(60)).unwrap().unwrap();
        open
    }

    fn given(&self, words: &[&str], mut input: &[u8]) -> (Exit, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let words: Vec<OsString> = ["pulang"].iter().chain(words).map(OsString::from).collect();
        let mut console = Console {
            input: &mut input,
            out: &mut out,
            err: &mut err,
            is_input_terminal: false,
            is_out_terminal: false,
            is_err_terminal: false,
            stop: Arc::default(),
        };
        let exit = exec(&words, &self.within, &mut console);
        (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    fn run(&self, words: &[&str]) -> String {
        let (exit, out, err) = self.given(words, b"");
        assert_eq!((exit, err.as_str()), (Exit::DONE, ""), "{words:?}: {out}");
        out
    }

    /// Edits a case by its number.
    fn edited(&self, number: &str, facts: &[(Slot, Value)]) {
        let seat = &self.within.seat;
        let record = seat.record_of(seat.row_of_number(number.parse().unwrap()).unwrap()).unwrap();
        let mut change = Change::on(&record, Verb::Edit, Timed::certain(*self.now.lock().unwrap()));
        facts.iter().for_each(|(at, value)| change.set(&record, *at, Some(value.clone())));
        change.reason = Some("dicatat untuk uji".into());
        self.asked(Ask::Edit(change));
    }

    fn asked(&self, ask: Ask) {
        let seat = &self.within.seat;
        let proposal = Proposal { id: seat.new_id(), asks: vec![ask], undoes: None };
        seat.propose(proposal).wait(std::time::Duration::from_secs(10)).unwrap().unwrap();
    }

    /// The same desk, with an officer of the same office at it.
    fn seen_by_a_colleague(self) -> Self {
        let facts = Facts::from([
            (Field::OperatorName.into(), Value::text("Sitra Contoh")),
            (Field::OperatorRoles.into(), Value::codes(["KON"])),
            (Field::OperatorOffice.into(), Value::Link(self.within.seat.office())),
            (Field::OperatorUid.into(), Value::Number(2)),
        ]);
        let of = Subject::new(Kind::Operator, self.within.seat.new_id());
        // The desk asks the clock meanwhile.
        let happened = Timed::certain(*self.now.lock().unwrap());
        self.asked(Ask::Create { of, facts, happened });
        let seat = self.within.desk.enter(2).unwrap();
        Self { within: Within { seat, ..self.within }, ..self }
    }
}

/// Number and copy at the end of a paper's first line, and the hash in its last.
fn stamp(paper: &str) -> (String, String) {
    let head = paper.lines().next().unwrap().split_whitespace().rev().take(3).collect::<Vec<_>>();
    let sha = paper.lines().last().unwrap().strip_prefix("SHA-256 ").unwrap();
    (head.into_iter().rev().collect::<Vec<_>>().join(" "), sha.to_owned())
}

#[test]
fn the_text_the_csv_and_the_json_say_the_same() {
    let open = Open::landed();
    let text = open.run(&["counts"]);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let has = |words: &str| text.lines().any(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") == words);
    assert!(has("LAPOR 110") && has("jumlah 110") && text.contains("21-02-2026 03:00 WIB"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&open.run(&["counts", "--format", "json"])).unwrap();
    assert_eq!(json["living"], 110);
    assert_eq!(json["tables"][0]["rows"][0]["cells"], serde_json::json!([110]));
    assert_eq!(json["at"], "2026-02-20T20:00:00Z");
    assert_eq!(open.run(&["counts", "--json"]), open.run(&["counts", "--format", "json"]));
    let csv = open.run(&["counts", "--format", "csv"]);
    let mut read = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(
        read.headers().unwrap().iter().collect::<Vec<_>>(),
        ["tabel", "baris", "kolom", "orang", "definisi", "per"]
    );
    let rows: Vec<csv::StringRecord> = read.records().map(Result::unwrap).collect();
    // The office is called so that a spreadsheet would reckon with it.
    assert!(rows.iter().any(|row| &row[1] == "LAPOR" && &row[2] == "'=Meja" && &row[3] == "110"), "{csv}");
    assert!(rows.iter().all(|row| !row.iter().any(|cell| cell.starts_with(['=', '+', '-', '@']) && cell.len() > 1)));
    assert!(rows.iter().any(|row| &row[0] == "seluruhnya" && &row[1] == "orang hidup" && &row[3] == "110"), "{csv}");
    let claimed = rows.iter().find(|row| &row[2] == "klaim").unwrap();
    assert_eq!(&claimed[3], "", "what nobody said is no sign");
    assert!(rows.iter().all(|row| row[4].len() > 10 && &row[5] == "2026-02-21 03:00 WIB"), "every figure is defined");
}

#[test]
fn a_flight_shows_who_is_missed_and_a_sealed_person_is_not() {
    let open = Open::landed();
    let seat = &open.within.seat;
    let movement = seat.newest_movement().unwrap();
    let record = seat.record(movement).unwrap();
    let mut change = Change::on(&record, Verb::Edit, Timed::certain(*open.now.lock().unwrap()));
    change.set(&record, Field::MoveClaimed, Some(Value::Number(113)));
    open.asked(Ask::Edit(change));
    let rows = |open: &Open| {
        let text = open.run(&["counts"]);
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let is_head = |line: &str| words(line).join(" ") == "klaim daftar naik tiba serah tutup";
        let mut lines = text.lines().skip_while(|line| !is_head(line)).skip(1).map(words);
        let next = |_| lines.find(|line| line.len() > 1).unwrap_or_default();
        [0, 1].map(next).map(|line| line[1..].join(" "))
    };
    assert_eq!(rows(&open), ["113 110 0 0 0 0".to_owned(), "-3 -110".to_owned()]);
    let at = Timed::certain(*open.now.lock().unwrap());
    open.edited(
        "26-000005-A",
        &[
            (Field::IsSealed.into(), Value::YesNo(true)),
            (Field::SealedBy.into(), Value::Link(seat.operator())),
            (Field::SealedAt.into(), Value::Time(at)),
        ],
    );
    // Sealed by the reader: found, and counted like any other.
    assert_eq!(rows(&open)[0], "113 110 0 0 0 0");
    let told: serde_json::Value = serde_json::from_str(&open.run(&["counts", "--json"])).unwrap();
    assert_eq!((&told["living"], &told["apart"]), (&serde_json::json!(110), &serde_json::json!(0)));
    // To a colleague who is not named in it the sealed person is a bare number, and nobody who is missed.
    let colleague = open.seen_by_a_colleague();
    assert_eq!(rows(&colleague), ["113 109 0 0 0 0".to_owned(), "-3 -109".to_owned()]);
    let told: serde_json::Value = serde_json::from_str(&colleague.run(&["counts", "--json"])).unwrap();
    assert_eq!((&told["living"], &told["apart"]), (&serde_json::json!(109), &serde_json::json!(1)));
}

#[test]
fn a_day_is_counted_from_its_beginning_in_the_zone_of_the_office() {
    let open = Open::landed();
    let day = |open: &Open| {
        let json: serde_json::Value = serde_json::from_str(&open.run(&["counts", "--json"])).unwrap();
        let tables = json["tables"].as_array().unwrap();
        let table = tables.iter().find(|table| table["code"] == "day").unwrap();
        (json["day"].as_str().unwrap().to_owned(), table["rows"][0]["cells"].clone())
    };
    assert_eq!(day(&open), ("2026-02-21".to_owned(), serde_json::json!([110, 0, 0, 0])));
    let at = |text: &str| Value::Time(Timed::certain(text.parse().unwrap()));
    open.edited("26-000001-M", &[(Field::LandedAt.into(), at("2026-02-20T16:59:00Z"))]);
    let second = open.within.seat.number_of_row(1).unwrap().to_string();
    open.edited(&second, &[(Field::LandedAt.into(), at("2026-02-20T17:01:00Z"))]);
    // Only who has landed by status is asked when.
    assert_eq!(day(&open).1, serde_json::json!([110, 0, 0, 0]));
    let lands = |number: &str, landed: &str| {
        let of =
            open.within.seat.record_of(open.within.seat.row_of_number(number.parse().unwrap()).unwrap()).unwrap().of;
        let edits = vec![(Slot::own(Field::LandedAt), at(landed))];
        let happened = Timed::certain(*open.now.lock().unwrap());
        let intent = Intent { edits, emergency: Some("malam".into()), ..Intent::at(happened) };
        open.asked(Ask::Move { of, to: Status::Tiba, intent });
    };
    lands("26-000001-M", "2026-02-20T16:59:00Z");
    assert_eq!(day(&open).1, serde_json::json!([110, 0, 0, 0]), "23:59 of yesterday in Jakarta");
    lands(&second, "2026-02-20T17:01:00Z");
    assert_eq!(day(&open).1, serde_json::json!([110, 1, 0, 0]));
    *open.now.lock().unwrap() += TimeDelta::days(1);
    let json = open.run(&["counts", "--json"]);
    assert!(json.contains("\"day\":\"2026-02-22\""), "{json}");
    assert_eq!(day(&open).1, serde_json::json!([0, 0, 0, 0]), "yesterday is over");
}

#[test]
fn the_daily_report_has_a_number_a_copy_and_a_hash_like_any_paper() {
    let open = Open::landed();
    assert!(!open.run(&["print", "laporan-harian", "--preview"]).contains("SHA-256"));
    let first = open.run(&["print", "laporan-harian"]);
    assert!(first.contains("Hari           : 21-02-2026 Sab WIB") && first.contains("LAPOR"), "{first}");
    assert!(first.contains("versi 2026-11-23") && !first.contains("MEGA HARAHAP"), "{first}");
    let (number, sha) = stamp(&first);
    assert_eq!(number, "P26-000001 salinan 1");
    // The same figures of the same day are a copy, whenever it is printed; other figures are another paper.
    *open.now.lock().unwrap() += TimeDelta::hours(2);
    assert_eq!(stamp(&open.run(&["print", "laporan-harian"])), ("P26-000001 salinan 2".to_owned(), sha.clone()));
    open.edited("26-000001-M", &[(Field::Position.into(), Value::code("DBK"))]);
    let (number, other) = stamp(&open.run(&["print", "laporan-harian"]));
    assert_eq!(number, "P26-000002 salinan 1");
    assert_ne!(other, sha);
    assert_eq!(stamp(&open.run(&["print", "bast", "26-000001-M"])).0, "P26-000003 salinan 1", "one row of numbers");
    for words in [&["print", "laporan-harian", "26-000001-M"][..], &["print", "laporan-harian", "--query", "siti"]] {
        let (exit, _, err) = open.given(words, b"");
        assert!(exit == Exit::REFUSED && err.contains("tanpa nomor kasus"), "{err}");
    }
}

#[test]
fn an_office_remembers_its_last_reports_and_not_all_of_them() {
    let open = Open::landed();
    for nth in 0..64 {
        *open.now.lock().unwrap() += TimeDelta::days(1);
        assert!(stamp(&open.run(&["print", "laporan-harian"])).0.starts_with(&format!("P26-{:06}", nth + 1)));
    }
    let office = open.within.seat.record(open.within.seat.office()).unwrap();
    assert_eq!(office.items(Part::Print).count(), 60);
}

#[test]
fn the_register_has_a_line_for_each_case_of_a_period_and_wants_a_reason() {
    let open = Open::landed();
    let (exit, _, err) = open.given(&["print", "register", "--from", "01-02-2026"], b"");
    assert!(exit == Exit::REFUSED && !err.is_empty(), "no reason: {err}");
    let reason = ["--reason", "buku induk bulan ini"];
    let paper = open.run(&[&["print", "register", "--from", "01-02-2026"][..], &reason].concat());
    assert!(paper.contains("Jumlah baris        : 110"), "{paper}");
    assert!(paper.lines().all(|line| line.trim_start_matches('\u{c}').chars().count() <= 80), "{paper}");
    let line = paper.lines().find(|line| line.contains("26-000005-A")).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words, ["5", "26-000005-A", "SITI", "SRI", "LUBIS", "P", "24-10-2008", "LAPOR", "21-02-26"], "{line}");
    assert_eq!(stamp(&paper).0, "P26-000001 salinan 1");
    // A period without anybody, one that ends before it begins, a day that is none.
    for (from, to) in [("01-01-2026", "31-01-2026"), ("03-02-2026", "01-02-2026"), ("99", "01-02-2026")] {
        let words = [&["print", "register", "--from", from, "--to", to][..], &reason].concat();
        assert_eq!(open.given(&words, b"").0, Exit::REFUSED, "{from}");
    }
    // It is in the history of each case, and nothing of before can be taken back.
    assert_eq!(open.within.seat.undo_preview().unwrap_err().key, "refused-undo-gone-out");
}

#[test]
fn a_proxy_letter_names_the_family_and_never_one_who_is_barred() {
    let open = Open::landed();
    let (barred, family) = (open.within.seat.new_id(), open.within.seat.new_id());
    let of = Slot::of;
    open.edited(
        "26-000001-M",
        &[
            (of(barred, Field::ContactName), Value::text("JANGAN HUBUNGI")),
            (of(barred, Field::ContactRelation), Value::code("LAI")),
            (of(barred, Field::ContactIsBarred), Value::YesNo(true)),
            (of(barred, Field::ContactBarredWhy), Value::text("perekrut")),
        ],
    );
    open.edited(
        "26-000001-M",
        &[
            (of(family, Field::ContactName), Value::text("IBU REKAAN")),
            (of(family, Field::ContactRelation), Value::code("IBU")),
            (of(family, Field::ContactPhone), Value::text("+6284900000001")),
            (of(family, Field::ContactAddress), Value::text("Dusun Rekaan 3")),
        ],
    );
    let paper = open.run(&["print", "surat-kuasa", "26-000001-M"]);
    for words in ["SURAT KUASA", "IBU REKAAN", "+6284900000001", "Dusun Rekaan 3", "MEGA HARAHAP", "versi 2026-11-23"] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    assert!(!paper.contains("JANGAN HUBUNGI"), "{paper}");
    assert_eq!(stamp(&paper).0, "P26-000001 salinan 1");
    assert_eq!(open.within.seat.undo_preview().unwrap_err().key, "refused-undo-gone-out");
}
