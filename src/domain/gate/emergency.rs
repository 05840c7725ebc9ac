//! What happens to a person without gates: emergency referral, hand-over to law enforcement, death.
//!
//! These ask for as little as possible, change the position at once and owe the rest; the status of the main track never
//! changes here. The one thing they do not give up: a child goes with nobody who is barred or linked as recruiter.

use super::plan::{open_case, owe_report, set_position};
use super::{Circumstances, Draft, Obstacle, Rules, fits, reason};
use crate::domain::access::{Role, Roles};
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::Field;
use crate::domain::record::{Record, Slot};
use crate::domain::value::{Timed, Value};

/// To hospital, now. Texts are bounded by the fields of the same name.
#[derive(Clone)]
pub struct Referral {
    pub happened: Timed,
    pub to: String,
    pub ambulance: Option<String>,
    pub companion: Option<String>,
    pub received_by: Option<String>,
}

/// Handed to law enforcement; the letter may be "belum".
#[derive(Clone)]
pub struct Custody {
    pub happened: Timed,
    pub officer: String,
    pub officer_no: String,
    pub unit: String,
    pub letter: String,
    pub to: String,
    /// Required for a minor.
    pub companion: Option<String>,
}

/// A death, with what is known of it at first.
#[derive(Clone)]
pub struct Death {
    pub died: Timed,
    pub place: Option<String>,
    pub cause: Option<String>,
    /// `WJR` or `TWJ` of `List::DeathNature`.
    pub nature: Option<&'static str>,
}

/// Whether a companion is somebody whom nobody is handed to.
fn is_barred(case: Case<'_>, name: Option<&str>) -> bool {
    name.is_some_and(|name| case.barred_contacts().any(|contact| contact.is_named(name)))
}

/// Sends somebody to hospital: from any status and with any role, also a case that does not exist yet (an empty record of
/// *tak dikenal* is opened on the way, its report owed). The position is the hospital at once; arrival clocks pause.
///
/// # Errors
/// No destination, texts too long, a companion who is barred; never a missing fact of a gate.
pub fn refer(
    record: &Record,
    referral: &Referral,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    let case = Case(record);
    let mut found = fits(&[
        (Field::ReferralTo, Some(&referral.to)),
        (Field::ReferralAmbulance, referral.ambulance.as_deref()),
        (Field::ReferralCompanion, referral.companion.as_deref()),
        (Field::ReferralReceivedBy, referral.received_by.as_deref()),
    ]);
    found.extend(referral.to.trim().is_empty().then_some(Obstacle::Empty(Field::ReferralTo)));
    found.extend(is_barred(case, referral.companion.as_deref()).then_some(Obstacle::Held));
    found.extend(case.is_dead().then_some(Obstacle::Dead));
    if !found.is_empty() {
        return Err(found);
    }
    let is_new = record.revision == 0;
    let mut draft =
        Draft::new(record, if is_new { Verb::Create } else { Verb::Refer }, referral.happened, circumstances);
    let item = draft.item();
    draft.say(item, Field::ReferralTo, Some(&referral.to));
    draft.say(item, Field::ReferralAmbulance, referral.ambulance.as_deref());
    draft.say(item, Field::ReferralCompanion, referral.companion.as_deref());
    draft.say(item, Field::ReferralReceivedBy, referral.received_by.as_deref());
    draft.set(Slot::of(item, Field::ReferralAt), Value::Time(referral.happened));
    set_position(&mut draft, "RSK", referral.happened);
    let place: String = referral.to.trim().to_owned();
    draft.set(Field::PositionPlace, Value::text(place));
    if is_new {
        draft.change().table = Some(rules.version.clone());
        draft.set(Field::NameKind, Value::code("TDK"));
        draft.set(Field::ReportedAt, Value::Time(referral.happened));
        open_case(&mut draft, referral.happened, circumstances);
        owe_report(&mut draft, &referral.to, referral.happened, circumstances, rules);
    }
    Ok(draft.finish(circumstances))
}

/// Hands somebody to law enforcement: a movement of a person, with a hold that has no end date.
///
/// # Errors
/// Every fact of the hand-over that is missing, a minor without a companion, a companion who is barred.
pub fn hand_to_law(
    record: &Record,
    custody: &Custody,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let case = Case(record);
    let facts = [
        (Field::CustodyOfficer, custody.officer.as_str()),
        (Field::CustodyOfficerNo, &custody.officer_no),
        (Field::CustodyUnit, &custody.unit),
        (Field::CustodyLetter, &custody.letter),
        (Field::CustodyTo, &custody.to),
    ];
    let mut found: Vec<_> =
        facts.iter().filter(|(_, text)| text.trim().is_empty()).map(|(field, _)| Obstacle::Empty(*field)).collect();
    found.extend(fits(&facts.map(|(field, text)| (field, Some(text)))));
    found.extend(fits(&[(Field::CustodyCompanion, custody.companion.as_deref())]));
    let is_alone = custody.companion.as_deref().is_none_or(|name| name.trim().is_empty());
    if is_alone && circumstances.is_child(case) {
        found.push(Obstacle::Empty(Field::CustodyCompanion));
    }
    found.extend(
        [custody.companion.as_deref(), Some(custody.officer.as_str())]
            .into_iter()
            .any(|name| is_barred(case, name))
            .then_some(Obstacle::Held),
    );
    found.extend(case.is_dead().then_some(Obstacle::Dead));
    found.extend(circumstances.roles.and(Roles::WORKERS).is_empty().then_some(Obstacle::NotYourRole));
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::HandToLaw, custody.happened, circumstances);
    let item = draft.item();
    for (field, text) in facts {
        draft.say(item, field, Some(text));
    }
    draft.say(item, Field::CustodyCompanion, custody.companion.as_deref());
    draft.set(Slot::of(item, Field::CustodyAt), Value::Time(custody.happened));
    set_position(&mut draft, "POL", custody.happened);
    draft.set(Field::PositionPlace, Value::text(custody.to.trim()));
    if !case.has_flag("HKM", circumstances.now) {
        let flag = draft.item();
        draft.set(Slot::of(flag, Field::Flag), Value::code("HKM"));
        draft.set(Slot::of(flag, Field::FlagFrom), Value::Time(custody.happened));
        draft.say(flag, Field::FlagBy, Some(circumstances.actor_name));
        draft.say(flag, Field::FlagWhy, Some(&custody.unit));
    }
    Ok(draft.finish(circumstances))
}

/// Records a death: the main track stands still from here, the remains track opens.
///
/// # Errors
/// Already dead, in the future, texts too long.
pub fn die(record: &Record, death: &Death, circumstances: &Circumstances<'_>) -> Result<Change, Vec<Obstacle>> {
    let case = Case(record);
    let mut found = fits(&[(Field::DeathPlace, death.place.as_deref()), (Field::DeathCause, death.cause.as_deref())]);
    found.extend(case.is_dead().then_some(Obstacle::Dead));
    found.extend((death.died.at > circumstances.now).then_some(Obstacle::InFuture));
    found.extend(circumstances.roles.and(Roles::WORKERS).is_empty().then_some(Obstacle::NotYourRole));
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Die, death.died, circumstances);
    draft.set(Field::DiedAt, Value::Time(death.died));
    for (field, text) in [(Field::DeathPlace, death.place.as_deref()), (Field::DeathCause, death.cause.as_deref())] {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            draft.set(field, Value::text(text));
        }
    }
    if let Some(nature) = death.nature {
        draft.set(Field::DeathNature, Value::code(nature));
    }
    // What was asked of the living is not asked of the dead.
    [Field::CloseAskedBy, Field::CloseAskedAt, Field::CloseReason].into_iter().for_each(|field| draft.clear(field));
    let track = draft.item();
    draft.set(Slot::of(track, Field::Track), Value::code("JNZ"));
    draft.set(Slot::of(track, Field::TrackState), Value::code("JNZ1"));
    draft.set(Slot::of(track, Field::TrackAt), Value::Time(death.died));
    Ok(draft.finish(circumstances))
}

/// Takes back a death that was recorded by mistake: a supervisor, with a reason. The remains track is removed with it.
///
/// # Errors
/// Nobody has died, no supervisor, no reason.
pub fn retract_death(
    record: &Record,
    why: &str,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let mut found: Vec<Obstacle> = (!Case(record).is_dead()).then_some(Obstacle::Alive).into_iter().collect();
    found.extend((!circumstances.roles.has(Role::Supervisor)).then_some(Obstacle::NeedsSupervisor));
    let why = reason(Some(why)).map_err(|obstacle| found.push(obstacle)).unwrap_or_default();
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Correct, happened, circumstances);
    draft.change().reason = Some(why);
    draft.clear(Field::DiedAt);
    let remains: Vec<_> =
        Case(record).tracks().filter(|track| track.kind == Some("JNZ")).map(|track| track.item).collect();
    for slot in record.facts.keys().filter(|slot| slot.item.is_some_and(|item| remains.contains(&item))) {
        draft.clear(*slot);
    }
    Ok(draft.finish(circumstances))
}
