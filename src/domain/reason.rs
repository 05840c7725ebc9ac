//! What a reason is: one rule for everything that opens, closes or destroys. Where a word is enough (a flag, a tier, what goes
//! to another office) `gate::reason` asks for that word.
//!
//! A reason that the trail keeps outlives the case it was given for: erasure does not reach it. So [`Said`] knows what it may not
//! hold: a number that may be somebody's, or the name of somebody whom it is about. Cases stand there by number.

use super::clean;
use super::field::{Field, Section};
use super::record::Record;
use super::subject::Number;
use super::value::Value;
use crate::identity::fold::fold;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Characters of a reason at least, in two words or more: a name or a key typed ahead is hardly ever that.
pub const REASON_LEAST: usize = 10;
/// Characters of a reason at most.
pub const REASON_MOST: usize = 200;

/// A reason as it is kept, one cleaned line; `None` where it is too short to be one. Too long is cut by whoever asks for it.
pub fn sound_reason(typed: &str) -> Option<String> {
    let why = clean::line(typed, REASON_MOST).text;
    let is_said = why.chars().count() >= REASON_LEAST && why.split_whitespace().count() >= 2;
    is_said.then_some(why)
}

/// Letters of a name's word from which on it may name somebody.
const LETTERS: usize = 3;
/// Digits of a person's own number from which on a reason may not hold them.
const OWN_DIGITS: usize = 5;
/// Digits in one piece from which on they may be anybody's: no date, case number or count has so many.
const PIECE: usize = 9;
/// Digits, in groups or not, of a NIK or a family card.
const NIK: usize = 16;
/// Digits of a phone number, in groups or not, with its leading `0`, `62` or `+`.
const PHONE: std::ops::RangeInclusive<usize> = 9..=15;
/// Digits of a travel document behind its one or two letters (`assets/documents.toml`).
const DOCUMENT: std::ops::RangeInclusive<usize> = 6..=8;
/// Words in names that name nobody.
const NOBODYS: [&str; 23] = [
    "tak", "dikenal", "bin", "binti", "anak", "bayi", "tidak", "tanpa", "nama", "senin", "selasa", "rabu", "kamis",
    "jumat", "sabtu", "minggu", "januari", "april", "mei", "juni", "juli", "agustus", "desember",
];

/// A reason read once, to be held against everybody whom it is about.
pub struct Said {
    words: BTreeSet<String>,
    digits: String,
    has_number: bool,
}

impl Said {
    /// Reads a reason.
    pub fn of(why: &str) -> Self {
        Self {
            words: fold(why).split(' ').map(str::to_owned).collect(),
            digits: digits(why),
            has_number: has_persons_number(why),
        }
    }

    /// Whether it holds what looks like a NIK, a phone number or the number of a travel document, whosever it is. Dates and
    /// the numbers of cases and papers are none.
    pub const fn has_number(&self) -> bool {
        self.has_number
    }

    /// Whether it names the person of these names. Of one person alone a word of a name is enough; among many, where most
    /// words are somebody's, it takes two of one name, or the whole.
    pub fn names<'n>(&self, mut names: impl Iterator<Item = &'n str>, is_alone: bool) -> bool {
        names.any(|name| {
            let folded = fold(name);
            let is_of_name = |word: &&str| word.chars().count() >= LETTERS && !NOBODYS.contains(word);
            let words: BTreeSet<&str> = folded.split(' ').filter(is_of_name).collect();
            let said = words.iter().filter(|word| self.words.contains(**word)).count();
            said > 0 && (is_alone || said >= 2 || said == words.len())
        })
    }

    /// Whether it names the person of a case or holds a number of theirs.
    pub fn is_about(&self, record: &Record, is_alone: bool) -> bool {
        let names =
            record.facts.iter().filter(|(slot, _)| matches!(slot.field, Field::Name | Field::Aliases | Field::DocName));
        let texts = names.filter_map(|(_, value)| text(value));
        // Each alias by itself: a whole one is a whole name.
        self.names(texts.flat_map(|text| text.split([';', ','])), is_alone) || self.has_number_of(record)
    }

    fn has_number_of(&self, record: &Record) -> bool {
        let is_personal = |section| matches!(section, Section::Identity | Section::Contact);
        let own = record.facts.iter().filter(|(slot, _)| is_personal(slot.field.section()));
        own.filter_map(|(_, value)| text(value).map(digits))
            .any(|own| own.len() >= OWN_DIGITS && self.digits.contains(&own))
    }
}

fn text(value: &Value) -> Option<&str> {
    if let Value::Text(text) = value { Some(text) } else { None }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a text holds what looks like somebody's number.
fn has_persons_number(why: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+').to_owned();
    // What is known to be no person's ends a row of digits, as a word does.
    let words: Vec<String> = why.split_whitespace().map(bare).collect();
    let rest: Vec<&str> = words.iter().map(|word| if is_nobodys(word) { "|" } else { word.as_str() }).collect();
    has_long_number(&rest.join(" ")) || has_document(&rest)
}

/// Whether a word is the number of a case or a day.
fn is_nobodys(word: &str) -> bool {
    let is_case = word.contains('-') && word.parse::<Number>().is_ok();
    let days = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%m-%y", "%Y%m%d"];
    is_case || days.iter().any(|day| NaiveDate::parse_from_str(word, day).is_ok())
}

/// Whether digits stand in a row, in groups or not, that may be a NIK or a phone number.
fn has_long_number(text: &str) -> bool {
    let is_in_row = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')' | '+');
    text.split(|c: char| !is_in_row(c)).any(|row| {
        let row = row.trim();
        let all = digits(row);
        let is_phone = PHONE.contains(&all.len())
            && (row.trim_start_matches('(').starts_with('+')
                || all.starts_with("62")
                || (all.starts_with('0') && !all.starts_with("00") && !all.starts_with("01")));
        let is_piece = row.split(|c: char| !c.is_ascii_digit()).any(|piece| piece.len() >= PIECE);
        all.len() >= NIK || is_phone || is_piece
    })
}

/// Whether a word, or one and the next, is one or two letters and the digits of a travel document.
fn has_document(words: &[&str]) -> bool {
    let is_number = |text: &str| DOCUMENT.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let is_letters = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic());
    let in_one = words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).any(|part| {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        is_letters(letters) && is_number(&part[letters.len()..])
    });
    // In two pieces the letters are capitals, or any `di 123456` would be one.
    let is_capital = |text: &str| is_letters(text) && text.bytes().all(|b| b.is_ascii_uppercase());
    in_one || words.windows(2).any(|two| is_capital(two[0]) && is_number(two[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::UNKNOWN_NAME;
    use crate::domain::record::Slot;
    use crate::domain::subject::Subject;
    use ulid::Ulid;

    #[test]
    fn a_reason_is_two_words_of_ten_letters_together() {
        for short in ["", "saksi", "saksi kita", "rahasianegara", "  saksi \n  itu "] {
            let is_ten = short == "saksi kita";
            assert_eq!(sound_reason(short).is_some(), is_ten, "{short:?}");
        }
        assert_eq!(sound_reason("  saksi   dalam\tperkara ").as_deref(), Some("saksi dalam perkara"));
    }

    fn siti() -> Record {
        let mut record = Record::empty(Subject::case(Ulid(7)));
        record.facts.insert(Field::Name.into(), Value::text("Siti Sri Contoh"));
        record.facts.insert(Field::Aliases.into(), Value::text("Menik; Cici Rekaan"));
        record.facts.insert(Field::Nik.into(), Value::text("5171010101909001"));
        record.facts.insert(Slot::of(Ulid(9), Field::DocName), Value::text("SITI SRI BINTI AMIN"));
        record
    }

    #[test]
    fn the_number_of_a_person_is_known_however_it_is_written() {
        for why in [
            "laporan NIK 1219126410089022",
            "laporan NIK 1219.1264.1008.9022",
            "laporan 1219 1264 1008 9022 untuk polisi",
            "nomor 121912-641008-9022 diminta",
            "telepon 084012345678 ditanya",
            "telepon 0840-1234-5678",
            "telepon +62 840 1234 5678, keluarga",
            "hubungi 62 840 1234 5678",
            "hubungi (021) 4244 9001",
            "paspor Z1234567 hilang",
            "paspor XZ123456.",
            "paspor Z 1234567 hilang",
            "NIP 198001012005011001",
        ] {
            assert!(Said::of(why).has_number(), "{why}");
        }
    }

    #[test]
    fn an_ordinary_reason_is_no_alarm() {
        for why in [
            "laporan mingguan ke pimpinan",
            "permintaan BP3MI Medan",
            "laporan 21-02-2026",
            "laporan 21-02-2026 26-000005-A 26-000009-J",
            "kasus 26-000005 26-000009, 26-000011-C.",
            "rapat 2026-02-21 pukul 08.30, 110 orang",
            "surat 045/BP3MI/XI/2026 tanggal 21/02/2026 10:30",
            "kertas P26-000123 rusak, cetak ulang",
            "kloter GA 412 dan QZ8501, 97 + 13 orang",
            "biaya 1.500.000 rupiah untuk 3 orang",
            "Permen P2MI 32/2025 pasal 13",
            "data 20260221 sampai 20260228",
            "masa simpan berakhir, surat 12/2026",
        ] {
            let said = Said::of(why);
            assert!(!said.has_number() && !said.is_about(&siti(), true), "{why}");
        }
    }

    #[test]
    fn one_word_names_a_person_alone_and_two_or_the_whole_one_of_many() {
        let said = |why: &str, is_alone: bool| Said::of(why).is_about(&siti(), is_alone);
        for (why, alone, of_many) in [
            ("laporan untuk SITI SRI CONTOH", true, true),
            ("permintaan ibu siti sendiri", true, false),
            ("laporan Contoh, Siti", true, true),
            ("permintaan Menik lewat telepon", true, true),
            ("dia sudah di rumah amin", true, false),
            ("anak binti siapa belum jelas", false, false),
            ("nomor 5171 0101 0190 9001 diminta", true, true),
            ("contohnya sitinjak di srikandi", false, false),
        ] {
            assert_eq!((said(why, true), said(why, false)), (alone, of_many), "{why}");
        }
        let one =
            |name: &'static str| Said::of("daftar orang tak dikenal hari minggu").names([name].into_iter(), false);
        assert!(!one(UNKNOWN_NAME) && !one("Minggu") && !one("") && !one("N. A."));
    }
}
