//! Painter: turns the difference between two ratatui buffers into the fewest bytes a terminal needs.
//!
//! Lives here: what the terminal shows now, and the way from there to the next screen. Never here: brackets and status
//! requests of a frame (`frame`), when to paint (`pacing`), what a face looks like (`ui`).
//!
//! The painter assumes the manners that xterm, PuTTY, the Linux console, tmux and screen share: deferred wrap in the
//! last column, LF that only goes down (raw mode), erasing in the current background (so it erases only with a plain
//! pen), scroll regions over whole rows. What it sends at most: cursor moves, SGR, EL, ED, DECSTBM, IL, RI, DECTCEM.

mod cells;
mod head;
mod rows;
mod scroll;

use ratatui::buffer::Buffer;

use cells::Grid;
use head::Head;

/// How many colours the terminal is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorDepth {
    /// No colour at all (`NO_COLOR`, monochrome terminals); bold, dim, underline and reverse stay.
    Mono,
    /// The sixteen ANSI colours as SGR 3x/9x and 4x/10x; other colours become the default one.
    Ansi16,
}

/// What the painter needs to know about the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PainterSettings {
    pub color: ColorDepth,
}

/// The widest screen that is painted, in cells; a wider terminal is used up to here.
pub const MAX_COLS: u16 = 512;
/// The highest screen that is painted, in rows; a higher terminal is used up to here.
pub const MAX_ROWS: u16 = 256;

/// Resets pen and scroll region (which homes the cursor), then clears everything.
const CLEAR: &[u8] = b"\x1b[m\x1b[r\x1b[2J";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// The memory of one terminal's screen; it paints only what differs from it.
pub struct Painter {
    settings: PainterSettings,
    shown: Grid,
    next: Grid,
    head: Head,
    is_cursor_shown: Option<bool>,
    is_forgotten: bool,
}

impl Painter {
    /// Makes a painter for a terminal of this size, in cells; the first frame clears it.
    pub fn new(cols: u16, rows: u16, settings: PainterSettings) -> Self {
        Self {
            settings,
            shown: Grid::blank(cols, rows),
            next: Grid::blank(cols, rows),
            head: Head::unknown(),
            is_cursor_shown: None,
            is_forgotten: true,
        }
    }

    /// Forgets what the terminal shows, so that the next frame clears and repaints it (Ctrl+L, resize, reattach).
    pub fn forget(&mut self) {
        self.is_forgotten = true;
    }

    /// Appends to `out` what makes the terminal show `next` with its cursor at `cursor` (column, row; hidden when
    /// `None` or outside), and nothing when it does already. A buffer of another size repaints everything.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<(u16, u16)>, out: &mut Vec<u8>) {
        let (cols, rows) = (next.area.width, next.area.height);
        if (cols, rows) != self.shown.size() {
            self.shown = Grid::blank(cols, rows);
            self.next = Grid::blank(cols, rows);
            self.is_forgotten = true;
        }
        self.next.read(next, self.settings.color);
        if self.is_forgotten {
            out.extend_from_slice(CLEAR);
            self.head = Head::home();
            self.shown.clear();
            self.is_cursor_shown = None;
            self.is_forgotten = false;
            self.head = rows::paint(&self.shown, &self.next, self.head, out);
        } else {
            self.head = self.paint_difference(out);
        }
        self.place_cursor(cursor.filter(|&(col, row)| col < cols && row < rows), out);
        std::mem::swap(&mut self.shown, &mut self.next);
    }

    /// Writes the difference both ways, with and without a scroll where rows have moved, and keeps the shorter.
    fn paint_difference(&self, out: &mut Vec<u8>) -> Head {
        let start = out.len();
        let head = rows::paint(&self.shown, &self.next, self.head, out);
        let Some(shift) = scroll::find(&self.shown, &self.next) else { return head };
        let mut scrolled = Vec::new();
        let after_scroll = shift.write(self.head, self.shown.size().1, &mut scrolled);
        let shown = shift.applied_to(&self.shown);
        let scrolled_head = rows::paint(&shown, &self.next, after_scroll, &mut scrolled);
        if scrolled.len() < out.len() - start {
            out.truncate(start);
            out.extend_from_slice(&scrolled);
            return scrolled_head;
        }
        head
    }

    fn place_cursor(&mut self, cursor: Option<(u16, u16)>, out: &mut Vec<u8>) {
        if let Some((col, row)) = cursor {
            self.head.go(col, row, out);
        }
        if self.is_cursor_shown != Some(cursor.is_some()) {
            out.extend_from_slice(if cursor.is_some() { SHOW_CURSOR } else { HIDE_CURSOR });
            self.is_cursor_shown = Some(cursor.is_some());
        }
    }
}

#[cfg(test)]
#[path = "laws.rs"]
mod laws;
