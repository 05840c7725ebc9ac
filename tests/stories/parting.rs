//! Two cases that were said to be one person's and are not: taken apart by a supervisor, with a reason, and taken back.

use crate::harness::{Story, practice, story};

/// Two cases, the second said to be the first person's and linked by the supervisor.
fn linked() -> Story {
    story(80, 24)
        .keys("n<Tab>DJOKO SETIAWAN<Tab>L<Tab>23-08-1995<C-s>")
        .sees("Tersimpan")
        .keys("n<Tab>JOKO SETIAWAN<Tab>L<Tab>23-08-1995<C-s>")
        .sees("Mungkin sudah terdaftar")
        .keys("<Enter>cs")
        .sees("Dijawab dan ditautkan")
        .sees("Kasus terkait Orang yang sama")
}

#[test]
fn a_supervisor_takes_two_cases_apart_with_a_reason_and_the_pair_is_not_asked_about_again() {
    linked()
        .keys(":pisah kasus<Enter>")
        .sees("Ternyata dua orang")
        .sees("JOKO SETIAWAN ≠")
        .keys("<C-s>")
        .sees("Wajib diisi: Alasan")
        .keys("salah<C-s>")
        .sees("Alasan paling sedikit 10 huruf, dua kata.")
        .keys(" orang rupanya<C-s>")
        .sees("Tersimpan: dua orang.")
        .never_sees("Kasus terkait Orang yang sama")
        .sees("Kasus terkait Bukan orang yang sama 26-000001-M")
        .never_sees("Duplikat dari 26-")
        .keys("c")
        .never_sees("BANDING")
        .keys("<Esc>")
        .keys("u<Enter>")
        .sees("Dibatalkan")
        .keys("/26-000002<Enter><Enter>")
        .sees("Kasus terkait Orang yang sama");
}

#[test]
fn a_case_that_is_linked_to_none_says_so() {
    story(80, 24)
        .keys("n<Tab>SARI REKAAN<C-s>-<C-s><Enter>:pisah kasus<Enter>")
        .sees("tidak dikaitkan dengan kasus lain sebagai orang yang sama");
}

#[test]
fn a_case_closed_as_a_duplicate_and_taken_apart_is_nobodys_duplicate_any_more() {
    practice(80, 24, 0)
        .keys("n<Tab>DJOKO REKAAN<Tab>L<Tab>23-08-1995<C-s>-<C-s>")
        .sees("Tersimpan")
        .keys("n<Tab>JOKO REKAAN<Tab>L<Tab>23-08-1995<C-s>")
        .sees("Mungkin sudah terdaftar")
        .keys("<Enter>cs")
        .sees("Dijawab dan ditautkan")
        .in_role("PKS")
        .keys("/26-000002<Enter>tu<F4>")
        .sees("Lengkapi → TUTUP")
        .keys("DUP<Tab><Tab>orang yang sama dicatat dua kali<C-s><Enter>")
        .sees("Tutup diminta: 1 orang")
        .sits_first()
        .keys("/26-000002<Enter>tu<Enter>")
        .sees("1 orang pindah ke TUTUP.")
        .keys("<Enter>")
        .sees("Duplikat dari 26-000001-M")
        .keys(":pisah kasus<Enter>")
        .sees("26-000002-P ditutup sebagai duplikat: buka kembali dulu")
        .keys("tl<Enter>bukan orang yang sama<Enter><Enter>")
        .sees("1 orang pindah ke LAPOR.")
        .keys(":pisah kasus<Enter>")
        .sees("Ternyata dua orang")
        .keys("orang lain dengan nama mirip<C-s>")
        .sees("Tersimpan: dua orang.")
        .sees("Kasus terkait Bukan orang yang sama 26-000001-M")
        .never_sees("Duplikat dari 26-");
}
