//! A row in the making: every cell of it read into facts, with what is odd about it.
//!
//! A value that cannot be read stays beside the field it was meant for (`nik_raw`, `birth_raw`, `home_text`); nothing is
//! guessed from one column into another, and the sender's remarks are hearsay (desk.md).

use super::ReadOptions;
use super::column::Column;
use super::date::{self, DayRead, Oddity, Sense};
use super::remark::{Remarks, Severity};
use super::row::Key;
use super::table::Cell;
use crate::domain::clean;
use crate::domain::field::{Field, Shape};
use crate::domain::record::{Facts, ItemId, Slot};
use crate::domain::value::{Dated, Value};
use crate::identity::country::Country;
use crate::identity::fold::fold;
use crate::identity::name::NameKey;
use crate::identity::nik;
use crate::identity::passport::{DocumentKind, DocumentRules};
use crate::identity::phone::{self, Phone};
use crate::identity::{Advice, Sex};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use ulid::Ulid;

/// One row in the making.
pub(super) struct Making<'a> {
    pub entries: &'a BTreeMap<Column, Cell>,
    pub place: u32,
    pub options: ReadOptions,
    pub facts: Facts,
    pub remarks: Remarks,
    pub key: Key,
}

impl Making<'_> {
    fn cell(&self, column: Column) -> Option<&Cell> {
        self.entries.get(&column).filter(|cell| !cell.is_blank())
    }

    pub fn shown(&self, column: Column) -> Option<String> {
        self.cell(column).map(|cell| cell.shown().into_owned())
    }

    pub fn set(&mut self, at: impl Into<Slot>, value: Value) {
        self.facts.insert(at.into(), value);
    }

    pub fn say(&mut self, severity: Severity, field: Field, key: &'static str, args: Vec<(&'static str, String)>) {
        self.remarks.say(severity, field, key, args);
    }

    pub fn note(&mut self, field: Field, key: &'static str) {
        self.say(Severity::Note, field, key, Vec::new());
    }

    fn advise(&mut self, field: Field, advices: &[impl Advice]) {
        for advice in advices {
            self.remarks.advise(field, advice);
        }
    }

    /// Sets a text field, cleaned and within its bound; says so when something was cut off.
    pub fn text(&mut self, field: Field, text: &str) -> String {
        let Shape::Text(most) = field.shape() else { return String::new() };
        let cleaned = clean::line(text, usize::from(most));
        if cleaned.was_cut {
            self.say(Severity::Warning, field, "manifest-text-cut", vec![("most", most.to_string())]);
        }
        if !cleaned.text.is_empty() {
            self.set(field, Value::text(cleaned.text.as_str()));
        }
        cleaned.text
    }

    pub fn name(&mut self) {
        let written = self.shown(Column::Name).unwrap_or_default();
        if written.contains('\n') {
            self.say(Severity::Warning, Field::Name, "manifest-cell-lines", Vec::new());
        }
        let name = self.text(Field::Name, &written);
        let folded = fold(&name);
        let words = || folded.split(' ');
        let kind = if folded.is_empty() {
            self.say(Severity::Error, Field::Name, "manifest-name-missing", Vec::new());
            "TDK"
        } else if matches!(
            folded.as_str(),
            "tak dikenal" | "tidak dikenal" | "unknown" | "tanpa nama" | "no name" | "mr x" | "x"
        ) {
            "TDK"
        } else if words().all(|word| word.chars().count() == 1) {
            "INI"
        } else {
            "LKP"
        };
        if name.chars().any(|c| c.is_ascii_digit()) {
            self.say(Severity::Warning, Field::Name, "manifest-name-digits", Vec::new());
        }
        self.set(Field::NameKind, Value::code(kind));
        if kind == "LKP" {
            self.key.sounds = NameKey::of(&name);
            self.key.name = name;
        }
    }

    pub fn sex(&mut self) {
        let Some(written) = self.shown(Column::Sex) else {
            return self.note(Field::Sex, "manifest-sex-missing");
        };
        let sex = match fold(&written).replace(' ', "").as_str() {
            "l" | "lk" | "lakilaki" | "laki" | "laki2" | "pria" | "cowok" | "m" | "male" | "man" => Sex::Male,
            "p" | "pr" | "perempuan" | "wanita" | "w" | "f" | "female" | "woman" => Sex::Female,
            _ => return self.say(Severity::Error, Field::Sex, "manifest-sex-unread", vec![("typed", written)]),
        };
        self.key.sex = Some(sex);
        self.set(Field::Sex, Value::code(sex.letter()));
    }

    /// Date and place of birth, from two columns or one.
    pub fn birth(&mut self) {
        let together = self.shown(Column::BirthPlaceAndDate);
        let (place, day) = match &together {
            Some(text) => {
                let digits_at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
                let (place, day) = text.split_at(digits_at);
                (Some(place.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()), Cell::of_text(day))
            }
            None => (self.shown(Column::BirthPlace), self.cell(Column::Birth).cloned().unwrap_or_default()),
        };
        if let Some(place) = place {
            self.text(Field::BirthPlace, &place);
        }
        if day.is_blank() {
            return self.note(Field::Birth, "manifest-birth-missing");
        }
        self.text(Field::BirthRaw, &day.shown());
        let today = self.options.today;
        let read = date::read(&day, Sense::Past, today);
        let is_possible = |on: NaiveDate| on <= today && today.years_since(on).is_some_and(|years| years <= 120);
        match read {
            Some(read) if read.dated.on.is_some_and(is_possible) => {
                self.key.birth = read.dated.on;
                self.set(Field::Birth, Value::Date(read.dated.clone()));
                self.odd_birth(&read);
            }
            Some(_) => self.say(
                Severity::Error,
                Field::Birth,
                "manifest-birth-impossible",
                vec![("typed", day.shown().into_owned())],
            ),
            None => self.say(
                Severity::Error,
                Field::Birth,
                "manifest-date-unread",
                vec![("typed", day.shown().into_owned())],
            ),
        }
    }

    /// A NIK that says the same day takes the doubt away.
    fn odd_birth(&mut self, read: &DayRead) {
        let by_nik = self.shown(Column::Nik).and_then(|raw| nik::read(&raw, self.options.today).birth);
        let is_confirmed = by_nik.is_some() && by_nik == read.dated.on;
        if !(is_confirmed
            && matches!(read.oddity, Some(Oddity::Ambiguous { .. } | Oddity::ShortYear | Oddity::MonthFirst)))
        {
            self.odd_day(Field::Birth, read);
        }
    }

    fn odd_day(&mut self, field: Field, read: &DayRead) {
        let shown = |on: Option<NaiveDate>| on.map(|on| on.format("%d-%m-%Y").to_string()).unwrap_or_default();
        let mut args = vec![("read", shown(read.dated.on))];
        let (severity, key) = match read.oddity {
            None => return,
            Some(Oddity::Ambiguous { other }) => {
                args.push(("other", shown(Some(other))));
                (Severity::Note, "manifest-date-ambiguous")
            }
            Some(Oddity::MonthFirst) => (Severity::Warning, "manifest-date-month-first"),
            Some(Oddity::Serial) => (Severity::Note, "manifest-date-serial"),
            Some(Oddity::ShortYear) => (Severity::Note, "manifest-date-short-year"),
            Some(Oddity::OnlyYear) => (Severity::Warning, "manifest-date-only-year"),
        };
        self.say(severity, field, key, args);
    }

    pub fn nik(&mut self) {
        let Some(cell) = self.cell(Column::Nik).cloned() else {
            return self.note(Field::Nik, "manifest-nik-missing");
        };
        let raw = cell.shown();
        let reading = nik::read(&raw, self.options.today);
        // A spreadsheet keeps fifteen digits of a number; what wrote the file may have kept them all.
        let lost_digits = matches!(cell, Cell::Number(number) if number >= 1e15 && number % 1e5 == 0.0);
        if lost_digits {
            self.advise(Field::Nik, &[nik::Remark::Spreadsheet]);
        } else {
            if matches!(cell, Cell::Number(number) if number >= 1e15 && (number % 10.0 == 0.0 || number > 9_007_199_254_740_992.0))
            {
                self.say(Severity::Warning, Field::Nik, "manifest-nik-rounded", Vec::new());
            }
            self.advise(Field::Nik, &reading.remarks);
        }
        match reading.nik.filter(|_| !lost_digits) {
            Some(nik) => {
                self.key.nik = Some(nik);
                self.set(Field::Nik, Value::Text(nik.to_string()));
                // As the sheet wrote it, where that was another way: whoever doubts the reading sees what was read.
                if raw != nik.to_string() {
                    self.text(Field::NikRaw, &raw);
                }
                let remarks = nik::compare(&reading, self.key.birth, self.key.sex);
                self.advise(Field::Nik, &remarks);
            }
            None => {
                self.text(Field::NikRaw, &raw);
            }
        }
    }

    /// Travel documents: one for each column that has a number; kind and dates belong to the first.
    pub fn documents(&mut self) {
        let told_kind = self.shown(Column::DocKind);
        let kind = told_kind.as_deref().and_then(document_kind);
        if let (Some(told), None) = (&told_kind, kind) {
            self.say(Severity::Warning, Field::DocKind, "manifest-document-kind-unread", vec![("typed", told.clone())]);
        }
        let columns =
            [(Column::DocNo, kind), (Column::PassportNo, kind.or(Some("PSP"))), (Column::SplpNo, Some("SPL"))];
        let mut is_first = true;
        for (column, kind) in columns {
            let Some(raw) = self.shown(column) else { continue };
            let reading = DocumentRules::built_in().read(&raw);
            self.advise(Field::DocNo, &reading.remarks);
            let number = reading.number.map_or_else(|| clean::line(&raw, 20).text, |number| number.as_str().to_owned());
            if number.is_empty() {
                continue;
            }
            let item = self.item(&number);
            self.key.documents.push(number.clone());
            self.set(Slot::of(item, Field::DocNo), Value::Text(number));
            if let Some(kind) = kind.or(told_kind.as_ref().map(|_| "LAI")) {
                self.set(Slot::of(item, Field::DocKind), Value::code(kind));
            }
            if is_first {
                self.document_dates(item, kind);
            }
            is_first = false;
        }
        if is_first {
            self.note(Field::DocNo, "manifest-document-missing");
        }
    }

    fn document_dates(&mut self, item: ItemId, kind: Option<&str>) {
        let issued = self.document_day(item, Column::DocIssued, Sense::Past);
        let until = self.document_day(item, Column::DocUntil, Sense::Until);
        let kind = match kind {
            Some("PSP") => Some(DocumentKind::Passport),
            Some("SPL") => Some(DocumentKind::Splp),
            _ => None,
        };
        if let Some(kind) = kind {
            let remarks = DocumentRules::built_in().check_dates(kind, issued, until, self.options.lands);
            self.advise(Field::DocUntil, &remarks);
        }
    }

    fn document_day(&mut self, item: ItemId, column: Column, sense: Sense) -> Option<NaiveDate> {
        let cell = self.cell(column)?.clone();
        let Some(read) = date::read(&cell, sense, self.options.today) else {
            let args = vec![("typed", cell.shown().into_owned())];
            self.say(Severity::Error, column.field(), "manifest-date-unread", args);
            return None;
        };
        self.odd_day(column.field(), &read);
        let on = read.dated.on?;
        self.set(
            Slot::of(item, column.field()),
            Value::Date(Dated { source: Some("manifes".to_owned()), ..read.dated }),
        );
        Some(on)
    }

    pub fn phone(&mut self) {
        let Some(raw) = self.shown(Column::Phone) else { return };
        let reading = phone::read(&raw);
        self.advise(Field::PhoneNo, &reading.remarks);
        self.key.phone = reading.phone;
        let number = reading.phone.map_or_else(|| clean::line(&raw, 40).text, Phone::e164);
        if !number.is_empty() && !reading.is_none {
            let item = self.item(&number);
            self.set(Slot::of(item, Field::PhoneNo), Value::Text(number));
        }
    }

    pub fn nationality(&mut self) {
        let written = self.shown(Column::Nationality);
        let is_splp =
            self.facts.iter().any(|(slot, value)| slot.field == Field::DocKind && *value == Value::code("SPL"));
        let country = match &written {
            Some(text) if matches!(fold(text).as_str(), "wni" | "indonesian" | "ina" | "ri") => {
                Some(Country::INDONESIA)
            }
            Some(text) => Country::parse(text),
            // Both are given to citizens only.
            None => (self.key.nik.is_some() || is_splp).then_some(Country::INDONESIA),
        };
        match (country, written) {
            (Some(country), _) => self.set(Field::Nationality, Value::code(country.code())),
            (None, Some(typed)) => {
                self.say(Severity::Warning, Field::Nationality, "manifest-country-unread", vec![("typed", typed)])
            }
            (None, None) => {}
        }
    }

    pub fn rest(&mut self) {
        let texts = [
            Column::PassportName,
            Column::Aliases,
            Column::FamilyCard,
            Column::Address,
            Column::Group,
            Column::Seat,
            Column::Remarks,
        ];
        for column in texts {
            if let Some(text) = self.shown(column) {
                self.text(column.field(), &text);
            }
        }
        if let Some(typed) = self.shown(Column::Queue) {
            match typed.trim_start_matches(|c: char| !c.is_ascii_digit()).parse() {
                Ok(number @ 1..=9_999) => self.set(Field::Queue, Value::Number(number)),
                _ => self.say(Severity::Warning, Field::Queue, "manifest-queue-unread", vec![("typed", typed)]),
            }
        }
        self.set(Field::ReportChannel, Value::code("MNF"));
        self.set(Field::ImportRow, Value::Number(i64::from(self.place)));
    }

    /// The id of a document or phone: the same number at the same place gives the same id.
    fn item(&self, text: &str) -> ItemId {
        let mut hash = Sha256::new();
        hash.update(self.place.to_be_bytes());
        hash.update(text.as_bytes());
        let digest = hash.finalize();
        let low = digest.iter().take(10).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let at = self.options.today.and_hms_opt(0, 0, 0).map_or(0, |at| at.and_utc().timestamp_millis());
        Ulid::from_parts(u64::try_from(at).unwrap_or(0), low)
    }
}

/// A code of `List::DocKind` for what senders write.
fn document_kind(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let starts = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    Some(match () {
        () if starts(&["paspor", "passport", "pasport", "passpor", "psp", "ppt"]) => "PSP",
        () if starts(&["splp", "spl", "surat perjalanan laksana", "emergency", "etd"]) => "SPL",
        () if starts(&["ktp", "e ktp", "kartu tanda"]) => "KTP",
        () if starts(&["kartu keluarga", "kk"]) => "KK",
        () if starts(&["akta", "akte", "birth cert"]) => "AKT",
        () if starts(&["ijazah"]) => "IJZ",
        () => return None,
    })
}
