//! A paper on the screen: its lines as they will be printed, and below them the command that prints it.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::preview::Preview;
use ratatui::layout::Rect;

/// Draws the paper.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, preview: &Preview, app: &App) {
    let height = page.height.saturating_sub(2);
    for (y, line) in (page.y..page.y + height).zip(preview.lines.iter().skip(preview.top)) {
        canvas.text(page.x, y, page.width, line, Role::Plain);
    }
    let words = [("command", preview.command.as_str())];
    let told = app.texts.with("preview-command", &words);
    canvas.text(page.x + 1, page.y + height, page.width.saturating_sub(1), &told, Role::Key);
    let last = (preview.top + usize::from(height)).min(preview.lines.len());
    let words =
        [("last", last.to_string()), ("all", preview.lines.len().to_string()), ("left", preview.left_out.to_string())];
    let told = app.texts.with("preview-lines", &words);
    canvas.text(page.x + 1, page.y + height + 1, page.width.saturating_sub(1), &told, Role::Quiet);
}
