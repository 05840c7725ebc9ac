//! The trafficking grid: act, means, purpose, and the eleven indicators of forced labour. Computed and explained, never typed.
//!
//! An indication by answers on a day, by somebody; it is no qualification and has no cut-off. Every screening is kept;
//! a new one never overwrites an old one. Palermo protocol, article 3; UU 21/2007; ILO indicators (`domain.md` B4).

use super::access::{Role, Roles};
use super::case::Case;
use super::change::{Change, Verb};
use super::field::{Field, Part};
use super::gate::{Circumstances, Draft, Obstacle, operator};
use super::record::{ItemId, Record, Slot};
use super::value::{Timed, Value};
use super::words::List;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;

/// The answers to one row of the grid: whatever is in neither set was answered *tidak*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub yes: BTreeSet<String>,
    pub unknown: BTreeSet<String>,
}

/// What a row says as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    No,
    Unknown,
    Yes,
}

impl Row {
    /// One yes suffices; without it one *tidak tahu* leaves the row open.
    pub fn holds(&self) -> Holds {
        match (self.yes.is_empty(), self.unknown.is_empty()) {
            (false, _) => Holds::Yes,
            (true, false) => Holds::Unknown,
            (true, true) => Holds::No,
        }
    }
}

/// All answers of one screening; indicators are codes `1` to `11`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub acts: Row,
    pub means: Row,
    pub purposes: Row,
    pub indicators: Row,
}

/// A part of the grid: its questions, and the fields in which a yes and a *tidak tahu* are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub questions: List,
    pub yes: Field,
    pub unknown: Field,
}

/// The parts of the grid in the order in which they are asked.
pub const GROUPS: [Group; 4] = [
    Group { questions: List::Act, yes: Field::ActsYes, unknown: Field::ActsUnknown },
    Group { questions: List::Means, yes: Field::MeansYes, unknown: Field::MeansUnknown },
    Group { questions: List::Purpose, yes: Field::PurposesYes, unknown: Field::PurposesUnknown },
    Group { questions: List::Indicator, yes: Field::Indicators, unknown: Field::IndicatorsUnknown },
];

impl Answers {
    /// The rows, in the order of [`GROUPS`].
    pub const fn rows(&self) -> [&Row; 4] {
        [&self.acts, &self.means, &self.purposes, &self.indicators]
    }

    /// Answers from rows in the order of [`GROUPS`].
    pub fn from_rows([acts, means, purposes, indicators]: [Row; 4]) -> Self {
        Self { acts, means, purposes, indicators }
    }
}

/// What the answers indicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    NotIndicated,
    NeedsDepth,
    Indicated,
}

impl Outcome {
    /// The key of its words; they always say that these are answers, not a finding.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotIndicated => "screening-not-indicated",
            Self::NeedsDepth => "screening-needs-depth",
            Self::Indicated => "screening-indicated",
        }
    }
}

/// One step of the explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    Act(Holds),
    Means(Holds),
    /// Under 18 at recruitment, or in doubt: means are not asked for (Palermo 3 c).
    MeansNotNeeded,
    Purpose(Holds),
}

impl Because {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Act(Holds::Yes) => "screening-act-yes",
            Self::Act(Holds::Unknown) => "screening-act-unknown",
            Self::Act(Holds::No) => "screening-act-no",
            Self::Means(Holds::Yes) => "screening-means-yes",
            Self::Means(Holds::Unknown) => "screening-means-unknown",
            Self::Means(Holds::No) => "screening-means-no",
            Self::MeansNotNeeded => "screening-means-child",
            Self::Purpose(Holds::Yes) => "screening-purpose-yes",
            Self::Purpose(Holds::Unknown) => "screening-purpose-unknown",
            Self::Purpose(Holds::No) => "screening-purpose-no",
        }
    }
}

/// The result with its reasons and the count of indicators, shown as `7/11`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    pub outcome: Outcome,
    pub because: Vec<Because>,
    pub indicators: u8,
}

/// Computes the result: indicated when every row that counts is yes, not indicated when one is no, else open.
pub fn assess(answers: &Answers, is_child: bool) -> Assessment {
    let (act, means, purpose) = (answers.acts.holds(), answers.means.holds(), answers.purposes.holds());
    let weakest = if is_child { act.min(purpose) } else { act.min(means).min(purpose) };
    let outcome = match weakest {
        Holds::Yes => Outcome::Indicated,
        Holds::Unknown => Outcome::NeedsDepth,
        Holds::No => Outcome::NotIndicated,
    };
    let means = if is_child { Because::MeansNotNeeded } else { Because::Means(means) };
    let indicators = answers.indicators.yes.iter().filter(|code| List::Indicator.has(code)).count();
    Assessment {
        outcome,
        because: vec![Because::Act(act), means, Because::Purpose(purpose)],
        indicators: indicators as u8,
    }
}

/// One kept screening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screening {
    pub item: ItemId,
    pub at: Option<DateTime<Utc>>,
    pub by: Option<ulid::Ulid>,
    pub answers: Answers,
}

/// Whether the person was a child at recruitment, or in doubt; `on` is the day of interest, which is later.
pub fn was_child(case: Case<'_>, on: Option<NaiveDate>) -> bool {
    match case.recruited_on().or(on) {
        Some(day) => case.age_on(day).is_child(),
        None => case.is_age_doubted() || case.has_check("A"),
    }
}

/// Every screening of a case, oldest first.
pub fn screenings(case: Case<'_>) -> Vec<Screening> {
    let record = case.0;
    let codes = |item: ItemId, field: Field| {
        let Some(Value::Codes(codes)) = record.get(Slot::of(item, field)) else { return BTreeSet::new() };
        codes.clone()
    };
    let row = |item, group: Group| Row { yes: codes(item, group.yes), unknown: codes(item, group.unknown) };
    let read = |item| Screening {
        item,
        at: record.at(Slot::of(item, Field::ScreenedAt)),
        by: record.link(Slot::of(item, Field::ScreenedBy)).map(|operator| operator.id),
        answers: Answers::from_rows(GROUPS.map(|group| row(item, group))),
    };
    let mut all: Vec<_> = record.items(Part::Screening).map(read).collect();
    all.sort_by_key(|screening| (screening.at, screening.item));
    all
}

/// Whether the latest screening indicates trafficking.
pub fn is_indicated(case: Case<'_>, on: Option<NaiveDate>) -> bool {
    let latest = screenings(case).pop();
    latest.is_some_and(|latest| assess(&latest.answers, was_child(case, on)).outcome == Outcome::Indicated)
}

/// Keeps the answers of one screening as a new version.
///
/// # Errors
/// Roles without need, codes that are not on their lists, one answer that is both yes and unknown.
pub fn screen(
    record: &Record,
    answers: &Answers,
    happened: Timed,
    circumstances: &Circumstances<'_>,
) -> Result<Change, Vec<Obstacle>> {
    let mut found = Vec::new();
    for (group, row) in GROUPS.iter().zip(answers.rows()) {
        let is_known = row.yes.iter().chain(&row.unknown).all(|code| group.questions.has(code));
        found.extend((!is_known || !row.yes.is_disjoint(&row.unknown)).then_some(Obstacle::Unknown(group.yes)));
    }
    let screeners: Roles =
        [Role::SocialWorker, Role::Psychologist, Role::Liaison, Role::Supervisor].into_iter().collect();
    found.extend(circumstances.roles.and(screeners).is_empty().then_some(Obstacle::NotYourRole));
    if !found.is_empty() {
        return Err(found);
    }
    let mut draft = Draft::new(record, Verb::Edit, happened, circumstances);
    let item = draft.item();
    draft.set(Slot::of(item, Field::ScreenedAt), Value::Time(happened));
    draft.set(Slot::of(item, Field::ScreenedBy), Value::Link(operator(circumstances.actor)));
    for (group, row) in GROUPS.iter().zip(answers.rows()) {
        draft.set(Slot::of(item, group.yes), Value::Codes(row.yes.clone()));
        draft.set(Slot::of(item, group.unknown), Value::Codes(row.unknown.clone()));
    }
    Ok(draft.finish(circumstances))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(holds: Holds, code: &str) -> Row {
        let set = |is_in: bool| if is_in { BTreeSet::from([code.to_owned()]) } else { BTreeSet::new() };
        Row { yes: set(holds == Holds::Yes), unknown: set(holds == Holds::Unknown) }
    }

    #[test]
    fn the_whole_truth_table_for_adults_and_children() {
        use Holds::{No, Unknown, Yes};
        for act in [No, Unknown, Yes] {
            for means in [No, Unknown, Yes] {
                for purpose in [No, Unknown, Yes] {
                    let answers = Answers {
                        acts: row(act, "RKT"),
                        means: row(means, "CLK"),
                        purposes: row(purpose, "JHT"),
                        indicators: Row::default(),
                    };
                    let adult = match (act, means, purpose) {
                        (Yes, Yes, Yes) => Outcome::Indicated,
                        (No, _, _) | (_, No, _) | (_, _, No) => Outcome::NotIndicated,
                        _ => Outcome::NeedsDepth,
                    };
                    let child = match (act, purpose) {
                        (Yes, Yes) => Outcome::Indicated,
                        (No, _) | (_, No) => Outcome::NotIndicated,
                        _ => Outcome::NeedsDepth,
                    };
                    assert_eq!(assess(&answers, false).outcome, adult, "{act:?} {means:?} {purpose:?}");
                    assert_eq!(assess(&answers, true).outcome, child, "{act:?} {means:?} {purpose:?}");
                    assert!(assess(&answers, true).because.contains(&Because::MeansNotNeeded));
                }
            }
        }
    }

    #[test]
    fn indicators_are_counted_and_change_no_outcome() {
        let mut answers = Answers::default();
        for (count, code) in List::Indicator.codes().iter().enumerate() {
            answers.indicators.yes.insert((*code).to_owned());
            let assessment = assess(&answers, false);
            assert_eq!(usize::from(assessment.indicators), count + 1);
            assert_eq!(assessment.outcome, Outcome::NotIndicated);
        }
    }

    #[test]
    fn the_child_rule_looks_at_the_day_of_recruitment() {
        use super::super::subject::Subject;
        use super::super::value::Dated;
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut record = Record::empty(Subject::case(ulid::Ulid(1)));
        record.facts.insert(Field::Birth.into(), Value::Date(Dated::certain(day("2007-03-01"))));
        for (recruited, is_child) in [("2025-02-28", true), ("2025-03-01", false), ("2025-09-01", false)] {
            record.facts.insert(Field::RecruitedOn.into(), Value::Date(Dated::certain(day(recruited))));
            assert_eq!(was_child(Case(&record), Some(day("2026-02-21"))), is_child, "{recruited}");
        }
        assert_eq!(Case(&record).age_on(day("2025-02-28")), super::super::case::Age::Child(17));
    }
}
