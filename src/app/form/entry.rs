//! One entry of a form: what is typed, how it reads, what is offered. Reading a field is `domain::check`'s, for everyone.

use super::super::key::Key;
use super::super::line::Line;
use super::super::pick::fuzzy;
use super::super::telling::sex_letter;
use crate::desk::Seat;
use crate::domain::calendar::Zone;
use crate::domain::check::{self, CheckContext};
use crate::domain::field::{Field, Shape};
use crate::domain::record::Slot;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Kind;
use crate::domain::value::Value;
use crate::domain::words::List;
use crate::identity::{Sex, country, region};
use crate::text::Texts;
use std::borrow::Cow;

/// How many offers are shown under an entry at most.
pub const OFFERS: usize = 6;

/// What an entry needs to read what is typed.
pub struct Reader<'a> {
    pub texts: &'a Texts,
    pub check: CheckContext,
    /// Where other subjects are looked up.
    pub seat: &'a Seat,
}

/// One thing that could stand in the entry: what it is, and how it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    pub value: Value,
    pub text: String,
}

/// One entry of a form.
#[derive(Clone)]
pub struct Entry {
    pub slot: Slot,
    pub line: Line,
    /// The typed text, read; `None` while it is empty or wrong.
    pub value: Option<Value>,
    /// Why the typed text does not read; shown after the entry was left.
    pub error: Option<Refusal>,
    pub is_error_shown: bool,
    /// A suggestion, grey until Tab or Enter takes it.
    pub grey: Option<Offer>,
    /// What fits the typed text, for entries that choose from a list.
    pub offers: Vec<Offer>,
    pub offer_at: usize,
    /// All that may be chosen here, where neither a list nor a search says it: people named in the case, colleagues.
    pub choices: Vec<Offer>,
    /// Whether the operator typed here, as against a prefilled value.
    pub is_touched: bool,
    /// Whether the gate that this form fills needs it.
    pub is_required: bool,
    /// In a grid: the code of the question that is answered here.
    pub question: Option<&'static str>,
}

/// Shows the slot, never what is typed.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({:?})", self.slot)
    }
}

impl Entry {
    /// An entry holding a value that is already there, or nothing.
    pub fn new(slot: impl Into<Slot>, value: Option<Value>, reader: &Reader<'_>) -> Self {
        let slot = slot.into();
        let mut entry = Self {
            slot,
            line: Line::new(room(slot.field.shape())),
            value: None,
            error: None,
            is_error_shown: false,
            grey: None,
            offers: Vec::new(),
            offer_at: 0,
            choices: Vec::new(),
            is_touched: false,
            is_required: false,
            question: None,
        };
        entry.put(value, reader);
        entry
    }

    /// A question of a grid, not answered yet.
    pub fn asking(slot: Slot, question: &'static str, reader: &Reader<'_>) -> Self {
        let mut entry = Self { question: Some(question), ..Self::new(slot, None, reader) };
        entry.line.set(super::grid::UNKNOWN);
        entry
    }

    /// Puts a value in, as it is shown.
    pub fn put(&mut self, value: Option<Value>, reader: &Reader<'_>) {
        let text = value.as_ref().map_or_else(String::new, |value| self.shown(value, reader));
        self.line.set(&text);
        if self.has_own_choices() {
            // Names stand first: they must not be scrolled away by what is said of them.
            self.line.press(Key::Home);
        }
        self.value = value;
        self.error = None;
        self.offers.clear();
        self.grey = None;
    }

    fn shown(&self, value: &Value, reader: &Reader<'_>) -> String {
        let choice = self.choices.iter().find(|choice| choice.value == *value);
        match value {
            _ if choice.is_some() => choice.map(|choice| choice.text.clone()).unwrap_or_default(),
            Value::Link(subject) => reader.seat.link_name(*subject),
            _ => shown(self.slot, value, reader.texts, reader.check.zone),
        }
    }

    /// Gives the entry its own choices; a value that is one of them is shown by its name.
    pub fn choose_from(&mut self, choices: Vec<Offer>, reader: &Reader<'_>) {
        self.choices = choices;
        if let Some(value) = self.value.clone() {
            self.put(Some(value), reader);
        }
    }

    /// Whether the entry chooses from offers.
    pub const fn is_choice(&self) -> bool {
        matches!(
            self.slot.field.shape(),
            Shape::Choice(_) | Shape::Region | Shape::Country | Shape::Link(_) | Shape::Item(_)
        )
    }

    /// Whether it holds another subject or item, which is chosen and never spelled out.
    const fn is_reference(&self) -> bool {
        matches!(self.slot.field.shape(), Shape::Link(_) | Shape::Item(_))
    }

    /// What digits choose while nothing is typed: the first nine of the list, in its order.
    pub fn menu(&self, texts: &Texts, seat: &Seat) -> Vec<String> {
        if self.has_own_choices() && self.line.is_empty() {
            let named = self.choices.iter().take(9).enumerate();
            return named.map(|(place, choice)| format!("{} {}", place + 1, choice.text)).collect();
        }
        match self.slot.field.shape() {
            Shape::Link(kind) if self.line.is_empty() && kind != Kind::Case => {
                let is_elsewhere = [Field::OfferTo, Field::ShareOffice].contains(&self.slot.field);
                let mut found = seat.linkable(kind, "", 9);
                found.retain(|(of, _)| !is_elsewhere || *of != seat.office());
                let names = found.into_iter().map(|(_, name)| name);
                let is_numbered = kind == Kind::Movement;
                let row = |(place, name)| if is_numbered { format!("{} {name}", place + 1) } else { name };
                names.enumerate().map(row).collect()
            }
            Shape::Choice(list) if self.line.is_empty() => {
                let codes = list.codes().iter().take(9).enumerate();
                codes.map(|(place, code)| format!("{} {}", place + 1, coded(list, code, texts))).collect()
            }
            Shape::Choices(list) if self.line.is_empty() => {
                // Roles are few and all of them are needed.
                let most = if list == List::Role { list.codes().len() } else { 9 };
                list.codes().iter().take(most).map(|code| coded(list, code, texts)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether only its own choices may stand here, be there any or none.
    pub const fn has_own_choices(&self) -> bool {
        !self.choices.is_empty()
            || matches!(self.slot.field.shape(), Shape::Item(_))
            || matches!(self.slot.field, Field::ReadinessBy | Field::Officer | Field::OfferKind | Field::OfferAnswer)
    }

    /// Called when the cursor comes in.
    pub fn enter(&mut self) {
        let is_prose = matches!(self.slot.field.shape(), Shape::Text(_) | Shape::Lines(_));
        if !is_prose {
            self.line.select();
        }
    }

    /// Types a key; says whether it was an editing key.
    pub fn press(&mut self, key: Key, reader: &Reader<'_>) -> bool {
        let before = self.line.text().to_owned();
        match key {
            Key::Down | Key::Up if !self.offers.is_empty() => {
                let by = if key == Key::Down { 1 } else { -1 };
                self.offer_at = self.offer_at.saturating_add_signed(by).min(self.offers.len() - 1);
                return true;
            }
            Key::Backspace | Key::Delete if self.line.is_empty() => {
                self.grey = None;
                return true;
            }
            _ => {}
        }
        if !self.line.press(key) && before == self.line.text() {
            return false;
        }
        if before != self.line.text() {
            self.retyped(reader);
        }
        true
    }

    /// Types pasted text.
    pub fn paste(&mut self, text: &str, reader: &Reader<'_>) {
        self.line.insert(&text.replace('\n', " "));
        self.retyped(reader);
    }

    /// Puts typed text in, as from a draft. A choice may be given as it is shown, by its code and label.
    pub fn type_in(&mut self, text: &str, reader: &Reader<'_>) {
        self.line.set(text);
        self.retyped(reader);
        // Of two that are called the same, neither is meant for certain.
        let mut same =
            self.offers.iter().filter(|offer| self.is_choice() && self.value.is_none() && offer.text == text);
        if let (Some(offer), None) = (same.next().cloned(), same.next()) {
            self.put(Some(offer.value), reader);
        }
    }

    fn retyped(&mut self, reader: &Reader<'_>) {
        self.is_touched = true;
        self.is_error_shown = false;
        self.read(reader);
        self.offers = match self.line.text() {
            "" => Vec::new(),
            typed if self.has_own_choices() => self.own_offers(typed),
            typed => offers(self.slot, typed, reader),
        };
        self.offer_at = 0;
    }

    /// Its own choices that fit: by digit in their order, else by any word.
    fn own_offers(&self, typed: &str) -> Vec<Offer> {
        if let Ok(digit @ 1..=9) = typed.parse::<usize>() {
            return self.choices.get(digit - 1).cloned().into_iter().collect();
        }
        let places = fuzzy(typed, self.choices.iter().map(|choice| choice.text.as_str()));
        places.into_iter().take(OFFERS).map(|place| self.choices[place].clone()).collect()
    }

    fn read(&mut self, reader: &Reader<'_>) {
        if self.question.is_some() {
            // The answers of a grid are read together.
            (self.value, self.error) = (None, None);
            return;
        }
        if self.is_reference() {
            // Another subject is chosen from the offers, never spelled out.
            (self.value, self.error) = (None, None);
            return;
        }
        if self.slot.field.shape() == Shape::Phone && self.line.text().trim() == "-" {
            (self.value, self.error) = (None, None);
            return;
        }
        match check::read(self.slot.field, self.line.text(), &reader.check) {
            Ok(value) => (self.value, self.error) = (value, None),
            Err(error) => (self.value, self.error) = (None, Some(error)),
        }
    }

    /// Called when the cursor leaves: takes the grey suggestion or the chosen offer, shows how it reads or what is wrong.
    pub fn leave(&mut self, reader: &Reader<'_>) {
        self.line.unselect();
        if self.line.is_empty() {
            if let Some(grey) = self.grey.take() {
                self.put(Some(grey.value), reader);
                self.is_touched = true;
            }
            return;
        }
        if self.is_touched
            && (self.is_choice() || !self.offers.is_empty())
            && self.line.text().trim() != "-"
            && (self.value.is_none() || self.offer_at > 0)
            && let Some(offer) = self.offers.get(self.offer_at).cloned()
        {
            self.put(Some(offer.value), reader);
        }
        let is_unread = self.value.is_none() && self.error.is_none() && self.line.text().trim() != "-";
        if self.is_reference() && is_unread {
            self.error = match self.slot.field.shape() {
                Shape::Link(_) => check::read(self.slot.field, self.line.text(), &reader.check).err(),
                _ => Some(Refusal::new("input-not-a-link")),
            };
        }
        self.is_error_shown = self.error.is_some();
        if self.is_touched
            && let Some(value) = self.value.clone()
        {
            self.put(Some(value), reader);
        }
        self.offers.clear();
    }

    /// What the line says: the value typed, else what stands there in grey.
    pub fn read_or_suggested(&self) -> Option<&Value> {
        self.value.as_ref().or_else(|| self.grey.as_ref().map(|grey| &grey.value))
    }

    /// Offers a suggestion where nothing is typed.
    pub fn suggest(&mut self, value: Value, reader: &Reader<'_>) {
        if self.line.is_empty() && !self.is_touched {
            let text = self.shown(&value, reader);
            self.grey = Some(Offer { value, text });
        }
    }
}

/// How many characters the line of an entry holds: the field's own bound, or room enough for how its value is shown.
const fn room(shape: Shape) -> usize {
    match shape {
        Shape::Text(most) | Shape::Lines(most) => most as usize,
        Shape::Nik => 40,
        Shape::Region | Shape::Country | Shape::Choice(_) | Shape::Choices(_) | Shape::Item(_) => 120,
        _ => 40,
    }
}

/// A value as forms and screens show it: codes with their labels, regions and countries by name.
pub fn shown(slot: Slot, value: &Value, texts: &Texts, zone: Zone) -> String {
    match (slot.field.shape(), value) {
        (Shape::Choice(list), Value::Code(code)) => coded(list, code, texts),
        (Shape::Region, Value::Code(code)) => {
            code.parse::<region::RegionCode>().ok().and_then(region::RegionCode::full_name).unwrap_or(code.clone())
        }
        (Shape::Country, Value::Code(code)) => country_name(code, texts),
        _ => check::show(slot.field, value, zone),
    }
}

/// A code with its label, once where both are one.
pub(super) fn coded(list: List, code: &str, texts: &Texts) -> String {
    let label = texts.get(&list.label_key(code)).into_owned();
    let sex = Sex::from_code(code).filter(|_| list == List::Sex);
    let code = &*sex.map_or(Cow::Borrowed(code), |sex| sex_letter(Some(sex), *texts));
    if label == code { code.to_owned() } else { format!("{code} {label}") }
}

/// The name of a country in the operator's language.
pub fn country_name(code: &str, texts: &Texts) -> String {
    let country = code.parse::<country::Country>().ok();
    country.map_or_else(|| code.to_owned(), |country| in_words(country, texts))
}

fn in_words(country: country::Country, texts: &Texts) -> String {
    (if texts.is_indonesian() { country.name_id() } else { country.name_en() }).to_owned()
}

/// What fits a typed text, at most [`OFFERS`], best first.
fn offers(slot: Slot, typed: &str, reader: &Reader<'_>) -> Vec<Offer> {
    let texts = reader.texts;
    match slot.field.shape() {
        Shape::Choice(list) => choices(list, typed, texts),
        Shape::Region => region::search(typed, OFFERS)
            .into_iter()
            .map(|hit| Offer {
                value: Value::code(hit.code.to_string()),
                text: hit.code.full_name().unwrap_or_default(),
            })
            .collect(),
        Shape::Country => country::search(typed, OFFERS)
            .into_iter()
            .map(|country| Offer { value: Value::code(country.to_string()), text: in_words(country, texts) })
            .collect(),
        Shape::Link(kind) => {
            let found = reader.seat.linkable(kind, typed, OFFERS);
            found.into_iter().map(|(of, text)| Offer { value: Value::Link(of), text }).collect()
        }
        _ => Vec::new(),
    }
}

/// Codes of a list that fit: by digit in the fixed order, by code, then by any word of the label.
fn choices(list: List, typed: &str, texts: &Texts) -> Vec<Offer> {
    let codes = list.codes();
    let offer = |code: &str| Offer { value: Value::code(code), text: coded(list, code, texts) };
    if let Some(digit @ 1..=9) = typed.parse::<usize>().ok().filter(|_| !list.has(typed)) {
        return codes.get(digit - 1).map(|code| offer(code)).into_iter().collect();
    }
    let all: Vec<Offer> = codes.iter().map(|code| offer(code)).collect();
    let starts = |offer: &&Offer| offer.text.to_uppercase().starts_with(&typed.to_uppercase());
    let mut hits: Vec<Offer> = all.iter().filter(starts).cloned().collect();
    for place in fuzzy(typed, all.iter().map(|offer| offer.text.as_str())) {
        if !hits.contains(&all[place]) {
            hits.push(all[place].clone());
        }
    }
    hits.truncate(OFFERS);
    hits
}
