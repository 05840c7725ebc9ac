//! The region list in memory: rows sorted by code, names in place, folded names in one arena.
//!
//! Built once from the text compiled in; never changed afterwards.

use super::{Level, RegionCode};
use crate::identity::fold::{compact, fold};
use std::sync::OnceLock;

const REGIONS: &str = include_str!("../../../assets/regions.tsv");
const ALIASES: &str = include_str!("../../../assets/region-aliases.tsv");

/// Everything that is looked up: 7,837 rows of 24 bytes, an arena of folded names, a few hundred short names.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    folded: String,
    aliases: Vec<Alias>,
}

/// One region: its code, its name inside the compiled-in list, and where its folded name ends in the arena.
pub(super) struct Row {
    pub(super) code: RegionCode,
    pub(super) name: &'static str,
    folded_end: u32,
}

/// A short or former name that people write for a region; `is_shown` ones replace the official name on screen.
pub(super) struct Alias {
    pub(super) code: RegionCode,
    pub(super) compact: String,
    shown: Option<&'static str>,
}

/// Is the one table, built at the first call.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(Table::build)
}

impl Table {
    fn build() -> Table {
        let mut rows: Vec<Row> = Vec::with_capacity(7_837);
        let mut folded = String::with_capacity(120_000);
        for line in REGIONS.lines() {
            let Some((code, name)) = line.split_once('\t') else { continue };
            let Ok(code) = code.parse() else { continue };
            folded.push_str(&spelled_out(&fold(name)));
            rows.push(Row { code, name, folded_end: folded.len() as u32 });
        }
        folded.shrink_to_fit();
        let aliases = ALIASES.lines().filter(|line| !line.starts_with('#')).filter_map(alias_of_line).collect();
        Table { rows, folded, aliases }
    }

    pub(super) fn find(&self, code: RegionCode) -> Option<&Row> {
        self.index(code).map(|index| &self.rows[index])
    }

    pub(super) fn index(&self, code: RegionCode) -> Option<usize> {
        self.rows.binary_search_by_key(&code, |row| row.code).ok()
    }

    /// Is the folded name of row `index`, `kabupaten` or `kota` included, abbreviations spelled out.
    pub(super) fn folded(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.rows[index - 1].folded_end as usize };
        &self.folded[start..self.rows[index].folded_end as usize]
    }

    pub(super) fn aliases(&self) -> &[Alias] {
        &self.aliases
    }

    pub(super) fn shown_name(&self, code: RegionCode) -> Option<&'static str> {
        let alias = self.aliases.iter().find(|alias| alias.code == code && alias.shown.is_some());
        alias.and_then(|alias| alias.shown).or_else(|| self.find(code).map(|row| row.name))
    }

    /// Shortens a regency to its bare name, unless a regency and a city share it.
    pub(super) fn short_regency(&self, code: RegionCode) -> Option<String> {
        let name = self.shown_name(code)?;
        let (kind, bare) = parted(name);
        let is_shared = self.rows.iter().any(|row| {
            row.code.level() == Level::Regency && row.code != code && parted(row.name).1 == bare && kind.is_some()
        });
        Some(match kind {
            Some(Kind::Kabupaten) if is_shared => format!("Kab {bare}"),
            Some(Kind::Kota) if is_shared => format!("Kota {bare}"),
            Some(_) | None => bare.to_owned(),
        })
    }
}

/// The two kinds of second-level regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Kabupaten,
    Kota,
}

/// Parts an official second-level name into its kind and its bare name; other names have no kind.
fn parted(name: &'static str) -> (Option<Kind>, &'static str) {
    for (prefix, kind) in [
        ("Kabupaten Administrasi ", Kind::Kabupaten),
        ("Kota Administrasi ", Kind::Kota),
        ("Kabupaten ", Kind::Kabupaten),
        ("Kota ", Kind::Kota),
    ] {
        if let Some(bare) = name.strip_prefix(prefix) {
            return (Some(kind), bare);
        }
    }
    (None, name)
}

/// Parts a folded second-level name the same way: `kota administrasi jakarta timur` is a city named `jakarta timur`.
pub(super) fn parted_folded(folded: &str) -> (Option<Kind>, &str) {
    let (kind, bare) = if let Some(bare) = folded.strip_prefix("kabupaten ") {
        (Some(Kind::Kabupaten), bare)
    } else if let Some(bare) = folded.strip_prefix("kota ") {
        (Some(Kind::Kota), bare)
    } else {
        (None, folded)
    };
    (kind, bare.strip_prefix("administrasi ").filter(|_| kind.is_some()).unwrap_or(bare))
}

/// Spells out the abbreviations that forms and the list itself use, word by word, in folded text.
pub(super) fn spelled_out(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len() + 8);
    for word in folded.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(match word {
            "kab" | "kabupaten" => "kabupaten",
            "kodya" | "kotamadya" | "kotamdya" => "kota",
            "adm" | "admin" => "administrasi",
            "kep" => "kepulauan",
            "peg" => "pegunungan",
            "tj" | "tg" | "tjg" => "tanjung",
            "kec" => "kecamatan",
            "prov" | "prop" | "propinsi" => "provinsi",
            other => other,
        });
    }
    out
}

fn alias_of_line(line: &'static str) -> Option<Alias> {
    let mut fields = line.split('\t');
    let code = fields.next()?.parse().ok()?;
    let text = fields.next()?;
    let shown = (fields.next() == Some("shown")).then_some(text);
    Some(Alias { code, compact: compact(text), shown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_in_the_table() {
        assert_eq!(table().rows.len(), REGIONS.lines().count());
        let alias_lines = ALIASES.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(table().aliases.len(), alias_lines);
        assert!(table().aliases.iter().all(|alias| table().find(alias.code).is_some()));
    }

    #[test]
    fn the_table_stays_small() {
        let bytes = table().rows.capacity() * size_of::<Row>() + table().folded.capacity();
        assert!(bytes < 300_000, "{bytes} bytes");
    }

    #[test]
    fn an_alias_names_one_region_only() {
        let mut names: Vec<_> = table().aliases.iter().map(|alias| &alias.compact).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
