//! What the comparison says, in words: line by line what stands on each side, and how the two sides agree.

use super::{About, Compare, Side};
use crate::app::{App, Room};
use crate::desk::importing::Verdict;
use crate::desk::{Accord, Other, Trait, accord};
use crate::domain::case::Case;
use crate::domain::field::{Field, Part};
use crate::domain::record::Record;
use crate::domain::subject::Subject;

/// One line: what it is about, what each side says of it, and how the two agree.
pub struct Line {
    pub label: String,
    pub left: String,
    pub right: String,
    pub accord: Accord,
}

impl App {
    /// Every line on which a side says something.
    pub fn compare_lines(&self, compare: &Compare) -> Vec<Line> {
        let nobody = Record::empty(compare.left.record.of);
        let line = |of: Trait| {
            let left = self.said(of, &compare.left);
            let right = compare.right.as_ref().map(|side| self.said(of, side)).unwrap_or_default();
            let other = compare.right.as_ref().map_or(&nobody, |side| &side.record);
            let accord = accord(of, &compare.left.record, other);
            Line { label: self.texts.get(label_key(of)).into_owned(), left, right, accord }
        };
        let lines = Trait::ALL.into_iter().map(line);
        lines.filter(|line| !line.left.is_empty() || !line.right.is_empty()).collect()
    }

    /// How sure it is and why, never a figure; then what was decided of the two before.
    pub fn compare_head(&self, compare: &Compare) -> (String, String) {
        let Some(alike) = compare.current() else {
            return (String::new(), self.texts.get("compare-nobody").into_owned());
        };
        let reasons: Vec<String> = alike.reasons.iter().map(|key| self.texts.get(key).into_owned()).collect();
        let (place, count) = ((compare.at + 1).to_string(), compare.alike.len().to_string());
        let certainty = self.texts.get(alike.certainty).into_owned();
        let sure = if compare.alike.len() > 1 {
            self.texts.with("compare-place", &[("place", &place), ("count", &count), ("certainty", &certainty)])
        } else {
            certainty
        };
        let decided = match (compare.about, alike.other) {
            (About::Row(row), other) => self.rooms.iter().find_map(|room| match room {
                Room::Import(import) => import.preview.verdict_on(row, other),
                _ => None,
            }),
            (About::Form, Other::Case(id)) => self.rooms.iter().find_map(|room| match room {
                Room::Form(form) => form.verdict_on(Subject::case(id)),
                _ => None,
            }),
            (About::Form | About::Case(_), _) => None,
        };
        let mut why = reasons.join(", ");
        if let Some(verdict) = decided {
            why.push_str(&format!(" - {}", self.texts.get(verdict_key(verdict))));
        }
        (sure, why)
    }

    /// What stands above a column: whose it is.
    pub fn compare_heading(&self, side: &Side) -> String {
        match (&side.row, Case(&side.record).number()) {
            (Some(line), _) => self.texts.with("compare-row", &[("line", line)]),
            (None, Some(number)) => number.to_string(),
            (None, None) => self.texts.get("compare-form").into_owned(),
        }
    }

    fn said(&self, of: Trait, side: &Side) -> String {
        let record = &side.record;
        let plain = |field: Field| record.get(field).map(|value| self.brief(field, value));
        let raw = |field: Field| plain(field).map(|raw| format!("? {raw}"));
        let items = |part: Part, fields: &[Field]| self.items(record, part, fields).join("; ");
        let joined = |words: Vec<Option<String>>| words.into_iter().flatten().collect::<Vec<String>>().join(", ");
        let said = match of {
            Trait::Name => plain(Field::Name),
            Trait::Aliases => plain(Field::Aliases),
            Trait::PassportName => plain(Field::PassportName),
            Trait::Nik => plain(Field::Nik).or_else(|| raw(Field::NikRaw)),
            Trait::Birth => plain(Field::Birth).or_else(|| raw(Field::BirthRaw)),
            Trait::Sex => plain(Field::Sex),
            Trait::Documents => Some(items(Part::Document, &[Field::DocKind, Field::DocNo])),
            Trait::Phones => Some(items(Part::Phone, &[Field::PhoneNo, Field::PhoneWhose])),
            Trait::Home => plain(Field::Home).or_else(|| plain(Field::HomeText)),
            Trait::Contacts => {
                Some(items(Part::Contact, &[Field::ContactName, Field::ContactRelation, Field::ContactPhone]))
            }
            Trait::Work => Some(joined(vec![plain(Field::WorkCountry), plain(Field::Compound)])),
            Trait::Movement => {
                let movement = side.movement.as_deref().map(|movement| self.movement_words(movement));
                let queue = plain(Field::Queue).map(|queue| self.texts.with("compare-queue", &[("queue", &queue)]));
                Some(joined(vec![movement, queue]))
            }
            Trait::Status => record.code(Field::Status).map(|code| {
                let name = self.texts.get(&format!("status-{}", code.to_lowercase())).into_owned();
                format!("{code} {name}")
            }),
            Trait::Number => Case(record).number().map(|number| number.to_string()),
            Trait::Office => plain(Field::Owner),
        };
        said.unwrap_or_default()
    }
}

/// The key of a line's label: the field's own, or its part's where there may be several.
const fn label_key(of: Trait) -> &'static str {
    match of {
        Trait::Name => "field-name",
        Trait::Aliases => "field-aliases",
        Trait::PassportName => "field-passport-name",
        Trait::Nik => "field-nik",
        Trait::Birth => "field-birth",
        Trait::Sex => "field-sex",
        Trait::Documents => "part-document",
        Trait::Phones => "part-phone",
        Trait::Home => "field-home",
        Trait::Contacts => "part-contact",
        Trait::Work => "compare-work",
        Trait::Movement => "field-movement",
        Trait::Status => "field-status",
        Trait::Number => "field-case-number",
        Trait::Office => "compare-office",
    }
}

/// The key of a decision's word.
pub const fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "verdict-same",
        Verdict::Another => "verdict-another",
    }
}
