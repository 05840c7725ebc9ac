//! The inbox: a line a matter, what waits first; below, who is meant in full, who asks, and why.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::inbox::{DETAIL, Inbox};
use crate::desk::{InboxRow, Matter};
use crate::domain::field::Field;
use ratatui::layout::Rect;

/// Draws the inbox; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, inbox: &Inbox, app: &App) -> Option<(u16, u16)> {
    let count = inbox.list.waiting.to_string();
    canvas.text(page.x + 1, page.y, page.width - 2, &app.texts.with("inbox-head", &[("count", &count)]), Role::Head);
    if inbox.list.rows.is_empty() {
        canvas.text(page.x + 1, page.y + 2, page.width - 2, &app.texts.get("inbox-empty"), Role::Plain);
        return None;
    }
    let bottom = page.bottom().saturating_sub(DETAIL as u16 + 1);
    let shown = inbox.list.rows.iter().enumerate().skip(inbox.top);
    for ((place, row), y) in shown.zip(page.y + 1..bottom) {
        line(canvas, Rect { y, height: 1, ..page }, row, place == inbox.at, app);
    }
    if let Some(row) = inbox.current() {
        for (text, y) in app.inbox_detail(row).iter().zip(bottom + 1..page.bottom()) {
            let role = if y == bottom + 1 { Role::Head } else { Role::Plain };
            canvas.text(page.x + 1, y, page.width - 2, text, role);
        }
    }
    let y = page.y + 1 + inbox.at.saturating_sub(inbox.top) as u16;
    Some((page.x, y.min(bottom.saturating_sub(1).max(page.y))))
}

fn line(canvas: &mut Canvas<'_>, area: Rect, row: &InboxRow, is_here: bool, app: &App) {
    if is_here {
        canvas.text(area.x, area.y, 1, ">", Role::Key);
    }
    let role = if row.may_answer { Role::Care } else { Role::Quiet };
    canvas.text(area.x + 2, area.y, 10, &app.standing_words(row), role);
    canvas.text(area.x + 13, area.y, 13, &app.matter_words(row), if is_here { Role::Cursor } else { Role::Plain });
    let number = row.number.map(|number| number.to_string()).unwrap_or_default();
    canvas.text(area.x + 27, area.y, 11, &number, Role::Quiet);
    let asked = match &row.matter {
        Matter::Asked { inquiry, .. } => inquiry.text(Field::InquirySought).unwrap_or_default(),
        Matter::Waiting(_) | Matter::Sent(_) | Matter::Sought { .. } => "",
    };
    let name = row.person.as_ref().map_or(asked, |person| person.name.as_str());
    canvas.text(area.x + 39, area.y, 20, name, Role::Plain);
    canvas.text(area.x + 60, area.y, area.width.saturating_sub(61), &row.office, Role::Quiet);
}
