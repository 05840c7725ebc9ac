//! Two people in one field: what stands there now beside what was typed here, and the operator says which it is to be.

use super::notice::Notice;
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room};
use crate::domain::record::{Record, Slot};
use crate::domain::subject::Subject;

impl App {
    /// A form could not be saved because others changed the same fields: asks about the first of them. Without a form there
    /// is nothing to choose from, and the fields are only named.
    pub(super) fn told_conflict(&mut self, of: Subject, slots: &[Slot]) {
        self.reopen_views();
        let labels: Vec<String> =
            slots.iter().map(|slot| self.texts.get(&slot.field.label_key()).to_string()).collect();
        let text = self.texts.with("notice-conflict", &[("fields", &labels.join(", "))]);
        let is_form = matches!(self.rooms.last(), Some(Room::Form(form)) if form.base.of == of);
        match self.seat.record(of) {
            Ok(now) if is_form => self.ask_whose(&now, slots),
            Ok(_) | Err(_) => {}
        }
        self.notice = Some(Notice::no(text));
    }

    /// One field a question; the first row decides nothing, for an Enter may have been typed ahead.
    fn ask_whose(&mut self, now: &Record, slots: &[Slot]) {
        let Some(&slot) = slots.first() else { return };
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let Some(mine) = form.entries.iter().find(|entry| entry.slot == slot).map(|e| e.line.text().to_owned()) else {
            return;
        };
        let was = form.base.get(slot).map(|value| self.value_words(slot, value));
        let was = was.unwrap_or_else(|| self.texts.get("conflict-nothing").into_owned());
        let theirs = now.get(slot).map(|value| self.value_words(slot, value)).unwrap_or_default();
        let label = self.texts.get(&slot.field.label_key()).into_owned();
        let row = |choice, key: &str, value: &str| {
            let shown = if value.is_empty() { self.texts.get("conflict-empty").into_owned() } else { value.to_owned() };
            Row::new(choice, self.texts.get(key), shown)
        };
        let writer = self.seat.writer_of(now.of, slot).map(|(who, at)| format!("  {who} {}", self.moment(at)));
        let mut other = row(Choice::Whose { slot, is_mine: false }, "conflict-theirs", &theirs);
        other.detail.push_str(&writer.unwrap_or_default());
        let rows = vec![
            Row::new(Choice::Legend, label, self.texts.get("conflict-later")),
            row(Choice::Whose { slot, is_mine: true }, "conflict-mine", &mine),
            other,
            Row::new(Choice::Legend, self.texts.get("conflict-was"), was),
        ];
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-conflict", rows).of_values().about(vec![now.of]))));
    }

    /// The operator has seen both: what stands there now is what the form is held against from here on.
    pub(super) fn settle_conflict(&mut self, slot: Slot, is_mine: bool) {
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let Ok(now) = self.seat.record(form.base.of) else { return };
        self.with_form(|form, reader| {
            let theirs = now.get(slot).cloned();
            match &theirs {
                Some(value) => form.base.facts.insert(slot, value.clone()),
                None => form.base.facts.remove(&slot),
            };
            let entry = form.entries.iter_mut().find(|entry| entry.slot == slot);
            if let Some(entry) = entry.filter(|_| !is_mine) {
                entry.put(theirs, reader);
                entry.is_touched = false;
            }
        });
        self.after_typing();
        self.notice = Some(Notice::info(self.texts.get("notice-conflict-settled")));
    }
}
