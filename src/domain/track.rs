//! Parallel strands of a case: law, health, rehabilitation, rights, family, remains; their states and what these ask for.
//!
//! Most states may follow any other of their track: life does. The remains track goes step by step, paper by paper
//! (`domain.md` B6), because a missing one stops a coffin at a border.

use super::access::Roles;
use super::case::Case;
use super::change::{Change, Verb};
use super::field::{Field, Part};
use super::gate::{Circumstances, Draft, Fact, Obstacle, Rules, fits};
use super::record::{ItemId, Record, Slot};
use super::value::{Timed, Value};
use super::words::List;

/// What happens to a track. Texts are bounded by the fields of the same name.
#[derive(Clone)]
pub struct Step {
    /// The track that goes on; nothing begins a new one.
    pub item: Option<ItemId>,
    /// A code of `List::TrackState`; its first three letters name the track.
    pub state: &'static str,
    pub happened: Timed,
    /// The number of the document that the state rests on.
    pub no: Option<String>,
    /// Who goes on with it, when this desk does not.
    pub taken_over_by: Option<String>,
}

/// Shows the state, never the papers.
impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Step({})", self.state)
    }
}

/// One track of a case: where it stands, and each of its states with what stands against going there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// A code of `List::Track`.
    pub kind: &'static str,
    pub state: Option<&'static str>,
    /// Codes of `List::TrackState`, in their order.
    pub states: Vec<(&'static str, Vec<Obstacle>)>,
}

/// All tracks, in the order of their list. What the step itself can bring, such as its number, stands against nothing.
pub fn courses(record: &Record, circumstances: &Circumstances<'_>, rules: &Rules) -> Vec<Course> {
    let happened = Timed::certain(circumstances.now);
    let is_brought = |obstacle: &Obstacle| {
        matches!(obstacle, Obstacle::Missing(fact) | Obstacle::Owed(fact) if fact.field().part() == Part::Track
            && fact.field() != Field::TrackState)
    };
    let course = |kind: &&'static str| {
        let present = Case(record).tracks().find(|track| track.kind == Some(kind));
        let item = present.map(|track| track.item);
        let against = |state: &'static str| {
            let asked = Step { item, state, happened, no: None, taken_over_by: None };
            let found = step(record, &asked, circumstances, rules).err().unwrap_or_default();
            (state, found.into_iter().filter(|obstacle| !is_brought(obstacle)).collect())
        };
        let states = List::TrackState.codes().iter().copied().filter(|state| state.starts_with(*kind));
        Course {
            kind,
            state: present.and_then(|track| track.state).and_then(|state| List::TrackState.find(state)),
            states: states.map(against).collect(),
        }
    };
    List::Track.codes().iter().map(course).collect()
}

/// Begins a track or takes it to another state.
///
/// # Errors
/// Unknown track or state, a state of another track or out of order, every fact that the state asks for and lacks.
pub fn step(
    record: &Record,
    step: &Step,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Result<Change, Vec<Obstacle>> {
    let case = Case(record);
    let kind = List::Track.codes().iter().copied().find(|kind| step.state.starts_with(kind));
    let (Some(kind), true) = (kind, List::TrackState.has(step.state)) else {
        return Err(vec![Obstacle::Unknown(Field::TrackState)]);
    };
    let present = step.item.map(|item| case.tracks().find(|track| track.item == item && track.kind == Some(kind)));
    let present = match present {
        Some(None) => return Err(vec![Obstacle::Unknown(Field::Track)]),
        Some(Some(track)) => Some(track),
        None => None,
    };
    let mut found =
        fits(&[(Field::TrackNo, step.no.as_deref()), (Field::TrackTakenOverBy, step.taken_over_by.as_deref())]);
    found.extend(circumstances.roles.and(Roles::WORKERS).is_empty().then_some(Obstacle::NotYourRole));
    found.extend((step.happened.at > circumstances.now).then_some(Obstacle::InFuture));
    if kind == "JNZ" {
        found.extend((!case.is_dead()).then_some(Obstacle::Alive));
        // Death opens the one remains track there is.
        found.extend(present.is_none().then_some(Obstacle::Unknown(Field::Track)));
    }
    let mut draft = Draft::new(record, Verb::Edit, step.happened, circumstances);
    draft.change().table = Some(rules.version.clone());
    let item = step.item.unwrap_or_else(|| draft.item());
    draft.set(Slot::of(item, Field::Track), Value::code(kind));
    draft.set(Slot::of(item, Field::TrackState), Value::code(step.state));
    draft.set(Slot::of(item, Field::TrackAt), Value::Time(step.happened));
    draft.say(item, Field::TrackNo, step.no.as_deref());
    draft.say(item, Field::TrackTakenOverBy, step.taken_over_by.as_deref());
    found.extend(state_laws(record, &draft.after(), item, circumstances, rules));
    if found.is_empty() { Ok(draft.finish(circumstances)) } else { Err(found) }
}

/// What stands between a track as it was and its state as it will be: order, and the facts that the state asks for.
pub(super) fn state_laws(
    before: &Record,
    after: &Record,
    item: ItemId,
    circumstances: &Circumstances<'_>,
    rules: &Rules,
) -> Vec<Obstacle> {
    let state = |record: &Record| record.code(Slot::of(item, Field::TrackState)).map(str::to_owned);
    let Some(now) = state(after) else { return Vec::new() };
    let was = state(before);
    let is_in_order = rules.step(&now).is_none_or(|rule| {
        rule.from.is_empty() || was.as_deref().is_some_and(|was| was == now || rule.from.contains(&was))
    });
    let missing = lacking(after, &now, circumstances, rules).into_iter().map(Obstacle::missing);
    (!is_in_order).then_some(Obstacle::StateOutOfOrder).into_iter().chain(missing).collect()
}

/// The facts that a state asks for and the record lacks, in the order of the table.
pub fn lacking(record: &Record, state: &str, circumstances: &Circumstances<'_>, rules: &Rules) -> Vec<Fact> {
    let required = rules.step(state).map(|rule| rule.required.as_slice()).unwrap_or_default();
    required.iter().copied().filter(|fact| !fact.holds(Case(record), circumstances)).collect()
}

/// The initials under which a dead person stands wherever others can read: `X.Y.T.`, at most ten letters.
pub fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic())).take(10);
    letters.flat_map(|letter| letter.to_uppercase().chain(std::iter::once('.'))).collect()
}
