//! Keys that forgive: capitals, typing ahead, refusals that swallow, pastes, the blank screen.

use crate::harness::{landed, story};
use pulang::app::action::{Action, Layer};

#[test]
fn capitals_mean_the_small_letters_where_letters_are_commands() {
    landed(80, 24)
        .keys("TV")
        .sees("sumber identitas")
        .keys("<Esc><Esc>N")
        .sees("Terima orang baru")
        .keys("<Esc>H")
        .sees("HARI INI")
        .keys("<Esc>JJU")
        .sees("Enter ya, Esc tidak");
}

#[test]
fn a_whole_move_is_typed_blind() {
    landed(80, 24)
        .keys("tv<F6>terminal tutup<Enter><Enter>jtv<F6>terminal tutup<Enter><Enter>n<Tab>BUDI REKAAN<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .keys("/status:verif<Enter>")
        .sees("2 dari 111 kasus");
}

#[test]
fn a_form_that_did_not_open_swallows_the_text_until_esc() {
    landed(80, 24)
        .keys("<Space><Space>mtolong undang keluarganya<Enter>")
        .sees("DITOLAK")
        .sees("Hanya untuk satu orang")
        .keys("<Esc>")
        .sees("2 ditandai")
        .sees_row("> 10 1! STEVEN")
        .keys("-mcatatan<C-s>")
        .sees("Catatan tersimpan.");
}

#[test]
fn a_paste_where_letters_are_commands_is_ignored_with_a_sentence() {
    landed(80, 24)
        .paste("untuk semua\nu\n")
        .sees("Tempelan diabaikan: di sini huruf adalah perintah.")
        .sees("semua kasus: 110")
        .keys("<Enter>")
        .paste("uuu")
        .sees("Tempelan diabaikan");
}

#[test]
fn an_unknown_key_says_where_help_is() {
    landed(80, 24).keys("y").sees("Tombol ini tidak berlaku di sini. ? untuk bantuan.");
}

#[test]
fn f9_blanks_the_screen_from_any_layer_and_only_enter_brings_it_back() {
    for before in ["", "<Enter>", "n<Tab>SITI", "tv", "/mega", ":", "h"] {
        let story = landed(80, 24).keys("jk").keys(before);
        let was = story.screen();
        story
            .keys("<F9>abcu<Esc><Space>")
            .sees("Layar dikosongkan.")
            .never_sees("SITI")
            .never_sees("rina")
            .keys("<Enter>")
            .check(|story| assert_eq!(squeeze(&story.screen()), squeeze(&was), "after {before:?}"));
    }
}

fn squeeze(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn palette_and_help_list_every_command_with_its_key_and_why_not() {
    let mut story = landed(80, 24).keys("?").sees("Bantuan").sees_row("t F8 pindah status");
    story = story.keys("<PgDn><PgDn><PgDn>").sees("Hanya di meja latihan.").sees_row("F9 kosongkan layar");
    story
        .keys("<Esc>:hapus semua tanda<Enter>")
        .sees("Tidak ada tanda.")
        .keys("<Esc>:gantibahasa<Enter>")
        .sees_row("Enter open n new t move");
}

#[test]
fn ctrl_c_goes_back_first_and_quits_at_the_second() {
    landed(80, 24)
        .keys("<Enter><C-c>")
        .sees("Ctrl+C sekali lagi untuk keluar.")
        .sees("DAFTAR")
        .keys("j<C-c>")
        .check(|story| assert!(!story.app().has_ended()))
        .keys("<C-c>")
        .check(|story| assert!(story.app().has_ended()));
}

#[test]
fn q_leaves() {
    story(80, 24).keys("q").check(|story| assert!(story.app().has_ended()));
}

#[test]
fn every_command_of_a_layer_stands_in_its_help() {
    for (before, layer) in [("", Layer::List), ("<Enter>", Layer::Case), ("h", Layer::Today), ("t", Layer::Move)] {
        let mut story = landed(80, 24).keys(before).keys("?");
        let mut pages = String::new();
        for _ in 0..6 {
            pages += &story.screen();
            story = story.keys("<PgDn>");
        }
        for action in Action::ALL.iter().filter(|action| action.layers().contains(&layer)) {
            let name = story.app().texts.get(&format!("cmd-{}", action.code())).to_string();
            let shown: String = name.chars().take(25).collect();
            assert!(pages.contains(&shown), "{layer:?}: {name}\n{pages}");
        }
    }
}

#[test]
fn keys_on_a_screen_that_is_too_small_do_nothing() {
    landed(80, 24)
        .resize(39, 9)
        .keys("n<Tab>SITI REKAAN<C-s>")
        .paste("u")
        .resize(80, 24)
        .sees("DAFTAR")
        .sees("semua kasus: 110");
}

#[test]
fn a_search_begun_where_there_is_none_swallows_the_name() {
    landed(80, 24)
        .keys("<Enter>/tanda<Enter>")
        .sees("Pencarian ada di daftar")
        .sees("DITOLAK")
        .keys("<Esc><Esc>h/nama<Enter>")
        .sees("DITOLAK")
        .keys("<Esc><Esc>")
        .sees("semua kasus: 110");
}
