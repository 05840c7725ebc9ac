//! Anchors and the trail as commands: what is printed, kept elsewhere and held against the desk later, with the words in which
//! each crime is told; and who may read the trail. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/manifest_110.csv");

fn pulang(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
    command.args(["--lang", "en", "--data"]).arg(data).args(args).env("USER", "ketut").stdin(Stdio::null());
    command.output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), &output.stderr].concat()).unwrap()
}

/// A desk that has taken in the flight and looked at somebody, and the sheet of its end.
fn anchored() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("desk");
    assert!(pulang(&data, &["import", MANIFEST, "--lands", "21-02-2026"]).status.success());
    for _ in 0..4 {
        assert!(pulang(&data, &["list"]).status.success());
    }
    let sheet = dir.path().join("lembar.txt");
    let printed = pulang(&data, &["anchor"]);
    assert!(printed.status.success(), "{}", told(&printed));
    std::fs::write(&sheet, &printed.stdout).unwrap();
    (dir, data, sheet)
}

fn held(data: &Path, sheet: &Path) -> (String, i32) {
    let output = pulang(data, &["verify", "--anchor", sheet.to_str().unwrap()]);
    (told(&output), output.status.code().unwrap())
}

fn change(data: &Path, chain: &str, work: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let path = data.join(chain).join("000000000001.jsonl");
    let bytes = std::fs::read(&path).unwrap();
    let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let mut lines: Vec<Vec<u8>> = bytes[..end].split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
    work(&mut lines);
    std::fs::write(&path, lines.concat()).unwrap();
    for chain in ["journal", "trail"] {
        let _ = std::fs::remove_file(data.join(chain).join("checkpoint"));
    }
    let _ = std::fs::remove_dir_all(data.join("store"));
}

#[test]
fn a_sheet_holds_while_the_desk_goes_on_and_each_crime_has_its_words() {
    let (_dir, data, sheet) = anchored();
    assert!(pulang(&data, &["list"]).status.success());
    let (said, code) = held(&data, &sheet);
    assert!(code == 0 && said.contains("are there, whole") && said.contains("Whole: chain"), "{said}");
    let at = said.lines().find(|line| line.starts_with("Anchor of ")).unwrap();
    assert!(at.contains(" WIB: "), "whose time it is, the office's: {at}");
    for (lines, words) in [
        ("flip", "trail: line 3: altered"),
        ("remove", "trail: line 4: lines before it are gone"),
        ("cut", "trail: its tail was cut off. The chain ends at line 2"),
    ] {
        let (_dir, data, sheet) = anchored();
        change(&data, "trail", |all| match lines {
            "flip" => {
                let seal = all[2].windows(8).position(|window| window == b"\"seal\":\"").unwrap() + 20;
                all[2][seal] = if all[2][seal] == b'A' { b'B' } else { b'A' };
            }
            "remove" => drop(all.remove(3)),
            _ => all.truncate(2),
        });
        let (said, code) = held(&data, &sheet);
        assert!(code == 1 && said.contains(words), "{lines}: {said}");
    }
}

#[test]
fn another_history_is_told_by_the_sheet_alone() {
    let (dir, data, _) = anchored();
    let copy = dir.path().join("salinan");
    assert!(Command::new("cp").arg("-a").arg(&data).arg(&copy).status().unwrap().success());
    let sheet = dir.path().join("kedua.txt");
    pulang(&data, &["list", "tingkat:1"]);
    std::fs::write(&sheet, pulang(&data, &["--json", "anchor"]).stdout).unwrap();
    for _ in 0..5 {
        pulang(&copy, &["list"]);
    }
    let whole = pulang(&copy, &["verify"]);
    assert!(whole.status.success(), "to itself it is whole: {}", told(&whole));
    let (said, code) = held(&copy, &sheet);
    assert!(code == 1 && said.contains("trail: rewritten."), "{said}");
}

#[test]
fn a_mistyped_sheet_is_told_by_its_line_before_anything_else() {
    let (_dir, data, sheet) = anchored();
    let text = std::fs::read_to_string(&sheet).unwrap();
    std::fs::write(&sheet, text.replacen("journal ", "jurnal ", 1)).unwrap();
    let (said, code) = held(&data, &sheet);
    assert!(code == 1 && said.contains("Line 3 is mistyped"), "{said}");
    std::fs::write(&sheet, "nothing\n").unwrap();
    assert!(held(&data, &sheet).0.contains("no anchor in this file"));
    assert!(!pulang(&data, &["verify", "--anchor", "/nowhere"]).status.success());
}

#[test]
fn the_trail_is_the_auditors_and_a_refusal_is_a_line_of_it() {
    let (_dir, data, _) = anchored();
    let refused = pulang(&data, &["--json", "trail"]);
    let json: Json = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!((json["error"]["key"].as_str(), refused.status.code()), (Some("why-not-auditor"), Some(1)));
    let wrong = pulang(&data, &["trail", "--act", "dance"]);
    assert_eq!(wrong.status.code(), Some(2));
}
