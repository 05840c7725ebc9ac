//! The rooms of the screen, one above the other, and what a confirmed question does. What is in each is in its own file.

use super::*;

/// What stands above the list.
#[derive(Debug)]
pub enum Room {
    Case(Box<CaseRoom>),
    Today(Today),
    /// How many stand where.
    Counts(Box<counts::Counts>),
    /// Who looked at what, for the auditor.
    Trail(Box<auditing::Trail>),
    Inbox(Inbox),
    /// Lines to be read, and printed as they stand.
    Sheet(Box<Sheet>),
    Import(Box<Import>),
    Compare(Box<Compare>),
    /// A paper as it will be printed.
    Preview(Box<Preview>),
    Moving(Box<Moving>),
    Form(Box<Form>),
    Prompt(Box<Prompt>),
    /// Why a closed case or section is to be opened.
    Reason(Box<Reason>),
    /// The last question before a case is destroyed.
    Erase(Box<Erasing>),
    Pick(Box<Pick<Choice>>),
    /// A question that Enter answers with yes.
    Confirm {
        question: String,
        then: Then,
        /// Whom the question names, where it names somebody.
        about: Option<Subject>,
    },
    /// A refusal that takes all further keys until Esc: a name typed ahead never turns into commands.
    Refused {
        reason: String,
    },
    /// Nothing is shown until Enter.
    Blank,
}

impl Room {
    /// The layer whose keys hold here.
    pub const fn layer(&self) -> Layer {
        match self {
            Self::Case(_) => Layer::Case,
            Self::Today(_) => Layer::Today,
            Self::Counts(_) => Layer::Counts,
            Self::Trail(_) => Layer::Trail,
            Self::Inbox(_) => Layer::Inbox,
            Self::Sheet(_) => Layer::Sheet,
            Self::Import(_) => Layer::Import,
            Self::Compare(_) => Layer::Compare,
            Self::Preview(_) => Layer::Preview,
            Self::Moving(_) => Layer::Move,
            Self::Form(_) => Layer::Form,
            Self::Prompt(_) | Self::Reason(_) | Self::Erase(_) => Layer::Prompt,
            Self::Pick(_) => Layer::Pick,
            Self::Confirm { .. } => Layer::Confirm,
            Self::Refused { .. } => Layer::Refused,
            Self::Blank => Layer::Blank,
        }
    }
}

/// What a confirmed question does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    Undo,
    Redo,
    Quit,
    /// Throws a draft away.
    DropDraft(ulid::Ulid),
    /// Lets an operator in again.
    Reinstate(Subject),
    /// Takes back what was put to another office.
    Withdraw(Subject, crate::domain::record::ItemId),
}
