//! What passes between offices by a form: the names of its purposes. What such a form asks of the desk is in `app::between`.

/// What passes between offices by a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// A referral or a transfer.
    Offer,
    /// A question for access to another office's case.
    AskAccess,
    /// The answer to an offer.
    Reply,
    Share,
    Revoke,
    /// A family asks for somebody.
    Inquiry,
    /// What became of a family's question.
    AnswerInquiry,
    /// Claims go to a colleague at the end of a shift.
    HandOver,
}

impl Between {
    /// Every one of them.
    pub const ALL: [Self; 8] = [
        Self::Offer,
        Self::AskAccess,
        Self::Reply,
        Self::Share,
        Self::Revoke,
        Self::Inquiry,
        Self::AnswerInquiry,
        Self::HandOver,
    ];

    /// The stored name, as of [`super::Purpose::code`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::AskAccess => "ask-access",
            Self::Reply => "reply",
            Self::Share => "share",
            Self::Revoke => "revoke",
            Self::Inquiry => "inquiry",
            Self::AnswerInquiry => "answer-inquiry",
            Self::HandOver => "hand-over",
        }
    }
}
