//! Places in queries: provinces and regencies by name or code, countries by name or code. Districts are too many and too
//! alike to be asked for by name.

use super::fields::nearest;
use crate::identity::country::{self, Country};
use crate::identity::fold::{compact, fold};
use crate::identity::region::{self, Level, RegionCode};

/// Regions that are looked at among the hits of a name.
const MAX_HITS: usize = 12;

/// The provinces and regencies of this name or code, without dots (`71`, `7171`): several for `bogor`, none for an
/// unknown one. Codes that are no longer in the list are taken as they are: they stand in old records.
pub(super) fn homes(text: &str) -> Vec<u32> {
    let digits = compact(text);
    if !digits.is_empty()
        && digits.len() <= 6
        && digits.len().is_multiple_of(2)
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return digits.parse().into_iter().filter(|code| *code > 10).collect();
    }
    let hits = region::search(&fold(text), MAX_HITS);
    let mut found: Vec<u32> = hits.iter().filter(|hit| hit.is_exact).filter_map(|hit| coarse(hit.code)).collect();
    found.sort_unstable();
    found
}

/// The code without dots of a province or regency.
fn coarse(code: RegionCode) -> Option<u32> {
    match code.level() {
        Level::Province => Some(code.packed() / 10_000),
        Level::Regency => Some(code.packed() / 100),
        Level::District => None,
    }
}

/// The alpha-3 code of a country.
pub(super) fn country(text: &str) -> Option<[u8; 3]> {
    Country::parse(text)?.code().as_bytes().try_into().ok()
}

/// Provinces and regencies that a beginning may mean.
pub(super) fn homes_begun(start: &str, limit: usize) -> Vec<String> {
    if start.trim().is_empty() {
        return region::all().filter(|code| code.level() == Level::Province).filter_map(name).take(limit).collect();
    }
    let hits = region::search(start, limit * 2).into_iter().map(|hit| hit.code);
    hits.filter(|code| code.level() != Level::District).filter_map(name).take(limit).collect()
}

fn name(code: RegionCode) -> Option<String> {
    code.short_name().or_else(|| code.name().map(str::to_owned))
}

/// Countries that a beginning may mean.
pub(super) fn countries_begun(start: &str, limit: usize) -> Vec<String> {
    country::search(start, limit).into_iter().map(|country| country.name_id().to_owned()).collect()
}

/// The province or regency that is spelt most like this.
pub(super) fn nearest_home(text: &str) -> Option<String> {
    let names: Vec<String> = region::all().filter(|code| coarse(*code).is_some()).filter_map(name).collect();
    nearest_of(text, &names)
}

/// The country that is spelt most like this.
pub(super) fn nearest_country(text: &str) -> Option<String> {
    let names: Vec<String> = country::all().map(|country| country.name_id().to_owned()).collect();
    nearest_of(text, &names)
}

/// The name that is spelt most like this, if any is near.
pub(super) fn nearest_of(text: &str, names: &[String]) -> Option<String> {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let near = nearest(&fold(text), folded.iter().map(String::as_str))?;
    folded.iter().position(|name| name == near).map(|at| names[at].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_known_by_name_and_code() {
        for (text, codes) in [
            ("71", vec![71]),
            ("71.71", vec![7171]),
            ("manado", vec![7171]),
            ("sulawesi-utara", vec![71]),
            ("dki", vec![31]),
            ("jaksel", vec![3174]),
            ("bogor", vec![3201, 3271]),
            ("nowhere", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(homes(text), codes, "{text}");
        }
        assert_eq!(country("kamboja"), Some(*b"KHM"));
        assert_eq!(country("Cambodia"), Some(*b"KHM"));
        assert_eq!(country("atlantis"), None);
        assert_eq!(nearest_home("manadoo").as_deref(), Some("Manado"));
        assert_eq!(nearest_country("kambodja").as_deref(), Some("Kamboja"));
        assert!(homes_begun("sulawesi u", 8).contains(&"Sulawesi Utara".to_owned()));
        assert_eq!(homes_begun("", 5).len(), 5);
    }
}
