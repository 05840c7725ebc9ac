//! Taking in a manifest: where it comes from, what it says row by row, mending in place, one commit.

use super::asking::After;
use super::form::entry::Entry;
use super::form::{Form, Purpose};
use super::notice::{Notice, refusal_text};
use super::pick::{Pick, Row as PickRow};
use super::picks::Choice;
use super::prompt::Prompt;
use super::{App, Room};
use crate::desk::Proposal;
use crate::desk::importing::{MANIFEST_BYTES, Preview, Remark};
use crate::domain::field::Field;
use crate::domain::record::{Record, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Value};
use ulid::Ulid;

/// The preview on the screen.
#[derive(Debug)]
pub struct Import {
    pub preview: Preview,
    pub at: usize,
    pub top: usize,
    /// The commit that this becomes.
    id: Ulid,
}

/// The fields of a row that can be mended in place.
const MENDABLE: [Field; 11] = [
    Field::Queue,
    Field::Name,
    Field::Sex,
    Field::Birth,
    Field::Nik,
    Field::DocKind,
    Field::DocNo,
    Field::DocUntil,
    Field::PhoneNo,
    Field::HomeText,
    Field::Remarks,
];

impl Import {
    /// Moves the cursor, keeping it within a window of so many rows.
    pub fn step(&mut self, by: isize, height: usize) {
        self.at = self.at.saturating_add_signed(by).min(self.preview.rows().saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height.saturating_sub(4).max(1)));
    }

    /// Leaves the row under the cursor out, or takes it back in, and goes one down.
    pub fn toggle(&mut self) {
        self.preview.toggle(self.at);
    }
}

impl App {
    /// A remark on a manifest's row.
    pub fn remark_words(&self, remark: &Remark) -> String {
        let args: Vec<(&str, &str)> = remark.args.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        self.texts.with(remark.key, &args)
    }

    /// Who a manifest's row is already: in the file or on the desk, side by side, with the reasons.
    pub fn same_words(&self, preview: &Preview, row: usize) -> Option<String> {
        if let Some(same) = preview.same_in_file(row) {
            let reasons: Vec<String> = same.reasons.iter().map(|key| self.texts.get(key).to_string()).collect();
            let (line, name) = (preview.given(same.row), preview.cell(same.row, Field::Name));
            return Some(
                self.texts
                    .with("import-same-row", &[("line", &line), ("name", &name), ("reasons", &reasons.join(", "))]),
            );
        }
        let candidate = preview.on_desk(row)?;
        let words = self.candidate_words(candidate);
        Some(self.texts.with(
            "import-on-desk",
            &[
                ("certainty", &words.certainty),
                ("number", &words.number),
                ("name", &words.name),
                ("reasons", &words.reasons),
            ],
        ))
    }

    /// Asks where the manifest is: the drop folder's files if there are any, else a path; a paste works as well.
    pub(super) fn open_import(&mut self) {
        let names = self.setting.drop_folder.as_deref().map(crate::desk::importing::dropped).unwrap_or_default();
        if names.is_empty() {
            self.rooms.push(Room::Prompt(Box::new(Prompt::manifest())));
            return;
        }
        let rows = names.into_iter().map(|name| PickRow::new(Choice::File(name.clone()), name, "")).collect();
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-dropped", rows))));
    }

    pub(super) fn import_dropped(&mut self, name: &str) {
        if let Some(folder) = self.setting.drop_folder.clone() {
            self.import_path(&folder.join(name));
        }
    }

    pub(super) fn import_path(&mut self, path: &std::path::Path) {
        match crate::desk::importing::read_file(path) {
            Ok(bytes) => {
                let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                self.import_bytes(&bytes, &name);
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    pub(super) fn import_text(&mut self, text: &str) {
        self.import_bytes(text.as_bytes(), "");
    }

    fn import_bytes(&mut self, bytes: &[u8], name: &str) {
        if bytes.len() > MANIFEST_BYTES {
            let refusal = crate::domain::refusal::Refusal::new("manifest-too-large");
            return self.refuse(refusal_text(&refusal, &self.texts), false);
        }
        match self.seat.preview(bytes, name, self.now()) {
            Ok(preview) => {
                if matches!(self.rooms.last(), Some(Room::Prompt(_) | Room::Import(_))) {
                    self.rooms.pop();
                }
                let is_known = preview.known.is_some();
                let import = Import { preview, at: 0, top: 0, id: self.seat.new_id() };
                self.rooms.push(Room::Import(Box::new(import)));
                if is_known {
                    self.notice = Some(Notice::no(self.texts.get("notice-file-known")));
                } else {
                    self.edit_movement();
                }
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    /// The movement that the manifest becomes: name, flight, landing, place, headcount said.
    pub(super) fn edit_movement(&mut self) {
        let Some(Room::Import(import)) = self.rooms.last() else { return };
        let base = import.preview.movement.clone();
        let slots = [Field::MoveLands, Field::MoveName, Field::MoveFlight, Field::MovePlace, Field::MoveClaimed];
        let form = Form::over(Purpose::Movement, self.seat.new_id(), base, &slots.map(Slot::own), &self.reader());
        self.rooms.push(Room::Form(Box::new(form)));
    }

    pub(super) fn movement_filled(&mut self, entries: &[Entry]) {
        let now = self.now();
        let seat = self.seat.clone();
        let Some(Room::Import(import)) = self.rooms.last_mut() else { return };
        for entry in entries {
            match entry.value.clone() {
                Some(value) => import.preview.movement.facts.insert(entry.slot, value),
                None => import.preview.movement.facts.remove(&entry.slot),
            };
        }
        seat.preview_again(&mut import.preview, now);
    }

    pub(super) fn fix_cell(&mut self) {
        let Some(Room::Import(import)) = self.rooms.last() else { return };
        let row = import.at;
        let base = Record::empty(Subject::new(Kind::Case, Ulid::nil()));
        let mut form =
            Form::over(Purpose::FixRow(row), self.seat.new_id(), base, &MENDABLE.map(slot_of), &self.reader());
        let texts = MENDABLE.map(|field| import.preview.cell(row, field));
        let reader = self.reader();
        for (entry, text) in form.entries.iter_mut().zip(texts) {
            entry.type_in(&text, &reader);
            // A sheet may say PASPOR where the form has a code.
            if let Some(offer) = entry.offers.first().filter(|_| entry.value.is_none()).cloned() {
                entry.put(Some(offer.value), &reader);
            }
            entry.offers.clear();
            entry.is_error_shown = entry.error.is_some();
            entry.is_touched = false;
        }
        let first_wrong = form.entries.iter().position(|entry| entry.error.is_some()).unwrap_or(1);
        form.go(first_wrong, &reader);
        self.rooms.push(Room::Form(Box::new(form)));
    }

    pub(super) fn fixed_row(&mut self, row: usize, entries: &[Entry]) {
        let now = self.now();
        let seat = self.seat.clone();
        if let Some(Room::Import(import)) = self.rooms.last_mut() {
            for entry in entries.iter().filter(|entry| entry.is_touched) {
                import.preview.set(row, entry.slot.field, entry.line.text());
            }
            seat.preview_again(&mut import.preview, now);
        }
    }

    /// Goes to the next row that has an error or a warning.
    pub(super) fn next_remark(&mut self) {
        let height = self.list.height;
        if let Some(Room::Import(import)) = self.rooms.last_mut() {
            match import.preview.next_remark(import.at) {
                Some(row) => import.step(row as isize - import.at as isize, height),
                None => self.notice = Some(Notice::info(self.texts.get("notice-no-more-remarks"))),
            }
        }
    }

    pub(super) fn commit_import(&mut self) {
        let Some(Room::Import(import)) = self.rooms.last() else { return };
        if import.preview.known.is_some() {
            self.notice = Some(Notice::no(self.texts.get("notice-file-known")));
            return;
        }
        let asks = self.seat.asks_of_preview(&import.preview, self.now());
        if asks.len() < 2 {
            self.notice = Some(Notice::no(self.texts.get("notice-nobody-to-import")));
            return;
        }
        let movement = asks.first().map(crate::desk::Ask::of);
        let proposal = Proposal { id: import.id, asks, undoes: None };
        self.kept.movement = movement;
        self.ask(proposal, After::Imported, None);
    }
}

/// Mended cells are shown as fields of an empty case; items get the nil id, for one row is mended at a time.
const fn slot_of(field: Field) -> Slot {
    use crate::domain::field::Part;
    match field.part() {
        Part::Own => Slot::own(field),
        _ => Slot::of(Ulid::nil(), field),
    }
}

/// The day on which a previewed movement lands, as its form holds it.
pub fn lands(movement: &Record) -> Option<chrono::NaiveDate> {
    match movement.get(Field::MoveLands) {
        Some(Value::Date(Dated { on, .. })) => *on,
        _ => None,
    }
}
