//! Older region codes: what a code in an old NIK meant, and what it is called today.
//!
//! Sources: `assets/region-codes-historic.csv` (2021 list against 2025 list, computed) and `assets/region-history.tsv`
//! (marked T or K per row). A NIK keeps its code for life, so these explain and never correct.

use super::{Level, RegionCode};
use std::sync::OnceLock;

const RENUMBERED: &str = include_str!("../../../assets/region-codes-historic.csv");
const HISTORY: &str = include_str!("../../../assets/region-history.tsv");

/// What became of a regency code that today's list does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Former {
    /// The regency goes by another code today.
    Renumbered { now: RegionCode },
    /// A new province was split off; the regency may be one of those that went there.
    Split { province: RegionCode },
}

/// Today's code meant another regency in an earlier edition, so that an old NIK can be read in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    pub now: RegionCode,
    pub before: RegionCode,
}

#[derive(Default)]
struct History {
    renumbered: Vec<(RegionCode, RegionCode)>,
    splits: Vec<(RegionCode, RegionCode)>,
    ambiguous: Vec<Once>,
}

fn history() -> &'static History {
    static HISTORY_TABLE: OnceLock<History> = OnceLock::new();
    HISTORY_TABLE.get_or_init(|| {
        let mut history = History::default();
        for line in RENUMBERED.lines().skip(1) {
            let mut fields = line.split(',');
            let old = fields.next().and_then(|code| code.parse().ok());
            let new = fields.nth(1).and_then(|code| code.parse().ok());
            history.renumbered.extend(old.zip(new));
        }
        for line in HISTORY.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let kind = fields.next();
            let old = fields.next().and_then(|code| code.parse().ok());
            let new = fields.next().and_then(|code| code.parse().ok());
            let Some((old, new)) = old.zip(new) else { continue };
            match kind {
                Some("renumbered") => history.renumbered.push((old, new)),
                Some("split") => history.splits.push((old, new)),
                Some("ambiguous") => history.ambiguous.push(Once { now: old, before: new }),
                Some(_) | None => {}
            }
        }
        history
    })
}

/// Says what became of the regency of `code` when today's list does not hold it; `None` where nothing is known.
///
/// A province of the splits answers [`Former::Split`] for every regency code that it does not use today.
pub fn former(code: RegionCode) -> Option<Former> {
    let regency = code.regency()?;
    if regency.is_known() {
        return None;
    }
    let history = history();
    if let Some((_, now)) = history.renumbered.iter().find(|(old, _)| *old == regency) {
        return Some(Former::Renumbered { now: *now });
    }
    let split = history.splits.iter().find(|(old, _)| *old == code.province());
    split.map(|(_, province)| Former::Split { province: *province })
}

/// Says whether today's code of a regency meant another one before (96.04 and 96.05 do).
pub fn once_also(code: RegionCode) -> Option<Once> {
    if code.level() == Level::Province {
        return None;
    }
    history().ambiguous.iter().find(|once| Some(once.now) == code.regency()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().unwrap()
    }

    #[test]
    fn every_line_of_both_lists_is_read() {
        let lines = HISTORY.lines().filter(|line| !line.starts_with('#')).count();
        let history = history();
        assert_eq!(RENUMBERED.lines().count() - 1, 26);
        assert_eq!(history.renumbered.len() + history.splits.len() + history.ambiguous.len(), 26 + lines);
        assert!(history.renumbered.iter().all(|(old, new)| !old.is_known() && new.is_known()));
    }

    #[test]
    fn a_renumbered_regency_is_found_by_its_districts_too() {
        assert_eq!(former(code("91.01")), Some(Former::Renumbered { now: code("93.01") }));
        assert_eq!(former(code("92.71.03")), Some(Former::Renumbered { now: code("96.71") }));
        assert_eq!(former(code("64.73.01")), Some(Former::Renumbered { now: code("65.71") }));
    }

    #[test]
    fn a_split_answers_only_for_codes_that_are_gone() {
        assert_eq!(former(code("32.60")), Some(Former::Split { province: code("36") }));
        assert_eq!(former(code("91.60")), Some(Former::Split { province: code("92") }));
        assert_eq!(former(code("32.04")), None);
        assert_eq!(former(code("33.60")), None);
    }

    #[test]
    fn the_two_ambiguous_codes_know_both_readings() {
        assert_eq!(once_also(code("96.04.01")), Some(Once { now: code("96.04"), before: code("96.02") }));
        assert_eq!(once_also(code("96.05")).map(|once| once.before), Some(code("96.03")));
        assert_eq!(once_also(code("96.71")), None);
    }
}
