//! Cells as a terminal has them: one character with its combining marks, one pen, one or two columns.
//!
//! Lives here: the reading of a ratatui buffer into cells that every terminal agrees about. Never here: escape
//! sequences. Two cells that look the same on the screen are equal here, so that what is not seen costs no bytes.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use super::ColorDepth;

/// Combining marks kept on one character; more are ornament, and a way to blow up a frame.
const MAX_MARKS: usize = 4;

/// How a cell is drawn: colours 0 (default) or 1–16 (ANSI order), and attribute bits. Of bold and dim only bold is kept,
/// because many terminals have one weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Pen {
    pub fg: u8,
    pub bg: u8,
    pub bits: u8,
}

impl Pen {
    pub const BOLD: u8 = 1;
    pub const DIM: u8 = 2;
    pub const UNDERLINE: u8 = 4;
    pub const REVERSE: u8 = 8;
    pub const PLAIN: Self = Self { fg: 0, bg: 0, bits: 0 };

    fn read(fg: Color, bg: Color, modifier: Modifier, depth: ColorDepth) -> Self {
        let bit = |of: Modifier, bit: u8| if modifier.contains(of) { bit } else { 0 };
        let color = |color: Color| match depth {
            ColorDepth::Mono => 0,
            ColorDepth::Ansi16 => ansi(color),
        };
        let weight = match bit(Modifier::BOLD, Self::BOLD) {
            0 => bit(Modifier::DIM, Self::DIM),
            bold => bold,
        };
        Self {
            fg: color(fg),
            bg: color(bg),
            bits: weight | bit(Modifier::UNDERLINED, Self::UNDERLINE) | bit(Modifier::REVERSED, Self::REVERSE),
        }
    }

    /// Drops what nobody sees on a blank: weight, and the ink unless it is the ground (reverse) or a line (underline).
    fn for_blank(self) -> Self {
        let bits = self.bits & (Self::UNDERLINE | Self::REVERSE);
        if bits == 0 { Self { fg: 0, bg: self.bg, bits } } else { self }
    }

    /// Whether a blank drawn with this pen looks the same as one drawn with `other`.
    pub fn draws_same_blank(self, other: Self) -> bool {
        self.for_blank() == other.for_blank()
    }
}

fn ansi(color: Color) -> u8 {
    match color {
        Color::Black => 1,
        Color::Red => 2,
        Color::Green => 3,
        Color::Yellow => 4,
        Color::Blue => 5,
        Color::Magenta => 6,
        Color::Cyan => 7,
        Color::Gray => 8,
        Color::DarkGray => 9,
        Color::LightRed => 10,
        Color::LightGreen => 11,
        Color::LightYellow => 12,
        Color::LightBlue => 13,
        Color::LightMagenta => 14,
        Color::LightCyan => 15,
        Color::White => 16,
        Color::Indexed(index) if index < 16 => index + 1,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => 0,
    }
}

/// One cell: a character of `width` columns (0 is the right half of the wide one before it).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cell {
    pub base: char,
    pub marks: Option<Box<str>>,
    pub width: u8,
    pub pen: Pen,
}

impl Cell {
    pub const BLANK: Self = Self { base: ' ', marks: None, width: 1, pen: Pen::PLAIN };

    fn blank(pen: Pen) -> Self {
        Self { pen: pen.for_blank(), ..Self::BLANK }
    }

    fn right_half(pen: Pen) -> Self {
        Self { width: 0, pen, ..Self::BLANK }
    }

    /// Reads one grapheme. Where terminals disagree about its width (joined emoji, variation selectors, flags) its
    /// first character stands for it; controls and direction overrides never reach a terminal.
    fn read(symbol: &str, pen: Pen) -> Self {
        if let [ascii @ 0x21..=0x7e] = symbol.as_bytes() {
            return Self { base: char::from(*ascii), marks: None, width: 1, pen };
        }
        if symbol == " " {
            return Self::blank(pen);
        }
        let mut chars = symbol.chars().filter(|c| !is_unsafe(*c));
        let Some(base) = chars.next() else { return Self::blank(pen) };
        let width = match base.width() {
            Some(width @ 1..=2) => width as u8,
            _ => return Self::blank(pen),
        };
        let marks: String = chars.take_while(|c| is_mark(*c)).take(MAX_MARKS).collect();
        if base == ' ' && marks.is_empty() {
            return Self::blank(pen);
        }
        Self { base, marks: (!marks.is_empty()).then(|| marks.into_boxed_str()), width, pen }
    }

    pub fn is_blank(&self) -> bool {
        self.base == ' ' && self.width == 1 && self.marks.is_none()
    }
}

fn is_mark(c: char) -> bool {
    let is_selector = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{ff9e}' | '\u{ff9f}');
    c.width() == Some(0) && !is_selector
}

/// Controls, and the invisible characters that reorder text or that terminals count differently.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A screenful of cells, row by row.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    cols: u16,
    cells: Vec<Cell>,
}

impl Grid {
    pub fn blank(cols: u16, rows: u16) -> Self {
        Self { cols, cells: vec![Cell::BLANK; usize::from(cols) * usize::from(rows)] }
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.cols, self.cells.len().checked_div(usize::from(self.cols)).unwrap_or(0) as u16)
    }

    pub fn clear(&mut self) {
        self.cells.fill(Cell::BLANK);
    }

    pub fn row(&self, row: u16) -> &[Cell] {
        let cols = usize::from(self.cols);
        &self.cells[usize::from(row) * cols..][..cols]
    }

    pub fn row_mut(&mut self, row: u16) -> &mut [Cell] {
        let cols = usize::from(self.cols);
        &mut self.cells[usize::from(row) * cols..][..cols]
    }

    /// Takes over a buffer of the same size.
    ///
    /// A wide character needs both its columns: in the last one, or where something was drawn over its right half
    /// later, it becomes a blank, as terminals do it.
    pub fn read(&mut self, buffer: &Buffer, depth: ColorDepth) {
        let cols = usize::from(self.cols);
        let mut at = 0;
        while at < self.cells.len() {
            let from = &buffer.content()[at];
            let pen = Pen::read(from.fg, from.bg, from.modifier, depth);
            let cell = Cell::read(from.symbol(), pen);
            if cell.width < 2 {
                self.cells[at] = cell;
                at += 1;
                continue;
            }
            let is_right_half_free = (at + 1) % cols != 0 && matches!(buffer.content()[at + 1].symbol(), " " | "");
            if is_right_half_free {
                self.cells[at] = cell;
                self.cells[at + 1] = Cell::right_half(pen);
                at += 2;
            } else {
                self.cells[at] = Cell::blank(pen);
                at += 1;
            }
        }
    }
}
