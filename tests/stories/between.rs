//! Two offices at one desk: refer, transfer, ask, share and revoke; the inbox; what a family asks; the end of a shift.

use crate::harness::{Story, practice};

/// Refers the first case of the list to the embassy, as its supervisor.
fn referred(cols: u16, rows: u16) -> Story {
    practice(cols, rows, 40)
        .keys("l7")
        .sees("Rujuk atau alihkan")
        .keys("1<Tab>KBRI<Tab>JLN KES<Tab>1<Tab><Tab>sambut di bandara<C-s>")
        .sees("Terkirim. Posisi dan pekerjaan lain tidak menunggu")
}

/// The name on the first row of the list.
fn first_name(story: &Story) -> String {
    let seat = &story.app().seat;
    story.app().list.current().and_then(|row| seat.summary(row)).expect("somebody stands on the list").name
}

#[test]
fn a_referral_is_accepted_by_the_other_office_and_then_its_sections_are_seen() {
    let story = referred(80, 24);
    let name = first_name(&story);
    let story = story
        .keys("w")
        .sees("Kotak masuk: 0 menunggu")
        .sees("terkirim")
        .sees(&name)
        .elsewhere("KON")
        .sees("masuk: 1")
        .never_sees(&name)
        .keys("w")
        .sees("Kotak masuk: 1 menunggu jawaban Anda")
        .sees(&name)
        .sees("persetujuan: setuju; bagian: identitas, perjalanan, kesehatan")
        .sees("alasan: sambut di bandara")
        .keys("l")
        .sees("Lembar darurat")
        .sees(&name)
        .never_sees("NIK")
        .keys("<Esc><Enter>")
        .sees("Jawaban")
        .sees(&name)
        .keys("1<C-s>")
        .sees("Diterima.")
        .sees("Tidak ada yang menunggu")
        .keys("<Esc>");
    let seat = story.app().seat.clone();
    let query = seat.read_query(&format!("nama:\"{name}\"")).or_else(|_| seat.read_query(&name)).unwrap();
    assert!(seat.count(&query) >= 1, "who is shared is found");
    story.sits_first().keys("w").sees("diterima");
}

#[test]
fn what_a_referral_lacks_is_named_and_the_cursor_goes_there() {
    practice(80, 24, 40)
        .keys("l7")
        .keys("1<Tab>KBRI<Tab><Tab>1<Tab><Tab>sambut di bandara<C-s>")
        .sees("Isi Bagian yang dilihat")
        .sees("> Bagian yang dilihat")
        .never_sees("buka kasus")
        .keys("JLN KES<C-s>")
        .sees("Terkirim.");
}

#[test]
fn the_sender_cannot_accept_his_own_and_the_other_office_declines_with_a_reason() {
    referred(80, 24)
        .keys("w<Enter>")
        .never_sees("Jawaban  ")
        .elsewhere("KON")
        .keys("w<Enter>2<C-s>")
        .sees("Alasan jawaban")
        .keys("<Tab>tidak ada tempat malam ini<C-s>")
        .sees("Kantor pengirim membaca alasannya")
        .sits_first()
        .keys("w")
        .sees("ditolak")
        .sees("tidak ada tempat malam ini");
}

#[test]
fn what_was_sent_is_withdrawn_before_it_is_answered_and_not_undone() {
    referred(80, 24)
        .keys("u")
        .sees("Sudah diserahterimakan atau diberitahukan")
        .keys("w<Del>")
        .sees("Tarik kembali rujuk")
        .keys("<Enter>")
        .sees("Ditarik kembali.")
        .keys("<Enter>")
        .sees("ditarik kembali dari kantor lain")
        .never_sees("dijawab antarkantor")
        .elsewhere("KON")
        .never_sees("masuk: 1")
        .keys("w")
        .sees("Tidak ada yang menunggu");
}

#[test]
fn a_transfer_changes_the_owner_when_it_is_accepted_and_not_before() {
    let story = practice(80, 24, 40);
    let name = first_name(&story);
    let story = story
        .keys("l72<Tab>KBRI<Tab><Tab>2<Tab>nyawa terancam<Tab>pindah penanganan<C-s>")
        .sees("Terkirim.")
        .sees(&name);
    let story = story.elsewhere("KON").keys("w").sees("alih").sees(&name).keys("<Enter>1<C-s>").sees("Diterima.");
    let seat = story.app().seat.clone();
    assert_eq!(seat.count(&seat.read_query(&name).unwrap()), 1);
    let story = story
        .keys("<Esc>/")
        .types(&name)
        .keys("<Enter><Enter>")
        .sees("diajukan ke kantor lain  alih  KBRI Phnom Penh")
        .sees("dijawab antarkantor  diterima  KBRI Phnom Penh");
    let story = story.sits_first();
    let seat = story.app().seat.clone();
    assert_eq!(seat.count(&seat.read_query(&name).unwrap()), 0, "the office that gave it away finds it no more");
    story.keys("w").sees("diterima").never_sees(&name);
}

#[test]
fn consent_that_is_refused_needs_its_reason_and_a_receiver_an_office() {
    practice(80, 24, 40)
        .keys("l7<C-s>")
        .sees("Pilih dulu: rujuk atau alih.")
        .keys("1<C-s>")
        .sees("Pilih dulu kantornya.")
        .keys("<Tab>")
        .sees("KBRI")
        .never_sees("Posko")
        .keys("Posko<C-s>")
        .sees("pilih kantor lain")
        .never_sees("tidak dikenal")
        .keys("<C-u>KBRI<Tab>IDN<Tab>2<Tab><Tab>sambut<C-s>")
        .sees("Isi Tetap dikirim sebab")
        .never_sees("Terkirim.");
    practice(80, 24, 40)
        .keys("l72<Tab>KBRI<Tab><Tab>2<Tab><Tab>pindah wilayah kerja<C-s>")
        .sees("Isi Tetap dikirim sebab")
        .keys("darurat medis<Tab><C-u><C-s>")
        .sees("Tulis alasan")
        .never_sees("buka kasus")
        .keys("pindah wilayah kerja<C-s>")
        .sees("Terkirim.")
        .elsewhere("KON")
        .keys("w")
        .sees("persetujuan: ")
        .sees(": darurat medis")
        .sees("alasan: pindah wilayah kerja");
}

#[test]
fn access_is_asked_by_number_granted_for_sections_and_revoked() {
    let story = practice(80, 24, 40);
    let name = first_name(&story);
    let number = story.app().list.current().and_then(|row| story.app().seat.number_of_row(row)).unwrap().to_string();
    story
        .elsewhere("KON")
        .keys(":minta akses<Enter>")
        .types("26-999999-A")
        .keys("<Enter>")
        .sees("Tidak dapat dipastikan.")
        .keys("<C-u>")
        .types(&number)
        .keys("<Enter>")
        .sees("Minta akses")
        .never_sees(&name)
        .keys("<C-s>")
        .sees("Pilih bagian yang diminta")
        .keys("KTK<Tab>keluarga datang ke kedutaan<C-s>")
        .sees("Permintaan diterima. Apakah nomor itu ada tidak dikatakan")
        .keys("w")
        .sees("minta akses")
        .sees(&number)
        .sees("diterima")
        .never_sees(&name)
        .sits_first()
        .sees("masuk: 1")
        .in_role("HLP")
        .never_sees("masuk: 1")
        .sits_first()
        .keys("w")
        .sees("minta akses")
        .sees("Bagian yang diminta: ")
        .sees("keluarga datang ke kedutaan")
        .keys("<Enter>")
        .sees(&format!("{number}  "))
        .sees(&name)
        .sees("KTK")
        .keys("1<Tab><Tab>31-12-2026<Tab>3<C-s>")
        .sees("Dijawab. Kantor penanya")
        .elsewhere("KON")
        .keys("w")
        .sees("dijawab")
        .sees("akses diberi")
        .keys("<Esc>")
        .sees(&name)
        .sits_first()
        .keys(":cabut<Enter>tidak perlu lagi<C-s>")
        .sees("Pembagian dicabut")
        .elsewhere("KON")
        .never_sees(&name);
}

#[test]
fn a_case_is_shared_at_once_by_a_supervisor_and_an_officer_cannot() {
    let story = practice(80, 24, 40);
    let name = first_name(&story);
    story
        .in_role("HLP")
        .keys(":bagi kasus<Enter>")
        .sees("Hanya penyelia kantor pemilik")
        .sits_first()
        .keys("l8KBRI<Tab>JLN<Tab><Tab>1<Tab><Tab>dijemput bersama<C-s>")
        .sees("Dibagi.")
        .keys("<Enter>")
        .sees("pembagian diubah")
        .resize(80, 60)
        .sees("KBRI Phnom Penh (latihan) identitas, perjalanan")
        .resize(80, 24)
        .elsewhere("KON")
        .sees(&name)
        .keys("/")
        .types(&name)
        .keys("<Enter><Enter>")
        .sees("Bagian tertutup");
}

#[test]
fn of_several_offices_that_share_only_they_are_offered_and_of_none_it_is_said() {
    practice(80, 24, 40)
        .keys(":cabut<Enter>")
        .sees("Kasus ini tidak dibagikan dengan kantor mana pun.")
        .keys("<Esc>l8KBRI<Tab>JLN<Tab><Tab>1<Tab><Tab>dijemput bersama<C-s>")
        .sees("Dibagi.")
        .keys("l8Sentra<Tab>JLN<Tab><Tab>1<Tab><Tab>kamar dicari<C-s>")
        .sees("Dibagi.")
        .keys(":cabut<Enter>")
        .sees("1 KBRI Phnom Penh (latihan)")
        .sees("2 Sentra Handayani (latihan)")
        .never_sees("BP3MI")
        .keys("2<Tab>kamar penuh<C-s>")
        .sees("Pembagian dicabut");
}

#[test]
fn an_open_case_falls_shut_when_its_share_is_revoked() {
    let story = practice(80, 24, 40).keys("l8KBRI<Tab>JLN<Tab><Tab>1<Tab><Tab>dijemput bersama<C-s>").sees("Dibagi.");
    let name = first_name(&story);
    let chief = story.another_screen();
    let there = story.elsewhere("KON").keys("/").types(&name).keys("<Enter><Enter>").sees(&name);
    drop(chief.keys(":cabut<Enter>tidak perlu lagi<C-s>").sees("Pembagian dicabut"));
    let there = there.comes_to_see("tidak terbuka lagi bagi Anda").keys("<Esc>");
    let seat = &there.app().seat;
    assert_eq!(seat.count(&seat.read_query(&name).unwrap()), 0);
}

#[test]
fn a_family_hears_one_sentence_and_only_the_owner_answers() {
    let story = practice(80, 24, 40);
    let name = first_name(&story);
    let number = story.app().list.current().and_then(|row| story.app().seat.number_of_row(row)).unwrap().to_string();
    let sentence = "Tidak dapat dipastikan. Pertanyaan diterima";
    story
        .elsewhere("KON")
        .keys("/zzqqx<Enter>")
        .sees("Tidak dapat dipastikan di sini")
        .keys(":keluarga<Enter>")
        .sees("zzqqx")
        .keys("IBU CONTOH<Tab>2<Tab>0847000111<C-s>")
        .sees(sentence)
        .keys(":keluarga<Enter>IBU CONTOH<Tab>2<Tab>0847000111<Tab><Tab><Tab>")
        .types(&number)
        .keys("<C-s>")
        .sees(sentence)
        .keys("w")
        .sees("diterima")
        .never_sees(&name)
        .sits_first()
        .sees("masuk: 1")
        .keys("w")
        .sees("keluarga")
        .sees(&name)
        .sees("IBU CONTOH")
        .keys("<Enter>ditelepon, sehat<C-s>")
        .sees("Penanya hanya membaca: dijawab")
        .elsewhere("KON")
        .keys("w")
        .sees("dijawab")
        .never_sees("sehat")
        .never_sees(&name);
}

#[test]
fn whoever_is_asked_for_first_and_comes_in_later_is_held_against_the_question() {
    practice(80, 24, 40)
        .elsewhere("KON")
        .keys(":keluarga<Enter>IBU CONTOH<Tab><Tab><Tab>SARI REKAAN<Tab>")
        .sees("nama saja tidak cukup")
        .keys("01-02-1999<Tab>")
        .never_sees("nama saja tidak cukup")
        .keys("<C-s>")
        .sees("Pertanyaan diterima")
        .sits_first()
        .never_sees("masuk:")
        .keys("n<Tab>SARI REKAAN<Tab>P<Tab>01-02-1999<C-s>-<C-s>")
        .sees("masuk: 1")
        .keys("w")
        .sees("IBU CONTOH");
}

#[test]
fn the_shift_is_handed_over_as_a_sheet_and_its_claims_to_a_colleague() {
    let story = practice(80, 24, 40).keys("a").sees("Anda");
    let name = first_name(&story);
    story
        .keys(":serah jaga<Enter>")
        .sees("Serah jaga")
        .sees("Merah dan terbuka:")
        .keys("a")
        .sees("Serahkan kasus saya")
        .keys("1<C-s>")
        .sees("kasus diserahkan. u membatalkan")
        .keys("u<Enter>")
        .sees("Dibatalkan")
        .sees("Serah jaga")
        .keys("a1<C-s><Esc>/petugas:me<Enter>")
        .never_sees(&name)
        .keys("u<Enter>")
        .sees("Dibatalkan");
}

#[test]
fn access_by_a_number_that_is_nobodys_is_taken_down_like_any_other_and_may_be_declined() {
    let story = practice(80, 24, 40);
    let number = story.app().list.current().and_then(|row| story.app().seat.number_of_row(row)).unwrap();
    let nobodys = pulang::domain::subject::Number { running: 900_001, ..number }.to_string();
    let number = number.to_string();
    let asks = |story: Story, number: &str| {
        let story = story.elsewhere("KON").keys(":minta akses<Enter>").types(number).keys("<Enter>");
        let form = story.screen().replace(number, "#");
        let story = story.keys("KTK<Tab>keluarga datang ke kedutaan<C-s>");
        let answered = story.screen().replace(number, "#");
        let story = story.keys("w");
        let listed = story.screen().replace(number, "#");
        (story.keys("<Esc>"), [form, answered, listed])
    };
    let (story, there) = asks(story, &number);
    let (story, nowhere) = {
        let alone = practice(80, 24, 40);
        let (alone, shown) = asks(alone, &nobodys);
        drop(alone);
        (story, shown)
    };
    assert_eq!(there, nowhere);
    story
        .sits_first()
        .keys("w<Enter>")
        .sees("1 TRM")
        .keys("<C-s>")
        .sees("Pilih dulu: terima atau tolak.")
        .keys("2<C-s>")
        .sees("Tulis mengapa tidak diberi")
        .keys("<Tab><Tab><Tab><Tab><Tab>")
        .types("hubungi kantor kami dulu")
        .keys("<C-s>")
        .sees("Dijawab.")
        .elsewhere("KON")
        .keys("w")
        .sees("hubungi kantor kami dulu");
}

#[test]
fn an_office_that_shares_sections_edits_these_and_hears_what_it_may_not() {
    let story = practice(80, 24, 40).keys("l8KBRI<Tab>JLN<Tab><Tab>1<Tab><Tab>dijemput bersama<C-s>").sees("Dibagi.");
    let name = first_name(&story);
    story
        .elsewhere("KON")
        .keys("/")
        .types(&name)
        .keys("<Enter><Enter>")
        .sees(&name)
        .keys("e")
        .sees("[Orang]")
        .keys("<PgDn>")
        .sees("[Laporan]")
        .keys("<Esc>:minta akses<Enter>")
        .sees("Minta akses")
        .sees(&name)
        .keys("<Esc><Esc>e")
        .keys("<Tab><Tab><Tab>ALIAS REKAAN<C-s>")
        .sees("Tersimpan")
        .sits_first()
        .keys("/")
        .types(&name)
        .keys("<Enter><Enter>")
        .sees("Rani Melatika  diubah  Panggilan/alias");
}
