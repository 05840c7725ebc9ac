//! The auditor: the trail, newest first, narrowed and opened; no name of anybody in a case, and the auditor's own looks in it.

use crate::harness::{Story, practice};

/// Somebody works, somebody else is refused, and the auditor sits down.
fn worked() -> Story {
    practice(80, 24, 30)
        .keys("<Enter><Esc>jj<Enter><Esc>")
        .in_role_anywhere("PIM")
        .keys("<Esc>n<Esc>")
        .in_role_anywhere("AUD")
}

#[test]
fn the_auditor_sees_who_opened_what_and_no_name_of_a_case() {
    let story = practice(80, 24, 30);
    let name = story.app().seat.summary(story.app().list.current().unwrap()).unwrap();
    let story = story.keys("<Enter><Esc>").in_role_anywhere("AUD").sees("x membuka jejak");
    story
        .keys("x")
        .sees("JEJAK")
        .sees("terbaru lebih dulu")
        .sees("sampai awal jejak")
        .sees_row(&format!("buka {} 1", name.number))
        .never_sees(&name.name);
}

#[test]
fn looking_into_the_trail_is_a_line_in_it_and_so_is_a_refusal() {
    worked()
        .keys("x")
        .sees_row("> jejak")
        .keys("r")
        .sees_row("jejak")
        .keys("/tindakan:ditolak<Enter>")
        .sees_row("ditolak new");
}

#[test]
fn whoever_is_no_auditor_is_told_so_and_that_is_noted() {
    let story = practice(80, 24, 3).keys("x").sees("Jejak hanya dibaca auditor.");
    assert!(story.app().seat.audit(&Default::default()).is_err());
    story.in_role_anywhere("AUD").keys("x/tindakan:ditolak<Enter>").sees_row("> ditolak");
}

#[test]
fn it_is_narrowed_by_who_which_case_what_and_when_and_says_what_it_does_not_understand() {
    let story = practice(80, 24, 30);
    let seat = story.first_seat();
    let number = seat.summary(story.app().list.current().unwrap()).unwrap().number.to_string();
    let name = seat.operator_name(seat.operator().id);
    let first = name.split(' ').next().unwrap().to_lowercase();
    let story = story.keys("<Enter><Esc>jj<Enter><Esc>").later("3d").in_role_anywhere("AUD").keys("x");
    let story = story.keys(&format!("/kasus:{number}<Enter>")).sees_row(&format!("buka {number}"));
    assert_eq!(opened(&story), 1);
    let story = story.keys(&format!("/petugas:{first} tindakan:buka<Enter>"));
    assert_eq!(opened(&story), 2);
    let story = story.keys("/hari:21-02-2026 tindakan:buka<Enter>");
    assert_eq!(opened(&story), 2);
    let story = story.keys("/dari:22-02-2026<Enter>").sees_row("jejak");
    assert_eq!(opened(&story), 0);
    story
        .keys("/warna:merah<Enter>")
        .sees("warna bukan penyaring jejak")
        .keys("<C-u>tindakan:tari<Enter>")
        .sees("tari bukan tindakan")
        .keys("<C-u>petugas:siapapun<Enter>")
        .sees("Tidak ada petugas bernama siapapun")
        .keys("<Esc>\\")
        .sees("terbaru lebih dulu");
}

fn opened(story: &Story) -> usize {
    story.screen().lines().filter(|line| line.contains(" buka ") && line.contains("26-")).count()
}

#[test]
fn a_line_opens_with_all_it_says() {
    let reason = "permintaan penyidik tertulis";
    let story = practice(80, 24, 30).keys("<Enter>o").types(reason).keys("<Enter><Enter><Esc>").in_role_anywhere("AUD");
    story
        .keys("x/tindakan:bersegel<Enter>")
        .sees_row("> Asih bersegel 1 permintaa…")
        .keys("<Enter>")
        .sees("Satu baris jejak")
        .sees_all(&["alasan permintaan penyidik tertulis", "bagian", "kantor"])
        .keys("<Esc><Esc>")
        .sees("DAFTAR");
}

#[test]
fn a_long_trail_is_scrolled_to_its_beginning_and_back_and_little_of_it_is_kept() {
    let story = practice(80, 24, 3);
    let seat = story.first_seat();
    let row = story.app().list.current().unwrap();
    for _ in 0..2_500 {
        seat.open(row).unwrap();
    }
    let story = story.in_role_anywhere("AUD").keys("x");
    let rows = |story: &Story| story.screen().lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    let newest = rows(&story);
    let story = story.keys(&"<PgDn>".repeat(150)).sees("sampai awal jejak");
    assert!(story.app().rooms.len() == 1 && kept(&story) <= 1_200, "{}", kept(&story));
    let story = story.keys(&"<PgUp>".repeat(150));
    assert_eq!(rows(&story), newest);
    assert!(kept(&story) <= 1_200, "{}", kept(&story));
    let story = story.keys("<PgDn><PgDn>j<Home>");
    assert_eq!(rows(&story), newest);
    let story = story.keys(&"<PgDn>".repeat(150)).sees("sampai awal jejak");
    assert!(kept(&story) <= 1_200, "{}", kept(&story));
}

fn kept(story: &Story) -> usize {
    match &story.app().rooms[0] {
        pulang::app::Room::Trail(trail) => trail.rows.len(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_tended_is_named_in_the_language_of_the_screen() {
    practice(80, 24, 3)
        .keys(":kelola<Enter>kantor<Enter><C-u>Posko Uji<C-s>")
        .sees("Data kantor tersimpan.")
        .in_role_anywhere("AUD")
        .keys("x/tindakan:pengurusan<Enter>")
        .sees_row("pengurusan Kantor")
        .never_sees("office")
        .keys("<Enter>")
        .sees("mengenai   Kantor Posko Uji")
        .sees("Nama kantor");
}
