//! The last question before a case is destroyed: who it is, what will be gone, what stays, the reason and the number.

use super::canvas::{Canvas, wrap};
use super::theme::Role;
use crate::app::App;
use crate::app::erasing::Erasing;
use crate::app::line::Line;
use ratatui::layout::Rect;

/// The sentences of the question, in their order.
const SENTENCES: [&str; 4] = ["erase-gone", "erase-stays", "erase-for-good", "erase-copies"];

/// Draws the question over the page; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, erasing: &Erasing, app: &App) -> Option<(u16, u16)> {
    let blank = " ".repeat(page.width as usize);
    for y in page.y..page.bottom() {
        canvas.text(page.x, y, page.width, &blank, Role::Plain);
    }
    let (x, cells) = (page.x + 1, page.width.saturating_sub(2));
    let doomed = &erasing.doomed;
    let title = app.texts.get("erase-title").to_string();
    let who = format!("{}  {}", doomed.number, doomed.name);
    canvas.line(x, page.y, cells, &[(&title, Role::Head), ("  ", Role::Plain), (&who, Role::Plain)]);
    let words = [("entries", doomed.entries.to_string()), ("links", doomed.links.to_string())];
    let mut y = page.y + 1;
    // On a small screen the lines that are typed come first.
    let last = page.bottom().saturating_sub(2);
    for sentence in SENTENCES {
        y += u16::from(page.height > 16);
        for line in wrap(&app.texts.with(sentence, &words), cells as usize) {
            if y < last {
                canvas.text(x, y, cells, &line, Role::Plain);
                y += 1;
            }
        }
    }
    y = (y + 1).min(last);
    let reason = typed(canvas, page, y, &app.texts.get("reason-label"), &erasing.reason);
    if !erasing.is_confirming {
        return Some(reason);
    }
    let label = app.texts.with("erase-number", &[("number", &doomed.number.to_string())]);
    Some(typed(canvas, page, y + 1, &label, &erasing.number))
}

/// A label with the line that is typed behind it; gives the place of the cursor.
fn typed(canvas: &mut Canvas<'_>, page: Rect, y: u16, label: &str, line: &Line) -> (u16, u16) {
    let at = page.x + 1 + canvas.text(page.x + 1, y, page.width.saturating_sub(2), label, Role::Key) + 1;
    let cells = page.right().saturating_sub(at + 1);
    let (skip, cursor) = line.window(cells as usize);
    let shown: String = line.text().chars().skip(skip).collect();
    canvas.text(at, y, cells, &shown, Role::Plain);
    (at + cursor as u16, y)
}
