//! The one shape in which everything is kept: facts by slot, for one subject.

use super::field::{Field, Part};
use super::subject::{Malformed, Subject};
use super::value::{Dated, Timed, Value};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use ulid::Ulid;

/// One item of a record that has several: a document, a phone, a contact, a note, a flag, a debt.
pub type ItemId = Ulid;

/// Where a fact stands: a field of the record itself, or of one of its items. Written `name` or `01HZX…/doc_no`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    pub item: Option<ItemId>,
    pub field: Field,
}

impl Slot {
    /// A field of the record itself.
    pub const fn own(field: Field) -> Self {
        Self { item: None, field }
    }

    /// A field of an item.
    pub const fn of(item: ItemId, field: Field) -> Self {
        Self { item: Some(item), field }
    }
}

impl From<Field> for Slot {
    fn from(field: Field) -> Self {
        Self::own(field)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            Some(item) => write!(f, "{item}/{}", self.field.code()),
            None => f.write_str(self.field.code()),
        }
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Slot {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        const FORM: Malformed = Malformed("field or ULID/field");
        let (item, field) = match text.split_once('/') {
            Some((item, field)) => (Some(Ulid::from_string(item).map_err(|_| FORM)?), field),
            None => (None, text),
        };
        let field = Field::from_code(field).ok_or(FORM)?;
        if item.is_some() == (field.part() == Part::Own) {
            return Err(FORM);
        }
        Ok(Self { item, field })
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Facts by slot, in slot order: the record's own fields first, then item by item.
pub type Facts = BTreeMap<Slot, Value>;

/// The current state of one subject. `revision` counts the changes applied to it, from 1.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pub of: Subject,
    pub revision: u32,
    pub facts: Facts,
}

/// Shows the subject and the count of facts, never their content.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} r{}, {} facts)", self.of, self.revision, self.facts.len())
    }
}

impl Record {
    /// A subject about which nothing is known yet.
    pub const fn empty(of: Subject) -> Self {
        Self { of, revision: 0, facts: Facts::new() }
    }

    pub fn get(&self, slot: impl Into<Slot>) -> Option<&Value> {
        self.facts.get(&slot.into())
    }

    pub fn text(&self, slot: impl Into<Slot>) -> Option<&str> {
        match self.get(slot) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn code(&self, slot: impl Into<Slot>) -> Option<&str> {
        match self.get(slot) {
            Some(Value::Code(code)) => Some(code),
            _ => None,
        }
    }

    /// Whether a field of several codes holds this one.
    pub fn has_code(&self, slot: impl Into<Slot>, code: &str) -> bool {
        matches!(self.get(slot), Some(Value::Codes(codes)) if codes.contains(code))
    }

    pub fn date(&self, slot: impl Into<Slot>) -> Option<&Dated> {
        match self.get(slot) {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        }
    }

    /// The day itself, when it is known at all.
    pub fn day(&self, slot: impl Into<Slot>) -> Option<NaiveDate> {
        self.date(slot).and_then(|dated| dated.on)
    }

    pub fn time(&self, slot: impl Into<Slot>) -> Option<Timed> {
        match self.get(slot) {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        }
    }

    pub fn at(&self, slot: impl Into<Slot>) -> Option<DateTime<Utc>> {
        self.time(slot).map(|timed| timed.at)
    }

    pub fn number(&self, slot: impl Into<Slot>) -> Option<i64> {
        match self.get(slot) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether a yes/no field was answered yes.
    pub fn is_yes(&self, slot: impl Into<Slot>) -> bool {
        matches!(self.get(slot), Some(Value::YesNo(true)))
    }

    pub fn link(&self, slot: impl Into<Slot>) -> Option<Subject> {
        match self.get(slot) {
            Some(Value::Link(subject)) => Some(*subject),
            _ => None,
        }
    }

    /// The items of one part, oldest first: an item is of the part whose fields it has.
    pub fn items(&self, part: Part) -> impl Iterator<Item = ItemId> + '_ {
        let mut last = None;
        self.facts.keys().filter(move |slot| slot.field.part() == part).filter_map(move |slot| {
            let item = slot.item.filter(|&item| last != Some(item));
            last = slot.item;
            item
        })
    }
}
