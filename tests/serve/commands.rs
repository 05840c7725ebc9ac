//! Commands while a daemon has the desk: the same answers and exit codes, with bytes instead of paths.

use crate::scene::{MANIFEST, Office};
use std::io::Write;
use std::os::unix::net::UnixListener;
use std::process::Stdio;

#[test]
fn commands_answer_through_the_daemon_as_they_do_without_one() {
    let office = Office::landed();
    let alone = ["list", "show", "gates", "verify"].map(|name| office.run(&words(name)));
    let mut daemon = office.serves();
    for (name, before) in ["list", "show", "gates", "verify"].into_iter().zip(alone) {
        let within = office.run(&words(name));
        assert_eq!(within.status.code(), before.status.code(), "{name}: {within:?}");
        if name != "verify" {
            assert_eq!(String::from_utf8_lossy(&within.stdout), String::from_utf8_lossy(&before.stdout), "{name}");
        }
    }
    for (args, code) in [(&["list", "umur<abc"][..], 1), (&["show", "26-999999-A"], 1), (&["list", "--nope"], 2)] {
        let output = office.run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{args:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&office.told(&["--json", "list"])).unwrap();
    assert_eq!(json["found"], 110);
    assert!(daemon.ends());
}

fn words(name: &str) -> Vec<&str> {
    if name == "show" { vec!["show", "26-000005-A"] } else { vec![name] }
}

#[test]
fn the_caller_opens_the_file_and_the_daemon_gets_its_bytes() {
    let office = Office::empty();
    let _daemon = office.serves();
    let manifest = std::fs::read(MANIFEST).unwrap();
    std::fs::write(office.home.path().join("kloter.csv"), &manifest).unwrap();
    // A relative path is the caller's: the daemon stands in another folder.
    let mut relative = office.command(&["import", "kloter.csv", "--lands", "21-02-2026"]);
    let told = relative.current_dir(office.home.path()).output().unwrap();
    assert!(String::from_utf8_lossy(&told.stdout).contains("110 masuk"), "{told:?}");
    let gone = office.run(&["import", "no-such-file"]);
    assert_eq!(gone.status.code(), Some(1), "{gone:?}");
    let mut child = office.command(&["import", "-"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&manifest).unwrap();
    let told = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&told.stdout).contains("sudah pernah diimpor"), "{told:?}");
}

#[test]
fn a_manifest_whose_sender_dies_is_taken_in_by_nobody() {
    let office = Office::empty();
    let _daemon = office.serves();
    let mut child = office.command(&["import", "-"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let manifest = std::fs::read(MANIFEST).unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&manifest[..manifest.len() / 2]).unwrap();
    input.flush().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    child.kill().unwrap();
    child.wait().unwrap();
    drop(input);
    let json: serde_json::Value = serde_json::from_str(&office.told(&["--json", "list"])).unwrap();
    assert_eq!(json["found"], 0);
}

#[test]
fn what_nobody_reads_any_more_ends_quietly() {
    let office = Office::landed();
    let _daemon = office.serves();
    let script = format!("{} --lang id --data {} list | head -n 1", crate::scene::PROGRAM, office.dir.display());
    let told = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&told.stdout).lines().count(), 1);
    assert_eq!(String::from_utf8_lossy(&told.stderr), "");
}

/// A service that dies as soon as somebody connects: a unit that cannot start behind its socket.
#[test]
fn what_was_meant_for_a_service_is_done_on_no_desk_of_the_callers_own() {
    let office = Office::empty();
    let socket = office.home.path().join("service.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    // It ends with the test's process; nobody waits for it.
    std::thread::spawn(move || listener.incoming().for_each(drop));
    let first = ["operator", "add", "--first", "Rina Contoh"];
    for words in [&["import", MANIFEST, "--lands", "21-02-2026"][..], &["list"], &first] {
        let told = office.command(words).env("PULANG_SOCKET", &socket).output().unwrap();
        assert_eq!(told.status.code(), Some(1), "{words:?}: {told:?}");
        assert!(String::from_utf8_lossy(&told.stderr).contains("Layanan meja ini tidak menjawab"), "{told:?}");
    }
    assert!(!office.dir.exists());
}
