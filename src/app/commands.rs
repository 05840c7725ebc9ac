//! Giving a command: why it cannot be given now, and what it does. Layers with a command of the same name share it.

mod about;

pub(super) use about::{action_verb, is_about_one};

use super::action::{Action, Layer};
use super::asking::After;
use super::form::Purpose;
use super::moving::Moving;
use super::notice::{Notice, refusal_text};
use super::prompt::Prompt;
use super::today::Today;
use super::{App, Room, Then};
use crate::desk::RowId;
use crate::desk::Work;
use crate::desk::importing::Verdict;
use crate::domain::access::Act;
use crate::domain::paper::Paper;
use crate::domain::query::Query;
use crate::domain::subject::Subject;
use crate::text::Texts;

impl App {
    /// The people that a command means: the open case, else the marked rows, else the row under the cursor.
    pub(super) fn chosen(&self) -> Vec<RowId> {
        let names_somebody = |room: &&Room| {
            matches!(
                room,
                Room::Case(_) | Room::Today(_) | Room::Inbox(_) | Room::Sheet(_) | Room::Counts(_) | Room::Moving(_)
            )
        };
        match self.rooms.iter().rev().find(names_somebody) {
            Some(Room::Case(case)) => vec![case.row],
            Some(Room::Moving(moving)) => moving.people.iter().map(|person| person.row).collect(),
            Some(Room::Today(today)) => today.current().into_iter().collect(),
            Some(Room::Inbox(_)) => self.inbox_case().into_iter().collect(),
            Some(Room::Sheet(_) | Room::Counts(_)) => Vec::new(),
            _ => self.list.chosen(),
        }
    }

    /// The one person that a command means.
    pub(super) fn chosen_one(&self) -> Option<RowId> {
        match self.chosen().as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The case of the one person that a command means, for a list that tells of it.
    pub(super) fn chosen_case(&self) -> Vec<Subject> {
        self.chosen_one().and_then(|row| self.seat.case_of_row(row)).into_iter().collect()
    }

    /// Why a command cannot be given now; `None` when it can.
    pub fn why_not(&self, action: Action) -> Option<String> {
        let needs_one = is_about_one(action) && !matches!(action, Action::Refer | Action::Move);
        if let Some(key) = self.why_not_compare(action) {
            return Some(self.texts.get(key).into_owned());
        }
        if let Some(why) = self.why_not_tend(action) {
            return Some(why);
        }
        let key = match action {
            _ if needs_one && self.chosen().is_empty() => Some("why-not-nobody"),
            _ if needs_one && self.chosen().len() > 1 => Some("why-not-one-only"),
            Action::Open if self.layer() == Layer::Compare => None,
            Action::ClearFilter | Action::Refresh if self.layer() == Layer::Trail => None,
            Action::Audit => return self.why_not_audit(),
            Action::Counts => return self.why_not_counts(),
            Action::Refresh if self.layer() == Layer::Counts => None,
            Action::Print if self.layer() == Layer::Counts => {
                return self.seat.why_not_print(Paper::DailyReport).map(|why| refusal_text(&why, &self.texts));
            }
            Action::Move | Action::Open | Action::Print if self.chosen().is_empty() => Some("why-not-nobody"),
            Action::Refresh if self.list.rows.is_empty() && self.list.total == 0 => Some("why-not-empty"),
            Action::ClearMarks if self.list.marks.is_empty() => Some("why-not-no-marks"),
            Action::ClearFilter if self.list.query_text.is_empty() => Some("why-not-no-filter"),
            Action::Operator if !self.setting.is_practice => Some("why-not-practice-only"),
            Action::Name | Action::Seal if !self.may_seal() => Some("why-not-supervisor-only"),
            Action::Erase => return self.why_not_erase(),
            Action::Staff => return self.seat.why_not_administer().map(|refusal| refusal_text(&refusal, &self.texts)),
            Action::OpenSection if !self.has_closed_section() => Some("why-not-nothing-closed"),
            Action::Answer | Action::Withdraw | Action::Sheet | Action::HandClaims
                if self.why_not_inbox(action).is_some() =>
            {
                self.why_not_inbox(action)
            }
            Action::Unmerge if !self.may_put(Act::Merge) => Some("why-not-supervisor-only"),
            Action::Share | Action::Revoke if !self.may_put(Act::Share) => Some("why-not-supervisor-only"),
            Action::Offer if !self.may_put(Act::Refer) => Some("why-not-access"),
            Action::Office | Action::Elsewhere if !self.seat.is_supervisor() => Some("why-not-supervisor-only"),
            _ => None,
        };
        let is_law = matches!(action, Action::Screening | Action::Finding);
        match key {
            Some(key) => Some(self.texts.get(key).to_string()),
            None if is_law => self.why_not_law(),
            None => self.seat.why_not(action_verb(action)).map(|refusal| refusal_text(&refusal, &self.texts)),
        }
    }

    /// Whether this operator may say who is named in the chosen case, and seal it.
    fn may_seal(&self) -> bool {
        self.chosen_one().is_some_and(|row| self.seat.may(row, Act::Seal))
    }

    pub(super) fn perform(&mut self, action: Action) {
        match action {
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
                self.go(action);
            }
            Action::Open => self.open_chosen(),
            Action::Back => self.back(),
            Action::PreviousCase => self.turn_case(-1),
            Action::NextCase => self.turn_case(1),
            Action::NextUrgent => self.next_urgent(),
            Action::New => self.open_intake(),
            Action::Edit => self.open_full(),
            Action::Move => self.open_moving(),
            Action::Refer => self.refer(),
            Action::Note => self.open_small(Purpose::Note),
            Action::Flag => self.open_small(Purpose::Flag),
            Action::Tier => self.open_small(Purpose::Tier),
            Action::HandToLaw => self.open_small(Purpose::HandToLaw),
            Action::Birth => self.open_birth(),
            Action::Track => self.open_tracks(),
            Action::Screening => self.open_screening(),
            Action::Finding => self.open_small(Purpose::Finding),
            Action::More => self.open_more(),
            Action::Print if self.layer() == Layer::Counts => self.preview(Paper::DailyReport),
            Action::Print => self.open_papers(),
            Action::Die => self.open_small(Purpose::Die),
            Action::Name => self.open_small(Purpose::Name),
            Action::Seal => self.open_small(Purpose::Seal),
            Action::Unmerge => self.open_unmerge(),
            Action::Erase => self.open_erasing(),
            Action::OpenSection => self.open_closed_section(),
            Action::Elsewhere => self.rooms.push(Room::Prompt(Box::new(Prompt::elsewhere()))),
            Action::Office => self.open_office(),
            Action::Claim => self.claim(),
            Action::Mark => self.list.toggle_mark(self.instant),
            Action::MarkAll => self.mark_all(),
            Action::ClearMarks => self.list.marks.clear(),
            Action::Filter if self.layer() == Layer::Trail => self.filter_trail(),
            Action::ClearFilter if self.layer() == Layer::Trail => self.open_trail(""),
            Action::Audit => self.open_trail(""),
            Action::OpenLine => self.open_trace(),
            Action::Filter => {
                let prompt = Prompt::filter(&self.list.query_text, &self.seat);
                self.rooms.push(Room::Prompt(Box::new(prompt)));
            }
            Action::ClearFilter => {
                self.list.show(String::new(), Query::default(), &self.seat);
                self.follow_pane();
            }
            Action::Views => self.open_views(),
            Action::SaveView => self.ask_view_name(),
            Action::Order => self.open_orders(),
            Action::Refresh => self.refresh(),
            Action::Today => {
                let today = Today::open(&self.seat, self.now(), self.list.height);
                self.rooms.push(Room::Today(today));
            }
            Action::Inbox => self.open_inbox(),
            Action::Counts => self.open_counts(),
            Action::Answer => self.answer_inbox(),
            Action::Sheet => self.open_sheet(),
            Action::Withdraw => self.ask_withdraw(),
            Action::Offer => self.open_offer(),
            Action::Share => self.open_share(),
            Action::Revoke => self.open_revoke(),
            Action::AskAccess => self.ask_foreign_number(),
            Action::Inquire => self.open_inquiry(),
            Action::Handover => self.open_handover(),
            Action::HandClaims => self.open_hand_claims(),
            Action::Import => self.open_import(),
            Action::Drafts => self.open_drafts(),
            Action::DropDraft => self.ask_drop_draft(),
            Action::Undo => self.ask_undo(Then::Undo),
            Action::Redo => self.ask_undo(Then::Redo),
            Action::Save => self.save(),
            Action::NextField => self.step_field(1),
            Action::PreviousField => self.step_field(-1),
            Action::NextPage => self.turn_page(1),
            Action::PreviousPage => self.turn_page(-1),
            Action::AddItem => self.add_item(),
            Action::Toggle => self.toggle(),
            Action::Fix => self.fix_cell(),
            Action::Compare => self.open_compare(),
            Action::SamePerson => self.decide_alike(Verdict::Same),
            Action::OtherPerson => self.decide_alike(Verdict::Another),
            Action::NextRemark => self.next_remark(),
            Action::Movement => self.edit_movement(),
            Action::Commit => self.commit(),
            Action::Emergency => self.ask_emergency(),
            Action::FillIn => self.open_fill_in(),
            Action::Decline => self.ask_decline(),
            Action::Palette => self.open_palette("title-palette"),
            Action::Help => self.open_palette("title-help"),
            Action::Verify => self.tend(Work::Verify),
            Action::Backup => self.tend(Work::Backup),
            Action::Language => self.switch_language(),
            Action::Operator => self.open_operators(),
            Action::Staff => self.open_staff(),
            Action::Blank => {
                self.save_draft();
                self.rooms.push(Room::Blank);
                self.is_redraw_asked = true;
            }
            Action::Redraw => self.is_redraw_asked = true,
            Action::Quit => self.quit(),
        }
    }

    /// Rows or lines that a page has in the layer on top.
    fn page(&self) -> isize {
        let rows = match self.rooms.last() {
            Some(Room::Moving(_)) => usize::from(super::moving::table_rows(self.size.1)),
            _ => self.list.height,
        };
        isize::try_from(rows).unwrap_or(18)
    }

    fn go(&mut self, action: Action) {
        let page = self.page();
        let by = match action {
            Action::Down => 1,
            Action::Up => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::First => isize::MIN / 2,
            _ => isize::MAX / 2,
        };
        let (height, inbox_height) = (self.list.height, self.inbox_height());
        match self.rooms.last_mut() {
            Some(Room::Compare(compare)) if matches!(action, Action::PageDown | Action::PageUp) => {
                compare.scroll(by / 2)
            }
            Some(Room::Compare(_)) => self.step_alike(by),
            None => self.list.step(by, self.instant),
            Some(Room::Case(case)) => case.scroll(by),
            Some(Room::Today(today)) => today.step(by, height, &self.seat),
            Some(Room::Inbox(inbox)) => inbox.step(by, inbox_height),
            Some(Room::Counts(_)) => self.scroll_counts(by),
            Some(Room::Sheet(sheet)) => sheet.scroll(by, height),
            Some(Room::Import(import)) => import.step(by, height),
            Some(Room::Moving(_)) => self.step_in_move(by),
            Some(Room::Pick(pick)) => pick.step(by, height),
            Some(Room::Trail(_)) => self.step_in_trail(by),
            Some(Room::Preview(preview)) => preview.scroll(by, height),
            Some(
                Room::Form(_)
                | Room::Prompt(_)
                | Room::Reason(_)
                | Room::Erase(_)
                | Room::Confirm { .. }
                | Room::Refused { .. }
                | Room::Blank,
            ) => {}
        }
    }

    fn open_chosen(&mut self) {
        let row = match self.rooms.last() {
            Some(Room::Compare(_)) => return self.open_alike(),
            Some(Room::Today(today)) => today.current(),
            _ => self.list.current(),
        };
        if let Some(row) = row {
            self.open_case(row);
        }
    }

    /// The case before or behind the open one, in the order of the list.
    fn turn_case(&mut self, by: isize) {
        let Some(Room::Case(case)) = self.rooms.last() else { return };
        let here = case.row;
        self.list.go_to(here, self.instant);
        self.list.step(by, self.instant);
        self.list.settle(None);
        let Some(row) = self.list.current().filter(|row| *row != here) else {
            self.notice = Some(Notice::info(self.texts.get("notice-no-more-cases")));
            return;
        };
        self.turn_to(row);
    }

    fn open_moving(&mut self) {
        match Moving::open(self.chosen(), &self.seat, self.now()) {
            Ok(moving) => self.rooms.push(Room::Moving(Box::new(moving))),
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), true),
        }
    }

    fn mark_all(&mut self) {
        let count = self.list.mark_all().to_string();
        self.notice = Some(Notice::info(self.texts.with("notice-marked", &[("count", &count)])));
    }

    fn refresh(&mut self) {
        let (now, inbox_height) = (self.now(), self.inbox_height());
        match self.rooms.last_mut() {
            Some(Room::Today(today)) => today.refresh(&self.seat, now, self.list.height),
            Some(Room::Inbox(inbox)) => inbox.refresh(&self.seat, inbox_height),
            Some(Room::Trail(_)) => return self.reopen_trail(),
            Some(Room::Counts(_)) => return self.refresh_counts(),
            _ => {
                self.list.changed.clear();
                self.list.refresh(&self.seat);
            }
        }
        self.follow_pane();
    }

    /// Says what would be taken back, and asks.
    fn ask_undo(&mut self, then: Then) {
        let preview = if then == Then::Redo { self.seat.redo_preview() } else { self.seat.undo_preview() };
        match preview {
            Ok(last) => {
                let minutes = (self.now() - last.at).num_minutes();
                let (what, ago) =
                    (self.texts.get(&format!("verb-{}.noun", last.verb_code())).to_string(), self.texts.ago(minutes));
                let count = last.count.to_string();
                let who = if last.who.is_empty() { String::new() } else { format!(" {}", last.who) };
                let key = if then == Then::Redo { "confirm-redo" } else { "confirm-undo" };
                let question =
                    self.texts.with(key, &[("what", &what), ("who", &who), ("count", &count), ("ago", &ago)]);
                self.rooms.push(Room::Confirm { question, then, about: last.of });
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    fn commit(&mut self) {
        match self.rooms.last() {
            Some(Room::Confirm { then, .. }) => {
                let then = then.clone();
                self.rooms.pop();
                self.confirmed(then);
            }
            Some(Room::Moving(_)) => self.commit_move(),
            _ => {}
        }
    }

    fn confirmed(&mut self, then: Then) {
        let proposal = match then {
            Then::Quit => {
                self.has_ended = true;
                return;
            }
            Then::DropDraft(id) => return self.drop_draft(id),
            Then::Reinstate(of) => return self.reinstate(of),
            Then::Withdraw(of, item) => return self.withdraw(of, item),
            Then::Undo => self.seat.undo().map(|proposal| (proposal, After::Undone)),
            Then::Redo => self.seat.redo().map(|proposal| (proposal, After::Redone)),
        };
        match proposal {
            Ok((proposal, after)) => self.ask(proposal, after, None),
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    fn save(&mut self) {
        match self.rooms.last() {
            Some(Room::Form(_)) => self.save_form(),
            Some(Room::Import(_)) => self.commit_import(),
            _ => {}
        }
    }

    fn toggle(&mut self) {
        match self.rooms.last_mut() {
            Some(Room::Import(import)) => {
                import.toggle();
                self.keep_soon();
            }
            Some(Room::Moving(_)) => self.toggle_person(),
            _ => {}
        }
    }

    fn switch_language(&mut self) {
        self.texts = Texts::new(self.texts.language().other());
        self.is_redraw_asked = true;
    }

    fn quit(&mut self) {
        self.save_draft();
        self.has_ended = true;
    }
}
