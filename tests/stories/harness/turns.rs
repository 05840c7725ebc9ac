//! Who sits down at the desk of a story, and what befalls its disk between two sittings.

use super::Story;
use super::keys;
use pulang::app::key::{Input, Key};
use pulang::app::returning::Left;
use pulang::text::{Language, Texts};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

impl Story {
    /// Types on without a rest, a key every tenth of a second, woken only when something is due.
    pub fn types_on(mut self, text: &str) -> Self {
        let mut now = Instant::now();
        for key in keys::typed(text) {
            now += Duration::from_millis(100);
            let app = self.app_mut();
            app.input_at(Input::Key(key), now);
            if app.next_wake().is_some_and(|due| due <= now) {
                app.wake(now);
            }
        }
        self
    }

    /// Nobody types for so many minutes, and the session wakes as it asked to.
    pub fn idle(mut self, minutes: u64) -> Self {
        self.app_mut().wake(Instant::now() + Duration::from_secs(minutes * 60));
        self
    }

    /// The daemon is killed and begins anew, so much later; the terminal comes back by itself, with the last mark it has.
    pub fn comes_back(self, later: &str) -> Self {
        let left = Left::from_bytes(&self.app().leaves().to_bytes());
        assert!(left.is_some(), "a mark is read as it is written");
        self.later(later).returns(left)
    }

    /// The same, of a terminal that was given no mark: one of the release before.
    pub fn comes_back_without_a_mark(self) -> Self {
        self.returns(None)
    }

    fn returns(mut self, left: Option<Left>) -> Self {
        self = self.restart();
        if let Some(seat) = left.as_ref().and_then(Left::sitter).and_then(|id| self.app().seat.switch(id).ok()) {
            self.sit(seat);
        }
        self.app_mut().come_back(left.as_ref());
        self
    }

    /// Another operator's session at the same desk, at another screen.
    pub fn screen_of(&self, operator: ulid::Ulid) -> Self {
        let mut other = self.another_screen();
        other.sit(self.desk().enter_as(operator).unwrap());
        other
    }

    /// Somebody with this role of the same office sits down; on practice desks.
    pub fn in_role(mut self, role: &str) -> Self {
        let practice = self.practice.as_ref().expect("only a practice desk has operators of every role");
        let me = self.app().seat.operator().id;
        let operators = practice.operators();
        let office = operators.iter().find(|one| one.id == me).map(|one| one.office);
        let who = operators.iter().find(|one| Some(one.office) == office && one.role == role && one.id != me);
        let who = who.unwrap_or_else(|| panic!("nobody of this office is {role}")).id;
        let seat = self.desk().enter_as(who).unwrap();
        self.sit(seat);
        self
    }

    /// Somebody with this role of another office sits down; on practice desks.
    pub fn elsewhere(mut self, role: &str) -> Self {
        let practice = self.practice.as_ref().expect("only a practice desk has other offices");
        let me = self.app().seat.operator().id;
        let operators = practice.operators();
        let office = operators.iter().find(|one| one.id == me).map(|one| one.office);
        let who = operators.iter().find(|one| Some(one.office) != office && one.role == role);
        let who = who.unwrap_or_else(|| panic!("nobody elsewhere is {role}")).id;
        let seat = self.desk().enter_as(who).unwrap();
        self.sit(seat);
        self
    }

    /// The desk has nudged this screen, and it looks what there is, without a key.
    pub fn nudged(mut self) -> Self {
        assert_ne!(self.nudges.swap(0, Ordering::Relaxed), 0, "nobody nudged this screen");
        self.app_mut().wake(Instant::now());
        self
    }

    /// The desk has nothing to tell this screen.
    pub fn not_nudged(self) -> Self {
        assert_eq!(self.nudges.load(Ordering::Relaxed), 0, "somebody nudged this screen");
        self
    }

    /// Whatever was told so far is taken.
    pub fn caught_up(mut self) -> Self {
        self.nudges.store(0, Ordering::Relaxed);
        self.app_mut().wake(Instant::now());
        self
    }

    /// Whoever sat first sits down again.
    pub fn sits_first(mut self) -> Self {
        let seat = self.first_seat();
        self.sit(seat);
        self
    }

    /// The program ends, one byte of the first commit flips on the disk, and it is started again; with the checkpoint gone
    /// every line is looked at on opening, else only what came after it.
    pub fn restarts_with_a_flipped_byte(mut self, is_checkpoint_gone: bool) -> Self {
        self.app = None;
        self.desk = None;
        let journal = self.dir.path().join("desk/journal");
        let mut names: Vec<_> = std::fs::read_dir(&journal).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path.extension().is_some_and(|end| end == "jsonl"));
        names.sort();
        let mut bytes = std::fs::read(&names[0]).unwrap();
        let seal = bytes.windows(8).position(|window| window == b"\"seal\":\"").unwrap() + 20;
        bytes[seal] = if bytes[seal] == b'A' { b'B' } else { b'A' };
        std::fs::write(&names[0], bytes).unwrap();
        if is_checkpoint_gone {
            std::fs::remove_file(journal.join("checkpoint")).unwrap();
        }
        self.open_desk();
        let seat = self.first_seat();
        self.sit(seat);
        self
    }

    /// Somebody takes a folder of the desk away while it is open.
    pub fn loses_the_folder(self, name: &str) -> Self {
        std::fs::remove_dir_all(self.dir.path().join("desk").join(name)).unwrap();
        self
    }

    /// The program ends, the keys of some cases become zeros in both tables, and it is started again.
    pub fn restarts_with_lost_keys(mut self) -> Self {
        self.app = None;
        self.desk = None;
        for name in ["slots.a", "slots.b"] {
            let path = self.dir.path().join("desk/keys").join(name);
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[4096..8192].fill(0);
            std::fs::write(&path, bytes).unwrap();
        }
        self.open_desk();
        let seat = self.first_seat();
        self.sit(seat);
        self
    }

    /// Somebody with this role of any office sits down; on practice desks.
    pub fn in_role_anywhere(mut self, role: &str) -> Self {
        let practice = self.practice.as_ref().expect("only a practice desk has operators of every role");
        let who = practice.operators().iter().find(|one| one.role == role).expect("somebody has the role").id;
        let seat = self.desk().enter_as(who).unwrap();
        self.sit(seat);
        self
    }

    /// The session starts in English.
    pub fn in_english(mut self) -> Self {
        self.looks.language = Language::En;
        let seat = self.app().seat.clone();
        self.sit(seat);
        self
    }

    /// The screen as it stands turns English, as by the command for it.
    pub fn turned_english(mut self) -> Self {
        self.app_mut().texts = Texts::new(Language::En);
        self
    }

    /// Pages through the list from its first row and gives every row that stood on it.
    pub fn all_rows(&mut self) -> Vec<String> {
        let mut rows = Vec::new();
        let mut press = |key| self.app.as_mut().unwrap().input(Input::Key(key));
        press(Key::Home);
        for _ in 0..self.app().list.rows.len() {
            let screen = self.screen();
            rows.push(screen.lines().find(|row| row.starts_with('>')).unwrap_or_default().to_owned());
            self.app_mut().input(Input::Key(Key::Down));
        }
        rows
    }
}
