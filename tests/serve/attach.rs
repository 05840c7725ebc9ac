//! Terminals that attach: the daemon starts and leaves by itself; cut lines, taken over screens, killed and restarted daemons.

use crate::scene::{Office, PATIENCE, Peer, Terminal, until};
use pulang::serve::frame::{Frame, PROTOCOL, Wants, Welcome, Why};
use pulang::serve::socket::Line;
use rustix::process::{Signal, test_kill_process};
use std::os::unix::net::UnixListener;
use std::time::{Duration, Instant};

/// A form of which two fields are filled in, the cursor in the third.
fn half_typed(terminal: &mut Terminal) {
    terminal.sees("DAFTAR");
    terminal.types("n\tBUDI REKAAN\tL");
    terminal.sees("BUDI REKAAN");
    terminal.sees("> Jenis kelamin        L");
}

fn leaves(terminal: &mut Terminal) {
    terminal.sees("DAFTAR");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_as_before();
}

#[test]
fn the_first_terminal_starts_the_daemon_and_the_last_one_ends_it() {
    let office = Office::empty();
    let mut terminal = office.attaches(&[]);
    terminal.sees("Meja ini masih kosong.");
    let daemon = office.daemon().expect("a daemon");
    terminal.types("n\tSITI REKAAN\x13");
    terminal.sees("Tersimpan: kasus");
    leaves(&mut terminal);
    until("the daemon has left", || test_kill_process(daemon).is_err());
    assert!(!office.dir.join("desk.sock").exists(), "its socket went with it");
    assert!(office.told(&["list", "rekaan"]).contains("SITI REKAAN"));
    assert_eq!(std::fs::read_to_string(office.dir.join("daemon.log")).unwrap(), "", "nothing to report");
}

#[test]
fn the_practice_desk_has_a_daemon_of_its_own_with_invented_people() {
    let office = Office::empty();
    let mut terminal = office.attaches(&["--practice"]);
    terminal.sees("LATIHAN");
    terminal.sees("Meja latihan: 420");
    assert!(office.told(&["--practice", "list", "--limit", "1"]).lines().count() == 2);
    leaves(&mut terminal);
}

#[test]
fn a_line_cut_in_the_middle_of_a_form_shows_the_same_screen_and_cursor_again() {
    for signal in [Signal::HUP, Signal::KILL] {
        let office = Office::landed();
        let mut terminal = office.attaches(&[]);
        half_typed(&mut terminal);
        let before = (terminal.text(), terminal.cursor());
        terminal.signal(signal);
        terminal.ends();
        until("what was half typed is kept besides", || office.has_draft());
        let mut again = office.attaches(&[]);
        again.sees("BUDI REKAAN");
        again.sees("> Jenis kelamin        L");
        assert_eq!((again.text(), again.cursor()), before, "{signal:?}");
        again.types("\x1b");
        leaves(&mut again);
    }
}

#[test]
fn another_terminal_takes_the_screen_over_and_the_first_one_is_told() {
    let office = Office::landed();
    let mut first = office.attaches(&[]);
    half_typed(&mut first);
    let mut second = office.attaches(&[]);
    second.sees("BUDI REKAAN");
    assert_eq!(first.ends(), 1);
    first.is_as_before();
    first.sees("Sesi ini dilanjutkan di terminal lain.");
    second.types("\x13");
    second.sees("Tersimpan: kasus");
    second.types("\x1b");
    leaves(&mut second);
}

#[test]
fn a_terminal_that_is_stuck_does_not_keep_the_screen() {
    let office = Office::landed();
    let mut first = office.attaches(&[]);
    half_typed(&mut first);
    first.signal(Signal::STOP);
    let mut second = office.attaches(&[]);
    second.sees("BUDI REKAAN");
    second.types("\x1b");
    second.sees("DAFTAR");
    // What the dead line says late detaches nobody.
    first.signal(Signal::CONT);
    assert_eq!(first.ends(), 1);
    second.types("j");
    second.sees(">      9 1! Grace Puspita");
    leaves(&mut second);
}

#[test]
fn a_second_session_stands_beside_the_first_and_hears_of_it() {
    let office = Office::landed();
    let mut first = office.attaches(&[]);
    first.sees("semua kasus: 110");
    let mut second = office.attaches(&["--new"]);
    second.sees("semua kasus: 110");
    first.types("n\tSITI REKAAN\x13");
    first.sees("Tersimpan: kasus");
    first.types("\x1b");
    second.types("r");
    second.sees("semua kasus: 111");
    leaves(&mut first);
    leaves(&mut second);
}

#[test]
fn a_daemon_that_is_killed_or_restarted_comes_back_with_every_form() {
    let office = Office::landed();
    let mut terminal = office.attaches(&[]);
    for signal in [Signal::KILL, Signal::TERM] {
        half_typed(&mut terminal);
        until("the draft is kept", || office.has_draft());
        std::thread::sleep(Duration::from_millis(600));
        let (row, _) = terminal.cursor();
        let killed = office.signal(signal);
        terminal.sees("Tersambung kembali.");
        assert_ne!(office.daemon().expect("another daemon"), killed);
        terminal.sees("BUDI REKAAN");
        // What is typed before anybody has looked goes nowhere.
        terminal.types("XYZ");
        terminal.types("\x1b");
        terminal.sees("ISIAN");
        assert!(!terminal.text().contains("XYZ"));
        terminal.sees("> Jenis kelamin        L");
        assert_eq!(terminal.cursor().0, row, "{signal:?}: in the same field\n{}", terminal.text());
        terminal.types("\x13");
        terminal.sees("Tersimpan: kasus");
        terminal.types("\x1b");
        terminal.sees("DAFTAR");
    }
    leaves(&mut terminal);
}

/// Waits until another daemon than this one has drawn the screen anew: `shown` stands there, and on the way there never stood
/// anything of a case.
fn returns_covered(office: &Office, terminal: &Terminal, signal: Signal, shown: &str) {
    let before = terminal.bytes().len();
    let killed = office.signal(signal);
    // The alternate screen is cleared by whoever draws it anew.
    let drawn = |terminal: &Terminal| String::from_utf8_lossy(&terminal.bytes()[before..]).into_owned();
    terminal.until("the line is cut", |terminal| drawn(terminal).contains("menyambung lagi"));
    until("another daemon", || office.daemon().is_some_and(|daemon| daemon != killed));
    terminal.until("it is drawn again", |terminal| {
        !terminal.text().contains("menyambung lagi") && terminal.text().contains(shown)
    });
    let drawn = drawn(terminal);
    for name in ["LUBIS", "Grace", "REKAAN", "semua kasus"] {
        assert!(!drawn.contains(name), "{signal:?}: {name} was on a covered screen:\n{}", terminal.text());
    }
}

#[test]
fn a_blank_screen_comes_back_blank_whatever_befell_the_daemon() {
    let office = Office::landed();
    let mut terminal = office.attaches(&[]);
    half_typed(&mut terminal);
    std::thread::sleep(Duration::from_millis(600));
    terminal.types("\x1b[20~");
    terminal.until("it is blank", |terminal| !terminal.text().contains("REKAAN"));
    let blank = terminal.text();
    for signal in [Signal::KILL, Signal::TERM, Signal::KILL] {
        returns_covered(&office, &terminal, signal, blank.trim());
        assert_eq!(terminal.text().trim(), blank.trim(), "{signal:?}");
    }
    // What came back waits behind it, for whoever presses Enter.
    terminal.types("q\r");
    terminal.sees("Tersambung kembali.");
    terminal.types("\x1b");
    terminal.sees("> Jenis kelamin        L");
    terminal.types("\x1b");
    leaves(&mut terminal);
}

#[test]
fn a_locked_screen_comes_back_locked_whatever_befell_the_daemon() {
    let office = Office::landed();
    office.told(&["office", "set", "Meja pertama", "--lock", "1"]);
    let mut terminal = office.attaches(&[]);
    terminal.sees("SITI SRI LUBIS");
    // A lock takes a minute at least.
    std::thread::sleep(Duration::from_secs(50));
    terminal.sees("Layar terkunci.");
    for signal in [Signal::KILL, Signal::TERM] {
        returns_covered(&office, &terminal, signal, "Layar terkunci.");
    }
    terminal.types("RINA\r");
    terminal.sees("Tersambung kembali.");
    terminal.types("\x1b");
    leaves(&mut terminal);
}

#[test]
fn on_the_practice_desk_whoever_sat_there_sits_there_again() {
    let office = Office::empty();
    let mut terminal = office.attaches(&["--practice"]);
    terminal.sees("Meja latihan: 420");
    terminal.types(":petugas\r");
    terminal.sees("Ganti petugas");
    terminal.types("gita\r");
    let sits = |terminal: &Terminal| {
        let text = terminal.text();
        let title = text.lines().next().unwrap_or_default();
        title.contains("Gita Embunsari") && title.contains("DAFTAR")
    };
    terminal.until("Gita sits there", sits);
    for signal in [Signal::KILL, Signal::TERM] {
        office.signal(signal);
        terminal.sees("Tersambung kembali.");
        terminal.types("\x1b");
        terminal.until("Gita sits there again", sits);
    }
    leaves(&mut terminal);
}

#[test]
fn a_terminal_of_the_release_before_is_let_in_and_comes_back_behind_the_lock() {
    let office = Office::landed();
    let _daemon = office.serves();
    let mut peer = office.knocks();
    let wants = Wants::Screen { cols: 80, rows: 24, is_second: false, is_return: true };
    let Frame::Hello { hello, .. } = Peer::hello(wants) else { unreachable!() };
    peer.line.send(&Frame::Hello { protocol: 1, hello }).unwrap();
    let first = peer.line.receive(Some(Instant::now() + PATIENCE));
    assert!(matches!(first, Ok(Frame::Welcome { protocol: 1, .. })), "{first:?}");
    // It knows no marks: the next frame is the screen.
    let Ok(Frame::Output(drawn)) = peer.line.receive(Some(Instant::now() + PATIENCE)) else { panic!("a screen") };
    let drawn = String::from_utf8_lossy(&drawn);
    assert!(drawn.contains("terkunci") && !drawn.contains("LUBIS"), "{drawn}");
}

#[test]
fn a_daemon_of_the_release_before_is_spoken_to_as_it_speaks() {
    let office = Office::empty();
    let socket = office.home.path().join("older.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    let mut terminal = office.attaches(&["--socket", socket.to_str().unwrap()]);
    let called = || {
        let mut line = Line::new(listener.accept().unwrap().0).unwrap();
        match line.receive(Some(Instant::now() + PATIENCE)) {
            Ok(Frame::Hello { protocol, hello }) => (line, protocol, hello.mark),
            other => panic!("{other:?}"),
        }
    };
    let (line, protocol, _) = called();
    assert_eq!(protocol, PROTOCOL);
    line.send(&Frame::Bye { why: Why::Protocol, text: "1".into() }).unwrap();
    let (line, protocol, mark) = called();
    assert_eq!((protocol, mark), (1, None));
    line.send(&Frame::Welcome { protocol: 1, welcome: Welcome { build: "older".into() } }).unwrap();
    line.send(&Frame::Output(b"\x1b[HMEJA LAMA".to_vec())).unwrap();
    terminal.sees("MEJA LAMA");
    // One that is not spoken here ends it with a sentence.
    line.send(&Frame::Bye { why: Why::Protocol, text: "1".into() }).unwrap();
    assert_eq!(terminal.ends(), 1);
    terminal.sees("dari rilis lain");
}

#[test]
fn two_screens_of_one_operator_both_come_back_each_with_a_form_of_its_own() {
    let office = Office::landed();
    let mut first = office.attaches(&[]);
    // Were the second one there before, the first would take it over.
    first.sees("SITI SRI LUBIS");
    let mut second = office.attaches(&["--new"]);
    for (terminal, name) in [(&mut first, "BUDI REKAAN"), (&mut second, "SARI REKAAN")] {
        terminal.sees("SITI SRI LUBIS");
        terminal.types(&format!("n\t{name}\t"));
        terminal.sees(name);
    }
    std::thread::sleep(Duration::from_millis(2500));
    office.signal(Signal::KILL);
    for terminal in [&mut first, &mut second] {
        terminal.sees("Tersambung kembali.");
        terminal.types("\x1b");
        terminal.sees("ISIAN");
    }
    // Who comes first takes the newest form; nobody takes the other's, and nobody is sent away.
    let shown = [first.text(), second.text()];
    for name in ["BUDI REKAAN", "SARI REKAAN"] {
        assert_eq!(shown.iter().filter(|text| text.contains(name)).count(), 1, "{name}\n{}\n{}", shown[0], shown[1]);
    }
    for terminal in [&mut first, &mut second] {
        terminal.types("\x1b");
        leaves(terminal);
    }
}

#[test]
fn a_terminal_without_a_daemon_to_come_back_to_gives_up_with_a_sentence() {
    let office = Office::landed();
    let mut terminal = office.attaches(&[]);
    terminal.sees("SITI SRI LUBIS");
    // Nobody can start another: the folder is gone.
    let elsewhere = office.home.path().join("elsewhere");
    let daemon = office.daemon().unwrap();
    std::fs::rename(&office.dir, &elsewhere).unwrap();
    std::fs::write(&office.dir, "").unwrap();
    rustix::process::kill_process(daemon, Signal::KILL).unwrap();
    terminal.sees("menyambung lagi");
    terminal.types("\x03");
    assert_eq!(terminal.ends(), 1);
    terminal.is_as_before();
    terminal.sees("Daemon tidak dapat dicapai lagi.");
}

#[test]
fn sizes_reach_the_screen() {
    let office = Office::landed();
    let mut terminal = office.attaches(&[]);
    terminal.sees("SITI SRI LUBIS");
    terminal.resizes(9, 38);
    terminal.sees("Layar terlalu kecil");
    terminal.resizes(24, 80);
    terminal.sees("Ogan Komer");
    leaves(&mut terminal);
}
