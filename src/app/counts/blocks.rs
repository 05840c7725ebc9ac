//! The counts as tables with words, and the tables as lines: for the screen, the command and the daily report alike.

use crate::desk::{Day, MovementName, Rekap};
use crate::domain::calendar::Zone;
use crate::domain::counts::{Cell, EVENTS, Event, MovementLine, OfficeLine, Sight, Whence};
use crate::domain::status::Status;
use crate::domain::words::List;
use crate::identity::region::RegionCode;
use crate::text::Texts;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells of a figure, with the blank before it.
const FIGURE: usize = 10;
/// Cells of a figure at most, where there is room for the head over it.
const WIDE: usize = 24;
/// Cells of a name at least; where there are less it has a line of its own.
const LEAST_NAME: usize = 9;
/// What stands for a figure that is hidden beside a small one.
pub const BESIDE: &str = "..";
/// What stands for a small one.
pub const FEW: &str = "<5";

/// One table.
pub struct Block {
    /// Its code, for programs and as the end of its texts' keys.
    pub code: &'static str,
    /// What is counted.
    pub says: String,
    /// The head over the names.
    pub head: String,
    /// Codes and heads of its columns.
    pub columns: Vec<(String, String)>,
    pub rows: Vec<Row>,
}

/// One row of a table.
pub struct Row {
    pub code: String,
    pub name: String,
    /// None where nobody said it, as a claimed headcount, or nobody counted.
    pub cells: Vec<Option<Cell>>,
    /// What each figure differs by from the one before it, where both are shown.
    pub differences: Vec<Option<i64>>,
}

/// One line of text, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub look: Look,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Head,
    /// Definitions, heads of columns, differences.
    Quiet,
    Plain,
}

/// A figure in words; what nobody said is a dash.
pub fn figure(cell: Option<Cell>) -> String {
    let Some(cell) = cell else { return "-".to_owned() };
    match cell {
        Cell::Known(value) => value.to_string(),
        Cell::Few => FEW.to_owned(),
        Cell::Beside => BESIDE.to_owned(),
    }
}

fn block(code: &'static str, columns: Vec<(String, String)>, rows: Vec<Row>, texts: &Texts) -> Block {
    let word = |part: &str| texts.get(&format!("counts-{part}-{code}")).into_owned();
    Block { code, says: word("says"), head: word("head"), columns, rows }
}

fn row(code: impl Into<String>, name: impl Into<String>, cells: Vec<Cell>) -> Row {
    Row { code: code.into(), name: name.into(), cells: cells.into_iter().map(Some).collect(), differences: Vec::new() }
}

/// Everything that is counted.
pub fn blocks(rekap: &Rekap, texts: &Texts) -> Vec<Block> {
    let counts = &rekap.counts;
    let people = || vec![("people".to_owned(), texts.get("counts-people").into_owned())];
    let word = |key: &str| texts.get(key).into_owned();
    let mut all = vec![by_status(rekap, texts), by_movement(rekap, texts)];
    let position = |(place, cell): &(usize, Cell)| {
        let code = place.checked_sub(1).and_then(|at| List::Position.codes().get(at)).copied();
        let name = code.map_or_else(|| word("counts-not-said"), |code| word(&List::Position.label_key(code)));
        row(code.unwrap_or_default(), name, vec![*cell])
    };
    all.push(block("position", people(), counts.positions.iter().map(position).collect(), texts));
    if let Some(tiers) = counts.tiers {
        // The figures of the column in the list: nothing on a shared screen says what they mean.
        let tier = |(at, cell): (usize, Cell)| row((at + 1).to_string(), (at + 1).to_string(), vec![cell]);
        all.push(block("tier", people(), tiers.into_iter().enumerate().map(tier).collect(), texts));
    }
    let [minors, others] = counts.minors;
    let ages = [("minor", minors), ("other", others)];
    let ages = ages.map(|(code, cell)| row(code, word(&format!("counts-{code}")), vec![cell]));
    all.push(block("age", people(), ages.into(), texts));
    let province = |(code, cell): &(usize, Cell)| {
        let known = u32::try_from(*code).ok().and_then(RegionCode::from_digits).and_then(RegionCode::name);
        let name = if *code == 0 { word("counts-not-said") } else { known.unwrap_or_default().to_owned() };
        row(if *code == 0 { String::new() } else { format!("{code:02}") }, name, vec![*cell])
    };
    all.push(block("province", people(), counts.provinces.iter().map(province).collect(), texts));
    all
}

fn by_status(rekap: &Rekap, texts: &Texts) -> Block {
    let counts = &rekap.counts;
    let own: Vec<(&OfficeLine, &String)> =
        counts.offices.iter().zip(rekap.offices.iter().map(|one| &one.short)).collect();
    let whole = ("all".to_owned(), texts.get("counts-all-offices").into_owned());
    // One office alone is the whole.
    let has_whole = own.len() != 1;
    let mut columns: Vec<(String, String)> = has_whole.then_some(whole).into_iter().collect();
    columns.extend(own.iter().map(|(_, name)| ((*name).clone(), (*name).clone())));
    let line = |code: &str, name: String, whole: Cell, of: &dyn Fn(&OfficeLine) -> Cell| {
        let cells = has_whole.then_some(whole).into_iter().chain(own.iter().map(|(line, _)| of(line)));
        row(code, name, cells.collect())
    };
    let mut rows: Vec<Row> = Status::ALL
        .into_iter()
        .map(|status| {
            let of = |line: &OfficeLine| line.cells[status as usize];
            line(status.code(), status.code().to_owned(), counts.of_status(status), &of)
        })
        .collect();
    rows.push(line("total", texts.get("counts-total").into_owned(), counts.total, &|line| line.total));
    block("status", columns, rows, texts)
}

fn by_movement(rekap: &Rekap, texts: &Texts) -> Block {
    let columns = ["claimed", "registered", "boarded", "arrived", "handed", "closed"];
    let columns = columns.map(|code| (code.to_owned(), texts.get(&format!("counts-{code}")).into_owned()));
    let named = rekap.counts.movements.iter().zip(&rekap.movements);
    let line = |(line, of): (&MovementLine, &MovementName)| {
        let name = match line.movement {
            Whence::Movement(_) => of.name.clone(),
            Whence::Others => texts.get("counts-other-movements").into_owned(),
            Whence::None => texts.get("counts-no-movement").into_owned(),
        };
        let known = |cell: Cell| cell.known().map(i64::from);
        // Whoever is claimed is missed only where nobody of theirs stands somewhere else.
        let (there, claimed) = match rekap.counts.sight {
            Sight::Exact => (of.bodies.map(i64::from), of.claimed.map(Cell::Known)),
            Sight::Masked => (known(line.registered), of.claimed.map(|it| Cell::claimed(it, line.registered))),
        };
        let missed = there.zip(claimed.and_then(known)).map(|(there, claimed)| there - claimed);
        let chain = [line.registered, line.boarded, line.arrived, line.handed].map(known);
        let differences = chain.windows(2).map(|two| Some(two[1]? - two[0]?));
        let cells = vec![line.registered, line.boarded, line.arrived, line.handed, line.closed];
        let code = match line.movement {
            Whence::Movement(_) => name.clone(),
            Whence::Others => "others".to_owned(),
            Whence::None => String::new(),
        };
        let mut row = row(code, name, cells);
        row.cells.insert(0, claimed);
        if matches!(line.movement, Whence::Movement(_)) {
            row.differences = [None, missed].into_iter().chain(differences).chain([None]).collect();
        }
        row
    };
    let says = match rekap.counts.sight {
        Sight::Exact => "counts-says-movement",
        Sight::Masked => "counts-says-movement-masked",
    };
    let says = texts.get(says).into_owned();
    Block { says, ..block("movement", columns.into(), named.map(line).collect(), texts) }
}

/// What a day brought, as a table.
pub fn by_event(day: &Day, texts: &Texts) -> Block {
    let code = |event: Event| match event {
        Event::Registered => "registered",
        Event::Arrived => "arrived",
        Event::Handed => "handed",
        Event::Closed => "closed",
    };
    let columns =
        EVENTS.map(|event| (code(event).to_owned(), texts.get(&format!("counts-day-{}", code(event))).into_owned()));
    let named = day.day.offices.iter().zip(&day.offices);
    let mut rows: Vec<Row> =
        named.map(|((_, cells), name)| row(name.short.clone(), name.short.clone(), cells.to_vec())).collect();
    if rows.len() != 1 {
        rows.push(row("total", texts.get("counts-total"), day.day.totals.to_vec()));
    }
    // Of more cases than are read nobody was counted, which is not nobody.
    let unread = EVENTS.map(|event| day.is_cut && matches!(event, Event::Arrived | Event::Handed));
    for row in &mut rows {
        row.cells.iter_mut().zip(unread).filter(|(_, is_unread)| *is_unread).for_each(|(cell, _)| *cell = None);
    }
    block("day", columns.into(), rows, texts)
}

/// What stands above the tables: as of when, whom they count, what beside them.
pub fn head(rekap: &Rekap, zone: Zone, texts: &Texts) -> Vec<String> {
    let at = format!("{} {}", zone.local(rekap.at).format("%d-%m-%Y %H:%M"), zone.code());
    let mut lines = vec![texts.with("counts-at", &[("at", &at)])];
    lines.extend(scope(rekap, texts));
    lines
}

/// Whom the tables count, and who stands beside them; nothing of when.
pub fn scope(rekap: &Rekap, texts: &Texts) -> Vec<String> {
    let counts = &rekap.counts;
    let whose = match counts.sight {
        Sight::Exact => "counts-exact",
        Sight::Masked => "counts-masked",
    };
    let words = [("total", counts.total), ("remains", counts.remains), ("apart", counts.apart)];
    let words = words.map(|(name, cell)| (name, figure(Some(cell))));
    let mut lines = vec![texts.get(whose).into_owned(), texts.with("counts-beside", &words)];
    if counts.sight == Sight::Masked {
        lines.push(texts.get("counts-legend").into_owned());
    }
    lines
}

/// The whole as lines of at most so many cells.
pub fn lines(rekap: &Rekap, blocks: &[Block], width: usize, zone: Zone, texts: &Texts) -> Vec<Line> {
    let quiet = |text: String| Line { text, look: Look::Quiet };
    let mut out: Vec<Line> = head(rekap, zone, texts).iter().flat_map(|line| wrapped(line, width)).map(quiet).collect();
    for block in blocks.iter().filter(|block| !block.rows.is_empty()) {
        out.push(quiet(String::new()));
        out.extend(table(block, width, texts));
    }
    out
}

/// What a day brought as lines, a blank one before them.
pub fn day_lines(day: &Day, width: usize, texts: &Texts) -> Vec<Line> {
    let mut out = vec![Line { text: String::new(), look: Look::Quiet }];
    out.extend(table(&by_event(day, texts), width, texts));
    out.extend(day_note(day, width, texts).into_iter().map(|text| Line { text, look: Look::Quiet }));
    out
}

/// What a day's table does not say, where it had to leave something out.
pub fn day_note(day: &Day, width: usize, texts: &Texts) -> Vec<String> {
    if !day.is_cut {
        return Vec::new();
    }
    let most = crate::desk::MOST_READ.to_string();
    wrapped(&texts.with("counts-day-cut", &[("most", &most)]), width)
}

/// Rows of a table below the heads that tell what they are.
#[derive(Default)]
pub struct Part {
    pub head: Vec<Line>,
    /// The lines of each row, which belong together.
    pub rows: Vec<Vec<Line>>,
}

/// One table as lines; columns that do not fit stand below the others.
pub fn table(block: &Block, width: usize, texts: &Texts) -> Vec<Line> {
    let parts = parts(block, width, texts);
    parts.into_iter().flat_map(|part| part.head.into_iter().chain(part.rows.into_iter().flatten())).collect()
}

/// One table, and below it the same with the columns that do not fit beside the first.
pub fn parts(block: &Block, width: usize, texts: &Texts) -> Vec<Part> {
    let line = |look: Look| move |text: String| Line { text, look };
    let mut head: Vec<Line> = wrapped(&block.head, width).into_iter().map(line(Look::Head)).collect();
    head.extend(wrapped(&block.says, width).into_iter().map(line(Look::Quiet)));
    let mut all = Vec::new();
    let fit = (width.saturating_sub(LEAST_NAME) / FIGURE).max(1);
    let widest = block.columns.iter().map(|(_, head)| head.width() + 1).max().unwrap_or(0).clamp(FIGURE, WIDE);
    let cells = if LEAST_NAME + widest * block.columns.len() < width { widest } else { FIGURE };
    // A row of figures that are told apart by their place alone stands together, below its name where it must.
    let is_chain = block.rows.iter().any(|row| !row.differences.is_empty());
    let (fit, cells) =
        if is_chain { (block.columns.len(), (width / block.columns.len().max(1)).min(FIGURE)) } else { (fit, cells) };
    for from in (0..block.columns.len()).step_by(fit) {
        let to = (from + fit).min(block.columns.len());
        let room = width.saturating_sub((to - from) * cells);
        let longest = block.rows.iter().map(|row| row.name.width()).max().unwrap_or(0);
        let name = room.min(longest.max(LEAST_NAME));
        let heads = block.columns[from..to].iter().map(|(_, head)| head.clone());
        head.push(line(Look::Quiet)(laid("", name, cells, heads)));
        let mut part = Part { head: std::mem::take(&mut head), rows: Vec::new() };
        for row in &block.rows {
            let mut out = Vec::new();
            let figures = row.cells[from..to].iter().map(|cell| figure(*cell));
            let is_apart = name < LEAST_NAME || row.name.width() > name && is_chain;
            if is_apart {
                out.push(line(Look::Plain)(cut(&row.name, width)));
            }
            out.push(line(Look::Plain)(laid(if is_apart { "" } else { &row.name }, name, cells, figures)));
            if row.differences.iter().flatten().any(|by| *by != 0) {
                let by = row.differences.iter().map(|by| by.filter(|by| *by != 0));
                let by = by.map(|by| by.map_or_else(String::new, |by| format!("{by:+}")));
                let label = if name < LEAST_NAME { String::new() } else { texts.get("counts-difference").into_owned() };
                out.push(line(Look::Quiet)(laid(&label, name, cells, by)));
            }
            part.rows.push(out);
        }
        all.push(part);
    }
    all
}

/// A name and its figures, each to the right of its cells.
fn laid(name: &str, cells: usize, each: usize, figures: impl Iterator<Item = String>) -> String {
    let name = cut(name, cells);
    let mut out = format!("{name}{}", " ".repeat(cells.saturating_sub(name.width())));
    for figure in figures {
        let figure = cut(&figure, each.saturating_sub(1));
        out.push_str(&" ".repeat(each.saturating_sub(figure.width())));
        out.push_str(&figure);
    }
    out.trim_end().to_owned()
}

/// A text of at most so many cells.
fn cut(text: &str, cells: usize) -> String {
    let mut out = String::new();
    for one in text.chars() {
        if out.width() + one.width().unwrap_or(0) > cells {
            break;
        }
        out.push(one);
    }
    out
}

/// A text in lines of at most so many cells, broken at words.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is always one line");
        if !last.is_empty() && last.width() + 1 + word.width() > width {
            lines.push(cut(word, width));
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn block_of(columns: usize, rows: &[(&str, &[u32])]) -> Block {
        let columns = (0..columns).map(|at| (format!("c{at}"), format!("kantor-{at}"))).collect();
        let rows = rows.iter().map(|(name, cells)| row(*name, *name, cells.iter().copied().map(Cell::Known).collect()));
        Block { code: "status", says: "apa".into(), head: "judul".into(), columns, rows: rows.collect() }
    }

    #[test]
    fn columns_that_do_not_fit_stand_below_and_none_is_lost() {
        let texts = Texts::new(Language::Id);
        let cells: Vec<u32> = (100..109).collect();
        for width in [40, 60, 80] {
            let lines = table(&block_of(9, &[("LAPOR", &cells)]), width, &texts);
            assert!(lines.iter().all(|line| line.text.width() <= width), "{lines:?}");
            let all: String = lines.iter().map(|line| format!("{} ", line.text)).collect();
            assert!(cells.iter().all(|cell| all.split_whitespace().any(|word| word == cell.to_string())), "{all}");
        }
    }

    #[test]
    fn of_a_day_that_is_too_long_to_read_no_zero_is_told_where_nobody_was_counted() {
        let texts = Texts::new(Language::Id);
        let counted = crate::domain::counts::Day::of(&[[30, 0, 0, 7], [9, 0, 0, 0]], Sight::Exact);
        let office = |name: &str| crate::desk::OfficeName { name: name.into(), short: name.into() };
        let offices = vec![office("A"), office("B")];
        let on = chrono::NaiveDate::MIN;
        for (is_cut, unread) in [(true, None), (false, Some(Cell::Known(0)))] {
            let day = Day { on, day: counted.clone(), offices: offices.clone(), is_cut };
            let cells: Vec<_> = by_event(&day, &texts).rows.into_iter().map(|row| row.cells).collect();
            let line = |first, last| vec![Some(Cell::Known(first)), unread, unread, Some(Cell::Known(last))];
            assert_eq!(cells, [line(30, 7), line(9, 0), line(39, 7)], "{is_cut}");
        }
    }

    #[test]
    fn differences_stand_below_their_figures() {
        let texts = Texts::new(Language::Id);
        let mut block = block_of(2, &[("Kloter", &[110, 107])]);
        block.rows[0].differences = vec![None, Some(-3)];
        let lines = table(&block, 80, &texts);
        let (figures, differences) = (&lines[lines.len() - 2].text, &lines[lines.len() - 1].text);
        assert!(figures.ends_with("107") && differences.ends_with("-3") && figures.width() == differences.width());
    }
}
