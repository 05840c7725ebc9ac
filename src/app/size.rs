//! What the size of a screen allows: whether it can be used at all, whether a pane stands beside the list.

use super::App;

/// Columns and rows below which nothing can be used.
pub const LEAST: (u16, u16) = (40, 10);

/// From so many columns a pane stands beside the list.
pub const PANE_COLUMNS: u16 = 120;

impl App {
    /// Whether the screen is too small to be used: then keys and pastes do nothing, for nobody sees what they do.
    pub const fn is_too_small(&self) -> bool {
        self.size.0 < LEAST.0 || self.size.1 < LEAST.1
    }

    /// Whether a pane with the case stands beside the list.
    pub const fn has_pane(&self) -> bool {
        self.size.0 >= PANE_COLUMNS
    }
}
