//! Why not: everything that can stand between a case and what somebody wants to do with it.
//!
//! Each obstacle is one sentence with arguments, and has a neutral version for rows, cards and bulk results, which a stranger
//! may read. Whatever touches law, health, children or barred persons reads *tertahan: hubungi penyelia* and nothing else.

use super::Fact;
use crate::domain::field::Field;
use crate::domain::reason::REASON_LEAST;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;

/// One reason why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// The case is there already.
    Already(Status),
    /// No gate leads from here to there.
    NotFrom {
        from: Status,
        to: Status,
    },
    /// A required fact is missing.
    Missing(Fact),
    /// A fact that was owed until this move is still owed.
    Owed(Fact),
    /// A confidential reason: a live hold, a barred receiver. Says only whom to ask.
    Held,
    /// The person has died: the main track stands still.
    Dead,
    /// The person has not died, as far as the record says.
    Alive,
    Withdrawn,
    /// The actor has none of the roles that may do this.
    NotYourRole,
    NeedsSupervisor,
    NeedsMedic,
    NeedsLiaison,
    /// The office looks after other regions.
    NotYourRegion,
    NeedsReason,
    NeedsNote,
    /// What was written is no reason by the one rule for them.
    ReasonShort,
    /// The one who asked, or judged, cannot be the one who approves.
    SecondPerson,
    /// Nobody has asked for closing yet.
    NotAsked,
    /// A second person is being waited for.
    AlreadyAsked,
    /// So many days are still missing on the clock of this reason.
    TooEarly {
        days: u16,
    },
    /// So many facts are still owed.
    OpenDebts(u16),
    /// So many tracks are neither ended nor taken over.
    OpenTracks(u16),
    /// Closing has no emergency.
    NoEmergency,
    /// What is said to have happened lies in the future.
    InFuture,
    /// A field that only the desk itself or another command sets.
    Protected(Field),
    /// A fact of a referral, a custody or a flag that must be said.
    Empty(Field),
    TextTooLong(Field),
    /// No such item, code or state.
    Unknown(Field),
    /// A state of a track that does not follow the present one.
    StateOutOfOrder,
}

impl Obstacle {
    /// The obstacle that a missing fact is: holds and barred receivers do not tell their name.
    pub const fn missing(fact: Fact) -> Self {
        if matches!(fact, Fact::NoHold) { Self::Held } else { Self::Missing(fact) }
    }

    /// The key of the full sentence.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Already(_) => "obstacle-already",
            Self::NotFrom { .. } => "obstacle-not-from",
            Self::Missing(_) => "obstacle-missing",
            Self::Owed(_) => "obstacle-owed",
            Self::Held => "obstacle-held",
            Self::Dead => "obstacle-dead",
            Self::Alive => "obstacle-alive",
            Self::Withdrawn => "obstacle-withdrawn",
            Self::NotYourRole => "obstacle-not-your-role",
            Self::NeedsSupervisor => "obstacle-needs-supervisor",
            Self::NeedsMedic => "obstacle-needs-medic",
            Self::NeedsLiaison => "obstacle-needs-liaison",
            Self::NotYourRegion => "obstacle-not-your-region",
            Self::NeedsReason => "obstacle-needs-reason",
            Self::NeedsNote => "obstacle-needs-note",
            Self::ReasonShort => "refused-reason-short",
            Self::SecondPerson => "obstacle-second-person",
            Self::NotAsked => "obstacle-not-asked",
            Self::AlreadyAsked => "obstacle-already-asked",
            Self::TooEarly { .. } => "obstacle-too-early",
            Self::OpenDebts(_) => "obstacle-open-debts",
            Self::OpenTracks(_) => "obstacle-open-tracks",
            Self::NoEmergency => "obstacle-no-emergency",
            Self::InFuture => "obstacle-in-future",
            Self::Protected(_) => "obstacle-protected",
            Self::Empty(_) => "obstacle-empty",
            Self::TextTooLong(_) => "obstacle-text-too-long",
            Self::Unknown(_) => "obstacle-unknown",
            Self::StateOutOfOrder => "obstacle-state-out-of-order",
        }
    }

    /// The key of the sentence for rows, cards and bulk results: what may be read over a shoulder.
    pub const fn neutral_key(&self) -> &'static str {
        match self {
            Self::Missing(fact) | Self::Owed(fact) if fact.is_confidential() => "obstacle-held",
            Self::Held | Self::Dead | Self::Alive | Self::NeedsMedic | Self::NeedsLiaison | Self::StateOutOfOrder => {
                "obstacle-held"
            }
            Self::Missing(_)
            | Self::Owed(_)
            | Self::Empty(_)
            | Self::Unknown(_)
            | Self::TextTooLong(_)
            | Self::NeedsReason
            | Self::NeedsNote
            | Self::ReasonShort
            | Self::OpenDebts(_)
            | Self::OpenTracks(_)
            | Self::TooEarly { .. } => "obstacle-neutral-incomplete",
            Self::Already(_) => "obstacle-already",
            Self::NotFrom { .. } => "obstacle-not-from",
            Self::SecondPerson | Self::NotAsked | Self::AlreadyAsked => "obstacle-neutral-second",
            Self::NotYourRole | Self::NeedsSupervisor | Self::NotYourRegion => "obstacle-neutral-role",
            Self::Withdrawn | Self::NoEmergency | Self::InFuture | Self::Protected(_) => "obstacle-neutral-refused",
        }
    }

    /// Whether only *tertahan: hubungi penyelia* may be read of it on a shared screen.
    pub fn is_confidential(&self) -> bool {
        self.neutral_key() == "obstacle-held"
    }

    /// The field to which the form jumps to mend it.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Missing(fact) | Self::Owed(fact) => Some(fact.field()),
            Self::Protected(field) | Self::Empty(field) | Self::TextTooLong(field) | Self::Unknown(field) => {
                Some(*field)
            }
            Self::TooEarly { .. } => Some(Field::CloseReason),
            Self::Already(_)
            | Self::NotFrom { .. }
            | Self::Held
            | Self::Dead
            | Self::Alive
            | Self::Withdrawn
            | Self::NotYourRole
            | Self::NeedsSupervisor
            | Self::NeedsMedic
            | Self::NeedsLiaison
            | Self::NotYourRegion
            | Self::NeedsReason
            | Self::NeedsNote
            | Self::ReasonShort
            | Self::SecondPerson
            | Self::NotAsked
            | Self::AlreadyAsked
            | Self::OpenDebts(_)
            | Self::OpenTracks(_)
            | Self::NoEmergency
            | Self::InFuture
            | Self::StateOutOfOrder => None,
        }
    }

    /// The full sentence with its arguments. `fact` and `field` are keys of other texts, to be looked up by the reader.
    pub fn refusal(&self) -> Refusal {
        let refusal = Refusal::new(self.key());
        match *self {
            Self::Already(status) => refusal.with("status", status.code()),
            Self::NotFrom { from, to } => refusal.with("from", from.code()).with("to", to.code()),
            Self::Missing(fact) | Self::Owed(fact) => refusal.with("fact", fact.key()),
            Self::TooEarly { days } => refusal.with("days", days.to_string()),
            Self::OpenDebts(count) | Self::OpenTracks(count) => refusal.with("count", count.to_string()),
            Self::ReasonShort => refusal.with("least", REASON_LEAST.to_string()),
            Self::Protected(field) | Self::Empty(field) | Self::TextTooLong(field) | Self::Unknown(field) => {
                refusal.with("field", field.label_key())
            }
            Self::Held
            | Self::Dead
            | Self::Alive
            | Self::Withdrawn
            | Self::NotYourRole
            | Self::NeedsSupervisor
            | Self::NeedsMedic
            | Self::NeedsLiaison
            | Self::NotYourRegion
            | Self::NeedsReason
            | Self::NeedsNote
            | Self::SecondPerson
            | Self::NotAsked
            | Self::AlreadyAsked
            | Self::NoEmergency
            | Self::InFuture
            | Self::StateOutOfOrder => refusal,
        }
    }

    /// The sentence for rows and bulk results, without anything that could hurt.
    pub fn neutral(&self) -> Refusal {
        let is_plain = matches!(self, Self::Already(_) | Self::NotFrom { .. } | Self::ReasonShort)
            || matches!(self, Self::Missing(fact) | Self::Owed(fact) if !fact.is_confidential());
        if is_plain { self.refusal() } else { Refusal::new(self.neutral_key()) }
    }
}
