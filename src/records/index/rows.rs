//! Pages by row number, with the registers that they point into, and what each order compares of a row.

use super::{Order, Page, ROWS, Register, Registers, Seen, Sorted};
use crate::domain::query::{status_place, tier_place};
use crate::domain::status::Status;
use crate::domain::summary::{Summary, Tier};
use std::cmp::Ordering;
use std::sync::Arc;

/// Pages and registers: what a row number leads to.
#[derive(Clone, Default)]
pub struct Rows {
    pub(super) pages: Vec<Arc<Page>>,
    pub(super) registers: Registers,
}

impl Rows {
    /// Rows given out so far, vacant ones among them.
    pub fn len(&self) -> usize {
        self.pages.last().map_or(0, |last| (self.pages.len() - 1) * ROWS + last.len())
    }

    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    pub(super) fn page(&self, row: u32) -> (&Page, usize) {
        (&self.pages[row as usize / ROWS], row as usize % ROWS)
    }

    /// The window on one row. Panics for a row that was never given out.
    pub fn seen(&self, row: u32) -> Seen<'_> {
        let (page, slot) = self.page(row);
        Seen { page, slot, registers: &self.registers }
    }

    pub(super) fn put(&mut self, row: u32, case: &Summary) {
        let (page, slot) = (row as usize / ROWS, row as usize % ROWS);
        if page == self.pages.len() {
            self.pages.push(Arc::default());
        }
        Arc::make_mut(&mut self.pages[page]).put(slot, case, &mut self.registers);
    }

    /// What an order compares first; names beyond their first 16 bytes are compared apart.
    pub(super) fn rank(&self, order: Order, row: u32) -> u128 {
        let (page, slot) = self.page(row);
        let facts = &page.facts;
        match order {
            Order::Urgency => {
                let is_closed = u128::from(facts.status[slot] == status_place(Status::Tutup));
                // Remains have their own queue, after the living.
                let is_remains = u128::from(facts.tier[slot] == tier_place(Tier::Remains));
                let due = if facts.due[slot] == 0 { u32::MAX } else { facts.due[slot] };
                (is_closed << 109 | is_remains << 108 | u128::from(facts.tier[slot]) << 100)
                    | u128::from(due) << 64
                    | u128::from(facts.status_at[slot]) << 32
                    | u128::from(facts.number[slot])
            }
            Order::Newest => u128::from(!facts.reported_at[slot]) << 32 | u128::from(!facts.number[slot]),
            Order::Number => facts.number[slot].into(),
            Order::Name => {
                let mut start = [0; 16];
                let name = page.name(slot).as_bytes();
                let kept = name.len().min(16);
                start[..kept].copy_from_slice(&name[..kept]);
                u128::from_be_bytes(start)
            }
            Order::Changed => u128::from(!facts.changed_at[slot]) << 32 | u128::from(!facts.number[slot]),
        }
    }

    /// How row `a` stands to row `b`; never equal for two rows.
    pub(super) fn compare(&self, order: Order, a: u32, b: u32) -> Ordering {
        let rest = || {
            let (page_a, slot_a) = self.page(a);
            let (page_b, slot_b) = self.page(b);
            let names =
                if order == Order::Name { page_a.name(slot_a).cmp(page_b.name(slot_b)) } else { Ordering::Equal };
            names.then_with(|| page_a.facts.number[slot_a].cmp(&page_b.facts.number[slot_b])).then(a.cmp(&b))
        };
        self.rank(order, a).cmp(&self.rank(order, b)).then_with(rest)
    }

    pub(super) fn sorted(&self, order: Order, rows: impl Iterator<Item = u32>) -> Sorted {
        let mut ranked: Vec<(u128, u32)> = rows.map(|row| (self.rank(order, row), row)).collect();
        ranked.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.compare(order, a.1, b.1)));
        Sorted::from_sorted(&ranked.into_iter().map(|(_, row)| row).collect::<Vec<_>>())
    }

    pub fn pages(&self) -> &[Arc<Page>] {
        &self.pages
    }

    /// The case in a row; `None` when it was erased or the row never given out.
    pub fn summary(&self, row: u32) -> Option<Summary> {
        let page = self.pages.get(row as usize / ROWS)?;
        let slot = row as usize % ROWS;
        (slot < page.len()).then(|| page.summary(slot, &self.registers))?
    }

    pub const fn registers(&self) -> &Registers {
        &self.registers
    }

    /// Pages, all full but the last, with their registers; `None` when they do not fit together.
    pub fn from_parts(pages: Vec<Page>, registers: Registers) -> Option<Self> {
        let are_full = pages.iter().rev().skip(1).all(|page| page.len() == ROWS);
        let is_last_right = pages.last().is_none_or(|page| (1..=ROWS).contains(&page.len()));
        let known = |register: &Register, columns: &[[u32; ROWS]]| {
            columns.iter().flatten().all(|place| *place as usize <= register.ids().len())
        };
        let are_known = pages.iter().all(|page| {
            known(&registers.movements, &[page.facts.movement])
                && known(&registers.offices, &[page.facts.office, page.facts.officer])
        });
        (are_full && is_last_right && are_known)
            .then(|| Self { pages: pages.into_iter().map(Arc::new).collect(), registers })
    }
}
