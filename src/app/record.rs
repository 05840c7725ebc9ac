//! One case, open: what the desk let this operator see of it, and how far the page is scrolled.

use crate::desk::{CaseView, RowId, Seat};
use crate::domain::refusal::Refusal;
use crate::domain::subject::Subject;

/// A case on the screen.
#[derive(Debug)]
pub struct CaseRoom {
    pub row: RowId,
    pub of: Subject,
    pub view: CaseView,
    /// Lines scrolled away at the top of the part below the header.
    pub top: usize,
}

impl CaseRoom {
    /// Opens a case; the look leaves a line in the trail.
    ///
    /// # Errors
    /// When this operator may not open it.
    pub fn open(row: RowId, seat: &Seat) -> Result<Self, Refusal> {
        let view = seat.open(row)?;
        Ok(Self { row, of: view.record.of, view, top: 0 })
    }

    /// Reads it again, after something changed; what was on the screen stays when it cannot be read any more.
    pub fn reread(&mut self, seat: &Seat) {
        if let Ok(view) = seat.open(self.row) {
            self.view = view;
        }
    }

    /// Scrolls by lines.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(400);
    }
}
