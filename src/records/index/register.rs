//! Subjects that many cases name, once each: a case keeps a place of four bytes instead of an id of sixteen.

use std::collections::HashMap;
use ulid::Ulid;

/// Ids by place, from 1; zero is nobody.
#[derive(Clone, Default)]
pub struct Register {
    ids: Vec<Ulid>,
    places: HashMap<Ulid, u32>,
}

impl Register {
    /// The place of an id, given to it now if it has none.
    pub fn place(&mut self, id: Ulid) -> u32 {
        *self.places.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() as u32
        })
    }

    /// The place of an id that has one.
    pub fn find(&self, id: Ulid) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// Every id, in the order of their places.
    pub fn ids(&self) -> &[Ulid] {
        &self.ids
    }

    pub fn id(&self, place: u32) -> Option<Ulid> {
        self.ids.get((place as usize).checked_sub(1)?).copied()
    }

    /// The register with these ids in these places; `None` when one stands twice.
    pub fn from_ids(ids: Vec<Ulid>) -> Option<Self> {
        let places: HashMap<Ulid, u32> = ids.iter().enumerate().map(|(at, id)| (*id, at as u32 + 1)).collect();
        (places.len() == ids.len()).then_some(Self { ids, places })
    }
}

/// Movements, and offices with their officers.
#[derive(Clone, Default)]
pub struct Registers {
    pub movements: Register,
    pub offices: Register,
}
