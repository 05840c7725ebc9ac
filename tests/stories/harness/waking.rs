//! What reaches a story's screen without a key: nudges of the desk, time that passes, another operator's screen.

use super::Story;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

impl Story {
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

    /// Nobody types for so many minutes, and the session wakes as it asked to.
    pub fn idle(mut self, minutes: u64) -> Self {
        self.app_mut().wake(Instant::now() + Duration::from_secs(minutes * 60));
        self
    }

    /// Another operator's session at the same desk, at another screen.
    pub fn screen_of(&self, operator: ulid::Ulid) -> Self {
        let mut other = self.another_screen();
        other.sit(self.desk().enter_as(operator).unwrap());
        other
    }
}
