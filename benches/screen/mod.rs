//! One session on a practice desk for the benches: keys in, buffers and frames out, no terminal.

#![allow(clippy::unwrap_used, dead_code, reason = "a measurement; each bench takes what it needs")]

use chrono::Utc;
use pulang::app::key::{Input, Key};
use pulang::app::{App, Setting};
use pulang::desk::{Desk, DeskOptions, First, Seat, Started};
use pulang::domain::query::Query;
use pulang::terminal::desk_screen::DeskScreen;
use pulang::terminal::frame::{FrameSettings, Framer};
use pulang::terminal::painter::{ColorDepth, PainterSettings};
use pulang::terminal::session::Screen;
use pulang::text::{Language, Texts};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const SIZE: (u16, u16) = (80, 24);

/// The practice desk of a folder.
pub fn practice_desk(dir: PathBuf) -> (Desk, Started) {
    let clock: pulang::desk::Clock = Arc::new(Utc::now);
    let first = First { uid: 0, name: "uji".into(), office: "uji".into(), zone: "WIB" };
    Desk::open(DeskOptions { dir, key: None, clock, is_practice: true, first }, &mut |_| {}).unwrap()
}

/// The seat that finds the most people.
pub fn busiest(desk: &Desk) -> Seat {
    let seat = desk.enter_supervisor().unwrap();
    let seats = seat.operators().into_iter().filter_map(|(operator, ..)| seat.switch(operator).ok());
    seats.max_by_key(|seat| seat.count(&Query::default())).unwrap()
}

/// A session at 80×24.
pub struct Bench {
    pub screen: DeskScreen,
    framer: Framer,
    buffer: Buffer,
}

impl Bench {
    pub fn new(seat: Seat) -> Self {
        let setting = Setting {
            texts: Texts::new(Language::Id),
            clock: Arc::new(Utc::now),
            is_practice: true,
            data_place: "/".into(),
            drop_folder: None,
            typed_paths_in: Some(PathBuf::new()),
        };
        let painter = PainterSettings { color: ColorDepth::Ansi16 };
        let settings = FrameSettings { painter, is_synchronized: true, is_answer_wanted: true };
        Self {
            screen: DeskScreen::new(App::new(seat, setting, SIZE), true, true),
            framer: Framer::new(SIZE.0, SIZE.1, settings),
            buffer: Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)),
        }
    }

    /// Draws; gives the bytes of the frame.
    pub fn frame(&mut self) -> usize {
        let (_, cursor) = self.drawn();
        self.framer.compose(&self.buffer, cursor).len()
    }

    /// Draws without painting: the cells and the cursor.
    pub fn drawn(&mut self) -> (&Buffer, Option<(u16, u16)>) {
        self.buffer.reset();
        let cursor = self.screen.draw(&mut self.buffer);
        (&self.buffer, cursor)
    }

    /// Takes a key without drawing.
    pub fn key(&mut self, key: Key) {
        self.screen.input(Input::Key(key), Instant::now());
    }

    /// Takes a key and draws; gives the time from key to frame.
    pub fn press(&mut self, key: Key) -> Duration {
        let begun = Instant::now();
        self.key(key);
        self.frame();
        begun.elapsed()
    }
}
