//! A daemon that went and came: the screen returns as its terminal saw it last, covered if it was covered, with what was open
//! and nothing else; and what a covered screen says of a draft is true.

use crate::harness::{landed, practice, story};

#[test]
fn a_blank_screen_comes_back_blank_and_what_returns_waits_behind_it() {
    landed(80, 24)
        .keys("n<Tab>SITI REKAAN<F9>")
        .sees("Enter")
        .never_sees("REKAAN")
        .comes_back("0m")
        .never_sees("REKAAN")
        .never_sees("LUBIS")
        .never_sees("Tersambung")
        .keys("q<Esc>n")
        .never_sees("REKAAN")
        .keys("<Enter>")
        .sees("Tersambung kembali")
        .keys("<Esc>")
        .sees("Nama lengkap SITI REKAAN");
}

#[test]
fn a_locked_screen_comes_back_locked_however_often() {
    let locked = landed(80, 24).keys("n<Tab>SITI REKAAN").quiet().idle(10).sees("Layar terkunci");
    locked
        .comes_back("0m")
        .comes_back("0m")
        .sees("Layar terkunci")
        .sees("tersimpan sebagai draf")
        .never_sees("REKAAN")
        .never_sees("LUBIS")
        .keys("<Esc><Enter>")
        .sees("Layar terkunci")
        .keys("rina<Enter>")
        .sees("Tersambung kembali")
        .keys("<Esc>")
        .sees("Nama lengkap SITI REKAAN");
}

#[test]
fn what_was_blank_and_then_locked_comes_back_both() {
    landed(80, 24)
        .keys("<F9>")
        .idle(10)
        .comes_back("0m")
        .sees("Layar terkunci")
        .keys("rina<Enter>")
        .never_sees("LUBIS")
        .keys("<Enter>")
        .sees("Tersambung kembali");
}

#[test]
fn a_restart_is_no_key_and_the_time_without_one_goes_on() {
    landed(80, 24).idle(9).comes_back("0m").sees("Tersambung kembali").idle(2).sees("Layar terkunci");
    landed(80, 24).idle(9).comes_back("2m").sees("Layar terkunci").never_sees("LUBIS");
    // A clock that was set back meanwhile locks nobody out.
    landed(80, 24).comes_back("-5m").sees("Tersambung kembali");
}

#[test]
fn a_terminal_that_brings_no_mark_comes_back_behind_the_lock() {
    landed(80, 24)
        .keys("n<Tab>SITI REKAAN")
        .quiet()
        .comes_back_without_a_mark()
        .sees("Layar terkunci")
        .never_sees("REKAAN")
        .never_sees("LUBIS")
        .keys("rina<Enter>")
        .sees("Tersambung kembali")
        .keys("<Esc>")
        .sees("Lanjutkan draf?")
        .sees("SITI REKAAN");
}

#[test]
fn a_draft_that_was_left_is_offered_and_not_opened() {
    landed(80, 24)
        .keys("n<Tab>BUDI REKAAN<Esc>")
        .sees("Draf disimpan")
        .keys("e")
        .sees("ISIAN")
        .comes_back("0m")
        .sees("Tersambung kembali")
        .keys("<Esc>")
        .sees("Lanjutkan draf?")
        .sees("Terima orang baru: BUDI REKAAN")
        .never_sees("Tab lanjut");
}

#[test]
fn what_was_open_is_open_again_and_not_what_was_left_later_elsewhere() {
    let here = landed(80, 24).keys("n<Tab>SITI REKAAN").quiet();
    drop(here.another_screen().keys("n<Tab>BUDI REKAAN<Esc>").sees("Draf disimpan"));
    here.comes_back("0m")
        .keys("<Esc>")
        .sees("Nama lengkap SITI REKAAN")
        .keys("<Esc>")
        .sees("DAFTAR")
        .keys("d")
        .sees_all(&["SITI REKAAN", "BUDI REKAAN"]);
}

#[test]
fn on_the_practice_desk_who_sat_there_sits_there_again() {
    let here = practice(80, 24, 20).in_role("PKS");
    let sitter = here.app().seat.operator();
    let back = here.comes_back("0m").sees("Tersambung kembali.").never_sees("sekarang sebagai");
    assert_eq!(back.app().seat.operator(), sitter);
    // Who cannot be known is said.
    let back = back.comes_back_without_a_mark().keys(&format!("{}<Enter>", "asih"));
    let name = back.app().seat.operator_name(back.app().seat.operator().id);
    back.sees(&format!("sekarang sebagai {name}"));
}

#[test]
fn a_covered_screen_tells_of_a_draft_only_where_there_is_one() {
    practice(80, 24, 0).in_role_anywhere("AUD").idle(10).sees("Layar terkunci").never_sees("draf");
    story(80, 24).keys("n").idle(10).sees("Layar terkunci").never_sees("draf");
    story(80, 24).keys("n<Tab>SITI REKAAN").idle(10).sees("tersimpan sebagai draf").never_sees("REKAAN");
}
