//! The daily report (*laporan harian*) as a paper: the counts and what the day brought, in Indonesian and without a time of its
//! own, so that the same figures of one day are a copy. It names offices and movements, never a person.

use super::counts::blocks::{blocks, day_lines, scope, table, wrapped};
use super::paper::{Ready, template};
use crate::desk::printing::{Facts, fill};
use crate::desk::{Day, Rekap, Seat};
use crate::domain::counts::Sight;
use crate::domain::paper::Paper;
use crate::domain::refusal::Refusal;
use crate::text::{Language, Texts};

/// Cells of a line of the paper.
const WIDTH: usize = 80;

/// The report of today.
///
/// # Errors
/// Not this operator's to print, or to count.
pub fn ready_report(seat: &Seat) -> Result<Ready, Refusal> {
    seat.may_report()?;
    let report = Report::of(seat, &seat.rekap()?, &seat.day()?);
    let paper = Paper::DailyReport;
    Ok(Ready { paper, cases: vec![seat.office()], filled: fill(template(paper), &report) })
}

/// What stands on it.
struct Report {
    office: String,
    day: String,
    sight: &'static str,
    lines: Vec<String>,
}

impl Report {
    fn of(seat: &Seat, rekap: &Rekap, day: &Day) -> Self {
        let texts = Texts::new(Language::Id);
        let mut lines: Vec<String> = scope(rekap, &texts).iter().flat_map(|line| wrapped(line, WIDTH)).collect();
        // A day on which nothing happened says so by its zeros.
        lines.extend(day_lines(day, WIDTH, &texts).into_iter().map(|line| line.text));
        for block in blocks(rekap, &texts).iter().filter(|block| !block.rows.is_empty()) {
            lines.push(String::new());
            lines.extend(table(block, WIDTH, &texts).into_iter().map(|line| line.text));
        }
        let sight = match rekap.counts.sight {
            Sight::Exact => "petugas kantor ini, angka persis",
            Sight::Masked => "pimpinan, semua kantor, angka kecil ditutup",
        };
        let day = format!("{} {}", texts.day(day.on), seat.zone().code());
        Self { office: seat.office_name(), day, sight, lines }
    }
}

impl Facts for Report {
    fn fact(&self, name: &str) -> Option<String> {
        match name {
            "office" => Some(self.office.clone()),
            "day" => Some(self.day.clone()),
            "sight" => Some(self.sight.to_owned()),
            _ => None,
        }
    }

    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
        let line = |line| -> Box<dyn Facts + '_> { Box::new(Line(line)) };
        if what == "line" { self.lines.iter().map(line).collect() } else { Vec::new() }
    }
}

/// One line, as it stands.
struct Line<'l>(&'l String);

impl Facts for Line<'_> {
    fn fact(&self, name: &str) -> Option<String> {
        // A blank line is blank, and not left to be filled in by hand.
        (name == "line").then(|| if self.0.is_empty() { " ".to_owned() } else { self.0.clone() })
    }

    fn each(&self, _: &str) -> Vec<Box<dyn Facts + '_>> {
        Vec::new()
    }
}
