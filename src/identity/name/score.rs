//! How alike two names are, and why: words matched in any order, weighed by how much they say.
//!
//! A score never decides that two people are one: see the rules of the duplicates, which ask for dates and numbers too.

use super::key::{MAX_LETTERS, NameKey, Token, Tokens};
use super::spelling::{Word, words};
use crate::identity::fold::fold;

const FREQUENT_WEIGHT: f32 = 0.35;
const INITIAL_WEIGHT: f32 = 0.5;
/// Likeness of words that differ in their last two letters only: Saputra and Saputri, Hidayat and Hidayah.
const ENDING_LIKENESS: f32 = 0.6;
/// What is left of a score when both names give a father and the fathers differ.
const OTHER_FATHER: f32 = 0.5;
/// Fathers' names below this score differ.
const SAME_FATHER: f32 = 0.5;

/// One reason behind a score; the order is the order on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Reason {
    /// The names are the same letter by letter, signs and case aside.
    Identical,
    /// A word is spelt otherwise and sounds the same.
    Spelling,
    /// The words stand in another order.
    Order,
    /// Words are written together in one of the names.
    Glued,
    /// A title or a degree was left aside.
    Title,
    /// A single letter stands for a word.
    Initial,
    /// A word differs by one letter or two.
    Near,
    /// Words differ in their endings only, often those of men's and women's names.
    Ending,
    /// A word of one name has no partner in the other.
    Missing,
    /// Only frequent words agree.
    FrequentOnly,
    FatherAgrees,
    FatherDiffers,
}

impl Reason {
    /// Lists every reason in screen order.
    pub const ALL: [Reason; 12] = [
        Reason::Identical,
        Reason::Spelling,
        Reason::Order,
        Reason::Glued,
        Reason::Title,
        Reason::Initial,
        Reason::Near,
        Reason::Ending,
        Reason::Missing,
        Reason::FrequentOnly,
        Reason::FatherAgrees,
        Reason::FatherDiffers,
    ];

    /// Is the key of the reason's words in the text catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Reason::Identical => "name-identical",
            Reason::Spelling => "name-spelling",
            Reason::Order => "name-order",
            Reason::Glued => "name-glued",
            Reason::Title => "name-title",
            Reason::Initial => "name-initial",
            Reason::Near => "name-near",
            Reason::Ending => "name-ending",
            Reason::Missing => "name-missing",
            Reason::FrequentOnly => "name-frequent-only",
            Reason::FatherAgrees => "name-father-agrees",
            Reason::FatherDiffers => "name-father-differs",
        }
    }
}

/// A set of reasons in two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reasons(u16);

impl Reasons {
    pub const fn has(self, reason: Reason) -> bool {
        self.0 & (1 << reason as u8) != 0
    }

    /// Lists the reasons in screen order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.has(*reason))
    }

    fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u8;
    }
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// 0..=1; 1 for names that sound alike word for word, 0 where either is empty.
    pub value: f32,
    pub reasons: Reasons,
}

/// Compares two kept names; symmetric, order-free, without allocation for names of exact words.
///
/// Knows sounds only, so the reasons `Identical`, `Spelling`, `Order` and `Title` come from [`score_names`].
pub fn score(a: &NameKey, b: &NameKey) -> Score {
    let split = |key: &NameKey| {
        let (patronym, own) = key.tokens().partition(|token| token.is_patronym());
        Tokens { own, patronym }
    };
    score_tokens(&split(a), &split(b))
}

/// Compares two written names, all their words, with every reason.
pub fn score_names(a: &str, b: &str) -> Score {
    let (words_a, words_b) = (words(a), words(b));
    let tokens_a = Tokens::of_words(&words_a.own, &words_a.patronym);
    let tokens_b = Tokens::of_words(&words_b.own, &words_b.patronym);
    let mut score = score_tokens(&tokens_a, &tokens_b);
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
    let is_spelt_otherwise = |word: &Word| {
        let heard = words_b.own.iter().filter(|other| other.sound == word.sound);
        heard.clone().next().is_some() && heard.into_iter().all(|other| other.folded != word.folded)
    };
    if words_a.own.iter().any(is_spelt_otherwise) {
        score.reasons.add(Reason::Spelling);
    }
    if is_other_order(&words_a.own, &words_b.own) {
        score.reasons.add(Reason::Order);
    }
    score
}

/// Says whether the words that both names share stand in another order.
fn is_other_order(a: &[Word], b: &[Word]) -> bool {
    let shared = |own: &[Word], other: &[Word]| -> Vec<String> {
        let is_shared = |word: &&Word| other.iter().any(|o| o.sound == word.sound);
        own.iter().filter(is_shared).map(|word| word.sound.clone()).collect()
    };
    shared(a, b) != shared(b, a)
}

fn score_tokens(a: &Tokens, b: &Tokens) -> Score {
    let mut own = match_tokens(&a.own, &b.own);
    match (a.patronym.is_empty(), b.patronym.is_empty()) {
        (true, true) => {}
        (false, false) => {
            let fathers = match_tokens(&a.patronym, &b.patronym);
            if fathers.value >= SAME_FATHER {
                own.reasons.add(Reason::FatherAgrees);
            } else {
                own.value *= OTHER_FATHER;
                own.reasons.add(Reason::FatherDiffers);
            }
        }
        (true, false) | (false, true) => {
            // A passport may carry the father's name as a plain word.
            let all = |tokens: &Tokens| [tokens.own.as_slice(), tokens.patronym.as_slice()].concat();
            let with_father = match_tokens(&all(a), &all(b));
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
fn match_tokens(a: &[Token], b: &[Token]) -> Score {
    if a.is_empty() || b.is_empty() {
        return Score { value: 0.0, reasons: Reasons::default() };
    }
    let sorted = |tokens: &[Token]| {
        let mut tokens = tokens.to_vec();
        tokens.sort_unstable_by_key(|token| token.sound());
        tokens
    };
    let (mut a, mut b) = (sorted(a), sorted(b));
    if a.iter().map(|token| token.sound()).gt(b.iter().map(|token| token.sound())) {
        std::mem::swap(&mut a, &mut b);
    }
    let mut matching = Matching {
        sides: [&a, &b],
        is_used: [0; 2],
        weight_found: 0.0,
        has_telling: false,
        reasons: Reasons::default(),
    };
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
    Token::from_letters(&[head, tail].concat())
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
