//! Conditions with from, to, by and why: setting, clearing and reviewing them, and the urgency that a person gives.
//!
//! A flag is never a status and never erased: clearing it gives it an end.

use super::access::{Role, Roles};
use super::case::Case;
use super::change::{Change, Verb};
use super::field::Field;
use super::gate::{Circumstances, Draft, Obstacle, fits, reason};
use super::record::{ItemId, Record, Slot};
use super::subject::Subject;
use super::value::{Timed, Value};
use super::words::List;

/// A condition to be set.
#[derive(Clone)]
pub struct NewFlag {
    /// A code of `List::Flag`.
    pub kind: &'static str,
    pub happened: Timed,
    /// Its end; a hold without one is normal.
    pub until: Option<Timed>,
    /// Why; 1 to 200 characters.
    pub why: String,
    /// The case to keep apart from: required for `PSH`, meaningless otherwise.
    pub other: Option<Subject>,
}

/// Which obstacle somebody with these roles meets who sets or clears a flag: holds belong to liaison and medic.
pub fn entitled(kind: &str, roles: Roles) -> Option<Obstacle> {
    let is_supervisor = roles.has(Role::Supervisor);
    match kind {
        "HKM" if !is_supervisor && !roles.has(Role::Liaison) => Some(Obstacle::NeedsLiaison),
        "MED" if !is_supervisor && !roles.has(Role::Medic) => Some(Obstacle::NeedsMedic),
        _ => roles.and(Roles::WORKERS).is_empty().then_some(Obstacle::NotYourRole),
    }
}

/// Sets a flag.
///
/// # Errors
/// Wrong role, no reason, unknown kind, nobody to keep apart from, an end before the beginning.
pub fn set_flag(record: &Record, flag: &NewFlag, circumstances: &Circumstances<'_>) -> Result<Change, Vec<Obstacle>> {
    let mut found: Vec<_> = entitled(flag.kind, circumstances.roles).into_iter().collect();
    found.extend((!List::Flag.has(flag.kind)).then_some(Obstacle::Unknown(Field::Flag)));
    found.extend((flag.kind == "PSH" && flag.other.is_none()).then_some(Obstacle::Empty(Field::FlagOther)));
    found.extend(
        flag.until.is_some_and(|until| until.at <= flag.happened.at).then_some(Obstacle::Unknown(Field::FlagTo)),
    );
    found.extend(reason(Some(&flag.why)).err());
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Flag, flag.happened, circumstances);
    let item = draft.item();
    draft.set(Slot::of(item, Field::Flag), Value::code(flag.kind));
    draft.set(Slot::of(item, Field::FlagFrom), Value::Time(flag.happened));
    if let Some(until) = flag.until {
        draft.set(Slot::of(item, Field::FlagTo), Value::Time(until));
    }
    draft.say(item, Field::FlagBy, Some(circumstances.actor_name));
    draft.say(item, Field::FlagWhy, Some(&flag.why));
    if let Some(other) = flag.other.filter(|_| flag.kind == "PSH") {
        draft.set(Slot::of(item, Field::FlagOther), Value::Link(other));
    }
    Ok(draft.finish(circumstances))
}

/// The flag with this id, if it stands now.
fn live<'a>(
    record: &'a Record,
    item: ItemId,
    circumstances: &Circumstances<'_>,
) -> Result<super::case::items::Flag<'a>, Obstacle> {
    let flag = Case(record).flags().find(|flag| flag.item == item);
    flag.filter(|flag| flag.is_live(circumstances.now)).ok_or(Obstacle::Unknown(Field::Flag))
}

/// Ends a flag, with a reason.
///
/// # Errors
/// No such live flag, wrong role, no reason.
pub fn clear_flag(
    record: &Record,
    item: ItemId,
    why: &str,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let flag = live(record, item, circumstances).map_err(|obstacle| vec![obstacle])?;
    let mut found: Vec<_> = entitled(flag.kind, circumstances.roles).into_iter().collect();
    found.extend((happened.at > circumstances.now).then_some(Obstacle::InFuture));
    let why = reason(Some(why)).map_err(|obstacle| found.push(obstacle)).unwrap_or_default();
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Flag, happened, circumstances);
    draft.change().reason = Some(why);
    draft.set(Slot::of(item, Field::FlagTo), Value::Time(happened));
    draft.set(Slot::of(item, Field::FlagClearedAt), Value::Time(Timed::certain(circumstances.now)));
    Ok(draft.finish(circumstances))
}

/// Notes that a hold was looked at again: its review clock starts anew.
///
/// # Errors
/// No such live flag, wrong role.
pub fn review_flag(
    record: &Record,
    item: ItemId,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let flag = live(record, item, circumstances).map_err(|obstacle| vec![obstacle])?;
    if let Some(obstacle) = entitled(flag.kind, circumstances.roles) {
        return Err(vec![obstacle]);
    }
    let mut draft = Draft::new(record, Verb::Flag, happened, circumstances);
    draft.set(Slot::of(item, Field::FlagReviewedAt), Value::Time(happened));
    Ok(draft.finish(circumstances))
}

/// Gives a case an urgency by hand, `1` to `3`, or takes it away. Anyone raises; only medic or supervisor lowers. What the
/// facts say stays: a hand never puts somebody below them.
///
/// # Errors
/// Lowering without the role, no reason.
pub fn give_tier(
    record: &Record,
    tier: Option<&'static str>,
    why: &str,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let rank = |code: Option<&str>| code.map_or(u8::MAX, |code| code.bytes().next().unwrap_or(u8::MAX));
    let is_lower = rank(tier) > rank(record.code(Field::RaisedTier));
    let may_lower = circumstances.roles.has(Role::Medic) || circumstances.roles.has(Role::Supervisor);
    let mut found = fits(&[(Field::RaisedTierWhy, Some(why))]);
    found.extend(tier.is_some_and(|code| !List::Tier.has(code)).then_some(Obstacle::Unknown(Field::RaisedTier)));
    found.extend((is_lower && !may_lower).then_some(Obstacle::NeedsMedic));
    found.extend(circumstances.roles.and(Roles::WORKERS).is_empty().then_some(Obstacle::NotYourRole));
    let why = reason(Some(why)).map_err(|obstacle| found.push(obstacle)).unwrap_or_default();
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Tier, happened, circumstances);
    draft.change().reason = Some(why.clone());
    match tier {
        Some(code) => {
            draft.set(Field::RaisedTier, Value::code(code));
            draft.set(Field::RaisedTierBy, Value::text(circumstances.actor_name));
            draft.set(Field::RaisedTierWhy, Value::text(why));
        }
        None => [Field::RaisedTier, Field::RaisedTierBy, Field::RaisedTierWhy]
            .into_iter()
            .for_each(|field| draft.clear(field)),
    }
    Ok(draft.finish(circumstances))
}
