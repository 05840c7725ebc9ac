//! The filter prompt: one line of the query language, with a live count, the list as it would be, the place of an error, and
//! completion.

use super::key::Key;
use super::line::Line;
use super::list::QUIET;
use super::notice::{Notice, refusal_text};
use super::{App, Room};
use crate::desk::{Found, RowId, Seat};
use crate::domain::query::{Completion, Query, QueryError};
use std::time::Instant;

/// Characters of a query at most.
pub const MOST: usize = 200;

/// What the prompt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Filter,
    /// The name under which the present query is kept.
    ViewName,
    /// The path of a manifest, or its rows as a paste.
    Manifest,
    /// The number, NIK or document of a case that no list of this office shows.
    Elsewhere,
    /// What narrows the trail.
    Trail,
    /// The same, of a case to which access is asked.
    Access,
}

/// The line being typed and what it means so far.
#[derive(Debug)]
pub struct Prompt {
    pub wanted: Wanted,
    pub line: Line,
    pub reading: Result<Query, QueryError>,
    /// How many cases the query finds; none while that is not known of what stands there now.
    pub count: Option<usize>,
    pub completions: Vec<Completion>,
    /// When count and completions are to follow what was typed.
    due: Option<Instant>,
    /// Parts of all cases that were looked through, and whom the query finds there.
    found: (usize, Found),
    /// The first of whom it finds, the list as Enter would show it; until that is known anew, of what was typed before.
    pub shown: Option<Vec<RowId>>,
}

impl Prompt {
    /// A filter prompt holding the present query, selected: typing begins another, moving the cursor edits it.
    pub fn filter(text: &str, seat: &Seat) -> Self {
        let mut line = Line::new(MOST);
        line.set(text);
        line.select();
        let mut prompt = Self {
            wanted: Wanted::Filter,
            line,
            reading: Ok(Query::default()),
            count: None,
            completions: Vec::new(),
            due: None,
            found: Default::default(),
            shown: None,
        };
        prompt.reading = seat.read_query(prompt.line.text());
        prompt.settle(seat);
        prompt
    }

    /// A prompt for the name of a view.
    pub fn view_name() -> Self {
        Self {
            wanted: Wanted::ViewName,
            line: Line::new(40),
            reading: Ok(Query::default()),
            count: None,
            completions: Vec::new(),
            due: None,
            found: Default::default(),
            shown: None,
        }
    }

    /// A prompt for a manifest.
    pub fn manifest() -> Self {
        Self { wanted: Wanted::Manifest, line: Line::new(1024), ..Self::view_name() }
    }

    /// A prompt for the exact number of a case elsewhere.
    pub fn elsewhere() -> Self {
        Self { wanted: Wanted::Elsewhere, ..Self::view_name() }
    }

    /// A prompt for what narrows the trail, holding what narrows it now, selected.
    pub fn of_trail(text: &str) -> Self {
        let mut line = Line::new(MOST);
        line.set(text);
        line.select();
        Self { wanted: Wanted::Trail, line, ..Self::view_name() }
    }

    /// A prompt for the exact number of a case to which access is asked.
    pub fn access() -> Self {
        Self { wanted: Wanted::Access, ..Self::view_name() }
    }

    /// Reads what is typed at once; what costs a scan or a line of the screen follows after a quiet moment.
    fn retyped(&mut self, seat: &Seat, now: Instant) {
        if self.wanted == Wanted::Filter {
            self.reading = seat.read_query(self.line.text());
            self.due = Some(now + QUIET);
            self.found = Default::default();
            self.count = None;
        }
    }

    /// Whether what is typed reads as a query that finds nobody.
    pub fn finds_nobody(&self) -> bool {
        self.wanted == Wanted::Filter && self.reading.is_ok() && self.count == Some(0)
    }

    /// Counts what the query finds and looks for completions.
    fn settle(&mut self, seat: &Seat) {
        while self.look_on(seat).is_none() {}
    }

    /// Looks through one part more of all cases, so that a key never waits for the whole of them; gives whom the query finds
    /// when that was the last one.
    fn look_on(&mut self, seat: &Seat) -> Option<Found> {
        let (part, mut found) = std::mem::take(&mut self.found);
        if part == 0 {
            self.completions = seat.complete_query(self.line.text(), self.line.before_cursor());
        }
        if let Ok(query) = &self.reading {
            let (more, is_left) = seat.find_part(query, part);
            if part == 0 {
                found = more
            } else {
                found.add(&more)
            }
            if is_left {
                self.found = (part + 1, found);
                return None;
            }
            self.count = Some(found.count());
        }
        self.due = None;
        Some(found)
    }

    /// Replaces the word under the cursor by the first completion.
    fn complete(&mut self, seat: &Seat) {
        if self.wanted != Wanted::Filter {
            return;
        }
        self.settle(seat);
        let Some(completion) = self.completions.first() else { return };
        let text: Vec<char> = self.line.text().chars().collect();
        let before: String = text[..completion.at.start.min(text.len())].iter().collect();
        let after: String = text[completion.at.end.min(text.len())..].iter().collect();
        self.line.set(&format!("{before}{}", completion.text));
        let cursor = self.line.before_cursor();
        self.line.insert(&after);
        for _ in cursor..self.line.before_cursor() {
            self.line.press(Key::Left);
        }
        self.reading = seat.read_query(self.line.text());
        self.settle(seat);
    }
}

impl App {
    pub(super) fn type_into_prompt(&mut self, key: Key) {
        let Some(Room::Prompt(prompt)) = self.rooms.last_mut() else { return };
        match key {
            Key::Tab => prompt.complete(&self.seat),
            Key::Enter => self.submit_prompt(),
            _ => {
                if prompt.line.press(key) {
                    prompt.retyped(&self.seat, self.instant);
                    self.tell_prompt_cut();
                }
            }
        }
    }

    /// Says at once when the prompt had no room for what was typed.
    fn tell_prompt_cut(&mut self) {
        let Some(Room::Prompt(prompt)) = self.rooms.last_mut() else { return };
        if prompt.line.take_cut() {
            let most = prompt.line.most().to_string();
            self.notice = Some(Notice::no(self.texts.with("notice-line-full", &[("most", &most)])));
        }
    }

    pub(super) fn paste_into_prompt(&mut self, text: &str) {
        let Some(Room::Prompt(prompt)) = self.rooms.last_mut() else { return };
        if prompt.wanted == Wanted::Manifest && text.trim_end().contains(['\n', '\t']) {
            return self.import_text(text);
        }
        prompt.line.insert(&text.replace('\n', " "));
        prompt.retyped(&self.seat, self.instant);
        self.tell_prompt_cut();
    }

    /// Whom a filter that is being typed finds, the first of them; none while it says nothing new.
    pub fn sought(&self) -> Option<&[RowId]> {
        match self.rooms.last() {
            Some(Room::Prompt(prompt)) => prompt.shown.as_deref(),
            _ => None,
        }
    }

    /// When the prompt's count is due.
    pub(super) fn prompt_due(&self) -> Option<Instant> {
        match self.rooms.last() {
            Some(Room::Prompt(prompt)) => prompt.due,
            _ => None,
        }
    }

    /// Lets count and list follow when that is due; says whether they did.
    pub(super) fn settle_prompt(&mut self, now: Instant) -> bool {
        let Some(Room::Prompt(prompt)) = self.rooms.last_mut() else { return false };
        if prompt.due.is_none_or(|due| now < due) {
            return false;
        }
        let Some(found) = prompt.look_on(&self.seat) else { return false };
        if prompt.reading.is_ok() {
            prompt.shown = Some(self.seat.first_found(&found, self.list.order, self.list.height));
        }
        true
    }

    fn submit_prompt(&mut self) {
        let Some(Room::Prompt(prompt)) = self.rooms.last() else { return };
        let text = prompt.line.text().trim().to_owned();
        match (prompt.wanted, &prompt.reading) {
            (Wanted::Filter, Ok(query)) => {
                let query = query.clone();
                self.rooms.pop();
                let hidden = self.seat.hidden_hit(&text);
                let text_is_query = text.is_empty() || text.contains([':', '<', '>']);
                self.list.show(text, query, &self.seat);
                self.follow_pane();
                match hidden.filter(|_| self.list.rows.is_empty()) {
                    Some(hidden) => {
                        let words = self.candidate_words(&hidden);
                        self.notice = Some(Notice::no(format!("{}: {}", words.certainty, words.name)));
                    }
                    // Whoever asks from outside hears one sentence, be the person elsewhere or nowhere.
                    None if self.list.rows.is_empty() && !text_is_query => {
                        self.notice = Some(Notice::info(self.texts.get("notice-cannot-say")));
                    }
                    None => {}
                }
            }
            (Wanted::Filter, Err(error)) => {
                let text = self.query_error(error);
                self.notice = Some(Notice::no(text));
            }
            (Wanted::ViewName, _) if text.is_empty() => {
                self.notice = Some(Notice::no(self.texts.get("notice-view-needs-name")));
            }
            (Wanted::ViewName, _) => {
                self.rooms.pop();
                self.save_view(text);
            }
            (Wanted::Manifest, _) if text.is_empty() => {
                self.notice = Some(Notice::no(self.texts.get("notice-manifest-needs-path")));
            }
            (Wanted::Elsewhere, _) => match self.seat.row_of_exact(&text) {
                Ok(row) => {
                    self.rooms.pop();
                    self.open_case(row);
                }
                Err(refusal) => self.notice = Some(Notice::refusal(&refusal, &self.texts)),
            },
            (Wanted::Access, _) => self.open_access_form(&text),
            (Wanted::Trail, _) => self.open_trail(&text),
            (Wanted::Manifest, _) => self.import_typed(std::path::Path::new(&text)),
        }
    }

    /// A query error in words, with the nearest name.
    pub fn query_error(&self, error: &QueryError) -> String {
        refusal_text(&error.refusal(), &self.texts)
    }
}
