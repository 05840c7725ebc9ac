//! One operator at one screen of the simulation: takes inputs one at a time, waits for what the desk owes, draws itself.

use chrono::{DateTime, Utc};
use pulang::app::key::Input;
use pulang::app::{App, Setting};
use pulang::desk::Seat;
use pulang::text::{Language, Texts};
use pulang::ui::theme::{Glyphs, Theme};
use pulang::ui::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A session with what it is about to press.
pub struct Session {
    pub app: App,
    pub script: VecDeque<Input>,
    is_plain: bool,
}

impl Session {
    pub fn new(
        seat: Seat,
        clock: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
        size: (u16, u16),
        is_plain: bool,
    ) -> Self {
        let language = if is_plain { Language::En } else { Language::Id };
        let setting = Setting {
            texts: Texts::new(language),
            clock,
            is_practice: true,
            data_place: "~/pulang".into(),
            drop_folder: None,
            typed_paths_in: Some(std::path::PathBuf::new()),
        };
        Self { app: App::new(seat, setting, size), script: VecDeque::new(), is_plain }
    }

    /// Takes one input and waits for the answer that it asks for.
    pub fn take(&mut self, input: Input, now: Instant) {
        self.app.input_at(input, now);
        self.settle(now);
    }

    /// Does what is due.
    pub fn wake(&mut self, now: Instant) {
        if self.app.next_wake().is_some_and(|due| due <= now) {
            self.app.wake(now);
        }
        self.settle(now);
    }

    /// Hears what others did, whatever is due.
    pub fn nudge(&mut self, now: Instant) {
        self.app.wake(now);
        self.settle(now);
    }

    fn settle(&mut self, now: Instant) {
        let until = Instant::now() + Duration::from_secs(60);
        while self.app.is_waiting() {
            assert!(Instant::now() < until, "the desk never answered");
            std::thread::sleep(Duration::from_millis(1));
            self.app.wake(now);
        }
    }

    /// The screen as text, row by row; the cursor stands on it.
    pub fn screen(&self) -> String {
        let (cols, rows) = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let theme = Theme { is_colored: !self.is_plain };
        let glyphs = if self.is_plain { Glyphs::ASCII } else { Glyphs::UNICODE };
        let cursor = view(&self.app, theme, glyphs, &mut buffer);
        assert_eq!(buffer.area, Rect::new(0, 0, cols, rows), "the screen has its size");
        let mut text = String::with_capacity(usize::from(cols) * usize::from(rows) + usize::from(rows));
        for y in 0..rows {
            (0..cols).for_each(|x| text.push_str(buffer[(x, y)].symbol()));
            text.push('\n');
        }
        let is_on_it = cursor.is_none_or(|(x, y)| x < cols && y < rows);
        assert!(is_on_it, "the cursor {cursor:?} is off the screen of {cols} x {rows}:\n{text}");
        text
    }
}
