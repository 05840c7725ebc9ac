//! One line of typed text with a cursor, bounded in characters. The keys inside a line are the same in every layer.

use super::key::Key;
use tui_input::{Input as Editor, InputRequest};

/// A bounded line.
#[derive(Clone, Default)]
pub struct Line {
    editor: Editor,
    most: usize,
    /// The next typed text replaces what stands there.
    is_selected: bool,
    /// Something that was typed did not fit, and nobody has been told yet.
    was_cut: bool,
}

/// Shows the length, never the text.
impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Line({} of {})", self.text().chars().count(), self.most)
    }
}

impl Line {
    /// An empty line of at most `most` characters.
    pub fn new(most: usize) -> Self {
        Self { editor: Editor::default(), most, is_selected: false, was_cut: false }
    }

    /// Characters at most.
    pub const fn most(&self) -> usize {
        self.most
    }

    /// Selects the whole text: what is typed next replaces it, a key that moves the cursor keeps it.
    pub fn select(&mut self) {
        self.is_selected = !self.is_empty();
    }

    /// Keeps the text; what is typed next is added to it.
    pub const fn unselect(&mut self) {
        self.is_selected = false;
    }

    /// Whether the whole text is selected.
    pub const fn is_selected(&self) -> bool {
        self.is_selected
    }

    /// Whether something typed or pasted since the last question did not fit.
    pub const fn take_cut(&mut self) -> bool {
        std::mem::replace(&mut self.was_cut, false)
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.editor.value()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Replaces the text, cut to the bound, and puts the cursor behind it.
    pub fn set(&mut self, text: &str) {
        self.editor = Editor::new(text.chars().take(self.most).collect());
        self.is_selected = false;
    }

    /// The characters before the cursor.
    pub fn before_cursor(&self) -> usize {
        self.editor.cursor()
    }

    /// What to show in a window of so many cells: the cells to skip on the left, and the cursor's cell in the window.
    pub fn window(&self, cells: usize) -> (usize, usize) {
        let room = cells.saturating_sub(1).max(1);
        let skip = self.editor.visual_scroll(room);
        (skip, self.editor.visual_cursor().saturating_sub(skip))
    }

    /// Types a text at the cursor, or over the selected text; says whether all of it fitted.
    pub fn insert(&mut self, text: &str) -> bool {
        self.clear_selected();
        let mut room = self.most.saturating_sub(self.text().chars().count());
        for c in text.chars() {
            if room == 0 {
                self.was_cut = true;
                return false;
            }
            self.editor.handle(InputRequest::InsertChar(c));
            room -= 1;
        }
        true
    }

    /// Empties the line when its text is selected; says whether it did.
    fn clear_selected(&mut self) -> bool {
        let was_selected = std::mem::take(&mut self.is_selected);
        if was_selected {
            self.set("");
        }
        was_selected
    }

    /// Takes an editing key; says whether it was one. A character that no longer fits is taken and dropped: see
    /// [`Line::take_cut`].
    pub fn press(&mut self, key: Key) -> bool {
        if matches!(key, Key::Backspace | Key::Delete) && self.clear_selected() {
            return true;
        }
        let request = match key {
            Key::Char(c) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
                return true;
            }
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            Key::Ctrl('u') => InputRequest::DeleteLine,
            Key::Ctrl('w') => InputRequest::DeletePrevWord,
            Key::Ctrl('e') => InputRequest::GoToEnd,
            _ => return false,
        };
        self.is_selected = false;
        self.editor.handle(request);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_takes_no_more_than_its_bound_and_loses_nothing_before_it() {
        let mut line = Line::new(4);
        assert!(!line.insert("SITIX"));
        assert_eq!(line.text(), "SITI");
        line.press(Key::Home);
        line.press(Key::Delete);
        line.press(Key::Char('Y'));
        assert_eq!((line.text(), line.before_cursor()), ("YITI", 1));
    }

    #[test]
    fn what_does_not_fit_is_told_once_and_only_then() {
        let mut line = Line::new(4);
        line.insert("SITI");
        assert!(!line.take_cut());
        line.press(Key::Char('X'));
        assert!(line.take_cut() && !line.take_cut());
    }

    #[test]
    fn a_selected_text_is_replaced_by_typing_and_kept_by_moving() {
        let typed = |keys: &[Key]| {
            let mut line = Line::new(10);
            line.set("grace");
            line.select();
            keys.iter().for_each(|key| assert!(line.press(*key)));
            line.text().to_owned()
        };
        assert_eq!(typed(&[Key::Char('s')]), "s");
        assert_eq!(typed(&[Key::Delete]), "");
        assert_eq!(typed(&[Key::End, Key::Char('s')]), "graces");
        assert_eq!(typed(&[Key::Left, Key::Backspace]), "grae");
    }

    #[test]
    fn the_window_follows_the_cursor_through_a_long_name() {
        let mut line = Line::new(100);
        line.set(&"A".repeat(60));
        let (skip, cursor) = line.window(20);
        assert_eq!((skip, cursor), (41, 19));
        line.press(Key::Home);
        assert_eq!(line.window(20), (0, 0));
    }

    #[test]
    fn keys_that_are_not_editing_are_left_to_the_layer() {
        let mut line = Line::new(10);
        for key in [Key::Enter, Key::Tab, Key::Esc, Key::Up, Key::F(9), Key::Ctrl('s')] {
            assert!(!line.press(key));
        }
    }
}
