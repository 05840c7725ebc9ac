//! Handing a person over, and what only somebody else can say: receivers by name, readiness judged by a colleague.

use crate::harness::{Story, landed, practice};

/// A child in PULDA whose father is written down; `verified` are the keys from *wali sah* on.
fn child_with_father(verified: &str) -> Story {
    let father = "e<PgDn><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>HASAN REKAAN<Tab>AYH<Tab><Tab><Tab>";
    landed(80, 24)
        .keys(&format!("{father}{verified}<C-s>"))
        .sees("Tersimpan")
        .keys("tt<F6>malam<Enter><Enter>ta<F6>malam<Enter><Enter>")
        .sees("pindah ke ASESM")
}

#[test]
fn a_child_is_handed_to_the_verified_guardian_who_is_chosen_by_name() {
    child_with_father("y<Tab>rina<Tab>KK")
        .keys("tp<F6>malam<Enter><Enter>")
        .sees("pindah ke PULDA")
        .keys("ti<F4>")
        .sees("1 HASAN REKAAN, Ayah, wali; diverifikasi rina")
        .check(|story| assert_eq!(story.screen().matches("Hubungan penerima").count(), 1))
        .keys("1<Tab>")
        .sees_all(&["Diserahkan kepada* HASAN REKAAN", "Hubungan penerima* AYH Ayah"])
        .keys("<Tab><Tab>21-02-2026 02:50<C-s>")
        .sees("Lengkap. Enter memindahkan.")
        .keys("<Enter>")
        .sees("1 orang pindah ke REINT.")
        .keys("<Enter>")
        .sees_all(&["REINT Reintegrasi dan pemberdayaan 21-02 02:50", "HASAN REKAAN"])
        .keys("<Esc>e<PgDn><PgDn><PgDn><PgDn>")
        .sees("HASAN REKAAN, Ayah, wali");
}

#[test]
fn a_father_whom_nobody_has_verified_is_shown_as_such_and_gets_no_child() {
    child_with_father("")
        .keys("ti<F4><Tab><Tab><Tab>")
        .sees("1 HASAN REKAAN, Ayah; belum diverifikasi")
        .keys("1<Tab><Tab><Tab>21-02-2026 02:50<C-s>")
        .sees("penerima adalah wali terverifikasi");
}

#[test]
fn readiness_names_the_colleague_who_judged_and_says_whom_to_ask() {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>")
        .sees("Tersimpan")
        .keys("tt<F6>malam<Enter><Enter>ta<F6>malam<Enter><Enter>tr<F6>malam<Enter><Enter>")
        .sees("pindah ke REHAB")
        .keys("tp")
        .sees("Wajib: kesiapan, dinilai orang lain")
        .sees("Minta:")
        .sees("Asih Purnamawarti")
        .keys("<F4>")
        .sees_all(&["Kesiapan pulang*", "Dinilai oleh*", "Tanggal penilaian*"])
        .keys("SIA<Tab>asih<Tab>20-02-2026<Tab>19-02-2026<C-s>")
        .sees("Dinilai oleh: Asih Purnamawarti")
        .never_sees("operator:")
        .never_sees("kesiapan, dinilai orang lain")
        .keys("<F6>malam<Enter><Enter>")
        .sees("1 orang pindah ke PULDA.");
}
