//! The list: one row per person, as much as a stranger may read.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::telling::sex_letter;
use crate::app::words::SIGN_LETTERS;
use crate::app::{App, Room};
use crate::desk::RowId;
use crate::domain::summary::{Summary, Tier};
use crate::identity::region::RegionCode;
use ratatui::layout::Rect;

/// One column: the key of its head, its place and its cells.
struct Column {
    kind: Cell,
    x: u16,
    cells: u16,
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Queue,
    Tier,
    Name,
    Sex,
    Age,
    Status,
    Home,
    Group,
    Left,
    Signs,
    Officer,
}

impl Cell {
    const fn key(self) -> &'static str {
        match self {
            Self::Queue => "col-queue",
            Self::Tier => "col-tier",
            Self::Name => "col-name",
            Self::Sex => "col-sex",
            Self::Age => "col-age",
            Self::Status => "col-status",
            Self::Home => "col-home",
            Self::Group => "col-group",
            Self::Left => "col-left",
            Self::Signs => "col-signs",
            Self::Officer => "col-officer",
        }
    }
}

/// The columns with their cells, and the order in which they give way on narrow screens (the last first).
const COLUMNS: [(Cell, u16); 11] = [
    (Cell::Queue, 4),
    (Cell::Tier, 2),
    (Cell::Name, 21),
    (Cell::Sex, 1),
    (Cell::Age, 3),
    (Cell::Status, 7),
    (Cell::Home, 11),
    (Cell::Group, 3),
    (Cell::Left, 5),
    (Cell::Signs, 4),
    (Cell::Officer, 5),
];
const GIVE_WAY: [Cell; 4] = [Cell::Officer, Cell::Home, Cell::Group, Cell::Signs];

/// The cells of the cursor, the mark and the changed sign.
const MARKS: u16 = 3;

/// Cells that a column takes beyond its own where the screen has room, in the order of the columns.
const fn most_more(kind: Cell) -> u16 {
    match kind {
        Cell::Name => 19,
        Cell::Home => 14,
        Cell::Queue
        | Cell::Tier
        | Cell::Sex
        | Cell::Age
        | Cell::Status
        | Cell::Group
        | Cell::Left
        | Cell::Signs
        | Cell::Officer => 0,
    }
}

fn columns(cells: u16) -> Vec<Column> {
    let needs = |kinds: &[(Cell, u16)]| MARKS + kinds.iter().map(|(_, cells)| cells + 1).sum::<u16>();
    let mut kinds = COLUMNS.to_vec();
    for narrow in GIVE_WAY {
        if needs(&kinds) > cells {
            kinds.retain(|(kind, _)| *kind != narrow);
        }
    }
    let mut spare = cells.saturating_sub(needs(&kinds));
    for (kind, width) in &mut kinds {
        let more = spare.min(most_more(*kind));
        (*width, spare) = (*width + more, spare - more);
    }
    let mut x = MARKS + 1;
    let mut columns = Vec::with_capacity(kinds.len());
    for (kind, width) in kinds {
        columns.push(Column { kind, x, cells: width });
        x += width + 1;
    }
    columns
}

/// Draws the head and the rows into an area; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, app: &App) -> Option<(u16, u16)> {
    let columns = columns(area.width);
    for column in &columns {
        canvas.text(area.x + column.x, area.y, column.cells, &app.texts.get(column.kind.key()), Role::Quiet);
    }
    if matches!(app.rooms.last(), Some(Room::Prompt(prompt)) if prompt.finds_nobody()) {
        say(canvas, area, &app.texts.get("empty-typed"));
        return None;
    }
    if let Some(found) = app.sought() {
        for (line, row) in found.iter().enumerate() {
            draw_row(canvas, area.x, area.y + 1 + line as u16, &columns, *row, app);
        }
        return None;
    }
    if app.list.rows.is_empty() {
        empty(canvas, area, app);
        return None;
    }
    for (line, row) in app.list.visible().into_iter().enumerate() {
        let y = area.y + 1 + line as u16;
        draw_row(canvas, area.x, y, &columns, row, app);
    }
    let line = app.list.at - app.list.top;
    Some((area.x, area.y + 1 + line as u16))
}

fn draw_row(canvas: &mut Canvas<'_>, x: u16, y: u16, columns: &[Column], row: RowId, app: &App) {
    let is_here = app.sought().is_none() && app.list.current() == Some(row);
    if is_here {
        canvas.text(x, y, 1, ">", Role::Key);
    }
    // Whoever may not be found any more leaves an empty line until the list is asked for anew: no row moves.
    let Some(summary) = app.seat.summary(row) else { return };
    if app.list.marks.contains(&row) {
        canvas.text(x + 1, y, 1, "x", Role::Key);
    }
    if app.list.changed.contains(&row) {
        canvas.text(x + 2, y, 1, "*", Role::Care);
    }
    for column in columns {
        let (text, role) = cell(column.kind, &summary, app);
        let x = x + column.x;
        match column.kind {
            Cell::Queue | Cell::Age | Cell::Left => canvas.right(x + column.cells, y, &text, role),
            _ => {
                canvas.text(x, y, column.cells, &text, role);
            }
        }
        if is_here && column.kind == Cell::Queue {
            canvas.tint(x, y, column.cells, Role::Cursor);
        }
    }
}

fn cell(kind: Cell, summary: &Summary, app: &App) -> (String, Role) {
    let plain = |text: String| (text, Role::Plain);
    match kind {
        Cell::Queue => plain(if summary.queue == 0 { String::new() } else { summary.queue.to_string() }),
        Cell::Tier => tier(summary.tier),
        Cell::Name => plain(summary.name.clone()),
        Cell::Sex => plain(sex_letter(summary.sex, app.texts).into_owned()),
        Cell::Age => plain(age(summary)),
        Cell::Status => plain(summary.status.code().to_owned()),
        Cell::Home => plain(home(summary.home)),
        Cell::Group => plain(summary.group.chars().take(3).collect()),
        Cell::Left => left(summary, app),
        Cell::Signs => (signs(summary), Role::Care),
        Cell::Officer => plain(app.officer_short(summary.officer)),
    }
}

/// The tier as a digit with `!`, so that it reads without colour.
pub fn tier(tier: Tier) -> (String, Role) {
    match tier {
        Tier::Red => ("1!".into(), Role::Alarm),
        Tier::Yellow => ("2".into(), Role::Care),
        Tier::Green => ("3".into(), Role::Plain),
        Tier::Remains => ("0".into(), Role::Quiet),
    }
}

/// Age on the day of interest; see [`Summary::age`].
pub fn age(summary: &Summary) -> String {
    summary.age()
}

/// The short name of the home area.
pub fn home(digits: u32) -> String {
    RegionCode::from_digits(digits).and_then(RegionCode::short_name).unwrap_or_default()
}

fn left(summary: &Summary, app: &App) -> (String, Role) {
    let Some(due) = summary.due else { return (String::new(), Role::Plain) };
    let minutes = (due - app.now()).num_minutes();
    let role = if minutes < 0 { Role::Alarm } else { Role::Plain };
    (app.texts.time_left(minutes), role)
}

/// Up to four neutral letters; what they mean is on the help page and inside the case.
pub fn signs(summary: &Summary) -> String {
    SIGN_LETTERS.iter().filter(|(sign, ..)| summary.signs.has(*sign)).take(4).map(|(_, letter, _)| *letter).collect()
}

/// The empty list says what to do.
fn empty(canvas: &mut Canvas<'_>, area: Rect, app: &App) {
    let key = match app.seat.role_without_cases() {
        Some(role) => format!("empty-role-{}", role.code().to_lowercase()),
        None if app.list.query_text.is_empty() && app.list.apart > 0 => "empty-apart".to_owned(),
        None if app.list.query_text.is_empty() => "empty-desk".to_owned(),
        None => "empty-query".to_owned(),
    };
    say(canvas, area, &app.texts.with(&key, &[("place", app.setting.data_place.as_str())]));
}

/// A sentence in place of rows.
fn say(canvas: &mut Canvas<'_>, area: Rect, text: &str) {
    let inner = Rect {
        x: area.x + 4,
        y: area.y + 3,
        width: area.width.saturating_sub(8),
        height: area.height.saturating_sub(3),
    };
    canvas.wrapped(inner, text, Role::Plain);
}
