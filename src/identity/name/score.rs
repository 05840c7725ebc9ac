//! How alike two names are, and why: words matched in any order, weighed by how much they say.
//!
//! A score never decides that two people are one: see the rules of the duplicates, which ask for dates and numbers too.

use super::key::{MAX_LETTERS, NameKey, Token, tokens_of};
use super::reason::{Reason, Reasons};
use super::spelling::{MAX_WORDS, Word, words};
use crate::identity::fold::fold;

const FREQUENT_WEIGHT: f32 = 0.35;
const INITIAL_WEIGHT: f32 = 0.5;
/// Likeness of words that differ in their last two letters only: Saputra and Saputri, Hidayat and Hidayah.
const ENDING_LIKENESS: f32 = 0.6;
/// What is left of a score when both names give a father and the fathers differ.
const OTHER_FATHER: f32 = 0.5;
/// Fathers' names below this score differ.
const SAME_FATHER: f32 = 0.5;

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// 0..=1; 1 for names that sound alike word for word, 0 where either is empty.
    pub value: f32,
    pub reasons: Reasons,
}

/// Compares two kept names: symmetric, whatever the order of words; it allocates for misspelt words only.
///
/// Knows sounds only, so the reasons `Identical`, `Spelling`, `Order` and `Title` come from [`score_names`].
pub fn score(a: &NameKey, b: &NameKey) -> Score {
    let (mut buffer_a, mut buffer_b) = ([Token::default(); MAX_WORDS], [Token::default(); MAX_WORDS]);
    score_tokens(Parts::of_key(a, &mut buffer_a), Parts::of_key(b, &mut buffer_b))
}

/// Compares two written names, all their words, with every reason.
pub fn score_names(a: &str, b: &str) -> Score {
    let (words_a, words_b) = (words(a), words(b));
    let (own_a, patronym_a) = (tokens_of(&words_a.own, false), tokens_of(&words_a.patronym, true));
    let (own_b, patronym_b) = (tokens_of(&words_b.own, false), tokens_of(&words_b.patronym, true));
    let mut score =
        score_tokens(Parts { own: &own_a, patronym: &patronym_a }, Parts { own: &own_b, patronym: &patronym_b });
    if score.value == 0.0 {
        return score;
    }
    if words_a.has_title != words_b.has_title {
        score.reasons.add(Reason::Title);
    }
    if fold(a) == fold(b) {
        score.reasons.add(Reason::Identical);
        return score;
    }
    if is_spelt_otherwise(&words_a.own, &words_b.own) || is_spelt_otherwise(&words_b.own, &words_a.own) {
        score.reasons.add(Reason::Spelling);
    }
    if is_other_order(&words_a.own, &words_b.own) {
        score.reasons.add(Reason::Order);
    }
    score
}

/// Says whether a word of `a` sounds like one of `b` and is written like none.
fn is_spelt_otherwise(a: &[Word], b: &[Word]) -> bool {
    a.iter().any(|word| {
        let mut heard = b.iter().filter(|other| other.sound == word.sound).peekable();
        heard.peek().is_some() && heard.all(|other| other.folded != word.folded)
    })
}

/// Says whether the words that both names share stand in another order.
fn is_other_order(a: &[Word], b: &[Word]) -> bool {
    let shared = |own: &[Word], other: &[Word]| -> Vec<String> {
        let is_shared = |word: &&Word| other.iter().any(|o| o.sound == word.sound);
        own.iter().filter(is_shared).map(|word| word.sound.clone()).collect()
    };
    shared(a, b) != shared(b, a)
}

/// The two parts of a name that are compared apart; together at most [`MAX_WORDS`] tokens.
#[derive(Clone, Copy)]
struct Parts<'a> {
    own: &'a [Token],
    patronym: &'a [Token],
}

impl<'a> Parts<'a> {
    fn of_key(key: &NameKey, buffer: &'a mut [Token; MAX_WORDS]) -> Parts<'a> {
        let own = key.tokens().filter(|token| !token.is_patronym());
        let patronym = key.tokens().filter(|token| token.is_patronym());
        let own_count = own.clone().count();
        let mut count = 0;
        for (slot, token) in buffer.iter_mut().zip(own.chain(patronym)) {
            *slot = token;
            count += 1;
        }
        let (own, patronym) = buffer[..count].split_at(own_count.min(count));
        Parts { own, patronym }
    }
}

fn score_tokens(a: Parts, b: Parts) -> Score {
    let mut own = match_tokens([a.own, &[]], [b.own, &[]]);
    match (a.patronym.is_empty(), b.patronym.is_empty()) {
        (true, true) => {}
        (false, false) => {
            let fathers = match_tokens([a.patronym, &[]], [b.patronym, &[]]);
            if fathers.value >= SAME_FATHER {
                own.reasons.add(Reason::FatherAgrees);
            } else {
                own.value *= OTHER_FATHER;
                own.reasons.add(Reason::FatherDiffers);
            }
        }
        (true, false) | (false, true) => {
            // A passport may carry the father's name as a plain word.
            let with_father = match_tokens([a.own, a.patronym], [b.own, b.patronym]);
            if with_father.value > own.value {
                own = with_father;
            }
        }
    }
    own
}

fn weight(token: Token) -> f32 {
    if token.is_frequent() {
        FREQUENT_WEIGHT
    } else if token.is_initial() {
        INITIAL_WEIGHT
    } else {
        1.0
    }
}

/// The state of one matching: which words have found partners, and the weight found on both sides.
struct Matching<'a> {
    sides: [&'a [Token]; 2],
    is_used: [u32; 2],
    weight_found: f32,
    has_telling: bool,
    reasons: Reasons,
}

/// Matches words one to one in a fixed order of sounds, so that neither the order of words nor of names matters.
fn match_tokens(a: [&[Token]; 2], b: [&[Token]; 2]) -> Score {
    if a[0].is_empty() || b[0].is_empty() {
        return Score { value: 0.0, reasons: Reasons::default() };
    }
    let (mut buffer_a, mut buffer_b) = ([Token::default(); MAX_WORDS], [Token::default(); MAX_WORDS]);
    let (mut a, mut b) = (sorted(a, &mut buffer_a), sorted(b, &mut buffer_b));
    if a.iter().map(|token| token.sound()).gt(b.iter().map(|token| token.sound())) {
        std::mem::swap(&mut a, &mut b);
    }
    let mut matching =
        Matching { sides: [a, b], is_used: [0; 2], weight_found: 0.0, has_telling: false, reasons: Reasons::default() };
    matching.match_equal();
    if matching.has_unused(0) && matching.has_unused(1) {
        matching.match_glued(0);
        matching.match_glued(1);
        matching.match_initials(0);
        matching.match_initials(1);
        matching.match_near();
    }
    matching.result()
}

fn sorted<'a>(tokens: [&[Token]; 2], buffer: &'a mut [Token; MAX_WORDS]) -> &'a [Token] {
    let mut count = 0;
    for (slot, token) in buffer.iter_mut().zip(tokens.into_iter().flatten()) {
        *slot = *token;
        count += 1;
    }
    buffer[..count].sort_unstable_by_key(|token| token.sound());
    &buffer[..count]
}

impl Matching<'_> {
    fn is_free(&self, side: usize, at: usize) -> bool {
        self.is_used[side] & (1 << at) == 0
    }

    fn free(&self, side: usize) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.sides[side].len()).filter(move |at| self.is_free(side, *at))
    }

    fn has_unused(&self, side: usize) -> bool {
        self.free(side).next().is_some()
    }

    fn take(&mut self, side: usize, at: usize, likeness: f32) {
        let token = self.sides[side][at];
        self.is_used[side] |= 1 << at;
        self.weight_found += likeness * weight(token);
        self.has_telling |= !token.is_frequent() && !token.is_initial();
    }

    fn match_equal(&mut self) {
        for at in 0..self.sides[0].len() {
            let sound = self.sides[0][at].sound();
            let partner = self.free(1).find(|other| self.sides[1][*other].sound() == sound);
            if let Some(other) = partner {
                self.take(0, at, 1.0);
                self.take(1, other, 1.0);
            }
        }
    }

    /// Finds words of `side` that are two or three words of the other side written together, in whatever order.
    fn match_glued(&mut self, side: usize) {
        let other = 1 - side;
        for whole in 0..self.sides[side].len() {
            if !self.is_free(side, whole) {
                continue;
            }
            let wanted = self.sides[side][whole].sound();
            if let Some(parts) = self.parts_of(wanted, other) {
                self.take(side, whole, 1.0);
                for part in parts.into_iter().flatten() {
                    self.take(other, part, 1.0);
                }
                self.reasons.add(Reason::Glued);
            }
        }
    }

    fn parts_of(&self, wanted: u64, side: usize) -> Option<[Option<usize>; 3]> {
        let tokens = self.sides[side];
        for first in self.free(side) {
            if first_letter(tokens[first].sound()) != first_letter(wanted) {
                continue;
            }
            for second in self.free(side).filter(|second| *second != first) {
                let pair = glued(tokens[first], tokens[second]);
                if pair.sound() == wanted {
                    return Some([Some(first), Some(second), None]);
                }
                for third in self.free(side).filter(|third| *third != first && *third != second) {
                    if glued(pair, tokens[third]).sound() == wanted {
                        return Some([Some(first), Some(second), Some(third)]);
                    }
                }
            }
        }
        None
    }

    fn match_initials(&mut self, side: usize) {
        let other = 1 - side;
        for at in 0..self.sides[side].len() {
            let token = self.sides[side][at];
            if !token.is_initial() || !self.is_free(side, at) {
                continue;
            }
            let letter = first_letter(token.sound());
            let partner = self.free(other).find(|o| first_letter(self.sides[other][*o].sound()) == letter);
            if let Some(partner) = partner {
                let full = weight(self.sides[other][partner]);
                self.take(side, at, 1.0);
                self.take(other, partner, full.min(INITIAL_WEIGHT) / full);
                self.reasons.add(Reason::Initial);
            }
        }
    }

    fn match_near(&mut self) {
        loop {
            let mut best: Option<(f32, Reason, usize, usize)> = None;
            for at in self.free(0) {
                for other in self.free(1) {
                    if let Some((likeness, reason)) = near(self.sides[0][at], self.sides[1][other])
                        && best.is_none_or(|(best, ..)| likeness > best)
                    {
                        best = Some((likeness, reason, at, other));
                    }
                }
            }
            let Some((likeness, reason, at, other)) = best else { return };
            self.take(0, at, likeness);
            self.take(1, other, likeness);
            self.reasons.add(reason);
        }
    }

    fn result(mut self) -> Score {
        let total: f32 = self.sides.iter().flat_map(|side| side.iter()).map(|token| weight(*token)).sum();
        let is_whole = !self.has_unused(0) && !self.has_unused(1);
        if !is_whole {
            self.reasons.add(Reason::Missing);
            if self.weight_found > 0.0 && !self.has_telling {
                self.reasons.add(Reason::FrequentOnly);
            }
        }
        Score { value: (self.weight_found / total).clamp(0.0, 1.0), reasons: self.reasons }
    }
}

fn first_letter(sound: u64) -> u64 {
    sound >> 59
}

/// Writes two words together: doubled letters fall together, and the article's `l` gives way (Abdul Rahman is
/// Abdurrahman).
fn glued(first: Token, second: Token) -> Token {
    let (mut buffer_a, mut buffer_b) = ([0; MAX_LETTERS], [0; MAX_LETTERS]);
    let (mut head, tail) = (first.letters(&mut buffer_a), second.letters(&mut buffer_b));
    let number = |letter: u8| letter - b'a' + 1;
    let begins_with_sun = tail.first().is_some_and(|l| b"rsdtnl".iter().any(|sun| number(*sun) == *l));
    if begins_with_sun && head.ends_with(&[number(b'd'), number(b'u'), number(b'l')]) {
        head = &head[..head.len() - 1];
    }
    if head.last().is_some() && head.last() == tail.first() {
        head = &head[..head.len() - 1];
    }
    let mut letters = [0; 2 * MAX_LETTERS];
    letters[..head.len()].copy_from_slice(head);
    letters[head.len()..head.len() + tail.len()].copy_from_slice(tail);
    Token::from_letters(&letters[..head.len() + tail.len()])
}

/// Compares two words that sound differently: one slip in five letters, two in eight, never in the first.
fn near(a: Token, b: Token) -> Option<(f32, Reason)> {
    if first_letter(a.sound()) != first_letter(b.sound()) {
        return None;
    }
    let (mut buffer_a, mut buffer_b) = ([0; MAX_LETTERS], [0; MAX_LETTERS]);
    let (a, b) = (a.letters(&mut buffer_a), b.letters(&mut buffer_b));
    let longer = a.len().max(b.len());
    if longer < 5 || a.len().abs_diff(b.len()) > 2 {
        return None;
    }
    let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    if common + 2 >= longer {
        return Some((ENDING_LIKENESS, Reason::Ending));
    }
    let slips = strsim::generic_damerau_levenshtein(a, b);
    let allowed = if longer < 8 { 1 } else { 2 };
    (slips <= allowed).then(|| (1.0 - slips as f32 / longer as f32, Reason::Near))
}
