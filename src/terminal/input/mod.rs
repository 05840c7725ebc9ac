//! Input: bytes from a terminal become [`Input`]s, whichever way the line has cut them.
//!
//! Lives here: the splitter that finds the ends of sequences, and the waiting that tells a pressed ESC from the first
//! byte of a sequence. Keys are named by `termina` (see `keys`). Never here: what a key means.
//!
//! INVARIANT: what comes out depends on the bytes and on the calls of expiry alone, never on how the
//! bytes were cut. The terminal's answers never come out; memory is bounded whatever comes in.

mod keys;
mod paste;
mod waiting;

use std::time::{Duration, Instant};

use crate::app::key::{Input, Key};
use keys::Namer;
use paste::Paste;

/// A sequence with more parameter bytes than this is swallowed; real ones have up to about 20.
const MAX_PARAMETERS: usize = 48;
/// A terminal's string answer (OSC, DCS, APC) longer than this ends; longer ones are never asked for.
const MAX_STRING: usize = 4096;

/// What the decoder needs to know about the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecoderSettings {
    /// How long an ESC waits for the rest of a sequence before it counts as the key.
    pub escape_wait: Duration,
}

impl DecoderSettings {
    /// A terminal on this machine: 50 ms.
    pub const LOCAL: Self = Self { escape_wait: Duration::from_millis(50) };
    /// A terminal behind SSH, where packets tear sequences: 100 ms.
    pub const OVER_SSH: Self = Self { escape_wait: Duration::from_millis(100) };
}

/// What the bytes so far have begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ground,
    /// A UTF-8 character that needs so many more bytes.
    Character {
        missing: u8,
    },
    Escape,
    /// `ESC [` and parameters.
    Csi {
        is_overlong: bool,
    },
    /// `ESC [ [`: a function key of the Linux console.
    ConsoleKey,
    /// `ESC [ M`: a mouse report of three more bytes.
    Mouse {
        missing: u8,
    },
    /// `ESC O`
    Ss3,
    /// `ESC ]`, `ESC P` or `ESC _`: a string if the next byte can begin one, else keys.
    StringStart(u8),
    StringBody {
        length: usize,
    },
    /// An ESC inside a string: its end, or the start of something else.
    StringEscape,
    Paste,
    /// `[` and digits after an ESC that timed out while answers were due: perhaps the tail of one.
    AnswerTail,
}

/// Turns bytes into inputs; one per attachment.
pub struct Decoder {
    settings: DecoderSettings,
    state: State,
    /// The bytes of the sequence under way, without its introducer.
    token: Vec<u8>,
    last_byte_at: Option<Instant>,
    paste: Paste,
    namer: Namer,
    answers_due: usize,
    answers_seen: usize,
    is_tail_possible: bool,
    was_paste_cut: bool,
}

impl Decoder {
    /// Makes a decoder with nothing pending.
    pub fn new(settings: DecoderSettings) -> Self {
        Self {
            settings,
            state: State::Ground,
            token: Vec::with_capacity(MAX_PARAMETERS),
            last_byte_at: None,
            paste: Paste::default(),
            namer: Namer::default(),
            answers_due: 0,
            answers_seen: 0,
            is_tail_possible: false,
            was_paste_cut: false,
        }
    }

    /// Decodes bytes that came at `now`; inputs are appended to `out` in order.
    pub fn feed(&mut self, bytes: &[u8], now: Instant, out: &mut Vec<Input>) {
        for byte in bytes {
            self.step(*byte, out);
        }
        if !bytes.is_empty() {
            self.last_byte_at = Some(now);
        }
    }

    /// Says how many status answers the terminal owes, which decides how long torn ones are waited for.
    pub fn expect_answers(&mut self, due: usize) {
        self.answers_due = due;
    }

    /// Status answers seen and not yet taken.
    pub fn answers_seen(&self) -> usize {
        self.answers_seen
    }

    /// Takes the count of status answers seen since the last call.
    pub fn take_answers(&mut self) -> usize {
        std::mem::take(&mut self.answers_seen)
    }

    /// Whether a paste was longer than 256 KiB and lost its end since the last call.
    pub fn take_was_paste_cut(&mut self) -> bool {
        std::mem::take(&mut self.was_paste_cut)
    }

    fn step(&mut self, byte: u8, out: &mut Vec<Input>) {
        match self.state {
            State::Ground => self.in_ground(byte, out),
            State::Character { missing } => self.in_character(byte, missing, out),
            State::Escape => self.after_escape(byte, out),
            State::Csi { is_overlong } => self.in_csi(byte, is_overlong, out),
            State::ConsoleKey => self.in_console_key(byte, out),
            State::Mouse { missing } => self.in_mouse(byte, missing, out),
            State::Ss3 => self.in_ss3(byte, out),
            State::StringStart(introducer) => self.in_string_start(byte, introducer, out),
            State::StringBody { length } => self.in_string(byte, length, out),
            State::StringEscape => match byte {
                b'\\' => self.state = State::Ground,
                _ => self.after_escape(byte, out),
            },
            State::Paste => {
                if self.paste.push(byte) {
                    self.end_paste(out);
                }
            }
            State::AnswerTail => self.in_answer_tail(byte, out),
        }
    }

    fn in_ground(&mut self, byte: u8, out: &mut Vec<Input>) {
        let is_tail_possible = std::mem::take(&mut self.is_tail_possible) && self.answers_due > 0;
        self.state = State::Ground;
        self.token.clear();
        match byte {
            0x1b => self.state = State::Escape,
            b'[' if is_tail_possible => self.state = State::AnswerTail,
            0x00..=0x7f => self.namer.name(&[byte], out),
            0xc2..=0xf4 => {
                self.token.push(byte);
                let missing = match byte {
                    0xc2..=0xdf => 1,
                    0xe0..=0xef => 2,
                    _ => 3,
                };
                self.state = State::Character { missing };
            }
            // Stray continuation bytes and bytes that no UTF-8 has.
            0x80..=0xc1 | 0xf5..=0xff => {}
        }
    }

    fn in_character(&mut self, byte: u8, missing: u8, out: &mut Vec<Input>) {
        if !(0x80..=0xbf).contains(&byte) {
            return self.in_ground(byte, out);
        }
        self.token.push(byte);
        if missing > 1 {
            self.state = State::Character { missing: missing - 1 };
            return;
        }
        self.state = State::Ground;
        if std::str::from_utf8(&self.token).is_ok() {
            self.namer.name(&self.token, out);
        }
    }

    fn after_escape(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.token.clear();
        self.state = match byte {
            b'[' => State::Csi { is_overlong: false },
            b'O' => State::Ss3,
            b']' | b'P' | b'_' => State::StringStart(byte),
            0x1b => {
                key(Key::Esc, out);
                State::Escape
            }
            _ => {
                key(Key::Esc, out);
                return self.in_ground(byte, out);
            }
        };
    }

    fn in_csi(&mut self, byte: u8, is_overlong: bool, out: &mut Vec<Input>) {
        match byte {
            0x20..=0x3f if self.token.len() < MAX_PARAMETERS => self.token.push(byte),
            0x20..=0x3f => self.state = State::Csi { is_overlong: true },
            b'[' if self.token.is_empty() => self.state = State::ConsoleKey,
            b'M' if self.token.is_empty() => self.state = State::Mouse { missing: 3 },
            0x40..=0x7e => {
                self.state = State::Ground;
                if !is_overlong {
                    self.end_csi(byte, out);
                }
            }
            // No terminal breaks a sequence off: `ESC [` before another key was typed.
            _ if self.token.is_empty() => {
                self.give_back(b"[", out);
                self.in_ground(byte, out);
            }
            _ => self.in_ground(byte, out),
        }
    }

    fn end_csi(&mut self, last: u8, out: &mut Vec<Input>) {
        match (self.token.as_slice(), last) {
            (b"0" | b"3", b'n') => self.answers_seen = self.answers_seen.saturating_add(1),
            (b"200", b'~') => self.state = State::Paste,
            (parameters, b'A'..=b'H' | b'P' | b'Q' | b'S' | b'Z' | b'~' | b'u')
                if keys::are_plain_numbers(parameters) =>
            {
                let mut sequence = Vec::with_capacity(parameters.len() + 3);
                sequence.extend_from_slice(b"\x1b[");
                sequence.extend_from_slice(parameters);
                sequence.push(last);
                self.namer.name(&sequence, out);
            }
            // Cursor and mode reports, attributes, focus, mouse, the unknown: nothing.
            _ => {}
        }
    }

    fn in_console_key(&mut self, byte: u8, out: &mut Vec<Input>) {
        match byte {
            b'A'..=b'E' => {
                self.state = State::Ground;
                self.namer.name(&[0x1b, b'[', b'[', byte], out);
            }
            0x20..=0x7e => self.state = State::Ground,
            _ => self.in_ground(byte, out),
        }
    }

    fn in_mouse(&mut self, byte: u8, missing: u8, out: &mut Vec<Input>) {
        match byte {
            0x00..=0x1f => self.in_ground(byte, out),
            _ if missing > 1 => self.state = State::Mouse { missing: missing - 1 },
            _ => self.state = State::Ground,
        }
    }

    fn in_ss3(&mut self, byte: u8, out: &mut Vec<Input>) {
        match keys::ss3(byte) {
            Some(named) => {
                self.state = State::Ground;
                key(named, out);
            }
            None => {
                self.give_back(b"O", out);
                self.in_ground(byte, out);
            }
        }
    }

    fn in_string_start(&mut self, byte: u8, introducer: u8, out: &mut Vec<Input>) {
        let is_string = match introducer {
            b']' => byte.is_ascii_digit(),
            b'P' => matches!(byte, b'0'..=b'9' | b'>' | b'!' | b'$' | b'+' | b'|' | b'='),
            _ => byte == b'G',
        };
        if is_string {
            self.state = State::StringBody { length: 1 };
        } else {
            self.give_back(&[introducer], out);
            self.in_ground(byte, out);
        }
    }

    fn in_string(&mut self, byte: u8, length: usize, out: &mut Vec<Input>) {
        match byte {
            0x07 => self.state = State::Ground,
            0x1b => self.state = State::StringEscape,
            // Answers hold no controls, so this was typed: Enter always gets through.
            0x00..=0x1f => self.in_ground(byte, out),
            _ if length < MAX_STRING => self.state = State::StringBody { length: length + 1 },
            _ => self.state = State::Ground,
        }
    }

    fn in_answer_tail(&mut self, byte: u8, out: &mut Vec<Input>) {
        match (self.token.as_slice(), byte) {
            (b"", b'0' | b'3') => self.token.push(byte),
            (b"0" | b"3", b'n') => {
                self.state = State::Ground;
                self.answers_seen = self.answers_seen.saturating_add(1);
            }
            _ => {
                self.give_back_tail(out);
                self.in_ground(byte, out);
            }
        }
    }

    fn end_paste(&mut self, out: &mut Vec<Input>) {
        self.state = State::Ground;
        let (text, is_cut) = self.paste.take();
        self.was_paste_cut |= is_cut;
        if !text.is_empty() {
            out.push(Input::Paste(text));
        }
    }

    /// An ESC and what followed it were keys after all.
    fn give_back(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        key(Key::Esc, out);
        self.namer.name(bytes, out);
        self.state = State::Ground;
    }

    fn give_back_tail(&mut self, out: &mut Vec<Input>) {
        key(Key::Char('['), out);
        for byte in std::mem::take(&mut self.token) {
            self.namer.name(&[byte], out);
        }
        self.state = State::Ground;
    }
}

fn key(key: Key, out: &mut Vec<Input>) {
    out.push(Input::Key(key));
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
#[path = "laws.rs"]
mod laws;
