//! A panic inside one session, and what two screens of one operator do with drafts.

use super::*;
use crate::app::form::draft::Draft;

/// What was typed into each draft that an operator has.
fn drafts(seat: &Seat) -> Vec<String> {
    let mut typed: Vec<String> =
        seat.drafts().iter().filter_map(|(_, _, bytes)| Some(Draft::from_bytes(bytes)?.typed_name())).collect();
    typed.sort();
    typed
}

#[test]
fn a_panic_ends_the_session_it_happens_in_with_its_draft_kept_and_nobody_elses() {
    let lobby = Lobby::new();
    let (mut officer, mut chief) = (lobby.comes(OFFICER, false), lobby.comes(CHIEF, false));
    chief.types("n\tSARI CONTOH");
    chief.sees("SARI CONTOH");
    officer.types("n\tBUDI CON");
    officer.sees("BUDI CON");
    until("the draft is kept", || !drafts(&lobby.seat(OFFICER)).is_empty());
    officer.types("TOH");
    officer.sees("BUDI CONTOH");
    // The desk's clock panics at whatever asks it next; the last keys are on no disk yet.
    *lobby.trap.lock().unwrap() = Some(officer.thread.thread().id());
    officer.types("\t");
    assert_eq!(officer.goodbye(), (Why::Fault, String::new()), "nothing is said of anybody");
    assert!(lobby.trap.lock().unwrap().is_none(), "it was the clock");
    lobby.has_sessions(1);
    assert_eq!(drafts(&lobby.seat(OFFICER)), ["BUDI CONTOH"], "with the last keys");
    // The other one goes on, and whoever fell comes again.
    chief.types(" LAGI");
    chief.sees("SARI CONTOH LAGI");
    let mut again = lobby.comes(OFFICER, false);
    again.sees("Lanjutkan draf?");
    again.types("\r");
    again.sees("BUDI CONTOH");
    again.types("\x13");
    again.sees("Tersimpan: kasus");
    assert!(drafts(&lobby.seat(OFFICER)).is_empty());
    lobby.has_sessions(2);
}

#[test]
fn two_screens_of_one_operator_never_have_the_same_draft() {
    let lobby = Lobby::new();
    let mut first = lobby.comes(OFFICER, false);
    first.types("n\tBUDI CONTOH");
    first.sees("BUDI CONTOH");
    until("the draft is kept", || !drafts(&lobby.seat(OFFICER)).is_empty());
    // Beside it stands another, from the beginning: nothing is offered of what is open there, but it is not hidden either.
    let mut second = lobby.comes(OFFICER, true);
    second.sees("DAFTAR");
    assert!(!second.screen.screen().contents().contains("Lanjutkan draf?"));
    second.types("d");
    second.sees("BUDI CONTOH");
    second.sees("terbuka di sesi Anda yang lain");
    second.types("\r\r1");
    second.sees("terbuka di sesi Anda yang lain");
    assert!(!second.screen.screen().contents().contains("ISIAN"));
    second.types("\x1b\x1bn\tSARI CONTOH");
    second.sees("SARI CONTOH");
    until("both drafts are kept", || drafts(&lobby.seat(OFFICER)) == ["BUDI CONTOH", "SARI CONTOH"]);
    // A third one finds neither.
    let mut third = lobby.comes(OFFICER, true);
    third.sees("DAFTAR");
    assert!(!third.screen.screen().contents().contains("Lanjutkan draf?"));
    // What a session let go of is there for the others.
    second.types("\x1b");
    second.sees("DAFTAR");
    third.types("d");
    third.sees("SARI CONTOH");
    third.types("1");
    third.sees("ISIAN");
    second.types("d");
    second.sees("terbuka di sesi Anda yang lain");
    third.types("\x13");
    third.sees("Tersimpan: kasus");
    assert_eq!(drafts(&lobby.seat(OFFICER)), ["BUDI CONTOH"]);
}

#[test]
fn a_form_at_whose_screen_nobody_is_goes_on_elsewhere_and_is_one_form_all_the_same() {
    let lobby = Lobby::new();
    let here = |guest: &Guest, what: &str| guest.screen.screen().contents().contains(what);
    let mut left = lobby.comes(OFFICER, false);
    left.types("n\tBUDI CONTOH");
    left.sees("BUDI CONTOH");
    // The line is cut. Whoever sits down at another machine need not know that a screen waits somewhere.
    left.hangs_up();
    let mut other = lobby.comes(OFFICER, true);
    other.sees("Lanjutkan draf?");
    other.types("\r");
    other.sees("ISIAN");
    other.types(" JUGA");
    other.sees("BUDI CONTOH JUGA");
    // Back where it was, it is open elsewhere now.
    let mut back = lobby.comes(OFFICER, false);
    back.sees("sudah dilanjutkan di sesi Anda yang lain");
    assert!(!here(&back, "ISIAN"));
    back.types("\x1b");
    back.sees("DAFTAR");
    // Taken up here again, left, gone on with there and left there: here it stands as it was left there.
    other.types("\x1b");
    other.sees("DAFTAR");
    back.types("d");
    back.sees("BUDI CONTOH JUGA");
    back.types("1");
    back.sees("ISIAN");
    back.hangs_up();
    other.types("d");
    other.sees("BUDI CONTOH JUGA");
    other.types("1");
    other.sees("ISIAN");
    other.types(" LAGI");
    other.sees("BUDI CONTOH JUGA LAGI");
    other.types("\x1b");
    other.sees("DAFTAR");
    let mut back = lobby.comes(OFFICER, false);
    back.sees("BUDI CONTOH JUGA LAGI");
    assert!(here(&back, "ISIAN"));
    // Saved there, it is not saved here a second time with other words.
    back.hangs_up();
    other.types("d");
    other.sees("BUDI CONTOH JUGA LAGI");
    other.types("1");
    other.sees("ISIAN");
    other.types("\x13");
    other.sees("Tersimpan: kasus");
    let mut back = lobby.comes(OFFICER, false);
    back.sees("sudah dilanjutkan di sesi Anda yang lain");
    back.types("\x1b");
    back.sees("DAFTAR");
    assert!(!here(&back, "ISIAN"));
    assert!(drafts(&lobby.seat(OFFICER)).is_empty());
    // A form into which nothing was typed waits as it is.
    back.types("n");
    back.sees("ISIAN");
    back.hangs_up();
    let mut back = lobby.comes(OFFICER, false);
    back.sees("ISIAN");
}

#[test]
fn a_draft_that_is_opened_elsewhere_between_question_and_answer_is_not_thrown_away() {
    let lobby = Lobby::new();
    let mut first = lobby.comes(OFFICER, false);
    first.types("n\tBUDI CONTOH");
    first.sees("BUDI CONTOH");
    first.types("\x1b");
    first.sees("DAFTAR");
    let mut second = lobby.comes(OFFICER, true);
    second.sees("Lanjutkan draf?");
    first.types("d");
    first.sees("BUDI CONTOH");
    first.types("\x1b[3~");
    first.sees("Buang draf");
    second.types("\r");
    second.sees("ISIAN");
    first.types("\r");
    first.sees("terbuka di sesi Anda yang lain");
    assert_eq!(drafts(&lobby.seat(OFFICER)), ["BUDI CONTOH"]);
    // Closed there, it may be thrown away here.
    second.types("\x1b");
    second.sees("DAFTAR");
    first.types("\x1b\x1bd");
    first.sees("BUDI CONTOH");
    first.types("\x1b[3~\r");
    first.sees("Draf dibuang");
    assert!(drafts(&lobby.seat(OFFICER)).is_empty());
}

#[test]
fn a_terminal_that_returns_shows_no_more_than_it_showed_whatever_waits_for_it() {
    let lobby = Lobby::new();
    let mut first = lobby.comes(OFFICER, false);
    first.types("n\tBUDI CONTOH\x1b[20~");
    first.sees("Layar dikosongkan");
    let blank = first.mark.clone();
    assert!(blank.is_some(), "told before it is painted");
    first.types("\r");
    first.sees("BUDI CONTOH");
    let open = first.mark.clone();
    first.hangs_up();
    // What waits is a screen that shows a form; the terminal that comes was blank.
    let mut blank = lobby.returns(OFFICER, blank);
    blank.sees("Layar dikosongkan");
    assert!(!blank.screen.screen().contents().contains("CONTOH"));
    blank.types("\r");
    blank.sees("BUDI CONTOH");
    blank.hangs_up();
    let mut same = lobby.returns(OFFICER, open);
    same.sees("BUDI CONTOH");
    same.hangs_up();
    // Of one that brings no mark nobody knows, and one that brings what is no mark is no better.
    for mark in [None, Some(b"{}".to_vec())] {
        let mut unknown = lobby.returns(OFFICER, mark);
        unknown.sees("Layar terkunci");
        assert!(!unknown.screen.screen().contents().contains("CONTOH"));
        unknown.types("SITRA\r");
        unknown.sees("BUDI CONTOH");
        unknown.hangs_up();
    }
}

#[test]
fn of_several_screens_each_terminal_gets_its_own_back_and_never_anothers() {
    let lobby = Lobby::new();
    let mut first = lobby.comes(OFFICER, false);
    first.types("n\tBUDI CONTOH");
    first.sees("BUDI CONTOH");
    let mut second = lobby.comes(OFFICER, true);
    second.types("n\tSARI CONTOH");
    second.sees("SARI CONTOH");
    let (of_first, of_second) = (first.mark.clone(), second.mark.clone());
    // Both lines are cut, and the first is back first: what was left last is not its own.
    first.hangs_up();
    second.hangs_up();
    let mut first = lobby.returns(OFFICER, of_first.clone());
    first.sees("BUDI CONTOH");
    // The daemon has not heard yet that the line of the first is gone.
    let mut again = lobby.returns(OFFICER, of_first);
    again.sees("BUDI CONTOH");
    assert_eq!(first.goodbye().0, Why::TakenOver);
    // A session that another daemon had: nothing that waits here is it.
    let unknown = Ulid::new().to_string();
    let known = String::from_utf8(of_second.clone().unwrap()).unwrap();
    let at = known.find("\"session\":\"").unwrap() + 11;
    let other = known.replace(&known[at..at + 26], &unknown).into_bytes();
    let mut other = lobby.returns(OFFICER, Some(other));
    other.sees("Tersambung kembali");
    let mut second = lobby.returns(OFFICER, of_second);
    second.sees("sudah dilanjutkan di sesi Anda yang lain");
    lobby.has_sessions(3);
    other.types("\x1b");
    other.sees("SARI CONTOH");
}

#[test]
fn a_mark_says_nowhere_but_on_the_practice_desk_who_somebody_is() {
    let lobby = Lobby::new();
    let chief = lobby.seat(CHIEF).operator().id;
    let mut officer = lobby.comes(OFFICER, false);
    officer.types("j");
    officer.sees("Sitra Contoh");
    let mark = String::from_utf8(officer.mark.clone().unwrap()).unwrap();
    assert!(mark.contains("\"sitter\":null"), "{mark}");
    officer.types("q");
    assert_eq!(officer.goodbye().0, Why::Left);
    let claimed = mark.replace("\"sitter\":null", &format!("\"sitter\":\"{chief}\""));
    let mut back = lobby.returns(OFFICER, Some(claimed.into_bytes()));
    back.sees("Tersambung kembali");
    let shown = back.screen.screen().contents();
    assert!(shown.contains("Sitra Contoh") && !shown.contains("Ketut"), "{shown}");
}
