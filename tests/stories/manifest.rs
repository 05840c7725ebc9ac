//! Taking in the manifest of a flight: preview, mending, one commit, the same file again, taking it back.

use crate::harness::{Story, landed, story};

fn previewed() -> Story {
    story(80, 24).keys("i").types(&Story::manifest_path()).keys("<Enter>")
}

#[test]
fn the_landing_is_asked_first_and_typed_with_its_weekday() {
    previewed()
        .sees("Tanggal mendarat 21-02-2026 Sab")
        .keys("20-02-2026<Tab>")
        .sees("20-02-2026 Jum")
        .keys("<C-s>")
        .sees("mendarat 20-02-2026 Jum");
}

#[test]
fn the_preview_counts_the_rows_and_leaves_out_three_people_who_stand_in_it_twice() {
    previewed()
        .keys("<C-s>")
        .sees("113 baris: 110 masuk, 3 sudah ada, 4 galat")
        .keys("<End>")
        .sees_row("= 111 Rizki Saputra")
        .sees_row("= 112 DJOKO SETIAWAN")
        .sees_row(">= 113 TUMBELAKA TAUFIK")
        .sees("Sama dengan baris 32, TAUFIK TUMBELAKA: nama dan tanggal lahir sama");
}

#[test]
fn broken_niks_are_named_row_by_row() {
    previewed()
        .keys("<C-s>n")
        .sees_row(">! 33 Hendra Dimas Firmansyah")
        .sees("NIK 15 angka: kurang 1")
        .keys("n")
        .sees_row(">! 34 REFLY LUMENTUT");
}

#[test]
fn one_key_commits_a_hundred_and_ten_people_as_one_movement() {
    previewed()
        .keys("<C-s><C-s>")
        .sees("110 orang diterima sebagai satu kloter.")
        .sees("semua kasus: 110")
        .keys("<Enter>")
        .sees("Kloter manifest_110 21-02-2026 Sab");
}

#[test]
fn a_row_is_mended_where_it_stands() {
    previewed()
        .keys("<C-s>nn<Enter>")
        .sees("Perbaiki baris manifes")
        .sees_row("> NIK 710113050803903")
        .keys("7101130508039031<C-s>")
        .sees("113 baris: 110 masuk, 3 sudah ada, 3 galat");
}

#[test]
fn a_row_is_left_out_by_hand_and_taken_in_again() {
    previewed()
        .keys("<C-s><Space>")
        .sees("109 masuk")
        .keys("<Space>")
        .sees("110 masuk")
        .keys("<End><Space>")
        .sees("111 masuk, 2 sudah ada");
}

#[test]
fn the_same_file_again_changes_nothing() {
    landed(80, 24)
        .keys("i")
        .types(&Story::manifest_path())
        .keys("<Enter>")
        .sees("Berkas ini sudah pernah diimpor; tidak ada yang berubah.")
        .keys("<C-s>")
        .sees("Berkas ini sudah pernah diimpor; tidak ada yang berubah.")
        .keys("<Esc>")
        .sees("semua kasus: 110");
}

#[test]
fn the_same_people_pasted_in_another_file_are_shown_beside_those_on_the_desk() {
    let text = std::fs::read_to_string(Story::manifest_path()).unwrap();
    let other = text.replacen("Luka tangan", "luka di tangan", 1);
    landed(80, 24)
        .keys("i")
        .paste(&other)
        .keys("<C-s>")
        .sees("113 baris: 0 masuk, 113 sudah ada")
        .sees("SAMA PASTI: 26-000001-M MEGA HARAHAP (NIK sama")
        .keys("<C-s>")
        .sees("Tidak ada orang baru dalam manifes ini.");
}

#[test]
fn undo_withdraws_everybody_and_redo_brings_them_back() {
    landed(80, 24)
        .keys("u")
        .sees("110 orang")
        .sees("Enter ya, Esc tidak")
        .keys("<Esc>")
        .sees("semua kasus: 110")
        .keys("u<Enter>")
        .sees("Dibatalkan: 110 orang.")
        .sees("semua kasus: 0")
        .sees("Meja ini masih kosong.")
        .keys(":ulangi<Enter><Enter>")
        .sees("Diulangi: 110 orang.")
        .sees("semua kasus: 110");
}

#[test]
fn an_import_that_is_an_hour_old_is_not_taken_back() {
    landed(80, 24).later("61m").keys("u").sees("Sudah lewat satu jam").sees("semua kasus: 110");
}

#[test]
fn a_withdrawn_import_can_be_taken_in_again_after_it_was_mended() {
    landed(80, 24).keys("u<Enter>").imports_the_flight().sees("semua kasus: 110");
}

#[test]
fn a_file_that_is_not_there_is_said_by_its_path() {
    story(80, 24).keys("i").types("/tidak/ada.csv").keys("<Enter>").sees("Berkas tidak bisa dibaca: /tidak/ada.csv");
}

#[test]
fn a_file_in_the_drop_folder_is_offered_by_name() {
    story(80, 24)
        .with_the_manifest_dropped()
        .keys("i")
        .sees("Manifes di folder masuk")
        .sees("kloter_malam.csv")
        .keys("<Enter>")
        .sees("Nama kloter kloter_malam")
        .keys("<C-s><C-s>")
        .sees("110 orang diterima");
}

#[test]
fn a_manifest_is_pasted_and_the_landing_decides_who_is_a_child() {
    let text = std::fs::read_to_string(Story::manifest_path()).unwrap();
    story(80, 24)
        .keys("i")
        .paste(&text)
        .keys("22-02-2026<C-s><C-s>")
        .sees("110 orang diterima")
        .keys("/rian dedi<Enter>")
        .sees_row("> 38 3 RIAN DEDI SIREGAR L 18");
}
