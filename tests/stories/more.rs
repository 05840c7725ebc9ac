//! What is done now and then: the menu *lain-lain*, tracks by pick-list, the screening grid.

use crate::harness::{Story, landed, practice};

/// A case that a social worker has taken in and is assigned to.
fn cared_for() -> Story {
    practice(80, 24, 0).in_role("PKS").keys("n<Tab>SARI REKAAN<Tab>P<C-s>-<C-s>").sees("Tersimpan")
}

#[test]
fn one_key_and_a_digit_reach_what_cannot_wait() {
    landed(80, 24)
        .keys("/mega harahap<Enter>l")
        .sees("Lain-lain")
        .sees_row("1 bayi lahir")
        .sees_row("2 catat meninggal")
        .sees_row("3 serahkan ke aparat")
        .keys("1")
        .sees("Bayi lahir dari MEGA HARAHAP")
        .keys("<Esc>l2")
        .sees("Meninggal MEGA HARAHAP")
        .keys("<Esc>L3")
        .sees("Serah terima ke aparat");
}

#[test]
fn the_menu_is_for_one_person() {
    landed(80, 24).keys("*l").sees("Hanya untuk satu orang").keys("<Esc>-l").sees("Lain-lain");
}

#[test]
fn who_may_not_screen_is_told_why_and_what_was_typed_ahead_is_swallowed() {
    landed(80, 24)
        .keys("l")
        .sees_row("5 skrining TPPO - Bagian hukum:")
        .keys("5yyy")
        .sees("!! Bagian hukum: hanya penghubung hukum")
        .keys("<Esc><Esc>")
        .sees("semua kasus: 110");
}

#[test]
fn a_question_is_a_line_of_words_and_one_key_answers_it_and_goes_on() {
    cared_for()
        .keys("l5")
        .sees("Skrining TPPO SARI REKAAN")
        .sees_all(&["Proses", "> ? Perekrutan", "perlu pendalaman; 0/11"])
        .keys("y")
        .sees_all(&["y Perekrutan", "> ? Pengangkutan"])
        .keys("tttttT?yt")
        .sees_all(&["t Penerimaan", "y Penculikan", "t Penyekapan"])
        .never_sees("CLK")
        .keys("<Up>/")
        .sees("? Penyekapan")
        .sees("proses: ada; cara: ada; tujuan: belum diketahui");
}

#[test]
fn the_summary_says_what_the_answers_suggest_and_that_this_is_no_qualification() {
    cared_for()
        .keys("l5ytttttyttttttttyttttttt")
        .sees("terindikasi menurut jawaban; 0/11 indikator")
        .sees("proses: ada; cara: ada; tujuan: eksploitasi")
        .sees("Ini jawaban, bukan kualifikasi")
        .keys("yy<C-s>")
        .sees("Skrining tersimpan")
        .keys("<Enter>")
        .sees("terindikasi menurut jawaban, 2/11")
        .never_sees("Korban");
}

#[test]
fn a_second_screening_stands_beside_the_first() {
    cared_for()
        .keys("l5y<C-s>l5tttttt<C-s><Enter>")
        .sees_all(&["perlu pendalaman, 0/11", "tidak terindikasi menurut jawaban, 0/11"]);
}

#[test]
fn a_grid_with_no_answer_is_not_saved() {
    cared_for().keys("l5<C-s>").sees("Belum ada yang diisi.").sees("Perekrutan");
}

#[test]
fn a_half_answered_grid_comes_back_with_its_answers_and_its_place() {
    cared_for()
        .keys("l5yt?y")
        .quiet()
        .restart()
        .in_role("PKS")
        .sees("Skrining TPPO: SARI REKAAN")
        .keys("<Enter>")
        .sees_all(&["y Perekrutan", "t Pengangkutan", "? Penampungan", "y Pengiriman", "> ? Pemindahan"])
        .keys("<C-s>")
        .sees("Skrining tersimpan");
}

#[test]
fn the_grid_reads_in_english_too() {
    cared_for().in_english().keys("l5yn").sees_all(&["Acts", "y Recruitment", "n Transport", "not a qualification"]);
}

#[test]
fn a_victim_is_one_by_a_dated_sourced_and_numbered_finding_of_who_may() {
    practice(80, 24, 0)
        .keys(":ganti petugas<Enter>ayunda<Enter>n<Tab>SARI REKAAN<Tab>P<C-s>-<C-s>")
        .sees("Tersimpan")
        .keys(":ganti petugas<Enter>wira<Enter>")
        .sees("Sekarang sebagai Wira")
        .keys("l6")
        .sees("Kualifikasi SARI REKAAN")
        .keys("2<Tab>Polda Rekaan<C-s>")
        .sees("!!")
        .sees("> Tanggal penetapan")
        .keys("20-02-2026<Tab>B/9001/II/2026<C-s>")
        .sees("Tersimpan.")
        .keys("<Enter>")
        .sees("Korban Polda Rekaan");
    cared_for().keys("l62<Tab>dugaan sendiri<Tab>20-02-2026<Tab>-<C-s>").sees("!!");
}

#[test]
fn a_track_is_chosen_in_words_and_goes_on_in_legal_steps() {
    landed(80, 24)
        .keys("l4")
        .sees("1 Penegakan hukum - Bagian hukum: hanya")
        .keys("<Esc>:sebut<Enter><Tab>satu-satunya petugas di pos ini<C-s>l4")
        .sees_all(&[
            "Jalur: pilih dengan angka",
            "1 Penegakan hukum belum dimulai",
            "6 Pemulangan jenazah belum dimulai",
        ])
        .keys("1")
        .sees_all(&["2 Asesmen penegak hukum", "4 Penyidikan"])
        .keys("2")
        .sees("Asesmen penegak hukum")
        .keys("<C-s>")
        .sees("Jalur tersimpan.")
        .keys("l4")
        .sees("1 Penegakan hukum Asesmen penegak hukum")
        .keys("1")
        .sees("2 Asesmen penegak hukum tahap sekarang");
}

#[test]
fn a_state_that_cannot_be_reached_says_why_and_swallows_what_is_typed_ahead() {
    landed(80, 24)
        .keys("l45")
        .sees_row("1 Keluarga dicari")
        .keys("<Esc>l46")
        .sees("1 Kematian dilaporkan - Belum tercatat meninggal")
        .keys("1<Tab>nomor")
        .sees("!!")
        .keys("<Esc><Esc>")
        .sees("semua kasus: 110");
}

#[test]
fn the_remains_track_goes_step_by_step() {
    landed(80, 24)
        .keys("l2")
        .keys("21-02-2026 02:00<Tab>RS Rekaan<Tab>sakit<Tab>WJR<C-s>")
        .sees("Kematian tercatat")
        .keys("/kematian<Esc>l46")
        .sees_row("4 Siap kirim -");
}
