//! What the move dialog says of one person alone, in words.

use crate::app::App;
use crate::app::form::entry::shown;
use crate::app::notice::refusal_text;
use crate::desk::RowId;
use crate::domain::change::Change;
use crate::domain::field::Field;
use crate::domain::gate::{Fact, Obstacle};
use crate::domain::record::Slot;
use crate::domain::value::Value;

impl App {
    /// An obstacle with everything it says: for the dialog of one open case only.
    pub fn obstacle_full(&self, obstacle: &Obstacle) -> String {
        refusal_text(&obstacle.refusal(), &self.texts)
    }

    /// What a move leaves owing in the case of a row, as far as this operator may know of it.
    pub fn owed_words(&self, row: RowId, change: &Change) -> Vec<String> {
        let may_name = |code: &str| Fact::from_code(code).is_none_or(|fact| self.seat.may_name(row, fact));
        let new_debt = |edit: &crate::domain::change::Edit| match (&edit.at.field, &edit.now) {
            (Field::DebtFact, Some(Value::Text(code))) => may_name(code).then(|| self.fact(code)),
            _ => None,
        };
        change.edits.iter().filter_map(new_debt).collect()
    }

    /// A value in words, with names for other subjects.
    pub fn in_words(&self, slot: Slot, value: &Value) -> String {
        match value {
            Value::Link(subject) => self.seat.link_name(*subject),
            _ => shown(slot, value, &self.texts, self.seat.zone()),
        }
    }
}
