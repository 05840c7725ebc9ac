//! Dice that fall the same way for the same seed, on every machine and in every release. Never for keys or secrets.

/// A small generator (SplitMix64): one 64-bit state, no allocation.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice for one purpose: the same three numbers give the same falls.
    pub fn of(seed: u64, purpose: u64, index: u64) -> Self {
        let mut dice = Self(seed ^ purpose.wrapping_mul(0xA076_1D64_78BD_642F));
        let stirred = dice.roll();
        dice.0 = stirred ^ index.wrapping_mul(0xE703_7ED1_A0B4_28DB);
        dice.roll();
        dice
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).unsigned_abs()) as i64
    }

    /// True in so many of a hundred falls.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of the list, which is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    /// One of the list by weights, which are not all zero.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u64)]) -> T {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        for (what, weight) in list {
            if left < *weight {
                return *what;
            }
            left -= weight;
        }
        list[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_and_another_does_not() {
        let falls = |seed, index| {
            let mut dice = Dice::of(seed, 1, index);
            [dice.roll(), dice.roll(), dice.roll()]
        };
        assert_eq!(falls(7, 3), falls(7, 3));
        assert_ne!(falls(7, 3), falls(8, 3));
        assert_ne!(falls(7, 3), falls(7, 4));
    }

    #[test]
    fn weights_and_bounds_hold() {
        let mut dice = Dice::of(1, 2, 3);
        let mut heavy = 0;
        for _ in 0..10_000 {
            assert!((-2..=2).contains(&dice.between(-2, 2)));
            heavy += u32::from(dice.weighted(&[(true, 90), (false, 10)]));
        }
        assert!((8_700..9_300).contains(&heavy), "{heavy}");
    }
}
