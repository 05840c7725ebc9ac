//! What is half done is kept, or the operator is told that it is not: drafts of forms and of manifests, full disks.

use crate::harness::{Story, landed, story};
use std::time::{Duration, Instant};

#[test]
fn what_cannot_be_kept_stays_on_the_screen_and_esc_asks_twice() {
    story(80, 24)
        .drafts_cannot_be_kept()
        .keys("n<Tab>HILANG SEKALI")
        .quiet()
        .sees("Draf belum tersimpan")
        .keys("X<BS>")
        .sees("Draf belum tersimpan")
        .keys("<Esc>")
        .sees("Tidak bisa disimpan sebagai draf")
        .sees("HILANG SEKALI")
        .never_sees("Draf disimpan")
        .keys("X<BS><Esc>")
        .sees("HILANG SEKALI")
        .drafts_can_be_kept()
        .keys("<Esc>")
        .sees("Draf disimpan; d membukanya lagi.")
        .keys("d<Enter>")
        .sees("HILANG SEKALI");
}

#[test]
fn the_banner_is_painted_when_it_comes_not_at_the_next_key() {
    let (mut app, _dir) = story(80, 24).drafts_cannot_be_kept().keys("n<Tab>SITI").into_app();
    assert!(app.wake(Instant::now() + Duration::from_secs(1)));
    assert!(!app.wake(Instant::now() + Duration::from_secs(2)), "nothing new, nothing painted");
}

#[test]
fn a_second_esc_throws_away_what_cannot_be_kept_and_says_nothing_else() {
    story(80, 24)
        .drafts_cannot_be_kept()
        .keys("n<Tab>HILANG SEKALI<Esc><Esc>")
        .sees("semua kasus: 0")
        .never_sees("Draf disimpan")
        .keys("n<Tab>SEKALI LAGI<C-c>")
        .sees("SEKALI LAGI")
        .sees("Tidak bisa disimpan sebagai draf");
}

#[test]
fn the_banner_goes_by_itself_when_the_disk_takes_the_draft() {
    story(80, 24)
        .drafts_cannot_be_kept()
        .keys("n<Tab>SITI REKAAN")
        .quiet()
        .sees("Draf belum tersimpan")
        .drafts_can_be_kept()
        .keys("<Tab>")
        .quiet()
        .never_sees("Draf belum tersimpan");
}

#[test]
fn only_enter_confirms_an_undo_and_what_was_typed_ahead_is_swallowed() {
    landed(80, 24)
        .keys("uabcxyz<Enter>")
        .sees("hanya Enter yang menjawab ya")
        .sees("DITOLAK")
        .keys("<Esc>")
        .sees("semua kasus: 110")
        .keys("u")
        .paste("abc\n")
        .sees("DITOLAK")
        .keys("<Esc>u<Esc>")
        .sees("semua kasus: 110");
}

#[test]
fn marks_of_people_who_are_gone_are_gone() {
    landed(80, 24)
        .keys("*u<Enter>")
        .sees("semua kasus: 0")
        .never_sees("ditandai")
        .keys("t")
        .sees("Tidak ada orang yang dipilih.");
}

#[test]
fn typing_begins_another_query_and_arrows_edit_the_old_one() {
    landed(80, 24)
        .keys("/grace<Enter>/siti<Enter>")
        .never_sees("0 dari 110")
        .sees("/ siti")
        .keys("/")
        .check(|story| assert!(story.is_selected("siti")))
        .keys("<End> p")
        .check(|story| assert!(!story.is_selected("siti")))
        .keys("<Enter>")
        .sees("/ siti p")
        .keys("/<BS><Enter>")
        .sees("semua kasus: 110");
}

#[test]
fn a_draft_is_thrown_away_by_a_key_with_a_question_and_not_before() {
    let story = story(80, 24).keys("n<Tab>SITI REKAAN<Esc>n<Tab>BUDI REKAAN<Esc>d");
    assert_eq!(story.drafts(), 2);
    let story = story.keys("<Del>").sees("Buang draf Terima orang baru: BUDI REKAAN?").keys("<Esc><Esc>");
    assert_eq!(story.drafts(), 2);
    let story = story.keys("d<Del><Enter>").sees("Draf dibuang.").never_sees("BUDI").sees("SITI REKAAN");
    assert_eq!(story.drafts(), 1);
    let story = story.keys("<Del><Enter>").sees("Draf dibuang.").sees("DAFTAR");
    assert_eq!(story.drafts(), 0);
}

#[test]
fn a_draft_that_cannot_be_read_is_not_passed_over_and_goes_when_it_is_thrown_away() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Esc>")
        .drafts_are_damaged()
        .restart()
        .sees("Satu draf Anda tidak dapat dibaca; berkasnya tetap ada (d).")
        .keys("n<Tab>BUDI REKAAN<Esc>d")
        .sees("BUDI REKAAN")
        .sees("Draf yang tidak dapat dibaca")
        .keys("2")
        .sees("Satu draf Anda tidak dapat dibaca")
        .keys("<Esc><Esc>d<Down><Del><Enter>")
        .sees("Draf dibuang.")
        .never_sees("Draf yang");
}

#[test]
fn a_form_in_which_nothing_stands_leaves_no_draft() {
    let story = landed(80, 24).keys("n<Esc>g<C-s><Esc>").never_sees("Draf disimpan");
    assert_eq!(story.drafts(), 0);
    let story = story.keys("n<Tab>SITI").quiet();
    assert_eq!(story.drafts(), 1);
    let story = story.keys("<BS><BS><BS><BS>").quiet().keys("<Esc>").never_sees("Draf disimpan");
    assert_eq!(story.drafts(), 0);
}

#[test]
fn text_typed_ahead_of_the_offer_of_drafts_is_refused_with_the_reason() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Esc>")
        .restart()
        .keys("nBUDI<Enter>")
        .sees("Daftar ini tidak menerima huruf")
        .keys("<Esc>")
        .sees("Lanjutkan draf?")
        .paste("BUDI")
        .sees("Daftar ini tidak menerima huruf")
        .keys("<Esc>1")
        .sees("SITI REKAAN");
}

#[test]
fn a_name_that_does_not_fit_is_said_to_be_cut_when_it_happens() {
    let long = "A".repeat(100);
    story(80, 24)
        .keys("n<Tab>")
        .types(&long)
        .never_sees("penuh")
        .keys("B")
        .sees("Isian ini penuh: paling banyak 100 huruf")
        .sees("…AAA")
        .keys("<Tab><S-Tab><End>")
        .never_sees("AAAB")
        .keys("<Esc>n<Tab>")
        .paste(&"C".repeat(120))
        .sees("Isian ini penuh: paling banyak 100 huruf")
        .keys("<Home>")
        .sees("CCC…");
}

fn mended(story: Story) -> Story {
    story
        .keys("i")
        .types(&Story::manifest_path())
        .keys("<Enter><C-s>")
        .keys("<Down><Enter>")
        .sees("> Nama lengkap")
        .keys("<C-u>DIPERBAIKI REKAAN<C-s>")
        .sees("DIPERBAIKI REKAAN")
}

#[test]
fn esc_on_the_preview_keeps_what_was_mended_and_d_brings_it_back() {
    let story = mended(story(80, 24)).keys("<Esc>").sees("Draf disimpan; d membukanya lagi.");
    let story = story.keys("d").sees("Impor manifes: manifest_110").keys("<Enter>").sees("DIPERBAIKI REKAAN");
    let story = story.keys("<C-s>").sees("orang diterima").keys("/diperbaiki<Enter>").sees("DIPERBAIKI REKAAN");
    assert_eq!(story.drafts(), 0);
}

#[test]
fn what_was_mended_survives_a_kill_with_the_row_that_was_being_mended() {
    mended(story(80, 24))
        .keys("<Down><Space>")
        .quiet()
        .keys("<Enter>")
        .sees("> Nama lengkap")
        .keys("<C-u>SETENGAH REKAAN")
        .quiet()
        .restart()
        .sees("Lanjutkan draf?")
        .keys("1")
        .sees("DIPERBAIKI REKAAN")
        .sees("SETENGAH REKAAN");
}

#[test]
fn esc_in_a_row_being_mended_asks_before_it_drops_what_was_typed() {
    mended(story(80, 24))
        .keys("<Down><Enter>")
        .keys("XYZ<Esc>")
        .sees("Belum masuk ke manifes")
        .keys("<Esc>")
        .sees("IMPOR");
}

#[test]
fn what_was_dropped_from_a_row_is_in_no_draft() {
    let story = story(80, 24)
        .keys("i")
        .types(&Story::manifest_path())
        .keys("<Enter><C-s><Enter><C-u>SETENGAH REKAAN")
        .quiet()
        .check(|story| assert_eq!(story.drafts(), 1))
        .keys("<Esc><Esc>")
        .quiet()
        .never_sees("SETENGAH")
        .keys("<Esc>")
        .sees("DAFTAR");
    assert_eq!(story.drafts(), 0);
}

#[test]
fn a_preview_that_nobody_touched_leaves_no_draft() {
    let story = story(80, 24).keys("i").types(&Story::manifest_path()).keys("<Enter><Esc><Esc>").sees("DAFTAR");
    assert_eq!(story.drafts(), 0);
}

#[test]
fn a_manifest_too_large_for_a_draft_is_asked_for_again_and_mended_as_before() {
    let rows: String = (1..=1500).map(|n| format!("BUDI REKAAN {n},L,2{:06}\n", n * 37)).collect();
    let sheet = format!("Nama,L/P,Keterangan\n{rows}");
    assert!(sheet.len() > 36 << 10);
    story(80, 24)
        .keys("i")
        .paste(&sheet)
        .keys("<C-s><Enter><C-u>SITI DIPERBAIKI<C-s><Down><Space><Esc>")
        .sees("Draf disimpan")
        .restart()
        .keys("1")
        .sees("pilih lagi berkas yang sama")
        .paste("Nama,L/P,Keterangan\nORANG LAIN,L,x\n")
        .sees("Ini bukan berkas dari draf itu")
        .keys("<Esc><Esc><Esc>d1")
        .paste(&sheet)
        .sees("Perbaikan manifes dilanjutkan")
        .sees("SITI DIPERBAIKI");
}

#[test]
fn with_files_in_the_drop_folder_path_and_paste_are_still_there() {
    story(80, 24)
        .with_the_manifest_dropped()
        .keys("i")
        .sees("dari jalur atau tempel…")
        .paste("Nama,L/P\nBUDI REKAAN,L\n")
        .keys("<C-s>")
        .sees("BUDI REKAAN")
        .keys("<Esc>i<End><Down><Enter>")
        .sees("Berkas manifes (atau tempel)")
        .keys("<Esc>i<Enter><C-s><C-s>")
        .sees("110 orang diterima")
        .keys("i")
        .sees_row("kloter_malam.csv sudah diimpor");
}
