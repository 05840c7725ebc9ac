//! The auditor's screen: the trail, the newest line first, narrowed by who, which case, what and when. Lines come as they are
//! scrolled to; those far behind are let go and read again on the way back, so that no trail is too long.

use super::notice::{Notice, refusal_text};
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::prompt::Prompt;
use super::{App, Room};
use crate::desk::backup::Halt;
use crate::desk::{Audit, LookAct, Named, Seat, Sought, Trace};
use crate::domain::field::Field;
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::subject::Kind;
use crate::text::Texts;
use std::time::Instant;

/// Lines that are read at once, kept at most, and let go at once.
const PAGE: usize = 100;
const MOST_KEPT: usize = 1_000;

/// The trail on the screen.
#[derive(Debug)]
pub struct Trail {
    /// What was typed to narrow it.
    pub text: String,
    audit: Audit,
    /// The lines that are kept.
    pub rows: Vec<Trace>,
    /// How many newer lines were let go.
    pub above: usize,
    /// For every page that was let go: the line before which it begins.
    let_go: Vec<u64>,
    /// The line under the cursor and the first one shown, among those that are kept.
    pub at: usize,
    pub top: usize,
}

impl Trail {
    fn open(text: String, sought: &Sought, height: usize, seat: &Seat) -> Result<Self, Halt> {
        let audit = seat.audit(sought)?;
        let (rows, let_go) = (Vec::new(), Vec::new());
        let mut trail = Self { text, audit, rows, above: 0, let_go, at: 0, top: 0 };
        trail.read_on(height, seat)?;
        Ok(trail)
    }

    /// The line under the cursor.
    pub fn current(&self) -> Option<&Trace> {
        self.rows.get(self.at)
    }

    /// Whether the beginning of the trail is among the lines, or nothing more is wanted of it.
    pub const fn is_over(&self) -> bool {
        self.audit.is_over()
    }

    /// Lines that could not be read.
    pub const fn unread(&self) -> u64 {
        self.audit.unread
    }

    /// How far back was looked.
    pub const fn reached(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.audit.reached
    }

    /// Whether lines are wanted that were not read yet.
    const fn is_short(&self, height: usize) -> bool {
        !self.audit.is_over() && self.rows.len() < self.top + height + 1
    }

    /// Reads one stretch more, if the screen wants it.
    fn read_on(&mut self, height: usize, seat: &Seat) -> Result<(), Fault> {
        if self.is_short(height) {
            self.rows.extend(seat.audit_on(&mut self.audit, PAGE)?);
        }
        while self.rows.len() > MOST_KEPT && self.top >= PAGE {
            self.let_go.push(self.rows[0].line + 1);
            self.rows.drain(..PAGE);
            self.above += PAGE;
            (self.at, self.top) = (self.at - PAGE, self.top - PAGE);
        }
        Ok(())
    }

    /// Brings back the last page that was let go.
    fn read_back(&mut self, seat: &Seat) -> Result<(), Fault> {
        let Some(before) = self.let_go.pop() else { return Ok(()) };
        let mut again = self.audit.before(before);
        let mut page = Vec::with_capacity(PAGE);
        while page.len() < PAGE && !again.is_over() {
            page.extend(seat.audit_on(&mut again, PAGE - page.len())?);
        }
        let came = page.len();
        self.rows.splice(0..0, page);
        self.above -= PAGE;
        (self.at, self.top) = (self.at + came, self.top + came);
        if let Some(last) = self.rows.get(MOST_KEPT - 1).filter(|_| self.rows.len() > MOST_KEPT).map(|row| row.line) {
            // What is far below is let go as well, and read again on the way down.
            self.rows.truncate(MOST_KEPT);
            self.audit = self.audit.before(last);
        }
        Ok(())
    }

    fn step(&mut self, by: isize, height: usize, seat: &Seat) -> Result<(), Fault> {
        let height = height.max(1);
        while self.at.checked_add_signed(by).is_none() && !self.let_go.is_empty() {
            self.read_back(seat)?;
        }
        self.at = self.at.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height));
        self.read_on(height, seat)
    }
}

impl App {
    /// Lines of the trail that fit on the screen.
    fn trail_height(&self) -> usize {
        self.list.height.saturating_sub(1).max(1)
    }

    /// Opens the trail, or shows it narrowed by what was typed.
    pub(super) fn open_trail(&mut self, text: &str) {
        let opened = sought(text, &self.texts)
            .map_err(Halt::from)
            .and_then(|sought| Trail::open(text.to_owned(), &sought, self.trail_height(), &self.seat));
        match opened {
            Ok(trail) => {
                if matches!(self.rooms.last(), Some(Room::Prompt(_))) {
                    self.rooms.pop();
                }
                if matches!(self.rooms.last(), Some(Room::Trail(_))) {
                    self.rooms.pop();
                }
                self.rooms.push(Room::Trail(Box::new(trail)));
            }
            Err(Halt::Refused(refusal)) => self.notice = Some(Notice::refusal(&refusal, &self.texts)),
            Err(Halt::Fault(fault)) => self.notice = Some(Notice::fault(&fault, &self.texts)),
        }
    }

    /// The trail as it was narrowed, read anew from its newest line.
    pub(super) fn reopen_trail(&mut self) {
        if let Some(Room::Trail(trail)) = self.rooms.last() {
            let text = trail.text.clone();
            self.open_trail(&text);
        }
    }

    pub(super) fn filter_trail(&mut self) {
        if let Some(Room::Trail(trail)) = self.rooms.last() {
            let prompt = Prompt::of_trail(&trail.text);
            self.rooms.push(Room::Prompt(Box::new(prompt)));
        }
    }

    pub(super) fn step_in_trail(&mut self, by: isize) {
        let height = self.trail_height();
        let Some(Room::Trail(trail)) = self.rooms.last_mut() else { return };
        if let Err(fault) = trail.step(by, height, &self.seat) {
            self.notice = Some(Notice::fault(&fault, &self.texts));
        }
    }

    /// When more of the trail is to be looked through: at once, as long as the screen wants lines that were not found yet.
    pub(super) fn trail_due(&self) -> Option<Instant> {
        match self.rooms.last() {
            Some(Room::Trail(trail)) if trail.is_short(self.trail_height()) => Some(self.instant),
            _ => None,
        }
    }

    /// Looks through one stretch more; says whether there was something to look through.
    pub(super) fn settle_trail(&mut self) -> bool {
        let is_due = self.trail_due().is_some();
        if is_due {
            self.step_in_trail(0);
        }
        is_due
    }

    /// Shows everything that the line under the cursor says.
    pub(super) fn open_trace(&mut self) {
        let Some(Room::Trail(trail)) = self.rooms.last() else { return };
        let Some(trace) = trail.current() else { return };
        let row = |key: &str, text: String| Row::new(Choice::Legend, self.texts.get(key), text);
        let at = self.seat.zone().local(trace.at).format("%d-%m-%Y %H:%M:%S").to_string();
        let mut rows = vec![
            row("trail-line", trace.line.to_string()),
            row("trail-at", at),
            row("trail-who", trace.who.clone()),
            row("trail-office", trace.office.clone()),
            row("trail-act", act_words(trace, &self.texts)),
            row("trail-count", trace.count.to_string()),
        ];
        rows.extend((!trace.why.is_empty()).then(|| row("trail-why", trace.why.clone())));
        rows.extend((!trace.fields.is_empty()).then(|| row("trail-fields", field_words(trace, &self.texts))));
        rows.extend(trace.of.iter().map(|of| row("trail-of", named_words(of, &self.texts))));
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-trace", rows).without_filter().of_values())));
    }

    /// Why the trail cannot be opened here.
    pub(super) fn why_not_audit(&self) -> Option<String> {
        (!self.seat.may_audit()).then(|| refusal_text(&Refusal::new("why-not-auditor"), &self.texts))
    }
}

/// What was looked at, in words.
pub fn named_words(named: &Named, texts: &Texts) -> String {
    match named.kind {
        Kind::Case => named.name.clone(),
        kind => format!("{} {}", texts.get(&format!("kind-{}", kind.code())), named.name).trim_end().to_owned(),
    }
}

/// The fields and sections of a line by their labels.
fn field_words(trace: &Trace, texts: &Texts) -> String {
    let label = |code: &String| {
        let section = format!("section-{}", code.to_lowercase());
        match Field::from_code(code) {
            Some(field) => texts.get(&field.label_key()).into_owned(),
            None if texts.has(&section) => texts.get(&section).into_owned(),
            None => code.clone(),
        }
    };
    trace.fields.iter().map(label).collect::<Vec<_>>().join(", ")
}

/// The word of an act; of what the desk itself notes as an administrator's, which.
pub fn act_words(trace: &Trace, texts: &Texts) -> String {
    texts.get(&format!("look-{}", trace.act.code())).into_owned()
}

/// What was typed to narrow the trail: words such as `petugas:sari kasus:26-000005-A tindakan:buka dari:21-02-2026`, in
/// either language; a word without a name is a case's number, a day, or part of an operator's name.
fn sought(text: &str, texts: &Texts) -> Result<Sought, Refusal> {
    let mut sought = Sought::default();
    for word in text.split_whitespace() {
        let (name, value) = word.split_once(':').unwrap_or(("", word));
        let value = value.to_owned();
        match name.to_lowercase().as_str() {
            "petugas" | "operator" => sought.operator = Some(value),
            "kasus" | "case" => sought.case = Some(value),
            "tindakan" | "act" => sought.act = Some(act(&value, texts)?),
            "dari" | "from" => sought.from = Some(value),
            "sampai" | "to" => sought.to = Some(value),
            "hari" | "day" => (sought.from, sought.to) = (Some(value.clone()), Some(value)),
            "" if value.parse::<crate::domain::subject::Number>().is_ok() => sought.case = Some(value),
            "" if value.starts_with(|c: char| c.is_ascii_digit()) => {
                (sought.from, sought.to) = (Some(value.clone()), Some(value));
            }
            "" => sought.operator = Some(value),
            _ => return Err(Refusal::new("refused-trail-name").with("name", name.to_owned())),
        }
    }
    Ok(sought)
}

/// An act by its code, or by the beginning of its word in this language.
fn act(typed: &str, texts: &Texts) -> Result<LookAct, Refusal> {
    let wanted = typed.to_lowercase();
    let by_code = LookAct::ALL.into_iter().find(|act| act.code() == wanted);
    let has_word = |act: &LookAct| texts.get(&format!("look-{}", act.code())).to_lowercase().starts_with(&wanted);
    let found = by_code.or_else(|| LookAct::ALL.into_iter().find(has_word));
    found.ok_or_else(|| {
        let all: Vec<_> = LookAct::ALL.iter().map(|act| act.code()).collect();
        Refusal::new("refused-trail-act").with("name", typed.to_owned()).with("known", all.join(", "))
    })
}
