//! Who belongs to what: the people of a movement, the last number of a year, whether anything is sealed.

use super::{Bits, Index, Order, Seen};
use crate::domain::summary::Signs;
use ulid::Ulid;

impl Index {
    /// The rows of a movement's people, withdrawn ones among them, oldest first.
    pub fn rows_of_movement(&self, movement: Ulid) -> Vec<u32> {
        let place = self.rows.registers().movements.find(movement);
        let mut rows = place.and_then(|place| self.people.get(place as usize)).cloned().unwrap_or_default();
        rows.sort_unstable();
        rows
    }

    /// The cases of an office that are not sealed, withdrawn ones among them.
    pub fn rows_of_office(&self, office: Ulid) -> Option<&Bits> {
        self.offices.get(self.rows.registers().offices.find(office)? as usize)
    }

    /// The highest queue number of a movement, or among those without one; zero when there is none. A pass over all rows.
    pub fn last_queue(&self, movement: Option<Ulid>) -> u16 {
        let registers = self.rows.registers();
        let Some(place) = movement.map_or(Some(0), |id| registers.movements.find(id)) else { return 0 };
        let facts = (0..self.rows.len() as u32).map(|row| *self.seen(row).facts());
        facts.filter(|facts| facts.movement == place).map(|facts| facts.queue).max().unwrap_or(0)
    }

    /// Whether somebody else on this movement, or among those without one, has this queue number. A pass over all rows.
    pub fn is_queue_taken(&self, movement: Option<Ulid>, queue: u16, except: Ulid) -> bool {
        let registers = self.rows.registers();
        let Some(place) = movement.map_or(Some(0), |id| registers.movements.find(id)) else { return false };
        let is_other = |row: &u32| {
            let facts = self.seen(*row).facts().to_owned();
            facts.queue == queue && facts.movement == place && self.id(*row) != Some(except)
        };
        (0..self.rows.len() as u32).filter(is_other).any(|row| !self.seen(row).signs().has(Signs::WITHDRAWN))
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
