//! The list: the order of urgency, what a stranger may read, marks.

use crate::harness::landed;

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
