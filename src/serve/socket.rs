//! One connection: frames in and out within bounds, a bell that wakes it, and the wire that a session runs on.
//!
//! Never here: who somebody is, what a frame is for.

use super::frame::{Frame, MOST, Unframer, Unread, framed};
use super::limits;
use crate::terminal::ready::{readable, write_bounded};
use crate::terminal::wire::{Ready, Wire};
use rustix::event::{EventfdFlags, eventfd};
use rustix::net::{RecvFlags, recv};
use std::io::{self, Read};
use std::net::Shutdown;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

/// Bytes read at once.
const READ: usize = 16 * 1024;

/// Why nothing more comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The other end is gone.
    Gone,
    /// Nothing whole came in time.
    Late,
    /// What came is no frame.
    Unread(Unread),
}

/// A connection that frames go over.
pub struct Line {
    stream: UnixStream,
    frames: Unframer,
}

impl Line {
    /// Frames over a connected socket.
    ///
    /// # Errors
    /// What the machine says.
    pub fn new(stream: UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self { stream, frames: Unframer::default() })
    }

    /// The socket, to wait for.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }

    /// A second handle, to send by from another thread; what comes is read by the first.
    ///
    /// # Errors
    /// What the machine says.
    pub fn second(&self) -> io::Result<Self> {
        Ok(Self { stream: self.stream.try_clone()?, frames: Unframer::default() })
    }

    /// Ends the connection at once, without a word.
    pub fn cut(&self) {
        // A connection that is gone already needs no cutting.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    /// A second handle, by which the connection can be cut from elsewhere.
    ///
    /// # Errors
    /// What the machine says.
    pub fn scissors(&self) -> io::Result<Scissors> {
        self.stream.try_clone().map(Scissors)
    }

    /// Whether the other end has gone and nothing more is to be read.
    pub fn has_ended(&self) -> bool {
        let peek = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        matches!(recv(&self.stream, &mut [0_u8][..], peek), Ok((_, 0)))
    }

    /// Sends one frame; fails when the other end takes nothing for [`limits::WRITE`].
    ///
    /// # Errors
    /// When the other end is gone or does not read.
    pub fn send(&self, frame: &Frame) -> io::Result<()> {
        write_bounded(&self.stream, &frame.to_bytes(), limits::WRITE)
    }

    /// Sends bytes, however many, as frames of one kind.
    ///
    /// # Errors
    /// As [`Line::send`].
    pub fn send_bytes(&self, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        for part in bytes.chunks(MOST) {
            write_bounded(&self.stream, &framed(kind as u8, part), limits::WRITE)?;
        }
        Ok(())
    }

    /// The next frame that has come whole; reads once, without waiting.
    ///
    /// # Errors
    /// When the other end is gone, or sends what is no frame.
    pub fn take(&mut self) -> Result<Option<Frame>, Lost> {
        if let Some(frame) = self.frames.take().map_err(Lost::Unread)? {
            return Ok(Some(frame));
        }
        let mut bytes = [0; READ];
        match self.stream.read(&mut bytes) {
            Ok(0) => Err(Lost::Gone),
            Ok(count) => {
                self.frames.feed(&bytes[..count]);
                self.frames.take().map_err(Lost::Unread)
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Ok(None),
            Err(_) => Err(Lost::Gone),
        }
    }

    /// Waits for a frame, at most until then.
    ///
    /// # Errors
    /// When none came in time or the other end is gone, or sends what is no frame.
    pub fn receive(&mut self, deadline: Option<Instant>) -> Result<Frame, Lost> {
        loop {
            if let Some(frame) = self.take()? {
                return Ok(frame);
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(Lost::Late);
            }
            readable([self.as_fd()], deadline).map_err(|_| Lost::Gone)?;
        }
    }
}

/// The frames that carry bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Input = 3,
    Output = 6,
    Complaint = 7,
}

/// Cuts a connection: whoever waits on it or writes to it goes on at once.
pub struct Scissors(UnixStream);

impl Scissors {
    pub fn cut(&self) {
        // A connection that is gone already needs no cutting.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// What a session is asked from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    /// Nothing; look for news at most.
    None = 0,
    /// Let the screen go: it goes on at another terminal.
    LetGo = 1,
    /// The operator may not be here any more.
    Leave = 2,
    /// The daemon ends.
    End = 3,
}

impl Cue {
    const fn of(code: u8) -> Self {
        match code {
            1 => Self::LetGo,
            2 => Self::Leave,
            3 => Self::End,
            _ => Self::None,
        }
    }
}

/// Wakes the session of a connection, from any thread, without ever waiting.
#[derive(Debug)]
pub struct Bell {
    event: OwnedFd,
    cue: AtomicU8,
}

impl Bell {
    /// A bell that nobody has rung.
    ///
    /// # Errors
    /// What the machine says.
    pub fn new() -> io::Result<Arc<Self>> {
        let event = eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC)?;
        Ok(Arc::new(Self { event, cue: AtomicU8::new(Cue::None as u8) }))
    }

    /// Says that there is news.
    pub fn ring(&self) {
        // A counter that is full has been rung often enough.
        let _ = rustix::io::write(&self.event, &1_u64.to_ne_bytes());
    }

    /// Asks for an end of this kind; the gravest that was asked for holds.
    pub fn ask(&self, cue: Cue) {
        self.cue.fetch_max(cue as u8, Ordering::AcqRel);
        self.ring();
    }

    /// What was asked.
    pub fn cue(&self) -> Cue {
        Cue::of(self.cue.load(Ordering::Acquire))
    }

    /// The file that can be read once it was rung.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.event.as_fd()
    }

    /// Forgets how often it was rung.
    pub fn hush(&self) {
        let mut count = [0; 8];
        let _ = rustix::io::read(&self.event, &mut count);
    }
}

/// A connection as the wire of a session.
pub struct SocketWire {
    pub line: Line,
    bell: Arc<Bell>,
    /// What came that is no frame: told to the other end.
    pub met_garbage: bool,
    has_hung_up: bool,
}

impl SocketWire {
    pub const fn new(line: Line, bell: Arc<Bell>) -> Self {
        Self { line, bell, met_garbage: false, has_hung_up: false }
    }

    /// One frame as what a session understands.
    fn ready(&mut self, bytes: &mut Vec<u8>) -> Option<Ready> {
        match self.line.take() {
            Ok(None) => return None,
            Ok(Some(Frame::Input(input))) => {
                bytes.extend_from_slice(&input);
                return Some(Ready::Bytes);
            }
            Ok(Some(Frame::Resize { cols, rows })) => return Some(Ready::Resized { cols, rows }),
            Ok(Some(_)) | Err(Lost::Unread(_)) => self.met_garbage = true,
            Err(Lost::Gone | Lost::Late) => {}
        }
        self.has_hung_up = true;
        Some(Ready::HungUp)
    }
}

impl Wire for SocketWire {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&mut self, deadline: Option<Instant>, bytes: &mut Vec<u8>) -> Ready {
        loop {
            match self.bell.cue() {
                Cue::None => {}
                Cue::LetGo | Cue::Leave => return Ready::HungUp,
                Cue::End => return Ready::Terminated,
            }
            if self.has_hung_up {
                return Ready::HungUp;
            }
            if let Some(ready) = self.ready(bytes) {
                return ready;
            }
            let Ok([_, is_rung]) = readable([self.line.as_fd(), self.bell.as_fd()], deadline) else {
                return Ready::HungUp;
            };
            if is_rung {
                self.bell.hush();
                if self.bell.cue() == Cue::None {
                    return Ready::Nudged;
                }
            } else if let Some(ready) = self.ready(bytes) {
                return ready;
            } else if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Ready::TimedOut;
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.line.send_bytes(Kind::Output, bytes)
    }
}
