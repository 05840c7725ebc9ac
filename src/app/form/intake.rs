//! Quick intake: one person on one screen in under sixty keys. The fields, their order and widths are `desk.md`'s.

use super::entry::{Entry, Reader};
use super::{Form, Purpose};
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::subject::Subject;
use crate::domain::value::{Dated, Timed, Value};
use crate::identity::country::Country;
use crate::identity::nik::{self, NikReading};
use crate::identity::{Sex, mrz};
use ulid::Ulid;

/// What the next person of the same flight starts with.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub movement: Option<Subject>,
    /// Whether the operator said that these people came with no movement.
    pub is_without_movement: bool,
    /// The number that the screen offers.
    pub queue: Option<u16>,
    /// Behind whose wristbands the offered number stands, for somebody without a movement.
    pub hall: Option<Subject>,
    pub destination_place: Option<String>,
    /// Where the people moved last have landed.
    pub landed_place: Option<String>,
}

/// Which movement a new person came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// No movement lands: the screen does not speak of any.
    Alone,
    /// With this one, or, as somebody said by a dash, with none; it may be changed.
    With(Option<Subject>),
    /// Several land: which one is to be said before saving.
    Unsaid,
}

/// The fields of the screen, in the order of the cursor; before them stands the movement, where one lands.
pub const FIELDS: [Field; 14] = [
    Field::Queue,
    Field::Nik,
    Field::Name,
    Field::Sex,
    Field::Birth,
    Field::PhoneNo,
    Field::PhoneWhose,
    Field::Home,
    Field::Group,
    Field::GroupRelation,
    Field::Checks,
    Field::DestinationPlace,
    Field::DocNo,
    Field::NoteText,
];

/// A new person: ids for the case, its first phone, document and note are given here, so that a draft keeps them.
pub fn open(id: Ulid, case: Ulid, items: [Ulid; 3], came: Came, kept: &Kept, reader: &Reader<'_>) -> Form {
    let [phone, document, note] = items;
    let slot = |field| match field {
        Field::PhoneNo | Field::PhoneWhose => Slot::of(phone, field),
        Field::DocNo => Slot::of(document, field),
        Field::NoteText => Slot::of(note, field),
        own => Slot::own(own),
    };
    let movement = (came != Came::Alone).then_some(Field::Movement);
    let slots: Vec<Slot> = movement.into_iter().chain(FIELDS).map(slot).collect();
    let mut form = Form::over(Purpose::Intake, id, Record::empty(Subject::case(case)), &slots, reader);
    let mut put = |field, value: Option<Value>| {
        if let (Some(entry), Some(value)) = (form.entry_mut(field), value) {
            entry.put(Some(value), reader);
        }
    };
    put(Field::Queue, kept.queue.map(|queue| Value::Number(i64::from(queue))));
    put(Field::DestinationPlace, kept.destination_place.clone().map(Value::Text));
    if let Came::With(Some(movement)) = came {
        put(Field::Movement, Some(Value::Link(movement)));
    }
    // What is typed ahead begins with the NIK, also where the movement is asked for at the end.
    let place = form.entries.iter().position(|entry| entry.slot.field == Field::Nik).unwrap_or(0);
    if let Some(entry) = form.entry_mut(Field::Movement) {
        entry.is_required = came == Came::Unsaid;
        if came == Came::With(None) {
            entry.line.set("-");
        }
    }
    form.go(place, reader);
    form
}

/// The movement that the screen says.
pub fn movement(form: &Form) -> Option<Subject> {
    match form.value(Field::Movement) {
        Some(Value::Link(movement)) => Some(*movement),
        _ => None,
    }
}

/// Whether it is still to be said which of several movements is meant; a dash says none of them.
pub fn is_movement_unsaid(form: &Form, reader: &Reader<'_>) -> bool {
    let is_empty = form.entry(Field::Movement).is_some_and(|entry| entry.line.is_empty());
    form.purpose == Purpose::Intake && is_empty && reader.seat.movements_now().len() > 1
}

/// What the typed NIK says, with what it warns of against the other fields.
pub fn nik_reading(form: &Form, reader: &Reader<'_>) -> Option<NikReading> {
    let typed = form.entry(Field::Nik)?.line.text();
    (!typed.is_empty()).then(|| nik::read(typed, reader.check.today))
}

/// The sex that is typed or taken.
pub fn sex(form: &Form) -> Option<Sex> {
    match form.value(Field::Sex) {
        Some(Value::Code(code)) => Sex::from_code(code),
        _ => None,
    }
}

/// Suggests, in grey, what a NIK says; nothing that was typed is touched.
pub fn suggest_from_nik(form: &mut Form, reader: &Reader<'_>) {
    let Some(reading) = nik_reading(form, reader).filter(|reading| reading.nik.is_some()) else { return };
    let suggestions = [
        (Field::Sex, reading.sex.map(|sex| Value::code(sex.code()))),
        (
            Field::Birth,
            reading.birth.map(|birth| Value::Date(Dated { source: Some("NIK".into()), ..Dated::certain(birth) })),
        ),
        (Field::Home, reading.region.map(|region| Value::code(region.to_string()))),
    ];
    for (field, value) in suggestions {
        if let (Some(entry), Some(value)) = (form.entry_mut(field), value) {
            entry.suggest(value, reader);
        }
    }
}

/// The facts that a new person is saved with: what was typed, and what the desk knows anyway.
pub fn facts(form: &Form, happened: Timed, operator: Subject) -> Facts {
    let mut facts = Facts::new();
    let mut note = None;
    for entry in &form.entries {
        let Some(value) = entry.value.clone() else { continue };
        if entry.slot.field == Field::NoteText {
            note = entry.slot.item;
        }
        facts.insert(entry.slot, value);
    }
    let typed = |field| form.entry(field).map(|entry| entry.line.text().to_owned()).filter(|text| !text.is_empty());
    for (field, as_written) in [(Field::Nik, Field::NikRaw), (Field::Birth, Field::BirthRaw)] {
        if !facts.contains_key(&Slot::own(field))
            && let Some(raw) = typed(field)
        {
            facts.insert(as_written.into(), Value::text(raw));
        }
    }
    if let Some(document) = form.entry(Field::DocNo).filter(|entry| entry.value.is_some()) {
        let item = document.slot.item;
        facts.insert(Slot { item, field: Field::DocKind }, Value::code(document_kind(document.line.text())));
        facts.insert(Slot { item, field: Field::DocState }, Value::code("PGG"));
    }
    facts.extend(form.carried().cloned());
    if facts.contains_key(&Slot::own(Field::Checks)) {
        facts.insert(Field::ChecksAt.into(), Value::Time(happened));
    }
    if let Some(item) = note {
        facts.insert(Slot::of(item, Field::NoteBy), Value::Link(operator));
        facts.insert(Slot::of(item, Field::NoteAt), Value::Time(happened));
    }
    facts.insert(Field::NameKind.into(), Value::code(if typed(Field::Name).is_some() { "LKP" } else { "TDK" }));
    facts.insert(Field::ReportChannel.into(), Value::code("DTG"));
    facts.insert(Field::ReportedAt.into(), Value::Time(happened));
    facts.extend(form.beside.facts.clone());
    if form.alike.is_empty() {
        facts.entry(Field::DuplicateAnswer.into()).or_insert(Value::code("BRU"));
    }
    facts
}

/// What was typed and does not read, as label and text; a NIK has a field of its own for that.
pub fn unread(form: &Form, reader: &Reader<'_>) -> Vec<String> {
    let is_unread = |entry: &&Entry| entry.value.is_none() && !entry.line.is_empty() && entry.line.text().trim() != "-";
    let said = |entry: &Entry| format!("{}: {}", reader.texts.get(&entry.slot.field.label_key()), entry.line.text());
    form.entries.iter().filter(is_unread).filter(|entry| entry.slot.field != Field::Nik).map(said).collect()
}

/// Two letters before the digits are an SPLP's, one is a passport's; the officer may correct it in the full form.
fn document_kind(number: &str) -> &'static str {
    let letters = number.chars().take_while(char::is_ascii_alphabetic).count();
    if letters == 2 { "SPL" } else { "PSP" }
}

/// What a scanned passport fills: every field it could read, with its value.
pub fn scanned(scan: &mrz::Mrz) -> Vec<(Field, Value)> {
    let mut values = vec![(Field::Name, Value::text(scan.display_name()))];
    values.extend(scan.sex.map(|sex| (Field::Sex, Value::code(sex.code()))));
    values.extend(scan.birth.map(|day| (Field::Birth, Value::Date(Dated::certain(day)))));
    values.push((Field::DocNo, Value::text(scan.number.clone())));
    values
}

/// What a scan says of the document that has no line of its own: until when it holds, who issued it, the name in it; and the
/// holder's nationality. It belongs to the number scanned with it.
pub fn scanned_beside(scan: &mrz::Mrz, form: &Form) -> Vec<(Slot, Value)> {
    let item = form.entry(Field::DocNo).and_then(|entry| entry.slot.item);
    let of = |field: Field| Slot { item, field };
    let country = |code: &str| code.parse::<Country>().ok().map(|country| Value::code(country.to_string()));
    let name: String = scan.display_name().chars().take(60).collect();
    let mut beside =
        vec![(of(Field::DocNo), Value::text(scan.number.clone())), (of(Field::DocName), Value::text(name))];
    beside.extend(scan.expiry.map(|day| (of(Field::DocUntil), Value::Date(Dated::certain(day)))));
    beside.extend(country(&scan.issuer).map(|code| (of(Field::DocIssuer), code)));
    beside.extend(country(&scan.nationality).map(|code| (Slot::own(Field::Nationality), code)));
    beside
}

/// Puts scanned values in where nothing stands yet; gives those that would have replaced something else.
pub fn fill(form: &mut Form, values: Vec<(Field, Value)>, reader: &Reader<'_>) -> Vec<(Field, Value)> {
    let mut in_the_way = Vec::new();
    for (field, value) in values {
        let Some(entry) = form.entry_mut(field) else { continue };
        if entry.line.is_empty() {
            put_typed(entry, value, reader);
            form.is_dirty = true;
        } else if entry.value.as_ref() != Some(&value) {
            in_the_way.push((field, value));
        }
    }
    in_the_way
}

/// Puts a value in as if it had been typed.
pub fn put_typed(entry: &mut Entry, value: Value, reader: &Reader<'_>) {
    entry.put(Some(value), reader);
    entry.is_touched = true;
}
