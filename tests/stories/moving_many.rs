//! Many people in one move: facts for those who lack them, nobody taken back unasked, the cursor in the table.

use crate::harness::{Story, landed};

/// The flight, with SITI in VERIF and her identity known from her identity card.
fn one_is_verified() -> Story {
    landed(80, 24).keys("tv<F4>KTP<C-s><Enter>").sees("1 orang pindah ke VERIF.")
}

#[test]
fn what_is_filled_in_for_many_overwrites_nobodys_own() {
    one_is_verified()
        .keys("u<Enter>")
        .sees("Dibatalkan")
        .keys(&format!("e{}KTP<C-s>", "<Tab>".repeat(20)))
        .sees("Tersimpan")
        .keys("*tv")
        .sees("1 bisa pindah, 109 belum bisa.")
        .keys("<F4>PGK<C-s>")
        .sees("110 bisa pindah, 0 belum bisa.")
        .sees("pindah; Sumber identitas: PGK")
        .keys("<Down><Down><Down><Down>")
        .sees("26-000005-A SITI SRI LUBIS")
        .never_sees("Sumber identitas: PGK")
        .keys("<Enter>")
        .sees("110 orang pindah ke VERIF.")
        .keys(&format!("/siti sri lubis<Enter>e{}", "<Tab>".repeat(21)))
        .sees("Sumber identitas KTP")
        .keys(&format!("<Esc>\\/mega harahap<Enter>e{}", "<Tab>".repeat(21)))
        .sees("Sumber identitas PGK");
}

#[test]
fn nobody_goes_back_unless_chosen_and_then_with_a_reason_of_their_own() {
    one_is_verified()
        .keys("*tl")
        .sees("0 bisa pindah, 109 belum bisa, 1 tidak diikutkan.")
        .keys("<End>")
        .sees_row(">- 5 SITI SRI LUBIS 17a VERIF mundur: koreksi")
        .sees("mundur: koreksi dari VERIF ke LAPOR, tidak diikutkan.")
        .keys("<Enter>")
        .sees("Belum ada yang bisa pindah")
        .keys("<Space>")
        .sees_row(">! 5 SITI SRI LUBIS 17a VERIF mundur: koreksi; perlu")
        .keys("<Enter>")
        .sees("mundur: koreksi ke LAPOR untuk SITI SRI LUBIS (VERIF). Alasan")
        .keys("salah ketik<Enter><End>")
        .sees_row(">+ 5 SITI SRI LUBIS 17a VERIF mundur: koreksi")
        .keys("<Enter>")
        .sees("1 orang pindah ke LAPOR.");
}

#[test]
fn a_reason_for_going_back_is_not_the_reason_of_those_who_go_on() {
    landed(80, 24)
        .keys("tt<F6>ramai<Enter><Enter>")
        .sees("pindah ke TIBA")
        .keys("*tv<F4>PGK<C-s>")
        .sees("109 bisa pindah, 0 belum bisa, 1 tidak diikutkan.")
        .sees_row(">- 5 SITI SRI LUBIS 17a TIBA mundur: koreksi")
        .keys("<Space><Enter>salah orang<Enter>")
        .sees("110 bisa pindah, 0 belum bisa.")
        .keys("<Enter>")
        .sees("110 orang pindah ke VERIF.")
        .keys("/siti sri lubis<Enter><Enter>")
        .sees_all(&["TIBA > VERIF", "salah orang"])
        .keys("<Esc>\\/mega harahap<Enter><Enter>")
        .sees("LAPOR > VERIF")
        .never_sees("salah orang");
}

#[test]
fn anybody_is_left_out_by_hand_and_the_cursor_is_a_cursor() {
    landed(80, 24)
        .keys("<Space><Space><Space>tv<F4>PGK<C-s>")
        .sees("3 bisa pindah, 0 belum bisa.")
        .keys("<Down>")
        .sees_row(">+ 9 Grace Puspita")
        .sees("26-000009-J Grace Puspita P")
        .keys("<Space>")
        .sees_row(">- 9 Grace Puspita 29 LAPOR tidak diikutkan")
        .sees("2 bisa pindah, 0 belum bisa, 1 tidak diikutkan.")
        .keys("<Enter>")
        .sees("2 orang pindah ke VERIF.")
        .keys("/grace<Enter>")
        .sees_row("> 9 1! Grace Puspita P 29 LAPOR");
}

#[test]
fn the_row_under_the_cursor_says_all_of_it_and_the_last_page_is_full() {
    landed(80, 24)
        .keys("*tt")
        .sees_row(">! 1 MEGA HARAHAP 19 LAPOR kurang: waktu mendarat, tempat")
        .sees("kurang: waktu mendarat, tempat mendarat, petugas yang melihat")
        .keys("<PgDn>")
        .sees_row(">! 13 GILANG SANTOSO")
        .never_sees("MEGA HARAHAP")
        .keys("<End>")
        .sees_row(">! 110 FERDI SITORUS")
        .sees_row("! 109 LUKMAN SAMUEL")
        .sees_row("! 100 LUKMAN PRATAMA")
        .keys("<Home>")
        .sees_row(">! 1 MEGA HARAHAP");
}

#[test]
fn those_who_cannot_go_stand_first() {
    landed(80, 24)
        .keys("/ferdi sitorus<Enter>tv<F4>KTP<C-s><Enter>")
        .sees("1 orang pindah ke VERIF.")
        .keys("\\*tv<F4>PGK<C-s>")
        .sees("109 bisa pindah, 1 belum bisa.")
        .sees_row(">! 110 FERDI SITORUS 20 VERIF Sudah di VERIF")
        .sees_row("+ 1 MEGA HARAHAP 19 LAPOR pindah");
}

#[test]
fn whoever_goes_as_an_emergency_is_told_apart_from_whoever_goes() {
    landed(80, 24)
        .keys("<Space><Space>tv<F6>ramai, bus menunggu<Enter>")
        .sees_row("SITI SRI LUBIS 17a LAPOR pindah, darurat")
        .sees("pindah, darurat; Darurat: ramai, bus menunggu");
}
