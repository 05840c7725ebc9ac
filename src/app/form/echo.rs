//! How a line of a form reads back, beside it: the weekday and age of a date, the count of a NIK's digits, where a queue
//! number comes from, until when a scanned document holds, what a family's question lacks.

use super::entry::Entry;
use super::{Form, Purpose};
use crate::app::{App, Room};
use crate::domain::case::{Age, Case};
use crate::domain::field::{Field, Shape};
use crate::domain::record::{Record, Slot};
use crate::domain::value::{Dated, Precision, Value};
use chrono::{Datelike, NaiveDate};

impl App {
    /// What stands behind a line of a form; empty for most.
    pub fn echo(&self, form: &Form, entry: &Entry) -> String {
        match (entry.read_or_suggested(), entry.slot.field, entry.slot.field.shape()) {
            (_, _, Shape::Nik) if !entry.line.is_empty() => {
                let digits = entry.line.text().chars().filter(char::is_ascii_digit).count();
                format!("{digits}/16")
            }
            (Some(Value::Date(date)), Field::Birth, _) => {
                let weekday = self.weekday(date);
                let age = age(form, date, self.interest_on(form));
                [weekday, age].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
            }
            (Some(Value::Date(date)), ..) => self.weekday(date),
            (_, Field::Queue, _) if form.purpose == Purpose::Intake => self.queue_words(),
            (None, Field::InquiryBirth, _) if is_name_alone(form) => self.texts.get("inquiry-name-alone").into_owned(),
            (Some(_), Field::DocNo, _) => self.scanned_words(form),
            _ => String::new(),
        }
    }

    fn weekday(&self, date: &Dated) -> String {
        date.on.map(|day| self.texts.weekday(day.weekday()).into_owned()).unwrap_or_default()
    }

    /// The day on which the age in a form is judged: the landing of the movement, else today.
    fn interest_on(&self, form: &Form) -> NaiveDate {
        let lands = |room: &Room| if let Room::Import(import) = room { import.preview.lands() } else { None };
        let of_preview = self.rooms.iter().rev().find_map(lands);
        let is_new = form.purpose == Purpose::Intake;
        let movement = if is_new { self.kept.movement } else { form.base.link(Field::Movement) };
        of_preview.or_else(|| self.seat.lands(movement)).unwrap_or_else(|| self.seat.zone().day(self.now()))
    }

    /// Where the offered number comes from when the newcomer belongs to no movement.
    fn queue_words(&self) -> String {
        match self.kept.hall {
            Some(newest) => {
                let name = self.seat.link_name(newest);
                self.texts.with("queue-without-movement", &[("name", &name)])
            }
            None => String::new(),
        }
    }

    fn scanned_words(&self, form: &Form) -> String {
        let until = form.carried().find(|(slot, _)| slot.field == Field::DocUntil);
        match until {
            Some((_, Value::Date(Dated { on: Some(day), .. }))) => {
                self.texts.with("scanned-until", &[("day", &self.texts.day(*day))])
            }
            _ => String::new(),
        }
    }
}

/// Whether whom a family seeks is said by a name alone so far: that is many people's, and brings the question to no office.
fn is_name_alone(form: &Form) -> bool {
    form.value(Field::InquirySought).is_some() && form.value(Field::InquiryNumber).is_none()
}

/// The age as lists write it: `34`, a child `17a`, estimated `~17`, in doubt `17?`.
fn age(form: &Form, date: &Dated, on: NaiveDate) -> String {
    let mut person = Record::empty(form.base.of);
    person.facts.insert(Field::Birth.into(), Value::Date(date.clone()));
    person.facts.extend(form.value(Field::Checks).map(|checks| (Slot::own(Field::Checks), checks.clone())));
    let sign = if date.precision == Precision::Estimated { "~" } else { "" };
    match Case(&person).age_on(on) {
        Age::Adult(years) => format!("{sign}{years}"),
        Age::Child(years) => format!("{sign}{years}a"),
        Age::Doubted(Some(years)) => format!("{sign}{years}?"),
        Age::Doubted(None) | Age::Unknown => String::new(),
    }
}
