//! The form of what a gate still misses: which fields stand in it, what it suggests, what becomes of the answers.

use super::Moving;
use crate::app::form::entry::Entry;
use crate::app::form::{Form, Purpose, full, may_repeat};
use crate::app::notice::{Notice, refusal_text};
use crate::app::{App, Room};
use crate::domain::field::{Field, Part, Shape};
use crate::domain::gate::Fact;
use crate::domain::record::{Record, Slot};
use crate::domain::status::Status;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::Value;
use ulid::Ulid;

/// One answer: the slots that are filled together, and which of them the gate cannot do without.
struct Answer {
    slots: Vec<Slot>,
    needed: Vec<Slot>,
}

impl App {
    /// A form over the fields that the gate still misses; what is filled in goes into the same commit as the move.
    pub(in crate::app) fn open_fill_in(&mut self) {
        let Some(moving) = self.moving() else { return };
        let (Some(to), missing) = (moving.to, moving.missing()) else { return };
        if missing.is_empty() && moving.typed_slots().next().is_none() {
            self.notice = Some(Notice::info(self.texts.get("notice-nothing-missing")));
            return;
        }
        let has_typed = moving.typed_slots().next().is_some();
        let row = match moving.people.as_slice() {
            [person] => Some(person.row),
            _ => None,
        };
        let record = match row.map(|row| self.seat.record_of(row)).transpose() {
            Ok(Some(record)) => record,
            Ok(None) => Record::empty(Subject::case(Ulid::nil())),
            Err(refusal) => return self.refuse(refusal_text(&refusal, &self.texts), true),
        };
        let is_shared = row.is_none();
        let can_be_shared =
            |field: &Field| field.part() == Part::Own && may_repeat(*field) && !matches!(field.shape(), Shape::Item(_));
        let answers: Vec<Answer> = missing
            .into_iter()
            .filter(|(field, _)| !is_shared || can_be_shared(field))
            .map(|(field, fact)| self.answer(field, fact, &record))
            .collect();
        if answers.is_empty() && !has_typed {
            self.notice = Some(Notice::info(self.texts.get("notice-fill-in-one-by-one")));
            return;
        }
        self.open_answers(to, record, &answers);
    }

    fn open_answers(&mut self, to: Status, record: Record, answers: &[Answer]) {
        let is_shared = record.revision == 0;
        let Some(Room::Moving(moving)) = self.rooms.last() else { return };
        // What was typed for this status before stands below, to be mended.
        let typed: Vec<Slot> = moving.typed_slots().collect();
        let mut slots: Vec<Slot> = Vec::new();
        for slot in answers.iter().flat_map(|answer| &answer.slots).chain(&typed) {
            let is_fit = !is_shared || !matches!(slot.field.shape(), Shape::Item(_));
            if is_fit && !slots.contains(slot) {
                slots.push(*slot);
            }
        }
        let mut form = Form::over(Purpose::FillIn(to), self.seat.new_id(), record, &slots, &self.reader());
        for entry in &mut form.entries {
            entry.is_required = answers.iter().any(|answer| answer.needed.contains(&entry.slot));
        }
        self.put_typed_before(&mut form);
        for (field, value) in self.suggestions() {
            let reader = self.reader();
            if let Some(entry) = form.entry_mut(field) {
                entry.suggest(value, &reader);
            }
        }
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// What was filled in for this status before stands in the form again.
    fn put_typed_before(&self, form: &mut Form) {
        let Some(Room::Moving(moving)) = self.rooms.last() else { return };
        for (slot, value) in moving.typed() {
            if let Some(entry) = form.entries.iter_mut().find(|entry| entry.slot == *slot) {
                entry.put(Some(value.clone()), &self.reader());
                entry.is_touched = true;
            }
        }
    }

    /// What probably is so, grey until it is taken: who sees the people is at the desk, and a flight lands where it lands.
    fn suggestions(&self) -> Vec<(Field, Value)> {
        let Some(Room::Moving(moving)) = self.rooms.last() else { return Vec::new() };
        let me = Value::text(self.seat.operator_name(self.seat.operator().id));
        let mut found = vec![(Field::SeenBy, me.clone()), (Field::IdentityCheckedBy, me)];
        let mut movements = moving.people.iter().map(|person| person.summary.movement);
        let movement = movements.next().flatten().filter(|first| movements.all(|other| other == Some(*first)));
        let record = movement.and_then(|id| self.seat.record(Subject::new(Kind::Movement, id)).ok());
        let planned = record.as_ref().and_then(|record| record.text(Field::MovePlace));
        if let Some(place) = planned.or(self.kept.landed_place.as_deref()) {
            found.push((Field::LandedPlace, Value::text(place)));
        }
        found
    }

    /// The slots in which a missing fact can be written: of the record, or of the item it needs.
    fn answer(&self, field: Field, fact: Option<Fact>, record: &Record) -> Answer {
        let part = field.part();
        if part != Part::Own {
            // Every item that lacks it, such as each belonging that was not given back; else the last one, or a new one.
            let mut items: Vec<_> =
                record.items(part).filter(|item| record.get(Slot::of(*item, field)).is_none()).collect();
            if items.is_empty() {
                items.push(record.items(part).last().unwrap_or_else(|| self.seat.new_id()));
            }
            if part != Part::Belonging {
                items.drain(..items.len() - 1);
            }
            let of = |fields: Vec<Field>| -> Vec<Slot> {
                items.iter().flat_map(|item| fields.iter().map(|field| Slot::of(*item, *field))).collect()
            };
            let needed = needed_beside(fact).iter().copied().chain([field]).collect();
            return Answer { slots: of(full::fields_of(part)), needed: of(needed) };
        }
        let has_contacts = record.items(Part::Contact).next().is_some();
        let mut fields: Vec<Field> = Vec::new();
        if field == Field::HandedTo && has_contacts {
            fields.push(Field::HandedContact);
        }
        fields.push(field);
        fields.extend(needed_beside(fact));
        fields.extend(said_beside(field));
        let needed = needed_beside(fact).iter().chain([&field]).map(|&field| Slot::own(field)).collect();
        Answer { slots: fields.into_iter().map(Slot::own).collect(), needed }
    }

    /// Takes what the fill-in form holds into the move, judges again, and says what is still empty.
    pub(in crate::app) fn filled_in(&mut self, entries: &[Entry]) {
        let mut facts: Vec<(Slot, Value)> =
            entries.iter().filter_map(|entry| Some((entry.slot, entry.value.clone()?))).collect();
        let has = |facts: &[(Slot, Value)], field: Field| facts.iter().any(|(slot, _)| slot.field == field);
        if has(&facts, Field::Readiness) && !has(&facts, Field::ReadinessBy) {
            facts.push((Field::ReadinessBy.into(), Value::Link(self.seat.operator())));
        }
        if let Some((_, Value::Text(place))) = facts.iter().find(|(slot, _)| slot.field == Field::LandedPlace) {
            self.kept.landed_place = Some(place.clone());
        }
        let seat = self.seat.clone();
        if let Some(moving) = self.moving() {
            let asked: Vec<Slot> = entries.iter().map(|entry| entry.slot).collect();
            moving.take_facts(&asked, facts);
            moving.judge(&seat);
            moving.arrange();
        }
        let empty: Vec<String> = entries
            .iter()
            .filter(|entry| entry.is_required && entry.value.is_none())
            .map(|entry| self.texts.get(&entry.slot.field.label_key()).to_string())
            .collect();
        self.notice = (!empty.is_empty())
            .then(|| Notice::no(self.texts.with("notice-still-empty", &[("fields", &empty.join(", "))])));
    }
}

impl Moving {
    /// What was filled in for the chosen status so far.
    fn typed(&self) -> impl Iterator<Item = &(Slot, Value)> {
        self.intent.edits.iter().chain(self.intent.shared.iter().flatten())
    }

    fn typed_slots(&self) -> impl Iterator<Item = Slot> {
        self.typed().map(|(slot, _)| *slot)
    }

    /// Takes the answers to what was asked; an emptied one is taken back. One person gets them over what was there; of
    /// many, each gets the answers of which the case holds nothing.
    fn take_facts(&mut self, asked: &[Slot], facts: Vec<(Slot, Value)>) {
        let is_again = |slot: &Slot| asked.contains(slot) || facts.iter().any(|(other, _)| other == slot);
        self.intent.edits.retain(|(slot, _)| !is_again(slot));
        self.intent.shared.iter_mut().for_each(|answer| answer.retain(|(slot, _)| !is_again(slot)));
        if !self.is_bulk() {
            self.intent.edits.extend(facts);
            return;
        }
        for (slot, value) in facts {
            let head = head_of(slot.field);
            let same = |answer: &&mut Vec<(Slot, Value)>| answer.iter().any(|(slot, _)| head_of(slot.field) == head);
            match self.intent.shared.iter_mut().find(same) {
                Some(answer) => answer.push((slot, value)),
                None => self.intent.shared.push(vec![(slot, value)]),
            }
        }
        self.intent.shared.retain(|answer| !answer.is_empty());
    }
}

/// What a fact needs beside its own field.
const fn needed_beside(fact: Option<Fact>) -> &'static [Field] {
    match fact {
        Some(Fact::SafetyKnown) => &[Field::SafetyAt, Field::SafetySource],
        Some(Fact::PositionKnown) => &[Field::PositionAt],
        Some(Fact::IdentityChecked) => &[Field::IdentityCheckedBy],
        Some(Fact::ReadyBySecond) => &[Field::ReadinessBy, Field::ReadinessOn],
        Some(Fact::FitIfIll | Fact::FitnessLetter) => &[Field::FitToTravelBy],
        Some(Fact::TravelDocument) => &[Field::DocKind, Field::DocNo],
        Some(Fact::ChildGuardian) => &[Field::ContactName, Field::ContactIsGuardian, Field::ContactVerifiedHow],
        _ => &[],
    }
}

/// What belongs to the same answer and may be left empty.
const fn said_beside(field: Field) -> &'static [Field] {
    match field {
        Field::Position => &[Field::PositionPlace, Field::PositionSource],
        Field::HandedTo => &[Field::HandedRelation],
        Field::CloseReason => &[Field::CloseNo, Field::CloseNote],
        Field::Readiness => &[Field::ReadinessOn, Field::PsychosocialOn],
        Field::CareConsent => &[Field::CareConsentNo],
        _ => &[],
    }
}

/// The field whose answer a field belongs to: what is filled in together is given together or not at all.
const fn head_of(field: Field) -> Field {
    match field {
        Field::SafetyAt | Field::SafetySource => Field::Safety,
        Field::PositionPlace | Field::PositionAt | Field::PositionSource => Field::Position,
        Field::IdentityCheckedBy => Field::IdentityCheckedAt,
        Field::HandedRelation | Field::HandedContact => Field::HandedTo,
        Field::CloseNo | Field::CloseNote => Field::CloseReason,
        Field::ReadinessBy | Field::ReadinessOn => Field::Readiness,
        Field::CareConsentNo => Field::CareConsent,
        Field::FitToTravelBy => Field::FitToTravelUntil,
        other => other,
    }
}
