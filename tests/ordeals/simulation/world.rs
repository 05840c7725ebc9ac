//! The world of the simulation: one folder, one desk, its sessions, the time and the weather; and what must hold in it.

use super::asks;
use super::keys;
use super::sealed::Watch;
use super::session::Session;
use super::truth::Truth;
use super::weather::{Outdoors, Part, Sky, Weather};
use crate::dice::Dice;
use chrono::{DateTime, TimeDelta, Utc};
use pulang::desk::{Denied, Desk, DeskOptions, First, Order, Seat};
use pulang::domain::query::Query;
use pulang::domain::summary::Summary;
use pulang::practice::Practice;
use pulang::records::{Options, Records};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use ulid::Ulid;

/// Three in the morning in Jakarta.
const NIGHT: &str = "2026-02-20T20:00:00Z";
/// Screens that are open at once.
const SCREENS: usize = 5;

type Clock = Arc<Mutex<DateTime<Utc>>>;

/// Everything there is.
pub struct World {
    root: TempDir,
    /// How often the desk was opened; after a kill it goes on in a copy of its folder.
    pub(super) lives: u32,
    life: PathBuf,
    practice: Practice,
    clock: Clock,
    /// The time by which sessions wait.
    instant: Instant,
    pub(super) weather: Arc<Weather>,
    pub(super) open: Option<Open>,
    pub truth: Truth,
    /// Of everything that was on the screens.
    pub(super) digest: DefaultHasher,
    heard: usize,
}

/// A desk with those who sit at it.
pub(super) struct Open {
    pub(super) desk: Desk,
    pub(super) watch: Watch,
    pub(super) sessions: Vec<Session>,
    news: Arc<pulang::desk::Letters>,
    /// A seat that asks for nothing, to wait until everything before is answered.
    bell: Seat,
}

impl World {
    /// A practice desk of so many invented people, and the first screens.
    pub fn new(dice: &mut Dice, cases: u32) -> Self {
        let night: DateTime<Utc> = NIGHT.parse().unwrap();
        let root = tempfile::tempdir().unwrap();
        let mut world = Self {
            life: root.path().join("1"),
            root,
            lives: 1,
            practice: Practice::new(dice.bits() % 1_000, night),
            clock: Arc::new(Mutex::new(night)),
            instant: Instant::now(),
            weather: Arc::default(),
            open: None,
            truth: Truth::new(),
            digest: DefaultHasher::new(),
            heard: 0,
        };
        let desk = world.desk();
        desk.load(world.practice.commits(cases, 1), &mut |_| ()).unwrap();
        drop(desk);
        let (records, _) = Records::open(&world.life, Options::default(), &mut |_| ()).unwrap();
        world.truth.begin(&records);
        drop(records);
        world.opens(dice);
        world
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.clock.lock().unwrap()
    }

    fn clock(&self) -> Arc<dyn Fn() -> DateTime<Utc> + Send + Sync> {
        let clock = Arc::clone(&self.clock);
        Arc::new(move || *clock.lock().unwrap())
    }

    /// The digest of everything that was seen.
    pub fn digest(&self) -> u64 {
        self.digest.finish()
    }

    pub(super) fn open(&self) -> &Open {
        self.open.as_ref().unwrap()
    }

    fn open_mut(&mut self) -> &mut Open {
        self.open.as_mut().unwrap()
    }

    // ---- the desk opens and closes

    fn desk(&self) -> Desk {
        let first = First { uid: 4711, name: "rina".into(), office: "Meja pertama".into(), zone: "WIB" };
        let options = DeskOptions { dir: self.life.clone(), key: None, clock: self.clock(), is_practice: true, first };
        let disk = Arc::new(Outdoors(Arc::clone(&self.weather)));
        match Desk::open_on(disk, options, &mut |_| ()) {
            Ok((desk, _)) => desk,
            Err(fault) => panic!("the desk does not open: {} {}", fault.code, fault.detail),
        }
    }

    fn opens(&mut self, dice: &mut Dice) {
        let desk = self.desk();
        let (news, bell) = (desk.subscribe(), desk.enter_supervisor().unwrap());
        let watch = Watch::new(&desk, &self.practice);
        self.open = Some(Open { desk, watch, sessions: Vec::new(), news, bell });
        while self.open().sessions.len() < SCREENS {
            self.sits_down(dice);
        }
    }

    /// Somebody sits down at a screen: mostly at the post that goes with its people all the way, often somebody who sits at another one too.
    fn sits_down(&mut self, dice: &mut Dice) {
        let operators = self.practice.operators();
        let who = if dice.one_in(3) { dice.pick(operators) } else { dice.pick(&operators[..10]) }.id;
        let seat = self.open().desk.enter_as(who).unwrap();
        let size = *dice.pick(&[(80, 24), (80, 24), (160, 48), (60, 16)]);
        let session = Session::new(seat, self.clock(), size, dice.one_in(4));
        self.open_mut().sessions.push(session);
    }

    /// The desk closes, cleanly or as when it is killed, is held against its journal, and opens again.
    pub fn restarts(&mut self, dice: &mut Dice, is_killed: bool) {
        let was_fair = self.weather.is_fair();
        self.rings();
        let before = self.listings();
        if is_killed {
            let next = self.root.path().join((self.lives + 1).to_string());
            copied_at_once(&self.life, &next);
            self.open = None;
            std::fs::remove_dir_all(&self.life).unwrap();
            self.life = next;
        } else {
            for session in &mut self.open_mut().sessions {
                session.app.hang_up();
            }
            self.open = None;
        }
        self.lives += 1;
        self.weather.clears();
        if !is_killed {
            let (records, opening) = Records::open(&self.life, Options::default(), &mut |_| ()).unwrap();
            self.truth.check(&records, &opening, true);
        }
        self.opens(dice);
        let after = self.listings();
        if was_fair {
            assert!(before == after, "what stood before the desk closed is not what stands after it opened");
        }
        self.holds_dearly();
        if !is_killed {
            self.shows_what_is_true();
        }
    }

    /// What everybody finds, as the lists say it.
    fn listings(&self) -> BTreeMap<(Ulid, Ulid), Summary> {
        let mut all = BTreeMap::new();
        for seat in &self.open().watch.seats {
            let rows = seat.list(&Query::default(), Order::Number).rows;
            let found = rows.page(0, rows.len()).into_iter().filter_map(|row| seat.summary(row));
            all.extend(found.map(|summary| ((seat.operator().id, summary.id), summary)));
        }
        all
    }

    // ---- what happens

    /// One step: a key, mostly.
    pub fn step(&mut self, dice: &mut Dice) {
        match dice.below(1_000) {
            0..=11 => self.passes(dice),
            12..=61 => self.asks(dice),
            62..=65 => self.turns(dice),
            66 => {
                let nth = dice.below(SCREENS);
                self.open_mut().sessions.remove(nth);
                self.sits_down(dice);
            }
            67..=76 => {
                let nth = dice.below(SCREENS);
                let now = self.instant;
                self.open_mut().sessions[nth].nudge(now);
                self.seen(nth);
            }
            77..=78 => self.open().desk.tick(),
            _ => self.presses(dice),
        }
        self.rings();
    }

    /// One key, and so much later: a quiet day's work, nothing else.
    pub fn works(&mut self, dice: &mut Dice, each: TimeDelta) {
        self.presses(dice);
        *self.clock.lock().unwrap() += each;
        self.rings();
    }

    /// Somebody sits down at a screen, looks at a few things, and leaves.
    pub fn comes_and_goes(&mut self, dice: &mut Dice) {
        self.sits_down(dice);
        let now = self.instant;
        let mut session = self.open_mut().sessions.pop().unwrap();
        for input in (0..9).flat_map(|_| keys::next(&session.app, dice)).collect::<Vec<_>>() {
            session.take(input, now);
        }
        session.app.hang_up();
    }

    /// How many people are found at all, over the supervisors of all offices.
    pub fn cases(&self) -> usize {
        let supervisors = self.open().watch.seats.iter().filter(|seat| seat.is_supervisor());
        supervisors.map(|seat| seat.count(&Query::default())).sum()
    }

    fn passes(&mut self, dice: &mut Dice) {
        let by = match dice.below(20) {
            0 => -TimeDelta::seconds(dice.below(180) as i64),
            1 => TimeDelta::hours(dice.below(60) as i64),
            2..=6 => TimeDelta::minutes(dice.below(90) as i64),
            _ => TimeDelta::seconds(dice.below(300) as i64),
        };
        *self.clock.lock().unwrap() += by;
    }

    fn turns(&mut self, dice: &mut Dice) {
        if self.weather.is_fair() && dice.one_in(3) {
            let sky = *dice.pick(&Sky::FOUL);
            match dice.below(4) {
                3 => Part::ALL.into_iter().for_each(|part| self.weather.turns(part, sky)),
                part => self.weather.turns(Part::ALL[part], sky),
            }
        } else {
            self.weather.clears();
        }
    }

    fn asks(&mut self, dice: &mut Dice) {
        let now = self.now();
        let seats = if dice.one_in(3) { 34 } else { 10 };
        let seat = dice.pick(&self.open().watch.seats[..seats]).clone();
        let answer = if dice.one_in(6) {
            match if dice.one_in(2) { seat.undo() } else { seat.redo() } {
                Ok(proposal) => asks::asked(&seat, Vec::new(), proposal.undoes),
                Err(_) => return,
            }
        } else {
            let Some(asked) = asks::proposal(&seat, dice, now) else { return };
            asks::asked(&seat, asked, None)
        };
        let (id, answer) = answer;
        match answer {
            Ok(done) => {
                done.changed.hash(&mut self.digest);
                self.truth.acknowledges(id);
            }
            Err(Denied::Fault(fault) | Denied::Unknown(fault)) => {
                assert!(!self.weather.is_fair(), "a fault under a fair sky: {} {}", fault.code, fault.detail);
                fault.code.hash(&mut self.digest);
            }
            Err(Denied::Refused(refusal)) => refusal.key.hash(&mut self.digest),
            Err(Denied::Obstacles(obstacles)) => obstacles.len().hash(&mut self.digest),
            Err(Denied::Conflict { slots, .. }) => slots.len().hash(&mut self.digest),
        }
    }

    fn presses(&mut self, dice: &mut Dice) {
        // A hand stays on one keyboard for a while.
        let busy = self.open().sessions.iter().position(|session| !session.script.is_empty());
        let nth = busy.filter(|_| !dice.one_in(50)).unwrap_or_else(|| dice.below(SCREENS));
        let elapsed =
            Duration::from_millis(if dice.one_in(6) { dice.below(900) as u64 } else { dice.below(60) as u64 });
        self.instant += elapsed;
        *self.clock.lock().unwrap() += TimeDelta::from_std(elapsed).unwrap();
        let now = self.instant;
        let session = &mut self.open_mut().sessions[nth];
        if session.script.is_empty() {
            session.script = keys::next(&session.app, dice).into();
        }
        session.wake(now);
        if let Some(input) = session.script.pop_front() {
            session.take(input, now);
        }
        if session.app.has_ended() {
            self.open_mut().sessions.remove(nth);
            self.sits_down(dice);
        }
        self.seen(nth.min(SCREENS - 1));
    }

    /// Waits until the desk has answered everything, and learns what it did.
    fn rings(&mut self) {
        let open = self.open.as_mut().unwrap();
        let (_, answer) = asks::asked(&open.bell, Vec::new(), None);
        if let Err(Denied::Fault(fault) | Denied::Unknown(fault)) = answer {
            assert_ne!(fault.key, "fault-writer-gone", "the writer has died");
        }
        let news = open.news.take();
        self.heard += news.iter().map(|news| news.subjects().len()).sum::<usize>();
        open.watch.learn(news.iter().flat_map(|news| news.subjects().iter().copied()));
    }

    /// Subjects that were said to have changed while people worked: whether anything is going on at all.
    pub fn heard(&self) -> usize {
        self.heard
    }
}

/// Copies a folder as it is at one moment: again, until nothing changed meanwhile.
fn copied_at_once(from: &Path, to: &Path) {
    loop {
        let before = marks(from);
        copied(from, to);
        if before == marks(from) {
            return;
        }
        std::fs::remove_dir_all(to).unwrap();
    }
}

fn marks(folder: &Path) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let meta = entry.metadata().unwrap();
        if meta.is_dir() {
            all.extend(marks(&entry.path()));
        } else {
            all.push((entry.path(), meta.len(), meta.modified().unwrap()));
        }
    }
    all.sort();
    all
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.metadata().unwrap().is_dir() {
            copied(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
