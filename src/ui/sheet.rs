//! Papers on the screen: their lines as they are printed, scrolled.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::sheet::Sheet;
use ratatui::layout::Rect;

/// Draws a sheet; it has no cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, sheet: &Sheet, app: &App) {
    canvas.text(page.x + 1, page.y, page.width - 2, &app.texts.get(sheet.title), Role::Head);
    let room = page.height.saturating_sub(1) as usize;
    let below = sheet.lines.len().saturating_sub(sheet.top + room);
    let shown = if below > 0 { room.saturating_sub(1) } else { room };
    for (line, y) in sheet.lines.iter().skip(sheet.top).take(shown).zip(page.y + 1..) {
        let role = if line.starts_with(' ') { Role::Plain } else { Role::Head };
        canvas.text(page.x, y, page.width, line, role);
    }
    if below > 0 {
        let words = [("count", (below + 1).to_string()), ("down", canvas.glyphs.down.to_string())];
        let text = format!("{} {}", canvas.glyphs.ellipsis, app.texts.with("case-more", &words));
        canvas.text(page.x + 1, page.bottom() - 1, page.width - 2, &text, Role::Key);
    }
}
