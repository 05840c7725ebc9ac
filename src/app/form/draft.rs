//! What a draft holds: the form's purpose, its frozen revision, and every line as it was typed, right or wrong.

use super::entry::Reader;
use super::{Between, Form, Purpose};
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::status::Status;
use crate::domain::subject::Subject;
use crate::domain::value::Value;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

/// A form as it is kept.
#[derive(Serialize, Deserialize)]
pub struct Draft {
    purpose: String,
    id: Ulid,
    of: Subject,
    status: Option<String>,
    at: usize,
    lines: Vec<(Slot, String, bool)>,
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    beside: Facts,
    #[serde(default)]
    scanned: Vec<(Slot, Value)>,
    /// The revision that the form was opened on; drafts of the first release do not say.
    #[serde(default)]
    base: Option<u32>,
    /// What stood, when the form opened, in the slots that were typed into.
    #[serde(default)]
    was: Vec<(Slot, Option<Value>)>,
}

impl Draft {
    /// The draft of a form.
    pub fn of(form: &Form) -> Self {
        let status = match form.purpose {
            Purpose::FillIn(status) => Some(status.code().to_owned()),
            _ => None,
        };
        let lines = form.entries.iter().map(|e| (e.slot, e.line.text().to_owned(), e.is_touched)).collect();
        let typed = form.entries.iter().filter(|entry| entry.is_touched && entry.question.is_none());
        Self {
            purpose: form.purpose.code().to_owned(),
            id: form.id,
            of: form.base.of,
            status,
            at: form.at,
            lines,
            beside: form.beside.facts.clone(),
            scanned: form.scanned.clone(),
            base: Some(form.base.revision),
            was: typed.map(|entry| (entry.slot, form.base.get(entry.slot).cloned())).collect(),
        }
    }

    /// The bytes that are kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// A draft from its bytes; `None` when they are none of ours.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The subject that the form was about.
    pub const fn subject(&self) -> Subject {
        self.of
    }

    /// The name that was typed, for the list of drafts.
    pub fn typed_name(&self) -> String {
        let is_name = |slot: &Slot| slot.field == Field::Name && slot.item.is_none();
        self.lines.iter().find(|(slot, ..)| is_name(slot)).map(|(_, text, _)| text.clone()).unwrap_or_default()
    }

    /// Whether the form takes somebody in, as against one over a case that was there.
    pub fn is_of_a_newcomer(&self) -> bool {
        self.base.map_or(self.purpose == Purpose::Intake.code(), |revision| revision == 0)
    }

    /// How many lines were typed.
    pub fn typed(&self) -> usize {
        self.lines.iter().filter(|(_, text, is_touched)| *is_touched && !text.is_empty()).count()
    }

    /// The purpose that it was opened for.
    pub fn purpose(&self) -> Option<Purpose> {
        let plain = [
            Purpose::Intake,
            Purpose::Full,
            Purpose::Refer,
            Purpose::HandToLaw,
            Purpose::Note,
            Purpose::Flag,
            Purpose::Tier,
            Purpose::Birth,
            Purpose::Track,
            Purpose::Screening,
            Purpose::Finding,
            Purpose::Die,
            Purpose::Name,
            Purpose::Seal,
            Purpose::Unmerge,
            Purpose::Office,
            Purpose::Operator,
            Purpose::Suspend,
        ];
        match &self.status {
            Some(status) => Status::from_code(status).map(Purpose::FillIn),
            None => {
                let between = Between::ALL.map(Purpose::Between);
                plain.into_iter().chain(between).find(|purpose| purpose.code() == self.purpose)
            }
        }
    }

    /// The record that the form stands on again: as it is now, but for what was typed over, which stands as it was then.
    /// So what a colleague changed meanwhile is seen, and where both changed the same it is a conflict and not overwritten.
    fn base(&self, mut now: Record) -> Record {
        if let Some(revision) = self.base.filter(|_| now.revision > 0) {
            now.revision = revision;
            for (slot, was) in &self.was {
                match was {
                    Some(value) => now.facts.insert(*slot, value.clone()),
                    None => now.facts.remove(slot),
                };
            }
        }
        now
    }

    /// The form again, over the record of now.
    pub fn reopen(&self, now: Record, reader: &Reader<'_>) -> Option<Form> {
        let slots: Vec<Slot> = self.lines.iter().map(|(slot, ..)| *slot).collect();
        let (purpose, base) = (self.purpose()?, self.base(now));
        let mut form = match (purpose, slots.first()?.item) {
            (Purpose::Screening, Some(item)) => super::grid::open(self.id, base, item, reader),
            _ => Form::over(purpose, self.id, base, &slots, reader),
        };
        for (entry, (_, text, is_touched)) in form.entries.iter_mut().zip(&self.lines) {
            if entry.slot.field == Field::LinkCase {
                // Whom a referral is about is the draft's subject: the app writes the name.
                continue;
            }
            if *is_touched {
                entry.type_in(text, reader);
                entry.offers.clear();
            } else if entry.line.is_empty() && !text.is_empty() {
                entry.type_in(text, reader);
                entry.is_touched = false;
                entry.offers.clear();
            }
        }
        form.beside.facts = self.beside.clone();
        form.is_dirty = true;
        form.scanned.clone_from(&self.scanned);
        form.go(self.at, reader);
        Some(form)
    }
}
