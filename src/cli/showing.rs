//! The commands that show: `list` and `show`, for people in columns and words, for programs as JSON in codes and ISO dates.

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use super::open::Opened;
use crate::app::form::entry::shown;
use crate::app::telling::sex_letter;
use crate::app::words::brief;
use crate::desk::{Event, Order, Seat};
use crate::domain::calendar::show_date;
use crate::domain::field::Field;
use crate::domain::record::Slot;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Number, Subject};
use crate::domain::summary::{Signs, Summary};
use crate::domain::value::Value;
use crate::text::Texts;
use serde_json::{Map, Value as Json, json};

/// Runs `pulang list`.
pub fn list(call: &mut Call<'_, '_>, typed: &str, limit: usize) -> Result<Exit, Stop> {
    let Opened { seat, .. } = call.open()?;
    let query = seat.read_query(typed)?;
    let texts = call.texts;
    let listing = seat.list(&query, Order::Urgency);
    // Nobody is taken in a second time because a list says nothing: an exact number of somebody unseen is said to be known.
    let hidden = if listing.rows.is_empty() { seat.hidden_hit(typed) } else { None };
    let rows: Vec<Summary> = listing.rows.page(0, limit).into_iter().filter_map(|row| seat.summary(row)).collect();
    let cases: Vec<Json> = rows.iter().map(|row| summary_json(row, &seat)).collect();
    call.report(json!({"found": listing.rows.len(), "erased": listing.erased, "is_known_unseen": hidden.is_some(), "cases": cases}), |call| {
        for row in &rows {
            let birth = show_date(&row.born());
            let sex = sex_letter(row.sex, texts);
            let status = row.status.code();
            let movement = movement(row, &seat).unwrap_or_default();
            let line = format!(
                "{}  {}  {status:<7}  {sex}  {:>4}  {birth:<11}  {:<28}  {movement}",
                row.number,
                row.tier as u8,
                row.age(),
                row.name
            );
            say!(call, "{}", line.trim_end())?;
        }
        let count = texts.with("prompt-count", &[("count", &listing.rows.len().to_string())]);
        let erased = match listing.erased {
            0 => String::new(),
            some => texts.with("heading-erased", &[("count", &some.to_string())]),
        };
        say!(call, "{count}{erased}")?;
        match &hidden {
            Some(hidden) => say!(call, "{}: {}", texts.get(hidden.certainty.key()), texts.get("sealed-ask-supervisor")),
            None => Ok(()),
        }
    })?;
    Ok(Exit::DONE)
}

fn movement(row: &Summary, seat: &Seat) -> Option<String> {
    row.movement.map(|id| seat.link_name(Subject::new(Kind::Movement, id))).filter(|name| !name.is_empty())
}

fn summary_json(row: &Summary, seat: &Seat) -> Json {
    let precision = row.birth_precision;
    json!({
        "number": row.number.to_string(), "name": row.name, "tier": row.tier as u8, "status": row.status.code(),
        "status_at": row.status_at, "sex": row.sex.map(|sex| sex.code()), "birth": row.birth,
        "birth_precision": precision, "is_child": row.signs.has(Signs::CHILD),
        "queue": (row.queue > 0).then_some(row.queue), "group": (!row.group.is_empty()).then_some(&row.group),
        "movement": movement(row, seat), "due": row.due, "open_debts": row.open_debts,
        "officer": row.officer.map(|id| seat.operator_name(id)),
    })
}

/// Runs `pulang show`.
pub fn show(call: &mut Call<'_, '_>, typed: &str) -> Result<Exit, Stop> {
    let number = number_of(typed)?;
    let Opened { seat, .. } = call.open()?;
    let (row, texts) = (seat.row_numbered(number)?, call.texts);
    let view = seat.open(row)?;
    let fact = |(slot, value): (&Slot, &Value)| (slot.to_string(), fact_json(*slot, value, &seat, &texts));
    let facts: Map<String, Json> = view.record.facts.iter().map(fact).collect();
    let history: Vec<Json> = view.events.iter().map(event_json).collect();
    call.report(json!({"case": summary_json(&view.summary, &seat), "facts": facts, "history": history}), |call| {
        say!(call, "{}  {}  {}", view.summary.number, view.summary.name, view.summary.status.code())?;
        for (slot, value) in &view.record.facts {
            let label = texts.get(&slot.field.label_key()).into_owned();
            let words = match value {
                Value::Number(_) => in_words(&seat, *slot, value, &texts),
                _ => brief(&seat, slot.field, value, &texts),
            };
            say!(call, "  {label:<24} {words}")?;
        }
        for event in &view.events {
            let at = seat.zone().local(event.at).format("%d-%m-%Y %H:%M");
            say!(call, "  {at}  {}  {}", event.by, texts.get(&crate::desk::verb_key(event.change.verb)))?;
        }
        Ok(())
    })?;
    Ok(Exit::DONE)
}

/// The number that was typed.
///
/// # Errors
/// When it is none, with the nearest one.
pub(super) fn number_of(typed: &str) -> Result<Number, Refusal> {
    typed.parse().map_err(|_| not_a_number(typed))
}

/// Why a text is no case's number: only its check letter, or all of it.
fn not_a_number(typed: &str) -> Refusal {
    match Number::but_for_the_letter(typed) {
        Some(number) => Refusal::new("refused-check-letter")
            .with("number", typed.trim().to_owned())
            .with("nearest", number.to_string()),
        None => Refusal::new("refused-no-number").with("number", typed.to_owned()),
    }
}

fn event_json(event: &Event) -> Json {
    let change = &event.change;
    let status = change.edits.iter().find(|edit| edit.at.field == Field::Status);
    let code = |value: Option<&Value>| match value {
        Some(Value::Code(code)) => Some(code.clone()),
        _ => None,
    };
    json!({
        "at": event.at, "happened": event.happened.at, "by": event.by, "verb": change.verb, "reason": change.reason,
        "table": change.table, "from": code(status.and_then(|edit| edit.was.as_ref())),
        "to": code(status.and_then(|edit| edit.now.as_ref())),
    })
}

/// A fact for programs: its value, how sure it is where it is not certain, and the words that the screen shows.
fn fact_json(slot: Slot, value: &Value, seat: &Seat, texts: &Texts) -> Json {
    let mut fact = json!({"text": in_words(seat, slot, value, texts), "value": value_json(slot, value)});
    match value {
        Value::Date(date) => fact["precision"] = json!(date.precision),
        Value::Time(time) => fact["precision"] = json!(time.precision),
        Value::Text(_) | Value::Code(_) | Value::Codes(_) | Value::Number(_) | Value::YesNo(_) | Value::Link(_) => {}
    }
    fact
}

/// A value for programs, in codes, numbers, ISO dates and UTC times.
pub(super) fn value_json(slot: Slot, value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Code(text) => json!(text),
        Value::Codes(codes) => json!(codes),
        Value::Date(date) => json!(date.on),
        Value::Time(time) => json!(time.at),
        Value::Number(packed) if slot.field == Field::CaseNumber => json!(case_number(*packed)),
        Value::Number(number) => json!(number),
        Value::YesNo(is_yes) => json!(is_yes),
        Value::Link(of) => json!(of),
    }
}

/// A value as it is read by people: other subjects by name, numbers as the desk writes them.
pub(super) fn in_words(seat: &Seat, slot: Slot, value: &Value, texts: &Texts) -> String {
    match value {
        Value::Link(of) => seat.link_name(*of),
        Value::Number(packed) if slot.field == Field::CaseNumber => case_number(*packed),
        _ => shown(slot, value, texts, seat.zone()),
    }
}

fn case_number(packed: i64) -> String {
    u32::try_from(packed).map(|packed| Number::from_packed(packed).to_string()).unwrap_or_default()
}
