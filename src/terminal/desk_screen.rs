//! The app as a screen of the session loop: inputs to update, state to buffer.

use super::session::Screen;
use crate::app::App;
use crate::app::key::Input;
use crate::ui::theme::{Glyphs, Theme};
use crate::ui::view::view;
use ratatui::buffer::Buffer;
use std::time::Instant;

/// One operator's app with the looks of this terminal.
pub struct DeskScreen {
    pub app: App,
    theme: Theme,
    glyphs: Glyphs,
    has_changed: bool,
}

impl DeskScreen {
    pub const fn new(app: App, is_colored: bool, is_utf8: bool) -> Self {
        let glyphs = if is_utf8 { Glyphs::UNICODE } else { Glyphs::ASCII };
        Self { app, theme: Theme { is_colored }, glyphs, has_changed: true }
    }
}

impl DeskScreen {
    /// Takes on the looks of another terminal.
    pub const fn looks(&mut self, is_colored: bool, is_utf8: bool) {
        self.theme = Theme { is_colored };
        self.glyphs = if is_utf8 { Glyphs::UNICODE } else { Glyphs::ASCII };
        self.has_changed = true;
    }
}

impl Screen for DeskScreen {
    fn input(&mut self, input: Input, now: Instant) {
        self.app.input_at(input, now);
        self.has_changed = true;
    }

    fn paste_was_cut(&mut self) {
        self.app.paste_was_cut();
        self.has_changed = true;
    }

    fn wants_draw(&self) -> bool {
        self.has_changed
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        self.has_changed = false;
        view(&self.app, self.theme, self.glyphs, buffer)
    }

    fn next_wake(&self) -> Option<Instant> {
        self.app.next_wake()
    }

    fn wake(&mut self, now: Instant) {
        self.has_changed |= self.app.wake(now);
    }

    fn has_ended(&self) -> bool {
        self.app.has_ended()
    }

    fn hang_up(&mut self) {
        self.app.hang_up();
    }
}
