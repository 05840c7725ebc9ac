//! Names: folded for search, reduced to sounds for comparison, scored with reasons.
//!
//! Indonesian names have twenty spellings of Muhammad, old orthography, no surname, and an order that machine-readable
//! zones turn round; so words are compared by sound, in any order, weighed by how much they say. A score never decides
//! alone: Saputra and Saputri are two people. Names stay as they were written; nothing here rewrites one.

mod key;
mod reason;
mod score;
mod sound;
mod spelling;

pub use super::fold::fold;
pub use key::NameKey;
pub use reason::{Reason, Reasons};
pub use score::{Score, score, score_names};
use spelling::word;

/// Is the folded name followed by the sounds of its words, so that a substring scan for one typed word, folded or as
/// [`sound_of_query`], finds any spelling: `djoko soesilo yoko susilo`.
pub fn search_forms(name: &str) -> String {
    let mut forms = fold(name);
    let words = spelling::words(name);
    for word in words.own.iter().chain(&words.patronym) {
        if !word.sound.is_empty() && !forms.contains(&word.sound) {
            forms.push(' ');
            forms.push_str(&word.sound);
        }
    }
    forms
}

/// Is the sound of one typed word as [`search_forms`] holds it; words that are only begun work nearly always.
pub fn sound_of_query(typed: &str) -> String {
    fold(typed).split(' ').filter(|piece| !piece.is_empty()).map(|piece| word(piece).sound).collect()
}

/// Is the name's initials, for eyes without need: `S. N. W.`.
pub fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    letters.take(8).map(|letter| format!("{}.", letter.to_uppercase())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spelling_is_found_by_a_substring_scan() {
        for (name, typed) in [
            ("Djoko Soesilo", "joko"),
            ("Joko Susilo", "soesilo"),
            ("Joko Susilo", "soesi"),
            ("Mochammad Jusuf", "yusuf"),
            ("M. Rizky", "muhammad"),
            ("Muhammad Rizki", "moh"),
            ("Fatimah binti Abdoellah", "abdullah"),
            ("NUR A'INI", "aini"),
            ("Stephen", "steven"),
        ] {
            let forms = search_forms(name);
            assert!(forms.contains(&fold(typed)) || forms.contains(&sound_of_query(typed)), "{forms}: {typed}");
        }
    }

    #[test]
    fn initials_hide_the_rest() {
        assert_eq!(initials("Siti Nur Wulandari"), "S. N. W.");
        assert_eq!(initials("  o'neil "), "O.");
        assert_eq!(initials(""), "");
    }
}
