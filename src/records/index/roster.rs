//! Who belongs to what: the people of a movement, the last number of a year, whether anything is sealed.

use super::{Bits, Index, Order, ROWS, Seen};
use crate::domain::summary::Signs;
use chrono::{DateTime, Utc};
use ulid::Ulid;

/// The highest wristband number, as its field bounds it.
const LAST_QUEUE: u16 = 9_999;

/// Among whom a wristband or queue number is one person's (`desk.md`, *Work never stops*, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hall {
    /// Whoever came with this movement.
    Movement(Ulid),
    /// Whoever an office took in without a movement, and who stands in its hall beside them: its own people of the newest
    /// movement that brought it any.
    Office { office: Ulid, newest: Option<Ulid> },
}

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

    /// The hall in which somebody of an office stands, who came with a movement or with none.
    pub fn hall(&self, movement: Option<Ulid>, office: Ulid) -> Hall {
        match movement {
            Some(movement) => Hall::Movement(movement),
            None => Hall::Office { office, newest: self.newest_movement_of(office) },
        }
    }

    /// The number behind the highest that is worn in a hall or waits to be; where that was the last of all, the lowest that
    /// is free. A pass over all rows.
    pub fn next_queue(&self, hall: Hall, waiting: impl Iterator<Item = u16>) -> Option<u16> {
        let mut worn = Bits::none(usize::from(LAST_QUEUE) + 1);
        let numbers = self.worn(hall).map(|(_, queue)| queue).chain(waiting);
        numbers.filter(|queue| *queue <= LAST_QUEUE).for_each(|queue| worn.set(queue.into(), true));
        let highest = worn.rows().last().unwrap_or(0) as u16;
        let lowest = || (1..=LAST_QUEUE).find(|queue| !worn.has((*queue).into()));
        if highest < LAST_QUEUE { Some(highest + 1) } else { lowest() }
    }

    /// Whether somebody else in a hall has this queue number. A pass over all rows.
    pub fn is_queue_taken(&self, hall: Hall, queue: u16, except: Ulid) -> bool {
        let mut taken = self.worn(hall).filter(|(row, worn)| *worn == queue && self.id(*row) != Some(except));
        taken.any(|(row, _)| !self.seen(row).signs().has(Signs::WITHDRAWN))
    }

    /// The newest movement with which people of an office came: its ids tell when it was entered. A pass over all rows.
    pub fn newest_movement_of(&self, office: Ulid) -> Option<Ulid> {
        let registers = self.rows.registers();
        let office = registers.offices.find(office)?;
        let ids = registers.movements.ids();
        let mut is_seen = vec![false; ids.len()];
        for page in self.rows.pages() {
            for slot in (0..page.len()).filter(|slot| page.facts.office[*slot] == office) {
                let is_here = !Signs(page.facts.signs[slot]).has(Signs::WITHDRAWN);
                if let Some(place) = (page.facts.movement[slot] as usize).checked_sub(1).filter(|_| is_here) {
                    is_seen[place] = true;
                }
            }
        }
        ids.iter().zip(is_seen).filter_map(|(id, is_seen)| is_seen.then_some(*id)).max()
    }

    /// The queue numbers in a hall, with their rows.
    fn worn(&self, hall: Hall) -> impl Iterator<Item = (u32, u16)> + '_ {
        let registers = self.rows.registers();
        // Of what nobody has been brought into nobody wears a number.
        let movement = |id: Ulid| registers.movements.find(id).unwrap_or(u32::MAX);
        let (office, places) = match hall {
            Hall::Movement(id) => (None, [movement(id); 2]),
            Hall::Office { office, newest } => {
                (Some(registers.offices.find(office).unwrap_or(u32::MAX)), [0, newest.map_or(0, movement)])
            }
        };
        self.rows.pages().iter().enumerate().flat_map(move |(at, page)| {
            let is_here = move |slot: &usize| {
                places.contains(&page.facts.movement[*slot])
                    && office.is_none_or(|office| page.facts.office[*slot] == office)
            };
            (0..page.len()).filter(is_here).map(move |slot| ((at * ROWS + slot) as u32, page.facts.queue[slot]))
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
