//! The full form in pages, and two people in one case.

use crate::harness::{landed, practice};

#[test]
fn the_form_has_pages_and_saves_what_was_typed_on_any_of_them() {
    landed(80, 24)
        .keys("<Enter>e")
        .sees("[Orang]")
        .keys("<Tab>")
        .keys("<PgDn>")
        .sees("[Kontak]")
        .keys("<PgDn>")
        .sees("[Pekerjaan]")
        .keys("Myanmar<Tab>Myawaddy<Tab>Rekaan Park<C-s>")
        .sees("Tersimpan.")
        .sees_all(&["Myanmar", "Myawaddy", "Rekaan Park"])
        .sees("rina diubah");
}

#[test]
fn nothing_typed_is_nothing_saved() {
    landed(80, 24).keys("e<C-s>").sees("Tidak ada yang berubah.");
}

#[test]
fn a_second_phone_is_another_item() {
    landed(80, 24)
        .keys("<Enter>e<PgDn><Tab><Tab><Tab><Tab><Tab><F5>084999888777<C-s>")
        .sees("Tersimpan.")
        .sees("+6284947206234")
        .sees("+6284999888777");
}

#[test]
fn two_people_on_different_fields_both_win() {
    let here = landed(80, 24).keys("<Enter>e");
    let there = here.another_screen().keys("e<PgDn><PgDn>Myanmar<C-s>").sees("Tersimpan.");
    here.keys("<Tab><Tab>SITI SRI L<C-s>").sees("Tersimpan.").sees("Myanmar");
    drop(there);
}

#[test]
fn two_people_on_one_field_the_second_is_told_and_loses_nothing() {
    let here = practice(80, 24, 0).in_role("PKS").keys("n<Tab>BUDI REKAAN<C-s>-<C-s>e<PgDn><PgDn>Myanmar");
    let there = here.another_screen().keys("e<PgDn><PgDn>Laos<C-s>").sees("Tersimpan.");
    here.keys("<C-s>")
        .sees("Orang lain sudah mengubah: Negara bekerja")
        .sees_all(&["tetap isian saya Myanmar", "pakai dari orang lain Laos"])
        .keys("<Enter>")
        .sees("Negara bekerja Myanmar")
        .keys("<Esc><Enter>")
        .sees("Laos")
        .never_sees("Myanmar");
    drop(there);
}

#[test]
fn of_two_entries_in_one_field_the_operator_keeps_theirs_or_takes_the_others() {
    for (choice, kept) in [("tetap", "Myanmar"), ("orang lain", "Laos")] {
        let here =
            practice(80, 24, 0).in_role("PKS").keys("n<Tab>BUDI REKAAN<C-s>-<C-s>e<PgDn><PgDn>Myanmar<Tab>Myawaddy");
        let there = here.another_screen().keys("e<PgDn><PgDn>Laos<C-s>").sees("Tersimpan.");
        here.keys("<C-s>")
            .types(choice)
            .keys("<Enter>")
            .sees("Diputuskan.")
            .sees(&format!("Negara bekerja {kept}"))
            .keys("<C-s>")
            .sees("Tersimpan.")
            .keys("<Enter>")
            .sees_all(&[kept, "Myawaddy"]);
        drop(there);
    }
}

#[test]
fn what_was_saved_on_another_screen_is_a_conflict_even_of_the_same_operator() {
    let here = landed(80, 24).keys("<Enter>e<PgDn><PgDn>Myanmar");
    let there = here.another_screen().keys("e<PgDn><PgDn>Laos<C-s>").sees("Tersimpan.");
    here.keys("<C-s>").sees("sudah mengubah: Negara bekerja").sees("Myanmar");
    drop(there);
}

#[test]
fn what_others_change_marks_the_row_and_newcomers_are_counted_but_no_row_moves() {
    let here = practice(80, 24, 0).in_role("PKS").keys("n<Tab>BUDI REKAAN<C-s>-<C-s>");
    let there = here
        .another_screen()
        .keys("+1<Tab>demam<C-s>")
        .sees("Tingkat tersimpan.")
        .keys("n<Tab>SARI REKAAN<C-s>-<C-s>")
        .sees("Tersimpan");
    here.keys("j")
        .sees("(+1)")
        .sees_row("> * 1! BUDI REKAAN")
        .never_sees("SARI")
        .keys("r")
        .never_sees("(+1)")
        .sees("SARI");
    drop(there);
}
