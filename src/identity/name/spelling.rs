//! From a written name to its words: titles, patronyms, abbreviations and the names that say little.
//!
//! The lists are `assets/name-spellings.tsv`, dated data. Never scores anything.

use super::sound::sound;
use crate::identity::bounded;
use crate::identity::fold::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

const SPELLINGS: &str = include_str!("../../../assets/name-spellings.tsv");
/// Characters of a name that are read; forms take 100.
const MAX_CHARS: usize = 200;
/// Words of a name that are read.
pub(super) const MAX_WORDS: usize = 12;

/// One word of a name.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As written, folded.
    pub(super) folded: String,
    /// Its sound, abbreviations spelled out.
    pub(super) sound: String,
    /// It is so common that it says little (Muhammad, Siti, Nur).
    pub(super) is_frequent: bool,
}

/// A written name taken apart.
pub(super) struct Words {
    /// The name itself, in the order written.
    pub(super) own: Vec<Word>,
    /// What follows *bin*, *binti* or *alias*.
    pub(super) patronym: Vec<Word>,
    pub(super) has_title: bool,
}

/// What a listed form is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Suffix,
    Patronym,
}

#[derive(Default)]
struct Lists {
    kinds: HashMap<&'static str, Kind>,
    leading: HashMap<&'static str, String>,
    short: HashMap<&'static str, String>,
    by_sound: HashMap<String, String>,
    frequent: Vec<String>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = Lists::default();
        for line in SPELLINGS.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(kind), Some(form)) = (fields.next(), fields.next()) else { continue };
            let stands_for = sound(fields.next().unwrap_or_default());
            match kind {
                "title" => drop(lists.kinds.insert(form, Kind::Title)),
                "suffix" => drop(lists.kinds.insert(form, Kind::Suffix)),
                "patronym" => drop(lists.kinds.insert(form, Kind::Patronym)),
                "leading" => drop(lists.leading.insert(form, stands_for)),
                "short" => drop(lists.short.insert(form, stands_for)),
                "spelling" => drop(lists.by_sound.insert(sound(form), stands_for)),
                "frequent" => lists.frequent.push(sound(form)),
                _ => {}
            }
        }
        lists
    })
}

/// Takes a written name apart; it never comes back empty when a letter was written.
pub(super) fn words(name: &str) -> Words {
    let lists = lists();
    let pieces = pieces(without_degrees(bounded(name, MAX_CHARS)));
    let mut rest: &[String] = &pieces;
    let mut has_title = false;
    while rest.len() > 1 && lists.kinds.get(rest[0].as_str()) == Some(&Kind::Title) {
        rest = &rest[1..];
        has_title = true;
    }
    while rest.len() > 1 && lists.kinds.get(rest[rest.len() - 1].as_str()) == Some(&Kind::Suffix) {
        rest = &rest[..rest.len() - 1];
        has_title = true;
    }
    let is_marker = |piece: &String| lists.kinds.get(piece.as_str()) == Some(&Kind::Patronym);
    let marker = rest.iter().position(is_marker).filter(|at| *at > 0);
    let (own, tail) = marker.map_or((rest, &rest[..0]), |at| rest.split_at(at));
    let patronym: Vec<Word> = tail.iter().filter(|piece| !is_marker(piece)).map(|piece| word(piece)).collect();
    Words { own: own_words(own), patronym, has_title }
}

/// Gives the word's sound as names are stored: abbreviations and rare spellings replaced.
pub(super) fn word(folded: &str) -> Word {
    let lists = lists();
    let heard = match lists.short.get(folded) {
        Some(stands_for) => stands_for.clone(),
        None => {
            let heard = sound(folded);
            lists.by_sound.get(&heard).cloned().unwrap_or(heard)
        }
    };
    let is_frequent = lists.frequent.contains(&heard);
    Word { folded: folded.to_owned(), sound: heard, is_frequent }
}

/// Reads the name before the patronym: the leading abbreviation (`M. Rizki`), the article (`Al Ghifari`) and the
/// Balinese particle (`I Made`, `Ni Luh`) belong to their neighbours.
fn own_words(pieces: &[String]) -> Vec<Word> {
    let mut own = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let piece = pieces[at].as_str();
        let next = pieces.get(at + 1);
        match (piece, next) {
            ("al", Some(next)) => {
                own.push(word(&format!("al{next}")));
                at += 1;
            }
            ("i" | "ni", Some(next)) if at == 0 && word(next).is_frequent => {}
            (_, Some(_)) if at == 0 && lists().leading.contains_key(piece) => {
                let mut leading = word(piece);
                leading.sound = lists().leading[piece].clone();
                leading.is_frequent = lists().frequent.contains(&leading.sound);
                own.push(leading);
            }
            (_, _) => own.push(word(piece)),
        }
        at += 1;
    }
    own
}

/// Cuts the name at a comma when only degrees follow (`Rina, S.Pd.`); `Pangemanan, Refly` is a name in two parts.
fn without_degrees(name: &str) -> &str {
    let Some((head, tail)) = name.split_once(',') else { return name };
    let is_degree = |piece: &str| piece.contains('.') || fold(piece).len() <= 3 || is_listed(piece, Kind::Suffix);
    if !fold(head).is_empty() && tail.split([' ', ',']).all(is_degree) { head } else { name }
}

fn is_listed(piece: &str, kind: Kind) -> bool {
    lists().kinds.get(joined(piece).as_str()) == Some(&kind)
}

fn joined(piece: &str) -> String {
    let mut joined = fold(piece);
    joined.retain(|c| c != ' ');
    joined
}

/// Splits at spaces and signs; a dotted title (`S.Pd`) stays one piece, a dotted abbreviation (`Moh.Rizki`) does not.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for chunk in name.split([' ', '\t', ',', '\n', '\u{a0}']) {
        let is_dotted_title = chunk.contains('.') && (is_listed(chunk, Kind::Suffix) || is_listed(chunk, Kind::Title));
        if is_dotted_title {
            pieces.push(joined(chunk));
        } else {
            pieces.extend(fold(chunk).split(' ').filter(|piece| !piece.is_empty()).map(str::to_owned));
        }
    }
    pieces.truncate(MAX_WORDS);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str) -> String {
        words(name).own.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn titles_go_and_names_stay() {
        for (written, name) in [
            ("Hj. Siti Aminah", "siti aminah"),
            ("Dr. H. Ahmad Fauzi, S.Pd., M.Si.", "ahmad fauzi"),
            ("Ahmad Fauzi S.Pd", "ahmad fauzi"),
            ("Ahmad Fauzi SE", "ahmad fauzi"),
            ("Raden Ajeng", "ajeng"),
            ("Raden", "raden"),
            ("H", "h"),
            ("Dewi R. Sinaga", "dewi r sinaga"),
            ("Pangemanan, Refly", "pangemanan refly"),
            ("Moh.Rizki", "moh rizki"),
            ("Fatimah binti Abdullah", "fatimah"),
            ("Udin alias Syamsudin", "udin"),
            ("Bin Ali", "bin ali"),
            ("Fulan Al Ghifari", "fulan alghifari"),
            ("I Made Sutama", "made sutama"),
            ("Ni Luh Sari", "luh sari"),
            (",", ""),
            ("", ""),
        ] {
            assert_eq!(own(written), name, "{written}");
        }
    }

    #[test]
    fn every_listed_line_is_of_a_known_kind() {
        let kinds = ["title", "suffix", "patronym", "leading", "short", "spelling", "frequent"];
        for line in SPELLINGS.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<_> = line.split('\t').collect();
            assert!(kinds.contains(&fields[0]), "{line}");
            assert_eq!(fields[1], fold(fields[1]), "{line}");
            assert_eq!(fields.len() == 3, ["leading", "short", "spelling"].contains(&fields[0]), "{line}");
        }
    }
}
