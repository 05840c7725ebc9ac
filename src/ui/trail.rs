//! The trail: a line a look, the newest first; below, the whole of the one under the cursor.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::auditing::{Trail, act_words, named_words};
use crate::desk::Trace;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// The columns: the key of the head and the cells; the last two share what a wide screen has to spare.
const COLUMNS: [(&str, u16); 7] = [
    ("col-when", 11),
    ("col-who", 14),
    ("col-act", 11),
    ("col-case", 11),
    ("col-count", 4),
    ("col-office", 10),
    ("col-why", 10),
];

/// From so many cells the operator's column is as wide as it should be.
const LEAST_WHOLE: u16 = 52;

/// Draws the trail; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, trail: &Trail, app: &App) -> Option<(u16, u16)> {
    let query =
        if trail.text.is_empty() { app.texts.get("trail-newest").into_owned() } else { format!("/ {}", trail.text) };
    canvas.text(page.x + 1, page.y, page.width - 2, &query, Role::Quiet);
    let how_far = how_far(trail, app);
    let room = page.width.saturating_sub(query.width() as u16 + 4) as usize;
    if how_far.width() <= room {
        canvas.right(page.right() - 1, page.y, &how_far, Role::Quiet);
    }
    let columns = columns(page.width);
    for (key, x, cells) in &columns {
        canvas.text(page.x + x, page.y + 1, *cells, &app.texts.get(key), Role::Quiet);
    }
    if trail.rows.is_empty() && trail.is_over() {
        canvas.text(page.x + 2, page.y + 3, page.width - 3, &app.texts.get("trail-none"), Role::Plain);
        return None;
    }
    let height = page.height.saturating_sub(3) as usize;
    for (line, trace) in trail.rows.iter().skip(trail.top).take(height).enumerate() {
        let y = page.y + 2 + line as u16;
        if trail.top + line == trail.at {
            canvas.text(page.x, y, 1, ">", Role::Key);
        }
        let cells = cells(trace, app);
        for ((_, x, width), text) in columns.iter().zip(&cells) {
            canvas.text(page.x + x, y, *width, text, Role::Plain);
        }
    }
    if let Some(trace) = trail.current() {
        canvas.text(page.x + 1, page.bottom() - 1, page.width - 2, &whole(trace, app), Role::Plain);
    }
    let line = trail.at.saturating_sub(trail.top) as u16;
    (!trail.rows.is_empty()).then_some((page.x, page.y + 2 + line))
}

/// How far back the lines go, and what could not be read of them.
fn how_far(trail: &Trail, app: &App) -> String {
    let unread = match trail.unread() {
        0 => String::new(),
        count => format!("!! {}  ", app.texts.with("trail-unread", &[("count", &count.to_string())])),
    };
    let reached = trail.reached().filter(|_| !trail.is_over());
    let text = match reached {
        Some(at) => app.texts.with("trail-reached", &[("at", &app.moment(at))]),
        None => app.texts.get("trail-to-the-beginning").into_owned(),
    };
    format!("{unread}{text}")
}

/// The columns that fit, with their places; on narrow screens the last give way.
fn columns(width: u16) -> Vec<(&'static str, u16, u16)> {
    let needed: u16 = COLUMNS.iter().map(|(_, cells)| cells + 1).sum::<u16>() + 1;
    let spare = width.saturating_sub(needed);
    let (mut x, mut columns) = (2, Vec::with_capacity(COLUMNS.len()));
    for (key, cells) in COLUMNS {
        let cells = match key {
            // Whose case it is has to stand on every screen.
            "col-who" if width < LEAST_WHOLE => width.saturating_sub(38).max(6),
            "col-who" => cells + spare / 4,
            "col-office" => cells + spare / 4,
            "col-why" => cells + spare / 2,
            _ => cells,
        };
        if x + cells > width {
            break;
        }
        columns.push((key, x, cells));
        x += cells + 1;
    }
    columns
}

/// What stands in the columns, in their order.
fn cells(trace: &Trace, app: &App) -> [String; 7] {
    [
        app.moment(trace.at),
        trace.who.clone(),
        act_words(trace, &app.texts),
        trace.of.first().map(|of| named_words(of, &app.texts)).unwrap_or_default(),
        trace.count.to_string(),
        trace.office.clone(),
        trace.why.clone(),
    ]
}

/// Everything of a line that its columns had to cut.
fn whole(trace: &Trace, app: &App) -> String {
    let parts = [trace.who.clone(), trace.office.clone(), act_words(trace, &app.texts), trace.why.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}
