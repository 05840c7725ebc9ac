//! What the operator pressed or pasted, as the program understands it. No terminal library's type crosses into `app`.

/// One key press. Shift lives in the character; Alt does not exist (ESC, then the letter).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character, composed.
    Char(char),
    /// Ctrl with a lower-case letter `a`–`z`. Ctrl+H is [`Key::Backspace`], Ctrl+I [`Key::Tab`], Ctrl+J and Ctrl+M
    /// [`Key::Enter`], Ctrl+[ [`Key::Esc`].
    Ctrl(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    /// F1–F12.
    F(u8),
}

/// What reaches the app from its terminal, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    /// A bracketed paste, bounded and cleaned; line ends are `\n`.
    Paste(String),
    /// New size in cells.
    Resize {
        cols: u16,
        rows: u16,
    },
}
