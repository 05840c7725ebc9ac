//! The full form: every field of the table that has a page, and the items of the parts that repeat.

use super::entry::{Entry, Reader};
use super::{Form, Purpose};
use crate::domain::field::{Field, Page, Part};
use crate::domain::record::{ItemId, Record, Slot};
use ulid::Ulid;

/// The page on which a slot stands.
pub fn page_of(slot: Slot) -> Page {
    slot.field.spec().page
}

/// The parts that a form can have several of.
const REPEATING: [Part; 5] = [Part::Document, Part::Phone, Part::Contact, Part::Belonging, Part::Finding];

/// The whole record in pages, filtered to the fields that the operator may edit. `fresh` ids become the empty item that
/// stands ready at the end of each repeating part that has none yet.
pub fn open(
    id: Ulid,
    base: Record,
    may_edit: &dyn Fn(Field) -> bool,
    fresh: &mut dyn FnMut() -> ItemId,
    reader: &Reader<'_>,
) -> Form {
    let mut slots = Vec::new();
    for page in Page::FORM {
        let own = Field::all().filter(|field| field.spec().page == page && field.part() == Part::Own);
        slots.extend(own.filter(|field| may_edit(*field)).map(Slot::own));
        for part in REPEATING.into_iter().filter(|part| fields_of(*part).first().is_some_and(|f| f.spec().page == page))
        {
            let mut items: Vec<ItemId> = base.items(part).collect();
            if items.is_empty() {
                items.push(fresh());
            }
            for item in items {
                slots.extend(fields_of(part).into_iter().filter(|field| may_edit(*field)).map(|f| Slot::of(item, f)));
            }
        }
    }
    Form::over(Purpose::Full, id, base, &slots, reader)
}

/// The fields of one part, in their order.
pub fn fields_of(part: Part) -> Vec<Field> {
    Field::all().filter(|field| field.part() == part && field.spec().page != Page::None).collect()
}

impl Form {
    /// Goes to the first field of the next or previous page that has any.
    pub fn turn(&mut self, by: isize, reader: &Reader<'_>) {
        let pages: Vec<Page> = Page::FORM
            .into_iter()
            .filter(|page| self.entries.iter().any(|entry| page_of(entry.slot) == *page))
            .collect();
        let Some(here) = pages.iter().position(|page| *page == self.page) else { return };
        let page = pages[here.saturating_add_signed(by).min(pages.len() - 1)];
        if let Some(place) = self.entries.iter().position(|entry| page_of(entry.slot) == page) {
            self.go(place, reader);
        }
    }

    /// Adds another empty item of the part under the cursor and goes there; says whether the part repeats.
    pub fn add_item(&mut self, fresh: ItemId, reader: &Reader<'_>) -> bool {
        let part = self.current().slot.field.part();
        if !REPEATING.contains(&part) {
            return false;
        }
        let last = self.entries.iter().rposition(|entry| entry.slot.field.part() == part).unwrap_or(self.at);
        let allowed: Vec<Field> = fields_of(part)
            .into_iter()
            .filter(|field| self.entries.iter().any(|entry| entry.slot.field == *field))
            .collect();
        for (offset, field) in allowed.into_iter().enumerate() {
            self.entries.insert(last + 1 + offset, Entry::new(Slot::of(fresh, field), None, reader));
        }
        self.go(last + 1, reader);
        true
    }
}
