//! The real program takes in the manifest on a disk that fails somewhere: it says so in a sentence, and nobody of it is there
//! or everybody.

use super::faults::Fault;
use super::layer::Layer;
use super::quick_folder;
use crate::measure::Chance;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const IMPORT: [&str; 4] = ["import", "tests/data/manifest_110.csv", "--lands", "21-02-2026"];

fn pulang(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulang"));
    command.args(arguments).args(["--json", "--data"]).arg(dir).env("USER", "ketut").stdin(Stdio::null());
    command
}

fn all_of(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs a command on a healthy disk; it must succeed.
fn said(dir: &Path, arguments: &[&str], round: &str) -> serde_json::Value {
    let output = pulang(dir, arguments).output().unwrap();
    assert!(output.status.success(), "{round}: {arguments:?}: {}", all_of(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// So many imports, each on a disk that fails somewhere on the way.
pub fn on_a_failing_disk(rounds: u64, seed: u64) {
    println!("imports on a failing disk: {rounds} rounds, --seed {seed}");
    let (layer, mut dice) = (Layer::build(), Chance::new(seed));
    let (mut failed, mut empty) = (0, 0);
    for round in 0..rounds {
        let home = quick_folder();
        let dir = home.path().canonicalize().unwrap().join("desk");
        let fault = Fault::thrown(&mut dice, [20, 60, 120][round as usize % 3]);
        let name = format!("round {round} (seed {seed}): {}", fault.words);
        let mut import = pulang(&dir, &IMPORT);
        layer.below(&mut import, &dir);
        let output = import.env("PULANG_DISK_FAIL", &fault.words).output().unwrap();
        let told = all_of(&output);
        // sled's own last sync panics on a failing disk; that is caught, ends nothing, and is no more than a line.
        let is_ours = |line: &&str| line.contains("panicked") && !line.contains("/sled-0.34.7/");
        // 101 is the code of a program that a panic ended.
        let has_ended_well = output.status.code().is_some_and(|code| code != 101);
        assert!(has_ended_well && !told.lines().any(|line| is_ours(&line)), "{name}: {told}");
        if !output.status.success() {
            failed += 1;
            assert!(told.contains("\"text\":"), "{name}: no sentence: {told}");
        }
        if !pulang::desk::Desk::is_begun(&dir) {
            empty += 1;
            continue;
        }
        let people = said(&dir, &["list"], &name)["found"].as_u64().unwrap();
        empty += u64::from(people == 0);
        let is_as_told = if output.status.success() { people == 110 } else { people == 0 || people == 110 };
        assert!(is_as_told, "{name}: {people} of 110: {told}");
        assert_eq!(said(&dir, &["verify"], &name)["whole"], true, "{name}");
    }
    println!("{rounds} imports: {failed} failed, {empty} left nobody");
}
