//! Moving people on: letters, the table of who cannot and why, darurat and its debts, one undo.

use crate::harness::landed;

#[test]
fn a_status_is_chosen_by_its_letter_and_all_twelve_stand_there() {
    landed(80, 24)
        .keys("t")
        .sees_all(&["l LAPOR", "v VERIF", "g LINDUNG", "d DOKUM", "s SIAP", "j JALAN"])
        .sees_all(&["t TIBA", "a ASESM", "r REHAB", "p PULDA", "i REINT", "u TUTUP"])
        .sees("26-000005-A SITI SRI LUBIS P 24-10-2008 Jum (17a)")
        .keys("v")
        .sees("Belum bisa. Yang kurang:")
        .sees("! Wajib: sumber identitas");
}

#[test]
fn a_letter_that_is_no_status_says_so_and_a_capital_means_the_small_one() {
    landed(80, 24).keys("tz").sees("Huruf ini bukan status.").keys("V").sees("→ VERIF");
}

#[test]
fn the_table_says_person_by_person_why_not_and_the_others_go() {
    landed(80, 24)
        .keys("<Space><Space>tv")
        .sees("0 bisa pindah, 2 belum bisa")
        .keys("<F4>PSP<C-s>")
        .sees("2 bisa pindah, 0 belum bisa")
        .keys("<Enter>")
        .sees("2 orang pindah ke VERIF. u membatalkan.")
        .keys("*tv")
        .sees("0 bisa pindah, 110 belum bisa")
        .sees_row(">! 1 MEGA HARAHAP 19 LAPOR")
        .sees_row("! 2 ARIF IQBAL NUGROHO 29 LAPOR")
        .sees_row("! 5 SITI SRI LUBIS 17a VERIF Sudah di VERIF")
        .keys("<F4>KTP<C-s>")
        .sees("108 bisa pindah, 2 belum bisa")
        .sees_row("+ 2 ARIF IQBAL NUGROHO 29 LAPOR pindah")
        .keys("<Enter>")
        .sees("108 orang pindah ke VERIF.")
        .keys("/status:verif<Enter>")
        .sees("110 dari 110 kasus");
}

#[test]
fn many_people_moved_are_one_change_and_one_undo() {
    landed(80, 24)
        .keys("*tv<F4>PSP<C-s><Enter>")
        .sees("110 orang pindah ke VERIF.")
        .keys("u")
        .sees("110 orang")
        .keys("<Enter>")
        .sees("Dibatalkan: 110 orang.")
        .keys("/status:lapor<Enter>")
        .sees("110 dari 110 kasus");
}

#[test]
fn darurat_with_a_reason_becomes_a_debt_that_stands_on_the_list_of_the_day() {
    landed(80, 24)
        .keys("tv<F6>")
        .sees("Alasan darurat.")
        .keys("<Enter>")
        .sees("Alasan harus diisi.")
        .keys("antrean panjang<Enter>")
        .sees("Menjadi susulan: ")
        .sees("sumber identitas")
        .keys("<Enter>")
        .sees("1 orang pindah ke VERIF.")
        .sees_row("5 1! SITI SRI LUBIS P 17a VERIF Batu Bara 24j WU")
        .keys("h")
        .sees_row("> 24j 26-000005-A SITI SRI LUBIS VERIF utang darurat:")
        .keys("<Enter>")
        .sees("SUSULAN")
        .sees("sumber identitas (darurat: antrean panjang)")
        .later("25h")
        .keys("<Esc>r")
        .sees("-1j 26-000005-A SITI SRI LUBIS VERIF utang darurat");
}

#[test]
fn what_was_owed_is_settled_by_writing_it_down() {
    landed(80, 24)
        .keys("tv<F6>antrean<Enter><Enter>")
        .keys("<Enter>")
        .sees("SUSULAN")
        .keys("<Esc>tt<F4>")
        .sees("Waktu mendarat")
        .sees("Tempat debarkasi");
}

#[test]
fn whoever_fills_in_what_is_missing_moves_in_the_same_commit() {
    landed(80, 24)
        .keys("tt")
        .sees_all(&["Wajib: waktu mendarat", "Wajib: tempat mendarat", "Wajib: petugas yang melihat"])
        .keys("<F4>")
        .sees("Lengkapi → TIBA")
        .keys("21-02-2026 02:10<Tab>Bandara Rekaan<Tab>rina<C-s>")
        .sees("Lengkap. Enter memindahkan.")
        .keys("<Enter>")
        .sees("1 orang pindah ke TIBA.")
        .keys("<Enter>")
        .sees("TIBA Tiba di debarkasi")
        .sees("LAPOR > TIBA")
        .keys("u<Enter>")
        .sees("LAPOR Laporan diterima");
}

#[test]
fn esc_goes_back_step_by_step_and_changes_nothing() {
    landed(80, 24)
        .keys("tv<F6>alasan<Esc>")
        .sees("Belum bisa. Yang kurang:")
        .keys("<Esc>")
        .sees("Huruf memilih status tujuan.")
        .keys("<Esc>")
        .sees_row("> 5 1! SITI SRI LUBIS P 17a LAPOR");
}

#[test]
fn the_reason_of_an_emergency_is_given_for_one_status_and_no_other() {
    landed(80, 24)
        .keys("tv<F6>ramai<Enter>")
        .sees_all(&["Lengkap. Enter memindahkan.", "Darurat: ramai"])
        .keys("t")
        .sees("Wajib: waktu mendarat")
        .never_sees("ramai")
        .keys("v")
        .sees("Wajib: sumber identitas")
        .never_sees("ramai")
        .keys("<F6>ramai<Enter>")
        .sees("Lengkap.")
        .keys("<Esc>v")
        .sees("Wajib: sumber identitas");
}

#[test]
fn facts_typed_for_one_status_are_not_written_on_the_way_to_another() {
    landed(80, 24)
        .keys("tu<F4>SLH<Tab><Tab>dicatat dua kali<C-s>")
        .sees("Alasan penutupan: SLH")
        .keys("v<F4>KTP<C-s>")
        .sees("Sumber identitas: KTP")
        .never_sees("Alasan penutupan")
        .keys("u")
        .sees("Alasan penutupan: SLH")
        .never_sees("Sumber identitas")
        .keys("v<Enter>")
        .sees("1 orang pindah ke VERIF.")
        .keys("e<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>")
        .sees("Alasan penutupan")
        .never_sees("SLH Salah input")
        .never_sees("dicatat dua kali");
}

#[test]
fn a_step_back_stands_in_the_list_as_a_correction() {
    landed(80, 24)
        .keys("tv<F4>KTP<C-s><Enter>t")
        .sees("l LAPOR Laporan diterima mundur: koreksi")
        .keys("l")
        .sees("mundur: koreksi ke LAPOR untuk SITI SRI LUBIS (VERIF). Alasan")
        .keys("salah orang? ya<Enter>")
        .sees("Alasan: salah orang? ya")
        .keys("<Enter>")
        .sees("1 orang pindah ke LAPOR.");
}

#[test]
fn a_move_that_cannot_begin_swallows_what_was_typed_ahead() {
    landed(80, 24)
        .keys("/zzzz<Enter>tq")
        .sees("DITOLAK")
        .check(|story| assert!(!story.app().has_ended()))
        .keys("<Esc>q")
        .check(|story| assert!(story.app().has_ended()));
}

#[test]
fn what_is_still_empty_is_said_and_examples_are_no_values() {
    landed(80, 24)
        .keys("tt<F4>21-02-2026 02:10<Tab>")
        .sees("(mis. Soekarno-Hatta T3)")
        .sees("[rina] ?")
        .keys("<C-s>")
        .sees("!! Masih kosong: Tempat debarkasi")
        .keys("<F4>")
        .sees("Waktu mendarat 21-02-2026 02:10")
        .keys("T3<Tab><Tab><C-s>")
        .sees_all(&["Lengkap.", "Ditemui oleh: rina"])
        .never_sees("Masih kosong")
        .keys("<Enter>j")
        .keys("tt<F4>")
        .sees("[T3] ?");
}

#[test]
fn the_hour_of_landing_is_when_it_happened_and_stands_in_the_case() {
    landed(80, 24)
        .keys("tt<F4>20-02-2026 03:10<Tab>Terminal Rekaan<Tab>rina<C-s><Enter><Enter>")
        .sees("TIBA Tiba di debarkasi 20-02 03:10")
        .sees("Waktu mendarat 20-02-2026 03:10")
        .sees("Terminal Rekaan")
        .sees("20-02 03:10 (dicatat 21-02 03:00) rina dipindahkan LAPOR > TIBA")
        .keys("<Esc>j")
        .keys("tt<F4>20-12-2025 03:10<Tab>Terminal Rekaan<Tab>rina<C-s><Enter><Enter>")
        .sees("20-12-2025 03:10 (dicatat 21-02 03:00)");
}

#[test]
fn a_child_is_handed_to_no_unverified_adult_not_even_in_an_emergency() {
    landed(80, 24)
        .keys("tt<F6>malam<Enter><Enter>")
        .sees("pindah ke TIBA")
        .keys("ta<F6>malam<Enter><Enter>")
        .sees("pindah ke ASESM")
        .keys("ti")
        .sees("penerima adalah wali terverifikasi")
        .keys("<F6>keluarga menunggu di luar<Enter>")
        .sees("Belum bisa. Yang kurang:")
        .sees("penerima adalah wali terverifikasi")
        .keys("<Enter>")
        .sees("Belum ada yang bisa pindah.")
        .keys("<Esc><Esc><Esc>")
        .sees_row("5 1! SITI SRI LUBIS P 17a ASESM");
}
