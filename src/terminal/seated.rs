//! A desk's screen at somebody's terminal: woken when there is news, and dark once its operator may not be here any more.
//! Never here: what a key does, what carries the bytes.

use super::desk_screen::DeskScreen;
use super::session::Screen;
use crate::app::key::Input;
use ratatui::buffer::Buffer;
use std::time::Instant;

/// A screen at a connection, until it is let go.
pub struct Seated {
    screen: Box<DeskScreen>,
    on_fall: Box<dyn Fn() + Send>,
    has_fallen: bool,
}

impl Seated {
    /// A screen whose line is woken by `waker`, and ended by `on_fall` when the operator has fallen.
    pub fn new(screen: Box<DeskScreen>, waker: Box<dyn Fn() + Send + Sync>, on_fall: Box<dyn Fn() + Send>) -> Self {
        screen.app.seat.on_news(Some(waker));
        Self { screen, on_fall, has_fallen: false }
    }

    /// The screen, which nothing wakes any more.
    pub fn into_screen(self) -> Box<DeskScreen> {
        self.screen.app.seat.on_news(None);
        self.screen
    }

    /// Asks for the end once the operator's seat has fallen; says whether it has.
    fn falls(&mut self) -> bool {
        if !self.has_fallen && self.screen.app.seat.standing().is_err() {
            self.has_fallen = true;
            (self.on_fall)();
        }
        self.has_fallen
    }
}

impl Screen for Seated {
    fn input(&mut self, input: Input, now: Instant) {
        if !self.falls() {
            self.screen.input(input, now);
        }
    }

    fn paste_was_cut(&mut self) {
        self.screen.paste_was_cut();
    }

    fn wants_draw(&self) -> bool {
        !self.has_fallen && self.screen.wants_draw()
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        // A screen whose operator fell shows nothing any more.
        if self.has_fallen { None } else { self.screen.draw(buffer) }
    }

    fn next_wake(&self) -> Option<Instant> {
        self.screen.next_wake()
    }

    fn wake(&mut self, now: Instant) {
        if !self.falls() {
            self.screen.wake(now);
        }
    }

    fn has_ended(&self) -> bool {
        self.screen.has_ended()
    }

    fn hang_up(&mut self) {
        self.screen.hang_up();
    }
}
