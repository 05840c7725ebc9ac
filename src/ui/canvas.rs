//! Writing into a buffer: text cut to cells, columns, rules. Every face draws through this.

use super::theme::{Glyphs, Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A buffer with the looks of this terminal.
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub theme: Theme,
    pub glyphs: Glyphs,
}

impl Canvas<'_> {
    /// Writes a text into at most `cells` cells at a place, with an ellipsis where it is cut; gives the cells used.
    pub fn text(&mut self, x: u16, y: u16, cells: u16, text: &str, role: Role) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let cells = cells.min(area.right() - x);
        let cut = self.cut(text, cells);
        let cut = self.glyphs.spelled(&cut);
        self.buffer.set_stringn(x, y, &cut, cells as usize, self.theme.style(role));
        cut.width() as u16
    }

    /// Writes what a window of so many cells shows of a line that is scrolled by so many characters, with an ellipsis on
    /// the side where something is hidden.
    pub fn window(&mut self, x: u16, y: u16, cells: u16, text: &str, skip: usize, role: Role) -> u16 {
        let mut shown: String = text.chars().skip(skip).collect();
        if skip > 0 {
            shown = std::iter::once(self.glyphs.ellipsis).chain(shown.chars().skip(1)).collect();
        }
        self.text(x, y, cells, &shown, role)
    }

    /// Writes pieces one after the other; gives the cell behind the last.
    pub fn line(&mut self, x: u16, y: u16, cells: u16, pieces: &[(&str, Role)]) -> u16 {
        let end = x.saturating_add(cells);
        pieces.iter().fold(x, |at, (text, role)| at + self.text(at, y, end.saturating_sub(at), text, *role))
    }

    /// Writes a text so that it ends at a cell (exclusive).
    pub fn right(&mut self, end: u16, y: u16, text: &str, role: Role) {
        let cells = (text.width() as u16).min(end);
        self.text(end - cells, y, cells, text, role);
    }

    /// Writes a text over several rows of a box, broken at words; gives the rows used.
    pub fn wrapped(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let mut row = 0;
        for line in wrap(text, area.width as usize) {
            if row == area.height {
                break;
            }
            self.text(area.x, area.y + row, area.width, &line, role);
            row += 1;
        }
        row
    }

    /// Styles a whole row of cells, such as the one under the cursor.
    pub fn tint(&mut self, x: u16, y: u16, cells: u16, role: Role) {
        self.buffer.set_style(Rect::new(x, y, cells, 1).intersection(self.buffer.area), self.theme.style(role));
    }

    /// A vertical rule.
    pub fn column(&mut self, x: u16, top: u16, rows: u16) {
        let sign = self.glyphs.column.to_string();
        for y in top..top + rows {
            self.text(x, y, 1, &sign, Role::Quiet);
        }
    }

    /// A text cut to so many cells, with an ellipsis where something was cut.
    pub fn cut(&self, text: &str, cells: u16) -> String {
        if text.width() <= cells as usize {
            return text.to_owned();
        }
        let mut kept = String::new();
        let mut used = 0;
        for grapheme in text.graphemes(true) {
            used += grapheme.width();
            if used + 1 > cells as usize {
                break;
            }
            kept.push_str(grapheme);
        }
        if cells > 0 {
            kept.push(self.glyphs.ellipsis);
        }
        kept
    }
}

/// A text in lines of at most so many cells, broken at words where it can be.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.width() + 1 + word.width() > cells {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_whole_characters_and_says_so() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 2));
        let mut canvas = Canvas { buffer: &mut buffer, theme: Theme { is_colored: true }, glyphs: Glyphs::UNICODE };
        assert_eq!(canvas.cut("ABDURRAHMAN", 6), "ABDUR…");
        assert_eq!(canvas.cut("日本語", 4), "日…");
        assert_eq!(canvas.text(7, 0, 20, "SITI NUR", Role::Plain), 3);
        assert_eq!(canvas.text(0, 9, 20, "below the screen", Role::Plain), 0);
    }

    #[test]
    fn words_wrap_without_losing_any() {
        let text = "tertahan: hubungi penyelia jaga sebelum pindah";
        let lines = wrap(text, 16);
        assert!(lines.iter().all(|line| line.width() <= 16), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }
}
