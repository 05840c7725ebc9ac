//! Reading the two lines: lengths, check digits, repairs, dates.

use super::{Field, LINE_LENGTH, Mrz, NotRead, Reading, Repair};
use crate::identity::Sex;
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// Bytes that are looked at; a scan has 88 and a few line ends.
const MAX_BYTES: usize = 400;
/// Places in line 2, from 0 (ICAO 9303 part 4, 4.2.2.2).
const NUMBER: Range<usize> = 0..9;
const NUMBER_DIGIT: usize = 9;
const NATIONALITY: Range<usize> = 10..13;
const BIRTH: Range<usize> = 13..19;
const BIRTH_DIGIT: usize = 19;
const SEX: usize = 20;
const EXPIRY: Range<usize> = 21..27;
const EXPIRY_DIGIT: usize = 27;
const OPTIONAL: Range<usize> = 28..42;
const OPTIONAL_DIGIT: usize = 42;
const COMPOSITE_DIGIT: usize = 43;

/// Reads two lines of 44, in lower or upper case, parted by any line end or Tab or not at all.
///
/// Births lie in the latest century that is not after `today`, expiries in this one.
pub fn read(text: &str, today: NaiveDate) -> Result<Reading, NotRead> {
    let (first, mut second) = lines(text)?;
    let mut failing = Vec::new();
    let mut repairs = Vec::new();
    check_number(&first, &mut second, &mut repairs, &mut failing);
    for (field, range, digit) in [(Field::Birth, BIRTH, BIRTH_DIGIT), (Field::Expiry, EXPIRY, EXPIRY_DIGIT)] {
        check_digits(&mut second, field, range, digit, &mut repairs, &mut failing);
    }
    check_optional(&mut second, &mut repairs, &mut failing);
    check_composite(&mut second, &mut repairs, &mut failing);
    let mrz = fields(&first, &second, today, &mut failing);
    failing.sort_unstable();
    failing.dedup();
    Ok(if failing.is_empty() { Reading::Sound { mrz, repairs } } else { Reading::Doubtful { shown: mrz, failing } })
}

type Line = [u8; LINE_LENGTH];

fn lines(text: &str) -> Result<(Line, Line), NotRead> {
    let parts: Vec<Vec<u8>> = text
        .as_bytes()
        .iter()
        .take(MAX_BYTES)
        .map(u8::to_ascii_uppercase)
        .collect::<Vec<_>>()
        .split(|byte| matches!(byte, b'\r' | b'\n' | b'\t'))
        .map(|part| part.trim_ascii().to_vec())
        .filter(|part| !part.is_empty())
        .collect();
    let whole: Vec<u8> = parts.concat();
    if whole.first() != Some(&b'P') {
        return Err(NotRead::NotAPassport);
    }
    let is_of_zone = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'<';
    if let Some(at) = whole.iter().position(|byte| !is_of_zone(byte)) {
        return Err(NotRead::Character { position: at + 1 });
    }
    let first_length = if parts.len() == 1 { whole.len().min(LINE_LENGTH) } else { parts[0].len() };
    let length = NotRead::Length { first: first_length, second: whole.len() - first_length };
    // Lines of other lengths that happen to make 88 together would shift every field.
    let is_regular = whole.len() == 2 * LINE_LENGTH && first_length == LINE_LENGTH;
    if !is_regular {
        return Err(length);
    }
    let (first, second) = whole.split_at(LINE_LENGTH);
    match (first.try_into(), second.try_into()) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (_, _) => Err(length),
    }
}

/// Is the check digit of some characters: values times 7, 3, 1 in turn, modulo 10 (ICAO 9303 part 3, 4.9).
pub(super) fn check_digit(characters: impl IntoIterator<Item = u8>) -> u8 {
    let weighed = characters.into_iter().zip([7u32, 3, 1].into_iter().cycle()).map(|(character, weight)| {
        weight
            * match character {
                b'0'..=b'9' => u32::from(character - b'0'),
                b'A'..=b'Z' => u32::from(character - b'A') + 10,
                _ => 0,
            }
    });
    b'0' + (weighed.sum::<u32>() % 10) as u8
}

fn as_digit(character: u8) -> u8 {
    match character {
        b'O' => b'0',
        b'I' => b'1',
        b'S' => b'5',
        b'B' => b'8',
        other => other,
    }
}

fn as_letter(character: u8) -> u8 {
    match character {
        b'0' => b'O',
        b'1' => b'I',
        b'5' => b'S',
        b'8' => b'B',
        other => other,
    }
}

/// Puts `repaired` in place of the line where it differs, and lists what was changed.
fn accept(line: &mut Line, repaired: &Line, field: Field, repairs: &mut Vec<Repair>) {
    for at in 0..LINE_LENGTH {
        if line[at] != repaired[at] {
            let (was, now) = (char::from(line[at]), char::from(repaired[at]));
            repairs.push(Repair { field, position: at + 1, was, now });
            line[at] = repaired[at];
        }
    }
}

fn has_fitting_digit(line: &Line, range: Range<usize>, digit: usize) -> bool {
    check_digit(line[range].iter().copied()) == line[digit]
}

/// Checks digits-only fields: a letter among them is certainly a misread one.
fn check_digits(
    line: &mut Line,
    field: Field,
    range: Range<usize>,
    digit: usize,
    repairs: &mut Vec<Repair>,
    failing: &mut Vec<Field>,
) {
    let mut repaired = *line;
    for at in range.clone().chain([digit]) {
        repaired[at] = as_digit(line[at]);
    }
    if has_fitting_digit(&repaired, range, digit) {
        accept(line, &repaired, field, repairs);
    } else {
        failing.push(field);
    }
}

/// Checks the document number. Its own characters have known kinds in Indonesian documents alone: a letter first,
/// digits from the third on (loose rule, mark K), so a repair there needs its check digit to fit.
fn check_number(first: &Line, line: &mut Line, repairs: &mut Vec<Repair>, failing: &mut Vec<Field>) {
    let mut repaired = *line;
    repaired[NUMBER_DIGIT] = as_digit(line[NUMBER_DIGIT]);
    if !has_fitting_digit(&repaired, NUMBER, NUMBER_DIGIT) && &first[2..5] == b"IDN" {
        repaired[0] = as_letter(line[0]);
        for at in 2..NUMBER.end {
            repaired[at] = as_digit(line[at]);
        }
    }
    if has_fitting_digit(&repaired, NUMBER, NUMBER_DIGIT) && line[0] != b'<' {
        accept(line, &repaired, Field::Number, repairs);
    } else {
        failing.push(Field::Number);
    }
}

/// Checks the optional data, whose digit may be `<` when there is none.
fn check_optional(line: &mut Line, repairs: &mut Vec<Repair>, failing: &mut Vec<Field>) {
    let is_empty = line[OPTIONAL].iter().all(|character| *character == b'<');
    if is_empty && line[OPTIONAL_DIGIT] == b'<' {
        return;
    }
    let mut repaired = *line;
    repaired[OPTIONAL_DIGIT] = as_digit(line[OPTIONAL_DIGIT]);
    if has_fitting_digit(&repaired, OPTIONAL, OPTIONAL_DIGIT) {
        accept(line, &repaired, Field::Optional, repairs);
    } else {
        failing.push(Field::Optional);
    }
}

fn check_composite(line: &mut Line, repairs: &mut Vec<Repair>, failing: &mut Vec<Field>) {
    let mut repaired = *line;
    repaired[COMPOSITE_DIGIT] = as_digit(line[COMPOSITE_DIGIT]);
    let covered = repaired[..10].iter().chain(&repaired[13..20]).chain(&repaired[21..43]).copied();
    if check_digit(covered) == repaired[COMPOSITE_DIGIT] {
        accept(line, &repaired, Field::Composite, repairs);
    } else {
        failing.push(Field::Composite);
    }
}

fn fields(first: &Line, second: &Line, today: NaiveDate, failing: &mut Vec<Field>) -> Mrz {
    let has_digit = |part: &[u8]| part.iter().any(u8::is_ascii_digit);
    for (field, part) in [
        (Field::Kind, &first[..2]),
        (Field::Issuer, &first[2..5]),
        (Field::Name, &first[5..]),
        (Field::Nationality, &second[NATIONALITY]),
    ] {
        if has_digit(part) || (field != Field::Kind && part[0] == b'<') {
            failing.push(field);
        }
    }
    let sex = match second[SEX] {
        b'M' => Some(Sex::Male),
        b'F' => Some(Sex::Female),
        b'<' | b'X' => None,
        _ => {
            failing.push(Field::Sex);
            None
        }
    };
    let birth = date(&second[BIRTH], Some(today), true, Field::Birth, failing);
    let expiry = date(&second[EXPIRY], None, false, Field::Expiry, failing);
    let name = &first[5..];
    let gap = name.windows(2).position(|pair| pair == b"<<").unwrap_or(name.len());
    Mrz {
        kind: plain(&first[..2]),
        issuer: plain(&first[2..5]),
        primary: plain(&name[..gap]),
        secondary: plain(&name[gap..]),
        is_name_cut: name.last() != Some(&b'<'),
        number: plain(&second[NUMBER]),
        nationality: plain(&second[NATIONALITY]),
        birth,
        sex,
        expiry,
        optional: plain(&second[OPTIONAL]),
    }
}

/// Turns fillers into single spaces, none outside.
fn plain(part: &[u8]) -> String {
    let words = part.split(|byte| *byte == b'<').filter(|word| !word.is_empty());
    words.map(|word| String::from_utf8_lossy(word).into_owned()).collect::<Vec<_>>().join(" ")
}

/// Reads YYMMDD; an unknown part may be `<<` where `may_be_open`, which gives no date and no failure.
fn date(
    part: &[u8],
    not_after: Option<NaiveDate>,
    may_be_open: bool,
    field: Field,
    failing: &mut Vec<Field>,
) -> Option<NaiveDate> {
    if may_be_open && part.contains(&b'<') && part.iter().all(|byte| *byte == b'<' || byte.is_ascii_digit()) {
        return None;
    }
    let number = |at: usize| -> Option<u32> { std::str::from_utf8(part.get(at..at + 2)?).ok()?.parse().ok() };
    let in_century = |century: i32| -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(century + number(0)? as i32, number(2)?, number(4)?)
    };
    let found = match not_after {
        None => in_century(2000),
        Some(today) => {
            let this = today.year() - today.year().rem_euclid(100);
            in_century(this).filter(|date| *date <= today).or_else(|| in_century(this - 100))
        }
    };
    if found.is_none() {
        failing.push(field);
    }
    found
}
