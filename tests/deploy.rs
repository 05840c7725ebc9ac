//! What `assets/deploy` gives a box, against the program: the same paths, words that it understands, and, where they are
//! installed, the word of systemd and sshd that they take the files. That logins work is held by `tests/serve/logins.rs`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use pulang::cli::{Command as Word, OperatorCommand, WhenIdle, understood};
use pulang::settings::SERVICE;
use std::ffi::OsString;
use std::process::{Command, Output, Stdio};

const SOCKET: &str = include_str!("../assets/deploy/pulang.socket");
const UNIT: &str = include_str!("../assets/deploy/pulang.service");
const STANZA: &str = include_str!("../assets/deploy/sshd_pulang.conf");
const OPERATORS: &str = include_str!("../assets/deploy/ssh_config");
const README: &str = include_str!("../README.md");
const PROGRAM: &str = "/usr/local/bin/pulang";

/// What a unit says of a name.
fn of_unit<'u>(unit: &'u str, name: &str) -> &'u str {
    let found: Vec<&str> = unit.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('=')).collect();
    assert_eq!(found.len(), 1, "{name} once: {found:?}");
    found[0]
}

/// The arguments of a line that begins with the installed program.
fn words(line: &str) -> pulang::cli::Args {
    let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
    assert_eq!(words[0], PROGRAM);
    understood(&words).unwrap_or_else(|| panic!("the program does not understand {line:?}"))
}

/// Runs a tool of the machine; `None`, and a word about it, where it is not installed.
fn tool(command: &mut Command) -> Option<Output> {
    match command.stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(error) => {
            println!("not tried: {:?}: {error}", command.get_program());
            None
        }
    }
}

#[test]
fn the_units_mean_what_the_program_means() {
    assert_eq!(of_unit(SOCKET, "ListenStream"), SERVICE);
    assert_eq!((of_unit(SOCKET, "SocketUser"), of_unit(SOCKET, "SocketMode")), (of_unit(UNIT, "User"), "0660"));
    let serves = words(of_unit(UNIT, "ExecStart"));
    assert!(matches!(serves.command, Some(Word::Serve { when_idle: WhenIdle::Stay })));
    let state = format!("/var/lib/{}", of_unit(UNIT, "StateDirectory"));
    assert_eq!(serves.place.data.unwrap().to_str().unwrap(), state);
    assert_eq!(of_unit(UNIT, "RequiresMountsFor"), state);
    assert!(STANZA.contains(&format!("Match Group {} ", of_unit(SOCKET, "SocketGroup"))));
    assert!(STANZA.contains(&format!("AuthorizedKeysCommandUser {}\n", of_unit(UNIT, "User"))));
    for told in
        [SERVICE, &state, PROGRAM, "pulang.socket", "pulang.service", "sshd_pulang.conf", "assets/deploy/ssh_config"]
    {
        assert!(README.contains(told), "the README does not say {told}");
    }
    assert!(!OPERATORS.contains("ForwardAgent") && OPERATORS.contains("ServerAliveInterval"));
}

#[test]
fn the_words_of_the_stanza_are_the_programs() {
    let after = |name: &str| STANZA.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap().trim();
    assert!(matches!(words(after("ForceCommand")).command, Some(Word::Ssh)));
    let keys = words(after("AuthorizedKeysCommand ")).command;
    let Some(Word::Operator { what: OperatorCommand::Keys { program } }) = keys else { panic!("keys are asked for") };
    assert_eq!(program, PROGRAM, "the forced command of a key names the installed program");
}

#[test]
fn systemd_takes_the_units() {
    let dir = tempfile::tempdir().unwrap();
    // The program stands elsewhere while it is tested, and the service's user is not there yet.
    let unit = UNIT.replace(PROGRAM, env!("CARGO_BIN_EXE_pulang"));
    let (service, socket) = (dir.path().join("pulang.service"), dir.path().join("pulang.socket"));
    std::fs::write(&service, &unit).unwrap();
    std::fs::write(&socket, SOCKET).unwrap();
    let verifies = || {
        let output = tool(Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&service).arg(&socket))?;
        Some(String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let Some(said) = verifies() else { return };
    assert!(!said.contains("pulang"), "{said}");
    std::fs::write(&service, unit.replace("ProtectHome=yes", "ProtectHaus=yes")).unwrap();
    let said = verifies().unwrap_or_default();
    assert!(said.contains("ProtectHaus"), "it would have said what it does not know: {said}");
}

#[test]
fn sshd_takes_the_stanza() {
    let dir = tempfile::tempdir().unwrap();
    let host = dir.path().join("host");
    let made = tool(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&host));
    if made.is_none() || (rustix::process::getuid().is_root() && !std::path::Path::new("/run/sshd").exists()) {
        return println!("not tried: no ssh-keygen, or root without /run/sshd");
    }
    let config = dir.path().join("sshd_config");
    std::fs::write(&config, format!("HostKey {}\n{STANZA}", host.display())).unwrap();
    let gate = ["-T", "-C", "user=pulang-gate,host=box,addr=127.0.0.1", "-f"];
    let Some(output) = tool(Command::new("/usr/sbin/sshd").args(gate).arg(&config)) else { return };
    let (means, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    for line in [
        "maxstartups 64:30:128",
        "disableforwarding yes",
        "permituserrc no",
        "authenticationmethods publickey",
        "authorizedkeysfile none",
        "authorizedkeyscommand /usr/local/bin/pulang operator keys",
        "authorizedkeyscommanduser pulang",
        "forcecommand none",
    ] {
        assert!(means.lines().any(|meant| meant == line), "{line}: {means}");
    }
}
