//! What a command is about: one person or not, and what it does to a case as access knows it.

use crate::app::action::Action;
use crate::domain::change::Verb;

/// Commands about one person: on a case that opens with a reason only, that comes first.
pub const fn is_about_one(action: Action) -> bool {
    matches!(
        action,
        Action::Edit
            | Action::Move
            | Action::Refer
            | Action::Note
            | Action::Flag
            | Action::Tier
            | Action::HandToLaw
            | Action::Birth
            | Action::Track
            | Action::Die
            | Action::Screening
            | Action::Finding
            | Action::More
            | Action::Name
            | Action::Seal
            | Action::Unmerge
            | Action::Erase
            | Action::Offer
            | Action::Share
            | Action::Revoke
            | Action::Claim
    )
}

/// What a command does to a case, for access.
pub const fn action_verb(action: Action) -> Option<Verb> {
    match action {
        Action::New | Action::Import | Action::Birth => Some(Verb::Create),
        Action::Edit => Some(Verb::Edit),
        Action::Move | Action::Decline => Some(Verb::Move),
        Action::Note => Some(Verb::Note),
        Action::Flag => Some(Verb::Flag),
        Action::Tier => Some(Verb::Tier),
        Action::HandToLaw => Some(Verb::HandToLaw),
        Action::Track | Action::Screening | Action::Finding | Action::Name | Action::Seal => Some(Verb::Edit),
        Action::Die => Some(Verb::Die),
        Action::Offer | Action::AskAccess | Action::Inquire => Some(Verb::Offer),
        Action::Share | Action::Revoke => Some(Verb::Share),
        Action::HandClaims => Some(Verb::Claim),
        Action::SamePerson | Action::OtherPerson | Action::Unmerge => Some(Verb::Link),
        _ => None,
    }
}
