//! The question why: what is closed, that the reason is written down, for how long it opens, and the line being typed.

use super::canvas::{Canvas, wrap};
use super::theme::Role;
use crate::app::App;
use crate::app::reason::Reason;
use crate::desk::{Behind, REASON_HOLDS};
use crate::domain::reason::REASON_LEAST;
use ratatui::layout::Rect;

/// Draws the question over the page; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, reason: &Reason, app: &App) -> Option<(u16, u16)> {
    let blank = " ".repeat(page.width as usize);
    for y in page.y..page.bottom() {
        canvas.text(page.x, y, page.width, &blank, Role::Plain);
    }
    let (x, cells) = (page.x + 1, page.width.saturating_sub(2));
    let number = app.seat.number_of_row(reason.row).map(|number| number.to_string()).unwrap_or_default();
    let title = app.texts.get("reason-title").to_string();
    canvas.line(x, page.y, cells, &[(&title, Role::Head), ("  ", Role::Plain), (&number, Role::Quiet)]);
    let what = app.texts.get(match reason.behind {
        Behind::Seal => "reason-seal",
        Behind::Compartment => "reason-compartment",
        Behind::OtherOffice => "reason-other-office",
    });
    let minutes = REASON_HOLDS.num_minutes().to_string();
    let kept = app.texts.with("reason-kept", &[("minutes", &minutes), ("least", &REASON_LEAST.to_string())]);
    let mut y = page.y + 2;
    for line in wrap(&what, cells as usize).into_iter().chain(wrap(&kept, cells as usize)) {
        if y + 2 < page.bottom() {
            canvas.text(x, y, cells, &line, Role::Plain);
            y += 1;
        }
    }
    let label = app.texts.get("reason-label").to_string();
    let at = x + canvas.text(x, y + 1, cells, &label, Role::Key) + 1;
    let cells = page.right().saturating_sub(at + 1);
    let (skip, cursor) = reason.line.window(cells as usize);
    let shown: String = reason.line.text().chars().skip(skip).collect();
    canvas.text(at, y + 1, cells, &shown, Role::Plain);
    if reason.is_confirming {
        canvas.text(x, y + 2, page.width - 2, &app.texts.get("reason-confirm"), Role::Head);
    }
    Some((at + cursor as u16, y + 1))
}
