//! A manifest on its way in: read, compared with itself and with the desk, shown, mended, and turned into one proposal.
//! What an operator decides about rows and people alike is in [`deciding`].

mod deciding;
mod kept;

pub use deciding::Verdict;

use super::alike::Other;
use super::ask::Ask;
use super::duplicates::{Candidate, Certainty};
use super::seat::Seat;
use crate::domain::calendar::{show_date, show_day};
use crate::domain::change::Verb;
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use crate::domain::value::{Dated, Timed, Value};
use crate::exchange::manifest::{self, ReadOptions, Row, Sameness, Severity, Sheet};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

pub use kept::KeptPreview;

pub use crate::exchange::manifest::{Counts, MAX_BYTES as MANIFEST_BYTES, RowRemark as Remark};

/// Files of a drop folder that are offered at most.
const MOST_DROPPED: usize = 200;

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    Goes,
    /// Goes, with something to look at.
    Warned,
    /// Goes, with something that could not be read: kept as it was written.
    Wrong,
    /// Already in the file or on the desk: left out.
    Same,
    /// Left out by hand.
    LeftOut,
}

/// A manifest that was read and not yet committed.
#[derive(Debug)]
pub struct Preview {
    sheet: Sheet,
    /// The bytes as they came: read again when the landing changes.
    bytes: Vec<u8>,
    /// Cells that were mended, to be mended again after reading anew.
    mended: Vec<(usize, Field, String)>,
    by_hand: BTreeMap<usize, bool>,
    /// What was decided of a row and somebody alike; of two rows it is the later one's.
    decided: BTreeMap<(usize, Other), Verdict>,
    on_desk: Vec<Option<Candidate>>,
    /// The movement that it becomes, as facts in the making.
    pub movement: Record,
    /// The movement that the same file became before.
    pub known: Option<Subject>,
}

/// The manifests lying in a drop folder, by name.
pub fn dropped(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_manifest = |name: &String| {
        let lower = name.to_lowercase();
        [".csv", ".tsv", ".txt", ".xlsx"].iter().any(|end| lower.ends_with(end))
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(is_manifest)
        .take(MOST_DROPPED)
        .collect();
    names.sort();
    names
}

/// Reads a file of at most [`MANIFEST_BYTES`].
///
/// # Errors
/// When it cannot be read or is too large; the path stands in the refusal, for the operator who typed it.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let shown = path.display().to_string();
    let refused = |key| Refusal::new(key).with("path", shown.clone());
    let file = std::fs::File::open(path).map_err(|_| refused("refused-file-unreadable"))?;
    read_all(file).map_err(|error| match error {
        ReadError::TooLarge => Refusal::new("manifest-too-large"),
        ReadError::Io => refused("refused-file-unreadable"),
    })
}

enum ReadError {
    TooLarge,
    Io,
}

fn read_all(input: impl Read) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input.take(MANIFEST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|_| ReadError::Io)?;
    if bytes.len() > MANIFEST_BYTES { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Reads a manifest from standard input or any other stream.
///
/// # Errors
/// As [`read_file`].
pub fn read_stream(input: impl Read) -> Result<Vec<u8>, Refusal> {
    read_all(input).map_err(|error| match error {
        ReadError::TooLarge => Refusal::new("manifest-too-large"),
        ReadError::Io => Refusal::new("refused-file-unreadable").with("path", "-"),
    })
}

/// The name of a movement that was given none: the day on which it lands.
fn unnamed(lands: NaiveDate) -> String {
    format!("kloter {}", show_day(lands))
}

/// Whether a name is one that [`unnamed`] gave.
fn is_unnamed(name: &str) -> bool {
    name.strip_prefix("kloter ").is_some_and(|day| NaiveDate::parse_from_str(day, "%d-%m-%Y").is_ok())
}

impl Seat {
    /// Reads a manifest and compares it with the desk.
    ///
    /// # Errors
    /// When it is none, or too large; and for whoever takes in nobody: what is there already is not theirs to hear.
    pub fn preview(&self, bytes: &[u8], name: &str, now: DateTime<Utc>) -> Result<Preview, Refusal> {
        if let Some(refusal) = self.why_not(Some(Verb::Create)) {
            return Err(refusal);
        }
        let today = self.zone().day(now);
        let sheet = manifest::read(bytes, &ReadOptions { lands: today, today })?;
        let mut movement = Record::empty(Subject::new(Kind::Movement, self.new_id()));
        let fingerprint = hex(&sheet.fingerprint);
        let name: String = if name.is_empty() { unnamed(today) } else { name.chars().take(40).collect() };
        movement.facts.extend([
            (Field::MoveName.into(), Value::text(name)),
            (Field::MoveLands.into(), Value::Date(Dated::certain(today))),
            (Field::MoveFile.into(), Value::text(fingerprint.clone())),
            (Field::MoveFileRows.into(), Value::Number(sheet.rows.len() as i64)),
        ]);
        let known = self.directory().movement_of_file(&fingerprint).map(|movement| movement.of);
        let mut preview = Preview {
            sheet,
            bytes: bytes.to_vec(),
            mended: Vec::new(),
            by_hand: BTreeMap::new(),
            decided: BTreeMap::new(),
            on_desk: Vec::new(),
            movement,
            known,
        };
        self.compare(&mut preview);
        Ok(preview)
    }

    /// Reads the rows again after the landing or a cell was changed.
    pub fn preview_again(&self, preview: &mut Preview, now: DateTime<Utc>) {
        let today = self.zone().day(now);
        let lands = preview.lands().unwrap_or(today);
        if preview.movement.text(Field::MoveName).is_some_and(is_unnamed) {
            preview.movement.facts.insert(Field::MoveName.into(), Value::Text(unnamed(lands)));
        }
        if let Ok(sheet) = manifest::read(&preview.bytes, &ReadOptions { lands, today }) {
            preview.sheet = sheet;
            for (row, field, text) in preview.mended.clone() {
                preview.sheet.set(row, field, &text);
            }
        }
        self.compare(preview);
    }

    /// Looks for every row among the people of the desk. A sure or strong hit on an open case leaves the row out unless
    /// somebody says otherwise; whoever came home before and is closed comes in again, linked.
    fn compare(&self, preview: &mut Preview) {
        preview.on_desk = preview.sheet.rows.iter().map(|row| self.best_candidate(row)).collect();
        for place in 0..preview.sheet.rows.len() {
            let is_left_out = match preview.by_hand.get(&place) {
                Some(is_left_out) => Some(*is_left_out),
                None if self.is_here_already(preview, place) => Some(true),
                None => None,
            };
            if let Some(is_left_out) = is_left_out {
                preview.sheet.rows[place].leave_out(is_left_out);
            }
        }
    }

    /// The likeliest case on the desk for a row, if it is likely enough.
    fn best_candidate(&self, row: &Row) -> Option<Candidate> {
        self.alike(None, &row.facts, 1).pop().filter(|candidate| candidate.certainty >= Certainty::Strong)
    }

    fn is_here_already(&self, preview: &Preview, row: usize) -> bool {
        let candidate = preview.on_desk[row].as_ref().filter(|c| c.certainty >= Certainty::Strong);
        candidate.is_some_and(|candidate| self.is_open_case(candidate.id))
    }

    /// What committing a preview asks: the movement, then every person that goes.
    pub fn asks_of_preview(&self, preview: &Preview, now: DateTime<Utc>) -> Vec<Ask> {
        let happened = Timed::certain(now);
        let movement = preview.movement.of;
        let from = self.country_of(&preview.movement);
        let mut queues = BTreeSet::new();
        let cases = preview.cases(|| Subject::case(self.new_id()));
        let mut asks = vec![Ask::Create { of: movement, facts: preview.movement.facts.clone(), happened }];
        for (&place, &of) in &cases {
            let row = &preview.sheet.rows[place];
            let mut facts = row.facts.clone();
            facts.insert(Field::Movement.into(), Value::Link(movement));
            facts.entry(Field::ReportChannel.into()).or_insert(Value::code("MNF"));
            facts.insert(Field::ReportedAt.into(), Value::Time(happened));
            facts.entry(Field::ReportCountry.into()).or_insert(Value::code(from.clone()));
            let given = row.given.unwrap_or(row.place);
            let queue = facts.entry(Field::Queue.into()).or_insert(Value::Number(i64::from(given))).clone();
            if !queues.insert(queue) {
                // Twice in the file: whoever comes second gets a number at the desk.
                facts.remove(&Field::Queue.into());
            }
            self.answer_duplicate(&mut facts, preview, place, &cases);
            asks.push(Ask::Create { of, facts, happened });
        }
        asks
    }

    /// Where the people of a manifest report from: where the movement began, else the country of an office abroad. A desk at
    /// home takes them for people from Cambodia, as most of them are.
    fn country_of(&self, movement: &Record) -> String {
        let said = movement.code(Field::MoveFrom).map(str::to_owned);
        said.or(Some(self.country()).filter(|country| country != "IDN")).unwrap_or_else(|| "KHM".into())
    }
}

impl Preview {
    /// Rows of the file.
    pub fn rows(&self) -> usize {
        self.sheet.rows.len()
    }

    /// The day on which the movement lands.
    pub fn lands(&self) -> Option<NaiveDate> {
        self.movement.day(Field::MoveLands)
    }

    /// Says on which day the movement lands; the rows are read again afterwards, [`Seat::preview_again`].
    pub fn lands_on(&mut self, day: NaiveDate) {
        self.movement.facts.insert(Field::MoveLands.into(), Value::Date(Dated::certain(day)));
    }

    /// The number that the sender gave a row, else its place.
    pub fn given(&self, row: usize) -> String {
        self.sheet.rows.get(row).map(|row| row.given.unwrap_or(row.place).to_string()).unwrap_or_default()
    }

    /// What a row says in a field, as the sender or the mender wrote it.
    pub fn cell(&self, row: usize, field: Field) -> String {
        self.sheet.rows.get(row).and_then(|row| row.entry(field)).unwrap_or_default()
    }

    /// The birth date as it was read, else as the sender wrote it.
    pub fn birth(&self, row: usize) -> String {
        match self.sheet.rows.get(row).and_then(|row| row.facts.get(&Field::Birth.into())) {
            Some(Value::Date(date)) if date.on.is_some() => show_date(date),
            _ => self.cell(row, Field::Birth),
        }
    }

    /// The NIK as it was read, else as the sender wrote it.
    pub fn nik(&self, row: usize) -> String {
        match self.sheet.rows.get(row).and_then(|row| row.facts.get(&Field::Nik.into())) {
            Some(Value::Text(nik)) => nik.clone(),
            _ => self.cell(row, Field::Nik),
        }
    }

    /// The heaviest remark that is more than a note.
    pub fn main_remark(&self, row: usize) -> Option<&Remark> {
        self.remarks(row).into_iter().find(|remark| remark.severity > Severity::Note)
    }

    /// What is to be said of a row, heaviest first.
    pub fn remarks(&self, row: usize) -> Vec<&Remark> {
        let mut remarks: Vec<&Remark> =
            self.sheet.rows.get(row).map(|row| row.remarks.iter().collect()).unwrap_or_default();
        remarks.sort_by_key(|remark| std::cmp::Reverse(remark.severity));
        remarks
    }

    /// How a row stands.
    pub fn state(&self, row: usize) -> RowState {
        let Some(read) = self.sheet.rows.get(row) else { return RowState::LeftOut };
        if self.verdict(row) != Some(Verdict::Same) && self.by_hand.get(&row) == Some(&true) {
            return RowState::LeftOut;
        }
        match read.severity() {
            _ if read.is_left_out() => RowState::Same,
            Some(Severity::Error) => RowState::Wrong,
            Some(Severity::Warning) => RowState::Warned,
            Some(Severity::Note) | None => RowState::Goes,
        }
    }

    /// The earlier row of the file that a row seems to repeat.
    pub fn same_in_file(&self, row: usize) -> Option<&Sameness> {
        self.sheet.rows.get(row)?.same_as.as_ref()
    }

    /// The case on the desk that a row seems to be.
    pub fn on_desk(&self, row: usize) -> Option<&Candidate> {
        self.on_desk.get(row)?.as_ref()
    }

    pub fn counts(&self) -> Counts {
        self.sheet.counts()
    }

    /// The next row, going round, that has an error, a warning or somebody alike about whom nothing was decided.
    pub fn next_remark(&self, from: usize) -> Option<usize> {
        let count = self.rows();
        (1..=count).map(|step| (from + step) % count).find(|row| self.asks_for_a_look(*row))
    }

    /// Rows that are left out because somebody on the desk is much like them, which nobody has looked at: neither a number
    /// nor a hand says that it is the same person.
    pub fn left_out_unseen(&self) -> Vec<usize> {
        let is_unsure = |row: &usize| {
            let candidate = self.on_desk.get(*row).and_then(Option::as_ref);
            candidate.is_some_and(|candidate| candidate.certainty < Certainty::Sure)
                && self.same_in_file(*row).is_none()
        };
        let is_out = |row: &usize| self.sheet.rows[*row].is_left_out() && !self.by_hand.contains_key(row);
        (0..self.rows()).filter(is_out).filter(is_unsure).collect()
    }

    /// Leaves a row out, or takes it back in; what was decided of it is undecided again.
    pub fn toggle(&mut self, row: usize) {
        self.decided.retain(|(decided, _), _| *decided != row);
        if let Some(read) = self.sheet.rows.get_mut(row) {
            let is_left_out = !read.is_left_out();
            read.leave_out(is_left_out);
            self.by_hand.insert(row, is_left_out);
        }
    }

    /// Mends one cell; the rows are compared anew by [`Seat::preview_again`].
    pub fn set(&mut self, row: usize, field: Field, text: &str) {
        self.mended.retain(|(r, f, _)| (*r, *f) != (row, field));
        self.mended.push((row, field, text.to_owned()));
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
