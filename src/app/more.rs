//! *Lain-lain*: what is done with a person now and then, one key and a digit away; the tracks with their legal next states;
//! the screening grid. Nothing here decides: what is legal is the desk's to say.

use super::action::Action;
use super::form::{Form, Purpose, grid};
use super::notice::refusal_text;
use super::pick::{Pick, Row};
use super::picks::Choice;
use super::{App, Room};
use crate::desk::{Ask, RowId};
use crate::domain::case::Case;
use crate::domain::field::{Field, Section};
use crate::domain::gate::Obstacle;
use crate::domain::screening::{assess, was_child};
use crate::domain::track::Course;
use crate::domain::value::{Timed, Value};
use crate::domain::words::List;

/// The commands of the menu, in the fixed order of their digits; what cannot wait comes first.
const MORE: [Action; 8] = [
    Action::Birth,
    Action::Die,
    Action::HandToLaw,
    Action::Track,
    Action::Screening,
    Action::Finding,
    Action::Offer,
    Action::Share,
];

/// The track of law enforcement.
const LAW: &str = "HKM";

impl App {
    /// The menu of rarer commands, with the reason where one cannot be given now.
    pub(super) fn open_more(&mut self) {
        let row = |action: &Action| Row {
            why_not: self.why_not(*action),
            ..Row::new(Choice::Run(*action), self.texts.get(&format!("cmd-{}", action.code())), "")
        };
        self.push_menu("title-more", MORE.iter().map(row).collect());
    }

    /// Puts a list of fixed order on top, its digits in front.
    fn push_menu(&mut self, title: &'static str, mut rows: Vec<Row<Choice>>) {
        for (place, row) in rows.iter_mut().enumerate().take(9) {
            row.key = (place + 1).to_string();
        }
        self.rooms.push(Room::Pick(Box::new(Pick::new(title, rows).with_digits().about(self.chosen_case()))));
    }

    /// The tracks of the chosen case and where each stands.
    pub(super) fn open_tracks(&mut self) {
        let Some(courses) = self.courses() else { return };
        // Where the law stands is the compartment's: whoever may not write there is told so, and nothing of it.
        let closed = self.why_not_law();
        let row = |course: &Course| {
            if let Some(reason) = closed.as_ref().filter(|_| course.kind == LAW) {
                let name = self.texts.get(&List::Track.label_key(course.kind)).into_owned();
                return Row { why_not: Some(reason.clone()), ..Row::new(Choice::Track(course.kind), name, "") };
            }
            let state = course.state.map_or("track-not-begun".into(), |state| List::TrackState.label_key(state));
            Row::new(
                Choice::Track(course.kind),
                self.texts.get(&List::Track.label_key(course.kind)),
                self.texts.get(&state),
            )
        };
        self.push_menu("title-tracks", courses.iter().map(row).collect());
    }

    fn courses(&mut self) -> Option<Vec<Course>> {
        let row = self.chosen_one()?;
        match self.seat.courses(row) {
            Ok(courses) => Some(courses),
            Err(refusal) => {
                self.refuse(refusal_text(&refusal, &self.texts), true);
                None
            }
        }
    }

    /// The states of one track; those that it cannot reach now stay, with what stands against them.
    pub(super) fn open_track_states(&mut self, kind: &'static str) {
        let Some(course) = self.courses().into_iter().flatten().find(|course| course.kind == kind) else { return };
        let row = |(state, obstacles): &(&'static str, Vec<Obstacle>)| {
            let is_here = course.state == Some(*state);
            let detail = if is_here { self.texts.get("track-here") } else { "".into() };
            Row {
                why_not: (!obstacles.is_empty()).then(|| self.against(&weightiest(obstacles), false)),
                ..Row::new(Choice::TrackState(state), self.texts.get(&List::TrackState.label_key(state)), detail)
            }
        };
        self.push_menu("title-track-states", course.states.iter().map(row).collect());
    }

    /// The form of a chosen state: it stands already, the cursor waits behind it.
    pub(super) fn open_track_form(&mut self, state: &'static str) {
        self.open_small(Purpose::Track);
        self.with_form(|form, reader| {
            if form.purpose != Purpose::Track {
                return;
            }
            form.entries[0].put(Some(Value::code(state)), reader);
            form.entries[0].is_touched = true;
            form.go(1, reader);
        });
    }

    /// The screening grid over the chosen case.
    pub(super) fn open_screening(&mut self) {
        let Some(record) = self.chosen_record() else { return };
        let now = Value::Time(Timed::certain(self.now()));
        let reader = self.reader();
        let mut form = grid::open(self.seat.new_id(), record, self.seat.new_id(), &reader);
        form.entries[0].suggest(now, &reader);
        self.rooms.push(Room::Form(Box::new(form)));
    }

    /// What a filled grid asks of the desk.
    pub(super) fn screening_ask(form: &Form, now: Timed) -> Ask {
        let happened = match form.value(Field::ScreenedAt) {
            Some(Value::Time(time)) => *time,
            _ => now,
        };
        Ask::Screen { of: form.base.of, answers: grid::answers(form), happened }
    }

    /// What the answers so far come to, and why; never a finding.
    pub fn screening_words(&self, form: &Form) -> [String; 2] {
        let answers = grid::answers(form);
        let row = self.seat.row_of(form.base.of.id);
        let on = row.and_then(|row| self.seat.summary(row)).map(|summary| summary.interest_on);
        let found = assess(&answers, was_child(Case(&form.base), on));
        let count = found.indicators.to_string();
        let outcome = self.texts.get(found.outcome.key());
        let count = self.texts.with("screening-indicators", &[("count", &count)]);
        let because: Vec<String> =
            found.because.iter().map(|because| self.texts.get(because.key()).into_owned()).collect();
        [format!("{outcome}; {count}"), because.join("; ")]
    }

    /// Why the chosen case's compartment of the law is closed to this operator.
    pub(super) fn why_not_law(&self) -> Option<String> {
        let row: RowId = self.chosen_one()?;
        (!self.seat.may_write(row, Section::Law)).then(|| self.texts.get("why-not-compartment").into_owned())
    }
}

/// What stands against a state in itself, the first of it; only where nothing does, all facts that it lacks.
fn weightiest(obstacles: &[Obstacle]) -> Vec<Obstacle> {
    let is_lack = |obstacle: &Obstacle| matches!(obstacle, Obstacle::Missing(_) | Obstacle::Owed(_));
    match obstacles.iter().find(|obstacle| !is_lack(obstacle)) {
        Some(firm) => vec![*firm],
        None => obstacles.to_vec(),
    }
}
