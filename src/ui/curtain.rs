//! A covered screen: that it is locked or ended, what became of what was typed, and what to do. Nothing of any case.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::curtain::Curtain;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Cells for what is typed, at least.
const LEAST: u16 = 12;

/// Draws the curtain; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, curtain: &Curtain, app: &App) -> Option<(u16, u16)> {
    let page = Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 1 };
    let below = |page: Rect, rows: u16| Rect { y: page.y + rows, height: page.height.saturating_sub(rows), ..page };
    match curtain {
        Curtain::Closed { reason } => {
            let page = below(page, canvas.wrapped(page, reason, Role::Alarm) + 1);
            let said = if app.has_kept_draft() { "closed-draft" } else { "closed-typed" };
            let page = below(page, canvas.wrapped(page, &app.texts.get(said), Role::Plain) + 1);
            canvas.wrapped(page, &app.texts.get("closed-leave"), Role::Key);
            None
        }
        Curtain::Locked { typed, was_wrong } => {
            let word = [("word", app.lock_word())];
            let page = below(page, canvas.wrapped(page, &app.texts.get("locked-title"), Role::Head));
            let is_kept = app.has_kept_draft();
            let rows = if is_kept { canvas.wrapped(page, &app.texts.get("locked-draft"), Role::Plain) } else { 0 };
            let page = below(page, rows + 1);
            let label = app.texts.with("locked-type", &word);
            let rows = canvas.wrapped(page, &label, Role::Key);
            let behind = label.width() as u16 + 1;
            // On a narrow screen, or behind a long word, there is no room beside the label.
            let is_beside = behind + LEAST <= page.width;
            let page = if is_beside { page } else { below(page, rows) };
            let x = if is_beside { page.x + behind } else { page.x };
            let cells = area.right().saturating_sub(x + 1);
            let (skip, at) = typed.window(cells as usize);
            canvas.window(x, page.y, cells, typed.text(), skip, Role::Plain);
            let cursor = (x + at as u16, page.y);
            let said = match (app.is_asked_to_quit(), was_wrong) {
                (true, _) => app.texts.get("locked-leave").into_owned(),
                (false, true) => format!("!! {}", app.texts.with("locked-wrong", &word)),
                (false, false) => String::new(),
            };
            canvas.text(page.x, page.y + 1, page.width, &said, Role::Alarm);
            canvas.wrapped(below(page, 3), &app.texts.get("locked-truth"), Role::Quiet);
            Some(cursor)
        }
    }
}
