//! `pulang office`: the places where people work, listed and added by who administers the desk.

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use super::open::Opened;
use super::staff::{asked, read};
use super::staff_args::{NewOffice, OfficeCommand, OfficeFacts};
use crate::desk::{Ask, Post, Seat};
use crate::domain::field::Field;
use crate::domain::record::{Facts, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use chrono::Utc;
use serde_json::{Value as Json, json};

/// Runs `pulang office`.
pub fn run(call: &mut Call<'_, '_>, command: &OfficeCommand) -> Result<Exit, Stop> {
    match command {
        OfficeCommand::List => list(call)?,
        OfficeCommand::Add(new) => add(call, new)?,
        OfficeCommand::Set { which, facts, name, zone } => {
            let Opened { seat, .. } = call.open()?;
            let post = seat.post_named(which)?;
            let mut all = facts_of(&seat, facts)?;
            if let Some(name) = name {
                all.extend(read(Field::OfficeName, name)?.map(|name| (Field::OfficeName, name)));
            }
            if let Some(zone) = zone {
                all.extend(self::zone(zone)?.map(|zone| (Field::OfficeZone, zone)));
            }
            let all: Vec<(Slot, Option<Value>)> =
                all.into_iter().map(|(field, value)| (Slot::own(field), Some(value))).collect();
            asked(call, &seat, vec![Ask::Edit(seat.staff_change(post.of, &all))])?;
            call.report(json!({"changed": post.name}), |call| say!(call, "{}", call.texts.get("notice-office")))?;
        }
    }
    Ok(Exit::DONE)
}

/// A zone by its code.
pub(super) fn zone(typed: &str) -> Result<Option<Value>, Refusal> {
    read(Field::OfficeZone, typed)
}

fn list(call: &mut Call<'_, '_>) -> Result<(), Stop> {
    let Opened { seat, .. } = call.open()?;
    let all = seat.posts();
    call.report(json!({"offices": all.iter().map(as_json).collect::<Vec<_>>()}), |call| {
        for post in &all {
            let line = format!(
                "{:<12}  {:<36}  {:<4}  {:<4}  {:>3}  {}",
                post.code.as_deref().unwrap_or("-"),
                post.name,
                post.level.as_deref().unwrap_or("-"),
                post.zone.as_deref().unwrap_or("WIB"),
                post.operators,
                post.parent.as_deref().unwrap_or_default()
            );
            say!(call, "{}", line.trim_end())?;
        }
        Ok(())
    })
}

fn as_json(post: &Post) -> Json {
    json!({
        "name": post.name, "code": post.code, "kind": post.level, "zone": post.zone, "country": post.country,
        "region": post.region, "parent": post.parent, "operators": post.operators,
    })
}

/// What was given of an office, read; the parent by code or name.
fn facts_of(seat: &Seat, facts: &OfficeFacts) -> Result<Vec<(Field, Value)>, Refusal> {
    let typed = [
        (Field::OfficeCode, &facts.code),
        (Field::OfficeLevel, &facts.kind),
        (Field::OfficeCountry, &facts.country),
        (Field::OfficeRegion, &facts.region),
        (Field::OfficeLockMinutes, &facts.lock),
    ];
    let mut all = Vec::new();
    for (field, typed) in typed {
        if let Some(typed) = typed {
            all.extend(read(field, typed)?.map(|value| (field, value)));
        }
    }
    if let Some(parent) = &facts.parent {
        all.push((Field::OfficeParent, Value::Link(seat.post_named(parent)?.of)));
    }
    Ok(all)
}

fn add(call: &mut Call<'_, '_>, new: &NewOffice) -> Result<(), Stop> {
    let Opened { seat, .. } = call.open()?;
    let mut facts = Facts::new();
    facts.extend(read(Field::OfficeName, &new.name)?.map(|name| (Field::OfficeName.into(), name)));
    facts.extend(zone(&new.zone)?.map(|zone| (Field::OfficeZone.into(), zone)));
    facts.extend(facts_of(&seat, &new.facts)?.into_iter().map(|(field, value)| (field.into(), value)));
    let of = Subject::new(Kind::Office, seat.new_id());
    asked(call, &seat, vec![Ask::Create { of, facts, happened: Timed::certain(Utc::now()) }])?;
    let words = [("name", new.name.clone())];
    call.report(json!({"added": new.name}), |call| say!(call, "{}", call.texts.with("staff-office-added", &words)))
}
