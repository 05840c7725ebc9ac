//! Looks that need a reason: the compartment of the law on a real desk, sealed cases, another office's case.

use crate::harness::{Story, landed, practice};

const WHY: &str = "persiapan berkas penyidik";

/// A case of a new desk, whose first supervisor is named in it.
fn named() -> Story {
    landed(80, 24).keys("j<Enter>:sebut<Enter><Tab>satu petugas di pos ini<C-s>").sees("siapa yang disebut")
}

#[test]
fn the_first_supervisor_of_a_post_of_one_names_himself_and_fills_in_screening_and_law_track() {
    landed(80, 24)
        .keys("j<Enter>")
        .sees("Bagian tertutup: hukum. o membuka dengan alasan")
        .keys("e")
        .sees("Halaman hukum hanya bagi yang disebut: :sebut")
        .keys("<Esc>:sebut<Enter>")
        .sees("Disebut dalam kasus")
        .keys("<Tab>satu-satunya petugas di pos ini<C-s>")
        .sees("Tersimpan: siapa yang disebut dalam kasus ini.")
        .never_sees("Bagian tertutup")
        .sees("diubah  Petugas bernama")
        .keys(&format!("l5{}<C-s>", "y".repeat(34)))
        .sees("Skrining tersimpan")
        .keys(":jalur<Enter>11<C-s>")
        .sees("Jalur tersimpan.")
        .sees("Belum ada proses hukum")
        .keys("<PgDn>")
        .sees("terindikasi menurut jawaban");
}

#[test]
fn a_closed_section_opens_with_a_reason_for_this_screen_and_a_while() {
    named()
        .keys(":jalur<Enter>11<C-s>:sebut<Enter><BS><Tab><Tab>tugas selesai<C-s>")
        .sees("Bagian tertutup: hukum")
        .never_sees("HKM1")
        .never_sees("proses hukum")
        .keys("o")
        .sees("Alasan diperlukan 26-000009-J")
        .sees("Kualifikasi, skrining dan jalur hukum tertutup")
        .keys("x<Enter>")
        .sees("Alasan paling sedikit 10 huruf, dua kata.")
        .keys("<BS>")
        .types(WHY)
        .keys("<Enter>")
        .sees("Ini akan ditulis. Enter sekali lagi membuka")
        .keys("<Enter>")
        .sees("Alasan tertulis di jejak.")
        .never_sees("Bagian tertutup")
        .later("29m")
        .keys("<Esc><Enter>")
        .never_sees("Bagian tertutup")
        .later("2m")
        .keys("<Esc><Enter>")
        .sees("Bagian tertutup")
        .another_screen()
        .keys("j<Enter>")
        .sees("Bagian tertutup");
}

#[test]
fn what_is_typed_ahead_becomes_neither_a_command_nor_a_reason() {
    sealed()
        .keys("<Enter>mSUDAH DIBERI SELIMUT<C-s>")
        .sees("Alasan: mSUDAH DIBERI SELIMUT")
        .keys("q<Enter>q:t<F9><Enter>")
        .sees("Ini akan ditulis.")
        .keys("<Esc><Esc>")
        .sees("DAFTAR")
        .check(|story| assert!(!story.app().has_ended()));
}

/// A practice desk of one walk-in whose case its supervisor has just sealed.
fn sealed() -> Story {
    practice(80, 24, 0)
        .keys("n3203216603959077<Enter>SITI REKAAN<C-s>-<C-s>")
        .keys(":segel<Enter>saksi dalam perkara besar<C-s>")
        .sees("Disegel: hanya Anda dan yang disebut menemukannya.")
}

#[test]
fn a_sealed_case_is_found_by_whoever_sealed_it_and_opens_with_a_reason() {
    sealed()
        .sees("SITI REKAAN")
        .keys("<Enter>")
        .sees("Kasus ini disegel; Anda disebut di dalamnya.")
        .types(WHY)
        .keys("<Enter><Enter>")
        .sees("NIK")
        .sees("3203216603959077")
        .sees("PERHATIAN KASUS BERSEGEL: hanya dengan yang disebut di dalamnya")
        .keys(":segel<Enter>perkara selesai disidang<C-s>")
        .sees("Segel dibuka.")
        .never_sees("BERSEGEL")
        .keys("<Esc>")
        .in_role("PSI")
        .sees("SITI REKAAN");
}

#[test]
fn a_case_that_is_sealed_elsewhere_falls_shut_on_every_other_screen_and_keeps_what_was_half_typed() {
    let supervisor = practice(80, 24, 0).keys("n<Tab>SITI REKAAN<C-s>-<C-s>");
    let helper = supervisor.another_screen().in_role("HLP").keys("<Enter>e<Tab><Tab>Sirih").sees("SITI REKAAN");
    let supervisor = supervisor.keys(":segel<Enter>saksi dalam perkara besar<C-s>").sees("Disegel");
    helper
        .quiet()
        .never_sees("REKAAN")
        .sees("Kasus ini tidak terbuka lagi bagi Anda: hubungi penyelia jaga.")
        .keys("hapus<Esc>")
        .never_sees("REKAAN")
        .check(|story| assert_eq!(story.drafts(), 1, "what was half typed is kept"));
    supervisor.keys("<Esc>").sees("SITI REKAAN");
}

#[test]
fn a_command_about_a_sealed_case_goes_on_after_the_reason() {
    sealed()
        .keys("m")
        .sees("Alasan diperlukan")
        .types(WHY)
        .keys("<Enter><Enter>ditemani adiknya<C-s>")
        .sees("Catatan tersimpan.")
        .keys("b")
        .never_sees("Alasan diperlukan");
}

#[test]
fn whoever_is_not_named_finds_nothing_and_an_exact_number_tells_the_sealer() {
    sealed()
        .in_role("PKS")
        .sees("semua kasus: 0 + 1 khusus")
        .keys("/siti<Enter>")
        .never_sees("+ 1 khusus")
        .keys("/3203216603959077<Enter>")
        .sees("SAMA PASTI: hubungi penyelia jaga")
        .never_sees("SITI")
        .keys("\\\\")
        .never_sees("SITI")
        .keys("n3203216603959077")
        .sees("hubungi penyelia jaga")
        .never_sees("SITI")
        .keys("<C-s>-<C-s>")
        .sees("Tersimpan: kasus 26-000002")
        .sits_first()
        .keys("h")
        .sees("nomor dicari: Wening");
}

#[test]
fn a_seal_is_undone_by_one_key_and_needs_a_reason() {
    practice(80, 24, 0)
        .keys("n<Tab>SITI REKAAN<C-s>-<C-s>:segel<Enter><C-s>")
        .sees("!!")
        .keys("ancaman dari perekrut<C-s>")
        .sees("Disegel")
        .keys("u<Enter>")
        .sees("Dibatalkan: 1 orang.")
        .keys("<Enter>")
        .never_sees("Alasan diperlukan");
}

#[test]
fn sealing_and_naming_are_a_supervisors() {
    practice(80, 24, 0)
        .keys("n<Tab>SITI REKAAN<C-s>-<C-s>")
        .in_role("PSI")
        .keys(":segel<Enter>")
        .sees("Hanya penyelia kantor pemilik")
        .keys("<Esc><Enter>")
        .sees("Bagian tertutup bagi peran Anda: hukum")
        .keys("o")
        .sees("Tidak ada bagian yang terbuka dengan alasan.");
}

#[test]
fn a_supervisor_of_another_office_opens_a_case_by_its_nik_and_the_owner_is_told() {
    practice(80, 24, 0)
        .keys("n3203216603959077<Enter>SITI REKAAN<C-s>-<C-s>")
        .elsewhere("PNY")
        .sees("semua kasus: 0")
        .keys(":kantor lain<Enter>26-000009<Enter>")
        .sees("Nomor kasus tidak membuka kasus di luar daftar Anda")
        .keys("<Esc>:kantor lain<Enter>3203216603959078<Enter>")
        .sees("Tidak dapat dipastikan.")
        .keys("<Esc>:kantor lain<Enter>3203216603959077<Enter>")
        .sees("Kasus ini milik kantor lain.")
        .types("keluarga datang ke kantor kami")
        .keys("<Enter><Enter>")
        .sees("SITI REKAAN")
        .sees("Bagian tertutup bagi peran Anda: hukum")
        .keys("e")
        .sees("Tidak ada bagian kasus ini yang boleh Anda ubah.")
        .keys("<Esc><Esc>")
        .sits_first()
        .keys("h")
        .sees("dibuka luar: Tirta")
        .keys("<Enter>")
        .sees("\"keluarga datang ke kantor kami\"");
}

#[test]
fn the_question_stands_whole_at_eighty_and_at_sixty_columns_in_both_languages() {
    for (cols, rows) in [(80, 24), (60, 16), (48, 12)] {
        landed(cols, rows)
            .keys("j<Enter>o")
            .sees("sebelum apa pun ditampilkan")
            .sees("Alasan:")
            .in_english()
            .keys("j<Enter>o")
            .sees("before anything is shown")
            .sees("Reason:");
    }
}
