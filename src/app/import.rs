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
use crate::desk::importing::{KeptPreview, MANIFEST_BYTES, Preview};
use crate::domain::field::Field;
use crate::domain::record::{Record, Slot};
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ulid::Ulid;

/// The preview on the screen.
#[derive(Debug)]
pub struct Import {
    pub preview: Preview,
    pub at: usize,
    pub top: usize,
    /// The commit that this becomes, and until then the draft.
    pub(super) id: Ulid,
    /// Whether anything was mended, left out or said of the movement by hand.
    pub(super) is_dirty: bool,
    /// The people left out unseen who were pointed out: asked a second time, they stay out.
    told: Option<Vec<usize>>,
}

/// A preview as a draft.
#[derive(Serialize, Deserialize)]
pub(super) struct ImportDraft {
    import: KeptPreview,
    at: usize,
}

impl ImportDraft {
    /// The draft of a preview, with what is half typed in the form over it.
    pub(super) fn of(import: &Import, over: Option<&Form>) -> Self {
        let mut kept = import.preview.kept();
        for entry in over.iter().flat_map(|form| &form.entries).filter(|entry| entry.is_touched) {
            if let Some(Purpose::FixRow(row)) = over.map(|form| form.purpose) {
                kept.mend(row, entry.slot, entry.line.text());
            } else {
                kept.say(entry.slot, entry.value.clone());
            }
        }
        Self { import: kept, at: import.at }
    }

    /// The bytes that are kept.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// A draft from its bytes; `None` when they are none of a preview.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// How much was done by hand.
    pub(super) fn changes(&self) -> usize {
        self.import.changes()
    }

    /// The name of the movement.
    pub(super) fn name(&self) -> String {
        match self.import.movement().get(&Field::MoveName.into()) {
            Some(Value::Text(name)) => name.clone(),
            _ => String::new(),
        }
    }
}

/// Files of the drop folder that are read to know whether they were taken in before.
const LOOKED_INTO: usize = 20;
/// Bytes of such a file at most.
const LOOKED_INTO_BYTES: u64 = 1 << 20;

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
        self.is_dirty = true;
    }
}

impl App {
    /// Asks where the manifest is: the drop folder's files if there are any, else a path; a paste works as well.
    pub(super) fn open_import(&mut self) {
        self.awaited = None;
        let names = self.setting.drop_folder.as_deref().map(crate::desk::importing::dropped).unwrap_or_default();
        if names.is_empty() {
            return self.ask_manifest();
        }
        let known = self.known_files(&names);
        let mut rows: Vec<PickRow<Choice>> = names
            .into_iter()
            .map(|name| {
                let detail =
                    if known.contains(&name) { self.texts.get("file-known").into_owned() } else { String::new() };
                PickRow::new(Choice::File(name.clone()), name, detail)
            })
            .collect();
        rows.push(PickRow::new(Choice::AnotherFile, self.texts.get("file-another").into_owned(), ""));
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-dropped", rows))));
    }

    /// Asks for a path; a paste works as well.
    pub(super) fn ask_manifest(&mut self) {
        self.rooms.push(Room::Prompt(Box::new(Prompt::manifest())));
    }

    /// Which files of the drop folder were taken in before: the first few of ordinary size are read to know.
    fn known_files(&self, names: &[String]) -> BTreeSet<String> {
        let Some(folder) = self.setting.drop_folder.as_deref() else { return BTreeSet::new() };
        let is_small = |path: &std::path::Path| path.metadata().is_ok_and(|meta| meta.len() <= LOOKED_INTO_BYTES);
        let is_known = |name: &&String| {
            let path = folder.join(name);
            let bytes = is_small(&path).then(|| crate::desk::importing::read_file(&path).ok()).flatten();
            bytes.is_some_and(|bytes| self.seat.is_file_known(&bytes, self.now()).unwrap_or(false))
        };
        names.iter().take(LOOKED_INTO).filter(is_known).cloned().collect()
    }

    /// A text pasted into a list: the rows of a manifest where files are listed, else letters that narrow the list.
    pub(super) fn paste_into_pick(&mut self, text: &str) {
        let Some(Room::Pick(pick)) = self.rooms.last_mut() else { return };
        if pick.title == "title-dropped" && text.trim_end().contains(['\n', '\t']) {
            return self.import_text(text);
        }
        if pick.has_filter {
            return pick.paste(text);
        }
        self.refuse(self.texts.get("why-not-text-here").into_owned(), true);
    }

    pub(super) fn import_dropped(&mut self, name: &str) {
        if let Some(folder) = self.setting.drop_folder.clone() {
            self.import_path(&folder.join(name));
        }
    }

    /// A path that the operator typed.
    pub(super) fn import_typed(&mut self, path: &std::path::Path) {
        match &self.setting.typed_paths_in {
            Some(folder) => self.import_path(&folder.join(path)),
            None => self.refuse(self.texts.get("refused-typed-path").into_owned(), false),
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
                if matches!(self.rooms.last(), Some(Room::Import(_))) {
                    // Another manifest in its place: the one before is kept first.
                    self.leave_import();
                }
                if matches!(self.rooms.last(), Some(Room::Prompt(_) | Room::Pick(_))) {
                    self.rooms.pop();
                }
                if matches!(self.rooms.last(), Some(Room::Import(_))) {
                    return;
                }
                let is_known = preview.known.is_some();
                let import = Import { preview, at: 0, top: 0, id: self.seat.new_id(), is_dirty: false, told: None };
                self.rooms.push(Room::Import(Box::new(import)));
                if let Some((id, kept)) = self.awaited.take()
                    && self.mend_as(id, &kept)
                {
                    return;
                }
                if is_known {
                    self.notice = Some(Notice::no(self.texts.get("notice-file-known")));
                } else {
                    self.edit_movement();
                }
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    /// Takes up a preview that was kept: over its own file, or over the same file once it is shown again.
    pub(super) fn take_up_import(&mut self, id: Ulid, draft: ImportDraft) {
        let ImportDraft { import: kept, at } = draft;
        let Some(file) = kept.file() else {
            self.open_import();
            self.awaited = Some((id, Box::new(kept)));
            self.notice = Some(Notice::info(self.texts.get("notice-file-again")));
            return;
        };
        match self.seat.preview(&file, "", self.now()) {
            Ok(preview) => {
                let import = Import { preview, at: 0, top: 0, id: self.seat.new_id(), is_dirty: false, told: None };
                self.rooms.push(Room::Import(Box::new(import)));
                self.mend_as(id, &kept);
                let height = self.list.height;
                if let Some(Room::Import(import)) = self.rooms.last_mut() {
                    import.step(isize::try_from(at).unwrap_or(0), height);
                }
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }

    /// Does to the preview on top what had been done to the kept one, if it is of the same file.
    fn mend_as(&mut self, id: Ulid, kept: &KeptPreview) -> bool {
        let (seat, now) = (self.seat.clone(), self.now());
        let Some(Room::Import(import)) = self.rooms.last_mut() else { return false };
        if !kept.is_of(&import.preview) {
            self.notice = Some(Notice::no(self.texts.get("notice-file-differs")));
            return false;
        }
        seat.take_up(&mut import.preview, kept, now);
        (import.id, import.is_dirty) = (id, true);
        let key = if import.preview.known.is_some() { "notice-file-known" } else { "notice-import-taken-up" };
        self.notice = Some(Notice::info(self.texts.get(key)));
        true
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
        import.is_dirty |= entries.iter().any(|entry| entry.is_touched);
        for entry in entries {
            match entry.value.clone() {
                Some(value) => import.preview.movement.facts.insert(entry.slot, value),
                None => import.preview.movement.facts.remove(&entry.slot),
            };
        }
        seat.preview_again(&mut import.preview, now);
        self.keep_soon();
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
                import.is_dirty = true;
            }
            seat.preview_again(&mut import.preview, now);
            self.keep_soon();
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

    /// Goes to the first of those who would be left out on a likeness alone, and says that once more leaves them out.
    fn point_out(&mut self, unseen: Vec<usize>) {
        let (height, count) = (self.list.height, unseen.len().to_string());
        let text = self.texts.with("notice-left-out-unseen", &[("count", &count)]);
        if let Some(Room::Import(import)) = self.rooms.last_mut() {
            let first = unseen.first().copied().unwrap_or(import.at);
            import.step(first as isize - import.at as isize, height);
            import.told = Some(unseen);
        }
        self.notice = Some(Notice::no(text));
    }

    pub(super) fn commit_import(&mut self) {
        let Some(Room::Import(import)) = self.rooms.last() else { return };
        if import.preview.known.is_some() {
            self.notice = Some(Notice::no(self.texts.get("notice-file-known")));
            return;
        }
        let unseen = import.preview.left_out_unseen();
        if !unseen.is_empty() && import.told.as_ref() != Some(&unseen) {
            return self.point_out(unseen);
        }
        let Some(Room::Import(import)) = self.rooms.last() else { return };
        let asks = self.seat.asks_of_preview(&import.preview, self.now());
        if asks.len() < 2 {
            self.notice = Some(Notice::no(self.texts.get("notice-nobody-to-import")));
            return;
        }
        let movement = asks.first().map(crate::desk::Ask::of);
        let id = import.id;
        self.kept.movement = movement;
        self.ask(Proposal { id, asks, undoes: None }, After::Imported, Some(id));
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
