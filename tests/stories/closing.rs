//! Closing takes two where one is not enough; the practice desk lends the second.

use crate::harness::{Story, practice, story};

fn asked() -> Story {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>")
        .sees("Tersimpan")
        .keys("tu<F4>")
        .sees("Lengkapi → TUTUP")
        .keys("SLH<Tab><Tab>dicatat dua kali di latihan<C-s>")
        .keys("<Enter>")
}

#[test]
fn one_asks_and_a_supervisor_approves() {
    asked()
        .keys("h")
        .sees_row("BUDI REKAAN LAPOR penutupan menunggu")
        .keys("<Esc>:petugas<Enter>asih<Enter>")
        .sees("Sekarang sebagai Asih Purnamawarti.")
        .keys("h")
        .sees("BUDI REKAAN")
        .keys("<Enter>tu<Enter>")
        .sees("1 orang pindah ke TUTUP.")
        .sees("TUTUP Ditutup");
}

#[test]
fn nobody_approves_what_he_asked_himself() {
    asked()
        .keys("tu")
        .sees("Belum bisa.")
        .keys("<Enter>")
        .never_sees("pindah ke TUTUP.")
        .keys("<Esc><Esc>")
        .sees("LAPOR");
}

#[test]
fn operators_are_switched_on_the_practice_desk_only() {
    story(80, 24).keys(":petugas<Enter>").sees("Hanya di meja latihan.");
}

#[test]
fn what_one_role_may_not_another_may() {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>")
        .sees("Tersimpan")
        .keys("+1<Tab>pingsan<C-s>")
        .sees("Tingkat tersimpan.")
        .keys("+3<Tab>sudah sadar<C-s>")
        .never_sees("Tingkat tersimpan.")
        .in_role("MED")
        .keys("+3<Tab>sudah sadar<C-s>")
        .sees("Tingkat tersimpan.");
}
