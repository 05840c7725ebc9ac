//! One case, open: facts, why, what is missing, what happened; the small forms that belong to it.

use crate::harness::{landed, practice};

#[test]
fn enter_opens_a_case_with_its_facts_why_it_is_urgent_what_is_missing_and_what_happened() {
    landed(80, 24)
        .keys("/mega harahap<Enter><Enter>")
        .sees("MEGA HARAHAP P 19-10-2006 Kam (19) 26-000001-M")
        .sees("Alasan hamil (dari manifes, belum diperiksa)")
        .sees_all(&["1206055910069010", "Paspor Z4714800", "+6284667426314", "Kabupaten Karo, Sumatera Utara"])
        .sees("Ke VERIF kurang: sumber identitas")
        .sees("sumber identitas")
        .sees("Riwayat")
        .sees_row("21-02 03:00 rina dibuat");
}

#[test]
fn a_red_case_says_why_it_is_red() {
    landed(80, 24).keys("j<Enter>").sees("Grace Puspita").sees("Alasan").sees("rumah sakit (dari manifes");
}

#[test]
fn brackets_turn_to_the_next_and_the_previous_case() {
    landed(80, 24)
        .keys("<Enter>]")
        .sees("Grace Puspita")
        .keys("[")
        .sees("SITI SRI LUBIS")
        .keys("[")
        .sees("Tidak ada kasus lagi di arah ini.")
        .keys("]<Esc>")
        .sees_row("> 9 1! Grace Puspita");
}

#[test]
fn a_note_is_kept_with_who_wrote_it() {
    landed(80, 24)
        .later("5m")
        .keys("<Enter>mdiberi selimut dan teh<C-s>")
        .sees("Catatan tersimpan.")
        .sees("diberi selimut dan teh")
        .sees_row("21-02 03:05 rina dicatat");
}

#[test]
fn a_flag_holds_somebody_and_the_row_shows_a_neutral_letter() {
    landed(80, 24)
        .keys("<End><Enter>f1<Tab>surat polisi<C-s>")
        .sees("Tanda tersimpan.")
        .sees("tertahan: hubungi penyelia")
        .keys("<Esc>")
        .sees("T")
        .never_sees("polisi")
        .never_sees("hukum");
}

#[test]
fn a_tier_is_raised_with_a_reason() {
    landed(80, 24)
        .keys("/mega harahap<Enter>+1<Tab>pucat dan lemas<C-s>")
        .sees_row("> 1 1! MEGA HARAHAP")
        .never_sees("pucat")
        .keys("<Enter>")
        .sees("dinaikkan petugas ke merah")
        .sees("\"pucat dan lemas\"");
}

#[test]
fn emergency_referral_is_one_key_and_changes_the_position_at_once() {
    landed(80, 24)
        .keys("gRS Rekaan<Tab><Tab>B 9001 ZZ<Tab>perawat<Tab>IGD<C-s>")
        .sees("Rujukan darurat tercatat; posisi: rumah sakit.")
        .sees_row("> 5 1! SITI SRI LUBIS")
        .keys("<Enter>")
        .sees("Rumah sakit")
        .sees("dirujuk darurat");
}

#[test]
fn a_baby_is_a_case_of_its_own_linked_to_its_mother() {
    landed(80, 24)
        .keys("/mega harahap<Enter>:bayi<Enter>")
        .sees("Bayi lahir dari MEGA HARAHAP")
        .keys("BAYI MEGA<Tab>P<Tab>21-02-2026<C-s>")
        .sees("Tersimpan: kasus 26-000111")
        .keys("\\")
        .sees("semua kasus: 111")
        .keys("/bayi mega<Enter>")
        .sees_row("> 1! BAYI MEGA P 0a LAPOR");
}

#[test]
fn handing_over_to_the_police_is_a_movement_of_a_person_too() {
    landed(80, 24)
        .keys("<End>:aparat<Enter>")
        .keys("Ipda Rekaan<Tab>99001<Tab>Polres Rekaan<Tab>belum<Tab>Polres Rekaan<C-s>")
        .sees("Serah terima ke aparat tercatat.")
        .keys("u")
        .sees("hanya koreksi dengan alasan");
}

#[test]
fn a_small_form_without_its_fact_is_refused_and_stays() {
    landed(80, 24).keys("g<C-s>").sees("Rujukan darurat").sees("!!").keys("RS Rekaan<C-s>").sees("tercatat");
}

#[test]
fn a_hold_without_an_end_is_reviewed_and_its_clock_starts_anew() {
    landed(80, 24)
        .keys("jfHKM<Tab>surat penyidik<C-s>")
        .sees("Tanda tersimpan")
        .later("23h")
        .keys("f<Tab><Tab><Tab><Tab>")
        .sees_row("> Tanda ditinjau")
        .keys("21-02-2026 19:00<C-s>")
        .sees("Tanda tersimpan")
        .keys("<Enter>")
        .sees_row("21-02 19:00 (dicatat 22-02 02:00) rina ditandai");
}

#[test]
fn a_death_recorded_by_mistake_is_taken_back_by_a_supervisor_with_a_reason() {
    landed(80, 24)
        .keys("jl221-02-2026 01:00<Tab>RS Rekaan<Tab>sakit<Tab>WJR<C-s>")
        .sees("Kematian tercatat")
        .later("2h")
        .keys("l2")
        .sees("Cabut catatan meninggal")
        .keys("<C-s>")
        .sees("!!")
        .keys("salah orang, yang hidup masih di aula<C-s>")
        .sees("Catatan meninggal dicabut")
        .keys("<Enter>")
        .never_sees("Meninggal pada")
        .keys("t")
        .never_sees("Jenazah");
}

#[test]
fn whoever_is_back_with_the_family_has_closing_before_them_and_no_way_back_first() {
    let story = practice(160, 48, 200).keys("/status:reint<Enter><Enter>").sees_row("TUTUP");
    let screen = story.screen();
    let row = |status: &str| screen.lines().position(|line| line.contains(&format!("Ke {status}")));
    assert!(row("TUTUP").is_some() && row("REHAB").is_none_or(|back| row("TUTUP") < Some(back)), "{screen}");
}
