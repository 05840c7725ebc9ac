//! Erasing a case for good: the question before it, who may, and how every screen forgets; and the key whose copy is missing.

use crate::harness::{Story, landed, practice};
use insta::assert_snapshot;
use pulang::domain::subject::Number;

const WHY: &str = "pemilik data meminta dihapus";

fn number(running: u32) -> String {
    Number { year: 26, running }.to_string()
}

/// A case that two people closed, open on the screen of a supervisor.
fn closed(cols: u16, rows: u16) -> Story {
    practice(cols, rows, 0)
        .in_role("PKS")
        .keys("n<Tab>BUDI REKAAN<C-s>-<C-s>")
        .sees("Tersimpan")
        .keys("tu<F4>SLH<Tab><Tab>dicatat dua kali di latihan<C-s><Enter>")
        .in_role("PNY")
        .keys("<Home><Enter>tu<Enter>")
        .sees("1 orang pindah ke TUTUP.")
}

#[test]
fn what_will_be_gone_is_said_and_the_number_typed_before_anything_is() {
    closed(80, 24)
        .keys(":hapus data<Enter>")
        .sees_all(&["Hapus untuk selamanya", "BUDI REKAAN", "Tidak bisa dibatalkan", "keys/"])
        .keys("sebab<Enter>")
        .sees("Alasan paling sedikit 10 huruf")
        .keys("<C-u>")
        .types("permintaan keluarga Budi sendiri")
        .keys("<Enter>")
        .sees("menyebut nama atau nomor orang")
        .keys("<Esc>:hapus data<Enter>")
        .types(WHY)
        .keys("<Enter>")
        .sees(&format!("Ketik nomornya untuk menghapus ({})", number(1)))
        .keys("<Enter>")
        .sees("tidak ada yang dihapus")
        .types(&number(2))
        .keys("<Enter>")
        .sees("tidak ada yang dihapus")
        .keys("<Esc>")
        .sees(WHY)
        .keys("<Enter>")
        .types(&number(1))
        .keys("<Enter>")
        .sees(&format!("{} dihapus untuk selamanya.", number(1)))
        .never_sees("BUDI")
        .keys("/budi<Enter>")
        .never_sees("BUDI REKAAN")
        .keys("\\u")
        .never_sees("Enter membatalkan")
        .keys("<Esc>n<Tab>BUDI REKAAN<C-s>-<C-s>")
        .sees(&format!("Tersimpan: kasus {}", number(2)))
        .restart()
        .sees_row("BUDI REKAAN")
        .check(|story| assert_eq!(story.app().list.total, 1));
}

#[test]
fn a_screen_that_has_the_case_open_falls_back_with_a_sentence() {
    let here = closed(80, 24);
    let there =
        here.another_screen().keys("<Home><Enter>").sees("BUDI REKAAN").keys("m").types("catatan setengah jadi");
    let here = here.keys(":hapus data<Enter>").types(WHY).keys("<Enter>").types(&number(1)).keys("<Enter>");
    there
        .comes_to_see("Kasus yang terbuka di sini telah dihapus untuk selamanya.")
        .never_sees("BUDI")
        .quiet()
        .keys("d")
        .never_sees("setengah");
    here.restart().never_sees("BUDI").never_sees("draf");
}

#[test]
fn a_case_under_way_and_somebody_who_is_no_supervisor_are_refused() {
    practice(80, 24, 0)
        .in_role("PKS")
        .keys("n<Tab>SARI REKAAN<C-s>-<C-s><Enter>:hapus data<Enter>")
        .sees("Hanya penyelia kantor pemilik")
        .keys("<Esc><Esc><Esc>")
        .in_role("PNY")
        .keys("<Home><Enter>:hapus data<Enter>")
        .sees("Kasus ini masih berjalan")
        .keys("<Esc>")
        .sees("SARI REKAAN");
}

#[test]
fn the_head_count_of_a_movement_stays_true() {
    let mut story = practice(80, 24, 0).imports_the_flight().keys("<Home>");
    story = story.in_role("PKS").keys("<Home>tu<F4>SLH<Tab><Tab>dicatat dua kali di latihan<C-s><Enter>");
    let closing = story.app().list.current().and_then(|row| story.app().seat.number_of_row(row)).unwrap();
    story
        .in_role("PNY")
        .keys("<Home><Enter>tu<Enter>")
        .sees("1 orang pindah ke TUTUP.")
        .keys(":hapus data<Enter>")
        .types(WHY)
        .keys("<Enter>")
        .types(&closing.to_string())
        .keys("<Enter>")
        .sees("dihapus untuk selamanya")
        .never_sees("terhapus")
        .keys("/kloter:manifest_110<Enter>")
        .sees("109 dari 109 kasus + 1 terhapus");
}

#[test]
fn the_question_as_it_stands_on_the_screen() {
    for (cols, rows) in [(80, 24), (60, 16)] {
        let asked = || closed(cols, rows).keys(":hapus data<Enter>").types(WHY).keys("<Enter>");
        assert_snapshot!(format!("erase_{cols}x{rows}"), asked().screen());
        assert_snapshot!(format!("erase_{cols}x{rows}_english"), asked().turned_english().screen());
    }
}

#[test]
fn a_key_without_a_copy_is_said_to_who_can_make_one_until_one_is_made() {
    landed(80, 24)
        .never_sees("Kunci induk")
        .forgets_the_copy()
        .sees("! Kunci induk belum punya salinan: pulang key export BERKAS --to PENERIMA")
        .in_english()
        .sees("! The master key has no copy yet: pulang key export FILE --to RECIPIENT")
        .keys("<Enter>")
        .sees("no copy yet")
        .copies_the_key_again()
        .sees_the_last_of("no copy yet");
    practice(80, 24, 5).never_sees("Kunci induk");
}
