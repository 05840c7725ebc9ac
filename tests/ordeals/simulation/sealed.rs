//! Nothing of a sealed case shows at an operator who is not named in it: who is named is asked of somebody who is, after
//! every commit that touches the case, and every screen is read for the names.

use pulang::desk::{Desk, Order, Seat};
use pulang::domain::access::Holding;
use pulang::domain::query::Query;
use pulang::domain::subject::{Kind, Subject};
use pulang::domain::summary::Signs;
use pulang::practice::Practice;
use std::collections::{BTreeMap, BTreeSet};
use ulid::Ulid;

/// A sealed case: the name that no stranger may read, and those who are none.
struct Sealed {
    name: String,
    named: BTreeSet<Ulid>,
}

/// One seat of every operator, and what is sealed as they know it.
pub struct Watch {
    pub seats: Vec<Seat>,
    sealed: BTreeMap<Ulid, Sealed>,
}

impl Watch {
    pub fn new(desk: &Desk, practice: &Practice) -> Self {
        let seats = practice.operators().iter().map(|one| desk.enter_as(one.id).unwrap()).collect();
        let mut watch = Self { seats, sealed: BTreeMap::new() };
        let mut cases = BTreeSet::new();
        for seat in &watch.seats {
            let listing = seat.list(&Query::default(), Order::Number);
            let rows = listing.rows.page(0, listing.rows.len());
            cases.extend(rows.into_iter().filter_map(|row| seat.summary(row)).map(|summary| Subject::case(summary.id)));
        }
        watch.learn(cases);
        watch
    }

    /// Looks again at cases that changed.
    pub fn learn(&mut self, changed: impl IntoIterator<Item = Subject>) {
        for of in changed.into_iter().filter(|of| of.kind == Kind::Case) {
            let Some(row) = self.seats[0].row_of(of.id) else { continue };
            let finder = self.seats.iter().find_map(|seat| Some((seat, seat.summary(row)?)));
            match finder {
                Some((seat, summary)) if summary.signs.has(Signs::SEALED) => {
                    if seat.behind(row).is_some() {
                        let _ = seat.give_reason(row, "perlu untuk pemeriksaan");
                    }
                    if let Ok(record) = seat.record_of(row) {
                        let Holding { named, sealer, .. } = Holding::of(&record);
                        let named = named.into_iter().chain(sealer).collect();
                        self.sealed.insert(of.id, Sealed { name: summary.name, named });
                    }
                }
                _ => _ = self.sealed.remove(&of.id),
            }
        }
    }

    /// Fails when a screen names somebody whom its operator may not know of.
    pub fn read(&self, operator: Ulid, screen: &str) {
        for (case, sealed) in self.sealed.iter().filter(|(_, sealed)| !sealed.named.contains(&operator)) {
            if screen.contains(&sealed.name) && !self.is_also_somebody_elses(&sealed.name) {
                let name = &sealed.name;
                panic!(
                    "{name} ({case}) is sealed and {operator} not named there, yet they are on this screen:\n{screen}"
                );
            }
        }
    }

    /// Names are not one person's alone: another case may carry it, alone or as a part of its own, or whoever types has written
    /// it.
    fn is_also_somebody_elses(&self, name: &str) -> bool {
        let name_above = name.to_uppercase();
        let is_unsealed = |summary: pulang::domain::summary::Summary| {
            summary.name.to_uppercase().contains(&name_above) && !self.sealed.contains_key(&summary.id)
        };
        !super::people::is_telling(name)
            || self.seats.iter().any(|seat| {
                let listing = seat.list(&Query::default(), Order::Number);
                let rows = listing.rows.page(0, listing.rows.len());
                rows.into_iter().filter_map(|row| seat.summary(row)).any(is_unsealed)
            })
    }

    pub fn count(&self) -> usize {
        self.sealed.len()
    }
}
