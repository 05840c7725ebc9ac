//! Asking the desk and taking its answers: what was meant is remembered until the answer is there.

use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::desk::importing::Verdict;
use crate::desk::{Answer, Denied, Done, Proposal, Ticket};
use crate::domain::gate::Obstacle;
use crate::domain::status::Status;
use crate::domain::subject::{Number, Subject};
use std::time::{Duration, Instant};
use ulid::Ulid;

/// What the session was doing when it asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// A new case; of a newcomer, with the wristband number that the screen said.
    Created {
        offered: Option<u16>,
    },
    /// Somebody was taken in to be referred at once.
    TakenIn {
        offered: Option<u16>,
    },
    Referred,
    Saved,
    Moved {
        to: Status,
        /// For how many of them a second person is only asked to close.
        asked: usize,
    },
    /// A closing that somebody asked for was refused or taken back.
    Declined,
    Imported,
    Undone,
    Redone,
    /// A case is gone for good.
    Erased(Number),
    /// The question of somebody alike was answered, in the comparison.
    Compared {
        verdict: Verdict,
        key: &'static str,
    },
    /// A small thing with its own sentence.
    Said(&'static str),
}

/// A question whose answer is on its way.
pub(super) struct Pending {
    ticket: Ticket,
    after: After,
    /// The draft that the answer makes needless.
    draft: Option<Ulid>,
    since: Instant,
    looked_at: Instant,
}

/// How long the session waits at once before it lets the screen say so.
const AT_ONCE: Duration = Duration::from_millis(200);
/// How often it looks again then.
const AGAIN: Duration = Duration::from_millis(50);

impl Pending {
    pub(super) fn next_look(&self) -> Instant {
        self.looked_at + AGAIN
    }
}

impl App {
    /// Asks the desk, and takes the answer if it comes at once.
    pub(super) fn ask(&mut self, proposal: Proposal, after: After, draft: Option<Ulid>) {
        let now = Instant::now();
        let ticket = self.seat.propose(proposal);
        self.pending = Some(Pending { ticket, after, draft, since: now, looked_at: now });
        self.settle_pending(AT_ONCE);
        if self.pending.is_some() {
            self.notice = Some(Notice::info(self.texts.get("notice-saving")));
        }
    }

    /// Takes the answer if it is there, waiting at most so long.
    pub(super) fn settle_pending(&mut self, most: Duration) {
        let Some(mut pending) = self.pending.take() else { return };
        match pending.ticket.wait(most) {
            Some(answer) => self.answered(answer, pending.after, pending.draft),
            None => {
                pending.looked_at = Instant::now();
                if pending.since.elapsed() > AT_ONCE {
                    self.notice = Some(Notice::info(self.texts.get("notice-saving")));
                }
                self.pending = Some(pending);
            }
        }
    }

    fn answered(&mut self, answer: Answer, after: After, draft: Option<Ulid>) {
        match answer {
            Ok(done) => {
                if let Some(draft) = draft {
                    self.forget_draft(draft);
                    self.keep_no_more();
                }
                self.happened(done, after);
            }
            Err(denied) => self.denied(denied),
        }
    }

    fn happened(&mut self, done: Done, after: After) {
        let count = done.changed.to_string();
        let text = match &after {
            After::Created { offered } => {
                let number = done.created.first().map(|(_, number)| number.to_string()).unwrap_or_default();
                let has_alike = matches!(self.rooms.last(), Some(Room::Form(form)) if !form.alike.is_empty());
                let key = if has_alike { "notice-created-alike" } else { "notice-created" };
                self.banded(&self.texts.with(key, &[("number", &number)]), *offered, &done)
            }
            After::TakenIn { offered } => self.banded(&self.texts.get("notice-taken-in"), *offered, &done),
            After::Referred => match done.created.first() {
                Some((_, number)) => self.texts.with("notice-referred-unknown", &[("number", &number.to_string())]),
                None => self.texts.get("notice-referred").into_owned(),
            },
            After::Imported => self.texts.with("notice-imported", &[("count", &done.created.len().to_string())]),
            After::Moved { to, asked } => self.moved_words(*to, done.changed, *asked),
            After::Declined => self.texts.get("notice-declined").to_string(),
            After::Saved => self.texts.get("notice-saved").to_string(),
            After::Undone => self.texts.with("notice-undone", &[("count", &count)]),
            After::Erased(number) => self.texts.with("notice-erased", &[("number", &number.to_string())]),
            After::Redone => self.texts.with("notice-redone", &[("count", &count)]),
            After::Compared { key, .. } | After::Said(key) => self.texts.with(key, &[("count", &count)]),
        };
        self.close_what_asked(&after);
        if after == After::Said("notice-office") {
            self.seat = self.seat.again();
        }
        self.list.refresh(&self.seat);
        self.count_inbox();
        let mut text = text;
        if let (After::Created { .. } | After::TakenIn { .. } | After::Referred, Some((id, _))) =
            (&after, done.created.first())
            && let Some(row) = self.seat.row_of(*id)
            && !self.list.go_to(row, self.instant)
        {
            // Under a filter that the newcomer does not fit nobody would see them again.
            text = format!("{text} {}", self.texts.get("notice-outside-filter"));
        }
        if matches!(after, After::Moved { .. }) {
            self.list.marks.clear();
        }
        self.list.settle(None);
        self.reopen_views();
        self.notice = Some(Notice::done(text));
        if let (After::TakenIn { .. }, Some((id, _))) = (&after, done.created.first()) {
            self.refer_created(Subject::case(*id));
        }
    }

    /// Who has moved; and where a second person is only asked, that nobody has, and who may answer.
    fn moved_words(&self, to: Status, changed: usize, asked: usize) -> String {
        let moved = changed.saturating_sub(asked);
        let mut words = Vec::new();
        if moved > 0 {
            words.push(self.texts.with("notice-moved", &[("count", moved.to_string().as_str()), ("to", to.code())]));
        }
        if asked > 0 {
            let count = asked.to_string();
            words.push(match self.approvers() {
                Some(people) => self.texts.with("notice-close-asked", &[("count", &count), ("people", &people)]),
                None => self.texts.with("notice-close-asked-nobody", &[("count", &count)]),
            });
        }
        words.join(" ")
    }

    /// Closes the room that asked.
    fn close_what_asked(&mut self, after: &After) {
        let is_asker = match after {
            After::Created { .. } | After::TakenIn { .. } | After::Referred | After::Saved | After::Said(_) => {
                matches!(self.rooms.last(), Some(Room::Form(_)))
            }
            After::Moved { .. } | After::Declined => matches!(self.rooms.last(), Some(Room::Moving(_))),
            After::Imported => matches!(self.rooms.last(), Some(Room::Import(_))),
            After::Erased(_) => matches!(self.rooms.last(), Some(Room::Erase(_))),
            After::Undone | After::Redone | After::Compared { .. } => false,
        };
        if let After::Compared { verdict, .. } = after {
            self.decided(*verdict);
        }
        if is_asker {
            self.rooms.pop();
        }
        if matches!(after, After::Erased(_)) {
            self.leave_erased();
        }
        if matches!(after, After::Moved { .. } | After::Said(_)) {
            self.list.marks.clear();
        }
    }

    /// Reads what is open again, after something changed.
    pub(super) fn reopen_views(&mut self) {
        self.meet();
        self.pane = None;
        self.follow_pane();
        let inbox_height = self.inbox_height();
        for room in &mut self.rooms {
            match room {
                Room::Case(case) => case.reread(&self.seat),
                Room::Today(today) => today.refresh(&self.seat, (self.setting.clock)(), self.list.height),
                Room::Inbox(inbox) => inbox.refresh(&self.seat, inbox_height),
                Room::Moving(moving) => moving.reread(&self.seat),
                _ => {}
            }
        }
    }

    fn denied(&mut self, denied: Denied) {
        match denied {
            Denied::Refused(refusal) if refusal.key == "refused-queue-taken" => self.told_queue_taken(&refusal),
            Denied::Refused(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
            Denied::Obstacles(all) => {
                let met = all.iter().flat_map(|(_, obstacles)| obstacles).next();
                let first = met.map(|obstacle| self.obstacle_here(obstacle)).unwrap_or_default();
                let text = match all.len() {
                    0 | 1 => first,
                    many => self.texts.with("notice-many-refused", &[("count", &many.to_string()), ("first", &first)]),
                };
                self.refuse(text, false);
            }
            Denied::Conflict { of, slots } => self.told_conflict(of, &slots),
            Denied::Fault(fault) => self.notice = Some(Notice::fault(&fault, &self.texts)),
            Denied::Unknown(fault) => {
                let fault = Notice::fault(&fault, &self.texts).text;
                self.refuse(self.texts.with("notice-unknown-outcome", &[("fault", &fault)]), false);
            }
        }
    }

    /// An obstacle to what was just asked. One about a line of the open form names the line, whose label the screen shows
    /// already, and the cursor goes there.
    fn obstacle_here(&mut self, obstacle: &Obstacle) -> String {
        let line = obstacle.field().filter(|_| !obstacle.is_confidential());
        let is_here = self.with_form(|form, reader| {
            let at = line.and_then(|field| form.entries.iter().position(|entry| entry.slot.field == field));
            at.inspect(|at| form.go(*at, reader)).is_some()
        });
        // What is about no field at all is about the form as it was just filled in.
        let is_of_form = is_here.is_some() && obstacle.field().is_none() && !obstacle.is_confidential();
        if is_here == Some(true) || is_of_form { self.obstacle_full(obstacle) } else { self.obstacle(obstacle) }
    }

    /// An obstacle in words that a shared screen may show.
    pub fn obstacle(&self, obstacle: &Obstacle) -> String {
        refusal_text(&obstacle.neutral(), &self.texts)
    }
}
