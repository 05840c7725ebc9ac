//! Finding: any spelling, any part, errors with a caret, completion, saved views.

use crate::harness::landed;

#[test]
fn anybody_is_found_by_any_spelling_and_any_part() {
    for (typed, found) in [
        ("mega harahap", "1 MEGA HARAHAP"),
        ("HARAHAP mega", "MEGA HARAHAP"),
        ("djoko setiawan", "29 3 JOKO SETIAWAN"),
        ("joko setyawan", "29 3 JOKO SETIAWAN"),
        ("055910069010", "MEGA HARAHAP"),
        ("0846 6742 6314", "MEGA HARAHAP"),
        ("667426314", "MEGA HARAHAP"),
        ("Z4714800", "MEGA HARAHAP"),
        ("26-000001-M", "MEGA HARAHAP"),
        ("nomor:1", "MEGA HARAHAP"),
        ("antrian:72", "72 1! Steven Montolalu"),
    ] {
        landed(80, 24).keys("/").types(typed).keys("<Enter>").sees_row(found);
    }
}

#[test]
fn the_prompt_counts_while_it_is_typed() {
    landed(80, 24).keys("/tingkat:1").quiet().sees_row("/ tingkat:1 9 kasus").keys("<Enter>").sees("9 dari 110 kasus");
}

#[test]
fn a_wrong_name_is_shown_with_a_caret_and_the_nearest_one() {
    landed(80, 24)
        .keys("/tingket:1")
        .sees("^ Tidak ada isian bernama begini. Maksudnya tingkat?")
        .check(|story| {
            let screen = story.screen();
            let (query, caret) = (screen.lines().nth(1).unwrap(), screen.lines().nth(2).unwrap());
            assert_eq!(query.find("tingket"), caret.find('^'), "{screen}");
        })
        .keys("<Enter>")
        .sees("KETIK")
        .keys("<Esc>")
        .sees("semua kasus: 110");
}

#[test]
fn tab_completes_names_and_values() {
    landed(80, 24)
        .keys("/ting<Tab>")
        .sees("/ tingkat:")
        .keys("mer<Tab>")
        .sees("9 kasus")
        .keys("<Enter>")
        .sees("9 dari");
}

#[test]
fn a_query_is_kept_under_a_name_and_found_in_the_list_of_views() {
    landed(80, 24)
        .keys("/tingkat:1<C-s>Merah malam ini<Enter>")
        .sees("Tampilan tersimpan.")
        .keys("\\")
        .sees("semua kasus: 110")
        .keys("v")
        .sees_row("7 Merah malam ini tingkat:1")
        .keys("7")
        .sees("9 dari 110 kasus")
        .restart()
        .keys("vmalam<Enter>")
        .sees("9 dari 110 kasus");
}

#[test]
fn the_built_in_views_are_chosen_by_a_digit() {
    landed(80, 24).keys("v4").sees("3 dari 110 kasus").keys("v1").sees("semua kasus: 110");
}

#[test]
fn nobody_found_says_how_to_see_all() {
    landed(80, 24).keys("/zzzzqq<Enter>").sees("Tidak ada kasus yang cocok.").keys("\\").sees("semua kasus: 110");
}

#[test]
fn whom_a_search_shows_is_in_the_trail_whether_it_is_committed_or_not() {
    let in_haste = landed(80, 24).keys("/mega<Esc>").quiet();
    assert_eq!(in_haste.searches(), Vec::<u64>::new());
    let typed = landed(80, 24).keys("/mega").quiet().sees("3 kasus").keys("x").quiet().keys("<Esc>").quiet();
    assert_eq!(typed.searches(), [3]);
    let committed = landed(80, 24).keys("/meg").keys("a<Enter>").sees("3 dari 110 kasus");
    assert_eq!(committed.searches(), [3]);
}

#[test]
fn a_query_that_finds_nobody_shows_nobody_while_it_is_typed() {
    landed(80, 24)
        .sees("SITI SRI LUBIS")
        .keys("/zzqx")
        .quiet()
        .sees("Tidak ada kasus yang cocok dengan yang diketik.")
        .never_sees("SITI SRI LUBIS")
        .keys("<Esc>")
        .sees("SITI SRI LUBIS");
}

#[test]
fn the_list_follows_what_is_typed_and_esc_brings_the_old_one_back() {
    let story = landed(80, 24).keys("jj");
    let before = story.screen();
    story
        .keys("/meg")
        .sees_row("/ meg … kasus")
        .quiet()
        .sees_row("/ meg 3 kasus")
        .check(|story| {
            // Head, three people and nobody else; none of them is chosen yet.
            let rows: Vec<String> = story.screen().lines().skip(3).take(18).map(str::to_owned).collect();
            assert_eq!(rows.iter().filter(|row| !row.trim().is_empty()).count(), 3, "{rows:?}");
            assert!(rows.iter().all(|row| !row.starts_with('>')), "{rows:?}");
            assert!(rows[..3].iter().all(|row| row.to_lowercase().contains("meg")), "{rows:?}");
        })
        .keys("a")
        .sees_row("/ mega … kasus")
        .never_sees("SITI SRI LUBIS")
        .keys("<Esc>")
        .check(|story| assert_eq!(story.screen().lines().nth(5), before.lines().nth(5)))
        .keys("/meg<Enter>")
        .sees("3 dari 110 kasus");
}

#[test]
fn a_command_is_found_by_its_name_in_the_other_language_too() {
    landed(80, 24).in_english().keys(":pisah kasus").sees("> take apart: not the same person after all");
    landed(80, 24).keys(":hand the shift over").sees("> serah jaga: lembar untuk jaga berikutnya");
    // What fits in one's own language stands alone.
    landed(80, 24).keys(":segel").sees("> segel").never_sees("Tidak ada yang cocok.");
}
