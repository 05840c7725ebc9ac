//! The commands as scripts and officers meet them: what begins a desk and what never does, answers and errors as JSON, the
//! language of help and mistakes. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use serde_json::Value as Json;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/manifest_110.csv");

fn pulang(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
    command.args(["--lang", "id", "--data"]).arg(data).args(args).env("USER", "ketut").stdin(Stdio::null());
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(data: &Path, args: &[&str]) -> (Json, i32) {
    let output = pulang(data, &[&["--json"], args].concat());
    let told = out(&output);
    (serde_json::from_str(&told).unwrap_or_else(|_| panic!("{args:?}: {told}")), output.status.code().unwrap())
}

/// A desk that has taken in the flight.
fn landed() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("desk");
    assert!(pulang(&data, &["import", MANIFEST, "--lands", "21-02-2026"]).status.success());
    (dir, data)
}

#[test]
fn what_only_reads_refuses_a_folder_without_a_desk_and_leaves_it_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let none = dir.path().join("mistyped");
    let reading: [&[&str]; 7] = [
        &["verify"],
        &["list"],
        &["show", "26-000005-A"],
        &["gates"],
        &["gates", "--back"],
        &["import", MANIFEST, "--preview"],
        &["--practice", "list"],
    ];
    for args in reading {
        let output = pulang(&none, args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let told = err(&output);
        assert!(told.contains("Tidak ada meja di") && told.contains("Periksa --data"), "{args:?}: {told}");
        assert!(!none.exists(), "{args:?} made a folder");
    }
    let (told, code) = json(&none, &["verify"]);
    assert_eq!((told["error"]["key"].as_str(), code), (Some("refused-no-desk"), 1), "{told}");
    std::fs::create_dir(&none).unwrap();
    assert_eq!(pulang(&none, &["verify"]).status.code(), Some(1), "an empty folder is no desk either");
    assert_eq!(std::fs::read_dir(&none).unwrap().count(), 0);
    assert!(pulang(&none, &["import", MANIFEST]).status.success(), "import begins one");
    assert!(pulang(&none, &["verify"]).status.success());
}

#[test]
fn a_practice_desk_is_begun_by_its_command_and_says_how_many_there_are_and_who_sees_how_many() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("latihan");
    let told = out(&pulang(&data, &["practice", "--cases", "420", "--entries", "4"]));
    assert!(told.contains("420 kasus latihan") && told.contains("Posko Pemulangan Terpadu"), "{told}");
    let (listed, _) = json(&data, &["--practice", "list"]);
    let (_, after) = told.split_once("melihat ").unwrap();
    let seen: u64 = after.split(' ').next().unwrap().parse().unwrap();
    assert_eq!(listed["found"].as_u64(), Some(seen));
    assert!((130..=150).contains(&seen), "{seen}");
    let mut statuses: Vec<&str> =
        listed["cases"].as_array().unwrap().iter().filter_map(|case| case["status"].as_str()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses.len(), 12, "{statuses:?}");
}

#[test]
fn programs_get_codes_numbers_and_dates_beside_the_words() {
    let (_dir, data) = landed();
    let (listed, _) = json(&data, &["list", "mega harahap"]);
    let case = &listed["cases"][0];
    assert_eq!((case["birth"].as_str(), case["birth_precision"].as_str()), (Some("2006-10-19"), Some("certain")));
    assert_eq!((case["is_child"].as_bool(), case["queue"].as_u64()), (Some(false), Some(1)));
    assert_eq!(case["movement"].as_str(), Some("manifest_110 21-02-2026"));
    let number = case["number"].as_str().unwrap();
    let (shown, code) = json(&data, &["show", number]);
    assert_eq!(code, 0);
    let fact = |name: &str| &shown["facts"][name];
    assert_eq!((fact("sex")["value"].as_str(), fact("sex")["text"].as_str()), (Some("P"), Some("P Perempuan")));
    assert_eq!(
        (fact("birth")["value"].as_str(), fact("birth")["text"].as_str()),
        (Some("2006-10-19"), Some("19-10-2006"))
    );
    assert_eq!(fact("birth")["precision"].as_str(), Some("certain"));
    assert_eq!(fact("queue")["value"].as_i64(), Some(1));
    assert_eq!(fact("case_number")["value"].as_str(), Some(number));
    assert!(fact("movement")["value"].as_str().is_some_and(|of| of.starts_with("movement:")));
    assert_eq!(shown["history"][0]["to"].as_str(), Some("LAPOR"));
    let (keys, _) = json(&data, &["keys"]);
    let list = &keys["layers"][0];
    assert_eq!(list["layer"].as_str(), Some("list"));
    assert!(list["commands"].as_array().unwrap().iter().any(|one| one["command"] == "move" && one["keys"][0] == "t"));
}

#[test]
fn errors_are_json_where_json_was_asked_for_with_place_and_code() {
    let (_dir, data) = landed();
    let (told, code) = json(&data, &["list", "status:tiba umur<abc"]);
    let error = &told["error"];
    assert_eq!((error["kind"].as_str(), code, error["exit"].as_i64()), (Some("query"), 1, Some(1)));
    assert_eq!((error["at"]["from"].as_u64(), error["at"]["to"].as_u64()), (Some(17), Some(20)), "{told}");
    let (told, code) = json(&data, &["show", "26-999998-A"]);
    assert_eq!(code, 1, "{told}");
    let (told, code) = json(&data, &["--no-such"]);
    assert_eq!((told["error"]["kind"].as_str(), code), (Some("arguments"), 2));
    let (told, code) = json(Path::new("/dev/null/nowhere"), &["list"]);
    assert_eq!((told["error"]["kind"].as_str(), code), (Some("fault"), 4), "{told}");
    assert!(told["error"]["code"].is_string());
    let plain = pulang(Path::new("/dev/null/nowhere"), &["list"]);
    assert_eq!(err(&plain).lines().count(), 1, "no line in the machine's own words: {}", err(&plain));
}

#[test]
fn a_list_says_what_an_officer_needs_and_a_mistyped_query_where() {
    let (_dir, data) = landed();
    let told = out(&pulang(&data, &["list", "SITI SRI LUBIS"]));
    let words: Vec<&str> = told.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(words[..6], ["26-000005-A", "1", "LAPOR", "P", "17a", "24-10-2008"], "{told}");
    assert!(words.ends_with(&["manifest_110", "21-02-2026"]), "{told}");
    let told = err(&pulang(&data, &["list", "tingkat:9"]));
    assert!(told.contains("huruf ke-9") && told.contains("0, 1, 2, 3"), "{told}");
    let told = err(&pulang(&data, &["list", "umur<abc"]));
    assert!(told.contains("bukan angka") && !told.contains("nomor kasus"), "{told}");
}

#[test]
fn a_number_with_a_wrong_letter_says_so_and_one_without_its_year_is_found() {
    let (_dir, data) = landed();
    for args in
        [["list", "26-000005-B"], ["list", "#26-000005-B"], ["list", "nomor:26-000005-B"], ["show", "26-000005-B"]]
    {
        let output = pulang(&data, &args);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(told.contains("Huruf pemeriksa") && told.contains("26-000005-A"), "{args:?}: {told}");
    }
    let told = out(&pulang(&data, &["list", "000005-A"]));
    assert!(told.starts_with("26-000005-A") && told.contains("\n1 kasus"), "{told}");
}

#[test]
fn a_movement_without_a_name_is_called_by_the_day_on_which_it_lands() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("desk");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
    command.args(["--lang", "id", "--data"]).arg(&data).args(["import", "-", "--lands", "21-02-2026"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(MANIFEST).unwrap()).unwrap();
    assert!(child.wait().unwrap().success());
    let (listed, _) = json(&data, &["list", "--limit", "1"]);
    assert_eq!(listed["cases"][0]["movement"].as_str(), Some("kloter 21-02-2026"));
}

#[test]
fn help_and_mistakes_speak_the_language_of_the_operator() {
    let nowhere = Path::new("/nowhere");
    let help = out(&pulang(nowhere, &["--help"]));
    for words in ["Pemakaian:", "Perintah", "Pilihan", "menerima manifes", "W anak sendirian"] {
        assert!(help.contains(words), "{words}: {help}");
    }
    for words in ["Usage", "Options", "OPTIONS", "Commands", "Print help", "default:"] {
        assert!(!help.contains(words), "{words}: {help}");
    }
    let english = Command::new(env!("CARGO_BIN_EXE_pulang")).args(["--lang", "en", "list", "--help"]).output().unwrap();
    assert!(out(&english).contains("Usage:") && out(&english).contains("at most so many"), "{}", out(&english));
    let told = pulang(nowhere, &["lsit"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(err(&told).contains("Maksudnya list?"), "{}", err(&told));
}

#[test]
fn a_reader_that_has_read_enough_ends_a_command_quietly() {
    let (_dir, data) = landed();
    let mut child = Command::new(env!("CARGO_BIN_EXE_pulang"))
        .args(["list", "--data"])
        .arg(&data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}
