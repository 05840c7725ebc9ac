//! Two programs on one folder, and folders that cannot be a desk: no rights, read-only, a file in the place, a link, strange
//! names. The real program says its sentence and leaves; whoever was there first is not disturbed.

use crate::measure::{Measure, ordeal};
use crate::office;
use libtest_mimic::Trial;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The ordeals of this file.
pub fn trials(measure: Measure) -> Vec<Trial> {
    let rounds = measure.rounds_or(1);
    vec![
        ordeal("two-programs", move || exactly_one_of_many_holds_a_folder(rounds)),
        ordeal("rights", folders_without_rights_are_refused_with_a_sentence),
        ordeal("odd-places", odd_places_open_or_are_refused_with_a_sentence),
    ]
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_pulang");
const IMPORT: [&str; 4] = ["import", "tests/data/manifest_110.csv", "--lands", "21-02-2026"];

fn pulang(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .args(["--json", "--lang", "id", "--data"])
        .arg(dir)
        .env("USER", "ketut")
        .stdin(Stdio::null());
    command
}

fn said(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// The program was refused: exit code, code of the fault, and a sentence that is more than a code.
fn is_refused(output: &Output, exit: i32, codes: &[&str], what: &str) {
    let error = &said(output)["error"];
    assert_eq!(output.status.code(), Some(exit), "{what}: {}", String::from_utf8_lossy(&output.stdout));
    assert!(codes.contains(&error["code"].as_str().unwrap_or_default()), "{what}: {error}");
    assert!(error["text"].as_str().unwrap().len() > 30, "{what}: {error}");
    assert!(output.stderr.is_empty() && !error["text"].as_str().unwrap().contains("panick"), "{what}");
}

fn exactly_one_of_many_holds_a_folder(rounds: u64) {
    for round in 0..rounds {
        let dir = office::folder();
        let data = dir.path().join("desk");
        // Twenty at once, on a folder that is not begun yet in the first round of each two.
        if round % 2 == 1 {
            drop(office::records(&data).unwrap());
        }
        let starting: Vec<_> = (0..20)
            .map(|_| pulang(&data, &IMPORT).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
            .collect();
        let ended: Vec<Output> = starting.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        let mut took_in = 0;
        for output in &ended {
            match output.status.code() {
                // Each waits a while for the one before: it took them in, or found them there.
                Some(0) => took_in += u64::from(said(output)["imported"].as_u64() == Some(110)),
                Some(3) => is_refused(output, 3, &["L01"], "a second one"),
                other => panic!("round {round}: {other:?}: {}", String::from_utf8_lossy(&output.stdout)),
            }
        }
        let list = pulang(&data, &["list"]).output().unwrap();
        assert_eq!(said(&list)["found"], 110, "round {round}: {took_in}");
        assert!(pulang(&data, &["verify"]).status().unwrap().success());
        held_by_one(&data);
    }
}

/// While one holds the folder, twenty others are refused, and what the first does meanwhile stands.
fn held_by_one(data: &Path) {
    let (records, _) = office::records(data).unwrap();
    let starting: Vec<_> = (0..20)
        .map(|_| pulang(data, &["list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    use crate::records_support::{commit_one, creation, everything, replayed};
    for n in 0..50 {
        commit_one(&records, creation(n));
    }
    for child in starting {
        is_refused(&child.wait_with_output().unwrap(), 3, &["L01"], "while one holds it");
    }
    assert!(everything(&records) == replayed(&records));
}

/// Runs the program as somebody who owns nothing here; `None` where this test may not become anybody else.
fn as_nobody(data: &Path, arguments: &[&str]) -> Option<Output> {
    if !rustix::process::getuid().is_root() {
        return Some(pulang(data, arguments).output().unwrap());
    }
    let mut command = Command::new("setpriv");
    // The program is copied to where anybody may run it.
    let program = std::env::temp_dir().join(format!("pulang-of-{}", std::process::id()));
    if !program.exists() {
        fs::copy(PROGRAM, &program).ok()?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).ok()?;
    }
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(&program);
    command.args(arguments).args(["--json", "--lang", "id", "--data"]).arg(data).stdin(Stdio::null());
    let output = command.env("HOME", "/nonexistent").output();
    _ = fs::remove_file(&program);
    output.ok().filter(|output| output.status.code() != Some(127))
}

fn give(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn folders_without_rights_are_refused_with_a_sentence() {
    let outer = tempfile::tempdir().unwrap();
    give(outer.path(), 0o755);
    let is_root = rustix::process::getuid().is_root();
    let closed = outer.path().join("closed");
    fs::create_dir(&closed).unwrap();
    // Nobody may even look; one may look and not write.
    for mode in [0o000, 0o555] {
        give(&closed, mode);
        for data in [closed.join("desk"), closed.clone()] {
            let Some(output) = as_nobody(&data, &IMPORT_FROM_NOWHERE) else {
                println!("rights: skipped, nobody else can be become here");
                return;
            };
            is_refused(&output, 4, &["D03"], &format!("{mode:o}"));
        }
    }
    give(&closed, 0o755);
    // A desk of somebody else's: nothing of it may be read, and nothing is changed by trying.
    let data = outer.path().join("desk");
    drop(office::records(&data).unwrap());
    if is_root {
        for command in [&["list"][..], &["verify"], &IMPORT_FROM_NOWHERE] {
            is_refused(&as_nobody(&data, command).unwrap(), 4, &["D03"], "another's desk");
        }
    }
    // A file of it that may not be written, below folders that may.
    let own = outer.path().join("own");
    drop(office::records(&own).unwrap());
    if is_root {
        let chown = Command::new("chown").args(["-R", "65534:65534"]).arg(&own).status().unwrap();
        assert!(chown.success());
    }
    for name in ["journal", "keys/slots.a", "store/db", "keys/master", "lock"] {
        let path = own.join(name);
        let mode = fs::metadata(&path).map(|meta| meta.permissions().mode() & 0o777);
        let Ok(mode) = mode else { continue };
        give(&path, 0o000);
        let output = as_nobody(&own, &["verify"]).unwrap();
        assert_ne!(output.status.code(), Some(101), "{name}: a panic");
        let is_mended = output.status.code() == Some(0) || output.status.code() == Some(1);
        assert!(is_mended || said(&output)["error"]["text"].as_str().is_some_and(|text| text.len() > 30), "{name}");
        give(&path, mode);
        let again = as_nobody(&own, &["verify"]).unwrap();
        assert_ne!(again.status.code(), Some(4), "{name}: {}", String::from_utf8_lossy(&again.stdout));
    }
}

/// A manifest that anybody may read: none at all.
const IMPORT_FROM_NOWHERE: [&str; 4] = ["import", "/dev/null", "--lands", "21-02-2026"];

fn odd_places_open_or_are_refused_with_a_sentence() {
    let outer = office::folder();
    // A file where the folder should be, and one on the way to it.
    let file = outer.path().join("file");
    fs::write(&file, b"no desk").unwrap();
    for data in [file.clone(), file.join("desk")] {
        is_refused(&pulang(&data, &IMPORT).output().unwrap(), 4, &["D04", "D03"], "a file in the place");
    }
    assert_eq!(fs::read(&file).unwrap(), b"no desk");
    let names = [&b"with spaces  and 'quotes'"[..], b"-dash", b"not \xFF utf-8 \xC3", b"line\nbreak"];
    for name in names {
        let data = outer.path().join(OsStr::from_bytes(name));
        assert!(pulang(&data, &IMPORT_FROM_NOWHERE).output().unwrap().status.code() == Some(1), "{name:?}");
        assert_eq!(said(&pulang(&data, &["verify"]).output().unwrap())["whole"], true, "{name:?}");
    }
    // A link to a folder is that folder: the lock is one, whichever way one comes.
    let (real, link) = (outer.path().join("é漢字"), outer.path().join("link"));
    assert!(pulang(&real, &IMPORT).output().unwrap().status.success());
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let (records, _) = office::records(&real).unwrap();
    is_refused(&pulang(&link, &["list"]).output().unwrap(), 3, &["L01"], "through a link");
    drop(records);
    assert_eq!(said(&pulang(&link, &["list"]).output().unwrap())["found"], 110);
    let nowhere = outer.path().join("to nothing");
    std::os::unix::fs::symlink(outer.path().join("gone"), &nowhere).unwrap();
    is_refused(&pulang(&nowhere, &IMPORT).output().unwrap(), 4, &["D04"], "a link to nothing");
}
