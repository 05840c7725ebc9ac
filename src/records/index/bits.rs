//! A set of rows: one bit each.

/// Rows that are in.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

/// Shows how many, never which.
impl std::fmt::Debug for Bits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bits({})", self.count())
    }
}

impl Bits {
    /// No row of so many.
    pub fn none(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// Every row of so many.
    pub fn all(rows: usize) -> Self {
        let mut words = vec![u64::MAX; rows.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !rows.is_multiple_of(64)
        {
            *last = (1 << (rows % 64)) - 1;
        }
        Self(words)
    }

    /// Puts a row in or takes it out; grows as needed.
    pub fn set(&mut self, row: u32, is_in: bool) {
        let word = row as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        let bit = 1 << (row % 64);
        self.0[word] = if is_in { self.0[word] | bit } else { self.0[word] & !bit };
    }

    pub fn has(&self, row: u32) -> bool {
        self.0.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows that are in, in order.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(at as u32 * 64 + bit)
            })
        })
    }

    /// The bits of a page of 256 rows.
    pub fn page(&self, page: usize) -> [u64; 4] {
        std::array::from_fn(|nth| self.0.get(page * 4 + nth).copied().unwrap_or(0))
    }

    /// Replaces the bits of a page, as far as the set reaches.
    pub fn set_page(&mut self, page: usize, bits: [u64; 4]) {
        self.0.iter_mut().skip(page * 4).zip(bits).for_each(|(word, new)| *word = new);
    }

    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    /// Takes out what is in the other.
    pub fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, less)| *word &= !less);
    }

    pub fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_and_out_and_are_counted() {
        let mut bits = Bits::none(100);
        for row in [0, 63, 64, 99, 300] {
            bits.set(row, true);
        }
        assert_eq!(bits.rows().collect::<Vec<_>>(), [0, 63, 64, 99, 300]);
        bits.set(64, false);
        assert!(bits.has(63) && !bits.has(64) && !bits.has(4_000) && bits.count() == 4);
        assert_eq!(bits.page(1), [1 << 44, 0, 0, 0]);
        assert_eq!(bits.page(2), [0; 4]);
        assert_eq!(Bits::all(130).count(), 130);
        let mut rest = Bits::all(130);
        rest.remove(&bits);
        assert_eq!(rest.count(), 127);
        rest.add(&bits);
        assert_eq!(rest.count(), 130);
    }
}
