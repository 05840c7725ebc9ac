//! Screens of every size, with and without colours, in both languages.

use crate::harness::{landed, story};
use ratatui::style::{Color, Modifier};

#[test]
fn sixty_by_sixteen_is_usable() {
    landed(60, 16)
        .sees_row("> 5 1! SITI SRI LUBIS P 17a LAPOR")
        .keys("<Enter>")
        .sees("ANAK tanpa wali")
        .keys("<PgDn>")
        .sees("Riwayat")
        .keys("<Esc>tv")
        .sees("sumber identitas")
        .keys("<Esc><Esc>n<Tab>SITI REKAAN")
        .sees("Nama lengkap SITI REKAAN")
        .keys("<C-s>")
        .sees("Tersimpan");
}

#[test]
fn below_forty_by_ten_there_is_a_sentence_and_nothing_else() {
    landed(80, 24)
        .resize(39, 24)
        .sees("Layar terlalu kecil")
        .never_sees("SITI")
        .resize(80, 9)
        .sees("Layar terlalu kecil")
        .never_sees("SITI")
        .resize(80, 24)
        .sees("SITI SRI LUBIS");
}

#[test]
fn a_wide_screen_has_the_case_beside_the_list() {
    landed(160, 48)
        .sees_row("> 5 1! SITI SRI LUBIS")
        .sees("Ke VERIF")
        .never_sees("Alasan")
        .keys("j")
        .quiet()
        .sees("Grace Puspita P 07-11-1996")
        .never_sees("2172034711969094")
        .keys("<Enter>")
        .sees("Alasan perlu rumah sakit")
        .sees("2172034711969094")
        .sees("Ke VERIF kurang: sumber identitas");
}

#[test]
fn any_size_is_drawn() {
    let mut story = landed(80, 24);
    for before in ["", "<Enter>", "<Esc>n", "<Esc>tv", "<Esc><Esc>:", "<Esc>/x", "<Esc>h"] {
        story = story.keys(before);
        for (cols, rows) in
            [(40, 10), (41, 11), (60, 16), (80, 24), (119, 10), (120, 30), (160, 48), (300, 100), (1, 1)]
        {
            story = story.resize(cols, rows).check(|story| drop(story.screen()));
        }
        story = story.resize(80, 24);
    }
}

#[test]
fn a_plain_terminal_gets_neither_colours_nor_signs_outside_ascii() {
    let story = landed(80, 24).on_a_plain_terminal();
    let story = ["", "<Enter>", "<Esc>tv", "<Esc><Esc>n"].into_iter().fold(story, |story, keys| {
        story.keys(keys).check(|story| {
            assert!(story.screen().is_ascii(), "{}", story.screen());
            let buffer = story.buffer();
            let is_plain = |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
            assert!(buffer.content.iter().all(is_plain));
        })
    });
    story.keys("<Esc>").check(|story| {
        let buffer = story.buffer();
        assert!(buffer.content.iter().any(|cell| cell.modifier.contains(Modifier::BOLD)), "signs without colour");
    });
}

#[test]
fn the_language_is_switched_live_and_both_are_complete() {
    landed(80, 24)
        .keys("<Enter>")
        .sees("Ke VERIF kurang: sumber identitas")
        .keys(":bahasa<Enter>")
        .sees("To VERIF lacks: identity source")
        .sees("History")
        .keys(":language<Enter>")
        .sees("Riwayat");
}

#[test]
fn an_english_session_takes_in_and_moves() {
    landed(80, 24)
        .in_english()
        .keys("n<Tab>SITI REKAAN<C-s>")
        .sees("26-000111")
        .keys("tv")
        .sees("identity source")
        .never_sees("Wajib");
}

#[test]
fn the_last_line_says_what_the_keys_do_here_and_now() {
    landed(80, 24)
        .sees_row("Enter buka n baru t pindah / cari ? bantuan")
        .keys("<Enter>")
        .sees_row("Esc kembali t pindah e ubah")
        .keys("e")
        .sees_row("Ctrl+s simpan Esc kembali")
        .keys("<Esc>tv")
        .sees_row("F4 lengkapi F6 darurat Esc kembali");
    story(80, 24).never_sees("Enter buka");
}
