//! What may be asked of the desk, and what it answers. A question names what is meant; the writer judges it against the
//! records of that moment, so that nothing planned on an old screen slips through a gate.

use crate::domain::change::Change;
use crate::domain::flags::NewFlag;
use crate::domain::gate::{Custody, Death, Intent, Obstacle, Referral};
use crate::domain::offer::{NewOffer, NewShare, Reply};
use crate::domain::paper::NewPrint;
use crate::domain::record::{Facts, ItemId, Slot};
use crate::domain::refusal::{Fault, Refusal};
use crate::domain::screening::Answers;
use crate::domain::status::Status;
use crate::domain::subject::{Number, Subject};
use crate::domain::track::Step;
use crate::domain::value::Timed;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use ulid::Ulid;

/// One thing to do to one subject.
#[derive(Clone, Debug)]
pub enum Ask {
    /// A new subject with these facts; a case gets its number, status and owner from the desk.
    Create {
        of: Subject,
        facts: Facts,
        happened: Timed,
    },
    /// Somebody is taken in at a desk: a new case whose wristband number nobody typed. The number among the facts is the one
    /// that the screen offered; where another wears it by now, or there is none, the case gets the next free one.
    TakeIn {
        of: Subject,
        facts: Facts,
        happened: Timed,
    },
    /// Edits of fields, merged field by field with what others did since.
    Edit(Change),
    /// A step on the main track: forward, back as a correction, reopening, closing in two steps.
    Move {
        of: Subject,
        to: Status,
        intent: Intent,
    },
    /// Takes a question of closing back, or says no to it; the intent brings the reason.
    DeclineClose {
        of: Subject,
        intent: Intent,
    },
    /// Emergency referral: no gate, the position changes at once.
    Refer {
        of: Subject,
        referral: Referral,
    },
    /// Handed to law enforcement.
    HandToLaw {
        of: Subject,
        custody: Custody,
    },
    Die {
        of: Subject,
        death: Death,
    },
    /// A parallel track begins or goes to another state.
    Step {
        of: Subject,
        step: Step,
    },
    /// The answers of one screening, kept beside those before it.
    Screen {
        of: Subject,
        answers: Answers,
        happened: Timed,
    },
    SetFlag {
        of: Subject,
        flag: NewFlag,
    },
    ClearFlag {
        of: Subject,
        item: ItemId,
        why: String,
        happened: Timed,
    },
    /// A hold was looked at again: its review clock starts anew.
    ReviewFlag {
        of: Subject,
        item: ItemId,
        happened: Timed,
    },
    /// A death that was recorded by mistake is taken back: a supervisor's, with a reason.
    RetractDeath {
        of: Subject,
        why: String,
        happened: Timed,
    },
    /// The desk's own mark that the author looked from outside; `kind` is a code of `List::Look`.
    Look {
        of: Subject,
        kind: &'static str,
        why: String,
    },
    /// The office's next number of a paper: asked before the papers that bear it, in the same proposal.
    NumberPrint {
        of: Subject,
    },
    /// The mark that a paper was printed of a case.
    Print {
        of: Subject,
        print: NewPrint,
    },
    /// Something is put to another office.
    Offer {
        of: Subject,
        offer: NewOffer,
    },
    /// What another office put is accepted or declined, or taken back by whoever sent it.
    Answer {
        of: Subject,
        reply: Reply,
    },
    /// Another office sees sections of the case from now on.
    Share {
        of: Subject,
        share: NewShare,
    },
    /// An office sees nothing of the case from now on.
    Revoke {
        of: Subject,
        with: Ulid,
        why: String,
        happened: Timed,
    },
    /// What became of a family's question, by the office that has the person in this case.
    AnswerInquiry {
        of: Subject,
        case: Subject,
        answer: String,
        happened: Timed,
    },
    /// The data of a case are destroyed for good; it is asked alone, and nothing takes it back.
    Erase {
        of: Subject,
        why: String,
    },
    /// The urgency that a person sets, above or below what the facts say.
    Tier {
        of: Subject,
        tier: Option<&'static str>,
        why: String,
        happened: Timed,
    },
}

impl Ask {
    /// What it is about.
    pub const fn of(&self) -> Subject {
        match self {
            Self::Create { of, .. }
            | Self::TakeIn { of, .. }
            | Self::Move { of, .. }
            | Self::DeclineClose { of, .. }
            | Self::Refer { of, .. }
            | Self::HandToLaw { of, .. }
            | Self::Die { of, .. }
            | Self::Step { of, .. }
            | Self::Screen { of, .. }
            | Self::SetFlag { of, .. }
            | Self::ClearFlag { of, .. }
            | Self::ReviewFlag { of, .. }
            | Self::RetractDeath { of, .. }
            | Self::Look { of, .. }
            | Self::NumberPrint { of }
            | Self::Print { of, .. }
            | Self::Erase { of, .. }
            | Self::Offer { of, .. }
            | Self::Answer { of, .. }
            | Self::Share { of, .. }
            | Self::Revoke { of, .. }
            | Self::AnswerInquiry { of, .. }
            | Self::Tier { of, .. } => *of,
            Self::Edit(change) => change.of,
        }
    }

    /// When it happened: the rules of that moment judge it. A look happens as it is recorded.
    pub const fn happened(&self) -> Option<Timed> {
        Some(match self {
            Self::Create { happened, .. }
            | Self::TakeIn { happened, .. }
            | Self::Screen { happened, .. }
            | Self::ClearFlag { happened, .. }
            | Self::ReviewFlag { happened, .. }
            | Self::RetractDeath { happened, .. }
            | Self::Revoke { happened, .. }
            | Self::AnswerInquiry { happened, .. }
            | Self::Tier { happened, .. } => *happened,
            Self::Edit(change) => change.happened,
            Self::Move { intent, .. } | Self::DeclineClose { intent, .. } => intent.happened,
            Self::Refer { referral, .. } => referral.happened,
            Self::HandToLaw { custody, .. } => custody.happened,
            Self::Die { death, .. } => death.died,
            Self::Step { step, .. } => step.happened,
            Self::SetFlag { flag, .. } => flag.happened,
            Self::Offer { offer, .. } => offer.happened,
            Self::Answer { reply, .. } => reply.happened,
            Self::Share { share, .. } => share.happened,
            Self::Look { .. } | Self::NumberPrint { .. } | Self::Print { .. } | Self::Erase { .. } => return None,
        })
    }
}

/// Everything that is to happen together or not at all.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The id of the commit that this becomes: asked twice, it happens once.
    pub id: Ulid,
    pub asks: Vec<Ask>,
    /// The commit that this takes back.
    pub undoes: Option<Ulid>,
}

/// What became of a proposal that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub id: Ulid,
    /// The cases that were created, with the numbers they got.
    pub created: Vec<(Ulid, Number)>,
    /// How many people were changed; where it was about none, how many subjects.
    pub changed: usize,
}

/// What became of a proposal that did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    Refused(Refusal),
    /// A gate is closed: every reason, subject by subject.
    Obstacles(Vec<(Subject, Vec<Obstacle>)>),
    /// Somebody else changed the same fields.
    Conflict {
        of: Subject,
        slots: Vec<Slot>,
    },
    /// The machine could not; nothing was changed.
    Fault(Fault),
    /// The machine cannot say; ask again with the same id.
    Unknown(Fault),
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The answer to a proposal.
pub type Answer = Result<Done, Denied>;

/// An answer on its way. Keys typed meanwhile wait for it.
#[derive(Debug)]
pub struct Ticket {
    pub(super) answer: Receiver<Answer>,
}

impl Ticket {
    /// Waits for the answer, at most so long; `None` while it is still on its way.
    pub fn wait(&self, most: Duration) -> Option<Answer> {
        match self.answer.recv_timeout(most) {
            Ok(answer) => Some(answer),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                Some(Err(Denied::Unknown(Fault::new("D01", "fault-writer-gone", "the writer has ended"))))
            }
        }
    }
}
