//! The real program takes in the manifest and is killed at random moments: nobody of it is there, or everybody.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

const ROUNDS: u32 = 20;

fn pulang(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
    command.args(arguments).args(["--json", "--data"]).arg(dir).env("USER", "ketut").stdin(Stdio::null());
    command
}

fn said(dir: &Path, arguments: &[&str]) -> (Output, serde_json::Value) {
    let output = pulang(dir, arguments).output().unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output, json)
}

const IMPORT: [&str; 4] = ["import", "tests/data/manifest_110.csv", "--lands", "21-02-2026"];

#[test]
fn an_import_killed_at_any_moment_is_there_whole_or_not_at_all() {
    let whole = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    assert!(said(whole.path(), &IMPORT).0.status.success());
    let takes = begun.elapsed();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..ROUNDS {
        let dir = tempfile::tempdir().unwrap();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut child = pulang(dir.path(), &IMPORT).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Between its first breath and a little after its usual end.
        std::thread::sleep(takes.mul_f64((random % 1_100) as f64 / 1_000.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let (list, found) = said(dir.path(), &["list"]);
        assert!(list.status.success(), "round {round}: {}", String::from_utf8_lossy(&list.stderr));
        let people = found["found"].as_u64().unwrap();
        assert!(people == 0 || people == 110, "round {round}: {people} of 110");
        let (verify, verdict) = said(dir.path(), &["verify"]);
        assert!(verify.status.success() && verdict["whole"] == true, "round {round}: {verdict}");
        if round % 5 != 0 {
            continue;
        }
        // Taken in again, nobody is there twice.
        let (again, _) = said(dir.path(), &IMPORT);
        assert!(again.status.success(), "round {round}: {}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(said(dir.path(), &["list"]).1["found"], 110, "round {round}");
    }
}
