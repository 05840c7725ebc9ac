//! Changes: field edits that remember what was there. Apply, inverse and three-way merge work on slots and know no field.

use super::record::{Facts, Record, Slot};
use super::subject::Subject;
use super::value::{Timed, Value};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;
use ulid::Ulid;

/// One fact before and after. Equal sides never occur in a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub at: Slot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Value>,
}

/// What a change is called in the history. The edits say what it did; the verb says what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Create,
    Edit,
    /// Forward on the main track, through a gate.
    Move,
    /// Backward on the main track: a supervisor's, with reason.
    Correct,
    Reopen,
    AskClose,
    Close,
    Note,
    Flag,
    /// Emergency referral: position changes at once, no gate.
    Refer,
    /// Handed to law enforcement.
    HandToLaw,
    /// A fact of triage raised or lowered by a person.
    Tier,
    Settle,
    Link,
    Claim,
    Die,
    /// Somebody from outside looked: the desk's own mark, for the owner.
    Look,
    /// A paper was printed: what went out is not taken back.
    Print,
    /// Something is put to another office: a referral, a transfer, a question for access.
    Offer,
    /// The answer to it, or its withdrawal.
    Answer,
    /// The case is shared with another office, or not any more.
    Share,
    /// A creation undone.
    Withdraw,
    Undo,
    /// An undo taken back.
    Redo,
    /// A word that a later release wrote.
    #[serde(other)]
    Other,
}

/// What happens to one subject: the unit of history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub of: Subject,
    /// The revision of the record that the author saw.
    pub base: u32,
    pub verb: Verb,
    /// When it happened, which is not when it was typed.
    pub happened: Timed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Version of the gate table that a move was judged by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    pub edits: Vec<Edit>,
    /// Edits of fields that this release does not know: kept as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<serde_json::Value>,
}

/// Reads what a later release may have written: an edit that does not parse is kept, not refused.
impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Known(Edit),
            Unread(serde_json::Value),
        }
        #[derive(Deserialize)]
        struct Plain {
            of: Subject,
            base: u32,
            verb: Verb,
            happened: Timed,
            reason: Option<String>,
            table: Option<String>,
            edits: Vec<Written>,
            #[serde(default)]
            unread: Vec<serde_json::Value>,
        }
        let Plain { of, base, verb, happened, reason, table, edits: written, mut unread } = Plain::deserialize(input)?;
        let mut edits = Vec::with_capacity(written.len());
        for edit in written {
            match edit {
                Written::Known(edit) => edits.push(edit),
                Written::Unread(edit) => unread.push(edit),
            }
        }
        Ok(Self { of, base, verb, happened, reason, table, edits, unread })
    }
}

/// One or many changes, all or none: the unit of durability, idempotency and undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Made by the author before the first try; a second commit with the same id changes nothing.
    pub id: Ulid,
    /// When the desk recorded it.
    pub at: DateTime<Utc>,
    /// The operator.
    pub by: Ulid,
    /// The operator's office at that time.
    pub office: Ulid,
    /// The commit that this one takes back.
    pub undoes: Option<Ulid>,
    pub changes: Vec<Change>,
}

/// The slots on which two people disagree, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub slots: Vec<Slot>,
}

impl Change {
    /// A change without edits, on a record as it was seen.
    pub fn on(record: &Record, verb: Verb, happened: Timed) -> Self {
        Self::bare(record.of, record.revision, verb, happened)
    }

    /// Adds an edit of one fact from what `record` holds to `now`; nothing when it already holds it. A slot edited twice
    /// keeps its first *was* and the last *now*.
    pub fn set(&mut self, record: &Record, at: impl Into<Slot>, now: Option<Value>) {
        let at = at.into();
        if let Some(place) = self.edits.iter().position(|edit| edit.at == at) {
            self.edits[place].now = now;
            if self.edits[place].was == self.edits[place].now {
                self.edits.remove(place);
            }
            return;
        }
        let was = record.get(at).cloned();
        if was != now {
            self.edits.push(Edit { at, was, now });
        }
    }

    /// What a slot holds after this change, given the record before it.
    pub fn after<'a>(&'a self, record: &'a Record, at: impl Into<Slot>) -> Option<&'a Value> {
        let at = at.into();
        match self.edits.iter().find(|edit| edit.at == at) {
            Some(edit) => edit.now.as_ref(),
            None => record.get(at),
        }
    }

    /// The edits that take this change back; verb, time and reason are the caller's to say.
    pub fn inverse_edits(&self) -> Vec<Edit> {
        let back = |edit: &Edit| Edit { at: edit.at, was: edit.now.clone(), now: edit.was.clone() };
        self.edits.iter().rev().map(back).collect()
    }

    /// Fits the change to a record that may have moved on since `base`: edits of slots that nobody else touched stay,
    /// edits that someone already made disappear, and every slot on which the two disagree is a conflict.
    ///
    /// # Errors
    /// The slots whose present value is neither what the author saw nor what the author wants.
    pub fn merged_onto(&self, record: &Record) -> Result<Self, Conflict> {
        let mut merged = Self { base: record.revision, edits: Vec::with_capacity(self.edits.len()), ..self.clone() };
        let mut slots = Vec::new();
        for edit in &self.edits {
            let present = record.get(edit.at);
            if present == edit.now.as_ref() {
                continue;
            }
            if present == edit.was.as_ref() {
                merged.edits.push(edit.clone());
            } else {
                slots.push(edit.at);
            }
        }
        if slots.is_empty() { Ok(merged) } else { Err(Conflict { slots }) }
    }

    /// Applies the edits as they are and counts the revision on: what the writer does after merging, and replay always.
    pub fn apply(&self, record: &mut Record) {
        debug_assert_eq!(self.of, record.of);
        for edit in &self.edits {
            match &edit.now {
                Some(value) => record.facts.insert(edit.at, value.clone()),
                None => record.facts.remove(&edit.at),
            };
        }
        record.revision += 1;
    }

    /// The slots this change touches.
    pub fn slots(&self) -> BTreeSet<Slot> {
        self.edits.iter().map(|edit| edit.at).collect()
    }

    /// A change that creates a record with these facts.
    pub fn create(of: Subject, happened: Timed, facts: Facts) -> Self {
        let edits = facts.into_iter().map(|(at, now)| Edit { at, was: None, now: Some(now) }).collect();
        Self { edits, ..Self::bare(of, 0, Verb::Create, happened) }
    }

    const fn bare(of: Subject, base: u32, verb: Verb, happened: Timed) -> Self {
        Self { of, base, verb, happened, reason: None, table: None, edits: Vec::new(), unread: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::Field;
    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn moment() -> Timed {
        Timed::certain(DateTime::from_timestamp(1_771_650_000, 0).unwrap())
    }

    const FIELDS: [Field; 5] = [Field::Name, Field::Aliases, Field::Group, Field::Marks, Field::Needs];

    fn record() -> impl Strategy<Value = Record> {
        prop::collection::vec(prop::option::of("[a-c]{1,2}"), FIELDS.len()).prop_map(|texts| {
            let mut record = Record::empty(Subject::case(Ulid(7)));
            for (field, text) in FIELDS.into_iter().zip(texts) {
                if let Some(text) = text {
                    record.facts.insert(field.into(), Value::text(text));
                }
            }
            record
        })
    }

    fn edits() -> impl Strategy<Value = Vec<(usize, Option<String>)>> {
        prop::collection::vec((0..FIELDS.len(), prop::option::of("[a-c]{1,2}")), 0..6)
    }

    fn change(record: &Record, edits: &[(usize, Option<String>)]) -> Change {
        let mut change = Change::on(record, Verb::Edit, moment());
        for (field, text) in edits {
            change.set(record, FIELDS[*field], text.clone().map(Value::Text));
        }
        change
    }

    proptest! {
        #[test]
        fn an_inverse_restores_every_fact(record in record(), edits in edits()) {
            let change = change(&record, &edits);
            let mut after = record.clone();
            change.apply(&mut after);
            let back = Change { edits: change.inverse_edits(), ..Change::on(&after, Verb::Undo, moment()) };
            back.merged_onto(&after).expect("nothing came between").apply(&mut after);
            prop_assert_eq!(after.facts, record.facts);
            prop_assert_eq!(after.revision, record.revision + 2);
        }

        #[test]
        fn two_authors_merge_in_any_order_or_conflict_on_just_the_slots_they_dispute(
            record in record(), mine in edits(), yours in edits(),
        ) {
            let (mine, yours) = (change(&record, &mine), change(&record, &yours));
            let disputed: Vec<_> = mine.edits.iter()
                .filter(|m| yours.edits.iter().any(|y| y.at == m.at && y.now != m.now))
                .map(|m| m.at)
                .collect();
            let both = |first: &Change, second: &Change| {
                let mut record = record.clone();
                first.apply(&mut record);
                second.merged_onto(&record).map(|second| { second.apply(&mut record); record.facts })
            };
            match both(&yours, &mine) {
                Ok(facts) => {
                    prop_assert!(disputed.is_empty());
                    prop_assert_eq!(Ok(facts), both(&mine, &yours));
                }
                Err(conflict) => prop_assert_eq!(conflict.slots, disputed),
            }
        }

        #[test]
        fn a_change_survives_its_json(record in record(), edits in edits()) {
            let change = change(&record, &edits);
            let text = serde_json::to_string(&change).unwrap();
            prop_assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), change);
        }
    }

    #[test]
    fn an_edit_of_a_field_from_a_later_release_is_kept_as_it_was_written() {
        let change = Change::on(&Record::empty(Subject::case(Ulid(7))), Verb::Edit, moment());
        let text = serde_json::to_string(&change).unwrap();
        let later = text
            .replace(
                r#""edits":[]"#,
                r#""edits":[{"at":"blood_group","now":{"code":"O"}},{"at":"seat","now":{"text":"12A"}}]"#,
            )
            .replace(r#""verb":"edit""#, r#""verb":"vaccinate""#);
        let read: Change = serde_json::from_str(&later).unwrap();
        assert_eq!(read.verb, Verb::Other);
        assert_eq!(read.edits.len(), 1);
        assert!(serde_json::to_string(&read).unwrap().contains(r#"{"at":"blood_group","now":{"code":"O"}}"#));
    }
}
