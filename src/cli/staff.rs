//! `pulang operator`: who works here, as those administer it who may. Everything is asked of the desk's writer.

use super::answer::{Stop, settle};
use super::console::{Call, Site, say};
use super::open::Opened;
use super::staff_args::{NewOperator, OperatorCommand, OperatorKey};
use super::{Exit, posts};
use crate::desk::{Ask, Event, Proposal, Seat, Staff};
use crate::domain::access::Role;
use crate::domain::calendar::show_day;
use crate::domain::check::{self, CheckContext};
use crate::domain::field::Field;
use crate::domain::operator::{Standing, fingerprint};
use crate::domain::record::{Facts, Slot};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Timed, Value};
use crate::text::Texts;
use chrono::Utc;
use serde_json::{Value as Json, json};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Bytes of a key's file that are read at most.
const MOST_READ: u64 = 20_000;

/// Runs `pulang operator`.
pub fn run(call: &mut Call<'_, '_>, command: &OperatorCommand) -> Result<Exit, Stop> {
    match command {
        OperatorCommand::List => list(call)?,
        OperatorCommand::Show { who } => show(call, who)?,
        OperatorCommand::Add(new) if new.first => first(call, new)?,
        OperatorCommand::Add(new) => add(call, new)?,
        OperatorCommand::Suspend { who, reason } => {
            let why = Value::text(crate::domain::clean::line(reason, 200).text);
            let facts =
                [(Field::OperatorIsSuspended, Some(Value::YesNo(true))), (Field::OperatorSuspendedWhy, Some(why))];
            edit(call, who, &facts, "staff-suspended")?;
        }
        OperatorCommand::Reinstate { who } => {
            let facts = [(Field::OperatorIsSuspended, None), (Field::OperatorSuspendedWhy, None)];
            edit(call, who, &facts, "staff-reinstated")?;
        }
        OperatorCommand::Roles { who, roles } => {
            let roles = read(Field::OperatorRoles, &roles.join(","))?;
            edit(call, who, &[(Field::OperatorRoles, roles)], "staff-changed")?;
        }
        OperatorCommand::Transfer { who, office } => {
            change(call, who, "staff-changed", |_, seat| {
                let office = Value::Link(seat.post_named(office)?.of);
                Ok(vec![(Slot::own(Field::OperatorOffice), Some(office))])
            })?;
        }
        OperatorCommand::Expire { who, day } => {
            let until = if day == "never" { None } else { read(Field::OperatorUntil, day)? };
            edit(call, who, &[(Field::OperatorUntil, until)], "staff-changed")?;
        }
        OperatorCommand::Key { what: OperatorKey::Add { who, file } } => {
            let key = key_of(call, file)?;
            change(call, who, "staff-key-added", |_, seat| {
                Ok(vec![(Slot::of(seat.new_id(), Field::KeyText), Some(key.clone()))])
            })?;
        }
        OperatorCommand::Key { what: OperatorKey::Remove { who, which } } => {
            change(call, who, "staff-key-removed", |staff, _| {
                let mut meant = staff.keys.iter().filter(|(_, kept)| is_meant(kept, which));
                match (meant.next(), meant.next()) {
                    (Some((item, _)), None) => Ok(vec![(Slot::of(*item, Field::KeyText), None)]),
                    _ => Err(Refusal::new("refused-key-unknown")),
                }
            })?;
        }
        OperatorCommand::Keys { program } => keys(call, program)?,
    }
    Ok(Exit::DONE)
}

/// A value as it is typed into a form.
pub(super) fn read(field: Field, typed: &str) -> Result<Option<Value>, Refusal> {
    check::read(field, typed, &CheckContext::new(Utc::now(), crate::domain::calendar::Zone::default()))
}

/// Asks the writer, and waits for what it says.
pub(super) fn asked(call: &Call<'_, '_>, seat: &Seat, asks: Vec<Ask>) -> Result<(), Stop> {
    let proposal = Proposal { id: seat.new_id(), asks, undoes: None };
    settle(seat.propose(proposal).wait(Duration::from_secs(600)), &call.texts).map(drop)
}

fn list(call: &mut Call<'_, '_>) -> Result<(), Stop> {
    let Opened { seat, .. } = call.open()?;
    let all = seat.staff()?;
    let texts = call.texts;
    call.report(json!({"operators": all.iter().map(as_json).collect::<Vec<_>>()}), |call| {
        for one in &all {
            let login = one.login.clone().or_else(|| one.uid.map(|uid| uid.to_string())).unwrap_or_default();
            let line = format!(
                "{:<24}  {:<12}  {:<12}  {:<28}  {}",
                one.name,
                login,
                codes(one).join("+"),
                one.office,
                standing(one, &texts)
            );
            say!(call, "{}", line.trim_end())?;
        }
        Ok(())
    })
}

fn codes(one: &Staff) -> Vec<&'static str> {
    Role::ALL.iter().filter(|role| one.roles.has(**role)).map(|role| role.code()).collect()
}

/// Nothing of somebody who may come in without end; else until when, or why not.
fn standing(one: &Staff, texts: &Texts) -> String {
    let day = one.until.map(show_day).unwrap_or_default();
    match one.standing {
        Standing::Suspended => texts.with("staff-is-suspended", &[("why", one.why.clone().unwrap_or_default())]),
        Standing::Expired(_) => texts.with("staff-is-expired", &[("day", day)]),
        Standing::Active if one.until.is_some() => texts.with("staff-is-until", &[("day", day)]),
        Standing::Active => String::new(),
    }
}

fn as_json(one: &Staff) -> Json {
    let state = match one.standing {
        Standing::Active => "active",
        Standing::Suspended => "suspended",
        Standing::Expired(_) => "expired",
    };
    let keys: Vec<String> = one.keys.iter().map(|(_, key)| fingerprint(key)).collect();
    json!({
        "name": one.name, "login": one.login, "uid": one.uid, "roles": codes(one), "office": one.office,
        "state": state, "until": one.until, "why": one.why, "keys": keys,
    })
}

fn show(call: &mut Call<'_, '_>, who: &str) -> Result<(), Stop> {
    let Opened { seat, .. } = call.open()?;
    let one = seat.staff_named(who)?;
    let history = seat.staff_history(one.of)?;
    let texts = call.texts;
    let mut json = as_json(&one);
    json["history"] = history.iter().map(event_json).collect();
    call.report(json, |call| {
        let roles: Vec<String> = codes(&one)
            .iter()
            .map(|code| format!("{code} {}", texts.get(&format!("role-{}", code.to_lowercase()))))
            .collect();
        say!(call, "{}  {}", one.name, standing(&one, &texts))?;
        say!(call, "{}", roles.join(", "))?;
        say!(call, "{}", one.office)?;
        for (label, value) in
            [("field-operator-uid", one.uid.map(|uid| uid.to_string())), ("field-operator-login", one.login.clone())]
        {
            if let Some(value) = value {
                say!(call, "{}: {value}", texts.get(label))?;
            }
        }
        for (_, key) in &one.keys {
            say!(call, "{} {}", fingerprint(key), key.split(' ').nth(2).unwrap_or_default())?;
        }
        for event in history.iter().rev() {
            say!(call, "{}", event_line(event, &seat, &texts))?;
        }
        Ok(())
    })
}

fn event_json(event: &Event) -> Json {
    let fields: Vec<&str> = event.change.edits.iter().map(|edit| edit.at.field.code()).collect();
    json!({"at": event.at, "by": event.by, "fields": fields})
}

/// When, who, and which fields: what they say now stands above.
fn event_line(event: &Event, seat: &Seat, texts: &Texts) -> String {
    let fields: Vec<String> =
        event.change.edits.iter().map(|edit| texts.get(&edit.at.field.label_key()).into_owned()).collect();
    let at = seat.zone().local(event.at).format("%d-%m-%Y %H:%M");
    format!("{at}  {}: {}", event.by, fields.join(", "))
}

/// Changes one operator, and says so in these words.
fn edit(call: &mut Call<'_, '_>, who: &str, facts: &[(Field, Option<Value>)], said: &str) -> Result<(), Stop> {
    let facts: Vec<(Slot, Option<Value>)> =
        facts.iter().map(|(field, value)| (Slot::own(*field), value.clone())).collect();
    change(call, who, said, |_, _| Ok(facts.clone()))
}

/// Which facts of somebody are to be what.
type Wanted = Vec<(Slot, Option<Value>)>;

fn change(
    call: &mut Call<'_, '_>,
    who: &str,
    said: &str,
    facts: impl Fn(&Staff, &Seat) -> Result<Wanted, Refusal>,
) -> Result<(), Stop> {
    let Opened { seat, .. } = call.open()?;
    let one = seat.staff_named(who)?;
    let change = seat.staff_change(one.of, &facts(&one, &seat)?);
    asked(call, &seat, vec![Ask::Edit(change)])?;
    let now = seat.staff()?.into_iter().find(|staff| staff.of == one.of).unwrap_or(one);
    let words = [("name", now.name.clone())];
    call.report(as_json(&now), |call| say!(call, "{}", call.texts.with(said, &words)))
}

fn add(call: &mut Call<'_, '_>, new: &NewOperator) -> Result<(), Stop> {
    let key = new.ssh_key.as_deref().map(|file| key_of(call, file)).transpose()?;
    let Opened { seat, .. } = call.open()?;
    let office = match &new.office {
        Some(named) => seat.post_named(named)?.of,
        None => seat.office(),
    };
    let mut facts = facts_of(&seat, new, office, key)?;
    facts.extend(
        read(Field::OperatorRoles, new.roles.as_deref().unwrap_or_default())?
            .map(|it| (Field::OperatorRoles.into(), it)),
    );
    if let Some(until) = &new.until {
        facts.extend(read(Field::OperatorUntil, until)?.map(|until| (Field::OperatorUntil.into(), until)));
    }
    let of = Subject::new(Kind::Operator, seat.new_id());
    asked(call, &seat, vec![Ask::Create { of, facts, happened: Timed::certain(Utc::now()) }])?;
    added(call, new)
}

fn added(call: &mut Call<'_, '_>, new: &NewOperator) -> Result<(), Stop> {
    let words = [("name", new.name.clone())];
    let key = if new.uid.is_none() && new.ssh_key.is_none() { "staff-added-without-door" } else { "staff-added" };
    call.report(json!({"added": new.name}), |call| say!(call, "{}", call.texts.with(key, &words)))
}

/// The facts of somebody new, but for roles and last day.
fn facts_of(seat: &Seat, new: &NewOperator, office: Subject, key: Option<Value>) -> Result<Facts, Refusal> {
    let mut facts = Facts::from([(Field::OperatorOffice.into(), Value::Link(office))]);
    facts.extend(read(Field::OperatorName, &new.name)?.map(|name| (Field::OperatorName.into(), name)));
    facts.extend(new.uid.map(|uid| (Field::OperatorUid.into(), Value::Number(i64::from(uid)))));
    if let Some(login) = &new.login {
        facts.extend(read(Field::OperatorLogin, login)?.map(|login| (Field::OperatorLogin.into(), login)));
    }
    facts.extend(key.map(|key| (Slot::of(seat.new_id(), Field::KeyText), key)));
    Ok(facts)
}

/// The first supervisor of a desk that has nobody yet; the desk is begun where there is none.
fn first(call: &mut Call<'_, '_>, new: &NewOperator) -> Result<(), Stop> {
    if new.uid.is_none() && new.ssh_key.is_none() {
        return Err(Refusal::new("refused-first-without-door").into());
    }
    let key = new.ssh_key.as_deref().map(|file| key_of(call, file)).transpose()?;
    let Opened { seat, .. } = call.open_as_machine()?;
    let (office, operator) = (Subject::new(Kind::Office, seat.new_id()), Subject::new(Kind::Operator, seat.new_id()));
    let named = new.office.clone().unwrap_or_else(|| "Meja pertama".into());
    let mut of_office = Facts::new();
    of_office.extend(read(Field::OfficeName, &named)?.map(|name| (Field::OfficeName.into(), name)));
    of_office.extend(posts::zone(new.zone.as_deref().unwrap_or("WIB"))?.map(|zone| (Field::OfficeZone.into(), zone)));
    let mut facts = facts_of(&seat, new, office, key)?;
    facts.insert(Field::OperatorRoles.into(), Value::codes([Role::Supervisor.code()]));
    let happened = Timed::certain(Utc::now());
    let asks =
        vec![Ask::Create { of: office, facts: of_office, happened }, Ask::Create { of: operator, facts, happened }];
    asked(call, &seat, asks)?;
    added(call, new)
}

/// The public key of a file; of the input inside a desk, and for `-`.
fn key_of(call: &mut Call<'_, '_>, file: &Path) -> Result<Value, Refusal> {
    let unread = || Refusal::new("refused-file-unreadable").with("path", file.display().to_string());
    let mut typed = String::new();
    match call.site {
        Site::Process if file != Path::new("-") => {
            let opened = std::fs::File::open(file).map_err(|_| unread())?;
            opened.take(MOST_READ).read_to_string(&mut typed).map_err(|_| unread())?;
        }
        Site::Process | Site::Desk(_) => {
            (&mut *call.console.input).take(MOST_READ).read_to_string(&mut typed).map_err(|_| unread())?;
        }
    }
    read(Field::KeyText, &typed)?.ok_or(Refusal::new("input-key"))
}

/// Whether a kept key is the one that is named: by its remark, or by the beginning of its fingerprint.
fn is_meant(kept: &str, named: &str) -> bool {
    let print = fingerprint(kept);
    let hash = print.split("SHA256:").nth(1).unwrap_or_default();
    let named_hash = named.trim().rsplit("SHA256:").next().unwrap_or_default();
    let is_print = named_hash.len() >= 6 && hash.starts_with(named_hash);
    is_print || kept.split(' ').nth(2) == Some(named.trim())
}

/// What sshd asks for: whoever reads it can read who works here, so it is the machine's and the administrators'.
fn keys(call: &mut Call<'_, '_>, program: &str) -> Result<(), Stop> {
    let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if program.is_empty() || !program.chars().all(is_path) {
        return Err(Refusal::new("refused-program-path").into());
    }
    let Opened { desk, .. } = match call.site {
        Site::Desk(within) if !within.seat.is_machine() => {
            let opened = call.open()?;
            if !opened.seat.administers_all() {
                return Err(Refusal::new("why-not-administer").into());
            }
            opened
        }
        Site::Process if !crate::desk::Desk::is_begun(&call.dir()) => {
            return Err(super::open::no_desk(&call.dir()).into());
        }
        Site::Process | Site::Desk(_) => call.open_as_machine()?,
    };
    let lines = desk.key_lines(program);
    call.report(json!({"lines": lines}), |call| lines.iter().try_for_each(|line| say!(call, "{line}")))
}
