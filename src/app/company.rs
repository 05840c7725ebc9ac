//! Who else has the same case open, and which drafts are open here. Where this session is follows from what is open: nothing
//! has to remember to say so.

use super::{App, Room};
use crate::desk::{Companion, MOST_COMPANY};
use crate::domain::subject::{Kind, Subject};

/// The case that is open here, and who else has it open.
#[derive(Debug, Default)]
pub struct Company {
    case: Option<Subject>,
    others: Vec<Companion>,
}

impl App {
    /// Tells the desk which drafts are open here, and which case, if that is another one now; learns who else has it open.
    pub(super) fn keep_company(&mut self) {
        self.seat.holds_only(&self.open_drafts_here());
        let case = if self.has_ended { None } else { self.rooms.iter().rev().find_map(case_of) };
        if case != self.company.case {
            self.seat.stands_at(case);
            self.company = Company { case, others: Vec::new() };
            self.meet();
            if let Some(row) = case.and_then(|case| self.seat.row_of(case.id)) {
                self.list.has_seen(row);
            }
        }
    }

    /// Nobody is at this screen any more, until it is woken again. What is kept of what was typed here may be taken up
    /// elsewhere meanwhile: see [`App::take_hold`].
    pub(super) fn leave_company(&mut self) {
        if self.pending.is_none() && self.awaited.is_none() && self.draft_fault.is_none() {
            self.seat.holds_only(&[]);
        }
        self.seat.stands_at(None);
        self.company = Company::default();
    }

    /// Asks again who else is there.
    pub(super) fn meet(&mut self) {
        self.company.others = self.company.case.map(|case| self.seat.company(case)).unwrap_or_default();
    }

    /// The case that is open here.
    pub(super) const fn open_case_here(&self) -> Option<Subject> {
        self.company.case
    }

    /// Who else has a case open that is open here, in words; `None` for nobody.
    pub fn company_words(&self, case: Subject) -> Option<String> {
        let others = &self.company.others;
        if self.company.case != Some(case) {
            return None;
        }
        let named: Vec<String> = others.iter().take(MOST_COMPANY).map(|one| self.companion_words(one)).collect();
        let more = if others.len() > MOST_COMPANY { ", \u{2026}" } else { "" };
        let people = format!("{}{more}", named.join(", "));
        (!named.is_empty()).then(|| self.texts.with("company-open", &[("people", &people)]))
    }

    fn companion_words(&self, one: &Companion) -> String {
        if one.is_oneself {
            return self.texts.get("company-oneself").into_owned();
        }
        let office = one.office.as_ref().map(|office| format!(", {office}")).unwrap_or_default();
        format!("{} ({}{office})", one.name, one.roles)
    }
}

/// The case that a room has open.
fn case_of(room: &Room) -> Option<Subject> {
    match room {
        Room::Case(case) => Some(case.of),
        Room::Form(form) => Some(form.base.of).filter(|of| of.kind == Kind::Case && form.base.revision > 0),
        Room::Today(_)
        | Room::Inbox(_)
        | Room::Sheet(_)
        | Room::Counts(_)
        | Room::Preview(_)
        | Room::Trail(_)
        | Room::Import(_)
        | Room::Compare(_)
        | Room::Moving(_)
        | Room::Prompt(_)
        | Room::Reason(_)
        | Room::Erase(_)
        | Room::Pick(_)
        | Room::Confirm { .. }
        | Room::Refused { .. }
        | Room::Blank => None,
    }
}
