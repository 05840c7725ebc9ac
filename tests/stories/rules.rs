//! An office works by a gate table of its own: what the dialog of a move asks for and what is owed follow it.

use crate::harness::{Story, landed};
use pulang::desk::Proposal;
use pulang::domain::gate::Rules;
use std::time::Duration;

/// Brings in the built-in table with one place changed, from a day that is so many days ahead.
fn sets(story: &Story, version: &str, old: &str, new: &str, days: u64) {
    assert!(Rules::BUILT_IN.contains(old), "{old}");
    let text = Rules::BUILT_IN.replacen("2026-11-1", version, 1).replacen(old, new, 1);
    let seat = story.first_seat();
    let from = "2026-02-21".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(days);
    let asks = vec![seat.table_ask(Some(&text), from).unwrap()];
    seat.propose(Proposal { id: seat.new_id(), asks, undoes: None }).wait(Duration::from_secs(60)).unwrap().unwrap();
}

#[test]
fn the_dialog_of_a_move_asks_for_what_the_offices_table_asks_for() {
    landed(80, 24)
        .keys("tv")
        .sees("! Wajib: sumber identitas")
        .never_sees("kehendak pulang")
        .keys("<Esc><Esc>")
        .check(|story| sets(story, "meja-1", "\"identity-source\"]", "\"identity-source\", \"wish\"]", 0))
        .keys("tv")
        .sees("! Wajib: sumber identitas")
        .sees("! Wajib: kehendak pulang")
        .keys("<F4>")
        .sees("Keinginan pulang*");
}

#[test]
fn a_table_of_tomorrow_changes_nothing_today_and_the_deadline_tomorrow() {
    landed(80, 24)
        .check(|story| sets(story, "meja-2", "nationality-evidence = \"72h\"", "nationality-evidence = \"12h\"", 1))
        .keys("tv<F4>PSP<C-s><Enter>")
        .sees("1 orang pindah ke VERIF.")
        .keys("h")
        .never_sees("bukti kewarganegaraan")
        .keys("<Esc>")
        .later("1d")
        .keys("jtv<F4>PSP<C-s><Enter>")
        .sees("1 orang pindah ke VERIF.")
        .sees_row("1 2 MEGA HARAHAP P 19 VERIF Karo 12j M")
        .sees_row("5 1! SITI SRI LUBIS P 17a VERIF Batu Bara 2h W")
        .keys("/status:verif<Enter>h<End>")
        .sees_row("12j 26-000001-M MEGA HARAHAP VERIF susulan: bukti kewargane…");
}
