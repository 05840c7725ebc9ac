//! Forms: a field a line, its reading behind it, offers and errors below; quick intake with the likely duplicates.

use super::canvas::Canvas;
use super::theme::Role;
use crate::app::App;
use crate::app::form::entry::Entry;
use crate::app::form::{Form, Purpose};
use crate::app::notice::refusal_text;
use crate::domain::field::{Field, Page, Shape};
use crate::domain::value::Value;
use chrono::Datelike;
use ratatui::layout::Rect;

/// Cells of the labels.
const LABEL: u16 = 21;

/// Draws a form; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, form: &Form, app: &App) -> Option<(u16, u16)> {
    heading(canvas, page, form, app);
    let is_intake = form.purpose == Purpose::Intake;
    let below = if is_intake { 5 } else { 0 };
    let body =
        Rect { x: page.x + 1, y: page.y + 1, width: page.width - 2, height: page.height.saturating_sub(1 + below) };
    let cursor = fields(canvas, body, form, app);
    if is_intake {
        let area = Rect { y: page.bottom().saturating_sub(below), height: below, ..page };
        candidates(canvas, area, form, app);
    }
    cursor
}

/// Whose form it is and, in the full form, its pages.
fn heading(canvas: &mut Canvas<'_>, page: Rect, form: &Form, app: &App) {
    if form.purpose != Purpose::Full {
        let title = app.texts.get(&format!("form-{}", form.purpose.code())).to_string();
        let who = form.base.text(Field::Name).unwrap_or_default();
        let gate = match form.purpose {
            Purpose::FillIn(to) => format!(" {} {}", canvas.glyphs.arrow, to.code()),
            _ => String::new(),
        };
        canvas.line(
            page.x + 1,
            page.y,
            page.width - 2,
            &[(&title, Role::Head), (&gate, Role::Head), ("  ", Role::Plain), (who, Role::Plain)],
        );
        return;
    }
    let mut x = page.x + 1;
    for shown in Page::FORM {
        let name = app.texts.get(shown.key()).to_string();
        let (name, role) = if shown == form.page { (format!("[{name}]"), Role::Key) } else { (name, Role::Quiet) };
        x += canvas.text(x, page.y, page.right().saturating_sub(x), &name, role) + 1;
    }
}

/// What stands in rows below one another on a page: entries, and a blank line before each item.
fn fields(canvas: &mut Canvas<'_>, body: Rect, form: &Form, app: &App) -> Option<(u16, u16)> {
    let places = form.on_page();
    let here = places.iter().position(|&place| place == form.at)?;
    let height = body.height as usize;
    let extra = form.current().offers.len().max(form.current().menu(&app.texts, &app.seat).len()) + 1;
    let top = (here + 1 + extra).saturating_sub(height);
    let mut y = body.y;
    let mut cursor = None;
    for &place in places.iter().skip(top) {
        if y >= body.bottom() {
            break;
        }
        let entry = &form.entries[place];
        let is_here = place == form.at;
        let at = line(canvas, Rect { y, height: 1, ..body }, entry, is_here, app);
        y += 1;
        if is_here {
            cursor = Some((at, y - 1));
            let below = Rect { y, height: body.bottom().saturating_sub(y), ..body };
            y = if form.purpose == Purpose::Intake || !entry.offers.is_empty() {
                offers(canvas, below, entry)
            } else {
                menu(canvas, below, entry, app)
            };
        }
        y = error(canvas, Rect { y, height: body.bottom().saturating_sub(y), ..body }, entry, app);
    }
    cursor
}

/// One field: label, what is typed, how it reads; gives the cell of the cursor.
fn line(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry, is_here: bool, app: &App) -> u16 {
    let mut label = app.texts.get(&entry.slot.field.label_key()).to_string();
    if entry.is_required {
        label.push('*');
    }
    if is_here {
        canvas.text(area.x, area.y, 1, ">", Role::Key);
    }
    canvas.text(area.x + 2, area.y, LABEL - 1, &label, if is_here { Role::Plain } else { Role::Quiet });
    let x = area.x + 2 + LABEL;
    let cells = window(entry, area.right().saturating_sub(x));
    let (skip, at) = entry.line.window(cells as usize);
    if entry.line.is_empty() {
        if let Some(grey) = &entry.grey {
            canvas.text(x, area.y, cells, &format!("{} ?", grey.text), Role::Grey);
        } else if let Some(hint) = app.texts.hint(&entry.slot.field.label_key()).filter(|_| is_here) {
            canvas.text(x + 1, area.y, area.right().saturating_sub(x + 1), hint, Role::Grey);
        }
    } else {
        let text: String = entry.line.text().chars().skip(skip).collect();
        canvas.text(x, area.y, cells, &text, Role::Plain);
    }
    let echo_x = x + cells + 1;
    canvas.text(echo_x, area.y, area.right().saturating_sub(echo_x), &echo(entry, app), Role::Quiet);
    x + at as u16
}

/// The cells of a field's window: as wide as its content is, at most what is left.
fn window(entry: &Entry, left: u16) -> u16 {
    let wanted = match entry.slot.field.shape() {
        Shape::Nik => 21,
        Shape::Date(_) => 18,
        Shape::Time => 21,
        Shape::Phone => 18,
        Shape::DocumentNo => 16,
        Shape::Number { .. } => 8,
        Shape::YesNo => 8,
        Shape::Text(most) => most.clamp(10, 50),
        Shape::Lines(_) => 56,
        Shape::Choice(_) | Shape::Choices(_) | Shape::Region | Shape::Country | Shape::Link(_) => 46,
    };
    wanted.min(left)
}

/// How the typed text reads: a weekday behind a date, the count of digits behind a NIK.
fn echo(entry: &Entry, app: &App) -> String {
    match (&entry.value, entry.slot.field.shape()) {
        (_, Shape::Nik) if !entry.line.is_empty() => {
            let digits = entry.line.text().chars().filter(char::is_ascii_digit).count();
            format!("{digits}/16")
        }
        (Some(Value::Date(date)), _) => {
            date.on.map(|day| app.texts.weekday(day.weekday()).into_owned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The choices of a list while nothing is typed, with the digits that take them.
fn menu(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry, app: &App) -> u16 {
    let x = area.x + 2 + LABEL;
    let rows = entry.menu(&app.texts, &app.seat);
    for (line, row) in rows.iter().enumerate().take(area.height as usize) {
        canvas.text(x, area.y + line as u16, area.right().saturating_sub(x), row, Role::Quiet);
    }
    area.y + (rows.len() as u16).min(area.height)
}

fn offers(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry) -> u16 {
    let mut y = area.y;
    for (place, offer) in entry.offers.iter().enumerate().take(area.height as usize) {
        let is_chosen = place == entry.offer_at;
        let x = area.x + 2 + LABEL;
        canvas.text(x.saturating_sub(2), y, 1, if is_chosen { ">" } else { " " }, Role::Key);
        canvas.text(
            x,
            y,
            area.right().saturating_sub(x),
            &offer.text,
            if is_chosen { Role::Cursor } else { Role::Plain },
        );
        y += 1;
    }
    y
}

fn error(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry, app: &App) -> u16 {
    let Some(error) = entry.error.as_ref().filter(|_| entry.is_error_shown && area.height > 0) else { return area.y };
    let x = area.x + 2 + LABEL;
    let text = format!("!! {}", refusal_text(error, &app.texts));
    // Beside the labels where it fits, else over the whole width: a refusal is never cut.
    let x = if text.chars().count() <= area.right().saturating_sub(x) as usize { x } else { area.x + 2 };
    let area = Rect { x, width: area.right().saturating_sub(x), ..area };
    area.y + canvas.wrapped(area, &text, Role::Alarm)
}

/// Who the person may be already: how sure, who, and why.
fn candidates(canvas: &mut Canvas<'_>, area: Rect, form: &Form, app: &App) {
    if form.alike.is_empty() {
        return;
    }
    canvas.text(area.x + 1, area.y, area.width - 2, &app.texts.get("intake-alike"), Role::Head);
    let mut below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for candidate in &form.alike {
        if below.height == 0 {
            break;
        }
        let words = app.candidate_words(candidate);
        canvas.text(area.x + 1, below.y, 11, &words.certainty, Role::Care);
        let text = format!("{}  {}  {}", words.number, words.name, words.reasons);
        let beside = Rect { x: area.x + 13, width: area.width.saturating_sub(14), ..below };
        let rows = canvas.wrapped(beside, &text, Role::Plain);
        below = Rect { y: below.y + rows, height: below.height - rows, ..below };
    }
}
