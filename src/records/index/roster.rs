//! Who belongs to what: the people of a movement, the last number of a year, whether anything is sealed.

use super::{Index, Order, Seen};
use crate::domain::summary::Signs;
use ulid::Ulid;

impl Index {
    /// The rows of a movement's people, withdrawn ones among them; a pass over all rows.
    pub fn rows_of_movement(&self, movement: Ulid) -> Vec<u32> {
        let Some(place) = self.rows.registers().movements.find(movement) else { return Vec::new() };
        (0..self.rows.len() as u32).filter(|row| self.seen(*row).facts().movement == place).collect()
    }

    /// The last running number given out in a year (two digits), or zero.
    pub fn last_number(&self, year: u8) -> u32 {
        let beyond = (u32::from(year) + 1) * 1_000_000;
        let numbers = &self.orders[Order::Number as usize];
        let of = |row: u32| self.seen(row).facts().number;
        let (mut low, mut high) = (0, numbers.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match numbers.at(middle) {
                Some(row) if of(row) < beyond => low = middle + 1,
                _ => high = middle,
            }
        }
        let last = low.checked_sub(1).and_then(|place| numbers.at(place)).map(of);
        last.filter(|number| number / 1_000_000 == u32::from(year)).map_or(0, |number| number % 1_000_000)
    }

    /// Whether any case is sealed.
    pub const fn has_sealed(&self) -> bool {
        self.heads.sealed > 0
    }
}

impl Seen<'_> {
    /// The owner office.
    pub fn office(&self) -> Ulid {
        self.registers.offices.id(self.facts().office).unwrap_or_default()
    }

    /// The neutral marks.
    pub fn signs(&self) -> Signs {
        Signs(self.facts().signs)
    }
}
