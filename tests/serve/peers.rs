//! Peers that misbehave lose their connection, and nobody else anything: garbage, halves, giants, silence, deaf ears, crowds.

use crate::scene::{Office, Peer, until};
use pulang::serve::frame::{Frame, MOST, PROTOCOL, Wants, Why, framed};
use pulang::terminal::ready::is_gone;
use std::io::Write;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// KiB of a process in memory.
fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn is_well(office: &Office) {
    assert!(office.told(&["list", "--limit", "1"]).contains("110"));
}

#[test]
fn what_is_no_hello_is_told_so_and_let_go() {
    let office = Office::landed();
    let _daemon = office.serves();
    let hello = Peer::screen(false).to_bytes();
    let giant = [&[1][..], &u32::MAX.to_le_bytes()].concat();
    let cases: [(&str, Vec<u8>, Option<Why>); 6] = [
        ("text", b"GET / HTTP/1.1\r\n\r\n".to_vec(), Some(Why::Garbage)),
        ("a giant", giant, Some(Why::Garbage)),
        ("keys before a hello", framed(3, b"q"), Some(Why::Garbage)),
        ("a hello with a tail", framed(1, &[&hello[5..], b"x"].concat()), Some(Why::Garbage)),
        ("a later protocol", framed(1, &[&(PROTOCOL + 1).to_le_bytes()[..], b"later"].concat()), Some(Why::Protocol)),
        ("half a hello, then silence", hello[..hello.len() / 2].to_vec(), None),
    ];
    for (what, bytes, why) in cases {
        let mut peer = office.knocks();
        peer.raw.write_all(&bytes).unwrap();
        let since = Instant::now();
        assert_eq!(peer.goodbye().map(|(why, _)| why), why, "{what}");
        assert!(since.elapsed() < Duration::from_secs(10), "{what}");
    }
    let mut peer = office.knocks();
    peer.raw.write_all(&framed(1, &9_u16.to_le_bytes())).unwrap();
    assert_eq!(peer.goodbye(), Some((Why::Protocol, PROTOCOL.to_string())), "it says what it speaks");
    is_well(&office);
}

#[test]
fn garbage_in_the_middle_of_a_session_costs_the_line_and_not_the_form() {
    let office = Office::landed();
    let _daemon = office.serves();
    let mut peer = office.knocks().attached(false);
    peer.line.send(&Frame::Input(b"n\tBUDI REKAAN\t".to_vec())).unwrap();
    until("the draft is kept", || office.has_draft());
    peer.raw.write_all(&framed(77, b"garbage")).unwrap();
    assert_eq!(peer.goodbye().map(|(why, _)| why), Some(Why::Garbage));
    let mut terminal = office.attaches(&[]);
    terminal.sees("BUDI REKAAN");
    terminal.sees("> Jenis kelamin");
    terminal.types("\x1b");
    terminal.sees("DAFTAR");
}

#[test]
fn whoever_never_reads_loses_the_line_and_the_daemon_no_memory() {
    let office = Office::landed();
    let daemon = office.serves();
    let peer = office.knocks().attached(false);
    let before = resident_kib(daemon.0.id());
    peer.raw.set_nonblocking(false).unwrap();
    peer.raw.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    // Every key repaints; the answers to what is painted come as well, so that nothing is held back.
    let repaint = framed(3, b"\x1b[0n\x0c");
    let mut raw = &peer.raw;
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(5) && raw.write_all(&repaint).is_ok() {
        std::thread::sleep(Duration::from_millis(2));
    }
    let (never, _other) = UnixStream::pair().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    assert!(is_gone(raw.as_fd(), never.as_fd(), until).unwrap(), "it was not let go");
    let grown = resident_kib(daemon.0.id()).saturating_sub(before);
    assert!(grown < 16 * 1024, "{grown} KiB");
    is_well(&office);
}

#[test]
fn a_crowd_of_one_user_is_bounded_and_whoever_is_inside_stays() {
    let office = Office::landed();
    let _daemon = office.serves();
    let mut inside = office.knocks().attached(false);
    let crowd: Vec<Peer> = (0..63).map(|_| office.knocks()).collect();
    let mut one_more = office.knocks();
    assert_eq!(one_more.goodbye().map(|(why, _)| why), Some(Why::Full));
    inside.line.send(&Frame::Input(b"\x1b[B".to_vec())).unwrap();
    assert!(matches!(inside.next(), Ok(Frame::Output(_))));
    drop(crowd);
    until("there is room again", || office.run(&["list", "--limit", "1"]).status.success());
}

#[test]
fn one_operator_has_a_few_sessions_and_no_more() {
    let office = Office::landed();
    let _daemon = office.serves();
    let mut all: Vec<Peer> = (0..4).map(|_| office.knocks().attached(true)).collect();
    let mut fifth = office.knocks();
    fifth.line.send(&Peer::screen(true)).unwrap();
    assert_eq!(fifth.goodbye().map(|(why, _)| why), Some(Why::Full));
    // One that takes over is let in: the session that was attached last gives up its line.
    let _sixth = office.knocks().attached(false);
    assert_eq!(all.pop().unwrap().goodbye().map(|(why, _)| why), Some(Why::TakenOver));
}

#[test]
fn a_command_of_many_words_is_bounded() {
    let office = Office::landed();
    let _daemon = office.serves();
    let mut peer = office.knocks();
    let words = vec!["x".repeat(100); 700];
    let hello = Peer::hello(Wants::Command { words, is_input_terminal: false }).to_bytes();
    assert!(hello.len() > MOST || hello.len() < 10, "too long for a frame");
    peer.raw.write_all(&hello).unwrap();
    assert_eq!(peer.goodbye().map(|(why, _)| why), Some(Why::Garbage));
    is_well(&office);
}
