//! Rows: which cells of a row are written, and what is done with the unchanged ones between them.
//!
//! Lives here: runs, gap bridging, erasing to the end of the line. Never here: rows that moved (`scroll`).

use super::cells::{Cell, Grid, Pen};
use super::head::{Head, csi};

/// The longest stretch of unchanged cells that may be rewritten instead of jumped over; no move within a row is longer.
const MAX_BRIDGE: u16 = 8;

/// Writes every row in which two grids of one size differ; returns where the head ends.
pub(super) fn paint(shown: &Grid, next: &Grid, mut head: Head, out: &mut Vec<u8>) -> Head {
    let mut best = Vec::new();
    let mut other = Vec::new();
    for row in 0..next.size().1 {
        let (old, new) = (shown.row(row), next.row(row));
        let Some(first) = (0..new.len()).find(|&at| old[at] != new[at]) else { continue };
        best.clear();
        let mut best_head = Line { old, new, row, erase_at: None }.write(head, &mut best);
        for erase_at in erasures(old, new, first) {
            other.clear();
            let other_head = Line { old, new, row, erase_at: Some(erase_at) }.write(head, &mut other);
            if other.len() < best.len() {
                std::mem::swap(&mut best, &mut other);
                best_head = other_head;
            }
        }
        out.extend_from_slice(&best);
        head = best_head;
    }
    head
}

/// The columns from which erasing may pay, where it takes something away: the first cell that differs, and the blank
/// tail of the new row. (Trying every gap between words, too, saved 6 of 1,339
/// bytes a page, for five times the encodings.)
fn erasures(old: &[Cell], new: &[Cell], first: usize) -> impl Iterator<Item = u16> {
    let tail = new.iter().rposition(|cell| *cell != Cell::BLANK).map_or(0, |last| last + 1).max(first);
    let takes_away = |at: usize| old[at..].iter().any(|cell| *cell != Cell::BLANK);
    let tail = (tail < new.len() && takes_away(tail)).then_some(tail as u16);
    let first = (tail != Some(first as u16) && takes_away(first)).then_some(first as u16);
    [tail, first].into_iter().flatten()
}

/// One row on its way from `old` to `new`, erased from `erase_at` on when the head comes there.
struct Line<'a> {
    old: &'a [Cell],
    new: &'a [Cell],
    row: u16,
    erase_at: Option<u16>,
}

impl Line<'_> {
    fn write(&self, mut head: Head, out: &mut Vec<u8>) -> Head {
        let mut col = 0;
        while usize::from(col) < self.new.len() {
            if self.erase_at == Some(col) {
                self.reach(col, Pen::PLAIN, &mut head, out);
                head.take(Pen::PLAIN, out);
                csi(1, b'K', out);
            }
            let cell = &self.new[usize::from(col)];
            if self.is_changed(col) && cell.width > 0 {
                self.reach(col, cell.pen, &mut head, out);
                head.write(cell, self.new.len() as u16, out);
            }
            col += 1;
        }
        head
    }

    fn is_changed(&self, col: u16) -> bool {
        let is_erased = self.erase_at.is_some_and(|from| col >= from);
        let old = if is_erased { &Cell::BLANK } else { &self.old[usize::from(col)] };
        *old != self.new[usize::from(col)]
    }

    /// Brings the head to a column where it will use `pen`: by a move, or by rewriting the unchanged cells before it.
    fn reach(&self, col: u16, pen: Pen, head: &mut Head, out: &mut Vec<u8>) {
        let mut moved = *head;
        let start = out.len();
        moved.go(col, self.row, out);
        let move_end = out.len();
        // From inside a wide character nothing can be rewritten: its right half has no text of its own.
        let is_whole = |from: &u16| self.new[usize::from(*from)].width > 0;
        let gap = head.col_on(self.row).filter(|from| *from < col && col - from <= MAX_BRIDGE && is_whole(from));
        if let Some(from) = gap {
            let move_cost = move_end - start + moved.cost_of(pen);
            let mut bridged = *head;
            for cell in &self.new[usize::from(from)..usize::from(col)] {
                if cell.width > 0 {
                    bridged.write(cell, self.new.len() as u16, out);
                }
            }
            if out.len() - move_end + bridged.cost_of(pen) <= move_cost {
                out.drain(start..move_end);
                moved = bridged;
            } else {
                out.truncate(move_end);
            }
        }
        *head = moved;
    }
}
