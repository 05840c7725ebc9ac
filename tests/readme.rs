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
    let help = printed(&["--help"]);
    let commands: Vec<String> = offered(&help, "Commands:").into_iter().filter(|name| name != "help").collect();
    assert!(commands.len() >= 6, "{commands:?}");
    let mut options = offered(&help, "Options:");
    for command in &commands {
        assert!(README.contains(&format!("| `pulang {command}")), "{command}");
        options.extend(offered(&printed(&[command, "--help"]), "Options:"));
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
fn the_two_first_commands_are_there_and_no_path_of_a_machine() {
    for command in ["cargo run --release\n", "cargo test --locked\n"] {
        assert!(README.contains(command), "{command}");
    }
    for place in ["/root", "/home/", "/tmp/"] {
        assert!(!README.contains(place), "{place}");
    }
}
