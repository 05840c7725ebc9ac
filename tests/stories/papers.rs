//! Papers on the screen: which there are, whose they are, how one will look, and that looking marks nothing.

use crate::harness::landed;

#[test]
fn ctrl_p_shows_a_paper_to_its_last_line_and_the_command_that_prints_it() {
    landed(80, 24)
        .keys("/mega harahap<Enter><C-p>bast<Enter>")
        .sees("KERTAS")
        .sees("BERITA ACARA SERAH TERIMA PERORANGAN")
        .sees("MEGA HARAHAP")
        .sees("pulang print bast 26-000001-M")
        .keys("<End>")
        .sees("baris 47 dari 47")
        .keys("<Home><Down>")
        .keys("<Esc>")
        .sees("DAFTAR");
}

#[test]
fn a_paper_of_several_is_of_those_who_are_marked() {
    landed(80, 24)
        .keys("<Space>j<Space><C-p>bast-kolektif<Enter>")
        .sees("BERITA ACARA SERAH TERIMA KOLEKTIF")
        .sees("1 orang menurut daftar")
        .sees("1 anak dalam daftar, belum ada wali terverifikasi");
}

#[test]
fn a_queue_card_on_the_screen_names_nobody() {
    landed(80, 24)
        .keys("/mega harahap<Enter><C-p><Enter>")
        .sees("KARTU ANTREAN")
        .sees("26-000001-M")
        .never_sees("MEGA");
}

#[test]
fn looking_at_a_paper_leaves_undo_as_it_was() {
    landed(80, 24).keys("<C-p>bast<Enter><Esc>u").sees("Batalkan");
}
