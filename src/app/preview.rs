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

/// Cells of the command below a paper: what is longer with the numbers of its cases names them by a query, so that the line
/// stands whole at 80 cells.
const COMMAND_CELLS: usize = 60;

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
        let numbers: String = cases.iter().filter_map(number).map(|number| format!(" {number}")).collect();
        let command = command_over_ssh(paper, &numbers);
        Self { paper, cases, lines, top: 0, command, left_out }
    }

    /// Moves by lines, never past the last page of `height` lines.
    pub fn scroll(&mut self, by: isize, height: usize) {
        self.top = self.top.saturating_add_signed(by).min(self.lines.len().saturating_sub(height));
    }
}

/// The command as it stands behind `ssh BOX`: what has blanks is quoted once more, for the shell on either side takes its share.
fn command_over_ssh(paper: Paper, numbers: &str) -> String {
    let named = format!("pulang print {}", paper.slug());
    let why = if paper.needs_reason() { " --reason '...'" } else { "" };
    let whole = format!("{named}{numbers}{why}");
    let fits = whole.chars().count() <= COMMAND_CELLS;
    let whole = if fits { whole } else { format!("{named} --query '...'{why}") };
    if whole.contains('\'') { format!("\"{whole}\"") } else { whole }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_below_a_paper_is_whole_at_80_cells_and_quoted_for_both_shells() {
        assert_eq!(command_over_ssh(Paper::QueueCard, " 26-000001-M"), "pulang print kartu-antrean 26-000001-M");
        for paper in Paper::ALL {
            for count in [0, 1, 2, 5, 300] {
                let command = command_over_ssh(*paper, &" 26-000001-M".repeat(count));
                assert!(command.chars().count() + "Cetak: ssh KOTAK ".len() <= 79, "{command}");
                assert_eq!(command.contains("'...'"), command.starts_with('"'), "{command}");
            }
        }
    }
}
