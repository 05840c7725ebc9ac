//! Who is let in, by the kernel's word: operators of their own accounts, several behind one shared account, strangers, and
//! operators who are suspended while they sit at a screen. Users of other numbers are had by `setpriv`, which needs root;
//! without it the test of other users says so and holds what one user can show.

use crate::scene::{Daemon, Office, PROGRAM, Peer, Terminal};
use portable_pty::CommandBuilder;
use pulang::serve::frame::{Frame, Hello, Wants, Why};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Numbers that no account of a test machine has.
const OFFICER: u32 = 64_001;
const GATE: u32 = 64_002;
const STRANGER: u32 = 64_003;

/// A service whose socket everybody may connect to, as a service manager makes it.
fn service(office: &Office) -> (Daemon, PathBuf) {
    let socket = office.home.path().join("everybody.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    std::fs::set_permissions(&socket, std::fs::Permissions::from_mode(0o666)).unwrap();
    std::fs::set_permissions(office.home.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = "exec 3<&0 0</dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" --data \"$1\" serve";
    let mut shell = Command::new("bash");
    shell.args(["-c", script, PROGRAM]).arg(&office.dir).stdin(Stdio::from(std::os::fd::OwnedFd::from(listener)));
    let child = shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    (Daemon(child), socket)
}

/// The program as another user; it has to stand where that user can reach it.
fn as_user(office: &Office, uid: u32) -> Vec<String> {
    let program = office.home.path().join("pulang");
    if !program.exists() {
        std::fs::copy(PROGRAM, &program).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let (uid, gid) = (format!("--reuid={uid}"), format!("--regid={uid}"));
    ["setpriv", &uid, &gid, "--clear-groups", "--", program.to_str().unwrap()].map(str::to_owned).to_vec()
}

fn terminal(words: &[String], socket: &std::path::Path, rest: &[&str]) -> Terminal {
    let mut command = CommandBuilder::new(&words[0]);
    command.args(&words[1..]);
    command.args(["--lang", "id", "--socket"]);
    command.arg(socket);
    command.args(rest);
    command.env("HOME", "/nonexistent");
    command.cwd("/");
    Terminal::runs(command)
}

#[test]
fn each_user_is_who_the_kernel_says_and_a_suspended_one_is_out_at_once() {
    if !rustix::process::getuid().is_root() {
        println!("not root: other users cannot be had here");
        return;
    }
    let office = Office::landed();
    office.told(&["operator", "add", "Wayan Rekaan", "--uid", &OFFICER.to_string(), "--roles", "KON"]);
    let key = office.home.path().join("key.pub");
    let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKVv8KpVEWDIEMIjzI9ogw6574agfJQSi7cCUHtIIHC/";
    std::fs::write(&key, line).unwrap();
    let of_key = ["--login", "komang", "--ssh-key", key.to_str().unwrap(), "--roles", "KON"];
    office.told(&[&["operator", "add", "Komang Rekaan"][..], &of_key].concat());
    std::fs::write(office.dir.join("desk.toml"), format!("[gate]\nuid = {GATE}\n")).unwrap();
    let (_daemon, socket) = service(&office);
    let mut chief = office.attaches(&["--socket", socket.to_str().unwrap()]);
    chief.sees("rina PNY");
    let mut officer = terminal(&as_user(&office, OFFICER), &socket, &[]);
    officer.sees("Wayan Rekaan KON");
    let mut shared = terminal(&as_user(&office, GATE), &socket, &["--as", "komang"]);
    shared.sees("Komang Rekaan KON");
    // Two at once: what one does is marked on the other's list.
    officer.types("n\tSITI REKAAN\x13");
    officer.sees("Tersimpan: kasus");
    chief.types("r");
    chief.sees("semua kasus: 111");
    for (uid, rest, sentence) in [
        (STRANGER, &[][..], "belum terdaftar"),
        (STRANGER, &["--as", "komang"], "--as hanya dipercaya"),
        (OFFICER, &["--as", "komang"], "--as hanya dipercaya"),
        (GATE, &[], "dipakai bersama"),
    ] {
        let mut refused = terminal(&as_user(&office, uid), &socket, rest);
        assert_eq!(refused.ends(), 1, "{uid} {rest:?}");
        refused.sees(sentence);
        refused.is_as_before();
    }
    // A typed path would be opened with the daemon's rights: not for another user.
    officer.types("\x1bi/etc/passwd\r");
    officer.sees("tidak dapat dibuka lewat jalurnya");
    let at = ["--socket", socket.to_str().unwrap()];
    let suspend = ["operator", "suspend", "Wayan Rekaan", "--reason", "cuti panjang"];
    office.told(&[&at[..], &suspend].concat());
    assert_eq!(officer.ends(), 1);
    officer.is_as_before();
    let mut again = terminal(&as_user(&office, OFFICER), &socket, &[]);
    assert_eq!(again.ends(), 1, "and stays out");
    shared.types("j");
    shared.sees("Komang Rekaan KON");
}

#[test]
fn a_name_is_believed_from_the_gate_alone_and_broken_settings_believe_nobody() {
    let office = Office::landed();
    let _daemon = office.serves();
    let named = |name: &str| {
        let Frame::Hello { protocol, hello } =
            Peer::hello(Wants::Screen { cols: 80, rows: 24, is_second: false, is_return: false })
        else {
            unreachable!()
        };
        let mut peer = office.knocks();
        let hello = Hello { as_name: Some(name.into()), ..*hello };
        peer.line.send(&Frame::Hello { protocol, hello: hello.into() }).unwrap();
        peer.goodbye()
    };
    let (why, text) = named("rina").unwrap();
    assert!(why == Why::Refused && text.contains("--as hanya dipercaya"), "{text}");
    std::fs::write(office.dir.join("desk.toml"), "[gate\nuid = x").unwrap();
    let (why, text) = named("rina").unwrap();
    assert!(why == Why::Refused && text.contains("desk.toml"), "{text}");
}
