//! A desk's screen at somebody's terminal: woken when there is news, dark once its operator may not be here any more, and
//! telling, before it is painted, what it would leave behind.
//! Never here: what a key does, what carries the bytes.

use super::desk_screen::DeskScreen;
use super::session::Screen;
use crate::app::key::Input;
use crate::app::returning::Left;
use ratatui::buffer::Buffer;
use std::time::Instant;

/// A screen at a connection, until it is let go.
pub struct Seated {
    screen: Box<DeskScreen>,
    on_fall: Box<dyn Fn() + Send>,
    on_left: Box<dyn Fn(&Left) + Send>,
    told: Option<Left>,
    has_fallen: bool,
}

impl Seated {
    /// A screen whose line is woken by `waker`, and ended by `on_fall` when the operator has fallen; `on_left` hears what it
    /// would leave behind, whenever that is another than before.
    pub fn new(
        screen: Box<DeskScreen>,
        waker: Box<dyn Fn() + Send + Sync>,
        on_fall: Box<dyn Fn() + Send>,
        on_left: Box<dyn Fn(&Left) + Send>,
    ) -> Self {
        screen.app.seat.on_news(Some(waker));
        Self { screen, on_fall, on_left, told: None, has_fallen: false }
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

    fn tell(&mut self) {
        let left = self.screen.app.leaves();
        if self.told.as_ref() != Some(&left) {
            (self.on_left)(&left);
            self.told = Some(left);
        }
    }
}

impl Screen for Seated {
    fn input(&mut self, input: Input, now: Instant) {
        if !self.falls() {
            self.screen.input(input, now);
            self.tell();
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
            self.tell();
        }
    }

    fn has_ended(&self) -> bool {
        self.screen.has_ended()
    }

    fn hang_up(&mut self) {
        self.screen.hang_up();
    }
}
