//! Frames: what the painter wrote, wrapped for its way to the terminal, as one write.
//!
//! Lives here: the synchronized-update brackets and the status request of a frame. Never here: cells, waiting.

use ratatui::buffer::Buffer;

use super::painter::{Painter, PainterSettings};

/// Private mode 2026: the terminal shows nothing between these two, so that a frame never tears.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Device status report; the answer `CSI 0 n` says that the frame before it has arrived.
const STATUS_REQUEST: &[u8] = b"\x1b[5n";

/// What a frame is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSettings {
    pub painter: PainterSettings,
    /// Whether frames are bracketed as synchronized updates; terminals that do not know them ignore the brackets.
    pub is_synchronized: bool,
    /// Whether a frame ends in a status request, which pacing counts.
    pub is_answer_wanted: bool,
}

/// Makes frames for one attached terminal.
pub struct Framer {
    settings: FrameSettings,
    painter: Painter,
    bytes: Vec<u8>,
}

impl Framer {
    /// Makes a framer for a terminal of this size, in cells; its first frame clears the screen.
    pub fn new(cols: u16, rows: u16, settings: FrameSettings) -> Self {
        Self { settings, painter: Painter::new(cols, rows, settings.painter), bytes: Vec::new() }
    }

    /// Makes the next frame a full one.
    pub fn forget(&mut self) {
        self.painter.forget();
    }

    /// Returns the bytes of the next frame, to be written at once; empty when the terminal shows all of it already.
    pub fn compose(&mut self, next: &Buffer, cursor: Option<(u16, u16)>) -> &[u8] {
        self.bytes.clear();
        if self.settings.is_synchronized {
            self.bytes.extend_from_slice(BEGIN);
        }
        let start = self.bytes.len();
        self.painter.paint(next, cursor, &mut self.bytes);
        if self.bytes.len() == start {
            self.bytes.clear();
            return &self.bytes;
        }
        if self.settings.is_synchronized {
            self.bytes.extend_from_slice(END);
        }
        if self.settings.is_answer_wanted {
            self.bytes.extend_from_slice(STATUS_REQUEST);
        }
        &self.bytes
    }
}
