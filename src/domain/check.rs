//! The one check between what is typed and what is kept: forms, imports and the store read every field here.
//!
//! `read(field, show(field, value)) == value` for every value that a field can hold. What is merely odd about a value
//! (a NIK of an old region, an unusual passport number) is a remark of `identity`, never a refusal here; the labels of
//! codes, in either language, are the form's to match.

use super::calendar::{self, Zone};
use super::clean;
use super::field::{Field, Shape};
use super::operator;
use super::refusal::Refusal;
use super::subject::{Kind, Subject};
use super::value::{Dated, Precision, Value};
use super::words::List;
use crate::identity::country::Country;
use crate::identity::passport::{DocumentNumber, DocumentRules};
use crate::identity::region::{Home, RegionCode, read_home};
use crate::identity::{Advice, Severity, nik, phone};
use chrono::{DateTime, NaiveDate, Utc};
use std::borrow::Borrow;
use std::collections::BTreeSet;

/// Phones that are no number of E.164 are kept as typed, up to this many characters.
const RAW_PHONE_AT_MOST: usize = 40;

/// A number as it was written, where it could not be read, is no longer than this.
const RAW_AT_MOST: usize = 400;

/// What is quoted back of a refused text.
const QUOTED_AT_MOST: usize = 40;

/// Codes of lists are short; a list of them longer than this is refused unread.
const CHOICES_AT_MOST: usize = 400;

/// What typed dates and times are read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckContext {
    /// The day of `now` in `zone`.
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    /// The zone of the operator's office.
    pub zone: Zone,
}

impl CheckContext {
    pub fn new(now: DateTime<Utc>, zone: Zone) -> Self {
        Self { today: zone.day(now), now, zone }
    }
}

/// Characters of the id of an item.
const ITEM_ID: usize = 26;

/// Reads what was typed into a field; `None` for nothing.
///
/// # Errors
/// A refusal `input-…`, `date-…`, `time-…`, `nik-…` or `document-…` that says what cannot be and what can be typed.
pub fn read(field: Field, typed: &str, context: &CheckContext) -> Result<Option<Value>, Refusal> {
    if clean::line(typed, 1) == clean::Cleaned::default() {
        return Ok(None);
    }
    match field.shape() {
        Shape::Text(_) if field == Field::Name && !typed.chars().any(char::is_alphabetic) => {
            Err(Refusal::new("input-no-letters"))
        }
        Shape::Text(_) if field == Field::OperatorLogin => operator::read_login(typed).map(|it| Some(Value::Text(it))),
        Shape::Text(_) if field == Field::KeyText => operator::read_key(typed).map(|it| Some(Value::Text(it))),
        Shape::Text(max) => bounded(clean::line(typed, max.into()), typed, max.into()),
        Shape::Item(_) => bounded(clean::line(typed, ITEM_ID), typed, ITEM_ID),
        Shape::Lines(max) => bounded(clean::lines(typed, max.into()), typed, max.into()),
        Shape::Nik => read_nik(typed, context.today).map(Some),
        Shape::Phone => read_phone(typed),
        Shape::DocumentNo => read_document_no(typed).map(Some),
        Shape::Choice(list) => {
            choice(list, clean::line(typed, QUOTED_AT_MOST).text.as_str()).map(|code| Some(Value::code(code)))
        }
        Shape::Choices(list) => choices(list, typed),
        Shape::Date(_) if field == Field::Birth => some_date(calendar::read_birth(typed, context.today)),
        Shape::Date(direction) => some_date(calendar::read_date(typed, context.today, direction)),
        Shape::Time => calendar::read_time(typed, context.now, context.zone).map(|timed| Some(Value::Time(timed))),
        Shape::Number { min, max } => number(typed, min, max).map(Some),
        Shape::YesNo => yes_no(typed).map(Some),
        Shape::Region => region(typed).map(Some),
        Shape::Country => country(typed).map(Some),
        Shape::Link(kind) => link(typed, kind).map(Some),
    }
}

/// Whether a value is one that a field can hold: its shape, its lists, its limits.
pub fn is_of_shape(field: Field, value: &Value) -> bool {
    match (field.shape(), value) {
        (Shape::Text(most) | Shape::Lines(most), Value::Text(text)) => text.chars().count() <= usize::from(most),
        (Shape::Item(_), Value::Text(text)) => text.chars().count() <= ITEM_ID,
        (Shape::Nik | Shape::Phone | Shape::DocumentNo, Value::Text(text)) => text.chars().count() <= RAW_AT_MOST,
        (Shape::Choice(list), Value::Code(code)) => list.has(code),
        (Shape::Choices(list), Value::Codes(codes)) => codes.iter().all(|code| list.has(code)),
        (Shape::Date(_), Value::Date(dated)) => dated.source.as_ref().is_none_or(|s| s.chars().count() <= RAW_AT_MOST),
        (Shape::Number { min, max }, Value::Number(number)) => (min..=max).contains(number),
        (Shape::Region | Shape::Country, Value::Code(code)) => code.len() <= QUOTED_AT_MOST,
        (Shape::Link(kind), Value::Link(subject)) => subject.kind == kind,
        (Shape::Time, Value::Time(_)) | (Shape::YesNo, Value::YesNo(_)) => true,
        (
            Shape::Text(_)
            | Shape::Lines(_)
            | Shape::Nik
            | Shape::Phone
            | Shape::DocumentNo
            | Shape::Choice(_)
            | Shape::Choices(_)
            | Shape::Date(_)
            | Shape::Time
            | Shape::Number { .. }
            | Shape::YesNo
            | Shape::Region
            | Shape::Country
            | Shape::Link(_)
            | Shape::Item(_),
            _,
        ) => false,
    }
}

/// What a form shows of a value, and reads back as the same value: codes as codes, yes and no as `Y` and `T`, times in
/// the zone.
pub fn show(field: Field, value: &Value, zone: Zone) -> String {
    match value {
        Value::Text(text) | Value::Code(text) => text.clone(),
        Value::Codes(codes) => show_codes(field, codes),
        Value::Date(dated) => match &dated.source {
            Some(source) => format!("{} ({source})", calendar::show_date(dated)),
            None => calendar::show_date(dated),
        },
        Value::Time(timed) => calendar::show_time(*timed, zone),
        Value::Number(number) => number.to_string(),
        Value::YesNo(is_yes) => if *is_yes { "Y" } else { "T" }.to_owned(),
        Value::Link(subject) => subject.to_string(),
    }
}

/// Whether a value is one that the field can hold, whoever made it: the store asks before a change is kept. Everything
/// that [`read`] gives fits; so does a region code of old, and a day that has come since.
pub fn fits(field: Field, value: &Value) -> bool {
    let is_line = |text: &str, max: usize| !text.is_empty() && clean::line(text, max).text == text;
    match (field.shape(), value) {
        (Shape::Text(max), Value::Text(text)) => is_line(text, max.into()),
        (Shape::Item(_), Value::Text(text)) => is_line(text, ITEM_ID),
        (Shape::Lines(max), Value::Text(text)) => !text.is_empty() && clean::lines(text, max.into()).text == *text,
        (Shape::Nik, Value::Text(text)) => text.parse::<nik::Nik>().is_ok(),
        (Shape::Phone, Value::Text(text)) => is_line(text, RAW_PHONE_AT_MOST),
        (Shape::DocumentNo, Value::Text(text)) => {
            DocumentNumber::new(text).is_some_and(|number| number.as_str() == text)
        }
        (Shape::Choice(list), Value::Code(code)) => list.has(code),
        (Shape::Choices(list), Value::Codes(codes)) => {
            !codes.is_empty() && codes.iter().all(|code| list.has(code)) && !has_nothing_beside(list, codes)
        }
        (Shape::Date(_), Value::Date(dated)) => {
            let is_unknown = dated.precision == Precision::Unknown;
            let is_sourced = dated.source.as_ref().is_none_or(|source| is_line(source, calendar::SOURCE_AT_MOST));
            is_unknown == dated.on.is_none() && is_sourced
        }
        (Shape::Number { min, max }, Value::Number(number)) => (min..=max).contains(number),
        (Shape::Region, Value::Code(code)) => {
            code.parse::<RegionCode>().is_ok_and(|region| region.to_string() == *code)
        }
        (Shape::Country, Value::Code(code)) => Country::parse(code).is_some_and(|country| country.code() == code),
        (Shape::Link(kind), Value::Link(subject)) => subject.kind == kind,
        (Shape::Time, Value::Time(_)) | (Shape::YesNo, Value::YesNo(_)) => true,
        // A shape forgotten above fails the law of the tests, which ask this of every field.
        _ => false,
    }
}

fn some_date(read: Result<Dated, Refusal>) -> Result<Option<Value>, Refusal> {
    read.map(|dated| Some(Value::Date(dated)))
}

/// A start of the refused text, to be quoted.
fn quoted(key: &'static str, typed: &str) -> Refusal {
    Refusal::new(key).with("typed", clean::line(typed, QUOTED_AT_MOST).text)
}

fn bounded(cleaned: clean::Cleaned, typed: &str, max: usize) -> Result<Option<Value>, Refusal> {
    if cleaned.was_cut {
        let length = typed.chars().count().to_string();
        return Err(Refusal::new("input-too-long").with("max", max.to_string()).with("length", length));
    }
    Ok(if cleaned.text.is_empty() { None } else { Some(Value::Text(cleaned.text)) })
}

/// The first remark that keeps a value from being stored, as a refusal.
fn first_error<A: Advice>(remarks: &[A]) -> Option<Refusal> {
    let remark = remarks.iter().find(|remark| remark.severity() == Severity::Error)?;
    Some(remark.args().into_iter().fold(Refusal::new(remark.key()), |refusal, (name, value)| refusal.with(name, value)))
}

fn read_nik(typed: &str, today: NaiveDate) -> Result<Value, Refusal> {
    let reading = nik::read(typed, today);
    match reading.nik {
        Some(nik) => Ok(Value::text(nik.to_string())),
        None => Err(first_error(&reading.remarks).unwrap_or_else(|| Refusal::new("input-not-a-number"))),
    }
}

/// One number becomes E.164; several in one field, or none that can be read, stay as they were typed.
fn read_phone(typed: &str) -> Result<Option<Value>, Refusal> {
    let reading = phone::read(typed);
    let has_several = reading.remarks.iter().any(|remark| matches!(remark, phone::Remark::Several));
    match reading.phone {
        Some(phone) if !has_several => Ok(Some(Value::text(phone.e164()))),
        _ => bounded(clean::line(typed, RAW_PHONE_AT_MOST), typed, RAW_PHONE_AT_MOST),
    }
}

fn read_document_no(typed: &str) -> Result<Value, Refusal> {
    let reading = DocumentRules::built_in().read(typed);
    match (first_error(&reading.remarks), reading.number) {
        (Some(refusal), _) => Err(refusal),
        (None, Some(number)) => Ok(Value::text(number.as_str())),
        (None, None) => Err(Refusal::new("input-no-letters")),
    }
}

/// The code that a text is, or the only code that begins so.
fn choice(list: List, typed: &str) -> Result<&'static str, Refusal> {
    if let Some(code) = list.find(typed) {
        return Ok(code);
    }
    let begins_so = |code: &&'static str| {
        !typed.is_empty() && code.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
    };
    let begun: Vec<_> = list.codes().iter().copied().filter(begins_so).collect();
    match begun[..] {
        [code] => Ok(code),
        [] => Err(quoted("input-no-such-choice", typed).with("codes", list.codes().join(" "))),
        _ => Err(quoted("input-ambiguous-choice", typed).with("codes", begun.join(" "))),
    }
}

/// Codes between commas, semicolons or spaces; where every code is one character, also run together (`HS`).
fn choices(list: List, typed: &str) -> Result<Option<Value>, Refusal> {
    let line = clean::line(typed, CHOICES_AT_MOST);
    if line.was_cut {
        return bounded(line, typed, CHOICES_AT_MOST);
    }
    let words = line.text.split([',', ';', '/', ' ']).filter(|word| !word.is_empty());
    let codes: BTreeSet<&str> = if is_lettered(list) {
        let letters = words.flat_map(|word| word.char_indices().map(|(at, c)| &word[at..at + c.len_utf8()]));
        letters.map(|letter| choice(list, letter)).collect::<Result<_, _>>()?
    } else {
        words.map(|word| choice(list, word)).collect::<Result<_, _>>()?
    };
    if has_nothing_beside(list, &codes) {
        return Err(Refusal::new("input-nothing-found-alone"));
    }
    Ok(if codes.is_empty() { None } else { Some(Value::codes(codes)) })
}

/// Whether *looked, and nothing found* stands beside a finding.
fn has_nothing_beside<C: Borrow<str> + Ord>(list: List, codes: &BTreeSet<C>) -> bool {
    list == List::Check && codes.contains("0") && codes.len() > 1
}

fn is_lettered(list: List) -> bool {
    list.codes().iter().all(|code| code.len() == 1)
}

/// Codes in the order of their list, those it does not know at the end.
fn show_codes(field: Field, codes: &BTreeSet<String>) -> String {
    let list = match field.shape() {
        Shape::Choices(list) => Some(list),
        _ => None,
    };
    let place =
        |code: &&str| list.and_then(|list| list.codes().iter().position(|own| own == code)).unwrap_or(usize::MAX);
    let mut ordered: Vec<&str> = codes.iter().map(String::as_str).collect();
    ordered.sort_by_key(place);
    ordered.join(if list.is_some_and(is_lettered) { "" } else { ", " })
}

fn number(typed: &str, min: i64, max: i64) -> Result<Value, Refusal> {
    let text = clean::line(typed, QUOTED_AT_MOST);
    let number: i64 = text.text.parse().map_err(|_| Refusal::new("input-not-a-number"))?;
    if !(min..=max).contains(&number) {
        return Err(Refusal::new("input-number-range").with("min", min.to_string()).with("max", max.to_string()));
    }
    Ok(Value::Number(number))
}

fn yes_no(typed: &str) -> Result<Value, Refusal> {
    match clean::line(typed, QUOTED_AT_MOST).text.to_lowercase().as_str() {
        "y" | "ya" | "yes" => Ok(Value::YesNo(true)),
        "t" | "tdk" | "tidak" | "n" | "no" => Ok(Value::YesNo(false)),
        _ => Err(Refusal::new("input-not-yes-no")),
    }
}

fn region(typed: &str) -> Result<Value, Refusal> {
    match read_home(&clean::line(typed, CHOICES_AT_MOST).text) {
        Home::Found(code) => Ok(Value::code(code.to_string())),
        Home::Unclear(near) if near.is_empty() => Err(Refusal::new("input-no-such-region")),
        Home::Unclear(_) => Err(quoted("input-ambiguous-region", typed)),
    }
}

fn country(typed: &str) -> Result<Value, Refusal> {
    let country = Country::parse(&clean::line(typed, CHOICES_AT_MOST).text);
    country.map(|country| Value::code(country.code())).ok_or_else(|| quoted("input-no-such-country", typed))
}

fn link(typed: &str, kind: Kind) -> Result<Value, Refusal> {
    let subject = clean::line(typed, QUOTED_AT_MOST).text.parse::<Subject>().ok();
    subject.filter(|subject| subject.kind == kind).map(Value::Link).ok_or_else(|| Refusal::new("input-not-a-link"))
}

#[cfg(test)]
mod tests;
