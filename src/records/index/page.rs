//! A page of the index: up to 256 cases packed together.
//!
//! Fixed facts stand in rows, texts in three small arenas: names and keys as they are searched, and the rest as it is
//! shown. A text that changes its length moves its page only, a few kilobytes. Pages are shared with snapshots and
//! copied when one of their cases changes meanwhile. Nothing here knows of more than one page.

use super::facts::{Columns, Facts};
use super::register::Registers;
use crate::domain::query::{keys_text, names_text, sex_place, status_place, tier_place};
use crate::domain::status::Status;
use crate::domain::subject::Number;
use crate::domain::summary::{Sex, Signs, Summary, Tier};
use crate::domain::value::Precision;
use crate::identity::name::NameKey;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::borrow::Cow;
use ulid::Ulid;

/// Cases of a full page.
pub const ROWS: usize = 256;
/// The longest text of one case that is kept, in bytes: a summary's bounded fields fit, a hostile one is cut.
const MAX_TEXT: usize = 4_096;

/// Texts of a page, end to end.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Texts {
    pub(super) text: String,
    pub(super) ends: Vec<u32>,
}

impl Texts {
    pub fn of(&self, slot: usize) -> &str {
        let start = if slot == 0 { 0 } else { self.ends[slot - 1] as usize };
        &self.text[start..self.ends[slot] as usize]
    }

    /// Replaces the text of a slot, or appends the next slot's.
    fn put(&mut self, slot: usize, new: &str) {
        let new = &new[..new.floor_char_boundary(MAX_TEXT)];
        if slot == self.ends.len() {
            self.text.push_str(new);
            self.ends.push(self.text.len() as u32);
            return;
        }
        let old = self.of(slot).len();
        let start = self.ends[slot] as usize - old;
        self.text.reserve_exact(new.len().saturating_sub(old));
        self.text.replace_range(start..start + old, new);
        for end in &mut self.ends[slot..] {
            *end = *end + new.len() as u32 - old as u32;
        }
    }

    fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

/// Up to [`ROWS`] cases.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub(super) ids: Vec<Ulid>,
    pub(super) facts: Box<Columns>,
    pub(super) sounds: Vec<NameKey>,
    /// What [`names_text`] gives.
    pub(super) names: Texts,
    /// Whether any name here may have a digit: hardly ever, and then what is typed in digits is sought there too.
    pub(super) has_digits: bool,
    /// What [`keys_text`] gives.
    pub(super) keys: Texts,
    /// The letters that the keys may have, a bit each: a name that is sought has others nearly always.
    pub(super) key_letters: u32,
    /// Name, aliases, documents, phones and group as they are shown, a line each.
    pub(super) shown: Texts,
}

/// Parts the texts of a list within a line.
const LIST: char = '\u{1f}';
/// Stands for a list that can be read from the keys.
const AS_KEYS: &str = "=";

impl Page {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Puts a case into a slot of this page, or into the next one.
    pub fn put(&mut self, slot: usize, case: &Summary, registers: &mut Registers) {
        let facts = pack(case, registers);
        let sounds = NameKey::of(&case.name);
        if slot == self.len() {
            self.ids.push(case.id);
            self.sounds.push(sounds);
        } else {
            self.ids[slot] = case.id;
            self.sounds[slot] = sounds;
        }
        self.facts.set(slot, &facts);
        let names = names_text(&case.name, &case.other_names);
        self.has_digits |= has_digit(&names);
        self.names.put(slot, &names);
        let keys = keys_text(case.nik, &case.documents, &case.phones);
        self.key_letters |= letters(&keys);
        self.keys.put(slot, &keys);
        self.shown.put(slot, &shown_text(case));
    }

    /// Empties a slot for good: its number is never another case's.
    pub fn clear(&mut self, slot: usize) {
        self.ids[slot] = Ulid::nil();
        self.facts.set(slot, &Facts::default());
        self.sounds[slot] = NameKey::default();
        for texts in [&mut self.names, &mut self.keys, &mut self.shown] {
            texts.put(slot, "");
        }
    }

    pub fn is_vacant(&self, slot: usize) -> bool {
        self.ids[slot].is_nil()
    }

    /// The folded name.
    pub fn name(&self, slot: usize) -> &str {
        self.names.of(slot).split('\n').next().unwrap_or_default()
    }

    /// The NIK, or zero.
    pub fn nik(&self, slot: usize) -> u64 {
        self.keys.of(slot).split('\n').next().and_then(|nik| nik.parse().ok()).unwrap_or(0)
    }

    /// The documents or phones in the form of the keys.
    pub fn keys_in(&self, slot: usize, line: usize) -> impl Iterator<Item = &str> {
        self.keys.of(slot).split('\n').nth(line).unwrap_or_default().split(' ').filter(|key| !key.is_empty())
    }

    /// Gives the case back; times are whole seconds.
    pub fn summary(&self, slot: usize, registers: &Registers) -> Option<Summary> {
        if self.is_vacant(slot) {
            return None;
        }
        let facts = self.facts.get(slot);
        let mut lines = self.shown.of(slot).split('\n').map(str::to_owned);
        let mut line = || lines.next().unwrap_or_default();
        let (name, other_names) = (line(), line());
        let documents = self.list(&line(), slot, 1, |key| key.to_uppercase());
        let phones = self.list(&line(), slot, 2, |key| format!("+{key}"));
        Some(Summary {
            id: self.ids[slot],
            number: Number::from_packed(facts.number),
            revision: facts.revision,
            name,
            other_names,
            sex: [None, Some(Sex::Male), Some(Sex::Female)].get(usize::from(facts.sex)).copied().flatten(),
            birth: day(facts.birth),
            birth_precision: precision(facts.birth_is),
            is_age_doubted: facts.birth_is & DOUBTED != 0,
            interest_on: day(facts.interest_on).unwrap_or_default(),
            status: Status::ALL.get(usize::from(facts.status).wrapping_sub(1)).copied().unwrap_or(Status::Lapor),
            status_at: time(facts.status_at),
            tier: Tier::ALL.get(usize::from(facts.tier).wrapping_sub(1)).copied().unwrap_or_default(),
            signs: Signs(facts.signs),
            nik: self.nik(slot),
            documents,
            phones,
            home: facts.home,
            country: (facts.country != [0; 3]).then_some(facts.country),
            group: line(),
            queue: facts.queue,
            movement: registers.movements.id(facts.movement),
            office: registers.offices.id(facts.office).unwrap_or_default(),
            officer: registers.offices.id(facts.officer),
            position: facts.position,
            safety: facts.safety,
            sector: facts.sector,
            channel: facts.channel,
            procedural: facts.procedural,
            problems: facts.problems,
            due: (facts.due != 0).then(|| time(facts.due)),
            debt_due: (facts.debt_due != 0).then(|| time(facts.debt_due)),
            open_debts: facts.open_debts,
            reported_at: time(facts.reported_at),
            changed_at: time(facts.changed_at),
        })
    }

    fn list(&self, line: &str, slot: usize, keys: usize, shown: impl Fn(&str) -> String) -> Vec<String> {
        match line {
            "" => Vec::new(),
            AS_KEYS => self.keys_in(slot, keys).map(shown).collect(),
            _ => line.split(LIST).map(str::to_owned).collect(),
        }
    }

    /// Gives up what was reserved for growing.
    pub fn shrink(&mut self) {
        self.ids.shrink_to_fit();
        self.sounds.shrink_to_fit();
        for texts in [&mut self.names, &mut self.keys, &mut self.shown] {
            texts.text.shrink_to_fit();
            texts.ends.shrink_to_fit();
        }
    }

    /// Bytes of facts and ids, of sounds, and of the three arenas.
    pub fn weigh(&self) -> [usize; 5] {
        let rows = self.ids.capacity() * size_of::<Ulid>() + size_of::<Columns>();
        let sounds = self.sounds.capacity() * size_of::<NameKey>();
        [rows + size_of::<Self>(), sounds, self.names.bytes(), self.keys.bytes(), self.shown.bytes()]
    }
}

/// Whether a digit is in a text.
pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The letters of a text that are `a` to `z`, a bit each.
pub(super) fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| letters | u32::from(byte.is_ascii_lowercase()) << (byte & 31))
}

const DOUBTED: u8 = 4;

fn pack(case: &Summary, registers: &mut Registers) -> Facts {
    let precision = match case.birth_precision {
        Precision::Certain => 0,
        Precision::Estimated => 1,
        Precision::Unknown => 2,
    };
    Facts {
        number: case.number.packed(),
        revision: case.revision,
        status_at: seconds(case.status_at),
        due: case.due.map_or(0, seconds),
        debt_due: case.debt_due.map_or(0, seconds),
        reported_at: seconds(case.reported_at),
        changed_at: seconds(case.changed_at),
        birth: case.birth.map_or(0, days),
        interest_on: days(case.interest_on),
        home: case.home,
        signs: case.signs.0,
        problems: case.problems,
        movement: case.movement.map_or(0, |id| registers.movements.place(id)),
        office: registers.offices.place(case.office),
        officer: case.officer.map_or(0, |id| registers.offices.place(id)),
        queue: case.queue,
        country: case.country.unwrap_or_default(),
        status: status_place(case.status),
        tier: tier_place(case.tier),
        sex: sex_place(case.sex),
        birth_is: precision | if case.is_age_doubted { DOUBTED } else { 0 },
        position: case.position,
        safety: case.safety,
        sector: case.sector,
        channel: case.channel,
        procedural: case.procedural,
        open_debts: case.open_debts,
    }
}

/// Seconds from 1970 to 2106; what lies outside is drawn to the ends, and never to *none*.
fn seconds(at: DateTime<Utc>) -> u32 {
    u32::try_from(at.timestamp().max(1)).unwrap_or(u32::MAX)
}

fn time(seconds: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds.into(), 0).unwrap_or_default()
}

fn days(day: NaiveDate) -> u32 {
    u32::try_from(day.num_days_from_ce()).unwrap_or(0)
}

pub(super) fn day(days: u32) -> Option<NaiveDate> {
    i32::try_from(days).ok().filter(|days| *days > 0).and_then(NaiveDate::from_num_days_from_ce_opt)
}

fn precision(birth_is: u8) -> Precision {
    match birth_is & 3 {
        0 => Precision::Certain,
        1 => Precision::Estimated,
        _ => Precision::Unknown,
    }
}

fn shown_text(case: &Summary) -> String {
    let keys = keys_text(0, &case.documents, &case.phones);
    let mut lines = keys.split('\n').skip(1);
    let mut list = |items: &[String], shown: fn(&str) -> String| {
        let keys: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let is_as_keys = keys.len() == items.len() && keys.iter().zip(items).all(|(key, item)| shown(key) == *item);
        if is_as_keys { AS_KEYS.to_owned() } else { items.iter().map(|i| plain(i)).collect::<Vec<_>>().join("\u{1f}") }
    };
    let documents = list(&case.documents, |key| key.to_uppercase());
    let phones = list(&case.phones, |key| format!("+{key}"));
    let [name, others, group] = [&case.name, &case.other_names, &case.group].map(|text| plain(text));
    format!("{name}\n{others}\n{documents}\n{phones}\n{group}")
}

/// Signs that part lines and lists here are blanks in a text.
fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', LIST]) { Cow::Owned(text.replace(['\n', LIST], " ")) } else { Cow::Borrowed(text) }
}
