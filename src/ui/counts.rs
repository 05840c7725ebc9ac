//! The counts on the screen: lines in one column of text, in two where the screen is twice as wide.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::counts::blocks::Look;
use crate::app::counts::{COLUMNS, Counts};
use ratatui::layout::Rect;

/// Draws the counts; they have no cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, counts: &Counts, app: &App) {
    let (rows, columns) = (usize::from(page.height), app.counts_columns());
    let room = rows * columns;
    let lines = app.counted_lines(counts);
    let below = lines.len().saturating_sub(counts.top + room);
    // The last line says how much is below it, that line among them.
    let shown = if below > 0 { room.saturating_sub(1) } else { room };
    let place = |nth: usize| ((nth / rows.max(1)) as u16 * COLUMNS, (nth % rows.max(1)) as u16);
    let width = page.width.min(COLUMNS);
    for (nth, line) in lines.iter().skip(counts.top).take(shown).enumerate() {
        let (x, y) = place(nth);
        let role = match line.look {
            Look::Head => Role::Head,
            Look::Quiet => Role::Quiet,
            Look::Plain => Role::Plain,
        };
        canvas.text(page.x + x, page.y + y, width, &line.text, role);
    }
    if below > 0 && room > 0 {
        let (x, y) = place(room - 1);
        let words = [("count", (below + 1).to_string()), ("down", canvas.glyphs.down.to_string())];
        let text = format!("{} {}", canvas.glyphs.ellipsis, app.texts.with("case-more", &words));
        canvas.text(page.x + x + 1, page.y + y, width.saturating_sub(2), &text, Role::Key);
    }
}
