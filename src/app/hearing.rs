//! What others did meanwhile, as a screen learns it: rows are marked, newcomers counted, and cases fall shut that somebody
//! sealed, or took this operator's name off. What was half typed is kept as a draft; nothing of the case stays to be read.

use super::compare::{About, Compare};
use super::form::Purpose;
use super::{App, Room, Then};
use crate::desk::{RowId, Seat};
use crate::domain::subject::{Kind, Subject};

impl App {
    /// What others did meanwhile: their rows are marked, newcomers counted; no row moves. And what befell the data.
    pub(super) fn hear(&mut self) -> bool {
        let news = self.seat.news();
        if !news.is_empty() {
            self.count_inbox();
            let height = self.inbox_height();
            for room in &mut self.rooms {
                if let Room::Inbox(inbox) = room {
                    inbox.refresh(&self.seat, height);
                }
            }
        }
        if !news.is_empty() && self.alarms != self.seat.alarms() {
            self.alarms = self.seat.alarms();
            self.resize(self.size);
        }
        let changed: Vec<_> = news.iter().flat_map(|news| news.subjects.iter().copied()).collect();
        if changed.iter().any(|of| self.seat.is_erased(*of)) {
            self.leave_erased();
        }
        self.shut(&changed);
        for subject in changed.into_iter().filter(|of| of.kind == Kind::Case) {
            match self.seat.row_of(subject.id) {
                Some(row) if self.list.rows.place_of(row).is_some() => {
                    self.list.changed.insert(row);
                }
                Some(_) => self.list.newcomers += 1,
                None => {}
            }
        }
        !news.is_empty()
    }

    /// Takes away whatever is open of changed cases that this operator may not open any more, and what stands above it.
    pub(super) fn shut(&mut self, changed: &[Subject]) {
        let row = |of: &Subject| self.seat.row_of(of.id).filter(|row| !self.seat.may_stay(*row));
        let closed: Vec<(Subject, RowId)> =
            changed.iter().filter(|of| of.kind == Kind::Case).filter_map(|of| Some((*of, row(of)?))).collect();
        // Of most cases of other offices nothing is open here: then nothing is disturbed.
        let is_open = |(of, row): &(Subject, RowId)| {
            self.pane.as_ref().is_some_and(|pane| pane.row == *row)
                || self.rooms.iter().any(|room| is_about(room, *of, *row, &self.seat))
        };
        let closed: Vec<(Subject, RowId)> = closed.into_iter().filter(is_open).collect();
        if closed.is_empty() {
            return;
        }
        self.pane = self.pane.take().filter(|pane| closed.iter().all(|(_, row)| *row != pane.row));
        self.notice = None;
        let now = self.now();
        for room in &mut self.rooms {
            if let Room::Today(today) = room {
                today.refresh(&self.seat, now, self.list.height);
            }
        }
        // The list of the day goes on without whoever is closed now.
        let is_of = |room: &Room| {
            !matches!(room, Room::Today(_)) && closed.iter().any(|(of, row)| is_about(room, *of, *row, &self.seat))
        };
        let Some(place) = self.rooms.iter().position(is_of) else { return };
        self.save_draft();
        let is_blank = matches!(self.rooms.last(), Some(Room::Blank));
        self.rooms.truncate(place);
        self.refuse(self.texts.get("why-not-access").into_owned(), true);
        if is_blank {
            self.rooms.push(Room::Blank);
        }
    }
}

/// Whether a room shows something of a case.
fn is_about(room: &Room, of: Subject, row: RowId, seat: &Seat) -> bool {
    match room {
        Room::Case(case) => case.row == row,
        Room::Moving(moving) => moving.people.iter().any(|person| person.row == row),
        Room::Form(form) if matches!(form.purpose, Purpose::Between(_)) => {
            form.base.of == of && !form.base.facts.is_empty() && !seat.may_read_sheet(of)
        }
        Room::Sheet(sheet) => sheet.about.contains(&of) && !seat.may_read_sheet(of),
        // Somebody alike elsewhere is a number that is known; sealed, not even that.
        Room::Form(form) => {
            form.base.of == of || (seat.is_sealed_row(row) && form.alike.iter().any(|one| one.id == of.id))
        }
        Room::Compare(compare) => is_compared(compare, of, row),
        Room::Reason(reason) => reason.row == row && seat.is_sealed_row(row),
        Room::Erase(erasing) => erasing.doomed.of == of,
        // The question names whom the last commit was about; a case that went to another office says nothing by it.
        Room::Confirm { then: Then::Undo | Then::Redo, .. } if !seat.is_sealed_row(row) => false,
        Room::Confirm { then: Then::Undo, .. } => seat.undo_preview().is_ok_and(|last| last.who.is_empty()),
        Room::Confirm { then: Then::Redo, .. } => seat.redo_preview().is_ok_and(|last| last.who.is_empty()),
        Room::Today(today) => today.rows.iter().any(|line| line.row == row),
        Room::Confirm { then: Then::Withdraw(case, _), .. } => *case == of && !seat.may_read_sheet(of),
        Room::Confirm { then: Then::Quit | Then::DropDraft(_), .. }
        | Room::Inbox(_)
        | Room::Import(_)
        | Room::Prompt(_)
        | Room::Pick(_)
        | Room::Refused { .. }
        | Room::Blank => false,
    }
}

fn is_compared(compare: &Compare, of: Subject, row: RowId) -> bool {
    compare.about == About::Case(row)
        || compare.left.record.of == of
        || compare.right.as_ref().is_some_and(|right| right.record.of == of)
}
