//! How a manifest comes in, as it really does: a workbook dropped or named by its path, a paste, a file from another program;
//! and things that are no manifest.

use crate::harness::{Story, story};
use rust_xlsxwriter::Workbook;

fn manifest() -> String {
    std::fs::read_to_string(Story::manifest_path()).unwrap()
}

/// The manifest of the tests as a workbook of text cells.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in manifest().trim_start_matches('\u{feff}').lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

const PREVIEW: &str = "113 baris: 110 masuk, 3 sudah ada, 4 galat, 10 perlu dilihat";

#[test]
fn a_workbook_in_the_drop_folder_is_offered_decided_and_taken_in() {
    story(80, 24)
        .with_dropped("kloter_pagi.xlsx", &workbook())
        .with_dropped("catatan.docx", b"bukan manifes")
        .keys("i")
        .sees("kloter_pagi.xlsx")
        .never_sees("catatan.docx")
        .keys("<Enter>")
        .sees("Nama kloter kloter_pagi")
        .keys("<C-s>")
        .sees(PREVIEW)
        .keys("<End>c")
        .sees_all(&["Baris 113", "Baris 32"])
        .keys("s<C-s>")
        .sees("110 orang diterima");
}

#[test]
fn a_workbook_is_read_by_its_path() {
    let story = story(80, 24);
    let path = story.file("manifes malam.xlsx", &workbook());
    story.keys("i").types(&path).keys("<Enter><C-s>").sees(PREVIEW).keys("<C-s>").sees("110 orang diterima");
}

#[test]
fn a_csv_is_pasted_whole() {
    let commas = manifest().trim_start_matches('\u{feff}').replace(',', " ").replace(';', ",");
    story(80, 24).keys("i").paste(&commas).keys("<C-s>").sees(PREVIEW).keys("<C-s>").sees("110 orang diterima");
}

#[test]
fn a_file_with_semicolons_a_mark_in_front_and_line_ends_of_another_system_is_the_same() {
    let text = format!("\u{feff}{}", manifest().trim_start_matches('\u{feff}').replace('\n', "\r\n"));
    let story = story(80, 24);
    let path = story.file("windows.csv", text.as_bytes());
    story.keys("i").types(&path).keys("<Enter><C-s>").sees(PREVIEW).keys("<C-s>").sees("110 orang diterima");
}

#[test]
fn pasted_garbage_is_refused_in_words_and_the_prompt_stays() {
    for garbage in [
        "ini bukan manifes\nsama sekali\n",
        "\u{0}\u{1}\u{fffd}\n\u{7}\t\n",
        ";;;;\n;;;;\n;;;;\n",
        "<html>\n<p>hai</p>\n",
    ] {
        story(80, 24)
            .keys("i")
            .paste(garbage)
            .sees("!!")
            .sees("Berkas manifes (atau tempel)")
            .keys("<Esc>")
            .sees("semua kasus: 0");
    }
}

#[test]
fn a_workbook_that_is_none_is_refused_by_its_path_and_in_the_folder() {
    let broken = [b"PK\x03\x04".as_slice(), &[0xff; 600]].concat();
    let story = story(80, 24);
    let path = story.file("rusak.xlsx", &broken);
    story
        .keys("i")
        .types(&path)
        .keys("<Enter>")
        .sees("!!")
        .keys("<Esc>")
        .with_dropped("rusak.xlsx", &broken)
        .keys("i<Enter>")
        .sees("!!")
        .sees("semua kasus: 0");
}
