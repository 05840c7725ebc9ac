//! What an entry may choose when neither a closed list nor a search says it: people named in the case, colleagues.

use super::Form;
use super::entry::{Offer, Reader, coded};
use crate::domain::access::Roles;
use crate::domain::case::Case;
use crate::domain::case::items::Contact;
use crate::domain::field::{Field, Part, Shape};
use crate::domain::record::{ItemId, Record};
use crate::domain::value::Value;
use crate::domain::words::List;

/// The choices of a field over a record.
pub fn of(field: Field, record: &Record, reader: &Reader<'_>) -> Vec<Offer> {
    match field.shape() {
        Shape::Item(Part::Contact) => receivers(record, reader),
        Shape::Link(_) => {
            let roles = if field == Field::Officer { Roles::WORKERS } else { Roles::ASSESSORS };
            let colleagues = reader.seat.colleagues(roles);
            colleagues.into_iter().map(|(of, text)| Offer { value: Value::Link(of), text }).collect()
        }
        // A question for access is put by its own command, and whoever sent something takes it back in the inbox.
        Shape::Choice(list) if matches!(field, Field::OfferKind | Field::OfferAnswer) => {
            let codes = list.codes().iter().take(2);
            codes.map(|code| Offer { value: Value::code(*code), text: coded(list, code, reader.texts) }).collect()
        }
        _ => Vec::new(),
    }
}

/// Everybody around the person who may be handed to, whoever is verified first; nobody who must not be contacted.
fn receivers(record: &Record, reader: &Reader<'_>) -> Vec<Offer> {
    let mut contacts: Vec<Contact<'_>> =
        Case(record).contacts().filter(|contact| contact.name.is_some() && !contact.is_barred()).collect();
    contacts.sort_by_key(|contact| !contact.may_take_a_child());
    contacts
        .iter()
        .map(|contact| Offer { value: Value::text(contact.item.to_string()), text: words(contact, reader) })
        .collect()
}

/// Name, relation, and who has verified them and how.
fn words(contact: &Contact<'_>, reader: &Reader<'_>) -> String {
    let texts = reader.texts;
    let mut words = contact.name.unwrap_or_default().to_owned();
    if let Some(relation) = contact.relation {
        words.push_str(&format!(", {}", texts.get(&List::Relation.label_key(relation))));
    }
    if contact.is_guardian {
        words.push_str(&format!(", {}", texts.get("contact-guardian")));
    }
    words.push_str("; ");
    words.push_str(&match (contact.verified_by, contact.verified_how) {
        (Some(by), Some(how)) if contact.is_verified() => {
            texts.with("contact-verified", &[("by", by), ("how", &texts.get(&List::VerifiedHow.label_key(how)))])
        }
        _ => texts.get("contact-unverified").into_owned(),
    });
    words
}

impl Form {
    /// Name and relation of the receiver follow from the contact that was chosen.
    pub(super) fn name_receiver(&mut self, reader: &Reader<'_>) {
        let Some(Value::Text(item)) = self.value(Field::HandedContact) else { return };
        let Ok(item) = ItemId::from_string(item) else { return };
        let contact = Case(&self.base).contact(item);
        let told = [
            (Field::HandedTo, contact.name.map(Value::text)),
            (Field::HandedRelation, contact.relation.map(Value::code)),
        ];
        for (field, value) in told {
            if let (Some(value), Some(entry)) = (value, self.entry_mut(field)) {
                entry.put(Some(value), reader);
                entry.is_touched = true;
            }
        }
    }
}
