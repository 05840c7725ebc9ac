//! What things look like, in roles. Sixteen colours at most, and never colour alone: each role has a word or a sign as well.

use ratatui::style::{Color, Modifier, Style};
use std::borrow::Cow;

/// The roles of text on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// Labels, column heads, hints.
    Quiet,
    /// The title line.
    Title,
    /// Keys in hints, chosen rows.
    Key,
    /// The row or field under the cursor.
    Cursor,
    /// Red tier, errors, refusals.
    Alarm,
    /// Yellow tier, warnings, debts.
    Care,
    /// Done, available.
    Good,
    /// A suggestion that nobody took yet.
    Grey,
    /// Headings inside a page.
    Head,
}

/// Whether colours may be used; the painter drops them anyway where the terminal asked for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub is_colored: bool,
}

impl Theme {
    /// The style of a role.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let colored = |style: Style, color: Color| if self.is_colored { style.fg(color) } else { style };
        match role {
            Role::Plain => plain,
            Role::Quiet => plain.add_modifier(Modifier::DIM),
            Role::Title => plain.add_modifier(Modifier::BOLD),
            Role::Key => plain.add_modifier(Modifier::BOLD),
            Role::Cursor => plain.add_modifier(Modifier::REVERSED),
            Role::Alarm => colored(plain.add_modifier(Modifier::BOLD), Color::Red),
            Role::Care => colored(plain, Color::Yellow),
            Role::Good => colored(plain, Color::Green),
            Role::Grey => plain.add_modifier(Modifier::DIM),
            Role::Head => plain.add_modifier(Modifier::BOLD),
        }
    }
}

/// The few signs that differ where the terminal has only ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub ellipsis: char,
    pub rule: char,
    pub column: char,
    pub arrow: &'static str,
    pub dot: char,
    /// What follows is below.
    pub down: char,
}

impl Glyphs {
    pub const UNICODE: Self =
        Self { ellipsis: '…', rule: '─', column: '│', arrow: "→", dot: '·', down: '↓' };
    pub const ASCII: Self = Self { ellipsis: '~', rule: '-', column: '|', arrow: "->", dot: '-', down: 'v' };

    /// A text as these glyphs can show it: on ASCII the signs of our own sentences in one cell each. Letters stay, for names
    /// are not ours to respell.
    pub fn spelled(self, text: &str) -> Cow<'_, str> {
        if self != Self::ASCII || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let plain = |sign: char| match sign {
            '…' => Self::ASCII.ellipsis,
            '≠' => '#',
            '×' => 'x',
            '→' => '>',
            '–' | '─' | '·' => '-',
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            other => other,
        };
        Cow::Owned(text.chars().map(plain).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn on_ascii_no_sign_of_ours_is_left_and_every_cell_stays() {
        let text = "(mis. 0812…)  ≠  2 × 3 → ‘a’ – “b” · José";
        let plain = Glyphs::ASCII.spelled(text);
        assert_eq!(plain, "(mis. 0812~)  #  2 x 3 > 'a' - \"b\" - José");
        assert_eq!(plain.width(), text.width());
        assert_eq!(Glyphs::UNICODE.spelled(text), text);
    }
}
