//! What the real screens cost on the line at 80×24: the budgets of the design, brackets and status request included.

use crate::harness::{Story, landed};
use pulang::terminal::desk_screen::DeskScreen;
use pulang::terminal::frame::FrameSettings;
use pulang::terminal::input::DecoderSettings;
use pulang::terminal::painter::{ColorDepth, PainterSettings};
use pulang::terminal::session::{self, Session};
use pulang::terminal::wire::{MemoryWire, Played, Ready};
use std::time::Duration;

const DEPTHS: [ColorDepth; 2] = [ColorDepth::Mono, ColorDepth::Ansi16];

/// Plays keys as bytes, one each second, on the story's session; the wire then holds every frame with its time.
fn played(story: Story, keys: &[&str], color: ColorDepth) -> MemoryWire {
    let bytes = |place: usize| (at(place), Played::Bytes(keys[place].as_bytes().to_vec()));
    let end = (at(keys.len() + 600), Played::Ready(Ready::HungUp));
    let mut wire = MemoryWire::new((0..keys.len()).map(bytes).chain([end]));
    let (app, _dir) = story.into_app();
    let mut screen = DeskScreen::new(app, color != ColorDepth::Mono, true);
    let painter = PainterSettings { color };
    let frames = FrameSettings { painter, is_synchronized: true, is_answer_wanted: true };
    session::run(Session { wire: &mut wire, cols: 80, rows: 24, frames, decoder: DecoderSettings::LOCAL }, &mut screen);
    wire
}

/// When a key is typed.
fn at(place: usize) -> Duration {
    Duration::from_secs(1 + place as u64)
}

/// The bytes of the frames that keys brought at once; the detail line follows in a frame of its own.
fn costs(wire: &MemoryWire, keys: usize) -> Vec<usize> {
    let of = |place: usize| wire.written.iter().filter(|(when, _)| *when == at(place)).map(|(_, b)| b.len()).sum();
    (0..keys).map(of).collect()
}

/// The dearest of the keys after the first `ready` ones, in both depths, is within the budget.
fn within(budget: usize, what: &str, ready: usize, keys: &[&str]) {
    for color in DEPTHS {
        let costs = costs(&played(landed(80, 24).keys("jk"), keys, color), keys.len());
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
    // Count and completions follow in a frame of their own.
    within(44, "letter of a search", 2, &["/", "m", "e", "g", "a", " ", "h"]);
}

#[test]
fn a_page_costs_at_most_1400_bytes() {
    within(1_400, "page", 0, &["\x1b[6~"; 6]);
}

#[test]
fn the_first_screen_costs_at_most_2400_bytes() {
    for color in DEPTHS {
        let first = played(landed(80, 24), &[], color).written[0].1.len();
        println!("first screen, {color:?}: {first} of 2400 bytes");
        assert!((800..=2_400).contains(&first), "{first}");
    }
}

#[test]
fn an_idle_screen_writes_nothing_and_wakes_once_to_lock() {
    let wire = played(landed(80, 24).quiet(), &[], ColorDepth::Ansi16);
    assert_eq!((wire.written.len(), wire.time_outs), (2, 1), "nothing for ten minutes, then the lock");
}
