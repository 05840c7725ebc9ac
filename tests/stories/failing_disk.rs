//! A disk that is full or fails, as the operator learns of it: what was typed stays, one line says what is wrong, reading goes
//! on, and saving comes back by itself.

use crate::harness::{Story, landed};

fn begun() -> Story {
    landed(80, 24).restart_on_a_moody_disk()
}

#[test]
fn a_full_disk_refuses_with_a_sentence_keeps_the_form_and_lets_everybody_read() {
    begun()
        .keys("n<Tab>SITI REKAAN")
        .disk_is_full()
        .keys("<C-s>")
        .sees("Disk penuh: belum tersimpan; isian tetap.")
        .sees("SITI REKAAN")
        .quiet()
        .sees("! Disk penuh: belum bisa menyimpan, membaca tetap bisa. Kosongkan disk.")
        .check(|story| {
            // Whoever sits at another screen learns it as well, and reads on.
            story
                .another_screen()
                .sees("! Disk penuh: belum bisa menyimpan")
                .keys("<Enter>")
                .sees("SITI SRI LUBIS")
                .keys("<Esc>/grace")
                .sees("Grace Puspita");
        })
        .disk_is_well()
        .keys("<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .comes_never_to_see_again("Disk penuh");
}

#[test]
fn a_disk_that_can_only_be_read_says_so_and_a_move_is_tried_again_when_it_is_mended() {
    begun()
        .disk_is_read_only()
        .keys("m")
        .types("Sudah ditelepon")
        .keys("<C-s>")
        .sees("Disk hanya bisa dibaca: belum tersimpan.")
        .sees("Sudah ditelepon")
        .quiet()
        .sees("! Disk tak bisa ditulis: belum bisa menyimpan. Hubungi pengelola.")
        .disk_is_well()
        .keys("<C-s>")
        .comes_never_to_see_again("Disk");
}

#[test]
fn a_sync_that_fails_is_told_as_not_certain_and_happens_once() {
    begun()
        .keys("n<Tab>SITI REKAAN")
        .disk_fails_at_the_next_sync()
        .keys("<C-s>")
        .sees("SITI REKAAN")
        .never_sees("Tersimpan:")
        .sees("Belum pasti")
        .keys("<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .keys("<End>")
        .sees_row("> 111");
}
