//! Session: the loop between one wire and one screen, for as long as one attachment lasts.
//!
//! Lives here: drain all input, update, paint one frame with one write; when to wait and for what. Never here: what a
//! key does, what a screen shows, where bytes come from. There is no tick: an idle session sleeps in one wait without a
//! deadline and writes nothing.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frame::{FrameSettings, Framer};
use super::input::{Decoder, DecoderSettings};
use super::pacing::Pacer;
use super::painter::{MAX_COLS, MAX_ROWS};
use super::wire::{Ready, Wire};
use crate::app::key::{Input, Key};

/// Bytes, and waits, that are taken in before a frame is painted all the same: endless input cannot starve the screen.
const MAX_DRAIN: usize = 1024 * 1024;
const MAX_WAITS: usize = 1024;
/// The soonest that a screen is woken again, should it ask to be woken in the past.
const MIN_NAP: Duration = Duration::from_millis(10);
/// What a terminal is taken for that does not know its size.
const DEFAULT_SIZE: (u16, u16) = (80, 24);

/// One operator's screen: takes inputs, draws itself. It outlives an attachment: after [`Screen::hang_up`] it may be
/// run again on another wire.
pub trait Screen {
    /// Takes one input, at this moment of the wire's clock. `Ctrl+L` does not come: it repaints.
    fn input(&mut self, input: Input, now: Instant);

    /// Learns that the paste just taken was longer than 256 KiB and lost its end.
    fn paste_was_cut(&mut self);

    /// Whether something has changed since the last [`Screen::draw`].
    fn wants_draw(&self) -> bool;

    /// Draws everything into an empty buffer; returns the cursor as column and row, `None` to hide it.
    fn draw(&mut self, buffer: &mut Buffer) -> Option<(u16, u16)>;

    /// When the screen wants [`Screen::wake`] though nothing comes in; `None` (at rest) costs nothing.
    fn next_wake(&self) -> Option<Instant>;

    /// Looks at the clock, or at the news that somebody has nudged it about.
    fn wake(&mut self, now: Instant);

    /// Whether the operator has left.
    fn has_ended(&self) -> bool;

    /// Keeps everything unsaved: the line is gone or the process ends. Called once per run, never after leaving.
    fn hang_up(&mut self);
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The operator left.
    Left,
    /// The other end is gone or does not read any more.
    HungUp,
    /// The process was asked to end.
    Terminated,
}

/// What one attachment is made of.
pub struct Session<'a> {
    pub wire: &'a mut dyn Wire,
    /// The size in cells; 0 is taken for 80×24, and more than 512×256 is not used.
    pub cols: u16,
    pub rows: u16,
    pub frames: FrameSettings,
    pub decoder: DecoderSettings,
}

/// Runs a screen on a wire until one of them ends.
pub fn run(session: Session<'_>, screen: &mut dyn Screen) -> Ending {
    let ending = Attachment::new(session, screen).last();
    match ending {
        Ending::Left => {}
        Ending::HungUp | Ending::Terminated => screen.hang_up(),
    }
    ending
}

/// The size that is painted on a terminal of this size.
fn usable(cols: u16, rows: u16) -> Rect {
    let or = |size: u16, default: u16| if size == 0 { default } else { size };
    Rect::new(0, 0, or(cols, DEFAULT_SIZE.0).min(MAX_COLS), or(rows, DEFAULT_SIZE.1).min(MAX_ROWS))
}

struct Attachment<'a, 'b> {
    wire: &'a mut dyn Wire,
    screen: &'b mut dyn Screen,
    decoder: Decoder,
    pacer: Pacer,
    framer: Framer,
    buffer: Buffer,
    bytes: Vec<u8>,
    inputs: Vec<Input>,
    new_size: Option<(u16, u16)>,
    must_draw: bool,
    is_answer_wanted: bool,
}

impl<'a, 'b> Attachment<'a, 'b> {
    fn new(session: Session<'a>, screen: &'b mut dyn Screen) -> Self {
        let Session { wire, cols, rows, frames, decoder } = session;
        let area = usable(cols, rows);
        Self {
            wire,
            screen,
            decoder: Decoder::new(decoder),
            pacer: Pacer::new(),
            framer: Framer::new(area.width, area.height, frames),
            buffer: Buffer::empty(area),
            bytes: Vec::new(),
            inputs: Vec::new(),
            new_size: Some((cols, rows)),
            must_draw: true,
            is_answer_wanted: frames.is_answer_wanted,
        }
    }

    fn last(mut self) -> Ending {
        self.resize();
        loop {
            if self.screen.has_ended() {
                return Ending::Left;
            }
            if let Err(ending) = self.paint().and_then(|()| self.take_all()) {
                return if self.screen.has_ended() { Ending::Left } else { ending };
            }
        }
    }

    /// Paints one frame with one write, if there is news and the line is not behind.
    fn paint(&mut self) -> Result<(), Ending> {
        let now = self.wire.now();
        if !(self.must_draw || self.screen.wants_draw()) || !self.pacer.may_paint(now) {
            return Ok(());
        }
        self.must_draw = false;
        self.buffer.reset();
        let cursor = self.screen.draw(&mut self.buffer);
        let frame = self.framer.compose(&self.buffer, cursor);
        if !frame.is_empty() {
            self.wire.write(frame).map_err(|_| Ending::HungUp)?;
            if self.is_answer_wanted {
                self.pacer.sent(frame.len(), now);
            }
        }
        Ok(())
    }

    /// Waits for something, then takes everything that is ready.
    fn take_all(&mut self) -> Result<(), Ending> {
        self.decoder.expect_answers(self.pacer.outstanding());
        let now = self.wire.now();
        let deadline = self.deadline(now);
        let mut ready = self.wire.wait(deadline, &mut self.bytes);
        let mut taken = 0;
        let mut is_woken = false;
        for _ in 0..MAX_WAITS {
            match ready {
                Ready::Bytes => {
                    taken += self.bytes.len();
                    self.decode();
                }
                Ready::Resized { cols, rows } => self.new_size = Some((cols, rows)),
                Ready::Nudged => is_woken = true,
                Ready::HungUp => return Err(Ending::HungUp),
                Ready::Terminated => return Err(Ending::Terminated),
                Ready::TimedOut => {
                    self.decoder.expire(self.wire.now(), &mut self.inputs);
                    self.pass_on();
                    break;
                }
            }
            if taken > MAX_DRAIN || self.screen.has_ended() {
                break;
            }
            ready = self.wire.wait(Some(self.wire.now()), &mut self.bytes);
        }
        self.resize();
        let now = self.wire.now();
        if is_woken || self.screen.next_wake().is_some_and(|at| at <= now) {
            self.screen.wake(now);
        }
        Ok(())
    }

    fn deadline(&mut self, now: Instant) -> Option<Instant> {
        let wake = self.screen.next_wake().map(|at| at.max(now + MIN_NAP));
        let is_frame_due = self.must_draw || self.screen.wants_draw();
        let paint = if is_frame_due { self.pacer.deadline(now) } else { None };
        [wake, paint, self.decoder.deadline()].into_iter().flatten().min()
    }

    fn decode(&mut self) {
        let now = self.wire.now();
        self.decoder.feed(&self.bytes, now, &mut self.inputs);
        self.bytes.clear();
        self.pacer.answered(self.decoder.take_answers(), now);
        self.decoder.expect_answers(self.pacer.outstanding());
        self.pass_on();
    }

    fn pass_on(&mut self) {
        for input in self.inputs.drain(..) {
            if self.screen.has_ended() {
                continue;
            }
            if input == Input::Key(Key::Ctrl('l')) {
                self.framer.forget();
                self.must_draw = true;
            } else {
                self.screen.input(input, self.wire.now());
            }
        }
        if self.decoder.take_was_paste_cut() {
            self.screen.paste_was_cut();
        }
    }

    /// Follows the newest size; of a storm of sizes only the last is painted.
    fn resize(&mut self) {
        let Some((cols, rows)) = self.new_size.take() else { return };
        let area = usable(cols, rows);
        self.buffer = Buffer::empty(area);
        self.framer.forget();
        self.must_draw = true;
        self.screen.input(Input::Resize { cols: area.width, rows: area.height }, self.wire.now());
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
