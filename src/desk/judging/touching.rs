//! Whether somebody may touch a case at all: asked before anything is planned, and again of what the change really does. A
//! refusal is one sentence, whatever stands behind it, and leaves its line in the trail.

use super::Judge;
use crate::desk::ask::{Ask, Denied};
use crate::domain::access::{Access, Act, Holding, Roles, can, needed};
use crate::domain::change::Change;
use crate::domain::field::Section;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;
use crate::records::trail::Act as Looked;

impl Judge<'_> {
    /// Before anything of a case is planned: its gates and facts are told to nobody who may not even leave a note on it.
    pub(super) fn may_touch(&self, ask: &Ask, record: &Record) -> Result<(), Denied> {
        let is_allowed = match ask {
            Ask::Create { .. } | Ask::TakeIn { .. } => !self.author.roles.and(Roles::WORKERS).is_empty(),
            Ask::Refer { .. } if record.revision == 0 => !self.author.roles.and(Roles::WORKERS).is_empty(),
            // Whoever may learn that a case is there leaves the mark of it.
            Ask::Look { .. } => {
                record.revision > 0
                    && can(&self.author.actor(), Act::FindExact, Section::Desk, &Holding::at(record, self.inner.now()))
                        >= Access::Masked
            }
            Ask::Print { print, .. } => {
                record.revision > 0 && self.author.may_print(print.paper, record, self.inner.now())
            }
            Ask::Offer { .. } | Ask::Answer { .. } | Ask::Share { .. } | Ask::Revoke { .. } => {
                self.may_put(ask, record)
            }
            Ask::AnswerInquiry { .. } => false,
            // What an edit says of the facts it was made on is held against them only where they may be written: a
            // conflict would tell them.
            Ask::Edit(change) => {
                record.revision > 0 && self.may_touch_at_all(record) && self.is_allowed(record, change)
            }
            Ask::NumberPrint { .. }
            | Ask::Move { .. }
            | Ask::DeclineClose { .. }
            | Ask::Refer { .. }
            | Ask::HandToLaw { .. }
            | Ask::Die { .. }
            | Ask::Step { .. }
            | Ask::Screen { .. }
            | Ask::SetFlag { .. }
            | Ask::ClearFlag { .. }
            | Ask::ReviewFlag { .. }
            | Ask::RetractDeath { .. }
            | Ask::Erase { .. }
            | Ask::Tier { .. } => record.revision > 0 && self.may_touch_at_all(record),
        };
        if is_allowed { Ok(()) } else { Err(self.barred(record.of)) }
    }

    fn may_touch_at_all(&self, record: &Record) -> bool {
        let holding = Holding::at(record, self.inner.now());
        can(&self.author.actor(), Act::Note, Section::Desk, &holding) == Access::Allow
    }

    /// Whether the author may do everything that a change does.
    pub(super) fn is_allowed(&self, record: &Record, change: &Change) -> bool {
        let holding = if record.revision > 0 {
            Holding::at(record, self.inner.now())
        } else {
            let mut after = record.clone();
            change.apply(&mut after);
            Holding::at(&after, self.inner.now())
        };
        let actor = self.author.actor();
        needed(record, change).into_iter().all(|(act, section)| can(&actor, act, section, &holding) == Access::Allow)
    }

    /// The refusal of access, with its line in the trail.
    pub(in crate::desk) fn barred(&self, of: Subject) -> Denied {
        self.inner.look(self.author, Looked::Refused, vec![of], 1, "");
        Refusal::new("why-not-access").into()
    }
}
