//! The move dialog: all twelve statuses with their letters and why not, then the table of who goes and who cannot.

use super::canvas::Canvas;
use super::list;
use super::theme::Role;
use crate::app::App;
use crate::app::moving::{Moving, Person, Stage, detail_rows, table_rows};
use crate::app::telling::sex_letter;
use crate::domain::change::Change;
use crate::domain::field::Shape;
use crate::domain::gate::{Target, Way};
use crate::domain::record::Slot;
use crate::domain::status::Status;
use crate::domain::value::Value;
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
        Stage::Reason | Stage::Emergency | Stage::Decline => reason(canvas, body, moving, app),
    }
}

/// Number, full name, sex and birth date: said again before every move.
fn who(person: &Person, app: &App) -> String {
    let summary = &person.summary;
    let birth = app.dated(&summary.born());
    let sex = sex_letter(summary.sex, app.texts);
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
        let way = target.and_then(way_key);
        let role = match (is_open, way) {
            (false, _) => Role::Quiet,
            (true, Some(_)) => Role::Care,
            (true, None) => Role::Plain,
        };
        let name = app.texts.get(&format!("status-{}", status.code().to_lowercase())).to_string();
        canvas.text(area.x + 1, y, 2, &status.letter().to_string(), Role::Key);
        canvas.text(area.x + 4, y, 8, status.code(), role);
        let why = target.map(|target| app.against(&target.obstacles, true)).filter(|why| !why.is_empty());
        let words: Vec<String> = way.map(|key| app.texts.get(key).to_string()).into_iter().chain(why).collect();
        let why = words.join("; ");
        // A name has the line for itself where nothing is said beside it.
        let room = if why.is_empty() { area.width.saturating_sub(13) } else { 28 };
        canvas.text(area.x + 13, y, room, &name, role);
        canvas.text(area.x + 42, y, area.width.saturating_sub(42), &why, role);
    }
}

/// The word for a status that is not simply the next step: behind the person, or a closing that waits for its answer.
const fn way_key(target: &Target) -> Option<&'static str> {
    match target.way {
        Way::Correct => Some("move-back"),
        Way::Reopen => Some("move-reopen"),
        Way::ApproveClose => Some("move-answers-close"),
        Way::Stay | Way::Forward | Way::Close | Way::AskClose => None,
    }
}

/// Many people: how many go, who cannot and who is left out, and below the table all of the one under the cursor.
fn review(canvas: &mut Canvas<'_>, area: Rect, moving: &Moving, app: &App) {
    if let [one] = moving.people.as_slice() {
        return review_one(canvas, area, one, moving, app);
    }
    let (go, cannot) = moving.counts();
    let out = moving.people.len() - go - cannot;
    let counts = [("go", go.to_string()), ("cannot", cannot.to_string()), ("out", out.to_string())];
    let counts = counts.each_ref().map(|(name, count)| (*name, count));
    let counts = match out {
        0 => app.texts.with("move-counts", &counts[..2]),
        _ => app.texts.with("move-counts-left-out", &counts),
    };
    canvas.text(area.x, area.y, area.width, &counts, Role::Head);
    let shown = table_rows(app.size.1);
    let details = detail_rows(app.size.1).min(area.height);
    let gap = u16::from(area.height > shown + details + 1);
    for (line, person) in moving.people.iter().enumerate().skip(moving.top).take(shown as usize) {
        let y = area.y + 1 + gap + (line - moving.top) as u16;
        table_row(canvas, Rect { y, height: 1, ..area }, person, line == moving.at, moving, app);
    }
    let Some(person) = moving.people.get(moving.at) else { return };
    let y = area.bottom() - details;
    canvas.text(area.x, y, area.width, &who(person, app), Role::Plain);
    let below = Rect { y: y + 1, height: details - 1, ..area };
    let (_, role, words) = standing(person, moving, app, true);
    canvas.wrapped(below, &words, role);
}

fn table_row(canvas: &mut Canvas<'_>, area: Rect, person: &Person, is_here: bool, moving: &Moving, app: &App) {
    let Rect { x, y, .. } = area;
    if is_here {
        canvas.text(x.saturating_sub(1), y, 1, ">", Role::Key);
    }
    let (sign, role, words) = standing(person, moving, app, false);
    canvas.text(x, y, 1, sign, role);
    let queue = if person.summary.queue == 0 { String::new() } else { person.summary.queue.to_string() };
    canvas.right(x + 6, y, &queue, Role::Plain);
    canvas.text(x + 8, y, 22, &person.summary.name, Role::Plain);
    canvas.text(x + 31, y, 3, &list::age(&person.summary), Role::Plain);
    canvas.text(x + 35, y, 7, person.summary.status.code(), Role::Plain);
    canvas.text(x + 43, y, area.width.saturating_sub(43), &words, role);
}

/// Whether a person goes, with sign and words that a shared screen may show; `is_whole` says what can be done as well.
fn standing(person: &Person, moving: &Moving, app: &App, is_whole: bool) -> (&'static str, Role, String) {
    let back = || app.texts.get(back_key(person)).to_string();
    let code = |status: Option<Status>| status.map_or("", Status::code);
    match &person.verdict {
        _ if person.is_left_out && person.is_back => {
            let (what, from) = (back(), person.summary.status.code());
            let words = [("what", what.as_str()), ("from", from), ("to", code(moving.to))];
            ("-", Role::Care, if is_whole { app.texts.with("move-back-left-out", &words) } else { back() })
        }
        _ if person.is_answered_alone => ("-", Role::Care, app.texts.get("move-answered-alone").to_string()),
        _ if person.is_left_out => {
            let key = if is_whole { "move-left-out-whole" } else { "move-left-out" };
            ("-", Role::Quiet, app.texts.get(key).to_string())
        }
        Ok(change) => {
            let (role, key) = if person.is_back {
                (Role::Care, back_key(person))
            } else if person.only_asks() {
                (Role::Good, "move-asks")
            } else if person.is_emergency() {
                (Role::Care, "move-goes-emergency")
            } else {
                (Role::Good, "move-goes")
            };
            let what = app.texts.get(key).to_string();
            ("+", role, if is_whole { going(what, person, change, moving, app) } else { what })
        }
        Err(_) if person.lacks_reason() => {
            ("!", Role::Care, app.texts.with("move-back-needs-reason", &[("what", &back())]))
        }
        Err(obstacles) => ("!", Role::Alarm, app.against(obstacles, true)),
    }
}

/// Somebody who goes, with the reasons and the facts that are written for this person.
fn going(what: String, person: &Person, change: &Change, moving: &Moving, app: &App) -> String {
    let mut words = vec![what];
    let (emergency, reason) = (&moving.intent.emergency, &moving.intent.reason);
    for (key, why) in [
        ("move-given-emergency", emergency.as_ref().filter(|_| person.is_emergency())),
        ("move-given-reason", reason.as_ref().filter(|_| person.is_back)),
    ] {
        words.extend(why.map(|why| app.texts.with(key, &[("why", why)])));
    }
    let is_written = |(slot, value): &&(Slot, Value)| {
        change.edits.iter().any(|edit| edit.at == *slot && edit.now.as_ref() == Some(value))
    };
    for (slot, value) in moving.intent.shared.iter().flatten().filter(is_written) {
        words.push(format!("{}: {}", app.texts.get(&slot.field.label_key()), app.in_words(*slot, value)));
    }
    words.join("; ")
}

/// The word for going back: a correction, or a closed case opened again.
const fn back_key(person: &Person) -> &'static str {
    if matches!(person.summary.status, Status::Tutup) { "move-reopen" } else { "move-back" }
}

/// One person: what will happen or every obstacle on its own line, whom to ask, and everything that was given so far.
fn review_one(canvas: &mut Canvas<'_>, area: Rect, person: &Person, moving: &Moving, app: &App) {
    let mut page = Page { canvas, area, y: area.y };
    match &person.verdict {
        Ok(change) => {
            page.write(0, &ready(person, moving, app), Role::Good);
            if person.only_asks() {
                let people = app.approvers();
                let role = if people.is_some() { Role::Plain } else { Role::Alarm };
                let words = match people {
                    Some(people) => app.texts.with("move-approvers", &[("people", &people)]),
                    None => app.texts.get("move-approvers-none").to_string(),
                };
                page.write(0, &words, role);
            }
            let owed = app.owed_words(person.row, change);
            if !owed.is_empty() {
                page.y += 1;
                page.write(0, &app.texts.with("move-owed", &[("facts", &owed.join("; "))]), Role::Care);
            }
        }
        Err(obstacles) => {
            page.write(0, &app.texts.get("move-missing"), Role::Head);
            let is_closing = moving.to == Some(Status::Tutup);
            for obstacle in obstacles {
                page.write(2, &format!("! {}", app.obstacle_full(obstacle)), Role::Alarm);
            }
            for words in obstacles.iter().filter_map(|obstacle| app.whom_to_ask(obstacle, is_closing)) {
                page.write(2, &words, Role::Plain);
            }
        }
    }
    given(&mut page, moving, app);
}

/// What Enter does.
fn ready(person: &Person, moving: &Moving, app: &App) -> String {
    if person.only_asks() {
        return app.texts.with("move-ready-asks", &[("from", person.summary.status.code())]);
    }
    app.texts.get(if moving.answers_request() { "move-ready-approves" } else { "move-ready" }).to_string()
}

/// The question that waits for an answer, the reasons given here, the facts filled in.
fn given(page: &mut Page<'_, '_>, moving: &Moving, app: &App) {
    if moving.answers_request() {
        page.y += 1;
        page.write(0, &app.texts.get("move-request"), Role::Head);
        facts(page, &moving.request, app);
    }
    page.y += 1;
    let reasons = [("move-given-emergency", &moving.intent.emergency), ("move-given-reason", &moving.intent.reason)];
    for (key, reason) in reasons {
        if let Some(why) = reason {
            page.write(2, &app.texts.with(key, &[("why", why)]), Role::Care);
        }
    }
    facts(page, &moving.intent.edits, app);
}

fn facts(page: &mut Page<'_, '_>, facts: &[(Slot, Value)], app: &App) {
    for (slot, value) in facts.iter().filter(|(slot, _)| !matches!(slot.field.shape(), Shape::Item(_))) {
        let label = app.texts.get(&slot.field.label_key()).to_string();
        page.write(2, &format!("{label}: {}", app.in_words(*slot, value)), Role::Plain);
    }
}

/// A page that fills from the top; what does not fit is left away.
struct Page<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    area: Rect,
    y: u16,
}

impl Page<'_, '_> {
    /// Writes a text at an indent, broken at words.
    fn write(&mut self, indent: u16, text: &str, role: Role) {
        let left = self.area.bottom().saturating_sub(self.y);
        let area = Rect { x: self.area.x + indent, y: self.y, width: self.area.width - indent, height: left };
        self.y += self.canvas.wrapped(area, text, role);
    }
}

fn reason(canvas: &mut Canvas<'_>, area: Rect, moving: &Moving, app: &App) -> Option<(u16, u16)> {
    let text = match moving.stage {
        Stage::Emergency => app.texts.get("move-emergency").to_string(),
        Stage::Decline => app.texts.get("move-decline").to_string(),
        Stage::Choose | Stage::Review | Stage::Reason => reason_back(moving, app),
    };
    let rows = canvas.wrapped(area, &text, Role::Plain);
    let y = area.y + rows + 1;
    let (skip, at) = moving.line.window(area.width as usize - 2);
    let text: String = moving.line.text().chars().skip(skip).collect();
    canvas.text(area.x, y, 2, "> ", Role::Key);
    canvas.text(area.x + 2, y, area.width - 2, &text, Role::Plain);
    Some((area.x + 2 + at as u16, y))
}

/// Why a reason is asked, and for whom: the first names, the others counted.
fn reason_back(moving: &Moving, app: &App) -> String {
    const NAMES: usize = 4;
    let back: Vec<&Person> = moving.people.iter().filter(|person| person.lacks_reason()).collect();
    let name = |person: &&Person| format!("{} ({})", person.summary.name, person.summary.status.code());
    let mut names: Vec<String> = back.iter().take(NAMES).map(name).collect();
    if back.len() > NAMES {
        names.push(format!("+{}", back.len() - NAMES));
    }
    let what = app.texts.get(back.first().map_or("move-back", |person| back_key(person))).to_string();
    let to = moving.to.map_or("", Status::code);
    app.texts.with("move-reason-back", &[("what", what.as_str()), ("to", to), ("who", &names.join(", "))])
}
