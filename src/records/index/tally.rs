//! One pass over all rows for the counts: a few columns of every page, nothing is unpacked and nothing kept by the way.

use super::page::Page;
use super::{Bits, Index, ROWS};
use crate::domain::counts::{Counted, Tally, tally};
use crate::domain::status::Status;
use crate::domain::summary::{Signs, Tier};
use chrono::{DateTime, Utc};
use ulid::Ulid;

/// A case that changed, as far as counting a day needs it.
#[derive(Clone, Copy, Debug)]
pub struct Changed {
    pub row: u32,
    /// Place in the register of offices.
    pub office: usize,
    /// As [`tally::stage`] says.
    pub stage: usize,
    /// Reported since then.
    pub is_registered: bool,
    /// Closed since then.
    pub is_closed: bool,
}

impl Index {
    /// Counts the cases of some rows, or of all, without withdrawn ones. Of all rows a sealed case is a bare number; of some
    /// it counts as any other, for whoever is named in it.
    pub fn counted(&self, within: Option<&Bits>) -> Tally {
        let registers = self.rows.registers();
        let mut tally = Tally::new(registers.offices.ids().len() + 1, registers.movements.ids().len() + 1);
        for (at, page) in self.rows.pages().iter().enumerate() {
            for slot in slots(within, at, page) {
                let facts = &page.facts;
                let Some(status) = standing(page, slot) else { continue };
                let signs = Signs(facts.signs[slot]);
                if within.is_none() && signs.has(Signs::SEALED) {
                    tally.apart += 1;
                    continue;
                }
                tally.add(&Counted {
                    office: facts.office[slot] as usize,
                    movement: facts.movement[slot] as usize,
                    status,
                    tier: tier(facts.tier[slot]) as usize,
                    is_child: signs.has(Signs::CHILD),
                    position: usize::from(facts.position[slot]),
                    home: facts.home[slot],
                });
            }
        }
        tally
    }

    /// Those of the living whom [`Index::counted`] counts in its tables who changed at or after a moment, or were reported or
    /// closed since.
    pub fn counted_since(&self, within: Option<&Bits>, since: DateTime<Utc>) -> Vec<Changed> {
        let since = u32::try_from(since.timestamp().max(0)).unwrap_or(u32::MAX);
        let mut found = Vec::new();
        for (at, page) in self.rows.pages().iter().enumerate() {
            for slot in slots(within, at, page) {
                let facts = &page.facts;
                if facts.changed_at[slot] < since && facts.reported_at[slot] < since && facts.status_at[slot] < since {
                    continue;
                }
                let Some(status) = standing(page, slot) else { continue };
                let is_apart = within.is_none() && Signs(facts.signs[slot]).has(Signs::SEALED);
                if is_apart || tier(facts.tier[slot]) == Tier::Remains {
                    continue;
                }
                let stage = tally::stage(status);
                found.push(Changed {
                    row: (at * ROWS + slot) as u32,
                    office: facts.office[slot] as usize,
                    stage,
                    is_registered: facts.reported_at[slot] >= since,
                    is_closed: stage == tally::CLOSED && facts.status_at[slot] >= since,
                });
            }
        }
        found
    }

    /// The office at a place of the register.
    pub fn office_at(&self, place: usize) -> Option<Ulid> {
        self.rows.registers().offices.id(u32::try_from(place).ok()?)
    }

    /// The movement at a place of the register.
    pub fn movement_at(&self, place: usize) -> Option<Ulid> {
        self.rows.registers().movements.id(u32::try_from(place).ok()?)
    }

    /// The place of a movement in the register, where any case is on it.
    pub fn movement_place(&self, movement: Ulid) -> Option<usize> {
        self.rows.registers().movements.find(movement).map(|place| place as usize)
    }
}

/// The slots of a page that are asked about.
fn slots(within: Option<&Bits>, at: usize, page: &Page) -> impl Iterator<Item = usize> {
    let bits = within.map_or([u64::MAX; 4], |rows| rows.page(at));
    (0..page.len()).filter(move |slot| bits[slot / 64] >> (slot % 64) & 1 == 1)
}

/// The status of a case that counts; none for a vacant row and for one that was taken back.
fn standing(page: &Page, slot: usize) -> Option<Status> {
    let status = usize::from(page.facts.status[slot]).checked_sub(1).and_then(|place| Status::ALL.get(place)).copied();
    status.filter(|_| !Signs(page.facts.signs[slot]).has(Signs::WITHDRAWN))
}

fn tier(place: u8) -> Tier {
    Tier::ALL.get(usize::from(place).wrapping_sub(1)).copied().unwrap_or_default()
}
