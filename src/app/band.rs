//! The wristband of a newcomer: which number the desk gave, said so that the right band is tied, and what becomes of a form
//! whose typed number another wears.

use super::App;
use super::form::Form;
use super::form::entry::{Offer, Reader};
use super::notice::{Notice, refusal_text};
use crate::desk::{Ask, Done};
use crate::domain::field::Field;
use crate::domain::record::Facts;
use crate::domain::refusal::Refusal;
use crate::domain::value::{Timed, Value};

/// The number that a form says.
pub(super) fn said(form: &Form) -> Option<u16> {
    let Some(Value::Number(queue)) = form.value(Field::Queue) else { return None };
    u16::try_from(*queue).ok()
}

/// Whether nobody typed the number: the screen offered it.
pub(super) fn is_offered(form: &Form) -> bool {
    form.entry(Field::Queue).is_some_and(|entry| !entry.is_touched && entry.value.is_some())
}

/// What taking in the person of a form asks: of a number that the screen offered, whichever is free by then; a number that
/// was typed, or typed away, is meant.
pub(super) fn ask(form: &Form, facts: Facts, happened: Timed) -> Ask {
    let of = form.base.of;
    if is_offered(form) { Ask::TakeIn { of, facts, happened } } else { Ask::Create { of, facts, happened } }
}

impl App {
    /// The sentence about a newcomer with the number that they wear. It comes first where it is another than the screen
    /// offered: somebody may have tied that one already.
    pub(super) fn banded(&self, sentence: &str, offered: Option<u16>, done: &Done) -> String {
        let row = done.created.first().and_then(|(id, _)| self.seat.row_of(*id));
        let Some(given) = row.and_then(|row| self.seat.summary(row)).map(|one| one.queue).filter(|queue| *queue > 0)
        else {
            return sentence.to_owned();
        };
        let queue = given.to_string();
        match offered {
            Some(offered) if offered != given => {
                let words = [("queue", queue.as_str()), ("offered", &offered.to_string())];
                format!("{} {sentence}", self.texts.with("notice-band-another", &words))
            }
            Some(_) | None => format!("{sentence} {}", self.texts.with("notice-band", &[("queue", &queue)])),
        }
    }

    /// Says again that the number under the cursor is another's, until it is typed anew or the free one is taken; says whether
    /// it is.
    pub(super) fn tells_queue_again(&mut self) -> bool {
        let stands = |form: &mut Form, _: &Reader<'_>| {
            let error = form.current().error.clone().filter(|error| error.key == "refused-queue-taken");
            error.filter(|_| form.current().value.is_none())
        };
        let Some(refusal) = self.with_form(stands).flatten() else { return false };
        self.notice = Some(Notice::no(refusal_text(&refusal, &self.texts)));
        true
    }

    /// Somebody else wears the number of the open form: the cursor goes to it, and the next free one stands below it, for
    /// Enter or Tab to take.
    pub(super) fn told_queue_taken(&mut self, refusal: &Refusal) {
        let next = refusal.args.iter().find(|(name, _)| *name == "next").and_then(|(_, next)| next.parse().ok());
        let offer = |form: &mut Form, reader: &Reader<'_>| {
            let Some(place) = form.entries.iter().position(|entry| entry.slot.field == Field::Queue) else { return };
            form.go(place, reader);
            let entry = &mut form.entries[place];
            (entry.value, entry.error) = (None, Some(refusal.clone()));
            entry.offers = next
                .into_iter()
                .map(|next: i64| Offer { value: Value::Number(next), text: next.to_string() })
                .collect();
            entry.offer_at = 0;
        };
        self.with_form(offer);
        self.notice = Some(Notice::no(refusal_text(refusal, &self.texts)));
    }
}
