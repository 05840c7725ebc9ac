//! Damage on the disk, as the operator learns of it: one calm line that stays, and work that goes on.

use crate::harness::landed;

const BANNER: &str = "tempat): q, pulang verify, ";

#[test]
fn damage_found_on_opening_stands_below_the_title_while_work_goes_on() {
    landed(80, 24)
        .restarts_with_a_flipped_byte(true)
        .sees(BANNER)
        .sees("semua kasus: 110")
        .keys("n<Tab>SITI REKAAN<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .sees(BANNER)
        .keys("<Enter>")
        .sees(BANNER)
        .keys("e")
        .sees(BANNER)
        .keys("<Esc><Esc><End>")
        .sees_row("> 111")
        .restart()
        .sees(BANNER)
        .in_english()
        .sees("! Journal damaged (places: 1): q, pulang verify, pulang mend.");
}

#[test]
fn damage_behind_the_last_checkpoint_is_found_while_the_desk_is_open() {
    landed(80, 24)
        .restarts_with_a_flipped_byte(false)
        .never_sees("Jurnal rusak")
        .comes_to_see(BANNER)
        .keys("<End>")
        .sees_row(">")
        .keys("<F9>")
        .never_sees("Jurnal");
}

#[test]
fn keys_that_are_gone_stand_below_the_title_a_moment_after_the_start_while_work_goes_on() {
    landed(80, 24)
        .restarts_with_lost_keys()
        .comes_to_see("32 kunci hilang dari kedua tabel: q, pulang verify, ikuti petunjuknya.")
        .keys("n<Tab>SITI REKAAN<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .sees("32 kunci hilang")
        .in_english()
        .sees("! 32 keys are gone from both tables: q, pulang verify, see what to do.");
}

#[test]
fn nothing_is_saved_into_a_folder_that_was_taken_away_and_the_form_stays() {
    for folder in ["keys", "journal"] {
        landed(80, 24)
            .keys("n<Tab>SITI REKAAN")
            .loses_the_folder(folder)
            .keys("<C-s>")
            .sees(&format!("{folder}/ hilang dari disk: belum tersimpan."))
            .sees("SITI REKAAN")
            .sees(&format!("! {folder}/ hilang: tak tersimpan. JANGAN mulai ulang; hubungi pengelola."));
    }
}

#[test]
fn a_folder_that_was_taken_away_is_told_though_nobody_saves() {
    landed(80, 24).loses_the_folder("trail").comes_to_see("! trail/ hilang: tak tersimpan. JANGAN mulai ulang");
}

#[test]
fn a_whole_desk_has_no_banner() {
    landed(80, 24).restart().never_sees("pulang verify");
}
