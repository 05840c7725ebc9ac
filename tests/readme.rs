//! The README against the program: its key table, its commands and options, its exit codes, its two first commands.
#![allow(clippy::unwrap_used, reason = "a test")]

use pulang::desk::{Clock, Desk, DeskOptions, First};
use std::process::{Command, Output};
use std::sync::Arc;

const README: &str = include_str!("../README.md");

fn pulang(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pulang")).args(args).env("LC_ALL", "C.UTF-8").output().unwrap()
}

fn printed(args: &[&str]) -> String {
    let output = pulang(args);
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Names in the first column of a part of the help: the commands, or the long options.
fn offered(help: &str, part: &str) -> Vec<String> {
    let lines = help
        .lines()
        .skip_while(|line| *line != part)
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with(' '));
    let words =
        lines.filter_map(|line| line.split([' ', ',']).find(|word| word.starts_with("--") || is_command(line, word)));
    words.map(str::to_owned).collect()
}

fn is_command(line: &str, word: &str) -> bool {
    line.starts_with(&format!("  {word}")) && word.starts_with(|c: char| c.is_ascii_lowercase())
}

#[test]
fn the_key_table_is_the_programs() {
    let table = printed(&["--lang", "id", "keys", "--markdown"]);
    let (_, rest) = README.split_once("<!-- keys: pulang keys --markdown -->\n").unwrap();
    let (ours, _) = rest.split_once("<!-- end of keys -->").unwrap();
    assert_eq!(ours.trim(), table.trim(), "paste what `pulang --lang id keys --markdown` prints");
}

#[test]
fn every_command_and_every_option_is_described_and_no_other() {
    let help = printed(&["--lang", "en", "--help"]);
    let commands = offered(&help, "Commands:");
    assert!(commands.len() >= 6, "{commands:?}");
    let mut options = offered(&help, "Options:");
    for command in &commands {
        assert!(README.contains(&format!("| `pulang {command}")), "{command}");
        options.extend(offered(&printed(&["--lang", "en", command, "--help"]), "Options:"));
    }
    options.retain(|option| !["--help", "--version"].contains(&option.as_str()));
    for option in &options {
        assert!(README.contains(&format!("`{option}")) || README.contains(&format!(" {option}")), "{option}");
    }
    let described = README
        .lines()
        .filter_map(|line| line.strip_prefix("| `pulang "))
        .filter_map(|line| line.split([' ', '`']).next());
    let unknown: Vec<&str> = described.filter(|name| !commands.iter().any(|command| command == name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn exit_codes_are_what_the_readme_says() {
    for code in 0..=4 {
        assert!(README.contains(&format!("\n| {code} | ")), "exit code {code}");
    }
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let data = data.to_str().unwrap();
    let code = |args: &[&str]| pulang(args).status.code().unwrap();
    assert_eq!(code(&["--data", data, "list"]), 1, "there is no desk yet");
    assert_eq!(code(&["--data", data, "import", "tests/data/manifest_110.csv"]), 0);
    assert_eq!(code(&["--data", data, "list"]), 0);
    assert_eq!(code(&["--data", data, "show", "26-999999-A"]), 1);
    assert_eq!(code(&["--no-such-option"]), 2);
    assert_eq!(code(&["--data", data]), 2, "without a terminal");
    assert_eq!(code(&["--data", "/dev/null/nowhere", "list"]), 4);
    assert_eq!(code(&["--data", data, "verify"]), 0);
    let first = First { uid: 1, name: "rina".into(), office: "Meja".into(), zone: "WIB" };
    let clock: Clock = Arc::new(chrono::Utc::now);
    let options = DeskOptions { dir: data.into(), key: None, clock, is_practice: false, first };
    let held = Desk::open(options, &mut |_| ()).unwrap();
    assert_eq!(code(&["--data", data, "list"]), 3, "while another process holds it");
    drop(held);
    assert_eq!(code(&["--data", data, "list"]), 0);
}

#[test]
fn the_import_of_the_readme_takes_in_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let data = data.to_str().unwrap();
    let line = README.lines().find_map(|line| line.strip_prefix("pulang import ")).unwrap();
    let args: Vec<&str> = ["--data", data, "--lang", "id", "import"].into_iter().chain(line.split(' ')).collect();
    let told = printed(&args);
    let last = told.lines().last().unwrap();
    assert!(README.contains(last), "{last}");
    let again = printed(&args);
    assert!(README.contains(again.trim()), "{again}");
}

#[test]
fn an_office_changes_a_deadline_as_the_readme_says() {
    let dir = tempfile::tempdir().unwrap();
    let (_, rest) = README.split_once("```bash\npulang gates > gates.toml\n").unwrap();
    let (rest, answers) = rest.split_once("```\n").unwrap();
    let script = format!("set -e\npulang() {{ \"$PULANG\" --lang id \"$@\"; }}\npulang gates > gates.toml\n{rest}");
    let desk = dir.path().join("data");
    printed(&["--data", desk.to_str().unwrap(), "import", "tests/data/manifest_110.csv"]);
    let run = |script: &str| {
        let mut shell = Command::new("bash");
        shell.args(["-c", script]).current_dir(dir.path()).env("LC_ALL", "C.UTF-8").env("TZ", "Asia/Jakarta");
        let output = shell.env("PULANG", env!("CARGO_BIN_EXE_pulang")).env("PULANG_DATA", "data").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let told = run(&script);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    let day = chrono::Utc::now().with_timezone(&chrono::FixedOffset::east_opt(7 * 3600).unwrap()).date_naive();
    let tomorrow = day.succ_opt().unwrap();
    assert!(answers.contains(&format!("`{}`", lines[0])), "{told}");
    let (words, when) = lines[1].trim_end_matches('.').rsplit_once(' ').unwrap();
    assert!(answers.contains(&format!("`{words}`")), "{told}");
    assert_eq!(when, tomorrow.format("%d-%m-%Y").to_string());
    let table = std::fs::read_to_string(dir.path().join("gates.toml")).unwrap();
    assert!(table.contains("nationality-evidence = \"5d\""), "the example changes something");
    let shown = run("\"$PULANG\" --json gates");
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["in_force"]["source"], "built-in");
    let coming = &shown["coming"][0];
    assert_eq!(
        (coming["version"].as_str(), coming["from"].as_str()),
        (Some("embassy-1"), Some(&*tomorrow.to_string()))
    );
    assert!(run("\"$PULANG\" --lang en verify").contains("Whole"));
}

#[test]
fn a_table_that_is_refused_says_why_in_the_language_of_the_reader_and_ends_with_1() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("gates.toml");
    let data = dir.path().join("data");
    let wrong = include_str!("../assets/gates.toml").replacen("\"boarded\"", "\"bordaed\"", 1).replacen(
        ", \"child-guardian\"]\nrequired_from",
        "]\nrequired_from",
        1,
    );
    std::fs::write(&file, wrong).unwrap();
    for how in ["--check", "--use"] {
        let say = |args: &[&str]| {
            let rest = ["--data", data.to_str().unwrap(), "gates", how, file.to_str().unwrap()];
            let output = pulang(&[args, &rest].concat());
            assert_eq!(output.status.code(), Some(1));
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
        };
        let (_, indonesian) = say(&["--lang", "id"]);
        assert!(indonesian.contains("gate JALAN.required: \"bordaed\" bukan fakta yang dikenal. Maksudnya boarded?"));
        assert!(indonesian.contains("child-guardian") && indonesian.contains("wajib di sini"), "{indonesian}");
        let (_, english) = say(&["--lang", "en"]);
        assert!(english.contains("\"bordaed\" is no known fact. Did you mean boarded?"), "{english}");
        let (json, _) = say(&["--lang", "en", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["flaws"].as_array().unwrap().len(), 2, "{json}");
        assert!(json["flaws"][0]["line"].is_u64());
    }
    assert!(!data.exists(), "nothing was opened for a table that is wrong");
    printed(&["--data", data.to_str().unwrap(), "import", "tests/data/manifest_110.csv"]);
    let code = |args: &[&str]| pulang(&[&["--data", data.to_str().unwrap(), "gates"], args].concat()).status.code();
    std::fs::write(&file, [b'v', 0xff]).unwrap();
    assert_eq!(code(&["--check", file.to_str().unwrap()]), Some(1), "no text");
    assert_eq!(code(&["--check", "no-such-file"]), Some(1));
    assert_eq!(code(&["--from", "tomorrow"]), Some(2), "from a day, but what?");
    assert_eq!(code(&["--use", file.to_str().unwrap(), "--back"]), Some(2));
    assert_eq!(code(&["--back", "--from", "01-01-2020"]), Some(1), "the past is not judged anew");
}

#[test]
fn the_two_first_commands_are_there_and_no_path_of_a_machine() {
    for command in ["cargo run --release\n", "cargo test --locked\n"] {
        assert!(README.contains(command), "{command}");
    }
    for place in ["/root", "/home/", "/tmp/"] {
        assert!(!README.contains(place), "{place}");
    }
}

#[test]
fn papers_and_exports_come_out_as_the_readme_says() {
    let dir = tempfile::tempdir().unwrap();
    let (_, rest) = README.split_once("```bash\npulang print kartu-antrean").unwrap();
    let (rest, _) = rest.split_once("```\n").unwrap();
    let script = format!("set -e\npulang() {{ \"$PULANG\" --lang id \"$@\"; }}\npulang print kartu-antrean{rest}");
    let desk = dir.path().join("data");
    printed(&["--data", desk.to_str().unwrap(), "import", "tests/data/manifest_110.csv", "--lands", "21-02-2026"]);
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).current_dir(dir.path()).env("LC_ALL", "C.UTF-8").env("PULANG_DATA", "data");
    let output = shell.env("PULANG", env!("CARGO_BIN_EXE_pulang")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
    let text = |name: &str| String::from_utf8(read(name)).unwrap();
    assert_eq!(text("kartu.txt").split('\u{c}').count(), 2);
    assert!(text("bast.txt").contains("SITI SRI LUBIS") && text("kolektif.txt").contains("6 orang"));
    assert!(text("manifes.txt").contains("Jumlah di daftar : 110"));
    assert_eq!((text("kasus.csv").lines().count(), text("kasus.jsonl").lines().count()), (10, 110));
    assert!(read("kasus.xlsx").starts_with(b"PK"));
    assert!(text("laporan.txt").contains("LAPOR") && text("kuasa.txt").contains("SITI SRI LUBIS"));
    assert!(text("rekap.csv").contains("LAPOR,") && text("register.txt").contains("P26-"));
    assert!(text("pulang.bash").contains("kartu-antrean") || text("pulang.bash").contains("_pulang"));
    assert!(text("pulang.1").contains(".SH NAMA"));
}
