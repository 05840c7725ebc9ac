//! Cleaning of text at every door: keyboard, paste, scan, file, socket. Pure; knows no field and no language.
//!
//! What comes out can be shown in a cell grid, compared, searched and printed: no control characters (a name must never
//! carry an escape sequence to somebody's terminal), nothing that reorders or hides letters, one spelling (NFC), bounded.
//! Cleaning is idempotent.

use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

/// Marks on one letter beyond this many are dropped; no orthography in use stacks more.
const MARKS_AT_MOST: usize = 4;

/// Characters read past the bound, so that a grapheme which straddles it is seen whole.
const LOOKAHEAD: usize = 32;

/// A cleaned text, and whether the bound cut something off.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    pub text: String,
    pub was_cut: bool,
}

/// Shows the length only: the text may be a name.
impl fmt::Debug for Cleaned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cleaned({} bytes, was_cut: {})", self.text.len(), self.was_cut)
    }
}

/// One line of at most `max` characters: line ends and tabs become spaces, runs of spaces one, ends are trimmed.
///
/// Reads no further than the bound requires, and never cuts inside a grapheme.
pub fn line(raw: &str, max: usize) -> Cleaned {
    bounded(raw.chars().filter_map(in_line), max, Spaces::Line)
}

/// Several lines of at most `max` characters together: line ends of every kind become `\n`, each line is cleaned as by
/// [`line`], and no more than one empty line stands between two others.
pub fn lines(raw: &str, max: usize) -> Cleaned {
    let mut after_return = false;
    let chars = raw.chars().filter_map(move |c| {
        let is_second_half = c == '\n' && after_return;
        after_return = c == '\r';
        if is_second_half { None } else { in_lines(c) }
    });
    bounded(chars, max, Spaces::Lines)
}

/// What a character becomes in one line.
fn in_line(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' => Some(' '),
        c if c.is_whitespace() || c == '\u{2800}' => Some(' '),
        c if c.is_control() || is_invisible(c) => None,
        c => Some(c),
    }
}

/// What a character becomes where line ends count.
fn in_lines(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c => in_line(c),
    }
}

/// Characters that take no cell, and hide or reorder others: joiners, direction marks and overrides, fillers, tags,
/// annotations, noncharacters.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
        | '\u{fffe}' | '\u{ffff}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// How spaces are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spaces {
    Line,
    Lines,
}

/// Normalises, collapses and bounds; takes lazily from `chars`.
fn bounded(chars: impl Iterator<Item = char>, max: usize, spaces: Spaces) -> Cleaned {
    let enough = max.saturating_add(LOOKAHEAD);
    let mut text = String::new();
    let mut length = 0;
    let mut gap = Gap::default();
    let mut marks = 0;
    for c in chars.nfc() {
        if c == ' ' || c == '\n' {
            gap.widen(c);
            marks = 0;
            continue;
        }
        marks = if canonical_combining_class(c) == 0 { 0 } else { marks + 1 };
        if marks > MARKS_AT_MOST {
            continue;
        }
        let filling = gap.fill(spaces, text.is_empty());
        text.push_str(filling);
        text.push(c);
        length += filling.len() + 1;
        if length >= enough {
            break;
        }
    }
    if length <= max { Cleaned { text, was_cut: false } } else { cut(&text, max) }
}

/// The white space since the last visible character.
#[derive(Default)]
struct Gap {
    has_space: bool,
    line_ends: usize,
}

impl Gap {
    const fn widen(&mut self, c: char) {
        match c {
            '\n' => self.line_ends += 1,
            _ => self.has_space = true,
        }
    }

    /// What the gap collapses to, and none from now on.
    fn fill(&mut self, spaces: Spaces, is_at_start: bool) -> &'static str {
        let Self { has_space, line_ends } = std::mem::take(self);
        match (spaces, line_ends) {
            _ if is_at_start => "",
            (Spaces::Line, _) | (Spaces::Lines, 0) if has_space || line_ends > 0 => " ",
            (Spaces::Line, _) | (Spaces::Lines, 0) => "",
            (Spaces::Lines, 1) => "\n",
            (Spaces::Lines, _) => "\n\n",
        }
    }
}

/// The longest run of whole graphemes within `max` characters, without white space at its end.
fn cut(text: &str, max: usize) -> Cleaned {
    let mut length = 0;
    let end = text
        .grapheme_indices(true)
        .find(|(_, grapheme)| {
            length += grapheme.chars().count();
            length > max
        })
        .map_or(text.len(), |(at, _)| at);
    Cleaned { text: text[..end].trim_end().to_owned(), was_cut: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_line_fields_hold_nothing_that_a_cell_cannot_show() {
        let rows = [
            ("  Siti   Nur\tAini ", "Siti Nur Aini"),
            ("SITI\r\nAMINAH", "SITI AMINAH"),
            ("Budi\u{1b}[2J\u{7}", "Budi[2J"),
            ("a\u{202e}b\u{2066}c\u{200b}d\u{feff}", "abcd"),
            ("e\u{301}", "é"),
            ("\u{a0}x\u{3000}y\u{2028}z", "x y z"),
            ("O'Brien d’Arc", "O'Brien d’Arc"),
            ("\u{e0041}\u{ad}", ""),
            ("\u{9b}31m", "31m"),
            ("", ""),
        ];
        for (raw, text) in rows {
            assert_eq!(line(raw, 100).text, text, "{raw:?}");
        }
    }

    #[test]
    fn several_lines_keep_their_ends_and_at_most_one_empty_line() {
        let rows = [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("\n\n a  b \n\n\n\n c\n", "a b\n\nc"),
            ("a\u{2028}b\u{85}c", "a\nb\nc"),
            ("a \n \n b", "a\n\nb"),
        ];
        for (raw, text) in rows {
            assert_eq!(lines(raw, 100).text, text, "{raw:?}");
        }
    }

    #[test]
    fn a_cut_keeps_graphemes_whole_and_says_so() {
        assert_eq!(line("abcdef", 3), Cleaned { text: "abc".into(), was_cut: true });
        assert_eq!(line("ab cd", 3), Cleaned { text: "ab".into(), was_cut: true });
        assert_eq!(line("abc ", 3), Cleaned { text: "abc".into(), was_cut: false });
        assert_eq!(line("aq\u{323}\u{308}b", 4), Cleaned { text: "aq\u{323}\u{308}".into(), was_cut: true });
        assert_eq!(line("aq\u{323}\u{308}b", 2), Cleaned { text: "a".into(), was_cut: true });
    }

    #[test]
    fn a_pile_of_marks_and_a_flood_of_text_are_bounded() {
        let pile = format!("a{}", "\u{300}".repeat(10_000));
        assert!(line(&pile, 100).text.chars().count() <= 1 + MARKS_AT_MOST);
        let flood = "x ".repeat(5_000_000);
        assert_eq!(line(&flood, 10).text, "x x x x x");
    }

    proptest! {
        #[test]
        fn cleaning_is_bounded_and_idempotent(raw in "\\PC{0,60}|[ \\n\\r\\ta-c\u{300}\u{301}\u{200d}\u{1f1e6}\u{1100}\u{1161}]{0,60}", max in 0_usize..40) {
            for clean in [line, lines] {
                let once = clean(&raw, max);
                prop_assert!(once.text.chars().count() <= max);
                let again = clean(&once.text, max);
                prop_assert_eq!(&again.text, &once.text);
                prop_assert!(!again.was_cut);
                prop_assert!(!once.text.chars().any(|c| c != '\n' && c.is_control()));
            }
        }
    }
}
