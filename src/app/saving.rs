//! Saving a form: what it asks of the desk.

use super::asking::After;
use super::form::entry::Reader;
use super::form::{Between, Form, Purpose, full, intake};
use super::notice::Notice;
use super::{App, Room};
use super::{band, staff};
use crate::desk::{Ask, Proposal};
use crate::domain::case::Case;
use crate::domain::case::items::linked;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part};
use crate::domain::flags::NewFlag;
use crate::domain::gate::{Custody, Death, Referral};
use crate::domain::record::{Facts, ItemId, Record, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;
use crate::domain::track::Step;
use crate::domain::value::{Timed, Value};
use crate::domain::words::List;

impl App {
    pub(super) fn save_form(&mut self) {
        if self.tells_queue_again() {
            return;
        }
        if self.with_form(first_hindrance) != Some(None) {
            self.notice = Some(Notice::no(self.texts.get("notice-mend-field")));
            return;
        }
        self.follow_movement();
        self.follow_referred();
        if self.tell_missing() {
            return;
        }
        self.with_form(|form, reader| form.take_suggestions(reader));
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let (purpose, id) = (form.purpose, form.id);
        if matches!(purpose, Purpose::FillIn(_) | Purpose::Movement | Purpose::FixRow(_)) {
            let entries = form.entries.clone();
            self.forget_draft(id);
            self.rooms.pop();
            return match purpose {
                Purpose::FixRow(row) => self.fixed_row(row, &entries),
                Purpose::Movement => self.movement_filled(&entries),
                _ => self.filled_in(&entries),
            };
        }
        let form = form.clone();
        let Some((asks, after)) = self.asks_of(&form) else { return };
        self.save_draft();
        if let (Purpose::Intake, Some(Ask::Create { of, facts, .. } | Ask::TakeIn { of, facts, .. })) =
            (purpose, asks.first())
        {
            self.remember(*of, facts);
        }
        self.ask(Proposal { id, asks, undoes: None }, after, Some(id));
    }

    /// What the next person starts with.
    pub(super) fn remember(&mut self, of: Subject, facts: &Facts) {
        let mut record = Record::empty(of);
        record.facts = facts.clone();
        let is_without = |form: &Form| form.entry(Field::Movement).is_some_and(|entry| entry.value.is_none());
        self.kept.is_without_movement = matches!(self.rooms.last(), Some(Room::Form(form)) if is_without(form));
        self.kept.destination_place = record.text(Field::DestinationPlace).map(str::to_owned);
        self.last_saved = Some(record);
    }

    /// What saving a form asks of the desk; nothing, with a notice, when there is nothing to ask.
    fn asks_of(&mut self, form: &Form) -> Option<(Vec<Ask>, After)> {
        let happened = Timed::certain(self.now());
        let me = self.seat.operator();
        let asked = match form.purpose {
            Purpose::Intake if form.is_blank() => Err("notice-form-empty"),
            Purpose::Intake => {
                let mut facts = intake::facts(form, happened, me);
                facts.insert(Field::ReportCountry.into(), Value::code(self.seat.country()));
                Ok((vec![band::ask(form, facts, happened)], After::Created { offered: band::said(form) }))
            }
            Purpose::Full => full_asks(form, happened, me).ok_or("notice-nothing-changed"),
            Purpose::Note => note_asks(form, happened, me).ok_or("notice-form-empty"),
            Purpose::Screening if form.is_blank() => Err("notice-form-empty"),
            Purpose::Screening => Ok((vec![Self::screening_ask(form, happened)], After::Said("notice-screened"))),
            Purpose::Finding => edit_asks(form, happened).ok_or("notice-form-empty"),
            Purpose::Track => track_asks(form, happened).ok_or("notice-form-empty"),
            Purpose::Birth => Ok((self.birth_asks(form, happened), After::Created { offered: None })),
            Purpose::Flag => Ok((flag_asks(form, happened), After::Said("notice-flagged"))),
            Purpose::Refer => Ok((self.refer_asks(form, refer_ask(form, happened), happened), After::Referred)),
            Purpose::HandToLaw => Ok((vec![law_ask(form, happened)], After::Said("notice-handed-to-law"))),
            Purpose::Tier => Ok((vec![tier_ask(form, happened)], After::Said("notice-tier"))),
            Purpose::Die if Case(&form.base).is_dead() => {
                let why = text_of(form, Field::NoteText).unwrap_or_default();
                let ask = Ask::RetractDeath { of: form.base.of, why, happened };
                Ok((vec![ask], After::Said("notice-death-retracted")))
            }
            Purpose::Die => Ok((vec![death_ask(form, happened)], After::Said("notice-died"))),
            Purpose::Name => name_asks(form, happened, me).ok_or("notice-nothing-changed"),
            Purpose::Seal => Ok(seal_asks(form, happened, me)),
            Purpose::Unmerge => {
                self.unmerge_asks(form, text_of(form, Field::NoteText), happened).ok_or("notice-nothing-changed")
            }
            Purpose::Office | Purpose::Operator | Purpose::Suspend => {
                staff::asks(form, happened).ok_or("notice-nothing-changed")
            }
            Purpose::Between(Between::HandOver) => {
                self.hand_claims();
                return None;
            }
            Purpose::Between(what) => self.between_asks(what, form, happened),
            Purpose::FillIn(_) | Purpose::Movement | Purpose::FixRow(_) => return None,
        };
        asked.map_err(|key| self.notice = Some(Notice::no(self.texts.get(key)))).ok()
    }

    /// A baby: a case of its own, linked both ways, travelling with its mother.
    fn birth_asks(&self, form: &Form, happened: Timed) -> Vec<Ask> {
        let mother = &form.base;
        let baby = Subject::case(self.seat.new_id());
        let mut facts: Facts =
            form.entries.iter().filter_map(|entry| Some((entry.slot, entry.value.clone()?))).collect();
        let inherited = [Field::Movement, Field::Group, Field::Home, Field::Position, Field::PositionPlace];
        for field in inherited {
            if let Some(value) = mother.get(field) {
                facts.insert(field.into(), value.clone());
            }
        }
        facts.insert(Field::Company.into(), Value::code("BRS"));
        facts.insert(Field::ReportChannel.into(), Value::code("LAI"));
        facts.insert(Field::ReportedAt.into(), Value::Time(happened));
        facts.insert(Field::ReportCountry.into(), Value::code(self.seat.country()));
        let link = |case: Subject, kind: &str| linked(self.seat.new_id(), case, kind, self.seat.operator());
        facts.extend(link(mother.of, "IBU"));
        let mut change = Change::on(mother, Verb::Link, happened);
        for (slot, value) in link(baby, "ANK") {
            change.set(mother, slot, Some(value));
        }
        vec![Ask::Create { of: baby, facts, happened }, Ask::Edit(change)]
    }
}

/// The first field that hinders saving gets the cursor. A broken NIK does not: it is kept as it was typed.
/// Nothing hinders a mended row: its cells are read again as the sheet's, and what is still wrong is said there.
fn first_hindrance(form: &mut Form, reader: &Reader<'_>) -> Option<usize> {
    form.first_error(reader);
    if matches!(form.purpose, Purpose::FixRow(_)) {
        return None;
    }
    if intake::is_movement_unsaid(form, reader)
        && let Some(entry) = form.entry_mut(Field::Movement)
    {
        (entry.error, entry.is_error_shown) = (Some(Refusal::new("input-choose-movement")), true);
    }
    let is_hindrance = |entry: &super::form::entry::Entry| entry.error.is_some() && entry.slot.field != Field::Nik;
    let place = form.entries.iter().position(is_hindrance)?;
    form.at = place;
    if form.purpose == Purpose::Full {
        form.page = full::page_of(form.entries[place].slot);
    }
    Some(place)
}

fn text_of(form: &Form, field: Field) -> Option<String> {
    match form.value(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn time_of(form: &Form, field: Field) -> Option<Timed> {
    match form.value(field) {
        Some(Value::Time(time)) => Some(*time),
        _ => None,
    }
}

fn code_of(form: &Form, field: Field, list: List) -> Option<&'static str> {
    match form.value(field) {
        Some(Value::Code(code)) => list.find(code),
        _ => None,
    }
}

/// Setting one flag, clearing those whose end was typed, and noting those that were looked at again.
fn flag_asks(form: &Form, happened: Timed) -> Vec<Ask> {
    let of = form.base.of;
    let why = text_of(form, Field::FlagWhy).unwrap_or_default();
    let mut asks = Vec::new();
    if let Some(kind) = code_of(form, Field::Flag, List::Flag) {
        let until = time_of(form, Field::FlagTo);
        let other = match form.value(Field::FlagOther) {
            Some(Value::Link(other)) => Some(*other),
            _ => None,
        };
        asks.push(Ask::SetFlag { of, flag: NewFlag { kind, happened, until, why: why.clone(), other } });
    }
    let known: Vec<_> = form.base.items(Part::Flag).collect();
    for entry in form.entries.iter().filter(|entry| entry.is_touched && entry.value.is_some()) {
        let Some(item) = entry.slot.item.filter(|item| known.contains(item)) else { continue };
        match &entry.value {
            Some(Value::Time(at)) if entry.slot.field == Field::FlagReviewedAt => {
                asks.push(Ask::ReviewFlag { of, item, happened: *at });
            }
            _ => asks.push(Ask::ClearFlag { of, item, why: why.clone(), happened }),
        }
    }
    asks
}

/// A judgement carries the name of whoever made it: readiness is signed by the operator who enters it.
fn sign(change: &mut Change, base: &Record, operator: Subject) {
    if change.edits.iter().any(|edit| edit.at.field == Field::Readiness && edit.now.is_some()) {
        change.set(base, Field::ReadinessBy, Some(Value::Link(operator)));
    }
}

fn full_asks(form: &Form, happened: Timed, operator: Subject) -> Option<(Vec<Ask>, After)> {
    let mut change = form.change(Verb::Edit, happened);
    sign(&mut change, &form.base, operator);
    (!change.edits.is_empty()).then(|| (vec![Ask::Edit(change)], After::Saved))
}

fn edit_asks(form: &Form, happened: Timed) -> Option<(Vec<Ask>, After)> {
    let change = form.change(Verb::Edit, happened);
    (!change.edits.is_empty()).then(|| (vec![Ask::Edit(change)], After::Saved))
}

fn note_asks(form: &Form, happened: Timed, operator: Subject) -> Option<(Vec<Ask>, After)> {
    let mut change = form.change(Verb::Note, happened);
    let item = form.entries.first()?.slot.item?;
    if change.edits.is_empty() {
        return None;
    }
    change.set(&form.base, Slot::of(item, Field::NoteBy), Some(Value::Link(operator)));
    change.set(&form.base, Slot::of(item, Field::NoteAt), Some(Value::Time(happened)));
    Some((vec![Ask::Edit(change)], After::Said("notice-noted")))
}

/// Who is named from now on, and who no more; a name goes with who gave it and why.
fn name_asks(form: &Form, happened: Timed, operator: Subject) -> Option<(Vec<Ask>, After)> {
    let mut change = form.change(Verb::Edit, happened);
    change.reason = text_of(form, Field::NamedWhy);
    let touched: Vec<(Slot, bool)> = change
        .edits
        .iter()
        .filter(|edit| edit.at.field == Field::NamedOperator)
        .map(|edit| (edit.at, edit.now.is_some()))
        .collect();
    // A reason without anybody is not kept: it would be a name that names nobody.
    change.edits.retain(|edit| edit.at.field == Field::NamedOperator);
    for (Slot { item, .. }, is_named) in touched {
        let at = |field| Slot { item, field };
        let why = change.reason.clone().filter(|_| is_named).map(Value::Text);
        change.set(&form.base, at(Field::NamedBy), is_named.then_some(Value::Link(operator)));
        change.set(&form.base, at(Field::NamedWhy), why);
    }
    (!change.edits.is_empty()).then_some((vec![Ask::Edit(change)], After::Said("notice-named")))
}

/// Seals a case that is open to its office, and unseals one that is sealed.
fn seal_asks(form: &Form, happened: Timed, operator: Subject) -> (Vec<Ask>, After) {
    let is_sealed = form.base.is_yes(Field::IsSealed);
    let why = text_of(form, Field::SealedWhy);
    let mut change = Change::on(&form.base, Verb::Edit, happened);
    let facts = [
        (Field::IsSealed, Value::YesNo(true)),
        (Field::SealedBy, Value::Link(operator)),
        (Field::SealedAt, Value::Time(happened)),
    ];
    for (field, value) in facts {
        change.set(&form.base, field, (!is_sealed).then_some(value));
    }
    change.set(&form.base, Field::SealedWhy, why.clone().filter(|_| !is_sealed).map(Value::Text));
    change.reason = why;
    let said = if is_sealed { "notice-unsealed" } else { "notice-sealed" };
    (vec![Ask::Edit(change)], After::Said(said))
}

/// The track of the typed state goes on where the case has one already.
fn track_asks(form: &Form, happened: Timed) -> Option<(Vec<Ask>, After)> {
    let state = code_of(form, Field::TrackState, List::TrackState)?;
    let is_same =
        |item: &ItemId| form.base.code(Slot::of(*item, Field::Track)).is_some_and(|track| state.starts_with(track));
    let step = Step {
        item: form.base.items(Part::Track).find(is_same),
        state,
        happened: time_of(form, Field::TrackAt).unwrap_or(happened),
        no: text_of(form, Field::TrackNo),
        taken_over_by: text_of(form, Field::TrackTakenOverBy),
    };
    Some((vec![Ask::Step { of: form.base.of, step }], After::Said("notice-track")))
}

fn refer_ask(form: &Form, happened: Timed) -> Ask {
    let referral = Referral {
        happened: time_of(form, Field::ReferralAt).unwrap_or(happened),
        to: text_of(form, Field::ReferralTo).unwrap_or_default(),
        ambulance: text_of(form, Field::ReferralAmbulance),
        companion: text_of(form, Field::ReferralCompanion),
        received_by: text_of(form, Field::ReferralReceivedBy),
    };
    Ask::Refer { of: form.base.of, referral }
}

fn law_ask(form: &Form, happened: Timed) -> Ask {
    let said = |field| text_of(form, field).unwrap_or_default();
    let custody = Custody {
        happened: time_of(form, Field::CustodyAt).unwrap_or(happened),
        officer: said(Field::CustodyOfficer),
        officer_no: said(Field::CustodyOfficerNo),
        unit: said(Field::CustodyUnit),
        letter: said(Field::CustodyLetter),
        to: said(Field::CustodyTo),
        companion: text_of(form, Field::CustodyCompanion),
    };
    Ask::HandToLaw { of: form.base.of, custody }
}

fn tier_ask(form: &Form, happened: Timed) -> Ask {
    let tier = code_of(form, Field::RaisedTier, List::Tier);
    let why = text_of(form, Field::RaisedTierWhy).unwrap_or_default();
    Ask::Tier { of: form.base.of, tier, why, happened }
}

fn death_ask(form: &Form, happened: Timed) -> Ask {
    let death = Death {
        died: time_of(form, Field::DiedAt).unwrap_or(happened),
        place: text_of(form, Field::DeathPlace),
        cause: text_of(form, Field::DeathCause),
        nature: code_of(form, Field::DeathNature, List::DeathNature),
    };
    Ask::Die { of: form.base.of, death }
}
