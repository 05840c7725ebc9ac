//! The orders in which lists are offered, kept sorted and shared: a list that holds one is not disturbed by changes.
//!
//! Rows stand in chunks behind `Arc`; a change copies one chunk of four kilobytes when somebody still holds it, and
//! nothing else. What an order compares is asked of the caller.

use std::cmp::Ordering;
use std::sync::Arc;

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// Who is seen first: the living before remains, the open before the closed; then tier, due, waiting since, number.
    #[default]
    Urgency,
    /// Newest report first.
    Newest,
    Number,
    Name,
    /// Latest change first.
    Changed,
}

impl Order {
    pub const ALL: [Self; 5] = [Self::Urgency, Self::Newest, Self::Number, Self::Name, Self::Changed];
}

/// A full chunk is parted in two.
const CHUNK: usize = 1_024;

/// Rows in one order.
#[derive(Clone, Default)]
pub struct Sorted(Arc<Vec<Arc<Vec<u32>>>>);

impl Sorted {
    /// Takes rows that are sorted already.
    pub fn from_sorted(rows: &[u32]) -> Self {
        Self(Arc::new(rows.chunks(CHUNK * 7 / 8).map(|chunk| Arc::new(chunk.to_vec())).collect()))
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|chunk| chunk.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().flat_map(|chunk| chunk.iter().copied())
    }

    /// The rows from the first that `low` does not call less, up to the first that `high` does not, piece by piece.
    pub fn between(
        &self,
        low: impl Fn(u32) -> Ordering,
        high: impl Fn(u32) -> Ordering,
    ) -> impl Iterator<Item = &[u32]> + '_ {
        let ((first, start), (last, end)) = (self.place(&low), self.place(&high));
        let chunks = self.0.iter().enumerate().take(last + 1).skip(first);
        chunks.map(move |(nth, chunk)| {
            let end = if nth == last { end } else { chunk.len() };
            let start = if nth == first { start } else { 0 };
            &chunk[start.min(end)..end]
        })
    }

    /// At most so many rows from a place on.
    pub fn page(&self, mut from: usize, limit: usize) -> Vec<u32> {
        let mut chunks = self.0.iter();
        while let Some(chunk) = chunks.as_slice().first().filter(|chunk| chunk.len() <= from) {
            from -= chunk.len();
            chunks.next();
        }
        chunks.flat_map(|chunk| chunk.iter().copied()).skip(from).take(limit).collect()
    }

    /// The row at a place.
    pub fn at(&self, mut place: usize) -> Option<u32> {
        for chunk in self.0.iter() {
            match chunk.get(place) {
                Some(row) => return Some(*row),
                None => place -= chunk.len(),
            }
        }
        None
    }

    /// The first row that `compare` does not call less.
    pub fn seek(&self, compare: impl Fn(u32) -> Ordering) -> Option<u32> {
        let (chunk, at) = self.place(&compare);
        self.0.get(chunk).and_then(|rows| rows.get(at)).or_else(|| self.0.get(chunk + 1)?.first()).copied()
    }

    /// Puts a row where `compare`, which says how another row stands to it, wants it.
    pub fn insert(&mut self, row: u32, compare: impl Fn(u32) -> Ordering) {
        let (chunk, at) = self.place(&compare);
        let chunks = Arc::make_mut(&mut self.0);
        let Some(rows) = chunks.get_mut(chunk) else {
            chunks.push(Arc::new(vec![row]));
            return;
        };
        let rows = Arc::make_mut(rows);
        rows.insert(at, row);
        if rows.len() >= CHUNK {
            let rest = rows.split_off(CHUNK / 2);
            chunks.insert(chunk + 1, Arc::new(rest));
        }
    }

    /// Takes a row out; `compare` says how another row stands to it.
    pub fn remove(&mut self, row: u32, compare: impl Fn(u32) -> Ordering) {
        let (chunk, at) = self.place(&compare);
        let is_there = self.0.get(chunk).and_then(|rows| rows.get(at)) == Some(&row);
        debug_assert!(is_there, "a row stands where its order says");
        if !is_there {
            return;
        }
        let chunks = Arc::make_mut(&mut self.0);
        Arc::make_mut(&mut chunks[chunk]).remove(at);
        if chunks[chunk].is_empty() {
            chunks.remove(chunk);
        }
    }

    /// Chunk and place of the first row that is not less; the end of the last chunk when all are.
    fn place(&self, compare: &impl Fn(u32) -> Ordering) -> (usize, usize) {
        let is_less = |row: u32| compare(row) == Ordering::Less;
        let chunk = self.0.partition_point(|rows| rows.last().is_some_and(|row| is_less(*row)));
        let chunk = chunk.min(self.0.len().saturating_sub(1));
        (chunk, self.0.get(chunk).map_or(0, |rows| rows.partition_point(|row| is_less(*row))))
    }

    pub fn bytes(&self) -> usize {
        self.0.iter().map(|chunk| chunk.capacity() * size_of::<u32>() + 48).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_stay_sorted_whatever_comes_and_goes(start in 0u32..3000, changes in prop::collection::vec(0u32..6000, 0..300)) {
            let mut sorted = Sorted::from_sorted(&(0..start).collect::<Vec<_>>());
            let mut plain: std::collections::BTreeSet<u32> = (0..start).collect();
            let held = sorted.clone();
            for row in changes {
                if plain.remove(&row) {
                    sorted.remove(row, |other| other.cmp(&row));
                } else {
                    plain.insert(row);
                    sorted.insert(row, |other| other.cmp(&row));
                }
            }
            prop_assert!(sorted.rows().eq(plain.iter().copied()));
            prop_assert_eq!(sorted.len(), plain.len());
            prop_assert_eq!(sorted.at(plain.len() / 2), plain.iter().copied().nth(plain.len() / 2));
            for (low, high) in [(700, 6_000), (0, 3), (10, 900), (900, 900)] {
                let rows = sorted.between(|row| row.cmp(&low), |row| row.cmp(&high));
                prop_assert!(rows.flatten().eq(plain.range(low..high)));
            }
            let middle = plain.len() / 3;
            prop_assert_eq!(sorted.page(middle, 40), plain.iter().copied().skip(middle).take(40).collect::<Vec<_>>());
            prop_assert_eq!(sorted.seek(|row| row.cmp(&700)), plain.range(700..).next().copied());
            prop_assert!(held.rows().eq(0..start));
        }
    }

    #[test]
    fn a_full_chunk_is_parted() {
        let mut sorted = Sorted::default();
        for row in 0..5_000 {
            sorted.insert(row, |other| other.cmp(&row));
        }
        assert!(sorted.0.len() > 4 && sorted.0.iter().all(|chunk| chunk.len() < CHUNK));
    }
}
