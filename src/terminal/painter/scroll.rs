//! Scrolling: finds a block of whole rows that moved up or down, and lets the terminal move it.
//!
//! Lives here: detection by row hashes and the scroll sequence. Never here: the decision whether it pays — the painter
//! writes both ways and counts bytes.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::cells::{Cell, Grid, Pen};
use super::head::{Head, csi, scroll_region};

/// Fewer changed rows than this are painted straight away.
const MIN_CHANGED_ROWS: usize = 3;
/// Fewer cells saved than this do not pay for the sequences around a scroll.
const MIN_CELLS_SAVED: i32 = 16;

/// Rows `top..=bottom` (counted from 0) whose content moves up by `by` rows, or down when negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    top: u16,
    bottom: u16,
    by: i32,
}

impl Shift {
    /// Writes the scroll for a screen of `rows` rows; what comes into the region is blank.
    ///
    /// LF at the bottom and IL or RI at the top serve every terminal; the Linux console knows no SU and SD.
    pub fn write(self, mut head: Head, rows: u16, out: &mut Vec<u8>) -> Head {
        let is_whole_screen = self.top == 0 && self.bottom + 1 == rows;
        head.take(Pen::PLAIN, out);
        if !is_whole_screen {
            scroll_region(self.top + 1, self.bottom + 1, out);
            // Terminals disagree whether the cursor goes to the screen's or to the region's first row.
            head.lose_place();
        }
        let count = self.by.unsigned_abs() as u16;
        if self.by > 0 {
            head.go(0, self.bottom, out);
            out.extend(std::iter::repeat_n(b'\n', usize::from(count)));
        } else {
            head.go(0, self.top, out);
            if count == 1 {
                out.extend_from_slice(b"\x1bM");
            } else {
                csi(count, b'L', out);
            }
        }
        if !is_whole_screen {
            out.extend_from_slice(b"\x1b[r");
            head.be_home();
        }
        head
    }

    /// The grid as the terminal has it after the scroll.
    pub fn applied_to(self, grid: &Grid) -> Grid {
        let mut moved = grid.clone();
        for row in self.top..=self.bottom {
            let from = i32::from(row) + self.by;
            if (i32::from(self.top)..=i32::from(self.bottom)).contains(&from) {
                moved.row_mut(row).clone_from_slice(grid.row(from as u16));
            } else {
                moved.row_mut(row).fill(Cell::BLANK);
            }
        }
        moved
    }
}

/// Finds the shift that leaves the fewest cells to write, if any is worth trying.
pub(super) fn find(shown: &Grid, next: &Grid) -> Option<Shift> {
    let rows = next.size().1;
    let changed = (0..rows).filter(|&row| shown.row(row) != next.row(row)).count();
    if changed < MIN_CHANGED_ROWS {
        return None;
    }
    let by = likely_distance(shown, next)?;
    best_region(shown, next, by)
}

/// The distance by which most changed rows, blank ones aside, have moved; the smallest of equals.
fn likely_distance(shown: &Grid, next: &Grid) -> Option<i32> {
    let hash = |grid: &Grid, row: u16| {
        let row = grid.row(row);
        let is_blank = row.iter().all(Cell::is_blank);
        (!is_blank).then(|| BuildHasherDefault::<DefaultHasher>::default().hash_one(row))
    };
    let rows = i32::from(next.size().1);
    let was: Vec<_> = (0..rows).map(|row| hash(shown, row as u16)).collect();
    let is: Vec<_> = (0..rows).map(|row| hash(next, row as u16)).collect();
    let matches = |by: i32| {
        (0.max(-by)..rows.min(rows - by))
            .filter(|&row| {
                let row_is = is[row as usize];
                row_is.is_some() && row_is == was[(row + by) as usize] && row_is != was[row as usize]
            })
            .count()
    };
    let mut best = None;
    let mut most = 0;
    for by in (1..rows).flat_map(|distance| [distance, -distance]) {
        let found = matches(by);
        if found > most {
            (best, most) = (Some(by), found);
        }
    }
    best
}

/// The rows to scroll by `by` so that the most cells need no writing.
fn best_region(shown: &Grid, next: &Grid, by: i32) -> Option<Shift> {
    let rows = i32::from(next.size().1);
    let differing = |row: i32, from: i32| {
        let (new, old) = (next.row(row as u16), shown.row(from as u16));
        new.iter().zip(old).filter(|(new, old)| new != old).count() as i32
    };
    let saved_by_moving = |row: i32| {
        let from = row + by;
        if (0..rows).contains(&from) { differing(row, row) - differing(row, from) } else { 0 }
    };
    let saved_by_blanking = |row: i32| {
        let filled = next.row(row as u16).iter().filter(|cell| **cell != Cell::BLANK).count() as i32;
        differing(row, row) - filled
    };
    let moving = running_sums((0..rows).map(saved_by_moving));
    let blanking = running_sums((0..rows).map(saved_by_blanking));
    let between = |sums: &[i32], from: i32, to: i32| sums[to as usize] - sums[from as usize];
    let mut best = None;
    let mut most = MIN_CELLS_SAVED;
    for top in 0..rows {
        for end in top + by.abs() + 1..=rows {
            let saved = if by > 0 {
                between(&moving, top, end - by) + between(&blanking, end - by, end)
            } else {
                between(&blanking, top, top - by) + between(&moving, top - by, end)
            };
            if saved > most {
                most = saved;
                best = Some(Shift { top: top as u16, bottom: end as u16 - 1, by });
            }
        }
    }
    best
}

fn running_sums(values: impl Iterator<Item = i32>) -> Vec<i32> {
    std::iter::once(0)
        .chain(values.scan(0, |sum, value| {
            *sum += value;
            Some(*sum)
        }))
        .collect()
}
