//! One case: who, where, what hurts, what is known, what the next step lacks, what happened.

use super::canvas::{Canvas, wrap};
use super::list;
use super::theme::Role;
use crate::app::App;
use crate::app::record::CaseRoom;
use crate::app::telling::sex_letter;
use crate::domain::access::section_code;
use crate::domain::field::Field;
use crate::domain::summary::Summary;
use crate::domain::words::List;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// One line of the page: pieces with their roles.
type Line = Vec<(String, Role)>;

/// Facts that may stand beside the list before a case is opened: what its row says as well.
const BESIDE: [Field; 3] = [Field::Home, Field::Movement, Field::DestinationPlace];

/// Draws what of a case may stand beside the list before it is opened: who, where, what the next step lacks. Reasons, numbers
/// and what happened stand inside the case, for a list is read over shoulders.
pub fn draw_beside(canvas: &mut Canvas<'_>, area: Rect, case: &CaseRoom, app: &App) {
    let head = head(case, app);
    let (width, ellipsis) = (area.width as usize, canvas.glyphs.ellipsis);
    let neutral = app.fact_pairs(case).into_iter().filter(|(field, ..)| BESIDE.contains(field)).collect();
    let lines: Vec<Line> =
        head[..2].iter().cloned().chain(pairs(neutral, width, ellipsis)).chain(needs(case, app, width)).collect();
    for (line, pieces) in lines.iter().take(area.height as usize).enumerate() {
        draw_line(canvas, area, area.y + line as u16, pieces);
    }
    keep_ends(canvas, area, &head);
}

/// Draws a case; the head stands still, the rest scrolls. At the fold a line says how much follows.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, case: &CaseRoom, app: &App) {
    let head = head(case, app);
    for (line, pieces) in head.iter().enumerate() {
        draw_line(canvas, area, area.y + line as u16, pieces);
    }
    keep_ends(canvas, area, &head);
    let top = area.y + head.len() as u16;
    let room = area.bottom().saturating_sub(top) as usize;
    let body = Body::of(case, app, area.width as usize, canvas.glyphs.ellipsis).page(room);
    let skip = case.top.min(body.len().saturating_sub(room));
    let shown = if body.len() - skip > room { room.saturating_sub(1) } else { room };
    for (line, pieces) in body.iter().skip(skip).take(shown).enumerate() {
        draw_line(canvas, area, top + line as u16, pieces);
    }
    let more = body.len().saturating_sub(skip + shown);
    if more > 0 {
        let words = [("count", more.to_string()), ("down", canvas.glyphs.down.to_string())];
        let text = format!("{} {}", canvas.glyphs.ellipsis, app.texts.with("case-more", &words));
        canvas.text(area.x, top + shown as u16, area.width, &text, Role::Key);
    }
}

/// What is below the head, in its parts.
struct Body {
    facts: Vec<Line>,
    /// What the next steps lack, and who the person may be as well.
    needs: Vec<Line>,
    /// The head of the history and its events, newest first.
    events: Vec<Line>,
}

/// Rows of the first screen that needs and events (with their head) take at most, where not everything fits.
const NEEDS: usize = 4;
const EVENTS: usize = 6;

impl Body {
    /// The lines in the order in which they are read: facts, needs, events where everything fits. Where it does not, the first
    /// screen has some of each, always in this order, and what it left out follows below the fold.
    fn page(self, room: usize) -> Vec<Line> {
        let Self { facts, needs, events } = self;
        if facts.len() + needs.len() + events.len() <= room {
            return [facts, needs, events].concat();
        }
        // One row is the fold's.
        let room = room.saturating_sub(1);
        let needs_first = needs.len().min(NEEDS.min(room / 3));
        let events_first = events.len().min(EVENTS.min(room / 3));
        let facts_first = facts.len().min(room - needs_first - events_first);
        // Whatever few facts leave free goes to needs, then to events.
        let free = room - needs_first - events_first - facts_first;
        let needs_first = needs.len().min(needs_first + free);
        let events_first = events.len().min(room - facts_first - needs_first);
        let mut first = [&facts[..facts_first], &needs[..needs_first], &events[..events_first]].concat();
        first.extend_from_slice(&facts[facts_first..]);
        // A sentence that was broken off is read whole.
        first.extend_from_slice(if needs_first < needs.len() { &needs } else { &[] });
        first.extend_from_slice(&events[events_first..]);
        first
    }
}

/// Where one of the first two lines is too long, its end is written over the rest: a number is never cut, nor the time left.
fn keep_ends(canvas: &mut Canvas<'_>, area: Rect, head: &[Line]) {
    for (y, line) in (area.y..area.bottom()).zip(&head[..2]) {
        let cells: usize = line.iter().map(|(text, _)| text.width()).sum();
        let end = line.last().filter(|(end, _)| cells > area.width as usize && !end.trim().is_empty());
        if let Some((end, role)) = end {
            canvas.right(area.right(), y, &format!("  {}", end.trim()), *role);
        }
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
    let birth = app.dated(&summary.born());
    let sex = sex_letter(summary.sex, app.texts);
    let queue = if summary.queue == 0 { String::new() } else { format!("{}  ", summary.queue) };
    let mut lines = vec![vec![
        (queue, Role::Key),
        (summary.name.clone(), Role::Title),
        (format!("  {sex}  {birth} ({})  ", summary.age()), Role::Plain),
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
    lines.extend(app.company_words(case.of).map(|words| vec![(words, Role::Care)]));
    lines
}

impl Body {
    fn of(case: &CaseRoom, app: &App, width: usize, ellipsis: char) -> Self {
        let mut needs = needs(case, app, width);
        for line in app.candidates_of(case) {
            needs.push(vec![(line, Role::Care)]);
        }
        let mut events: Vec<Line> = vec![vec![(app.texts.get("case-events").to_string(), Role::Head)]];
        for event in app.events(case) {
            let room = width.saturating_sub(event.when.width() + 2);
            let parts = if event.what.width() > room { wrap(&event.what, room) } else { vec![event.what] };
            for (line, part) in parts.into_iter().enumerate() {
                let when = if line == 0 { event.when.clone() } else { " ".repeat(event.when.width()) };
                events.push(vec![(format!("{when}  "), Role::Quiet), (part, Role::Plain)]);
            }
        }
        Self { facts: facts(case, app, width, ellipsis), needs, events }
    }
}

/// What the next steps lack.
fn needs(case: &CaseRoom, app: &App, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (head, items) in app.needs(case) {
        push_wrapped(&mut lines, &head, &items, width, Role::Care);
    }
    lines
}

/// Why the person is urgent, what is known, and which sections are closed to this role.
fn facts(case: &CaseRoom, app: &App, width: usize, ellipsis: char) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let reasons = app.triage_words(case);
    if !reasons.is_empty() {
        push_wrapped(&mut lines, &app.texts.get("case-why"), &reasons.join("; "), width, Role::Plain);
    }
    lines.extend(pairs(app.fact_pairs(case), width, ellipsis));
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
    lines
}

/// A text under a head, broken at words; heads of plain facts are quiet.
fn push_wrapped(lines: &mut Vec<Line>, head: &str, text: &str, width: usize, role: Role) {
    let head_role = if role == Role::Plain { Role::Quiet } else { Role::Head };
    let indent = head.chars().count() + 1;
    for (line, part) in wrap(text, width.saturating_sub(indent)).into_iter().enumerate() {
        let lead = if line == 0 { format!("{head} ") } else { " ".repeat(indent) };
        lines.push(vec![(lead, head_role), (part, role)]);
    }
}

/// Cells of a fact's label.
const LABEL: usize = 14;

/// Facts in two columns where the width allows it; a long value takes lines of its own, broken at words.
fn pairs(facts: Vec<(Field, String, String)>, width: usize, ellipsis: char) -> Vec<Line> {
    let half = width / 2;
    let room = half.saturating_sub(LABEL + 2);
    let mut lines: Vec<Line> = Vec::new();
    let mut left: Option<Line> = None;
    for (_, label, value) in facts {
        let label = fitted(&label, ellipsis);
        if value.chars().count() > room || width < 70 {
            lines.extend(left.take());
            push_wrapped(&mut lines, &label, &value, width, Role::Plain);
            continue;
        }
        let piece = |pad: usize| vec![(format!("{label} "), Role::Quiet), (format!("{value:<pad$}"), Role::Plain)];
        match left.take() {
            Some(mut line) => {
                line.extend(piece(0));
                lines.push(line);
            }
            None => left = Some(piece(half.saturating_sub(LABEL + 1))),
        }
    }
    lines.extend(left);
    lines
}

/// A label in exactly [`LABEL`] cells, with an ellipsis where it is cut.
fn fitted(label: &str, ellipsis: char) -> String {
    if label.chars().count() <= LABEL {
        return format!("{label:<LABEL$}");
    }
    label.chars().take(LABEL - 1).chain([ellipsis]).collect()
}
