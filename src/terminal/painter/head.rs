//! The writing head: where the terminal's cursor is, which pen it holds, and the cheapest bytes to change either.
//!
//! Lives here: cursor moves, SGR, the writing of one cell. Never here: which cells are worth writing.

use super::cells::{Cell, Pen};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Unknown,
    At {
        col: u16,
        row: u16,
    },
    /// After a character in the last column: terminals differ about the column, not about the row.
    PastEnd {
        row: u16,
    },
}

/// Where the terminal writes next, and with which pen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    place: Place,
    pub pen: Pen,
}

/// One part of a move: nothing, a control character some times, or a sequence with a count.
#[derive(Clone, Copy)]
enum Step {
    Stay,
    Control(u8, u16),
    Csi(u16, u8),
}

impl Step {
    fn len(self) -> usize {
        match self {
            Self::Stay => 0,
            Self::Control(_, times) => usize::from(times),
            Self::Csi(1, _) => 3,
            Self::Csi(count, _) => 3 + digits(count),
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Stay => {}
            Self::Control(control, times) => out.extend(std::iter::repeat_n(control, usize::from(times))),
            Self::Csi(count, letter) => csi(count, letter, out),
        }
    }
}

fn digits(number: u16) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
}

fn decimal(number: u16, out: &mut Vec<u8>) {
    let mut place = 10u16.pow(digits(number) as u32 - 1);
    while place > 0 {
        out.push(b'0' + (number / place % 10) as u8);
        place /= 10;
    }
}

/// Writes `CSI count letter`; a count of 1 is the default and is left out.
pub(super) fn csi(count: u16, letter: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if count != 1 {
        decimal(count, out);
    }
    out.push(letter);
}

/// Writes `CSI top;bottom r`, rows counted from 1.
pub(super) fn scroll_region(top: u16, bottom: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    decimal(top, out);
    out.push(b';');
    decimal(bottom, out);
    out.push(b'r');
}

fn absolute(col: u16, row: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if row > 0 || col > 0 {
        decimal(row + 1, out);
    }
    if col > 0 {
        out.push(b';');
        decimal(col + 1, out);
    }
    out.push(b'H');
}

fn absolute_len(col: u16, row: u16) -> usize {
    let row_len = if row > 0 || col > 0 { digits(row + 1) } else { 0 };
    let col_len = if col > 0 { 1 + digits(col + 1) } else { 0 };
    3 + row_len + col_len
}

fn down_or_up(from: u16, to: u16) -> Step {
    match to.cmp(&from) {
        std::cmp::Ordering::Equal => Step::Stay,
        std::cmp::Ordering::Less => Step::Csi(from - to, b'A'),
        std::cmp::Ordering::Greater if to - from <= 4 => Step::Control(b'\n', to - from),
        std::cmp::Ordering::Greater => Step::Csi(to - from, b'B'),
    }
}

fn along(from: Option<u16>, to: u16) -> Step {
    let to_column = if to == 0 { Step::Control(b'\r', 1) } else { Step::Csi(to + 1, b'G') };
    let Some(from) = from else { return to_column };
    let relative = match to.cmp(&from) {
        std::cmp::Ordering::Equal => Step::Stay,
        std::cmp::Ordering::Greater => Step::Csi(to - from, b'C'),
        std::cmp::Ordering::Less if from - to <= 4 => Step::Control(0x08, from - to),
        std::cmp::Ordering::Less => Step::Csi(from - to, b'D'),
    };
    if relative.len() <= to_column.len() { relative } else { to_column }
}

impl Head {
    /// A head somewhere, with a pen that is taken for plain.
    pub fn unknown() -> Self {
        Self { place: Place::Unknown, pen: Pen::PLAIN }
    }

    /// A head in the top left corner with a plain pen.
    pub fn home() -> Self {
        Self { place: Place::At { col: 0, row: 0 }, pen: Pen::PLAIN }
    }

    /// Says that the terminal has put its cursor somewhere.
    pub fn lose_place(&mut self) {
        self.place = Place::Unknown;
    }

    /// Says that the terminal has put its cursor into the top left corner.
    pub fn be_home(&mut self) {
        self.place = Place::At { col: 0, row: 0 };
    }

    /// The column it writes to next, when it is on this row and certain.
    pub fn col_on(&self, row: u16) -> Option<u16> {
        match self.place {
            Place::At { col, row: here } if here == row => Some(col),
            Place::At { .. } | Place::PastEnd { .. } | Place::Unknown => None,
        }
    }

    /// Goes to a cell by the cheapest way.
    pub fn go(&mut self, col: u16, row: u16, out: &mut Vec<u8>) {
        let (from_col, from_row) = match self.place {
            Place::At { col, row } => (Some(col), Some(row)),
            Place::PastEnd { row } => (None, Some(row)),
            Place::Unknown => (None, None),
        };
        self.place = Place::At { col, row };
        if let Some(from_row) = from_row {
            let (along, down) = (along(from_col, col), down_or_up(from_row, row));
            if along.len() + down.len() <= absolute_len(col, row) {
                along.write(out);
                down.write(out);
                return;
            }
        }
        absolute(col, row, out);
    }

    /// Takes another pen by the shorter of two ways: changing what differs, or starting from a plain one.
    pub fn take(&mut self, pen: Pen, out: &mut Vec<u8>) {
        if self.pen == pen {
            return;
        }
        let changed = Codes::between(self.pen, pen);
        self.pen = pen;
        out.extend_from_slice(b"\x1b[");
        if pen != Pen::PLAIN {
            let anew = Codes::anew(pen);
            let codes = if changed.cost() <= anew.cost() { changed } else { anew };
            codes.write(out);
        }
        out.push(b'm');
    }

    /// How many bytes [`Head::take`] would write.
    pub fn cost_of(&self, pen: Pen) -> usize {
        if self.pen == pen {
            0
        } else if pen == Pen::PLAIN {
            3
        } else {
            2 + Codes::between(self.pen, pen).cost().min(Codes::anew(pen).cost())
        }
    }

    /// Writes one cell of a screen `cols` wide where the head is; right halves are written by their left ones.
    pub fn write(&mut self, cell: &Cell, cols: u16, out: &mut Vec<u8>) {
        if !(cell.is_blank() && self.pen.draws_same_blank(cell.pen)) {
            self.take(cell.pen, out);
        }
        let mut bytes = [0; 4];
        out.extend_from_slice(cell.base.encode_utf8(&mut bytes).as_bytes());
        if let Some(marks) = &cell.marks {
            out.extend_from_slice(marks.as_bytes());
        }
        if let Place::At { col, row } = self.place {
            let col = col + u16::from(cell.width);
            self.place = if col < cols { Place::At { col, row } } else { Place::PastEnd { row } };
        }
    }
}

/// SGR codes of one pen change.
#[derive(Default)]
struct Codes {
    codes: [u8; 7],
    len: usize,
}

impl Codes {
    fn push(&mut self, code: u8) {
        self.codes[self.len] = code;
        self.len += 1;
    }

    fn anew(pen: Pen) -> Self {
        let mut codes = Self::default();
        codes.push(0);
        codes.add(Pen::PLAIN, pen);
        codes
    }

    fn between(from: Pen, to: Pen) -> Self {
        let mut codes = Self::default();
        codes.add(from, to);
        codes
    }

    /// The codes that lead from one pen to another without a reset: weight, line, reverse and two colours at most,
    /// and the end of another weight.
    fn add(&mut self, from: Pen, to: Pen) {
        let (on, off) = (to.bits & !from.bits, from.bits & !to.bits);
        // One code ends bold and dim; a pen has only one of them.
        if off & (Pen::BOLD | Pen::DIM) != 0 {
            self.push(22);
        }
        for (bit, on_code, off_code) in
            [(Pen::BOLD, 1, None), (Pen::DIM, 2, None), (Pen::UNDERLINE, 4, Some(24)), (Pen::REVERSE, 7, Some(27))]
        {
            if on & bit != 0 {
                self.push(on_code);
            } else if off & bit != 0
                && let Some(off_code) = off_code
            {
                self.push(off_code);
            }
        }
        for (was, is, base) in [(from.fg, to.fg, 30), (from.bg, to.bg, 40)] {
            if was != is {
                self.push(match is {
                    0 => base + 9,
                    1..=8 => base + is - 1,
                    _ => base + 60 + is - 9,
                });
            }
        }
    }

    /// The bytes of the codes with what follows each of them.
    fn cost(&self) -> usize {
        self.codes[..self.len].iter().map(|code| digits(u16::from(*code)) + 1).sum()
    }

    fn write(&self, out: &mut Vec<u8>) {
        for (at, code) in self.codes[..self.len].iter().enumerate() {
            if at > 0 {
                out.push(b';');
            }
            decimal(u16::from(*code), out);
        }
    }
}

#[cfg(test)]
#[path = "head_tests.rs"]
mod tests;
