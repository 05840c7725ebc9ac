//! What others did meanwhile, as a screen learns it: rows are marked, newcomers counted, and cases fall shut that somebody
//! sealed, or took this operator's name off. What was half typed is kept as a draft; nothing of the case stays to be read.

use super::compare::{About, Compare};
use super::form::Purpose;
use super::notice::Notice;
use super::{App, Room, Then};
use crate::desk::{News, RowId, Seat};
use crate::domain::subject::{Kind, Subject};
use ulid::Ulid;

impl App {
    /// What others did meanwhile: their rows are marked, newcomers counted; no row moves. And what befell the data. Says
    /// whether there was anything.
    pub(super) fn hear(&mut self) -> bool {
        if self.draw_curtain(self.instant) {
            return true;
        }
        let news = self.seat.news();
        if !news.is_empty() {
            self.count_inbox();
            self.counts_are_stale();
            let height = self.inbox_height();
            for room in &mut self.rooms {
                if let Room::Inbox(inbox) = room {
                    inbox.refresh(&self.seat, height);
                }
            }
        }
        for one in &news {
            match one {
                News::Changed { by, subjects, .. } => self.heard_of(*by, subjects),
                News::Alarms => self.heard_alarms(),
                News::Company(case) if Some(*case) == self.open_case_here() => self.meet(),
                News::Company(_) => {}
                News::Missed => self.begin_anew(),
            }
        }
        !news.is_empty()
    }

    fn heard_alarms(&mut self) {
        let alarms = self.seat.alarms();
        if self.alarms != alarms {
            self.alarms = alarms;
            self.resize(self.size);
        }
    }

    fn heard_of(&mut self, by: Ulid, changed: &[Subject]) {
        self.heard_alarms();
        if changed.iter().any(|of| self.seat.is_erased(*of)) {
            self.leave_erased();
        }
        self.shut(changed);
        self.list.heard(changed, &self.seat);
        for room in &mut self.rooms {
            if let Room::Moving(moving) = room {
                moving.heard(changed, &self.seat);
            }
        }
        self.heard_of_rules(changed);
        let Some(here) = self.open_case_here().filter(|here| changed.contains(here)) else { return };
        self.meet();
        if let Some(row) = self.seat.row_of(here.id) {
            self.list.has_seen(row);
        }
        for room in &mut self.rooms {
            if let Room::Case(case) = room
                && case.of == here
            {
                case.reread(&self.seat);
            }
        }
        let who = self.seat.operator_name(by);
        if self.notice.is_none() && !who.is_empty() {
            self.notice = Some(Notice::info(self.texts.with("notice-changed-here", &[("who", &who)])));
        }
    }

    /// This operator or the office is another than before, or the office works by another gate table.
    fn heard_of_rules(&mut self, changed: &[Subject]) {
        if changed.contains(&self.seat.operator()) || changed.contains(&self.seat.office()) {
            self.seat = self.seat.again();
        }
        let tables = changed.iter().filter(|of| of.kind == Kind::Table);
        if tables.filter(|of| self.seat.is_own_table(**of)).count() == 0 {
            return;
        }
        // What an open case lacks, and what stands against a move, is judged by it.
        self.reopen_views();
        let table = self.seat.table_at(self.now());
        let words = [("version", table.version), ("who", table.by)];
        if self.notice.is_none() {
            self.notice = Some(Notice::info(self.texts.with("notice-table-changed", &words)));
        }
    }

    /// Too much happened while nobody looked: everything is read again. The cursor stays on its person, on its line.
    fn begin_anew(&mut self) {
        self.heard_alarms();
        self.seat = self.seat.again();
        let open: Vec<Subject> = self.rooms.iter().flat_map(|room| shown(room, &self.seat)).collect();
        if open.iter().any(|of| self.seat.is_erased(*of)) {
            self.leave_erased();
        }
        self.shut(&open);
        if matches!(self.rooms.last(), Some(Room::Confirm { then: Then::Undo | Then::Redo, .. })) {
            // What would be taken back may be another thing by now.
            self.cancel_question();
        }
        self.list.refresh_in_place(&self.seat);
        self.reopen_views();
        if self.notice.is_none() {
            self.notice = Some(Notice::info(self.texts.get("notice-missed")));
        }
    }

    /// Takes away whatever is open of changed cases that this operator may not open any more, and what stands above it.
    pub(super) fn shut(&mut self, changed: &[Subject]) {
        let cases = changed.iter().filter(|of| of.kind == Kind::Case);
        // Of most cases that change nothing is open here: then nothing is disturbed, nor any record read.
        let is_open = |(of, row): &(Subject, RowId)| {
            self.pane.as_ref().is_some_and(|pane| pane.row == *row)
                || self.rooms.iter().any(|room| is_about(room, *of, *row, &self.seat))
        };
        let open = cases.filter_map(|of| Some((*of, self.seat.row_of(of.id)?))).filter(is_open);
        let closed: Vec<(Subject, RowId)> = open.filter(|(_, row)| !self.seat.may_stay(*row)).collect();
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
        self.refuse(self.texts.get("notice-closed-to-you").into_owned(), true);
        if is_blank {
            self.rooms.push(Room::Blank);
        }
    }
}

/// The cases that a room shows.
fn shown(room: &Room, seat: &Seat) -> Vec<Subject> {
    match room {
        Room::Case(case) => vec![case.of],
        Room::Moving(moving) => moving.people.iter().map(|person| Subject::case(person.summary.id)).collect(),
        Room::Form(form) => {
            std::iter::once(form.base.of).chain(form.alike.iter().map(|one| Subject::case(one.id))).collect()
        }
        Room::Compare(compare) => {
            std::iter::once(&compare.left).chain(&compare.right).map(|side| side.record.of).collect()
        }
        Room::Reason(reason) => seat.case_of_row(reason.row).into_iter().collect(),
        Room::Erase(erasing) => vec![erasing.doomed.of],
        Room::Preview(preview) => preview.cases.clone(),
        Room::Sheet(sheet) => sheet.about.clone(),
        Room::Pick(pick) => pick.about.clone(),
        Room::Confirm { about, .. } => about.iter().copied().collect(),
        Room::Inbox(_)
        | Room::Counts(_)
        | Room::Today(_)
        | Room::Trail(_)
        | Room::Import(_)
        | Room::Prompt(_)
        | Room::Refused { .. }
        | Room::Blank => Vec::new(),
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
        Room::Preview(preview) => preview.cases.contains(&of),
        Room::Reason(reason) => reason.row == row && seat.is_sealed_row(row),
        Room::Erase(erasing) => erasing.doomed.of == of,
        Room::Today(today) => today.rows.iter().any(|line| line.row == row),
        Room::Confirm { then: Then::Withdraw(case, _), .. } => *case == of && !seat.may_read_sheet(of),
        Room::Confirm { about, .. } => *about == Some(of),
        Room::Pick(pick) => pick.about.contains(&of),
        Room::Inbox(_)
        | Room::Counts(_)
        | Room::Trail(_)
        | Room::Import(_)
        | Room::Prompt(_)
        | Room::Refused { .. }
        | Room::Blank => false,
    }
}

fn is_compared(compare: &Compare, of: Subject, row: RowId) -> bool {
    compare.about == About::Case(row)
        || compare.left.record.of == of
        || compare.right.as_ref().is_some_and(|right| right.record.of == of)
}
