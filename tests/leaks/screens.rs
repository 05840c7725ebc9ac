//! Every screen that an operator can come to, in keystrokes, as text.

use crate::scene::{Scene, now};
use pulang::app::key::{Input, Key};
use pulang::app::{App, Setting};
use pulang::desk::Seat;
use pulang::text::{Language, Texts};
use pulang::ui::theme::{Glyphs, Theme};
use pulang::ui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A large screen, with the pane beside the list.
const SIZE: (u16, u16) = (160, 48);

pub struct Screen(App);

impl Screen {
    pub fn of(seat: &Seat) -> Self {
        let setting = Setting {
            texts: Texts::new(Language::Id),
            clock: Arc::new(now),
            is_practice: false,
            data_place: "~/pulang".into(),
            drop_folder: None,
            typed_paths_in: None,
        };
        Self(App::new(seat.clone(), setting, SIZE))
    }

    /// Types text; `\n` is Enter, `\t` Tab, `\x1b` Esc, `\x01` F3, `\x02` F4, `\x03` page down, `\x10` Ctrl+P.
    pub fn types(&mut self, text: &str) {
        for c in text.chars() {
            let key = match c {
                '\n' => Key::Enter,
                '\t' => Key::Tab,
                '\x1b' => Key::Esc,
                '\x01' => Key::F(3),
                '\x02' => Key::F(4),
                '\x03' => Key::PageDown,
                '\x10' => Key::Ctrl('p'),
                c => Key::Char(c),
            };
            self.0.input(Input::Key(key));
            while self.0.is_waiting() {
                std::thread::sleep(Duration::from_millis(2));
                self.0.wake(Instant::now());
            }
        }
        self.0.wake(Instant::now() + Duration::from_secs(1));
    }

    /// Lets news come in, and whatever is due after a quiet moment.
    pub fn hears(&mut self) {
        self.0.wake(Instant::now() + Duration::from_secs(2));
    }

    pub fn shown(&self) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        view(&self.0, Theme { is_colored: false }, Glyphs::UNICODE, &mut buffer);
        let row = |y: u16| (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n";
        (0..SIZE.1).map(row).collect()
    }
}

/// Every screen by what was typed to get there.
pub fn all(scene: &Scene, seat: &Seat) -> Vec<(String, String)> {
    let mut scripts: Vec<String> = [
        "",
        "h",
        "v",
        "d",
        "?",
        "u",
        ":",
        "s1",
        "s2",
        "s3",
        "s4",
        "s5",
        "*t",
        "*l",
        "/ratna",
        "/ratna\n",
        "/kenari\n",
        "/umur<99\n",
        "/status:lapor\n",
        "/petugas:none\n",
        "/p",
        "/kantor:",
        "b",
        "n",
        ":kelola orang\n",
        ":data kantor\n",
        ":batal",
        ":periksa",
        "w",
        "w\x03",
        ":keluarga\n",
        ":serah jaga\n",
        ":serah jaga\n\x03",
        ":serahkan kasus saya\n",
        ":jejak\n",
        ":jejak\n\x03",
        "*\x10",
        "*\x10\n",
        "c",
        "c\x03",
        "c\x10",
    ]
    .map(str::to_owned)
    .to_vec();
    // Each row of the list, opened, edited, moved, compared, referred.
    for row in 0..4 {
        let down = "j".repeat(row);
        for then in [
            "\n",
            "\n\x03",
            "e",
            "e\x03",
            "e\x03\x03",
            "e\x03\x03\x03\x03\x03",
            "t",
            "tt",
            "c",
            "g",
            "m",
            "f",
            "l",
            "l4",
            "+",
            "\no",
            "\x10",
            "\x10\n",
            "l7",
            ":bagi kasus\n",
            ":cabut pembagian\n",
        ] {
            scripts.push(format!("{down}{then}"));
        }
        for then in ["\n", "l"] {
            scripts.push(format!("w{down}{then}"));
        }
    }
    for canary in &scene.canaries {
        let (nik, passport, number) = (&canary.nik, &canary.passport, &canary.number);
        for typed in [nik, passport, number] {
            // What was typed stands in the line again: it is taken off before anything is looked at.
            scripts.push(format!("/{typed}\n"));
            scripts.push(format!(":kantor lain\n{typed}\n"));
            scripts.push(format!(":minta akses\n{typed}\n"));
        }
        scripts.push(format!("/nik:{nik}\n"));
        scripts.push(format!("n{nik}\t"));
        scripts.push(format!("n{nik}\t\x01"));
        scripts.push(format!("n{nik}\tRATNA\tP\t"));
        scripts.push(format!("g{nik}"));
    }
    let shown = |script: String| {
        // Each begins with an empty desk-top: the offer of an older draft would take what is typed.
        seat.drafts().into_iter().for_each(|(id, ..)| seat.drop_draft(id).unwrap());
        let mut screen = Screen::of(seat);
        screen.types(&script);
        let typed: Vec<&str> = script.split(['/', '\n', '\t', ':']).filter(|part| part.len() > 6).collect();
        let mut shown = screen.shown();
        typed.iter().for_each(|part| shown = shown.replace(part, ""));
        (format!("screen {script:?}"), shown)
    };
    scripts.into_iter().map(shown).collect()
}
