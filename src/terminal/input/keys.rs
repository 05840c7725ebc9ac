//! Names of keys: complete sequences become [`Key`]s.
//!
//! Lives here: the translation of `termina`'s events, and the keypad letters that it does not know. Never here:
//! incomplete sequences, and sequences whose shape the splitter has not checked (termina 0.4 would keep an unfinished
//! one and give the rest of a malformed one out as text).

use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers};
use termina::{Event, Parser};

use crate::app::key::{Input, Key};

/// Names complete keys.
#[derive(Default)]
pub(super) struct Namer {
    parser: Parser,
}

impl Namer {
    /// Appends the keys of one complete character, control byte or sequence.
    pub fn name(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        self.parser.parse(bytes, false);
        while let Some(event) = self.parser.pop() {
            if let Event::Key(event) = event {
                append(event, out);
            }
        }
    }
}

/// Whether parameters are numbers, semicolons and colons that begin with a number, or none at all.
pub(super) fn are_plain_numbers(parameters: &[u8]) -> bool {
    parameters.first().is_none_or(u8::is_ascii_digit)
        && parameters.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':'))
}

/// The key of `ESC O` and a letter: cursor keys and F1–F4 of all terminals, F5–F12 of PuTTY as VT100+, and the keypad
/// in application mode.
pub(super) fn ss3(letter: u8) -> Option<Key> {
    Some(match letter {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'P'..=b'[' => Key::F(letter - b'P' + 1),
        b'M' => Key::Enter,
        b'j'..=b'y' => Key::Char(char::from(letter - b'j' + b'*')),
        _ => return None,
    })
}

fn append(event: KeyEvent, out: &mut Vec<Input>) {
    let KeyEvent { code, kind, modifiers, state: _ } = event;
    let is_foreign = modifiers.intersects(Modifiers::SUPER | Modifiers::HYPER | Modifiers::META);
    if kind == KeyEventKind::Release || is_foreign {
        return;
    }
    let is_char = matches!(code, KeyCode::Char(_));
    let named = match code {
        KeyCode::Char(c) if modifiers.contains(Modifiers::CONTROL) => with_control(c),
        KeyCode::Char(c) => is_printable(c).then_some(Key::Char(c)),
        KeyCode::Tab if modifiers.contains(Modifiers::SHIFT) => Some(Key::BackTab),
        code => named(code),
    };
    let Some(named) = named else { return };
    if is_char && modifiers.contains(Modifiers::ALT) {
        out.push(Input::Key(Key::Esc));
    }
    out.push(Input::Key(named));
}

/// Ctrl with a letter, under the name that its byte has on every terminal.
fn with_control(c: char) -> Option<Key> {
    match c.to_ascii_lowercase() {
        'h' => Some(Key::Backspace),
        'i' => Some(Key::Tab),
        'j' | 'm' => Some(Key::Enter),
        '[' => Some(Key::Esc),
        letter @ 'a'..='z' => Some(Key::Ctrl(letter)),
        _ => None,
    }
}

fn named(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Enter => Key::Enter,
        KeyCode::Escape => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Function(number @ 1..=12) => Key::F(number),
        _ => return None,
    })
}

/// Whether a character may enter text: no control (C1 among them) and no direction override.
pub(super) fn is_printable(c: char) -> bool {
    let reorders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_break = matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    !(c.is_control() || reorders || is_break)
}
