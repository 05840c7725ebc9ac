//! What nobody does without a reason that is one: sealing, opening again, naming, taking apart what was said to be one person.

use super::{Circumstances, Obstacle, operator, reason};
use crate::domain::case::Case;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part};
use crate::domain::reason::sound_reason;
use crate::domain::record::Record;

/// Every law of reasons that a change breaks.
pub(super) fn laws(
    record: &Record,
    after: &Record,
    change: &Change,
    circumstances: &Circumstances<'_>,
) -> Vec<Obstacle> {
    let mut found = seal_laws(after, change, circumstances);
    found.extend(link_laws(record, after, change));
    found
}

/// Who is named and what is sealed changes with a reason, and whoever seals stands for it by name.
fn seal_laws(after: &Record, change: &Change, circumstances: &Circumstances<'_>) -> Vec<Obstacle> {
    let is_seal = |field: Field| matches!(field, Field::IsSealed | Field::SealedBy | Field::SealedAt);
    let touches = |is_it: &dyn Fn(Field) -> bool| change.edits.iter().any(|edit| is_it(edit.at.field));
    let (is_sealing, is_naming) = (touches(&is_seal), touches(&|field| field.part() == Part::Named));
    if change.verb == Verb::Undo || !(is_sealing || is_naming) {
        return Vec::new();
    }
    // As for everything that opens or closes a case: a word is no reason.
    let mut found = reasoned(change);
    let is_ones_own = after.link(Field::SealedBy) == Some(operator(circumstances.actor));
    if is_sealing && Case(after).is_sealed() && !is_ones_own {
        found.push(Obstacle::Protected(Field::SealedBy));
    }
    found
}

/// Cases that were said to be one person's are taken apart with a reason; to take back one's own linking is an undo.
fn link_laws(record: &Record, after: &Record, change: &Change) -> Vec<Obstacle> {
    let same = |record: &Record| -> Vec<_> {
        Case(record).links().filter(|link| link.kind == Some("SMA")).map(|link| (link.item, link.case)).collect()
    };
    let (was, is) = (same(record), same(after));
    let is_parted = was.iter().any(|link| !is.contains(link));
    if !is_parted || matches!(change.verb, Verb::Undo | Verb::Redo) {
        return Vec::new();
    }
    reasoned(change)
}

/// A reason by the one rule for them, or what is wrong with what was written.
fn reasoned(change: &Change) -> Vec<Obstacle> {
    match reason(change.reason.as_deref()) {
        Ok(why) if sound_reason(&why).is_none() => vec![Obstacle::ReasonShort],
        Ok(_) => Vec::new(),
        Err(obstacle) => vec![obstacle],
    }
}
