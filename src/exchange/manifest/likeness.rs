//! The same person twice in one file: by number, by document, by name and birth. Says why, and never removes anybody.

use super::row::{Key, Row};
use crate::identity::name::{Reason, score, score_names};
use crate::identity::phone::Phone;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// Names from this score on are the same person's when the birth is too (domain.md, C4).
const SAME_NAME: f32 = 0.75;
/// Names from this score on are the same person's when the phone is too.
const SAME_NAME_BY_PHONE: f32 = 0.6;
/// Below this score two names on one number are two people and a slip of the sender.
const OTHER_NAME: f32 = 0.5;

/// How sure it is that two rows are one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Somebody should compare the two.
    Possible,
    Strong,
    /// The same NIK or document, and nothing against it.
    Certain,
}

impl Certainty {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Possible => "manifest-certainty-possible",
            Self::Strong => "manifest-certainty-strong",
            Self::Certain => "manifest-certainty-certain",
        }
    }
}

/// An earlier row that seems to be the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sameness {
    /// Place of the earlier row in `Sheet::rows`.
    pub row: usize,
    pub certainty: Certainty,
    /// Keys of the reasons' words, the weightiest first.
    pub reasons: Vec<&'static str>,
}

impl Sameness {
    /// Whether the later row is left out unless somebody says otherwise.
    pub(super) fn leaves_out(&self) -> bool {
        self.certainty >= Certainty::Strong
    }
}

/// Above so many rows with one birth date or phone, only those that share a sound of the name are compared: a sender may
/// write the same day, or the agent's phone, in every row.
const CROWD: usize = 20;
/// Most rows of one crowd and one sound that are compared.
const MOST_ALIKE: usize = 20;

/// Places of earlier rows by what they could be found again with.
#[derive(Default)]
struct Seen<'a> {
    niks: HashMap<u64, usize>,
    documents: HashMap<&'a str, usize>,
    /// By birth date or phone.
    groups: HashMap<Group, Vec<usize>>,
    /// By birth date or phone, and one sound of the name.
    sounds: HashMap<(Group, u64), Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    Birth(NaiveDate),
    Phone(Phone),
}

/// What each row is the same as among the rows before it; the surest, then the earliest, of its likenesses.
pub(super) fn likenesses(rows: &[Row]) -> Vec<Option<Sameness>> {
    let mut seen = Seen::default();
    let mut found = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let candidates = seen.candidates(&row.key);
        let compared = candidates.into_iter().filter_map(|other| same(&rows[other].key, &row.key, other));
        found.push(compared.reduce(|best, next| if next.certainty > best.certainty { next } else { best }));
        seen.add(place, &row.key);
    }
    found
}

impl<'a> Seen<'a> {
    fn candidates(&self, key: &Key) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        found.extend(key.nik.and_then(|nik| self.niks.get(&nik.packed())));
        found.extend(key.documents.iter().filter_map(|number| self.documents.get(number.as_str())));
        let births = key.birth.into_iter().flat_map(|birth| [Some(birth), turned(birth)]).flatten().map(Group::Birth);
        for group in births.chain(key.phone.map(Group::Phone)) {
            match self.groups.get(&group) {
                Some(rows) if rows.len() > CROWD => {
                    let alike = key.sounds.sounds().filter_map(|sound| self.sounds.get(&(group, sound)));
                    found.extend(alike.flat_map(|rows| rows.iter().take(MOST_ALIKE)));
                }
                rows => found.extend(rows.into_iter().flatten()),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn add(&mut self, place: usize, key: &'a Key) {
        if let Some(nik) = key.nik {
            self.niks.entry(nik.packed()).or_insert(place);
        }
        for number in &key.documents {
            self.documents.entry(number).or_insert(place);
        }
        for group in key.birth.map(Group::Birth).into_iter().chain(key.phone.map(Group::Phone)) {
            self.groups.entry(group).or_default().push(place);
            for sound in key.sounds.sounds() {
                self.sounds.entry((group, sound)).or_default().push(place);
            }
        }
    }
}

/// Day and month the other way round, where that is another day.
fn turned(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()).filter(|turned| *turned != day)
}

fn same(earlier: &Key, later: &Key, row: usize) -> Option<Sameness> {
    let likeness = score(&earlier.sounds, &later.sounds).value;
    let is_same_birth = earlier.birth.is_some() && earlier.birth == later.birth;
    let is_turned_birth = earlier.birth.is_some() && earlier.birth.and_then(turned) == later.birth;
    let is_near_birth = is_same_birth || is_turned_birth;
    let is_same_phone = earlier.phone.is_some() && earlier.phone == later.phone;
    let mut found = numbered(earlier, later, likeness, row);
    let is_by_name = is_near_birth && likeness >= SAME_NAME;
    let is_by_phone = is_same_phone && likeness >= SAME_NAME_BY_PHONE;
    if is_by_name || is_by_phone {
        let certainty = if is_doubtful(earlier, later) { Certainty::Possible } else { Certainty::Strong };
        let sameness = found.get_or_insert(Sameness { row, certainty, reasons: Vec::new() });
        if is_by_name {
            sameness.reasons.push(if is_same_birth { "manifest-same-birth" } else { "manifest-turned-birth" });
        }
        if is_same_phone {
            sameness.reasons.push("manifest-same-phone");
        }
    }
    if let Some(sameness) = &mut found {
        sameness.reasons.extend(score_names(&earlier.name, &later.name).reasons.iter().map(Reason::key));
    }
    found
}

/// Whether sex or years speak against it.
fn is_doubtful(earlier: &Key, later: &Key) -> bool {
    let is_other_sex = earlier.sex.is_some() && later.sex.is_some() && earlier.sex != later.sex;
    let apart_days = earlier.birth.zip(later.birth).map_or(0, |(one, other)| (one - other).num_days().abs());
    is_other_sex || apart_days > 3 * 366
}

/// What numbers alone say: the same, unless name and birth are both somebody else's.
fn numbered(earlier: &Key, later: &Key, likeness: f32, row: usize) -> Option<Sameness> {
    let mut reasons = Vec::new();
    if earlier.nik.is_some() && earlier.nik == later.nik {
        reasons.push("manifest-same-nik");
    }
    if later.documents.iter().any(|number| earlier.documents.contains(number)) {
        reasons.push("manifest-same-document");
    }
    let is_other_birth = earlier.birth.zip(later.birth).is_some_and(|(one, other)| one != other);
    let is_other = likeness < OTHER_NAME && is_other_birth;
    let certainty = if is_other { Certainty::Possible } else { Certainty::Certain };
    (!reasons.is_empty()).then_some(Sameness { row, certainty, reasons })
}

#[cfg(test)]
mod tests {
    use super::super::{ReadOptions, Sheet, read};
    use super::*;

    fn sheet(rows: &str) -> Sheet {
        let today = "2026-02-21".parse().unwrap();
        let text = format!("Nama;L/P;Tgl Lahir;NIK;No Dokumen;No HP\n{rows}");
        read(text.as_bytes(), &ReadOptions { lands: today, today }).unwrap()
    }

    fn certainty(first: &str, second: &str) -> Option<Certainty> {
        sheet(&format!("{first}\n{second}\n")).rows[1].same_as.as_ref().map(|same| same.certainty)
    }

    #[test]
    fn numbers_names_births_and_phones_say_how_sure_it_is() {
        let maya = "Maya Lumowa;P;03-05-1998;7171084305989101;Z1111111;084611111111";
        for (other, expected) in [
            ("Tirta Rompas;L;09-09-1991;;;", None),
            ("MAYA LUMOWA;P;03-05-1998;;;", Some(Certainty::Strong)),
            ("Lumowa Maja;P;05-03-1998;;;", Some(Certainty::Strong)),
            ("Maya Lumowa;L;03-05-1998;;;", Some(Certainty::Possible)),
            ("Maya Lumowa;P;03-05-1997;;;", None),
            ("Maya Lumowa;P;;;;0846-1111-1111", Some(Certainty::Strong)),
            ("Maya Lumowa;P;03-05-1980;;;0846-1111-1111", Some(Certainty::Possible)),
            ("Tirta Rompas;P;03-05-1998;;;084611111111", None),
            ("Maya L.;P;;;z 1111111;", Some(Certainty::Certain)),
            ("Tirta Rompas;L;09-09-1991;7171084305989101;;", Some(Certainty::Possible)),
            ("Kartika Lumowa;P;03-05-1998;7171084305989102;;", None),
        ] {
            assert_eq!(certainty(maya, other), expected, "{other}");
        }
    }

    #[test]
    fn rows_without_names_are_not_each_other() {
        assert_eq!(certainty(";P;03-05-1998;;Z1111111;", ";P;03-05-1998;;Z2222222;"), None);
        assert_eq!(certainty("tak dikenal;P;03-05-1998;;;", "tak dikenal;P;03-05-1998;;;"), None);
    }

    #[test]
    fn a_day_that_stands_in_every_row_hides_nobody_and_costs_little() {
        let rows: String =
            (0..200).map(|row| format!("Tirta{} Banyu{row};L;01-01-1990;;;0846111111\n", row % 7)).collect();
        let sheet =
            sheet(&format!("Maya Lumowa;P;01-01-1990;;;0846111111\n{rows}Lumowa Maya;P;01-01-1990;;;0846111111\n"));
        assert_eq!(
            sheet.rows[201].same_as.as_ref().map(|same| (same.row, same.certainty)),
            Some((0, Certainty::Strong))
        );
    }

    #[test]
    fn a_third_row_points_at_the_surest_of_the_earlier_ones() {
        let rows = "Maya Lumowa;P;03-05-1998;;Z1111111;\nMaya Lumowa;P;03-05-1998;;Z2222222;\nMaya Lumowa;P;03-05-1998;;Z2222222;\n";
        let same = sheet(rows).rows[2].same_as.clone().unwrap();
        assert_eq!((same.row, same.certainty), (1, Certainty::Certain));
    }
}
