//! Pages, registers and orders as bytes, little-endian and in a fixed layout, and back.
//!
//! Reading checks every length and every place, and answers `None` for anything that does not fit: bytes may come from a
//! damaged or foreign file. [`SCHEMA`] changes with any change here or in what the texts of a page hold.

use super::facts::Columns;
use super::page::{Page, ROWS, Texts, has_digit, letters};
use crate::identity::name::NameKey;
use ulid::Ulid;

/// The number of this layout.
pub const SCHEMA: u32 = 4;

/// Bytes that are read from the front.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// A count of things that take at least so many bytes each: never more than there is room for.
    fn count(&mut self, each: usize) -> Option<usize> {
        let count = self.u32()? as usize;
        (count.checked_mul(each)? <= self.0.len()).then_some(count)
    }

    pub fn ids(&mut self) -> Option<Vec<Ulid>> {
        let count = self.count(16)?;
        (0..count).map(|_| self.array().map(u128::from_le_bytes).map(Ulid)).collect()
    }

    pub fn rows(&mut self) -> Option<Vec<u32>> {
        let count = self.count(4)?;
        (0..count).map(|_| self.u32()).collect()
    }

    pub fn page(&mut self) -> Option<Page> {
        let ids = self.ids().filter(|ids| ids.len() <= ROWS)?;
        let facts = Columns::read(self, ids.len())?;
        let mut sound = || Some(NameKey::from_packed([self.u64()?, self.u64()?, self.u64()?, self.u64()?]));
        let sounds = (0..ids.len()).map(|_| sound()).collect::<Option<_>>()?;
        let mut texts = || self.texts(ids.len());
        let (names, keys, shown) = (texts()?, texts()?, texts()?);
        let has_digits = has_digit(&names.text);
        let key_letters = letters(&keys.text);
        Some(Page { ids, facts, sounds, names, has_digits, keys, key_letters, shown })
    }

    fn texts(&mut self, rows: usize) -> Option<Texts> {
        let length = self.count(1)?;
        let text = std::str::from_utf8(self.take(length)?).ok()?.to_owned();
        let ends: Vec<u32> = (0..rows).map(|_| self.u32()).collect::<Option<_>>()?;
        let is_whole = ends.last().is_none_or(|end| *end as usize == length);
        let fit = ends.is_sorted() && ends.iter().all(|end| text.is_char_boundary(*end as usize));
        (is_whole && fit).then_some(Texts { text, ends })
    }
}

/// Writes ids with their count.
pub fn put_ids(out: &mut Vec<u8>, ids: &[Ulid]) {
    out.extend((ids.len() as u32).to_le_bytes());
    ids.iter().for_each(|id| out.extend(id.0.to_le_bytes()));
}

/// Writes rows with their count.
pub fn put_rows(out: &mut Vec<u8>, rows: &[u32]) {
    out.extend((rows.len() as u32).to_le_bytes());
    rows.iter().for_each(|row| out.extend(row.to_le_bytes()));
}

/// Writes a page.
pub fn put_page(out: &mut Vec<u8>, page: &Page) {
    put_ids(out, &page.ids);
    page.facts.write(page.len(), out);
    page.sounds.iter().flat_map(|name| name.packed()).for_each(|part| out.extend(part.to_le_bytes()));
    for texts in [&page.names, &page.keys, &page.shown] {
        out.extend((texts.text.len() as u32).to_le_bytes());
        out.extend(texts.text.as_bytes());
        texts.ends.iter().for_each(|end| out.extend(end.to_le_bytes()));
    }
}
