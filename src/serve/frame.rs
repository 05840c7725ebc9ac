//! Frames: what crosses the socket. Kind (1 byte), length (4 bytes, little endian, at most 64 KiB), payload.
//!
//! Lives here: the frames of every protocol that is spoken, to bytes and back; one of the two doors to bincode, always with a
//! limit. Never here: sockets, and any type of the domain.
//!
//! `Hello` and `Welcome` begin with the protocol as two bytes, and `Bye` is a code and a text, in every protocol there will
//! be: so two releases that do not understand each other can still say so.

use crate::terminal::tty::TerminalEnv;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The protocol of this release.
pub const PROTOCOL: u16 = 2;
/// The oldest protocol that the daemon still speaks: the one before [`PROTOCOL`], or the first.
pub const OLDEST: u16 = 1;
/// Bytes of a payload at most.
pub const MOST: usize = 64 * 1024;
/// Kind and length.
const HEAD: usize = 5;
/// Bytes of a mark at most; a longer one is none.
pub const MARK: usize = 4 * 1024;

/// What a caller wants of the daemon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wants {
    /// A screen of so many cells.
    Screen {
        cols: u16,
        rows: u16,
        /// A session of its own, though another of this operator is there.
        is_second: bool,
        /// The terminal had a screen until a moment ago, and the line or the daemon went.
        is_return: bool,
    },
    /// A command: the words after the program's name.
    Command { words: Vec<String>, is_input_terminal: bool },
}

/// The first frame of a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The release, for the log: no decision hangs on it.
    pub build: String,
    pub env: TerminalEnv,
    /// The language of the screens and sentences: `id` or `en`.
    pub lang: String,
    /// The name that a shared account's gate gives.
    pub as_name: Option<String>,
    /// The folder in which relative paths are meant.
    pub folder: Option<String>,
    pub wants: Wants,
    /// The last mark that the terminal was given, when it returns: what it showed, in the daemon's own words. Behind the
    /// rest since protocol 2; protocol 1 has none.
    #[serde(skip)]
    pub mark: Option<Vec<u8>>,
}

/// The first frame of the daemon, to somebody it lets in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub build: String,
}

/// Why a connection ends; the numbers stay for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Why {
    /// The operator left.
    Left = 0,
    /// The session goes on at another terminal.
    TakenOver = 1,
    /// The daemon ends and may be back at once: an upgrade, a restart.
    Reconnect = 2,
    /// Not let in; the text says why.
    Refused = 3,
    /// The session was ended by the office; the text says why.
    Ended = 4,
    /// Too many connections or sessions.
    Full = 5,
    /// The session broke; what was half typed is kept.
    Fault = 6,
    /// The protocol is not spoken; the text is the newest that is.
    Protocol = 7,
    /// What came is no frame.
    Garbage = 8,
}

impl Why {
    const ALL: [Self; 9] = [
        Self::Left,
        Self::TakenOver,
        Self::Reconnect,
        Self::Refused,
        Self::Ended,
        Self::Full,
        Self::Fault,
        Self::Protocol,
        Self::Garbage,
    ];

    /// The key of the sentence that whoever had the screen is told.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Left => "bye-left",
            Self::TakenOver => "bye-taken-over",
            Self::Reconnect => "bye-reconnect",
            Self::Refused => "bye-refused",
            Self::Ended => "bye-ended",
            Self::Full => "bye-full",
            Self::Fault => "bye-fault",
            Self::Protocol => "bye-protocol",
            Self::Garbage => "bye-garbage",
        }
    }
}

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    Hello {
        protocol: u16,
        hello: Box<Hello>,
    },
    Welcome {
        protocol: u16,
        welcome: Welcome,
    },
    /// Bytes of the keyboard, or of a command's standard input.
    Input(Vec<u8>),
    /// Standard input has ended.
    InputEnd,
    Resize {
        cols: u16,
        rows: u16,
    },
    /// Bytes for the screen, or of a command's standard output.
    Output(Vec<u8>),
    /// Bytes of a command's standard error.
    Complaint(Vec<u8>),
    /// A command's exit code; the last frame of it.
    Exit(u8),
    /// The last frame before an end; the text may be empty.
    Bye {
        why: Why,
        text: String,
    },
    /// What a terminal keeps and gives back when it returns, without reading it: the daemon may be killed, and then nobody
    /// else knows. Only to whoever speaks protocol 2.
    Mark(Vec<u8>),
}

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Longer than [`MOST`].
    TooLong,
    /// A kind or a payload that is none of ours.
    Garbage,
    /// A first frame of a protocol that this release does not speak.
    Protocol(u16),
}

fn config() -> impl bincode::config::Config {
    bincode::config::standard().with_limit::<MOST>()
}

fn packed(protocol: u16, value: &impl Serialize) -> Vec<u8> {
    let mut payload = protocol.to_le_bytes().to_vec();
    // What does not fit becomes a frame that the other end refuses; every part of it is bounded where it is made.
    payload.extend(bincode::serde::encode_to_vec(value, config()).unwrap_or_default());
    payload
}

/// The protocol of a first frame, if it is one that is spoken, and what follows.
fn spoken(payload: &[u8]) -> Result<(u16, &[u8]), Unread> {
    let (protocol, body) = payload.split_first_chunk().ok_or(Unread::Garbage)?;
    match u16::from_le_bytes(*protocol) {
        protocol @ OLDEST..=PROTOCOL => Ok((protocol, body)),
        other => Err(Unread::Protocol(other)),
    }
}

fn unpacked<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unread> {
    let (value, used) = bincode::serde::decode_from_slice(body, config()).map_err(|_| Unread::Garbage)?;
    if used == body.len() { Ok(value) } else { Err(Unread::Garbage) }
}

/// A caller's first frame, as its protocol has it; `OLDEST` says when an arm goes.
fn hello(payload: &[u8]) -> Result<Frame, Unread> {
    let (protocol, body) = spoken(payload)?;
    let mut hello: Hello = match protocol {
        1 => unpacked(body)?,
        _ => {
            let (hello, mark): (Hello, Option<Vec<u8>>) = unpacked(body)?;
            Hello { mark: mark.filter(|mark| mark.len() <= MARK), ..hello }
        }
    };
    hello.env = hello.env.bounded();
    Ok(Frame::Hello { protocol, hello: hello.into() })
}

impl Frame {
    /// The bytes of this frame; a payload of bytes longer than [`MOST`] has to be cut into several frames before.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (kind, payload) = match self {
            Self::Hello { protocol: 1, hello } => (1, packed(1, hello)),
            Self::Hello { protocol, hello } => (1, packed(*protocol, &(hello, &hello.mark))),
            Self::Welcome { protocol, welcome } => (2, packed(*protocol, welcome)),
            Self::Input(bytes) => (3, bytes.clone()),
            Self::InputEnd => (4, Vec::new()),
            Self::Resize { cols, rows } => (5, [cols.to_le_bytes(), rows.to_le_bytes()].concat()),
            Self::Output(bytes) => (6, bytes.clone()),
            Self::Complaint(bytes) => (7, bytes.clone()),
            Self::Exit(code) => (8, vec![*code]),
            Self::Bye { why, text } => (9, [&[*why as u8], text.as_bytes()].concat()),
            Self::Mark(mark) => (10, mark.clone()),
        };
        framed(kind, &payload)
    }

    fn from_payload(kind: u8, payload: &[u8]) -> Result<Self, Unread> {
        Ok(match (kind, payload) {
            (1, _) => hello(payload)?,
            (2, _) => {
                let (protocol, body) = spoken(payload)?;
                Self::Welcome { protocol, welcome: unpacked(body)? }
            }
            (3, _) => Self::Input(payload.to_vec()),
            (4, []) => Self::InputEnd,
            (5, [a, b, c, d]) => {
                Self::Resize { cols: u16::from_le_bytes([*a, *b]), rows: u16::from_le_bytes([*c, *d]) }
            }
            (6, _) => Self::Output(payload.to_vec()),
            (7, _) => Self::Complaint(payload.to_vec()),
            (8, [code]) => Self::Exit(*code),
            (9, [code, text @ ..]) => {
                let why = Why::ALL.into_iter().find(|why| *why as u8 == *code).unwrap_or(Why::Ended);
                Self::Bye { why, text: String::from_utf8_lossy(text).into_owned() }
            }
            (10, mark) if mark.len() <= MARK => Self::Mark(mark.to_vec()),
            _ => return Err(Unread::Garbage),
        })
    }
}

/// A payload behind its kind and length.
pub fn framed(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + payload.len());
    bytes.push(kind);
    bytes.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// Bytes that came, as frames; holds one frame and one read at most.
#[derive(Default)]
pub struct Unframer {
    bytes: Vec<u8>,
    at: usize,
}

impl Unframer {
    /// Takes what was read.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.drain(..std::mem::take(&mut self.at));
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole frame; `None` until more has come.
    ///
    /// # Errors
    /// When what came is no frame: nothing more can be read then.
    pub fn take(&mut self) -> Result<Option<Frame>, Unread> {
        let rest = &self.bytes[self.at..];
        let Some((&[kind, a, b, c, d], rest)) = rest.split_first_chunk::<HEAD>() else { return Ok(None) };
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        if length > MOST {
            return Err(Unread::TooLong);
        }
        let Some(payload) = rest.get(..length) else { return Ok(None) };
        let frame = Frame::from_payload(kind, payload)?;
        self.at += HEAD + length;
        Ok(Some(frame))
    }
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
