//! The program is killed and started again: what was committed is there, what was half typed is offered.

use crate::harness::{landed, practice, story};

#[test]
fn everything_committed_is_there_and_the_form_is_offered_back_with_every_typed_field() {
    landed(80, 24)
        .keys("tv<F6>antrean<Enter><Enter>")
        .keys("n32032166039590<Tab>SITI REKAAN<Tab><Tab>31-02-1995<Tab>084111222333<Tab><Tab>Cian")
        .quiet()
        .restart()
        .sees("Lanjutkan draf?")
        .sees("Terima orang baru: SITI REKAAN")
        .keys("<Enter>")
        .sees_all(&[
            "NIK 32032166039590",
            "Nama lengkap SITI REKAAN",
            "Tanggal lahir 31-02-1995",
            "+6284111222333",
            "Cian",
        ])
        .keys("<Esc>")
        .sees("semua kasus: 110")
        .keys("/status:verif<Enter>")
        .sees("1 dari 110 kasus");
}

#[test]
fn whoever_types_on_without_a_rest_loses_a_second_at_most() {
    story(80, 24)
        .keys("n<Tab>")
        .types_on("SITI REKAAN BINTI CONTOH YANG PANJANG")
        .restart()
        .sees("Lanjutkan draf?")
        .sees("SITI REKAAN BINTI CON")
        .sees("1 isian");
}

#[test]
fn a_draft_is_finished_and_then_gone() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN")
        .quiet()
        .restart()
        .keys("<Enter><C-s>")
        .sees("Tersimpan: kasus 26-000001-M.")
        .keys("d")
        .sees("Tidak ada draf.")
        .restart()
        .never_sees("Lanjutkan draf?")
        .sees("semua kasus: 1");
}

#[test]
fn what_was_chosen_from_a_list_is_still_chosen_in_a_draft() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Tab>P<Tab>01-02-1999<Tab><Tab><Tab>Cianjur<Tab>")
        .sees("P Perempuan")
        .quiet()
        .restart()
        .keys("<Enter>")
        .sees_all(&["P Perempuan", "Kabupaten Cianjur"])
        .keys("<C-s>")
        .sees("Tersimpan: kasus 26-000001-M.");
}

#[test]
fn later_is_an_answer_too() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN")
        .quiet()
        .restart()
        .keys("<Esc>")
        .sees("semua kasus: 0")
        .later("10m")
        .keys("d")
        .sees("Terima orang baru: SITI REKAAN")
        .sees("1 isian");
}

#[test]
fn esc_keeps_the_draft_and_says_so() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<Esc>")
        .sees("Draf disimpan; d membukanya lagi.")
        .keys("d<Enter>")
        .sees("Nama lengkap SITI REKAAN");
}

#[test]
fn an_edit_of_a_case_is_offered_back_as_well() {
    landed(80, 24)
        .keys("e<PgDn><PgDn>Myanmar<Tab>Myawaddy")
        .quiet()
        .restart()
        .sees("Isian lengkap: SITI SRI LUBIS")
        .keys("<Enter>")
        .sees("Myanmar")
        .sees("Myawaddy")
        .keys("<C-s>")
        .sees("Tersimpan.")
        .keys("<Enter>")
        .sees("Myawaddy");
}

/// A form half typed by a social worker, the program gone, and a colleague's edit before the draft is taken up again.
fn drafted_then_edited(colleague: &str) -> crate::harness::Story {
    let here = practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>e<PgDn><PgDn>Kamboja<Tab>Poipet<C-s>")
        .sees("Tersimpan.")
        .keys("e<PgDn><PgDn>Myanmar")
        .quiet()
        .restart();
    let there = here.another_screen().keys(colleague).sees("Tersimpan.");
    drop(there);
    here.in_role("PKS").sees("Isian lengkap: BUDI REKAAN").keys("<Enter>").sees("Myanmar")
}

#[test]
fn what_a_colleague_changed_since_the_draft_is_a_conflict_and_not_overwritten() {
    drafted_then_edited("e<PgDn><PgDn>Laos<C-s>")
        .keys("<C-s>")
        .sees("Orang lain sudah mengubah: Negara bekerja")
        .sees_all(&["tetap isian saya Myanmar", "pakai dari orang lain Laos"])
        .types("isian saya")
        .keys("<Enter>")
        .sees("Diputuskan.")
        .keys("<C-s>")
        .sees("Tersimpan.")
        .keys("<Enter>")
        .sees("Myanmar")
        .never_sees("Laos");
}

#[test]
fn what_a_colleague_changed_elsewhere_since_the_draft_stays() {
    drafted_then_edited("e<PgDn><PgDn><Tab>Myawaddy<C-s>")
        .sees("Myawaddy")
        .keys("<C-s>")
        .sees("Tersimpan.")
        .keys("<Enter>")
        .sees_all(&["Myanmar", "Myawaddy"]);
}

#[test]
fn an_import_is_there_after_a_kill_and_can_still_be_taken_back() {
    landed(80, 24).restart().sees("semua kasus: 110").keys("u<Enter>").sees("Dibatalkan: 110 orang.");
}

#[test]
fn the_same_file_is_known_after_a_restart() {
    landed(80, 24)
        .restart()
        .keys("i")
        .types(&crate::harness::Story::manifest_path())
        .keys("<Enter>")
        .sees("Berkas ini sudah pernah diimpor");
}
