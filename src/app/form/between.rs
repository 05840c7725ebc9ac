//! What passes between offices by a form: the names of its purposes. What such a form asks of the desk is in `app::between`.

/// What passes between offices by a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// A referral or a transfer.
    Offer,
    /// A question for access to another office's case.
    AskAccess,
    /// The same, of a case of which nothing is known but its number.
    AskByNumber,
    /// The answer to an offer.
    Reply,
    Share,
    Revoke,
    /// A family asks for somebody.
    Inquiry,
    /// What became of a family's question.
    AnswerInquiry,
    /// What becomes of a question for access by a number.
    AnswerAccess,
    /// Claims go to a colleague at the end of a shift.
    HandOver,
}

impl Between {
    /// Every one of them.
    pub const ALL: [Self; 10] = [
        Self::Offer,
        Self::AskAccess,
        Self::AskByNumber,
        Self::Reply,
        Self::Share,
        Self::Revoke,
        Self::Inquiry,
        Self::AnswerInquiry,
        Self::AnswerAccess,
        Self::HandOver,
    ];

    /// The stored name, as of [`super::Purpose::code`].
    pub const fn code(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::AskAccess => "ask-access",
            Self::AskByNumber => "ask-by-number",
            Self::Reply => "reply",
            Self::Share => "share",
            Self::Revoke => "revoke",
            Self::Inquiry => "inquiry",
            Self::AnswerInquiry => "answer-inquiry",
            Self::AnswerAccess => "answer-access",
            Self::HandOver => "hand-over",
        }
    }
}
