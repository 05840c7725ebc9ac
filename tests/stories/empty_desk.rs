//! The first minute at a new desk.

use crate::harness::{practice, story};

#[test]
fn an_empty_desk_says_what_to_do() {
    story(80, 24)
        .sees("Meja ini masih kosong.")
        .sees("i impor manifes penerbangan")
        .sees("n terima satu orang yang datang sendiri")
        .sees("? semua perintah")
        // That its key has no copy yet is the banner's to say, and said once.
        .never_sees("salinan berkas kunci")
        .sees_row("n baru / cari ? bantuan");
}

#[test]
fn an_empty_desk_says_it_in_english_as_well() {
    story(80, 24).in_english().never_sees("kosong").sees_row("n new / find ? help");
}

#[test]
fn a_practice_desk_says_on_every_screen_that_it_is_one() {
    practice(80, 24, 0).sees("LATIHAN").keys("n").sees("LATIHAN").keys("<Esc>:").sees("LATIHAN");
}

#[test]
fn somebody_of_whom_nothing_is_known_is_referred_from_an_empty_desk() {
    story(80, 24)
        .keys("gRS Rekaan<C-s>")
        .sees("Rujukan darurat tercatat")
        .sees("semua kasus: 1")
        .keys("<Enter>")
        .sees("Rumah sakit");
}

#[test]
fn commands_about_somebody_say_on_an_empty_desk_that_there_is_nobody() {
    for key in ["<Enter>", "t", "e", "m", "f", "+"] {
        story(80, 24).keys(key).sees("Tidak ada orang yang dipilih.");
    }
}
