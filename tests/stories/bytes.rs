//! What the real screens cost on the line at 80×24: the budgets of the design, brackets and status request included.

use crate::harness::{Story, landed};
use pulang::terminal::desk_screen::DeskScreen;
use pulang::terminal::frame::FrameSettings;
use pulang::terminal::input::DecoderSettings;
use pulang::terminal::painter::{ColorDepth, PainterSettings};
use pulang::terminal::session::{self, Session};
use pulang::terminal::wire::{MemoryWire, Played, Ready, Wire};
use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

const DEPTHS: [ColorDepth; 2] = [ColorDepth::Mono, ColorDepth::Ansi16];

/// Types the next keys as soon as the session has nothing left to do; its clock is the machine's, as the app's is.
struct Typist {
    keys: VecDeque<Vec<u8>>,
    /// The bytes written after each key, the first screen's at the beginning.
    costs: Vec<usize>,
}

impl Wire for Typist {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&mut self, deadline: Option<Instant>, bytes: &mut Vec<u8>) -> Ready {
        // The session drains with a deadline that has passed: then there is nothing more, just now.
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return Ready::TimedOut;
        }
        match self.keys.pop_front() {
            Some(key) => {
                bytes.extend_from_slice(&key);
                self.costs.push(0);
                Ready::Bytes
            }
            None => Ready::HungUp,
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        *self.costs.last_mut().unwrap() += bytes.len();
        Ok(())
    }
}

fn frames(color: ColorDepth) -> FrameSettings {
    FrameSettings { painter: PainterSettings { color }, is_synchronized: true, is_answer_wanted: true }
}

fn run(story: Story, wire: &mut dyn Wire, color: ColorDepth) {
    let (app, _dir) = story.into_app();
    let mut screen = DeskScreen::new(app, color != ColorDepth::Mono, true);
    let decoder = DecoderSettings::LOCAL;
    session::run(Session { wire, cols: 80, rows: 24, frames: frames(color), decoder }, &mut screen);
}

/// The bytes of the first screen and of the frame after each key.
fn typed(story: Story, keys: &[&str], color: ColorDepth) -> Vec<usize> {
    let keys = keys.iter().map(|key| key.as_bytes().to_vec()).collect();
    let mut wire = Typist { keys, costs: vec![0] };
    run(story, &mut wire, color);
    wire.costs
}

/// The dearest of the keys after the first `ready` ones, in both depths, is within the budget.
fn within(budget: usize, what: &str, ready: usize, keys: &[&str]) {
    for color in DEPTHS {
        let costs = typed(landed(80, 24).keys("jk"), keys, color).split_off(1);
        let most = *costs[ready..].iter().max().unwrap();
        println!("{what}, {color:?}: {most} of {budget} bytes");
        assert!(most > 0 && most <= budget, "{what}, {color:?}: {:?} bytes, {budget} allowed", &costs[ready..]);
    }
}

#[test]
fn the_cursor_costs_at_most_64_bytes() {
    within(64, "cursor down", 0, &["j"; 17]);
    let down_and_up: Vec<&str> = ["j"; 17].into_iter().chain(["k"; 17]).collect();
    within(64, "cursor up", 17, &down_and_up);
}

#[test]
fn a_line_scrolled_costs_at_most_190_bytes() {
    within(190, "one line down", 17, &["j"; 60]);
}

#[test]
fn a_letter_costs_at_most_44_bytes() {
    within(44, "letter of a name", 2, &["n", "\t", "S", "I", "T", "I", " ", "N", "U", "R"]);
    // Here the count and the completions change with every letter.
    within(100, "letter of a search", 2, &["/", "m", "e", "g", "a", " ", "h"]);
}

#[test]
fn a_page_costs_at_most_1400_bytes() {
    within(1_400, "page", 0, &["\x1b[6~"; 6]);
}

#[test]
fn the_first_screen_costs_at_most_2400_bytes() {
    for color in DEPTHS {
        let first = typed(landed(80, 24), &[], color)[0];
        println!("first screen, {color:?}: {first} of 2400 bytes");
        assert!((800..=2_400).contains(&first), "{first}");
    }
}

#[test]
fn an_idle_screen_writes_nothing_and_never_wakes() {
    let mut wire = MemoryWire::new([(Duration::from_secs(600), Played::Ready(Ready::HungUp))]);
    run(landed(80, 24).quiet(), &mut wire, ColorDepth::Ansi16);
    assert_eq!((wire.written.len(), wire.time_outs), (1, 0), "ten minutes with nothing to say");
}
