//! The whole screen: which faces stand where. Title, page, message, hints; no boxes.

use super::canvas::{Canvas, wrap};
use super::theme::{Glyphs, Role, Theme};
use super::{
    compare, counts, curtain, erasing, form, import, inbox, list, moving, pick, preview, reason, record, sheet, today,
    trail,
};
use crate::app::notice::{Tone, alarm_text};
use crate::app::prompt::{Prompt, Wanted};
use crate::app::{App, LEAST, PANE_COLUMNS, Room};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Columns of the list when a pane stands beside it.
const LIST_COLUMNS: u16 = 80;

/// Whether the screen is too small to be used.
pub const fn is_too_small(size: (u16, u16)) -> bool {
    size.0 < LEAST.0 || size.1 < LEAST.1
}

/// Draws everything; gives the place of the cursor.
pub fn view(app: &App, theme: Theme, glyphs: Glyphs, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = buffer.area;
    let mut canvas = Canvas { buffer, theme, glyphs };
    if is_too_small((area.width, area.height)) {
        canvas.wrapped(area, &app.texts.get("screen-too-small"), Role::Plain);
        return None;
    }
    if let Some(covering) = &app.curtain {
        return curtain::draw(&mut canvas, area, covering, app);
    }
    if matches!(app.rooms.last(), Some(Room::Blank)) {
        canvas.text(0, 0, area.width, &app.texts.get("screen-blank"), Role::Quiet);
        return None;
    }
    title(&mut canvas, area, app);
    let below = 1 + banner(&mut canvas, area, app);
    let page = Rect { y: area.y + below, height: area.height.saturating_sub(below + 2), ..area };
    let cursor = match app.rooms.iter().rev().find(|room| is_page(room)) {
        None => list_page(&mut canvas, page, app),
        Some(Room::Case(case)) => case_page(&mut canvas, page, case, app),
        Some(Room::Today(room)) => today::draw(&mut canvas, page, room, app),
        Some(Room::Trail(room)) => trail::draw(&mut canvas, page, room, app),
        Some(Room::Inbox(room)) => inbox::draw(&mut canvas, page, room, app),
        Some(Room::Counts(room)) => {
            counts::draw(&mut canvas, page, room, app);
            None
        }
        Some(Room::Sheet(room)) => {
            sheet::draw(&mut canvas, page, room, app);
            None
        }
        Some(Room::Import(room)) => import::draw(&mut canvas, page, room, app),
        Some(Room::Compare(room)) => {
            compare::draw(&mut canvas, page, room, app);
            None
        }
        Some(Room::Preview(room)) => {
            preview::draw(&mut canvas, page, room, app);
            None
        }
        Some(Room::Moving(room)) => moving::draw(&mut canvas, page, room, app),
        Some(Room::Form(room)) => form::draw(&mut canvas, page, room, app),
        Some(
            Room::Prompt(_)
            | Room::Reason(_)
            | Room::Erase(_)
            | Room::Pick(_)
            | Room::Confirm { .. }
            | Room::Refused { .. }
            | Room::Blank,
        ) => None,
    };
    let over = match app.rooms.last() {
        Some(Room::Pick(room)) => pick::draw(&mut canvas, page, room, app),
        Some(Room::Prompt(room)) => prompt(&mut canvas, page, room, app),
        Some(Room::Reason(room)) => reason::draw(&mut canvas, page, room, app),
        Some(Room::Erase(room)) => erasing::draw(&mut canvas, page, room, app),
        _ => None,
    };
    foot(&mut canvas, area, app);
    // Behind the last cell of a full line the cursor stands on that cell: hidden, nobody would see where they type.
    over.or(cursor).map(|(x, y)| (x.min(area.right().saturating_sub(1)), y.min(area.bottom().saturating_sub(1))))
}

const fn is_page(room: &Room) -> bool {
    matches!(
        room,
        Room::Case(_)
            | Room::Today(_)
            | Room::Inbox(_)
            | Room::Sheet(_)
            | Room::Counts(_)
            | Room::Trail(_)
            | Room::Import(_)
            | Room::Compare(_)
            | Room::Preview(_)
            | Room::Moving(_)
            | Room::Form(_)
    )
}

/// The gravest thing that is wrong with the data, below the title; gives the lines it takes.
fn banner(canvas: &mut Canvas<'_>, area: Rect, app: &App) -> u16 {
    let Some((gravest, others)) = app.alarms.split_first() else { return 0 };
    let more = if others.is_empty() { String::new() } else { format!(" (+{})", others.len()) };
    let text = format!("! {}{more}", alarm_text(*gravest, &app.texts));
    canvas.text(area.x + 1, area.y + 1, area.width.saturating_sub(2), &text, Role::Care);
    1
}

fn title(canvas: &mut Canvas<'_>, area: Rect, app: &App) {
    let name = if app.setting.is_practice { "PULANG " } else { "Pulang " };
    let mut x = canvas.text(area.x + 1, area.y, 8, name, Role::Title) + 1;
    if app.setting.is_practice {
        x += canvas.text(x, area.y, 12, &app.texts.get("title-practice"), Role::Cursor) + 1;
    }
    let layer = app.texts.get(&format!("layer-{}", app.layer().code())).to_string();
    let who = format!("{}  {}", app.seat.who(), layer);
    canvas.right(area.right() - 1, area.y, &who, Role::Title);
    let room = (area.width as usize).saturating_sub(x as usize + who.chars().count() + 4);
    canvas.text(x + 1, area.y, room as u16, &heading(app), Role::Quiet);
}

/// What is shown, and how many of how many; over a form who else has its case open, for the form has no line to spare.
fn heading(app: &App) -> String {
    if let Some(Room::Form(form)) = app.rooms.iter().rev().find(|room| is_page(room))
        && let Some(company) = app.company_words(form.base.of)
    {
        return company;
    }
    if matches!(app.rooms.last(), Some(Room::Counts(_))) && app.seat.role_without_cases().is_some() {
        // The list of whoever sees no case is empty, and no count of the desk.
        return String::new();
    }
    let list = &app.list;
    let (shown, total) = (list.shown().to_string(), list.total.to_string());
    let mut text = if app.is_arriving {
        app.texts.with("heading-arriving", &[("total", &total)])
    } else if list.query_text.is_empty() {
        app.texts.with("heading-all", &[("total", &total)])
    } else {
        app.texts.with("heading-some", &[("shown", &shown), ("total", &total)])
    };
    if list.apart > 0 {
        text.push_str(&app.texts.with("heading-apart", &[("count", &list.apart.to_string())]));
    }
    if list.erased > 0 {
        text.push_str(&app.texts.with("heading-erased", &[("count", &list.erased.to_string())]));
    }
    if app.inbox_waiting > 0 {
        // Somebody waits for it: a narrow screen cuts the count of cases first.
        let waiting = app.texts.with("heading-inbox", &[("count", &app.inbox_waiting.to_string())]);
        text = format!("{waiting}  {text}");
    }
    if !list.newcomers.is_empty() {
        text.push_str(&format!(" (+{})", list.newcomers.len()));
    }
    if !list.marks.is_empty() {
        // The next command is about them: before the count of cases, which a narrow screen cuts.
        let marked = app.texts.with("heading-marked", &[("count", &list.marks.len().to_string())]);
        text = format!("{marked}  {text}");
    }
    text
}

fn list_page(canvas: &mut Canvas<'_>, page: Rect, app: &App) -> Option<(u16, u16)> {
    let width = if app.has_pane() { LIST_COLUMNS } else { page.width };
    let query = if app.list.query_text.is_empty() {
        app.texts.get(crate::app::order_key(app.list.order)).to_string()
    } else {
        format!("/ {}", app.list.query_text)
    };
    canvas.text(page.x + 1, page.y, width - 1, &query, Role::Quiet);
    let rows = Rect { y: page.y + 1, width, height: page.height.saturating_sub(2), ..page };
    let cursor = list::draw(canvas, rows, app);
    if app.has_pane() {
        pane(canvas, page, app);
    } else {
        detail(canvas, page, app);
    }
    cursor
}

/// The case beside the list, following the cursor after a quiet moment.
fn pane(canvas: &mut Canvas<'_>, page: Rect, app: &App) {
    canvas.column(LIST_COLUMNS, page.y, page.height);
    let area = Rect { x: LIST_COLUMNS + 2, width: page.width.saturating_sub(LIST_COLUMNS + 3), ..page };
    if let Some(case) = app.pane.as_ref().filter(|_| app.sought().is_none()) {
        record::draw_beside(canvas, area, case, app);
    }
}

/// The line under the list: who the row is, where, and what comes next.
fn detail(canvas: &mut Canvas<'_>, page: Rect, app: &App) {
    // Nobody of them is chosen yet.
    if app.sought().is_some() {
        return;
    }
    let Some(summary) = app.list.detail.and_then(|row| app.seat.summary(row)) else { return };
    let y = page.bottom() - 1;
    let birth = app.dated(&summary.born());
    let place = record::position(&summary, app);
    let text = format!("{}  {}  {}  {}", summary.number, summary.name, birth, place);
    canvas.text(page.x + 1, y, page.width - 2, &text, Role::Plain);
}

fn case_page(
    canvas: &mut Canvas<'_>,
    page: Rect,
    case: &crate::app::record::CaseRoom,
    app: &App,
) -> Option<(u16, u16)> {
    if page.width < PANE_COLUMNS {
        let area = Rect { x: page.x + 1, width: page.width - 2, ..page };
        record::draw(canvas, area, case, app);
        return None;
    }
    let rows = Rect { y: page.y + 1, width: LIST_COLUMNS, height: page.height.saturating_sub(2), ..page };
    list::draw(canvas, rows, app);
    canvas.column(LIST_COLUMNS, page.y, page.height);
    let area = Rect { x: LIST_COLUMNS + 2, width: page.width - LIST_COLUMNS - 3, ..page };
    record::draw(canvas, area, case, app);
    None
}

/// The prompt stands where the query stands, its completions below it.
fn prompt(canvas: &mut Canvas<'_>, page: Rect, prompt: &Prompt, app: &App) -> Option<(u16, u16)> {
    let blank = " ".repeat(page.width as usize);
    canvas.text(page.x, page.y, page.width, &blank, Role::Plain);
    let label = match prompt.wanted {
        Wanted::Filter => "/ ".to_owned(),
        Wanted::ViewName => format!("{}: ", app.texts.get("prompt-view-name")),
        Wanted::Manifest => format!("{}: ", app.texts.get("prompt-manifest")),
        Wanted::Trail => "/ ".to_owned(),
        Wanted::Access => format!("{}: ", app.texts.get("prompt-access")),
        Wanted::Elsewhere => format!("{}: ", app.texts.get("prompt-elsewhere")),
    };
    let x = page.x + 1 + canvas.text(page.x + 1, page.y, 40, &label, Role::Key);
    let count = match (&prompt.wanted, &prompt.reading) {
        (Wanted::Filter, Ok(_)) => {
            let count = prompt.count.map_or_else(|| "…".to_owned(), |count| count.to_string());
            app.texts.with("prompt-count", &[("count", &count)])
        }
        _ => String::new(),
    };
    let cells = page.right().saturating_sub(x + count.chars().count() as u16 + 2);
    let (skip, at) = prompt.line.window(cells as usize);
    let looks = if prompt.line.is_selected() { Role::Cursor } else { Role::Plain };
    canvas.window(x, page.y, cells, prompt.line.text(), skip, looks);
    canvas.right(page.right() - 1, page.y, &count, Role::Quiet);
    let second = page.y + 1;
    let has_more = prompt.reading.is_err() || !prompt.completions.is_empty();
    if has_more {
        canvas.text(page.x, second, page.width, &blank, Role::Plain);
    }
    match &prompt.reading {
        Err(error) if prompt.wanted == Wanted::Filter => {
            let place = x + (error.at.start.saturating_sub(skip)) as u16;
            let below = Rect { y: second, height: page.bottom().saturating_sub(second), ..page };
            mistake(canvas, below, place, &app.query_error(error));
        }
        _ => {
            let words: Vec<&str> = prompt.completions.iter().take(8).map(|c| c.text.trim()).collect();
            canvas.text(x, second, page.right() - x, &words.join("  "), Role::Grey);
        }
    }
    Some((x + at as u16, page.y))
}

/// The mark under what is not understood, and why: behind the mark where it fits, else in full below it.
fn mistake(canvas: &mut Canvas<'_>, below: Rect, place: u16, text: &str) {
    let place = place.min(below.right().saturating_sub(2));
    canvas.text(place, below.y, 1, "^", Role::Alarm);
    let behind = below.right().saturating_sub(place + 2);
    if text.width() <= behind as usize {
        canvas.text(place + 2, below.y, behind, text, Role::Alarm);
        return;
    }
    let blank = " ".repeat(below.width as usize);
    for (line, words) in wrap(text, below.width.saturating_sub(2) as usize).iter().enumerate() {
        let y = below.y + 1 + line as u16;
        if y < below.bottom() {
            canvas.text(below.x, y, below.width, &blank, Role::Plain);
            canvas.text(below.x + 1, y, below.width - 2, words, Role::Alarm);
        }
    }
}

/// Rows that a message takes at most.
const MESSAGE_ROWS: usize = 5;

/// A message on the line above the hints; where it is longer it grows upwards, so that it is never cut and no hint is lost.
fn message(canvas: &mut Canvas<'_>, area: Rect, text: &str, role: Role) {
    let lines = wrap(text, area.width.saturating_sub(2) as usize);
    let rows = lines.len().clamp(1, MESSAGE_ROWS.min(area.height.saturating_sub(3) as usize)) as u16;
    let blank = " ".repeat(area.width as usize);
    for (line, words) in lines.iter().take(rows as usize).enumerate() {
        let y = area.bottom() - 1 - rows + line as u16;
        canvas.text(area.x, y, area.width, &blank, Role::Plain);
        canvas.text(area.x + 1, y, area.width - 2, words, role);
    }
}

/// Message line and hints.
fn foot(canvas: &mut Canvas<'_>, area: Rect, app: &App) {
    match app.rooms.last() {
        Some(Room::Confirm { question, .. }) => message(canvas, area, question, Role::Head),
        Some(Room::Refused { reason }) => message(canvas, area, &format!("!! {reason}"), Role::Alarm),
        _ => {
            if let Some(notice) = &app.notice {
                let (sign, role) = match notice.tone {
                    Tone::Done => ("", Role::Good),
                    Tone::Info => ("", Role::Plain),
                    Tone::No => ("!! ", Role::Alarm),
                };
                message(canvas, area, &format!("{sign}{}", notice.text), role);
            } else if let Some(fault) = &app.draft_fault {
                let text = app.texts.with("banner-not-kept", &[("code", fault.code)]);
                message(canvas, area, &text, Role::Care);
            }
        }
    }
    hints(canvas, area, app);
}

/// As many hints as fit, the most useful first.
fn hints(canvas: &mut Canvas<'_>, area: Rect, app: &App) {
    let y = area.bottom() - 1;
    let mut x = area.x + 1;
    for (key, word) in app.hints() {
        let cells = (key.chars().count() + word.chars().count() + 1) as u16;
        if x + cells > area.right() {
            break;
        }
        x += canvas.text(x, y, cells, &key, Role::Key) + 1;
        x += canvas.text(x, y, cells, &word, Role::Quiet) + 2;
    }
}
