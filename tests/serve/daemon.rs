//! The daemon itself: one of it, however many want to be; ends when told, in order; sockets that are dead, far, or given.

use crate::scene::{Office, PROGRAM, Peer, until};
use rustix::process::Signal;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Command, Stdio};

#[test]
fn a_second_daemon_sees_that_the_first_answers_and_goes() {
    let office = Office::empty();
    let mut first = office.serves();
    let second = office.run(&["serve"]);
    assert!(second.status.success(), "{second:?}");
    assert_eq!(office.daemon().map(|pid| pid.as_raw_pid()), Some(first.0.id() as i32), "the first one still is it");
    assert!(first.ends());
    assert!(!office.dir.join("desk.sock").exists());
}

#[test]
fn a_socket_that_nobody_answers_on_is_taken_away() {
    let office = Office::empty();
    let first = office.serves();
    office.signal(Signal::KILL);
    drop(first);
    assert!(office.dir.join("desk.sock").exists(), "a kill leaves it");
    let mut second = office.serves();
    assert!(second.ends());
}

#[test]
fn a_desk_that_is_held_solo_is_said_to_be_so_both_ways() {
    let office = Office::landed();
    let mut solo = office.attaches(&["--solo"]);
    solo.sees("SITI SRI LUBIS");
    let mut terminal = office.attaches(&[]);
    assert_eq!(terminal.ends(), 3);
    terminal.sees("sedang dibuka program lain");
    let served = office.run(&["serve"]);
    assert_eq!(served.status.code(), Some(3), "{served:?}");
    solo.types("q");
    assert_eq!(solo.ends(), 0);
    let _daemon = office.serves();
    let mut solo = office.attaches(&["--solo"]);
    assert_eq!(solo.ends(), 3);
}

#[test]
fn sigterm_says_goodbye_to_everybody_and_ends_in_order() {
    let office = Office::landed();
    let mut daemon = office.serves();
    let mut peers: Vec<Peer> = (0..3).map(|_| office.knocks().attached(true)).collect();
    assert!(daemon.ends());
    for peer in &mut peers {
        assert_eq!(peer.goodbye().map(|(why, _)| why), Some(pulang::serve::frame::Why::Reconnect));
    }
    assert!(office.told(&["verify"]).len() > 1);
}

#[test]
fn a_folder_too_deep_for_a_sockets_address_works_all_the_same() {
    let mut office = Office::empty();
    office.dir = office.home.path().join("a".repeat(60)).join("b".repeat(60)).join("desk");
    let mut terminal = office.attaches(&[]);
    terminal.sees("Meja ini masih kosong.");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_socket_that_a_service_manager_opened_is_used_and_left_where_it_is() {
    let office = Office::landed();
    let socket = office.home.path().join("given.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    let script = "exec 3<&0 0</dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" --data \"$1\" serve";
    let mut shell = Command::new("bash");
    shell.args(["-c", script, PROGRAM]).arg(&office.dir).stdin(Stdio::from(std::os::fd::OwnedFd::from(listener)));
    let child = shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // The test itself does not listen any more.
    drop(shell);
    let mut daemon = crate::scene::Daemon(child);
    let at = ["--socket", socket.to_str().unwrap()];
    let mut terminal = office.attaches(&at);
    terminal.sees("SITI SRI LUBIS");
    assert!(office.told(&[&at[..], &["list", "--limit", "1"]].concat()).contains("110"));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    assert!(daemon.ends());
    assert!(socket.exists(), "its maker takes it away");
    until("nobody listens", || UnixStream::connect(&socket).is_err());
    let refused = office.run(&[&at[..], &["list"]].concat());
    assert_eq!(refused.status.code(), Some(1), "a service is not begun by its callers");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("tidak menjawab"));
}
