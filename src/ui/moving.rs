//! The move dialog: all twelve statuses with their letters and why not, then the table of who goes and who cannot.

use super::canvas::{Canvas, wrap};
use super::list;
use super::theme::Role;
use crate::app::App;
use crate::app::moving::{Moving, Person, Stage};
use crate::domain::status::Status;
use ratatui::layout::Rect;

/// From so many rows a blank line stands below the head.
const ROOMY: u16 = 16;

/// Draws the dialog; gives the place of the cursor while a reason is typed.
pub fn draw(canvas: &mut Canvas<'_>, page: Rect, moving: &Moving, app: &App) -> Option<(u16, u16)> {
    let head = match moving.people.as_slice() {
        [one] => who(one, app),
        many => app.texts.with("move-many", &[("count", &many.len().to_string())]),
    };
    let to = match moving.to {
        Some(to) if moving.stage != Stage::Choose => {
            format!("  {} {}", canvas.glyphs.arrow, to.code())
        }
        _ => String::new(),
    };
    canvas.line(page.x + 1, page.y, page.width - 2, &[(&head, Role::Head), (&to, Role::Key)]);
    let lead = if page.height < ROOMY { 1 } else { 2 };
    let body =
        Rect { x: page.x + 1, y: page.y + lead, width: page.width - 2, height: page.height.saturating_sub(lead) };
    match moving.stage {
        Stage::Choose => {
            choose(canvas, body, moving, app);
            None
        }
        Stage::Review => {
            review(canvas, body, moving, app);
            None
        }
        Stage::Reason | Stage::Emergency => reason(canvas, body, moving, app),
    }
}

/// Number, full name, sex and birth date: said again before every move.
fn who(person: &Person, app: &App) -> String {
    let summary = &person.summary;
    let birth = app.dated(&summary.born());
    let sex = summary.sex.map_or("?", |sex| sex.code());
    format!(
        "{}  {}  {}  {} ({})  {}",
        summary.number,
        summary.name,
        sex,
        birth,
        list::age(summary),
        summary.status.code()
    )
}

fn choose(canvas: &mut Canvas<'_>, area: Rect, moving: &Moving, app: &App) {
    let is_roomy = area.height > Status::ALL.len() as u16 + 1;
    if is_roomy {
        canvas.text(area.x, area.y, area.width, &app.texts.get("move-choose"), Role::Quiet);
    }
    for (line, status) in Status::ALL.into_iter().enumerate() {
        let y = area.y + if is_roomy { 2 } else { 0 } + line as u16;
        if y >= area.bottom() {
            break;
        }
        let target = moving.targets.iter().find(|target| target.status == status);
        let is_open = target.is_none_or(|target| target.obstacles.is_empty());
        let role = if is_open { Role::Plain } else { Role::Quiet };
        let name = app.texts.get(&format!("status-{}", status.code().to_lowercase())).to_string();
        canvas.text(area.x + 1, y, 2, &status.letter().to_string(), Role::Key);
        canvas.text(area.x + 4, y, 8, status.code(), role);
        canvas.text(area.x + 13, y, 28, &name, role);
        let why = target.map(|target| app.against(&target.obstacles, true)).unwrap_or_default();
        canvas.text(area.x + 42, y, area.width.saturating_sub(42), &why, role);
    }
}

fn review(canvas: &mut Canvas<'_>, area: Rect, moving: &Moving, app: &App) {
    if let [one] = moving.people.as_slice() {
        return review_one(canvas, area, one, moving, app);
    }
    let (go, cannot) = moving.counts();
    let counts = app.texts.with("move-counts", &[("go", &go.to_string()), ("cannot", &cannot.to_string())]);
    canvas.text(area.x, area.y, area.width, &counts, Role::Head);
    let height = area.height.saturating_sub(2) as usize;
    for (line, person) in moving.people.iter().skip(moving.top).take(height).enumerate() {
        let y = area.y + 2 + line as u16;
        let is_here = line == 0;
        if is_here {
            canvas.text(area.x.saturating_sub(1), y, 1, ">", Role::Key);
        }
        let (sign, role, what) = match &person.verdict {
            _ if person.is_left_out => ("-", Role::Quiet, app.texts.get("move-left-out").to_string()),
            Ok(_) => ("+", Role::Good, app.texts.get("move-goes").to_string()),
            Err(obstacles) => ("!", Role::Alarm, app.against(obstacles, true)),
        };
        canvas.text(area.x, y, 1, sign, role);
        let queue = if person.summary.queue == 0 { String::new() } else { person.summary.queue.to_string() };
        canvas.right(area.x + 6, y, &queue, Role::Plain);
        canvas.text(area.x + 8, y, 22, &person.summary.name, Role::Plain);
        canvas.text(area.x + 31, y, 3, &list::age(&person.summary), Role::Plain);
        canvas.text(area.x + 35, y, 7, person.summary.status.code(), Role::Plain);
        canvas.text(area.x + 43, y, area.width.saturating_sub(43), &what, role);
    }
}

/// One person: every obstacle on its own line, then what will be owed.
fn review_one(canvas: &mut Canvas<'_>, area: Rect, person: &Person, moving: &Moving, app: &App) {
    let mut y = area.y;
    match &person.verdict {
        Ok(change) => {
            y += canvas.wrapped(area, &app.texts.get("move-ready"), Role::Good);
            let owed = app.owed_words(change);
            if !owed.is_empty() {
                let text = app.texts.with("move-owed", &[("facts", &owed.join("; "))]);
                y += canvas.wrapped(
                    Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area },
                    &text,
                    Role::Care,
                ) + 1;
            }
        }
        Err(obstacles) => {
            canvas.text(area.x, y, area.width, &app.texts.get("move-missing"), Role::Head);
            y += 1;
            for obstacle in obstacles {
                for line in wrap(&app.obstacle_full(obstacle), area.width.saturating_sub(4) as usize) {
                    if y >= area.bottom() {
                        break;
                    }
                    canvas.text(area.x + 2, y, area.width - 2, &format!("! {line}"), Role::Alarm);
                    y += 1;
                }
            }
        }
    }
    for (slot, value) in &moving.intent.edits {
        if y + 1 >= area.bottom() {
            break;
        }
        y += 1;
        let label = app.texts.get(&slot.field.label_key()).to_string();
        let shown = crate::app::form::entry::shown(*slot, value, &app.texts, app.seat.zone());
        canvas.text(area.x + 2, y, area.width - 2, &format!("{label}: {shown}"), Role::Plain);
    }
}

fn reason(canvas: &mut Canvas<'_>, area: Rect, moving: &Moving, app: &App) -> Option<(u16, u16)> {
    let key = if moving.stage == Stage::Emergency { "move-emergency" } else { "move-reason" };
    let rows = canvas.wrapped(area, &app.texts.get(key), Role::Plain);
    let y = area.y + rows + 1;
    let (skip, at) = moving.line.window(area.width as usize - 2);
    let text: String = moving.line.text().chars().skip(skip).collect();
    canvas.text(area.x, y, 2, "> ", Role::Key);
    canvas.text(area.x + 2, y, area.width - 2, &text, Role::Plain);
    Some((area.x + 2 + at as u16, y))
}
