//! Type-ahead over region names: any word, the likeliest first.
//!
//! One pass over 7,837 folded names; no index, because a pass takes less than a frame. Never decides (see `home`).

use super::table::{Kind, Table, parted_folded, spelled_out, table};
use super::{Level, RegionCode};
use crate::identity::fold::fold;

/// Query words beyond these are ignored.
const MAX_WORDS: usize = 8;
/// Letters from which a piece in the middle of a word counts (`siantar` in `Pematangsiantar`).
const MIN_INNER: usize = 4;

/// A region that a query may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub code: RegionCode,
    /// The query is this region's whole name, or a short form of it.
    pub is_exact: bool,
}

/// How well a name answers a query, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Start,
    Words,
    WithParents,
    Inner,
}

/// Searches names by the beginnings of their words and gives at most `limit` hits, the likeliest first: whole names and
/// short forms, names that begin so, names with such words, names with some words in the parents (`mapanget man`), and
/// pieces inside words; regencies and cities before provinces before districts. An empty query has no hits.
pub fn search(query: &str, limit: usize) -> Vec<Hit> {
    let folded = fold(query);
    if folded.is_empty() {
        return Vec::new();
    }
    let spelled = spelled_out(&folded);
    let (kind, bare) = parted_folded(&spelled);
    let query = Query {
        words: spelled.split(' ').take(MAX_WORDS).collect(),
        spelled: &spelled,
        kind,
        compact: spelled.replace(' ', ""),
        compact_bare: bare.replace(' ', ""),
        compact_as_typed: folded.replace(' ', ""),
    };
    let table = table();
    let mut ranked: Vec<_> = (0..table.rows.len())
        .filter_map(|index| {
            let code = table.rows[index].code;
            let fit = query.fit(table, index)?;
            let bare = parted_folded(table.folded(index)).1;
            Some((fit, order_of(code.level()), bare.len(), code))
        })
        .collect();
    ranked.sort_unstable();
    ranked.truncate(limit);
    ranked.into_iter().map(|(fit, _, _, code)| Hit { code, is_exact: fit == Fit::Exact }).collect()
}

fn order_of(level: Level) -> u8 {
    match level {
        Level::Regency => 0,
        Level::Province => 1,
        Level::District => 2,
    }
}

struct Query<'a> {
    words: Vec<&'a str>,
    spelled: &'a str,
    kind: Option<Kind>,
    compact: String,
    compact_bare: String,
    compact_as_typed: String,
}

impl Query<'_> {
    fn fit(&self, table: &Table, index: usize) -> Option<Fit> {
        let name = table.folded(index);
        let code = table.rows[index].code;
        let (kind, bare) = if code.level() == Level::Regency { parted_folded(name) } else { (None, name) };
        let is_alias = || table.aliases().iter().any(|a| a.code == code && a.compact == self.compact_as_typed);
        let is_of_kind = kind.is_some() && self.kind == kind && is_compact_of(bare, &self.compact_bare);
        if is_of_kind || is_compact_of(bare, &self.compact) || is_compact_of(name, &self.compact) {
            return Some(Fit::Exact);
        }
        if code.level() != Level::District && is_alias() {
            return Some(Fit::Exact);
        }
        if bare.starts_with(self.spelled) || name.starts_with(self.spelled) {
            return Some(Fit::Start);
        }
        let begins_a_word = |word: &str, name: &str| name.split(' ').any(|own| own.starts_with(word));
        let missing: Vec<&str> = self.words.iter().copied().filter(|word| !begins_a_word(word, name)).collect();
        if missing.is_empty() {
            return Some(Fit::Words);
        }
        if missing.len() < self.words.len() && self.is_in_parents(table, code, &missing) {
            return Some(Fit::WithParents);
        }
        let is_inner = self.compact.len() >= MIN_INNER && self.words.len() == 1 && name.contains(&self.compact);
        is_inner.then_some(Fit::Inner)
    }

    fn is_in_parents(&self, table: &Table, code: RegionCode, words: &[&str]) -> bool {
        let parents = [code.regency().filter(|regency| *regency != code), Some(code.province()).filter(|p| *p != code)];
        words.iter().all(|word| {
            parents.iter().flatten().any(|parent| {
                let own = table.index(*parent).map_or("", |index| table.folded(index));
                own.split(' ').any(|own| own.starts_with(word))
                    || table.aliases().iter().any(|alias| alias.code == *parent && alias.compact == *word)
            })
        })
    }
}

fn is_compact_of(name: &str, compact: &str) -> bool {
    name.bytes().filter(|byte| *byte != b' ').eq(compact.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(query: &str) -> Vec<String> {
        search(query, 8).into_iter().filter_map(|hit| hit.code.full_name()).collect()
    }

    #[test]
    fn the_first_hit_is_what_the_officer_means() {
        for (query, first) in [
            ("mapanget", "Mapanget, Kota Manado, Sulawesi Utara"),
            ("mapang", "Mapanget, Kota Manado, Sulawesi Utara"),
            ("karo", "Kabupaten Karo, Sumatera Utara"),
            ("kab karo", "Kabupaten Karo, Sumatera Utara"),
            ("kota bandung", "Kota Bandung, Jawa Barat"),
            ("bandung bar", "Kabupaten Bandung Barat, Jawa Barat"),
            ("kota band", "Kota Bandung, Jawa Barat"),
            ("jaksel", "Kota Administrasi Jakarta Selatan, DKI Jakarta"),
            ("jakarta sel", "Kota Administrasi Jakarta Selatan, DKI Jakarta"),
            ("sitaro", "Kabupaten Kep. Siau Tagulandang Biaro, Sulawesi Utara"),
            ("kepulauan siau", "Kabupaten Kep. Siau Tagulandang Biaro, Sulawesi Utara"),
            ("tanjungpinang", "Kota Tanjung Pinang, Kepulauan Riau"),
            ("tj pinang", "Kota Tanjung Pinang, Kepulauan Riau"),
            ("matangsiantar", "Kota Pematangsiantar, Sumatera Utara"),
            ("sulut", "Sulawesi Utara"),
            ("mapanget manado", "Mapanget, Kota Manado, Sulawesi Utara"),
            ("karanganyar kebumen", "Karanganyar, Kabupaten Kebumen, Jawa Tengah"),
            ("solo", "Kota Surakarta, Jawa Tengah"),
        ] {
            let hits = names(query);
            assert_eq!(hits.first().map(String::as_str), Some(first), "{query}: {hits:?}");
        }
    }

    #[test]
    fn whole_names_and_regencies_come_first() {
        let hits = search("bandung", 10);
        assert_eq!(hits[0].code.to_string(), "32.04");
        assert_eq!(hits[1].code.to_string(), "32.73");
        assert!(hits[0].is_exact && hits[1].is_exact);
        let many = search("karanganyar", 20);
        assert_eq!(many[0].code.level(), Level::Regency);
        assert!(many.iter().filter(|hit| hit.is_exact && hit.code.level() == Level::District).count() >= 6);
    }

    #[test]
    fn nothing_typed_finds_nothing_and_the_limit_holds() {
        assert!(search("", 5).is_empty());
        assert!(search(" .- ", 5).is_empty());
        assert!(search("zzzzqqq", 5).is_empty());
        assert_eq!(search("a", 5).len(), 5);
    }

    proptest! {
        #[test]
        fn every_region_is_found_by_its_own_name(index in 0usize..7_837) {
            let code = super::super::all().nth(index).unwrap();
            let hits = search(code.official_name().unwrap(), 60);
            prop_assert!(hits.iter().any(|hit| hit.code == code && hit.is_exact));
        }

        #[test]
        fn no_query_panics(query in ".{0,40}") {
            prop_assert!(search(&query, 7).len() <= 7);
        }
    }
}
