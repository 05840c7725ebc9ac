//! The import preview: the movement, the counts, every row with its remarks, and who stands in the way of being new.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::compare::lines::verdict_key;
use crate::app::import::{Import, lands};
use crate::desk::importing::RowState;
use crate::domain::field::Field;
use ratatui::layout::Rect;

/// Rows below the table for the remarks of the row under the cursor.
const REMARKS: u16 = 4;

/// Draws the preview; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, import: &Import, app: &App) -> Option<(u16, u16)> {
    let preview = &import.preview;
    let movement = &preview.movement;
    let landing = lands(movement).map(|day| app.texts.day(day)).unwrap_or_default();
    let name = movement.text(Field::MoveName).unwrap_or_default();
    let flight = movement.text(Field::MoveFlight).unwrap_or_default();
    let place = movement.text(Field::MovePlace).unwrap_or_default();
    let head =
        app.texts.with("import-head", &[("name", name), ("flight", flight), ("lands", &landing), ("place", place)]);
    canvas.text(page.x + 1, page.y, page.width - 2, &head, Role::Head);
    let counts = preview.counts();
    let text = app.texts.with(
        "import-counts",
        &[
            ("rows", &counts.rows.to_string()),
            ("people", &counts.people.to_string()),
            ("same", &counts.left_out.to_string()),
            ("errors", &counts.errors.to_string()),
            ("warnings", &counts.warnings.to_string()),
        ],
    );
    canvas.text(page.x + 1, page.y + 1, page.width - 2, &text, Role::Plain);
    let table = Rect { y: page.y + 2, height: page.height.saturating_sub(2 + REMARKS), ..page };
    let cursor = rows(canvas, table, import, app);
    remarks(canvas, Rect { y: table.bottom(), height: REMARKS, ..page }, import, app);
    cursor
}

fn rows(canvas: &mut Canvas<'_>, area: Rect, import: &Import, app: &App) -> Option<(u16, u16)> {
    let heads =
        [("col-line", 4, 4), ("col-name", 9, 26), ("col-sex", 36, 1), ("col-birth", 38, 10), ("col-nik", 49, 16)];
    for (key, x, cells) in heads {
        canvas.text(area.x + x, area.y, cells, &app.texts.get(key), Role::Quiet);
    }
    let remark_x = 66;
    canvas.text(
        area.x + remark_x,
        area.y,
        area.width.saturating_sub(remark_x),
        &app.texts.get("col-remark"),
        Role::Quiet,
    );
    let preview = &import.preview;
    let height = area.height.saturating_sub(1) as usize;
    for line in 0..height {
        let row = import.top + line;
        if row >= preview.rows() {
            break;
        }
        let y = area.y + 1 + line as u16;
        if row == import.at {
            canvas.text(area.x, y, 1, ">", Role::Key);
        }
        let (sign, role) = match preview.state(row) {
            RowState::Goes => (" ", Role::Plain),
            RowState::Warned => ("?", Role::Care),
            RowState::Wrong => ("!", Role::Alarm),
            RowState::Same => ("=", Role::Care),
            RowState::LeftOut => ("-", Role::Quiet),
        };
        canvas.text(area.x + 1, y, 1, sign, role);
        canvas.right(area.x + 8, y, &preview.given(row), Role::Quiet);
        if row == import.at {
            canvas.tint(area.x + 4, y, 4, Role::Cursor);
        }
        canvas.text(area.x + 9, y, 26, &preview.cell(row, Field::Name), role);
        canvas.text(area.x + 36, y, 1, &preview.cell(row, Field::Sex), Role::Plain);
        canvas.text(area.x + 38, y, 10, &preview.birth(row), Role::Plain);
        canvas.text(area.x + 49, y, 16, &preview.nik(row), Role::Plain);
        let first = match preview.verdict(row) {
            Some(verdict) => app.texts.get(verdict_key(verdict)).into_owned(),
            None => preview.main_remark(row).map(|remark| app.remark_words(remark)).unwrap_or_default(),
        };
        canvas.text(area.x + remark_x, y, area.width.saturating_sub(remark_x), &first, role);
    }
    Some((area.x, area.y + 1 + (import.at - import.top) as u16))
}

/// Everything that is to be said of the row under the cursor, and the two rows side by side when it is somebody known.
fn remarks(canvas: &mut Canvas<'_>, area: Rect, import: &Import, app: &App) {
    let preview = &import.preview;
    let mut below = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let same = app.same_words(preview, import.at).map(|words| match preview.verdict(import.at) {
        Some(verdict) => (format!("{}: {words}", app.texts.get(verdict_key(verdict))), Role::Care),
        None => (words, Role::Care),
    });
    let remarks = preview.remarks(import.at).into_iter().map(|remark| (app.remark_words(remark), Role::Plain));
    for (words, role) in same.into_iter().chain(remarks) {
        let rows = canvas.wrapped(below, &words, role);
        below = Rect { y: below.y + rows, height: below.height - rows, ..below };
    }
}
