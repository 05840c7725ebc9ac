//! People and offices administered at the screen.

use crate::harness::{practice, story};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKVv8KpVEWDIEMIjzI9ogw6574agfJQSi7cCUHtIIHC/ made@laptop";

#[test]
fn a_supervisor_adds_somebody_with_a_key_and_suspends_and_reinstates_them() {
    story(80, 24)
        .keys(":kelola orang<Enter>")
        .sees_all(&["Orang dan kantor", "+ petugas baru", "+ kantor baru", "rina", "kantor, 1 petugas"])
        .keys("<Enter>Made Contoh<Tab>HLP,MED<Tab><Tab><Tab>made<Tab><Tab>")
        .paste(KEY)
        .keys("<C-s>")
        .sees("Data petugas tersimpan")
        .keys(":kelola orang<Enter>made<Enter>")
        .sees_all(&["Petugas ini", "Made Contoh", "HLP+MED", "Nama petugas, Peran, Kantor"])
        .keys("2")
        .sees("Tangguhkan akses  Made Contoh")
        .keys("<C-s>")
        .sees("Alasan penangguhan")
        .keys("cuti panjang<C-s>")
        .sees("sesi yang sedang berjalan berakhir")
        .keys(":kelola orang<Enter>made<Enter>")
        .sees("ditangguhkan: cuti panjang")
        .keys("2<Enter>")
        .sees("Akses dipulihkan")
        .keys(":kelola orang<Enter>made<Enter>")
        .sees("tangguhkan akses")
        .keys("1")
        .sees("Kunci SSH ssh-ed25519");
}

#[test]
fn nobody_takes_their_own_access_and_a_bad_key_says_what_it_is() {
    story(80, 24)
        .keys(":kelola orang<Enter>rina<Enter>2aku sendiri<C-s>")
        .sees("diputuskan orang lain")
        .keys("<Esc>:kelola orang<Enter>rina<Enter>1<Tab><Tab><Tab><Tab><Tab><Tab>")
        .paste("-----BEGIN OPENSSH PRIVATE KEY-----")
        .keys("<C-s>")
        .sees("Itu kunci rahasia");
}

#[test]
fn an_office_is_added_below_another() {
    story(80, 24)
        .keys(":kelola orang<Enter><Down><Enter>Pos Natuna<Tab>WIB<Tab><Tab><Tab>NTN<Tab>KAB<Tab>Meja<Tab>5<C-s>")
        .sees("Data kantor tersimpan")
        .keys(":kelola orang<Enter>natuna")
        .sees("Pos Natuna")
        .keys("<Enter>")
        .sees_all(&["Kantor  Pos Natuna", "Kantor induk Meja pertama", "Kunci layar (menit) 5"]);
}

#[test]
fn an_officer_manages_nobody_and_a_supervisor_only_the_own_office() {
    practice(80, 24, 0).in_role("KON").keys(":kelola orang<Enter>").sees("Hanya penyelia dan administrator");
    practice(80, 24, 0)
        .keys(":kelola orang<Enter>")
        .sees("Bimo Satriagung")
        .never_sees("Ayunda")
        .never_sees("+ kantor baru");
    practice(160, 48, 0).keys(":petugas<Enter>Teja Prakarsawan<Enter>").keys(":kelola orang<Enter>").sees_all(&[
        "Bimo Satriagung",
        "Ayunda Lintang",
        "+ kantor baru",
    ]);
}
