//! People side by side: how sure and why above, one line a field below, with a sign between the sides. On a narrow screen the
//! sides stand below one another.

use super::canvas::{Canvas, wrap};
use super::theme::Role;
use crate::app::App;
use crate::app::compare::Compare;
use crate::app::compare::lines::Line;
use crate::desk::Accord;
use ratatui::layout::Rect;

/// Below so many columns the sides stand below one another.
const NARROW: u16 = 70;
/// Cells of the sign between the sides, with its blanks.
const SIGN: u16 = 3;

/// One row of cells: what it holds and where.
struct Row {
    label: String,
    left: String,
    sign: Option<Accord>,
    right: String,
}

/// Draws the comparison.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, compare: &Compare, app: &App) {
    let area = Rect { x: page.x + 1, width: page.width.saturating_sub(2), ..page };
    let (sure, why) = app.compare_head(compare);
    let is_hidden = compare.right.is_none() && compare.current().is_some();
    let lead = format!("{sure}{}", if sure.is_empty() { "" } else { ": " });
    let mut y = area.y;
    for line in wrap(&format!("{lead}{why}"), area.width as usize).into_iter().take(2) {
        canvas.text(area.x, y, area.width, &line, Role::Care);
        y += 1;
    }
    if is_hidden {
        canvas.text(area.x, y, area.width, &app.texts.get("sealed-ask-supervisor"), Role::Alarm);
        y += 1;
    }
    let foot = area.bottom().saturating_sub(1);
    let body = Rect { y, height: foot.saturating_sub(y), ..area };
    let lines = app.compare_lines(compare);
    let is_narrow = area.width < NARROW;
    let label = if area.width >= 120 { 24 } else { 16 };
    let half = area.width.saturating_sub(label + SIGN) / 2;
    let rows = if is_narrow { stacked(&lines, area.width, app) } else { facing(&lines, half) };
    let heads = heads(canvas, body, compare, app, if is_narrow { None } else { Some((label, half)) });
    let body = Rect { y: body.y + heads, height: body.height.saturating_sub(heads), ..body };
    let height = body.height as usize;
    let top = compare.top.min(rows.len().saturating_sub(height));
    for (line, row) in rows.iter().skip(top).take(height).enumerate() {
        let y = body.y + line as u16;
        let label = if is_narrow { 14 } else { label };
        draw_row(canvas, Rect { y, height: 1, ..body }, row, label, if is_narrow { area.width } else { half });
    }
    legend(canvas, Rect { y: foot, height: 1, ..area }, rows.len().saturating_sub(top + height), app);
}

/// Whose columns these are; gives the rows used.
fn heads(canvas: &mut Canvas<'_>, area: Rect, compare: &Compare, app: &App, columns: Option<(u16, u16)>) -> u16 {
    let left = app.compare_heading(&compare.left);
    let right = compare.right.as_ref().map(|side| app.compare_heading(side)).unwrap_or_default();
    match columns {
        Some((label, half)) => {
            canvas.text(area.x + label, area.y, half, &left, Role::Head);
            canvas.text(area.x + label + half + SIGN, area.y, half, &right, Role::Head);
        }
        None => {
            let text = format!("{left} {} {right}", canvas.glyphs.dot);
            canvas.text(area.x, area.y, area.width, &text, Role::Head);
        }
    }
    1
}

/// Both sides beside one another, each broken at words as often as it needs.
fn facing(lines: &[Line], half: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in lines {
        let (left, right) = (wrap(&line.left, half as usize), wrap(&line.right, half as usize));
        for place in 0..left.len().max(right.len()).max(1) {
            let part = |side: &[String]| side.get(place).cloned().unwrap_or_default();
            let label = if place == 0 { line.label.clone() } else { String::new() };
            let sign = (place == 0).then_some(line.accord);
            rows.push(Row { label, left: part(&left), sign, right: part(&right) });
        }
    }
    rows
}

/// The left side, and the right one below it where it says something else.
fn stacked(lines: &[Line], width: u16, app: &App) -> Vec<Row> {
    let room = width.saturating_sub(14 + SIGN) as usize;
    let mut rows = Vec::new();
    for line in lines {
        let is_one = line.left == line.right;
        let sides = [(Some(line.accord), &line.left), (None, &line.right)];
        for (place, (sign, side)) in sides.into_iter().enumerate().filter(|(place, _)| *place == 0 || !is_one) {
            let said = if side.is_empty() { app.texts.get("compare-unsaid").into_owned() } else { side.clone() };
            for (part, left) in wrap(&said, room).into_iter().enumerate() {
                let is_first = place == 0 && part == 0;
                let label = if is_first { line.label.clone() } else { String::new() };
                rows.push(Row { label, left, sign: sign.filter(|_| part == 0), right: String::new() });
            }
        }
    }
    rows
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, row: &Row, label: u16, half: u16) {
    canvas.text(area.x, area.y, label - 1, &row.label, Role::Quiet);
    let (sign, role) = row.sign.map_or((" ", Role::Plain), mark);
    let is_stacked = half == area.width;
    let (left, at) = if is_stacked {
        (area.x + label + SIGN, area.x + label + 1)
    } else {
        (area.x + label, area.x + label + half + 1)
    };
    let cells = if is_stacked { area.right().saturating_sub(left) } else { half };
    canvas.text(left, area.y, cells, &row.left, Role::Plain);
    canvas.text(at, area.y, 1, sign, role);
    if !is_stacked {
        canvas.text(area.x + label + half + SIGN, area.y, half, &row.right, role);
    }
}

/// The sign of a line, and its tone.
const fn mark(accord: Accord) -> (&'static str, Role) {
    match accord {
        Accord::Same => ("=", Role::Good),
        Accord::Near => ("~", Role::Care),
        Accord::Other => ("x", Role::Alarm),
        Accord::Unsaid => (" ", Role::Plain),
    }
}

/// How many lines stand below, and what the signs mean as far as there is room.
fn legend(canvas: &mut Canvas<'_>, area: Rect, below: usize, app: &App) {
    let more = match below {
        0 => String::new(),
        below => app.texts.with("compare-more", &[("count", &below.to_string())]),
    };
    canvas.right(area.right(), area.y, &more, Role::Key);
    let end = area.right().saturating_sub(more.chars().count() as u16 + 1);
    let mut x = area.x;
    for (accord, key) in [(Accord::Same, "accord-same"), (Accord::Near, "accord-near"), (Accord::Other, "accord-other")]
    {
        let (sign, role) = mark(accord);
        let word = app.texts.get(key);
        if x + 2 + word.chars().count() as u16 > end {
            break;
        }
        x += canvas.text(x, area.y, 1, sign, role) + 1;
        x += canvas.text(x, area.y, end - x, &word, Role::Quiet) + 2;
    }
}
