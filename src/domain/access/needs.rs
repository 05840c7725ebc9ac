//! Which acts on which sections a change amounts to: what the desk asks [`super::can`] about before it writes.
//!
//! A change is not believed by its name: an edit that seals is a seal, one that shares is a share.

use super::Act;
use crate::domain::change::{Change, Verb};
use crate::domain::field::{Field, Part, Section};
use crate::domain::gate::{Fact, Obstacle};
use crate::domain::offer;
use crate::domain::record::{Record, Slot};
use crate::domain::value::Value;
use std::collections::BTreeSet;

/// Every act and section that a change needs; all of them must be allowed. Creating asks nothing here: it is the office's own.
pub fn needed(record: &Record, change: &Change) -> BTreeSet<(Act, Section)> {
    let mut needed = BTreeSet::new();
    if let Some(act) = act_of(record, change.verb) {
        needed.insert((act, if act == Act::Move { Section::Journey } else { Section::Desk }));
    }
    for edit in &change.edits {
        let field = edit.at.field;
        let is_own = is_part_of(change.verb, field);
        needed.extend(match act_on(edit.at, record, change) {
            // The owner of a new case is the office that opens it.
            Some(Act::Share) if change.verb == Verb::Create && field == Field::Owner => None,
            Some(act) => Some((act, Section::Desk)),
            None => (!is_own).then(|| (Act::Edit, section_at(record, Some(change), edit.at))),
        });
    }
    needed
}

/// The section in which a fact stands: its field's, but a law track is in the compartment as a whole. `change` is what
/// would happen to the record, for a track that it begins.
pub fn section_at(record: &Record, change: Option<&Change>, at: Slot) -> Section {
    let Some(item) = at.item.filter(|_| at.field.part() == Part::Track) else { return at.field.section() };
    let kind = Slot::of(item, Field::Track);
    let after = change.and_then(|change| change.after(record, kind));
    let is_law = |value: Option<&Value>| matches!(value, Some(Value::Code(code)) if code == "HKM");
    if is_law(record.get(kind)) || is_law(after) { Section::Law } else { at.field.section() }
}

/// The section of which a debt tells by its name; `None` for what is no debt's.
pub fn owed_at(record: &Record, change: Option<&Change>, at: Slot) -> Option<Section> {
    let item = at.item.filter(|_| at.field.part() == Part::Debt)?;
    let named = Slot::of(item, Field::DebtFact);
    let code = match change.and_then(|change| change.after(record, named)).or_else(|| record.get(named)) {
        Some(Value::Text(code)) => Fact::from_code(code)?,
        _ => return None,
    };
    Some(code.field().section())
}

/// What stands against something, as an office reads it that does not see these sections of another's case: that something
/// of them is wanting, and not what.
pub fn told_outside(obstacles: &[Obstacle], is_hidden: impl Fn(Section) -> bool) -> Vec<Obstacle> {
    let mut told: Vec<Obstacle> = Vec::with_capacity(obstacles.len());
    for obstacle in obstacles {
        let obstacle = match obstacle {
            Obstacle::Missing(fact) | Obstacle::Owed(fact) if is_hidden(fact.field().section()) => Obstacle::Held,
            // What is wrong with what was just typed says nothing of the case.
            other => *other,
        };
        if !told.contains(&obstacle) {
            told.push(obstacle);
        }
    }
    told
}

/// The act that a verb is by itself; the others are what their edits are.
fn act_of(record: &Record, verb: Verb) -> Option<Act> {
    match verb {
        Verb::Move | Verb::Correct | Verb::Reopen | Verb::AskClose => Some(Act::Move),
        Verb::Close if record.link(Field::CloseAskedBy).is_some() => Some(Act::Approve),
        Verb::Close => Some(Act::Move),
        Verb::Note => Some(Act::Note),
        Verb::Refer | Verb::HandToLaw => Some(Act::Refer),
        Verb::Edit
        | Verb::Flag
        | Verb::Tier
        | Verb::Settle
        | Verb::Claim
        | Verb::Die
        | Verb::Link
        | Verb::Look
        | Verb::Print
        | Verb::Offer
        | Verb::Answer
        | Verb::Share
        | Verb::Withdraw
        | Verb::Undo
        | Verb::Redo
        | Verb::Other
        | Verb::Create => None,
    }
}

/// Fields that are never a mere edit. To say that two cases are one person's is to merge them; who a mother is, or that two
/// are not the same, is not; and who comes in again says so as they come.
fn act_on(at: Slot, record: &Record, change: &Change) -> Option<Act> {
    let (field, part) = (at.field, at.field.part());
    let is_seal =
        matches!(field, Field::IsSealed | Field::SealedBy | Field::SealedAt | Field::SealedWhy) || part == Part::Named;
    let is_share = field == Field::Owner || part == Part::Share;
    if part == Part::Offer && !(change.verb == Verb::Answer && offer::accepted(change).is_some()) {
        return at.item.map(|item| offer::act(record, change, item));
    }
    if (is_share || part == Part::Offer)
        && let Some(act) = offer::answering(record, change)
    {
        // What an accepted offer brings was decided by whoever made it; the laws hold it to what was offered.
        return Some(act);
    }
    let kind = Slot { item: at.item, field: Field::LinkKind };
    let is_same = |value: Option<&Value>| matches!(value, Some(Value::Code(code)) if code == "SMA");
    let is_merge = part == Part::Link && (is_same(record.get(kind)) || is_same(change.after(record, kind)));
    match (is_seal, is_share, is_merge && change.verb != Verb::Create) {
        (true, _, _) => Some(Act::Seal),
        (false, true, _) => Some(Act::Share),
        (false, false, true) => Some(Act::Merge),
        (false, false, false) => None,
    }
}

/// What a verb writes of itself: a move its status and debts, a referral its position, a note its note.
fn is_part_of(verb: Verb, field: Field) -> bool {
    let is_position =
        matches!(field, Field::Position | Field::PositionAt | Field::PositionPlace | Field::PositionSource);
    let is_desk = matches!(field.part(), Part::Debt | Part::Note)
        || (field.section() == Section::Desk && field.part() == Part::Own);
    match verb {
        Verb::Create => field.section() != Section::Law,
        Verb::Move | Verb::Correct | Verb::Reopen | Verb::AskClose | Verb::Close => is_desk || is_position,
        Verb::Refer => is_desk || is_position || field.part() == Part::Referral,
        Verb::HandToLaw => is_desk || is_position || matches!(field.part(), Part::Custody | Part::Flag),
        Verb::Note => field.part() == Part::Note,
        Verb::Look => field.part() == Part::Look,
        Verb::Print => field.part() == Part::Print,
        // The program's own notice to the receiver settles what was owed of it.
        Verb::Offer => field == Field::ReceiverNotifiedAt || field.part() == Part::Debt,
        Verb::Answer => field == Field::Officer,
        Verb::Edit
        | Verb::Flag
        | Verb::Tier
        | Verb::Settle
        | Verb::Link
        | Verb::Claim
        | Verb::Die
        | Verb::Share
        | Verb::Withdraw
        | Verb::Undo
        | Verb::Redo
        | Verb::Other => false,
    }
}
