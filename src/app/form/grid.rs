//! The screening grid as a form: the time, then one entry a question, answered by one key. Whatever was not answered is
//! *tidak tahu* and is saved so: nobody is called unharmed because a question was left out.

use super::super::key::Key;
use super::entry::{Entry, Reader};
use super::{Form, Purpose, Typed};
use crate::domain::field::Field;
use crate::domain::record::{ItemId, Record, Slot};
use crate::domain::screening::{Answers, GROUPS, Row};
use ulid::Ulid;

/// How an answer stands in its entry and in drafts.
pub const YES: &str = "y";
pub const NO: &str = "t";
pub const UNKNOWN: &str = "?";

/// A new screening of a case, as the item `item`; the cursor stands on the first question.
pub fn open(id: Ulid, base: Record, item: ItemId, reader: &Reader<'_>) -> Form {
    let mut form = Form::over(Purpose::Screening, id, base, &[Slot::of(item, Field::ScreenedAt)], reader);
    for group in GROUPS {
        let codes = group.questions.codes().iter();
        form.entries.extend(codes.map(|code| Entry::asking(Slot::of(item, group.yes), code, reader)));
    }
    form.at = 1;
    form
}

/// What was answered so far.
pub fn answers(form: &Form) -> Answers {
    Answers::from_rows(GROUPS.map(|group| {
        let mut row = Row::default();
        for entry in form.entries.iter().filter(|entry| entry.slot.field == group.yes) {
            let Some(question) = entry.question else { continue };
            match entry.line.text() {
                YES => row.yes.insert(question.to_owned()),
                NO => false,
                _ => row.unknown.insert(question.to_owned()),
            };
        }
        row
    }))
}

impl Form {
    /// An answer is one key, in either language, and the next question comes: `/` is the key of `?` without Shift.
    pub(super) fn answer(&mut self, key: Key, reader: &Reader<'_>) -> Typed {
        let Key::Char(letter) = key else { return Typed::NotMine };
        let answer = match letter.to_ascii_lowercase() {
            'y' => YES,
            't' | 'n' => NO,
            '?' | '/' => UNKNOWN,
            _ => return Typed::NotMine,
        };
        self.entries[self.at].type_in(answer, reader);
        self.is_dirty = true;
        self.step(1, reader);
        Typed::Something
    }
}
