//! The office: where it stands, which a report says, and what its supervisor may correct.

use crate::harness::{practice, story};
use pulang::domain::field::Field;

/// The country that the report of the newest case says, from its record.
fn reported_from(story: &crate::harness::Story) -> String {
    let seat = &story.app().seat;
    let row = seat.linkable(pulang::domain::subject::Kind::Case, "rekaan", 1)[0].0;
    seat.record(row).unwrap().code(Field::ReportCountry).unwrap_or_default().to_owned()
}

#[test]
fn a_report_says_the_country_of_the_office_as_its_supervisor_gave_it() {
    story(80, 24)
        .keys(":data kantor<Enter>")
        .sees("Kantor  Meja pertama")
        .sees("Nama kantor Meja pertama")
        .sees("Negara kantor [Indonesia] ?")
        .keys("<Tab>GST<Tab><Tab>Uni Emirat<C-s>")
        .sees("Data kantor tersimpan.")
        .keys("n<Tab>SITI REKAAN<C-s>")
        .sees("Tersimpan")
        .check(|story| assert_eq!(reported_from(story), "ARE"))
        .keys("<Enter>")
        .sees_row("21-02 00:00 rina dibuat")
        .restart()
        .keys(":data kantor<Enter>")
        .sees("Uni Emirat Arab");
}

#[test]
fn an_office_that_says_nothing_is_guessed_as_before() {
    story(80, 24)
        .keys("n<Tab>SITI REKAAN<C-s>")
        .sees("Tersimpan")
        .check(|story| assert_eq!(reported_from(story), "IDN"));
}

#[test]
fn the_office_is_its_supervisors_to_correct() {
    practice(80, 24, 0).in_role("PSI").keys(":data kantor<Enter>").sees("Hanya penyelia");
}
