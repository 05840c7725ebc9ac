//! People alike side by side: in the preview of a manifest, at the intake, in a case; decided there, and taken back.

use crate::harness::{Story, landed, practice, story};

fn previewed() -> Story {
    story(80, 24).keys("i").types(&Story::manifest_path()).keys("<Enter><C-s>")
}

/// The flight with the repeated Tumbelaka taken in by hand, his case open: its question is still to be answered.
fn in_doubt() -> Story {
    previewed()
        .keys("<End><Space><C-s>")
        .sees("111 orang diterima")
        .keys("/tumbelaka taufik<Enter>j<Enter>")
        .sees("113 TUMBELAKA TAUFIK")
}

// ---- in the preview

#[test]
fn three_known_people_of_a_flight_are_decided_side_by_side() {
    previewed()
        .keys("<End>c")
        .sees("KUAT: nama dan tanggal lahir sama, telepon sama, urutan kata lain")
        .sees_all(&["Baris 113", "Baris 32"])
        .sees_row("Nama lengkap TUMBELAKA TAUFIK = TAUFIK TUMBELAKA")
        .sees_row("Telepon +6284047725105 = +6284047725105")
        .sees("= sama ~ hampir sama x berlainan")
        .keys("s")
        .sees_row(">= 113 TUMBELAKA TAUFIK orang sama")
        .keys("kc")
        .sees("Baris 29")
        .sees("SAMA PASTI: nomor dokumen sama")
        .keys("l")
        .sees_row("> 112 DJOKO SETIAWAN orang lain")
        .sees("111 masuk, 2 sudah ada")
        .keys("kcs")
        .sees_row(">= 111 Rizki Saputra orang sama")
        .keys("<C-s>")
        .sees("111 orang diterima")
        .keys("/djoko setiawan<Enter>")
        .sees_row("> 29 3 JOKO SETIAWAN")
        .keys("j<Enter>")
        .sees("112 DJOKO SETIAWAN")
        .sees("Kasus terkait Bukan orang yang sama 26-000029-R JOKO SETIAWAN")
        .never_sees("Mirip:")
        .never_sees("pertanyaan ganda dijawab")
        .keys("[")
        .sees("29 JOKO SETIAWAN")
        .never_sees("Mirip:");
}

#[test]
fn decided_rows_ask_for_no_further_look() {
    let undecided = previewed().keys("<End>kkk").keys("n").sees_row(">= 111 Rizki Saputra");
    undecided.keys("cs<Up>n").sees_row(">= 112 DJOKO SETIAWAN");
}

#[test]
fn the_earlier_of_two_rows_shows_the_later_one_and_leaves_that_one_out() {
    previewed()
        .keys("<End><Space>")
        .sees("111 masuk")
        .keys("<Home>")
        .keys(&"j".repeat(31))
        .sees_row("> 32 TAUFIK TUMBELAKA")
        .keys("c")
        .sees("Baris 113")
        .keys("s")
        .sees("110 masuk, 3 sudah ada")
        .sees_row("> 32 TAUFIK TUMBELAKA");
}

#[test]
fn escape_decides_nothing_and_space_takes_a_decision_back() {
    previewed()
        .keys("<End>c<Esc>")
        .sees("110 masuk, 3 sudah ada")
        .never_sees("orang sama")
        .keys("cl")
        .sees("111 masuk")
        .sees("orang lain")
        .keys("<Space>")
        .never_sees("orang lain")
        .sees("110 masuk");
}

#[test]
fn what_was_decided_can_be_read_and_decided_anew() {
    previewed().keys("<End>csc").sees("urutan kata lain - orang sama").keys("l").sees("111 masuk").sees("orang lain");
}

#[test]
fn a_row_like_nobody_says_so() {
    previewed().keys("c").sees("Tidak ada yang mirip di meja ini atau di berkas.").sees("IMPOR");
}

/// The flight again in a file that differs by a word: everybody in it stands on the desk.
fn again() -> Story {
    let text = std::fs::read_to_string(Story::manifest_path()).unwrap();
    landed(80, 24).keys("i").paste(&text.replacen("Luka tangan", "luka di tangan", 1)).keys("<C-s>")
}

#[test]
fn a_row_and_a_person_on_the_desk_are_decided_the_same_way() {
    again()
        .keys("c")
        .sees("SAMA PASTI: NIK sama")
        .sees_all(&["Baris 1", "26-000001-M", "LAPOR Laporan diterima", "Meja pertama"])
        .sees_row("NIK 1206055910069010 = 1206055910069010")
        .keys("s")
        .sees_row(">= 1 MEGA HARAHAP orang sama")
        .sees("0 masuk")
        .keys("jcl")
        .sees_row("> 2 ARIF IQBAL NUGROHO orang lain")
        .sees("1 masuk")
        .keys("<C-s>")
        .sees("1 orang diterima")
        .keys("<Enter>")
        .keys("<Esc>/arif iqbal<Enter>j<Enter>")
        .sees("Bukan orang yang sama 26-000002")
        .never_sees("Mirip:");
}

#[test]
fn several_alike_are_stepped_through_and_each_is_decided() {
    again()
        .keys("<End>c")
        .sees("1 dari 2, KUAT")
        .sees_row("Baris 113 Baris 32")
        .keys("j")
        .sees("2 dari 2, KUAT")
        .sees_row("Baris 113 26-000032-D")
        .keys("j")
        .sees("2 dari 2")
        .keys("<Up>l")
        .sees_row("Baris 113 26-000032-D")
        .never_sees(" dari 2")
        .keys("l")
        .sees_row("> 113 TUMBELAKA TAUFIK orang lain")
        .sees("1 masuk")
        .keys("<C-s>")
        .sees("1 orang diterima")
        .keys("/tumbelaka taufik<Enter><End><Enter>")
        .sees("113 TUMBELAKA TAUFIK")
        .sees("Bukan orang yang sama 26-000032-D")
        .never_sees("Mirip:");
}

#[test]
fn a_narrow_screen_stacks_the_sides_and_scrolls() {
    in_doubt()
        .keys("c")
        .resize(60, 16)
        .sees("26-000111-Y · 26-000032-D")
        .sees("PgDn: 7 lagi")
        .never_sees("Meja pertama")
        .keys("<PgDn><PgDn>")
        .sees("Meja pertama")
        .never_sees("lagi")
        .keys("<PgUp><PgUp>")
        .sees_row("Nama lengkap = TUMBELAKA TAUFIK");
}

#[test]
fn from_the_preview_one_goes_to_the_person_and_comes_back() {
    again().keys("c<Enter>").sees("KASUS").sees("26-000001-M").keys("<Esc>").sees("IMPOR").sees("113 baris");
}

#[test]
fn two_rows_of_a_file_are_no_case_to_go_to() {
    previewed().keys("<End>c<Enter>").sees("Baris berkas belum menjadi kasus.").sees("BANDING");
}

#[test]
fn a_passport_scanned_into_a_comparison_decides_nothing() {
    previewed()
        .keys("<End>c")
        .types("P<IDNREKAAN<<SITI<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nZ123456785IDN9805037F2802210<<<<<<<<<<<<<<08\n")
        .sees("BANDING")
        .keys("<Esc>")
        .never_sees("orang sama")
        .never_sees("orang lain");
}

// ---- at the intake

fn typed() -> Story {
    landed(80, 24).keys("n<Tab>DJOKO SETIAWAN<Tab><Tab>23-08-1995<Tab>").sees("KUAT 26-000029")
}

#[test]
fn a_strong_candidate_at_the_intake_is_another_person() {
    typed()
        .keys("<F3>")
        .sees_all(&["Isian ini", "26-000029-R"])
        .sees_row("Tanggal lahir 23-08-1995 = 23-08-1995")
        .keys("l")
        .sees("Orang lain: dicatat bila disimpan.")
        .never_sees("Mungkin sudah terdaftar")
        .keys("<C-s>")
        .sees("Tersimpan: kasus 26-000111-Y.")
        .keys("<Enter>")
        .sees("Bukan orang yang sama 26-000029-R")
        .never_sees("pertanyaan ganda dijawab");
}

#[test]
fn a_strong_candidate_at_the_intake_is_gone_to_and_the_draft_is_kept() {
    typed().keys("<F3>s").sees("KASUS").sees("26-000029-R").keys("<Esc>d").sees("Terima orang baru: DJOKO SETIAWAN");
}

#[test]
fn what_was_said_at_the_intake_stays_in_the_draft() {
    typed()
        .keys("<F3>l")
        .restart()
        .sees("Terima orang baru: DJOKO SETIAWAN")
        .keys("<Enter>")
        .sees("DJOKO SETIAWAN")
        .never_sees("Mungkin sudah terdaftar")
        .keys("<F3>")
        .sees("orang lain")
        .keys("<Esc><C-s>")
        .keys("<Enter>")
        .sees("Bukan orang yang sama 26-000029-R");
}

#[test]
fn an_intake_like_nobody_has_nothing_to_compare() {
    landed(80, 24).keys("n<Tab>SITI REKAAN<F3>").sees("Tidak ada yang mirip.").keys("<Tab>").sees("SITI REKAAN");
}

#[test]
fn whoever_came_home_before_comes_in_again_linked() {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n3203216603959077<Tab>SITI REKAAN<Tab><Tab>26-03-1995<C-s>-<C-s>tu<F4>")
        .keys("SLH<Tab><Tab>dicatat dua kali di latihan<C-s><Enter>")
        .keys(":petugas<Enter>asih<Enter>tu<Enter>")
        .sees("1 orang pindah ke TUTUP.")
        .keys("n3203216603959077<Tab>SITI REKAAN<F3>")
        .sees("SAMA PASTI")
        .sees("TUTUP")
        .keys("s")
        .sees("Pernah pulang: akan ditautkan bila disimpan.")
        .keys("<C-s>")
        .sees("Tersimpan: kasus 26-000002-P.")
        .keys("<Enter>")
        .sees("Kasus terkait Orang yang sama 26-000001-M")
        .never_sees("pertanyaan ganda dijawab");
}

// ---- in a case

#[test]
fn the_question_of_a_case_is_answered_as_new_and_taken_back() {
    in_doubt()
        .sees("Mirip: KUAT 26-000032-D TAUFIK TUMBELAKA")
        .sees("pertanyaan ganda dijawab")
        .keys("c")
        .sees_all(&["26-000111-Y", "26-000032-D", "Kantor", "Status"])
        .keys("l")
        .sees("Dijawab: orang baru. u membatalkan.")
        .never_sees("Mirip:")
        .never_sees("pertanyaan ganda dijawab")
        .sees("dikaitkan Jawaban duplikat")
        .keys("u")
        .sees("Batalkan kaitan")
        .keys("<Enter>")
        .sees("Mirip: KUAT 26-000032-D")
        .sees("pertanyaan ganda dijawab");
}

#[test]
fn a_supervisor_answers_the_same_and_links_the_two() {
    in_doubt()
        .keys("cs")
        .sees("Dijawab dan ditautkan: orang yang sama.")
        .sees("Duplikat dari 26-000032-D")
        .sees("Kasus terkait Orang yang sama 26-000032-D")
        .never_sees("pertanyaan ganda dijawab")
        .keys("u<Enter>")
        .sees("Dibatalkan: 1 orang.")
        .never_sees("Kasus terkait Orang")
        .sees("Mirip: KUAT");
}

#[test]
fn an_officer_answers_the_same_and_a_supervisor_links_it_later() {
    let twice = "n3203216603959077<Tab>SITI REKAAN<Tab><Tab>26-03-1995<C-s>";
    practice(80, 24, 0)
        .in_role("PKS")
        .keys(twice)
        .keys("-<C-s>")
        .sees("Tersimpan")
        .keys(twice)
        .sees("Mungkin sudah terdaftar: jawab baru atau sama s")
        .keys("<Enter>cs")
        .sees("Dijawab: orang yang sama. Penyelia yang menautkan kedua kasus.")
        .sees("Duplikat dari")
        .never_sees("Kasus terkait")
        .keys("<Esc>:petugas<Enter>asih<Enter>/siti rekaan<Enter><End><Enter>")
        .sees("Duplikat dari")
        .keys("c")
        .sees("dijawab orang yang sama")
        .keys("s")
        .sees("Dijawab dan ditautkan")
        .sees("Kasus terkait Orang yang sama");
}

#[test]
fn the_move_dialog_leads_to_the_question_and_judges_again() {
    in_doubt()
        .keys("tv")
        .sees("pertanyaan ganda dijawab")
        .sees("F3 banding")
        .keys("<F3>l")
        .sees("PINDAH")
        .never_sees("pertanyaan ganda")
        .sees("sumber identitas");
}

#[test]
fn a_question_nobody_alike_is_left_for_is_answered_by_one_key() {
    in_doubt()
        .keys("cl<Esc>k<Enter>e<PgDn><PgDn><PgDn>")
        .keys("<Esc>c")
        .sees("Tidak ada yang mirip di meja ini atau di berkas.");
}

// ---- whom this operator may not see

#[test]
fn of_a_sealed_person_the_comparison_says_one_sentence_and_goes_nowhere() {
    let story = practice(80, 24, 0)
        .keys("n3203216603959077<Tab>SITI REKAAN<Tab><Tab>26-03-1995<C-s>-<C-s>")
        .sees("Tersimpan")
        .keys(":segel<Enter>saksi dalam perkara besar<C-s>")
        .sees("Disegel");
    story
        .in_role("PKS")
        .keys("n3203216603959077<Tab>SITI REKAAN<Tab><Tab>26-03-1995<F3>")
        .sees("SAMA PASTI: NIK sama")
        .sees("hubungi penyelia jaga")
        .never_sees("tanggal lahir sama")
        .never_sees("26-000001")
        .keys("s")
        .sees("!! hubungi penyelia jaga")
        .keys("<Enter>")
        .sees("BANDING")
        .keys("l<Esc>")
        .sees("ISIAN")
        .sees("Mungkin sudah terdaftar");
}

#[test]
fn help_tells_the_two_answers_and_why_one_cannot_be_given() {
    previewed()
        .keys("<End>c?")
        .sees_all(&["orang yang sama", "orang lain"])
        .sees_row("buka kasus - Baris berkas belum menjadi")
        .keys("<Esc><Esc>?lakukan")
        .sees("Tidak ada yang cocok.");
}

#[test]
fn nobody_is_left_out_on_a_likeness_alone_without_being_pointed_out() {
    let rows = "No;Nama;JK;Tanggal Lahir\n1;JOKO;L;21-08-1996\n2;SARI REKAAN;P;02-03-1994\n";
    landed(80, 24)
        .keys("i")
        .paste(rows)
        .keys("<C-s>")
        .sees("KUAT")
        .keys("<C-s>")
        .sees("1 orang ditinggalkan hanya karena mirip")
        .never_sees("diterima sebagai satu kloter")
        .keys("<Space><C-s>")
        .sees("2 orang diterima sebagai satu kloter");
}

#[test]
fn an_emergency_out_of_a_comparison_is_about_whoever_is_being_taken_in() {
    landed(80, 24)
        .keys("n<Tab>DJOKO SETIAWAN<Tab><Tab>23-08-1995<Tab><F3>")
        .sees("BANDING")
        .keys("<C-g>")
        .sees("Rujukan darurat")
        .sees("DJOKO SETIAWAN");
}
