//! The harness: a desk, a session and a clock, with sentences for what is typed and what must be on the screen.

mod disk;
mod files;
mod turns;
mod waking;

use crate::keys;
use chrono::{DateTime, TimeDelta, Utc};
use pulang::app::key::{Input, Key};
use pulang::app::{App, Setting};
use pulang::desk::{Desk, DeskOptions, First, Seat};
use pulang::practice::Practice;
use pulang::records::{Act, Look, Options as RecordsOptions, Records, Seq};
use pulang::text::{Language, Texts};
use pulang::ui::theme::{Glyphs, Theme};
use pulang::ui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Three in the morning in Jakarta, on the day the flight of the manifest lands.
const NIGHT: &str = "2026-02-20T20:00:00Z";
/// The uid of the one who starts the desk.
const UID: u32 = 4711;
/// Seed of the practice desks.
const SEED: u64 = 1;

/// The time as the story moves it.
#[derive(Clone)]
struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    fn night() -> Self {
        Self(Arc::new(Mutex::new(NIGHT.parse().unwrap())))
    }

    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn function(&self) -> Arc<dyn Fn() -> DateTime<Utc> + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

/// How the terminal of the story looks.
#[derive(Clone, Copy)]
struct Looks {
    size: (u16, u16),
    language: Language,
    theme: Theme,
    glyphs: Glyphs,
}

/// One operator at one screen.
pub struct Story {
    dir: Arc<TempDir>,
    desk: Option<Desk>,
    app: Option<App>,
    clock: TestClock,
    practice: Option<Practice>,
    moody: Option<disk::Moody>,
    looks: Looks,
    /// Keys pressed so far.
    pub pressed: usize,
    /// Nudges that came from the desk since the screen was woken last.
    nudges: Arc<AtomicUsize>,
}

/// An empty desk, just installed: its starter is the first supervisor.
pub fn story(cols: u16, rows: u16) -> Story {
    begin(cols, rows, None)
}

/// A practice desk with its invented operators and so many invented people.
pub fn practice(cols: u16, rows: u16, cases: u32) -> Story {
    begin(cols, rows, Some(cases))
}

/// A desk on which the manifest of 110 has just been taken in.
pub fn landed(cols: u16, rows: u16) -> Story {
    story(cols, rows).imports_the_flight()
}

fn begin(cols: u16, rows: u16, cases: Option<u32>) -> Story {
    let clock = TestClock::night();
    let practice = cases.map(|_| Practice::new(SEED, clock.now()));
    let looks = Looks {
        size: (cols, rows),
        language: Language::Id,
        theme: Theme { is_colored: true },
        glyphs: Glyphs::UNICODE,
    };
    let dir = Arc::new(TempDir::new().unwrap());
    let mut story =
        Story { dir, desk: None, app: None, clock, practice, moody: None, looks, pressed: 0, nudges: Arc::default() };
    story.open_desk();
    story.copies_the_key();
    if let (Some(practice), Some(cases)) = (&story.practice, cases) {
        story.desk().load(practice.commits(cases, 1), &mut |_| ()).unwrap();
    }
    let seat = story.first_seat();
    story.sit(seat);
    story
}

impl Story {
    fn desk(&self) -> &Desk {
        self.desk.as_ref().unwrap()
    }

    /// The session, for what no screen shows.
    pub fn app(&self) -> &App {
        self.app.as_ref().unwrap()
    }

    fn app_mut(&mut self) -> &mut App {
        self.app.as_mut().unwrap()
    }

    /// Makes a copy of the master key, as a desk at work has one; every screen would say so otherwise.
    fn copies_the_key(&self) {
        let to = age::x25519::Identity::generate().to_public().to_string();
        let custody = Desk::custody(&self.dir.path().join("desk"), None);
        custody.export(&self.dir.path().join("copy.age"), &[to], None, self.clock.now()).unwrap();
    }

    /// Opens the desk of the folder; the one before may need a moment to let go of it.
    fn open_desk(&mut self) {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let options = DeskOptions {
                dir: self.dir.path().join("desk"),
                key: None,
                clock: self.clock.function(),
                is_practice: self.practice.is_some(),
                first: First { uid: UID, name: "rina".into(), office: "Meja pertama".into(), zone: "WIB" },
            };
            match Desk::open_on(self.disk(), options, &mut |_| ()) {
                Ok((desk, _)) => return self.desk = Some(desk),
                Err(fault) if fault.key == "fault-data-locked" && Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(fault) => panic!("the desk does not open: {} {}", fault.code, fault.detail),
            }
        }
    }

    /// A seat of the one who began, beside the screen.
    pub fn first_seat(&self) -> Seat {
        let desk = self.desk();
        if self.practice.is_some() { desk.enter_supervisor() } else { desk.enter(UID) }.unwrap()
    }

    fn sit(&mut self, seat: Seat) {
        let nudges = Arc::clone(&self.nudges);
        seat.on_news(Some(Box::new(move || _ = nudges.fetch_add(1, Ordering::Relaxed))));
        let setting = Setting {
            texts: Texts::new(self.looks.language),
            clock: self.clock.function(),
            is_practice: self.practice.is_some(),
            data_place: "~/pulang".into(),
            drop_folder: None,
            typed_paths_in: Some(std::path::PathBuf::new()),
        };
        self.app = Some(App::new(seat, setting, self.looks.size));
    }

    /// Another session at the same desk, by the same person at another screen.
    pub fn another_screen(&self) -> Self {
        let mut other = Self {
            dir: Arc::clone(&self.dir),
            desk: self.desk.clone(),
            app: None,
            clock: self.clock.clone(),
            practice: self.practice.clone(),
            moody: self.moody.clone(),
            looks: self.looks,
            pressed: 0,
            nudges: Arc::default(),
        };
        other.sit(self.first_seat());
        other
    }

    // ---- what the operator and the world do

    /// Presses keys, as a script.
    pub fn keys(self, script: &str) -> Self {
        self.press(keys::read(script))
    }

    /// Types a text in which every character is itself and a line's end is Enter, as a scanner does.
    pub fn types(self, text: &str) -> Self {
        self.press(keys::typed(text))
    }

    /// The session itself, to be run on a wire.
    pub fn into_app(mut self) -> (App, Arc<TempDir>) {
        (self.app.take().unwrap(), self.dir)
    }

    fn press(mut self, keys: Vec<Key>) -> Self {
        self.pressed += keys.len();
        for key in keys {
            self.app_mut().input(Input::Key(key));
        }
        self.answered()
    }

    /// Pastes a text.
    pub fn paste(mut self, text: &str) -> Self {
        self.app_mut().input(Input::Paste(text.to_owned()));
        self.answered()
    }

    /// Waits for the desk's answer, if it still owes one.
    fn answered(mut self) -> Self {
        let until = Instant::now() + Duration::from_secs(30);
        while self.app().is_waiting() {
            assert!(Instant::now() < until, "the desk never answered");
            std::thread::sleep(Duration::from_millis(5));
            self.app_mut().wake(Instant::now());
        }
        self
    }

    /// A quiet moment: the detail follows the cursor, drafts are kept.
    pub fn quiet(mut self) -> Self {
        self.app_mut().wake(Instant::now() + Duration::from_secs(1));
        self
    }

    /// The terminal gets another size.
    pub fn resize(mut self, cols: u16, rows: u16) -> Self {
        self.looks.size = (cols, rows);
        self.app_mut().input(Input::Resize { cols, rows });
        self
    }

    /// The program is gone without saying goodbye, and is started again.
    pub fn restart(mut self) -> Self {
        self.app = None;
        self.desk = None;
        self.open_desk();
        let seat = self.first_seat();
        self.sit(seat);
        self
    }

    /// Waits until a text stands on the screen, woken now and then as the session is.
    pub fn comes_to_see(mut self, text: &str) -> Self {
        let until = Instant::now() + Duration::from_secs(30);
        while !squeezed(&self.screen()).contains(&squeezed(text)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
            self.app_mut().wake(Instant::now());
        }
        self.sees(text)
    }

    /// Time passes: `later("3h")`, `m` and `d` as well.
    pub fn later(self, much: &str) -> Self {
        let (number, unit) = much.split_at(much.len() - 1);
        let number: i64 = number.parse().unwrap();
        let by = match unit {
            "m" => TimeDelta::minutes(number),
            "h" => TimeDelta::hours(number),
            "d" => TimeDelta::days(number),
            other => panic!("{other} is no unit of time"),
        };
        *self.clock.0.lock().unwrap() += by;
        self
    }

    /// A terminal without colours that can only show ASCII.
    pub fn on_a_plain_terminal(mut self) -> Self {
        self.looks.theme = Theme { is_colored: false };
        self.looks.glyphs = Glyphs::ASCII;
        self
    }

    /// Where the manifest of the tests lies.
    pub fn manifest_path() -> String {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/manifest_110.csv").display().to_string()
    }

    /// Takes in the manifest of the tests as a movement that landed today.
    pub fn imports_the_flight(self) -> Self {
        self.keys("i").types(&Self::manifest_path()).keys("<Enter><C-s><C-s>").sees("110 orang diterima")
    }

    /// The session ends; what the trail says of its searches: how many people each found.
    pub fn searches(mut self) -> Vec<u64> {
        self.app = None;
        self.desk = None;
        let dir = self.dir.path().join("desk");
        let (records, _) = Records::open(&dir, RecordsOptions::default(), &mut |_| ()).unwrap();
        let mut found = Vec::new();
        let mut visit = |_, look: Look| {
            found.extend((look.act == Act::Search).then_some(look.count));
            Ok(())
        };
        records.trail().each(Seq(1), &mut visit).unwrap();
        found
    }

    // ---- what is on the screen

    /// Draws the screen.
    pub fn buffer(&self) -> Buffer {
        let (cols, rows) = self.looks.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        view(self.app(), self.looks.theme, self.looks.glyphs, &mut buffer);
        buffer
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let row = |y: u16| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..buffer.area.height).map(|y| row(y).trim_end().to_owned() + "\n").collect()
    }

    /// Prints the screen, for whoever writes a story.
    #[allow(dead_code, reason = "used while a story is being written")]
    pub fn shows(self) -> Self {
        println!("{}", self.screen());
        self
    }

    /// The text stands on the screen; blanks between its words do not count.
    pub fn sees(self, text: &str) -> Self {
        let screen = self.screen();
        assert!(squeezed(&screen).contains(&squeezed(text)), "{text:?} is not on the screen:\n{screen}");
        self
    }

    /// Every text stands on the screen.
    pub fn sees_all(self, texts: &[&str]) -> Self {
        texts.iter().fold(self, |story, text| story.sees(text))
    }

    /// One row has all these words, in this order, with anything between them.
    pub fn sees_row(self, words: &str) -> Self {
        let screen = self.screen();
        assert!(screen.lines().any(|row| has_in_order(row, words)), "no row has {words:?}:\n{screen}");
        self
    }

    /// Nothing on the screen reads so, in capitals or small letters.
    pub fn never_sees(self, text: &str) -> Self {
        let screen = self.screen();
        assert!(!screen.to_lowercase().contains(&text.to_lowercase()), "{text:?} is on the screen:\n{screen}");
        self
    }

    /// Whether a text stands on the screen in the colour of suggestions.
    pub fn is_grey(&self, text: &str) -> bool {
        self.looks_as(text, pulang::ui::theme::Role::Grey)
    }

    /// Whether a text stands on the screen as what is selected.
    pub fn is_selected(&self, text: &str) -> bool {
        self.looks_as(text, pulang::ui::theme::Role::Cursor)
    }

    fn looks_as(&self, text: &str, role: pulang::ui::theme::Role) -> bool {
        let buffer = self.buffer();
        let wanted = self.looks.theme.style(role);
        let place = self.screen().lines().enumerate().find_map(|(y, row)| {
            let before = row.split_once(text)?.0.chars().count();
            Some((u16::try_from(before).ok()?, u16::try_from(y).ok()?))
        });
        let cell = place.map(|place| buffer[place].clone()).unwrap_or_else(|| panic!("{text:?} is not there"));
        cell.style().add_modifier.contains(wanted.add_modifier) && cell.fg == wanted.fg.unwrap_or_default()
    }

    /// Looks at something that needs more than a sentence.
    pub fn check(self, look: impl FnOnce(&Self)) -> Self {
        look(&self);
        self
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_in_order(row: &str, words: &str) -> bool {
    let mut found = row.split_whitespace();
    words.split_whitespace().all(|word| found.any(|other| other == word))
}
