//! Closing takes two where one is not enough; the practice desk lends the second.

use crate::harness::{Story, practice, story};

fn asked() -> Story {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>")
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
fn a_question_of_closing_says_that_it_is_one_and_who_may_answer() {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>tu<F4>SLH<Tab><Tab>dicatat dua kali<C-s>")
        .sees("Enter meminta penutupan; kasus tetap di LAPOR")
        .sees("Yang dapat menyetujui: Asih Purnamawarti")
        .keys("<Enter>")
        .sees("Tutup diminta: 1 orang, belum ditutup. Penyetuju: Asih Purnamawarti.")
        .never_sees("pindah ke TUTUP")
        .sees_row("BUDI REKAAN ? ? LAPOR 4j C Wenin");
}

#[test]
fn whoever_answers_sees_what_was_asked_and_the_sign_goes_with_the_answer() {
    asked()
        .in_role("PNY")
        .keys("t")
        .sees("u TUTUP Ditutup penutupan diminta; menunggu jawaban")
        .keys("u")
        .sees_all(&["Alasan penutupan: SLH Salah input", "Catatan penutupan: dicatat dua kali di latihan"])
        .sees_all(&["Tutup diminta oleh: Wening Tirtamaya", "Tutup diminta pada: 21-02-2026 03:00"])
        .sees("Enter menyetujui: kasus ditutup. Del menolak")
        .keys("<Enter>")
        .sees("1 orang pindah ke TUTUP.")
        .sees_row("BUDI REKAAN ? ? TUTUP Wenin");
}

#[test]
fn a_question_of_closing_is_declined_with_a_reason() {
    asked()
        .in_role("PNY")
        .keys("tu<Del><Enter>")
        .sees("Alasan harus diisi.")
        .keys("bukan salah input<Enter>")
        .sees("Permintaan tutup ditolak. Kasus tetap terbuka.")
        .sees_row("BUDI REKAAN ? ? LAPOR 4j Wenin")
        .keys("<Enter>")
        .sees("bukan salah input")
        .keys("<Esc>tv<Del>")
        .sees("Tidak ada permintaan tutup di sini.");
}

#[test]
fn of_many_nobody_is_closed_whose_question_was_not_read() {
    asked()
        .keys("n<Tab>SARI REKAAN<C-s>")
        .in_role("PNY")
        .keys("*tu<F4>SLH<Tab><Tab>dicatat dua kali<C-s>")
        .sees("1 bisa pindah, 0 belum bisa, 1 tidak diikutkan.")
        .sees_row(">- 1 BUDI REKAAN ? LAPOR penutupan diminta: jawab satu")
        .keys("<Space>")
        .sees_row(">- 1 BUDI REKAAN")
        .keys("<Enter>")
        .sees("Tutup diminta: 1 orang")
        .sees_row("BUDI REKAAN ? ? LAPOR 4j C");
}

#[test]
fn whoever_asks_is_warned_when_nobody_can_approve() {
    story(80, 24)
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>tu<F4>SLH<Tab><Tab>dicatat dua kali<C-s>")
        .sees("Tidak ada orang lain di kantor ini yang dapat menyetujui")
        .keys("<Enter>")
        .sees("Tutup diminta: 1 orang, tetapi belum ada yang dapat menyetujui.");
}

#[test]
fn operators_are_switched_on_the_practice_desk_only() {
    story(80, 24).keys(":petugas<Enter>").sees("Hanya di meja latihan.");
}

#[test]
fn what_one_role_may_not_another_may() {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>")
        .sees("Tersimpan")
        .keys("+1<Tab>pingsan<C-s>")
        .sees("Tingkat tersimpan.")
        .keys("+3<Tab>sudah sadar<C-s>")
        .never_sees("Tingkat tersimpan.")
        .in_role("MED")
        .keys("+3<Tab>sudah sadar<C-s>")
        .sees("Tingkat tersimpan.");
}
