//! Several people at one desk: who else is there, what others did, and two in one field. Every screen is woken by the desk
//! and by nothing else.

use crate::harness::{Story, practice};
use pulang::desk::{Ask, Proposal, Seat};
use pulang::domain::field::Field;
use pulang::domain::record::Facts;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::value::{Timed, Value};
use std::time::Duration;

/// A supervisor and a social worker of one office before one case each has open.
fn two() -> (Story, Story) {
    let here = practice(80, 24, 0).keys("n<Tab>BUDI REKAAN<Tab>L<Tab>14-03-1999<C-s>-<C-s>");
    let there = here.another_screen().in_role("PKS").keys("<Enter>");
    (here.caught_up().keys("<Enter>"), there)
}

/// Somebody keeps so many views: each is a commit of its own, and they share their syncs.
fn keeps_views(seat: &Seat, count: usize) {
    let facts = Facts::from([
        (Field::ViewName.into(), Value::text("merah")),
        (Field::ViewQuery.into(), Value::text("tingkat:1")),
        (Field::ViewOwner.into(), Value::Link(seat.operator())),
    ]);
    let ask = |of| Ask::Create { of, facts: facts.clone(), happened: Timed::certain(chrono::Utc::now()) };
    let propose = |_| {
        let of = Subject::new(Kind::View, seat.new_id());
        seat.propose(Proposal { id: seat.new_id(), asks: vec![ask(of)], undoes: None })
    };
    let tickets: Vec<_> = (0..count).map(propose).collect();
    for ticket in tickets {
        ticket.wait(Duration::from_secs(30)).expect("an answer").unwrap();
    }
}

fn name(story: &Story) -> String {
    story.app().seat.operator_name(story.app().seat.operator().id)
}

#[test]
fn two_who_open_one_case_see_each_other_until_one_leaves_or_is_gone() {
    let (here, there) = two();
    let (mine, theirs) = (name(&here), name(&there));
    let there = there.nudged().sees(&format!("juga dibuka: {mine} (PNY)"));
    let here = here.sees(&format!("juga dibuka: {theirs} (PKS)")).keys("e").sees("juga dibuka:");
    let there = there.not_nudged().keys("<Esc>").never_sees("juga dibuka");
    let here = here.nudged().never_sees("juga dibuka");
    let there = there.keys("<Enter>").sees(&mine);
    let here = here.nudged().sees(&theirs);
    drop(there);
    here.nudged().never_sees("juga dibuka");
}

#[test]
fn another_screen_of_oneself_is_said_as_such() {
    let (here, _there) = two();
    let third = here.another_screen().keys("<Enter>").sees("Anda di layar lain");
    here.nudged().sees("Anda di layar lain");
    drop(third);
}

#[test]
fn whoever_is_gone_behind_a_seal_is_seen_there_by_nobody() {
    let (here, there) = two();
    let theirs = name(&there);
    let here =
        here.sees(&format!("juga dibuka: {theirs}")).keys(":segel<Enter>").types("saksi yang diancam").keys("<C-s>");
    let there = there.nudged().never_sees("BUDI").sees("tidak terbuka lagi bagi Anda");
    here.never_sees("juga dibuka");
    there.keys("<Esc>").never_sees("REKAAN");
}

#[test]
fn a_question_that_names_somebody_falls_shut_when_the_case_is_closed_to_who_was_asked() {
    let (here, there) = two();
    // The officer has changed the case, stands on the list, and is asked whether to take it back.
    let there = there.keys("m").types("menunggu adiknya").keys("<C-s><Esc>u").sees("BUDI REKAAN").sees("Enter ya");
    let here = here.keys(":segel<Enter>").types("saksi yang diancam").keys("<C-s>").sees("Disegel");
    let there = there.nudged().never_sees("BUDI").sees("tidak terbuka lagi bagi Anda");
    drop(here);
    there.keys("<Esc>").never_sees("REKAAN");
}

#[test]
fn a_question_that_names_somebody_falls_shut_when_the_case_went_to_another_office() {
    let (here, there) = two();
    let here = here.keys("l7").keys("2<Tab>KBRI<Tab><Tab>1<Tab><Tab>pindah penanganan<C-s>").sees("Terkirim.");
    let there = there.caught_up().keys("m").types("menunggu adiknya").keys("<C-s><Esc>u").sees("BUDI REKAAN");
    here.elsewhere("KON").keys("w<Enter>1<C-s>").sees("Diterima.");
    there.nudged().never_sees("BUDI").sees("tidak terbuka lagi bagi Anda");
}

#[test]
fn a_list_that_tells_of_a_case_falls_shut_with_it() {
    let (here, there) = two();
    let there = there.keys("<Esc>:jalur<Enter>").sees("Rehabilitasi sosial");
    here.keys(":segel<Enter>").types("saksi yang diancam").keys("<C-s>").sees("Disegel");
    there.nudged().never_sees("Rehabilitasi sosial").sees("tidak terbuka lagi bagi Anda");
}

#[test]
fn what_the_other_saves_stands_in_the_open_case_at_once_and_both_win_on_different_fields() {
    let (here, there) = two();
    let who = name(&there);
    let here = here.keys("e<Tab><Tab>BUDI SANTO");
    let there = there.caught_up().keys("e<PgDn><PgDn>Myanmar<C-s>").sees("Tersimpan.");
    let here = here.nudged().sees(&format!("{who} baru saja mengubah kasus ini.")).sees("BUDI SANTO");
    let here = here.keys("<C-s>").sees("Tersimpan.").sees("Myanmar");
    there.nudged().sees_row("diubah Nama di paspor");
    drop(here);
}

#[test]
fn in_one_field_the_second_sees_theirs_and_what_was_with_who_wrote_it_and_decides() {
    let (here, there) = two();
    let who = name(&there);
    let there = there.keys("e<PgDn><PgDn>Laos<C-s>").sees("Tersimpan.");
    let here = here.caught_up().keys("e<PgDn><PgDn><C-u>Myanmar");
    let there = there.keys("e<PgDn><PgDn><C-u>Kamboja<C-s>").sees("Tersimpan.");
    here.keys("<C-s>")
        .sees("Orang lain sudah mengubah: Negara bekerja")
        .sees_row("tetap isian saya Myanmar")
        .sees_row(&format!("pakai dari orang lain Kamboja {}", who.split(' ').next().unwrap()))
        .sees_row("semula, sebelum keduanya Laos")
        .types("tetap")
        .keys("<Enter>")
        .sees("Diputuskan.")
        .keys("<C-s>")
        .sees("Tersimpan.");
    there.nudged().sees("Myanmar");
}

#[test]
fn a_row_that_another_moves_is_marked_at_once_and_stays_so_until_it_was_seen() {
    let here = practice(80, 24, 30).caught_up().keys("jjj");
    let at = |story: &Story| (story.app().list.at, story.app().list.top, story.app().list.current());
    let before = at(&here);
    let there = here.another_screen().in_role("PKS").keys("<End>m").types("sudah ditelepon").keys("<C-s>");
    let here = here.nudged();
    assert_eq!(at(&here), before, "the cursor has jumped");
    assert_eq!(here.app().list.changed.len(), 1);
    // Saving something oneself takes no mark away that was not seen.
    let here = here.keys("m").types("saya juga").keys("<C-s>");
    assert_eq!(here.app().list.changed.len(), 1);
    let here = here.keys("<End>").sees_row("> * ").keys("<Enter><Esc>");
    assert!(here.app().list.changed.is_empty());
    drop(there);
}

#[test]
fn newcomers_are_those_whom_this_list_would_show_each_once() {
    let here = practice(80, 24, 0).keys("n<Tab>TONO REKAAN<C-s>-<C-s>/status:lapor<Enter>").sees("TONO").caught_up();
    let there = here.another_screen().in_role("PKS").keys("n<Tab>BUDI REKAAN<C-s>-<C-s>m").types("satu").keys("<C-s>");
    let elsewhere = here.another_screen().elsewhere("PKS").keys("n<Tab>SARI REKAAN<C-s>-<C-s>").sees("Tersimpan");
    here.nudged().sees("(+1)").never_sees("(+2)").never_sees("SARI");
    drop((there, elsewhere));
}

#[test]
fn a_gate_table_that_comes_into_force_is_told_and_what_is_open_is_judged_by_it() {
    let (here, there) = two();
    let text = pulang::domain::gate::Rules::BUILT_IN.replacen("version = \"", "version = \"kantor-", 1);
    let here = here.caught_up();
    let seat = &here.first_seat();
    let ask = seat.table_ask(Some(&text), "2026-02-21".parse().unwrap()).unwrap();
    let proposal = Proposal { id: seat.new_id(), asks: vec![ask], undoes: None };
    seat.propose(proposal).wait(Duration::from_secs(30)).expect("an answer").unwrap();
    here.nudged().sees("Tabel gerbang kantor ini kini kantor-");
    there.nudged().sees("Tabel gerbang kantor ini kini kantor-");
}

#[test]
fn who_slept_through_too_much_reads_everything_again_with_the_cursor_on_the_same_person() {
    let here = practice(80, 24, 30).caught_up().keys("jjj");
    let person = here.app().list.current();
    let there = here.another_screen().in_role("PKS").keys("n<Tab>BUDI REKAAN<C-s>-<C-s>");
    keeps_views(&there.app().seat, 1030);
    let here = here.nudged().sees("Banyak yang berubah; semuanya dibaca ulang.");
    assert_eq!(here.app().list.current(), person);
    assert_eq!(here.app().list.rows.len(), there.app().list.rows.len());
    let there = there.keys("m").types("terakhir").keys("<C-s>");
    let here = here.nudged();
    assert_eq!(here.app().list.changed.len(), 1, "it hears again");
    drop(there);
}

#[test]
fn who_waits_before_an_empty_list_sees_those_whom_another_takes_in() {
    let here = practice(80, 24, 0).caught_up();
    let there = here.another_screen().in_role("PKS").sees("Meja ini masih kosong.").caught_up();
    let _here = here.keys("n<Tab>BUDI REKAAN<Tab>L<Tab>14-03-1999<C-s>-<C-s>");
    there.nudged().sees("BUDI REKAAN").sees("semua kasus: 1").never_sees("(+1)");
}
