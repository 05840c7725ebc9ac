//! *Hari ini*: a line a person, the most overdue first; below, everything that is due for the one under the cursor.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::today::Today;
use crate::desk::TodayRow;
use ratatui::layout::Rect;

/// Draws the worklist; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, today: &Today, app: &App) -> Option<(u16, u16)> {
    let (overdue, count) = (today.list.overdue().to_string(), today.list.len().to_string());
    let head = app.texts.with("today-head", &[("overdue", &overdue), ("count", &count)]);
    canvas.text(page.x + 1, page.y, page.width - 2, &head, Role::Head);
    if today.list.is_empty() {
        canvas.text(page.x + 1, page.y + 2, page.width - 2, &app.texts.get("today-empty"), Role::Plain);
        return None;
    }
    let y_of = |place: usize| page.y + 2 + (place.saturating_sub(today.top)) as u16;
    for row in today.rows.iter().filter(|row| y_of(row.place) + 1 < page.bottom()) {
        line(canvas, Rect { y: y_of(row.place), height: 1, ..page }, row, row.place == today.at, app);
    }
    if let Some(row) = today.current_line() {
        let text = app.today_words(row, true);
        canvas.text(page.x + 1, page.bottom() - 1, page.width - 2, &text, Role::Plain);
    }
    Some((page.x, y_of(today.at)))
}

fn line(canvas: &mut Canvas<'_>, area: Rect, row: &TodayRow, is_here: bool, app: &App) {
    if is_here {
        canvas.text(area.x, area.y, 1, ">", Role::Key);
    }
    let role = if row.minutes < 0 { Role::Alarm } else { Role::Plain };
    canvas.right(area.x + 8, area.y, &app.texts.time_left(row.minutes), role);
    if is_here {
        canvas.tint(area.x + 2, area.y, 6, Role::Cursor);
    }
    canvas.text(area.x + 10, area.y, 11, &row.number.to_string(), Role::Quiet);
    canvas.text(area.x + 23, area.y, 22, &row.name, Role::Plain);
    canvas.text(area.x + 46, area.y, 7, row.status.code(), Role::Plain);
    let what = app.today_words(row, false);
    canvas.text(area.x + 54, area.y, area.width.saturating_sub(55), &what, Role::Plain);
}
