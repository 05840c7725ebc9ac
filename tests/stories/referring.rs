//! Emergency referral is one key from anywhere, and nothing stands in its way.

use crate::harness::{Story, landed, story};

fn is_taken(story: Story) {
    let _ = story.sees("Rujukan darurat").keys("RS Rekaan<C-s>").sees("Rujukan darurat tercatat");
}

#[test]
fn it_opens_from_every_layer() {
    for before in [
        "<Space><Space>",
        "<Enter>",
        "h",
        "/mega",
        "?",
        ":",
        "u",
        "t",
        "tv",
        "v",
        "e",
        "m",
        "n",
        "n<Tab>SITI REKAAN",
        "<Space><Space>mtolong",
        "d",
        "iberkas",
    ] {
        println!("{before:?}");
        is_taken(landed(80, 24).keys(before).keys("<C-g>"));
    }
    is_taken(story(80, 24).keys("i").types(&Story::manifest_path()).keys("<Enter><F6>"));
    is_taken(story(80, 24).keys("i").types(&Story::manifest_path()).keys("<Enter><C-s>g"));
}

#[test]
fn marks_are_for_other_work_and_stay() {
    landed(80, 24)
        .keys("<Space><Space>gRS Rekaan")
        .sees("STEVEN TAUFIK SETIAWAN")
        .keys("<C-s>")
        .sees("Rujukan darurat tercatat")
        .sees("2 ditandai");
}

#[test]
fn somebody_being_taken_in_is_saved_with_what_reads_and_the_rest_is_kept_as_typed() {
    landed(80, 24)
        .keys("n<S-Tab>5<Tab>320321660395907X<Tab>RIRIN REKAAN<Tab>P<Tab>31-02-2012<Tab>08<Tab><F6>")
        .sees("Tersimpan. Sekarang rujukannya")
        .sees("RIRIN REKAAN")
        .keys("RS Rekaan<C-s>")
        .sees("Rujukan darurat tercatat")
        .keys("/ririn<Enter><Enter>")
        .sees_all(&["RIRIN REKAAN", "31-02-2012", "320321660395907X", "Tanggal lahir: 31-02-2012; Nom", "RS Rekaan"]);
}

#[test]
fn what_the_screen_showed_of_a_nik_is_saved_before_a_referral_too() {
    landed(80, 24)
        .keys("n3304015503129002<Tab>RIRIN<F6>")
        .sees("111 RIRIN P 15-03-2012 Kam")
        .keys("<Esc>")
        .sees_row("> 111 RIRIN P 13a");
}

#[test]
fn an_empty_referral_names_what_is_missing_and_marks_it() {
    landed(80, 24)
        .keys("g")
        .sees("Dirujuk ke*")
        .keys("<C-s>")
        .sees("Wajib diisi: Dirujuk ke")
        .sees("> Dirujuk ke*")
        .keys("<Esc>:aparat<Enter>")
        .sees("Surat")
        .keys("<C-s>")
        .sees("Wajib diisi:")
        .check(|story| {
            let starred = story.screen().matches('*').count();
            assert_eq!(starred, 6, "the first in the list is a child: a companion is required as well");
        });
}

#[test]
fn an_unknown_person_is_referred_from_a_full_list_and_found_again() {
    landed(80, 24)
        .keys("/mega harahap<Enter>g<S-Tab>")
        .sees("Siapa 26-000001-M MEGA HARAHAP")
        .keys("<Del><Tab>RS Rekaan")
        .sees("orang tak dikenal")
        .never_sees("MEGA HARAHAP")
        .keys("<Tab><Tab><Tab><Tab><Tab>P<Tab>baju merah<C-s>")
        .sees("kasus baru 26-000111")
        .sees("Di luar saringan")
        .keys("\\")
        .sees_row("1! TAK DIKENAL P")
        .keys("/tak dikenal<Enter><Enter>")
        .sees_all(&["baju merah", "RS Rekaan"]);
}

#[test]
fn a_wristband_number_names_somebody_else() {
    landed(80, 24)
        .keys("gRS Rekaan<S-Tab>9<Tab>")
        .sees("Grace Puspita")
        .keys("<C-s>")
        .sees("Rujukan darurat tercatat; posisi: rumah sakit.")
        .keys("/grace<Enter><Enter>")
        .sees("dirujuk darurat");
}

#[test]
fn a_draft_of_a_referral_is_still_of_the_same_person() {
    landed(80, 24)
        .keys("gRS Rekaan<S-Tab>9<Tab><Esc>")
        .sees("Draf disimpan")
        .restart()
        .keys("1")
        .sees("Grace Puspita")
        .keys("<C-s>")
        .sees("tercatat");
}

#[test]
fn whoever_was_referred_waits_for_nobody_at_the_desk() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<C-s>")
        .later("2d")
        .keys("h")
        .sees("SITI REKAAN")
        .keys("<Esc>gRS Rekaan<C-s>h")
        .never_sees("SITI REKAAN");
}
