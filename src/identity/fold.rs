//! Folding: the one form in which texts are compared and searched.
//!
//! Lower case, no diacritics, no apostrophes, single spaces. Never put spelling rules of names here (see `name::sound`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds `text` for comparison: lower case, diacritics and apostrophes gone, every other sign a space, spaces single.
///
/// Linear in its input; letters outside Latin stay as they are. `fold(fold(x)) == fold(x)`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for byte in text.bytes() {
            push_folded(&mut out, char::from(byte.to_ascii_lowercase()));
        }
    } else {
        for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            match latin_of(c) {
                Some(plain) => plain.chars().for_each(|p| push_folded(&mut out, p)),
                // Lower-casing can itself yield a combining mark (İ), so marks are dropped once more.
                None if is_combining_mark(c) => {}
                None => push_folded(&mut out, c),
            }
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Is the folded text without its spaces: `Tanjung Pinang` and `Tanjungpinang` are equal in it.
pub fn compact(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| c != ' ');
    folded
}

fn push_folded(out: &mut String, c: char) {
    if c.is_alphanumeric() {
        out.push(c);
    } else if !is_apostrophe(c) && !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | 'ʿ' | 'ʾ' | '`' | '´' | '′')
}

/// Letters that no normalisation form takes apart.
fn latin_of(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signs_marks_and_case_are_folded_away() {
        for (raw, folded) in [
            ("NUR A'INI", "nur aini"),
            ("Nur A’ini", "nur aini"),
            ("  José   Ångström ", "jose angstrom"),
            ("Møller-Straße", "moller strasse"),
            ("S.Pd.", "s pd"),
            ("Türkiye", "turkiye"),
            ("İstanbul", "istanbul"),
            ("Tiro/Truseb", "tiro truseb"),
            ("", ""),
            (" - ", ""),
        ] {
            assert_eq!(fold(raw), folded, "{raw}");
        }
        assert_eq!(compact("Tanjung Pinang"), compact("TANJUNGPINANG"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folded_text_has_no_double_or_outer_space(text in "[ a-zA-Z'.,é-]{0,40}") {
            let folded = fold(&text);
            prop_assert!(!folded.contains("  "));
            prop_assert_eq!(folded.trim(), &folded);
        }
    }
}
