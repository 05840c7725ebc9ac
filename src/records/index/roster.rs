//! Who belongs to what: the people of a movement, the last number of a year, whether anything is sealed.

use super::{Bits, Index, Order, ROWS, Seen};
use crate::domain::summary::Signs;
use chrono::{DateTime, Utc};
use ulid::Ulid;

impl Index {
    /// The rows of a movement's people, withdrawn ones among them, oldest first.
    pub fn rows_of_movement(&self, movement: Ulid) -> Vec<u32> {
        let place = self.rows.registers().movements.find(movement);
        let mut rows = place.and_then(|place| self.people.get(place as usize)).cloned().unwrap_or_default();
        rows.sort_unstable();
        rows
    }

    /// Whether a case was taken back.
    pub fn is_withdrawn(&self, row: u32) -> bool {
        self.withdrawn.has(row)
    }

    /// The cases of an office that are not sealed, withdrawn ones among them.
    pub fn rows_of_office(&self, office: Ulid) -> Option<&Bits> {
        self.offices.get(self.rows.registers().offices.find(office)? as usize)
    }

    /// The rows of an office's cases whose status was reached at or after a moment, sealed ones among them. A pass over all
    /// rows.
    pub fn rows_entered_since(&self, office: Ulid, since: DateTime<Utc>) -> Vec<u32> {
        let Some(place) = self.rows.registers().offices.find(office) else { return Vec::new() };
        let since = u32::try_from(since.timestamp()).unwrap_or(if since.timestamp() < 0 { 0 } else { u32::MAX });
        let is_meant = |row: &u32| {
            let seen = self.seen(*row);
            seen.facts().office == place && seen.facts().status_at >= since
        };
        (0..self.rows.len() as u32).filter(|row| self.id(*row).is_some()).filter(is_meant).collect()
    }

    /// The highest queue number of a movement, or among those without one; zero when there is none. A pass over all rows.
    pub fn last_queue(&self, movement: Option<Ulid>) -> u16 {
        let registers = self.rows.registers();
        let Some(place) = movement.map_or(Some(0), |id| registers.movements.find(id)) else { return 0 };
        self.queues(place).map(|(_, queue)| queue).max().unwrap_or(0)
    }

    /// Whether somebody else on this movement, or among those without one, has this queue number. A pass over all rows.
    pub fn is_queue_taken(&self, movement: Option<Ulid>, queue: u16, except: Ulid) -> bool {
        let registers = self.rows.registers();
        let Some(place) = movement.map_or(Some(0), |id| registers.movements.find(id)) else { return false };
        let taken = self.queues(place).filter(|(row, taken)| *taken == queue && self.id(*row) != Some(except));
        taken.into_iter().any(|(row, _)| !self.seen(row).signs().has(Signs::WITHDRAWN))
    }

    /// The queue numbers of those at a place of the register of movements, with their rows.
    fn queues(&self, place: u32) -> impl Iterator<Item = (u32, u16)> + '_ {
        self.rows.pages().iter().enumerate().flat_map(move |(at, page)| {
            let slots = (0..page.len()).filter(move |slot| page.facts.movement[*slot] == place);
            slots.map(move |slot| ((at * ROWS + slot) as u32, page.facts.queue[slot]))
        })
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

    /// The sealed cases: a pass over all rows where there is any.
    pub fn sealed(&self) -> Vec<Ulid> {
        if !self.has_sealed() {
            return Vec::new();
        }
        let rows = (0..self.rows.len() as u32).filter(|row| self.seen(*row).signs().has(Signs::SEALED));
        rows.filter_map(|row| self.id(row)).collect()
    }

    /// The cases that other offices know of, by a share or an offer: a pass over all rows.
    pub fn tied(&self) -> Vec<Ulid> {
        let rows = (0..self.rows.len() as u32).filter(|row| self.seen(*row).signs().has(Signs::TIED));
        rows.filter_map(|row| self.id(row)).collect()
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
