//! Erasure: when the data of a case may be destroyed for good. What a reason for it may not say is in [`super::reason`].
//!
//! Data are kept as long as their purpose lasts, and never destroyed while a legal matter hangs on them (UU 27/2022, W: see
//! `domain.md`). Who may is in [`super::access`]; retention in years is no rule of this release.

use super::case::Case;
use super::gate::Rules;
use super::record::Record;
use super::refusal::Refusal;
use super::status::Status;
use chrono::{DateTime, Utc};

/// What stands against erasing a case now; nothing when it may be. Law track and holds have one sentence: which of them it
/// is stands in the compartment.
pub fn bar(record: &Record, now: DateTime<Utc>, rules: &Rules) -> Option<Refusal> {
    let case = Case(record);
    let is_law_open =
        case.tracks().any(|track| track.kind == Some("HKM") && !track.state.is_some_and(|s| rules.is_track_ended(s)));
    let is_held = case.flags().any(|flag| flag.is_hold() && flag.is_live(now));
    if is_law_open || is_held {
        return Some(Refusal::new("refused-erase-kept"));
    }
    let is_over = case.is_withdrawn() || case.status() == Status::Tutup;
    (!is_over).then(|| Refusal::new("refused-erase-open"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::record::Slot;
    use crate::domain::subject::Subject;
    use crate::domain::value::{Timed, Value};
    use ulid::Ulid;

    fn closed() -> Record {
        let mut record = Record::empty(Subject::case(Ulid(7)));
        record.facts.insert(Field::Status.into(), Value::code("TUTUP"));
        record.facts.insert(Field::Name.into(), Value::text("Wayan Contoh"));
        record.facts.insert(Field::Nik.into(), Value::text("5171010101909001"));
        record
    }

    fn told(record: &Record) -> Option<&'static str> {
        bar(record, DateTime::UNIX_EPOCH, &Rules::built_in()).map(|refusal| refusal.key)
    }

    #[test]
    fn only_what_is_over_and_tied_to_nothing_may_go() {
        let mut record = closed();
        assert_eq!(told(&record), None);
        let item = Ulid(9);
        record.facts.insert(Slot::of(item, Field::Track), Value::code("HKM"));
        record.facts.insert(Slot::of(item, Field::TrackState), Value::code("HKM2"));
        assert_eq!(told(&record), Some("refused-erase-kept"));
        record.facts.insert(Slot::of(item, Field::TrackTakenOverBy), Value::text("Polda"));
        assert_eq!(told(&record), Some("refused-erase-kept"), "a matter that others go on with still hangs on it");
        record.facts.remove(&Slot::of(item, Field::Track));
        record.facts.insert(Slot::of(item, Field::Flag), Value::code("MED"));
        assert_eq!(told(&record), Some("refused-erase-kept"));
        record.facts.insert(Slot::of(item, Field::FlagTo), Value::Time(Timed::certain(DateTime::UNIX_EPOCH)));
        assert_eq!(told(&record), None, "a hold that has ended holds nothing");
        record.facts.insert(Field::Status.into(), Value::code("REHAB"));
        assert_eq!(told(&record), Some("refused-erase-open"));
        record.facts.insert(Field::IsWithdrawn.into(), Value::YesNo(true));
        assert_eq!(told(&record), None);
    }
}
