//! The way of a key: what holds everywhere first, then the layer's commands, then the layer's own text.

use super::action::{Action, Layer};
use super::commands::{action_verb, is_about_one};
use super::curtain::Curtain;
use super::key::{Input, Key};
use super::notice::Notice;
use super::reason::Next;
use super::scan::Caught;
use super::{App, Room};

impl App {
    pub(super) fn take(&mut self, input: Input) {
        match input {
            Input::Resize { cols, rows } => self.resize((cols, rows)),
            Input::Key(Key::Ctrl('c')) => self.interrupt(),
            Input::Paste(_) | Input::Key(_) if self.is_too_small() => {}
            Input::Paste(_) if self.curtain.is_some() => {}
            Input::Paste(text) => self.paste(&text),
            Input::Key(key) => {
                self.asked_to_quit = false;
                self.asked_to_drop &= key == Key::Esc;
                self.press(key);
            }
        }
    }

    /// Ctrl+C goes one step back and says that a second one quits; the next key decides, not a clock.
    fn interrupt(&mut self) {
        if self.asked_to_quit || matches!(self.curtain, Some(Curtain::Closed { .. })) {
            self.save_draft();
            self.has_ended = true;
            return;
        }
        self.asked_to_quit = true;
        if self.layer() != Layer::Blank {
            self.back();
        }
        if self.asked_to_drop {
            // What stands there cannot be kept: that is said, and a second Ctrl+C is a second Esc.
            return;
        }
        self.notice = Some(Notice::info(self.texts.get("notice-ctrl-c")));
    }

    fn press(&mut self, key: Key) {
        if self.curtain.is_some() {
            return self.press_curtain(key);
        }
        let layer = self.layer();
        match layer {
            Layer::Blank => {
                if key == Key::Enter {
                    self.rooms.pop();
                    self.is_redraw_asked = true;
                }
                return;
            }
            Layer::Refused => {
                match self.keymap.action(layer, key) {
                    Some(Action::Refer) => self.refer(),
                    _ if key == Key::Esc => {
                        self.rooms.pop();
                        self.notice = None;
                    }
                    _ => {}
                }
                return;
            }
            _ => {}
        }
        if self.catch_scan(layer, key) {
            return;
        }
        if let Some(action) = self.keymap.action(layer, key)
            && !self.belongs_to_room(key)
            && !self.belongs_to_reason(key)
        {
            if layer != Layer::Form {
                self.notice = None;
            }
            return self.run(action);
        }
        self.type_key(layer, key);
    }

    /// Keys that mean something else inside the room: up and down while an entry of a form offers choices, the editing of
    /// the text that narrows a list.
    fn belongs_to_room(&self, key: Key) -> bool {
        match self.rooms.last() {
            Some(Room::Form(form)) => matches!(key, Key::Up | Key::Down) && !form.current().offers.is_empty(),
            Some(Room::Pick(pick)) => key == Key::Delete && pick.has_filter,
            _ => false,
        }
    }

    /// While a reason is typed in the move dialog, letters and blanks are its text.
    fn belongs_to_reason(&self, key: Key) -> bool {
        let is_text = matches!(key, Key::Char(_) | Key::Delete | Key::Home | Key::End);
        is_text && matches!(self.rooms.last(), Some(Room::Moving(moving)) if moving.is_typing())
    }

    /// Recognises a passport scanner by what it types, wherever the focus is.
    fn catch_scan(&mut self, layer: Layer, key: Key) -> bool {
        // Wherever letters are commands, a scan must not become some of them.
        let is_open_to_scans = matches!(
            layer,
            Layer::List
                | Layer::Case
                | Layer::Today
                | Layer::Inbox
                | Layer::Sheet
                | Layer::Counts
                | Layer::Preview
                | Layer::Compare
                | Layer::Form
        );
        let typed = match self.rooms.last() {
            Some(Room::Form(form)) => form.current().line.text().to_owned(),
            _ => String::new(),
        };
        match self.scan.press(key, &typed, is_open_to_scans) {
            Caught::NotMine => false,
            Caught::Begun { to_remove } => {
                self.untype(to_remove);
                self.notice = Some(Notice::info(self.texts.get("notice-scanning")));
                true
            }
            Caught::More => true,
            Caught::Whole(text) => {
                self.scanned(&text);
                true
            }
            Caught::Broken => {
                self.notice = Some(Notice::no(self.texts.get("notice-scan-broken")));
                true
            }
        }
    }

    fn type_key(&mut self, layer: Layer, key: Key) {
        match layer {
            Layer::Form => self.type_into_form(key),
            Layer::Prompt if matches!(self.rooms.last(), Some(Room::Reason(_))) => self.type_into_reason(key),
            Layer::Prompt if matches!(self.rooms.last(), Some(Room::Erase(_))) => self.type_into_erasing(key),
            Layer::Prompt => self.type_into_prompt(key),
            Layer::Pick => self.type_into_pick(key),
            Layer::Move => self.type_into_move(key),
            Layer::Confirm => self.cancel_question(),
            Layer::Refused | Layer::Blank => {}
            // The key of the search, where there is none: a name follows, and no letter of it may be a command.
            Layer::Case
            | Layer::Today
            | Layer::Inbox
            | Layer::Sheet
            | Layer::Counts
            | Layer::Import
            | Layer::Compare
            | Layer::Preview
                if matches!(key, Key::Char('/') | Key::F(3)) =>
            {
                let looks_for_nobody = self.seat.role_without_cases().is_some();
                let key = if looks_for_nobody { "why-not-search-role" } else { "why-not-search-here" };
                self.refuse(self.texts.get(key).into_owned(), true);
            }
            Layer::List
            | Layer::Case
            | Layer::Today
            | Layer::Inbox
            | Layer::Sheet
            | Layer::Counts
            | Layer::Trail
            | Layer::Import
            | Layer::Preview
            | Layer::Compare => {
                if !matches!(key, Key::Esc) {
                    self.notice = Some(Notice::info(self.texts.get("notice-unknown-key")));
                }
            }
        }
    }

    /// Only Enter says yes. Anything else was not meant for the question: it is cancelled, and the text behind it swallowed.
    pub(super) fn cancel_question(&mut self) {
        self.rooms.pop();
        self.refuse(self.texts.get("why-not-confirmed").into_owned(), true);
    }

    fn paste(&mut self, text: &str) {
        self.asked_to_drop = false;
        let is_open_to_scans =
            !matches!(self.rooms.last(), Some(Room::Refused { .. } | Room::Blank | Room::Reason(_) | Room::Erase(_)));
        if is_open_to_scans && crate::identity::mrz::looks_like_scan(text) {
            return self.scanned(text);
        }
        match self.rooms.last_mut() {
            Some(Room::Form(_)) => self.paste_into_form(text),
            Some(Room::Prompt(_)) => self.paste_into_prompt(text),
            Some(Room::Reason(_)) => self.paste_into_reason(text),
            Some(Room::Erase(_)) => self.paste_into_erasing(text),
            Some(Room::Pick(_)) => self.paste_into_pick(text),
            Some(Room::Confirm { .. }) => self.cancel_question(),
            Some(Room::Import(_)) => self.import_text(text),
            Some(Room::Refused { .. } | Room::Blank) => {}
            Some(
                Room::Case(_)
                | Room::Today(_)
                | Room::Inbox(_)
                | Room::Sheet(_)
                | Room::Counts(_)
                | Room::Trail(_)
                | Room::Compare(_)
                | Room::Preview(_)
                | Room::Moving(_),
            )
            | None => {
                self.notice = Some(Notice::no(self.texts.get("notice-paste-ignored")));
            }
        }
    }

    /// One step back; never destroys: a form keeps its draft.
    pub(super) fn back(&mut self) {
        match self.rooms.last() {
            Some(Room::Form(_)) => self.leave_form(),
            Some(Room::Reason(_)) => self.leave_reason(),
            Some(Room::Erase(_)) => self.leave_erasing(),
            Some(Room::Moving(moving)) if moving.can_step_back() => self.move_step_back(),
            Some(Room::Import(_)) => self.leave_import(),
            Some(_) => {
                self.rooms.pop();
                self.notice = None;
            }
            None => {}
        }
    }

    pub(super) fn run(&mut self, action: Action) {
        if let Some(reason) = self.why_not(action) {
            self.seat.note_refused(action_verb(action), self.chosen_one(), action.code());
            self.refuse(reason, action_opens_text(action));
            return;
        }
        if is_about_one(action)
            && !matches!(self.rooms.last(), Some(Room::Form(_)))
            && let Some(row) = self.chosen_one()
            && self.asks_reason(row, Next::Run(action))
        {
            return;
        }
        self.perform(action);
    }
}

/// Commands after which an operator types text: when one of these is refused, the text typed ahead must be swallowed.
const fn action_opens_text(action: Action) -> bool {
    is_about_one(action)
        || matches!(
            action,
            Action::New
                | Action::Office
                | Action::Elsewhere
                | Action::Filter
                | Action::Import
                | Action::Answer
                | Action::AskAccess
                | Action::Inquire
                | Action::HandClaims
        )
}
