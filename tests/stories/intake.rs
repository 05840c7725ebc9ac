//! A walk-in: one person on one screen, few keys, suggestions that decide nothing, likely duplicates.

use crate::harness::{Story, landed, story};

#[test]
fn a_walk_in_with_a_nik_is_taken_in_with_fewer_than_sixty_keys() {
    let story = story(80, 24)
        .keys("n3203216603959077<Enter>SITI REKAAN<Enter><Enter><Enter>084111222333<Enter><Enter><Enter>")
        .keys("<Tab><Tab>S<C-s>")
        .sees("Tersimpan: kasus 26-000001-M.")
        .sees_row("> 2 SITI REKAAN P 30 LAPOR");
    assert!(story.pressed < 60, "{} keys", story.pressed);
    story.keys("<Enter>").sees_all(&["NIK 3203216603959077", "+6284111222333", "Kabupaten Cianjur", "sakit"]);
}

#[test]
fn what_a_nik_says_is_grey_until_enter_or_saving_takes_it() {
    story(80, 24)
        .keys("n3203216603959077")
        .sees("16/16")
        .sees("Jenis kelamin [P Perempuan] ?")
        .sees("[26-03-1995 (NIK)] Min, 30")
        .check(|story| assert!(story.is_grey("26-03-1995")))
        .keys("<Enter>SITI REKAAN<C-s>")
        .sees("Tersimpan")
        .sees_row("> 3 SITI REKAAN P 30")
        .keys("n3203216603959078<Enter>SITA REKAAN<Enter><Enter><Enter>")
        .check(|story| assert!(!story.is_grey("26-03-1995")))
        .keys("<C-s>")
        .sees_row("> 3 SITA REKAAN P 30");
}

#[test]
fn a_typed_birth_date_is_never_overwritten_by_the_nik() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Tab><Tab>01-01-1990<S-Tab><S-Tab><S-Tab>3203216603959077<Tab>")
        .sees("01-01-1990 Sen")
        .never_sees("26-03-1995");
}

#[test]
fn likely_duplicates_stand_below_the_form_with_how_sure_and_why() {
    landed(80, 24)
        .keys("n1206055910069010")
        .sees("Mungkin sudah terdaftar:")
        .sees("SAMA PASTI 26-000001-M MEGA HARAHAP NIK sama")
        .keys("<Esc>n<Tab>DJOKO SETIAWAN<Tab><Tab>23-08-1995<Tab>")
        .sees("KUAT 26-000029")
        .sees("nama sama bunyinya, tanggal lahir sama")
        .never_sees("0,9")
        .never_sees("0.9");
}

#[test]
fn the_next_person_gets_the_next_number_and_keeps_the_destination() {
    landed(80, 24)
        .keys("n")
        .sees("Nomor antrean 111")
        .keys("<Tab>BUDI REKAAN<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>Sentra Rekaan<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .keys("n")
        .sees("Nomor antrean 112")
        .sees("Alamat tujuan Sentra Rekaan");
}

#[test]
fn equals_brings_a_field_over_but_never_a_name_or_a_number_of_a_person() {
    story(80, 24)
        .keys("n<Tab>BUDI REKAAN<Tab><Tab><Tab><Tab><Tab><Tab>A1<C-s>")
        .sees("Tersimpan")
        .keys("n<Tab>=")
        .sees("Isian ini tidak disalin dari orang sebelumnya.")
        .keys("SARI REKAAN<Tab><Tab><Tab><Tab><Tab><Tab>=")
        .sees("Kelompok A1");
}

#[test]
fn a_broken_nik_is_kept_as_it_was_typed_and_hinders_nobody() {
    story(80, 24)
        .keys("n32032166039590<Tab>SITI REKAAN<C-s>")
        .sees("Tersimpan")
        .keys("<Enter>")
        .sees("NIK ? 32032166039590");
}

#[test]
fn a_wrong_date_keeps_the_form_open_and_takes_the_cursor() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Tab><Tab>31-02-1995<C-s>")
        .sees("Ada isian yang belum benar.")
        .sees("> Tanggal lahir 31-02-1995")
        .sees("!!")
        .keys("28-02-1995<C-s>")
        .check(|story| assert!(!story.screen().contains("Tersimpan: kasus"), "the field keeps what was typed"));
}

#[test]
fn a_note_of_the_first_minute_is_kept() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>menunggu adiknya<C-s>")
        .sees("Tersimpan")
        .keys("<Enter>")
        .sees("menunggu adiknya");
}

#[test]
fn an_empty_form_is_not_saved() {
    story(80, 24).keys("n<C-s>").sees("Belum ada yang diisi.").keys("<Esc>").sees("semua kasus: 0");
}

#[test]
fn one_undo_withdraws_a_walk_in() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<C-s>u")
        .sees("SITI REKAAN")
        .keys("<Enter>")
        .sees("Dibatalkan: 1 orang.")
        .sees("semua kasus: 0")
        .keys("n<Tab>SARI REKAAN<C-s>")
        .sees("Tersimpan: kasus 26-000002");
}

/// Two movements have landed, and the session is new: nobody has said which one is meant.
fn two_landed() -> Story {
    let rows = "Nama;Tanggal Lahir\nPUTU REKAAN;01-02-1990\nKADEK REKAAN;03-04-1991\n";
    landed(80, 24).keys("i").paste(rows).keys("<C-s><C-s>").sees("2 orang diterima").restart()
}

#[test]
fn of_two_movements_that_land_the_operator_says_which_one_and_the_next_person_keeps_it() {
    two_landed()
        .keys("n<S-Tab><S-Tab>")
        .sees_row("> Kloter*")
        .sees("1 kloter 21-02-2026")
        .sees("2 manifest_110 21-02-2026")
        .keys("2<Tab>")
        .sees("Kloter* manifest_110 21-02-2026")
        .sees("Nomor antrean 111")
        .keys("<Tab><Tab>SITI REKAAN<C-s>")
        .sees("Tersimpan: kasus 26-000113")
        .keys("n")
        .sees("Kloter manifest_110 21-02-2026")
        .sees("Nomor antrean 112")
        .sees_row("> NIK")
        .keys("<S-Tab><S-Tab>1<Tab>")
        .sees("Nomor antrean 3")
        .keys("<Tab><Tab>SARI REKAAN<C-s>")
        .keys("<Enter>")
        .sees("Kloter kloter 21-02-2026");
}

#[test]
fn what_is_typed_ahead_stands_where_it_should_and_one_key_says_the_movement_at_the_end() {
    two_landed()
        .keys("n3203216603959077<Enter>SITI REKAAN<C-s>")
        .sees("Kloter mana? Angka memilih, - bila tanpa kloter.")
        .never_sees("Tersimpan")
        .sees_row("> Kloter*")
        .sees("3203216603959077")
        .keys("2<C-s>")
        .sees("Tersimpan: kasus 26-000113")
        .sees_row("> 111 3 SITI REKAAN");
}

#[test]
fn who_came_with_no_movement_is_said_by_a_dash_and_kept_too() {
    two_landed()
        .keys("n<Tab>SITI REKAAN<C-s>-<C-s>")
        .sees("Tersimpan: kasus 26-000113")
        .keys("<Enter>")
        .never_sees("Kloter")
        .keys("n")
        .sees("Kloter -")
        .sees("Nomor antrean 4")
        .keys("<Tab>SARI REKAAN<C-s>")
        .sees("Tersimpan: kasus 26-000114");
}

#[test]
fn what_is_no_movement_chooses_none() {
    two_landed()
        .keys("n<Tab>SITI REKAAN<S-Tab><S-Tab><S-Tab>3203<C-s>")
        .sees("!!")
        .never_sees("Tersimpan")
        .sees_row("> Kloter* 3203");
}

#[test]
fn a_draft_keeps_the_movement_that_was_said() {
    two_landed()
        .keys("n<S-Tab><S-Tab>2<Tab><Tab><Tab>SITI REKAAN")
        .quiet()
        .restart()
        .keys("<Enter>")
        .sees("manifest_110 21-02-2026")
        .keys("<C-s>")
        .sees("Tersimpan: kasus 26-000113")
        .keys("<Enter>")
        .sees("Kloter manifest_110");
}

#[test]
fn what_the_screen_showed_of_a_nik_is_saved_and_a_child_is_one() {
    story(80, 24)
        .keys("n3304015503129002<Tab>RIRIN")
        .sees("[P Perempuan] ?")
        .sees("[15-03-2012 (NIK)] Kam, 13a")
        .sees("Kam, 13a")
        .keys("<C-s>")
        .sees_row("> RIRIN P 13a LAPOR")
        .keys("e")
        .sees("15-03-2012 (NIK)");
}

#[test]
fn weekday_and_age_on_the_day_of_landing_stand_beside_the_birth_date() {
    landed(80, 24)
        .keys("n<Tab>BUDI<Tab><Tab>22-02-2008<Tab>")
        .sees("22-02-2008 Jum, 17a")
        .keys("<S-Tab>21-02-2008<Tab>")
        .sees("21-02-2008 Kam, 18")
        .never_sees("18a")
        .keys("<S-Tab>~1998<Tab>")
        .sees("~2");
}

#[test]
fn without_a_movement_the_queue_goes_on_behind_the_newest_wristbands_and_says_so() {
    landed(80, 24)
        .later("5d")
        .restart()
        .keys("n<Tab>BUDI REKAAN")
        .sees("Nomor antrean 111")
        .sees("tanpa kloter: lanjut dari gelang manifest_110")
        .keys("<S-Tab><S-Tab>7<Tab><C-s>")
        .sees("Nomor 7 sudah dipakai orang lain. Enter memakai yang bebas: 111.")
        .keys("111<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .keys("n")
        .sees("Nomor antrean 112");
}

#[test]
fn a_number_that_two_screens_offered_goes_to_who_saves_first_and_the_other_is_told_which_band_to_tie() {
    let here = landed(80, 24).keys("n<Tab>BUDI REKAAN").sees("Nomor antrean 111");
    let there = here.another_screen().keys("n<Tab>SARI REKAAN").sees("Nomor antrean 111");
    here.keys("<C-s>").sees("Tersimpan: kasus 26-000111").sees("Gelang 111.");
    there
        .keys("<C-s>")
        .sees("Pasang gelang 112: 111 sudah dipakai orang lain. Tersimpan: kasus 26-000112")
        .sees_row("> 112 SARI REKAAN");
}

#[test]
fn a_typed_number_that_another_wears_keeps_the_form_and_the_next_free_one_is_an_enter_away() {
    landed(80, 24)
        .keys("n<Tab>BUDI REKAAN<S-Tab><S-Tab>7<C-s>")
        .sees("Nomor 7 sudah dipakai orang lain. Enter memakai yang bebas: 111.")
        .sees("> Nomor antrean 7")
        .sees("BUDI REKAAN")
        // Saving again is no answer: the typed band may be on the wrist already.
        .keys("<C-s><C-s>")
        .sees("Enter memakai yang bebas: 111.")
        .sees("> Nomor antrean 7")
        .keys("<Enter>")
        .sees("Nomor antrean 111")
        .keys("<C-s>")
        .sees("Gelang 111.")
        .sees_row("> 111 BUDI REKAAN");
}

#[test]
fn whoever_is_taken_in_for_hospital_gets_a_free_number_too() {
    let here = landed(80, 24).keys("n<Tab>BUDI REKAAN");
    here.another_screen().keys("n<Tab>SARI REKAAN<C-s>").sees("Gelang 111.");
    here.keys("<C-g>").sees("Pasang gelang 112").sees("Sekarang rujukannya");
}
