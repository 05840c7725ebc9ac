//! Bytes that are no manifest: refused with a sentence, within bounds, without a panic.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use proptest::prelude::*;
use pulang::domain::field::Field;
use pulang::exchange::manifest::{MAX_BYTES, ReadOptions, read};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn options() -> ReadOptions {
    ReadOptions { lands: "2026-02-21".parse().unwrap(), today: "2026-02-21".parse().unwrap() }
}

fn refused(bytes: &[u8]) -> &'static str {
    read(bytes, &options()).expect_err("this is no manifest").key
}

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    for (column, text) in ["Nama", "L/P", "Tgl Lahir"].into_iter().enumerate() {
        page.write(0, column as u16, text).unwrap();
    }
    page.write(1, 0, "Tirta Banyubiru").unwrap();
    page.write(1, 1, "P").unwrap();
    page.write(1, 2, 36_000).unwrap();
    workbook.save_to_buffer().unwrap()
}

/// The workbook with the text of one of its parts changed.
fn with_part(name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let bytes = workbook();
    let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    let mut changed = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        changed.start_file(part.name(), SimpleFileOptions::default()).unwrap();
        let text = if part.name() == name { change(text) } else { text };
        changed.write_all(text.as_bytes()).unwrap();
    }
    changed.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_manifest_is_refused_by_name() {
    for (bytes, key) in [
        (&b""[..], "manifest-empty"),
        (b" \r\n\t\n", "manifest-empty"),
        (b"hello", "manifest-no-header"),
        (b"Nama;L/P\n", "manifest-no-people"),
        (b"a;b;c\n1;2;3\n", "manifest-no-header"),
        (b"PK\x03\x04 and nothing more", "manifest-workbook-damaged"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "manifest-old-workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "manifest-not-a-table"),
        (b"%PDF-1.7\n\0\x01\x02", "manifest-not-a-table"),
    ] {
        assert_eq!(refused(bytes), key);
    }
    assert_eq!(refused(&vec![b'a'; MAX_BYTES + 1]), "manifest-too-large");
}

#[test]
fn an_archive_that_unfolds_to_gigabytes_is_refused_at_once() {
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/sharedStrings.xml", SimpleFileOptions::default().large_file(true)).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..400 {
        bomb.write_all(&zeros).unwrap();
    }
    let bytes = bomb.finish().unwrap().into_inner();
    assert!(bytes.len() < MAX_BYTES);
    assert_eq!(refused(&bytes), "manifest-unfolds-too-large");
}

#[test]
fn a_claim_of_countless_strings_reserves_nothing() {
    for claim in ["99999999999", "18446744073709551615", "4000000000"] {
        let bytes = with_part("xl/sharedStrings.xml", |text| {
            let at = text.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
            let end = at + text[at..].find('"').unwrap();
            format!("{}{claim}{}", &text[..at], &text[end..])
        });
        assert_eq!(refused(&bytes), "manifest-unfolds-too-large");
    }
}

#[test]
fn cells_at_the_edge_of_the_world_cost_nothing() {
    let far = with_part("xl/worksheets/sheet1.xml", |text| text.replace("r=\"A2\"", "r=\"XFD2\""));
    assert_eq!(refused(&far), "manifest-too-many-columns");
    let deep = with_part("xl/worksheets/sheet1.xml", |text| {
        text.replace("A2", "A1048576").replace("<row r=\"2\"", "<row r=\"1048576\"")
    });
    let sheet = read(&deep, &options());
    assert!(sheet.is_ok() || sheet.is_err_and(|refusal| refusal.key == "manifest-workbook-damaged"));
}

#[test]
fn the_untouched_workbook_is_read() {
    assert_eq!(read(&workbook(), &options()).unwrap().rows.len(), 1);
}

fn manifest_like() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        "[A-Za-z' .,]{0,20}",
        "[0-9/ .,E+-]{0,18}",
        "\\PC{0,12}",
        Just("3,58E+15".to_owned()),
        Just("02/06/1996".to_owned()),
        Just("\"".to_owned()),
        Just("\u{202e}\u{1b}[2J".to_owned()),
    ];
    let line = prop::collection::vec(cell, 0..13).prop_map(|cells| cells.join(";"));
    prop::collection::vec(line, 0..12).prop_map(|lines| {
        let header = "No;Nama;L/P;TTL;NIK;Jenis Dok;No Dokumen;Berlaku s.d.;No HP;Kab/Kota Asal;Ket;Gelang";
        format!("{header}\n{}\n", lines.join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, &options());
    }

    #[test]
    fn random_cells_never_panic_and_no_person_is_lost(text in manifest_like(), row in 0_usize..12, cell in "\\PC{0,30}") {
        if let Ok(mut sheet) = read(text.as_bytes(), &options()) {
            let people = sheet.rows.len();
            for field in [Field::Name, Field::Birth, Field::Nik, Field::DocNo, Field::PhoneNo, Field::Home, Field::Queue] {
                sheet.set(row, field, &cell);
            }
            prop_assert_eq!(sheet.rows.len(), people);
            let counts = sheet.counts();
            prop_assert_eq!(counts.errors + counts.warnings + counts.notes + counts.clean, people);
            for (slot, value) in sheet.rows.iter().flat_map(|row| &row.facts) {
                if let pulang::domain::value::Value::Text(text) = value {
                    prop_assert!(!text.chars().any(char::is_control), "{}", slot);
                }
            }
        }
    }

    #[test]
    fn a_workbook_with_bytes_turned_over_never_panics(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = workbook();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, &options());
    }

    #[test]
    fn a_workbook_with_its_sheet_garbled_never_panics(at in any::<prop::sample::Index>(), garbage in "[<>/=\"a-z0-9A-Z ]{1,12}") {
        let bytes = with_part("xl/worksheets/sheet1.xml", |text| {
            let place = at.index(text.len());
            let mut text = text;
            if text.is_char_boundary(place) {
                text.insert_str(place, &garbage);
            }
            text
        });
        let _ = read(&bytes, &options());
    }
}
