//! *Hari ini*: one line per thing that is due, the most overdue first.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::today::Today;
use ratatui::layout::Rect;

/// Draws the worklist; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, today: &Today, app: &App) -> Option<(u16, u16)> {
    let overdue = today.rows.iter().filter(|row| row.minutes < 0).count().to_string();
    let count = today.rows.len().to_string();
    let head = app.texts.with("today-head", &[("overdue", &overdue), ("count", &count)]);
    canvas.text(page.x + 1, page.y, page.width - 2, &head, Role::Head);
    if today.rows.is_empty() {
        canvas.text(page.x + 1, page.y + 2, page.width - 2, &app.texts.get("today-empty"), Role::Plain);
        return None;
    }
    let height = page.height.saturating_sub(2) as usize;
    for (line, row) in today.rows.iter().skip(today.top).take(height).enumerate() {
        let y = page.y + 2 + line as u16;
        let is_here = today.top + line == today.at;
        if is_here {
            canvas.text(page.x, y, 1, ">", Role::Key);
        }
        let left = app.texts.time_left(row.minutes);
        let role = if row.minutes < 0 { Role::Alarm } else { Role::Plain };
        canvas.right(page.x + 8, y, &left, role);
        if is_here {
            canvas.tint(page.x + 2, y, 6, Role::Cursor);
        }
        canvas.text(page.x + 10, y, 11, &row.number.to_string(), Role::Quiet);
        canvas.text(page.x + 23, y, 22, &row.name, Role::Plain);
        canvas.text(page.x + 46, y, 7, row.status.code(), Role::Plain);
        let what = app.today_words(row);
        canvas.text(page.x + 54, y, page.width.saturating_sub(55), &what, Role::Plain);
    }
    Some((page.x, page.y + 2 + (today.at - today.top) as u16))
}
