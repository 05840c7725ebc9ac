//! The daily report (*laporan harian*) as a paper: the counts and what the day brought, in Indonesian and without a time of its
//! own, so that the same figures of one day are a copy. It names offices and movements, never a person.

use super::counts::blocks::{Block, Line, Part, blocks, by_event, day_note, parts, scope, wrapped};
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
    scope: Vec<String>,
    tables: Vec<Table>,
}

impl Report {
    fn of(seat: &Seat, rekap: &Rekap, day: &Day) -> Self {
        let texts = Texts::new(Language::Id);
        let scope = scope(rekap, &texts).iter().flat_map(|line| wrapped(line, WIDTH)).collect();
        // A day on which nothing happened says so by its zeros.
        let mut tables = tables(&by_event(day, &texts), &texts);
        if let Some(last) = tables.last_mut() {
            last.note = day_note(day, WIDTH, &texts);
        }
        let filled = blocks(rekap, &texts).into_iter().filter(|block| !block.rows.is_empty());
        tables.extend(filled.flat_map(|block| self::tables(&block, &texts)));
        let sight = match rekap.counts.sight {
            Sight::Exact => "petugas kantor ini, angka persis",
            Sight::Masked => "pimpinan, semua kantor, angka kecil ditutup",
        };
        let day = format!("{} {}", texts.day(day.on), seat.zone().code());
        Self { office: seat.office_name(), day, sight, scope, tables }
    }
}

/// One table of figures with what stands below it.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    note: Vec<String>,
}

fn tables(block: &Block, texts: &Texts) -> Vec<Table> {
    let text = |lines: Vec<Line>| lines.into_iter().map(|line| line.text).collect();
    let table =
        |part: Part| Table { head: text(part.head), rows: part.rows.into_iter().map(text).collect(), note: Vec::new() };
    parts(block, WIDTH, texts).into_iter().map(table).collect()
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
        match what {
            "scope" => each_of(&self.scope, Written),
            "table" => each_of(&self.tables, |table| table),
            _ => Vec::new(),
        }
    }
}

impl Facts for &Table {
    fn fact(&self, _: &str) -> Option<String> {
        None
    }

    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
        match what {
            "head" => each_of(&self.head, Written),
            "row" => each_of(&self.rows, Lines),
            "note" => each_of(&self.note, Written),
            _ => Vec::new(),
        }
    }
}

/// A row of one line or several.
struct Lines<'l>(&'l Vec<String>);

impl Facts for Lines<'_> {
    fn fact(&self, _: &str) -> Option<String> {
        None
    }

    fn each(&self, what: &str) -> Vec<Box<dyn Facts + '_>> {
        if what == "line" { each_of(self.0, Written) } else { Vec::new() }
    }
}

/// One line, as it stands.
struct Written<'l>(&'l String);

impl Facts for Written<'_> {
    fn fact(&self, name: &str) -> Option<String> {
        // A blank line is blank, and not left to be filled in by hand.
        (name == "line").then(|| if self.0.is_empty() { " ".to_owned() } else { self.0.clone() })
    }

    fn each(&self, _: &str) -> Vec<Box<dyn Facts + '_>> {
        Vec::new()
    }
}

fn each_of<'a, T, F: Facts + 'a>(all: &'a [T], of: impl Fn(&'a T) -> F) -> Vec<Box<dyn Facts + 'a>> {
    all.iter().map(|one| -> Box<dyn Facts + 'a> { Box::new(of(one)) }).collect()
}
