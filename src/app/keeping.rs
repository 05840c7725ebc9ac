//! Keeping what is half done: the drafts of forms and of the preview of a manifest, leaving with them, taking them up
//! again, throwing them away. Nothing typed is ever let go without being kept, or without a second question.

use super::curtain::Curtain;
use super::form::draft::Draft;
use super::form::{Form, Purpose};
use super::import::ImportDraft;
use super::notice::{Notice, refusal_text};
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room, Then};
use crate::domain::refusal::Fault;
use crate::domain::subject::Kind;
use std::time::Duration;
use ulid::Ulid;

/// A draft is kept this long after the last key.
const SOON: Duration = Duration::from_millis(400);
/// Whoever types on without a rest has what is typed kept this long after the first key of it at the latest.
const LATEST: Duration = Duration::from_secs(1);
/// A draft that could not be kept is tried again after this long.
const AGAIN: Duration = Duration::from_secs(5);

/// What is half done in one room.
pub(super) struct HalfDone {
    /// Its draft's.
    pub id: Ulid,
    /// What a draft of it holds; `None` where nothing was typed that is worth one.
    pub typed: Option<Vec<u8>>,
    /// Whether there may be a draft of it.
    is_dirty: bool,
}

impl App {
    /// Lets what is half typed be kept after a quiet moment, which never comes to whoever types on: then all the same.
    pub(super) fn keep_soon(&mut self) {
        let since = *self.unkept_since.get_or_insert(self.instant);
        self.draft_due = Some((self.instant + SOON).min(since + LATEST));
    }

    /// Nothing is left to be kept.
    pub(super) fn keep_no_more(&mut self) {
        (self.draft_due, self.unkept_since) = (None, None);
    }

    /// Keeps what is half typed; says whether all of it is on the disk. What cannot be kept is tried again, and said by the
    /// banner until then.
    pub(super) fn save_draft(&mut self) -> bool {
        self.keep_no_more();
        self.draft_fault = (0..self.rooms.len()).fold(None, |met, at| self.keep_room(at).err().or(met));
        if self.draft_fault.is_some() {
            self.draft_due = Some(self.instant + AGAIN);
        }
        self.draft_fault.is_none()
    }

    /// Keeps one room, if it is of the kind that is kept and has something to lose.
    fn keep_room(&self, at: usize) -> Result<(), Fault> {
        match self.half_done(at) {
            Some(HalfDone { id, typed: Some(bytes), .. }) => self.seat.save_draft(id, &bytes),
            Some(HalfDone { id, typed: None, is_dirty: true }) => self.seat.drop_draft(id),
            Some(HalfDone { .. }) | None => Ok(()),
        }
    }

    /// What is half done in a room; `None` where nothing ever is.
    pub(super) fn half_done(&self, at: usize) -> Option<HalfDone> {
        match &self.rooms[at] {
            Room::Form(form) if form.purpose.has_draft() => {
                let typed = form.is_worth_keeping().then(|| Draft::of(form).to_bytes());
                Some(HalfDone { id: form.id, typed, is_dirty: form.is_dirty })
            }
            Room::Import(import) => {
                let over = match self.rooms.get(at + 1) {
                    Some(Room::Form(form)) if !form.purpose.has_draft() && form.is_worth_keeping() => Some(&**form),
                    _ => None,
                };
                let is_worth = import.is_dirty || over.is_some();
                let typed = is_worth.then(|| ImportDraft::of(import, over).to_bytes());
                Some(HalfDone { id: import.id, typed, is_dirty: true })
            }
            Room::Form(_)
            | Room::Case(_)
            | Room::Today(_)
            | Room::Trail(_)
            | Room::Inbox(_)
            | Room::Sheet(_)
            | Room::Counts(_)
            | Room::Compare(_)
            | Room::Preview(_)
            | Room::Moving(_)
            | Room::Reason(_)
            | Room::Erase(_)
            | Room::Prompt(_)
            | Room::Pick(_)
            | Room::Confirm { .. }
            | Room::Refused { .. }
            | Room::Blank => None,
        }
    }

    /// Whether something that was half typed here is in a draft on the disk: what a curtain says of it has to be true.
    pub fn has_kept_draft(&self) -> bool {
        let is_kept = |room: &Room| {
            matches!(room, Room::Form(form) if form.is_worth_keeping())
                || matches!(room, Room::Import(import) if import.is_dirty)
        };
        self.draft_fault.is_none() && self.rooms.iter().any(is_kept)
    }

    /// Forgets a draft that has done its work; one that the disk does not let go is dropped at the next start.
    pub(super) fn forget_draft(&mut self, id: Ulid) {
        if let Err(fault) = self.seat.drop_draft(id) {
            self.notice = Some(Notice::fault(&fault, &self.texts));
        }
    }

    /// Esc: the form goes, its draft stays. What cannot be kept stays on the screen until a second Esc.
    pub(super) fn leave_form(&mut self) {
        let Some(Room::Form(form)) = self.rooms.last() else { return };
        let is_worth = form.is_worth_keeping();
        if !form.purpose.has_draft() {
            return self.leave_part(is_worth);
        }
        if self.may_leave() {
            self.left(is_worth);
        }
    }

    /// Esc on a row or the movement of a preview: what is half typed there is in the preview's draft, and leaving drops it.
    fn leave_part(&mut self, is_worth: bool) {
        if is_worth && !self.asked_to_drop {
            self.asked_to_drop = true;
            self.notice = Some(Notice::no(self.texts.get("notice-not-taken-over")));
            return;
        }
        self.rooms.pop();
        self.asked_to_drop = false;
        self.notice = None;
        self.save_draft();
    }

    /// The drafts that are open at this screen: whatever else it once had, other sessions may take up.
    pub(super) fn open_drafts_here(&self) -> Vec<Ulid> {
        if self.has_ended || matches!(self.curtain, Some(Curtain::Closed { .. })) {
            // Nobody goes on here: whoever is let in again takes them up elsewhere.
            return Vec::new();
        }
        let forms = self.rooms.iter().filter_map(|room| if let Room::Form(form) = room { Some(form.id) } else { None });
        let imports =
            self.rooms.iter().filter_map(|room| if let Room::Import(import) = room { Some(import.id) } else { None });
        imports.chain(forms).chain(self.awaited.iter().map(|(id, _)| *id)).collect()
    }

    /// Takes away the room that was left, and says whether its draft is there.
    fn left(&mut self, is_worth: bool) {
        self.rooms.pop();
        let is_kept = is_worth && self.draft_fault.is_none();
        self.notice = is_kept.then(|| Notice::info(self.texts.get("notice-draft-kept")));
        self.asked_to_drop = false;
        self.draft_fault = None;
    }

    /// Esc on the preview of a manifest: what was mended and left out is kept as a draft.
    pub(super) fn leave_import(&mut self) {
        let Some(Room::Import(import)) = self.rooms.last() else { return };
        let is_dirty = import.is_dirty;
        if self.may_leave() {
            self.left(is_dirty);
        }
    }

    /// Keeps what is on top; when it cannot be kept, says so and asks for a second Esc.
    fn may_leave(&mut self) -> bool {
        if self.save_draft() || self.asked_to_drop {
            return true;
        }
        self.asked_to_drop = true;
        let code = self.draft_fault.as_ref().map_or("", |fault| fault.code);
        self.notice = Some(Notice::no(self.texts.with("notice-not-kept", &[("code", code)])));
        false
    }

    // ---- the list of drafts

    /// The drafts of this operator, newest first.
    fn draft_rows(&self) -> Vec<Row<Choice>> {
        let rows = self.seat.drafts().into_iter().filter_map(|(id, saved_at, bytes)| {
            let (title, who, typed) = self.draft_words(&bytes)?;
            let ago = self.texts.ago((self.now() - saved_at).num_minutes());
            let detail = self.texts.with("draft-detail", &[("count", &typed.to_string()), ("ago", &ago)]);
            let elsewhere = || self.texts.get("notice-draft-elsewhere").into_owned();
            let why_not = self.seat.is_held_elsewhere(id).then(elsewhere);
            // Of nobody yet, or of nobody who may be named, the form's name is all there is.
            let name = if who.is_empty() { title } else { format!("{title}: {who}") };
            Some(Row { why_not, ..Row::new(Choice::Draft(id), name, detail) })
        });
        let mut rows: Vec<Row<Choice>> = rows.collect();
        rows.extend(self.seat.unreadable_drafts().into_iter().map(|id| {
            let ago = self.texts.ago(self.now().timestamp().saturating_sub((id.timestamp_ms() / 1_000) as i64) / 60);
            let why_not = Some(self.texts.get("notice-draft-left").into_owned());
            Row { why_not, ..Row::new(Choice::Draft(id), self.texts.get("draft-unreadable"), ago) }
        }));
        for (place, row) in rows.iter_mut().enumerate().take(9) {
            row.key = (place + 1).to_string();
        }
        rows
    }

    /// What a draft is of, of whom, and how much of it was typed.
    fn draft_words(&self, bytes: &[u8]) -> Option<(String, String, usize)> {
        if let Some(import) = ImportDraft::from_bytes(bytes) {
            return Some((self.texts.get("title-import-draft").into_owned(), import.name(), import.changes()));
        }
        let draft = Draft::from_bytes(bytes)?;
        let who = match draft.subject().kind {
            Kind::Case => {
                // What stood in the form of a case that is not this operator's any more is not said again.
                let typed = || if draft.is_of_a_newcomer() { draft.typed_name() } else { String::new() };
                self.seat.name_of(draft.subject()).unwrap_or_else(typed)
            }
            _ => String::new(),
        };
        let title = self.texts.get(&format!("form-{}", draft.purpose()?.code())).into_owned();
        Some((title, who, draft.typed()))
    }

    /// Digits and arrows choose a draft; text typed ahead of the list is no filter, for nobody saw the list yet.
    fn show_drafts(&mut self, title: &'static str, rows: Vec<Row<Choice>>) {
        let drafts = self.seat.drafts().into_iter().filter_map(|(_, _, bytes)| Draft::from_bytes(&bytes));
        let about = drafts.map(|draft| draft.subject()).collect();
        let pick = Pick::new(title, rows).with_digits().without_filter().about(about);
        self.rooms.push(Room::Pick(Box::new(pick)));
    }

    /// Offers what was half typed when a session ended; what another session has open is not offered.
    pub(super) fn offer_drafts(&mut self) {
        let mut rows = self.draft_rows();
        rows.retain(|row| !matches!(row.what, Choice::Draft(id) if self.seat.is_held_elsewhere(id)));
        if rows.iter().any(|row| row.why_not.is_none()) {
            self.show_drafts("title-drafts-offer", rows);
        } else if !rows.is_empty() {
            // Nothing to choose; all the same it is not passed over.
            self.notice = Some(Notice::no(self.texts.get("notice-draft-left")));
        }
    }

    pub(super) fn open_drafts(&mut self) {
        let rows = self.draft_rows();
        if rows.is_empty() {
            self.notice = Some(Notice::info(self.texts.get("notice-no-drafts")));
        } else {
            self.show_drafts("title-drafts", rows);
        }
    }

    pub(super) fn open_draft(&mut self, id: Ulid) {
        if !self.seat.hold_draft(id) {
            return self.refuse(self.texts.get("notice-draft-elsewhere").into_owned(), true);
        }
        let Some(bytes) = self.seat.load_draft(id) else { return self.cannot_read_draft() };
        if let Some(import) = ImportDraft::from_bytes(&bytes) {
            return self.take_up_import(id, import);
        }
        let Some(draft) = Draft::from_bytes(&bytes) else { return self.cannot_read_draft() };
        let reader = self.reader();
        let record = match draft.purpose() {
            // Such a form stands on who it is alone; often the case is another office's.
            Some(Purpose::Between(_)) => Ok(self.seat.slim(draft.subject())),
            _ => self.seat.record(draft.subject()),
        };
        let form: Option<Form> = match record {
            Ok(record) => draft.reopen(record, &reader),
            Err(refusal) => return self.refuse(refusal_text(&refusal, &self.texts), true),
        };
        match form {
            Some(mut form) => {
                let at = form.at;
                self.prepare_emergency(&mut form);
                form.go(at, &self.reader());
                self.rooms.push(Room::Form(Box::new(form)));
                self.after_typing();
            }
            None => self.cannot_read_draft(),
        }
    }

    fn cannot_read_draft(&mut self) {
        self.notice = Some(Notice::no(self.texts.get("notice-draft-unreadable")));
    }

    /// The draft under the cursor of a list of drafts.
    pub(super) fn chosen_draft(&self) -> Option<(Ulid, String)> {
        match self.rooms.last() {
            Some(Room::Pick(pick)) => match pick.chosen() {
                Some(Row { what: Choice::Draft(id), name, .. }) => Some((*id, name.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn ask_drop_draft(&mut self) {
        let Some((id, name)) = self.chosen_draft() else { return };
        if self.seat.is_held_elsewhere(id) {
            self.notice = Some(Notice::no(self.texts.get("notice-draft-elsewhere")));
            return;
        }
        let question = self.texts.with("confirm-drop-draft", &[("name", &name)]);
        let kept = self.seat.drafts().into_iter().find(|(kept, ..)| *kept == id);
        let about = kept.and_then(|(_, _, bytes)| Draft::from_bytes(&bytes)).map(|draft| draft.subject());
        self.rooms.push(Room::Confirm { question, then: Then::DropDraft(id), about });
    }

    /// Throws a draft away and shows those that are left.
    pub(super) fn drop_draft(&mut self, id: Ulid) {
        if !self.seat.hold_draft(id) {
            // Another screen has opened it since the question.
            self.notice = Some(Notice::no(self.texts.get("notice-draft-elsewhere")));
            return;
        }
        if let Err(fault) = self.seat.drop_draft(id) {
            self.notice = Some(Notice::fault(&fault, &self.texts));
            return;
        }
        let rows = self.draft_rows();
        if let Some(Room::Pick(pick)) = self.rooms.last() {
            let title = pick.title;
            self.rooms.pop();
            if !rows.is_empty() {
                self.show_drafts(title, rows);
            }
        }
        self.notice = Some(Notice::done(self.texts.get("notice-draft-dropped")));
    }
}

impl Purpose {
    /// Whether what is half typed is a draft of its own: everything but what lives inside the preview of a manifest, whose
    /// draft holds it.
    pub const fn has_draft(self) -> bool {
        !matches!(self, Self::Movement | Self::FixRow(_))
    }
}
