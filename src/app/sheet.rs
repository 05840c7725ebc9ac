//! Papers: plain lines that are read on the screen and printed as they stand, 80 columns wide. The emergency sheet of one
//! person, and the sheet that a shift hands to the next.

use super::telling::sex_letter;
use super::today::why_words;
use super::{App, Room};
use crate::desk::{EmergencySheet, Handed, Handover, InboxRow, Matter, Seat};
use crate::domain::field::{Field, Part};
use crate::domain::record::{Record, Slot};
use crate::domain::sheet::{HEALTH, PLAIN};
use crate::domain::subject::Subject;
use crate::domain::summary::Summary;
use crate::text::Texts;
use chrono::{DateTime, Utc};

/// Columns of a sheet.
pub const COLUMNS: usize = 80;
/// Lines of what is due that the sheet of a shift shows; of more it says how many.
const DUE_LINES: usize = 100;

/// One sheet, open on the screen.
pub struct Sheet {
    /// The key of its title.
    pub title: &'static str,
    pub lines: Vec<String>,
    pub top: usize,
    /// Whom it names: it falls shut when one of them may not be read any more.
    pub about: Vec<Subject>,
}

/// Shows the title, never the lines.
impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sheet({}, {} lines)", self.title, self.lines.len())
    }
}

impl Sheet {
    /// Whether it is one person's emergency sheet.
    pub fn is_sheet(&self) -> bool {
        self.title == "sheet-emergency"
    }

    /// Moves what is seen by lines, of which so many fit.
    pub fn scroll(&mut self, by: isize, height: usize) {
        let last = self.lines.len().saturating_sub(height.max(1));
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}

impl App {
    /// The sheet of the shift, over what is there.
    pub(super) fn open_handover(&mut self) {
        let sheet = handover_sheet(&self.seat, &self.texts);
        self.rooms.push(Room::Sheet(Box::new(sheet)));
    }

    /// The emergency sheet as lines.
    pub(super) fn emergency_lines(&self, sheet: &EmergencySheet) -> Sheet {
        let record = &sheet.record;
        let mut lines = vec![person_line(&sheet.summary, &self.texts).trim_start().to_owned()];
        let from = [("office", sheet.office.clone()), ("phone", sheet.phone.clone().unwrap_or("-".into()))];
        lines.push(self.texts.with("sheet-from", &from));
        let tier = (sheet.summary.tier as u8).to_string();
        lines.push(self.texts.with("sheet-tier", &[("tier", tier), ("age", sheet.summary.age())]));
        // The first lines say who it is already.
        let own = PLAIN.iter().skip(6).chain(&HEALTH);
        lines.extend(own.filter_map(|field| self.sheet_line(record, Slot::own(*field))));
        if sheet.has_alert && !sheet.reads_health {
            lines.push(self.texts.get("sheet-alert").into_owned());
        }
        for part in [Part::Contact, Part::Referral] {
            for item in record.items(part) {
                let key = match part {
                    Part::Contact if record.is_yes(Slot::of(item, Field::ContactIsBarred)) => "sheet-barred",
                    Part::Contact => "sheet-guardian",
                    _ => "sheet-referral",
                };
                lines.push(self.texts.get(key).into_owned());
                let slots = record.facts.keys().filter(|slot| slot.item == Some(item));
                lines.extend(slots.filter_map(|slot| self.sheet_line(record, *slot)).map(|line| format!("  {line}")));
            }
        }
        Sheet { title: "sheet-emergency", lines: wrapped(lines), top: 0, about: vec![sheet.of] }
    }

    fn sheet_line(&self, record: &Record, at: Slot) -> Option<String> {
        let value = record.get(at)?;
        Some(format!("{}: {}", self.texts.get(&at.field.label_key()), self.brief(at.field, value)))
    }
}

/// The sheet of a shift as a sheet: for the screen, and for `pulang handover`.
pub fn handover_sheet(seat: &Seat, texts: &Texts) -> Sheet {
    let sheet = seat.handover();
    let mut lines = vec![texts.with(
        "handover-head",
        &[("office", sheet.office.clone()), ("who", sheet.who.clone()), ("at", local(seat, sheet.at))],
    )];
    let mut about = Vec::new();
    people(&mut lines, &mut about, ("handover-reds", &sheet.reds), texts);
    due(&mut lines, &mut about, &sheet, texts);
    people(&mut lines, &mut about, ("handover-claimed", &sheet.claimed), texts);
    let open: Vec<&InboxRow> = sheet
        .inbox
        .rows
        .iter()
        .filter(|row| match &row.matter {
            Matter::Waiting(_) | Matter::Sought { .. } => true,
            Matter::Sent(offer) => offer.is_open(),
            Matter::Asked { is_answered, .. } => !is_answered,
        })
        .collect();
    section(&mut lines, "handover-between", open.len(), texts);
    for row in &open {
        about.extend(row.case().filter(|_| row.person.is_some()));
        lines.push(between_line(row, texts));
    }
    if sheet.apart > 0 {
        lines.push(String::new());
        lines.push(texts.with("handover-apart", &[("count", &sheet.apart.to_string())]));
    }
    Sheet { title: "sheet-handover", lines: wrapped(lines), top: 0, about }
}

fn section(lines: &mut Vec<String>, key: &str, count: usize, texts: &Texts) {
    lines.push(String::new());
    lines.push(texts.with(key, &[("count", &count.to_string())]));
}

fn people(lines: &mut Vec<String>, about: &mut Vec<Subject>, (key, handed): (&str, &Handed), texts: &Texts) {
    section(lines, key, handed.people.len() + handed.more + handed.sealed, texts);
    for one in &handed.people {
        about.push(Subject::case(one.id));
        lines.push(format!("  {}", person_line(one, texts)));
    }
    rest(lines, handed.more, handed.sealed, texts);
}

/// What is left out: how many more, and how many are sealed.
fn rest(lines: &mut Vec<String>, more: usize, sealed: usize, texts: &Texts) {
    if more > 0 {
        lines.push(format!("  {}", texts.with("handover-more", &[("count", &more.to_string())])));
    }
    if sealed > 0 {
        lines.push(format!("  {}", texts.with("handover-sealed", &[("count", &sealed.to_string())])));
    }
}

fn due(lines: &mut Vec<String>, about: &mut Vec<Subject>, sheet: &Handover, texts: &Texts) {
    section(lines, "handover-due", sheet.due.len() + sheet.due_more + sheet.due_sealed, texts);
    for (line, one) in sheet.due.iter().take(DUE_LINES) {
        about.push(Subject::case(one.id));
        lines.push(format!("  {:>6} {}", texts.time_left(line.minutes), person_line(one, texts)));
        let why: Vec<String> = line.due.iter().map(|(why, _)| why_words(why, texts)).collect();
        lines.push(format!("         {}", why.join("; ")));
    }
    let hidden = sheet.due.len().saturating_sub(DUE_LINES);
    rest(lines, sheet.due_more + hidden, sheet.due_sealed, texts);
}

/// Somebody in full: queue, in a column of four, number, name, sex, birth date, status.
fn person_line(one: &Summary, texts: &Texts) -> String {
    let queue = if one.queue == 0 { String::new() } else { one.queue.to_string() };
    let sex = sex_letter(one.sex, *texts);
    let born = one.birth.map_or_else(|| "?".to_owned(), |on| texts.day(on));
    format!("{queue:>4} {}  {}  {sex}  {born}  {}", one.number, one.name, one.status.code())
}

fn between_line(row: &InboxRow, texts: &Texts) -> String {
    let number = row.number.map(|number| number.to_string()).unwrap_or_default();
    let name = row.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let key = match &row.matter {
        Matter::Waiting(_) | Matter::Sought { .. } => "handover-waits",
        Matter::Sent(_) | Matter::Asked { .. } => "handover-sent",
    };
    let words = [("number", number), ("name", name), ("office", row.office.clone())];
    format!("  {}", texts.with(key, &words).trim_end())
}

fn local(seat: &Seat, at: DateTime<Utc>) -> String {
    seat.zone().local(at).format("%d-%m-%Y %H:%M").to_string()
}

/// Lines broken at words; what follows a break is indented.
fn wrapped(lines: Vec<String>) -> Vec<String> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let text = line.trim_start_matches(' ');
        let lead = " ".repeat(line.len() - text.len());
        let mut now = lead.clone();
        for word in text.split(' ') {
            let is_begun = !now.trim().is_empty();
            if is_begun && now.chars().count() + 1 + word.chars().count() > COLUMNS {
                out.push(std::mem::replace(&mut now, format!("{lead}    {word}")));
                continue;
            }
            if is_begun {
                now.push(' ');
            }
            now.push_str(word);
        }
        out.push(now.trim_end().to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_paper_and_no_word_is_lost(words in prop::collection::vec("[a-zé]{1,20}", 0..60), lead in 0_usize..12) {
            let line = format!("{}{}", " ".repeat(lead), words.join(" "));
            let lines = wrapped(vec![line]);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= COLUMNS));
            let kept: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            prop_assert_eq!(kept, words);
        }
    }
}
