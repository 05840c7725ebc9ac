//! The same people, whatever the file: separators, encodings, line ends, workbooks with text, number and date cells.
//! How long reading takes: `cargo bench --bench rooms`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use chrono::{Datelike, NaiveDate};
use pulang::domain::field::Field;
use pulang::domain::record::Facts;
use pulang::domain::value::{Dated, Value};
use pulang::exchange::manifest::{Format, ReadOptions, Sheet, read};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};

const MANIFEST: &str = include_str!("data/manifest_110.csv");

fn options() -> ReadOptions {
    ReadOptions { lands: "2026-02-21".parse().unwrap(), today: "2026-02-21".parse().unwrap() }
}

fn sheet(bytes: &[u8]) -> Sheet {
    read(bytes, &options()).unwrap()
}

/// The facts of every row, without the words in which a date was written and the ids made from such words.
fn people(sheet: &Sheet) -> Vec<Vec<(Field, Value)>> {
    let plain = |facts: &Facts| {
        let mut plain: Vec<(Field, Value)> = facts
            .iter()
            // How it was written differs from format to format; where nothing else could be read, it is what there is.
            .filter(|(slot, _)| slot.field != Field::BirthRaw)
            .filter(|(slot, _)| slot.field != Field::NikRaw || !facts.contains_key(&Field::Nik.into()))
            .map(|(slot, value)| (slot.field, value.clone()))
            .collect();
        plain.sort();
        plain
    };
    sheet.rows.iter().map(|row| plain(&row.facts)).collect()
}

fn cells() -> Vec<Vec<String>> {
    let body = MANIFEST.trim_start_matches('\u{feff}');
    body.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Typed {
    Text,
    Native,
}

/// A workbook of the manifest with two title lines above; with numbers and dates as such, or everything as text.
fn workbook(typed: Typed) -> Vec<u8> {
    let original = sheet(MANIFEST.as_bytes());
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name("Manifes").unwrap();
    page.write(0, 0, "DAFTAR PMI KLOTER LATIHAN").unwrap();
    page.write(1, 0, "Phnom Penh, 20 Februari 2026").unwrap();
    let day_style = Style::new().set_num_format("dd/mm/yyyy");
    for (at, line) in cells().iter().enumerate() {
        for (column, text) in line.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let (row, column) = (at as u32 + 3, column as u16);
            let facts = at.checked_sub(1).and_then(|at| original.rows.get(at)).map(|row| &row.facts);
            let day = facts.and_then(|facts| match column {
                3 => day_of(facts, Field::Birth),
                7 => day_of(facts, Field::DocUntil),
                _ => None,
            });
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            match (typed, column, day) {
                (Typed::Native, 3 | 7, Some(day)) => {
                    let date = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8).unwrap();
                    page.write_with_format(row, column, &date, &day_style).unwrap();
                }
                (Typed::Native, 0 | 4 | 8, _) if at > 0 && !text.contains('E') => {
                    page.write(row, column, digits.parse::<f64>().unwrap()).unwrap();
                }
                _ => {
                    page.write(row, column, text.as_str()).unwrap();
                }
            }
        }
    }
    page.write(118, 1, "Jumlah").unwrap();
    page.write(118, 2, 113).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn day_of(facts: &Facts, field: Field) -> Option<NaiveDate> {
    facts.iter().find(|(slot, _)| slot.field == field).and_then(|(_, value)| match value {
        Value::Date(Dated { on, .. }) => *on,
        _ => None,
    })
}

#[test]
fn separators_encodings_and_line_ends_make_no_difference() {
    let original = sheet(MANIFEST.as_bytes());
    assert_eq!(original.format, Format::Delimited { separator: ';', encoding: "UTF-8" });
    let body = MANIFEST.trim_start_matches('\u{feff}');
    let quoted = |separator: &str| {
        let cell = |text: &String| if text.contains(separator) { format!("\"{text}\"") } else { text.clone() };
        cells().iter().map(|line| line.iter().map(cell).collect::<Vec<_>>().join(separator) + "\n").collect::<String>()
    };
    let wide: Vec<u8> = MANIFEST.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("no mark", body.as_bytes().to_vec()),
        ("carriage returns", body.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()),
        ("a paste", quoted("\t").replace('\n', "\r").into_bytes()),
        ("commas", quoted(",").into_bytes()),
        ("tabs", quoted("\t").into_bytes()),
        ("wide characters", wide),
        ("titles", format!("DAFTAR NAMA\n\nKloter;3\n{body}").into_bytes()),
        (
            "every cell quoted",
            body.lines().map(|l| format!("\"{}\"\n", l.replace(';', "\";\""))).collect::<String>().into_bytes(),
        ),
    ] {
        let other = sheet(&bytes);
        assert!(people(&other) == people(&original), "{name}");
        assert_eq!(other.fingerprint, original.fingerprint, "{name}");
    }
}

#[test]
fn a_workbook_of_texts_holds_the_same_people() {
    let original = sheet(MANIFEST.as_bytes());
    let other = sheet(&workbook(Typed::Text));
    assert_eq!(other.format, Format::Workbook { sheet: "Manifes".into(), unread_sheets: 0 });
    assert!(people(&other) == people(&original));
    assert_eq!(other.fingerprint, original.fingerprint);
    assert_eq!((other.header_line, other.rows[0].line), (4, 5));
    assert_eq!(other.passed_over.len(), 1);
    assert_eq!((other.passed_over[0].line, other.passed_over[0].key), (119, "manifest-line-total"));
}

#[test]
fn a_workbook_of_numbers_and_dates_holds_the_same_people() {
    let original = sheet(MANIFEST.as_bytes());
    let other = sheet(&workbook(Typed::Native));
    for (place, (theirs, ours)) in people(&other).iter().zip(people(&original)).enumerate() {
        assert!(*theirs == ours, "row {}", place + 1);
    }
    assert_eq!(other.fingerprint, original.fingerprint);
    assert_eq!(other.counts().people, 110);
    let is_rounded =
        |place: usize| other.rows[place - 1].remarks.iter().any(|remark| remark.key == "manifest-nik-rounded");
    assert!(is_rounded(1), "a number that ends in 0 may have lost its last digit");
    assert!(!is_rounded(3));
}

#[test]
fn another_list_has_another_fingerprint() {
    let changed = MANIFEST.replace("MEGA HARAHAP", "MEGA HARAHAB");
    assert_ne!(sheet(changed.as_bytes()).fingerprint, sheet(MANIFEST.as_bytes()).fingerprint);
}

#[test]
fn windows_1252_names_keep_their_letters() {
    let bytes = b"Nama;L/P\nJos\xE9 Tumbelaka;L\n";
    let sheet = sheet(bytes);
    assert_eq!(sheet.format, Format::Delimited { separator: ';', encoding: "Windows-1252" });
    assert_eq!(sheet.rows[0].facts.get(&Field::Name.into()), Some(&Value::text("José Tumbelaka")));
}

#[test]
fn other_senders_write_other_columns() {
    let text = "Daftar\tpenumpang\n\
        No.\tFull Name\tSex (M/F)\tTTL\tID Number\tPassport No\tExpiry\tPhone\tKecamatan\tKab/Kota\tProvinsi\tKelompok\tNo. Gelang\tNationality\tHobi\n\
        1\tMaya\tF\tManado, 15-05-1998\t7171085505989101\tZ 471-4800\t14 Jan 2027\t0846 6742 6314 / 084999999999\tMapanget\tKota Manado\tSulut\tA1\t017\tIndonesia\tmemancing\n\
        No.\tFull Name\tSex (M/F)\tTTL\tID Number\tPassport No\tExpiry\tPhone\tKecamatan\tKab/Kota\tProvinsi\tKelompok\tNo. Gelang\tNationality\tHobi\n\
        2\tN.A.\tM\t\t\t-\t\t-\t\tBandung\t\t\t\t\t\n\
        3\t\tM\t\t\tZ1234567\t\t\t\t\t\t\t\t\t\n\
        \t\t\t\t\t\t\t\tMengetahui\t\t\t\t\t\t\n\
        Total\t3\t\t\t\t\t\t\t\t\t\t\t\t\t\n";
    let sheet = sheet(text.as_bytes());
    assert_eq!(sheet.rows.len(), 3);
    let unknown: Vec<_> =
        sheet.headers.iter().filter(|header| header.means.is_none()).map(|header| header.text.as_str()).collect();
    assert_eq!(unknown, ["Hobi"]);
    let keys: Vec<_> = sheet.passed_over.iter().map(|line| (line.line, line.key)).collect();
    let wanted = [(4, "manifest-line-header-again"), (7, "manifest-line-not-a-person"), (8, "manifest-line-total")];
    assert_eq!(keys, wanted);
    let maya = &sheet.rows[0].facts;
    let fact = |field: Field| maya.iter().find(|(slot, _)| slot.field == field).map(|(_, value)| value.clone());
    for (field, value) in [
        (Field::Sex, Value::code("P")),
        (Field::BirthPlace, Value::text("Manado")),
        (Field::Birth, Value::Date(Dated::certain("1998-05-15".parse().unwrap()))),
        (Field::Nik, Value::text("7171085505989101")),
        (Field::DocKind, Value::code("PSP")),
        (Field::DocNo, Value::text("Z4714800")),
        (Field::PhoneNo, Value::text("+6284667426314")),
        (Field::Home, Value::code("71.71.08")),
        (Field::HomeText, Value::text("Mapanget, Kota Manado, Sulut")),
        (Field::Group, Value::text("A1")),
        (Field::Queue, Value::Number(17)),
        (Field::Nationality, Value::code("IDN")),
    ] {
        assert_eq!(fact(field), Some(value), "{field:?}");
    }
    assert_eq!(sheet.rows[1].facts.get(&Field::NameKind.into()), Some(&Value::code("INI")));
    assert_eq!(sheet.rows[1].homes.len(), 2, "Bandung is a regency and a city");
    assert_eq!(sheet.rows[2].facts.get(&Field::NameKind.into()), Some(&Value::code("TDK")));
}

/// People with names, births and numbers of their own, as in a real list.
fn many(rows: u32) -> String {
    let mut text = String::from("No;Nama;L/P;Tgl Lahir;NIK;No Dokumen;No HP;Kab/Kota Asal\n");
    let parts =
        ["Tirta", "Banyu", "Sekar", "Galang", "Lintang", "Damar", "Puspa", "Wira", "Kencana", "Rompas", "Tumiwa"];
    for row in 0..rows {
        let (first, second, third) = (row as usize % 11, row as usize / 11 % 11, row as usize / 121 % 11);
        let (day, month, year) = (row % 28 + 1, row / 28 % 12 + 1, row / 336 % 30 + 70);
        let name = format!("{} {} {}", parts[first], parts[second], parts[third]);
        let serial = 9_001 + row % 999;
        text += &format!(
            "{row};{name};L;{day:02}-{month:02}-19{year};717108{day:02}{month:02}{year}{serial};Z{row:07};0846{row:08};Kota Manado\n"
        );
    }
    text
}

#[test]
fn five_thousand_rows_are_read_and_one_more_is_refused() {
    assert_eq!(sheet(many(5_000).as_bytes()).rows.len(), 5_000);
    let refusal = read(many(5_001).as_bytes(), &options()).unwrap_err();
    assert_eq!(refusal.key, "manifest-too-many-rows");
}

#[test]
fn a_nik_that_was_read_keeps_how_it_was_written_where_that_was_another_way() {
    let sheet = sheet("Nama;NIK\nSITI REKAAN;3203 2166 0395 9077\nSARI REKAAN;3203216603959078\n".as_bytes());
    let raw = |row: usize| sheet.rows[row].facts.get(&Field::NikRaw.into()).cloned();
    assert_eq!(raw(0), Some(Value::text("3203 2166 0395 9077")));
    assert_eq!(sheet.rows[0].facts.get(&Field::Nik.into()), Some(&Value::text("3203216603959077")));
    assert_eq!(raw(1), None);
}
