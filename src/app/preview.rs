//! A paper before it is printed: which one, and how it will look. Nothing goes out here and nothing is marked: the command that
//! prints it brings it to the printer where the operator sits, and is named below it.

use super::notice::refusal_text;
use super::paper::{Ready, ready};
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room};
use crate::desk::Seat;
use crate::domain::paper::Paper;
use crate::domain::subject::Subject;

/// Numbers of cases that the command below a paper names; of more it is told by a query.
const MOST_NAMED: usize = 4;

/// A paper on the screen.
pub struct Preview {
    pub paper: Paper,
    /// The cases that stand on it.
    pub cases: Vec<Subject>,
    pub lines: Vec<String>,
    /// The first line that is shown.
    pub top: usize,
    /// The command that prints it.
    pub command: String,
    pub left_out: usize,
}

/// Says which paper, never of whom.
impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Preview({})", self.paper.slug())
    }
}

impl Preview {
    fn of(paper: Paper, papers: &[Ready], left_out: usize, seat: &Seat) -> Self {
        let cases: Vec<Subject> = papers.iter().flat_map(|paper| paper.cases.iter().copied()).collect();
        let drafts: Vec<String> = papers.iter().map(Ready::draft).collect();
        let mut lines: Vec<String> = Vec::new();
        // A page on a screen ends where its lines do.
        for line in drafts.iter().flat_map(|text| text.lines()).map(|line| line.trim_start_matches('\u{c}')) {
            if !(line.is_empty() && lines.last().is_some_and(String::is_empty)) {
                lines.push(line.to_owned());
            }
        }
        let number = |of: &Subject| seat.row_of(of.id).and_then(|row| seat.number_of_row(row));
        let mut command = format!("pulang print {}", paper.slug());
        if cases.len() <= MOST_NAMED {
            cases.iter().filter_map(number).for_each(|number| command.push_str(&format!(" {number}")));
        } else {
            command.push_str(" --query '…'");
        }
        if paper.needs_reason() {
            command.push_str(" --reason '…'");
        }
        Self { paper, cases, lines, top: 0, command, left_out }
    }

    /// Moves by lines, never past the last page of `height` lines.
    pub fn scroll(&mut self, by: isize, height: usize) {
        self.top = self.top.saturating_add_signed(by).min(self.lines.len().saturating_sub(height));
    }
}

impl App {
    /// Which paper it is to be; those that are not this operator's to print say so.
    pub(super) fn open_papers(&mut self) {
        let rows = Paper::ALL.iter().map(|paper| {
            let name = self.texts.get(&format!("paper-{}", paper.code().to_lowercase())).into_owned();
            let mut row = Row::new(Choice::Paper(*paper), name, paper.slug());
            row.why_not = self.seat.why_not_print(*paper).map(|refusal| refusal_text(&refusal, &self.texts));
            row
        });
        let rows = rows.collect();
        self.rooms.push(Room::Pick(Box::new(Pick::new("title-papers", rows).about(self.chosen_case()))));
    }

    /// Shows how a paper of the chosen cases will look.
    pub(super) fn preview(&mut self, paper: Paper) {
        match ready(&self.seat, paper, &self.chosen()) {
            Ok((papers, left_out)) => {
                let preview = Preview::of(paper, &papers, left_out, &self.seat);
                self.notice = None;
                self.rooms.push(Room::Preview(Box::new(preview)));
            }
            Err(refusal) => self.refuse(refusal_text(&refusal, &self.texts), false),
        }
    }
}
