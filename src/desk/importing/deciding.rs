//! Rows of a manifest and people alike: who a row may be again, what an operator decides of it, and what the new cases then
//! say. Nothing here decides by itself; what the rules do with a row of which nobody decided is in the parent.

use super::{Preview, RowState};
use crate::desk::alike::{Alike, MOST_ALIKE, Other};
use crate::desk::duplicates::Certainty;
use crate::desk::seat::Seat;
use crate::domain::case::items::linked;
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record};
use crate::domain::status::Status;
use crate::domain::subject::Subject;
use crate::domain::value::Value;
use std::collections::BTreeMap;
use ulid::Ulid;

/// What somebody said of two people alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Same,
    Another,
}

impl Seat {
    /// Everybody whom a row may be again: rows of the file before and after it, then people on the desk, the surest first.
    /// Looked for when somebody wants to see them, and so with those whom only a look can tell apart.
    pub fn alike_to_row(&self, preview: &Preview, row: usize) -> Vec<Alike> {
        let Some(read) = preview.sheet.rows.get(row) else { return Vec::new() };
        let rows = preview.sheet.rows.iter().enumerate().filter_map(|(place, other)| {
            let (same, place) = match &read.same_as {
                Some(same) if same.row == place => (same, place),
                _ => (other.same_as.as_ref().filter(|same| same.row == row)?, place),
            };
            let reasons = same.reasons.clone();
            Some(Alike { other: Other::Row(place), certainty: same.certainty.key(), reasons })
        });
        let on_desk = self.alike(None, &read.facts, MOST_ALIKE);
        rows.chain(on_desk.iter().map(Alike::from)).take(MOST_ALIKE).collect()
    }

    /// Keeps what was decided. The same person as an earlier row, or as somebody whose case is open, does not come in a
    /// second time; the same as one who came home before comes in, linked; somebody else comes in once no one is left
    /// whom the row may strongly be.
    pub fn decide(&self, preview: &mut Preview, row: usize, other: Other, verdict: Verdict) {
        let (row, other) = match other {
            Other::Row(place) if place > row => (place, Other::Row(row)),
            _ => (row, other),
        };
        preview.decided.insert((row, other), verdict);
        let is_here = |other: Other| match other {
            Other::Row(_) => true,
            Other::Case(id) => self.is_open_case(id),
        };
        let is_left_out = match preview.verdict(row) {
            Some(Verdict::Same) => {
                preview.decided_of(row).any(|(other, verdict)| verdict == Verdict::Same && is_here(other))
            }
            _ if preview.open_questions(row).next().is_none() => false,
            _ => return,
        };
        preview.by_hand.insert(row, is_left_out);
        if let Some(read) = preview.sheet.rows.get_mut(row) {
            read.leave_out(is_left_out);
        }
    }

    /// Whether the case's way is not yet ended.
    pub(super) fn is_open_case(&self, id: Ulid) -> bool {
        let summary = self.row_of(id).and_then(|row| self.index().summary(row));
        summary.is_some_and(|summary| summary.status != Status::Tutup)
    }

    /// Whether somebody came home before: the case can be found and is closed. Then a new one is a return, not a double.
    pub fn is_home_already(&self, id: Ulid) -> bool {
        self.row_of(id).and_then(|row| self.summary(row)).is_some_and(|summary| summary.status == Status::Tutup)
    }

    /// What a new case says of people alike: what was decided; nobody alike answers the question; somebody alike of whom
    /// nothing was decided stays a question, and one who surely came home before is linked.
    pub(super) fn answer_duplicate(
        &self,
        facts: &mut Facts,
        preview: &Preview,
        row: usize,
        cases: &BTreeMap<usize, Subject>,
    ) {
        let link = |facts: &mut Facts, case: Subject, kind: &str| {
            facts.extend(linked(self.new_id(), case, kind, self.operator()));
        };
        let case_of = |other: Other| match other {
            Other::Row(place) => cases.get(&place).copied(),
            Other::Case(id) => Some(Subject::case(id)),
        };
        for (other, verdict) in preview.decided_of(row) {
            let kind = if verdict == Verdict::Same { "SMA" } else { "BKN" };
            if let Some(case) = case_of(other) {
                link(facts, case, kind);
            }
        }
        let answer = match preview.verdict(row) {
            Some(Verdict::Same) => "SMA",
            _ if preview.open_questions(row).next().is_none() => "BRU",
            _ => {
                let sure = preview.on_desk(row).filter(|candidate| candidate.certainty == Certainty::Sure);
                if let Some(candidate) = sure.filter(|one| !preview.is_decided(row, Other::Case(one.id))) {
                    link(facts, Subject::case(candidate.id), "SMA");
                }
                return;
            }
        };
        facts.insert(Field::DuplicateAnswer.into(), Value::code(answer));
    }
}

impl Preview {
    /// A row as the facts of a case in the making.
    pub fn record(&self, row: usize) -> Record {
        let facts = self.sheet.rows.get(row).map(|row| row.facts.clone()).unwrap_or_default();
        Record { facts, ..Record::empty(Subject::case(Ulid::nil())) }
    }

    /// What was decided of a row: that it is somebody again, else that it is somebody else.
    pub fn verdict(&self, row: usize) -> Option<Verdict> {
        let is_said = |verdict: &Verdict| self.decided_of(row).any(|(_, said)| said == *verdict);
        [Verdict::Same, Verdict::Another].into_iter().find(is_said)
    }

    /// What was decided of a row and one person alike, from whichever side it is asked.
    pub fn verdict_on(&self, row: usize, other: Other) -> Option<Verdict> {
        let pair = match other {
            Other::Row(place) if place > row => (place, Other::Row(row)),
            _ => (row, other),
        };
        self.decided.get(&pair).copied()
    }

    fn decided_of(&self, row: usize) -> impl Iterator<Item = (Other, Verdict)> + '_ {
        self.decided
            .iter()
            .filter(move |((decided, _), _)| *decided == row)
            .map(|((_, other), verdict)| (*other, *verdict))
    }

    fn is_decided(&self, row: usize, other: Other) -> bool {
        self.decided.contains_key(&(row, other))
    }

    /// Whom a row strongly seems to be, of whom nothing was decided.
    fn open_questions(&self, row: usize) -> impl Iterator<Item = Other> + '_ {
        let in_file = self.same_in_file(row).map(|same| Other::Row(same.row));
        let on_desk = self.on_desk(row).map(|candidate| Other::Case(candidate.id));
        in_file.into_iter().chain(on_desk).filter(move |other| !self.is_decided(row, *other))
    }

    /// Whether somebody should look at a row before the manifest is taken in.
    pub(super) fn asks_for_a_look(&self, row: usize) -> bool {
        match self.state(row) {
            RowState::Warned | RowState::Wrong | RowState::LeftOut => true,
            RowState::Goes | RowState::Same => self.open_questions(row).next().is_some(),
        }
    }

    /// The cases that the rows become which go.
    pub(super) fn cases(&self, mut fresh: impl FnMut() -> Subject) -> BTreeMap<usize, Subject> {
        let rows = self.sheet.rows.iter().enumerate().filter(|(_, row)| !row.is_left_out());
        rows.map(|(place, _)| (place, fresh())).collect()
    }
}
