//! The screening grid: a question a line, its answer before it; below, what the answers come to and what they are not.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::form::{Form, grid};
use crate::domain::screening::GROUPS;
use crate::domain::words::List;
use ratatui::layout::Rect;

/// Lines of the summary.
const SUMMARY: u16 = 3;

/// What stands on one line.
enum Line {
    Group(List),
    /// An answer, by its place among the entries.
    Question(usize),
}

/// Draws the questions and the summary below the heading; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, body: Rect, form: &Form, app: &App) -> Option<(u16, u16)> {
    let rows = Rect { height: body.height.saturating_sub(SUMMARY), ..body };
    let mut lines = Vec::new();
    for group in GROUPS {
        lines.push(Line::Group(group.questions));
        let places = form.entries.iter().enumerate().filter(|(_, entry)| entry.slot.field == group.yes);
        lines.extend(places.map(|(place, _)| Line::Question(place)));
    }
    let here = lines.iter().position(|line| matches!(line, Line::Question(place) if *place == form.at)).unwrap_or(0);
    // The next question stays in sight below the one that is answered.
    let top = (here + 2).min(lines.len()).saturating_sub(rows.height as usize);
    let mut cursor = None;
    for (y, line) in (rows.y..rows.bottom()).zip(lines.iter().skip(top)) {
        match line {
            Line::Group(questions) => {
                let name = app.texts.get(&format!("screening-group-{}", questions.prefix())).into_owned();
                canvas.text(rows.x, y, rows.width, &name, Role::Head);
            }
            Line::Question(place) => {
                let is_here = *place == form.at;
                question(canvas, Rect { y, height: 1, ..rows }, form, *place, app);
                cursor = is_here.then_some((rows.x + 2, y)).or(cursor);
            }
        }
    }
    summary(canvas, Rect { y: rows.bottom(), height: SUMMARY, ..body }, form, app);
    cursor
}

fn question(canvas: &mut Canvas<'_>, area: Rect, form: &Form, place: usize, app: &App) {
    let entry = &form.entries[place];
    let is_here = place == form.at;
    let (key, role) = match entry.line.text() {
        grid::YES => ("answer-yes", Role::Alarm),
        grid::NO => ("answer-no", Role::Plain),
        _ => ("answer-unknown", Role::Quiet),
    };
    if is_here {
        canvas.text(area.x, area.y, 1, ">", Role::Key);
    }
    canvas.text(area.x + 2, area.y, 1, &app.texts.get(key), role);
    let Some(code) = entry.question else { return };
    let list = GROUPS.iter().find(|group| group.yes == entry.slot.field).map(|group| group.questions);
    let words = list.map(|list| app.texts.get(&list.label_key(code)).into_owned()).unwrap_or_default();
    canvas.text(area.x + 4, area.y, area.width.saturating_sub(4), &words, if is_here { Role::Plain } else { role });
}

fn summary(canvas: &mut Canvas<'_>, area: Rect, form: &Form, app: &App) {
    let [outcome, because] = app.screening_words(form);
    canvas.text(area.x, area.y, area.width, &outcome, Role::Head);
    canvas.text(area.x, area.y + 1, area.width, &because, Role::Plain);
    canvas.text(area.x, area.y + 2, area.width, &app.texts.get("screening-answers-only"), Role::Quiet);
}
