//! A screen that was left alone, and a session whose operator may not go on: nothing is shown, what is typed goes nowhere,
//! what was half typed is there afterwards.

use crate::harness::{Story, landed, story};
use pulang::desk::{Ask, Proposal};
use pulang::domain::field::Field;
use pulang::domain::record::{Facts, Slot};
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use std::time::Duration;
use ulid::Ulid;

#[test]
fn a_screen_left_alone_hides_everything_and_keeps_the_form() {
    landed(80, 24)
        .keys("n<Tab>SITI REKAAN")
        .idle(9)
        .sees("SITI REKAAN")
        .idle(10)
        .sees("Layar terkunci")
        .sees("Ketik RINA lalu Enter")
        .never_sees("REKAAN")
        .never_sees("LUBIS")
        .never_sees("semua kasus")
        // Text typed ahead, keys, pastes and a scan go nowhere.
        .types("JOKO REKAAN\n3171051505989001\n")
        .paste("P<IDNREKAAN<<JOKO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<")
        .keys("<Tab><C-s><Esc><F9><C-g><C-k>q")
        .sees("Layar terkunci")
        .keys("<Enter>rina<Enter>")
        .sees("SITI REKAAN")
        .never_sees("JOKO")
        .keys("<C-s>")
        .sees("Tersimpan");
}

#[test]
fn the_word_is_asked_again_and_capitals_do_not_matter() {
    landed(80, 24)
        .idle(10)
        .keys("budi<Enter>")
        .sees("Bukan RINA")
        .keys("<Enter>")
        .sees("Layar terkunci")
        .keys("RINA<Enter>")
        .sees("SITI SRI LUBIS");
}

#[test]
fn ctrl_c_twice_leaves_a_locked_screen() {
    let left = landed(80, 24).idle(10).keys("<C-c>").sees("sekali lagi keluar").never_sees("LUBIS").keys("<C-c>");
    assert!(left.app().has_ended());
}

#[test]
fn a_blank_screen_locks_too_and_an_office_says_after_how_long() {
    story(80, 24)
        .keys(":data kantor<Enter>")
        .keys("<Tab><Tab><Tab><Tab><Tab><Tab><Tab>3<C-s>")
        .sees("Data kantor tersimpan")
        .idle(3)
        .sees("Layar terkunci")
        .keys("rina<Enter><F9>")
        .idle(2)
        .sees("Enter")
        .never_sees("terkunci")
        .idle(3)
        .sees("Layar terkunci");
}

#[test]
fn a_locked_session_wakes_for_nothing() {
    let locked = landed(80, 24).quiet().idle(10);
    assert_eq!(locked.app().next_wake(), None);
}

/// Somebody new at this desk, with these roles.
pub fn hired(story: &Story, role: &str) -> Ulid {
    let seat = story.first_seat();
    let of = Subject::new(Kind::Operator, seat.new_id());
    let facts = Facts::from([
        (Field::OperatorName.into(), Value::text("Made Contoh")),
        (Field::OperatorRoles.into(), Value::codes([role])),
        (Field::OperatorOffice.into(), Value::Link(seat.office())),
    ]);
    let ask = Ask::Create { of, facts, happened: Timed::certain(story.app().now()) };
    let proposal = Proposal { id: seat.new_id(), asks: vec![ask], undoes: None };
    seat.propose(proposal).wait(Duration::from_secs(30)).unwrap().unwrap();
    of.id
}

/// Changes what is known of an operator, from the first supervisor's seat.
pub fn change(story: &Story, of: Ulid, facts: &[(Field, Value)]) {
    let seat = story.first_seat();
    let facts: Vec<(Slot, Option<Value>)> =
        facts.iter().map(|(field, value)| (Slot::own(*field), Some(value.clone()))).collect();
    let change = seat.staff_change(Subject::new(Kind::Operator, of), &facts);
    let proposal = Proposal { id: seat.new_id(), asks: vec![Ask::Edit(change)], undoes: None };
    seat.propose(proposal).wait(Duration::from_secs(30)).unwrap().unwrap();
}

#[test]
fn who_is_suspended_in_the_middle_of_a_form_sees_nothing_any_more_and_the_draft_is_kept() {
    let desk = landed(80, 24);
    let made = hired(&desk, "KON");
    let theirs = desk.screen_of(made).keys("n<Tab>SITI REKAAN").sees("SITI REKAAN");
    let why = Value::text("cuti panjang");
    change(&desk, made, &[(Field::OperatorIsSuspended, Value::YesNo(true)), (Field::OperatorSuspendedWhy, why)]);
    let theirs = theirs
        .idle(0)
        .sees("Akses Anda ditangguhkan")
        .never_sees("REKAAN")
        .never_sees("cuti")
        .keys("<C-s>qn<Tab>JOKO<Esc><F9>")
        .paste("JOKO")
        .sees("Akses Anda ditangguhkan")
        .idle(60)
        .sees("Akses Anda ditangguhkan")
        .keys("<Enter>");
    assert!(theirs.app().has_ended());
    // Let in again, the form is offered as it was.
    change(&desk, made, &[(Field::OperatorIsSuspended, Value::YesNo(false))]);
    desk.screen_of(made).sees("SITI REKAAN").keys("1").sees("SITI REKAAN").keys("<C-s>").sees("Tersimpan");
}

#[test]
fn who_has_other_roles_now_comes_in_again_with_them() {
    let desk = landed(80, 24);
    let made = hired(&desk, "KON");
    let theirs = desk.screen_of(made).sees("LUBIS");
    change(&desk, made, &[(Field::OperatorRoles, Value::codes(["PIM"]))]);
    // The key that was pressed before the screen heard of it opens nothing either.
    theirs.keys("<Enter>").sees("Peran atau kantor Anda diubah").never_sees("LUBIS");
    desk.screen_of(made).sees("REKAP").never_sees("LUBIS");
}
