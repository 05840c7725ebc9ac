//! The program on a terminal without a daemon (`--solo`): starting, leaving, hang-ups, kills, torn keys, colours, one process
//! per desk.

use crate::scene::{Office, Terminal};
use rustix::process::Signal;
use std::time::Duration;

fn starts(office: &Office) -> Terminal {
    office.attaches(&["--solo"])
}

#[test]
fn it_starts_draws_and_leaves_the_terminal_as_it_was() {
    let office = Office::empty();
    let mut terminal = starts(&office);
    terminal.sees("Meja ini masih kosong.");
    terminal.types("n\tSITI REKAAN\x13");
    terminal.sees("Tersimpan: kasus");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_as_before();
    let listed = office.run(&["list", "rekaan"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("SITI REKAAN"), "{listed:?}");
}

#[test]
fn a_hang_up_leaves_no_process_and_keeps_the_draft() {
    for is_signal in [true, false] {
        let office = Office::empty();
        let mut terminal = starts(&office);
        terminal.sees("Meja ini masih kosong.");
        terminal.types("n\tSITI REKAAN");
        terminal.sees("SITI REKAAN");
        if is_signal {
            terminal.signal(Signal::HUP);
            assert_ne!(terminal.ends(), 0);
        } else {
            terminal.closes();
            // The reader of the test holds the terminal open as well; the signal of a closed one comes from here.
            terminal.signal(Signal::HUP);
            terminal.ends();
        }
        assert!(office.has_draft());
        let mut again = starts(&office);
        again.sees("Lanjutkan draf?");
        again.types("\r");
        again.sees("SITI REKAAN");
        again.types("\x13");
        again.sees("Tersimpan: kasus");
        again.types("q");
        assert_eq!(again.ends(), 0);
    }
}

#[test]
fn a_kill_in_the_middle_of_a_form_costs_nothing() {
    let office = Office::landed();
    let mut terminal = starts(&office);
    terminal.sees("SITI SRI LUBIS");
    terminal.types("n32032166039590\tBUDI REKAAN\t\t31-02-1995");
    terminal.until("the draft is kept", |_| office.has_draft());
    terminal.sees("31-02-1995");
    std::thread::sleep(Duration::from_millis(600));
    terminal.signal(Signal::KILL);
    terminal.ends();
    let mut again = starts(&office);
    again.sees("Lanjutkan draf?");
    again.types("\r");
    for text in ["32032166039590", "BUDI REKAAN", "31-02-1995"] {
        again.sees(text);
    }
    again.types("\x1b");
    again.sees("semua kasus: 110");
    again.types("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn torn_escapes_are_still_keys() {
    let office = Office::landed();
    let mut terminal = starts(&office);
    terminal.sees(">      5 1! SITI SRI LUBIS");
    for byte in ["\x1b", "[", "B"] {
        terminal.types(byte);
        std::thread::sleep(Duration::from_millis(5));
    }
    terminal.sees(">      9 1! Grace Puspita");
    terminal.types("/");
    terminal.sees("KETIK");
    terminal.types("\x1b");
    terminal.sees("DAFTAR");
    terminal.types("\x1b[<0;10;10M\x1b[0n");
    terminal.types("\x1b[A");
    terminal.sees(">      5 1! SITI SRI LUBIS");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn no_color_writes_no_colour_and_other_terminals_get_some() {
    for (variables, has_colours) in [(&[("NO_COLOR", "1")][..], false), (&[][..], true)] {
        let office = Office::landed();
        let mut terminal = office.attaches_with(&["--solo"], variables);
        terminal.sees("SITI SRI LUBIS");
        terminal.types("\r");
        terminal.sees("Riwayat");
        terminal.types("\x1b");
        terminal.sees("DAFTAR");
        terminal.types("q");
        assert_eq!(terminal.ends(), 0);
        assert_eq!(colours(&terminal.bytes()) > 0, has_colours, "{variables:?}");
    }
}

/// How many colours are asked for in what was written.
fn colours(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        (rest.as_bytes()[end] == b'm').then(|| rest[..end].to_owned())
    });
    let is_colour = |code: &u32| matches!(code, 30..=38 | 40..=48 | 90..=97 | 100..=107);
    sequences.map(|codes| codes.split(';').filter_map(|code| code.parse().ok()).filter(is_colour).count()).sum()
}

#[test]
fn a_storm_of_sizes_ends_with_the_last_one_drawn() {
    let office = Office::landed();
    let mut terminal = starts(&office);
    terminal.sees("SITI SRI LUBIS");
    for step in 0..40_u16 {
        terminal.resizes(5 + step, 200 - 4 * step);
    }
    terminal.resizes(9, 38);
    terminal.sees("Layar terlalu kecil");
    terminal.resizes(24, 80);
    terminal.until("the list is back", |terminal| terminal.text().contains("Ogan Komer"));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_second_process_on_the_same_desk_is_refused_with_its_own_exit_code() {
    let office = Office::empty();
    let mut terminal = starts(&office);
    terminal.sees("Meja ini masih kosong.");
    let refused = office.run(&["list"]);
    assert_eq!(refused.status.code(), Some(3), "{refused:?}");
    assert!(!refused.stderr.is_empty());
    let verified = office.run(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "verified beside the session: {verified:?}");
    let mut second = starts(&office);
    assert_eq!(second.ends(), 3);
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(office.run(&["verify"]).status.code(), Some(0));
}

#[test]
fn without_a_terminal_the_full_screen_is_refused_with_a_sentence() {
    let refused = Office::empty().run(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("terminal"));
}
