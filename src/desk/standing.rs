//! Whether an operator may come in, and whether one who sits here may stay. A seat asks it before everything it does; the
//! writer says when it ends.
//!
//! A seat that fell stays fallen: whoever is let in again, or has other roles now, takes a new one.

use super::Inner;
use super::writer::Author;
use crate::domain::access::Roles;
use crate::domain::calendar::Zone;
use crate::domain::field::Field;
use crate::domain::operator::{self, Operator};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Kind, Subject};
use chrono::{DateTime, Days, NaiveTime, Utc};
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Arc, PoisonError, Weak};
use ulid::Ulid;

/// Why an operator may not come in on this day of their office.
pub(super) fn bar(record: &Record, zone: Zone, now: DateTime<Utc>) -> Option<Refusal> {
    if record.is_yes(Field::IsWithdrawn) {
        return Some(Refusal::new("refused-not-operator"));
    }
    match Operator(record).standing(zone.day(now)) {
        operator::Standing::Active => None,
        operator::Standing::Suspended => Some(Refusal::new("refused-suspended")),
        operator::Standing::Expired(day) => {
            Some(Refusal::new("refused-expired").with("day", crate::domain::calendar::show_day(day)))
        }
    }
}

const SITS: u8 = 0;
const SUSPENDED: u8 = 1;
const CHANGED: u8 = 2;

/// Whether one seat still holds. Read without a lock, for it is read often.
#[derive(Debug)]
pub struct Standing {
    fallen: AtomicU8,
    /// The second from which on it does not hold.
    until: AtomicI64,
}

impl Standing {
    fn new(record: &Record, zone: Zone) -> Self {
        Self { fallen: AtomicU8::new(SITS), until: AtomicI64::new(end(record, zone)) }
    }

    /// The standing of whoever is no operator: nothing befalls it.
    pub(super) fn of_nobody() -> Arc<Self> {
        Arc::new(Self { fallen: AtomicU8::new(SITS), until: AtomicI64::new(i64::MAX) })
    }

    /// Nothing while the seat holds.
    ///
    /// # Errors
    /// Why it does not any more: `standing-suspended`, `standing-expired`, `standing-changed`.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.fallen.load(Ordering::Acquire) {
            SUSPENDED => Err(Refusal::new("standing-suspended")),
            CHANGED => Err(Refusal::new("standing-changed")),
            _ if now.timestamp() >= self.until.load(Ordering::Acquire) => Err(Refusal::new("standing-expired")),
            _ => Ok(()),
        }
    }
}

/// The second at which the last day of an operator is over.
fn end(record: &Record, zone: Zone) -> i64 {
    let next = Operator(record).until().and_then(|day| day.checked_add_days(Days::new(1)));
    next.and_then(|day| zone.moment(day.and_time(NaiveTime::MIN))).map_or(i64::MAX, |end| end.timestamp())
}

/// A seat that was taken, as long as somebody has it.
#[derive(Debug)]
pub(crate) struct Seated {
    operator: Ulid,
    office: Ulid,
    roles: Roles,
    zone: Zone,
    standing: Weak<Standing>,
}

impl Inner {
    /// Remembers a seat, so that it falls when its operator does.
    pub(super) fn seated(&self, operator: &Record, office: Subject, zone: Zone) -> Arc<Standing> {
        let standing = Arc::new(Standing::new(operator, zone));
        let mut seated = self.seated.lock().unwrap_or_else(PoisonError::into_inner);
        seated.retain(|one| one.standing.strong_count() > 0);
        seated.push(Seated {
            operator: operator.of.id,
            office: office.id,
            roles: Roles::of(operator),
            zone,
            standing: Arc::downgrade(&standing),
        });
        standing
    }

    /// Tells the seats of an operator what became of them.
    pub(super) fn restand(&self, record: &Record) {
        if record.of.kind != Kind::Operator {
            return;
        }
        let (operator, roles) = (Operator(record), Roles::of(record));
        let seated = self.seated.lock().unwrap_or_else(PoisonError::into_inner);
        for one in seated.iter().filter(|one| one.operator == record.of.id) {
            let Some(standing) = one.standing.upgrade() else { continue };
            standing.until.store(end(record, one.zone), Ordering::Release);
            let is_moved = operator.office().is_none_or(|office| office.id != one.office);
            let fallen = match () {
                () if operator.is_suspended() || record.is_yes(Field::IsWithdrawn) => SUSPENDED,
                () if is_moved || roles != one.roles => CHANGED,
                () => continue,
            };
            standing.fallen.store(fallen, Ordering::Release);
        }
    }
}

impl Author {
    /// As [`Standing::check`], of whoever asks.
    ///
    /// # Errors
    /// As there.
    pub(super) fn stands(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.standing.check(now)
    }
}
