//! The home area as manifests write it: read where it is certain, candidates where it is not.
//!
//! Accepts `Kab. Karo`, `Jaksel`, `Mapanget, Kota Manado`, a code. Never guesses between two regions.

use super::table::{Kind, parted_folded, spelled_out, table};
use super::{Level, RegionCode};
use crate::identity::bounded;
use crate::identity::fold::fold;

const MAX_CHARS: usize = 200;
const MAX_PARTS: usize = 6;
const MAX_CANDIDATES: usize = 8;
/// Likeness (0..=1, Damerau) from which a misspelt regency is offered.
const NEAR: f64 = 0.8;

/// What a text says about a home area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// Exactly one region answers.
    Found(RegionCode),
    /// Several regions answer, or none and these (at most 8) are spelt alike; empty where nothing is near.
    Unclear(Vec<RegionCode>),
}

/// Reads a home area and gives its code only when exactly one region answers.
pub fn parse_home(text: &str) -> Option<RegionCode> {
    match read_home(text) {
        Home::Found(code) => Some(code),
        Home::Unclear(_) => None,
    }
}

/// Reads a home area: a code, or names parted by commas, finest first or last, with or without `Kab.`, `Kota`, `Kec.`.
///
/// A bare name means a province, regency or city of that name; a district only where none of those is called so.
/// Parts that name no region (a village, a street) are passed over as long as another part does.
pub fn read_home(text: &str) -> Home {
    let text = bounded(text.trim(), MAX_CHARS);
    if let Ok(code) = text.parse::<RegionCode>() {
        return if code.is_known() { Home::Found(code) } else { Home::Unclear(Vec::new()) };
    }
    let parts: Vec<&str> = text.split([',', ';', '(', ')', '\n']).collect();
    let parts: Vec<&str> = parts.into_iter().flat_map(|part| part.split(" - ")).take(MAX_PARTS).collect();
    let answers: Vec<Vec<RegionCode>> =
        parts.iter().map(|part| regions_named(part)).filter(|found| !found.is_empty()).collect();
    let mut agreed = agreed(&answers);
    match agreed.as_slice() {
        [only] => Home::Found(*only),
        [] => Home::Unclear(parts.iter().flat_map(|part| near_regencies(part)).take(MAX_CANDIDATES).collect()),
        _ => {
            agreed.truncate(MAX_CANDIDATES);
            Home::Unclear(agreed)
        }
    }
}

/// Lists the regions that agree with every part, without those that another part makes finer: `Mapanget` with
/// `Manado` is the district, `Karanganyar` with `Bandung` is nothing.
fn agreed(answers: &[Vec<RegionCode>]) -> Vec<RegionCode> {
    let is_related = |a: RegionCode, b: RegionCode| a.contains(b) || b.contains(a);
    let agrees = |code: RegionCode| answers.iter().all(|part| part.iter().any(|other| is_related(code, *other)));
    let mut parts: Vec<Vec<RegionCode>> =
        answers.iter().map(|part| part.iter().copied().filter(|code| agrees(*code)).collect()).collect();
    for part in &mut parts {
        if part.iter().any(|code| code.level() != Level::District) {
            part.retain(|code| code.level() != Level::District);
        }
    }
    let is_made_finer = |index: usize, code: RegionCode| {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, part)| part);
        others.into_iter().any(|other| *other != code && code.contains(*other))
    };
    let mut finest: Vec<RegionCode> = parts
        .iter()
        .enumerate()
        .flat_map(|(index, part)| part.iter().map(move |code| (index, *code)))
        .filter(|(index, code)| !is_made_finer(*index, *code))
        .map(|(_, code)| code)
        .collect();
    finest.sort_unstable();
    finest.dedup();
    finest
}

/// Lists every region that one part of the text names, of all levels.
fn regions_named(part: &str) -> Vec<RegionCode> {
    let folded = fold(part);
    if folded.is_empty() {
        return Vec::new();
    }
    let spelled = spelled_out(&folded);
    let (level, wanted) = if let Some(rest) = spelled.strip_prefix("kecamatan ") {
        (Some(Level::District), rest)
    } else if let Some(rest) = spelled.strip_prefix("provinsi ") {
        (Some(Level::Province), rest)
    } else {
        (None, spelled.as_str())
    };
    let (kind, bare) = parted_folded(wanted);
    let compact_typed = folded.replace(' ', "");
    let compact_whole = wanted.replace(' ', "");
    let compact_bare = bare.replace(' ', "");
    let table = table();
    let mut found = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let own_level = row.code.level();
        if level.is_some_and(|level| level != own_level) {
            continue;
        }
        let name = table.folded(index);
        let is_named = if own_level == Level::Regency {
            let (own_kind, own_bare) = parted_folded(name);
            (kind.is_none() || kind == own_kind) && is_spaceless(own_bare, &compact_bare)
        } else {
            is_spaceless(name, &compact_whole)
        };
        if is_named {
            found.push(row.code);
        }
    }
    let alias_of = |compact: &str| table.aliases().iter().find(|alias| alias.compact == compact).map(|a| a.code);
    let alias = alias_of(&compact_typed).or_else(|| alias_of(&compact_bare).filter(|_| kind != Some(Kind::Kota)));
    found.extend(alias.filter(|code| level.is_none_or(|level| level == code.level()) && !found.contains(code)));
    found
}

fn is_spaceless(name: &str, compact: &str) -> bool {
    name.bytes().filter(|byte| *byte != b' ').eq(compact.bytes())
}

/// Lists regencies and cities spelt nearly like the text, nearest first.
fn near_regencies(part: &str) -> Vec<RegionCode> {
    let spelled = spelled_out(&fold(part));
    let (kind, bare) = parted_folded(&spelled);
    if bare.len() < 4 {
        return Vec::new();
    }
    let table = table();
    let mut near: Vec<(u32, RegionCode)> = Vec::new();
    for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| row.code.level() == Level::Regency) {
        let (own_kind, own_bare) = parted_folded(table.folded(index));
        let likeness = strsim::normalized_damerau_levenshtein(own_bare, bare);
        if likeness >= NEAR && (kind.is_none() || kind == own_kind) {
            near.push((((1.0 - likeness) * 1_000.0) as u32, row.code));
        }
    }
    near.sort_unstable();
    near.into_iter().map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_of_manifests_are_read() {
        for (text, code) in [
            ("Kabupaten Karo", "12.06"),
            ("Kab. Karo", "12.06"),
            ("KAB KARO", "12.06"),
            ("karo", "12.06"),
            ("Kota Administrasi Jakarta Selatan", "31.74"),
            ("Kota Adm. Jakarta Selatan", "31.74"),
            ("Kota Jakarta Selatan", "31.74"),
            ("Jakarta Selatan", "31.74"),
            ("Jaksel", "31.74"),
            ("Kabupaten Kep. Siau Tagulandang Biaro", "71.09"),
            ("Kab. Kepulauan Siau Tagulandang Biaro", "71.09"),
            ("Sitaro", "71.09"),
            ("Kab. Sitaro", "71.09"),
            ("Kota Tanjungpinang", "21.72"),
            ("Kotamadya Medan", "12.71"),
            ("Manado", "71.71"),
            ("Mapanget", "71.71.08"),
            ("Kec. Mapanget, Kota Manado", "71.71.08"),
            ("Mapanget, Manado, Sulut", "71.71.08"),
            ("Desa Mana Saja, Kec. Karanganyar, Kab. Kebumen", "33.05.20"),
            ("Sulawesi Utara - Manado", "71.71"),
            ("Bandung (Kota Bandung)", "32.73"),
            ("71.71.08", "71.71.08"),
            ("717108", "71.71.08"),
            ("DKI Jakarta", "31"),
            ("Daerah Khusus Ibukota Jakarta", "31"),
            ("Prov. Bali", "51"),
            ("Kabupaten Batu Bara", "12.19"),
            ("Kab. Tapanuli Tengah", "12.01"),
        ] {
            assert_eq!(parse_home(text), text_code(code), "{text}");
        }
    }

    fn text_code(code: &str) -> Option<RegionCode> {
        code.parse().ok()
    }

    #[test]
    fn two_readings_are_offered_and_none_is_taken() {
        for (text, candidates) in [
            ("Bandung", vec!["32.04", "32.73"]),
            ("Tangerang, Banten", vec!["36.03", "36.71"]),
            ("Gorontalo", vec!["75", "75.01", "75.71"]),
            ("Bengkulu", vec!["17", "17.71"]),
        ] {
            let Home::Unclear(found) = read_home(text) else { panic!("{text} is not certain") };
            assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), candidates, "{text}");
        }
        let Home::Unclear(many) = read_home("Kec. Karanganyar") else { panic!("six districts are called so") };
        assert!(many.len() >= 6 && many.len() <= MAX_CANDIDATES);
    }

    #[test]
    fn a_misspelt_regency_is_offered_never_taken() {
        assert_eq!(read_home("Kab. Pemalamg"), Home::Unclear(vec!["33.27".parse().unwrap()]));
        assert_eq!(read_home("antah berantah"), Home::Unclear(vec![]));
        assert_eq!(read_home(""), Home::Unclear(vec![]));
        assert_eq!(read_home("99.99"), Home::Unclear(vec![]));
    }

    #[test]
    fn parts_that_contradict_each_other_are_not_certain() {
        assert_eq!(parse_home("Kota Manado, Jawa Barat"), None);
    }

    #[test]
    fn every_regency_is_read_back_from_its_own_name() {
        for code in super::super::all().filter(|code| code.level() == Level::Regency) {
            assert_eq!(parse_home(code.official_name().unwrap()), Some(code), "{code}");
        }
    }
}
