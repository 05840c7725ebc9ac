//! Pick-lists: over the page, the filter on top, the chosen row marked by a sign as well as by its looks.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::pick::Pick;
use crate::app::picks::Choice;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Draws the list over the page; gives the place of the cursor in the filter line.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, pick: &Pick<Choice>, app: &App) -> Option<(u16, u16)> {
    let blank = " ".repeat(page.width as usize);
    for y in page.y..page.bottom() {
        canvas.text(page.x, y, page.width, &blank, Role::Plain);
    }
    let title = app.texts.get(pick.title).to_string();
    let x = page.x + 1 + canvas.text(page.x + 1, page.y, page.width - 2, &title, Role::Head) + 2;
    canvas.text(x, page.y, page.right().saturating_sub(x + 1), pick.filter.text(), Role::Plain);
    // The last line says in full why the chosen row cannot be taken.
    let height = page.height.saturating_sub(3) as usize;
    let top = pick.top(height);
    let has_keys = pick.shown().any(|row| !row.key.is_empty());
    let longest = pick.shown().map(|row| row.key.chars().count() as u16).max().unwrap_or(0);
    let key_cells = if has_keys { (longest + 2).min(14) } else { 0 };
    let name_cells = match page.width {
        _ if pick.is_of_values => pick.shown().map(|row| row.name.width() as u16 + 1).max().unwrap_or(0).min(44),
        100.. => 52,
        _ => 44 - key_cells,
    };
    if pick.shown().len() > height {
        let place = format!("{}/{}", pick.at() + 1, pick.shown().len());
        let from = page.right().saturating_sub(place.len() as u16 + 1).max(x);
        canvas.text(from, page.y, page.right() - from, &place, Role::Quiet);
    }
    let room = page.width.saturating_sub(4 + key_cells + name_cells) as usize;
    for (line, row) in pick.shown().skip(top).take(height).enumerate() {
        let y = page.y + 2 + line as u16;
        let is_here = top + line == pick.at();
        if is_here {
            canvas.text(page.x + 1, y, 1, ">", Role::Key);
        }
        let role = if row.why_not.is_some() { Role::Quiet } else { Role::Plain };
        canvas.text(page.x + 3, y, key_cells, &row.key, Role::Key);
        let name_x = page.x + 3 + key_cells;
        // Whoever has nothing more to say has the whole line for the name.
        let says_more = row.why_not.is_some() || !row.detail.is_empty();
        let name_room = if says_more { name_cells } else { page.right().saturating_sub(name_x + 1) };
        canvas.text(name_x, y, name_room, &row.name, if is_here { Role::Cursor } else { role });
        let detail_x = name_x + name_cells + 1;
        let detail = match &row.why_not {
            Some(reason) => format!("- {reason}"),
            None => row.detail.clone(),
        };
        canvas.text(detail_x, y, page.right().saturating_sub(detail_x), &detail, Role::Quiet);
    }
    if let Some(reason) = pick.chosen().and_then(|row| row.why_not.as_ref()) {
        canvas.text(page.x + 1, page.bottom() - 1, page.width - 2, reason, Role::Plain);
    } else if let Some(row) = pick.chosen().filter(|row| pick.is_of_values && row.detail.width() > room) {
        canvas.text(page.x + 1, page.bottom() - 1, page.width - 2, &row.detail, Role::Plain);
    }
    if pick.shown().len() == 0 {
        canvas.text(page.x + 3, page.y + 2, page.width - 4, &app.texts.get("pick-nothing"), Role::Quiet);
    }
    Some((x + pick.filter.before_cursor() as u16, page.y))
}
