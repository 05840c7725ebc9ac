//! The loop over a wire in memory, by a clock that only runs while it waits.

use super::*;
use crate::terminal::painter::{ColorDepth, PainterSettings};
use crate::terminal::wire::{MemoryWire, Played};
use ratatui::style::Style;

/// Shows what was typed; `q` leaves.
#[derive(Default)]
struct Page {
    text: String,
    size: (u16, u16),
    is_dirty: bool,
    draws: usize,
    wakes: usize,
    hang_ups: usize,
    cut_pastes: usize,
    wake_at: Option<Instant>,
    has_ended: bool,
}

impl Screen for Page {
    fn input(&mut self, input: Input, _now: Instant) {
        match input {
            Input::Key(Key::Char('q')) => self.has_ended = true,
            Input::Key(Key::Char(c)) => self.text.push(c),
            Input::Key(key) => self.text.push_str(&format!("{key:?}")),
            Input::Paste(text) => self.text = format!("{} pasted", text.len()),
            Input::Resize { cols, rows } => self.size = (cols, rows),
        }
        self.is_dirty = true;
    }
    fn paste_was_cut(&mut self) {
        self.cut_pastes += 1;
    }
    fn wants_draw(&self) -> bool {
        self.is_dirty
    }
    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)> {
        assert_eq!((buffer.area.width, buffer.area.height), self.size);
        self.is_dirty = false;
        self.draws += 1;
        let tail: String = self.text.chars().rev().take(usize::from(self.size.0)).collect();
        buffer.set_string(0, 0, tail, Style::new());
        None
    }
    fn next_wake(&self) -> Option<Instant> {
        self.wake_at
    }
    fn wake(&mut self, _now: Instant) {
        self.wake_at = None;
        self.wakes += 1;
    }
    fn has_ended(&self) -> bool {
        self.has_ended
    }
    fn hang_up(&mut self) {
        self.hang_ups += 1;
    }
}

const FRAMES: FrameSettings = FrameSettings {
    painter: PainterSettings { color: ColorDepth::Ansi16 },
    is_synchronized: true,
    is_answer_wanted: true,
};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn bytes(at_ms: u64, bytes: &[u8]) -> (Duration, Played) {
    (ms(at_ms), Played::Bytes(bytes.to_vec()))
}

fn ready(at_ms: u64, ready: Ready) -> (Duration, Played) {
    (ms(at_ms), Played::Ready(ready))
}

fn play_on(page: &mut Page, script: Vec<(Duration, Played)>) -> (MemoryWire, Ending) {
    let mut wire = MemoryWire::new(script);
    let session = Session { wire: &mut wire, cols: 80, rows: 24, frames: FRAMES, decoder: DecoderSettings::LOCAL };
    let ending = run(session, page);
    (wire, ending)
}

fn play(script: Vec<(Duration, Played)>) -> (Page, MemoryWire, Ending) {
    let mut page = Page::default();
    let (wire, ending) = play_on(&mut page, script);
    (page, wire, ending)
}

#[test]
fn two_thousand_keys_at_once_make_one_frame_and_one_write() {
    let (page, wire, _) = play(vec![bytes(100, &b"abcdefgh".repeat(250))]);
    assert_eq!(page.text.len(), 2_000);
    assert_eq!((page.draws, wire.written.len()), (2, 2));
    let in_pieces = (0..200).map(|_| bytes(100, b"abcdefghij")).collect();
    let (page, wire, _) = play(in_pieces);
    assert_eq!((page.text.len(), page.draws, wire.written.len()), (2_000, 2, 2));
}

#[test]
fn an_idle_session_writes_nothing_and_never_wakes_up() {
    let (page, wire, _) = play(vec![bytes(10, b"a"), bytes(3_600_000, b"b")]);
    assert_eq!((wire.written.len(), wire.time_outs, page.wakes), (3, 0, 0));
    assert_eq!(wire.written[2].0, ms(3_600_000));
}

#[test]
fn a_draw_that_changes_nothing_writes_nothing() {
    let (page, wire, _) = play(vec![ready(10, Ready::Nudged), bytes(20, b"\x0c"), bytes(30, b"\x1b[200~\x1b[201~")]);
    assert_eq!(page.wakes, 1);
    assert_eq!(wire.written.len(), 2, "the first frame, and the one that Ctrl+L asked for");
    assert!(page.text.is_empty());
}

#[test]
fn a_hang_up_is_told_once_and_ends_the_run() {
    let (page, _, ending) = play(vec![bytes(10, b"abc"), ready(20, Ready::HungUp), bytes(30, b"x")]);
    assert_eq!((page.hang_ups, ending, page.text.as_str()), (1, Ending::HungUp, "abc"));
    let (page, _, ending) = play(vec![ready(20, Ready::Terminated)]);
    assert_eq!((page.hang_ups, ending), (1, Ending::Terminated));
}

#[test]
fn leaving_is_no_hang_up_and_drops_what_was_typed_ahead() {
    let (page, _, ending) = play(vec![bytes(10, b"abqcd"), bytes(10, b"ef"), ready(10, Ready::HungUp)]);
    assert_eq!((page.hang_ups, ending, page.text.as_str()), (0, Ending::Left, "ab"));
}

#[test]
fn a_screen_outlives_its_line() {
    let mut page = Page::default();
    let (_, ending) = play_on(&mut page, vec![bytes(10, b"abc")]);
    assert_eq!(ending, Ending::HungUp);
    let (wire, ending) = play_on(&mut page, vec![bytes(10, b"q")]);
    assert_eq!((ending, page.hang_ups), (Ending::Left, 1));
    assert!(String::from_utf8_lossy(&wire.written[0].1).contains("cba"), "the new line gets a full frame");
}

#[test]
fn of_a_storm_of_sizes_only_the_last_is_painted() {
    let storm = (0..50).map(|at| ready(10, Ready::Resized { cols: 60 + at, rows: 20 }));
    let (page, wire, _) = play(storm.chain([ready(20, Ready::Resized { cols: 0, rows: 60_000 })]).collect());
    assert_eq!(wire.written.len(), 3);
    assert_eq!(page.size, (80, MAX_ROWS));
}

#[test]
fn a_lone_escape_counts_when_its_time_has_come() {
    let (page, wire, _) = play(vec![bytes(10, b"\x1b"), bytes(30, b"[A"), bytes(100, b"\x1b"), bytes(200, b"x")]);
    assert_eq!(page.text, "UpEscx");
    assert_eq!(wire.written[2].0, ms(150));
}

#[test]
fn a_screen_is_woken_when_it_asked_to_be() {
    let mut page = Page { wake_at: Some(Instant::now() + ms(500)), ..Page::default() };
    let (wire, _) = play_on(&mut page, vec![bytes(10_000, b"x")]);
    assert_eq!((page.wakes, wire.time_outs), (1, 1));
}

#[test]
fn a_slow_line_gets_the_newest_state_when_it_answers() {
    let mut script = vec![bytes(100, b"\x1b[0n")];
    // Frames of a whole row, until the window is full; then nothing until the answers come.
    for key in 0..200u64 {
        script.push(bytes(200 + key, &[b'a' + (key % 7) as u8; 80]));
    }
    script.push(bytes(1_000, &b"\x1b[0n".repeat(60)));
    let (page, wire, _) = play(script);
    let before: usize = wire.written[1..].iter().filter(|(at, _)| *at < ms(1_000)).map(|(_, frame)| frame.len()).sum();
    assert!((3_900..=4_096).contains(&before), "{before}");
    let last = wire.written.last().expect("the newest state is painted");
    assert_eq!(last.0, ms(1_000));
    assert!(page.draws < 60);
}

#[test]
fn a_paste_that_is_too_long_is_told() {
    let long = [b"\x1b[200~".to_vec(), vec![b'x'; 300 * 1024], b"\x1b[201~".to_vec()].concat();
    let (page, _, _) = play(vec![bytes(10, &long)]);
    assert_eq!((page.cut_pastes, page.text.as_str()), (1, "262144 pasted"));
}
