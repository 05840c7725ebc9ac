//! Closing by two people, as the dialog shows it: what was asked and by whom, who may answer, and saying no.

use super::{Moving, Stage};
use crate::app::asking::After;
use crate::app::notice::Notice;
use crate::app::{App, Room};
use crate::desk::{Ask, Proposal, RowId, Seat};
use crate::domain::access::{Role, Roles};
use crate::domain::field::Field;
use crate::domain::gate::{Fact, Intent, Obstacle};
use crate::domain::record::Slot;
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;
use crate::domain::value::{Timed, Value};

/// What the second person must know, in this order.
const ASKED: [Field; 7] = [
    Field::CloseReason,
    Field::CloseNo,
    Field::CloseNote,
    Field::DuplicateOf,
    Field::TakenOverBy,
    Field::CloseAskedBy,
    Field::CloseAskedAt,
];

/// Names that a line shows at most; more are counted.
const NAMES: usize = 5;

/// The question of closing that stands on a case, as far as this operator may see it.
///
/// # Errors
/// When the case may not be opened.
pub(super) fn request(row: RowId, seat: &Seat) -> Result<Vec<(Slot, Value)>, Refusal> {
    let record = seat.record_of(row)?;
    let value = |field: Field| Some((Slot::own(field), record.get(field)?.clone()));
    Ok(ASKED.into_iter().filter_map(value).collect())
}

impl App {
    /// Who else of this office may approve a closing, in words; `None` when there is nobody.
    pub fn approvers(&self) -> Option<String> {
        names(self.seat.colleagues(Roles::default().with(Role::Supervisor)))
    }

    /// Whom to ask where an obstacle asks for somebody else: approvers of a closing, judges of readiness.
    pub fn whom_to_ask(&self, obstacle: &Obstacle, is_closing: bool) -> Option<String> {
        let (key, people) = match obstacle {
            Obstacle::SecondPerson | Obstacle::NeedsSupervisor if is_closing => ("move-approvers", self.approvers()),
            Obstacle::NeedsSupervisor => ("move-supervisors", self.approvers()),
            Obstacle::Missing(Fact::ReadyBySecond) => ("move-assessors", names(self.seat.colleagues(Roles::ASSESSORS))),
            _ => return None,
        };
        Some(match people {
            Some(people) => self.texts.with(key, &[("people", &people)]),
            None => self.texts.get(&format!("{key}-none")).to_string(),
        })
    }

    /// Begins to say no to the closing that somebody asked for; the one who asked takes it back so.
    pub(in crate::app) fn ask_decline(&mut self) {
        let notice = match self.rooms.last_mut() {
            Some(Room::Moving(moving)) if moving.is_reviewing() && moving.answers_request() => {
                moving.stage = Stage::Decline;
                moving.line.set("");
                None
            }
            _ => Some(Notice::info(self.texts.get("notice-nothing-to-decline"))),
        };
        self.notice = notice;
    }

    /// Says no, with the reason that was typed.
    pub(super) fn propose_decline(&mut self, why: String) {
        let Some(Room::Moving(moving)) = self.rooms.last() else { return };
        let (Some(of), id) = (only(moving), moving.id) else { return };
        let intent = Intent { reason: Some(why), ..Intent::at(Timed::certain(self.now())) };
        self.ask(Proposal { id, asks: vec![Ask::DeclineClose { of, intent }], undoes: None }, After::Declined, None);
    }
}

/// The one case of the dialog.
fn only(moving: &Moving) -> Option<Subject> {
    match moving.people.as_slice() {
        [one] => Some(Subject::case(one.summary.id)),
        _ => None,
    }
}

fn names(people: Vec<(Subject, String)>) -> Option<String> {
    let more = people.len().saturating_sub(NAMES);
    let mut shown: Vec<String> = people.into_iter().take(NAMES).map(|(_, name)| name).collect();
    if more > 0 {
        shown.push(format!("+{more}"));
    }
    (!shown.is_empty()).then(|| shown.join(", "))
}
