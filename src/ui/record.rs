//! One case: who, where, what hurts, what is known, what the next step lacks, what happened.

use super::canvas::{Canvas, wrap};
use super::list;
use super::theme::Role;
use crate::app::App;
use crate::app::record::CaseRoom;
use crate::domain::access::section_code;
use crate::domain::field::Field;
use crate::domain::summary::Summary;
use crate::domain::words::List;
use ratatui::layout::Rect;

/// One line of the page: pieces with their roles.
type Line = Vec<(String, Role)>;

/// Draws a case; the head stands still, the rest scrolls.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, case: &CaseRoom, app: &App) {
    let head = head(case, app);
    for (line, pieces) in head.iter().enumerate() {
        draw_line(canvas, area, area.y + line as u16, pieces);
    }
    let top = area.y + head.len() as u16;
    let body = body(case, app, area.width as usize);
    let room = area.bottom().saturating_sub(top) as usize;
    let skip = case.top.min(body.len().saturating_sub(room));
    for (line, pieces) in body.iter().skip(skip).take(room).enumerate() {
        draw_line(canvas, area, top + line as u16, pieces);
    }
}

fn draw_line(canvas: &mut Canvas<'_>, area: Rect, y: u16, pieces: &Line) {
    let pieces: Vec<(&str, Role)> = pieces.iter().map(|(text, role)| (text.as_str(), *role)).collect();
    canvas.line(area.x, y, area.width, &pieces);
}

/// Where the person is, and since when.
pub fn position(summary: &Summary, app: &App) -> String {
    let code = usize::from(summary.position).checked_sub(1).and_then(|at| List::Position.codes().get(at));
    code.map(|code| app.texts.get(&List::Position.label_key(code)).to_string()).unwrap_or_default()
}

fn head(case: &CaseRoom, app: &App) -> Vec<Line> {
    let summary = &case.view.summary;
    let birth = summary.birth.map(|day| app.texts.day(day)).unwrap_or_else(|| "?".into());
    let sex = summary.sex.map_or("?", |sex| sex.code());
    let queue = if summary.queue == 0 { String::new() } else { format!("{}  ", summary.queue) };
    let mut lines = vec![vec![
        (queue, Role::Key),
        (summary.name.clone(), Role::Title),
        (format!("  {sex}  {birth} ({})  ", list::age(summary)), Role::Plain),
        (summary.number.to_string(), Role::Quiet),
    ]];
    let (tier, tier_role) = list::tier(summary.tier);
    let left = summary.due.map(|due| app.texts.time_left((due - app.now()).num_minutes())).unwrap_or_default();
    let status = summary.status.code();
    let since = app.moment(summary.status_at);
    lines.push(vec![
        (format!("{status} "), Role::Head),
        (app.texts.get(&format!("status-{}", status.to_lowercase())).to_string(), Role::Plain),
        (format!("  {since}  "), Role::Quiet),
        (tier, tier_role),
        (format!("  {}  ", position(summary, app)), Role::Plain),
        (app.officer_short(summary.officer), Role::Plain),
        (format!("  {left}"), Role::Care),
    ]);
    let attention = app.attention(case);
    if !attention.is_empty() {
        lines.push(vec![
            (format!("{} ", app.texts.get("case-attention")), Role::Alarm),
            (attention.join("; "), Role::Alarm),
        ]);
    }
    lines
}

fn body(case: &CaseRoom, app: &App, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let reasons = app.triage_words(case);
    if !reasons.is_empty() {
        push_wrapped(&mut lines, &app.texts.get("case-why"), &reasons.join("; "), width, Role::Plain);
    }
    lines.extend(pairs(app.fact_pairs(case), width));
    if !case.view.hidden.is_empty() {
        let names: Vec<String> = case
            .view
            .hidden
            .iter()
            .filter_map(|section| section_code(*section))
            .map(|code| app.texts.get(&List::Section.label_key(code)).into_owned())
            .collect();
        let key = if app.has_closed_section() { "case-closed" } else { "case-hidden" };
        let text = app.texts.with(key, &[("sections", &names.join(", "))]);
        lines.push(vec![(text, Role::Quiet)]);
    }
    for (head, items) in app.needs(case) {
        push_wrapped(&mut lines, &head, &items, width, Role::Care);
    }
    for line in app.candidates_of(case) {
        lines.push(vec![(line, Role::Care)]);
    }
    lines.push(vec![(app.texts.get("case-events").to_string(), Role::Head)]);
    for event in app.events(case) {
        let room = width.saturating_sub(event.when.chars().count() + 2);
        let parts = if event.what.chars().count() > room { wrap(&event.what, room) } else { vec![event.what] };
        for (line, part) in parts.into_iter().enumerate() {
            let when = if line == 0 { event.when.clone() } else { " ".repeat(event.when.chars().count()) };
            lines.push(vec![(format!("{when}  "), Role::Quiet), (part, Role::Plain)]);
        }
    }
    lines
}

fn push_wrapped(lines: &mut Vec<Line>, head: &str, text: &str, width: usize, role: Role) {
    let indent = head.chars().count() + 1;
    for (line, part) in wrap(text, width.saturating_sub(indent)).into_iter().enumerate() {
        let lead = if line == 0 { format!("{head} ") } else { " ".repeat(indent) };
        lines.push(vec![(lead, Role::Head), (part, role)]);
    }
}

/// Facts in two columns where the width allows it; a long value takes a line of its own.
fn pairs(facts: Vec<(Field, String, String)>, width: usize) -> Vec<Line> {
    const LABEL: usize = 14;
    let half = width / 2;
    let room = half.saturating_sub(LABEL + 2);
    let mut lines: Vec<Line> = Vec::new();
    let mut left: Option<(String, String)> = None;
    let piece = |label: &str, value: &str, cells: usize| {
        let label: String = label.chars().take(LABEL).collect();
        let pad = cells.saturating_sub(LABEL + 1 + value.chars().count());
        [(format!("{label:<LABEL$} "), Role::Quiet), (format!("{value}{}", " ".repeat(pad)), Role::Plain)]
    };
    for (_, label, value) in facts {
        if value.chars().count() > room || width < 70 {
            if let Some((label, value)) = left.take() {
                lines.push(piece(&label, &value, half).to_vec());
            }
            lines.push(piece(&label, &value, 0).to_vec());
        } else if let Some((label_before, value_before)) = left.take() {
            let mut line = piece(&label_before, &value_before, half).to_vec();
            line.extend(piece(&label, &value, 0));
            lines.push(line);
        } else {
            left = Some((label, value));
        }
    }
    if let Some((label, value)) = left {
        lines.push(piece(&label, &value, half).to_vec());
    }
    lines
}
