//! The stream of commits: cases begin in order of time, and their later steps wait in a heap until their time comes.

use super::Practice;
use super::filling::filled;
use super::people::{Homes, person};
use super::random::Dice;
use super::role::{Crowd, Part, SMALL_WORLD, by_age, is_accompanied, small_world};
use super::stages::came_before;
use super::story::{Step, Teller};
use super::world::{ms, seeded_id};
use crate::domain::change::{Change, Commit, Edit};
use crate::domain::field::Field;
use crate::domain::record::{Facts, Record, Slot};
use crate::domain::subject::{Number, Subject};
use crate::domain::value::{Timed, Value};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::iter::Peekable;
use std::vec::IntoIter;
use ulid::Ulid;

/// The commits of a practice desk, oldest first; see [`Practice::commits`].
pub struct Commits {
    practice: Practice,
    homes: Homes,
    /// Entries of a case, about; 1 tells each case at once.
    entries: u32,
    cases: u64,
    world: Peekable<IntoIter<Commit>>,
    /// The cases of the small world with when they begin, in that order.
    cast: Peekable<IntoIter<(DateTime<Utc>, u64)>>,
    /// The next case outside of the small world.
    next: u64,
    begun: u64,
    /// Steps that wait: time, order of arrival, place in `open`.
    waiting: BinaryHeap<Reverse<(DateTime<Utc>, u64, u64)>>,
    open: BTreeMap<u64, Open>,
    /// Running numbers by year.
    numbers: BTreeMap<i32, u32>,
    committed: u64,
}

/// A case under way: what is still to happen, packed. At a million cases a hundred thousand are under way at one time.
struct Open {
    steps: IntoIter<Packed>,
}

/// A change with when it is told, by whom and where, as the JSON of the last three: a fifth of what it takes unpacked.
struct Packed {
    at: DateTime<Utc>,
    json: Box<[u8]>,
}

impl Packed {
    /// The changes that the steps of a case make, one after the other.
    fn all(of: Subject, steps: Vec<Step>) -> Vec<Self> {
        let mut record = Record::empty(of);
        let packed = steps.into_iter().map(|step| {
            let (at, by, office) = (step.at, step.by, step.office);
            let change = changed(&mut record, step);
            let json = serde_json::to_vec(&(by, office, change)).expect("a change is written into every journal");
            Self { at, json: json.into() }
        });
        packed.collect()
    }

    fn unpacked(&self) -> (Ulid, Ulid, Change) {
        serde_json::from_slice(&self.json).expect("it was written by this very program")
    }
}

/// What a step changes of a record, which is changed by it.
fn changed(record: &mut Record, step: Step) -> Change {
    let mut change = Change::on(record, step.verb, Timed::certain(step.at));
    change.reason = step.reason;
    // The sets of a step are few and mostly new: later ones of the same slot win.
    let sets: BTreeMap<_, _> = step.sets.into_iter().collect();
    for (slot, now) in sets {
        let was = record.get(slot);
        if was != Some(&now) {
            change.edits.push(Edit { at: slot, was: was.cloned(), now: Some(now) });
        }
    }
    change.apply(record);
    change
}

impl Commits {
    pub(super) fn new(practice: Practice, cases: u32, entries: u32) -> Self {
        let cases = u64::from(cases);
        let small = cases.min(SMALL_WORLD);
        let begins = |index| (part_of(&practice, cases, index).began, index);
        let mut cast: Vec<_> = (0..small).map(begins).collect();
        cast.sort_unstable();
        let since = practice.since(cases);
        Self {
            world: practice.world.commits(since).into_iter().peekable(),
            cast: cast.into_iter().peekable(),
            homes: Homes::gather(),
            next: small,
            begun: 0,
            waiting: BinaryHeap::new(),
            open: BTreeMap::new(),
            numbers: BTreeMap::new(),
            committed: 0,
            practice,
            entries: entries.max(1),
            cases,
        }
    }

    /// The next case to begin, and when.
    fn upcoming(&mut self) -> Option<(DateTime<Utc>, u64)> {
        let many = (self.next < self.cases).then(|| (part_of(&self.practice, self.cases, self.next).began, self.next));
        let cast = self.cast.peek().copied();
        match (cast, many) {
            (Some(cast), Some(many)) => Some(cast.min(many)),
            (one, other) => one.or(other),
        }
    }

    /// Takes the case of this index out of those to come, and has it told by somebody who knows its person.
    fn begin_case<T>(&mut self, index: u64, told: impl FnOnce(Teller<'_>) -> T) -> T {
        if index < self.cases.min(SMALL_WORLD) {
            self.cast.next();
        } else {
            self.next += 1;
        }
        self.begun += 1;
        let part = part_of(&self.practice, self.cases, index);
        let wants_woman = match part.crowd {
            Crowd::Centre { is_woman } => Some(is_woman),
            Crowd::Landed | Crowd::Aloft | Crowd::None => None,
        };
        let (seed, epoch) = (self.practice.seed, self.practice.epoch);
        let person = person(seed, index, &self.homes, epoch.date_naive(), wants_woman);
        let earlier = came_before(index).map(|other| case_id(&self.practice, self.cases, other));
        let mut teller = Teller {
            world: &self.practice.world,
            dice: Dice::of(seed, 31, index),
            person: &person,
            part,
            until: epoch - TimeDelta::minutes(2),
            earlier,
            steps: Vec::with_capacity(16),
            told: Vec::with_capacity(128),
        };
        teller.tell();
        told(teller)
    }

    fn number(&mut self, began: DateTime<Utc>) -> Value {
        let running = self.numbers.entry(began.year()).or_insert(0);
        *running = (*running + 1).min(999_999);
        let number = Number { year: began.year().rem_euclid(100) as u8, running: *running };
        Value::Number(i64::from(number.packed()))
    }

    /// The whole case in the change that creates it.
    fn told_at_once(&mut self, index: u64) -> Option<Commit> {
        let (steps, mut sets) = self.begin_case(index, |teller| (teller.steps, teller.told));
        let of = case_id(&self.practice, self.cases, index);
        let ((first, _), (last, _)) = (steps.first()?, steps.last()?);
        let (happened, by, office) = (Timed::certain(first.at), last.by, last.office);
        let number = self.number(first.at);
        sets.push((Field::CaseNumber.into(), number));
        let before = i64::try_from(self.cases - self.begun).unwrap_or(0) + 1;
        let at = self.practice.epoch - TimeDelta::milliseconds(before);
        let change = Change { edits: created(sets), ..Change::create(of, happened, Facts::new()) };
        Some(self.commit(at, by, office, change))
    }

    fn commit(&mut self, at: DateTime<Utc>, by: Ulid, office: Ulid, change: Change) -> Commit {
        self.committed += 1;
        let id = seeded_id(self.practice.seed, 33, self.committed, ms(at));
        Commit { id, at, by, office, undoes: None, changes: vec![change] }
    }

    /// Puts a new case among those under way.
    fn open_case(&mut self, index: u64) {
        let of = case_id(&self.practice, self.cases, index);
        let (entries, seed) = (i64::from(self.entries), self.practice.seed);
        let mut steps = self.begin_case(index, |teller| {
            // Dice of their own: how long the history is told changes nothing of the story.
            let mut dice = Dice::of(seed, 32, index);
            let wanted = dice.between((entries / 2).max(1), entries * 3 / 2);
            filled(teller, wanted.unsigned_abs() as usize, dice)
        });
        if let Some(first) = steps.first_mut() {
            let number = self.number(first.at);
            first.sets.push((Field::CaseNumber.into(), number));
        }
        let open = Open { steps: Packed::all(of, steps).into_iter() };
        self.wait(self.begun, open);
    }

    fn wait(&mut self, place: u64, open: Open) {
        if let Some(step) = open.steps.as_slice().first() {
            self.waiting.push(Reverse((step.at, place, place)));
            self.open.insert(place, open);
        }
    }

    /// The next step of the case that waits longest.
    fn step(&mut self) -> Option<Commit> {
        let Reverse((at, _, place)) = self.waiting.pop()?;
        let mut open = self.open.remove(&place)?;
        let (by, office, change) = open.steps.next()?.unpacked();
        self.wait(place, open);
        Some(self.commit(at, by, office, change))
    }
}

impl Iterator for Commits {
    type Item = Commit;

    fn next(&mut self) -> Option<Commit> {
        let world = self.world.peek().map(|commit| commit.at);
        if self.entries == 1 {
            if world.is_some() {
                return self.world.next();
            }
            let (_, index) = self.upcoming()?;
            return self.told_at_once(index);
        }
        while let Some((began, index)) = self.upcoming() {
            let waits = self.waiting.peek().map(|Reverse((at, ..))| *at);
            if waits.is_some_and(|at| at < began) || world.is_some_and(|at| at < began) {
                break;
            }
            self.open_case(index);
        }
        let waits = self.waiting.peek().map(|Reverse((at, ..))| *at);
        match (world, waits) {
            (Some(world), Some(waits)) if waits < world => self.step(),
            (Some(_), _) => self.world.next(),
            (None, _) => self.step(),
        }
    }
}

/// The edits of a creation in the order of slots, of each slot the last value. As [`Change::create`] would make them, but
/// without a map between: this is the hot path.
fn created(mut sets: Vec<(Slot, Value)>) -> Vec<Edit> {
    // A slot as plain numbers, which compare in a few instructions: the record's own fields, then item by item.
    let key = |(place, (slot, _)): (usize, &(Slot, Value))| {
        (slot.item.map_or(0, |item| item.0), slot.field as u16, Reverse(place as u32))
    };
    let mut order: Vec<_> = sets.iter().enumerate().map(key).collect();
    order.sort_unstable();
    order.dedup_by_key(|(item, field, _)| (*item, *field));
    let mut take = |place: usize| {
        let (at, now) = std::mem::replace(&mut sets[place], (Field::Status.into(), Value::YesNo(false)));
        Edit { at, was: None, now: Some(now) }
    };
    order.into_iter().map(|(_, _, Reverse(place))| take(place as usize)).collect()
}

/// Which part a case plays; those of the small world come first.
fn part_of(practice: &Practice, cases: u64, index: u64) -> Part {
    let mut dice = Dice::of(practice.seed, 34, index);
    let small = cases.min(SMALL_WORLD);
    let is_accompanied = is_accompanied(index, cases);
    if index < small {
        let part = small_world(index, index * SMALL_WORLD / small, &mut dice, practice.epoch);
        return Part { is_accompanied, ..part };
    }
    let since = practice.since(cases);
    let span_s = (practice.epoch - since).num_seconds() - 7_200;
    let place = i128::from(index - small) * i128::from(span_s) / i128::from((cases - small).max(1));
    let began = since + TimeDelta::seconds(i64::try_from(place).unwrap_or(0));
    Part { is_accompanied, ..by_age(index, began, &mut dice, practice.epoch) }
}

/// The case of an index.
fn case_id(practice: &Practice, cases: u64, index: u64) -> Subject {
    let began = part_of(practice, cases, index).began;
    Subject::case(seeded_id(practice.seed, 35, index, ms(began)))
}
