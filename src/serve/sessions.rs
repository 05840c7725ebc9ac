//! The sessions of a daemon: whose they are, at which terminal, and which wait for somebody to come back.
//!
//! A screen is owned by the thread of its connection, or lies here while nobody is attached. Every attachment has a
//! generation of its own: what a dead line says late changes nothing that came after it. Never here: sockets' bytes, what
//! a screen shows.

use super::limits;
use super::socket::{Bell, Cue, Scissors};
use crate::terminal::desk_screen::DeskScreen;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ulid::Ulid;

/// Where a session is, and which attachment of it this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    session: Ulid,
    generation: u64,
}

impl Place {
    /// Which session it is: no other has this id, in no daemon.
    pub const fn session(self) -> Ulid {
        self.session
    }
}

/// Whose a session is: an operator, as the user of the machine by whom they came. On the practice desk many users are one
/// operator, and nobody takes over what is another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    pub uid: u32,
    pub operator: Ulid,
}

/// Which session a newcomer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The one that was left, or the one at another terminal.
    Own,
    /// One more, beside those that are there.
    Second,
    /// The one that this terminal had when its line was cut or its daemon went, if it still is; never another one, for keys
    /// are typed into what one had before one's eyes. Where the terminal cannot say which, the one that was left last.
    Return(Option<Ulid>),
}

/// What a newcomer gets.
pub enum Got {
    /// The screen that was left, or that another terminal gave up.
    Screen(Place, Box<DeskScreen>),
    /// A place for a new screen.
    New(Place),
    /// As many sessions as one operator may have are there.
    Full,
}

/// All sessions.
#[derive(Default)]
pub struct Sessions {
    table: Mutex<Table>,
    /// Something was given back, or went.
    changed: Condvar,
}

#[derive(Default)]
struct Table {
    slots: BTreeMap<Ulid, Slot>,
    last_generation: u64,
    is_closed: bool,
}

struct Slot {
    owner: Owner,
    state: State,
}

enum State {
    /// At a terminal.
    Attached { generation: u64, bell: Arc<Bell>, scissors: Scissors },
    /// Waiting for somebody to come back.
    Detached { screen: Box<DeskScreen>, since: Instant },
}

impl Slot {
    const fn generation(&self) -> Option<u64> {
        match &self.state {
            State::Attached { generation, .. } => Some(*generation),
            State::Detached { .. } => None,
        }
    }
}

impl Table {
    fn of(&self, owner: Owner) -> impl Iterator<Item = (Ulid, &Slot)> {
        self.slots.iter().filter(move |(_, slot)| slot.owner == owner).map(|(id, slot)| (*id, slot))
    }

    /// The sessions of an operator from which somebody who asks may get one.
    fn asked(&self, owner: Owner, asked: Asked) -> impl Iterator<Item = (Ulid, &Slot)> {
        let is_asked = move |id: Ulid| match asked {
            Asked::Own | Asked::Return(None) => true,
            Asked::Return(Some(session)) => id == session,
            Asked::Second => false,
        };
        self.of(owner).filter(move |(id, _)| is_asked(*id))
    }

    /// The session that was left last.
    fn left_last(&self, owner: Owner, asked: Asked) -> Option<Ulid> {
        let since = |(id, slot): (Ulid, &Slot)| match &slot.state {
            State::Detached { since, .. } => Some((*since, id)),
            State::Attached { .. } => None,
        };
        self.asked(owner, asked).filter_map(since).max().map(|(_, id)| id)
    }

    /// The session at another terminal that was attached last.
    fn attached_last(&self, owner: Owner, asked: Asked) -> Option<(u64, Ulid)> {
        if asked == Asked::Return(None) {
            // Whoever is there may have come back as well.
            return None;
        }
        self.asked(owner, asked).filter_map(|(id, slot)| Some((slot.generation()?, id))).max()
    }

    fn attach(&mut self, session: Ulid, owner: Owner, bell: &Arc<Bell>, scissors: Scissors) -> (Place, Option<Slot>) {
        self.last_generation += 1;
        let generation = self.last_generation;
        let state = State::Attached { generation, bell: Arc::clone(bell), scissors };
        let before = self.slots.insert(session, Slot { owner, state });
        (Place { session, generation }, before)
    }

    /// Whether this attachment is still the one that counts.
    fn is_current(&self, place: Place) -> bool {
        self.slots.get(&place.session).and_then(Slot::generation) == Some(place.generation)
    }
}

impl Sessions {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session for an operator, as [`Asked`]: the one that was left; else the one at another terminal, which lets it go;
    /// else a new one. Waits [`limits::TAKE_OVER`] at most.
    pub fn attach(&self, owner: Owner, asked_for: Asked, bell: &Arc<Bell>, scissors: Scissors) -> Got {
        let since = Instant::now();
        let mut table = self.table();
        let mut asked = None;
        while !table.is_closed {
            if let Some(session) = table.left_last(owner, asked_for) {
                return match table.attach(session, owner, bell, scissors) {
                    (place, Some(Slot { state: State::Detached { screen, .. }, .. })) => Got::Screen(place, screen),
                    (place, _) => Got::New(place),
                };
            }
            let Some((generation, session)) = table.attached_last(owner, asked_for) else { break };
            let (left, other) = match (&table.slots[&session].state, asked) {
                (State::Attached { bell, .. }, None) => {
                    bell.ask(Cue::LetGo);
                    (limits::LET_GO, Some((generation, since.elapsed())))
                }
                (State::Attached { scissors, .. }, Some((of, at))) if of == generation => {
                    // It is stuck in a write that nobody reads.
                    if since.elapsed() >= at + limits::LET_GO {
                        scissors.cut();
                    }
                    (limits::LET_GO, asked)
                }
                // Somebody else was faster: the last one to come has it.
                _ => (Duration::ZERO, None),
            };
            asked = other;
            if since.elapsed() >= limits::TAKE_OVER {
                break;
            }
            table = self.changed.wait_timeout(table, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        if table.is_closed || table.of(owner).count() >= limits::SESSIONS_OF_ONE {
            return Got::Full;
        }
        Got::New(table.attach(Ulid::new(), owner, bell, scissors).0)
    }

    /// Leaves a screen for whoever comes back; the session that has waited longest goes where there are too many.
    pub fn detach(&self, place: Place, screen: Box<DeskScreen>) {
        let mut gone: Vec<Slot> = Vec::new();
        let mut table = self.table();
        if table.is_current(place) && !table.is_closed {
            if let Some(slot) = table.slots.get_mut(&place.session) {
                slot.state = State::Detached { screen, since: Instant::now() };
            }
            gone.extend(table.drop_most_waited());
        }
        drop(table);
        self.changed.notify_all();
        // A screen gives up its seat outside the lock.
        drop(gone);
    }

    /// Ends a session that nobody comes back to.
    pub fn leave(&self, place: Place) {
        let mut table = self.table();
        if table.is_current(place) {
            table.slots.remove(&place.session);
        }
        drop(table);
        self.changed.notify_all();
    }

    /// Ends what has waited for too long; says when the next one will have.
    pub fn expire(&self, now: Instant) -> Option<Instant> {
        let mut table = self.table();
        let due = |slot: &Slot| match &slot.state {
            State::Detached { since, .. } => Some(*since + limits::DETACHED_FOR),
            State::Attached { .. } => None,
        };
        let over: Vec<Ulid> =
            table.slots.iter().filter(|(_, slot)| due(slot).is_some_and(|due| due <= now)).map(|(id, _)| *id).collect();
        let gone: Vec<Slot> = over.into_iter().filter_map(|id| table.slots.remove(&id)).collect();
        let next = table.slots.values().filter_map(due).min();
        drop(table);
        drop(gone);
        next
    }

    /// How many sessions there are, attached or not.
    pub fn count(&self) -> usize {
        self.table().slots.len()
    }

    /// Ends everything: those at a terminal keep their drafts and say goodbye, and nobody comes in any more.
    pub fn close(&self) {
        let mut table = self.table();
        table.is_closed = true;
        let (attached, waiting): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut table.slots)
            .into_iter()
            .partition(|(_, slot)| matches!(slot.state, State::Attached { .. }));
        for slot in attached.values() {
            if let State::Attached { bell, .. } = &slot.state {
                bell.ask(Cue::End);
            }
        }
        table.slots = attached;
        drop(table);
        self.changed.notify_all();
        drop(waiting);
    }
}

impl Table {
    fn drop_most_waited(&mut self) -> Option<Slot> {
        let since = |slot: &Slot| match &slot.state {
            State::Detached { since, .. } => Some(*since),
            State::Attached { .. } => None,
        };
        let waiting: Vec<(Instant, Ulid)> =
            self.slots.iter().filter_map(|(id, slot)| Some((since(slot)?, *id))).collect();
        if waiting.len() <= limits::DETACHED {
            return None;
        }
        let (_, id) = waiting.into_iter().min()?;
        self.slots.remove(&id)
    }
}
