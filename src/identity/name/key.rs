//! The packed form of a name that is kept in memory for everybody: 32 bytes, compared without unpacking texts.
//!
//! A word's sound has at most 12 letters of 5 bits; longer sounds are cut, longer names keep their telling words.

use super::spelling::{Word, words};
use std::fmt;

/// Letters of a sound that a token keeps.
pub(super) const MAX_LETTERS: usize = 12;
/// Words that a key keeps.
const MAX_TOKENS: usize = 4;
const LETTER_BITS: u32 = 5;
const FREQUENT: u64 = 1;
const PATRONYM: u64 = 2;
const FLAGS: u64 = 0b1111;

/// The sound of one word in 64 bits: 12 letters of 5 bits from the top, then flags. Zero is no token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Token(u64);

impl Token {
    fn of(word: &Word, is_patronym: bool) -> Token {
        let letters: Vec<u8> = word.sound.chars().map(letter_number).take(MAX_LETTERS).collect();
        let mut token = Token::from_letters(&letters);
        token.0 |= if word.is_frequent { FREQUENT } else { 0 };
        token.0 |= if is_patronym { PATRONYM } else { 0 };
        token
    }

    /// Packs letter numbers 1..=31, at most [`MAX_LETTERS`] of them.
    pub(super) fn from_letters(letters: &[u8]) -> Token {
        let mut packed = 0;
        for (at, letter) in letters.iter().take(MAX_LETTERS).enumerate() {
            packed |= u64::from(*letter) << (64 - LETTER_BITS * (at as u32 + 1));
        }
        Token(packed)
    }

    /// Unpacks the letters into `buffer` and gives those in use.
    pub(super) fn letters(self, buffer: &mut [u8; MAX_LETTERS]) -> &[u8] {
        let mut length = 0;
        for (at, slot) in buffer.iter_mut().enumerate() {
            *slot = (self.0 >> (64 - LETTER_BITS * (at as u32 + 1)) & 0b1_1111) as u8;
            length += usize::from(*slot != 0);
        }
        &buffer[..length]
    }

    /// Is the sound without the flags: equal for words that sound alike.
    pub(super) const fn sound(self) -> u64 {
        self.0 & !FLAGS
    }

    pub(super) const fn is_frequent(self) -> bool {
        self.0 & FREQUENT != 0
    }

    pub(super) const fn is_patronym(self) -> bool {
        self.0 & PATRONYM != 0
    }

    /// Says whether the token is a single letter.
    pub(super) const fn is_initial(self) -> bool {
        self.sound() != 0 && self.0 << LETTER_BITS >> (LETTER_BITS + 4) == 0
    }
}

fn letter_number(letter: char) -> u8 {
    match letter {
        'a'..='z' => letter as u8 - b'a' + 1,
        other => 27 + (other as u32 % 5) as u8,
    }
}

/// Packs words in their order.
pub(super) fn tokens_of(words: &[Word], is_patronym: bool) -> Vec<Token> {
    words.iter().map(|word| Token::of(word, is_patronym)).collect()
}

/// A name as it is kept for comparison: up to four word sounds, 32 bytes, `Copy`; `Debug` shows their number only.
///
/// Names of more than four words keep the telling ones (patronym and frequent words go first, then the last); the
/// full comparison of [`score_names`](super::score_names) sees all of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NameKey([u64; MAX_TOKENS]);

impl NameKey {
    /// Reads a written name; empty for a text without a letter or digit.
    pub fn of(name: &str) -> NameKey {
        let words = words(name);
        let mut kept = tokens_of(&words.own, false);
        kept.extend(tokens_of(&words.patronym, true));
        while kept.len() > MAX_TOKENS {
            let telling = |token: &Token| (token.is_patronym(), token.is_frequent(), token.is_initial(), *token);
            let least = (0..kept.len()).max_by_key(|at| telling(&kept[*at]));
            kept.remove(least.unwrap_or(MAX_TOKENS));
        }
        let mut key = NameKey::default();
        for (slot, token) in key.0.iter_mut().zip(kept) {
            *slot = token.0;
        }
        key
    }

    /// Says whether the name had no letter or digit.
    pub fn is_empty(&self) -> bool {
        self.0[0] == 0
    }

    /// Lists the sounds of the words in written order, for blocking: names that share none score low or are misspelt.
    ///
    /// A sound is an opaque number, equal for words that sound alike, ordered by spelling.
    pub fn sounds(&self) -> impl Iterator<Item = u64> + '_ {
        self.tokens().map(Token::sound)
    }

    /// Lists the sounds that say something: not of single letters and frequent words, unless there is nothing else.
    pub fn telling_sounds(&self) -> impl Iterator<Item = u64> + '_ {
        let is_telling = |token: &Token| !token.is_frequent() && !token.is_initial();
        let has_telling = self.tokens().any(|token| is_telling(&token));
        self.tokens().filter(move |token| !has_telling || is_telling(token)).map(Token::sound)
    }

    /// Is the key as four numbers, for snapshots; [`from_packed`](Self::from_packed) takes them back.
    pub const fn packed(&self) -> [u64; MAX_TOKENS] {
        self.0
    }

    /// Takes back what [`packed`](Self::packed) gave; other numbers give a meaningless key, never a panic.
    pub const fn from_packed(packed: [u64; MAX_TOKENS]) -> NameKey {
        NameKey(packed)
    }

    pub(super) fn tokens(&self) -> impl Iterator<Item = Token> + Clone + '_ {
        self.0.iter().filter(|packed| **packed & !FLAGS != 0).map(|packed| Token(*packed))
    }
}

impl fmt::Debug for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NameKey({} words)", self.tokens().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_takes_32_bytes_and_survives_packing() {
        assert_eq!(size_of::<NameKey>(), 32);
        let key = NameKey::of("Siti Nurhalizah binti Abdullah");
        assert_eq!(NameKey::from_packed(key.packed()), key);
        assert_eq!(key.tokens().filter(|token| token.is_patronym()).count(), 1);
    }

    #[test]
    fn long_names_keep_their_telling_words() {
        let key = NameKey::of("MUHAMMAD RIZKI ABDURRAHMAN SYAHPUTRA HIDAYATULLAH AL GHIFARI");
        assert_eq!(key.tokens().count(), MAX_TOKENS);
        assert!(key.tokens().all(|token| !token.is_frequent()));
        assert_eq!(key.sounds().next(), NameKey::of("Rizqi").sounds().next());
    }

    #[test]
    fn letters_come_back_and_initials_are_known() {
        let mut buffer = [0; MAX_LETTERS];
        assert_eq!(Token::from_letters(&[1, 2, 31]).letters(&mut buffer), &[1, 2, 31]);
        assert!(Token::from_letters(&[19]).is_initial());
        assert!(!Token::from_letters(&[19, 1]).is_initial());
        assert!(!Token::default().is_initial());
    }

    #[test]
    fn a_key_says_nothing_in_a_log() {
        assert_eq!(format!("{:?}", NameKey::of("Siti Wulandari")), "NameKey(2 words)");
        assert!(NameKey::of(" -, ").is_empty());
    }
}
