//! The list: the order of urgency, what a stranger may read, marks.

use crate::harness::{landed, practice};

#[test]
fn the_list_stands_in_order_of_urgency_children_and_referrals_first() {
    let mut story = landed(80, 24);
    let queue: Vec<String> =
        story.all_rows().iter().map(|row| row.split_whitespace().nth(1).unwrap().to_owned()).collect();
    assert_eq!(queue.len(), 110);
    assert_eq!(queue[..9], ["5", "9", "10", "11", "12", "14", "15", "38", "72"]);
    assert_eq!(queue[9..17], ["1", "3", "25", "26", "35", "36", "37", "39"]);
    let rest: Vec<u32> = queue[17..].iter().map(|no| no.parse().unwrap()).collect();
    assert!(rest.is_sorted(), "equally urgent people stand in the order of their queue numbers: {rest:?}");
}

#[test]
fn rows_say_nothing_that_hurts() {
    let mut story = landed(80, 24);
    for _ in 0..7 {
        story = story.quiet();
        for word in ["hamil", "sakit", "luka", "rujuk", "hukum", "ditahan", "kekerasan"] {
            story = story.never_sees(word);
        }
        story = story.keys("<PgDn>");
    }
}

#[test]
fn the_case_says_why_somebody_is_urgent() {
    landed(80, 24).sees_row("72 1! Steven Montolalu L 16a").keys("<Enter>").sees("Alasan anak").sees("ANAK tanpa wali");
}

#[test]
fn space_marks_and_goes_on_star_marks_all_and_says_how_many_and_minus_clears() {
    landed(80, 24)
        .keys("<Space><Space>")
        .sees("2 ditandai")
        .sees_row("x 5 1! SITI SRI LUBIS")
        .keys("<Esc>")
        .sees("2 ditandai")
        .keys("*")
        .sees("110 orang ditandai.")
        .keys("-")
        .never_sees("ditandai");
}

#[test]
fn marks_are_of_people_and_survive_another_query() {
    landed(80, 24)
        .keys("<Space>/grace<Enter>")
        .sees("1 dari 110 kasus")
        .sees("1 ditandai")
        .keys("<Space>\\")
        .sees("2 ditandai")
        .sees_row(">x 5 1! SITI")
        .sees_row("x 9 1! Grace");
}

#[test]
fn a_quiet_moment_shows_who_is_under_the_cursor() {
    landed(80, 24)
        .keys("j")
        .quiet()
        .sees("26-000009-J Grace Puspita 07-11-1996 Kam")
        .keys("k")
        .quiet()
        .sees("26-000005-A SITI SRI LUBIS 24-10-2008 Jum");
}

#[test]
fn b_takes_the_most_urgent_person_and_opens_the_case() {
    landed(80, 24)
        .keys("b")
        .sees("SITI SRI LUBIS")
        .sees("Kasus ini kini pada Anda.")
        .keys("b")
        .sees("Grace Puspita")
        .keys("<Esc>")
        .sees_row("5 1! SITI SRI LUBIS P 17a LAPOR Batu Bara 24j W rina");
}

#[test]
fn the_order_of_the_list_is_chosen_by_a_digit_and_the_ends_by_home_and_end() {
    landed(80, 24)
        .keys("s")
        .sees("urut nama")
        .keys("4")
        .sees_row("> 37 2 AGUS TUMBELAKA")
        .keys("s1<End>")
        .sees_row("> 110 3 FERDI SITORUS")
        .keys("<lt>")
        .sees_row("> 5 1! SITI");
}

#[test]
fn a_child_by_sight_whose_papers_say_eighteen_is_in_doubt_and_never_an_eighteen_year_old_child() {
    landed(80, 24)
        .keys("n<Tab>BUDI REKAAN<Tab>L<Tab>21-02-2008<Tab><Tab><Tab><Tab><Tab><Tab>A<C-s>")
        .sees("Tersimpan")
        .sees_row("> 111 BUDI REKAAN L 18? LAPOR")
        .never_sees("18a");
}

#[test]
fn the_sex_is_one_letter_of_the_language_on_rows_and_in_forms() {
    landed(80, 24)
        .sees_row("5 1! SITI SRI LUBIS P 17a")
        .in_english()
        .sees_row("5 1! SITI SRI LUBIS F 17a")
        .keys("n<Tab>BUDI REKAAN<Tab>M<Tab>")
        .sees("M Male")
        .keys("<C-s>")
        .sees_row("> 111 BUDI REKAAN M");
}

#[test]
fn the_help_says_what_each_letter_of_a_row_means_and_how_to_filter_by_it() {
    landed(80, 24).keys("?").types("Tnd W").sees_row("Tnd W tanda:sendiri").sees("anak sendirian");
    let seat = landed(80, 24);
    for word in ["sendiri", "juru bahasa", "jangan hubungi"] {
        assert!(seat.app().seat.read_query(&format!("tanda:\"{word}\"")).is_ok(), "{word}");
    }
}

#[test]
fn the_title_counts_who_vanished_behind_a_seal_as_a_number_before_the_list_is_asked_for_anew() {
    let here = practice(80, 24, 0).keys("n<Tab>BUDI REKAAN<C-s>-<C-s>n<Tab>SARI REKAAN<C-s>-<C-s>");
    let there = here.another_screen().in_role("PKS").sees("semua kasus: 2");
    here.keys("/BUDI<Enter><Enter>:segel<Enter>").types("saksi yang diancam").keys("<C-s>").sees("Disegel");
    let there = there.nudged().never_sees("BUDI").sees("SARI").sees("semua kasus: 1").sees("+ 1 khusus");
    there.keys("r").sees("semua kasus: 1").sees("+ 1 khusus");
}

#[test]
fn the_practice_desk_says_where_each_operator_works() {
    practice(160, 48, 0).keys(":petugas<Enter>").sees("KBRI");
}
