//! Forms: a field a line, its reading behind it, offers and errors below; quick intake with the likely duplicates.

use super::canvas::Canvas;
use super::screening;
use super::theme::Role;
use crate::app::App;
use crate::app::form::entry::Entry;
use crate::app::form::{Form, Purpose};
use crate::app::notice::refusal_text;
use crate::app::telling::sex_letter;
use crate::domain::case::Case;
use crate::domain::field::{Field, Page, Shape};
use crate::identity::Sex;
use ratatui::layout::Rect;

/// Cells of the labels.
const LABEL: u16 = 21;
/// From so many cells the keys of the grid stand beside its time.
const ROOM_FOR_KEYS: u16 = 76;

/// Draws a form; gives the place of the cursor.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, form: &Form, app: &App) -> Option<(u16, u16)> {
    heading(canvas, page, form, app);
    let is_intake = form.purpose == Purpose::Intake;
    let below = if is_intake { 5 } else { 0 };
    let body =
        Rect { x: page.x + 1, y: page.y + 1, width: page.width - 2, height: page.height.saturating_sub(1 + below) };
    if form.purpose == Purpose::Screening {
        return grid(canvas, body, form, app);
    }
    let cursor = fields(canvas, body, form, app);
    if is_intake {
        let area = Rect { y: page.bottom().saturating_sub(below), height: below, ..page };
        candidates(canvas, area, form, app);
    }
    cursor
}

/// The screening grid: its time as any field, the questions below.
fn grid(canvas: &mut Canvas<'_>, body: Rect, form: &Form, app: &App) -> Option<(u16, u16)> {
    let is_here = form.at == 0;
    let time = line(canvas, Rect { height: 1, ..body }, form, &form.entries[0], app);
    if body.width >= ROOM_FOR_KEYS {
        canvas.right(body.right(), body.y, &app.texts.get("screening-keys"), Role::Quiet);
    }
    let below = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    let cursor = screening::draw(canvas, below, form, app);
    if is_here { Some((time, body.y)) } else { cursor }
}

/// Whose form it is and, in the full form, its pages.
fn heading(canvas: &mut Canvas<'_>, page: Rect, form: &Form, app: &App) {
    if form.purpose != Purpose::Full {
        let is_retraction = form.purpose == Purpose::Die && Case(&form.base).is_dead();
        let name = if is_retraction { "retract" } else { form.purpose.code() };
        let title = app.texts.get(&format!("form-{name}")).to_string();
        let unknown = app.texts.get("refer-unknown");
        let who = match form.purpose {
            Purpose::Refer if form.base.revision == 0 => unknown.into_owned(),
            Purpose::Refer | Purpose::HandToLaw | Purpose::Between(_) => handed_on(form, app),
            Purpose::Unmerge => app.unmerge_words(form),
            Purpose::Operator | Purpose::Suspend | Purpose::Office => App::staff_name(form).to_owned(),
            _ => form.base.text(Field::Name).unwrap_or_default().to_owned(),
        };
        let gate = match form.purpose {
            Purpose::FillIn(to) => format!(" {} {}", canvas.glyphs.arrow, to.code()),
            _ => String::new(),
        };
        canvas.line(
            page.x + 1,
            page.y,
            page.width - 2,
            &[(&title, Role::Head), (&gate, Role::Head), ("  ", Role::Plain), (&who, Role::Plain)],
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

/// Whoever is handed on, or asked after, is named in full: queue number (between offices the case's own before it), name, sex,
/// birth date. Initials and numbers alone confuse people.
fn handed_on(form: &Form, app: &App) -> String {
    let is_between = matches!(form.purpose, Purpose::Between(_));
    let of = if form.beside.link(Field::InquiryCase).is_some() { &form.beside } else { &form.base };
    // Of whoever has no name yet the case's number is all there is.
    let is_nameless = of.text(Field::Name).is_none();
    let number = Case(of).number().filter(|_| is_between || is_nameless).map(|number| number.to_string());
    let unknown = (is_nameless && number.is_some()).then(|| app.texts.get("refer-unknown").into_owned());
    let queue = of.number(Field::Queue).map(|queue| queue.to_string());
    let birth = of.day(Field::Birth).map(|day| app.texts.day(day));
    let words = [
        number,
        queue,
        of.text(Field::Name).map(str::to_owned).or(unknown),
        of.code(Field::Sex).map(|code| sex_letter(Sex::from_code(code), app.texts).into_owned()),
        birth,
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join("  ")
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
        let at = line(canvas, Rect { y, height: 1, ..body }, form, entry, app);
        y += 1;
        if is_here {
            cursor = Some((at, y - 1));
            let below = Rect { y, height: body.bottom().saturating_sub(y), ..body };
            let has_menu = form.purpose != Purpose::Intake || entry.slot.field == Field::Movement;
            y = if !has_menu || !entry.offers.is_empty() {
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
fn line(canvas: &mut Canvas<'_>, area: Rect, form: &Form, entry: &Entry, app: &App) -> u16 {
    let is_here = std::ptr::eq(entry, form.current());
    let label_key = form.label_key(entry);
    let star = if entry.is_required { "*" } else { "" };
    let label = format!("{}{star}", canvas.cut(&app.texts.get(&label_key), LABEL - 1 - star.len() as u16));
    if is_here {
        canvas.text(area.x, area.y, 1, ">", Role::Key);
    }
    canvas.text(area.x + 2, area.y, LABEL - 1, &label, if is_here { Role::Plain } else { Role::Quiet });
    let x = area.x + 2 + LABEL;
    let cells = window(entry, area.right().saturating_sub(x));
    let (skip, at) = entry.line.window(cells as usize);
    if entry.line.is_empty() {
        if let Some(grey) = &entry.grey {
            let most = area.right().saturating_sub(x);
            canvas.text(x, area.y, most, &format!("[{}] ?", grey.text), Role::Grey);
        } else if let Some(hint) = app.texts.hint(&label_key).filter(|_| is_here) {
            let example = app.texts.with("form-example", &[("text", hint)]);
            canvas.text(x + 1, area.y, area.right().saturating_sub(x + 1), &example, Role::Grey);
        }
    } else {
        canvas.window(x, area.y, cells, entry.line.text(), skip, Role::Plain);
    }
    let echo_x = x + cells + 1;
    canvas.text(echo_x, area.y, area.right().saturating_sub(echo_x), &app.echo(form, entry), Role::Quiet);
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
        Shape::Choice(_) | Shape::Choices(_) | Shape::Region | Shape::Country | Shape::Link(_) | Shape::Item(_) => 46,
    };
    wanted.min(left)
}

/// The choices of a list while nothing is typed, with the digits that take them.
fn menu(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry, app: &App) -> u16 {
    let x = area.x + 2 + LABEL;
    let mut rows = entry.menu(&app.texts, &app.seat);
    if entry.has_own_choices() && entry.choices.is_empty() {
        let key = if entry.slot.field == Field::ReadinessBy { "form-no-assessors" } else { "form-no-contacts" };
        rows.push(app.texts.get(key).to_string());
    }
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
