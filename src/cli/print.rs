//! `pulang print`: a paper of a case, of several, or of a query, as text on standard output. What may stand on it and the number
//! that it bears are the desk's.

use super::Exit;
use super::answer::{Stop, settle};
use super::console::{Call, say};
use super::open::Opened;
use super::showing::number_of;
use crate::app::paper::ready;
use crate::desk::{Order, RowId, Seat};
use crate::domain::paper::Paper;
use crate::domain::refusal::Refusal;
use serde_json::json;

/// Which paper, of whom.
#[derive(clap::Args)]
pub struct PrintArgs {
    /// Such as `bast` or `kartu-antrean`; without one, the papers there are.
    pub paper: Option<String>,
    /// Numbers of cases.
    pub numbers: Vec<String>,
    /// The cases that a query finds, such as `kloter:…`.
    #[arg(long, value_name = "QUERY", conflicts_with = "numbers")]
    pub query: Option<String>,
    /// The cases of the own office that were reported from this day on, such as 01-11-2026.
    #[arg(long, value_name = "DATE", conflicts_with_all = ["numbers", "query"])]
    pub from: Option<String>,
    /// And until this day; today otherwise.
    #[arg(long, value_name = "DATE", requires = "from")]
    pub to: Option<String>,
    /// Why, for lists and extracts; it stands in the trail for good and names nobody.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    /// Only shows how it will look: no number, no mark.
    #[arg(long)]
    pub preview: bool,
}

/// Runs the command.
pub fn run(call: &mut Call<'_, '_>, wanted: &PrintArgs) -> Result<Exit, Stop> {
    let Some(word) = &wanted.paper else { return papers(call) };
    let Some(paper) = Paper::from_word(word) else {
        let all: Vec<&str> = Paper::ALL.iter().map(|paper| paper.slug()).collect();
        let words = [("paper", word.clone()), ("all", all.join(", "))];
        return Err(Stop::Said(call.texts.with("print-no-paper", &words)));
    };
    let Opened { seat, .. } = call.open()?;
    let has_cases = wanted.query.is_some() || wanted.from.is_some() || !wanted.numbers.is_empty();
    if paper.is_of_office() && has_cases {
        return Err(Refusal::new("refused-print-of-office").into());
    }
    let rows = if paper.is_of_office() { Vec::new() } else { rows(&seat, wanted)? };
    let (papers, left_out) = ready(&seat, paper, &rows)?;
    if !wanted.preview {
        // Before the first has its number: what is told of the last stands in the trail of all.
        for ready in &papers {
            seat.reason_to_print(paper, &ready.cases, &wanted.reason)?;
        }
    }
    let interrupt = call.interrupt();
    for (at, ready) in papers.iter().enumerate() {
        interrupt.check()?;
        let text = if wanted.preview {
            ready.draft()
        } else {
            ready
                .print(&seat, &wanted.reason)
                .or_else(|denied| settle(Some(Err(denied)), &call.texts).map(|_| String::new()))?
        };
        let between = if at > 0 { "\u{c}" } else { "" };
        write!(call.console.out, "{between}{text}").map_err(|error| Stop::Unheard(error.kind()))?;
    }
    if left_out > 0 {
        let _ = writeln!(call.console.err, "{}", call.texts.with("print-left-out", &[("left", &left_out.to_string())]));
    }
    Ok(Exit::DONE)
}

/// The rows that are meant.
fn rows(seat: &Seat, wanted: &PrintArgs) -> Result<Vec<RowId>, Stop> {
    if let Some(from) = &wanted.from {
        let rows = seat.rows_reported(from, wanted.to.as_deref())?;
        return Ok(rows);
    }
    if let Some(query) = &wanted.query {
        let rows = seat.list(&seat.read_query(query)?, Order::Number).rows;
        return Ok(rows.page(0, rows.len()));
    }
    if wanted.numbers.is_empty() {
        return Err(Refusal::new("refused-print-nobody").into());
    }
    let row = |typed: &String| Ok(seat.row_numbered(number_of(typed)?)?);
    wanted.numbers.iter().map(row).collect()
}

/// Which papers there are, and whose they are to print.
fn papers(call: &mut Call<'_, '_>) -> Result<Exit, Stop> {
    let texts = call.texts;
    let name = |paper: &Paper| texts.get(&format!("paper-{}", paper.code().to_lowercase())).into_owned();
    let all = Paper::ALL.iter().map(|paper| {
        json!({"paper": paper.slug(), "code": paper.code(), "name": name(paper), "needs_reason": paper.needs_reason()})
    });
    call.report(json!({"papers": all.collect::<Vec<_>>()}), |call| {
        for paper in Paper::ALL {
            let whose = texts.get(match (paper.is_of_office(), paper.needs_reason()) {
                (true, _) => "print-leaders",
                (false, true) => "print-supervisors",
                (false, false) => "print-officers",
            });
            say!(call, "{:<20} {}, {whose}", paper.slug(), name(paper))?;
        }
        Ok(())
    })?;
    Ok(Exit::DONE)
}
